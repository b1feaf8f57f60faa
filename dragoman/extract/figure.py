"""Figures: what was counted or measured between states, with its indicator, parties, bounds, period and what it is compared with."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from dragoman.extract import clauses, figure_indicator, figure_modality, figure_parties, figure_period, figure_rows
from dragoman.extract.attribution import attribution
from dragoman.extract.figure_indicator import TRADE, Reading, money
from dragoman.extract.frame import claim_base, pattern, word_pattern
from dragoman.model.annotations import AnnotatedText, Quantity, Sentence
from dragoman.model.claims import Amount, Figure
from dragoman.reference import indicators
from dragoman.reference.indicators import Cue

LONGEST, MOST = 20_000, 150  # characters and quantities of a sentence that is read: what has more is no sentence
CONFIDENCE = {
    "cue": 0.85,
    "weak cue": 0.7,
    "noun": 0.85,
    "series": 0.8,
    "counted": 0.65,
    "share": 0.8,
    "rank": 0.65,
    "energy": 0.8,
    "works": 0.8,
}
DURATIONS = frozenset({"d", "h", "a", "mo", "wk", "min", "s"})


@dataclass(slots=True)
class Series:
    """The last figure read: what the text may go on about."""

    figure: Figure | None = None
    sentence: int = -9
    unit: str = ""
    cue: tuple[int, int] | None = None


def extract(text: AnnotatedText) -> Iterator[Figure]:
    """A figure for each quantity that measures something between states; one a cell in tables."""
    text = figure_parties.focused(text)
    cues = indicators.table().cues(text.text)
    tables = figure_rows.tables(text)
    for table in tables:
        yield from figure_rows.figures(text, table, cues)
    starts = [t.start for t in tables]
    series = Series()
    current: Sentence | None = None
    group: list[Quantity] = []
    for q in text.quantities:
        if (k := bisect_right(starts, q.start)) and q.start < tables[k - 1].end:
            continue
        sentence = text.sentence_at(q.start)
        if sentence is None or sentence.end - sentence.start > LONGEST:
            continue
        if current is not None and sentence.index != current.index:
            yield from _sentence(text, current, group, cues, series)
            group = []
        current = sentence
        group.append(q)
    if current is not None:
        yield from _sentence(text, current, group, cues, series)


def _sentence(text: AnnotatedText, sentence: Sentence, group: list[Quantity], cues: list[Cue], series: Series) -> Iterator[Figure]:
    """The figures of one sentence, in order, each knowing its neighbours."""
    group = [q for q in group[:MOST] if not _left_out(text, sentence, q)]
    for n, q in enumerate(group):
        figure = _figure(text, sentence, q, group[n - 1] if n else None, group, cues, series)
        if figure:
            if figure.measure != "rank" and (series.sentence != sentence.index or not _looks_back(text, sentence, q)):
                series.figure, series.sentence, series.unit = figure, sentence.index, q.unit
            yield figure


def _left_out(text: AnnotatedText, sentence: Sentence, q: Quantity) -> bool:
    """Whether a quantity is no figure of relations between states: lengths of time, "the two leaders", a lone number."""
    if q.unit in DURATIONS or q.unit == "°C":
        return True
    if q.measure == "rank":
        return not pattern(__file__, "partners").search(sentence.text)
    if q.unit != "1" or q.measure != "level":
        return False
    lead, definite = text.text[max(sentence.start, q.start - 12) : q.start].lower(), pattern(__file__, "definite", 0)
    if q.noun and q.noun.lower() in ("times", "time"):
        return not re.search(r"\b(?:flies|fly|flights?|air(?:line|ways|craft))\b", sentence.text) or not re.search(
            r"[ \n](?:an?|per|each|every)[ \n](?:day|week|month)\b", text.text[q.start : q.end + 22]
        )
    if q.noun and q.noun.lower().split()[-1] in ("countries", "states", "nations"):
        return q.high is None or q.high <= 6 or bool(definite.search(lead))
    if q.noun and indicators.table().skipped(q.noun):
        return True
    if q.noun and pattern(__file__, "superlative").match(q.noun) and definite.search(lead):
        return True
    small = q.high is not None and q.high <= 12 and not any(c.isdigit() for c in q.text)
    return bool(small and definite.search(lead) and q.noun and not indicators.table().count(q.noun))


def _looks_back(text: AnnotatedText, sentence: Sentence, q: Quantity) -> bool:
    """Whether a quantity is the earlier value that another is set against."""
    lead = text.text[max(sentence.start, q.start - 18) : q.start]
    if "(" in lead and q.start > sentence.start + 20 and re.search(r"\([^()]{0,12}$", lead) and text.text.find(")", q.end, q.end + 24) >= 0:
        return True
    return q.direction == "from" or bool(re.search(r"\b(?:against|instead of|from|compared with|than)\s+(?:the\s+)?$", lead))


def _figure(
    text: AnnotatedText, sentence: Sentence, q: Quantity, before: Quantity | None, group: list[Quantity], cues: list[Cue], series: Series
) -> Figure | None:
    reading = _reading(text, sentence, q, before, cues, series)
    if reading is None:
        return None
    left, right = clauses.clause(text, sentence, q.start, q.end)
    of, reporter, counterpart = _sides(text, sentence, reading, left, right, series)
    period, base, rules, extra = _when(text, sentence, q, group, reading, series)
    if reading.indicator == "investment_flow" and q.unit != "%" and _is_stock(text, sentence, q, period, reading, left, right):
        reading = reading._replace(indicator="investment_stock")
    modality = _modality(text, sentence, q, left, right, period, series)
    if modality in ("planned", "possible") and rules and rules[0] in ("period before", "period of the title"):
        period, base, rules = None, None, ()
    start, end = _evidence(text, sentence, q, before, reading, left, right, extra)
    base_fields = claim_base(text, start, end)
    told = attribution(text, q.start, q.end)
    if len(told) > len(base_fields["attribution"]):
        base_fields["attribution"] = told  # "turnover came to X; the Office puts it at Y": who gives the number, not who names the thing
    return Figure(
        **base_fields,
        indicator=reading.indicator,
        parties=of,
        reporter=reporter,
        counterpart=counterpart,
        low=q.low,
        high=q.high,
        unit=q.unit,
        modifier=q.modifier,
        measure=q.measure,
        period=period,
        base_period=base,
        equivalent=Amount(q.equivalent.low, q.equivalent.high, q.equivalent.unit) if q.equivalent else None,
        flags=("record",) if q.record or _record(text, sentence, q) else (),
        modality=modality,
        rules=(reading.rule, *rules),
        confidence=CONFIDENCE.get(reading.rule, 0.65),
    )


def _sides(
    text: AnnotatedText, sentence: Sentence, reading: Reading, left: int, right: int, series: Series
) -> tuple[tuple[str, ...], str | None, str | None]:
    """The parties of a figure, and for exports and imports whose side it is seen from."""
    of = figure_parties.parties(text, sentence, left, right, reading.indicator)
    last, goes_on = series.figure, reading.rule == "series"
    if reading.indicator not in ("exports", "imports") and not reading.flow:
        return (last.parties if goes_on and last and not figure_parties.states(text, left, right) else of), None, None
    reporter = counterpart = None
    if goes_on and last:
        reporter, counterpart = last.reporter, last.counterpart
    elif reading.start is not None and reading.end is not None:
        near = last if last and sentence.index - series.sentence <= 1 else None
        flow = reading.flow or reading.indicator
        reporter, counterpart = figure_parties.direction(text, sentence, flow, reading.start, reading.end, of, near)
    return ((reporter, counterpart) if reporter and counterpart else of), reporter, counterpart


def _modality(text: AnnotatedText, sentence: Sentence, q: Quantity, left: int, right: int, period: str | None, series: Series) -> str:
    """The modality by the clause; a figure joined to a planned one by "and" is planned too."""
    modality = figure_modality.find(text, sentence, q, left, right, period)
    last = series.figure if series.sentence == sentence.index else None
    joined = modality == "actual" and last and last.modality == "planned" and figure_modality.joined(text, sentence, q, left, right)
    return "planned" if joined else modality


def _is_stock(text: AnnotatedText, sentence: Sentence, q: Quantity, period: str | None, reading: Reading, left: int, right: int) -> bool:
    """Whether an amount of investment is what has been invested in all: said so, or without period and movement."""
    if pattern(__file__, "stock").search(text.text[left : q.start]):
        return True
    return (
        period is None
        and q.direction is None
        and q.measure == "level"
        and reading.rule in ("cue", "series")
        and not pattern(__file__, "moving").search(text.text[left:right])
    )


def _record(text: AnnotatedText, sentence: Sentence, q: Quantity) -> bool:
    start, end = max(sentence.start, q.start - 60), min(sentence.end, q.end + 50)
    return word_pattern(__file__, "record").search(text.text, start, end) is not None


def _reading(
    text: AnnotatedText, sentence: Sentence, q: Quantity, before: Quantity | None, cues: list[Cue], series: Series
) -> Reading | None:
    """The indicator: of the series where the quantity goes on with it, else by its own words."""
    own = figure_indicator.read(text, sentence, q, cues, before.end if before else sentence.start)
    if own is None and (same := figure_indicator.counted_before(text, sentence, q)):
        return same
    last = series.figure
    near = last is not None and (series.sentence == sentence.index or sentence.index - series.sentence <= 1)
    if near and last is not None and _same_series(text, sentence, q, before, own, last, series):
        return Reading(last.indicator, None, None, "series")
    same_sort = last is not None and (money(q.unit) == money(last.unit) or q.measure == "change")
    if (
        own is None
        and near
        and last is not None
        and same_sort
        and (q.unit == last.unit or q.measure == "change" or q.unit == "1")
        and (series.sentence == sentence.index or figure_indicator.goes_on(text, sentence) or not money(q.unit))
    ):
        return Reading(last.indicator, None, None, "series")
    if (
        (own is None or (own.rule == "weak cue" and q.measure == "change"))
        and (money(q.unit) or q.unit == "%")
        and (before_it := figure_indicator.carried(text, sentence, cues))
    ):
        return before_it
    if own is None and money(q.unit):
        return Reading("financing", None, None, "amount")
    if own is None and q.unit == "%":
        return Reading("other:change", None, None, "amount")
    return own


def _same_series(
    text: AnnotatedText, sentence: Sentence, q: Quantity, before: Quantity | None, own: Reading | None, last: Figure, series: Series
) -> bool:
    """Whether a quantity states the same thing as the figure before it: its movement, its earlier value."""
    if q.measure in ("rank", "share") or (last.measure == "rank" and q.measure != "rank"):
        return False
    if last.indicator == "share" and q.unit != "%":
        return False
    same = series.sentence == sentence.index and before is not None
    gap = text.text[before.end : q.start] if same and before else ""
    if (
        own
        and own.start is not None
        and (own.start < q.start or own.start - q.end < 12)
        and own.rule not in ("counted", "weak cue")
        and (not same or (before is not None and own.start >= before.end))
        and own.end is not None
    ):
        return False
    if same and (q.direction in ("to", "from", "by") or q.measure == "change") and len(gap) < 80 and ";" not in gap:
        return money(q.unit) == money(last.unit) or q.unit == "%" or last.unit == "%"
    if (
        q.unit == last.unit
        and same
        and re.search(r"\b(?:against|from|compared with|not|up from|down from|instead of|than|to|versus|from)\s+(?:the\s+|about\s+)?$", gap)
    ):
        return True
    return not same and figure_indicator.goes_on(text, sentence) and own is None


def _when(
    text: AnnotatedText, sentence: Sentence, q: Quantity, group: list[Quantity], reading: Reading, series: Series
) -> tuple[str | None, str | None, tuple[str, ...], tuple[int, int] | None]:
    """Period, base period, the rules that gave them, and the place of the date."""
    n = group.index(q)
    own, against = figure_period.find(text, sentence, q, group[n - 1] if n else None, group[n + 1] if n + 1 < len(group) else None)
    last = series.figure if series.sentence == sentence.index else None
    earlier = figure_period.earlier(text, q, sentence.end)
    if earlier and q.measure != "change" and last and (own is None or own.start > q.end):
        return figure_period.shift(last.period), None, ("a year earlier",), None
    period, rule = own.edtf if own else None, "date"
    started = bool(n) and group[n - 1].direction == "from" and q.direction == "to"
    follows = last and not started and q.direction != "from"
    if period is None and last and follows and (reading.rule == "series" or reading.indicator == last.indicator):
        period, rule = last.period, "period of the series"
    if period is None and q.direction != "from" and (first := figure_period.head(text, sentence, q, group)):
        period, rule = first.edtf, "head"
    if period is None and not own and q.direction != "from" and not started:
        period, rule = _carried_period(text, sentence, q, reading, series)
    base = None
    if q.measure == "change":
        if against:
            base = against.edtf
        elif (
            figure_period.compared(text, q, sentence.end)
            or earlier
            or (period and len(period) == 4 and q.direction == "by" and q.unit == "%")
        ):
            base = figure_period.shift(period)
        if base and base == period:
            base = figure_period.shift(period)
    return period, base, (rule,) if period else (), (own.start, own.end) if own and rule == "date" else None


def _carried_period(text: AnnotatedText, sentence: Sentence, q: Quantity, reading: Reading, series: Series) -> tuple[str | None, str]:
    """The period of the figure in the sentence before, or of the note's title, where a figure of trade states none."""
    trade = reading.indicator in TRADE or (
        reading.indicator == "share" and series.figure is not None and series.figure.indicator in (*TRADE, "share")
    )
    if (
        (
            series.figure
            and sentence.index - series.sentence <= 1
            and (reading.rule == "series" or (trade and series.figure.indicator in (*TRADE, "share")))
        )
        and series.figure.period
        and series.figure.modality == "actual"
    ):
        return series.figure.period, "period before"
    if trade and not figure_period.dates(text, sentence):
        return figure_period.of_document(text), "period of the title"
    return None, ""


def _evidence(
    text: AnnotatedText,
    sentence: Sentence,
    q: Quantity,
    before: Quantity | None,
    reading: Reading,
    left: int,
    right: int,
    date: tuple[int, int] | None,
) -> tuple[int, int]:
    """The clause that states the figure: from its cue to its noun or date."""
    start, end = q.start, max(q.end, q.noun_end or 0)
    if q.equivalent:
        end = max(end, q.equivalent.end)
    if reading.start is not None and reading.end is not None:
        if reading.start < start and start - reading.start < 160:
            start = reading.start
        elif reading.end > end and reading.end - end < 80:
            end = reading.end
    elif before and 0 < start - before.end < 60:
        start = before.end
    elif left < start and start - left < 60:
        start = left if not before or before.end <= left else max(left, before.end)
    if date and 0 <= date[0] - end < 60:
        end = date[1]
    start = min(max(start, sentence.start), q.start)
    while start < q.start and not text.text[start].isalnum() and text.text[start] not in '$€£¥₸₽₹“"':
        start += 1
    return start, min(end, sentence.end)

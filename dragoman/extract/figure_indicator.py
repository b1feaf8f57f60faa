"""What a quantity measures: by its noun, by the cues of its clause, by the series that the text goes on about."""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import NamedTuple

from dragoman.extract import clauses
from dragoman.model.annotations import AnnotatedText, Quantity, Sentence
from dragoman.reference import indicators
from dragoman.reference.indicators import Cue

MONEY = re.compile(r"[A-Z]{3}")
VOLUMES = frozenset({"m3", "t", "bbl", "bbl/d", "MW", "GW", "kW", "MWh", "GWh", "TWh", "kWh", "GJ", "PJ", "BTU", "kg", "l", "ft3"})
POWER = frozenset({"MW", "GW", "kW", "MWh", "GWh", "TWh", "kWh", "GJ", "PJ", "BTU", "bbl", "bbl/d", "kV"})
TRADE = ("exports", "imports", "trade_turnover")
_COUNTED = frozenset({"joint_projects", "tourists", "students", "jobs", "flights", "border_crossings"})  # what no sum of money measures
_OF = re.compile(r"[ \n]+(?:worth[ \n]+)?(?:of|in|from|for)[ \n]+(?:(?:the|its|their|our|a|an|new|total|all)[ \n]+)*", re.I)
_GOES_ON = re.compile(
    r"^(?:it|they|this|that|the figure|the total|the number|the sum|the volume|the target|the goal|this figure|last year|in \d{4}"
    r"|for |of (?:this|that|these|which)|a year|the previous|another|a further|the rest|compared|by |now|today|he |she )\b",
    re.I,
)


class Reading(NamedTuple):
    """The indicator with the place of its cue and the rule that chose it."""

    indicator: str
    start: int | None
    end: int | None
    rule: str
    flow: str | None = None  # `exports` or `imports`, of which this is a share


def money(unit: str) -> bool:
    return bool(MONEY.fullmatch(unit)) and unit != "TEU"


def read(text: AnnotatedText, sentence: Sentence, q: Quantity, cues: list[Cue], left: int) -> Reading | None:
    """The indicator of a quantity from its noun and clause; None where neither tells. `left`: the end of the quantity before."""
    if q.measure == "rank":
        return Reading("rank", None, None, "rank")
    here = _in(cues, sentence.start, sentence.end)
    if q.unit not in ("%",) and not money(q.unit):
        return _counted(text, sentence, q, here)
    amounts = [c for c in here if c.kind != "doing"]
    if money(q.unit) and (m := _WORKS.match(text.text, q.end, sentence.end)):
        return Reading("project_value", m.start(1), m.end(), "works")
    best = _nearest(text, sentence, q, amounts, left)
    if q.unit == "%":
        return _percentage(text, sentence, q, here, best)
    if best and best.indicator in _COUNTED and best.start is not None:
        return best._replace(
            indicator="project_value" if best.indicator == "joint_projects" else f"other:{text.text[best.start : best.end].lower()}"
        )
    return best


def _in(cues: list[Cue], start: int, end: int) -> list[Cue]:
    first = bisect_left(cues, (start,))  # a cue's first value is its place
    return cues[first : bisect_left(cues, (end,), first)]


def _nearest(text: AnnotatedText, sentence: Sentence, q: Quantity, cues: list[Cue], left: int) -> Reading | None:
    """The cue that belongs to an amount: right after it ("in exports"), else the nearest before, clause first."""
    found: list[tuple[float, Cue, str]] = []
    following = _OF.match(text.text, q.end, sentence.end)
    for cue in cues:
        if cue.start >= q.end:
            gap = text.text[q.end : cue.start]
            if "because" in gap:
                continue  # "puts it at $2.9 billion because it counts the oil": a reason
            cost = len(gap) * 1.3 + 14
            if following and cue.start <= following.end() + 28 and not re.search(r"[,;:()]|\b(?:and|while|as)\b", gap):
                cost = len(gap) * 0.3
            if re.fullmatch(r"[ \n-]*(?:\w+[ \n-]+){0,2}", gap) and not re.search(
                r"\b(?:in|to|towards?|from|by|and|for|of|with|as|on)\b", gap
            ):
                cost = len(gap) * 0.2
        elif cue.end <= q.start:
            gap = text.text[cue.end : q.start]
            cost = float(len(gap))
            if cue.end <= left:
                cost += 18
        else:
            cost, gap = 0.0, ""
        cost += (
            45 * len(clauses.BREAK.findall(gap))
            + min(36, 12 * (gap.count(",") + gap.count("(")))
            + (90 if cue.start >= q.end and re.search(r",|\band\b", gap) else 0)
        )
        cost += _weakness(cue, len(gap))
        found.append((cost, cue, "cue"))
    if not found:
        return None
    cost, cue, rule = min(found, key=lambda f: f[0])
    return Reading(cue.indicator, cue.start, cue.end, "weak cue" if cue.kind == "weak" else rule) if cost < 260 else None


_WORKS = re.compile(
    r"[ \n-](?:[\w-]+[ \n]){0,3}?(tunnel|road|bridge|pipeline|plant|railway|cable|airport|seaport|port|dam|hospital|factory"
    r"|refinery|stadium|mine|terminal|joint venture|highway|power station|metro|corridor|satellite|canal|line)\b",
    re.I,
)
_WEAK = {"project_value": 14, "financing": 8, "investment_flow": 4, "investment_stock": 0, "energy_supply": 30}


def _weakness(cue: Cue, gap: int) -> float:
    """Words of many uses ("worth", "provide") yield to the plain ones near them ("exports worth ...")."""
    return (
        ((25 if gap < 16 else 60) if cue.kind == "weak" else 0)
        + _WEAK.get(cue.indicator, 0)
        + (16 if cue.indicator == "trade_turnover" and cue.end - cue.start == 5 else 0)
        - 0.6 * (cue.end - cue.start)
    )


def _percentage(text: AnnotatedText, sentence: Sentence, q: Quantity, cues: list[Cue], best: Reading | None) -> Reading | None:
    if q.measure == "share":
        flow = best.indicator if best and best.indicator in ("exports", "imports") else None
        return Reading("share", best.start if best else None, best.end if best else None, "share", flow)
    if q.measure == "level":
        words = best.indicator if best and best.indicator.startswith("other:") else "other:rate"
        return Reading(words, best.start if best else None, best.end if best else None, "rate")
    if best and best.indicator == "other:rate" and (told := [c for c in cues if c.end <= q.start and c.indicator == "trade_turnover"]):
        return Reading(told[-1].indicator, told[-1].start, told[-1].end, "cue")  # "trade grew at a rate of 30 percent"
    counted = [c for c in cues if c.kind == "doing" and c.end <= q.start]
    nouns = _noun_before(text, sentence, q, cues)
    if nouns and (not best or best.start is None or (nouns.start is not None and abs(q.start - nouns.start) < abs(q.start - best.start))):
        return nouns
    if best is None and counted:
        return Reading(counted[-1].indicator, counted[-1].start, counted[-1].end, "doing")
    return best


_NUMBER_OF = re.compile(r"\b(?:number|volume|amount|total|count)s?[ \n]of[ \n](?:the[ \n])?((?:\w+[ \n]){0,2}\w+)", re.I)


def _noun_before(text: AnnotatedText, sentence: Sentence, q: Quantity, cues: list[Cue]) -> Reading | None:
    """ "The number of Ghanaian students has doubled": the noun whose number changes."""
    for m in _NUMBER_OF.finditer(text.text, sentence.start, q.start):
        found = indicators.table().count(m[1]) or next(
            (c.indicator for c in cues if c.kind == "doing" and m.start(1) <= c.start <= m.end()), None
        )
        return Reading(found or f"other:{' '.join(m[1].lower().split()[:2])}", m.start(), m.end(), "number of")
    return None


def _counted(text: AnnotatedText, sentence: Sentence, q: Quantity, cues: list[Cue]) -> Reading | None:
    """The indicator of a count or a physical quantity."""
    table = indicators.table()
    noun = q.noun or ""
    lower = noun.lower()
    around = text.text[q.end : min(sentence.end, q.end + 45)].lower()
    if q.unit in VOLUMES:
        words = set(re.findall(r"[a-z]+", text.text[sentence.start : sentence.end].lower()))
        close = set(re.findall(r"[a-z]+", around))
        if q.unit in POWER or close & table.energy or (q.unit == "m3" and (words & table.energy or (q.high is not None and q.high >= 1e6))):
            return Reading("energy_supply", None, None, "energy")
        best = _nearest(
            text,
            sentence,
            q,
            [c for c in cues if (c.indicator in TRADE and c.indicator != "trade_turnover") or c.kind == "other"],
            sentence.start,
        )
        if best:
            return best
        if words & table.energy and q.unit in ("t", "l", "kg"):
            return Reading("energy_supply", None, None, "energy")
        m = re.match(r"\s+of\s+((?:\w+\s){0,1}\w+)", text.text[q.end : q.end + 40])
        return Reading(f"other:{m[1].lower()}" if m else f"other:{q.unit}", None, None, "volume")
    if q.unit != "1":
        return Reading(_measured(text, sentence, q), None, None, "measure")
    if noun and lower in ("times", "time"):
        return Reading("flights", None, None, "frequency")
    if noun and re.fullmatch(r"(?:mark|threshold|barrier|level|target|milestone|limit|goal)s?", lower):
        return _nearest(text, sentence, q, [c for c in cues if c.kind != "doing"], sentence.start)
    if noun:
        return _noun(text, sentence, q, cues, noun, lower)
    return _bare(text, sentence, q, cues)


_PLURAL = re.compile(r"\b(?:of[ \n]which|of[ \n]them|of[ \n]whom)\b")
_FREQUENCY = re.compile(r"[ \n](?:times[ \n])?(?:an?|each|every|per)[ \n](?:day|week|month|year)\b", re.I)


def _bare(text: AnnotatedText, sentence: Sentence, q: Quantity, cues: list[Cue]) -> Reading | None:
    """What a number without noun counts: "the number of visas fell to 612", "flights go from seven to ten", "antennas, 28 of them"."""
    before = _noun_before(text, sentence, q, cues)
    if before:
        return before
    doings = [c for c in cues if c.kind == "doing" and c.end <= q.start]
    if doings and (q.direction or _FREQUENCY.match(text.text, q.end, sentence.end)):
        return Reading(doings[-1].indicator, doings[-1].start, doings[-1].end, "doing")
    if not (q.direction or q.modifier or (q.high is not None and q.high >= 20)):
        return None
    nouns = [t for t in sentence.tokens if t.pos == "NOUN" and t.end <= q.start and t.text.endswith("s") and t.lemma != t.text]
    if not nouns or q.start - nouns[-1].end > 90:
        return None
    found = indicators.table().count(nouns[-1].text)
    if indicators.table().skipped(nouns[-1].text):
        return None
    return Reading(found or f"other:{nouns[-1].text.lower()}", nouns[-1].start, nouns[-1].end, "noun before")


def _measured(text: AnnotatedText, sentence: Sentence, q: Quantity) -> str:
    """A name for a length or area: the noun that it describes, where one is near."""
    m = re.match(
        r"[ \n](?:long[ \n])?(?:of[ \n]the[ \n]|of[ \n])?((?:\w+[ \n])?(?:tunnel|road|railway|line|pipeline|border|cable|bridge"
        r"|route|highway|fence|frontier|river|motorway|canal|corridor))\b",
        text.text[q.end : q.end + 50],
        re.I,
    )
    if m:
        return f"other:{' '.join(m[1].lower().split()[-1:])} length"
    return f"other:{ {'km': 'kilometres', 'm': 'metres', 'ha': 'hectares', 'km2': 'area'}.get(q.unit, q.unit) }"


def _noun(text: AnnotatedText, sentence: Sentence, q: Quantity, cues: list[Cue], noun: str, lower: str) -> Reading | None:
    table = indicators.table()
    found = table.count(lower)
    end = q.noun_end or q.end
    doings = [c for c in cues if c.kind == "doing" and (0 <= c.start - end < 40 or 0 <= q.start - c.end < 28 or q.start < c.start < end)]
    if (
        found == "scholarships"
        and lower.split()[-1] in ("places", "quotas", "awards")
        and not any(c.indicator in ("scholarships", "students") for c in cues)
    ):
        found = None
    if found == "jobs" and lower.split()[-1] in ("posts", "positions", "staff", "employees"):
        found = None
    if found == "joint_projects" and "joint" in lower.split():
        return Reading("joint_projects", q.noun_start, end, "noun")
    if found == "students" and any(c.indicator == "scholarships" for c in doings):
        found = "scholarships"
    if found:
        return Reading(found, q.noun_start, end, "noun")
    if doings and lower.split()[-1] not in table.bodies:
        cue = min(doings, key=lambda c: abs(c.start - q.end))
        return Reading(cue.indicator, cue.start, cue.end, "doing")
    words = " ".join(re.findall(r"[\w'-]+", lower)[-3:])
    return Reading(f"other:{words}", q.noun_start, end, "counted") if words else None


def carried(text: AnnotatedText, sentence: Sentence, cues: list[Cue]) -> Reading | None:
    """The last thing measured that the sentences before it in the paragraph, or its heading, speak of."""
    start = sentence.start
    for n in range(1, 4):
        if sentence.index < n:
            break
        other = text.sentences[sentence.index - n]
        if sentence.paragraph - other.paragraph > 1:
            break
        start = other.start
        found = [c for c in _in(cues, start, other.end) if c.indicator in _CARRIED]
        if found:
            return Reading(found[-1].indicator, None, None, "cue before")
    return None


_RATE = re.compile(r"[ \n]+(?:an?|per|every|each)[ \n]+(?:day|week|month|year)\b")


def counted_before(text: AnnotatedText, sentence: Sentence, q: Quantity) -> Reading | None:
    """What a bare number with a rate counts ("Now there are nine a week"): the journeys that the sentence before speaks of."""
    if q.unit != "1" or q.noun or sentence.index == 0 or not _RATE.match(text.text, q.end, sentence.end):
        return None
    before = text.sentences[sentence.index - 1]
    if sentence.paragraph - before.paragraph > 1 or before.end - before.start > 2000:
        return None
    count = indicators.table().count
    found = [c for w in _WORDS.findall(text.text, before.start, before.end) if (c := count(w)) in _JOURNEYS]
    return Reading(found[-1], None, None, "counted before") if found and found[-1] else None


_WORDS = re.compile(r"[a-z]+")
_JOURNEYS = frozenset({"flights", "border_crossings"})
_CARRIED = frozenset({"trade_turnover", "exports", "imports", "investment_stock", "investment_flow", "loans", "aid", "project_value"})


def goes_on(text: AnnotatedText, sentence: Sentence) -> bool:
    """Whether a sentence goes on with the series of the one before it."""
    return bool(_GOES_ON.match(sentence.text))

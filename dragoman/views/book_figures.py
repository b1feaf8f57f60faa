"""The chapter on figures: every value with who says so, a chart where there are several, and the arithmetic of what is disputed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from dragoman.model.book import Bar, Block, Chart, Entry, Part, Remark, Row, Section, Sentence, Table
from dragoman.model.claims import Figure
from dragoman.model.facts import Conflict
from dragoman.model.series import Point, Series
from dragoman.views.book_matter import Chapter, Lead, Matter, order
from dragoman.views.book_words import capital, safe, state
from dragoman.views.wording import indicator, joined

MAIN, ROWS, BARS, OTHERS = 6, 12, 10, 12
TRADE = ("trade_turnover", "exports", "imports")
MONEY = ("investment_stock", "investment_flow", "financing", "loans", "aid", "project_value")
MEASURES = {"rank": "rank "}
Key = tuple[str, tuple[str, ...], str | None]


@dataclass(slots=True)
class Matters:
    """The series that count one thing, with the disputes about it."""

    key: Key
    series: list[Series] = field(default_factory=list)
    disputes: list[Conflict] = field(default_factory=list)

    @property
    def claims(self) -> set[str]:
        return {p.claim for s in self.series for p in s.points}


@dataclass(frozen=True, slots=True)
class Value:
    """One value of one period with all who give it."""

    series: Series
    points: tuple[Point, ...]

    @property
    def first(self) -> Point:
        return self.points[0]


def chapter(m: Matter) -> Chapter:
    """Trade first, then money, then the rest; what has one value only stands in one table at the end."""
    found = _matters(m)
    main = [x for x in found if x.key[0] in ("trade", *TRADE) or x.disputes or len(_bars(m, x)) > 1][:MAIN]
    parts = [Part(_title(m, x), tuple(_blocks(m, x))) for x in main]
    rows = [r for x in found if x not in main for r in _single(m, x)]
    if rows:
        left = (Remark(f"{len(rows) - OTHERS} more are in the record."),) if len(rows) > OTHERS else ()
        parts.append(
            Part(
                "Other figures" if main else None,
                (Table(("Figure", "Amount", "Period", "Who says so"), tuple(rows[:OTHERS]), (6, 3, 3, 4)), *left),
            )
        )
    nothing = Part(None, (Remark(f"No document read gives a figure of {state(m.a)} and {state(m.b)}."),))
    leads = [Lead("Figures", s) for x in main[:1] if x.key[0] in ("trade", *TRADE) for s in _latest(m, x)]
    leads += [Lead("Disputed", _dispute(m, c)[0]) for x in main for c in x.disputes[:1]]
    return Chapter(Section("figures", "Figures", tuple(parts) or (nothing,)), tuple(leads[:3]))


def _matters(m: Matter) -> list[Matters]:
    """What is counted, the most telling first, each with its disputes; a dispute is told once, in its simplest form."""
    held: dict[Key, Matters] = {}
    for s in m.pair(Series):
        name = "trade" if s.directed and s.indicator in ("exports", "imports") else s.indicator
        key = name, s.parties, s.part
        held.setdefault(key, Matters(key)).series.append(s)
    found = sorted(held.values(), key=lambda x: (_rank(x.key[0]), -len(x.claims), x.key[0], x.key[1], x.key[2] or ""))
    told: set[str] = set()
    for conflict in sorted(disputes(m), key=lambda c: (len(c.claims), _later_first(c.date), c.about, c.id)):
        home = next((x for x in found if len(x.claims & set(conflict.claims)) * 2 > len(conflict.claims)), None) or next(
            (x for x in found if x.claims & set(conflict.claims)), None
        )
        if home and not (len(conflict.claims) > 2 and conflict.about in told):
            told.add(conflict.about)
            home.disputes.append(conflict)
    return found


def _later_first(day: str | None) -> int:
    return -int(order(day).replace("-", "") or 0)


def disputes(m: Matter) -> list[Conflict]:
    """What cannot all hold of figures of the pair."""
    return [
        c
        for c in m.pair(Conflict)
        if c.real and len(rows := m.rows_of(c.claims)) > 1 and all(isinstance(r.claim, Figure) for r in rows) and len(rows) == len(c.claims)
    ]


def _rank(name: str) -> int:
    if name in ("trade", *TRADE):
        return 0 if name == "trade_turnover" else 1
    return 4 if name in ("share", "rank") else 2 if name in MONEY else 5 if name.startswith("other:") else 3


def _title(m: Matter, x: Matters) -> str:
    name, parties, part = x.key
    if name == "trade":
        what = f"Exports of {safe(part, 50)}" if part else "Exports"
        return f"{what} from {state(parties[0])} to {state(parties[1])}"
    shown = capital(indicator(name))
    if set(parties) != {m.a, m.b}:
        shown += f" ({joined([state(p) if len(p) == 3 else safe(p, 40) for p in parties])})"
    return shown + (f", {safe(part, 50)}" if part else "")


# ---------------------------------------------------------------- values


def _values(m: Matter, x: Matters) -> list[Value]:
    """Each value of each period once, with all who give it, the latest period first."""
    held: dict[tuple[object, ...], list[Point]] = defaultdict(list)
    whose: dict[tuple[object, ...], Series] = {}
    for s in x.series:
        for p in s.points:
            if p.claim in m.told:
                key = m.words.date(p.period), s.unit, s.measure, s.target, p.low, p.high, p.modifier, p.base_period, p.modality
                held[key].append(p)
                whose.setdefault(key, s)
    values = [Value(whose[k], tuple(sorted(ps, key=lambda p: (p.asserted or "9999", p.claim)))) for k, ps in held.items()]
    values.sort(key=lambda v: (v.series.measure != "level", v.first.low or v.first.high or 0.0, v.first.claim))
    return sorted(values, key=lambda v: order(v.first.period), reverse=True)


def _amount(m: Matter, v: Value) -> str:
    p, measure = v.first, v.series.measure
    if measure == "change":
        shown = _change(m, p, v.series.unit)
    else:
        shown = MEASURES.get(measure, "") + m.words.amount(p.low, p.high, v.series.unit, p.modifier)
    if p.base_period:
        shown += f" on {m.words.date(p.base_period)}"
    if p.equivalent:
        shown += f" ({m.words.amount(p.equivalent.low, p.equivalent.high, p.equivalent.unit)})"
    planned = v.series.target or p.modality != "actual"
    return capital(shown) + (", planned" if planned and p.modality in ("planned", "actual") else f", {p.modality}" if planned else "")


def _change(m: Matter, p: Point, unit: str) -> str:
    """A change with its direction in words: "up more than 10%"."""
    ends = [n for n in (p.low, p.high) if n is not None]
    if all(n > 0 for n in ends):
        return f"up {m.words.amount(p.low, p.high, unit, p.modifier)}"
    if all(n < 0 for n in ends):
        low, high = (None if n is None else -n for n in (p.high, p.low))
        return f"down {m.words.amount(low, high, unit, p.modifier)}"
    return f"change {m.words.amount(p.low, p.high, unit, p.modifier, signed=True)}"


def _who(m: Matter, v: Value, limit: int = 70) -> str:
    """Everybody who gives a value; by its title a document that names nobody."""
    return joined(list(dict.fromkeys(_claimant(m, p, limit) for p in v.points)))


def _claimant(m: Matter, p: Point, limit: int) -> str:
    if p.claimant and not p.claimant.startswith("doc:"):
        return safe(p.claimant, limit)
    document = m.told[p.claim].document
    return f"“{safe(document.title or document.file, limit)}”"


def _period(m: Matter, v: Value) -> str:
    shown = m.words.date(v.first.period) if v.first.period else "no period given"
    return f"by {shown}" if (v.first.period or "").startswith("../") else shown


def _rows(m: Matter, x: Matters) -> list[Row]:
    """The values by period; where one of a period is disputed, those beside it are."""
    values = _values(m, x)
    heated = {(v.first.period, v.series.measure) for v in values if m.disputed & {p.claim for p in v.points}}
    rows = []
    for v in values:
        marks = ("disputed",) if (v.first.period, v.series.measure) in heated else ()
        s = m.sentence("", [p.claim for p in v.points], v.series.id, marks)
        rows.append(Row((capital(_period(m, v)), _amount(m, v), _who(m, v)), s.claims, s.fact, s.marks))
    return rows


def _single(m: Matter, x: Matters) -> list[Row]:
    """The values with what they count, in the words of the document: the indicator alone says little."""
    rows = []
    named = not (x.key[0] in ("share", "rank") or x.key[0].startswith("other:"))
    for v, row in zip(_values(m, x), _rows(m, x), strict=True):
        first = m.told[v.first.claim]
        scarce = first.document.reuse is not None and first.document.reuse.share is not None
        words, shortened = ("", ()) if named and scarce else m.quote(first, None, 24)
        title = ": ".join(t for t in (_title(m, x) if named else "", words) if t)
        period, amount, who = row.cells
        rows.append(Row((title, amount, period, who), row.claims, row.fact, (*row.marks, *shortened)))
    return rows


def _bars(m: Matter, x: Matters) -> list[Bar]:
    """Levels in the unit that most of them have, by period from the oldest to the newest."""
    values = [
        v
        for v in (() if x.key[0].startswith("other:") else _values(m, x))
        if v.series.measure == "level"
        and not v.series.target
        and v.first.modality == "actual"
        and v.first.period
        and not v.first.period.startswith("..")
        and (v.first.low or v.first.high or 0.0) > 0
    ]
    units = [v.series.unit for v in values]
    if not units:
        return []
    unit = max(dict.fromkeys(units), key=units.count)
    chosen = [v for v in values if v.series.unit == unit][:BARS]
    return [
        Bar(_period(m, v), _who(m, v, 60), float(v.first.low or v.first.high or 0.0), _amount(m, v), tuple(p.claim for p in v.points))
        for v in reversed(chosen)
    ]


# ---------------------------------------------------------------- what is shown


def _blocks(m: Matter, x: Matters) -> Iterable[Block]:
    bars = _bars(m, x)
    if len(bars) > 1:
        said = "; ".join(f"{b.group}, {b.label}: {b.text}" for b in bars)
        yield Chart(_title(m, x), said, tuple(bars))
    rows = _rows(m, x)
    yield Table(("Period", "Amount", "Who says so"), tuple(rows[:ROWS]), (3, 4, 6))
    if len(rows) > ROWS:
        yield Remark(f"{len(rows) - ROWS} earlier figures are in the record.")
    for c in x.disputes[:4]:
        yield Entry("Disputed", tuple(_dispute(m, c)))


def _dispute(m: Matter, c: Conflict) -> list[Sentence]:
    """A dispute with its arithmetic, what the others support, and the reason that the texts give."""
    said = [m.sentence(f"{capital(safe(c.about, 160))}: {m.words.retold(safe(c.why, 900))}", c.claims, c.id, ("disputed",), every=True)]
    if c.support:
        said.append(m.sentence(capital(m.words.retold(safe(c.support, 700))), c.supported or c.claims, c.id))
    if c.explained:
        first = m.rows_of(c.claims)[0]
        words, marks = m.quote(first, c.explained, 50)
        said.append(m.sentence(f"The texts explain it: {words}", c.claims, c.id, marks, every=True))
    return said


def _latest(m: Matter, x: Matters) -> Sequence[Sentence]:
    """The values of the latest whole period that more than one gives, else of the latest one."""
    levels = [
        v for v in _values(m, x) if v.series.measure == "level" and not v.series.target and v.first.modality == "actual" and v.first.period
    ]
    if not levels:
        return ()
    newest = [v for v in levels if v.first.period == levels[0].first.period][:3]
    text = "; ".join(f"{_amount(m, v)} ({_who(m, v, 60)})" for v in newest)
    claims = [p.claim for v in newest for p in v.points]
    return (m.sentence(f"{_title(m, x)}, {_period(m, newest[0])}: {text}.", claims, x.series[0].id),)

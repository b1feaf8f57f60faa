"""The briefing on two states: offices, contacts, agreements, promises, figures by claimant, statements; each line with citations."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from dragoman.model import time
from dragoman.model.claims import Claim, Commitment, Figure, Statement, Tenure
from dragoman.model.facts import Conflict, Fact
from dragoman.model.instruments import Instrument
from dragoman.model.meetings import Meeting
from dragoman.model.members import Belonging, Post
from dragoman.model.promises import Promise, Standing
from dragoman.model.stored import ClaimRow, DocumentRow
from dragoman.views import citation, protocol, together, wording
from dragoman.views.visible import one_line

LATEST = {"contacts": 10, "agreements": 10, "figures": 14, "statements": 8, "offices": 12}
MOVED = ("under way", "done", "missed", "dropped")
ComeTo = Callable[[Promise], Standing]
QUOTE = 320  # characters of one quotation
PARTIES = ("participants", "parties", "by", "to", "source", "recipient", "person", "speaker", "addressee")
NAMING = (*PARTIES, "host", "state", "reporter", "counterpart", "member", "sending", "receiving")  # fields that name states


@dataclass(frozen=True, slots=True)
class Cite:
    """number of the source in the list at the end, id of the claim, and its exact words."""

    number: int
    claim: str
    quote: str


@dataclass(frozen=True, slots=True)
class Line:
    """What is said, who says it, and a remark where sources differ or a quotation was shortened."""

    text: str
    cites: tuple[Cite, ...]
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Section:
    title: str
    lines: tuple[Line, ...]
    more: int = 0  # lines left out, oldest first


@dataclass(frozen=True, slots=True)
class Reference:
    """A numbered source."""

    number: int
    document: str
    text: str


@dataclass(frozen=True, slots=True)
class Brief:
    """The briefing; `documents` is how many tell of both states, `first` and `last` their dates of publication."""

    a: str
    b: str
    on: str | None
    documents: int
    first: str | None
    last: str | None
    sections: tuple[Section, ...]
    sources: tuple[Reference, ...]


@dataclass(slots=True)
class _Notes:
    """Numbers the sources in the order in which they are cited, and keeps within each one's quote limit."""

    numbers: dict[str, tuple[int, DocumentRow]] = field(default_factory=dict)
    quoted: dict[str, int] = field(default_factory=lambda: defaultdict(int))

    def cite(self, row: ClaimRow) -> Cite:
        number, _ = self.numbers.setdefault(row.document.id, (len(self.numbers) + 1, row.document))
        return Cite(number, row.claim.id, one_line(row.claim.evidence[0].quote))

    def cites(self, rows: Iterable[ClaimRow]) -> tuple[Cite, ...]:
        first: dict[str, ClaimRow] = {}
        for row in rows:
            first.setdefault(row.document.id, row)
        return tuple(self.cite(r) for r in first.values())

    def quote(self, row: ClaimRow, words: str) -> tuple[str, str | None]:
        """The words, shortened to what the source's reuse terms leave, with a remark where they were."""
        shown = one_line(words, QUOTE)
        reuse = row.document.reuse
        if reuse is not None and reuse.share is not None:
            left = int(reuse.share * row.document.words) - self.quoted[row.document.id]
            if left <= 0:
                return "…", "quotation left out: reuse terms of the source"
            pieces = shown.split()
            if len(pieces) > left:
                shown = " ".join(pieces[:left]) + "…"
            self.quoted[row.document.id] += min(left, len(pieces))
        return shown, "quotation shortened" if shown.endswith("…") else None

    def sources(self) -> tuple[Reference, ...]:
        return tuple(Reference(n, d.id, citation.source(d)) for n, d in sorted(self.numbers.values(), key=lambda v: v[0]))


def build(a: str, b: str, rows: Sequence[ClaimRow], facts: Iterable[Fact], come_to: ComeTo, on: str | None = None) -> Brief:
    """The briefing from the claims that involve either state (ISO alpha-3); copies and superseded texts left out.

    facts    that involve either state
    come_to  what a promise has come to by the day of the briefing
    on       EDTF day: only documents published by then count; the caller gives facts of what was known then
    """
    used = [r for r in rows if r.counted and not r.superseded and _by(r, on)]
    both = {r.document.id: r.document for r in used if {a, b} <= _states(r.claim)}
    told, shared, notes = {r.claim.id: r for r in used}, {r.claim.id: r for r in used if r.document.id in both}, _Notes()
    held: dict[type[Fact], list[Any]] = defaultdict(list)
    for fact in {f.id: f for f in facts}.values():
        held[type(fact)].append(fact)
    pair = {kind: [f for f in some if {a, b} <= set(f.states)] for kind, some in held.items()}
    stay = [*pair.get(Post, ()), *(f for f in held[Belonging] if f.member in (a, b))]
    sections = (
        _offices(a, b, used, notes),
        _section("Latest contacts", _together(pair.get(Meeting, ()), notes, told), "contacts"),
        _section("Agreements", _together(pair.get(Instrument, ()), notes, told), "agreements"),
        _section("Promises", _promises(a, b, held[Promise], come_to, shared, notes), "agreements"),
        _section("Figures by claimant", _figures(_of(used, Figure, a, b), notes), "figures"),
        _section("Where sources disagree", _disputed(pair.get(Conflict, ()), told, notes), "figures"),
        _section("What was said", _statements(a, b, list(shared.values()), notes), "statements"),
        _section("Missions and memberships", _together(stay, notes, told), "offices"),
    )
    dates = sorted(d.published for d in both.values() if d.published)
    return Brief(a, b, on, len(both), dates[0] if dates else None, dates[-1] if dates else None, sections, notes.sources())


def _by(row: ClaimRow, on: str | None) -> bool:
    if on is None:
        return True
    if row.document.published is None:
        return False
    first, last = time.parse(row.document.published).first, time.parse(on).last
    return first is not None and last is not None and first <= last


def _states(claim: Claim) -> set[str]:
    """The states that a claim names in its fields."""
    out: set[str | None] = set()
    for name in NAMING:
        value = getattr(claim, name, None)
        for one in value if isinstance(value, tuple) else (value,):
            out.add(one if isinstance(one, str) else getattr(one, "state", None))
    return {s for s in out if s}


def _of(rows: Iterable[ClaimRow], cls: type[Claim], *states: str) -> list[ClaimRow]:
    return [r for r in rows if isinstance(r.claim, cls) and set(states) <= _states(r.claim)]


def _section(title: str, lines: list[Line], limit: str) -> Section:
    return Section(title, tuple(lines[: LATEST[limit]]), max(0, len(lines) - LATEST[limit]))


def _when(edtf: str | None) -> str:
    """A key by which dates sort; unknown ones come first, so last when reversed."""
    if not edtf:
        return ""
    days = time.parse(edtf)
    return str(days.last or days.first or "")


# ---------------------------------------------------------------- offices


def _offices(a: str, b: str, rows: Sequence[ClaimRow], notes: _Notes) -> Section:
    """For each state and position: the holder last observed, and who held it before as far as documents say."""
    lines: list[Line] = []
    more = 0
    for code in (a, b):
        held: dict[str, list[ClaimRow]] = defaultdict(list)
        for row in rows:
            if (
                isinstance(row.claim, Tenure)
                and row.claim.state == code
                and row.claim.modality in ("actual", "planned")
                and protocol.rank(row.claim.position) is not None
            ):
                held[row.claim.position].append(row)
        _drop_plain(held)
        ranked = sorted(held, key=lambda p: (protocol.rank(p), p))
        lines += [_holders(code, position, held[position], notes) for position in ranked[: LATEST["offices"]]]
        more += max(0, len(ranked) - LATEST["offices"])
    return Section("Who holds office", tuple(lines), more)


def _drop_plain(held: dict[str, list[ClaimRow]]) -> None:
    """Leave out "minister" where the same person is named with his or her ministry."""
    for plain in [p for p in held if " " not in p]:
        named = {_name_of(r) for position, rows in held.items() if position.startswith(f"{plain} of ") for r in rows}
        held[plain] = [r for r in held[plain] if _name_of(r) not in named]
        if not held[plain]:
            del held[plain]


def _name_of(row: ClaimRow) -> str:
    claim: Any = row.claim
    return (claim.person.name or claim.person.mention or "").casefold()


def _seen(row: ClaimRow) -> str:
    """The day on which a holder is attested at the latest."""
    claim: Any = row.claim
    return _when(
        claim.since
        if claim.change != "holds" and claim.since
        else claim.until
        if claim.change == "left" and claim.until
        else claim.date or claim.asserted
    )


def _holders(code: str, position: str, rows: list[ClaimRow], notes: _Notes) -> Line:
    people: dict[str, list[ClaimRow]] = defaultdict(list)
    for row in rows:
        people[_key(row.claim, people)].append(row)
    order = sorted(people.values(), key=lambda rs: (not all(_over(r.claim) for r in rs), max(_seen(r) for r in rs)), reverse=True)
    parts, cited = [], []
    for k, group in enumerate(order[:3]):
        parts.append(("before, or by other sources: " if k == 1 else "") + _holder(group))
        cited += group
    return Line(f"{wording.state(code)}, {position}: " + "; ".join(parts), notes.cites(sorted(cited, key=_seen, reverse=True)[:6]))


def _key(claim: Any, people: Iterable[str]) -> str:
    """One key for the spellings of one holder: a name that is part of a longer one is the same person."""
    words = set((claim.person.name or claim.person.mention or "").casefold().split())
    return next((k for k in people if words <= set(k.split()) or set(k.split()) <= words), " ".join(sorted(words)))


def _over(claim: Any) -> bool:
    return bool(claim.change == "left" or claim.until)


def _holder(rows: list[ClaimRow]) -> str:
    claims: list[Any] = [r.claim for r in rows]
    name = max((one_line(c.person.name or c.person.mention or "", 80) for c in claims), key=len)
    since = next((c.since for c in claims if c.since), None)
    until = next((c.until for c in claims if c.until), None)
    acting = " (acting)" if any(c.acting for c in claims) else ""
    change = next((c.change for c in claims if c.change not in ("holds", "left")), None)
    begin = f", {change or 'in office'} {'' if change else 'since '}{wording.date(since)}" if since else ""
    end = f", until {wording.date(until)}" if until else ", left office" if any(c.change == "left" for c in claims) else ""
    last = max(_seen(r) for r in rows)
    return f"{name}{acting}{begin}{end}" + (f" (named so on {wording.date(last)})" if last and not end else "")


# ---------------------------------------------------------------- contacts, agreements, missions: what documents say together


def _together(found: Iterable[Fact], notes: _Notes, rows: Mapping[str, ClaimRow]) -> list[Line]:
    """A line for each fact, the latest first, with all its documents and what they differ on."""
    lines = []
    for fact in sorted(found, key=lambda f: max(map(_when, f.days), default=""), reverse=True):
        if behind := [rows[c] for c in fact.claims if c in rows]:
            differs = [d for d in together.details(fact) if d.startswith(("sources differ", "accounts differ"))]
            lines.append(Line(together.line(fact), notes.cites(behind), "; ".join(differs) or None))
    return lines


def _promises(a: str, b: str, found: Iterable[Promise], come_to: ComeTo, rows: Mapping[str, ClaimRow], notes: _Notes) -> list[Line]:
    """What either side undertook and what came of it, the latest first; what was only asked for is left out."""
    lines = []
    for promise in sorted(found, key=lambda p: _when(p.date), reverse=True):
        made = rows.get(promise.made[0]) if promise.made else None
        if made is None or promise.modality != "actual" or not isinstance(made.claim, Commitment):
            continue
        if {p.state for p in made.claim.by} & {a, b}:
            now = come_to(promise)
            behind = [rows[c] for c in (promise.made[0], *now.claims) if c in rows]
            told = [f"{now.status}{f' ({wording.date(now.since)})' if now.since else ''}"] if now.status in MOVED else []
            due = ["the deadline has passed and no document says what came of it"] if now.schedule.result == "overdue" else []
            lines.append(Line(wording.line(made.claim), notes.cites(behind), "; ".join(told + due) or None))
    return lines


def _disputed(found: Iterable[Conflict], rows: Mapping[str, ClaimRow], notes: _Notes) -> list[Line]:
    """Claims that cannot all hold, with the arithmetic and the reason that the texts give."""
    lines = []
    simplest = sorted(found, key=lambda c: len(c.claims))
    for conflict in sorted(simplest, key=lambda c: _when(c.date), reverse=True):
        behind = [rows[c] for c in conflict.claims if c in rows]
        if conflict.real and len(behind) > 1:
            why = one_line(conflict.explained, 200) if conflict.explained else None
            reason = f"the texts explain it: “{why}”" if why else one_line(conflict.support, 300) if conflict.support else None
            about = conflict.about[:1].upper() + conflict.about[1:]
            lines.append(Line(f"{about}. {one_line(conflict.why, 900)}", tuple(map(notes.cite, behind)), reason))
    return lines


# ---------------------------------------------------------------- figures


def _figures(rows: list[ClaimRow], notes: _Notes) -> list[Line]:
    """One line for each indicator and period: every value with its claimants, side by side."""
    series: dict[tuple[Any, ...], list[ClaimRow]] = defaultdict(list)
    for row in rows:
        f: Any = row.claim
        series[
            f.indicator,
            tuple(sorted(f.parties)),
            f.reporter if f.indicator in ("exports", "imports") else None,
            f.period,
            f.measure,
            f.modality,
            f.base_period,
        ].append(row)
    keys = sorted(
        series, key=lambda k: (k[0].startswith("other:"), k[0] in ("rank", "share"), k[4] != "level", _negative(_when(k[3])), k[0])
    )
    return [_values(series[k], notes) for k in keys]


def _negative(day: str) -> tuple[int, ...]:
    """Sorts days from the latest to the earliest, unknown last."""
    return tuple(-int(p) for p in day.split("-")) if day else (1,)


def _values(rows: list[ClaimRow], notes: _Notes) -> Line:
    values: dict[tuple[Any, ...], list[ClaimRow]] = defaultdict(list)
    for row in rows:
        f: Any = row.claim
        values[f.low, f.high, f.unit, f.modifier].append(row)
    f = rows[0].claim
    head = ", ".join(
        w
        for w in (
            wording.indicator(f.indicator),
            " and ".join(map(wording.state, f.parties)),
            f"reported by {wording.state(f.reporter)}" if f.reporter else "",
            wording.date(f.period) if f.period else "no period given",
        )
        if w
    )
    parts = []
    for group in values.values():
        c: Any = group[0].claim
        shown = wording.amount(c.low, c.high, c.unit, c.modifier, signed=c.measure == "change")
        label = {"change": "change ", "share": "share ", "rank": "rank "}.get(c.measure, "")
        who = wording.joined(list(dict.fromkeys(citation.claimant(r.claim) for r in group))[:3])
        base = f" on {wording.date(c.base_period)}" if c.base_period else ""
        parts.append(f"{label}{shown}{base} ({who})")
    mark = f" [{wording.MODALITY[f.modality]}]" if f.modality in wording.MODALITY else ""
    return Line(f"{head}{mark}: " + "; ".join(parts), notes.cites(rows), _differ(list(values)))


def _differ(values: list[tuple[Any, ...]]) -> str | None:
    """A remark where the values of one series lie more than rounding apart."""
    ends = [(n, unit) for low, high, unit, _ in values for n in (low if low is not None else high,) if n is not None]
    units = {unit for _, unit in ends}
    if len(values) < 2 or len(units) > 1:
        return "in different units" if len(units) > 1 else None
    numbers = [abs(n) for n, _ in ends]
    if min(numbers) and max(numbers) / min(numbers) > 1.01:
        return "sources differ"
    return None


# ---------------------------------------------------------------- statements, missions, memberships


def _latest(row: ClaimRow) -> tuple[str, bool, float]:
    claim: Any = row.claim
    return _when(claim.date or claim.asserted), claim.direct, claim.confidence


def _statements(a: str, b: str, rows: list[ClaimRow], notes: _Notes) -> list[Line]:
    """The latest words of each side, direct speech before reported; at most three of one speaker in one document."""
    said = [r for r in rows if isinstance(r.claim, Statement) and r.claim.speaker.state in (a, b) and len(r.claim.text) > 40]
    said.sort(key=_latest, reverse=True)
    taken: dict[tuple[str, str], int] = defaultdict(int)
    lines: list[Line] = []
    for row in said:
        claim: Any = row.claim
        key = row.document.id, claim.speaker.name or claim.speaker.mention or ""
        taken[key] += 1
        if taken[key] > 2 or len(lines) >= LATEST["statements"]:
            continue
        words, remark = notes.quote(row, claim.text)
        to = f" to {wording.actor(claim.addressee, full=False)}" if claim.addressee else ""
        shown = f"“{words}”" if claim.direct else f"that {words}" if claim.cue in ("say", "stress", "note", "add") else words
        lines.append(
            Line(f"{wording.actor(claim.speaker)}{to}, {wording.date(claim.date or claim.asserted)}: {shown}", (notes.cite(row),), remark)
        )
    return lines

"""Tenure claims put together into chains: who held a position and when, with the days nobody covers and those two claim.

A pure function of the claims of a block. Each claim supports exactly one chain, and in it one person's time in office.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from bisect import bisect
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import partial

from dragoman.model.claims import Claim, Contact, Tenure
from dragoman.model.entities import Person
from dragoman.model.facts import NOTHING, Judged, Part
from dragoman.model.offices import Bound, Chain, Gap, Occupancy, Overlap
from dragoman.model.time import Interval
from dragoman.resolve import persons, positions, recalled, spelling, spells
from dragoman.resolve.positions import Key
from dragoman.resolve.recalled import Recalled
from dragoman.resolve.spells import Said, days_of

READS = ("tenure", "contact")
MAKES = (Chain,)
DAY = dt.timedelta(days=1)
Posts = dict[tuple[str, str], list[tuple[dt.date, str, str]]]


def blocks(claim: Claim, parties: Sequence[str] = ()) -> tuple[str, ...]:
    """The state of the office; of a body's office without a state the body; else the name, as the person alone tells which office it is."""
    if isinstance(claim, Contact):
        return recalled.states(claim)
    if not isinstance(claim, Tenure):
        return ()
    where = positions.key(claim)
    if where.state or where.body:
        return (where.state or where.body or "",)
    return ("name:" + spelling.skeleton(claim.person.name or claim.person.mention or ""),)


def resolve(block: str, claims: Sequence[Claim], judged: Judged) -> Iterator[Chain]:
    """The chain of every position that the claims of a block speak of, by state and name of the position."""
    for part in parts(block, claims, judged):
        yield from (fact for fact in part.facts() if isinstance(fact, Chain))


def parts(block: str, claims: Sequence[Claim], judged: Judged) -> Iterator[Part]:
    """A part for each position: its claims, and all that the block tells of those who may have held it.

    Of an office without a state or a body only the person tells which it is: that block is one part.
    """
    told = {c.id: c for c in claims if isinstance(c, Tenure)}
    known = sorted(recalled.succeeding(told.values()), key=lambda c: c.id)
    known += recalled.observations(known, (c for c in claims if isinstance(c, Contact)), block)
    keys = _keys(known)
    grouped: dict[Key, list[Tenure]] = defaultdict(list)
    for claim in known:
        grouped[keys[claim.id]].append(claim)
    if any(k.state is None and k.body is None for k in grouped):
        yield Part("", known, partial(_chains, known, keys, judged))
        return
    named = [(c.person.name or c.person.mention, keys[c.id].state or c.person.state) for c in known]
    heap_of = {known[n].id: heap for heap, (_, some) in enumerate(persons.apart(named, judged)) for n in some}
    heaps: dict[int, list[Tenure]] = defaultdict(list)
    for claim in known:
        heaps[heap_of[claim.id]].append(claim)
    for where in sorted(grouped, key=lambda k: k.text):
        these = sorted({c.id: c for heap in {heap_of[c.id] for c in grouped[where]} for c in heaps[heap]}.values(), key=lambda c: c.id)
        yield Part(f"{where.text} {_digest(keys[c.id] for c in these)}", these, partial(_chains, these, keys, judged, where))


def _digest(keys: Iterable[Key]) -> str:
    """A few letters for positions: those of a claim can follow from other claims of its document or block."""
    return hashlib.blake2b("\x1f".join(k.text for k in keys).encode(), digest_size=8).hexdigest()


def _chains(known: Sequence[Tenure], keys: dict[str, Key], judged: Judged, only: Key | None = None) -> Iterator[Chain]:
    """The chains of the positions of some claims, or the one of a position."""
    dates = {c.id: spells.said(c) for c in known}
    found = persons.resolve((_mention(c, keys[c.id], dates[c.id]) for c in known), judged)
    grouped: dict[Key, list[Tenure]] = defaultdict(list)
    for claim in known:
        where = keys[claim.id]
        if where.state is None and where.body is None:  # without state and body only the person tells which office it is
            where = where._replace(body=found.persons[claim.id].id)
        grouped[where].append(claim)
    gone = _next_posts(grouped, dates, found.persons)
    for where in sorted(grouped if only is None else (only,), key=lambda k: k.text):
        yield _chain(where, grouped[where], dates, found.persons, gone)


def _keys(claims: Sequence[Tenure]) -> dict[str, Key]:
    """The position of each claim; a ministry with a wider name in one document is the one that it begins with.

    "The Commission" is the one that its document names in full.
    """
    keys = {c.id: positions.key(c) for c in claims}
    bodies: dict[str, dict[str, str]] = defaultdict(dict)
    for c in claims:
        if c.organization and (body := keys[c.id].body):
            bodies[c.document][c.organization] = body
    for c in claims:
        named, own = bodies[c.document], keys[c.id]
        if c.organization and own.body and " " not in c.organization and (whole := _in_full(c.organization, named)):
            keys[c.id] = own._replace(position="chair" if positions.joint(whole) else own.position, body=named[whole])
    names = {k.position for k in keys.values() if k.body is None}
    base = {name: positions.base(name, names) for name in names}
    return {c: k if k.body else k._replace(position=base[k.position]) for c, k in keys.items()}


def _in_full(word: str, named: dict[str, str]) -> str | None:
    """The longest name of a body that a word stands for."""
    return max((n for n in named if n != word and word in n.split()), key=lambda n: (len(n), n), default=None)


def _next_posts(grouped: dict[Key, list[Tenure]], dates: dict[str, Said], who: dict[str, Person]) -> Posts:
    """When persons took posts that end those they held: of each person by group of posts, in order of time."""
    posts: dict[tuple[str, str], list[tuple[dt.date, str, str]]] = defaultdict(list)
    for where, claims in grouped.items():
        group = positions.group(where.position) if where.body is None else None
        for c in claims if group else ():
            start = dates[c.id].start
            if c.modality == "actual" and start and not start.startswith("..") and (first := days_of(start).first):
                posts[who[c.id].id, group or ""].append((first, start, c.id))
    return {key: sorted(found) for key, found in posts.items()}


def chains(claims: Iterable[Claim], judged: Judged = NOTHING) -> list[Chain]:
    """The chains of all blocks that some claims belong to."""
    grouped: dict[str, list[Claim]] = defaultdict(list)
    for claim in claims:
        for block in blocks(claim):
            grouped[block].append(claim)
    return [chain for block in sorted(grouped) for chain in resolve(block, grouped[block], judged)]


def _mention(claim: Tenure, where: Key, dates: Said) -> persons.Mention:
    name = claim.person.name or claim.person.mention
    return persons.Mention(claim.id, name, where.state or claim.person.state, where.text, claim.document, dates.first, dates.last)


def _chain(where: Key, claims: Sequence[Tenure], dates: dict[str, Said], who: dict[str, Person], gone: Posts) -> Chain:
    """The holders of one position in order of time."""
    bodies = Counter(c.organization for c in claims if c.organization)
    shown = min(bodies, key=lambda b: (-bodies[b], b), default=None)
    position = positions.position_of(where, shown)
    one = positions.single(where)
    groups: dict[tuple[str, bool, str], list[Said]] = defaultdict(list)
    for claim in claims:
        groups[who[claim.id].id, claim.acting, claim.modality].append(dates[claim.id])
    facts: list[Occupancy] = []
    days = sorted({(d, k[0]) for k, items in groups.items() if one and k[2] == "actual" for s in items for d in _in_office(s)})
    for (person, acting, modality), items in groups.items():
        base = Occupancy(who[items[0].claim.id], position, None, None, (), acting, "observed", (), modality=modality)
        found = spells.split(items, partial(_taken, days, person))
        facts += [spells.occupancy(spell, base) for spell in found if not all(isinstance(s.claim, Recalled) for s in spell)]
    facts = [_ended(f, gone) for f in _stood_in(facts)]
    facts.sort(key=_when)
    holders = [f for f in facts if f.modality == "actual"]
    return Chain(
        claims=tuple(sorted({c for f in facts for c in f.claims})),
        states=(where.state,) if where.state else (),
        position=position,
        occupancies=tuple(facts),
        gaps=_gaps(holders) if one else (),
        overlaps=_overlaps(holders) if one else (),
        single=one,
    )


def _stood_in(facts: Sequence[Occupancy]) -> list[Occupancy]:
    """The times in office, acting ones without an end ended by the day on which the same person is first seen in full office."""
    full: dict[str, list[tuple[dt.date, str, tuple[str, ...]]]] = defaultdict(list)  # of each person the days, with their claims
    for f in facts:
        if not f.acting and f.modality == "actual":
            full[f.person.id] += [(day, b.date, b.claims) for b in (*f.seen, *f.starts) if (day := days_of(b.date).last)]
    out = []
    for f in facts:
        first = min((p.first for p in map(days_of, (*filter(None, (f.since,)), *f.observed)) if p.first), default=None)
        later = sorted(t for t in full[f.person.id] if first and t[0] >= first) if f.acting and not f.until else []
        by = Bound(f"../{later[0][0].isoformat()}", later[0][2]) if later else None
        out.append(replace(f, until=by.date, ends=(by,)) if by else f)
    return out


def _ended(fact: Occupancy, gone: Posts) -> Occupancy:
    """A time in office whose end no document states ends with the next post that nobody holds beside it."""
    group, last = positions.group(fact.position.name), extent(fact)[1]
    if group is None or fact.until or last is None or fact.position.organization or fact.modality != "actual":
        return fact
    other = ({"at home", "abroad"} - {group}).pop()
    found = next((post for post in gone.get((fact.person.id, other), ()) if post[0] > last), None)
    return replace(fact, until=found[1], ends=(Bound(found[1], (found[2],)),)) if found else fact


def _taken(days: Sequence[tuple[dt.date, str]], person: str, after: dt.date, before: dt.date) -> bool:
    """Whether anybody else was in office on a day between two days."""
    for at in range(bisect(days, (after + DAY, "")), len(days)):
        if days[at][0] >= before:
            return False
        if days[at][1] != person:
            return True
    return False


def _in_office(said: Said) -> list[dt.date]:
    """The days, known to the day or month, on which a claim has its person in office."""
    return [p.last for d in (said.start, said.day) if d and (p := days_of(d)).first and p.last and (p.last - p.first).days < 32]


def _when(fact: Occupancy) -> tuple[dt.date, dt.date, str]:
    first, last = extent(fact)
    return first or dt.date.max, last or dt.date.max, fact.id


def extent(fact: Occupancy) -> tuple[dt.date | None, dt.date | None]:
    """The first and the last day that any document tells of."""
    points = [p for p in (beginning(fact), ending(fact), *map(days_of, fact.observed)) if p]
    firsts = [d for p in points if (d := p.first or p.last)]
    last = max((d for p in points if (d := p.last or p.first)), default=None)
    gone = days_of(fact.until).last if fact.until and fact.until.startswith("..") else None
    return min(firsts, default=None), min(last, gone) if last and gone else last


def certain(fact: Occupancy) -> tuple[dt.date, dt.date] | None:
    """The days on which the person surely held the position, as far as the documents are right; None where no date is that precise.

    They reach from the latest day of the beginning or of the first observation to the earliest day of the end or of the last one;
    who took office in a month is taken to have held it when the month ended. "Appointed by D" is no day in office.
    """
    begin, end = beginning(fact), ending(fact)
    days = list(map(days_of, fact.observed))
    if begin and begin.first and begin.last:
        first: dt.date | None = begin.last
        days.append(Interval(begin.last if (begin.last - begin.first).days < 31 else begin.first, begin.last))
    else:
        first = min((p.last for p in (*days, end) if p and p.first and p.last), default=None)
    last = end.first if end else max((p.first for p in days if p.first), default=None)
    return (first, last) if first and last and first <= last else None


def beginning(fact: Occupancy) -> Interval | None:
    """The days in which the beginning lies: a year stated ends where the person was first seen in office."""
    if fact.since is None:
        return None
    stated = days_of(fact.since)
    seen = min((d for p in map(days_of, fact.observed) if (d := p.last)), default=None)
    last = min((d for d in (stated.last, seen) if d), default=None)
    return Interval(stated.first, last) if stated.first is None or last is None or stated.first <= last else stated


def ending(fact: Occupancy) -> Interval | None:
    """The days in which the end lies, from the last day in office on; None where only "gone by D" is known."""
    if fact.until is None or fact.until.startswith(".."):
        return None
    stated = days_of(fact.until)
    seen = max((d for p in map(days_of, fact.observed) if (d := p.first)), default=None)
    first = max((d for d in (stated.first, seen) if d), default=None)
    return Interval(first, stated.last) if first is None or stated.last is None or first <= stated.last else stated


def _gaps(holders: Sequence[Occupancy]) -> tuple[Gap, ...]:
    """The days between the last that is known of one holder and the first of the next."""
    out: list[Gap] = []
    reached: dt.date | None = None
    before: Occupancy | None = None
    for fact in holders:
        first, last = extent(fact)
        if first is None or last is None:
            continue
        if reached and before and before.person.id != fact.person.id and first > reached + DAY:
            out.append(Gap(span(reached + DAY, first - DAY), before.person.name, fact.person.name))
        if reached is None or last > reached:
            reached, before = last, fact
    return tuple(out)


def _overlaps(holders: Sequence[Occupancy]) -> tuple[Overlap, ...]:
    """The days that two persons are both sure of; one day in common is a day of change. An acting holder may stand beside another."""
    out: list[Overlap] = []
    sure = sorted(((f, days) for f in holders if (days := certain(f)) is not None), key=lambda s: (s[1], s[0].id))
    running: list[tuple[Occupancy, tuple[dt.date, dt.date]]] = []
    for other, b in sure:
        running = [(f, a) for f, a in running if a[1] >= b[0]]
        for one, a in running:
            if one.person.id != other.person.id and one.acting == other.acting and (days := _shared(a, b)):
                out.append(_overlap(one, other, span(*days)))
        running.append((other, b))
    return tuple(out)


def _overlap(one: Occupancy, other: Occupancy, days: str) -> Overlap:
    """Two holders at once, with the fewest claims that say so: one was in office on a day between two of the other's."""
    found = []
    for inner, outer in ((one, other), (other, one)):
        span_, (low, high) = certain(outer), _edges(outer)
        for day, bound in zip(certain(inner) or (), _edges(inner), strict=True):
            if span_ and (span_[0] < day < span_[1] or (low == high and span_[0] <= day <= span_[1])):
                claims = tuple(sorted({bound.claims[0], low.claims[0], high.claims[0]}))
                found.append((len(claims), claims, bound.date, tuple(dict.fromkeys((low.date, high.date))), (inner, outer)))
    if not found:  # both came and went on the same days
        low, high = _edges(other)
        claims = tuple(sorted({b.claims[0] for b in (*_edges(one), low, high)}))
        found = [(len(claims), claims, _edges(one)[0].date, tuple(dict.fromkeys((low.date, high.date))), (one, other))]
    _, claims, at, between, (first, second) = min(found, key=lambda f: f[:4])
    return Overlap(days, (first.person.name or "", second.person.name or ""), (first.id, second.id), claims, at, between)


def _edges(fact: Occupancy) -> tuple[Bound, Bound]:
    """What gives the first and the last of the days that are certain."""
    first, last = certain(fact) or (None, None)
    begin, end = beginning(fact), ending(fact)
    gone = fact.ends[:1] if end else ()
    low = fact.starts[:1] if begin and begin.first else [b for b in (*fact.seen, *gone) if days_of(b.date).last == first]
    high = gone or [b for b in fact.seen if days_of(b.date).first == last] or fact.starts[:1]
    return low[0], high[0]


def _shared(a: tuple[dt.date, dt.date], b: tuple[dt.date, dt.date]) -> tuple[dt.date, dt.date] | None:
    """The days in common of two spans; None where there are none, or only a day on which one ends and the other begins."""
    first, last = max(a[0], b[0]), min(a[1], b[1])
    within = first == last and (a[0] < first < a[1] or b[0] < first < b[1])
    return (first, last) if first < last or within else None


def span(first: dt.date, last: dt.date) -> str:
    """Two days as EDTF, one where they are the same."""
    return first.isoformat() if first == last else f"{first.isoformat()}/{last.isoformat()}"

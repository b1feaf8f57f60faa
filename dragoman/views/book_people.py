"""The chapter on who you will meet: offices, since when, who held them before, and earlier contacts with our side."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from dragoman.model.book import Block, Entry, Part, Remark, Section, Sentence
from dragoman.model.claims import ActorRef, Biography
from dragoman.model.meetings import Meeting
from dragoman.model.offices import Chain, Occupancy
from dragoman.views import protocol
from dragoman.views.book_contacts import held
from dragoman.views.book_matter import Chapter, Lead, Matter, order, words_of
from dragoman.views.book_words import NOUNS, capital, office, people, safe, state

MOST, HIGHEST = 12, 2  # people shown; offices up to this place in the order of protocol are told of without any contact with us


def meet(m: Matter) -> Chapter:
    """The people of the other side, the highest first."""
    chains = [c for c in m.of(Chain) if c.position.state == m.b and protocol.rank(c.position.name) is not None]
    posts: dict[str, list[tuple[Chain, Occupancy]]] = defaultdict(list)
    for chain in sorted(chains, key=lambda c: (protocol.place(c.position.name), c.position.name, c.id)):
        for one in _now(m, chain):
            posts[one.person.id].append((chain, one))
    near = {r.document.id for r in m.shared}
    entries, leads = [], []
    for found in list(posts.values()):
        found = _plain_left_out(found)
        met = _met(m, found[0][1])
        close = met or any(r.document.id in near for _, o in found for r in m.rows_of(o.claims))
        if close or protocol.place(found[0][0].position.name) <= HIGHEST:
            entries.append((found, met))
    for found, _ in entries[:MOST]:
        leads.append(Lead("You will meet", _post(m, *found[0])))
    blocks: list[Block] = [
        Entry(safe(found[0][1].person.name or "Not named", 80), tuple(_about(m, found, met))) for found, met in entries[:MOST]
    ]
    vacant = [e for c in chains for e in _vacant(m, c)]
    parts = [Part(None, tuple(blocks) or (Remark(f"No document read names an office-holder of {state(m.b)}."),))]
    if vacant:
        parts.append(Part("Offices whose holder left", tuple(vacant)))
    return Chapter(Section("people", "Who you will meet", tuple(parts)), tuple(leads[:3]))


def _now(m: Matter, chain: Chain) -> list[Occupancy]:
    """Who is in office on the day of the book as far as documents go: of an office with one holder the last one known."""
    held = [
        o
        for o in chain.occupancies
        if o.modality == "actual" and o.person.name and not (o.until and m.over(o.until)) and not _later(m, o.since) and m.rows_of(o.claims)
    ]
    held.sort(key=_seen, reverse=True)
    if chain.single and held:
        last = [o for o in held if _seen(o) == _seen(held[0])]  # two of one day: sources differ
        ended = [o for o in chain.occupancies if o.until and m.over(o.until) and _seen(o) > _seen(held[0])]
        return [] if ended else last
    return held[:3]


def _later(m: Matter, since: str | None) -> bool:
    return bool(since and m.asked.day and order(since) > order(m.asked.day) and not since.startswith(".."))


def _seen(o: Occupancy) -> str:
    """The day on which somebody is attested in office at the latest."""
    return max((order(d) for d in (o.since, *o.observed) if d), default="")


def _plain_left_out(found: list[tuple[Chain, Occupancy]]) -> list[tuple[Chain, Occupancy]]:
    """Without "minister" where the same person is named with the ministry."""
    names = [c.position.name for c, _ in found]
    kept = [(c, o) for c, o in found if not any(n.startswith((f"{c.position.name} of ", f"{c.position.name} for ")) for n in names)]
    return kept or found


def _title(chain: Chain, o: Occupancy) -> str:
    post = ("acting " if o.acting else "") + office(chain.position.name)
    where = chain.position.organization or (state(chain.position.state) if chain.position.state else "")
    return f"{post} of {safe(where, 80)}" if where and " to " not in post else post


def _post(m: Matter, chain: Chain, o: Occupancy, name: bool = True) -> Sentence:
    """Who holds the office and since when; only that somebody is named so where no beginning is stated."""
    who, title = f"{safe(o.person.name or '', 80)} " if name else "", _title(chain, o)
    if o.since:
        newest = max((order(r.claim.asserted) for r in m.rows_of(o.claims)), default="")
        told = f" (last told of {m.words.when(newest)})" if newest else ""
        text = f"{who}{'has been ' if name else ''}{title} {m.words.since(o.since)}{told}."
        latest = [r.claim.id for r in m.rows_of(o.claims) if order(r.claim.asserted) == newest]
        return m.sentence(capital(text), (*(o.starts[0].claims if o.starts else o.claims), *latest), chain.id)
    if o.observed:
        last = o.seen[-1]
        return m.sentence(capital(f"{who}{'is ' if name else ''}named as {title}, last {m.words.when(last.date)}."), last.claims, chain.id)
    return m.sentence(capital(f"{who}{'is ' if name else ''}named as {title}, in a text without a date."), o.claims, chain.id)


def _others(m: Matter, main: Occupancy) -> list[tuple[Chain, Occupancy]]:
    """Offices that the same person had before the present one, the latest first."""
    found = [
        (c, o) for c in m.of(Chain) for o in c.occupancies if o.person.id == main.person.id and o.modality == "actual" and o is not main
    ]
    past = [
        (c, o)
        for c, o in found
        if (o.until and m.over(o.until)) or (main.since and o.since and order(o.since) < order(main.since) and _seen(o) < order(main.since))
    ]
    return sorted(past, key=lambda co: (order(co[1].until or co[1].since), co[0].position.name), reverse=True)


def _past(m: Matter, chain: Chain, o: Occupancy) -> tuple[str, tuple[str, ...]]:
    """An earlier office with its days, and the claims that give it."""
    since = m.words.since(o.since).replace("since", "from", 1) if o.since else ""
    until = f"until {m.words.date(o.until)}" if o.until else "no end stated"
    days = f"{since} {until}".strip() if o.until or not since else f"{since}, {until}"
    return f"{_title(chain, o)} ({days})", m.cited(o.cited, 2)


def _about(m: Matter, found: list[tuple[Chain, Occupancy]], met: list[Meeting]) -> Iterator[Sentence | Remark]:
    chain, main = found[0]
    yield _post(m, chain, main, name=False)
    for other_chain, other in found[1:4]:
        if not (main.since and order(other.since) < order(main.since) and _seen(other) < order(main.since)):
            yield _also(m, other_chain, other)
    earlier = [_past(m, c, o) for c, o in _others(m, main) if c.id != chain.id]
    if earlier:
        yield m.sentence(
            f"Earlier: {'; '.join(t for t, _ in earlier[:4])}.", [c for _, some in earlier[:4] for c in some], None, (), every=True
        )
    yield from _before(m, chain, main)
    yield from _life(m, main)
    if not met:
        yield _named(m, main) or Remark("No contact with our side is on record.")
        return
    shown = [_contact(m, f, main) for f in met[:4]]
    yield m.sentence(
        f"Earlier contacts with our side: {'; '.join(shown)}" + (f"; and {len(met) - 4} before." if len(met) > 4 else "."),
        [c for f in met[:4] for c in m.cited(f.claims, 1)],
        None,
        (),
        every=True,
    )


def _named(m: Matter, o: Occupancy) -> Sentence | None:
    """That the words on a contact of the pair have the name of somebody who is not known to have taken part."""
    names = [n for n in (o.person.name, *o.person.names) if n and " " in n]
    for f in held(m):
        found = [r.claim.id for r in m.rows_of(f.claims) if any(n in words_of(r, m.found.text) for n in names)]
        if found:
            told = f"{NOUNS.get(f.mode, f.mode)} {m.words.when(f.date)}".strip()
            text = f"Named in what is said of the {told}, but not read as taking part; no contact with our side is on record."
            return m.sentence(text, found)
    return None


def _also(m: Matter, chain: Chain, o: Occupancy) -> Sentence:
    """A second office of the same person."""
    when = m.words.since(o.since) if o.since else f"named so {m.words.when(o.observed[-1])}" if o.observed else "without a date"
    return m.sentence(f"Also {_title(chain, o)} ({when}).", o.claims, chain.id)


def _before(m: Matter, chain: Chain, main: Occupancy) -> Iterator[Sentence]:
    """Who held the office before."""
    past = [
        o
        for o in chain.occupancies
        if o.modality == "actual" and o.person.id != main.person.id and o.person.name and _seen(o) < _seen(main)
    ]
    if not chain.single or not past:
        return
    last = max(past, key=_seen)
    told = (
        f"until {m.words.date(last.until)}" if last.until else f"last named so {m.words.when(last.observed[-1])}" if last.observed else ""
    )
    if told:
        yield m.sentence(f"Before that the office was held by {safe(last.person.name or '', 80)}, {told}.", last.cited, chain.id)


def _contact(m: Matter, f: Meeting, o: Occupancy) -> str:
    ours = tuple(p for p in f.participants if p.state == m.a and not _is(p, o))
    with_ = f" with {people(ours, 3, full=False)}" if ours else ""
    to = f" to {state(f.host)}" if f.mode == "visit" and f.host else ""
    return f"{NOUNS.get(f.mode, f.mode)}{to}{with_} {m.words.when(f.date)}".rstrip()


def _is(ref: ActorRef, o: Occupancy) -> bool:
    names = {n.casefold() for n in (o.person.name, *o.person.names) if n}
    return bool({(ref.name or "").casefold(), (ref.mention or "").casefold()} & names) or ref.id == o.person.id


def _met(m: Matter, o: Occupancy) -> list[Meeting]:
    """Contacts of the pair in which a person took part."""
    return [f for f in held(m) if any(_is(p, o) for p in f.participants)]


def _life(m: Matter, o: Occupancy) -> Iterator[Sentence]:
    """What documents tell of a person's birth and studies."""
    seen: set[str] = set()
    for row in m.found.rows:
        claim = row.claim
        if isinstance(claim, Biography) and _is(claim.person, o) and claim.property not in seen and claim.property != "career":
            seen.add(claim.property)
            value = m.words.when(claim.value) if claim.property == "born" else safe(claim.value, 140)
            told = {"born": f"Born {value}.", "birthplace": f"Born in {value}.", "education": f"Studied: {value}."}[claim.property]
            yield m.sentence(told, [claim.id])


def _vacant(m: Matter, chain: Chain) -> Iterator[Entry]:
    """An office whose last holder is known to have left and whose next one no document names."""
    past = [o for o in chain.occupancies if o.modality == "actual" and o.until and m.over(o.until)]
    if not chain.single or not past or _now(m, chain) or protocol.place(chain.position.name) > HIGHEST:
        return
    last = max(past, key=lambda o: order(o.until))
    text = f"{safe(last.person.name or '', 80)} was {_title(chain, last)} until {m.words.date(last.until)}."
    yield Entry(None, (m.sentence(text, last.cited, chain.id), Remark("No document read names a successor.")))

"""The chapters on what changed since the last meeting, and on what stays open: disputes, silence, and how much was read."""

from __future__ import annotations

from dragoman.model import time
from dragoman.model.book import Block, Entry, Part, Remark, Section, Sentence
from dragoman.model.claims import Commitment
from dragoman.model.facts import Conflict
from dragoman.model.instruments import Instrument
from dragoman.model.meetings import Meeting
from dragoman.model.news import News
from dragoman.model.offices import Chain
from dragoman.model.promises import Promise
from dragoman.views import book_agreements, book_contacts, book_promises, protocol
from dragoman.views.book_figures import disputes
from dragoman.views.book_matter import SURE, Chapter, Lead, Matter, order
from dragoman.views.book_words import capital, office, safe, state
from dragoman.views.wording import joined

MOST = 8
IN_PERSON = ("meeting", "talks", "visit", "summit", "forum")


def last_meeting(found: list[Meeting], day: str | None) -> str | None:
    """The last day of the last contact that took place in person before the day of the book, else of any contact."""
    held = [
        f for f in found if f.status == "held" and f.date and not book_contacts.open_end(f) and (not day or order(f.date) <= order(day))
    ]
    near = [f for f in held if f.mode in IN_PERSON] or held
    return max((order(f.date) for f in near), default=None) or None


# ---------------------------------------------------------------- what changed


def changes(m: Matter) -> Chapter:
    """What documents published after the day made new, changed, kept or contradicted."""
    since = m.asked.since
    if since is None:
        title, none = (
            "What changed since the last meeting",
            "No meeting is on record, so there is no day to compare with; --since names one.",
        )
        return Chapter(Section("changes", title, (Part(None, (Remark(none),)),)))
    title = f"What changed since {m.words.date(since)}"
    groups: dict[str, list[Sentence]] = {"Offices": [], "Contacts": [], "Promises": [], "Agreements": [], "New disputes": []}
    for news in m.found.news:
        for name, s in _told(m, news):
            if s.claims and len(groups[name]) < MOST and s.text not in {x.text for x in groups[name]}:
                groups[name].append(s)
    parts = [Part(name, tuple(Entry(None, (s,)) for s in some)) for name, some in groups.items() if some]
    after = f"No document published after {m.words.date(since)} changes what was known of {state(m.a)} and {state(m.b)}."
    leads = [Lead("New", s) for name in ("Offices", "Promises", "Contacts") for s in groups[name][:1]]
    return Chapter(Section("changes", title, tuple(parts) or (Part(None, (Remark(after),)),)), tuple(leads[:2]))


def _told(m: Matter, news: News) -> list[tuple[str, Sentence]]:
    """One piece of news in a sentence, under the heading that it belongs to."""
    fact = news.fact
    pair = {m.a, m.b} <= set(fact.states)
    if isinstance(fact, Chain):
        return [("Offices", s) for s in _holders(m, fact)]
    if not pair:
        return []
    if isinstance(fact, Meeting) and (news.what == "new" or "status" in news.fields or "date" in news.fields):
        return [("Contacts", book_contacts.sentence(m, fact))]
    if isinstance(fact, Promise):
        return [("Promises", s) for s in _promise(m, fact, news)]
    if isinstance(fact, Instrument) and (news.what == "new" or "status" in news.fields):
        return [("Agreements", book_agreements.whole(m, fact))]
    if isinstance(fact, Conflict) and fact.real and news.what == "contradicted" and len(fact.claims) < 4:
        return [
            (
                "New disputes",
                m.sentence(
                    f"{capital(safe(fact.about, 160))}: sources cannot all be right.", fact.claims, fact.id, ("disputed",), every=True
                ),
            )
        ]
    return []


def _promise(m: Matter, fact: Promise, news: News) -> list[Sentence]:
    told = next((t for t in book_promises.promises(m) if t.promise.id == fact.id), None)
    if (
        told is None
        or not isinstance(told.row.claim, Commitment)
        or not (news.what != "changed" or {"history", "deadlines"} & set(news.fields))
    ):
        return []
    return [book_promises.lead(m, told)]


def _holders(m: Matter, chain: Chain) -> list[Sentence]:
    """Who took or left a high office after the day."""
    rank = protocol.rank(chain.position.name)
    if chain.position.state not in (m.a, m.b) or rank is None or rank > 5:
        return []
    since, said = order(m.asked.since), []
    title = f"{office(chain.position.name)} of {state(chain.position.state)}"
    for o in chain.occupancies:
        if o.modality != "actual" or not o.person.name:
            continue
        if o.since and _first(o.since) > since:
            said.append(
                m.sentence(
                    f"{safe(o.person.name, 80)} became {title}, {m.words.date(o.since)}.",
                    o.starts[0].claims if o.starts else o.claims,
                    chain.id,
                )
            )
        elif o.until and _first(o.until) > since and m.over(o.until):
            said.append(
                m.sentence(
                    f"{safe(o.person.name, 80)} left as {title}, {m.words.date(o.until)}.",
                    o.ends[0].claims if o.ends else o.claims,
                    chain.id,
                )
            )
    return said


def _first(edtf: str) -> str:
    """The first day of a date; nothing where it has none."""
    return str(time.parse(edtf).first or "")


# ---------------------------------------------------------------- what stays open


def questions(m: Matter) -> Chapter:
    """Disputes, planned contacts of which nothing more is told, and how much the book was made from."""
    figures = {c.id for c in disputes(m)}
    parts: list[Part] = []
    rest = [c for c in m.pair(Conflict) if c.real and c.id not in figures and len(m.rows_of(c.claims)) > 1]
    rest += [
        c for c in m.of(Conflict) if c.real and c not in rest and c.id not in figures and set(c.states) <= {m.a, m.b} and _office(m, c)
    ]
    said: list[Block] = [
        Entry(None, tuple(_conflict(m, c))) for c in sorted(rest, key=lambda c: (order(c.date), c.id), reverse=True)[:MOST]
    ]
    if figures:
        said.append(Remark("What is disputed of figures stands with the figures, with the arithmetic."))
    if said:
        parts.append(Part("Where sources disagree", tuple(said)))
    silent = [f for f in m.pair(Meeting) if f.status in ("planned", "possible") and book_contacts.gone_by(m, f)]
    if silent:
        parts.append(
            Part(
                "Planned, and not told of since",
                tuple(
                    Entry(None, (book_contacts.sentence(m, f), Remark("No document read says that it took place.")))
                    for f in sorted(silent, key=lambda f: order(f.date), reverse=True)[:MOST]
                ),
            )
        )
    parts.append(Part("What this book was made from", tuple(map(Remark, coverage(m)))))
    return Chapter(Section("questions", "Open questions", tuple(parts)))


def _office(m: Matter, c: Conflict) -> bool:
    """Whether a conflict is about who holds one of the highest offices of the other side."""
    return all(r.claim.kind == "tenure" for r in m.rows_of(c.claims)) and len(m.rows_of(c.claims)) > 1 and m.b in c.states


def _conflict(m: Matter, c: Conflict) -> list[Sentence]:
    said = [m.sentence(f"{capital(safe(c.about, 160))}: {m.words.retold(safe(c.why, 700))}", c.claims, c.id, ("disputed",), every=True)]
    if c.support:
        said.append(m.sentence(capital(m.words.retold(safe(c.support, 700))), c.supported or c.claims, c.id))
    return said


def coverage(m: Matter) -> list[str]:
    """How many documents of which outlets, between which days, and the months without any."""
    found, both = m.found.coverage, f"{state(m.a)} and {state(m.b)}"
    if not found.documents:
        return [f"No document read involves both {both}."]
    count = "1 document that involves" if found.documents == 1 else f"{found.documents} documents that involve"
    days = list(dict.fromkeys(m.words.date(d) for d in (found.first, found.last) if d))
    span = f", published {' to '.join(days)}" if days else ""
    named = [f"{safe(name, 60)} ({n})" for name, n in found.outlets[:8]]
    rest = len(found.outlets) - len(named)
    told = [f"The record holds {count} both {both}{span}.", f"Outlets: {joined([*named, f'{rest} more'] if rest > 0 else named)}."]
    if found.gaps:
        gaps = [m.words.date(g) for g in found.gaps]
        shown = joined([*gaps[:8], f"{len(gaps) - 8} more spans"] if len(gaps) > 8 else gaps)
        told.append(f"Months without a document: {shown}. Of what happened then the book may know nothing.")
    told.append(
        f"Promises, requests and refusals of which the reader is less than {m.words.amount(SURE * 100, SURE * 100, '%')} sure are left out."
    )
    if found.undated:
        told.append("1 document has no date." if found.undated == 1 else f"{found.undated} documents have no date.")
    return told

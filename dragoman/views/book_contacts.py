"""The chapters on contacts: who attends what is planned, the last contacts, and what was agreed at them."""

from __future__ import annotations

import re
from collections.abc import Iterable

from dragoman.model import time
from dragoman.model.book import Block, Entry, Part, Remark, Section, Sentence
from dragoman.model.claims import ActorRef, Commitment
from dragoman.model.instruments import Instrument
from dragoman.model.meetings import Meeting
from dragoman.model.promises import Promise
from dragoman.views import book_promises
from dragoman.views.book_matter import Chapter, Lead, Matter, order
from dragoman.views.book_words import NOUNS, actor, capital, people, safe, sheet, state
from dragoman.views.wording import joined

LATEST, AGREED = 8, 5
_WORD = re.compile(r"\w{3,}")
_DONE = {
    "talks": "held talks",
    "meeting": "met",
    "call": "spoke by telephone",
    "video": "held a video conference",
    "summit": "took part in a summit",
    "forum": "took part in a forum",
    "letter": "exchanged a letter",
}
_ALONE = {
    "talks": "took part in talks",
    "meeting": "took part in a meeting",
    "video": "took part in a video conference",
    "letter": "sent or received a letter",
}


def told(m: Matter, f: Meeting) -> str:
    """A contact in one sentence, by what became of it."""
    place = safe(f.place.name, 60) if f.place and f.place.name != f.host else ""
    inside = f.mode == "visit" and f.host is not None  # "to Kazakhstan (Astana)"
    where = "" if not place else f" ({place})" if inside else f" in {place}"
    occasion = f"; occasion: {safe(f.occasion, 120)}" if f.occasion else ""
    if f.status == "held":
        when = m.words.when(f.date)
        unsaid = "" if when else f" (told {m.words.when(told_on(f))})" if told_on(f) else " (no day given)"
        return capital(f"{when + ', ' if when else ''}{_held(f)}{where}{unsaid}{occasion}.")
    noun = f"{f.visit_type or ''} visit".strip() if f.mode == "visit" else NOUNS.get(f.mode, f.mode)
    article = "" if noun.endswith("talks") else "an " if noun[0] in "aeiou" else "a "
    by = "by" if f.mode == "visit" else "between" if len(f.participants) == 2 else "with"
    host = f" to {state(f.host)}" if f.host and f.mode == "visit" else ""
    past = f.status == "called off" or gone_by(m, f)
    be = ("were" if past else "are") if noun.endswith("talks") else "was" if past else "is"
    fate = {"planned": "planned", "possible": "spoken of as possible", "called off": "called off"}[f.status]
    when = m.words.when(f.date)
    who = people(_visitors(f)) or "participants not named"
    return capital(
        f"{article}{noun} {by} {who}{host}{where} {be} {fate}" + (f" for {m.words.date(f.date)}" if when else "") + f"{occasion}."
    )


def _visitors(f: Meeting) -> tuple[ActorRef, ...]:
    """Who travels; everybody of what is no visit."""
    guests = tuple(p for p in f.participants if f.mode == "visit" and f.host and p.state != f.host)
    return guests or f.participants


def _held(f: Meeting) -> str:
    if f.mode == "visit":
        kind = f"{f.visit_type} " if f.visit_type else ""
        article = "an" if kind[:1] in tuple("aeiou") else "a"
        hosts = tuple(p for p in f.participants if p not in _visitors(f))
        met = f" with {people(hosts)} as host" if hosts else ""
        return f"{people(_visitors(f)) or 'a delegation'} made {article} {kind}visit" + (f" to {state(f.host)}" if f.host else "") + met
    if not f.participants:
        noun = NOUNS.get(f.mode, f.mode)
        return f"{noun} took place" if noun == "talks" else f"a {noun} took place"
    done = _DONE.get(f.mode, "met")
    if len(f.participants) == 1:
        done = _ALONE.get(f.mode, done)
    return f"{people(f.participants)} {done}"


def sentence(m: Matter, f: Meeting) -> Sentence:
    return m.sentence(told(m, f), _main(f), f.id)


def _main(f: Meeting) -> Iterable[str]:
    """The claims of a contact, those of its last stage first."""
    last = f.history[-1].claims if f.history else ()
    return (*last, *f.claims)


# ---------------------------------------------------------------- who attends


def ahead(m: Matter) -> list[Meeting]:
    """Contacts of the pair that are still to come on the day of the book, the nearest first."""
    coming = [f for f in m.pair(Meeting) if f.status in ("planned", "possible") and not gone_by(m, f)]
    return sorted(coming, key=lambda f: (f.date is None, order(f.date), f.id))


def gone_by(m: Matter, f: Meeting) -> bool:
    """Whether the day for which a contact was planned is over; without a day a year after it was told of."""
    return bool(m.over(f.date)) if f.date else bool(told_on(f) and m.over(time.shifted(told_on(f), years=1)))


def attends(m: Matter) -> Chapter:
    """Who attends what is planned; where an occasion is named, what documents tell of that one."""
    coming, wanted = ahead(m), _words(m.asked.occasion or "")
    chosen = [f for f in coming if wanted & _words(told(m, f))]
    parts, leads = [], []
    if m.asked.occasion:
        blocks: tuple[Block, ...] = tuple(b for f in chosen for b in _planned(m, f))
        parts.append(
            Part(
                f"For this occasion: {safe(m.asked.occasion, 100)}",
                blocks
                or (
                    Remark(
                        "No document read tells of this occasion. What is known of the people whom you may meet is in the chapter before."
                    ),
                ),
            )
        )
    others = [f for f in coming if f not in chosen]
    planned = tuple(b for f in others for b in _planned(m, f))
    if planned or not chosen:
        title = "Other planned contacts" if m.asked.occasion else None
        parts.append(Part(title, planned or (Remark("No document read tells of a contact still to come."),)))
    leads = [Lead("Ahead", sentence(m, f)) for f in [*chosen, *others][:2]]
    return Chapter(Section("attends", "Who attends", tuple(parts)), tuple(leads))


def _words(text: str) -> set[str]:
    return {w.casefold() for w in _WORD.findall(text)} - frozenset(sheet()["common"].split())


def _planned(m: Matter, f: Meeting) -> Iterable[Block]:
    said: list[Sentence | Remark] = [sentence(m, f)]
    for stage in f.history[:-1]:
        if stage.date != f.date:
            when = m.words.date(stage.asserted)
            said.append(m.sentence(f"A text of {when} had it {stage.status} for {m.words.date(stage.date)}.", stage.claims, f.id))
    if f.topics:
        said.append(m.sentence(f"Subjects named: {joined([safe(t, 80) for t in f.topics[:8]])}.", f.claims, f.id))
    yield Entry(None, tuple(said))


# ---------------------------------------------------------------- last contacts


def held(m: Matter) -> list[Meeting]:
    """Contacts of the pair that took place, the latest first; what belongs to a visit stands after it."""
    found = [f for f in m.pair(Meeting) if f.status == "held" and not (open_end(f) and order(f.date) > told_on(f))]
    return sorted(found, key=lambda f: ("" if open_end(f) else order(f.date) or told_on(f), f.mode == "visit", f.id), reverse=True)


def open_end(f: Meeting) -> bool:
    """Whether all that is known of its day is that it is not later than some day."""
    return bool(f.date and f.date.startswith(("..", "/")))


def told_on(f: Meeting) -> str:
    """The day of the newest text that tells of a contact."""
    return max((order(s.asserted) for s in f.history), default="")


def contacts(m: Matter) -> Chapter:
    """The last contacts, each with what was signed and promised at it."""
    found = held(m)
    blocks: list[Block] = []
    agreed_of: set[str] = set()
    leads: list[Lead] = []
    for f in found[:LATEST]:
        agreed = [s for s in _agreed(m, f) if s.fact not in agreed_of]
        agreed_of |= {s.fact for s in agreed if s.fact}
        more: list[Sentence | Remark] = []
        if f.topics:
            more.append(m.sentence(f"Subjects named: {joined([safe(t, 80) for t in f.topics[:8]])}.", f.claims, f.id))
        more += [
            m.sentence(_differ(m, d.field, [v.value for v in d.values]), [c for v in d.values for c in v.claims], f.id, ("disputed",))
            for d in f.differences
            if d.excluding
        ]
        rest = len(agreed) - AGREED
        left = (Remark(f"{rest} more stand among the promises and agreements."),) if rest > 1 else ()
        blocks.append(Entry(None, (sentence(m, f), *more), (*(agreed[:AGREED] if left else agreed), *left)))
        if not leads:
            leads = [Lead("Last contact", sentence(m, f)), *(Lead("Agreed then", s) for s in agreed[:2])]
    called_off = [f for f in m.pair(Meeting) if f.status == "called off"]
    parts = [Part(None, tuple(blocks) or (Remark("No document read tells of a contact that took place."),))]
    if called_off:
        parts.append(
            Part("Called off", tuple(Entry(None, (sentence(m, f),)) for f in sorted(called_off, key=lambda f: order(f.date))[-3:]))
        )
    if len(found) > LATEST:
        parts.append(Part(None, (Remark(f"{len(found) - LATEST} earlier contacts are in the record."),)))
    return Chapter(Section("contacts", "The last contacts and what was agreed", tuple(parts)), tuple(leads))


def _differ(m: Matter, field: str, values: list[str]) -> str:
    shown = [m.words.date(v) if field == "date" else safe(v, 90) for v in values]
    return f"Sources differ on the {field.replace('_', ' ')}: {' / '.join(shown)}."


def _agreed(m: Matter, f: Meeting) -> Iterable[Sentence]:
    """What was signed and promised at a contact."""
    related = set(f.related)
    for paper in m.pair(Instrument):
        if related & set(paper.claims):
            step = next((s for s in reversed(paper.steps) if related & set(s.claims) and s.modality == "actual"), None)
            if step:
                yield m.sentence(f"{capital(step.stage)}: {safe(paper.title, 140)}.", step.claims, paper.id)
    for promise in m.pair(Promise):
        first = m.told.get(promise.made[0]) if promise.made else None
        if first and related & set(promise.made) and isinstance(first.claim, Commitment) and book_promises.made(promise, first):
            words, marks = m.quote(first, promise.action, 40)
            owner = joined([actor(p, full=False) for p in first.claim.by]) or "somebody not named"
            yield m.sentence(f"Promised by {owner}: {words}", promise.made[:1], promise.id, marks)

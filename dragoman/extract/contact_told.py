"""Which of several contacts tells it best: a heading or "the two countries" gives way to the persons named below."""

from __future__ import annotations

from dragoman.extract.merge import CLASSES
from dragoman.model.annotations import AnnotatedText
from dragoman.model.claims import Contact
from dragoman.model.documents import Zone


def names(contact: Contact) -> set[str | None]:
    """The participants' names."""
    return {p.name for p in contact.participants}


def _heads(text: AnnotatedText, contact: Contact) -> bool:
    sentence = text.sentence_at(contact.evidence[0].start)
    return sentence is not None and sentence.zone is Zone.HEADING and any(not p.name for p in contact.participants)


def _repeated(text: AnnotatedText, heading: Contact, found: list[Contact]) -> bool:
    """Whether a contact of a heading without a date is told with one below by the same sort of words."""
    sentence = text.sentence_at(heading.evidence[0].start)
    if sentence is None or sentence.zone is not Zone.HEADING or "press" in heading.rules:
        return False
    same = [d for d in found if d is not heading and d.mode == heading.mode and d.modality == heading.modality]
    dated = any(d.edtf for d in text.dates_in(sentence.start, sentence.end))
    return not dated and any(names(d) == names(heading) and d.date and d.date != heading.date for d in same)


def _names_more(better: Contact, heading: Contact) -> bool:
    """Whether a contact of the text is the heading's, with the names of those whom the heading has by office only."""
    if CLASSES.get(better.mode, better.mode) != CLASSES.get(heading.mode, heading.mode) or len(better.participants) < len(
        heading.participants
    ):
        return False
    called, states = names(better), {p.state for p in better.participants}
    positions = {(p.position or "").split(" ")[0] for p in better.participants}
    return all(
        p.name in called if p.name else p.state in states or (p.position or "?").split(" ")[0] in positions for p in heading.participants
    )


def told_better(text: AnnotatedText, found: list[Contact]) -> list[Contact]:
    """Without those whose participants are states or bodies, where persons of these states do the same in the document."""
    kept = []
    for c in found:
        if _heads(text, c) and any(d is not c and _names_more(d, c) for d in found):
            continue
        if _repeated(text, c, found):
            continue
        if c.rules[1:2] in _DISCUSSED and any(d is not c and names(d) == names(c) and _beside(text, c, d) for d in found):
            continue  # "reviewed relations in a phone call": the call
        vague = all(p.id is None or p.id.startswith(("state:", "org:")) for p in c.participants)
        states = {p.state for p in c.participants if p.state}
        if vague and states and any(d is not c and _covers(d, c, states) for d in found):
            continue
        kept.append(c)
    return kept


_DISCUSSED = (("discussed",), ("reviewed",), ("exchanged views",))


def _beside(text: AnnotatedText, one: Contact, other: Contact) -> bool:
    """Whether two contacts are told in one sentence."""
    places = [text.sentence_at(c.evidence[0].start) for c in (one, other)]
    return places[0] is not None and places[0] is places[1]


def _covers(better: Contact, vague: Contact, states: set[str]) -> bool:
    same = CLASSES.get(better.mode, better.mode) == CLASSES.get(vague.mode, vague.mode) and better.modality == vague.modality
    persons = [p for p in better.participants if p.id is None or p.id.startswith("person:")]
    return same and len(persons) > 1 and states <= {p.state for p in persons} and (vague.date is None or better.date in (None, vague.date))

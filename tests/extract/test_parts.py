"""A meeting belongs to the visit during which it was held, and to no other."""

from __future__ import annotations

from typing import Any

from dragoman.extract.parts import linked
from dragoman.model.claims import ActorRef, Contact, PlaceRef
from dragoman.model.documents import Evidence

KASK = ActorRef("Anneli Kask", "Anneli Kask", "person:anneli-kask", "EST", "prime minister")
BRUUN = ActorRef("Lars Bruun", "Lars Bruun", "person:lars-bruun", "DNK", "prime minister")


def contact(start: int, mode: str, *people: ActorRef, **fields: Any) -> Contact:
    return Contact(document="doc:1", evidence=(Evidence(start, start + 4, "word"),), mode=mode, participants=people, **fields)


VISIT = contact(0, "visit", KASK, host="DNK", date="2016-05-04/2016-05-05")


def part_of(*claims: Contact) -> list[str | None]:
    return [c.part_of for c in linked(claims)]


def test_a_meeting_with_the_host_is_part_of_the_visit() -> None:
    assert part_of(VISIT, contact(50, "talks", KASK, BRUUN, date="2016-05-05")) == [None, VISIT.id]


def test_a_meeting_of_another_day_or_in_another_state_is_not() -> None:
    assert part_of(VISIT, contact(50, "meeting", KASK, BRUUN, date="2015-05-05")) == [None, None]
    assert part_of(VISIT, contact(50, "meeting", KASK, BRUUN, place=PlaceRef("Oslo", "NOR"))) == [None, None]


def test_a_planned_meeting_is_not_part_of_a_visit_that_was() -> None:
    assert part_of(VISIT, contact(50, "meeting", KASK, BRUUN, modality="planned")) == [None, None]


def test_of_two_visits_that_fit_none_is_chosen() -> None:
    other = contact(20, "visit", KASK, host="DNK", date="2016-05-04")
    assert part_of(VISIT, other, contact(50, "talks", KASK, BRUUN)) == [None, None, None]


def test_a_side_meeting_is_part_of_the_summit_told_beside_it() -> None:
    summit = contact(0, "summit", ActorRef("NB8", "NB8", "org:nb8"), date="2016-05-04")
    assert part_of(summit, contact(90, "meeting", KASK, BRUUN, date="2016-05-04")) == [None, summit.id]

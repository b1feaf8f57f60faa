"""What claims tell of an office beside their own words: a visit recalled in it, and a successor named in one breath with a change."""

from __future__ import annotations

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from dragoman.model import time
from dragoman.model.claims import Contact, Tenure

FRESH = 3  # days within which a contact is news, and its persons are named in office anyway
LONG = 2 * 366  # days after which who recalls a contact may have held another office then
BREATH = 3  # characters between a change of office and the clause that goes on with it
_HAS_BEEN = re.compile(r"\b(?:has|have) (?:since )?been\b|\b(?:has|have) (?:led|headed|chaired|run|held|served)\b")


@dataclass(frozen=True, kw_only=True)
class Recalled(Tenure):
    """A day in office that a contact of that day shows; its id is the contact's."""

    contact: str

    @property
    def id(self) -> str:
        """The id of the contact."""
        return self.contact


def states(claim: Contact) -> tuple[str, ...]:
    """The states of whose offices a contact that is recalled tells: those with one person named in an office."""
    told, day = _last(claim.asserted), _last(claim.date)
    if claim.modality != "actual" or told is None or day is None or not FRESH < (told - day).days <= LONG:
        return ()
    named: dict[str, int] = defaultdict(int)
    for who in claim.participants:
        if who.state and who.position and who.name:
            named[who.state] += 1
    return tuple(sorted(state for state, count in named.items() if count == 1))


def observations(tenures: Iterable[Tenure], contacts: Iterable[Contact], state: str) -> list[Recalled]:
    """Days in office of those whom the document of a contact has in that office on its own day, and takes back to the contact."""
    held: dict[tuple[str, str | None], list[Tenure]] = defaultdict(list)
    for c in tenures:
        if c.modality == "actual" and c.change == "holds" and not c.acting and c.since is None and c.until is None and c.date is None:
            held[c.document, c.person.name].append(c)
    out = []
    for contact in contacts:
        for who in contact.participants:
            if who.state == state and who.position:
                same = [c for c in held.get((contact.document, who.name), ()) if f"{c.position} ".startswith(f"{who.position} ")]
                out += [_recalled(contact, c) for c in same[:1]]
    return sorted({c.id: c for c in out}.values(), key=lambda c: c.id)


def _recalled(contact: Contact, own: Tenure) -> Recalled:
    return Recalled(
        document=contact.document, evidence=contact.evidence, attribution=contact.attribution, asserted=contact.asserted, person=own.person,
        position=own.position, organization=own.organization, organization_id=own.organization_id, state=own.state, date=contact.date,
        contact=contact.id,
    )


def succeeding(tenures: Iterable[Tenure]) -> Iterator[Tenure]:
    """The claims, and those that go on from a change with its date: "Since her appointment in May, the side has been led by X"."""
    by_document: dict[str, list[Tenure]] = defaultdict(list)
    for claim in tenures:
        by_document[claim.document].append(claim)
    for some in by_document.values():
        ends = {c.evidence[0].end: c for c in some if c.change in ("appointed", "elected", "left") and (c.since or c.date)}
        for claim in some:
            since = _change_before(claim, ends)
            if since:
                dated = replace(claim, since=since)
                dated.__dict__["id"] = claim.id  # it is the claim still: what it was read from gives the id
                yield dated
            else:
                yield claim


def _change_before(claim: Tenure, ends: dict[int, Tenure]) -> str | None:
    if claim.change not in (None, "holds") or claim.since or claim.until or claim.date or not _HAS_BEEN.search(claim.evidence[0].quote):
        return None
    start = claim.evidence[0].start
    before = next((ends[at] for at in range(start, start - BREATH - 1, -1) if at in ends), None)
    return (before.since or before.date) if before and before.person.name != claim.person.name else None


def _last(edtf: str | None) -> dt.date | None:
    return time.parse(edtf).last if edtf and time.is_edtf(edtf) else None

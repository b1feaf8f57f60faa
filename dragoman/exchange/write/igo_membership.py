"""Membership in organisations by year, as Correlates of War's IGO data have it: a row for each member, organisation and year."""

from __future__ import annotations

from collections.abc import Iterator

from dragoman.exchange.write import csv
from dragoman.exchange.years import years
from dragoman.model.exporting import Bundle
from dragoman.model.members import Belonging
from dragoman.reference import state_numbers, states

NAME = "igo-membership"
CARRIES = ("membership",)
SUFFIX = ".igo.csv"
MEDIA = "text/csv"
CANNOT = ("roles beside member, associate and observer (they stand in `role`, without a code), planned memberships, years in which no "
          "document shows a membership: a missing row is not the absence of one")
COLUMNS = ("ccode", "stateabb", "iso", "state", "year", "ioname", "orgname", "membership", "role", "basis", "since", "until", "seen",
           "sources", "fact", "source", "as_of")  # fmt: skip
FULL, CODES = "1", {"member": "1", "founding member": "1", "chair": "1", "associate member": "2", "observer": "3"}


def write(bundle: Bundle) -> Iterator[str]:
    """The header and the rows; membership is 1 full, 2 associate, 3 observer, as in Correlates of War."""
    yield csv.line(COLUMNS)
    rows = [row for fact in bundle.facts if isinstance(fact, Belonging) for row in _rows(fact, bundle)]
    for row in sorted(rows, key=lambda r: (r["iso"], r["orgname"], r["year"])):
        yield csv.line([csv.written(row[column]) for column in COLUMNS])


def _rows(fact: Belonging, bundle: Bundle) -> Iterator[dict[str, str]]:
    one = state_numbers.of(fact.member)
    state = states.short_name(fact.member)
    cited = bundle.cited(fact.claims[:1])
    for role, since, until, seen in _spans(fact):
        for year, how in years(since, until, seen):
            yield {
                "ccode": one.cow_number, "stateabb": one.cow, "iso": fact.member if state else "", "state": state or fact.member,
                "year": str(year), "ioname": (fact.organization_id or "").removeprefix("org:"), "orgname": fact.organization,
                "membership": CODES.get(role, ""), "role": role, "basis": how, "since": since or "", "until": until or "",
                "seen": seen or "", "sources": str(len(fact.documents)), "fact": fact.id, "as_of": bundle.as_of or "",
                "source": cited[0].document.url or cited[0].document.file if cited else "",
            }  # fmt: skip


def _spans(fact: Belonging) -> Iterator[tuple[str, str | None, str | None, str | None]]:
    """The full membership, and every other role with its own dates."""
    if any(r.role in CODES and CODES[r.role] == FULL and r.how in ("since", "seen", "during", "left") for r in fact.roles):
        yield "member", fact.since, fact.until, fact.seen
    for role in fact.roles:
        if CODES.get(role.role) != FULL and role.how in ("since", "during", "seen", "left"):
            begin = role.date if role.how in ("since", "during") else None
            yield role.role, begin, role.date if role.how in ("left", "during") else None, role.date if role.how == "seen" else None

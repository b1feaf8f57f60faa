"""What the page of a person shows, gathered from the record with bounded questions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

from dragoman.model.claims import Biography, Statement
from dragoman.model.entities import PersonEntity
from dragoman.model.instruments import Instrument
from dragoman.model.meetings import Meeting
from dragoman.model.offices import Chain, Occupancy
from dragoman.model.promises import Promise
from dragoman.model.stored import ClaimRow
from dragoman.resolve import offices
from dragoman.views import together, wording
from dragoman.web.charts import Entry
from dragoman.web.desk import AsOf, DeskRecord
from dragoman.web.pairs import earlier
from dragoman.web.words import evidence

LANES = ("Offices", "Contacts", "Agreements", "Promises", "Statements")
MOST = 300
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Found:
    """A person with everything that rests on the claims that name him or her.

    terms  each time in an office, with the chain that it is part of
    """

    entity: PersonEntity
    terms: tuple[tuple[Chain, Occupancy], ...]
    meetings: tuple[Meeting, ...]
    instruments: tuple[Instrument, ...]
    promises: tuple[Promise, ...]
    statements: tuple[ClaimRow, ...]
    biographies: tuple[ClaimRow, ...]
    rows: tuple[ClaimRow, ...]

    def entries(self, known: str | None = None) -> list[Entry]:
        """What the timeline draws."""
        out = []
        for c, o in self.terms:
            status = "held" if o.modality == "actual" else "planned"
            out.append(Entry("Offices", _span(o), f"{c.position.name}: {together.span(o)}", ",".join(o.cited[:30]), status))
        out += [Entry("Contacts", m.date, together.line(m).partition(": ")[2], evidence(m, known), m.status) for m in self.meetings]
        out += [Entry("Agreements", i.date, i.title, evidence(i, known)) for i in self.instruments]
        out += [Entry("Promises", p.date, p.action, evidence(p, known)) for p in self.promises]
        return out + [Entry("Statements", _when(r), wording.line(r.claim), r.claim.id) for r in self.statements]


def of(record: DeskRecord, key: str, when: AsOf) -> Found | None:
    """A person by id; None where there is none, or nothing was known by the day."""
    entity = record.person(key)
    (entity,) = record.as_known([entity], when.known) if entity else (None,)
    if entity is None:
        return None
    claims = list(entity.claims)[:MOST]
    facts = record.resting_on(claims, ("contact", "instrument", "commitment", "office"), MOST, when.known)
    rows = [r for r in record.evidence(claims) if _by(r, when)]
    chains = [f for f in facts if isinstance(f, Chain)]
    terms = [(c, o) for c in chains for o in c.occupancies if set(o.claims) & set(claims)]
    terms.sort(key=lambda t: (str(offices.extent(t[1])[1] or ""), t[0].position.name), reverse=True)
    shown = [f for f in facts if not when.on or not f.days or min(f.days) <= (earlier(when.on, when.on) or "9999")]
    return Found(
        entity, tuple(terms), _only(shown, Meeting), _only(shown, Instrument), _only(shown, Promise),
        tuple(r for r in rows if isinstance(r.claim, Statement) and r.claim.speaker.name in entity.person.names),
        tuple(r for r in rows if isinstance(r.claim, Biography)), tuple(rows))  # fmt: skip


def _only(facts: Sequence[object], kind: type[T]) -> tuple[T, ...]:
    return tuple(f for f in facts if isinstance(f, kind))


def _by(row: ClaimRow, when: AsOf) -> bool:
    """Whether a claim was published by the day, where the publication is dated."""
    return not when.known or not row.document.published or row.document.published <= when.known


def _span(term: Occupancy) -> str | None:
    first, last = offices.extent(term)
    return f"{first.isoformat()}/{last.isoformat()}" if first and last and first != last else first.isoformat() if first else None


def _when(row: ClaimRow) -> str | None:
    date: str | None = getattr(row.claim, "date", None) or row.claim.asserted
    return date

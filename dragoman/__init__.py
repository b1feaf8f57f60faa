"""Reads what governments and the press publish about relations between states, and keeps a cited record of it.

    import dragoman

    record = dragoman.read("folder", record="my.db")
    for contact in record.contacts(states=["KAZ", "CZE"]):
        ...  # typed values with their evidence
    record.figures(states=["KAZ"]).to_pandas()
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import os
    from collections.abc import Callable

    from dragoman.annotate.pipeline import ModelMissing
    from dragoman.model.claims import (
        ActorRef,
        Agreement,
        Amount,
        Biography,
        Claim,
        Commitment,
        Contact,
        Event,
        Figure,
        Link,
        Membership,
        Mission,
        PlaceRef,
        Relation,
        Statement,
        Tenure,
    )
    from dragoman.model.coverage import Coverage, Month
    from dragoman.model.documents import Document, Evidence
    from dragoman.model.entities import Merge, Person, Position
    from dragoman.model.facts import Conflict, Fact, Judgement
    from dragoman.model.offices import Answer, Bound, Chain, Gap, Held, Occupancy, Overlap
    from dragoman.model.problems import DragomanError, Problem
    from dragoman.model.rows import Rows
    from dragoman.model.stored import Change, ClaimRow, DocumentRow, Hit, Progress, RecordError, Summary
    from dragoman.record import Record

__version__ = "0.1.0"

# Where each name comes from: `import dragoman` alone loads nothing.
_HOMES = {
    "dragoman.annotate.pipeline": ("ModelMissing",),
    "dragoman.model.claims": ("ActorRef", "Agreement", "Amount", "Biography", "Claim", "Commitment", "Contact", "Event", "Figure", "Link",
                              "Membership", "Mission", "PlaceRef", "Relation", "Statement", "Tenure"),
    "dragoman.model.documents": ("Document", "Evidence"),
    "dragoman.model.entities": ("Merge", "Person", "Position"),
    "dragoman.model.coverage": ("Coverage", "Month"),
    "dragoman.model.facts": ("Conflict", "Fact", "Judgement"),
    "dragoman.model.offices": ("Answer", "Bound", "Chain", "Gap", "Held", "Occupancy", "Overlap"),
    "dragoman.model.problems": ("DragomanError", "Problem"),
    "dragoman.model.rows": ("Rows",),
    "dragoman.model.stored": ("Change", "ClaimRow", "DocumentRow", "Hit", "Progress", "RecordError", "Summary"),
    "dragoman.record": ("Record",),
}
_HOME = {name: module for module, names in _HOMES.items() for name in names}

__all__ = [
    "ActorRef", "Agreement", "Amount", "Answer", "Biography", "Bound", "Chain", "Change", "Claim", "ClaimRow", "Commitment",
    "Conflict", "Contact", "Coverage", "Document", "DocumentRow", "DragomanError", "Event", "Evidence", "Fact", "Figure",
    "Gap", "Held", "Hit", "Judgement", "Link", "Membership", "Merge", "Mission", "ModelMissing", "Month", "Occupancy",
    "Overlap", "Person", "PlaceRef", "Position", "Problem", "Progress", "Record", "RecordError", "Relation", "Rows",
    "Statement", "Summary", "Tenure", "read",
]


def read(*paths: str | os.PathLike[str], record: str | os.PathLike[str] | None = None, language_model: str | None = None,
         progress: Callable[[Progress], None] | None = None) -> Record:
    """Read documents into a record and give the record; `Record.read` gives the summary instead.

    record  the file; else what DRAGOMAN_RECORD names, else dragoman.db in this folder
    """
    from dragoman.record import Record

    made = Record(record)
    made.read(*paths, language_model=language_model, progress=progress)
    return made


def __getattr__(name: str) -> Any:
    if name in _HOME:
        return getattr(import_module(_HOME[name]), name)
    raise AttributeError(f"module 'dragoman' has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted([*__all__, "__version__"])

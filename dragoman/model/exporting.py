"""What is handed to other people's formats: the chosen documents, claims and facts of a record, and how they may be shown."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from dragoman.model.entities import PersonEntity
from dragoman.model.facts import Conflict, Fact
from dragoman.model.offices import Chain
from dragoman.model.stored import ClaimRow, DocumentRow


@dataclass(frozen=True, kw_only=True)
class Bundle:
    """One export's matter; every iterable can be gone through again and comes in a fixed order.

    what       what is asked for: `claims`, `facts`, `documents`, or one kind of claim or fact
    documents  the documents by id, superseded texts and copies left out unless asked for
    claims     the claims with their documents, in the order of documents and of places in them
    facts      the facts, by kind, day and id; of a kind of claim those that are made of it (of tenures: offices)
    conflicts  claims that contradict each other, whether or not they are among these; roundings and revisions are none
    persons    who the names in claims and facts are, whether or not persons are asked for
    offices    who held which office, whether or not offices are asked for
    cited      the claims of these ids, for the evidence of a fact
    text       the stored text of a document by its id
    as_of      the newest document's day as EDTF, the only "today" of an export; None where no document has a date
    versions   of what made it: "dragoman", "reader", "rooms", the language model, the benchmark
    tombstones what was taken out of the record for good: of which kind, by whom, when and why
    quotes     False where the documents' words are left out (`--anonymise-text`): the quotes here are empty then, and so is `text`
    """

    what: str
    documents: Mapping[str, DocumentRow]
    claims: Iterable[ClaimRow]
    facts: Iterable[Fact]
    cited: Callable[[Sequence[str]], Sequence[ClaimRow]]
    text: Callable[[str], str]
    as_of: str | None
    versions: Mapping[str, str]
    quotes: bool = True
    conflicts: Iterable[Conflict] = ()
    persons: Iterable[PersonEntity] = ()
    offices: Iterable[Chain] = ()
    tombstones: Sequence[Mapping[str, Any]] = ()

"""The part of `Record` that serves the desk and the API: listings a page at a time, the state of the record, and who may judge."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from dragoman.model.stored import ClaimRow, DocumentRow, Hit, RecordError
from dragoman.record_tokens import Tokens
from dragoman.store import Filter, Store

if TYPE_CHECKING:
    from dragoman.model.facts import Fact
    from dragoman.store.paging import Page, Place

MENTIONS = 2_000  # claims with the words asked for, the newest first, whose facts are looked at
# how the stored form of a fact tells what would cost a reading of each
REAL = ('"type":"contradiction"', '"type":"definition"')


class Desk(Tokens):
    """Answers whose cost does not grow with the record; nothing here resolves."""

    _store: Store

    def claims_page(self, f: Filter, limit: int, after: Place | None = None, *, newest: bool = False,
                    unsure: bool = False, without: Sequence[str] = ()) -> Page[ClaimRow]:
        """A page of claims by date; `unsure` leaves those that the reader was not sure of, `without` leaves some out."""
        from dragoman.store import paging

        with self._store.reads() as c:
            return paging.claims(c, f, limit, after, newest, unsure, without)

    def documents_page(self, f: Filter, limit: int, after: Place | None = None, *, newest: bool = False) -> Page[DocumentRow]:
        """A page of documents by date of publication."""
        from dragoman.store import paging

        with self._store.reads() as c:
            return paging.documents(c, f, limit, after, newest)

    def facts_page(self, kinds: str | Sequence[str], f: Filter, limit: int, after: Place | None = None, *, newest: bool = False,
                   about: str | None = None, doubtful: bool = False, real: bool = False, named: str | None = None) -> Page[Any]:
        """A page of facts by date, as they stand.

        about     words that one of their claims holds, as in `search`
        doubtful  only entities that may be one with another
        real      only conflicts that contradict: no roundings, no later revisions
        named     words that its stored form holds, such as a name's
        """
        from dragoman import rooms
        from dragoman.store import paging

        chosen: dict[str, type[Fact]] = {kind: rooms.kinds()[kind] for kind in ([kinds] if isinstance(kinds, str) else kinds)}
        holding = ([REAL] if real else []) + [(word,) for word in (named or "").split()]
        with self._store.reads() as c:
            among = None if about is None else paging.claims_holding(c, about, MENTIONS)
            return paging.of_facts(c, chosen, f, limit, after, newest, among, holding, doubtful)

    def hits(self, words: str, f: Filter, limit: int) -> list[Hit]:
        """The places that hold all the words, the best first."""
        return self._store.search(words, f, limit)

    def ids_of(self, document: str) -> tuple[str, ...]:
        """Ids of the documents of an id, a file name or a path."""
        return tuple(self._store.find(document))

    def document_row(self, document: str) -> DocumentRow:
        """A document without its text, by id, file name or path.

        Raises:
          RecordError: there is none.
        """
        found = self.ids_of(document)
        if not found:
            raise RecordError(f"There is no document {document!r}. `dragoman documents` lists them.")
        return self._store.documents(Filter(documents=found[:1]))[0]

    def claims_in_place(self, document: str, start: int, end: int, most: int) -> list[ClaimRow]:
        """Claims of a document by id whose words begin within a stretch of its text, in order of place."""
        from dragoman.store import reading

        with self._store.reads() as c:
            return reading.claims_in_place(c, document, start, end, most)

    def copies_of(self, document: str) -> list[DocumentRow]:
        """Some edited copies of a document by id."""
        from dragoman.store import reading

        with self._store.reads() as c:
            return reading.copies_of(c, document)

    def waiting(self) -> int:
        """How many documents and blocks wait to be resolved; 0 where the facts follow from everything read and judged."""
        from dragoman.store import facts as kept

        with self._store.reads() as c:
            return kept.left(c)

    def state(self) -> str:
        """A word that changes with every change of the record, by whichever process."""
        return self._store.state()

"""The part of `Record` that hands on what it holds, in other people's formats."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar, cast, overload

from dragoman.model.claims import KINDS, Claim, Statement, stamped
from dragoman.model.documents import Evidence
from dragoman.model.stored import ClaimRow, Progress, RecordError
from dragoman.record_facts import FactQuestions, codes
from dragoman.store import Filter

if TYPE_CHECKING:
    from dragoman.exchange.write import Format
    from dragoman.model.exporting import Bundle
    from dragoman.model.facts import Fact

Day = str | dt.date | None
T = TypeVar("T")
BATCH = 200  # documents whose claims are in memory at once


@dataclass(frozen=True, slots=True)
class Exported:
    """What was written: what the format has no place for, what was left out and why, the file, and its lines (None of a binary format)."""

    cannot: str
    left_out: Mapping[str, int]
    path: Path | None = None
    lines: int | None = None


class Exports(FactQuestions):
    """Writes claims, facts and documents for others."""

    @overload
    def export(self, what: str = ..., format: str = ..., to: None = ..., **filters: Any) -> Iterator[str]: ...
    @overload
    def export(self, what: str, format: str, to: str | os.PathLike[str], **filters: Any) -> Exported: ...
    def export(self, what: str = "claims", format: str = "jsonl", to: str | os.PathLike[str] | None = None,
               **filters: Any) -> Iterator[str] | Exported:
        """Hand on what the record holds: the lines, or with `to` a file that stands there whole or not at all.

        what     `claims`, `facts`, `documents`, or one kind in singular or plural: `contacts`, `tenures`, `offices`, `conflicts`, ...
        format   `jsonl` (claims as the claim contract says), `csv`, `xlsx`, `parquet`, `sqlite`, ...: see docs/reference/formats.md
        filters  as in `bundle`

        Raises:
          ValueError: there is no such thing or format, the format has no place for it, or it needs a file.
        """
        form, bundle = self.prepare_export(what, format, **filters)
        return lines_of(form, bundle) if to is None else put(form, bundle, Path(to))

    def prepare_export(self, what: str, format: str, **filters: Any) -> tuple[Format, Bundle]:
        """The format of a name and what it is to write, checked against each other."""
        from dragoman.exchange import write

        forms = write.formats()
        if format not in forms:
            raise ValueError(f"no format {format!r}; there are {', '.join(forms)}")
        form = forms[format]
        if not write.carries(form, self._what(what), _all_fact_kinds()):
            some = ", ".join(name for name, other in forms.items() if write.carries(other, self._what(what), _all_fact_kinds()))
            raise ValueError(f"no place for {what} in {format}, which carries {', '.join(form.CARRIES)}; {what} can be had as {some}")
        asked: dict[str, Any] = {"copies": getattr(form, "COPIES", False)} | filters
        return form, self.bundle(what, **asked)

    def bundle(self, what: str = "claims", *, kind: str | Sequence[str] | None = None, states: Iterable[str] | str = (),
               person: str | None = None, since: Day = None, until: Day = None, outlet: str | None = None, document: str | None = None,
               min_confidence: float = 0.0, modality: str | None = None, superseded: bool = False, copies: bool = False,
               quotes: bool = True, progress: Callable[[Progress], None] | None = None) -> Bundle:
        """What an export is made of; filters as in `claims` and `facts`.

        kind     of `claims` or `facts` only these kinds
        quotes   False leaves the documents' words out
        """
        from dragoman.model.entities import PersonEntity
        from dragoman.model.exporting import Bundle
        from dragoman.model.offices import Chain

        what = self._what(what)
        named = None if document is None else tuple(self._documents_named(document))
        kinds = (kind,) if isinstance(kind, str) else tuple(kind or ())
        wanted = _claim_kinds(what, kinds)
        chosen = Filter((), codes(states), (), person, since, until, outlet, None, named, min_confidence, modality, superseded, copies)
        of_texts = replace(chosen, person=None, modality=None, min_confidence=0.0)
        if what != "documents":  # a claim's states and days are its own
            of_texts = replace(of_texts, states=(), since=None, until=None)
        documents = {row.id: row for row in self._store.documents(of_texts)}
        plain: Callable[[Any], Any] = (lambda value: value) if quotes else _wordless
        return Bundle(
            what=what,
            documents=documents,
            claims=_Again(lambda: map(plain, self._claims_in_order(chosen, wanted, list(documents), progress))),
            facts=_Again(lambda: map(plain, self._facts_in_order(_fact_kinds(what, kinds), chosen))),
            cited=lambda ids: [plain(row) for row in self.evidence(ids)],
            text=lambda name: self._store.document(name)[1].text if quotes else "",
            as_of=self.newest(),
            versions=self._versions,
            quotes=quotes,
            tombstones=self._store.tombstones(),
            conflicts=_Once(lambda: map(plain, sorted(self.conflicts(), key=_place))),
            persons=_Again(lambda: iter(self._resolver.facts(PersonEntity, Filter(superseded=False, copies=False)))),
            offices=_Again(lambda: iter(self._resolver.facts(Chain, Filter(superseded=False, copies=False)))),
        )

    # ---------------------------------------------------------------- helpers

    def _documents_named(self, name: str) -> tuple[str, ...]:
        found = self._store.find(name)
        if not found:
            raise RecordError(f"There is no document {name!r}. `dragoman documents` lists them.")
        return tuple(found)

    @staticmethod
    def _what(what: str) -> str:
        """What is asked for by its one name: `contacts` and `contact` are `contact`."""
        from dragoman.exchange.tables.matter import plural

        names = sorted({"claims", "facts", "documents", *KINDS, *_all_fact_kinds()})
        plurals = {plural(name): name for name in names} | {name: name for name in names}
        if what.casefold() not in plurals:
            raise ValueError(f"no {what!r} to export; there are {', '.join(sorted({plural(n) for n in names}))}")
        return plurals[what.casefold()]

    def _claims_in_order(self, chosen: Filter, kinds: tuple[str, ...], documents: Sequence[str],
                         progress: Callable[[Progress], None] | None) -> Iterator[ClaimRow]:
        """The claims of documents one after the other, as they stand in them."""
        for k in range(0, len(documents) if kinds else 0, BATCH):
            held: dict[str, list[ClaimRow]] = {name: [] for name in documents[k : k + BATCH]}
            for row in self._store.claims(replace(chosen, kinds=kinds, documents=tuple(held)), "place"):
                held[row.document.id].append(row)
            yield from chain.from_iterable(held.values())
            if progress:
                progress(Progress(min(k + BATCH, len(documents)), len(documents), ""))

    def _facts_in_order(self, kinds: Sequence[str], chosen: Filter) -> Iterator[Fact]:
        from dragoman import rooms

        for name in kinds:
            yield from sorted(self._resolver.facts(rooms.kinds()[name], replace(chosen, superseded=False, copies=False)), key=_place)

    @cached_property
    def _versions(self) -> dict[str, str]:
        """What made it: the program, the readers with their language models, and the rooms that make facts."""
        from importlib.metadata import version

        from dragoman import rooms

        ids = [row.id for row in self._store.documents(Filter())]
        known = chain.from_iterable(self._store.known(ids[k : k + BATCH]).values() for k in range(0, len(ids), BATCH))
        return {"dragoman": version("dragoman"), "reader": ", ".join(sorted({k.reader for k in known})), "rooms": rooms.VERSION}


class _Again(Iterable[T]):
    """What can be gone through several times, made anew each time."""

    def __init__(self, make: Callable[[], Iterator[T]]) -> None:
        self._make = make

    def __iter__(self) -> Iterator[T]:
        return self._make()


class _Once(_Again[T]):
    """What is made where it is first needed, and kept."""

    @cached_property
    def _made(self) -> tuple[T, ...]:
        return tuple(self._make())

    def __iter__(self) -> Iterator[T]:
        return iter(self._made)


def _all_fact_kinds() -> frozenset[str]:
    from dragoman import rooms

    return frozenset(rooms.kinds())


def _claim_kinds(what: str, kinds: Sequence[str]) -> tuple[str, ...]:
    """The kinds of claims that are asked for, or that the facts asked for are made of; of persons none."""
    from dragoman.exchange import write

    every = what in ("claims", "facts", "documents")
    if unknown := [k for k in kinds if k not in KINDS and k not in _all_fact_kinds()]:
        raise ValueError(f"no kind {unknown[0]!r}; there are {', '.join(sorted({*KINDS, *_all_fact_kinds()}))}")
    some = kinds if every else (what,)
    return tuple(KINDS) if every and not kinds else tuple(n for k in some if (n := write.CLAIMS_OF.get(k, k)) in KINDS)


def _fact_kinds(what: str, kinds: Sequence[str]) -> list[str]:
    """The kinds of facts that are asked for, or are made of the claims that are."""
    from dragoman.exchange import write

    every = sorted(_all_fact_kinds())
    if what in ("claims", "facts", "documents"):
        return [k for k in every if not kinds or k in {write.FACTS_OF.get(n, n) for n in kinds}]
    return [k for k in every if k == write.FACTS_OF.get(what, what)]


def _place(fact: Fact) -> tuple[str, str]:
    return (min(fact.days, default="9999"), fact.id)


def _wordless(value: Any) -> Any:
    """A claim or fact without the words of documents; its id stays what it was."""
    if isinstance(value, ClaimRow):
        return replace(value, claim=_wordless_claim(value.claim))
    if hasattr(value, "explained"):
        return replace(value, explained=None)
    if hasattr(value, "points"):
        return replace(value, points=tuple(replace(p, note=None) for p in value.points))
    return value


def _wordless_claim(claim: Claim) -> Claim:
    _ = claim.id  # made of the words, and kept from now on
    bare: dict[str, Any] = {"evidence": tuple(Evidence(e.start, e.end, "") for e in claim.evidence)}
    return stamped(claim, **bare | ({"text": ""} if isinstance(claim, Statement) else {}))


def lines_of(form: Format, bundle: Bundle) -> Iterator[str]:
    """The lines of a text format; a binary one is refused."""
    written = form.write(bundle)
    first = list(islice(written, 1))
    if first and isinstance(first[0], bytes):
        raise ValueError(f"no lines in {form.NAME}, which is a file and no text; say where it goes")
    return chain(cast("list[str]", first), cast("Iterator[str]", written))


def put(form: Format, bundle: Bundle, path: Path) -> Exported:
    """Write a file under another name and rename it at the end, so that nobody sees half of it."""
    part = path.with_name(path.name + ".part")
    lines: int | None = 0
    try:
        with part.open("wb") as file:
            for piece in form.write(bundle):
                file.write(piece if isinstance(piece, bytes) else piece.encode() + b"\n")
                lines = None if isinstance(piece, bytes) or lines is None else lines + 1
        part.replace(path)
    except OSError as error:
        raise RecordError(f"{path} cannot be written: {error.strerror or error}.") from error
    finally:
        part.unlink(missing_ok=True)
    return replace(told(form, bundle), path=path, lines=lines)


def told(form: Format, bundle: Bundle) -> Exported:
    """What is to be said of an export."""
    from dragoman.exchange import write

    return Exported(form.CANNOT, write.left_out(form, bundle))

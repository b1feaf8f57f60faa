"""The record: documents go in, cited claims come out. The only place where the stages meet."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Callable, Iterable, Sequence
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, TypeVar, cast

from dragoman.keeping_record import Keeping
from dragoman.model.claims import (
    KINDS,
    Agreement,
    Biography,
    Claim,
    Commitment,
    Contact,
    Event,
    Figure,
    Membership,
    Mission,
    Relation,
    Statement,
    Tenure,
)
from dragoman.model.documents import Document
from dragoman.model.problems import Problem
from dragoman.model.rows import Rows
from dragoman.model.stored import Change, ClaimRow, DocumentRow, Hit, Progress, RecordError, Summary
from dragoman.record_briefing import Briefing
from dragoman.record_desk import Desk
from dragoman.record_exports import Exports
from dragoman.record_facts import codes
from dragoman.record_judging import Judging
from dragoman.record_lists import Lists
from dragoman.record_watching import Watching
from dragoman.store import Filter, Store

if TYPE_CHECKING:
    from types import TracebackType

    from dragoman.model.annotations import AnnotatedText
    from dragoman.model.verdicts import Verdict
    from dragoman.views.explain import Explanation

DEFAULT = "dragoman.db"
ENVIRONMENT = "DRAGOMAN_RECORD"
ORDERS = ("date", "latest", "place", "confidence")

Day = str | dt.date | None
C = TypeVar("C", bound=Claim)


class Record(Briefing, Exports, Judging, Lists, Desk, Watching, Keeping):
    """A record in one file, or in a PostgreSQL database that several people share; made where it is missing.

    path  the file, or postgresql://NAME@HOST/DATABASE; else what DRAGOMAN_RECORD names, else dragoman.db in this folder
    url   what opens it again; `shown` and `path` are for people to read, and leave a password out

    >>> with Record("x.db") as record:  # doctest: +SKIP
    ...     record.read("folder")
    ...     record.contacts(states=["KAZ", "RUS"]).to_pandas()
    """

    def __init__(self, path: str | os.PathLike[str] | None = None, *, create: bool = True) -> None:
        self.url = where(path)
        self._store = Store(self.url, create=create)
        self.shown = self._store.shown
        self.path = Path(self.shown)

    def close(self) -> None:
        """Give the file back; a `with` block does it by itself."""
        self._store.close()

    def __enter__(self) -> Record:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def __repr__(self) -> str:
        return f"Record({self.shown!r})"

    # ---------------------------------------------------------------- to read

    def read(self, *paths: str | os.PathLike[str], language_model: str | None = None, progress: Callable[[Progress], None] | None = None,
             stdin: BinaryIO | None = None) -> Summary:
        """Read files, folders, globs, addresses of pages, saved feeds, JSONL and CSV of texts, and `-` for standard input.

        What was read already changes nothing; a changed text becomes a new version. Each document is stored as a whole before
        the next, and a failure becomes a problem in the summary.
        """
        from dragoman.reader import Reader

        summary = Reader(self._store, language_model, progress).read([os.fspath(p) for p in paths], stdin)
        self.resolve(progress)
        return summary

    def load(self, folder: str | os.PathLike[str], *, progress: Callable[[Progress], None] | None = None) -> Summary:
        """Bring in what `dragoman scale read` put into a folder; what is in the record already changes nothing."""
        from dragoman.scale import loading

        summary = loading.load(self._store, os.fspath(folder), progress)
        self.resolve(progress)
        return summary

    # ---------------------------------------------------------------- to ask

    def documents(self, *, states: Iterable[str] | str = (), outlet: str | None = None, language: str | None = None, since: Day = None,
                  until: Day = None, file: str | None = None, superseded: bool = True, copies: bool = True) -> Rows[DocumentRow]:
        """The documents, by date of publication; older versions and copies too unless they are left out.

        states   ISO codes; the document names all of them
        outlet   part of the outlet's name
        since, until   dates of publication, as EDTF or datetime.date
        """
        named = None if file is None else tuple(self._store.find(file, older=superseded))
        return Rows(self._store.documents(Filter(states=codes(states), outlet=outlet, language=language, since=since, until=until,
                                                 documents=named, superseded=superseded, copies=copies)))

    def document(self, id_or_file: str) -> tuple[DocumentRow, Document]:
        """One document with its text, by id, the beginning of an id, file name or path.

        Raises:
          RecordError: there is none, or there are several.
        """
        return self._store.document(self._one_document(id_or_file))

    def original(self, id_or_file: str) -> bytes:
        """The bytes as they came."""
        return self._store.original(self._one_document(id_or_file))

    def claims(self, kind: str | Sequence[str] | None = None, *, states: Iterable[str] | str = (), person: str | None = None,
               since: Day = None, until: Day = None, outlet: str | None = None, document: str | None = None, min_confidence: float = 0.0,
               modality: str | None = None, superseded: bool = False, copies: bool = False, order: str = "date") -> Rows[ClaimRow]:
        """The claims with their documents.

        kind       one of the kinds, or several
        states     ISO codes; all of them take part
        person     words of a name, in any order and without accents, or an id
        since, until   the claim's own date, else its document's; as EDTF or datetime.date
        document   id, file name or path
        superseded, copies   claims of replaced texts and of edited copies too
        order      `date`, `latest`, `place` (in the document) or `confidence`
        """
        kinds = (kind,) if isinstance(kind, str) else tuple(kind or ())
        _known(kinds, KINDS, "kind")
        _known((order,), ORDERS, "order")
        named = None if document is None else self._documents_named(document)
        chosen = Filter(kinds, codes(states), (), person, since, until, outlet, None, named, min_confidence, modality, superseded, copies)
        return Rows(self._store.claims(chosen, order))

    def contacts(self, **filters: Any) -> Rows[Contact]:
        """Who met, called, wrote to or visited whom; filters as in `claims`."""
        return self._typed(Contact, filters)

    def tenures(self, **filters: Any) -> Rows[Tenure]:
        """Who holds, took or left which office; filters as in `claims`."""
        return self._typed(Tenure, filters)

    def biographies(self, **filters: Any) -> Rows[Biography]:
        """Where and when people were born, what they studied, where they worked; filters as in `claims`."""
        return self._typed(Biography, filters)

    def figures(self, **filters: Any) -> Rows[Figure]:
        """Figures with their period and claimant; filters as in `claims`."""
        return self._typed(Figure, filters)

    def commitments(self, **filters: Any) -> Rows[Commitment]:
        """What was promised, by whom, and by when; filters as in `claims`."""
        return self._typed(Commitment, filters)

    def agreements(self, **filters: Any) -> Rows[Agreement]:
        """What was signed, ratified or negotiated; filters as in `claims`."""
        return self._typed(Agreement, filters)

    def memberships(self, **filters: Any) -> Rows[Membership]:
        """Who belongs to which organisation; filters as in `claims`."""
        return self._typed(Membership, filters)

    def missions(self, **filters: Any) -> Rows[Mission]:
        """Embassies, consulates and trade missions; filters as in `claims`."""
        return self._typed(Mission, filters)

    def relations(self, **filters: Any) -> Rows[Relation]:
        """What states are to each other: allies, partners, neighbours; filters as in `claims`."""
        return self._typed(Relation, filters)

    def statements(self, **filters: Any) -> Rows[Statement]:
        """Who said what; filters as in `claims`."""
        return self._typed(Statement, filters)

    def events(self, **filters: Any) -> Rows[Event]:
        """What one side did to another, in PLOVER's categories; filters as in `claims`."""
        return self._typed(Event, filters)

    def claim(self, claim_id: str) -> ClaimRow:
        """One claim by its id or the beginning of it.

        Raises:
          RecordError: there is none, or there are several.
        """
        wanted = claim_id if claim_id.startswith("claim:") else f"claim:{claim_id}"
        found = self._store.claims_by_id(wanted) if wanted != "claim:" else []
        if len(found) != 1:
            some = ", ".join(row.claim.id for row in found)
            raise RecordError(f"Several claims begin with {claim_id!r}: {some}. Give more of the id." if found
                              else f"There is no claim {claim_id!r}. `dragoman claims` lists them with their ids.")
        return found[0]

    def has_claim(self, beginning: str) -> bool:
        """Whether the id of any claim begins so."""
        return bool(self._store.claims_by_id(beginning if beginning.startswith("claim:") else f"claim:{beginning}"))

    def search(self, words: str, *, limit: int = 20, kind: str | Sequence[str] | None = None, states: Iterable[str] | str = (),
               person: str | None = None, since: Day = None, until: Day = None, outlet: str | None = None, language: str | None = None,
               superseded: bool = False, copies: bool = False) -> Rows[Hit]:
        """The places that hold all the words, in claims and in documents, the best first.

        Case and accents do not matter; "words in quotation marks" stand together; a `*` at a word's end stands for any ending.
        """
        kinds = (kind,) if isinstance(kind, str) else tuple(kind or ())
        _known(kinds, KINDS, "kind")
        chosen = Filter(kinds, codes(states), (), person, since, until, outlet, language, None, 0.0, None, superseded, copies)
        return Rows(self._store.search(words, chosen, limit if limit > 0 else 1_000_000))

    def explain(self, claim_id: str) -> Explanation:
        """Why a claim says what it says: its sentence, what each stage saw in it, where its dates come from."""
        from dragoman.views import explain

        row = self.claim(claim_id)
        return explain.explain(row, self._annotated(row.claim.document))

    def check_claim(self, sentence: str, *, states: Iterable[str] | str = (), on: Day = None) -> Rows[Verdict]:
        """What the record says to a sentence: supported, contradicted with the arithmetic, or nothing found; with the claims to cite.

        states  ISO codes: whose trade, whose office, where the sentence does not say
        on      the day on which it is said (EDTF or datetime.date), for "last year"; else today
        """
        from dragoman import annotate, extract, verdict
        from dragoman.model.documents import Source
        from dragoman.store import facts as kept

        self.resolve()
        day = on.isoformat() if isinstance(on, dt.date) else on or dt.date.today().isoformat()
        source = Source("said", "said", "", len(sentence), "text/plain", "")
        said = Document("doc:said", sentence, source, outlet="the sentence", published=day, published_by="metadata")
        claims = extract.extract_all(annotate.annotate(said))
        with self._store.reads() as c:
            blocks = [b for _, b in kept.blocks_with(c, Filter(kinds=("figure",)), ["series"])]
            found = list(verdict.verdicts(claims, codes(states), blocks, lambda *block: [x for x, _ in kept.claims_in(c, *block)]))
        return Rows(found, [v.as_json for v in found])

    def changes(self, file: str) -> Rows[Change]:
        """What changed from version to version of a text, sentence by sentence, by file name, path or document id."""
        from dragoman.views import changes

        found = self._store.versions(file)
        if not found:
            self._one_document(file)  # says that there is none
        return Rows(change for place in found for old, new in pairwise(place) for change in changes.between(old, new))

    def problems(self) -> Rows[Problem]:
        """What is wrong with inputs, as they were when they were read last."""
        return Rows(self._store.problems())

    # ---------------------------------------------------------------- helpers

    def _typed(self, cls: type[C], filters: dict[str, Any]) -> Rows[C]:
        rows = self.claims(cls.kind, **filters)
        return Rows((cast("C", row.claim) for row in rows), [row.as_json for row in rows])

    def _one_document(self, name: str) -> str:
        found = self._documents_named(name)
        if len(found) > 1:
            raise RecordError(f"Several documents go by {name!r}: {', '.join(found[:5])}. Give an id.")
        return found[0]

    def _annotated(self, document_id: str) -> AnnotatedText:
        """A document seen again, by the language model that read it where that is still installed."""
        from dragoman import annotate
        from dragoman.annotate.pipeline import ModelMissing

        document = self._store.document(document_id)[1]
        try:
            return annotate.annotate(document, self._store.model(document_id))
        except ModelMissing:
            return annotate.annotate(document)


def where(path: str | os.PathLike[str] | None = None) -> str:
    """The place of the record that is meant: the one given, else the environment's, else a file in this folder."""
    return str(path or os.environ.get(ENVIRONMENT) or DEFAULT)


def _known(given: Iterable[str], known: Iterable[str], what: str) -> None:
    for name in given:
        if name not in known:
            raise ValueError(f"no {what} {name!r}; there are {', '.join(known)}")

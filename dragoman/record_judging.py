"""The part of `Record` that keeps people's decisions: lines with who, when and why, which facts follow at once."""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from dragoman.model.judging import VERBS, standing
from dragoman.model.rows import Rows
from dragoman.model.stored import RecordError
from dragoman.store import Store

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from dragoman.model.facts import Fact, Judgement

PAIRS = ("same", "different")


class Judging:
    """What analysts decided; nothing of it is ever erased."""

    _store: Store

    def judge(self, verb: str, *subjects: str, by: str, why: str | None = None, value: Mapping[str, Any] | None = None,
              private: bool = False) -> Judgement:
        """Add a decision; the facts follow it at the next question.

        verb      `same`, `different` (two and more subjects), `reject`, `accept`, `correct`, `note` (one)
        subjects  ids of claims or facts (a fact stands for its claims), or names as `name:KAZ:as spelled`
        by        the analyst's name
        value     for `correct`: fields of the claim with their right values
        private   stays out of exports

        Raises:
          RecordError: a subject is not in the record.
          ValueError: the verb is unknown, or does not fit the subjects.
        """
        from dragoman.model.facts import Judgement
        from dragoman.store import store

        _fits(verb, subjects, by, value)
        named = self._subjects(verb, subjects)
        if value is not None:
            from dragoman.model import correcting

            for subject in named:
                correcting.corrected(self.claim(subject).claim, value)  # type: ignore[attr-defined]
        line = Judgement(f"judgement:{uuid.uuid4().hex[:20]}", verb, named, by.strip(), store.now(), why, value, private)
        self._keep([line])
        return line

    def add_claim(self, document: str, kind: str, start: int, end: int, fields: Mapping[str, Any], *, by: str, why: str | None = None,
                  private: bool = False) -> Judgement:
        """Add a claim that the reader missed: a line of a person that holds it whole, and goes like any line when it is undone.

        start, end  the words that say it, in code points of the document's text
        fields      of the kind, as in the claim contract

        Raises:
          RecordError: there is no such document, or the claim is there already.
          ValueError: the words or a field do not fit.
        """
        from dataclasses import asdict

        from dragoman.model import correcting
        from dragoman.model.facts import Judgement
        from dragoman.store import store

        _, text = self.document(document)  # type: ignore[attr-defined]
        source = {"role": "outlet", "name": text.outlet} if text.outlet else {"role": "document", "name": text.title or text.source.file}
        row = {"kind": kind, "document": text.id, "evidence": [asdict(text.evidence(start, end))], "attribution": [source | {"id": None}],
               "asserted": text.published, "extractor": correcting.BY_HAND, "confidence": 1.0, "rules": [f"added by {by.strip()}"]}
        if fixed := sorted(set(fields) & set(row)):
            raise ValueError(f"{fixed[0]!r} follows from the document and is not given by hand")
        claim = correcting.checked(row | dict(fields))
        _fits("note", (claim.id,), by, None)
        if self.has_claim(claim.id):  # type: ignore[attr-defined]
            raise RecordError(f"The record holds this claim already: {claim.id}.")
        value = claim.as_json("") | {"confidence": 1.0}
        line = Judgement(f"judgement:{uuid.uuid4().hex[:20]}", "add", (claim.id,), by.strip(), store.now(), why, value, private)
        self._keep([line])
        return line

    def undo(self, judgement_id: str, *, by: str, why: str | None = None) -> Judgement:
        """Withdraw a decision by another line; that line can be undone too."""
        from dragoman.model.facts import Judgement
        from dragoman.store import store

        wanted = judgement_id if judgement_id.startswith("judgement:") else f"judgement:{judgement_id}"
        found = [j for j in self.judgements(withdrawn=True) if j.id.startswith(wanted)]
        if len(found) != 1:
            raise RecordError(f"{'Several judgements begin' if found else 'No judgement begins'} with {judgement_id!r}.")
        line = Judgement(f"judgement:{uuid.uuid4().hex[:20]}", "undo", (found[0].id,), by.strip(), store.now(), why)
        self._keep([line])
        return line

    def judgements(self, *, by: str | None = None, withdrawn: bool = False) -> Rows[Judgement]:
        """The decisions that stand, in order; those withdrawn and their withdrawals too where they are asked for."""
        from dataclasses import asdict
        from functools import partial

        lines = self._lines()
        chosen = [j for j in (lines if withdrawn else standing(lines)) if by is None or j.by == by]
        return Rows(chosen, [partial(asdict, j) for j in chosen])

    def export_judgements(self, *, by: str | None = None) -> Iterator[str]:
        """One JSON object a line, withdrawals too, so that another record can follow; private ones stay here."""
        from dataclasses import asdict

        for line in self._lines():
            if not line.private and (by is None or line.by == by):
                yield json.dumps(asdict(line), ensure_ascii=False)

    def import_judgements(self, lines: Iterable[str]) -> int:
        """Add the decisions of another record; those that are here already are left alone. How many were new."""
        from dragoman.model.facts import Judgement

        found = []
        for number, text in enumerate(lines, 1):
            if not text.strip():
                continue
            try:
                row = json.loads(text)
                found.append(Judgement(**row | {"subjects": tuple(row["subjects"])}))
            except (ValueError, TypeError, KeyError) as error:
                remedy = "Give a file that `dragoman judgements --export` wrote."
                raise RecordError(f"Line {number} is no judgement ({error}). {remedy}") from error
        return self._keep(found)

    def agreement(self, one: str, other: str) -> tuple[float | None, int]:
        """Krippendorff's alpha of two analysts over what both judged, and over how many matters; None where it cannot be computed."""
        from dragoman.evaluation import agreement

        return agreement.between(standing(self._lines()), one, other)

    # ---------------------------------------------------------------- helpers

    def _lines(self) -> list[Judgement]:
        from dragoman.store import facts as kept

        with self._store.reads() as c:
            return kept.judgements(c)

    def _keep(self, lines: Iterable[Judgement]) -> int:
        """Store lines, and have what they are about resolved anew."""
        from dragoman.store import facts as kept

        added = 0
        with self._store.writes() as c:
            for line in lines:
                if kept.add_judgement(c, line):
                    added += 1
                    every = kept.judgements(c)
                    if _changes(line, every):
                        _spoil(c, line, every)
                    _by_hand(c, line)
        return added

    def _subjects(self, verb: str, subjects: Iterable[str]) -> tuple[str, ...]:
        """Ids of claims for what a person named; a fact stands for its first claim where facts are compared, else for all."""
        from dragoman.resolve import spelling

        out: list[str] = []
        for subject in subjects:
            if subject.startswith("name:"):
                _, state, words = [*subject.split(":", 2), "", ""][:3]
                out.append(spelling.subject(words, state or None))  # as resolving calls it, however it was spelled
            elif subject.startswith("fact:") or not self.has_claim(subject):  # type: ignore[attr-defined]
                fact: Fact = self.fact(subject)  # type: ignore[attr-defined]
                out += fact.claims[:1] if verb in PAIRS else fact.claims
            else:
                out.append(self.claim(subject).claim.id)  # type: ignore[attr-defined]
        return tuple(dict.fromkeys(out))


def _fits(verb: str, subjects: tuple[str, ...], by: str, value: Mapping[str, Any] | None) -> None:
    if verb not in VERBS:
        raise ValueError(f"no verb {verb!r}; there are {', '.join(VERBS)}")
    if not by.strip():
        raise ValueError("a judgement needs the name of who judges")
    if verb in PAIRS and len(set(subjects)) < 2:
        raise ValueError(f"{verb!r} needs two subjects or more")
    if not subjects:
        raise ValueError("a judgement needs a subject")
    if (verb == "correct") != bool(value):
        raise ValueError("`correct` needs the fields with their right values, and only it takes them")


def _changes(line: Judgement, every: list[Judgement]) -> bool:
    """Whether facts may change by a line: a note, and what withdraws one, is for people alone."""
    about = {j.id: j for j in every}
    found: Judgement | None = line
    while found is not None and found.verb == "undo":
        found = about.get(found.subjects[0])
    return found is None or found.verb != "note"


def _by_hand(c: Connection, line: Judgement) -> None:
    """Let the claims of documents follow a line that adds one, or withdraws an addition."""
    from dragoman.model.correcting import BY_HAND
    from dragoman.store import facts as kept
    from dragoman.store import writing

    if line.verb == "add":
        kept.set_setting(c, BY_HAND, "1")
        writing.by_hand(c, str((line.value or {}).get("document")))
    elif line.verb == "undo":
        about = {j.id: j for j in kept.judgements(c)}
        found: Judgement | None = line
        while found is not None and found.verb == "undo":
            found = about.get(found.subjects[0])
        if found is not None and found.verb == "add":
            writing.by_hand(c, str((found.value or {}).get("document")))


def _spoil(c: Connection, line: Judgement, every: list[Judgement]) -> None:
    """Note the documents whose facts may change by a line."""
    from dragoman.store import facts as kept

    about = {j.id: j for j in every}
    subjects = list(line.subjects)
    while any(s in about for s in subjects):  # a withdrawal is about what the line withdrawn was about
        subjects = [s for one in subjects for s in (about[one].subjects if one in about else (one,))]
    kept.spoil(c, kept.documents_of_claims(c, [s for s in subjects if s.startswith("claim:")]))
    for name in (s for s in subjects if s.startswith("name:")):
        _, state, words = [*name.split(":", 2), "", ""][:3]
        kept.spoil(c, kept.documents_naming(c, words, state or None))

"""Answers for an assistant: plain values in which each line names its claims, each claim its words and source, the whole what it rests on.

Sentences of documents stand under `quoted`, so that an assistant can tell data from what dragoman says about it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from dragoman.model.book import Block, Chart, Entry, Part, Remark, Row, Sentence, Table
from dragoman.model.facts import Conflict, Fact
from dragoman.model.offices import Occupancy
from dragoman.model.problems import DragomanError
from dragoman.model.promises import Promise
from dragoman.model.stored import ClaimRow, DocumentRow
from dragoman.views import citation, together, wording
from dragoman.views.visible import one_line, visible

if TYPE_CHECKING:
    from dragoman.record import Record

QUOTE = 400  # characters of one quotation
CLAIMS = 4  # shown of one line; all are named
NOTHING = "No document in the record tells of it. That is no evidence that it did not happen: see `rests_on`."
HOW = {"observed": "named in office on that very day", "stated": "the day lies in a span whose beginning or end a source states",
       "between": "known before and after, and nobody else between", "possible": "only possible, as far as the dates go"}
FOUND = {"held": "Somebody is known to have held it.", "possible": "Nobody is known for certain; this is only possible.",
         "open": "Nobody is known for that day; others are known before or after.",
         "latest": "No day was asked for: these are the last ones known, which says nothing of today.",
         "nothing": "No document in the record tells of this position."}
Answer = dict[str, Any]


class Asked(DragomanError):
    """A question that cannot be answered as it was put."""


def codes(names: Iterable[str]) -> list[str]:
    """ISO codes of states given by name or code.

    Raises:
      Asked: one is not known.
    """
    from dragoman.reference import states

    found = []
    for name in names:
        code = states.code(name)
        if code is None:
            raise Asked(f"No state is known as {one_line(name, 60)!r}. Give its English name or its ISO code, such as KAZ.")
        found.append(code)
    return found


# ---------------------------------------------------------------- one function a tool


def who(record: Record, position: str, place: str, on: str | None) -> Answer:
    """Who held a position."""
    from dragoman.reference import states

    found = record.who(position, states.code(place) or place, _day(on))
    sources = _Sources(record)
    held = [(h.fact, HOW[h.how]) for h in found.holders]
    others = [(o, "known before that day") for o in found.before] + [(o, "known after that day") for o in found.after]
    others += [(o, "named in it without a date") for o in found.undated]
    lines = [_occupancy(o, how, sources) for o, how in held]
    rest: Answer = {"others": [_occupancy(o, how, sources) for o, how in others[:8]]} if others else {}
    if found.others:
        rest["positions_that_documents_do_tell_of"] = [{"says": name} for name in found.others]
    made = _answer(record, lines, sources, [found.position.state] if found.position.state else [], len(lines))
    return made | {"verdict": FOUND[found.found]} | rest


def contacts(record: Record, states: Sequence[str], person: str | None, since: str | None, until: str | None, limit: int) -> Answer:
    """Meetings, calls, visits and letters, the newest first."""
    named = codes(states)
    found = list(record.meetings(states=named, person=person, since=_day(since), until=_day(until), order="latest"))
    return _facts(record, found, named, limit)


def figures(record: Record, states: Sequence[str], about: str | None, since: str | None, until: str | None, limit: int) -> Answer:
    """What was counted, each figure with who says so, and which are disputed."""
    named = codes(states)
    found = list(record.series(states=named, about=about, since=_day(since), until=_day(until)))
    return _facts(record, found, named, limit)


def conflicts(record: Record, states: Sequence[str], limit: int) -> Answer:
    """Where sources contradict each other, with the arithmetic."""
    named = codes(states)
    return _facts(record, list(record.conflicts(states=named)), named, limit)


def commitments(record: Record, states: Sequence[str], since: str | None, until: str | None, limit: int) -> Answer:
    """Promises with what became of them."""
    named = codes(states)
    return _facts(record, list(record.promises(states=named, since=_day(since), until=_day(until), order="latest")), named, limit)


def check_claim(record: Record, sentence: str, states: Sequence[str], on: str | None) -> Answer:
    """A sentence against the record."""
    named = codes(states)
    sources = _Sources(record)
    lines = []
    for v in record.check_claim(sentence[:5000], states=named, on=_day(on)):
        why = [w for c in v.conflicts for w in (c.why, c.support, c.explained) if w]
        claims = [*v.support, *(c for x in v.conflicts for c in x.claims)]
        lines.append({"verdict": v.found, "about": visible(v.about), "read_as": wording.line(v.claim), "why": [visible(w) for w in why],
                      "claims": sources.claims(claims)})
    made = _answer(record, lines, sources, named, len(lines))
    if not lines:
        made["nothing"] = "Nothing to check was read in the sentence: no figure, office, contact, agreement or membership."
    return made


def search(record: Record, words: str, states: Sequence[str], limit: int) -> Answer:
    """Places in documents and claims that hold the words."""
    named = codes(states)
    hits = record.search(words[:500], limit=limit, states=named)
    sources = _Sources(record)
    lines = []
    for hit in hits:
        line: Answer = {"source": sources.number(hit.document), "quoted": one_line(hit.snippet, QUOTE)}
        if hit.claim:
            line |= {"claim": hit.claim.claim.id, "says": wording.line(hit.claim.claim)}
        lines.append(line)
    return _answer(record, lines, sources, named, len(lines))


def brief(record: Record, ours: str, theirs: str, on: str | None) -> Answer:
    """The briefing book in lines."""
    a, b = codes([ours, theirs])
    if a == b:
        raise Asked("A briefing needs two states.")
    book = record.brief(a, b, _day(on))
    sources = _Sources(record)
    sections = [{"title": s.title, "lines": [line for part in s.parts for line in _part(part, sources)]} for s in book.sections]
    made = _answer(record, [], sources, [a, b], sum(len(s["lines"]) for s in sections))
    return {k: v for k, v in made.items() if k not in ("answer", "nothing")} | {"sections": sections}


def coverage(record: Record, states: Sequence[str]) -> Answer:
    """What the record rests on."""
    named = codes(states)
    found = record.coverage(*named)
    return {"rests_on": _rests_on(record, named), "outlets": [{"outlet": visible(o), "documents": n} for o, n in found.outlets],
            "months": [{"month": m.month, "documents": m.documents} for m in found.months], "months_without_a_document": list(found.gaps),
            "documents_without_a_date": found.undated, "newest_document": visible(found.newest or "")}


def explain(record: Record, name: str) -> Answer:
    """A claim or fact with all that it rests on."""
    sources = _Sources(record)
    if name.startswith("fact:") or not record.has_claim(name):
        fact = record.fact(name)
        line = _fact(record, fact, sources, {}, len(fact.claims))
        return _answer(record, [line], sources, list(fact.states), 1)
    told = record.explain(name)
    claim = told.row.claim
    line = {"claim": claim.id, "says": told.line, "modality": told.modality, "confidence": round(claim.confidence, 2),
            "quoted": [one_line(e.quote, QUOTE) for e in claim.evidence], "sentence": {"quoted": one_line(told.sentence, 2 * QUOTE)},
            "who_says_so": citation.claimant(claim), "dates": [visible(d) for d in told.dates], "rules": list(told.rules),
            "source": sources.number(told.row.document),
            "supports": [{"fact": f.id, "kind": f.kind, "says": together.line(f)} for f in record.supported_by(claim.id)]}
    return _answer(record, [line], sources, [], 1)


# ---------------------------------------------------------------- parts of an answer


class _Sources:
    """Numbers the documents that an answer cites."""

    def __init__(self, record: Record) -> None:
        self._record = record
        self._numbers: dict[str, int] = {}
        self.rows: list[Answer] = []

    def number(self, document: DocumentRow) -> int:
        if document.id not in self._numbers:
            self._numbers[document.id] = len(self._numbers) + 1
            self.rows.append({"number": self._numbers[document.id], "citation": citation.source(document), "document": document.id,
                              "published": document.published, "url": document.url} |
                             ({"terms_of_reuse": {"quoted": one_line(document.reuse.text, QUOTE)}} if document.reuse else {}))
        return self._numbers[document.id]

    def claims(self, ids: Iterable[str], most: int = CLAIMS) -> list[Answer]:
        """Claims with their words; of those beyond the most only the ids."""
        wanted = list(dict.fromkeys(ids))
        shown = [self._claim(row) for row in self._record.evidence(wanted[:most])]
        return shown + ([{"more": wanted[most:]}] if len(wanted) > most else [])

    def _claim(self, row: ClaimRow) -> Answer:
        claim = row.claim
        return {"claim": claim.id, "quoted": one_line(claim.evidence[0].quote, QUOTE), "who_says_so": citation.claimant(claim),
                "source": self.number(row.document)}


def _answer(record: Record, lines: Sequence[Answer], sources: _Sources, states: Sequence[str], found: int) -> Answer:
    made: Answer = {"found": found, "shown": len(lines), "answer": list(lines), "sources": sources.rows,
                    "rests_on": _rests_on(record, states)}
    return made if lines else made | {"nothing": NOTHING}


def _rests_on(record: Record, states: Sequence[str]) -> str:
    """In one sentence the documents behind an answer, and where there are none."""
    if not states:
        return f"The whole record; its newest document is of {wording.date(record.newest())}."
    found = record.coverage(*states)
    names = wording.joined([wording.state(s) for s in found.states])
    if not found.documents:
        return f"The record has no document that involves {names}."
    dates = f", published {wording.date(found.first)} to {wording.date(found.last)}" if found.first and found.last else ""
    gaps = f"; months without any: {', '.join(found.gaps[:12])}" if found.gaps else ""
    return f"{found.documents} documents of {len(found.outlets)} outlets that involve {names}{dates}{gaps}."


def _facts(record: Record, found: Sequence[Fact], states: Sequence[str], limit: int) -> Answer:
    sources = _Sources(record)
    shown = found[:limit]
    disputes: dict[str, list[str]] = {}
    for conflict in record._resolver.supported_by(sorted({c for fact in shown for c in fact.claims})):
        if isinstance(conflict, Conflict) and conflict.real:
            for claim in conflict.claims:
                disputes.setdefault(claim, []).append(conflict.id)
    lines = [_fact(record, fact, sources, disputes) for fact in shown]
    return _answer(record, lines, sources, states, len(found))


def _fact(record: Record, fact: Fact, sources: _Sources, disputes: dict[str, list[str]], most: int = CLAIMS) -> Answer:
    line: Answer = {"fact": fact.id, "kind": fact.kind, "says": together.line(fact), "details": together.details(fact)}
    if isinstance(fact, Promise):
        line["status"] = together.standing(record.standing(fact))
    disputed = sorted({d for c in fact.claims for d in disputes.get(c, ()) if d != fact.id})
    if isinstance(fact, Conflict):
        line["details"] = [visible(words) for words in (fact.why, fact.support, fact.explained) if words]
    return line | ({"disputed_in": disputed} if disputed else {}) | {"claims": sources.claims(fact.claims, most)}


def _occupancy(one: Occupancy, how: str, sources: _Sources) -> Answer:
    name = one_line(one.person.name or "somebody not named", 90)
    said = f"{name}, {'acting ' if one.acting else ''}{one.position.name}"
    return {"says": f"{said}: {together.span(one)}", "how_known": how, "claims": sources.claims(one.cited)}


def _part(part: Part, sources: _Sources) -> Iterator[Answer]:
    """The lines of a part of the book."""
    for block in part.blocks:
        for words, claims, marks in _sentences(block):
            line: Answer = {"says": visible(words)}
            line |= {"marks": list(marks)} if marks else {}
            yield line | ({"claims": sources.claims(claims, 1)} if claims else {})


def _sentences(block: Block) -> Iterator[tuple[str, tuple[str, ...], tuple[str, ...]]]:
    if isinstance(block, Remark):
        yield block.text, (), ()
    elif isinstance(block, Chart):
        yield block.said, tuple(c for bar in block.bars for c in bar.claims), ()
    elif isinstance(block, Table):
        for row in block.rows:
            yield _row(block, row), row.claims, row.marks
    elif isinstance(block, Entry):
        for k, one in enumerate((*block.sentences, *block.points)):
            lead = f"{block.lead}: " if block.lead and k == 0 else ""
            yield lead + one.text, one.claims if isinstance(one, Sentence) else (), one.marks if isinstance(one, Sentence) else ()


def _row(table: Table, row: Row) -> str:
    return "; ".join(f"{head}: {cell}" if head else cell for head, cell in zip(table.head, row.cells, strict=False) if cell)


def _day(edtf: str | None) -> str | None:
    """A day as EDTF.

    Raises:
      Asked: it is none.
    """
    from dragoman.model import time

    if edtf is not None and not time.is_edtf(edtf):
        raise Asked(f"{one_line(edtf, 40)!r} is not a date. Write 2024, 2024-05 or 2024-05-14.")
    return edtf

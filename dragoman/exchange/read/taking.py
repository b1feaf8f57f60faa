"""What a table gives while it is taken in: its claims, what was left out and why, and what is wrong with its rows."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from dragoman.exchange.read.sheet import Line, Sheet
from dragoman.model.claims import Claim, Link
from dragoman.model.documents import Document, Evidence, Source
from dragoman.model.problems import Problem


class Taken(NamedTuple):
    """A table as a document, its claims, how many rows were left out by reason, and a problem for each row that is wrong."""

    document: Document
    claims: tuple[Claim, ...]
    left_out: dict[str, int]
    problems: tuple[Problem, ...]


@dataclass
class Taking:
    """What all claims of a table have in common.

    outlet      the source's name; kind: what sort of source it is, as in documents
    published   EDTF day of the table
    confidence  of its claims
    """

    outlet: str | None
    published: str | None
    confidence: float
    extractor: str
    kind: str = "other"
    document: str = ""
    left_out: Counter[str] = field(default_factory=Counter)

    def common(self, sheet: Sheet, line: Line, *links: Link) -> dict[str, Any]:
        """The fields of every claim: the row is the evidence, and the names of the columns where the table has them."""
        places = [(line.start, line.end), *([sheet.head] if sheet.head else [])]
        return {
            "document": self.document, "evidence": tuple(Evidence(a, b, sheet.text[a:b]) for a, b in places),
            "attribution": (Link("outlet", self.outlet or ""), *links), "asserted": self.published, "confidence": self.confidence,
            "extractor": self.extractor, "rules": ("row",),
        }  # fmt: skip

    def unknown(self, sheet: Sheet, line: Line, what: str, given: str) -> None:
        """Note a code or name that no table here has."""
        sheet.bad(line.number, "unknown-code", f"{given!r} is no {what} that is known here." if given else f"The row names no {what}.",
                  f"Write the {what} as the format wants it, or leave the row out.", sheet.text[line.start : line.end])

    def bad_value(self, sheet: Sheet, line: Line, given: str, wanted: str) -> None:
        """Note a cell that does not hold what its column is for."""
        sheet.bad(line.number, "bad-value", f"{given!r} is not {wanted}." if given else f"The row lacks {wanted}.",
                  "Correct the cell, or leave it empty where nothing is known.", sheet.text[line.start : line.end])


def taken(sheet: Sheet, claims: Iterable[Claim], taking: Taking, source: Source, name: str) -> Taken:
    """The document of a table with its claims, each once."""
    found = tuple({claim.id: claim for claim in claims}.values())
    document = Document(taking.document, sheet.text, source, title=name, outlet=taking.outlet or name, outlet_kind=taking.kind,
                        published=taking.published, published_by="metadata" if taking.published else None, metadata={"table": name})
    problems = sorted(sheet.problems, key=lambda p: int(p.at.rpartition(":")[2]))
    return Taken(document, found, dict(taking.left_out), tuple(problems))


def identity(text: str) -> str:
    """The id of a document by its text."""
    return "doc:" + hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16]

"""Claims of another record, or gold claims, as documents that hold their quotes: each claim stays with the words that it rests on."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

from dragoman.exchange.read import taking
from dragoman.model.claims import Claim, from_json
from dragoman.model.documents import Document, Evidence, Source
from dragoman.model.problems import Problem


def contract(rows: Iterable[tuple[int, dict[str, Any]]], at: str, problems: list[Problem]) -> Iterator[tuple[str, Claim]]:
    """The claims of lines as `dragoman export claims` writes them, with the names of their files."""
    for number, row in rows:
        try:
            yield str(row.get("file") or row["document"]), from_json(row)
        except (KeyError, TypeError, AttributeError) as error:
            problems.append(Problem("bad-claim", f"The line is no claim of the contract ({error}).", f"{at}:{number}",
                                    "Give lines that `dragoman export claims` wrote.", str(row)[:80]))


def quoted(file: str, claims: Iterable[Claim], data: bytes, name: str) -> tuple[Document, tuple[Claim, ...]] | None:
    """A document made of the claims' quotes, one a line, with the claims resting on them; None where none has a quote."""
    lines, places, at = [file, ""], [], len(file) + 2
    for claim in claims:
        found = []
        for evidence in claim.evidence:
            words = " ".join(evidence.quote.split())
            if words:
                found.append((at, at + len(words), words))
                lines.append(words)
                at += len(words) + 1
        if found:
            places.append((claim, found))
    text = "\n".join(lines) + "\n"
    if not places:
        return None
    identity = taking.identity(text)
    now = dt.datetime.now(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    source = Source(file, f"{name}/{file}", hashlib.sha256(data).hexdigest(), len(data), "application/x-ndjson", now)
    first = places[0][0]
    outlet = next((link.name for link in first.attribution if link.role == "outlet"), None)
    made = Document(identity, text, source, title=file, outlet=outlet or name, published=first.asserted,
                    published_by="metadata" if first.asserted else None, metadata={"claims": name})
    moved = (replace(c, document=identity, part_of=None, evidence=tuple(Evidence(*place) for place in found)) for c, found in places)
    return made, tuple({c.id: c for c in moved}.values())

"""A stand-in for annotation and extraction that reads marked lines, so that tests of the record are about the record.

MEET Ana Petrova (KAZ) and Jan Novak (CZE) on 2024-05-14.
FIGURE 12.5 USD trade_turnover KAZ CZE 2023
SAID Ana Petrova (KAZ): words with {KGZ} in them.
HOLDS Ana Petrova (KAZ) president since 2020.
BOOM fails in annotation, BANG in extraction.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from dragoman.model.annotations import AnnotatedText, Mention, MentionType
from dragoman.model.claims import ActorRef, Claim, Contact, Figure, Link, Statement, Tenure
from dragoman.model.documents import Document

ACTOR = r"([\w .-]+) \(([A-Z]{3})\)"
MEET = re.compile(rf"MEET {ACTOR} and {ACTOR}(?: on ([\d-]+))?")
FIGURE = re.compile(r"FIGURE ([\d.]+) (\S+) (\S+) (\S+) (\S+) (\S+)")
SAID = re.compile(rf"SAID {ACTOR}: (.*)")
HOLDS = re.compile(rf"HOLDS {ACTOR} ([\w ]+?)(?: since (\d+))?\.")

calls: list[str] = []  # ids of the documents annotated
pause = 0.0  # seconds a document


def annotate(document: Document, model: str | None = None) -> AnnotatedText:
    return next(annotate_all([document], model))


def annotate_all(documents: Iterable[Document], model: str | None = None) -> Iterator[AnnotatedText]:
    for document in documents:
        calls.append(document.id)
        time.sleep(pause)
        if "BOOM" in document.text:
            raise ValueError("no rule for this")
        named = [Mention(MentionType.STATE, m.start(), m.end(), m[0], m[1], m[1]) for m in re.finditer(r"\{([A-Z]{3})\}", document.text)]
        yield AnnotatedText(document, mentions=tuple(named))


def extract_all(text: AnnotatedText) -> tuple[Claim, ...]:
    if "BANG" in text.text:
        raise KeyError("lexicon")
    return tuple(sorted(_claims(text.document), key=lambda c: c.evidence[0].start))


def _actor(name: str, state: str) -> ActorRef:
    return ActorRef(name, name, "person:" + name.lower().replace(" ", "-"), state, None)


def _claims(document: Document) -> Iterator[Claim]:
    def base(m: re.Match[str]) -> dict[str, Any]:
        return {"document": document.id, "evidence": (document.evidence(m.start(), m.end()),), "asserted": document.published,
                "attribution": (Link("outlet", document.outlet or "unknown"),), "extractor": "fake/1", "rules": ("marked line",)}

    for m in MEET.finditer(document.text):
        yield Contact(mode="meeting", participants=(_actor(m[1], m[2]), _actor(m[3], m[4])), date=m[5], confidence=0.9, **base(m))
    for m in FIGURE.finditer(document.text):
        yield Figure(low=float(m[1]), high=float(m[1]), unit=m[2], indicator=m[3], parties=(m[4], m[5]), period=m[6],
                     confidence=0.6, **base(m))
    for m in SAID.finditer(document.text):
        yield Statement(speaker=_actor(m[1], m[2]), text=m[3], direct=True, cue="say", **base(m))
    for m in HOLDS.finditer(document.text):
        yield Tenure(person=_actor(m[1], m[2]), position=m[3], state=m[2], since=m[4], **base(m))


def install(put: Callable[[Any, str, Any], None]) -> None:
    """Put the stand-ins in place with monkeypatch.setattr or setattr."""
    import dragoman.annotate
    import dragoman.extract

    calls.clear()
    put(dragoman.annotate, "annotate", annotate)
    put(dragoman.annotate, "annotate_all", annotate_all)
    put(dragoman.extract, "extract_all", extract_all)

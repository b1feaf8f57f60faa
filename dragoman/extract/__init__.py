"""AnnotatedText -> claims. A module here with `extract(text)` is an extractor, of the kind of claim that bears its name.

Its lexicon and cases are in the YAML beside it.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cache
from typing import Any

from dragoman.extract.confidence import calibrated
from dragoman.extract.merge import merged
from dragoman.extract.parts import linked
from dragoman.model.annotations import AnnotatedText
from dragoman.model.claims import Claim, stamped

VERSION = "5"  # rises with every change to what is read; a newer reader reads again what an older one read

Extractor = Callable[[AnnotatedText], Iterator[Claim]]
Deriver = Callable[[AnnotatedText, tuple[Claim, ...]], Iterator[Claim]]


def _modules(function: str) -> dict[str, Any]:
    """The function of that name in every module of this folder, by the module's name."""
    found = {}
    for info in sorted(pkgutil.iter_modules(__path__), key=lambda i: i.name):
        module = importlib.import_module(f"{__name__}.{info.name}")
        if hasattr(module, function):
            found[info.name] = getattr(module, function)
    return found


@cache
def extractors() -> dict[str, Extractor]:
    """Every extractor of this folder by its module's name."""
    return _modules("extract")


@cache
def derivers() -> dict[str, Deriver]:
    """Every module that makes claims from claims."""
    return _modules("derive")


def extract_all(text: AnnotatedText, calibrate: bool = True) -> tuple[Claim, ...]:
    """All claims of a document, one a fact, in the order of their evidence.

    A module may also have `derive(text, claims)`, which makes claims from those of the others.
    """
    claims: list[Claim] = []
    for extract in extractors().values():
        claims += extract(text)
    for derive in derivers().values():
        claims += derive(text, tuple(claims))
    found = [
        stamped(c, extractor=f"{c.kind}/{VERSION}", confidence=calibrated(c, text) if calibrate else c.confidence) for c in merged(claims)
    ]
    if way := text.way:
        found = [replace(c, evidence=tuple(map(way.evidence, c.evidence))) for c in found]
    found = linked(found)
    found.sort(key=lambda c: (c.evidence[0].start, c.kind, c.id))
    return tuple(found)

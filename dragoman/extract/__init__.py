"""AnnotatedText -> claims. A module here with `extract(text)` is an extractor; its lexicon and cases are in the YAML beside it."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cache

from dragoman.extract.merge import merged
from dragoman.model.annotations import AnnotatedText
from dragoman.model.claims import Claim

VERSION = "1"  # rises with every change to what is read; a newer reader reads again what an older one read

Extractor = Callable[[AnnotatedText], Iterator[Claim]]


@cache
def extractors() -> dict[str, Extractor]:
    """Every extractor of this folder by its module's name."""
    found = {}
    for info in sorted(pkgutil.iter_modules(__path__), key=lambda i: i.name):
        module = importlib.import_module(f"{__name__}.{info.name}")
        if hasattr(module, "extract"):
            found[info.name] = module.extract
    return found


def extract_all(text: AnnotatedText) -> tuple[Claim, ...]:
    """All claims of a document, one a fact, in the order of their evidence."""
    claims: list[Claim] = []
    for name, extract in extractors().items():
        claims += [replace(c, extractor=f"{name}/{VERSION}") for c in extract(text)]
    return tuple(sorted(merged(claims), key=lambda c: (c.evidence[0].start, c.kind, c.id)))

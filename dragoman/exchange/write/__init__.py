"""Other people's formats to write: a module here with a NAME is one, found by folder.

    NAME = "plover"                   what `--format` calls it
    CARRIES = ("event",)              what of: `claims`, `facts`, `documents`, or single kinds of claims or facts
    SUFFIX = ".jsonl"
    MEDIA = "application/x-ndjson"
    CANNOT = "quotations, figures"    what the format has no place for; said after an export, and listed in the docs
    def write(bundle): ...            lines of text without their ends, which may go to standard output; or bytes, which go to a file

A module may also have `COPIES = True`, where a reader of the format can tell copies from originals, and `left_out(bundle)`, which counts
by reason what of this very bundle has no place in it. Writing is pure: the same bundle gives the same bytes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from typing import Protocol, cast

from dragoman.model.claims import KINDS
from dragoman.model.exporting import Bundle
from dragoman.model.facts import Fact
from dragoman.model.stored import ClaimRow, DocumentRow

# the kind of fact that is made of a kind of claim, where the two have different names
FACTS_OF = {"tenure": "office", "figure": "series", "agreement": "instrument"}
CLAIMS_OF = {fact: claim for claim, fact in FACTS_OF.items()}


class Format(Protocol):
    """A module that writes a format."""

    NAME: str
    CARRIES: tuple[str, ...]
    SUFFIX: str
    MEDIA: str
    CANNOT: str

    def write(self, bundle: Bundle) -> Iterator[str] | Iterator[bytes]: ...


@cache
def formats() -> dict[str, Format]:
    """The formats by name."""
    found = [import_module(f"{__name__}.{m.name}") for m in iter_modules(__path__)]
    return {module.NAME: cast("Format", module) for module in sorted((m for m in found if hasattr(m, "NAME")), key=lambda m: m.NAME)}


def carries(form: Format, what: str, facts: frozenset[str]) -> bool:
    """Whether a format can hold what is asked for; `facts` are the kinds of facts that there are."""
    family = {"claims"} if what in KINDS else set()
    family |= {"facts"} if what in facts or FACTS_OF.get(what) in facts else set()
    return bool({what, FACTS_OF.get(what, what), CLAIMS_OF.get(what, what), *family} & set(form.CARRIES))


def left_out(form: Format, bundle: Bundle) -> Mapping[str, int]:
    """How many things of a bundle the format leaves out, by reason."""
    return dict(form.left_out(bundle)) if hasattr(form, "left_out") else {}


def asked(bundle: Bundle) -> Iterable[ClaimRow] | Iterable[Fact] | Iterable[DocumentRow]:
    """What the bundle was made for: claims of a kind of claim, else facts; `record.contacts()` gives claims too."""
    if bundle.what == "documents":
        return bundle.documents.values()
    return bundle.claims if bundle.what == "claims" or bundle.what in KINDS else bundle.facts

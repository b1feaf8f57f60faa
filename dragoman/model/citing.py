"""A document as notes and reference managers cite it: Chicago, BibTeX (biblatex), CSL-JSON. Pure; nothing is looked up."""

from __future__ import annotations

import calendar
import re
import unicodedata
from typing import Any
from urllib.parse import quote

from dragoman.model import time
from dragoman.model.saying import SEASONS
from dragoman.model.stored import DocumentRow

# kind of outlet -> type in BibTeX, type and genre in CSL-JSON
_TYPES = {
    "newspaper": ("article", "article-newspaper", None),
    "agency": ("article", "article-newspaper", None),
    "office": ("report", "report", "Press release"),
    "ministry": ("report", "report", "Press release"),
    "think tank": ("report", "report", None),
}
_TEX = {"\\": r"\textbackslash{}", "{": r"\textbraceleft{}", "}": r"\textbraceright{}", "~": r"\textasciitilde{}",
        "^": r"\textasciicircum{}"} | {c: "\\" + c for c in "&%$#_"}
_NOT_WORD = re.compile(r"[^a-z0-9]+")


def key(document: DocumentRow) -> str:
    """A short name for a bibliography, the same wherever the document stands in it: `praguepost2024-bc990aee`."""
    plain = unicodedata.normalize("NFKD", document.outlet or "source").encode("ascii", "ignore").decode().lower()
    year = (document.published or "").lstrip("./")[:4]
    return f"{_NOT_WORD.sub('', plain)[:20] or 'source'}{year}-{document.id.removeprefix('doc:')[:8]}"


def chicago(document: DocumentRow) -> str:
    """A note in Chicago's style: `Ada Novak, “A visit,” Prague Post, May 14, 2024, https://….`"""
    title = _line(document.title)
    date = day(document.published) if document.published else "n.d."
    ahead = [_line(document.author), _line(document.outlet), date]
    parts = [f"{part}," for part in ahead if part]
    if title:
        parts.insert(1 if ahead[0] else 0, f"“{title}”" if title.endswith(("?", "!")) else f"“{title},”")
    return " ".join([*parts, _line(document.url or document.file)]) + "."


def bibtex(document: DocumentRow) -> str:
    """An entry for biblatex, which takes EDTF dates as they are."""
    kind, _, genre = _TYPES.get(document.outlet_kind, ("online", "", None))
    kind = kind if document.outlet_kind in _TYPES else "online" if document.url else "misc"
    house = {"article": "journaltitle", "report": "institution"}.get(kind, "organization")
    fields = {
        "author": "{" + _tex(document.author) + "}" if document.author else "",  # in braces: no guess which name is the family's
        "title": "{" + _tex(document.title or document.file) + "}",
        house: "{" + _tex(document.outlet) + "}" if document.outlet else "",
        "type": _tex(genre),
        "date": (document.published or "").replace("..", ""),
        "location": _tex(document.place),
        "url": _address(document.url),
        "urldate": document.read_at[:10] if document.url else "",
        "language": _tex(document.language),
        "note": f"dragoman {document.id}",
    }
    lines = "".join(f"  {name} = {{{value}}},\n" for name, value in fields.items() if value)
    return f"@{kind}{{{key(document)},\n{lines}}}"


def csl(document: DocumentRow) -> dict[str, Any]:
    """The item of CSL-JSON, as Zotero and pandoc read it."""
    _, kind, genre = _TYPES.get(document.outlet_kind, ("", "webpage" if document.url else "document", None))
    item: dict[str, Any] = {
        "id": key(document),
        "type": kind,
        "title": _line(document.title) or document.file,
        "author": [{"literal": _line(document.author)}] if document.author else None,
        "container-title" if kind in ("article-newspaper", "webpage") else "publisher": _line(document.outlet) or None,
        "publisher-place": _line(document.place) or None,
        "genre": genre,
        "issued": csl_date(document.published) if document.published else None,
        "URL": _address(document.url) or None,
        "accessed": csl_date(document.read_at[:10]) if document.url else None,
        "language": document.language,
        "note": f"dragoman {document.id}",
    }
    return {name: value for name, value in item.items() if value is not None}


def csl_date(edtf: str) -> dict[str, Any]:
    """A date of CSL-JSON with the precision of the EDTF one; an open interval stays in words.

    >>> csl_date("2024-05"), csl_date("2022~")
    ({'date-parts': [[2024, 5]]}, {'date-parts': [[2022]], 'circa': True})
    """
    if ".." in edtf:
        return {"literal": day(edtf)}
    parts = [[int(n) for n in end.rstrip("~?%").split("-")] for end in edtf.split("/") if end]
    if any(len(p) == 2 and p[1] > 12 for p in parts):
        return {"literal": day(edtf)}
    return {"date-parts": parts} | ({"circa": True} if edtf.rstrip("~?%") != edtf else {})


def day(edtf: str) -> str:
    """An EDTF date as Chicago writes it.

    >>> day("2024-05-14"), day("2022-01/2022-10"), day("../2027"), day("2022~")
    ('May 14, 2024', 'January 2022 to October 2022', 'by 2027', 'ca. 2022')
    """
    if not time.is_edtf(edtf):
        return edtf
    if "/" in edtf:
        first, last = edtf.split("/")
        if first in ("", ".."):
            return f"by {day(last)}"
        return f"from {day(first)}" if last in ("", "..") else f"{day(first)} to {day(last)}"
    plain = edtf.rstrip("~?%")
    year, month, number = (*(int(n) for n in plain.split("-")), 0, 0)[:3]
    circa = "ca. " if plain != edtf else ""
    if not month:
        return f"{circa}{year}"
    if month > 12:
        return f"{circa}{SEASONS.get(month, '')} {year}".strip()
    return f"{circa}{calendar.month_name[month]} {number}, {year}" if number else f"{circa}{calendar.month_name[month]} {year}"


def _line(words: str | None) -> str:
    """The words in one line, without what does not print."""
    return " ".join("".join(c if c.isprintable() else " " for c in words or "").split())


def _tex(words: str | None) -> str:
    return "".join(_TEX.get(c, c) for c in _line(words))


def _address(url: str | None) -> str:
    """The address with what would break a bibliography percent-encoded."""
    return quote(_line(url), safe="!#$%&'()*+,/:;=?@[]~")

"""The paragraphs of a page in order, each with what it is."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from dragoman.documents import words
from dragoman.model.documents import Zone

SKIPPED = frozenset(["script", "style", "noscript", "template", "svg", "canvas", "iframe", "object", "embed", "audio", "video", "form",
                     "select", "option", "button", "input", "textarea", "head", "meta", "link", "math", "map", "datalist", "dialog"])
BLOCKS = frozenset(["address", "article", "aside", "blockquote", "body", "center", "dd", "details", "div", "dl", "dt", "fieldset",
                    "figcaption", "figure", "footer", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hgroup", "hr", "html", "li", "main",
                    "nav", "ol", "p", "pre", "section", "summary", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul", "caption",
                    "legend"])
HEADINGS = {"h1": 1, "h2": 2, "h3": 3, "h4": 4, "h5": 5, "h6": 6}

_TAG_ZONES = {"nav": Zone.MENU, "figcaption": Zone.CAPTION, "caption": Zone.CAPTION, "menu": Zone.MENU}
_NAMED = ((Zone.RELATED, "related"), (Zone.RIGHTS, "rights"), (Zone.FOOTNOTE, "footnote"), (Zone.CAPTION, "caption"), (Zone.ABOUT, "about"),
          (Zone.MENU, "menu"), (Zone.METADATA, "metadata"))
_ROLES = {"navigation": Zone.MENU, "banner": Zone.MENU, "contentinfo": Zone.MENU, "search": Zone.MENU, "complementary": Zone.MENU,
          "doc-footnote": Zone.FOOTNOTE,
          "doc-endnotes": Zone.FOOTNOTE}
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.I)
_SPACE = re.compile(r"[ \t\r\n\f\v\u00a0]+")
_LEFT = re.compile(r"[\u200b\ufeff]++(?=\s|$)|(?<!\S)[\u200b\ufeff]+")  # what editors leave beside spaces; inside a word it stays
_BREAK = "\ue000"  # a letter of private use, in place of <br>
_NOTE_ID = re.compile(r"(?:fn|footnote|ftn|endnote|edn|note|cite_note)[-_:]?\d", re.I)


@dataclass(frozen=True, slots=True)
class Piece:
    """A paragraph, heading or row; `level` of a heading, else 0; `linked` is the share of its text in links."""

    text: str
    zone: Zone
    level: int = 0
    linked: float = 0.0


def pieces(tree: Any, *, article: bool = False, news: Callable[[], str] | None = None) -> list[Piece]:
    """The paragraphs of a page in order; of an `article` all are its text.

    `news` gives the text of the article where the markup does not say which element holds it.
    """
    body = tree.find("body")
    top = body if body is not None else tree
    walker = _Walker(None if article else _article(top))
    walker.walk(top)
    found = _judged(walker.out, article or walker.article is None)
    return found if article or walker.article is not None or news is None else _as_news(found, news())


def _as_news(found: list[Piece], text: str) -> list[Piece]:
    """Paragraphs that are not in the article are menus, where the article is most of the text."""
    known = {_start(line) for line in text.splitlines()}
    body = [p for p in found if p.zone is Zone.BODY]
    inside = [p for p in body if _start(p.text) in known]
    if sum(len(p.text) for p in inside) < 0.5 * sum(len(p.text) for p in body) or not inside:
        return found
    first, last = body.index(inside[0]), body.index(inside[-1])
    amid = set(map(id, body[first : last + 1]))
    return [replace(p, zone=Zone.MENU) if p.zone is Zone.BODY and _start(p.text) not in known and not (id(p) in amid and p.linked < 0.5)
            and not (len(p.text) > 120 and p.linked < 0.2) else p for p in found]


def _start(words: str) -> str:
    """The beginning of a paragraph by its letters alone."""
    return re.sub(r"\W+", "", words[:80])[:40].casefold()


def _article(top: Any) -> Any:
    """The element that holds the article, if one alone says so: `<article>`, `<main>` or the like."""
    for tag in ("article", "main"):
        found = [e for e in top.iter(tag) if len(e.text_content()) > 200]
        if found:
            longest = max(found, key=lambda e: len(e.text_content()))
            rest = sum(len(e.text_content()) for e in found if e is not longest and not any(a is longest for a in e.iterancestors()))
            if len(found) == 1 or len(longest.text_content()) > rest:
                return longest
    marked = [e for e in top.iter("div", "section",
                                  "td") if (e.get("itemprop") or "").lower() == "articlebody" or (e.get("role") or "").lower() == "main"]
    return marked[0] if len(marked) == 1 else None


class _Walker:
    """Goes through a tree without recursion and collects the text of its blocks."""

    def __init__(self, article: Any) -> None:
        self.article = article
        self.out: list[tuple[str, Zone, int, float, bool]] = []
        self._words: list[str] = []
        self._links = 0
        self._zone = Zone.BODY
        self._level = 0
        self._inside = False
        self._numbers: list[int] = []  # of the numbered lists that are open, the next number

    def walk(self, top: Any) -> None:
        stack: list[tuple[Any, bool, tuple[Zone, int, bool]]] = [(top, False, (Zone.BODY, 0, False))]
        link = 0
        while stack:
            element, leaving, state = stack.pop()
            tag = element.tag if isinstance(element.tag, str) else ""
            block = tag in BLOCKS
            if leaving:
                link -= tag == "a"
                if tag == "ol" and self._numbers:
                    self._numbers.pop()
                if block:
                    self._flush()
                self._zone, self._level, self._inside = state
                self._say(element.tail, link)
                continue
            before = (self._zone, self._level, self._inside)
            if not tag or tag in SKIPPED or _unseen(element):
                self._say(element.tail, link)
                continue
            if block:
                self._flush()
            elif tag == "br":
                self._words.append(_BREAK)
            if tag == "table" and self._table(element):
                self._say(element.tail, link)
                continue
            self._enter(element, tag)
            mark = _note_mark(element) if tag in ("sup", "a") else None
            if mark is not None:
                self._say(mark, 0)
                self._say(element.tail, link)
                self._zone, self._level, self._inside = before
                continue
            link += tag == "a"
            if tag == "ol":
                self._numbers = [*self._numbers[-20:], _first(element)]
            elif tag == "li" and self._numbers and _listed(element):
                self._say(f"{self._numbers[-1]}. ", link)
                self._numbers[-1] += 1
            self._say(element.text, link)
            stack.append((element, True, before))
            stack.extend((child, False, before) for child in reversed(element))
        self._flush()

    def _enter(self, element: Any, tag: str) -> None:
        if element is self.article:
            self._inside = True
        zone = zone_of(element, tag)
        if zone is not None and (self._zone in (Zone.BODY, Zone.METADATA,
                                                Zone.HEADING) or zone is Zone.RELATED) and element is not self.article:
            self._zone = zone
        if tag in HEADINGS and self._zone in (Zone.BODY, Zone.METADATA, Zone.HEADING):
            self._zone, self._level = Zone.HEADING, HEADINGS[tag]

    def _say(self, said: str | None, link: int) -> None:
        if said:
            self._words.append(said)
            if link > 0:
                self._links += len(said.strip())

    def _flush(self) -> None:
        """One paragraph of what was said; two line breaks in a row part paragraphs."""
        said = "".join(self._words)
        for part in re.split(rf"{_BREAK}\s*{_BREAK}", said) if _BREAK in said else [said]:
            lines = [_flat(line) for line in part.split(_BREAK)]
            text = "\n".join(line for line in lines if line)
            if text:
                self.out.append((text, self._zone, self._level, min(1.0, self._links / len(said)), self._inside))
        self._words.clear()
        self._links = 0

    def _table(self, table: Any) -> bool:
        """Take a table of data by its rows; False for one that only lays out the page."""
        rows = [[_flat(cell.text_content()) for cell in row if cell.tag in ("td", "th")] for row in table.iter("tr")]
        rows = [row for row in rows if any(row)]
        wide = [row for row in rows if len(row) > 1]
        if next(table.iterdescendants("table"), None) is not None or len(wide) < 2 or len(wide) < len(rows) / 2:
            return False
        cells = [cell for row in rows for cell in row]
        if sum(len(c) for c in cells) / max(1, len(cells)) > 160:
            return False
        zone = self._zone if self._zone not in (Zone.BODY, Zone.HEADING, Zone.METADATA) else Zone.TABLE
        for caption in table.iterchildren("caption"):
            self.out.append((_flat(caption.text_content()), Zone.HEADING, 3, 0.0, self._inside))
        for row in rows:
            self.out.append((" | ".join(row), zone, 0, 0.0, self._inside))
        return True


def _flat(words: str) -> str:
    """Words on one line, one space between them."""
    return _SPACE.sub(" ", _LEFT.sub("", words)).strip()


def _note_mark(element: Any) -> str | None:
    """"[2]" for a raised number, or an empty text for the arrow that leads back; None for other elements."""
    shown = element.text_content().strip() if len(element) < 4 else ""
    if element.tag == "a":
        return "" if shown in ("↩", "↩︎", "↑", "^", "⬑", "↵") else None
    inner = shown.strip("[]()")
    linked = element.find(".//a") is not None
    return f"[{inner}]" if inner.isdigit() and len(inner) < 4 and (linked or len(inner) < 3) else None


def _first(items: Any) -> int:
    """The number with which a list begins."""
    try:
        return int(items.get("start") or 1)
    except ValueError:
        return 1


def _listed(item: Any) -> bool:
    """Whether a browser shows a number before this item."""
    parent = item.getparent()
    return parent is not None and parent.tag == "ol"


def zone_of(element: Any, tag: str) -> Zone | None:
    """What an element is by its name, role, class and id."""
    if tag in _TAG_ZONES:
        return _TAG_ZONES[tag]
    role = (element.get("role") or "").lower()
    if role in _ROLES:
        return _ROLES[role]
    names = f"{element.get('class') or ''} {element.get('id') or ''}"[:300]
    if tag == "li" and _NOTE_ID.match(element.get("id") or ""):
        return Zone.FOOTNOTE
    if names.strip() and tag not in ("body", "html", "article", "main"):
        names = re.sub(r"(?<=[a-z])(?=[A-Z])", "-", names)
        for zone, key in _NAMED:
            if words.pattern(f"names_{key}", r"(?:^|[\s_-])", r"(?:$|[\s_-])").search(names):
                return zone
    if tag in ("footer", "aside"):
        return Zone.MENU
    if tag == "header":
        return Zone.METADATA if any(a.tag in ("article", "main") for a in element.iterancestors()) else Zone.MENU
    return None


def _unseen(element: Any) -> bool:
    return element.get("hidden") is not None or element.get("aria-hidden") == "true" or bool(_HIDDEN.search(element.get("style") or ""))


def _judged(found: list[tuple[str, Zone, int, float, bool]], article: bool) -> list[Piece]:
    """Pieces whose markup says nothing, judged by where they stand and how much of them is links."""
    out: list[Piece] = []
    anywhere = article or not any(inside and zone is Zone.BODY and len(text) > 60 for text, zone, _, _, inside in found)
    for text, zone, level, linked, inside in found:
        if zone in (Zone.BODY, Zone.HEADING, Zone.METADATA):
            if not inside and not anywhere:
                zone = zone if zone is Zone.HEADING and level == 1 else Zone.MENU
            elif not article and zone is Zone.BODY and linked > 0.6 and len(text) < 160:
                zone = Zone.MENU
            elif zone is Zone.METADATA and len(text) > 250:
                zone = Zone.BODY
        out.append(Piece(text, zone, level if zone is Zone.HEADING else 0, linked))
    return out

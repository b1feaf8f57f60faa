"""HTML pages: the article with its headings, tables and notes; what stands around it kept, and marked."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

from dragoman.documents import plain
from dragoman.documents.blocks import Piece, pieces
from dragoman.documents.draft import Block, Draft, join
from dragoman.documents.page_meta import Facts, facts
from dragoman.model.documents import Zone, ZoneSpan
from dragoman.model.problems import Problem

AFTER = (Zone.MENU, Zone.RELATED, Zone.RIGHTS)  # kept behind the article, since they stand around it
LARGE = 500_000  # letters of markup, above which a page is judged by its markup alone
DEEP = 250  # the parser leaves out what is nested deeper

_CHARSET = re.compile(rb"<meta[^<>]{0,200}?charset\s*=\s*[\"']?\s*([\w-]{2,30})|<\?xml[^<>]{0,80}encoding=[\"']([\w-]{2,30})", re.I)


def drafts(data: bytes, at: str, given: dict[str, str]) -> Iterator[Draft | Problem]:
    """The text of a page with what its head says, or the problem why it has none."""
    stated = _CHARSET.search(data[:4096])
    decoded = plain.decode(data, at, given.get("charset") or ((stated[1] or stated[2]).decode() if stated else None))
    if isinstance(decoded, Problem):
        yield decoded
        return
    markup, warning = decoded
    if warning:
        yield warning
    yield from of_markup(markup, at, given)


def of_markup(markup: str, at: str, given: dict[str, str], *, article: bool = False) -> Iterator[Draft | Problem]:
    """The draft of markup; `article` where all of it is the text, as in an e-mail or an item of a feed."""
    tree = parsed(markup)
    if tree is None:
        yield Problem("no-text", "There is no text in the page.", at, "Save the page again when it has loaded, or as text.")
        return
    known = facts(tree)
    whole = article or "<body" not in markup[:200_000].lower()
    found = pieces(tree, article=whole, news=None if whole else _news(markup))
    text, zones = join(_order(found, known, given.get("title")))
    if not text.strip() or not any(p.zone not in AFTER for p in found):
        deep = markup.count("<") > 500 and _deep(markup)
        yield (Problem("nested-too-deep", f"The page nests its elements deeper than the {DEEP} levels that are read.", at,
                       "Save the page as text.") if deep else
               Problem("no-text", "There is no text in the page, only scripts, forms or menus.", at,
                       "Save the page again when it has loaded in a browser, or as text."))
        return
    dated = partial(_date, markup, zones) if not known.date and not whole else lambda: None
    yield Draft(text, zones, known.title, known.author, known.outlet, known.date, known.url, known.language, True, known.metadata, dated)


def parsed(markup: str) -> Any:
    """The tree of the markup, None where there is none."""
    from lxml import etree, html

    markup = re.sub(r"^\s*<\?xml[^>]{0,200}\?>", "", markup.replace("\0", ""))
    parser = html.HTMLParser(remove_comments=True, remove_pis=True, no_network=True, huge_tree=False)
    try:
        return html.document_fromstring(markup, parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return None


def _news(markup: str) -> Callable[[], str]:
    """The article as trafilatura finds it, asked for only where the markup does not say which element it is."""

    def ask() -> str:
        if len(markup) > LARGE:
            return ""
        from trafilatura import extract

        try:
            return extract(markup, include_comments=False, include_tables=True, favor_recall=True) or ""
        except Exception:  # whatever its parsers raise: the page is then judged without it
            return ""

    return ask


def _order(found: list[Piece], known: Facts, title: str | None) -> list[Block]:
    """Title, article, and behind it what stands around the article."""
    inside = [p for p in found if p.zone not in AFTER]
    outside = [p for p in found if p.zone in AFTER]
    heads = [p for p in inside if p.zone is Zone.HEADING]
    name = title or known.title or ""
    blocks: list[Block] = []
    first = next((p for p in heads if p.level == 1 or _same(p.text, name)), None)
    if first is not None:
        blocks.append(Block(first.text, Zone.HEADING))
        inside = [p for p in inside if p is not first]
    elif name:
        blocks.append(Block(name, Zone.HEADING))
    return [*blocks, *(Block(p.text, p.zone) for p in inside), *(Block(p.text, p.zone) for p in outside)]


def _same(one: str, other: str) -> bool:
    a, b = (re.sub(r"\W+", " ", w).strip().casefold() for w in (one, other))
    return bool(a) and (a == b or (len(a) > 15 and b.startswith(a)))


def _date(markup: str, zones: tuple[ZoneSpan, ...]) -> str | None:
    """The date that htmldate finds in the markup, where no line of the text looks like one."""
    if len(markup) > LARGE or any(z.zone is Zone.METADATA for z in zones):
        return None
    from htmldate import find_date

    try:
        return find_date(markup, extensive_search=False, original_date=True)
    except Exception:  # whatever its parsers raise
        return None


def _deep(markup: str) -> bool:
    return bool(re.search(r"(?:<(?:div|span|b|i|font|table|ul|blockquote|section)\b[^<>]{0,100}>\s{0,20}){200}", markup[:200_000],
                          re.I))

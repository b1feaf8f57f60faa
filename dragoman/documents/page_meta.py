"""What the head of a page says of it: meta elements and JSON-LD."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

_DATES = ("article:published_time", "datepublished", "og:article:published_time", "og:published_time", "date", "dc.date", "dcterms.date",
          "dc.date.issued",
          "dcterms.created", "dcterms.issued", "pubdate", "publishdate", "publish-date", "publication_date", "parsely-pub-date",
          "sailthru.date", "article.published",
          "citation_publication_date", "cxenseparse:recs:publishtime", "release_date")
_OUTLETS = ("og:site_name", "application-name", "dc.publisher", "dcterms.publisher", "publisher", "article:publisher",
            "citation_journal_title", "twitter:site")
_AUTHORS = ("author", "article:author", "dc.creator", "dcterms.creator", "parsely-author", "sailthru.author", "citation_author", "byl")
_TITLES = ("og:title", "twitter:title", "dc.title", "dcterms.title", "citation_title", "title")
_KEPT = ("description", "keywords", "og:type", "article:section", "article:modified_time")
_ARTICLES = ("article", "posting", "report", "statement", "webpage", "speech")
LONGEST = 300
_XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"


@dataclass(frozen=True, slots=True)
class Facts:
    """Title, author, outlet, date, address and language as a page states them."""

    title: str | None = None
    author: str | None = None
    outlet: str | None = None
    date: str | None = None
    url: str | None = None
    language: str | None = None
    metadata: dict[str, str] = field(default_factory=dict)


def facts(tree: Any) -> Facts:
    """What the page says of itself; JSON-LD before meta elements for the date."""
    meta = _meta(tree)
    linked = _linked(tree)
    outlet = _first(meta, _OUTLETS)
    if outlet and (outlet.startswith(("@", "http"))):
        outlet = None
    outlet = outlet or linked.get("publisher")
    title, site = _title(tree, meta, linked.get("headline"), outlet)
    return Facts(
        title=title,
        author=_author(_first(meta, _AUTHORS) or linked.get("author")),
        outlet=outlet or site,
        date=linked.get("datePublished") or _first(meta, _DATES) or _time(tree),
        url=_address(tree, meta),
        language=tree.get("lang") or tree.get(_XML_LANG) or meta.get("og:locale") or meta.get("content-language"),
        metadata={key: meta[key][:1000] for key in _KEPT if meta.get(key)},
    )


def _meta(tree: Any) -> dict[str, str]:
    found: dict[str, str] = {}
    for element in tree.iter("meta"):
        content = " ".join((element.get("content") or "").split())
        for key in ("property", "name", "itemprop", "http-equiv"):
            name = (element.get(key) or "").strip().lower()
            if name and content:
                found.setdefault(name, content)
    return found


def _first(meta: dict[str, str], names: tuple[str, ...]) -> str | None:
    return next((meta[n][:LONGEST] for n in names if meta.get(n)), None)


def _linked(tree: Any) -> dict[str, str]:
    """`datePublished`, `headline`, `author` and `publisher` of the first article in JSON-LD."""
    best: dict[str, str] = {}
    for script in tree.iter("script"):
        if "ld+json" not in (script.get("type") or "").lower() or not script.text or len(script.text) > 500_000:
            continue
        try:
            data = json.loads(script.text)
        except (ValueError, RecursionError):
            continue
        for node in _nodes(data):
            kind = node.get("@type")
            names = " ".join(map(str, kind)) if isinstance(kind, list) else str(kind)
            if not any(a in names.lower() for a in _ARTICLES):
                continue
            for key in ("datePublished", "headline"):
                if isinstance(node.get(key), str):
                    best.setdefault(key, node[key][:LONGEST])
            for key in ("author", "publisher"):
                name = _name(node.get(key))
                if name:
                    best.setdefault(key, name)
    return best


def _nodes(data: Any, depth: int = 0) -> Iterator[dict[str, Any]]:
    if depth > 6:
        return
    if isinstance(data, list):
        for one in data[:200]:
            yield from _nodes(one, depth + 1)
    elif isinstance(data, dict):
        yield data
        for key in ("@graph", "mainEntity", "mainEntityOfPage"):
            if key in data:
                yield from _nodes(data[key], depth + 1)


def _name(value: Any) -> str | None:
    if isinstance(value, list):
        names = [n for n in (_name(v) for v in value[:6]) if n]
        return ", ".join(names)[:LONGEST] or None
    if isinstance(value, dict):
        value = value.get("name")
    return value.strip()[:LONGEST] if isinstance(value, str) and value.strip() and not value.startswith("http") else None


def _author(name: str | None) -> str | None:
    if not name or name.startswith(("http", "@")) or "@" in name or name.lower() in ("admin", "administrator", "editor", "webmaster",
                                                                                     "user", "root"):
        return None
    return re.sub(r"^by\s+", "", name, flags=re.I)


def _title(tree: Any, meta: dict[str, str], headline: str | None, outlet: str | None) -> tuple[str | None, str | None]:
    """The title without the name of the site, and that name where the page states it in no other way."""
    whole = next((" ".join(e.text_content().split())[:LONGEST] for e in tree.iter("title")), None) or None
    heads = {" ".join(e.text_content().split()).casefold() for e in tree.iter("h1", "h2")}
    chosen = headline or _first(meta, _TITLES) or whole
    site = None
    for words in (chosen, whole):
        if not words:
            continue
        for mark in (" | ", " - ", " – ", " — ", " :: ", " » ", " • "):
            left, found, right = words.rpartition(mark)
            if found and left and (right.strip().casefold() == (outlet or "").casefold() or left.strip().casefold() in heads):
                site = right.strip()
                chosen = left.strip() if words is chosen else chosen
                break
    return chosen, site if site and len(site) < 80 else None


def _time(tree: Any) -> str | None:
    """The first `<time datetime>` of the article, where it is marked as its date."""
    times = [e for e in tree.iter("time") if e.get("datetime")]
    for element in times:
        if element.get("pubdate") is not None or "publish" in ((element.get("class") or "") + (element.get("itemprop") or "")).lower():
            return str(element.get("datetime"))[:LONGEST]
    return str(times[0].get("datetime"))[:LONGEST] if len({e.get("datetime")[:10] for e in times}) == 1 else None


def _address(tree: Any, meta: dict[str, str]) -> str | None:
    for element in tree.iter("link"):
        if (element.get("rel") or "").lower() == "canonical" and (element.get("href") or "").startswith("http"):
            return str(element.get("href"))[:2000]
    url = meta.get("og:url", "")
    return url[:2000] if url.startswith("http") else None

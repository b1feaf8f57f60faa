"""Portfolios beside a title: "of Industry and Trade" after it, "Trade and Industry" before it."""

from __future__ import annotations

import re

from dragoman.reference import positions

_LEAD = re.compile(r"\s+(of|for|in\s+charge\s+of|responsible\s+for|on)\s+", re.I)
_PIECE = re.compile(r"([^\W\d_][\w'’-]*)|([,&])|([^\s\w])")
_TAKEN = re.compile(r"([^\W\d_][\w'’-]*|[,&])\s*$")
_ABROAD = re.compile(r",?\s+(?:and|&)\s+(?:of\s+)?(?:[A-Z]\w+\s+){1,2}(?:Abroad|Overseas)\b")
_FOR = frozenset(
    {
        "secretary of state",
        "under-secretary of state",
        "parliamentary secretary",
        "permanent secretary",
        "cabinet secretary",
        "principal secretary",
        "assistant secretary",
        "commissioner",
        "state secretary",
        "minister of state",
    }
)  # what stands before them is "for" after
REACH = 170


def after(body: str, end: int, limit: int) -> tuple[int, str, str] | None:
    """End of the portfolio after a title, the portfolio in lower case, and the word that joins it."""
    lead = _LEAD.match(body, end, limit)
    if not lead:
        return None
    items = _items(body, lead.end(), min(limit, lead.end() + REACH))
    if not items:
        return None
    items = _closed(items)
    while items and _runs_on(body, items[-1][1], limit, items[-1]):
        items.pop()
        if items and items[-1][2] == "," and len(items) > 1:
            items = items[:1]
    if not items:
        return None
    last = items[-1][1]
    if _is_body(body, last, limit):
        return None
    abroad = _ABROAD.match(body, last, limit)
    if abroad:
        last = abroad.end()
    return last, _plain(body[lead.end() : last]), lead[1].lower()


def _is_body(body: str, end: int, limit: int) -> bool:
    """Whether the words are the name of a body ("Director of the National Intelligence Agency")."""
    following = re.match(r"\s+([A-Z][\w-]+)", body[end : min(limit, end + 30)])
    return bool(following and following[1].lower() in positions.words()["bodies"])


def before(body: str, start: int, edge: int) -> tuple[int, str] | None:
    """Start of the portfolio before a title, and the portfolio in lower case."""
    lists = positions.words()
    edge = max(edge, start - REACH)
    gap = re.search(r"[\s-]+$", body[edge:start])
    if not gap:
        return None
    at = edge + gap.start()
    upper, first, joined = body[start].isupper(), None, False
    pending = False
    for _ in range(14):
        found = _TAKEN.search(body, max(edge, at - 30), at)
        if not found:
            break
        word = found[1]
        low = word.lower()
        if word in (",", "&") or low == "and":
            if first is None or pending or (word == "," and not joined):
                break
            joined = joined or word != ","
            pending = True
        elif _known(low) and (word[0].isupper() == upper or (not upper and word[0].islower())):
            first, pending = found.start(), False
        else:
            break
        at = found.start()
    while first is not None:
        word = re.match(r"[^\W\d_][\w'’-]*", body[first:start])
        assert word is not None
        if word[0].lower() not in lists["not_leftmost"]:
            break
        rest = re.match(r"[\s,&]*(?:and\s+)?", body[first + word.end() : start])
        following = first + word.end() + (rest.end() if rest else 0)
        first = following if following < start else None
    return (first, _plain(body[first:start].rstrip(" -\n"))) if first is not None else None


def joined(title: str, portfolio: str, word: str = "of") -> str:
    """The canonical name: "minister" and "trade" give "minister of trade"."""
    portfolio = positions.words()["portfolio_names"].get(portfolio, portfolio)
    of = (
        title.endswith("minister")
        or (title.endswith("secretary") and title in ("secretary", "deputy secretary", "shadow secretary"))
        or (word.startswith("of") and title not in _FOR)
    )
    if title == "secretary" and word == "for":
        of = False
    return f"{title} {'of' if of else 'for'} {portfolio}"


def _items(body: str, at: int, limit: int) -> list[tuple[int, int, str]]:
    """The parts of a portfolio list as (start, end, what joins it to the one before)."""
    lists = positions.words()
    items: list[tuple[int, int, str]] = []
    start: int | None = None
    end, link, last, article = at, "", "", False
    upper: bool | None = None
    for m in _PIECE.finditer(body, at, limit):
        word, low = m[0], m[0].lower()
        if "\n\n" in body[end : m.start()]:
            break
        if m[3]:
            break
        if m[2] or low == "and":
            if start is not None:
                items.append((start, end, link))
                start, link = None, "," if word == "," else "and"
            elif link == "," and word != ",":
                link = "and"
            else:
                break
        elif low in ("the", "for", "of") and start is None:
            article = True
        elif low == "of" and start is not None and last in lists["joins_of"]:
            last = "of"
            continue
        elif low in ("the",) and last == "of":
            continue
        elif _known(low) and (upper is None or word[0].isupper() == upper or low in ("affairs", "development")):
            upper = word[0].isupper() if upper is None else upper
            start = m.start() if start is None else start
            end = m.end()
        else:
            break
        last = low
    if start is not None:
        items.append((start, end, link))
    return items if items or not article else []


def _closed(items: list[tuple[int, int, str]]) -> list[tuple[int, int, str]]:
    """Only as many items as an "and" closes: a comma alone may begin something else."""
    joins = [k for k, item in enumerate(items) if item[2] == "and"]
    if not joins:
        return items[:1]
    last = joins[0]
    while last + 1 < len(items) and items[last + 1][2] == "and":
        last += 1
    return items[: last + 1]


def _runs_on(body: str, end: int, limit: int, item: tuple[int, int, str]) -> bool:
    """Whether the item belongs to what follows ("Minister of Trade and Energy Minister X")."""
    following = re.match(r"[\s-]+([^\W\d_][\w-]*)", body[end : min(limit, end + 30)])
    return bool(following and item[2] and following[1].lower() in positions.words()["not_after"])


def _known(low: str) -> bool:
    vocabulary = positions.words()["portfolio"]
    low = low.removesuffix("'s").removesuffix("’s")
    return low in vocabulary or ("-" in low and all(p in vocabulary for p in low.split("-")))


def _plain(words: str) -> str:
    lists = positions.words()
    out = []
    for word in words.lower().replace("&", "and").split():
        bare = word.rstrip(",")
        out.append(lists["canonical"].get(bare, bare) + ("," if word.endswith(",") else ""))
    return " ".join(out).removeprefix("the ") if out[:2] != ["the", "interior"] else " ".join(out)

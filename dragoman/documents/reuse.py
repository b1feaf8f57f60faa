"""Reuse terms in a text: how much of it may be quoted, and whether a link is asked for."""

from __future__ import annotations

import re

from dragoman.documents.lines import Line
from dragoman.model.documents import ReuseTerms

_SHARE = r"(?P<share>\d{1,3}(?:\.\d)?)\s?(?:%|percent|per cent|pct)"
_USE = (r"(?:us(?:e|ed|ing)|reproduc\w*|re-?publi\w*|reprint\w*|copied|copying|"
        r"quot\w*|cit(?:e|ed|ing|ation)\w*|republication|reuse[ds]?|reposting|redistribut\w*)")
_LIMITS = tuple(re.compile(p, re.I) for p in (
    rf"\b(?:only|up to|no more than|not more than|at most|a maximum of|maximum|more than|over|"
    rf"not exceed(?:ing)?)\b[^.\n]{{0,40}}?{_SHARE}[^.\n]{{0,160}}?\b{_USE}\b",
    rf"\b{_USE}\b[^.\n]{{0,160}}?\b(?:up to|no more than|not more than|more than|at most|only|exceed\w*|maximum of|"
    rf"limited to)\b[^.\n]{{0,40}}?{_SHARE}",
    rf"{_SHARE} of (?:an|the|any|each|this) (?:article|material|text|story|content|publication)[^.\n]{{0,120}}?\b{_USE}\b",
))
_FORBIDDEN = re.compile(rf"\b(?:full|complete|any|unauthori[sz]ed|commercial)? ?\b{_USE}\b[^.\n]{{0,120}}?\b(?:prohibited|forbidden|"
                        rf"not (?:be )?(?:allowed|permitted)|"
                        rf"without (?:the |our |prior |express |written )*(?:permission|consent|authori[sz]ation|approval))\b|"
                        rf"\bmay not be (?:published|broadcast|rewritten|redistributed|reproduced|copied|republished|used)\b|"
                        rf"\b(?:written |prior )?(?:permission|consent)\b[^.\n]{{0,60}}?\bis required\b", re.I)
_FREE = re.compile(r"\bCC[ -]BY(?:[ -](?:SA|NC|ND))*(?: ?\d\.\d)?\b|\bcreative commons\b|\bOpen Government Licen[cs]e\b|\bpublic domain\b",
                   re.I)
_RIGHTS = re.compile(r"\ball rights reserved\b|(?:©|\(c\)|copyright ©?) ?\d{4}|^© ?\w|\bcopyright\b[^.\n]{0,40}\b(?:19|20)\d\d\b", re.I)
_WITH_LINK = re.compile(rf"\b{_USE}\b[^.\n]{{0,120}}?\b(?:link|hyperlink|reference to|attribution|credit)\b|\b(?:when|in case of|"
                        rf"if) {_USE}[^.\n]{{0,80}}?\b(?:link|hyperlink|"
                        r"reference)\b[^.\n]{0,40}\b(?:mandatory|required|obligatory|must)\b", re.I)
_LINK = re.compile(r"\b(?:hyper)?links?\b|\bbacklink\b", re.I)
_HINTS = ("%", "percent", "per cent", "licen", "rights", "copyright", "©", "creative commons", "cc by", "cc-by", "prohibited", "forbidden",
          "permission", "consent", "permitted", "link", "public domain", "may not be", "(c)")
_VERBS = ("use", "using", "reprod", "publi", "reprint", "cop", "quot", "cit", "post", "redistrib", "rights", "©", "licen", "link", "cc ",
          "(c)", "commons")
_PERCENT = re.compile(r"\d ?%|per ?cent|\bpct", re.I)
_USED = re.compile(rf"\b{_USE}\b", re.I)
_BANS = re.compile(r"prohibit|forbid|forbidden|permi|consent|authori|approval|may not be", re.I)
_NEWS = re.compile(r"\b(?:he|she|they|said|told|minister|president)\b", re.I)
_ABOUT_TEXTS = re.compile(r"article|material|text|content|site|publication|reprint|reproduc|republi|page|copyright|story|broadcast", re.I)
_LICENCE = re.compile(r"licen[cs]e|CC[ -]BY|public domain|available under|creative commons", re.I)
_ASKED = re.compile(r"mandatory|required|obligatory|must|provided that|allowed", re.I)
LONGEST = 700  # code points of a paragraph of terms


_OWNER = (re.compile(r"\b(?:published|posted) (?:on|in|by) (?P<name>(?:The )?[A-Z][\w'’-]+(?: [A-Z][\w'’-]+){0,5})(?: (?:web)?site|"
                     r" portal|,|\.|$| may)"),
          re.compile(r"©\s?(?:19|20)\d\d(?:\s?[–-]\s?(?:19|20)\d\d)?,?\s(?P<name>[A-Z][^.,|©\n]{3,60}?)(?:\.|,|$| All rights)"))


def owner(lines: list[Line], numbers: set[int]) -> str | None:
    """Who the reuse terms name as publisher."""
    for number in sorted(numbers):
        for pattern in _OWNER:
            found = pattern.search(lines[number].text)
            if found:
                return found["name"].strip()
    return None


def terms(lines: list[Line]) -> tuple[ReuseTerms | None, set[int]]:
    """The quote limit of a text, and the numbers of the lines that are reuse terms."""
    numbers: set[int] = set()
    best: tuple[int, ReuseTerms] | None = None
    for number, line in enumerate(lines):
        if len(line.text) > LONGEST:
            continue
        low = line.text.lower()
        if not any(h in low for h in _HINTS) or not any(v in low for v in _VERBS):
            continue
        found = _read(line)
        if found:
            numbers.add(number)
            if best is None or found[0] > best[0]:
                best = found
    return (best[1] if best else None), numbers


def _read(line: Line) -> tuple[int, ReuseTerms] | None:
    """How telling a line is, with its terms."""
    words = line.text
    share = _PERCENT.search(words) and _USED.search(words)
    limit = next((m for m in (p.search(words) for p in _LIMITS) if m), None) if share else None
    link = bool(_LINK.search(words))
    if limit and 0 < float(limit["share"]) <= 100 and (link or re.search(r"article|material|text|content|site|publication", words, re.I)):
        start = line.start + limit.start()
        return 4, ReuseTerms(words, float(limit["share"]) / 100, link, _sentence(words, limit.start()) + line.start, start + len(limit[0]))
    forbidden = _FORBIDDEN.search(words) if _BANS.search(words) else None
    news = _NEWS.search(words)  # a minister who speaks of rights is no term of reuse
    if forbidden and not news and _ABOUT_TEXTS.search(words):
        return 3, ReuseTerms(words, None, link, line.start, line.end)
    if not news and len(words) < 400 and _FREE.search(words) and _LICENCE.search(words):
        return 2, ReuseTerms(words, None, link or "BY" in words, line.start, line.end)
    if _RIGHTS.search(words) and len(words) < 300:
        return 1, ReuseTerms(words, None, link, line.start, line.end)
    if link and len(words) < 300 and _WITH_LINK.search(words) and _ASKED.search(words):
        return 2, ReuseTerms(words, None, True, line.start, line.end)
    return None


def _sentence(words: str, at: int) -> int:
    """Where the sentence begins that holds this place."""
    return max(words.rfind(". ", 0, at) + 2, 0) if ". " in words[:at] else 0

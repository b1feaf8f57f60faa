"""The sources between an outlet and a speaker that a sentence names, outermost first."""

from __future__ import annotations

import re

from dragoman.annotate.speech_cues import Frame, Speakers, lists
from dragoman.reference.scan import Words

_TRIGGER = Words(
    re.compile(
        r"\b(?:reports?|reported|writes?|wrote|citing|cited|quoting|quoted|with (?:a )?reference to|referring to|carried by|seen by"
        r"|obtained by|according to|published by|in an interview (?:with|to|for)|told)\b",
        re.I,
    )
)
_NAME = r"([\w’'&.-]{1,40}(?: [\w’'&.-]{1,40}){0,6})"
_REPORTS = re.compile(r"(?:^|[,;—–-]\s*)" + _NAME + r" (?:reports?|reported|writes?|wrote)\b(?!\s+(?:to|on|about)\b)")
_NEXT = re.compile(
    r"(?:with (?:a )?reference to|referring to|citing|quoting|as quoted by|quoted by|cited by|as reported by|carried by|seen by|obtained by"
    r"|published by|in an interview (?:with|to|for)|according to)\s+(?=" + _NAME + ")",
    re.I,
)
_CITES = re.compile(r"\b(?:with (?:a )?reference to|citing|quoting|referring to)\b")
_DOCUMENT = re.compile(
    r"\b((?:document|report|letter|memo|draft|text|note|statement|study)s?)\s+(?:seen|obtained|published|issued)\s+by\b", re.I
)
_CUT = re.compile(r"[,;:.(\"“]|\s(?:that|who|which|when|as|in|on|at|and|said|says|citing|with)\b")


def find(frame: Frame, actors: Speakers) -> tuple[tuple[str, str], ...]:
    """Links as (role, name); only media, agencies and documents, never the speaker."""
    if frame.end - frame.start > 3000 or not _TRIGGER.search(frame.text.text, frame.start, frame.end):
        return ()
    text = frame.text.text[frame.start : frame.end]
    links: list[tuple[int, str, str]] = []
    reports = _REPORTS.search(text)
    if reports:
        name = _clean(reports[1])
        if _is_media(name) or (name and _CITES.search(text, reports.end(), reports.end() + 60)):
            links.append((-1, "outlet", name))
    document = _DOCUMENT.search(text)
    for m in _NEXT.finditer(text):
        name = _clean(m[1])
        if not name:
            continue
        if document and document.end() >= m.start() + 7:
            links.append(
                (m.start(), "document", " ".join(text[document.start() : document.start() + 120].split(",")[0].split()).rstrip("."))
            )
        elif _is_media(name):
            links.append((m.start(), "agency" if "agency" in name.lower() else "outlet", name))
    return tuple((role, name) for _, role, name in sorted(links))


def _clean(name: str) -> str:
    cut = _CUT.search(name)
    name = name[: cut.start()] if cut else name
    words = name.split()
    while words and words[0].lower() in ("the", "a", "an", "several", "some", "its", "their"):
        words.pop(0)
    return " ".join(words).rstrip(".’'")


def _is_media(name: str) -> bool:
    """Whether the name is that of an outlet: a word of the lexicon, or a part of one word ("Tengrinews")."""
    media = lists()["media"]
    return any(w.strip(".,’'").lower() in media or w.lower().endswith(("news", "press", "gazeta", "media")) for w in name.split())

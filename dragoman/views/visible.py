"""Document text as it may be shown: what could steer a terminal or turn the reading direction is made visible."""

from __future__ import annotations

import re

_HIDDEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff"
                     "\u061c\u115f\u1160\u180e\u3164\U000e0000-\U000e007f]")


def visible(text: str) -> str:
    """The text with each control and direction character as one `�`, so that offsets stay; tabs and line ends are kept.

    >>> visible("a\\x1b[31mb")
    'a�[31mb'
    """
    return _HIDDEN.sub("\ufffd", text)


def one_line(text: str, limit: int | None = None) -> str:
    """The visible text on one line, cut at a word with `…` where it is longer than the limit."""
    flat = " ".join(visible(text).split())
    if limit is None or len(flat) <= limit:
        return flat
    cut = flat[: limit - 1]
    return (cut.rsplit(" ", 1)[0] if " " in cut[limit // 2 :] else cut).rstrip(" ,;:") + "…"

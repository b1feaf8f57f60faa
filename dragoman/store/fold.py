"""Names as they are compared: without case and accents."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_WORD = re.compile(r"\w+")
_LETTERS = str.maketrans({"ł": "l", "ø": "o", "đ": "d", "ı": "i", "ß": "ss", "æ": "ae", "œ": "oe", "þ": "th", "ð": "d", "ħ": "h"})


def folded(name: str) -> str:
    """The name in lower case, without accents.

    >>> folded("Vašatý")
    'vasaty'
    """
    plain = unicodedata.normalize("NFKD", name.casefold()).translate(_LETTERS)
    return "".join(c for c in plain if not unicodedata.combining(c))


def words(name: str) -> list[str]:
    """The words of a folded name, each once.

    >>> words("Han Dong-hyun")
    ['han', 'dong', 'hyun']
    """
    return list(_words(name))


@lru_cache(maxsize=4096)
def _words(name: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(_WORD.findall(folded(name))))

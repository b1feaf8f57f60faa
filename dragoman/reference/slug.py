"""Ids that people can read: "Kassym-Jomart Tokayev" -> `kassym-jomart-tokayev`."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache


@lru_cache(maxsize=4096)
def slug(name: str) -> str:
    """Lower-case ASCII letters and digits with hyphens; other scripts keep their letters.

    >>> slug("María Fernanda de la Garza")
    'maria-fernanda-de-la-garza'
    """
    flat = "".join(c for c in unicodedata.normalize("NFKD", name.casefold().replace("ı", "i")) if not unicodedata.combining(c))
    return re.sub(r"[^\w]+", "-", flat).strip("-_")

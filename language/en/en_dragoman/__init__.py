"""The English pipeline that dragoman ships: `spacy.load("en_dragoman")`, or `en_dragoman.load()`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from spacy.language import Language
from spacy.util import get_model_meta, load_model_from_path

_MODEL = Path(__file__).parent / "model"

__version__: str = get_model_meta(_MODEL)["version"]


def load(**overrides: Any) -> Language:
    """The pipeline; the arguments are those of `spacy.load`."""
    return load_model_from_path(_MODEL, **overrides)

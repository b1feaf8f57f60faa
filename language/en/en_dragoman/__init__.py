"""The English pipeline that dragoman ships: `spacy.load("en_dragoman")`, or `en_dragoman.load()`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from spacy.language import Language
from spacy.util import get_model_meta, load_model_from_path
from thinc.api import NumpyOps

from en_dragoman.parts_of_speech import PartsOfSpeech

__all__ = ["PartsOfSpeech", "load"]

_MODEL = Path(__file__).parent / "model"

__version__: str = get_model_meta(_MODEL)["version"]


def load(**overrides: Any) -> Language:
    """The pipeline; the arguments are those of `spacy.load`."""
    return _with_fast_products(load_model_from_path(_MODEL, **overrides))


def _with_fast_products(nlp: Language) -> Language:
    """The same pipeline with numpy's matrix products, which are several times as fast as those of BLIS that thinc takes.

    Only where thinc's plain CPU code would run: on a GPU, or with Apple's library, nothing is changed. numpy's OpenBLAS starts
    threads of its own, which only spin here; OPENBLAS_NUM_THREADS=1, set before numpy is imported, keeps it to one.
    """
    ops = NumpyOps(use_blis=False)
    for _, component in nlp.components:
        model = getattr(component, "model", None)
        for node in model.walk() if hasattr(model, "walk") else ():
            if type(node.ops) is NumpyOps:
                node.ops = ops
    return nlp

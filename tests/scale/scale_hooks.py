"""Readers for tests, named to the processes that read as `scale_hooks:NAME`: marked lines instead of a language model, and traps."""

from __future__ import annotations

import ctypes
import os
import signal
import sys
import time
from collections.abc import Iterable, Iterator
from pathlib import Path

from dragoman import stages
from dragoman.model.documents import Raw

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "store"))
PAUSE = 0.004  # seconds a document, so that a kill meets a run that is under way


def marked(raws: Iterable[Raw], model: str | None = None) -> Iterator[stages.Input]:
    """The marked lines of tests/store/fake_reader.py."""
    import fake_reader

    fake_reader.install(setattr)
    return stages.read_inputs(raws, model)


def slowly(raws: Iterable[Raw], model: str | None = None) -> Iterator[stages.Input]:
    """The same, with time to be killed."""
    return marked(map(_paused, raws), model)


def trapped(raws: Iterable[Raw], model: str | None = None) -> Iterator[stages.Input]:
    """The same; it hangs on HANG and never gives the interpreter back, never ends on SPIN, and dies on CRASH."""
    return marked(map(_sprung, raws), model)


def _paused(raw: Raw) -> Raw:
    time.sleep(PAUSE)
    return raw


def _sprung(raw: Raw) -> Raw:
    if b"HANG" in raw.data:
        ctypes.PyDLL(None).sleep(3600)
    while b"SPIN" in raw.data:
        pass
    if b"CRASH" in raw.data:
        os.kill(os.getpid(), signal.SIGSEGV)
    return raw

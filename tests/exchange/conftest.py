"""The invented record and what an export of it is made of."""

from __future__ import annotations

import importlib.util
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType

import pytest

from dragoman import Record
from dragoman.model.exporting import Bundle


@pytest.fixture(scope="session")
def invented() -> ModuleType:
    """The module of the invented record."""
    spec = importlib.util.spec_from_file_location("invented_record", Path(__file__).with_name("invented_record.py"))
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules["invented_record"] = module
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="session")
def invented_record(invented: ModuleType, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Record]:
    """A record with three documents, for reading only."""
    with invented.made(tmp_path_factory.mktemp("invented")) as record:
        yield record


@pytest.fixture(scope="session")
def bundled(invented: ModuleType, invented_record: Record) -> Callable[..., Bundle]:
    """Makes the bundle of an export: `bundled("facts", quotes=False)`."""

    def make(what: str = "facts", quotes: bool = True) -> Bundle:
        found: Bundle = invented.bundle(invented_record, what, quotes)
        return found

    return make


@pytest.fixture(scope="session")
def eventful_record(invented: ModuleType, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Record]:
    """The invented record with events and a formula in it, for reading only."""
    spec = importlib.util.spec_from_file_location("eventful", Path(__file__).with_name("eventful.py"))
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    with module.made(tmp_path_factory.mktemp("eventful"), invented) as record:
        yield record

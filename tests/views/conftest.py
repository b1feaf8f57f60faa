"""The invented record of the briefing book, and the book made from it."""

from __future__ import annotations

import importlib.util
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

from dragoman import Record
from dragoman.model.book import Book


@pytest.fixture(scope="session")
def book_record() -> ModuleType:
    """The module of the invented record."""
    spec = importlib.util.spec_from_file_location("book_record", Path(__file__).with_name("book_record.py"))
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules["book_record"] = module
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="session")
def invented(book_record: ModuleType, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Record]:
    """A record with three documents, for reading only."""
    with book_record.made(tmp_path_factory.mktemp("book")) as record:
        yield record


@pytest.fixture(scope="session")
def book(invented: Record) -> Book:
    """Latvia's book for meeting Peru."""
    return invented.brief("LVA", "PER")

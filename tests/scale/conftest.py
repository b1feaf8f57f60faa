"""The helpers of these tests, for the tests and for the processes that read."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

HERE = str(Path(__file__).resolve().parent)
sys.path.insert(0, HERE)
os.environ["PYTHONPATH"] = os.pathsep.join(filter(None, (HERE, os.environ.get("PYTHONPATH"))))


@pytest.fixture(scope="module")
def expected(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The output of one whole run over JSONL on disk."""
    import crawl  # stands beside this file, in the path from here on

    from dragoman.scale.reading import read

    place = tmp_path_factory.mktemp("expected")
    read([str(crawl.jsonl(place / "in.jsonl", crawl.ROWS))], place / "out", workers=1, function=crawl.MARKED)
    return place / "out"

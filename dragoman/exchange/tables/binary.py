"""Files that a library writes to disk, handed on in pieces."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

PIECE = 1 << 20


def pieces(make: Callable[[Path], None], name: str) -> Iterator[bytes]:
    """The bytes of what `make` writes to the path that it is given."""
    with TemporaryDirectory(prefix="dragoman-") as folder:
        path = Path(folder) / name
        make(path)
        with path.open("rb") as file:
            while piece := file.read(PIECE):
                yield piece

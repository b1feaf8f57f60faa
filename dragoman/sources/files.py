"""Files, folders, globs, standard input and pages of the web, one at a time."""

from __future__ import annotations

import errno
import glob
import os
import stat
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import BinaryIO

from dragoman.model.documents import Raw
from dragoman.model.problems import Problem
from dragoman.sources import tables, web
from dragoman.sources.limits import MAX_BYTES, MAX_LINE
from dragoman.sources.whole import whole

SUFFIXES = frozenset({".txt", ".text", ".html", ".htm", ".xhtml", ".pdf", ".docx", ".eml", ".xml", ".rss", ".atom", ".rdf",
                      ".jsonl", ".ndjson", ".csv", ".tsv"})  # what is taken of a folder; a file that is named is always tried
LINES = frozenset({".jsonl", ".ndjson"})
ROWS = frozenset({".csv", ".tsv"})
_NOT_TEXTS = frozenset({"__pycache__", "node_modules", "CVS", "__MACOSX"})


def find(paths: Sequence[str | Path], *, max_bytes: int = MAX_BYTES, stdin: BinaryIO | None = None,
         asking: web.Web | None = None) -> Iterator[Raw | Problem]:
    """The bytes behind paths, folders, globs, addresses and `-`, each with its source; what cannot be had is a problem.

    No more than one file is held at a time; JSONL and CSV are read by line. A file is read once, however often it is given.
    """
    seen: set[str] = set()
    for given in paths:
        name = os.fspath(given)
        if name == "-":
            yield from _standard_input(stdin or sys.stdin.buffer, max_bytes)
            continue
        if web.is_address(name):
            asking = asking or web.Web()
            yield from asking.read(name)
            continue
        for found in _files(name):
            if isinstance(found, Problem):
                yield found
                continue
            path, listed = found
            real = os.path.realpath(path)
            if real not in seen:
                seen.add(real)
                yield from _read(path, listed, max_bytes)


def _files(name: str) -> Iterator[tuple[Path, bool] | Problem]:
    """The files that a name stands for, and whether they were listed or named."""
    path = Path(name)
    try:
        folder = path.is_dir()
        exists = folder or os.path.lexists(name)
    except (OSError, ValueError):
        folder = exists = False
    if folder:
        yield from _folder(path)
    elif exists:
        yield path, False
    elif glob.has_magic(name):
        matches = sorted(glob.iglob(name, recursive=True))  # noqa: PTH207 (Path.glob takes no absolute pattern)
        if not matches:
            yield Problem("nothing-matches", "No file matches this pattern.", name,
                          "Put the pattern in quotation marks and check its folder.")
        for match in matches:
            if Path(match).is_dir():
                if "**" not in name:
                    yield from _folder(Path(match))
            else:
                yield Path(match), True
    else:
        yield Problem("no-such-file", "There is no such file or folder.", name, "Check the spelling and the folder you are in.")


def _folder(top: Path) -> Iterator[tuple[Path, bool] | Problem]:
    """The documents in a folder and the folders in it, sorted; hidden ones and those of version control are left out."""
    refused: list[OSError] = []
    found = 0
    visited: set[tuple[int, int]] = set()
    for here, folders, names in os.walk(top, followlinks=True, onerror=refused.append):
        try:
            status = Path(here).stat()
        except OSError as error:
            refused.append(error)
            folders.clear()
            continue
        if (status.st_dev, status.st_ino) in visited:  # a link to a folder above
            folders.clear()
            continue
        visited.add((status.st_dev, status.st_ino))
        pages = {Path(n).stem for n in names if n.lower().endswith((".html", ".htm"))}
        folders[:] = sorted(f for f in folders if not f.startswith(".") and f not in _NOT_TEXTS
                            and not (f.endswith("_files") and f.removesuffix("_files") in pages))
        for name in sorted(names):
            if not name.startswith((".", "~$")) and Path(name).suffix.lower() in SUFFIXES and not _special(Path(here, name)):
                found += 1
                yield Path(here, name), True
    for refusal in refused:
        yield _unreadable(refusal, str(refusal.filename or top))
    if not found and not refused:
        yield Problem("empty-folder", "The folder holds no document.", str(top),
                      f"Of a folder these are read: {', '.join(sorted(SUFFIXES))}. Name other files one by one.")


def _special(path: Path) -> bool:
    """Whether a name in a folder is a pipe, a device or a socket."""
    try:
        mode = path.stat().st_mode
    except OSError:
        return False
    return not stat.S_ISREG(mode) and not stat.S_ISDIR(mode)


def _read(path: Path, listed: bool, max_bytes: int) -> Iterator[Raw | Problem]:
    at, suffix = str(path), path.suffix.lower()
    try:
        mode = path.stat().st_mode
        if not stat.S_ISREG(mode):
            yield Problem("not-a-file", "This is a pipe, a device or a socket, not a file.", at, "Use - to read standard input.")
            return
        with path.open("rb") as stream:
            if suffix in LINES or suffix in ROWS:
                limit = min(max_bytes, MAX_LINE)
                made = tables.jsonl(stream, path.name, at, limit) if suffix in LINES else tables.rows(
                    stream, path.name, at, limit, suffix == ".tsv")
                any_ = False
                for one in made:
                    any_ = True
                    yield one
                if not any_:
                    yield Problem("empty-file", "There is nothing in the file.", at, "Save it again, or leave it out.")
                return
            data = stream.read(max_bytes + 1)
    except FileNotFoundError:
        yield Problem("vanished-file", "The file was there and is gone, or is a link to nothing.", at,
                      "Read again when nothing moves or deletes the files.")
        return
    except OSError as error:
        yield _unreadable(error, at)
        return
    yield from whole(data, path.name, at, max_bytes)


def _standard_input(stream: BinaryIO, max_bytes: int) -> Iterator[Raw | Problem]:
    """What comes on standard input: texts by line where its first line is JSON with a `text`, else one document."""
    limit = min(max_bytes, MAX_LINE)
    try:
        first = stream.readline(limit + 1)
        if first.lstrip().startswith(b"{") and b'"text"' in first:
            yield from _first_and_rest(first, stream, limit)
            return
        data = first + stream.read(max(0, max_bytes + 1 - len(first)))
    except OSError as error:
        yield _unreadable(error, "-")
        return
    yield from whole(data, "stdin", "-", max_bytes)


def _first_and_rest(first: bytes, stream: BinaryIO, limit: int) -> Iterator[Raw | Problem]:
    import io

    if len(first) > limit:
        yield tables.too_long("-:1", limit)
        while first and not first.endswith(b"\n"):
            first = stream.readline(65_536)
    else:
        yield from tables.jsonl(io.BytesIO(first), "stdin", "-", limit)
    yield from tables.jsonl(stream, "stdin", "-", limit, number=1)


def _unreadable(error: OSError, at: str) -> Problem:
    if error.errno == errno.ELOOP:
        return Problem("link-loop", "The link leads in a circle.", at, "Remove the link, or name the file itself.")
    why = (error.strerror or str(error)).lower()
    return Problem("unreadable-file", f"It cannot be read: {why}.", at, "Check the permissions and the disk.")

"""Lines of JSONL and rows of CSV as texts of their own, read by line."""

from __future__ import annotations

import codecs
import csv
import io
import json
from collections.abc import Callable, Iterator
from typing import Any, BinaryIO

from dragoman.model.documents import Raw
from dragoman.model.problems import Problem
from dragoman.sources import media
from dragoman.sources.limits import MAX_LINE, shown, source

SAMPLE = 200_000  # bytes by which the encoding of a CSV file is told
_CHUNK = 65_536


def jsonl(stream: BinaryIO, file: str, path: str, limit: int = MAX_LINE, number: int = 0) -> Iterator[Raw | Problem]:
    """One text a line, or the problem of that line."""
    while True:
        line = stream.readline(limit + 1)
        if not line:
            return
        number += 1
        at = f"{path}:{number}"
        if len(line) > limit and not line.endswith(b"\n"):
            _skip(stream)
            yield too_long(at, limit)
            continue
        if number == 1:
            line = line.removeprefix(codecs.BOM_UTF8)
        if not line.strip():
            continue
        yield of_line(line, f"{file}:{number}", at)


def of_line(line: bytes, file: str, at: str, renamed: Callable[[dict[str, Any]], dict[str, Any]] = lambda row: row) -> Raw | Problem:
    """The text of one line; `renamed` gives its fields the names that are read."""
    try:
        row = json.loads(line)
    except (ValueError, RecursionError) as error:
        return Problem("bad-json", f"The line is not JSON: {error}.", at,
                       "Write one JSON object a line, with the text in its field `text`.",
                       excerpt(line))
    if not isinstance(row, dict) or not isinstance((row := renamed(row)).get("text"), str):
        return Problem("no-text-field", "The line has no field `text` with a text in it.", at,
                       "Name the field that holds the text `text`; the other fields are listed in docs/reference/metadata.md.",
                       excerpt(line))
    return of_row(row, file, at)


def rows(stream: BinaryIO, file: str, path: str, limit: int = MAX_LINE, tabs: bool = False) -> Iterator[Raw | Problem]:
    """One text a row of a CSV file with a header, or the problem of that row."""
    csv.field_size_limit(limit)
    sample = stream.read(SAMPLE)
    lines = _Lines(io.TextIOWrapper(io.BufferedReader(_Rejoined(sample, stream)), encoding=_encoding(sample), errors="replace", newline=""),
                   limit)
    reader = csv.reader(lines, delimiter="\t" if tabs else _delimiter(sample))
    header: list[str] | None = None
    while True:
        at = f"{path}:{lines.number + 1}"
        try:
            row = next(reader)
        except StopIteration:
            yield from (too_long(f"{path}:{n}", limit) for n in lines.taken())
            return
        except csv.Error as error:
            yield too_long(at, limit) if "limit" in str(error) else Problem(
                "bad-csv", f"The row cannot be read: {error}.", at,
                "Look for an unclosed quotation mark, and save the table as CSV in UTF-8 again.")
            continue
        yield from (too_long(f"{path}:{n}", limit) for n in lines.taken())
        if header is None:
            header = [name.strip().lower() for name in row]
            if "text" not in header:
                yield Problem("no-text-field", "The table has no column `text`.", at, "Name the column that holds the texts `text`.",
                              ", ".join(header)[:120])
                return
        elif any(cell.strip() for cell in row):
            yield of_row(dict(zip(header, row, strict=False)), f"{file}:{lines.number}", f"{path}:{lines.number}")


def of_row(row: dict[str, Any], file: str, at: str) -> Raw:
    """The text of a row; what is beside its `text` and `id` is known of it."""
    text = str(row.get("text") or "")
    columns = {str(key): _words(value) for key, value in row.items() if key not in ("text", "id") and value not in (None, "")}
    data = text.encode("utf-8", "replace")
    kind = media.HTML if media.sniff(data[: media.HEAD]) == media.HTML else media.TEXT
    name = _words(row["id"]).strip() if row.get("id") not in (None, "") else ""
    return Raw(source(name or file, at, data, kind), data, columns)


def _words(value: object) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def too_long(at: str, limit: int) -> Problem:
    return Problem("line-too-long", f"The line is longer than the {shown(limit)} that are read.", at,
                   "Split the text into several documents, one a line; a line that long is mostly a broken file.")


def excerpt(data: bytes) -> str:
    """The first bytes in printable form."""
    words = data[:80].decode("utf-8", "replace").strip()
    return "".join(c if c.isprintable() else "·" for c in words)


def _skip(stream: BinaryIO) -> None:
    while True:
        piece = stream.readline(_CHUNK)
        if not piece or piece.endswith(b"\n"):
            return


def _encoding(sample: bytes) -> str:
    marked = media.byte_order(sample)
    if marked:
        return "utf-8-sig" if marked[0] == "utf-8" else marked[0].rsplit("-", 1)[0]
    try:
        codecs.getincrementaldecoder("utf-8")().decode(sample)
    except UnicodeDecodeError:
        from charset_normalizer import from_bytes

        best = from_bytes(sample[:50_000]).best()
        return best.encoding if best else "cp1252"
    return "utf-8"


def _delimiter(sample: bytes) -> str:
    first = sample.split(b"\n", 1)[0].replace(b"\0", b"")
    return max(",;\t", key=lambda c: first.count(c.encode()))


class _Rejoined(io.RawIOBase):
    """The sample and what follows it as one stream."""

    def __init__(self, sample: bytes, rest: BinaryIO) -> None:
        self._sample, self._rest = memoryview(sample), rest

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        if self._sample:
            size = min(len(buffer), len(self._sample))
            buffer[:size], self._sample = self._sample[:size], self._sample[size:]
            return size
        data = self._rest.read(len(buffer))
        buffer[: len(data)] = data
        return len(data)


class _Lines:
    """Lines of a stream with their number; one over the limit is skipped and its number kept."""

    def __init__(self, stream: io.TextIOWrapper, limit: int) -> None:
        self._stream, self._limit, self.number = stream, limit, 0
        self._long: list[int] = []

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        while True:
            line = self._stream.readline(self._limit + 1)
            if not line:
                raise StopIteration
            self.number += 1
            if len(line) <= self._limit:
                return line
            self._long.append(self.number)
            while line and not line.endswith(("\n", "\r")):
                line = self._stream.readline(_CHUNK)

    def taken(self) -> list[int]:
        taken, self._long = self._long, []
        return taken

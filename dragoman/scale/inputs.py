"""Pieces of crawls to inputs: records of WARC, lines of JSONL, rows of Parquet, each with how far into the piece it lies."""

from __future__ import annotations

import codecs
import gzip
import math
import zlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from itertools import pairwise
from pathlib import PurePosixPath
from typing import Any, BinaryIO, NamedTuple, cast

from dragoman.model.documents import Raw
from dragoman.model.problems import Problem
from dragoman.scale import objects
from dragoman.scale.layout import Columns, Piece, ScaleError
from dragoman.scale.lines import ended
from dragoman.scale.objects import Lost, Object
from dragoman.sources import MAX_BYTES, MAX_LINE, MAX_PAGE, media, tables
from dragoman.sources.limits import shown, source

Before = Callable[[Piece, int], int]
ROWS = 128  # rows of Parquet that are held at a time
_MEMBER, _RECORD = b"\x1f\x8b\x08", b"WARC/1."
_TEXTS = ("text/html", "application/xhtml+xml", "text/plain", "application/pdf", media.DOCX)
_DOCUMENTS = frozenset({media.HTML, media.TEXT, media.PDF, media.DOCX})


class At(NamedTuple):
    """An input or a problem, and the byte of the piece up to which it reaches."""

    place: int
    found: Raw | Problem


def pieces(found: Object, format: str | None, size: int) -> list[Piece]:
    """The parts of a file that workers can read at once.

    Raises:
      ScaleError: nobody says what format it is.
    """
    form = format or objects.format_of(found.path)
    if form is None:
        raise ScaleError(f"The name of {found.path} does not tell its format; say --format warc, parquet or jsonl.")
    stamp = f"{found.size} {found.stamp}"
    if form == "parquet":
        import pyarrow.parquet as parquet

        with objects.opened(found.path) as stream:
            about = parquet.ParquetFile(stream).metadata
            groups = [about.row_group(k).total_byte_size for k in range(about.num_row_groups)]
        scale = found.size / (sum(groups) or 1)
        return [Piece(found.path, form, k, k + 1, stamp, int(group * scale)) for k, group in enumerate(groups)]
    if form == "jsonl" and found.path.lower().endswith(".gz"):
        return [Piece(found.path, form, 0, found.size, stamp, found.size)]
    count = max(1, math.ceil(found.size / size))
    cuts = [found.size * k // count for k in range(count + 1)]
    return [Piece(found.path, form, a, b, stamp, b - a) for a, b in pairwise(cuts)]


def inputs(piece: Piece, columns: Columns, before: Before | None = None) -> Iterator[At]:
    """What is in a piece, in order; `before` tells how many lines of its file end before a byte.

    Raises:
      Lost: the bytes cannot be had now.
    """
    if piece.format == "warc":
        return _warc(piece)
    return _parquet(piece, columns) if piece.format == "parquet" else _jsonl(piece, columns, before or _counted)


# ---------------------------------------------------------------- JSONL


def _jsonl(piece: Piece, columns: Columns, before: Before) -> Iterator[At]:
    """The lines that begin in the piece. One without an id is named by its number, as `dragoman read` names it."""
    packed = piece.path.lower().endswith(".gz")
    with objects.opened(piece.path, 0 if packed or not piece.start else piece.start - 1) as stream:
        lines: Any = gzip.GzipFile(fileobj=stream) if packed else stream
        end = math.inf if packed else piece.end
        at = 0
        if piece.start:
            at = piece.start - 1 + _passed(lines)
        first, seen, number = at, 0, 0 if piece.start == 0 else None
        while at < end:
            begin, line = at, lines.readline(MAX_LINE + 1)
            if not line:
                return
            at, seen = at + len(line), seen + 1
            reached = stream.tell() if packed else at - piece.start
            if long := len(line) > MAX_LINE and not line.endswith(b"\n"):
                at += _passed(lines)
            elif not line.strip():
                continue
            made = None if long else tables.of_line(line.removeprefix(codecs.BOM_UTF8), "", f"{piece.path}#{begin}", columns.named)
            if not (isinstance(made, Raw) and made.source.file):
                number = before(piece, first) if number is None else number
                made = _numbered(made, piece.path, number + seen)
            yield At(reached, made)


def _numbered(made: Raw | Problem | None, path: str, number: int) -> Raw | Problem:
    """The text or the problem of a line under the line's number; None is a line that is too long."""
    at = f"{path}:{number}"
    if made is None:
        return tables.too_long(at, MAX_LINE)
    if isinstance(made, Problem):
        return replace(made, at=at)
    return replace(made, source=replace(made.source, file=f"{PurePosixPath(path).name}:{number}", path=at))


def _counted(piece: Piece, at: int) -> int:
    return ended(piece.path, 0, at)


def _passed(lines: BinaryIO) -> int:
    """Read to the end of a line; the bytes that were passed over."""
    size = 0
    while part := lines.readline(objects.BUFFER):
        size += len(part)
        if part.endswith(b"\n"):
            break
    return size


# ---------------------------------------------------------------- Parquet


def _parquet(piece: Piece, columns: Columns) -> Iterator[At]:
    import pyarrow.parquet as parquet

    with objects.opened(piece.path) as stream:
        file = parquet.ParquetFile(stream)
        number = sum(file.metadata.row_group(k).num_rows for k in range(piece.start))
        first, rows = number, sum(file.metadata.row_group(k).num_rows for k in range(piece.start, piece.end)) or 1
        for batch in file.iter_batches(ROWS, row_groups=list(range(piece.start, piece.end))):
            for row in batch.to_pylist():
                name, path = f"{PurePosixPath(piece.path).name}#{number}", f"{piece.path}#{number}"
                number += 1
                yield At((number - first) * piece.size // rows, _of_row(columns.named(row), name, path))


def _of_row(row: dict[str, Any], name: str, path: str) -> Raw | Problem:
    text = row.get("text")
    if not isinstance(text, str | bytes):
        return Problem("no-text-field", "The row has no column `text` with a text in it.", path,
                       "Name the column that holds the texts with --text-column.")
    if len(text) > MAX_LINE:
        return tables.too_long(path, MAX_LINE)
    known = {k: v.isoformat() if hasattr(v, "isoformat") else v if isinstance(v, str | int | float | list | dict) else str(v)
             for k, v in row.items() if k != "text" and v is not None}
    if isinstance(text, str):
        return tables.of_row(known | {"text": text}, name, path)
    made = tables.of_row(known | {"text": ""}, name, path)
    return Raw(source(made.source.file, path, text, media.sniff(text)), text, made.metadata)


# ---------------------------------------------------------------- WARC


def _warc(piece: Piece) -> Iterator[At]:
    """The documents of the records that begin in the piece; after damage it goes on with the next record."""
    from fastwarc.warc import ArchiveIterator, WarcRecordType

    wanted = WarcRecordType.response | WarcRecordType.resource | WarcRecordType.conversion
    with objects.opened(piece.path) as stream:
        begin = _record(stream, piece.start, piece.end)
        while begin is not None:
            last, broken = begin, False
            stream.seek(begin)
            try:
                for record in ArchiveIterator(_From(stream, begin), record_types=wanted, auto_decode="all"):
                    last = begin + record.stream_pos
                    if last >= piece.end:
                        return
                    if (made := _of_record(record, piece.path, last)) is not None:
                        yield At(last - piece.start, made)
            except OSError as error:
                broken = True
                yield At(last - piece.start, Problem("damaged-archive", f"The archive is damaged here: {str(error)[:120]}.",
                                                     f"{piece.path}#{last}", "Fetch the archive again; the records after it are read."))
            begin = _record(stream, last + 1, piece.end) if broken else None


class _From:
    """A stream from a place on, which fastwarc takes for its beginning."""

    def __init__(self, stream: BinaryIO, begin: int) -> None:
        self._stream, self._begin = stream, begin

    def read(self, size: int = -1) -> bytes:
        return self._stream.read(size)

    def tell(self) -> int:
        return self._stream.tell() - self._begin

    def close(self) -> None:
        self._stream.close()

    def seek(self, place: int, whence: int = 0) -> int:
        return self._stream.seek(place + self._begin if whence == 0 else place, whence) - self._begin


def _record(stream: BinaryIO, at: int, end: int) -> int | None:
    """Where the first record begins, from a place on and before another; packed or not."""
    held = b""
    begin = at
    stream.seek(at)
    while begin < end + len(_RECORD):
        data = stream.read(objects.BUFFER)
        held += data
        for mark in (_MEMBER, _RECORD):
            k = held.find(mark)
            while k >= 0 and begin + k < end:
                if _is_record(held[k : k + 4096], begin + k == 0 or held[max(0, k - 2) : k] in (b"\r\n", b"")):
                    return begin + k
                k = held.find(mark, k + 1)
        if not data:
            return None
        keep = held[-4096:]
        begin += len(held) - len(keep)
        held = keep
    return None


def _is_record(data: bytes, after_line: bool) -> bool:
    if data.startswith(_RECORD):
        return after_line
    try:
        return zlib.decompressobj(31).decompress(data, 16).startswith(_RECORD)
    except zlib.error:
        return False


def _of_record(record: Any, path: str, place: int) -> Raw | Problem | None:
    """The document of a record, None where it is none: a picture, a redirection, a script."""
    url, at = record.headers.get("WARC-Target-URI", "").strip("<>"), f"{path}#{place}"
    http = record.http_headers
    if http is not None and http.status_code not in (None, 200):
        return None
    kind = (record.http_content_type if http is not None else record.headers.get("Content-Type", "").partition(";")[0]) or ""
    if kind and not kind.lower().startswith(_TEXTS):
        return None
    data = cast("bytes", record.reader.read(MAX_BYTES + 1))
    if not data:
        return None
    found = media.sniff(data, url)
    if found not in _DOCUMENTS:
        return None
    limit = MAX_PAGE if found == media.HTML else MAX_BYTES
    if len(data) > limit:
        code = "page-too-large" if found == media.HTML else "file-too-large"
        return Problem(code, f"The document is larger than the {shown(limit)} that are read.", f"{url} in {at}", "Leave it out.")
    made = source(url or at, at, data, found)
    fetched = record.record_date
    if fetched is not None:
        made = type(made)(made.file, made.path, made.sha256, made.size, made.media, fetched.strftime("%Y-%m-%dT%H:%M:%SZ"))
    return Raw(made, data, {"url": url} if url else {})


def bounded(found: Iterable[At]) -> Iterator[At]:
    """The same, with an end instead of a surprise where the format's library panics."""
    try:
        yield from found
    except (Lost, GeneratorExit):
        raise
    except BaseException as error:
        if isinstance(error, KeyboardInterrupt | SystemExit):
            raise
        raise Lost(f"{type(error).__name__}: {str(error)[:160]}") from error

"""Files on disk and in object storage: what there is, and streams that can begin anywhere. Object storage is daft's."""

from __future__ import annotations

import glob
import io
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple, cast

from dragoman.model.problems import DragomanError

BUFFER = 1 << 20  # bytes that are asked for at a time
SUFFIXES = {".warc": "warc", ".warc.gz": "warc", ".wet": "warc", ".wet.gz": "warc", ".jsonl": "jsonl", ".ndjson": "jsonl",
            ".jsonl.gz": "jsonl", ".ndjson.gz": "jsonl", ".parquet": "parquet"}


class Lost(DragomanError):
    """Bytes that should be there cannot be had now: the network, the disk, a right. Another run may have them."""


class Object(NamedTuple):
    """A file or an object with what tells one version of it from another."""

    path: str
    size: int
    stamp: str


def is_remote(path: str) -> bool:
    """Whether a path is an address of object storage."""
    return "://" in path


def format_of(path: str) -> str | None:
    """`warc`, `jsonl` or `parquet` by a name's ending."""
    low = path.lower()
    return next((form for suffix, form in SUFFIXES.items() if low.endswith(suffix)), None)


def find(source: str) -> Iterator[Object]:
    """The files behind a path, a folder, a glob or an address; of a folder those whose ending says what they are."""
    if is_remote(source):
        yield from _remote(source)
        return
    path = Path(source)
    if path.is_dir():
        names = sorted(str(f) for f in path.rglob("*") if f.is_file() and format_of(f.name) and not f.name.startswith("."))
    else:
        names = [source] if path.is_file() else sorted(n for n in glob.glob(source, recursive=True) if Path(n).is_file())  # noqa: PTH207
    for name in names:
        status = Path(name).stat()
        yield Object(str(Path(name).absolute()), status.st_size, str(status.st_mtime_ns))


def _remote(source: str) -> Iterator[Object]:
    import daft

    folder = not glob.has_magic(source) and format_of(source) is None
    try:
        found = daft.from_glob_path(source.rstrip("/") + "/**" if folder else source, io_config=io_config()).to_pydict()
    except Exception as error:
        if "at least 1 MicroPartition" in str(error) or "not found" in str(error).lower():
            return
        raise Lost(f"{source} cannot be listed: {_first_line(error)}") from error
    for path, size in sorted(zip(found["path"], found["size"], strict=True)):
        if size and (not folder or format_of(path)):
            yield Object(path, int(size), "")


class Aws(NamedTuple):
    """How object storage is reached, as the AWS variables of the environment say it."""

    endpoint: str | None
    region: str | None
    key: str | None
    secret: str | None
    token: str | None


def aws() -> Aws:
    """What the environment says; None where it says nothing."""
    have = os.environ.get
    return Aws(have("AWS_ENDPOINT_URL_S3") or have("AWS_ENDPOINT_URL"), have("AWS_REGION") or have("AWS_DEFAULT_REGION"),
               have("AWS_ACCESS_KEY_ID"), have("AWS_SECRET_ACCESS_KEY"), have("AWS_SESSION_TOKEN"))


def io_config() -> Any:
    """How daft reaches object storage: as the environment says."""
    from daft.io import IOConfig, S3Config

    known = aws()
    return IOConfig(s3=S3Config(endpoint_url=known.endpoint, region_name=known.region, key_id=known.key, access_key=known.secret,
                                session_token=known.token))


def opened(path: str, at: int = 0) -> BinaryIO:
    """A stream of the bytes from a place on.

    Raises:
      Lost: they cannot be had; reading the stream may raise it as well.
    """
    try:
        stream = cast("BinaryIO", io.BufferedReader(_Remote(path), BUFFER)) if is_remote(path) else open(path, "rb", BUFFER)  # noqa
        if at:
            stream.seek(at)
    except OSError as error:
        raise Lost(f"{path} cannot be opened: {_first_line(error)}") from error
    return stream


class _Remote(io.RawIOBase):
    """An object of object storage as a stream with places."""

    def __init__(self, path: str) -> None:
        import daft

        self._path = path
        try:
            self._file: Any = daft.File(path, io_config()).open(buffer_size=BUFFER).__enter__()
        except Exception as error:
            raise Lost(f"{path} cannot be opened: {_first_line(error)}") from error

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        try:
            data: bytes = self._file.read(len(buffer))
        except Exception as error:
            raise Lost(f"{self._path} cannot be read any further: {_first_line(error)}") from error
        buffer[: len(data)] = data
        return len(data)

    def seek(self, place: int, whence: int = os.SEEK_SET) -> int:
        self._file.seek(place, whence)
        return self.tell()

    def tell(self) -> int:
        return int(self._file.tell())

    def close(self) -> None:
        if not self.closed:
            self._file.close()
        super().close()


def _first_line(error: Exception) -> str:
    return str(error).strip().partition("\n")[0][:200] or type(error).__name__

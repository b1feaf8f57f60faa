"""Where output lies: a folder, or an address of object storage. Every file is whole or not there."""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
import tempfile
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Protocol, TypeVar

from dragoman.scale import objects
from dragoman.scale.layout import Done, ScaleError

T = TypeVar("T")
AT_ONCE = 16  # small objects that are fetched at a time


class Place(Protocol):
    """Files by name, as `documents/0a1b.parquet`."""

    def names(self, below: str = "") -> list[str]:
        """The files there are, or those below a name, sorted."""

    def exists(self, name: str) -> bool: ...

    def read(self, name: str) -> bytes: ...

    def source(self, name: str) -> Any:
        """A file as pyarrow takes it, which reads of it only what it needs."""

    def write(self, name: str, data: bytes) -> None: ...

    def remove(self, name: str) -> None:
        """Take a file away, if it is there."""

    @property
    def lock(self) -> Path:
        """The file on this machine that keeps a second run out."""


def place(where: str | os.PathLike[str]) -> Place:
    """The place of a path or an address.

    Raises:
      ScaleError: there is no way to it.
    """
    address = os.fspath(where)
    return Stored(address) if objects.is_remote(address) else Folder(address)


def write_json(place: Place, name: str, value: Any) -> None:
    place.write(name, json.dumps(value, ensure_ascii=False, indent=1).encode())


def read_json(place: Place, name: str) -> Any:
    return json.loads(place.read(name))


def read_all(place: Place, names: Iterable[str]) -> list[Any]:
    """What is in files of JSON, in order."""
    if isinstance(place, Folder):
        return [read_json(place, name) for name in names]
    with ThreadPoolExecutor(AT_ONCE) as pool:
        return list(pool.map(lambda name: read_json(place, name), names))


def done(place: Place) -> list[Done]:
    """The batches that are there, in the order of the crawl."""
    found = read_all(place, [name for name in place.names("done") if name.endswith(".json")])
    return sorted(map(Done.of, found), key=lambda d: d.order)


def files(batches: Iterable[Done], table: str) -> Iterator[str]:
    """The files of a table (`documents`, `claims/contact`) in the order of the crawl."""
    for batch in batches:
        name = f"{table}/{batch.batch}.parquet"
        if name in batch.files:
            yield name


@contextmanager
def alone(place: Place) -> Iterator[None]:
    """Keep a second run of this machine out of a place."""
    place.lock.parent.mkdir(parents=True, exist_ok=True)
    with open(os.open(place.lock, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600), "r+b") as lock:  # noqa: PTH123
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise ScaleError(f"Another run is writing into {place}. Wait for it, or stop it.") from error
        yield


class Folder:
    """A folder on disk."""

    def __init__(self, path: str) -> None:
        self._path = Path(path).absolute()

    def __str__(self) -> str:
        return str(self._path)

    def names(self, below: str = "") -> list[str]:
        root = self._path / below
        return sorted(str(file.relative_to(self._path)) for file in root.rglob("*") if file.is_file()) if root.is_dir() else []

    def exists(self, name: str) -> bool:
        return (self._path / name).exists()

    def read(self, name: str) -> bytes:
        return (self._path / name).read_bytes()

    def source(self, name: str) -> Any:
        return self._path / name

    def write(self, name: str, data: bytes) -> None:
        path = self._path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        part = path.with_name(f".{path.name}.{os.getpid()}.part")
        part.write_bytes(data)
        part.replace(path)

    def remove(self, name: str) -> None:
        (self._path / name).unlink(missing_ok=True)

    @property
    def lock(self) -> Path:
        return self._path / ".lock"


class Stored:
    """An address of object storage, by pyarrow; an object is there when it is whole."""

    def __init__(self, address: str) -> None:
        self._address = address.rstrip("/")
        self._files, self._root = _storage(self._address)

    def __str__(self) -> str:
        return self._address

    def names(self, below: str = "") -> list[str]:
        from pyarrow.fs import FileSelector, FileType

        root = f"{self._root}/{below}".rstrip("/")
        found = self._do(lambda: self._files.get_file_info(FileSelector(root, allow_not_found=True, recursive=True)))
        return sorted(one.path[len(self._root) + 1 :] for one in found if one.type == FileType.File)

    def exists(self, name: str) -> bool:
        from pyarrow.fs import FileType

        return bool(self._do(lambda: self._files.get_file_info(f"{self._root}/{name}")).type == FileType.File)

    def read(self, name: str) -> bytes:
        def whole() -> bytes:
            with self._files.open_input_stream(f"{self._root}/{name}") as stream:
                data: bytes = stream.read()
            return data

        return self._do(whole)

    def source(self, name: str) -> Any:
        return self._do(lambda: self._files.open_input_file(f"{self._root}/{name}"))

    def write(self, name: str, data: bytes) -> None:
        def put() -> None:
            with self._files.open_output_stream(f"{self._root}/{name}") as stream:
                stream.write(data)

        self._do(put)

    def remove(self, name: str) -> None:
        if self.exists(name):
            self._do(lambda: self._files.delete_file(f"{self._root}/{name}"))

    @property
    def lock(self) -> Path:
        mark = hashlib.sha256(self._address.encode()).hexdigest()[:16]
        return Path(tempfile.gettempdir()) / f"dragoman-{os.getuid()}" / f"{mark}.lock"

    def _do(self, action: Callable[[], T]) -> T:
        try:
            return action()
        except OSError as error:
            raise objects.Lost(f"{self._address}: {str(error)[:200]}") from error


def _storage(address: str) -> tuple[Any, str]:
    """The file system of an address, and the path in it; S3 goes by the AWS variables of the environment."""
    from pyarrow import fs

    scheme, _, path = address.partition("://")
    try:
        if scheme not in ("s3", "s3a"):
            found: tuple[Any, str] = fs.FileSystem.from_uri(address)
            return found
        known = objects.aws()
        there, _, endpoint = (known.endpoint or "https://").partition("://")
        return fs.S3FileSystem(access_key=known.key, secret_key=known.secret, session_token=known.token, region=known.region,
                               endpoint_override=endpoint or None, scheme=there), path
    except (OSError, ValueError) as error:
        raise ScaleError(f"{address} cannot be reached: {str(error)[:200]}") from error

"""A run: what there is to read, in pieces over workers, each batch put in place by itself; then the links between documents."""

from __future__ import annotations

import fcntl
import json
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import Any

from dragoman import stages
from dragoman.scale import engine, inputs, layout, objects
from dragoman.scale.layout import Columns, Done, Piece, Report, ScaleError, Settings
from dragoman.scale.worker import Working

Progress = Callable[[Report], None]
TRIES = 3  # of a query that gets nowhere


def read(sources: Sequence[str], to: str | Path, *, format: str | None = None, columns: Columns | None = None, ray: str | None = None,
         workers: int | None = None, batch: int = layout.BATCH, time_limit: float = layout.LIMIT, language_model: str | None = None,
         progress: Progress | None = None, piece: int = layout.PIECE, function: str = layout.FUNCTION) -> Report:
    """Read crawls into a folder of Parquet; a run that was ended in any way goes on where it was.

    sources   files, folders, globs, and addresses of object storage (s3://...)
    ray       address of a Ray cluster, whose machines all see `to` under the same path; else this machine's processors
    batch, time_limit   inputs that are put in place together; seconds after which a document is put aside
    piece, function     bytes of a file that one worker takes at a time; what reads inputs, as `module:name`

    Raises:
      ScaleError: there is nothing to read, or the folder is of another run.
    """
    folder = Path(to).absolute()
    chosen = Settings(stages.version(language_model), language_model, columns or Columns(), batch, piece, time_limit, function)
    daft = engine.started(ray)
    begin = time.perf_counter()
    with _alone(folder):
        _begun(folder, chosen)
        wanted = _pieces(sources, format, piece)
        there = _standing(folder, wanted)
        report = Report(sum(p.size for p in wanted))
        report.add(there, new=False)
        start = json.dumps({"to": str(folder), "settings": asdict(chosen), "digest": chosen.digest})
        for message in _told(daft, start, lambda: _jobs(wanted, layout.done(folder)), workers or engine.cores(ray)):
            report.seconds = time.perf_counter() - begin
            _take(report, message)
            if progress:
                progress(report)
        for message in _told(daft, start, lambda: [json.dumps({"link": True})], 1):
            _take(report, message)
        report.add(layout.done(folder), new=True)  # those of which an engine that failed could not tell
        report.seconds = round(time.perf_counter() - begin, 3)
        layout.write_json(folder / "report.json", report.as_json())
    return report


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Keep a second run out of the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / ".lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise ScaleError(f"Another run is writing into {folder}. Wait for it, or stop it.") from error
        yield


def _begun(folder: Path, settings: Settings) -> None:
    """Note what this run is, or see that the folder is of the same."""
    place = folder / "manifest.json"
    if not place.exists():
        layout.write_json(place, settings.as_json())
        return
    before = json.loads(place.read_text(encoding="utf-8"))
    now = json.loads(json.dumps(settings.as_json()))
    if before != now:
        other = ", ".join(f"{k} was {before.get(k)!r} and is {now.get(k)!r}" for k in now if before.get(k) != now.get(k))
        raise ScaleError(f"{folder} was begun otherwise: {other}. Give it the same, or another folder with --to.")


def _pieces(sources: Sequence[str], format: str | None, size: int) -> list[Piece]:
    """The pieces of all files, each file once."""
    found: dict[str, objects.Object] = {}
    for source in sources:
        try:
            files = list(objects.find(source))
        except objects.Lost as error:
            raise ScaleError(str(error)) from error
        if not files:
            raise ScaleError(f"Nothing to read at {source}: no such file, or no WARC, Parquet or JSONL in the folder.")
        found |= {file.path: file for file in files}
    try:
        return [piece for path in sorted(found) for piece in inputs.pieces(found[path], format, size)]
    except (objects.Lost, OSError) as error:
        raise ScaleError(f"A file cannot be read: {error}") from error


def _standing(folder: Path, wanted: Sequence[Piece]) -> list[Done]:
    """The batches that are there; what a killed run left half done goes, and what came from a file that has changed since."""
    names: dict[str, set[Piece]] = {}
    for piece in wanted:
        names.setdefault(piece.path, set()).add(piece)
    kept = []
    for done in layout.done(folder):
        if done.piece.path in names and done.piece not in names[done.piece.path]:
            (folder / "done" / f"{done.batch}.json").unlink()
        else:
            kept.append(done)
    whole = {name for done in kept for name in done.files}
    for file in folder.rglob("*"):
        if file.name.endswith(".part") or (file.suffix == ".parquet" and file.parent.name != "links"
                                           and str(file.relative_to(folder)) not in whole):
            file.unlink(missing_ok=True)
    return kept


def _jobs(wanted: Sequence[Piece], there: Sequence[Done]) -> list[str]:
    """The pieces that are not read to their end, with what is there of them."""
    numbers: dict[Piece, list[int]] = {}
    for done in there:
        numbers.setdefault(done.piece, []).append(done.number)
    ended = {done.piece for done in there if done.last}
    return [json.dumps({"piece": list(p), "done": sorted(numbers.get(p, []))}) for p in wanted if p not in ended]


def _told(daft: Any, start: str, jobs: Callable[[], list[str]], workers: int) -> Iterator[dict[str, Any]]:
    """What the workers tell of their jobs. A query fails with any of its workers; it is put again for what is left."""
    failures = 0
    while some := jobs():
        told = 0
        try:
            for line in engine.over(daft, Working, "work", (start,), some, max(1, min(workers, len(some)))):
                told += 1
                yield json.loads(line)
            return
        except GeneratorExit:
            raise
        except Exception as error:
            failures = 0 if told else failures + 1
            if failures == TRIES:
                raise ScaleError(f"The engine failed {TRIES} times: {str(error).strip()[-300:]}") from error


def _take(report: Report, message: dict[str, Any]) -> None:
    if "stop" in message:
        raise ScaleError(message["stop"])
    if "linked" in message:
        report.copies, report.superseded = message["linked"]
    elif "unfinished" in message:
        report.unfinished.append((message["unfinished"][0], message["unfinished"][1]))
    else:
        report.add([Done.of(message["done"])], new=True)

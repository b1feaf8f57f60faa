"""A run: what there is to read, in pieces over workers, each batch put in place by itself; then the links between documents."""

from __future__ import annotations

import json
import os
import resource
import time
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import asdict
from typing import Any

from dragoman import stages
from dragoman.scale import engine, inputs, layout, objects, places
from dragoman.scale.engine import Ended, Engine
from dragoman.scale.layout import Columns, Done, Piece, Report, ScaleError, Settings
from dragoman.scale.places import Place
from dragoman.scale.worker import Stopped, Worker, Working

Progress = Callable[[Report], None]
TRIES = 3  # of an engine that gets nowhere
TABLES = ("documents/", "claims/", "aside/", "problems/")


def read(sources: Sequence[str], to: str | os.PathLike[str], *, format: str | None = None, columns: Columns | None = None,
         ray: str | None = None, workers: int | None = None, batch: int = layout.BATCH, time_limit: float = layout.LIMIT,
         language_model: str | None = None, progress: Progress | None = None, piece: int = layout.PIECE,
         function: str = layout.FUNCTION) -> Report:
    """Read crawls into Parquet; a run that was ended in any way goes on where it was.

    sources, to   files, folders, globs, and addresses of object storage (s3://...); a folder, or such an address
    ray       address of a Ray cluster, whose machines all see `to` under the same name; else this machine's processors
    batch, time_limit   inputs that are put in place together; CPU seconds after which a document is put aside
    piece, function     bytes of a file that one worker takes at a time; what reads inputs, as `module:name`

    Raises:
      ScaleError: there is nothing to read, or the folder is of another run.
    """
    place = places.place(to)
    chosen = Settings(stages.version(language_model), language_model, columns or Columns(), batch, piece, time_limit, function)
    begin, runs = time.perf_counter(), Engine(ray)
    with places.alone(place):
        _begun(place, chosen)
        wanted = _pieces(runs, sources, format, piece)
        there = _standing(place, wanted)
        report = Report(sum(p.size for p in wanted))
        report.add(there, new=False)
        start = {"to": str(place), "settings": asdict(chosen), "digest": chosen.digest}
        for message in _told(runs, report, json.dumps(start), lambda: _jobs(wanted, _whole(place), dict(report.unfinished)), workers):
            report.seconds = time.perf_counter() - begin
            _take(report, message)
            if progress:
                progress(report)
        report.add(places.done(place), new=True)  # those of which an engine that failed could not tell
        report.copies, report.superseded = _linked(start)
        report.seconds = round(time.perf_counter() - begin, 3)
        report.memory = runs.memory + resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        places.write_json(place, "report.json", report.as_json())
    return report


def _linked(start: dict[str, Any]) -> tuple[int, int]:
    """Link the documents that are there, in a process whose memory goes with it."""
    worker = Worker(start)
    try:
        return worker.link()
    except Stopped as error:
        raise ScaleError(str(error)) from error
    finally:
        worker.close()


def _begun(place: Place, settings: Settings) -> None:
    """Note what this run is, or see that the place is of the same."""
    if not place.exists("manifest.json"):
        places.write_json(place, "manifest.json", settings.as_json())
        return
    before = places.read_json(place, "manifest.json")
    now = json.loads(json.dumps(settings.as_json()))
    if before != now:
        other = ", ".join(f"{k} was {before.get(k)!r} and is {now.get(k)!r}" for k in now if before.get(k) != now.get(k))
        raise ScaleError(f"{place} was begun otherwise: {other}. Give it the same, or another folder with --to.")


def _pieces(runs: Engine, sources: Sequence[str], format: str | None, size: int) -> list[Piece]:
    """The pieces of all files, each file once. Object storage is the engine's."""
    if not any(map(objects.is_remote, sources)):
        return list(cut(sources, format, size))
    for turn in range(TRIES):
        try:
            return [Piece(*row) for row in runs.told("dragoman.scale.reading:cut_on", sources=list(sources), format=format, size=size)]
        except Ended as error:
            if turn == TRIES - 1:
                raise ScaleError(f"The sources cannot be listed; the engine ended {TRIES} times: {error}") from error
    return []


def cut(sources: Sequence[str], format: str | None, size: int) -> Iterator[Piece]:
    """The pieces of all files behind sources, each file once.

    Raises:
      ScaleError: there is nothing, or it cannot be read.
    """
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
        for path in sorted(found):
            yield from inputs.pieces(found[path], format, size)
    except (objects.Lost, OSError) as error:
        raise ScaleError(f"A file cannot be read: {error}") from error


def cut_on(daft: Any, sources: Sequence[str], format: str | None, size: int) -> Iterator[list[Any]]:
    """The same in the engine's process, as plain values."""
    return map(list, cut(sources, format, size))


def work(daft: Any, start: str, jobs: Sequence[str], workers: int | None) -> Iterator[str]:
    """What the engine's workers tell of their jobs."""
    return engine.over(daft, Working, "work", (start,), jobs, max(1, min(workers or engine.cores(daft), len(jobs))))


def _standing(place: Place, wanted: Sequence[Piece]) -> list[Done]:
    """The batches that are there; what a killed run left half done goes, and what came from a file that has changed since."""
    named: dict[str, set[Piece]] = {}
    for piece in wanted:
        named.setdefault(piece.path, set()).add(piece)
    kept = []
    for done in _whole(place):
        if done.piece.path in named and done.piece not in named[done.piece.path]:
            place.remove(f"done/{done.batch}.json")
        else:
            kept.append(done)
    whole = {name for done in kept for name in done.files}
    for name in place.names():
        if name.endswith(".part") or (name.startswith(TABLES) and name.endswith(".parquet") and name not in whole):
            place.remove(name)
    return kept


def _whole(place: Place) -> list[Done]:
    """The batches that are there with all their files.

    A reader may live on for a moment when its run was killed, and finish a batch of which the next run took files away as left half done.
    """
    found = places.done(place)
    names = set(place.names())  # after the batches, so that none of theirs is missed
    for done in found:
        if not names.issuperset(done.files):
            place.remove(f"done/{done.batch}.json")
    return [done for done in found if names.issuperset(done.files)]


def _jobs(wanted: Sequence[Piece], there: Sequence[Done], lost: Collection[str]) -> list[str]:
    """The pieces that are not read to their end, with what is there of them; those of lost files are left to another run."""
    numbers: dict[Piece, list[int]] = {}
    for done in there:
        numbers.setdefault(done.piece, []).append(done.number)
    last = {done.piece: done.number for done in there if done.last}
    return [json.dumps({"piece": list(p), "done": sorted(numbers.get(p, []))}) for p in wanted
            if p.path not in lost and not (p in last and len(numbers[p]) > last[p])]


def _told(runs: Engine, report: Report, start: str, jobs: Callable[[], list[str]], workers: int | None) -> Iterator[dict[str, Any]]:
    """What the workers tell of their jobs, until there are none. The engine fails with any of its workers, and is begun again."""
    failures = 0
    while some := jobs():
        told, why = 0, "it told nothing"
        try:
            for line in runs.told("dragoman.scale.reading:work", start=start, jobs=some, workers=workers):
                told += 1
                yield json.loads(line)
        except Ended as error:
            why = str(error)
            report.restarts.append(why)
        failures = 0 if told else failures + 1
        if failures == TRIES:
            raise ScaleError(f"The engine failed {TRIES} times: {why}")


def _take(report: Report, message: dict[str, Any]) -> None:
    if "stop" in message:
        raise ScaleError(message["stop"])
    if "linked" in message:
        report.copies, report.superseded = message["linked"]
    elif "unfinished" in message:
        report.unfinished.append((message["unfinished"][0], message["unfinished"][1]))
    else:
        report.add([Done.of(message["done"])], new=True)

"""The process that reads: one piece after another, a batch at a time, under a time limit that the system itself enforces.

It talks with its worker in lines of JSON. When it dies, whatever of, the worker knows which batch was in hand, and has it read again
one document at a time; then it knows the document. It ends when its worker does.
"""

from __future__ import annotations

import gc
import importlib
import json
import os
import queue
import signal
import sys
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from itertools import chain, islice
from typing import IO, Any, TypeVar

from dragoman import stages
from dragoman.model.documents import Raw
from dragoman.model.problems import Problem
from dragoman.scale import inputs, places
from dragoman.scale.batch import Batch, aside, clean
from dragoman.scale.inputs import At
from dragoman.scale.layout import Columns, Piece, Settings
from dragoman.scale.lines import Lines
from dragoman.scale.objects import Lost
from dragoman.scale.places import Place
from dragoman.sources.limits import source
from dragoman.stages import COLLECTIONS, Input

Read = Callable[[Iterable[Raw], str | None], Iterator[Input]]
T = TypeVar("T")
HANGS = 4  # times the limit by the clock: on a busy machine what works waits as well


def main() -> None:
    """Read the pieces that standard input names, and tell on standard output what becomes of them."""
    told = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)  # what a library prints must not come between
    jobs: queue.Queue[str] = queue.Queue()
    threading.Thread(target=_listen, args=(jobs,), daemon=True).start()
    first = json.loads(jobs.get())
    child = Child(places.place(first["to"]), settings(first["settings"]), first["digest"], told)
    gc.set_threshold(*COLLECTIONS)
    child.tell(ready=True)
    while True:
        job = json.loads(jobs.get())
        if "piece" in job:
            child.run(job)
        else:
            child.link()


def settings(row: dict[str, Any]) -> Settings:
    """The settings of plain values."""
    return Settings(**row | {"columns": Columns(**row["columns"])})


def _listen(jobs: queue.Queue[str]) -> None:
    for line in sys.stdin:
        jobs.put(line)
    os._exit(0)  # the worker is gone


class Child:
    """Reads pieces into a place."""

    def __init__(self, to: Place, settings: Settings, digest: str, told: IO[str]) -> None:
        self._to, self._settings, self._digest, self._told, self._spent = to, settings, digest, told, 0.0
        self._lines = Lines(to)
        module, _, name = settings.function.partition(":")
        self._read: Read = getattr(importlib.import_module(module), name)

    def tell(self, **message: Any) -> None:
        """A line to the worker."""
        self._told.write(json.dumps(message) + "\n")
        self._told.flush()

    def run(self, job: dict[str, Any]) -> None:
        """Read what is still to be read of a piece.

        done     numbers of the batches that are there
        careful  the batch that is read one document at a time, since the reader died on it
        aside    of that batch, the documents that are not to be read, by number, with the reason
        """
        from dragoman.annotate.pipeline import ModelMissing

        piece = Piece(*job["piece"])
        try:
            self._warm_up()
            self._piece(piece, set(job["done"]), job["careful"], {int(k): v for k, v in job["aside"].items()})
            self.tell(end=True)
        except (Lost, OSError) as error:
            self.tell(lost=str(error))
        except ModelMissing as error:
            self.tell(stop=str(error))
        finally:
            _limit(0)

    def link(self) -> None:
        """Link the documents that are there."""
        from dragoman.scale import links

        self.tell(linked=links.write(self._to, places.done(self._to), stages.alike))
        self.tell(end=True)

    def _warm_up(self) -> None:
        """Read a first text, so that tables and model are there before the time of a document counts."""
        if gc.get_freeze_count():
            return
        words = b"The Foreign Minister of France arrived in Rome."
        for _ in self._read([Raw(source("first", "first", words, "text/plain"), words)], self._settings.model):
            gc.freeze()  # model and tables stay; the collector need not look at them again

    def _piece(self, piece: Piece, done: set[int], careful: int | None, put_aside: dict[int, str]) -> None:
        found = self._in_time(inputs.bounded(inputs.inputs(piece, self._settings.columns, self._before)))
        number, before, following = 0, 0, next(found, None)
        while following is not None or number == 0:
            part = _Part(islice(chain([following] if following else [], found), self._settings.batch))
            self.tell(batch=number)
            batch = None if number in done else Batch(self._settings.reader, self._spent)
            if batch is None:
                deque(part, 0)
            elif number == careful:
                self._one_by_one(batch, part, put_aside)
            else:
                self._together(batch, part)
            following = next(found, None)
            last = following is None
            reached = piece.size if last else min(part.place, piece.size)
            if batch is not None:
                _limit(0)
                made = batch.put(self._to, self._digest, piece, number, last, max(0, reached - before))
                self._spent += made.cpu
                self.tell(done=made.as_json())
            number, before = number + 1, reached

    def _before(self, piece: Piece, at: int) -> int:
        """How many lines end before a byte; counting them is no document's time."""
        _limit(0)
        count = self._lines.before(piece, at)
        _limit(self._settings.limit)
        return count

    def _in_time(self, found: Iterable[T]) -> Iterator[T]:
        """The same; none may take longer to come, or to be dealt with, than a document may."""
        _limit(self._settings.limit)
        for one in found:
            _limit(self._settings.limit)
            yield one
            _limit(self._settings.limit)

    def _together(self, batch: Batch, part: Iterator[At]) -> None:
        """Documents in batches of the parser, as fast as can be."""
        for one in self._in_time(self._read(self._raws(batch, part), self._settings.model)):
            batch.add(one)

    def _raws(self, batch: Batch, part: Iterator[At]) -> Iterator[Raw]:
        for _, found in part:
            if isinstance(found, Problem):
                batch.refuse(found.at, clean(found))
            else:
                yield found

    def _one_by_one(self, batch: Batch, part: Iterator[At], put_aside: dict[int, str]) -> None:
        """Each document by itself, and announced before it is read."""
        for k, (_, found) in enumerate(part):
            if isinstance(found, Problem):
                batch.refuse(found.at, clean(found))
            elif k in put_aside:
                batch.refuse(*aside(found, put_aside[k], self._settings.limit))
            else:
                self.tell(document=k)
                for one in self._in_time(self._read([found], self._settings.model)):
                    batch.add(one)
                self.tell(document=None)


class _Part:
    """Some inputs, and how far they reach."""

    def __init__(self, found: Iterator[At]) -> None:
        self._found, self.place = found, 0

    def __iter__(self) -> Iterator[At]:
        return self

    def __next__(self) -> At:
        one = next(self._found)
        self.place = one.place
        return one


def _limit(seconds: float) -> None:
    """Let the system end this process after so many seconds of CPU, or when it hangs; never for 0. Nothing can put that off."""
    signal.setitimer(signal.ITIMER_PROF, seconds)
    signal.setitimer(signal.ITIMER_REAL, HANGS * seconds)


if __name__ == "__main__":
    main()

"""Facts kept in step beside the pages: one thread resolves what readers and judgements left stale."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from threading import Condition, Event, Thread
from time import sleep

from dragoman.model.problems import DragomanError
from dragoman.record import Record

EVERY = 2.0  # seconds between looks at what other processes read
PAUSE = 0.02  # seconds between two transactions, for other processes that wait to write


class Resolving:
    """A thread that makes stale facts anew; pages never do."""

    def __init__(self, path: str | os.PathLike[str]) -> None:
        self._path = path
        self._wanted, self._done, self._over = Event(), Event(), False
        self._turn, self._writers = Condition(), 0
        self._thread = Thread(target=self._run, name="resolving", daemon=True)

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def stop(self) -> None:
        """End after the transaction at work; what is stale stays marked and is made anew the next time."""
        self._over = True
        self._wanted.set()
        self._thread.join(timeout=10)

    def soon(self, wait: float = 1.0) -> bool:
        """Have it look now, and wait a moment: what one judgement touches is small. Whether all was done by then."""
        self._done.clear()
        self._wanted.set()
        return self._done.wait(wait)

    def _run(self) -> None:
        with Record(self._path, create=False) as record:
            while not self._over:
                self._wanted.clear()
                with suppress(_Stopped, DragomanError):  # another process holds the record, or we end: what is stale stays marked
                    record.resolve(lambda _: self._between())
                self._done.set()
                self._wanted.wait(EVERY)

    @contextmanager
    def room(self) -> Iterator[None]:
        """Room for somebody who writes: the thread waits before it takes its next blocks, since whoever asks again at once comes first."""
        with self._turn:
            self._writers += 1
        try:
            yield
        finally:
            with self._turn:
                self._writers -= 1
                self._turn.notify_all()

    def _between(self) -> None:
        """Between two transactions: end, or let others write."""
        if self._over:
            raise _Stopped
        sleep(PAUSE)
        with self._turn:
            self._turn.wait_for(lambda: not self._writers, EVERY)


class _Stopped(Exception):
    """The server ends."""

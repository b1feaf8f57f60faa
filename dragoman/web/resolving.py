"""Facts kept in step beside the pages: a process of its own resolves what readers and judgements left stale; no page waits."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from threading import Condition, Event, Thread
from time import sleep

EVERY = 2.0  # seconds between looks at what other processes read
PAUSE = 0.02  # seconds between two transactions, for other processes that wait to write


class Resolving:
    """A process that makes stale facts anew; pages never do. It ends with the one that began it."""

    def __init__(self, path: str | os.PathLike[str]) -> None:
        self._path = os.fspath(path)
        self._process: subprocess.Popen[str] | None = None
        self._over = Event()
        self._told, self._asked, self._answered = Condition(), 0, 0
        self._thread = Thread(target=self._watch, name="resolving", daemon=True)

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def stop(self) -> None:
        """End after the transaction at work; what is stale stays marked and is made anew the next time."""
        self._over.set()
        if (process := self._process) is not None:
            with suppress(OSError):
                process.stdin.close()  # type: ignore[union-attr]
            try:
                process.wait(timeout=10)
            except subprocess.TimeoutExpired:
                process.kill()  # its transaction never was
        self._thread.join(timeout=10)

    def soon(self, wait: float = 1.0) -> bool:
        """Have it look now, and wait a moment: what one judgement touches is small. Whether all was done by then."""
        with self._told:
            self._asked += 1
            this = self._asked
            self._say(f"now {this}")
            return self._told.wait_for(lambda: self._answered >= this, wait)

    @contextmanager
    def room(self) -> Iterator[None]:
        """Room for somebody who writes: the process waits before it takes its next blocks, since whoever asks again at once comes first."""
        self._say("wait")
        try:
            yield
        finally:
            self._say("go")

    def _say(self, words: str) -> None:
        with suppress(OSError, ValueError, AttributeError):  # it has not begun, or is being begun anew
            self._process.stdin.write(words + "\n")  # type: ignore[union-attr]

    def _watch(self) -> None:
        """Begin the process, again where it ended, and hear what it has done."""
        while not self._over.is_set():
            self._process = process = subprocess.Popen([sys.executable, "-m", "dragoman.web.resolving"], text=True, bufsize=1,
                                                       stdin=subprocess.PIPE, stdout=subprocess.PIPE, start_new_session=True)
            self._say(self._path)  # not among its arguments, which others can see: there may be a password
            for line in process.stdout or ():
                with self._told:
                    self._answered = max(self._answered, int(line))
                    self._told.notify_all()
            process.wait()
            self._over.wait(EVERY)


class _Work:
    """What the process does, and what it has been told."""

    def __init__(self) -> None:
        self._wanted, self._over, self._asked = Event(), False, 0
        self._turn, self._writers = Condition(), 0

    def listen(self) -> None:
        """Take what the server says, until it ends."""
        for line in sys.stdin:
            with self._turn:
                if line.startswith("now"):
                    self._asked = int(line.split()[1])
                    self._wanted.set()
                else:
                    self._writers += 1 if line.startswith("wait") else -1
                self._turn.notify_all()
        self._over = True
        self._wanted.set()
        with self._turn:
            self._turn.notify_all()

    def run(self, path: str) -> None:
        """Resolve whenever something is stale."""
        from dragoman.model.problems import DragomanError
        from dragoman.record import Record

        with Record(path, create=False) as record:
            while not self._over:
                self._wanted.clear()
                asked = self._asked
                with suppress(_Stopped, DragomanError):  # another process holds the record, or we end: what is stale stays marked
                    record.resolve(lambda _: self._between())
                sys.stdout.write(f"{asked}\n")
                sys.stdout.flush()
                self._wanted.wait(EVERY)

    def _between(self) -> None:
        """Between two transactions: end, or let others write."""
        if self._over:
            raise _Stopped
        sleep(PAUSE)
        with self._turn:
            self._turn.wait_for(lambda: self._writers <= 0 or self._over, EVERY)


class _Stopped(Exception):
    """The server ends."""


def main() -> None:
    """The process: the record's place comes first, then what is wanted."""
    path, work = sys.stdin.readline().rstrip("\n"), _Work()
    Thread(target=work.listen, daemon=True).start()
    with suppress(BrokenPipeError):  # the server was killed
        work.run(path)


if __name__ == "__main__":
    main()

"""A worker: gives pieces to its child process, and gets another child when that one dies."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from typing import Any

from dragoman.scale.layout import Piece

DEATHS = 3  # of a child before it began, or of children in a row that got nowhere
SURE = frozenset({signal.SIGPROF, signal.SIGALRM})  # how a child dies of the time limit


class Stopped(Exception):
    """No child can read anything; the message says why."""


class Worker:
    """Reads pieces, whatever becomes of the processes that do."""

    def __init__(self, start: dict[str, Any]) -> None:
        self._start = start
        self._child: subprocess.Popen[str] | None = None

    def read(self, piece: Piece, done: list[int]) -> Iterator[dict[str, Any]]:
        """The batches of a piece as they are put in place, and the reason if it is not read to its end."""
        state = _State(done)
        while True:
            try:
                for message in self._messages({"piece": list(piece), "done": state.done, "careful": state.careful, "aside": state.aside}):
                    if "stop" in message:
                        raise Stopped(message["stop"])
                    if "lost" in message:
                        yield {"unfinished": [piece.path, message["lost"]]}
                        return
                    if "done" in message:
                        yield message
                    state.heard(message)
                return
            except _Died as death:
                state.died(death.code)
                if state.deaths > DEATHS:
                    yield {"unfinished": [piece.path, f"the reader died {state.deaths} times without a document to blame"]}
                    return

    def link(self) -> tuple[int, int]:
        """Have the documents linked; how many are copies, and how many were replaced."""
        try:
            copies, replaced = [m["linked"] for m in self._messages({"link": True})][0]  # noqa: RUF015 - to its end
        except _Died as death:
            raise Stopped(f"The process that links copies ended with {death.code}; is there enough memory?") from death
        return copies, replaced

    def close(self) -> None:
        """Let the child end."""
        child, self._child = self._child, None
        if child is not None:
            _reaped(child)

    def _messages(self, job: dict[str, Any]) -> Iterator[dict[str, Any]]:
        child = self._ready()
        try:
            self._say(child, job)
            while True:
                message = self._hear(child)
                if "end" in message:
                    return
                yield message
        except (BrokenPipeError, EOFError):
            self._child = None
            raise _Died(_reaped(child)) from None

    def _ready(self) -> subprocess.Popen[str]:
        """The child, which has loaded what it needs."""
        for attempt in range(DEATHS):
            if self._child is not None and self._child.poll() is None:
                return self._child
            child = self._child = _spawned()
            try:
                self._say(child, self._start)
                self._hear(child)
            except (BrokenPipeError, EOFError):
                self._child = None
                code = _reaped(child)
                if attempt == DEATHS - 1:
                    raise Stopped(f"The process that reads cannot start (it ended with {code}); see its message above.") from None
        if self._child is None:
            raise Stopped("The process that reads cannot start.")
        return self._child

    @staticmethod
    def _say(child: subprocess.Popen[str], message: dict[str, Any]) -> None:
        assert child.stdin
        child.stdin.write(json.dumps(message) + "\n")
        child.stdin.flush()

    @staticmethod
    def _hear(child: subprocess.Popen[str]) -> dict[str, Any]:
        assert child.stdout
        line = child.stdout.readline()
        if not line.endswith("\n"):
            raise EOFError
        found: dict[str, Any] = json.loads(line)
        return found


class Working:
    """What each of the engine's workers holds: a worker with its child process."""

    def __init__(self, start: str) -> None:
        self._worker = Worker(json.loads(start))

    def work(self, job: str) -> Iterator[str]:
        """What is told of a job, as JSON."""
        row = json.loads(job)
        try:
            for message in self._worker.read(Piece(*row["piece"]), row["done"]):
                yield json.dumps(message)
        except Stopped as error:
            yield json.dumps({"stop": str(error)})


class _Died(Exception):
    def __init__(self, code: int) -> None:
        super().__init__(code)
        self.code = code


class _State:
    """What is known of a piece while children read it and die of it."""

    def __init__(self, done: list[int]) -> None:
        self.done = list(done)
        self.careful: int | None = None
        self.aside: dict[int, str] = {}
        self.deaths = 0
        self._batch: int | None = None
        self._document: int | None = None
        self._strikes: Counter[int] = Counter()

    def heard(self, message: dict[str, Any]) -> None:
        if "batch" in message:
            self._batch, self._document = message["batch"], None
        elif "document" in message:
            self._document = message["document"]
        elif "done" in message:
            self.done.append(message["done"]["number"])
            self.careful, self.aside, self.deaths = None, {}, 0
            self._strikes.clear()

    def died(self, code: int) -> None:
        """Blame the document in hand when the time limit ended the child, or when two children died on it."""
        self.deaths += 1
        if self._batch is not None and self._batch not in self.done:
            self.careful = self._batch
        if self._document is not None:
            self._strikes[self._document] += 1
            slow = -code in SURE
            if slow or self._strikes[self._document] == 2:
                self.aside[self._document] = "document-too-slow" if slow else "crashed"
                self.deaths = 0
        self._batch = self._document = None


def _spawned() -> subprocess.Popen[str]:
    environment = os.environ | {"OMP_NUM_THREADS": "1", "DAFT_ANALYTICS_ENABLED": "0"}
    return subprocess.Popen([sys.executable, "-m", "dragoman.scale.child"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
                            encoding="utf-8", env=environment)


def _reaped(child: subprocess.Popen[str]) -> int:
    for stream in (child.stdin, child.stdout):
        if stream:
            with contextlib.suppress(BrokenPipeError):
                stream.close()
    return child.wait()

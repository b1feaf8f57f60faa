"""What a run is asked to do, how its inputs are cut, and where its output lies.

    DIR/manifest.json          what was asked for; a run goes on only with the same
    DIR/done/<batch>.json      one a batch, written last: a batch is there when this is there
    DIR/documents/<batch>.parquet, DIR/claims/<kind>/<batch>.parquet, DIR/aside/..., DIR/problems/...
    DIR/links/links.parquet    copies and replaced texts, made anew at the end of every run
    DIR/lines/<block>.json     how many lines a part of a large file of JSONL has, where its lines have no names of their own
    DIR/report.json            what the last run did
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from typing import Any, NamedTuple

from dragoman.model.problems import DragomanError

VERSION = 1  # of this layout
PIECE = 16_000_000  # bytes of a file that one worker reads at a time
FUNCTION = "dragoman.stages:read_inputs"  # what reads inputs
BATCH, LIMIT = 2_000, 60.0  # inputs of a batch; seconds of a document


class ScaleError(DragomanError):
    """The run cannot go on; the message says what to do."""


@dataclass(frozen=True, slots=True)
class Columns:
    """Which fields of Parquet and JSONL hold what; None where the field bears the name that is read anyway."""

    text: str | None = None
    id: str | None = None
    url: str | None = None
    title: str | None = None
    date: str | None = None
    outlet: str | None = None
    language: str | None = None
    author: str | None = None

    def named(self, row: dict[str, Any]) -> dict[str, Any]:
        """The row with its fields under the names that are read; a text without an id goes by its address."""
        given = {column: name for name, column in asdict(self).items() if column}
        taken = set(given.values())
        out = {given.get(key, key): value for key, value in row.items() if key in given or key not in taken}
        if self.url and out.get("url") and out.get("id") in (None, ""):
            out["id"] = out["url"]
        return out


@dataclass(frozen=True, slots=True)
class Settings:
    """What decides the rows of a run. `reader` is its version, `function` what reads (`module:name`)."""

    reader: str
    model: str | None = None
    columns: Columns = Columns()
    batch: int = BATCH
    piece: int = PIECE
    limit: float = LIMIT
    function: str = FUNCTION

    def as_json(self) -> dict[str, Any]:
        """The settings as the manifest has them; the time limit may be another the next time."""
        return {"layout": VERSION} | {k: v for k, v in asdict(self).items() if k != "limit"}

    @property
    def digest(self) -> str:
        """What names the batches of these settings."""
        return hashlib.sha256(json.dumps(self.as_json(), sort_keys=True).encode()).hexdigest()[:16]


class Piece(NamedTuple):
    """A part of a file that one worker reads: what begins from `start` to before `end`, in bytes; in Parquet the groups of rows."""

    path: str
    format: str
    start: int
    end: int
    stamp: str  # of the file's size and time
    size: int  # bytes, for the time that is left

    @property
    def name(self) -> str:
        """The name of the piece, the same in every run over the same file."""
        return hashlib.sha256("\x1f".join(map(str, self)).encode()).hexdigest()[:16]


def batch_name(settings: str, piece: Piece, number: int) -> str:
    """The name of a batch, made from all that decides what is in it."""
    return hashlib.sha256(f"{settings}\x1f{piece.name}\x1f{number}".encode()).hexdigest()[:20]


COUNTED = ("inputs", "documents", "read", "failed", "other_language", "put_aside", "claims", "words", "problems")


class Done(NamedTuple):
    """A batch that is there: its piece and number in it, whether it is the last, its counts, its files and what it cost."""

    batch: str
    piece: Piece
    number: int
    last: bool
    counts: dict[str, int]
    files: list[str]
    bytes: int
    cpu: float
    seconds: float

    def as_json(self) -> dict[str, Any]:
        return self._asdict() | {"piece": list(self.piece)}

    @classmethod
    def of(cls, row: dict[str, Any]) -> Done:
        """The batch of what `as_json` gave."""
        return cls(**row | {"piece": Piece(*row["piece"])})

    @property
    def order(self) -> tuple[str, int, int]:
        """Where the batch stands in the crawl, whatever order it was read in."""
        return self.piece.path, self.piece.start, self.number


@dataclass(slots=True)
class Report:
    """What there is in the folder, and what this run did; it grows while the run goes on.

    batches, unfinished   batches that are there; pieces that could not be read to their end, with the reason
    bytes, total_bytes    how far the run is
    seconds               of this run; cpu_seconds are of all that is in the folder
    copies, superseded    documents that are edited copies, and that newer texts replaced
    restarts              how the engine ended, each time that it ended by itself and was begun again
    memory                kilobytes that the driver needed, with the engine's process
    """

    total_bytes: int = 0
    counts: dict[str, int] = field(default_factory=lambda: dict.fromkeys(COUNTED, 0))
    batches: int = 0
    new_batches: int = 0
    bytes: int = 0
    new_bytes: int = 0
    seconds: float = 0.0
    cpu_seconds: float = 0.0
    new_inputs: int = 0
    copies: int = 0
    superseded: int = 0
    restarts: list[str] = field(default_factory=list)
    memory: int = 0
    unfinished: list[tuple[str, str]] = field(default_factory=list)
    seen: set[str] = field(default_factory=set)

    def add(self, found: Iterable[Done], new: bool) -> None:
        """Count batches, each once."""
        for batch in found:
            if batch.batch in self.seen:
                continue
            self.seen.add(batch.batch)
            for name in COUNTED:
                self.counts[name] += batch.counts[name]
            self.batches += 1
            self.bytes += batch.bytes
            self.cpu_seconds += batch.cpu
            if new:
                self.new_batches += 1
                self.new_bytes += batch.bytes
                self.new_inputs += batch.counts["inputs"]

    @property
    def aside(self) -> float:
        """The share of documents that were put aside without being parsed."""
        seen = self.counts["documents"]
        return (self.counts["put_aside"] + self.counts["other_language"]) / seen if seen else 0.0

    @property
    def rate(self) -> float:
        """Inputs a second in this run."""
        return self.new_inputs / self.seconds if self.seconds else 0.0

    @property
    def left(self) -> float | None:
        """Seconds that the rest will take at this rate, None where that is not known yet."""
        rest = max(0, self.total_bytes - self.bytes)
        return rest / (self.new_bytes / self.seconds) if self.new_bytes and self.seconds else None

    def as_json(self) -> dict[str, Any]:
        """The report as plain values."""
        row = asdict(self)
        del row["seen"]
        return row | {"share_put_aside": round(self.aside, 4), "inputs_a_second": round(self.rate, 2),
                      "unfinished": [list(pair) for pair in self.unfinished]}

"""Claims to facts on the engine, a block at a time and without a database: the facts that a record would have."""

from __future__ import annotations

import json
import shutil
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from dragoman.scale import engine, layout, tables
from dragoman.scale.layout import Done, ScaleError

AT_ONCE = 300_000  # claims that are spread over blocks at a time; more take several passes
ROWS = 20_000  # facts of a file


def facts(folder: str | Path, to: str | Path, *, ray: str | None = None, workers: int | None = None) -> dict[str, int]:
    """Resolve the claims of a run's folder into Parquet; how many facts of each kind there are.

    Raises:
      ScaleError: the folder is of no run.
    """
    place, out = Path(folder).absolute(), Path(to).absolute()
    batches = layout.done(place)
    if not batches:
        raise ScaleError(f"{place} holds no run. `dragoman scale read SOURCE --to {place}` makes one.")
    daft = engine.started(ray)
    fresh = out / ".facts.part"
    shutil.rmtree(fresh, ignore_errors=True)
    fresh.mkdir(parents=True)
    counts: Counter[str] = Counter()
    held: dict[str, list[dict[str, Any]]] = defaultdict(list)
    parts = 1 + sum(batch.counts["claims"] for batch in batches) // AT_ONCE
    for part in range(parts):
        for row in _facts(daft, place, batches, part, parts, workers or engine.cores(ray)):
            held[row["kind"]].append(row)
            counts[row["kind"]] += 1
            if len(held[row["kind"]]) == ROWS:
                _put(fresh, row["kind"], counts[row["kind"]], held.pop(row["kind"]))
    for kind, rows in held.items():
        _put(fresh, kind, counts[kind], rows)
    shutil.rmtree(out / "facts", ignore_errors=True)
    fresh.rename(out / "facts")
    return dict(counts)


def _put(folder: Path, kind: str, number: int, rows: Sequence[dict[str, Any]]) -> None:
    rows = sorted(rows, key=lambda row: (row["room"], row["block"], row["id"]))
    place = folder / kind
    place.mkdir(exist_ok=True)
    tables.put(place / f"{number:09}.parquet", tables.FACTS, rows)


def _facts(daft: Any, folder: Path, batches: Sequence[Done], part: int, parts: int, workers: int) -> Iterator[dict[str, Any]]:
    """The facts of a part of the blocks, as rows."""
    from dragoman.scale.blocks import Resolve, Spread

    jobs = [json.dumps({"number": number, "batch": batch.as_json()}) for number, batch in enumerate(batches)]
    spread = daft.cls(Spread, max_concurrency=min(workers, len(jobs)), use_process=True)(str(folder), part, parts)
    resolve = daft.cls(Resolve, max_concurrency=workers, use_process=True)()
    of = daft.col
    # a row that gives nothing comes as a row of nulls
    placed = daft.from_pydict({"job": jobs}).into_batches(1).select(spread.places(of("job"))).where(of("room").not_null())
    blocks = placed.groupby("room", "block").agg(of("claim").list_agg().alias("claims")).into_batches(64)
    made = blocks.select(resolve.facts(of("room"), of("block"), of("claims"))).where(of("id").not_null())
    yield from made.iter_rows()

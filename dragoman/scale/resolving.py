"""Claims to facts on the engine, a block at a time and without a database: the facts that a record would have."""

from __future__ import annotations

import json
import os
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from typing import Any

from dragoman.scale import engine, places, tables
from dragoman.scale.engine import Ended, Engine
from dragoman.scale.layout import ScaleError
from dragoman.scale.places import Place

AT_ONCE = 300_000  # claims that are spread over blocks at a time; more take several passes
ROWS = 20_000  # facts of a file
TRIES = 3  # of an engine that ends by itself


def facts(folder: str | os.PathLike[str], to: str | os.PathLike[str], *, ray: str | None = None,
          workers: int | None = None) -> dict[str, int]:
    """Resolve the claims of a run into Parquet; how many facts of each kind there are.

    They are all there when facts.json is.

    Raises:
      ScaleError: there is no run.
    """
    place, out = places.place(folder), places.place(to)
    batches = places.done(place)
    if not batches:
        raise ScaleError(f"{place} holds no run. `dragoman scale read SOURCE --to {place}` makes one.")
    with places.alone(out):
        for name in ("facts.json", *out.names("facts")):
            out.remove(name)
        counts: Counter[str] = Counter()
        held: dict[str, list[dict[str, Any]]] = defaultdict(list)
        parts = 1 + sum(batch.counts["claims"] for batch in batches) // AT_ONCE
        runs, jobs = Engine(ray), [json.dumps({"number": n, "batch": batch.as_json()}) for n, batch in enumerate(batches)]
        for part in range(parts):
            for row in _once(runs, where=str(place), jobs=jobs, part=part, parts=parts, workers=workers):
                held[row["kind"]].append(row)
                counts[row["kind"]] += 1
                if len(held[row["kind"]]) == ROWS:
                    _put(out, row["kind"], counts[row["kind"]], held.pop(row["kind"]))
        for kind, rows in held.items():
            _put(out, kind, counts[kind], rows)
        places.write_json(out, "facts.json", dict(counts))
    return dict(counts)


def _put(place: Place, kind: str, number: int, rows: Sequence[dict[str, Any]]) -> None:
    rows = sorted(rows, key=lambda row: (row["room"], row["block"], row["id"]))
    place.write(f"facts/{kind}/{number:09}.parquet", tables.packed(tables.FACTS, rows))


def _once(runs: Engine, **given: Any) -> Iterator[dict[str, Any]]:
    """The facts of a part of the blocks, each once; an engine that ends by itself is begun again."""
    seen: set[tuple[str, str, str]] = set()
    for turn in range(TRIES):
        try:
            for row in runs.told("dragoman.scale.resolving:made", **given):
                mark = row["room"], row["block"], row["id"]
                if mark not in seen:
                    seen.add(mark)
                    yield row
            return
        except Ended as error:
            if turn == TRIES - 1:
                raise ScaleError(f"The engine failed {TRIES} times: {error}") from error


def made(daft: Any, where: str, jobs: Sequence[str], part: int, parts: int, workers: int | None) -> Iterator[dict[str, Any]]:
    """The facts of a part of the blocks, as rows."""
    from dragoman.scale.blocks import Resolve, Spread

    many = workers or engine.cores(daft)
    spread = daft.cls(Spread, max_concurrency=min(many, len(jobs)), use_process=True)(where, part, parts)
    resolve = daft.cls(Resolve, max_concurrency=many, use_process=True)()
    of = daft.col
    # a row that gives nothing comes as a row of nulls
    placed = daft.from_pydict({"job": list(jobs)}).into_batches(1).select(spread.places(of("job"))).where(of("room").not_null())
    blocks = placed.groupby("room", "block").agg(of("claim").list_agg().alias("claims")).into_batches(64)
    found = blocks.select(resolve.facts(of("room"), of("block"), of("claims"))).where(of("id").not_null())
    yield from found.iter_rows()

"""What a run put into a folder, brought into a record: a batch in one transaction, and each batch once."""

from __future__ import annotations

import os
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from dragoman import stages
from dragoman.model.claims import Claim
from dragoman.model.problems import Problem
from dragoman.model.stored import Progress, Summary
from dragoman.reader import Tally
from dragoman.scale import places, tables
from dragoman.scale.layout import Done, ScaleError
from dragoman.scale.places import Place
from dragoman.store import Entry, InputDone, State, Store, bulk, writing


def load(store: Store, folder: str | os.PathLike[str], progress: Callable[[Progress], None] | None = None) -> Summary:
    """Bring the batches of a folder into a record that are not in it; what is there already changes nothing.

    Raises:
      ScaleError: the folder is of no run.
    """
    place = places.place(folder)
    if not place.exists("manifest.json"):
        raise ScaleError(f"{place} holds no run. `dragoman scale read SOURCE --to {place}` makes one.")
    begin, tally = time.perf_counter(), Tally()
    batches = places.done(place)
    total, run = sum(_documents(b) for b in batches), None
    for batch in batches:
        if store.input(_mark(batch)) is not None:
            tally.counts["unchanged"] += _documents(batch)
            tally.done += _documents(batch)
            continue
        run = store.begin_run(f"load {str(place).rpartition('/')[2]}") if run is None else run
        _bring(store, place, batch, tally)
        if progress:
            progress(Progress(tally.done, total, batch.piece.path))
    store.end_looking()
    seconds = round(time.perf_counter() - begin, 3)
    summary = Summary(not_read=(), problems=tuple(tally.problems), seconds=seconds, **tally.counts)
    if run is not None:
        store.end_run(run, summary.as_json())
    return summary


def _mark(batch: Done) -> str:
    """Under which key a record notes that a batch is in it."""
    return f"batch:{batch.batch}"


def _documents(batch: Done) -> int:
    return batch.counts["read"] + batch.counts["failed"]


def _bring(store: Store, place: Place, batch: Done, tally: Tally) -> None:
    """One batch, all of it or nothing."""
    problems = _problems(place, batch)
    entries = list(_entries(store, place, batch, problems))
    held = {entry.key for entry in entries}
    with store.writes() as c:
        outcomes = bulk.write(c, entries, stages.alike)
        for key, some in problems.items():
            if key not in held:
                writing.replace_problems(c, key, some)
        writing.finish_input(c, InputDone(_mark(batch), batch.batch, "", entries[0].reader if entries else "", _documents(batch), ()))
    for entry, outcome in zip(entries, outcomes, strict=True):
        tally.count(entry, outcome)
    tally.problems += [problem for some in problems.values() for problem in some]


def _problems(place: Place, batch: Done) -> dict[str, list[Problem]]:
    """The problems of a batch by input."""
    out: dict[str, list[Problem]] = defaultdict(list)
    for name in places.files([batch], "problems"):
        for row in tables.rows(place.source(name)):
            out[row.pop("input")].append(Problem(**row))
    return out


def _entries(store: Store, place: Place, batch: Done, problems: dict[str, list[Problem]]) -> Iterator[Entry]:
    """The documents of a batch as the record stores them; of one that it knows by this reader or a newer one, the place alone."""
    rows = [row for name in places.files([batch], "documents") for row in tables.rows(place.source(name))]
    if not rows:
        return
    known = store.known([row["id"] for row in rows])
    claims, named = claims_of(place, batch)
    for row in rows:
        document, raw = tables.document(row)
        digest, before = stages.about(document), known.get(document.id)
        state = State.READ if row["read"] else State.FAILED
        done = None
        if row["of"] == 1 and row["read"]:
            done = InputDone(row["key"], document.source.sha256, stages.digest(raw.metadata), row["reader"], 1, ())
        entry = Entry(document, raw, row["key"], digest, row["reader"], state, problems=problems.get(row["key"], ()), done=done,
                      signature=row["signature"])
        is_read = before is not None and before.state is State.READ and stages.satisfied(before.reader, row["reader"])
        if not (is_read and before is not None and (before.home != row["key"] or before.digest == digest)):
            entry = _with(entry, claims.get(document.id, []), named, row["states"])
        yield entry


def _with(entry: Entry, claims: Sequence[Claim], named: dict[str, frozenset[str]], states: Sequence[str]) -> Entry:
    return replace(entry, claims=tuple(claims), named={c.id: named[c.id] for c in claims if c.id in named}, parties=tuple(states))


def claims_of(place: Place, batch: Done) -> tuple[dict[str, list[Claim]], dict[str, frozenset[str]]]:
    """The claims of a batch by document, each once, and the states that their words name by claim."""
    by_id: dict[str, Claim] = {}
    named: dict[str, frozenset[str]] = {}
    for name in batch.files:
        if name.startswith("claims/"):
            for row in tables.rows(place.source(name)):
                by_id.setdefault(row["id"], tables.claim(row))
                if row["named"] is not None:
                    named[row["id"]] = frozenset(row["named"])
    found: dict[str, list[Claim]] = defaultdict(list)
    for claim in by_id.values():
        found[claim.document].append(claim)
    return found, named

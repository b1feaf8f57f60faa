"""Many documents at once are stored as one by one, on both databases: the same rows in every table."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from types import ModuleType

import pytest
from sqlalchemy import select

from dragoman import Record, stages
from dragoman.model.documents import Raw
from dragoman.model.problems import Problem
from dragoman.sources.limits import source
from dragoman.stages import Reading
from dragoman.store import Entry, InputDone, State, bulk, copies, schema, writing
from tests.store import places
from tests.store.test_file import TEXT

Place = Callable[[str], str]
place = places.place
NO_TIME = {"runs", "meta", "settings", "stale_blocks"}


def _entries() -> list[Entry]:
    """Texts with an edited copy, the same at two places, a newer text under an old name, one that failed, and what was known before."""
    texts = {f"{n}.txt": TEXT.format(n=n) for n in range(12)}
    rows = [*texts.items(), ("copy.txt", texts["3.txt"] + "\nA last line was added, and nothing else.\n"), ("same.txt", texts["4.txt"]),
            ("5.txt", texts["5.txt"].replace("again", "once more")), ("bad.txt", "BOOM " + TEXT.format(n=40)),
            ("copy2.txt", texts["3.txt"] + "\nAnother line was added by another hand.\n"), ("6.txt", texts["7.txt"])]
    rows += [(f"more{n}.txt", TEXT.format(n=n + 50)) for n in range(5)]
    raws = [Raw(source(name, f"/news/{name}", text.encode(), "text/plain"), text.encode(), {"outlet": "Osaka Gazette"})
            for name, text in rows]
    return [entry for one in stages.read_inputs(raws) for entry in _of(one)]


def _of(one: stages.Input) -> list[Entry]:
    out = []
    for found, reading in zip(one.work.found, one.readings, strict=True):
        document, key = found.document, one.work.key
        read = isinstance(reading, Reading)
        problems = () if read else (Problem("reader-failed", "It failed.", key, "Report it."),)
        claims, named, parties = (reading.claims, reading.named, reading.parties) if isinstance(reading, Reading) else ((), {}, ())
        out.append(Entry(document, one.work.raw, key, stages.about(document), "1 fake", State.READ if read else State.FAILED, claims, named,
                         parties, stages.signature(document), problems, InputDone(key, document.source.sha256, "", "1 fake", 1, ())))
    return out


def _rows(record: Record) -> dict[str, list[str]]:
    with record._store.reads() as c:
        return {t.name: sorted(repr(tuple(row)) for row in c.execute(select(t))) for t in schema.metadata.sorted_tables
                if t.name not in NO_TIME}


def _stored(url: str, write: Callable[..., object], entries: Sequence[Entry], sizes: Sequence[int]) -> dict[str, list[str]]:
    """The rows of a record to which so many entries at a time were written."""
    rest = list(entries)
    with Record(url) as record:
        for size in (*sizes, len(rest)):
            part, rest = rest[:size], rest[size:]
            with record._store.writes() as c:
                write(c, part)
        return _rows(record)


@pytest.mark.parametrize("sizes", [(), (1, 9, 4)])
def test_many_at_once_are_as_one_by_one(place: Place, fake_reader: ModuleType, sizes: tuple[int, ...],
                                        monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(copies, "FULL", 3)
    monkeypatch.setattr(bulk, "AT_ONCE", 7)
    entries = _entries()
    assert len(entries) == 23

    outcomes: dict[str, list[object]] = {"one": [], "many": []}
    one = _stored(place("one.db"), lambda c, part: outcomes["one"].extend(writing.write(c, e, stages.alike) for e in part), entries, sizes)
    many = _stored(place("many.db"), lambda c, part: outcomes["many"].extend(bulk.write(c, part, stages.alike)), entries, sizes)
    assert outcomes["one"] == outcomes["many"]
    assert one.keys() == many.keys()
    for table, rows in one.items():
        assert many[table] == rows, table
    assert len(one["documents"]) == 21 and one["claims"]
    assert any(outcome.copy for outcome in outcomes["many"])  # type: ignore[attr-defined]


def test_written_again_nothing_changes(place: Place, fake_reader: ModuleType) -> None:
    entries = _entries()[:12]
    again = [Entry(e.document, e.raw, e.key, e.digest, e.reader, e.state) for e in entries]
    with Record(place("x.db")) as record:
        with record._store.writes() as c:
            bulk.write(c, entries, stages.alike)
        before = _rows(record)
        with record._store.writes() as c:
            assert {o.what for o in bulk.write(c, again, stages.alike)} == {"unchanged"}
        assert _rows(record) == before

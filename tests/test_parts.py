"""What a new document can change is made anew and nothing else; the facts are those that follow from all claims at once."""

from __future__ import annotations

import json
import random
import tempfile
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from benchmarks import resolving
from dragoman import Record, rooms
from dragoman.evaluation import gold_claims
from dragoman.model.claims import Claim
from dragoman.model.facts import Fact, Part

FEW = ("KEN", "NOR", "PER")
Made = tuple[str, list[Claim]]


def made(count: int, seed: int) -> list[Made]:
    """Documents of the benchmark's claims, all about three states: whatever can meet in a block does."""
    draw = random.Random(seed)
    out = []
    for name, claims in draw.sample(list(resolving.documents(count * 60)), count):
        moved = resolving.Elsewhere(seed)
        moved._states = {code: FEW[n % len(FEW)] for n, code in enumerate(sorted(moved._states))}
        out.append((name, [moved.claim(c, c.document) for c in claims]))
    return out


def put(record: Record, name: str, claims: Sequence[Claim]) -> None:
    record.take_in(gold_claims.document(name, claims), list(claims), name.encode(), name)


def every(record: Record) -> list[tuple[str, str]]:
    return sorted((kind, json.dumps(f.as_json(), default=str)) for kind in rooms.kinds() for f in record.facts(kind))


@settings(max_examples=6, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.integers(0, 10_000), st.randoms(use_true_random=False))
def test_facts_are_the_same_a_document_at_a_time_and_all_at_once(seed: int, draw: random.Random) -> None:
    documents = made(6, seed)
    with tempfile.TemporaryDirectory() as folder, Record(Path(folder) / "x.db") as step, Record(Path(folder) / "y.db") as whole:
        order = draw.sample(documents, len(documents))
        for n, (name, claims) in enumerate(order):
            if draw.random() < 0.3:  # an earlier reading, with something left out and something else said
                put(step, name, [replace(c, confidence=0.4) for c in claims[: len(claims) // 2]])
                step.resolve()
            put(step, name, claims)
            if draw.random() < 0.7 or n == len(order) - 1:
                step.resolve()
        for name, claims in documents:
            put(whole, name, claims)
        assert every(step) == every(whole)
        assert {f.id for kind in rooms.kinds() for f in whole.facts(kind)} == {f.id for f in rooms.whole([c for _, c in documents])}
        one, other, *_ = [c.id for _, claims in documents for c in claims if c.kind == "contact"]
        for record in (step, whole):
            record.judge("different", one, other, by="Ada")
            record.judge("reject", one, by="Ada")
        assert every(step) == every(whole)


def test_what_has_nothing_new_is_not_made_anew(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    documents = made(8, 4)
    counted: list[int] = []
    real = rooms.of_part

    def of_part(part: Part) -> list[Fact]:
        counted.append(len(part.claims))
        return real(part)

    monkeypatch.setattr(rooms, "of_part", of_part)
    with Record(tmp_path / "x.db") as record:
        for name, claims in documents[:-1]:
            put(record, name, claims)
        record.resolve()
        before, numbers = len(counted), _numbers(record)
        put(record, *documents[-1])
        record.resolve()
        assert len(counted) - before < before / 2
        assert len(numbers & _numbers(record)) > len(numbers) / 2, "rows of facts that stay the same are not written again"
        counted.clear()
        put(record, *documents[-1])
        record.resolve()
        assert counted == []


def _numbers(record: Record) -> set[int]:
    with record._store.reads() as c:
        return set(c.exec_driver_sql("SELECT n FROM facts").scalars())

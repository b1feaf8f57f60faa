"""What pairs of states share is kept in step with claims and facts, whatever comes and goes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import combinations
from pathlib import Path

import pytest
from sqlalchemy import select

from dragoman import keeping
from dragoman.model.overview import Wanted
from dragoman.store import checking, pairs, schema, shared
from dragoman.web import desk


@pytest.fixture
def record(examples: Path, tmp_path: Path) -> Iterator[desk.DeskRecord]:
    keeping.migrate(examples, tmp_path / "desk.db")
    found = desk.open_record(tmp_path / "desk.db")
    yield found
    found.close()


def counted_anew(record: desk.DeskRecord) -> Counter[tuple[str, str, str]]:
    """How much each pair shares of each kind, out of the facts and claims themselves."""
    found: Counter[tuple[str, str, str]] = Counter()
    D = schema.documents.c
    others = select(schema.claims.c.n).join(schema.documents, D.n == schema.claims.c.document).where(
        D.superseded_by.is_not(None) | D.copy_of.is_not(None))
    with record._store.reads() as c:
        uncounted = set(c.execute(others).scalars())
        for kinds, table, states, key in ((pairs.FACTS, schema.facts, schema.fact_states, "fact"),
                                          (pairs.CLAIMS, schema.claims, schema.claim_states, "claim")):
            for row in c.execute(select(table.c.n, table.c.kind).where(table.c.kind.in_(kinds))):
                if key == "claim" and row.n in uncounted:
                    continue
                about = sorted(c.execute(select(states.c.state).where(states.c[key] == row.n)).scalars())
                found.update((one, other, row.kind) for one, other in combinations(about, 2))
    return found


def counted(record: desk.DeskRecord) -> Counter[tuple[str, str, str]]:
    M = schema.pair_months.c
    found: Counter[tuple[str, str, str]] = Counter()
    with record._store.reads() as c:
        assert not list(checking.references(c))
        for row in c.execute(select(M.one, M.other, M.kind, M.many)):
            found[row.one, row.other, row.kind] += row.many
    return found


def test_counts_follow_the_facts(record: desk.DeskRecord) -> None:
    before = counted(record)
    assert before == counted_anew(record)
    assert before["CZE", "KAZ", "contact"] > 0
    meeting = record.facts_about(Wanted("contact", ("CZE", "KAZ")), 1)[0]
    line = record.judge("reject", meeting.id, by="Ann")
    record.catch_up()
    after = counted(record)
    assert after == counted_anew(record)
    assert after != before
    record.undo(line.id, by="Ann")
    record.catch_up()
    assert counted(record) == before


def test_pages_of_a_pair_come_the_latest_first_and_within_the_time(record: desk.DeskRecord) -> None:
    wanted = Wanted("contact", ("KAZ", "CZE"))
    every = record.facts_about(wanted, 100)
    assert [f.id for k in range(len(every)) for f in record.facts_about(wanted, 1, k)] == [f.id for f in every]
    days = [max(f.days, default="") for f in every]
    assert days == sorted(days, reverse=True)
    late = Wanted("contact", ("KAZ", "CZE"), since="2024-09")
    assert {f.id for f in record.facts_about(late, 100)} < {f.id for f in every}
    assert record.kinds_counted(late).get("contact", 0) == len(record.facts_about(late, 100))


def test_what_is_to_come_is_not_the_last(record: desk.DeskRecord) -> None:
    with record._store.reads() as c:
        assert shared.last_seen(c, [("CZE", "KAZ")], "1900-01-01") == {("CZE", "KAZ"): ""}
        last = shared.last_seen(c, [("CZE", "KAZ")], "9998")["CZE", "KAZ"]
        assert shared.last_seen(c, [("CZE", "KAZ")], last)["CZE", "KAZ"] == last
        assert shared.last_seen(c, [("CZE", "KAZ")], "2024-03-31")["CZE", "KAZ"] <= "2024-03-31"
    pair = next(p for p in record.pairs() if p[:2] == ("CZE", "KAZ"))
    assert pair.total == sum(n for kind, n in pair.kinds.items() if kind != "conflict")
    assert sum(record.pair_years([("CZE", "KAZ")])["CZE", "KAZ"].values()) <= pair.kinds["contact"] + pair.kinds["event"]
    assert [p for p in record.pairs("1900-01", "1900-12") if p.total] == []


def test_counts_as_known_on_a_day(record: desk.DeskRecord) -> None:
    now, then = ({p[:2]: p.total for p in record.pairs(known=known)} for known in (None, "2024-03-31"))
    assert all(then[pair] <= now[pair] for pair in then)
    assert sum(then.values()) < sum(now.values())
    assert {p[:2]: p.total for p in record.pairs(known="2100-01-01")} == now

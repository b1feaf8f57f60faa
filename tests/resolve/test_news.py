"""What counts as news between the facts of two days."""

from __future__ import annotations

from dragoman.model.facts import Conflict
from dragoman.resolve import news


def conflict(*claims: str, about: str = "trade of LVA and PER, 2022") -> Conflict:
    return Conflict(claims=claims, states=("LVA", "PER"), about=about, type="contradiction", why="They cannot both hold.", date="2022")


def test_a_conflict_that_was_known_is_no_news_where_another_shares_its_claim() -> None:
    known = [conflict("a", "b"), conflict("a", "c", "d")]
    assert list(news.between(known, known)) == []
    assert list(news.between(known, known[:1])) == []


def test_a_conflict_with_a_claim_that_came_is_news() -> None:
    found = list(news.between([conflict("a", "b")], [conflict("a", "b"), conflict("a", "e")]))
    assert [(n.what, n.fact.claims) for n in found] == [("contradicted", ("a", "e"))]

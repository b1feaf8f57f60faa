"""Figures in series, their bounds, and the conflicts that follow."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from dragoman.model.claims import ActorRef, Claim, Link, Statement
from dragoman.model.documents import Evidence
from dragoman.model.facts import NOTHING, Judged
from dragoman.model.series import Series
from dragoman.resolve import series
from dragoman.resolve.series_bounds import bounds
from tests.resolve.figures import conflicts, facts, figure, real


def test_bounds_follow_the_written_digits() -> None:
    assert bounds(2.34e9, 2.34e9, None, "USD", "reached 2.34 billion dollars")[:2] == (2_335_000_000, 2_345_000_000)
    assert bounds(341000, 341000, None, "1", "341,000 lorries")[:2] == (340_500, 341_500)
    assert bounds(2e10, 2e10, "about", "USD", "about 20 billion")[:2] == (19_000_000_000, 21_000_000_000)
    assert bounds(10, None, "more than", "%", "over 10 percent")[:2] == (10, None)
    assert bounds(None, 5e9, "up to", "USD", "up to 5 billion")[:2] == (None, 5_000_000_000)


def test_imports_are_the_other_sides_exports() -> None:
    bought = figure(5e6, "imports of 5 million", indicator="imports", reporter="GEO", counterpart="ARM")
    sold = figure(5e6, "exports of 5 million", document="doc:b", indicator="exports", reporter="ARM", counterpart="GEO")
    parties = {f.parties for f in facts([bought, sold]) if isinstance(f, Series)}
    assert parties == {("ARM", "GEO")}
    assert real([bought, sold]) == []


def test_two_values_for_a_year_and_what_the_growth_rate_supports() -> None:
    claims = [
        figure(700e6, "trade of 700 million", "2020", "doc:a"),
        figure(620e6, "trade of 620 million", "2020", "doc:b"),
        figure(770e6, "trade of 770 million", "2021", "doc:c"),
        figure(10, "a rise of 10%", "2021", "doc:c", unit="%", measure="change", base_period="2020"),
    ]
    (found,) = real(claims)
    assert set(found.claims) == {claims[0].id, claims[1].id}
    assert found.type == "contradiction" and found.supported == (claims[0].id,)
    assert found.support and "770 million / 620 million - 1 = 24.2 %, not 10 %" in found.support


def test_a_later_figure_of_the_same_source_is_a_revision() -> None:
    claims = [figure(700e6, "700 million", "2020", "doc:a", says="Ana Lee", asserted="2021-01-10"),
              figure(720e6, "720 million", "2020", "doc:b", says="Ana Lee", asserted="2021-06-10")]
    assert [c.type for c in conflicts(claims)] == ["revision"]


def test_counts_by_two_sides_are_a_difference_of_definition() -> None:
    claims = [figure(712, "712 firms", None, indicator="other:firms", unit="1", says="Georgia"),
              figure(900, "about 900", None, indicator="other:firms", unit="1", says="Armenia", modifier="about")]
    assert [c.type for c in conflicts(claims)] == ["definition"]


def test_what_only_looks_like_a_conflict() -> None:
    same = figure(2.34e9, "2.34 billion", "2022")
    assert real([same, figure(2.34e9, "2.34 billion", "2024", "doc:b")]) == []
    assert real([same, figure(2340.1e6, "2,340.1 million", "2022", "doc:b")]) == []
    assert real([same, figure(5e9, "5 billion", "2022", "doc:b", modality="planned")]) == []
    assert real([same, figure(3e8, "agricultural trade of 300 million", "2022", "doc:b")]) == []
    assert real([figure(135, "135 projects", None, indicator="joint_projects", unit="1"),
                 figure(90, "90 projects", None, indicator="joint_projects", unit="1")]) == []
    assert real([figure(1.1e9, "1.1 billion", "2022", indicator="investment_flow"),
                 figure(1.4e9, "1.4 billion", "2022", "doc:b", indicator="investment_stock")]) == []


def test_figures_that_a_person_told_apart_are_no_conflict() -> None:
    one, other = figure(3.6e9, "3.6 billion"), figure(3.4e9, "3.4 billion", document="doc:b")
    assert len(conflicts([one, other])) == 1
    assert conflicts([one, other], Judged(different=frozenset({frozenset({one.id, other.id})}))) == []


@given(st.permutations(range(6)))
def test_each_claim_is_in_one_series_whatever_the_order(order: list[int]) -> None:
    made = [figure(100.0 + n, f"{100 + n} million", f"20{10 + n}", f"doc:{n}", unit="USD" if n % 2 else "EUR") for n in range(6)]
    found = facts([made[n] for n in order])
    assert found == facts(made)
    assert sorted(i for f in found for i in f.claims) == sorted(c.id for c in made)


def test_a_reason_told_right_behind_figures_is_theirs() -> None:
    told = replace(figure(412e6, "the total was 412 million", "2020", "doc:x"), evidence=(Evidence(10, 35, "the total was 412 million"),))
    words = "We do not count the boats that merely call for water"
    said = Statement(document="doc:x", evidence=(Evidence(60, 110, words),), speaker=ActorRef(None, "Ana Roe"), text=words, direct=True)
    assert series.blocks(said, ("GEO", "ARM")) == series.blocks(told)
    assert series.blocks(replace(said, text="We count every ship"), ("GEO", "ARM")) == ()
    assert notes(told, said) == ["do not count the boats that merely call for water"]
    assert notes(told, replace(said, evidence=(Evidence(900, 950, words),))) == [None]
    other = replace(told, attribution=(Link("office", "Statistics Office of Armenia"),))
    assert notes(other, replace(said, speaker=ActorRef(None, "Ana Roe", None, "GEO"))) == [None]


def notes(*claims: Claim) -> list[str | None]:
    return [p.note for f in series.resolve("ARM+GEO", claims, NOTHING) if isinstance(f, Series) for p in f.points]

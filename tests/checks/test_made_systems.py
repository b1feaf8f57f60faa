"""Systems of figures made by seed: what is found cannot hold, and can as soon as any one claim of it is taken out."""

from __future__ import annotations

import random
from fractions import Fraction

import pytest

from dragoman.checks.figure_solver import Oracle
from dragoman.checks.figure_system import Layout, nodes
from dragoman.checks.figure_terms import read
from dragoman.model.claims import Figure
from dragoman.model.facts import Conflict
from tests.resolve.figures import facts, figure, real

SYSTEMS = 80


def world(rng: random.Random) -> list[Figure]:
    """True figures of some years: turnover, both exports, part of a year, growth, share, each from a text of its own."""
    out: list[Figure] = []
    sold = {y: (rng.randint(120, 900), rng.randint(120, 900)) for y in range(2018, 2023)}
    total = {y: a + b for y, (a, b) in sold.items()}
    part = {y: round(t * rng.uniform(0.45, 0.6)) for y, t in total.items()}
    for y in range(2018, 2023):
        name = str(y)
        out.append(money(total[y], name, f"t{y}"))
        if rng.random() < 0.7:
            out += [sale(sold[y][0], name, f"x{y}", ("GEO", "ARM")), sale(sold[y][1], name, f"m{y}", ("ARM", "GEO"))]
        if rng.random() < 0.7:
            out.append(money(part[y], f"{y}-01/{y}-06", f"p{y}"))
        if rng.random() < 0.4:
            out.append(money(total[y] - part[y], f"{y}-07/{y}-12", f"q{y}"))
        if y > 2018 and rng.random() < 0.8:
            out.append(growth(total[y], total[y - 1], name, str(y - 1), f"g{y}"))
        if y > 2018 and rng.random() < 0.5:
            out.append(growth(part[y], part[y - 1], f"{y}-01/{y}-06", f"{y - 1}-01/{y - 1}-06", f"h{y}"))
        if rng.random() < 0.5:
            share = round(100 * sold[y][0] / total[y], 1)
            out.append(figure(share, f"exports made up {share}% of turnover", name, f"s{y}", indicator="exports", unit="%", measure="share",
                              reporter="GEO", counterpart="ARM"))
    return out


def money(value: int, period: str, document: str) -> Figure:
    return figure(value * 1e6, f"trade of {value} million dollars", period, document)


def sale(value: int, period: str, document: str, sides: tuple[str, str]) -> Figure:
    words = f"exports of {value} million"
    return figure(value * 1e6, words, period, document, indicator="exports", reporter=sides[0], counterpart=sides[1])


def growth(later: int, earlier: int, period: str, base: str, document: str) -> Figure:
    rate = round((later / earlier - 1) * 100, 1)
    return figure(rate, f"a change of {abs(rate)}%", period, document, unit="%", measure="change", base_period=base)


def broken(claims: list[Figure], rng: random.Random) -> list[Figure]:
    """The same figures, one of them wrong; in half of the systems a second text contradicts another figure."""
    at = rng.randrange(len(claims))
    bad = claims[at]
    assert bad.low is not None
    if bad.unit == "%":
        value = round(bad.low + rng.choice((-12, 15)), 1)
        words = bad.evidence[0].quote.replace(str(abs(bad.low)), str(abs(value)))
    else:
        value = round(bad.low * rng.choice((0.8, 1.3)) / 1e6) * 1e6
        words = f"it was {value / 1e6:.0f} million"
    wrong = figure(value, words, bad.period, bad.document, indicator=bad.indicator, unit=bad.unit, measure=bad.measure,
                   base_period=bad.base_period, reporter=bad.reporter, counterpart=bad.counterpart)
    out = [*claims[:at], wrong, *claims[at + 1 :]]
    if rng.random() < 0.5:
        other = next(c for c in claims if c.indicator == "trade_turnover" and c.unit == "USD")
        assert other.low is not None
        out.append(money(round(other.low * 1.25 / 1e6), other.period or "", "rival"))
    return out


def holds(claims: list[Figure]) -> bool:
    """Whether all can hold, by a solver that gets every claim."""
    said = read(facts(claims))
    layout = Layout(u for s in said for p in s.parts for u in (p.form.what, p.form.base) if u)
    found = nodes(said, layout)
    oracle = Oracle(found, [], layout)
    return oracle.core(range(len(found))) is None


def smallest(conflict: Conflict, claims: list[Figure]) -> bool:
    members = [c for c in claims if c.id in conflict.claims]
    return not holds(members) and all(holds([m for m in members if m is not one]) for one in members)


@pytest.mark.parametrize("seed", range(SYSTEMS))
def test_each_set_becomes_possible_when_any_one_claim_is_taken_out(seed: int) -> None:
    rng = random.Random(seed)
    claims = broken(world(rng), rng)
    found = real(claims)
    assert bool(found) == (not holds(claims)), "a conflict is found exactly where not all can hold"
    assert all(smallest(c, claims) for c in found)
    assert len({c.claims for c in found}) == len(found)


@pytest.mark.parametrize("seed", range(SYSTEMS))
def test_what_can_hold_is_no_conflict(seed: int) -> None:
    claims = world(random.Random(seed))
    assert holds(claims)
    assert real(claims) == []


def test_the_order_of_the_claims_changes_nothing() -> None:
    rng = random.Random(7)
    claims = broken(world(rng), rng)
    assert [c.claims for c in real(claims)] == [c.claims for c in real(claims[::-1])]


def test_bounds_of_a_sum_are_exact() -> None:
    claims = [sale(264, "2017", "a", ("GEO", "ARM")), sale(96, "2017", "b", ("ARM", "GEO"))]
    said = read(facts([*claims, money(360, "2017", "c")]))
    layout = Layout(u for s in said for p in s.parts for u in (p.form.what,))
    both = [s for s in said if s.series.indicator == "exports"]
    oracle = Oracle(nodes(both, layout), [], layout)
    whole = next(s for s in said if s.series.indicator == "trade_turnover")
    low, high = oracle.reach(range(2), layout.terms(whole.parts[0].form.what)) or (None, None)
    assert (low, high) == (Fraction(359_000_000), Fraction(361_000_000))

"""Amounts with the same in another currency in brackets, against the rates of their day."""

from __future__ import annotations

from dragoman import rooms
from dragoman.model.claims import Amount, Figure
from dragoman.model.documents import Evidence
from dragoman.model.facts import Conflict


def found(amount: float, unit: str, bracket: float, other: str, day: str | None) -> list[Conflict]:
    words = f"{unit} {amount / 1e9:g} billion ({other} {bracket / 1e9:g} billion)"
    claim = Figure(document="doc:a", evidence=(Evidence(0, len(words), words),), asserted=day, indicator="loans", parties=("KEN", "NOR"),
                   low=amount, high=amount, unit=unit, equivalent=Amount(bracket, bracket, other), period=day)
    return [f for f in rooms.facts("series", "KEN+NOR", [claim]) if isinstance(f, Conflict)]


def test_a_rate_of_the_day_is_no_conflict() -> None:
    assert found(10e9, "EUR", 10.9e9, "USD", "2024-01-15") == []


def test_a_rate_that_was_not_in_force_is_one_with_the_years_in_which_it_was() -> None:
    (conflict,) = found(10e9, "EUR", 10.2e9, "USD", "2024-01-15")
    assert conflict.type == "contradiction"
    assert "1.02" in conflict.why
    assert "2022" in conflict.why


def test_what_cannot_be_checked_says_so() -> None:
    (undated,) = found(10e9, "EUR", 10.2e9, "USD", None)
    (unknown,) = found(450e9, "KZT", 1e9, "USD", "2024-01-15")
    assert [undated.type, unknown.type] == ["unchecked", "unchecked"]
    assert not undated.real

"""Rates of the ECB's history as the package brings it."""

from __future__ import annotations

import datetime as dt

import pytest

from dragoman.reference import rates


def test_the_dollar_in_january_2024() -> None:
    found = rates.between("EUR", "USD", dt.date(2024, 1, 1), dt.date(2024, 1, 31))
    assert found and (round(found.low, 3), round(found.high, 3)) == (1.082, 1.099)


def test_years_in_which_a_rate_was_in_force() -> None:
    found = rates.years("EUR", "USD", 1.015, 1.025)
    assert 2022 in found and not {2021, 2023, 2024} & set(found)


def test_a_currency_without_history_and_a_weekend() -> None:
    assert rates.between("KZT", "USD", dt.date(2021, 1, 1), dt.date(2021, 12, 31)) is None
    assert not rates.covers("RUB", dt.date(2023, 1, 1), dt.date(2023, 12, 31))
    sunday, friday = dt.date(2024, 1, 14), dt.date(2024, 1, 12)
    weekend, before = rates.between("EUR", "USD", sunday, sunday), rates.between("EUR", "USD", friday, friday)
    assert weekend and before and weekend.low == pytest.approx(before.low)

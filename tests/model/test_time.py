"""EDTF dates: the days they cover, what is none, and moving them."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.model import time


@pytest.mark.parametrize(
    ("edtf", "first", "last"),
    [
        ("2022-02", "2022-02-01", "2022-02-28"),
        ("2024-02", "2024-02-01", "2024-02-29"),
        ("2022", "2022-01-01", "2022-12-31"),
        ("2022-01-14", "2022-01-14", "2022-01-14"),
        ("2022-01/2022-10", "2022-01-01", "2022-10-31"),
        ("2019-23", "2019-09-01", "2019-11-30"),
        ("2019-24", "2019-12-01", "2020-02-29"),
        ("../2027", None, "2027-12-31"),
        ("2015/..", "2015-01-01", None),
        ("1998~", "1998-01-01", "1998-12-31"),
    ],
)
def test_days_covered(edtf: str, first: str | None, last: str | None) -> None:
    got = time.parse(edtf)
    assert (got.first and got.first.isoformat(), got.last and got.last.isoformat()) == (first, last)


@pytest.mark.parametrize(
    "edtf",
    ["2022-13", "2022-02-30", "22", "0000", "../..", "2023/2022", "2022-1", "spring", "", "2022-25", None, 2022],
)
def test_what_is_no_edtf(edtf: object) -> None:
    assert not time.is_edtf(edtf)


@pytest.mark.parametrize(
    ("edtf", "precision"),
    [("2022", "year"), ("2022-05", "month"), ("2022-05-01", "day"), ("2022-22", "season"), ("2022/2023", "interval"), ("1998~", "year")],
)
def test_precision(edtf: str, precision: str) -> None:
    assert time.precision(edtf) == precision


def test_span_keeps_outer_ends_and_refuses_what_runs_backwards() -> None:
    assert time.span("2022-01", "2022-10") == "2022-01/2022-10"
    assert time.span("2022", "2022") == "2022"
    assert time.span("2022", None) == "2022/.."
    assert time.span("2022/2023", "2024/2025") == "2022/2025"
    assert time.span("2023", "2022") is None


def test_shifting_keeps_precision() -> None:
    assert time.shifted("2023-07/2023-09", years=-1) == "2022-07/2022-09"
    assert time.shifted("2024-02-29", years=1) == "2025-02-28"
    assert time.shifted("2023-11", months=3) == "2024-02"
    assert time.shifted("2019-22", years=-1) == "2018-22"
    assert time.shifted("1998~", years=1) == "1999~"
    assert time.shifted("2015/..", years=1) == "2016/.."
    assert time.shifted("9999-12-31", days=1) is None


@given(st.dates(dt.date(1000, 1, 1), dt.date(3000, 1, 1)), st.integers(-900, 900), st.integers(-900, 900))
def test_a_moved_day_is_a_day(day: dt.date, months: int, days: int) -> None:
    moved = time.shifted(day.isoformat(), months=months, days=days)
    assert moved is not None and time.precision(moved) == "day" and time.is_edtf(moved)


@given(st.integers(1, 3000), st.integers(1, 12), st.integers(-500, 500))
def test_months_go_there_and_back(year: int, month: int, by: int) -> None:
    assert time.month_after(*time.month_after(year, month, by), -by) == (year, month)

"""Absolute dates in a string, in the forms and languages in which documents state them."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.reference import calendar


@pytest.mark.parametrize(
    ("text", "edtf"),
    [
        ("14 January 2022", "2022-01-14"),
        ("January 14, 2022", "2022-01-14"),
        ("14th of January, 2022", "2022-01-14"),
        ("Jan. 14, 2022", "2022-01-14"),
        ("14-Jan-2022", "2022-01-14"),
        ("2022-01-14", "2022-01-14"),
        ("14.01.2022", "2022-01-14"),
        ("14/01/2022", "2022-01-14"),
        ("01/14/2022", "2022-01-14"),
        ("03.04.2024", "2024-04-03"),
        ("2024-05-01T10:20:00+05:00", "2024-05-01"),
        ("March 2023", "2023-03"),
        ("2023-03", "2023-03"),
        ("2022年1月14日", "2022-01-14"),
        ("2022년 1월 14일", "2022-01-14"),
        ("12 de marzo de 2024", "2024-03-12"),
        ("1er février 2024", "2024-02-01"),
        ("14. Februar 2024", "2024-02-14"),
        ("9 мая 2023 года", "2023-05-09"),
        ("14 Mayıs 2023", "2023-05-14"),
        ("fourteenth day of May two thousand and twenty-four", "2024-05-14"),
        ("twenty-first of May 2023", "2023-05-21"),
    ],
)
def test_forms(text: str, edtf: str) -> None:
    assert [f.edtf for f in calendar.absolute(f"Given at Riga, {text}.")] == [edtf]


def test_both_readings_of_an_open_date() -> None:
    [found] = calendar.absolute("03/04/2024")
    assert found.edtf is None
    assert found.alternatives == ("2024-03-04", "2024-04-03")
    assert calendar.absolute("03/04/2024", locale="en-US")[0].edtf == "2024-03-04"
    assert calendar.absolute("03/04/2024", locale="en-GB")[0].edtf == "2024-04-03"


@pytest.mark.parametrize(
    "text",
    ["31 February 2024", "31.02.2024", "30/02/2024", "2023-02-29", "32 May 2024", "version 1.2.2024.5", "4.5.20241", ""],
)
def test_no_such_day(text: str) -> None:
    assert [f.edtf for f in calendar.absolute(text) if len(f.edtf or "") == 10] == []


FORMATS = ("{d} {B} {y}", "{B} {d}, {y}", "{d}th of {B}, {y}", "{b}. {d}, {y}", "{y}-{m:02}-{d:02}", "{d:02}.{m:02}.{y}", "{y}年{m}月{d}日")


@given(st.dates(dt.date(1500, 1, 1), dt.date(2099, 12, 31)), st.sampled_from(FORMATS), st.sampled_from(("", "Riga, ", "No 12, ")))
def test_every_day_reads_back_with_its_span(day: dt.date, form: str, lead: str) -> None:
    words = form.format(d=day.day, m=day.month, y=day.year, B=f"{day:%B}", b=f"{day:%b}")
    [found] = calendar.absolute(lead + words + " (text)")
    assert found.edtf == day.isoformat()
    assert (lead + words + " (text)")[found.start : found.end] == words


def test_names() -> None:
    assert calendar.months()["août"] == 8
    assert calendar.english_months()["sept"] == 9
    assert calendar.weekdays()["monday"] == 0

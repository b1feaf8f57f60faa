"""A promise that two documents have done on two days is a conflict; stages, other things and plain states of things are none."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from typing import Any

from dragoman.checks import promises as check_promises
from dragoman.model.facts import Conflict

_SPEC = importlib.util.spec_from_file_location("made_promises", Path(__file__).parents[1] / "resolve" / "made_promises.py")
assert _SPEC and _SPEC.loader
made = importlib.util.module_from_spec(_SPEC)
_SPEC.loader.exec_module(made)

WORDS = "Norway will raise the ferries a week to Kitwe from four to six by the end of 2019"
FERRIES = made.promise(WORDS, deadline="../2019", target=(6, "1"))


def conflicts(*claims: Any) -> list[Conflict]:
    return list(check_promises.check(made.facts([FERRIES, *claims])))


def ferries(words: str, day: str, period: str | None = None) -> Any:
    return made.figure(words, 6, day, unit="1", indicator="flights", period=period)


def test_two_documents_that_date_the_beginning_otherwise() -> None:
    since = ferries("six ferries a week to Kitwe since February", "2020-09-10", "2020-02")
    told = made.promise("The ferries a week to Kitwe were increased to six in April 2020", "2021-06-01", status="done")
    (found,) = conflicts(since, told)
    assert set(found.claims) == {since.id, told.id}
    assert found.type == "contradiction" and "February 2020 (told 10 September 2020) and April 2020 (told 1 June 2021)" in found.why


def test_a_delay_gives_the_month() -> None:
    since = ferries("six ferries a week to Kitwe since February", "2020-09-10", "2020-02")
    now = made.figure("There are six ferries a week to Kitwe", 6, "2021-06-01", unit="1", indicator="flights", at=0)
    told = made.promise("They were to come by December 2019, it was said", "2021-06-01", by=(), status="done", at=40)
    late = made.figure("Four months late", 4, "2021-06-01", unit="1", indicator="other:months", at=90)
    (found,) = conflicts(since, now, told, late)
    assert "April 2020" in found.why and late.id in found.claims
    assert conflicts(ferries("six ferries a week to Kitwe since April", "2020-09-10", "2020-04"), now, told, late) == []


def test_what_is_no_conflict() -> None:
    told = made.promise("The ferries a week to Kitwe were increased to six in April 2020", "2021-06-01", status="done")
    assert conflicts(told) == []
    assert conflicts(told, ferries("six ferries a week to Kitwe in June 2020", "2020-09-10", "2020-06")) == []  # it was so then
    assert conflicts(told, ferries("six ferries a week to Kitwe since 2020", "2020-09-10", "2020")) == []
    assert conflicts(told, ferries("six ferries a week to Kitwe since April", "2020-09-10", "2020-04")) == []

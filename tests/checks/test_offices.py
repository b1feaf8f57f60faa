"""Two holders of one office at once are a conflict; a change of holders, an acting one and a gap are not."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from typing import Any

import pytest

from dragoman.checks import offices as check_offices
from dragoman.model.facts import Conflict
from dragoman.resolve import offices

_SPEC = importlib.util.spec_from_file_location("made_tenures", Path(__file__).parents[1] / "resolve" / "made.py")
assert _SPEC and _SPEC.loader
_MADE = importlib.util.module_from_spec(_SPEC)
_SPEC.loader.exec_module(_MADE)
tenure = _MADE.tenure


def conflicts(*claims: Any) -> list[Conflict]:
    return list(check_offices.check(offices.chains(claims)))


def test_one_named_in_office_within_the_time_of_another() -> None:
    claims = [tenure("Bolat Dosan", day="2024-06-01", since="2020-01-15", until="2022-03-02"), tenure("Aliya Serik", day="2021-09-01")]
    (found,) = conflicts(*claims)
    assert found.type == "contradiction" and found.real and found.states == ("KAZ",)
    assert set(found.claims) == {c.id for c in claims}
    assert found.about == "prime minister of Kazakhstan, 2021-09-01"
    assert "Aliya Serik is in office by 2021-09-01" in found.why and "2020-01-15 and 2022-03-02" in found.why
    for claim in claims:
        assert conflicts(claim) == [], "each is needed"


def test_two_whose_stated_times_overlap() -> None:
    claims = [
        tenure("Bolat Dosan", day="2024-06-01", since="2020-01-15", until="2022-03-02"),
        tenure("Aliya Serik", day="2024-07-01", since="2021-11-01", until="2023-01-01"),
    ]
    (found,) = conflicts(*claims)
    assert set(found.claims) == {c.id for c in claims} and found.date == "2021-11-01/2022-03-02"


@pytest.mark.parametrize(
    "claims",
    [
        [tenure("Bolat Dosan", until="2022-01-11", change="left"), tenure("Aliya Serik", since="2022-01-11", change="appointed")],
        [tenure("Bolat Dosan", day="2020-01-01"), tenure("Aliya Serik", day="2024-01-01")],
        [tenure("Bolat Dosan", day=d) for d in ("2021-03-01", "2022-06-01")] + [tenure("Aliya Serik", day="2021-09-01")],
        [tenure("Bolat Dosan", since="2021-03-01", until="2022-05-01"), tenure("Aliya Serik", day="2021-09-01", acting=True)],
        [tenure("Bolat Dosan", "deputy prime minister"), tenure("Aliya Serik", "deputy prime minister")],
        [tenure("Bolat Dosan", since="2021-03-01", until="2022-05-01"), tenure("Aliya Serik", day="2021-09-01", modality="denied")],
        [tenure("Bolat Dosan", since="2021-03-01", until="2022-05-01"), tenure("Aliya Serik", day="2021-09-01", state="UZB")],
    ],
    ids=["one comes as the other goes", "a gap", "out and in again", "acting", "several deputies", "denied", "another state"],
)
def test_no_conflict(claims: list[Any]) -> None:
    assert conflicts(*claims) == []

"""Claims in plain words."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.model.claims import ActorRef, Claim, Contact, Figure, PlaceRef, Tenure
from dragoman.model.documents import Evidence
from dragoman.views import wording
from dragoman.views.protocol import rank
from dragoman.views.visible import one_line, visible

BASE = {"document": "doc:1", "evidence": (Evidence(0, 4, "word"),)}
KASK = ActorRef("Anneli Kask", "Anneli Kask", "person:anneli-kask", "EST", "prime minister")
BRITO = ActorRef("Joao Brito", "Joao Brito", "person:joao-brito", "CPV", "president")


@pytest.mark.parametrize(
    ("edtf", "words"),
    [
        ("2024-05-14", "14 May 2024"),
        ("2024-05", "May 2024"),
        ("2024", "2024"),
        ("1998~", "about 1998"),
        ("2025-21", "spring 2025"),
        ("../2027", "by the end of 2027"),
        ("../2027-06-30", "by 30 June 2027"),
        ("2015/..", "since 2015"),
        ("2022-01/2022-10", "January 2022 to October 2022"),
        (None, "no date"),
    ],
)
def test_dates(edtf: str | None, words: str) -> None:
    assert wording.date(edtf) == words


@pytest.mark.parametrize(
    ("figure", "words"),
    [
        ((22.2e9, 22.2e9, "USD", None, False), "USD 22.2 billion"),
        ((5e9, None, "USD", "more than", False), "more than USD 5 billion"),
        ((None, 3e6, "EUR", None, False), "up to EUR 3 million"),
        ((3, 5, "km", None, False), "3 to 5 km"),
        ((-50, -50, "%", None, True), "−50%"),
        ((12.5, 12.5, "%", "about", True), "about +12.5%"),
        ((400, 400, "1", "exactly", False), "400"),
        ((None, None, "1", None, False), "no number"),
    ],
)
def test_amounts(figure: tuple[float | None, float | None, str, str | None, bool], words: str) -> None:
    assert wording.amount(*figure) == words


LINES: list[tuple[Claim, str]] = [
    (
        Contact(**BASE, mode="meeting", participants=(KASK, BRITO), place=PlaceRef("Tallinn", "EST"), date="2016-05-04"),
        "meeting: Anneli Kask (prime minister, Estonia) and Joao Brito (president, Cape Verde), Tallinn, 4 May 2016",
    ),
    (
        Contact(**BASE, mode="visit", participants=(BRITO,), host="EST", visit_type="state", modality="planned"),
        "state visit by Joao Brito (president, Cape Verde) to Estonia, no date [planned]",
    ),
    (
        Tenure(**BASE, person=KASK, position="prime minister", state="EST", since="2014-03"),
        "Anneli Kask, prime minister of Estonia, since March 2014",
    ),
    (
        Tenure(**BASE, person=KASK, position="prime minister", state="EST", change="left", until="2016-11-23"),
        "Anneli Kask, prime minister of Estonia, left office, 23 November 2016",
    ),
    (
        Figure(**BASE, indicator="trade_turnover", parties=("EST", "CPV"), low=3e6, high=3e6, unit="EUR", period="2015"),
        "trade turnover, Estonia and Cape Verde: EUR 3 million, 2015",
    ),
]


@pytest.mark.parametrize(("claim", "words"), LINES, ids=[words[:30] for _, words in LINES])
def test_lines(claim: Claim, words: str) -> None:
    assert wording.line(claim).replace("Cabo Verde", "Cape Verde") == words


@given(st.text(max_size=300))
def test_what_steers_a_terminal_is_never_shown(text: str) -> None:
    shown = visible(text)
    assert len(shown) == len(text)
    assert not any(c in shown for c in "\x1b\x07\x9b\u202e\u200b\r")
    assert "\n" not in one_line(text)


@given(st.text(min_size=1, max_size=200), st.integers(2, 60))
def test_a_cut_line_keeps_its_limit(text: str, limit: int) -> None:
    assert len(one_line(text, limit)) <= limit


def test_offices_have_their_order() -> None:
    ranks = [
        rank(p)
        for p in ("president", "prime minister", "minister of foreign affairs", "deputy prime minister", "minister of trade", "ambassador")
    ]
    assert all(a is not None and b is not None and a < b for a, b in itertools.pairwise(ranks))
    assert rank("president of the chamber of deputies") != rank("president")
    assert rank("economist") is None

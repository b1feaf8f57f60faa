"""Documents without a date: what their own words and the offices that they name tell of it."""

from __future__ import annotations

import datetime as dt
import importlib.util
from pathlib import Path
from typing import Any

import pytest

from dragoman.exchange import lists
from dragoman.model.claims import Claim, Tenure
from dragoman.model.dating import Dated
from dragoman.model.documents import Document, Source
from dragoman.model.offices import Chain
from dragoman.resolve import dating, holders, offices

_SPEC = importlib.util.spec_from_file_location("made_tenures", Path(__file__).with_name("made.py"))
assert _SPEC and _SPEC.loader
_MADE = importlib.util.module_from_spec(_SPEC)
_SPEC.loader.exec_module(_MADE)
tenure = _MADE.tenure
SHARED = Path(__file__).resolve().parents[3] / "shared"
LIST = SHARED / "data/offices/world_leaders_wikidata.csv"


def document(text: str) -> Document:
    return Document("doc:undated", text, Source("x.txt", "x.txt", "", len(text), "text/plain", ""))


def own(text: str) -> str | None:
    found = dating.date(document(text), (), ())
    return found.date if found else None


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("The dam was finished in 2014.", "2014/.."),
        ("In May 2014, both sides signed the accord.", "2014/.."),
        ("Last year trade exceeded the record set in 2018.", "2020/.."),
        ("Last year trade rose from 3 billion in 2018.", "2020/.."),
        ("The bridge will be opened in 2031.", "../2031"),
        ("By the end of 2031, we will have built it.", "../2031"),
        ("The dam was finished in 2014. The bridge will be opened in 2031.", "2014/2031"),
        ("A visit was proposed for 2014.", None),
        ("They agreed to double trade in 2014.", None),
        ("The contract should be signed in 2014.", None),
        ("It will be the first since the pact was signed in 2014.", None),
        ("They set themselves the target of 2 billion by 2014.", None),
        ("Some 2014 tonnes were sold.", None),
        ("The Class of 2014 sings.", None),
        ("", None),
    ],
)
def test_its_own_words(text: str, days: str | None) -> None:
    assert own(text) == days


def dated(text: str, named: Tenure, *others: Tenure) -> Dated | None:
    return dating.date(document(text), [named], offices.chains([named, *others]))


def test_the_time_in_office_of_whom_it_names() -> None:
    named = tenure("Aliya Serik", day=None)
    before = tenure("Bolat Dosan", day="2025-01-01", since="2019-03-01", until="2022-01-11")
    held = tenure("Aliya Serik", day="2025-01-01", since="2022-01-11", until="2024-02-06")
    found = dated("Prime Minister Aliya Serik spoke.", named, before, held)
    assert found and (found.date, found.own) == ("2022-01-11/2024-02-06", None)
    assert {c for r in found.reasons for c in r.claims} == {held.id}
    assert all(r.text and r.evidence.quote for r in found.reasons)
    after = tenure("Marat Omar", day="2025-01-01", since="2024-02-06")
    started = tenure("Aliya Serik", day="2025-01-01", since="2022-01-11", change="appointed")
    found = dated("Prime Minister Aliya Serik spoke.", named, started, after)
    assert found and found.date == "2022-01-11/2024-02-06", "who came after him bounds it too"


def test_a_new_holder_and_a_former_one() -> None:
    named = tenure("Aliya Serik", day=None)
    held = tenure("Aliya Serik", day="2025-01-01", since="2022")
    found = dated("Kazakhstan's new prime minister, Aliya Serik, was in Rome.", named, held)
    assert found and found.date == "2022"
    found = dated("Aliya Serik met Rome's new prime minister.", named, held)
    assert found and found.date == "2022/.."
    gone = tenure("Aliya Serik", day=None, change="left")
    found = dated("Former prime minister Aliya Serik was in Rome.", gone, tenure("Aliya Serik", day="2025-01-01", until="2022-05-01"))
    assert found and found.date == "2022-05-01/.."


def test_what_nothing_bounds_and_what_contradicts_itself() -> None:
    assert dated("Aliya Serik spoke.", tenure("Aliya Serik", day=None)) is None
    found = dating.date(document("It was signed in 2030. It will open in 2020."), (), ())
    assert found and found.date is None and len(found.reasons) == 2


# ---------------------------------------------------------------- the seeds


@pytest.fixture(scope="module")
def seeds() -> dict[str, tuple[Document, tuple[Claim, ...]]]:
    """The seeds with their claims, by the beginning of the file's name."""
    if not LIST.exists():
        pytest.skip("needs ../shared (the seeds and a list of office-holders), which is not part of the project")
    from dragoman import documents
    from dragoman.annotate import annotate_all
    from dragoman.extract import extract_all
    from dragoman.model.documents import Raw

    found: dict[str, Document] = {}
    for file in sorted((SHARED / "seeds/documents").glob("*")):
        data = file.read_bytes()
        for d in documents.read(Raw(Source(file.name, str(file), "", len(data), "text/plain", ""), data)):
            if isinstance(d, Document):
                found[file.name[:3]] = d
    return {k: (d, extract_all(t)) for (k, d), t in zip(found.items(), annotate_all(found.values()), strict=True)}


def chains(seeds: dict[str, tuple[Document, tuple[Claim, ...]]], with_list: bool) -> list[Chain]:
    imported: Any = lists.read(LIST)
    return offices.chains([c for _, claims in seeds.values() for c in claims] + (list(imported.claims) if with_list else []))


def test_the_new_prime_minister_s_visit(seeds: dict[str, tuple[Document, tuple[Claim, ...]]]) -> None:
    undated, claims = seeds["002"]
    assert undated.published is None
    for with_list, days in ((False, "2024/2027"), (True, "2024")):
        found = dating.date(undated, claims, chains(seeds, with_list))
        assert found and (found.date, found.own) == (days, "2024/2027")


@pytest.mark.parametrize(
    ("day", "with_list", "found", "first"),
    [
        ("2022-01-15", False, "held", "Smailov"),
        ("2022-01-15", True, "held", "Smailov"),
        ("2022-12-01", True, "held", "Smailov"),
        ("2022-12-01", False, "likely", "Smailov"),
        ("2024-03-05", True, "likely", "Bektenov"),
        ("2024-03-05", False, "open", None),
    ],
)
def test_who_was_prime_minister(
    seeds: dict[str, tuple[Document, tuple[Claim, ...]]], day: str, with_list: bool, found: str, first: str | None
) -> None:
    answer = holders.who(chains(seeds, with_list), "prime minister", "KAZ", dt.date.fromisoformat(day).isoformat())
    assert answer.found == found
    names = [h.fact.person.name or "" for h in answer.holders]
    assert (first is None and not names) or names[0].endswith(first or "")

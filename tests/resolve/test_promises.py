"""Promises across documents: what is one promise, what became of it, what only looks like it."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dragoman.model.claims import Claim, Link
from dragoman.model.facts import Judged
from dragoman.model.promises import Promise
from dragoman.resolve import promises
from tests.resolve.made_promises import PAIR, event, facts, figure, office, paper, promise

SCHOOLS = promise("Norway would build 40 village schools in Western Province", deadline="../2021", target=(40, "1"))
DOCK = promise("Norway will lend 150 million kroner for the dry port at Kazungula", target=(150e6, "NOK"), at=300)
OFFICE = promise("Norway will open a consulate in Livingstone in 2020", deadline="2020", at=500)


def one(found: list[Promise], words: str) -> Promise:
    """The promise first made in those words."""
    (hit,) = [f for f in found if words in f.action]
    return hit


def test_a_promise_told_twice_is_one() -> None:
    again = promise("Oslo is to open its consulate in Livingstone by March 2021", "2020-11-20", ("NOR", "ZMB"), deadline="../2021-03")
    fact = one(facts([OFFICE, SCHOOLS, again]), "Livingstone")
    assert fact.made == (OFFICE.id, again.id)
    assert fact.action == OFFICE.action
    assert [d.date for d in fact.deadlines] == ["2020", "../2021-03"]
    assert fact.joined[0].why and 0.5 < fact.joined[0].score < 1


@pytest.mark.parametrize(
    "other",
    [
        promise("Norway will open a consulate in Kitwe in 2022", "2020-11-20", deadline="2022"),
        promise("Norway will build 12 village clinics in Eastern Province", "2020-11-20", target=(12, "1")),
        promise("Norway would build 60 village schools in Western Province", "2020-11-20", target=(60, "1"), deadline="../2024"),
        promise("Norway will lend 150 million kroner for a hatchery at Siavonga", "2020-11-20", target=(150e6, "NOK")),
        promise("a loan of 150 million kroner for the hatchery at Siavonga", "2020-11-20", target=(150e6, "NOK")),
    ],
)
def test_look_alikes_are_other_promises(other: Claim) -> None:
    found = facts([SCHOOLS, DOCK, OFFICE, other])
    assert sorted(f.made for f in found) == sorted((c.id,) for c in (SCHOOLS, DOCK, OFFICE, other))


@pytest.mark.parametrize(
    ("follow_up", "words", "status", "result"),
    [
        (office("the Norwegian consulate in Livingstone", "Livingstone", "2022-02-10"), "Livingstone", "done", None),
        (event("the consulate in Livingstone was inaugurated", "2022-02-10", "2021-09-14"), "Livingstone", "done", "late"),
        (promise("All 40 schools in Western Province have been delivered", "2021-08-01", status="done"), "schools", "done", "in time"),
        (
            promise("Only 25 of the village schools in Western Province are ready", "2021-08-01", status="done", target=(25, "1")),
            "schools", "under way", "open",
        ),
        (
            promise("The schools in Western Province have not been built, Zambia complained", "2022-08-01", ("ZMB",), status="missed"),
            "schools", "missed", "overdue",
        ),
        (promise("The schools in Western Province were cancelled", "2020-08-01", status="dropped"), "schools", "dropped", "open"),
        (
            promise("Out of 150 million kroner for the dry port, 90 million had been disbursed", "2022-02-10", status="under way"),
            "Kazungula", "under way", None,
        ),
    ],
)
def test_what_became_of_it(follow_up: Claim, words: str, status: str, result: str | None) -> None:
    fact = one(facts([SCHOOLS, DOCK, OFFICE, follow_up]), words)
    told = promises.status(fact, follow_up.asserted)
    assert (told.status, told.schedule.result) == (status, result)
    assert follow_up.id in fact.claims
    assert promises.status(fact, "2019-04-01").status == "announced"
    assert promises.status(fact, "2018-01-01").status is None
    others = [f for f in facts([SCHOOLS, DOCK, OFFICE, follow_up]) if words not in f.action]
    assert {promises.status(f).status for f in others} == {"announced"}


@pytest.mark.parametrize(
    "near_miss",
    [
        office("the Norwegian consulate in Kitwe", "Kitwe", "2022-02-10"),
        event("the clinic in Livingstone was inaugurated on 14 September 2021", "2022-02-10", "2021-09-14"),
        promise("All 40 fishing boats for Mansa have been delivered", "2021-08-01", status="done", target=(40, "1")),
        office("the Norwegian consulate in Livingstone", "Livingstone", "2017-02-10"),
        event("the consulate in Livingstone was inaugurated", "2019-03-04"),
    ],
)
def test_what_only_looks_like_a_follow_up(near_miss: Claim) -> None:
    found = facts([SCHOOLS, DOCK, OFFICE, near_miss])
    assert {promises.status(f).status for f in found if f.made[0] != near_miss.id} == {"announced"}


def test_silence_is_no_failure() -> None:
    (fact,) = facts([OFFICE])
    told = promises.status(fact, "2024-06-30")
    assert (told.status, told.shown, told.schedule.passed, told.schedule.result) == ("announced", None, True, "overdue")


def test_a_target_is_followed_by_the_figures_of_it() -> None:
    target = promise("the two sides agreed to raise trade to 300 million dollars by 2022", by=PAIR, status="agreed",
                     deadline="../2022", target=(300e6, "USD"))
    claims = [
        target,
        figure("trade to 300 million dollars by 2022", 300e6, "2019-03-04", period="2022", modality="planned"),
        figure("trade came to 90 million dollars", 90e6, "2021-03-01", period="2020"),
        figure("trade came to 80 million dollars", 80e6, "2021-03-01", period="2017"),
        figure("loans of 70 million dollars", 70e6, "2021-03-01", indicator="loans", period="2020"),
        figure("trade stood at 141 million dollars", 141e6, "2023-04-02", period="2022"),
    ]
    fact = one(facts(claims), "raise trade")
    assert [s.claim for s in fact.history] == [target.id, claims[2].id, claims[5].id]
    assert promises.status(fact, "2021-12-31").status == "under way"
    assert promises.status(fact, "2023-05-01").status == "missed"


def test_a_paper_is_drawn_up_when_it_is_adopted() -> None:
    draft = promise("a working group will draw up a road map for fisheries before October", by=PAIR, deadline="../2019-10-01")
    adopted = paper("the road map for fisheries was approved in Lusaka", "road map for fisheries", "adopted", "2020-01-15", "2019-09-27")
    planned = paper("a road map for fisheries", "road map for fisheries", "planned", "2019-06-01")
    (fact,) = facts([draft, adopted, planned])
    told = promises.status(fact, "2019-09-30")
    assert (told.status, told.since, told.schedule.result) == ("done", "2019-09-27", "in time")
    assert promises.status(fact, "2019-09-30", known="2019-12-31").status == "announced"


def test_doubts_are_shown_and_judgements_followed() -> None:
    vague = promise("The port has been completed", "2022-02-10", status="done")
    found = facts([DOCK, vague])
    assert [d.claim for d in one(found, "dry port").doubts] == [vague.id]
    joined = Judged(same=frozenset({frozenset({DOCK.id, vague.id})}))
    assert promises.status(one(facts([DOCK, vague], joined), "dry port")).status == "done"
    again = promise("Oslo is to open its consulate in Livingstone by March 2021", "2020-11-20", deadline="../2021-03")
    parted = Judged(different=frozenset({frozenset({OFFICE.id, again.id})}))
    assert len(facts([OFFICE, again])) == 1
    assert len(facts([OFFICE, again], parted)) == 2


def test_where_a_claim_belongs() -> None:
    assert promises.blocks(OFFICE) == ("NOR",)
    assert promises.blocks(OFFICE, ("ZMB", "NOR", "DNK")) == ("NOR+ZMB",)
    assert promises.blocks(promise("a clinic was opened", by=()), PAIR) == ("NOR+ZMB",)
    assert promises.blocks(promise("a clinic was opened", by=())) == ()


WORDS = ["consulate", "port", "schools", "Livingstone", "Kazungula", "boats", "build", "open", "40", "in 2021", "loan"]
MADE = st.builds(
    lambda words, day, status, at: promise(" ".join(words), f"2019-0{day}-04", PAIR, status=status, at=at),
    st.lists(st.sampled_from(WORDS), min_size=1, max_size=5),
    st.integers(1, 9),
    st.sampled_from(["announced", "agreed", "done", "missed"]),
    st.integers(0, 400),
)


@settings(max_examples=60, deadline=None)
@given(st.lists(MADE, max_size=12, unique_by=lambda c: c.id), st.randoms())
def test_the_order_of_reading_changes_nothing_and_nothing_is_lost(claims: list[Claim], rng: random.Random) -> None:
    found = facts(claims)
    mixed = list(claims)
    rng.shuffle(mixed)
    assert facts(mixed) == found
    made = [c for f in found for c in f.made]
    assert len(made) == len(set(made))
    assert {c.id for c in claims} == {c for f in found for c in f.claims}


def test_what_they_are_is_told_in_the_sentence_before() -> None:
    weekly = promise("Norway will raise the weekly ferries to Kitwe from four to six", deadline="../2019", target=(6, "1"))
    now = figure("There are six ferries a week", 6, "2021-06-01", unit="1", indicator="flights")
    told = promise("They were to come by December 2019, it was said", "2021-06-01", by=(), status="done", at=30)
    fact = one(facts([weekly, now, told]), "Kitwe")
    assert told.id in fact.claims
    far = promise("They were to come by December 2019, it was said", "2021-06-01", by=(), status="done", at=400)
    assert far.id not in one(facts([weekly, now, far]), "Kitwe").claims


def test_a_body_at_work_shows_that_it_was_founded_and_nothing_else() -> None:
    founding = promise("Norway and Zambia agreed to establish a Rift Water Agency", by=PAIR, status="agreed")
    missed = promise("the dyke at Kafue was not finished", "2021-06-01", by=PAIR, status="missed")
    missed = replace(missed, attribution=(Link("outlet", "Rift Water Agency"),))
    fact = one(facts([founding, missed]), "Agency")
    assert [s.status for s in fact.history] == ["agreed", "done"]
    assert fact.history[-1].date == "../2021-06-01"

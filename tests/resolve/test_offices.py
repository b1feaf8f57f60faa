"""Chains of holders: what is stated, what was observed, and what nobody says."""

from __future__ import annotations

import importlib.util
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dragoman.model.claims import Contact, Tenure
from dragoman.model.documents import Evidence
from dragoman.model.facts import NOTHING
from dragoman.model.offices import Answer, Chain
from dragoman.resolve import holders, offices, positions

_SPEC = importlib.util.spec_from_file_location("made_tenures", Path(__file__).with_name("made.py"))
assert _SPEC and _SPEC.loader
_MADE = importlib.util.module_from_spec(_SPEC)
_SPEC.loader.exec_module(_MADE)
tenure = _MADE.tenure


def chain(*claims: Any) -> Chain:
    (only,) = offices.chains(claims)
    return only


def who(claims: Any, on: str | None = None, position: str = "prime minister") -> Answer:
    return holders.who(offices.chains(claims), position, "KAZ", on)


def names(answer: Answer) -> list[tuple[str | None, str]]:
    return [(h.fact.person.name, h.how) for h in answer.holders]


SUCCESSION = [
    tenure("Bolat Dosan", day="2021-03-01"),
    tenure("Bolat Dosan", day="2021-09-01"),
    tenure("Bolat Dosan", day="2022-06-01", change="left", until="2022-01-11"),
    tenure("Aliya Serik", day="2022-06-01", change="appointed", since="2022-01-11"),
    tenure("Aliya Serik", day="2022-11-28"),
    tenure("Marat Omar", day="2024-03-05", since="2024-02-06"),
]


def test_a_chain_has_stated_ends_and_observed_days() -> None:
    found = chain(*SUCCESSION)
    assert [(o.person.name, o.since, o.until, o.observed, o.status) for o in found.occupancies] == [
        ("Bolat Dosan", None, "2022-01-11", ("2021-03-01", "2021-09-01"), "stated"),
        ("Aliya Serik", "2022-01-11", None, ("2022-11-28",), "stated"),
        ("Marat Omar", "2024-02-06", None, ("2024-03-05",), "stated"),
    ]
    assert [(g.days, g.before, g.after) for g in found.gaps] == [("2022-11-29/2024-02-05", "Aliya Serik", "Marat Omar")]
    assert found.overlaps == ()


@pytest.mark.parametrize(
    ("day", "holder", "how"),
    [
        ("2021-03-01", "Bolat Dosan", "observed"),
        ("2021-06-01", "Bolat Dosan", "stated"),
        ("2022-01-10", "Bolat Dosan", "stated"),
        ("2022-05-05", "Aliya Serik", "stated"),
        ("2022-11", "Aliya Serik", "observed"),
        ("2024-02-20", "Marat Omar", "stated"),
    ],
)
def test_who_held_it(day: str, holder: str, how: str) -> None:
    assert names(who(SUCCESSION, day)) == [(holder, how)]


def test_on_the_day_of_change_both_are_named() -> None:
    assert {n for n, _ in names(who(SUCCESSION, "2022-01-11"))} == {"Bolat Dosan", "Aliya Serik"}


def test_a_missing_end_is_not_still_in_office() -> None:
    found = who(SUCCESSION, "2023-06-01")
    assert found.found == "open" and not found.holders
    assert [o.person.name for o in (*found.before, *found.after)] == ["Aliya Serik", "Marat Omar"]
    assert found.gap and found.gap.days == "2022-11-29/2024-02-05"
    later = who(SUCCESSION, "2030-01-01")
    assert later.found == "open" and [o.person.name for o in later.before] == ["Marat Omar"]
    assert who(SUCCESSION).found == "latest" and names(who(SUCCESSION))[0][0] == "Marat Omar"


def test_before_the_first_day_nothing_is_known() -> None:
    found = who(SUCCESSION, "2010-01-01")
    assert found.found == "open" and [o.person.name for o in found.after] == ["Bolat Dosan"]


def test_nothing_on_an_office_names_the_others() -> None:
    found = who(SUCCESSION, "2022-01-01", "president")
    assert found.found == "nothing" and found.others == ("prime minister",)


def test_between_two_observations_of_one_holder() -> None:
    claims = [tenure("Aliya Serik", day="2022-03-01"), tenure("Aliya Serik", day="2022-09-01")]
    assert names(who(claims, "2022-05-05")) == [("Aliya Serik", "between")]
    broken = [*claims, tenure("Marat Omar", day="2022-05-01")]
    assert names(who(broken, "2022-05-01")) == [("Marat Omar", "observed")]
    assert who(broken, "2022-04-01").found == "open", "somebody else held it in between: three times in office"
    assert len(chain(*broken).occupancies) == 3


def test_a_year_is_not_a_day() -> None:
    claims = [tenure("Aliya Serik", day="2022-11-28"), tenure("Aliya Serik", day="2022-11-28", since="2022")]
    assert names(who(claims, "2022-01-15")) == [("Aliya Serik", "possible")]
    assert names(who(claims, "2022-11-28")) == [("Aliya Serik", "observed")]


def test_two_terms_are_two_facts() -> None:
    claims = [
        tenure("Bolat Dosan", since="2010-04-01", until="2014-05-01", day="2015"),
        tenure("Bolat Dosan", since="2018-02-03", day="2019-01-01"),
    ]
    assert [(o.since, o.until) for o in chain(*claims).occupancies] == [("2010-04-01", "2014-05-01"), ("2018-02-03", None)]
    assert who(claims, "2016-01-01").found == "open"


def test_a_new_term_is_no_beginning() -> None:
    (only,) = chain(
        tenure("Bolat Dosan", day="2019-03-01"), tenure("Bolat Dosan", day="2022-11-21", change="reelected", since="2022-11-20")
    ).occupancies
    assert only.since is None and only.observed == ("2019-03-01", "2022-11-20")


def test_former_is_an_end_that_may_be_long_past() -> None:
    claims = [
        tenure("Bolat Dosan", day="2019-03-01"),
        tenure("Aliya Serik", day="2021-01-01"),
        tenure("Bolat Dosan", day="2024-03-01", change="left"),
    ]
    first = chain(*claims).occupancies[0]
    assert (first.person.name, first.until, first.observed) == ("Bolat Dosan", "../2024-03-01", ("2019-03-01",))
    assert who(claims, "2022-01-01").found == "open"


def test_an_expected_end_is_not_an_end() -> None:
    (only,) = chain(tenure("Bolat Dosan", day="2022-05-01", since="2020-01-01", until="2027-01-01")).occupancies
    assert (only.until, only.expected, only.observed) == (None, "2027-01-01", ("2022-05-01",))


def test_sources_that_differ_both_stay_the_better_supported_first() -> None:
    claims = [
        tenure("Bolat Dosan", day="2022-05-01", since="2018-03-11"),
        tenure("Bolat Dosan", day="2022-05-02", since="2018-03"),
        tenure("Bolat Dosan", day="2022-05-03", since="2018-04-11"),
    ]
    (only,) = chain(*claims).occupancies
    assert only.since == "2018-03-11" and {b.date for b in only.starts} == {"2018-03-11", "2018-03", "2018-04-11"}


def test_two_holders_at_once_are_an_overlap_only_where_one_may_hold_it() -> None:
    def two(position: str) -> Chain:
        days = {"since": "2020-01-01", "until": "2021-01-01", "day": "2022-01-01", "position": position}
        return chain(tenure("Bolat Dosan", **days), tenure("Aliya Serik", **days | {"since": "2020-06-01"}))

    (only,) = two("minister of trade").overlaps
    assert only.days == "2020-06-01/2021-01-01"
    assert two("deputy prime minister").overlaps == () and not two("deputy prime minister").single


def test_acting_stands_apart() -> None:
    found = chain(
        tenure("Aliya Serik", day="2022-01-05", acting=True),
        tenure("Aliya Serik", day="2022-01-11", change="appointed", since="2022-01-11"),
    )
    assert [(o.acting, o.status) for o in found.occupancies] == [(True, "observed"), (False, "stated")]


def test_acting_before_and_in_full_office_after_is_between() -> None:
    claims = [tenure("Aliya Serik", day="2022-01-14", acting=True, since="2022"), tenure("Aliya Serik", day="2022-07-12")]
    assert names(who(claims, "2022-01-15")) == [("Aliya Serik", "between"), ("Aliya Serik", "between")]
    assert names(who(claims, "2022-01-03")) == [("Aliya Serik", "possible")]
    assert who([*claims, tenure("Marat Omar", day="2022-05-01")], "2022-02-01").found == "open"
    assert who([*claims, tenure("Aliya Serik", day="2022-08-01", since="2022-03-01")], "2022-02-01").found == "open"


def test_what_somebody_was_is_no_observation() -> None:
    (only,) = chain(tenure("Aliya Serik", "head", organization="Grain Fund", rules=("verb", "worked as"))).occupancies
    assert only.observed == ()
    (only,) = chain(tenure("Aliya Serik", day="2022-01-14", change="appointed")).occupancies
    assert only.since == "../2022-01-14"
    assert names(who([tenure("Aliya Serik", day="2022-01-14", change="appointed")], "2022-01-14")) == [("Aliya Serik", "possible")]


def test_whoever_is_named_without_a_date_is_told_apart() -> None:
    found = who([tenure("Aliya Serik", day="2022-01-14"), tenure("Marat Omar", day=None)], "2022-02-01")
    assert [f.person.name for f in found.undated] == ["Marat Omar"] and found.found == "likely"
    assert who([tenure("Marat Omar", day=None)]).holders == ()


def test_a_wider_portfolio_holds_the_narrower() -> None:
    claims = [tenure("Marat Omar", "minister of trade and industry"), tenure("Aliya Serik", "minister of trade routes")]
    assert names(who(claims, "2022-05-04", "minister of trade")) == [("Marat Omar", "observed")]


def test_a_planned_holder_is_none() -> None:
    found = who([tenure("Aliya Serik", day="2022-01-05", change="appointed", since="2022-02-01", modality="planned")], "2022-03-01")
    assert found.found == "nothing"


def test_one_office_under_several_names_and_not_a_bank_s_president() -> None:
    claims = [
        tenure("Bolat Dosan", "president"),
        tenure("Aliya Serik", "president", organization="National Bank"),
        tenure("Marat Omar", "foreign minister"),
        tenure("Marat Omar", "minister of foreign affairs", day="2022-06-01", organization="Ministry of Foreign Affairs"),
    ]
    assert len(offices.chains(claims)) == 3
    assert names(who(claims, "2022-05-04", "President")) == [("Bolat Dosan", "observed")]
    assert names(who(claims, "2022-05-20", "foreign minister")) == [("Marat Omar", "between")]


@pytest.mark.parametrize(
    ("given_name", "state", "kept"),
    [
        ("Premier", "KAZ", "prime minister"),
        ("head of the government", "KAZ", "prime minister"),
        ("head of government", "USA", "head of government"),
        ("Foreign Minister", "KAZ", "minister of foreign affairs"),
        ("minister for trade", "NZL", "minister of trade"),
        ("ambassador to the Kingdom of Morocco", "PER", "ambassador to morocco"),
        ("president-elect", "CHL", "president-elect"),
        ("deputy minister for trade", "NZL", "deputy minister of trade"),
    ],
)
def test_names_of_positions(given_name: str, state: str, kept: str) -> None:
    assert positions.canonical(given_name, state) == kept


DRAWN = st.builds(
    lambda name, position, state, day, change, since, until, acting, modality: tenure(
        name, position, state, day, change=change, since=since, until=until, acting=acting, modality=modality
    ),
    st.sampled_from(["Bolat Dosan", "Aliya Serik", "A. Serik", "Serik", "Алия Серик", None]),
    st.sampled_from(["president", "premier", "deputy minister"]),
    st.sampled_from(["KAZ", "UZB", None]),
    st.sampled_from(["2020-01-01", "2021-05", "2022-11-28", "2024", None]),
    st.sampled_from(["holds", "appointed", "left", "reelected"]),
    st.sampled_from(["2019", "2021-02-03", "2023-04", "../2020", "no date", None]),
    st.sampled_from(["2020-06-01", "2022", "2027-01-01", None]),
    st.booleans(),
    st.sampled_from(["actual", "actual", "planned", "denied"]),
)


@settings(max_examples=80, deadline=None)
@given(st.lists(DRAWN, max_size=9), st.randoms(), st.sampled_from(["2019-06-01", "2021-02", "2022-11-28", "2025-01-01"]))
def test_any_claims_in_any_order(claims: list[Any], random: Any, day: str) -> None:
    found = offices.chains(claims)
    turned = list(claims)
    random.shuffle(turned)
    assert found == offices.chains(turned), "the order does not matter"
    facts = [f for c in found for f in c.occupancies]
    assert all(f.claims for f in facts), "every fact has a claim"
    used = [c for f in facts for c in f.claims]
    assert sorted(used) == sorted({c.id for c in claims}), "each claim supports exactly one fact"
    for position in ("president", "prime minister"):
        answer = holders.who(found, position, "KAZ", day)
        assert answer.as_json()["found"] == answer.found
        assert all(h.fact.modality == "actual" for h in answer.holders)


def test_a_body_s_office_by_the_body_and_by_its_acronym() -> None:
    chains = offices.chains(
        [
            tenure(
                "Bolat Dosan",
                "executive director",
                None,
                organization="Volta Water Agency",
                day="2020-01-01",
                since="2018-08",
                until="2023-05-01",
                change="left",
            ),
            tenure("Aliya Serik", "executive director", None, organization="Volta Water Agency", day="2024-01-01", since="2023-05-01"),
            tenure("Marat Omar", "executive director", None, organization="World Bank", day="2021-01-01"),
        ]
    )
    for body in ("Volta Water Agency", "the volta water agency", "VWA"):
        assert names(holders.who(chains, "executive director", body, "2021-06-01")) == [("Bolat Dosan", "stated")]
    assert names(holders.who(chains, "executive director", "Volta Water Agency", "2023-07-01")) == [("Aliya Serik", "stated")]
    assert holders.who(chains, "chair", "Volta Water Agency").others == ("executive director",)
    assert holders.who(chains, "executive director", "KAZ", "2021-06-01").found == "nothing"


def test_an_office_asked_for_under_two_names_at_once() -> None:
    chains = offices.chains(
        [
            tenure("Bolat Dosan", "deputy prime minister", day="2023-06-14"),
            tenure("Bolat Dosan", "co-chair", organization="Joint Commission on Trade", day="2023-12-12"),
            tenure("Bolat Dosan", "head", organization="Joint Commission on Trade", day="2025-04-17", change="left", until="2024-08"),
            tenure("Aliya Serik", "head", organization="Joint Commission on Trade", day="2025-04-17", since="2024-08"),
        ]
    )
    question = "deputy prime minister, head of the Kazakh part of the Joint Commission"
    assert [names(holders.who(chains, question, "KAZ", d))[0][0] for d in ("2023-06-14", "2024-03-01", "2024-09-30")] == [
        "Bolat Dosan",
        "Bolat Dosan",
        "Aliya Serik",
    ]
    assert holders.who(chains, "head of the Joint Commission on Water", "KAZ", "2024-03-01").found == "nothing"


def test_a_minister_who_becomes_ambassador_has_left() -> None:
    minister = tenure("Bolat Dosan", "minister of trade", day="2023-06-14")
    posted = tenure("Bolat Dosan", "ambassador to japan", day="2025-01-01", change="appointed", since="2024-08")
    claims = [minister, posted]
    assert names(who(claims, "2024-03-01", "minister of trade")) == [("Bolat Dosan", "stated")]
    (held,) = who(claims, "2024-03-01", "minister of trade").holders
    assert held.fact.claims == (minister.id,) and set(held.fact.cited) == {minister.id, posted.id}
    assert names(who(claims, "2024-11-01", "minister of trade")) == []
    both = [minister, tenure("Bolat Dosan", "deputy prime minister", day="2025-01-01", change="appointed", since="2024-08")]
    assert who(both, "2024-03-01", "minister of trade").found == "open", "a minister may be deputy prime minister too"


def test_a_ministry_under_a_wider_name_is_one_chain() -> None:
    (found,) = offices.chains(
        [tenure("Bolat Dosan", "minister of trade and industry", day="2021-01-01"), tenure("Bolat Dosan", "minister of trade")]
    )
    assert found.position.name == "minister of trade" and len(found.occupancies) == 1
    assert len(offices.chains([tenure("Bolat Dosan", "minister of trade"), tenure("Bolat Dosan", "minister of transport")])) == 2


def test_some_months_after_the_last_day_known_the_holder_is_likely_and_later_nobody() -> None:
    claims = [tenure("Aliya Serik", day="2022-07-12")]
    assert names(who(claims, "2022-12-01")) == [("Aliya Serik", "near")]
    assert who(claims, "2022-12-01").found == "likely" and who(claims, "2023-03-01").found == "open"
    assert who([*claims, tenure("Marat Omar", day="2023-01-10")], "2022-12-01").found == "open"
    assert who([*claims, tenure("Aliya Serik", day="2022-10-01", change="left", date="2022-09-30")], "2022-12-01").found == "open"


def test_who_took_office_in_a_year_by_a_list_is_likely_in_that_year() -> None:
    claims = [tenure("Bolat Dosan", day=None, since="2019", until="2022"), tenure("Aliya Serik", day=None, since="2022", until="2024")]
    assert names(who(claims, "2022-03-01")) == [("Aliya Serik", "turn"), ("Bolat Dosan", "possible")]
    assert names(who([claims[0]], "2022-03-01")) == [("Bolat Dosan", "possible")]


def test_who_acted_stopped_when_named_in_full_office() -> None:
    claims = [tenure("Aliya Serik", day="2022-01-14", acting=True, since="2022"), tenure("Aliya Serik", day="2022-02-01")]
    assert [(o.acting, o.until) for o in chain(*claims).occupancies] == [(True, "../2022-02-01"), (False, None)]


def test_a_recalled_visit_is_a_day_in_office_and_one_of_long_ago_is_none() -> None:
    named = tenure("Aliya Serik", "minister of foreign affairs", day="2021-05-19")
    assert observed(named, "2020-02") == ("2020-02", "2021-05-19")
    assert observed(named, "2014-02") == ("2021-05-19",)
    assert observed(tenure("Aliya Serik", "minister of foreign affairs", day="2021-05-19", since="2020-09"), "2020-02") == ("2021-05-19",)


def observed(claim: Tenure, day: str) -> tuple[str, ...]:
    guest = replace(claim.person, position="minister of foreign affairs")
    visit = Contact(document=claim.document, evidence=(Evidence(90, 120, "her visit to Lima in that month"),), asserted=claim.asserted,
                    mode="visit", participants=(guest,), date=day)
    claims = [claim, visit] if "KAZ" in offices.blocks(visit) else [claim]
    (found,) = offices.resolve("KAZ", claims, NOTHING)
    return found.occupancies[0].observed


def test_a_successor_named_in_one_breath_with_the_change_begins_with_it() -> None:
    went = replace(tenure("Marat Omar", "ambassador to japan", day="2025-04-17", change="appointed", since="2024-08"),
                   evidence=(Evidence(10, 60, "her being made Ambassador to Japan in August 2024"),))
    words = "its Kazakh half has been led by Aliya Serik"
    leads = replace(tenure("Aliya Serik", "head", organization="Trade Commission", day="2025-04-17"), evidence=(Evidence(62, 120, words),))
    facts = list(offices.resolve("KAZ", [went, leads], NOTHING))
    assert [o.since for f in facts for o in f.occupancies if o.person.name == "Aliya Serik"] == ["2024-08"]
    assert leads.id in {c for f in facts for c in f.claims}
    far = replace(leads, evidence=(Evidence(90, 150, words),))
    left = list(offices.resolve("KAZ", [went, far], NOTHING))
    assert [o.since for f in left for o in f.occupancies if o.person.name == "Aliya Serik"] == [None]


def test_who_is_gone_by_a_day_is_not_known_after_it() -> None:
    """ "This year he served as acting premier", written in January by whoever has him in full office: the later sighting is the last."""
    found = who([tenure("Bolat Dosan", day="2022-01-14", since="2022", acting=True), tenure("Bolat Dosan", day="2022-01-14"),
                 tenure("Bolat Dosan", day="2022-11-28")], on="2024-03-05")
    assert [(f.acting, f.observed) for f in found.before] == [(False, ("2022-01-14", "2022-11-28"))]

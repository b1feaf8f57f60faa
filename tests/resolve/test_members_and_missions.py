"""Members of organisations, missions between states, and the flow of events, over time."""

from __future__ import annotations

from typing import Any

from dragoman.model.claims import Claim, Figure
from dragoman.model.documents import Evidence
from dragoman.model.facts import NOTHING
from dragoman.model.flows import Flow
from dragoman.model.meetings import Meeting
from dragoman.model.members import Belonging, Post
from dragoman.resolve import contacts, flows, levels, members, missions
from tests.resolve.made_relations import BRITEZ, LAGOS, RUIZ, SOTELO, contact, event, ids, membership, mission, visit


def belonging(*claims: Claim) -> list[Belonging]:
    assert len({members.blocks(c) for c in claims}) == 1
    return list(members.resolve(members.blocks(claims[0])[0], claims, NOTHING))


def posts(*claims: Claim) -> list[Post]:
    return list(missions.resolve("PRY+URY", claims, NOTHING))


def test_a_member_joins_is_seen_and_leaves() -> None:
    joined = membership("2020-03-01", "URY", "Andean Community", "Uruguay joined the Community in 1998", date="1998")
    seen = membership("2022-03-01", "URY", "Andean Community", "of which Uruguay is a member")
    left = membership("2031-03-01", "URY", "Andean Community", "Uruguay left the Community in January", date="2031-01")
    (fact,) = belonging(joined, seen, left)
    assert (fact.status, fact.since, fact.until, fact.seen) == ("left", "1998", "2031-01", "2022-03-01")
    assert [(r.how, r.date) for r in fact.roles] == [("since", "1998"), ("seen", "2022-03-01"), ("left", "2031-01")]
    (fact,) = belonging(joined, seen)
    assert (fact.status, fact.until) == ("member", None)


def test_chair_observer_and_candidate() -> None:
    member = membership("2030-03-01", "URY", "Andean Community", "a member", role="member")
    chair = membership("2030-03-01", "URY", "Andean Community", "Uruguay, which has the chair this year", role="chair", date="2030")
    observer = membership("2030-03-01", "PRY", "Andean Community", "Paraguay has been an observer since 2004", role="observer", date="2004")
    wish = membership("2030-03-01", "BRA", "Andean Community", "Brazil's bid to join", modality="possible")
    denied = membership("2030-03-01", "CHL", "Andean Community", "Chile is not one of them", modality="denied")
    facts = {f.member: f for f in belonging(member, chair, observer, wish, denied)}
    assert [(m, f.status, f.since) for m, f in sorted(facts.items())] == [
        ("BRA", "possible member", None), ("CHL", "not a member", None), ("PRY", "observer", None), ("URY", "member", None)]
    assert ("chair", "during", "2030") in [(r.role, r.how, r.date) for r in facts["URY"].roles]


def test_names_and_acronyms_are_one_organisation() -> None:
    one = membership("2030-03-01", "NOR", "NATO", "a member")
    other = membership("2030-03-01", "NOR", "North Atlantic Treaty Organization", "a member of the Organization since 1949", date="1949")
    assert [f.claims for f in belonging(one, other)] == [ids(one, other)]


def test_a_plan_and_a_later_opening_are_one_history() -> None:
    plan = mission("2030-11-20", "the consulate in Encarnación would open its doors in January 2031", "Encarnación", type="consulate",
                   modality="planned")
    ribbon = contact("2031-06-17", LAGOS, BRITEZ, place="Encarnación", date="2031-03-03",
                     words="cut the ribbon of the Uruguayan consulate in Encarnación on 3 March this year")
    seen = mission("2031-06-17", "the Uruguayan consulate in Encarnación", "Encarnación", type="consulate")
    (fact,) = posts(plan, ribbon, seen)
    assert (fact.status, fact.since, fact.seen) == ("open", "2031-03-03", "2031-06-17")
    assert [(t.what, t.date) for t in fact.history] == [("planned", "2031-01"), ("opened", "2031-03-03"), ("there", "2031-06-17")]
    assert posts(plan)[0].status == "planned"


def test_an_embassy_is_one_and_consulates_are_one_a_city() -> None:
    embassy = mission("2031-01-01", "the Embassy of Uruguay", None)
    chancery = mission("2032-01-01", "the High Commission in Asunción, opened in 1987", "Asunción", type="high commission")
    one, other = (mission("2032-01-01", f"a consulate in {city}", city, type="consulate") for city in ("Encarnación", "Pilar"))
    back = mission("2032-01-01", "the Embassy of Paraguay in Montevideo", "Montevideo", sending="PRY", receiving="URY")
    facts = posts(embassy, chancery, one, other, back)
    assert sorted((f.sending, f.type, f.city) for f in facts) == [
        ("PRY", "embassy", "Montevideo"), ("URY", "consulate", "Encarnación"), ("URY", "consulate", "Pilar"),
        ("URY", "embassy", "Asunción")]  # fmt: skip
    (fact,) = [f for f in facts if f.city == "Asunción"]
    assert (fact.since, fact.claims) == ("1987", ids(embassy, chancery))


def test_an_opening_is_that_of_one_mission() -> None:
    embassy = mission("2031-01-01", "the Embassy of Uruguay", None)
    back = mission("2032-01-01", "the Embassy of Paraguay in Montevideo", "Montevideo", sending="PRY", receiving="URY")
    opened = contact("2031-06-17", LAGOS, BRITEZ, place="Montevideo", there="URY", date="2031-06-16", words="inaugurated the embassy")
    facts = posts(embassy, back, opened)
    assert [(f.sending, f.since, f.claims) for f in facts] == [("PRY", "2031-06-16", ids(back, opened)), ("URY", None, ids(embassy))]
    assert posts(opened, back, embassy) == facts


def test_a_closed_consulate() -> None:
    shut = mission("2031-08-29", "its consulate in Pilar, which was shut in March 2030", "Pilar", type="consulate")
    before = mission("2029-01-01", "the consulate in Pilar", "Pilar", type="consulate")
    (fact,) = posts(shut, before)
    assert (fact.status, fact.until, fact.seen) == ("closed", "2030-03", "2029-01-01")


def test_levels() -> None:
    assert levels.of((RUIZ, SOTELO)) == levels.LEVELS[0]
    assert levels.of((RUIZ, BRITEZ)) == "minister", "the lower of the two sides"
    assert levels.of_office("deputy prime minister") == "minister"
    assert levels.of_office("ambassador") == levels.of_office("minister-counsellor") == "other"


def flow(documents: dict[str, int], *claims: Claim) -> Flow:
    meetings: list[Meeting] = list(contacts.resolve("PRY+URY", claims, NOTHING))
    return flows.between(("URY", "PRY"), [c for c in claims if c.kind == "event"], meetings, documents)


def test_months_tell_silence_from_the_absence_of_sources() -> None:
    talks = contact("2031-01-09", RUIZ, SOTELO, date="2031-01-08")
    twice = [event("2031-01-09", "SANCTION", "URY", "PRY", date="2031-01-08", document=d) for d in "ab"]
    told = flow({"2031-01": 3, "2031-02": 5}, talks, *twice, event("2031-04-03", "AID", "PRY", "URY", date="2031-04-02"),
                event("2031-04-03", "AID", "PRY", "BRA", date="2031-04-02"))
    assert [(m.month, m.documents, m.events, m.contacts, m.silent) for m in told.months] == [
        ("2031-01", 3, (0, 0, 0, 1), (1, 0, 0), False),
        ("2031-02", 5, (0, 0, 0, 0), (0, 0, 0), True),
        ("2031-03", 0, (0, 0, 0, 0), (0, 0, 0), False),
        ("2031-04", 0, (0, 1, 0, 0), (0, 0, 0), False),
    ]
    assert told.months[0].claims == ids(talks, *twice)


def test_a_visit_with_its_talks_is_one_contact_of_its_level() -> None:
    trip = visit("2031-01-09", SOTELO, "URY", date="2031-01-08", document="a")
    talks = contact("2031-01-09", RUIZ, SOTELO, date="2031-01-08", document="b")
    minister = contact("2031-01-09", LAGOS, SOTELO, date="2031-01-08", document="b")
    assert [m.contacts for m in flow({}, trip, talks, minister).months] == [(1, 1, 0)]


def test_events_without_a_month_are_counted_apart() -> None:
    told = flow({}, event("2031-01-09", "ACCUSE", "URY", "PRY", date="2030"), event("2031-01-09", "ACCUSE", "URY", "PRY"))
    assert (told.undated, [m.events for m in told.months]) == (1, [(0, 0, 1, 0)])
    assert flow({}).months == ()


def test_the_flow_counts_the_figures_that_documents_give_each_once() -> None:
    def told(document: str, value: float, **fields: Any) -> Figure:
        words = f"trade of {value}"
        return Figure(document=document, evidence=(Evidence(0, len(words), words),), asserted="2031-05-07", indicator="trade_turnover",
                      parties=("URY", "PRY"), low=value, high=value, unit="USD", period="2030", **fields)

    some = [told("doc:a", 5e8), told("doc:b", 5e8), told("doc:c", 6e8), told("doc:d", 7e8, modality="planned")]
    (month,) = flows.between(("URY", "PRY"), some, [], {"2031-05": 4}).months
    assert (month.month, month.figures, month.silent) == ("2031-05", 2, False)

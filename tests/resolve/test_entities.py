"""Persons, organisations and places across documents: what is one, what stays two, and what people judged."""

from __future__ import annotations

import random as randomness
import time
from collections.abc import Sequence
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from dragoman.model.claims import ActorRef, Claim, Contact, Event, Membership, PlaceRef, Tenure
from dragoman.model.documents import Evidence
from dragoman.model.entities import OrganizationEntity, PersonEntity, PlaceEntity
from dragoman.model.facts import NOTHING, Fact, Judged
from dragoman.resolve import entities


def actor(name: str, state: str | None = "KAZ", position: str | None = None) -> ActorRef:
    return ActorRef(name, name, "person:x", state, position)


def meeting(at: int, *who: ActorRef, day: str = "2022-05-04", place: PlaceRef | None = None) -> Contact:
    return Contact(
        document=f"doc:{at}", evidence=(Evidence(at, at + 3, "met"),), asserted=day, mode="meeting", participants=who, place=place
    )


def named(at: int, organization: str, state: str | None = None, document: str | None = None) -> Tenure:
    return Tenure(
        document=document or f"doc:{at}",
        evidence=(Evidence(at, at + 4, "head"),),
        person=ActorRef("Bolat Dosan", "Bolat Dosan"),
        position="head",
        organization=organization,
        state=state,
    )


def facts(claims: Sequence[Claim], judged: Judged = NOTHING) -> list[Fact]:
    names = sorted({b for c in claims for b in entities.blocks(c)})
    return [f for b in names for f in entities.resolve(b, [c for c in claims if b in entities.blocks(c)], judged)]


def people(claims: Sequence[Claim], judged: Judged = NOTHING) -> list[PersonEntity]:
    return [f for f in facts(claims, judged) if isinstance(f, PersonEntity)]


def bodies(*claims: Claim, judged: Judged = NOTHING) -> list[OrganizationEntity]:
    return [f for f in facts(claims, judged) if isinstance(f, OrganizationEntity)]


def places(*claims: Claim) -> list[PlaceEntity]:
    return [f for f in facts(claims) if isinstance(f, PlaceEntity)]


def test_one_person_under_several_spellings() -> None:
    (found,) = people(
        [
            meeting(1, actor("Kassym-Jomart Tokayev", position="president")),
            meeting(2, actor("Kasym-Zhomart Toqaev", position="president"), day="2023-02-01"),
            meeting(3, actor("Касым-Жомарт Токаев", position="president")),
        ]
    )
    assert found.person.name == "Kassym-Jomart Tokayev" or found.person.name == "Kasym-Zhomart Toqaev"
    assert len(found.person.names) == 3 and found.positions == ("president",) and found.states == ("KAZ",)
    assert all(m.score >= 0.85 and m.reasons for m in found.person.merges) and found.date == "2022-05-04/2023-02-01"


def test_two_ministers_of_one_surname_stay_two() -> None:
    found = people(
        [
            meeting(1, actor("Yaw Mensah", "GHA", "minister of trade")),
            meeting(2, actor("Esi Mensah", "GHA", "minister of trade")),
            meeting(3, actor("Mensah", "GHA", "minister of trade")),
            meeting(4, actor("Yaw Mensah", "TGO", "minister of trade")),
        ]
    )
    assert sorted((f.person.name, f.states) for f in found) == [
        ("Esi Mensah", ("GHA",)),
        ("Mensah", ("GHA",)),
        ("Yaw Mensah", ("GHA",)),
        ("Yaw Mensah", ("TGO",)),
    ]
    assert any("several persons fit" in d.reasons for f in found for d in f.doubts)


def test_two_persons_of_one_meeting_are_two() -> None:
    claim = meeting(1, actor("Bolat Dosan"), actor("Aliya Serik"))
    assert [f.person.name for f in people([claim])] == ["Bolat Dosan", "Aliya Serik"]
    assert all(f.claims == (claim.id,) for f in people([claim]))


def test_judgements_are_followed() -> None:
    claims = [meeting(1, actor("Bolat Dosan")), meeting(2, actor("Bolat Dossan-Ulu")), meeting(3, actor("Aliya Serik"))]
    ours, theirs = "name:KAZ:bolat dosan", "name:KAZ:aliya serik"
    assert len(people(claims)) == 2, "one leaves a name out"
    joined = people(claims, Judged(same=frozenset({frozenset({ours, theirs})})))
    assert len(joined) == 1 and any("judged by a person" in m.reasons for m in joined[0].person.merges)
    apart = people(claims, Judged(different=frozenset({frozenset({ours, "name:KAZ:bolat dossan-ulu"})})))
    assert len(apart) == 3


def test_an_acronym_and_the_name_it_stands_for() -> None:
    both = [named(1, "Volta Water Agency"), named(2, "VWA"), named(5, "VWA", document="doc:1")]
    (found,) = bodies(*both)
    assert (found.name, found.organization) == ("Volta Water Agency", "org:volta-water-agency")
    assert found.merges[0].reasons == ("an acronym of the other", "both in one document")
    apart = bodies(named(1, "Volta Water Agency"), named(2, "VWA"))
    assert len(apart) == 2 and [d.score for f in apart for d in f.doubts] == [0.75]
    assert len(bodies(named(1, "Volta Water Agency"), named(2, "Vienna Wine Association"))) == 2


def test_spellings_and_states_of_organisations() -> None:
    (found,) = bodies(named(1, "Centre for Labour Organisation"), named(2, "Center for Labour Organization"))
    assert len(found.names) == 2
    assert len(bodies(named(1, "Ministry of Trade", "KAZ"), named(2, "Ministry of Trade", "UZB"))) == 2
    assert len(bodies(named(1, "Ministry of Trade", "KAZ"), named(2, "Ministry of Trade"))) == 1
    eaeu = Membership(
        document="doc:9", evidence=(Evidence(0, 4, "EAEU"),), member="KAZ", organization="EAEU", role="member"
    )
    known = bodies(eaeu, named(2, "Eurasian Economic Union"))
    assert [(f.name, len(f.names)) for f in known] == [("Eurasian Economic Union", 2)]


def test_a_city_keeps_its_identity_through_renaming() -> None:
    claims = [
        meeting(n, actor("Bolat Dosan"), place=PlaceRef(name, "KAZ")) for n, name in enumerate(["Astana", "Nur-Sultan", "Astana", "Almaty"])
    ]
    found = {f.name: f for f in places(*claims)}
    assert set(found) == {"Astana", "Almaty"} and found["Astana"].names == ("Astana", "Nur-Sultan")
    assert found["Astana"].merges[0].reasons == ("its name from 2019-03-23 until 2022-09-17",)
    assert [n.name for n in found["Astana"].known][:3] == ["Astana", "Nur-Sultan", "Astana"]
    salisbury = [meeting(1, place=PlaceRef("Salisbury", "GBR")), meeting(2, place=PlaceRef("Harare", "ZWE"))]
    assert len(places(*salisbury)) == 2


DRAWN = st.builds(
    lambda at, name, state, post, place: meeting(at, actor(name, state, post), place=PlaceRef(place, "KAZ") if place else None),
    st.integers(0, 40),
    st.sampled_from(["Bolat Dosan", "B. Dosan", "Dosan", "Болат Досан", "Aliya Serik", "Serik Aliya"]),
    st.sampled_from(["KAZ", "UZB", None]),
    st.sampled_from(["president", "premier", None]),
    st.sampled_from(["Astana", "Nur-Sultan", "Rome", None]),
)


@settings(max_examples=60, deadline=None)
@given(st.lists(DRAWN, max_size=10, unique_by=lambda c: c.id), st.randoms())
def test_any_claims_in_any_order(claims: list[Any], random: Any) -> None:
    found = facts(claims)
    turned = list(claims)
    random.shuffle(turned)
    assert found == facts(turned), "the order does not matter"
    assert {c for f in found if isinstance(f, PersonEntity) for c in f.claims} == {c.id for c in claims}, "nobody is lost"
    for block in {b for c in claims for b in entities.blocks(c)}:
        used = [c for f in entities.resolve(block, [c for c in claims if block in entities.blocks(c)], NOTHING) for c in f.claims]
        assert len(used) == len(set(used)), "one person a claim names once is in one fact"


def test_a_state_with_many_mentions_takes_little_time() -> None:
    draw = randomness.Random(5)
    given_names = ["Kofi", "Ama", "Muhammad"] + ["".join(draw.choice("abdeiklmnorstu") for _ in range(6)).title() for _ in range(100)]
    family = ["".join(draw.choice("abdeiklmnorstu") for _ in range(7)).title() for _ in range(300)]
    names = [f"{draw.choice(given_names)} {draw.choice(family)}" for _ in range(1000)]
    claims = [meeting(n, actor(names[int(draw.random() ** 3 * 1000)], "GHA", "minister of trade")) for n in range(5000)]
    start = time.process_time()
    list(entities.resolve("person:GHA", claims, NOTHING))
    assert time.process_time() - start < 3


def test_events_name_organisations() -> None:
    claim = Event(document="doc:1", evidence=(Evidence(0, 3, "met"),), event_type="CONSULT", source=(ActorRef("VWA", "VWA", "org:vwa"),))
    assert entities.blocks(claim) == ("org:VWA",)

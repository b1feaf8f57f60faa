"""Agreements put together across documents, their stages, who signed them, and what cannot be."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from dragoman.checks import instruments as check
from dragoman.model.claims import ActorRef, Claim
from dragoman.model.facts import NOTHING, Conflict, Judged
from dragoman.model.instruments import Instrument
from dragoman.resolve import instruments
from tests.resolve.made_relations import RUIZ, SOTELO, agreement, contact, ids, state

FERRY = agreement("2031-05-06", "Treaty on the Building and Running of a Ferry at Salto", date="2031-05-06", document="a")


def resolve(*claims: Claim, judged: Judged = NOTHING) -> list[Instrument]:
    return list(instruments.resolve("PRY+URY", claims, judged))


def conflicts(*claims: Claim) -> list[Conflict]:
    return list(check.check(resolve(*claims)))


def test_one_treaty_from_several_documents_with_its_stages() -> None:
    plan = agreement("2031-04-01", "treaty on a ferry at Salto", action="planned", document="b")
    ratified = agreement("2031-11-02", "Salto Ferry Treaty", action="ratified", date="2031-11-01", document="c")
    ahead = agreement("2031-11-02", "Salto Ferry Treaty", action="in force", modality="planned", date="2032-01-01", document="c")
    force = agreement("2032-02-01", "Salto Ferry Treaty", action="in force", date="2032-01-01", until="2042-01-01", document="d")
    (fact,) = resolve(FERRY, plan, ratified, ahead, force)
    assert [(s.stage, s.modality, s.date) for s in fact.steps] == [
        ("signed", "actual", "2031-05-06"), ("signed", "planned", None), ("ratified", "actual", "2031-11-01"),
        ("in force", "actual", "2032-01-01"), ("in force", "planned", "2032-01-01")]  # fmt: skip
    assert (fact.status, fact.date, fact.until, fact.title) == ("in force", "2031-05-06", "2042-01-01", FERRY.title)
    assert len(fact.titles) == 3
    assert conflicts(FERRY, plan, ratified, ahead, force) == []


def test_a_bare_title_is_the_only_treaty_of_those_days() -> None:
    bare = agreement("2031-05-06", "treaty", date="2031-05-06", document="b")
    assert [f.claims for f in resolve(FERRY, bare)] == [ids(FERRY, bare)]
    bridge = agreement("2031-05-06", "Treaty on the Bridge at Fray Bentos", date="2031-05-06", document="a")
    assert len(resolve(FERRY, bridge, bare)) == 3
    assert {len(f.possible_same) for f in resolve(FERRY, bridge, bare)} == {1, 2}


def test_look_alikes_stay_apart() -> None:
    for other in (
        agreement("2031-05-06", "Memorandum on the Salto Ferry", type="memorandum", date="2031-05-06", document="b"),
        agreement("2031-05-06", "Treaty on Extradition", date="2031-05-06", document="b"),
        agreement("2039-05-06", "Treaty on the Building and Running of a Ferry at Salto", date="2039-05-06", document="b"),
        agreement("2031-05-06", "treaty", date="2029-05-06", document="b"),
    ):
        assert len(resolve(FERRY, other)) == 2, other.title
    old = agreement("2030-03-01", "programme of exchange for 2027-2029", type="programme", date="2027-02-01", document="b")
    new = agreement("2030-03-01", "programme of exchange for 2030-2032", type="programme", date="2030-02-01", document="b")
    assert len(resolve(old, new)) == 2
    listed = [agreement("2031-05-06", f"agreement on {what}", date="2031-05-06", document="a") for what in ("plant health", "plant seeds")]
    assert len(resolve(*listed)) == 2


def test_two_days_of_signature_are_a_conflict_and_the_better_supported_is_named() -> None:
    wire = agreement("2031-05-07", "treaty on the Salto ferry", date="2031-05-06", document="b")
    memory = agreement("2033-05-07", "treaty on the Salto ferry", date="2031-05-07", document="c")
    (found,) = conflicts(FERRY, wire, memory)
    assert found.claims == ids(FERRY, wire, memory)
    assert found.supported == ids(FERRY, wire)
    assert "6 May 2031 (2 reports) and 7 May 2031 (one report); these are one day apart" in found.why
    news = agreement("2031-05-08", "treaty on the Salto ferry", date="2031-05-08", words="signed a treaty on the Salto ferry", document="d")
    assert conflicts(FERRY, news) == [], "the news came two days later"
    month = agreement("2033-05-07", "treaty on the Salto ferry", date="2031-05", document="c")
    assert conflicts(FERRY, wire, month) == []


def test_presidents_and_ministers_cannot_both_have_signed() -> None:
    told = agreement("2033-01-01", "Salto Ferry Treaty", date="2031-05-06", words="the Salto Ferry Treaty that the Presidents had signed",
                     document="b")
    ministers = (ActorRef("Minister Ana Cruz", "Ana Cruz", None, "URY", "minister of transport"),
                 ActorRef("Minister Leo Rey", "Leo Rey", None, "PRY", "minister of transport"))
    named = replace(FERRY, signatories=ministers)
    (found,) = conflicts(named, told)
    assert found.about == f"who signed “{FERRY.title}”"
    assert "y one report Ana Cruz and Leo Rey signed it" in found.why
    assert "y one report the presidents signed it" in found.why
    assert found.claims == ids(named, told)
    again = agreement("2033-01-01", "Salto Ferry Treaty", date="2031-05-06", words="the Salto Ferry Treaty, signed by the ministers",
                      document="c")
    assert conflicts(named, again) == [], "ministers of transport are ministers"


def test_who_looked_on_did_not_sign() -> None:
    told = agreement("2033-01-01", "Salto Ferry Treaty", date="2031-05-06", words="the Salto Ferry Treaty that the Presidents had signed",
                     document="b")
    present = contact("2031-05-06", RUIZ, SOTELO, date="2031-05-06", words="The Presidents witnessed the signing", document="a",
                      at=FERRY.evidence[0].start - 40)
    (found,) = conflicts(FERRY, told, present)
    assert found.claims == ids(told, present)
    assert "looked on" in found.why
    assert conflicts(FERRY, present) == []


def test_judgements_are_followed() -> None:
    wire = agreement("2031-05-07", "treaty on the Salto ferry", date="2031-05-06", document="b")
    apart = Judged(different=frozenset((frozenset((FERRY.id, wire.id)),)))
    assert len(resolve(FERRY, wire, judged=apart)) == 2


def test_blocks() -> None:
    assert instruments.blocks(FERRY) == ("PRY+URY",)
    assert instruments.blocks(replace(FERRY, parties=(state("URY"),)), ("PRY", "URY")) == ("PRY+URY",)
    assert instruments.blocks(contact("2031-05-06", RUIZ, SOTELO)) == ()


TITLES = ("treaty", "Treaty on the Salto Ferry", "treaty on a ferry at Salto", "Treaty on Extradition", "agreement on plant health")


@st.composite
def made(draw: st.DrawFn) -> list[Claim]:
    return [
        agreement(draw(st.sampled_from((None, "2031-05-06", "2032-05-07"))), draw(st.sampled_from(TITLES)), at=n * 60,
                  action=draw(st.sampled_from(("signed", "planned", "ratified", "in force", "adopted"))),
                  date=draw(st.sampled_from((None, "2031-05-06", "2031-05-07", "2031-05", "2032-01-01"))),
                  document=draw(st.sampled_from("abc")), modality=draw(st.sampled_from(("actual", "planned", "denied"))))
        for n in range(draw(st.integers(1, 8)))
    ]  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(made(), st.randoms())
def test_order_does_not_matter_and_no_claim_is_lost(claims: list[Claim], random: object) -> None:
    mixed = list(claims)
    random.shuffle(mixed)  # type: ignore[attr-defined]
    facts = resolve(*claims)
    assert resolve(*mixed) == facts
    assert Counter(c for f in facts for c in f.claims) == Counter({c.id for c in claims})
    assert all({c for s in f.steps for c in s.claims} == set(f.claims) for f in facts)
    assert list(check.check(facts)) == list(check.check(resolve(*mixed)))

"""Contacts put together across documents, and those that only look alike."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from dragoman.model.claims import ActorRef, Claim, Commitment
from dragoman.model.facts import NOTHING, Judged
from dragoman.model.meetings import Meeting
from dragoman.resolve import contacts
from tests.resolve.made_relations import BRITEZ, LAGOS, RUIZ, SOTELO, agreement, contact, ids, state, visit

TALKS = contact("2031-05-07", RUIZ, SOTELO, mode="talks", place="Montevideo", there="URY", date="2031-05-06", document="a")


def resolve(*claims: Claim, judged: Judged = NOTHING) -> list[Meeting]:
    return list(contacts.resolve("PRY+URY", claims, judged))


def together(*claims: Claim, judged: Judged = NOTHING) -> set[tuple[str, ...]]:
    return {f.claims for f in resolve(*claims, judged=judged)}


def test_one_meeting_from_several_documents_is_one_with_the_union_of_what_they_say() -> None:
    wire = contact("2031-05-06", replace(RUIZ, name="Ruiz"), SOTELO, date="2031-05-06", document="b", topics=("fishing",))
    plain = replace(SOTELO, name="Ivan Sotelo", position=None)
    note = contact("2031-06-30", RUIZ, plain, date="2031-05", place="Montevideo", there="URY", document="c")
    (fact,) = resolve(TALKS, wire, note)
    assert fact.claims == ids(TALKS, wire, note)
    assert (fact.date, fact.place and fact.place.name, fact.status, fact.documents) == ("2031-05-06", "Montevideo", "held", ("a", "b", "c"))
    assert [(p.name, p.position) for p in fact.participants] == [("Iván Sotelo", "president"), ("Elba Ruiz", "president")]
    assert fact.topics == ("fishing",)
    assert {d.field for d in fact.differences} == {"mode", "date", "participants"}
    assert all(m.reasons and 0.8 <= m.score <= 1 for m in fact.matches)
    assert len(fact.matches) == 2


def test_offices_stand_for_persons_where_a_document_has_no_names() -> None:
    told = {"the two Presidents met on 6 May": "2031-05-06", "a meeting of the presidents of both countries in May": "2031-05"}
    for words, date in told.items():
        bare = contact("2032-01-09", state("URY"), state("PRY"), date=date, words=words, document="b")
        assert together(TALKS, bare) == {ids(TALKS, bare)}


def test_one_side_named_and_the_other_meant() -> None:
    call = contact("2031-03-02", LAGOS, BRITEZ, mode="call", date="2031-03-02", document="a")
    half = contact("2032-02-01", LAGOS, mode="call", date="2031-03", words="a call of the foreign ministers in March", document="b")
    assert together(call, half) == {ids(call, half)}


def test_offices_of_another_rank_are_others() -> None:
    ministers = contact("2032-01-09", state("URY"), state("PRY"), date="2031-05-06", words="the foreign ministers met", document="b")
    assert len(together(TALKS, ministers)) == 2


def test_experts_are_not_the_presidents() -> None:
    words = "experts of the two countries met"
    experts = contact("2031-05-07", state("URY"), state("PRY"), date="2031-05-06", words=words, document="b")
    assert len(together(TALKS, experts)) == 2
    one, other = (contact("2031-05-07", who, date="2031-05-06", document=who.name) for who in (RUIZ, BRITEZ))
    assert len(together(one, other)) == 2, "nobody in common"


def test_a_day_of_disagreement_is_kept_as_a_difference() -> None:
    other = contact("2031-09-01", RUIZ, SOTELO, mode="talks", place="Montevideo", there="URY", date="2031-05-07", document="b")
    (fact,) = resolve(TALKS, other)
    (date,) = [d for d in fact.differences if d.field == "date"]
    assert date.excluding
    assert [(v.value, v.claims) for v in date.values] == [("2031-05-06", (TALKS.id,)), ("2031-05-07", (other.id,))]
    assert fact.date == "2031-05-06", "the report of these days counts more than the memory"


def test_a_day_of_disagreement_with_another_meeting_near_stays_apart() -> None:
    def on(day: str) -> Claim:
        return contact("2031-09-01", RUIZ, SOTELO, date=day, place="Montevideo", there="URY", document=day)

    fifth, between, seventh = on("2031-05-05"), on("2031-05-06"), on("2031-05-07")
    facts = resolve(fifth, seventh, between)
    assert len(facts) == 3
    (doubtful,) = [f for f in facts if f.claims == (between.id,)]
    assert {p.claims for p in doubtful.possible_same} == {(fifth.id,), (seventh.id,)}


def test_look_alikes_stay_apart() -> None:
    others = [
        contact("2031-05-07", RUIZ, SOTELO, place="Lima", there="PER", date="2030-12", document="a"),  # recalled: they last met in December
        contact("2031-05-07", RUIZ, SOTELO, mode="call", date="2031-05-06", document="b"),  # a call is no meeting
        contact("2031-05-07", LAGOS, BRITEZ, date="2031-05-06", document="b"),  # others on the same day
        contact("2031-05-07", RUIZ, ActorRef("x", "Marta Sotelo Vera", None, "PRY", "minister of trade"), date="2031-05-06", document="b"),
        contact("2031-05-07", RUIZ, SOTELO, mode="letter", date="2031-05-06", document="c"),
        contact("2031-05-30", state("URY"), state("PRY"), date="2031-05-06", document="d", occasion="9th session of the Joint Commission",
                words="the ninth session of the Joint Commission"),
        contact("2031-05-07", RUIZ, SOTELO, date="2031-05-08", modality="planned", document="e"),
        contact("2031-05-06", RUIZ, SOTELO, place="Lima", there="PER", date="2031-05-06", document="f"),
    ]
    for other in others:
        assert len(together(TALKS, other)) == 2, other


def test_a_recalled_meeting_without_a_date_in_the_same_document_is_another() -> None:
    recalled = contact("2031-05-07", RUIZ, SOTELO, place="Asunción", there="PRY", document="a")
    assert len(together(TALKS, recalled)) == 2


def test_planned_held_and_called_off_are_one_history() -> None:
    plan = visit("2031-03-01", SOTELO, "URY", date="2031-05", modality="planned", document="a")
    held = visit("2031-05-07", SOTELO, "URY", date="2031-05-06/2031-05-07", visit_type="state", document="b")
    (fact,) = resolve(plan, held)
    assert (fact.status, fact.date, fact.visit_type) == ("held", "2031-05-06/2031-05-07", "state")
    assert [(s.status, s.date, s.asserted) for s in fact.history] == [
        ("planned", "2031-05", "2031-03-01"), ("held", "2031-05-06/2031-05-07", "2031-05-07")]
    off = visit("2031-05-02", SOTELO, "URY", modality="denied", document="c")
    (fact,) = resolve(plan, off)
    assert fact.status == "called off"
    assert [s.status for s in fact.history] == ["planned", "called off"]


def test_a_visit_put_off_is_the_one_that_was_planned() -> None:
    plan = visit("2031-01-24", SOTELO, "URY", date="2031-05", modality="planned", document="a")
    words = "the visit of President Iván Sotelo to Uruguay, planned for 20 May"
    moved = visit("2031-05-11", SOTELO, "URY", date="2031-09/2031-11", modality="planned", words=words, document="b")
    held = visit("2031-10-09", SOTELO, "URY", date="2031-10-08", document="c")
    (fact,) = resolve(plan, moved, held)
    assert (fact.status, [(s.status, s.date) for s in fact.history]) == (
        "held", [("planned", "2031-05"), ("planned", "2031-09/2031-11"), ("held", "2031-10-08")])
    assert len(together(plan, held)) == 2


def test_a_plan_for_the_year_with_two_visits_in_it_stays_a_plan() -> None:
    plan = visit("2030-12-01", SOTELO, "URY", date="2031", modality="planned", document="a")
    spring, autumn = (visit(f"2031-{m}-09", SOTELO, "URY", date=f"2031-{m}-08", document=m) for m in ("03", "10"))
    facts = resolve(plan, spring, autumn)
    assert len(facts) == 3
    (alone,) = [f for f in facts if f.claims == (plan.id,)]
    assert (alone.status, len(alone.possible_same)) == ("planned", 2)


def test_a_plan_told_after_the_meeting_is_for_the_next_one() -> None:
    after = visit("2031-05-08", SOTELO, "URY", date="2031", modality="planned", document="b")
    held = visit("2031-05-07", SOTELO, "URY", date="2031-05-06", document="a")
    assert len(together(held, after)) == 2


def test_a_session_is_known_by_its_number() -> None:
    plan = contact("2031-01-10", state("URY"), state("PRY"), date="2031-04/2031-06", modality="planned", place="Asunción", there="PRY",
                   occasion="tenth session of the Joint Commission", document="a")
    held = contact("2031-07-03", LAGOS, BRITEZ, date="2031-07-02", place="Asunción", there="PRY",
                   occasion="10th session of the Joint Commission on Trade", document="b")
    before = contact("2031-07-03", LAGOS, BRITEZ, date="2029-07-02", occasion="ninth session of the Joint Commission", document="b")
    assert together(plan, held, before) == {ids(plan, held), ids(before)}


def test_a_visit_contains_its_meetings_and_is_another_contact() -> None:
    trip = visit("2031-05-07", SOTELO, "URY", date="2031-05-06", document="b")
    elsewhere = contact("2031-05-09", RUIZ, SOTELO, date="2031-05-09", place="Lima", there="PER", document="c")
    facts = {f.claims: f for f in resolve(TALKS, trip, elsewhere)}
    assert facts[(TALKS.id,)].part_of == facts[(trip.id,)].id
    assert facts[(trip.id,)].part_of is None
    assert facts[(elsewhere.id,)].part_of is None
    hinted = contact("2031-05-07", SOTELO, LAGOS, document="b", part_of=trip.id)
    facts = {f.claims: f for f in resolve(hinted, trip)}
    assert facts[(hinted.id,)].part_of == facts[(trip.id,)].id
    assert facts[(hinted.id,)].date == trip.date


def test_what_was_signed_and_promised_at_a_meeting_stands_beside_it() -> None:
    treaty = agreement("2031-05-07", "Treaty on the Ferry at Salto", date="2031-05-06", document="a")
    words = "the treaty on the Salto ferry signed on 7 May 2031"
    later = agreement("2032-03-01", "treaty on the Salto ferry", date="2031-05-07", words=words, document="z")
    sides = {"by": (state("URY"),), "to": (state("PRY"),)}
    promise = Commitment(document="y", evidence=TALKS.evidence, asserted="2033-01-01", action="lend", **sides)
    recalled = replace(promise, evidence=(replace(promise.evidence[0], quote="the loan pledged in May 2031"),))
    unrelated = replace(promise, evidence=(replace(promise.evidence[0], quote="the loan pledged in June 2032"),))
    (fact,) = resolve(TALKS, treaty, later, recalled, unrelated)
    assert fact.related == ids(treaty, later, recalled)
    session = contact("2031-05-07", state("URY"), state("PRY"), date="2031-09", modality="planned", at=900, document="a")
    ahead = replace(promise, document="a", asserted="2031-05-07", evidence=session.evidence)
    lend = replace(promise, document="a", asserted="2031-05-07")
    assert [f.related for f in resolve(TALKS, session, ahead, lend) if TALKS.id in f.claims] == [ids(lend)]


def test_a_signature_ties_two_accounts_of_a_meeting_a_day_apart() -> None:
    treaty = agreement("2031-05-06", "Treaty on the Ferry at Salto", date="2031-05-06", document="a")
    words = "the treaty that the Presidents signed on 7 May 2031"
    recalled = agreement(None, "treaty", date="2031-05-07", words=words, at=10, document="b")
    told = contact(None, state("URY"), state("PRY"), date="2031-05-07", words=words, at=10, document="b")
    assert together(TALKS, told) == {(TALKS.id,), (told.id,)}
    assert ids(TALKS, told) in together(TALKS, told, treaty, recalled)


def test_judgements_are_followed() -> None:
    other = contact("2031-05-07", RUIZ, SOTELO, date="2031-05-06", document="b")
    apart = Judged(different=frozenset((frozenset((TALKS.id, other.id)),)))
    assert len(together(TALKS, other, judged=apart)) == 2
    call = contact("2031-05-07", RUIZ, SOTELO, mode="call", date="2031-08", document="b")
    one = Judged(same=frozenset((frozenset((TALKS.id, call.id)),)))
    assert together(TALKS, call, judged=one) == {ids(TALKS, call)}


def test_blocks_are_pairs_of_states_as_far_as_claim_or_document_name_them() -> None:
    nameless = replace(SOTELO, state=None)
    assert contacts.blocks(TALKS) == ("PRY+URY",)
    assert contacts.blocks(visit("2031-05-07", SOTELO, "URY")) == ("PRY+URY",)
    assert contacts.blocks(contact("2031-05-07", RUIZ, nameless), ("URY", "PRY")) == ("PRY+URY",)
    assert contacts.blocks(contact("2031-05-07", RUIZ, nameless), ("BRA", "PER")) == ("BRA+URY",)
    assert contacts.blocks(contact("2031-05-07", nameless, place="Lima", there="PER")) == ("PER",)
    assert contacts.blocks(contact("2031-05-07", nameless), ("BRA",)) == ("BRA",)
    assert contacts.blocks(contact("2031-05-07", nameless, place="Lima", there="PER"), ("BRA",)) == ("BRA+PER",)
    assert contacts.blocks(contact("2031-05-07", nameless)) == ("none",)
    assert contacts.blocks(contact("2031-05-07", RUIZ, SOTELO, state("BRA"), date="2031-05-06")) == ("many 2031",)
    assert contacts.blocks(agreement("2031-05-07", "treaty")) == ("PRY+URY",)


PEOPLE = (RUIZ, SOTELO, LAGOS, BRITEZ, state("URY"), state("PRY"), replace(RUIZ, name="Ruiz"))
DATES = (None, "2031-05-06", "2031-05-07", "2031-05", "2031", "2031-05-05/2031-05-08", "../2031", "2031-06-01")


@st.composite
def made(draw: st.DrawFn) -> list[Claim]:
    days = st.sampled_from((None, "2031-04-01", "2031-05-07", "2031-08-01"))
    places = st.sampled_from((None, "Montevideo"))

    def one(n: int) -> Claim:
        people = draw(st.lists(st.sampled_from(PEOPLE), min_size=1, max_size=3, unique=True))
        mode = draw(st.sampled_from(("meeting", "talks", "call", "visit", "summit")))
        return contact(
            draw(days), *people, mode=mode, date=draw(st.sampled_from(DATES)),
            host="URY" if mode == "visit" else None, place=draw(places), document=draw(st.sampled_from("abcd")),
            modality=draw(st.sampled_from(("actual", "actual", "planned", "denied"))), at=n * 50,
            occasion=draw(st.sampled_from((None, None, "ninth session of the Joint Commission"))))
    told: list[Claim] = [one(n) for n in range(draw(st.integers(1, 9)))]
    if draw(st.booleans()):
        told.append(agreement("2031-05-07", "Treaty on the Ferry", date="2031-05-06", document="a"))
    return told


@settings(max_examples=150, deadline=None)
@given(made(), st.randoms())
def test_order_does_not_matter_and_no_claim_is_lost(claims: list[Claim], random: object) -> None:
    mixed: Sequence[Claim] = list(claims)
    random.shuffle(mixed)  # type: ignore[attr-defined]
    facts = resolve(*claims)
    assert resolve(*mixed) == facts
    told = Counter(c for f in facts for c in f.claims)
    assert told == Counter({c.id for c in claims if c.kind == "contact"})
    assert {c for f in facts for s in f.history for c in s.claims} == set(told)
    assert {f.part_of for f in facts} - {None} <= {f.id for f in facts}

"""Persons across documents: who is one, who stays two, and that the order of mentions does not matter."""

from __future__ import annotations

import datetime as dt

from hypothesis import given, settings
from hypothesis import strategies as st

from dragoman.resolve.persons import ENOUGH, Mention, resolve


def mention(n: int, name: str | None, state: str | None = "KAZ", office: str | None = "pm", year: int = 2022) -> Mention:
    day = dt.date(year, 5, 1 + n % 27)
    return Mention(f"claim:{n:03}", name, state, office, f"doc:{n}", day, day)


def groups(*mentions: Mention) -> set[frozenset[str | None]]:
    """The names that are one person."""
    found = resolve(mentions).persons
    by_id: dict[str, set[str | None]] = {}
    for m in mentions:
        by_id.setdefault(found[m.claim].id, set()).add(m.name)
    return {frozenset(names) for names in by_id.values()}


def test_spellings_are_one_person_with_score_and_reasons() -> None:
    ms = [
        mention(1, "Alikhan Dosan"),
        mention(2, "Alihan Dosan"),
        mention(3, "Алихан Досан", office=None),
        mention(4, "A. Dosan"),
        mention(5, "Dosan"),
    ]
    found = resolve(ms)
    assert len({p.id for p in found.persons.values()}) == 1
    person = found.persons["claim:001"]
    assert person.id == "person:alikhan-dosan" or person.id == "person:alihan-dosan"
    assert person.name in ("Alikhan Dosan", "Alihan Dosan") and len(person.names) == 5
    assert person.merges and all(m.score >= ENOUGH and m.reasons for m in person.merges)
    assert person.score == min(m.score for m in person.merges)


def test_two_ministers_of_one_surname_stay_two() -> None:
    assert len(groups(mention(1, "Alikhan Dosan"), mention(2, "Askar Dosan"))) == 2
    assert len(groups(mention(1, "Alikhan Dosan", office="finance"), mention(2, "Dosan", office="trade"))) == 2


def test_a_surname_alone_needs_state_office_and_time() -> None:
    full = mention(1, "Alikhan Dosan")
    assert len(groups(full, mention(2, "Dosan"))) == 1
    assert len(groups(full, mention(2, "Dosan", state="UZB"))) == 2
    assert len(groups(full, mention(2, "Dosan", state=None))) == 2
    assert len(groups(full, mention(2, "Dosan", office="trade"))) == 2
    assert len(groups(full, mention(2, "Dosan", year=1999))) == 2


def test_an_initial_that_fits_two_fits_neither() -> None:
    ms = [mention(1, "Alikhan Dosan"), mention(2, "Askar Dosan"), mention(3, "A. Dosan")]
    assert len(groups(*ms)) == 3
    assert any("several persons fit" in d.reasons for d in resolve(ms).doubts)


def test_a_part_of_two_names_is_neither() -> None:
    ms = [mention(1, "María López"), mention(2, "María López García"), mention(3, "María López Ruiz")]
    assert len(groups(*ms)) == 3


def test_namesakes_of_two_states_stay_two_and_have_two_ids() -> None:
    ms = [mention(1, "Karim Hasan", "UZB"), mention(2, "Karim Hasan", "TJK")]
    assert len({p.id for p in resolve(ms).persons.values()}) == 2
    assert len({p.id for p in resolve([*ms, mention(3, "Karim Hasan", None)]).persons.values()}) == 3, "it may be either"


def test_one_name_in_another_office_is_one_person() -> None:
    assert len(groups(mention(1, "Alikhan Dosan", office="finance"), mention(2, "Alikhan Dosan", office="pm"))) == 1


def test_vowels_may_differ_only_in_one_office() -> None:
    assert len(groups(mention(1, "Muhammad Rahimi"), mention(2, "Mohammed Rahimi"))) == 1
    assert len(groups(mention(1, "Muhammad Rahimi", office="trade"), mention(2, "Mohammed Rahimi", office="pm"))) == 2


def test_people_not_named_are_each_their_own() -> None:
    assert len({p.id for p in resolve([mention(1, None), mention(2, None)]).persons.values()}) == 2


NAMES = [
    "Alikhan Dosan",
    "Askar Dosan",
    "A. Dosan",
    "Dosan",
    "Алихан Досан",
    "Dosan Alikhan",
    "Alikhan B. Dosan",
    "María López",
    "María López Ruiz",
    "María López García",
    "López",
    None,
]


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.sampled_from(NAMES),
            st.sampled_from(["KAZ", "UZB", None]),
            st.sampled_from(["pm", "trade", None]),
            st.sampled_from([1999, 2022]),
        ),
        max_size=9,
    ),
    st.randoms(),
)
def test_the_order_of_mentions_does_not_matter(drawn: list[tuple[str | None, str | None, str | None, int]], random: object) -> None:
    ms = [mention(n, *row) for n, row in enumerate(drawn)]
    turned = list(ms)
    random.shuffle(turned)  # type: ignore[attr-defined]
    found = resolve(ms)
    assert found == resolve(turned)
    assert set(found.persons) == {m.claim for m in ms}
    for person in found.persons.values():
        assert person.score == 1 or person.score >= ENOUGH
        assert not {"Alikhan Dosan", "Askar Dosan"} <= set(person.names)

"""Who takes part in a contact, state by state, and how like two of them are: by name, else by the office."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from dragoman.model.claims import ActorRef, Contact
from dragoman.reference import positions as titles
from dragoman.reference import states
from dragoman.resolve import positions, spelling
from dragoman.resolve.spelling import Name

_WORD = re.compile(r"[\w'’-]+")
NAMES = {"same": 1.0, "variant": 0.95, "part": 0.95, "initials": 0.9, "surname": 0.85}
OFFICE, LIKE_OFFICE, STATE_ONLY, OTHER_STATE = 0.9, 0.8, 0.65, 0.85
LONGEST = 6  # words of an office's name


class Who(NamedTuple):
    """One participant as it is compared: name taken apart where it is a person's, canonical office where there is one."""

    state: str | None
    name: Name | None
    office: str | None
    text: str
    body: bool = False


Sides = dict[str | None, tuple[Who, ...]]


@cache
def _tables() -> dict[str, Any]:
    loader = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
    sheet: dict[str, Any] = yaml.load(Path(__file__).with_name("contact_words.yml").read_text(encoding="utf-8"), Loader=loader)
    sheet["family"] = {office: family for family, offices in sheet["families"].items() for office in offices}
    sheet["crowd"] = re.compile(r"\b(" + "|".join(sheet["crowd"]) + r")s\b", re.I)
    sheet["plain"] = frozenset(sheet["plain"])
    sheet["ordinals"] = {word: int(number) for word, number in sheet["ordinals"].items()}
    return sheet


def table(key: str) -> Any:
    """One of the tables of contact_words.yml."""
    return _tables()[key]


def of(claim: Contact) -> Sides:
    """The participants of a contact by their states; what has no name gets the office that the words give: "the two Presidents"."""
    told: dict[str | None, list[Who]] = {}
    quote = claim.evidence[0].quote[:400]
    several = plural_office(quote) or _crowd(quote)
    for actor in claim.participants:
        who = _who(actor, several)
        told.setdefault(who.state, []).append(who)
    if several and len(claim.participants) == 1 and claim.mode != "visit":
        told.setdefault(None, []).append(Who(None, None, several, several))  # the other one of "the foreign ministers"
    if claim.host and claim.mode == "visit":
        told.setdefault(claim.host, [])
    return {state: tuple(people) for state, people in told.items()}


def state_of(actor: ActorRef) -> str | None:
    """The state of a participant, which may be the participant itself."""
    return actor.state or states.code(actor.name or actor.mention or "")


def _who(actor: ActorRef, several: str | None) -> Who:
    text = actor.name or actor.mention or ""
    state = state_of(actor)
    if not text or states.code(text):
        mention = actor.mention if actor.mention and not states.code(actor.mention) else ""
        said = actor.position or plural_office(mention) or _office(mention) or several
        return Who(state, None, said and positions.canonical(said, state), text)
    office = positions.canonical(actor.position, state) if actor.position else None
    if is_body(text):
        return Who(state, None, None, text, True)
    if office is None and (bare := _whole_office(text)):
        return Who(state, None, positions.canonical(bare, state), text)
    return Who(state, spelling.name(text) if actor.name else None, office, text)


@lru_cache(maxsize=4096)
def is_body(text: str) -> bool:
    """Whether a participant is a body, not a person: "Joint Economic Commission"."""
    words = text.casefold()
    return any(re.search(rf"\b{body}\b", words) for body in table("bodies"))


@lru_cache(maxsize=8192)
def _offices(text: str) -> tuple[tuple[str, bool], ...]:
    """The offices that stand in a text, the longest first from each word, with whether in the plural."""
    forms = titles.forms()
    words = [w.replace("-", " ") for w in _WORD.findall(text.casefold().replace("’", "'"))]
    found: list[tuple[str, bool]] = []
    at = 0
    while at < len(words):
        for length in range(min(LONGEST, len(words) - at), 0, -1):
            phrase = " ".join(words[at : at + length])
            form = forms.get(phrase)
            plural = phrase.endswith("s") and (phrase[:-1] in table("general") or phrase.replace("heads", "head") in table("general"))
            if form or plural or phrase in table("general"):
                found.append((form.name if form else phrase.replace("heads", "head").removesuffix("s"), form.plural if form else plural))
                at += length - 1
                break
        at += 1
    return tuple(found)


def plural_office(text: str) -> str | None:
    """The office of several people: "the two Presidents" gives "president"; None where there is none or there are several."""
    some = {name for name, plural in _offices(text) if plural}
    return min(some) if len(some) == 1 else None


def _crowd(text: str) -> str | None:
    """Several people without a name below ministers: "experts of the two countries"."""
    found = table("crowd").search(text)
    return found[1].casefold() if found else None


def is_crowd(office: str) -> bool:
    """Whether it is no office but a word for people below ministers."""
    return table("crowd").fullmatch(f"{office}s") is not None


def plural(office: str) -> str:
    """The office of several people in words: "ministers of trade"."""
    head, of, rest = office.partition(" of ")
    return f"{head}{'es' if head.endswith('s') else 's'}{of}{rest}"


def _office(text: str) -> str | None:
    return next((name for name, _ in _offices(text)), None)


def _whole_office(text: str) -> str | None:
    """The office, where a text is nothing but its name: "foreign ministers"."""
    form = titles.forms().get(text.casefold().replace("-", " "))
    return form.name if form else None


def who(actor: ActorRef) -> Who:
    """An actor as it is compared."""
    return _who(actor, None)


def wild(who: Who) -> bool:
    """Whether it is an office of no stated country: the other of "the foreign ministers of the two countries"."""
    return who.state is None and who.name is None and who.office is not None


def alike(one: Who, other: Who) -> float:
    """How like two participants are, 0 where they cannot be one; a full name outweighs another state, which a reader may have got wrong."""
    if one.body or other.body:
        return _bodies(one.text, other.text) if one.body and other.body else 0.0
    if one.name and other.name:
        kind = _likeness(one.name, other.name)
        if one.state != other.state and one.state and other.state:
            return OTHER_STATE if kind in ("same", "variant") and min(len(one.name.whole), len(other.name.whole)) > 1 else 0.0
        if kind == "different":
            return NAMES["surname"] if _one_holder(one, other) else 0.0
        return NAMES[kind] if kind != "surname" or offices_fit(one.office, other.office) > 0 else 0.0
    if one.office is None or other.office is None:
        return STATE_ONLY
    return offices_fit(one.office, other.office)


def _one_holder(one: Who, other: Who) -> bool:
    """Whether two who hold the only office of its kind share a surname: "Ales Maroz" and "Aleksandr Moroz", the president."""
    if one.office is None or one.office != other.office or not kinds(one.office) or not (one.name and other.name):
        return False
    ours, theirs = (spelling.Name(n.sounds[-1:], (False,), n.words[-1:]) for n in (one.name, other.name))
    return len(ours.words[0]) > 3 and _likeness(ours, theirs) != "different"


@lru_cache(maxsize=16384)
def _bodies(one: str, other: str) -> float:
    """ "the Joint Commission" and "the Kazakh-Czech Joint Commission on Trade" can be one body."""
    a, b = _content(one), _content(other)
    if a == b:
        return 1.0
    kinds_ = [{w for w in table("bodies") if re.search(rf"\b{w}\b", x.casefold())} for x in (one, other)]
    return OFFICE if a <= b or b <= a else STATE_ONLY if kinds_[0] & kinds_[1] else 0.0


@lru_cache(maxsize=65536)
def _likeness(one: Name, other: Name) -> str:
    return spelling.compare(one, other).kind


@lru_cache(maxsize=16384)
def offices_fit(one: str | None, other: str | None) -> float:
    """How well two offices fit one holder: the same, one wider than the other ("leader", "minister"), or 0.

    >>> offices_fit("president", "leader"), offices_fit("minister of trade", "minister of energy")
    (0.8, 0.0)
    """
    if one is None or other is None:
        return STATE_ONLY
    if one == other:
        return OFFICE
    ours, theirs = kinds(one), kinds(other)
    if ours and theirs:
        return LIKE_OFFICE if ours & theirs else 0.0
    a, b = _content(one), _content(other)
    if a <= b or b <= a:
        return LIKE_OFFICE
    return 0.0


def kinds(office: str) -> frozenset[str]:
    """The kinds of office that a name can mean: "leader" is the head of state or of government; empty for all other offices."""
    general = table("general").get(office)
    if general:
        return frozenset(general)
    family = table("family").get(office)
    if family is None and office.startswith("minister of foreign affairs"):
        family = "foreign minister"
    return frozenset((family,)) if family else frozenset()


def _content(office: str) -> frozenset[str]:
    return frozenset(w for w in _WORD.findall(office.casefold()) if w not in table("plain"))


def best(ours: Iterable[Who], theirs: Iterable[Who]) -> float:
    """The likeness of the two best matching participants of one state."""
    return max((alike(a, b) for a in ours for b in theirs), default=STATE_ONLY)

"""One automaton over every name of the tables of states, places and organisations, and the hits that it has in a text."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import ahocorasick
import yaml

from dragoman.reference import organizations, places, states

STATE, CAPITAL, METONYM, DEMONYM, PLACE, ORGANIZATION, SHIELD = "state", "capital", "metonym", "demonym", "place", "organization", "shield"
_RANK = {SHIELD: 0, STATE: 1, CAPITAL: 2, METONYM: 3, ORGANIZATION: 4, DEMONYM: 5, PLACE: 6}


class Form(NamedTuple):
    """What a name may mean.

    kind     state, capital, metonym, demonym, place, organization, shield
    name     ISO alpha-3 for states, demonyms and metonyms; canonical name otherwise
    states   the states that it may be or lie in
    from_    of a former name of a capital; until likewise
    """

    kind: str
    name: str
    states: tuple[str, ...] = ()
    guard: bool = False
    acronym: bool = False
    from_: str | None = None
    until: str | None = None
    detail: str = ""  # kind of the place, type of the organisation


class Hit(NamedTuple):
    """A name in a text with all that it may mean, likeliest first."""

    start: int
    end: int
    forms: tuple[Form, ...]


class _Fold(dict[int, int]):
    """Letters without diacritics, one sort of apostrophe, hyphens and breaks as spaces; the length stays."""

    def __missing__(self, code: int) -> int:
        letter = chr(code)
        base = unicodedata.normalize("NFKD", letter)[0]
        out = ord(base) if base.isalpha() and letter.isalpha() else code
        self[code] = out
        return out


_FOLD = _Fold(str.maketrans("’‘ʼʻ`´-‐‑–\n\r\t\u00a0\u202f\u2009øØłŁđĐıəƏðÞ", "''''''          oOlLdDieEdT"))


def fold(text: str) -> str:
    """The text in the automaton's letters, of the same length."""
    return text.translate(_FOLD)


def hits(text: str) -> list[Hit]:
    """The longest names that stand as words of their own, in order."""
    flat, best = fold(text), dict[int, Hit]()
    size = len(flat)
    for last, (length, forms) in _automaton().iter(flat):
        start, end = last - length + 1, last + 1
        if end < size and (flat[end].isalnum() or flat[end] in "_$€£"):
            continue
        if start and (flat[start - 1].isalnum() or flat[start - 1] in "_@#\\"):
            continue
        if start > 1 and flat[start - 1] == "." and flat[start - 2].islower():
            continue  # part of an address, as below
        if end + 1 < size and flat[end] in ".@" and flat[end + 1].islower():
            continue
        if start not in best or best[start].end < end:
            best[start] = Hit(start, end, forms)
    out: list[Hit] = []
    for start in sorted(best):
        if not out or out[-1].end <= start:
            out.append(best[start])
        elif best[start].end > out[-1].end and flat.startswith("the ", out[-1].start):
            out[-1] = best[start]  # "the Commonwealth of Independent States" is not "the Commonwealth"
    return out


@cache
def traps() -> dict[str, Any]:
    """Words that look like names and are none."""
    path = Path(__file__).parent / "name_traps.yml"
    found: dict[str, Any] = yaml.load(path.read_text(encoding="utf-8"), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    return found


@cache
def _automaton() -> Any:
    table: dict[str, list[Form]] = {}
    shouted: list[tuple[str, Form]] = []
    for surface, form in _forms():
        key = fold(surface)
        table.setdefault(key, []).append(form)
        if form.kind != SHIELD and len(key) > 3 and not key.isupper():
            shouted.append((key.upper(), form))
    for forms in table.values():
        if len(forms) > 1:
            forms.sort(key=lambda f: _RANK[f.kind])
    for key, form in shouted:  # after what is written in capitals anyway: GUAM is the organisation
        table.setdefault(key, []).append(form)
    machine = ahocorasick.Automaton()
    for key, forms in table.items():
        machine.add_word(key, (len(key), tuple(dict.fromkeys(forms))))
    machine.make_automaton()
    return machine


def _forms() -> Iterator[tuple[str, Form]]:
    yield from ((words, Form(SHIELD, words)) for words in traps()["shields"])
    for state in states.table().values():
        yield from _state_forms(state)
    for name, codes in (("Korea", ("KOR", "PRK")), ("Congo", ("COD", "COG")), ("Virgin Islands", ("VIR", "VGB"))):
        yield name, Form(STATE, name, codes)
    yield from _shared("Korean", ("KOR", "PRK"))
    for place in places.table():
        form = Form(PLACE, place.name, place.states, place.guard, detail=place.kind)
        yield from ((name, form) for name in (place.name, *place.variants))
    for body in organizations.table():
        form = Form(ORGANIZATION, body.name, (body.state,) if body.state else (), detail=body.type)
        yield from ((name, form) for name in (body.name, *body.variants))
        yield from ((name, form._replace(acronym=True)) for name in body.acronyms)


def _state_forms(state: states.State) -> Iterator[tuple[str, Form]]:
    here = (state.code,)
    yield from ((name, Form(STATE, state.code, here)) for name in state.names)
    yield from ((name, Form(STATE, state.code, here, acronym=True)) for name in state.abbreviations)
    yield from ((name, Form(DEMONYM, state.code, here)) for name in state.demonyms)
    yield from ((name, Form(METONYM, state.code, here)) for name in state.metonyms)
    shown = state.capitals[0].name if state.capitals else ""
    for k, capital in enumerate(state.capitals):
        other = k and (capital.from_ or not _spelling(capital.name, shown))
        yield capital.name, Form(CAPITAL, capital.name if other else shown, here, from_=capital.from_, until=capital.until)


def _spelling(one: str, other: str) -> bool:
    """Whether two names are spellings of one: the same first letter and about the same length, or one in the other."""
    return (fold(one)[0] == fold(other)[0] and abs(len(one) - len(other)) < 4) or other in one


def _shared(word: str, codes: tuple[str, ...]) -> Iterable[tuple[str, Form]]:
    return [(form, Form(DEMONYM, word, codes)) for form in (word, f"{word}s")]

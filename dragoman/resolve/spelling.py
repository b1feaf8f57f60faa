"""Whether two spellings can be one name: scripts, transliterations, accents, order, initials, particles and left-out names."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from dragoman.reference import person_names

_WORD = re.compile(r"[^\W\d_]+\.?")
_DOTTED = re.compile(r"\b(?:H\.\s?[EMH]\.|H\.R\.H\.)")
_LATIN, _ALIKE = re.compile("[A-Za-z\u00c0-\u024f]"), re.compile("[\u0370-\u052f\u0531-\u0587]")  # Greek, Cyrillic and Armenian look alike
_MARKS = str.maketrans("-‐‑", "   ", "’'ʻ‘`ʼʹ´")
LONGEST = 200  # characters of a name that are looked at
VOWELS = frozenset("aeiou")


class _Word(NamedTuple):
    sound: str
    plain: str
    initial: bool


class Name(NamedTuple):
    """A name taken apart, without honorifics and particles.

    sounds   its words in one spelling for all transliterations
    initials which of them are initials
    words    as they are written, in lower case
    """

    sounds: tuple[str, ...]
    initials: tuple[bool, ...]
    words: tuple[str, ...] = ()

    @property
    def parts(self) -> tuple[_Word, ...]:
        """The words with what they are compared by."""
        return _parts(self)

    @property
    def whole(self) -> tuple[str, ...]:
        """The words that are no initials."""
        return _whole(self)


@lru_cache(maxsize=65536)
def _parts(name: Name) -> tuple[_Word, ...]:
    plain = map(person_names.fold, name.words)
    return tuple(_Word(*w) for w in zip(name.sounds, plain, name.initials, strict=True))


@lru_cache(maxsize=65536)
def _whole(name: Name) -> tuple[str, ...]:
    return tuple(s for s, short in zip(name.sounds, name.initials, strict=True) if not short)


class Likeness(NamedTuple):
    """How two names compare.

    kind   `same`, `variant` (vowels differ), `part` (one leaves words out), `initials`, `surname` (one word only), `different`
    """

    kind: str
    reasons: tuple[str, ...] = ()


@cache
def _tables() -> dict[str, Any]:
    loader = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
    sheet: dict[str, Any] = yaml.load(Path(__file__).with_suffix(".yml").read_text(encoding="utf-8"), Loader=loader)
    sheet["letters"] = str.maketrans(sheet["letters"])
    sheet["touched"] = re.compile("|".join(f"(?:{p})" for p, _ in sheet["sounds"] if "(.)" not in p) + r"|(.)\1")
    sheet["sounds"] = [(re.compile(p), r) for p, r in sheet["sounds"]]
    return sheet


@lru_cache(maxsize=65536)
def sound(word: str) -> str:
    """A word in one spelling for its transliterations.

    A word of two alphabets is no transliteration: it was made to look like another, and stays as it is.

    >>> sound("Tokayev") == sound("Toqaev") == sound("Токаев") == sound("Tokajew")
    True
    """
    if not word.isascii() and _LATIN.search(word) and _ALIKE.search(word):
        return word.casefold()
    tables = _tables()
    flat = person_names.fold(word.casefold().translate(tables["letters"]))
    for pattern, by in tables["sounds"] if tables["touched"].search(flat) else ():  # most words have none of these letters
        flat = pattern.sub(by, flat)
    return flat or word.casefold()


@lru_cache(maxsize=65536)
def name(text: str) -> Name:
    """The parts of a name as it stands in a text.

    >>> name("H.E. Dr. María de la Garza").sounds
    ('maria', 'garza')
    """
    lists = person_names.words()
    words = _WORD.findall(_DOTTED.sub("", text[:LONGEST].translate(_MARKS)))
    plain = [w for w in words if not _particle(w, lists["particles"])] or words
    while len(plain) > 1 and _honorific(plain[0], lists["honorifics"]):
        plain = plain[1:]
    while len(plain) > 1 and f"-{plain[-1]}" not in text and person_names.fold(plain[-1].strip(".")) in lists["after"]:
        plain = plain[:-1]
    bare = tuple(w.strip(".").casefold() for w in plain)
    return Name(tuple(map(sound, bare)), tuple(map(_initial, plain)), bare)


def _particle(word: str, known: Any) -> bool:
    """ "de", "bin", "Ó"; but "E." is an initial."""
    if word in _tables()["particles"]:
        return True
    return person_names.fold(word.strip(".")) in known and not (_initial(word) and word[:1].isupper())


def _honorific(word: str, known: Any) -> bool:
    flat = person_names.fold(word.strip("."))
    return flat in known and (word.endswith(".") or flat not in person_names.names().given)


def _initial(word: str) -> bool:
    """ "A.", "Sh.", "A": what stands for a name."""
    bare = word.rstrip(".")
    return len(bare) == 1 or (word.endswith(".") and len(bare) <= 2)


def subject(name: str, state: str | None) -> str:
    """What judgements call a spelling.

    >>> subject("Inés Zárate", "PER")
    'name:PER:ines zarate'
    """
    return f"name:{state or ''}:{person_names.fold(' '.join(name.split()))}"


def skeleton(text: str) -> str:
    """The consonants of the last word of a name that is no initial: transliterations of one surname share them.

    >>> skeleton("Kassym-Jomart Tokayev") == skeleton("К. Токаев")
    True
    """
    whole = name(text).whole
    return bones(whole[-1]) if whole else ""


@lru_cache(maxsize=65536)
def bones(word: str) -> str:
    """The consonants of a spelling and whether a vowel begins or ends it; variants of one name share them.

    >>> bones(sound("Mohammed")) == bones(sound("Muhammad"))
    True
    >>> bones(sound("Ivanov")) == bones(sound("Ivanova"))
    False
    """
    core = "".join(c for c in word if c not in VOWELS)
    return ("_" if word[:1] in VOWELS else "") + core + ("_" if word[-1:] in VOWELS else "")


def _like(one: _Word, other: _Word) -> str | None:
    """`same`, `variant` or None for two words; "Sahin" is "Şahin" with its accents dropped."""
    if one.sound == other.sound or one.plain == other.plain:
        return "same"
    a, b = one.sound, other.sound
    if min(len(a), len(b)) >= 4 and bones(a) == bones(b) and abs(len(a) - len(b)) <= 1 and _near(a, b):
        return "variant"
    return None


def _near(one: str, other: str) -> bool:
    """Whether one or two vowels are all that differs."""
    if len(one) == len(other):
        return sum(a != b for a, b in zip(one, other, strict=True)) <= 2
    short, long = sorted((one, other), key=len)
    return any(long[:k] + long[k + 1 :] == short for k in range(len(long)))


def compare(one: Name, other: Name) -> Likeness:
    """What two names are to each other; the order of the two does not matter."""
    if not one.sounds or not other.sounds:
        return Likeness("different")
    if one.sounds == other.sounds and one.initials == other.initials:
        kind = "surname" if len(one.sounds) < 2 else "initials" if any(one.initials) else "same"
        return Likeness(kind, ("same name" if one.words == other.words else "same name in another spelling",))
    if _turned(one, other):
        return Likeness("same", ("same name in another order or spacing",))
    return _aligned(*sorted((one, other), key=lambda n: (len(n.sounds), len(n.whole), n.sounds)))


def _turned(one: Name, other: Name) -> bool:
    """Whether it is "Han Dong-hyun" and "Dong-hyun Han" or "Han Donghyun"."""
    if any(one.initials + other.initials) or min(len(one.words), len(other.words)) < 2:
        return False
    return bool(turns(one.words) & turns(other.words))


@lru_cache(maxsize=65536)
def turns(words: tuple[str, ...]) -> frozenset[str]:
    """The words run together from each of them on: names in another order or spacing share one."""
    return frozenset(sound("".join(words[k:] + words[:k])) for k in range(min(len(words), 6)))


def _aligned(short: Name, long: Name) -> Likeness:
    """The shorter name's words each put to one of the longer's."""
    left = list(long.parts)
    kinds: list[str] = []
    for word in sorted(short.parts, key=lambda w: w.initial):
        found = _partner(word, left)
        if found is None:
            return Likeness("different")
        kinds.append(found[0])
        left.pop(found[1])
    if kinds.count("initial") == len(kinds):
        return Likeness("different")
    reasons = (["vowels differ"] if "variant" in kinds else []) + (["an initial for a given name"] if "initial" in kinds else [])
    if len(short.sounds) == 1:
        alone = kinds == ["same"] and any(_like(short.parts[0], end) == "same" for end in (long.parts[0], long.parts[-1]))
        return Likeness("surname", ("one name only",)) if alone else Likeness("different")
    if "initial" in kinds:
        return Likeness("initials", tuple(reasons))
    if left:
        return Likeness("part", ("names left out", *reasons))
    return Likeness("variant", tuple(reasons)) if "variant" in kinds else Likeness("same", (_turned_or_not(short, long),))


def _turned_or_not(one: Name, other: Name) -> str:
    straight = all(_like(a, b) == "same" for a, b in zip(one.parts, other.parts, strict=True))
    return "same name but for accents" if straight else "same names in another order"


def _partner(word: _Word, left: list[_Word]) -> tuple[str, int] | None:
    """The word of the other name that fits best, with how it fits."""
    best: tuple[str, int] | None = None
    for at, other in enumerate(left):
        if word.initial or other.initial:
            cut, whole = (word, other) if word.initial else (other, word)
            same = cut.sound == whole.sound
            if same if whole.initial else whole.sound.startswith(cut.sound) or whole.plain.startswith(cut.plain):
                best = best or ("initial", at)
        elif (kind := _like(word, other)) == "same":
            return kind, at
        elif kind and (best is None or best[0] == "initial"):
            best = kind, at
    return best

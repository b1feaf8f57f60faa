"""Persons by invented ones of the same culture and gender; particles, titles and initials' dots stay."""

from __future__ import annotations

import csv
import json
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import pairwise
from pathlib import Path
from random import Random
from typing import Any

from changing.common import Edit, Row

HERE = Path(__file__).resolve().parent
GIVEN = HERE.parent.parent / "dragoman/reference/person_names.csv"  # genders of given names, where a text does not tell
WORD = re.compile(r"[^\W\d_]+(?:['’ʻ`][^\W\d_]+)*\.?")
FIELDS = ("person", "speaker", "addressee", "participants", "by", "to", "source", "recipient", "parties")
MALE = re.compile(r"\b(?:Mr|Señor|Sr|Sir|Lord|Herr|Monsieur|King|Prince|Sheikh)\.? (?:\w+ )?$")
FEMALE = re.compile(r"\b(?:Ms|Mrs|Miss|Madam|Madame|Mme|Señora|Sra|Lady|Dame|Frau|Queen|Princess|Sheikha)\.? (?:\w+ )?$")
TITLED = re.compile(
    r"\b(?:M[rs]s?|Dr|Prof|President|Minister|Ambassador|Secretary|Commissioner|General|Governor|Chancellor|Premier|Speaker|Mme|Madame|Madam|"
    r"Senator|Judge|Colonel|Señora?|Taoiseach|Tánaiste|Director|Chairman|Envoy|Consul)\.? $"
)
_PARTICLES = (
    "de da do dos das del della di du la le los las el al van von der den bin binti ibn ben bint ould mint y e i o ni mac nic of the and",
    "seyyed sayyid nana sheikh sir dr prof mr ms mrs dame lord tuala san",
)
KEPT = frozenset(" ".join(_PARTICLES).split())
BODIES = re.compile(
    r"\b(?:Ministr|Commission|Committee|Council|Government|Union|Agency|Service|Bank|Office|Court|Police|Forum|Press|Institute|Association|"
    r"Chamber|Corporation|Company|Group|Fund|Authority|Parliament|Assembly|Embassy|Party|Organi[sz]ation|Republic)"
)
SLAVIC = {"ru", "uz", "kz", "tj", "tm", "az"}


@cache
def tables() -> tuple[dict[str, str], dict[str, Any]]:
    """Genders of given names, and invented names by culture."""
    with GIVEN.open(encoding="utf-8", newline="") as file:
        given = {name: gender for name, kind, gender, _ in csv.reader(file) if kind == "given"}
    pools = json.loads((HERE / "names.json").read_text(encoding="utf-8"))
    return given, {state: (culture, pool) for culture, pool in pools.items() for state in pool["states"].split()}


def fold(word: str) -> str:
    """A word without case, accents and apostrophes."""
    flat = unicodedata.normalize("NFKD", word.replace("ı", "i").replace("’s", "").replace("'s", ""))
    return re.sub(r"[^\w]", "", "".join(c for c in flat if not unicodedata.combining(c))).lower()


class Names:
    """The new names of one group of documents."""

    def __init__(self, texts: Mapping[str, str], rows: Sequence[Row], draw: Random) -> None:
        self._texts, self._draw = texts, draw
        self._new: dict[str, str] = {}
        self._pools: dict[tuple[str, str], list[str]] = {}
        whole = "\n".join(texts.values())
        self._taken = {fold(w) for w in WORD.findall(whole)}
        said = [str(v) for r in rows for k in ("place", "city", "organization", "title", "outlet") if (v := r.get(k))]
        self._risky = {fold(w) for w in WORD.findall(whole) if w[0].islower()} | {fold(w) for v in said for w in WORD.findall(v)}
        states = Counter(r["state"] for r in rows if r["kind"] == "tenure" and r.get("state"))
        home = states.most_common(1)[0][0] if states else "ZZZ"
        offices = {r["person"]: r.get("state") or home for r in rows if r["kind"] == "tenure"}
        self.persons: set[str] = set()
        self._initials: dict[tuple[str, str], str] = {}
        for person in sorted({p for r in rows for p in _persons(r)} | set(offices), key=lambda p: (-len(p.split()), p)):
            if person in offices or _is_person(person):
                self.persons.add(person)
                self._person(person, offices.get(person, home), whole)

    def _person(self, person: str, state: str, whole: str) -> None:
        """Draw new words for the words of a name that have none yet."""
        given, places = tables()
        culture, pool = places.get(state) or places["ZZZ"]
        words = [w for w in WORD.findall(person) if fold(w) not in KEPT]
        roles = _roles(words, given, pool.get("order") == "family")
        gender = self._gender(person, [w for w, r in zip(words, roles, strict=True) if r == "given"], whole)
        for at, (word, role) in enumerate(zip(words, roles, strict=True)):
            key = fold(word)
            if key in self._new:
                continue
            if word.endswith(".") and len(key) <= 2:
                self._new[key + "."] = self._next(culture, pool, gender if at == 0 else "m")[0] + "."
            elif role == "given":
                self._given(word, culture, pool, gender, person)
            else:
                self._new[key] = self._family(word, culture, pool, gender, person)
        for word, role in zip(words, roles, strict=True):
            if role == "family" and roles[0] == "given" and fold(words[0]) in self._new:
                self._initials |= {(words[0][:n], fold(word)): self._new[fold(words[0])][:1] for n in (1, 2)}

    def _given(self, word: str, culture: str, pool: Row, gender: str, person: str) -> None:
        fresh = self._next(culture, pool, gender)
        rest = re.search(re.escape(word) + r"-([^\W\d_]+)", person)
        first, _, second = fresh.partition("-")
        self._new[fold(word)] = first
        if rest and second:
            self._new[fold(rest[1])] = second

    def _family(self, word: str, culture: str, pool: Row, gender: str, person: str) -> str:
        """A family name in the form of the gender."""
        if word.endswith(("dóttir", "dottir")):
            return self._next(culture, pool, "m").rstrip("s") + "sdóttir"
        stem = fold(word)[:-1] if culture in SLAVIC and fold(word).endswith(("ova", "eva", "ina")) else fold(word)
        fresh = self._new.setdefault(stem, self._new.get(stem) or self._next(culture, pool, "family"))
        if gender == "f" and culture in SLAVIC and fresh.endswith(("ov", "ev", "in")):
            fresh += "a"
        if f"Ní {word}" in person and fresh[0] in "BCDFGMPST":
            fresh = fresh[0] + "h" + fresh[1:]
        return fresh

    def _next(self, culture: str, pool: Row, role: str) -> str:
        """The next name of a pool that the documents do not have; where none is left, one made of two."""
        if (culture, role) not in self._pools:
            names = pool[role].split()
            self._draw.shuffle(names)
            self._pools[culture, role] = names
        left = self._pools[culture, role]
        while left:
            name = left.pop()
            if not {fold(part) for part in name.split("-")} & self._taken:
                self._taken |= {fold(part) for part in name.split("-")}
                return name
        names = pool[role].split()
        return self._draw.choice(names).split("-")[0] + self._draw.choice(names).split("-")[-1][-3:].lower()

    def _gender(self, person: str, given: Sequence[str], whole: str) -> str:
        told = next((g for w in given if (g := tables()[0].get(fold(w)))), "")
        if told:
            return told
        last, votes = person.split()[-1], Counter[str]()
        for m in re.finditer(re.escape(last), whole):
            before, after = whole[max(0, m.start() - 40) : m.start()], whole[m.end() : m.end() + 160]
            votes["m"] += 3 * bool(MALE.search(before)) + len(re.findall(r"\b(?:he|his|him)\b", after, re.I))
            votes["f"] += 3 * bool(FEMALE.search(before)) + len(re.findall(r"\b(?:she|her)\b", after, re.I))
        return "f" if votes["f"] > votes["m"] else "m"

    def edits(self, text: str, all_words: bool = False) -> Iterator[Edit]:
        """The words of names in a text; a word that is a common one too, or part of a place, only beside another or behind a title."""
        found = [m for m in WORD.finditer(text) if self._known(text, m)]
        near = {m.start() for a, b in pairwise(found) if _beside(text[a.end() : b.start()]) for m in (a, b)}
        for m in found:
            word = m[0].removesuffix(".") if fold(m[0]) + "." not in self._new or len(fold(m[0])) > 2 else m[0]
            bare = re.sub(r"['’]s$", "", word)
            plain = fold(bare) not in self._risky and not word.endswith(".")
            if all_words or m.start() in near or plain or TITLED.search(text[max(0, m.start() - 16) : m.start()]):
                new = self._new[fold(bare) + ("." if word.endswith(".") else "")]
                yield Edit(m.start(), m.start() + len(bare), new.upper() if len(bare) > 2 and bare.isupper() else new)

        for m in re.finditer(r"\b([A-Z][a-z]?)\. ([A-Z][^\W\d_]+)", text):
            if new := self._initials.get((m[1], fold(m[2]))):
                yield Edit(m.start(1), m.end(1), new)

    def _known(self, text: str, m: re.Match[str]) -> bool:
        capital = m[0][0].isupper() or text[m.start() - 1 : m.start()] == "-"
        key = fold(m[0])
        return capital and (key in self._new or (m[0].endswith(".") and key + "." in self._new))

    def value(self, text: str) -> str:
        """A gold value with the new names."""
        out, at = [], 0
        for edit in self.edits(text, all_words=text in self.persons):
            out += [text[at : edit.start], edit.new]
            at = edit.end
        return "".join((*out, text[at:]))


def _beside(between: str) -> bool:
    """Whether two words with that between them are of one name."""
    return between.strip(" -") in ("", *KEPT) and len(between) < 8 and "\n" not in between


def _persons(row: Row) -> Iterator[str]:
    for field in FIELDS:
        value = row.get(field)
        yield from (v for v in (value if isinstance(value, list) else [value]) if isinstance(v, str) and " " in v)


def _is_person(name: str) -> bool:
    """Whether a participant looks like a person: a known given name or an initial first, and no body."""
    words = name.split()
    fine = all(w[0].isupper() or fold(w) in KEPT for w in words) and 2 <= len(words) <= 6 and not BODIES.search(name)
    known = any(fold(w) in tables()[0] for w in words[:2]) or re.match(r"[A-Z][a-z]?\. ", name) is not None
    return fine and known


def _roles(words: Sequence[str], given: Iterable[str], family_first: bool) -> list[str]:
    if len(words) == 1:
        return ["given" if fold(words[0]) in given else "family"]
    if family_first or (len(words) == 2 and fold(words[1]) in given and fold(words[0]) not in given):
        return ["family"] + ["given"] * (len(words) - 1)
    return ["given"] + ["given" if fold(w) in given or len(fold(w)) == 1 else "family" for w in words[1:-1]] + ["family"]

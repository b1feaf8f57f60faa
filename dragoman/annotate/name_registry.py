"""The persons that one document names: each name in its fullest form, and whom a part of a name means."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field

from dragoman.reference import person_names
from dragoman.reference.person_names import fold

COMMON = 200  # persons of one word: beyond, it tells nobody apart, and long lists of names stay linear
_KEPT = frozenset({"II", "III", "IV", "VI", "VII", "VIII", "IX", "XI", "XII", "XIV", "XVI"})


def normal(parts: list[str]) -> str:
    """The name with capitals as names have them: "OLEG PETROV" and "Sergey LAVROV" lose theirs."""
    particles = person_names.words()["particles"]
    shouted = all(p.isupper() for p in parts if len(p) > 1) and len(parts) > 1
    out: list[str] = []
    for part in parts:
        bare = part.rstrip(".")
        if (bare.isupper() and len(bare) > 2 and bare not in _KEPT and "." not in bare) or (
            shouted and len(bare) == 2 and not part.endswith(".")
        ):
            part = _capitals(part)
            if shouted and fold(part) in particles and out:
                part = part.lower()
        out.append(part)
    return " ".join(out)


def _capitals(word: str) -> str:
    """For example "AL-SISI" -> "Al-Sisi", "O'BRIEN" -> "O'Brien"."""
    out, up = [], True
    for c in word:
        out.append(c.upper() if up else c.lower()[:1])
        up = (not c.isalnum() and c not in "’'") or (c in "’'" and len(out) == 2)
    return "".join(out)


@dataclass(slots=True)
class Person:
    """One person: every way in which the document writes the name."""

    name: str
    words: list[str]
    first: int
    gender: str | None = None
    offices: set[str] = field(default_factory=set)
    forms: set[tuple[str, ...]] = field(default_factory=set)
    last: int = -1

    @property
    def surname(self) -> str:
        return _key(self.words, self.name)


def _key(words: list[str], name: str) -> str:
    """The word by which the person is called later: the first for names in the Asian order."""
    table = person_names.names()
    if (
        len(words) in (2, 3)
        and words[0] in table.first
        and table.first[words[0]] != "vi"
        and (words[-1] not in table.first or "-" in words[-1])
    ):
        return words[0]
    return words[-1]


class Registry:
    """Collects full names, joins those of one person, and finds whom a part means."""

    def __init__(self) -> None:
        self.people: list[Person] = []
        self._by_word: dict[str, list[Person]] = defaultdict(list)
        self._seen: dict[str, list[Person]] = defaultdict(list)

    def add(self, parts: list[str], start: int, gender: str | None, office: str | None) -> None:
        """A name as it stands; joined to a person already there if it is the same."""
        words = [fold(p).strip(".") for p in parts]
        name = normal(parts)
        for p in self._near(words):
            if _same(p.words, words) and not (gender and p.gender and gender != p.gender):
                if _fuller(words, p.words):
                    p.name, p.words = name, words
                break
        else:
            p = Person(name, words, start)
            self.people.append(p)
        for word in set(words):
            if not self._seen[word] or self._seen[word][-1] is not p:
                self._seen[word].append(p)
        p.gender = p.gender or gender
        p.forms.add(tuple(words))
        if office:
            p.offices.add(office)

    def _near(self, words: list[str]) -> list[Person]:
        """Those who share a word with the name, in the order of the text."""
        near = {id(p): p for w in words if len(held := self._seen.get(w, [])) <= COMMON for p in held}
        return list(near.values())

    def settle(self) -> None:
        """After the last name: joins what turned out to be one, fills in gender, makes the index."""
        merged: list[Person] = []
        index: dict[str, list[Person]] = defaultdict(list)
        self._by_word.clear()
        for p in sorted(self.people, key=lambda p: -len(p.words)):
            near = {id(q): q for w in p.words if len(index[w]) <= COMMON for q in index[w]}
            fits = [q for q in near.values() if _same(q.words, p.words)]
            if len(fits) == 1:
                q = fits[0]
                q.gender, q.offices, q.forms = q.gender or p.gender, q.offices | p.offices, q.forms | p.forms
                q.first = min(q.first, p.first)
            else:
                merged.append(p)
                for word in set(p.words):
                    index[word].append(p)
        self.people = sorted(merged, key=lambda p: p.first)
        particles = person_names.words()["particles"]
        for p in self.people:
            p.gender = p.gender or _gender(p.words)
            for word in {w for form in (p.words, *p.forms) for w in form}:
                if word not in particles or word == p.surname:
                    self._by_word[word].append(p)
                    if _stem(word) != word and p not in self._by_word[_stem(word)]:
                        self._by_word[_stem(word)].append(p)

    def knows(self, word: str) -> bool:
        """Whether the word is part of a name, with its article or without."""
        return bool(self._of(fold(word).strip(".")))

    def _of(self, word: str) -> list[Person]:
        return self._by_word.get(word) or self._by_word.get(_stem(word)) or []

    def longest(self, parts: list[str]) -> tuple[int, int] | None:
        """The longest stretch of the words that is (part of) a known name."""
        folded = [fold(p).strip(".") for p in parts]
        best: tuple[int, int] | None = None
        for i in range(len(parts)):
            for p in self._by_word.get(folded[i], ()):
                j = i
                known = set(p.words)
                while j + 1 < len(parts) and folded[j + 1] in known:
                    j += 1
                if (i == j and folded[i] != p.surname and len(parts) > 1) or len(folded[i]) < 2:
                    continue
                if best is None or j - i > best[1] - best[0]:
                    best = (i, j)
        return best

    def find(self, parts: list[str], at: int, gender: str | None, office: str | None) -> Person | None:
        """The one person whom the words mean; None where none or several do."""
        words = [fold(p).strip(".") for p in parts]
        fits = [p for p in self._of(words[-1]) if _same(p.words, words) or tuple(words) in p.forms or (len(words) == 1)]
        if len(words) > 1:
            exact = [p for p in fits if tuple(words) in p.forms]
            fits = exact or fits
        if not fits:
            fits = [p for p in self._near(words) if _same(p.words, words)]
        if gender:
            fits = [p for p in fits if p.gender in (None, gender)]
        if len(fits) > 1 and len(words) == 1:
            fits = [p for p in fits if _stem(p.surname) == _stem(words[0])] or fits
        if len(fits) > 1 and office:
            fits = [p for p in fits if office in p.offices] or fits
        if len(fits) > 1:
            near = [p for p in fits if p.last >= 0 and at - p.last < 400] or [p for p in fits if p.last >= 0]
            recent = max(near, key=lambda p: p.last, default=None)
            fits = [recent] if recent else []
        return fits[0] if len(fits) == 1 else None


def _stem(word: str) -> str:
    """The name without an Arabic article: "al-sisi" and "el-sisi" are one."""
    head, _, tail = word.partition("-")
    return tail if tail and head in ("al", "el", "as", "ash", "an", "ar", "at", "ad", "ul", "ur") else word


def _gender(words: list[str]) -> str | None:
    given = person_names.names().given
    for word in words:
        for piece in (word, word.split("-")[0]):
            if given.get(piece):
                return given[piece]
    last = words[-1]
    if last.endswith(("ova", "eva", "ina", "skaya", "ska", "dottir", "kyzy", "qizi")):
        return "f"
    if last.endswith(("ov", "ev", "skiy", "sky", "sson", "uulu")):
        return "m"
    return None


def _fuller(new: list[str], old: list[str]) -> bool:
    def weight(words: list[str]) -> tuple[int, int]:
        return sum(len(w) > 2 for w in words), sum(map(len, words))

    return weight(new) > weight(old)


def _same(a: list[str], b: list[str]) -> bool:
    """Whether two names are one person's: the words of one within the other's, or equal surnames with fitting initials."""
    if len(a) == 1 or len(b) == 1:
        one, other = (a, b) if len(a) == 1 else (b, a)
        return one[0] == _key(other, "")
    short, long = (a, b) if len(a) <= len(b) else (b, a)
    rest = list(long)
    if short[-1] != long[-1] and set(short) - set(long):
        return False
    for word in short:
        hit = next(
            (w for w in rest if w == word or (len(word) <= 2 and w.startswith(word[0])) or (len(w) <= 2 and word.startswith(w[0]))), None
        )
        if hit is None:
            return False
        rest.remove(hit)
    return True

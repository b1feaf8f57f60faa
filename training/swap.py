"""Names of the whole world, and their exchange for those of the sources, which are American for the most part."""

from __future__ import annotations

import csv
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Any

import yaml

from training.ner_data import Named

_HERE = Path(__file__).parent
_HONORIFIC = frozenset(("Jr.", "Sr.", "II", "III"))


@dataclass(slots=True)
class Person:
    """A made-up person: the full name, and the part that later mentions use."""

    full: str
    short: str


@dataclass(slots=True)
class Names:
    """Where persons, places and bodies are drawn from."""

    cultures: list[dict[str, Any]]
    places: dict[str, list[str]]
    western: dict[str, Any]
    leaders: list[str] = field(default_factory=list)

    @classmethod
    def load(cls, data: Path | None = None) -> Names:
        cultures = yaml.safe_load((_HERE / "world.yml").read_text(encoding="utf-8"))
        places = yaml.safe_load((_HERE / "places.yml").read_text(encoding="utf-8"))
        leaders: list[str] = []
        table = data / "offices/world_leaders_wikidata.csv" if data else None
        if table and table.exists():
            with table.open(encoding="utf-8") as rows:
                leaders = sorted({r["officeholderLabel"] for r in csv.DictReader(rows) if " " in r["officeholderLabel"]})
        split = {k: [p.strip() for p in v.split("|") if p.strip()] for k, v in places.items()}
        western = yaml.safe_load((_HERE / "western.yml").read_text(encoding="utf-8"))
        everyday = _culture(western)
        return cls([_culture(c) for c in cultures.values()], split, everyday, [x for x in leaders if not x.startswith("Q")])

    def person(self, random: Random) -> Person:
        """A new person of any culture; one in twelve is a head of state or government of our time."""
        if self.leaders and random.random() < 0.08:
            full = random.choice(self.leaders)
            return Person(full, full.split()[-1])
        if random.random() < 0.12:
            return _made(self.western, random)
        return _made(random.choice(self.cultures), random)

    def state(self, random: Random) -> tuple[str, str]:
        """A state and its adjective."""
        name, _, adjective = random.choice(self.places["states"]).partition(":")
        return name, adjective

    def city(self, random: Random) -> str:
        return random.choice(self.places["cities"])


def _culture(raw: dict[str, Any]) -> dict[str, Any]:
    out = dict(raw)
    out["given"] = [g.replace("_", " ") for g in raw["given"].split()]
    out["family"] = _families(raw["family"], bool(raw.get("particles")))
    out["middle"] = raw.get("middle", "").split()
    out["de"] = [d.replace("_", " ") for d in raw.get("de", "").split()]
    return out


def _families(text: str, particles: bool) -> list[str]:
    """Family names; where the culture writes particles apart, a particle and the next word are one name."""
    if not particles:
        return text.split()
    out: list[str] = []
    held = ""
    for word in text.split():
        if word in ("Ó", "Ní", "Mac", "van", "de", "Te", "St.", "Dela"):
            held += word + " "
        else:
            out.append(held + word)
            held = ""
    return out


def _made(culture: dict[str, Any], random: Random) -> Person:
    given = random.choice(culture["given"])
    family = random.choice(culture["family"])
    if culture.get("order") == "family":
        if random.random() < 0.15:  # as European papers turn it round
            return Person(f"{given} {family}", family)
        return Person(f"{family} {given}", family)
    if culture.get("hyphen") and random.random() < 0.3:
        given += "-" + random.choice(culture["given"])
    elif culture["middle"] and random.random() < 0.3:
        given += " " + random.choice(culture["middle"])
    elif random.random() < 0.06:
        given = f"{given} {random.choice(culture['given'])}"
    elif random.random() < 0.04:
        given = given[0] + "."
    if culture["de"] and random.random() < 0.3:
        particle = random.choice(culture["de"])
        family = particle + ("" if particle[-1] in "-’" else " ") + family
    elif culture.get("double") and random.random() < 0.4:
        family += (" " if random.random() < 0.8 else "-") + random.choice(culture["family"])
    elif random.random() < 0.04 and "-" not in family:
        family += "-" + random.choice(culture["family"]).split()[-1]
    return Person(f"{given} {family}", family)


def swapped(sentence: Named, names: Names, random: Random) -> Named:
    """The sentence with other persons and places; the same old name becomes the same new one."""
    out = Named([], [], [])
    spaces = sentence.spaces or [True] * len(sentence.words)
    old_spaces = sentence.spaces
    at = 0
    new: dict[tuple[str, ...], list[str]] = {}
    missing: set[int] = set()
    for start, end, label in [*sentence.ents, (len(sentence.words), len(sentence.words), "")]:
        missing |= {len(out.words) + m - at for m in sentence.missing if at <= m < start}
        out.words += sentence.words[at:start]
        out.spaces += spaces[at:start]
        if start == end:
            break
        old = tuple(sentence.words[start:end])
        words = new.setdefault(old, _other(old, label, names, random))
        out.ents.append((len(out.words), len(out.words) + len(words), label))
        out.words += words
        out.spaces += [_space(words, n) for n in range(len(words) - 1)] + [spaces[end - 1]]
        at = end
    out.missing = missing
    if not old_spaces:
        out.spaces = []
    return out


def _space(words: list[str], n: int) -> bool:
    return words[n] not in ("-",) and words[n + 1] not in ("-",)


def pieces(name: str) -> list[str]:
    """A name as the treebanks cut it: hyphens are words of their own."""
    return " ".join(name.replace("-", " - ").split()).split()


def _other(old: tuple[str, ...], label: str, names: Names, random: Random) -> list[str]:
    if label == "PER" and old[-1] not in _HONORIFIC and old[0][:1].isupper():
        person = names.person(random)
        return pieces(person.full if len(old) > 1 else person.short)
    if label == "LOC" and len(old) == 1 and old[0][:1].isupper() and len(old[0]) > 3:
        place = names.city(random) if random.random() < 0.5 else names.state(random)[0].removeprefix("the ")
        return pieces(place)
    return list(old)

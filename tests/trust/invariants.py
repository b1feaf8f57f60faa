"""What must hold of a claim, whoever reads it: its words are the text, and its numbers, names and cue are among them.

None of it uses the rules that read: numbers are looked for by their digits, names by their letters, cues in the lexicons.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import yaml

import dragoman
from dragoman.model.claims import ActorRef, Amount, Claim, Statement

EXTRACT, REFERENCE = (Path(dragoman.__file__).parent / name for name in ("extract", "reference"))
_FIRST = re.compile(r"\b(?:largest|biggest|chief|leading|main|top|most|principal|number one|highest|greatest|foremost)\b", re.I)
_TIMES = re.compile(r"(\d+(?:[.,]\d+)?)[ -](?:times|fold)")
_DIGITS = re.compile(r"\d[\d.,’'  ]*")
_WORD = re.compile(r"[^\W\d_]+")
_NUMBERS = """
zero no one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen
nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred thousand million billion trillion lakh crore half halved
halves third thirds quarter quarters fifth fifths tenth double doubled doubling doubles twice twofold two-fold triple tripled
tripling threefold fourfold fivefold tenfold quadrupled dozen dozens score couple pair first second fourth sixth seventh eighth
ninth both single only a an both once thrice several few zeroed
"""
_POINTING = """
he him his she her hers they them their theirs i me my we us our ours you your it its itself himself herself themselves who whom
whose which this these those both two three four sides side leaders leader parties party countries country nations states
ministers presidents delegations delegation government ministry president minister premier chancellor king queen secretary
ambassador speaker chairman governor envoy director head heads former latter counterpart counterparts guest
"""
_SMALL = """
a an the of to in on at by for with and or from as is was are were be been has have had will would its their his her it that this
which who not no but also he she they
"""
NUMBERS, POINTING, SMALL = (frozenset(words.split()) for words in (_NUMBERS, _POINTING, _SMALL))
CUES = {"say": "said", "tell": "told", "write": "wrote", "speak": "spoke", "think": "thought", "find": "found", "hold": "held",
        "swear": "swore", "make": "made", "give": "gave", "see": "saw", "take": "took", "put": "put", "go": "went", "feel": "felt"}


def folded(words: str) -> str:
    """The letters and digits alone, for comparing what stands over line breaks."""
    return " ".join(re.findall(r"\w+", words.casefold()))


def in_place(claim: Claim, text: str) -> bool:
    """Whether every quotation is the text at its place."""
    return bool(claim.evidence) and all(0 <= e.start < e.end <= len(text) and text[e.start : e.end] == e.quote for e in claim.evidence)


def quoted(claim: Claim) -> str:
    """All the words that a claim rests on."""
    return "\n".join(e.quote for e in claim.evidence)


def numbers(claim: Claim) -> Iterator[float]:
    """The numbers that a claim tells."""
    values: list[Any] = [getattr(claim, name, None) for name in ("low", "high", "rank")]
    for name in ("equivalent", "target"):
        amount = getattr(claim, name, None)
        values += [amount.low, amount.high, amount.of] if isinstance(amount, Amount) else []
    yield from (float(v) for v in values if v is not None)


def _significant(value: float) -> str:
    return f"{abs(value):.6f}".replace(".", "").strip("0")


def holds_number(words: str, value: float) -> bool:
    """Whether a number's digits, or words for numbers, are among some words; how large its unit is may stand in the head of a table."""
    digits = {re.sub(r"\D", "", m[0]).strip("0") for m in _DIGITS.finditer(words)}
    digits |= {part.strip("0") for m in _DIGITS.finditer(words) for part in re.split(r"[\s,;’']+", re.sub(r"(?<=\d)\.(?=\d)", "", m[0]))}
    digits |= {_significant(float(m[1].replace(",", ".")) * 100 - 100) for m in _TIMES.finditer(words)}  # "1.4 times" is 40% more
    first = value == 1 and bool(_FIRST.search(words))
    return first or _significant(value) in digits or bool(NUMBERS & {w.casefold() for w in _WORD.findall(words)})


def actors(value: Any) -> Iterator[ActorRef]:
    """The actors in a claim's fields."""
    if isinstance(value, ActorRef):
        yield value
    elif isinstance(value, tuple):
        for one in value:
            yield from actors(one)
    elif isinstance(value, Claim):
        for one in vars(value).values():
            yield from actors(one)


def holds_name(words: str, actor: ActorRef) -> bool:
    """Whether an actor's mention, a part of the name, or a word that points to somebody is among some words."""
    here = set(folded(words).split())
    if POINTING & here or (actor.mention is None and actor.name is None):
        return True
    known = {w for name in (actor.mention, actor.name) if name for w in folded(name).split() if len(w) > 2 and w not in SMALL}
    return bool(known & here) or any(holds_state(words, code) for code in {actor.name, actor.state} if code)


def holds_state(words: str, code: str) -> bool:
    """Whether a state, its people, its capital or another of its places is among some words."""
    here = f" {folded(words)}"
    return any(form in here for form in _forms().get(code, ()))


@cache
def _forms() -> dict[str, frozenset[str]]:
    """The beginnings of what each state, its people and its places are called."""
    found: dict[str, set[str]] = {}
    tables = (("states", "code", ("name", "official", "names", "abbreviations", "demonyms", "capital", "metonyms")),
              ("places", "states", ("name", "variants")))
    for table, key, columns in tables:
        with (REFERENCE / f"{table}.csv").open(encoding="utf-8") as file:
            for row in csv.DictReader(file):
                forms = {f" {folded(form.split('@')[0])}" for c in columns for form in (row[c] or "").split("|") if len(form) > 2}
                for code in row[key].split("|"):
                    found.setdefault(code, {f" {code.casefold()}"}).update(forms)
    return {code: frozenset(forms) for code, forms in found.items()}


def holds_cue(words: str, claim: Claim) -> bool:
    """Whether the word that introduces a statement, or for other claims a word of their kind's lexicon, is among some words."""
    if isinstance(claim, Statement):
        cue = folded(claim.cue or "")
        return not cue or f" {CUES.get(cue, cue)[:4]}" in f" {folded(words)}" or f" {cue[:4]}" in f" {folded(words)}"
    return bool(_cues(claim.kind) & {w[:5] for w in folded(words).split()})


@cache
def _cues(kind: str) -> frozenset[str]:
    """The beginnings of the words of a kind's lexicon; of tenures the names of offices too."""
    sheet = yaml.safe_load((EXTRACT / f"{kind}.yml").read_text("utf-8"))
    known = list(_strings(sheet.get("lexicon", sheet)))
    if kind == "tenure":
        known.append((REFERENCE / "positions.csv").read_text("utf-8"))
    return frozenset(w[:5] for words in known for w in folded(words).split() if w not in SMALL and len(w) > 1)


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        yield from map(str, value)
        for one in value.values():
            yield from _strings(one)
    elif isinstance(value, list):
        for one in value:
            yield from _strings(one)

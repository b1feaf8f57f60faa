"""What a claim is about, as far as a promise and its follow-ups are compared by it: words, acts, numbers, days."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

import yaml

from dragoman.model import time
from dragoman.model.claims import ActorRef, Agreement, Claim, Commitment, Contact, Event, Figure, Mission, Tenure
from dragoman.reference import states as state_table
from dragoman.reference.slug import slug
from dragoman.resolve import promise_dates

NAME, WORD, PLAIN = 3.0, 2.0, 0.7  # what a shared name, a shared word and a shared general word weigh
PRONOUN = re.compile(r"(?:They|It|These|Those|This|Both|All of them)\b")  # begins a sentence about what was spoken of before
_ORDINAL = re.compile(r"\b[^\W\d_]*(?:st|nd|rd|th)\b", re.I)
_TOKEN = re.compile(r"[^\W\d_]+|\d[\d.,]*")
_ENDINGS = ("ations", "ation", "ments", "ment", "ings", "ing", "ions", "ion", "ies", "ied", "ed", "es", "s", "e", "y")


@dataclass(frozen=True, slots=True)
class Profile:
    """A claim as it is compared.

    terms    stem -> weight of names and words of the object; plain: general words, which only count beside others
    acts     what is done
    numbers  values named, without dates; dated: days named in the words
    ordinals which one of a row: second, tenth
    owners   names of those who promise, in plain letters; states: ISO codes that the claim names
    bodies   stems of the names of bodies that issued the document or are named by a field
    told     day of the document; day: when it came about by its own words, else None
    """

    claim: Claim
    words: str
    terms: dict[str, float]
    plain: frozenset[str]
    acts: frozenset[str]
    numbers: frozenset[float]
    dated: tuple[str, ...]
    ordinals: frozenset[str]
    owners: frozenset[str]
    states: frozenset[str]
    bodies: frozenset[frozenset[str]]
    told: str | None
    day: str | None


@cache
def sheet() -> dict[str, Any]:
    """The lexicon with every word under its stem."""
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    found: dict[str, Any] = yaml.load(Path(__file__).with_name("promise_words.yml").read_text(encoding="utf-8"), Loader=loader)
    found["acts"] = {stem(w): act for act, line in found["acts"].items() for w in line.split()}
    found["same"] = {stem(w): name for name, line in found["same"].items() for w in line.split()}
    found["generic"] = frozenset(stem(w) for w in found["generic"].split())
    found["events"], found["totals"] = frozenset(found["events"].split()), frozenset(found["totals"].split())
    found["ordinals"] = frozenset(found["ordinals"])
    found["things"] = frozenset(stem(w) for w in found["things"].split())
    found["revised"] = re.compile(rf"\b(?:{found['revised']})\b", re.I)
    found["phrases"] = [(re.compile(p, re.I), f" {name} ") for name, p in found["phrases"].items()]
    found["restated"] = re.compile(rf"\b(?:{found['restated']})\b", re.I)
    return found


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """The word without its commonest endings.

    >>> stem("inaugurated"), stem("disbursement"), stem("services")
    ('inaugurat', 'disburs', 'servic')
    """
    low = slug(word)
    for ending in _ENDINGS:
        if low.endswith(ending) and len(low) - len(ending) >= 3:
            low = low[: -len(ending)]
            break
    return low[:-1] if len(low) > 4 and low[-1] == low[-2] and low[-1] not in "sl" else low


def profile(claim: Claim) -> Profile:
    """The claim as it is compared."""
    words = _words(claim)
    dates = promise_dates.found(words, claim.asserted)
    bare = promise_dates.without(words, dates)
    tokens = list(_TOKEN.finditer(bare))
    terms, plain, acts = _terms(bare, tokens, claim)
    return Profile(
        claim,
        words,
        terms,
        plain,
        acts,
        _numbers(tokens, claim),
        tuple(d.edtf for d in dates),
        frozenset(m.casefold() for m in _ORDINAL.findall(bare)) & sheet()["ordinals"],
        frozenset(slug(r.name or r.mention or "") for r in _owners(claim)) - {""},
        states_of(claim),
        _bodies(claim),
        claim.asserted,
        _day(claim, dates),
    )


def _words(claim: Claim) -> str:
    """The words of a claim that say what it is about, each once."""
    parts = [e.quote for e in claim.evidence]
    if isinstance(claim, Commitment):
        parts.append(claim.action if claim.action not in parts[0] else "")
    elif isinstance(claim, Agreement):
        parts.append(claim.title)
    elif isinstance(claim, Mission):
        parts += [claim.type, claim.city or ""]
    elif isinstance(claim, Contact):
        parts += [claim.mode, claim.place.name if claim.place else "", claim.occasion or ""]
    elif isinstance(claim, Figure):
        parts.append(claim.indicator.removeprefix("other:").replace("_", " "))
    elif isinstance(claim, Tenure):
        parts.append(claim.organization or "")
    text = " \n ".join(" ".join(p.split()) for p in parts if p)
    for pattern, name in sheet()["phrases"]:
        text = pattern.sub(name, text)
    return text


def _terms(words: str, tokens: Sequence[re.Match[str]], claim: Claim) -> tuple[dict[str, float], frozenset[str], frozenset[str]]:
    terms: dict[str, float] = {}
    plain, acts = set(), set()
    aside = _aside(claim)
    begins = True
    for m in tokens:
        word = m.group()
        if word[0].isdigit():
            begins = False
            continue
        named = word[0].isupper() and not begins
        sort, base, key = _sort(word, named)
        if sort == "short" or base in aside:
            continue
        begins = words.startswith((". ", " \n"), m.end())
        if sort == "act":
            acts.add(key)
        elif sort == "plain":
            plain.add(key)
        elif sort == "term":
            terms[key] = max(terms.get(key, 0.0), NAME if named else WORD)
    return terms, frozenset(plain), frozenset(acts)


@lru_cache(maxsize=50_000)
def _sort(word: str, named: bool) -> tuple[str, str, str]:
    """What a word is to a promise (an act, a general word, a name or thing, a state), its stem, and what it is kept as."""
    lexicon, base = sheet(), stem(word)
    if len(base) < 2:
        return "short", base, base
    if base in lexicon["acts"] and not named:
        return "act", base, lexicon["acts"][base]
    if base in lexicon["generic"]:
        return "plain", base, base
    return "state" if _is_state(word) else "term", base, lexicon["same"].get(base, base)


@lru_cache(maxsize=20_000)
def _is_state(word: str) -> bool:
    return word[0].isupper() and state_table.code(word) is not None


def _aside(claim: Claim) -> frozenset[str]:
    """Stems of the names of those who act: they say who, and not what."""
    refs = [*_owners(claim), *(claim.participants if isinstance(claim, Contact) else ())]
    return frozenset(stem(w) for r in refs for w in _TOKEN.findall(r.mention or "") if w[:1].isupper())


def _bodies(claim: Claim) -> frozenset[frozenset[str]]:
    names = [link.name for link in claim.attribution if link.role in ("outlet", "office")]
    if isinstance(claim, Tenure) and claim.organization:
        names.append(claim.organization)
    return frozenset(frozenset(stem(w) for w in _TOKEN.findall(n)) for n in names)


def _owners(claim: Claim) -> tuple[ActorRef, ...]:
    return claim.by if isinstance(claim, Commitment) else ()


def _numbers(tokens: Sequence[re.Match[str]], claim: Claim) -> frozenset[float]:
    """The values that the words and the fields name."""
    numbers, scales = sheet()["numbers"], sheet()["scales"]
    out: set[float] = set()
    said = [m.group().casefold() for m in tokens]
    for n, token in enumerate(said):
        if token[0].isdigit() or token in numbers:
            value = _value(token) if token[0].isdigit() else numbers[token]
            if value is not None:
                out.add(float(value) * scales.get(said[n + 1] if n + 1 < len(said) else "", 1.0))
        elif token in scales and n and said[n - 1] in ("a", "the", "one") and len(token) > 2:
            out.add(scales[token])
    if isinstance(claim, Commitment) and claim.target:
        out |= {v for v in (claim.target.low, claim.target.high) if v is not None}
    if isinstance(claim, Figure):
        out |= {v for v in (claim.low, claim.high) if v is not None}
    return frozenset(out)


def _value(token: str) -> float | None:
    digits = token.rstrip(".,")
    if re.fullmatch(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?", digits):
        digits = digits.replace(",", "")
    try:
        return float(digits.replace(",", "."))
    except ValueError:
        return None


def states_of(claim: Claim) -> frozenset[str]:
    """ISO codes of the states that a claim names as taking part."""
    out: set[str | None] = set()
    if isinstance(claim, Commitment):
        out = {r.state for r in (*claim.by, *claim.to)}
    elif isinstance(claim, Agreement):
        out = {r.state for r in claim.parties}
    elif isinstance(claim, Figure):
        out = {*claim.parties, claim.reporter, claim.counterpart}
    elif isinstance(claim, Mission):
        out = {claim.sending, claim.receiving}
    elif isinstance(claim, Contact):
        out = {claim.host, *(r.state for r in claim.participants)}
    elif isinstance(claim, Tenure):
        out = {claim.state, claim.person.state}
    elif isinstance(claim, Event):
        out = {r.state for r in (*claim.source, *claim.recipient)}
    return frozenset(s for s in out if s)


def _day(claim: Claim, dates: tuple[promise_dates.Found, ...]) -> str | None:
    """When it came about, by the claim's own date or the date in its words that is not after the document."""
    if isinstance(claim, Figure):
        return claim.period or next((d.edtf for d in dates if not _after(d.edtf, claim.asserted)), None)
    own = getattr(claim, "date", None)
    if own:
        return str(own)
    deadline = claim.deadline if isinstance(claim, Commitment) else None
    past = [d for d in dates if not _after(d.edtf, claim.asserted) and d.edtf not in (deadline, (deadline or "").removeprefix("../"))]
    events = [d for d in past if not d.bound]
    return events[-1].edtf if events else None


def _after(edtf: str, told: str | None) -> bool:
    day = last_day(told)
    first = time.parse(edtf).first
    return day is not None and first is not None and first > day


@lru_cache(maxsize=50_000)
def order_day(edtf: str | None) -> dt.date | None:
    """The day by which a date is put in order: its last, or the first of one without an end."""
    when = time.parse(edtf) if edtf and time.is_edtf(edtf) else None
    return (when.last or when.first) if when else None


@lru_cache(maxsize=50_000)
def last_day(edtf: str | None) -> dt.date | None:
    """The last day that an EDTF date covers."""
    return time.parse(edtf).last if edtf and time.is_edtf(edtf) else None

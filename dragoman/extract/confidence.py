"""How often claims that were found in this way are right: a logistic model for each kind over what the rules saw.

The weights are fitted by `training/confidence.py` on the benchmark's tuning documents, by cross-validation over documents, and lie in
`confidence.json`. Without them each claim keeps the value that its rule gave it.
"""

from __future__ import annotations

import json
import math
from bisect import bisect_left
from collections.abc import Callable, Iterator
from dataclasses import fields
from functools import cache
from itertools import repeat
from operator import attrgetter
from pathlib import Path
from typing import Any

from dragoman.extract.attribution import exact_words
from dragoman.model.annotations import AnnotatedText, MentionType, Sentence
from dragoman.model.claims import ActorRef, Claim
from dragoman.model.documents import Evidence

SAID = frozenset(("mode", "change", "position", "type", "role", "action", "status", "indicator", "unit", "measure", "modifier",
                  "event_type", "property", "cue"))  # fields whose value is a feature
LENGTHS = (40, 80, 160, 300)  # code points of the first evidence
LOW, HIGH = 0.01, 0.995  # no claim is certain either way


@cache
def weights() -> dict[str, Any]:
    """The fitted model: for each kind a bias, weights by feature, and the curve from score to frequency."""
    path = Path(__file__).with_suffix(".json")
    return dict(json.loads(path.read_text(encoding="utf-8"))["kinds"]) if path.exists() else {}


def features(claim: Claim, text: AnnotatedText) -> Iterator[tuple[str, float]]:
    """What is known of a claim without knowing whether it is right: rules, fields found, where it stands, how its actors were found."""
    yield "prior", _prior(claim)
    yield "mentions", _mentions(claim)
    for trait in _traits(claim, text):
        yield trait, 1.0


def _prior(claim: Claim) -> float:
    """The log-odds of the value that its rule gave it."""
    prior = min(HIGH, max(LOW, claim.confidence))
    return math.log(prior / (1 - prior))


def _mentions(claim: Claim) -> int:
    return min(3, len(claim.evidence) - 1)


def _traits(claim: Claim, text: AnnotatedText) -> list[str]:
    """The features that a claim has or has not."""
    first = claim.evidence[0]
    out = [f"rule:{rule}" for rule in claim.rules]
    out.append(f"modality:{claim.modality}")
    out.append(f"zone:{text.document.zone_at(first.start).value}")
    out.append(f"length:{bisect_left(LENGTHS, len(first.quote))}")
    if text.once(exact_words).hold(first.start, first.end):
        out.append("quoted")
    out += _surroundings(text, first)
    kind: Any = type(claim)
    names, values = _fields(kind)
    for name, value in zip(names, values(claim), strict=True):
        if not value and value in (None, (), ""):
            out.append(f"no:{name}")
        elif type(value) is str:
            if name in SAID:
                out.append(f"{name}={value.partition(':')[0]}")
        elif type(value) is ActorRef:
            out += _actor(name, value)
        elif type(value) is tuple:
            out.append(f"{name}:{min(4, len(value))}")
            for one in value[:2]:
                if type(one) is ActorRef:
                    out += _actor(name, one)
    return out


def _surroundings(text: AnnotatedText, words: Evidence) -> Iterator[str]:
    """How much else the sentence holds, and where in it the words stand: crowded sentences are read wrongly more often."""
    sentence = text.sentence_at(words.start)
    if sentence is None:
        return
    known = text.once(_by_sentence)
    if sentence.index not in known:
        known[sentence.index] = tuple(_crowd(text, sentence))
    yield from known[sentence.index]
    share = (words.end - words.start) / max(1, sentence.end - sentence.start)
    yield f"share:{bisect_left((0.2, 0.5, 0.8), share)}"
    yield f"begins:{next((t.pos for t in sentence.tokens if t.start <= words.start < t.end), None)}"
    yield f"ends:{next((t.pos for t in sentence.tokens if t.start < words.end <= t.end), None)}"


def _by_sentence(text: AnnotatedText) -> dict[int, tuple[str, ...]]:
    """The traits of the sentences that were asked for."""
    return {}


def _crowd(text: AnnotatedText, sentence: Sentence) -> Iterator[str]:
    here = (sentence.start, sentence.end)
    states = {m.state for m in text.mentions_in(*here, MentionType.STATE, MentionType.DEMONYM)}
    yield f"place:{bisect_left((1, 4, 10, 25), sentence.index)}"
    yield f"words:{bisect_left((8, 15, 25, 40), len(sentence.tokens))}"
    yield f"commas:{min(4, sentence.text.count(','))}"
    yield f"verbs:{min(4, sum(t.pos == 'VERB' for t in sentence.tokens))}"
    yield f"root:{next((t.pos for t in sentence.tokens if t.dep == 'root'), None)}"
    yield f"states:{min(3, len(states))}"
    yield f"dates:{min(3, len(text.dates_in(*here)))}"
    yield f"numbers:{min(5, len(text.quantities_in(*here)))}"
    yield f"people:{min(4, sum(a.kind == 'person' for a in text.actors_in(*here)))}"
    yield f"parties:{min(4, len(text.parties))}"


@cache
def _fields(kind: Any) -> tuple[tuple[str, ...], Callable[[Claim], tuple[Any, ...]]]:
    """The fields that only claims of a kind have, and what takes them all at once."""
    shared = {f.name for f in fields(Claim)}
    names = tuple(f.name for f in fields(kind) if f.name not in shared)
    return names, attrgetter(*names)


def _actor(name: str, actor: ActorRef) -> Iterator[str]:
    yield f"{name}:{(actor.id or 'none').partition(':')[0]}"
    yield f"{name}:words{min(4, len((actor.name or '').split()))}"
    if actor.name is None or actor.state is None:
        yield f"{name}:unknown"
    if not actor.mention:
        yield f"{name}:implied"
    if actor.mention and actor.name and actor.name not in actor.mention:
        yield f"{name}:pointed"


def score(claim: Claim, text: AnnotatedText, model: dict[str, Any]) -> float:
    """The model's log-odds for a claim."""
    weight = model["weights"].get
    odds: float = model["bias"] + weight("prior", 0.0) * _prior(claim) + weight("mentions", 0.0) * _mentions(claim)
    odds += sum(map(weight, _traits(claim, text), repeat(0.0)))
    return odds


def calibrated(claim: Claim, text: AnnotatedText) -> float:
    """How often claims like this one are right, by the model of its kind."""
    model = weights().get(claim.kind)
    if model is None:
        return claim.confidence
    slope, shift = model["scale"]
    value = 1 / (1 + math.exp(-(slope * score(claim, text, model) + shift)))
    return round(min(HIGH, max(LOW, value)), 4)

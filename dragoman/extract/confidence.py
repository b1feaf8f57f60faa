"""How often claims that were found in this way are right: a logistic model for each kind over what the rules saw.

The weights are fitted by `training/confidence.py` on the benchmark's tuning documents, by cross-validation over documents, and lie in
`confidence.json`. Without them each claim keeps the value that its rule gave it.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterator
from dataclasses import fields
from functools import cache
from pathlib import Path
from typing import Any

from dragoman.model.annotations import AnnotatedText
from dragoman.model.claims import ActorRef, Claim, stamped

BASE = frozenset(f.name for f in fields(Claim))
LENGTHS = (40, 80, 160, 300)  # code points of the first evidence
LOW, HIGH = 0.01, 0.995  # no claim is certain either way


@cache
def weights() -> dict[str, Any]:
    """The fitted model: for each kind a bias, weights by feature, and the curve from score to frequency."""
    path = Path(__file__).with_suffix(".json")
    return dict(json.loads(path.read_text(encoding="utf-8"))["kinds"]) if path.exists() else {}


def features(claim: Claim, text: AnnotatedText) -> Iterator[tuple[str, float]]:
    """What is known of a claim without knowing whether it is right: rules, fields found, where it stands, how its actors were found."""
    first = claim.evidence[0]
    prior = min(HIGH, max(LOW, claim.confidence))
    yield "prior", math.log(prior / (1 - prior))
    for rule in claim.rules:
        yield f"rule:{rule}", 1.0
    yield f"modality:{claim.modality}", 1.0
    yield f"zone:{text.document.zone_at(first.start)}", 1.0
    yield f"length:{sum(len(first.quote) > n for n in LENGTHS)}", 1.0
    yield "mentions", min(3, len(claim.evidence) - 1)
    if any(q.start <= first.start and first.end <= q.end for q in text.quotes if q.direct):
        yield "quoted", 1.0
    for f in fields(claim):
        if f.name not in BASE:
            yield from _field(f.name, getattr(claim, f.name))


def _field(name: str, value: Any) -> Iterator[tuple[str, float]]:
    if value in (None, (), ""):
        yield f"no:{name}", 1.0
    elif isinstance(value, tuple):
        yield f"{name}:{min(4, len(value))}", 1.0
        for one in value[:2]:
            yield from _actor(name, one)
    elif isinstance(value, ActorRef):
        yield from _actor(name, value)
    elif name in (
        "mode",
        "change",
        "position",
        "type",
        "role",
        "action",
        "status",
        "indicator",
        "unit",
        "measure",
        "modifier",
        "event_type",
        "property",
        "cue",
    ):
        yield f"{name}={str(value).split(':')[0]}", 1.0


def _actor(name: str, value: Any) -> Iterator[tuple[str, float]]:
    if isinstance(value, ActorRef):
        kind = (value.id or "none").split(":")[0]
        yield f"{name}:{kind}", 1.0
        yield f"{name}:words{min(4, len((value.name or '').split()))}", 1.0
        if value.name is None or value.state is None:
            yield f"{name}:unknown", 1.0
        if value.mention and value.name and value.name not in value.mention:
            yield f"{name}:pointed", 1.0


def score(claim: Claim, text: AnnotatedText, model: dict[str, Any]) -> float:
    """The model's log-odds for a claim."""
    known: dict[str, float] = model["weights"]
    return float(model["bias"]) + sum(known.get(name, 0.0) * value for name, value in features(claim, text))


def calibrated(claim: Claim, text: AnnotatedText) -> Claim:
    """The claim with the confidence of its kind's model."""
    model = weights().get(claim.kind)
    if model is None:
        return claim
    slope, shift = model["scale"]
    value = 1 / (1 + math.exp(-(slope * score(claim, text, model) + shift)))
    return stamped(claim, confidence=round(min(HIGH, max(LOW, value)), 4))

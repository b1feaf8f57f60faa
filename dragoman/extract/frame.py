"""What extractors share: their lexicon, references to actors, the fields that every claim has."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from dragoman.extract.attribution import attribution
from dragoman.model.annotations import Actor, AnnotatedText
from dragoman.model.claims import ActorRef, PlaceRef
from dragoman.model.documents import Evidence
from dragoman.reference.scan import Words

__all__ = ["actor_ref", "attribution", "claim_base", "lexicon", "matches", "pattern", "phrases", "place_in", "state_ref", "word_pattern"]


@cache
def lexicon(module_file: str) -> dict[str, Any]:
    """The lexicon of the YAML beside an extractor: `lexicon(__file__)`."""
    return dict(sheet(module_file).get("lexicon") or {})


@cache
def pattern(module_file: str, name: str, flags: int = re.I) -> re.Pattern[str]:
    """A regular expression of the lexicon."""
    return re.compile(lexicon(module_file)[name], flags)


@cache
def word_pattern(module_file: str, name: str, flags: int = re.I) -> Words:
    """A regular expression of the lexicon whose matches begin with a word."""
    return Words(pattern(module_file, name, flags))


@cache
def sheet(module_file: str) -> dict[str, Any]:
    """The whole YAML beside an extractor: summary, lexicon, cases."""
    path = Path(module_file).with_suffix(".yml")
    return dict(yaml.load(path.read_text(encoding="utf-8"), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader)) or {})


def actor_ref(actor: Actor) -> ActorRef:
    """The claim's reference to an actor; the mention is the phrase in the text, without line breaks."""
    return ActorRef(" ".join(actor.mention.split()), actor.name, actor.id, actor.state, actor.position)


def state_ref(iso3: str, mention: str | None = None) -> ActorRef:
    return ActorRef(mention, iso3, f"state:{iso3}", iso3)


def place_in(text: AnnotatedText, start: int, end: int) -> PlaceRef | None:
    """The first place named in a stretch, with its state."""
    from dragoman.model.annotations import MentionType

    for m in text.mentions_in(start, end, MentionType.PLACE):
        return PlaceRef(m.name, m.state)
    return None


def phrases(words: Iterable[str]) -> str:
    """A regular expression of these phrases, the longest first; what several begin with is written, and tried, once."""
    tree: dict[str, Any] = {}
    for word in words:
        node = tree
        for character in word:
            node = node.setdefault(character, {})
        node[""] = {}
    return _branches(tree)


def _branches(tree: dict[str, Any]) -> str:
    parts = [re.escape(character) + _branches(node) for character, node in tree.items() if character]
    if len(parts) < 2 and "" not in tree:
        return "".join(parts)
    return f"(?:{'|'.join(parts)}){'?' if '' in tree else ''}" if parts else ""


def matches(text: AnnotatedText, words: Words) -> dict[int, list[re.Match[str]]]:
    """The matches within each sentence, none overlapping, by the sentence's number; sentences without any are left out."""
    whole, sentences, starts = text.text, text.sentences, text.starts
    found: dict[int, list[re.Match[str]]] = {}
    if not words.known:
        for s in sentences:
            if here := list(words.finditer(whole, s.start, s.end)):
                found[s.index] = here
        return found
    at = 0
    for place in words.places(whole):
        if place < at:
            continue
        k = bisect_right(starts, place) - 1
        if k >= 0 and place < sentences[k].end and (m := words.match(whole, place, sentences[k].end)):
            found.setdefault(k, []).append(m)
            at = m.end()
    return found


def claim_base(text: AnnotatedText, start: int, end: int, *also: tuple[int, int] | Evidence) -> dict[str, Any]:
    """`document`, `evidence`, `attribution` and `asserted` for a claim stated from start to end."""
    document = text.document
    evidence = [document.evidence(start, end)]
    for piece in also:
        more = piece if isinstance(piece, Evidence) else document.evidence(*piece)
        if more not in evidence:
            evidence.append(more)
    return {
        "document": document.id,
        "evidence": tuple(evidence),
        "attribution": attribution(text, start, end),
        "asserted": document.published,
    }

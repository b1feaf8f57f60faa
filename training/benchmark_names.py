"""The names that the gold of the benchmark knows, in its documents; the fifteen that are kept aside are never opened."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any

_ORG = re.compile(
    r"\b(?:Ministry|Commission|Agency|Bank|Institute|Council|Union|University|Office|Department|Community|Organi[sz]ation|Authority|"
    r"Committee|Association|Company|Fund|Party|Service|Centre|Center|Group|Court|Assembly|Parliament|Government|Embassy|Corporation|Board)\b"
)


@dataclass(slots=True)
class Page:
    """The paragraphs of a document and its names by label."""

    paragraphs: list[str]
    names: dict[str, str]


def documents(benchmark: Path) -> list[Page]:
    """The documents that may be used, with persons, organisations and places of the gold."""
    aside = set((benchmark / "holdout.txt").read_text(encoding="utf-8").split())
    facts: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for line in (benchmark / "gold.jsonl").read_text(encoding="utf-8").splitlines():
        fact = json.loads(line)
        if fact["file"] not in aside:
            facts[fact["file"]].append(fact)
    out = []
    for file, known in sorted(facts.items()):
        text = (benchmark / "documents" / file).read_text(encoding="utf-8")
        out.append(Page([p for p in re.split(r"\n\s*\n|\n(?=[-•*]|\d+\.)", text) if p.strip()], _names(known)))
    return out


def persons(facts: list[dict[str, Any]]) -> set[str]:
    """Persons of a document's gold: full names of holders of offices, speakers and participants."""
    found: set[str] = set()
    for fact in facts:
        values = [fact.get("person"), fact.get("speaker"), *fact.get("participants", ())]
        for value in values:
            name = value.get("name") if isinstance(value, dict) else value
            if name and " " in name and not _ORG.search(name) and all(w[:1].isupper() or len(w) < 5 for w in name.split()):
                found.add(name)
    return {n for n in found if not re.search(r"\b(?:of|for|the|Heads?|Presidents?|Ministers?|Question)\b", n)}


def _names(facts: list[dict[str, Any]]) -> dict[str, str]:
    names: dict[str, str] = {}
    for fact in facts:
        organization = fact.get("organization")
        if organization and organization[:1].isupper():
            names[organization] = "ORG"
        for field in ("place", "city"):
            value = fact.get(field)
            if value and re.fullmatch(r"[^\W\d_][\w’'\-. ]*", value) and value[:1].isupper() and not _ORG.search(value):
                names[value] = "LOC"
    for name in persons(facts):
        names[name] = "PER"
        names.setdefault(name.split()[-1], "PER")
    return names


_FUNCTION_WORDS = (
    "the a an on in at by for from to of and but as it he she we they i you his her their our this that these those after before when if"
)
_FUNCTION = frozenset(_FUNCTION_WORDS.split())


def stretches(nlp: Any, page: Page, states: frozenset[str], adjectives: frozenset[str], random: Random) -> list[Any]:
    """The page in stretches with its known names and the names of states; other words with a capital are left as not known."""
    out = []
    at = 0
    while at < len(page.paragraphs):
        size = random.choice((1, 1, 2, 3))
        text = " ".join(" ".join(p.split()) for p in page.paragraphs[at : at + size])
        at += size
        if random.random() < 0.4:
            text = text.replace("’", "'").replace("“", '"').replace("”", '"')
        out.append(_doc(nlp, text, page.names, states, adjectives))
    return [d for d in out if len(d)]


def _doc(nlp: Any, text: str, names: dict[str, str], states: frozenset[str], adjectives: frozenset[str]) -> Any:
    from training.corpus import set_names

    made = nlp.make_doc(text)
    ents: list[tuple[int, int, str]] = []
    taken: set[int] = set()
    known = [(n, label) for n, label in names.items()] + [(s, "LOC") for s in states if s not in names and s in text]
    for name, label in sorted(known, key=lambda k: len(k[0]), reverse=True):
        for m in re.finditer(rf"(?<!\w){re.escape(name)}(?!\w)", text):
            span = made.char_span(m.start(), m.end())
            # A state within a longer name that the gold does not have ("Bank of Ghana") is left open.
            if span is None or taken & set(range(span.start, span.end)) or (name in states and _within(made, span.start, span.end)):
                continue
            ents.append((span.start, span.end, label))
            taken |= set(range(span.start, span.end))
    missing = {t.i for t in made if t.i not in taken and any(c.isupper() for c in t.text) and t.text.lower() not in _FUNCTION}
    joins = [t.i for t in made if t.text in "-–’'" and t.i not in taken and 0 < t.i < len(made) - 1 and made[t.i + 1].text[:1].isupper()]
    # "the Uzbek part": the adjective of a state before a small letter is no name.
    outside = {
        t.i for t in made[:-1] if t.text in adjectives and made[t.i + 1].text[:1].islower() and t.i and made[t.i - 1].text[:1].islower()
    }
    set_names(made, sorted(ents), (missing | set(joins)) - outside)
    return made


def _within(doc: Any, start: int, end: int) -> bool:
    before = doc[start - 1].text if start else "."
    after = doc[end].text if end < len(doc) else "."
    named = before[:1].isupper() and before.lower() not in _FUNCTION
    return named or after[:1].isupper() or before in ("of", "-", "–") or after in ("-", "–")

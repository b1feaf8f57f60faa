"""Text of the genre, put together from sentences with slots; every name in it is known."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

import yaml

from training.swap import Names, Person
from training.typography import capitals, title_case

_SLOT = re.compile(r"\{([A-Za-z])([\^=]?)\}")
_PERSONS = {"P": "p", "Q": "q", "R": "r"}


@cache
def _grammar() -> dict[str, Any]:
    raw = yaml.safe_load((Path(__file__).parent / "genre.yml").read_text(encoding="utf-8"))
    return {k: [p.strip() for p in v.split("|")] if isinstance(v, str) else v for k, v in raw.items()}


@dataclass(slots=True)
class Text:
    """A text with names as (start, end, label)."""

    text: str
    names: list[tuple[int, int, str]]


class Scene:
    """What a document is about: three persons, three states, cities and bodies, the same in all its sentences."""

    def __init__(self, world: Names, random: Random) -> None:
        self.world, self.random = world, random
        self.persons: dict[str, Person] = {k: world.person(random) for k in _PERSONS}
        (s, d), (t, e), (u, _) = (world.state(random) for _ in range(3))
        self.fixed = {"S": s, "D": d, "T": t, "E": e, "U": u, "C": world.city(random), "K": world.city(random)}
        self.fixed |= {"O": self._body(), "B": self._body(), "G": random.choice(world.places["regions"])}

    def _body(self) -> str:
        pick = self.random.choice
        if self.random.random() < 0.45:
            return pick(self.world.places["orgs"])
        form: str = pick(self.world.places["org_of"])
        state, adjective = self.world.state(self.random)
        return (
            form.replace("{S}", state)
            .replace("{D}", adjective)
            .replace("{C}", self.world.city(self.random))
            .replace("{S2}", self.world.state(self.random)[0].removeprefix("the "))
        )

    def filled(self, form: str) -> Text:
        out, names = "", []
        at = 0
        form = form.replace("{v}", self.random.choice(_grammar()["verbs"]))
        for m in _SLOT.finditer(form):
            out += form[at : m.start()]
            value, label = self._value(m[1])
            if m[2] == "=" or out[-4:].lower() == "the ":
                value = value.removeprefix("the ")
            if m[2] == "^":
                value = value.upper()
            if value.startswith("the ") and (label or not out):
                first = "The " if not out else "the "
                out, value = out + first, value[4:]
            if label:
                names.append((len(out), len(out) + len(value), label))
            out += value
            at = m.end()
        return Text(out + form[at:], names)

    def _value(self, slot: str) -> tuple[str, str]:
        pick, grammar = self.random.choice, _grammar()
        if slot in _PERSONS:
            return self.persons[slot].full, "PER"
        if slot.upper() in _PERSONS and slot.islower():
            return self.persons[slot.upper()].short, "PER"
        if slot in "STUCKG":
            return self.fixed[slot], "LOC"
        if slot in "OB":
            return self.fixed[slot], "ORG"
        if slot in "DE":
            return self.fixed[slot], ""
        if slot in "NM":
            adjective = self.fixed["DE"["NM".index(slot)]]
            return adjective + ("s" if adjective[-1] in "ni" else " citizens"), ""
        if slot in "tu":
            return pick(grammar["titles"]), ""
        if slot == "n":
            return pick((f"{self.random.randint(2, 99)}", f"{self.random.uniform(0.1, 99):.1f}", f"{self.random.randint(1, 900)},000")), ""
        if slot == "y":
            return str(self.random.randint(1948, 2025)), ""
        return pick(grammar[{"o": "offices", "x": "subjects", "d": "dates"}[slot]]), ""


def document(world: Names, random: Random) -> list[Text]:
    """The stretches of one made-up document: perhaps a heading, then paragraphs or turns."""
    grammar, scene = _grammar(), Scene(world, random)
    out: list[Text] = []
    if random.random() < 0.6:
        out.append(_cased(scene.filled(random.choice(grammar["headings"])), random))
    turns = random.random() < 0.25
    for _ in range(random.randint(2, 6)):
        forms = random.choices(grammar["sentences"], k=random.randint(1, 3))
        if turns:
            forms.insert(0, random.choice(grammar["labels"]))
        out.append(_joined([scene.filled(f) for f in forms]))
    return out


def _joined(texts: list[Text]) -> Text:
    out, names = "", []
    for text in texts:
        out += " " if out else ""
        names += [(s + len(out), e + len(out), label) for s, e, label in text.names]
        out += text.text
    return Text(out, names)


def _cased(text: Text, random: Random) -> Text:
    """A heading as written, in title case, or in capitals; the lengths stay the same, or it is left as written."""
    chance = random.random()
    if chance < 0.4:
        return text
    words = text.text.split(" ")
    new = " ".join(title_case(words) if chance < 0.75 else capitals(words))
    return Text(new, text.names) if len(new) == len(text.text) else text


def documents(nlp: Any, world: Names, random: Random, words: int) -> list[Any]:
    """So many words of such text, as Docs with names."""
    from training.corpus import set_names

    out: list[Any] = []
    size = 0
    while size < words:
        for text in document(world, random):
            if random.random() < 0.4:
                text = Text(text.text.replace("'", "’"), text.names)
            else:
                text = Text(text.text.replace("“", '"').replace("”", '"'), text.names) if random.random() < 0.5 else text
            doc = nlp.make_doc(text.text)
            ents = []
            missing: list[int] = []
            for start, end, label in text.names:
                span = doc.char_span(start, end)
                if span is None:  # the tokenizer cut elsewhere: nothing is known of these words
                    missing += [t.i for t in doc.char_span(start, end, alignment_mode="expand")]
                else:
                    ents.append((span.start, span.end, label))
            taken = {i for s, e, _ in ents for i in range(s, e)}
            set_names(doc, ents, set(missing) - taken)
            out.append(doc)
            size += len(doc)
    return out

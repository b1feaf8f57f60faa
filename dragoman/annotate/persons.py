"""Persons in a text: full names by title, table and the model's reading; later mentions by what is left of the name."""

from __future__ import annotations

import re

from dragoman.annotate import name_shapes, positions
from dragoman.annotate.name_registry import Registry, normal
from dragoman.annotate.name_shapes import Run
from dragoman.model.annotations import AnnotatedText, Mention, MentionType
from dragoman.reference import person_names
from dragoman.reference.person_names import fold

_SON_OF = re.compile(r"\b(?:bin|bint|ibn)[ \u00a0]$")
_SYLLABLE = re.compile(r"[^\W\d_]{1,7}(?:-[^\W\d_]{1,7})?$")


def find(text: AnnotatedText, others: list[Mention]) -> list[Mention]:
    """The persons named, in order; `name` is the fullest form that the document has."""
    small = name_shapes.lower_words(text.text)
    runs = list(name_shapes.runs(text, others, small))
    registry = Registry()
    for label in dict.fromkeys(s.speaker for s in text.sentences if s.speaker):
        _label(registry, label)
    later: list[Run] = []
    sure: dict[int, Run] = {}
    for run in runs:
        if _full(run):
            registry.add(run.parts, run.start, run.gender, run.office)
            sure[run.start] = run
        else:
            later.append(run)
    registry.settle()
    for run in later:
        if run.titled and len(run.parts) == 1 and not run.heading and _name_like(run.parts[0]):
            who = registry.find(run.parts, run.start, run.gender, run.office)
            if who is not None:
                who.gender = run.gender or who.gender
            elif not registry.knows(run.parts[0]):
                registry.add(run.parts, run.start, run.gender, run.office)
    registry.settle()
    out = [m for run in runs if (m := _mention(text.text, run, registry, run.start in sure, small)) is not None]
    return _apart(out)


def _label(registry: Registry, label: str) -> None:
    """A speaker's label gives the fullest form too."""
    lists = person_names.words()
    label = label.split(",")[0]
    for start, end in reversed(positions.titles(label)):
        label = label[:start] + " " + label[end:]
    parts = [w.strip(",") for w in label.split() if fold(w).strip(".,") not in lists["honorifics"]]
    while parts and (fold(parts[0]) in lists["not_names"] or fold(parts[0]) in lists["openers"]):
        parts.pop(0)
    if (
        len(parts) > 1
        and all(p[0].isupper() or fold(p) in lists["particles"] for p in parts)
        and not any(fold(p) in lists["not_names"] for p in parts)
    ):
        registry.add(parts, -1, None, None)


def _full(run: Run) -> bool:
    """Whether a run of two words or more is a person's name."""
    words = [p for p in run.parts if p[0].isupper() or len(p) > 3]
    if len(run.parts) < 2 or len(run.parts) > 8 or all(_letter(p) for p in run.parts):
        return False
    lists, table = person_names.words(), person_names.names()
    folded = [fold(p).strip(".") for p in run.parts]
    inner = folded[1:] if folded[0] in table.first else folded
    if any(f in lists["not_names"] for f in (inner[:-1] if run.noun else inner) if f not in table.given):
        return False
    given = _given(folded[0])
    if all(p.isupper() and len(p) > 3 for p in words) and not (run.titled or run.beside or run.person or given):
        return False
    if run.titled or run.beside:
        return True
    if len(run.parts[0]) > 1 and run.parts[0].isupper() and not run.parts[-1].isupper() and folded[0] not in table.first:
        return False  # "RIA Novosti"
    if run.noun:
        return run.person and given
    if given and (
        not run.other or run.person or run.acts or _family(folded[-1]) or (run.other == "ORG" and any(c.isalpha() for c in folded[1]))
    ):
        return True
    named = any(_given(f) or f in table.first or _family(f) for f in folded)
    if run.person and not (run.first and folded[0] in lists["openers"]):
        return named or run.acts
    if folded[0] in table.first and len(run.parts) in (2, 3) and all(_SYLLABLE.match(f) for f in folded[1:]) and not run.other:
        return any(_given(f) for f in folded[1:]) or "-" in run.parts[-1]
    return _initials(run.parts[0]) and run.parts[0].endswith(".") and not run.other and (run.acts or (named and not run.heading))


def _given(word: str) -> bool:
    given = person_names.names().given
    return word in given or ("-" in word and any(p in given for p in word.split("-")))


def _family(word: str) -> bool:
    table = person_names.names()
    return (
        word in table.first
        or word in table.family
        or word.endswith(
            (
                "ov",
                "ova",
                "ev",
                "eva",
                "ski",
                "sky",
                "skiy",
                "skyi",
                "ska",
                "enko",
                "shvili",
                "dze",
                "yan",
                "zade",
                "zoda",
                "oglu",
                "sson",
                "sdottir",
                "sen",
                "ovic",
                "evic",
                "ich",
                "escu",
                "opoulos",
                "akis",
                "idis",
                "uulu",
                "kyzy",
            )
        )
    )


def _initials(word: str) -> bool:
    return len(word.rstrip(".")) <= 2 and word[0].isupper() and not word.endswith(("'", "’"))


def _letter(word: str) -> bool:
    return len(word.rstrip(".")) == 1


def _name_like(word: str) -> bool:
    low = fold(word)
    return len(low) > 1 and low not in person_names.words()["not_names"] and not (word.isupper() and len(word) < 5)


def _mention(body: str, run: Run, registry: Registry, sure: bool, small: frozenset[str]) -> Mention | None:
    """The run as a mention where it is a person's, in the fullest form."""
    if sure:
        return _made(body, run, run.start, run.end, registry)
    if (run.heading and not run.titled) or len(run.parts) > 1:
        return _inside(body, run, registry)
    word = run.parts[0]
    low = fold(word)
    lists = person_names.words()
    if not _name_like(word) or (run.noun and not run.titled):
        return None
    if registry.knows(word):
        if run.first and not run.titled and (low in lists["ambiguous"] or low in lists["openers"]):
            return None
        if run.titled or not (run.other and low in lists["ambiguous"]):
            return _made(body, run, run.start, run.end, registry)
        return None
    if run.titled:
        return None if run.heading else _made(body, run, run.start, run.end, registry)  # "Chief Begins Tour"
    common = low in lists["ambiguous"] or low in lists["openers"] or low in small
    if run.person and not run.other and not common and (run.acts or (_given(low) and not run.first) or _family(low)):
        return _made(body, run, run.start, run.end, registry)
    return None


def _inside(body: str, run: Run, registry: Registry) -> Mention | None:
    """The known person within a longer run of capitals (a heading, a name after a word that opens the sentence)."""
    at = run.start
    spans = []
    for part in run.parts:
        at = body.index(part, at)
        spans.append((at, at + len(part)))
        at += len(part)
    found = registry.longest(run.parts)
    if found is not None:
        first, last = found
        if first == last and not (run.titled and first == 0) and fold(run.parts[first]) in person_names.words()["ambiguous"]:
            return None
        return _made(body, run, spans[first][0], spans[last][1], registry)
    if run.titled and not any(fold(p) in person_names.words()["not_names"] for p in run.parts):
        return _made(body, run, run.start, run.end, registry)
    return None


def _made(body: str, run: Run, start: int, end: int, registry: Registry) -> Mention:
    if (particle := _SON_OF.search(body, max(0, start - 6), start)) is not None:
        start = particle.start()
    words = body[start:end]
    who = registry.find(name_shapes.split(words), start, run.gender, run.office)
    name = who.name if who else normal(name_shapes.split(words))
    gender = run.gender or (who.gender if who else None)
    if who:
        who.last = start
    return Mention(MentionType.PERSON, start, end, words, name, gender=gender)


def _apart(found: list[Mention]) -> list[Mention]:
    out: list[Mention] = []
    for m in sorted(found, key=lambda m: (m.start, -m.end)):
        if not out or m.start >= out[-1].end:
            out.append(m)
    return out

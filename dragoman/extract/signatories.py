"""Who is bound by an agreement: those its title or the sentence names, else the states that the document is about; and who signed it."""

from __future__ import annotations

import re
from dataclasses import replace

from dragoman.extract import clauses
from dragoman.extract.frame import actor_ref, state_ref
from dragoman.extract.titles import Title
from dragoman.model.annotations import Actor, AnnotatedText, MentionType, Sentence
from dragoman.model.claims import ActorRef

_BETWEEN = re.compile(r"\b(?:between|among)\b(?:\s+(?:the|its|their|both))*")
_WITH = re.compile(r"\bwith\s+(?:the\s+|its\s+|his\s+|her\s+)?")
_BY = re.compile(r"\s+(?:\w+ly\s+)?by\s+(?:the\s+)?(?:\w+\s+){0,4}(?:of\s+)?(?:the\s+)?")
_PIECE = re.compile(r"\s*(?:,|and|, and|&)?\s*(?:and\s+)?(?:the\s+)?(?:[a-z\-]+\s+){0,4}")
_SIGNED_BY = re.compile(r"(?:\s(?:in|at|on|here|today|yesterday)\b[^.;:()]{0,45})?(?:\s\w+ly)?\sby\s")
_ASIDE = re.compile(r"\b(?:whose|which|where|country|countries|sides?|governments?|compan(?:y|ies)|firms?)\b")
ACTING = ("state", "organization", "group", "person", "office", "pronoun")
CONTRACTS = ("contract",)


def parties(text: AnnotatedText, sentence: Sentence, title: Title, start: int, end: int, passive: bool) -> tuple[ActorRef, ...]:
    """The parties of one title with its act at start-end; `passive` where the subject of the act is the document."""
    named = _between(text, sentence, title, end)
    if len(refs(named)) > 1:
        return refs(named)
    own = [a for a in _acting(text, sentence, title, start, passive) if title.type in CONTRACTS or a.kind != "organization"]
    with_ = _with(text, sentence, title, end)
    both = refs([*own, *with_, *named])
    if len(both) > 1:
        return both
    if passive and not both:
        both = refs(_by(text, sentence, end))
        if (both and all(r.id and r.id.startswith("org:") for r in both)) or len(both) > 1:
            return both
    return _filled(text, sentence, title, tuple(r for r in both if r.state is None or not (r.id or "").startswith("org:")))


def signers(
    text: AnnotatedText, sentence: Sentence, title: Title, act: tuple[int, int], noun: bool, passive: bool, bound: tuple[ActorRef, ...]
) -> tuple[tuple[ActorRef, ...], tuple[int, int] | None]:
    """The people who signed, and the stretch that says so: the subject of the verb, or those after "by"; none where only states are."""
    start, end = act
    people: list[Actor] = []
    if not sentence.start <= start < sentence.end:
        return (), None
    if not (noun or passive):
        people = _subject(text, sentence, start)
    if not people:
        after = max(end, title.end) if sentence.start <= title.start < sentence.end else end
        by = next((m for p in (end, after) if (m := _SIGNED_BY.match(text.text, p, sentence.end))), None)
        people = [a for a in clauses.after(text, by.end(), sentence.end, 4) if _human(a)] if by else []
    if not people:
        return (), None
    refs = tuple(r for a in clauses.flat(people) for r in _names(a, bound))
    return refs, (min(start, people[0].start), max(end, people[-1].end))


def _subject(text: AnnotatedText, sentence: Sentence, start: int) -> list[Actor]:
    """The people before a verb with no other verb between."""
    found = [a for a in clauses.outer(text.actors_in(sentence.start, start)) if _human(a) and not text.text.startswith(("'s", "’s"), a.end)]
    if not found or _ASIDE.search(text.text, found[-1].end, start):
        return []
    if any(t.pos == "VERB" and found[-1].end <= t.start and t.end <= start for t in sentence.tokens):
        return []
    out = found[-1:]
    for a in reversed(found[:-1]):
        if not clauses.joined(text.text[a.end : out[0].start]):
            break
        out.insert(0, a)
    return out


def _human(actor: Actor) -> bool:
    """Whether it is a person, the holder of an office, or several of them."""
    if actor.mention.lower() in ("my", "our", "his", "her", "its", "their", "your"):
        return False  # whose minister, not who
    return actor.kind in ("person", "office") or (actor.kind == "group" and actor.position is not None)


def _names(actor: Actor, bound: tuple[ActorRef, ...]) -> tuple[ActorRef, ...]:
    """Reference to one who signed; "the Presidents", of whom the text names none, are those of the parties."""
    if actor.kind != "group":
        return (actor_ref(actor),)
    return tuple(replace(actor_ref(actor), state=party.state) for party in bound if party.state)


def _filled(text: AnnotatedText, sentence: Sentence, title: Title, both: tuple[ActorRef, ...]) -> tuple[ActorRef, ...]:
    """One side named: the other is the speaker's, the subject's of the sentence before, or the document's own state."""
    main = list(text.parties[:2])
    if text.home and text.home not in main:
        main = [text.home, *main[:1]]
    near = list(dict.fromkeys(m.state for m in text.mentions_in(sentence.start, sentence.end, MentionType.STATE) if m.state))
    if not both:
        if len(near) == 2:
            return tuple(state_ref(s) for s in near)
        return tuple(state_ref(s) for s in main)
    one = both[0]
    if one.state in main and one.id and one.id.startswith("state:"):
        return tuple(state_ref(s) for s in main) if len(main) > 1 else both
    other = _speaker(text, sentence) or _before(text, sentence, one.state) or text.home or (main[0] if main else None)
    return (state_ref(other), *both) if other and other != one.state else both


def _speaker(text: AnnotatedText, sentence: Sentence) -> str | None:
    """The state of the one whose words these are."""
    for quote in text.quotes:
        if quote.start <= sentence.start < quote.end and quote.speaker:
            return quote.speaker.state
    return None


def _before(text: AnnotatedText, sentence: Sentence, not_: str | None) -> str | None:
    """The state named last in this paragraph before the sentence."""
    for k in range(sentence.index - 1, max(-1, sentence.index - 4), -1):
        earlier = text.sentences[k]
        if earlier.paragraph != sentence.paragraph:
            break
        for m in text.mentions_in(earlier.start, earlier.end, MentionType.STATE):
            if m.state and m.state != not_:
                return m.state
    return None


def _between(text: AnnotatedText, sentence: Sentence, title: Title, end: int) -> list[Actor]:
    """Those after "between" in the title or right behind it or its verb."""
    if not sentence.start <= title.start < sentence.end:
        title = title._replace(start=end, end=end)
    found = _BETWEEN.search(text.text, title.start, min(max(title.end, end) + 14, sentence.end))
    if not found:
        return []
    out: list[Actor] = []
    at = found.end()
    for a in text.actors_in(found.end(), sentence.end):
        if a.kind not in ACTING or a.start < at:
            continue
        if not _PIECE.fullmatch(text.text[at : a.start]) or a.start - at > 45:
            break
        out.append(a)
        at = a.end
    return out


def _acting(text: AnnotatedText, sentence: Sentence, title: Title, start: int, passive: bool) -> list[Actor]:
    if passive or not sentence.start <= start < sentence.end:
        return []
    return [a for a in clauses.before(text, start, sentence.start, 60) if a.end <= title.start or a.start >= title.end]


def _with(text: AnnotatedText, sentence: Sentence, title: Title, end: int) -> list[Actor]:
    """Those after "with" in the title, behind it or behind the verb."""
    places = [end] if not sentence.start <= title.start < sentence.end else [title.start, end, title.end]
    for pos in places:
        m = _WITH.search(text.text, pos, min(sentence.end, pos + 90))
        if m and ("," not in text.text[pos : m.start()] or pos == title.start):
            hit = [a for a in clauses.after(text, m.end() - 1, sentence.end, 8) if a.kind in ACTING]
            if hit:
                return hit
    return []


def _by(text: AnnotatedText, sentence: Sentence, end: int) -> list[Actor]:
    """Those after a passive and "by"."""
    m = _BY.match(text.text, end, sentence.end)
    if not m:
        return []
    first = next((a for a in text.actors_in(end, sentence.end) if a.kind in ACTING), None)
    return clauses.after(text, first.start, sentence.end, 1) if first and first.start <= m.end() + 2 else []


def refs(actors: list[Actor]) -> tuple[ActorRef, ...]:
    """States and bodies, each once; a person signs for the state."""
    out: dict[str, ActorRef] = {}
    for a in clauses.flat(actors):
        if a.kind == "organization" and a.name:
            ref = actor_ref(a)
        elif a.state and a.kind in ("person", "office", "state", "pronoun", "group"):
            ref = state_ref(a.state, " ".join(a.mention.split()) if a.kind == "state" else None)
        else:
            continue
        out.setdefault(ref.id or ref.name or "", ref)
    return tuple(out.values())

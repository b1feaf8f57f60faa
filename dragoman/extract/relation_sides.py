"""The two sides of a relation from the parse: who is the partner, and whose."""

from __future__ import annotations

from dragoman.extract.event_sides import FIRST, POINTING, Named, Scene
from dragoman.extract.frame import state_ref
from dragoman.extract.parse import CLAUSES
from dragoman.model.annotations import AnnotatedText, Sentence, Token

LINKING = frozenset(
    [
        "is",
        "are",
        "was",
        "were",
        "be",
        "been",
        "being",
        "remain",
        "remains",
        "remained",
        "become",
        "becomes",
        "became",
        "considers",
        "considered",
        "consider",
        "calls",
        "called",
        "makes",
        "made",
        "sees",
        "saw",
        "overtaken",
        "ranks",
        "ranked",
        "rank",
        "stays",
        "stayed",
        "named",
        "places",
        "placed",
        "puts",
        "put",
    ]
)
OF = frozenset({"of", "to", "for", "in", "with", "among"})


def sides(text: AnnotatedText, sentence: Sentence, start: int, end: int) -> tuple[list[str], bool]:
    """The two states, and whether the phrase is an object or subject of its own that relates nobody to anybody."""
    token = next((t for t in reversed(sentence.tokens) if start <= t.start < end), None)
    if token is None:
        return [], False
    scene = Scene(text, sentence)
    if any(c.text.lower() == "to" and c.dep == "mark" for c in scene.parse.children[token.i]):
        return [], True
    one, two = _who(scene, token), _whose(scene, token)
    first = _states(one)
    if len(first) == 2 and not two:
        return first, False
    second = [s for s in _states(two) if s not in first]
    if len(first) == 1 and len(second) == 1:
        return [first[0], second[0]], False
    if len(first) == 1 and not second and one and _predicate(scene, token):
        other = _other(scene, first[0], token)
        return ([first[0], other], False) if other else ([], False)
    loose = not one and token.dep in ("obj", "nsubj", "obl", "nmod", "conj", "iobj") and not _ranked(scene, token)
    return [], loose and not two and not _joint(scene, token)


def _states(found: list[Named]) -> list[str]:
    return list(dict.fromkeys(n.ref.state for n in found if n.ref.state and not n.place))


def _predicate(scene: Scene, token: Token) -> bool:
    return any(c.dep == "cop" for c in scene.parse.children[token.i]) or token.dep in ("xcomp", "appos", "root")


def _ranked(scene: Scene, token: Token) -> bool:
    words = {c.text.lower() for c in scene.parse.children[token.i]}
    return bool(words & {"largest", "biggest", "main", "first", "second", "third", "chief", "leading", "fourth", "fifth"})


def _joint(scene: Scene, token: Token) -> bool:
    """ "The two neighbours", "both allies"."""
    return bool({c.text.lower() for c in scene.parse.children[token.i]} & {"two", "both", "three", "as"})


def _who(scene: Scene, token: Token) -> list[Named]:
    """The subject of "is a partner", the noun that "our partner" stands beside, the object of "makes X a partner"."""
    parse = scene.parse
    head = parse.tokens[token.head]
    if token.dep == "appos":
        return _at(scene, head)
    if any(c.dep == "cop" for c in parse.children[token.i]):
        subject = parse.child(token.i, "nsubj") or parse.subject(token.i)
        return _at(scene, subject) if subject is not None else []
    if token.dep == "conj":
        return _who(scene, head) if head.i < token.i and head.dep != "conj" and head.pos == "NOUN" else []
    if head.text.lower() in LINKING and token.dep in ("xcomp", "obj", "obl", "nsubj", "ccomp", "attr"):
        other = next((c for c in parse.children[head.i] if c.dep == "obj" and c.i != token.i and c.i < token.i), None)
        subject = other or parse.subject(head.i)
        return _at(scene, subject) if subject is not None and subject.i != token.i else []
    if any(c.dep == "case" and c.text.lower() == "as" for c in parse.children[token.i]):
        other = parse.child(head.i, "obj", "nsubj:pass") or parse.subject(head.i)
        return _at(scene, other) if other is not None and other.i != token.i else []
    return []


def _at(scene: Scene, token: Token) -> list[Named]:
    """What a word names itself; "we" is the speaker's side; a body or a person is none of the sides."""
    out: list[Named] = []
    for head in scene.heads(token):
        if head.text.lower() in FIRST:
            ref = scene.speaking(head.start)
            out += [Named(head.start, head.end, ref)] if ref else []
        elif head.text.lower() in ("both", "they") and not scene.at(head) and len(scene.text.parties) > 1:
            out += [Named(head.start, head.end, state_ref(p)) for p in scene.text.parties[:2]]
        elif head.pos in ("PROPN", "PRON") or head.text.lower() in POINTING:
            out += scene.at(head) or scene.one(head)
        else:
            out += scene.at(head)
    return out


def _whose(scene: Scene, token: Token) -> list[Named]:
    """ "Russia's", "our", "its" before the word, "of" and "for" behind it."""
    parse = scene.parse
    for c in parse.children[token.i]:
        if c.dep == "nmod:poss":
            found = _at(scene, c)
            ref = None if found else scene.pointed({t.text.lower() for t in parse.phrase(c.i, CLAUSES)}, c.start)
            return found or ([Named(c.start, c.end, ref)] if ref else _country(scene, c))
        if c.dep in ("nmod", "obl") and {k.text.lower() for k in parse.children[c.i] if k.dep == "case"} & OF:
            found = [n for head in scene.heads(c) for n in scene.at(head)]
            if _states(found):
                return found
    for c in parse.children[token.i] if _predicate(scene, token) else ():
        if c.dep in ("amod", "compound") and c.i < token.i:
            return [n for n in scene.at(c) if n.ref.state]
    return []


def _country(scene: Scene, token: Token) -> list[Named]:
    """ "The country's": the state that the document is most about."""
    if token.text.lower() in ("country", "republic", "kingdom", "nation") and scene.text.parties:
        ref = scene.earlier()
        return [Named(token.start, token.end, ref)] if ref else []
    return []


def _other(scene: Scene, state: str, token: Token) -> str | None:
    """The side that speaks, if it is another; else the other of the document's two."""
    told = scene.speaking(token.start)
    if told is not None and told.state != state:
        return told.state
    rest = [p for p in scene.text.parties[:2] if p != state]
    return rest[0] if len(rest) == 1 else None

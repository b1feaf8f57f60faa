"""Who says it: cue verbs of a sentence, with the actor who is their subject and the one who is told."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from functools import cache
from pathlib import Path
from typing import NamedTuple

import yaml

from dragoman.model.annotations import Actor, AnnotatedText, Token

NOUNS = frozenset({"NOUN", "PROPN", "PRON", "NUM", "X", "SYM"})
SUBJECT = ("nsubj", "csubj", "nsubj:outer")
BETWEEN = frozenset({"ADV", "AUX", "PART"})
RELATIVE = frozenset({"who", "which", "that", "whom"})
_LEFT = frozenset(
    {"det", "amod", "compound", "nmod:poss", "nummod", "flat", "case", "det:predet", "name", "nmod:desc", "advmod", "poss", "nmod"}
)
_STOP = frozenset({",", ";", ":", "(", "“", '"', "—", "–"})


@cache
def lists() -> dict[str, frozenset[str]]:
    """The lexicon of quotes.yml as sets of lemmas."""
    sheet = yaml.safe_load((Path(__file__).parent / "quotes.yml").read_text(encoding="utf-8"))
    return {key: frozenset(values) for key, values in sheet.items() if isinstance(values, list)}


IRREGULAR = {
    "say": "said",
    "tell": "told",
    "think": "thought",
    "write": "wrote written",
    "speak": "spoke spoken",
    "put": "put putting",
    "read": "read",
    "swear": "swore sworn",
    "begin": "began begun",
    "forecast": "forecast",
    "mourn": "mourned",
    "give": "gave given",
}
DOUBLED = frozenset({"admit", "nod", "quip", "dub", "snap", "shrug", "grin", "rebut", "regret", "refer"})


@cache
def forms() -> dict[str, str]:
    """Every form of every cue verb to its lemma: surer than the lemmatiser on rare verbs."""
    out: dict[str, str] = {}
    for verb in sorted(lists()["say"] | lists()["act"] | lists()["quoting"]):
        stem = verb[:-1] if verb.endswith("e") else verb + verb[-1] if verb in DOUBLED else verb
        made = [verb, verb + "s", verb + "es", stem + "ed", stem + "ing"]
        if verb.endswith("y") and verb[-2] not in "aeiou":
            made += [verb[:-1] + "ies", verb[:-1] + "ied", verb + "ing"]
        for form in (*made, *IRREGULAR.get(verb, "").split()):
            out[form] = verb
    return out


def lemma_of(token: Token) -> str:
    """The lemma of a cue verb by its form, else the lemmatiser's."""
    return forms().get(token.text.lower()) or token.lemma.lower()


class Word(NamedTuple):
    """A token with its place in the frame: `at` is its index there, `base` the index of its sentence's first token."""

    token: Token
    at: int
    base: int
    quoted: bool

    @property
    def head(self) -> int:
        return self.base + self.token.head


class Frame:
    """One or more sentences that a quotation holds together, with their words."""

    __slots__ = ("children", "end", "start", "text", "words")

    def __init__(self, text: AnnotatedText, start: int, end: int, words: list[Word]) -> None:
        self.text, self.start, self.end, self.words = text, start, end, words
        self.children: dict[int, list[Word]] = {}
        for word in words:
            if word.head != word.at:
                self.children.setdefault(word.head, []).append(word)

    def child(self, word: Word, *deps: str) -> Word | None:
        """The first dependent with one of the relations."""
        return next((c for c in self.children.get(word.at, ()) if c.token.dep.split(":")[0] in deps or c.token.dep in deps), None)

    def left_edge(self, word: Word) -> int:
        """Index of the leftmost word below this one."""
        low, stack = word.at, [word.at]
        while stack:
            at = stack.pop()
            low = min(low, at)
            stack += [c.at for c in self.children.get(at, ())]
        return low


class Speakers:
    """Finds the actor at a word; made once a document."""

    def __init__(self, text: AnnotatedText) -> None:
        self.text = text
        self.starts = [a.start for a in text.actors]
        self.longest = max((a.end - a.start for a in text.actors), default=0)

    def covering(self, start: int, end: int) -> Actor | None:
        """The longest actor whose phrase holds the stretch."""
        best: Actor | None = None
        for k in range(bisect_right(self.starts, start) - 1, -1, -1):
            actor = self.text.actors[k]
            if actor.start < start - self.longest:
                break
            if actor.end >= end and (best is None or actor.end - actor.start > best.end - best.start):
                best = actor
        return best

    def starting(self, low: int, high: int) -> Actor | None:
        """The first actor that starts in low <= start < high, the longest of those at one place."""
        k = bisect_left(self.starts, low)
        found = [a for a in self.text.actors[k : k + 4] if a.start < high]
        return max((a for a in found if a.start == found[0].start), key=lambda a: a.end) if found else None

    def at(self, frame: Frame, word: Word) -> Actor | None:
        """The actor whose phrase the word heads, made from the noun phrase where the text's actors have none."""
        token = word.token
        if token.pos == "PRON" and token.text.lower() in RELATIVE:
            head = _antecedent(frame, word)
            relative = head is None or (head.token.pos == "PRON" and head.token.text.lower() in RELATIVE)
            return None if relative or head is None else self.at(frame, head)
        actor = self.covering(token.start, token.end)
        if actor is not None:
            return actor
        if token.pos not in NOUNS or token.pos == "PRON":
            return None
        if token.lemma.lower() in lists()["documents"] and token.lemma.lower() not in lists()["agents"]:
            return self._author(frame, word)
        return _phrase(frame, word)

    def _author(self, frame: Frame, word: Word) -> Actor | None:
        """Who stands behind a document: "a report by X", "X's statement", "the X government statement"."""
        for other in frame.words[word.at + 1 : word.at + 6]:
            if other.token.text.lower() in ("by", "of", "from") and other.at + 1 < len(frame.words):
                first = frame.words[other.at + 1].token
                named = self.starting(first.start, first.start + 1)
                head = frame.words[other.head]
                return named or (_phrase(frame, head) if head.at > other.at else None)
            if other.token.pos in ("VERB", "AUX") or other.token.text in _STOP:
                break
        for other in reversed(frame.words[max(0, word.at - 5) : word.at]):
            found = self.covering(other.token.start, other.token.end)
            if found is not None and (other.token.dep.startswith(("nmod", "compound", "amod")) or found.end == other.token.end):
                return found
            if other.token.lemma.lower() in lists()["agents"] and other.token.dep == "compound":
                return _phrase(frame, other)
            if other.token.pos in ("VERB", "AUX", "ADP") or other.token.text in _STOP:
                break
        return None

    def subject(self, frame: Frame, verb: Word) -> Actor | None:
        """Who says it: the actor beside the verb, else the parser's subject, climbing over co-ordination and participles."""
        for found in (self._enclosed(frame, verb), self._before(frame, verb), self._climb(frame, verb)):
            if found is not None and found.kind == "state" and frame.text.text[found.end : found.end + 2] in ("'s", "’s"):
                return None  # "voiced concern over A's war and pledged": not A
            if found is not None:
                return found
        return self._root(frame, verb)

    def _climb(self, frame: Frame, verb: Word) -> Actor | None:
        seen = 0
        at: Word | None = verb
        while at is not None and seen < 4:
            agent = self._own(frame, at)
            if agent is not None:
                return agent
            seen += 1
            dep = at.token.dep.split(":")[0]
            up = frame.words[at.head] if at.head != at.at else None
            if up is not None and dep in ("conj", "xcomp", "advcl", "parataxis", "ccomp", "root", "aux", "cop", "acl"):
                if dep == "acl" and up.token.pos in NOUNS:
                    return self.at(frame, up)
                at = up
            else:
                at = None
        return None

    def owner(self, frame: Frame, noun: Word) -> Actor | None:
        """Whose words a noun names: "X's warning", "his remark", "a statement by X"."""
        first = noun.at
        while first > 0 and frame.words[first - 1].token.dep in ("amod", "compound", "nummod"):
            first -= 1
        if first > 1 and frame.words[first - 1].token.text in ("'s", "’s", "'", "’"):
            before = frame.words[first - 2].token
            return self.covering(before.start, before.end)
        if first > 0 and frame.words[first - 1].token.text.lower() in ("his", "her", "their"):
            before = frame.words[first - 1].token
            return self.covering(before.start, before.end)
        if noun.at + 2 < len(frame.words) and frame.words[noun.at + 1].token.text.lower() == "by":
            after = frame.words[noun.at + 2].token
            return self.starting(after.start, after.start + 1)
        return None

    def _root(self, frame: Frame, verb: Word) -> Actor | None:
        """The subject of the sentence's main verb, for a verb that the parser hung elsewhere."""
        joined = verb.token.text.lower().endswith("ing") or (
            verb.at > 0 and frame.words[verb.at - 1].token.text.lower() in ("and", "but", "also", "then")
        )
        main = next((w for w in frame.words if w.token.dep == "root" and w.base == verb.base), None)
        if main is not None and main.at != verb.at and main.at < verb.at and joined:
            return self._own(frame, main) or self.after(frame, main)
        if main is None or main.at != verb.at:
            return None
        first = next((w for w in frame.words[verb.base : verb.base + 4] if w.token.pos in ("NOUN", "PROPN")), None)
        return self.at(frame, first) if first is not None and first.at < verb.at and not first.quoted else None

    def _enclosed(self, frame: Frame, verb: Word) -> Actor | None:
        """The actor before a phrase between commas: "X, a spokesman for Y, said", "X, who had come from Z, told"; or the name in it."""
        at = verb.at - 1
        while at > 0 and frame.words[at].token.pos in ("ADV", "AUX"):
            at -= 1
        if at < 3 or frame.words[at].token.text != "," or frame.words[at].quoted:
            return None
        comma = at
        at -= 1
        relative = False
        while at >= max(1, comma - 30) and frame.words[at].token.text not in (",", ";", ":"):
            if frame.words[at].quoted:
                return None
            relative = relative or frame.words[at].token.text.lower() in ("who", "whom", "whose")
            at -= 1
        if frame.words[at].token.text != ",":
            return None
        inner = self.covering(frame.words[at + 1].token.start, frame.words[comma - 1].token.end)
        if inner is not None and inner.kind in ("person", "office") and inner.name:
            return inner
        before = frame.words[at - 1].token
        if not relative and any(
            w.token.pos in ("VERB", "AUX") and w.token.dep.split(":")[0] in ("root", "conj", "ccomp") for w in frame.words[at + 1 : comma]
        ):
            return None
        outer = self.covering(before.start, before.end)
        agent = self._agent_above(frame, at - 1)
        if agent is not None and outer is not None and outer.start >= agent.end:
            return agent
        return outer if outer is not None and outer.kind in ("person", "office", "organization") and outer.end == before.end else None

    def _agent_above(self, frame: Frame, at: int) -> Actor | None:
        """The official of "a senior official of the Ministry", for the place of its last word."""
        word = frame.words[at]
        for _ in range(4):
            if word.head >= word.at or word.token.dep.split(":")[0] not in ("nmod", "flat", "compound"):
                break
            word = frame.words[word.head]
        if (
            word.at == at
            or word.token.lemma.lower() not in lists()["agents"]
            or self.covering(word.token.start, word.token.end) is not None
        ):
            return None
        first = word.at
        while first > word.base and frame.words[first - 1].token.dep.split(":")[0] in ("det", "amod", "compound"):
            first -= 1
        start, end = frame.words[first].token.start, word.token.end
        mention = " ".join(frame.text.text[start:end].split())
        name = mention.partition(" ")[2] if mention.partition(" ")[0].lower() in ("a", "an", "the", "one") else mention
        return Actor(start, end, mention, name, "person")

    def _own(self, frame: Frame, verb: Word) -> Actor | None:
        passive = frame.child(verb, "nsubj:pass", "aux:pass") is not None
        for child in frame.children.get(verb.at, ()):
            dep = child.token.dep
            if passive and dep.startswith("obl") and any(c.token.text.lower() == "by" for c in frame.children.get(child.at, ())):
                return self.at(frame, child)
            if not passive and dep in SUBJECT and not child.quoted:
                return self.at(frame, child)
        return None

    def _before(self, frame: Frame, verb: Word) -> Actor | None:
        """The actor right before the verb, over adverbs and days; not one inside a longer phrase ("a spokesman for X said")."""
        at = verb.at - 1
        while at >= 0 and verb.at - at < 6 and (frame.words[at].token.pos in BETWEEN or self._dated(frame.words[at])):
            at -= 1
        if at < 0 or frame.words[at].quoted:
            return None
        word = frame.words[at]
        actor = self.covering(word.token.start, word.token.end)
        if actor is None or actor.end != word.token.end or _is_passive(frame, verb):
            return None
        first = at
        while first > 0 and frame.words[first - 1].token.start >= actor.start:
            first -= 1
        if first == 0:
            return actor
        before = frame.words[first - 1].token
        if before.pos == "ADP" or before.text.lower() in ("and", "or", ",", "'s", "’s"):
            return actor if before.text == "," and not _apposed(frame, first) else None
        return actor if before.pos != "VERB" else None

    def _dated(self, word: Word) -> bool:
        token = word.token
        return token.text.lower() in ("on", "in", "today", "yesterday", "turn") or token.text.endswith("day") or token.text.isdigit()

    def after(self, frame: Frame, verb: Word) -> Actor | None:
        """The actor right after an inverted verb: "said X"."""
        at = verb.at + 1
        while at < len(frame.words) and at - verb.at < 3 and frame.words[at].token.pos in ("ADV", "PART"):
            at += 1
        if at >= len(frame.words) or frame.words[at].quoted:
            return None
        first = frame.words[at].token
        actor = self.starting(first.start, first.start + 1)
        if actor is not None:
            return actor
        if first.pos not in ("DET", "ADJ", "PROPN", "NOUN"):
            return None
        subject = frame.child(verb, "nsubj", "obj", "obl")
        if subject is not None and subject.at >= at:
            return self.at(frame, subject)
        named = self.starting(first.start, min(first.start + 60, frame.end))
        if named is not None and not any(w.token.text in _STOP for w in frame.words[at : at + 12] if w.token.start < named.start):
            return named
        return None

    def addressee(self, frame: Frame, verb: Word) -> Actor | None:
        """Who is told: the actor right after "told", or after "to"."""
        at = verb.at + 1
        if at < len(frame.words) and frame.words[at].token.text.lower() == "to":
            at += 1
        elif lemma_of(verb.token) not in lists()["told"]:
            return None
        if at >= len(frame.words):
            return None
        first = frame.words[at].token
        return self.starting(first.start, first.start + 1)


def _is_passive(frame: Frame, verb: Word) -> bool:
    return frame.child(verb, "nsubj:pass", "aux:pass") is not None


def _apposed(frame: Frame, first: int) -> bool:
    """Whether what stands before the comma is a phrase of its own that this one explains."""
    return not any(w.token.pos in ("VERB", "AUX") for w in frame.words[max(0, first - 8) : first])


def _antecedent(frame: Frame, word: Word) -> Word | None:
    verb = frame.words[word.head]
    if verb.token.dep.startswith("acl") and verb.head != verb.at:
        return frame.words[verb.head]
    return next((w for w in reversed(frame.words[max(0, word.at - 3) : word.at]) if w.token.pos in NOUNS), None)


def _phrase(frame: Frame, word: Word) -> Actor | None:
    """An actor made of a noun phrase that nothing else knows: "a Turkish diplomat", "trade unions"."""
    lexicon = lists()
    noun = word.token.lemma.lower()
    if word.token.pos == "NUM" or (noun in lexicon["documents"] and noun not in lexicon["agents"]):
        return None
    if not (
        noun in lexicon["agents"]
        or word.token.text.lower() in lexicon["agents"]
        or word.token.pos == "PROPN"
        or noun.endswith(("er", "or", "ist", "ian"))
    ):
        return None
    first = word.at
    while (
        first > 0
        and frame.words[first - 1].token.dep.split(":")[0] in ("det", "amod", "compound", "nmod", "nummod", "flat", "case", "punct")
        and frame.words[first - 1].token.text not in _STOP
        and _under(frame, first - 1, word.at)
    ):
        first -= 1
    last = word.at
    while (
        last + 1 < len(frame.words)
        and last - word.at < 8
        and frame.words[last + 1].token.text not in _STOP
        and frame.words[last + 1].token.pos != "VERB"
        and frame.words[last + 1].token.dep.split(":")[0] in ("case", "det", "nmod", "compound", "flat", "amod")
        and _under(frame, last + 1, word.at)
    ):
        last += 1
    start, end = frame.words[first].token.start, frame.words[last].token.end
    mention = " ".join(frame.text.text[start:end].split())
    head, _, rest = mention.partition(" ")
    name = rest if head.lower() in ("a", "an", "the", "some", "its", "their", "his", "her", "one") and rest else mention
    return Actor(start, end, mention, name, "person" if word.token.pos == "NOUN" else "organization")


def _under(frame: Frame, at: int, top: int) -> bool:
    for _ in range(6):
        if at == top:
            return True
        head = frame.words[at].head
        if head == at:
            return False
        at = head
    return False

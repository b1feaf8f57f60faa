"""Questions to the dependency parse of one sentence: who is the subject of a verb, what belongs to a phrase, how real a verb is."""

from __future__ import annotations

from collections.abc import Mapping

from dragoman.model.annotations import AnnotatedText, Sentence, Token

CLAUSES = frozenset({"acl", "acl:relcl", "advcl", "ccomp", "parataxis", "appos", "csubj", "discourse", "xcomp"})
OWN = CLAUSES | {"conj"}  # what leaves a noun with its own words, without what is joined to it
RELATIVE = frozenset({"who", "which", "that", "whom"})
NEGATIONS = frozenset({"not", "n't", "n’t", "never", "neither", "nor"})
MODALS = frozenset({"may", "might", "could", "can", "should"})
FUTURE = frozenset({"will", "would", "shall", "’ll", "'ll", "'d", "’d"})
CONDITIONS = frozenset({"if", "unless", "whether", "should"})


def lowered(text: AnnotatedText) -> list[list[str]]:
    """The words of each sentence in lower case."""
    return [[t.text.lower() for t in s.tokens] for s in text.sentences]


class Parse:
    """The tree of a sentence with the children of each word; `low` has the words in lower case."""

    def __init__(self, sentence: Sentence, low: list[str]) -> None:
        self.tokens, self.low = sentence.tokens, low
        self._phrases: dict[tuple[int, frozenset[str]], list[Token]] = {}
        self.children: list[list[Token]] = [[] for _ in sentence.tokens]
        for t in sentence.tokens:
            if t.head != t.i:
                self.children[t.head].append(t)

    def words(self, i: int, without: frozenset[str] = CLAUSES) -> list[str]:
        """The words of a phrase in lower case."""
        low = self.low
        return [low[t.i] for t in self.phrase(i, without)]

    def child(self, i: int, *deps: str) -> Token | None:
        return next((c for c in self.children[i] if c.dep in deps), None)

    def phrase(self, i: int, without: frozenset[str] = CLAUSES) -> list[Token]:
        """The word with all that depends on it, leaving out dependents of these relations and what hangs on them."""
        known = self._phrases.get((i, without))
        if known is not None:
            return known
        out, todo, seen = [], [i], {i}
        while todo:
            at = todo.pop()
            out.append(self.tokens[at])
            for c in self.children[at]:
                if c.dep not in without and c.i not in seen:
                    seen.add(c.i)
                    todo.append(c.i)
        out.sort()  # a token's first value is its place
        self._phrases[i, without] = out
        return out

    def passive(self, i: int) -> bool:
        """Whether a verb, or the first of the verbs it is joined to, is in the passive."""
        t = self.tokens[i]
        if any(
            c.dep in ("aux:pass", "nsubj:pass") or (c.dep == "cop" and self.low[t.i].endswith(("ed", "en", "wn")))
            for c in self.children[i]
        ):
            return True
        if self.headless(t) or (t.dep in ("acl", "amod") and i + 1 < len(self.tokens) and self.tokens[i + 1].pos in ("DET", "NUM")):
            return False
        if t.dep in ("acl", "amod") and any(c.dep in ("obj", "xcomp") for c in self.children[i]):
            return False
        if t.dep in ("acl", "amod") and self.low[t.i].endswith(("ed", "en", "wn", "ht", "ade", "ut")):
            return True
        own = any(c.dep.startswith("nsubj") or c.dep == "obj" for c in self.children[i])
        return t.dep == "conj" and not own and self.low[t.i].endswith(("ed", "en", "wn")) and self.passive_head(i)

    def passive_head(self, i: int) -> bool:
        head = self.tokens[i].head
        return head != i and any(c.dep == "aux:pass" for c in self.children[head])

    def subject(self, i: int, depth: int = 0) -> Token | None:
        """The word that is the subject of a verb, found over co-ordination, infinitives, participles and relative clauses."""
        own = self.child(i, "nsubj", "nsubj:pass", "csubj", "expl")
        t = self.tokens[i]
        if own is not None:
            if self.low[own.i] in RELATIVE and t.dep == "acl:relcl":
                head = self.tokens[t.head]
                return self.tokens[head.head] if head.dep == "appos" else head
            return own
        missed = self._beside(i)
        if missed is not None:
            return missed
        if t.head == i or depth > 6:
            return None
        head = self.tokens[t.head]
        if t.dep == "conj" or t.dep in ("xcomp", "advcl", "parataxis", "ccomp"):
            return self.subject(head.i, depth + 1)
        if t.dep == "acl":
            return head if self.low[t.i].endswith("ing") or not self.passive(i) else None
        return None

    def _beside(self, i: int) -> Token | None:
        """The noun right before the auxiliaries, which the parse sometimes hangs on another verb: "after soldiers had fired"."""
        first = min((c.i for c in self.children[i] if c.dep in ("aux", "aux:pass") and c.i < i), default=0)
        before = self.tokens[first - 1] if first else None
        return (
            before
            if before is not None and before.pos in ("NOUN", "PROPN") and before.dep in ("obl", "obj", "nmod", "conj", "root")
            else None
        )

    def headless(self, t: Token) -> bool:
        """Whether the parse took the subject for the root and its verb for a participle: "Denmark called on Canada"."""
        head = self.tokens[t.head]
        if t.dep != "acl" or head.dep != "root" or head.i > t.i or self.child(t.i, "obl:agent"):
            return False
        return head.pos == "PROPN" or any(
            self.low[c.i] in ("to", "for") for k in self.children[t.i] for c in self.children[k.i] if c.dep == "case"
        )

    def antecedent(self, i: int) -> Token | None:
        """The noun that a relative clause or a participle behind it tells about."""
        t = self.tokens[i]
        for _ in range(4):
            if t.dep in ("acl:relcl", "acl"):
                return self.tokens[t.head]
            if t.dep not in ("conj", "xcomp") or t.head == t.i:
                return None
            t = self.tokens[t.head]
        return None

    def standing(self, i: int, governors: Mapping[str, str], depth: int = 0) -> str:
        """`real`, `planned`, `possible`, `denied` or `unreal`: what the verb's auxiliaries and governors make of it."""
        t = self.tokens[i]
        small = {self.low[c.i] for c in self.children[i] if c.dep in ("aux", "advmod", "mark", "cc:preconj", "cop")}
        own = "real"
        if small & CONDITIONS or small & MODALS:
            own = "possible"
        elif small & FUTURE:
            own = "planned"
        if small & NEGATIONS or ("no" in small and "longer" in self.low[max(0, i - 3) : i]):
            return "refused" if own == "planned" else "denied"
        if own != "real" or t.head == i or depth > 5:
            return own
        return self._governed(i, small, governors, depth)

    def _governed(self, i: int, small: set[str], governors: Mapping[str, str], depth: int) -> str:
        t = self.tokens[i]
        head = self.tokens[t.head]
        word = self.low[head.i]
        finite = any(c.dep.startswith("nsubj") or c.dep in ("aux", "aux:pass") for c in self.children[i])
        if t.dep == "conj":
            if not self.child(i, "nsubj", "nsubj:pass"):
                return self.standing(head.i, governors, depth + 1)
            return "real"
        if t.dep in ("xcomp", "ccomp", "advcl", "acl") and ("to" in small or self.low[t.i].endswith("ing") or not finite):
            kind = governors.get(word) if head.i < i else None
            if kind == "real":
                return self.standing(head.i, governors, depth + 1)
            if kind:
                return kind
            if "to" in small:
                return (
                    "real"
                    if t.dep == "advcl" and depth == 0 and self.child(i, "mark") is None
                    else "planned"
                    if t.dep != "advcl"
                    else "unreal"
                )
            return "real"
        if t.dep == "ccomp" and head.i < i and governors.get(word) in ("denied", "unreal"):
            return str(governors.get(word))
        return "real"


class Parses(dict[int, Parse]):
    """The parse of each sentence by its number, made when somebody asks for it."""

    def __init__(self, text: AnnotatedText) -> None:
        self._sentences, self._low = text.sentences, text.once(lowered)

    def __missing__(self, index: int) -> Parse:
        self[index] = Parse(self._sentences[index], self._low[index])
        return self[index]

"""Reported clauses: what was said without quotation marks, with the cue verb and who spoke."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from dragoman.annotate.speech_cues import Frame, Speakers, Word, lemma_of, lists
from dragoman.model.annotations import Actor, Quote

REACH = 16  # words between a cue and its "that"
BARE = frozenset(
    {
        "say",
        "tell",
        "warn",
        "add",
        "announce",
        "claim",
        "insist",
        "state",
        "confirm",
        "believe",
        "hope",
        "think",
        "argue",
        "predict",
        "admit",
    }
)
OWNERS = frozenset({"his", "her", "their", "its", "our", "my", "your"})
PRONOUNS = frozenset({"he", "she", "they", "it"})
COMPLEMENTS = frozenset({"obj", "obl", "xcomp", "ccomp", "advcl"})
_CLOSE = frozenset({",", "—", "–", "-"})
_WEAK = frozenset({"report", "continue", "indicate", "rule", "brief", "post", "write", "comment", "point", "add", "estimate", "express"})


class Clause(NamedTuple):
    """The words from first to last (indices in the frame, both included), and how they were found."""

    first: int
    last: int
    how: str


def find(frame: Frame, actors: Speakers, last: Actor | None) -> Iterator[Quote]:
    """The reported clauses of one frame."""
    lexicon = lists()
    cues = verbs(frame)
    yield from _of_nouns(frame, actors)
    taken: set[int] = set()
    outer: list[tuple[Clause, Actor]] = []
    for n, verb in enumerate(cues):
        clause = _clause(frame, verb, cues[n + 1 :], actors)
        if clause is None or clause.last < clause.first:
            continue
        speaker = _speaker(frame, verb, clause, actors, last)
        if speaker is None or clause.first in taken:
            continue
        start, end = frame.words[clause.first].token.start, frame.words[clause.last].token.end
        if _all_quoted(frame, clause) or end - start < 8:
            continue
        taken.add(clause.first)
        if any(c.first <= verb.at <= c.last and clause.last <= c.last and _own_words(frame, verb, speaker, c, who) for c, who in outer):
            continue  # "said he believes that Y" is one statement
        outer.append((clause, speaker))
        told = actors.addressee(frame, verb) if lemma_of(verb.token) in lexicon["told"] or clause.how == "that" else None
        if told is not None and (told.start == speaker.start or told.mention.lower() in OWNERS or told.name == speaker.name is not None):
            told = None  # "told his guest"
        yield Quote(start, end, False, speaker, lemma_of(verb.token), verb.token.start, verb.token.end, told)


def verbs(frame: Frame) -> list[Word]:
    """The verbs of saying in a frame, outside quotation marks."""
    return [w for w in frame.words if not w.quoted and w.token.pos in ("VERB", "AUX", "NOUN") and _is_cue(frame, w)]


def _own_words(frame: Frame, verb: Word, speaker: Actor, clause: Clause, outer: Actor) -> bool:
    """Whether a cue inside what somebody says is of himself: "he believes" right at its start, or the same name."""
    subject = frame.child(verb, "nsubj")
    pronoun = subject is not None and subject.token.text.lower() in PRONOUNS
    if (pronoun and verb.at - clause.first <= 4) or speaker.start == outer.start:
        return True
    return speaker.name is None or speaker.name == outer.name


def _of_nouns(frame: Frame, actors: Speakers) -> Iterator[Quote]:
    """The clauses of nouns: "X's warning that Y"."""
    for word in frame.words:
        if word.quoted or word.token.pos != "NOUN" or word.token.lemma.lower() not in lists()["nouns"]:
            continue
        start = _that(frame, word)
        owner = actors.owner(frame, word) if start is not None else None
        if start is None or owner is None or not owner.name:
            continue
        clause = Clause(start, end_of(frame, start, word, []), "that")
        if not _all_quoted(frame, clause):
            yield Quote(
                frame.words[start].token.start,
                frame.words[clause.last].token.end,
                False,
                owner,
                word.token.lemma.lower(),
                word.token.start,
                word.token.end,
            )


def _is_cue(frame: Frame, word: Word) -> bool:
    """Whether the word is a verb of saying, used as one."""
    lemma = lemma_of(word.token)
    lexicon = lists()
    following = frame.words[word.at + 1].token.text.lower() if word.at + 1 < len(frame.words) else ""
    verbal = following == "that" and word.at > word.base and frame.words[word.at - 1].token.pos == "PROPN" and word.token.text.endswith("s")
    if (lemma not in lexicon["say"] and lemma not in lexicon["act"]) or (word.token.pos == "NOUN" and not verbal):
        return False
    if word.at > word.base and word.token.text[0].isupper():
        return False
    if lemma == "point":
        return following in ("out", "to")
    if lemma == "put":
        return any(w.token.text.lower() == "at" for w in frame.words[word.at + 2 : word.at + 10]) and any(
            w.token.pos == "NUM" for w in frame.words[word.at + 3 : word.at + 15]
        )
    if lemma == "speak":
        return following == "of" and any(w.token.pos == "NUM" for w in frame.words[word.at + 2 : word.at + 7])
    if lemma == "ask" and following == "not":
        return False
    if lemma == "rule":
        return following in ("out", "that")
    if word.token.dep.split(":")[0] in ("amod", "compound", "case", "aux") and not _misread(frame, word):
        return False
    return not (
        word.token.text.lower().endswith("ing") and word.at and frame.words[word.at - 1].token.pos in ("DET", "ADP") and lemma in _WEAK
    )


def _misread(frame: Frame, word: Word) -> bool:
    """Whether "accused" in "X, the envoy, accused Costa Rica of" is the verb that the parser took for an adjective."""
    if word.token.pos != "VERB" or not word.at or word.at + 1 >= len(frame.words) or not word.token.text.endswith("ed"):
        return False
    return frame.words[word.at - 1].token.text == "," and frame.words[word.at + 1].token.pos == "PROPN"


def _all_quoted(frame: Frame, clause: Clause) -> bool:
    """Whether nothing but quoted words and small ones is left."""
    plain = [w for w in frame.words[clause.first : clause.last + 1] if not w.quoted and w.token.pos not in ("PUNCT", "SCONJ", "CCONJ")]
    quoted = any(w.quoted for w in frame.words[clause.first : clause.last + 1])
    return quoted and len(plain) < 4


def _speaker(frame: Frame, verb: Word, clause: Clause, actors: Speakers, last: Actor | None) -> Actor | None:
    speaker = actors.after(frame, verb) if clause.how == "inverted" else None
    speaker = speaker or actors.subject(frame, verb)
    if speaker is None:
        subject = frame.child(verb, "nsubj")
        pronoun = subject is not None and subject.token.text.lower() in PRONOUNS
        participle = verb.token.text.lower().endswith("ing")
        return (
            last if last is not None and ((pronoun and subject is not None and subject.token.text.lower() != "it") or participle) else None
        )
    if speaker.name is None and last is not None and speaker.mention.lower() in PRONOUNS:
        return last if not (speaker.gender and last.gender and speaker.gender != last.gender) else None
    if speaker.name is None and speaker.kind != "office" and speaker.mention.lower() not in ("they", "both"):
        return None
    return speaker


# ---------------------------------------------------------------- where the clause stands


def _clause(frame: Frame, verb: Word, later: list[Word], actors: Speakers) -> Clause | None:
    lemma = lemma_of(verb.token)
    says = lemma in lists()["say"]
    if says:
        start = _that(frame, verb)
        if start is not None:
            return Clause(start, end_of(frame, start, verb, later), "that")
        behind = _behind(frame, verb, actors)
        if behind is not None:
            return behind
        start = _bare(frame, verb, actors)
        if start is not None:
            return Clause(start, end_of(frame, start, verb, later), "bare")
    if lemma in lists()["act"]:
        return _act(frame, verb, later)
    return None


def _that(frame: Frame, verb: Word) -> int | None:
    """The word after "that", where only who was told and when stands between."""
    for word in frame.words[verb.at + 1 : verb.at + 1 + REACH]:
        token = word.token
        if word.quoted or token.text in (";", ":"):
            return None
        if token.text.lower() in ("that", "whether") and token.pos in ("SCONJ", "PRON", "DET") and word.at + 2 < len(frame.words):
            before = frame.words[word.at - 1].token
            told = lemma_of(verb.token) in lists()["told"] and before.pos in ("PROPN", "NOUN", "PRON")
            if token.pos == "SCONJ" or token.dep == "mark" or word.at == verb.at + 1 or before.text == "," or told:
                start = word.at + 1
                while start < len(frame.words) - 1 and frame.words[start].token.text == ",":
                    start += 1
                return start
            return None
        if token.pos in ("VERB", "AUX") and token.dep.split(":")[0] not in ("amod", "acl") and not token.text.lower().endswith("ing"):
            return None
    return None


def _bare(frame: Frame, verb: Word, actors: Speakers) -> int | None:
    """The first word of a clause without "that"."""
    lemma = lemma_of(verb.token)
    at = verb.at + 1
    if at >= len(frame.words) or frame.words[at].quoted or frame.words[at].token.pos == "PUNCT":
        return None
    if verb.at > verb.base and frame.words[verb.at - 1].quoted and _inverted(frame, verb, actors):
        return None  # “A,” said X, “b.”
    if lemma in lists()["told"]:
        told = actors.starting(frame.words[at].token.start, frame.words[at].token.start + 1)
        if told is not None:
            while at < len(frame.words) and frame.words[at].token.start < told.end:
                at += 1
        elif frame.words[at].token.lemma.lower() in lists()["audience"]:
            at += 1
    if at >= len(frame.words) - 2:
        return None
    dated = at
    while at < len(frame.words) - 2 and actors_dated(frame.words[at]):
        at += 1
    if lemma == "tell" and at > dated and frame.words[at - 1].token.text.lower() == "on":
        return None  # "told X on the first day of his visit"
    complement = next(
        (c for c in frame.children.get(verb.at, ()) if c.token.dep.split(":")[0] in ("ccomp", "parataxis") and c.at > verb.at), None
    )
    if complement is not None and not complement.quoted:
        left = max(frame.left_edge(complement), at)
        if frame.words[left].token.text.lower() in ("to", "how", "why", "what", "when", "where") or frame.words[left].quoted:
            return None
        if any(w.token.pos in ("VERB", "AUX") for w in frame.words[left:]):
            return left
    if lemma == "tell" and frame.words[at].token.pos == "ADP":
        return None  # "told Prime Minister X on the first day of his visit in the hope of"
    if (
        lemma in BARE
        and not frame.words[at].quoted
        and frame.words[at].token.pos in ("DET", "PRON", "PROPN", "NOUN", "NUM", "ADJ")
        and any(w.token.pos in ("VERB", "AUX") for w in frame.words[at + 1 : at + 25])
    ):
        return at
    return None


def actors_dated(word: Word) -> bool:
    """Whether the word belongs to "on Tuesday" or "yesterday" between a verb and its clause."""
    text = word.token.text.lower()
    return text in ("yesterday", "today", "on", "earlier", "later", "again", "also") or (text.endswith("day") and word.token.pos == "PROPN")


def _behind(frame: Frame, verb: Word, actors: Speakers) -> Clause | None:
    """The clause before its cue: "Y, X said", "Y, said X", and around it: "Y, X said, Y"."""
    first = _phrase_start(frame, verb, actors)
    inverted = False
    if first is None:
        first, inverted = verb.at, True
    if (inverted and not _inverted(frame, verb, actors)) or any(w.quoted for w in frame.words[verb.at + 1 : verb.at + 4]):
        return None
    comma = first - 1
    if comma < 1 or frame.words[comma].token.text not in _CLOSE or frame.words[comma].quoted or frame.words[comma - 1].quoted:
        return None
    start = comma - 1
    while start > 0 and frame.words[start - 1].token.text not in (";", ":") and not frame.words[start - 1].quoted:
        start -= 1
    while start < comma and (frame.words[start].token.pos == "PUNCT" or frame.words[start].token.text == "--"):
        start += 1
    start = _after_dateline(frame, start, comma)
    if start >= comma:
        return None
    finite = any(w.token.pos in ("VERB", "AUX") for w in frame.words[start:comma])
    after = (
        _next_comma(frame, verb) if finite or frame.child(verb, "obj") is None else None
    )  # "At the outset, X expressed her regret, and ..."
    if after is not None and _goes_on(frame, after, finite):
        return Clause(start, end_of(frame, after, verb, []), "around")
    if not finite:
        return None
    if frame.words[start].token.text.lower() in ("asked", "speaking", "addressing", "commenting") or (
        frame.words[start].token.pos == "SCONJ" and not any(w.token.text == "," for w in frame.words[start:comma])
    ):
        return None
    if after is None and not inverted and not _closes(frame, verb):
        return None
    return Clause(start, comma - 1, "inverted" if inverted else "behind")


def _after_dateline(frame: Frame, start: int, end: int) -> int:
    """The first word after "LIMA (AND) --" at the start of a report."""
    for word in frame.words[start : min(end, start + 14)]:
        if word.token.pos in ("VERB", "AUX"):
            break
        if word.at > start and word.token.text in ("-", "--", "–", "—") and frame.words[start].token.pos == "PROPN":
            return word.at + 1
    return start


def _inverted(frame: Frame, verb: Word, actors: Speakers) -> bool:
    """Whether the verb's subject follows it: "said X", but not "said she had"."""
    named = actors.after(frame, verb)
    if named is None:
        return False
    following = next((w for w in frame.words[verb.at + 1 :] if w.token.start >= named.end), None)
    return following is None or following.token.pos not in ("VERB", "AUX")


def _phrase_start(frame: Frame, verb: Word, actors: Speakers) -> int | None:
    """Index of the first word of the verb's own subject when it stands before it; None for an inverted or missing one."""
    subject = frame.child(verb, "nsubj", "nsubj:pass")
    if subject is not None and subject.at > verb.at:
        return None
    near = actors.subject(frame, verb) if subject is not None or (verb.at and frame.words[verb.at - 1].token.text != ",") else None
    if near is None or near.start >= verb.token.start:
        return None if subject is None else frame.left_edge(subject)
    at = verb.at
    while at > 0 and frame.words[at - 1].token.start >= near.start:
        at -= 1
    if subject is not None:
        edge = frame.left_edge(subject)
        while edge < subject.at and frame.words[edge].token.pos == "PUNCT":
            edge += 1  # the comma before "the envoy, X, said" may hang on the envoy
        at = min(at, subject.at, edge if subject.at - edge < 10 else subject.at)
    at = _apposition(frame, at)
    while at > 0 and frame.words[at - 1].token.text.lower() in ("the", "a", "an", "its", "his", "her", "their", "two", "some"):
        at -= 1
    return at


def _apposition(frame: Frame, at: int) -> int:
    """The start of "its envoy in Rome, X" for the place of X, when the words before the comma have no verb."""
    if at < 4 or frame.words[at - 1].token.text != ",":
        return at
    k = at - 2
    while k > 1 and frame.words[k].token.text not in (",", ";") and at - k < 14:
        if frame.words[k].token.pos in ("VERB", "AUX", "NUM") or frame.words[k].quoted:
            return at
        k -= 1
    first = frame.words[k + 1].token
    fits = (first.pos in ("DET", "PRON") and first.text.lower() in ("the", "a", "an", "its", "his", "her", "their", "our")) or first.text[
        0
    ].isupper()
    return (
        k + 1
        if k > 1
        and frame.words[k].token.text == ","
        and fits
        and any(w.token.lemma.lower() in lists()["agents"] for w in frame.words[k + 1 : at])
        else at
    )


def _closes(frame: Frame, verb: Word) -> bool:
    """Whether the cue ends its sentence, but for when, where and to whom."""
    rest = [w for w in frame.words[verb.at + 1 :] if not w.quoted]
    for word in rest:
        if word.token.text in (".", ";", "!", "?"):
            return True
        if word.token.pos in ("VERB", "AUX") and not word.token.text.lower().endswith("ing") and word.token.dep.split(":")[0] != "acl":
            return word.token.dep.split(":")[0] in ("advcl", "acl", "relcl", "conj")
        if word.token.text == ":" or (word.token.pos == "SCONJ" and word.token.text.lower() == "that"):
            return False
    return True


def _next_comma(frame: Frame, verb: Word) -> int | None:
    for word in frame.words[verb.at + 1 : verb.at + 12]:
        if word.token.text in _CLOSE:
            return word.at
        if word.token.pos in ("VERB", "AUX") or word.token.text in (".", ";", ":") or word.quoted:
            return None
    return None


def _goes_on(frame: Frame, comma: int, finite: bool) -> bool:
    """Whether after the comma the reported clause continues."""
    if comma + 2 >= len(frame.words):
        return False
    following = frame.words[comma + 1].token
    if frame.words[comma + 1].quoted:
        return False
    if not finite:
        return following.pos not in ("CCONJ",) and any(w.token.pos in ("VERB", "AUX") for w in frame.words[comma + 1 : comma + 12])
    if following.text.lower().endswith("ing") or following.text.lower() in (
        "who",
        "which",
        "a",
        "the",
        "and",
        "but",
        "whose",
        "while",
        "as",
        "after",
        "when",
    ):
        return False
    return following.pos in ("AUX", "VERB", "ADP", "SCONJ")


def end_of(frame: Frame, start: int, verb: Word, later: list[Word]) -> int:
    """The last word of a clause: before a semicolon, the speaker's next cue, or the sentence's end."""
    last = len(frame.words) - 1
    has_subject = frame.child(verb, "nsubj") is not None
    for word in frame.words[start:]:
        if word.token.text == ";" and not word.quoted:
            last = word.at - 1
            break
    for other in later:
        if other.at <= start or other.at > last:
            continue
        told = frame.child(other, "nsubj")
        edge = frame.left_edge(told) if told is not None and told.at < other.at else 0
        if has_subject and edge - 1 > start and frame.words[edge - 1].token.text == "," and _closes(frame, other):
            last = min(last, edge - 2)  # "X believes that Y, Reuters reported"
            break
        joined = other.token.dep.split(":")[0] == "conj" and (other.head == verb.at or _joins(frame, other))
        adding = other.token.text.lower().endswith("ing") and frame.words[other.at - 1].token.text in (",", "and")
        if joined or adding:
            cut = other.at - 1
            while cut > start and (
                frame.words[cut].token.pos in ("CCONJ", "PUNCT", "ADV", "AUX", "PRON") and frame.words[cut].token.pos != "NOUN"
            ):
                cut -= 1
            last = min(last, cut)
            break
    while last > start and frame.words[last].token.pos == "PUNCT":
        last -= 1
    return last


def _joins(frame: Frame, other: Word) -> bool:
    """Whether a cue without a subject of its own goes on after "and" with a "that": the one who said it, not what he said."""
    before = next((w for w in reversed(frame.words[max(0, other.at - 4) : other.at]) if w.token.pos != "ADV"), None)
    return before is not None and before.token.pos == "CCONJ" and frame.child(other, "nsubj") is None and _that(frame, other) is not None


def _act(frame: Frame, verb: Word, later: list[Word]) -> Clause | None:
    """What is done in saying it, from the verb on: "called on X to do Y", "thanked X for Y"."""
    lemma = lemma_of(verb.token)
    if verb.at + 2 >= len(frame.words) or frame.child(verb, "nsubj:pass", "aux:pass") is not None:
        return None
    if verb.token.dep == "ccomp" and lemma_of(frame.words[verb.head].token) in ("deny", "refute", "dispute"):
        return None  # "he denied that X had asked for a loan"
    following = frame.words[verb.at + 1].token
    if lemma == "call" and following.text.lower() not in ("on", "for", "upon"):
        if verb.token.dep.split(":")[0] not in ("acl", "root", "conj", "ccomp", "advcl"):
            return None
        return Clause(verb.at + 1, end_of(frame, verb.at + 1, verb, later), "label") if verb.token.dep.startswith("acl") else None
    if frame.words[verb.at + 1].quoted or following.text in (".", ";"):
        return None
    if lemma == "call" and following.text.lower() != "for" and not _asked(frame, verb):
        return None  # "called on King X": a visit
    if not _misread(frame, verb) and not any(
        c.at > verb.at and c.token.dep.split(":")[0] in COMPLEMENTS for c in frame.children.get(verb.at, ())
    ):
        return None
    last = end_of(frame, verb.at + 1, verb, later)
    for other in frame.children.get(verb.at, ()):  # "urged calm, and her guest agreed": the guest's verb is another clause
        if other.token.dep.split(":")[0] == "conj" and other.at > verb.at + 2 and frame.child(other, "nsubj") is not None:
            last = min(last, _before_conjunction(frame, frame.left_edge(other)))
    return Clause(verb.at, last, "act")


def _asked(frame: Frame, verb: Word) -> bool:
    """Whether somebody is called on to do something."""
    for word in frame.words[verb.at + 2 : verb.at + 18]:
        finite = word.token.pos in ("VERB", "AUX") and frame.words[word.at - 1].token.text.lower() != "to"
        if finite or word.token.text in (",", ".", ";"):
            return False
        if word.token.text.lower() in ("to", "for") and word.at > verb.at + 2:
            return True
    return False


def _before_conjunction(frame: Frame, at: int) -> int:
    """The last word before the comma or "and" in front of a clause."""
    while at > 1 and frame.words[at - 1].token.pos in ("CCONJ", "PUNCT"):
        at -= 1
    return at - 1

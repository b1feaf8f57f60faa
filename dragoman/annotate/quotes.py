"""Words said, direct and indirect, with speaker, cue, addressee and the chain of sources."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import replace
from functools import cache

from dragoman.annotate import according, indirect_speech, quote_chain, speakers, turns
from dragoman.annotate.quote_marks import Stretch, stretches
from dragoman.annotate.speech_cues import Frame, Speakers, Word, forms, lemma_of, lists
from dragoman.model.annotations import Actor, AnnotatedText, Quote, Sentence
from dragoman.model.documents import READ, Zone

OPENING = "\"“„«‹「『‘'"
LOOK = 40  # words on either side of a quotation in which its cue is looked for

_ENDED = re.compile(r"[.!?…][’')\]]?$")
_OPEN_END = re.compile(r"[,–—-]$")
_SENTENCE_LIKE = re.compile(r"(?:\S+\s+){3}\S")
_TITLE = re.compile(r"(?:[^\W\d_]*[-’']?)*")
_DASHED = re.compile(r"\s*[–—-]\s*")
_CLEFT = re.compile(r"\bIt (?:was|is) $")
_LABELLED = re.compile(r"[:：]\s*$")


def find(text: AnnotatedText) -> tuple[Quote, ...]:
    """All quotations of a text in order: turns of a transcript, quoted words, reported clauses."""
    said = turns.find(text, speakers.labels(text.text))
    covered = [(q.start, q.end) for q in said]
    marked = [s for s in stretches(text.text) if text.document.zone_at(s.start) in READ]
    actors = Speakers(text)
    direct: list[Quote] = []
    reported: list[Quote] = []
    last: Actor | None = None
    for frame, inside in frames(text, marked):
        in_turn = _covered(frame.start, covered)
        found = _direct(frame, inside, actors, last, in_turn)
        clauses = [*indirect_speech.find(frame, actors, last), *according.find(frame, actors)] if frame.words else []
        chain = quote_chain.find(frame, actors)
        if chain:
            found = [replace(q, chain=chain) for q in found]
            clauses = [replace(q, chain=chain) for q in clauses]
        direct += found
        reported += clauses
        spoke = [q for q in (*found, *clauses) if q.speaker is not None and q.speaker.name]
        if spoke and not in_turn:
            last = max(spoke, key=lambda q: q.cue_start or q.start).speaker
    return tuple(sorted((*said, *direct, *reported), key=lambda q: (q.start, q.end, not q.direct)))


def _covered(at: int, spans: list[tuple[int, int]]) -> bool:
    k = bisect_right(spans, (at, 1 << 60)) - 1
    return k >= 0 and at < spans[k][1]


# ---------------------------------------------------------------- frames


def frames(text: AnnotatedText, marked: list[Stretch]) -> Iterator[tuple[Frame, list[Stretch]]]:
    """The sentences that have a quotation or may report speech, those that one quotation runs through taken together."""
    starts = [s.outer_start for s in marked]
    group: list[Sentence] = []
    for sentence in text.sentences:
        if group and not _together(text.text, group[-1], sentence, marked, starts):
            yield _frame(text, group, marked, starts)
            group = []
        group.append(sentence)
    if group:
        yield _frame(text, group, marked, starts)


def _together(text: str, one: Sentence, other: Sentence, marked: list[Stretch], starts: list[int]) -> bool:
    """Whether the border between two sentences lies inside a quotation, or between one and its "he said"."""
    if one.paragraph != other.paragraph or one.zone is not other.zone:
        return False
    k = bisect_right(starts, one.end) - 1
    if text[other.start] in OPENING and text[one.end - 1] in ",:":
        return True
    if k < 0:
        return False
    stretch = marked[k]
    if stretch.outer_start < one.end and other.start < stretch.outer_end:
        return True
    if not one.start <= stretch.end <= one.end + 2 or text[stretch.outer_end : other.start].strip(" "):
        return False
    return not _ENDED.search(text[stretch.start : stretch.end]) or text[other.start].islower()


def _frame(text: AnnotatedText, group: list[Sentence], marked: list[Stretch], starts: list[int]) -> tuple[Frame, list[Stretch]]:
    start, end = group[0].start, group[-1].end
    low = bisect_left(starts, start)
    if low and marked[low - 1].outer_end > start:
        low -= 1
    inside = marked[low : bisect_left(starts, end)]
    words: list[Word] = []
    k = 0
    for sentence in group:
        base = len(words)
        if len(group) == 1 and not inside and not _may_report(sentence):
            break
        for token in sentence.tokens:
            while k < len(inside) and inside[k].outer_end <= token.start:
                k += 1
            words.append(Word(token, len(words), base, k < len(inside) and inside[k].outer_start <= token.start))
    return Frame(text, start, end, words), inside


@cache
def _cues() -> frozenset[str]:
    return frozenset((*forms(), *lists()["nouns"]))


def _may_report(sentence: Sentence) -> bool:
    """Whether a sentence has a word that may report what somebody says."""
    words = [t.text for t in sentence.tokens]
    return not _cues().isdisjoint(map(str.lower, words)) or "According" in words or "according" in words


# ---------------------------------------------------------------- quoted words


def _direct(frame: Frame, inside: list[Stretch], actors: Speakers, last: Actor | None, in_turn: bool) -> list[Quote]:
    """The quoted stretches that begin in the frame and are somebody's words, split ones joined."""
    out: list[Quote] = []
    content = frame.text.text
    before: Stretch | None = None
    for stretch in inside:
        if stretch.outer_start < frame.start:
            continue
        gap = content[before.outer_end : stretch.outer_start] if before is not None else ""
        split = out and before is not None and out[-1].end <= before.outer_end and _split(content, before, stretch, gap)
        quote = _one(frame, stretch, actors, out[-1].speaker if out else last, bool(out))
        if quote is not None and in_turn and quote.cue is None:
            quote = None
        if before is not None and split and (quote is None or _same(out[-1], quote)):
            end = stretch.end - bool(_OPEN_END.search(content[stretch.start : stretch.end]))
            out[-1] = replace(out[-1], also=(*out[-1].also, (stretch.start, end)))
        elif quote is not None:
            out.append(quote)
        before = stretch
    return out


def _split(text: str, one: Stretch, other: Stretch, gap: str) -> bool:
    """Whether two stretches are one sentence parted by its cue: “A,” said X, “b.”"""
    return text[one.end - 1] == "," and gap.rstrip().endswith(",") and len(gap) < 160 and text[other.start].islower()


def _same(one: Quote, other: Quote) -> bool:
    return other.speaker is None or one.speaker is None or one.speaker.name == other.speaker.name or one.cue_start == other.cue_start


def _one(frame: Frame, stretch: Stretch, actors: Speakers, last: Actor | None, continuing: bool) -> Quote | None:
    text = frame.text.text
    start, end = stretch.start, stretch.end
    words = text[start:end]
    if _OPEN_END.search(words) and end - start > 1:
        end -= 1
    if stretch.goes_on:
        return Quote(start, end, True, last) if last is not None else None
    whole = bool(_SENTENCE_LIKE.match(words)) and (words[0].isupper() or words[0].isdigit())
    cue = _cue_after(frame, stretch, actors, words) or _cue_before(frame, stretch, actors)
    if cue is not None:
        verb, speaker = cue
        if _is_name(frame, stretch, words, verb, whole) or (not whole and verb is not None and lemma_of(verb.token) in lists()["silent"]):
            return None
        if speaker is None or speaker.name is None:
            speaker = _stand_in(speaker, last)
        if speaker is None:
            return None
        if verb is None:
            return Quote(start, end, True, speaker)
        return Quote(start, end, True, speaker, lemma_of(verb.token), verb.token.start, verb.token.end, _told(frame, verb, speaker, actors))
    if last is None or not whole or not _alone(frame, stretch, continuing):
        return None
    return Quote(start, end, True, last)


def _told(frame: Frame, verb: Word, speaker: Actor, actors: Speakers) -> Actor | None:
    told = actors.addressee(frame, verb)
    return None if told is None or told.start == speaker.start else told


def _stand_in(speaker: Actor | None, last: Actor | None) -> Actor | None:
    """The one who spoke last, for a pronoun that stayed open."""
    if speaker is None or last is None:
        return speaker
    if speaker.resolved == "pronoun" or speaker.mention.lower() in ("he", "she", "they", "it"):
        if speaker.gender and last.gender and speaker.gender != last.gender:
            return speaker
        return replace(last, start=speaker.start, end=speaker.end, mention=speaker.mention, resolved="pronoun")
    return speaker


def _alone(frame: Frame, stretch: Stretch, continuing: bool) -> bool:
    """Whether a quotation with no cue is a sentence by itself, at a paragraph's start or after one of the same speaker."""
    text = frame.text.text
    rest = text[stretch.outer_end : frame.end].strip(" .")
    lead = text[frame.start : stretch.outer_start].strip()
    if frame.text.document.zone_at(stretch.start) is Zone.HEADING:
        return False
    return (not rest and not lead) or (continuing and not rest)


def _is_name(frame: Frame, stretch: Stretch, words: str, verb: Word | None, whole: bool) -> bool:
    """Whether quoted words are a title or a name: all capitals, or after "the film", "entitled"."""
    ended = bool(_ENDED.search(words)) or words[-1] == ","
    content = [w for w in words.split() if len(w) > 3 or w[0].isupper()]
    if len(content) > 1 and all(w[0].isupper() for w in content) and not (whole and ended):
        return True
    if len(content) == 1 and words[0].isupper() and not ended:
        return True
    if whole and ended:
        return False
    k = bisect_left(frame.words, stretch.outer_start, key=lambda w: w.token.start)
    near = [w.token for w in frame.words[max(0, k - (1 if whole else 3)) : k] if verb is None or w.at != verb.at]
    return any(t.lemma.lower() in lists()["naming"] or t.text.lower() in lists()["naming"] for t in near)


def _cue_after(frame: Frame, stretch: Stretch, actors: Speakers, words: str) -> tuple[Word | None, Actor | None] | None:
    """The cue behind a quotation: “…,” said X; “…,” X told Y; “…” — X."""
    text = frame.text.text
    k = bisect_left(frame.words, stretch.outer_end, key=lambda w: w.token.start)
    if k >= len(frame.words):
        return None
    ended = _ENDED.search(words)
    first = frame.words[k].token
    if ended and words[-1] == "." and not first.text[0].islower() and "“" not in text[first.start : first.start + 1]:
        return None
    comma = words[-1] in ",?!…" or (
        text[stretch.outer_end : stretch.outer_end + 1] == "," and bool(_SENTENCE_LIKE.match(words)) and words[0].isupper()
    )
    comma = comma or bool(_CLEFT.search(text, max(frame.start, stretch.outer_start - 12), stretch.outer_start))
    dash = _DASHED.match(text, stretch.outer_end)
    verbs = 0
    for word in frame.words[k : k + LOOK]:
        token = word.token
        if word.quoted or token.text in (".", ";", "!", "?"):
            break
        if token.text == "," and word.at > k and verbs:
            break
        lemma = lemma_of(token)
        if token.pos not in ("VERB", "AUX") and not (word.at == k and lemma in lists()["say"]):
            continue
        known = lemma in lists()["say"] or lemma in lists()["quoting"] or lemma in lists()["act"]
        if not (comma or dash or (known and (word.at == k or frame.words[word.at - 1].token.pos != "PART"))):
            verbs += 1
            continue
        if token.pos == "AUX" and not known:
            continue
        if frame.child(word, "aux:pass", "nsubj:pass") is not None and not any(
            w.token.text.lower() == "by" for w in frame.words[word.at : word.at + 3]
        ):
            return None
        if not known and (lemma in lists()["silent"] or verbs or not comma):
            return None
        if not comma and not dash and not words[-1].isalnum() and not ended:
            return None
        inverted = word.at == k or (word.at == k + 1 and actors.covering(first.start, first.end) is None)
        speaker = (actors.after(frame, word) if inverted else None) or actors.subject(frame, word) or actors.after(frame, word)
        if not comma and not dash and not _directly(frame, k, word):
            return None
        return word, speaker
    if dash and len(words) > 12:
        named = actors.starting(dash.end(), dash.end() + 3)
        return (None, named) if named is not None else None
    return None


def _directly(frame: Frame, k: int, verb: Word) -> bool:
    """Whether only a subject stands between a quotation without a comma and its verb."""
    return verb.at - k <= 6 and not any(w.token.pos in ("ADP", "SCONJ", "CCONJ", "VERB") for w in frame.words[k : verb.at])


def _cue_before(frame: Frame, stretch: Stretch, actors: Speakers) -> tuple[Word | None, Actor | None] | None:
    """The cue in front of a quotation: X said: “…”, X called it “…”, X: “…”, according to X “…”."""
    text = frame.text.text
    k = bisect_left(frame.words, stretch.outer_start, key=lambda w: w.token.start)
    lexicon = lists()
    plain = [w for w in frame.words[max(0, k - LOOK) : k] if not w.quoted]
    lead = text[max(frame.start, stretch.outer_start - 200) : stretch.outer_start]
    if _LABELLED.search(lead) and not any(w.token.pos in ("VERB", "AUX") for w in plain):
        ahead = [a for a in frame.text.actors_in(frame.start, stretch.outer_start) if text[a.end : stretch.outer_start].strip(" :：") == ""]
        if ahead:
            return None, max(ahead, key=lambda a: a.end - a.start)
    for word in reversed(plain):
        token = word.token
        lemma = lemma_of(token)
        if token.text == ";":
            break
        if token.text.lower() == "words" and text[token.end : token.end + 4] == " of ":  # "in the words of X"
            named = actors.starting(token.end, token.end + 9)
            return (None, named) if named is not None else None
        if token.text.lower() == "according":
            named = actors.starting(token.end, token.end + 12)
            return (None, named) if named is not None else None
        if token.pos == "NOUN" and token.lemma.lower() in lexicon["nouns"]:
            owner = actors.owner(frame, word)
            if owner is not None:
                return word, owner
        if token.pos not in ("VERB", "AUX") or (
            token.pos == "AUX" and lemma in ("be", "have", "do", "will", "would", "can", "could", "should", "may", "shall")
        ):
            continue
        if lemma in lexicon["say"] or lemma in lexicon["act"] or lemma in lexicon["quoting"]:
            speaker = actors.subject(frame, word)
            if speaker is None and word.at > word.base and frame.words[word.at - 1].token.pos == "PUNCT":
                speaker = actors.after(frame, word)
            if speaker is not None and speaker.start < stretch.outer_start:
                return word, speaker
            if speaker is None and token.pos == "VERB" and (token.end + 30 > stretch.outer_start or _LABELLED.search(lead)):
                return word, None
    return None

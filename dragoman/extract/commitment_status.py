"""What came of a commitment: done, missed or dropped, as a sentence reports it."""

from __future__ import annotations

import re
from functools import cache

from dragoman.extract.commitment_owner import SHEET, of_phrase, pair
from dragoman.extract.commitment_terms import deadline, target
from dragoman.extract.event_sides import Scene
from dragoman.extract.frame import actor_ref, claim_base, lexicon, matches
from dragoman.model.annotations import AnnotatedText, Sentence
from dragoman.model.claims import ActorRef, Amount, Commitment
from dragoman.reference.scan import Words

# words that point to a plan named before
_POINTS = re.compile(
    r"^\W*(?:It|This|They|These|Its|Both)\b|\b[Tt](?:he|his|hat) (?:project|promise|plan|pledge|scheme|undertaking)\b(?! (?:to|of|for)\b)"
)
OPEN = frozenset({"whether", "if", "until", "before", "unless", "once", "no", "which"})  # what follows did not come about, or not yet
FAR = 100  # characters within which the day of a milestone stands, and within which its sentence begins


@cache
def _patterns() -> tuple[list[tuple[str, Words]], re.Pattern[str]]:
    found = lexicon(SHEET)["reported"]
    reports = [(status, Words(re.compile(rf"\b(?:{pattern})", re.I))) for status, pattern in found.items()]
    return reports, re.compile(rf"\b(?:{lexicon(SHEET)['promised']})", re.I)


def _reports(text: AnnotatedText) -> dict[int, list[tuple[str, re.Match[str]]]]:
    """The first words of each status in each sentence that has some, by its number."""
    out: dict[int, list[tuple[str, re.Match[str]]]] = {}
    for status, words in _patterns()[0]:
        for index, found in matches(text, words).items():
            out.setdefault(index, []).append((status, found[0]))
    return out


def outcome(scene: Scene) -> Commitment | None:
    """A sentence that tells what came of a plan: the plan must be named in it, or have a date or an amount."""
    sentence, text = scene.sentence, scene.text
    _, promised = _patterns()
    for status, m in text.once(_reports).get(sentence.index, ()):
        left, right = _clause(sentence.text, m.start() - sentence.start, m.end() - sentence.start)
        left, before = _antecedent(scene, left)
        start, end = sentence.start + left, sentence.start + right
        dates = [d for d in text.dates_in(start, end) if d.edtf and not d.recurring]
        amount = target(text, start, end)
        if not promised.search(sentence.text[left:right]) and not (
            dates and status == "missed" and m.group().lower().startswith("instead")
        ):
            continue
        if not dates and amount is None and not promised.search(sentence.text[left:right]):
            continue
        by = _by(scene, m.start())
        if not by:
            return None
        when = deadline(text, dates) or (dates[0].edtf if dates and status != "under way" else None)
        return Commitment(
            **claim_base(text, start, end, *before),
            by=by,
            to=(),
            action=" ".join(sentence.text[left:right].split()),
            target=None if amount is None else Amount(amount.low, amount.high, amount.unit),
            deadline=when,
            status=status,
            modality="actual",
            confidence=0.55,
            rules=("outcome", status, m.group().split()[0].lower(), *(("deadline",) if dates else ())),
        )
    return None


@cache
def _invited_words() -> tuple[re.Pattern[str], re.Pattern[str]]:
    found = lexicon(SHEET)["invited"]
    return re.compile(rf"\b{found['passive']}", re.I), re.compile(rf"\b{found['active']}", re.I)


def invited(scene: Scene) -> Commitment | None:
    """A visit that is agreed: the invitation was accepted by the one who will travel."""
    passive, active = _invited_words()
    text, sentence = scene.text, scene.sentence
    m = passive.search(sentence.text)
    given = m or active.search(sentence.text)
    if given is None:
        return None
    start = sentence.start + given.start()
    actors = [a for a in text.actors_in(sentence.start, sentence.end) if a.state and a.kind in ("person", "office", "state")]
    asked = sentence.text.rfind(" invited ", 0, given.start())
    if m is not None and asked > 0:  # "X invited Y to visit Z, and the invitation was accepted"
        start = next((a.start for a in actors), start)
        actors = [a for a in actors if a.start > sentence.start + asked]
    elif m is not None:
        actors = [a for a in actors if a.start > start and text.text[max(0, a.start - 25) : a.start].split()[-1:] == ["to"]] or actors[-1:]
    else:
        actors = [a for a in actors if a.end <= start][-1:]
    if not actors:
        return None
    dates = [d for d in text.dates_in(sentence.start, sentence.end) if d.edtf and not d.recurring]
    begin = start if m is not None else actors[0].start
    end = max(sentence.start + given.end(), *(d.end for d in dates), start)
    return Commitment(
        **claim_base(text, begin, end),
        by=(actor_ref(actors[0]),),
        to=(),
        action=" ".join(text.text[begin:end].split()),
        deadline=deadline(text, dates),
        status="agreed",
        confidence=0.6,
        rules=("invited", "accepted", *(("deadline",) if dates else ())),
    )


@cache
def _milestone_words() -> Words:
    found = lexicon(SHEET)["milestones"]
    between = r"(?:(?! (?:that|which|who|by|will|would)\b)[^.;,\n]){0,60}?(?:, [^.;,\n]{3,60},)?"
    passive = r"(?:was|were|(?:has|have|had) (?:since |now |already |finally )?been) (?:now |finally |officially |formally |duly )?"
    return Words(re.compile(rf"\b(?:(?:{found['things']})\b{between} {found['reached']}|{passive}{found['brought']})", re.I))


def _milestones(text: AnnotatedText) -> dict[int, list[re.Match[str]]]:
    return matches(text, _milestone_words())


def milestone(text: AnnotatedText, sentence: Sentence) -> Commitment | None:
    """A stage of a project of the document's two states that came about, with its day: "tenders were called on 14 December"."""
    for m in text.once(_milestones).get(sentence.index, ()) if len(text.parties) >= 2 else ():
        dates = [d for d in text.dates_in(m.start(), min(m.end() + FAR, sentence.end)) if d.edtf and not d.recurring]
        past = [d for d in dates if d.start >= m.end() - 1 and (d.edtf or "")[:4] <= (text.document.published or "9999")[:4]]
        before = text.text[max(sentence.start, m.start() - FAR // 2) : m.start()].lower().split()
        if not past or OPEN & set(before) or sentence.text.rstrip(' ”"’').endswith("?"):
            continue
        left = text.text.rfind(", ", sentence.start, m.start()) + 2
        start = sentence.start if m.start() - sentence.start < FAR else left if left > sentence.start else m.start()
        while text.text[start].isspace():
            start += 1
        end = past[0].end
        return Commitment(
            **claim_base(text, start, end),
            by=pair(text),
            to=(),
            action=" ".join(text.text[start:end].split()),
            status="done",
            confidence=0.5,
            rules=("milestone", m.group().split()[-1].lower()),
        )
    return None


def _clause(words: str, start: int, end: int) -> tuple[int, int]:
    """The stretch between semicolons that holds the words, at most 260 characters."""
    left = max(words.rfind("; ", 0, start) + 1, 0, start - 200)
    right = words.find("; ", end)
    right = len(words) if right < 0 else right
    while left < start and words[left].isspace():
        left += 1
    return left, min(right, end + 120)


def _antecedent(scene: Scene, left: int) -> tuple[int, tuple[tuple[int, int], ...]]:
    """Where a clause begins that only points to its plan ("the project", "it"), and the sentence before where that names it."""
    sentence = scene.sentence
    head = sentence.text[left : left + FAR]
    if not _POINTS.search(head):
        return left, ()
    if left > 0:
        return max(0, left - 2 * FAR), ()
    before = scene.text.sentences[sentence.index - 1] if sentence.index else None
    near = before is not None and before.end - before.start < 3 * FAR and "\n\n" not in scene.text.text[before.end : sentence.start]
    return left, ((before.start, before.end),) if before is not None and near else ()


def _by(scene: Scene, at: int) -> tuple[ActorRef, ...]:
    """The subject nearest before the words if it is a side, else both sides of the document."""
    best: tuple[ActorRef, ...] = ()
    for t in scene.sentence.tokens:
        if t.dep.startswith("nsubj") and t.start <= at:
            found = of_phrase(scene, t, acting=False)[0]
            best = tuple(f for f in found if f.state or (f.id or "").startswith("org:")) or best
    return best or pair(scene.text)

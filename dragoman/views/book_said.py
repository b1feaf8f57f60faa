"""The chapters of words: positions of both sides, red lines as stated, and requests not yet answered."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import cache

from dragoman.model.book import Block, Entry, Part, Remark, Section, Sentence
from dragoman.model.claims import Agreement, Claim, Commitment, Event, Figure, Statement
from dragoman.model.documents import Evidence
from dragoman.model.stored import ClaimRow
from dragoman.views.book_matter import SURE, Chapter, Lead, Matter, order, states_of, words_of
from dragoman.views.book_words import actor, capital, safe, sheet, state
from dragoman.views.wording import joined

THEIRS, OURS, LINES = 8, 4, 6
_NO = re.compile(
    r"\b(?:reject|refus|rul(?:e|ed|es) out|oppos|veto|will not|would not|won't|(?:will|would|shall|can) never|warn|threat)", re.I
)
SHORTEST = 40  # characters of words that say something
_WORD = re.compile(r"[^\W\d_]{4,}")


@cache
def common() -> frozenset[str]:
    """Words that say nothing of what a request or an occasion is about."""
    return frozenset(sheet()["common"].split())


@cache
def _red() -> re.Pattern[str]:
    phrases = sorted(sheet()["red_lines"], key=len, reverse=True)
    return re.compile(r"\b(?:" + "|".join(map(re.escape, phrases)) + r")\b", re.I)


def statements(m: Matter, side: str) -> list[ClaimRow]:
    """What a side said in documents that tell of both, the latest first, direct speech before reported."""
    said = [
        r
        for r in m.shared
        if isinstance(r.claim, Statement)
        and r.claim.speaker.state == side
        and len(r.claim.text) > SHORTEST
        and r.claim.modality != "denied"
    ]
    return sorted(said, key=_newest, reverse=True)


def _newest(row: ClaimRow) -> tuple[str, bool, float, str]:
    claim = row.claim
    direct = isinstance(claim, Statement) and claim.direct
    return order(getattr(claim, "date", None) or claim.asserted), direct, claim.confidence, claim.id


def _is_red(row: ClaimRow) -> bool:
    return isinstance(row.claim, Statement) and bool(_red().search(row.claim.text))


def _is_request(claim: Claim) -> bool:
    return isinstance(claim, Statement) and not claim.direct and claim.cue in sheet()["requests"]


def positions(m: Matter) -> Chapter:
    """Their words, then ours; red lines and requests stand in chapters of their own."""
    parts, leads = [], []
    for side, other, title, most in ((m.b, m.a, f"Theirs: {state(m.b)}", THEIRS), (m.a, m.b, f"Ours: {state(m.a)}", OURS)):
        refused = {r.document.id: r.claim.evidence[0] for r in _rejected(m, side, other)}
        taken: dict[tuple[str, str], int] = defaultdict(int)
        chosen: list[ClaimRow] = []
        for row in statements(m, side):
            claim = row.claim
            if len(chosen) == most or not isinstance(claim, Statement):
                break
            if not (_is_red(row) or _is_request(claim) or _within(row, refused) or _elsewhere(m, row)):
                key = row.document.id, claim.speaker.name or claim.speaker.mention or ""
                taken[key] += 1
                if taken[key] <= 2 and not _again(claim.text, chosen):
                    chosen.append(row)
        blocks: list[Block] = [Entry(None, (_said(m, r),)) for r in chosen]
        parts.append(Part(title, tuple(blocks) or (Remark(f"No document read gives words of {state(side)} on the other side."),)))
        if side == m.b:
            leads = [Lead("They say", _said(m, r)) for r in chosen if isinstance(r.claim, Statement) and r.claim.direct][:2]
    return Chapter(Section("positions", "Positions in their own words", tuple(parts)), tuple(leads))


def _elsewhere(m: Matter, row: ClaimRow) -> bool:
    """Whether the words are a promise, or a figure only reported: these have chapters of their own."""
    claim, at = row.claim, row.claim.evidence[0]
    kinds = (Commitment,) if isinstance(claim, Statement) and claim.direct else (Commitment, Figure)
    return any(
        isinstance(r.claim, kinds) and (e := r.claim.evidence[0]).start < at.end and at.start < e.end
        for r in m.by_document[row.document.id]
    )


def _again(text: str, chosen: list[ClaimRow]) -> bool:
    """Whether somebody's words are among those taken already, from another outlet."""
    words = _stems(text)
    others = [_stems(r.claim.text) for r in chosen if isinstance(r.claim, Statement)]
    return any(len(words & other) * 10 >= 8 * max(1, min(len(words), len(other))) for other in others)


def _said(m: Matter, row: ClaimRow) -> Sentence:
    claim = row.claim
    assert isinstance(claim, Statement)
    words, marks = m.quote(row, claim.text)
    told = claim.addressee is not None and claim.addressee.state != claim.speaker.state
    to = f" to {actor(claim.addressee, full=False)}" if claim.addressee and told else ""
    how = "" if claim.direct else f", reported by {safe(row.document.outlet or 'an outlet not named', 60)}"
    when = m.words.date(claim.date or claim.asserted) if claim.date or claim.asserted else "no date"
    return m.sentence(f"{capital(actor(claim.speaker))}{to}, {when}{how}: {words}", [claim.id], None, marks)


# ---------------------------------------------------------------- red lines


def red_lines(m: Matter) -> Chapter:
    """What each side says it will not accept, in its words, and what it rejected or warned of."""
    parts, leads = [], []
    for side, other, title, label in ((m.b, m.a, "Theirs", "Their red line"), (m.a, m.b, "Ours", "Our red line")):
        chosen = [r for r in statements(m, side) if _is_red(r)][:LINES]
        said = [_said(m, r) for r in chosen]
        held = {r.document.id: r.claim.evidence[0] for r in chosen}
        rejected = [r for r in _rejected(m, side, other) if not _within(r, held)]
        said += [_event(m, r) for r in rejected[: LINES - len(said)]]
        blocks: list[Block] = [Entry(None, (s,)) for s in said]
        parts.append(Part(f"{title}: {state(side)}", tuple(blocks) or (Remark("No document read states one."),)))
        leads += [Lead(label, s) for s in said[:1]]
    return Chapter(Section("lines", "Red lines as stated", tuple(parts)), tuple(leads))


def _rejected(m: Matter, side: str, other: str) -> list[ClaimRow]:
    """What a side refused or warned of, by words that say so: a denial draws no line."""
    return [r for r in _events(m, side, other, ("REJECT", "THREATEN")) if _NO.search(words_of(r, m.found.text))]


def _within(row: ClaimRow, held: Mapping[str, Evidence]) -> bool:
    span = held.get(row.document.id)
    first = row.claim.evidence[0]
    return span is not None and span.start < first.end and first.start < span.end


def _events(m: Matter, source: str, recipient: str, kinds: Iterable[str]) -> list[ClaimRow]:
    """Events of some categories from one side to the other, the latest first."""
    wanted = frozenset(kinds)
    found = [
        r
        for r in m.found.rows
        if isinstance(r.claim, Event)
        and r.claim.confidence >= SURE
        and r.claim.event_type in wanted
        and r.claim.modality != "denied"
        and source in {p.state for p in r.claim.source}
        and recipient in {p.state for p in r.claim.recipient}
    ]
    return sorted(found, key=_newest, reverse=True)


def _event(m: Matter, row: ClaimRow) -> Sentence:
    claim = row.claim
    assert isinstance(claim, Event)
    words, marks = m.quote(row)
    when = f", {m.words.date(claim.asserted)}" if claim.asserted else ""  # its own date may be that of what is asked for
    who = joined([actor(p, full=False) for p in claim.source])
    outlet = safe(row.document.outlet or "an outlet not named", 60)
    return m.sentence(f"{capital(who)}{when}, in the words of {outlet}: {words}", [claim.id], None, marks)


# ---------------------------------------------------------------- requests


def requests(m: Matter) -> Chapter:
    """What either side asked of the other and no later text answers; what may be an answer is told beside it."""
    parts: list[Part] = []
    leads: list[Lead] = []
    for source, recipient, title, label in ((m.b, m.a, "Asked of us", "Asked of us"), (m.a, m.b, "Asked by us", "Asked by us")):
        blocks = []
        for row in _asked(m, source, recipient)[:LINES]:
            said = _said(m, row) if isinstance(row.claim, Statement) else _event(m, row)
            answer = _answer(m, row, recipient)
            if answer is None:
                blocks.append(Entry(None, (said, Remark("No document read tells of an answer."))))
                leads += [Lead(label, said)] if not any(lead.label == label for lead in leads) else []
            else:
                words, marks = m.quote(answer, None, 40)
                when = m.words.date(answer.claim.asserted)
                blocks.append(
                    Entry(
                        None,
                        (
                            said,
                            m.sentence(f"Perhaps answered, {when}: {words}", [answer.claim.id], None, marks),
                        ),
                    )
                )
        parts.append(
            Part(
                f"{title} by {state(source)}" if source == m.b else f"{title} of {state(recipient)}",
                tuple(blocks) or (Remark("No document read tells of a request."),),
            )
        )
    return Chapter(Section("requests", "Requests not yet answered", tuple(parts)), tuple(leads))


def _asked(m: Matter, source: str, recipient: str) -> list[ClaimRow]:
    """Requests of one side to the other, each stretch of words once."""
    said = [r for r in statements(m, source) if _is_request(r.claim) and recipient in states_of(r.claim)]
    kept: list[ClaimRow] = []
    for row in sorted([*_events(m, source, recipient, ("REQUEST",)), *said], key=_newest, reverse=True):
        first = row.claim.evidence[0]
        if not any(
            k.document.id == row.document.id and k.claim.evidence[0].start < first.end and first.start < k.claim.evidence[0].end
            for k in kept
        ) and not any(len(_stems(k.claim.evidence[0].quote) & _stems(first.quote)) >= 4 for k in kept):
            kept.append(row)
    return kept


def _stems(text: str) -> set[str]:
    return {w.casefold()[:6] for w in _WORD.findall(text)} - common()


def _answer(m: Matter, asked: ClaimRow, recipient: str) -> ClaimRow | None:
    """The first later claim of what the other side did or undertook that shares its words with a request."""
    words, day = _stems(asked.claim.evidence[0].quote), order(asked.claim.asserted)
    found = [
        r
        for r in m.found.rows
        if _acts(r.claim, recipient) and order(r.claim.asserted) > day and len(words & _stems(r.claim.evidence[0].quote)) >= 2
    ]
    return min(found, key=lambda r: (order(r.claim.asserted), r.claim.id), default=None)


def _acts(claim: Claim, who: str) -> bool:
    if isinstance(claim, Event):
        return claim.event_type in sheet()["answers"] and who in {p.state for p in claim.source}
    if isinstance(claim, Commitment):
        return who in {p.state for p in claim.by}
    return isinstance(claim, Agreement) and who in {p.state for p in claim.parties}

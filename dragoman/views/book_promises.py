"""The chapter on promises: ours, theirs and those of both sides, each with its deadline and what came of it."""

from __future__ import annotations

from dataclasses import dataclass

from dragoman.model.book import Part, Remark, Row, Section, Sentence, Table
from dragoman.model.claims import Commitment
from dragoman.model.promises import Promise, Standing
from dragoman.model.stored import ClaimRow
from dragoman.views.book_matter import SURE, Chapter, Lead, Matter, order
from dragoman.views.book_words import actor, capital, ended, state
from dragoman.views.wording import joined

MOST = 12
FATES = {"done": "done", "missed": "not kept", "dropped": "dropped", "under way": "under way"}
_RANK = {"missed": 0, "dropped": 0, "doubted": 1, "overdue": 1, "open": 2, "": 3, "done": 4}


@dataclass(frozen=True, slots=True)
class Told:
    """A promise with its first claim, what came of it, and whose it is: `ours`, `theirs`, `both`."""

    promise: Promise
    row: ClaimRow
    now: Standing
    whose: str

    @property
    def fate(self) -> str:
        """`missed`, `doubted`, `dropped`, `done`, `overdue`, `open` before a deadline, else nothing."""
        if self.now.status == "missed" and self.due and order(self.now.since) < order(self.due):
            return "doubted"  # told before its day that it will not be kept
        if self.now.status in ("missed", "dropped", "done"):
            return str(self.now.status)
        result = self.now.schedule.result
        if result == "overdue" and order(self.due) <= order(self.promise.date):
            return ""  # the day of the telling itself sets nothing that could pass
        return result if result in ("overdue", "open") else ""

    @property
    def due(self) -> str | None:
        return self.now.schedule.revised or self.now.schedule.deadline


def made(promise: Promise, row: ClaimRow) -> bool:
    """Whether a promise was made, not only spoken of or denied, as far as the reader is sure."""
    return promise.modality == "actual" and row.claim.modality != "denied" and row.claim.confidence >= SURE


def promises(m: Matter) -> list[Told]:
    """The promises of the pair: what failed first, then what is due next, then what has no deadline, then what was kept."""
    found = []
    for promise in m.pair(Promise):
        row = m.told.get(promise.made[0]) if promise.made else None
        if row is None or not isinstance(row.claim, Commitment) or not made(promise, row):
            continue
        owners = {p.state for p in row.claim.by} & {m.a, m.b}
        if owners:
            whose = "both" if len(owners) > 1 else "ours" if m.a in owners else "theirs"
            found.append(Told(promise, row, m.found.come_to(promise), whose))
    found.sort(key=lambda t: order(t.promise.date), reverse=True)
    return sorted(found, key=lambda t: (_RANK[t.fate], order(t.due) if t.fate == "open" else ""))


def chapter(m: Matter) -> Chapter:
    """Tables of ours, theirs and those of both sides."""
    found = promises(m)
    parts, leads = [], []
    for whose, title in (("ours", f"Ours: {state(m.a)}"), ("theirs", f"Theirs: {state(m.b)}"), ("both", "Of both sides")):
        some = [t for t in found if t.whose == whose]
        if not some and whose == "both":
            continue
        rows = tuple(_row(m, t) for t in some[:MOST])
        blocks = (
            (Table(("What was promised, and when", "Due", "What came of it"), rows, (6, 3, 5)),)
            if rows
            else (Remark(f"No document read tells of a promise of {state(m.a if whose == 'ours' else m.b)} to the other side."),)
        )
        more = (Remark(f"{len(some) - MOST} more are in the record."),) if len(some) > MOST else ()
        parts.append(Part(title, (*blocks, *more)))
        leads += [Lead(_label(t), lead(m, t)) for t in some if t.fate in ("missed", "doubted", "overdue", "dropped")][:2]
        leads += [Lead(_label(t), lead(m, t)) for t in some if t.fate == "open"][:1]
    return Chapter(Section("promises", "Promises", tuple(parts)), tuple(leads))


def _label(t: Told) -> str:
    return {"ours": "We promised", "theirs": "They promised", "both": "Both promised"}[t.whose]


def _owner(t: Told) -> str:
    claim = t.row.claim
    return capital(joined([actor(p, full=False) for p in claim.by])) if isinstance(claim, Commitment) and claim.by else "Owner not named"


def _due(m: Matter, t: Told) -> str:
    schedule = t.now.schedule
    if not schedule.deadline:
        return "no deadline stated"
    due, first = (m.words.date(d).removeprefix("the ") for d in (t.due, schedule.deadline))
    return f"{due} (moved from {first})" if schedule.revised else due


def _fate(m: Matter, t: Told) -> str:
    """What came of it, with the day; that nobody tells of it is no failure."""
    status, since = t.now.status, t.now.since
    what = "expected not to be kept" if t.fate == "doubted" else FATES.get(status or "", "")
    told = f"{what}, {m.words.date(since)}" if what and since else what
    late = {"late": " (late)", "in time": " (in time)"}.get(t.now.schedule.result or "", "") if status == "done" else ""
    if told:
        return told + late + ("; the deadline has passed" if t.fate == "overdue" else "")
    return {"overdue": "the deadline has passed; no document read says what came of it", "open": "open"}.get(t.fate, "not told of since")


def _marks(t: Told) -> tuple[str, ...]:
    return (t.fate,) if t.fate in ("missed", "overdue") else ()


def _claims(t: Told) -> tuple[str, ...]:
    deadlines = (d.claim for d in t.promise.deadlines if d.date == t.due)
    return tuple(dict.fromkeys((t.promise.made[0], *t.now.claims, *deadlines)))


def _row(m: Matter, t: Told) -> Row:
    words, short = m.quote(t.row, t.promise.action, 45)
    fate = capital(_fate(m, t))
    shown = m.told.get(t.now.claims[0]) if t.now.status in FATES and t.now.claims else None
    if shown is not None and shown is not t.row:
        how, shorter = m.quote(shown, None, 30)
        fate, short = f"{fate}: {how}", (*short, *shorter)
    made = m.sentence("", _claims(t), t.promise.id, (*_marks(t), *short), every=True)
    cells = (f"{_owner(t)}: {words} ({m.words.date(t.promise.date)})", capital(_due(m, t)), fate)
    return Row(cells, made.claims, t.promise.id, made.marks)


def lead(m: Matter, t: Told) -> Sentence:
    """A promise in one sentence, for the essentials and the open questions."""
    words, short = m.quote(t.row, t.promise.action, 30)
    due = f" Due: {_due(m, t)};" if t.now.schedule.deadline else " No deadline is stated;"
    marks = (*_marks(t), *short)
    return m.sentence(f"{_owner(t)}: {ended(words)}{due} {_fate(m, t)}.", _claims(t), t.promise.id, marks, every=True)

"""Relations over time: for a pair of states, month by month, events by PLOVER's quad classes and contacts by level."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from dragoman.model import time
from dragoman.model.claims import ActorRef, Claim, Event, Figure
from dragoman.model.flows import QUADS, Flow, Month
from dragoman.model.meetings import Meeting
from dragoman.resolve import contact_sides, levels

QUAD = {
    "AGREE": 0, "CONSULT": 0, "SUPPORT": 0, "CONCEDE": 0,
    "COOPERATE": 1, "AID": 1, "RETREAT": 1,
    "REQUEST": 2, "ACCUSE": 2, "REJECT": 2, "THREATEN": 2,
    "PROTEST": 3, "SANCTION": 3, "MOBILIZE": 3, "COERCE": 3, "ASSAULT": 3,
}  # fmt: skip


def between(pair: Sequence[str], told: Iterable[Claim], meetings: Iterable[Meeting], documents: Mapping[str, int]) -> Flow:
    """The flow of a pair, without gaps from the first month with a document, event or contact to the last.

    pair       two ISO codes
    told       events and figures that documents about the pair tell of
    meetings   of one in a visit of the same level the visit alone is counted
    documents  "2024-03" -> how many documents about the pair were published in that month
    """
    counts: dict[str, list[int]] = defaultdict(lambda: [0] * (len(QUADS) + len(levels.LEVELS)))
    claims: dict[str, set[str]] = defaultdict(set)
    undated = 0
    known_of = list(told)
    figures = _figures(pair, [c for c in known_of if isinstance(c, Figure)])
    for key, some in _told(pair, [c for c in known_of if isinstance(c, Event)]).items():
        month = key[-1]
        if month is None:
            undated += 1
            continue
        counts[month][QUAD[str(key[0])]] += 1
        claims[month] |= {e.id for e in some}
    known = list(meetings)
    visits = {m.id: levels.of_meeting(m) for m in known if m.mode == "visit"}
    for meeting in known:
        level = levels.of_meeting(meeting)
        if meeting.part_of and visits.get(meeting.part_of) == level:
            continue  # the visit is counted
        if meeting.status != "held" or not set(pair) <= set(meeting.states):
            continue
        month = _month(meeting.date)
        if month is None:
            undated += 1
            continue
        counts[month][len(QUADS) + levels.LEVELS.index(level)] += 1
        claims[month] |= set(meeting.claims)
    months = tuple(
        Month(m, documents.get(m, 0), (c[0], c[1], c[2], c[3]), tuple(c[len(QUADS) :]), tuple(sorted(claims[m])), len(figures[m]))
        for m in _all(set(counts) | set(figures) | {m for m, n in documents.items() if n})
        if (c := counts[m])
    )
    return Flow(tuple(sorted(pair)), levels.LEVELS, months, undated)


def _figures(pair: Sequence[str], some: Iterable[Figure]) -> dict[str, set[tuple[object, ...]]]:
    """What figures of the pair the documents of a month give, each once."""
    found: dict[str, set[tuple[object, ...]]] = defaultdict(set)
    for f in some:
        month = _month(f.asserted)
        if month and f.modality == "actual" and set(pair) <= {*f.parties, f.reporter, f.counterpart}:
            found[month].add((f.indicator, f.reporter, f.unit, f.measure, f.period, f.low, f.high))
    return found


Key = tuple[str, str | None, str | None, str | None, str | None]


def _told(pair: Sequence[str], events: Iterable[Event]) -> dict[Key, list[Event]]:
    """The events between the two; what several documents tell of one kind, one side and one day is one."""
    found: dict[Key, list[Event]] = defaultdict(list)
    for e in events:
        source, recipient = _side(pair, e.source), _side(pair, e.recipient)
        other = recipient or (next((s for s in pair if s != source), None) if _all_of(pair, e) else None)
        if e.modality != "actual" or e.event_type not in QUAD or source is None or other is None or source == other:
            continue
        month = _month(e.date or e.asserted)
        day = e.date if e.date and time.precision(e.date) == "day" else (e.document if e.date is None else e.date)
        found[e.event_type, e.mode, source, day, month].append(e)
    return found


def _side(pair: Sequence[str], actors: Iterable[ActorRef]) -> str | None:
    return next((s for a in actors if (s := contact_sides.state_of(a)) in pair), None)


def _all_of(pair: Sequence[str], event: Event) -> bool:
    """Whether both act together: "the two governments agreed"."""
    return set(pair) <= {contact_sides.state_of(a) for a in event.source}


def _month(edtf: str | None) -> str | None:
    """The month of a date; None where the date covers more than one."""
    days = time.parse(edtf) if edtf and time.is_edtf(edtf) else None
    if days is None or days.first is None or days.last is None or (days.last - days.first).days > 31:
        return None
    return days.first.isoformat()[:7]


def _all(months: set[str]) -> list[str]:
    """Every month from the first to the last."""
    if not months:
        return []
    day, last = dt.date.fromisoformat(f"{min(months)}-01"), max(months)
    out = []
    while (month := day.isoformat()[:7]) <= last:
        out.append(month)
        year, number = time.month_after(day.year, day.month, 1)
        day = dt.date(year, number, 1)
    return out

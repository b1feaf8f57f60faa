"""GDELT 2.0 mentions: 16 tab-separated columns without a header, a row for each document's telling of an event of the `gdelt` file."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping

from dragoman.exchange import events, gdelt
from dragoman.model.claims import ActorRef
from dragoman.model.exporting import Bundle
from dragoman.model.stored import ClaimRow

NAME = "gdelt-mentions"
CARRIES = ("event",)
SUFFIX = ".mentions.CSV"
MEDIA = "text/tab-separated-values"
CANNOT = "quotations, the chain of who says so, tone and the number of the sentence (left blank); the offsets are those of the stored text"


def write(bundle: Bundle) -> Iterator[str]:
    """The rows in the order of the events."""
    lengths: dict[str, int] = {}
    for told in events.together(bundle):
        for n, (source, recipient) in enumerate(events.pairs(told.event)):
            for row in told.rows:
                size = lengths.setdefault(row.document.id, len(bundle.text(row.document.id)))
                cells = _cells(told, n, row, source, recipient) | {"MentionDocLen": str(size or "")}
                yield "\t".join(" ".join(cells.get(column, "").split()) for column in gdelt.MENTION)


def left_out(bundle: Bundle) -> Mapping[str, int]:
    """Events without any day, and those that did not happen."""
    return events.left_out(bundle, not_yet=True)


def _cells(told: events.Told, n: int, row: ClaimRow, source: ActorRef | None, recipient: ActorRef | None) -> dict[str, str]:
    document, first = row.document, row.claim.evidence[0]
    published = events.day(row)
    return {
        "GLOBALEVENTID": gdelt.number(told.number, n),
        "EventTimeDate": told.day.first.replace("-", "") + "000000",
        "MentionTimeDate": (document.published or (published.first if published else "")).replace("-", "")[:8].ljust(8, "0") + "000000",
        "MentionType": "1" if document.url else "2",
        "MentionSourceName": document.outlet or document.file,
        "MentionIdentifier": document.url or document.file,
        "Actor1CharOffset": _offset(row, source),
        "Actor2CharOffset": _offset(row, recipient),
        "ActionCharOffset": str(first.start),
        "InRawText": "1",
        "Confidence": str(round(row.claim.confidence * 100)),
        "Extras": json.dumps({"claim": row.claim.id, "start": first.start, "end": first.end}),
    }


def _offset(row: ClaimRow, actor: ActorRef | None) -> str:
    """Where the words for an actor begin in the first evidence; -1, as GDELT has it, where they are not there."""
    first = row.claim.evidence[0]
    at = first.quote.find(actor.mention) if actor and actor.mention else -1
    return str(first.start + at if at >= 0 else -1)

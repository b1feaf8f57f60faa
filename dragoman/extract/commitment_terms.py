"""The terms of a commitment: by when, how much, for whom."""

from __future__ import annotations

from dragoman.extract.event_sides import Scene, key
from dragoman.model.annotations import AnnotatedText, DateMention, Quantity, Token
from dragoman.model.claims import ActorRef

TIMES = ("d", "h", "a", "mo", "wk", "min")
SIDES = frozenset({"sides", "parties", "countries", "states", "governments", "presidents", "ministers", "leaders", "delegations"})


def deadline(text: AnnotatedText, dates: list[DateMention]) -> str | None:
    """The date by which or at which it is to be; not a year before the document's own."""
    published = text.document.published or ""
    ranked = sorted(dates, key=lambda d: d.relation not in ("by", "before", "until"))
    for d in ranked:
        edtf = d.edtf or ""
        last = edtf.split("/")[-1]
        if d.relation in ("by", "before", "until") or last[:7] >= published[: min(7, len(last))]:
            return edtf.removesuffix("/..") if d.relation == "since" else edtf
    return None


def target(text: AnnotatedText, start: int, end: int) -> Quantity | None:
    """The amount or number of the thing promised: the end of a movement, else money, else the first."""
    found = [q for q in text.quantities_in(start, end) if (q.low is not None or q.high is not None) and q.measure != "rank"]
    found = [q for q in found if q.unit not in TIMES and q.direction != "from" and (q.noun or "").lower() not in SIDES]
    money = [q for q in found if len(q.unit) == 3 and q.unit.isupper()]
    to = [q for q in found if q.direction == "to"]
    return next(iter(to or money or found), None)


def pointed_at(scene: Scene, action: Token, by: tuple[ActorRef, ...]) -> tuple[ActorRef, ...]:
    """The states that "to" or "for" leads to behind the action."""
    own = {key(b) for b in by}
    for c in scene.parse.children[action.i]:
        cases = {scene.parse.low[k.i] for k in scene.parse.children[c.i] if k.dep == "case"}
        if c.dep == "iobj" or cases & {"to", "for"}:
            found = [n.ref for n in scene.at(c) if key(n.ref) not in own]
            if found:
                return tuple(found[:2])
    return ()

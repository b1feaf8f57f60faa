"""Events that claims of other kinds imply: CONSULT of contacts, SUPPORT of signatures, AGREE of promises."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from dragoman.extract.event_sides import key, unique
from dragoman.extract.frame import state_ref
from dragoman.model.annotations import AnnotatedText
from dragoman.model.claims import ActorRef, Agreement, Claim, Commitment, Contact, Event

ACTIONS = {"signed": "SUPPORT", "adopted": "SUPPORT", "ratified": "SUPPORT", "planned": "AGREE"}


def derived(text: AnnotatedText, claims: tuple[Claim, ...]) -> Iterator[Event]:
    """The events of a document's contacts, agreements and commitments that no verb told already."""
    told = [c for c in claims if isinstance(c, Event)]
    for claim in claims:
        event = _event(text, claim)
        if event is not None and not any(_same(event, other) for other in told):
            yield event


def _event(text: AnnotatedText, claim: Claim) -> Event | None:
    if isinstance(claim, Contact):
        return _consult(claim)
    if isinstance(claim, Agreement) and claim.action in ACTIONS:
        parties = claim.parties or tuple(state_ref(p) for p in text.parties[:2] if len(text.parties) >= 2)
        return _made(claim, ACTIONS[claim.action], parties, None, claim.date)
    if isinstance(claim, Commitment) and claim.modality in ("actual", "planned") and claim.status in ("announced", "agreed"):
        by = claim.by or ()
        return _made(claim, "AGREE", by, (claim.to or _others(text, by)) if len(unique_states(by)) < 2 else None, None)
    return None


def _same(a: Event, b: Event) -> bool:
    x, y = a.evidence[0], b.evidence[0]
    return (
        a.event_type == b.event_type
        and x.start < y.end
        and y.start < x.end
        and {key(r) for r in a.source} <= {key(r) for r in b.source + b.recipient}
    )


def _consult(contact: Contact) -> Event | None:
    states = unique_states(contact.participants)
    if contact.mode == "visit":
        if not states or not contact.host or contact.host == key(states[0]):
            return None
        return _made(contact, "CONSULT", states[:1], (state_ref(contact.host),), contact.date, "visit")
    return _made(contact, "CONSULT", states[:1], tuple(states[1:]), contact.date, "phone" if contact.mode in ("call", "video") else None)


def _made(
    claim: Claim,
    category: str,
    source: Iterable[ActorRef],
    recipient: Iterable[ActorRef] | None,
    date: str | None,
    mode: str | None = None,
) -> Event | None:
    first = unique_states(source)
    second = unique_states(recipient) if recipient is not None else first[1:]
    first = first if recipient is not None else first[:1]
    second = [r for r in second if key(r) not in {key(f) for f in first}]
    if not first or not second:
        return None
    return Event(
        document=claim.document,
        evidence=claim.evidence[:1],
        attribution=claim.attribution,
        asserted=claim.asserted,
        event_type=category,
        mode=mode,
        source=tuple(first),
        recipient=tuple(second),
        date=date,
        modality=claim.modality,
        confidence=claim.confidence * 0.8,
        rules=(f"from:{claim.kind}", category),
    )


def unique_states(actors: Iterable[ActorRef] | None) -> list[ActorRef]:
    """The states, and the organisations of several, that actors stand for."""
    out = [state_ref(a.state, a.mention) if a.state else a for a in actors or () if a.state or (a.id or "").startswith("org:")]
    return list(unique(out))


def _others(text: AnnotatedText, by: tuple[ActorRef, ...]) -> tuple[ActorRef, ...]:
    """The other of the two states that the document is about."""
    own = {a.state for a in by}
    rest = [p for p in text.parties[:2] if p not in own]
    return (state_ref(rest[0]),) if len(rest) == 1 and len(text.parties) >= 2 else ()

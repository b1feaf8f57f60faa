"""Claims of promises and of what follows them, made for tests."""

from __future__ import annotations

from collections.abc import Sequence

from dragoman.model.claims import ActorRef, Agreement, Amount, Claim, Commitment, Event, Figure, Mission
from dragoman.model.documents import Evidence
from dragoman.model.facts import NOTHING, Judged
from dragoman.model.promises import Promise
from dragoman.resolve import promises

PAIR = ("NOR", "ZMB")


def _evidence(words: str, at: int) -> tuple[Evidence, ...]:
    return (Evidence(at, at + len(words), words),)


def states(*codes: str) -> tuple[ActorRef, ...]:
    return tuple(ActorRef(c, c, f"state:{c}", c) for c in codes)


def promise(
    words: str, day: str | None = "2019-03-04", by: Sequence[str] = ("NOR",), status: str = "announced", deadline: str | None = None,
    target: tuple[float, str] | None = None, document: str | None = None, at: int = 0,
) -> Commitment:
    """What a document of that day says was promised, or came of it."""
    return Commitment(
        document=document or f"doc:{day}", evidence=_evidence(words, at), asserted=day, by=states(*by), action=words,
        target=Amount(target[0], target[0], target[1]) if target else None, deadline=deadline, status=status,
    )


def figure(
    words: str, low: float, day: str, unit: str = "USD", indicator: str = "trade_turnover", period: str | None = None,
    modality: str = "actual", at: int = 0,
) -> Figure:
    return Figure(
        document=f"doc:{day}", evidence=_evidence(words, at), asserted=day, indicator=indicator, parties=PAIR, low=low, high=low, unit=unit,
        period=period, modality=modality,
    )


def paper(words: str, title: str, action: str, day: str, date: str | None = None) -> Agreement:
    return Agreement(
        document=f"doc:{day}", evidence=_evidence(words, 0), asserted=day, title=title, action=action, date=date, parties=states(*PAIR)
    )


def office(words: str, city: str, day: str) -> Mission:
    return Mission(
        document=f"doc:{day}", evidence=_evidence(words, 0), asserted=day, sending="NOR", receiving="ZMB", type="consulate", city=city
    )


def event(words: str, day: str, date: str | None = None) -> Event:
    return Event(
        document=f"doc:{day}", evidence=_evidence(words, 0), asserted=day, event_type="COOPERATE", source=states("NOR"),
        recipient=states("ZMB"), date=date,
    )


def facts(claims: Sequence[Claim], judged: Judged = NOTHING) -> list[Promise]:
    """The promises of one pair, whatever states each claim names."""
    homes = {b for c in claims for b in promises.blocks(c, PAIR)}
    assert homes <= {"+".join(PAIR)}
    return list(promises.resolve("+".join(PAIR), claims, judged))

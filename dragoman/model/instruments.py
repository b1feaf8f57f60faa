"""Agreements across documents: one treaty, declaration or contract with the stages of its life."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from dragoman.model.claims import ActorRef
from dragoman.model.facts import Fact
from dragoman.model.meetings import Match, Possible, Said

STAGES = ("negotiated", "signed", "adopted", "ratified", "in force")


@dataclass(frozen=True, slots=True)
class Step:
    """One stage of an instrument's life: `negotiated`, `signed`, `adopted`, `ratified` or `in force`.

    modality  `actual`, `planned` (still to come when it was told) or `denied`
    date    the date that most documents give, of these the most exact
    dates   every date that a claim gives, with who gives it
    implied claims whose words name no day: theirs is the day of the document, and it may have been a little earlier
    """

    stage: str
    modality: str
    date: str | None
    dates: tuple[Said, ...]
    claims: tuple[str, ...]
    implied: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Signing:
    """One account of who put their names to an instrument, or of who looked on; accounts that agree are one."""

    who: tuple[ActorRef, ...]
    claims: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Instrument(Fact):
    """One agreement.

    title      the fullest title; titles: every one that a claim gives
    status     the last stage that a claim says was reached; `planned` or `denied` where none was
    date       of signature or adoption, else of the last stage
    signed_by  the accounts of who put their names to it: several exclude each other; witnessed_by: who looked on
    matches    why its claims are one instrument; possible_same: others left apart in doubt
    """

    kind: ClassVar[str] = "instrument"

    title: str
    type: str
    parties: tuple[ActorRef, ...]
    status: str
    steps: tuple[Step, ...]
    date: str | None = None
    until: str | None = None
    titles: tuple[Said, ...] = ()
    signed_by: tuple[Signing, ...] = ()
    witnessed_by: tuple[Signing, ...] = ()
    documents: tuple[str, ...] = ()
    matches: tuple[Match, ...] = ()
    possible_same: tuple[Possible, ...] = ()

"""More for the invented record: events, a formula, a second telling of a visit, an organisation, what was planned and what was denied."""

from __future__ import annotations

from pathlib import Path
from types import ModuleType

from dragoman import Record
from dragoman.model.claims import ActorRef, Agreement, Claim, Commitment, Contact, Event, Membership, Mission, PlaceRef

FILE, AGAIN = "wire.txt", "wire-2.txt"
WIRE = """Visit of a prime minister

Prime Minister Þóra Ísfeld of Iceland visited Astana from 3 to 5 June 2024 and met President Серік Болатов there.
They signed a memorandum on fish, grain and ports on 4 June 2024.
Kazakhstan criticised Iceland over quotas in July 2024.
Iceland has threatened Kazakhstan with new tariffs.
Kazakhstan denied that it had closed its embassy in Reykjavik.
Kazakhstan may give aid to Iceland.
"=1+1; we shall see," a clerk said of the promise =HYPERLINK("http://evil.example","x").
The United Nations praised Iceland on 9 June 2024.
Kazakhstan opened its embassy in Reykjavik in 2021.
Kazakhstan has been an observer of the Arctic Council since 2019.
The two sides will meet again in May 2025.
In Astana Prime Minister Þóra Ísfeld of Iceland laid a wreath and gave a speech to business leaders.
"""
SECOND = """Again from the visit

Þóra Ísfeld was in Astana from 3 to 5 June 2024.
"""


def made(folder: Path, invented: ModuleType) -> Record:
    """The invented record with these two documents; to be closed."""
    wire = invented.document(WIRE, FILE, title="Visit of a prime minister", outlet="Wire, North", outlet_kind="agency",
                             published="2024-07-10", published_by="metadata", url="https://wire.example/1")
    second = invented.document(SECOND, AGAIN, outlet="Second Paper", published="2024-06-06", published_by="metadata")
    isl, kaz = invented.ISL, invented.KAZ
    thora = ActorRef("Prime Minister Þóra Ísfeld", "Þóra Ísfeld", "person:thora-isfeld", "ISL", "prime minister")
    serik = ActorRef("President Серік Болатов", "Серік Болатов", "person:serik-bolatov", "KAZ", "president")
    un = ActorRef("The United Nations", "United Nations", "org:un", None, None)

    def event(words: str, category: str, one: ActorRef, other: ActorRef, **known: object) -> Claim:
        made: Claim = invented.said(Event, wire, words, event_type=category, source=(one,), recipient=(other,), **known)
        return made

    visit = "Prime Minister Þóra Ísfeld of Iceland visited Astana from 3 to 5 June 2024"
    claims = [
        invented.said(Contact, wire, visit, mode="visit", participants=(thora,), host="KAZ", place=PlaceRef("Astana", "KAZ"),
                      date="2024-06-03/2024-06-05"),
        invented.said(Contact, wire, "met President Серік Болатов there", mode="meeting", participants=(thora, serik),
                      place=PlaceRef("Astana", "KAZ"), date="2024-06-03/2024-06-05"),
        invented.said(Contact, wire, "Prime Minister Þóra Ísfeld of Iceland laid a wreath and gave a speech to business leaders",
                      mode="visit", participants=(thora,), host="KAZ", place=PlaceRef("Astana", "KAZ"), date="2024-06-03/2024-06-05"),
        event(visit, "CONSULT", isl, kaz, mode="visit", date="2024-06-03/2024-06-05", place=PlaceRef("Astana", "KAZ")),
        event("They signed a memorandum on fish, grain and ports on 4 June 2024.", "SUPPORT", isl, kaz, date="2024-06-04",
              rules=("from:agreement", "SUPPORT")),
        event("Kazakhstan criticised Iceland over quotas in July 2024.", "ACCUSE", kaz, isl, mode="disapprove", date="2024-07"),
        event("Iceland has threatened Kazakhstan with new tariffs.", "THREATEN", isl, kaz, mode="restrict", context=("economic",)),
        event("Kazakhstan denied that it had closed its embassy", "SANCTION", kaz, isl, mode="withdraw", modality="denied"),
        event("Kazakhstan may give aid to Iceland.", "AID", kaz, isl, modality="possible"),
        event("The two sides will meet again in May 2025.", "CONSULT", isl, kaz, date="2025-05", modality="planned"),
        event("The United Nations praised Iceland on 9 June 2024.", "SUPPORT", un, isl, date="2024-06-09"),
        invented.said(Commitment, wire, "=HYPERLINK(\"http://evil.example\",\"x\")", by=(kaz,), action="=HYPERLINK(\"http://evil.example\",\"x\")"),
        invented.said(Agreement, wire, "They signed a memorandum on fish, grain and ports on 4 June 2024.", action="signed",
                      title="memorandum on fish, grain and ports", type="memorandum", parties=(isl, kaz), date="2024-06-04"),
        invented.said(Mission, wire, "Kazakhstan opened its embassy in Reykjavik in 2021.", sending="KAZ", receiving="ISL",
                      city="Reykjavik"),
        invented.said(Membership, wire, "Kazakhstan has been an observer of the Arctic Council since 2019.", member="KAZ",
                      organization="Arctic Council", organization_id="org:arctic-council", role="observer", date="2019"),
    ]
    record: Record = invented.made(folder)
    record.take_in(wire, claims, WIRE.encode(), f"test:{FILE}")
    again = invented.said(Event, second, "Þóra Ísfeld was in Astana from 3 to 5 June 2024.", event_type="CONSULT", mode="visit",
                          source=(isl,), recipient=(kaz,), date="2024-06-03/2024-06-05")
    record.take_in(second, [again], SECOND.encode(), f"test:{AGAIN}")
    record.resolve()
    return record

"""A record for tests of exports: invented persons and sources, and all that a format may trip over.

An open date, a comma, quotation marks, a formula, names in other scripts, a disputed figure, a document without a date or address.
"""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any, TypeVar

from dragoman import Record, __version__, rooms
from dragoman.model.claims import (
    ActorRef,
    Agreement,
    Amount,
    Biography,
    Claim,
    Commitment,
    Contact,
    Figure,
    Link,
    Membership,
    Mission,
    PlaceRef,
    Statement,
    Tenure,
)
from dragoman.model.documents import Document, ReuseTerms, Source
from dragoman.model.exporting import Bundle
from dragoman.model.stored import ClaimRow

C = TypeVar("C", bound=Claim)

ISL = ActorRef("Iceland", "ISL", "state:ISL", "ISL")
KAZ = ActorRef("Kazakhstan", "KAZ", "state:KAZ", "KAZ")
OLAFUR = ActorRef("Ólafur Þórsson", "Ólafur Þórsson", "person:olafur-thorsson", "ISL", "minister of trade")
GULNAR = ActorRef("Гүлнар Есенова", "Гүлнар Есенова", "person:gulnar-esenova", "KAZ", "deputy prime minister")
AGENCY = ActorRef("Ports, Harbours & Fisheries Agency", "Ports, Harbours & Fisheries Agency", None, "ISL")

GAZETTE = """Ports, grain and a promise

Trade minister Ólafur Þórsson received deputy prime minister Гүлнар Есенова in Akureyri on 11 March 2024.
The Ports, Harbours & Fisheries Agency took part; they spoke of grain, "cold chains" and ports.
Iceland promised to open a consulate in Almaty by the end of 2027.
Trade between the two countries was 1.2 billion dollars in 2023, the minister said.
=SUM(A1:A9) is how one clerk described the tables; <script>alert(1)</script> was how another did.
Iceland has been a member of NATO since 1949.
"We will not wait," said Þórsson.
Þórsson was born in 1961 in Húsavík.
A reader may quote up to 20 % of this article.
"""
STATISTICS = """Foreign trade of Kazakhstan

Trade turnover with Iceland came to 2.4 billion dollars in 2023.
Гүлнар Есенова has been deputy prime minister since 5 January 2022.
She will visit Reykjavik in June 2024.
The consulate in Almaty has been opened.
"""
ARCHIVE = """From the archive

Ólafur Þórsson was minister of trade by then.
The ministers called each other.
An agreement on fish, grain and ports was signed on 2 May 2019 and runs until 2029.
"""


def document(text: str, file: str, **known: Any) -> Document:
    data = text.encode()
    source = Source(file, f"/archive/{file}", hashlib.sha256(data).hexdigest(), len(data), "text/plain", "2024-07-01T09:30:00Z")
    return Document("doc:" + hashlib.sha256(data).hexdigest()[:16], text, source, **known)


_GAZETTE = document(GAZETTE, "gazette.txt", title="Ports, grain and a promise", outlet="Harbour Gazette", outlet_kind="newspaper",
                    author="Salvör Ýr", place="Akureyri", published="2024-03-12", published_by="metadata",
                    url="https://gazette.example/ports?id=1&x=2",
                    reuse=ReuseTerms("A reader may quote up to 20 % of this article.", 0.2, False, GAZETTE.index("A reader"),
                                     GAZETTE.index("A reader") + 46))
_STATISTICS = document(STATISTICS, "statistics.html", title="Foreign trade of Kazakhstan", outlet="Bureau of National Statistics",
                       outlet_kind="office", published="2024-04", published_by="dateline", url="https://stat.example/2024/trade")
_ARCHIVE = document(ARCHIVE, "archive, old.txt")
DOCUMENTS = (_GAZETTE, _STATISTICS, _ARCHIVE)


def said(kind: type[C], of: Document, words: str, **fields: Any) -> C:
    """A claim that rests on words of a document."""
    at = of.text.index(words)
    outlet = (Link("outlet", of.outlet),) if of.outlet else (Link("document", of.source.file),)
    speaker = (Link("speaker", fields.pop("by_speaker")),) if "by_speaker" in fields else ()
    return kind(document=of.id, evidence=(of.evidence(at, at + len(words)),), attribution=outlet + speaker, asserted=of.published,
                confidence=0.9, extractor="invented/1", **fields)


def claims() -> list[Claim]:
    """What the three documents say."""
    g, s, a = DOCUMENTS
    trade = {"indicator": "trade_turnover", "parties": ("ISL", "KAZ"), "unit": "USD", "period": "2023"}
    return [
        said(Contact, g, "Trade minister Ólafur Þórsson received deputy prime minister Гүлнар Есенова in Akureyri on 11 March 2024.",
             mode="meeting", participants=(OLAFUR, GULNAR, AGENCY), place=PlaceRef("Akureyri", "ISL"), date="2024-03-11",
             topics=("grain", "cold chains", "ports"), occasion="3rd session, in Akureyri; of the \"Working Group\""),
        said(Tenure, g, "Trade minister Ólafur Þórsson", person=OLAFUR, position="minister of trade", state="ISL", date="2024-03-11"),
        said(Commitment, g, "Iceland promised to open a consulate in Almaty by the end of 2027.", by=(ISL,), to=(KAZ,),
             action="to open a consulate in Almaty", deadline="../2027", target=Amount(1, 1, "1")),
        said(Figure, g, "Trade between the two countries was 1.2 billion dollars in 2023", low=1.2e9, high=1.2e9,
             by_speaker="Ólafur Þórsson", **trade),
        said(Membership, g, "Iceland has been a member of NATO since 1949.", member="ISL", organization="NATO",
             organization_id="org:nato", date="1949"),
        said(Statement, g, "\"We will not wait,\" said Þórsson.", speaker=OLAFUR, text="We will not wait,", direct=True, cue="say",
             date="2024-03-11"),
        said(Biography, g, "Þórsson was born in 1961", person=OLAFUR, property="born", value="1961"),
        said(Biography, g, "born in 1961 in Húsavík", person=OLAFUR, property="birthplace", value="Húsavík"),
        said(Figure, s, "Trade turnover with Iceland came to 2.4 billion dollars in 2023.", low=2.4e9, high=2.4e9, reporter="KAZ", **trade),
        said(Tenure, s, "Гүлнар Есенова has been deputy prime minister since 5 January 2022.", person=GULNAR,
             position="deputy prime minister", state="KAZ", since="2022-01-05"),
        said(Contact, s, "She will visit Reykjavik in June 2024.", mode="visit", participants=(GULNAR,), host="ISL",
             place=PlaceRef("Reykjavik", "ISL"), date="2024-06", modality="planned"),
        said(Mission, s, "The consulate in Almaty has been opened.", sending="ISL", receiving="KAZ", type="consulate", city="Almaty"),
        said(Tenure, a, "Ólafur Þórsson was minister of trade by then.", person=OLAFUR, position="minister of trade", state="ISL",
             since="../2023-11-02", change="appointed"),
        said(Contact, a, "The ministers called each other.", mode="call", participants=(ISL, KAZ)),
        said(Agreement, a, "An agreement on fish, grain and ports was signed on 2 May 2019 and runs until 2029.",
             title="agreement on fish, grain and ports", type="treaty", parties=(ISL, KAZ), action="signed", date="2019-05-02",
             until="2029"),
    ]


def made(folder: Path) -> Record:
    """The record in a file of this folder; to be closed."""
    record = Record(folder / "invented.db")
    for of in DOCUMENTS:
        record.take_in(of, [c for c in claims() if c.document == of.id], of.text.encode(), f"test:{of.source.file}")
    record.resolve()
    return record


def bundle(record: Record, what: str = "facts", quotes: bool = True) -> Bundle:
    """All of the record as an export gets it."""
    documents = {d.id: d for d in record.documents(superseded=False, copies=False)}
    found = [row for d in documents for row in record.claims(document=d, order="place")]
    facts = [f for kind in sorted(rooms.kinds()) for f in sorted(record.facts(kind), key=lambda f: (f.days[:1], f.id))]

    def cited(ids: Any) -> list[ClaimRow]:
        return list(record.evidence(ids))

    return Bundle(what=what, documents=documents, claims=found, facts=facts, cited=cited, text=lambda d: record.document(d)[1].text,
                  as_of=record.newest(), versions={"dragoman": __version__, "reader": "invented"}, quotes=quotes,
                  conflicts=record.conflicts(), persons=record.facts("person"))

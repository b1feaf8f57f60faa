"""A small invented record for the briefing book: a dispute, a promise not kept, an empty chapter, a source with a limit, hostile words.

As a script it makes the record in a folder and prints the hash of the book in each format.
"""

from __future__ import annotations

import hashlib
import sys
from pathlib import Path
from typing import Any

from dragoman import Record
from dragoman.model.book import Book
from dragoman.model.claims import (
    ActorRef,
    Agreement,
    Biography,
    Claim,
    Commitment,
    Contact,
    Event,
    Figure,
    Link,
    PlaceRef,
    Statement,
    Tenure,
)
from dragoman.model.documents import Document, ReuseTerms, Source

LVA = ActorRef("Latvia", "LVA", "state:LVA", "LVA")
PER = ActorRef("Peru", "PER", "state:PER", "PER")
BERZA = ActorRef("Ilze Bērza", "Ilze Bērza", "person:ilze-berza", "LVA", "minister of foreign affairs")
PAZ = ActorRef("Bruno Paz", "Bruno Paz", "person:bruno-paz", "PER", "minister of foreign affairs")
LEMA = ActorRef("Rosa Lema", "Rosa Lema", "person:rosa-lema", "PER", "minister of foreign affairs")
QUIROZ = ActorRef("Abel Quiroz", "Abel Quiroz", "person:abel-quiroz", "PER", "president")

READOUT = """Minister Bērza received her colleague from Lima

On 10 March 2023 Ilze Bērza met Bruno Paz, foreign minister of Peru, in Riga. They signed the Agreement on Fishing Ports.
Peru undertook to send two hundred seamen to the Liepāja school by the end of 2023.
Mr. Paz said that quotas were a red line which Lima will never give up.
Trade of both countries came to 300 million euros in 2022.
"""
PAPER = """What the harbour thinks of the visit

Latvia will lift its duty on Peruvian grapes before July, the minister told this paper after lunch.
By the harbour's own books trade with Peru was 450 million euros in 2022, and a third more than that in dollars.
Ilze Bērza laughed at the question whether anybody on the quay eats grapes in winter, and then ate one herself.
Readers may copy at most 30 % of an article from this page.
"""
LATER = """Lima changes its foreign minister

Rosa Lema became foreign minister of Peru on 8 January 2024. She was born in Cusco in 1971.
The seamen never came: Peru did not keep its word about the Liepāja school, said the rector.
Peru asked Latvia for a direct ferry between Callao and Ventspils.
"Whoever writes <script>alert(1)</script>, #panic(1), [x](y) or *this* shall be read as it stands," said Rosa Lema.
"وزير الخارجية was how our name stood on the door in Rabat," Rosa Lema said.
President Abel Quiroz will travel to Riga in June 2024.
"""


def document(text: str, name: str, outlet: str, published: str, reuse: ReuseTerms | None = None) -> Document:
    data = text.encode()
    source = Source(name, name, hashlib.sha256(data).hexdigest(), len(data), "text/plain", "2024-03-01T00:00:00Z")
    return Document("doc:" + source.sha256[:16], text, source, title=text.split("\n")[0], outlet=outlet, published=published,
                    published_by="metadata", url=f"https://{name}.example/a?b=1&c=2", reuse=reuse)


HOSTILE = "Whoever writes <script>alert(1)</script>, #panic(1), [x](y) or *this* shall be read as it stands,"
ARABIC = "وزير الخارجية was how our name stood on the door in Rabat,"
_TERMS = ReuseTerms("Readers may copy at most 30 % of an article", 0.3, False, 0, 10)
DOCUMENTS = (
    document(READOUT, "readout", "Ministry of Foreign Affairs of Latvia", "2023-03-10"),
    document(PAPER, "paper", "The Amber Gazette", "2023-03-12", _TERMS),
    document(LATER, "later", "El Faro <b>de</b> Lima", "2024-02-01"),
)


def said(kind: type[Any], of: Document, words: str, **fields: Any) -> Claim:
    """A claim that rests on words of a document."""
    at = of.text.index(words)
    return kind(document=of.id, evidence=(of.evidence(at, at + len(words)),), attribution=(Link("outlet", of.outlet or ""),),
                asserted=of.published, confidence=0.9, extractor="invented/1", **fields)


def claims() -> list[Claim]:
    """What the three documents say."""
    r, p, n = DOCUMENTS
    trade: dict[str, Any] = {"indicator": "trade_turnover", "parties": ("LVA", "PER"), "unit": "EUR", "period": "2022"}
    seamen = "send two hundred seamen to the Liepāja school"
    return [
        said(Contact, r, "On 10 March 2023 Ilze Bērza met Bruno Paz, foreign minister of Peru, in Riga", mode="meeting",
             participants=(BERZA, PAZ), place=PlaceRef("Riga", "LVA"), date="2023-03-10"),
        said(Tenure, r, "Bruno Paz, foreign minister of Peru", person=PAZ, position="minister of foreign affairs", state="PER",
             date="2023-03-10"),
        said(Agreement, r, "They signed the Agreement on Fishing Ports", title="Agreement on Fishing Ports", type="treaty",
             parties=(LVA, PER), action="signed", date="2023-03-10"),
        said(Commitment, r, f"Peru undertook to {seamen} by the end of 2023", by=(PER,), to=(LVA,), action=seamen, deadline="../2023",
             status="agreed"),
        said(Statement, r, "Mr. Paz said that quotas were a red line which Lima will never give up", speaker=PAZ, direct=False, cue="say",
             text="quotas were a red line which Lima will never give up", date="2023-03-10"),
        said(Figure, r, "Trade of both countries came to 300 million euros in 2022", low=3e8, high=3e8, reporter="LVA", **trade),
        said(Commitment, p, "Latvia will lift its duty on Peruvian grapes before July", by=(LVA,), to=(PER,),
             action="will lift its duty on Peruvian grapes before July", deadline="../2023-06"),
        said(Figure, p, "trade with Peru was 450 million euros in 2022", low=4.5e8, high=4.5e8, **trade),
        said(Statement, p, "Ilze Bērza laughed at the question whether anybody on the quay eats grapes in winter, and then ate one herself",
             speaker=BERZA, direct=False, date="2023-03-12",
             text="laughed at the question whether anybody on the quay eats grapes in winter, and then ate one herself"),
        said(Statement, n, f'"{HOSTILE}" said Rosa Lema', speaker=LEMA, text=HOSTILE, direct=True, cue="say", date="2024-02-01"),
        said(Statement, n, f'"{ARABIC}" Rosa Lema said', speaker=LEMA, text=ARABIC, direct=True, cue="say", date="2024-01-31"),
        said(Tenure, n, "Rosa Lema became foreign minister of Peru on 8 January 2024", person=LEMA, position="minister of foreign affairs",
             state="PER", change="appointed", since="2024-01-08"),
        said(Biography, n, "She was born in Cusco in 1971", person=LEMA, property="birthplace", value="Cusco"),
        said(Commitment, n, "Peru did not keep its word about the Liepāja school", by=(PER,), to=(LVA,),
             action="send two hundred seamen to the Liepāja school", status="missed"),
        said(Event, n, "Peru asked Latvia for a direct ferry", event_type="REQUEST", source=(PER,), recipient=(LVA,), date="2024-02-01"),
        said(Contact, n, "President Abel Quiroz will travel to Riga in June 2024", mode="visit", participants=(QUIROZ,), host="LVA",
             place=PlaceRef("Riga", "LVA"), date="2024-06", modality="planned"),
        said(Tenure, n, "President Abel Quiroz", person=QUIROZ, position="president", state="PER", date="2024-02-01"),
    ]


def made(folder: Path) -> Record:
    """The record in a file of this folder; to be closed."""
    record = Record(folder / "book.db")
    for of in DOCUMENTS:
        record.take_in(of, [c for c in claims() if c.document == of.id], of.text.encode(), f"test:{of.source.file}")
    return record


def hashes(book: Book) -> dict[str, str]:
    """The hash of the book in each format."""
    from dragoman.views import book_formats

    out = {}
    for name in book_formats.FORMATS:
        data = book_formats.render(book, name)
        out[name] = hashlib.sha256(data if isinstance(data, bytes) else data.encode()).hexdigest()
    return out


if __name__ == "__main__":
    with made(Path(sys.argv[1])) as _record:
        for _name, _hash in hashes(_record.brief("LVA", "PER")).items():
            sys.stdout.write(f"{_name} {_hash}\n")

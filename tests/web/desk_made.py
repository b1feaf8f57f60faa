"""A small record made for tests of the desk: two documents that contradict each other, a hostile one, a copy of nothing."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

from fastapi.testclient import TestClient

from dragoman import Record
from dragoman.model.claims import ActorRef, Claim, Contact, Figure, Link, Statement, Tenure
from dragoman.model.documents import Document, ReuseTerms, Source
from dragoman.web.app import create_app

BASE = "http://127.0.0.1:8321"
GAZETTE = (
    "Harbour Gazette\n\nTrade between Norland and Ostmark came to 900 million dollars in 2031, said Minister Vera Kolm. "
    "Vera Kolm met Ivo Brandt in Port Anselm on 4 March 2032.\n\nShe will return in June.\n"
)
BULLETIN = (
    "Statistics Bulletin\n\nTurnover of Norland and Ostmark was $1.4 billion in 2031. The Minister of Trade is Ivo Brandt.\n"
    "Reproduction is allowed up to 30% with a link.\n"
)
HOSTILE = (
    '<script>alert(1)</script> "><img src=x onerror=alert(2)> said Vera Kolm. <a href="javascript:alert(3)">here</a>\n'
    '=HYPERLINK("http://evil.example") trade \u202egrew\u202c & {{ 7*7 }} {% raw %} \' OR 1=1 --\n'
)
EVIL = '"><script>alert(4)</script>'
KOLM = ActorRef("Minister Vera Kolm", "Vera Kolm", "person:vera-kolm", "NOR", "minister of trade")
BRANDT = ActorRef("Ivo Brandt", "Ivo Brandt", "person:ivo-brandt", "SWE", "minister of trade")


def document(name: str, text: str, outlet: str, day: str, **more: Any) -> Document:
    sha = hashlib.sha256(text.encode()).hexdigest()
    source = Source(name, name, sha, len(text.encode()), "text/plain", "2032-04-01T08:00:00Z")
    return Document(f"doc:{sha[:16]}", text, source, outlet=outlet, outlet_kind="newspaper", published=day, published_by="metadata", **more)


def _said(told_in: Document, /, cls: type[Claim], words: str, sure: float = 0.9, **fields: Any) -> Claim:
    at = told_in.text.index(words)
    return cls(
        document=told_in.id,
        evidence=(told_in.evidence(at, at + len(words)),),
        attribution=(Link("outlet", told_in.outlet or ""),),
        asserted=told_in.published,
        confidence=sure,
        extractor="made 1",
        rules=("a rule",),
        **fields,
    )


def sources() -> dict[str, tuple[Document, list[Claim]]]:
    """Documents by name, with their claims."""
    gazette = document(
        "gazette.txt", GAZETTE, "Harbour Gazette", "2032-03-05", title="A visit to Port Anselm", url="https://gazette.example/visit"
    )
    bulletin = document(
        "bulletin.txt",
        BULLETIN,
        "Statistics Office",
        "2032-02-01",
        title="Trade of 2031",
        reuse=ReuseTerms("Reproduction is allowed up to 30% with a link.", 0.3, True, 120, 166),
    )
    hostile = document("hostile.html", HOSTILE, EVIL, "2032-03-09", title=EVIL, author=EVIL, url="javascript:alert(5)", place=EVIL)
    trade = {"indicator": "trade_turnover", "parties": ("NOR", "SWE"), "unit": "USD", "period": "2031"}
    return {
        "gazette": (
            gazette,
            [
                _said(gazette, Figure, "Trade between Norland and Ostmark came to 900 million dollars in 2031", low=9e8, high=9e8, **trade),
                _said(
                    gazette,
                    Contact,
                    "Vera Kolm met Ivo Brandt in Port Anselm on 4 March 2032",
                    mode="meeting",
                    participants=(KOLM, BRANDT),
                    date="2032-03-04",
                ),
                _said(
                    gazette,
                    Contact,
                    "She will return in June",
                    0.4,
                    mode="visit",
                    participants=(KOLM,),
                    host="SWE",
                    date="2032-06",
                    modality="planned",
                ),
            ],
        ),
        "bulletin": (
            bulletin,
            [
                _said(bulletin, Figure, "Turnover of Norland and Ostmark was $1.4 billion in 2031", low=1.4e9, high=1.4e9, **trade),
                _said(bulletin, Tenure, "The Minister of Trade is Ivo Brandt", person=BRANDT, position="minister of trade", state="SWE"),
            ],
        ),
        "hostile": (
            hostile,
            [
                _said(
                    hostile,
                    Statement,
                    '<script>alert(1)</script> "><img src=x onerror=alert(2)> said Vera Kolm',
                    0.5,
                    speaker=KOLM,
                    text="<script>alert(1)</script>",
                    direct=True,
                ),
                _said(
                    hostile,
                    Contact,
                    '=HYPERLINK("http://evil.example")',
                    0.3,
                    mode="meeting",
                    date="2032-03-08",
                    occasion="=1+1",
                    participants=(KOLM, ActorRef(EVIL, EVIL, "person:evil", "SWE", EVIL)),
                ),
            ],
        ),
    }


def make(path: str | Path) -> None:
    """The record, resolved."""
    with Record(path) as record:
        for text, claims in sources().values():
            record.take_in(text, claims, text.text.encode(), text.source.file)
        record.resolve()


@contextmanager
def opened(path: str | Path, **options: Any) -> Iterator[TestClient]:
    """A client of the desk of a record; a judgement is followed at once."""
    app = create_app(path, **options)
    app.state.guards.requests.rate = app.state.guards.requests.burst = 1e9
    with TestClient(app, base_url=BASE, follow_redirects=False) as client:
        yield client


def token(client: TestClient, name: str = "Tess") -> str:
    """A token of the record that a client looks at."""
    made: str = client.app.state.record.make_token(name)  # type: ignore[attr-defined]
    return made


def signed_in(client: TestClient, name: str = "Tess") -> str:
    """Sign a client in, and give the key that its forms carry."""
    answer = client.post("/sign-in", data={"token": token(client, name), "back": "/review"})
    assert answer.status_code == 303, answer.text
    return key(client)


def key(client: TestClient) -> str:
    """What the forms of somebody who is signed in carry."""
    return client.get("/sign-in").text.split('name="key" value="')[1].split('"')[0]


class _Tags(HTMLParser):
    """The tags of a page and what is wrong with them."""

    def __init__(self) -> None:
        super().__init__()
        self.wrong: list[str] = []
        self.links: list[dict[str, str | None]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        self.wrong += [f"{tag} {name}" for name in found if name.startswith("on") or name == "style"]
        if tag == "style" or (tag == "script" and not found.get("src")):
            self.wrong.append(f"{tag} inline")
        for name in ("src", "srcset", "href", "action", "formaction", "hx-get", "hx-post", "data"):
            value = (found.get(name) or "").strip()
            here = value.startswith(("/", "#")) and not value.startswith("//")
            if value and not here and not (tag == "a" and value.startswith(("https://", "http://"))):
                self.wrong.append(f"{tag} {name}={value}")
        if tag == "a":
            self.links.append(found)


def tags(page: str) -> _Tags:
    """A page as a browser sees it."""
    made = _Tags()
    made.feed(page)
    return made


def dangers(page: str) -> list[str]:
    """What is inline in a page, or loaded from elsewhere, or an address that runs code."""
    return tags(page).wrong


def bearer(token: str) -> Mapping[str, str]:
    return {"Authorization": f"Bearer {token}"}

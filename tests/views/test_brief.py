"""The briefing: nothing without its claim, both sides of a difference, the older holder after the newer."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from dragoman import rooms
from dragoman.model.claims import ActorRef, Agreement, Claim, Contact, Figure, Link, Statement, Tenure
from dragoman.model.documents import Evidence, ReuseTerms
from dragoman.model.stored import ClaimRow, DocumentRow
from dragoman.resolve import promise_status
from dragoman.views import brief as view
from dragoman.views.brief import Brief, Section

KASK = ActorRef("Anneli Kask", "Anneli Kask", "person:anneli-kask", "EST", "prime minister")
BRUUN = ActorRef("Lars Bruun", "Lars Bruun", "person:lars-bruun", "DNK", "prime minister")
ROW = DocumentRow(
    "doc:1",
    "a.txt",
    ("a.txt",),
    "A title",
    "Baltic Wire",
    "agency",
    None,
    None,
    "en",
    "2016-05-05",
    "dateline",
    (),
    None,
    400,
    3,
    True,
    None,
    None,
    1,
    "",
    None,
)


def row(
    cls: type[Claim], document: str = "1", day: str = "2016-05-05", counted: bool = True, reuse: ReuseTerms | None = None, **fields: Any
) -> ClaimRow:
    shown = replace(ROW, id=f"doc:{document}", file=f"{document}.txt", published=day, reuse=reuse)
    at = abs(hash((document, str(fields)))) % 1000
    base = {
        "document": shown.id,
        "evidence": (Evidence(at, at + 4, "word"),),
        "asserted": day,
        "attribution": (Link("outlet", f"Outlet {document}"),),
    }
    return ClaimRow(cls(**base, **fields), shown, False, counted)


def build(a: str, b: str, rows: list[ClaimRow], on: str | None = None) -> Brief:
    """The briefing with the facts of the rows."""
    found = rooms.whole([[r.claim] for r in rows if r.counted])
    return view.build(a, b, rows, found, lambda promise: promise_status.status(promise, on), on)


def section(brief: Brief, title: str) -> Section:
    return next(s for s in brief.sections if s.title == title)


def test_one_meeting_of_two_outlets_is_one_line_with_two_citations() -> None:
    rows = [row(Contact, n, mode=mode, participants=(KASK, BRUUN), date="2016-05-04") for n, mode in (("1", "meeting"), ("2", "talks"))]
    lines = section(build("EST", "DNK", rows), "Latest contacts").lines
    assert len(lines) == 1
    assert [c.number for c in lines[0].cites] == [1, 2]


def test_two_meetings_on_two_days_are_two_lines_the_latest_first() -> None:
    rows = [row(Contact, n, mode="meeting", participants=(KASK, BRUUN), date=day) for n, day in (("1", "2015-01-02"), ("2", "2016-05-04"))]
    lines = section(build("EST", "DNK", rows), "Latest contacts").lines
    assert ["2016" in line.text for line in lines] == [True, False]


def test_figures_that_differ_stand_side_by_side_with_their_claimants() -> None:
    rows = [
        row(Figure, n, indicator="trade_turnover", parties=("EST", "DNK"), low=v, high=v, unit="EUR", period="2015")
        for n, v in (("1", 2.9e9), ("2", 1.5e9))
    ]
    line = section(build("EST", "DNK", rows), "Figures by claimant").lines[0]
    assert "EUR 2.9 billion (Outlet 1)" in line.text
    assert "EUR 1.5 billion (Outlet 2)" in line.text
    assert line.note == "sources differ"


def test_figures_that_differ_by_rounding_have_no_remark() -> None:
    rows = [
        row(Figure, n, indicator="trade_turnover", parties=("EST", "DNK"), low=v, high=v, unit="EUR", period="2015")
        for n, v in (("1", 1.4862e9), ("2", 1.49e9))
    ]
    assert section(build("EST", "DNK", rows), "Figures by claimant").lines[0].note is None


def test_the_newer_holder_leads_and_the_older_stays() -> None:
    old = row(Tenure, "1", "2014-01-01", person=BRUUN, position="prime minister", state="DNK")
    new = row(
        Tenure,
        "2",
        "2016-05-05",
        person=replace(BRUUN, name="Ida Holm", mention="Ida Holm"),
        position="prime minister",
        state="DNK",
        since="2015-06-28",
    )
    line = section(build("EST", "DNK", [old, new]), "Who holds office").lines[0]
    assert line.text.index("Ida Holm") < line.text.index("Lars Bruun")
    before = section(build("EST", "DNK", [old, new], on="2014-12-31"), "Who holds office").lines[0]
    assert "Ida Holm" not in before.text


def test_claims_of_copies_do_not_count() -> None:
    rows = [row(Agreement, "1", title="Treaty on Fisheries", parties=(KASK, BRUUN), counted=False)]
    assert section(build("EST", "DNK", rows), "Agreements").lines == ()


def test_quotations_keep_within_the_terms_of_reuse() -> None:
    words = "We want the fishing boats of both countries to come home every evening with all their nets and all their men"
    terms = ReuseTerms("only 2 % may be used", 0.02, True, 0, 20)
    rows = [
        row(Contact, "1", mode="meeting", participants=(KASK, BRUUN), reuse=terms),
        row(Statement, "1", speaker=KASK, text=words, direct=True, reuse=terms),
    ]
    line = section(build("EST", "DNK", rows), "What was said").lines[0]
    assert line.note == "quotation shortened"
    assert len(line.text.split("“")[1].split()) == 8


def test_every_line_has_a_citation_and_every_citation_a_source() -> None:
    rows = [
        row(Contact, "1", mode="meeting", participants=(KASK, BRUUN)),
        row(Tenure, "2", person=KASK, position="prime minister", state="EST"),
    ]
    brief = build("EST", "DNK", rows)
    numbers = {s.number for s in brief.sources}
    assert all(line.cites and {c.number for c in line.cites} <= numbers for s in brief.sections for line in s.lines)

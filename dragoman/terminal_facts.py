"""What the commands show of facts in a terminal: who held an office, and what the record rests on."""

from __future__ import annotations

from collections.abc import Iterable

from rich.console import Console
from rich.text import Text

from dragoman.model.coverage import Coverage
from dragoman.model.offices import Answer, Occupancy
from dragoman.model.stored import ClaimRow
from dragoman.terminal import console
from dragoman.views import citation, together, wording
from dragoman.views.visible import one_line

HOW = {
    "observed": "named in office then",
    "stated": "by the beginning or end that documents state",
    "between": "known in office before and after, nobody else in between",
    "near": "in office shortly before, no end told",
    "turn": "took office in that year, on a day not told",
    "possible": "possible: the dates are not precise enough to tell",
}
QUOTES = 4  # claims shown with their words, of each holder


def answer(found: Answer) -> None:
    """Who held the office, by which words; else what is known around that day, and how much was read."""
    out = console()
    state = wording.state(found.position.state or "")
    when = f" on {wording.date(found.on)}" if found.on else ""
    out.print(Text(f"{found.position.name}, {state}{when}", style="bold"))
    rows, asked = {row.claim.id: row for row in found.evidence}, found.position.name
    if found.found == "nothing":
        out.print(Text("No document read tells of this office."))
        if found.others:
            shown = ", ".join(one_line(o, 60) for o in found.others[:20])
            out.print(Text(f"Offices of {state} that documents tell of: {shown}"))
    elif found.found == "latest":
        known = "The last holder that documents name; who holds it now they do not say."
        out.print(Text(known if found.holders else "No document that names a holder has a date."))
    elif found.found == "open":
        out.print(Text("Nobody is known to have held it then."))
    for held in found.holders:
        how = "" if found.found == "latest" else f" ({HOW[held.how]})"
        _fact(out, held.fact, how, rows, asked)
    for title, facts in (("Known before", found.before), ("Known after", found.after)):
        if facts and found.found in ("open", "likely", "possible"):
            out.print(Text(title + ":"))
            for fact in facts:
                _fact(out, fact, "", rows, asked)
    if found.undated and found.found != "held":
        out.print(Text("Named without a date:"))
        for fact in found.undated:
            _fact(out, fact, "", rows, asked)
    if found.coverage:
        out.print(Text(rests_on(found.coverage), style="dim"))


def _fact(screen: Console, fact: Occupancy, how: str, rows: dict[str, ClaimRow], asked: str) -> None:
    post = "" if fact.position.name == asked else f", {one_line(fact.position.name, 90)}"
    acting = post + (", acting" if fact.acting else "")
    name = one_line(fact.person.name or "somebody not named", 90)
    screen.print(Text.assemble("  ", (name, "bold"), f"{acting}{how}: {together.span(fact)}"))
    for bounds, word in ((fact.starts, "beginning"), (fact.ends, "end")):
        if len({b.date for b in bounds}) > 1:
            screen.print(Text(f"    sources differ on the {word}: {', '.join(wording.date(b.date) for b in bounds)}"))
    names = [n for n in fact.person.names if n != fact.person.name]
    if names:
        also = ", ".join(one_line(n, 60) for n in names[:6])
        screen.print(Text(f"    also written {also} (one person by {fact.person.score:.2f})"))
    shown = [rows[c] for c in fact.claims if c in rows]
    shown.sort(key=lambda r: (r.document.published or "", r.claim.id), reverse=True)
    for row in shown[:QUOTES]:
        words = f"“{one_line(row.claim.evidence[0].quote, 160)}” {citation.source(row.document)}"
        screen.print(Text.assemble("    ", (citation.short(row.claim.id), "cyan"), f" {words}"))
    if len(shown) > QUOTES:
        screen.print(Text(f"    and {len(shown) - QUOTES} more claims: dragoman tenures --person", style="dim"))


def rests_on(found: Coverage) -> str:
    names = wording.joined([wording.state(s) for s in found.states])
    if not found.documents:
        return f"The record has no document that involves {names}."
    documents = "1 document that involves" if found.documents == 1 else f"{found.documents} documents that involve"
    dates = f", published {wording.date(found.first)} to {wording.date(found.last)}" if found.first and found.last else ""
    return f"From {documents} {names}{dates}."


def coverage(found: Coverage) -> None:
    """Documents and outlets by month, with the gaps."""
    out = console()
    out.print(Text(rests_on(found), style="bold"))
    if found.newest:
        out.print(Text(f"The newest: {one_line(found.newest, 100)}"))
    for month in found.months:
        out.print(Text(f"  {month.month}  {month.documents:>5}  {_some(month.outlets)}"))
    if found.undated:
        out.print(Text(f"  no month  {found.undated:>3}"))
    if found.gaps:
        out.print(Text(f"Months without a document: {', '.join(wording.date(g) for g in found.gaps)}"))


def _some(names: Iterable[str], most: int = 5) -> str:
    shown = [one_line(n, 50) for n in names]
    return ", ".join(shown[:most]) + (f" and {len(shown) - most} more" if len(shown) > most else "")

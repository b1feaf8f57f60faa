"""What the commands show of facts across documents: each with the words it rests on, and what sources differ on."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from rich.text import Text

from dragoman import terminal_facts
from dragoman.model.facts import Fact
from dragoman.model.promises import Promise
from dragoman.terminal import console
from dragoman.views import citation, together, wording
from dragoman.views.visible import one_line

if TYPE_CHECKING:
    from dragoman.model.dating import Dated
    from dragoman.model.flows import Flow
    from dragoman.model.news import News
    from dragoman.model.verdicts import Verdict
    from dragoman.record import Record

QUOTES = 4  # claims shown of a fact
WHAT = {"new": "new", "changed": "changed", "contradicted": "contradicted", "fulfilled": "fulfilled", "missed": "missed"}


def facts(record: Record, found: Sequence[Fact], quotes: int = QUOTES, as_of: str | None = None) -> None:
    """Each fact with its details and its sources; what became of promises as of a day, else of the newest document."""
    out = console()
    rows = {r.claim.id: r for r in record.evidence(c for f in found for c in f.claims[:quotes])} if quotes else {}
    for fact in found:
        out.print(Text.assemble((fact.id.removeprefix("fact:")[:8], "cyan"), f"  {together.line(fact)}"))
        if isinstance(fact, Promise):
            out.print(Text(f"    {together.standing(record.standing(fact, as_of))}"))
        for detail in together.details(fact):
            out.print(Text(f"    {detail}"))
        for claim in fact.claims[:quotes]:
            if claim in rows:
                words = f"“{one_line(rows[claim].claim.evidence[0].quote, 160)}” {citation.source(rows[claim].document)}"
                out.print(Text.assemble("    ", (citation.short(claim), "cyan"), f" {words}"))
        if quotes and len(fact.claims) > quotes:
            out.print(Text(f"    and {len(fact.claims) - quotes} more", style="dim"))
    if not found:
        out.print(Text("Nothing."))


def supported(found: Sequence[Fact]) -> None:
    """The facts that a claim is part of."""
    for fact in found:
        told = f" {fact.kind}: {together.line(fact)}"
        console().print(Text.assemble("supports ", (fact.id.removeprefix("fact:")[:8], "cyan"), told))


def silence(record: Record, states: Iterable[str]) -> None:
    """What a "nothing" rests on."""
    console().print(Text(terminal_facts.rests_on(record.coverage(*states)), style="dim"))


def news(record: Record, found: Sequence[News]) -> None:
    """What came, the kind of news first."""
    out = console()
    for what in WHAT:
        some = [n for n in found if n.what == what]
        if some:
            out.print(Text(f"{what.capitalize()} ({len(some)})", style="bold"))
        for n in some:
            differs = f" ({', '.join(n.fields)})" if n.fields else ""
            told = f" {n.fact.kind}: {together.line(n.fact)}{differs}"
            out.print(Text.assemble("  ", (n.fact.id.removeprefix("fact:")[:8], "cyan"), told))
    if not found:
        out.print(Text("Nothing new."))


def verdicts(record: Record, found: Sequence[Verdict]) -> None:
    """Each claim of the sentence with what supports and what contradicts it."""
    out = console()
    if not found:
        out.print(Text("Nothing to check was read in it: no figure, office, contact, agreement or membership."))
    for v in found:
        where = f" ({one_line(v.about, 60)})" if v.about else ""
        out.print(Text.assemble((v.found.capitalize(), "bold"), f"{where}: {wording.line(v.claim)}"))
        if v.found == "nothing found":
            out.print(Text(f"  No document read tells of it; the newest is of {wording.date(record.newest())}."))
        for conflict in v.conflicts:
            out.print(Text(f"  {one_line(conflict.why, 900)}"))
            if conflict.support:
                out.print(Text(f"  {one_line(conflict.support, 400)}"))
        for row in record.evidence(dict.fromkeys([*v.support, *(c for x in v.conflicts for c in x.claims)])):
            words = f"“{one_line(row.claim.evidence[0].quote, 160)}” {citation.source(row.document)}"
            out.print(Text.assemble("    ", (citation.short(row.claim.id), "cyan"), f" {words}"))


def flow(found: Flow) -> None:
    """A line a month; a month without documents says nothing."""
    from dragoman.model.flows import QUADS
    from dragoman.terminal import table

    rows = []
    for m in found.months:
        remark = "no document read" if not m.documents else "documents, but nothing told" if m.silent else ""
        rows.append((m.month, str(m.documents), *map(str, m.events), *map(str, m.contacts), str(m.figures), remark))
    table(("month", "documents", *QUADS, *(f"contacts: {x}" for x in found.levels), "figures", "remarks"), rows, "months")


def dated(found: Dated | None) -> None:
    """The days that bound a document, with the reasons."""
    out = console()
    if found is None:
        out.print(Text("Neither its words nor the offices it names bound when it was written."))
        return
    out.print(Text(f"Written {wording.date(found.date)}", style="bold"))
    for reason in found.reasons:
        out.print(Text(f"  {reason.text}"))

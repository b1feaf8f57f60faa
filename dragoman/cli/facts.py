"""Commands that ask what documents support together: meetings, promises, offices, persons, conflicts, and what is new."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated

import typer

from dragoman.cli.common import (
    Document,
    Json,
    Limit,
    Modality,
    Outlet,
    Person,
    Since,
    States,
    Sure,
    Until,
    edtf,
    opened,
    print_json,
    state_codes,
    stop,
)

if TYPE_CHECKING:
    from dragoman.model.facts import Fact
    from dragoman.record import Record

Known = Annotated[str | None, typer.Option("--known", help="As it followed from what was known on this day; with --state only.")]
By = Annotated[str, typer.Option("--by", help="What --known and --since go by: when documents were `published` or `read`.")]


def _listed(record: Record, found: Sequence[Fact], limit: int, as_json: bool, state: list[str] | None, quotes: int = 4,
            as_of: str | None = None) -> None:
    """Facts as JSON or with their words; of states about which there are none what that rests on."""
    rows = found[:limit] if limit else found
    if as_json:
        print_json([f.as_json() for f in rows])
        return
    from dragoman import terminal_record

    terminal_record.facts(record, rows, quotes, as_of)
    if not rows and state:
        terminal_record.silence(record, state_codes(state))


def facts(
    kind: Annotated[str, typer.Argument(help="contact, commitment, instrument, membership, mission, office, series, person, organization, "
                                             "place or conflict.")],
    state: States = None,
    person: Person = None,
    since: Since = None,
    until: Until = None,
    outlet: Outlet = None,
    document: Document = None,
    min_confidence: Sure = 0.0,
    modality: Modality = None,
    about: Annotated[str | None, typer.Option("--about", help="Only what rests on words that hold these, as in search.")] = None,
    known: Known = None,
    by: By = "published",
    limit: Limit = 0,
    as_json: Json = False,
) -> None:
    """List facts: what claims of many documents say together, each with its sources and what they differ on."""
    from dragoman import rooms

    if kind not in rooms.kinds():
        stop(f"No kind of fact {kind!r}. Kinds are: {', '.join(sorted(rooms.kinds()))}.", 2)
    with opened() as record:
        found = record.facts(kind, states=state_codes(state), person=person, since=edtf(since, "--since"), until=edtf(until, "--until"),
                             outlet=outlet, document=document, min_confidence=min_confidence, modality=modality, about=about,
                             known=edtf(known, "--known"), by=by)
        _listed(record, found, limit, as_json, state, as_of=edtf(known, "--known"))


def conflicts(
    state: States = None,
    all_: Annotated[bool, typer.Option("--all", help="What only looks like a conflict too: roundings, later revisions.")] = False,
    limit: Limit = 0,
    as_json: Json = False,
) -> None:
    """List claims that cannot all hold, with the arithmetic, and which the others support."""
    with opened() as record:
        _listed(record, record.conflicts(all=all_, states=state_codes(state)), limit, as_json, state)


def entities(
    state: States = None,
    doubtful: Annotated[bool, typer.Option("--doubtful", help="Only those that may be one with another.")] = False,
    kind: Annotated[str | None, typer.Option("--kind", "-k", help="Only `person`, `organization` or `place`.")] = None,
    person: Person = None,
    limit: Limit = 0,
    as_json: Json = False,
) -> None:
    """List persons, organisations and places across documents, with their spellings, and why these are taken for one."""
    if kind not in (None, "person", "organization", "place"):
        stop(f"No kind of entity {kind!r}. It is person, organization or place.", 2)
    with opened() as record:
        found = record.entities(doubtful=doubtful, kind=kind, states=state_codes(state), person=person)
        _listed(record, found, limit, as_json, state, quotes=0)


def who(
    position: Annotated[str, typer.Argument(help="The office, such as \"prime minister\" or \"minister of trade\".")],
    place: Annotated[str, typer.Argument(metavar="STATE", help="The state by code or name, or the name of a body.")],
    on: Annotated[str | None, typer.Option("--on", help="On this day (EDTF: 2022-03-01, 2022-03); else the last holder known.")] = None,
    known: Annotated[str | None, typer.Option("--known", help="As it followed from what was known on this day.")] = None,
    by: By = "published",
    as_json: Json = False,
) -> None:
    """Print who held an office on a day, with the words that say so; else who is known before and after.

    Ends with 1 if nobody is known to have held it then.
    """
    from dragoman.reference import states

    with opened() as record:
        found = record.who(position, states.code(place) or place, on=edtf(on, "--on"), known=edtf(known, "--known"), by=by)
    if as_json:
        print_json(found.as_json())
    else:
        from dragoman import terminal_facts

        terminal_facts.answer(found)
    if not found.holders:
        raise typer.Exit(1)


def coverage(
    state: Annotated[list[str], typer.Argument(metavar="STATE", help="A state by code or name; given twice, both together.")],
    as_json: Json = False,
) -> None:
    """Print what the record rests on for a state or a pair: documents and outlets by month, the newest, months without any."""
    with opened() as record:
        found = record.coverage(*state_codes(state))
    if as_json:
        print_json(asdict(found))
        return
    from dragoman import terminal_facts

    terminal_facts.coverage(found)


def flow(
    a: Annotated[str, typer.Argument(metavar="STATE", help="A state by code or name.")],
    b: Annotated[str, typer.Argument(metavar="STATE", help="The other state.")],
    as_json: Json = False,
) -> None:
    """Print what passed between two states month by month: cooperation and conflict, contacts by level, and documents behind them."""
    first, second = state_codes([a, b])
    with opened() as record:
        found = record.flow(first, second)
    if as_json:
        print_json(asdict(found))
        return
    from dragoman import terminal_record

    terminal_record.flow(found)


def changes(
    file: Annotated[str | None, typer.Argument(help="The name that a text came in under, or a document's id.")] = None,
    since: Annotated[str | None, typer.Option("--since", help="Instead of a text: what documents after this day brought.")] = None,
    state: States = None,
    by: By = "published",
    as_json: Json = False,
) -> None:
    """Print what changed: in one text from version to version, or in the record since a day.

    With --since it lists what is new, changed, contradicted, fulfilled or missed.
    """
    if (file is None) == (since is None):
        stop("Give a text to compare its versions, or --since DAY for what is new in the record.", 2)
    with opened() as record:
        if file is not None:
            from dragoman import terminal_texts

            rows = list(record.changes(file))
            print_json([r.as_json() for r in rows]) if as_json else terminal_texts.changes(rows)
            return
        found = list(record.news(edtf(since, "--since"), states=state_codes(state), by=by))
        if as_json:
            print_json([n.as_json() for n in found])
            return
        from dragoman import terminal_record

        terminal_record.news(record, found)


def check_claim(
    sentence: Annotated[str, typer.Argument(help="A sentence, such as \"trade reached $20 billion in 2021\".")],
    state: States = None,
    on: Annotated[str | None, typer.Option("--on", help="The day on which it is said, for \"last year\"; else today.")] = None,
    as_json: Json = False,
) -> None:
    """Print what the record says to a sentence: supported, contradicted with the arithmetic, or nothing found, with citations.

    Ends with 1 if nothing was found.
    """
    with opened() as record:
        found = list(record.check_claim(sentence, states=state_codes(state), on=edtf(on, "--on")))
        if as_json:
            print_json([v.as_json() for v in found])
        else:
            from dragoman import terminal_record

            terminal_record.verdicts(record, found)
    if all(v.found == "nothing found" for v in found):
        raise typer.Exit(1)


def dated(document: Annotated[str, typer.Argument(help="A document's id or file name.")], as_json: Json = False) -> None:
    """Print when a document without a date was written, by its own words and by the offices that it names.

    Ends with 1 if nothing bounds it.
    """
    with opened() as record:
        found = record.dated(document)
    if as_json:
        print_json(asdict(found) if found else None)
    else:
        from dragoman import terminal_record

        terminal_record.dated(found)
    if found is None:
        raise typer.Exit(1)


COMMANDS = (facts, conflicts, entities, who, coverage, flow, changes, check_claim, dated)

"""POLECAT's weekly file: 40 tab-separated columns with a header, a row for each pair of sides of an event that happened."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping

from dragoman.exchange import events, titles
from dragoman.model.claims import ActorRef
from dragoman.model.exporting import Bundle
from dragoman.reference import plover, state_numbers, states

NAME = "polecat"
CARRIES = ("event",)
SUFFIX = ".polecat.txt"
MEDIA = "text/tab-separated-values"
CANNOT = ("quotations, commitments, figures, the place in the text, the chain of who says so, denied and possible events, the day of "
          "what is planned, a date less exact than a day (its first day is written), intensity, coordinates, Wikipedia's ids and the "
          "names in the story (left blank: the record does not have them by event); titles where no office is known for the day")
COLUMNS = (
    "Event ID", "Event Date", "Event Type", "Event Mode", "Intensity", "Quad Code", "Contexts", "Actor Name", "Actor Country", "Actor COW",
    "Primary Actor Sector", "Actor Sectors", "Actor Title", "Actor Name Raw", "Wikipedia Actor ID", "Recipient Name", "Recipient Country",
    "Recipient COW", "Primary Recipient Sector", "Recipient Sectors", "Recipient Title", "Recipient Name Raw", "Wikipedia Recipient ID",
    "Placename", "City", "District", "Province", "Country", "Latitude", "Longitude", "GeoNames ID", "Raw Placename", "Feature Type",
    "Source", "Publication Date", "Story People", "Story Organizations", "Story Locations", "Language", "Version",
)  # fmt: skip


def write(bundle: Bundle) -> Iterator[str]:
    """The header and the rows, by day."""
    yield "\t".join(COLUMNS)
    held = titles.Titles(bundle.offices)
    for told in events.together(bundle):
        for source, recipient in events.pairs(told.event):
            yield "\t".join(" ".join(str(cell).split()) for cell in _row(told, source, recipient, held, bundle))


def left_out(bundle: Bundle) -> Mapping[str, int]:
    """Events without any day, and those that did not happen."""
    return events.left_out(bundle, not_yet=True)


def _row(told: events.Told, source: ActorRef | None, recipient: ActorRef | None, held: titles.Titles, bundle: Bundle) -> list[str]:
    event, document = told.event, told.rows[0].document
    place, country = (event.place.name, event.place.state) if event.place else ("", None)
    first, second = (_side(a, held.of(a, told.day.first)) for a in (source, recipient))
    sides = "|".join(a.id or a.name or "" for a in (source, recipient) if a)
    return [
        f"{told.number:015d}-{hashlib.sha256(sides.encode()).hexdigest()[:6]}", told.day.first, event.event_type, event.mode or "", "",
        plover.quad_name(event.event_type), ";".join(event.context), *first, *second, place, place, "", "",
        plover.state(country) if country else "", "", "", "", place, "", document.outlet or document.url or document.file,
        document.published or "", "", "", "", document.language, f"dragoman {bundle.versions.get('dragoman', '')}".strip(),
    ]  # fmt: skip


def _side(actor: ActorRef | None, title: str) -> list[str]:
    """Name, country, COW number, sector twice, title, the words of the text, and an id that is not known."""
    if actor is None:
        return [""] * 8
    code = plover.state(actor.state) if actor.state else plover.organization(actor.id or "", events.kind(actor)) if actor.id else ""
    sector = plover.sector(actor.position or title) if actor.state else ""
    of_state = actor.id == f"state:{actor.state}" or not actor.name
    name = (states.short_name(actor.state or "") if of_state else None) or events.name(actor)
    return [name, code, state_numbers.of(actor.state).cow_number, sector, sector, title or actor.position or "", actor.mention or "", ""]

"""Copies are known by their wording, and near misses are not copies."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from made import one

from dragoman import documents, sources
from dragoman.documents import duplicates
from dragoman.model.documents import Document, Raw

PARAGRAPHS = [
    "The ministers of ports of Freedonia and Sylvania met on the pier of Port Lister and spoke for two hours about grain and ferries.",
    "Minister Ola Tarkan said that the harbour had been dredged in spring and that ships of eighty thousand tonnes could now call there.",
    "His guest, Tom Ash, replied that the railways of his country would lay a second track as soon as a loan of forty million was granted.",
    "The two also visited the crane which fell into the sea during the storm of last winter and which nobody has lifted out since then.",
    "A joint company is to run three ferries a day between the two capitals, beginning in the autumn, at a price of eleven crowns a seat.",
    "The governor of Ostrovia gave a dinner in the evening, at which both ministers sang, and the delegation left by train at midnight.",
]
TEXT = "\n\n".join(PARAGRAPHS)


def alike(a: str, b: str) -> float:
    return duplicates.similarity(duplicates.signature(a), duplicates.signature(b))


def test_the_same_text_and_lightly_edited_copies() -> None:
    assert alike(TEXT, TEXT) == 1.0
    assert alike(TEXT, "\n\n".join(PARAGRAPHS[:-1])) >= duplicates.COPY
    assert alike(TEXT, "Another headline for it\n\nBy our staff\n\n" + TEXT.replace("two hours", "three hours")) >= duplicates.COPY
    assert alike(TEXT, "\n\n".join(PARAGRAPHS[:4])) >= duplicates.COPY
    assert alike(TEXT.upper(), TEXT) == 1.0


def test_near_misses() -> None:
    other = ("Ola Tarkan, the minister of ports, received Tom Ash on Monday. They discussed the ferries between the capitals and the "
             "second track, "
             "for which Sylvania seeks a loan. A crane lost in a storm was inspected. In the evening the governor of Ostrovia gave a "
             "dinner.")
    assert alike(TEXT, other) < 0.3
    form = ("On {day} the Minister of Ports, Ola Tarkan, received the newly appointed Ambassador of {state} to Freedonia, {name}, who "
            "presented copies "
            "of {his} letters of credence. The Minister congratulated {name} and wished {him} success in {his} mission. The sides "
            "discussed {a} and {b}. "
            "The Ambassador thanked the Minister for the warm welcome and expressed readiness to strengthen ties between {state} and "
            "Freedonia.")
    one_, two = (form.format(day=d, state=s, name=n, his=h, him=m, a=a, b=b) for d, s, n, h, m, a, b in (
        ("9 March", "Sylvania", "Tom Ash", "his", "him", "railways", "the second track to the border"),
        ("4 July", "Ostrovia", "Nela Brook", "her", "her", "fisheries quotas", "a school for pilots")))
    assert alike(one_, two) < duplicates.COPY


def test_empty_and_short_texts() -> None:
    assert alike("", TEXT) == 0.0
    assert alike("", "") == 0.0
    assert alike("one two", "one two") == 1.0
    assert alike("one two", "three four") < 0.5


def test_which_is_the_original() -> None:
    wire = replace(one(TEXT), published="2024-03-09", outlet_kind="agency")
    portal = replace(one("Pier\n\n" + TEXT), published="2024-03-09", outlet_kind="newspaper")
    late = replace(portal, published="2024-03-10", outlet_kind="agency")
    undated = replace(portal, published=None)
    assert duplicates.original(portal, wire) is wire
    assert duplicates.original(late, portal) is portal
    assert duplicates.original(undated, late) is late


def test_the_examples(root: Path) -> None:
    found = {d.source.file: d for raw in sources.find([root / "examples"]) if isinstance(raw, Raw)
             for d in documents.read(raw) if isinstance(d, Document)}
    wire, portal = found["02-agency-wire.txt"], found["03-news-portal-copy.html"]
    assert found["wire-as-received.txt"].id == wire.id
    assert duplicates.similarity(duplicates.of(wire), duplicates.of(portal)) >= duplicates.COPY
    assert duplicates.original(portal, wire) is wire
    rest = [d for d in found.values() if d.source.file not in ("02-agency-wire.txt", "03-news-portal-copy.html", "wire-as-received.txt")]
    assert max(duplicates.similarity(duplicates.of(a), duplicates.of(b)) for a in rest for b in rest if a is not b) < 0.5

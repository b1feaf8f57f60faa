"""Wikidata's QuickStatements (version 1, tab-separated): offices and memberships, each with the sources that state it.

A person becomes a new item (CREATE), since the record knows no items of persons: who is in Wikidata already is put in its place by hand.
An end that no source states is never written; nor is a start on which sources differ, or one known only as "by that day".
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from dragoman.exchange.write import telling
from dragoman.model import time
from dragoman.model.exporting import Bundle
from dragoman.model.members import Belonging, Role
from dragoman.model.offices import Bound, Chain, Occupancy
from dragoman.model.stored import DocumentRow
from dragoman.reference import state_codes

NAME = "quickstatements"
CARRIES = ("office", "membership", "facts")
SUFFIX = ".qs.txt"
MEDIA = "text/tab-separated-values"
CANNOT = "all but offices and memberships; ends that no source states; starts on which sources differ or that are bounds only"

PRECISION = {"day": "11", "month": "10", "year": "9"}
CIRCA = ("P1480", "Q5727902")
MEMBER = ("member", "founding member")
REFERENCES = 5  # of one statement


def write(bundle: Bundle) -> Iterator[str]:
    """The commands, a person with all offices after the other, then memberships."""
    yield from _commands(bundle, Counter())


def left_out(bundle: Bundle) -> Mapping[str, int]:
    """How many offices and memberships are not written, by reason."""
    reasons: Counter[str] = Counter()
    for _ in _commands(bundle, reasons):
        pass
    return dict(sorted(reasons.items()))


def _commands(bundle: Bundle, reasons: Counter[str]) -> Iterator[str]:
    held: dict[str, list[tuple[Occupancy, list[DocumentRow]]]] = {}
    belongings: list[tuple[Belonging, list[DocumentRow]]] = []
    for told in telling.with_claims(bundle, ("office", "membership")):
        fact = told.fact
        if isinstance(fact, Chain):
            for one in fact.occupancies:
                held.setdefault(one.person.id, []).append((one, telling.sources(told.claims(one.claims))))
        else:
            cited = (c for r in fact.roles if _is_member(r) for c in r.claims)
            belongings.append((fact, telling.sources(told.claims(cited))))
    for occupancies in held.values():
        yield from _person(occupancies, reasons)
    for belonging, documents in belongings:
        yield from _membership(belonging, documents, reasons)


def _person(occupancies: list[tuple[Occupancy, list[DocumentRow]]], reasons: Counter[str]) -> Iterator[str]:
    person, first = occupancies[0][0].person, occupancies[0][0].position
    lines = [line for one, documents in occupancies if (line := _office(one, documents, reasons))]
    if not lines or not person.name:
        return
    yield "CREATE"
    yield _row("LAST", "Len", _text(person.name))
    yield _row("LAST", "Den", _text(f"{telling.post(first.name)}{f' of {telling.state(first.state)}' if first.state else ''}"))
    yield from (_row("LAST", "Aen", _text(name)) for name in person.names if name != person.name)
    yield _row("LAST", "P31", "Q5")
    yield from lines


def _office(one: Occupancy, documents: list[DocumentRow], reasons: Counter[str]) -> str | None:
    item = _item_of_office(one.position.name)
    references = _references(documents)
    why = ("planned or denied offices" if one.modality != "actual" else "holders not named" if not one.person.name else
           "offices without a known item in Wikidata" if item is None else "offices of bodies" if one.position.organization else
           "offices without a source that can be cited (no title and no address)" if not references else None)
    if why is not None or item is None:
        reasons[why or ""] += 1
        return None
    state = state_codes.wikidata(one.position.state)
    qualifiers = ["P1932", _text(telling.post(one.position.name))] + (["P1001", state] if state else [])
    stated = [b for b in one.ends if set(b.claims) & set(one.claims)]
    dates = _date("P580", one.starts) + _date("P582", stated)
    if not dates:  # a day on which a source has the person in office
        dates = [part for day in one.observed if time.precision(day) == "day" for part in ("P585", _moment(day) or "")][:2]
    differ = "; sources differ on the dates" if len(one.starts) > 1 or len(stated) > 1 else ""
    return _row("LAST", "P39", item, *qualifiers, *dates, *references) + f" /* {one.id}{differ} */"


def _is_member(role: Role) -> bool:
    return role.role in MEMBER and role.how in ("since", "during", "seen", "left")


def _membership(fact: Belonging, documents: list[DocumentRow], reasons: Counter[str]) -> Iterator[str]:
    member, body = state_codes.wikidata(fact.member), _items()["organizations"].get(fact.organization_id or "")
    actual = any(map(_is_member, fact.roles)) and not fact.status.startswith("not ")
    references = _references(documents)
    why = ("members that are no state" if member is None else "organisations without a known item in Wikidata" if body is None else
           "observers, partners, candidates, and memberships planned or denied" if not actual else
           "memberships without a source that can be cited (no title and no address)" if not references else None)
    if why is not None or member is None or body is None:
        reasons[why or ""] += 1
        return
    dates = [p for prop, day in (("P580", fact.since), ("P582", fact.until)) if day for p in _date(prop, [Bound(day, ())])]
    yield _row(member, "P463", body, *dates, *references) + f" /* {fact.id} */"


# ---------------------------------------------------------------- parts of a line


@cache
def _items() -> dict[str, Any]:
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    found: dict[str, Any] = yaml.load(Path(__file__).with_suffix(".yml").read_text(encoding="utf-8"), Loader=loader)
    return found


def _item_of_office(name: str) -> str | None:
    """The class of an office: its own, else that of ministers or ambassadors."""
    table = _items()
    own: str | None = table["positions"].get(name)
    if own is None and name.startswith(("minister of ", "minister for ")):
        return str(table["minister"])
    return str(table["ambassador"]) if own is None and name.startswith("ambassador to ") else own


def _date(prop: str, bounds: Iterable[Bound]) -> list[str]:
    """A date as a qualifier, with `circa` where it is approximate; nothing where there are several or it is a bound."""
    days = [b.date for b in bounds]
    moment = _moment(days[0]) if len(days) == 1 else None
    if moment is None:
        return []
    return [prop, moment, *(CIRCA if days[0][-1] in "~?%" else ())]


def _moment(edtf: str) -> str | None:
    """`+2022-01-11T00:00:00Z/11`; None for a span, a bound or a season.

    >>> _moment("2022-01"), _moment("../2022")
    ('+2022-01-00T00:00:00Z/10', None)
    """
    precision = PRECISION.get(time.precision(edtf)) if "/" not in edtf and time.is_edtf(edtf) else None
    if precision is None:
        return None
    parts = [*edtf.rstrip("~?%").split("-"), "00", "00"][:3]
    return f"+{'-'.join(parts)}T00:00:00Z/{precision}"


def _references(documents: Iterable[DocumentRow]) -> list[str]:
    """The sources of a statement: address and when it was read, else title; each a reference of its own."""
    out: list[str] = []
    for k, document in enumerate(documents):
        source: list[str] = []
        if document.url and telling.is_address(document.url):
            source += ["S854", _text(document.url), "S813", _moment(document.read_at[:10]) or ""]
        if document.title:
            source += ["S1476", f"{document.language.split('-')[0]}:{_text(document.title)}"]
        if source and document.published and (published := _moment(document.published)):
            source += ["S577", published]
        if source and k < REFERENCES:
            out += ["!" + source[0] if out else source[0], *source[1:]]
    return out


def _text(words: str) -> str:
    return '"' + telling.one_line(words).replace('"', "'").replace("/*", "/ *").replace("*/", "* /") + '"'


def _row(*cells: str) -> str:
    return "\t".join(cells)

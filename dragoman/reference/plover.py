"""PLOVER's ontology: categories, quad classes, modes, contexts; and CAMEO's codes beside it, both ways."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import yaml

_HERE = Path(__file__).parent


class Cameo(NamedTuple):
    """One way from PLOVER to CAMEO: the code's name, Goldstein's value for it, and why it was taken where that is not plain.

    made_of  the kind of claim that the event follows from, where that decides
    """

    event_type: str
    mode: str
    context: str
    made_of: str
    cameo: str
    goldstein: float
    name: str
    why: str


@cache
def _sheet() -> dict[str, Any]:
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    return dict(yaml.load((_HERE / "plover.yml").read_text(encoding="utf-8"), Loader=loader))


@cache
def table() -> tuple[Cameo, ...]:
    """All ways from PLOVER to CAMEO; of two with one code the first is the way back."""
    with (_HERE / "cameo.csv").open(encoding="utf-8", newline="") as rows:
        return tuple(Cameo(**row | {"goldstein": float(row["goldstein"])}) for row in csv.DictReader(rows))  # type: ignore[arg-type]


def categories() -> tuple[str, ...]:
    """The sixteen categories."""
    return tuple(_sheet()["categories"])


def quad(event_type: str) -> int:
    """The quad class, 1 to 4: verbal and material cooperation, verbal and material conflict."""
    return int(_sheet()["categories"][event_type]["quad"])


def quad_name(event_type: str) -> str:
    """The quad class in words: "VERBAL COOPERATION"."""
    return str(_sheet()["quads"][quad(event_type) - 1])


def modes(event_type: str) -> tuple[str, ...]:
    """The modes of a category."""
    return tuple(_sheet()["categories"][event_type].get("modes", ()))


def contexts() -> tuple[str, ...]:
    """The contexts."""
    return tuple(_sheet()["contexts"])


def auxiliary(modality: str) -> str | None:
    """PLOVER's auxiliary mode for what is not an actual event: planned -> future."""
    found: str | None = _sheet()["auxiliary"].get(modality)
    return found


def modality(mode: str) -> str | None:
    """What an auxiliary mode stands for here: future -> planned."""
    return {v: k for k, v in _sheet()["auxiliary"].items()}.get(mode)


def today(category: str) -> tuple[str, str | None]:
    """A category, older ones under their name of today, with the mode that says the same; empty where it is none.

    >>> today("INVESTIGATE"), today("consult"), today("GREET")
    (('ACCUSE', 'investigate'), ('CONSULT', None), ('', None))
    """
    name = category.strip().upper()
    if name in _sheet()["categories"]:
        return name, None
    older = [*_sheet()["older"].get(name, [""]), None]
    return older[0], older[1]


def state(code: str, scheme: str = "plover_states") -> str:
    """A state under the code of PLOVER (`plover_states`) or CAMEO (`cameo_states`)."""
    return str(_sheet()[scheme].get(code, code))


def iso(code: str) -> str:
    """ISO alpha-3 of a state's code in PLOVER or CAMEO."""
    codes: dict[str, str] = {v: k for scheme in ("plover_states", "cameo_states") for k, v in _sheet()[scheme].items()}
    return codes.get(code, code)


def organization(identifier: str, kind: str | None) -> str:
    """The code of an organisation by its id (`org:un`) and type: UNO, EUR, IGO, NGO, MNC."""
    short = identifier.removeprefix("org:")
    return str(_sheet()["groups"].get(short) or _sheet()["organizations"].get(kind or "", "IGO"))


def known_group(identifier: str) -> str:
    """CAMEO's code of a known group; empty where it has none that is sure."""
    return str(_sheet()["known_groups"].get(identifier.removeprefix("org:"), ""))


def group(code: str, scheme: str = "groups") -> str | None:
    """The id of the organisation behind a code of PLOVER (`groups`) or CAMEO (`known_groups`): UNO -> org:un."""
    codes = {v: k for k, v in _sheet()[scheme].items()}
    return f"org:{codes[code]}" if code in codes else None


def region(code: str) -> bool:
    """Whether a code stands for a region or a kind of actor and not for a state."""
    return code in _sheet()["regions"]


def sector(position: str | None) -> str:
    """The sector of who holds a position; GOV where no word of it tells another."""
    words = (position or "").casefold()
    return next((code for word, code in _sheet()["sectors"].items() if word in words), "GOV")


def to_cameo(event_type: str, mode: str | None, contexts: Iterable[str] = (), made_of: str = "") -> Cameo:
    """The CAMEO code of an event: the one that tells most, else that of the category.

    >>> to_cameo("CONSULT", "visit").cameo
    '042'
    """
    some = set(contexts)
    fits = [
        way for way in table()
        if way.event_type == event_type and way.mode in ("", mode or "") and (not way.context or way.context in some)
        and way.made_of in ("", made_of)
    ]  # fmt: skip
    return max(fits, key=lambda way: (bool(way.mode), bool(way.made_of), bool(way.context)))


def from_cameo(code: str) -> Cameo | None:
    """The PLOVER event of a CAMEO code or of the code above it; None for statements and appeals (01, 02), which PLOVER does not code."""
    ways = {way.cameo: way for way in reversed(table())}
    tries = [code[:n] for n in range(len(code), 1, -1)] + [code[:2] + "0"]
    return next((ways[part] for part in tries if part in ways), None)

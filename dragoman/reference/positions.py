"""The world's offices: the forms that texts use, their canonical names, and the words that portfolios are made of."""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import yaml

_HERE = Path(__file__)
_LINKS = {"of", "in", "at", "to", "for", "without", "extraordinary", "plenipotentiary", "general", "elect", "designate", "emeritus", "ad"}
_IRREGULAR = {"man": "men", "charge": "charges"}


class Form(NamedTuple):
    """One way to write an office.

    name    canonical, plain lower-case English
    case    how it must stand: `a` any; `C` capital; `U` capitals; `m` capitals but the ending; `d` lower case only after a
            determiner or the like; `s` lower case only with a complement; `r` only before a name; `h` only with a complement;
            `g` only after "the" (a guest)
    gender  that the title itself tells
    takes   `t` may stand before a name, `p` a portfolio after it, `l` one before it, `r` a region ("for the Sahel"),
            `c` a place, `D` a department, `A` "to the President", `e` not yet in office, `P` a plural, `S` no plural
    state   ISO alpha-3 of the only state that has the office under that name
    """

    name: str
    case: str
    gender: str | None
    takes: str
    plural: bool
    state: str | None


@cache
def forms() -> dict[str, Form]:
    """Every form, lower case with plain spaces for hyphens, plurals included."""
    out: dict[str, Form] = {}
    with _HERE.with_suffix(".csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            form = Form(row["name"], row["case"], row["gender"] or None, row["takes"], "P" in row["takes"], row["state"] or None)
            out[row["form"]] = form
            if not form.plural and not set("Se") & set(form.takes) and form.case not in "Ug":
                out.setdefault(_plural(row["form"]), form._replace(plural=True))
    return out


@cache
def words() -> dict[str, Any]:
    """The word lists: `portfolio`, `former`, `acting`, `qualifiers` and the rest as sets, `canonical` as a mapping."""
    loader = getattr(yaml, "CBaseLoader", yaml.BaseLoader)  # "no", "on" and "yes" are words here
    sheet = yaml.load(_HERE.with_suffix(".yml").read_text(encoding="utf-8"), Loader=loader)
    return {k: frozenset(map(str, v)) if isinstance(v, list) else v for k, v in sheet.items()}


def _plural(form: str) -> str:
    """The plural of a form: the head word takes it ("ministers of state", "vice presidents")."""
    parts = form.split()
    head = next((k - 1 for k, w in enumerate(parts) if k and w in _LINKS), len(parts) - 1)
    if parts[0] in ("lieutenant", "major", "brigadier", "colonel") and parts[-1] == "general":
        head = len(parts) - 1
    word = parts[head]
    if word.endswith("man") and word not in ("ottoman",):
        word = word[:-3] + "men"
    elif word.endswith("y") and word[-2] not in "aeo":
        word = word[:-1] + "ies"
    elif word.endswith(("s", "ch", "sh")) and word not in ("patriarch", "monarch"):
        word += "es"
    else:
        word += "s"
    return " ".join([*parts[:head], word, *parts[head + 1 :]])

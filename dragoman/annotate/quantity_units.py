"""Units beside a number: currencies before and after it, percent, physical units, lengths of time."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from dragoman.reference import currencies, units

PERCENT = re.compile(
    r"[ \n\u00a0\u202f]?[%‰％](?:[ -]points?)?|[ \n\u00a0-](?:per[ -]?cent(?:age)?(?:[ \n-]points?)?|p\.\s?p\.|pp|pct|percentage[ "
    r"\n-]points?|pps|prozent)(?![\w])",
    re.I,
)
_GAP = r"[ \n\u00a0\u202f-]{1,2}"
_ADJECTIVES_OF_MONEY = {"us", "u.s.", "american", "united states"}


class Unit(NamedTuple):
    """A unit found beside a number; `factor` multiplies the number, `end` is where the unit ends."""

    unit: str
    end: int
    factor: float = 1.0
    duration: bool = False
    money: bool = False


@cache
def symbols() -> tuple[str, frozenset[str]]:
    """The pattern of what may stand before an amount (symbols, codes), and those that need a state of the text to count."""
    table = currencies.table()
    signs = [s for s in table.symbols if not s.isalpha()]
    letters = [s for s in table.symbols if s.isalpha()]
    risky = frozenset(
        s
        for s in letters
        if len(s) < 2
        or s
        in (
            "DA",
            "MT",
            "LE",
            "RO",
            "Fr",
            "Br",
            "MK",
            "LL",
            "KM",
            "DT",
            "BD",
            "LD",
            "KD",
            "FC",
            "FG",
            "JD",
            "UM",
            "Bs",
            "Nu",
            "Ar",
            "Vt",
            "Ft",
        )
    )
    pattern = "|".join(re.escape(s) for s in sorted([*signs, *letters, *table.codes], key=len, reverse=True))
    return pattern, risky


@cache
def _money_after() -> re.Pattern[str]:
    table = currencies.table()
    adjectives = "|".join(re.escape(a).replace(r"\ ", r"[ \n]") for a in sorted(table.adjectives, key=len, reverse=True))
    words = "|".join(re.escape(w) for w in sorted(table.words, key=len, reverse=True))
    codes = "|".join(sorted(table.codes))
    cfa = r"(?:(?:west|central)[ \n]african[ \n])?(?:f\.?[ \n]?cfa|cfa[ \n]?francs?|francs?[ \n]cfa|fcfa|cfa)"
    euro = "|".join(
        re.escape(s)
        for s in sorted((s for s in table.symbols if not s.isalnum() or s in ("Kč", "Ft", "kr", "RMB", "TL", "KM")), key=len, reverse=True)
    )
    return re.compile(
        rf"{_GAP}(?:(?P<cfa>{cfa})|(?:(?P<adjective>{adjectives})[ \n-])?(?P<word>{words})|(?P<code>(?-i:{codes})))(?![\w])|[ "
        rf"\n\u00a0]?(?P<symbol>(?-i:{euro}))(?![\w$])",
        re.I,
    )


@cache
def _physical() -> re.Pattern[str]:
    table = units.table()
    found = "|".join(re.escape(w).replace(r"\ ", r"[ \n]") for w in sorted(table, key=len, reverse=True))
    near = "km²|km2|km|m²|m2|m³|m3|m|MW|GW|kW|MWh|GWh|TWh|kWh|kV|kg|t|ha|bcm|Mt|kt|cm|h"
    lead = "metric|long|short|further|more|additional|full|whole|consecutive|calendar|working|academic|fiscal|other"
    return re.compile(
        rf"{_GAP}(?:(?:{lead})[ \n])?(?P<far>{found})(?![\w'’])|(?P<near>(?:{near}))(?![\w²³])",
        re.I,
    )


_RATES = re.compile(
    r"[ \n](?:per|an?|each|every)[ \n](day|year|annum|month|week|hour|capita|head|person|ton|tonne|barrel|hectare|litre|liter|kilo"
    r"|kilogram|kwh|mwh)\b",
    re.I,
)


def before(symbol: str, states: Sequence[str], home: str | None) -> str | None:
    """The currency of what stands before a number, or None when it is something else."""
    table = currencies.table()
    if symbol in table.codes and symbol not in table.symbols:
        return symbol
    _, risky = symbols()
    found = table.by_symbol(symbol, states, home)
    if symbol in risky:
        owners = [c for c in table.symbols[symbol] if any(s in table.states[c] for s in states) or home in table.states[c]]
        return owners[0] if owners else None
    return found


def money_after(text: str, pos: int, end: int, states: Sequence[str], home: str | None) -> Unit | None:
    """The currency named right after a number: word with its adjective, code, or symbol."""
    m = _money_after().match(text, pos, end)
    if not m:
        return None
    table = currencies.table()
    if m["cfa"]:
        order = [s for s in (home, *states) if s]
        central = "central" in m["cfa"].lower() or next(
            (s in table.states["XAF"] for s in order if s in table.states["XAF"] | table.states["XOF"]), False
        )
        return Unit("XAF" if central and "west" not in m["cfa"].lower() else "XOF", m.end(), money=True)
    if m["code"]:
        return Unit(m["code"], m.end(), money=True)
    if m["symbol"]:
        code = before(m["symbol"], states, home)
        return Unit(code, m.end(), money=True) if code else None
    word, adjective = m["word"].lower(), " ".join(m["adjective"].split()) if m["adjective"] else None
    if word in ("dollar", "dollars") and not adjective and home in table.own_dollar and "USA" not in states:
        return Unit(table.own_dollar[home or ""], m.end(), money=True)
    if (
        word
        in (
            "sum",
            "real",
            "sol",
            "colon",
            "mark",
            "marks",
            "lei",
            "lev",
            "crown",
            "crowns",
            "pound",
            "pounds",
            "won",
            "zig",
            "new",
            "som",
            "sums",
        )
        and not adjective
    ):
        code = table.by_word(word, None, [s for s in (home, *states) if s])
        owners = [c for c in table.words[word] if any(s in table.states[c] for s in (home, *states) if s)]
        return (
            Unit(owners[0] if owners and code not in owners else code or "", m.end(), money=True)
            if owners or (word in ("lei", "pound", "pounds", "crowns") and code)
            else None
        )
    code = table.by_word(word, adjective, [s for s in (home, *states) if s])
    return Unit(code, m.end(), money=True) if code else None


def physical_after(text: str, pos: int, end: int, digits: bool) -> Unit | None:
    """The physical unit or length of time right after a number."""
    m = _physical().match(text, pos, end)
    if not m:
        return None
    word = m["far"] or m["near"]
    table = units.table()
    flat = " ".join(word.split())
    unit = table.get(flat) or (table.get(flat.lower()) if len(flat) > 2 else None)
    if unit is None or (unit.digits_only and not digits):
        return None
    if unit.symbol in ("bbl", "bbl/d") and (rate := _RATES.match(text, m.end(), end)) and rate[1].lower() == "day":
        return Unit("bbl/d", m.end())
    return Unit(unit.symbol, m.end(), unit.factor, unit.duration)

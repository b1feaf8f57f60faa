"""Currencies: which code a word, an adjective or a symbol stands for, as the states of a text settle it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml


@dataclass(frozen=True, slots=True)
class Currencies:
    """The table; words and adjectives are folded to lower case, symbols and codes are as written.

    words       unit word -> codes that use it
    adjectives  adjective -> codes
    symbols     symbol -> codes, the likeliest first
    states      code -> states where it is legal tender
    defaults    shared word -> code where nothing settles it
    own_dollar  state -> code that its own texts may mean by a bare "$"
    """

    codes: frozenset[str]
    words: dict[str, tuple[str, ...]]
    adjectives: dict[str, tuple[str, ...]]
    symbols: dict[str, tuple[str, ...]]
    states: dict[str, frozenset[str]]
    defaults: dict[str, str]
    own_dollar: dict[str, str]

    def by_word(self, word: str, adjective: str | None, states: Sequence[str]) -> str | None:
        """The code of a unit word: by its adjective, else by the states in order, else the default; None when open."""
        codes = self.words.get(word.lower(), ())
        if adjective:
            named = [c for c in self.adjectives.get(adjective.lower(), ()) if c in codes]
            if named:
                return named[0]
        if len(codes) == 1:
            return codes[0]
        default = self.defaults.get(word.lower())
        if default == "USD":
            return default
        return self._by_state(codes, states) or default

    def by_symbol(self, symbol: str, states: Sequence[str], home: str | None = None) -> str | None:
        """The code of a symbol; a bare "$" is the home state's own dollar only where no party uses the US dollar."""
        codes = self.symbols.get(symbol, ())
        if symbol == "$":
            return self.own_dollar.get(home or "", "USD") if "USA" not in states else "USD"
        if len(codes) <= 1:
            return codes[0] if codes else None
        return self._by_state(codes, states) or codes[0]

    def _by_state(self, codes: tuple[str, ...], states: Sequence[str]) -> str | None:
        for state in states:
            for code in codes:
                if state in self.states[code]:
                    return code
        return None


@cache
def table() -> Currencies:
    """The world's currencies, loaded once."""
    path = Path(__file__).with_suffix(".yml")
    data = yaml.load(path.read_text(encoding="utf-8"), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    words: dict[str, list[str]] = {}
    adjectives: dict[str, list[str]] = {}
    symbols: dict[str, list[str]] = {s: list(codes) for s, codes in data["shared_symbols"].items()}
    for code, row in data["currencies"].items():
        for word in row["words"]:
            words.setdefault(word.lower(), []).append(code)
        for adjective in row.get("adjectives", ()):
            adjectives.setdefault(str(adjective).lower(), []).append(code)
        for symbol in row.get("symbols", ()):
            if code not in symbols.setdefault(symbol, []):
                symbols[symbol].append(code)
    return Currencies(
        codes=frozenset(data["currencies"]),
        words={k: tuple(v) for k, v in words.items()},
        adjectives={k: tuple(v) for k, v in adjectives.items()},
        symbols={k: tuple(v) for k, v in symbols.items()},
        states={code: frozenset(row["states"]) for code, row in data["currencies"].items()},
        defaults=dict(data["defaults"]),
        own_dollar=dict(data["own_dollar"]),
    )

"""The book's words: dates and amounts as the reader's locale writes them, names, and facts as sentences."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import Any

import yaml

from dragoman.model import time
from dragoman.model.claims import ActorRef
from dragoman.model.problems import DragomanError
from dragoman.model.saying import SEASONS, joined
from dragoman.reference import states
from dragoman.views import wording
from dragoman.views.visible import one_line

NOUNS = {"call": "telephone call", "video": "video conference", "talks": "talks"}
_OF = re.compile(r"\b(to|of|in|for) (?=[^ ])")
_OPEN, _CLOSE, _SINGLE = "“", "”", str.maketrans("“”", "‘’")
_WORD = re.compile(r"[^\W\d_]+")
_ENDED = re.compile("[.!?…][”’)]?$")
LONGEST = 60  # letters of one word
_LONG = re.compile(rf"\S{{{LONGEST + 1},}}")
_PIECE = re.compile(r"\d+|[^\W\d]+|\W+")
_DAY = re.compile(r"\b(\d{1,2}) (January|February|March|April|May|June|July|August|September|October|November|December) (\d{4})\b")
_NUMBER = re.compile(r"(?<![\w.,])(\d{1,3}(?:,\d{3})*(?:\.\d+)?)( (?:million|billion|trillion))?(?![\w-]|[.,]\d)")
_PERCENT = re.compile(r"(\d) %")
_SCALE = {" million": 1e6, " billion": 1e9, " trillion": 1e12, None: 1.0}


@cache
def sheet() -> dict[str, Any]:
    """The tables of book.yml."""
    found: dict[str, Any] = yaml.safe_load((Path(__file__).parent / "book.yml").read_text(encoding="utf-8"))
    return found | {"article": frozenset(found["article"].split())}


def state(code: str) -> str:
    """A state's name with its article: "the Philippines"; anything else as it is."""
    name = wording.state(code)
    return f"the {name}" if code in sheet()["article"] else name


def safe(text: str, limit: int | None = None, address: bool = False) -> str:
    """Text of documents on one line, without what no file format can hold; words too long for a line are cut, but for addresses."""
    shown = one_line("".join("\ufffd" if "\ud800" <= c <= "\udfff" or c in "\ufffe\uffff" else c for c in text), limit)
    return shown if address else _LONG.sub(lambda word: f"{word[0][: LONGEST - 1]}…", shown)


@cache
def _peoples() -> frozenset[str]:
    """Adjectives and names of states and regions in one word, in small letters."""
    names = (n for s in states.table().values() for n in (*s.names, *s.demonyms))
    return frozenset(n.casefold() for n in names if " " not in n and len(n) > 4) | set(sheet()["proper"].split())


def office(position: str) -> str:
    """The position with states in it as they are written: "ambassador to Austria"."""
    shown = _WORD.sub(lambda w: w[0].capitalize() if w[0] in _peoples() else w[0], safe(position, 90))
    for gap in _OF.finditer(shown):
        if code := states.code(shown[gap.end() :]):
            return shown[: gap.end()] + state(code)
    return shown


def actor(ref: ActorRef, full: bool = True) -> str:
    """A person with office and state, a state, or a body."""
    if ref.id and ref.id.startswith("state:"):
        return state(ref.state or ref.name or "")
    name = safe(ref.name or ref.mention or "somebody not named", 90)
    if len(name) == 3 and name.isupper() and ref.state == name:
        return state(name)
    if not full or not (ref.id or "").startswith("person:"):
        return name
    where = state(ref.state) if ref.state else ""
    post = office(ref.position) if ref.position else ""
    plain = " " not in post and post not in ("president", "king", "queen", "emir", "sultan", "chancellor", "premier")
    joint = ", " if plain else " of "
    told = f"{post}{joint}{where}" if post and where and not re.search(r"\bto\b", post) else post or where
    return f"{name} ({told})" if told else name


def people(refs: tuple[ActorRef, ...], most: int = 6, full: bool = True) -> str:
    """Names in a row, the rest counted."""
    names = list(dict.fromkeys(actor(r, full) for r in refs))
    rest = len(names) - most
    return joined([*names[:most], f"{rest} more"] if rest > 1 else names)


def quoted(words: str) -> str:
    """Words in quotation marks, those within them single, without one that lost its other half.

    >>> quoted('Work starts in “September”.”')
    '“Work starts in ‘September’.”'
    """
    inner = words.strip().rstrip(",;: ")
    if inner.endswith('"') and inner.count('"') % 2:
        inner = inner[:-1].rstrip(",;: ")
    if inner[:1] in _OPEN and not any(c in _CLOSE for c in inner[1:]):
        inner = inner[1:]
    if inner[-1:] in _CLOSE and sum(c in _OPEN for c in inner) < sum(c in _CLOSE for c in inner):
        inner = inner[:-1]
    return f"“{inner.translate(_SINGLE).strip(' ').rstrip(',;: ')}”"


def ended(text: str) -> str:
    """The text with a full stop where it has no end yet."""
    return text if _ENDED.search(text) else f"{text}."


def capital(text: str) -> str:
    """The text with a capital letter at its beginning."""
    return text[:1].upper() + text[1:]


@dataclass(frozen=True)
class Words:
    """How one locale writes dates and amounts.

    >>> Words("en_GB").when("2024-05-14/2024-05-15"), Words("en_US").date("2024-05-14")
    ('on 14–15 May 2024', 'May 14, 2024')
    """

    locale: str = "en_GB"

    @cached_property
    def _locale(self) -> Any:
        try:
            from babel import Locale
        except ImportError as error:
            raise DragomanError("The briefing book needs babel: pip install 'dragoman[book]'") from error
        try:
            return Locale.parse(self.locale.replace("-", "_"))
        except Exception as error:  # babel has an exception of its own beside ValueError
            raise DragomanError(f"No locale {self.locale!r} is known. Write it as en_GB, en_US or de_DE.") from error

    def date(self, edtf: str | None) -> str:
        """The date with its own precision."""
        if not edtf:
            return "no date"
        if "/" not in edtf:
            return self._moment(edtf)
        left, right = edtf.split("/", 1)
        if left in ("", ".."):
            return f"{'the end of ' if right.count('-') < 2 else ''}{self._moment(right)}"
        if right in ("", ".."):
            return self._moment(left)
        return self._interval(left, right)

    def when(self, edtf: str | None) -> str:
        """The date with its preposition; nothing where there is none."""
        if not edtf:
            return ""
        if edtf.startswith(("../", "/")):
            return f"by {self.date(edtf)}"
        if edtf.endswith(("/..", "/")):
            return f"since {self.date(edtf)}"
        day = time.precision(edtf.split("/")[0]) == "day"
        told = self.date(edtf)
        if edtf.endswith("~"):
            return told
        if " to " in told:
            return f"from {told}"
        return f"{'on' if day else 'in'} {told}"

    def since(self, edtf: str) -> str:
        """The beginning of something: "since May 2024", "since June 2023 at the latest"."""
        return f"since {self.date(edtf)} at the latest" if edtf.startswith("..") else f"since {self.date(edtf.split('/')[0])}"

    def _moment(self, edtf: str) -> str:
        from babel.dates import format_date, format_skeleton

        about = "about " if edtf.endswith("~") else ""
        parts = edtf.rstrip("~?%").split("-")
        if len(parts) == 1:
            return about + parts[0]
        if int(parts[1]) > 12:
            return f"{about}{SEASONS.get(int(parts[1]), '')} {parts[0]}".replace("  ", " ")
        day = dt.date(int(parts[0]), int(parts[1]), int(parts[2]) if len(parts) == 3 else 1)
        if len(parts) == 3:
            return about + str(format_date(day, "long", self._locale))
        return about + str(format_skeleton("yMMMM", day, locale=self._locale))

    def _interval(self, left: str, right: str) -> str:
        """ "14–15 May 2024", "January–August 2024", "2023" for all its months; else both ends in full."""
        if left[4:] in ("-01", "-01-01") and right[4:] in ("-12", "-12-31") and left[:4] == right[:4]:
            return left[:4]
        first, last = self._moment(left), self._moment(right)
        parts = [_PIECE.findall(first), _PIECE.findall(last)]
        apart = [n for n, (x, y) in enumerate(zip(*parts, strict=False)) if x != y]
        near = left[:4] == right[:4] or len(left) == len(right) == 4
        if near and len(parts[0]) == len(parts[1]) and len(apart) == 1 and "~" not in left + right:
            n = apart[0]
            return "".join([*parts[0][:n], f"{parts[0][n]}–{parts[1][n]}", *parts[0][n + 1 :]])
        return f"{first} to {last}"

    def number(self, value: float) -> str:
        """A number with its scale in words from a million on."""
        from babel.numbers import format_compact_decimal, format_decimal

        if abs(value) >= 1e6:
            return str(format_compact_decimal(value, format_type="long", locale=self._locale, fraction_digits=4))
        return str(format_decimal(value, format="#,##0.####", locale=self._locale))

    def amount(self, low: float | None, high: float | None, unit: str, modifier: str | None = None, signed: bool = False) -> str:
        """A figure's value with bounds and unit, a change with its sign."""
        ends = [n for n in (low, high) if n is not None]
        if not ends:
            return "no number"
        shown = [("+" if signed and n > 0 else "−" if n < 0 else "") + self.number(abs(n)) for n in dict.fromkeys(ends)]
        text = self._unit(" to ".join(shown), unit)
        if modifier is None and (low is None) != (high is None):
            modifier = "at least" if high is None else "up to"
        return f"{modifier} {text}" if modifier and modifier != "exactly" else text

    def _unit(self, number: str, unit: str) -> str:
        if unit == "%":
            pattern = self._locale.percent_formats[None].pattern.split(";")[0]
            return re.sub(r"[#0,.]+", lambda _: number, pattern, count=1)
        if unit == "1":
            return number
        if len(unit) == 3 and unit.isupper() and "¤#" not in self._locale.currency_formats["standard"].pattern.replace("\xa0", ""):
            return f"{number} {unit}"
        return f"{unit} {number}" if len(unit) == 3 and unit.isupper() else f"{number} {safe(unit, 30)}"

    def retold(self, text: str) -> str:
        """Words of a check, which are written in one way, with the dates and numbers of this locale."""
        from babel.numbers import format_decimal

        months = {name: n for n, name in enumerate(calendar.month_name) if name}
        text = _DAY.sub(lambda m: self._moment(f"{m[3]}-{months[m[2]]:02}-{int(m[1]):02}"), text)

        def number(found: re.Match[str]) -> str:
            plain = found[1].replace(",", "")
            if found[2]:
                return self.number(float(plain) * _SCALE[found[2]])
            if plain == found[0] and "." not in plain:
                return plain  # a year, or part of a date
            digits = "0" * len(plain.partition(".")[2])
            return str(format_decimal(float(plain), format=f"#,##0.{digits}".rstrip("."), locale=self._locale))

        return _PERCENT.sub(lambda m: self._unit(m[1], "%"), _NUMBER.sub(number, text))

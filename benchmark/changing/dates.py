"""Dates by others of the same weekday: 364 or 728 days away where no date loses its month by it, else 28 years away."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from random import Random
from typing import Any, NamedTuple

from changing import numerals
from changing.common import Edit, Row

MONTHS = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"]
_M = "(?P<month>" + "|".join(MONTHS) + ")"
_D, _TO = r"[0-3]?\d(?:st|nd|rd|th)?", r" ?(?:-|–|and|to|through|or|until) ?(?:the )?"
_Y = r"(?:,? (?:of )?(?P<year>(?:18|19|20)\d\d)(?!\d))?"
DAYS = [
    re.compile(rf"(?<![\d.,])(?P<days>(?:{_D}, )*(?:{_D}{_TO})?{_D})(?: day)?(?: of)? {_M}\b{_Y}"),
    re.compile(rf"\b{_M} (?P<days>{_D}(?:{_TO}{_D})?)(?![\d:])(?! (?:million|billion)){_Y}"),
    re.compile(r"(?<![\d.])(?P<d>[0-3]?\d)(?P<sep>[./])(?P<m>[01]?\d)(?P=sep)(?P<year>(?:19|20)\d\d)(?!\d)"),
    re.compile(r"(?<![\d-])(?P<year>(?:19|20)\d\d)-(?P<m>[01]\d)-(?P<d>[0-3]\d)(?!\d)"),
    re.compile(rf"\b(?P<words>{numerals.ORDINAL}) day of {_M}\b(?:,? (?:of the year )?(?P<year>(?:18|19|20)\d\d))?"),
]
YEAR = re.compile(
    r"(?<![\w.,$€£])(?P<year>1[89]\d\d|20\d\d)(?P<short>[/–-]\d\d(?!\d))?(?![\d%]|[.,]\d|s\b)"
    r"(?! ?(?:hours|hrs|km|tonnes|MW|kg|people|GMT))"
)
IN_WORDS = re.compile(rf"\btwo thousand and (?P<rest>{numerals.SMALL})\b", re.I)
NUMBERED = re.compile(r"(?:[Rr]esolution|No\.?|Law|Decree|Order|USD|EUR|US\$|Article|number) $")
EDTF = re.compile(r"(?<![\d-])(\d{4})(?:-(\d\d)(?:-(\d\d))?)?(?![\d])")
WEEKDAY = re.compile(r"\b(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b")
WEEKS = (364, 728, -364, -728)
CYCLE = 28  # years after which the calendar is the same


class Shift(NamedTuple):
    """How far dates move: so many years, and days where they keep their weekday by days."""

    years: int
    days: int | None

    def day(self, day: dt.date) -> dt.date:
        """The new day."""
        return day + dt.timedelta(self.days) if self.days else _in(day, self.years)

    def kept(self, day: dt.date) -> dt.date:
        """The new day; one that would lose its month, and the first or last day of a month, stays what it is in that month."""
        return _in(day, self.years) if self.edge(day) else self.day(day)

    def edge(self, day: dt.date) -> bool:
        """Whether a day is such a one."""
        moved = self.day(day)
        last = calendar.monthrange(day.year, day.month)[1]
        return day.day in (1, last) or (moved.year, moved.month) != (day.year + self.years, day.month)


def _in(day: dt.date, years: int) -> dt.date:
    year = day.year + years
    return day.replace(year=year, day=min(day.day, calendar.monthrange(year, day.month)[1]))


class Dates:
    """The new dates of one group of documents."""

    def __init__(self, texts: Mapping[str, str], rows: Sequence[Row], draw: Random) -> None:
        self._rows = rows
        self._said = {d for r in rows for d in re.findall(r"\d{4}-\d\d-\d\d", str({k: v for k, v in r.items() if k != "quote"}))}
        self._published = {r["file"]: r.get("published") for r in rows if r["kind"] == "document"}
        self._amounts = {(r["file"], r["start"], r["end"], float(v)) for r in rows if r["kind"] == "figure" and r.get("start") is not None
                         for v in (r.get("low"), r.get("high")) if v and 1800 <= v <= 2100}
        steps = list(WEEKS)
        draw.shuffle(steps)
        self.shift = next((s for days in steps if self._holds(s := Shift(days // 364, days), texts)), Shift(-CYCLE, None))
        self._written = {found.day for file, text in texts.items() for found in self._days(file, text)}

    def _holds(self, shift: Shift, texts: Mapping[str, str]) -> bool:
        """Whether no document was published on a day at the edge of a month, and no such day is told with its weekday."""
        for file, text in texts.items():
            published = self._published.get(file) or ""
            if len(published) == 10 and shift.edge(dt.date.fromisoformat(published)):
                return False
            for found in self._days(file, text):
                near = text[max(0, found.start - 14) : found.end + 14]
                if shift.edge(found.day) and WEEKDAY.search(near):
                    return False
        return True

    def _days(self, file: str, text: str) -> Iterator[_Found]:
        """The days named in a text, each with the place of its number."""
        for pattern in DAYS:
            for m in pattern.finditer(text):
                yield from _found(m, lambda month, day: self._year(file, month, day))

    def _year(self, file: str, month: int, day: int) -> int | None:
        """The year of a day that is told without: one that the gold has, nearest to the day of the document."""
        told = str(self._published.get(file) or "")[:4]
        years = [int(d[:4]) for d in sorted(self._said) if d[5:] == f"{month:02}-{day:02}"]
        if told and years:
            return min(years, key=lambda y: (abs(y - int(told)), y))
        if years or told:
            return years[0] if years else int(told)
        common = Counter(d[:4] for d in self._said).most_common(1)
        return int(common[0][0]) if common else None

    def edits(self, file: str, text: str) -> Iterator[Edit]:
        """The dates of a text."""
        for found in self._days(file, text):
            yield from found.edits(self.shift.kept(found.day))
        for m in YEAR.finditer(text):
            amount = any(f == file and s <= m.start() < e and v == int(m["year"]) for f, s, e, v in self._amounts)
            if not amount and not NUMBERED.search(text[max(0, m.start() - 12) : m.start()]):
                year = int(m["year"]) + self.shift.years
                yield Edit(m.start("year"), m.end("year"), str(year))
                if m["short"]:
                    old = int(m["short"][1:])
                    if (old - int(m["year"])) % 100 in (1, 2, 3, 4, 5):
                        yield Edit(m.start("short"), m.end("short"), m["short"][0] + f"{(old + self.shift.years) % 100:02}")
        for m in IN_WORDS.finditer(text):
            year = 2000 + (numerals.parse(m["rest"]) or 0) + self.shift.years
            rest = numerals.spell(year % 1000) if year >= 2000 else numerals.spell(year % 100)
            yield Edit(m.start(), m.end(), f"two thousand and {rest}" if year >= 2000 else f"nineteen hundred and {rest}")

    def value(self, value: Any, file: str) -> Any:
        """A gold value with new dates: an EDTF date, or words with dates in them."""
        if not isinstance(value, str) or not re.search(r"\d", value):
            return value
        if re.fullmatch(r"[\d./~?%T:-]+|held on \d{4}-\d\d-\d\d", value) and EDTF.search(value):
            return EDTF.sub(lambda m: self._edtf(m, "/" in value), value)
        out, at = [], 0
        for edit in sorted(self.edits(file, value)):
            if edit.start >= at:
                out += [value[at : edit.start], edit.new]
                at = edit.end
        return "".join((*out, value[at:]))

    def _edtf(self, m: re.Match[str], span: bool) -> str:
        year = f"{int(m[1]) + self.shift.years:04}"
        if not m[3]:
            return year + (f"-{m[2]}" if m[2] else "")
        day = dt.date(int(m[1]), int(m[2]), int(m[3]))
        edge = day.day in (1, calendar.monthrange(day.year, day.month)[1])
        return (self.shift.kept(day) if day in self._written or (span and edge) else self.shift.day(day)).isoformat()


class _Found(NamedTuple):
    """A day in a text: the place of its number, of its year where it is in digits, and how the number is written."""

    start: int
    end: int
    day: dt.date
    style: str
    year: tuple[int, int] | None

    def edits(self, new: dt.date) -> Iterator[Edit]:
        """The number of the new day in the old style."""
        text = str(new.day)
        if self.style == "words":
            text = numerals.ordinal(new.day)
        elif self.style in ("st", "nd", "rd", "th"):
            text += {1: "st", 2: "nd", 3: "rd"}.get(new.day % 10 if new.day not in (11, 12, 13) else 0, "th")
        elif self.style == "0":
            text = f"{new.day:02}"
        yield Edit(self.start, self.end, text)
        if self.year:
            yield Edit(*self.year, str(new.year))


def _found(m: re.Match[str], year_of: Any) -> Iterator[_Found]:
    """The days of one match of a pattern."""
    groups = m.groupdict()
    month = MONTHS.index(m["month"]) + 1 if groups.get("month") else int(m["m"])
    if groups.get("words"):
        places = [(m.start("words"), m.end("words"), numerals.parse_ordinal(m["words"]), "words")]
    elif groups.get("days"):
        at = m.start("days")
        found = re.finditer(r"(\d+)(st|nd|rd|th)?", m["days"])
        places = [(at + d.start(), at + d.end(), int(d[1]), d[2] or ("0" if d[1][0] == "0" else "")) for d in found]
    else:
        places = [(m.start("d"), m.end("d"), int(m["d"]), "0" if len(m["d"]) == 2 else "")]
    for start, end, number, style in places:
        year = int(m["year"]) if groups.get("year") else year_of(month, number)
        if year and number and 1 <= month <= 12 and 1 <= number <= calendar.monthrange(year, month)[1]:
            last = (m.start("year"), m.end("year")) if groups.get("year") else None
            yield _Found(start, end, dt.date(year, month, number), style, last)

"""Dates from their words: one function for each form of the grammar, counted from the frame."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable

from dragoman.annotate import date_lexicon as lexicon
from dragoman.annotate import date_periods as periods
from dragoman.annotate import date_tense as tenses
from dragoman.annotate.date_frame import Frame
from dragoman.annotate.date_grammar import Atom
from dragoman.annotate.date_periods import around, group, twelve, year_of
from dragoman.model import time
from dragoman.reference import calendar

_BACK = frozenset({"last", "past", "previous", "preceding", "this past"})
_ON = frozenset({"next", "coming", "upcoming", "following", "this coming"})
_COMPARED = re.compile(r"\b(?:than|against|from|on|compared with|compared to|versus)\s(?:about\s|just\s)?$", re.I)
_OWN = frozenset({"last", "past", "next", "coming", "upcoming", "this", "current", "present", "ongoing", "this past", "this coming"})


def resolve(frame: Frame, atom: Atom) -> str | None:
    """The EDTF of an atom, or None where nothing to count from is known."""
    return _FORMS[atom.kind](frame, atom)


def _cal(frame: Frame, atom: Atom) -> str | None:
    """A month or a day, or days of one month."""
    if atom.month is None:
        return calendar.edtf(atom.year) if atom.year else None
    year = year_of(frame, atom)
    if year is None:
        year = frame.nearest_year(atom.month, atom.day, atom.weekday, atom.start)
    if year is None:
        return None
    first = calendar.edtf(year, atom.month, atom.day)
    if atom.day2:
        return time.span(first, calendar.edtf(year, atom.month, atom.day2)) if first else None
    return first


def _months(frame: Frame, atom: Atom) -> str | None:
    assert atom.month and atom.month2
    near = frame.seen[-1].edtf if frame.seen and atom.start - frame.seen[-1].end < 40 else ""
    if not year_of(frame, atom) and re.fullmatch(rf"\d{{4}}-{atom.month:02}/\d{{4}}-{atom.month2:02}", near):
        return near  # "the fiscal year 2023-24 (April to March)"
    last = year_of(frame, atom) or frame.nearest_year(atom.month2, None, None, atom.start)
    if last is None:
        return None
    first = last - 1 if atom.month > atom.month2 else last
    return time.span(calendar.edtf(first, atom.month), calendar.edtf(last, atom.month2))


def _years(frame: Frame, atom: Atom) -> str | None:
    first, second = int(atom.match["y"]), atom.match["y2"]
    last = int(second) if len(second) == 4 else first // 100 * 100 + int(second)
    last += 100 if last < first and len(second) == 2 and last + 100 - first < 5 else 0
    if last == first + 1:  # "2016-17" after "the financial year 2016-17"
        told = re.compile(rf"{first}-\d\d/{last}-\d\d")
        for one in frame.seen:
            if told.fullmatch(one.edtf):
                return one.edtf
    return time.span(f"{first:04}", f"{last:04}") if last > first else None


def _weekday(frame: Frame, atom: Atom) -> str | None:
    """The last such day up to publication in the past, the next in the future."""
    if frame.today is None or atom.weekday is None:
        return None
    ref = group(atom, "ref")
    week = group(atom, "wref")
    monday = frame.today - dt.timedelta(days=frame.today.weekday())
    if week:
        return (monday + dt.timedelta(days=7 * {"last": -1, "this": 0, "next": 1}[week] + atom.weekday)).isoformat()
    back = (frame.today.weekday() - atom.weekday) % 7
    before = frame.today - dt.timedelta(days=back)
    after = before + dt.timedelta(days=7)
    if ref in _BACK:
        return (before if back else before - dt.timedelta(days=7)).isoformat()
    if ref in _ON:
        return after.isoformat()
    tense = frame.tense(atom.start)
    if (atom.relation in ("by", "until") and tense != tenses.PAST) or (ref == "this" and tense is None):
        return (before if back == 0 and ref else after).isoformat()
    if tense == tenses.FUTURE or (tense == tenses.PRESENT and back and not _reported(frame)):
        return (before if back == 0 and ref == "this" else after).isoformat()
    return before.isoformat()


def _reported(frame: Frame) -> bool:
    """A sentence in the past whose clause has no verb of its own: "talks on Monday are the third"."""
    return bool(frame.sentence and re.search(r"\b(?:said|told|was|were|had|announced|reported)\b", frame.sentence.text))


def _today(frame: Frame, atom: Atom) -> str | None:
    word = group(atom, "word")
    step = {"yesterday": -1, "before yesterday": -2, "tomorrow": 1, "after tomorrow": 2}.get(word, -1 if word.startswith("last") else 0)
    if frame.today is None:
        return frame.published if step == 0 else None
    return (frame.today + dt.timedelta(days=step)).isoformat()


def _ref(frame: Frame, atom: Atom) -> str | None:
    """ "last year", "next month", "this Thursday", "last November", "the previous day", "this academic year"."""
    ref, what = group(atom, "ref"), group(atom, "what")
    if what in calendar.weekdays():
        atom.weekday = calendar.weekdays()[what]
        return _weekday(frame, atom)
    if what in lexicon.month_of():
        return _ref_month(frame, atom, ref, lexicon.month_of()[what])
    if what in lexicon.words()["seasons"]:
        return season(frame, atom, lexicon.words()["seasons"][what], ref)
    if what.endswith(("academic year", "school year")):
        return _ref_academic(frame, ref)
    if what.endswith(("fiscal year", "financial year")):
        return _ref_fiscal(frame, atom, ref)
    step = -1 if ref in _BACK else 1 if ref in _ON else 0
    if ref in _OWN and not (what == "day" or (ref in ("past", "last") and what == "day")):
        return around(frame, what, step) if not (ref == "present" and what == "day") else None
    return _from_last(frame, atom, "days" if what == "day" else what, step)


def _ref_month(frame: Frame, atom: Atom, ref: str, month: int) -> str | None:
    if frame.year is None:
        return None
    own = frame.month or 12
    if ref in _BACK:
        year = frame.year if month < own else frame.year - 1
    elif ref in _ON:
        year = frame.year if month > own else frame.year + 1
    elif ref in ("same", "that"):
        year = frame.last_year(atom.start) or frame.year
    else:
        year = frame.year
    return calendar.edtf(year, month)


def _ref_academic(frame: Frame, ref: str) -> str | None:
    if frame.year is None or frame.month is None:
        return None
    first = frame.year if frame.month >= 8 else frame.year - 1
    first += -1 if ref in _BACK else 1 if ref in _ON else 0
    return f"{first:04}/{first + 1:04}"


def _ref_fiscal(frame: Frame, atom: Atom, ref: str) -> str | None:
    if frame.year is None:
        return None
    month, _ = frame.fiscal(atom.start) or (0, "")
    if not month:
        return calendar.edtf(frame.year + (-1 if ref in _BACK else 1 if ref in _ON else 0))
    first = frame.year if (frame.month or 12) >= month else frame.year - 1
    return twelve(first + (-1 if ref in _BACK else 1 if ref in _ON else 0), month)


def _from_last(frame: Frame, atom: Atom, unit: str, step: int) -> str | None:
    """ "the same day", "the following year", "the previous month": counted from the date told before."""
    if unit.startswith("day"):
        base = frame.last_day(atom.start) or (frame.today.isoformat() if frame.today and step else None)
        return time.shifted(base, days=step) if base else None
    if unit.startswith("week"):
        base = frame.last_day(atom.start)
        return time.shifted(base, days=7 * step) if base and step else None
    base = frame.last_period(atom.start) or frame.published
    if base is None:
        return None
    first = base.split("/")[0].rstrip("~?%")
    if unit == "year":
        return calendar.edtf(int(first[:4]) + step)
    if unit == "month" and len(first) >= 7:
        return time.shifted(first[:7], months=step)
    return None


def season(frame: Frame, atom: Atom, number: int, ref: str = "") -> str | None:
    """A season as EDTF has it; "the autumn" is the nearest by tense."""
    year = year_of(frame, atom)
    if year is not None:
        return f"{year:04}-{number}"
    if frame.year is None:
        return None
    if frame.month is None:
        return f"{frame.year + (-1 if ref in _BACK else 1 if ref in _ON else 0):04}-{number}"
    begin = {21: 3, 22: 6, 23: 9, 24: 12}[number]
    now = frame.year * 12 + frame.month
    starts = {y: y * 12 + begin for y in (frame.year - 2, frame.year - 1, frame.year, frame.year + 1)}
    ended = [y for y, s in starts.items() if s + 2 < now]
    running = [y for y, s in starts.items() if s <= now <= s + 2]
    ahead = [y for y, s in starts.items() if s > now]
    tense = tenses.PAST if ref in _BACK else tenses.FUTURE if ref in _ON or atom.relation in ("by", "until") else frame.tense(atom.start)
    if ref in ("this", "current", "this past", "this coming") and running:
        year = running[0]
    elif ref == "this":
        year = frame.year
    elif tense == tenses.PAST:
        year = (running if running and not ref else ended)[-1]
    elif tense == tenses.FUTURE:
        year = ahead[0]
    else:
        year = min(starts, key=lambda y: abs(starts[y] + 1 - now))
    return f"{year:04}-{number}"


def _season(frame: Frame, atom: Atom) -> str | None:
    return season(frame, atom, lexicon.words()["seasons"][group(atom, "season")])


def _ago(frame: Frame, atom: Atom) -> str | None:
    count = lexicon.number(group(atom, "n"))
    if not count:
        return None
    compared = _COMPARED.search(frame.text.text, max(0, atom.start - 16), atom.start)
    base = frame.last_period(atom.start) if compared and group(atom, "unit").startswith("year") else None
    return time.shifted(base, years=-int(count)) if base and count >= 1 else counted(frame, -count, group(atom, "unit"))


def counted(frame: Frame, count: float, unit: str) -> str | None:
    """So many days, months or years from the document's date, no more precise than the words."""
    if unit.startswith(("day", "week", "fortnight")):
        days = count * (1 if unit.startswith("day") else 7 if unit.startswith("week") else 14)
        edtf = time.shifted(frame.today.isoformat(), days=int(days)) if frame.today else None
        return edtf and (edtf if unit.startswith("day") else edtf + "~")
    if unit.startswith(("month", "quarter")) or count % 1:
        months = count * (12 if unit.startswith("year") else 3 if unit.startswith("quarter") else 1)
        return calendar.edtf(*time.month_after(frame.year, frame.month, round(months))) if frame.year and frame.month else None
    if frame.year is None:
        return None
    years = count * {"d": 10, "c": 100}.get(unit[0], 1)
    edtf = calendar.edtf(frame.year + int(years))
    return edtf and (edtf if unit.startswith("year") else edtf + "~")


def _shift(frame: Frame, atom: Atom) -> str | None:
    """ "two days later", "a year earlier", "the day before": counted from the date told before."""
    n = group(atom, "n")
    count = lexicon.number(n) if n else 1
    unit = group(atom, "unit")
    if count is None:
        return None
    step = -1 if group(atom, "dir") in ("before", "earlier", "previously", "prior") else 1
    if unit.startswith(("day", "night", "week", "fortnight")):
        near = 200 if step < 0 and not n else 700
        base = frame.last_day(atom.start, near) or (frame.today.isoformat() if frame.today else None)
        days = int(count * step * (7 if unit.startswith("week") else 14 if unit.startswith("fort") else 1))
        return time.shifted(base, days=days) if base else None
    base = frame.last_period(atom.start) or frame.published
    if base is None:
        return None
    if unit.startswith("month"):
        first = base.split("/")[0]
        return time.shifted(base if len(first) > 7 else first[:7], months=int(count * step)) if len(first) >= 7 else None
    years = int(count * step * {"d": 10, "c": 100}.get(unit[0], 1))
    return time.shifted(base, years=years) if count >= 1 else None


def _span(frame: Frame, atom: Atom) -> str | None:
    """ "the past five years", "the next two months", "the last three days"."""
    ref, unit = group(atom, "ref"), group(atom, "unit")
    count = lexicon.number(group(atom, "n")) if group(atom, "n") else 1
    if count is None or ref in ("following", "preceding", "previous"):
        return None
    back = ref in _BACK
    if "quarter" in unit and "century" in unit:
        count, unit = 25, "years"
    there = counted(frame, -count if back else count, unit)
    here = None if there is None else frame.published and frame.published[: len(there.rstrip("~"))]
    if there is None or here is None:
        return None
    there = there.rstrip("~")
    return time.span(there, here) if back else time.span(here, there)


def _within(frame: Frame, atom: Atom) -> str | None:
    count = lexicon.number(group(atom, "n"))
    there = counted(frame, count, group(atom, "unit")) if count and frame.tense(atom.start) != tenses.PAST else None
    return f"../{there.rstrip('~')}" if there else None


def _ahead(frame: Frame, atom: Atom) -> str | None:
    count = lexicon.number(group(atom, "n"))
    return counted(frame, count, group(atom, "unit")) if count else None


def _nothing(frame: Frame, atom: Atom) -> str | None:
    return None


def _weekend(frame: Frame, atom: Atom) -> str | None:
    if frame.today is None:
        return None
    tense = frame.tense(atom.start)
    return around(frame, "weekend", 0 if tense == tenses.FUTURE or frame.today.weekday() >= 5 else -1)


def _year_so(frame: Frame, atom: Atom) -> str | None:
    """ "the end of the year", "for the year": of the document's date, or of the year told before."""
    what = group(atom, "what")
    if what == "year" and not atom.part and frame.year is not None:
        before = frame.last_period(atom.start)
        return before[:4] if before and before[:4].isdigit() else calendar.edtf(frame.year)
    return around(frame, what, 0)


def _numeric(frame: Frame, atom: Atom) -> str | None:
    found = calendar.absolute(atom.match.group())
    return found[0].edtf if found else None


_FORMS: dict[str, Callable[[Frame, Atom], str | None]] = {
    "cal": _cal, "year": _cal, "numeric": _numeric, "months": _months, "years": _years, "weekday": _weekday, "today": _today,
    "ref": _ref, "ago": _ago, "shift": _shift, "span": _span, "within": _within, "ahead": _ahead, "for": _nothing,
    "recurring": _nothing, "weekend": _weekend, "year_so": _year_so, "season": _season, "months_n": periods.months_n,
    "same_months": periods.same_months, "part": periods.part, "code": periods.code, "same": periods.same, "fiscal": periods.fiscal,
    "academic": periods.academic, "decade": periods.decade, "century": periods.century, "year_to": periods.year_to,
    "week_of": periods.week_of, "months_to": periods.months_to, "fiscal_part": periods.fiscal_part,
    "fiscal_months": periods.fiscal_months,
}  # fmt: skip

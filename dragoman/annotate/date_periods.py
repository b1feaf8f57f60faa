"""Periods from their words: months of a year, quarters, fiscal and academic years, decades."""

from __future__ import annotations

import datetime as dt
import re

from dragoman.annotate import date_lexicon as lexicon
from dragoman.annotate import date_tense as tenses
from dragoman.annotate.date_frame import Frame
from dragoman.annotate.date_grammar import Atom
from dragoman.model import time
from dragoman.reference import calendar


def group(atom: Atom, name: str) -> str:
    return " ".join((atom.match.groupdict().get(name) or "").lower().split())


def year_of(frame: Frame, atom: Atom) -> int | None:
    if atom.year is not None:
        return atom.year
    return frame.ref_year(atom.ref_year, atom.start) if atom.ref_year else None


def twelve(year: int, month: int) -> str | None:
    last = time.month_after(year, month, 11)
    return time.span(calendar.edtf(year, month), calendar.edtf(*last))


def around(frame: Frame, unit: str, step: int) -> str | None:
    """The year, month, week, quarter, decade or century of the document's date, or so many later."""
    if frame.year is None:
        return None
    if unit == "year":
        return calendar.edtf(frame.year + step)
    if unit == "decade" and step:
        return time.span(*sorted((calendar.edtf(frame.year) or "", calendar.edtf(frame.year + 10 * step) or "")))
    if unit in ("decade", "century"):
        size = 10 if unit == "decade" else 100
        first = frame.year // size * size + step * size + (unit == "century")
        return f"{first:04}/{first + size - 1:04}"
    if frame.month is None:
        return None
    if unit == "month":
        return calendar.edtf(*time.month_after(frame.year, frame.month, step))
    if unit == "quarter":
        year, month = time.month_after(frame.year, (frame.month - 1) // 3 * 3 + 1, 3 * step)
        return time.span(calendar.edtf(year, month), calendar.edtf(year, month + 2))
    if frame.today is None:
        return None
    monday = frame.today + dt.timedelta(days=7 * step - frame.today.weekday())
    first_day = monday + dt.timedelta(days=5) if unit == "weekend" else monday
    return f"{first_day.isoformat()}/{(monday + dt.timedelta(days=6)).isoformat()}"


def months_of(frame: Frame, atom: Atom, first: int, last: int) -> str | None:
    """Months of a year that may be unnamed: the latest stretch that was over when the document appeared, or the next."""
    year = year_of(frame, atom)
    if year is None and atom.match.groupdict().get("year"):
        year = frame.year
    if year is None:
        if frame.year is None:
            return None
        if frame.month is None:
            year = frame.year
        else:
            over = frame.year if last < frame.month or (last == frame.month and frame.today and frame.today.day > 25) else frame.year - 1
            ahead = frame.year if last >= frame.month else frame.year + 1
            year = ahead if frame.tense(atom.start) == tenses.FUTURE or atom.relation == "by" else over
    if first == 1 and last == 12:
        return calendar.edtf(year)
    return time.span(calendar.edtf(year, first), calendar.edtf(year, last))


def months_n(frame: Frame, atom: Atom) -> str | None:
    count = int(lexicon.number(group(atom, "n")) or 0)
    if not 1 <= count <= 12:
        return None
    late = group(atom, "ord") in ("last", "final", "closing")
    if late and not year_of(frame, atom) and not atom.match["year"]:
        return counted_months(frame, count)
    return months_of(frame, atom, 13 - count, 12) if late else months_of(frame, atom, 1, count)


def counted_months(frame: Frame, count: int) -> str | None:
    if not frame.year or not frame.month:
        return None
    return time.span(calendar.edtf(*time.month_after(frame.year, frame.month, -count)), calendar.edtf(frame.year, frame.month))


def same_months(frame: Frame, atom: Atom) -> str | None:
    """ "for the nine months": the stretch of so many months told before."""
    count = int(lexicon.number(group(atom, "n")) or 0)
    for one in reversed(frame.seen[-30:]):
        left, _, right = one.edtf.partition("/")
        if right and len(left) == len(right) == 7 and int(right[5:]) - int(left[5:]) + 1 == count and left[:4] == right[:4]:
            return one.edtf
    return None


def part(frame: Frame, atom: Atom) -> str | None:
    """A quarter or half, of a year or of a month."""
    order = lexicon.words()["ordinals"][group(atom, "ord")]
    half = group(atom, "what").startswith("half")
    if atom.month:
        if not half:
            return None
        year = year_of(frame, atom) or frame.nearest_year(atom.month, None, None, atom.start)
        if year is None:
            return None
        if order == 1:
            return f"{year:04}-{atom.month:02}-01/{year:04}-{atom.month:02}-15"
        end = time.parse(f"{year:04}-{atom.month:02}").last
        return f"{year:04}-{atom.month:02}-16/{end}"
    if half:
        return months_of(frame, atom, 1, 6) if order == 1 else months_of(frame, atom, 7, 12)
    if group(atom, "ord") in ("last", "final") and not (atom.year or atom.ref_year or atom.match["year"]):
        return around(frame, "quarter", -1)
    return months_of(frame, atom, 3 * order - 2, 3 * order)


def code(frame: Frame, atom: Atom) -> str | None:
    code = group(atom, "code").upper()
    count = int(re.sub(r"\D", "", code))
    if code[-1] == "M":
        return months_of(frame, atom, 1, count) if 1 <= count <= 12 else None
    if "H" in code:
        return months_of(frame, atom, 6 * count - 5, 6 * count) if count <= 2 else None
    return months_of(frame, atom, 3 * count - 2, 3 * count)


def same(frame: Frame, atom: Atom) -> str | None:
    """ "the same period of last year": the period told before, in the year named."""
    base = frame.last_period(atom.start, "interval") or frame.last_period(atom.start)
    near = frame.last_period(atom.start)
    if near and time.precision(near) in ("month", "interval"):
        base = near
    if base is None:
        return None
    first = int(base.split("/")[0][:4])
    year = atom.year
    if year is None and atom.ref_year:
        word = atom.ref_year.lower().split()[-1]
        year = first + {"last": -1, "previous": -1, "preceding": -1, "past": -1, "next": 1, "coming": 1, "following": 1}.get(word, 0)
    if year is None and atom.match.groupdict().get("dir"):
        year = first - 1
    return time.shifted(base, years=(year or first) - first)


def fiscal(frame: Frame, atom: Atom) -> str | None:
    """The months of a fiscal year by the state's convention, else the years as they stand."""
    written = atom.match["y"]
    year = int(written) if len(written) == 4 else 2000 + int(written)
    second = atom.match["fy2"]
    convention = frame.fiscal(atom.start)
    if second:
        last = int(second) if len(second) == 4 else year // 100 * 100 + int(second)
        if last < year:
            last += 100
        if last - year > 1:
            return time.span(f"{year:04}", f"{last:04}")
        return twelve(year, convention[0]) if convention and convention[0] > 1 else f"{year:04}/{last:04}"
    if convention is None or convention[0] == 1:
        return f"{year:04}"
    return twelve(year if convention[1] == "start" else year - 1, convention[0])


def academic(frame: Frame, atom: Atom) -> str | None:
    year, second = int(atom.match["y"]), atom.match["fy2"]
    return f"{year:04}/{year + 1:04}" if second else f"{year:04}"


def decade(frame: Frame, atom: Atom) -> str | None:
    word = group(atom, "word")
    first = 1900 + lexicon.words()["decades"][word] if word else int(atom.match["y"])
    if word and lexicon.words()["decades"][word] < 30:
        return None
    whole = first % 100 == 0 and first < 2000 and not atom.part  # "the 1900s" are a century, "the early 2000s" a decade
    return f"{first:04}/{first + (99 if whole else 9):04}"


def century(frame: Frame, atom: Atom) -> str | None:
    word = group(atom, "ord")
    digits = re.sub(r"\D", "", word)
    number = int(digits) if digits else 21 if word.startswith("twenty") and word != "twentieth" else calendar.ORDINALS.index(word) + 1
    return f"{number * 100 - 99:04}/{number * 100:04}" if 1 <= number <= 22 else None


def year_to(frame: Frame, atom: Atom) -> str | None:
    assert atom.month
    year = atom.year or frame.nearest_year(atom.month, None, None, atom.start)
    return twelve(*time.month_after(year, atom.month, -11)) if year else None


def week_of(frame: Frame, atom: Atom) -> str | None:
    """ "the last week of August", "the first ten days of May"."""
    if atom.month is None:
        base = frame.last_period(atom.start) or frame.published or ""
        if len(base.split("/")[0]) < 7:
            return None
        year, atom.month = int(base[:4]), int(base[5:7])
    else:
        year = year_of(frame, atom) or frame.nearest_year(atom.month, None, None, atom.start) or 0
    if not year or atom.month > 12:
        return None
    size = 10 if "ten" in group(atom, "what") else 7
    order = {"first": 0, "second": 1, "third": 2}.get(group(atom, "ord"))
    last = time.parse(f"{year:04}-{atom.month:02}").last
    assert last
    first = dt.date(year, atom.month, 1 + order * size) if order is not None else last - dt.timedelta(days=size - 1)
    return f"{first}/{min(last, first + dt.timedelta(days=size - 1))}"


def months_to(frame: Frame, atom: Atom) -> str | None:
    """ "the ten months to October"."""
    count = int(lexicon.number(group(atom, "n")) or 0)
    assert atom.month
    year = year_of(frame, atom) or frame.nearest_year(atom.month, None, None, atom.start)
    if not year or not count:
        return None
    return time.span(calendar.edtf(*time.month_after(year, atom.month, 1 - count)), calendar.edtf(year, atom.month))


def fiscal_part(frame: Frame, atom: Atom) -> str | None:
    """ "the first quarter of the current fiscal year": months by the state's convention, none where that is unknown."""
    convention = frame.fiscal(atom.start)
    if convention is None:
        return None
    month, label = convention
    written, second = atom.match["y"], atom.match["fy2"]
    if written:
        first = int(written) if len(written) == 4 else 2000 + int(written)
        first -= 1 if not second and label == "end" and month > 1 else 0
    elif frame.year is not None and frame.month is not None:
        first = frame.year if frame.month >= month else frame.year - 1
        first += {"last": -1, "past": -1, "previous": -1, "next": 1, "coming": 1}.get(group(atom, "ref"), 0)
    else:
        return None
    size = {"quarter": 3, "half": 6, "": int(lexicon.number(group(atom, "n")) or 12)}[group(atom, "what")]
    order = lexicon.words()["ordinals"][group(atom, "ord")]
    late = group(atom, "ord") in ("last", "final") and size != 3
    begin = 12 - size if late else (order - 1) * size
    if begin + size > 12:
        return None
    year, start = time.month_after(first, month, begin)
    return time.span(calendar.edtf(year, start), calendar.edtf(*time.month_after(year, start, size - 1)))


def fiscal_months(frame: Frame, atom: Atom) -> str | None:
    """ "July-September (2022-23)": months of a fiscal year; they lie in its first calendar year if they come after its start."""
    assert atom.month and atom.month2 and atom.year
    if int(atom.match["fy2"]) != (atom.year + 1) % 100:
        return None
    start = (frame.fiscal(atom.start) or (7, ""))[0]
    first = atom.year if atom.month >= start else atom.year + 1
    last = first + (1 if atom.month2 < atom.month else 0)
    return time.span(calendar.edtf(first, atom.month), calendar.edtf(last, atom.month2))

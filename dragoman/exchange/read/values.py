"""Cells as values: numbers, days and periods, states; None where a cell is none of these, which the caller tells of."""

from __future__ import annotations

import datetime as dt
import re

from dragoman.model import time
from dragoman.reference import state_codes, state_numbers, states

NOTHING = frozenset(("", "..", "...", "-", "–", "n/a", "na", "nan", "null", "none", ":"))
_PERIOD = re.compile(r"(\d{4})(?:-?([QMSHW])?(\d{1,2}))?$", re.I)
_MONTHS = {"Q": 3, "S": 6, "H": 6}


def nothing(cell: str) -> bool:
    """Whether a cell says that there is no value."""
    return cell.strip().casefold() in NOTHING


def number(cell: str) -> float | None:
    """A number with or without commas between thousands.

    >>> number("1,234.5"), number("-3e2"), number("12 a")
    (1234.5, -300.0, None)
    """
    bare = cell.strip().replace(" ", "").replace("\u00a0", "").replace("\u202f", "")
    if re.fullmatch(r"[-+]?\d{1,3}(?:,\d{3})+(?:\.\d+)?", bare):
        bare = bare.replace(",", "")
    try:
        value = float(bare)
    except ValueError:
        return None
    return value if abs(value) < 1e300 and value == value else None


def period(cell: str) -> str | None:
    """A year, month, quarter or half as statistics write them, as EDTF.

    >>> [period(p) for p in ("2022", "202203", "2022-03", "2022M3", "2022-Q1", "2022S2", "2022-13")]
    ['2022', '2022-03', '2022-03', '2022-03', '2022-01/2022-03', '2022-07/2022-12', None]
    """
    m = _PERIOD.match(cell.strip())
    if not m:
        return cell.strip() if time.is_edtf(cell.strip()) else None
    year, letter, n = m[1], (m[2] or "M").upper(), int(m[3] or 0)
    if not m[3]:
        return year
    if letter in _MONTHS:
        length = _MONTHS[letter]
        edtf = f"{year}-{(n - 1) * length + 1:02}/{year}-{n * length:02}"
    else:
        edtf = f"{year}-{n:02}"
    return edtf if letter != "W" and n and time.is_edtf(edtf) and "-21" not in edtf else None


def day(cell: str, form: str | None = None) -> str | None:
    """A date as EDTF; `form` is how it is written, as in `%d/%m/%Y`.

    >>> day("2022-03-01"), day("20220301"), day("01/03/2022"), day("01/03/2022", "%d/%m/%Y")
    ('2022-03-01', '2022-03-01', None, '2022-03-01')
    """
    bare = cell.strip()
    if form:
        try:
            return dt.datetime.strptime(bare, form).date().isoformat()
        except ValueError:
            return bare if time.is_edtf(bare) else None
    if re.fullmatch(r"\d{8}", bare):
        bare = f"{bare[:4]}-{bare[4:6]}-{bare[6:]}"
    return bare if time.is_edtf(bare) else None


def state(cell: str) -> str | None:
    """ISO alpha-3 of a state by its name or a code of ISO, the UN or the IMF; "KZ: Kazakhstan" is both.

    >>> state("KZ"), state("398"), state("916"), state("Kazakhstan"), state("KZ: Kazakhstan"), state("Ruritania")
    ('KAZ', 'KAZ', 'KAZ', 'KAZ', 'KAZ', None)
    """
    bare = cell.split(":", 1)[0].strip()
    if bare.isdigit():
        return state_numbers.by_m49(bare) or state_numbers.by_imf(bare)
    found = states.code(bare) if len(bare) > 2 else None
    return found or _two_letters().get(bare.upper())


def _two_letters() -> dict[str, str]:
    return {letters: code for code in states.table() if (letters := state_codes.alpha2(code))} | {"UK": "GBR"}

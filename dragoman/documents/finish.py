"""A draft to a document: zones of its lines, metadata, language, date of publication."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, replace

from dragoman.documents import dates, head, language, lines, reuse, zones
from dragoman.documents.dates import Found
from dragoman.documents.draft import Draft
from dragoman.documents.lines import Line
from dragoman.model import unseen
from dragoman.model.documents import Document, Evidence, Raw, Zone, ZoneSpan
from dragoman.reference import outlets

USED = frozenset({"title", "date", "outlet", "url", "language", "author", "place"})

_IN_NAME = re.compile(r"(?<!\d)((?:19|20)\d\d)[-_.]?([01]\d)[-_.]?([0-3]\d)(?!\d)|(?<!\d)((?:19|20)\d\d)[-_]([01]\d)(?!\d)")
_IN_URL = re.compile(r"/((?:19|20)\d\d)/([01]?\d)(?:/([0-3]?\d))?/")
_AMERICAN = re.compile(r"\bU\.?S\.? |\bWhite House\b|^Department of State\b")  # they put the month first
_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_YEAR = re.compile(r"(?<![\w.,-])(?P<by>(?:by|until|till|to|through|of|from|for|before) (?:the end of |late |early |"
                   r"mid-)?)?(?P<year>(?:19|20)\d\d)(?![\w-]|[.,]\d)", re.I)


@dataclass(frozen=True, slots=True)
class _Date:
    edtf: str | None
    by: str | None
    start: int | None = None
    end: int | None = None
    alternatives: tuple[str, ...] = ()


def finish(raw: Raw, draft: Draft) -> Document:
    """The document of a draft; what came beside the bytes goes before what its format says, and that before its lines."""
    if not (way := unseen.way(draft.text)):
        return _finish(raw, draft)
    made = way.restored(_finish(raw, replace(draft, text=way.seen, zones=way.zones(draft.zones))))
    return replace(made, id=_id(draft.text))


def _finish(raw: Raw, draft: Draft) -> Document:
    text = draft.text
    given = raw.metadata
    rows = lines.split(text)
    marked = _by_line(rows, draft.zones)
    if not draft.by_format:
        for number, zone in zones.around(text, rows).items():
            marked.setdefault(number, zone)
    terms, numbers = reuse.terms(rows)
    for number in numbers:
        if marked.get(number) in (None, Zone.MENU, Zone.HEADING):
            marked[number] = Zone.RIGHTS
    locale = given.get("language") or draft.language or ""
    found = head.read(text, rows, marked, locale if "-" in locale else "", given.get("author") or draft.author)
    for number, (_, _, zone) in found.zones.items():
        marked[number] = zone
    author = given.get("author") or draft.author or found.author
    zones.within(rows, marked, author)
    date = _published(raw, draft, found, locale, text)
    outlet = given.get("outlet") or draft.outlet or found.outlet or _owner(rows, numbers) or _creator(draft)
    return Document(
        id=_id(text),
        text=text,
        source=raw.source,
        zones=_spans(rows, marked, found, draft.zones),
        title=given.get("title") or draft.title or _title(rows, marked),
        outlet=outlet,
        outlet_kind=_kind(outlet, found.agency),
        author=author or None,
        place=given.get("place") or found.place,
        language=language.of(text, given.get("language") or draft.language),
        published=date.edtf,
        published_by=date.by,
        published_evidence=_evidence(text, date),
        alternatives=date.alternatives,
        url=given.get("url") or draft.url,
        reuse=terms,
        metadata={**draft.metadata, **{k: v for k, v in given.items() if k not in USED}},
    )


def bare(raw: Raw, draft: Draft) -> Document:
    """The document of a draft with no more than its language, for one that is put aside."""
    return Document(id=_id(draft.text), text=draft.text, source=raw.source, zones=draft.zones,
                    language=language.of(draft.text, raw.metadata.get("language") or draft.language),
                    url=raw.metadata.get("url") or draft.url)


def _id(text: str) -> str:
    return "doc:" + hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def _kind(outlet: str | None, agency: str | None) -> str:
    """The kind of the outlet; one that is known only from the brackets of a dateline is an agency."""
    kind = outlets.kind(outlet) if outlet else "other"
    return "agency" if kind == "other" and outlet and outlet == agency else kind


def _owner(rows: list[Line], numbers: set[int]) -> str | None:
    """The publisher whom the reuse terms name, under the name the table has for it."""
    name = reuse.owner(rows, numbers)
    known = outlets.known(name) if name else None
    return known.name if known else name


def _creator(draft: Draft) -> str | None:
    """An office that made the file, or that begins its title."""
    title = (draft.title or "").partition(": ")
    made = draft.metadata.get("docx_creator") or draft.metadata.get("pdf_author") or ""
    return next((name for name in (made, title[0] if title[1] else "") if name and outlets.kind(name) in ("office", "ministry", "agency",
                                                                                                          "think tank")), None)


def _by_line(rows: list[Line], spans: tuple[ZoneSpan, ...]) -> dict[int, Zone]:
    """The zones of a format by number of the line."""
    marked: dict[int, Zone] = {}
    at = 0
    for number, row in enumerate(rows):
        while at < len(spans) and spans[at].end <= row.start:
            at += 1
        if at < len(spans) and spans[at].start <= row.start:
            marked[number] = spans[at].zone
    return marked


def _spans(rows: list[Line], marked: dict[int, Zone], found: head.Head, given: tuple[ZoneSpan, ...]) -> tuple[ZoneSpan, ...]:
    """One span a line; a dateline ends where the text begins."""
    out: list[ZoneSpan] = []
    for number, row in enumerate(rows):
        zone = marked.get(number)
        if zone is None or zone is Zone.BODY:
            continue
        if number in found.zones:
            start, end, zone = found.zones[number]
            out.append(ZoneSpan(start, end, zone))
        else:
            out.append(ZoneSpan(row.start, row.end, zone))
    return tuple(out)


def _title(rows: list[Line], marked: dict[int, Zone]) -> str | None:
    """The first heading before the text, with the lines that go on with it ("JOINT COMMUNIQUÉ / on the visit of ...")."""
    for number, row in enumerate(rows[:14]):
        if marked.get(number) is Zone.HEADING:
            title = row.text
            below = rows[number + 1] if number + 1 < len(rows) and marked.get(number + 1) is Zone.HEADING else None
            if below and below.gap == 0 and below.text[0].islower():
                title = f"{title} {below.text}"
            elif number and marked.get(number - 1) is Zone.METADATA and row.text[0].islower() and row.gap == 0:
                title = f"{rows[number - 1].text} {title}"
            return " ".join(title.split())
        if row.prose and marked.get(number) is None:
            break
    for number, row in enumerate(rows[:6]):  # "DAILY PRESS BRIEFING" where nothing else is a title
        if marked.get(number) is Zone.METADATA and outlets.pattern("genres").match(row.text):
            return " ".join(row.text.split())
    return None


def _published(raw: Raw, draft: Draft, found: head.Head, locale: str, text: str) -> _Date:
    known = raw.metadata.get("date") or draft.date or draft.dated()
    if known:
        date = dates.given(known, locale if "-" in locale else "")
        if date:
            settled = _settled(date, found.date)
            same = found.date if found.date and found.date.edtf == settled.edtf else None
            return _Date(settled.edtf, "metadata" if settled.edtf else None, same.start if same else None, same.end if same else None,
                         settled.alternatives)
    if found.date and found.date.edtf:
        return _Date(found.date.edtf, found.date_by, found.date.start, found.date.end)
    in_name = _name_date(raw)
    if found.date and _AMERICAN.search(found.outlet or ""):
        settled = next(iter(dates.find(text, found.date.start, found.date.end, locale="en-US")), found.date)
        return _Date(settled.edtf, found.date_by, settled.start, settled.end)
    if found.date:
        if in_name and in_name[0] in found.date.alternatives:
            return _Date(in_name[0], found.date_by, found.date.start, found.date.end)
        return _Date(None, None, found.date.start, found.date.end, found.date.alternatives)
    if in_name:
        return _Date(*in_name)
    inferred = _inferred(found.month_day, text) if found.month_day else None
    if not inferred or not found.month_day:
        return _Date(None, None)
    at = text.index(found.month_day)
    return _Date(inferred, "text", at, at + len(found.month_day))


def _settled(date: Found, other: Found | None) -> Found:
    """An open date of the metadata, settled by a date in the text that is one of its readings."""
    if date.alternatives and other and other.edtf in date.alternatives:
        return Found(date.start, date.end, other.edtf)
    return date


def _name_date(raw: Raw) -> tuple[str, str] | None:
    """The date in the address or the name of a file."""
    for words, pattern, by in ((raw.metadata.get("url") or "", _IN_URL, "metadata"), (raw.source.file, _IN_URL, "metadata"),
                               (raw.source.file, _IN_NAME, "file name")):
        found = pattern.search(words)
        if found:
            parts = [g for g in found.groups() if g]
            date = dates.given("-".join(p.zfill(2) for p in parts))
            if date and date.edtf:
                return date.edtf, by
    return None


def _inferred(month_day: str, text: str) -> str | None:
    """The year of "May 14" where its first paragraph names the weekday and the text a year that this fits."""
    import datetime as dt

    lead = text[:700].lower()
    days = {d for d in _WEEKDAYS if re.search(rf"\bon {d}\b", lead)}
    years = {int(m["year"]) for m in _YEAR.finditer(text) if not m["by"]}
    if len(days) != 1 or not years:
        return None
    latest = max(years)
    fits = []
    for year in (latest, latest + 1):
        date = dates.given(f"{month_day} {year}")
        if date and date.edtf and len(date.edtf) == 10:
            day = dt.date.fromisoformat(date.edtf)
            near = [day - dt.timedelta(n) for n in range(3)]
            if any(_WEEKDAYS[d.weekday()] in days for d in near[:2]):
                fits.append(date.edtf)
    return fits[0] if len(fits) == 1 else None


def _evidence(text: str, date: _Date) -> Evidence | None:
    if date.start is None or date.end is None or not text[date.start : date.end].strip():
        return None
    return Evidence(date.start, date.end, text[date.start : date.end])

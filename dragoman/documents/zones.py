"""What each line of a text is: news, or what stands around it on a page."""

from __future__ import annotations

import re
from collections import Counter

from dragoman.documents import words
from dragoman.documents.lines import Line, named
from dragoman.model.documents import Zone
from dragoman.reference import outlets

_TRAIL = re.compile(r"(?:home|main|main page|news)\s*(?:[›»>/→]|::)\s*\S.{0,120}$", re.I)
_CREDIT = re.compile(r"(?:photos?|images?|pictures?|video|foto|illustration|infographics?|graphics?|map|photograph)(?: (?:credits?|by|"
                     r"courtesy(?: of)?|source))?"
                     r"\s*[:：/©].{0,160}$|(?:photos?|images?|pictures?) (?:by|courtesy of|credit)\b.{0,120}$|©\s?[A-Z][^.]{0,60}$|"
                     r".{10,240}(?:\(|\s[/|–—-]\s?|\. )(?:photo|image|picture|file photo|archive photo)s?\b[^.\n]{0,60}\)?\.?$", re.I)
_NOTES = re.compile(r"(?:foot|end)?notes?|references|sources|bibliography|works cited|literature|citations", re.I)
_NOTE = re.compile(r"(?:\[(?P<a>\d{1,3}|[ivx]{1,4}|\*)\]|(?P<b>[¹²³⁴-⁹⁰]{1,3})|\^ ?(?P<c>\d{1,3})|(?P<d>\d{1,3})\s(?=[“\"A-Z«‘])|"
                   r"(?P<f>\d{1,3})[.)]\s|(?P<e>\*{1,3})\s?(?=\S))")
_MARKER = re.compile(r"\[(\d{1,3}|[ivx]{1,4}|\*)\]|([¹²³⁴-⁹⁰]{1,3})")
_ABOUT = r"(?:is|was|are|has been|works? as|serves? as|holds|heads|directs|teaches|studies|writes|covers|, who .{5,120},)\b.{0,160}?\b"
_AFTER_RELATED = r"(?P<mark>\s*[:：—–-])?\s*(?P<rest>\S.{0,160})?$"
_DATE_ALONE = re.compile(r"[0-3]?\d(?:st|nd|rd|th)? [^\W\d_]{3,10},? (?:19|20)\d\d|[\d]{1,4}[./-]\d{1,2}[./-]\d{1,4}")
_HEADED = re.compile(r"about the authors?\W{0,2}$", re.I)
_LABELLED = re.compile(r"[^\W\d_][^:\n]{1,60}:\s")
_LIST = re.compile(r"(?:[-•*–—·▪]|\(?(?:\d{1,3}|[a-z]|[ivx]{1,5})[.)])\s")
_TIMES = re.compile(r"\d{1,2}[:.]\d\d(?: ?[ap]\.?m\.?)?(?: [A-Z]{2,4})?$")


def around(text: str, lines: list[Line]) -> dict[int, Zone]:
    """The zone of each line that is no news by its looks: menus, related headlines, captions, tables, footnotes."""
    zones: dict[int, Zone] = {}
    _menus(lines, zones)
    _related(lines, zones)
    _captions(lines, zones)
    _tables(lines, zones)
    _footnotes(text, lines, zones)
    return zones


def within(lines: list[Line], zones: dict[int, Zone], author: str | None) -> None:
    """Complete zones by signature, the lines about the author and headings, once the head is known."""
    _signatures(lines, zones)
    _about(lines, zones, author)
    for number, line in enumerate(lines):
        if number not in zones and line.text[0].isdigit() and len(line.text) < 40 and _DATE_ALONE.fullmatch(line.text):
            zones[number] = Zone.METADATA
        elif number not in zones and _heading(lines, number, zones):
            zones[number] = Zone.HEADING


def _menus(lines: list[Line], zones: dict[int, Zone]) -> None:
    menu = words.pattern("menu", after=r"\W{0,3}")
    crumb = words.pattern("crumb", r"(?:\d{1,2}\. {1,3})?", "$")
    for number, line in enumerate(lines):
        if len(line.text) <= 160 and (menu.fullmatch(line.text) or _TRAIL.match(line.text)) and not _label_of_speech(lines, number):
            zones[number] = Zone.MENU
    crumbs = [n for n, line in enumerate(lines[:14]) if crumb.match(line.text)]
    for number in crumbs:
        zones[number] = Zone.MENU
    if any(lines[n].text[0].isdigit() for n in crumbs):  # a numbered trail ends with the title itself
        for number in range(crumbs[0], min(crumbs[-1] + 2, len(lines))):
            if re.match(r"\d{1,2}\. ", lines[number].text) and not lines[number].closed:
                zones[number] = Zone.MENU
    first = min((n for n in zones if zones[n] is Zone.MENU), default=0)
    if 0 < first <= 2 and len(crumbs) > 1:  # the site's motto above its menu
        for number in range(first):
            if not lines[number].prose and outlets.kind(lines[number].text) not in outlets.OFFICIAL:
                zones[number] = Zone.MENU


def _label_of_speech(lines: list[Line], number: int) -> bool:
    """Whether a short line is set directly above a paragraph, as a speaker's name is."""
    below = lines[number + 1] if number + 1 < len(lines) else None
    return below is not None and below.gap == 0 and below.prose and not lines[number].text.lower().startswith(("read", "share"))


def _related(lines: list[Line], zones: dict[int, Zone]) -> None:
    related = words.pattern("related", after=_AFTER_RELATED)
    for number, line in enumerate(lines):
        found = related.match(line.text) if len(line.text) < 200 and not line.text.endswith(".") else None
        if not found or zones.get(number) is Zone.TABLE:
            continue
        rest = found["rest"]
        if rest and not found["mark"]:
            continue
        zones[number] = Zone.RELATED
        if rest:
            continue
        at = number + 1
        while at < len(lines) and at - number <= 14 and not lines[at].prose and not lines[at].closed and len(lines[at].text.split()) >= 4:
            if _LABELLED.match(lines[at].text) and at + 1 < len(lines) and lines[at + 1].prose:
                break
            zones.setdefault(at, Zone.RELATED)
            at += 1
        if at < len(lines) and lines[at].prose and number < 4 and at - number > 1:
            _give_back_title(lines, zones, number, at)


def _give_back_title(lines: list[Line], zones: dict[int, Zone], number: int, at: int) -> None:
    """The last short line before the text is its title, not a related headline."""
    if not any(n not in zones for n in range(number)):
        zones.pop(at - 1, None)


def _captions(lines: list[Line], zones: dict[int, Zone]) -> None:
    places: dict[str, list[int]] = {}
    for number, line in enumerate(lines):
        if len(line.text) <= 240 and _CREDIT.match(line.text) and number not in zones and not line.prose:
            zones[number] = Zone.CAPTION
            above = number - 1
            if above > 0 and above not in zones and line.gap == 0 and lines[above].gap and len(lines[above].text) < 200:
                zones.update({above: Zone.CAPTION} if not lines[above].closed else {})
        if len(line.text.split()) >= 5 and len(line.text) < 200 and not line.closed:
            places.setdefault(line.text.casefold(), []).append(number)
    for numbers in places.values():
        if len(numbers) < 2:
            continue
        speech = sum(_label_of_speech(lines, n) for n in numbers)
        if speech < len(numbers) / 2 and not any(lines[n].cells > 1 for n in numbers):
            keep = numbers[0] if numbers[0] < 4 else -1
            for number in numbers:
                if number != keep:
                    zones.setdefault(number, Zone.CAPTION)


def _tables(lines: list[Line], zones: dict[int, Zone]) -> None:
    """Two lines or more in a row with columns."""
    start = 0
    while start < len(lines):
        end = start
        while end < len(lines) and lines[end].cells >= 2 and (end == start or lines[end].gap <= 1) and not lines[end].prose:
            end += 1
        rows = lines[start:end]
        if len(rows) >= 2 and sum(line.cells for line in rows) >= 2.5 * len(rows) and (
                sum(any(c.isdigit() for c in line.text) for line in rows) >= len(rows) / 2 or (len(rows) >= 3 and _even(rows))):
            for number in range(start, end):
                zones.setdefault(number, Zone.TABLE)
        start = max(end, start + 1)


def _even(rows: list[Line]) -> bool:
    common = Counter(line.cells for line in rows).most_common(1)[0]
    return common[0] >= 2 and common[1] >= 0.6 * len(rows)


def _footnotes(text: str, lines: list[Line], zones: dict[int, Zone]) -> None:
    """Notes at the end: below a heading "Notes", or lines that begin with a mark which the text has."""
    heads = [n for n, line in enumerate(lines) if n > 1 and _NOTES.fullmatch(line.text.strip(" :"))]
    if heads and all(not line.prose or _NOTE.match(line.text) for line in lines[heads[-1] + 1 : heads[-1] + 2]):
        number = heads[-1] + 1
        marked = number < len(lines) and bool(_NOTE.match(lines[number].text))
        while number < len(lines) and (not marked or _NOTE.match(lines[number].text)):
            zones[number] = Zone.FOOTNOTE
            number += 1
        if number > heads[-1] + 1:
            zones[heads[-1]] = Zone.FOOTNOTE
    if not any(mark in text for mark in "[¹²³⁴⁵⁶⁷⁸⁹"):
        return
    used: Counter[str] = Counter()
    for line in lines:
        for found in _MARKER.finditer(line.text, 1):
            used[found[1] or found[2]] += 1
    for number, line in enumerate(lines):
        note = _NOTE.match(line.text)
        if note and number > 2 and (note["a"] or note["b"]) and used[note["a"] or note["b"]]:
            zones[number] = Zone.FOOTNOTE


def _signatures(lines: list[Line], zones: dict[int, Zone]) -> None:
    sign = words.pattern("signature", after="$")
    signed = False
    for number in range(max(1, len(lines) - 9), len(lines)):
        line = lines[number]
        if number in zones:
            continue
        if len(line.text) <= 220 and sign.match(line.text):
            zones[number] = Zone.SIGNATURE
            signed = "regards" in line.text.lower() or "yours" in line.text.lower() or "sincerely" in line.text.lower()
        elif signed and len(line.text) < 90 and not line.closed:
            zones[number] = Zone.SIGNATURE
        elif not line.closed and len(line.text) < 90 and re.match(r"[–—-]\s?[A-Z]", line.text) and named(line.text[1:]):
            zones[number] = Zone.SIGNATURE  # "– Geneviève Tremblay" below a quotation


def _about(lines: list[Line], zones: dict[int, Zone], author: str | None) -> None:
    """Lines about the author at the end."""
    about = words.pattern("about", _ABOUT, r"\b")
    names = [w for w in re.findall(r"[^\W\d_]{3,}", author or "") if w.lower() not in ("and", "the")]
    last = [n for n in range(len(lines)) if zones.get(n) in (None, Zone.HEADING)][-3:]
    for number in last:
        if number < 4:
            continue
        line = lines[number]
        head = line.text[:60].lower()
        if _HEADED.match(line.text):
            for after in range(number, len(lines)):
                zones.setdefault(after, Zone.ABOUT)
        elif ((names and any(n.lower() in head for n in names)) or re.match(r"The (?:author|writer)\b",
                                                                            line.text)) and about.search(line.text[:400]):
            zones[number] = Zone.ABOUT
    notes = max((n for n, z in zones.items() if z is Zone.FOOTNOTE), default=None)
    if notes is not None:
        for number in range(notes + 1, len(lines)):
            if number not in zones:
                zones[number] = Zone.ABOUT


def _heading(lines: list[Line], number: int, zones: dict[int, Zone]) -> bool:
    """A short line on its own that is no sentence, no point of a list and no label in a transcript."""
    line = lines[number]
    if len(line.text) > 200 or line.closed or line.cells > 2 or _TIMES.match(line.text) or line.text.endswith((",", ";", "-", ":")):
        return False
    if (_LIST.match(line.text) and number > 3) or (_LABELLED.match(line.text) and number > 3):
        return False
    if number < 6 and any(zones.get(n) is Zone.HEADING for n in range(number)) and (_LABELLED.match(line.text) or line.text[0].isdigit()):
        return False
    if number < 6 and not any(lines[n].prose and n not in zones for n in range(number)):
        return True
    if len(line.text) > 110 or number + 1 >= len(lines):
        return False
    following = lines[number + 1]
    return bool((line.gap or lines[number - 1].closed) and (following.gap or following.prose or _LIST.match(following.text))
                and line.text[0].isupper() | line.text[0].isdigit())

"""What stands above and below a text: who published it, where, when, who wrote it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from dragoman.documents import dates
from dragoman.documents.dates import Found
from dragoman.documents.lines import Line, named, recased
from dragoman.model.documents import Zone
from dragoman.reference import outlets

HEAD = 14  # lines that are looked at before the text
TAIL = 7
LINE = 200  # code points of a line of its own with a date
DATELINE = 130  # code points of a line in which a dateline ends

_MONTH = (r"(?:January|February|March|April|May|June|July|August|September|October|November|December|"
          r"Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec)\.?")
_NO_YEAR = re.compile(rf"(?:\b{_MONTH} [0-3]?\d(?:st|nd|rd|th)?\b|(?<![\d.,])[0-3]?\d(?:st|nd|rd|th)? {_MONTH}(?![\w]))(?!,? ?\d)", re.I)
_WEEKDAY = re.compile(r"\b(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b|\b(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)\b\.?", re.I)
_TIME = re.compile(r"\b\d{1,2}[:.]\d\d(?: ?[ap]\.?m\.?)?(?: ?(?:GMT|UTC|CET|EST|EDT|MSK|local time)(?:[+-]\d{1,2})?)?\b|"
                   r"\b\d{1,2} ?[ap]\.?m\b\.?", re.I)
_SEPARATOR = re.compile(r"(?:\s*\((?P<agency>[^()\n\d]{2,40})\))?(?:\s*/\s*(?P<slash>[A-Z][\w -]{1,30}?)\s*/)?"
                        r"\s*(?:[—–−]|--?(?=\s)|:(?=\s)|\.(?=\s)|\.-)\s*(?=\S)")
_BRACKET = re.compile(r"\s*\((?P<agency>[^()\n\d]{2,40})\)\s*$")
_CAPS = re.compile(r"(?P<place>[^\W\d_][\w.'’/ -]{2,40}?)(?:, [A-Z][a-z][\w .]{1,24})?(?:, (?P<letters>[A-Z]{2,6}))?"
                   r"(?:\s*\((?P<agency>[^()\n\d]{2,40})\))?\s*(?:—|–|\s--?\s)\s*(?=[\w“\"'‘«])")
_AGENCY_ALONE = re.compile(r"\((?P<agency>[A-Z][^()\n\d]{1,30})\)\s*[—–-]{1,2}\s*(?=\S)")
_AGENCY_DATE = re.compile(r"(?P<place>[^\W\d_][\w.'’/ -]{2,40}?)\s*\((?P<agency>[^()\n\d]{2,50}?)\s*[,–—-]\s*(?P<date>[^()\n]{6,30})\)"
                          r"\s*[—–:-]{0,2}\s*(?=\S)")
_TWO_CAPS = re.compile(r"(?P<place>[A-Z][A-Z -]{2,30})\. (?P<letters>[A-Z]{3,14})\s*[—–-]?\s*(?=[A-Z][a-z])")  # "TASHKENT. KAZINFORM"
_CITY = re.compile(r"(?P<place>[A-Z][\w'’-]+(?: [A-Z][\w'’-]+)?), (?:D\.?C\.?|[A-Z]{2}|[A-Z][a-z]+(?: [A-Z][a-z]+)?)$")
_DATE_LINE = re.compile(rf"(?:\w{{3,9}}day,? )?(?:{_MONTH} [0-3]?\d|[0-3]?\d {_MONTH}|\d{{1,4}}[./-]\d)", re.I)
_EVENT = re.compile(r"\w (?:briefing|conference|statement|readout|remarks|interview|meeting|talks|visit|speech)\b", re.I)
_ISSUED = re.compile(r"(?:the )?(?:press release|news release|statement|speech|text|article|note)s? (?:was )?(?:issued|made|published|"
                     r"released|given) by (?:the )?"
                     r"(?P<name>[A-Z][^\n,]{3,90}?),? (?:in [A-Z][\w -]{2,30},? )?on (?=[\dA-Z])", re.I)
_NO_OUTLET = re.compile(r"\b(?:contacts?|phone|hours|issues|events|links?|address|map)$")
_AGENCY_FIRST = re.compile(r"(?P<place>[A-Z][\w.'’/ -]{2,40}?)(?:, [A-Z][\w .]{2,25})?\s*\((?P<agency>[A-Z][^()\n\d]{1,40})\)\s*(?:—|–|:|"
                           r"\s?--?\s)\s*(?=\S)")
_PARTS = re.compile(r"\s*[|•·]\s*|\s+[–—-]\s+|\s*,\s*|\s*;\s*|\s*:\s+")
_BY = re.compile(r"By (?P<name>[^\W\d_][^\n|,:;]{2,80}?)(?: in (?P<in>[A-Z][\w' -]{2,40}))?(?:, (?P<rest>[^\n|]{2,90}))?(?:\s*\|.{0,60})?$")
_BYLINE = re.compile(r"(?:Author|Written by|Text by)s?:? (?P<name>[^\W\d_][^\n|,:;]{2,80})$", re.I)
_RANGE = re.compile(r"(?:\d|" + _MONTH + r"|\b(?:to|until|till|from|between|and|since|before|after|by))\s*[–—/-]?\s*$", re.I)
_RUNS_ON = re.compile(rf"\s*[–—-]\s*(?:\d|{_MONTH})|\s+to\b", re.I)
_PREPOSITION = re.compile(r"\b(?:on|of|in|for|from|to|until|till|between|and|since|before|after|by|signed|held|dated|as of|the|at|"
                          r"during)\s+$", re.I)
_AS_OF = re.compile(r"(?<!information )(?<!data )\bas (?:of|at)\s+$", re.I)
_LABEL = re.compile(r"(?:published|posted|issued|released|first published|press release|news release|"
                    r"media release|release|no\.? ?\S{1,12}|№ ?\S{1,12}|for immediate release|embargoed until)\b[^\d]{0,25}|"
                    r"(?:release )?date(?: of (?:publication|issue|release))?|publication date", re.I)
_FIELD = re.compile(r"(?:briefer|briefers|venue|place|location|to|from|source|ref|reference|attn|attention|speakers?|participants|time|"
                    r"host|contact|translation|"
                    r"embargo|classification|file|cc|tel|phone|fax|e-?mail|website|language|original|no|number)\s?:\s", re.I)
_NUMBER = re.compile(r"\b(?:No|Nr|Ref)\b[.:]? ?[\w/-]*\d[\w/-]*|№ ?[\w/-]+", re.I)
_BIRTH = re.compile(r"\b(?:born|birth|died|death)\b", re.I)
_ADOPTED = re.compile(r"(?:adopted|issued|agreed) (?:at|by) .{0,120}\b(?:of|by) the (?P<name>(?:[A-Z][\w-]+ (?:of |the |and |"
                      r"for )*){1,6}?(?:Community|Union|Organi[sz]ation|"
                      r"League|Alliance|Association|Commonwealth|Assembly|Council|Group|Forum))$")
_UPDATED = re.compile(r"(?:last )?(?:updated|modified|reviewed|revised)\b", re.I)
_FOOT = re.compile(r"(?P<done>(?:done|signed|adopted|issued|given|made|concluded) (?:at|in) "
                   r"(?P<place>[^\W\d_][\w' -]{1,40}?)(?=,| on | this | the | \d),? (?:on |this |the )?)|"
                   r"(?:(?:last |page )?updated|published|posted|issued|information (?:is )?(?:current )?as of|data as of|"
                   r"date of publication|publication date|"
                   r"date of issue|release date|date)\b[^\n\d]{0,20}", re.I)
_NEXT = re.compile(r"\b(?:next|accessed|accession|retrieved|forthcoming|deadline|until|visited|expires?)\b", re.I)
_SOURCE = re.compile(r"(?:^|[.;] )Source: (?P<name>[^\n.;]{4,90})\.?$", re.I)
_COUNTRY = re.compile(r"(?:THE )?(?:(?:FEDERAL |DEMOCRATIC |PEOPLE['’]S |ISLAMIC |ARAB |SOCIALIST |UNITED )*(?:REPUBLIC|KINGDOM|STATES|"
                      r"FEDERATION|STATE|SULTANATE)"
                      r"|GOVERNMENT|COMMONWEALTH|PRINCIPALITY) OF (?:THE )?[^\n,.:]{2,50}$", re.I)


@dataclass(slots=True)
class Head:
    """What was found, and the zones of the lines that say it."""

    outlet: str | None = None
    place: str | None = None
    author: str | None = None
    date: Found | None = None
    date_by: str | None = None
    month_day: str | None = None  # a dateline without its year
    agency: str | None = None
    zones: dict[int, tuple[int, int, Zone]] = field(default_factory=dict)  # by number of the line


def read(text: str, lines: list[Line], zones: dict[int, Zone], locale: str = "", author: str | None = None) -> Head:
    """What the lines above and below the text say; lines that have a zone already are passed over."""
    head = Head(author=author)
    free = [n for n in range(len(lines)) if zones.get(n) in (None, Zone.HEADING, Zone.METADATA)]
    top = _top(lines, free)
    candidates: list[tuple[int, int, Found]] = []
    for order, number in enumerate(top):
        line = lines[number]
        if order and _inline(text, line, head, number, locale):
            break
        if not order and _inline(text, line, head, number, locale):
            break
        if line.prose and len(line.text) > DATELINE:
            continue
        score = _issued(text, line, number, head, locale) or _dated(text, line, number, head, locale, candidates,
                                                                    zones.get(number) is Zone.METADATA)
        if not score:
            _undated(line, number, head, order, lines[number + 1] if number + 1 < len(lines) else None)
    if head.date is None and candidates:
        _settle(head, candidates)
    _tail(text, lines, [n for n in free if n >= len(lines) - TAIL and n not in head.zones and n not in top], head, locale)
    if head.agency and not head.outlet:
        head.outlet = head.agency
    return head


def _top(lines: list[Line], free: list[int]) -> list[int]:
    """The lines before the text, and its first paragraph, which may have a dateline."""
    out = []
    for number in free:
        out.append(number)
        if len(out) >= HEAD or lines[number].prose:
            break
    return out


def _inline(text: str, line: Line, head: Head, number: int, locale: str) -> bool:
    """A dateline at the start of the first paragraph: "MENDOZA, Argentina, March 22, 2018 (ANA) — The presidents"."""
    if len(line.text) < 40:
        return False
    limit = min(line.end, line.start + DATELINE)
    for found in dates.find(text, line.start, limit, locale=locale)[:1]:
        after = _SEPARATOR.match(text, found.end, min(line.end, found.end + 60))
        places = _places(text[line.start : found.start]) if found.start > line.start else []
        if after and not places and not after["agency"] and (len(found.edtf or "") == 7 or dates.find(text, after.end(), after.end() + 24)):
            continue  # "March 2012 – June 2015: Consul General"
        if after and places is not None and (places or after["agency"] or found.start == line.start) and line.end - after.end() > 25:
            _take(head, places, after["agency"] or after["slash"])
            if found.edtf or found.alternatives:
                head.date, head.date_by = found, "dateline"
            head.zones[number] = (line.start, _trimmed(text, line.start, after.end()), Zone.DATELINE)
            return True
    bare = _NO_YEAR.search(text, line.start, limit)
    if bare:
        after = _SEPARATOR.match(text, bare.end(), min(line.end, bare.end() + 60))
        places = _places(text[line.start : bare.start()])
        if after and places and line.end - after.end() > 25:
            _take(head, places, after["agency"] or after["slash"])
            head.month_day = bare[0]
            head.zones[number] = (line.start, _trimmed(text, line.start, after.end()), Zone.DATELINE)
            return True
    return _no_date(text, line, head, number)


def _no_date(text: str, line: Line, head: Head, number: int) -> bool:
    """"PRAGUE - Prime Minister", "AUCKLAND, AAP - Improving", "Kabul (Reuters) - ", "(VOVWORLD) - "."""
    limit = min(line.end, line.start + DATELINE)
    for pattern in (_AGENCY_DATE, _TWO_CAPS, _CAPS, _AGENCY_FIRST, _AGENCY_ALONE):
        after = pattern.match(text, line.start, limit)
        if not after or line.end - after.end() <= 40:
            continue
        found = after.groupdict()
        words = (found.get("place") or "").strip()
        if pattern is _CAPS and not words.isupper():
            continue
        if words.lower() in outlets.words("genres") or outlets.pattern("genres").match(words) or len(words.split()) > 4:
            continue
        if pattern is _AGENCY_DATE:
            dated = dates.find(text, after.start("date"), after.end("date"))
            if not dated or not (words.isupper() or named(words)):
                continue
            head.date, head.date_by = dated[0], "dateline"
        _take(head, _places(words) or [], found.get("agency") or found.get("letters"))
        head.zones[number] = (line.start, _trimmed(text, line.start, after.end()), Zone.DATELINE)
        return True
    return False


def _take(head: Head, places: list[str] | None, agency: str | None, *, sure: bool = True) -> None:
    people = (head.author or "").casefold()
    places = [p for p in places or [] if p.casefold() not in people]
    if places and (sure or not head.place):
        head.place = recased(places[0], place=True)
    if agency and named(agency):
        known = outlets.known(agency.strip())
        head.agency = known.name if known and known.name.casefold() == agency.strip().casefold() else agency.strip()


def _trimmed(text: str, start: int, end: int) -> int:
    while end > start and text[end - 1].isspace():
        end -= 1
    return end


def _places(words: str) -> list[str] | None:
    """The places in the words before a date, the city first; None where they are no place but a sentence or a title."""
    words = _TIME.sub(" ", _WEEKDAY.sub(" ", words))
    out: list[str] = []
    for part in _PARTS.split(words):
        part = part.strip(" ,.()–—-")
        if not part:
            continue
        low = part.lower()
        if low in outlets.words("genres") or re.fullmatch(r"(?:No|Nr|№)\.? ?\S+", part):
            continue
        if not named(part) or len(part.split()) > 5 or any(c.isdigit() for c in part):
            return None
        if outlets.kind(part) != "other" or low.split()[-1] in outlets.words("venues"):
            continue
        out.append(part)
    return out


def _dated(text: str, line: Line, number: int, head: Head, locale: str, candidates: list[tuple[int, int, Found]],
           byline: bool) -> bool:
    """A line of its own with a date: "Astana, 14 May 2024", "No. 46, 21 November 2022", "Outlet | City | 18/07/2022"."""
    found = dates.find(text, line.start, line.end, locale=locale) if len(line.text) <= LINE else []
    if not found:
        return False
    one = found[0]
    before, after = text[line.start : one.start], text[one.end : line.end]
    if any(p.search(before) for p in (_AS_OF, _RANGE, _NEXT)) or _BIRTH.search(line.text) or _RUNS_ON.match(after):
        return False
    score, places, outlet = _score(before, after)
    if not score:
        return False
    candidates.append((score, number, one))
    for other in found[1:]:
        candidates.append((0, number, other))
    if score >= 5:
        if outlet and not head.outlet:
            head.outlet = outlet
        bracket = _BRACKET.match(after)
        if bracket and outlets.kind(bracket["agency"]) == "agency":
            head.agency = bracket["agency"]
        _take(head, places, None, sure=False)
        zone = Zone.DATELINE if places and len(before) < 60 and not byline else Zone.METADATA
        if score >= 7:
            head.zones[number] = (line.start, one.end if zone is Zone.DATELINE else line.end, zone)
    return True


def _issued(text: str, line: Line, number: int, head: Head, locale: str) -> bool:
    """"The press release issued by the Foreign Office on 6 April 2023."."""
    issued = _ISSUED.match(line.text) if len(line.text) <= LINE else None
    found = dates.find(text, line.start + issued.end(), line.end, locale=locale) if issued else []
    if not issued or not found or head.date is not None:
        return False
    head.date, head.date_by, head.outlet = found[0], "dateline", head.outlet or issued["name"].strip()
    head.zones[number] = (line.start, line.end, Zone.METADATA)
    return True


def _score(before: str, after: str) -> tuple[int, list[str], str | None]:
    """How likely a line gives the date of publication, with the places and the outlet beside the date."""
    rest = _NUMBER.sub(" ", _TIME.sub(" ", _WEEKDAY.sub(" ", f"{before} | {after}")))
    if _UPDATED.search(before):
        return 4, [], None
    places: list[str] = []
    outlet: str | None = None
    title = False
    for part in _parts(rest):
        low = part.lower()
        if _EVENT.search(low) or (outlets.pattern("genres").match(low) and len(part.split()) > 4):
            title = True
            continue
        if low in outlets.words("genres") or _LABEL.fullmatch(part) or low.startswith("distributed by"):
            continue
        kind = outlets.kind(part)
        venue = low.split()[-1].strip(".") in outlets.words("venues") and named(part)
        if venue and kind in ("other", "office") and not any(p in low for p in ("white house", "kremlin", "press", "prime minister",
                                                                                "president")):
            continue
        if kind != "other" and _nameish(part) and len(part.split()) < 16:
            outlet = outlet or _name(part)
        elif named(part) and part[0].isupper() and len(part.split()) <= 4 and not any(c.isdigit() for c in part):
            places.append(part)
        elif len(part.split()) > 3 and not part.startswith("("):
            title = True
    if title:
        return (2 if not _PREPOSITION.search(before) else 0), [], None
    return (9 if places or outlet else 8), places, outlet


def _nameish(words: str) -> bool:
    """Whether words are a name beside the words that tell its kind: "Press service of the Cabinet of Ministers"."""
    if named(words):
        return True
    what = outlets.kind(words)
    if what not in outlets.OFFICIAL or not words[:1].isupper():
        return False
    found = outlets.kind_pattern(what).match(words)
    return bool(found) and named(words[found.end() :] if found else words)


def _parts(words: str) -> list[str]:
    """What stands between separators; a bracket is no part."""
    found = (p.strip(" ,.–—-") for p in _PARTS.split(re.sub(r"\([^()]{0,80}\)", " ", words)))
    return [p for p in found if p]


def _settle(head: Head, candidates: list[tuple[int, int, Found]]) -> None:
    """Take the likeliest date; one that stays open is settled by a second date that is one of its readings."""
    best = max(score for score, _, _ in candidates)
    if best < 2:
        return
    found = next(f for score, _, f in candidates if score == best)
    day = next((f for score, _, f in candidates if score >= 7 and f.edtf and len(f.edtf) == 10), None)
    if best >= 7 and found.edtf and len(found.edtf) < 10 and day and day.edtf and day.edtf.startswith(found.edtf):
        found = day
    if found.alternatives:
        others = {f.edtf for _, _, f in candidates if f.edtf}
        sure = [a for a in found.alternatives if a in others]
        if len(sure) == 1:
            found = Found(found.start, found.end, sure[0])
    head.date, head.date_by = found, "dateline"


def _undated(line: Line, number: int, head: Head, order: int, following: Line | None) -> None:
    """A line above the text without a date: letterhead, outlet with its city, author."""
    words = line.text
    by = _BY.match(words) or _BYLINE.match(words)
    if by and order < 8 and len(by["name"].split()) <= 9:
        head.zones[number] = (line.start, line.end, Zone.METADATA)
        _author(by, head)
        return
    city = _CITY.match(words)
    if city and following and not head.place and _DATE_LINE.match(following.text) and outlets.kind(words) == "other":
        head.place = city["place"]
        head.zones[number] = (line.start, line.end, Zone.DATELINE)
        return
    adopted = _ADOPTED.match(words)
    if adopted and not head.outlet:
        head.outlet = adopted["name"]
    if _FIELD.match(words) and len(words) < 140 and not words.lower().startswith(("from:", "source:")):
        head.zones[number] = (line.start, line.end, Zone.METADATA)
        return
    name, places = letterhead(words, first=order == 0, dated=bool(following and dates.find(following.text[:LINE])))
    if name is None:
        if _NUMBER.sub("", words.lower()).strip(" .:!-/0123456789") in outlets.words("genres") and len(words) < 50:
            head.zones[number] = (line.start, line.end, Zone.METADATA)
        elif order < 2 and _COUNTRY.fullmatch(words) and following:
            head.zones[number] = (line.start, line.end, Zone.METADATA)
            below, _ = letterhead(following.text, first=False, dated=False)
            if below and not head.outlet and outlets.kind(below) in outlets.OFFICIAL:
                country = recased(words.upper() if words.isupper() else words)
                state = country.removeprefix("The ").removeprefix("the ")
                head.outlet = below if state.split(" of ")[-1].lower() in below.lower() else f"{below} of the {state}"
        return
    head.zones[number] = (line.start, line.end, Zone.METADATA)
    if not head.outlet:
        head.outlet = name
    if places and not head.place:
        head.place = recased(places[0], place=True)


def _author(by: re.Match[str], head: Head) -> None:
    found = by.groupdict()
    if outlets.kind(found["name"]) in outlets.OFFICIAL:
        head.outlet = head.outlet or found["name"].strip()
        return
    head.author = head.author or found["name"].strip()
    rest = (found.get("rest") or "").strip()
    place = found.get("in") or (rest if rest and named(rest) and len(rest.split()) <= 2 and "'" not in rest and "’" not in rest else None)
    if place and not head.place:
        head.place = place.strip()


def letterhead(words: str, *, first: bool, dated: bool) -> tuple[str | None, list[str]]:
    """The outlet that a line names and the places after it; None where the line is a title or a sentence."""
    explicit = re.match(r"(?:From|Source|Issued by|Published by|Outlet):\s+", words)
    if explicit:
        words = words[explicit.end():]
    if len(words) > 160 or len(words.split()) > 22 or (words.endswith((".", "!", "?", ":")) and not words.endswith("U.S.")):
        return None, []
    parts = re.split(r"\s*[|•]\s*|\s+[–—-]\s+", words)
    for number, part in enumerate(parts):
        if number and parts[number - 1].lower() not in outlets.words("genres") and len(parts[number - 1].split()) > 3:
            break  # what follows a title names a speaker, not the outlet
        pieces = [p.strip() for p in part.split(",") if p.strip()]
        for cut in range(len(pieces), 0, -1):
            name = ", ".join(pieces[:cut])
            loose = cut > 1 and outlets.kind(pieces[cut - 1]) == "other" and not _listed(pieces, cut)
            if not loose and _is_name(name, first, dated or bool(explicit)):
                return _name(name), [p for p in pieces[cut:] if _is_place(p)]
    return None, []


def _is_place(words: str) -> bool:
    return named(words) and len(words.split()) <= 3 and not any(c.isdigit() for c in words) and words.lower() not in outlets.words("genres")


def _listed(pieces: list[str], cut: int) -> bool:
    """Whether the last of the pieces goes on with a list: "Ministry of Investment, Industry and Trade"."""
    return bool(re.search(r"\band\b", pieces[cut - 1], re.I)) and len(pieces[cut - 1].split()) > 1


def _is_name(name: str, first: bool, sure: bool) -> bool:
    clean = re.sub(r"\([^()]{0,60}\)", " ", name).strip()
    if not clean or not _nameish(clean) or any(c.isdigit() for c in clean):
        return False
    low = clean.lower().removeprefix("the ")
    kind = outlets.kind(clean)
    if kind in outlets.OFFICIAL:
        if _NO_OUTLET.search(low) or _EVENT.search(low) or outlets.pattern("genres").match(low) or re.match(r"(?:ambassador|minister|"
                                                                                                            r"speech|meeting|visit|talks|"
                                                                                                            r"agreement|on|at|to|in|for|"
                                                                                                            r"between|joint|trade|how|why|"
                             r"new)\b", low):
            return False
        return _office_first(low) or sure
    if kind != "other" and (first or sure):
        return sure or outlets.known(clean) is not None
    if first and sure and re.match(rf"(?:{'|'.join(map(re.escape, outlets.words('posts')))})\b(?: of (?:the )?[\w ]+)?$", low):
        return True
    return bool(sure and outlets.pattern("letterheads").search(low) and not re.match(r"joint|statement|meeting|visit", low))


def _office_first(low: str) -> bool:
    """Whether an office stands at the start, or after three adjectives at most: "federal ministry of"."""
    for what in ("ministry", "office"):
        found = outlets.kind_pattern(what).search(low)
        if found and len(low[: found.start()].split()) <= 3 and " of " not in low[: found.start()]:
            return True
    return False


def _name(words: str) -> str:
    words = re.sub(r"\s*\([^()]{0,60}\)", "", words).strip(" ,")
    shown = recased(words)
    if outlets.kind(words) in outlets.OFFICIAL and shown.lower().startswith("the "):
        shown = shown[4:]
    return shown[:1].upper() + shown[1:] if words.isupper() else shown


def _tail(text: str, lines: list[Line], numbers: list[int], head: Head, locale: str) -> None:
    """What stands below the text: "Done at Seoul on 17 April 2025", "Updated: March 2023", "The Post, 14 February 2020"."""
    for number in reversed(numbers):
        line = lines[number]
        if len(line.text) > 220:
            continue
        label = _FOOT.match(line.text)
        found = [] if _NEXT.search(line.text[:40]) else dates.find(text, line.start, line.end, locale=locale)
        if found and label and (label["done"] or found[0].start - line.start <= label.end() + 12):
            _footer(line, number, label, found[0], head)
        elif found and not line.prose and not line.closed and len(line.text) < 90:
            score, places, outlet = _score(text[line.start : found[0].start], text[found[0].end : line.end])
            if score >= 9:
                head.zones.setdefault(number, (line.start, line.end, Zone.METADATA))
                _take(head, places, None, sure=False)
                head.outlet = head.outlet or outlet
                if head.date is None:
                    head.date, head.date_by = found[0], "footer"
        source = _SOURCE.search(line.text)
        if source and not head.outlet and outlets.kind(source["name"]) != "other":
            head.outlet = source["name"].strip()
        elif not found and not head.outlet and len(line.text) < 120 and number >= len(lines) - 4 and not line.closed:
            _signed(line, number, head)


def _footer(line: Line, number: int, label: re.Match[str], found: Found, head: Head) -> None:
    zone = Zone.SIGNATURE if label["done"] else Zone.METADATA
    head.zones.setdefault(number, (line.start, line.end, zone))
    if label["done"] and not head.place and named(label["place"]):
        head.place = recased(label["place"].strip(), place=True)
    if head.date is None:
        head.date, head.date_by = found, "footer"


def _signed(line: Line, number: int, head: Head) -> None:
    """"Press office of the Federal Ministry of Education and Research" below the text names its outlet."""
    inside = re.match(r"press (?:office|service|department|section|centre|center) of (?:the )?(?=[A-Z])", line.text, re.I)
    words = line.text[inside.end():] if inside and outlets.kind(line.text[inside.end():]) == "ministry" else line.text
    name, places = letterhead(words, first=False, dated=False)
    if name and outlets.kind(name) in outlets.OFFICIAL and named(words):
        head.zones.setdefault(number, (line.start, line.end, Zone.SIGNATURE))
        head.outlet = name
        if places and not head.place:
            head.place = recased(places[0], place=True)

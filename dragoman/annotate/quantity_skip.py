"""Stretches with digits that count nothing: telephone numbers, clock times, addresses of the net, references with a stroke."""

from __future__ import annotations

import re
from collections.abc import Iterator

from dragoman.model.annotations import AnnotatedText

_NOTHING = re.compile(
    r"\+?\(?\d{1,4}\)?(?:[ .-]\(?\d{2,4}\)?){3,5}(?![\d,.]*\d)(?! ?(?:million|billion|thousand|%|per|people|tonnes|dollars"
    r"|euros))(?<=\d)(?=[\s,;.)]|$)"
    r"|\+\d{1,3}[ -]\(?\d[\d ()-]{5,16}\d"
    r"|\b(?:https?://|www\.)\S{1,200}"
    r"|\b\d{1,2}[:.h]\d{2}(?::\d{2})?\s?(?:a\.?m\b\.?|p\.?m\b\.?|hrs|hours|GMT|UTC|CET|o['’]clock|local)"
    r"|\b\d{1,2}:\d{2}(?::\d{2})?\b"
    r"|\b\d{1,2}\s?(?:a\.m\.|p\.m\.|am\b|pm\b|o['’]clock)"
    r"|\b\d{1,5}(?:/\d{1,5}){1,3}(?:/[A-Z]{2,4})?\b"
    r"|\b[A-Z]{1,4}\d*[-–+]\d+(?:[-–+]\d+)*\b|\b(?:C|G|P|E|BRICS|OPEC|ASEAN|CICA|EU)\d*\s?\+\s?\d\b|\b\d\s?\+\s?\d(?:\s?\+\s?\d)?\b"
    r"|\b\d{1,3}(?:st|nd|rd|th)\b"
    r"|\b\d{1,3}\.\d{1,3}\.\d{1,4}\b"
    r"|\b\d+(?:\.\d+)?[°º]\s?[\d'′]*"
    r"|\b\d{1,5}[A-Za-z]?,? (?:[A-Z][\w'’-]{1,20} ){1,3}(?:Street|St|Road|Rd|Avenue|Ave|Boulevard|Lane|Square|Drive|Crescent|Quay)\b"
    r"|\b(?:[Tt]el(?:ephone)?|[Pp]hone|[Ff]ax|[Mm]obile)\b[ .:]{1,3}[\d ()+-]{5,24}"
)
_NUMBER = re.compile(r"[\d+(]")
_SIGNED = re.compile(r"\s?[-–+]\s?\d")  # what stands before the sign may be the letters of "BRICS+10"
_CUES = ("http://", "https://", "www.", "Tel", "tel", "Phone", "phone", "Fax", "fax", "Mobile", "mobile")
_MAIL = re.compile(r"\b[\w.-]{1,60}@[\w.-]{1,80}")
_LISTED = re.compile(r"^[ \t]*\(?\d{1,3}[.)](?=\s)", re.M)


def _nothing(body: str) -> Iterator[tuple[int, int]]:
    """The matches of the pattern, tried only where one may begin: at a digit, at a cue, at letters before a sign and a digit."""
    places = {m.start() for m in _NUMBER.finditer(body)}
    for m in _SIGNED.finditer(body):
        at = m.start()
        while at and (body[at - 1].isalnum() or body[at - 1] == "_"):
            at -= 1
        places.add(at)
    for cue in _CUES:
        at = body.find(cue)
        while at >= 0:
            places.add(at)
            at = body.find(cue, at + 1)
    end = 0
    for at in sorted(places):
        if at >= end and (found := _NOTHING.match(body, at)):
            end = found.end()
            yield found.span()


def spans(text: AnnotatedText) -> list[tuple[int, int]]:
    """The stretches to leave out, with the dates, sorted and merged."""
    found = [(d.start, d.end) for d in text.dates if d.relation != "for"]
    found += list(_nothing(text.text)) + [m.span() for m in _LISTED.finditer(text.text)]
    if "@" in text.text:
        found += [m.span() for m in _MAIL.finditer(text.text)]
    out: list[tuple[int, int]] = []
    for start, end in sorted(found):
        if out and start <= out[-1][1]:
            out[-1] = (out[-1][0], max(end, out[-1][1]))
        else:
            out.append((start, end))
    return out

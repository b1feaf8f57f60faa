"""Dates and periods in a text, resolved against the document's own date, with the precision of the words."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from functools import cache
from operator import itemgetter

from dragoman.annotate import date_doubt, date_lexicon, date_resolve
from dragoman.annotate.date_frame import Frame
from dragoman.annotate.date_grammar import Atom, Rule, rules
from dragoman.model import time
from dragoman.model.annotations import AnnotatedText, DateMention, Sentence
from dragoman.reference import calendar
from dragoman.reference.scan import Words

_WORD = re.compile(r"[^\W_]+")
_GAP = r"\s{1,3}"
_PART = re.compile(
    r"\b(?:(?:the\s)?(?P<noun>very\send|end|beginning|start|middle|close|course|rest|remainder|outset|eve)\sof\s(?:the\s)?"
    r"|(?:the\s)?(?P<adj>early|late|mid|end|earlier|later|sometime)(?:-|–|\s(?:in\s)?(?:the\s)?))$",
    re.I,
)
_RELATION = re.compile(
    r"\b(?:(?P<by>by|no\slater\sthan|not\slater\sthan|at\sthe\slatest)|(?P<since>since|from|starting|beginning|effective|onwards\sfrom)"
    r"|(?P<until>until|till|up\sto|up\suntil|through|expir(?:es|ed|ing)\s(?:in|on))|(?P<after>after|following)"
    r"|(?P<before>before|prior\sto|ahead\sof)|(?P<between>between)|(?P<about>about|around|circa|(?<![\w.])ca?\.|approximately|roughly))\s{1,2}"
    r"(?:(?:in|on|the|as|about|around|as\searly\sas|sometime\sin)\s{1,2}){0,2}$",
    re.I,
)
_ABOUT = re.compile(r"(?<![\w.])(?:about|around|circa|approximately|roughly|(?<![\w.])ca?\.)\s$", re.I)
_AT = re.compile(r"\b(?:at|as\sof|as\sat)\s(?:the\s(?:very\s)?)?$", re.I)
_DASH = re.compile(r"\s{0,2}[-–—]\s{0,2}$")
_LINK = re.compile(
    r"(?:\s{0,2}[-–—]\s{0,2}|,?\s{1,2}(?:to|until|till|through|up\sto)\s{1,2})(?:in\s|on\s|about\s)?(?:the\s)?"
    r"(?:(?:early|late|mid|end|the\send\sof|end\sof|the\sbeginning\sof|the\smiddle\sof|the\sstart\sof)[\s-](?:the\s)?)?$",
    re.I,
)
_AND = re.compile(r"\s{1,2}and\s{1,2}(?:in\s|on\s)?(?:the\s)?(?:(?:early|late|mid|end|the\send\sof)[\s-])?$", re.I)
_BETWEEN = re.compile(r"\bbetween\s{1,2}(?:the\s)?(?:\w+\s)?$", re.I)
_NO_END = frozenset({"for", "recurring", "within", "shift"})
_LIST = re.compile(r"(?:,?\s{1,2}(?:and|or)|,)\s{1,2}(?:in\s|on\s)?$", re.I)
_ONWARDS = re.compile(r"\s{1,2}(?:onwards?|on\b(?=[,.;]))", re.I)
_LATEST = re.compile(r",?\s{1,2}at\sthe\slatest\b", re.I)
_NOW = re.compile(r"\s{0,2}[-–—]\s{0,2}(?:present|now|today)\b|\s(?:to|until)\s(?:the\s)?(?:present|now|today|this\sday)\b", re.I)


def find(text: AnnotatedText) -> tuple[DateMention, ...]:
    """The dates of a text in order, none inside another; edtf is None where nothing to count from is known."""
    frame = Frame.of(text)
    out: list[DateMention] = []
    stretches: tuple[Sentence | None, ...] = text.sentences or (None,)
    done = 0
    for sentence in stretches:
        left, right = (sentence.start, sentence.end) if sentence else (0, len(text.text))
        frame.sentence = sentence
        atoms = list(_atoms(text, sentence, max(left, done), _beyond(text, sentence, right)))
        done = atoms[-1].end if atoms else done
        if atoms:
            out += _mentions(frame, atoms, left, right)
    return tuple(out)


def _beyond(text: AnnotatedText, sentence: Sentence | None, right: int) -> int:
    """The end of the next sentence where this one was cut in the middle of a line ("January–" and "May 2023")."""
    if sentence is None or sentence.index + 1 >= len(text.sentences) or text.text[right - 1] in ".!?:;":
        return right
    after = text.sentences[sentence.index + 1]
    return after.end if after.paragraph == sentence.paragraph and after.start - right <= 1 else right


@cache
def _classes() -> dict[str, str]:
    """Words that begin a date as a class of their own; the same word may begin other forms too."""
    classes = dict.fromkeys(date_lexicon.month_of(), "month") | dict.fromkeys(date_lexicon.weekday_of(), "weekday")
    classes |= {f"{day}s": "weekday" for day in calendar.weekdays()}
    classes |= {w.split()[0].split("-")[0]: "number" for w in (*date_lexicon.numbers(), "several", "few", "some", "many")}
    return classes


@cache
def _ordinals() -> frozenset[str]:
    return frozenset((*calendar.ORDINALS, "twenty", "thirty", "thirtieth"))


@cache
def _known() -> dict[str, tuple[Rule, ...]]:
    """The rules that a word by itself may begin."""
    table, classes, ordinals = rules(), _classes(), _ordinals()
    out = {}
    for word in {*table, *classes, *ordinals}:
        of_class = table[classes[word]] if word in classes else ()
        out[word] = (*table.get(word, ()), *of_class, *(table["ordinal"] if word in ordinals else ()))
    return out


@cache
def _uncounted() -> tuple[Rule, ...]:
    """The rules of digits but those that count days, weeks, months or years."""
    return tuple(rule for rule in rules()["0"] if not rule.pattern.pattern.startswith("(?P<n>"))


_DIGITS = frozenset("0123456789")
_CODED = frozenset("qhf")
_COUNTED = re.compile(r"\s{0,2}(?:d|w|f|m|q|y|c)", re.I)  # how days, weeks, fortnights, months, quarters, years, centuries begin


def _counts(text: str, at: int, right: int) -> bool:
    """Whether a number may count a stretch of time, by how the next word begins."""
    return _COUNTED.match(text, at + (text[at : at + 1] in ("-", "–")), right) is not None


_CODE = re.compile(r"(?:[qh][1-4]|[1-4][qh]|\d{1,2}m)\d{0,4}$|fy\d{2,4}$")


@cache
def _beginnings() -> Words:
    """Where a word stands that may begin a date."""
    return Words(re.compile(rf"\b(?:\d|(?:{'|'.join(map(re.escape, _known()))})\b|[qh][1-4]|fy)", re.I))


def _beginning(text: str, left: int, right: int) -> Iterator[re.Match[str]]:
    """The words between two places that may begin a date, and some others."""
    if "_" in text or (0 < left < right and text[left - 1].isalnum() and text[left].isalnum()):  # a word cut in two
        yield from _WORD.finditer(text, left, right)
        return
    places = _beginnings().places(text)
    for k in range(bisect_left(places, left), len(places)):
        if places[k] >= right:
            return
        if m := _WORD.match(text, places[k], right):
            yield m


def _atoms(text: AnnotatedText, sentence: Sentence | None, left: int, right: int) -> Iterator[Atom]:
    table, known = rules(), _known()
    words, at = text.text, left
    for m in _beginning(words, left, right):
        if m.start() < at:
            continue
        word = m.group()
        low = word.lower()
        digits = low[0] in _DIGITS or low[0].isdigit()
        if low in known:
            found = list(known[low])
        elif digits or low[0] in _CODED:
            found = []
        else:
            continue
        if digits:
            found += table["0"] if _counts(words, m.end(), right) else _uncounted()
            if low[-1].isalpha():
                found += table["ordinal"]
        if len(low) < 7 and _CODE.match(low):
            found += table["code"] if low[0] != "f" else table["fy"]
        if not found:
            continue
        best = _best(text, sentence, found, m.start(), at, right)
        if best:
            at = best.end
            if best.kind != "impossible":
                yield best


_longest = itemgetter(0, 1)


def _best(text: AnnotatedText, sentence: Sentence | None, found: list[Rule], pos: int, left: int, right: int) -> Atom | None:
    """The longest form that is a date here."""
    matches = [(m.end(), -n, rule, m) for n, rule in enumerate(found) if (m := rule.pattern.match(text.text, pos, right))]
    if len(matches) > 1:
        matches.sort(key=_longest, reverse=True)
    for _, _, rule, m in matches:
        atom = _atom(rule.kind, m)
        _lead(text.text, atom, left)
        if date_doubt.impossible(atom):
            atom.kind = "impossible"
            return atom
        if date_doubt.is_date(text, sentence, atom, left, right):
            return atom
    return None


def _atom(kind: str, m: re.Match[str]) -> Atom:
    got = m.groupdict()
    start = m.start("long") if kind == "for" else m.start()
    atom = Atom(start, m.end(), kind, m)
    if got.get("y") and kind not in ("years", "decade", "numeric") and len(got["y"]) == 4:
        atom.year = int(got["y"])
    elif got.get("y") and kind == "code":
        atom.year = 2000 + int(got["y"])
    atom.ref_year = got.get("ry")
    if got.get("m"):
        atom.month = date_lexicon.month_of()[got["m"].lower()]
    elif got.get("mm"):
        atom.month = int(got["mm"])
    if got.get("m2"):
        atom.month2 = date_lexicon.month_of()[got["m2"].lower()]
    if got.get("d"):
        atom.day = int(got["d"])
    elif got.get("od"):
        tens = {"t": 0, "twen": 20, "thir": 30}[(got["tens"] or "t").lower()[:4]]
        atom.day = tens + (30 if got["od"].lower() == "thirtieth" else calendar.ORDINALS.index(got["od"].lower()) + 1)
    if got.get("d2"):
        atom.day2 = int(got["d2"])
    if got.get("wd"):
        atom.weekday = date_lexicon.weekday_of()[got["wd"].lower()]
    if kind == "weekday":
        atom.weekday = calendar.weekdays()[got["day"].lower()]
    return atom


def _lead(text: str, atom: Atom, left: int) -> None:
    """What the words before a date make of it: its early or late part, and its relation."""
    at = atom.start
    before = text[max(left, at - 40) : at] if at > left else ""
    part = _PART.search(before)
    if part:
        word = (part["noun"] or part["adj"]).lower().removeprefix("very ")
        atom.part = word
        atom.start = at - len(before) + part.start()
        if text[atom.start : atom.start + 4].lower() == "the ":
            atom.start += 4
    before = text[max(left, atom.start - 44) : atom.start]
    atom.at = bool(_AT.search(before))
    relation = _RELATION.search(before)
    if relation:
        name = relation.lastgroup or "at"
        atom.about = name == "about" or bool(_ABOUT.search(before))
        atom.from_ = name == "between" or relation.group().lower().startswith("from")
        atom.relation = {"between": "at", "about": "at"}.get(name, name)
    elif atom.kind == "cal" and _LATEST.match(text, atom.end):
        atom.relation = "by"
    if _LATEST.match(text, atom.end):
        atom.relation = "by"
    if _ONWARDS.match(text, atom.end):
        atom.relation = "since"
    if atom.kind in ("within",):
        atom.relation = "by"
    if atom.kind == "for":
        atom.relation = "for"


def _mentions(frame: Frame, atoms: list[Atom], left: int, right: int) -> Iterator[DateMention]:
    _inherit(frame.text.text, atoms)
    k = 0
    while k < len(atoms):
        atom = atoms[k]
        joined = _joined(frame, atom, atoms[k + 1], left) if k + 1 < len(atoms) else None
        if joined:
            k += 2
            yield joined
            continue
        k += 1
        after = atoms[k] if k < len(atoms) else None
        if after and atom.kind == "ref" and after.kind == "cal" and after.day and frame.text.text[atom.end : after.start] == ", ":
            continue  # "on the same day, 27 June 2014": the day follows
        mention = _mention(frame, atom)
        if mention.edtf or atom.kind not in ("same_months", "same"):
            yield mention


def _inherit(text: str, atoms: list[Atom]) -> None:
    """The year of "3 and 5 May 2024", "in January and March 2023" and of ranges stands at the end only."""
    for first, second in zip(reversed(atoms[:-1]), reversed(atoms[1:]), strict=True):
        if first.kind not in ("cal", "months") or second.kind not in ("cal", "months") or first.year or first.ref_year:
            continue
        between = text[first.end : second.start]
        near = len(between) < 24 and (_LINK.match(between) or _LIST.match(between))
        if near and first.month and second.month and (second.year or second.ref_year):
            if second.year:
                later = (first.month, first.day or 0) > (second.month, second.day or 0)
                first.year = second.year - (1 if later and _LINK.match(between) else 0)
            else:
                first.ref_year = second.ref_year


def _joined(frame: Frame, first: Atom, second: Atom, left: int) -> DateMention | None:
    """One period from two dates: "from 28 February to 2 March", "between 2015 and 2020", "Saturday to Wednesday"."""
    text = frame.text.text
    between = text[first.end : second.start]
    if second.start - first.end > 40 or second.kind in _NO_END or first.kind in _NO_END:
        return None
    linked = _LINK.match(between) or _DASH.match(between)
    paired = _AND.match(between) and _BETWEEN.search(text[max(left, first.start - 24) : first.start])
    if not linked and not paired and not _part_link(text, first, second):
        return None
    if date_doubt.moved(text, first.start, left):
        return None
    if not first.from_ and not paired and first.kind != second.kind:
        return None
    return _period(frame, first, second)


def _part_link(text: str, first: Atom, second: Atom) -> bool:
    return bool(re.fullmatch(r"\s{1,2}(?:to|until|till|through)\s{1,2}(?:the\s)?", text[first.end : second.start], re.I))


def _period(frame: Frame, first: Atom, second: Atom) -> DateMention | None:
    end = date_resolve.resolve(frame, second)
    if first.kind == "weekday" and end and first.weekday is not None and second.weekday is not None:
        begin = time.shifted(end, days=-((second.weekday - first.weekday) % 7 or 7))
    else:
        if first.kind == "cal" and not first.year and not first.ref_year and end and first.month:
            year = int(end.split("/")[-1][:4])
            first.year = year - (1 if second.month and (first.month, first.day or 0) > (second.month, second.day or 0) else 0)
        begin = date_resolve.resolve(frame, first)
        if begin and second.kind == "cal" and second.month and not second.year and first.year:
            second.year = first.year + (1 if first.month and second.month < first.month else 0)
            end = date_resolve.resolve(frame, second)
    edtf = time.span(begin, end) if begin and end else None
    if (begin and end) and edtf is None:
        return None
    return _made(frame, first.start, second.end, edtf, "at", explicit=bool(second.year))


def _mention(frame: Frame, atom: Atom) -> DateMention:
    edtf = date_resolve.resolve(frame, atom)
    if edtf and not time.is_edtf(edtf):
        edtf = None
    end = atom.end
    relation = atom.relation
    if relation == "since" and atom.from_ and (atom.kind in ("shift", "same", "ago") or "/" in (edtf or "")):
        relation = atom.relation = "at"
    if edtf and (now := _NOW.match(frame.text.text, end)):
        return _made(frame, atom.start, now.end(), time.span(edtf, None), "since", explicit=bool(atom.year))
    if edtf:
        edtf = _bounded(edtf, atom)
    recurring = atom.kind == "recurring" or bool(atom.kind == "weekday" and atom.match["plural"])
    if recurring:
        edtf, relation = None, "at"
    explicit = bool(atom.year) or atom.kind in ("years", "numeric", "decade")
    return _made(frame, atom.start, end, edtf, relation, explicit=explicit, recurring=recurring)


def _bounded(edtf: str, atom: Atom) -> str:
    """The date as its part, its bound and its doubt make it."""
    if atom.part in ("mid", "middle") and atom.relation in ("by", "before", "until", "since") and len(edtf) == 4:
        edtf += "-06"
    elif atom.part in ("beginning", "start", "outset") and atom.relation in ("by", "before") and len(edtf) == 4:
        edtf += "-01"
    elif atom.part == "end" and atom.at and len(edtf) == 4:
        edtf += "-12"
    if atom.about and len(edtf) in (4, 7, 10):
        edtf += "~"
    if atom.relation in ("by", "before") and not edtf.startswith(".."):
        return f"../{edtf.split('/')[-1]}"
    return edtf


def _made(frame: Frame, start: int, end: int, edtf: str | None, relation: str, *, explicit: bool, recurring: bool = False) -> DateMention:
    text = frame.text.text
    while end > start and text[end - 1] in " ,\n\t":
        end -= 1
    if text[start:end].endswith((" of", " in")):
        end -= 3
    if text[end - 1] == "." and text[start:end].split()[-1].rstrip(".").lower() in calendar.full_months():
        end -= 1
    if edtf and relation != "for" and not recurring:
        frame.remember(start, end, edtf.removeprefix("../") if edtf.startswith("../") else edtf, explicit)
    return DateMention(start, end, text[start:end], edtf, relation, recurring)

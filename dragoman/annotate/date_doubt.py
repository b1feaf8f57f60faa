"""Whether digits are a year and a capital word a month: "2023 vehicles" and "Theresa May" are not."""

from __future__ import annotations

import re

from dragoman.annotate import date_lexicon as lexicon
from dragoman.annotate.date_grammar import Atom
from dragoman.model.annotations import AnnotatedText, MentionType, Sentence
from dragoman.reference import calendar

_WORD_BEFORE = re.compile(r"([^\W\d_]+)[.’']?[\s-]{1,3}$")
_NEXT_WORD = re.compile(r"[\s-]{1,2}([^\W\d_]+)")
_OPENED = re.compile(r"(?:[(\[|\t–—/,;:]\s?|\s{3,}|^[\s\W]*|’s\s|'s\s|s’\s)$")
_CLOSED = re.compile(r"\s*(?:[)\]|\t:;–—.,?!]|\s{3,}|$)")
_MONEY = re.compile(r"[$€£¥₽₸₹₺₴#№§+×=/\d.,-]\s?$")
_MONTH_LEAD = re.compile(
    r"\b(?:in|since|by|until|till|during|of|from|to|through|before|after|between|on|for|this|last|next|past|early|late|mid|end|and|or|"
    r"beginning|since early|every|each|\d)[\s–-]{1,2}(?:the\s)?$",
    re.I,
)
_WHOLE_YEAR = re.compile(r"\b(?:for|over|during|throughout|in|of)\sthe\s(?:whole\s|entire\s|full\s)?$", re.I)
_YEAR_OF = re.compile(r"\s(?:of|in|when|that|to|the|\d)")
_MOVE_TO = re.compile(r"\s(?:to|until|till)\s", re.I)
_HALF_LEAD = re.compile(r"\b(?:in|for|during|over|by|since|until|from|to|throughout|of|this|year[’']s)\s(?:the\s)?$", re.I)
_WORDS = frozenset({"may", "march", "mar", "august", "dec", "sep", "jan"})
_UPPER = re.compile(r"\s[A-Z][a-z]+")


def is_date(text: AnnotatedText, sentence: Sentence | None, atom: Atom, left: int, right: int) -> bool:
    """Whether a match of the grammar is a date where it stands."""
    if atom.kind in ("cal", "months", "numeric") and (_named(text, atom) or _numbered(text.text, atom, left)):
        return False
    if atom.kind in ("months", "years") and _MOVE_TO.search(atom.match.group()) and moved(text.text, atom.start, left):
        return False
    if atom.kind == "part":
        return _is_part(text.text, atom, left, right)
    if atom.kind in ("year", "years"):
        return (atom.part is not None or is_year(text, sentence, atom.start, atom.end, left, right)) and not _named(text, atom)
    if atom.kind == "cal" and atom.month and not atom.day and not atom.year and not atom.ref_year:
        return _is_month(text, atom, left, right)
    if atom.kind == "cal" and atom.day:
        return _is_day(text, sentence, atom, left, right)
    if atom.kind == "weekday":
        return _is_weekday(text, atom, left, right)
    if atom.kind == "season":
        return _is_season(text.text, atom, left)
    if atom.kind == "decade" and atom.match.groupdict().get("word"):
        return bool(re.search(r"\b(?:the|early|late|mid)[\s-]$", text.text[max(left, atom.start - 8) : atom.start], re.I))
    if atom.kind == "year_so":
        before, after = text.text[max(left, atom.start - 24) : atom.start], text.text[atom.end : right]
        return bool(atom.part) or bool(_WHOLE_YEAR.search(before) and atom.match["what"].lower() == "year" and not _YEAR_OF.match(after))
    if atom.kind == "weekend":
        return bool(re.search(r"\b(?:the|this|over)\s$", text.text[max(left, atom.start - 6) : atom.start], re.I))
    if atom.kind == "ref":
        return _is_ref(text, sentence, atom, right)
    if atom.kind == "for":
        return True
    if atom.kind == "shift" and not atom.match.groupdict().get("n"):
        return bool(re.search(r"\b(?:the|a|one)\s$", text.text[max(left, atom.start - 5) : atom.start], re.I)) and not re.match(
            r"\s(?!(?:it|he|she|they|that|when|and|but|by|in|at|on|had|was|with)\b)\w", text.text[atom.end : right]
        )
    return True


def moved(text: str, start: int, left: int) -> bool:
    """Whether "from X to Y" tells of a date that was changed, not of a period."""
    lead = text[max(left, start - 80) : start].lower()
    return any(word in lead for word in lexicon.group("moves"))


def impossible(atom: Atom) -> bool:
    """31 February, with a year or without."""
    if atom.kind != "cal" or not atom.day or not atom.month:
        return False
    year = atom.year or 2024
    return not all(calendar.edtf(year, atom.month, d) for d in (atom.day, atom.day2 or atom.day)) and atom.day < 40


def _numbered(text: str, atom: Atom, left: int) -> bool:
    """ "Section 12.3.2004", "version 2.10.1999"."""
    if not text[atom.match.start()].isdigit() or (atom.match.groupdict().get("m")):
        return False
    before = _WORD_BEFORE.search(text[max(left, atom.start - 24) : atom.start])
    return before is not None and before[1].lower() in lexicon.group("year_not_after")


def _is_part(text: str, atom: Atom, left: int, right: int) -> bool:
    """A half needs a year, a month or a word like "in": "the second half was dull" is a match."""
    if atom.year or atom.ref_year or atom.month or atom.match["year"]:
        return True
    if atom.match.group().lower().endswith(" of") or re.match(r"\sof\b", text[atom.end : right]):
        return False
    return atom.match["what"].lower() == "quarter" or bool(_HALF_LEAD.search(text[max(left, atom.start - 16) : atom.start]))


def is_year(text: AnnotatedText, sentence: Sentence | None, start: int, end: int, left: int, right: int) -> bool:
    """Whether four digits are a year, by the words at both sides."""
    before = text.text[max(left, start - 24) : start]
    after = text.text[end : min(right, end + 24)]
    if _MONEY.search(before) and not re.search(r"(?:^|[\s(–—])[–—-]?\s?$", before[-2:]):
        return False
    if re.search(r"\d\s$", before) and not re.search(r"\d{4}\s$|,\s$", before) and not re.search(r"\s{2,}$", before):
        return False
    if re.match(r"[-–]\w", after) and not re.match(r"[-–](?:\d|[A-Za-z]+)", after):
        return False
    follows = _NEXT_WORD.match(after)
    word = follows[1].lower() if follows else ""
    hit = _WORD_BEFORE.search(before)
    lead = hit[1].lower() if hit else ""
    if lead in lexicon.group("year_not_after") or (word in lexicon.group("year_not_before") and lead not in ("in", "since", "by", "until")):
        return False
    if end - start > 6:  # "2021–2025"
        return True
    plural = _plural(sentence, end, word)
    if lead in lexicon.group("year_after", "sure"):
        return word not in lexicon.group("year_not_before") or lead != "in" or not re.match(r"\s", after) or word in ("m", "per")
    if lead in lexicon.group("year_after", "loose"):
        return not plural or word in lexicon.group("year_nouns")
    if _OPENED.search(before):
        return bool(_CLOSED.match(after)) or bool(re.match(r"\s[a-z]", after) and not plural)
    if hit and hit[1][:1].isupper() and not re.search(r"\bthe\s[\w\s]{0,20}$", before):
        return False
    return hit is not None and hit[1][:1].islower() and not hit[1].endswith("s") and bool(_CLOSED.match(after)) and len(hit[1]) > 3


def _plural(sentence: Sentence | None, end: int, word: str) -> bool:
    """Whether a plural noun follows directly, so that the digits may count it."""
    if not word.endswith("s") or word.endswith(("ss", "us", "is")):
        return False
    for token in sentence.tokens if sentence else ():
        if token.start >= end:
            return token.pos in ("NOUN", "") or not token.pos
    return True


def _named(text: AnnotatedText, atom: Atom) -> bool:
    """Inside a person's name, or in the middle of another name."""
    names = (MentionType.PERSON, MentionType.ORGANIZATION, MentionType.PLACE)
    for m in text.mentions_in(max(0, atom.start - 60), atom.end + 60, *names):
        if m.start <= atom.start and m.end >= atom.end and (m.end > atom.end or m.type is MentionType.PERSON):
            return True
        if m.type is MentionType.PERSON and m.start == atom.start and not atom.day and not atom.year:
            return True
    return False


def _is_month(text: AnnotatedText, atom: Atom, left: int, right: int) -> bool:
    name = text.text[atom.match.start() : atom.end].rstrip(".,")
    if not name[:1].isupper():
        return False
    before, after = text.text[max(left, atom.start - 16) : atom.start], text.text[atom.end : right]
    led = atom.part is not None or bool(_MONTH_LEAD.search(before))
    if len(name) <= 4 and name.lower() not in ("may", "june", "july"):
        return led and not _UPPER.match(after)
    if name.lower() in _WORDS:
        return led and not _UPPER.match(after)
    return led or not re.match(r"\s[A-Z][a-z]+(?!\w)", after)


def _is_day(text: AnnotatedText, sentence: Sentence | None, atom: Atom, left: int, right: int) -> bool:
    words = atom.match.group("m") if "m" in atom.match.groupdict() else None
    if not 1 <= (atom.day or 0) <= 31 or (atom.day2 and not (atom.day or 0) < atom.day2 <= 31):
        return False
    if words is None:
        return True
    if words.islower() and words.lower() in ("may", "march", "mar", "dec", "sun"):
        return False
    if re.search(r"[\d.,:$€£/+-]$", text.text[max(left, atom.start - 1) : atom.start]):
        return False
    day = "d" if "d" in atom.match.groupdict() else "od"
    if atom.match.start("m") < atom.match.start(day) and not atom.year:
        after = _NEXT_WORD.match(text.text, atom.end, right)
        if after and _plural(sentence, atom.end, after[1].lower()) and after[1].islower():
            return False
        return words[:1].isupper() and not (after and after[1].lower() in lexicon.group("year_not_before"))
    return True


def _is_weekday(text: AnnotatedText, atom: Atom, left: int, right: int) -> bool:
    name = atom.match["day"]
    if not name[:1].isupper():
        return False
    before = _WORD_BEFORE.search(text.text[max(left, atom.start - 16) : atom.start])
    after = _NEXT_WORD.match(text.text, atom.end, right)
    if before and before[1].lower() in lexicon.group("weekday_not_after"):
        return False
    return not (after and after[1].lower() in lexicon.group("weekday_not_before")) and not _named(text, atom)


def _is_season(text: str, atom: Atom, left: int) -> bool:
    if atom.year or atom.ref_year or atom.part:
        return True
    before = text[max(left, atom.start - 22) : atom.start].lower()
    if re.search(r"\b(?:in|until|by|since|during|till|before|after|from|to|for)\s(?:the\s)?(?:early\s|late\s)?$", before):
        the = re.search(r"\bthe\s(?:early\s|late\s)?$", before)
        after = text[atom.end : atom.end + 8].lower()
        if re.match(r"\s?(?:of|in)\b", after) and atom.match["season"].lower() in ("fall", "spring"):
            return False
        if atom.match["season"].lower() in ("fall", "spring"):
            return bool(the) or bool(re.search(r"\bin\s$", before) and atom.match["season"].lower() == "spring")
        return bool(the) or before.endswith("in ")
    return False


def _is_ref(text: AnnotatedText, sentence: Sentence | None, atom: Atom, right: int) -> bool:
    what, ref = atom.match["what"], atom.match["ref"].lower()
    low = what.lower()
    named = low in lexicon.month_of() or low in calendar.weekdays()
    if named and (not what[:1].isupper() or (_UPPER.match(text.text[atom.end : right]) and low in ("may", "march", "april", "june"))):
        return False
    if low == "day" and ref in ("this", "last", "past", "present", "current", "coming"):
        return False
    if low == "century" and ref in ("that", "same"):
        return False
    return not (ref == "that" and low in lexicon.words()["seasons"])

"""Runs of capitalised words that may name a person, with the signs beside them: honorifics, offices, the model's reading."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache

from dragoman.model.annotations import AnnotatedText, Mention, MentionType, Sentence
from dragoman.model.documents import Zone
from dragoman.reference import person_names
from dragoman.reference.person_names import fold

_UPPER = "".join(c for c in map(chr, [*range(0x41, 0x250), *range(0x386, 0x530), *range(0x1E00, 0x1F00)]) if c.isupper() or c.istitle())
_PREFIX = r"(?:(?:[Aa][lnrstdz]|[Aa][sd]h|[Ee]l|[Ee]s|[Uu][lrds]|[dDlL]|[Dd]ell|[Dd]all|bin|ben)[-'’])"
_WORD = re.compile(rf"(?<![\w'’@#/-])(?:{_PREFIX}|[ʻ‘'’`ʿ](?=[{_UPPER}]))?[{_UPPER}][\w'’ʻ‘`ʼʿ-]*")
_CAPITALISED = re.compile(rf"[{_UPPER}][\w'’ʻ‘`ʼʿ-]*")  # begins with a set, which the engine looks for fast
_LED = frozenset("'’-ʻ‘`ʿ")
_LOWER = re.compile(r"(?<![\w-])[a-z][a-zà-ÿ-]{2,}")
_LOWERS = re.compile(r"([a-z][a-zà-ÿ-]{2,})[\w-]*|[\w-]+")  # the same in group 1; a word goes by in one step
_ALNUM = re.compile(r"[^\W_]")
_TAILS = frozenset("sS'’‘`-_")
_SPACE = re.compile(r"[ \u00a0\u202f]{1,2}|[ \u00a0]?\n[ \u00a0]?")
_ACTS = re.compile(
    r",?\s+(?:(?:has|have|had|also|then|later|further|herself|himself)\s+){0,2}(?:who|whose|said|says|told|tells|added|adds"
    r"|noted|notes|stressed|stresses|emphasi[sz]ed|explained|argued|argues|wrote|writes"
    r"|met|thanked|visited|arrived|welcomed|received|recalled|replied|asked|answered|called for|praised|spoke|speaks|attended"
    r"|chaired|resigned|served|serves|joined|lived|was born|became|stated|states|underlined|highlighted"
    r"|pointed out|expressed|proposed|warned|admitted|acknowledged|remarked|observed|insisted|believes|thinks|hopes|declined"
    r"|refused|agreed|promised|pledged|assured|congratulated|invited|accepted|briefed|hosted|led|signed|died|succeeded|replaced"
    r"|was appointed|was elected|was named|was sworn|took office|took over|is a|was a)\b"
)
_INITIAL = re.compile(r"\b([^\W\d_]{1,2})\.(?=\w)")
_NOT_FIRST = frozenset({"in", "y", "e", "i", "op", "aan", "mac", "us", "la", "le", "lo"})
_DAYS = frozenset(
    [
        "monday",
        "tuesday",
        "wednesday",
        "thursday",
        "friday",
        "saturday",
        "sunday",
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ]
)
_HOUSES = frozenset(  # "the Speaker of the National Assembly Ana Petrova"
    ["assembly", "parliament", "senate", "council", "commission", "committee", "chamber", "congress", "ministry", "duma", "rada", "sejm"]
)
_OFFICE_OF = re.compile(
    r"\b(?:[A-Z]\w+|ambassador|president|minister|premier|king|chancellor|speaker|government|republic|kingdom|consul|envoy|leader|affairs)"
    r"\s+of\s+(?:the\s+)?$"
)
_PEER = re.compile(r"\b(?:counterpart|homologue|colleague|opposite number)[,:]?\s$")
LONGEST = 14  # words of a name; more is no name
_SOFT = frozenset({MentionType.STATE, MentionType.PLACE, MentionType.DEMONYM})


@dataclass(slots=True)
class Run:
    """Capitalised words that may be a name.

    parts     the words as the text has them, particles included
    titled    an honorific or office stands right before ("Mr", "President"); `office` names the office
    beside    an office stands beside, parted by a comma or bracket
    person    the language model reads a person here; `other` what else it reads
    acts      a verb of persons follows ("said", "arrived", "who"), or it is put in between commas
    first     stands at the start of its sentence
    heading   stands among words that all have capitals
    noun      a capitalised common noun stands right before ("Cyclone Idai") or closes it ("Eleanor Park")
    """

    start: int
    end: int
    parts: list[str]
    sentence: Sentence
    titled: bool = False
    office: str | None = None
    beside: bool = False
    person: bool = False
    other: str = ""
    acts: bool = False
    first: bool = False
    heading: bool = False
    noun: bool = False
    gender: str | None = None
    ends: list[int] = field(default_factory=list)


def split(name: str) -> list[str]:
    """The words of a name, initials apart: "B.Battsetseg" is two."""
    return _INITIAL.sub(r"\1. ", name).split() if "." in name else name.split()


def lower_words(body: str) -> frozenset[str]:
    """The words that the document also writes small: common ones, not names."""
    return frozenset(_LOWERS.findall(body)) - {""}


def runs(text: AnnotatedText, others: list[Mention], small: frozenset[str]) -> Iterator[Run]:
    """All runs of the sentences, in order."""
    entities = sorted((e.start, e.end, e.label) for e in text.entities)
    starts = [e[0] for e in entities]
    k = 0
    for sentence in text.sentences:
        while k < len(others) and others[k].end <= sentence.start:
            k += 1
        stop = k
        while stop < len(others) and others[stop].start < sentence.end:
            stop += 1
        here = others[k:stop]
        for run in _sentence_runs(text.text, sentence, here, small):
            _model(run, entities, starts)
            yield run


def _model(run: Run, entities: list[tuple[int, int, str]], starts: list[int]) -> None:
    at = max(0, bisect_right(starts, run.start) - 1)
    for start, end, label in entities[at : at + 4]:
        common = min(end, run.end) - max(start, run.start)
        if common > 0 and 2 * common >= run.end - run.start:
            run.person = run.person or label == "PER"
            run.other = run.other or ("" if label == "PER" else label)


@cache
def _glue() -> re.Pattern[str]:
    particles = sorted((p for p in person_names.words()["particles"]), key=len, reverse=True)
    one = "|".join(map(re.escape, particles))
    return re.compile(rf"[ \u00a0](?:{one})(?:[ \u00a0](?:{one}))?[ \u00a0]")


def _sentence_runs(body: str, sentence: Sentence, here: list[Mention], small: frozenset[str]) -> Iterator[Run]:
    words = _capitalised(body, sentence.start, sentence.end)
    opened = next((m.end() for m in _ALNUM.finditer(body, sentence.start, sentence.end)), sentence.end)
    heading = _title_case(body, sentence, words)
    run: Run | None = None
    k, broken = 0, -9
    for start, end in words:
        while k < len(here) and here[k].end <= start:
            k += 1
        cover = here[k] if k < len(here) and here[k].start < end and here[k].end > start else None
        if run is not None and (len(run.parts) > LONGEST or not _joins(body, run, start, end, cover)):
            yield from _finished(body, run, here)
            run = None
        if cover is not None and run is None and not _name_in_spite(body, cover, start, end, words):
            continue
        if run is None:
            run = Run(start, end, [], sentence, first=start < opened or _opens(body, start), heading=heading, noun=start - broken == 1)
        elif run.parts:
            run.parts += body[run.end : start].replace(".", " ").split()
        run.parts.append(body[start:end])
        run.ends.append(end)
        run.end = end
        lowered = fold(body[start:end]).strip(".")
        if cover is None and _breaks(run, lowered, start, small):
            if lowered in person_names.words()["not_names"] and lowered not in _DAYS:
                broken = -9 if lowered in _HOUSES else end
                if body[run.end - (end - start) - 1] == " " and len(run.parts) == 2 and not heading:
                    run.noun = True  # "King Olav Hotel"
                if (
                    len(run.parts) == 2
                    and lowered in person_names.words()["ambiguous"]
                    and fold(run.parts[0]) in person_names.names().given
                ):
                    run.noun = True  # "Eleanor Park": told by what stands beside
                    continue
            run.parts.pop()
            run.ends.pop()
            if run.parts:
                run.end = run.ends[-1]
                _trim_particles(body, run)
                yield from _finished(body, run, here)
            run = None
    if run is not None:
        yield from _finished(body, run, here)


def _capitalised(body: str, start: int, end: int) -> list[tuple[int, int]]:
    """The words with a capital between two places, articles such as "al-" with them: what the pattern `_WORD` finds."""
    out: list[tuple[int, int]] = []
    at = start
    for m in _CAPITALISED.finditer(body, start, end):
        first = m.start()
        before = body[first - 1] if first else " "
        if first > start and before in _LED:
            first = next((k for k in range(max(at, first - 5), first) if (w := _WORD.match(body, k, end)) and w.end() == m.end()), first)
        if first < m.start() or not (before.isalnum() or before in "_'’@#/-"):
            at = m.end()
            out.append((first, _end(m[0], at)))
            continue
        for w in _WORD.finditer(body, m.start(), m.end()):  # "eBay‘Shop": a word within the word
            at = w.end()
            out.append((w.start(), _end(w[0], at)))
    return out


def _end(word: str, end: int) -> int:
    """End of the word without a possessive or a closing quotation mark."""
    if word[-1] not in _TAILS:
        return end
    for tail in ("'s", "’s", "'S", "’S", "s’", "s'"):
        if word.endswith(tail):
            return end - (1 if tail[0] == "s" else 2)
    return end - (len(word) - len(word.rstrip("'’‘`-_")))


def _opens(body: str, start: int) -> bool:
    return body[max(0, start - 2) : start].strip(" ") in (
        "“",
        '"',
        "«",
        ":",
        "•",
    )


def _title_case(body: str, sentence: Sentence, words: list[tuple[int, int]]) -> bool:
    """Whether nearly all long words of the sentence have capitals."""
    if len(words) < 4:
        return sentence.zone is Zone.HEADING and len(words) > 2
    if sentence.zone is not Zone.HEADING and body[sentence.end - 1] in ".!?":
        return False
    lower = sum(1 for _ in _LOWER.finditer(body, sentence.start, min(sentence.end, sentence.start + 400)))
    return lower <= len(words) * 0.34


def _joins(body: str, run: Run, start: int, end: int, cover: Mention | None) -> bool:
    """Whether the next capitalised word goes on with the name."""
    gap = body[run.end : start]
    if cover is not None and not _surname(run, cover, start, end, gap):
        return False
    if _SPACE.fullmatch(gap):
        return "\n" not in gap or not run.heading
    if gap[:1] == "." and run.parts and (len(run.parts[-1]) <= 2 or fold(run.parts[-1]) in person_names.words()["honorifics"]):
        return gap == "." or bool(_SPACE.fullmatch(gap[1:]))
    return len(gap) < 16 and bool(_glue().fullmatch(gap))


def _surname(run: Run, cover: Mention, start: int, end: int, gap: str) -> bool:
    """Whether a state's or place's name after a given name is a surname ("Simon Paris", "Carolina von Bergen")."""
    if cover.type not in _SOFT or (cover.start, cover.end) != (start, end) or "\n" in gap or not run.parts:
        return False
    given = fold(run.parts[0]) in person_names.names().given
    return given and (len(run.parts) == 1 or (cover.type is MentionType.PLACE and (not run.heading or len(run.sentence.text) < 60)))


def _name_in_spite(body: str, cover: Mention, start: int, end: int, words: list[tuple[int, int]]) -> bool:
    """For example "Chad Ellison", "Georgia Melas": a given name that the tables have as a state or place."""
    if cover.type not in _SOFT or (cover.start, cover.end) != (start, end) or fold(body[start:end]) not in person_names.names().given:
        return False
    if cover.type is MentionType.STATE and _OFFICE_OF.search(body, max(0, start - 40), start):
        return False  # "Ambassador of Jordan Faisal Haddadin"
    at = bisect_right(words, (start, end))
    gap = body[end : words[at][0]] if at < len(words) else ""
    return (gap == " " or (0 < len(gap) < 16 and bool(_glue().fullmatch(gap)))) and body[
        words[at][0] : words[at][1]
    ].lower() not in person_names.words()["not_names"]


def _breaks(run: Run, low: str, start: int, small: frozenset[str]) -> bool:
    """Whether the word ends a name: a common noun, or a word that opens a sentence."""
    lists = person_names.words()
    if low in lists["not_names"] and low not in lists["honorifics"]:
        return not (len(run.parts) == 1 and low in person_names.names().first)  # "Park Jin-seo"
    opening = len(run.parts) == 1 and run.first and len(low) > 1
    if (
        low in lists["headlines"]
        and len(run.parts) > 1
        and (run.heading or (low[-1] == "s" and len(low) > 4 and low not in ("marks", "hands", "backs")))
    ):
        return True
    if (
        len(low) > 1
        and low in lists["openers"]
        and (opening or (run.heading and low not in lists["particles"]))
        and low not in lists["honorifics"]
    ):
        return True
    if (
        opening
        and low not in lists["honorifics"]
        and low not in person_names.names().given
        and low not in person_names.names().first
        and _common_here(run.sentence, start, low, small)
    ):
        return True
    return run.heading and low in small and low not in person_names.names().given


def _common_here(sentence: Sentence, start: int, low: str, small: frozenset[str]) -> bool:
    """Whether the first word of a sentence is a common word: the document has it small, or the tagger says so."""
    if low in small:
        return True
    token = next((t for t in sentence.tokens if t.start >= start), None)
    return (
        token is not None
        and token.start == start
        and token.pos in ("VERB", "AUX", "ADP", "ADV", "DET", "PRON", "SCONJ", "CCONJ", "NUM", "PART")
    )


def _trim_particles(body: str, run: Run) -> None:
    """A name does not end in a particle."""
    while len(run.parts) > 1 and run.parts[-1][0].islower() and fold(run.parts[-1]) in person_names.words()["particles"]:
        run.parts.pop()


def _finished(body: str, run: Run, here: list[Mention]) -> Iterator[Run]:
    """The run without honorifics and letters after it; with the offices beside it."""
    lists = person_names.words()
    genders: list[str] = []
    at = run.start
    bare = run.noun and len(run.parts) < 3
    while run.parts:
        low = fold(run.parts[0]).strip(".")
        nxt = fold(run.parts[1]).strip(".") if len(run.parts) > 1 else ""
        if low == "h" and nxt in ("e", "m", "h", "r", "rh"):
            count = 2
        elif low in lists["honorifics"] and (len(run.parts) > 1 or low not in person_names.names().given):
            count = 1
            if lists["honorifics"][low]:
                genders.append(lists["honorifics"][low])
        else:
            break
        if len(run.parts) == count:
            return
        for part in run.parts[:count]:
            at = body.index(part, at) + len(part)
        run.parts = run.parts[count:]
        at = body.index(run.parts[0], at)
        run.titled = not bare
    if run.parts and run.parts[0] in _NOT_FIRST:
        return
    run.start = at
    _leading(body, run, genders)
    while len(run.parts) > 1 and fold(run.parts[-1]).strip(".") in lists["after"] and fold(run.parts[-1]) not in lists["kept_after"]:
        run.parts.pop()
        run.end = _last(body, run)
    _trim_particles(body, run)
    if not run.parts or not any(c.isalpha() for c in run.parts[0]):
        return
    run.parts = split(body[run.start : run.end])
    run.gender = genders[0] if genders else None
    apart = body[max(0, run.start - 2) : run.start].strip() in (",", "(", "–", "—") and body[run.end : run.end + 1] in (",", ")", ".", ";")
    run.acts = (apart and len(run.parts) > 1) or _ACTS.match(body, run.end) is not None
    _offices(body, run, here)
    yield run


def _leading(body: str, run: Run, genders: list[str]) -> None:
    """An honorific in small letters or in brackets before the run ("the late Mr", "Gen. (retd.)")."""
    before = body[max(0, run.start - 14) : run.start]
    if re.search(r"\(\s*[Rr]etd?\.?\s*\)\s*$", before) or re.search(
        r"\b(?:señor|monsieur|herr|frau|madame|sheikh|shaykh|emir|pan|don|doña|hajji|mullah)\s$", before
    ):
        run.titled = True
    if len(run.parts) > 1 and _PEER.search(body, max(0, run.start - 20), run.start):
        run.titled = True  # "his Lao counterpart X"


def _last(body: str, run: Run) -> int:
    at = run.start
    for part in run.parts:
        at = body.index(part, at) + len(part)
    return at


def _offices(body: str, run: Run, here: list[Mention]) -> None:
    """The offices beside the run: right before it, through "of STATE", or across a comma on either side."""
    before = [m for m in here if m.end <= run.start]
    if before:
        last = before[-1]
        gap = _bare(body[last.end : run.start])
        office = _owner_of(body, before)
        if office is not None:
            if gap == "" and not run.parts[0][0].islower() and not (run.noun and len(run.parts) == 1):
                run.titled, run.office = True, office.name
                run.gender = run.gender or office.gender
            elif gap in (",", "(", "–", "—", "-", ":", ", "):
                run.beside = True
                run.gender = run.gender or office.gender
        elif (last.type is MentionType.DEMONYM and gap == "") or (
            last.type is MentionType.STATE and body[last.end : last.end + 2] in ("'s", "’s")
        ):
            run.beside = run.beside or bool(body[last.end : run.start].strip(" '’s") == "" and len(run.parts) > 1)
    after = [m for m in here if m.start >= run.end]
    _after(body, run, after)


def _bare(gap: str) -> str:
    """The glue between an office and a name without honorifics and spaces."""
    words = [w for w in gap.replace(".", " ").split() if fold(w).strip(",") not in person_names.words()["honorifics"] or w == ","]
    return " ".join(words)


def _owner_of(body: str, before: list[Mention]) -> Mention | None:
    """The office that the last mention is, or that it completes ("President of Peru", "head of the Bank of Peru")."""
    last = before[-1]
    for back in range(1, min(4, len(before)) + 1):
        m = before[-back]
        if m.type is MentionType.POSITION:
            if back == 1:
                return m
            glue = body[m.end : before[-back + 1].start]
            return m if re.fullmatch(r"\s+(?:of|for|to|at|in)\s+(?:the\s+)?", glue) else None
        if m.type not in (MentionType.STATE, MentionType.ORGANIZATION, MentionType.PLACE, MentionType.DEMONYM):
            return None
        if back > 1 and not re.fullmatch(r"\s+(?:of|for|to|and|in)?\s*(?:the\s+)?", body[m.end : before[-back + 1].start]):
            return None
    return last if last.type is MentionType.POSITION else None


_AFTER = re.compile(
    r"\s*(?:,|\(|–|—|-|\n)\s*(?:(?:the|a|an|its|his|her|their|our|who|is|was|then|now|currently|new|newly|appointed|former"
    r"|acting|first|senior|permanent|leading|political|chief|which|as)\s+|ex-){0,4}$"
)


def _after(body: str, run: Run, after: list[Mention]) -> None:
    for m in after[:3]:
        gap = body[run.end : m.start]
        if len(gap) > 60:
            return
        if m.type is MentionType.POSITION:
            plain = re.sub(r"['’]s\b", "", gap)
            if _AFTER.match(plain) or (after[0] is not m and _covered(body, run, after, m)):
                run.beside = True
                run.gender = run.gender or m.gender
            return
        if m.type not in (MentionType.STATE, MentionType.DEMONYM, MentionType.ORGANIZATION, MentionType.PLACE):
            return


def _covered(body: str, run: Run, after: list[Mention], office: Mention) -> bool:
    """For example "X, Kazakhstan's Minister of Trade": only states and bodies between."""
    at, gap = run.end, ""
    for m in after:
        gap += body[at : m.start] if m.start > at else ""
        at = m.end
        if m is office:
            break
    return bool(_AFTER.match(re.sub(r"['’]s?\b", "", gap).rstrip() + " "))

"""Offices in a text: titles from the table, ministers of any portfolio, with former, acting, designate and plural."""

from __future__ import annotations

import re
from functools import cache
from typing import Any, NamedTuple

import ahocorasick

from dragoman.annotate import portfolios
from dragoman.model.annotations import AnnotatedText, Mention, MentionType
from dragoman.reference import person_names, positions
from dragoman.reference.positions import Form

_FOLD = str.maketrans("-‐‑–—\n\r\t\u00a0\u202f’‘ʼ`", "          ''''")
_BEFORE = re.compile(r"([^\W\d_][\w'’.-]*)([\s-]+)$")
_NEXT = re.compile(r"\s+([^\W_][\w'’-]*)")
_DESIGNATE = re.compile(r"[\s-](elect|designate|in[\s-]waiting|nominate)\b", re.I)
_OWNED = re.compile(r"(?:['’]s?|['’])\s+(?:(?:[A-Z]\w+\s+)?([A-Z]\w+)|(office)\b)")
_HOLDER = re.compile(r"([A-Z]\w+)\s+of\s+(?:the\s+)?$")
_OF = re.compile(r"\s+of\b")
_WITH = re.compile(r"\s+(?:of|for|at|in)\b")
_TO = re.compile(
    r"\s+(?:to|of)\s+(?:the\s+)?((?:First\s+)?(?:Deputy\s+)?(?:Prime\s+Minister|President|Minister|Governor|King|Secretary|Chancellor|Emir))\b",
    re.I,
)
_REGION = re.compile(r"\s+(?:for|on)\s+(?=(?:the\s+)?[A-Z])", re.S)
_NOT_MINISTER = re.compile(r"\s+to\s+(?:the\s+)?(?:sick|poor|needs?|dying|faithful|homeless|souls)\b")
_NOT_HEAD = re.compile(r"\s+of\s+(?:cattle|livestock|sheep|steam|hair|the\s+(?:table|queue|list|line|river|bay|gulf))\b")
_AT_HEAD = re.compile(r"\bat\s+the\s+$", re.I)
_PREMIER_OF_SORT = re.compile(
    r"\s+(?:league|inn|division|destination|event|platform|institution|university|forum|class|club|brand|product|bank|global|international|regional|research)\b",
    re.I,
)
_ALSO_NAMES = frozenset(
    [
        "sultan",
        "emir",
        "amir",
        "king",
        "dean",
        "pope",
        "judge",
        "bishop",
        "marshal",
        "shah",
        "wali",
        "vali",
        "prince",
        "duke",
        "major",
        "chancellor",
        "cardinal",
        "abbot",
        "mayor",
        "captain",
        "justice",
    ]
)
_MACHINE = re.compile(r"\s+(?:valve|system|box|phone|cable|wire)s?\b", re.I)


class _Found(NamedTuple):
    start: int
    end: int
    form: Form
    key: str


def find(text: AnnotatedText) -> list[Mention]:
    """The offices named, in order, without overlaps; whose they are is left to the phrase around them."""
    body = text.text
    found = _hits(body)
    out: list[Mention] = []
    floor = 0
    for k, hit in enumerate(found):
        limit = _limit(text, hit)
        mention = _mention(text, hit, floor, limit, found[k + 1] if k + 1 < len(found) else None)
        if mention is None or (mention.start < floor and mention.end <= floor):
            continue
        while out and out[-1].end > mention.start:
            out.pop()
        out.append(mention)
        if mention.name != "deputy":
            floor = mention.end
    return out


def titles(label: str) -> list[tuple[int, int]]:
    """Where a speaker's label has offices."""
    return [(hit.start, hit.end) for hit in _hits(label)]


def fold(text: str) -> str:
    """Lower case of the same length, with hyphens and line breaks as spaces and one sort of apostrophe."""
    flat = text.translate(_FOLD)
    low = flat.lower()
    return low if len(low) == len(flat) else "".join(c.lower() if len(c.lower()) == 1 else c for c in flat)


@cache
def _automaton() -> Any:
    machine = ahocorasick.Automaton()
    for key, form in positions.forms().items():
        machine.add_word(key, (key, form))
    machine.make_automaton()
    return machine


def _hits(body: str) -> list[_Found]:
    """Leftmost longest forms that stand as words of their own."""
    low = fold(body)
    best: list[_Found] = []
    for last, (key, form) in _automaton().iter(low):
        start, end = last - len(key) + 1, last + 1
        if (start and (low[start - 1].isalnum() or low[start - 1] == "_")) or (end < len(low) and (low[end].isalnum() or low[end] == "_")):
            continue
        if not _cased(form, body[start:end]):
            continue
        while best and best[-1].start >= start:
            best.pop()
        if not best or best[-1].end <= start:
            best.append(_Found(start, end, form, key))
    return best


def _cased(form: Form, words: str) -> bool:
    if form.case == "U":
        return words.isupper()
    if form.case == "m":
        return words[:-1].isupper() and (words[-1] == "s" or words.isupper())
    return words[0].isupper() if form.case in "Cr" else True


def _limit(text: AnnotatedText, hit: _Found) -> tuple[int, int]:
    sentence = text.sentence_at(hit.start)
    if sentence is not None:
        return sentence.start, max(sentence.end, hit.end)
    from_ = text.text.rfind("\n", 0, hit.start) + 1
    to = text.text.find("\n", hit.end)
    return from_, to if to >= 0 else len(text.text)


def _mention(text: AnnotatedText, hit: _Found, floor: int, limit: tuple[int, int], following: _Found | None) -> Mention | None:
    """The hit with its portfolio and qualifiers, or None where the word does not mean an office."""
    body, form, start, end, name = text.text, hit.form, hit.start, hit.end, hit.form.name
    left_edge = max(limit[0], floor)
    lower = body[start].islower()
    extended = False
    if "l" in form.takes:
        reach = portfolios.before(body, start, left_edge)
        if reach:
            start, name, extended = reach[0], portfolios.joined(name, reach[1]), True
    if "p" in form.takes and not extended:
        ahead = portfolios.after(body, end, limit[1])
        if ahead:
            end, name, extended = ahead[0], portfolios.joined(name, ahead[1], ahead[2]), True
    if not extended and "r" in form.takes and (region := _region(body, end, limit[1])):
        end, name, extended = region[0], f"{name} for {region[1]}", True
    if not extended and "A" in form.takes and (to := _TO.match(body, end, limit[1])):
        end, name, extended = to.end(), f"{name} to the {' '.join(to[1].lower().split())}", True
    start, name, qualified = _qualified(body, start, name, left_edge)
    if not (extended or qualified) and not _stands(text, hit, lower, limit):
        return None
    if _institution(body, start, end):
        return None
    former, acting = _flags(body, start, limit[0])
    designate = "e" in form.takes
    suffix = _DESIGNATE.match(body, end, limit[1])
    if suffix and not designate:
        end, designate = suffix.end(), True
        name = f"{name}-elect" if suffix[1].lower() == "elect" else name
    return Mention(MentionType.POSITION, start, end, body[start:end], name, form.state, former, acting, designate, form.plural, form.gender)


def _qualified(body: str, start: int, name: str, left_edge: int) -> tuple[int, str, bool]:
    """For example "first deputy" and the like before the title, as part of its name."""
    lists = positions.words()
    found = _BEFORE.search(body, max(left_edge, start - 24), start)
    word = found[1].lower() if found else ""
    if not found or word not in lists["qualifiers"] or word in name.split()[:2]:
        return start, name, False
    start, name = found.start(), f"{word} {name}"
    more = _BEFORE.search(body, max(left_edge, start - 24), start)
    if more and more[1].lower() in lists["degrees"]:
        start, name = more.start(), f"{more[1].lower()} {name}"
    return start, name, True


def _region(body: str, end: int, limit: int) -> tuple[int, str] | None:
    """For example "for the Horn of Africa" after an envoy: what he is envoy for."""
    found = _REGION.match(body, end, limit)
    if not found:
        return None
    at = last = found.end()
    parts: list[str] = []
    for word in re.finditer(r"[^\s,;:.()\"“”]+", body[at : min(limit, at + 90)]):
        w = word[0]
        if w[0].isupper() or (w in ("the", "of", "and") and (parts or w == "the")):
            parts.append(w)
            if w[0].isupper():
                last = at + word.end()
        else:
            break
        if body[at + word.end() : at + word.end() + 1] in (",", ".", ";", ""):
            break
    words = body[at:last].split()
    given = person_names.names().given
    named = next((k for k, w in enumerate(words[:-1]) if k and person_names.fold(w) in given and words[k - 1][0].isupper()), 0)
    if named:  # "Envoy for the Sahel Maria Duarte"
        words = words[:named]
        last = at + re.match(r"\s+".join(map(re.escape, words)), body[at:last]).end()  # type: ignore[union-attr]
    if not words or len(words) > 8:
        return None
    if any(w.lower() in ("mr", "ms", "mrs", "dr") for w in words):
        return None
    return last, " ".join(words).lower().removesuffix("'s").removesuffix("’s")


def _stands(text: AnnotatedText, hit: _Found, lower: bool, limit: tuple[int, int]) -> bool:
    """Whether a bare title means somebody's office where it stands."""
    body, case = text.text, hit.form.case
    following = _NEXT.match(body, hit.end, limit[1])
    word = following[1] if following else ""
    named = bool(word) and word[0].isupper()
    before = _BEFORE.search(body, max(limit[0], hit.start - 24), hit.start)
    previous = before[1] if before else ""
    if case == "r":
        return (named and word.lower() not in positions.words()["institutions"] and not hit.form.plural) or (hit.form.plural and named)
    if case == "g":
        return bool(re.search(r"\bthe\s+(?:\w+\s+)?$", body[max(limit[0], hit.start - 30) : hit.start], re.I))
    if hit.key in ("head", "heads") or case == "h":
        if _NOT_HEAD.match(body, hit.end) or _AT_HEAD.search(body[max(0, hit.start - 10) : hit.start]):
            return False
        owned = body[max(0, hit.start - 3) : hit.start].rstrip().endswith(("'s", "’s"))
        return bool(_OF.match(body, hit.end)) or (named and (owned or (bool(previous) and previous[0].isupper()))) or owned
    if not lower:
        return _stands_upper(hit, body, word, named, previous, limit)
    if case in "ds" and _verbal(text, hit):
        return False
    if case == "s":
        return bool(_WITH.match(body, hit.end)) and hit.key not in ("secretary", "secretaries")
    if case == "d":
        return _stands_lower(hit, body, word, named, previous)
    return not (hit.key.startswith(("co chair", "cochair")) and _verbal(text, hit))


def _stands_upper(hit: _Found, body: str, word: str, named: bool, previous: str, limit: tuple[int, int]) -> bool:
    if hit.key == "premier" and _PREMIER_OF_SORT.match(body, hit.end):
        return False
    if hit.key in _ALSO_NAMES and (
        (body[hit.end : hit.end + 1] == "-" and body[hit.end + 1 : hit.end + 2].isupper())  # "Amir-Rahimi said"
        or word.lower() in ("bin", "bint", "ibn", "al", "khan") or word.lower().startswith("al-") or _named_before(previous)
    ):
        return False
    if hit.form.case == "s":
        first = hit.start == limit[0]
        return (
            named
            or bool(_WITH.match(body, hit.end))
            or (bool(previous) and (previous.lower() in ("the", "madam", "mr", "deputy") or previous[0].isupper()))
            or not first
        )
    return not (hit.key in ("deputy", "chief", "leader") and word.lower() in positions.words()["institutions"])


def _named_before(previous: str) -> bool:
    """For example "Larry King", "Amit Shah", "H.E. Sultan": the word is somebody's name."""
    low = person_names.fold(previous).strip(".")
    return previous[:1].isupper() and (low in person_names.names().given or low in ("mr", "mrs", "ms", "dr", "h.e", "he", "e", "sheikh"))


def _stands_lower(hit: _Found, body: str, word: str, named: bool, previous: str) -> bool:
    if _NOT_MINISTER.match(body, hit.end) or _MACHINE.match(body, hit.end):
        return False
    if hit.key == "premier" and (_PREMIER_OF_SORT.match(body, hit.end) or previous.lower() == "a"):
        return False
    low = previous.lower()
    sure = low in positions.words()["determiners"] or low.endswith(("'s", "’s", "s'", "s’")) or previous[:1].isupper()
    return sure or named or hit.form.plural or bool(_OF.match(body, hit.end)) or not previous


def _verbal(text: AnnotatedText, hit: _Found) -> bool:
    """Whether the parser reads the word as a verb ("will chair", "to head", "ministers to")."""
    sentence = text.sentence_at(hit.start)
    if sentence is None:
        return False
    token = next((t for t in sentence.tokens if t.end == hit.end), None)
    return token is not None and token.pos in ("VERB", "AUX", "ADJ", "ADV")


def _institution(body: str, start: int, end: int) -> bool:
    """For example "Prime Minister's Office", "Council of Ministers": bodies, not offices."""
    lists = positions.words()
    owned = _OWNED.match(body, end, end + 50)
    if owned and (owned[2] or owned[1].lower() in lists["owned"]):
        return True
    holder = _HOLDER.search(body, max(0, start - 40), start)
    return bool(holder and holder[1].lower() in lists["holders"])


def _flags(body: str, start: int, edge: int) -> tuple[bool, bool]:
    """For example "former" and "acting" among the adjectives before the title."""
    lists = positions.words()
    former = acting = False
    at = start
    for _ in range(4):
        found = _BEFORE.search(body, max(edge, at - 24), at)
        if not found:
            break
        word = found[1].lower()
        if word in lists["former"]:
            former = True
        elif word in lists["acting"]:
            acting = True
        elif word not in lists["between"]:
            break
        at = found.start()
    return former, acting

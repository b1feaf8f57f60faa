"""Organisations by the shape of their names: "Ministry of X of Y", "Y-X Chamber of Commerce", and acronyms given in brackets."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import replace

from dragoman.annotate import portfolios
from dragoman.annotate.name_words import words
from dragoman.model.annotations import AnnotatedText, Mention, MentionType
from dragoman.reference import organizations, person_names
from dragoman.reference.person_names import fold
from dragoman.reference.scan import Words

_HEADS = (
    "Ministry|Ministries|Department|Chamber|Bank|University|Academy|Corporation|Company|Group|Fund|Agency|Committee|"
    "Commission|Council|Institute|"
    "Association|Union|Federation|Foundation|Centre|Center|Authority|Board|Bureau|Service|Secretariat|Directorate|"
    "Embassy|Consulate General|"
    "Consulate-General|Consulate|High Commission|Permanent Mission|Permanent Representation|Parliament|Senate|Assembly|"
    "Congress|Court|Tribunal|Party|Organization|"
    "Organisation|League|Alliance|Society|College|School|Hospital|Museum|Library|Airlines|Airways|Railways|Holding|"
    "Holdings|Exchange|Confederation|"
    "Inspectorate|Administration|Cabinet|Working Group|Task Force|Navy|Army|Armed Forces|Police|Coalition|Movement|"
    "Business Council|Office|Trust|"
    "Laboratory|Observatory|Conservatory|Polytechnic|Executive|Treasury|Chancellery|Prosecutor's Office|Operator|Refinery"
)
_HEAD = Words(re.compile(rf"(?<![\w-])(?:{_HEADS})(?![\w-]|['’]s [A-Z]\w+ (?:Group|Council)\b)"))
_LOWER = Words(re.compile(
    r"(?<![\w-])(?:(?:foreign|finance|defen[cs]e|interior|trade|economy|energy|health|education|justice|agriculture"
    r"|transport|culture|environment|"
                    r"tourism|labour|economic|commerce|industry)\s+ministry|central\s+bank|national\s+bank|parliament|"
                    r"statistics\s+(?:office|agency|committee))(?![\w-])"))
_WORD = r"[^\W\d_a-zà-öø-ÿ][\w’'.&-]*"
_LEFT = re.compile(rf"(?:({_WORD})|(&)|\b(of|and|for|the|on|de|del|da|do))([ \u00a0]|\n(?!\n))$")
_COMPLEMENT = re.compile(r"[ \n](?:of|for|on|against|to|in)[ \n](?:the[ \n])?(?=[A-Z])")
_PIECE = re.compile(rf"({_WORD})|(of|for|on|and|the|in|&|de|la|del)(?!\w)|(,)")
_STOP = words("stop")
_OPENERS = words("openers")
_COMMON = words("common")
_OWNERS = frozenset(("People", "Women", "Children", "Prosecutor", "Farmers", "Workers", "Veterans", "Auditor"))
_VAGUE = frozenset(("The", "Joint", "New", "National", "Central", "Main", "First", "Second"))
_MINISTRY = frozenset(("Ministry", "Department", "Ministries"))
_MISSIONS = frozenset(
    ("Embassy", "Consulate", "Consulate General", "Consulate-General", "High Commission", "Permanent Mission", "Permanent Representation")
)
_DEFINED = re.compile(r"[ \n]{0,2}\((?:the[ \n]|hereinafter[^()]{0,40}[ \n])?[\"“'‘]?([A-Z][\w&+/-]{1,11})[\"”'’]?\)")
_OWNER = re.compile(r"(?:['’]s?)?[ \n]+(?:(?:new|own|federal|national|state|central)[ \n]+)?$")
_OF = re.compile(r"[ \n]of[ \n](?:the[ \n])?")
_SOFT = (MentionType.STATE, MentionType.DEMONYM, MentionType.PLACE)


def join(text: AnnotatedText, known: list[Mention]) -> list[Mention]:
    """The table's mentions with the organisations read from their shape put in; what lies within one gives it its state."""
    body = text.text
    known = _national(body, known)
    starts = [m.start for m in known]
    shaped = list(_shaped(body, known, starts))
    shaped += _small(body, known, starts)
    out = _merged(known, shaped)
    return _acronyms(body, out)


def _national(body: str, known: list[Mention]) -> list[Mention]:
    """National bodies of a name that many states share: "the Senate of Chile", "the Portuguese Assembly of the Republic"."""
    out: list[Mention] = []
    for k, m in enumerate(known):
        if out and m.start < out[-1].end:
            continue
        body_of = organizations.find(m.name) if m.type is MentionType.ORGANIZATION and m.state is None else None
        if body_of is None or body_of.type in ("igo", "ngo", "news", "company") or m.text in body_of.acronyms:
            out.append(m)
            continue
        after = known[k + 1] if k + 1 < len(known) else None
        if after and after.type is MentionType.STATE and _OF.fullmatch(body, m.end, after.start):
            words = body[m.start : after.end]
            out.append(replace(m, end=after.end, text=words, name=_name(words), state=after.state))
            continue
        before = known[k - 1] if k else None
        owned = before and before.type in _SOFT and _OWNER.fullmatch(body, before.end, m.start)
        out.append(replace(m, state=before.state) if before and owned else m)
    return out


def _shaped(body: str, known: list[Mention], starts: list[int]) -> Iterator[Mention]:
    at = 0
    for found in _HEAD.finditer(body):
        if found.start() < at:
            continue
        inside = _at(known, starts, found.start())
        if inside and inside.type is MentionType.ORGANIZATION and inside.end >= found.end():
            continue
        start = _left(body, found.start(), known, starts, at)
        end, state = _right(body, found, known, starts)
        if inside and inside.type is MentionType.ORGANIZATION and inside.start <= start and inside.end >= end:
            continue
        head = found[0].split()[-1]
        bare = head in _COMMON and not body.startswith((" of ", " for "), found.end())
        if start == found.start() and (bare or end == found.end()):
            continue
        if head in _COMMON and end == found.end() and body[start : found.start()].strip() in _VAGUE:
            continue
        words = body[start:end]
        if words.isupper() and len(words) > 60:
            continue
        if state is None:
            state = _state_before(body, start, known, starts) or _state_within(start, end, known, starts, found[0] in _MISSIONS)
        yield Mention(MentionType.ORGANIZATION, start, end, words, _name(words), state)
        at = end


def _name(words: str) -> str:
    return " ".join(words.split()).replace("’", "'").removeprefix("The ")


def _at(known: list[Mention], starts: list[int], offset: int) -> Mention | None:
    k = bisect_left(starts, offset + 1) - 1
    return known[k] if k >= 0 and known[k].start <= offset < known[k].end else None


def _left(body: str, start: int, known: list[Mention], starts: list[int], floor: int) -> int:
    """Where the name begins: capitalised words before the head; a ministry leaves its state's adjective outside."""
    edge, pending = start, start
    ministry = body.startswith(("Ministr", "Government"), start)
    for _ in range(9):
        found = _LEFT.search(body, max(floor, pending - 40), pending)
        if not found or found.start() < floor or _line_ends(body, found.end() - 1):
            break
        word = found[1]
        if word is None:
            if found[3] in ("of", "the", "for", "on") or edge == start:
                break
            pending = found.start()
            continue
        bare = word.rstrip(".")
        if bare in _STOP or bare in _OPENERS or (word.endswith((".", ",")) and len(word) > 3):
            break
        within = _at(known, starts, found.start())
        soft = within is not None and within.type in (MentionType.DEMONYM, MentionType.STATE)
        if within is not None and soft and (ministry or body[within.end : within.end + 2] in ("'s", "’s")):
            break
        if word.endswith(("'s", "’s")) and word[:-2] not in _OWNERS:
            break
        edge = pending = found.start()
    return edge


def _right(body: str, head: re.Match[str], known: list[Mention], starts: list[int]) -> tuple[int, str | None]:
    """Where the name ends, and the state that it ends with: "of Foreign Affairs of Kazakhstan", "on Trade and Economic Cooperation"."""
    end, state = head.end(), None
    word = head[0].split()[-1]
    if word in _MINISTRY:
        portfolio = portfolios.after(body, end, min(len(body), end + 200))
        if portfolio and body[end : end + 4] in (" of ", " for", "\nof "):
            end = portfolio[0]
    mission = head[0] in _MISSIONS
    for _ in range(3):
        lead = _COMPLEMENT.match(body, end)
        if not lead or _line_ends(body, end):
            break
        joiner = lead[0].split()[0]
        if joiner in ("to", "in") and not mission:
            break
        ahead = _at(known, starts, lead.end())
        if ahead is not None and ahead.start >= end and ahead.type in _SOFT:
            if ahead.type is MentionType.DEMONYM:
                break
            end = ahead.end
            state = state if joiner in ("to", "in") else state or ahead.state
            continue
        if state is not None and not mission:
            break
        if ahead is not None and ahead.type is MentionType.ORGANIZATION:
            if word in _COMMON:
                break  # "the Board of Gazprom": the company is what counts
            end, state = ahead.end, state or ahead.state
            continue
        reach = _pieces(body, lead.end(), known, starts)
        if reach <= lead.end():
            break
        end = reach
        ahead = _at(known, starts, end - 1)
        if ahead is not None and ahead.type is MentionType.STATE:
            state = state or ahead.state
    return end, state


def _pieces(body: str, at: int, known: list[Mention], starts: list[int]) -> int:
    """End of a run of capitalised words with "and", "of" and commas between."""
    start, end, joiner = at, at, False
    for _ in range(16):
        found = _PIECE.match(body, at, min(len(body), at + 40))
        if not found:
            break
        if found[1]:
            word = found[1].rstrip(".,;")
            owned = word.endswith(("'s", "’s"))
            new = joiner and (_at(known, starts, found.start()) is not None or _HEAD.match(body, found.start()))
            if word.rstrip(".") in _STOP or new:
                break
            if owned and word[:-2] not in _OWNERS:
                word = word[:-2]
                end = found.start() + len(word)
                break
            end = found.start() + len(word)
            joiner = False
            if body[end : end + 1] in (".", ";"):
                break
            at = end
        else:
            joiner = True
            at = found.end()
        gap = body[at : at + 2]
        if gap[:1] == ",":
            continue
        if not gap[:1].isspace() or _line_ends(body, at):
            break
        at += 1
    comma = body.find(",", start, end)
    if comma >= 0:
        after = body[comma + 1 : end].split()
        listed = " and " in body[comma:end] or " & " in body[comma:end]
        title = after[0] in ("H.E.", "Mr", "Mr.", "Ms", "Ms.", "Mrs", "Dr", "Dr.") if after else False
        if not listed or title or not after or fold(after[0]).strip(".") in person_names.names().given:
            return comma  # "the Institute of Oceanography, Luis Vega": a person, and no list of fields
    return end


def _line_ends(body: str, at: int) -> bool:
    """Whether a line ends here that is no wrapped line of running text."""
    return body[at : at + 1] == "\n" and (body[at : at + 2] == "\n\n" or at - body.rfind("\n", 0, at) < 50)


def _state_before(body: str, start: int, known: list[Mention], starts: list[int]) -> str | None:
    """The state whose adjective or possessive stands right before."""
    k = bisect_left(starts, start) - 1
    if k < 0 or known[k].type not in _SOFT or known[k].end > start or start - known[k].end > 14:
        return None
    gap = body[known[k].end : start]
    return known[k].state if _OWNER.fullmatch(gap) and (known[k].type is MentionType.DEMONYM or gap[:1] in "'’") else None


def _state_within(start: int, end: int, known: list[Mention], starts: list[int], mission: bool) -> str | None:
    """The one state that the name's own words name; where a mission stands does not say whose it is."""
    inside = {
        m.state
        for m in known[bisect_left(starts, start) : bisect_left(starts, end)]
        if m.type in _SOFT and m.state and not (mission and m.type is MentionType.PLACE)
    }
    return next(iter(inside)) if len(inside) == 1 else None


def _small(body: str, known: list[Mention], starts: list[int]) -> Iterator[Mention]:
    """"the Finnish foreign ministry", "Kenya's central bank": with a state before them."""
    for found in _LOWER.finditer(body):
        state = _state_before(body, found.start(), known, starts)
        if state or found[0].endswith("ministry"):
            yield Mention(MentionType.ORGANIZATION, found.start(), found.end(), found[0], " ".join(found[0].split()), state)


def _merged(known: list[Mention], shaped: list[Mention]) -> list[Mention]:
    """Shaped names swallow what lies within them."""
    out: list[Mention] = []
    pending = sorted([*known, *shaped], key=lambda m: (m.start, -m.end))
    for m in pending:
        if out and m.start < out[-1].end:
            if m.end > out[-1].end and m.type is MentionType.ORGANIZATION and out[-1].type is not MentionType.ORGANIZATION:
                out[-1] = m
            continue
        out.append(m)
    return out


def _acronyms(body: str, mentions: list[Mention]) -> list[Mention]:
    """"Lakeside Development Bank (LDB)" makes every later "LDB" that bank, whatever the table says."""
    given: dict[str, Mention] = {}
    for m in mentions:
        if m.type is MentionType.ORGANIZATION and (found := _DEFINED.match(body, m.end, m.end + 70)) and _initials(found[1], m.text):
            given.setdefault(found[1], m)
    if not given:
        return mentions
    pattern = re.compile(r"(?<![\w-])(?:" + "|".join(re.escape(a) for a in sorted(given, key=len, reverse=True)) + r")(?!\w)")
    extra = []
    for found in pattern.finditer(body):
        full = given[found[0]]
        extra.append(Mention(MentionType.ORGANIZATION, found.start(), found.end(), found[0], full.name, full.state))
    spans = {(m.start, m.end) for m in extra}
    kept = [m for m in mentions if (m.start, m.end) not in spans]
    held = sorted((m.start, m.end) for m in kept)
    return sorted([*kept, *(m for m in extra if not _covered(held, m))], key=lambda m: (m.start, -m.end))


def _covered(held: list[tuple[int, int]], m: Mention) -> bool:
    k = bisect_left(held, (m.start + 1, 0)) - 1
    return (k >= 0 and held[k][1] > m.start) or (k + 1 < len(held) and held[k + 1][0] < m.end)


def _initials(acronym: str, name: str) -> bool:
    """Whether an acronym may stand for the name: it begins with a letter that a word of the name begins with."""
    firsts = {w[0].upper() for w in re.findall(r"[^\W\d_]+", name)}
    letters = [c for c in acronym.upper() if c.isalpha()]
    return bool(letters) and sum(c in firsts for c in letters) * 2 >= len(letters)

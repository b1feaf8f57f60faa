"""Memberships: which state belongs to which organisation, as founder, member, observer, partner, candidate or chair, and since when."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache

from dragoman.extract import clauses
from dragoman.extract.frame import claim_base, lexicon, matches
from dragoman.model.annotations import Actor, AnnotatedText, DateMention, Mention, MentionType, Sentence
from dragoman.model.claims import Membership
from dragoman.reference.scan import Words
from dragoman.reference.slug import slug

_BODY = re.compile(
    r"\b(?:the|their own|this|that)\s+(?P<word>Community|Union|Organi[sz]ation|Alliance|Association|Commonwealth|League|Forum|Council|bloc|"
    r"grouping|organi[sz]ation|alliance|union|association)\b(?!\s+[A-Z])"
)
BACK = 8000  # code points in which "the Community" finds its name
_GENERIC = {"bloc", "grouping", "organisation", "organization", "alliance", "union", "association"}
_JOIN = re.compile(
    r"\s*(?:,|and|as well as|or)\s*(?:and\s+)?(?:(?:of|to|in)\s+)?(?:the\s+)?|\s*,\s*and\s+(?:the\s+)?|"
    r"\s+\([^()]{1,12}\)\s*(?:,|and|, and)\s+(?:of\s+)?(?:the\s+)?"
)
_INTO = re.compile(r"\b(?:to|of|in|into)\s+(?:the\s+)?$")
_ARTICLE = re.compile(r"\s*(?:both\s+)?(?:the\s+)?(?:\w+-(?:based|member|nation|country)\s+)?")
_FOLLOWED = re.compile(r"\bfollowed(?: suit)?(?=,? in\b)")
_CHAIR = re.compile(r"\b(?:chair|presidency)")
_US = re.compile(r"\b(?:both of us|we|our (?:two )?(?:countries|nations))\b", re.I)
_NEGATED = re.compile(r"\b(?:not|never|no longer|neither|nor|non)\b(?:\W+\w+){0,3}\W*$", re.I)
_NOT = re.compile(r"\b(?:not|never|no longer)\b", re.I)
_WISHED = re.compile(  # "supports the admission of Peru", "its candidacy for membership of"
    r"\b(?:support\w*|back(?:s|ed|ing)?|favou?r\w*|oppos\w+|bid|candida(?:cy|ture)|application|aspir\w+|seeks?|hopes?|prospect|path)\b"
    r"[^.;,]{0,45}\b(?:admission|accession|entry|membership)\b",
    re.I,
)
_FUTURE = re.compile(r"\b(?:will|would|shall|to|plans?|agreed?|hopes?|intends?|is due|are due|ready)\s+(?:\w+\s+){0,2}$", re.I)


@cache
def _patterns() -> list[tuple[str, str, Words]]:
    """Each rule: its form (how member and organisation stand to it), its role, its words."""
    out = []
    for form, roles in lexicon(__file__)["rules"].items():
        for role, words in roles.items():
            out.append((form, role, Words(re.compile(r"\b(?:" + "|".join(words) + r")", re.I))))
    return out


@cache
def _trigger() -> Words:
    return Words(re.compile(r"\b(?:" + "|".join(map(re.escape, lexicon(__file__)["triggers"])) + r")", re.I))


@cache
def _excluded() -> re.Pattern[str]:
    return re.compile(r"\b(?:" + "|".join(lexicon(__file__)["not_bodies"]) + r")\b")


def extract(text: AnnotatedText) -> Iterator[Membership]:
    """One claim a member and organisation for each phrase of belonging."""
    for index in matches(text, _trigger()):
        sentence = text.sentences[index]
        bodies = _bodies(text, sentence)
        seen: set[tuple[str, str, str]] = set()
        last: Membership | None = None
        for form, role, pattern in _patterns():
            for m in pattern.finditer(text.text, sentence.start, sentence.end) if bodies or form == "implied" else ():
                for claim in _apply(text, sentence, form, role, m, bodies):
                    key = (claim.member, claim.organization, "chair" if claim.role == "chair" else "")
                    if key not in seen:
                        seen.add(key)
                        last = claim
                        yield claim
        if last is not None:
            yield from _followers(text, sentence, last)


def _followers(text: AnnotatedText, sentence: Sentence, last: Membership) -> Iterator[Membership]:
    """"Norway joined NATO in 1949, West Germany followed in 1955": the same body, in this sentence or the next."""
    following = text.sentences[sentence.index + 1] if sentence.index + 1 < len(text.sentences) else sentence
    for m in _FOLLOWED.finditer(text.text, sentence.start, following.end):
        members = _states(clauses.before(text, m.start(), sentence.start, 4))
        date = next((d.edtf for d in text.dates_in(m.end(), following.end) if d.edtf and d.start - m.end() < 8), None)
        for state in (a.state for a in members if date and a.state and a.state != last.member):
            yield replace(
                last,
                **claim_base(text, members[0].start, m.end()),
                member=state,
                role="member",
                date=date,
                modality="actual",
                rules=("followed", "member"),
                confidence=0.6,
            )


def _bodies(text: AnnotatedText, sentence: Sentence) -> list[Actor]:
    """The organisations of a sentence that states belong to; "the Community", "the bloc" as the one named before."""
    out = [
        Actor(m.start, m.end, m.text, m.name, "organization", f"org:{slug(m.name)}")
        for m in text.mentions_in(sentence.start, sentence.end, MentionType.ORGANIZATION)
        if not _excluded().search(m.name)
    ]
    for m in _BODY.finditer(text.text, sentence.start, sentence.end):
        if any(b.start < m.end() and m.start() < b.end for b in out):
            continue
        word = m["word"]
        before = _named(text, m.start())
        fits = [x for x in before if word.casefold() in x.name.casefold()] or (
            [x for x in before if _public(x.name)] if word in _GENERIC else []
        )
        if fits:
            out.append(Actor(m.start("word"), m.end(), m.group(), fits[-1].name, "organization", f"org:{slug(fits[-1].name)}"))
    return sorted(out, key=lambda b: b.start)


def _named(text: AnnotatedText, pos: int) -> list[Mention]:
    """The bodies named before a place, no further back than a chapter."""
    found = text.mentions_in(max(0, pos - BACK), pos, MentionType.ORGANIZATION)
    return [x for x in found if not _excluded().search(x.name)]


def _public(name: str) -> bool:
    return bool(
        re.search(
            r"Union|Community|Organi[sz]ation|Association|Alliance|Council|Pact|League|Forum|Commonwealth|Group|Mercosur|[A-Z]{4}", name
        )
    )


def _apply(text: AnnotatedText, sentence: Sentence, form: str, role: str, m: re.Match[str], bodies: list[Actor]) -> Iterator[Membership]:
    """Members and bodies where the rule's form says that they stand."""
    before = text.text[max(sentence.start, m.start() - 40) : m.start()]
    if _NEGATED.search(before) or _NOT.search(m.group()):
        return
    found, members = _sides(text, sentence, form, m, bodies)
    if not found or not members:
        return
    words = m.group().lower()
    if role == "member":
        role = (
            "founding member"
            if re.search(r"found(?:ing|er)|as a founding", words)
            or re.match(r"\s+as (?:a |one of the )?found", text.text[found[-1].end : found[-1].end + 30])
            else role
        )
    modality = "planned" if _FUTURE.search(before) and role != "candidate" else "actual"
    if _WISHED.search(text.text, max(sentence.start, m.start() - 60), m.end()):
        modality = "possible"
    date = _date(text, sentence, m, found)
    spans = [x for x in (*found, *members) if sentence.start <= x.start < sentence.end]
    start, end = min(m.start(), *(x.start for x in spans)), max(m.end(), *(x.end for x in spans))
    for body in found:
        for state in dict.fromkeys(a.state for a in clauses.flat(members) if a.state):
            yield Membership(
                **claim_base(text, start, end),
                member=state,
                organization=body.name or body.mention,
                organization_id=body.id,
                role=role,
                date=date,
                modality=modality,
                rules=(form, role),
                confidence=0.8,
            )


def _sides(text: AnnotatedText, sentence: Sentence, form: str, m: re.Match[str], bodies: list[Actor]) -> tuple[list[Actor], list[Actor]]:
    """(organisations, members): `subject` has the member before and the body after; `relative` the body before and the member between;
    `list` the body after and members behind it; `of` the member after "of" and the body behind it."""
    if form == "subject":
        return _chain(text, bodies, m.end()), _subject(text, sentence, m.start())
    if form == "adjective":  # "a NATO member", "EU members Poland and Latvia"
        body = [b for b in bodies if b.end <= m.start() and re.fullmatch(r"\s+(?:full\s+)?", text.text[b.end : m.start()])][-1:]
        if not body:
            return [], []
        ahead = _states(clauses.after(text, m.end(), sentence.end, 2))
        lead = text.text[max(sentence.start, body[0].start - 24) : body[0].start]
        named = re.search(r"(?:,|\b(?:is|are|was|were|as|both|became|being))\s+(?:(?:an?|the|also|now|new|fellow|both)\s+){0,3}$", lead)
        return body, ahead or (_subject(text, sentence, body[0].start) if named else [])
    if form == "relative":
        body = [b for b in bodies if b.end <= m.start() and re.fullmatch(r"[^;.]{0,60}?,?\s*", text.text[b.end : m.start()])][-1:]
        members = _states(clauses.after(text, m.end(), sentence.end, 12))
        return body, members or (_ours(text, m.end()) if _US.search(text.text, m.end(), min(m.end() + 30, sentence.end)) else [])
    if form == "founded":
        body = [b for b in bodies if b.end <= m.start() and m.start() - b.end < 4][-1:]
        members = _states(clauses.after(text, m.end(), sentence.end, 14)) if m.group().endswith("by") else []
        return body, members or (_group_before(text, sentence) if sentence.text.startswith("Their ") else [])
    if form == "implied":
        return _implied(text, sentence, m, bodies)
    if form == "list":
        found = _chain(text, bodies, m.end()) or [b for b in bodies if b.end <= m.start() and m.start() - b.end < 4][-1:]
        pos = max(found[-1].end if found else 0, m.end())
        return found, _states(clauses.after(text, pos, sentence.end, 14))
    if form == "of":
        members = _states(clauses.after(text, m.end(), sentence.end, 6))
        return _chain(
            text, [b for b in bodies if members and b.start >= members[-1].end], members[-1].end if members else m.end(), 22
        ), members
    if form == "owned":
        return _chain(text, bodies, m.end()), _states(clauses.before(text, m.start(), sentence.start, 4)) or _demonym(
            text, sentence, m.start()
        )
    body = [b for b in bodies if b.end <= m.start() and m.start() - b.end < 40][-1:]
    return body, _states(clauses.after(text, m.end(), sentence.end, 30))


def _ours(text: AnnotatedText, pos: int) -> list[Actor]:
    """"Both of us", "our two countries": the document's states."""
    return [Actor(pos, pos + 1, s, s, "state", f"state:{s}", s) for s in text.parties[:2]]


def _group_before(text: AnnotatedText, sentence: Sentence) -> list[Actor]:
    """The states that the sentence before names together."""
    if not sentence.index:
        return []
    before = text.sentences[sentence.index - 1]
    for a in text.actors_in(before.start, before.end):
        members = _states(clauses.flat([a])) if a.members else []
        if len(members) > 1:
            return members
    return []


def _implied(text: AnnotatedText, sentence: Sentence, m: re.Match[str], bodies: list[Actor]) -> tuple[list[Actor], list[Actor]]:
    """"Which held the chair", "admit X as a member": of the body that the document speaks of."""
    if m.group().endswith(" it") and not _CHAIR.search(text.text, sentence.start, m.start()):
        return [], []
    body = [b for b in bodies if b.end <= m.start()][-1:]
    if not body:
        named = [x for x in _named(text, m.start()) if _public(x.name)]
        body = [Actor(x.start, x.end, x.text, x.name, "organization", f"org:{slug(x.name)}") for x in named[-1:]]
    admitted = m.group().startswith("admit")
    return body, _states(clauses.after(text, m.end(), sentence.end, 6)) if admitted else _subject(text, sentence, m.start())


def _chain(text: AnnotatedText, bodies: list[Actor], pos: int, gap: int = 0) -> list[Actor]:
    """The body right after a phrase and those joined to it."""
    out: list[Actor] = []
    at = pos
    for b in (b for b in bodies if b.start >= pos):
        glue = text.text[at : b.start]
        if out:
            again = glue.strip() in ("(", "") or (glue.strip() == "," and b.name == out[-1].name)
            if again:  # "GUAM, the Organization for …", "the Organization (OSCE)"
                at = b.end
                continue
            fits = bool(_JOIN.fullmatch(glue.removeprefix(")")))
        else:
            fits = bool(_ARTICLE.fullmatch(glue)) or (0 < len(glue) <= gap and bool(_INTO.search(glue)))
        if not fits:
            break
        out.append(b)
        at = b.end
    return out


def _states(actors: list[Actor]) -> list[Actor]:
    return [a for a in clauses.flat(actors) if a.state and a.kind in ("state", "pronoun", "group")]


def _demonym(text: AnnotatedText, sentence: Sentence, pos: int) -> list[Actor]:
    for d in reversed(text.mentions_in(sentence.start, pos, MentionType.DEMONYM, MentionType.STATE)):
        if re.fullmatch(r"(?:['’]s?)?\s+(?:rotating\s+)?", text.text[d.end : pos]):
            return [Actor(d.start, d.end, d.text, d.state, "state", f"state:{d.state}", d.state)]
        break
    return []


def _subject(text: AnnotatedText, sentence: Sentence, pos: int) -> list[Actor]:
    """The states before the phrase, nearest first; "it" and "we" as those meant."""
    whose = re.search(r",?\s+whose (?:country|nation|government)\s+(?:\w+\s+)?$", text.text[sentence.start : pos])
    if whose:
        owner = [a for a in text.actors_in(sentence.start, sentence.start + whose.start()) if a.state][-1:]
        return [Actor(a.start, a.end, a.mention, a.state, "state", f"state:{a.state}", a.state) for a in owner]
    near = _states(clauses.before(text, pos, sentence.start, 45))
    if near:
        return near
    gap = [a for a in text.actors_in(sentence.start, pos) if a.kind in ("state", "group")]
    if gap and pos - gap[-1].end < 90 and re.match(r"\s*,|\s+(?:itself|also|both|are|is|was|were)\b", text.text[gap[-1].end : pos + 1]):
        return _states(clauses.before(text, gap[-1].end, sentence.start, 1) or gap[-1:])
    if re.search(r"\b(?:[Ww]e|[Bb]oth of us|[Oo]ur (?:two )?(?:countries|nations))\b", text.text[sentence.start : pos]):
        return _ours(text, sentence.start)
    both = re.search(r"\b[Bb]oth (?:are|were|belong)\b", text.text[sentence.start : pos + 18])
    if both and not text.mentions_in(sentence.start + both.start(), max(pos, sentence.start + both.end()), MentionType.STATE):
        return _ours(text, sentence.start)
    if re.match(r"(?:It|The country)\b", sentence.text) and sentence.index:
        before = text.sentences[sentence.index - 1]
        first = [a for a in text.actors_in(before.start, before.end) if a.kind == "state"]
        return first[:1]
    return []


def _date(text: AnnotatedText, sentence: Sentence, m: re.Match[str], found: list[Actor]) -> str | None:
    """The date right after the body or the phrase, else before it in its clause."""
    dates = [
        d
        for d in text.dates_in(sentence.start, sentence.end)
        if d.edtf and not d.recurring and d.relation in ("at", "since", "after", "by", "before")
    ]
    pos = max(m.end(), *(b.end for b in found))
    following = [
        d
        for d in dates
        if d.start >= m.end()
        and d.start - pos < 45
        and not re.search(r"[;.]|\b(?:and|but|while|which)\s+\w+ (?:is|was|has|joined)", text.text[pos : max(pos, d.start)])
    ]
    leading = [d for d in dates if d.end <= m.start() and d.start - sentence.start < 8]
    return _since(next(iter(following or leading), None))


def _since(date: DateMention | None) -> str | None:
    return (date.edtf or "").removesuffix("/..") or None if date else None

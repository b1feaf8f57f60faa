"""Words that point to who was named before: pronouns and groups such as "the two leaders" or "both sides"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from dragoman.model.annotations import AnnotatedText, Mention, MentionType
from dragoman.reference.scan import Words

GENDER = {"he": "m", "him": "m", "his": "m", "himself": "m", "she": "f", "her": "f", "hers": "f", "herself": "f"}
_PRONOUN = Words(
    re.compile(
    r"(?<![\w'’.-])(?:[Hh]e|[Hh]im|[Hh]is|[Ss]he|[Hh]er|[Hh]ers|[Hh]imself|[Hh]erself|[Tt]hey|[Tt]hem|[Tt]heir|[Tt]heirs|"
    r"[Tt]hemselves|I|[Mm]e|[Mm]y|[Mm]yself|[Ww]e|us|Us|"
    r"[Oo]ur|[Oo]urs|[Oo]urselves|[Yy]ou|[Yy]our|[Yy]ours|[Ii]ts|[Ww]hose)(?![\w-]|\.\w)"
    )
)
_TITLED = re.compile(r"(?:\s+(?:Excellency|Majesty|Highness|Royal|Honou?r|Holiness|Eminence|Grace)\b)")
_STYLE_ALONE = re.compile(  # "conveyed to His Highness a letter": the style without the name behind it
    r"(\s+(?:Royal\s+|Serene\s+|Imperial\s+)?(?:Excellency|Majesty|Highness|Holiness|Eminence))"
    r"(?=\s*[.,;:)]|['’]s|\s+[a-z0-9])(?!,?\s+(?:the|Mrs?|Ms|Dr)\b\.?|,\s+[A-Z])"
)
_NUMBER = r"(?:two|three|four|five|six|2|3|4|5|6)"
_NOUN = (
    r"(?:heads of state and government|heads of states|heads of state|heads of government|heads of delegations?|"
    r"delegations|leaders|sides|parties|countries|nations|"
    r"states|governments|statesmen|diplomats|officials|neighbou?rs|capitals|peoples|interlocutors|partners|republics|"
    r"economies|signatories|ministries)"
)
_ADJECTIVE = (
    r"(?:neighbou?ring |fraternal |brotherly |friendly |national |political |sister |allied |sisterly "
    r"|Central Asian |contracting |negotiating |African |Asian |respective )?"
)
_GROUP_PATTERN = re.compile(
    rf"(?<![\w-])(?:(?:the|these|those|our|all|their)\s+{_NUMBER}\s+{_ADJECTIVE}{_NOUN}"
    rf"|both\s+(?:the\s+|of\s+the\s+|our\s+|of\s+our\s+)?{_ADJECTIVE}{_NOUN}"
    r"|(?:the|our)\s+(?:sides|parties|leaders|countries|heads of state and government|heads of states|heads of state|"
    r"heads of government|peoples)"
    r"|the\s+two(?=\s+(?:also\s+|then\s+|have\s+|had\s+|will\s+)?(?:agreed|agree|discussed|met|meet|said|signed|expressed|"
    r"stressed|noted|exchanged|pledged|held|hold|"
    r"reaffirmed|underlined|underscored|reviewed|emphasi[sz]ed|spoke|touched|confirmed|welcomed|called|talked|vowed|"
    r"shared|concurred|resolved)\b)"
    r")(?![\w-])",
    re.I,
)
_GROUP = Words(_GROUP_PATTERN)
_PLAIN = frozenset(("the leaders", "the countries", "the parties", "the peoples", "the heads of state", "the heads of government"))
_OTHER = re.compile(r"\s+(?:of|to|in|from|that|which)\s+(?!the\s+(?:two|sides|countries|parties)\b)|\s+(?:other|of)\b")


def find(text: AnnotatedText) -> Iterator[Mention]:
    """Pronouns and groups, each kind in order."""
    body = text.text
    for m in _PRONOUN.finditer(body):
        word = m[0].lower()
        if word in ("his", "her", "your", "their") and (titled := _TITLED.match(body, m.end())):
            alone = _STYLE_ALONE.match(body, titled.start())
            if alone and word in ("his", "her"):
                style = body[m.start() : alone.end(1)]
                pronoun = "he" if word == "his" else "she"
                yield Mention(MentionType.PRONOUN, m.start(), alone.end(1), style, pronoun, gender=GENDER[word])
            continue
        if m[0] == "I" and (body[m.end() : m.end() + 1] in ".)" or body[max(0, m.start() - 1) : m.start()] == "("):
            continue
        yield Mention(MentionType.PRONOUN, m.start(), m.end(), m[0], word, gender=GENDER.get(word))
    for m in _GROUP.finditer(body):
        words = " ".join(m[0].lower().split())
        if words in _PLAIN and _OTHER.match(body, m.end()):
            continue  # "the leaders of five parties": others than the two
        yield Mention(MentionType.GROUP, m.start(), m.end(), m[0], words, plural=True)

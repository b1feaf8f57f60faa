"""The columns of GDELT 2.0's event and mention files, which have no header."""

from __future__ import annotations

_ACTOR = ("Code", "Name", "CountryCode", "KnownGroupCode", "EthnicCode", "Religion1Code", "Religion2Code", "Type1Code", "Type2Code",
          "Type3Code")  # fmt: skip
_GEO = ("Type", "Fullname", "CountryCode", "ADM1Code", "ADM2Code", "Lat", "Long", "FeatureID")

EVENT = (
    "GLOBALEVENTID", "SQLDATE", "MonthYear", "Year", "FractionDate",
    *(f"Actor{n}{part}" for n in (1, 2) for part in _ACTOR),
    "IsRootEvent", "EventCode", "EventBaseCode", "EventRootCode", "QuadClass", "GoldsteinScale", "NumMentions", "NumSources", "NumArticles",
    "AvgTone", *(f"{who}Geo_{part}" for who in ("Actor1", "Actor2", "Action") for part in _GEO), "DATEADDED", "SOURCEURL",
)  # fmt: skip
MENTION = (
    "GLOBALEVENTID", "EventTimeDate", "MentionTimeDate", "MentionType", "MentionSourceName", "MentionIdentifier", "SentenceID",
    "Actor1CharOffset", "Actor2CharOffset", "ActionCharOffset", "InRawText", "Confidence", "MentionDocLen", "MentionDocTone",
    "MentionDocTranslationInfo", "Extras",
)  # fmt: skip


def number(event: int, pair: int) -> str:
    """The id of one pair of sides of an event."""
    return str(event * 100 + pair % 100)


def quad(code: str) -> int:
    """GDELT's quad class of a CAMEO code: by its first two digits."""
    root = int(code[:2])
    return 1 if root <= 5 else 2 if root <= 8 else 3 if root <= 13 else 4


def base(code: str) -> str:
    """The code one level up: of `0312` that is `031`."""
    return code[:3]

"""The forms that dates take in English prose: compiled patterns by the word that may begin them, and what a match holds."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from dragoman.annotate import date_lexicon as lexicon
from dragoman.reference import calendar

YEAR = rf"(?:{calendar.YEAR})"
_END = r"(?![\w%°])(?![.,:/]\d)"
_SAME = r"(?:this|last|next|that|(?:(?:the|its|her|his)_)?(?:same|current|previous|past|coming|following|preceding))"
_TAIL = (
    rf"(?:(?:,?_(?:of_)?(?:the_year_)?|_?[-–]_?)(?P<y>{YEAR}){_END}"
    rf"|(?:,?_(?:of|in))?_(?P<ry>{_SAME})_year\b|_(?:of_)?(?P<year>the_year)\b)?"
)
_DAY = r"(?P<d>[0-3]?\d)(?:st|nd|rd|th)?"
_TO = r"(?:_?[-–—]_?|_(?:to|until|till|through|and|&)_(?:the_)?|,_)"
_UNIT = r"(?P<unit>days?|weeks?|fortnights?|months?|quarters?|years?|decades?|centur(?:y|ies))"
_REF = r"(?P<ref>this_past|this_coming|this|last|next|past|coming|current|present|previous|preceding|following|same|that|upcoming|ongoing)"


class Rule(NamedTuple):
    """A form: `kind` tells how it is resolved, `trigger` the words or classes that may begin it."""

    kind: str
    triggers: frozenset[str]
    pattern: re.Pattern[str]


@dataclass(slots=True)
class Atom:
    """A date as it stands, before it is resolved. Calendar parts are None where the words do not give them."""

    start: int
    end: int
    kind: str
    match: re.Match[str]
    year: int | None = None
    ref_year: str | None = None
    month: int | None = None
    day: int | None = None
    day2: int | None = None
    month2: int | None = None
    weekday: int | None = None
    part: str | None = None  # early, late, mid, end, beginning
    relation: str = "at"
    about: bool = False
    at: bool = False  # "at the end of", "as of": a moment
    from_: bool = False  # "from" or "between" stands before it


def _rx(pattern: str) -> re.Pattern[str]:
    """The pattern with `_` for white space, of which a little is allowed but never a blank line's worth."""
    return re.compile(pattern.replace("[-_", r"[-\s").replace("_?", r"\s{0,2}").replace("_", r"\s{1,2}"), re.I)


def _rule(kind: str, triggers: str, pattern: str) -> Rule:
    return Rule(kind, frozenset(triggers.split()), _rx(pattern))


@cache
def rules() -> dict[str, tuple[Rule, ...]]:
    """The rules by trigger: a lower-case word, `0` for a number, `month`, `weekday`, `number` for a number word."""
    table: dict[str, list[Rule]] = {}
    for rule in (*_calendar_rules(), *_relative_rules(), *_period_rules()):
        for trigger in rule.triggers:
            table.setdefault(trigger, []).append(rule)
    return {k: tuple(v) for k, v in table.items()}


def _calendar_rules() -> tuple[Rule, ...]:
    month = rf"(?P<m>{calendar.alternation(lexicon.month_of())})\b\.?"
    month2 = month.replace("<m>", "<m2>")
    weekday = rf"(?:(?P<wd>{calendar.alternation(lexicon.weekday_of())})\b\.?,?_(?:the_)?\(?)?"
    long_weekday = calendar.alternation(calendar.weekdays())
    day2 = rf"(?:(?:,_[0-3]?\d){{0,4}}{_TO}(?P<d2>[0-3]?\d)(?:st|nd|rd|th)?)?"
    ordinal = "|".join(calendar.ORDINALS)
    return (
        _rule("cal", "0", rf"(?P<y>{YEAR})-(?P<mm>[01]\d)-(?P<d>[0-3]\d)(?:T\d\d:?\d\d[\d:.,]{{0,15}}(?:Z|[+-]\d\d:?\d\d)?)?(?![\w/-])"),
        _rule("cal", "0", rf"(?P<y>{YEAR})(?P<s>[./])(?P<mm>[01]?\d)(?P=s)(?P<d>[0-3]?\d)(?![\w/.-]\w|\w)"),
        _rule("numeric", "0", rf"(?P<a>[0-3]?\d)(?P<s>[./-])(?P<b>[0-3]?\d)(?P=s)(?P<y>{YEAR})(?![\w/-]|\.\d)"),
        _rule("cal", "0 weekday", rf"{weekday}{_DAY}{day2}(?:_(?:day_)?of)?(?:_|-){month}{_TAIL}"),
        _rule("cal", "month weekday", rf"{weekday}{month}_(?:the_)?{_DAY}(?!\d)(?![.,:]\d|%){day2}(?![\d:%]|[.,]\d){_TAIL}"),
        _rule("cal", "ordinal weekday",
              rf"{weekday}(?P<tens>twenty[-_]|thirty[-_])?(?P<od>{ordinal}|thirtieth)(?:_day)?_of_{month}{_TAIL}"),
        _rule("months", "month", rf"{month}(?:_?[-–—/]_?|_(?:to|until|till|through)_){month2}{_TAIL}"),
        _rule("cal", "month", rf"{month}{_TAIL}"),
        _rule("cal", "0", rf"(?P<y>{YEAR})-(?P<mm>0[1-9]|1[0-2])(?![\w/–-])"),
        _rule("years", "0", rf"(?P<y>{YEAR})(?:_?[-–—/]_?|_(?:to|until|till|through)_)(?P<y2>{YEAR}|\d\d)(?![\w%/-]|[.,]\d)"),
        _rule("year", "0", rf"(?P<y>{YEAR})(?![\w%°/]|[.,:]\d)"),
        _rule("weekday", "weekday", rf"(?P<day>{long_weekday})(?P<plural>s)?\b(?:,?_(?:of_)?(?P<wref>this|last|next)_week\b)?"),
    )


def _relative_rules() -> tuple[Rule, ...]:
    month = calendar.alternation(calendar.english_months())
    weekday = calendar.alternation(calendar.weekdays())
    season = "|".join(lexicon.words()["seasons"])
    number = r"(?P<n>\d{1,3}|" + "|".join(sorted(map(re.escape, lexicon.numbers()), key=len, reverse=True)) + r"|several|few|some|many)"
    number = number.replace(r"\ ", "_")
    parts = r"(?:_(?:early_|late_)?(?:morning|afternoon|evening|night|noon))?"
    return (
        _rule("today", "today tonight yesterday tomorrow", rf"(?P<word>today|tonight|yesterday|tomorrow)\b{parts}"),
        _rule("today", "day", r"day_(?P<word>before_yesterday|after_tomorrow)\b"),
        _rule("today", "this last earlier later",
              r"(?P<word>(?:this|last)_(?:morning|afternoon|evening|night)|earlier_today|later_today)\b"),
        _rule("ref", "this last next past coming current present previous preceding following same that upcoming ongoing",
              rf"{_REF}_(?:calendar_)?(?P<what>year|month|week|weekend|quarter|decade|century|day|{season}|{month}|{weekday}|"
              rf"(?:academic|school|fiscal|financial)_year)\b(?!-(?:old|long))"),
        _rule("ago", "0 number", rf"{number}_{_UNIT}_ago\b"),
        _rule("shift", "0 number",
              rf"{number}_(?:full_)?{_UNIT}_(?P<dir>earlier|later|previously|before(?=[.,;)]|$)|after(?=[.,;)]|$)|on(?=[.,;)]|$)"
              rf"|prior(?=[.,;)]|$))"),
        _rule("shift", "day night year month week",
              r"(?P<unit>day|night|week|month|year)_(?P<dir>before|after|earlier|later|prior)\b(?!_(?:yesterday|tomorrow))"),
        _rule("span", "past last next previous coming preceding following",
              rf"(?P<ref>past|last|next|previous|coming|preceding|following)_{number}_(?:full_|consecutive_|calendar_)?{_UNIT}\b"),
        _rule("span", "past last next coming", r"(?P<ref>past|last|next|coming)_(?P<unit>decade|century|quarter[-_]century)\b"),
        _rule("within", "within", rf"within_(?:the_next_|the_coming_|a_period_of_)?{number}_(?:working_|calendar_)?{_UNIT}\b(?!_of_)"),
        _rule("ahead", "in", rf"in_{number}_{_UNIT}(?:[’']s?)?_time\b"),
        _rule("for", "for during over",
              rf"(?:for|during|over)_(?:a_(?:period_of_|further_|full_)|(?:about|some|nearly|almost|over|more_than|"
              rf"at_least|another|up_to|a_total_of|the_whole)_)?(?P<long>{number}(?:_(?:further_|consecutive_|full_|whole_|long_"
              rf"|more_)?|-){_UNIT})\b(?!_(?:ago|old|to_come|of_(?:the_year|this_year|last_year|[12]\d)))"),
        _rule("recurring", "every each",
              rf"(?:every|each)_(?:other_|(?:\d{{1,2}}|two|three|four|five|six|seven|ten)_)?(?:days?|weeks?|months?|quarters?|years?"
              rf"|{season}|{month}|{weekday}|decade|morning|evening)\b"),
        _rule("recurring", "annually yearly monthly quarterly weekly biannually biennially", r"\w+"),
        _rule("weekend", "weekend", r"weekend\b"),
        _rule("year_so", "year month week decade century",
              r"(?P<what>year|month|week|decade|century)\b(?!-|_(?:and|or|old|of|later|earlier|ago)\b|[’']s_)"),
    )


def _period_rules() -> tuple[Rule, ...]:
    season = "|".join(lexicon.words()["seasons"])
    count = r"(?P<n>\d{1,2}|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)"
    slash = r"(?:[-–/](?P<fy2>\d{4}|\d\d)(?!\d))?"
    decade = "|".join(lexicon.words()["decades"])
    ordinal = "|".join((*calendar.ORDINALS, "twenty-first"))
    month = rf"(?P<m>{calendar.alternation(lexicon.month_of())})\b"
    return (
        _rule("season", " ".join(lexicon.words()["seasons"]),
              rf"(?P<season>{season})\b(?:(?:,?_(?:of_)?)(?P<y>{YEAR})(?P<y2>[-–/]\d\d(?:\d\d)?)?{_END}"
              rf"|(?:_of)?_(?P<ry>{_SAME})_year\b)?"),
        _rule("months_n", "first last opening final closing initial",
              rf"(?P<ord>first|last|opening|final|closing|initial)_{count}_months?(?:_of)?{_TAIL}"),
        _rule("months_n", "0 number", rf"{count}[-_]months?(?:_(?:of|in))(?:_the_year)?_?(?P<y>{YEAR}){_END}"),
        _rule("same_months", "0 number", rf"{count}_months?\b(?!_(?:ago|of|earlier|later|after|before|old|in)\b)"),
        _rule("part", "first second third fourth last final 1st 2nd 3rd 4th",
              rf"(?P<ord>first|second|third|fourth|last|final|1st|2nd|3rd|4th)[-_](?:calendar_|fiscal_)?(?P<what>quarter"
              rf"|half(?:[-_]year)?)\b(?!_(?:time|century|[-a-z]*finals?)\b)(?:_of)?(?:_{month})?{_TAIL}"),
        _rule("fiscal_part", "first second third fourth last final 1st 2nd 3rd 4th",
              rf"(?P<ord>first|second|third|fourth|last|final|1st|2nd|3rd|4th)[-_](?:(?P<what>quarter|half)|{count}_months?)"
              rf"(?:_\([QH]\d\))?_of_(?:the_)?(?:(?P<ref>current|this|ongoing|last|past|previous|next|coming)_)?"
              rf"(?:fy|(?:fiscal|financial)(?:_year)?)\b(?:(?:_|-|_\()(?P<y>{YEAR}|\d\d(?!\d)){slash}\)?)?"),
        _rule("fiscal_months", "month", rf"{month}(?:_?[-–—/]_?|_(?:to|until|through)_){month.replace('<m>', '<m2>')}"
              rf",?_\(?(?:FY_?)?(?P<y>{YEAR})[-–/](?P<fy2>\d\d)(?![\w-])\)?"),
        _rule("code", "q h code", rf"(?P<code>[QH][1-4]|[1-4][QH]|\d{{1,2}}M)(?:[-_/’']{{0,2}}(?P<y>{YEAR}|\d\d))?(?![\w%]|[.,]\d)"),
        _rule("same", "same corresponding comparable similar",
              rf"(?:same|corresponding|comparable|similar)_(?P<what>period|months?|time|quarter|half|stretch|interval|"
              rf"{count}_months)\b(?:_(?:of|in|a)(?:_the)?)?{_TAIL}(?:_(?P<dir>earlier|before|ago))?"),
        _rule("same", "period", r"period_(?:under_(?:review|report))\b"),
        _rule("same", "reporting reported", r"(?:reporting|reported)_(?P<what>period|year|quarter|month)\b"),
        _rule("fiscal", "fy fiscal financial", rf"(?:fy|(?:fiscal|financial)(?:_years?)?)(?:_|-)?(?P<y>{YEAR}|\d\d(?!\d)){slash}(?![\w%])"),
        _rule("fiscal", "0", rf"(?P<y>{YEAR}){slash}_(?:fiscal|financial|budget)_year\b"),
        _rule("academic", "0", rf"(?P<y>{YEAR}){slash}_(?:academic|school|marketing|crop)_year\b"),
        _rule("academic", "academic school", rf"(?:academic|school)_year_(?P<y>{YEAR}){slash}(?![\w%])"),
        _rule("decade", "0", r"(?P<y>(?:1[5-9]|20)\d0)[’']?s\b"),
        _rule("decade", decade.replace("|", " "), rf"(?P<word>{decade})\b"),
        _rule("century", "0 ordinal", rf"(?P<ord>{ordinal}|\d\d?(?:st|nd|rd|th))[-_]century\b"),
        _rule("week_of", "first last second third", rf"(?P<ord>first|last|second|third)_(?P<what>week|ten_days)_(?:of|in)_{month}{_TAIL}"),
        _rule("months_to", "0 number", rf"{count}_months?_(?:to|through|ending|ended)(?:_(?:in|on|at_the_end_of|the_end_of))?_"
              rf"(?:[0-3]?\d_)?{month}{_TAIL}"),
        _rule("week_of", "first last second third",
              r"(?P<ord>first|last|second|third)_(?P<what>week|ten_days)_(?:of|in)_(?:the|that|this)_month\b"),
        _rule("year_to", "year twelve 12",
              rf"(?:year|(?:twelve|12)_months)_(?:to|ending|ended)(?:_(?:in|on"
              rf"|at_the_end_of))?_(?:[0-3]?\d_)?{month}(?:_[0-3]?\d,?)?(?:_(?P<y>{YEAR}))?\b"),
    )

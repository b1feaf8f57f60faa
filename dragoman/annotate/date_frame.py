"""What dates are counted from: the document's own date and the dates told before."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, field

from dragoman.annotate import date_lexicon as lexicon
from dragoman.annotate import date_tense as tenses
from dragoman.model import time
from dragoman.model.annotations import AnnotatedText, MentionType, Sentence

NEAR = 700  # code points within which "the next day" points back to a day
SOON = 92  # days ahead of which a text in the past tense may speak: "presented the plan of the May visit"
_SET = re.compile(r"\b(?:invit|schedul|plan|slat|set|due|expect|postpon|reschedul|adjourn|fix|moved|put back|delay|shift|defer)", re.I)
CLOSE = 250  # the same for a month or day without a year in a story


@dataclass(frozen=True, slots=True)
class Seen:
    """A date told before: `explicit` where the words have the year."""

    start: int
    end: int
    edtf: str
    explicit: bool
    paragraph: int


@dataclass(slots=True)
class Frame:
    """The document's date in parts, the sentence in hand, and the dates so far."""

    text: AnnotatedText
    sentence: Sentence | None = None
    seen: list[Seen] = field(default_factory=list)
    year: int | None = None
    month: int | None = None
    today: dt.date | None = None
    published: str | None = None

    @classmethod
    def of(cls, text: AnnotatedText) -> Frame:
        published = text.document.published
        frame = cls(text)
        if published and "/" not in published and time.is_edtf(published):
            frame.published = published
            parts = [int(p) for p in published.rstrip("~?%").split("-")]
            frame.year = parts[0]
            frame.month = parts[1] if len(parts) > 1 and parts[1] <= 12 else None
            frame.today = dt.date(*parts) if len(parts) == 3 else None
        return frame

    def tense(self, start: int) -> str | None:
        return tenses.tense(self.sentence, start)

    def remember(self, start: int, end: int, edtf: str, explicit: bool) -> None:
        self.seen.append(Seen(start, end, edtf, explicit, self.sentence.paragraph if self.sentence else 0))

    def direct(self, start: int) -> bool:
        return tenses.direct(self.sentence, start)

    def last_day(self, start: int, within: int = NEAR) -> str | None:
        """The day told last, not far before a place."""
        for one in reversed(self.seen):
            if start - one.end > within:
                break
            if time.precision(one.edtf) == "day":
                return one.edtf
            if time.precision(one.edtf) == "interval" and one.edtf.count("-") == 4:
                return one.edtf.split("/")[1]
        return None

    def last_period(self, start: int, same: str | None = None) -> str | None:
        """The date told last, preferably in this sentence; `same` asks for a precision."""
        for one in reversed(self.seen[-12:]):
            if ".." in one.edtf or one.end > start:
                continue
            if same is None or same == time.precision(one.edtf):
                return one.edtf
        return None

    def last_year(self, start: int) -> int | None:
        edtf = self.last_period(start)
        return int(edtf.split("/")[0][:4]) if edtf else None

    def ref_year(self, ref: str | None, start: int) -> int | None:
        """The year of "this year", "the same year", "the previous year"."""
        word = (ref or "").lower().split()[-1:] or [""]
        if word[0] in ("this", "current", "present", "ongoing"):
            return self.year
        if word[0] in ("last", "past"):
            return self.year - 1 if self.year else None
        if word[0] in ("next", "coming", "upcoming"):
            return self.year + 1 if self.year else None
        before = self.last_year(start) or self.year
        if before is None:
            return None
        return before + {"previous": -1, "preceding": -1, "following": 1}.get(word[0], 0)

    def nearest_year(self, month: int, day: int | None, weekday: int | None, start: int) -> int | None:
        """The year of a day or month without one: by a story's last date, by tense, else the nearest."""
        anchor = self._story(start)
        if anchor:
            return anchor
        if self.year is None:
            return self._told()
        if self.month is None:
            return self.year
        candidates = [y for y in (self.year - 1, self.year, self.year + 1) if _day(y, month, day or 1)]
        if weekday is not None and day:
            fit = [y for y in candidates if _day(y, month, day).weekday() == weekday]  # type: ignore[union-attr]
            candidates = fit or candidates
        gaps = {y: self._gap(y, month, day) for y in candidates}
        past = [y for y in candidates if gaps[y] <= 0]
        ahead = [y for y in candidates if gaps[y] >= 0]
        nearest = min(candidates, key=lambda y: (abs(gaps[y]), -y)) if candidates else None
        if not past or not ahead:
            return nearest
        tense = self.tense(start)
        back, on = max(past), min(ahead)
        lead = self.text.text[max(0, start - 60) : start].lower()
        if lead.endswith((" for ", " for the ", " from ", " to ", " until ")) and _SET.search(lead):
            return on if gaps[back] < -60 else nearest
        if lead.endswith((" for ", " for the ")):
            return nearest
        soon = (day and gaps[on] <= 10) or (gaps[on] <= SOON and not self.direct(start))
        if tense == tenses.PAST and not (soon and gaps[back] <= -240):
            return back
        if tense == tenses.FUTURE or (tense == tenses.PRESENT and gaps[on] < 250):
            return on
        return nearest

    def _gap(self, year: int, month: int, day: int | None) -> int:
        """Days from the document's date, zero within its own month where no day is given."""
        months = (year - (self.year or year)) * 12 + month - (self.month or month)
        if day is None or self.today is None:
            return months * 30
        return (dt.date(year, month, day) - self.today).days

    def _story(self, start: int) -> int | None:
        """The year of a day or month with its year just before, in an account of the past."""
        if not self.seen or self.sentence is None:
            return None
        last = self.seen[-1]
        if not last.explicit or start - last.end > CLOSE or last.paragraph != self.sentence.paragraph:
            return None
        exact = ("day", "month")[: 2 if self.year else 1]
        if time.precision(last.edtf) not in exact or (self.year and int(last.edtf[:4]) >= self.year - 1):
            return None
        return int(last.edtf[:4]) if self.tense(start) in (tenses.PAST, None) else None

    def _told(self) -> int | None:
        """Without a date of the document: the year of the latest day that the paragraph has told."""
        here = self.sentence.paragraph if self.sentence else 0
        days = [one for one in self.seen[-6:] if one.explicit and one.paragraph == here and time.precision(one.edtf) == "day"]
        return max((int(one.edtf[:4]) for one in days), default=None)

    def fiscal(self, start: int) -> tuple[int, str] | None:
        """The convention of the state that the sentence speaks of, else of the outlet's state or the document's first party."""
        table = lexicon.fiscal()
        left, right = (self.sentence.start, self.sentence.end) if self.sentence else (0, len(self.text.text))
        near = self.text.mentions_in(left, right, MentionType.STATE, MentionType.DEMONYM)
        before = [m.name for m in near if m.end <= start]
        states = [*reversed(before), *(m.name for m in near if m.start > start), self.text.home, *self.text.parties[:2]]
        return next((table[s] for s in states if s in table), None)


def _day(year: int, month: int, day: int) -> dt.date | None:
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None

"""How templates write: dates, amounts, names and addresses."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache, lru_cache
from typing import Any
from urllib.parse import quote, urlencode, urlsplit

from markupsafe import Markup

from dragoman.model.entities import Position
from dragoman.model.meetings import Meeting
from dragoman.model.series import Point, Series
from dragoman.reference import states
from dragoman.views import citation, together, wording
from dragoman.views.visible import one_line, visible
from dragoman.web import forms

# what each kind of fact and claim is called: one, several
KINDS = {
    "contact": ("contact", "contacts"), "instrument": ("agreement", "agreements"), "commitment": ("promise", "promises"),
    "series": ("figure series", "figure series"), "statement": ("statement", "statements"), "event": ("event", "events"),
    "conflict": ("dispute", "disputes"), "membership": ("membership", "memberships"), "mission": ("mission", "missions"),
    "office": ("office", "offices"), "person": ("person", "persons"), "organization": ("organisation", "organisations"),
    "place": ("place", "places"), "relation": ("description", "descriptions"), "tenure": ("office claim", "office claims"),
    "biography": ("biography", "biographies"), "agreement": ("agreement", "agreements"), "figure": ("figure", "figures"),
}


MOST_NAMED = 30  # claims in one address
# what each type of conflict is called
CONFLICTS = {"contradiction": "contradiction", "definition": "counted differently", "revision": "revised later", "rounding": "rounded",
             "unchecked": "not checked"}


def address(path: str, query: Mapping[str, Any]) -> str:
    """A path with its query; what is None or empty is left out.

    >>> address("/pair/KAZ/RUS", {"on": "2024", "since": None})
    '/pair/KAZ/RUS?on=2024'
    """
    told = [(name, value) for name, value in query.items() if value not in (None, "", ())]
    return f"{path}?{urlencode(told, doseq=True, safe=':,/')}" if told else path


def segment(value: str) -> str:
    """A value as one segment of a path."""
    return quote(value, safe=":")


def state_name(code: str) -> str:
    """A state's name as people call it; anything else as it is, on one line."""
    return wording.state(code)


def pair(one: str, other: str) -> str:
    """The address of a pair of states, the same in whichever order they are given."""
    first, second = sorted((one, other))
    return f"/pair/{segment(first)}/{segment(second)}"


def person(key: str | None) -> str | None:
    """The address of a person by the readable id; None where there is none."""
    return f"/person/{segment(key)}" if key and key.startswith("person:") else None


def organization(key: str | None) -> str | None:
    """The address of an organisation by its id."""
    return f"/organization/{segment(key)}" if key and key.startswith("org:") else None


def office(position: Position) -> str | None:
    """The address of an office of a state, or of a body of it."""
    if not position.state:
        return None
    return address(f"/office/{segment(position.state)}/{segment(position.name)}", {"body": position.organization})


def evidence(of: Any, known: str | None = None) -> str:
    """What opens the words behind a fact, a claim or some claims; of a fact of the past its claims, since it may be another now."""
    if isinstance(of, str):
        return of
    return str(of.id) if hasattr(of, "id") and not known else ",".join(list(getattr(of, "claims", of))[:MOST_NAMED])


def host(url: str | None) -> str | None:
    """The host of a web address, None for what is none: nothing else may become a link."""
    try:
        parts = urlsplit(url or "")
    except ValueError:
        return None
    return parts.hostname if parts.scheme in ("http", "https") else None


def count(n: int, one: str, many: str | None = None) -> str:
    """A number with its noun: "1 source", "1,200 sources"."""
    return f"{n:,} {one if n == 1 else many or one + 's'}"


def codes(text: str) -> tuple[str, ...]:
    """ISO codes of a list as an address has it: "KAZ,CZE"."""
    return tuple(dict.fromkeys(c for part in text.split(",") if len(c := part.strip().upper()) == 3 and c.isalpha()))


def capital(text: str) -> str:
    """A text that begins with a capital letter."""
    return text[:1].upper() + text[1:]


@lru_cache(maxsize=4096)
def office_name(text: str) -> str:
    """The name of an office with the names of states as they are written: "ambassador to austria" is to Austria."""
    shown = one_line(text, 100)
    folded = f" {shown.casefold()} "
    for name in _state_names():
        if f" {name.casefold()} " in folded:
            at = folded.index(f" {name.casefold()} ")
            shown = shown[:at] + name + shown[at + len(name) :]
    return shown


@cache
def _state_names() -> tuple[str, ...]:
    """Names of states, the short ones first, so that the longest has the last word."""
    names = {name for one in states.table().values() for name in one.names if name.isascii() and len(name) > 3}
    return tuple(sorted(names, key=lambda n: (len(n), n)))


def unit(code: str) -> str:
    """A unit behind a number of claims: nothing for plain numbers."""
    return {"1": "", "%": "in per cent"}.get(code, f"in {code}")


def due(told: str) -> str:
    """A deadline behind the word "due": "by the end of 2025", "on 14 May 2024", "in 2025"."""
    if told.startswith(("by ", "since ", "about ")):
        return told
    return f"on {told}" if told[:1].isdigit() and len(told) != 4 else f"in {told}"


def meeting_kind(meeting: Meeting) -> str:
    """What sort of contact it was: "Official visit", "Call"."""
    visit = meeting.mode == "visit" and meeting.visit_type
    return capital(f"{visit} visit" if visit else wording.MODES.get(meeting.mode, meeting.mode))


def series_title(series: Series) -> str:
    """What a series counts, in words: "Exports from Czechia to Kazakhstan"."""
    what = wording.indicator(series.indicator) + (f", {one_line(series.part, 40)}" if series.part else "")
    names = [wording.state(p) if len(p) == 3 else one_line(p, 40) for p in series.parties]
    between = f" from {names[0]} to {names[1]}" if series.directed and len(names) == 2 else f", {' and '.join(names)}" if names else ""
    kind = {"change": "change of ", "share": "share: ", "rank": "rank: "}.get(series.measure, "")
    return capital(f"{kind}{what}{between}{' (target)' if series.target else ''}")


def points_newest_first(series: Series) -> list[Point]:
    """The points of a series by period, the latest first, those without a period last."""
    return sorted(series.points, key=lambda p: (bool(p.period), p.period or "", p.claimant), reverse=True)


def spark(years: Mapping[str, int], first: int, last: int) -> Markup:
    """A small chart of counts by year, from the first to the last."""
    span, top = max(last - first + 1, 1), max(years.values(), default=1)
    step = 96 / span
    wide = max(step - 0.6, 0.8)
    bars = [f'<rect x="{(int(year) - first) * step:.1f}" y="{20 - 18 * n / top:.1f}" width="{wide:.1f}" height="{18 * n / top:.1f}"/>'
            for year, n in years.items() if first <= int(year) <= last and n]
    told = f"{sum(years.values())} contacts and events, {min(years)} to {max(years)}" if years else "no dated contacts or events"
    return Markup(f'<svg class="spark" viewBox="0 0 96 20" role="img" aria-label="{told}">{"".join(bars)}</svg>')


FILTERS: dict[str, Callable[..., Any]] = {
    "date": wording.date, "number": wording.number, "state": wording.state, "actor": wording.actor, "line": wording.line,
    "fact_line": together.line, "fact_details": together.details, "indicator": wording.indicator, "visible": visible,
    "one_line": one_line, "host": host, "segment": segment, "source": citation.source, "claimant": citation.claimant,
    "joined": wording.joined, "count": count, "plain": forms.shown,
    "capital": capital, "due": due, "meeting_kind": meeting_kind, "points_newest_first": points_newest_first, "span": together.span,
    "series_title": series_title, "office_name": office_name, "unit": unit,
}
GLOBALS: dict[str, Any] = {"amount": wording.amount, "pair_path": pair, "person_path": person, "organization_path": organization,
                           "office_path": office, "evidence_of": evidence, "spark": spark, "KINDS": KINDS, "CONFLICTS": CONFLICTS}

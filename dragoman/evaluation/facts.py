"""A gold fact and the claims that match it: `core` is who, what and how much; `strict` every other field that the gold states."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from typing import Any

from dragoman.evaluation import values as v

NOT_COMPARED = {
    "file", "kind", "quote", "start", "end", "note", "acceptable", "optional", "also", "chain", "with_state", "date_if_unresolved",
    "period_if_unresolved", "reporter", "counterpart", "occasion",
}  # fmt: skip
RENAMED = {"tenure_start": "since", "tenure_end": "until"}
ACTOR = {"person", "speaker", "addressee"}
ACTORS = {"participants", "by", "to", "source", "recipient", "parties"}
DATES = {"date", "period", "base_period", "tenure_start", "tenure_end", "deadline", "until"}
WORDS = {"organization", "title", "place", "city", "value", "member", "topic"}
IGNORED = {"commitment": {"date"}, "contact": {"counterpart"}, "figure": {"date"}}
CONTACTS = {
    "call": "call", "video": "call", "meeting": "meet", "talks": "meet", "summit": "multi", "forum": "multi", "visit": "visit",
    "letter": "letter",
}  # fmt: skip

Row = dict[str, Any]
Test = Callable[[Any], bool]


def spans(gold: Row) -> list[tuple[int, int]]:
    """The places of a gold fact's quote and its further pieces."""
    out = [(gold["start"], gold["end"])] if gold.get("start") is not None else []
    out += [(p["start"], p["end"]) for p in gold.get("also") or [] if isinstance(p, dict) and p.get("start") is not None]
    return out


def touch(gold: Row, claim: Row, share: float = 0.3) -> bool:
    """Whether the evidence of a claim and the quote of a fact overlap by a share of the shorter."""
    best = 0.0
    for start, end in spans(gold):
        for e in claim.get("evidence") or []:
            common = min(end, e["end"]) - max(start, e["start"])
            best = max(best, common / max(1, min(end - start, e["end"] - e["start"])))
    return best >= share


class Fact:
    """A gold fact with every value that is right for each field."""

    def __init__(self, row: Row) -> None:
        self.row, self.kind = row, row["kind"]
        self.optional = bool(row.get("optional"))
        self.values: dict[str, list[Any]] = defaultdict(list)
        for field, value in row.items():
            self.values[field].append(value)
        self.values["modality"] = [row.get("modality") or "actual"]
        for other in row.get("acceptable") or []:
            if "kind" not in other:
                for field, value in other.items():
                    self.values[field].append(value)

    def some(self, field: str, test: Test) -> bool:
        """Whether one of the field's right values passes the test."""
        return any(test(value) for value in self.values.get(field) or [None])

    def other_kinds(self) -> Iterator[Fact]:
        """The same words as facts of the other kinds that the gold accepts."""
        for other in self.row.get("acceptable") or []:
            if "kind" in other:
                kept = {k: value for k, value in self.row.items() if k in ("file", "quote", "start", "end", "also")}
                yield Fact({**kept, **other, "optional": True})

    def core(self, claim: Row) -> bool:
        """Whether the claim is this fact."""
        test = CORE.get(self.kind)
        return test(self, claim) if test else touch(self.row, claim)

    def about(self) -> bool:
        return self.some("modifier", lambda x: x in ("about", "nearly"))

    def fields(self) -> list[str]:
        """The fields that count beyond the core, in the gold's order."""
        out = []
        for field in {**self.row, "modality": None}:
            left_out = field in NOT_COMPARED or field in IGNORED.get(self.kind, ()) or (field == "host" and self.row.get("mode") != "visit")
            trade = field == "reporter" and self.kind == "figure" and self.row.get("indicator") in ("exports", "imports")
            if not left_out or trade:
                out.append(field)
        return out

    def right(self, field: str, claim: Row) -> bool:
        """Whether the claim has one of the field's right values."""
        got = claim.get(RENAMED.get(field, field))
        if field == "modality":
            return v.fold(got or "actual") in {v.fold(x or "actual") for x in self.values["modality"]}
        if field == "speaker" and self.kind != "statement":
            return self.some(field, lambda x: x is None or any(v.same_actor(x, link) for link in claim.get("attribution") or []))
        if field in DATES:
            return self.some(field, lambda x: v.same_date(x, got)) or (field + "_if_unresolved" in self.row and got is None)
        if field in ("low", "high"):
            return self.some(field, lambda x: v.near(x, got, claim.get("unit"), self.about())) or self.about()
        if field == "flags":
            return set(self.row[field] or []) <= set(got or [])
        test = FIELD.get(field) or (_actor if field in ACTOR else v.same_set if field in ACTORS else _words if field in WORDS else _plain)
        return self.some(field, lambda x: test(x, got))

    def strict(self, claim: Row) -> str | None:
        """The first field in which a core match differs from the gold, or None."""
        return next((field for field in self.fields() if not self.right(field, claim)), None)


# ---------------------------------------------------------------- fields

def _actor(want: Any, got: Any) -> bool:
    return want is None or v.same_actor(want, got)


def _words(want: Any, got: Any) -> bool:
    return want is None or v.same_actor(want, got) or v.overlap(want, v.name(got)) >= 0.6


def _plain(want: Any, got: Any) -> bool:
    return bool(want) == bool(got) if isinstance(want, bool) or want is None else v.fold(want) == v.fold(got)


def _amount(want: Any, got: Any) -> bool:
    if want is None:
        return True
    return isinstance(got, dict) and all(v.near(x, got.get(k)) if isinstance(x, int | float) else x == got.get(k) for k, x in want.items())


FIELD: dict[str, Callable[[Any, Any], bool]] = {
    "equivalent": _amount,
    "target": _amount,
    "indicator": v.same_indicator,
    "unit": v.same_unit,
    "position": lambda want, got: want is None or v.same_position(want, got),
    "modifier": lambda want, got: (want or "exactly") == (got or "exactly"),
}


# ---------------------------------------------------------------- cores, one a kind

def _contact(f: Fact, p: Row) -> bool:
    people = p.get("participants") or []
    same_class = f.some("mode", lambda x: CONTACTS.get(x) == CONTACTS.get(p.get("mode") or ""))
    return same_class and f.some("participants", lambda x: v.all_found(x, people) and len(people) <= len(x or []) + 1)


def _tenure(f: Fact, p: Row) -> bool:
    def body(x: Any) -> bool:
        return x is None or v.overlap(x, v.name(p.get("organization"))) >= 0.6 or v.overlap(x, p.get("position")) >= 0.6

    same = v.same_name(f.row.get("person"), p.get("person")) and f.some("position", lambda x: v.same_position(x, p.get("position")))
    return same and (not f.row.get("organization") or f.some("organization", body))


def _biography(f: Fact, p: Row) -> bool:
    same = v.same_name(f.row.get("person"), p.get("person")) and f.some("property", lambda x: x == p.get("property"))
    return same and f.some("value", lambda x: v.overlap(x, p.get("value")) >= 0.6)


def _figure(f: Fact, p: Row) -> bool:
    about, row = f.about(), f.row
    if row.get("measure") and not f.some("measure", lambda x: x == (p.get("measure") or "level")):
        return False
    same_series = f.some("indicator", lambda x: v.same_indicator(x, p.get("indicator")))
    if not (same_series or f.some("parties", lambda x: v.same_set(x, p.get("parties")))):
        return False
    if not f.some("unit", lambda x: v.same_unit(x, p.get("unit"))):
        return False
    if all(f.some(end, lambda x, end=end: v.near(x, p.get(end), p.get("unit"), about)) for end in ("low", "high")):  # type: ignore[misc]
        return True
    want = row.get("high") if row.get("high") is not None else row.get("low")
    got = p.get("high") if p.get("high") is not None else p.get("low")
    return about and v.near(want, got, p.get("unit"), True)


def _commitment(f: Fact, p: Row) -> bool:
    said = touch(f.row, p) or v.overlap(f.row.get("quote"), p.get("action")) >= 0.5
    return said and f.some("by", lambda x: v.all_found(x, p.get("by")))


def _membership(f: Fact, p: Row) -> bool:
    same = f.some("member", lambda x: v.same_actor(x, p.get("member")))
    return same and f.some("organization", lambda x: v.overlap(x, v.name(p.get("organization"))) >= 0.6)


def _mission(f: Fact, p: Row) -> bool:
    same = (f.row.get("sending"), f.row.get("receiving")) == (p.get("sending"), p.get("receiving"))
    return same and f.some("city", lambda x: x is None or v.fold(x) == v.fold(v.name(p.get("city"))))


def _relation(f: Fact, p: Row) -> bool:
    parties = {v.code(x) for x in p.get("parties") or []}
    return f.some("type", lambda x: x == p.get("type")) and f.some("parties", lambda x: set(x or []) == parties)


def _statement(f: Fact, p: Row) -> bool:
    if not f.some("speaker", lambda x: x is None or v.same_actor(x, p.get("speaker"))):
        return False
    return touch(f.row, p, 0.5) or v.overlap(f.row.get("quote"), p.get("text")) >= 0.7


def _event(f: Fact, p: Row) -> bool:
    if not touch(f.row, p, 0.1) or not f.some("event_type", lambda x: v.fold(x) == v.fold(p.get("event_type"))):
        return False
    return all(f.some(side, lambda x, side=side: v.all_found(x, p.get(side))) for side in ("source", "recipient"))  # type: ignore[misc]


CORE: dict[str, Callable[[Fact, Row], bool]] = {
    "contact": _contact,
    "tenure": _tenure,
    "biography": _biography,
    "figure": _figure,
    "commitment": _commitment,
    "agreement": lambda f, p: f.some("title", lambda x: v.overlap(x, p.get("title")) >= 0.6),
    "membership": _membership,
    "mission": _mission,
    "relation": _relation,
    "statement": _statement,
    "event": _event,
}

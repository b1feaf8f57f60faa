"""Matching claims to facts one to one within a file and a kind, and counting."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import PurePath
from typing import Any, Literal

from dragoman.evaluation.facts import Fact, Row, touch
from dragoman.evaluation.values import fold, overlap, same_name

Level = Literal["core", "strict"]
NOT_SCORED = ("document", "rights")
LIKE_CONTACT = ("consult", "agree", "cooperate", "support")


@dataclass(slots=True)
class Count:
    """Facts required, claims that count, core and strict matches."""

    gold: int = 0
    claimed: int = 0
    core: int = 0
    strict: int = 0

    def precision(self, level: Level = "core") -> float:
        return getattr(self, level) / self.claimed if self.claimed else 0.0

    def recall(self, level: Level = "core") -> float:
        return getattr(self, level) / self.gold if self.gold else 0.0

    def f1(self, level: Level = "core") -> float:
        p, r = self.precision(level), self.recall(level)
        return 2 * p * r / (p + r) if p + r else 0.0

    def __add__(self, other: Count) -> Count:
        return Count(self.gold + other.gold, self.claimed + other.claimed, self.core + other.core, self.strict + other.strict)


@dataclass(slots=True)
class FieldCount:
    """Core matches whose gold states the field: how many have it right; and how many facts state it."""

    stated: int = 0
    matched: int = 0
    right: int = 0


@dataclass(slots=True)
class Scores:
    """What a comparison found.

    kinds     counts by kind
    fields    counts by (kind, field)
    matched   required facts that a claim matches at core; missed: those that none does; beyond: claims that no fact licenses
    differs   (fact, claim, field): core matches and the first field in which they are not strict
    outcomes  (confidence, right) of every claim that counts as right or wrong
    spans     evidence spans checked, and those not equal to the text
    """

    kinds: dict[str, Count] = field(default_factory=dict)
    fields: dict[tuple[str, str], FieldCount] = field(default_factory=lambda: defaultdict(FieldCount))
    matched: list[Row] = field(default_factory=list)
    missed: list[Row] = field(default_factory=list)
    beyond: list[Row] = field(default_factory=list)
    differs: list[tuple[Row, Row, str]] = field(default_factory=list)
    outcomes: list[tuple[Row, bool]] = field(default_factory=list)
    spans: tuple[int, int] = (0, 0)

    @property
    def all(self) -> Count:
        """The kinds together."""
        return sum(self.kinds.values(), Count())


def score(gold: Iterable[Row], claims: Iterable[Row], kinds: Sequence[str] | None = None, texts: Mapping[str, str] | None = None) -> Scores:
    """Claims (contract lines) against facts (gold lines).

    kinds  only these; texts: by file name, to check every evidence span
    """
    gold, claims = [g for g in gold if g["kind"] not in NOT_SCORED], list(claims)
    facts: dict[str, list[Fact]] = defaultdict(list)
    claimed: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for g in gold:
        facts[g["file"]].append(Fact(g))
    for c in claims:
        claimed[PurePath(c.get("file") or "").name, c["kind"]].append(c)
    known = sorted({g["kind"] for g in gold})
    scores = Scores(spans=_spans(claims, texts or {}))
    for kind in known if kinds is None else [k for k in known if k in kinds]:
        scores.kinds[kind] = Count()
        for file in sorted(facts):
            _file(scores, kind, facts[file], list(claimed[file, kind]))
    return scores


def _spans(claims: Iterable[Row], texts: Mapping[str, str]) -> tuple[int, int]:
    checked = wrong = 0
    for c in claims:
        text = texts.get(PurePath(c.get("file") or "").name)
        for e in (c.get("evidence") or []) if text is not None else []:
            checked += 1
            wrong += text is not None and text[e["start"] : e["end"]] != e["quote"]
    return checked, wrong


def _file(scores: Scores, kind: str, facts: list[Fact], free: list[Row]) -> None:
    """Match the facts of one kind in one file; the required ones choose first."""
    row = scores.kinds[kind]
    listed = [f for f in facts if f.kind == kind]
    extra = [o for f in facts for o in f.other_kinds() if o.kind == kind]
    row.claimed += len(free)
    for fact in [*sorted(listed, key=lambda f: f.optional), *extra]:
        row.gold += not fact.optional
        _state(scores, fact)
        hits = [(fact.strict(p), p) for p in free if fact.core(p)]
        if not hits:
            if not fact.optional:
                scores.missed.append(fact.row)
            continue
        differs, best = min(hits, key=lambda h: h[0] is not None)
        free.remove(best)
        scores.outcomes.append((best, True))
        if fact.optional:
            row.claimed -= 1
            continue
        row.core += 1
        scores.matched.append(fact.row)
        row.strict += differs is None
        _compare(scores, fact, best)
        if differs:
            scores.differs.append((fact.row, best, differs))
    _rest(scores, kind, facts, listed + extra, free)


def _state(scores: Scores, fact: Fact) -> None:
    if not fact.optional:
        for name in fact.fields():
            scores.fields[fact.kind, name].stated += 1


def _compare(scores: Scores, fact: Fact, claim: Row) -> None:
    for name in fact.fields():
        count = scores.fields[fact.kind, name]
        count.matched += 1
        count.right += fact.right(name, claim)


def _rest(scores: Scores, kind: str, facts: list[Fact], same_kind: list[Fact], free: list[Row]) -> None:
    """Claims left over: repetitions and restatements are neither right nor wrong, as many as there are facts; the rest is beyond."""
    licensed = sum(f.kind != kind or kind == "event" for f in facts)
    for p in free:
        repeats = any(f.core(p) and (kind != "figure" or f.strict(p) not in ("indicator", "parties")) for f in same_kind)
        if repeats or (licensed > 0 and _neutral(kind, p, facts)):
            scores.kinds[kind].claimed -= 1
            licensed -= 1
        else:
            scores.beyond.append(p)
            scores.outcomes.append((p, False))


def _neutral(kind: str, p: Row, facts: list[Fact]) -> bool:
    """Claims that a listed fact of another kind already licenses."""

    def beside(*kinds: str) -> bool:
        return any(f.kind in kinds and touch(f.row, p) for f in facts)

    if kind == "event":
        return fold(p.get("event_type")) in LIKE_CONTACT and beside("contact", "agreement", "commitment", "event")
    if kind == "statement":
        others = ("contact", "figure", "agreement", "commitment", "relation", "tenure", "membership", "mission", "statement", "event")
        return not p.get("direct") and beside(*others)
    if kind == "tenure":
        return p.get("change") in (None, "holds") and any(_same_office(f, p) for f in facts)
    if kind == "contact":
        return beside("agreement") or (p.get("modality") == "planned" and beside("commitment", "contact"))
    if kind == "commitment":
        planned = [f for f in facts if f.kind == "contact" and f.row.get("modality") == "planned"]
        return beside("contact") and any(touch(f.row, p) for f in planned)
    return False


def _same_office(f: Fact, p: Row) -> bool:
    same = f.kind == "tenure" and same_name(f.row.get("person"), p.get("person"))
    return same and overlap(f.row.get("position"), p.get("position")) >= 0.5


def first_quote(claim: Row) -> str:
    """The words of a claim's first evidence."""
    evidence: list[dict[str, Any]] = claim.get("evidence") or [{}]
    return str(evidence[0].get("quote") or "")


def counts_by_field(scores: Scores) -> list[tuple[str, str, FieldCount]]:
    """Fields by kind, those that cost most first."""
    rows = [(kind, name, c) for (kind, name), c in scores.fields.items() if kind in scores.kinds]
    return sorted(rows, key=lambda r: (r[0], r[2].right - r[2].matched, r[1]))


def first_differences(scores: Scores) -> Counter[str]:
    """How often each field was the first to differ."""
    return Counter(f"{fact['kind']}.{name}" for fact, _, name in scores.differs)

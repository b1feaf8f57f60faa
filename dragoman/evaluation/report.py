"""A comparison as tables that a person reads, as plain values, and against an earlier one."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from typing import Any

from dragoman.evaluation import calibration
from dragoman.evaluation.facts import RENAMED, Row
from dragoman.evaluation.scoring import Count, Scores, counts_by_field, first_quote

Table = tuple[tuple[str, ...], list[tuple[str, ...]]]


def by_kind(scores: Scores) -> Table:
    """Facts, claims, precision, recall and F1 at core and strict, a line a kind."""
    head = ("kind", "facts", "claims", "precision", "recall", "F1", "strict precision", "strict recall", "strict F1")
    return head, [_count(kind, c) for kind, c in [*scores.kinds.items(), ("all", scores.all)]]


def _count(kind: str, c: Count) -> tuple[str, ...]:
    core = (c.precision(), c.recall(), c.f1())
    strict = (c.precision("strict"), c.recall("strict"), c.f1("strict"))
    return (kind, str(c.gold), str(c.claimed), *(f"{x:.2f}" for x in (*core, *strict)))


def by_field(scores: Scores) -> Table:
    """For each field: the share right among core matches, and among all facts that state it."""
    rows: list[tuple[str, ...]] = []
    for kind, name, c in counts_by_field(scores):
        precision, recall = (c.right / c.matched if c.matched else 0.0), (c.right / c.stated if c.stated else 0.0)
        f1 = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
        rows.append((kind, name, str(c.stated), f"{precision:.2f}", f"{recall:.2f}", f"{f1:.2f}"))
    return ("kind", "field", "facts", "precision", "recall", "F1"), rows


def by_confidence(scores: Scores) -> Table:
    """The reliability table over all kinds."""
    bins = calibration.reliability(outcomes(scores))
    rows: list[tuple[str, ...]] = [(f"{b.low:.2f} to {b.high:.2f}", str(b.claims), f"{b.confidence:.2f}", f"{b.right:.2f}") for b in bins]
    return ("confidence", "claims", "mean confidence", "share right"), rows


def outcomes(scores: Scores, kind: str | None = None) -> list[tuple[float, bool]]:
    """Confidence and right or wrong of every claim that counts, of one kind or all."""
    return [(float(c.get("confidence") or 0.0), right) for c, right in scores.outcomes if kind in (None, c["kind"])]


def separation(scores: Scores) -> Table:
    """By kind: claims that count, distinct confidences, how well they part right from wrong, expected calibration error."""
    rows: list[tuple[str, ...]] = []
    for kind in scores.kinds:
        pairs = outcomes(scores, kind)
        found = calibration.auc(pairs)
        error = calibration.expected_error(calibration.reliability(pairs))
        rows.append((kind, str(len(pairs)), str(len({c for c, _ in pairs})), "" if found is None else f"{found:.2f}", f"{error:.2f}"))
    return ("kind", "claims", "values", "AUC", "calibration error"), rows


def markdown(table: Table) -> str:
    """A table in Markdown."""
    head, rows = table
    rule = " | ".join("---" if n == 0 else "--:" for n in range(len(head)))
    return "\n".join([f"| {' | '.join(head)} |", f"| {rule} |", *(f"| {' | '.join(row)} |" for row in rows)])


def listed(scores: Scores) -> Iterator[tuple[str, str, str, str]]:
    """(what, file, kind, words) of each fact missed, field that differs, and claim beyond."""
    for fact in scores.missed:
        shown = {k: v for k, v in fact.items() if k not in ("file", "kind", "start", "end", "acceptable", "note")}
        yield "missed", fact["file"], fact["kind"], json.dumps(shown, ensure_ascii=False)
    for fact, claim, name in scores.differs:
        words = f"gold {fact.get(name)!r}, claim {claim.get(RENAMED.get(name, name))!r}: {fact.get('quote', '')}"
        yield "differs", fact["file"], f"{fact['kind']}.{name}", words
    for claim in scores.beyond:
        yield "beyond", str(claim.get("file")), claim["kind"], first_quote(claim)


def key(fact: Row) -> str:
    """A short name of a gold fact that stays the same from run to run."""
    kept = json.dumps({k: v for k, v in fact.items() if k not in ("note", "acceptable")}, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(kept.encode()).hexdigest()[:16]


def as_json(scores: Scores) -> dict[str, Any]:
    """Everything as plain values; `matched` has the keys of the facts found, for a later comparison."""
    every = [*scores.kinds.items(), ("ALL", scores.all)]
    rows = {k: {"gold": c.gold, "claimed": c.claimed, "core": c.core, "strict": c.strict} for k, c in every}
    for k, c in every:
        rows[k] |= {"core_f1": round(c.f1(), 4), "strict_f1": round(c.f1("strict"), 4)}  # type: ignore[dict-item]
    fields = [{"kind": k, "field": n, "stated": c.stated, "matched": c.matched, "right": c.right} for k, n, c in counts_by_field(scores)]
    return {
        "rows": rows,
        "spans": {"checked": scores.spans[0], "wrong": scores.spans[1]},
        "fields": fields,
        "reliability": [b._asdict() for b in calibration.reliability(outcomes(scores))],
        "matched": sorted(key(f) for f in scores.matched),
    }


def gains_and_losses(scores: Scores, before: dict[str, Any]) -> tuple[list[Row], list[Row]]:
    """Facts found now and not before, and found before and not now."""
    known = set(before["matched"])
    return [f for f in scores.matched if key(f) not in known], [f for f in scores.missed if key(f) in known]

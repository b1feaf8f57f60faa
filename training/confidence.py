"""Fit how often claims are right: python -m training.confidence [--write]

Takes each claim that the scorer counts as right or wrong and fits one logistic model a kind over the features of
dragoman/extract/confidence.py, on the benchmark's tuning documents, tests/corpus and, where they are, the seeds. For the table, and for
turning scores into frequencies, each document is scored by models that have not seen it (cross-validation over documents).
The holdout takes part in the table that way, and is scored once more by the shipped models, which have never seen it.
--write puts the models into dragoman/extract/confidence.json and the tables into docs/explanation/confidence-table.md.
"""

from __future__ import annotations

import argparse
import json
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

import dragoman
from dragoman import documents
from dragoman.annotate import annotate_all
from dragoman.evaluation import calibration, score
from dragoman.extract import confidence, extract_all
from dragoman.model.documents import Document, Raw, Source

ROOT = Path(__file__).resolve().parent.parent
BENCHMARK = ROOT / "benchmark"
SEEDS = ROOT.parent / "shared/seeds"
CORPUS = ROOT / "tests/corpus"
OUT = Path(confidence.__file__).with_suffix(".json")
PAGE = ROOT / "docs/explanation/confidence-table.md"
FOLDS = 10
PENALTY = 4.0  # ridge; few hundred claims a kind against a hundred features
LEAST = 0.1  # a slope under this: the order is the rule's own, the level is right
RARE = 3  # a feature seen less often says nothing


class Example(NamedTuple):
    """One claim that counts: the file it came from, its kind, its features, whether it is right."""

    file: str
    kind: str
    features: dict[str, float]
    right: bool


def examples(folder: Path, gold: Path, files: set[str] | None) -> list[Example]:
    """The claims of these files that the scorer counts as right or wrong."""
    rows = [json.loads(line) for line in gold.read_text(encoding="utf-8").splitlines()]
    rows = [r for r in rows if files is None or r["file"] in files]
    claims, known = [], {}
    paths = [p for p in sorted(folder.glob("*.txt")) if files is None or p.name in files]
    for path, text in zip(paths, annotate_all(map(_document, paths)), strict=True):
        for claim in extract_all(text, calibrate=False):
            claims.append(claim.as_json(path.name) | {"file": path.name})
            known[path.name, claim.id] = dict(confidence.features(claim, text))
    scored = score(rows, claims)
    return [Example(c["file"], c["kind"], known[c["file"], c["id"]], right) for c, right in scored.outcomes]


def _document(path: Path) -> Document:
    data = path.read_bytes()
    raw = Raw(Source(path.name, str(path), "", len(data), "text/plain", ""), data)
    return next(d for d in documents.read(raw) if isinstance(d, Document))


def fit(rows: list[Example]) -> tuple[float, dict[str, float]]:
    """Bias and weights of a ridge logistic regression, by Newton's method."""
    counts: dict[str, int] = defaultdict(int)
    for row in rows:
        for name in row.features:
            counts[name] += 1
    names = sorted(n for n, c in counts.items() if c >= RARE)
    at = {n: k for k, n in enumerate(names, 1)}
    x = np.zeros((len(rows), len(names) + 1))
    x[:, 0] = 1.0
    for k, row in enumerate(rows):
        for name, value in row.features.items():
            if name in at:
                x[k, at[name]] = value
    y = np.array([row.right for row in rows], dtype=float)
    w = _newton(x, y, np.array([1e-3] + [PENALTY] * len(names)))
    return float(w[0]), {n: round(float(w[k]), 4) for n, k in at.items() if abs(w[k]) > 0.005}


def _newton(x: Any, y: Any, ridge: Any) -> Any:
    w = np.zeros(x.shape[1])
    for _ in range(40):
        p = 1 / (1 + np.exp(-np.clip(x @ w, -30, 30)))
        gradient = x.T @ (p - y) + ridge * w
        hessian = (x * (p * (1 - p))[:, None]).T @ x + np.diag(ridge)
        step = np.linalg.solve(hessian, gradient)
        w -= step
        if float(np.abs(step).max()) < 1e-7:
            break
    return w


def log_odds(model: tuple[float, dict[str, float]], features: dict[str, float]) -> float:
    bias, known = model
    return bias + sum(known.get(n, 0.0) * v for n, v in features.items())


def held_out(rows: list[Example]) -> list[float]:
    """For each claim, the log-odds of a model that has not seen its document.

    Each model's mean over what it has seen is taken off, and the mean of all put back: otherwise a document with many wrong claims
    is given more confidence only because its absence makes the others look better.
    """
    files = sorted({r.file for r in rows})
    fold = {f: k % FOLDS for k, f in enumerate(files)}
    share = min(0.99, max(0.01, sum(r.right for r in rows) / len(rows)))
    out = [0.0] * len(rows)
    for k in range(FOLDS):
        seen = [r for r in rows if fold[r.file] != k]
        if seen and any(fold[r.file] == k for r in rows):
            model = fit(seen)
            mean = sum(log_odds(model, r.features) for r in seen) / len(seen)
            for n, row in enumerate(rows):
                if fold[row.file] == k:
                    out[n] = log_odds(model, row.features) - mean + float(np.log(share / (1 - share)))
    return out


def scale(scores: list[float], rows: list[Example]) -> tuple[float, float]:
    """Slope and shift that turn held-out log-odds into frequencies (Platt); a slope that says nothing becomes a small one."""
    y = np.array([r.right for r in rows], dtype=float)
    s = np.array(scores)
    share = (float(y.sum()) + 1) / (len(y) + 2)  # a kind without a wrong claim is not certain for that
    shift, slope = _newton(np.stack([np.ones_like(s), s], axis=1), y, np.array([0.05, 0.05]))
    if slope >= LEAST and 0 < y.mean() < 1:
        return float(slope), float(shift)
    low, high = -20.0, 20.0
    for _ in range(60):  # the shift at which the mean is the share that is right
        shift = (low + high) / 2
        mean = float((1 / (1 + np.exp(-(LEAST * s + shift)))).mean())
        low, high = (shift, high) if mean < share else (low, shift)
    return LEAST, shift


def chance(score_: float, scaled: tuple[float, float]) -> float:
    value = 1 / (1 + np.exp(-(scaled[0] * score_ + scaled[1])))
    return float(min(confidence.HIGH, max(confidence.LOW, value)))


def measured(kind: str, pairs: list[tuple[float, bool]]) -> str:
    """A row of the table: claims, share right, AUC, calibration error, distinct values."""
    table = calibration.reliability(pairs)
    found = calibration.auc(pairs)
    shown = "" if found is None else f"{found:.2f}"
    right = sum(r for _, r in pairs) / len(pairs)
    values = len({round(c, 4) for c, _ in pairs})
    return f"| {kind} | {len(pairs)} | {right:.2f} | {shown} | {calibration.expected_error(table):.2f} | {values} |"


def page(train: dict[str, list[tuple[float, bool]]], held: dict[str, list[tuple[float, bool]]]) -> str:
    """The tables as Markdown."""
    head = ["| kind | claims | right | AUC | calibration error | distinct values |", "| --- | --: | --: | --: | --: | --: |"]
    lines = ["<!-- Generated by python -m training.confidence --write: do not edit. -->", "# Confidence: the figures", ""]
    lines += [f"dragoman {dragoman.__version__}. Claims that the scorer counts as right or wrong.", ""]
    for title, found in (("The whole benchmark, cross-validated over documents", train), ("Holdout, by the shipped models", held)):
        both = [p for pairs in found.values() for p in pairs]
        lines += [f"## {title}", "", *head, *(measured(k, v) for k, v in sorted(found.items())), measured("all", both), ""]
        lines += ["| confidence | claims | mean confidence | share right |", "| --- | --: | --: | --: |"]
        lines += [
            f"| {b.low:.2f} to {b.high:.2f} | {b.claims} | {b.confidence:.2f} | {b.right:.2f} |" for b in calibration.reliability(both)
        ] + [""]
    return "\n".join(lines).rstrip() + "\n"


def by_kind(rows: Iterable[Example]) -> dict[str, list[Example]]:
    out: dict[str, list[Example]] = defaultdict(list)
    for row in rows:
        out[row.kind].append(row)
    return out


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--write", action="store_true", help="write the models and the page")
    chosen = options.parse_args()
    held = set((BENCHMARK / "holdout.txt").read_text(encoding="utf-8").split())
    every = {p.name for p in (BENCHMARK / "documents").glob("*.txt")}
    rows = examples(BENCHMARK / "documents", BENCHMARK / "gold.jsonl", every - held)
    aside = examples(BENCHMARK / "documents", BENCHMARK / "gold.jsonl", held)
    more = examples(CORPUS / "documents", CORPUS / "gold.jsonl", None)
    more += examples(SEEDS / "documents", SEEDS / "gold.jsonl", None) if SEEDS.is_dir() else []
    models: dict[str, Any] = {}
    train: dict[str, list[tuple[float, bool]]] = {}
    apart: dict[str, list[tuple[float, bool]]] = {}
    for kind, mine in by_kind([*rows, *more]).items():
        scaled = scale(held_out(mine), mine)
        bias, known = fit(mine)
        models[kind] = {"bias": round(bias, 4), "weights": known, "scale": [round(v, 4) for v in scaled]}
    benchmark = {r.file for r in (*rows, *aside)}
    for kind, mine in by_kind([*rows, *aside, *more]).items():
        scores = held_out(mine)
        scaled = scale(scores, mine)
        train[kind] = [(chance(s, scaled), r.right) for s, r in zip(scores, mine, strict=True) if r.file in benchmark]
    for kind, mine in by_kind(aside).items():
        model = models.get(kind)
        if model:
            given = [log_odds((model["bias"], model["weights"]), r.features) for r in mine]
            apart[kind] = [(chance(s, (model["scale"][0], model["scale"][1])), r.right) for s, r in zip(given, mine, strict=True)]
    text = page(train, apart)
    print(text)
    if chosen.write:
        OUT.write_text(json.dumps({"version": dragoman.__version__, "kinds": models}, indent=1, sort_keys=True) + "\n", encoding="utf-8")
        PAGE.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()

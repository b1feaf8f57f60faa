"""What resolving costs as a record grows: CPU seconds for everything from nothing, and for one document more.

The claims are those of the benchmark's gold, again and again with other states, persons, years and amounts, as a record of many pairs
would hold them. Prints a row for each size; with --plot writes the curve as an SVG for the docs.
"""

from __future__ import annotations

import argparse
import json
import random
import resource
import tempfile
import time
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import fields, is_dataclass, replace
from pathlib import Path
from typing import Any

from dragoman import Record
from dragoman.evaluation import gold_claims
from dragoman.model.claims import Claim
from dragoman.reference import states

BENCHMARK = Path(__file__).resolve().parent.parent / "benchmark"
SYLLABLES = [a + b for a in "bdgklmnrstvz" for b in ("a", "e", "i", "o", "u", "an", "en", "or", "il", "us")]
LAST = 5  # documents that come one at a time
KEPT = ("document", "evidence", "rules", "confidence")


class Elsewhere:
    """The same claims about other states, with other names, years and amounts."""

    def __init__(self, turn: int) -> None:
        draw = random.Random(turn)
        codes = list(states.table())
        # the first sixty states take part in most of what happens, as in a real record
        weights = [60.0 / (n + 1) for n in range(len(codes))]
        self._states = {c: draw.choices(codes, weights)[0] for c in codes}
        self._shift, self._factor = draw.randint(-12, 12), draw.uniform(0.2, 5.0)
        self._seed = turn
        self._codes = set(codes)

    def claim(self, claim: Claim, document: str) -> Claim:
        moved = {f.name: self._value(getattr(claim, f.name)) for f in fields(claim) if f.name not in KEPT}
        if "low" in moved:
            moved |= {k: moved[k] and moved[k] * self._factor for k in ("low", "high")}
        return replace(claim, document=document, **moved)

    def _value(self, value: Any) -> Any:
        if isinstance(value, str):
            if value in self._codes:
                return self._states[value]
            if value.startswith("state:"):
                return f"state:{self._states.get(value[6:], value[6:])}"
            return self._date(value)
        if isinstance(value, tuple):
            return tuple(map(self._value, value))
        if is_dataclass(value) and not isinstance(value, type):
            named = {f.name: self._value(getattr(value, f.name)) for f in fields(value)}
            if (named.get("id") or "").startswith("person:") and named.get("name"):
                named["name"] = named["mention"] = self._name(named["name"])
            return type(value)(**named)
        return value

    def _date(self, text: str) -> str:
        head = text.lstrip("./")[:4]
        return text.replace(head, str(int(head) + self._shift)) if len(head) == 4 and head.isdigit() and len(text) <= 24 else text

    def _name(self, name: str) -> str:
        draw = random.Random(f"{self._seed} {name}")
        return " ".join("".join(draw.choices(SYLLABLES, k=draw.randint(2, 4))).capitalize() for _ in name.split())


def documents(count: int) -> Iterator[tuple[str, list[Claim]]]:
    """Documents with so many claims in all."""
    rows = [json.loads(line) for line in (BENCHMARK / "gold.jsonl").read_text(encoding="utf-8").splitlines()]
    gold = gold_claims.by_document(rows)
    turn, made = 0, 0
    while made < count:
        moved = Elsewhere(turn)
        for file, claims in gold.items():
            name = f"{turn}-{file}"
            some = [moved.claim(c, f"doc:{name}") for c in claims]
            made += len(some)
            yield name, some
        turn += 1


def fill(record: Record, batch: Sequence[tuple[str, list[Claim]]]) -> None:
    for name, claims in batch:
        record.take_in(gold_claims.document(name, claims), claims, name.encode(), name)


def measured(count: int) -> tuple[int, float, float, float]:
    """Claims, CPU seconds from nothing, CPU seconds for one document more (the worst of five), peak memory in MB."""
    last: deque[tuple[str, list[Claim]]] = deque()
    held = 0
    with tempfile.TemporaryDirectory() as folder, Record(Path(folder) / "cost.db") as record:
        for made in documents(count):  # a million claims are not held at once
            last.append(made)
            if len(last) > LAST:
                fill(record, [first := last.popleft()])
                held += len(first[1])
        begin = time.process_time()
        record.resolve()
        whole = time.process_time() - begin
        one = []
        for more in last:
            fill(record, [more])
            begin = time.process_time()
            record.resolve()
            one.append(time.process_time() - begin)
        return held, whole, max(one), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--claims", type=int, nargs="*", default=[3_000, 10_000, 30_000, 100_000])
    options.add_argument("--plot", type=Path, help="write the curves to this SVG file")
    chosen = options.parse_args()
    rows = []
    print("claims   from nothing   one document more   peak memory")
    for count in chosen.claims:
        claims, whole, one, memory = measured(count)
        rows.append((claims, whole, one))
        print(f"{claims:>7,}  {whole:>10.1f} s  {one:>16.2f} s  {memory:>8,.0f} MB", flush=True)
    if chosen.plot:
        chosen.plot.write_text(plot(rows), encoding="utf-8")


def plot(rows: Sequence[tuple[int, float, float]]) -> str:
    """Both curves as an SVG; each has its own scale, told at its last point."""
    width, height, margin = 640, 300, 50
    most = max(r[0] for r in rows)
    lines = []
    for column, colour, name in ((1, "#1f6f8b", "from nothing"), (2, "#b5532a", "one document more, the worst of five")):
        top = max(r[column] for r in rows) or 1.0
        points = [(margin + r[0] / most * (width - 2 * margin), height - margin - r[column] / top * (height - 2 * margin)) for r in rows]
        path = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
        lines.append(f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="2"/>')
        lines += [f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3" fill="{colour}"/>' for x, y in points]
        y = margin - 30 + 16 * column
        lines.append(f'<text x="{margin}" y="{y}" fill="{colour}" font-size="13">{name}: {top:.2f} s at the highest point</text>')
    axis = f'<path d="M{margin} {margin}V{height - margin}H{width - margin}" fill="none" stroke="#888"/>'
    ends = f'<text x="{width - margin}" y="{height - 25}" text-anchor="end" font-size="13">{most:,} claims</text>'
    head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" font-family="sans-serif" role="img">'
    return f"{head}<title>CPU seconds of resolving by claims in the record</title>{axis}{ends}{''.join(lines)}</svg>\n"


if __name__ == "__main__":
    main()

"""Memory while many documents are read into one record: the last five hundred may need no more than the second five hundred.

Prints the most memory that was resident in each step of five hundred documents. Ends with 1 where it grew.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

import corpus

import dragoman
from dragoman.model.stored import Progress

STEP = 500
TOLERANCE = 0.01  # of the whole: allocators round


def resident() -> int:
    """Resident memory of this process in bytes."""
    for line in Path("/proc/self/status").read_text(encoding="ascii").splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) * 1024
    raise SystemExit("This benchmark reads /proc and needs Linux.")


class Gauge:
    """The most memory in each step; one is printed as soon as it is complete."""

    def __init__(self, step: int) -> None:
        self.step = step
        self.peaks: list[int] = []

    def __call__(self, progress: Progress) -> None:
        at = (progress.done - 1) // self.step
        if at == len(self.peaks):
            self.peaks.append(0)
        self.peaks[at] = max(self.peaks[at], resident())
        if progress.done % self.step == 0:
            print(f"{progress.done:>7,} documents {self.peaks[at] / 1e6:9.1f} MB", flush=True)


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--documents", type=int, default=5000)
    chosen = options.parse_args()
    step = min(STEP, max(1, chosen.documents // 4))  # fewer documents, shorter steps
    gauge = Gauge(step)
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / "in"
        folder.mkdir()
        for number, text in enumerate(corpus.documents(chosen.documents)):
            (folder / f"{number:06}.txt").write_text(text, encoding="utf-8")
        with dragoman.Record(Path(place) / "memory.db") as record:
            summary = record.read(folder, progress=gauge)
    whole = gauge.peaks[: chosen.documents // step]
    print(f"{summary.new:,} documents, {summary.words:,} words, {summary.claims:,} claims in {summary.seconds:,.0f} s")
    if len(whole) < 3:
        raise SystemExit("Too few documents to compare.")
    second, last = whole[1], whole[-1]
    flat = last <= second * (1 + TOLERANCE)
    print(f"the last {step} needed {last / 1e6:.1f} MB, the second {step} needed {second / 1e6:.1f} MB: {'flat' if flat else 'it grew'}")
    sys.exit(0 if flat else 1)


if __name__ == "__main__":
    main()

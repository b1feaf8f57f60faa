"""What reading a crawl on the engine costs, one measure at a time: each prints its ratio and what is asked; 1 where it is missed.

    python benchmarks/scale.py triage|speed|workers|memory|overhead|same|storage

triage    a crawl of which one article in fifty matters, against the reader without triage: 20 times from text, 8 times from pages;
          and what a page of 98 kB costs that is put aside
speed     words a CPU second on articles that all matter, from bytes to claims, and to Parquet: 5,400
workers   two workers against one, median of five, nothing else running: 1.7 times
memory    the driver's memory, with the engine's process, at 5,000 and at 50,000 short articles: the same within 20 %
overhead  one worker on the engine against a plain loop, CPU seconds of whole runs with all their processes: under 25 %
same      claims from the engine against `dragoman read`: equal, as sets; some of the lines have no name of their own
storage   bytes that a crawl of pages of 98 kB, of which 1 in 50 matters, takes in the output, and its CPU; nothing is asked
"""

from __future__ import annotations

import argparse
import gc
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path
from statistics import median
from unittest import mock

import scale_corpus

from dragoman import stages
from dragoman.annotate import triage
from dragoman.model.documents import Raw
from dragoman.scale import tables
from dragoman.sources import media
from dragoman.sources.limits import source

HEAVY = 7  # a page of 98 kB
ENGINE = """
import sys
from dragoman.scale.reading import read
if __name__ == "__main__":
    path, out, workers, piece = sys.argv[1:]
    report = read([path], out, workers=int(workers), piece=int(piece))
    print(report.counts["claims"], report.cpu_seconds, report.memory)
"""
LOOP = """
import gc, json, sys
from pathlib import Path
from dragoman import sources, stages
gc.set_threshold(*stages.COLLECTIONS)
count = 0
with open(sys.argv[2], "w", encoding="utf-8") as out:
    for one in stages.read_inputs(sources.find([sys.argv[1]])):
        for found, reading in zip(one.work.found, one.readings):
            for claim in reading.claims if reading else ():
                out.write(json.dumps(claim.as_json(found.document.source.file), ensure_ascii=False) + "\\n")
                count += 1
        gc.get_freeze_count() or gc.freeze()
print(count)
"""


def raws(texts: Sequence[str]) -> list[Raw]:
    """The articles as inputs."""
    out = []
    for n, text in enumerate(texts):
        data = text.encode()
        name = f"https://news.example/{n}"
        out.append(Raw(source(name, name, data, media.sniff(data)), data))
    return out


def spent(inputs: Sequence[Raw]) -> float:
    """CPU seconds from bytes to claims."""
    begin = time.process_time()
    for _ in stages.read_inputs(inputs):
        pass
    return time.process_time() - begin


def warm() -> None:
    """Have tables and model loaded before anything is measured."""
    gc.set_threshold(*stages.COLLECTIONS)
    spent(raws([scale_corpus.matters(n) for n in range(20)]))
    gc.freeze()


def told(ratio: float, asked: float, words: str, most: bool = False) -> bool:
    """Print a measure; whether it is what is asked."""
    good = ratio <= asked if most else ratio >= asked
    print(f"{words}: {ratio:,.2f} ({'at most' if most else 'at least'} {asked:,} asked){'' if good else '  MISSED'}", flush=True)
    return good


def measure_triage(count: int) -> bool:
    warm()
    good = True
    for what, weight, asked in (("text", 0, 20), ("pages", 1, 8)):
        inputs = raws(list(scale_corpus.mixed(count, weight=weight)))
        with_triage = min(spent(inputs) for _ in range(2))
        with mock.patch.object(triage, "may_matter", lambda document: True):
            without = spent(inputs)
        size = sum(len(raw.data) for raw in inputs) / count / 1000
        print(f"{count:,} articles as {what}, {size:.1f} kB each: {with_triage:.1f} CPU seconds, without triage {without:.1f}; "
              f"{aside(inputs)}")
        good &= told(without / with_triage, asked, f"a crawl of which 1 in 50 matters, from {what}, times")
    print(f"pages of 98 kB: {aside(raws(list(scale_corpus.mixed(count // 4, weight=HEAVY))))}")
    return good


def aside(inputs: Sequence[Raw]) -> str:
    """What an article costs that is put aside."""
    some = [raw for n, raw in enumerate(inputs) if n % 50]
    return f"one that is put aside costs {min(spent(some) for _ in range(3)) / len(some) * 1000:.2f} ms"


def measure_speed(count: int) -> bool:
    warm()
    rates = []
    for turn in range(3):
        texts = [scale_corpus.matters(turn * count + n) for n in range(count)]
        words = sum(len(text.split()) for text in texts)
        rates.append(words / spent(raws(texts)))
        print(f"round {turn + 1}: {words:,} words, {rates[-1]:,.0f} a CPU second")
    with tempfile.TemporaryDirectory() as place:
        path = Path(place) / "in.jsonl"
        words = scale_corpus.write(path, (scale_corpus.matters(n) for n in range(2 * count)))
        claims, cpu, _ = engine(path, Path(place) / "out", 1)
        print(f"on the engine, with its start and Parquet: {words / cpu:,.0f} words a CPU second; {claims:,.0f} claims")
    return told(median(rates), 5400, "words a CPU second, from bytes to claims, median of three")


def engine(path: Path, out: Path, workers: int, piece: int = 16_000_000) -> tuple[float, float, float]:
    """Claims, CPU seconds of the readers, and the driver's peak memory in kB, of a whole run in a process of its own."""
    done = subprocess.run([sys.executable, "-c", ENGINE, str(path), str(out), str(workers), str(piece)], check=True, capture_output=True,
                          text=True, env=environment())
    claims, cpu, memory = done.stdout.split()[-3:]
    return float(claims), float(cpu), float(memory)


def environment() -> dict[str, str]:
    return os.environ | {"OMP_NUM_THREADS": "1"}


def measure_workers(count: int) -> bool:
    times: dict[int, list[float]] = {1: [], 2: []}
    with tempfile.TemporaryDirectory() as place:
        path = Path(place) / "in.jsonl"
        scale_corpus.write(path, (scale_corpus.matters(n) for n in range(count)))
        piece = path.stat().st_size // 16 + 1
        for turn in range(5):
            for workers in (1, 2):
                begin = time.perf_counter()
                engine(path, Path(place) / f"out-{turn}-{workers}", workers, piece)
                times[workers].append(time.perf_counter() - begin)
            print(f"round {turn + 1}: one worker {times[1][-1]:.1f} s, two {times[2][-1]:.1f} s", flush=True)
    return told(median(a / b for a, b in zip(times[1], times[2], strict=True)), 1.7, "two workers against one, whole runs, times")


def measure_memory(count: int) -> bool:
    peaks = []
    for size in (count // 10, count):
        with tempfile.TemporaryDirectory() as place:
            path = Path(place) / "in.jsonl"
            scale_corpus.write(path, scale_corpus.short(size))
            begin = time.perf_counter()
            _, _, memory = engine(path, Path(place) / "out", 2, 2_000_000)
            peaks.append(memory / 1000)
            print(f"{size:,} short articles in {time.perf_counter() - begin:.0f} s: the driver needed {peaks[-1]:,.0f} MB", flush=True)
    return told(peaks[1] / peaks[0], 1.2, "the driver's memory, times", most=True)


def measure_overhead(count: int) -> bool:
    ratios = []
    with tempfile.TemporaryDirectory() as place:
        path = Path(place) / "in.jsonl"
        scale_corpus.write(path, (scale_corpus.matters(n) for n in range(count)))
        for turn in range(3):
            marks = [clocks()]
            subprocess.run([sys.executable, "-c", LOOP, str(path), str(Path(place) / "loop.jsonl")], check=True, env=environment())
            marks.append(clocks())
            engine(path, Path(place) / f"out-{turn}", 1)
            marks.append(clocks())
            (clock, cpu), (others, spent_there) = [(b[0] - a[0], b[1] - a[1]) for a, b in pairwise(marks)]
            ratios.append(spent_there / cpu)
            print(f"round {turn + 1}: plain loop {cpu:.1f} CPU seconds ({clock:.0f} s by the clock), "
                  f"engine {spent_there:.1f} ({others:.0f} s)", flush=True)
    return told(min(ratios), 1.25, "the engine against a plain loop, CPU, best of three, times", most=True)


def clocks() -> tuple[float, float]:
    """The time, and the CPU seconds of the processes that have ended below this one."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.perf_counter(), used.ru_utime + used.ru_stime


def measure_storage(count: int) -> bool:
    with tempfile.TemporaryDirectory() as place:
        path, out = Path(place) / "in.jsonl", Path(place) / "out"
        scale_corpus.write(path, scale_corpus.mixed(count, weight=HEAVY))
        _, cpu, _ = engine(path, out, 2)
        report = json.loads((out / "report.json").read_text(encoding="utf-8"))
        files = {t.name: [f for f in t.rglob("*.*") if f.is_file()] for t in out.iterdir() if t.is_dir()}
        for file in files["documents"]:  # made pages are all alike, and packed they are nothing as real ones are
            file.write_bytes(tables.packed(tables.DOCUMENTS, [row | {"data": None} for row in tables.rows(file)]))
        counts = report["counts"]
        print(f"{counts['inputs']:,} pages, {path.stat().st_size / count:,.0f} bytes each; {counts['read']} matter, with "
              f"{counts['words']:,} words and {counts['claims']:,} claims; {cpu / count * 1000:.1f} ms CPU a page; "
              f"{report['batches']} batches, {sum(map(len, files.values()))} files")
        sizes = {name: sum(f.stat().st_size for f in some) / count for name, some in sorted(files.items())}
        print("bytes of output a page, without the pages themselves: "
              + ", ".join(f"{name} {size:,.0f}" for name, size in sizes.items()) + f"; together {sum(sizes.values()):,.0f}")
    return True


def measure_same(count: int) -> bool:
    import dragoman

    with tempfile.TemporaryDirectory() as place:
        path = Path(place) / "in.jsonl"
        texts = [scale_corpus.page(scale_corpus.matters(n), n) if n % 3 == 0 else scale_corpus.matters(n) for n in range(count)]
        scale_corpus.write(path, iter([*texts, *scale_corpus.mixed(count)]), named=lambda n: n % 4 != 1)
        engine(path, Path(place) / "out", 2, path.stat().st_size // 5)
        found = {_line(row) for f in (Path(place) / "out/claims").rglob("*.parquet") for row in tables.rows(f)}
        names = {(row["id"], row["file"]) for f in (Path(place) / "out/documents").glob("*.parquet")
                 for row in tables.rows(f, ["id", "file"])}
        with dragoman.Record(Path(place) / "own.db") as record:
            record.read(path)
            own = {_line(json.loads(line)) for line in record.export("claims")}
            theirs = {(row.id, file) for row in record.documents() for file in row.files}
    ids = {name[0] for name in names}
    other = names ^ {name for name in theirs if name[0] in ids}
    print(f"{len(found):,} claims from the engine, {len(own):,} from `dragoman read`, {len(found ^ own):,} differ; "
          f"{len(names):,} names of documents, {len(other)} differ")
    return found == own and not other


def _line(row: dict[str, object]) -> str:
    """A claim without what the record adds to it, and without the names of its document, which are compared by themselves."""
    left = ("superseded", "counted", "named", "file", "files")
    return json.dumps({k: round(v, 4) if k == "confidence" else v for k, v in row.items() if k not in left}, sort_keys=True)  # type: ignore[call-overload]


MEASURES = {"triage": (measure_triage, 1000), "speed": (measure_speed, 300), "workers": (measure_workers, 700),
            "memory": (measure_memory, 50_000), "overhead": (measure_overhead, 400), "same": (measure_same, 150),
            "storage": (measure_storage, 1000)}


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("measure", choices=MEASURES)
    options.add_argument("--documents", type=int, help="how many; fewer are quicker and less exact")
    chosen = options.parse_args()
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    measure, count = MEASURES[chosen.measure]
    sys.exit(0 if measure(chosen.documents or count) else 1)


if __name__ == "__main__":
    main()

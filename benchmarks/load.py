"""The desk under load: 64 clients with five seconds between their requests, pages, API and judgements, while a reader writes.

    python benchmarks/load.py --claims 200000 --minutes 10 [--record postgresql]

Everything stays on this machine, and nothing is asked without a pause: 64 clients make about 13 requests a second. Printed are requests,
errors (any answer of 400 and more, or none), the half and the hundredth slowest time, the server's memory from the end of the first fifth
to the end, what the reader wrote meanwhile, and whether every judgement that was acknowledged is in the record. Ends with 1 where the load
was not held: an error, p99 of a second and more, memory up by more than a tenth, or a judgement lost.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent))
sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import desk

from dragoman import Record, keeping

ROOT = Path(__file__).resolve().parent.parent
CLIENTS, PAUSE = 64, 5.0  # seconds between two requests of one client, on average
JUDGED = 0.02  # of the requests are judgements; one address may judge twice a second
P99, GROWN = 1.0, 1.1
FIRST = 0.2  # of the time, while the server fills what it keeps
WRITER = """
import sys, time
from pathlib import Path
from dragoman import Record, keeping
url, folder, seconds = sys.argv[1], Path(sys.argv[2]), float(sys.argv[3])
texts = [p.read_text("utf-8") for p in sorted(Path("examples").glob("*.txt"))]
end, n = time.monotonic() + seconds, 0
while time.monotonic() < end:
    file = folder / f"{n}.txt"
    words = texts[n % len(texts)].split()
    note = f"Edition {n} of the bulletin, with {n * 7} pages and a note by reader {words[n % len(words)]}."
    file.write_text(f"{texts[n % len(texts)]}\\n\\n{note}\\n", "utf-8")
    with Record(url) as record:
        record.read(file)
    n += 1
    time.sleep(1)
print(n)
"""


@dataclass(slots=True)
class Held:
    """What was measured."""

    record: str
    claims: int
    seconds: float = 0.0
    times: list[float] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    judged: list[str] = field(default_factory=list)
    lost: int = 0
    written: int = 0
    memory: list[float] = field(default_factory=list)
    slow: list[tuple[float, str]] = field(default_factory=list)
    cpu: float = 0.0
    busy: float = 0.0  # what else the machine did: the load average at the end, our own part in it

    @property
    def p99(self) -> float:
        return sorted(self.times)[int(len(self.times) * 0.99)] if self.times else 0.0

    @property
    def grown(self) -> float:
        """The server's memory at the end, as a multiple of what it was at the end of the first fifth."""
        first = self.memory[int(len(self.memory) * FIRST)] if self.memory else 0.0
        return self.memory[-1] / first if first else 0.0

    @property
    def held(self) -> bool:
        return bool(self.times) and not self.errors and not self.lost and self.p99 < P99 and self.grown < GROWN

    def as_json(self) -> dict[str, Any]:
        return {"record": self.record, "claims": self.claims, "clients": CLIENTS, "seconds": round(self.seconds),
                "requests": len(self.times), "errors": len(self.errors),
                "median": round(statistics.median(self.times or [0]), 3), "p99": round(self.p99, 3),
                "memory": [round(m) for m in (self.memory[int(len(self.memory) * FIRST)], self.memory[-1])] if self.memory else [],
                "server_cpu": round(self.cpu, 1), "load_average": round(self.busy, 1),
                "written": self.written, "judged": len(self.judged), "lost": self.lost, "held": self.held}


@contextmanager
def serving(url: str) -> Iterator[tuple[str, int]]:
    """The address and the process id of `dragoman serve`."""
    command = [sys.executable, "-m", "dragoman.cli", "--record", url, "serve", "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT) as server:
        try:
            assert server.stdout is not None
            line = server.stdout.readline()
            if "http://" not in line:
                raise RuntimeError(f"the server did not start: {line}")
            yield line.split()[-1].rstrip("/"), server.pid
        finally:
            server.terminate()


def family(pid: int) -> list[int]:
    """A process and those that it began."""
    begun = [(thread / "children").read_text(encoding="utf-8").split() for thread in Path(f"/proc/{pid}/task").iterdir()]
    return [pid, *{int(child) for some in begun for child in some}]


def memory(pid: int) -> float:
    """Megabytes that the server and the process that resolves for it hold."""
    status = [Path(f"/proc/{p}/status").read_text(encoding="utf-8") for p in family(pid)]
    return sum(int(line.split()[1]) / 1024 for text in status for line in text.splitlines() if line.startswith("VmRSS"))


def worked(pid: int) -> float:
    """CPU seconds of a process without those that it began."""
    return sum(map(int, Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[11:13])) / os.sysconf("SC_CLK_TCK")


async def client(web: Any, pages: desk.Pages, token: str, end: float, held: Held, draw: random.Random) -> None:
    """One reader of pages: looks at something, waits, looks at something else, and judges now and then."""
    kinds = list(desk.kinds(pages))
    await asyncio.sleep(draw.uniform(0, PAUSE))
    while time.monotonic() < end:
        judges = draw.random() < JUDGED
        name, address = ("judgement", "/api/v1/judgements") if judges else (lambda kind: (kind[0], kind[1]()))(draw.choice(kinds))
        begin = time.monotonic()
        try:
            if judges:
                line = {"verb": "note", "subjects": [pages.of(pages.claims).claim.id], "why": "looked at under load"}
                answer = await web.post(address, json=line, headers={"Authorization": f"Bearer {token}"})
            else:
                answer = await web.get(address)
            if answer.status_code >= 400:
                held.errors.append(f"{name}: {answer.status_code} {address}")
            elif judges:
                held.judged.append(answer.json()["id"])
        except Exception as error:
            held.errors.append(f"{name}: {type(error).__name__} {address}")
        held.times.append(time.monotonic() - begin)
        held.slow = sorted([*held.slow, (held.times[-1], name)], reverse=True)[:12]
        await asyncio.sleep(draw.uniform(PAUSE * 0.5, PAUSE * 1.5))


async def watch(pid: int, end: float, held: Held) -> None:
    while time.monotonic() < end:
        held.memory.append(memory(pid))
        await asyncio.sleep(1)


async def load(address: str, pid: int, pages: desk.Pages, token: str, seconds: float, held: Held) -> None:
    """All clients at once, until the time is over."""
    import httpx

    end = time.monotonic() + seconds
    limits = httpx.Limits(max_connections=CLIENTS * 2)
    async with httpx.AsyncClient(base_url=address, timeout=60, follow_redirects=True, limits=limits, trust_env=False) as web:
        some = [client(web, pages, token, end, held, random.Random(n)) for n in range(CLIENTS)]
        await asyncio.gather(watch(pid, end, held), *some)


def measured(kind: str, url: str, seconds: float, claims: int) -> Held:
    """The load on one record."""
    held = Held(kind, claims, seconds)
    with Record(url) as record, tempfile.TemporaryDirectory() as folder:
        token, pages = record.make_token("Load"), desk.Pages(record)
        with serving(url) as (address, pid):
            command = [sys.executable, "-c", WRITER, url, folder, str(seconds)]
            around = os.environ | {"PYTHONPATH": str(ROOT)}
            with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT, env=around) as writer:
                asyncio.run(load(address, pid, pages, token, seconds, held))
                held.cpu, held.busy = worked(pid), os.getloadavg()[0]
                held.written = int((writer.communicate()[0].split() or ["0"])[-1])
                if writer.returncode:
                    held.errors.append("the reader failed")
        held.lost = len(set(held.judged) - {j.id for j in record.judgements(withdrawn=True)})
    return held


def main() -> int:
    options = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    options.add_argument("--claims", type=int, default=200_000)
    options.add_argument("--minutes", type=float, default=10)
    options.add_argument("--record", choices=("sqlite", "postgresql"), default="sqlite")
    options.add_argument("--file", type=Path, help="use this record, which is made where it is missing, and keep it; a copy on PostgreSQL")
    chosen = options.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        file = chosen.file or Path(folder) / "load.db"
        if not file.exists():
            desk.make(file, chosen.claims, True)
        url = str(file)
        if chosen.record == "postgresql":
            from tests.store import places

            url = places.new("postgresql", Path(folder))
            keeping.migrate(file, url)
            places.run_sql("ALTER SYSTEM SET autovacuum = on")  # as on any server that is kept: without it nothing is known of the tables
            places.run_sql("SELECT pg_reload_conf()")
            with Record(url) as record, record._store.alone() as c:
                c.exec_driver_sql("ANALYZE")
        held = measured(chosen.record, url, chosen.minutes * 60, chosen.claims)
    for words in sorted(set(held.errors))[:20]:
        print(words, file=sys.stderr)
    print("slowest:", ", ".join(f"{name} {seconds:.2f} s" for seconds, name in held.slow), file=sys.stderr)
    print(json.dumps(held.as_json()))
    return int(not held.held)


if __name__ == "__main__":
    sys.exit(main())

"""daft, in this machine's processors or on a Ray cluster, in a process of its own.

daft ends a process by SIGSEGV or SIGABRT now and then, mostly where its threads still hold Python while the interpreter is taken down. What
runs on it therefore runs in a process that is begun for it, tells what it finds in lines of JSON, and ends without that taking down;
whoever asked goes on, whatever becomes of that process.
"""

from __future__ import annotations

import contextlib
import importlib
import json
import logging
import os
import resource
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from dragoman.scale.layout import ScaleError

if TYPE_CHECKING:
    import daft


class Ended(Exception):
    """The engine's process ended before it had told all; the message says how."""


class Engine:
    """Runs functions on the engine.

    ray     address of a Ray cluster; None for this machine
    memory  the most kilobytes that one of its processes needed
    """

    def __init__(self, ray: str | None) -> None:
        self.ray, self.memory = ray, 0

    def told(self, function: str, **given: Any) -> Iterator[Any]:
        """What a function (`module:name`) yields that is given daft and plain values.

        Raises:
          Ended: its process ended otherwise than by coming to the end.
          ScaleError: what the function refused.
        """
        process = subprocess.Popen([sys.executable, "-m", "dragoman.scale.engine"], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                                   text=True, encoding="utf-8")
        assert process.stdin and process.stdout
        try:
            with contextlib.suppress(BrokenPipeError):
                process.stdin.write(json.dumps({"function": function, "ray": self.ray, "given": given}) + "\n")
                process.stdin.flush()
            for line in process.stdout:
                message = json.loads(line) if line.endswith("\n") else {}
                if "told" in message:
                    yield message["told"]
                    continue
                self.memory = max(self.memory, message.get("memory", 0))
                if "refused" in message:
                    raise ScaleError(message["refused"])
                if "failed" in message:
                    raise Ended(message["failed"])
                if "end" in message:
                    return
            raise Ended(_how(process.wait()))
        finally:
            with contextlib.suppress(BrokenPipeError):
                process.stdin.close()  # at which the process ends
            process.stdout.close()
            process.wait()


def _how(code: int) -> str:
    """How a process ended."""
    if code >= 0:
        return f"it ended with {code}"
    try:
        return signal.Signals(-code).name
    except ValueError:
        return f"signal {-code}"


# ---------------------------------------------------------------- in the process


def main() -> None:
    """Run the function that standard input names, and tell on standard output what it yields."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # whoever asked decides
    told = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)  # what a library prints must not come between
    job = json.loads(sys.stdin.readline())
    threading.Thread(target=_listen, daemon=True).start()
    end: dict[str, Any] = {"end": True}
    try:
        daft = started(job["ray"])
        module, _, name = job["function"].partition(":")
        for message in getattr(importlib.import_module(module), name)(daft, **job["given"]):
            told.write(json.dumps({"told": message}) + "\n")
            told.flush()
    except ScaleError as error:
        end = {"refused": str(error)}
    except Exception as error:
        end = {"failed": str(error).strip()[-300:] or type(error).__name__}
    told.write(json.dumps(end | {"memory": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss}) + "\n")
    told.flush()
    if job["ray"] is not None and "ray" in sys.modules:
        with contextlib.suppress(Exception):
            sys.modules["ray"].shutdown()
    os._exit(0)


def _listen() -> None:
    while sys.stdin.readline():
        pass
    os._exit(0)  # whoever asked is gone


def started(ray: str | None) -> Any:
    """daft on its runner: in this process, or on the Ray cluster of an address.

    Raises:
      ScaleError: something is not installed, or there is no cluster.
    """
    os.environ.setdefault("DAFT_ANALYTICS_ENABLED", "0")
    os.environ.setdefault("DAFT_PROGRESS_BAR", "0")
    try:
        import daft
    except ImportError as error:
        raise ScaleError("Reading at scale needs more than dragoman itself: pip install 'dragoman[scale]'.") from error
    if ray is None:
        daft.set_runner_native()
        return daft
    try:
        import ray as cluster
    except ImportError as error:
        raise ScaleError("A Ray cluster needs Ray: pip install 'dragoman[ray]'.") from error
    try:
        cluster.init(address=ray, logging_level=logging.ERROR, log_to_driver=False)
    except (ConnectionError, OSError, RuntimeError, ValueError) as error:
        raise ScaleError(f"There is no Ray cluster at {ray}: {str(error).strip().partition(chr(10))[0][:160]}") from error
    daft.set_runner_ray(address=ray)
    return daft


def cores(daft: Any) -> int:
    """The processors that there are for workers."""
    if daft.get_or_infer_runner_type() != "ray":
        return os.cpu_count() or 1
    import ray as cluster

    there: dict[str, float] = cluster.cluster_resources()  # type: ignore[no-untyped-call]
    return max(1, int(there.get("CPU", 1)))


def over(daft: Any, cls: type, method: str, start: Sequence[Any], rows: Sequence[str], workers: int) -> Iterator[str]:
    """What a method of so many objects of a class yields for each row, as it comes; each object stays with one worker."""
    made = daft.cls(cls, max_concurrency=workers, cpus=1)(*start)
    frame: daft.DataFrame = daft.from_pydict({"row": list(rows)}).into_batches(1)
    for row in frame.select(getattr(made, method)(daft.col("row")).alias("row")).iter_rows(results_buffer_size=1):
        if row["row"] is not None:  # of a row for which nothing was told
            yield row["row"]


if __name__ == "__main__":
    main()

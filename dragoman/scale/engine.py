"""daft: in this process, or on a Ray cluster. Whatever runs on it is a table whose rows a class or a function takes one by one."""

from __future__ import annotations

import logging
import os
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from dragoman.scale.layout import ScaleError

if TYPE_CHECKING:
    import daft


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
        _set(daft, "native", daft.set_runner_native)
        return daft
    try:
        import ray as cluster
    except ImportError as error:
        raise ScaleError("A Ray cluster needs Ray: pip install 'dragoman[ray]'.") from error
    try:
        if not cluster.is_initialized():
            cluster.init(address=ray, logging_level=logging.ERROR, log_to_driver=False)
    except (ConnectionError, OSError, RuntimeError, ValueError) as error:
        raise ScaleError(f"There is no Ray cluster at {ray}: {str(error).strip().partition(chr(10))[0][:160]}") from error
    _set(daft, "ray", lambda: daft.set_runner_ray(address=ray))
    return daft


def _set(daft: Any, wanted: str, choose: Callable[[], Any]) -> None:
    """Choose a runner; daft has one a process."""
    try:
        choose()
    except Exception as error:
        if (there := daft.get_or_infer_runner_type()) != wanted:
            raise ScaleError(f"This process runs daft on {there} already; use a new process for {wanted}.") from error


def cores(ray: str | None) -> int:
    """The processors that there are for workers."""
    if ray is None:
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

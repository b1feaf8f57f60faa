"""The same run on a Ray cluster of two nodes, started here: the same rows, read on both, and facts as well."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import crawl

from dragoman.scale import tables
from dragoman.scale.reading import read
from dragoman.scale.resolving import facts

ROWS = [row for n in range(60) for row in (crawl.note(n), crawl.other(n))]
ENVIRONMENT = {"RAY_USAGE_STATS_ENABLED": "0", "RAY_worker_register_timeout_seconds": "300", "RAY_worker_niceness": "0"}
CLUSTER = """
import json
import socket
import time
from pathlib import Path

import ray
from ray._private import services
from ray.cluster_utils import Cluster

get_node, raylet = services.get_node, services.start_raylet


def patient(*given):
    end = time.monotonic() + 120  # Ray gives a node thirty seconds to start, which a busy machine may not have
    while True:
        try:
            return get_node(*given)
        except RuntimeError:
            if time.monotonic() > end:
                raise
            time.sleep(1)


def start_raylet(*given, **named):  # a node waits fifteen seconds for what its agent, which without a dashboard has no ports, writes there
    for name in ("metrics_agent_port", "metrics_export_port", "dashboard_agent_listen_port"):
        (Path(given[11]) / f"{name}_{given[2]}").write_text("-1")
    return raylet(*given, **named)


def node(**more):
    with socket.create_server(("", 0)) as held:
        port = held.getsockname()[1]
    return dict(num_cpus=2, object_store_memory=100_000_000, runtime_env_agent_port=port, **more)


if __name__ == "__main__":
    services.get_node, services.start_raylet = patient, start_raylet
    cluster = Cluster(initialize_head=True, head_node_args=node(include_dashboard=False))
    cluster.add_node(**node())
    cluster.wait_for_nodes()
    from dragoman.scale.reading import read
    from dragoman.scale.resolving import facts
    report = read(["in.jsonl"], "out", ray=cluster.address, workers=4, batch=5, piece=3000, function="scale_hooks:marked")
    made = facts("out", "facts", ray=cluster.address, workers=2)
    ray.init(address=cluster.address, log_to_driver=False)
    nodes = len([n for n in ray.nodes() if n["Alive"]])
    print(json.dumps({"report": report.as_json(), "facts": made, "nodes": nodes}))
    ray.shutdown()
    cluster.shutdown()
"""


def _facts(folder: Path) -> list[str]:
    return sorted(repr(row) for f in (folder / "facts").rglob("*.parquet") for row in tables.rows(f))


def test_two_nodes_give_the_same(tmp_path: Path) -> None:
    path = crawl.jsonl(tmp_path / "in.jsonl", ROWS)
    (tmp_path / "cluster.py").write_text(CLUSTER, encoding="utf-8")
    for _ in range(3):  # of a cluster that cannot start on a busy machine nothing is learned
        told = subprocess.run([sys.executable, "cluster.py"], cwd=tmp_path, check=False, capture_output=True, text=True, timeout=600,
                              env=os.environ | ENVIRONMENT)
        if "timed out during startup" not in told.stderr:
            break
    assert told.returncode == 0, told.stdout[-1500:] + told.stderr[-3000:]
    said = json.loads(told.stdout.strip().splitlines()[-1])
    assert said["nodes"] == 2
    assert said["report"]["counts"]["read"] == 60 and not said["report"]["unfinished"]
    alone = read([str(path)], tmp_path / "alone", workers=1, function="scale_hooks:marked")
    assert alone.counts["read"] == 60
    assert crawl.claims_of(tmp_path / "out") == crawl.claims_of(tmp_path / "alone")
    facts(tmp_path / "alone", tmp_path / "alone-facts", workers=1)
    assert _facts(tmp_path / "facts") == _facts(tmp_path / "alone-facts")

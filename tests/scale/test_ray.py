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
CLUSTER = """
import json

import ray
from ray.cluster_utils import Cluster

if __name__ == "__main__":
    cluster = Cluster(initialize_head=True, head_node_args=dict(num_cpus=2, include_dashboard=False, object_store_memory=100_000_000))
    cluster.add_node(num_cpus=2, object_store_memory=100_000_000)
    cluster.wait_for_nodes()
    from dragoman.scale.reading import read
    from dragoman.scale.resolving import facts
    report = read(["in.jsonl"], "out", ray=cluster.address, workers=4, batch=5, piece=3000, function="scale_hooks:marked")
    made = facts("out", "facts", ray=cluster.address, workers=2)
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
    for _ in range(3):  # Ray gives a node thirty seconds to start, which a busy machine may not have
        told = subprocess.run([sys.executable, "cluster.py"], cwd=tmp_path, check=False, capture_output=True, text=True, timeout=400,
                              env=os.environ | {"RAY_USAGE_STATS_ENABLED": "0"})
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

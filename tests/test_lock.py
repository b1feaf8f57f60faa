"""The locked versions are those that pyproject.toml allows, each with its hashes; made by `make lock`."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parent.parent
LOCKS = {"lock.txt": "all", "dev.txt": "dev"}
PIN = re.compile(r"([\w.-]+)(?:\[[\w,.-]+\])?==([\w.!+-]+)")


def pins(name: str) -> dict[str, list[tuple[str, int]]]:
    """Each package of a lock with its versions (one for each kind of machine) and how many hashes they have."""
    found: dict[str, list[tuple[str, int]]] = {}
    text = (ROOT / "requirements" / name).read_text(encoding="utf-8")
    for entry in re.split(r"\n(?=[A-Za-z])", text):
        if m := PIN.match(entry):
            found.setdefault(canonicalize_name(m[1]), []).append((m[2], len(re.findall(r"--hash=sha256:[0-9a-f]{64}\b", entry))))
    return found


def wanted(extra: str) -> Iterator[Requirement]:
    """What the package and one of its extras ask for; extras that an extra names included."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    yield from map(Requirement, project["dependencies"])
    queue, done = [extra], set()
    while queue:
        done.add(name := queue.pop())
        for one in map(Requirement, project["optional-dependencies"][name]):
            if one.name == "dragoman":
                queue += one.extras - done
            else:
                yield one


@pytest.mark.parametrize("name", LOCKS)
def test_a_lock_has_what_is_asked_for_in_a_version_that_is_allowed(name: str) -> None:
    held = pins(name)
    for one in wanted(LOCKS[name]):
        versions = [version for version, _ in held.get(canonicalize_name(one.name), ())]
        assert versions, f"{one.name} is not in requirements/{name}: run `make lock`"
        assert all(one.specifier.contains(v, prereleases=True) for v in versions), f"{one} is {versions}: run `make lock`"


@pytest.mark.parametrize("name", LOCKS)
def test_each_version_has_hashes(name: str) -> None:
    held = pins(name)
    assert len(held) > 80
    assert not [package for package, versions in held.items() if not all(hashes for _, hashes in versions)]


def test_what_is_tested_is_what_is_used() -> None:
    used, tested = pins("lock.txt"), pins("dev.txt")
    assert {p: [v for v, _ in versions] for p, versions in used.items()} == {p: [v for v, _ in tested[p]] for p in used}

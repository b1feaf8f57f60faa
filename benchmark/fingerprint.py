#!/usr/bin/env python3
"""Print the benchmark's fingerprint: one SHA-256 over the names and bytes of its documents and gold files.

A figure measured on the benchmark means something only together with this fingerprint. Standard library only.
"""

from __future__ import annotations

import hashlib
from pathlib import Path

HERE = Path(__file__).resolve().parent
FILES = ("gold.jsonl", "holdout.txt", "record_gold.json")


def fingerprint(folder: Path = HERE) -> str:
    """The SHA-256 of every file's path and own SHA-256, sorted by path."""
    files = [*folder.glob("documents/*.txt"), *(folder / name for name in FILES)]
    whole = hashlib.sha256()
    for file in sorted(files, key=lambda f: f.relative_to(folder).as_posix()):
        digest = hashlib.sha256(file.read_bytes()).hexdigest()
        whole.update(f"{digest}  {file.relative_to(folder).as_posix()}\n".encode())
    return whole.hexdigest()


if __name__ == "__main__":
    print(fingerprint())

"""JSON lines: claims as the claim contract says, facts and documents as `--json` gives them; nothing is lost."""

from __future__ import annotations

import json
from collections.abc import Iterator

from dragoman.exchange.write import asked
from dragoman.model.exporting import Bundle

NAME = "jsonl"
CARRIES = ("claims", "facts", "documents")
SUFFIX = ".jsonl"
MEDIA = "application/x-ndjson"
CANNOT = ""
COPIES = True  # each claim says by `counted` whether it is a copy's


def write(bundle: Bundle) -> Iterator[str]:
    """One object a line."""
    for row in asked(bundle):
        yield json.dumps(row.as_json(), ensure_ascii=False)

"""Codes the PLOVER gold sentences with dragoman's event extractor and scores the result.

    python benchmarks/plover.py GOLD [--tools FOLDER] [--errors FILE]

Every sentence is a document of its own. Prints the table of score_gsr.py: category F1 and tuple F1 are what counts.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from dragoman.annotate import annotate_all
from dragoman.extract import extract_all
from dragoman.extract.event import events
from dragoman.model.claims import Event
from dragoman.model.documents import Document, Source


def document(number: int, text: str) -> Document:
    return Document(
        f"doc:plover-{number}", text, Source(f"{number}.txt", f"{number}.txt", "", len(text), "text/plain", ""), published="2000-01-01"
    )


def side(actors: Any) -> list[str]:
    return [a.state or "IGO" for a in actors]


def coded(text: Any) -> list[dict[str, Any]]:
    """The events of one sentence as score_gsr.py reads them; two sides that act together have no target."""
    derived = [c for c in extract_all(text) if isinstance(c, Event) and c.rules[0].startswith("from:")]
    found = [*events(text, domestic=True), *derived]
    out: list[dict[str, Any]] = []
    for e in found:
        row = {"event": e.event_type, "source": side(e.source), "target": side(e.recipient)}
        if e.modality != "denied" and row not in out:
            out.append(row)
    return out


def main() -> int:
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("gold")
    ap.add_argument("--tools", default="../shared/tools")
    ap.add_argument("--errors", default="")
    args = ap.parse_args()
    scorer = [sys.executable, str(Path(args.tools) / "score_gsr.py")]
    listed = subprocess.run([*scorer, "sentences", args.gold], capture_output=True, text=True, check=True).stdout
    rows = [json.loads(line) for line in listed.splitlines() if line.strip()]
    texts = annotate_all([document(n, r["text"]) for n, r in enumerate(rows)])
    with tempfile.TemporaryDirectory() as folder:
        predictions = Path(folder) / "predictions.jsonl"
        lines = [json.dumps({"id": r["id"], "events": coded(t)}) for r, t in zip(rows, texts, strict=True)]
        predictions.write_text("\n".join(lines) + "\n", encoding="utf-8")
        more = ["--errors", args.errors] if args.errors else []
        return subprocess.run([*scorer, "score", args.gold, str(predictions), *more], check=False).returncode


if __name__ == "__main__":
    sys.exit(main())

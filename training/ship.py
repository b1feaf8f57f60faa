"""Puts a trained pipeline into language/en: `python -m training.ship training/work/model --version 0.2.0`."""

from __future__ import annotations

import argparse
import json
import re
import shutil
from pathlib import Path
from typing import Any

import spacy
import srsly

PACKAGE = Path(__file__).parent.parent / "language/en"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("model", type=Path)
    parser.add_argument("--version", required=True)
    parser.add_argument("--scores", type=Path, help="what training.score wrote with --json, for the package's meta.json")
    parser.add_argument("--package", type=Path, default=PACKAGE)
    args = parser.parse_args()
    target = args.package / "en_dragoman/model"
    shutil.rmtree(target, ignore_errors=True)
    shutil.copytree(args.model, target)
    srsly.write_json(target / "vocab/strings.json", needed_strings(spacy.load(args.model)))
    meta = described(json.loads((target / "meta.json").read_text(encoding="utf-8")), args.version, args.scores)
    for file in (target / "meta.json", args.package / "en_dragoman/meta.json"):
        file.write_text(json.dumps(meta, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    project = args.package / "pyproject.toml"
    text = project.read_text(encoding="utf-8")
    project.write_text(re.sub(r'^version = ".*"$', f'version = "{args.version}"', text, flags=re.MULTILINE), encoding="utf-8")


def needed_strings(nlp: Any) -> list[str]:
    """The strings that the pipeline must know before it reads; those of the training texts are left behind."""
    words = set(spacy.blank("en").vocab.strings)
    for name in nlp.pipe_names:
        for label in getattr(nlp.get_pipe(name), "labels", ()):
            words |= {label, *label.split("||"), *(p for part in label.split("|") for p in (part, *part.split("=")))}
    return sorted(w for w in words if w)


def described(meta: dict[str, Any], version: str, scores: Path | None) -> dict[str, Any]:
    """The package's meta.json: what it is, from which sources, and its measures."""
    ours = json.loads((Path(__file__).parent / "meta.json").read_text(encoding="utf-8"))
    meta |= ours | {"version": version, "spacy_version": ">=3.8,<3.9"}
    meta["labels"] = {k: v for k, v in meta["labels"].items() if v}
    if scores is not None:
        meta["performance"] |= next(iter(json.loads(scores.read_text(encoding="utf-8")).values()))
    return meta


if __name__ == "__main__":
    main()

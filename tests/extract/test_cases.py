"""Every sentence in the extractors' YAML gives its claims, and every near-miss none."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

import dragoman.extract
from dragoman.annotate import annotate
from dragoman.extract import extract_all, extractors
from dragoman.model.documents import Document, Source

FOLDER = Path(dragoman.extract.__file__).parent
CASES = [
    (sheet.stem, case)
    for sheet in sorted(FOLDER.glob("*.yml"))
    for case in yaml.safe_load(sheet.read_text(encoding="utf-8")).get("cases") or []
]


def document(text: str, published: str | None = None) -> Document:
    return Document("doc:test", text, Source("test.txt", "test.txt", "", len(text), "text/plain", ""), published=published)


def plain(value: Any) -> Any:
    """A claim's field as a case writes it: an actor or place as its name, sets sorted."""
    if hasattr(value, "name"):
        return value.name
    if isinstance(value, tuple | list):
        return sorted((plain(v) for v in value), key=str)
    if hasattr(value, "low") and hasattr(value, "unit"):
        return {"low": value.low, "high": value.high, "unit": value.unit}
    return value


def wanted(value: Any) -> Any:
    """A case's value, with YAML's own dates back as text."""
    if hasattr(value, "isoformat"):
        return value.isoformat()
    return sorted((wanted(v) for v in value), key=str) if isinstance(value, list) else value


def name(case: tuple[str, dict[str, Any]]) -> str:
    return f"{case[0]}: {case[1]['text'][:60]}"


@pytest.mark.parametrize("case", CASES, ids=name)
def test_case(case: tuple[str, dict[str, Any]]) -> None:
    module, expected = case
    text = annotate(document(expected["text"], wanted(expected.get("published"))))
    found = [c for c in extract_all(text) if c.extractor.startswith(f"{module}/")]
    if not expected["claims"]:
        assert found == []
    for fields in expected["claims"]:
        fields = {k: wanted(v) for k, v in fields.items() if k != "kind"}
        alike = [c for c in found if all(str(plain(getattr(c, k))) == str(v) for k, v in fields.items())]
        assert alike, f"no claim with {fields} among {[{k: plain(getattr(c, k)) for k in fields} for c in found]}"


def test_every_extractor_has_its_sheet() -> None:
    for module in extractors():
        assert (FOLDER / f"{module}.yml").exists(), f"extract/{module}.py has no YAML beside it"

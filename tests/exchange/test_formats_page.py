"""The page of formats has every format, with what it carries and cannot carry as the format itself says."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from dragoman.exchange.read import coded
from dragoman.exchange.write import formats

DOCS = Path(__file__).resolve().parents[2] / "docs"


@pytest.mark.parametrize("name", sorted(formats()))
def test_every_format_is_on_the_page(name: str) -> None:
    form = formats()[name]
    first = (form.__doc__ or "").strip().split("\n")[0].rstrip(".")
    row = f"| `{name}` | {', '.join(form.CARRIES)} | `{form.SUFFIX}` | {first} | {form.CANNOT or 'nothing is lost'} |"
    assert row in (DOCS / "reference/formats.md").read_text(encoding="utf-8").splitlines(), row


def test_the_mapping_that_is_shown_is_one(tmp_path: Path) -> None:
    page = (DOCS / "how-to/export.md").read_text(encoding="utf-8")
    shown = page.split("```yaml\n")[1].split("```")[0]
    assert yaml.safe_load(shown)["kind"] == "contact"
    (tmp_path / "m.yml").write_text(shown, encoding="utf-8")
    assert isinstance(coded.mapping(tmp_path / "m.yml"), coded.Coding)

"""The documentation cannot drift: what the program has, the pages have, and what the pages show, the program has."""

from __future__ import annotations

import ast
import importlib.util
import re
import shlex
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
import yaml

from dragoman.model.claims import KINDS

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared"
DOCS = ROOT / "docs"
PAGES = sorted([ROOT / "README.md", ROOT / "examples/README.md", ROOT / "benchmark/README.md", *DOCS.rglob("*.md")])
RUN = 8  # so many words in a row are a copy


@cache
def generate() -> ModuleType:
    spec = importlib.util.spec_from_file_location("docs_generate", DOCS / "generate.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def headings(page: str) -> set[str]:
    return set(re.findall(r"^#+ (.+)$", (DOCS / page).read_text(encoding="utf-8"), re.MULTILINE))


def test_the_generated_pages_are_current() -> None:
    stale = [page for page, make in generate().PAGES.items() if (DOCS / page).read_text(encoding="utf-8") != make()]
    assert not stale, "run python docs/generate.py"


def test_every_command_has_a_heading() -> None:
    assert {f"dragoman {name}" for name in generate().commands()} <= headings("reference/cli.md")


def test_every_command_and_option_says_what_it_is() -> None:
    bare = [name for name, command in generate().commands().items() if not (command.help or "").strip()]
    bare += [f"{name} {p.opts}" for name, command in generate().commands().items() for p in command.params
             if p.param_type_name == "option" and p.name != "help" and not p.help]
    assert not bare


def test_every_kind_and_every_field_of_it_is_in_the_reference() -> None:
    assert set(KINDS) <= headings("reference/kinds.md")
    contract = (DOCS / "reference/claims.md").read_text(encoding="utf-8")
    for kind in KINDS:
        assert f"| `{kind}` |" in contract


def test_every_problem_code_has_a_heading_and_every_code_used_is_known() -> None:
    known = set(generate().problems())
    assert known <= headings("reference/problems.md")
    used: dict[str, str] = {}
    for file in (ROOT / "dragoman").rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", getattr(node.func, "attr", "")) == "Problem":
                first = node.args[0] if node.args else next((k.value for k in node.keywords if k.arg == "code"), None)
                if isinstance(first, ast.Constant):
                    used[str(first.value)] = file.name
    assert set(used) <= known, {code: used[code] for code in set(used) - known}


def shell_lines() -> list[tuple[str, str]]:
    """Every `dragoman ...` line of a fenced shell block, with the page it stands on."""
    found = []
    for page in PAGES:
        for block in re.findall(r"^```(?:sh|bash|console)\n(.*?)^```", page.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL):
            for line in block.splitlines():
                line = line.strip().removeprefix("$ ").removeprefix(".venv/bin/")
                if line.startswith("dragoman "):
                    found.append((page.relative_to(ROOT).as_posix(), line))
    return found


@pytest.mark.parametrize(("page", "line"), shell_lines())
def test_every_command_shown_exists_with_its_options(page: str, line: str) -> None:
    commands = generate().commands()
    words = shlex.split(re.split(r"[|>]", line, maxsplit=1)[0], comments=True)[1:]
    root = generate().typer.main.get_command(generate().app)
    options = {o for p in root.params for o in (*p.opts, *p.secondary_opts)} | {"--help"}
    while words and words[0].startswith("-"):
        assert words[0] in options, f"{page}: {words[0]}"
        words = words[1:] if words[0] in ("--help", "--version") else words[2:]
    name = next((n for n in (" ".join(words[:2]), *words[:1]) if n in commands), None)
    if not words:
        return
    assert name, f"{page}: no command in {line!r}"
    allowed = {o for p in commands[name].params for o in (*p.opts, *p.secondary_opts)} | {"--help"}
    unknown = [w for w in words if w.startswith("--") and w.split("=")[0] not in allowed]
    assert not unknown, f"{page}: {line}"


def words_of(text: str) -> list[str]:
    return re.findall(r"[\w’']+", text.lower())


def runs(text: str) -> set[tuple[str, ...]]:
    words = words_of(text)
    return {tuple(words[i : i + RUN]) for i in range(len(words) - RUN + 1)}


@cache
def others(folder: Path) -> frozenset[tuple[str, ...]]:
    return frozenset(run for file in folder.glob("*.txt") for run in runs(file.read_text(encoding="utf-8")))


def own_sentences() -> dict[str, str]:
    """Test sentences by where they stand: cases beside extractors, and longer strings in tests and tables."""
    found: dict[str, str] = {}
    for sheet in (ROOT / "dragoman").rglob("*.yml"):
        content: Any = yaml.load(sheet.read_text(encoding="utf-8"), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
        for n, case in enumerate((content.get("cases") or []) if isinstance(content, dict) else []):
            found[f"{sheet.name} case {n + 1}"] = str(case.get("text", "")) if isinstance(case, dict) else str(case)
    for file in (ROOT / "tests").rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and len(node.value) > 30:
                found[f"{file.relative_to(ROOT)}:{node.lineno}"] = node.value
    return found


@pytest.mark.parametrize("folder", ["benchmark", "seeds"])
def test_no_case_repeats_a_document_it_is_measured_on(folder: str) -> None:
    texts = ROOT / "benchmark/documents" if folder == "benchmark" else SHARED / "seeds/documents"
    if not texts.is_dir():
        pytest.skip("../shared is missing")
    copied = [f"{where}: {' '.join(run)}" for where, text in own_sentences().items() for run in runs(text) & others(texts)]
    assert not copied, copied[:20]

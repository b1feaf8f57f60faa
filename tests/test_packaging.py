"""What is declared is what is used, and what is used is in the package."""

from __future__ import annotations

import ast
import os
import re
import subprocess
import sys
import tomllib
from importlib import import_module, metadata
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "dragoman"
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]

# The name to import, where it is not the name to install.
IMPORTED_AS = {"charset-normalizer": "charset_normalizer", "currencyconverter": "currency_converter", "pyahocorasick": "ahocorasick",
               "pyyaml": "yaml", "z3-solver": "z3", "python-docx": "docx", "python-multipart": "multipart",
               "vl-convert-python": "vl_convert"}
# Needed by something that is imported, in a version that it does not ask for itself.
INDIRECT = {"jinja2", "lxml", "lxml_html_clean", "multipart"}

# What a declared package brings and is made of: FastAPI's, Jinja's, the assistant server's.
ABOVE = {"starlette", "markupsafe", "pydantic", "anyio", "click", "numpy"}


def third_party() -> set[str]:
    """The packages that dragoman imports, types only included."""
    found: set[str] = set()
    for file in PACKAGE.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                found |= {alias.name.split(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                found.add(node.module.split(".")[0])
    return found - set(sys.stdlib_module_names) - {"dragoman"}


def declared(requirements: list[str]) -> set[str]:
    names = [m[0] for r in requirements if (m := re.match(r"[A-Za-z0-9_.-]+", r))]
    return {IMPORTED_AS.get(n, n) for n in names}


def test_every_import_is_declared_and_every_dependency_imported() -> None:
    extras = PROJECT["optional-dependencies"]
    parts = set().union(*(declared(extras[name]) for name in extras if name not in ("all", "dev"))) - {"dragoman"}
    needed, used = declared(PROJECT["dependencies"]), third_party()
    assert used - needed - parts - ABOVE == set(), "imported and not declared"
    assert (needed | parts) - used - INDIRECT == set(), "declared and not imported"


def test_the_command_is_installed() -> None:
    assert PROJECT["scripts"] == {"dragoman": "dragoman.cli:main"}
    assert callable(import_module("dragoman.cli").main)


def test_versions_agree() -> None:
    version = PROJECT["version"]
    assert yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))["version"] == version
    assert re.search(rf"^## {re.escape(version)}\b", (ROOT / "CHANGELOG.md").read_text(encoding="utf-8"), re.MULTILINE)
    assert metadata.version("dragoman") == version


def test_licences_are_there() -> None:
    assert "Apache License" in (ROOT / "LICENSE").read_text(encoding="utf-8")
    assert "Attribution 4.0 International" in (ROOT / "benchmark/LICENSE").read_text(encoding="utf-8")
    notice = (ROOT / "NOTICE").read_text(encoding="utf-8")
    for source in ("UD_English-EWT", "UD_English-GUM", "CC BY-SA 4.0"):
        assert source in notice


def test_git_keeps_what_the_package_needs() -> None:
    files = [f for f in [*PACKAGE.rglob("*"), *(ROOT / "examples").rglob("*"), *(ROOT / "benchmark").rglob("*")]
             if f.is_file() and "__pycache__" not in f.parts]
    if not (ROOT / ".git").exists():
        return  # an unpacked archive has nothing to ignore
    done = subprocess.run(["git", "check-ignore", "--stdin"], cwd=ROOT, input="\n".join(map(str, files)), capture_output=True, text=True,
                          check=False)
    assert done.stdout == "", "ignored by git, so missing from a clone"


@pytest.mark.parametrize("module", ["dragoman", "dragoman.cli"])
def test_nothing_heavy_is_loaded_before_it_is_needed(module: str) -> None:
    heavy = ("spacy", "pandas", "trafilatura", "numpy")
    code = f"import sys, {module}; print([m for m in {heavy!r} if m in sys.modules])"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.strip() == "[]"


def test_the_commands_of_the_makefile_and_the_ci_script_stand() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    for target in ("setup", "demo", "test", "lint", "docs", "benchmark", "clean"):
        assert re.search(rf"^{target}:", makefile, re.MULTILINE), target
    ci = ROOT / ".ci/run"
    assert os.access(ci, os.X_OK)
    assert "make test" in ci.read_text(encoding="utf-8")
    assert subprocess.run(["bash", "-n", str(ci)], check=False).returncode == 0

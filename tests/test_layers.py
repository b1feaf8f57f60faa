"""A stage imports `model` and `reference` and no other stage; only record.py and what stands on it sees them all."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

PACKAGE = Path(__file__).resolve().parent.parent / "dragoman"
STAGES = {"sources", "documents", "annotate", "extract", "resolve", "checks", "store", "views", "exchange"}
BELOW = {"model": {"model"}, "reference": {"model", "reference"}}
MODULES = {".".join(("dragoman", *f.relative_to(PACKAGE).with_suffix("").parts)).removesuffix(".__init__"): f
           for f in PACKAGE.rglob("*.py")}


def imports(module: str) -> set[str]:
    """The modules of dragoman that a module imports, wherever in it the import stands, types included."""
    file = MODULES[module]
    package = module if file.name == "__init__.py" else module.rpartition(".")[0]
    found: set[str] = set()
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            base = node.module or ""
            if node.level:
                parts = package.split(".")[: len(package.split(".")) - node.level + 1]
                base = ".".join([*parts, *([node.module] if node.module else [])])
            names = {f"{base}.{alias.name}" for alias in node.names}
            found |= {n if n in MODULES else base for n in names}
    return {n for n in found if n == "dragoman" or n.startswith("dragoman.")} - {module}


def room(module: str) -> str:
    """The folder or file directly under dragoman that a module is in."""
    return module.split(".")[1] if "." in module else ""


@pytest.mark.parametrize("module", sorted(MODULES))
def test_a_module_imports_only_what_its_room_may_see(module: str) -> None:
    own = room(module)
    allowed = BELOW.get(own) or ({own, "model", "reference"} if own in STAGES else None)
    if allowed is None:
        return  # record.py, cli.py and the package itself may see everything
    seen = {other for other in imports(module) if room(other) not in allowed}
    assert not seen, f"{module} imports {sorted(seen)}; it may see {sorted(allowed)} only"


def test_no_module_imports_the_command_line() -> None:
    assert [m for m in MODULES if any(room(o) == "cli" for o in imports(m)) and room(m) not in ("cli", "__main__")] == []


def test_there_are_no_import_cycles() -> None:
    graph = {module: {o for o in imports(module) if o in MODULES} for module in MODULES}
    done: set[str] = set()
    for first in sorted(graph):
        path: list[str] = []
        _walk(first, graph, path, done)


def _walk(module: str, graph: dict[str, set[str]], path: list[str], done: set[str]) -> None:
    if module in path:
        pytest.fail("import cycle: " + " -> ".join([*path[path.index(module):], module]))
    if module in done:
        return
    path.append(module)
    for other in sorted(graph[module]):
        _walk(other, graph, path, done)
    path.pop()
    done.add(module)


@pytest.mark.parametrize("module", sorted(MODULES))
def test_files_and_functions_keep_their_size(module: str) -> None:
    source = MODULES[module].read_text(encoding="utf-8")
    assert source.count("\n") < 500, f"{module} has {source.count(chr(10))} lines"
    long = [f"{n.name}: {n.end_lineno - n.lineno + 1}" for n in ast.walk(ast.parse(source))
            if isinstance(n, ast.FunctionDef | ast.AsyncFunctionDef) and n.end_lineno is not None and n.end_lineno - n.lineno + 1 >= 60]
    assert not long, f"functions of 60 lines and more in {module}: {long}"


@pytest.mark.parametrize("module", sorted(m for m in MODULES if room(m) not in ("cli", "web")))
def test_print_is_for_the_command_line(module: str) -> None:
    calls = [n.lineno for n in ast.walk(ast.parse(MODULES[module].read_text(encoding="utf-8")))
             if isinstance(n, ast.Call) and isinstance(n.func, ast.Name) and n.func.id == "print"]
    assert not calls, f"print in {module}, lines {calls}"

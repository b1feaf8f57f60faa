"""What all tests share: where ../shared is, and the rule that a run of the continuous integration skips nothing else."""

from __future__ import annotations

import importlib.util
import os
import sys
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared"
NO_SHARED = "../shared is missing"

_skipped: list[tuple[str, str]] = []


@pytest.fixture(scope="session")
def root() -> Path:
    """The repository's folder."""
    return ROOT


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of material that is not part of the repository; skips where it is not there."""
    if not SHARED.is_dir():
        pytest.skip(NO_SHARED)
    return SHARED


@pytest.fixture
def fake_reader(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """Annotation and extraction replaced by tests/store/fake_reader.py, for tests of the record alone."""
    spec = importlib.util.spec_from_file_location("fake_reader", ROOT / "tests/store/fake_reader.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    monkeypatch.setitem(sys.modules, "fake_reader", module)
    spec.loader.exec_module(module)
    module.install(monkeypatch.setattr)
    return module


def _remember(report: pytest.TestReport | pytest.CollectReport) -> None:
    if report.skipped and not hasattr(report, "wasxfail"):
        reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else str(report.longrepr)
        _skipped.append((report.nodeid, reason.removeprefix("Skipped: ")))


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    _remember(report)


def pytest_collectreport(report: pytest.CollectReport) -> None:
    _remember(report)


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    """Fail the run on any skip but those for a missing ../shared, where DRAGOMAN_NO_SKIPS=1 asks for it."""
    if not hasattr(session.config, "workerinput") and _forbidden() and session.exitstatus == 0:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    for nodeid, reason in _forbidden():
        terminalreporter.write_line(f"FORBIDDEN SKIP {nodeid}: {reason}", red=True)


def _forbidden() -> list[tuple[str, str]]:
    if os.environ.get("DRAGOMAN_NO_SKIPS") != "1":
        return []
    return [(nodeid, reason) for nodeid, reason in _skipped if "../shared" not in reason or SHARED.is_dir()]

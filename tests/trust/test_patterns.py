"""No regular expression of the package takes more than the square of a text's length, whatever the text is.

Documents are hostile. Each pattern meets texts made from itself: what stands before one of its repetitions, what that repetition
takes, again and again, and an end that it does not take; and runs of letters, words, digits, signs and spaces that are the same for all.
What is measured is growth: CPU time where the text doubles, between 800 and 3,200 code points, the least of some tries, since machines
differ and stall. A factor of 4 is the square, 8 the cube; whatever tries each way to share out a run among its repetitions takes far more.

The square itself is bounded, by what a pattern is ever given: annotate/segment.py drops unbroken runs of 300 code points, and cuts what
is parsed after 4,000 at most, so that a square costs milliseconds; and tests/test_hostile_text.py measures the whole way from a document
to its claims, where four times the text takes about four times the time.
"""

from __future__ import annotations

import ast
import gc
import importlib
import pkgutil
import random
import re
import re._constants as op
import re._parser as parser
import signal
import time
import warnings
from collections import deque
from collections.abc import Iterator
from contextlib import suppress
from functools import cache
from pathlib import Path
from types import FrameType, FunctionType
from typing import Any

import pytest

import dragoman
from dragoman.reference.scan import Words

ROOT = Path(dragoman.__file__).parent
SIZES = (800, 1600)  # code points, and twice as many
QUICK = 0.002  # CPU seconds for 800 code points: were it the cube, 4,000 would still take a quarter of a second
SCREEN = 4.5  # of half of that: less, and a cube under what is linear could not reach GROWTH where the text is longer
GROWTH = 6.5  # where the text doubles: 2 is linear, 4 the square, 8 the cube; on a machine of many tasks a square was seen as 6.0
LIMIT = 0.6  # CPU seconds after which a search is given up
TRIES = 9
MANY = 8  # a repetition of fewer can be no danger
KEPT = 24  # texts that are made from one pattern
END = "\x00"
UNITS = (
    "a", "A", "1", " ", "\n", ".", ",", '"', "'", "(", "-", "é", "A ", "a ", "1 ", "1,", "1-", "A. ", "a, ", "(a ", "A.A.", "of the ",
    "and ", "A of ", "Aa Bb ", "Aa, ",
    "“Aa bb” ", "12,345 ", "1 million ", "said that ", " | ", "a@a.", "www.a", "Aa’s ", "\n\n", "a: b\n", "<a>",
)  # fmt: skip


# ---------------------------------------------------------------- the patterns of the package


def _inside(value: Any, seen: set[int], depth: int = 0) -> Iterator[re.Pattern[str]]:
    """The patterns in a value and in what it holds: containers, objects of the package, functions with what they close over."""
    if id(value) in seen or depth > 6:
        return
    seen.add(id(value))
    if isinstance(value, re.Pattern):
        if isinstance(value.pattern, str):
            yield value
        return
    if isinstance(value, Words):
        parts: list[Any] = [value.pattern, value._signs]
    elif isinstance(value, dict):
        parts = list(value.values())
    elif isinstance(value, list | tuple | set | frozenset):
        parts = list(value)
    elif isinstance(value, FunctionType):
        parts = [c.cell_contents for c in value.__closure__ or () if _filled(c)] + list(value.__defaults__ or ())
    elif hasattr(value, "cache_info"):
        parts = [getattr(value, "__wrapped__", None), *_made(value)]
    elif type(value).__module__.startswith("dragoman"):
        parts = [getattr(value, n, None) for n in _attributes(value)]
    else:
        parts = []
    for part in parts:
        yield from _inside(part, seen, depth + 1)


def _filled(cell: Any) -> bool:
    with suppress(ValueError):
        return cell.cell_contents is not None
    return False


def _attributes(value: Any) -> list[str]:
    return [*getattr(value, "__dict__", {}), *(n for base in type(value).__mro__ for n in getattr(base, "__slots__", ()))]


def _made(function: Any) -> list[Any]:
    """What a cached function without arguments has made: the lexicons are loaded so."""
    with suppress(Exception):  # it takes arguments, or needs what a test has not
        return [function()]
    return []


def _written(tree: ast.AST) -> Iterator[re.Pattern[str]]:
    """The patterns that are written where they are used, with no name."""
    for node in ast.walk(tree):
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and isinstance(node.func.value, ast.Name)):
            continue
        first = node.args[0] if node.args else None
        if node.func.value.id == "re" and isinstance(first, ast.Constant) and isinstance(first.value, str) and hasattr(re, node.func.attr):
            yield re.compile(first.value, re.I if any(isinstance(a, ast.Attribute) and a.attr == "I" for a in node.args) else 0)


def _only_matched(tree: ast.AST) -> frozenset[str]:
    """The names of patterns of a module that are tried at a given place only (`NAME.match`), never searched for."""
    used: dict[str, set[str]] = {}
    of = {id(node.value): node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load):
            used.setdefault(node.id, set()).add(of.get(id(node), "search"))
    return frozenset(name for name, how in used.items() if how <= {"match", "fullmatch"})


@cache
def _all() -> tuple[tuple[str, re.Pattern[str], bool], ...]:
    """The patterns with their module, and whether they are tried at a given place only: those that have a name, those that lexicons
    make, and those that stand where they are used."""
    found: dict[tuple[str, int], tuple[str, re.Pattern[str], bool]] = {}
    seen: set[int] = set()
    for info in pkgutil.walk_packages([str(ROOT)], "dragoman."):
        if "migrations" in info.name or info.name.endswith("__main__"):
            continue
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            module = importlib.import_module(info.name)
        tree = ast.parse(Path(str(module.__file__)).read_text(encoding="utf-8"))
        matched = _only_matched(tree)
        named = [(name, p) for name, v in list(vars(module).items()) if not isinstance(v, type(re)) for p in _inside(v, seen)]
        for name, pattern in (*named, *(("", p) for p in _written(tree))):
            found.setdefault((pattern.pattern, pattern.flags), (info.name, pattern, name.startswith("_") and name in matched))
    return tuple(found.values())


# ---------------------------------------------------------------- the texts


def _sample(parsed: Any, pick: random.Random, groups: dict[int, str]) -> str:
    """A text that the parsed pattern takes, or nearly so (looking around is passed over)."""
    out = ""
    for code, value in parsed:
        if code is op.LITERAL:
            out += chr(value)
        elif code is op.NOT_LITERAL:
            out += "a" if value != ord("a") else "b"
        elif code is op.ANY:
            out += "a"
        elif code is op.IN:
            out += _letter(value, pick)
        elif code is op.BRANCH:
            out += _sample(pick.choice(value[1]), pick, groups)
        elif code is op.SUBPATTERN:
            groups[value[0]] = _sample(value[3], pick, groups)
            out += groups[value[0]]
        elif code is op.ATOMIC_GROUP:
            out += _sample(value, pick, groups)
        elif code in (op.MAX_REPEAT, op.MIN_REPEAT, op.POSSESSIVE_REPEAT):
            out += "".join(_sample(value[2], pick, groups) for _ in range(max(value[0], min(value[1], pick.randint(0, 1)))))
        elif code is op.GROUPREF:
            out += groups.get(value, "")
    return out


def _letter(choices: Any, pick: random.Random) -> str:
    """One character of a class; of a class that excludes, the first of some that it does not exclude."""
    classes = {op.CATEGORY_DIGIT: "1", op.CATEGORY_SPACE: " ", op.CATEGORY_WORD: "aA1", op.CATEGORY_NOT_SPACE: "a",
               op.CATEGORY_NOT_WORD: ",", op.CATEGORY_NOT_DIGIT: "a"}
    ranges = [(v, v) if c is op.LITERAL else v for c, v in choices if c in (op.LITERAL, op.RANGE)]
    named = "".join(classes.get(v, "") for c, v in choices if c is op.CATEGORY)
    if choices[0][0] is op.NEGATE:
        return next((ch for ch in "a A1,.x" if not any(a <= ord(ch) <= b for a, b in ranges) and ch not in named), "~")
    return pick.choice([*named, *(chr(a) for a, _ in ranges), *(chr(b) for _, b in ranges)] or ["a"])


def _repeated(parsed: Any, before: str, pick: random.Random) -> Iterator[tuple[str, str]]:
    """For each repetition of a pattern without a small bound: a text that leads to it, and what it takes once."""
    for code, value in parsed:
        if code in (op.MAX_REPEAT, op.MIN_REPEAT, op.POSSESSIVE_REPEAT):
            if value[1] is op.MAXREPEAT or value[1] >= MANY:
                yield before, _sample(value[2], pick, {})
            yield from _repeated(value[2], before, pick)
        elif code is op.BRANCH:
            for one in value[1]:
                yield from _repeated(one, before, pick)
        elif code is op.SUBPATTERN:
            yield from _repeated(value[3], before, pick)
        elif code is op.ATOMIC_GROUP:
            yield from _repeated(value, before, pick)
        elif code in (op.ASSERT, op.ASSERT_NOT):
            yield from _repeated(value[1], before, pick)
        before += _sample([(code, value)], pick, {})


def _hostile(pattern: re.Pattern[str]) -> list[tuple[str, str]]:
    """Beginnings and units to repeat: those made from the pattern, from all of it too, and those for all."""
    parsed = parser.parse(pattern.pattern, pattern.flags)
    pick = random.Random(3)
    own: dict[tuple[str, str], None] = {}
    for _ in range(2):
        for before, unit in _repeated(parsed, "", pick):
            if unit and len(own) < KEPT:
                own[before[-60:], unit] = None
                own["", (before[-60:] + unit)] = None
        if whole := _sample(parsed, pick, {}):
            own["", whole[:200]] = None
            own["", whole[: max(1, len(whole) * 2 // 3)]] = None
    return [*own, *(("", unit) for unit in UNITS)]


# ---------------------------------------------------------------- the measure


class _TooLong(Exception):
    pass


def _stop(_: int, __: FrameType | None) -> None:
    raise _TooLong


def _seconds(pattern: re.Pattern[str], text: str, placed: bool) -> float:
    """CPU seconds of a search through a text, or of one trial at its beginning; LIMIT where it was given up."""
    begin = time.process_time()
    signal.setitimer(signal.ITIMER_VIRTUAL, LIMIT)
    try:
        if placed:
            pattern.match(text)
        else:
            deque(pattern.finditer(text), maxlen=0)
    except _TooLong:
        return LIMIT
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
    return time.process_time() - begin


def _text(before: str, unit: str, size: int) -> str:
    return before + unit * max(1, (size - len(before)) // len(unit)) + END


def _grown(pattern: re.Pattern[str], before: str, unit: str, placed: bool) -> float:
    """By how much the time grows where the text doubles, the least of some tries; 0 where it is quick anyway."""
    first = _text(before, unit, SIZES[0])
    if (once := _seconds(pattern, first, placed)) < QUICK:
        return 0.0
    half = min(_seconds(pattern, _text(before, unit, SIZES[0] // 2), placed) for _ in range(3))
    if half >= LIMIT:  # three times given up at 400 code points
        return float("inf")
    if once < SCREEN * half:
        return once / half
    grown = float("inf")  # what is worse than the square is so at every size; a stall is at one
    for size in SIZES:
        least, one, both = float("inf"), LIMIT, LIMIT
        for _ in range(TRIES):  # the least of each: a machine that stalls makes a time longer, and none shorter
            both = min(both, _seconds(pattern, _text(before, unit, size * 2), placed))
            one = min(one, _seconds(pattern, _text(before, unit, size), placed))
            least = both / max(one, QUICK) if both < LIMIT else float("inf")
            if least < GROWTH:
                return least
        grown = min(grown, least)
    return grown


def _fault(pattern: re.Pattern[str], placed: bool = False) -> str | None:
    """A text for which a pattern takes more than the square."""
    for before, unit in _hostile(pattern):
        if (by := _grown(pattern, before, unit, placed)) >= GROWTH:
            return f"{pattern.pattern[:120]!r} grows by {by:.1f} on {before!r} and many {unit!r}"
    return None


def _again_and_again(pattern: re.Pattern[str], placed: bool) -> str | None:
    """A fault that is there each of four times: a cube always is, a machine that stalls for a while is not."""
    found = [_fault(pattern, placed)]
    while found[-1] and len(found) < 4:
        time.sleep(0.5)
        found.append(_fault(pattern, placed))
    return found[-1]


@pytest.fixture(autouse=True)
def _clock() -> Iterator[None]:
    before = signal.signal(signal.SIGVTALRM, _stop)
    gc.disable()
    yield
    gc.enable()
    signal.signal(signal.SIGVTALRM, before)


@pytest.mark.parametrize("pattern", [r"(?:a+)+b", r"(?:\s*a?\s*)*b", r"(a|aa)*b", r"\w*\w*\w*\d!"])
def test_what_takes_more_than_the_square_is_found(pattern: str) -> None:
    assert _fault(re.compile(pattern))


@pytest.mark.parametrize("pattern", [r"\s+$", r"(?:ab)+c", r"[A-Z]\w+ of", r"\w+@\w+"])
def test_what_does_not_is_not(pattern: str) -> None:
    assert not _fault(re.compile(pattern))


def test_no_pattern_takes_more_than_the_square() -> None:
    patterns = _all()
    assert len(patterns) > 800
    assert not [f"{module}: {fault}" for module, pattern, placed in patterns if (fault := _again_and_again(pattern, placed))]

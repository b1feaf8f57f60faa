"""robots.txt as RFC 9309 describes it."""

from __future__ import annotations

import time

import pytest

from dragoman.sources import robots

RULES = """
User-agent: *
Disallow: /private
Allow: /private/open
Disallow: /*.pdf$
Disallow: /search?q=
User-agent: Other
User-agent: Dragoman/1.0
Disallow: /news   # of the day
Allow: /
"""


@pytest.mark.parametrize(("program", "path", "allowed"), [
    ("someone", "/", True), ("someone", "/private/x", False), ("someone", "/private/open/x", True), ("someone", "/a/b.pdf", False),
    ("someone", "/a/b.pdf?x=1", True), ("someone", "/search?q=a", False), ("someone", "/news/1", True), ("someone", "/%70rivate", False),
    ("dragoman", "/news/1", False), ("dragoman", "/private", True), ("other", "/newsletter", False), ("dragoman", "/robots", True)])
def test_the_longest_rule_decides(program: str, path: str, allowed: bool) -> None:
    assert robots.parse(RULES, program).allows(path) is allowed


@pytest.mark.parametrize("text", ["", "Disallow: /", "User-agent: *\nDisallow:", "no rules here\x00",
                                  "User-agent: *\nDisallow: /a\nAllow: /a"])
def test_no_rule_allows_all(text: str) -> None:
    assert robots.parse(text, "dragoman").allows("/a")


def test_hostile_rules_stay_fast() -> None:
    begin = time.perf_counter()
    rules = robots.parse("User-agent: *\n" + "Disallow: /" + "*a" * 2000 + "$\n" * 300 + "Disallow: /*b\n" * 5000, "dragoman")
    rules.allows("/" + "a" * 3000)
    assert time.perf_counter() - begin < 3

"""What a site lets programs fetch: robots.txt as RFC 9309 has it, in time linear in its length."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import quote, unquote

MAX_BYTES = 500_000  # the RFC asks for as much to be read; what follows is not looked at
MOST_RULES = 2_000
_NAME = re.compile(r"[A-Za-z_-]+")


@dataclass(frozen=True, slots=True)
class Robots:
    """The rules for one program: (path with `*` and `$`, whether it is allowed)."""

    rules: tuple[tuple[str, bool], ...] = ()

    def allows(self, target: str) -> bool:
        """Whether a path with its query may be fetched: the longest rule that fits decides, of two as long the one that allows."""
        best, allowed = -1, True
        path = _plain(target)
        for rule, allow in self.rules:
            if len(rule) >= best and (len(rule) > best or allow) and _fits(rule, path):
                best, allowed = len(rule), allow
        return allowed


def parse(text: str, program: str) -> Robots:
    """The rules of the groups that name the program, else of those for everybody.

    >>> parse("User-agent: *\\nDisallow: /private", "dragoman").allows("/private/x")
    False
    """
    groups: dict[str, list[tuple[str, bool]]] = {}
    named: list[str] = []
    begun = False  # whether the group has a rule already: the next user-agent begins another
    for line in text.splitlines():
        field, colon, value = line.partition("#")[0].partition(":")
        field, value = field.strip().lower(), value.strip()
        if not colon:
            continue
        if field == "user-agent":
            named, begun = ([] if begun else named), False
            name = _NAME.match(value)
            named.append("*" if value.startswith("*") else name[0].lower() if name else "")
            groups.setdefault(named[-1], [])
        elif field in ("allow", "disallow"):
            begun = True
            for name_ in set(named):
                if value and len(groups[name_]) < MOST_RULES:
                    groups[name_].append((_plain(value), field == "allow"))
    return Robots(tuple(groups.get(program.lower(), groups.get("*", ()))))


def _plain(path: str) -> str:
    """The path with its percent signs in one form, so that equal ones are equal."""
    return quote(unquote(path, errors="surrogateescape"), safe="/*$?&=;:@!'()+,~-._%", errors="surrogateescape")


def _fits(rule: str, path: str) -> bool:
    """Whether the path begins as the rule says; `*` stands for anything, `$` at the end for the end."""
    ends = rule.endswith("$")
    first, *others = rule.removesuffix("$").split("*")
    if not path.startswith(first):
        return False
    at = len(first)
    for k, part in enumerate(others):
        if ends and k == len(others) - 1:
            return len(path) - len(part) >= at and path.endswith(part)
        found = path.find(part, at)
        if found < 0:
            return False
        at = found + len(part)
    return not ends or at == len(path)

"""What went wrong with one input, as a value: the run goes on."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that somebody should know about one input.

    code     short and stable, kebab-case, with a heading in docs/reference/problems.md: `empty-file`
    message  what is wrong, in one sentence
    at       where: a path, `path:line`, `path, page 3`, a URL
    remedy   what the reader of the message can do
    excerpt  a few of the words or bytes in question, printable; may be empty
    failed   True when the input was not read at all; False for a warning on something that was read
    """

    code: str
    message: str
    at: str
    remedy: str
    excerpt: str = ""
    failed: bool = True

    def __str__(self) -> str:
        shown = f"\n    {self.excerpt}" if self.excerpt else ""
        return f"{self.at}: {self.message} [{self.code}]{shown}\n    {self.remedy}"


class DragomanError(Exception):
    """What was asked cannot be done; the message says why and what to do, in words for people."""

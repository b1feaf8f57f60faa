"""What changed between two versions of a text, sentence by sentence."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator

from dragoman.model.stored import Change

_END = re.compile(r"(?<=[.!?…])[\"'”’»)\]]*\s+(?=[^\sa-z])|\s*\n\s*")

Version = tuple[str, int, str, str]  # document, version, read at, text


def between(old: Version, new: Version) -> Iterator[Change]:
    """The differences in the order of the newer text; changes of white space alone are none."""
    before, after = sentences(old[3]), sentences(new[3])
    matcher = difflib.SequenceMatcher(None, before, after, autojunk=False)
    for what, i, j, k, m in matcher.get_opcodes():
        if what != "equal":
            yield from _paired(before[i:j], after[k:m], old, new)


def sentences(text: str) -> list[str]:
    """The sentences of a text, each on one line; good enough to compare texts by.

    >>> sentences("He came. She left.\\n\\nAll is well")
    ['He came.', 'She left.', 'All is well']
    """
    found, last = [], 0
    for gap in _END.finditer(text):
        end = gap.start() + len(gap.group().rstrip())
        found.append(text[last:end])
        last = gap.end()
    found.append(text[last:])
    return [shown for s in found if (shown := " ".join(s.split()))]


def _paired(before: list[str], after: list[str], old: Version, new: Version) -> Iterator[Change]:
    """Sentences that replaced each other, one change each; what has no counterpart was added or taken out."""
    if len(before) == len(after):
        pairs = list(zip(before, after, strict=True))
    elif not before or not after:
        pairs = [(s, "") for s in before] + [("", s) for s in after]
    else:
        pairs = [(" ".join(before), " ".join(after))]
    for was, now in pairs:
        yield Change(new[0], old[1], new[1], was, now, new[2])

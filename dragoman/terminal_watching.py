"""What `watch` tells of one look at the feeds."""

from __future__ import annotations

from rich.text import Text

from dragoman.terminal import console
from dragoman.terminal_texts import summary_of
from dragoman.views.visible import visible
from dragoman.watch import Round
from dragoman.watch_outputs import body, title


def told(done: Round) -> None:
    """The news with its sources, then what was looked at and what could not be had."""
    out = console()
    for entry in done.news:
        out.print(Text(visible(title(entry)), style="bold"))
        for line in body(entry).splitlines():
            out.print(Text(f"  {visible(line)}"))
    out.print(Text(f"{done.feeds} feeds, {done.unchanged} unchanged; {done.items} new items", style="bold"))
    told_already = set(done.read.problems)
    for problem in done.problems:
        if problem not in told_already:
            out.print(Text(visible(f"  {'failed' if problem.failed else 'note'}: {problem}"), style="red" if problem.failed else ""))
    summary_of(done.read)

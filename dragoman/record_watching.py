"""The part of `Record` that looks at feeds, and hands on what is new in them."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from dragoman.model.problems import Problem
from dragoman.model.stored import Progress, RecordError
from dragoman.record_facts import FactQuestions

if TYPE_CHECKING:
    from dragoman.sources.web import Web
    from dragoman.watch import Entry, Round
    from dragoman.watch_outputs import Mail


class _Delivers(Protocol):
    def __call__(self, entries: Sequence[Entry]) -> Problem | None: ...


class Watching(FactQuestions):
    """Watches feeds."""

    def watch(self, feeds: str | os.PathLike[str], *, feed: str | os.PathLike[str] | None = None, webhook: str | None = None,
              mail: Mail | None = None, web: Web | None = None, language_model: str | None = None,
              progress: Callable[[Progress], None] | None = None) -> Round:
        """Look at feeds once: read what is new in them, and hand on what that changes in the record.

        feeds    an OPML file, or the address of one feed
        feed     an Atom file that is written with the latest news
        webhook  an address that gets the news as JSON
        mail     where mail goes; what cannot be handed on now is handed on with the next round

        Raises:
          RecordError: the list of feeds, or the file to write, cannot be used.
        """
        from dataclasses import replace

        from dragoman import watch, watch_outputs

        found = watch.addresses(os.fspath(feeds))
        if isinstance(found, Problem):
            raise RecordError(str(found))
        done = watch.once(self, found, web, progress, language_model)
        if feed is not None:
            try:
                watch_outputs.put(Path(feed), watch.entries(self))
            except OSError as error:
                raise RecordError(f"{feed} cannot be written: {error.strerror or error}.") from error
        late: list[Problem] = []
        if webhook is not None:
            late += self._hand_on(f"webhook:{webhook}", lambda entries: watch_outputs.post(webhook, entries))
        if mail is not None:
            late += self._hand_on(f"mail:{','.join(mail.to)}", lambda entries: watch_outputs.send(mail, entries))
        return replace(done, problems=(*done.problems, *late))

    def _hand_on(self, target: str, deliver: _Delivers) -> list[Problem]:
        """Give a target the news that it does not have; what fails stays for the next time."""
        from dragoman import watch

        waiting = watch.unsent(self, target)
        problem = deliver(waiting) if waiting else None
        if waiting and problem is None:
            watch.sent(self, target, waiting[-1].n)
        return [problem] if problem else []

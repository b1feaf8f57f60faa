"""One row of a list of office-holders."""

from __future__ import annotations

from typing import NamedTuple


class Row(NamedTuple):
    """Who held what, of which state or body, from when to when (EDTF where known); `post` and `country` as the list has them."""

    person: str | None = None
    position: str | None = None
    state: str | None = None
    body: str | None = None
    since: str | None = None
    until: str | None = None
    post: str | None = None
    country: str | None = None

    @property
    def written(self) -> str:
        """The row as a line of text: "Inés Zárate: Minister of Trade (Peru), 2019 to 2022"."""
        post = self.post or self.position or ""
        where = next((w for w in (self.body, self.country) if w and w.casefold() not in post.casefold()), None)
        if self.since and self.until:
            when = f", {self.since} to {self.until}"
        else:
            when = f", since {self.since}" if self.since else f", until {self.until}" if self.until else ""
        return f"{self.person}: {post}{f' ({where})' if where else ''}{when}"

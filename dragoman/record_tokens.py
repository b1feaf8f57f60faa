"""The part of `Record` that knows who may judge at the desk."""

from __future__ import annotations

import hashlib
import secrets

from dragoman.model.rows import Rows
from dragoman.store import Store

PREFIX = "dragoman_"  # so that a token that leaked is recognised by those who scan for them


class Tokens:
    """Gives and withdraws tokens; a record keeps their SHA-256 alone, which is enough for 32 random bytes."""

    _store: Store

    def make_token(self, name: str) -> str:
        """A new token for an analyst, told this once; an older one of the same name no longer counts.

        Raises:
          ValueError: the name is empty, or longer than 80 characters, or holds what cannot be printed.
        """
        from dragoman.store import store, tokens

        plain = name.strip()
        if not plain or len(plain) > 80 or not plain.isprintable():
            raise ValueError("a token needs a name of 1 to 80 printable characters")
        token = PREFIX + secrets.token_urlsafe(32)
        with self._store.writes() as c:
            tokens.keep(c, plain, _digest(token), store.now())
        return token

    def withdraw_token(self, name: str) -> bool:
        """Take an analyst's token back; False where there was none. What was judged with it stays."""
        from dragoman.store import tokens

        with self._store.writes() as c:
            return tokens.withdraw(c, name.strip())

    def tokens(self) -> Rows[tuple[str, str]]:
        """Names of those who may judge, and when their tokens were made."""
        from dragoman.store import tokens

        with self._store.reads() as c:
            found = tokens.listed(c)
        return Rows(found, [lambda pair=pair: {"name": pair[0], "made": pair[1]} for pair in found])  # type: ignore[misc]

    def holder(self, token: str) -> str | None:
        """Whose token this is; None where it is nobody's."""
        from dragoman.store import tokens

        if not token.startswith(PREFIX):
            return None
        with self._store.reads() as c:
            return tokens.holder(c, _digest(token))


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()

"""Tokens of those who may judge at the desk: a name and a hash each, never the token."""

from __future__ import annotations

import hmac

from sqlalchemy import Connection, delete, select

from dragoman.store import database, schema

T = schema.tokens.c


def keep(c: Connection, name: str, digest: str, made: str) -> None:
    """Give a name a token; an older one of this name no longer counts."""
    c.execute(database.insert_or_update(c.dialect, schema.tokens), {"name": name, "hash": digest, "made": made})


def withdraw(c: Connection, name: str) -> bool:
    """Take a name's token back; False where it had none."""
    return bool(c.execute(delete(schema.tokens).where(T.name == name)).rowcount)


def listed(c: Connection) -> list[tuple[str, str]]:
    """Names, and when their tokens were made."""
    return [(r.name, r.made) for r in c.execute(select(T.name, T.made).order_by(T.name))]


def holder(c: Connection, digest: str) -> str | None:
    """Whose token has this hash. Every hash is compared, each in constant time."""
    found = None
    for row in c.execute(select(T.name, T.hash).order_by(T.name)):
        if hmac.compare_digest(row.hash, digest):
            found = row.name
    return found

"""Near copies: a text that shares a band of its signature with another is compared with it, and linked to the original."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from sqlalchemy import Connection, insert, select, update

from dragoman.store import schema

Alike = Callable[[bytes, bytes], bool]  # whether two signatures are of copies
D, B = schema.documents.c, schema.buckets.c
_KINDS = ("agency", "office", "ministry")  # who writes what others reprint


def remember(c: Connection, n: int, buckets: Sequence[str]) -> None:
    """Put a new text into its buckets."""
    if buckets:
        c.execute(insert(schema.buckets), [{"bucket": b, "document": n} for b in dict.fromkeys(buckets)])


def link(c: Connection, n: int, alike: Alike) -> None:
    """Link a text that now stands to its original, or its copies to it."""
    own = c.execute(_rows().where(D.n == n)).one()
    mine = select(B.bucket).where(B.document == n)
    shared = select(B.document).where(B.bucket.in_(mine), B.document != n)
    # originals only: a thousand copies of one text are compared once
    others = c.execute(_rows().where(D.n.in_(shared), D.superseded_by.is_(None), D.copy_of.is_(None)).order_by(D.n)).all()
    group = [other for other in others if alike(own.signature, other.signature)]
    if not group:
        return
    original = min([own, *group], key=_order)
    copies = [row.n for row in (own, *group) if row.n != original.n]
    c.execute(update(schema.documents).where(D.n.in_(copies) | D.copy_of.in_(copies)).values(copy_of=original.n))
    c.execute(update(schema.documents).where(D.n == original.n).values(copy_of=None))


def relink(c: Connection, gone: int, alike: Alike) -> None:
    """Let the copies of a text that stands no more look for another original."""
    orphans = c.execute(select(D.n).where(D.copy_of == gone).order_by(D.n)).scalars().all()
    c.execute(update(schema.documents).where(D.copy_of == gone).values(copy_of=None))
    for orphan in orphans:
        link(c, orphan, alike)


def _rows() -> Any:
    return select(D.n, D.id, D.signature, D.first, D.outlet_kind, D.words)


def _order(row: Any) -> tuple[Any, ...]:
    """Originals come first: the earlier, then the agency's or office's, then the longer."""
    return row.first or "9999", row.outlet_kind not in _KINDS, -row.words, row.id

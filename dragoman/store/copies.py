"""Near copies: a text that shares bands of its signature with others is compared with them, and linked to the original."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache
from hashlib import blake2b
from typing import Any

from sqlalchemy import BindParameter, Connection, bindparam, delete, func, select, update

from dragoman.store import database, schema
from dragoman.store.entries import State

Alike = Callable[[bytes, bytes], bool]  # whether two signatures are of copies
BANDS, BAND = 32, 16  # each of two values of eight bytes
LEAST_SHARED, MOST_COMPARED = 2, 40  # templates share a band or two; copies share many
FULL = 100  # texts in a bucket
D, B = schema.documents.c, schema.buckets.c
_FIRST_HAND = ("agency", "office", "ministry")  # who writes what others reprint


@lru_cache(maxsize=8)
def buckets(signature: bytes) -> tuple[int, ...]:
    """The bands of a signature as numbers; what comes after them is for the comparison alone."""
    bands = [signature[k : k + BAND] for k in range(0, min(len(signature), BANDS * BAND), BAND)]
    hashed = {blake2b(k.to_bytes(2) + band, digest_size=8).digest() for k, band in enumerate(bands)}
    return tuple(sorted(int.from_bytes(h, signed=True) for h in hashed))


_ANY: list[BindParameter[Any]] = [bindparam(f"bucket{k}") for k in range(BANDS)]
_HELD = database.Prepared(select(B.bucket, func.count().label("held")).where(B.bucket.in_(_ANY)).group_by(B.bucket))
_FORGET = delete(schema.buckets).where(B.bucket.in_(bindparam("buckets", expanding=True)), B.document == bindparam("this"))
_SIGNATURE = select(D.signature).where(D.n == bindparam("this"))


def _any(found: Sequence[int]) -> dict[str, Any]:
    """The values of a statement that looks for buckets; the first stands for those that are too few."""
    return {f"bucket{k}": found[k] if k < len(found) else found[0] for k in range(BANDS)}


def remember(c: Connection, n: int, signature: bytes) -> None:
    """Put a text into its buckets. A full one, of words that thousands share, takes no more: others tell copies better."""
    wanted = buckets(signature)
    held = {row.bucket: row.held for row in _HELD.all(c, _any(wanted))} if wanted else {}
    if found := [b for b in wanted if held.get(b, 0) < FULL]:
        database.insert_many(c, "buckets", ("bucket", "document"), [(b, n) for b in found])


def forget(c: Connection, n: int) -> None:
    """Take a text that stands no more out of its buckets."""
    if found := buckets(c.execute(_SIGNATURE, {"this": n}).scalar() or b""):
        c.execute(_FORGET, {"buckets": found, "this": n})


def recall(c: Connection, n: int) -> None:
    """Put a text that stands again back into its buckets."""
    forget(c, n)
    remember(c, n, c.execute(_SIGNATURE, {"this": n}).scalar() or b"")


_ROWS = select(D.n, D.id, D.signature, D.first, D.outlet_kind, D.words, D.state).select_from(schema.documents)
_OWN = database.Prepared(_ROWS.where(D.n == bindparam("this")))
_RANKED = (select(B.document, func.count().label("shared"))
           .where(B.bucket.in_(_ANY), B.document != bindparam("this"))
           .group_by(B.document).having(func.count() >= LEAST_SHARED).subquery())
# originals only: a thousand copies of one text are compared once
_ORIGINALS = (_ROWS.join(_RANKED, _RANKED.c.document == D.n)
              .where(D.superseded_by.is_(None), D.copy_of.is_(None), D.state == bindparam("state"))
              .order_by(_RANKED.c.shared.desc(), D.n).limit(MOST_COMPARED))
_NEAR, _NEAR_BEFORE = database.Prepared(_ORIGINALS), database.Prepared(_ORIGINALS.where(D.n < bindparam("this")))


def link(c: Connection, n: int, alike: Alike, earlier: bool = False) -> bool:
    """Link a text that now stands to its original, or its copies to it; True where it is a copy.

    A text that could not be read is nobody's original. `earlier`: only texts that came before it are looked at.
    """
    own = _OWN.first(c, {"this": n})
    if own.state == State.FAILED:
        return False
    wanted = buckets(own.signature)
    near = (_NEAR_BEFORE if earlier else _NEAR).all(c, {"this": n, "state": own.state} | _any(wanted)) if wanted else []
    group = [other for other in near if alike(own.signature, other.signature)]
    if not group:
        return False
    original = min([own, *group], key=order)
    copies = [row.n for row in (own, *group) if row.n != original.n]
    c.execute(update(schema.documents).where(D.n.in_(copies) | D.copy_of.in_(copies)).values(copy_of=original.n))
    c.execute(update(schema.documents).where(D.n == original.n).values(copy_of=None))
    return bool(original.n != n)


def relink(c: Connection, gone: int, alike: Alike) -> None:
    """Let the copies of a text that is no original any more look for another."""
    orphans = c.execute(select(D.n).where(D.copy_of == gone).order_by(D.n)).scalars().all()
    c.execute(update(schema.documents).where(D.copy_of == gone).values(copy_of=None))
    for orphan in orphans:
        link(c, orphan, alike)


def order(row: Any) -> tuple[Any, ...]:
    """Originals come first: the earlier, then the agency's or office's, then the longer."""
    return row.first or "9999", row.outlet_kind not in _FIRST_HAND, -row.words, row.id

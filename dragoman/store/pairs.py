"""What pairs of states share, kept when documents are put into blocks and when facts are stored: pages read no more than they show."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, Select, bindparam, delete, func, insert, or_, select

from dragoman.store import database, schema

D, K, F, P, C = schema.documents.c, schema.claims.c, schema.facts.c, schema.places.c, schema.counted_documents.c
FS, FC, CS = schema.fact_states, schema.fact_claims.c, schema.claim_states
FACTS = ("contact", "instrument", "commitment", "series", "conflict", "mission")
CLAIMS = ("event", "statement", "relation")
NEVER = "9999"
_COLUMNS = ("one", "other", "kind", "last", "first")


def _two(table: Any, states: Any, key: str, known: Any) -> Select[Any]:
    """A row for each two states of each row of a table."""
    one, other = states.alias(), states.alias()
    return (select(one.c.state, other.c.state, table.c.kind, func.coalesce(table.c.last, ""), func.coalesce(table.c.first, ""), table.c.n,
                   known)
            .select_from(table).join(one, one.c[key] == table.c.n)
            .join(other, (other.c[key] == table.c.n) & (one.c.state < other.c.state)))


_READ = select(func.substr(func.min(P.read_at), 1, 10)).where(P.document == D.n).correlate(schema.documents).scalar_subquery()
_COUNTED = select(D.n, D.first, D.last, func.coalesce(D.last, _READ, NEVER), D.outlet).where(D.superseded_by.is_(None), D.copy_of.is_(None))
_KNOWN = (select(func.min(C.known)).join_from(schema.fact_claims, schema.claims, K.id == FC.claim).join(
    schema.counted_documents, C.document == K.document).where(FC.fact == F.n).correlate(schema.facts).scalar_subquery())
_OF_FACTS = database.Prepared(insert(schema.fact_pairs).from_select(
    [*_COLUMNS, "fact", "known"], _two(schema.facts, FS, "fact", func.coalesce(_KNOWN, NEVER)).where(
        F.n > bindparam("above"), or_(*[F.kind.concat("") == kind for kind in FACTS]))))  # no index of kinds is walked


def of_documents(c: Connection, documents: Sequence[int]) -> None:
    """Note which of the documents count, and which events, statements and relations of theirs pairs of states share."""
    c.execute(delete(schema.counted_documents).where(C.document.in_(documents)))
    c.execute(insert(schema.counted_documents).from_select(["document", "first", "last", "known", "outlet"],
                                                           _COUNTED.where(D.n.in_(documents))))
    c.execute(delete(schema.claim_pairs).where(schema.claim_pairs.c.claim.in_(select(K.n).where(K.document.in_(documents)))))
    held = _two(schema.claims, CS, "claim", C.known).join(schema.counted_documents, C.document == K.document)
    c.execute(insert(schema.claim_pairs).from_select([*_COLUMNS, "claim", "known"], held.where(
        K.document.in_(documents), K.kind.in_(CLAIMS))))


def of_facts(c: Connection, above: int) -> None:
    """Note which pairs of states share the facts behind a number."""
    _OF_FACTS.run(c, {"above": above})

"""What each pair of states shares, in the order in which pages show it, and how much that is; documents that count, without their text."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"

FACTS = "('contact', 'instrument', 'commitment', 'series', 'conflict', 'mission')"
CLAIMS = "('event', 'statement', 'relation')"
DOCUMENTS = """
INSERT INTO counted_documents(document, first, last, known, outlet)
SELECT n, first, last, coalesce(last, (SELECT substr(min(read_at), 1, 10) FROM places WHERE document = n), '9999'), outlet
FROM documents WHERE superseded_by IS NULL AND copy_of IS NULL AND n NOT IN (SELECT document FROM stale_documents)
"""
PAIRS = """
INSERT INTO {of}_pairs(one, other, kind, last, first, {of}, known)
SELECT a.state, b.state, t.kind, coalesce(t.last, ''), coalesce(t.first, ''), t.n, {known}
FROM {of}s t JOIN {of}_states a ON a.{of} = t.n JOIN {of}_states b ON b.{of} = t.n AND a.state < b.state {more} WHERE t.kind IN {kinds}
"""
KNOWN = """coalesce((SELECT min(d.known) FROM fact_claims c JOIN claims k ON k.id = c.claim
JOIN counted_documents d ON d.document = k.document WHERE c.fact = t.n), '9999')"""
MONTHS = """
INSERT INTO pair_months(one, other, kind, month, many)
SELECT one, other, kind, substr(first, 1, 7), count(*) FROM {of}_pairs GROUP BY one, other, kind, substr(first, 1, 7)
"""
MORE = """INSERT INTO pair_months(one, other, kind, month, many) VALUES (new.one, new.other, new.kind, substr(new.first, 1, 7), 1)
ON CONFLICT(one, other, kind, month) DO UPDATE SET many = pair_months.many + 1;"""
THIS = "one = old.one AND other = old.other AND kind = old.kind AND month = substr(old.first, 1, 7)"
LESS = f"UPDATE pair_months SET many = many - 1 WHERE {THIS}; DELETE FROM pair_months WHERE {THIS} AND many <= 0;"


def upgrade() -> None:
    _tables()
    op.execute(DOCUMENTS)
    op.execute(PAIRS.format(of="fact", kinds=FACTS, known=KNOWN, more=""))
    op.execute(PAIRS.format(of="claim", kinds=CLAIMS, known="d.known", more="JOIN counted_documents d ON d.document = t.document"))
    for of in ("fact", "claim"):
        op.create_index(f"ix_{of}_pairs_{of}", f"{of}_pairs", [of])
        op.execute(MONTHS.format(of=of))
        _watch(of)


def _tables() -> None:
    op.create_table(
        "counted_documents",
        sa.Column("document", sa.Integer, sa.ForeignKey("documents.n", ondelete="CASCADE"), primary_key=True),
        sa.Column("first", sa.Text),
        sa.Column("last", sa.Text),
        sa.Column("known", sa.Text, nullable=False),
        sa.Column("outlet", sa.Text),
    )
    for of in ("fact", "claim"):
        op.create_table(
            f"{of}_pairs",
            *[sa.Column(name, sa.Text, primary_key=True) for name in ("one", "other", "kind", "last", "first")],
            sa.Column(of, sa.Integer, sa.ForeignKey(f"{of}s.n", ondelete="CASCADE"), primary_key=True),
            sa.Column("known", sa.Text, nullable=False),
            sqlite_with_rowid=False,
        )
    op.create_table(
        "pair_months",
        *[sa.Column(name, sa.Text, primary_key=True) for name in ("one", "other", "kind", "month")],
        sa.Column("many", sa.Integer, nullable=False),
        sqlite_with_rowid=False,
    )


def _watch(of: str) -> None:
    """Keep the counts in step with the rows of a table."""
    run = op.get_bind().exec_driver_sql
    for name, when, steps, back in (("come", "INSERT", MORE, "new"), ("go", "DELETE", LESS, "old")):
        if op.get_bind().dialect.name == "sqlite":
            run(f"CREATE TRIGGER {of}_pairs_{name} AFTER {when} ON {of}_pairs BEGIN {steps} END")
        else:
            if of == "fact":
                run(f"CREATE FUNCTION dragoman_pairs_{name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {steps} RETURN {back}; END $$")
            run(f"CREATE TRIGGER {of}_pairs_{name} AFTER {when} ON {of}_pairs FOR EACH ROW EXECUTE FUNCTION dragoman_pairs_{name}()")

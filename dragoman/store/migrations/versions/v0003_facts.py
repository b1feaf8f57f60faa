"""Facts with their blocks, what is to be resolved anew, and people's judgements."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

INDEXES = (("blocks", "document"), ("blocks", "claim"), ("facts", "id"), ("facts", "room", "block"), ("facts", "kind", "first"),
           ("fact_claims", "fact"), ("fact_states", "fact"))
WATCHED = "claims, reader, state, copy_of, superseded_by"


def upgrade() -> None:
    _tables()
    for table, *columns in INDEXES:
        op.create_index(f"{table}_by_{'_'.join(columns)}", table, columns)
    op.execute("INSERT INTO stale_documents(document) SELECT n FROM documents")
    if op.get_bind().dialect.name == "sqlite":
        note = "BEGIN INSERT OR IGNORE INTO stale_documents(document) VALUES (new.n); END"
        op.execute(f"CREATE TRIGGER documents_come AFTER INSERT ON documents {note}")
        op.execute(f"CREATE TRIGGER documents_change AFTER UPDATE OF {WATCHED} ON documents {note}")


def _tables() -> None:
    op.create_table("stale_documents", sa.Column("document", sa.Integer, sa.ForeignKey("documents.n"), primary_key=True))
    op.create_table("stale_blocks", sa.Column("room", sa.Text, primary_key=True), sa.Column("block", sa.Text, primary_key=True))
    op.create_table(
        "blocks",
        sa.Column("room", sa.Text, primary_key=True),
        sa.Column("block", sa.Text, primary_key=True),
        sa.Column("claim", sa.Text, primary_key=True),
        sa.Column("document", sa.Integer, sa.ForeignKey("documents.n"), nullable=False),
    )
    op.create_table(
        "facts",
        sa.Column("n", sa.Integer, primary_key=True),
        sa.Column("id", sa.Text, nullable=False),
        sa.Column("room", sa.Text, nullable=False),
        sa.Column("block", sa.Text, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("first", sa.Text),
        sa.Column("last", sa.Text),
        sa.Column("json", sa.Text, nullable=False),
    )
    for table, column in (("fact_claims", "claim"), ("fact_states", "state")):
        op.create_table(
            table,
            sa.Column(column, sa.Text, primary_key=True),
            sa.Column("fact", sa.Integer, sa.ForeignKey("facts.n", ondelete="CASCADE"), primary_key=True),
        )
    op.create_table(
        "judgements",
        sa.Column("n", sa.Integer, primary_key=True),
        sa.Column("id", sa.Text, nullable=False, unique=True),
        sa.Column("verb", sa.Text, nullable=False),
        sa.Column("subjects", sa.Text, nullable=False),
        sa.Column("by", sa.Text, nullable=False),
        sa.Column("at", sa.Text, nullable=False),
        sa.Column("why", sa.Text),
        sa.Column("value", sa.Text),
        sa.Column("private", sa.Boolean, nullable=False),
    )
    op.create_table("settings", sa.Column("name", sa.Text, primary_key=True), sa.Column("value", sa.Text, nullable=False))

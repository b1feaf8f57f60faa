"""The tables of a record, but for search."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    _documents()
    _places()
    _claims()
    _rest()


def _documents() -> None:
    op.create_table(
        "documents",
        sa.Column("n", sa.Integer, primary_key=True),
        sa.Column("id", sa.Text, nullable=False, unique=True),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("title", sa.Text),
        sa.Column("outlet", sa.Text),
        sa.Column("outlet_folded", sa.Text),
        sa.Column("outlet_kind", sa.Text, nullable=False),
        sa.Column("author", sa.Text),
        sa.Column("place", sa.Text),
        sa.Column("language", sa.Text, nullable=False),
        sa.Column("published", sa.Text),
        sa.Column("published_by", sa.Text),
        sa.Column("published_evidence", sa.Text),
        sa.Column("alternatives", sa.Text, nullable=False),
        sa.Column("first", sa.Text),
        sa.Column("last", sa.Text),
        sa.Column("url", sa.Text),
        sa.Column("reuse", sa.Text),
        sa.Column("zones", sa.Text, nullable=False),
        sa.Column("metadata", sa.Text, nullable=False),
        sa.Column("words", sa.Integer, nullable=False),
        sa.Column("claims", sa.Integer, nullable=False),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("reader", sa.Text, nullable=False),
        sa.Column("copy_of", sa.Integer, sa.ForeignKey("documents.n")),
        sa.Column("superseded_by", sa.Integer, sa.ForeignKey("documents.n")),
        sa.Column("signature", sa.LargeBinary),
        sa.Column("home", sa.Text, nullable=False),
        sa.Column("digest", sa.Text, nullable=False),
    )
    op.create_index("ix_documents_copy_of", "documents", ["copy_of"])
    op.create_index("ix_documents_superseded_by", "documents", ["superseded_by"])


def _places() -> None:
    op.create_table(
        "raw",
        sa.Column("sha256", sa.Text, primary_key=True),
        sa.Column("size", sa.Integer, nullable=False),
        sa.Column("data", sa.LargeBinary, nullable=False),
    )
    op.create_table(
        "places",
        sa.Column("n", sa.Integer, primary_key=True),
        sa.Column("key", sa.Text, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("current", sa.Boolean, nullable=False),
        sa.Column("document", sa.Integer, sa.ForeignKey("documents.n"), nullable=False),
        sa.Column("file", sa.Text, nullable=False),
        sa.Column("path", sa.Text, nullable=False),
        sa.Column("url", sa.Text),
        sa.Column("outlet", sa.Text),
        sa.Column("sha256", sa.Text, sa.ForeignKey("raw.sha256"), nullable=False),
        sa.Column("size", sa.Integer, nullable=False),
        sa.Column("media", sa.Text, nullable=False),
        sa.Column("read_at", sa.Text, nullable=False),
        sa.Column("metadata", sa.Text, nullable=False),
        sa.UniqueConstraint("key", "version"),
    )
    op.create_index("ix_places_document", "places", ["document"])
    op.create_index("ix_places_file", "places", ["file"])
    op.create_table(
        "inputs",
        sa.Column("key", sa.Text, primary_key=True),
        sa.Column("sha256", sa.Text, nullable=False),
        sa.Column("digest", sa.Text, nullable=False),
        sa.Column("reader", sa.Text, nullable=False),
        sa.Column("documents", sa.Integer, nullable=False),
        sa.Column("not_read", sa.Text, nullable=False),
    )


def _claims() -> None:
    op.create_table(
        "claims",
        sa.Column("n", sa.Integer, primary_key=True),
        sa.Column("id", sa.Text, nullable=False, unique=True),
        sa.Column("document", sa.Integer, sa.ForeignKey("documents.n"), nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("start", sa.Integer, nullable=False),
        sa.Column("end", sa.Integer, nullable=False),
        sa.Column("first", sa.Text),
        sa.Column("last", sa.Text),
        sa.Column("modality", sa.Text, nullable=False),
        sa.Column("confidence", sa.Float, nullable=False),
        sa.Column("json", sa.Text, nullable=False),
        sa.Column("words", sa.Text, nullable=False),
    )
    op.create_index("ix_claims_document", "claims", ["document"])
    op.create_index("claims_by_kind_and_date", "claims", ["kind", "first"])
    op.create_table(
        "claim_states",
        sa.Column("state", sa.Text, primary_key=True),
        sa.Column("claim", sa.Integer, sa.ForeignKey("claims.n", ondelete="CASCADE"), primary_key=True),
    )
    op.create_index("ix_claim_states_claim", "claim_states", ["claim"])
    op.create_table(
        "claim_persons",
        sa.Column("word", sa.Text, primary_key=True),
        sa.Column("claim", sa.Integer, sa.ForeignKey("claims.n", ondelete="CASCADE"), primary_key=True),
        sa.Column("person", sa.Integer, primary_key=True),
    )
    op.create_index("ix_claim_persons_claim", "claim_persons", ["claim"])
    op.create_table(
        "document_states",
        sa.Column("state", sa.Text, primary_key=True),
        sa.Column("document", sa.Integer, sa.ForeignKey("documents.n"), primary_key=True),
    )
    op.create_index("ix_document_states_document", "document_states", ["document"])


def _rest() -> None:
    op.create_table(
        "buckets",
        sa.Column("bucket", sa.BigInteger, primary_key=True),
        sa.Column("document", sa.Integer, sa.ForeignKey("documents.n"), primary_key=True),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "problems",
        sa.Column("n", sa.Integer, primary_key=True),
        sa.Column("input", sa.Text, nullable=False),
        sa.Column("code", sa.Text, nullable=False),
        sa.Column("message", sa.Text, nullable=False),
        sa.Column("at", sa.Text, nullable=False),
        sa.Column("remedy", sa.Text, nullable=False),
        sa.Column("excerpt", sa.Text, nullable=False),
        sa.Column("failed", sa.Boolean, nullable=False),
    )
    op.create_index("ix_problems_input", "problems", ["input"])
    op.create_table(
        "runs",
        sa.Column("n", sa.Integer, primary_key=True),
        sa.Column("started", sa.Text, nullable=False),
        sa.Column("finished", sa.Text),
        sa.Column("reader", sa.Text, nullable=False),
        sa.Column("summary", sa.Text),
    )

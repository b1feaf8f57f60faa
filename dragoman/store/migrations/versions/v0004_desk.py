"""Tokens of those who may judge at the desk, and the orders in which its pages list claims, facts and documents."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
LISTED = ["first", "last", "superseded_by", "copy_of", "language", "outlet_folded"]


def upgrade() -> None:
    op.create_table(
        "tokens",
        sa.Column("name", sa.Text, primary_key=True),
        sa.Column("hash", sa.Text, nullable=False),
        sa.Column("made", sa.Text, nullable=False),
    )
    op.drop_index("claims_by_kind_and_date", "claims")
    op.create_index("claims_by_kind_first_last", "claims", ["kind", "first", "last"])
    op.create_index("claims_by_first_last", "claims", ["first", "last"])
    op.drop_index("facts_by_kind_first", "facts")
    op.create_index("facts_by_kind_first_id", "facts", ["kind", "first", "id"])
    op.create_index("documents_by_first_last", "documents", LISTED)

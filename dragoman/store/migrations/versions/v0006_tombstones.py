"""What was taken out of a record for good: who did it, when and why, and what is not to come in again."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    op.create_table(
        "tombstones",
        sa.Column("n", sa.Integer, primary_key=True),
        sa.Column("id", sa.Text, nullable=False, unique=True),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("by", sa.Text, nullable=False),
        sa.Column("at", sa.Text, nullable=False),
        sa.Column("why", sa.Text, nullable=False),
        sa.Column("texts", sa.Integer, nullable=False),
        sa.Column("claims", sa.Integer, nullable=False),
    )
    op.create_table(
        "forgotten",
        sa.Column("key", sa.Text, primary_key=True),
        sa.Column("tombstone", sa.Text, sa.ForeignKey("tombstones.id"), nullable=False),
        sa.Column("spans", sa.Text),
    )

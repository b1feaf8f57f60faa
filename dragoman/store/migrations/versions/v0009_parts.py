"""Which part of its block each fact is of, and what is another as soon as the fact is: what has nothing new is not made anew."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    op.add_column("facts", sa.Column("part", sa.Text))
    op.add_column("facts", sa.Column("print", sa.Text))
    op.drop_index("facts_by_room_block", "facts")
    op.create_index("facts_by_room_block_part", "facts", ["room", "block", "part"])

"""What waits for review, found without reading past what does not: claims the reader was not sure of, and doubtful facts."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"

UNSURE = sa.text("confidence < 0.6")
DOUBTFUL = {"sqlite": """instr(json, '"doubts":[{') > 0 OR instr(json, '"possible_same":[{') > 0""",
            "postgresql": """strpos(json, '"doubts":[{') > 0 OR strpos(json, '"possible_same":[{') > 0"""}


def upgrade() -> None:
    op.create_index("claims_unsure", "claims", ["first", "last"], sqlite_where=UNSURE, postgresql_where=UNSURE)
    here, there = (sa.text(DOUBTFUL[name]) for name in ("sqlite", "postgresql"))
    op.create_index("facts_doubtful", "facts", ["first", "id"], sqlite_where=here, postgresql_where=there)

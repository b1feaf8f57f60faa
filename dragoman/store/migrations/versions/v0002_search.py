"""Full-text search over documents and claims: FTS5 tables that triggers keep in step with the tables they index."""

from __future__ import annotations

from alembic import op

revision = "0002"
down_revision = "0001"

TOKENS = "tokenize = 'unicode61 remove_diacritics 2'"
INDEXED = {"documents": ("title", "text"), "claims": ("words",)}


def upgrade() -> None:
    if op.get_bind().dialect.name != "sqlite":
        return  # another database brings its own search
    for table, columns in INDEXED.items():
        names = ", ".join(columns)
        new, old = (", ".join(f"{row}.{c}" for c in columns) for row in ("new", "old"))
        add = f"INSERT INTO {table}_fts(rowid, {names}) VALUES (new.n, {new});"
        remove = f"INSERT INTO {table}_fts({table}_fts, rowid, {names}) VALUES ('delete', old.n, {old});"
        op.execute(f"CREATE VIRTUAL TABLE {table}_fts USING fts5({names}, content = '{table}', content_rowid = 'n', {TOKENS})")
        op.execute(f"CREATE TRIGGER {table}_added AFTER INSERT ON {table} BEGIN {add} END")
        op.execute(f"CREATE TRIGGER {table}_removed AFTER DELETE ON {table} BEGIN {remove} END")
        op.execute(f"CREATE TRIGGER {table}_edited AFTER UPDATE OF {names} ON {table} BEGIN {remove} {add} END")
        op.execute(f"INSERT INTO {table}_fts({table}_fts) VALUES ('rebuild')")

"""What triggers do in a file, on PostgreSQL: full-text search over documents and claims, and marks of what must be resolved anew."""

from __future__ import annotations

from alembic import op

from dragoman.store import database

revision = "0005"
down_revision = "0004"

# Words without case and without the accents of Latin letters, one space between them; as FTS5 sees them in a file.
PLAIN = """
CREATE FUNCTION dragoman_plain(words text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT regexp_replace(replace(normalize(regexp_replace(normalize(lower(words COLLATE "und-x-icu"), NFD),
    '([a-z])[\u0300-\u036f]+', '\\1', 'g'), NFC), '\u03c2', '\u03c3') COLLATE "und-x-icu", '[^[:alnum:]]+', ' ', 'g') $$
"""
# An index entry holds less than a megabyte; of a text with more different words than that the first are found.
INDEXED = """
CREATE FUNCTION dragoman_index(words text) RETURNS tsvector LANGUAGE plpgsql IMMUTABLE AS $$
DECLARE plain text := dragoman_plain(words);
BEGIN
  IF octet_length(plain) < 400000 THEN RETURN to_tsvector('simple', plain); END IF;
  BEGIN
    RETURN to_tsvector('simple', plain);
  EXCEPTION WHEN program_limit_exceeded THEN
    RETURN to_tsvector('simple', left(plain, 100000));
  END;
END $$
"""
SEARCHED = {"documents": ("title", "text"), "claims": ("words",)}
WATCHED = "claims, reader, state, copy_of, superseded_by"


def upgrade() -> None:
    if op.get_bind().dialect.name != "postgresql":
        return  # a file has had all this since steps 2 and 3
    run = op.get_bind().exec_driver_sql
    database.of(op.get_bind()).settle(op.get_bind())  # a column that a trigger names cannot be changed afterwards
    run(PLAIN)
    run(INDEXED)
    for table, columns in SEARCHED.items():
        words = " || ' ' || ".join(f"coalesce(NEW.{c}, '')" for c in columns)
        run(f"ALTER TABLE {table} ADD COLUMN search tsvector")
        run(f"CREATE FUNCTION dragoman_{table}_searched() RETURNS trigger LANGUAGE plpgsql AS $$ "
            f"BEGIN NEW.search := dragoman_index({words}); RETURN NEW; END $$")
        run(f"CREATE TRIGGER {table}_searched BEFORE INSERT OR UPDATE OF {', '.join(columns)} ON {table} "
            f"FOR EACH ROW EXECUTE FUNCTION dragoman_{table}_searched()")
        run(f"UPDATE {table} SET {columns[0]} = {columns[0]}")
        run(f"CREATE INDEX {table}_by_words ON {table} USING gin (search)")
    run("CREATE FUNCTION dragoman_stale() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        "INSERT INTO stale_documents(document) VALUES (NEW.n) ON CONFLICT DO NOTHING; RETURN NULL; END $$")
    run("CREATE TRIGGER documents_come AFTER INSERT ON documents FOR EACH ROW EXECUTE FUNCTION dragoman_stale()")
    run(f"CREATE TRIGGER documents_change AFTER UPDATE OF {WATCHED} ON documents FOR EACH ROW EXECUTE FUNCTION dragoman_stale()")

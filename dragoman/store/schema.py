"""The tables of a record; the migrations make them, the code reads and writes them through these definitions."""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
    text,
)

HEAD = "0009"  # the last migration; tests hold it to what stands in migrations/versions
KNOWN = ("0001", "0002", "0003", "0004", "0005", "0006", "0007", "0008", "0009")

metadata = MetaData()

# What waits for review, as indexes of it say; a question must say it in the same words to be answered by them. PostgreSQL's
# conditions stand in the migration alone: named in an index here, they would load its dialect at every start.
UNSURE = "confidence < 0.6"
DOUBTFUL = {"sqlite": """instr(json, '"doubts":[{') > 0 OR instr(json, '"possible_same":[{') > 0""",
            "postgresql": """strpos(json, '"doubts":[{') > 0 OR strpos(json, '"possible_same":[{') > 0"""}

# One a stored text. `home` is the place whose metadata these are; `digest` is of that metadata.
documents = Table(
    "documents", metadata,
    Column("n", Integer, primary_key=True),
    Column("id", Text, nullable=False, unique=True),
    Column("text", Text, nullable=False),
    Column("title", Text), Column("outlet", Text), Column("outlet_folded", Text), Column("outlet_kind", Text, nullable=False),
    Column("author", Text), Column("place", Text), Column("language", Text, nullable=False),
    Column("published", Text), Column("published_by", Text), Column("published_evidence", Text),
    Column("alternatives", Text, nullable=False),
    Column("first", Text), Column("last", Text),
    Column("url", Text), Column("reuse", Text), Column("zones", Text, nullable=False), Column("metadata", Text, nullable=False),
    Column("words", Integer, nullable=False), Column("claims", Integer, nullable=False),
    Column("state", Text, nullable=False), Column("reader", Text, nullable=False),
    Column("copy_of", Integer, ForeignKey("documents.n"), index=True),
    Column("superseded_by", Integer, ForeignKey("documents.n"), index=True),
    Column("signature", LargeBinary), Column("home", Text, nullable=False), Column("digest", Text, nullable=False),
    Index("documents_by_first_last", "first", "last", "superseded_by", "copy_of", "language", "outlet_folded"),
)

# Bytes as they came, compressed.
raw = Table(
    "raw", metadata,
    Column("sha256", Text, primary_key=True), Column("size", Integer, nullable=False), Column("data", LargeBinary, nullable=False),
)

# Every place of publication and each version that stood there.
places = Table(
    "places", metadata,
    Column("n", Integer, primary_key=True),
    Column("key", Text, nullable=False), Column("version", Integer, nullable=False), Column("current", Boolean, nullable=False),
    Column("document", Integer, ForeignKey("documents.n"), nullable=False, index=True),
    Column("file", Text, nullable=False, index=True), Column("path", Text, nullable=False), Column("url", Text), Column("outlet", Text),
    Column("sha256", Text, ForeignKey("raw.sha256"), nullable=False), Column("size", Integer, nullable=False),
    Column("media", Text, nullable=False),
    Column("read_at", Text, nullable=False), Column("metadata", Text, nullable=False),
    UniqueConstraint("key", "version"),
)

# What was read to its end, and by which reader: unchanged bytes are not opened again.
inputs = Table(
    "inputs", metadata,
    Column("key", Text, primary_key=True), Column("sha256", Text, nullable=False), Column("digest", Text, nullable=False),
    Column("reader", Text, nullable=False), Column("documents", Integer, nullable=False), Column("not_read", Text, nullable=False),
)

claims = Table(
    "claims", metadata,
    Column("n", Integer, primary_key=True),
    Column("id", Text, nullable=False, unique=True), Column("document", Integer, ForeignKey("documents.n"), nullable=False, index=True),
    Column("kind", Text, nullable=False), Column("start", Integer, nullable=False), Column("end", Integer, nullable=False),
    Column("first", Text), Column("last", Text), Column("modality", Text, nullable=False), Column("confidence", Float, nullable=False),
    Column("json", Text, nullable=False), Column("words", Text, nullable=False),
    Index("claims_by_kind_first_last", "kind", "first", "last"), Index("claims_by_first_last", "first", "last"),
    Index("claims_unsure", "first", "last", sqlite_where=text(UNSURE)),
)

claim_states = Table(
    "claim_states", metadata,
    Column("state", Text, primary_key=True),
    Column("claim", Integer, ForeignKey("claims.n", ondelete="CASCADE"), primary_key=True, index=True),
)

# The words of every person's name, folded; `person` counts the persons of one claim.
claim_persons = Table(
    "claim_persons", metadata,
    Column("word", Text, primary_key=True),
    Column("claim", Integer, ForeignKey("claims.n", ondelete="CASCADE"), primary_key=True, index=True),
    Column("person", Integer, primary_key=True),
)

document_states = Table(
    "document_states", metadata,
    Column("state", Text, primary_key=True), Column("document", Integer, ForeignKey("documents.n"), primary_key=True, index=True),
)

# Bands of signatures: two documents that share some are compared.
buckets = Table(
    "buckets", metadata,
    Column("bucket", BigInteger, primary_key=True), Column("document", Integer, ForeignKey("documents.n"), primary_key=True),
    sqlite_with_rowid=False,
)

problems = Table(
    "problems", metadata,
    Column("n", Integer, primary_key=True), Column("input", Text, nullable=False, index=True),
    Column("code", Text, nullable=False), Column("message", Text, nullable=False), Column("at", Text, nullable=False),
    Column("remedy", Text, nullable=False), Column("excerpt", Text, nullable=False), Column("failed", Boolean, nullable=False),
)

runs = Table(
    "runs", metadata,
    Column("n", Integer, primary_key=True), Column("started", Text, nullable=False), Column("finished", Text),
    Column("reader", Text, nullable=False),
    Column("summary", Text),
)

# What must be resolved anew; triggers note every document whose claims come, go or begin to count.
stale_documents = Table("stale_documents", metadata, Column("document", Integer, ForeignKey("documents.n"), primary_key=True))
stale_blocks = Table("stale_blocks", metadata, Column("room", Text, primary_key=True), Column("block", Text, primary_key=True))

# Which claims each room of `resolve` puts together; `claim` is an id, since the rows of claims are made anew when a text is read again.
blocks = Table(
    "blocks", metadata,
    Column("room", Text, primary_key=True), Column("block", Text, primary_key=True), Column("claim", Text, primary_key=True, index=True),
    Column("document", Integer, ForeignKey("documents.n"), nullable=False, index=True),
)

facts = Table(
    "facts", metadata,
    Column("n", Integer, primary_key=True), Column("id", Text, nullable=False, index=True),
    Column("room", Text, nullable=False), Column("block", Text, nullable=False), Column("kind", Text, nullable=False),
    Column("first", Text), Column("last", Text), Column("json", Text, nullable=False),
    Column("part", Text), Column("print", Text),
    Index("facts_by_room_block_part", "room", "block", "part"), Index("facts_by_kind_first_id", "kind", "first", "id"),
    Index("facts_doubtful", "first", "id", sqlite_where=text(DOUBTFUL["sqlite"])),
)
fact_claims = Table(
    "fact_claims", metadata,
    Column("claim", Text, primary_key=True),
    Column("fact", Integer, ForeignKey("facts.n", ondelete="CASCADE"), primary_key=True, index=True),
)
fact_states = Table(
    "fact_states", metadata,
    Column("state", Text, primary_key=True),
    Column("fact", Integer, ForeignKey("facts.n", ondelete="CASCADE"), primary_key=True, index=True),
)

# The documents that count, without their texts: no copies, none superseded. `known` is the day of publication, else of reading.
counted_documents = Table(
    "counted_documents", metadata,
    Column("document", Integer, ForeignKey("documents.n", ondelete="CASCADE"), primary_key=True),
    Column("first", Text), Column("last", Text), Column("known", Text, nullable=False), Column("outlet", Text),
)


def _pairs(of: str) -> Table:
    """What each pair of states shares, the latest last; days are "" where they are unknown, `known` is the first day on which it was."""
    return Table(
        f"{of}_pairs", metadata,
        Column("one", Text, primary_key=True), Column("other", Text, primary_key=True), Column("kind", Text, primary_key=True),
        Column("last", Text, primary_key=True), Column("first", Text, primary_key=True),
        Column(of, Integer, ForeignKey(f"{of}s.n", ondelete="CASCADE"), primary_key=True, index=True),
        Column("known", Text, nullable=False), sqlite_with_rowid=False,
    )


fact_pairs, claim_pairs = _pairs("fact"), _pairs("claim")
# How many rows of both there are by the month of the first day; triggers keep it.
pair_months = Table(
    "pair_months", metadata,
    *[Column(name, Text, primary_key=True) for name in ("one", "other", "kind", "month")], Column("many", Integer, nullable=False),
    sqlite_with_rowid=False,
)
for _table in (fact_pairs, claim_pairs):
    pair_months.add_is_dependent_on(_table)  # a copy of a record fills them first

# Lines that people added; none is ever changed or taken out.
judgements = Table(
    "judgements", metadata,
    Column("n", Integer, primary_key=True), Column("id", Text, nullable=False, unique=True), Column("verb", Text, nullable=False),
    Column("subjects", Text, nullable=False), Column("by", Text, nullable=False), Column("at", Text, nullable=False),
    Column("why", Text), Column("value", Text), Column("private", Boolean, nullable=False),
)
settings = Table("settings", metadata, Column("name", Text, primary_key=True), Column("value", Text, nullable=False))

# Who may judge at the desk: a name and the SHA-256 of the token, never the token.
tokens = Table(
    "tokens", metadata,
    Column("name", Text, primary_key=True), Column("hash", Text, nullable=False), Column("made", Text, nullable=False),
)

# What was taken out for good. `key` is `doc:...` or `sha256:...`; `spans` are the stretches of a text that are blacked out, where
# the text stayed and only a person's mentions went.
tombstones = Table(
    "tombstones", metadata,
    Column("n", Integer, primary_key=True), Column("id", Text, nullable=False, unique=True), Column("kind", Text, nullable=False),
    Column("by", Text, nullable=False), Column("at", Text, nullable=False), Column("why", Text, nullable=False),
    Column("texts", Integer, nullable=False), Column("claims", Integer, nullable=False),
)
forgotten = Table(
    "forgotten", metadata,
    Column("key", Text, primary_key=True), Column("tombstone", Text, ForeignKey("tombstones.id"), nullable=False),
    Column("spans", Text),
)

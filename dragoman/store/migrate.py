"""Brings a record's tables to the current form; Alembic is imported only where there is something to do."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Connection, Engine

from dragoman.model.stored import RecordError
from dragoman.store import database
from dragoman.store.schema import HEAD, KNOWN

FOLDER = Path(__file__).parent / "migrations"


def to_head(engine: Engine, shown: str, create: bool = True) -> None:
    """Run the steps that the record lacks, all of them or none.

    Raises:
      RecordError: it is of a newer dragoman, or is somebody else's database, or there is none and none is to be made.
    """
    with engine.connect() as connection:
        found = version(connection, shown)
    if found == HEAD:
        return
    if found is None and not create and engine.dialect.name != "sqlite":
        raise RecordError(f"There is no record in {shown}. `dragoman --record {shown} read PATH...` makes one.")
    with database.writing(engine) as connection:
        if version(connection, shown) != HEAD:  # another process may have been faster
            upgrade(connection, HEAD)


def upgrade(connection: Connection, revision: str) -> None:
    """Run the steps up to one of them, in the connection's transaction."""
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(FOLDER).replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, revision)
    database.of(connection).settle(connection)


def version(connection: Connection, shown: str) -> str | None:
    """The number of the last step that a record has had; None where there is nothing yet."""
    tables = database.of(connection).tables(connection)
    if not tables:
        return None
    if "alembic_version" not in tables or ("documents" not in tables and tables != {"alembic_version"}):
        raise RecordError(f"{shown} is a database, but not a record of dragoman. Give another with --record.")
    found: str | None = connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar()
    if found is not None and found not in KNOWN:
        raise RecordError(f"{shown} was written by a newer dragoman (its form is {found}, this one knows {KNOWN[0]} to {HEAD}). "
                          "Install the newer version to open it; nothing was changed.")
    return found

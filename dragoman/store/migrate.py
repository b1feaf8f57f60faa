"""Brings a record's tables to the current form; Alembic is imported only where there is something to do."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Connection, Engine

from dragoman.model.stored import RecordError
from dragoman.store.schema import HEAD, KNOWN

FOLDER = Path(__file__).parent / "migrations"


def to_head(engine: Engine, path: Path) -> None:
    """Run the steps that the file lacks, all of them or none.

    Raises:
      RecordError: the file is of a newer dragoman, or is somebody else's database.
    """
    with engine.connect() as connection:
        if _version(connection, path) == HEAD:
            return
    with engine.connect().execution_options(writes=True) as connection, connection.begin():
        if _version(connection, path) != HEAD:  # another process may have been faster
            upgrade(connection, HEAD)


def upgrade(connection: Connection, revision: str) -> None:
    """Run the steps up to one of them, in the connection's transaction."""
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(FOLDER).replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, revision)


def _version(connection: Connection, path: Path) -> str | None:
    tables = {row[0] for row in connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'table'")}
    if not tables:
        return None
    if "alembic_version" not in tables or ("documents" not in tables and tables != {"alembic_version"}):
        raise RecordError(f"{path} is a database, but not a record of dragoman. Give another file with --record.")
    found: str | None = connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar()
    if found is not None and found not in KNOWN:
        raise RecordError(f"{path} was written by a newer dragoman (its form is {found}, this one knows {KNOWN[0]} to {HEAD}). "
                          "Install the newer version to open it; nothing was changed.")
    return found

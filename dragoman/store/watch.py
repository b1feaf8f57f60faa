"""Whether a record has changed since one looked last, without reading it."""

from __future__ import annotations

import secrets
from threading import Lock

from sqlalchemy import Engine

from dragoman.store import database


class Watch:
    """Gives a word that changes with every change of the record, by whichever thread or process."""

    def __init__(self, engine: Engine) -> None:
        self._begun = secrets.token_hex(4)  # the count below begins anew with each opening
        # SQLite counts what others commit, as one connection sees it: so it is always the same one, and it never writes
        self._look = "PRAGMA data_version" if engine.dialect.name == "sqlite" else "SELECT pg_current_snapshot()::text"
        self._connection = engine.connect().execution_options(**database.of(engine).LOOKS)
        self._lock = Lock()

    def state(self) -> str:
        """The word as it is now."""
        with self._lock:
            return f"{self._begun}-{self._connection.exec_driver_sql(self._look).scalar()}"

    def close(self) -> None:
        """Give the connection back."""
        self._connection.close()

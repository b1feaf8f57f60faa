"""The record's file: SQLite by default, through SQLAlchemy Core, with Alembic's migrations."""

from dragoman.store.entries import Entry, InputDone, Known, Outcome, State
from dragoman.store.reading import Filter
from dragoman.store.store import Store

__all__ = ["Entry", "Filter", "InputDone", "Known", "Outcome", "State", "Store"]

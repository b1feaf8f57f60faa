"""The same stages on an engine, for what one machine's `dragoman read` would take too long for. Sees all stages; they do not see it."""

from dragoman.scale.layout import Columns, Report, ScaleError
from dragoman.scale.loading import load
from dragoman.scale.reading import read
from dragoman.scale.resolving import facts

__all__ = ["Columns", "Report", "ScaleError", "facts", "load", "read"]

"""Where bytes come from: files, folders, globs, pages of the web, standard input, lines of JSONL and CSV, items of feeds."""

from dragoman.sources.files import SUFFIXES, find
from dragoman.sources.limits import MAX_BYTES, MAX_LINE, MAX_PAGE

__all__ = ["MAX_BYTES", "MAX_LINE", "MAX_PAGE", "SUFFIXES", "find"]

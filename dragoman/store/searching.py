"""What full-text search in any database shares: what people type in pieces, and where in a text its words stand."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Connection, FromClause, Table, select

from dragoman.store import schema

# letters of scripts that write no spaces between words
SOLID = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]")
_PIECE = re.compile(r'"([^"]*)"|([^\s"]+)')
_WORD = re.compile("[^\\W_][^\\W_\u0300-\u036f]*(?:[\u0300-\u036f]+[^\\W_\u0300-\u036f]*)*")
_ACCENTS = re.compile("([a-z])[\u0300-\u036f]+")


class Match(NamedTuple):
    """A row that a search found: its text, the places of the words in it as (start, end), and how well it answers."""

    n: int
    text: str
    marks: tuple[tuple[int, int], ...]
    score: float


class Piece(NamedTuple):
    """Words that stand together, and whether any ending of the last one will do."""

    words: str
    open: bool


def pieces(typed: str) -> list[Piece]:
    """What people type as words and "phrases", a last `*` standing for any ending; what holds no letter or digit is left out."""
    found = []
    for phrase, word in _PIECE.findall(typed.replace("\0", " ")):
        if any(c.isalnum() for c in phrase or word):
            found.append(Piece((phrase or word).rstrip("*"), word.endswith("*")))
    return found


def joined(table: Table) -> FromClause:
    """Documents, or claims with their documents."""
    return table if table is schema.documents else table.join(schema.documents, schema.documents.c.n == table.c.document)


def searched(table: Table) -> Any:
    """The column whose words a hit shows."""
    return table.c.text if table is schema.documents else table.c.words


def scan(c: Connection, table: Table, words: str, conditions: Sequence[ColumnElement[bool]], limit: int,
         place: Callable[..., Any]) -> list[Match]:
    """Rows that hold every word as it is, for scripts that write no spaces: their words are not in the index.

    place  the database's function that gives the place of a word in a text, 0 where it is not there
    """
    column = searched(table)
    wanted = [w for w in dict.fromkeys(words.replace('"', " ").split()) if any(ch.isalnum() for ch in w)]
    holds = [place(column, w) > 0 for w in wanted]
    statement = select(table.c.n, column).select_from(joined(table)).where(*holds, *conditions).order_by(table.c.n).limit(limit)
    return [Match(n, held, tuple(sorted((at := held.index(w), at + len(w)) for w in wanted)), 1.0) for n, held in c.execute(statement)]


@lru_cache(maxsize=16384)
def plain(word: str) -> str:
    """A word without case, and without the accents of Latin letters.

    >>> plain("Zárate")
    'zarate'
    """
    if word.isascii():
        return word.lower()
    return unicodedata.normalize("NFC", _ACCENTS.sub(r"\1", unicodedata.normalize("NFD", word.lower()))).replace("ς", "σ")


def words_of(text: str) -> list[tuple[str, int, int]]:
    """The plain words of a text with their places."""
    return [(plain(m[0]), m.start(), m.end()) for m in _WORD.finditer(text)]


def marks(text: str, wanted: Sequence[Piece]) -> list[list[tuple[int, int]]]:
    """For each piece the places in a text where its words stand together."""
    held = words_of(text)
    at: dict[str, list[int]] = {}
    for k, (word, _, _) in enumerate(held):
        at.setdefault(word, []).append(k)
    out = []
    for piece in wanted:
        sought = [word for word, _, _ in words_of(piece.words)]
        begins: Sequence[int] = range(len(held)) if len(sought) == 1 and piece.open else at.get(sought[0], []) if sought else ()
        out.append([(held[k][1], held[k + len(sought) - 1][2]) for k in begins if _stands(held, k, sought, piece.open)])
    return out


def _stands(held: Sequence[tuple[str, int, int]], k: int, sought: Sequence[str], open: bool) -> bool:
    if k + len(sought) > len(held) or any(held[k + j][0] != word for j, word in enumerate(sought[:-1])):
        return False
    last = held[k + len(sought) - 1][0]
    return last.startswith(sought[-1]) if open else last == sought[-1]

"""A list of what the record answers, and the same as plain dictionaries, a table of pandas, Polars or Arrow, or a page of a notebook."""

from __future__ import annotations

import html
import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict, is_dataclass
from typing import TYPE_CHECKING, Any, TypeVar, overload

if TYPE_CHECKING:
    import polars
    import pyarrow
    from pandas import DataFrame

T_co = TypeVar("T_co", covariant=True)
_ACTOR = frozenset({"mention", "name", "id", "state", "position"})
SHOWN, WIDE = 20, 120  # rows of a notebook's table, characters of a cell
# what a reader of a notebook has no use for; `to_pandas` has it
_INNER = frozenset(("schema", "id", "document", "extractor", "rules", "start", "end", "part_of", "superseded", "counted", "files"))


class Rows(Sequence[T_co]):
    """What a question to the record gives: a sequence that also knows how to become a table.

    >>> len(Rows([1, 2, 3])[1:])
    2
    """

    __slots__ = ("_items", "_plain")

    def __init__(self, items: Iterable[T_co], plain: Iterable[Callable[[], dict[str, Any]]] = ()) -> None:
        self._items = tuple(items)
        self._plain = tuple(plain)

    @overload
    def __getitem__(self, at: int) -> T_co: ...
    @overload
    def __getitem__(self, at: slice) -> Rows[T_co]: ...
    def __getitem__(self, at: int | slice) -> T_co | Rows[T_co]:
        return Rows(self._items[at], self._plain[at]) if isinstance(at, slice) else self._items[at]

    def __len__(self) -> int:
        return len(self._items)

    def __iter__(self) -> Iterator[T_co]:
        return iter(self._items)

    def __eq__(self, other: object) -> bool:
        return list(self) == list(other) if isinstance(other, Rows | list | tuple) else NotImplemented

    __hash__ = None  # type: ignore[assignment]

    def __repr__(self) -> str:
        shown = ",\n  ".join(repr(item) for item in self._items[:5])
        more = f",\n  … {len(self) - 5} more" if len(self) > 5 else ""
        return f"Rows([\n  {shown}{more}\n])" if self else "Rows([])"

    def to_dicts(self) -> list[dict[str, Any]]:
        """One dictionary a row, as `--json` prints it; claims in the form of the contract."""
        return [make() for make in self._plain] if self._plain else [_as_dict(item) for item in self._items]

    def to_pandas(self) -> DataFrame:
        """A pandas DataFrame with flat columns: an actor's name under its field, its id, state and office beside it.

        Raises:
          ImportError: pandas is not installed (`pip install dragoman[pandas]`).
        """
        try:
            import pandas as pd
        except ImportError as error:
            raise ImportError("to_pandas() needs pandas: pip install 'dragoman[pandas]'") from error
        return pd.DataFrame([flat(row) for row in self.to_dicts()])

    def to_polars(self) -> polars.DataFrame:
        """A Polars DataFrame with the columns of `to_pandas`.

        Raises:
          ImportError: Polars is not installed (`pip install dragoman[export]`).
        """
        try:
            import polars as pl
        except ImportError as error:
            raise ImportError("to_polars() needs polars: pip install 'dragoman[export]'") from error
        return pl.DataFrame(self._columns(), strict=False)

    def to_arrow(self) -> pyarrow.Table:
        """An Arrow table with the columns of `to_pandas`; DuckDB reads it as it is.

        Raises:
          ImportError: pyarrow is not installed (`pip install dragoman[export]`).
        """
        try:
            import pyarrow as pa
        except ImportError as error:
            raise ImportError("to_arrow() needs pyarrow: pip install 'dragoman[export]'") from error
        return pa.table({name: pa.array(cells) for name, cells in self._columns().items()})

    def _columns(self) -> dict[str, list[Any]]:
        """The flat rows by column; a number among words is one of them."""
        rows = [flat(row) for row in self.to_dicts()]
        names = dict.fromkeys(name for row in rows for name in row)
        return {name: _one_sort([row.get(name) for row in rows]) for name in names}

    def _repr_html_(self) -> str:
        """The first rows as a table, which notebooks show; what is the same nothing in all of them is left out."""
        columns = {n: c for n, c in self[:SHOWN]._columns().items() if n not in _INNER and any(v is not None for v in c)}
        count = f"<p>{len(self)} {'row' if len(self) == 1 else 'rows'}{f', the first {SHOWN} shown' if len(self) > SHOWN else ''}</p>"
        if not columns:
            return count
        head = "".join(f"<th>{html.escape(name.replace('_', ' '))}</th>" for name in columns)
        body = "".join(f"<tr>{''.join(f'<td>{_shown(cell)}</td>' for cell in row)}</tr>" for row in zip(*columns.values(), strict=True))
        return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>{count}"


def _one_sort(cells: list[Any]) -> list[Any]:
    """Cells of one type: whole numbers beside others are these too, and anything else is words."""
    sorts = {type(cell) for cell in cells if cell is not None}
    if sorts == {int, float}:
        return [None if cell is None else float(cell) for cell in cells]
    return cells if len(sorts) < 2 else [None if cell is None else str(cell) for cell in cells]


def _shown(cell: Any) -> str:
    if cell is None:
        return ""
    words = f"{cell:,.10g}" if isinstance(cell, float) else str(cell)
    short = words if len(words) <= WIDE else words[: WIDE - 1] + "…"
    return html.escape(short)


def _as_dict(item: Any) -> dict[str, Any]:
    if hasattr(item, "as_json"):
        return dict(item.as_json())
    if is_dataclass(item) and not isinstance(item, type):
        return asdict(item)
    return {"value": item}


def flat(row: dict[str, Any]) -> dict[str, Any]:
    """A row of nested values as one of plain ones that a person can sort and filter by.

    >>> flat({"place": {"name": "Astana", "state": "KAZ"}, "topics": ["grain", "ports"]})
    {'place': 'Astana', 'place_state': 'KAZ', 'topics': 'grain; ports'}
    """
    out: dict[str, Any] = {}
    for name, value in row.items():
        out.update(_columns(name, value))
    return out


def _columns(name: str, value: Any) -> dict[str, Any]:
    if name == "evidence" and value:
        return {"quote": value[0]["quote"], "start": value[0]["start"], "end": value[0]["end"]}
    if name == "attribution":
        return {name: " > ".join(link["name"] for link in value or ())}
    if isinstance(value, dict):
        return _of_dict(name, value)
    if isinstance(value, list | tuple):
        return _of_list(name, value)
    return {name: value}


def _of_dict(name: str, value: dict[str, Any]) -> dict[str, Any]:
    if "name" not in value:
        return {f"{name}_{key}": part for key, part in value.items()}
    best = value["name"] or value.get("mention")
    return {name: best} | {f"{name}_{key}": part for key, part in value.items() if key not in ("name", "mention")}


def _of_list(name: str, values: Sequence[Any]) -> dict[str, Any]:
    """Lists of actors as names, ids and states; other lists as one cell. An empty list is None, whatever it would hold."""
    if values and all(isinstance(v, dict) and set(v) == _ACTOR for v in values):
        names = "; ".join(str(v["name"] or v["mention"] or "") for v in values)
        ids = "; ".join(v["id"] for v in values if v["id"])
        states = "; ".join(dict.fromkeys(v["state"] for v in values if v["state"]))
        return {name: names, f"{name}_ids": ids or None, f"{name}_states": states or None}
    return {name: "; ".join(json.dumps(v, ensure_ascii=False) if isinstance(v, dict) else str(v) for v in values) if values else None}

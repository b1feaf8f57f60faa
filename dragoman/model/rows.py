"""A list of what the record answers, and the same as plain dictionaries or a table of pandas."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict, is_dataclass
from typing import TYPE_CHECKING, Any, TypeVar, overload

if TYPE_CHECKING:
    from pandas import DataFrame

T_co = TypeVar("T_co", covariant=True)
_ACTOR = frozenset({"mention", "name", "id", "state", "position"})


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
    return {name: "; ".join(str(v) for v in values) if values else None}

"""Claims as forms: a field for each of a kind's, out of the classes of the model, and back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from typing import Any

from dragoman.model.claims import KINDS, ActorRef, Amount, Claim, PlaceRef
from dragoman.model.correcting import CHOICES, DATES, FIXED, MODALITIES, STATES
from dragoman.reference import states
from dragoman.reference.slug import slug
from dragoman.views import wording

HINTS = {"actor": "one a line: name; state; office", "actors": "one a line: name; state; office", "place": "name; state",
         "amount": "from; to; unit", "words": "parted by ;", "date": "2024, 2024-05 or 2024-05-14"}
LONG = frozenset({"text", "action", "title", "value"})


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a form: what it is called, what it holds, and how it is asked for."""

    name: str
    sort: str
    value: str
    choices: tuple[str, ...] = ()
    needed: bool = False

    @property
    def label(self) -> str:
        """Its name for people."""
        return self.name.replace("_", " ")

    @property
    def hint(self) -> str:
        """How to write it."""
        return HINTS.get(self.sort, "")


def asked(kind: str, claim: Claim | None = None) -> list[Field]:
    """The fields of a kind, with the values of a claim where one is corrected."""
    out = []
    for f in fields(KINDS[kind]):
        if f.name in FIXED:
            continue
        some = MODALITIES if f.name == "modality" else CHOICES.get((kind, f.name), ())
        sort = "choice" if some else _sort(f.name, str(f.type))
        value = written(getattr(claim, f.name)) if claim else "actual" if f.name == "modality" else ""
        out.append(Field(f.name, sort, value, some, f.default is _MISSING and f.default_factory is _MISSING))
    return sorted(out, key=lambda f: (f.name == "modality", not f.needed))


_MISSING = fields(Claim)[0].default  # `document` has no default


def _sort(name: str, hint: str) -> str:
    if name in DATES:
        return "date"
    if name in STATES:
        return "state"
    if "ActorRef" in hint:
        return "actors" if hint.startswith("tuple") else "actor"
    for part, sort in (("PlaceRef", "place"), ("Amount", "amount"), ("tuple[str", "words"), ("bool", "flag"), ("float", "number"),
                       ("int", "number")):
        if part in hint:
            return sort
    return "long" if name in LONG else "text"


def written(value: Any) -> str:
    """A value as a form shows it."""
    if value is None or value is False:
        return ""
    if isinstance(value, ActorRef):
        return _joined((value.name or value.mention, value.state, value.position))
    if isinstance(value, PlaceRef):
        return _joined((value.name, value.state))
    if isinstance(value, Amount):
        return _joined((written(value.low), written(value.high), value.unit))
    if isinstance(value, float):
        return f"{value:.12g}" if abs(value) < 1e12 else f"{value:.0f}"
    if isinstance(value, tuple):
        return ("\n" if value and isinstance(value[0], ActorRef) else "; ").join(map(written, value))
    return str(value)


def shown(value: Any) -> str:
    """A value of a claim as people read it, also one out of a judgement's line."""
    if isinstance(value, ActorRef):
        return wording.actor(value)
    if isinstance(value, PlaceRef):
        return f"{value.name} ({wording.state(value.state)})" if value.state else value.name
    if isinstance(value, Amount):
        return wording.amount(value.low, value.high, value.unit)
    if isinstance(value, dict):
        return "; ".join(str(v) for name, v in value.items() if v is not None and name not in ("id", "mention"))
    if isinstance(value, tuple | list):
        return "; ".join(map(shown, value)) or "nothing"
    if isinstance(value, float):
        return wording.number(value)
    return "nothing" if value is None else {True: "yes", False: "no"}.get(value, str(value)) if isinstance(value, bool) else str(value)


def _joined(parts: Iterable[str | None]) -> str:
    return "; ".join(p or "" for p in parts).rstrip("; ")


def given(kind: str, form: Mapping[str, str], claim: Claim | None = None) -> dict[str, Any]:
    """The values of a form as the claim contract has them; of a claim that is corrected only those that differ.

    Raises:
      ValueError: a number is none.
    """
    out: dict[str, Any] = {}
    for f in asked(kind, claim):
        text = form.get(f.name, "").replace("\r\n", "\n").strip()
        if claim is not None and text == f.value:
            continue
        if claim is None and not text and not f.needed:
            continue
        out[f.name] = _read(f, text, getattr(claim, f.name) if claim else None)
    return out


def _read(field: Field, text: str, before: Any) -> Any:
    match field.sort:
        case "actors":
            known = {written(a): a for a in before or ()}
            return [_plain(known[line]) if line in known else _actor(line) for line in text.split("\n") if line.strip(" ;")]
        case "actor":
            return _actor(text) if text else None
        case "place":
            name, state, *_ = [*_parts(text), "", ""]
            return {"name": name, "state": _state(state)} if name else None
        case "amount":
            low, high, unit, *_ = [*_parts(text), "", "", ""]
            return {"low": _number(field, low), "high": _number(field, high), "unit": unit or "1"} if text else None
        case "words":
            words = [w for w in _parts(text) if w]
            return [states.code(w) or w for w in words] if field.name == "parties" else words
        case "flag":
            return bool(text)
        case "number":
            value = _number(field, text)
            return int(value) if value is not None and field.name == "rank" else value
        case "state":
            return _state(text)
        case _:
            return (states.code(text) or text if field.name == "member" else text) or None


def _plain(actor: ActorRef) -> dict[str, Any]:
    return {f.name: getattr(actor, f.name) for f in fields(actor)}


def _actor(line: str) -> dict[str, Any]:
    """A state, or a person with the readable id that resolving expects."""
    name, state, position, *_ = [*_parts(line), "", "", ""]
    code = states.code(name)
    if code and not position:
        return {"mention": name, "name": states.short_name(code), "id": f"state:{code}", "state": code, "position": None}
    return {"mention": name, "name": name, "id": f"person:{slug(name)}", "state": _state(state), "position": position or None}


def _parts(text: str) -> list[str]:
    return [part.strip() for part in text.split(";")]


def _state(text: str) -> str | None:
    return (states.code(text) or text.strip()) or None


def _number(field: Field, text: str) -> float | None:
    if not text:
        return None
    try:
        return float(text.replace(",", "").replace(" ", ""))
    except ValueError:
        raise ValueError(f"{field.label}: {text[:40]!r} is no number") from None

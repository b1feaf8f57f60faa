"""Links between the documents of a crawl: a newer text under the same name, and edited copies; as a record would have them.

Signatures, buckets and the choice of the original are the record's (store/copies.py); the shelf of buckets is in memory instead of SQL.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from dragoman.scale import places, tables
from dragoman.scale.layout import Done
from dragoman.scale.places import Place
from dragoman.store import copies
from dragoman.store.copies import Alike

AT_ONCE = 2_000_000  # buckets that are counted at a time
COLUMNS = ("id", "key", "published", "outlet_kind", "words", "read", "signature")
NAME = "links"


@dataclass(slots=True)
class Text:
    """What of a text decides whether it is a copy, and of which."""

    number: int
    id: str
    first: str | None
    outlet_kind: str
    words: int
    read: bool
    signature: bytes
    copy_of: Text | None = None
    copies: list[Text] = field(default_factory=list)


def write(place: Place, batches: Sequence[Done], alike: Alike) -> tuple[int, int]:
    """Write the links of the documents that are there; how many are copies, and how many were replaced."""
    superseded = replaced(place, batches)
    rows = [{"document": old, "copy_of": None, "superseded_by": new} for old, new in superseded.items()]
    linked = [{"document": copy.id, "copy_of": copy.copy_of.id, "superseded_by": None}
              for copy in linked_copies(texts(place, batches, superseded), alike) if copy.copy_of]
    tables.write(place, "links", NAME, sorted([*rows, *linked], key=lambda row: str(row["document"])))
    return len(linked), len(rows)


def left_out(place: Place) -> frozenset[str]:
    """The documents whose claims do not count."""
    name = f"links/{NAME}.parquet"
    return frozenset(row["document"] for row in tables.rows(place.source(name), ["document"])) if place.exists(name) else frozenset()


def replaced(place: Place, batches: Sequence[Done]) -> dict[str, str]:
    """The texts that stand nowhere any more, and what stands in their place."""
    current: dict[str, str] = {}
    before: dict[str, list[str]] = defaultdict(list)
    for row in _rows(place, batches, ("id", "key")):
        if (old := current.get(row["key"])) is not None and old != row["id"]:
            before[row["key"]].append(old)
        current[row["key"]] = row["id"]
    standing = set(current.values())
    return {old: current[key] for key, olds in before.items() for old in olds if old not in standing}


def texts(place: Place, batches: Sequence[Done], gone: Collection[str]) -> Iterator[Text]:
    """The texts that stand and share a bucket with another, in the order of the crawl, each once."""
    from dragoman.store.codec import days

    seen, near = set(gone), _near(place, batches)
    for number, row in enumerate(_rows(place, batches, COLUMNS)):
        if row["id"] not in seen and near[number]:
            seen.add(row["id"])
            first = days(row["published"])[0]
            yield Text(number, row["id"], first, row["outlet_kind"], row["words"], row["read"], row["signature"])


def _near(place: Place, batches: Sequence[Done]) -> Any:
    """For each document whether it shares a bucket with another one; most share none, and need not be held."""
    import numpy as np

    count = sum(d.counts["read"] + d.counts["failed"] for d in batches)
    found = np.zeros(count, bool)
    passes = 1 + count * copies.BANDS // AT_ONCE
    for this in range(passes):
        numbers, held = [], []
        for number, row in enumerate(_rows(place, batches, ("signature",))):
            some = [b for b in copies.buckets(row["signature"]) if b % passes == this]
            held.append(np.array(some, np.int64))
            numbers.append(np.full(len(some), number, np.int32))
        if not held:
            break
        buckets, whose = np.concatenate(held), np.concatenate(numbers)
        order = np.argsort(buckets, kind="stable")
        buckets, whose = buckets[order], whose[order]
        same = buckets[1:] == buckets[:-1]
        found[whose[1:][same]] = True
        found[whose[:-1][same]] = True
    return found


def _rows(place: Place, batches: Sequence[Done], columns: Sequence[str]) -> Iterator[dict[str, Any]]:
    for name in places.files(batches, "documents"):
        yield from tables.rows(place.source(name), columns)


def linked_copies(found: Iterable[Text], alike: Alike) -> list[Text]:
    """The texts that are copies, linked to their originals one by one as store/copies.py does it."""
    shelf: dict[int, list[Text]] = defaultdict(list)
    out: dict[int, Text] = {}
    for text in found:
        wanted = copies.buckets(text.signature)
        if text.read:
            for copy in _link(text, shelf, wanted, alike):
                out[copy.number] = copy
            out.pop(text.number, None) if text.copy_of is None else None
        for bucket in wanted:
            if len(shelf[bucket]) < copies.FULL:
                shelf[bucket].append(text)
    return [text for text in out.values() if text.copy_of]


def _link(own: Text, shelf: dict[int, list[Text]], wanted: Sequence[int], alike: Alike) -> list[Text]:
    """Link a text to its original, or its copies to it; the texts that are copies now."""
    shared: dict[int, int] = defaultdict(int)
    near: dict[int, Text] = {}
    for bucket in wanted:
        for other in shelf.get(bucket, ()):
            if other.copy_of is None and other.read:
                shared[other.number] += 1
                near[other.number] = other
    ranked = sorted((n for n in near if shared[n] >= copies.LEAST_SHARED), key=lambda n: (-shared[n], n))[: copies.MOST_COMPARED]
    group = [near[n] for n in ranked if alike(own.signature, near[n].signature)]
    if not group:
        return []
    original = min([own, *group], key=copies.order)
    made = [text for text in (own, *group) if text is not original]
    made += [below for text in made for below in text.copies]
    for text in made:
        text.copy_of, text.copies = original, []
    original.copies += made
    return made

"""What the engine runs to make facts: batches to claims in their blocks, blocks to facts."""

from __future__ import annotations

import json
from collections.abc import Iterator
from zlib import crc32

import daft
import msgspec

from dragoman import rooms
from dragoman.scale import links, places, tables
from dragoman.scale.layout import Done
from dragoman.scale.loading import claims_of

_WORDS = daft.DataType.string()
PLACED = daft.DataType.struct({"room": _WORDS, "block": _WORDS, "claim": _WORDS})
MADE = daft.DataType.struct({"id": _WORDS, "kind": _WORDS, "room": _WORDS, "block": _WORDS, "states": daft.DataType.list(_WORDS),
                             "claims": daft.DataType.list(_WORDS), "fact": _WORDS})


class Spread:
    """Puts the claims of batches into their blocks; of the blocks one part in so many."""

    def __init__(self, where: str, part: int, parts: int) -> None:
        self._place, self._part, self._parts = places.place(where), part, parts
        self._left_out = links.left_out(self._place)

    @daft.method(return_dtype=PLACED, unnest=True)
    def places(self, job: str) -> Iterator[dict[str, str]]:
        """The claims of a batch with their blocks, behind the batch's number: where two batches have the same text, the first counts."""
        row = json.loads(job)
        found, _ = claims_of(self._place, Done.of(row["batch"]))
        for document, claims in found.items():
            if document in self._left_out:
                continue
            for place in rooms.places(sorted(claims, key=lambda c: c.id)):
                if crc32(place.block.encode()) % self._parts == self._part:
                    claim = json.dumps(tables.claim_row(place.claim, "", None), ensure_ascii=False)
                    yield {"room": place.room, "block": place.block, "claim": f"{row['number']:09}{claim}"}


class Resolve:
    """Makes the facts of blocks."""

    @daft.method(return_dtype=MADE, unnest=True)
    def facts(self, room: str, block: str, claims: list[str]) -> Iterator[dict[str, object]]:
        """The facts of a block, as rows."""
        some = [tables.claim(json.loads(claim[9:])) for claim in sorted(claims, reverse=True)]
        for fact in rooms.facts(room, block, some):
            yield {"id": fact.id, "kind": fact.kind, "room": room, "block": block, "states": list(dict.fromkeys(fact.states)),
                   "claims": list(dict.fromkeys(fact.claims)), "fact": msgspec.json.encode(fact).decode()}

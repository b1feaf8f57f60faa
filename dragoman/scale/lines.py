"""Which line of a file a byte is in. It is counted only for lines without a name of their own, which `dragoman read` names by number."""

from __future__ import annotations

import hashlib

from dragoman.scale import objects, places
from dragoman.scale.layout import Piece
from dragoman.scale.places import Place

BLOCK = 1 << 24  # bytes of a file that are counted together


def ended(path: str, begin: int, end: int) -> int:
    """How many lines of a file end from a byte to before another.

    Raises:
      Lost: the bytes cannot be had.
    """
    count = 0
    with objects.opened(path, begin) as stream:
        while begin < end and (data := stream.read(min(objects.BUFFER, end - begin))):
            count += data.count(b"\n")
            begin += len(data)
    return count


class Lines:
    """The numbers of lines; what was counted once is noted in the output, for all workers and for a run that goes on."""

    def __init__(self, place: Place) -> None:
        self._place = place
        self._known: dict[str, int] = {}

    def before(self, piece: Piece, at: int) -> int:
        """How many lines of a piece's file end before a byte."""
        mark = hashlib.sha256(f"{piece.path}\x1f{piece.stamp}".encode()).hexdigest()[:16]
        whole = at // BLOCK
        return sum(self._block(f"lines/{mark}-{k}.json", piece.path, k) for k in range(whole)) + ended(piece.path, whole * BLOCK, at)

    def _block(self, name: str, path: str, number: int) -> int:
        if name not in self._known:
            if self._place.exists(name):
                self._known[name] = places.read_json(self._place, name)
            else:
                self._known[name] = ended(path, number * BLOCK, (number + 1) * BLOCK)
                places.write_json(self._place, name, self._known[name])
        return self._known[name]

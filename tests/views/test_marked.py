"""A text cut into pieces that the same claims point to."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from dragoman.model.claims import Mission
from dragoman.model.documents import Document, Source, Zone, ZoneSpan
from dragoman.model.stored import ClaimRow, DocumentRow
from dragoman.views.marked import pieces

TEXT = "Menu\nNorway opened an embassy in Accra. Norway, says Accra, is welcome."


def document(text: str = TEXT, zones: tuple[ZoneSpan, ...] = (ZoneSpan(0, 5, Zone.MENU),)) -> Document:
    return Document("doc:1", text, Source("a.txt", "a.txt", "", 0, "text/plain", ""), zones=zones)


def row(start: int, end: int, text: str = TEXT) -> ClaimRow:
    shown = DocumentRow(
        "doc:1", "a.txt", ("a.txt",), None, None, "other", None, None, "en", None, None, (), None, 0, 0, True, None, None, 1, "", None
    )
    claim = Mission(document="doc:1", evidence=(document(text).evidence(start, end),), sending="NOR", receiving="GHA")
    return ClaimRow(claim, shown, False, True)


def test_the_claim_is_marked_where_it_stands() -> None:
    found = pieces(document(), [row(5, 39), row(21, 39)])
    assert [(p.text[:8], p.claims) for p in found if p.claims] == [("Norway o", (1,)), ("embassy ", (1, 2))]
    assert [p.opens for p in found if p.opens] == [(1,), (2,)]
    assert not found[0].read


@given(st.text(min_size=1, max_size=80).filter(str.strip), st.data())
def test_the_pieces_are_the_text(text: str, data: st.DataObject) -> None:
    rows = []
    for _ in range(data.draw(st.integers(0, 4))):
        start = data.draw(st.integers(0, len(text) - 1))
        end = data.draw(st.integers(start + 1, len(text)))
        if text[start:end].strip():
            rows.append(row(start, end, text))
    found = pieces(document(text, ()), rows)
    assert "".join(p.text for p in found) == text
    for n, one in enumerate(rows, 1):
        first = one.claim.evidence[0]
        assert "".join(p.text for p in found if n in p.claims) == text[first.start : first.end]

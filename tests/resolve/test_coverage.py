"""What a record rests on: months, outlets, gaps, and what is not counted."""

from __future__ import annotations

from dataclasses import replace

from dragoman.model.stored import DocumentRow
from dragoman.resolve import coverage

ROW = DocumentRow(
    "doc:1",
    "a.txt",
    ("a.txt",),
    None,
    "Harbour Wire",
    "agency",
    None,
    None,
    "en",
    "2023-11-05",
    None,
    (),
    None,
    100,
    1,
    True,
    None,
    None,
    1,
    "",
    None,
)


def row(n: int, published: str | None, **fields: object) -> DocumentRow:
    return replace(ROW, id=f"doc:{n}", file=f"{n}.txt", published=published, **fields)  # type: ignore[arg-type]


def test_months_outlets_gaps_and_the_newest() -> None:
    rows = [
        row(1, "2023-11-05"),
        row(2, "2023-11-30", outlet="Steppe Daily"),
        row(3, "2024-03"),
        row(4, "2024"),
        row(5, None),
        row(6, "2024-09-01", copy_of="doc:1"),
        row(7, "2025-01-01", superseded_by="doc:1"),
        row(8, "2024-05-02", outlet=None),
    ]
    found = coverage.of(["KAZ"], rows)
    assert (found.documents, found.first, found.last, found.newest) == (6, "2023-11-05", "2024", "4.txt")
    assert [(m.month, m.documents) for m in found.months] == [("2023-11", 2), ("2024-03", 1), ("2024-05", 1)]
    assert found.months[0].outlets == ("Harbour Wire", "Steppe Daily")
    assert found.gaps == ("2023-12/2024-02", "2024-04") and found.undated == 2
    assert found.outlets[0] == ("Harbour Wire", 4)
    assert found == coverage.of(["KAZ"], reversed(rows))


def test_no_document_at_all() -> None:
    found = coverage.of(["KAZ", "FJI"], [])
    assert (found.documents, found.first, found.months, found.gaps) == (0, None, (), ())

"""Full-text search: finds what is there, and takes whatever people type."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dragoman import Record
from dragoman.store import sqlite
from dragoman.store.snippets import best, snippet
from tests.store import places

VISIT = ("Lima, 14 May 2024\n\nMEET Inés Zárate (PER) and Bolat Dosan (KAZ) on 2024-05-13.\n\n"
         "The ministers spoke of Peru and of blueberries, copper and the mining school in Arequipa, which opens next year. "
         "Copper prices had fallen in the week before.\n")
NOTE = ("Lima, 2 March 2024\n\nFIGURE 41.5 USD exports PER KAZ 2023\n\n"
        "The customs service counts copper and zinc in one table of its yearbook.\n")
CHINESE = "利马五月十四日电。秘鲁外交部长与哈萨克斯坦贸易部长举行会谈,双方讨论了铜矿和蓝莓的贸易问题,并同意明年继续会谈。\n"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("search")
    for name, text in {"visit.txt": VISIT, "note.txt": NOTE, "chinese.txt": CHINESE}.items():
        (made / name).write_text(text, encoding="utf-8")
    return made


@pytest.fixture(scope="module", params=places.KINDS)
def url(request: pytest.FixtureRequest, folder: Path) -> str:
    return places.new(request.param, folder.parent / f"{folder.name}.db")


@pytest.fixture
def record(url: str, folder: Path, fake_reader: ModuleType) -> Iterator[Record]:
    with Record(url) as made:
        made.read(folder)
        yield made


def found(record: Record, words: str, **filters: object) -> list[str]:
    return sorted({hit.document.file for hit in record.search(words, **filters)})  # type: ignore[arg-type]


@pytest.mark.parametrize(("words", "files"), [
    ("copper", ["note.txt", "visit.txt"]),
    ("COPPER", ["note.txt", "visit.txt"]),
    ("copper school", ["visit.txt"]),
    ('"mining school"', ["visit.txt"]),
    ('"school mining"', []),
    ("blueber*", ["visit.txt"]),
    ("blueber", []),
    ("zarate", ["visit.txt"]),
    ("Zárate", ["visit.txt"]),
    ("exports", ["note.txt"]),
    ("NOT copper", []),
    ("哈萨克斯坦", ["chinese.txt"]),
    ("秘鲁 蓝莓", ["chinese.txt"]),
    ("", []),
    ("  * ", []),
])
def test_words_are_found(record: Record, words: str, files: list[str]) -> None:
    assert found(record, words) == files


def test_a_hit_has_its_place_and_its_words(record: Record) -> None:
    for hit in record.search("copper prices"):
        text = record.document(hit.document.id)[1].text
        assert text[hit.start : hit.end].lower().startswith("copper")
        assert "Copper prices had fallen" in hit.snippet
    for hit in record.search("蓝莓"):
        assert record.document(hit.document.id)[1].text[hit.start : hit.end] == "蓝莓"


def test_claims_are_found_with_their_document(record: Record) -> None:
    first = record.search("Dosan")[0]
    assert first.claim is not None
    assert (first.claim.claim.kind, first.document.file) == ("contact", "visit.txt")
    assert first.snippet.startswith("MEET")


def test_search_can_be_narrowed(record: Record) -> None:
    assert found(record, "copper", states=["PER", "KAZ"], until="2024-04") == ["note.txt"]
    assert found(record, "copper", kind="figure") == []
    assert found(record, "exports", kind="figure") == ["note.txt"]
    assert len(record.search("copper", limit=1)) == 1
    assert len(record.search("copper", limit=0)) == 2


@pytest.mark.parametrize("words", [
    '"', '""', "'", "copper AND", "AND", "OR OR", "NOT", "NEAR(copper zinc, 3)", "copper NEAR zinc", "-copper",
    "^copper", "text:copper", "{title text}: x",
    "copper*zinc", "(", ")", "a + b", "; DROP TABLE documents; --", "%", "_", "\\", "\0", "copper\0zinc", "\ud800", "💥",
    '"copper', 'cop"per', "* *", "*copper",
    "documents_fts MATCH 'x'", "１２", "a" * 5000, "a " * 400, "\ufdd0", "e\u0301",
])
def test_no_words_can_break_it(record: Record, words: str) -> None:
    record.search(words)
    assert len(record.documents()) == 3


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(words=st.one_of(st.text(max_size=40), st.text(alphabet='"*-+():^{} ANDORTENEAR,copper', max_size=40)))
def test_whatever_is_typed_is_words(record: Record, words: str) -> None:
    for hit in record.search(words):
        assert 0 <= hit.start <= hit.end


@given(st.lists(st.tuples(st.booleans(), st.text(alphabet="ab\u0301 \n\ufdd0", min_size=1, max_size=5)), max_size=12))
def test_marks_are_where_the_words_are(pieces: list[tuple[bool, str]]) -> None:
    marked = "".join(f"{sqlite.OPEN}{words}{sqlite.CLOSE}" if found else words for found, words in pieces)
    plain = "".join(words for _, words in pieces)
    assert [plain[start:end] for start, end in sqlite._marks(marked)] == [words for found, words in pieces if found]


@given(st.text(alphabet="ab \n", max_size=400), st.data())
def test_a_snippet_is_short_and_holds_the_words(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, min(len(text), start + 50)))
    shown = snippet(text, start, end, 80)
    assert len(shown) <= 80 + 4 + 2
    assert " ".join(text[start:end].split()) in shown


def test_the_best_stretch_has_the_most_words() -> None:
    assert best([(0, 3), (500, 504), (510, 512), (900, 903)]) == (500, 512)
    assert best([(7, 9)]) == (7, 9)
    assert best([]) == (0, 0)


WORDS = ("copper", "Copper", "COPPER", "zárate", "Zarate", "ÉCOLE", "ecole", "e\u0301cole", "Ærø", "straße", "STRASSE", "İzmir", "izmir",
         "ΟΔΟΣ", "οδός", "Киёв", "киев", "Йошкар", "18:30", "U.S.", "e-mail", "1,250.5", "co*", "zink", "zinc's", "a_b", "naïve",
         "co-operation", "№5", "３")


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> Iterator[list[Record]]:
    """The same small documents in a file and on a server."""
    made = tmp_path_factory.mktemp("both")
    pool = [w.rstrip("*") for w in WORDS]
    texts = [f"Note {n}: {' '.join(pool[n % len(pool) :: 1 + n % 5])}, and {pool[n * 7 % len(pool)]}." for n in range(60)]
    rows = [{"id": f"d{n}", "language": "en", "text": text} for n, text in enumerate(texts)]
    (made / "in.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    records = [Record(places.new(kind, made / "x.db")) for kind in places.KINDS]
    for record in records:
        record.read(made / "in.jsonl")
        assert len(record.documents()) == len(texts)
        assert record.search("zarate copper")
    yield records
    for record in records:
        record.close()


@settings(max_examples=100, deadline=None)
@given(pieces=st.lists(st.tuples(st.sampled_from(("{}", '"{}"', "{}*")), st.lists(st.sampled_from(WORDS), min_size=1, max_size=2)),
                       min_size=1, max_size=3))
def test_a_file_and_a_server_find_the_same(both: list[Record], pieces: list[tuple[str, list[str]]]) -> None:
    typed = " ".join(form.format(" ".join(words)) for form, words in pieces)
    answers = [{hit.document.file for hit in record.search(typed, limit=0)} for record in both]
    assert answers[0] == answers[1], typed
    for here, there in zip(*(record.search(typed, limit=0) for record in both), strict=True):
        assert 0 <= here.start <= here.end and 0 <= there.start <= there.end

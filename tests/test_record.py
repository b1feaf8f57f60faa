"""The facade over a real file: what is read, kept, asked for and handed on."""

from __future__ import annotations

import datetime as dt
import io
import json
import os
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

import dragoman
from dragoman import Record
from dragoman.model.claims import Contact, Figure
from dragoman.model.stored import Progress, RecordError
from dragoman.store import Store
from tests.store.places import place, record_url  # noqa: F401 - fixtures

PAD = "The two ministries had prepared the talks for some weeks, and both said afterwards that the work would go on in the autumn.\n"
VISIT = ("Lima, 14 May 2024\n\nMEET Inés Zárate (PER) and Bolat Dosan (KAZ) on 2024-05-13.\n\n"
         "SAID Bolat Dosan (KAZ): the harbours of {CHL} matter to all of us.\n\n" + PAD)
NOTE = "Lima, 2 March 2024\n\nFIGURE 41.5 USD exports PER KAZ 2023\n\nHOLDS Inés Zárate (PER) minister of trade since 2021.\n\n" + PAD
CALL = "Rabat, 3 June 2023\n\nMEET Salma Tazi (MAR) and Inés Zárate (PER) on 2023-06-01.\n\n" + PAD
CZECH = ("Praha 4. září 2024\n\nMinistr zahraničí se v úterý sešel se svým protějškem a jednal s ním o obchodu, dopravě a o tom, "
         "jak budou obě země příští rok společně pořádat veletrh strojírenství v Brně.\n")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "in"
    made.mkdir()
    for name, text in {"a-visit.txt": VISIT, "b-note.txt": NOTE, "c-call.txt": CALL}.items():
        (made / name).write_text(text, encoding="utf-8")
    return made


@pytest.fixture
def record(record_url: str, fake_reader: ModuleType) -> Any:  # noqa: F811
    with Record(record_url) as made:
        yield made


@pytest.fixture
def full(record: Record, folder: Path) -> Record:
    assert not record.read(folder).failed
    return record


def files(rows: Any) -> list[str]:
    return [row.document.file for row in rows]


# ---------------------------------------------------------------- reading

def test_the_summary_says_what_was_done(record: Record, folder: Path) -> None:
    (folder / "d-czech.txt").write_text(CZECH, encoding="utf-8")
    (folder / "e-empty.txt").write_bytes(b"")
    summary = record.read(folder)
    assert (summary.new, summary.changed, summary.unchanged, summary.copies) == (4, 0, 0, 0)
    assert summary.not_read == (("d-czech.txt", "cs"),)
    assert summary.claims == 5
    assert summary.words == sum(len(t.split()) for t in (VISIT, NOTE, CALL))
    assert summary.failed
    assert [p.code for p in summary.problems] == ["empty-file"]
    assert json.loads(json.dumps(summary.as_json()))["failed"] is True


def test_what_names_no_state_official_or_organisation_is_put_aside(record: Record, folder: Path, fake_reader: ModuleType) -> None:
    recipe = "Boil the beans with bay leaves and salt until they are soft, then let them cool in their own water.\n" * 3
    (folder / "d-beans.txt").write_text(recipe, encoding="utf-8")
    summary = record.read(folder)
    assert (summary.new, summary.put_aside, summary.claims) == (4, 1, 5)
    assert summary.words == sum(len(t.split()) for t in (VISIT, NOTE, CALL, recipe))
    assert {d.file: (d.read, d.claims) for d in record.documents()}["d-beans.txt"] == (True, 0)
    assert record.search("bay leaves")
    assert record.read(folder).unchanged == 4


def test_reading_again_changes_nothing(full: Record, folder: Path, fake_reader: ModuleType) -> None:
    before = list(full.export()), full.documents()
    called = list(fake_reader.calls)
    summary = full.read(folder)
    assert (summary.new, summary.changed, summary.unchanged) == (0, 0, 3)
    assert (list(full.export()), full.documents()) == before
    assert fake_reader.calls == called


def test_reading_from_another_folder_of_the_shell_is_the_same_file(full: Record, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(folder)
    assert full.read("a-visit.txt", "./b-note.txt", "../in/c-call.txt").unchanged == 3


def test_a_file_with_a_new_date_on_disk_only_is_unchanged(full: Record, folder: Path) -> None:
    (folder / "a-visit.txt").write_text(VISIT, encoding="utf-8")
    assert full.read(folder / "a-visit.txt").unchanged == 1


def test_progress_counts_what_is_stored(record: Record, folder: Path) -> None:
    steps: list[Progress] = []
    record.read(folder, progress=steps.append)
    assert [(s.done, s.file) for s in steps if s.file != "facts"] == [(1, "a-visit.txt"), (2, "b-note.txt"), (3, "c-call.txt")]


def test_standard_input_is_a_document(record: Record) -> None:
    assert record.read("-", stdin=io.BytesIO(VISIT.encode())).new == 1
    assert record.read("-", stdin=io.BytesIO(NOTE.encode())).new == 1  # not a version of the first
    assert record.read("-", stdin=io.BytesIO(VISIT.encode())).unchanged == 1
    assert not record.documents().to_dicts()[0]["superseded_by"]


def test_lines_of_jsonl_keep_their_ids_when_lines_move(record: Record, tmp_path: Path) -> None:
    rows = [{"id": "p1", "text": VISIT, "language": "en"}, {"text": NOTE, "language": "en"}, {"id": "p3", "text": CALL, "language": "en"}]
    file = tmp_path / "posts.jsonl"
    file.write_text("".join(json.dumps(r) + "\n" for r in rows), encoding="utf-8")
    assert record.read(file).new == 3
    file.write_text("".join(json.dumps(r) + "\n" for r in [rows[2], rows[1], rows[0]]), encoding="utf-8")
    summary = record.read(file)
    assert (summary.unchanged, summary.new, summary.changed) == (3, 0, 0)
    assert {d.file for d in record.documents()} >= {"p1", "p3"}


def test_a_changed_column_is_read_again(record: Record, tmp_path: Path) -> None:
    file = tmp_path / "posts.jsonl"
    for date, outlet in (("2024-05-14", "Harbour Post"), ("2024-05-15", "Harbour Post")):
        file.write_text(json.dumps({"id": "p1", "text": NOTE, "date": date, "outlet": outlet, "language": "en"}) + "\n", encoding="utf-8")
        record.read(file)
        assert [d.published for d in record.documents()] == [date]
        assert {r.claim.asserted for r in record.claims()} == {date}


def test_a_failure_is_a_problem_and_the_others_are_read(record: Record, folder: Path) -> None:
    (folder / "a-boom.txt").write_text("Oslo, 4 April 2024\n\nBOOM in annotation.\n" + PAD, encoding="utf-8")
    (folder / "b-bang.txt").write_text("Oslo, 5 April 2024\n\nBANG in extraction.\n" + PAD, encoding="utf-8")
    for _ in range(2):  # it is tried and told again
        summary = record.read(folder)
        assert sorted(p.at.rsplit("/", 1)[1] for p in summary.problems) == ["a-boom.txt", "b-bang.txt"]
        assert {p.code for p in summary.problems} == {"reader-failed"}
        assert summary.failed
    assert len(record.documents()) == 5
    assert [d.file for d in record.documents() if not d.read] == ["a-boom.txt", "b-bang.txt"]
    assert len(record.claims()) == 5
    assert {p.code for p in record.problems()} == {"reader-failed"}
    assert record.search("annotation")[0].document.file == "a-boom.txt"


def test_what_failed_is_read_when_it_can_be(record: Record, folder: Path, fake_reader: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(text: Any) -> Any:
        raise RuntimeError("an early version")

    with monkeypatch.context() as patch:
        patch.setattr("dragoman.extract.extract_all", fails)
        assert record.read(folder).failed
    summary = record.read(folder)
    assert not summary.failed
    assert len(record.claims()) == 5
    assert not record.problems()


def test_a_repaired_file_has_no_problem_any_more(record: Record, tmp_path: Path) -> None:
    file = tmp_path / "x.txt"
    file.write_bytes(b"")
    assert record.read(file).failed
    assert [p.code for p in record.problems()] == ["empty-file"]
    file.write_text(NOTE, encoding="utf-8")
    assert not record.read(file).failed
    assert not record.problems()


def test_a_missing_language_model_stops_the_run(record: Record, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(documents: Any, model: str | None = None) -> Any:
        raise dragoman.ModelMissing("The language model 'none' is not installed.")

    monkeypatch.setattr("dragoman.annotate.annotate_all", missing)
    with pytest.raises(dragoman.DragomanError, match="not installed"):
        record.read(folder)
    monkeypatch.undo()


def test_a_newer_reader_reads_again_what_an_older_one_read(full: Record, folder: Path, fake_reader: ModuleType,
                                                           monkeypatch: pytest.MonkeyPatch) -> None:
    ids = [r.claim.id for r in full.claims()]
    monkeypatch.setattr("dragoman.extract.VERSION", "7")
    (folder / "d-new.txt").write_text(CALL.replace("3 June", "5 June"), encoding="utf-8")
    summary = full.read(folder)
    assert (summary.new, summary.reread, summary.unchanged) == (1, 3, 0)
    assert full.read(folder).unchanged == 4
    assert set(ids) <= {r.claim.id for r in full.claims(copies=True)}
    fake_reader.calls.clear()
    monkeypatch.setattr("dragoman.extract.VERSION", "1")  # an older program leaves it as it is
    assert full.read(folder).unchanged == 4
    assert not fake_reader.calls


# ---------------------------------------------------------------- texts that change, texts that are the same

def test_a_changed_text_is_a_new_version(full: Record, folder: Path) -> None:
    (folder / "a-visit.txt").write_text(VISIT.replace("2024-05-13", "2024-05-12"), encoding="utf-8")
    summary = full.read(folder)
    assert (summary.new, summary.changed, summary.unchanged, summary.copies) == (0, 1, 2, 0)
    new, text = full.document("a-visit.txt")
    old = full.documents(file="a-visit.txt")[0]
    assert (old.version, new.version, old.superseded_by, new.superseded_by) == (1, 2, new.id, None)
    assert "2024-05-12" in text.text
    assert [c.date for c in full.contacts(states="KAZ")] == ["2024-05-12"]
    every = full.claims("contact", states="KAZ", superseded=True)
    assert [(r.claim.date, r.superseded) for r in every if isinstance(r.claim, Contact)] == [("2024-05-12", False), ("2024-05-13", True)]
    change, = full.changes("a-visit.txt")
    assert (change.before_version, change.after_version, change.document) == (1, 2, new.id)
    assert "2024-05-13" in change.before and "2024-05-12" in change.after
    assert b"2024-05-13" in full.original(old.id) and b"2024-05-12" in full.original("a-visit.txt")


def test_a_text_that_comes_back_is_current_again(full: Record, folder: Path) -> None:
    changed = VISIT.replace("harbours", "railways")
    for text in (changed, VISIT, changed, VISIT):
        (folder / "a-visit.txt").write_text(text, encoding="utf-8")
        assert full.read(folder).changed == 1
    row, document = full.document("a-visit.txt")
    assert (document.text, row.version, row.superseded_by) == (VISIT, 5, None)
    assert len(full.documents()) == 4
    assert len(full.changes("a-visit.txt")) == 4
    assert len(full.claims("contact", states="KAZ")) == 1


def test_the_same_text_is_one_document_with_two_places(full: Record, folder: Path) -> None:
    (folder / "sub").mkdir()
    (folder / "sub/again.txt").write_text(VISIT, encoding="utf-8")
    summary = full.read(folder)
    assert (summary.new, summary.copies, summary.unchanged, summary.claims) == (1, 1, 3, 0)
    row, _ = full.document("again.txt")
    assert row.files == ("a-visit.txt", "again.txt")
    assert len(full.documents()) == 3
    claim = full.claims("contact", states="KAZ")[0].as_json()
    assert (claim["file"], claim["files"]) == ("a-visit.txt", ["a-visit.txt", "again.txt"])
    assert full.read(folder).unchanged == 4


def test_a_text_that_still_stands_elsewhere_is_not_superseded(full: Record, folder: Path) -> None:
    (folder / "again.txt").write_text(VISIT, encoding="utf-8")
    full.read(folder)
    (folder / "a-visit.txt").write_text(VISIT.replace("harbours", "vineyards"), encoding="utf-8")
    full.read(folder)
    row, _ = full.document("again.txt")
    assert (row.files, row.superseded_by) == (("again.txt",), None)


HALLS = ["amber", "birch", "cobalt", "dune", "ember", "fjord", "garnet", "heath", "iris", "jade", "kelp"]
LONG = "\n\n".join(f"Paragraph {n} tells what delegation number {n * 7} did in the {hall} hall with its {n + 3} colleagues."
                   for n, hall in enumerate(HALLS))


def test_an_edited_copy_counts_once(record: Record, tmp_path: Path) -> None:
    body = "MEET Salma Tazi (MAR) and Ingrid Solheim (NOR) on 2024-02-01.\n\n" + LONG
    rows = [{"id": "portal", "date": "2024-02-03", "outlet": "Portal", "language": "en", "text": body + "\n\nShared by our portal today."},
            {"id": "agency", "date": "2024-02-02", "outlet": "Agency", "language": "en", "text": body},
            {"id": "paper", "date": "2024-02-03", "outlet": "Paper", "language": "en", "text": "The Paper writes.\n\n" + body}]
    file = tmp_path / "posts.jsonl"
    file.write_text("".join(json.dumps(r) + "\n" for r in rows), encoding="utf-8")
    record.read(file)
    original = record.document("agency")[0]
    assert {d.file: d.copy_of for d in record.documents()} == {"agency": None, "portal": original.id, "paper": original.id}
    assert files(record.claims()) == ["agency"]
    assert sorted(files(record.claims(copies=True))) == ["agency", "paper", "portal"]
    exported = [json.loads(line) for line in record.export()]
    assert {c["file"]: c["counted"] for c in exported} == {"agency": True, "portal": False, "paper": False}
    assert [json.loads(line)["file"] for line in record.export(copies=False)] == ["agency"]


MONTHLY = ("Trade turnover between {{{a}}} and {{{b}}} amounted to {n} million dollars in {month}, the statistical office said on Monday. "
           "Exports rose by {p} per cent and imports fell by {q} per cent against the same month of the year before. The main goods were "
           "machinery, vehicles and chemicals. The next note is due on the tenth of the month.\n\n"
           "FIGURE {n} USD trade_turnover {a} {b} 2024-0{k}\n")


def test_the_same_words_with_other_figures_are_no_copy(record: Record, tmp_path: Path) -> None:
    for k, (month, n, p, q) in enumerate((("March", 112, 4, 2), ("April", 98, 7, 1)), 3):
        note = MONTHLY.format(a="KAZ", b="CZE", month=f"{month} 2024", n=n, p=p, q=q, k=k)
        (tmp_path / f"note-{k}.txt").write_text(f"Prague, 9 {'April' if k == 3 else 'May'} 2024\n\n{note}", encoding="utf-8")
    assert record.read(tmp_path / "*.txt").copies == 0
    assert [f.low for f in record.figures()] == [112, 98]


def test_copies_look_for_another_original_when_theirs_changes(record: Record, tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "a.txt").write_text("Rabat, 1 February 2024\n\nHOLDS Salma Tazi (MAR) envoy.\n\n" + LONG, encoding="utf-8")
    (folder / "b.txt").write_text("Rabat, 2 February 2024\n\nHOLDS Salma Tazi (MAR) envoy.\n\n" + LONG, encoding="utf-8")
    record.read(folder)
    assert files(record.claims()) == ["a.txt"]
    (folder / "a.txt").write_text("Rabat, 1 February 2024\n\nNothing is left of it.\n\n" + PAD, encoding="utf-8")
    record.read(folder)
    assert files(record.claims()) == ["b.txt"]


def test_another_language_is_kept_and_found(record: Record, tmp_path: Path, fake_reader: ModuleType) -> None:
    file = tmp_path / "czech.txt"
    file.write_text(CZECH, encoding="utf-8")
    for _ in range(2):
        summary = record.read(file)
        assert summary.not_read == (("czech.txt", "cs"),)
        assert not summary.failed
    assert not fake_reader.calls
    row = record.documents(language="cs")[0]
    assert (row.read, row.claims) == (False, 0)
    assert record.search("VELETRH strojirenstvi")[0].document.file == "czech.txt"


# ---------------------------------------------------------------- asking

def test_filters(full: Record) -> None:
    assert files(full.claims("contact")) == ["c-call.txt", "a-visit.txt"]
    assert files(full.claims(["contact", "figure"], states=["PER", "KAZ"])) == ["b-note.txt", "a-visit.txt"]
    assert files(full.claims(states=["PER", "MAR"])) == ["c-call.txt"]
    assert files(full.claims(states=["kaz", "chl"])) == ["a-visit.txt"]  # named in what is said
    assert files(full.claims(person="zarate ines", kind="tenure")) == ["b-note.txt"]
    assert files(full.claims(person="Bolat Dosan")) == files(full.claims(person="person:bolat-dosan")) != []
    assert not full.claims(person="Bolat Zárate")
    assert not full.claims(person="?!")
    assert files(full.claims("contact", since="2024")) == ["a-visit.txt"]
    assert files(full.claims("contact", until=dt.date(2023, 6, 1))) == ["c-call.txt"]
    assert files(full.claims("contact", since="2023-06", until="2023")) == ["c-call.txt"]
    assert files(full.claims(document="b-note.txt", order="place")) == ["b-note.txt", "b-note.txt"]
    assert {r.claim.kind for r in full.claims(min_confidence=0.6)} == {"contact", "figure"}
    assert not full.claims(modality="planned")
    assert [r.claim.confidence for r in full.claims(order="confidence")] == [0.9, 0.9, 0.6, 0.5, 0.5]
    assert files(full.claims("contact", order="latest")) == ["a-visit.txt", "c-call.txt"]


def test_documents_are_filtered_and_in_order(full: Record) -> None:
    assert [d.file for d in full.documents()] == ["c-call.txt", "b-note.txt", "a-visit.txt"]
    assert [d.file for d in full.documents(states=["PER", "KAZ"])] == ["b-note.txt", "a-visit.txt"]
    assert [d.file for d in full.documents(since="2024-03", until="2024-04")] == ["b-note.txt"]
    assert [d.file for d in full.documents(file="b-note.txt")] == ["b-note.txt"]
    assert not full.documents(outlet="100%_nobody")
    assert not full.documents(language="cs")


@pytest.mark.parametrize("ask", [
    lambda r: r.claims("meeting"), lambda r: r.claims(order="age"), lambda r: r.claims(since="yesterday"), lambda r: r.export("feelings"),
    lambda r: r.export("claims", "xlsx"),
])
def test_what_cannot_be_meant_is_said(full: Record, ask: Any) -> None:
    with pytest.raises(ValueError, match=r"no |not a date"):
        ask(full)


@pytest.mark.parametrize("ask", [
    lambda r: r.document("nothing.txt"), lambda r: r.claims(document="nothing.txt"), lambda r: r.claim("claim:000"), lambda r: r.claim(""),
    lambda r: r.changes("nothing.txt"), lambda r: r.original("doc:1"),
])
def test_what_is_not_there_is_said(full: Record, ask: Any) -> None:
    with pytest.raises(RecordError, match="There is no"):
        ask(full)


def test_two_files_of_one_name_are_two_documents(full: Record, folder: Path) -> None:
    (folder / "sub").mkdir()
    (folder / "sub/a-visit.txt").write_text(NOTE.replace("41.5", "77"), encoding="utf-8")
    assert full.read(folder).new == 1
    with pytest.raises(RecordError, match="Several documents"):
        full.document("a-visit.txt")
    assert "77" in full.document(str(folder / "sub/a-visit.txt"))[1].text


def test_a_claim_by_the_beginning_of_its_id(full: Record) -> None:
    row = full.claims("contact")[0]
    assert full.claim(row.claim.id) == full.claim(row.claim.id[:14]) == full.claim(row.claim.id[6:16]) == row


def test_a_beginning_that_several_ids_share(record: Record, tmp_path: Path) -> None:
    lines = [f"MEET Salma Tazi (MAR) and Ingrid Solheim (NOR) on 2024-02-{day:02}." for day in range(1, 18)]
    (tmp_path / "many.txt").write_text("\n\n".join([*lines, PAD]), encoding="utf-8")
    record.read(tmp_path / "many.txt")
    beginnings = [row.claim.id[:7] for row in record.claims()]  # seventeen ids, sixteen hexadecimal digits
    shared = next(b for b in beginnings if beginnings.count(b) > 1)
    with pytest.raises(RecordError, match="Several claims"):
        record.claim(shared)


def test_typed_values(full: Record) -> None:
    figure = full.figures(states=["PER", "KAZ"])[0]
    assert isinstance(figure, Figure)
    assert (figure.low, figure.unit, figure.period) == (41.5, "USD", "2023")
    verbs = ("contacts", "tenures", "figures", "statements", "agreements", "memberships", "missions")
    assert [len(getattr(full, verb)()) for verb in verbs] == [2, 1, 1, 1, 0, 0, 0]
    assert full.tenures()[0].person.name == "Inés Zárate"


def test_tables(full: Record) -> None:
    table = full.contacts(states=["PER", "KAZ"]).to_pandas()
    row = table.iloc[0]
    assert row["participants"] == "Inés Zárate; Bolat Dosan"
    assert row["participants_ids"] == "person:inés-zárate; person:bolat-dosan"
    assert row["participants_states"] == "PER; KAZ"
    assert (row["file"], row["date"]) == ("a-visit.txt", "2024-05-13")
    assert row["quote"].startswith("MEET")
    assert full.tenures().to_pandas().loc[0, "person"] == "Inés Zárate"
    assert len(full.documents().to_pandas()) == 3
    assert len(full.contacts(states="ZWE").to_pandas()) == 0
    assert full.contacts()[1:].to_dicts()[0]["file"] == "a-visit.txt"


def test_every_claim_points_to_its_words(full: Record) -> None:
    for row in full.claims():
        _, document = full.document(row.document.id)
        assert all(document.text[e.start : e.end] == e.quote for e in row.claim.evidence)


def test_the_document_comes_back_as_it_was(full: Record, folder: Path) -> None:
    row, document = full.document("a-visit.txt")
    assert document.text == VISIT
    assert (document.published, document.published_by) == ("2024-05-14", "dateline")
    assert document.source.path == str(folder / "a-visit.txt")
    assert row.words == len(VISIT.split())
    assert full.original(row.id) == VISIT.encode()
    assert full.document(row.id[:9]) == (row, document)


def test_the_briefing_gets_what_involves_either_state(full: Record) -> None:
    found = full.brief("per", "KAZ")
    assert {found.a, found.b} == {"PER", "KAZ"}
    assert found.sources


def test_a_record_needs_a_place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(RecordError, match="no folder"):
        Record(tmp_path / "missing/x.db")
    with pytest.raises(RecordError, match="no record"):
        Record(tmp_path / "x.db", create=False)
    monkeypatch.setenv("DRAGOMAN_RECORD", str(tmp_path / "from-the-environment.db"))
    with Record() as record:
        assert record.path.name == "from-the-environment.db"
    monkeypatch.delenv("DRAGOMAN_RECORD")
    monkeypatch.chdir(tmp_path)
    with Record():
        assert (tmp_path / "dragoman.db").exists()


def test_read_gives_the_record(record_url: str, folder: Path, fake_reader: ModuleType) -> None:  # noqa: F811
    with dragoman.read(folder, record=record_url) as record:
        assert len(record.contacts()) == 2


def test_all_names_are_there() -> None:
    for name in dragoman.__all__:
        assert getattr(dragoman, name) is not None
    assert set(dragoman.__all__) <= set(dir(dragoman))
    with pytest.raises(AttributeError):
        dragoman.nothing  # noqa: B018


def test_a_page_that_changed_in_its_bytes_only_is_the_same_document(record: Record, tmp_path: Path) -> None:
    file = tmp_path / "note.txt"
    for data in (NOTE.encode("utf-8"), NOTE.encode("cp1252")):
        file.write_bytes(data)
        record.read(file)
    assert [(d.version, d.superseded_by) for d in record.documents()] == [(1, None)]
    assert record.original("note.txt").decode("utf-8") == NOTE
    assert record.read(file).unchanged == 1


def test_a_record_may_have_any_name(tmp_path: Path, folder: Path, fake_reader: ModuleType) -> None:
    with Record(tmp_path / "50% of it? #1 ü.db") as record:
        record.read(folder)
    assert (tmp_path / "50% of it? #1 ü.db").exists()


def test_names_that_are_no_unicode(record: Record, tmp_path: Path) -> None:
    folder = os.fsencode(tmp_path / "in")
    os.mkdir(folder)  # noqa: PTH102 - a path of bytes
    for name, text in ((b"caf\xe9.txt", NOTE), (b"empt\xe9.txt", "")):
        with open(os.path.join(folder, name), "w", encoding="utf-8") as file:  # noqa: PTH118, PTH123
            file.write(text)
    line = json.dumps({"id": "\ud800", "title": "a\udfff", "text": CALL, "language": "en"})
    (tmp_path / "in/posts.jsonl").write_text(line + "\n", encoding="utf-8")
    summary = record.read(tmp_path / "in")
    assert summary.new == 2
    assert [p.code for p in summary.problems] == ["empty-file"]
    assert sorted(d.file for d in record.documents()) == ["\\ud800", "caf\\udce9.txt"]
    assert record.read(tmp_path / "in").unchanged == 2


def test_what_cannot_be_stored_is_a_problem(record: Record, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def write(self: Any, entry: Any, alike: Any) -> Any:
        if entry.document.source.file == "b-note.txt":
            raise ValueError("no such value")
        return stored(self, entry, alike)

    stored = Store.write
    monkeypatch.setattr("dragoman.store.Store.write", write)
    summary = record.read(folder)
    assert ([p.code for p in summary.problems], summary.new) == (["reader-failed"], 2)
    monkeypatch.undo()

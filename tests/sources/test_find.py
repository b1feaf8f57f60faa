"""Files, folders, globs, standard input, tables and feeds: what is found, and what becomes a problem."""

from __future__ import annotations

import hashlib
import io
import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from dragoman import sources
from dragoman.model.documents import Raw
from dragoman.model.problems import Problem
from dragoman.sources import media

RSS = """<?xml version="1.0"?><rss version="2.0"><channel><title>Ministry of Ports of Freedonia</title><language>en</language>
<item><title>Minister Tarkan opens a pier</title><link>https://ports.example/1</link><pubDate>Wed, 11 Sep 2024 23:20:00 +0500</pubDate>
<description>&lt;p&gt;The pier is 400 metres long.&lt;/p&gt;&lt;script&gt;alert(1)&lt;/script&gt;</description></item>
<item><title>Second</title><guid>tag:ports.example,2024:2</guid><description>No link here.</description></item></channel></rss>"""
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><title>News</title><entry><title>A visit</title><link href="https://n.example/a"/>
<updated>2024-02-03T10:00:00Z</updated><content type="html">&lt;p&gt;They met.&lt;/p&gt;</content></entry></feed>"""
LAUGHS = """<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]><rss><channel><title>&b;</title>
<item><title>x</title><description>&b;</description></item></channel></rss>"""
OUTSIDE = """<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a SYSTEM "file:///etc/passwd">]>
<rss><channel><item><title>&a;</title></item></channel></rss>"""


def found(*paths: str | Path, **options: int) -> tuple[list[Raw], list[Problem]]:
    made = list(sources.find(paths, **options))  # type: ignore[arg-type]
    return [m for m in made if isinstance(m, Raw)], [m for m in made if isinstance(m, Problem)]


def test_a_file_has_its_source(tmp_path: Path) -> None:
    file = tmp_path / "note.txt"
    file.write_bytes(b"Two words.")
    [raw], problems = found(file)
    assert not problems
    assert (raw.source.file, raw.source.path, raw.source.size, raw.source.media) == ("note.txt", str(file), 10, "text/plain")
    assert raw.source.sha256 == hashlib.sha256(b"Two words.").hexdigest()
    assert raw.source.read_at.endswith("Z")


def test_a_folder_is_read_in_order_without_hidden_files_and_code(tmp_path: Path) -> None:
    for name in ("b.txt", "a.txt", "README.md", "make.py", ".secret.txt", "~$c.docx", "sub/d.txt", ".git/e.txt", "__pycache__/f.txt",
                 "page.html", "page_files/advert.html"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("Words of a text.")
    raws, problems = found(tmp_path)
    assert not problems
    assert [r.source.file for r in raws] == ["a.txt", "b.txt", "page.html", "d.txt"]


def test_a_file_that_is_named_is_always_tried(tmp_path: Path) -> None:
    file = tmp_path / "README.md"
    file.write_text("Words.")
    assert [r.source.file for r in found(file)[0]] == ["README.md"]


def test_globs_and_the_same_file_twice(tmp_path: Path) -> None:
    (tmp_path / "x.txt").write_text("One.")
    (tmp_path / "y.txt").write_text("Two.")
    (tmp_path / "link.txt").symlink_to(tmp_path / "x.txt")
    raws, problems = found(str(tmp_path / "*.txt"), tmp_path / "x.txt", tmp_path)
    assert not problems
    assert sorted(r.data for r in raws) == [b"One.", b"Two."]


@pytest.mark.parametrize(("make", "code"), [
    (lambda p: p / "nothing.txt", "no-such-file"),
    (lambda p: str(p / "*.pdf"), "nothing-matches"),
    (lambda p: p, "empty-folder"),
    (lambda p: _write(p / "empty.txt", b""), "empty-file"),
    (lambda p: _write(p / "large.txt", b"x" * 2001), "file-too-large"),
    (lambda p: _link(p / "loop.txt", p / "loop.txt"), "link-loop"),
    (lambda p: _link(p / "gone.txt", p / "was-here.txt"), "vanished-file"),
    (lambda p: _pipe(p / "pipe.txt"), "not-a-file"),
    (lambda p: _write(p / "feed.xml", LAUGHS.encode()), "xml-entities"),
    (lambda p: _write(p / "feed.xml", OUTSIDE.encode()), "xml-entities"),
    (lambda p: _write(p / "feed.xml", LAUGHS.encode("utf-16")), "xml-entities"),
    (lambda p: _write(p / "feed.xml", b"<?xml version='1.0'?><rss version='2.0'><channel></channel></rss>"), "bad-feed"),
    (lambda p: _write(p / "other.xml", b"<?xml version='1.0'?><invoice><sum>3</sum></invoice>"), "unknown-xml"),
    (lambda p: _write(p / "t.csv", b"id,words\n1,One\n"), "no-text-field"),
    (lambda p: _write(p / "t.jsonl", b""), "empty-file"),
])
def test_what_cannot_be_read_is_one_problem_with_its_place(tmp_path: Path, make: Callable[[Path], str | Path], code: str) -> None:
    given = make(tmp_path)
    good = tmp_path.parent / "good.txt"
    good.write_text("Still read.")
    raws, [problem] = found(given, good, max_bytes=2000)
    assert problem.code == code
    assert problem.failed
    assert str(tmp_path) in problem.at
    assert problem.remedy
    assert [r.source.file for r in raws] == ["good.txt"]


def _write(file: Path, data: bytes) -> Path:
    file.write_bytes(data)
    return file


def _link(file: Path, to: Path) -> Path:
    file.symlink_to(to)
    return file


def _pipe(file: Path) -> Path:
    os.mkfifo(file)
    return file


def test_a_pipe_in_a_folder_is_passed_over(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.txt")
    (tmp_path / "b.txt").write_text("Read.")
    raws, problems = found(tmp_path)
    assert not problems
    assert [r.source.file for r in raws] == ["b.txt"]


def test_a_folder_that_links_to_itself_is_read_once(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Once.")
    (tmp_path / "again").symlink_to(tmp_path)
    raws, problems = found(tmp_path)
    assert not problems
    assert len(raws) == 1


def test_a_file_that_vanishes_between_listing_and_reading(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("First.")
    (tmp_path / "b.txt").write_text("Second.")
    (tmp_path / "c.txt").write_text("Third.")
    made = sources.find([tmp_path])
    first = next(made)
    (tmp_path / "b.txt").unlink()
    rest = list(made)
    assert isinstance(first, Raw)
    assert [m.code if isinstance(m, Problem) else m.source.file for m in rest] == ["vanished-file", "c.txt"]


def test_the_limit_is_said(tmp_path: Path) -> None:
    _, [problem] = found(_write(tmp_path / "a.txt", b"x" * 3_000_001), max_bytes=3_000_000)
    assert "3 MB" in problem.message


def test_a_page_over_its_limit_is_refused_as_a_page(tmp_path: Path) -> None:
    page = b"<!doctype html><html><body>" + b"<p>word</p>" * 1_000_000
    _, [problem] = found(_write(tmp_path / "a.txt", page))
    assert problem.code == "page-too-large"
    assert "10 MB" in problem.message


def test_lines_of_jsonl(tmp_path: Path) -> None:
    rows = [json.dumps({"id": "post-1", "text": "Žofie spoke.", "title": "T", "date": "2024-05-01", "desk": {"n": 3}, "views": 7}), "",
            "{not json", json.dumps({"title": "no text"}), json.dumps(["list"]), json.dumps({"text": "Last."})]
    file = _write(tmp_path / "posts.jsonl", b"\xef\xbb\xbf" + "\n".join(rows).encode())
    raws, problems = found(file)
    assert [(r.source.file, r.source.path) for r in raws] == [("post-1", f"{file}:1"), ("posts.jsonl:6", f"{file}:6")]
    assert raws[0].data == "Žofie spoke.".encode()
    assert raws[0].metadata == {"title": "T", "date": "2024-05-01", "desk": '{"n": 3}', "views": "7"}
    assert [(p.code, p.at) for p in problems] == [("bad-json", f"{file}:3"), ("no-text-field", f"{file}:4"), ("no-text-field", f"{file}:5")]


def test_a_line_over_the_limit_is_refused_and_the_next_is_read(tmp_path: Path) -> None:
    file = tmp_path / "posts.jsonl"
    with file.open("wb") as out:
        out.write(b'{"text": "' + b"x" * 10_000_001 + b'"}\n{"text": "Read."}\n')
    raws, [problem] = found(file)
    assert (problem.code, problem.at) == ("line-too-long", f"{file}:1")
    assert "10 MB" in problem.message
    assert [r.data for r in raws] == [b"Read."]


def test_rows_of_csv(tmp_path: Path) -> None:
    file = _write(tmp_path / "t.csv", 'ID;Text;Outlet\na-1;"He said ""no"",\nand left.";Courier\n;;\nb-2;Zürich;\n'.encode("cp1252"))
    raws, problems = found(file)
    assert not problems
    assert [(r.source.file, r.data.decode(), r.metadata) for r in raws] == [
        ("a-1", 'He said "no",\nand left.', {"outlet": "Courier"}), ("b-2", "Zürich", {})]


def test_a_cell_over_the_limit_of_csv(tmp_path: Path) -> None:
    file = tmp_path / "t.csv"
    file.write_bytes(b"id,text\n1," + b"x" * 3000 + b"\n2,Short\n")
    raws, problems = found(file, max_bytes=2000)
    assert [p.code for p in problems] == ["line-too-long"]
    assert [r.source.file for r in raws] == ["2"]


def test_items_of_a_feed(tmp_path: Path) -> None:
    file = _write(tmp_path / "feed.txt", RSS.encode())
    raws, problems = found(file)
    assert not problems
    assert [r.source.file for r in raws] == ["https://ports.example/1", "tag:ports.example,2024:2"]
    assert raws[0].metadata == {"title": "Minister Tarkan opens a pier", "date": "Wed, 11 Sep 2024 23:20:00 +0500", "language": "en",
                                "outlet": "Ministry of Ports of Freedonia", "url": "https://ports.example/1"}
    assert b"alert" not in raws[0].data
    assert raws[0].source.media == "text/html"


def test_items_of_atom(tmp_path: Path) -> None:
    [raw], problems = found(_write(tmp_path / "feed.atom", ATOM.encode()))
    assert not problems
    assert (raw.metadata["date"], raw.data) == ("2024-02-03T10:00:00Z", b"<p>They met.</p>")


def test_a_damaged_feed_gives_what_it_has_and_a_warning(tmp_path: Path) -> None:
    raws, problems = found(_write(tmp_path / "feed.xml", RSS[: RSS.index("<item><title>Second")].encode()))
    assert [p.code for p in problems if p.failed] == []
    assert len(raws) == 1


def test_standard_input() -> None:
    [raw] = sources.find(["-"], stdin=io.BytesIO("Praha, 3. května".encode()))
    assert isinstance(raw, Raw)
    assert (raw.source.file, raw.source.path) == ("stdin", "-")
    two = list(sources.find(["-"], stdin=io.BytesIO(b'{"text": "One."}\n{"text": "Two."}\n')))
    assert [m.data for m in two if isinstance(m, Raw)] == [b"One.", b"Two."]
    [empty] = sources.find(["-"], stdin=io.BytesIO(b""))
    assert isinstance(empty, Problem)


@pytest.mark.parametrize(("data", "name", "kind"), [
    (b"%PDF-1.4\n", "x.txt", media.PDF), (b"<!DOCTYPE html><html>", "x.txt", media.HTML),
    (b"  <div class='a'><p>Text</p></div>", "x", media.HTML),
    (b"Plain words, a < b and c > d.", "x.html", media.HTML), (b"Plain words, a < b.", "x.txt", media.TEXT),
    (b"\x89PNG\r\n\x1a\n123", "x.txt", "image/png"), (bytes(range(256)) * 4, "x.txt", media.BINARY),
    ("<html>".encode("utf-16"), "x", media.HTML), ("Words".encode("utf-16-le"), "x.txt", media.TEXT),
    (b"Received: from a\r\nFrom: b@c\r\nSubject: d\r\nMessage-ID: <e>\r\n\r\nText", "x", media.MAIL),
    (b"From: the Ministry\nTo: the press\nSubject: a note\n\nText", "x.txt", media.TEXT),
    (b"From: a@b\nSubject: c\n\nText", "x.eml", media.MAIL),
    (RSS.encode(), "x", media.RSS), (ATOM.encode(), "x", media.ATOM), (b"", "x", media.TEXT),
])
def test_the_media_type_is_told_by_content(data: bytes, name: str, kind: str) -> None:
    assert media.sniff(data, name) == kind

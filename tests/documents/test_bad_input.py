"""A folder of every bad input: one problem each, with the file and the remedy, and all the others are read."""

from __future__ import annotations

from pathlib import Path

from made import docx, pdf, rezipped
from reportlab.lib.pdfencrypt import StandardEncryption

from dragoman import documents, sources
from dragoman.model.documents import Document, Raw
from dragoman.model.problems import Problem

GOOD = "Port Lister, 9 March 2024\n\nThe minister of ports opened the new pier and thanked the crew of the crane for their work.\n"
ENTITIES = b"""<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]>
<rss version="2.0"><channel><item><title>&b;</title></item></channel></rss>"""


def test_each_bad_input_is_one_problem_and_the_others_are_read(tmp_path: Path) -> None:
    line = [(60.0, 700.0, 10.0, "The minister of ports opened the pier.")]
    whole = pdf(tmp_path / "aside.pdf", [line])
    locked = pdf(tmp_path / "aside.pdf", [line], encrypt=StandardEncryption("key"))
    (tmp_path / "aside.pdf").unlink()
    bad = {
        "a-empty.txt": b"", "b-binary.txt": bytes(range(256)) * 8, "d-truncated.pdf": whole[:-300], "e-encrypted.pdf": locked,
        "f-page.html": b"<html><body>" + b"<p>word</p>" * 1_000_000, "g-line.jsonl": b'{"text": "' + b"x" * 10_000_000 + b'"}\n',
        "h-bomb.docx": rezipped(docx(), {"word/media/x.bin": b"\0" * 60_000_000}), "i-entities.xml": ENTITIES,
        "j-vanishes.txt": GOOD.encode(),
    }
    for name, data in {**bad, "c-broken.txt": GOOD.encode() + b"\xff\xfe more words of the note", "z-good.txt": GOOD.encode()}.items():
        (tmp_path / name).write_bytes(data)
    problems: list[Problem] = []
    read: list[Document] = []
    for found in sources.find([tmp_path]):
        (tmp_path / "j-vanishes.txt").unlink(missing_ok=True)
        for made in documents.read(found) if isinstance(found, Raw) else [found]:
            (problems if isinstance(made, Problem) else read).append(made)  # type: ignore[arg-type]
    failed = {Path(p.at.split(":")[0]).name: p.code for p in problems if p.failed}
    assert failed == {
        "a-empty.txt": "empty-file", "b-binary.txt": "binary-file", "d-truncated.pdf": "truncated-pdf", "e-encrypted.pdf": "encrypted-file",
        "f-page.html": "page-too-large", "g-line.jsonl": "line-too-long", "h-bomb.docx": "zip-bomb", "i-entities.xml": "xml-entities",
        "j-vanishes.txt": "vanished-file"}
    assert len(problems) == len(bad) + 1
    assert [p.code for p in problems if not p.failed] == ["broken-encoding"]
    assert all(p.remedy and p.message for p in problems)
    assert [d.source.file for d in read] == ["c-broken.txt", "z-good.txt"]

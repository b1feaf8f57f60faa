"""The book in each format, opened by readers that are not ours; the same bytes twice; words of documents stay words."""

from __future__ import annotations

import io
import json
import os
import re
import shutil
import subprocess
import sys
import zipfile
from dataclasses import replace
from pathlib import Path
from types import ModuleType

import pytest

from dragoman.model.book import Book, said
from dragoman.views import book_chart, book_formats, book_md
from dragoman.views.book_html import render as html
from dragoman.views.book_md import render as markdown

HERE = Path(__file__).parent
ROOT = HERE.parent.parent


@pytest.fixture(scope="module")
def pdf(book: Book) -> bytes:
    data = book_formats.render(book, "pdf")
    assert isinstance(data, bytes)
    return data


@pytest.fixture(scope="module")
def docx(book: Book) -> bytes:
    data = book_formats.render(book, "docx")
    assert isinstance(data, bytes)
    return data


def program(name: str, package: str) -> str:
    found = shutil.which(name)
    if not found:
        pytest.skip(f"{name} is missing: apt-get install {package}")
    return found


# ---------------------------------------------------------------- the same book


def test_the_same_bytes_in_another_process_with_another_seed_locale_and_clock(book: Book, book_record: ModuleType, tmp_path: Path) -> None:
    (tmp_path / "other").mkdir()
    env = os.environ | {"PYTHONHASHSEED": "4711", "LC_ALL": "tr_TR.UTF-8", "TZ": "Asia/Tokyo", "PYTHONPATH": str(ROOT)}
    done = subprocess.run([sys.executable, str(HERE / "book_record.py"), str(tmp_path / "other")], env=env, capture_output=True, text=True,
                          timeout=300, check=True)
    assert dict(line.split() for line in done.stdout.splitlines()) == book_record.hashes(book)


def test_there_is_no_other_format(book: Book) -> None:
    with pytest.raises(ValueError, match="no format 'odt'"):
        book_formats.render(book, "odt")
    assert set(book_formats.MEDIA) == set(book_formats.FORMATS)


# ---------------------------------------------------------------- HTML


def test_html_has_every_sentence_and_every_link_leads_somewhere(book: Book) -> None:
    from lxml import html as reader

    page = reader.fromstring(html(book))
    text = " ".join(page.text_content().split())
    for one in said(book):
        for words in (one.text,) if hasattr(one, "text") else one.cells:
            assert " ".join(words.split()) in text
    targets = {e.get("id") for e in page.iter() if e.get("id")}
    inner = [a.get("href")[1:] for a in page.iter("a") if a.get("href").startswith("#")]
    assert inner and set(inner) <= targets
    assert {a.get("href") for a in page.iter("a") if not a.get("href").startswith("#")} == {s.link for s in book.sources}


def test_html_needs_nothing_and_words_of_documents_are_no_markup(book: Book, book_record: ModuleType) -> None:
    from lxml import html as reader

    page = reader.fromstring(html(book))
    assert not [e for e in page.iter() if e.tag in ("script", "link", "iframe", "img", "object")]
    assert not [name for e in page.iter() if isinstance(e.tag, str) for name in e.attrib if name.startswith("on")]
    assert book_record.HOSTILE.rstrip(",") in " ".join(page.text_content().split())
    assert "El Faro <b>de</b> Lima" in page.text_content()


# ---------------------------------------------------------------- Markdown, JSON


def test_markdown_shows_words_as_they_stand(book: Book, book_record: ModuleType) -> None:
    reader = pytest.importorskip("markdown")
    from lxml import html as html_reader

    page = html_reader.fromstring(reader.markdown(markdown(book), extensions=["tables"]))
    text = " ".join(page.text_content().split())
    assert book_record.HOSTILE.rstrip(",") in text
    assert not list(page.iter("script"))
    assert [h.text for h in page.iter("h2")] == ["The essentials", *(s.title for s in book.sections), "Sources"]
    inner = {a.get("href")[1:] for a in page.iter("a") if (a.get("href") or "").startswith("#")}
    assert inner <= {a.get("id") for a in page.iter("a")}
    assert book_md.plain("1. |a| `b`") == "1\\. &#124;a&#124; \\`b\\`"


def test_json_is_the_tree_with_what_each_block_is(book: Book) -> None:
    tree = json.loads(str(book_formats.render(book, "json")))
    assert (tree["schema"], tree["a"], tree["b"], tree["on"]) == (1, "LVA", "PER", "2024-02-01")
    blocks = [b for s in tree["sections"] for p in s["parts"] for b in p["blocks"]]
    assert {b["block"] for b in blocks} == {"entry", "remark", "table", "chart"}
    assert all(one["claims"] and one["notes"] for b in blocks if b["block"] == "table" for one in b["rows"])


# ---------------------------------------------------------------- PDF


def test_pdftotext_reads_the_pdf(book: Book, pdf: bytes, book_record: ModuleType, tmp_path: Path) -> None:
    (tmp_path / "book.pdf").write_bytes(pdf)
    command = [program("pdftotext", "poppler-utils"), str(tmp_path / "book.pdf"), "-"]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    text = " ".join(done.stdout.replace("\u2060", "").split())
    for words in ("Latvia and Peru", "The essentials", "two hundred seamen", "the difference is EUR 150 million", "El Faro <b>de</b> Lima",
                  "As of 1 February 2024", "Ilze Bērza (minister of foreign affairs of Latvia)"):
        assert words in text, words
    assert "<script>alert(1)</script>, #panic(1), [x](y) or *this*" in text
    essentials = done.stdout.split("\f")[1]
    assert essentials.lstrip().startswith("Latvia and Peru") and "Who you will meet" not in essentials  # one page, with a running head
    assert all("/" in page.strip().splitlines()[-1] for page in done.stdout.split("\f")[1:] if page.strip())  # page numbers


def test_links_of_the_pdf_lead_to_the_sources(book: Book, pdf: bytes) -> None:
    import pypdfium2.raw as raw
    from pypdfium2 import PdfDocument

    file = PdfDocument(pdf)
    found = 0
    for page in file:
        at = raw.ctypes.c_int(0)
        link = raw.FPDF_LINK()
        while raw.FPDFLink_Enumerate(page, raw.ctypes.byref(at), raw.ctypes.byref(link)):
            found += 1
    assert found >= sum(len(one.notes) for one in said(book)) + len(book.sources)
    assert file.get_metadata_dict()["Title"] == "Latvia and Peru: Briefing book for Latvia"
    assert file.get_metadata_dict()["CreationDate"].startswith("D:20240201")


def test_the_pdf_can_be_read_aloud_and_takes_any_script(book: Book, pdf: bytes) -> None:
    assert b"pdfuaid:part" in pdf  # PDF/UA: tagged, with a language, words for every picture
    assert bytes(book_formats.render(replace(book, title="中文 ไทย 한국 😀"), "pdf")).startswith(b"%PDF")  # type: ignore[arg-type]


# ---------------------------------------------------------------- Word


def test_word_has_headings_tables_links_and_no_clock(book: Book, docx: bytes) -> None:
    from docx import Document

    file = Document(io.BytesIO(docx))
    headings = [p.text for p in file.paragraphs if p.style.name == "Heading 1"]
    assert headings == ["The essentials", *(s.title for s in book.sections), "Sources"]
    assert file.core_properties.created.isoformat().startswith("2024-02-01")
    body = file.element.xml
    marks = set(re.findall(r'w:bookmarkStart [^>]*w:name="([^"]+)"', body))
    anchors = set(re.findall(r'w:anchor="([^"]+)"', body))
    assert anchors and anchors <= marks
    addresses = {r.target_ref for r in file.part.rels.values() if r.is_external}
    assert addresses == {s.link for s in book.sources}
    assert {i.date_time for i in zipfile.ZipFile(io.BytesIO(docx)).infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_libreoffice_opens_the_word_file(docx: bytes, tmp_path: Path) -> None:
    (tmp_path / "book.docx").write_bytes(docx)
    office = program("soffice", "libreoffice-writer")
    home = f"-env:UserInstallation={(tmp_path / 'home').as_uri()}"
    how = ["--headless", "--convert-to", "txt:Text (encoded):UTF8", "--outdir", str(tmp_path)]
    subprocess.run([office, home, *how, str(tmp_path / "book.docx")], capture_output=True, timeout=180, check=True)
    text = (tmp_path / "book.txt").read_text(encoding="utf-8")
    for words in ("The essentials", "two hundred seamen", "<script>alert(1)</script>, #panic(1)", "وزير الخارجية", "EUR 150 million"):
        assert words in text, words


# ---------------------------------------------------------------- charts


def test_a_chart_is_a_picture_whose_words_are_words(book: Book) -> None:
    from lxml import etree

    from dragoman.model.book import Bar, Chart

    bars = (Bar("2022", "A & B", 300.0, "EUR 300 <b>", ()), Bar("2022", "C" * 90, 150.0, "EUR 150", ()))
    chart = Chart("Trade <&>", "what it shows", bars)
    root = etree.fromstring(book_chart.svg(chart).encode())
    widths = [float(r.get("width")) for r in root.iter("{*}rect")]
    assert widths[0] == pytest.approx(2 * widths[1], abs=0.2)
    texts = [t.text for t in root.iter("{*}text")]
    assert "A & B" in texts and "EUR 300 <b>" in texts
    assert max(len(t or "") for t in texts) <= 62
    assert book_chart.svg(chart) == book_chart.svg(chart)

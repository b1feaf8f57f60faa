"""Each format gives its text, in its order, with its zones."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest
from made import body, docx, of_zone, one, pdf, read, refused, rezipped

from dragoman.model.documents import Zone

PAGE = """<!DOCTYPE html><html lang="en-GB"><head><title>Pier opened | The Lister Herald</title>
<meta property="og:site_name" content="The Lister Herald"><meta name="author" content="Nela Brook">
<script type="application/ld+json">
{"@graph": [{"@type": "NewsArticle", "headline": "Pier opened", "datePublished": "2024-03-09T08:00:00+02:00"}]}</script>
<link rel="canonical" href="https://herald.example/pier"></head><body>
<header><a href="/">The Lister Herald</a><nav><a href="/w">World</a><a href="/s">Sport</a></nav></header>
<div class="breadcrumbs"><a href="/">Home</a> / <a href="/n">News</a></div>
<article><h1>Pier opened</h1><p class="byline">Nela Brook, 9 March 2024</p>
<p>The pier in Port Lister was opened by Minister Ola Tarkan, who came by boat.<sup><a href="#fn1">1</a></sup></p>
<figure><img src="a.jpg"><figcaption>Minister Tarkan on the pier</figcaption></figure>
<h2>Figures</h2><table><tr><th>Year</th><th>Ships</th></tr><tr><td>2022</td><td>120</td></tr><tr><td>2023</td><td>154</td></tr></table>
<ol><li>The first point is about ships.</li><li>The second point is about trains.</li></ol>
<p>Line one<br>line two of the same paragraph.</p>
<ol class="footnotes"><li id="fn1">Harbour office, report of 2023. <a href="#r">↩</a></li></ol>
<div class="share"><a href="#">Facebook</a> <a href="#">Telegram</a></div></article>
<aside class="related-posts"><h3>Related</h3><a href="/1">Ferry to Sylvania sold for 3 million crowns</a></aside>
<p class="copyright">© 2024 The Lister Herald. All rights reserved.</p>
<footer>Contact us</footer><script>var x = "hidden words";</script></body></html>"""


def test_plain_text_is_stored_unchanged() -> None:
    text = "  Heading\r\n\r\nText with  two spaces\tand a tab. \r\n\r\n"
    document = one(text)
    assert document.text == text
    assert document.id == "doc:" + hashlib.sha256(text.encode()).hexdigest()[:16]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-32", "cp1251", "koi8-r"])
def test_any_encoding(encoding: str) -> None:
    text = ("Министр иностранных дел принял посла и поблагодарил его за работу. Стороны обсудили торговлю и транспорт. " * 4
            + ("Note in English for those who read it." if encoding.startswith("utf-16-le") else ""))
    if encoding == "utf-16-le":
        text = "Plain words of a note that nobody marked. " * 5
    assert one(text.encode(encoding)).text == text


@pytest.mark.parametrize(("encoding", "words"), [
    ("cp1252", "Le ministre a reçu l'ambassadeur à Genève. Il a été question d'énergie, de céréales et de coopération. "),
    ("cp1250", "Ministr přijal v pátek velvyslance země a poděkoval mu za službu. Příští schůzka proběhne v úterý v Brně. "),
])
def test_encodings_of_eight_bits(encoding: str, words: str) -> None:
    assert one((words * 5).encode(encoding)).text == words * 5


def test_broken_utf8_is_read_with_a_warning_that_names_the_byte() -> None:
    data = "The Žofín palace and the Hradčany castle, ".encode() * 3 + b"\xff then more words."
    [document], [warning] = read(data)
    assert document.text.count("�") == 1
    assert (warning.code, warning.failed) == ("broken-encoding", False)
    assert f"byte {data.index(0xff)}" in warning.at


def test_a_few_letters_of_eight_bits_are_no_damage() -> None:
    text = "Minister José Brön – “a friend of the port” – came by boat and paid £5."
    assert one(text.encode("cp1252")).text == text
    [document], [warning] = read(b"The minister of ports \xff\xfe came by boat.")
    assert (document.text.count("�"), warning.code) == (2, "broken-encoding")


def test_a_page_is_its_article_with_what_stands_around_it_behind() -> None:
    document = one(PAGE, "page.dat")
    assert (document.title, document.outlet, document.outlet_kind, document.author) == (
        "Pier opened", "The Lister Herald", "newspaper", "Nela Brook")
    assert (document.published, document.published_by, document.url) == ("2024-03-09", "metadata", "https://herald.example/pier")
    assert document.language == "en-GB"
    assert document.text.startswith("Pier opened\n\nNela Brook, 9 March 2024\n\nThe pier in Port Lister")
    assert document.published_evidence is not None
    assert document.published_evidence.quote == "9 March 2024"
    assert document.place is None
    assert of_zone(document, Zone.TABLE) == ["Year | Ships", "2022 | 120", "2023 | 154"]
    assert of_zone(document, Zone.CAPTION) == ["Minister Tarkan on the pier"]
    assert of_zone(document, Zone.FOOTNOTE) == ["1. Harbour office, report of 2023."]
    assert of_zone(document, Zone.HEADING) == ["Pier opened", "Figures"]
    assert of_zone(document, Zone.RELATED) == ["Related", "Ferry to Sylvania sold for 3 million crowns"]
    assert "by boat.[1]" in document.text
    assert "1. The first point" in document.text
    news = body(document)
    for words in ("World", "Home", "Facebook", "Contact", "rights", "Ferry"):
        assert words not in news
        assert words in document.text
    assert "hidden words" not in document.text


def test_a_page_without_article_or_main() -> None:
    paragraphs = "".join(f"<p>Paragraph {n} of the report says that the delegation of Freedonia met the board of the port and spoke of "
                         f"trade, ships and the price of {n} tonnes of grain.</p>" for n in range(6))
    page = (f"<html><head><title>Talks in Port Lister</title></head><body><div id='top'><a href='/'>Home</a> <a href='/n'>News</a></div>"
            f"<div id='c'><h1>Talks in Port Lister</h1>{paragraphs}</div><div id='r'><a href='/1'>Another story about a "
            f"bridge</a></div></body></html>")
    document = one(page, "x.html")
    news = body(document)
    assert "Paragraph 0" in news
    assert "Paragraph 5" in news
    assert "bridge" not in news


def test_an_item_of_a_feed_has_its_title_above() -> None:
    document = one("<p>The minister spoke today.</p>", "x.html", title="A talk", date="Wed, 11 Sep 2024 23:20:00 +0500", outlet="Office")
    assert document.text == "A talk\n\nThe minister spoke today."
    assert document.published == "2024-09-11"


def test_pdf_columns_headings_hyphens_and_running_heads(tmp_path: Path) -> None:
    left = ["The harbour of Port Lister was widened", "last year. The ministry spent eleven mil-",
            "lion crowns on the pier, which was built",
            "by a firm from Sylvania and opened in a", "storm. Nobody was hurt when the crane"]
    right = ["fell into the sea. A new crane will be", "bought in spring. The Franco-", "Sylvanian firm delivers it by ship, and the",
             "port will be closed for two days in April,", "as the harbour master told the council."]
    pages = []
    for number in (1, 2):
        page = [(60.0, 800.0, 9.0, f"Bulletin of the Port No. {number}"), (290.0, 30.0, 9.0, str(number)), (60.0, 750.0, 16.0,
                                                                                                            f"Heading {number}")]
        page += [(60.0, 730.0 - 13 * n, 10.0, words) for n, words in enumerate(left)]
        page += [(320.0, 730.0 - 13 * n, 10.0, words) for n, words in enumerate(right)]
        pages.append(page)
    document = one(pdf(tmp_path / "a.pdf", pages), "a.pdf")
    assert "eleven million crowns" in document.text
    assert "when the crane fell into the sea" in document.text
    assert "Franco-Sylvanian" in document.text
    assert "Heading 1" in of_zone(document, Zone.HEADING)
    assert "Bulletin of the Port" not in body(document)
    assert not [line for line in document.text.splitlines() if line.strip() in ("1", "2")]


def test_a_table_in_a_pdf_is_read_by_row(tmp_path: Path) -> None:
    rows = [("Year", "Exports", "Imports"), ("2021", "812", "1,240"), ("2022", "958", "1,702"), ("2023", "1,071", "1,829")]
    page = [(60.0, 760.0, 10.0, "Trade of Freedonia with Sylvania grew again in the year under report.")]
    page += [(60.0 + 150 * c, 720.0 - 14 * r, 10.0, cell) for r, row in enumerate(rows) for c, cell in enumerate(row)]
    document = one(pdf(tmp_path / "t.pdf", [page]), "t.pdf")
    assert of_zone(document, Zone.TABLE) == [" | ".join(row) for row in rows]


def test_docx_with_letterhead_heading_and_table() -> None:
    document = one(docx(), "a.docx")
    assert (document.title, document.published, document.published_by) == ("Pier opened in Port Lister", "2024-03-09", "dateline")
    assert (document.outlet, document.outlet_kind, document.place) == ("Ministry of Ports of Freedonia", "ministry", "Port Lister")
    assert of_zone(document, Zone.TABLE) == ["Year | Ships | Tonnes", "2022 | 120 | 4,000", "2023 | 154 | 5,100"]


def mail(body_: str, *, kind: str = "plain", attachment: bool = False) -> bytes:
    from email.message import EmailMessage

    message = EmailMessage()
    message["From"] = "Press Office of the Port <press@port.example>"
    message["Subject"] = "Pier „Ola“ opened"
    message["Date"] = "Sat, 09 Mar 2024 23:50:00 +0500"
    message["Message-ID"] = "<1@port.example>"
    message.set_content(body_, subtype=kind)
    if attachment:
        message.add_attachment(b"%PDF-1.4", maintype="application", subtype="pdf", filename="plan.pdf")
    return message.as_bytes()


def test_mail() -> None:
    document = one(mail("The pier is open.\n\n-- \nUnsubscribe here."), "a.eml")
    assert document.text.startswith("Pier „Ola“ opened\n\nThe pier is open.")
    assert (document.title, document.outlet, document.published, document.published_by) == (
        "Pier „Ola“ opened", "Press Office of the Port", "2024-03-09", "metadata")
    assert "Unsubscribe" not in body(document)


def test_mail_in_html_and_its_attachments() -> None:
    [document], [warning] = read(mail("<html><body><p>The pier is <b>open</b>.</p></body></html>", kind="html", attachment=True), "a.eml")
    assert "The pier is open." in document.text
    assert (warning.code, warning.failed) == ("attachments-not-read", False)
    assert "plan.pdf" in warning.message


@pytest.mark.parametrize(("data", "name", "code"), [
    (b"", "a.txt", "empty-file"), (b" \n\t \n", "a.txt", "no-text"), (bytes(range(256)) * 20, "a.txt", "binary-file"),
    (b"\x89PNG\r\n\x1a\n" + bytes(range(200)), "a.txt", "binary-file"), (b"x" * 10_000_001, "a.txt", "line-too-long"),
    (b"<html><body><script>render()</script><nav><a href='/'>Home</a></nav></body></html>", "a.html", "no-text"),
    (b"<html><body>" + b"<div>" * 5000 + b"words that nobody sees" + b"</div>" * 5000 + b"</body></html>", "a.html", "nested-too-deep"),
    (b"%PDF-1.4\ngarbage", "a.pdf", "truncated-pdf"), (b"PK\x03\x04 word/document.xml and no archive", "a.docx", "broken-docx"),
    (b"PK\x03\x04 some archive", "a.txt", "binary-file"), (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 500, "a.doc", "binary-file"),
])
def test_bad_bytes_are_one_problem(data: bytes, name: str, code: str) -> None:
    assert refused(data, name).code == code


def test_a_truncated_and_an_encrypted_pdf_and_one_without_text(tmp_path: Path) -> None:
    from reportlab.lib.pdfencrypt import StandardEncryption

    whole = pdf(tmp_path / "a.pdf", [[(60.0, 700.0, 10.0, "Words of a page that is cut.")]])
    assert refused(whole[: len(whole) // 2], "a.pdf").code == "truncated-pdf"
    assert refused(whole[:-200], "a.pdf").code == "truncated-pdf"
    locked = pdf(tmp_path / "b.pdf", [[(60.0, 700.0, 10.0, "Secret words.")]], encrypt=StandardEncryption("key", canPrint=0))
    assert refused(locked, "b.pdf").code == "encrypted-file"
    assert refused(pdf(tmp_path / "c.pdf", [[]]), "c.pdf").code == "no-text-layer"


def test_docx_that_would_grow_or_declares_entities() -> None:
    assert refused(rezipped(docx(), {"word/media/x.bin": b"\0" * 60_000_000}), "a.docx").code == "zip-bomb"
    assert refused(rezipped(docx(), {"word/document.xml": b"<w>" + b" " * 61_000_000}), "a.docx").code == "zip-bomb"
    evil = b'<?xml version="1.0"?><!DOCTYPE w [<!ENTITY a "ha">]><w>&a;</w>'
    assert refused(rezipped(docx(), {"word/document.xml": evil}), "a.docx").code == "xml-entities"
    assert refused(docx()[:9000], "a.docx").code == "broken-docx"

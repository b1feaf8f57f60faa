"""The briefing book as a Word document: styles, running heads, page numbers, notes that lead to their passages, charts as pictures."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from typing import Any

from dragoman.model.book import Block, Book, Chart, Entry, Reference, Remark, Row, Sentence, Table
from dragoman.model.problems import DragomanError
from dragoman.views import book_pdf
from dragoman.views.book_text import MARKS

FONT, NAVY, SOFT, WARN = "Cambria", "1F3A5F", "5D636B", "9A3B1F"
HOT = ("disputed", "missed", "overdue")
WIDE = 156  # millimetres between the margins
EPOCH = (1980, 1, 1, 0, 0, 0)  # the earliest day that a ZIP file knows


def render(book: Book) -> bytes:
    """The file, the same bytes for the same book."""
    try:
        import docx
    except ImportError as error:
        raise DragomanError("This format needs python-docx: pip install 'dragoman[book]'") from error
    file = docx.Document()
    _Writer(file, book).write()
    out = io.BytesIO()
    file.save(out)
    return _stamped(out.getvalue())


def _stamped(data: bytes) -> bytes:
    """The same parts without the time at which they were put together."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            info = zipfile.ZipInfo(name, EPOCH)
            info.compress_type, info.external_attr = zipfile.ZIP_DEFLATED, 0o600 << 16
            new.writestr(info, old.read(name))
    return out.getvalue()


class _Writer:
    """Writes one book into one empty document."""

    def __init__(self, file: Any, book: Book) -> None:
        self.file, self.book, self.marked = file, book, 0

    def write(self) -> None:
        from docx.shared import Pt

        self._styles()
        self._properties()
        self._running()
        self._cover()
        self.file.add_heading("The essentials", 1).paragraph_format.page_break_before = True
        table = self._grid((34, WIDE - 34))
        small = None if sum(len(s.text.split()) for e in self.book.essentials for s in e.sentences) < 300 else 9.5  # it is to stay one page
        for entry in self.book.essentials:
            cells = table.add_row().cells
            for cell in cells:
                cell.paragraphs[0].paragraph_format.space_after = Pt(2)
            self._run(cells[0].paragraphs[0], entry.lead or "", bold=True, colour=NAVY, size=small)
            self._sentences(cells[1].paragraphs[0], entry, small)
        for number, section in enumerate(self.book.sections):
            heading = self.file.add_heading("", 1)
            heading.paragraph_format.page_break_before = number == 0
            self._target(heading, section.key, section.title)
            for part in section.parts:
                if part.title:
                    self.file.add_heading(part.title, 2)
                for block in part.blocks:
                    self._block(block)
        self._target(self.file.add_heading("", 1), "sources", "Sources")
        for source in self.book.sources:
            self._source(source)

    # ------------------------------------------------------------ the frame

    def _styles(self) -> None:
        from docx.oxml.ns import qn
        from docx.shared import Mm, Pt, RGBColor

        section = self.file.sections[0]
        section.page_width, section.page_height = Mm(210), Mm(297)
        section.left_margin = section.right_margin = Mm(27)
        section.top_margin, section.bottom_margin = Mm(30), Mm(26)
        section.different_first_page_header_footer = True
        sizes = {"Normal": (10.5, None), "Heading 1": (16, NAVY), "Heading 2": (12, None), "Title": (30, NAVY)}
        for name, (size, colour) in sizes.items():
            style = self.file.styles[name]
            style.font.name, style.font.size = FONT, Pt(size)
            fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
            for kind in ("w:ascii", "w:hAnsi", "w:cs", "w:eastAsia"):
                fonts.set(qn(kind), FONT)
            for kind in ("w:asciiTheme", "w:hAnsiTheme", "w:cstheme", "w:eastAsiaTheme"):
                fonts.attrib.pop(qn(kind), None)
            style.font.color.rgb = RGBColor.from_string(colour or "1B1D21")
        self.file.styles["Normal"].paragraph_format.space_after = Pt(6)
        self.file.styles["Heading 1"].paragraph_format.space_before = Pt(24)
        self.file.styles["Heading 1"].paragraph_format.space_after = Pt(8)
        self.file.styles["Heading 2"].paragraph_format.space_before = Pt(14)
        self.file.styles["Heading 2"].paragraph_format.space_after = Pt(4)

    def _properties(self) -> None:
        found, stamp = self.file.core_properties, book_pdf.day(self.book).replace(tzinfo=None)
        found.title, found.subject, found.author = self.book.title, self.book.subtitle, "dragoman"
        found.comments, found.last_modified_by, found.language = "", "dragoman", "en"
        found.created = found.modified = stamp
        found.revision = 1

    def _running(self) -> None:
        section = self.file.sections[0]
        head = section.header.paragraphs[0]
        self._run(head, f"{self.book.title} – briefing book", size=8.5, colour=SOFT)
        foot = section.footer.paragraphs[0]
        self._run(foot, f"{self.book.made[0]}\t\t", size=8.5, colour=SOFT)
        self._field(foot, "PAGE")
        self._run(foot, " / ", size=8.5, colour=SOFT)
        self._field(foot, "NUMPAGES")

    def _cover(self) -> None:
        from docx.shared import Pt

        kind = self.file.add_paragraph()
        kind.paragraph_format.space_before = Pt(130)
        self._run(kind, "BRIEFING BOOK", colour=NAVY)
        self.file.add_paragraph(self.book.title, style="Title")
        self._run(self.file.add_paragraph(), self.book.subtitle, size=14)
        for line in self.book.made:
            self._run(self.file.add_paragraph(), line, colour=SOFT)
        contents = self.file.add_paragraph()
        contents.paragraph_format.space_before = Pt(90)
        for n, (key, title) in enumerate([*((s.key, s.title) for s in self.book.sections), ("sources", "Sources")]):
            paragraph = contents if n == 0 else self.file.add_paragraph()
            paragraph.paragraph_format.space_after = Pt(2)
            self._inner(paragraph, key, title, 10.0)

    # ------------------------------------------------------------ what is said

    def _block(self, block: Block) -> None:
        if isinstance(block, Remark):
            self._run(self.file.add_paragraph(), block.text, italic=True, colour=SOFT)
        elif isinstance(block, Entry):
            paragraph = self.file.add_paragraph()
            paragraph.paragraph_format.keep_together = True
            if block.lead:
                self._run(paragraph, f"{block.lead}. ", bold=True)
            self._sentences(paragraph, block)
            for point in block.points:
                line = self.file.add_paragraph(style="List Bullet")
                self._sentences(line, Entry(None, (point,)))
        elif isinstance(block, Chart):
            self._chart(block)
        else:
            self._table(block)

    def _sentences(self, paragraph: Any, entry: Entry, size: float | None = None) -> None:
        for n, said in enumerate(entry.sentences):
            if n:
                self._run(paragraph, " ")
            quiet = isinstance(said, Remark)
            self._run(paragraph, said.text, italic=quiet, colour=SOFT if quiet else None, size=size)
            if isinstance(said, Sentence):
                self._tail(paragraph, said)

    def _tail(self, paragraph: Any, said: Sentence | Row) -> None:
        for mark in said.marks:
            self._run(paragraph, f" [{MARKS.get(mark, mark)}]", size=8, colour=WARN if mark in HOT else SOFT)
        for n, number in enumerate(said.notes):
            self._inner(paragraph, "n" + number.replace(".", "_"), f"{' ' if n else ''}{number}", 10.5, raised=True)

    def _table(self, block: Table) -> None:
        table = self._grid([WIDE * w / sum(block.widths) for w in block.widths])
        head = table.add_row()
        for cell, title in zip(head.cells, block.head, strict=True):
            self._run(cell.paragraphs[0], title, bold=True, size=9.5)
        self._set(head, "w:tblHeader")
        for row in block.rows:
            line = table.add_row()
            self._set(line, "w:cantSplit")
            for cell, text in zip(line.cells, row.cells, strict=True):
                self._run(cell.paragraphs[0], text, size=9.5)
            self._tail(line.cells[-1].paragraphs[0], row)
        self.file.add_paragraph()

    def _chart(self, chart: Chart) -> None:
        from docx.shared import Mm

        picture = self.file.add_picture(io.BytesIO(book_pdf.picture(chart)), width=Mm(150))
        picture._inline.docPr.set("descr", f"{chart.title}: {chart.said}")
        picture._inline.docPr.set("title", chart.title)
        self.file.paragraphs[-1].paragraph_format.keep_with_next = True

    def _source(self, source: Reference) -> None:
        from docx.shared import Mm, Pt

        paragraph = self.file.add_paragraph()
        paragraph.paragraph_format.keep_with_next = True
        self._run(paragraph, f"{source.number}  ", bold=True, size=9.5)
        title = f"“{source.title}”, " if source.title else ""
        self._run(paragraph, f"{source.outlet}, {title}{source.published}, ", size=9.5)
        if source.link:
            self._outer(paragraph, source.link, source.place)
        else:
            self._run(paragraph, source.place, size=9.5)
        if source.terms:
            self._run(self.file.add_paragraph(), source.terms, italic=True, size=9, colour=SOFT)
        for passage in source.passages:
            line = self.file.add_paragraph()
            line.paragraph_format.left_indent, line.paragraph_format.first_line_indent = Mm(14), Mm(-10)
            line.paragraph_format.space_after = Pt(2)
            self._target(line, "n" + passage.number.replace(".", "_"), f"{passage.number}\t", size=9)
            before, exact, after = passage.parts if passage.quote else ("", "words left out", "")
            self._run(line, f"“{before}" if passage.quote else "", size=9)
            self._run(line, exact, size=9, bold=passage.exact is not None)
            self._run(line, f"{after}”" if passage.quote else "", size=9)
            if passage.shortened:
                self._run(line, " [shortened]", size=8, colour=SOFT)

    # ------------------------------------------------------------ pieces of the format

    def _run(
        self, paragraph: Any, text: str, *, bold: bool = False, italic: bool = False, size: float | None = None, colour: str | None = None
    ) -> Any:
        from docx.shared import Pt, RGBColor

        run = paragraph.add_run(text)
        run.bold, run.italic = bold or None, italic or None
        if size:
            run.font.size = Pt(size)
        if colour:
            run.font.color.rgb = RGBColor.from_string(colour)
        return run

    def _target(self, paragraph: Any, name: str, text: str, size: float | None = None) -> None:
        """Text that links within the document lead to."""
        self.marked += 1
        begin = self._element("w:bookmarkStart", {"w:id": str(self.marked), "w:name": name})
        paragraph._p.append(begin)
        self._run(paragraph, text, size=size)
        paragraph._p.append(self._element("w:bookmarkEnd", {"w:id": str(self.marked)}))

    def _inner(self, paragraph: Any, name: str, text: str, size: float, raised: bool = False) -> None:
        """A link within the document."""
        link = self._element("w:hyperlink", {"w:anchor": name, "w:history": "1"})
        run = self._run(paragraph, text, size=size, colour=NAVY)
        run.font.superscript = raised or None
        link.append(run._r)
        paragraph._p.append(link)

    def _outer(self, paragraph: Any, address: str, text: str) -> None:
        """A link to a page."""
        from docx.opc.constants import RELATIONSHIP_TYPE

        link = self._element("w:hyperlink", {"r:id": paragraph.part.relate_to(address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)})
        link.append(self._run(paragraph, text, size=9.5, colour=NAVY)._r)
        paragraph._p.append(link)

    def _field(self, paragraph: Any, name: str) -> None:
        """A number that the reader's program fills in."""
        field = self._element("w:fldSimple", {"w:instr": name})
        field.append(self._run(paragraph, "1", size=8.5, colour=SOFT)._r)
        paragraph._p.append(field)

    def _grid(self, widths: Sequence[float]) -> Any:
        """A table without rows yet, with lines between them; the widths are millimetres."""
        from docx.shared import Mm

        table = self.file.add_table(rows=0, cols=len(widths))
        table.autofit = False
        for column, wide in zip(table.columns, widths, strict=True):
            column.width = Mm(wide)
        borders = self._element("w:tblBorders", {})
        for side in ("w:bottom", "w:insideH"):
            borders.append(self._element(side, {"w:val": "single", "w:sz": "4", "w:color": "D5D8DC"}))
        table._tbl.tblPr.append(borders)
        return table

    def _set(self, row: Any, name: str) -> None:
        row._tr.get_or_add_trPr().append(self._element(name, {}))

    def _element(self, name: str, values: dict[str, str]) -> Any:
        from docx.oxml import OxmlElement
        from docx.oxml.ns import qn

        made = OxmlElement(name)
        for key, value in values.items():
            made.set(qn(key), value)
        return made

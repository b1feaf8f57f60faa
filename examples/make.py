"""Make the example documents that are not plain text: python examples/make.py

The PDF and the DOCX are kept in the repository; run this again after a change of their words here.
"""

from __future__ import annotations

from pathlib import Path

import docx
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.platypus import BaseDocTemplate, Frame, PageTemplate, Paragraph, Spacer

HERE = Path(__file__).resolve().parent

TRADE_TITLE = "Czech Statistical Office: external trade with Kazakhstan, 2021 to 2023"
TRADE_DATE = "Prague, 12 March 2024"
TRADE_BEFORE = [
    "Trade turnover between the Czech Republic and Kazakhstan reached USD 2.9 billion in 2023. The figure includes crude oil of "
    "Kazakh origin that arrives through the pipeline from Trieste.",
    "Czech exports to Kazakhstan amounted to USD 1,071 million in 2023, an increase of 11.8% on the previous year.",
]
TRADE_TABLE = [
    ("USD million", "2021", "2022", "2023"),
    ("Exports to Kazakhstan", "812", "958", "1,071"),
    ("Imports from Kazakhstan", "1,240", "1,702", "1,829"),
    ("Turnover", "2,052", "2,660", "2,900"),
]
TRADE_AFTER = [
    "Crude oil accounted for 78% of imports from Kazakhstan in 2023.",
    "The Office and the Bureau of National Statistics of Kazakhstan agreed to compare their records by the end of 2024.",
]

BULLETIN_TITLE = "Bulletin of the Peruvian-Moroccan Chamber of Commerce"
BULLETIN_ISSUE = "No. 7, July 2023"
BULLETIN = [
    ("h", "Agriculture minister in Casablanca"),
    ("p", "Peru's Minister of Agriculture, Lucía Huamán Tello, visited Casablanca on 12 July 2023 at the head of a delegation of "
          "eleven exporters. She met Morocco's Minister of Agriculture, Salma El Idrissi Tazi, and toured the port."),
    ("p", "“Our grapes arrive here in nineteen days, and we want to make it fourteen,” Minister Huamán said at "
          "the seminar which the Chamber held in the afternoon."),
    ("p", "The two ministers signed a protocol on plant health. It opens the Moroccan market to Peruvian blueberries, avocados "
          "and quinoa. The protocol enters into force on 1 January 2024."),
    ("h", "Trade in figures"),
    ("p", "According to the customs service of Peru, exports to Morocco rose by 18% to 97 million dollars in 2022. Imports from "
          "Morocco, nearly all of them fertiliser, stood at 213 million dollars. Turnover was therefore 310 million dollars."),
    ("p", "In the first half of 2023 trade fell by a tenth compared with the same period of 2022, to 139 million dollars. The "
          "Chamber puts it down to the price of fertiliser."),
    ("h", "A line from Tangier"),
    ("p", "The shipping company Litoral Sur will open a line from Tangier to Callao in October 2023. It will put three ships of "
          "4,200 containers each on the route and invest about 60 million euros."),
    ("h", "From the Chamber"),
    ("p", "The Chamber has 146 member companies. Its president, Abdelhak Sefrioui Naciri, was re-elected on 30 June for two years."),
]


def trade_note(path: Path) -> None:
    """Write the statistics note with its table as DOCX."""
    document = docx.Document()
    document.core_properties.author = "Czech Statistical Office"
    document.core_properties.title = TRADE_TITLE
    document.add_heading(TRADE_TITLE, level=1)
    document.add_paragraph(TRADE_DATE)
    for paragraph in TRADE_BEFORE:
        document.add_paragraph(paragraph)
    table = document.add_table(rows=0, cols=len(TRADE_TABLE[0]))
    for row in TRADE_TABLE:
        for cell, value in zip(table.add_row().cells, row, strict=True):
            cell.text = value
    for paragraph in TRADE_AFTER:
        document.add_paragraph(paragraph)
    document.save(str(path))


def bulletin(path: Path) -> None:
    """Write the chamber's bulletin as a PDF of one page in two columns."""
    heading = ParagraphStyle("heading", fontName="Times-Bold", fontSize=12, leading=15, spaceBefore=8, spaceAfter=4)
    body = ParagraphStyle("body", fontName="Times-Roman", fontSize=10, leading=13, spaceAfter=6, alignment=4)
    height = A4[1]
    column, gap, margin = 82 * mm, 10 * mm, 18 * mm
    tall = 100 * mm

    def head(canvas: object, _: object) -> None:
        canvas.setFont("Times-Bold", 16)  # type: ignore[attr-defined]
        canvas.drawString(margin, height - 22 * mm, BULLETIN_TITLE)  # type: ignore[attr-defined]
        canvas.setFont("Times-Italic", 10)  # type: ignore[attr-defined]
        canvas.drawString(margin, height - 28 * mm, BULLETIN_ISSUE)  # type: ignore[attr-defined]

    top = height - 36 * mm - tall
    frames = [Frame(margin + i * (column + gap), top, column, tall, 0, 0, 0, 0, id=str(i)) for i in range(2)]
    made = BaseDocTemplate(str(path), pagesize=A4, title=f"{BULLETIN_TITLE}, {BULLETIN_ISSUE}",
                           author="Peruvian-Moroccan Chamber of Commerce", invariant=1)
    made.addPageTemplates([PageTemplate(id="two", frames=frames, onPage=head)])
    made.build([Paragraph(words, heading if kind == "h" else body) for kind, words in BULLETIN] + [Spacer(1, 1)])


if __name__ == "__main__":
    trade_note(HERE / "06-statistical-office-table.docx")
    bulletin(HERE / "13-chamber-bulletin.pdf")

"""Documents as others cite them."""

from __future__ import annotations

from dataclasses import replace

import pytest

from dragoman.model import citing
from dragoman.model.stored import DocumentRow

PLAIN = DocumentRow("doc:0123456789abcdef", "a.html", ("a.html",), "Ports & grain: who pays?", "Harbour Gazette", "newspaper",
                    "Ólafur Þórsson", "Durrës", "en", "2024-05-14", "metadata", (), "https://example.org/a?x=1&y={2}", 10, 1, True, None,
                    None, 1, "2024-06-01T08:00:00Z", None)


def test_a_note_in_chicago_style() -> None:
    note = citing.chicago(PLAIN)
    assert note.startswith("Ólafur Þórsson, “Ports & grain: who pays?” Harbour Gazette, May 14, 2024, https://example.org/a?x=1&y=")
    assert citing.chicago(replace(PLAIN, title="Ports", author=None, published=None, url=None)) == \
        "“Ports,” Harbour Gazette, n.d., a.html."


def test_what_tex_would_trip_over_is_escaped() -> None:
    entry = citing.bibtex(replace(PLAIN, title="50 % of {all} the\n$ats_\\end", author=None))
    assert r"title = {{50 \% of \textbraceleft{}all\textbraceright{} the \$ats\_\textbackslash{}end}}," in entry
    assert entry.count("{") == entry.count("}")
    assert "url = {https://example.org/a?x=1&y=%7B2%7D}," in entry


def test_the_key_stays_when_others_come() -> None:
    assert citing.key(PLAIN) == "harbourgazette2024-01234567"
    assert citing.key(replace(PLAIN, outlet="Известия", published=None)) == "source-01234567"


@pytest.mark.parametrize(("edtf", "said"), [
    ("2024-05-14", {"date-parts": [[2024, 5, 14]]}), ("2024", {"date-parts": [[2024]]}),
    ("2022-01/2022-10", {"date-parts": [[2022, 1], [2022, 10]]}), ("2022-05~", {"date-parts": [[2022, 5]], "circa": True}),
    ("../2027", {"literal": "by 2027"}), ("2019/..", {"literal": "from 2019"}), ("2021-23", {"literal": "autumn 2021"})])
def test_dates_of_csl_keep_their_precision(edtf: str, said: dict[str, object]) -> None:
    assert citing.csl_date(edtf) == said


def test_csl_says_what_is_known_and_no_more() -> None:
    item = citing.csl(replace(PLAIN, outlet_kind="ministry", author=None, url=None))
    assert (item["type"], item["genre"], item["publisher"]) == ("report", "Press release", "Harbour Gazette")
    assert not {"author", "URL", "accessed"} & set(item)

"""What a case in figure.yml cannot say: series over sentences, tables, evidence, what hostile text costs."""

from __future__ import annotations

import time

import pytest

from dragoman.annotate import annotate
from dragoman.extract import figure_period, figure_table
from dragoman.extract.figure import extract
from dragoman.model.claims import Figure
from dragoman.model.documents import Document, Source
from dragoman.reference import indicators


def read(words: str, published: str | None = "2018-03-01") -> list[Figure]:
    document = Document("doc:test", words, Source("test.txt", "test.txt", "", len(words), "text/plain", ""), published=published)
    return list(extract(annotate(document)))


def test_a_movement_is_three_figures_of_one_series() -> None:
    rise, now, then = read(
        "Trade between Estonia and Denmark rose by 12 percent to 2.3 billion euros in 2017 from 2.05 billion euros in 2016."
    )
    assert (rise.indicator, now.indicator, then.indicator) == ("trade_turnover",) * 3
    assert (rise.measure, rise.low, rise.period) == ("change", 12.0, "2017")
    assert (now.low, now.period) == (2.3e9, "2017")
    assert (then.low, then.period) == (2.05e9, "2016")


def test_the_next_sentence_goes_on_with_the_series() -> None:
    first, second = read("Trade between Peru and Chile came to 8 billion dollars in 2016. It reached 9 billion dollars in 2017.")
    assert (second.indicator, set(second.parties), second.period) == ("trade_turnover", {"PER", "CHL"}, "2017")
    assert first.period == "2016"


def test_the_evidence_is_the_clause_and_not_the_sentence() -> None:
    words = (
        "Welcoming the guests from Denmark, the mayor of Tallinn recalled after a long dinner "
        "that Danish exports to Estonia had reached 900 million euros in 2016."
    )
    (figure,) = read(words)
    quote = figure.evidence[0].quote
    assert "900 million euros in 2016" in quote
    assert len(quote) < len(words) / 2
    assert words[figure.evidence[0].start : figure.evidence[0].end] == quote


def test_the_rules_say_what_fired() -> None:
    (figure,) = read("Trade between Peru and Chile came to 8 billion dollars in 2016.")
    assert figure.rules == ("cue", "date")
    assert 0 < figure.confidence < 1


def test_us_dollars_make_no_party() -> None:
    (figure,) = read("Trade between Peru and Chile came to 8 billion US dollars in 2016.")
    assert set(figure.parties) == {"PER", "CHL"}


TABLES = {
    "pipes": "Trade of Estonia with Latvia\n\nEUR million | 2015 | 2016\nExports | 1,204 | 1,310\nImports | 980 | 1,002",
    "tabs": "Trade of Estonia with Latvia\n\nEUR million\t2015\t2016\nExports\t1,204\t1,310\nImports\t980\t1,002",
    "columns": (
        "Trade of Estonia with Latvia\n\nEUR million      2015      2016\nExports         1,204     1,310\nImports           980     1,002"
    ),
}


@pytest.mark.parametrize("words", TABLES.values(), ids=TABLES.keys())
def test_a_table_gives_a_figure_a_cell(words: str) -> None:
    found = {(f.indicator, f.period): f for f in read(words)}
    assert set(found) == {("exports", "2015"), ("exports", "2016"), ("imports", "2015"), ("imports", "2016")}
    assert found["exports", "2016"].low == 1310e6
    assert {f.unit for f in found.values()} == {"EUR"}


def test_a_column_of_changes_is_measured_against_the_column_before() -> None:
    words = "Trade of Estonia with Latvia\n\nEUR million\t2015\t2016\tchange, %\nTurnover\t2,184\t2,312\t+5.9"
    change = next(f for f in read(words) if f.measure == "change")
    assert (change.low, change.unit, change.period, change.base_period) == (5.9, "%", "2016", "2015")


def test_prose_with_wide_gaps_is_no_table() -> None:
    document = Document("doc:t", "He spoke.  They left.\nShe came.  He sang.", Source("t", "t", "", 0, "text/plain", ""))
    assert figure_table.find(annotate(document)) == []


@pytest.mark.parametrize(("edtf", "before"), [
    ("2022", "2021"), ("2022-01/2022-10", "2021-01/2021-10"), ("2022-05", "2021-05"), ("../2027", None), (None, None),
])  # fmt: skip
def test_the_same_period_a_year_earlier(edtf: str | None, before: str | None) -> None:
    assert figure_period.shift(edtf) == before


def test_a_longer_cue_wins_and_a_mask_measures_nothing() -> None:
    table = indicators.table()
    assert [c.indicator for c in table.cues("The trade turnover grew.")] == ["trade_turnover"]
    assert table.cues("The minister of trade opened the trade office.") == []
    assert table.count("new Estonian students") == "students"
    assert table.skipped("foreign ministers")


def test_hostile_text_costs_little() -> None:
    words = "Trade fell by 5 percent | 7 | 9 (1 2 3) " * 4000
    start = time.process_time()
    document = Document("doc:t", words, Source("t", "t", "", 0, "text/plain", ""))
    list(figure_table._cells(words, 0, len(words)))
    indicators.table().cues(document.text)
    assert time.process_time() - start < 2


def test_a_date_in_the_clause_of_the_next_figure_is_not_that_of_this_one() -> None:
    first, second, third = read(
        "Lima speaks of 9 billion dollars of trade between Peru and Chile in 2016. "
        "The bank of Chile puts the figure at 8 billion and holds that the total for 2014 was 6 billion."
    )
    assert (first.period, second.period, third.period) == ("2016", "2016", "2014")
    (joined,) = read("Trade between Peru and Chile came to 8 billion dollars and more in 2016.")
    assert joined.period == "2016"


def test_a_bare_number_with_a_rate_counts_what_was_spoken_of() -> None:
    words = "The Lima flight used to land in Quito on Fridays, between Peru and Ecuador. There are {} now."
    (figure,) = read(words.format("nine a week"))
    assert (figure.indicator, figure.low, figure.unit) == ("flights", 9, "1")
    assert read(words.format("nine")) == []
    assert read("Peru and Ecuador have friends. There are nine a week now.") == []

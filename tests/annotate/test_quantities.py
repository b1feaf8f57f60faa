"""Sentences and the quantities in them; each row: sentence, then (low, high, unit[, modifier[, measure]]) for each."""

from __future__ import annotations

from functools import cache
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dragoman.annotate import pipeline, quantities, segment
from dragoman.model.annotations import AnnotatedText, DateMention, Quantity
from dragoman.model.documents import Document, Source

M, B, T = 1e6, 1e9, 1e12


@cache
def read(words: str, parties: tuple[str, ...] = (), home: str | None = None, dates: tuple[DateMention, ...] = ()) -> tuple[Quantity, ...]:
    document = Document("doc:test", words, Source("test.txt", "test.txt", "", len(words), "text/plain", ""))
    sentences, entities = pipeline.sentences(words, pipeline.parse(words, list(segment.segments(document))))
    starts = tuple(s.start for s in sentences)
    return quantities.find(AnnotatedText(document, sentences, entities, starts=starts, parties=parties, home=home, dates=dates))


def short(q: Quantity) -> tuple[Any, ...]:
    return (q.low, q.high, q.unit, q.modifier, q.measure)


def wanted(*row: Any) -> tuple[Any, ...]:
    low, high, unit, *rest = row
    return (low, high, unit, rest[0] if rest else None, rest[1] if len(rest) > 1 else "level")


def one(value: float, unit: str, modifier: str | None = None, measure: str = "level") -> tuple[Any, ...]:
    return (value, value, unit, modifier, measure)


# digits and scales
DIGITS = [
    ("Turnover came to 1,486.2 million dollars.", [one(1486.2 * M, "USD")]),
    ("Turnover came to 1 486,2 million euros.", [one(1486.2 * M, "EUR")]),
    ("Turnover came to 1.486,2 million euros.", [one(1486.2 * M, "EUR")]),
    ("Turnover came to 22.2 bn euros.", [one(22.2 * B, "EUR")]),
    ("Turnover came to 3 tn yen.", [one(3 * T, "JPY")]),
    ("Turnover came to 417 mln euros.", [one(417 * M, "EUR")]),
    ("Turnover came to 9.5mn euros.", [one(9.5 * M, "EUR")]),
    ("Turnover came to $870k.", [one(870e3, "USD")]),
    ("Turnover came to €31.8m.", [one(31.8 * M, "EUR")]),
    ("Turnover came to £2.4b.", [one(2.4 * B, "GBP")]),
    ("Turnover came to 12,34,567 rupees.", [one(1234567, "INR")]),
    ("Turnover came to 500 crore rupees.", [one(5 * B, "INR")]),
    ("Turnover came to Rs 500 crore.", [one(5 * B, "INR")]),
    ("Turnover came to Rs. 3 lakh.", [one(300e3, "INR")]),
    ("Turnover came to 2 lakh crore rupees.", [one(2 * T, "INR")]),
    ("Turnover came to 640 thousand dollars.", [one(640e3, "USD")]),
    ("Turnover came to 7.25 milliard euros.", [one(7.25 * B, "EUR")]),
    ("Turnover came to ¥1.2 trillion.", [one(1.2 * T, "JPY")]),
    ("Turnover came to 5-billion-dollar heights.", [one(5 * B, "USD")]),
    ("The fund gave 37 500 euros.", [one(37500, "EUR")]),
    ("The fund gave 37'500 francs.", [one(37500, "CHF")]),
    ("The fund gave 1,045 oku yen.", [one(104.5 * B, "JPY")]),
]
WORDS = [
    ("They lent two and a half billion euros.", [one(2.5 * B, "EUR")]),
    ("They lent half a million euros.", [one(0.5 * M, "EUR")]),
    ("They lent a billion dollars.", [one(B, "USD")]),
    ("They lent one hundred and twenty million euros.", [one(120 * M, "EUR")]),
    ("They lent three quarters of the sum.", [one(75, "%", None, "share")]),
    ("They sent forty-five lorries.", [one(45, "1")]),
    ("They sent a dozen buses.", [one(12, "1")]),
    ("They sent two dozen buses.", [one(24, "1")]),
    ("They sent a hundred and five buses.", [one(105, "1")]),
    ("They sent three thousand two hundred tents.", [one(3200, "1")]),
    ("They sent twelve hundred tents.", [one(1200, "1")]),
    ("Ninety-nine farmers came to the fair.", [one(99, "1")]),
    ("Four and a half million euros was paid.", [one(4.5 * M, "EUR")]),
    ("Five lakh visitors came to the fair.", [one(500e3, "1")]),
]
MONEY = [
    ("The plant cost $5 bn.", [one(5 * B, "USD")]),
    ("The plant cost US$ 5 bn.", [one(5 * B, "USD")]),
    ("The plant cost US$5 billion.", [one(5 * B, "USD")]),
    ("The plant cost USD 5bn.", [one(5 * B, "USD")]),
    ("The plant cost USD5bn.", [one(5 * B, "USD")]),
    ("The plant cost 5 bn USD.", [one(5 * B, "USD")]),
    ("The plant cost 5 bn dollars.", [one(5 * B, "USD")]),
    ("The plant cost 5 billion Kazakh tenge.", [one(5 * B, "KZT")]),
    ("The plant cost 616 million Australian dollars.", [one(616 * M, "AUD")]),
    ("The plant cost 900,000 Swiss francs.", [one(900e3, "CHF")]),
    ("The plant cost 75 billion CFA francs.", [one(75 * B, "XOF")]),
    ("The plant cost A$200 million.", [one(200 * M, "AUD")]),
    ("The plant cost NZ$15 million.", [one(15 * M, "NZD")]),
    ("The plant cost C$3.5 million.", [one(3.5 * M, "CAD")]),
    ("The plant cost R$ 80 million.", [one(80 * M, "BRL")]),
    ("The plant cost EUR 4.2 million.", [one(4.2 * M, "EUR")]),
    ("The plant cost 4.2 million EUR.", [one(4.2 * M, "EUR")]),
    ("The plant cost 4.2 million €.", [one(4.2 * M, "EUR")]),
    ("The plant cost ₸148 billion.", [one(148 * B, "KZT")]),
    ("The plant cost ₺27 billion.", [one(27 * B, "TRY")]),
    ("The plant cost ₦310 billion.", [one(310 * B, "NGN")]),
    ("The plant cost GH₵9 million.", [one(9 * M, "GHS")]),
    ("The plant cost 76 billion roubles.", [one(76 * B, "RUB")]),
    ("The plant cost 3 billion Belarusian rubles.", [one(3 * B, "BYN")]),
    ("The plant cost 118 billion meticais.", [one(118 * B, "MZN")]),
    ("The plant cost 2.4 billion yuan.", [one(2.4 * B, "CNY")]),
    ("The plant cost 30 million Moroccan dirhams.", [one(30 * M, "MAD")]),
    ("The plant cost 41 billion Danish crowns.", [one(41 * B, "DKK")]),
    ("The plant cost 2 million pounds sterling.", [one(2 * M, "GBP")]),
    ("The plant cost 300,000 lei.", [one(300e3, "RON")]),
    ("The plant cost 20 billion Icelandic krónur.", [one(20 * B, "ISK")]),
]
BY_STATE = [
    ("The plant cost $5 million.", ("CAN", "JAM"), "CAN", "CAD"),
    ("The plant cost $5 million.", ("CAN", "USA"), "CAN", "USD"),
    ("The plant cost $5 million.", ("KAZ", "HUN"), "KAZ", "USD"),
    ("The plant cost 5 million rupees.", ("PAK", "LKA"), "PAK", "PKR"),
    ("The plant cost Rs 5 million.", ("NPL", "BTN"), "NPL", "NPR"),
    ("The plant cost 5 million crowns.", ("NOR", "DEU"), "NOR", "NOK"),
    ("The plant cost 5 million CFA francs.", ("CMR", "TCD"), "CMR", "XAF"),
    ("The plant cost R68 million.", ("ZAF", "MOZ"), "ZAF", "ZAR"),
    ("The plant cost 300,000 lei.", ("MDA", "GEO"), "MDA", "MDL"),
    ("The plant cost 5 million francs.", ("GIN", "MLI"), "GIN", "GNF"),
    ("The plant cost 5 million manats.", ("TKM", "UZB"), "TKM", "TMT"),
    ("The plant cost 5 million dinars.", ("SRB", "MKD"), "SRB", "RSD"),
]
RANGES = [
    ("It needs 3-5 million euros.", [(3 * M, 5 * M, "EUR")]),
    ("It needs 3–5 million euros.", [(3 * M, 5 * M, "EUR")]),
    ("It needs 3 to 5 million euros.", [(3 * M, 5 * M, "EUR")]),
    ("It needs from 3 to 5 million euros.", [(3 * M, 5 * M, "EUR")]),
    ("It needs between 3 and 5 million euros.", [(3 * M, 5 * M, "EUR")]),
    ("It needs between $9 billion and $11 billion.", [(9 * B, 11 * B, "USD")]),
    ("It needs $9-11 billion.", [(9 * B, 11 * B, "USD")]),
    ("It needs between 12,000 and 13,000 workers.", [(12000, 13000, "1")]),
    ("It needs two or three ferries.", [(2, 3, "1")]),
    ("It needs 5 to 8 bcm of gas.", [(5 * B, 8 * B, "m3")]),
    ("It needs 5 to 7 per cent of the budget.", [(5, 7, "%", None, "share")]),
    ("It was raised from 350 to 1,200 megawatts.", [one(350, "MW"), one(1200, "MW")]),
    ("Trade grew from 1.2 to 1.9 billion euros.", [one(1.2 * B, "EUR"), one(1.9 * B, "EUR")]),
]
BOUNDS = [
    ("Over 60,000 pupils came.", [(60000, None, "1", "more than")]),
    ("More than 60,000 pupils came.", [(60000, None, "1", "more than")]),
    ("They paid in excess of 5 million euros.", [(5 * M, None, "EUR", "more than")]),
    ("The sum exceeds 5 million euros.", [(5 * M, None, "EUR", "more than")]),
    ("The sum has passed 5 million euros.", [(5 * M, None, "EUR", "more than")]),
    ("At least 40 boats came.", [(40, None, "1", "at least")]),
    ("No fewer than 40 boats came.", [(40, None, "1", "at least")]),
    ("Not less than 40 boats came.", [(40, None, "1", "at least")]),
    ("40 boats or more came.", [one(40, "1")]),
    ("They paid 5 million euros or more.", [(5 * M, None, "EUR", "at least")]),
    ("They paid 5 million-plus euros.", [(5 * M, None, "1", "more than")]),
    ("Up to 40 boats came.", [(None, 40, "1", "up to")]),
    ("No more than 40 boats came.", [(None, 40, "1", "up to")]),
    ("They paid a maximum of 40 million euros.", [(None, 40 * M, "EUR", "up to")]),
    ("As many as 40 boats came.", [(None, 40, "1", "up to")]),
    ("Nearly 40 boats came.", [(None, 40, "1", "nearly")]),
    ("Almost 40 boats came.", [(None, 40, "1", "nearly")]),
    ("Just under 40 boats came.", [(None, 40, "1", "nearly")]),
    ("Fewer than 40 boats came.", [(None, 40, "1", "less than")]),
    ("They paid less than 40 million euros.", [(None, 40 * M, "EUR", "less than")]),
    ("They paid under 40 million euros.", [(None, 40 * M, "EUR", "less than")]),
    ("About 40 boats came.", [one(40, "1", "about")]),
    ("Some 40 boats came.", [one(40, "1", "about")]),
    ("Around 40 boats came.", [one(40, "1", "about")]),
    ("They paid approximately 40 million euros.", [one(40 * M, "EUR", "about")]),
    ("They paid 40 million euros, approximately.", [one(40 * M, "EUR", "about")]),
    ("They paid an estimated 40 million euros.", [one(40 * M, "EUR", "about")]),
    ("They paid 40 million euros or so.", [one(40 * M, "EUR", "about")]),
    ("They paid exactly 40 million euros.", [one(40 * M, "EUR", "exactly")]),
    ("Between them they paid some 3 to 5 million euros.", [(3 * M, 5 * M, "EUR", "about")]),
]
CHANGES = [
    ("Exports rose by 12.5 %.", [one(12.5, "%", None, "change")]),
    ("Exports rose by 12.5 per cent.", [one(12.5, "%", None, "change")]),
    ("Exports rose by 12.5 percent.", [one(12.5, "%", None, "change")]),
    ("Exports grew 12 percent.", [one(12, "%", None, "change")]),
    ("Exports fell by 4.3 percent.", [one(-4.3, "%", None, "change")]),
    ("Exports were down 14 per cent.", [one(-14, "%", None, "change")]),
    ("Exports were up 34.8% on last year.", [one(34.8, "%", None, "change")]),
    ("Exports were 6.3% less than before.", [one(-6.3, "%", None, "change")]),
    ("Exports showed an increase of 5.0%.", [one(5, "%", None, "change")]),
    ("Exports showed a 5% drop.", [one(-5, "%", None, "change")]),
    ("Exports changed by +21.4% and -6.9%.", [one(21.4, "%", None, "change"), one(-6.9, "%", None, "change")]),
    ("Exports doubled.", [one(100, "%", None, "change")]),
    ("Exports tripled.", [one(200, "%", None, "change")]),
    ("Exports nearly tripled.", [(None, 200, "%", "nearly", "change")]),
    ("Exports more than doubled.", [(100, None, "%", "more than", "change")]),
    ("Exports have quadrupled.", [one(300, "%", None, "change")]),
    ("Exports were halved.", [one(-50, "%", None, "change")]),
    ("Exports fell by half.", [one(-50, "%", None, "change")]),
    ("Exports fell by a fifth.", [one(-20, "%", None, "change")]),
    ("Exports shrank by nearly 40 percent.", [(None, -40, "%", "nearly", "change")]),
    ("Exports rose by at least 40 percent.", [(40, None, "%", "at least", "change")]),
    ("Exports were a third more than in spring.", [one(33.33, "%", None, "change")]),
    ("Exports were two fifths higher.", [one(40, "%", None, "change")]),
    ("Exports increased 3.2 times.", [one(220, "%", None, "change")]),
    ("Exports increased threefold.", [one(200, "%", None, "change")]),
    ("Exports showed a tenfold rise.", [one(900, "%", None, "change")]),
    ("Exports were three times as many as before.", [one(200, "%", None, "change")]),
    ("Exports were one and a half times as large as in May.", [one(50, "%", None, "change")]),
    ("Exports were twice as high as before.", [one(100, "%", None, "change")]),
    ("Exports grew by a factor of four.", [one(300, "%", None, "change")]),
    ("Exports rose by 200 million euros.", [one(200 * M, "EUR", None, "change")]),
    ("Exports fell by 200 million euros to 1 billion euros.", [one(-200 * M, "EUR", None, "change"), one(B, "EUR")]),
    ("There were 46 fewer than last time.", [one(-46, "1", None, "change")]),
    ("The stake rose by 3 percentage points.", [one(3, "%", None, "change")]),
    ("The stake rose by 3 pp.", [one(3, "%", None, "change")]),
]
SHARES = [
    ("Machinery made up 61.2% of imports.", [one(61.2, "%", None, "share")]),
    ("Textiles accounted for 12 per cent.", [one(12, "%", None, "share")]),
    ("Four fifths of that trade is in fish.", [one(80, "%", None, "share")]),
    ("A quarter of the boats are new.", [one(25, "%", None, "share")]),
    ("Half of the gas is sold.", [one(50, "%", None, "share")]),
    ("Nearly half of exports are fish.", [(None, 50, "%", "nearly", "share")]),
    ("Roughly two thirds of that sum is spent.", [one(66.67, "%", "about", "share")]),
    ("Four in five went north.", [one(80, "%", None, "share")]),
    ("Four out of five of them are young.", [one(80, "%", None, "share")]),
    ("One in ten of them comes back.", [one(10, "%", None, "share")]),
    ("They pay 62 and 38 percent of the total.", [one(62, "%", None, "share"), one(38, "%", None, "share")]),
    ("The share of the euro fell below 50 percent.", [(None, 50, "%", "less than", "share")]),
    ("The loan carries interest of 0.1 percent.", [one(0.1, "%")]),
    ("The tariff on cheese is 5 per cent.", [one(5, "%")]),
]
UNITS = [
    ("The tunnel is 13.9 km long.", [one(13.9, "km")]),
    ("The tunnel is 6,450 metres long.", [one(6450, "m")]),
    ("They built a 275-kilometre road.", [one(275, "km")]),
    ("61 of 94 km have been laid.", [one(61, "km"), one(94, "km")]),
    ("They sold 210,000 tonnes of maize.", [one(210000, "t")]),
    ("They sold 812 thousand tonnes of crude.", [one(812000, "t")]),
    ("They sold 50 kt of wheat.", [one(50000, "t")]),
    ("They sold 4 billion cubic metres of gas.", [one(4 * B, "m3")]),
    ("They sold 2.3 bcm of gas.", [one(2.3 * B, "m3")]),
    ("They sold 1,400 megawatts of power.", [one(1400, "MW")]),
    ("They laid a 1,400-MW cable.", [one(1400, "MW")]),
    ("They sold 1.5 million barrels a day.", [one(1.5 * M, "bbl/d")]),
    ("They farm 300 hectares.", [one(300, "ha")]),
    ("They stayed for three days.", [one(3, "d")]),
    ("The five-year plan ended.", [one(5, "a")]),
]
RANKS = [
    ("It is the third-largest trading partner.", [one(3, "1", None, "rank")]),
    ("It is the fourth largest investor.", [one(4, "1", None, "rank")]),
    ("The country ranked fifth among buyers.", [one(5, "1", None, "rank")]),
    ("It is in thirteenth place.", [one(13, "1", None, "rank")]),
    ("It is our largest trading partner.", [one(1, "1", None, "rank")]),
]
NOTHING = [
    "The 23rd meeting was held in the Forty-Sixth year.",
    "It was held under Article 7 of Resolution 1244.",
    "They met in Room 5 and on Route 12.",
    "The G20 and the C5+1 met.",
    "The 5G network and COVID-19 were discussed.",
    "The M5 and the E40 meet there.",
    "The talks began at 10:30 a.m.",
    "The talks began at 9 p.m.",
    "Call +373 22 123 456 for details.",
    "One of the guests spoke.",
    "They helped one another.",
    "One never knows.",
    "It was version 2.4.1 of the plan.",
    "They flew in a Boeing 737.",
    "Solberg, 44, is a lawyer.",
    "The 44-year-old lawyer spoke.",
    "See Document A/75/251 or No. 12.",
    "It was a two-way street.",
    "It was signed by the two.",
    "The first half of the season was dry.",
    "He spoke for half an hour.",
    "See page 12, note 3.",
    "The second half was better.",
    "In 2022 nothing happened.",
    "See https://example.org/2022/12/500 for more.",
    "Write to office12@example.org today.",
    "The Su-35 and the F-16 flew past.",
]


@pytest.mark.parametrize(
    ("words", "expected"),
    [*DIGITS, *WORDS, *MONEY, *RANGES, *BOUNDS, *CHANGES, *SHARES, *UNITS, *RANKS],
    ids=lambda v: v[:60] if isinstance(v, str) else "",
)
def test_sentence(words: str, expected: list[tuple[Any, ...]]) -> None:
    assert [short(q) for q in read(words)] == [wanted(*row) for row in expected]


@pytest.mark.parametrize("words", NOTHING)
def test_what_is_no_quantity(words: str) -> None:
    assert [q.text for q in read(words)] == []


@pytest.mark.parametrize(("words", "parties", "home", "code"), BY_STATE)
def test_the_states_of_the_text_decide_a_shared_symbol(words: str, parties: tuple[str, ...], home: str, code: str) -> None:
    assert [q.unit for q in read(words, parties, home)] == [code]


@pytest.mark.parametrize(
    ("words", "noun"),
    [
        ("They opened five new Estonian enterprises.", "new Estonian enterprises"),
        ("They opened 12 further schools in the north.", "schools"),
        ("They bought 112 head of cattle.", "head of cattle"),
        ("They opened 120 of them.", None),
        ("Two of its crossings are shut.", "crossings"),
        ("A six-member delegation came.", "member delegation"),
    ],
)
def test_the_noun_that_is_counted(words: str, noun: str | None) -> None:
    (found,) = read(words)
    assert found.noun == noun
    if noun:
        assert words[found.noun_start : found.noun_end] == noun


@pytest.mark.parametrize(
    ("words", "unit", "value"),
    [
        ("The line cost 460 billion tenge ($1 bn).", "USD", B),
        ("The line cost 460 billion tenge (about USD 1 bn).", "USD", B),
        ("The line cost 460 billion tenge, or 1 billion dollars.", "USD", B),
        ("The line cost 118 billion meticais (about R27 billion).", "ZAR", 27 * B),
        ("The line is 62 miles (100 km) long.", "km", 100),
    ],
)
def test_a_conversion_in_brackets_is_the_equivalent(words: str, unit: str, value: float) -> None:
    (found,) = read(words, ("ZAF", "MOZ"))
    assert found.equivalent is not None
    assert (found.equivalent.unit, found.equivalent.high) == (unit, value)


def test_the_movement_has_its_direction() -> None:
    step, end, start = read("Trade rose by 200 million euros to 1.2 billion euros from 1 billion euros.")
    assert (step.direction, end.direction, start.direction) == ("by", "to", "from")


def test_a_bare_million_takes_the_unit_before_it() -> None:
    assert [q.unit for q in read("Trade came to 28.4 million euros. It is to reach 500 million.")] == ["EUR", "EUR"]
    assert [q.unit for q in read("They sold 5 million tonnes. They will sell 17 million.")] == ["t", "t"]


def test_a_record_is_marked() -> None:
    assert read("Trade reached a record $22.2 billion.")[0].record
    assert not read("Trade reached $22.2 billion.")[0].record


def test_dates_are_left_out() -> None:
    words = "On 12 May 2019 they sold 40 boats."
    assert [q.low for q in read(words, dates=(DateMention(3, 14, "12 May 2019", "2019-05-12"),))] == [40]


def test_cells_of_a_table_are_numbers() -> None:
    words = "Goods, USD million    17,712.4    18.0    +21.4"
    assert [(q.low, q.measure) for q in read(words)] == [(17712.4, "level"), (18.0, "level"), (21.4, "change")]


def test_the_span_holds_the_words() -> None:
    words = "They paid more than 40 million euros."
    (found,) = read(words)
    assert words[found.start : found.end] == found.text == "more than 40 million euros"


def styles(value: int) -> list[str]:
    grouped = f"{value:,}"
    return [
        str(value),
        grouped,
        grouped.replace(",", " "),
        grouped.replace(",", "\u00a0"),
        grouped.replace(",", "\u202f"),
        grouped.replace(",", "'"),
    ]


@settings(max_examples=40, deadline=None)
@given(st.integers(min_value=10_000, max_value=999_999_999))
def test_a_number_reads_back_in_every_style(value: int) -> None:
    for style in styles(value):
        assert [q.low for q in read(f"They paid {style} euros.")] == [float(value)], style


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet="0123456789.,- –%$€()+/ \nabmkto", max_size=60))
def test_any_text_is_read_without_fault(words: str) -> None:
    for q in read(words):
        assert words[q.start : q.end] == q.text

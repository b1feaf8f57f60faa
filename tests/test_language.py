"""The English pipeline in language/en: it installs, loads, carries its licence, and reads plain sentences of the genre."""

from __future__ import annotations

import json
import tomllib
from importlib import metadata
from pathlib import Path
from typing import Any

import pytest

LANGUAGE = Path(__file__).resolve().parent.parent / "language" / "en"
SIZE_LIMIT = 40_000_000


@pytest.fixture(scope="module")
def nlp() -> Any:
    import spacy

    return spacy.load("en_dragoman")


def meta() -> dict[str, Any]:
    found: dict[str, Any] = json.loads((LANGUAGE / "en_dragoman/model/meta.json").read_text(encoding="utf-8"))
    return found


def test_the_versions_of_the_package_agree() -> None:
    project = tomllib.loads((LANGUAGE / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert project["version"] == meta()["version"] == metadata.version("en_dragoman")
    assert json.loads((LANGUAGE / "en_dragoman/meta.json").read_text(encoding="utf-8")) == meta()


def test_the_licence_and_the_sources_travel_with_it() -> None:
    assert "Attribution-ShareAlike 4.0" in (LANGUAGE / "LICENSE").read_text(encoding="utf-8")
    notice = (LANGUAGE / "NOTICE").read_text(encoding="utf-8")
    for source in ("UD_English-EWT", "UD_English-GUM", "UNER_English-EWT", "CrossNER", "Wikigold"):
        assert source in notice
    assert meta()["license"] == "CC BY-SA 4.0"
    installed = {Path(str(f)).name for f in metadata.files("en_dragoman") or ()}
    assert {"LICENSE", "NOTICE", "meta.json", "config.cfg"} <= installed
    assert sum(f.stat().st_size for f in LANGUAGE.rglob("*") if f.is_file()) < SIZE_LIMIT


def test_spacy_knows_it_by_its_entry_point() -> None:
    assert "en_dragoman" in {e.name for e in metadata.entry_points(group="spacy_models")}


def test_it_has_a_parser_and_names(nlp: Any) -> None:
    assert {"parser", "ner", "morphologizer"} <= set(nlp.pipe_names)
    assert {"PER", "ORG", "LOC"} <= set(nlp.get_pipe("ner").labels)


def test_sentences_and_relations(nlp: Any) -> None:
    doc = nlp("The minister arrived in Accra on Friday. He signed two agreements with his colleague. They did not speak to reporters.")
    assert [s.root.text for s in doc.sents] == ["arrived", "signed", "speak"]
    signed = next(t for t in doc if t.text == "signed")
    assert signed.lemma_ == "sign" and signed.pos_ == "VERB"
    assert {c.dep_: c.text for c in signed.children if c.dep_ in ("nsubj", "obj")} == {"nsubj": "He", "obj": "agreements"}


@pytest.mark.parametrize(
    ("form", "pos", "lemma"),
    [("met", "VERB", "meet"), ("held", "VERB", "hold"), ("talks", "NOUN", "talk"), ("countries", "NOUN", "country"), ("was", "AUX", "be")],
)
def test_lemmas(nlp: Any, form: str, pos: str, lemma: str) -> None:
    text = "She met him before the talks were held in both countries, and it was late."
    text = text.replace("were held", "that they held") if form == "held" else text
    token = next(t for t in nlp(text) if t.text == form)
    assert (token.pos_, token.lemma_.lower()) == (pos, lemma)


@pytest.mark.parametrize(
    ("text", "person"),
    [
        ("Foreign Minister Zainab Okoye-Bright flew to Tashkent on Monday.", "Zainab Okoye-Bright"),
        ("On Tuesday President Nurbolat Seitkaliyev received the ambassador.", "Nurbolat Seitkaliyev"),
        ("“We are ready,” said Park Hye-rim, the trade minister.", "Park Hye-rim"),
        ("Prime Minister Lotte van der Linden thanked her hosts in Jakarta.", "Lotte van der Linden"),
    ],
)
def test_persons(nlp: Any, text: str, person: str) -> None:
    assert person in {e.text for e in nlp(text).ents if e.label_ == "PER"}


@pytest.mark.parametrize("state", ["Chad", "Jordan", "Georgia"])
def test_a_state_that_begins_a_sentence_is_a_place(nlp: Any, state: str) -> None:
    doc = nlp(f"{state} said it would reopen its embassy in Ankara.")
    assert {e.text: e.label_ for e in doc.ents}.get(state) == "LOC"
    assert state not in {e.text for e in nlp(f"{state} has asked the African Union for help.").ents if e.label_ == "PER"}


def test_one_matrix_product_for_all_of_it(nlp: Any) -> None:
    from thinc.api import NumpyOps

    models = [m for _, c in nlp.components if (m := getattr(c, "model", None)) is not None]
    plain = [n.ops for m in models for n in m.walk() if type(n.ops) is NumpyOps]
    assert not any(ops.use_blis for ops in plain)

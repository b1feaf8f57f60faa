"""BibTeX and CSL-JSON of the documents."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace

from bibtexparser.bparser import BibTexParser

from dragoman.exchange.write import bibtex, csl
from dragoman.model.exporting import Bundle

Bundled = Callable[..., Bundle]


def entries(text: str) -> dict[str, tuple[str, dict[str, str]]]:
    """Type and fields of each entry by its key."""
    parser = BibTexParser(ignore_nonstandard_types=False, common_strings=False)
    found = {e["ID"]: (e["ENTRYTYPE"], {k: v for k, v in e.items() if k.islower()}) for e in parser.parse(text).entries}
    assert len(found) == text.count("\n@") + text.startswith("@")
    return found


def test_bibtex(bundled: Bundled) -> None:
    found = entries("\n".join(bibtex.write(bundled("documents"))))
    kind, gazette = found["harbourgazette2024-3918f43e"]
    assert (kind, gazette["author"], gazette["title"]) == ("article", "{Salvör Ýr}", "{Ports, grain and a promise}")
    assert (gazette["date"], gazette["url"], gazette["urldate"]) == ("2024-03-12", "https://gazette.example/ports?id=1&x=2", "2024-07-01")
    kind, trade = next(e for k, e in found.items() if k.startswith("bureau"))
    assert (kind, trade["institution"], trade["date"]) == ("report", "{Bureau of National Statistics}", "2024-04")
    kind, archive = next(e for k, e in found.items() if k.startswith("source"))
    assert (kind, archive["title"], "date" in archive, "url" in archive) == ("misc", "{archive, old.txt}", False, False)


def test_a_hostile_title_does_not_break_the_bibliography(bundled: Bundled) -> None:
    whole = bundled("documents")
    bad = 'A } title, with "quotes", a \\ and {braces\n@article{evil, title = {x}}'
    documents = {k: replace(d, title=bad, outlet="O{", author="B} and C") for k, d in whole.documents.items()}
    found = entries("\n".join(bibtex.write(replace(whole, documents=documents))))
    assert len(found) == 3 and "evil" not in found
    assert {f["title"].count("@article") for _, f in found.values()} == {1}


def test_csl_json(bundled: Bundled) -> None:
    items = {i["title"]: i for i in json.loads("\n".join(csl.write(bundled("documents"))))}
    gazette = items["Ports, grain and a promise"]
    assert (gazette["type"], gazette["author"], gazette["container-title"]) == ("article-newspaper", [{"literal": "Salvör Ýr"}],
                                                                                "Harbour Gazette")
    assert gazette["issued"] == {"date-parts": [[2024, 3, 12]]} and gazette["accessed"] == {"date-parts": [[2024, 7, 1]]}
    assert items["Foreign trade of Kazakhstan"]["issued"] == {"date-parts": [[2024, 4]]}
    assert not {"issued", "URL", "author"} & set(items["archive, old.txt"])
    assert len({i["id"] for i in items.values()}) == 3

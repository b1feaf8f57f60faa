"""BibTeX and CSL-JSON of the documents."""

from __future__ import annotations

import json
import re
from collections.abc import Callable

from dragoman.exchange.write import bibtex, csl
from dragoman.model.exporting import Bundle

Bundled = Callable[..., Bundle]


def entries(text: str) -> dict[str, tuple[str, dict[str, str]]]:
    """A reader of BibTeX by its grammar: @type{key, name = {balanced braces}, ...}."""
    found = {}
    at = 0
    while m := re.compile(r"\s*@(\w+)\{([^,\s]+),").match(text, at):
        at, fields = m.end(), {}
        while f := re.compile(r"\s*(\w+) = \{").match(text, at):
            begin = at = f.end()
            depth = 1
            while depth:
                depth += {"{": 1, "}": -1}.get(text[at], 0)
                at += 1
            fields[f[1]] = text[begin : at - 1]
            assert text[at] == ","
            at += 1
        end = re.compile(r"\s*\}").match(text, at)
        assert end
        at = end.end()
        found[m[2]] = (m[1], fields)
    assert not text[at:].strip()
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


def test_csl_json(bundled: Bundled) -> None:
    items = {i["title"]: i for i in json.loads("\n".join(csl.write(bundled("documents"))))}
    gazette = items["Ports, grain and a promise"]
    assert (gazette["type"], gazette["author"], gazette["container-title"]) == ("article-newspaper", [{"literal": "Salvör Ýr"}],
                                                                                "Harbour Gazette")
    assert gazette["issued"] == {"date-parts": [[2024, 3, 12]]} and gazette["accessed"] == {"date-parts": [[2024, 7, 1]]}
    assert items["Foreign trade of Kazakhstan"]["issued"] == {"date-parts": [[2024, 4]]}
    assert not {"issued", "URL", "author"} & set(items["archive, old.txt"])
    assert len({i["id"] for i in items.values()}) == 3

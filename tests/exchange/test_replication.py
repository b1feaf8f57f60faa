"""The replication package, opened with zipfile, csv, json and sha256."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import zipfile
from collections.abc import Callable
from typing import Any

import pytest

from dragoman.exchange.write import replication
from dragoman.model.exporting import Bundle

Bundled = Callable[..., Bundle]


@pytest.fixture(scope="module")
def package(bundled: Bundled) -> zipfile.ZipFile:
    return zipfile.ZipFile(io.BytesIO(b"".join(replication.write(bundled()))))


def rows(package: zipfile.ZipFile, name: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(package.read(f"data/csv/{name}.csv").decode(), newline="")))


def lines(package: zipfile.ZipFile, name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in package.read(f"data/{name}.jsonl").decode().split("\n") if line]


def test_it_is_whole_and_its_sums_are_right(package: zipfile.ZipFile) -> None:
    assert package.testzip() is None
    sums = dict(reversed(line.split("  ")) for line in package.read("SHA256SUMS").decode().splitlines())
    assert set(sums) == set(package.namelist()) - {"SHA256SUMS"}
    assert all(hashlib.sha256(package.read(name)).hexdigest() == digest for name, digest in sums.items())


def test_values(package: zipfile.ZipFile) -> None:
    told = {float(r["low"]): r for r in rows(package, "figures")}
    assert set(told) == {1.2e9, 2.4e9} and all(r["disputed"] for r in told.values())
    assert {r["person"] for r in rows(package, "tenures")} == {"Ólafur Þórsson", "Гүлнар Есенова"}
    starts = {r["since"] for r in rows(package, "tenures")}
    assert {"2022-01-05", "../2023-11-02"} <= starts
    (promise,) = rows(package, "commitments")
    assert (promise["deadline"], promise["deadline_first"], promise["deadline_last"]) == ("../2027", "", "2027-12-31")
    (treaty,) = rows(package, "agreements")
    assert (treaty["title"], treaty["date"], treaty["until"]) == ("agreement on fish, grain and ports", "2019-05-02", "2029")
    assert {r["document_title"] for r in rows(package, "contacts")} == {"Ports, grain and a promise", "Foreign trade of Kazakhstan", ""}
    documents = {r["file"]: r for r in rows(package, "documents")}
    assert (documents["archive, old.txt"]["published"], documents["gazette.txt"]["reuse_share"]) == ("", "0.2")
    (conflict,) = rows(package, "conflicts")
    assert "They cannot both hold" in conflict["why"]
    claims = {c["id"]: c for c in lines(package, "claims")}
    assert len(claims) == 15 and all(set(f["claims"]) <= set(claims) for f in lines(package, "facts"))


def test_codebook_accuracy_versions_and_licences(package: zipfile.ZipFile) -> None:
    codebook = package.read("CODEBOOK.md").decode()
    for name in package.namelist():
        if name.startswith("data/csv/"):
            header = package.read(name).decode().splitlines()[0].split(",")
            section = codebook.split(f"## {name.removeprefix('data/csv/')}\n")[1].split("\n## ")[0]
            assert [f"| `{column}` |" in section for column in header] == [True] * len(header)
    assert "# The claim contract" in codebook and "precision" in package.read("ACCURACY.md").decode()
    assert json.loads(package.read("versions.json"))["as_of"] == "2024-04-30"
    assert "A reader may quote up to 20 % of this article." in package.read("LICENCES.md").decode()


def test_the_same_record_gives_the_same_bytes(bundled: Bundled) -> None:
    assert b"".join(replication.write(bundled())) == b"".join(replication.write(bundled()))


def test_documents_alone(bundled: Bundled) -> None:
    package = zipfile.ZipFile(io.BytesIO(b"".join(replication.write(bundled("documents")))))
    assert [n for n in package.namelist() if n.startswith("data/")] == ["data/documents.jsonl", "data/csv/documents.csv"]

"""The JSON API: the verbs of the shell, pages by cursor, ETags, errors in one shape, judgements with a token."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from typer.main import get_command

from dragoman import Record
from dragoman.cli import app as shell
from tests.web import desk_made as made

# commands that write files, serve, or keep the record: what the API is not for
NOT_HERE = {
    "read",
    "watch",
    "import",
    "export",
    "judge",
    "serve",
    "token",
    "mcp",
    "evaluate",
    "evaluate-record",
    "scale",
    "load",
    "migrate",
    "check",
    "backup",
    "restore",
    "forget",
    "tombstones",
    "schema",
    "brief-book",
}
NASTY = [
    '" OR 1=1 --',
    "') UNION SELECT * FROM tokens --",
    "NEAR(",
    "trade AND NOT",
    '"',
    "*",
    "words:trade",
    "{}[]()^",
    "\u202ex",
    "a" * 200,
    "-trade",
    "col:*",
    "%_\\",
    "🜏",
]


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    found = tmp_path_factory.mktemp("api") / "desk.db"
    made.make(found)
    return found


@pytest.fixture(scope="module")
def client(path: Path) -> Iterator[TestClient]:
    with made.opened(path) as found:
        yield found


@pytest.fixture
def own(tmp_path: Path) -> Iterator[TestClient]:
    made.make(tmp_path / "own.db")
    with made.opened(tmp_path / "own.db") as found:
        yield found


def every(client: TestClient, path: str, limit: int, **query: Any) -> list[dict[str, Any]]:
    """All rows of a listing, page by page."""
    rows: list[dict[str, Any]] = []
    cursor = None
    for _ in range(100):
        answer = client.get(f"/api/v1{path}", params=query | {"limit": limit} | ({"cursor": cursor} if cursor else {}))
        assert answer.status_code == 200, answer.text
        rows += answer.json()["items"]
        cursor = answer.json()["next"]
        assert ('rel="next"' in answer.headers.get("link", "")) == bool(cursor)
        if cursor is None:
            return rows
    raise AssertionError("the pages do not end")


def test_every_question_of_the_shell_is_here(client: TestClient) -> None:
    asked = {name for name, command in get_command(shell).commands.items() if not command.hidden} - NOT_HERE  # type: ignore[attr-defined]
    here = {p.removeprefix("/api/v1/").partition("/")[0] for p in client.get("/api/v1/openapi.json").json()["paths"]}
    assert asked <= here, f"the API lacks {sorted(asked - here)}"


@pytest.mark.parametrize("order", ["date", "latest"])
@pytest.mark.parametrize("listing", ["/claims", "/documents", "/facts/contact", "/facts/person", "/facts/place", "/entities", "/contacts"])
def test_pages_give_every_row_once_in_the_order_of_one_page(client: TestClient, listing: str, order: str) -> None:
    whole = [row["id"] for row in every(client, listing, 500, order=order)]
    for limit in (1, 2, 3):
        assert [row["id"] for row in every(client, listing, limit, order=order)] == whole
    assert len(set(whole)) == len(whole)


def test_filters_answer_as_the_record_does(client: TestClient, path: Path) -> None:
    with Record(path) as record:
        for query in (
            {"state": ["NOR", "SWE"]},
            {"person": "Kolm"},
            {"since": "2032-03-05"},
            {"until": "2031"},
            {"outlet": "gazette"},
            {"min_confidence": 0.6},
            {"modality": "planned"},
            {"document": "bulletin.txt"},
            {"state": "Norway", "person": "Brandt"},
        ):
            names = {"states": ["NOR"] if query.get("state") == "Norway" else query.get("state", ())} | {
                k: v for k, v in query.items() if k != "state"
            }
            assert {row["id"] for row in every(client, "/claims", 3, **query)} == {r.claim.id for r in record.claims(**names)}, query
            assert {row["id"] for row in every(client, "/facts/series", 3, **query)} == {f.id for f in record.series(**names)}, query
        assert [c["id"] for c in every(client, "/conflicts", 5)] == [c.id for c in record.conflicts()]


def test_a_cursor_fits_its_own_question_alone(client: TestClient) -> None:
    first = client.get("/api/v1/claims", params={"limit": 2}).json()["next"]
    assert client.get("/api/v1/claims", params={"limit": 2, "cursor": first, "kind": "figure"}).json()["code"] == "bad-cursor"
    for wrong in ("x", "AAAA", first[:-3], "W10", "WyJ4Iiwi", "🜏", "bnVsbA", "WzFd"):
        answer = client.get("/api/v1/claims", params={"cursor": wrong})
        assert (answer.status_code, answer.json()["code"]) == (400, "bad-cursor"), wrong


@pytest.mark.parametrize(
    ("address", "status", "code"),
    [
        ("/claims/claim:nothere", 404, "not-found"),
        ("/nothing", 404, "not-found"),
        ("/claims?limit=0", 422, "bad-parameter"),
        ("/claims?since=Tuesday", 422, "bad-parameter"),
        ("/claims?state=Atlantis", 422, "unknown-state"),
        ("/claims?kind=rumour", 422, "unknown-kind"),
        ("/facts/rumour", 404, "unknown-kind"),
        ("/claims?document=nothing.txt", 404, "not-found"),
        ("/facts/contact?known=2032", 422, "state-missing"),
        ("/brief?a=NOR&b=NOR", 422, "bad-parameter"),
        ("/changes", 422, "bad-parameter"),
        ("/search", 422, "bad-parameter"),
    ],
)
def test_errors_have_one_shape(client: TestClient, address: str, status: int, code: str) -> None:
    answer = client.get(f"/api/v1{address}")
    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert set(answer.json()) == {"code", "message", "remedy"}
    assert all(isinstance(v, str) and v for v in answer.json().values())
    assert client.delete("/api/v1/claims").status_code == 405


@pytest.mark.parametrize("words", NASTY)
def test_syntax_of_databases_is_harmless(client: TestClient, words: str) -> None:
    for name, query in (
        ("search", {"words": words}),
        ("claims", {"person": words}),
        ("claims", {"outlet": words}),
        ("documents", {"outlet": words}),
        ("facts/series", {"about": words}),
        ("entities", {"person": words}),
    ):
        answer = client.get(f"/api/v1/{name}", params=query)
        assert answer.status_code == 200, answer.text
        assert not [row for row in answer.json()["items"] if "hash" in row]
    assert client.get("/api/v1/claims", params={"document": words}).status_code == 404


def test_an_answer_is_not_sent_again_until_the_record_changes(own: TestClient) -> None:
    first = own.get("/api/v1/claims")
    tag = first.headers["etag"]
    again = own.get("/api/v1/claims", headers={"If-None-Match": tag})
    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["etag"] == tag
    with Record(own.app.state.record.path) as record:  # type: ignore[attr-defined]
        record.judge("note", record.claims()[0].claim.id, by="Ada", why="seen")
    assert own.get("/api/v1/claims", headers={"If-None-Match": tag}).status_code == 200


def test_judgements_need_a_token_and_facts_follow_at_once(own: TestClient) -> None:
    (figure, *_) = every(own, "/figures", 5)
    decision = {"verb": "reject", "subjects": [figure["id"]], "why": "a misprint"}
    assert own.post("/api/v1/judgements", json=decision).json()["code"] == "token-missing"
    assert own.post("/api/v1/judgements", json=decision, headers=made.bearer("dragoman_" + "x" * 43)).json()["code"] == "token-unknown"
    assert every(own, "/conflicts", 5), "two figures contradict each other"
    key = made.bearer(made.token(own))
    line = own.post("/api/v1/judgements", json=decision, headers=key)
    assert line.status_code == 201
    assert (line.json()["by"], line.json()["why"]) == ("Tess", "a misprint")
    assert not every(own, "/conflicts", 5), "a rejected claim contradicts nobody"
    undone = own.post(f"/api/v1/judgements/{line.json()['id']}/undo", json={}, headers=key)
    assert (undone.status_code, undone.json()["verb"]) == (201, "undo")
    assert every(own, "/conflicts", 5)


@pytest.mark.parametrize(
    "decision",
    [
        {"verb": "delete", "subjects": ["claim:x"]},
        {"verb": "reject", "subjects": []},
        {"verb": "same", "subjects": ["name:NOR:a"]},
        {"verb": "correct", "subjects": ["KNOWN"]},
        {"verb": "correct", "subjects": ["KNOWN"], "value": {"date": "Tuesday"}},
        {"verb": "correct", "subjects": ["KNOWN"], "value": {"evidence": []}},
        {"verb": "correct", "subjects": ["KNOWN"], "value": {"mode": "dance"}},
        {"verb": "reject", "subjects": ["claim:nothere"]},
        {"verb": "reject", "subjects": ["KNOWN"], "by": "somebody else"},
    ],
)
def test_a_judgement_that_does_not_fit_is_refused_and_leaves_no_line(own: TestClient, decision: dict[str, Any]) -> None:
    known = every(own, "/contacts", 5)[0]["id"]
    asked = decision | {"subjects": [known if s == "KNOWN" else s for s in decision["subjects"]]}
    answer = own.post("/api/v1/judgements", json=asked, headers=made.bearer(made.token(own)))
    assert answer.status_code in (400, 404, 422), answer.text
    assert set(answer.json()) == {"code", "message", "remedy"}
    assert own.get("/api/v1/judgements").json()["items"] == []


def test_private_judgements_are_not_told(own: TestClient) -> None:
    known = every(own, "/contacts", 5)[0]["id"]
    own.post(
        "/api/v1/judgements",
        json={"verb": "note", "subjects": [known], "why": "between us", "private": True},
        headers=made.bearer(made.token(own)),
    )
    assert own.get("/api/v1/judgements").json()["items"] == []
    assert "between us" not in own.get("/judgements").text


def test_documents_are_shown_with_their_claims_and_their_bytes(client: TestClient) -> None:
    shown = client.get("/api/v1/show/gazette.txt").json()
    assert shown["text"] == made.GAZETTE
    for claim in shown["claims"]:
        for e in claim["evidence"]:
            assert shown["text"][e["start"] : e["end"]] == e["quote"]
    raw = client.get(f"/api/v1/original/{shown['document']['id']}")
    assert raw.content == made.GAZETTE.encode()
    assert raw.headers["content-disposition"] == "attachment"
    assert "Harbour Gazette" in client.get("/api/v1/cite/gazette.txt").json()["text"]
    assert client.get("/api/v1/cite/gazette.txt?format=bibtex").json()["text"].startswith("@article{")


@pytest.mark.parametrize(
    "address",
    [
        "original/../../etc/passwd",
        "original/%2e%2e/%2e%2e/etc/passwd",
        "show//etc/passwd",
        "show/..%2f..%2fetc%2fpasswd",
        "dated/../x",
        "cite/%2fetc%2fpasswd",
    ],
)
def test_paths_lead_to_documents_alone(client: TestClient, address: str) -> None:
    answer = client.get(f"/api/v1/{address}")
    assert answer.status_code == 404
    assert "root:" not in answer.text


def test_the_description_is_a_page_of_its_own(client: TestClient) -> None:
    page = client.get("/api/v1/docs")
    assert page.status_code == 200
    assert not re.findall(r'(?:src|href)="(?:https?:)?//', page.text), "nothing is loaded from elsewhere"
    for path in client.get("/api/v1/openapi.json").json()["paths"]:
        assert path in page.text


def test_what_a_name_holds_the_answer_has(client: TestClient) -> None:
    """The verbs that need more than a listing answer with what they are for."""
    assert (
        client.get("/api/v1/who", params={"position": "minister of trade", "place": "SWE"}).json()["holders"][0]["person"]["name"]
        == "Ivo Brandt"
    )
    assert client.get("/api/v1/coverage", params={"state": "NOR"}).json()["documents"] == 3
    assert client.get("/api/v1/flow", params={"a": "NOR", "b": "SWE"}).json()["states"] == ["NOR", "SWE"]
    assert client.get("/api/v1/brief", params={"a": "NOR", "b": "SWE"}).json()["sections"]
    news = client.get("/api/v1/changes", params={"since": "2032-02-15", "state": "NOR"}).json()["items"]
    assert news
    known = client.get("/api/v1/facts/series", params={"state": "NOR", "known": "2032-02-20"}).json()["items"]
    assert [len(series["points"]) for series in known] == [1]
    told = client.get("/api/v1/explain/" + client.get("/api/v1/conflicts").json()["items"][0]["id"]).json()
    assert len(told["claims"]) == 2
    assert client.get("/api/v1").json()["waiting"] == 0


def test_every_address_is_in_the_reference(client: TestClient, root: Path) -> None:
    told = (root / "docs/reference/api.md").read_text(encoding="utf-8")
    for address, methods in client.get("/api/v1/openapi.json").json()["paths"].items():
        for method in methods:
            assert f"`{method.upper()} {address}`" in told


def test_a_claim_can_be_added(own: TestClient) -> None:
    start = made.GAZETTE.index("said Minister Vera Kolm")
    person = {"mention": "Vera Kolm", "name": "Vera Kolm", "state": "NOR"}
    fields = {"person": person, "position": "minister of trade", "state": "NOR"}
    added = {"document": "gazette.txt", "kind": "tenure", "start": start, "end": start + 23, "fields": fields}
    key = made.bearer(made.token(own))
    line = own.post("/api/v1/claims", json=added, headers=key)
    assert line.status_code == 201, line.text
    assert own.get(f"/api/v1/claims/{line.json()['subjects'][0]}").json()["extractor"] == "by hand"
    assert own.post("/api/v1/claims", json=added, headers=key).status_code == 404, "it is there already"
    assert own.post("/api/v1/claims", json=added | {"end": 10**7}, headers=key).json()["code"] == "bad-request"

"""What keeps the desk safe: hosts, headers, forms, tokens, sessions, limits."""

from __future__ import annotations

import inspect
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from typer.testing import CliRunner

from dragoman import Record
from dragoman.cli import app as shell
from dragoman.cli import serving
from dragoman.web import security
from dragoman.web.security import Limit
from tests.web import desk_made as made

PAGES = [
    "/",
    "/search?q=trade",
    "/search?kind=contact",
    "/conflicts",
    "/review",
    "/review?tab=names",
    "/review?tab=matters",
    "/judgements",
    "/sign-in",
    "/coverage?states=NOR",
    "/pair/NOR/SWE",
    "/api/v1/docs",
    "/nothing-here",
]


@pytest.fixture
def client(tmp_path: Path) -> Iterator[TestClient]:
    made.make(tmp_path / "desk.db")
    with made.opened(tmp_path / "desk.db") as found:
        yield found


def claim(client: TestClient, kind: str = "contact") -> str:
    found: str = client.get("/api/v1/claims", params={"kind": kind}).json()["items"][0]["id"]
    return found


@pytest.mark.parametrize(
    "host", ["evil.example", "127.0.0.1.evil.example", "localhost.evil.example:8321", "", "[::ffff:1.2.3.4]", "a b", "127.0.0.2"]
)
def test_a_name_that_was_made_to_point_here_is_refused(client: TestClient, host: str) -> None:
    answer = client.get("/api/v1/claims", headers={"Host": host})
    assert (answer.status_code, answer.json()["code"]) == (421, "unknown-host")
    assert client.get("/", headers={"Host": host}).status_code == 421


@pytest.mark.parametrize("host", ["127.0.0.1", "127.0.0.1:9", "localhost:8321", "[::1]:8321", "LOCALHOST", "localhost."])
def test_this_machine_may_ask(client: TestClient, host: str) -> None:
    assert client.get("/sign-in", headers={"Host": host}).status_code == 200


def test_pages_say_what_browsers_may_do_and_hold_nothing_inline(client: TestClient) -> None:
    pages = [
        *PAGES,
        f"/claim/{claim(client)}",
        "/document/hostile.html",
        "/cite/hostile.html",
        f"/claim/{claim(client)}/correct",
        "/conflict/" + client.get("/api/v1/conflicts").json()["items"][0]["id"],
        "/document/hostile.html/add?start=0&end=40&kind=figure",
    ]
    made.signed_in(client)
    for address in pages:
        answer = client.get(address)
        policy = answer.headers["content-security-policy"]
        assert policy.startswith("default-src 'none'") and "unsafe" not in policy and "*" not in policy
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["x-frame-options"] == "DENY"
        assert made.dangers(answer.text) == [], address


def test_a_form_of_another_site_changes_nothing(client: TestClient) -> None:
    key, subject = made.signed_in(client), claim(client)
    form = {"verb": "reject", "subject": subject, "back": "/review"}
    assert client.post("/judge", data=form).status_code == 403
    assert client.post("/judge", data=form | {"key": "0" * 64}).status_code == 403
    for headers in (
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
    ):
        assert client.post("/judge", data=form | {"key": key}, headers=headers).status_code == 403, headers
    assert client.get("/api/v1/judgements").json()["items"] == []
    assert (
        client.post("/judge", data=form | {"key": key}, headers={"Sec-Fetch-Site": "same-origin", "Origin": made.BASE}).status_code == 303
    )
    assert len(client.get("/api/v1/judgements").json()["items"]) == 1


def test_nobody_judges_unless_signed_in(client: TestClient) -> None:
    subject = claim(client)
    assert client.post("/judge", data={"verb": "reject", "subject": subject, "key": "x"}).status_code == 401
    assert client.post("/undo", data={"judgement": "judgement:x", "key": "x"}).status_code == 401
    assert client.post(f"/claim/{subject}/correct", data={"date": "2032", "key": ""}).status_code == 401
    assert client.post("/document/gazette.txt/add", data={"kind": "figure", "words": "x", "key": ""}).status_code == 401
    assert "Sign in to judge" in client.get(f"/claim/{subject}").text


def test_a_session_is_signed_and_ends_with_its_token(client: TestClient) -> None:
    made.signed_in(client)
    cookie = client.cookies[security.COOKIE]
    assert "You judge as <b>Tess</b>" in client.get("/sign-in").text
    for wrong in (cookie[:-1] + ("0" if cookie[-1] != "0" else "1"), "AAAA." + cookie.partition(".")[2], "x", "."):
        client.cookies.set(security.COOKIE, wrong, domain="127.0.0.1")
        assert "You judge as" not in client.get("/sign-in", headers={"Cookie": f"{security.COOKIE}={wrong}"}).text
    client.cookies.clear()
    client.cookies.set(security.COOKIE, cookie, domain="127.0.0.1")
    assert "You judge as" in client.get("/sign-in").text
    client.app.state.record.withdraw_token("Tess")  # type: ignore[attr-defined]
    assert "You judge as" not in client.get("/sign-in").text


def test_the_cookie_is_for_this_site_alone_and_signing_in_leads_nowhere_else(client: TestClient) -> None:
    token = made.token(client)
    answer = client.post("/sign-in", data={"token": token, "back": "//evil.example/x"})
    assert answer.headers["location"] == "/"
    told = answer.headers["set-cookie"].lower()
    assert "httponly" in told and "samesite=strict" in told and token not in told
    for back in ("https://evil.example", "/\\evil.example", "javascript:alert(1)", "/a\nb"):
        assert client.post("/sign-in", data={"token": token, "back": back}).headers["location"] == "/"


def test_signing_out_ends_a_session(client: TestClient) -> None:
    key = made.signed_in(client)
    assert client.post("/sign-out", data={"key": key}).status_code == 303
    assert "You judge as" not in client.get("/sign-in").text


def test_a_record_keeps_no_token(client: TestClient) -> None:
    token = made.token(client, "Ana")
    path = client.app.state.record.path  # type: ignore[attr-defined]
    with sqlite3.connect(path) as connection:
        ((name, digest),) = connection.execute("SELECT name, hash FROM tokens").fetchall()
    assert name == "Ana" and len(digest) == 64 and token not in digest
    assert all(token.encode() not in f.read_bytes() for f in Path(path).parent.iterdir())
    with Record(path) as record:
        assert record.holder(token) == "Ana"
        assert record.holder(token + "x") is None
        newer = record.make_token("Ana")
        assert (record.holder(token), record.holder(newer)) == (None, "Ana")
        assert record.withdraw_token("Ana") and not record.withdraw_token("Ana")
        with pytest.raises(ValueError, match="name"):
            record.make_token(" ")


def test_hashes_are_compared_in_constant_time() -> None:
    from dragoman.store import tokens

    assert "compare_digest" in inspect.getsource(tokens.holder)
    assert "break" not in inspect.getsource(tokens.holder)


def test_who_guesses_tokens_must_wait(client: TestClient) -> None:
    answers = [client.post("/sign-in", data={"token": f"dragoman_{n}"}).status_code for n in range(14)]
    assert answers[0] == 401 and answers[-1] == 429
    answer = client.post("/api/v1/judgements", json={}, headers=made.bearer("dragoman_guess"))
    assert (answer.status_code, answer.json()["code"]) == (429, "too-many-tokens")
    assert int(answer.headers["retry-after"]) > 0


def test_requests_have_a_limit_that_comes_back() -> None:
    limit = Limit(rate=1000.0, burst=3)
    assert [limit.take("a") for _ in range(3)] == [0.0] * 3
    slow = Limit(rate=0.001, burst=2)
    assert [bool(slow.take("a")) for _ in range(4)] == [False, False, True, True]
    assert not slow.take("b"), "others are not kept waiting"
    for n in range(10_050):
        slow.take(str(n))
    assert len(slow._left) <= 10_000


def test_too_many_requests_are_told_so(client: TestClient) -> None:
    client.app.state.guards.requests = Limit(0.01, 3)  # type: ignore[attr-defined]
    answers = [client.get("/api/v1/judgements") for _ in range(5)]
    assert [a.status_code for a in answers] == [200, 200, 200, 429, 429]
    assert answers[-1].json()["code"] == "too-many-requests"
    assert client.get("/static/desk.css").status_code == 200


def test_a_request_that_is_too_large_is_refused(client: TestClient) -> None:
    assert client.post("/sign-in", data={"token": "x" * 1_100_000}).status_code == 413

    def chunks() -> Iterator[bytes]:
        yield from (b"token=" + b"x" * 400_000 for _ in range(4))

    answer = client.post(
        "/api/v1/judgements", content=chunks(), headers={"Content-Type": "application/json"} | dict(made.bearer(made.token(client)))
    )
    assert 400 <= answer.status_code < 500


@pytest.mark.parametrize(
    "path", ["/static/../app.py", "/static/%2e%2e/app.py", "/static/..%2fapp.py", "/static//etc/passwd", "/static/vendor/../../app.py"]
)
def test_static_files_are_those_of_their_folder(client: TestClient, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 404
    assert "create_app" not in answer.text


def test_serve_listens_to_this_machine_unless_told_otherwise() -> None:
    assert inspect.signature(serving.serve).parameters["host"].default == "127.0.0.1"


def test_tokens_from_the_shell(tmp_path: Path) -> None:
    path = str(tmp_path / "x.db")
    Record(path).close()
    run = CliRunner()
    token = run.invoke(shell, ["--record", path, "token", "Ana"]).stdout.split()[0]
    assert token.startswith("dragoman_") and len(token) > 50
    assert "Ana" in run.invoke(shell, ["--record", path, "token", "--json"]).stdout
    assert token not in run.invoke(shell, ["--record", path, "token"]).stdout
    assert run.invoke(shell, ["--record", path, "token", "Ana", "--withdraw"]).exit_code == 0
    assert run.invoke(shell, ["--record", path, "token", "Ana", "--withdraw"]).exit_code == 1
    assert run.invoke(shell, ["--record", path, "token", "\x1b[31m"]).exit_code == 2

"""Documents, claims, conflicts, review and search as pages: hostile texts stay texts, claims are marked, judgements follow at once."""

from __future__ import annotations

import csv
import html
import io
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from dragoman.model.claims import KINDS
from dragoman.model.correcting import checked
from dragoman.views import marked
from dragoman.web import forms
from tests.store.places import place, record_url  # noqa: F401 - fixtures
from tests.web import desk_made as made

PAGES = ("/", "/pair/NOR/SWE", "/document/gazette.txt", "/search?q=Kolm", "/search?kind=contact&state=NOR", "/review", "/conflicts",
         "/review?tab=names", "/coverage?states=NOR,SWE", "/judgements", "/person/person:vera-kolm")  # fmt: skip


@pytest.fixture
def client(tmp_path: Path) -> Iterator[TestClient]:
    made.make(tmp_path / "desk.db")
    with made.opened(tmp_path / "desk.db") as found:
        yield found


def listed(client: TestClient, name: str, **query: Any) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = client.get(f"/api/v1/{name}", params=query).json()["items"]
    return found


def words(page: str) -> str:
    """What a person reads on a page."""
    return " ".join(html.unescape(re.sub(r"<[^>]*>", " ", page)).split())


def test_a_document_shows_its_text_as_it_stands_with_its_claims_marked(client: TestClient) -> None:
    page = client.get("/document/gazette.txt").text
    text = page.partition('<article class="text"')[2].partition(">")[2].partition("</article>")[0]
    plain = re.sub(r'<a class="opens".*?</a>', "", text)
    assert html.unescape(re.sub(r"<[^>]*>", "", plain)) == made.GAZETTE
    for claim in listed(client, "claims", document="gazette.txt"):
        assert f'href="/claim/{claim["id"]}"' in text
    assert 'aria-label="Add a claim' not in page, "who may not judge is not asked to"


def test_reuse_terms_and_sources_are_shown(client: TestClient) -> None:
    page = client.get("/document/bulletin.txt").text
    assert "Reproduction is allowed up to 30% with a link." in words(page)
    assert "at most 30% may be quoted" in words(page)
    (link,) = [a for a in made.tags(client.get("/document/gazette.txt").text).links if (a.get("href") or "").startswith("https://")]
    assert link["href"] == "https://gazette.example/visit"
    assert "noopener" in (link["rel"] or "") and "noreferrer" in (link["rel"] or "")


def test_hostile_texts_stay_texts_on_every_page(client: TestClient) -> None:
    made.signed_in(client)
    claims = listed(client, "claims", document="hostile.html")
    pages = [
        "/document/hostile.html",
        "/cite/hostile.html",
        "/search?q=script",
        "/search?q=HYPERLINK",
        "/search?kind=document",
        "/review",
        "/",
        "/document/hostile.html/add?start=0&end=60&kind=statement",
        *(f"/claim/{c['id']}" for c in claims),
        *(f"/claim/{c['id']}/correct" for c in claims),
        "/judgements",
    ]
    client.post(
        "/judge",
        data={
            "verb": "note",
            "subject": claims[0]["id"],
            "why": made.EVIL,
            "key": client.get("/sign-in").text.split('name="key" value="')[1].split('"')[0],
        },
    )
    for address in pages:
        page = client.get(address)
        assert page.status_code == 200, address
        assert made.dangers(page.text) == [], address
        assert "49" not in words(page.text).split(), "a template in a text is not run"
    assert "\u202e" not in client.get("/document/hostile.html").text, "nothing turns the direction of reading"
    assert "{{ 7*7 }}" in words(client.get("/document/hostile.html").text)


def test_downloads_hold_all_rows_and_no_formula(client: TestClient) -> None:
    for address in ("/search?kind=contact&as=csv", "/document/hostile.html?as=csv", "/review?as=csv"):
        answer = client.get(address)
        assert answer.headers["content-disposition"].startswith("attachment")
        cells = [cell for row in csv.reader(io.StringIO(answer.text)) for cell in row]
        assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t", "\r"))]
    assert len(client.get("/search?kind=contact&as=json").json()) == len(listed(client, "contacts"))
    assert client.get("/conflicts?as=json").json()[0]["kind"] == "conflict"
    assert client.get("/conflicts?as=exe").status_code == 400


def test_a_claim_shows_fields_rules_facts_and_who_says_so(client: TestClient) -> None:
    (figure,) = listed(client, "figures", document="bulletin.txt")
    page = words(client.get(f"/claim/{figure['id']}").text)
    for said in ("a rule", "trade_turnover", "Facts it supports", "figure series", "dispute", "Who says so", "Statistics Office"):
        assert said in page, said
    part = client.get(f"/claim/{figure['id']}", headers={"HX-Request": "true"}).text
    assert "<html" not in part and "a rule" in part


def test_a_citation_can_be_copied(client: TestClient) -> None:
    page = client.get("/cite/gazette.txt").text
    assert "“A visit to Port Anselm,” Harbour Gazette, March 5, 2032, https://gazette.example/visit." in words(page)
    assert "@article{harbourgazette2032-" in page and "container-title" in page


def test_a_conflict_is_judged_and_undone_without_javascript(client: TestClient) -> None:
    key = made.signed_in(client)
    (conflict,) = listed(client, "conflicts")
    page = client.get(f"/conflict/{conflict['id']}").text
    assert page.count('class="card') == 2
    assert "0.9" in words(page) or "900 million" in words(page)
    wrong = conflict["claims"][0]
    answer = client.post("/judge", data={"verb": "reject", "subject": wrong, "key": key, "back": "/conflicts#x"})
    done = answer.headers["location"]
    assert re.fullmatch(r"/conflicts\?done=judgement:\w+#x", done)
    assert listed(client, "conflicts") == []
    settled = client.get(f"/conflict/{conflict['id']}{done.removeprefix('/conflicts')}")
    assert settled.status_code == 200 and 'action="/undo"' in settled.text, "what was judged can be undone where it was judged"
    assert client.get(f"/conflict/{conflict['id']}").status_code == 404
    assert "Wrong : Tess" in words(client.get(f"/claim/{wrong}").text)
    undone = client.post("/undo", data={"judgement": done.partition("=")[2].partition("#")[0], "key": key, "back": "/judgements"})
    assert undone.status_code == 303
    assert len(listed(client, "conflicts")) == 1
    log = words(client.get("/judgements").text)
    assert "Wrong : Tess" in log and "withdrawn by Tess" in log


def test_a_judgement_answers_in_place_where_javascript_runs(client: TestClient) -> None:
    key = made.signed_in(client)
    answer = client.post(
        "/judge", data={"verb": "accept", "subject": listed(client, "contacts")[0]["id"], "key": key}, headers={"HX-Request": "true"}
    )
    assert answer.status_code == 200 and "<html" not in answer.text
    assert "Right" in answer.text and 'action="/undo"' in answer.text


def test_a_claim_is_added_by_hand_as_a_persons_line(client: TestClient) -> None:
    key = made.signed_in(client)
    assert "Add a claim from this sentence" in client.get("/document/gazette.txt").text
    start = made.GAZETTE.index("She will return")
    form = client.get(f"/document/gazette.txt/add?start={start}&end={start + 23}&kind=tenure").text
    assert 'name="position"' in form and "She will return" in form
    given = {
        "kind": "tenure",
        "start": str(start),
        "words": "said Minister Vera Kolm",
        "person": "Vera Kolm; Norway; minister of trade",
        "position": "minister of trade",
        "state": "Norway",
        "change": "holds",
        "date": "2032-03",
        "modality": "actual",
        "why": "named so",
    }
    assert client.post("/document/gazette.txt/add", data=given | {"key": key, "words": "not in the text"}).status_code == 422
    assert "is no date" in client.post("/document/gazette.txt/add", data=given | {"key": key, "date": "soon"}).text
    before = len(listed(client, "tenures"))
    answer = client.post("/document/gazette.txt/add", data=given | {"key": key})
    assert answer.status_code == 303, answer.text
    (added,) = [row for row in listed(client, "tenures") if row["extractor"] == "by hand"]
    assert added["evidence"][0]["quote"] == "said Minister Vera Kolm"
    assert (added["state"], added["rules"]) == ("NOR", ["added by Tess"])
    line = listed(client, "judgements")[0]
    assert (line["verb"], line["by"], line["subjects"]) == ("add", "Tess", [added["id"]])
    assert client.get("/api/v1/who", params={"position": "minister of trade", "place": "NOR"}).json()["holders"]
    page = words(client.get(answer.headers["location"]).text)
    assert "added by hand" in page and "Kept, with your name" in page
    client.post("/undo", data={"judgement": line["id"], "key": key})
    assert len(listed(client, "tenures")) == before, "what was added goes with its line"


def test_a_claim_is_corrected_by_a_line_and_stays_as_it_was(client: TestClient) -> None:
    key = made.signed_in(client)
    figure = next(f for f in listed(client, "figures") if f["low"] == 9e8)
    form = client.get(f"/claim/{figure['id']}/correct").text
    assert 'value="900000000"' in form
    fields = {
        f.name: f.value for f in forms.asked("figure", checked({k: v for k, v in figure.items() if k not in ("superseded", "counted")}))
    }
    same = client.post(f"/claim/{figure['id']}/correct", data=fields | {"key": key})
    assert "nothing was changed" in same.text
    assert "is no number" in client.post(f"/claim/{figure['id']}/correct", data=fields | {"key": key, "low": "much"}).text
    answer = client.post(f"/claim/{figure['id']}/correct", data=fields | {"key": key, "low": "1,400,000,000", "high": "1400000000"})
    assert answer.status_code == 303
    assert listed(client, "judgements")[0]["value"] == {"low": 1.4e9, "high": 1.4e9}
    assert listed(client, "conflicts") == []
    assert client.get(f"/api/v1/claims/{figure['id']}").json()["low"] == 9e8, "the reader's claim stays"
    assert "900 million → 1.4 billion" in words(client.get(f"/claim/{figure['id']}").text)


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_a_form_gives_back_what_it_shows(client: TestClient, kind: str) -> None:
    for row in client.app.state.record.claims(kind):  # type: ignore[attr-defined]
        shown = {f.name: f.value for f in forms.asked(kind, row.claim)}
        assert forms.given(kind, shown, row.claim) == {}
    assert {f.name for f in forms.asked(kind) if f.needed} <= set(KINDS[kind].__dataclass_fields__)


def test_review_shows_the_unsure_first_and_who_decided(client: TestClient) -> None:
    page = client.get("/review").text
    assert page.count('class="card"') == 3 and "Sign in to judge" in page
    made.signed_in(client)
    page = client.get("/review").text
    for hotkey in ("a", "r", "c", "n", "o"):
        assert f'data-key="{hotkey}"' in page
    first = listed(client, "claims", min_confidence=0, kind="statement")[0]["id"]
    client.post("/judge", data={"verb": "accept", "subject": first, "key": made.key(client)})
    assert client.get("/review").text.count('class="card"') == 2, "what is decided waits no more"
    assert client.get("/review?all=true").text.count('class="card"') == 3
    assert client.get("/review?tab=names").status_code == client.get("/review?tab=matters").status_code == 200
    assert client.get("/review?tab=other").status_code == 422


def test_a_search_has_its_filters_in_the_address(client: TestClient) -> None:
    page = words(client.get("/search?q=trade+2031&state=Norway").text)
    assert "Trade of 2031" in page or "900 million" in page
    assert "Vera Kolm" in words(client.get("/search?q=Kolm").text.partition("h-names")[2])
    assert "is not a date" in client.get("/search?q=x&since=Tuesday").text
    assert client.get("/search?state=Atlantis").status_code == 422
    assert "Nothing holds this." in words(client.get("/search?q=zebra").text)
    for nasty in ('"', "NEAR(", "' OR 1=1 --", "a*b*", "{}"):
        assert client.get("/search", params={"q": nasty}).status_code == 200


def test_pages_never_resolve(client: TestClient) -> None:
    record = client.app.state.record  # type: ignore[attr-defined]
    claim = listed(client, "contacts")[0]["id"]
    record.judge("reject", claim, by="somebody elsewhere")
    waiting = record.waiting()
    assert waiting
    for address in (
        "/",
        "/review",
        "/conflicts",
        f"/claim/{claim}",
        "/search?q=Kolm",
        "/api/v1/facts/contact",
        "/api/v1/who?position=x&place=NOR",
    ):
        assert client.get(address).status_code == 200
    assert record.waiting() == waiting


def test_a_thread_beside_the_pages_resolves_what_others_read(tmp_path: Path) -> None:
    made.make(tmp_path / "desk.db")
    with made.opened(tmp_path / "desk.db", background=True) as client:
        key = made.signed_in(client)
        assert len(listed(client, "conflicts")) == 1
        client.post("/judge", data={"verb": "reject", "subject": listed(client, "figures")[0]["id"], "key": key})
        for _ in range(50):
            if listed(client, "conflicts") == []:
                break
            client.app.state.resolving.soon(0.2)  # type: ignore[attr-defined]
        assert listed(client, "conflicts") == []


def test_a_long_text_comes_in_parts_that_make_it_whole() -> None:
    text = "\n".join(f"Sentence {n} of a long text. It has two." for n in range(8_000))
    begins = marked.parts(text)
    assert len(begins) > 2
    assert all(b - a <= marked.PART * 1.25 for a, b in zip(begins, [*begins[1:], len(text)], strict=True))
    cuts = marked.sentences(text, begins[1], begins[2])
    assert "".join(text[a:b] for a, b in cuts) == text[begins[1] : begins[2]]


def test_the_desk_of_either_database(record_url: str) -> None:  # noqa: F811
    made.make(record_url)
    with made.opened(record_url) as client:
        key = made.signed_in(client)
        (conflict,) = listed(client, "conflicts")
        for address in [*PAGES, f"/conflict/{conflict['id']}"]:
            first = client.get(address)
            assert first.status_code == 200, address
            again = client.get(address, headers={"If-None-Match": first.headers.get("etag", "none")})
            assert again.status_code == 304 or "no-store" in first.headers["cache-control"], address
        client.post("/judge", data={"verb": "reject", "subject": conflict["claims"][0], "key": key})
        assert listed(client, "conflicts") == []
        assert [row["by"] for row in listed(client, "judgements")] == ["Tess"]
        assert len(listed(client, "search", words="trade")) > 0

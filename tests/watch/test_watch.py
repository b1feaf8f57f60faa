"""Watching feeds against a site of our own: what is new is read once, and what it changes is told."""

from __future__ import annotations

import json
import socket
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from types import ModuleType
from typing import Any

import feedparser
import pytest
from typer.testing import CliRunner

from dragoman import Record
from dragoman.cli import app
from dragoman.model.problems import Problem
from dragoman.model.stored import RecordError
from dragoman.sources.web import Web
from dragoman.watch import addresses, entries
from dragoman.watch_outputs import Mail, atom

Webs = Callable[[], Web]
MET = "14 May 2024: meeting, Jan Novak (Czechia) and Ana Petrova (Kazakhstan)"
PAD = "The two ministries had prepared the talks for some weeks, and both said afterwards that the work would go on in autumn."


def page(*lines: str, outlet: str = "Gazette", pad: str = PAD) -> str:
    told = "".join(f"<p>{x}</p>" for x in (*lines, pad))
    head = f"<title>News</title><meta property='og:site_name' content='{outlet}'>"
    return f"<html><head>{head}</head><body><article>{told}</article></body></html>"


def rss(site: Any, *items: str, day: str = "Tue, 14 May 2024 08:00:00 GMT") -> str:
    links = [i if "://" in i else site.url + i for i in items]
    told = "".join(f"<item><title>Item {i}</title><link>{i}</link><pubDate>{day}</pubDate></item>" for i in links)
    return f"<rss version='2.0'><channel><title>Gazette</title><link>{site.url}</link>{told}</channel></rss>"


@pytest.fixture
def record(tmp_path: Path, fake_reader: ModuleType) -> Iterator[Record]:
    with Record(tmp_path / "watched.db") as made:
        yield made


@pytest.fixture
def feed(site: Any) -> str:
    site.page("/1", page("MEET Ana Petrova (KAZ) and Jan Novak (CZE) on 2024-05-14.", "FIGURE 12.5 USD trade_turnover KAZ CZE 2023"))
    url: str = site.page("/feed", rss(site, "/1"), Content_Type="application/rss+xml", ETag='"one"')
    return url


def test_new_items_are_read_once_and_their_news_told(record: Record, site: Any, feed: str, web: Webs) -> None:
    first = record.watch(feed, web=web())
    assert (first.items, first.read.new, first.problems) == (1, 1, ())
    titles = [e.title for e in first.news]
    assert MET in titles and any("12.5" in e.sources[0][0] for e in first.news)
    (document,) = record.documents()
    assert (document.file, document.published) == (site.url + "/1", "2024-05-14")  # the day is the feed's
    again = record.watch(feed, web=web())
    assert (again.items, again.news, again.read.new) == (0, (), 0) and site.paths().count("/1") == 1


def test_a_feed_that_has_not_changed_is_not_sent_again(record: Record, site: Any, feed: str, web: Webs) -> None:
    status, headers, body = site.pages["/feed"]

    def reply(handler: BaseHTTPRequestHandler) -> None:
        same = handler.headers.get("If-None-Match") == '"one"'
        handler.send_response(304 if same else status)
        for name, value in headers.items():
            handler.send_header(name, value)
        handler.send_header("Content-Length", "0" if same else str(len(body)))
        handler.end_headers()
        handler.wfile.write(b"" if same else body)

    site.pages["/feed"] = reply
    record.watch(feed, web=web())
    assert record.watch(feed, web=web()).unchanged == 1


def test_a_contradiction_and_a_further_source_are_told_as_such(record: Record, site: Any, feed: str, web: Webs) -> None:
    record.watch(feed, web=web())
    other = "Fishing boats returned to the harbours on Monday, the minister of fisheries said, after a strike that nobody expected."
    site.page("/2", page("FIGURE 20 USD trade_turnover KAZ CZE 2023", outlet="Herald", pad=other))
    site.page("/feed", rss(site, "/2", "/1"), Content_Type="application/rss+xml")
    done = record.watch(feed, web=web())
    assert {"contradicted", "changed"} <= {e.what for e in done.news}
    dispute = next(e for e in done.news if e.what == "contradicted")
    assert dispute.detail and dispute.sources[0][1] == site.url + "/2"  # what is new stands first
    assert [e.n for e in entries(record)] == list(range(1, len(entries(record)) + 1))


def test_a_page_that_fails_for_now_is_tried_again_and_one_that_is_gone_is_not(record: Record, site: Any, web: Webs) -> None:
    url = site.page("/feed", rss(site, "/busy", "/gone"), Content_Type="application/rss+xml", ETag='"x"')
    site.page("/busy", "later", 503)
    first = record.watch(url, web=web())
    assert sorted(p.code for p in first.problems) == ["http-status", "site-unavailable"]
    site.page("/busy", page("MEET Ana Petrova (KAZ) and Jan Novak (CZE) on 2024-05-14."))
    second = record.watch(url, web=web())
    assert (second.items, second.read.new, second.problems) == (1, 1, ())
    assert site.paths().count("/gone") == 1


def test_items_obey_the_rules_of_read(record: Record, site: Any, web: Webs) -> None:
    site.page("/robots.txt", "User-agent: *\nDisallow: /secret")
    site.page("/secret", page("MEET Ana Petrova (KAZ) and Jan Novak (CZE) on 2024-05-14."))
    url = site.page("/feed", rss(site, "/secret", "http://10.0.0.1/x", "file:///etc/passwd", "javascript:alert(1)://"),
                    Content_Type="application/rss+xml")
    done = record.watch(url, web=web())
    assert sorted(p.code for p in done.problems) == ["private-address", "robots-disallow"] and len(record.documents()) == 0
    assert "/secret" not in site.paths()


def test_a_broken_feed_and_one_that_is_away_do_not_stop_the_others(record: Record, site: Any, feed: str, web: Webs, tmp_path: Path) -> None:
    site.page("/bad", "no feed at all")
    site.page("/bomb", '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "b">]><rss><channel><title>&a;</title></channel></rss>')
    opml = tmp_path / "feeds.opml"
    lines = "".join(f'<outline type="rss" xmlUrl="{u}"/>' for u in (site.url + "/bad", site.url + "/away", site.url + "/bomb", feed, feed))
    opml.write_text(f'<opml version="2.0"><body><outline text="all">{lines}</outline></body></opml>', encoding="utf-8")
    done = record.watch(opml, web=web())
    assert (done.feeds, done.read.new) == (4, 1)
    assert sorted(p.code for p in done.problems) == ["bad-feed", "http-status", "xml-entities"]


@pytest.mark.parametrize("text", ["", "<opml>", "<opml><body/></opml>", '<opml><body><outline xmlUrl="file:///etc/passwd"/></body></opml>',
                                  '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><opml>&a;</opml>'])
def test_a_list_that_cannot_be_used_is_one_clear_problem(record: Record, tmp_path: Path, text: str) -> None:
    (tmp_path / "f.opml").write_text(text, encoding="utf-8")
    found = addresses(str(tmp_path / "f.opml"))
    assert isinstance(found, Problem) and found.code in ("bad-opml", "xml-entities") and found.remedy
    with pytest.raises(RecordError, match=r"f\.opml"):
        record.watch(tmp_path / "f.opml")


def test_the_news_as_an_atom_feed_read_by_feedparser(record: Record, site: Any, feed: str, web: Webs, tmp_path: Path) -> None:
    site.page("/1", page("MEET Гүлнар Есенова (KAZ) and Jan Novak (CZE).", "SAID Ana Petrova (KAZ): 1 &lt; 2 &amp; {CZE} &lt;script&gt;."))
    done = record.watch(feed, web=web(), feed=tmp_path / "news.atom")
    read = feedparser.parse((tmp_path / "news.atom").read_bytes())
    assert not read.bozo and len(read.entries) == len(done.news) and len({e.id for e in read.entries}) == len(read.entries)
    assert any("Гүлнар Есенова" in e.title for e in read.entries)
    assert all(e.content[0].type == "text/plain" and e.link == site.url + "/1" for e in read.entries)
    assert not list(tmp_path.glob("*.part"))
    assert feedparser.parse(atom(())).bozo == 0


class Hook:
    """A webhook that answers as it is told, and keeps what it got."""

    def __init__(self) -> None:
        self.status, self.got = 200, []  # type: int, list[Any]
        hook = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                hook.got.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
                self.send_response(hook.status)
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, format: str, *args: object) -> None:
                """Nothing."""

        self.server = HTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self.server.serve_forever, daemon=True, kwargs={"poll_interval": 0.02}).start()


def test_a_webhook_gets_the_news_and_what_failed_comes_later(record: Record, feed: str, web: Webs) -> None:
    hook = Hook()
    address = f"http://127.0.0.1:{hook.server.server_address[1]}/secret-path"
    hook.status = 500
    (problem,) = record.watch(feed, web=web(), webhook=address).problems
    assert problem.code == "not-delivered" and not problem.failed and "secret" not in str(problem)
    hook.status = 204
    assert record.watch(feed, web=web(), webhook=address).problems == ()
    assert hook.got[0] == hook.got[1] and f"New: {MET}" in [n["title"] for n in hook.got[1]["news"]]
    assert record.watch(feed, web=web(), webhook=address).problems == () and len(hook.got) == 2  # nothing new, nothing sent
    hook.server.shutdown()
    hook.server.server_close()


class Post(threading.Thread):
    """A mail server that takes one mail."""

    def __init__(self) -> None:
        super().__init__(daemon=True)
        self.listening = socket.create_server(("127.0.0.1", 0))
        self.port, self.commands, self.mail = self.listening.getsockname()[1], [], ""  # type: int, list[str], str
        self.start()

    def run(self) -> None:
        connection, _ = self.listening.accept()
        with self.listening, connection, connection.makefile("rwb") as lines:
            def say(words: str) -> None:
                lines.write(words.encode() + b"\r\n")
                lines.flush()

            say("220 ready")
            while line := lines.readline().decode().strip():
                self.commands.append(line)
                verb = line.split()[0].upper()
                if verb == "DATA":
                    say("354 go on")
                    while (text := lines.readline()) != b".\r\n":
                        self.mail += text.decode()
                say("221 bye" if verb == "QUIT" else "250 ok")
                if verb == "QUIT":
                    return


def test_mail_is_plain_text_and_one_a_round(record: Record, site: Any, feed: str, web: Webs) -> None:
    import email
    import email.policy

    post = Post()
    site.page("/1", page("MEET Гүлнар Есенова (KAZ) and Jan Novak (CZE) on 2024-05-14."))
    mail = Mail(("desk@example.org",), "dragoman@example.org", "127.0.0.1", post.port, tls=False)
    assert record.watch(feed, web=web(), mail=mail).problems == ()
    post.join(5)
    message = email.message_from_string(post.mail, policy=email.policy.default)
    assert (message["To"], message["From"]) == ("desk@example.org", "dragoman@example.org")
    assert message["Subject"].startswith("dragoman: New: ") and message.get_content_type() == "text/plain"
    text = message.get_content()
    assert "meeting, Jan Novak (Czechia) and Гүлнар Есенова (Kazakhstan)" in text and f"{site.url}/1" in text and "fact:" in text
    gone = Mail(("desk@example.org",), "d@example.org", "127.0.0.1", 1, tls=False)
    assert record.watch(feed, web=web(), mail=gone).problems == ()  # nothing new to send


def test_mail_that_cannot_be_encrypted_is_not_sent(record: Record, feed: str, web: Webs) -> None:
    post = Post()
    (problem,) = record.watch(feed, web=web(), mail=Mail(("a@example.org",), "b@example.org", "127.0.0.1", post.port)).problems
    assert problem.code == "not-delivered" and post.mail == ""


def test_the_command(record: Record, tmp_path: Path, site: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    run = CliRunner()
    at = ["--record", str(tmp_path / "watched.db")]
    refused = run.invoke(app, [*at, "watch", site.url + "/feed", "--json"])  # no option lets this machine be asked
    assert refused.exit_code == 1 and json.loads(refused.stdout)["problems"][0]["code"] == "private-address"
    assert site.asked == []
    for wrong in (["--webhook", "file:///x"], ["--mail-to", "nobody"], ["--mail-to", "a@b", "--smtp", "host:port"]):
        assert run.invoke(app, [*at, "watch", site.url, *wrong]).exit_code == 2
    assert run.invoke(app, [*at, "watch", str(tmp_path / "none.opml")]).exit_code == 1
    shown = run.invoke(app, [*at, "watch", site.url + "/feed"])
    assert shown.exit_code == 1 and "1 feeds, 0 unchanged; 0 new items" in shown.stdout
    read = run.invoke(app, [*at, "read", "http://localhost/x", "--json"])
    assert read.exit_code == 1 and json.loads(read.stdout)["problems"][0]["code"] == "private-address"


def test_every_so_many_minutes_it_looks_again(record: Record, tmp_path: Path, site: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    from dragoman.cli import watching

    waited: list[float] = []

    def wait(seconds: float) -> None:
        waited.append(seconds)
        if len(waited) == 2:
            raise KeyboardInterrupt

    monkeypatch.setattr(watching.time, "sleep", wait)
    run = CliRunner().invoke(app, ["--record", str(tmp_path / "watched.db"), "watch", site.url + "/feed", "--every", "30"])
    assert waited == [1800.0, 1800.0] and run.stdout.count("1 feeds") == 2

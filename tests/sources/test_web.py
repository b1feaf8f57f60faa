"""Pages over the net, against a site of our own: what is fetched, and everything that is refused."""

from __future__ import annotations

import datetime as dt
import gzip
import socket
import ssl
import time
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from dragoman import documents
from dragoman.model.documents import Document, Raw
from dragoman.model.problems import Problem
from dragoman.sources import addresses, find, media
from dragoman.sources.web import Answer, Manners, Web

PAGE = "<html><head><title>Ports</title></head><body><p>The ministers of Peru and Morocco met in Lima.</p></body></html>"


def ours(ip: str) -> bool:
    """The address of the site of these tests, beside public ones."""
    return ip == "127.0.0.1" or addresses.public(ip)


def web(**changes: Any) -> Web:
    return Web(Manners(**({"allowed": ours, "pause": 0.0, "timeout": 5.0, "longest": 8.0} | changes)))


def problem(found: Answer | Problem) -> Problem:
    assert isinstance(found, Problem), found
    assert found.message and found.remedy and found.at
    return found


def test_a_page_is_read_under_its_address(site: Any) -> None:
    url = site.page("/news/1?x=1", PAGE)
    (raw,) = find([url + "#top"], asking=web())
    assert isinstance(raw, Raw)
    assert (raw.source.file, raw.source.media, raw.metadata["url"], raw.data) == (url, media.HTML, url, PAGE.encode())
    asked = dict(site.asked)["/news/1?x=1"]
    assert asked["user-agent"].startswith("dragoman/") and "robots.txt" in asked["user-agent"]
    assert asked["host"] == f"127.0.0.1:{site.port}"


def test_the_encoding_that_the_site_names_is_used(site: Any) -> None:
    words = "Министр Ахметов прибыл в Алматы."
    for path, page in (("/a", f"<html><body><p>{words}</p></body></html>"), ("/b", words)):
        kind = "text/html" if path == "/a" else "text/plain"
        url = site.page(path, page.encode("koi8-r"), Content_Type=f"{kind}; charset=koi8-r")
        (raw,) = web().read(url)
        assert isinstance(raw, Raw)
        (made,) = documents.read(raw)
        assert isinstance(made, Document) and words in made.text


def test_a_feed_gives_its_items(site: Any) -> None:
    feed = ("<rss version='2.0'><channel><title>Gazette</title><item><title>One</title><link>https://gazette.example/1</link>"
            "<description>Two ministers met.</description></item></channel></rss>")
    (item,) = web().read(site.page("/feed", feed, Content_Type="application/rss+xml"))
    assert isinstance(item, Raw) and item.source.file == "https://gazette.example/1" and item.metadata["outlet"] == "Gazette"


def test_redirects_are_followed_and_the_address_kept(site: Any) -> None:
    end = site.page("/b", PAGE)
    start = site.page("/a", "", 302, Location="/b")
    answer = web().get(start)
    assert isinstance(answer, Answer) and (answer.url, answer.data) == (end, PAGE.encode())
    (raw,) = web().read(start)
    assert isinstance(raw, Raw) and (raw.source.file, raw.metadata["url"]) == (start, end)


@pytest.mark.parametrize("there", ["http://10.0.0.1/", "http://[::1]:{port}/b", "http://169.254.169.254/latest/meta-data", "http://0.0.0.0:{port}/b",
                                   "http://127.0.0.2:{port}/b", "http://2130706434:{port}/b", "http://[::ffff:127.0.0.2]:{port}/b",
                                   "http://0x7f.0.0.2:{port}/b", "//192.168.1.1/", "http://[fe80::1]/", "http://[64:ff9b::7f00:1]/",
                                   "http://100.64.0.1/", "http://224.0.0.1/"])
def test_a_redirect_to_a_private_address_is_refused(site: Any, there: str) -> None:
    site.page("/b", PAGE)
    url = site.page("/a", "", 302, Location=there.replace("{port}", str(site.port)))
    assert problem(web(timeout=1.0).get(url)).code == "private-address"
    assert site.paths() == ["/a"]


@pytest.mark.parametrize("there", ["file:///etc/passwd", "ftp://gazette.example/", "gopher://x/", "javascript:alert(1)"])
def test_a_redirect_to_another_scheme_is_refused(site: Any, there: str) -> None:
    assert problem(web().get(site.page("/a", "", 301, Location=there))).code == "bad-address"


@pytest.mark.parametrize("url", ["http://127.0.0.1/", "http://localhost/", "https://[::1]/", "http://169.254.169.254/", "http://10.1.2.3:8080/"])
def test_private_addresses_are_refused_as_they_are(url: str) -> None:
    assert problem(Web().get(url)).code == "private-address"


def test_no_setting_of_the_environment_weakens_the_rules(site: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "HTTP_PROXY", "ALL_PROXY", "DRAGOMAN_ALLOW_PRIVATE"):
        monkeypatch.setenv(name, site.url)
    assert problem(Web().get(site.page("/a", PAGE))).code == "private-address" and site.asked == []


def test_the_checked_address_is_the_one_that_is_asked(site: Any) -> None:
    """A name that is public when it is looked up and private a moment later changes nothing."""
    names: list[str] = []

    def look(host: str, port: int, **_: Any) -> list[Any]:
        names.append(host)
        ip = "127.0.0.1" if len(names) == 1 else "127.0.0.2"
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (ip, port))]

    site.page("/robots.txt", "")
    assert problem(web(look=look).get(f"http://moving.example:{site.port}/a")).code == "private-address"
    assert [path for path, _ in site.asked] == [] or site.paths() == []
    names.clear()
    assert isinstance(web(look=lambda host, port, **_: [(2, 1, 6, "", ("127.0.0.1", port))]).get(
        site.page("/a", PAGE).replace("127.0.0.1", "moving.example")), Answer)


def test_a_name_with_one_private_address_among_public_ones_is_refused(site: Any) -> None:
    both = [(2, 1, 6, "", ("127.0.0.1", site.port)), (2, 1, 6, "", ("10.0.0.1", site.port))]
    assert problem(web(look=lambda *_, **__: both).get(f"http://two.example:{site.port}/")).code == "private-address"


def test_robots_txt_is_obeyed_also_behind_a_redirect(site: Any) -> None:
    site.page("/robots.txt", "User-agent: *\nDisallow: /private", Content_Type="text/plain")
    site.page("/private/x", PAGE)
    reader = web()
    assert problem(reader.get(site.url + "/private/x")).code == "robots-disallow"
    assert problem(reader.get(site.page("/a", "", 302, Location="/private/x"))).code == "robots-disallow"
    assert isinstance(reader.get(site.page("/open", PAGE)), Answer)
    assert [p for p, _ in site.asked].count("/robots.txt") == 1 and "/private/x" not in site.paths()


@pytest.mark.parametrize(("status", "read"), [(404, True), (403, True), (500, False), (503, False), (429, False)])
def test_a_missing_robots_txt_allows_all_and_a_failing_one_nothing(site: Any, status: int, read: bool) -> None:
    site.page("/robots.txt", "", status)
    found = web().get(site.page("/a", PAGE))
    assert isinstance(found, Answer) if read else problem(found).code == "robots-unreachable"


def test_a_huge_answer_is_not_swallowed(site: Any) -> None:
    assert problem(web(max_bytes=1000).get(site.page("/a", b"x" * 1001))).code == "file-too-large"
    assert problem(web().get(site.page("/b", b"", Content_Length="99999999999"))).code == "file-too-large"

    def endless(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.send_header("Content-Type", "text/html")
        handler.end_headers()
        try:
            while True:
                handler.wfile.write(b"x" * 65536)
        except OSError:
            pass

    site.pages["/c"] = endless
    assert problem(web(max_bytes=1_000_000).get(site.url + "/c")).code == "file-too-large"


def test_a_packed_answer_is_unpacked_and_a_bomb_is_not(site: Any) -> None:
    answer = web().get(site.page("/a", gzip.compress(PAGE.encode()), Content_Encoding="gzip"))
    assert isinstance(answer, Answer) and answer.data == PAGE.encode()
    bomb = gzip.compress(b"\0" * 50_000_000)
    assert problem(web(max_bytes=1_000_000).get(site.page("/b", bomb, Content_Encoding="gzip"))).code == "file-too-large"
    assert problem(web().get(site.page("/c", b"zz", Content_Encoding="br"))).code == "unknown-packing"
    assert problem(web().get(site.page("/d", b"not packed", Content_Encoding="gzip"))).code == "no-connection"


def dribble(head: bool) -> Any:
    def reply(handler: BaseHTTPRequestHandler) -> None:
        try:
            if not head:
                handler.send_response(200)
                handler.send_header("Content-Type", "text/html")
                handler.end_headers()
            else:
                handler.wfile.write(b"HTTP/1.1 200 OK\r\nX-Slow: ")
            for _ in range(200):
                handler.wfile.write(b"x")
                handler.wfile.flush()
                time.sleep(0.05)
        except OSError:
            pass

    return reply


@pytest.mark.parametrize("head", [True, False])
def test_a_site_that_dribbles_is_left(site: Any, head: bool) -> None:
    site.pages["/a"] = dribble(head)
    begin = time.monotonic()
    assert problem(web(longest=0.6).get(site.url + "/a")).code == "too-slow"
    assert time.monotonic() - begin < 3


def test_a_site_that_says_nothing_is_left(site: Any) -> None:
    site.pages["/a"] = lambda handler: time.sleep(2)
    assert problem(web(timeout=0.3).get(site.url + "/a")).code == "too-slow"


@pytest.mark.parametrize(("status", "words"), [(404, "no such page"), (401, "password"), (429, "too often"), (500, "error")])
def test_a_refusal_is_told_in_words(site: Any, status: int, words: str) -> None:
    found = problem(web().get(site.page("/a", "no", status)))
    assert found.code == ("site-unavailable" if status in (429, 500) else "http-status") and words in found.message


def test_other_problems(site: Any) -> None:
    assert problem(web().get(site.page("/a", b"\x89PNG", Content_Type="image/png"))).code == "not-a-document"
    assert problem(web().get(site.page("/b", "", 302, Location="/b"))).code == "too-many-redirects"
    assert problem(web().get(site.page("/c", "", 302))).code == "too-many-redirects"
    assert problem(web().get(site.page("/d", b"x", Content_Length="500"))).code == "no-connection"
    secret = problem(web().get(f"http://me:word@127.0.0.1:{site.port}/a"))
    assert secret.code == "password-in-address" and "word@" not in str(secret)
    for url in ("http://", "http://a b/", "http://x:99999/", "http://exa\nmple.org/", "http://" + "a" * 70 + ".example/"):
        assert problem(web().get(url)).code in ("bad-address", "no-such-host"), url
    assert problem(web(look=lambda *_, **__: (_ for _ in ()).throw(socket.gaierror("no")))  # type: ignore[arg-type]
                   .get("http://nowhere.example/")).code == "no-such-host"
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        assert problem(web().get(f"http://127.0.0.1:{free.getsockname()[1]}/")).code == "no-connection"
    assert problem(web().get(f"https://127.0.0.1:{site.port}/")).code == "no-connection"
    (empty,) = web().read(site.page("/e", b""))
    assert isinstance(empty, Problem) and empty.code == "empty-file"


def test_what_has_not_changed_is_not_sent_again(site: Any) -> None:
    def reply(handler: BaseHTTPRequestHandler) -> None:
        same = handler.headers.get("If-None-Match") == '"1"'
        handler.send_response(304 if same else 200)
        handler.send_header("ETag", '"1"')
        handler.send_header("Content-Length", "0" if same else "4")
        handler.end_headers()
        handler.wfile.write(b"" if same else b"text")

    site.pages["/a"] = reply
    first = web().get(site.url + "/a")
    assert isinstance(first, Answer) and first.etag == '"1"' and not first.unchanged
    again = web().get(site.url + "/a", etag=first.etag)
    assert isinstance(again, Answer) and again.unchanged and again.data == b""


def test_one_host_is_not_hurried(site: Any) -> None:
    reader = web(pause=0.2)
    site.page("/a", PAGE)
    begin = time.monotonic()
    for _ in range(2):
        reader.get(site.url + "/a")
    assert time.monotonic() - begin >= 0.4  # robots.txt, and the page twice


def test_every_code_has_an_entry() -> None:
    import re

    import yaml

    import dragoman

    package = Path(dragoman.__file__).parent
    known = yaml.safe_load((package / "reference/problems.yml").read_text(encoding="utf-8"))
    known = known.get("problems", known)
    codes = set(re.findall(r'Problem\(\s*"([a-z-]+)"', (package / "sources/web.py").read_text(encoding="utf-8")))
    assert len(codes) > 10 and codes <= set(known)


@pytest.fixture(scope="session")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A key and a certificate for site.example, signed by itself."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "site.example")])
    now = dt.datetime.now(dt.UTC)
    made = (x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key()).serial_number(1)
            .not_valid_before(now - dt.timedelta(days=1)).not_valid_after(now + dt.timedelta(days=1))
            .add_extension(x509.SubjectAlternativeName([x509.DNSName("site.example")]), critical=False)
            .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True).sign(key, hashes.SHA256()))
    path = tmp_path_factory.mktemp("tls") / "site.pem"
    pem = serialization.Encoding.PEM
    path.write_bytes(key.private_bytes(pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()) + made.public_bytes(pem))
    return path


@pytest.fixture
def secure(site: Any, certificate: Path) -> Any:
    """The site with TLS, under the name site.example and a certificate that it signed itself."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    site.server.socket = context.wrap_socket(site.server.socket, server_side=True, do_handshake_on_connect=False)
    return site


def here(host: str, port: int, **_: Any) -> list[Any]:
    return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", port))]


def test_a_certificate_that_nobody_vouches_for_is_refused(secure: Any) -> None:
    found = problem(web(look=here).get(f"https://site.example:{secure.port}/a"))
    assert found.code == "bad-certificate" and secure.asked == []


def test_tls_is_spoken_and_the_name_is_checked(secure: Any, certificate: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    trusting = ssl.create_default_context(cafile=str(certificate))
    monkeypatch.setattr(ssl, "create_default_context", lambda: trusting)
    secure.page("/a", PAGE)
    answer = web(look=here).get(f"https://site.example:{secure.port}/a")
    assert isinstance(answer, Answer) and answer.data == PAGE.encode()
    assert problem(web(look=here).get(f"https://other.example:{secure.port}/a")).code == "bad-certificate"


def test_a_site_that_dribbles_its_handshake_is_left() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        begin = time.monotonic()
        found = problem(web(look=here, longest=0.5).get(f"https://site.example:{silent.getsockname()[1]}/"))
        assert found.code == "too-slow" and time.monotonic() - begin < 3

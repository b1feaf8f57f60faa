"""Pages that a person names, fetched with care: robots.txt, time and size limits, and no address but public ones.

A host's name is looked up once a hop, every address it has is checked, and the connection goes to a checked address, so that a name cannot
change its mind in between. Redirects are followed by the same rules.
"""

from __future__ import annotations

import contextlib
import re
import socket
import threading
import time
import zlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urljoin, urlsplit

from dragoman.model.documents import Raw
from dragoman.model.problems import Problem
from dragoman.sources import robots
from dragoman.sources.addresses import public
from dragoman.sources.limits import MAX_BYTES, shown
from dragoman.sources.whole import whole

if TYPE_CHECKING:
    from http.client import HTTPResponse

PROGRAM = "dragoman"
TEXTS = re.compile(r"text/|application/(?:xhtml\+xml|xml|rss\+xml|atom\+xml|rdf\+xml|pdf|octet-stream|"
                   r"vnd\.openxmlformats-officedocument\.wordprocessingml\.document)\b|message/rfc822\b", re.I)
MOVED = (301, 302, 303, 307, 308)
_SAFE = "/%:@!$&'()*+,;=~-._"
_CHUNK = 65_536

Look = Callable[..., list[Any]]


@dataclass(frozen=True, slots=True)
class Manners:
    """How pages are asked for.

    timeout   seconds to connect, and seconds without a byte
    longest   seconds for one answer with all that belongs to it
    pause     seconds between two requests to one host
    redirects how many are followed
    allowed   whether an IP address may be asked; tests allow their own server
    look      how names are looked up
    """

    timeout: float = 20.0
    longest: float = 90.0
    pause: float = 1.0
    redirects: int = 5
    max_bytes: int = MAX_BYTES
    allowed: Callable[[str], bool] = public
    look: Look = socket.getaddrinfo


@dataclass(frozen=True, slots=True)
class Answer:
    """What a site gave: `url` after redirects, its media type and encoding as it says, where it says them.

    unchanged   it is as it was when `etag` and `modified` were given, and was not sent again
    """

    url: str
    data: bytes
    media: str = ""
    charset: str | None = None
    etag: str | None = None
    modified: str | None = None
    unchanged: bool = False


@dataclass(frozen=True, slots=True)
class _Target:
    """The parts of an address that a request is made of."""

    scheme: str
    host: str
    port: int
    path: str

    @property
    def site(self) -> str:
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{self.scheme}://{host}" + ("" if self.port == _port(self.scheme) else f":{self.port}")


class _Refused(Exception):
    """Carries the problem out of the depth of a request."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.message)
        self.problem = problem


def is_address(name: str) -> bool:
    """Whether a name is an address of the web and not a file."""
    return name[:8].lower().startswith(("http://", "https://"))


def agent() -> str:
    """How dragoman names itself to a site."""
    from importlib import metadata

    try:
        version = metadata.version(PROGRAM)
    except metadata.PackageNotFoundError:  # run from its folder without being installed
        version = "0"
    return f"{PROGRAM}/{version} (reads pages that a person names; obeys robots.txt for {PROGRAM})"


@dataclass(slots=True)
class Web:
    """Fetches pages; one object a run, so that robots.txt is asked for once a site and no host is hurried."""

    manners: Manners = field(default_factory=Manners)
    _rules: dict[str, robots.Robots | Problem] = field(default_factory=dict)
    _asked: dict[str, float] = field(default_factory=dict)

    def read(self, url: str, about: Mapping[str, str] | None = None) -> Iterator[Raw | Problem]:
        """The text of a page, or the items of a feed, under the address as it was named.

        about  what is known beside the page, as a feed tells it: `title`, `date`, `outlet`
        """
        name = url.partition("#")[0]
        answer = self.get(url)
        if isinstance(answer, Problem):
            yield answer
            return
        known = {"url": answer.url} | ({"charset": answer.charset} if answer.charset else {}) | dict(about or {})
        for found in whole(answer.data, name, name, self.manners.max_bytes):
            if isinstance(found, Raw) and found.source.path == name:
                yield replace(found, metadata=known | found.metadata)
            else:
                yield found

    def get(self, url: str, etag: str | None = None, modified: str | None = None) -> Answer | Problem:
        """What stands at an address; with `etag` or `modified` only if it has changed since."""
        known = {"If-None-Match": etag, "If-Modified-Since": modified}
        try:
            return self._followed(url, {k: v for k, v in known.items() if v}, obey=True, limit=self.manners.max_bytes)
        except _Refused as refused:
            return refused.problem

    # ---------------------------------------------------------------- hop by hop

    def _followed(self, url: str, headers: Mapping[str, str], obey: bool, limit: int) -> Answer:
        """The answer at the end of the redirects."""
        here = url.partition("#")[0]
        for _ in range(self.manners.redirects + 1):
            target = _target(here, url)
            ips = self._checked(target, url)
            if obey:
                self._obey(target, url)
            status, there, answer = self._asked_for(target, ips, headers, url, limit)
            if status not in MOVED:
                return replace(answer, url=here)
            if not there:
                break
            here = urljoin(here, there).partition("#")[0]
        raise _Refused(Problem("too-many-redirects", f"The address leads on and on: more than {self.manners.redirects} redirects, or one "
                               "to nowhere.", url, "Open it in a browser and name the address where it ends."))

    def _checked(self, target: _Target, url: str) -> list[str]:
        """The IP addresses of the host, all of which may be asked."""
        try:
            found = self.manners.look(target.host, target.port, type=socket.SOCK_STREAM)
        except (OSError, UnicodeError) as error:
            raise _Refused(Problem("no-such-host", f"No site is known by the name {target.host}.", url,
                                   "Check the spelling of the address, and the connection to the net.")) from error
        ips = list(dict.fromkeys(str(row[4][0]) for row in found))
        if not ips or not all(self.manners.allowed(ip) for ip in ips):
            raise _Refused(Problem("private-address", f"{target.host} is no public address; only pages of the public web are fetched.", url,
                                   "Save the page to a file and read that, if you trust it."))
        return ips

    def _obey(self, target: _Target, url: str) -> None:
        """Ask the site's robots.txt whether this may be fetched.

        Raises:
          _Refused: it may not, or nobody can tell.
        """
        site = target.site
        if site not in self._rules:
            self._rules[site] = self._robots(site)
        rules = self._rules[site]
        if isinstance(rules, Problem):
            raise _Refused(replace(rules, at=url))
        if not rules.allows(target.path):
            raise _Refused(Problem("robots-disallow", "The site asks programs not to fetch this page (robots.txt).", url,
                                   "Open it in a browser, save it, and read the file; or ask the site."))

    def _robots(self, site: str) -> robots.Robots | Problem:
        """The rules of a site; one that has none allows all, one that fails to tell allows nothing (RFC 9309)."""
        try:
            answer = self._followed(f"{site}/robots.txt", {}, obey=False, limit=robots.MAX_BYTES)
        except _Refused as refused:
            problem = refused.problem
            if problem.code == "http-status":
                return robots.Robots()
            if problem.code not in ("site-unavailable", "too-many-redirects", "file-too-large"):
                return problem
            return Problem("robots-unreachable", f"Whether this may be fetched is not known: no robots.txt can be had. {problem.message}",
                           site, "Try again later, or save the page and read the file.")
        return robots.parse(answer.data.decode("utf-8", "replace"), PROGRAM)

    # ---------------------------------------------------------------- one request

    def _asked_for(self, target: _Target, ips: list[str], headers: Mapping[str, str], url: str,
                   limit: int) -> tuple[int, str | None, Answer]:
        """Status, where it leads on, and the answer of one request."""
        from http.client import HTTPConnection, HTTPException

        self._wait(target.host)
        connection = HTTPConnection(target.host, target.port)
        with _Clock(self.manners.longest) as clock:
            try:
                connection.sock = self._connected(target, ips, url, clock)
                connection.request("GET", target.path, headers={
                    "Host": target.site.partition("://")[2], "User-Agent": agent(), "Accept-Encoding": "identity", "Connection": "close",
                    "Accept": "text/html,application/xhtml+xml,application/pdf,text/plain;q=0.9,*/*;q=0.5"} | dict(headers))
                response = connection.getresponse()
                if response.status in MOVED:
                    return response.status, response.headers.get("Location"), Answer(url, b"")
                answer = _answer(response, url, limit)
            except TimeoutError as error:
                raise _Refused(_slow(url)) from error
            except (OSError, HTTPException, ValueError, AttributeError) as error:  # what a socket shut in its midst may raise
                raise _Refused(_slow(url) if clock.late else _broken(url, error)) from error
            finally:
                connection.close()
            if clock.late:
                raise _Refused(_slow(url))
            return response.status, None, answer

    def _wait(self, host: str) -> None:
        """Let some time pass between two requests to one host."""
        due = self._asked.get(host, float("-inf")) + self.manners.pause
        if (left := due - time.monotonic()) > 0:
            time.sleep(left)
        self._asked[host] = time.monotonic()

    def _connected(self, target: _Target, ips: list[str], url: str, clock: _Clock) -> socket.socket:
        """A connection to the first checked address that answers, with TLS where that is asked for."""
        error: OSError | None = None
        for ip in ips:
            raw = clock.watched(socket.socket(socket.AF_INET6 if ":" in ip else socket.AF_INET, socket.SOCK_STREAM))
            raw.settimeout(self.manners.timeout)
            try:
                raw.connect((ip, target.port))
                return _secured(raw, target.host, url, clock) if target.scheme == "https" else raw
            except OSError as failed:
                raw.close()
                error = failed
        raise error or OSError("no address")


class _Clock:
    """Shuts the connection of a site that dribbles."""

    def __init__(self, seconds: float) -> None:
        self.late = False
        self._socket: socket.socket | None = None
        self._timer = threading.Timer(seconds, self._hang_up)
        self._timer.daemon = True

    def watched(self, connection: socket.socket) -> socket.socket:
        self._socket = connection
        return connection

    def _hang_up(self) -> None:
        self.late = True
        if self._socket is not None:
            with contextlib.suppress(OSError):
                self._socket.shutdown(socket.SHUT_RDWR)

    def __enter__(self) -> _Clock:
        self._timer.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._timer.cancel()


def _secured(raw: socket.socket, host: str, url: str, clock: _Clock) -> socket.socket:
    """The connection with TLS, the certificate checked for this host."""
    import ssl

    secured = ssl.create_default_context().wrap_socket(raw, server_hostname=host, do_handshake_on_connect=False)
    clock.watched(secured)
    try:
        secured.do_handshake()
    except ssl.SSLCertVerificationError as error:
        secured.close()
        raise _Refused(Problem("bad-certificate", f"The site cannot prove that it is {host}: {error.verify_message}.", url,
                               "Do not trust what it shows; try again later, or ask the site.")) from error
    except OSError:
        secured.close()
        raise
    return secured


def _answer(response: HTTPResponse, url: str, limit: int) -> Answer:
    """The whole answer within its limits."""
    status = response.status
    media = response.headers.get_content_type() if response.headers.get("Content-Type") else ""
    etag, modified = (response.headers.get(h) for h in ("ETag", "Last-Modified"))
    if status == 304:
        return Answer(url, b"", etag=etag, modified=modified, unchanged=True)
    if not 200 <= status < 300:
        raise _Refused(_status(url, status))
    if media and not TEXTS.match(media):
        raise _Refused(Problem("not-a-document", f"This is {media}, not a page, a text, a feed, a PDF or a Word document.", url,
                               "Name the address of a page."))
    size = response.headers.get("Content-Length") or ""
    if size.isdecimal() and len(size) < 20 and int(size) > limit:
        raise _Refused(_large(url, limit))
    data = _body(response, url, limit)
    if size.isdecimal() and response.length:  # what was announced and did not come
        raise _Refused(_broken(url, OSError("the answer ended early")))
    return Answer(url, data, media, response.headers.get_content_charset(), etag, modified)


def _body(response: HTTPResponse, url: str, limit: int) -> bytes:
    """The bytes, unpacked where the site packed them although it was not asked to; never more than the limit and one chunk are held."""
    packed = (response.headers.get("Content-Encoding") or "identity").strip().lower()
    if packed not in ("identity", "gzip", "x-gzip", "deflate"):
        raise _Refused(Problem("unknown-packing", f"The site packed the page as {packed[:30]}, which is not read here.", url,
                               "Save the page in a browser and read the file."))
    unpack = None if packed == "identity" else zlib.decompressobj(wbits=47)
    pieces: list[bytes] = []
    size = 0
    while piece := response.read1(_CHUNK):
        while piece:
            try:
                data = piece if unpack is None else unpack.decompress(piece, _CHUNK)
            except zlib.error as error:
                raise _Refused(_broken(url, OSError("its packing is damaged"))) from error
            piece = b"" if unpack is None else unpack.unconsumed_tail
            pieces.append(data)
            size += len(data)
            if size > limit:
                raise _Refused(_large(url, limit))
    return b"".join(pieces)


def _target(here: str, url: str) -> _Target:
    """The parts of an address.

    Raises:
      _Refused: it is none of the web, or holds a password.
    """
    try:
        parts = urlsplit(here.strip())
        host, port = parts.hostname or "", parts.port
        host = host if ":" in host else host.encode("idna").decode("ascii")
    except (ValueError, UnicodeError) as error:
        raise _Refused(_no_address(url)) from error
    if parts.scheme not in ("http", "https") or not host or any(c <= " " or c == "\x7f" for c in here.strip()):
        raise _Refused(_no_address(url))
    if parts.username is not None or parts.password is not None:
        raise _Refused(Problem("password-in-address", "The address holds a name or password, which would be kept in the record.",
                               url.replace(parts.netloc, host), "Name the address without them; pages behind a password are not fetched."))
    path = quote(parts.path or "/", safe=_SAFE) + (f"?{quote(parts.query, safe=_SAFE + '?')}" if parts.query else "")
    return _Target(parts.scheme, host, port or _port(parts.scheme), path)


def _port(scheme: str) -> int:
    return 443 if scheme == "https" else 80


# ---------------------------------------------------------------- problems


def _no_address(url: str) -> Problem:
    return Problem("bad-address", "This is no address of a page: it must begin with http:// or https:// and name a host.", url[:300],
                   "Copy the address from the browser again.")


def _slow(url: str) -> Problem:
    return Problem("too-slow", "The site took too long to answer.", url, "Try again later, or save the page and read the file.")


def _large(url: str, limit: int) -> Problem:
    return Problem("file-too-large", f"The page is larger than the {shown(limit)} that are read.", url,
                   "Save the part that you need, and read the file.")


def _broken(url: str, error: Exception) -> Problem:
    why = " ".join(str(getattr(error, "strerror", None) or error).split())[:120]
    return Problem("no-connection", f"The page could not be had{f': {why.lower()}' if why else ''}.", url,
                   "Check the address and the connection; try again later.")


def _status(url: str, status: int) -> Problem:
    words = {401: "asks for a password", 403: "does not let programs in", 404: "has no such page", 410: "has taken the page down",
             429: "is asked too often", 451: "may not show the page for legal reasons", 503: "is not available now"}
    what = f"The site {words.get(status, 'has an error' if status >= 500 else 'refuses')} (HTTP {status})."
    if status == 429 or status >= 500:
        return Problem("site-unavailable", what, url, "Try again later.")
    return Problem("http-status", what, url, "Check the address in a browser; a page that opens there can be saved.")

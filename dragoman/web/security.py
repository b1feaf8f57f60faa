"""What keeps the desk safe: which hosts it answers to, headers, limits, tokens, forms; and answers that need not be sent again."""

from __future__ import annotations

import hashlib
import hmac
import secrets
import time
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections import OrderedDict
from dataclasses import dataclass, field
from typing import Annotated, Any
from urllib.parse import urlsplit

from fastapi import Depends, FastAPI, Request
from fastapi.concurrency import run_in_threadpool
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from dragoman import __version__
from dragoman.web import errors

LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})
COOKIE = "dragoman_session"
HOURS = 12  # how long a browser stays signed in
BODY = 1_000_000  # bytes of a request: forms are small
POLICY = ("default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; "
          "form-action 'self'; base-uri 'none'; frame-ancestors 'none'")
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Robots-Tag": "noindex",
}
SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
_BEARER = {"WWW-Authenticate": "Bearer"}


@dataclass(slots=True)
class Limit:
    """So many requests a second from one address, and so many at once before that counts."""

    rate: float
    burst: float
    _left: OrderedDict[str, tuple[float, float]] = field(default_factory=OrderedDict)

    def take(self, who: str) -> float:
        """Seconds that an address must wait; 0 where its request is within the limit."""
        now = time.monotonic()
        left, then = self._left.pop(who, (self.burst, now))
        left = min(self.burst, left + (now - then) * self.rate)
        self._left[who] = (max(left - 1, 0.0) if left >= 1 else left, now)
        if len(self._left) > 10_000:  # the one unheard of for the longest is forgotten: memory stays bounded
            self._left.popitem(last=False)
        return 0.0 if left >= 1 else (1 - left) / self.rate


@dataclass(slots=True)
class Guards:
    """What the guards of one application know.

    hosts    names under which it may be asked; a page elsewhere that had its name point here is refused
    secret   signs sessions; made anew with each start, which ends them
    """

    hosts: frozenset[str] = LOOPBACK
    secret: bytes = field(default_factory=lambda: secrets.token_bytes(32))
    requests: Limit = field(default_factory=lambda: Limit(100, 400))
    judgements: Limit = field(default_factory=lambda: Limit(2, 60))
    failures: Limit = field(default_factory=lambda: Limit(0.1, 10))


def install(app: FastAPI) -> None:
    """Put the guards before the pages of an application."""
    app.state.guards = Guards()
    app.add_middleware(_Guard, desk=app)


def guards(request: Request) -> Guards:
    """The guards of the application that is asked."""
    found: Guards = request.app.state.guards
    return found


class _Guard:
    """Refuses what should not come in, and adds the headers to all that goes out."""

    def __init__(self, app: ASGIApp, desk: FastAPI) -> None:
        self._app, self._desk = app, desk

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        tag = await self._tag(scope, headers)

        async def out(message: Message) -> None:
            if message["type"] == "http.response.start":
                _finish(message, scope, tag)
            await send(message)

        if (refusal := self._refusal(scope, headers)) is not None:
            await errors.answer(scope["path"], *refusal)(scope, receive, out)
        elif tag is not None and tag in headers.get("if-none-match", ""):
            await send({"type": "http.response.start", "status": 304, "headers": _tagged(tag)})
            await send({"type": "http.response.body", "body": b""})
        else:
            await self._app(scope, _bounded(receive), out)

    def _refusal(self, scope: Scope, headers: Headers) -> tuple[int, str, str, str, dict[str, str]] | None:
        """Status, code, message, remedy and headers of a refusal."""
        known: Guards = self._desk.state.guards
        if _name(headers.get("host", "")) not in known.hosts:
            return 421, "unknown-host", "This desk does not answer under that name.", \
                "Open it by the address that `dragoman serve` printed, or start it with --allow-host NAME.", {}
        if scope["method"] not in SAFE and _foreign(headers):
            return 403, "foreign-page", "This request was sent by a page of another site.", "Use the forms of the desk itself.", {}
        if headers.get("content-length", "0").isdigit() and int(headers.get("content-length", "0")) > BODY:
            return 413, "too-large", "The request is larger than 1 MB.", "Send less at once.", {}
        if scope["path"].startswith("/static/"):
            return None
        wait = known.requests.take((scope.get("client") or ("", 0))[0])
        if wait:
            return 429, "too-many-requests", "Too many requests came from your address.", "Wait, then go on more slowly.", \
                _later(wait)
        return None

    async def _tag(self, scope: Scope, headers: Headers) -> str | None:
        """What a page is told by: it stays the same until the record changes, or who looks at it."""
        if scope["method"] not in ("GET", "HEAD") or scope["path"].startswith("/static/"):
            return None
        state = await run_in_threadpool(self._desk.state.record.state)
        seen = "\n".join((__version__, state, headers.get("cookie", ""), headers.get("authorization", ""), headers.get("hx-request", "")))
        return f'"{hashlib.sha256(seen.encode()).hexdigest()[:20]}"'


def _finish(message: Message, scope: Scope, tag: str | None) -> None:
    """Give an answer its headers."""
    headers = MutableHeaders(scope=message)
    for name, value in HEADERS.items():
        headers.setdefault(name, value)
    if scope["path"].startswith("/static/"):
        headers.setdefault("Cache-Control", "no-cache")
    elif tag is not None and message["status"] == 200 and "cache-control" not in headers:
        for raw, told in _tagged(tag):
            headers[raw.decode()] = told.decode()
    else:
        headers.setdefault("Cache-Control", "no-store")


def _tagged(tag: str) -> list[tuple[bytes, bytes]]:
    return [(b"etag", tag.encode()), (b"cache-control", b"private, no-cache"), (b"vary", b"Cookie, Authorization, HX-Request"),
            *((name.lower().encode(), value.encode()) for name, value in HEADERS.items())]


def _bounded(receive: Receive) -> Receive:
    """The body of a request, which ends where it grows too large without having said so."""
    seen = 0

    async def bounded() -> Message:
        nonlocal seen
        message = await receive()
        seen += len(message.get("body", b""))
        return {"type": "http.disconnect"} if seen > BODY else message

    return bounded


def _later(wait: float) -> dict[str, str]:
    return {"Retry-After": str(int(wait) + 1)}


def _name(host: str) -> str:
    """The name in a Host header, without the port."""
    try:
        return (urlsplit(f"//{host}").hostname or "").rstrip(".")
    except ValueError:
        return ""


def _foreign(headers: Headers) -> bool:
    """Whether a browser says that another site's page sends this."""
    if (site := headers.get("sec-fetch-site")) is not None:
        return site not in ("same-origin", "none")
    origin = headers.get("origin")
    return origin is not None and urlsplit(origin).netloc != headers.get("host", "")


# ---------------------------------------------------------------- who is there


def signed_in(request: Request) -> str | None:
    """The analyst who signed in with this browser, while the token stands."""
    nonce, name, made = _session(request) or ("", "", "")
    return name if nonce and (name, made) in request.app.state.record.tokens() else None


def bearer(request: Request) -> str:
    """The analyst whose token an API request carries.

    Raises:
      Refused: it carries none, or nobody's.
    """
    kind, _, token = request.headers.get("authorization", "").partition(" ")
    if kind.lower() != "bearer" or not token:
        raise errors.Refused(401, "token-missing", "Judgements need a token.",
                             "Make one with `dragoman token NAME` and send it as `Authorization: Bearer TOKEN`.", _BEARER)
    return checked(request, token.strip())


def checked(request: Request, token: str) -> str:
    """The holder of a token; who guesses must wait.

    Raises:
      Refused: it is nobody's, or too many were tried.
    """
    known = guards(request)
    who = request.client.host if request.client else ""
    name: str | None = request.app.state.record.holder(token)
    if name is None:
        if wait := known.failures.take(who):
            raise errors.Refused(429, "too-many-tokens", "Too many wrong tokens came from your address.", "Wait, then try again.",
                                 _later(wait))
        raise errors.Refused(401, "token-unknown", "This is not a token of this record.",
                             "Make one with `dragoman token NAME`; an older one of the same name no longer counts.", _BEARER)
    if wait := known.judgements.take(name):
        raise errors.Refused(429, "too-many-requests", f"{name} sends too many judgements.", "Wait, then go on more slowly.", _later(wait))
    return name


Bearer = Annotated[str, Depends(bearer)]


def session_for(request: Request, name: str) -> str:
    """The value of the cookie that keeps an analyst signed in: no token in it, and signed."""
    made = dict(request.app.state.record.tokens())[name]
    told = "\n".join((secrets.token_hex(8), name, made, str(int(time.time()) + HOURS * 3600)))
    return urlsafe_b64encode(told.encode()).decode() + "." + _signed(request, "session", told)


def _session(request: Request) -> tuple[str, str, str] | None:
    """Nonce, name and the token's date in a cookie that this server signed and that is not too old."""
    packed, _, signature = request.cookies.get(COOKIE, "").partition(".")
    try:
        told = urlsafe_b64decode(packed.encode()).decode()
        nonce, name, made, until = told.split("\n")
    except ValueError:
        return None
    if not hmac.compare_digest(signature.encode(), _signed(request, "session", told).encode()) or int(until) < time.time():
        return None
    return nonce, name, made


def _signed(request: Request, what: str, told: str) -> str:
    return hmac.new(guards(request).secret, f"{what}\n{told}".encode(), hashlib.sha256).hexdigest()


def form_key(request: Request) -> str:
    """The hidden field that shows that a form is the desk's own; empty where nobody is signed in."""
    session = _session(request)
    return _signed(request, "form", session[0]) if session else ""


def judging(request: Request, key: str) -> str:
    """The analyst who sends a form.

    Raises:
      Refused: nobody is signed in, or the form is not the desk's own.
    """
    name = signed_in(request)
    if name is None:
        raise errors.Refused(401, "not-signed-in", "Judgements need a token.", "Sign in with a token that `dragoman token NAME` made.")
    if not hmac.compare_digest(key.encode(), form_key(request).encode()):
        raise errors.Refused(403, "foreign-form", "This form was not made for your session.", "Open the page anew and send it again.")
    if wait := guards(request).judgements.take(name):
        raise errors.Refused(429, "too-many-requests", "Too many judgements at once.", "Wait a moment.", _later(wait))
    return name


def shared(request: Request) -> dict[str, Any]:
    """What every page knows of who looks at it."""
    return {"analyst": signed_in(request), "form_key": form_key(request)}

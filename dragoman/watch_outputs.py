"""News of watched feeds handed on: an Atom file, a webhook, mail. All words of documents are escaped or plain text."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from urllib.parse import urlsplit
from xml.sax.saxutils import escape, quoteattr

from dragoman.model.problems import Problem
from dragoman.sources.web import agent, is_address
from dragoman.watch import Entry

WORDS = {"new": "New", "changed": "Changed", "contradicted": "Contradicted", "fulfilled": "Fulfilled", "missed": "Missed"}
TIMEOUT = 20.0
LATEST = 200  # entries of the Atom feed
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


@dataclass(frozen=True, slots=True)
class Mail:
    """Where mail goes and by which server; the password, where one is needed, comes from the environment."""

    to: tuple[str, ...]
    sender: str
    host: str
    port: int = 25
    user: str | None = None
    password: str | None = None
    tls: bool = True


def title(entry: Entry) -> str:
    """ "New: 14 May 2024: official visit to Peru, Rosa Lema (prime minister, Chile) [planned]"."""
    return f"{WORDS.get(entry.what, entry.what)}: {entry.title}"


# ---------------------------------------------------------------- Atom


def atom(entries: Sequence[Entry]) -> str:
    """An Atom feed of the latest news, the newest first; the words of documents are text and never markup."""
    updated = entries[-1].at if entries else "1970-01-01T00:00:00Z"
    head = ('<?xml version="1.0" encoding="utf-8"?>', '<feed xmlns="http://www.w3.org/2005/Atom">', "<id>urn:dragoman:watch</id>",
            "<title>News of a record of dragoman</title>", f"<updated>{_xml(updated)}</updated>", "<author><name>dragoman</name></author>")
    return "\n".join([*head, *(_atom_entry(e) for e in reversed(entries[-LATEST:])), "</feed>"]) + "\n"


def _atom_entry(entry: Entry) -> str:
    address = next((url for _, url in entry.sources if url), None)
    link = f'<link rel="alternate" href={quoteattr(_NOT_XML.sub("", address))}/>' if address else ""
    return (f"<entry><id>urn:dragoman:news:{entry.n}:{_xml(entry.fact.removeprefix('fact:'))}</id><title>{_xml(title(entry))}</title>"
            f'<updated>{_xml(entry.at)}</updated><category term={quoteattr(entry.kind)}/>{link}<content type="text">{_xml(body(entry))}'
            "</content></entry>")


def body(entry: Entry) -> str:
    """The detail and the sources with their words, a line each."""
    sources = [words for words, _ in entry.sources]  # with the address, where there is one
    return "\n".join(w for w in (entry.detail, *sources) if w)


def _xml(words: str) -> str:
    return escape(_NOT_XML.sub("\ufffd", words))


def put(path: Path, entries: Sequence[Entry]) -> None:
    """Write the feed; a reader never sees half of it.

    Raises:
      OSError: it cannot be written.
    """
    part = path.with_name(path.name + ".part")
    part.write_text(atom(entries), encoding="utf-8")
    part.replace(path)


# ---------------------------------------------------------------- webhook and mail


def post(address: str, entries: Sequence[Entry]) -> Problem | None:
    """Send the news as JSON to a webhook, or give the problem; redirects are not followed."""
    from http.client import HTTPConnection, HTTPException, HTTPSConnection

    parts = urlsplit(address)
    data = json.dumps({"news": [asdict(e) | {"title": title(e), "text": body(e)} for e in entries]}).encode()
    try:
        kind = HTTPSConnection if parts.scheme == "https" else HTTPConnection
        connection = kind(parts.hostname or "", parts.port, timeout=TIMEOUT)
        try:
            path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
            connection.request("POST", path, data, {"Content-Type": "application/json", "User-Agent": agent()})
            status = connection.getresponse().status
        finally:
            connection.close()
    except (OSError, HTTPException, ValueError) as error:
        return _not_delivered(_host(address), str(error))
    return None if 200 <= status < 300 else _not_delivered(_host(address), f"the webhook answered {status}")


def send(mail: Mail, entries: Sequence[Entry]) -> Problem | None:
    """Send the news as one plain-text mail, or give the problem; the connection is encrypted unless that is switched off."""
    import smtplib
    from email.message import EmailMessage

    message = EmailMessage()
    first = _plain(title(entries[0])).replace("\n", " ")
    more = f" and {len(entries) - 1} more" if len(entries) > 1 else ""
    message["Subject"] = f"dragoman: {first[:120]}{more}"
    message["From"], message["To"] = mail.sender, ", ".join(mail.to)
    message.set_content("\n\n".join(f"{_plain(title(e))}\n{_plain(body(e))}\n{e.fact}" for e in entries) + "\n")
    try:
        with smtplib.SMTP(mail.host, mail.port, timeout=TIMEOUT) as server:
            if mail.tls:
                import ssl

                server.starttls(context=ssl.create_default_context())
            if mail.user:
                server.login(mail.user, mail.password or "")
            server.send_message(message)
    except (OSError, smtplib.SMTPException, ValueError) as error:
        return _not_delivered(f"{mail.host}:{mail.port}", str(error))
    return None


def _plain(words: str) -> str:
    """The words without what could steer a terminal or turn the reading direction."""
    return _CONTROL.sub("\ufffd", words)


def _host(address: str) -> str:
    """The site of a webhook; its path may be a secret and is not shown."""
    return urlsplit(address).hostname or "webhook"


def _not_delivered(at: str, why: str) -> Problem:
    return Problem("not-delivered", f"The news could not be handed on: {' '.join(why.split())[:160]}.", at,
                   "Check the address and the server's settings; what was not handed on comes with the next round.", failed=False)


def usable(address: str) -> bool:
    """Whether a webhook's address can be used."""
    return is_address(address) and bool(urlsplit(address).hostname)

"""E-mail: the plain part, else the HTML part, below the subject."""

from __future__ import annotations

import re
from collections.abc import Iterator
from email import message_from_bytes, policy
from email.errors import MessageError
from email.message import EmailMessage, MIMEPart
from email.utils import parseaddr

from dragoman.documents import plain
from dragoman.documents.draft import Draft
from dragoman.model.documents import Zone, ZoneSpan
from dragoman.model.problems import Problem
from dragoman.reference import outlets

_FOOT = re.compile(r"^-- ?\r?$", re.M)


def drafts(data: bytes, at: str) -> Iterator[Draft | Problem]:
    """The text of a mail, with a warning that names its attachments."""
    message = message_from_bytes(data, policy=policy.default)
    names = [name or part.get_content_type() for part, name in _attachments(message)]
    if names:
        yield Problem("attachments-not-read", f"The mail has attachments that were not read: {', '.join(names)[:200]}.", at,
                      "Save them beside the mail and read them as files.", failed=False)
    part = message.get_body(("plain", "html"))
    if part is None:
        yield Problem("no-text", "There is no text in the mail.", at, "Save its attachments and read them as files.")
        return
    words, warning = _words(part, at)
    if warning:
        yield warning
        if warning.failed:
            return
    subject, author, outlet, date = (_header(message, "subject"), *_from(message), _header(message, "date"))
    if part.get_content_type() == "text/html":
        from dragoman.documents import page

        for made in page.of_markup(words, at, {"title": subject or ""}, article=True):
            yield made if isinstance(made, Problem) else Draft(made.text, made.zones, subject or made.title, author, outlet, date, made.url,
                                                               made.language, False, _kept(message))
        return
    words = words.replace("\r\n", "\n").strip("\n")
    if not words.strip():
        yield Problem("no-text", "There is no text in the mail.", at, "Save its attachments and read them as files.")
        return
    text = f"{subject}\n\n{words}" if subject else words
    zones = [ZoneSpan(0, len(subject), Zone.HEADING)] if subject else []
    foot = _FOOT.search(text)
    if foot and text[foot.end():].count("\n") < 12:
        zones.append(ZoneSpan(foot.start(), len(text), Zone.MENU))
    yield Draft(text, tuple(zones), subject, author, outlet, date, metadata=_kept(message))


def _attachments(message: EmailMessage) -> Iterator[tuple[MIMEPart, str | None]]:
    try:
        for part in message.iter_attachments():
            yield part, part.get_filename()
    except (AttributeError, KeyError, TypeError):
        return  # a damaged structure of parts has none that could be named


def _words(part: MIMEPart, at: str) -> tuple[str, Problem | None]:
    payload = part.get_payload(decode=True)
    data = payload if isinstance(payload, bytes) else str(part.get_payload()).encode("utf-8", "surrogateescape")
    decoded = plain.decode(data, at, part.get_content_charset())
    return ("", decoded) if isinstance(decoded, Problem) else decoded


def _header(message: EmailMessage, name: str) -> str | None:
    try:
        words = " ".join(str(message.get(name) or "").split())
    except (MessageError, ValueError, IndexError, AttributeError, TypeError):  # the parser of headers fails on some damaged ones
        return None
    return words or None


def _from(message: EmailMessage) -> tuple[str | None, str | None]:
    """Author and outlet by the sender's name: an office is the outlet, a person the author."""
    name = parseaddr(_header(message, "from") or "")[0].strip()
    if not name:
        return None, None
    return (None, name) if outlets.kind(name) != "other" or len(name.split()) > 4 else (name, None)


def _kept(message: EmailMessage) -> dict[str, str]:
    found = {"from": _header(message, "from"), "to": _header(message, "to"), "message_id": _header(message, "message-id")}
    return {key: words[:1000] for key, words in found.items() if words}

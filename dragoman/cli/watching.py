"""Commands that stay at work: watching feeds, and answering an assistant."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from dragoman.cli.common import Json, opened, print_json, stop

if TYPE_CHECKING:
    from dragoman.record import Record
    from dragoman.watch import Round
    from dragoman.watch_outputs import Mail


def watch(
    feeds: Annotated[str, typer.Argument(help="An OPML file with feeds, or the address of one feed.")],
    every: Annotated[
        float | None, typer.Option("--every", min=1.0, metavar="MINUTES", help="Look again every so many minutes; else once.")
    ] = None,
    feed: Annotated[Path | None, typer.Option("--feed", help="Write the latest news to this Atom file.")] = None,
    webhook: Annotated[str | None, typer.Option("--webhook", metavar="URL", help="Send the news as JSON to this address.")] = None,
    mail_to: Annotated[list[str] | None, typer.Option("--mail-to", metavar="ADDRESS", help="Send the news there by mail.")] = None,
    mail_from: Annotated[str | None, typer.Option("--mail-from", metavar="ADDRESS", help="The sender of the mail.")] = None,
    smtp: Annotated[str, typer.Option("--smtp", metavar="HOST:PORT", help="The mail server.")] = "localhost:25",
    smtp_user: Annotated[str | None, typer.Option("--smtp-user", metavar="NAME", help="The name that the mail server asks for.")] = None,
    smtp_password: Annotated[
        str | None, typer.Option("--smtp-password", envvar="DRAGOMAN_SMTP_PASSWORD", help="Its password, best given by the environment.")
    ] = None,
    plain_smtp: Annotated[bool, typer.Option("--plain-smtp", help="Speak to the mail server without encryption.")] = False,
    as_json: Json = False,
) -> None:
    """Look at feeds, read what is new in them, and tell what that changes in the record.

    What was read stays read: the next round asks only for what came since. robots.txt is obeyed, and only public addresses are asked.
    Ends with 1 if a feed or a page could not be had.
    """
    mail = _mail(mail_to, mail_from, smtp, smtp_user, smtp_password, plain_smtp)
    if webhook is not None:
        from dragoman.watch_outputs import usable

        if not usable(webhook):
            stop(f"--webhook {webhook}: not an address. It begins with https:// or http://.", 2)
    with opened(create=True) as record:
        while True:
            done = _round(record, feeds, feed, webhook, mail, as_json)
            if every is None:
                break
            time.sleep(every * 60)
    if any(p.failed for p in done.problems):
        raise typer.Exit(1)


def _round(record: Record, feeds: str, feed: Path | None, webhook: str | None, mail: Mail | None, as_json: bool) -> Round:
    """One look at the feeds, told."""
    from dragoman import terminal

    with terminal.progress(not as_json) as progress:
        done = record.watch(feeds, feed=feed, webhook=webhook, mail=mail, progress=progress)
    if as_json:
        print_json(done.as_json())
    else:
        from dragoman import terminal_watching

        terminal_watching.told(done)
    return done


def _mail(to: list[str] | None, sender: str | None, smtp: str, user: str | None, password: str | None, plain: bool) -> Mail | None:
    """Where mail goes, None for nowhere."""
    if not to:
        return None
    from dragoman.watch_outputs import Mail

    host, _, port = smtp.rpartition(":") if ":" in smtp else (smtp, "", "25")
    for address in (*to, sender or to[0]):
        if "@" not in address or any(c.isspace() for c in address):
            stop(f"{address}: not a mail address.", 2)
    if not host or not port.isdecimal():
        stop(f"--smtp {smtp}: not a mail server. Write HOST:PORT, such as mail.example.org:587.", 2)
    return Mail(tuple(to), sender or to[0], host, int(port), user, password, not plain)


def mcp() -> None:
    """Answer an assistant's questions from the record, over standard input and output (Model Context Protocol).

    Every answer names its claims and sources, and what it rests on. Nothing in the record can be changed this way.
    """
    from importlib.util import find_spec

    if find_spec("mcp") is None:
        stop("The server for assistants needs the package mcp: pip install 'dragoman[mcp]'", 1)
    from dragoman import mcp_server

    with opened() as record:
        mcp_server.serve(record)


COMMANDS: tuple[Callable[..., Any], ...] = (watch, mcp)
GROUPS: dict[str, typer.Typer] = {}

"""Commands of the desk: open the record in a browser, and say who may judge there."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from dragoman.cli.common import Json, opened, print_json, stop

PORT = 8321
_MISSING = "The desk needs parts that are not installed: pip install 'dragoman[web]'"


def serve(
    host: Annotated[str, typer.Option("--host", help="The address to listen at; only this machine reaches 127.0.0.1.")] = "127.0.0.1",
    port: Annotated[int, typer.Option("--port", min=0, max=65535, help="The port; 0 takes a free one.")] = PORT,
    allow_host: Annotated[list[str] | None, typer.Option("--allow-host", help="Another name under which browsers may ask for it.")] = None,
) -> None:
    """Open the record in a browser, with its JSON API under /api/v1; reading needs no token, judging does (`dragoman token`).

    It listens to this machine alone unless --host says otherwise. What is read meanwhile appears by itself. Ctrl-C ends it.
    """
    try:
        import uvicorn

        from dragoman.web.app import create_app
        from dragoman.web.security import LOOPBACK
    except ImportError:
        stop(_MISSING)
    with opened() as record:  # tells what is wrong with the record before anything else starts
        path, shown_record = record.url, record.shown
    app = create_app(path, background=True)
    app.state.guards.hosts = LOOPBACK | {host.lower()} | {name.lower() for name in allow_host or ()}
    config = uvicorn.Config(app, host, port, log_level="warning", access_log=False, server_header=False, timeout_keep_alive=15,
                            limit_concurrency=500, h11_max_incomplete_event_size=65_536, proxy_headers=False)
    server, listening = uvicorn.Server(config), config.bind_socket()
    shown = host if host in LOOPBACK or host not in ("0.0.0.0", "::") else "127.0.0.1"
    address = f"http://{f'[{shown}]' if ':' in shown else shown}:{listening.getsockname()[1]}/"
    _told(record_name=shown_record, address=address, loopback=host in LOOPBACK)
    server.run(sockets=[listening])


def _told(record_name: str, address: str, loopback: bool) -> None:
    print(f"{record_name} is open at {address}")
    if loopback:
        print("Only this machine can reach it. Anybody on it may read; judgements need a token: dragoman token NAME")
    else:
        print("Other machines can reach it, and anybody who does may read it, unencrypted. Judgements need a token: dragoman token NAME",
              file=sys.stderr)
    print("Ctrl-C ends it.", flush=True)


def token(
    name: Annotated[str | None, typer.Argument(help="Whose token it is: the name that judgements will carry.")] = None,
    withdraw: Annotated[bool, typer.Option("--withdraw", help="Take the token of this name back; what was judged with it stays.")] = False,
    as_json: Json = False,
) -> None:
    """Make a token with which somebody may judge at the desk, and print it this once; without a name list whose there are."""
    with opened() as record:
        if name is None:
            found = record.tokens().to_dicts()
            if as_json:
                print_json(found)
                return
            from dragoman import terminal

            terminal.table(("name", "made"), [(row["name"], row["made"]) for row in found], "tokens")
            return
        if withdraw:
            if not record.withdraw_token(name):
                stop(f"{name} has no token. `dragoman token` lists who has.")
            print_json({"name": name, "withdrawn": True}) if as_json else print(f"{name} can no longer judge at the desk.")
            return
        try:
            made = record.make_token(name)
        except ValueError as error:
            stop(f"{error}.", 2)
    if as_json:
        print_json({"name": name.strip(), "token": made})
        return
    print(made)
    print(f"{name.strip()} may judge with this token. It is shown this once: the record keeps its hash alone.", file=sys.stderr)


COMMANDS = (serve, token)
GROUPS: dict[str, typer.Typer] = {}

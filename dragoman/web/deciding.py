"""Judgements that are given at the desk: kept as lines, and followed by the facts at once."""

from __future__ import annotations

from fastapi import Request

WAIT = 1.5  # seconds in which what one judgement touches is mostly resolved


def follow(request: Request) -> None:
    """Have the facts follow a judgement: by the thread that resolves, for a moment waited for; else here."""
    resolving = request.app.state.resolving
    if resolving is not None:
        resolving.soon(WAIT)
    else:
        request.app.state.record.catch_up()

"""The period that an address asks for."""

from __future__ import annotations

from fastapi import Request

from dragoman.model import time


def period(request: Request) -> tuple[str | None, str | None]:
    """`since` and `until` (EDTF); what is no date is left out."""
    since, until = (request.query_params.get(name, "").strip() for name in ("since", "until"))
    return (since if time.is_edtf(since) else None), (until if time.is_edtf(until) else None)

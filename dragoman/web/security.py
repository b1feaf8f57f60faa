"""What keeps the desk safe: headers, tokens, forms."""

from __future__ import annotations

from fastapi import FastAPI


def install(app: FastAPI) -> None:
    """Put the guards before the pages of an application."""

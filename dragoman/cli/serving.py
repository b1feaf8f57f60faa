"""Commands to come."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import typer

COMMANDS: tuple[Callable[..., Any], ...] = ()
GROUPS: dict[str, typer.Typer] = {}

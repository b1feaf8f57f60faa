"""Quantities: numbers with their units, bounds, direction and noun."""

from __future__ import annotations

from dragoman.model.annotations import AnnotatedText, Quantity


def find(text: AnnotatedText) -> tuple[Quantity, ...]:
    """The quantities of a text, in order of their start."""
    return ()

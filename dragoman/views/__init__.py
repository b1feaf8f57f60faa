"""Rows of the record -> values that a person reads: lines, marked texts, explanations, the briefing. Nothing here prints."""

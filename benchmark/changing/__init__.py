"""How changed.py changes names, dates and amounts: each module gives the edits of a text and the new values of its gold lines."""

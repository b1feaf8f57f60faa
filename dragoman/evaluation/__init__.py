"""Claims against gold facts: precision, recall and F1 by kind and field, what was missed, what was claimed beyond, and calibration."""

from __future__ import annotations

from dragoman.evaluation.scoring import Scores, score

__all__ = ["Scores", "score"]

"""What a person is told of a run while it goes on and at its end."""

from __future__ import annotations

import pytest

from dragoman.cli import scaling
from dragoman.scale.layout import COUNTED, Report


def report(**more: object) -> Report:
    made = Report(total_bytes=4_000_000, bytes=1_000_000, new_bytes=1_000_000, seconds=50.0, cpu_seconds=7200.0, new_inputs=900)
    made.counts = dict.fromkeys(COUNTED, 0) | {"inputs": 1000, "documents": 1000, "read": 20, "put_aside": 880, "other_language": 100,
                                                "words": 9000, "claims": 640, "problems": 2}
    for name, value in more.items():
        setattr(made, name, value)
    return made


def test_a_line_tells_rate_share_cost_and_time_left() -> None:
    assert scaling.line(report()) == "1,000 inputs, 18.0 a second, 98% put aside, 640 claims, 2.0 core-hours so far, 2 min left"
    assert scaling.line(Report()) == "0 inputs, 0.0 a second, 0% put aside, 0 claims, 0 CPU seconds so far"


@pytest.mark.parametrize(("seconds", "words"), [(5, "5 s"), (5000, "83 min"), (90_000, "25.0 hours"), (864_000, "10.0 days")])
def test_times_are_said_as_people_say_them(seconds: float, words: str) -> None:
    assert scaling._span(seconds) == words


def test_the_end_tells_what_there_is_and_what_went_wrong(capsys: pytest.CaptureFixture[str]) -> None:
    lost = [("s3://news/a.warc.gz", "it timed out")]
    scaling._print(report(copies=3, superseded=1, restarts=["SIGSEGV", "SIGSEGV"], unfinished=lost), "day")
    said = capsys.readouterr().out
    for words in ("1,000 inputs with 1,000 documents, in day:", "20  9,000 words, 640 claims", "880  no state", "100  in another language",
                  "98.0% put aside", "2.0 core-hours, 7,200.0 ms an input", "begun again 2 times (SIGSEGV)", "dragoman load day",
                  "not read to its end: s3://news/a.warc.gz: it timed out."):
        assert words in " ".join(said.split()) or words in said, words
    assert "failed" not in said

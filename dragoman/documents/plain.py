"""Bytes to text: byte order marks, UTF-8 with its damages, other encodings by their statistics."""

from __future__ import annotations

import re

from dragoman.model.problems import Problem

SAMPLE = 20_000  # bytes by which an unknown encoding is told
MAX_LINE = 10_000_000  # code points

_BOMS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe\0\0", "utf-32-le"), (b"\0\0\xfe\xff", "utf-32-be"), (b"\xff\xfe", "utf-16-le"),
         (b"\xfe\xff", "utf-16-be"))
_MULTIBYTE = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
_HIGH = re.compile(rb"[\x80-\xff]")
_WRITTEN_IN = {"cp1250": "cs sk pl hu hr sl ro bs sq", "cp1254": "tr az", "cp1251": "ru uk be bg sr mk kk ky", "cp1257": "lt lv et"}
_STRAY = re.compile(rb"(?<![A-Za-z\x80-\xff])[\xc0-\xff]{1,3}(?![A-Za-z\x80-\xff])|[\xc2\xc3\xe2](?![A-Za-z\x80-\xff])")  # in no word
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f]")


def decode(data: bytes, at: str, given: str | None = None) -> tuple[str, Problem | None] | Problem:
    """The text with a warning where bytes of it were broken, or the problem why it is no text.

    `given` is an encoding that the format states; it is tried first.
    """
    if data.isascii() and b"\0" not in data:
        return _checked(data.decode("ascii"), at, data, None)
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return _with(data, encoding, at, len(mark))
    wide = _wide(data)
    if wide:
        return _with(data, wide, at, 0)
    if b"\0" in data[:100_000]:
        return _binary(at, data)
    try:
        return _checked(data.decode("utf-8"), at, data, None)
    except UnicodeDecodeError as error:
        if given and given.lower().replace("_", "-") not in ("utf-8", "utf8", "ascii", "us-ascii"):
            try:
                return _checked(data.decode(given), at, data, None)
            except (LookupError, ValueError):
                pass
        good = len(_MULTIBYTE.findall(data))
        bad = len(_HIGH.findall(_MULTIBYTE.sub(b"", data)))
        if (bad <= 3 and (_STRAY.search(data) or good >= bad or error.start >= len(data) - 4)) or good > 3 * bad:
            return _with(data, "utf-8", at, 0)
        return _guessed(data, at, error.start)


def _with(data: bytes, encoding: str, at: str, skip: int) -> tuple[str, Problem | None] | Problem:
    """The text in this encoding; bytes that do not fit become U+FFFD and a warning."""
    body = data[skip:]
    try:
        return _checked(body.decode(encoding), at, data, None)
    except UnicodeDecodeError as error:
        place = skip + error.start
        words = body[max(0, error.start - 30) : error.start + 30].decode(encoding, "replace")
        warning = Problem("broken-encoding", f"Bytes that are not {encoding.upper()} stand at byte {place}; they were replaced by �.",
                          f"{at}, byte {place}", "Save the text in UTF-8 again from where it came.", _printable(words), failed=False)
        return _checked(body.decode(encoding, "replace"), at, data, warning)


def _guessed(data: bytes, at: str, offset: int) -> tuple[str, Problem | None] | Problem:
    from charset_normalizer import from_bytes

    start = max(0, offset - SAMPLE // 2)
    found = from_bytes(data[start : start + SAMPLE])
    best = found.best()
    if best is None:
        return _binary(at, data)
    alike = {m.encoding for m in found if m.chaos <= best.chaos + 0.005 and m.coherence >= best.coherence - 0.005}
    encoding = _of_language(str(best)) if len(alike) > 1 else best.encoding
    encoding = encoding if encoding in alike else best.encoding
    try:
        return _checked(data.decode(encoding), at, data, None)
    except (LookupError, UnicodeDecodeError):
        return _with(data, encoding, at, 0)


def _of_language(words: str) -> str:
    """The usual encoding of eight bits for the language of a text that several encodings fit alike."""
    from dragoman.documents import language

    tag = language.of(words)
    return next((name for name, tags in _WRITTEN_IN.items() if tag in tags.split()), "cp1252")


def _wide(data: bytes) -> str | None:
    """UTF-16 without a mark: every other byte is null."""
    even, odd = data[0:4096:2], data[1:4096:2]
    if len(odd) >= 4 and odd.count(0) > 0.7 * len(odd) and even.count(0) < 0.1 * len(even):
        return "utf-16-le"
    if len(even) >= 4 and even.count(0) > 0.7 * len(even) and odd.count(0) < 0.1 * len(odd):
        return "utf-16-be"
    return None


def _checked(text: str, at: str, data: bytes, warning: Problem | None) -> tuple[str, Problem | None] | Problem:
    controls = len(_CONTROL.findall(text[:100_000]))
    if controls > 2 + len(text[:100_000]) * 0.01 or text.count("\ufffd") > 0.1 * len(text) + 20:
        return _binary(at, data)
    return text, warning


def _binary(at: str, data: bytes) -> Problem:
    return Problem("binary-file", "The bytes are not text in any known encoding.", at,
                   "If it is a document, give it the ending of its format and save it as PDF, DOCX, HTML or text.",
                   data[:16].hex(" "))


def _printable(words: str) -> str:
    return "".join(c if c.isprintable() else "·" for c in words).strip()

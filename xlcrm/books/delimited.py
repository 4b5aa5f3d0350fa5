"""Reads a text table (.csv, .txt, .tsv) whose encoding and separator nobody has told."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from xlcrm.errors import SourceError

_SEPARATORS = ";\t,|"
_SAMPLE_LINES = 60
_MOST_LINES = 50  # in one cell
# Letters that French texts hold; the byte table that shows most of them is the right one.
_FRENCH = frozenset("éèêëàâäçîïôöùûüÉÈÊÀÂÇÎÔÛœŒæ€°«»’…–")
_ODD = frozenset("‚ƒ„†‡ˆ‰Š‹ŽšžŸ¡¢£¤¥¦§¨©ª¬¯±²³´µ¶¹º¼½¾¿×ÐðÞþ÷│┤╣║╗╝┐└┴┬├─┼╚╔╩╦╠═╬┘┌█▄▀¦þ■")


def read_delimited(path: Path) -> list[list[Any]]:
    """The rows of a text table: every value a text as it stands, blanks None, rows of one width.

    A decimal comma, a leading zero and a date are left as they were typed.
    """
    text = decode(path.read_bytes())
    if "\x00" in text:
        text = text.replace("\x00", "")
    separator, text = _separator(text)
    csv.field_size_limit(1 << 27)
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=separator))
        if _swallowed(rows, separator):
            rows = [row for line in io.StringIO(text) for row in _row(line, separator)]
    except csv.Error as error:
        raise SourceError(
            fr=f"{path.name} ne se lit pas comme un tableau ({error}). Vérifiez les guillemets, "
            "ou enregistrez-le de nouveau en « CSV UTF-8 » depuis le tableur.",
            en=f"{path.name} cannot be read as a table ({error}). Check the quotation marks, or "
            'save it again as "CSV UTF-8" from the spreadsheet.',
        ) from error
    width = max(map(len, rows), default=0)
    return [
        [value if value else None for value in row] + [None] * (width - len(row)) for row in rows
    ]


def _swallowed(rows: list[list[str]], separator: str) -> bool:
    """Whether a quotation mark that nobody closes has made one cell of the lines after it."""
    width = max(map(len, rows), default=0)
    for value in (v for row in rows for v in row if "\n" in v):
        lines = value.split("\n")
        if len(lines) > _MOST_LINES:
            return True
        if width > 3 and any(line.count(separator) == width - 1 for line in lines[:-1]):
            return True
    return False


def _row(line: str, separator: str) -> Iterator[list[str]]:
    if line.count('"') % 2:
        yield line.rstrip("\r\n").replace('"', "").split(separator)
    else:
        yield from csv.reader([line], delimiter=separator)


def decode(content: bytes) -> str:
    """The text of bytes in UTF-8, UTF-16, Windows or DOS letters.

    >>> decode("Zoé;Éric".encode("cp850")), decode("Zoé;5 €".encode("cp1252"))
    ('Zoé;Éric', 'Zoé;5 €')
    """
    if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return content.decode("utf-16", "replace")
    zeros = content[:4096]
    if zeros[1::2].count(0) > 0.4 * len(zeros) / 2:
        return content.decode("utf-16-le", "replace")
    if zeros[0::2].count(0) > 0.4 * len(zeros) / 2:
        return content.decode("utf-16-be", "replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        # A lone bad byte in a text that is otherwise UTF-8 (an export cut or glued together).
        good = content[: error.start].decode("utf-8")
        if sum(1 for letter in good if ord(letter) > 127) > 20:
            return content.decode("utf-8-sig", "replace")
    sample = content[:4_000_000].translate(None, delete=bytes(range(128)))[:20_000]
    return content.decode(
        max(("cp1252", "cp850", "mac_roman"), key=lambda e: _fits(sample, e)), "replace"
    )


def _fits(sample: bytes, encoding: str) -> float:
    letters = Counter(sample.decode(encoding, "replace"))
    good = sum(count for letter, count in letters.items() if letter in _FRENCH)
    odd = sum(count for letter, count in letters.items() if letter in _ODD or letter == "\ufffd")
    return good - 2 * odd


def _separator(text: str) -> tuple[str, str]:
    """The separator that splits the first lines into the most even columns."""
    first, _, rest = text.partition("\n")
    if first.strip().casefold().startswith("sep=") and len(first.strip()) <= 5:
        return first.strip()[4:5] or "\t", rest
    best, best_score = ";", 0.0
    for separator in _SEPARATORS:
        widths = Counter(len(row) for row in _sample(text, separator))
        width, rows = max(widths.items(), key=lambda item: (item[1] * (item[0] > 1), item[0]))
        score = rows / sum(widths.values()) * (width > 1) * (1 + min(width, 30) / 100)
        if score > best_score:
            best, best_score = separator, score
    return best, text


def _sample(text: str, separator: str) -> Iterator[list[str]]:
    reader = csv.reader(io.StringIO(text[:200_000], newline=""), delimiter=separator)
    found = 0
    for row in reader:
        if row:
            yield row
            found += 1
        if found >= _SAMPLE_LINES:
            return
    if not found:
        yield []

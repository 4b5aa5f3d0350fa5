"""How cells, sheets and defined names are written in a formula."""

from __future__ import annotations

import re
from collections.abc import Iterable

_NAME_PART = re.compile(r"[^\w.]+")
_LOOKS_LIKE_CELL = re.compile(r"(?i)([a-z]{1,3}\d+|r\d*c\d*|[rc])$")
_SHEET_REFERENCE = re.compile(r"=?(?:'((?:[^']|'')+)'|([^'!\[\]:,;()+]+))!\$?[A-Z]+\$?\d+")


def quoted(sheet: str) -> str:
    """A sheet name as a formula writes it.

    >>> quoted("L'été")
    "'L''été'"
    """
    return "'" + sheet.replace("'", "''") + "'"


def sheet_of(reference: str) -> str | None:
    """The sheet that a reference points at; None for a lost one.

    >>> sheet_of("'L''été'!$A$1"), sheet_of("Base!$A$1:$B$9"), sheet_of("#REF!$A$1")
    ("L'été", 'Base', None)
    """
    match = _SHEET_REFERENCE.match(reference)
    if match is None or match[2] == "#REF":
        return None
    return match[1].replace("''", "'") if match[1] else match[2]


def column_letters(column: int) -> str:
    """The letters of a column, from 1.

    >>> column_letters(1), column_letters(28), column_letters(16384)
    ('A', 'AB', 'XFD')
    """
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def column_number(letters: str) -> int:
    """The number of a column, from 1.

    >>> column_number("AB")
    28
    """
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


def defined_name(text: str, taken: Iterable[str] = ()) -> str:
    """A defined name: letters, digits, `_` and `.`, never like a cell, unused so far.

    >>> defined_name("Segments 2026"), defined_name("RFM1"), defined_name("A", ["a"])
    ('Segments_2026', '_RFM1', 'A_2')
    """
    used = {other.casefold() for other in taken}
    name = _NAME_PART.sub("_", text).strip("_")[:200] or "_"
    if name[0].isdigit() or name[0] == "." or _LOOKS_LIKE_CELL.match(name):
        name = f"_{name}"
    candidate, number = name, 1
    while candidate.casefold() in used:
        number += 1
        candidate = f"{name}_{number}"
    return candidate

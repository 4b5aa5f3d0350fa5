"""Reads the sheets of a workbook file: values through calamine, the rest from the XML itself."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from itertools import chain
from typing import Any

from python_calamine import CalamineSheet

from xlcrm.books.addresses import column_letters, column_number
from xlcrm.books.book import Grid
from xlcrm.books.package import Package
from xlcrm.errors import SourceError

_PIECE = 1 << 20
_LONGEST_ROW = 16 << 20  # bytes of one row; beyond, the pass goes on without waiting for its end
_MOST_CELLS = 60_000_000  # of the rectangle from A1 to the last value
_DIGITS = b'0123456789"'
_ERROR_CELL = re.compile(
    rb'<(?:\w+:)?c\b(?=[^>]*\bt="e")([^>]*[^>/])>(?:(?!</(?:\w+:)?c>).)*?<(?:\w+:)?v>([^<]*)<',
    re.DOTALL,
)
_REFERENCE = re.compile(rb'\br="([A-Z]+)(\d+)"')
_HIDDEN_ROW = re.compile(rb'<(?:\w+:)?row\b(?=[^>]*\bhidden="(?:1|true)")[^>]*\br="(\d+)"')
_SELECTION = re.compile(rb'<(?:\w+:)?selection\b[^>]*\bactiveCell="([A-Z]+)(\d+)"')
_NUMBER = re.compile(rb"\d+")
# A formula whose result is an empty text has no value either, but its cell is one of text.
_UNCALCULATED = re.compile(
    rb'(?<!t="str")(?<!t="str" cm="1")><(?:\w+:)?f\b[^>]*>[^<]*</(?:\w+:)?f>'
    rb"(?:</(?:\w+:)?c>|<(?:\w+:)?v(?:/>|></))"
)
_VALUE_CELL = re.compile(rb'<(?:\w+:)?c\b[^>]*\br="([A-Z]+)(\d+)"[^>]*(?<!/)>')
_DAY = timedelta(days=1)
_EMPTY = ""
_ROWS = 1_000
_PLAIN = frozenset({str, float, int, bool, date, datetime})


@dataclass(slots=True)
class Details:
    """What calamine does not give, from one pass over the XML of a sheet; all from 1."""

    errors: dict[tuple[int, int], str] = field(default_factory=dict)
    hidden_rows: set[int] = field(default_factory=set)
    active_cell: tuple[int, int] = (1, 1)
    uncalculated: int = 0  # formulas without a value


def read_details(package: Package, part: str, sheet: str) -> Details:
    """Pass over the XML of a sheet. Raises SourceError for a sheet that would fill the memory."""
    details = Details()
    rows = columns = 0
    for number, piece in enumerate(_pieces(package, part)):
        if number == 0 and (selections := _SELECTION.findall(piece)):
            letters, row = selections[-1]
            details.active_cell = (int(row), column_number(letters.decode()))
        if b't="e"' in piece:
            details.errors.update(_errors(piece))
        if b'hidden="1"' in piece or b'hidden="true"' in piece:
            details.hidden_rows.update(int(n) for n in _HIDDEN_ROW.findall(piece))
        if b"</f>" in piece:
            details.uncalculated += len(_UNCALCULATED.findall(piece))
        last_row, widest = _corner(piece)
        rows, columns = max(rows, last_row), max(columns, widest)
    if rows * columns > _MOST_CELLS:
        _check_extent(package, part, sheet)
    return details


def values(sheet: CalamineSheet) -> list[list[Any]]:
    """The values from A1 to the last one; blanks None, a duration or a time as a number."""
    rows: list[list[Any]] = sheet.to_python(skip_empty_area=False)
    for start in range(0, len(rows), _ROWS):
        chunk = rows[start : start + _ROWS]
        usual = _PLAIN.issuperset(map(type, chain.from_iterable(chunk)))
        rows[start : start + _ROWS] = [
            [None if value is _EMPTY else value for value in row]
            if usual
            else [plain(value) for value in row]
            for row in chunk
        ]
    while rows and not any(value is not None for value in rows[-1]):
        rows.pop()
    return rows


def grid(sheet: CalamineSheet, details: Details) -> Grid:
    """A whole sheet."""
    rows = values(sheet)
    for (row, column), text in details.errors.items():
        _put(rows, row - 1, column - 1, text)
    merged = [
        (top + 1, left + 1, bottom + 1, right + 1)
        for (top, left), (bottom, right) in sheet.merged_cell_ranges or []
    ]
    return Grid(sheet.name, rows, merged=merged, hidden_rows=frozenset(details.hidden_rows))


def crop(whole: Grid, area: tuple[int, int, int, int]) -> Grid:
    """A region of a sheet: first row, first column, last row, last column, from 1."""
    top, left, bottom, right = area
    rows = [row[left - 1 : right] for row in whole.rows[top - 1 : bottom]]
    inside = [m for m in whole.merged if m[0] >= top and m[2] <= bottom]
    return Grid(whole.sheet, rows, top, left, inside, whole.hidden_rows)


def table_at(
    package: Package, part: str, cell: tuple[int, int]
) -> tuple[int, int, int, int] | None:
    """The area of the Excel table that a cell stands in, without its total row."""
    for link in package.relationships(part):
        found = package.find(link.target) if link.kind == "table" else None
        if found is None:
            continue
        _, root = package.read_xml(found)
        match = re.fullmatch(r"([A-Z]+)(\d+):([A-Z]+)(\d+)", root.attributes.get("ref", ""))
        if match is None:
            continue
        top, left = int(match[2]), column_number(match[1])
        bottom, right = int(match[4]), column_number(match[3])
        if top <= cell[0] <= bottom and left <= cell[1] <= right:
            return top, left, bottom - root.attributes.number("totalsRowCount", 0), right
    return None


def verify(package: Package, part: str) -> None:
    """Unpack a part piece by piece: one that is longer than it says, or cut, does not pass."""
    for _ in package.stream(part, _PIECE):
        pass


def _pieces(package: Package, part: str) -> Iterator[bytes]:
    """The XML in pieces that end with a row."""
    held = b""
    for piece in package.stream(part, _PIECE):
        held += piece
        cut = held.rfind(b"row>") + 4
        if cut == 3:
            if len(held) < _LONGEST_ROW:
                continue
            cut = held.rfind(b">") + 1
        yield held[:cut]
        held = held[cut:]
    yield held


def _corner(piece: bytes) -> tuple[int, int]:
    """The last row of a piece, and the widest column, by the last cell of each row."""
    widest, last, start, end = b"", b"", 0, piece.find(b"row>")
    while end != -1:
        place = piece.rfind(b' r="', start, end)
        if place != -1:
            last = piece[place + 4 : place + 16]
            letters = last[:3].rstrip(_DIGITS)
            if len(letters) > len(widest) or (len(letters) == len(widest) and letters > widest):
                widest = letters
        start, end = end, piece.find(b"row>", end + 4)
    row = _NUMBER.search(last)
    return int(row[0]) if row else 0, column_number(widest.decode("ascii", "replace"))


def _errors(piece: bytes) -> Iterator[tuple[tuple[int, int], str]]:
    for attributes, text in _ERROR_CELL.findall(piece):
        if match := _REFERENCE.search(attributes):
            yield _place(match), text.decode()


def _place(match: re.Match[bytes]) -> tuple[int, int]:
    return int(match[2]), column_number(match[1].decode())


def _check_extent(package: Package, part: str, sheet: str) -> None:
    last_row = last_column = 0
    for piece in _pieces(package, part):
        for letters, number in _VALUE_CELL.findall(piece):
            last_row = max(last_row, int(number))
            last_column = max(last_column, column_number(letters.decode()))
    if last_row * last_column > _MOST_CELLS:
        corner = f"{column_letters(last_column)}{last_row}"
        raise SourceError(
            fr=f"La feuille « {sheet} » de {package.name} va jusqu'à la cellule {corner} : "
            "quelques cellules isolées loin des données. Supprimez les lignes et colonnes vides "
            "après vos données (Ctrl+Fin montre la dernière), enregistrez, puis relancez.",
            en=f'Sheet "{sheet}" of {package.name} reaches cell {corner}: a few lone cells far '
            "from the data. Delete the empty rows and columns after your data (Ctrl+End shows "
            "the last one), save, then try again.",
        )


def _put(rows: list[list[Any]], row: int, column: int, value: Any) -> None:
    width = max(column + 1, len(rows[0]) if rows else 0)
    if rows and len(rows[0]) < width:
        for r in rows:
            r.extend([None] * (width - len(r)))
    while len(rows) <= row:
        rows.append([None] * width)
    rows[row][column] = value


def plain(value: Any) -> Any:
    """A value of a cell: an empty text is a blank, a duration or a time a number of days."""
    if value is _EMPTY:
        return None
    if isinstance(value, timedelta):
        return value / _DAY
    if isinstance(value, time):
        return timedelta(hours=value.hour, minutes=value.minute, seconds=value.second) / _DAY
    return value

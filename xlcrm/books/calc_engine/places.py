"""Where a range is: its sheet, its areas, its address.

A range knows its sheet and its areas by numbers; Calc is asked only for what they hold.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any, Self

from xlwings import base_classes

from xlcrm.books.addresses import column_letters, column_number, quoted
from xlcrm.books.calc_engine.errors import CalcError

if TYPE_CHECKING:
    from xlcrm.books.calc_engine.sheet import Sheet

Area = tuple[int, int, int, int]  # first row, first column, last row, last column, from 1

_CELLS = re.compile(r"\$?([A-Za-z]{1,3})\$?(\d+)(?::\$?([A-Za-z]{1,3})\$?(\d+))?")
_COLUMNS = re.compile(r"\$?([A-Za-z]{1,3}):\$?([A-Za-z]{1,3})")
_ROWS = re.compile(r"\$?(\d+):\$?(\d+)")


class Place(base_classes.Range):
    """One area of cells, or several; what asks for one thing looks at the first area."""

    def __init__(self, sheet: Sheet, areas: Sequence[Area]) -> None:
        self._sheet = sheet
        self.areas = list(areas)
        self.options: dict[str, Any] = {}

    @classmethod
    def of(cls, sheet: Sheet, xl: Any) -> Self:
        """The range of an object of Calc, on a sheet that is known."""
        return cls.of_addresses(sheet, [xl.RangeAddress])

    @classmethod
    def of_addresses(cls, sheet: Sheet, addresses: Sequence[Any]) -> Self:
        return cls(
            sheet,
            [(a.StartRow + 1, a.StartColumn + 1, a.EndRow + 1, a.EndColumn + 1) for a in addresses],
        )

    @classmethod
    def resolve(cls, sheet: Sheet, first: Any, last: Any = None) -> Any:
        """What `Sheet.range()` takes: an address, a name, a pair of numbers, another range."""
        if isinstance(first, tuple) and len(first) == 4:
            row, column, height, width = first
            return cls(sheet, [(row, column, row + height - 1, column + width - 1)])
        start = cls._area_of(sheet, first)
        if last is None:
            return start
        one, two = start.areas[0], cls._area_of(sheet, last).areas[0]
        top, left = min(one[0], two[0]), min(one[1], two[1])
        return cls(sheet, [(top, left, max(one[2], two[2]), max(one[3], two[3]))])

    @classmethod
    def _area_of(cls, sheet: Sheet, what: Any) -> Any:
        if isinstance(what, Place):
            return what
        if isinstance(what, tuple):
            row, column = what
            if row < 1 or column < 1:
                raise IndexError("Attempted to access 0-based Range. xlwings is 1-based.")
            return cls(sheet, [(row, column, row, column)])
        text = str(what)
        parts = [_parse(part, sheet) for part in text.split(",")]
        if all(parts):
            return cls(sheet, [part for part in parts if part])
        for names in (sheet.names, sheet.book.names):
            if names.contains(text):
                return names(text).refers_to_range
        if (table := sheet.tables.find(text)) is not None:
            return table.data_body_range or table.range
        raise CalcError(f"{text} is neither an address nor a name in {sheet.book.name}.")

    @cached_property
    def xl(self) -> Any:
        top, left, bottom, right = self.areas[0]
        if bottom < top or right < left:
            return None
        return self._sheet.xl.getCellRangeByPosition(left - 1, top - 1, right - 1, bottom - 1)

    @cached_property
    def every(self) -> Any:
        """One object of Calc over all areas, for what holds for each cell."""
        return self.xl if len(self.areas) == 1 else self._sheet.cell_ranges(self.areas)

    @property
    def api(self) -> Any:
        return self.xl

    @property
    def sheet(self) -> Sheet:
        return self._sheet

    @property
    def link(self) -> Any:
        return self._sheet.link

    @property
    def coords(self) -> tuple[str, int, int, int, int]:
        return self._sheet.name, self.row, self.column, *self.shape

    @property
    def row(self) -> int:
        return self.areas[0][0]

    @property
    def column(self) -> int:
        return self.areas[0][1]

    @property
    def shape(self) -> tuple[int, int]:
        top, left, bottom, right = self.areas[0]
        return max(0, bottom - top + 1), max(0, right - left + 1)

    def __len__(self) -> int:
        height, width = self.shape
        return height * width

    def __call__(self, row: int, column: int | None = None) -> Any:
        if column is None:
            row, column = divmod(row - 1, self.shape[1])
            row, column = row + 1, column + 1
        return self._sheet.range((self.row + row - 1, self.column + column - 1))

    @property
    def rows(self) -> list[Self]:
        top, left, bottom, right = self.areas[0]
        return [type(self)(self._sheet, [(r, left, r, right)]) for r in range(top, bottom + 1)]

    @property
    def columns(self) -> list[Self]:
        top, left, bottom, right = self.areas[0]
        return [type(self)(self._sheet, [(top, c, bottom, c)]) for c in range(left, right + 1)]

    @property
    def address(self) -> str:
        return self._address(True, True)

    def get_address(self, row_absolute: bool, col_absolute: bool, external: bool) -> str:
        address = self._address(row_absolute, col_absolute)
        if not external:
            return address
        book, sheet = self._sheet.book.name, self._sheet.name
        plain = re.fullmatch(r"[^\W\d][\w.]*", sheet) and " " not in book
        return f"[{book}]{sheet}!{address}" if plain else f"{quoted(f'[{book}]{sheet}')}!{address}"

    def _address(self, row_absolute: bool, col_absolute: bool) -> str:
        last_row, last_column = self._sheet.row_count, self._sheet.column_count
        r, c = "$" * row_absolute, "$" * col_absolute
        texts = []
        for top, left, bottom, right in self.areas:
            if (top, bottom) == (1, last_row) and right < last_column:
                texts.append(f"{c}{column_letters(left)}:{c}{column_letters(right)}")
            elif (left, right) == (1, last_column):
                texts.append(f"{r}{top}:{r}{bottom}")
            else:
                first = f"{c}{column_letters(left)}{r}{top}"
                last = f"{c}{column_letters(right)}{r}{bottom}"
                texts.append(first if first == last else f"{first}:{last}")
        return ",".join(texts)


def _parse(text: str, sheet: Sheet) -> Area | None:
    """An address without a sheet; None when the text is none."""
    text = text.strip()
    if match := _CELLS.fullmatch(text):
        left, top = column_number(match[1].upper()), int(match[2])
        right = column_number(match[3].upper()) if match[3] else left
        bottom = int(match[4]) if match[4] else top
    elif match := _COLUMNS.fullmatch(text):
        left, right = column_number(match[1].upper()), column_number(match[2].upper())
        top, bottom = 1, sheet.row_count
    elif match := _ROWS.fullmatch(text):
        top, bottom = int(match[1]), int(match[2])
        left, right = 1, sheet.column_count
    else:
        return None
    if max(top, bottom) > sheet.row_count or max(left, right) > sheet.column_count:
        return None
    return min(top, bottom), min(left, right), max(top, bottom), max(left, right)

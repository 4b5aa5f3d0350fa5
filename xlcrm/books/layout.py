"""Where everything of a result sheet stands, the same in every kind of book.

The title is in A1, the notes under it, a row for the legend of the marks, then the tables one
under the other, each after one blank row, with their own title above their header; charts stand
at the right.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from xlcrm.books.look import LEGEND, marks_in_order
from xlcrm.books.results import Column, Mark, ResultSheet, Table
from xlcrm.texts import Lang

# A sheet that xlcrm made is known by a defined name that points at its A1, so that it is still
# recognised when the user renames or moves it: `xlcrm_role_contacts` -> `='Contacts'!$A$1`.
ROLE_PREFIX = "xlcrm_role_"

CHART_WIDTH, CHART_HEIGHT, CHART_ROWS = 480, 270, 19  # points, points, rows of 15 points

_FORBIDDEN = re.compile(r"[\[\]:*?/\\\x00-\x1f]")
_RESERVED = frozenset({"history", "historique"})  # Excel keeps these two for itself
_MOST_WIDTH, _LEAST_WIDTH, _SAMPLE = 45.0, 8.0, 500
_LONG_LIST = 40  # rows of a table that is scrolled through
_MOST_ABOVE = 60  # rows of tables, for charts under them to be found
# Pixels: a chart and the gap beside it, a column nobody widened, the widest page that prints its
# charts beside its tables at 60 % of its size or more.
_CHART_PIXELS, BLANK_COLUMN, _MOST_BESIDE = 640.0, 64.0, 1700.0
_CHARTS_BESIDE = 2  # each other, under the tables


@dataclass(frozen=True, slots=True)
class Block:
    """A table on the sheet: the rows where it stands, from 1. Its columns start at A."""

    table: Table
    title_row: int | None
    header_row: int

    @property
    def first_row(self) -> int:
        return self.header_row + 1

    @property
    def last_row(self) -> int:
        return self.header_row + len(self.table.rows)

    @property
    def width(self) -> int:
        return len(self.table.columns)

    def value(self, row: int, column: int) -> Any:
        """A value by its place in the table, from 0; None where a row is short."""
        values = self.table.rows[row]
        return values[column] if column < len(values) else None


@dataclass(frozen=True, slots=True)
class Layout:
    """A result sheet with every part at its row."""

    result: ResultSheet
    blocks: tuple[Block, ...]
    legend: tuple[Mark, ...] = ()  # the marks that are explained, one in a cell
    lang: Lang = "fr"
    widths: tuple[float, ...] = ()  # of each column, in characters

    @property
    def width(self) -> int:
        return max([1, len(self.legend), *(block.width for block in self.blocks)])

    @property
    def legend_row(self) -> int:
        """The row between the notes and the first table; blank where nothing is marked."""
        return 2 + len(self.result.notes)

    @property
    def height(self) -> int:
        return self.blocks[-1].last_row if self.blocks else 1 + len(self.result.notes)

    @property
    def has_one_list(self) -> bool:
        """Whether the sheet is read as one list: a single table, or a long first one."""
        if len(self.blocks) < 2:
            return bool(self.blocks)
        return len(self.blocks[0].table.rows) > _LONG_LIST

    @property
    def charts_below(self) -> bool:
        """Whether charts stand under the tables: beside them the page would print too small."""
        wide = sum(map(pixels, self.widths)) + _CHART_PIXELS > _MOST_BESIDE
        return wide and self.height <= _MOST_ABOVE

    def chart_place(self, place: int) -> tuple[int, int]:
        """Row and column, from 1, of a chart: at the right of the tables, or in rows under them."""
        if not self.charts_below:
            top = self.blocks[0].header_row if self.blocks else 2
            right = max((block.width for block in self.blocks), default=1) + 2
            return top + place * CHART_ROWS, right
        line, slot = divmod(place, _CHARTS_BESIDE)  # from B on: A may stand on several pages
        left = self._left(2) + slot * _CHART_PIXELS
        return self.height + 2 + line * CHART_ROWS, self._column_at(left)

    def chart_edge(self, place: int) -> float:
        """Where a chart ends, in pixels from the left."""
        return self._left(self.chart_place(place)[1]) + _CHART_PIXELS

    @property
    def last_row(self) -> int:
        """The last row that shows anything."""
        charts = range(len(self.result.charts))
        return max([self.height, *(self.chart_place(k)[0] + CHART_ROWS - 1 for k in charts)])

    def _left(self, column: int) -> float:
        widths = self.widths[: column - 1]
        return sum(map(pixels, widths)) + BLANK_COLUMN * (column - 1 - len(widths))

    def _column_at(self, wanted: float) -> int:
        column = 1
        while self._left(column) < wanted:
            column += 1
        return column

    def rows(self) -> Iterator[list[Any]]:
        """Every row of the sheet, all of the same width; None is an empty cell."""
        blank: list[Any] = [None] * self.width
        yield [self.result.title, *blank[1:]]
        for note in self.result.notes:
            yield [note, *blank[1:]]
        legend = self.legend_texts()
        for place, block in enumerate(self.blocks):
            yield [*legend, *blank[len(legend) :]] if place == 0 else list(blank)
            if block.title_row:
                yield [block.table.title, *blank[1:]]
            rest = blank[block.width :]
            yield [column.label for column in block.table.columns] + rest
            for row in block.table.rows:
                yield [*row, *blank[len(row) :]]

    def legend_texts(self) -> list[str]:
        return [LEGEND[mark].in_(self.lang) for mark in self.legend]


def pixels(width: float) -> float:
    """A column's width on the screen, from its width in characters."""
    return 7 * width + 5


def lay_out(result: ResultSheet, lang: Lang = "fr") -> Layout:
    """Give every table of a result sheet its place.

    >>> table = Table([Column("Nom")], [["Zoé"], ["Ann"]], title="Noms")
    >>> block = lay_out(ResultSheet("S", "s", "Titre", [table], notes=["n"])).blocks[0]
    >>> block.title_row, block.header_row, block.first_row, block.last_row
    (4, 5, 6, 7)
    """
    blocks = []
    row = 1 + len(result.notes)
    for table in result.tables:
        title_row = row + 2 if table.title else None
        block = Block(table, title_row, (title_row or row + 1) + 1)
        blocks.append(block)
        row = block.last_row
    used = {mark for table in result.tables for mark in set(table.marks.values())}
    layout = Layout(result, tuple(blocks), tuple(marks_in_order(used)), lang)
    return replace(layout, widths=_widths(layout))


def sheet_name(wanted: str, taken: Collection[str]) -> str:
    """A name that a spreadsheet accepts and that no other sheet has, whatever its case.

    >>> sheet_name("Clients: 2026/27", ["clients 2026 27"])
    'Clients 2026 27 (2)'
    """
    clean = " ".join(_FORBIDDEN.sub(" ", wanted).split()).strip("'")[:31].strip() or "xlcrm"
    if clean.casefold() in _RESERVED:
        clean += " (xlcrm)"
    folded = {name.casefold() for name in taken}
    name, number = clean, 2
    while name.casefold() in folded:
        tail = f" ({number})"
        name, number = clean[: 31 - len(tail)].rstrip() + tail, number + 1
    return name


def _widths(layout: Layout) -> tuple[float, ...]:
    """The width of each column in characters: as asked for, else what the content needs.

    A last column of texts runs over the blank cells that a wider table leaves beside it.
    """
    widths = [_LEAST_WIDTH] * layout.width
    spilling = []
    for block in layout.blocks:
        for position, column in enumerate(block.table.columns):
            needed = _width(block, position, column)
            if _spills(block, position, column, layout.width):
                spilling.append((position, needed))
                needed = _label_width(column)
            widths[position] = max(widths[position], needed)
    for position, needed in spilling:
        widths[position] += max(0.0, needed - sum(widths[position:]))
    return tuple(widths)


def _spills(block: Block, position: int, column: Column, width: int) -> bool:
    last = position == block.width - 1 and block.width < width
    return last and column.kind == "text" and not column.rule


def _label_width(column: Column) -> float:
    return max(len(part) + 2.5 for part in column.label.split("\n"))


def _width(block: Block, position: int, column: Column) -> float:
    if column.width is not None:
        return column.width
    shown = [_label_width(column) - 1.5]
    for row in block.table.rows[:_SAMPLE]:
        value = row[position] if position < len(row) else None
        shown.append(_shown(value))
    return min(_MOST_WIDTH, max(shown, default=0.0) + 1.5)


def _shown(value: Any) -> float:
    if isinstance(value, float):
        return len(f"{value:,.2f}") + 2.0
    if isinstance(value, (date, datetime)):
        return 10.0
    return float(len(str(value))) if value is not None else 0.0

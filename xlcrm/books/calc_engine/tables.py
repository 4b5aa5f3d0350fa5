"""Tables: xlwings' Tables and Table over Calc's database ranges.

A database range has a name, headers, a filter and a totals row; Calc has no table styles, so a
style is taken and not drawn.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from xlwings import base_classes

from xlcrm.books.calc_engine import searching
from xlcrm.books.calc_engine.errors import CalcError, missing, unsupported

if TYPE_CHECKING:
    from xlcrm.books.calc_engine.ranges import Range
    from xlcrm.books.calc_engine.sheet import Sheet

_INTERNAL = "__Anonymous_Sheet_DB__"  # what Calc makes for a filter of its own


class Tables(base_classes.Collection, base_classes.Tables):
    """The tables of a sheet."""

    def __init__(self, sheet: Sheet) -> None:
        self._sheet = sheet

    @property
    def api(self) -> Any:
        return self._sheet.book.xl.DatabaseRanges

    xl = api

    @property
    def parent(self) -> Sheet:
        return self._sheet

    def _every(self) -> list[Table]:
        here = self._sheet.index - 1
        names = [n for n in self.xl.ElementNames if not n.startswith(_INTERNAL)]
        return [
            Table(self._sheet, name)
            for name in names
            if self.xl.getByName(name).DataArea.Sheet == here
        ]

    def __len__(self) -> int:
        return len(self._every())

    def __iter__(self) -> Iterator[Table]:
        return iter(self._every())

    def __call__(self, key: str | int) -> Table:
        if isinstance(key, int):
            return self._every()[key - 1]
        if (table := self.find(key)) is None:
            raise KeyError(key)
        return table

    def __contains__(self, key: str) -> bool:
        return self.find(key) is not None

    def find(self, name: str) -> Table | None:
        wanted = name.casefold()
        return next((t for t in self._every() if t.name.casefold() == wanted), None)

    def add(
        self,
        source_type: Any = None,
        source: Any = None,
        link_source: Any = None,
        has_headers: bool = True,
        destination: Any = None,
        table_style_name: str | None = None,
        name: str | None = None,
    ) -> Table:
        if source_type or link_source or destination:
            raise missing("Tables.add(source_type, link_source, destination)")
        area = source.impl
        name = name or self._new_name()
        if self.xl.hasByName(name):
            raise CalcError(f"There is already a table named {name}.")
        self.xl.addNewByName(name, area.xl.RangeAddress)
        made = self.xl.getByName(name)
        made.ContainsHeader = has_headers
        made.AutoFilter = has_headers
        return Table(self._sheet, name)

    def _new_name(self) -> str:
        number = 1
        while self.xl.hasByName(f"Table{number}"):
            number += 1
        return f"Table{number}"


class Table(base_classes.Table):
    """A database range."""

    autofilter = unsupported("Table.autofilter")
    rows = unsupported("Table.rows")
    columns = unsupported("Table.columns")
    insert_row_range = None
    table_style = unsupported("Table.table_style")
    show_headers = unsupported("Table.show_headers")
    show_table_style_column_stripes = unsupported("Table.show_table_style_column_stripes")
    show_table_style_first_column = unsupported("Table.show_table_style_first_column")
    show_table_style_last_column = unsupported("Table.show_table_style_last_column")
    show_table_style_row_stripes = unsupported("Table.show_table_style_row_stripes")

    def __init__(self, sheet: Sheet, name: str) -> None:
        self._sheet = sheet
        self._name = name

    @property
    def api(self) -> Any:
        return self._sheet.book.xl.DatabaseRanges.getByName(self._name)

    @property
    def parent(self) -> Sheet:
        return self._sheet

    @property
    def name(self) -> str:
        return self._name

    @name.setter
    def name(self, value: str) -> None:
        self.api.setName(value)
        self._name = value

    display_name = name

    @property
    def range(self) -> Range:
        from xlcrm.books.calc_engine.ranges import Range

        return Range.of_addresses(self._sheet, [self.api.DataArea])

    def _part(self, top: int, bottom: int) -> Range | None:
        whole = self.range
        first, left, last, right = whole.areas[0]
        first, last = first + top, last - bottom
        return type(whole)(self._sheet, [(first, left, last, right)]) if first <= last else None

    @property
    def header_row_range(self) -> Range | None:
        return self._part(0, self.range.shape[0] - 1) if self.api.ContainsHeader else None

    @property
    def data_body_range(self) -> Range | None:
        return self._part(int(self.api.ContainsHeader), int(self.api.TotalsRow))

    @property
    def totals_row_range(self) -> Range | None:
        return self._part(self.range.shape[0] - 1, 0) if self.api.TotalsRow else None

    @property
    def show_totals(self) -> bool:
        return bool(self.api.TotalsRow)

    @show_totals.setter
    def show_totals(self, value: bool) -> None:
        self.api.TotalsRow = bool(value)

    @property
    def show_autofilter(self) -> bool:
        return bool(self.api.AutoFilter)

    @show_autofilter.setter
    def show_autofilter(self, value: bool) -> None:
        self.api.AutoFilter = bool(value)

    def resize(self, range: Any) -> None:
        self.api.setDataArea(range.impl.xl.RangeAddress)

    def sort(self, keys: Sequence[int], ascending: Sequence[bool]) -> None:
        searching.sort(self.range, keys, ascending, bool(self.api.ContainsHeader))


def table_at(area: Range) -> Table | None:
    """The table that holds the first cell of a range."""
    for table in Tables(area.sheet):
        top, left, bottom, right = table.range.areas[0]
        if top <= area.row <= bottom and left <= area.column <= right:
            return table
    return None

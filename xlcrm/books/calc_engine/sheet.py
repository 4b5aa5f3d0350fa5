"""A sheet: xlwings' Sheet, FreezePanes and PageSetup over Calc."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property
from typing import TYPE_CHECKING, Any

from xlwings import base_classes

from xlcrm.books.calc_engine.charts import Charts
from xlcrm.books.calc_engine.errors import CalcError, unsupported, unsupported_method
from xlcrm.books.calc_engine.names import Names
from xlcrm.books.calc_engine.notes import notes_of
from xlcrm.books.calc_engine.places import Area
from xlcrm.books.calc_engine.ranges import Range
from xlcrm.books.calc_engine.shapes import Pictures, Shapes
from xlcrm.books.calc_engine.tables import Tables

if TYPE_CHECKING:
    from xlcrm.books.calc_engine.book import Book

_CONTENTS, _FORMATS = 1 | 2 | 4 | 16, 32 | 64 | 256  # com.sun.star.sheet.CellFlags
_NOTES = 8


class Sheet(base_classes.Sheet):
    """A sheet of a document."""

    comments = unsupported("Sheet.comments (threaded comments)")
    pivot_tables = unsupported("Sheet.pivot_tables")
    show_gridlines = unsupported("Sheet.show_gridlines")
    to_html = unsupported_method("Sheet.to_html()")

    def __init__(self, book: Book, name: str) -> None:
        self._book = book
        self._name = name  # when it was looked up; its object in Calc is asked for when needed

    @cached_property
    def xl(self) -> Any:
        return self._book.xl.Sheets.getByName(self._name)

    @property
    def book(self) -> Book:
        return self._book

    @property
    def api(self) -> Any:
        return self.xl

    @property
    def link(self) -> Any:
        return self._book.link

    @property
    def name(self) -> str:
        return str(self.xl.Name) if "xl" in self.__dict__ else self._name

    @name.setter
    def name(self, value: str) -> None:
        self._book.refuse_if_protected()
        taken = [n for n in self._book.xl.Sheets.ElementNames if n != self.name]
        if value.casefold() in (n.casefold() for n in taken):
            raise CalcError(f"There is already a sheet named {value}.")
        self.xl.Name = value

    @property
    def index(self) -> int:
        return int(self.xl.RangeAddress.Sheet) + 1

    @property
    def names(self) -> Names:
        return Names(self._book, self)

    @property
    def freeze_panes(self) -> FreezePanes:
        return FreezePanes(self)

    @property
    def page_setup(self) -> PageSetup:
        return PageSetup(self)

    @property
    def charts(self) -> Charts:
        return Charts(self)

    @property
    def pictures(self) -> Pictures:
        return Pictures(self)

    @property
    def shapes(self) -> Shapes:
        return Shapes(self)

    @property
    def tables(self) -> Tables:
        return Tables(self)

    @property
    def notes(self) -> list[Any]:
        return notes_of(self)

    @property
    def cells(self) -> Range:
        return Range(self, [(1, 1, self.row_count, self.column_count)])

    @property
    def row_count(self) -> int:
        return int(self.xl.RangeAddress.EndRow) + 1

    @property
    def column_count(self) -> int:
        return int(self.xl.RangeAddress.EndColumn) + 1

    @property
    def used_range(self) -> Range:
        cursor = self.xl.createCursor()
        cursor.gotoStartOfUsedArea(False)
        cursor.gotoEndOfUsedArea(True)
        return Range.of(self, cursor)

    def range(self, arg1: Any, arg2: Any = None) -> Range:
        return Range.resolve(self, arg1, arg2)

    def cell_range_address(self, area: Area) -> Any:
        top, left, bottom, right = area
        return self.link.struct(
            "com.sun.star.table.CellRangeAddress",
            Sheet=self.index - 1,
            StartColumn=left - 1,
            StartRow=top - 1,
            EndColumn=right - 1,
            EndRow=bottom - 1,
        )

    def cell_address(self, row: int, column: int) -> Any:
        return self.link.struct(
            "com.sun.star.table.CellAddress", Sheet=self.index - 1, Column=column - 1, Row=row - 1
        )

    def cell_ranges(self, areas: Iterable[Area]) -> Any:
        """One object of Calc over several areas."""
        found = self._book.xl.createInstance("com.sun.star.sheet.SheetCellRanges")
        found.addRangeAddresses(tuple(self.cell_range_address(a) for a in areas), False)
        return found

    def activate(self) -> None:
        self.select()

    def select(self) -> None:
        self._book.controller.setActiveSheet(self.xl)

    def clear_contents(self) -> None:
        self.xl.clearContents(_CONTENTS)

    def clear_formats(self) -> None:
        self.xl.clearContents(_FORMATS)

    def clear(self) -> None:
        self.xl.clearContents(_CONTENTS | _FORMATS | _NOTES)

    def autofit(self, axis: str | None = None) -> None:
        self.used_range.autofit(axis)

    def delete(self) -> None:
        self._book.refuse_if_protected()
        sheets = self._book.xl.Sheets
        if sheets.Count == 1:
            raise CalcError("A document cannot be without a sheet.")
        sheets.removeByName(self.name)

    def copy(self, before: Sheet | None = None, after: Sheet | None = None) -> None:
        neighbour = before or after
        assert neighbour is not None  # xlwings always gives one
        place = neighbour.index - (1 if before else 0)
        target = neighbour.book
        name = self._copy_name(target)
        if target.xl == self._book.xl:
            target.xl.Sheets.copyByName(self.name, name, place)
        else:
            target.xl.Sheets.importSheet(self._book.xl, self.name, place)

    def _copy_name(self, target: Book) -> str:
        number = 2
        while f"{self.name[:25]} ({number})" in target.sheets:
            number += 1
        return f"{self.name[:25]} ({number})"

    def move(self, before: Sheet | None = None, after: Sheet | None = None) -> None:
        self._book.refuse_if_protected()
        neighbour = before or after
        assert neighbour is not None
        self._book.xl.Sheets.moveByName(self.name, neighbour.index - (1 if before else 0))

    @property
    def visible(self) -> bool:
        return bool(self.xl.IsVisible)

    @visible.setter
    def visible(self, value: bool) -> None:
        self.xl.IsVisible = bool(value)


class FreezePanes:
    """Frozen rows and columns; Calc keeps them with the view of the active sheet."""

    def __init__(self, sheet: Sheet) -> None:
        self._sheet = sheet

    def freeze_at(self, frozen_range: str) -> None:
        frozen = self._sheet.range(frozen_range)
        rows, columns = frozen.row + frozen.shape[0] - 1, frozen.column + frozen.shape[1] - 1
        if columns >= self._sheet.column_count:  # whole rows
            columns = 0
        if rows >= self._sheet.row_count:
            rows = 0
        self._freeze(columns, rows)

    def unfreeze(self) -> None:
        self._freeze(0, 0)

    def _freeze(self, columns: int, rows: int) -> None:
        controller = self._sheet.book.controller
        before = controller.ActiveSheet
        controller.setActiveSheet(self._sheet.xl)
        controller.freezeAtPosition(columns, rows)
        controller.setActiveSheet(before)


class PageSetup(base_classes.PageSetup):
    """What of a sheet is printed."""

    def __init__(self, sheet: Sheet) -> None:
        self._sheet = sheet

    @property
    def api(self) -> Any:
        styles = self._sheet.book.xl.StyleFamilies.getByName("PageStyles")
        return styles.getByName(self._sheet.xl.PageStyle)

    @property
    def print_area(self) -> str | None:
        areas = self._sheet.xl.getPrintAreas()
        if not areas:
            return None
        return Range.of_addresses(self._sheet, areas).address

    @print_area.setter
    def print_area(self, value: str | None) -> None:
        areas = self._sheet.range(value).areas if value else []
        self._sheet.xl.setPrintAreas(tuple(self._sheet.cell_range_address(a) for a in areas))

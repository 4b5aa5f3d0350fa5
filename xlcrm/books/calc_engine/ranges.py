"""Cells: xlwings' Range over Calc, with what moves, merges or searches them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from xlcrm.books.addresses import quoted
from xlcrm.books.calc_engine import searching
from xlcrm.books.calc_engine.contents import Contents
from xlcrm.books.calc_engine.errors import CalcError, missing, unsupported, unsupported_method
from xlcrm.books.calc_engine.looks import Looks
from xlcrm.books.calc_engine.names import Name
from xlcrm.books.calc_engine.notes import Note, add_note, note_at
from xlcrm.books.calc_engine.tables import Table, table_at

_DIRECTIONS = {
    "down": "down", "d": "down", "up": "up", "u": "up",
    "right": "right", "r": "right", "left": "left", "l": "left",
}  # fmt: skip


class Range(Contents, Looks):
    """One area of cells, or several."""

    comment = unsupported("Range.comment (threaded comments)")
    characters = unsupported("Range.characters")
    autofilter = unsupported("Range.autofilter")
    add_comment = unsupported_method("Range.add_comment() (threaded comments)")
    paste = unsupported_method("Range.paste() from the clipboard")
    copy_picture = unsupported_method("Range.copy_picture()")
    to_png = unsupported_method("Range.to_png()")

    def end(self, direction: str) -> Range:
        return searching.end(self, _DIRECTIONS[direction])

    @property
    def current_region(self) -> Range:
        cursor = self._sheet.xl.createCursorByRange(self.xl)
        cursor.collapseToCurrentRegion()
        return Range.of(self._sheet, cursor)

    @property
    def name(self) -> Name | None:
        return self._sheet.book.names.of(self)

    @name.setter
    def name(self, value: str) -> None:
        where = f"={quoted(self._sheet.name)}!{self.address}"
        self._sheet.book.names.put(value, where)

    @property
    def table(self) -> Table | None:
        return table_at(self)

    def select(self) -> None:
        self._sheet.select()
        self._sheet.book.controller.select(self.every)

    def insert(self, shift: str | None = None, copy_origin: str | None = None) -> None:
        mode = {"down": "DOWN", "right": "RIGHT"}[shift or "down"]
        self._sheet.xl.insertCells(self.xl.RangeAddress, self._cell_mode("Insert", mode))

    def delete(self, shift: str | None = None) -> None:
        height, width = self.shape
        mode = {"up": "UP", "left": "LEFT"}[shift or ("up" if width >= height else "left")]
        self._sheet.xl.removeRange(self.xl.RangeAddress, self._cell_mode("Delete", mode))

    def _cell_mode(self, what: str, mode: str) -> Any:
        height, width = self.shape
        if width >= self._sheet.column_count:
            mode = "ROWS"
        elif height >= self._sheet.row_count:
            mode = "COLUMNS"
        return self.link.enum(f"com.sun.star.sheet.Cell{what}Mode", mode)

    def copy(self, destination: Any = None) -> None:
        if destination is None:
            raise missing("Range.copy() to the clipboard")
        target = self._same_book(destination.impl)
        target.sheet.xl.copyRange(
            target.sheet.cell_address(target.row, target.column), self.xl.RangeAddress
        )

    def move(self, destination: Any) -> None:
        target = self._same_book(destination.impl)
        target.sheet.xl.moveRange(
            target.sheet.cell_address(target.row, target.column), self.xl.RangeAddress
        )

    def _same_book(self, target: Range) -> Range:
        if target.sheet.book.xl != self._sheet.book.xl:
            raise missing("Range.copy() to another document")
        return target

    def copy_from(
        self,
        source_range: Any,
        copy_type: str = "all",
        skip_blanks: bool = False,
        transpose: bool = False,
    ) -> None:
        if skip_blanks or transpose or copy_type not in ("all", "values", "formulas"):
            raise missing(f"Range.copy_from(copy_type={copy_type!r})")
        source = source_range.impl
        if copy_type == "all":
            source._same_book(self)
            self._sheet.xl.copyRange(
                self._sheet.cell_address(self.row, self.column), source.xl.RangeAddress
            )
            return
        height, width = source.shape
        target = Range(
            self._sheet,
            [(self.row, self.column, self.row + height - 1, self.column + width - 1)],
        )
        if copy_type == "values":
            target.xl.setDataArray(source.xl.getDataArray())
        else:
            target.xl.setFormulaArray(source.xl.getFormulaArray())

    def autofill(self, destination: Any, type_: str = "fill_default") -> None:
        if type_ not in ("fill_default", "fill_series", "fill_copy"):
            raise missing(f"Range.autofill(type_={type_!r})")
        searching.autofill(self, destination.impl, copy=type_ == "fill_copy")

    @property
    def merge_area(self) -> Range:
        cursor = self._sheet.xl.createCursorByRange(self.xl.getCellByPosition(0, 0))
        cursor.collapseToMergedArea()
        return Range.of(self._sheet, cursor)

    @property
    def merge_cells(self) -> bool | None:
        cursor = self._sheet.xl.createCursorByRange(self.xl)
        cursor.collapseToMergedArea()
        if not cursor.getIsMerged():
            return False
        area, here = self.merge_area.areas[0], self.areas[0]
        return True if area[2] >= here[2] and area[3] >= here[3] else None

    def merge(self, across: bool = False) -> None:
        for part in self.rows if across else [self]:
            part.xl.merge(True)

    def unmerge(self) -> None:
        self.xl.merge(False)

    def group(self, by: str | None) -> None:
        self._sheet.xl.group(self.xl.RangeAddress, self._orientation(by))

    def ungroup(self, by: str | None) -> None:
        self._sheet.xl.ungroup(self.xl.RangeAddress, self._orientation(by))

    def _orientation(self, by: str | None) -> Any:
        name = "COLUMNS" if (by or "").startswith("c") else "ROWS"
        return self.link.enum("com.sun.star.table.TableOrientation", name)

    @property
    def arg1_input(self) -> str:
        """What xlwings looks at to tell whole rows from whole columns."""
        return self._address(False, False)

    def sort(self, keys: Sequence[int], ascending: Sequence[bool], has_headers: bool) -> None:
        searching.sort(self, keys, ascending, has_headers)

    def remove_duplicates(self, columns: Sequence[int], has_headers: bool) -> None:
        searching.remove_duplicates(self, columns, has_headers)

    def get_special_cells(self, cell_type: str, value_type: str | None) -> list[Range]:
        return searching.special_cells(self, cell_type, value_type)

    def find(
        self, text: str, whole: bool, direction: str, order: str, match_case: bool
    ) -> Range | None:
        return searching.find(self, text, whole, direction, order, match_case)

    def replace_all(self, old: str, new: str, whole: bool, match_case: bool) -> None:
        searching.replace_all(self, old, new, whole, match_case)

    @property
    def note(self) -> Note | None:
        return note_at(self)

    def add_note(self, text: str) -> Note:
        return add_note(self, text)

    @property
    def hyperlink(self) -> str:
        fields = self.xl.getCellByPosition(0, 0).getTextFields().createEnumeration()
        if not fields.hasMoreElements():
            raise CalcError("The cell doesn't seem to contain a hyperlink!")
        return str(fields.nextElement().URL)

    def add_hyperlink(
        self, address: str, text_to_display: str | None = None, screen_tip: str | None = None
    ) -> None:
        field = self._sheet.book.xl.createInstance("com.sun.star.text.TextField.URL")
        field.URL = address
        field.Representation = text_to_display or address
        cell = self.xl.getCellByPosition(0, 0)
        cell.setString("")
        cell.insertTextContent(cell.createTextCursor(), field, False)

    def to_pdf(self, path: str, quality: str = "standard") -> None:
        self._sheet.book.export_pdf(path, quality, self.xl)

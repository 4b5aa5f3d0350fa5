"""Cells: xlwings' Range over Calc.

A range knows its sheet and its areas by numbers; Calc is asked only for what they hold.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any

from xlwings import base_classes

from xlcrm.books.addresses import column_letters, column_number, quoted
from xlcrm.books.calc_engine import searching, values
from xlcrm.books.calc_engine.conditional import ConditionalFormats
from xlcrm.books.calc_engine.errors import CalcError, missing, unsupported
from xlcrm.books.calc_engine.formats import Borders, Font
from xlcrm.books.calc_engine.formulas import to_calc, to_excel
from xlcrm.books.calc_engine.names import Name
from xlcrm.books.calc_engine.notes import Note, add_note, note_at
from xlcrm.books.calc_engine.number_formats import common
from xlcrm.books.calc_engine.tables import Table, table_at
from xlcrm.books.calc_engine.units import (
    from_characters,
    from_points,
    from_rgb,
    to_characters,
    to_points,
    to_rgb,
)
from xlcrm.books.calc_engine.validation import DataValidation

if TYPE_CHECKING:
    from xlcrm.books.calc_engine.sheet import Sheet

Area = tuple[int, int, int, int]  # first row, first column, last row, last column, from 1

_CELLS = re.compile(r"\$?([A-Za-z]{1,3})\$?(\d+)(?::\$?([A-Za-z]{1,3})\$?(\d+))?")
_COLUMNS = re.compile(r"\$?([A-Za-z]{1,3}):\$?([A-Za-z]{1,3})")
_ROWS = re.compile(r"\$?(\d+):\$?(\d+)")
_CONTENTS, _FORMATS, _NOTES = 1 | 2 | 4 | 16, 32 | 64 | 256, 8  # com.sun.star.sheet.CellFlags
_DIRECTIONS = {
    "down": "down", "d": "down", "up": "up", "u": "up",
    "right": "right", "r": "right", "left": "left", "l": "left",
}  # fmt: skip
_HORIZONTAL = {
    "general": ("STANDARD", 0),
    "left": ("LEFT", 0),
    "center": ("CENTER", 0),
    "right": ("RIGHT", 0),
    "fill": ("REPEAT", 0),
    "justify": ("BLOCK", 0),
    "distributed": ("BLOCK", 1),
}
# com.sun.star.table.CellVertJustify2, and its method
_VERTICAL = {
    "top": (1, 0), "center": (2, 0), "bottom": (3, 0), "justify": (4, 0), "distributed": (4, 1),
}  # fmt: skip


class Range(base_classes.Range):
    """One area of cells, or several; what asks for one thing looks at the first area."""

    comment = unsupported("Range.comment (threaded comments)")
    characters = unsupported("Range.characters")
    autofilter = unsupported("Range.autofilter")

    def __init__(self, sheet: Sheet, areas: Sequence[Area]) -> None:
        self._sheet = sheet
        self.areas = list(areas)
        self.options: dict[str, Any] = {}

    @classmethod
    def of(cls, sheet: Sheet, xl: Any) -> Range:
        """The range of an object of Calc, on a sheet that is known."""
        return cls.of_addresses(sheet, [xl.RangeAddress])

    @classmethod
    def of_addresses(cls, sheet: Sheet, addresses: Sequence[Any]) -> Range:
        return cls(
            sheet,
            [(a.StartRow + 1, a.StartColumn + 1, a.EndRow + 1, a.EndColumn + 1) for a in addresses],
        )

    @classmethod
    def resolve(cls, sheet: Sheet, first: Any, last: Any = None) -> Range:
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
    def _area_of(cls, sheet: Sheet, what: Any) -> Range:
        if isinstance(what, Range):
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

    # where

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

    def __call__(self, row: int, column: int | None = None) -> Range:
        if column is None:
            row, column = divmod(row - 1, self.shape[1])
            row, column = row + 1, column + 1
        return self._sheet.range((self.row + row - 1, self.column + column - 1))

    @property
    def rows(self) -> list[Range]:
        top, left, bottom, right = self.areas[0]
        return [Range(self._sheet, [(r, left, r, right)]) for r in range(top, bottom + 1)]

    @property
    def columns(self) -> list[Range]:
        top, left, bottom, right = self.areas[0]
        return [Range(self._sheet, [(top, c, bottom, c)]) for c in range(left, right + 1)]

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

    # what the cells hold

    @property
    def raw_value(self) -> Any:
        if self.xl is None:
            return None
        rows = values.read(self)
        return rows[0][0] if self.shape == (1, 1) else rows

    @raw_value.setter
    def raw_value(self, data: Any) -> None:
        if self.xl is None:
            return
        if isinstance(data, (list, tuple)):
            rows = data if data and isinstance(data[0], (list, tuple)) else [data]
            values.write(self, [[values.prepare(v) for v in row] for row in rows])
        elif data is None or data == "":
            for xl in self._each():
                xl.clearContents(1 | 2 | 4 | 16)
        else:
            value = values.prepare(data)
            for area in self.areas:
                part = Range(self._sheet, [area])
                height, width = part.shape
                values.write(part, [[value] * width for _ in range(height)])

    def _each(self) -> list[Any]:
        return [Range(self._sheet, [area]).xl for area in self.areas]

    @property
    def formula(self) -> Any:
        found = tuple(tuple(_formula_text(f) for f in row) for row in self.xl.getFormulaArray())
        return found[0][0] if self.shape == (1, 1) else found

    @formula.setter
    def formula(self, value: Any) -> None:
        if isinstance(value, (list, tuple)):
            rows = value if value and isinstance(value[0], (list, tuple)) else [value]
            self.xl.setFormulaArray(tuple(tuple(_formula_for(v) for v in row) for row in rows))
        else:
            self._fill_with(_formula_for(value))

    # Calc has no formulas that spill; see formula_array
    formula2 = formula

    def _fill_with(self, formula: str) -> None:
        """One formula in each cell, its relative references moved along."""
        height, width = self.shape
        self.xl.getCellByPosition(0, 0).setFormula(formula)
        if not formula.startswith("="):
            self.xl.setFormulaArray(((formula,) * width,) * height)
            return
        direction = "com.sun.star.sheet.FillDirection"
        if width > 1:
            first_row = self.xl.getCellRangeByPosition(0, 0, width - 1, 0)
            first_row.fillAuto(self.link.enum(direction, "TO_RIGHT"), 1)
        if height > 1:
            self.xl.fillAuto(self.link.enum(direction, "TO_BOTTOM"), 1)

    @property
    def formula_array(self) -> str | None:
        text = str(self.xl.getArrayFormula())
        return to_excel(text.strip("{}")) if text else None

    @formula_array.setter
    def formula_array(self, value: str) -> None:
        self.xl.setArrayFormula(to_calc(value))

    @property
    def has_array(self) -> bool:
        return str(self.xl.getCellByPosition(0, 0).Formula).startswith("{=")

    def clear_contents(self) -> None:
        self._clear(_CONTENTS)

    def clear_formats(self) -> None:
        self._clear(_FORMATS)
        if self._sheet.xl.ConditionalFormats.getLength():
            self.conditional_formats.clear()

    def clear(self) -> None:
        self._clear(_CONTENTS | _FORMATS | _NOTES)

    def _clear(self, flags: int) -> None:
        if self.xl is not None:
            self.every.clearContents(flags)

    # how they look

    @property
    def font(self) -> Font:
        return Font(self.every)

    @property
    def borders(self) -> Borders:
        return Borders(self)

    @property
    def number_format(self) -> str | None:
        key = common(self.xl, "NumberFormat")
        return None if key is None else self._sheet.book.number_formats.code_of(key)

    @number_format.setter
    def number_format(self, value: str) -> None:
        self.every.setPropertyValue("NumberFormat", self._sheet.book.number_formats.key_of(value))

    @property
    def color(self) -> tuple[int, int, int] | None:
        color = common(self.xl, "CellBackColor")
        return None if color is None else to_rgb(color)

    @color.setter
    def color(self, value: Any) -> None:
        self.every.setPropertyValue("CellBackColor", from_rgb(value))

    def set_colors(self, colors: Sequence[Sequence[Any]]) -> None:
        places: dict[int, list[tuple[int, int]]] = {}
        for r, row in enumerate(colors):
            for c, color in enumerate(row):
                if color is not ...:
                    places.setdefault(from_rgb(color), []).append((r, c))
        for color, cells in places.items():
            areas = [
                (self.row + top, self.column + c, self.row + bottom, self.column + c)
                for c, top, bottom in values.runs(cells)
            ]
            self._sheet.cell_ranges(areas).setPropertyValue("CellBackColor", color)

    @property
    def wrap_text(self) -> bool | None:
        return common(self.xl, "IsTextWrapped")  # type: ignore[no-any-return]

    @wrap_text.setter
    def wrap_text(self, value: bool) -> None:
        self.every.setPropertyValue("IsTextWrapped", bool(value))

    @property
    def horizontal_alignment(self) -> str | None:
        found = common(self.xl, "HoriJustify")
        method = common(self.xl, "HoriJustifyMethod")
        if found is None or method is None:
            return None
        return next((n for n, at in _HORIZONTAL.items() if at == (found.value, method)), None)

    @horizontal_alignment.setter
    def horizontal_alignment(self, value: str) -> None:
        if value not in _HORIZONTAL:
            raise missing(f"Range.horizontal_alignment = {value!r}")
        name, method = _HORIZONTAL[value]
        justify = self.link.enum("com.sun.star.table.CellHoriJustify", name)
        self.every.setPropertyValue("HoriJustify", justify)
        self.every.setPropertyValue("HoriJustifyMethod", method)

    @property
    def vertical_alignment(self) -> str | None:
        found, method = common(self.xl, "VertJustify"), common(self.xl, "VertJustifyMethod")
        if found == 0:
            return "bottom"
        return next((n for n, at in _VERTICAL.items() if at == (found, method)), None)

    @vertical_alignment.setter
    def vertical_alignment(self, value: str) -> None:
        justify, method = _VERTICAL[value]
        self.every.setPropertyValue("VertJustify", justify)
        self.every.setPropertyValue("VertJustifyMethod", method)

    def adjust_indent(self, amount: int) -> None:
        indent = common(self.xl, "ParaIndent") or 0
        self.every.setPropertyValue("ParaIndent", max(0, indent + from_points(10) * amount))

    @property
    def conditional_formats(self) -> ConditionalFormats:
        return ConditionalFormats(self)

    @property
    def data_validation(self) -> DataValidation:
        return DataValidation(self)

    # sizes

    @property
    def column_width(self) -> float | None:
        widths = {self._column(c).Width for c in range(self.shape[1])}
        return to_characters(widths.pop()) if len(widths) == 1 else None

    @column_width.setter
    def column_width(self, value: float) -> None:
        self.xl.getColumns().Width = from_characters(value)

    @property
    def row_height(self) -> float | None:
        height = self.xl.getRows().getByIndex(0).Height
        uniform = abs(self.xl.Size.Height - height * self.shape[0]) < self.shape[0]
        return to_points(height) if uniform else None

    @row_height.setter
    def row_height(self, value: float) -> None:
        self.xl.getRows().Height = from_points(value)

    def _column(self, position: int) -> Any:
        return self.xl.getColumns().getByIndex(position)

    @property
    def width(self) -> float:
        return to_points(self.xl.Size.Width)

    @property
    def height(self) -> float:
        return to_points(self.xl.Size.Height)

    @property
    def left(self) -> float:
        return to_points(self.xl.Position.X)

    @property
    def top(self) -> float:
        return to_points(self.xl.Position.Y)

    def autofit(self, axis: str | None = None) -> None:
        if axis in (None, "c", "columns"):
            self.xl.getColumns().OptimalWidth = True
        if axis in (None, "r", "rows"):
            self.xl.getRows().OptimalHeight = True

    @property
    def row_hidden(self) -> bool | None:
        return self._hidden("Row", self.shape[0])

    @row_hidden.setter
    def row_hidden(self, value: bool) -> None:
        self.xl.getRows().IsVisible = not value

    @property
    def column_hidden(self) -> bool | None:
        return self._hidden("Column", self.shape[1])

    @column_hidden.setter
    def column_hidden(self, value: bool) -> None:
        self.xl.getColumns().IsVisible = not value

    def _hidden(self, side: str, count: int) -> bool | None:
        shown: set[int] = set()
        for part in self.xl.queryVisibleCells().getRangeAddresses():
            shown.update(range(getattr(part, f"Start{side}"), getattr(part, f"End{side}") + 1))
        return None if shown and len(shown) < count else not shown

    # changes of the grid

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

    def paste(self, **kwargs: Any) -> None:
        raise missing("Range.paste() from the clipboard")

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

    # notes, links, pictures of cells

    @property
    def note(self) -> Note | None:
        return note_at(self)

    def add_note(self, text: str) -> Note:
        return add_note(self, text)

    def add_comment(self, text: str) -> Any:
        raise missing("Range.add_comment() (threaded comments)")

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

    def copy_picture(self, appearance: str, format: str) -> None:
        raise missing("Range.copy_picture()")

    def to_png(self, path: str) -> None:
        raise missing("Range.to_png()")

    def to_pdf(self, path: str, quality: str = "standard") -> None:
        self._sheet.book.export_pdf(path, quality, self.xl)


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


def _formula_text(formula: str) -> str:
    """What a cell holds, as Excel tells it."""
    if formula.startswith("{="):
        formula = formula[1:-1]
    if formula.startswith("="):
        return to_excel(formula)
    return formula.removeprefix("'")


def _formula_for(value: Any) -> str:
    if isinstance(value, str):
        return to_calc(value) if value.startswith("=") else value
    if value is None:
        return ""
    return str(value).upper() if isinstance(value, bool) else repr(value)

"""How the cells of a range look: colours, formats, sizes, rules."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from xlcrm.books.calc_engine import values
from xlcrm.books.calc_engine.conditional import ConditionalFormats
from xlcrm.books.calc_engine.errors import missing
from xlcrm.books.calc_engine.formats import Borders, Font
from xlcrm.books.calc_engine.number_formats import common
from xlcrm.books.calc_engine.places import Place
from xlcrm.books.calc_engine.units import (
    from_characters,
    from_points,
    from_rgb,
    to_characters,
    to_points,
    to_rgb,
)
from xlcrm.books.calc_engine.validation import DataValidation

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


class Looks(Place):
    """Colours, formats, sizes, rules."""

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
        return common(self.xl, "IsTextWrapped")

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
        uniform = abs(self.xl.Size.Height - height * self.shape[0]) <= 2 * self.shape[0]
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

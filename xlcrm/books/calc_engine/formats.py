"""Fonts and borders: xlwings' Font, Borders and Border over Calc."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from xlwings import base_classes
from xlwings.base_classes import _UNSET

from xlcrm.books.calc_engine.errors import read_only
from xlcrm.books.calc_engine.number_formats import common
from xlcrm.books.calc_engine.units import from_rgb, to_rgb

if TYPE_CHECKING:
    from xlcrm.books.calc_engine.places import Place

_BOLD, _PLAIN = 150.0, 100.0  # com.sun.star.awt.FontWeight
# com.sun.star.table.BorderLineStyle
_LINES = {
    "continuous": 0, "dot": 1, "dash": 2, "double": 3,
    "dash_dot": 16, "dash_dot_dot": 17, "slant_dash_dot": 16,
}  # fmt: skip
_WEIGHTS = {"hairline": 2, "thin": 26, "medium": 53, "thick": 88}  # 1/100 mm
_SIDES = {
    "edge_top": "TopLine",
    "edge_bottom": "BottomLine",
    "edge_left": "LeftLine",
    "edge_right": "RightLine",
    "inside_vertical": "VerticalLine",
    "inside_horizontal": "HorizontalLine",
}
_DIAGONALS = {"diagonal_down": "DiagonalTLBR2", "diagonal_up": "DiagonalBLTR2"}


class Font(base_classes.Font):
    """The font of cells, of a shape, of anything with character properties."""

    def __init__(self, xl: Any) -> None:
        self.xl = xl

    @property
    def api(self) -> Any:
        return self.xl

    @property
    def bold(self) -> bool | None:
        weight = common(self.xl, "CharWeight")
        return None if weight is None else weight > _PLAIN

    @bold.setter
    def bold(self, value: bool) -> None:
        self.xl.setPropertyValue("CharWeight", _BOLD if value else _PLAIN)

    @property
    def italic(self) -> bool | None:
        posture = common(self.xl, "CharPosture")
        return None if posture is None else posture.value == "ITALIC"

    @italic.setter
    def italic(self, value: bool) -> None:
        posture = self.xl.getPropertyValue("CharPosture")
        posture.value = "ITALIC" if value else "NONE"
        self.xl.setPropertyValue("CharPosture", posture)

    @property
    def size(self) -> float | None:
        height = common(self.xl, "CharHeight")
        return None if height is None else float(height)

    @size.setter
    def size(self, value: float) -> None:
        self.xl.setPropertyValue("CharHeight", float(value))

    @property
    def color(self) -> tuple[int, int, int] | None:
        color = common(self.xl, "CharColor")
        # -1 is "automatic", which is black on paper
        return None if color is None else to_rgb(max(color, 0))

    @color.setter
    def color(self, value: Any) -> None:
        self.xl.setPropertyValue("CharColor", from_rgb(value))

    @property
    def name(self) -> str | None:
        return common(self.xl, "CharFontName")

    @name.setter
    def name(self, value: str) -> None:
        self.xl.setPropertyValue("CharFontName", value)


class Borders(base_classes.Borders):
    """The lines around and within a range."""

    def __init__(self, parent: Place) -> None:
        self.parent = parent

    @property
    def api(self) -> Any:
        return self.parent.xl.getPropertyValue("TableBorder2")

    def __getitem__(self, side: str) -> Border:
        return Border(self.parent, side)

    @read_only
    def line_style(self) -> Any:
        return self._common("line_style")

    @read_only
    def weight(self) -> Any:
        return self._common("weight")

    @read_only
    def color(self) -> Any:
        return self._common("color")

    def _common(self, attribute: str) -> Any:
        found = {getattr(self[side], attribute) for side in self._grid_sides()}
        return found.pop() if len(found) == 1 else None

    def set(
        self,
        which: Sequence[str] = (),
        *,
        line_style: Any = _UNSET,
        weight: Any = _UNSET,
        color: Any = _UNSET,
    ) -> None:
        for side in which:
            border = self[side]
            if color is not _UNSET:
                border.color = color
            if weight is not _UNSET:
                border.weight = weight
            if line_style is not _UNSET:
                border.line_style = line_style

    def clear(self, which: Sequence[str] = ()) -> None:
        self.set(which, line_style=None)


class Border(base_classes.Border):
    """One line of a range."""

    def __init__(self, parent: Place, side: str) -> None:
        self.parent = parent
        self.side = side

    @property
    def api(self) -> Any:
        if self.side in _DIAGONALS:
            return self.parent.xl.getPropertyValue(_DIAGONALS[self.side])
        return getattr(self.parent.xl.getPropertyValue("TableBorder2"), _SIDES[self.side])

    def _put(self, line: Any) -> None:
        xl = self.parent.xl
        if self.side in _DIAGONALS:
            xl.setPropertyValue(_DIAGONALS[self.side], line)
            return
        table = xl.getPropertyValue("TableBorder2")
        for name in _SIDES.values():
            setattr(table, f"Is{name}Valid", name == _SIDES[self.side])
        setattr(table, _SIDES[self.side], line)
        xl.setPropertyValue("TableBorder2", table)

    @property
    def line_style(self) -> str:
        line = self.api
        if not line.LineWidth:
            return "none"
        return next((n for n, style in _LINES.items() if style == line.LineStyle), "continuous")

    @line_style.setter
    def line_style(self, value: str | None) -> None:
        line = self.api
        if value is None or value == "none":
            line.LineWidth = line.OuterLineWidth = line.InnerLineWidth = 0
        else:
            line.LineStyle = _LINES[value]
            _thicken(line, line.LineWidth or _WEIGHTS["thin"])
        self._put(line)

    @property
    def weight(self) -> str | None:
        width = self.api.LineWidth
        if not width:
            return None
        return min(_WEIGHTS, key=lambda name: abs(_WEIGHTS[name] - width))

    @weight.setter
    def weight(self, value: str) -> None:
        line = self.api
        _thicken(line, _WEIGHTS[value])
        self._put(line)

    @property
    def color(self) -> tuple[int, int, int] | None:
        line = self.api
        return to_rgb(line.Color) if line.LineWidth else None

    @color.setter
    def color(self, value: Any) -> None:
        line = self.api
        line.Color = from_rgb(value)
        _thicken(line, line.LineWidth or _WEIGHTS["thin"])
        self._put(line)


def _thicken(line: Any, width: int) -> None:
    line.LineWidth = width
    line.OuterLineWidth = width

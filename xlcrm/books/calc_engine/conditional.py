"""Conditional formats: xlwings' ConditionalFormats over Calc.

Calc 7.4 can make data bars and rules with a style through its interface, not colour scales or
icon sets: those raise NotImplementedError there.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from xlwings import base_classes

from xlcrm.books.calc_engine.errors import missing, unsupported, unsupported_method
from xlcrm.books.calc_engine.formulas import to_calc, to_excel
from xlcrm.books.calc_engine.units import from_rgb, to_rgb

if TYPE_CHECKING:
    from xlcrm.books.calc_engine.places import Place

# com.sun.star.sheet.ConditionEntryType, ConditionFormatOperator, ...EntryType
_CONDITION, _SCALE, _BAR, _ICONS = 0, 1, 2, 3
_OPERATORS = {
    "equal_to": 0, "less_than": 1, "greater_than": 2, "less_than_or_equal": 3,
    "greater_than_or_equal": 4, "not_equal_to": 5, "between": 6, "not_between": 7,
}  # fmt: skip
_EXPRESSION = 24
_BAR_MIN, _BAR_MAX, _BAR_NUMBER = 1, 2, 4
_BAR_BOUNDS = {"percentile": 3, "number": _BAR_NUMBER, "percent": 5}
_SCALE_BOUNDS = {
    "lowest_value": 0, "highest_value": 1, "percentile": 2, "number": 3, "percent": 4,
}  # fmt: skip
_ICON_BOUNDS = {"percentile": 1, "number": 2, "percent": 3}
_ICON_SETS = {
    "3_arrows": 0, "3_arrows_gray": 1, "3_flags": 2, "3_traffic_lights_1": 3,
    "3_traffic_lights_2": 4, "3_signs": 5, "3_symbols": 6, "3_symbols_2": 7,
    "4_arrows": 10, "4_arrows_gray": 11, "4_red_to_black": 12, "4_rating": 13,
    "4_traffic_lights": 14, "5_arrows": 15, "5_arrows_gray": 16, "5_rating": 17,
    "5_quarters": 18,
}  # fmt: skip


class ConditionalFormats(base_classes.ConditionalFormats):
    """The rules of a range."""

    def __init__(self, area: Place) -> None:
        self._area = area

    @property
    def api(self) -> Any:
        return self._area.sheet.xl.ConditionalFormats

    @property
    def parent(self) -> Place:
        return self._area

    def _rules(self) -> list[ConditionalFormat]:
        found = []
        for format_ in self.api.getConditionalFormats():
            if self._touches(format_.Range.getRangeAddresses()):
                found += [
                    ConditionalFormat(self._area, format_, position)
                    for position in range(format_.getCount())
                ]
        return found

    def _touches(self, addresses: Any) -> bool:
        return any(
            a.StartRow < bottom and a.EndRow >= top - 1
            and a.StartColumn < right and a.EndColumn >= left - 1
            for a in addresses
            for top, left, bottom, right in self._area.areas
        )  # fmt: skip

    def __len__(self) -> int:
        return len(self._rules())

    def __iter__(self) -> Iterator[ConditionalFormat]:
        return iter(self._rules())

    def __call__(self, key: int) -> ConditionalFormat:
        return self._rules()[key - 1]

    def _new(self, kind: int) -> tuple[Any, Any]:
        """A new rule over the range: its format and its entry."""
        number = self.api.createByRange(self._area.sheet.cell_ranges(self._area.areas))
        format_ = next(f for f in self.api.getConditionalFormats() if number == f.ID)
        format_.createEntry(kind, 0)
        return format_, format_.getByIndex(0)

    def add_data_bar(self, spec: dict[str, Any]) -> ConditionalFormat:
        format_, entry = self._new(_BAR)
        entry.Color = from_rgb(spec["bar_color"])
        entry.UseGradient = spec["gradient"]
        entry.ShowValue = spec["show_value"]
        # Excel starts automatic bars at nought, or at the least value below it. Calc 7.4 crashes
        # when it exports a bound that is a formula.
        least = self._area.xl.computeFunction(
            self._area.link.enum("com.sun.star.sheet.GeneralFunction", "MIN")
        )
        automatic = ((_BAR_MIN if least < 0 else _BAR_NUMBER, "0"), (_BAR_MAX, "0"))
        for position, bound in enumerate(entry.DataBarEntries):
            value = spec["thresholds"][position]
            if value is None:
                bound.Type, bound.Formula = automatic[position]
            else:
                bound.Type = _BAR_BOUNDS[spec["threshold_types"][position]]
                bound.Formula = str(value)
        return ConditionalFormat(self._area, format_, 0)

    def add_color_scale(self, spec: dict[str, Any]) -> ConditionalFormat:
        format_, entry = self._new(_SCALE)
        bounds = entry.ColorScaleEntries
        if len(bounds) != len(spec["colors"]):
            self.api.removeByID(format_.ID)
            raise missing("ConditionalFormats.add_color_scale()")
        parts = zip(
            bounds, spec["colors"], spec["threshold_types"], spec["thresholds"], strict=True
        )
        for bound, color, kind, value in parts:
            bound.Color = from_rgb(color)
            bound.Type = _SCALE_BOUNDS[kind]
            bound.Formula = "0" if value is None else str(value)
        return ConditionalFormat(self._area, format_, 0)

    def add_icon_set(self, spec: dict[str, Any]) -> ConditionalFormat:
        format_, entry = self._new(_ICONS)
        # The first bound is the least value; Excel counts the others only.
        bounds = entry.IconSetEntries[1:]
        if len(bounds) != len(spec["thresholds"]) or spec["icon_set"] not in _ICON_SETS:
            self.api.removeByID(format_.ID)
            raise missing("ConditionalFormats.add_icon_set()")
        entry.Icons = _ICON_SETS[spec["icon_set"]]
        entry.ShowValue = spec["show_value"]
        entry.Reverse = spec["reverse_order"]
        for bound, kind, value in zip(
            bounds, spec["threshold_types"], spec["thresholds"], strict=True
        ):
            bound.Type = _ICON_BOUNDS[kind]
            bound.Formula = str(value)
        return ConditionalFormat(self._area, format_, 0)

    def add_cell_value(self, spec: dict[str, Any]) -> ConditionalFormat:
        format_, entry = self._new(_CONDITION)
        entry.Operator = _OPERATORS[spec["operator"]]
        return self._condition(format_, entry, spec, spec["formula1"], spec["formula2"])

    def add_custom(self, spec: dict[str, Any]) -> ConditionalFormat:
        format_, entry = self._new(_CONDITION)
        entry.Operator = _EXPRESSION
        return self._condition(format_, entry, spec, spec["formula"], None)

    def _condition(
        self, format_: Any, entry: Any, spec: dict[str, Any], formula1: str, formula2: str | None
    ) -> ConditionalFormat:
        entry.Formula1 = to_calc(formula1).removeprefix("=")
        if formula2 is not None:
            entry.Formula2 = to_calc(formula2).removeprefix("=")
        entry.StyleName = self._style(spec)
        return ConditionalFormat(self._area, format_, 0)

    def _style(self, spec: dict[str, Any]) -> str:
        """The cell style of a rule, made when it is not there: Calc's rules show a style."""
        wanted: dict[str, Any] = {}
        if "fill_color" in spec:
            wanted["CellBackColor"] = from_rgb(spec["fill_color"])
        if "font_color" in spec:
            wanted["CharColor"] = from_rgb(spec["font_color"])
        if "font_bold" in spec:
            wanted["CharWeight"] = 150.0 if spec["font_bold"] else 100.0
        document = self._area.sheet.book.xl
        styles = document.StyleFamilies.getByName("CellStyles")
        name = "xlwings " + " ".join(f"{k}={v}" for k, v in sorted(wanted.items()))
        if not styles.hasByName(name):
            style = document.createInstance("com.sun.star.style.CellStyle")
            styles.insertByName(name, style)
            for key, value in wanted.items():
                style.setPropertyValue(key, value)
        return name

    def clear(self) -> None:
        for rule in self._rules():
            rule.delete()


class ConditionalFormat(base_classes.ConditionalFormat):
    """One rule."""

    stop_if_true = unsupported("ConditionalFormat.stop_if_true")
    font_bold = unsupported("ConditionalFormat.font_bold")
    font_italic = unsupported("ConditionalFormat.font_italic")
    colors = unsupported("ConditionalFormat.colors")
    icon_set = unsupported("ConditionalFormat.icon_set")
    reverse_order = unsupported("ConditionalFormat.reverse_order")
    threshold_types = unsupported("ConditionalFormat.threshold_types")
    thresholds = unsupported("ConditionalFormat.thresholds")
    set = unsupported_method("ConditionalFormat.set()")

    def __init__(self, area: Place, format_: Any, position: int) -> None:
        self._area = area
        self._format = format_
        self._position = position

    @property
    def api(self) -> Any:
        return self._format.getByIndex(self._position)

    @property
    def type(self) -> str:
        kind = self.api.Type
        if kind == _CONDITION:
            return "custom" if self.api.Operator == _EXPRESSION else "cell_value"
        return {_SCALE: "color_scale", _BAR: "data_bar", _ICONS: "icon_set"}.get(kind, "unknown")

    @property
    def operator(self) -> str | None:
        if self.type != "cell_value":
            return None
        return next(n for n, number in _OPERATORS.items() if number == self.api.Operator)

    @property
    def formula1(self) -> str | None:
        return to_excel(self.api.Formula1) if self.type == "cell_value" else None

    @property
    def formula2(self) -> str | None:
        between = self.operator in ("between", "not_between")
        return to_excel(self.api.Formula2) if between else None

    @property
    def formula(self) -> str | None:
        return f"={to_excel(self.api.Formula1)}" if self.type == "custom" else None

    @property
    def bar_color(self) -> tuple[int, int, int] | None:
        return to_rgb(self.api.Color) if self.type == "data_bar" else None

    @property
    def gradient(self) -> bool | None:
        return bool(self.api.UseGradient) if self.type == "data_bar" else None

    @property
    def show_value(self) -> bool | None:
        return bool(self.api.ShowValue) if self.type in ("data_bar", "icon_set") else None

    @property
    def fill_color(self) -> tuple[int, int, int] | None:
        return self._of_style("CellBackColor")

    @property
    def font_color(self) -> tuple[int, int, int] | None:
        return self._of_style("CharColor")

    def _of_style(self, name: str) -> tuple[int, int, int] | None:
        if self.type not in ("custom", "cell_value"):
            return None
        styles = self._area.sheet.book.xl.StyleFamilies.getByName("CellStyles")
        return to_rgb(styles.getByName(self.api.StyleName).getPropertyValue(name))

    def delete(self) -> None:
        self._area.sheet.xl.ConditionalFormats.removeByID(self._format.ID)

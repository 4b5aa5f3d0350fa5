"""What the cells of a range hold: values and formulas."""

from __future__ import annotations

from typing import Any

from xlcrm.books.calc_engine import values
from xlcrm.books.calc_engine.formulas import to_calc, to_excel
from xlcrm.books.calc_engine.places import Place

_CONTENTS, _FORMATS, _NOTES = 1 | 2 | 4 | 16, 32 | 64 | 256, 8  # com.sun.star.sheet.CellFlags


class Contents(Place):
    """Values and formulas."""

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
                xl.clearContents(_CONTENTS)
        else:
            value = values.prepare(data)
            for area in self.areas:
                part = type(self)(self._sheet, [area])
                height, width = part.shape
                values.write(part, [[value] * width for _ in range(height)])

    def _each(self) -> list[Any]:
        return [type(self)(self._sheet, [area]).xl for area in self.areas]

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

    def clear(self) -> None:
        self._clear(_CONTENTS | _FORMATS | _NOTES)

    def _clear(self, flags: int) -> None:
        if self.xl is not None:
            self.every.clearContents(flags)


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

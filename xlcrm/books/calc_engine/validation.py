"""Data validation: xlwings' DataValidation over Calc."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from xlwings import base_classes

from xlcrm.books.addresses import quoted
from xlcrm.books.calc_engine.formulas import to_calc, to_excel

if TYPE_CHECKING:
    from xlcrm.books.calc_engine.places import Place

_TYPES = {
    "none": "ANY",
    "whole_number": "WHOLE",
    "decimal": "DECIMAL",
    "list": "LIST",
    "date": "DATE",
    "time": "TIME",
    "text_length": "TEXT_LEN",
    "custom": "CUSTOM",
}
OPERATORS = {
    None: "NONE",
    "between": "BETWEEN",
    "not_between": "NOT_BETWEEN",
    "equal_to": "EQUAL",
    "not_equal_to": "NOT_EQUAL",
    "greater_than": "GREATER",
    "less_than": "LESS",
    "greater_than_or_equal": "GREATER_EQUAL",
    "less_than_or_equal": "LESS_EQUAL",
}
_ALERTS = {"stop": "STOP", "warning": "WARNING", "information": "INFO"}


class DataValidation(base_classes.DataValidation):
    """What may be entered into a range."""

    def __init__(self, parent: Place) -> None:
        self.parent = parent

    @property
    def api(self) -> Any:
        return self.parent.xl.getPropertyValue("Validation")

    @property
    def type(self) -> str:
        if self.parent.xl.getPropertyState("Validation").value == "AMBIGUOUS_VALUE":
            return "inconsistent"
        return _name_of(_TYPES, self.api.Type)

    @property
    def operator(self) -> str | None:
        if self.type in ("none", "list", "custom", "inconsistent"):
            return None
        return _name_of(OPERATORS, self.api.getOperator())

    @property
    def formula1(self) -> str | None:
        return None if self.operator is None else to_excel(self.api.getFormula1())

    @property
    def formula2(self) -> str | None:
        between = self.operator in ("between", "not_between")
        return to_excel(self.api.getFormula2()) if between else None

    @property
    def formula(self) -> str | None:
        return f"={to_excel(self.api.getFormula1())}" if self.type == "custom" else None

    @property
    def source(self) -> str | None:
        if self.type != "list":
            return None
        text = str(self.api.getFormula1())
        if text.startswith('"'):
            return ",".join(part.strip('"') for part in text.split(";"))
        return f"={to_excel(text)}"

    @property
    def in_cell_dropdown(self) -> bool | None:
        return self.api.ShowList > 0 if self.type == "list" else None

    @property
    def ignore_blank(self) -> bool:
        return bool(self.api.IgnoreBlankCells)

    @property
    def input_title(self) -> str:
        return str(self.api.InputTitle)

    @property
    def input_message(self) -> str:
        return str(self.api.InputMessage)

    @property
    def show_input(self) -> bool:
        return bool(self.api.ShowInputMessage)

    @property
    def error_title(self) -> str:
        return str(self.api.ErrorTitle)

    @property
    def error_message(self) -> str:
        return str(self.api.ErrorMessage)

    @property
    def show_error(self) -> bool:
        return bool(self.api.ShowErrorMessage)

    @property
    def alert_style(self) -> str | None:
        return _name_of(_ALERTS, self.api.ErrorAlertStyle)

    def set_list(self, source: Any, in_cell_dropdown: bool) -> None:
        if isinstance(source, base_classes.Range):
            area: Any = source
            formula = to_calc(f"{quoted(area.sheet.name)}!{area.address}")
        elif isinstance(source, base_classes.Name):
            formula = str(source.name)
        else:
            formula = ";".join('"' + text.replace('"', '""') + '"' for text in source)
        rule = self._rule("list", None, formula, None)
        rule.ShowList = 1 if in_cell_dropdown else 0
        self.parent.every.setPropertyValue("Validation", rule)

    def set_rule(
        self, rule_type: str, operator: str | None, formula1: str, formula2: str | None
    ) -> None:
        rule = self._rule(rule_type, operator, to_calc(formula1), formula2 and to_calc(formula2))
        self.parent.every.setPropertyValue("Validation", rule)

    def _rule(self, kind: str, operator: str | None, formula1: str, formula2: str | None) -> Any:
        link = self.parent.link
        rule = self.api
        rule.Type = link.enum("com.sun.star.sheet.ValidationType", _TYPES[kind])
        rule.setOperator(link.enum("com.sun.star.sheet.ConditionOperator", OPERATORS[operator]))
        rule.setFormula1(formula1.removeprefix("="))
        rule.setFormula2((formula2 or "").removeprefix("="))
        rule.ShowErrorMessage = True
        return rule

    def delete(self) -> None:
        rule = self.api
        rule.Type = self.parent.link.enum("com.sun.star.sheet.ValidationType", "ANY")
        self.parent.every.setPropertyValue("Validation", rule)


def _name_of(names: Any, value: Any) -> Any:
    return next((name for name, known in names.items() if known == value.value), None)

"""On track, to watch, alert: the words, the formula and the colours of a status."""

from __future__ import annotations

from xlcrm.templates.builder import Choices, TemplateSheet
from xlcrm.templates.formulas import Ref
from xlcrm.templates.marketing.desk import Desk
from xlcrm.templates.style import BAD_FILL, BAD_TEXT, GOOD_FILL, GOOD_TEXT
from xlcrm.texts import Text

STATUS: Choices = {
    "good": Text("Conforme", "On track"),
    "amber": Text("À surveiller", "Watch"),
    "red": Text("Alerte", "Alert"),
}
_LOOKS = {
    "good": (GOOD_FILL, GOOD_TEXT),
    "amber": ("#FDF0D5", "#8A5A00"),
    "red": (BAD_FILL, BAD_TEXT),
}


def status_formula(desk: Desk, variance: str, rate: str) -> str:
    """Alert, watch or on track, by the rate and the thresholds; without a rate, by the sign."""
    good, amber, red = (desk.book.q(text) for text in STATUS.values())
    by_rate = f"IF({rate}>{desk['red']},{red},IF({rate}>{desk['amber']},{amber},{good}))"
    return f'IF({rate}="",IF({variance}>0,{red},{good}),{by_rate})'


def status_look(desk: Desk, sheet: TemplateSheet, ref: Ref) -> None:
    """Red for an alert, amber to watch, green on track."""
    first = f"{ref.column}{ref.line}"
    last = ref.cells()[-1]
    for key, (fill, color) in _LOOKS.items():
        look = desk.book.workbook.add_format({"bg_color": fill, "font_color": color})
        rule = {"type": "formula", "criteria": f"={first}={desk.book.q(STATUS[key])}"}
        sheet.raw.conditional_format(ref.row, ref.col, last.row, last.col, {**rule, "format": look})

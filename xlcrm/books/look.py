"""How a result sheet looks: colours, marks and their legend, the same in every kind of book."""

from __future__ import annotations

from typing import Any, get_args

from xlcrm.books.results import NUMBER_FORMATS, ColumnKind, Mark
from xlcrm.texts import Text

FONT = "Calibri"
TEAL = "#1F6F8B"
INK = "#22313A"
GREY = "#5F6B73"
HAIRLINE = "#D9E2E6"
SERIES = ("#1F6F8B", "#F2A541", "#7FB069", "#D1495B", "#6C5B7B", "#99C1DE", "#8D6A4F", "#B8B8B8")

# What a mark says, as the legend above the table puts it.
LEGEND: dict[Mark, Text] = {
    "changed": Text(fr="corrigé", en="corrected"),
    "missing": Text(fr="à compléter", en="to complete"),
    "invalid": Text(fr="invalide", en="invalid"),
    "doubt": Text(fr="à vérifier", en="to check"),
    "alert": Text(fr="alerte", en="alert"),
    "watch": Text(fr="à surveiller", en="to watch"),
    "good": Text(fr="bon", en="good"),
    "input": Text(fr="à vous de modifier", en="yours to edit"),
}
FILLS: dict[Mark, tuple[str, str]] = {  # fill, text
    "changed": ("#DCEBF5", INK),
    "missing": ("#EDEDED", INK),
    "invalid": ("#F9D6D5", "#8E1B1B"),
    "doubt": ("#FCE8CC", "#7A4A00"),
    "alert": ("#F9D6D5", "#8E1B1B"),
    "watch": ("#FCE8CC", "#7A4A00"),
    "good": ("#DDF0DD", "#1E5A2A"),
    "input": ("#FFF8CF", "#1F4FA3"),
    "total": ("#E3EEF2", INK),
}
_RIGHT = frozenset({"integer", "number", "money", "percent", "points"})

TITLE: dict[str, Any] = {"bold": True, "font_size": 16, "font_color": TEAL}
NOTE: dict[str, Any] = {"font_color": GREY, "font_size": 10}
TABLE_TITLE: dict[str, Any] = {"bold": True, "font_size": 12, "font_color": TEAL}
HEADER: dict[str, Any] = {
    "bold": True,
    "font_color": "#FFFFFF",
    "bg_color": TEAL,
    "text_wrap": True,
    "valign": "vcenter",
    "border": 1,
    "border_color": "#FFFFFF",
}


def marks_in_order(marks: set[Mark]) -> list[Mark]:
    """The marks of a sheet that the legend explains, always in the same order."""
    return [mark for mark in get_args(Mark) if mark in marks and mark in LEGEND]


def cell_look(kind: ColumnKind, mark: Mark | None = None, last: bool = False) -> dict[str, Any]:
    """The XlsxWriter properties of a data cell; `last` for the total at the foot of a table."""
    look: dict[str, Any] = {
        "num_format": NUMBER_FORMATS[kind],
        "bottom": 1,
        "bottom_color": HAIRLINE,
        "valign": "top",
    }
    if kind in ("date", "flag"):
        look["align"] = "center"
    elif kind in _RIGHT:
        look |= {"align": "right", "indent": 1}  # apart from a text that follows
    if mark is not None:
        look["bg_color"], look["font_color"] = FILLS[mark]
    if last or mark == "total":
        look |= {"bold": True, "top": 1, "top_color": TEAL, "bottom_color": TEAL}
        look["bg_color"] = look.get("bg_color", FILLS["total"][0])
    return look

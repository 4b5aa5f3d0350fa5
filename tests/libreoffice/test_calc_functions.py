"""Every function of the catalogue, in cells of LibreOffice, equals the direct call."""

import os
import signal
from datetime import date
from typing import Any

import pytest
from conftest import worker_pids

from xlcrm import cells
from xlcrm.calling import call
from xlcrm.catalogue import FUNCTIONS, FunctionEntry, Kind, Param, Shape
from xlcrm.errors import XlcrmError

VALUE_ERROR = "#VALUE!"
NAMES = [
    (name, entry, lang)
    for entry in FUNCTIONS.values()
    for name, lang in {entry.en: "en", entry.fr: "fr"}.items()
]
# A single blank cell is 0 to a function in Calc, where that is a value.
BLANK_IS_ZERO = {Kind.NUMBER, Kind.INTEGER, Kind.FLAG, Kind.ANY}


def sample(param: Param) -> Any:
    """A value that a parameter of that kind may get, as a cell gives it."""
    if param.choices:
        return param.choices[0]
    by_kind = {
        Kind.LABEL: 75001.0,
        Kind.NUMBER: 12.5,
        Kind.INTEGER: 3.0,
        Kind.DATE: 46347.0,
        Kind.FLAG: 1.0,
    }
    return by_kind.get(param.kind, "Durand 1")


def blank_cell(param: Param) -> Any:
    return 0.0 if param.kind in BLANK_IS_ZERO else None


def arguments(entry: FunctionEntry, rows: int, columns: int) -> list[Any]:
    return [
        sample(p)
        if p.shape is Shape.ONE or (rows, columns) == (1, 1)
        else [[sample(p)] * columns for _ in range(rows)]
        for p in entry.params
    ]


def expected(entry: FunctionEntry, given: list[Any], lang: str) -> list[list[Any]]:
    """The rows that cells show for a direct call."""
    try:
        value = call(entry, given, lang, on_error=lambda error: VALUE_ERROR)  # type: ignore[arg-type]
    except XlcrmError:
        return [[VALUE_ERROR]]
    rows = value if isinstance(value, list) else [[value]]
    return [[shown(v) for v in row] for row in rows] or [[None]]


def shown(value: Any) -> Any:
    if isinstance(value, date):
        return cells.to_serial(value)
    if isinstance(value, (bool, int)):
        return float(value)
    return None if value == "" or value != value else value


class Cells:
    """Arguments in cells, each written once, and formulas with their answers far to the right."""

    def __init__(self, sheet: Any) -> None:
        self.sheet = sheet
        self.places: dict[str, str] = {}
        self.next_row = 1
        self.next_answer = 1

    def call(self, name: str, given: list[Any]) -> str:
        return f"{name}({','.join(self.reference(value) for value in given)})"

    def reference(self, value: Any) -> str:
        if repr(value) not in self.places:
            rows = value if isinstance(value, list) else [[value]]
            first, last = (self.next_row, 1), (self.next_row + len(rows) - 1, len(rows[0]))
            area = self.sheet.range(first, last)
            area.value = [[f"'{v}" if isinstance(v, str) else v for v in row] for row in rows]
            self.next_row += len(rows)
            self.places[repr(value)] = area.get_address(False, False)
        return self.places[repr(value)]

    def answers(self, forms: dict[str, tuple[str, int, int]]) -> dict[str, list[list[Any]]]:
        """What cells show for formulas, each over as many cells as its result has."""
        start, places = self.next_answer, {}
        for form, (formula, height, width) in forms.items():
            top = self.next_answer
            self.next_answer += height
            area = self.sheet.range((top, 100), (top + height - 1, 99 + width))
            if (height, width) == (1, 1):
                area.formula = f"={formula}"
            else:
                area.formula_array = f"={formula}"
            places[form] = top - start, height, width
        most = max(width for _, _, width in places.values())
        block = self.sheet.range((start, 100), (self.next_answer - 1, 99 + most))
        rows = block.options(ndim=2, err_to_str=True).value
        return {
            form: [row[:width] for row in rows[top : top + height]]
            for form, (top, height, width) in places.items()
        }


def literal(value: Any) -> str:
    return f'"{value}"' if isinstance(value, str) else repr(value)


@pytest.fixture(scope="module")
def cells_of(calc):
    book = calc.app.books.add()
    yield Cells(book.sheets[0])
    book.close()


@pytest.mark.parametrize(("name", "entry", "lang"), NAMES, ids=[name for name, _, _ in NAMES])
def test_every_function_in_every_form(cells_of, name, entry, lang):
    """A cell, a literal within other functions, a range, blanks, an error, too many arguments."""
    one, column = arguments(entry, 1, 1), arguments(entry, 3, 1)
    blanks: list[Any] = [[None], [None], [None]]
    blank_column = [None if p.shape is Shape.ONE else blanks for p in entry.params]
    inner = f"{name}({','.join(literal(v) for v in one)})"
    first = expected(entry, one, lang)[0][0]
    wanted = {
        "cells": [[first]],
        "nested": [["caught" if first == VALUE_ERROR else first]],
        "range": expected(entry, column, lang),
        "blank cells": [[expected(entry, [blank_cell(p) for p in entry.params], lang)[0][0]]],
        "blank range": expected(
            entry,
            [blank_cell(p) if p.shape is Shape.ONE else blanks for p in entry.params],
            lang,
        ),
        "an error": [["#N/A"]] if entry.params else [[VALUE_ERROR]],
        "too many": [[VALUE_ERROR]],
    }
    formulas = {
        "cells": cells_of.call(name, one),
        "nested": f'IFERROR(IF(TRUE,{inner},0),"caught")',
        "range": cells_of.call(name, column),
        "blank cells": cells_of.call(name, [None] * len(entry.params)),
        "blank range": cells_of.call(name, blank_column),
        "an error": f"{name}(NA())",
        "too many": f"{name}({','.join(['1'] * (len(entry.params) + 1))})",
    }
    forms = {
        form: (formula, len(wanted[form]), len(wanted[form][0]))
        for form, formula in formulas.items()
    }
    assert cells_of.answers(forms) == wanted


def test_a_whole_column_is_cut_where_it_is_blank(sheet):
    sheet["A1"].value = [["06.12.34.56.78"], [None], ["01 42 00 00 00"]]
    sheet["C1:C4"].formula_array = "=CRM_TELEPHONE(A:A)"
    shown = sheet["C1:C4"].options(err_to_str=True).value
    assert shown == ["06 12 34 56 78", None, "01 42 00 00 00", "#N/A"]


def test_an_error_within_a_range_is_an_error(sheet):
    sheet["A1"].formula = [["06.12.34.56.78"], ["=NA()"]]
    sheet["C1"].formula = "=CRM_TELEPHONE(A1:A2)"
    assert sheet["C1"].options(err_to_str=True).value == "#VALUE!"


def test_one_wrong_cell_of_a_range_is_an_error_and_the_others_are_computed(sheet):
    sheet["A1"].value = [["01/02/2026"], ["31/02/2026"], ["03/02/2026"]]
    sheet["A1:A3"].number_format = "@"
    sheet["B1:B3"].formula_array = "=CRM_JOUR_OUVRE(A1:A3)"
    shown = sheet["B1:B3"].options(err_to_str=True).value
    assert [type(value) for value in shown] == [float, str, float]
    assert shown[1] == "#VALUE!"


def test_the_office_stays_when_the_worker_ends(calc, sheet):
    sheet["A1"].formula = '=CRM_TELEPHONE("0612345678")'
    assert sheet["A1"].value == "06 12 34 56 78"
    for pid in worker_pids(calc.office.process.pid):
        os.kill(pid, signal.SIGKILL)
    sheet["A2"].formula = '=CRM_TELEPHONE("0142000000")'
    assert sheet["A2"].value == "01 42 00 00 00"

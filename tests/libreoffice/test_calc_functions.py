"""Every function of the catalogue, in cells of LibreOffice, equals the direct call."""

from datetime import date
from typing import Any

import pytest

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


class Writer:
    """Puts arguments into cells, one block after the other, and builds formulas on them."""

    def __init__(self, sheet: Any) -> None:
        self.sheet = sheet
        self.next_row = 1

    def reference(self, value: Any) -> str:
        rows = value if isinstance(value, list) else [[value]]
        area = self.sheet.range((self.next_row, 1), (self.next_row + len(rows) - 1, len(rows[0])))
        self.next_row += len(rows)
        if any(v is not None for row in rows for v in row):
            area.value = [[f"'{v}" if isinstance(v, str) else v for v in row] for row in rows]
        return area.get_address(False, False)

    def call(self, name: str, given: list[Any]) -> str:
        return f"{name}({','.join(self.reference(value) for value in given)})"


def literal(value: Any) -> str:
    return f'"{value}"' if isinstance(value, str) else repr(value)


@pytest.fixture(scope="module")
def sheet(calc):
    """A sheet for all tests of this module: arguments below column A, answers far right."""
    book = calc.app.books.add()
    yield book.sheets[0]
    book.close()


@pytest.fixture(scope="module")
def writer(sheet):
    return Writer(sheet)


def answer(sheet: Any, formula: str, height: int = 1, width: int = 1) -> list[list[Any]]:
    """What cells show for a formula, over as many cells as its result has."""
    sheet.range((1, 100), (600, 160)).clear_contents()  # the whole of an array formula at once
    area = sheet.range((1, 100), (height, 100 + width - 1))
    if (height, width) == (1, 1):
        area.formula = f"={formula}"
    else:
        area.formula_array = f"={formula}"
    return area.options(ndim=2, err_to_str=True).value


@pytest.mark.parametrize(
    ("name", "entry", "lang"), NAMES, ids=lambda v: v if isinstance(v, str) else ""
)
class TestEveryFunction:
    def test_cells(self, sheet, writer, name, entry, lang):
        given = arguments(entry, 1, 1)
        first = [[expected(entry, given, lang)[0][0]]]
        assert answer(sheet, writer.call(name, given)) == first

    def test_literals_within_another_function(self, sheet, writer, name, entry, lang):
        given = arguments(entry, 1, 1)
        inner = f"{name}({','.join(literal(v) for v in given)})"
        first = expected(entry, given, lang)[0][0]
        caught = "caught" if first == VALUE_ERROR else first
        assert answer(sheet, f'IFERROR(IF(TRUE,{inner},0),"caught")') == [[caught]]

    def test_a_range_in_an_array_formula(self, sheet, writer, name, entry, lang):
        given = arguments(entry, 3, 1)
        rows = expected(entry, given, lang)
        assert answer(sheet, writer.call(name, given), len(rows), len(rows[0])) == rows

    def test_a_blank_range(self, sheet, writer, name, entry, lang):
        given = [
            [[None], [None], [None]] if p.shape is not Shape.ONE else None for p in entry.params
        ]
        direct = [value if isinstance(value, list) else 0.0 if p.kind in BLANK_IS_ZERO else None
                  for value, p in zip(given, entry.params, strict=True)]  # fmt: skip
        rows = expected(entry, direct, lang)
        assert answer(sheet, writer.call(name, given), len(rows), len(rows[0])) == rows

    def test_a_blank_cell(self, sheet, writer, name, entry, lang):
        direct = [blank_cell(p) for p in entry.params]
        first = [[expected(entry, direct, lang)[0][0]]]
        assert answer(sheet, writer.call(name, [None] * len(entry.params))) == first

    def test_an_error(self, sheet, writer, name, entry, lang):
        if entry.params:
            assert answer(sheet, f"{name}(NA())") == [["#N/A"]]

    def test_too_many_arguments(self, sheet, writer, name, entry, lang):
        many = ",".join(["1"] * (len(entry.params) + 1))
        assert answer(sheet, f"{name}({many})") == [[VALUE_ERROR]]

"""What a user may touch, and that each row says the same thing in every month."""

from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.formula.translate import Translator
from openxml_audit import OpenXmlValidator

from xlcrm.templates.formulas import column_letter
from xlcrm.templates.treasury import build_treasury

INPUT_FILL = "FFFFF8D6"


@pytest.fixture(scope="module")
def tool(tmp_path_factory: pytest.TempPathFactory) -> Any:
    path = tmp_path_factory.mktemp("treasury") / "tool.xlsx"
    return build_treasury(path, "fr", variant="example"), openpyxl.load_workbook(path), path


def test_inputs_are_open_and_all_else_is_locked_without_password(tool: Any) -> None:
    draft, book, _ = tool
    inputs = {(i.ref.sheet, i.ref.row + 1, i.ref.col + 1) for i in draft.book.inputs.values()}
    for sheet in book.worksheets:
        assert sheet.protection.sheet
        assert sheet.protection.password is None
        for line in sheet.iter_rows():
            for cell in line:
                place = (sheet.title, cell.row, cell.column)
                assert cell.protection.locked == (place not in inputs), place
                if place in inputs:
                    assert cell.fill.fgColor.rgb == INPUT_FILL


def test_a_row_has_one_formula_across_the_months(tool: Any) -> None:
    draft, book, _ = tool
    for key, row in draft.rows.items():
        first, *others = [
            (f"{column_letter(c.col)}{c.line}", book[c.sheet].cell(c.line, c.col + 1).value)
            for c in row.cells()
        ]
        if not str(first[1]).startswith("="):
            continue
        for address, formula in others:
            assert Translator(first[1], first[0]).translate_formula(address) == formula, key


def test_sheets_print_on_a4_one_page_wide(tool: Any) -> None:
    _, book, _ = tool
    for sheet in book.worksheets:
        assert sheet.page_setup.paperSize == 9, sheet.title
    summary = book["Synthèse"]
    assert (summary.page_setup.fitToWidth, summary.page_setup.fitToHeight) in [(1, 1), (None, None)]
    assert summary.page_setup.orientation != "landscape"


def test_every_part_is_valid_ooxml(tool: Any) -> None:
    assert [str(error) for error in OpenXmlValidator().validate(str(tool[2])).errors] == []


def test_students_data_are_locked_and_answers_open(tmp_path: Path) -> None:
    path = tmp_path / "student.xlsx"
    draft = build_treasury(path, "fr", False, "case")
    book = openpyxl.load_workbook(path)
    for place in draft.book.inputs.values():
        assert book[place.ref.sheet].cell(place.ref.line, place.ref.col + 1).protection.locked
    for answer in draft.book.answers:
        for cell in answer.ref.cells():
            shown = book[cell.sheet].cell(cell.line, cell.col + 1)
            assert shown.value is None
            assert not shown.protection.locked
    assert book["Vérification"].sheet_state == "hidden"

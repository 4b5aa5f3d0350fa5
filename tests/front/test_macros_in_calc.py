"""Our VBA in a real spreadsheet program: LibreOffice runs what it can of it.

LibreOffice cannot compile the module of xlwings and knows no Application.Caller, so that stand-ins
take their place; a canary tells a wrong answer from a project that did not compile at all.
"""

import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

import xlcrm  # noqa: F401  fills the catalogue
from xlcrm.books.calc_engine.link import properties
from xlcrm.books.calc_engine.office import Office, start
from xlcrm.catalogue import FUNCTIONS
from xlcrm.front import addin
from xlcrm.front.ribbon_layout import TOOLS
from xlcrm.front.vba import Module, modules

_ALWAYS = 4  # MacroExecMode.ALWAYS_EXECUTE_NO_WARN
_CANARY = """Attribute VB_Name = "Canary"
Option Explicit
Function Canary()
    Canary = 42
End Function
Function CanaryText()
    CanaryText = XlcrmDecode("Num{E9}ro {AB} 5 {BB}, 10 {20AC}")
End Function
Function CanaryLabel()
    CanaryLabel = XlcrmControlText("xlcrm_tool_undo", "label")
End Function
Function CanaryError()
    CanaryError = XlcrmResult(Chr$(1) & "#VALUE!")
End Function
Function CanaryData()
    CanaryData = XlcrmResult("#VALUE!")
End Function
Function XLPy() As Object
    Set XLPy = New FakeServer
End Function
"""
_SERVER = """Public Function CallUDF(module_name, name, arguments, book, caller)
    CallUDF = name
End Function
"""


def _project(workbook: str) -> list[Module]:
    chosen = []
    for module in modules("ThisWorkbook"):
        if module.name.startswith("Xlcrm") and module.name != "XlcrmRibbon":
            text = module.text.replace("Application.Caller", "Empty")
            text = text.replace("If TypeOf Empty Is Range Then ", "")
            text = text.replace("Application.LanguageSettings.LanguageID(UI_LANGUAGE)", "1036")
            chosen.append(Module(module.name, module.kind, text))
    chosen.append(Module("Canary", "standard", _CANARY))
    return [*chosen, Module("FakeServer", "class", _SERVER)]


@pytest.fixture(scope="module")
def office() -> Iterator[Office]:
    running = start()
    yield running
    running.stop()


@pytest.mark.libreoffice
def test_our_functions_run_in_libreoffice(
    office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    entry = next(e for e in FUNCTIONS.values() if len(e.params) == 2)
    formulas = {
        "=Canary()": 42.0,
        "=CanaryText()": "Numéro « 5 », 10 €",
        "=CanaryLabel()": TOOLS[0].label.fr,
        "=CanaryError()": "Error 2015",  # what LibreOffice makes of CVErr
        "=CanaryData()": "#VALUE!",
        f"={entry.fr}(1,2)": entry.fr,
    }
    monkeypatch.setattr(addin, "modules", _project)
    plain = io.BytesIO()
    with xlsxwriter.Workbook(plain) as book:
        sheet = book.add_worksheet()
        for row, formula in enumerate(formulas):
            sheet.write_formula(row, 0, formula, None, "stale")
    path = tmp_path / "canary.xlsm"
    path.write_bytes(addin.with_macros(plain.getvalue()))
    assert _values(office, path, len(formulas)) == list(formulas.values())


def _values(office: Office, path: Path, rows: int) -> list[Any]:
    given = properties(office.link, Hidden=True, MacroExecutionMode=_ALWAYS)
    document = office.link.desktop.loadComponentFromURL(path.as_uri(), "_blank", 0, given)
    try:
        document.calculateAll()
        sheet = document.Sheets.getByIndex(0)
        return [row[0] for row in sheet.getCellRangeByPosition(0, 0, 0, rows - 1).getDataArray()]
    finally:
        document.close(True)

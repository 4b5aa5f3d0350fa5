"""The names of functions in workbooks that travel between Excel and LibreOffice.

LibreOffice 25.2 reads and writes Excel's names of add-in functions by itself. Before it, a formula
of an .xlsx shows #NAME? until it is entered again, and is saved with the name of the service.
"""

from __future__ import annotations

import os
import re
import zipfile
from collections.abc import Iterable
from typing import Any

PREFIX = re.compile(rb"ORG\.XLCRM\.CALC\.ADDIN\.", re.IGNORECASE)
_FORMULA_PARTS = re.compile(r"xl/(workbook|worksheets/[^/]+|tables/[^/]+|charts/[^/]+)\.xml")
_OURS = re.compile(r"(?:_xll\.)?\b(CRM_\w+)\(", re.IGNORECASE)
_ERRORS = 4  # com.sun.star.sheet.FormulaResult
_UNKNOWN_NAME = 525


def relink(document: Any) -> int:
    """Enter again the formulas of ours that Calc did not recognise; how many there were."""
    done = 0
    sheets = document.Sheets
    for position in range(sheets.Count):
        sheet = sheets.getByIndex(position)
        cells = sheet.queryFormulaCells(_ERRORS).Cells.createEnumeration()
        for cell in list(_each(cells)):
            formula = cell.Formula
            if cell.getError() == _UNKNOWN_NAME and _OURS.search(formula):
                _enter(sheet, cell, _OURS.sub(lambda m: m[1].upper() + "(", formula))
                done += 1
    return done


def _each(enumeration: Any) -> Iterable[Any]:
    while enumeration.hasMoreElements():
        yield enumeration.nextElement()


def _enter(sheet: Any, cell: Any, formula: str) -> None:
    if formula.startswith("{"):
        cursor = sheet.createCursorByRange(cell)
        cursor.collapseToCurrentArray()
        cursor.setArrayFormula(formula[1:-1])
    else:
        cell.setFormula(formula)


def give_excel_names(path: str) -> bool:
    """Write Excel's names into a saved .xlsx; False where nothing was to do.

    The time of the file stays: the office takes another time for a change by somebody else.
    """
    with zipfile.ZipFile(path) as archive:
        entries = archive.infolist()
        parts = {entry.filename: archive.read(entry) for entry in entries}
    changed = {
        name: PREFIX.sub(b"", content)
        for name, content in parts.items()
        if _FORMULA_PARTS.fullmatch(name) and PREFIX.search(content)
    }
    if not changed:
        return False
    before = os.stat(path)
    draft = f"{path}.xlcrm"
    try:
        with zipfile.ZipFile(draft, "w", zipfile.ZIP_DEFLATED) as archive:
            for entry in entries:
                archive.writestr(entry, changed.get(entry.filename, parts[entry.filename]))
        os.chmod(draft, before.st_mode)
        os.utime(draft, ns=(before.st_atime_ns, before.st_mtime_ns))
        os.replace(draft, path)
    finally:
        if os.path.exists(draft):
            os.remove(draft)
    return True

"""Two independent engines that recalculate a workbook, and the linter of its formulas.

`recalculate_ironcalc` is fast and runs everywhere; `recalculate_libreoffice` asks a real
spreadsheet program, LibreOffice (`has_libreoffice`).
"""

from __future__ import annotations

import re
import subprocess
import tempfile
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

from xlcrm.books.calc_engine.office import find_soffice
from xlcrm.templates.formulas import Ref, unknown_functions

SHEET_XML = re.compile(r"xl/worksheets/sheet\d+\.xml")
_NS = {"m": "http://schemas.openxmlformats.org/spreadsheetml/2006/main"}
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
ERROR = re.compile(r"(#(N/A|VALUE!|REF!|DIV/0!|NUM!|NAME\?|NULL!|ERROR!|N/IMPL!|SPILL!|CIRC!|CALC!)"
                   r"|Err:\d+|#VALEUR!|#NOM\?|#NOMBRE!)")  # fmt: skip
_PROFILE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load"><prop oor:name="OOXMLRecalcMode"
 oor:op="fuse"><value>0</value></prop></item></oor:items>"""


@dataclass(frozen=True)
class Values:
    """The values of a recalculated workbook, by sheet name, row and column from 0."""

    sheets: dict[str, dict[tuple[int, int], Any]]

    def __getitem__(self, ref: Ref | tuple[str, str]) -> Any:
        """One value for a cell, a list for a row or column; also `values["Sheet", "C5"]`."""
        if not isinstance(ref, Ref):
            ref = ref_of(*ref)
        found = [self.sheets[ref.sheet].get((c.row, c.col)) for c in ref.cells()]
        return found[0] if ref.single else found

    def errors(self) -> list[str]:
        """Every cell that shows an error, as `Sheet!C5: #VALUE!`."""
        return [
            f"{sheet}!{Ref(sheet, *at).a1}: {value}"
            for sheet, cells in self.sheets.items()
            for at, value in cells.items()
            if isinstance(value, str) and ERROR.fullmatch(value)
        ]


def ref_of(sheet: str, a1: str) -> Ref:
    """The Ref of an address like `C5`."""
    letters, digits = re.fullmatch(r"\$?([A-Z]+)\$?(\d+)", a1).groups()  # type: ignore[union-attr]
    col = 0
    for letter in letters:
        col = col * 26 + ord(letter) - 64
    return Ref(sheet, int(digits) - 1, col - 1)


def recalculate_ironcalc(path: Path | str, typed: dict[Ref, Any] | None = None) -> Values:
    """Recalculate with ironcalc, after typing values into cells."""
    import ironcalc

    model = ironcalc.load_from_xlsx(str(path), "en", "UTC", "en")
    names = [sheet["name"] for sheet in model.get_worksheets_properties()]
    for ref, value in (typed or {}).items():
        for cell in ref.cells():
            model.set_user_input(names.index(ref.sheet), cell.row + 1, cell.col + 1, str(value))
    model.evaluate()
    return Values({name: _ironcalc_sheet(model, i) for i, name in enumerate(names)})


def _ironcalc_sheet(model: Any, index: int) -> dict[tuple[int, int], Any]:
    first_row, last_row, first_col, last_col = model.get_sheet_dimensions(index)
    cells = {}
    for row in range(first_row, last_row + 1):
        for col in range(first_col, last_col + 1):
            value = model.get_cell_value(index, row, col)
            if value is not None and value != "":
                cells[row - 1, col - 1] = value
    return cells


def has_libreoffice() -> bool:
    return find_soffice() is not None


def _soffice(*arguments: str) -> None:
    with tempfile.TemporaryDirectory(prefix="xlcrm-office-") as profile:
        user = Path(profile, "user")
        user.mkdir()
        (user / "registrymodifications.xcu").write_text(_PROFILE, encoding="utf-8")
        command = [
            find_soffice() or "soffice",
            f"-env:UserInstallation=file://{profile}",
            "--headless",
        ]
        command += ["--norestore", "--nologo", "--nodefault", *arguments]
        subprocess.run(command, check=True, capture_output=True, timeout=180)


def recalculate_libreoffice(path: Path | str) -> Values:
    """Recalculate with LibreOffice: every formula anew, saved and read back."""
    import openpyxl

    with tempfile.TemporaryDirectory(prefix="xlcrm-recalc-") as out:
        _soffice("--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir", out, str(path))
        book = openpyxl.load_workbook(
            Path(out, Path(path).with_suffix(".xlsx").name), data_only=True
        )
        sheets = {}
        for sheet in book.worksheets:
            rows = enumerate(sheet.iter_rows(values_only=True))
            sheets[sheet.title] = {
                (r, c): value
                for r, row in rows
                for c, value in enumerate(row)
                if value is not None and value != ""
            }
        return Values(sheets)


def render_png(path: Path | str, out: Path | str, dpi: int = 80) -> list[Path]:
    """Every page of a workbook as a picture, through LibreOffice's PDF."""
    folder = Path(out)
    folder.mkdir(parents=True, exist_ok=True)
    _soffice("--convert-to", "pdf", "--outdir", str(folder), str(path))
    pdf = folder / Path(path).with_suffix(".pdf").name
    stem = folder / Path(path).stem
    subprocess.run(["pdftoppm", "-r", str(dpi), "-png", str(pdf), str(stem)], check=True)
    return sorted(folder.glob(f"{Path(path).stem}-*.png"))


def formulas_in(path: Path | str) -> Iterator[tuple[str, str, str]]:
    """Every formula of a workbook: sheet, address (or a name), formula without `=`.

    Cells, defined names, validations and conditional formats.
    """
    with zipfile.ZipFile(path) as archive:
        book = ElementTree.fromstring(archive.read("xl/workbook.xml"))
        links = ElementTree.fromstring(archive.read("xl/_rels/workbook.xml.rels"))
        targets = {link.get("Id"): link.get("Target") for link in links}
        for name in book.iterfind(".//m:definedName", _NS):
            yield "", str(name.get("name")), name.text or ""
        for sheet in book.iterfind(".//m:sheet", _NS):
            target = str(targets[sheet.get(_RELATION)]).lstrip("/").removeprefix("xl/")
            tree = ElementTree.fromstring(archive.read(f"xl/{target}"))
            yield from _sheet_formulas(str(sheet.get("name")), tree)


def _sheet_formulas(sheet: str, tree: ElementTree.Element) -> Iterator[tuple[str, str, str]]:
    for cell in tree.iterfind(".//m:c", _NS):
        formula = cell.find("m:f", _NS)
        if formula is not None:
            yield sheet, str(cell.get("r")), formula.text or ""
    for rule in tree.iterfind(".//m:conditionalFormatting", _NS):
        for formula in rule.iterfind(".//m:formula", _NS):
            yield sheet, str(rule.get("sqref")), formula.text or ""
    for rule in tree.iterfind(".//m:dataValidation", _NS):
        for tag in ("m:formula1", "m:formula2"):
            formula = rule.find(tag, _NS)
            if formula is not None and rule.get("type") != "list":
                yield sheet, str(rule.get("sqref")), formula.text or ""


def foreign_functions(path: Path | str) -> list[str]:
    """Formulas with a function that Excel 2016 or LibreOffice 7.4 does not have."""
    return [
        f"{sheet}!{place}: {', '.join(unknown)}"
        for sheet, place, formula in formulas_in(path)
        if (unknown := unknown_functions(formula))
    ]


def differences(left: Values, right: Values, tolerance: float = 1e-9) -> list[str]:
    """Cells in which two recalculations disagree, numbers by more than the tolerance."""
    found = []
    for sheet, cells in left.sheets.items():
        others = right.sheets.get(sheet, {})
        for at in sorted(set(cells) | set(others)):
            a, b = _plain(cells.get(at)), _plain(others.get(at))
            if a == b or {a, b} <= {None, "", 0}:
                continue
            numbers = isinstance(a, float) and isinstance(b, float)
            if numbers and abs(a - b) <= tolerance * max(1.0, abs(a), abs(b)):
                continue
            found.append(f"{sheet}!{Ref(sheet, *at).a1}: {a!r} / {b!r}")
    return found


def _plain(value: Any) -> Any:
    from datetime import date

    from xlcrm.cells import to_serial

    if isinstance(value, bool):
        return value
    if isinstance(value, (int, float)):
        return float(value)
    return to_serial(value) if isinstance(value, date) else value


def answers_found(path: Path | str, values: list[float], values_now: Values) -> list[str]:
    """Where a student's copy gives an answer away: in a cell as recalculated, or in any XML part.

    Leave out values that are data of the exercise, and small whole numbers that stand anywhere.
    """
    found = []
    wanted = {round(float(value), 6) for value in values}
    for sheet, cells in values_now.sheets.items():
        for at, value in cells.items():
            if isinstance(value, float) and round(value, 6) in wanted:
                found.append(f"{sheet}!{Ref(sheet, *at).a1}: {value}")
    shown = {format(value, ".15g") for value in wanted}
    number = re.compile(r"(?<![\w.])-?\d+(?:\.\d+)?(?![\w.])")
    with zipfile.ZipFile(path) as archive:
        for part in archive.namelist():
            text = archive.read(part).decode("utf-8", "replace")
            inside = re.sub(r"<[^>]*>", " ", text)
            found += [f"{part}: {n}" for n in set(number.findall(inside)) & shown]
    return found

"""The command that makes both copies, on the small workbooks: a trainer changes the data."""

from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from engines import recalculate_ironcalc

import xlcrm.commands
import xlcrm.templates  # noqa: F401  both fill the catalogue
from xlcrm.books.file import FileBook
from xlcrm.catalogue import TEMPLATES, find_command
from xlcrm.commands.job import Report, run
from xlcrm.errors import SourceError
from xlcrm.templates.handout_reading import read_handout
from xlcrm.texts import Text

HANDOUTS = [
    "break-even", "customer-risk", "dashboard", "financing-plan", "loans", "cash-placements",
    "prospecting-plan", "short-term-credit", "working-capital",
]  # fmt: skip


def launch(path: Path) -> Report:
    return run(find_command("sujet"), FileBook.open(path), as_of=date(2027, 1, 15), options={})


def checked(path: Path, verdict: str = "OK", **changes: object) -> Path:
    """The workbook as a spreadsheet program saves it: its overall check has a value."""
    book = openpyxl.load_workbook(path)
    checks = book.worksheets[[s.title for s in book].index("Contrôles")]
    checks["C5"] = verdict
    checks["C6"] = "Prêt : à revoir."
    for key, value in changes.items():
        data = book["Données"]
        at = next(r for r in range(6, 400) if data.cell(r, 6).value == key)
        data.cell(at, 5).value = value
    book.save(path)
    return path


def in_french(value: Any) -> Any:
    """An input as it stands in a cell: a text in the language of the workbook."""
    if isinstance(value, (list, tuple)):
        return [in_french(item) for item in value]
    return value.fr if isinstance(value, Text) else value


@pytest.mark.parametrize("teacher", [False, True], ids=["tool", "teacher"])
@pytest.mark.parametrize("name", HANDOUTS)
def test_data_are_read_as_they_were_written(name: str, teacher: bool, tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    kit = TEMPLATES[name].build(path, "fr", teacher)
    filled = read_handout(FileBook.open(checked(path)))
    assert filled is not None
    assert filled.entry.name == name
    assert filled.data == {key: in_french(value) for key, value in kit.given.items()}
    assert launch(path).counts["answers"] > 0
    assert (tmp_path / "a-eleve.xlsx").exists()


def test_a_change_in_the_data_sheet_comes_through(tmp_path: Path) -> None:
    path = tmp_path / "pret-formateur.xlsx"
    TEMPLATES["loans"].build(path, "fr", True)
    launch(checked(path, amount=30000, periods=5))
    made = TEMPLATES["loans"].build(
        tmp_path / "same.xlsx", "fr", True, data={"amount": 30000, "periods": 5}
    )
    copy = tmp_path / "pret-formateur-2.xlsx"
    assert copy.read_bytes() == (tmp_path / "same.xlsx").read_bytes()
    values = recalculate_ironcalc(copy)
    assert values[made.cells["first_total"]] == 6929.24  # PMT(5 %, 5, 30 000)
    assert recalculate_ironcalc(tmp_path / "pret-eleve.xlsx").errors() == []


def test_unsound_or_stale_data_are_refused_in_a_sentence(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    TEMPLATES["loans"].build(path, "fr", True)
    with pytest.raises(SourceError, match="n'a pas été recalculé"):
        launch(path)
    with pytest.raises(SourceError, match=r"à revoir\. Prêt : à revoir\."):
        launch(checked(path, "1 point à revoir"))
    TEMPLATES["loans"].build(path, "fr", False, variant="exercise")
    with pytest.raises(SourceError, match="copie d'élève"):
        launch(path)

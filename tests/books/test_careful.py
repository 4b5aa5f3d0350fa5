"""Workbooks that the fast reader refuses, and that Excel opens all the same."""

from datetime import date, datetime, time, timedelta
from pathlib import Path

import pytest
import xlsxwriter
from book_contract import column, people
from rich_workbooks import with_parts

from xlcrm.books.file import FileBook
from xlcrm.errors import SourceError

# A sheet that leads nowhere, as files of some programs have.
LOST = ("xl/workbook.xml", "</sheets>", '<sheet name="Perdue" sheetId="99"/></sheets>')
ROWS = [
    ["Nom", "CP", "Né le", "Vu le", "Heure", "Durée", "Client", "CA"],
    ["Durand", "06000", date(2026, 1, 31), datetime(2026, 2, 1, 10, 30), time(6, 0),
     timedelta(hours=36), True, 12],
    ["=Petit", None, None, None, None, None, False, 0.5],
]  # fmt: skip


def build(path: Path) -> None:
    with xlsxwriter.Workbook(str(path), {"strings_to_formulas": False}) as book:
        sheet = book.add_worksheet("Base")
        day = book.add_format({"num_format": "dd/mm/yyyy hh:mm"})
        for r, row in enumerate(ROWS):
            for c, value in enumerate(row):
                dated = isinstance(value, (date, time, timedelta))
                sheet.write(r, c, value, day if dated else None)
        sheet.write_formula("J2", "=1/0", None, "#DIV/0!")
        sheet.merge_range("A5:C5", "Remarque")
        sheet.set_row(2, None, None, {"hidden": True})


def test_it_is_read_as_the_fast_reader_reads_it(tmp_path: Path) -> None:
    whole, lost = tmp_path / "base.xlsx", tmp_path / "lost.xlsx"
    build(whole)
    build(lost)
    with_parts(lost, {}, {}, {}, [LOST])
    expected, found = FileBook.open(whole).read("Base"), FileBook.open(lost).read("Base")
    assert found.rows == expected.rows
    assert [list(map(type, row)) for row in found.rows] == [
        list(map(type, row)) for row in expected.rows
    ]
    assert (found.merged, found.hidden_rows) == (expected.merged, expected.hidden_rows)
    assert found.rows[1][1:4] == ["06000", date(2026, 1, 31), datetime(2026, 2, 1, 10, 30)]
    assert found.rows[1][9] == "#DIV/0!"


def test_results_are_written_to_it(tmp_path: Path) -> None:
    path = tmp_path / "lost.xlsx"
    build(path)
    with_parts(path, {}, {}, {}, [LOST])
    book = FileBook.open(path)
    book.write([people([["Petit"]])])
    assert column(FileBook.open(book.output), "Contacts", "Nom") == ["Petit"]


def test_entities_are_never_read(tmp_path: Path) -> None:
    path = tmp_path / "lost.xlsx"
    build(path)
    declared = '<!DOCTYPE sst [<!ENTITY e SYSTEM "file:///etc/hostname">]><sst '
    with_parts(path, {}, {}, {}, [LOST, ("xl/sharedStrings.xml", "<sst ", declared)])
    with pytest.raises(SourceError, match="abîmé"):
        FileBook.open(path).read("Base")


@pytest.mark.parametrize("tab", ["-1", "7", "x"])
def test_a_workbook_that_opens_on_no_sheet_is_read(tmp_path: Path, tab: str) -> None:
    path = tmp_path / "base.xlsx"
    build(path)
    with_parts(
        path,
        {},
        {},
        {},
        [("xl/workbook.xml", "<workbookView ", f'<workbookView activeTab="{tab}" ')],
    )
    book = FileBook.open(path)
    assert book.read("Base").rows[0] == [*ROWS[0], None, None]
    book.write([people([["Petit"]])])
    assert FileBook.open(book.output).sheets() == ["Base"]

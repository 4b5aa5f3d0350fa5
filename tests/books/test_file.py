"""The book on disk keeps the contract, whatever the file is."""

from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from book_contract import BookContract
from python_calamine import CalamineWorkbook

from xlcrm.books.book import Book
from xlcrm.books.file import FileBook


def build(path: Path, sheets: dict[str, list[list[Any]]], active: str | None = None) -> None:
    book = xlsxwriter.Workbook(str(path), {"default_date_format": "dd/mm/yyyy"})
    for name, rows in sheets.items():
        sheet = book.add_worksheet(name)
        for r, row in enumerate(rows):
            for c, value in enumerate(row):
                if isinstance(value, str):
                    sheet.write_string(r, c, value)
                else:
                    sheet.write(r, c, value)
        if name == active:
            sheet.activate()
    book.close()


class TestContract(BookContract):
    @pytest.fixture(autouse=True)
    def _folder(self, tmp_path: Path) -> None:
        self.folder = tmp_path

    def make(self, sheets: dict[str, list[list[Any]]], active: str | None = None) -> Book:
        path = self.folder / "base.xlsx"
        build(path, sheets, active)
        return FileBook.open(path, self.folder / "sortie.xlsx")

    def tabs(self, book: Any) -> list[str]:
        path = book.output if book.output.exists() else self.folder / "base.xlsx"
        return list(CalamineWorkbook.from_path(str(path)).sheet_names)

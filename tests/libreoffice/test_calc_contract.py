"""The live book keeps the contract of the Book protocol in LibreOffice Calc."""

from typing import Any

import pytest
from book_contract import BookContract

from xlcrm.books.live import LiveBook


class TestContract(BookContract):
    @pytest.fixture(autouse=True)
    def _office(self, app, tmp_path):
        self.app, self.folder = app, tmp_path
        yield
        for book in app.books:
            book.close()

    def make(self, sheets: dict[str, list[list[Any]]], active: str | None = None) -> LiveBook:
        book = self.app.books.add()
        for position, (name, rows) in enumerate(sheets.items()):
            sheet = book.sheets[0] if position == 0 else book.sheets.add(after=book.sheets[-1])
            sheet.name = name
            sheet["A1"].value = rows
        book.sheets[active or 0].select()
        book.save(self.folder / "base.xlsx")
        return LiveBook(book)

    def tabs(self, book: Any) -> list[str]:
        return [sheet.name for sheet in book._book.sheets]

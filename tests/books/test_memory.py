"""The book in memory keeps the contract, and shows what was written."""

from typing import Any

from book_contract import BASE, BookContract, people

from xlcrm.books.book import Book
from xlcrm.books.memory import MemoryBook


class TestContract(BookContract):
    def make(self, sheets: dict[str, list[list[Any]]], active: str | None = None) -> Book:
        return MemoryBook(sheets, "base.xlsx", active)

    def tabs(self, book: Any) -> list[str]:
        return list(book.tabs)


def test_results_stay_to_be_looked_at() -> None:
    book = MemoryBook({"Base": BASE})
    result = people([["Durand"]])
    book.write([result])
    book.progress(0.5, "Nettoyage")
    book.tell("Fini")
    assert book.results == {"contacts": result}
    assert (book.shares, book.told) == ([(0.5, "Nettoyage")], ["Fini"])

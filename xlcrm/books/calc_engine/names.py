"""Defined names: xlwings' Names and Name over Calc, of a document or of one sheet."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from xlwings import base_classes

from xlcrm.books.addresses import quoted
from xlcrm.books.calc_engine.errors import CalcError
from xlcrm.books.calc_engine.formulas import to_calc, to_excel

if TYPE_CHECKING:
    from xlcrm.books.calc_engine.book import Book
    from xlcrm.books.calc_engine.ranges import Range
    from xlcrm.books.calc_engine.sheet import Sheet


class Names(base_classes.Names):
    """The names of a document (those of its sheets too), or of one sheet alone."""

    def __init__(self, book: Book, sheet: Sheet | None = None) -> None:
        self._book = book
        self._sheet = sheet

    @property
    def api(self) -> Any:
        return (self._sheet or self._book).xl.NamedRanges

    xl = api

    def _every(self) -> list[Name]:
        if self._sheet is not None:
            return [Name(self._book, n, self._sheet) for n in self.xl.ElementNames]
        found = [Name(self._book, n) for n in self.xl.ElementNames]
        for sheet in self._book.sheets:
            found.extend(Name(self._book, n, sheet) for n in sheet.xl.NamedRanges.ElementNames)
        return found

    def __len__(self) -> int:
        return len(self._every())

    def snapshot(self) -> list[tuple[str, Name]]:
        return [(name.name, name) for name in self._every()]

    def __call__(self, name_or_index: str | int) -> Name:
        if isinstance(name_or_index, int):
            return self._every()[name_or_index - 1]
        wanted = name_or_index.casefold()
        for name in self._every():
            if wanted in (name.name.casefold(), name.local.casefold() if self._sheet else None):
                return name
        raise KeyError(name_or_index)

    def contains(self, name_or_index: str | int) -> bool:
        if isinstance(name_or_index, int):
            return 1 <= name_or_index <= len(self)
        wanted = name_or_index.casefold()
        return any(
            wanted == n.name.casefold() or (self._sheet and wanted == n.local.casefold())
            for n in self._every()
        )

    def add(self, name: str, refers_to: str) -> Name:
        scope, _, local = name.rpartition("!")
        sheet = self._book.sheets(scope.strip("'")) if scope else self._sheet
        holder = (sheet or self._book).xl.NamedRanges
        # Relative references count from the first cell, as in Excel with A1 selected.
        origin = (sheet or self._book.sheets(1)).cell_address(1, 1)
        if holder.hasByName(local):
            holder.removeByName(local)
        try:
            holder.addNewByName(local, _content(refers_to), origin, 0)
        except self._book.link.errors as error:
            raise CalcError(f"{name} cannot be a name for {refers_to}.") from error
        return Name(self._book, local, sheet)

    put = add

    def of(self, area: Range) -> Name | None:
        """The name of exactly that range."""
        wanted = f"={quoted(area.sheet.name)}!{area.address}"
        plain = f"={area.sheet.name}!{area.address}"
        return next((n for n in self._every() if n.refers_to in (wanted, plain)), None)


class Name(base_classes.Name):
    """A defined name; known by its text and its sheet, not by its place in the list."""

    def __init__(self, book: Book, local: str, sheet: Sheet | None = None) -> None:
        self._book = book
        self.local = local
        self._sheet = sheet

    @property
    def _holder(self) -> Any:
        return (self._sheet or self._book).xl.NamedRanges

    @property
    def api(self) -> Any:
        return self._holder.getByName(self.local)

    xl = api

    def delete(self) -> None:
        self._holder.removeByName(self.local)

    @property
    def name(self) -> str:
        if self._sheet is None:
            return self.local
        scope = self._sheet.name
        return f"{scope if scope.isidentifier() else quoted(scope)}!{self.local}"

    @name.setter
    def name(self, value: str) -> None:
        local = value.rpartition("!")[2]
        self.xl.setName(local)
        self.local = local

    @property
    def refers_to(self) -> str:
        return "=" + to_excel(str(self.xl.Content).replace("$#REF!.", "#REF!."))

    @refers_to.setter
    def refers_to(self, value: str) -> None:
        self.xl.setContent(_content(value))

    @property
    def refers_to_range(self) -> Range:
        from xlcrm.books.calc_engine.ranges import Range

        xl = self.xl.getReferredCells()
        if xl is None:
            raise CalcError(f"{self.name} does not refer to cells.")
        return Range.of(self._book.sheets(xl.RangeAddress.Sheet + 1), xl)


def _content(refers_to: str) -> str:
    return to_calc(refers_to).removeprefix("=")

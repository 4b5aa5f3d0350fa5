"""A spreadsheet and its sheets: xlwings' Book and Sheets over Calc."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from xlwings import base_classes

from xlcrm.books.calc_engine.errors import CalcError, missing
from xlcrm.books.calc_engine.link import properties
from xlcrm.books.calc_engine.names import Names
from xlcrm.books.calc_engine.number_formats import NumberFormats
from xlcrm.books.calc_engine.paths import to_path, to_url

if TYPE_CHECKING:
    from xlcrm.books.calc_engine.app import App
    from xlcrm.books.calc_engine.ranges import Range
    from xlcrm.books.calc_engine.sheet import Sheet

_FILTERS = {
    ".xlsx": "Calc MS Excel 2007 XML",
    ".xlsm": "Calc MS Excel 2007 VBA XML",
    ".xls": "MS Excel 97",
    ".ods": "calc8",
    ".csv": "Text - txt - csv (StarCalc)",
}
_CSV_OPTIONS = "44,34,76,1"  # comma, double quote, UTF-8, from the first row


class Book(base_classes.Book):
    """A spreadsheet document."""

    def __init__(self, app: App, xl: Any) -> None:
        self._app = app
        self.xl = xl
        self._formats: NumberFormats | None = None

    @property
    def app(self) -> App:
        return self._app

    @property
    def api(self) -> Any:
        return self.xl

    @property
    def link(self) -> Any:
        return self._app.link

    @property
    def controller(self) -> Any:
        return self.xl.CurrentController

    @property
    def frame(self) -> Any:
        return self.controller.Frame

    @property
    def number_formats(self) -> NumberFormats:
        if self._formats is None:
            self._formats = NumberFormats(self)
        return self._formats

    @property
    def name(self) -> str:
        url = self.xl.URL
        return os.path.basename(to_path(url)) if url else str(self.xl.Title)

    @property
    def fullname(self) -> str:
        url = self.xl.URL
        return to_path(url) if url else str(self.xl.Title)

    @property
    def sheets(self) -> Sheets:
        return Sheets(self)

    @property
    def names(self) -> Names:
        return Names(self)

    def activate(self) -> None:
        self._app.latest = self.xl
        self.frame.activate()

    def close(self) -> None:
        self.xl.setModified(False)
        self.xl.close(True)

    def save(self, path: str | None = None, password: str | None = None) -> None:
        if path is None and self.xl.URL and password is None:
            self.xl.store()
        else:
            path = path or self.fullname
            stem, suffix = os.path.splitext(path)
            if not suffix:
                suffix = os.path.splitext(self.name)[1] or ".xlsx"
            self._store(stem + suffix, suffix.lower(), password)

    def _store(self, path: str, suffix: str, password: str | None) -> None:
        if suffix not in _FILTERS:
            raise missing(f"Book.save() as {suffix}")
        wanted: dict[str, Any] = {"FilterName": _FILTERS[suffix], "Overwrite": True}
        if password:
            wanted["Password"] = password
        if suffix == ".csv":
            wanted["FilterOptions"] = _CSV_OPTIONS
        try:
            self.xl.storeAsURL(to_url(path), properties(self.link, **wanted))
        except self.link.errors as error:
            raise CalcError(f"LibreOffice cannot write {path}: {error}") from error

    def to_pdf(self, path: str, quality: str = "standard") -> None:
        self.export_pdf(path, quality)

    def export_pdf(self, path: str, quality: str, selection: Any = None) -> None:
        """Write the document, or a selection of cells, as a PDF."""
        data: dict[str, Any] = {"Quality": 90 if quality == "standard" else 60}
        if selection is not None:
            data["Selection"] = selection
        link = self.link
        filter_data = link.typed("[]com.sun.star.beans.PropertyValue", properties(link, **data))
        wanted = properties(link, FilterName="calc_pdf_Export", FilterData=filter_data)
        self.xl.storeToURL(to_url(path), wanted)

    def refuse_if_protected(self) -> None:
        """The interface of Calc changes the sheets of a protected document; Excel does not."""
        if self.xl.isProtected():
            raise CalcError(f"The structure of {self.name} is protected.")


class Sheets(base_classes.Sheets):
    """The sheets of a document, in their order."""

    def __init__(self, book: Book) -> None:
        self.book = book
        self.xl = book.xl.Sheets

    @property
    def api(self) -> Any:
        return self.xl

    @property
    def active(self) -> Sheet:
        return self(self.book.controller.ActiveSheet.Name)

    def __call__(self, name_or_index: str | int) -> Sheet:
        from xlcrm.books.calc_engine.sheet import Sheet

        names = self.xl.ElementNames
        if isinstance(name_or_index, int):
            if not 1 <= name_or_index <= len(names):
                raise IndexError(name_or_index)
            return Sheet(self.book, names[name_or_index - 1])
        for name in names:
            if name.casefold() == name_or_index.casefold():
                return Sheet(self.book, name)
        raise KeyError(name_or_index)

    def __contains__(self, name: str) -> bool:
        return any(n.casefold() == name.casefold() for n in self.xl.ElementNames)

    def __len__(self) -> int:
        return int(self.xl.Count)

    def __iter__(self) -> Iterator[Sheet]:
        from xlcrm.books.calc_engine.sheet import Sheet

        return iter([Sheet(self.book, name) for name in self.xl.ElementNames])

    def add(
        self, before: Sheet | None = None, after: Sheet | None = None, name: str | None = None
    ) -> Sheet:
        self.book.refuse_if_protected()
        if before is None and after is None:
            before = self.active
        place = before.index - 1 if before is not None else after.index  # type: ignore[union-attr]
        name = name or self._new_name()
        self.xl.insertNewByName(name, place)
        sheet = self(name)
        sheet.select()
        return sheet

    def _new_name(self) -> str:
        number = len(self) + 1
        while f"Sheet{number}" in self:
            number += 1
        return f"Sheet{number}"


def selection_of(book: Book) -> Range | None:
    """The selected cells; None when something else is selected."""
    from xlcrm.books.calc_engine.ranges import Range

    selected = book.controller.Selection
    with suppress(AttributeError):
        if selected.supportsService("com.sun.star.sheet.SheetCellRange"):
            addresses: Any = [selected.RangeAddress]
        elif selected.supportsService("com.sun.star.sheet.SheetCellRanges"):
            addresses = selected.RangeAddresses
        else:
            return None
        sheet = book.sheets(addresses[0].Sheet + 1)
        areas = [
            (a.StartRow + 1, a.StartColumn + 1, a.EndRow + 1, a.EndColumn + 1) for a in addresses
        ]
        return Range(sheet, areas)
    return None

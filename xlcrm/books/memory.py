"""A workbook in memory: what the tests of commands read from and write to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from xlcrm.books.book import Grid
from xlcrm.books.layout import lay_out, sheet_name
from xlcrm.books.results import ResultSheet
from xlcrm.errors import RequestError
from xlcrm.texts import Lang, listed, meant


class MemoryBook:
    """Sheets given as lists of rows, or as Grids; written result sheets stay to be looked at.

    >>> book = MemoryBook({"Base": [["Nom"], ["Durand"]]})
    >>> book.sheets(), book.read("Base").rows
    (['Base'], [['Nom'], ['Durand']])
    """

    def __init__(
        self,
        sheets: Mapping[str, Sequence[Sequence[Any]] | Grid],
        name: str = "memory.xlsx",
        active: str | None = None,
        lang: Lang = "fr",
        hidden: Sequence[str] = (),
    ) -> None:
        self.name = name
        self._hidden = list(hidden)
        self.lang = lang
        self.results: dict[str, ResultSheet] = {}  # role -> what was written
        self.attached: dict[str, bytes] = {}
        self.told: list[str] = []
        self.shares: list[tuple[float, str]] = []
        self._active = active
        self.tabs = list(sheets)  # every sheet, in order
        self._names: dict[str, str] = {}  # role -> name
        self._grids = {
            n: s if isinstance(s, Grid) else Grid(n, [list(row) for row in s])
            for n, s in sheets.items()
        }

    def sheets(self) -> list[str]:
        others = {*self._names.values(), *self._hidden}
        return [name for name in self.tabs if name not in others]

    def hidden(self) -> list[str]:
        return self._hidden

    def active(self) -> str | None:
        return self._active

    def read(self, sheet: str) -> Grid:
        if sheet in self._grids:
            return self._grids[sheet]
        raise no_sheet(sheet, self.name, self.tabs)

    def made(self) -> dict[str, str]:
        return {role: name for name in self.tabs for role, n in self._names.items() if n == name}

    def write(self, results: Sequence[ResultSheet]) -> list[str]:
        grids = [list(lay_out(result, self.lang).rows()) for result in results]
        names = []
        for result, rows in zip(results, grids, strict=True):
            present = self._names.get(result.role)
            if present is None:
                present = sheet_name(result.name, self.tabs)
                self.tabs.append(present)
                self._names[result.role] = present
            elif result.settings:
                names.append(present)
                continue
            self.results[result.role] = result
            self._grids[present] = Grid(present, rows)
            names.append(present)
        return names

    def drop(self, roles: Sequence[str] | None = None) -> list[str]:
        dropped = [n for role, n in self.made().items() if roles is None or role in roles]
        for role in [r for r, n in self._names.items() if n in dropped]:
            del self._names[role], self.results[role]
        for name in dropped:
            del self._grids[name]
        self.tabs = [name for name in self.tabs if name not in dropped]
        return dropped

    def attach(self, name: str, content: bytes) -> str:
        self.attached[name] = content
        return name

    def progress(self, share: float, text: str) -> None:
        self.shares.append((share, text))

    def tell(self, text: str) -> None:
        self.told.append(text)


def no_sheet(sheet: str, book: str, there: Sequence[str]) -> RequestError:
    """The error for a sheet that a workbook does not have."""
    return RequestError(
        fr=f"Pas de feuille « {sheet} » dans {book} ; il y a : {listed(there)}."
        + meant(sheet, there),
        en=f'No sheet "{sheet}" in {book}; there are: {listed(there, "en")}.'
        + meant(sheet, there, "en"),
    )

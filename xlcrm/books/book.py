"""Book: the one protocol between commands and a workbook, wherever it lives."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from xlcrm.books.results import ResultSheet


@dataclass(slots=True)
class Grid:
    """The values of a sheet, or of a region of it, as they stand.

    `rows[0][0]` is the cell at row `top`, column `left` (from 1, as a person counts). Values are
    None, str, float, int, bool, date or datetime; a failed formula is its error text (`#N/A`).
    `merged` holds the merged ranges (first row, first column, last row, last column), from 1.
    """

    sheet: str
    rows: list[list[Any]]
    top: int = 1
    left: int = 1
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    hidden_rows: frozenset[int] = frozenset()


class Book(Protocol):
    """A workbook that commands read from and write result sheets to.

    Implementations: MemoryBook (tests), FileBook (.xlsx .xlsm .csv, no spreadsheet program),
    LiveBook (Excel, or LibreOffice Calc, through xlwings).
    """

    @property
    def name(self) -> str:
        """The file name with its suffix, for the column Source."""

    def sheets(self) -> list[str]:
        """The user's worksheets in order, without hidden ones and those that xlcrm made."""

    def hidden(self) -> list[str]:
        """The user's worksheets that are hidden; only what must not be lost is looked for there."""

    def active(self) -> str | None:
        """The sheet that the user is on; None where there is no such thing."""

    def read(self, sheet: str) -> Grid:
        """The data of a sheet: the active table where the user stands in one, else all of it.

        Raises RequestError naming the sheets that exist.
        """

    def made(self) -> dict[str, str]:
        """The sheets that xlcrm made: role -> present name of the sheet."""

    def write(self, results: Sequence[ResultSheet]) -> list[str]:
        """Write result sheets, all or none, and give their names in order.

        A sheet of the same role that xlcrm made before is replaced in its place, unless it is a
        settings sheet, which is kept. A user's sheet of the same name is never touched: the
        result then takes the name with " (2)". Names are cut to 31 characters and cleaned of
        `[ ] : * ? / \\`. Raises SourceError where nothing can be written.
        """

    def drop(self, roles: Sequence[str] | None = None) -> list[str]:
        """Remove result sheets (all of them by default), and give their names."""

    def attach(self, name: str, content: bytes) -> str:
        """Save a file of its own beside the workbook, under a free name, and give its place.

        Raises SourceError where nothing can be written.
        """

    def progress(self, share: float, text: str) -> None:
        """Show how far the work is: share from 0 to 1."""

    def tell(self, text: str) -> None:
        """Show one message to the user."""

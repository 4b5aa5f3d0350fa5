"""Reads the tables of a web page: many exports named .xls are one."""

from __future__ import annotations

from html.parser import HTMLParser
from pathlib import Path
from typing import Any

from xlcrm.books.delimited import decode
from xlcrm.errors import SourceError


def read_html(path: Path) -> list[list[Any]]:
    """The rows of the largest table of a page, every value a text, blanks None.

    Raises SourceError for a page without a table.
    """
    reader = _Reader()
    reader.feed(decode(path.read_bytes()))
    reader.close()
    tables = [table for table in reader.tables if table]
    if not tables:
        raise SourceError(
            fr=f"{path.name} est une page web sans tableau (souvent une page de connexion). "
            "Refaites l'export depuis le site, en format .xlsx ou .csv.",
            en=f"{path.name} is a web page without a table (often a login page). Export it from "
            "the site again, as .xlsx or .csv.",
        )
    rows = max(tables, key=lambda table: sum(map(len, table)))
    width = max(map(len, rows))
    return [row + [None] * (width - len(row)) for row in rows]


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tables: list[list[list[Any]]] = []
        self._open: list[list[list[Any]]] = []
        self._cell: list[str] | None = None
        self._span = 1

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "table":
            self._open.append([])
            self.tables.append(self._open[-1])
        elif tag == "tr" and self._open:
            self._end_cell()
            self._open[-1].append([])
        elif tag in ("td", "th") and self._open:
            self._end_cell()
            if not self._open[-1]:
                self._open[-1].append([])
            span = dict(attrs).get("colspan") or "1"
            self._span = min(int(span), 1000) if span.isdigit() else 1
            self._cell = []
        elif tag == "br" and self._cell is not None:
            self._cell.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in ("td", "th", "tr", "table"):
            self._end_cell()
        if tag == "table" and self._open:
            self._open.pop()

    def handle_data(self, data: str) -> None:
        if self._cell is not None:
            self._cell.append(" ".join(data.split()) if not data.isspace() else " ")

    def _end_cell(self) -> None:
        if self._cell is None or not self._open or not self._open[-1]:
            self._cell = None
            return
        text = "".join(self._cell).strip()
        self._open[-1][-1].extend([text or None] + [None] * (max(self._span, 1) - 1))
        self._cell = None

"""Reads what calamine refuses: a workbook with macro sheets, or with sheets that lead nowhere."""

from __future__ import annotations

import warnings
import zipfile
from datetime import datetime
from pathlib import Path
from typing import Any

from xlcrm.books.book import Grid
from xlcrm.books.markup import Malformed
from xlcrm.books.sheets import Details, plain

_HEAD = 4096  # bytes in which a document type would be declared


def read_carefully(path: Path, sheet: str, details: Details) -> Grid:
    """A whole sheet of an .xlsx or .xlsm through openpyxl, which is slower and less strict.

    Raises Malformed for what openpyxl cannot read either.
    """
    import openpyxl

    _refuse_document_types(path)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            workbook = openpyxl.load_workbook(path, data_only=True, keep_links=False)
        found = workbook[sheet]
        rows = [[_value(value) for value in row] for row in found.iter_rows(values_only=True)]
        merged = [(r.min_row, r.min_col, r.max_row, r.max_col) for r in found.merged_cells.ranges]
    except (KeyError, ValueError, TypeError, AttributeError, IndexError, SyntaxError) as error:
        raise Malformed(sheet) from error
    while rows and not any(value is not None for value in rows[-1]):
        rows.pop()
    return Grid(sheet, rows, merged=merged, hidden_rows=frozenset(details.hidden_rows))


def _refuse_document_types(path: Path) -> None:
    """No part of a workbook declares one; entities in it could fill the memory or read files."""
    with zipfile.ZipFile(path) as archive:
        for info in archive.infolist():
            with archive.open(info) as part:
                if b"<!DOCTYPE" in part.read(_HEAD).upper():
                    raise Malformed("<!DOCTYPE>")


def _value(value: Any) -> Any:
    """As calamine gives it: numbers with a point, a date alone at midnight."""
    if isinstance(value, datetime) and value.time() == datetime.min.time():
        return value.date()
    if isinstance(value, int) and not isinstance(value, bool):
        return float(value)
    return plain(value)

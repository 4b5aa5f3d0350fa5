"""A new workbook that holds the values of a source that is no .xlsx (.csv, .xls, .ods…)."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Collection, Iterator, Sequence
from datetime import datetime
from functools import partial

import xlsxwriter

from xlcrm.books.addresses import column_letters
from xlcrm.books.book import Grid
from xlcrm.books.package import Package, Stream
from xlcrm.books.rows import CellStyles, row_xml
from xlcrm.books.workbook import Workbook

_MOST_WIDTH, _SAMPLE = 45, 200
_STYLES = re.compile(rb'<c r="A1" s="(\d+)"/><c r="B1" s="(\d+)"/>')
_DIMENSION = re.compile(rb'<dimension ref="[^"]*"/>')


def fresh_workbook(
    grids: Sequence[Grid], as_text: bool, hidden: Collection[str] = frozenset()
) -> bytes:
    """The bytes of a workbook with these sheets, some of them hidden; `as_text` keeps leading
    zeros when edited."""
    drawn = io.BytesIO()
    book = xlsxwriter.Workbook(drawn, {"in_memory": True})
    book.set_properties({"created": datetime(2026, 1, 1)})
    formats = [
        book.add_format({"num_format": "@" if as_text else "General", "valign": "vcenter"}),
        book.add_format({"num_format": "dd/mm/yyyy", "valign": "vcenter"}),
    ]
    for grid in grids:
        sheet = book.add_worksheet(grid.sheet)
        for column, width in enumerate(_widths(grid)):
            sheet.set_column(column, column, width)
        for column, look in enumerate(formats):
            sheet.write_blank(0, column, None, look)
        sheet.write_string(0, len(formats), grid.sheet)  # Excel expects some shared text
        for top, left, bottom, right in grid.merged:
            sheet.merge_range(top - 1, left - 1, bottom - 1, right - 1, "")
        if grid.sheet in hidden:
            sheet.hide()
    shown = next((sheet for sheet in book.worksheets() if sheet.name not in hidden), None)
    if shown is not None:
        shown.activate()
        shown.set_first_sheet()
    book.close()
    return _filled(drawn, grids)


def _filled(drawn: io.BytesIO, grids: Sequence[Grid]) -> bytes:
    """The drawn workbook with the rows of each sheet."""
    out = io.BytesIO()
    with zipfile.ZipFile(drawn) as archive:
        package = Package(archive, "xlcrm")
        for sheet, grid in zip(Workbook(package).sheets(), grids, strict=True):
            xml = package.read(sheet.part)
            cells = len(grid.rows) * (len(grid.rows[0]) if grid.rows else 0)
            pieces = partial(_sheet_xml, xml, grid)
            package.put(sheet.part, Stream(pieces, big=cells > 8_000_000))
        package.save(out)
    return out.getvalue()


def _sheet_xml(xml: bytes, grid: Grid) -> Iterator[bytes]:
    match = _STYLES.search(xml)
    assert match is not None  # two formats have just been written there
    width = max(1, len(grid.rows[0]) if grid.rows else 0)
    size = f"A1:{column_letters(width)}{max(1, len(grid.rows))}"
    xml = _DIMENSION.sub(f'<dimension ref="{size}"/>'.encode(), xml, count=1)
    head, _, rest = xml.partition(b"<sheetData>")
    _, _, tail = rest.partition(b"</sheetData>")
    yield head + b"<sheetData>"
    styles = CellStyles([int(match[1])] * width, dates=int(match[2]))
    for piece in row_xml(grid.rows, 1, styles):
        yield piece.encode()
    yield b"</sheetData>" + tail


def _widths(grid: Grid) -> list[float]:
    width = len(grid.rows[0]) if grid.rows else 0
    sample = grid.rows[:_SAMPLE]
    return [
        min(
            _MOST_WIDTH,
            max([8, *(len(str(row[c])) + 2 for row in sample if row[c] is not None)]),
        )
        for c in range(width)
    ]

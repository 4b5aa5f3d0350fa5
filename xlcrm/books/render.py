"""Draws result sheets with XlsxWriter, in a workbook beside the user's.

XlsxWriter makes all but the rows of the tables: heading, widths, filter, lists, conditional
formats, charts, comments, page. The rows are written by xlcrm.books.rows when the sheet goes
into the user's workbook, in the formats that stand here on one more sheet, one in a cell.
"""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import xlsxwriter

from xlcrm.books.addresses import column_letters
from xlcrm.books.charts import draw_chart
from xlcrm.books.layout import Block, Layout, sheet_name
from xlcrm.books.look import (
    FILLS,
    FONT,
    HEADER,
    NOTE,
    TABLE_TITLE,
    TITLE,
    cell_look,
)
from xlcrm.books.pages import page_starts, pages_wide, repeats_header
from xlcrm.books.results import Column, ColumnKind, Mark

_LONGEST_LIST = 255  # characters of a validation list, commas included
_MOST_FROZEN = 12  # rows; more would leave no room to scroll on a small screen

Pen = tuple[ColumnKind, Mark | None, bool]  # kind, mark, last row of a table with totals


@dataclass(slots=True)
class Rendered:
    """The drawn workbook: its bytes, and for each pen its row on the last sheet."""

    content: bytes
    pens: dict[Pen, int]


def render(named: Sequence[tuple[str, Layout]]) -> Rendered:
    """Draw sheets of these names, without the rows of their tables."""
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True})
    book.set_properties({"created": datetime(2026, 1, 1)})
    drawer = _Drawer(book)
    for name, layout in named:
        drawer.draw(name, layout)
    pens = sorted({pen for _, layout in named for pen in pens_of(layout)}, key=str)
    formats = book.add_worksheet(sheet_name("formats", [name for name, _ in named]))
    formats.activate()  # so that no result sheet is selected together with one of the user's
    for row, (kind, mark, last) in enumerate(pens):
        formats.write_blank(row, 0, None, drawer.format(cell_look(kind, mark, last)))
    book.close()
    return Rendered(stream.getvalue(), dict(zip(pens, range(len(pens)), strict=True)))


def pens_of(layout: Layout) -> set[Pen]:
    """Every kind of cell that the tables of a sheet need."""
    pens: set[Pen] = set()
    for block in layout.blocks:
        kinds = [column.kind for column in block.table.columns]
        pens.update((kind, None, False) for kind in kinds)
        pens.add(("date", None, False))  # a date in a column that is not for dates
        if block.table.totals:
            pens.update((kind, None, True) for kind in kinds)
        pens.update(marked_pen(block, place, mark) for place, mark in block.table.marks.items())
    return pens


def marked_pen(block: Block, place: tuple[int, int], mark: Mark) -> Pen:
    """The pen of a marked cell; a date stays a date in a column that is not for dates."""
    row, column = place
    is_date = isinstance(block.value(row, column), date)
    return ("date" if is_date else block.table.columns[column].kind), mark, False


class _Drawer:
    def __init__(self, book: xlsxwriter.Workbook) -> None:
        self._book = book
        self._formats: dict[str, Any] = {}

    def format(self, look: dict[str, Any]) -> Any:
        key = repr(sorted(look.items()))
        if key not in self._formats:
            self._formats[key] = self._book.add_format({"font_name": FONT, **look})
        return self._formats[key]

    def draw(self, name: str, layout: Layout) -> None:
        sheet = self._book.add_worksheet(name)
        widths = _widths(layout)
        for position, width in enumerate(widths):
            sheet.set_column(position, position, width)
        self._draw_heading(sheet, layout)
        for block in layout.blocks:
            self._draw_block(sheet, block, widths)
        self._filter(sheet, layout)
        for place, chart in enumerate(layout.result.charts):
            drawn = draw_chart(self._book, name, layout.blocks[chart.table], chart)
            if drawn is not None:
                row, column = layout.chart_place(place)
                sheet.insert_chart(row - 1, column - 1, drawn, {"object_position": 3})
        self._set_up_page(sheet, layout, widths)

    def _draw_heading(self, sheet: Any, layout: Layout) -> None:
        sheet.hide_gridlines(2)
        sheet.set_row(0, 26)
        sheet.write_string(0, 0, layout.result.title, self.format({**TITLE, "valign": "vcenter"}))
        for row, note in enumerate(layout.result.notes, 1):
            sheet.write_string(row, 0, note, self.format(NOTE))
        for position, text in enumerate(layout.legend_texts()):
            fill, ink = FILLS[layout.legend[position]]
            look = {"bg_color": fill, "font_color": ink, "font_size": 9, "align": "center"}
            sheet.write_string(layout.legend_row - 1, position, text, self.format(look))

    def _draw_block(self, sheet: Any, block: Block, widths: list[float]) -> None:
        if block.title_row:
            sheet.write_string(block.title_row - 1, 0, block.table.title, self.format(TABLE_TITLE))
        header = block.header_row - 1
        sheet.set_row(header, _header_height(block, widths))
        for position, column in enumerate(block.table.columns):
            sheet.write_string(header, position, column.label, self.format(HEADER))
            if column.note:
                sheet.write_comment(header, position, column.note, _comment_size(column.note))
            if block.table.rows:
                _rule_and_list(sheet, block, position, column)

    def _filter(self, sheet: Any, layout: Layout) -> None:
        if not layout.blocks:
            return
        block = layout.blocks[0]
        last = block.last_row - (1 if block.table.totals and block.table.rows else 0)
        if len(block.table.rows) > 1:
            sheet.autofilter(block.header_row - 1, 0, last - 1, block.width - 1)
        if layout.has_one_list and block.header_row <= _MOST_FROZEN:
            sheet.freeze_panes(block.header_row, 0)
        sheet.ignore_errors(
            {"number_stored_as_text": f"A1:{_cell(layout.height, max(layout.width, 1))}"}
        )

    def _set_up_page(self, sheet: Any, layout: Layout, widths: list[float]) -> None:
        sheet.set_paper(9)
        if layout.result.landscape:
            sheet.set_landscape()
        wide = pages_wide(layout, widths)
        sheet.fit_to_pages(wide, 0)
        if wide > 1:  # side by side, each with the column that tells the rows
            sheet.print_across()
            sheet.repeat_columns(0)
        headers = [_header_height(block, widths) for block in layout.blocks]
        sheet.set_h_pagebreaks([row - 1 for row in page_starts(layout, widths, headers)])
        sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
        sheet.set_footer("&L&9&A&C&9&F&R&9&P / &N")
        if repeats_header(layout):
            header = layout.blocks[0].header_row - 1
            sheet.repeat_rows(header, header)


def _widths(layout: Layout) -> list[float]:
    widths = list(layout.widths)
    if layout.blocks and len(layout.blocks[0].table.rows) > 1:  # room for the filter buttons
        for position in range(layout.blocks[0].width):
            if layout.blocks[0].table.columns[position].width is None:
                widths[position] = min(widths[position] + 1.5, 45.0)
    for position, text in enumerate(layout.legend_texts()):
        widths[position] = max(widths[position], len(text) + 2.0)
    return widths


def _header_height(block: Block, widths: list[float]) -> float:
    lines = 1
    for column, width in zip(block.table.columns, widths, strict=False):
        parts = column.label.split("\n")
        lines = max(lines, sum(max(1, -(-len(part) // max(1, int(width - 3)))) for part in parts))
    return 8.0 + 15.0 * min(lines, 4)


def _comment_size(note: str) -> dict[str, Any]:
    return {"author": "xlcrm", "x_scale": 1.6, "y_scale": max(0.5, 0.25 * (2 + len(note) / 34))}


def _rule_and_list(sheet: Any, block: Block, position: int, column: Column) -> None:
    last = block.last_row - (1 if block.table.totals else 0)
    if last < block.first_row:
        return
    area = (block.first_row - 1, position, last - 1, position)
    if column.rule == "bar":
        sheet.conditional_format(
            *area,
            {"type": "data_bar", "bar_color": "#99C1DE", "bar_solid": True, "min_type": "num"},
        )
    elif column.rule == "scale":
        colors = {"min_color": "#F8CBAD", "mid_color": "#FFF2CC", "max_color": "#B7DDB0"}
        sheet.conditional_format(*area, {"type": "3_color_scale", **colors})
    elif column.rule == "icons":
        sheet.conditional_format(*area, {"type": "icon_set", "icon_style": "3_traffic_lights"})
    plain = not any("," in choice or '"' in choice for choice in column.choices)
    if column.choices and plain and len(",".join(column.choices)) <= _LONGEST_LIST:
        sheet.data_validation(*area, {"validate": "list", "source": list(column.choices)})


def _cell(row: int, column: int, fixed: str = "") -> str:
    return f"{fixed}{column_letters(column)}{fixed}{row}"


_CELL_STYLE = re.compile(rb'<c r="A(\d+)" s="(\d+)"/>')


def pen_numbers(rendered: Rendered, format_sheet: bytes) -> dict[Pen, int]:
    """The cell format of each pen, read from the sheet that shows them."""
    styles = {int(m[1]) - 1: int(m[2]) for m in _CELL_STYLE.finditer(format_sheet)}
    return {pen: styles[row] for pen, row in rendered.pens.items()}

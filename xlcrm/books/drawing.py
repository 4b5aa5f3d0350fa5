"""Draws a result sheet through xlwings: values in one block, then how they look.

What an engine or its program lacks (NotImplementedError) is left out: the values always stand.
An engine that stores every text as a text says so with `literal_text = True`; for the others, a
text that would be read as a formula or a number gets an apostrophe before it. References of
several areas (`A1:A9,C3`) are used for marked cells and for the data of a chart.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import xlwings as xw

from xlcrm.books.addresses import column_letters, quoted
from xlcrm.books.layout import CHART_HEIGHT, CHART_WIDTH, Block, Layout, lay_out
from xlcrm.books.look import FILLS, HEADER, NOTE, SERIES, TABLE_TITLE, TITLE
from xlcrm.books.pages import pages_wide, repeats_header
from xlcrm.books.results import NUMBER_FORMATS, Chart, Column, Mark, ResultSheet, Table
from xlcrm.texts import Lang

_CHART_TYPES = {
    "column": "column_clustered",
    "bar": "bar_clustered",
    "line": "line",
    "pie": "pie",
    "stacked": "column_stacked",
    "area": "area",
}
_SCALE = ("#F8CBAD", "#FFF2CC", "#C6E0B4")
_LONGEST_ADDRESS = 250  # Excel refuses a reference text of more than 255 characters
_LONGEST_TEXT = 32_767  # characters that a cell holds

# Texts that Excel would turn into a formula, a number, a date, a boolean or an error.
_MISREAD = re.compile(
    r"[^A-Za-zÀ-ÖØ-öø-ÿ]|[^\W\d_]{3,9}\.?[ ./-]*\d|(?:true|false|vrai|faux)$", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Prepared:
    """A result sheet with the place of every part and the values of every cell."""

    layout: Layout
    rows: list[list[Any]]

    @property
    def result(self) -> ResultSheet:
        return self.layout.result


def prepare(result: ResultSheet, lang: Lang) -> Prepared:
    """Everything of a sheet that can be worked out without the program."""
    layout = lay_out(result, lang)
    return Prepared(layout, list(layout.rows()))


def draw(sheet: xw.Sheet, prepared: Prepared) -> None:
    """Fill an empty sheet with a result."""
    layout = prepared.layout
    protects = not getattr(sheet.book.app.engine.impl, "literal_text", False)
    rows = [[_cell(value, protects) for value in row] for row in prepared.rows]
    sheet.range((1, 1), (len(rows), layout.width)).value = rows
    for block in layout.blocks:
        _draw_table(sheet, block)
    _draw_heading(sheet, layout)
    for position, width in enumerate(layout.widths, 1):
        sheet.range((1, position)).column_width = width
    with suppress(NotImplementedError):
        if len(layout.blocks) == 1:
            header = layout.blocks[0].header_row
            sheet.freeze_panes.freeze_at(sheet.range((1, 1), (header, 1)))
    for place, chart in enumerate(layout.result.charts):
        with suppress(NotImplementedError):
            _draw_chart(sheet, layout, chart, place)
    _set_up_page(sheet, layout)


def empty(sheet: xw.Sheet) -> None:
    """Take everything off a sheet that was drawn before."""
    sheet.clear()
    with suppress(NotImplementedError):
        for chart in list(sheet.charts):
            chart.delete()
    with suppress(NotImplementedError):
        sheet.freeze_panes.unfreeze()


def name_tables(sheet: xw.Sheet, prepared: Prepared) -> None:
    """Give each named table its defined name, over header and rows."""
    for block in prepared.layout.blocks:
        if block.table.name:
            whole = sheet.range((block.header_row, 1), (block.last_row, block.width))
            sheet.book.names.add(block.table.name, reference(sheet, whole))


def reference(sheet: xw.Sheet, area: xw.Range) -> str:
    """What a defined name says: `='My sheet'!$A$1:$B$2`."""
    return f"={quoted(sheet.name)}!{area.address}"


def _cell(value: Any, protects: bool) -> Any:
    """A value as the engine takes it: a str is always text, never a formula or a number."""
    if isinstance(value, str):
        text = value[:_LONGEST_TEXT]
        return f"'{text}" if protects and text and _MISREAD.match(text) else text
    if isinstance(value, bool) or value is None:
        return value
    if isinstance(value, (int, float)):
        number = float(value)
        return number if abs(number) != float("inf") and number == number else None
    if isinstance(value, date) and not isinstance(value, datetime):
        return datetime(value.year, value.month, value.day)
    return value


def _draw_heading(sheet: xw.Sheet, layout: Layout) -> None:
    _style(sheet.range((1, 1)), TITLE)
    if notes := layout.result.notes:
        _style(sheet.range((2, 1), (1 + len(notes), 1)), NOTE)
    for position, mark in enumerate(layout.legend, 1):
        _paint(sheet.range((layout.legend_row, position)), mark)
    for block in layout.blocks:
        if block.title_row:
            _style(sheet.range((block.title_row, 1)), TABLE_TITLE)


def _style(area: xw.Range, look: dict[str, Any]) -> None:
    """Apply what xlwings has of a look: fill, font, wrapping, alignment."""
    if "bg_color" in look:
        area.color = _rgb(look["bg_color"])
    with suppress(NotImplementedError):
        area.font.bold = look.get("bold", False)
        area.font.color = _rgb(look["font_color"])
        if "font_size" in look:
            area.font.size = look["font_size"]
        if look.get("text_wrap"):
            area.wrap_text = True
            area.vertical_alignment = "center"


def _paint(area: xw.Range, mark: Mark) -> None:
    fill, ink = FILLS[mark]
    area.color = _rgb(fill)
    with suppress(NotImplementedError):
        area.font.color = _rgb(ink)
        if mark == "total":
            area.font.bold = True


def _rgb(color: str) -> tuple[int, int, int]:
    return int(color[1:3], 16), int(color[3:5], 16), int(color[5:7], 16)


def _draw_table(sheet: xw.Sheet, block: Block) -> None:
    table, width = block.table, len(block.table.columns)
    _style(sheet.range((block.header_row, 1), (block.header_row, width)), HEADER)
    for position, column in enumerate(table.columns, 1):
        if column.note:
            with suppress(NotImplementedError):
                sheet.range((block.header_row, position)).add_note(column.note)
        if table.rows:
            _draw_column(
                sheet.range((block.first_row, position), (block.last_row, position)), column
            )
    for address in _addresses(_dates_among_others(table), block.first_row):
        sheet.range(address).number_format = NUMBER_FORMATS["date"]
    if table.totals and table.rows:
        _paint(sheet.range((block.last_row, 1), (block.last_row, width)), "total")
    by_mark: dict[Mark, list[tuple[int, int]]] = {}
    for place, mark in table.marks.items():
        by_mark.setdefault(mark, []).append(place)
    for mark, places in by_mark.items():
        for address in _addresses(places, block.first_row):
            _paint(sheet.range(address), mark)


def _dates_among_others(table: Table) -> list[tuple[int, int]]:
    """The dates in columns of another kind, such as settings: they would show as numbers."""
    others = [c for c, column in enumerate(table.columns) if column.kind != "date"]
    return [
        (r, c)
        for r, row in enumerate(table.rows)
        for c in others
        if c < len(row) and isinstance(row[c], date)
    ]


def _draw_column(body: xw.Range, column: Column) -> None:
    # After the values: a text format set before would turn numbers into text.
    body.number_format = NUMBER_FORMATS[column.kind]
    with suppress(NotImplementedError):
        if column.choices:
            _offer(body, column.choices)
    with suppress(NotImplementedError):
        if column.rule == "bar":
            body.conditional_formats.add_data_bar(SERIES[5])
        elif column.rule == "scale":
            body.conditional_formats.add_color_scale(_SCALE)
        elif column.rule == "icons":
            body.conditional_formats.add_icon_set("3_traffic_lights_1")


def _offer(body: xw.Range, choices: Sequence[str]) -> None:
    """A drop-down list, where it fits into the 255 characters that a validation holds."""
    fits = len(",".join(choices)) <= 255
    if fits and not any("," in choice or ";" in choice for choice in choices):
        body.data_validation.set_list(list(choices))


def _addresses(places: list[tuple[int, int]], first_row: int) -> Iterator[str]:
    """The cells as few reference texts as possible: runs down a column, several in a text."""
    parts: list[str] = []
    length = 0
    for column, top, bottom in _runs(places):
        part = _down(column, first_row + top, first_row + bottom)
        if parts and length + len(part) > _LONGEST_ADDRESS:
            yield ",".join(parts)
            parts, length = [], 0
        parts.append(part)
        length += len(part) + 1
    if parts:
        yield ",".join(parts)


def _runs(places: list[tuple[int, int]]) -> Iterator[tuple[int, int, int]]:
    """(column, first row, last row) of cells that touch, from (row, column) places."""
    ordered = sorted((column, row) for row, column in places)
    start = 0
    for end in range(1, len(ordered) + 1):
        column, row = ordered[end - 1]
        if end == len(ordered) or ordered[end] != (column, row + 1):
            yield column, ordered[start][1], row
            start = end


def _down(column: int, top: int, bottom: int) -> str:
    letters = column_letters(column + 1)
    return f"{letters}{top}:{letters}{bottom}" if bottom > top else f"{letters}{top}"


def _draw_chart(sheet: xw.Sheet, layout: Layout, chart: Chart, place: int) -> None:
    block = layout.blocks[chart.table]
    last = block.last_row - (1 if block.table.totals else 0)
    anchor = sheet.range(layout.chart_place(place))
    drawn = sheet.charts.add(
        left=anchor.left, top=anchor.top, width=CHART_WIDTH, height=CHART_HEIGHT
    )
    drawn.chart_type = _CHART_TYPES[chart.kind]
    columns = (chart.categories, *chart.values)
    source = sheet.range(",".join(_down(c, block.header_row, last) for c in columns))
    drawn.set_source_data(source, plot_by="columns")
    with suppress(NotImplementedError):
        drawn.title = chart.title
    with suppress(NotImplementedError):
        if chart.percent and chart.kind != "pie":
            drawn.value_axis.number_format = "0%"
    with suppress(NotImplementedError):
        if chart.kind != "pie":
            for series, color in zip(drawn.series, chart.colors or SERIES, strict=False):
                series.fill_color = _rgb(color)


def _set_up_page(sheet: xw.Sheet, layout: Layout) -> None:
    """Orientation, pages in width, header, footer: only Excel for Windows has them."""
    setup = getattr(sheet.api, "PageSetup", None)
    if setup is None or not hasattr(setup, "FitToPagesWide"):
        return
    setup.Orientation = 2 if layout.result.landscape else 1
    setup.Zoom = False
    setup.FitToPagesWide = pages_wide(layout, layout.widths)
    setup.FitToPagesTall = False
    if repeats_header(layout):
        row = layout.blocks[0].header_row
        setup.PrintTitleRows = f"${row}:${row}"
    setup.LeftFooter, setup.RightFooter = "&A", "&P / &N"

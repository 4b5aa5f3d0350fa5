"""Draws the charts of a result sheet with XlsxWriter."""

from __future__ import annotations

from datetime import date
from typing import Any

import xlsxwriter

from xlcrm.books.addresses import column_letters, quoted
from xlcrm.books.layout import Block
from xlcrm.books.look import SERIES, TEAL
from xlcrm.books.results import Chart

_MOST_CACHED = 2_000  # points that a chart carries for programs that do not compute them
_SIZE = {"width": 620, "height": 330}


def draw_chart(
    book: xlsxwriter.Workbook, name: str, block: Block, chart: Chart
) -> xlsxwriter.chart.Chart | None:
    """A chart over columns of a table on the sheet of that name; None where it has no rows."""
    last = block.last_row - (1 if block.table.totals else 0)
    if last < block.first_row:
        return None
    stacked = chart.kind == "stacked"
    kind = {"type": "column", "subtype": "stacked"} if stacked else {"type": chart.kind}
    drawn = book.add_chart(kind)
    if chart.kind == "line":
        _keep_straight(drawn)
    for number, position in enumerate(chart.values):
        drawn.add_series(_series(name, block, chart, position, number, last))
    drawn.set_title({"name": chart.title, "name_font": {"size": 13, "color": TEAL}})
    legend = chart.kind == "pie" or len(chart.values) > 1
    drawn.set_legend({"position": "bottom"} if legend else {"none": True})
    if chart.kind != "pie":
        _set_axes(drawn, block, chart)
    drawn.set_size(_SIZE)
    return drawn


def _keep_straight(drawn: Any) -> None:
    """Say that lines are not smoothed; where nothing is said, LibreOffice smooths some of them."""
    drawn._write_c_smooth = lambda _: drawn._xml_empty_tag("c:smooth", [("val", "0")])


def _series(
    name: str, block: Block, chart: Chart, position: int, number: int, last: int
) -> dict[str, Any]:
    def area(column: int, first: int, end: int) -> str:
        letters = column_letters(column + 1)
        return f"={quoted(name)}!${letters}${first}:${letters}${end}"

    rows = range(min(last - block.header_row, _MOST_CACHED))
    colors = chart.colors or SERIES
    color = colors[number % len(colors)]
    series: dict[str, Any] = {
        "name": area(position, block.header_row, block.header_row).partition(":")[0],
        "categories": area(chart.categories, block.first_row, last),
        "values": area(position, block.first_row, last),
        "name_data": [block.table.columns[position].label],
        "categories_data": [_point(block.value(row, chart.categories)) for row in rows],
        "values_data": [_point(block.value(row, position)) for row in rows],
        "gap": 60,
    }
    if chart.kind == "pie":
        series["points"] = [{"fill": {"color": colors[i % len(colors)]}} for i in range(len(rows))]
        series["data_labels"] = {"percentage": True, "leader_lines": True}
    elif chart.kind == "line":
        series["line"] = {"color": color, "width": 2.25}
        series["marker"] = {"type": "none"}
    else:
        series["fill"] = {"color": color}
        series["border"] = {"none": True}
    return series


def _set_axes(drawn: Any, block: Block, chart: Chart) -> None:
    value_axis: dict[str, Any] = {
        "num_format": _number_format(block, chart),
        "major_gridlines": {"visible": True, "line": {"color": "#E3E8EA", "width": 0.75}},
        "line": {"none": True},
    }
    names_axis: dict[str, Any] = {"line": {"color": "#B8C2C7"}}
    if chart.kind != "line":
        if min(_numbers(block, chart), default=0) < 0:
            names_axis["label_position"] = "low"  # clear of the bars below 0
        else:
            value_axis["min"] = 0  # a bar is read by its length
    if chart.percent and max(_numbers(block, chart), default=0) <= 1:
        value_axis["max"] = 1
    if chart.kind == "bar":  # XlsxWriter calls the names' axis of a bar chart y
        names_axis["reverse"] = True  # the first row on top, as in the table
        value_axis["label_position"] = "high"  # which a reversed axis puts at the bottom
        drawn.set_y_axis(names_axis)
        drawn.set_x_axis(value_axis)
        return
    drawn.set_y_axis(value_axis)
    drawn.set_x_axis(names_axis)


def _number_format(block: Block, chart: Chart) -> str:
    if chart.percent:
        return "0%"
    if block.table.columns[chart.values[0]].kind == "money":
        return '#,##0\\ "€"'
    return "#,##0" if max(map(abs, _numbers(block, chart)), default=0) >= 5 else "0.0"


def _numbers(block: Block, chart: Chart) -> list[float]:
    rows = range(min(len(block.table.rows), _MOST_CACHED))
    values = [block.value(row, column) for column in chart.values for row in rows]
    return [value for value in values if isinstance(value, (int, float))]


def _point(value: Any) -> Any:
    return value.strftime("%d/%m/%Y") if isinstance(value, date) else value

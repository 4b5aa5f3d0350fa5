"""How a result sheet comes out of a printer: how many pages wide, and where pages begin.

A4 with margins of 1 cm. Charts and short tables are not cut by the end of a page.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from xlcrm.books.layout import BLANK_COLUMN, CHART_ROWS, Layout, pixels

LEAST_SCALE = 0.5  # a body of 11 points prints as 5.5; below that the sheet takes a page more
_PAGE = {True: (1040.0, 515.0), False: (715.0, 762.0)}  # landscape: pixels wide, points high
_ROW, _TITLE = 15.0, 26.0
_LEAST_FILLED = 0.4  # of a page, before a table is cut rather than moved to the next one
_LONGEST = 2_000  # rows; longer ones are one table that breaks where it must


def pages_wide(layout: Layout, widths: Sequence[float]) -> int:
    """How many pages the sheet takes beside each other to stay legible."""
    room = _PAGE[layout.result.landscape][0] / LEAST_SCALE
    columns = [pixels(width) for width in widths]
    charts = _width(layout, widths) - sum(columns)
    columns += [BLANK_COLUMN] * round(charts / BLANK_COLUMN)
    pages, filled = 1, 0.0
    for column in columns:
        if filled + column > room:
            pages, filled = pages + 1, columns[0]  # which stands on every page
        filled += column
    return pages


def repeats_header(layout: Layout) -> bool:
    """Whether the header of the first table stands over every page: not over other tables."""
    return layout.has_one_list


def page_starts(layout: Layout, widths: Sequence[float], headers: Sequence[float]) -> list[int]:
    """The rows, from 1, that begin a new page; `headers` are the heights of the header rows."""
    several = len(layout.blocks) > 1 or layout.result.charts
    if not several or layout.last_row > _LONGEST:
        return []
    page, height = _PAGE[layout.result.landscape]
    scale = pages_wide(layout, widths) * page / _width(layout, widths)
    room = 0.95 * height / min(1.0, scale)
    tops = _tops(layout, headers)
    again = headers[0] if repeats_header(layout) else 0.0
    charts = list(_chart_rows(layout))
    keep = charts + list(_table_rows(layout, tops, room - again))
    starts: list[int] = []
    first, left = 1, room
    while tops[layout.last_row + 1] - tops[first] > left:
        row = max(r for r in range(first, layout.last_row + 2) if tops[r] - tops[first] <= left)
        natural, row = row, _before(keep, row)
        if tops[row] - tops[first] < _LEAST_FILLED * room:  # one thing beside the other
            row = _before(charts, natural)
        row = row if row > first else natural
        starts.append(row)
        first, left = row, room - again
    return starts


def _width(layout: Layout, widths: Sequence[float]) -> float:
    """The whole sheet in pixels, charts included."""
    edges = [sum(map(pixels, widths)), 1.0]
    edges += [layout.chart_edge(place) for place in range(len(layout.result.charts))]
    return max(edges)


def _tops(layout: Layout, headers: Sequence[float]) -> list[float]:
    """Where each row begins, in points; one more for the end."""
    heights = [0.0, *[_ROW] * (layout.last_row + 1)]
    heights[1] = _TITLE
    for block, height in zip(layout.blocks, headers, strict=True):
        heights[block.header_row] = height
    tops = [0.0, 0.0]
    for height in heights[1:]:
        tops.append(tops[-1] + height)
    return tops


def _before(kept_whole: Sequence[tuple[int, int]], row: int) -> int:
    """The last row, up to this one, that a page may begin with and cut nothing."""
    while cut := [top for top, bottom in kept_whole if top < row <= bottom]:
        row = min(cut)
    return row


def _chart_rows(layout: Layout) -> Iterator[tuple[int, int]]:
    for place in range(len(layout.result.charts)):
        row, _ = layout.chart_place(place)
        yield row - 1, row + CHART_ROWS - 2  # from the blank row above it, for its frame


def _table_rows(layout: Layout, tops: Sequence[float], room: float) -> Iterator[tuple[int, int]]:
    """First and last row of each table; of one longer than a page, its head and two rows."""
    for block in layout.blocks:
        top, bottom = block.title_row or block.header_row, block.last_row
        yield top, bottom if tops[bottom + 1] - tops[top] <= room else block.first_row + 1

"""How a result sheet comes out of a printer: how many pages wide, and where pages begin.

A4 with margins of 1 cm. Charts and short tables are not cut by the end of a page.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

from xlcrm.books.layout import CHART_ROWS, Layout, pixels

LEAST_SCALE = 0.6  # a body of 11 points prints as 6.6; below that the sheet takes a page more
_PAGE = {True: (1040.0, 515.0), False: (715.0, 762.0)}  # landscape: pixels wide, points high
_ROW, _TITLE = 15.0, 26.0
_LONGEST = 2_000  # rows; longer ones are one table that breaks where it must


def pages_wide(layout: Layout, widths: Sequence[float]) -> int:
    """How many pages the sheet takes beside each other to stay legible."""
    page, _ = _PAGE[layout.result.landscape]
    return max(1, math.ceil(_width(layout, widths) * LEAST_SCALE / page - 0.01))


def repeats_header(layout: Layout) -> bool:
    """Whether the header of the first table stands over every page: not over other tables."""
    return bool(layout.blocks) and layout.has_one_list


def page_starts(layout: Layout, widths: Sequence[float], headers: Sequence[float]) -> list[int]:
    """The rows, from 1, that begin a new page; `headers` are the heights of the header rows."""
    several = len(layout.blocks) > 1 or layout.result.charts
    if not several or layout.last_row > _LONGEST or pages_wide(layout, widths) > 1:
        return []
    page, height = _PAGE[layout.result.landscape]
    room = height / min(1.0, page / _width(layout, widths))
    tops = _tops(layout, headers)
    again = headers[0] if repeats_header(layout) else 0.0
    keep = list(_kept_whole(layout, tops, room - again))
    starts: list[int] = []
    first, left = 1, room
    while tops[layout.last_row + 1] - tops[first] > left:
        row = max(r for r in range(first, layout.last_row + 2) if tops[r] - tops[first] <= left)
        while cut := [top for top, bottom in keep if first < top < row <= bottom]:
            row = min(cut)
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


def _kept_whole(layout: Layout, tops: Sequence[float], room: float) -> Iterator[tuple[int, int]]:
    """First and last row of what may not be cut; of a long table, its head and two rows."""
    for place in range(len(layout.result.charts)):
        row, _ = layout.chart_place(place)
        yield row, row + CHART_ROWS - 1
    for block in layout.blocks:
        top, bottom = block.title_row or block.header_row, block.last_row
        yield top, bottom if tops[bottom + 1] - tops[top] <= room else block.first_row + 1

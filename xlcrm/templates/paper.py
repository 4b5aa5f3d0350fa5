"""How a sheet of a template comes out of a printer: A4, a footer, pages that stay legible."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from xlcrm.templates import style

_LEAST_SCALE = 0.545  # a body of 10 points prints as 5.5; below that a sheet takes a page more
_PAGE = {True: 1045.0, False: 715.0}  # pixels between the margins, by landscape
_HIGH = {True: 515.0, False: 762.0}  # points
_SAFE = 0.97  # of a page's height: rows differ a little from program to program
_FEW = 5  # rows of a section that do not stay alone at the foot of a page
_HELD = 0.4  # of a page, at most, for columns that stand on every page


@dataclass(slots=True)
class Paper:
    """The print of one sheet. `held` columns stay in sight, `repeated` rows stand on every page."""

    raw: Any  # the xlsxwriter worksheet
    widths: Sequence[float]
    landscape: bool
    held: int = 0
    repeated: int = 0  # rows of the heading
    spare: bool = False  # the last column only explains or checks: left out where room lacks
    ready: bool = False  # the pages are given: a fixed scale, or a number of pages
    one_page: bool = False
    sections: list[int] = field(default_factory=list)  # rows of headings

    def set_up(self, title: str, one_page: bool) -> None:
        """Margins, footer (workbook, sheet, page), and one page in width."""
        self.one_page = one_page
        self.raw.set_paper(9)
        if self.landscape:
            self.raw.set_landscape()
        self.raw.fit_to_pages(1, 1 if one_page else 0)
        self.raw.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
        self.raw.center_horizontally()
        font = f'&"{style.FONT}"&8'
        self.raw.set_footer(f"&L{font}{title.replace('&', '&&')}&C{font}&A&R{font}&P / &N")

    def breaks(self, scale: int, *rows: int) -> None:
        """Print at a fixed scale, in percent, and start a new page at these rows."""
        self.ready = True
        self.raw.set_print_scale(scale)
        self.raw.set_h_pagebreaks(list(rows))

    def finish(self, last_row: int, last_col: int) -> None:
        """Print up to there, on as many pages in width as it takes to read them."""
        columns = [7 * width + 5 for width in self.widths[: last_col + 1]]
        page = _PAGE[self.landscape] / _LEAST_SCALE
        if self.spare and sum(columns) > page >= sum(columns[:-1]):
            del columns[-1]
        self.raw.print_area(0, 0, last_row, len(columns) - 1)
        if self.ready:
            return
        if sum(columns) <= page:
            self._keep_headings(last_row, sum(columns))
            return
        held = sum(columns[: self.held])
        if held > _HELD * page:
            held = 0.0
        pages, filled = 1, 0.0
        for column in columns:
            if filled + column > page:
                pages, filled = pages + 1, held
            filled += column
        self.raw.fit_to_pages(pages, 0)
        self.raw.print_across()
        if held:
            self.raw.repeat_columns(0, self.held - 1)

    def _keep_headings(self, last_row: int, width: float) -> None:
        """Begin a new page with a heading that would stand alone at the foot of one."""
        if self.one_page:
            return
        heights = [0.75 * self.raw.row_sizes.get(row, [20])[0] for row in range(last_row + 1)]
        room = _SAFE * _HIGH[self.landscape] / min(1.0, _PAGE[self.landscape] / width)
        again = sum(heights[: self.repeated])
        breaks, filled = [], 0.0
        for row, height in enumerate(heights):
            filled += height
            if filled > room:
                late = [s for s in self.sections if 0 < row - s <= _FEW]
                start = min(late, default=row)
                if late:
                    breaks.append(start)
                filled = again + sum(heights[start : row + 1])
        self.raw.set_h_pagebreaks(breaks)

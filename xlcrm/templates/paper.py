"""How a sheet of a template comes out of a printer: A4, a footer, pages that stay legible."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from xlcrm.templates import style

_LEAST_SCALE = 0.56  # a body of 10 points prints as 5.6; below that a sheet takes a page more
_PAGE = {True: 1045.0, False: 715.0}  # pixels between the margins, by landscape
_HELD = 0.4  # of a page, at most, for columns that stand on every page


@dataclass(slots=True)
class Paper:
    """The print of one sheet. `held` is how many columns stay in sight on the screen."""

    raw: Any  # the xlsxwriter worksheet
    widths: Sequence[float]
    landscape: bool
    held: int = 0
    ready: bool = False  # the pages are given: a fixed scale, or a number of pages

    def set_up(self, title: str, one_page: bool) -> None:
        """Margins, footer (workbook, sheet, page), and one page in width."""
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
        self.raw.print_area(0, 0, last_row, last_col)
        columns = [7 * width + 5 for width in self.widths[: last_col + 1]]
        page = _PAGE[self.landscape] / _LEAST_SCALE
        if self.ready or sum(columns) <= page:
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

"""How result sheets print: pages wide, charts beside or under the tables, nothing cut."""

from pathlib import Path
from typing import Any

import openpyxl
import pytest
from rich_workbooks import minimal

from xlcrm.books import layout as layouts
from xlcrm.books.file import FileBook
from xlcrm.books.layout import lay_out
from xlcrm.books.pages import page_starts
from xlcrm.books.results import Chart, Column, ResultSheet, Table

CHART = Chart("column", "T", 0, (1,))


def table(columns: int, rows: int, width: float = 20, title: str = "") -> Table:
    heads = [Column(f"C{n}", "integer", width=width) for n in range(columns)]
    return Table(heads, [[1] * columns for _ in range(rows)], title)


def printed(tmp_path: Path, *tables: Table, charts: int = 0) -> Any:
    path = tmp_path / "base.xlsx"
    minimal(path)
    book = FileBook.open(path)
    book.write([ResultSheet("R", "r", "Titre", list(tables), charts=[CHART] * charts)])
    return openpyxl.load_workbook(book.output)["R"]


@pytest.mark.parametrize(
    ("columns", "wide", "titles"),
    [(6, 1, None), (12, 1, None), (16, 2, "$A:$A"), (40, 3, "$A:$A")],
)
def test_a_wide_list_takes_pages_that_can_be_read(
    tmp_path: Path, columns: int, wide: int, titles: str | None
) -> None:
    """A column of 20 characters has 145 pixels; half its size, a page takes 2,080 of them."""
    sheet = printed(tmp_path, table(columns, 5))
    assert int(sheet.page_setup.fitToWidth or 1) == wide
    assert (sheet.print_title_cols, sheet.print_title_rows) == (titles, "$3:$3")


def test_a_header_stands_over_its_own_table_only(tmp_path: Path) -> None:
    assert printed(tmp_path, table(3, 5), table(3, 5)).print_title_rows is None
    assert printed(tmp_path, table(3, 50), table(3, 5)).print_title_rows == "$3:$3"


def test_charts_go_under_tables_that_fill_the_page(tmp_path: Path) -> None:
    places = [
        (chart.anchor._from.col, chart.anchor._from.row)
        for chart in printed(tmp_path, table(10, 8), charts=3)._charts
    ]
    assert places == [(1, 12), (6, 12), (1, 31)]
    beside = printed(tmp_path, table(5, 8), charts=2)._charts
    assert [(c.anchor._from.col, c.anchor._from.row) for c in beside] == [(6, 2), (6, 21)]


def test_no_page_begins_within_a_chart_or_a_short_table(tmp_path: Path) -> None:
    tables = [table(5, 12, title="T") for _ in range(6)]
    sheet = printed(tmp_path, *tables, charts=5)
    starts = [brk.id + 1 for brk in sheet.row_breaks.brk]
    assert starts
    layout = lay_out(ResultSheet("R", "r", "T", tables, charts=[CHART] * 5))
    charts = [(layout.chart_place(k)[0], layout.chart_place(k)[0] + 17) for k in range(5)]
    assert [s for s in starts if any(top < s <= end for top, end in charts)] == []
    alone = printed(tmp_path, *tables)  # titles in rows 3, 18, 33…: two tables a page
    assert {brk.id + 1 for brk in alone.row_breaks.brk} == {18, 48, 78}


def test_a_chart_under_a_table_of_two_pages_is_not_cut(tmp_path: Path) -> None:
    """Rows 1 to 20, 28 rows a page of 515 points: the chart of rows 22 to 39 takes the next."""
    sheet = printed(tmp_path, table(16, 17), charts=1)
    assert (int(sheet.page_setup.fitToWidth), sheet._charts[0].anchor._from.row) == (2, 21)
    assert [brk.id for brk in sheet.row_breaks.brk] == [20]


def test_pages_of_a_long_list_follow_by_themselves(tmp_path: Path) -> None:
    assert printed(tmp_path, table(5, 500)).row_breaks.brk == []


def test_a_sheet_without_tables_is_no_list() -> None:
    assert not lay_out(ResultSheet("R", "r", "T", [])).has_one_list


def test_each_column_is_measured_once(monkeypatch: pytest.MonkeyPatch) -> None:
    measured = []
    width = layouts._width
    monkeypatch.setattr(layouts, "_width", lambda *of: measured.append(of[1]) or width(*of))
    layout = lay_out(ResultSheet("R", "r", "T", [table(40, 5)], charts=[CHART] * 3))
    page_starts(layout, layout.widths, [15.0])
    assert measured == list(range(40))

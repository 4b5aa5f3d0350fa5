"""How sheets of templates print: pages in width, what is left out, where pages begin."""

from io import BytesIO
from typing import Any

import openpyxl
import pytest
import xlsxwriter

from xlcrm.catalogue import TEMPLATES
from xlcrm.templates.paper import Paper


def printed(widths: list[float], rows: int = 10, **more: Any) -> Any:
    """The sheet that openpyxl reads, printed down to a row."""
    content = BytesIO()
    sections = more.pop("sections", [])
    with xlsxwriter.Workbook(content) as book:
        paper = Paper(book.add_worksheet(), widths, True, **more)
        paper.set_up("Titre & suite", False)
        paper.sections += sections
        paper.finish(rows - 1, len(widths) - 1)
    return openpyxl.load_workbook(content).active


@pytest.mark.parametrize(("columns", "wide"), [(13, 1), (14, 2), (25, 2), (27, 3)])
def test_a_wide_sheet_takes_pages_that_can_be_read(columns: int, wide: int) -> None:
    """A column of 20 has 145 pixels, a page at the least scale 1,917; one column stays."""
    sheet = printed([20.0] * columns, held=1)
    assert int(sheet.page_setup.fitToWidth or 1) == wide
    assert sheet.print_title_cols == ("$A:$A" if wide > 1 else None)


def test_a_last_column_that_only_explains_gives_way() -> None:
    sheet = printed([20.0] * 14, spare=True)
    assert (sheet.page_setup.fitToWidth, sheet.print_area) == (None, "'Sheet1'!$A$1:$M$10")


def test_a_heading_does_not_stand_alone_at_the_foot_of_a_page() -> None:
    """A page of 97 % of 515 points has 33 rows of 15; the heading in row 32 goes to the next."""
    starts = [brk.id for brk in printed([20.0], 40, sections=[5, 31]).row_breaks.brk]
    assert starts == [31]
    assert printed([20.0], 40, sections=[5, 20]).row_breaks.brk == []


def test_the_footer_names_workbook_sheet_and_page() -> None:
    footer = printed([20.0]).oddFooter
    assert footer.left.text.endswith("Titre && suite")
    assert footer.center.text.endswith("&A")
    assert footer.right.text.endswith("&P / &N")


@pytest.mark.parametrize("name", ["treasury", "dashboard"])
def test_no_sheet_prints_below_half_its_size(name: str) -> None:
    content = BytesIO()
    variant = {"variant": "year"} if name == "treasury" else {}
    TEMPLATES[name].build(content, "fr", False, **variant)
    for sheet in openpyxl.load_workbook(content):
        area = openpyxl.utils.range_boundaries(sheet.print_area.split("!")[1].replace("$", ""))
        widths = {
            at: group.width
            for group in sheet.column_dimensions.values()
            for at in range(group.min, group.max + 1)
        }
        pixels = sum(7 * widths[at] for at in range(area[0], area[2] + 1))
        page = 1045 if sheet.page_setup.orientation == "landscape" else 715
        assert page * int(sheet.page_setup.fitToWidth or 1) / pixels > 0.54, sheet.title

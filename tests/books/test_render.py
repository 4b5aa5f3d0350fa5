"""How a result sheet looks in a file: read back by openpyxl."""

from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from rich_workbooks import minimal

from xlcrm.books.file import FileBook
from xlcrm.books.look import FILLS
from xlcrm.books.results import Chart, Column, ResultSheet, Table


@pytest.fixture
def drawn(tmp_path: Path) -> Any:
    """Draws a result sheet and gives the sheet that openpyxl reads."""

    def draw(result: ResultSheet) -> Any:
        path = tmp_path / "base.xlsx"
        minimal(path)
        book = FileBook.open(path)
        book.write([result])
        return openpyxl.load_workbook(book.output)[result.name]

    return draw


def rgb(color: str) -> str:
    return f"FF{color.removeprefix('#')}"


def result(*tables: Table, **options: Any) -> ResultSheet:
    return ResultSheet("R", "r", "Titre", list(tables), **options)


def test_each_kind_has_its_number_format(drawn: Any) -> None:
    kinds = ("text", "label", "integer", "number", "money", "percent", "date", "points", "flag")
    columns = [Column(kind, kind) for kind in kinds]
    row = ["a", "01000", 3, 2.5, 9.9, 0.5, date(2026, 1, 2), 4, True]
    sheet = drawn(result(Table(columns, [row])))
    assert [cell.number_format for cell in sheet[4]] == [
        "@", "@", "#,##0", "#,##0.00", '#,##0.00\\ "€"', "0.0%", "dd/mm/yyyy", "0", "General",
    ]  # fmt: skip


def test_a_date_among_texts_stays_a_date(drawn: Any) -> None:
    day = date(2026, 1, 2)
    sheet = drawn(result(Table([Column("Valeur")], [["a"], [day], [day]], marks={(2, 0): "input"})))
    assert [sheet.cell(row, 1).number_format for row in (4, 5, 6)] == [
        "@",
        "dd/mm/yyyy",
        "dd/mm/yyyy",
    ]
    assert sheet["A6"].fill.fgColor.rgb == rgb(FILLS["input"][0])


def test_marks_are_colours_with_a_legend(drawn: Any) -> None:
    marks = {(0, 0): "invalid", (1, 1): "changed"}
    sheet = drawn(result(Table([Column("A"), Column("B")], [["a", "b"], ["c", "d"]], marks=marks)))
    assert [cell.value for cell in sheet[2]] == ["corrigé", "invalide"]
    for cell, mark in ((sheet["A4"], "invalid"), (sheet["B5"], "changed")):
        assert cell.fill.fgColor.rgb == rgb(FILLS[mark][0])
        assert cell.font.color.rgb == rgb(FILLS[mark][1])
    assert sheet["B4"].fill.fill_type is None


def test_the_header_stays_in_sight_and_filters(drawn: Any) -> None:
    table = Table([Column("A"), Column("B")], [["a", 1], ["b", 2], ["Total", 3]], totals=True)
    sheet = drawn(result(table, notes=["Note"]))
    assert (sheet.freeze_panes, sheet.auto_filter.ref) == ("A5", "A4:B6")
    assert (sheet["A7"].font.b, sheet["A6"].font.b) == (True, False)
    assert sheet.print_title_rows == "$4:$4"
    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
    assert (sheet.sheet_properties.pageSetUpPr.fitToPage, sheet.page_setup.fitToHeight) == (True, 0)


def test_widths_follow_the_content_up_to_a_limit(drawn: Any) -> None:
    columns = [Column("N"), Column("Ville"), Column("Texte"), Column("Large", width=60)]
    rows = [[1, "Saint-Rémy-lès-Chevreuse", "x" * 300, "a"]] * 3
    sheet = drawn(result(Table(columns, rows)))
    widths = [round(sheet.column_dimensions[letter].width) for letter in "ABCD"]
    assert widths[0] < 13 < 26 <= widths[1] < 31
    assert widths[2:] == [46, 61]


def test_a_list_is_offered_where_it_can_be(drawn: Any) -> None:
    columns = [
        Column("Classe", choices=("A", "B")),
        Column("Ville", choices=("Nantes, 44", "Lille")),
        Column("Mot", choices=('dit "le grand"',)),
        Column("Long", choices=tuple(f"choix {n}" for n in range(60))),
    ]
    sheet = drawn(result(Table(columns, [["A", None, None, None]] * 3)))
    lists = [(str(v.sqref), v.formula1) for v in sheet.data_validations.dataValidation]
    assert lists == [("A4:A6", '"A,B"')]


@pytest.mark.filterwarnings("ignore::UserWarning")  # openpyxl knows the older half of a bar
def test_rules_are_conditional_formats_without_the_total(drawn: Any) -> None:
    columns = [Column("A", "integer", rule="bar"), Column("B", "integer", rule="scale"),
               Column("C", "integer", rule="icons")]  # fmt: skip
    sheet = drawn(result(Table(columns, [[1, 1, 1], [2, 2, 2], [3, 3, 3]], totals=True)))
    rules = {str(area.sqref): area.rules[0].type for area in sheet.conditional_formatting}
    assert rules == {"A4:A5": "dataBar", "B4:B5": "colorScale", "C4:C5": "iconSet"}


@pytest.mark.parametrize("kind", ["column", "bar", "line", "pie", "stacked", "area"])
def test_charts_stand_at_the_right(drawn: Any, kind: Any) -> None:
    small = Table([Column("A"), Column("B", "integer")], [["a", 1], ["b", 2]])
    wide = Table([Column(str(n)) for n in range(4)], [["a"] * 4])
    sheet = drawn(result(small, wide, charts=[Chart(kind, "Titre", 0, (1,))]))
    [chart] = sheet._charts
    assert (chart.anchor._from.col, chart.anchor._from.row) == (5, 2)
    [series] = chart.series
    values = series.val.numRef
    assert (values.f, [point.v for point in values.numCache.pt]) == ("'R'!$B$4:$B$5", [1, 2])


@pytest.mark.parametrize(
    ("kind", "numbers", "least", "names"),
    [
        ("bar", [17, 15], 0, "nextTo"),
        ("column", [17, 15], 0, "nextTo"),
        ("bar", [7, -27], None, "low"),
        ("line", [17, 15], None, "nextTo"),
    ],
)
def test_bars_begin_at_zero(drawn: Any, kind: Any, numbers: Any, least: Any, names: str) -> None:
    table = Table([Column("A"), Column("B", "integer")], [["a", numbers[0]], ["b", numbers[1]]])
    [chart] = drawn(result(table, charts=[Chart(kind, "T", 0, (1,))]))._charts
    assert chart.y_axis.scaling.min == least
    assert chart.x_axis.tickLblPos == names


def test_lines_are_not_smoothed(drawn: Any) -> None:
    table = Table([Column("A"), Column("B", "integer")], [["a", 1], ["b", 2]])
    [chart] = drawn(result(table, charts=[Chart("line", "T", 0, (1,))]))._charts
    assert chart.series[0].smooth is False


def test_a_chart_without_rows_is_left_out(drawn: Any) -> None:
    table = Table([Column("A"), Column("B", "integer")], [])
    assert drawn(result(table, charts=[Chart("pie", "T", 0, (1,))]))._charts == []


def test_short_rows_and_a_sheet_without_tables(drawn: Any) -> None:
    table = Table([Column("A"), Column("B")], [["a"], []], marks={(1, 1): "missing"})
    sheet = drawn(result(table, charts=[Chart("column", "T", 0, (1,))]))
    assert [[cell.value for cell in row] for row in sheet["A4:B5"]] == [["a", None], [None, None]]
    assert drawn(result(notes=["Rien à dire."]))["A2"].value == "Rien à dire."


def test_a_sheet_of_the_name_that_drawing_uses(drawn: Any) -> None:
    named = ResultSheet("formats", "f", "Titre", [Table([Column("A")], [["a"]])])
    assert drawn(named)["A4"].value == "a"


def test_english_legend(tmp_path: Path) -> None:
    path = tmp_path / "base.xlsx"
    minimal(path)
    book = FileBook.open(path, lang="en")
    book.write([result(Table([Column("A")], [["a"]], marks={(0, 0): "input"}))])
    assert book.read("R").rows[1] == ["yours to edit"]

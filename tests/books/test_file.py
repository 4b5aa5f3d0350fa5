"""The book on disk keeps the contract, whatever the file is."""

import shutil
import zipfile
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import xlsxwriter
from book_contract import BASE, BookContract, column, grid_settings, people
from openpyxl.workbook.defined_name import DefinedName
from python_calamine import CalamineWorkbook
from rich_workbooks import LINKS, MAIN, TYPE, by_xlsxwriter, minimal, vba_project, with_parts

from xlcrm.books.book import Book
from xlcrm.books.file import FileBook
from xlcrm.books.results import Column, ResultSheet, Table
from xlcrm.errors import SourceError

CASES = Path(__file__).parents[1] / "cases" / "books"


def build(path: Path, sheets: dict[str, list[list[Any]]], active: str | None = None) -> None:
    book = xlsxwriter.Workbook(str(path), {"default_date_format": "dd/mm/yyyy"})
    for name, rows in sheets.items():
        sheet = book.add_worksheet(name)
        for r, row in enumerate(rows):
            for c, value in enumerate(row):
                if isinstance(value, str):
                    sheet.write_string(r, c, value)
                else:
                    sheet.write(r, c, value)
        if name == active:
            sheet.activate()
    book.close()


class TestContract(BookContract):
    @pytest.fixture(autouse=True)
    def _folder(self, tmp_path: Path) -> None:
        self.folder = tmp_path

    def make(self, sheets: dict[str, list[list[Any]]], active: str | None = None) -> Book:
        path = self.folder / "base.xlsx"
        build(path, sheets, active)
        return FileBook.open(path, self.folder / "sortie.xlsx")

    def tabs(self, book: Any) -> list[str]:
        path = book.output if book.output.exists() else self.folder / "base.xlsx"
        return list(CalamineWorkbook.from_path(str(path)).sheet_names)


def people_names(book: FileBook) -> list[Any]:
    return column(book, book.made()["contacts"], "Nom")


def test_output_is_beside_the_source(tmp_path: Path) -> None:
    path = tmp_path / "base.xlsx"
    build(path, {"Base": BASE})
    assert FileBook.open(path).output == tmp_path / "base-xlcrm.xlsx"
    assert FileBook.open(path, tmp_path / "r").output == tmp_path / "r.xlsx"
    (tmp_path / "sorties").mkdir()
    assert FileBook.open(path, tmp_path / "sorties").output == (
        tmp_path / "sorties" / "base-xlcrm.xlsx"
    )


def test_a_result_that_someone_has_saved_is_not_overwritten(tmp_path: Path) -> None:
    path, output = tmp_path / "base.xlsx", tmp_path / "base-xlcrm.xlsx"
    build(path, {"Base": BASE})
    FileBook.open(path).write([people([["Durand"]])])
    assert FileBook.open(path).output == output  # as xlcrm left it: made again
    build(output, {"Base": BASE})
    assert FileBook.open(path).output == tmp_path / "base-xlcrm-2.xlsx"


def test_a_result_given_as_source_is_not_overwritten(tmp_path: Path) -> None:
    path = tmp_path / "base.xlsx"
    build(path, {"Base": BASE})
    book = FileBook.open(path)
    book.write([people([["Durand"]])])
    again = FileBook.open(book.output)
    assert again.output == tmp_path / "base-xlcrm-2.xlsx"
    assert (again.sheets(), people_names(again)) == (["Base"], ["Durand"])


def test_the_source_may_be_named_as_output(tmp_path: Path) -> None:
    path = tmp_path / "base.xlsx"
    build(path, {"Base": BASE})
    FileBook.open(path, path).write([people([["Durand"]])])
    book = FileBook.open(path, path)
    assert (book.sheets(), people_names(book)) == (["Base"], ["Durand"])


def test_the_rights_of_the_output_are_those_of_any_file(tmp_path: Path) -> None:
    path = tmp_path / "base.xlsx"
    build(path, {"Base": BASE})
    book = FileBook.open(path)
    book.write([people([["Durand"]])])
    (tmp_path / "autre").touch()
    assert book.output.stat().st_mode == (tmp_path / "autre").stat().st_mode


def test_two_runs_give_the_same_bytes(tmp_path: Path) -> None:
    path = tmp_path / "base.csv"
    path.write_text("Nom;CP\nDurand;01000\n")
    written = []
    for name in ("a.xlsx", "b.xlsx"):
        FileBook.open(path, tmp_path / name).write([people([["Durand"]])])
        written.append((tmp_path / name).read_bytes())
    assert written[0] == written[1]


def test_a_csv_becomes_a_workbook_with_its_data(tmp_path: Path) -> None:
    path = tmp_path / "clients [été].csv"
    path.write_bytes("Nom;CP;CA\nLefèvre;01000;12,5\nPetit;;\n".encode("cp1252"))
    book = FileBook.open(path)
    assert (book.sheets(), book.active(), book.made()) == (["clients été"], "clients été", {})
    book.write([people([["Lefèvre"]])])
    assert book.output == tmp_path / "clients [été]-xlcrm.xlsx"
    rows = [["Nom", "CP", "CA"], ["Lefèvre", "01000", "12,5"], ["Petit", None, None]]
    assert book.read("clients été").rows == rows
    assert people_names(book) == ["Lefèvre"]
    again = FileBook.open(book.output)
    assert (again.sheets(), again.read("clients été").rows) == (["clients été"], rows)
    sheet = openpyxl.load_workbook(book.output)["clients été"]
    assert sheet["B2"].number_format == "@"


@pytest.mark.parametrize("ending", ["xls", "ods"])
def test_an_old_workbook_becomes_a_new_one_with_its_data(tmp_path: Path, ending: str) -> None:
    path = tmp_path / f"clients.{ending}"
    shutil.copy(CASES / f"clients.{ending}", path)
    book = FileBook.open(path)
    before = book.read("Base")
    assert before.rows[:2] == [
        ["Nom", "CP", "Né le", "CA"],
        ["Éloïse", "01000", date(1980, 2, 29), 12.5],
    ]
    book.write([people([["Éloïse"]])])
    after = book.read("Base")
    assert (book.name, after.rows, after.merged) == (path.name, before.rows, before.merged)


def test_a_table_is_read_where_the_user_stands_in_it(tmp_path: Path) -> None:
    path = tmp_path / "base.xlsx"
    with xlsxwriter.Workbook(path) as workbook:
        sheet = workbook.add_worksheet("Base")
        sheet.write("A1", "Clients de 2026")
        columns = [{"header": "Nom", "total_string": "Total"}, {"header": "CA"}]
        options = {"columns": columns, "data": [["A", 1], ["B", 2]], "total_row": True}
        sheet.add_table("B3:C6", options)
        sheet.set_selection("C5")
        other = workbook.add_worksheet("Autre")
        other.add_table("A1:A3", {"data": [["x"], ["y"]]})
        other.write("C9", "loin")
        other.set_selection("C9")
    book = FileBook.open(path)
    grid = book.read("Base")
    assert (grid.rows, grid.top, grid.left) == ([["Nom", "CA"], ["A", 1.0], ["B", 2.0]], 3, 2)
    assert len(book.read("Autre").rows) == 9


def ods(path: Path, sheets: dict[str, str], hidden: str) -> None:
    """A minimal OpenDocument spreadsheet, a cell a sheet, one sheet hidden."""
    spaces = "".join(
        f' xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for name in ("office", "style", "table", "text")
    )
    styles = "".join(
        f'<style:style style:name="{name}" style:family="table">'
        f'<style:table-properties table:display="{str(name != hidden).lower()}"/></style:style>'
        for name in sheets
    )
    tables = "".join(
        f'<table:table table:name="{name}" table:style-name="{name}"><table:table-row>'
        f'<table:table-cell office:value-type="string"><text:p>{text}</text:p></table:table-cell>'
        "</table:table-row></table:table>"
        for name, text in sheets.items()
    )
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr(
            "META-INF/manifest.xml",
            '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>',
        )
        archive.writestr(
            "content.xml",
            f"<office:document-content{spaces}><office:automatic-styles>{styles}"
            f"</office:automatic-styles><office:body><office:spreadsheet>{tables}"
            "</office:spreadsheet></office:body></office:document-content>",
        )


def test_a_hidden_sheet_stays_hidden_in_the_workbook_made_of_another_format(tmp_path: Path) -> None:
    path = tmp_path / "base.ods"
    ods(path, {"STOP": "luc@exemple.fr", "Base": "Nom"}, hidden="STOP")
    book = FileBook.open(path)
    assert (book.sheets(), book.hidden()) == (["Base"], ["STOP"])
    book.write([people([["Durand"]])])
    made = FileBook.open(book.output)
    assert (made.sheets(), made.hidden()) == (["Base"], ["STOP"])
    assert made.read("STOP").rows == [["luc@exemple.fr"]]
    assert openpyxl.load_workbook(book.output).active.title == "Base"


def test_hidden_rows_and_merged_cells_are_told(tmp_path: Path) -> None:
    path = tmp_path / "base.xlsx"
    with xlsxwriter.Workbook(path) as workbook:
        sheet = workbook.add_worksheet("Base")
        sheet.merge_range("A1:C1", "Clients")
        for row in range(1, 6):
            sheet.write(row, 0, row)
        sheet.set_row(2, None, None, {"hidden": True})
        sheet.set_row(4, None, None, {"hidden": True})
        sheet.set_column("F:F", None, None, {"hidden": True})
    grid = FileBook.open(path).read("Base")
    assert (grid.merged, grid.hidden_rows) == ([(1, 1, 1, 3)], {3, 5})


def test_formulas_that_nobody_calculated_are_told(tmp_path: Path) -> None:
    path = tmp_path / "base.xlsx"
    formulas = openpyxl.Workbook()
    formulas.active.append(["Nom", '="a"&"b"', "=1+1"])
    formulas.copy_worksheet(formulas.active)
    formulas.save(path)
    book = FileBook.open(path, lang="en")
    assert book.read("Sheet").rows == [["Nom"]]
    assert book.read("Sheet Copy").rows == [["Nom"]]
    assert book.told == [
        "base.xlsx has formulas that were never calculated: they are read as blank. Open it in "
        "Excel or LibreOffice, save it, then run again."
    ]


def test_a_formula_that_gives_an_empty_text_was_calculated(tmp_path: Path) -> None:
    path = tmp_path / "base.xlsx"
    with xlsxwriter.Workbook(tmp_path / "made.xlsx") as workbook:
        sheet = workbook.add_worksheet("Base")
        sheet.write_string("A1", "Nom")
        sheet.write_formula("A2", '=IF(B2="","",B2)', None, "empty")
    with (
        zipfile.ZipFile(tmp_path / "made.xlsx") as made,
        zipfile.ZipFile(path, "w") as archive,
    ):
        for part in made.namelist():
            archive.writestr(part, made.read(part).replace(b"<v>empty</v>", b"<v></v>"))
    book = FileBook.open(path)
    assert book.read("Base").rows == [["Nom"]]
    assert book.told == []


def test_times_and_durations_are_numbers(tmp_path: Path) -> None:
    path = tmp_path / "base.xlsx"
    with xlsxwriter.Workbook(path) as workbook:
        sheet = workbook.add_worksheet("Base")
        for column_number, shape in enumerate(("hh:mm", "[h]:mm")):
            look = workbook.add_format({"num_format": shape})
            sheet.write_number(0, column_number, 0.75 + column_number, look)
    assert FileBook.open(path).read("Base").rows == [[0.75, 1.75]]


@pytest.mark.parametrize("properties", ["", '<workbookPr date1904="1"/>'])
def test_dates_are_those_of_the_workbook(tmp_path: Path, properties: str) -> None:
    path = tmp_path / "base.xlsx"
    minimal(path, properties=properties)
    book = FileBook.open(path)
    days = [date(2026, 11, 21), date(1904, 1, 2), date(2099, 12, 31)]
    table = Table([Column("Le", "date")], [[day] for day in days])
    book.write([ResultSheet("R", "r", "T", [table])])
    assert column(book, "R", "Le") == days
    sheet = openpyxl.load_workbook(book.output)["R"]
    assert [sheet.cell(row, 1).value.date() for row in (4, 5, 6)] == days


def test_a_day_before_the_calendar_is_a_text(tmp_path: Path) -> None:
    path = tmp_path / "base.xlsx"
    build(path, {"Base": BASE})
    book = FileBook.open(path)
    table = Table([Column("Le", "date")], [[date(1899, 12, 31)], [date(1850, 6, 1)]])
    book.write([ResultSheet("R", "r", "T", [table])])
    assert column(book, "R", "Le") == ["31/12/1899", "01/06/1850"]


def test_a_result_is_known_after_it_was_renamed(tmp_path: Path) -> None:
    path = tmp_path / "base.xlsx"
    build(path, {"Base": BASE})
    book = FileBook.open(path, path)
    book.write([people([["Durand"]])])
    renamed = openpyxl.load_workbook(path)
    renamed["Contacts"].title = "Gardé d'hier"
    name = renamed.defined_names["xlcrm_role_contacts"]
    name.attr_text = name.attr_text.replace("Contacts", "Gardé d''hier")
    renamed.save(path)
    again = FileBook.open(path, path)
    assert (again.sheets(), again.made()) == (["Base"], {"contacts": "Gardé d'hier"})
    assert again.write([people([["Petit"]])]) == ["Gardé d'hier"]
    assert people_names(again) == ["Petit"]


def test_a_result_that_the_user_deleted_is_made_again(tmp_path: Path) -> None:
    path = tmp_path / "base.xlsx"
    build(path, {"Base": BASE})
    FileBook.open(path, path).write([people([["Durand"]])])
    without = openpyxl.load_workbook(path)
    del without["Contacts"]
    without.defined_names["xlcrm_role_contacts"].attr_text = "#REF!$A$1"
    without.save(path)
    book = FileBook.open(path, path)
    assert book.made() == {}
    assert book.write([people([["Petit"]])]) == ["Contacts"]
    assert people_names(book) == ["Petit"]


def test_a_copy_of_a_result_is_the_users(tmp_path: Path) -> None:
    path = tmp_path / "base.xlsx"
    build(path, {"Base": BASE, "Contacts (2)": BASE})
    local = ("xlcrm_role_contacts", "='Contacts (2)'!$A$1")
    FileBook.open(path, path).write([people([["Durand"]])])
    with_copy = openpyxl.load_workbook(path)
    with_copy["Contacts (2)"].defined_names[local[0]] = DefinedName(
        local[0], attr_text=local[1][1:]
    )
    with_copy.save(path)
    book = FileBook.open(path, path)
    assert (book.sheets(), book.made()) == (["Base", "Contacts (2)"], {"contacts": "Contacts"})


def test_the_sheet_that_opens_stays_the_users(tmp_path: Path) -> None:
    path = tmp_path / "base.xlsx"
    build(path, {"Salon": BASE, "Boutique": BASE}, active="Boutique")
    book = FileBook.open(path, path)
    book.write([people([["Durand"]]), grid_settings(1)])
    assert (book.active(), openpyxl.load_workbook(path).active.title) == ("Boutique", "Boutique")


def test_after_drop_a_sheet_that_exists_opens(tmp_path: Path) -> None:
    path = tmp_path / "base.xlsx"
    build(path, {"Salon": BASE, "Boutique": BASE})
    FileBook.open(path, path).write([people([["Durand"]]), grid_settings(1)])
    moved = openpyxl.load_workbook(path)
    moved.move_sheet("Contacts", -2)
    moved.active = moved.index(moved["Grille RFM"])
    moved.save(path)
    book = FileBook.open(path, path)
    assert book.active() is None
    book.drop()
    assert (book.sheets(), book.active()) == (["Salon", "Boutique"], "Boutique")


def test_names_of_the_sheets_after_a_dropped_one_follow(tmp_path: Path) -> None:
    path = tmp_path / "base.xlsx"
    build(path, {"Salon": BASE, "Boutique": BASE})
    FileBook.open(path, path).write([people([["Durand"]])])
    moved = openpyxl.load_workbook(path)
    moved.move_sheet("Contacts", -2)
    moved["Boutique"].defined_names["Zone"] = DefinedName("Zone", attr_text="Boutique!$A$1")
    moved["Boutique"].print_title_rows = "1:1"
    moved.save(path)
    FileBook.open(path, path).drop()
    left = openpyxl.load_workbook(path)
    assert left.sheetnames == ["Salon", "Boutique"]
    assert list(left["Boutique"].defined_names) == ["Zone"]
    assert left["Boutique"].print_title_rows == "$1:$1"
    assert list(left.defined_names) == []


def test_the_last_visible_sheet_is_not_dropped(tmp_path: Path) -> None:
    path = tmp_path / "base.xlsx"
    build(path, {"Base": BASE})
    FileBook.open(path, path).write([people([["Durand"]])])
    alone = openpyxl.load_workbook(path)
    del alone["Base"]
    alone.save(path)
    with pytest.raises(SourceError, match="n'aurait plus de feuille visible"):
        FileBook.open(path, path).drop()


def test_names_of_tables_are_free_ones(tmp_path: Path) -> None:
    path = tmp_path / "base.xlsx"
    build(path, {"Base": BASE})
    named = openpyxl.load_workbook(path)
    named.defined_names["Clients"] = DefinedName("Clients", attr_text="Base!$A$1")
    named.save(path)
    book = FileBook.open(path, path)
    for rows in ([["a"]], [["a"], ["b"]]):
        table = Table([Column("Nom")], rows, name="Clients")
        book.write([ResultSheet("R", "r", "T", [table])])
    names = openpyxl.load_workbook(path).defined_names
    assert {name: names[name].attr_text for name in names if not name.startswith("xlcrm")} == {
        "Clients": "Base!$A$1",
        "Clients_2": "'R'!$A$3:$A$5",
    }


def test_a_sheet_with_a_pivot_table_of_the_users_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "base.xlsx"
    build(path, {"Base": BASE})
    FileBook.open(path, path).write([people([["Durand"]])])
    pivot = {"xl/pivotTables/pivotTable9.xml": f'<pivotTableDefinition xmlns="{MAIN}"/>'}
    link = ("rIdP", f"{LINKS}/pivotTable", "../pivotTables/pivotTable9.xml")
    with_parts(path, pivot, {"xl/worksheets/xlcrm1.xml": [link]}, {})
    book = FileBook.open(path, path)
    assert (book.sheets(), book.made()) == (["Base", "Contacts"], {})
    assert book.write([people([["Petit"]])]) == ["Contacts (2)"]
    assert column(book, "Contacts", "Nom") == ["Durand"]


def test_a_calculation_chain_of_a_replaced_sheet_goes(tmp_path: Path) -> None:
    path = tmp_path / "base.xlsx"
    build(path, {"Base": BASE})
    FileBook.open(path, path).write([people([["Durand"]])])
    chain = {"xl/calcChain.xml": f'<calcChain xmlns="{MAIN}"><c r="A9" i="2"/></calcChain>'}
    link = ("rIdC", f"{LINKS}/calcChain", "calcChain.xml")
    types = {"xl/calcChain.xml": f"{TYPE}.calcChain+xml"}
    with_parts(path, chain, {"xl/workbook.xml": [link]}, types)
    FileBook.open(path, path).write([people([["Petit"]])])
    with zipfile.ZipFile(path) as archive:
        assert "xl/calcChain.xml" not in archive.namelist()
        assert b"calcChain" not in archive.read("[Content_Types].xml")
        assert b"calcChain" not in archive.read("xl/_rels/workbook.xml.rels")


def test_macros_stay_and_the_result_is_a_macro_workbook(tmp_path: Path) -> None:
    path = tmp_path / "base.xlsm"
    project = vba_project(tmp_path)
    by_xlsxwriter(path, project)
    book = FileBook.open(path)
    assert book.output == tmp_path / "base-xlcrm.xlsm"
    book.write([people([["Durand"]])])
    with zipfile.ZipFile(book.output) as archive:
        assert archive.read("xl/vbaProject.bin") == project.read_bytes()
        assert b"sheet.macroEnabled.main+xml" in archive.read("[Content_Types].xml")


def test_a_signature_that_no_longer_holds_is_told_once(tmp_path: Path) -> None:
    source = tmp_path / "base.xlsx"
    build(source, {"Base": BASE})
    with zipfile.ZipFile(source, "a") as archive:
        archive.writestr("_xmlsignatures/sig1.xml", "<Signature/>")
    book = FileBook.open(source, lang="en")
    book.write([people([["Durand"]])])
    book.write([people([["Petit"]])])
    assert [told.split(",")[0] for told in book.told] == ["The workbook bears a digital signature"]
    with zipfile.ZipFile(book.output) as archive:
        assert archive.read("_xmlsignatures/sig1.xml") == b"<Signature/>"


def test_progress_and_messages_reach_whoever_listens(tmp_path: Path) -> None:
    path = tmp_path / "base.xlsx"
    build(path, {"Base": BASE})
    book = FileBook.open(path)
    heard: list[Any] = []
    book.progress(0.1, "personne")
    book.on_progress = lambda share, text: heard.append((share, text))
    book.on_message = heard.append
    book.progress(0.5, "Nettoyage")
    book.tell("Fini")
    assert (heard, book.told) == ([(0.5, "Nettoyage"), "Fini"], ["Fini"])


def test_files_of_the_same_name_have_results_of_their_own(tmp_path: Path) -> None:
    build(tmp_path / "base.xlsx", {"Base": BASE})
    (tmp_path / "base.csv").write_text("Nom\nDurand\n", "utf-8")
    (tmp_path / "seul.csv").write_text("Nom\nDurand\n", "utf-8")
    outputs = [
        FileBook.open(tmp_path / n).output.name for n in ("base.xlsx", "base.csv", "seul.csv")
    ]
    assert outputs == ["base-xlcrm.xlsx", "base-csv-xlcrm.xlsx", "seul-xlcrm.xlsx"]

"""The live book on xlwings' own code, over the engine in memory."""

from datetime import datetime
from typing import Any

import pytest
from book_contract import BookContract
from excel_in_memory import Error, Range, Refused, TableImpl, book

from xlcrm.books import live as live_module
from xlcrm.books.book import Book
from xlcrm.books.live import LiveBook, quiet
from xlcrm.books.results import Chart, Column, ResultSheet, Table
from xlcrm.errors import RequestError, SourceError


def _contacts(rows: int = 2) -> ResultSheet:
    return ResultSheet(
        "Contacts",
        "contacts",
        "Contacts",
        [Table([Column("Nom"), Column("CP", "label")], [["Zoé", "01000"]] * rows)],
    )


class TestContract(BookContract):
    """The live book keeps what every kind of book keeps."""

    def make(self, sheets: dict[str, list[list[Any]]], active: str | None = None) -> Book:
        xl = book("base.xlsx", **sheets)
        if active:
            xl.impl.active_sheet = xl.impl.sheet(active)
        return LiveBook(xl)

    def tabs(self, book: Any) -> list[str]:
        return [sheet.name for sheet in book._book.sheets]


def test_reads_the_sheet_in_one_call() -> None:
    xl = book("a.xlsx", Base=[["Nom", "CP"], ["Zoé", 75001], [None, None]])
    xl.impl.sheet_list[0].used = (500, 9)
    grid = LiveBook(xl).read("Base")
    assert grid.rows == [["Nom", "CP", *[None] * 7], ["Zoé", 75001.0, *[None] * 7]]
    assert xl.impl.reads == 1


def test_number_of_calls_does_not_grow_with_the_rows() -> None:
    calls = []
    for rows in (10, 5000):
        xl = book(Base=[["Nom", "CP"], *[["Zoé", 1]] * rows])
        live = LiveBook(xl)
        live.read("Base")
        live.write([_contacts(rows)])
        calls.append((xl.impl.reads, xl.impl.writes))
    assert calls == [(1, 1), (1, 1)]


def test_the_active_table_is_what_is_read() -> None:
    xl = book(Base=[["titre", None], [None, None], ["Nom", "CP"], ["Zoé", 1], ["x", "y"]])
    sheet = xl.impl.sheet_list[0]
    table = sheet.range("A3:B4")
    sheet.table_list.append(TableImpl(table))
    xl.impl.app.selected = sheet.range("B4")
    grid = LiveBook(xl).read("Base")
    assert (grid.rows, grid.top, grid.left) == ([["Nom", "CP"], ["Zoé", 1.0]], 3, 1)
    xl.impl.app.selected = sheet.range("D9")
    assert LiveBook(xl).read("Base").rows[0][0] == "titre"


def test_a_selection_of_several_areas_counts_by_its_first() -> None:
    xl = book(Base=[["Nom"], ["Zoé"]])
    sheet = xl.impl.sheet_list[0]
    sheet.table_list.append(TableImpl(sheet.range("A1:A2")))
    xl.impl.app.selected = sheet.range("A2,C5:D9")
    assert LiveBook(xl).read("Base").rows == [["Nom"], ["Zoé"]]


def test_formats_down_to_the_last_row_are_not_read() -> None:
    xl = book(Base=[["Nom", "CP", None], ["Zoé", 1, "x"], ["Ann", None, None]])
    xl.impl.sheet_list[0].used = (1_048_576, 26)
    grid = LiveBook(xl).read("Base")
    assert grid.rows == [["Nom", "CP", None], ["Zoé", 1.0, "x"], ["Ann", None, None]]


def test_rows_that_a_filter_hides_are_read_also_under_enormous_formats(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(live_module, "_ENORMOUS", 50)
    xl = book(Base=[["Nom"], ["Zoé"], ["Ann"]])
    xl.impl.sheet_list[0].used = (100, 1)
    xl.impl.sheet_list[0].hidden.add(3)
    grid = LiveBook(xl).read("Base")
    assert (grid.rows, grid.hidden_rows) == ([["Nom"], ["Zoé"], ["Ann"]], {3})


@pytest.mark.parametrize(("state", "hidden"), [(True, []), (-1, []), (0, ["STOP"]), (2, ["STOP"])])
def test_a_hidden_sheet_is_told_apart(state: Any, hidden: list[str]) -> None:
    xl = book(Base=[["Nom"]], STOP=[["E-mail"]])
    xl.impl.sheet("STOP").visible = state
    live = LiveBook(xl)
    assert (live.hidden(), live.sheets()) == (hidden, ["Base", *(["STOP"] if not hidden else [])])


def test_errors_dates_merged_and_hidden_cells_are_told() -> None:
    day = datetime(2026, 11, 21)
    xl = book(Base=[["Base clients", None, None], ["Nom", "Le", "X"], ["Zoé", day, Error("#N/A")]])
    sheet = xl.impl.sheet_list[0]
    sheet.merges.append((1, 1, 1, 3))
    sheet.hidden.add(3)
    grid = LiveBook(xl).read("Base")
    assert grid.rows[2] == ["Zoé", day, "#N/A"]
    assert grid.merged == [(1, 1, 1, 3)]
    assert grid.hidden_rows == {3}


def test_a_text_stays_a_text() -> None:
    texts = ["=1+1", "-5", "0612345678", "01/02/2026", "VRAI", "#N/A", "'s Gravenhage", "Zoé", "@x"]
    xl = book()
    table = Table([Column("Valeur")], [[text] for text in texts])
    LiveBook(xl).write([ResultSheet("R", "r", "=titre", [table], notes=["-note"])])
    rows = LiveBook(xl).read("R").rows
    assert [row[0] for row in rows] == ["=titre", "-note", None, "Valeur", *texts]


def test_an_empty_sheet_has_no_rows() -> None:
    assert LiveBook(book()).read("Feuil1").rows == []


def test_an_unknown_sheet_is_answered_with_those_there_are() -> None:
    with pytest.raises(
        RequestError, match=r"Pas de feuille « Basse » dans b\.xlsx ; il y a : Base"
    ):
        LiveBook(book("b.xlsx", Base=[["a"]])).read("Basse")


def test_a_refused_write_leaves_the_workbook_as_it_was() -> None:
    xl = book(Base=[["a"]])
    live = LiveBook(xl)
    live.write([_contacts()])
    before = [(s.title, dict(s.cells_)) for s in xl.impl.sheet_list]
    xl.impl.refuse_after = xl.impl.writes + 1
    with pytest.raises(SourceError, match="The cell is protected"):
        live.write([_contacts(5), ResultSheet("Autre", "other", "Autre", [])])
    assert [(s.title, dict(s.cells_)) for s in xl.impl.sheet_list] == before
    assert live.made() == {"contacts": "Contacts"}
    assert (xl.app.screen_updating, xl.app.calculation) == (True, "automatic")


def test_what_points_at_a_result_goes_on_pointing_at_it() -> None:
    xl = book(Base=[["a"]])
    live = LiveBook(xl)
    chart = Chart("bar", "CA", categories=0, values=(0,))
    table = Table([Column("Nom")], [["Zoé"]])
    live.write([ResultSheet("R", "r", "R", [table], charts=[chart])])
    first = xl.impl.sheet("R")
    live.write([ResultSheet("R", "r", "R", [table], charts=[chart])])
    assert xl.impl.sheet("R") is first
    assert len(first.chart_list) == 1
    assert [sheet.name for sheet in xl.sheets] == ["Base", "R"]


def test_a_protected_workbook_is_a_sentence() -> None:
    xl = book()
    xl.impl.protected = True
    with pytest.raises(SourceError, match=r"refuse de lire ou de modifier Classeur1\..*protégé"):
        LiveBook(xl).write([_contacts()])


def test_a_workbook_closed_meanwhile_is_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    live = LiveBook(book("clients.xlsx", Base=[["a"]]))

    def gone(self: Any) -> Any:
        raise Refused("Object required")

    monkeypatch.setattr(type(live._book.impl), "sheets", property(gone))
    for work in (lambda: live.read("Base"), lambda: live.write([_contacts()])):
        with pytest.raises(SourceError, match=r"modifier clients\.xlsx\..*Object required"):
            work()


def test_a_workbook_of_onedrive_or_never_saved_needs_no_path(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    xl = book("Classeur1", Base=[["a"]])

    def unknown(self: Any) -> Any:
        raise Refused("https://d.docs.live.net/x cannot be resolved")

    monkeypatch.setattr(type(xl.impl), "fullname", property(unknown))
    live = LiveBook(xl)
    assert (live.name, live.read("Base").rows) == ("Classeur1", [["a"]])
    assert live.write([_contacts()]) == ["Contacts"]


def test_of_two_workbooks_of_the_same_name_only_the_one_given_changes() -> None:
    one, other = book("base.xlsx", Base=[["a"]]), book("base.xlsx", Base=[["b"]])
    LiveBook(one).write([_contacts()])
    assert [sheet.name for sheet in other.sheets] == ["Base"]


def test_manual_calculation_stays_manual() -> None:
    xl = book()
    xl.app.calculation = "manual"
    LiveBook(xl).write([_contacts()])
    assert xl.app.calculation == "manual"


def test_quiet_restores_after_a_failure() -> None:
    xl = book()
    during = []

    def fail() -> None:
        with quiet(xl.app):
            during.extend((xl.app.screen_updating, xl.app.calculation))
            raise Refused

    with pytest.raises(Refused):
        fail()
    assert during == [False, "manual"]
    assert (xl.app.screen_updating, xl.app.calculation) == (True, "automatic")


def test_a_result_is_known_after_it_was_renamed_and_the_users_place_is_kept() -> None:
    xl = book(Base=[["a"]], Autre=[["b"]])
    live = LiveBook(xl)
    live.write([_contacts()])
    assert live.active() == "Base"
    xl.sheets["Contacts"].name = "Mes contacts d'hier"
    assert live.made() == {"contacts": "Mes contacts d'hier"}
    assert live.sheets() == ["Base", "Autre"]
    live.write([_contacts(3)])
    assert len(xl.sheets) == 3


def test_formats_marks_charts_and_lists_are_drawn() -> None:
    xl = book()
    table = Table(
        [Column("Classe", choices=("A", "B")), Column("CA", "money", rule="bar", note="TTC")],
        [["A", 10], ["B", 20.5], ["Total", 30.5]],
        title="Par classe",
        name="par_classe",
        marks={(0, 1): "changed", (1, 1): "changed"},
        totals=True,
    )
    chart = Chart("bar", "CA", categories=0, values=(1,), percent=True)
    LiveBook(xl).write([ResultSheet("ABC", "abc", "Titre", [table], charts=[chart])])
    sheet = xl.impl.sheet("ABC")
    assert sheet.formats[5, 2]["number_format"] == '#,##0.00\\ "€"'
    assert [sheet.formats[r, 2].get("color") for r in (5, 6)] == [(220, 235, 245)] * 2
    assert sheet.formats[5, 1]["choices"] == ["A", "B"]
    assert sheet.formats[5, 2]["rule"] == "bar"
    assert sheet.formats[4, 2]["note"] == "TTC"
    assert sheet.formats[7, 1]["color"] == (227, 238, 242)
    assert sheet.chart_list[0].source == "$A$4:$A$6,$B$4:$B$6"
    assert sheet.chart_list[0].axis["number_format"] == "0%"
    assert sheet.frozen == "$A$1:$A$4"
    assert xl.names["par_classe"].refers_to == "=ABC!$A$4:$B$7"


def test_progress_and_messages_reach_the_user() -> None:
    xl = book()
    live = LiveBook(xl)
    live.progress(0.25, "lecture")
    live.tell("fini")
    assert xl.impl.app.statuses == ["xlcrm : lecture (25%)"]
    assert xl.impl.app.alerts == ["fini"]


def test_marks_are_painted_by_runs(monkeypatch: pytest.MonkeyPatch) -> None:
    xl = book()
    marks = {(r, 0): "changed" for r in range(1000)} | {(r, 1): "changed" for r in range(0, 40, 2)}
    table = Table([Column("a"), Column("b")], [["x", "y"]] * 1000, marks=marks)
    calls = []
    original = Range._set

    def counting(self: Range, key: str, value: object) -> None:
        calls.append(key)
        original(self, key, value)

    monkeypatch.setattr(Range, "_set", counting)
    LiveBook(xl).write([ResultSheet("R", "r", "T", [table])])
    assert calls.count("color") == 3  # header, legend, and every mark in one reference

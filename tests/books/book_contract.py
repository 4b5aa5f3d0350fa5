"""What every kind of book keeps: one test for each sentence of the Book protocol.

A test module subclasses BookContract and says how its books are made.
"""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

import pytest

from xlcrm.books.book import Book
from xlcrm.books.results import Chart, Column, ResultSheet, Table
from xlcrm.errors import RequestError

BASE = [["Nom", "Né le", "CA", "Actif"], ["Durand", date(1980, 2, 29), 12.5, True]]
# What a person may type and a spreadsheet may take for something else.
TEXTS = [
    "Zoé",
    "=1+1",
    "+33612345678",
    "-5",
    "@nom",
    "0612",
    "01/02/2026",
    "1E5",
    "#N/A",
    "TRUE",
    "'s Gravenhage",
    'a & b < c > d "e"',
    "ligne 1\nligne 2",
    "😀 œuvre",
    "{=SOMME(A1)}",
]


class Interrupted(Exception):
    """Stands for whatever may go wrong while rows are made."""


class FailingRows(Sequence[Any]):
    """Rows that break off after the first."""

    def __len__(self) -> int:
        return 3

    def __getitem__(self, place: Any) -> Any:
        if isinstance(place, slice):
            return [self[i] for i in range(*place.indices(3))]
        if place > 0:
            raise Interrupted
        return ["Durand"]


def people(rows: Sequence[Any], name: str = "Contacts", role: str = "contacts") -> ResultSheet:
    return ResultSheet(name, role, "Contacts nettoyés", [Table([Column("Nom")], rows)])


def grid_settings(value: float) -> ResultSheet:
    table = Table([Column("Seuil", "integer")], [[value]], marks={(0, 0): "input"})
    return ResultSheet("Grille RFM", "rfm_grid", "Grille", [table], settings=True)


def column(book: Book, sheet: str, header: str) -> list[Any]:
    """The values under a header, down to the first blank; dates without their time."""
    rows = book.read(sheet).rows
    top, left = next(
        (r, c) for r, row in enumerate(rows) for c, value in enumerate(row) if value == header
    )
    values = []
    for row in rows[top + 1 :]:
        if row[left] is None:
            break
        values.append(row[left].date() if isinstance(row[left], datetime) else row[left])
    return values


class BookContract:
    """The tests; a subclass gives `make` and `tabs`."""

    def make(self, sheets: dict[str, list[list[Any]]], active: str | None = None) -> Book:
        """A book named `base.xlsx` with these sheets."""
        raise NotImplementedError

    def tabs(self, book: Book) -> list[str]:
        """Every sheet of the workbook as it stands now, in order."""
        raise NotImplementedError

    def test_name_has_its_suffix(self) -> None:
        assert self.make({"Base": BASE}).name == "base.xlsx"

    def test_sheets_are_the_users_in_order(self) -> None:
        book = self.make({"Salon": BASE, "Boutique": BASE, "Été": BASE})
        book.write([people([["Durand"]])])
        assert book.sheets() == ["Salon", "Boutique", "Été"]

    def test_active_is_the_sheet_that_the_user_is_on(self) -> None:
        assert (
            self.make({"Salon": BASE, "Boutique": BASE}, active="Boutique").active() == "Boutique"
        )

    def test_read_gives_the_values_as_they_stand(self) -> None:
        grid = self.make({"Base": BASE}).read("Base")
        born = grid.rows[1][1]
        assert grid.rows[0] == ["Nom", "Né le", "CA", "Actif"]
        assert [grid.rows[1][0], *grid.rows[1][2:]] == ["Durand", 12.5, True]
        assert (born.date() if isinstance(born, datetime) else born) == date(1980, 2, 29)
        assert (grid.sheet, grid.top, grid.left) == ("Base", 1, 1)

    def test_a_blank_is_none(self) -> None:
        rows = self.make({"Base": [["a", None, "c"], [None, None, None], ["d", "e", "f"]]}).read(
            "Base"
        )
        assert rows.rows == [["a", None, "c"], [None, None, None], ["d", "e", "f"]]

    def test_an_unknown_sheet_is_answered_with_those_there_are(self) -> None:
        with pytest.raises(RequestError) as caught:
            self.make({"Salon": BASE, "Boutique": BASE}).read("Salle")
        assert (
            caught.value.in_("fr")
            == "Pas de feuille « Salle » dans base.xlsx ; il y a : Salon, Boutique. "
            "Vouliez-vous dire « Salon » ?"
        )
        assert (
            caught.value.in_("en") == 'No sheet "Salle" in base.xlsx; there are: Salon, Boutique. '
            'Did you mean "Salon"?'
        )

    def test_write_gives_the_names_in_order(self) -> None:
        book = self.make({"Base": BASE})
        journal = ResultSheet("Journal", "journal", "Journal", [])
        assert book.write([journal, people([["Durand"]])]) == ["Journal", "Contacts"]
        assert book.made() == {"journal": "Journal", "contacts": "Contacts"}
        assert self.tabs(book) == ["Base", "Journal", "Contacts"]

    def test_the_parts_of_a_sheet_stand_where_the_layout_says(self) -> None:
        book = self.make({"Base": BASE})
        tables = [
            Table([Column("Nom"), Column("CA", "money")], [["Durand", 12.5], ["Total", 12.5]],
                  title="Par client", name="par_client", totals=True),
            Table([Column("Classe", choices=("A", "B"))], [["A"]]),
        ]  # fmt: skip
        charts = [Chart("column", "CA", 0, (1,))]
        book.write([ResultSheet("R", "r", "Titre", tables, ["Une note", "Deux"], charts)])
        assert book.read("R").rows == [
            ["Titre", None],
            ["Une note", None],
            ["Deux", None],
            [None, None],
            ["Par client", None],
            ["Nom", "CA"],
            ["Durand", 12.5],
            ["Total", 12.5],
            [None, None],
            ["Classe", None],
            ["A", None],
        ]

    def test_marks_are_explained_above_the_table(self) -> None:
        book = self.make({"Base": BASE})
        table = Table(
            [Column("Nom")], [["Durand"], ["x"]], marks={(0, 0): "changed", (1, 0): "doubt"}
        )
        book.write([ResultSheet("R", "r", "Titre", [table])])
        assert book.read("R").rows[1] == ["corrigé", "à vérifier"]

    def test_a_text_is_written_as_text(self) -> None:
        book = self.make({"Base": BASE})
        book.write([people([[text] for text in TEXTS])])
        assert column(book, "Contacts", "Nom") == TEXTS

    def test_every_kind_of_value_comes_back(self) -> None:
        book = self.make({"Base": BASE})
        columns = [
            Column("Entier", "integer"),
            Column("Montant", "money"),
            Column("Part", "percent"),
            Column("Le", "date"),
            Column("Oui", "flag"),
            Column("CP", "label"),
        ]
        rows = [
            [3, 1234.5, 0.25, date(2026, 11, 21), True, "01000"],
            [-1, 0.0, 1.0, datetime(1900, 3, 1), False, "75001"],
        ]
        book.write([ResultSheet("R", "r", "Titre", [Table(columns, rows)])])
        assert column(book, "R", "Entier") == [3, -1]
        assert column(book, "R", "Montant") == [1234.5, 0.0]
        assert column(book, "R", "Part") == [0.25, 1.0]
        assert column(book, "R", "Le") == [date(2026, 11, 21), date(1900, 3, 1)]
        assert column(book, "R", "Oui") == [True, False]
        assert column(book, "R", "CP") == ["01000", "75001"]

    def test_writing_again_replaces_in_place(self) -> None:
        book = self.make({"Base": BASE})
        book.write([people([["Durand"], ["Martin"]]), ResultSheet("Journal", "journal", "J", [])])
        assert book.write([people([["Petit"]])]) == ["Contacts"]
        assert column(book, "Contacts", "Nom") == ["Petit"]
        assert self.tabs(book) == ["Base", "Contacts", "Journal"]
        assert book.made() == {"contacts": "Contacts", "journal": "Journal"}

    def test_a_settings_sheet_is_kept(self) -> None:
        book = self.make({"Base": BASE})
        book.write([grid_settings(10)])
        assert book.write([grid_settings(99), people([["Durand"]])]) == ["Grille RFM", "Contacts"]
        assert column(book, "Grille RFM", "Seuil") == [10]

    def test_a_users_sheet_of_the_same_name_is_not_touched(self) -> None:
        book = self.make({"Base": BASE, "CONTACTS": BASE})
        assert book.write([people([["Durand"]])]) == ["Contacts (2)"]
        assert book.read("CONTACTS").rows[0][0] == "Nom"
        assert book.sheets() == ["Base", "CONTACTS"]
        assert book.write([people([["Petit"]])]) == ["Contacts (2)"]

    def test_names_are_cut_and_cleaned(self) -> None:
        book = self.make({"Base": BASE})
        long = "Clients à relancer en [2026/2027] : tous"
        names = book.write([people([["a"]], long, "one"), people([["b"]], long, "two")])
        assert names == ["Clients à relancer en 2026 2027", "Clients à relancer en 2026 (2)"]
        assert self.tabs(book) == ["Base", *names]

    def test_all_or_none(self) -> None:
        book = self.make({"Base": BASE})
        book.write([people([["Durand"]])])
        with pytest.raises(Interrupted):
            book.write([people([["Petit"]]), people(FailingRows(), "Autre", "other")])
        assert book.made() == {"contacts": "Contacts"}
        assert column(book, "Contacts", "Nom") == ["Durand"]
        assert self.tabs(book) == ["Base", "Contacts"]

    def test_drop_removes_what_it_is_told(self) -> None:
        book = self.make({"Base": BASE})
        book.write([people([["Durand"]]), grid_settings(10)])
        assert book.drop(["rfm_grid", "journal"]) == ["Grille RFM"]
        assert book.made() == {"contacts": "Contacts"}
        assert self.tabs(book) == ["Base", "Contacts"]

    def test_drop_removes_everything_of_ours(self) -> None:
        book = self.make({"Base": BASE})
        book.write([people([["Durand"]]), grid_settings(10)])
        assert book.drop() == ["Contacts", "Grille RFM"]
        assert (book.made(), self.tabs(book)) == ({}, ["Base"])
        assert book.drop() == []
        assert book.write([people([["Durand"]])]) == ["Contacts"]

    def test_nothing_to_write_changes_nothing(self) -> None:
        book = self.make({"Base": BASE})
        assert book.write([]) == []
        assert self.tabs(book) == ["Base"]

"""What a user notes on the target list stays when the list is made again."""

from pathlib import Path

import openpyxl
import pytest

from xlcrm.books.file import FileBook
from xlcrm.books.memory import MemoryBook
from xlcrm.catalogue import find_command
from xlcrm.commands.job import run
from xlcrm.errors import RequestError

BASE = [
    ["N° client", "Nom", "E-mail", "Accord e-mail"],
    ["1", "DURAND Luc", "luc@exemple.fr", "oui"],
    ["2", "PETIT Anne", "anne@exemple.fr", "oui"],
    ["3", "ROUX Zoé", "zoe@exemple.fr", "oui"],
]


def target(path: Path, **options: str):
    return run(
        find_command("target"), FileBook.open(path, path), options={"canal": "e-mail"} | options
    )


def edit(path: Path, change) -> None:
    book = openpyxl.load_workbook(path)
    change(book)
    book.save(path)


def notes(path: Path) -> dict[str, str | None]:
    rows = list(openpyxl.load_workbook(path)["Cible"].iter_rows(values_only=True))
    header = next(i for i, row in enumerate(rows) if "Résultat" in row)
    mail, note = rows[header].index("E-mail"), rows[header].index("Résultat")
    return {row[mail]: row[note] for row in rows[header + 1 :] if row[mail]}


def note(path: Path, mail: str, text: str) -> None:
    def change(book):
        sheet = book["Cible"]
        row = next(r for r in sheet.iter_rows() if mail in [c.value for c in r])
        header = next(r for r in sheet.iter_rows() if "Résultat" in [c.value for c in r])
        column = next(c.column for c in header if c.value == "Résultat")
        sheet.cell(row[0].row, column).value = text

    edit(path, change)


@pytest.fixture
def base(tmp_path):
    path = tmp_path / "base.xlsx"
    book = openpyxl.Workbook()
    book.active.title = "Clients"
    for row in BASE:
        book.active.append(row)
    book.save(path)
    target(path)
    note(path, "anne@exemple.fr", "RDV le 12/01")
    return path


def test_a_result_stays_with_its_contact(base):
    edit(base, lambda book: book["Clients"].insert_rows(2))  # the rows are others now
    target(base)
    assert notes(base) == {
        "luc@exemple.fr": None,
        "anne@exemple.fr": "RDV le 12/01",
        "zoe@exemple.fr": None,
    }


def test_a_result_of_a_contact_who_left_the_list_is_told(base):
    edit(base, lambda book: book["Clients"].delete_rows(3))
    report = target(base)
    assert "anne@exemple.fr" not in notes(base)
    assert [(a["column"], a["value"]) for a in report.anomalies] == [("Résultat", "RDV le 12/01")]


def test_results_of_another_action_are_not_replaced(base):
    def other(book):
        sheet = book["Critères de ciblage"]
        cell = next(c for row in sheet.iter_rows() for c in row if c.value == "Action")
        sheet.cell(cell.row, cell.column + 1).value = "Soldes"

    edit(base, other)
    with pytest.raises(RequestError, match=r"1 résultat pour l'action"):
        target(base)
    assert notes(base)["anne@exemple.fr"] == "RDV le 12/01"


def test_a_mobile_in_the_column_of_phones_takes_sms():
    rows = [
        ["Prénom", "Nom", "Téléphone", "Accord SMS"],
        ["Paul", "Durand", "06 12 34 56 78", "oui"],
        ["Anne", "Petit", "06 39 98 00 01", "oui"],  # kept for fiction
        ["Léa", "Martin", "02 40 12 34 56", "oui"],
        ["Luc", "Roux", "02 40 12 34 56; 07 12 34 56 78", "oui"],
    ]
    book = MemoryBook({"Clients": rows})
    report = run(find_command("target"), book, options={"canal": "SMS"})
    assert report.labels["excluded_1"] == "exclu : Pas de coordonnée pour le canal SMS"
    table = book.results["target"].tables[0]
    place = [column.label for column in table.columns].index("Prénom")
    assert [row[place] for row in table.rows] == ["Paul", "Anne", "Luc"]


def test_addresses_of_the_target_that_are_misspelt_are_told():
    rows = [[*row[:2], row[2].replace("exemple.fr", "gmial.com"), row[3]] for row in BASE[2:3]]
    book = MemoryBook({"Clients": [*BASE[:2], *rows]})
    report = run(find_command("target"), book, options={"canal": "e-mail"})
    assert report.messages[-1] == (
        "ATTENTION : 1 adresse e-mail de la cible sans doute mal écrite : anne@gmial.com. "
        "La correction proposée est dans « Anomalies » (Nettoyer)."
    )


def test_contacts_who_share_an_email_keep_each_its_result(tmp_path):
    """A middle one without a result, and the rows in another order the second time."""
    path = tmp_path / "base.xlsx"
    book = openpyxl.Workbook()
    book.active.title = "Clients"
    names = ["DURAND Luc", "DURAND Anne", "DURAND Zoé", "DURAND Paul"]
    book.active.append(["Nom", "E-mail", "Accord e-mail"])
    for name in names:
        book.active.append([name, "famille@exemple.fr", "oui"])
    book.save(path)
    target(path)

    def results(write=None):
        book = openpyxl.load_workbook(path)
        sheet = book["Cible"]
        header = next(r for r in sheet.iter_rows() if "Résultat" in [c.value for c in r])
        name, result = (
            next(c.column for c in header if c.value == text) for text in ("Prénom", "Résultat")
        )
        found = {}
        for row in range(header[0].row + 1, header[0].row + 5):
            cell = sheet.cell(row, result)
            if write:
                cell.value = write.pop(0)
            found[sheet.cell(row, name).value] = cell.value
        book.save(path)
        return found

    noted = results(["oui", None, "non", "oui"])
    assert len(noted) == 4
    target(path)
    assert results() == noted
    edit(path, lambda book: book["Clients"].move_range("A2:C2", rows=4))
    report = target(path)
    assert results() == noted
    assert report.anomalies == []

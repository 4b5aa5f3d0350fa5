"""A settings sheet shows what a run really used, options included."""

from datetime import date

import openpyxl
from purchase_lines import HEAD, LINES, day

from xlcrm.books.file import FileBook
from xlcrm.books.memory import MemoryBook
from xlcrm.catalogue import find_command
from xlcrm.commands.job import run

BASE = [
    ["Nom", "E-mail", "Mobile", "Accord e-mail", "Accord SMS", "Ville"],
    ["DURAND Luc", "luc@exemple.fr", "0612345678", "oui", "oui", "Nantes"],
]
CRITERIA = "Critères de ciblage"


def values(book, sheet):
    return {row[0]: row[1] for row in book.read(sheet).rows if row[0]}


def target(book, as_of=None, **options):
    return run(find_command("target"), book, as_of=as_of, options=options)


def test_the_first_run_writes_its_options_down():
    book = MemoryBook({"Clients": BASE})
    report = target(book, canal="SMS", segment="Ville=Nantes")
    found = values(book, CRITERIA)
    assert (found["Canal"], found["Segment"]) == ("SMS", "Ville=Nantes")
    assert not [m for m in report.messages if "mise à jour" in m]


def test_options_of_a_later_run_are_shown_told_and_taken_again():
    book = MemoryBook({"Clients": BASE})
    target(book, date(2026, 11, 2))
    report = target(book, date(2026, 12, 1), canal="sms", segment="Ville=Nantes")
    assert report.messages[0] == (
        "Feuille « Critères de ciblage » mise à jour d'après les options : Canal = SMS, Date de "
        "l'action = 01/12/2026, Segment = Ville=Nantes."
    )
    again = target(book)
    found = values(book, CRITERIA)
    assert (found["Canal"], found["Date de l'action"]) == ("SMS", date(2026, 12, 1))
    assert "Canal : SMS, le 01/12/2026. 1 contact retenu." in book.results["target"].notes
    assert not [m for m in again.messages if "mise à jour" in m]


def test_what_the_user_made_of_the_sheet_stays(tmp_path):
    path = tmp_path / "base.xlsx"
    book = openpyxl.Workbook()
    book.active.title = "Clients"
    for row in BASE:
        book.active.append(row)
    book.save(path)
    target(FileBook.open(path, path))
    book = openpyxl.load_workbook(path)
    sheet = book[CRITERIA]
    place = {row[0].value: row[0].row for row in sheet.iter_rows() if row[0].value}
    sheet.cell(place["Action"], 2).value = "Soldes"
    sheet.cell(place["Action"], 4).value = "décidé le 3"
    sheet.cell(place["Produits déjà achetés ou similaires"], 2).value = "no"
    sheet.cell(place["Nombre maximal"] + 1, 1).value = "Budget"
    sheet.cell(place["Nombre maximal"] + 1, 2).value = 100
    sheet.cell(place["Nombre maximal"] + 2, 1).value = "Budget"
    book.save(path)
    target(FileBook.open(path, path), canal="SMS")
    rows = {row[0]: row for row in FileBook.open(path).read(CRITERIA).rows if row[0]}
    assert rows["Action"][1:4:2] == ["Soldes", "décidé le 3"]
    assert rows["Produits déjà achetés ou similaires"][1] == "no"
    typed = [row[:2] for row in FileBook.open(path).read(CRITERIA).rows if row[0] == "Budget"]
    assert typed == [["Budget", 100], ["Budget", None]]
    assert rows["Canal"][1] == "SMS"


def test_the_grid_the_months_and_the_date_of_a_scoring_are_shown():
    book = MemoryBook({"Ventes": LINES})
    score = find_command("score")
    run(score, book, as_of=date(2026, 11, 21))
    report = run(
        score, book, as_of=date(2026, 12, 1), options={"grille": "boissons", "mois": "mois civils"}
    )
    assert report.messages[0] == (
        "Feuille « Grille RFM » mise à jour d'après les options : Grille utilisée = Boissons "
        "(professionnels), Date d'arrêté = 01/12/2026, Compte des mois = mois civils."
    )
    found = values(book, "Grille RFM")
    assert found["Grille utilisée"] == "Boissons (professionnels)"
    assert found["Date d'arrêté"] == date(2026, 12, 1)
    before = book.results["scores"].tables[0].rows
    run(score, book)
    assert book.results["scores"].tables[0].rows == before
    first = MemoryBook({"Ventes": [HEAD, ["1", day(3), "A", 1.0]]})
    run(score, first, options={"grille": "boissons"})
    assert values(first, "Grille RFM")["Grille utilisée"] == "Boissons (professionnels)"


def test_a_sheet_with_notes_around_its_tables_is_not_written_again(tmp_path):
    path = tmp_path / "ventes.xlsx"
    book = openpyxl.Workbook()
    book.active.title = "Ventes"
    for row in LINES:
        book.active.append(row)
    book.save(path)
    score = find_command("score")
    run(score, FileBook.open(path, path), as_of=date(2026, 11, 21))
    book = openpyxl.load_workbook(path)
    sheet = book["Grille RFM"]
    sheet.cell(sheet.max_row + 3, 1).value = "Vu avec Marielle"
    book.save(path)
    report = run(score, FileBook.open(path, path), options={"mois": "DATEDIF"})
    assert report.messages[0] == (
        "Feuille « Grille RFM » laissée telle quelle, car vous y avez noté autre chose ; ce "
        "lancement suit les options : Compte des mois = DATEDIF."
    )
    found = values(FileBook.open(path), "Grille RFM")
    assert "Vu avec Marielle" in found
    assert found["Compte des mois"] == "anniversaires"

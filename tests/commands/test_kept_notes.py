"""Columns that a user adds beside a result stay when the result is made again."""

from datetime import date, datetime
from pathlib import Path

import openpyxl
import pytest

from xlcrm.books.file import FileBook
from xlcrm.catalogue import find_command
from xlcrm.commands.job import run

AS_OF = date(2026, 12, 1)
GONE = (
    "noté à côté de « À encaisser, Lys, F3, 2026-11-02, 2027-01-10, 70 », qui n'est plus sur cette "
    "feuille"
)


def launch(command, path: Path, lang="fr", **options):
    book = FileBook.open(path, path, lang)
    return run(find_command(command), book, lang=lang, as_of=AS_OF, options=options)


def save(path: Path, sheets: dict[str, list[list]]) -> Path:
    book = openpyxl.load_workbook(path) if path.exists() else openpyxl.Workbook()
    if not path.exists():
        book.remove(book.active)
    for place, (name, rows) in enumerate(sheets.items()):
        if name in book:
            del book[name]
        sheet = book.create_sheet(name, place)
        for row in rows:
            sheet.append(row)
    book.save(path)
    return path


def table(path: Path, sheet: str, first: str) -> tuple[int, list[tuple]]:
    rows = list(openpyxl.load_workbook(path)[sheet].iter_rows(values_only=True))
    at = next(i for i, row in enumerate(rows) if row[0] == first)
    return at + 1, rows[at:]


def annotate(path: Path, sheet: str, first: str, label: str | None, notes: dict[str, object]):
    """Type notes into a new column, by a text that the row holds."""
    book = openpyxl.load_workbook(path)
    header, rows = table(path, sheet, first)
    column = len(rows[0]) + 1
    book[sheet].cell(header, column).value = label
    for number, row in enumerate(rows[1:], header + 1):
        for text, note in notes.items():
            if text in row:
                book[sheet].cell(number, column).value = note
    book.save(path)


def noted(path: Path, sheet: str, first: str, key: str, label: str) -> dict[object, object]:
    _, rows = table(path, sheet, first)
    at, note = rows[0].index(key), rows[0].index(label)
    return {row[at]: row[note] for row in rows[1:] if row[at]}


BILLS = [
    ["Client", "Pièce", "Facturé le", "Échéance", "Montant TTC"],
    ["Zen", "F1", datetime(2026, 11, 1), datetime(2026, 12, 1), 100.0],
    ["Lys", "F2", datetime(2026, 11, 1), datetime(2027, 1, 10), 200.5],
    ["Lys", "F3", datetime(2026, 11, 2), datetime(2027, 1, 10), 70],
]


@pytest.fixture
def bills(tmp_path):
    path = save(tmp_path / "factures.xlsx", {"Clients": BILLS})
    launch("tresorerie", path)
    notes = {"F1": "relancé", "F2": datetime(2026, 12, 24), "F3": 12.5}
    annotate(path, "Échéancier des factures", "Sens", "Suivi", notes)
    return path


def follow_up(path):
    return noted(path, "Échéancier des factures", "Sens", "Pièce", "Suivi")


def test_notes_on_the_schedule_stay_with_their_invoice(bills):
    changed = [BILLS[0], BILLS[2], ["Neuf", "F9", *BILLS[1][2:]], [*BILLS[1][:4], 60.0]]
    save(bills, {"Clients": changed})  # F1 is paid in part, F3 in full
    report = launch("tresorerie", bills)
    assert follow_up(bills) == {"F1": "relancé", "F2": datetime(2026, 12, 24), "F9": None}
    assert report.messages[:2] == [
        "Vos colonnes à côté des résultats sont gardées : notes de 2 lignes.",
        "Vos notes de 1 ligne qui n'est plus dans les résultats sont dans « Anomalies ».",
    ]
    lost = report.anomalies[-1]
    assert (lost["sheet"], lost["row"]) == ("Clients", 4)
    assert (lost["column"], lost["value"]) == ("Suivi", "12.5")
    assert lost["problem"] == GONE
    for _ in range(2):  # nothing more to tell, and what was told stays
        assert launch("tresorerie", bills).anomalies == []
    assert follow_up(bills)["F1"] == "relancé"
    gone = [row for row in table(bills, "Anomalies", "Commande")[1] if row[5] == GONE]
    assert [row[4] for row in gone] == [12.5]


def test_nothing_is_told_where_nothing_is_noted(tmp_path):
    path = save(tmp_path / "factures.xlsx", {"Clients": BILLS})
    launch("tresorerie", path)
    (message,) = launch("tresorerie", path).messages
    assert message.startswith("Fichier écrit")


def test_a_column_without_a_label_and_two_with_one_label(bills):
    annotate(bills, "Échéancier des factures", "Sens", None, {"F1": "a"})
    annotate(bills, "Échéancier des factures", "Sens", "Tiers", {"F2": "b"})
    launch("tresorerie", bills)
    assert table(bills, "Échéancier des factures", "Sens")[1][0][-3:] == (
        "Suivi",
        "Note",
        "Tiers (2)",
    )


def test_a_table_without_a_row_number_goes_by_its_first_column(bills):
    annotate(bills, "Trésorerie prévue", "Mois", "Idée", {100.0: "réserve"})
    report = launch("tresorerie", bills, debut="2027-01-01")
    assert report.anomalies[-1]["value"] == "réserve"  # December is no more there
    annotate(bills, "Trésorerie prévue", "Mois", "Action", {370.5: "placer"})
    launch("tresorerie", bills, debut="2027-01-01")
    found = noted(bills, "Trésorerie prévue", "Mois", "Mois", "Action")
    assert found[datetime(2027, 1, 1)] == "placer"


BASE = [
    ["Nom", "Prénom", "E-mail", "Accord e-mail"],
    ["DURAND", "Luc", "famille@exemple.fr", "oui"],
    ["DURAND", "Léa", "famille@exemple.fr", "oui"],
    ["PETIT", "Anne", "anne@exemple.fr", "oui"],
]


def test_notes_on_a_target_stay_with_their_contact_beside_the_results(tmp_path):
    path = save(tmp_path / "base.xlsx", {"Clients": BASE})
    launch("cibler", path, canal="e-mail")
    annotate(
        path, "Cible", "Prénom", "Rappeler", {"Luc": "lundi", "Léa": "mardi", "Anne": "mercredi"}
    )
    married = [BASE[0], [*BASE[3], "Ville"], ["MARTIN", *BASE[2][1:]], BASE[1]]
    save(path, {"Clients": married})
    report = launch("cibler", path, canal="e-mail")
    assert noted(path, "Cible", "Prénom", "Prénom", "Rappeler") == {
        "Anne": "mercredi", "Léa": "mardi", "Luc": "lundi",
    }  # fmt: skip
    assert report.anomalies == []


def test_notes_are_not_lost_when_the_language_changes(tmp_path):
    path = save(tmp_path / "base.xlsx", {"Clients": BASE})
    launch("cibler", path, canal="e-mail")
    annotate(path, "Cible", "Prénom", "Rappeler", {"Anne": "mercredi"})
    launch("cibler", path, "en", canal="e-mail")
    assert noted(path, "Cible", "First name", "First name", "Rappeler")["Anne"] == "mercredi"


def test_notes_on_pairs_to_check_stay_with_their_two_contacts(tmp_path):
    head = ["Nom", "Prénom", "E-mail", "CP", "Ville"]
    pairs = [[last, first, f"{last}@exemple.fr", "44000", "Nantes"]
             for last, firsts in (("DURAND", ("Luc", "Léa")), ("PETIT", ("Anne", "Paul")))
             for first in firsts]  # fmt: skip
    path = save(tmp_path / "base.xlsx", {"Clients": [head, *pairs]})
    launch("dedoublonner", path)
    annotate(
        path, "Paires à vérifier", "Avis", "Décision", {"Anne Petit petit@exemple.fr": "voisins"}
    )
    save(path, {"Clients": [head, *pairs[2:], *pairs[:2]]})
    launch("dedoublonner", path)
    found = noted(path, "Paires à vérifier", "Avis", "Contact A", "Décision")
    assert found == {
        "Luc Durand durand@exemple.fr": None,
        "Anne Petit petit@exemple.fr": "voisins",
    }


def test_a_note_goes_to_no_one_else_of_the_same_e_mail(tmp_path):
    head = ["N° client", "Nom", "Prénom", "E-mail", "Accord e-mail"]
    both = [
        [f"C{n}", "DURAND", first, "durand@exemple.fr", "oui"]
        for n, first in ((1, "Luc"), (2, "Léa"))
    ]
    path = save(tmp_path / "base.xlsx", {"Clients": [head, *both]})
    launch("cibler", path, canal="e-mail")
    annotate(path, "Cible", "N° client", "Note", {"Luc": "décédé"})
    save(path, {"Clients": [head, both[1]]})
    report = launch("cibler", path, canal="e-mail")
    assert "décédé" in [anomaly["value"] for anomaly in report.anomalies]
    assert not any("décédé" in row for row in table(path, "Cible", "N° client")[1])


@pytest.mark.parametrize("label", ["Suivi", None])
def test_notes_beside_the_anomalies_stay_and_so_do_the_lines_of_other_commands(tmp_path, label):
    rows = [["Nom", "E-mail"], *([f"DURAND{n}", f"luc{n}@gmial.com"] for n in "ab")]
    path = save(tmp_path / "base.xlsx", {"Clients": rows})
    launch("nettoyer", path)
    before = table(path, "Anomalies", "Commande")[1]
    annotate(path, "Anomalies", "Commande", label, {"luca@gmial.com": "appelé"})
    launch("nettoyer", path)
    launch("cibler", path, canal="e-mail")
    after = table(path, "Anomalies", "Commande")[1]
    assert [row[:6] for row in after][: len(before)] == before
    assert [row[4] for row in after if "appelé" in row] == ["luca@gmial.com"]

"""The treasury commands, on books in memory and on a workbook that the template wrote."""

from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from engines import recalculate_ironcalc

import xlcrm.commands  # noqa: F401  fills the catalogue
from xlcrm.books.file import FileBook
from xlcrm.books.memory import MemoryBook
from xlcrm.budget.treasury import treasury_budget
from xlcrm.catalogue import find_command
from xlcrm.commands.job import Report, run
from xlcrm.errors import ArgumentError, NothingFound, RequestError, SourceError
from xlcrm.templates.treasury import build_treasury
from xlcrm.templates.treasury.examples import marielle
from xlcrm.templates.treasury.reading import read_treasury

INVOICES = {
    "Clients": [
        ["Balance clients au 31/12"],
        ["Client", "N° facture", "Date facture", "Échéance", "Montant TTC"],
        ["Belle Rive", "F1", date(2026, 12, 3), date(2027, 1, 10), "1 200,50 €"],
        ["Zen", "F2", "15/12/2026", None, 2400],
        ["Zen", "F3", "15/12/2026", "01/12/2026", 100],
        ["Lys", "F4", date(2026, 12, 1), date(2027, 9, 1), 70.7],
        ["X", "F5", date(2026, 12, 1), date(2027, 1, 1), "abc"],
    ],
    "Fournisseurs": [
        ["Fournisseur", "Pièce", "Date", "Conditions", "Reste dû"],
        ["Karité", "P1", date(2026, 12, 20), "45 j fin de mois", 3600],
        ["Y", "P2", date(2026, 12, 20), "quand je peux", 10],
    ],
}


def launch(name: str, book: Any, **options: Any) -> Report:
    return run(find_command(name), book, as_of=date(2027, 1, 15), options=options)


def rows(book: MemoryBook, role: str, table: int = 0) -> list[list[Any]]:
    return [list(row) for row in book.results[role].tables[table].rows]


def template_book(sheets: dict[str, Any] | None = None) -> MemoryBook:
    """Marielle Nature's workbook with the values of its cells, and further sheets."""
    content = BytesIO()
    build_treasury(content, "fr", variant="example")
    path = Path("marielle.xlsx")
    from python_calamine import CalamineWorkbook

    from xlcrm.books.book import Grid

    content.seek(0)
    grids: dict[str, Any] = {}
    source = CalamineWorkbook.from_filelike(content)
    for name in source.sheet_names:
        sheet = source.get_sheet_by_name(name)
        top, left = sheet.start or (0, 0)
        values = [[None if v == "" else v for v in row] for row in sheet.to_python(True)]
        grids[name] = Grid(name, values, top + 1, left + 1)
    return MemoryBook(grids | (sheets or {}), name=path.name)


def test_invoices_become_a_schedule_a_forecast_and_a_workbook(tmp_path: Path) -> None:
    book = MemoryBook(INVOICES, name="export.xlsx")
    report = launch("tresorerie", book, tresorerie="5000")
    assert report.counts == {"receivable": 4, "payable": 2}
    assert [(r[1], r[4], r[5], r[6]) for r in rows(book, "treasury_schedule")] == [
        ("Zen", date(2026, 12, 1), 1, 100.0),
        ("Belle Rive", date(2027, 1, 10), 1, 1200.5),
        ("Zen", date(2027, 1, 14), 1, 2400.0),
        ("Y", date(2027, 1, 19), 1, 10.0),
        ("Karité", date(2027, 2, 28), 2, 3600.0),
        ("Lys", date(2027, 9, 1), 9, 70.7),
    ]
    forecast = rows(book, "treasury_forecast")
    assert forecast[0][1:] == [3700.5, 10.0, 3690.5, 8690.5]
    assert forecast[1][1:] == [0.0, 3600.0, -3600.0, 5090.5]
    assert len(forecast) == 6  # what is later stands apart, out of the charts
    assert rows(book, "treasury_forecast", 1) == [["Plus tard", 70.7, 0.0, 70.7]]
    assert [(a["sheet"], a["row"], a["column"]) for a in report.anomalies] == [
        ("Clients", 5, "Échéance"),
        ("Clients", 7, "Montant TTC"),
        ("Fournisseurs", 3, "Conditions"),
    ]
    path = tmp_path / "filled.xlsx"
    path.write_bytes(book.attached["export-tresorerie.xlsx"])
    values = recalculate_ironcalc(path)
    assert values.errors() == []
    plan = read_treasury(FileBook.open(path)).plan
    assert plan.opening.receivables.months[:2] == (3700.5, 0.0)
    assert plan.opening.receivables.later == 70.7
    assert treasury_budget(plan).balance.cash == [8690.5] + [5090.5] * 5


def test_many_invoices_go_in_by_month() -> None:
    lines = [["Client", f"F{k}", date(2026, 12, 1), date(2027, 2, 5), 10] for k in range(45)]
    book = MemoryBook({"Clients": [INVOICES["Clients"][1], *lines]})
    report = launch("treasury", book)
    assert "Plus de 40 factures" in report.messages[0]
    assert rows(book, "treasury_forecast")[1][1] == 450.0


def test_credit_note_is_taken_off() -> None:
    book = MemoryBook(
        {
            "Clients": [
                ["Client", "Échéance", "Montant"],
                ["A", "05/02/2027", 100],
                ["A", "06/02/2027", -30],
            ]
        }
    )
    launch("treasury", book)
    assert rows(book, "treasury_forecast")[1][1] == 70.0


def test_a_sheet_without_amounts_is_refused_in_a_sentence() -> None:
    with pytest.raises(NothingFound, match="n'a d'en-tête avec un montant et une date"):
        launch("treasury", MemoryBook({"Notes": [["Bonjour"], ["x"]]}))


def test_thirteen_months_are_refused() -> None:
    with pytest.raises(ArgumentError, match="de 1 à 12"):
        launch("treasury", MemoryBook(INVOICES), mois="13")


def test_simulate_compares_the_scenarios_of_the_workbook() -> None:
    book = template_book()
    launch("simuler", book, perte="5000", mois_perte="2")
    table = rows(book, "treasury_scenarios")
    assert [row[0] for row in table][:3] == [
        "Budget", "Institut Belle Rive défaillant", "Délais + 15 jours",
    ]  # fmt: skip
    budget = treasury_budget(marielle("fr").plan)
    assert table[0][1] == budget.low_point[0]
    asked = table[-1]
    assert (asked[0], asked[8]) == ("Scénario demandé", 5000.0)
    assert rows(book, "treasury_scenarios", 1)[5][1] == budget.balance.cash[-1]


def test_simulate_says_that_the_budget_needs_a_look() -> None:
    book = template_book()
    shares = book.read("Hypothèses")
    row = next(r for r in shares.rows if "Instituts et revendeurs" in r)
    row[row.index(0.5)] = 0.9
    report = launch("simuler", book)
    assert report.messages[0].startswith("Budget à revoir : sales.2 (Instituts et revendeurs)")


def test_simulate_refuses_another_workbook() -> None:
    with pytest.raises(SourceError, match="xlcrm template tresorerie"):
        launch("simuler", MemoryBook({"Base": [["Nom"], ["A"]]}, name="base.xlsx"))


def test_actual_against_budget() -> None:
    bank = [
        ["Date", "Libellé", "Débit", "Crédit"],
        [date(2027, 1, 5), "VIR Boutiques et site semaine 1", None, 26000],
        [date(2027, 1, 15), "URSSAF janvier", 7000, None],
        [date(2027, 1, 31), "SALAIRES JANVIER", 12900, None],
        [date(2027, 2, 28), "PAIEMENT DIVERS", 55.5, None],
        [date(2029, 2, 28), "PLUS TARD", 1, None],
    ]
    book = template_book({"Banque": bank})
    report = launch("realise", book)
    assert report.counts == {"movements": 4, "unmatched": 1}
    months = rows(book, "treasury_actual")
    budget = treasury_budget(marielle("fr").plan)
    january = budget.total_receipts[0]
    assert months[0][1:4] == [january, 26000.0, round(26000 - january, 2)]
    assert months[0][8] == 9800 + 26000 - 7000 - 12900
    assert months[2][2] is None
    lines = {row[0]: row[2:5] for row in rows(book, "treasury_actual", 1)}
    assert lines["Salaires nets"] == [25600.0, 12900.0, -12700.0]
    assert lines["Charges sociales"] == [14500.0, 7000.0, -7500.0]
    assert lines["Sans ligne de budget"] == [0.0, 55.5, 55.5]
    assert [a["row"] for a in report.anomalies] == [6]


def test_exercise_writes_both_copies_and_teachers_changes_come_through(tmp_path: Path) -> None:
    source = tmp_path / "cas.xlsx"
    build_treasury(source, "fr", variant="example")
    report = launch("sujet", FileBook.open(source))
    assert report.counts["answers"] == 57
    teacher, student = tmp_path / "cas-formateur.xlsx", tmp_path / "cas-eleve.xlsx"
    assert student.exists()
    import openpyxl

    book = openpyxl.load_workbook(teacher)
    data = book["Données"]
    at = next(r for r in range(6, 400) if data.cell(r, 6).value == "sales.1.amount.1")
    data.cell(at, 5).value = 99000
    changed = tmp_path / "change-formateur.xlsx"
    book.save(changed)
    launch("sujet", FileBook.open(changed))
    plan = read_treasury(FileBook.open(tmp_path / "change-formateur-2.xlsx")).plan
    assert plan.sales[0].amounts[0] == 99000
    assert plan.funding == marielle("fr").plan.funding
    values = recalculate_ironcalc(tmp_path / "change-formateur-2.xlsx")
    wanted = treasury_budget(plan).balance.cash
    net = [values["Corrigé", f"{c}{r}"] for r in range(5, 70) for c in "IJKLMN"
           if values["Corrigé", f"D{r}"] == "Trésorerie nette en fin de mois"]  # fmt: skip
    assert net == wanted


def test_exercise_needs_data(tmp_path: Path) -> None:
    path = tmp_path / "vierge.xlsx"
    build_treasury(path, "fr")
    with pytest.raises(SourceError, match="n'a ni ventes ni achats"):
        launch("sujet", FileBook.open(path))


@pytest.mark.parametrize(
    ("key", "value", "sentence"),
    [
        ("sales.2.share.1", 0.6, "les parts font 140 %, il faut 100 %"),
        ("sales.1.rate", 20, "sales.1.rate : 20 dépasse 100 % ; taper 20 % ou 0,2"),
        ("sales.1.amount.2", "abc", "« abc » n'est pas un nombre"),
        ("sales.1.amount.2", -5, "-5 est négatif"),
        ("sales.1.amount.3", None, "il manque le mois 3"),
        ("start", "janvier", "une date est attendue"),
        ("months", 9, "un nombre de 1 à 6 est attendu"),
        ("loans.1.count", 0, "au moins une mensualité"),
        ("opening.cash", 1, "l'actif .* et le passif .* diffèrent"),
        ("schedule.social.1", 7000, "schedule.social : l'échéancier et le bilan"),
        ("sales.1.timing", "xx", "« xx » n'est pas dans la liste"),
        ("currencies.1.rate.3", 0, "currencies.1 : un cours manque"),
    ],
)
def test_bad_data_of_an_exercise_are_refused(
    key: str, value: Any, sentence: str, tmp_path: Path
) -> None:
    import openpyxl

    path = tmp_path / "formateur.xlsx"
    build_treasury(path, "fr", True)
    book = openpyxl.load_workbook(path)
    data = book["Données"]
    at = next(r for r in range(6, 400) if data.cell(r, 6).value == key)
    data.cell(at, 5).value = value
    book.save(path)
    with pytest.raises(SourceError, match=sentence):
        launch("sujet", FileBook.open(path))


def test_students_copy_cannot_be_read_back(tmp_path: Path) -> None:
    path = tmp_path / "eleve.xlsx"
    build_treasury(path, "fr", False, "case")
    with pytest.raises(SourceError, match="copie d'élève"):
        launch("simuler", FileBook.open(path))


EXPORT = {
    "Balance clients": [
        ["N° pièce", "Date", "Client", "Mode de règlement", "Montant TTC (€)", "Déjà réglé"],
        ["FA1", date(2027, 1, 15), "Belle Rive", "Virement 30 jours fin de mois", 1200, None],
        ["FA2", date(2027, 1, 20), "Zen", "Chèque comptant", 2400.5, 400.5],
        ["FA3", date(2027, 1, 20), "Lys", "Virement", 100, None],
        ["FA4", date(2027, 1, 20), "Lys", "30 j", 60, 60],
        ["Total", None, None, None, 3760.5, 460.5],
    ],
    "À payer": [
        ["Fournisseur", "Facture", "Date facture", "Date d'échéance", "Net à payer"],
        ["Karité", "K1", date(2027, 1, 2), date(2027, 2, 10), 5000],
    ],
    "Notes": [["Penser à relancer"], ["Zen : 2 fois"]],
}


def test_labels_of_other_programs_part_payments_and_totals() -> None:
    book = MemoryBook(EXPORT, name="export.xlsx")
    report = launch("tresorerie", book)
    found = [(r[2], r[4], r[6], r[7]) for r in rows(book, "treasury_schedule")]
    assert found == [
        ("FA2", date(2027, 1, 20), 2000.0, None),
        ("K1", date(2027, 2, 10), 5000.0, None),
        ("FA3", date(2027, 2, 19), 100.0, "Ni échéance ni délai : 30 jours comptés."),
        ("FA1", date(2027, 2, 28), 1200.0, None),
    ]
    assert report.anomalies == []
    assert "non lu : Notes" in report.messages[0]


@pytest.mark.parametrize(
    ("told", "due", "anomalies"),
    [
        ("45 jours fin de mois", date(2027, 2, 28), 0),
        ("30 j", date(2027, 2, 4), 0),
        (60, date(2027, 3, 6), 0),
        ("60 jours nets", date(2027, 3, 6), 0),
        ("fin de mois", date(2027, 1, 31), 0),
        ("à réception", date(2027, 1, 5), 0),
        ("comptant", date(2027, 1, 5), 0),
        ("15/02/2027", date(2027, 2, 15), 0),
        (46433, date(2027, 2, 15), 0),
        ("bientôt", date(2027, 2, 4), 1),  # 30 days are counted, and told
    ],
)
def test_terms_in_the_column_of_due_dates(told: Any, due: date, anomalies: int) -> None:
    """As CRM_ECHEANCE reads them, from the date of the invoice."""
    head = ["Client", "Date facture", "Échéance", "Montant TTC"]
    book = MemoryBook({"Clients": [head, ["Zen", date(2027, 1, 5), told, 100]]})
    report = launch("tresorerie", book)
    assert [r[4] for r in rows(book, "treasury_schedule")] == [due]
    assert [a["column"] for a in report.anomalies] == ["Échéance"] * anomalies


def test_an_invoice_that_comes_twice_is_told_and_an_instalment_too() -> None:
    head = ["Client", "N° facture", "Date facture", "Échéance", "Montant TTC"]
    lines = [
        ["Zen", 17, date(2027, 1, 5), "30 j", 100],
        ["ZEN", "17", date(2027, 1, 5), date(2027, 2, 4), 100],
        ["Zen", 17, date(2027, 1, 5), "60 j", 100],
        ["Zen", 17, date(2027, 1, 5), "30 j", 50],
        ["Lys", 17, date(2027, 1, 5), "30 j", 100],
        ["Zen", None, date(2027, 1, 5), "30 j", 70],
        ["Zen", None, date(2027, 1, 5), "30 j", 70],
    ]
    book = MemoryBook({"Clients": [head, *lines]})
    report = launch("tresorerie", book)
    assert report.counts == {"receivable": 7, "payable": 0}
    assert [(a["row"], a["column"], a["problem"]) for a in report.anomalies] == [
        (3, "Pièce", "Même facture que Clients ligne 2 (n°, tiers, montant, échéance) : "
                     "comptée deux fois."),
        (4, "Pièce", "Même n°, tiers et montant que Clients ligne 2, autre échéance : "
                     "comptée en plus."),
    ]  # fmt: skip


def test_a_line_that_is_nobodys_is_told_in_the_users_words() -> None:
    head = ["Tiers", "Date", "Échéance", "Montant TTC"]
    book = MemoryBook({"Feuil1": [head, ["Zen", date(2027, 1, 5), "30 j", 100],
                                  ["Zen", None, "30 j", 100]]})  # fmt: skip
    with pytest.raises(RequestError) as refusal:
        launch("tresorerie", book)
    assert str(refusal.value) == (
        "Aucune facture à encaisser ou à payer dans memory.xlsx. Feuil1 ligne 2, Sens : Client ou "
        "fournisseur ? Facture laissée de côté. Feuil1 ligne 3, Date : Ni date d'échéance ni date "
        "de facture : facture laissée de côté."
    )


def test_an_empty_remainder_leaves_the_word_to_the_amount() -> None:
    head = ["Client", "Échéance", "Montant TTC", "Déjà réglé", "Reste dû"]
    book = MemoryBook({"Ventes": [head, ["Zen", date(2027, 1, 5), 100, 30, None],
                                  ["Lys", date(2027, 1, 5), 50, None, None]]})  # fmt: skip
    launch("tresorerie", book)
    table = book.results["treasury_schedule"].tables[0]
    amounts = [column.label for column in table.columns].index("Montant TTC")
    assert [row[amounts] for row in table.rows] == [50, 70]


DAY, LATER = date(2027, 1, 10), date(2027, 2, 10)


@pytest.mark.parametrize(
    ("label", "cells", "owed", "told"),
    [
        ("Réglé", [1000, 400, None], [600, 1000], 0),
        ("Montant payé", [1000, "400,00 €", None], [600, 1000], 0),
        ("Acompte versé", [250, 400, "oui"], [750, 600, 1000], 1),
        ("Payé", ["oui", "non", "400"], [1000, 600], 0),
        ("Payée (x/oui)", ["x", None, "✓"], [1000], 0),
        ("Payé", [True, False, "peut-être"], [1000, 1000], 1),
        ("Soldé", ["oui", "non", None], [1000, 1000], 0),
        ("Payé le", [DAY, LATER, "bientôt"], [1000, 1000], 1),
        ("Date de paiement", ["10/01/2027", None, None], [1000, 1000], 0),
        ("Date de règlement", [DAY, None, LATER], [1000, 1000], 0),
        ("Réglée le", [DAY, DAY, None], [1000], 0),
        ("Statut", ["Payée", "Impayée", "Partielle"], [1000, 1000], 1),
        ("Statut", ["Réglée", "Soldée", "En attente"], [1000], 0),
        ("Statut", ["Fidèle", "Prospect", None], [1000, 1000, 1000], 0),
    ],
)
def test_what_is_paid_is_not_forecast_again(
    label: str, cells: list[Any], owed: list[float], told: int
) -> None:
    head = ["Client", "N° facture", "Date facture", "Échéance", "Montant TTC", label]
    lines = [[f"C{n}", f"F{n}", date(2026, 12, 15), "30 j", 1000, v] for n, v in enumerate(cells)]
    book = MemoryBook({"Clients": [head, *lines]})
    report = launch("tresorerie", book)
    assert [row[6] for row in rows(book, "treasury_schedule")] == owed
    assert [a["column"] for a in report.anomalies] == [label] * told
    assert not [m for m in report.messages if "non lue" in m]


def test_settled_invoices_and_unread_columns_of_payment_are_told() -> None:
    head = ["Client", "Date facture", "Montant TTC", "Acompte", "Réglé", "Payé par", "Statut"]
    lines = [["A", date(2027, 1, 5), 1000, 100, 300, "CB", "Payée"],
             ["B", date(2027, 1, 5), 1000, 100, 300, None, None]]  # fmt: skip
    book = MemoryBook({"Clients": [head, *lines]})
    report = launch("tresorerie", book)
    assert [row[6] for row in rows(book, "treasury_schedule")] == [700]
    assert report.messages[:2] == [
        "Clients : colonne qui ressemble à un règlement, non lue : Payé par.",
        "Clients : 1 facture déjà réglée, laissée de côté.",
    ]
    assert [a["problem"] for a in report.anomalies if a["column"] == "Acompte"] == [
        "Deux montants réglés pour une facture : le plus grand est déduit."
    ]


def test_an_amount_due_wins_over_a_status() -> None:
    head = ["Client", "Date facture", "Montant TTC", "Reste dû", "Statut"]
    lines = [["A", date(2027, 1, 5), 1000, 200, "Payée"], ["B", date(2027, 1, 5), 1000, 0, "Payée"],
             ["C", date(2027, 1, 5), 1000, None, "Payée"]]  # fmt: skip
    book = MemoryBook({"Clients": [head, *lines]})
    report = launch("tresorerie", book)
    assert [row[6] for row in rows(book, "treasury_schedule")] == [200]
    assert [a["column"] for a in report.anomalies] == ["Reste dû"]


def test_the_day_of_a_part_payment_settles_no_invoice() -> None:
    head = ["Client", "Date facture", "Montant TTC", "Payé le", "Montant payé"]
    lines = [["A", date(2027, 1, 5), 1000, DAY, 300], ["B", date(2027, 1, 5), 500, DAY, None]]
    book = MemoryBook({"Clients": [head, *lines]})
    launch("tresorerie", book)
    assert [row[6] for row in rows(book, "treasury_schedule")] == [700]

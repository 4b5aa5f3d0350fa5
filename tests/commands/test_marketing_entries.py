"""Accounting exports of every shape: the French FEC, bank statements, signed amounts."""

from __future__ import annotations

from datetime import date

import pytest

import xlcrm.commands  # noqa: F401  fills the catalogue
from xlcrm.books.memory import MemoryBook
from xlcrm.catalogue import find_command
from xlcrm.commands.job import run

ACTIONS = [
    ["Code", "Action", "Début", "Budget HT"],
    ["MK01", "Salon", "25/01/2027", 6800],
    ["MK02", "Salon de printemps", "01/04/2027", 900],
    ["3", "Refonte du site", "01/09/2027", 2800],
]
# Columns of the fichier des écritures comptables: article A47 A-1 du livre des procédures fiscales.
FEC = (
    "JournalCode JournalLib EcritureNum EcritureDate CompteNum CompteLib CompAuxNum CompAuxLib "
    "PieceRef PieceDate EcritureLib Debit Credit EcritureLet DateLet ValidDate Montantdevise "
    "Idevise"
).split()


def place(export, name="Export", actions=ACTIONS):
    book = MemoryBook({"Plan": actions} | ({name: export} if isinstance(export, list) else {}))
    options = {} if isinstance(export, list) else {"export": str(export)}
    report = run(
        find_command("marketing-actual"), book, lang="fr", as_of=date(2027, 12, 31), options=options
    )
    tracked = [row[5] for row in book.results["marketing_tracking"].tables[0].rows]
    return report, tracked[:-1], list(book.results["marketing_entries"].tables[0].rows)


def line(account, label, debit="0,00", credit="0,00"):
    return ["AC", "Achats", "1", "20270125", account, "x", "", "", "F1", "20270125", label, debit,
            credit, "", "", "20270131", "", ""]  # fmt: skip


INVOICES = [
    line("62330000", "MK01 stand", "7240,00"),
    line("44566000", "MK01 stand", "1448,00"),
    line("40100000", "MK01 stand", "0,00", "8688,00"),
    line("60910000", "MK01 remise", "0,00", "240,50"),
    line("62310000", "Toner", "99,90"),
    line("20500000", "Refonte du site", "2800,00"),
    line("20500000", "Brevet", "500,00"),
    line("51200000", "MK01 stand", "0,00", "8688,00"),
]


@pytest.mark.parametrize(("separator", "suffix"), [("\t", ".txt"), ("|", ".txt"), (";", ".csv")])
def test_only_charges_of_a_ledger_are_costs(separator, suffix, tmp_path):
    path = tmp_path / f"123456789FEC20271231{suffix}"
    text = "\r\n".join(separator.join(row) for row in [FEC, *INVOICES])
    path.write_bytes(text.encode("cp1252"))
    report, tracked, entries = place(path)
    # 7 240 - 240.50: neither the VAT, nor the supplier, nor the bank.
    assert tracked == [6999.5, None, None]
    assert report.counts == {"entries": 4, "placed": 2, "unplaced": 2, "unplaced_amount": 2899.9}
    assert report.messages[0].startswith("4 lignes hors des comptes de charges (classe 6)")
    assert [row[2] for row in entries[:2]] == ["Toner", "Refonte du site"]
    assert entries[0][0] == date(2027, 1, 25)
    assert [a["problem"] for a in report.anomalies] == [
        "Aucune action de ce code ni de ce libellé.",
        "Compte d'immobilisation (classe 2) : ce n'est pas une charge de l'année.",
    ]


def test_one_amount_with_its_side():
    export = [
        ["CompteNum", "EcritureLib", "Montant", "Sens"],
        ["623300", "MK01 stand", "7240,00", "D"],
        ["609100", "MK01 remise", "240,50", "C"],
        ["401000", "MK01 stand", "8688,00", "C"],
    ]
    assert place(export)[1][0] == 6999.5


def test_a_reversal_is_a_negative_debit():
    export = [["Compte", "Libellé", "Débit", "Crédit"], ["6233", "MK01", 1000, None],
              ["6233", "MK01 annulation", -400, None]]  # fmt: skip
    assert place(export)[1][0] == 600


BANK = [
    ["Relevé de compte"],
    ["Date", "Libellé", "Débit (€)", "Crédit (€)", "Solde (€)"],
    ["01/01/2027", "Solde initial", None, None, "12 000,00"],
    ["25/01/2027", "PRLV MK01 STAND", "-8 688,00", None, "3 312,00"],
    ["02/02/2027", "VIR CLIENT", None, "30 000,00", "33 312,00"],
    ["", "Total", "-8 688,00", "30 000,00", None],
]


def test_a_bank_statement_is_read_with_its_own_signs_and_told_to_be_with_vat():
    report, tracked, _ = place(BANK)
    assert tracked[0] == 8688
    assert report.counts["unplaced_amount"] == -30000
    assert any("semblent TTC" in message for message in report.messages)
    assert [a["problem"] for a in report.anomalies] == [
        "Sans montant : ligne non comptée.",
        "Aucune action de ce code ni de ce libellé.",
    ]


def test_signs_are_judged_by_the_lines_of_the_actions():
    """A bank file with one signed column, receipts above payments."""
    export = [["Libellé", "Montant"], ["MK01 stand", "-7 240,00"], ["Client", "90 000,00"]]
    report, tracked, _ = place(export)
    assert tracked[0] == 7240
    assert any("signes ont été retournés" in message for message in report.messages)


@pytest.mark.parametrize(
    ("label", "amounts"),
    [
        ("Stand Salon de printemps", [None, 50, None]),  # not also the action "Salon"
        ("Salon", [50, None, None]),
        ("Salon 3 jours", [50, None, None]),  # 3 is a number here, not a code
        ("Refonte du site, solde", [None, None, 50]),
    ],
)
def test_a_label_goes_to_the_action_that_it_names(label, amounts):
    assert place([["Libellé", "Montant HT"], [label, 50]])[1] == amounts


def test_other_sheets_that_could_be_the_export_are_named():
    actions = {"Plan": ACTIONS, "Compta T1": [["Code", "Montant"], ["MK01", 10]],
               "Compta T2": [["Code", "Montant"], ["MK01", 20]]}  # fmt: skip
    book = MemoryBook(actions)
    report = run(find_command("marketing-actual"), book, lang="fr", as_of=date(2027, 12, 31))
    assert report.messages[0] == (
        "Export lu : « Compta T1 ». Pour une autre feuille (Compta T2) : option « export »."
    )

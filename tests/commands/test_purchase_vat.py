"""Purchases with VAT on one sheet and without it on another, or with one of the two left blank."""

import pytest
from purchase_lines import AS_OF, anomalies, day, go, scores

from xlcrm.books.memory import MemoryBook
from xlcrm.catalogue import find_command
from xlcrm.commands.job import run

NET = ["N° facture", "Date", "N° client", "Montant HT"]
GROSS = ["N° facture", "Date", "N° client", "Montant TTC"]
MIXED = (
    "Montants TTC et HT mêlés : 2025 HT, 2026 TTC. Pour tout compter en TTC, ajoutez une colonne "
    "« TVA » (taux ou montant) à « 2025 »."
)


def line(number, amount, *more):
    return [number, day(3), "A", amount, *more]


@pytest.mark.parametrize("rate", [1.2, 1.1, 1.055, 1.021, 1.085])
@pytest.mark.parametrize("net_first", [True, False])
def test_an_order_without_vat_on_one_sheet_and_with_it_on_another_counts_once(rate, net_first):
    net = [NET, line("F1", 99.99), line("F2", 10.0)]
    gross = [GROSS, line("F1", round(99.99 * rate, 2))]
    sheets = {"HT": net, "TTC": gross} if net_first else {"TTC": gross, "HT": net}
    book, report = go("score", sheets)
    assert scores(book, "Commandes", "CA net") == [(2, round(99.99 * rate, 2) + 10.0)]
    assert anomalies(report) == [
        ("HT", 2, "Même commande que « TTC », ligne 2, l'une HT et l'autre TTC : comptée une seule "
         "fois, au montant TTC."),
    ]  # fmt: skip
    assert report.counts["repeated"] == 1


def test_an_order_of_several_rates_is_compared_by_its_total():
    net = [NET, line("F1", 100.0), line("F1", 50.0)]  # at 20 % and at 5.5 %
    book, report = go("score", {"HT": net, "TTC": [GROSS, line("F1", 172.75)]})
    assert scores(book, "CA net") == [(172.75,)]
    assert [row for _, row, _ in anomalies(report)] == [2, 3]


@pytest.mark.parametrize(
    ("label", "amount", "sales"),
    [
        ("Montant TTC", 150.0, 250.0),  # no rate makes 150 of 100
        ("Montant TTC", 90.0, 190.0),
        ("Montant", 120.0, 120.0),  # does not say, but 20 % to the cent
        ("Montant", 114.0, 214.0),
    ],
)
def test_another_amount_of_one_number_stays_another_amount(label, amount, sales):
    other = [[*NET[:3], label], line("F1", amount)]
    book, _ = go("score", {"HT": [NET, line("F1", 100.0)], "V": other})
    assert scores(book, "CA net") == [(sales,)]


def test_the_same_amounts_on_sheets_of_one_basis_are_no_vat():
    sheets = {"A": [NET, line("F1", 100.0)], "B": [NET, line("F1", 120.0)]}
    assert scores(go("score", sheets)[0], "CA net") == [(220.0,)]


@pytest.mark.parametrize(
    ("label", "tax", "sales"),
    [
        ("Taux TVA", 0.2, 120.0),
        ("Taux TVA", 20, 120.0),
        ("TVA %", "5,5 %", 105.5),
        ("TVA", "20 %", 120.0),
        ("TVA", 10, 110.0),
        ("Montant TVA", 13.4, 113.4),
        ("TVA", 0, 100.0),
    ],
)
def test_mixed_sheets_have_a_remedy_a_column_of_vat(label, tax, sales):
    gross = [GROSS, line("F9", 12.0)]
    _, report = go("score", {"2025": [NET, line("F1", 100.0)], "2026": gross})
    assert report.messages[0] == MIXED
    told = {"2025": [[*NET, label], line("F1", 100.0, tax)], "2026": gross}
    book, report = go("score", told)
    assert scores(book, "CA net") == [(sales + 12,)]
    assert report.messages[0] == f"Montants de « 2025 » : TTC (Montant HT + {label})."
    assert "mêlés" not in " ".join(report.messages)


def test_the_remedy_is_told_and_works_in_english():
    sheets = {
        "Old": [["Invoice", "Date", "Customer", "Total excl VAT"], ["F1", day(3), "A", 100.0]],
        "New": [["Invoice", "Date", "Customer", "Total incl VAT"], ["F2", day(4), "A", 12.0]],
    }
    report = run(find_command("score"), MemoryBook(sheets), as_of=AS_OF, lang="en")
    assert report.messages[0] == (
        "Amounts with VAT (TTC) and without (HT) are mixed: Old HT, New TTC. To count them all with "
        'VAT, add a column "VAT" (rate or amount) to "Old".'
    )
    sheets["Old"] = [[*sheets["Old"][0], "VAT"], [*sheets["Old"][1], 20.0]]
    book = MemoryBook(sheets, lang="en")
    run(find_command("score"), book, as_of=AS_OF, lang="en")
    assert scores(book, "Net sales") == [(132.0,)]


def test_vat_that_reads_as_rate_and_as_amount_is_not_guessed():
    net = [[*NET, "TVA"], line("F1", 200.0, 20.0)]  # 20 % are 240, 20 € are 220
    _, report = go("score", {"2025": net, "2026": [GROSS, line("F9", 12.0)]})
    assert report.messages[0] == MIXED


@pytest.mark.parametrize(("vat", "sales"), [(["TVA", 10.0], 182.4), (["Taux de TVA", 20], 182.4)])
def test_a_blank_total_is_computed_where_the_line_says_its_vat(vat, sales):
    head = [*NET, "Montant TTC", vat[0]]
    full = 20.4 if vat[0] == "TVA" else 20
    rows = [head, line("F1", 102.0, 122.4, full), line("F2", 50.0, None, vat[1])]
    book, report = go("score", {"V": rows})
    assert scores(book, "CA net") == [(sales,)]
    assert report.messages[-1] == (
        f"« Montant TTC » de « V », vide sur 1 ligne : calculé d'après « Montant HT » et « {vat[0]} »."
    )
    assert anomalies(report) == []


def test_a_blank_total_without_vat_is_told_as_such():
    rows = [[*NET, "Montant TTC"], line("F1", 100.0, 120.0), line("F2", 50.0, None),
            line("F3", None, None)]  # fmt: skip
    book, report = go("score", {"V": rows})
    assert scores(book, "CA net") == [(120.0,)]
    assert anomalies(report) == [
        ("V", 3, "TTC vide, HT présent : ligne laissée de côté. Remplissez « Montant TTC », ou "
         "une colonne « TVA » (taux ou montant)."),
        ("V", 4, "Achat sans montant lisible : ligne laissée de côté."),
    ]  # fmt: skip


def test_a_total_of_the_order_on_its_first_line_is_not_added_to():
    head = [*NET[:3], "HT", "TTC", "Taux TVA"]
    rows = [head, line("F1", 100.0, 180.0, 20), line("F1", 50.0, None, 20)]
    assert scores(go("score", {"V": rows})[0], "CA net") == [(180.0,)]

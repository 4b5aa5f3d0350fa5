"""The same purchase on two sheets or twice on one: what counts once, and what is told."""

import pytest
from purchase_lines import HEAD, anomalies, day, go, months, scores


def test_an_order_and_its_lines_on_two_sheets_count_once():
    detail = ["N° facture", "Date", "N° client", "Produit", "Quantité", "Prix unitaire"]
    book, report = go("score", {
        "Commandes": [HEAD, ["1", day(5), "A", 60.0], ["2", day(6), "A", 10.0]],
        "Lignes": [detail, ["1", day(5), "A", "savon", 4, 10], ["1", day(5), "A", "crème", 1, 20],
                   ["2", day(6), "A", "savon", 1, 11]],
    })  # fmt: skip
    assert scores(book, "Commandes", "CA net") == [(2, 81.0)]
    assert [(row, problem.split(" :")[0].split(", mais")[0]) for _, row, problem in
            anomalies(report)] == [
        (2, "Même achat que « Commandes », ligne 2"),
        (3, "Même achat que « Commandes », ligne 2"),
        (4, "Même commande que « Commandes », ligne 3"),
    ]  # fmt: skip


def test_numbers_that_start_again_each_year_are_other_orders_with_their_refunds():
    book, _ = go("score", {
        "2025": [HEAD, ["1", day(3, year=2025), "A", 100.0]],
        "2026": [HEAD, ["1", day(3), "A", 80.0], ["1", day(4), "A", -30.0]],
    })  # fmt: skip
    assert scores(book, "Commandes", "CA net", "Dernier achat") == [(2, 150.0, day(3))]


def test_lines_without_a_number_are_the_same_by_customer_day_amount_and_product():
    head = ["Date", "N° client", "Produit", "Montant"]
    line = [day(3), "A", "thé", 10.0]
    book, _ = go("dashboard", {
        "Mars": [head, line, [day(3), None, "thé", 4.0]],
        "Copie": [head, line, [day(3), "A", "café", 10.0], [day(3), None, "thé", 4.0]],
    })  # fmt: skip
    assert months(book) == {"03/2026": 28.0}


def test_lines_without_a_number_that_stand_more_often_on_a_sheet_all_count_and_are_told():
    head = ["Date", "N° client", "Produit", "Montant"]
    line = [day(3), "A", "thé", 10.0]
    book, report = go("score", {"Mars": [head, line, line], "Copie": [head, line]})
    assert scores(book, "CA net") == [(30.0,)]
    assert anomalies(report) == [
        ("Copie", 2, "Même achat que « Mars », ligne 2, mais pas autant de fois : tous comptent."),
    ]


def test_lines_of_one_order_that_are_alike_in_everything_are_told_once_and_counted():
    head = ["N° commande", "Date", "N° client", "Produit", "Montant"]
    tea, milk = ["1", day(3), "A", "thé", 10.0], ["1", day(3), "A", "lait", 10.0]
    book, report = go("score", {"V": [head, tea, milk, tea, ["2", *tea[1:]], milk, milk]})
    assert scores(book, "Commandes", "CA net") == [(2, 60.0)]
    assert [(a["row"], a["column"], a["value"]) for a in report.anomalies] == [
        (2, "N° commande", "1")
    ]
    assert anomalies(report)[0][2] == (
        "Lignes identiques d'une même commande : 2 et 4 ; 3, 6 et 7. Toutes comptent ; si elles "
        "sont saisies deux fois, n'en gardez qu'une et relancez."
    )


@pytest.mark.parametrize("column", ["Produit", "Caisse"])
def test_two_purchases_alike_without_a_number_are_no_double(column):
    head = ["Date", "N° client", column, "Montant"]
    book, report = go(
        "score", {"V": [head, [day(3), "A", "thé", 10.0], [day(3), "A", "thé", 10.0]]}
    )
    assert scores(book, "CA net") == [(20.0,)]
    assert anomalies(report) == []

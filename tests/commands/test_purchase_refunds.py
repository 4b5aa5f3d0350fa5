"""Refunds in a column beside the amount: deducted from it, and told."""

import pytest
from purchase_lines import anomalies, day, go, scores

HEAD = ["N° commande", "Date", "N° client", "Montant TTC"]


def sheet(label, *refunds):
    rows = [[f"F{n}", day(3), "A", 100.0, refund] for n, refund in enumerate(refunds, 1)]
    return {"V": [[*HEAD, label], *rows]}


@pytest.mark.parametrize("command", ["score", "dashboard"])
@pytest.mark.parametrize(
    ("label", "refund", "told"),
    [
        ("Remboursé", 30.0, "30,00"),
        ("Avoir", "30,00 €", "30,00"),
        ("Montant remboursé", -30, "30,00"),
        ("Montant de l'avoir", 30, "30,00"),
        ("Remboursé TTC", 30, "30,00"),
        ("Refunded Amount", 30, "30,00"),
    ],
)
def test_a_refund_in_its_own_column_is_deducted_and_told(command, label, refund, told):
    book, report = go(command, sheet(label, refund, None, 0.0))
    assert report.messages[0] == (
        f"« V » : « {label} » déduit de « Montant TTC » sur 1 ligne ({told} en tout)."
    )
    assert anomalies(report) == []
    if command == "score":
        assert scores(book, "Commandes", "CA net") == [(3, 270.0)]


def test_what_was_given_back_in_full_stays_a_purchase_of_nothing():
    assert scores(go("score", sheet("Remboursé", 100.0, 5))[0], "Commandes", "CA net") == [
        (2, 95.0)
    ]


def test_more_than_the_amount_is_no_refund_of_it():
    book, report = go("score", sheet("Avoir", 130.0, 5.5))
    assert scores(book, "CA net") == [(194.5,)]
    assert anomalies(report) == [("V", 2, "Remboursé plus que le montant : non déduit.")]


@pytest.mark.parametrize(
    ("label", "values", "shown"),
    [
        ("Remboursé", ["oui", "non", None], "oui"),
        ("Remboursé", [1, 0, 0], "1"),
        ("Remboursé le", [day(4), None, None], "2026-04-01"),
        ("Remboursé le", ["4 avril 2026", None, None], "4 avril 2026"),
    ],
)
def test_a_mere_yes_or_a_day_is_the_whole_order(label, values, shown):
    book, report = go("score", sheet(label, *values))
    assert scores(book, "Commandes", "CA net") == [(2, 200.0)]
    assert anomalies(report) == [
        ("V", 2, f"« {label} » : {shown} ; commande remboursée, ligne laissée de côté."),
    ]


def test_a_refund_without_vat_is_not_deducted_from_an_amount_with_it():
    book, report = go("score", sheet("Avoir HT", 30.0))
    assert scores(book, "CA net") == [(100.0,)]
    assert report.messages == [
        "« V » : « Avoir HT » n'est pas déduit de « Montant TTC », l'un est HT et l'autre TTC."
    ]


def test_the_number_of_the_order_refunded_stays_one():
    rows = [[*HEAD, "Remboursé"], ["1", day(3), "A", 100.0, None], ["2", day(4), "A", 40.0, 1]]
    book, report = go("score", {"V": rows})
    assert scores(book, "Commandes", "CA net") == [(1, 60.0)]
    assert report.messages == []


@pytest.mark.parametrize(("typed", "back"), [("oui", -100.0), (30.0, -30.0)])
def test_a_refund_that_has_its_own_line_too_counts_once(typed, back):
    rows = sheet("Remboursé", typed, None)["V"]
    book, report = go("score", {"V": [*rows, ["F1", day(5), "A", back, None]]})
    assert scores(book, "CA net") == [(200.0 + back,)]
    assert anomalies(report) == [
        (
            "V",
            2,
            "Commande remboursée du même montant sur une ligne à part : non déduit une seconde fois.",
        )
    ]


def test_a_rebate_on_a_line_of_the_order_is_not_its_refund():
    rows = sheet("Remboursé", 30.0, None)["V"]
    book, _ = go("score", {"V": [*rows, ["F1", day(3), "A", -5.0, None]]})
    assert scores(book, "CA net") == [(165.0,)]

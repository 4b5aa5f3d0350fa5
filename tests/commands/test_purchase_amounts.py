"""Which column is the amount, with or without VAT, and how an amount is read."""

import pytest
from purchase_lines import AS_OF, HEAD, anomalies, day, go, scores

from xlcrm.books.memory import MemoryBook
from xlcrm.catalogue import find_command
from xlcrm.commands.job import run


@pytest.mark.parametrize(
    ("labels", "values", "sales", "said"),
    [
        (["Prix", "Total"], [10, 30], 30.0, None),
        (["Quantité", "Prix unitaire"], ["3", "10,00 €"], 30.0,
         "Montants de « V » : « Prix unitaire × Quantité » (pas de total)."),
        (["Qté", "PU HT", "PU TTC"], [3, 10, 12], 36.0,
         "Montants de « V » : « PU TTC × Qté » (pas de total)."),
        (["Prix"], [10], 10.0, None),
        (["Total", "Qté", "Prix"], [None, 3, 10], 30.0,
         "Montants de « V » : « Prix × Qté » (pas de total)."),
        (["Total HT", "TVA", "Total TTC"], [100, 20, 120], 120.0,
         "Montants de « V » : « Total TTC » (pas « Total HT »)."),
        (["HT", "TVA", "TTC"], [100, 20, 120], 120.0,
         "Montants de « V » : « TTC » (pas « HT »)."),
        (["CA HT"], [100], 100.0, None),
        (["CA HT", "CA TTC"], [100, 120], 120.0, "Montants de « V » : « CA TTC » (pas « CA HT »)."),
        (["Montant HT", "Montant TTC"], [100, None], 100.0, None),
        (["Qté", "PU", "Remise %"], [2, 10, 0.1], 20.0,
         "Montants de « V » : « PU × Qté » (« Remise % » n'est pas déduit)."),
    ],
)  # fmt: skip
def test_the_column_of_the_amount(labels, values, sales, said):
    head = ["Date", "N° client", *labels]
    book, report = go("score", {"V": [head, [day(3), "A", *values]]})
    assert scores(book, "CA net") == [(sales,)]
    assert report.messages == ([said] if said else [])


def test_the_column_of_the_amount_in_english():
    lines = [["Date", "Customer", "Net amount", "Gross amount"], [day(3), "Acme", 100, 120]]
    book = MemoryBook({"Sales": lines})
    report = run(find_command("score"), book, as_of=AS_OF, lang="en")
    assert report.messages == ['Amounts of "Sales": "Gross amount" (not "Net amount").']


def test_sheets_with_and_without_vat_are_read_alike_or_told():
    without = [["Date", "N° client", "Montant HT"], [day(3, year=2025), "A", 100.0]]
    both = [["Date", "N° client", "Montant HT", "Montant TTC"], [day(3), "A", 100.0, 120.0]]
    book, report = go("score", {"2025": without, "2026": both})
    assert scores(book, "CA net") == [(200.0,)]
    assert report.messages[0] == "Montants de « 2026 » : « Montant HT » (pas « Montant TTC »)."
    only = [["Date", "N° client", "Montant TTC"], [day(3), "A", 120.0]]
    book, report = go("score", {"2025": without, "2026": only})
    assert report.messages[0].startswith("Montants TTC et HT mêlés : 2025 HT, 2026 TTC.")


@pytest.mark.parametrize(
    ("prices", "values", "said"),
    [
        (["Qté", "PU TTC", "PU HT"], [2, 60.0, 50.0], "« PU HT × Qté » (pas de total)"),
        (["Qté", "PU TTC", "PU HT"], [2, "60,00 €", "50,00 €"], "« PU HT × Qté » (pas de total)"),
        (["PU TTC", "PU HT"], [120.0, 100.0], None),
        (["Montant toutes taxes comprises", "Montant hors taxes"], [120.0, 100.0],
         "« Montant hors taxes » (pas « Montant toutes taxes comprises »)"),
    ],
)  # fmt: skip
def test_beside_totals_without_vat_prices_without_vat_are_taken(prices, values, said):
    book, report = go("score", {
        "V1": [["Date", "N° client", *prices], [day(3), "A", *values]],
        "V2": [["Date", "N° client", "Total HT"], [day(4), "A", 10.0]],
    })  # fmt: skip
    assert scores(book, "CA net") == [(110.0,)]
    told = [f"Montants de « V1 » : {said}."] if said else []
    assert report.messages == [*told, "Achats lus : « V1 » (1 ligne), « V2 » (1 ligne)."]


@pytest.mark.parametrize(
    ("others", "sales"),
    [(["1 200,50", 15.0], 13715.5), (["19.90", 15.0], 47.4), (["19,90"], 12519.9)],
)
def test_an_amount_of_two_readings_is_told_by_the_others(others, sales):
    rows = [[str(n), day(3), "A", amount] for n, amount in enumerate(["12.500", *others])]
    book, report = go("score", {"V": [HEAD, *rows]})
    assert scores(book, "CA net") == [(sales,)]
    read = "12500" if sales > 10000 else "12,5"
    assert report.messages == [
        f"Montants de « V » : « 12.500 » lu comme {read}, d'après les autres montants."
    ]


@pytest.mark.parametrize(("other", "sales"), [("1 200,50", -11299.5), ("19.90", 7.4)])
def test_an_amount_in_brackets_of_two_readings_is_told_by_the_others(other, sales):
    rows = [["1", day(3), "A", other], ["1", day(3), "A", "(12.500)"]]
    assert scores(go("score", {"V": [HEAD, *rows]})[0], "CA net") == [(sales,)]


def test_an_amount_of_two_readings_that_nothing_tells_is_left_out():
    rows = [HEAD, ["1", day(3), "A", "12.500"], ["2", day(3), "A", 33.0]]
    for command in ("score", "dashboard"):
        _, report = go(command, {"V": rows})
        assert [(a["row"], a["value"]) for a in report.anomalies] == [(2, "12.500")]
        assert report.anomalies[0]["problem"].startswith("Montant qui peut se lire de deux façons")
        assert report.counts["ambiguous_amount"] == 1


def test_the_total_of_an_order_on_each_of_its_lines_counts_once():
    lines = [["N° commande", "Date", "E-mail", "Produit", "Total commande"],
             ["1", day(3), "a@exemple.fr", "thé", 100.0], ["1", day(3), "a@exemple.fr", "café", 100.0],
             ["2", day(4), "b@exemple.fr", "thé", 30.0]]  # fmt: skip
    book, report = go("score", {"Export": lines})
    assert scores(book, "E-mail", "CA net") == [("a@exemple.fr", 100.0), ("b@exemple.fr", 30.0)]
    assert report.messages == [
        "« Total commande » de « Export » : compté une fois par commande "
        "(lignes répétées non comptées : 1)."
    ]


def test_the_export_of_a_shop_with_a_line_for_each_product():
    lines = [["Name", "Email", "Financial Status", "Total", "Created at", "Lineitem name"],
             ["#1001", "lea@exemple.fr", "paid", 55.0, "2026-10-01 10:00:00 +0200", "thé"],
             ["#1001", "lea@exemple.fr", None, None, "2026-10-01 10:00:00 +0200", "café"],
             ["#1002", "paul@exemple.fr", "refunded", 55.0, "2026-10-02 10:00:00 +0200", "thé"],
             ["#1003", "lea@exemple.fr", "paid", 30.0, "2026-10-05 10:00:00 +0200", "thé"]]  # fmt: skip
    book, report = go("score", {"orders_export": lines})
    assert scores(book, "E-mail", "Commandes", "CA net") == [("lea@exemple.fr", 2, 85.0)]
    assert report.messages == [
        "« Total » de « orders_export » : compté une fois par commande "
        "(lignes répétées non comptées : 1)."
    ]
    assert anomalies(report) == [("orders_export", 4, "« refunded » : ligne laissée de côté.")]


def test_an_amount_that_was_forgotten_on_one_line_is_told():
    lines = [HEAD, ["1", day(3), "A", 10.0], ["1", day(3), "A", 5.0], ["2", day(3), "A", 5.0],
             ["2", day(3), "A", None]]  # fmt: skip
    _, report = go("score", {"V": lines})
    assert anomalies(report) == [("V", 5, "Achat sans montant lisible : ligne laissée de côté.")]


def test_how_an_amount_was_read_is_told_of_the_column_taken():
    without = [["Date", "N° client", "Montant HT"], [day(3, year=2025), "A", 100.0]]
    both = [["Date", "N° client", "Total HT", "Total TTC"],
            [day(3), "A", "1.000", "1.200"], [day(4), "A", "10,50 net", "12,60 TTC"]]  # fmt: skip
    _, report = go("score", {"2025": without, "2026": both})
    assert report.messages[:2] == [
        "Montants de « 2026 » : « Total HT » (pas « Total TTC »).",
        "Montants de « 2026 » : « 1.000 » lu comme 1000, d'après les autres montants.",
    ]


@pytest.mark.parametrize(
    ("label", "amounts", "sales"),
    [
        ("Total commande", [60.0, 60.0, 10.0, 10.0], 70.0),
        ("Total commande", [60.0, 60.0, 10.0, 15.0], 145.0),  # one order with two totals
        ("Total", [60.0, 60.0, 10.0, 10.0], 140.0),  # not said to be that of the order
    ],
)
def test_a_total_that_stands_again_is_that_of_the_order_where_all_of_them_do(label, amounts, sales):
    head = ["N° commande", "Date", "N° client", label]
    rows = [[n, day(3), "A", v] for n, v in zip("1122", amounts, strict=True)]
    assert scores(go("score", {"V": [head, *rows]})[0], "CA net") == [(sales,)]


def test_a_total_of_an_order_counts_for_each_day_and_customer_that_has_its_number():
    head = ["N° commande", "Date", "N° client", "Total commande"]
    rows = [["1", day(3), "A", 60.0], ["1", day(3), "B", 60.0], ["1", day(4), "A", 60.0]]
    book, _ = go("score", {"V": [head, *rows]})
    assert scores(book, "N° client", "CA net") == [("A", 120.0), ("B", 60.0)]

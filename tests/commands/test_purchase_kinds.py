"""Refunds, credit notes and cancelled orders among purchases."""

import pytest
from purchase_lines import HEAD, anomalies, day, go, months, scores

REGISTER = [
    ["SARL Dupont – Factures 2026"],
    [],
    ["N°", "Date", "Client", "Libellé", "HT", "TVA", "TTC"],
    ["F26-1", "3 mars 2026", "Mme Martin Claire", "Porte", 1000.0, 200.0, 1200.0],
    ["F26-2", "15 mars 2026", "SCI Les Tilleuls", "Volet", "2 500,00", "500,00", "3 000,00"],
    [None] * 7,
    ["Total mars 2026", None, None, None, 3500.0, 700.0, 4200.0],
    ["F26-3", "02/04/2026", "Claire MARTIN", "Volet", 100.0, 20.0, 120.0],
    ["AV26-1", "10/04/2026", "Martin Claire", "Avoir sur F26-1", 100.0, 20.0, 120.0],
    ["TOTAL", None, None, None, 3700.0, 740.0, 4440.0],
]


def test_the_register_of_a_craftsman():
    book, report = go("score", {"Factures": REGISTER})
    assert scores(book, "Nom complet", "Commandes", "CA net", "Dernier achat", "Ligne") == [
        ("Mme Martin Claire", 2, 1200.0, day(4, 2), 4),
        ("SCI Les Tilleuls", 1, 3000.0, day(3, 15), 5),
    ]
    assert anomalies(report) == [
        ("Factures", 7, "Ligne de total : laissée de côté."),
        ("Factures", 10, "Ligne de total : laissée de côté."),
        ("Factures", 9, "Avoir au montant positif : déduit des achats."),
    ]
    book, _ = go("dashboard", {"Factures": REGISTER})
    assert months(book) == {"03/2026": 4080.0, "04/2026": 120.0}  # a refund follows its order


@pytest.mark.parametrize(
    ("rule", "found"),
    [
        ("suivent leur commande", {"03/2026": 4080.0, "04/2026": 120.0}),
        ("à leur propre date", {"03/2026": 4200.0}),
        ("ignorés", {"03/2026": 4200.0, "04/2026": 120.0}),
    ],
)
def test_refunds_are_dated_alike_by_the_scores_and_the_dashboard(rule, found):
    book, _ = go("score", {"Factures": REGISTER})
    row = next(r for r in book.read("Grille RFM").rows if r[0] == "Avoirs et remboursements")
    row[1] = rule
    go("score", book)
    go("dashboard", book)
    assert months(book) == found
    assert sum(sales for (sales,) in scores(book, "CA net")) == sum(found.values())
    assert f"Avoirs : {rule}. Conventions" in book.results["scores"].notes[0]
    assert book.results["dashboard"].notes[0].endswith(f"Avoirs : {rule}, comme « Scorer ».")


def test_refunds_and_cancelled_orders_by_what_is_typed():
    lines = [["N°", "Date", "Type", "N° client", "Montant"], ["1", day(3), "Facture", "A", 100.0],
             ["2", day(4), "Avoir", "A", 30.0], ["3", day(4), "Avoir", "A", -20.0],
             ["4", day(5), "Annulée", "A", 500.0], ["5", day(5), "devis", "B", 999.0]]  # fmt: skip
    book, report = go("score", {"Ventes": lines, "Avoirs": [HEAD, ["9", day(6), "A", 5.0]]})
    assert scores(book, "N° client", "Commandes", "CA net") == [("A", 1, 45.0)]
    told = [a for a in anomalies(report) if "sans commande" not in a[2]]
    assert told == [
        ("Ventes", 5, "« Annulée » : ligne laissée de côté."),
        ("Ventes", 6, "« devis » : ligne laissée de côté."),
        ("Ventes", 3, "Avoir au montant positif : déduit des achats."),
        ("Avoirs", 2, "Avoir au montant positif : déduit des achats."),
    ]


def test_a_book_called_avoir_is_a_product():
    lines = [["Date", "N° client", "Produit", "Montant"], [day(3), "A", "Avoir confiance", 20.0],
             [day(4), "A", "Retour à la terre", 20.0]]  # fmt: skip
    assert scores(go("score", {"V": lines})[0], "CA net") == [(40.0,)]


@pytest.mark.parametrize(
    ("column", "text", "sales"),
    [
        ("Commentaire", "Retour client très satisfait", 150.0),
        ("Commentaire", "Retour client : très satisfait", 150.0),
        ("Commentaire", "Retour Noël", 150.0),
        ("Commentaire", "Avoir noté l'adresse", 150.0),
        ("Commentaire", "avoir client prévenu", 150.0),
        ("Commentaire", "Avoir 20 cartons prêts", 150.0),
        ("Produit", "Avoir 20 ans", 150.0),
        ("Produit", "Retour - Roman", 150.0),
        ("Produit", "Retour sur Terre", 150.0),
        ("Commentaire", "Retour client", 50.0),
        ("Commentaire", "Retour client n° 12", 50.0),
        ("Commentaire", "Avoir client sur facture", 50.0),
        ("Commentaire", "Avoir n°12", 50.0),
        ("Commentaire", "Avoir 12", 50.0),
        ("Commentaire", "Remboursement 50 €", 50.0),
        ("Commentaire", "Avoir - article cassé", 50.0),
        ("Produit", "Avoir", 50.0),
        ("Produit", "Avoir sur facture F12", 50.0),
        ("Produit", "Retour commande 12", 50.0),
    ],
)
def test_a_refund_by_its_words_and_no_other_text(column, text, sales):
    head = ["Date", "N° client", column, "Montant"]
    rows = [[day(3), "A", "thé", 100.0], [day(4), "A", text, 50.0]]
    assert scores(go("score", {"V": [head, *rows]})[0], "CA net") == [(sales,)]


def test_the_export_of_an_accounting_program():
    lines = [["Type", "N° pièce", "Date pièce", "Code tiers", "Nom", "Total HT", "Total TTC"],
             ["Facture", "FA012", "01/10/2026", "CL1", "SARL DUPONT", "1000,00", "1200,00"],
             ["Avoir", "AV003", "05/10/2026", "CL1", "SARL DUPONT", "100,00", "120,00"],
             ["Devis", "DE009", "06/10/2026", "CL2", "PETIT", "500,00", "600,00"]]  # fmt: skip
    book, _ = go("score", {"Export": lines})
    assert scores(book, "N° client", "Commandes", "CA net") == [("CL1", 1, 1080.0)]


@pytest.mark.parametrize(
    ("numbers", "sales"),
    [
        (["F1", "F2", "AV1"], 40.0),  # 50 + 30 - 40
        (["F1", "2", "AV1"], 120.0),  # only where the most are F
        (["AV1", "AV2", "AV3"], 120.0),
        ([None, "F2", "AV1"], 120.0),  # as many as others are not the most
        (["F1", "F2", "AVENUE"], 120.0),
    ],
)
def test_a_number_of_a_refund_is_one_where_the_most_are_invoices(numbers, sales):
    rows = [[n, day(3), "A", v] for n, v in zip(numbers, (50.0, 30.0, 40.0), strict=True)]
    assert scores(go("score", {"V": [HEAD, *rows]})[0], "CA net") == [(sales,)]

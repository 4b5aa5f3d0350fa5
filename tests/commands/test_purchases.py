"""From a messy purchases sheet to scores and dashboard: what is joined, read, left out and told."""

from datetime import date, datetime

import pandas as pd
import pytest

from xlcrm.books.memory import MemoryBook
from xlcrm.catalogue import find_command
from xlcrm.commands.customers import Known
from xlcrm.commands.job import run
from xlcrm.commands.purchases import purchase_sheets
from xlcrm.commands.source import contact_sheets, read_source
from xlcrm.errors import RequestError, SourceError

AS_OF = date(2026, 11, 21)
HEAD = ["N° facture", "Date facture", "N° client", "Montant"]


def day(month, of_month=1, year=2026):
    return datetime(year, month, of_month)


def go(command, sheets, **options):
    book = sheets if isinstance(sheets, MemoryBook) else MemoryBook(sheets)
    return book, run(find_command(command), book, as_of=AS_OF, options=options)


def scores(book, *labels):
    table = book.results["scores"].tables[0]
    shown = [column.label for column in table.columns]
    return [tuple(row[shown.index(label)] for label in labels) for row in table.rows]


def months(book):
    """Sales of the months that have some, by month."""
    rows = book.results["dashboard"].tables[1].rows
    return {row[0]: row[1] for row in rows if row[1]}


def anomalies(report):
    return [(a["sheet"], a["row"], a["problem"]) for a in report.anomalies]


TWO_YEARS = {
    "Ventes 2025": [HEAD, ["F1", day(3, year=2025), "A", 100.0],
                    ["F2", day(12, 30, 2025), "B", 50.0]],
    "Ventes 2026": [HEAD, ["F2", day(12, 30, 2025), "b", "50,00 €"], ["F3", day(5), "A", 70.0],
                    ["F4", None, "A", 5.0]],
}  # fmt: skip
REPEATED = (
    "Ventes 2026",
    2,
    "Même achat que « Ventes 2025 », ligne 3 : compté une seule fois.",
)
UNDATED = (
    "Ventes 2026",
    4,
    "Achat sans date lisible (ou d'avant 1950) : ligne laissée de côté.",
)


@pytest.mark.parametrize("command", ["score", "dashboard"])
def test_every_sheet_of_purchases_is_read_and_told(command):
    _, report = go(command, TWO_YEARS)
    assert report.messages[0] == (
        "Achats lus : « Ventes 2025 » (2 lignes), « Ventes 2026 » (3 lignes)."
    )
    assert anomalies(report) == [REPEATED, UNDATED]
    assert report.counts["repeated"] == 1


def test_joined_sheets_make_one_history():
    book, _ = go("score", TWO_YEARS)
    assert scores(book, "N° client", "Commandes", "CA net", "Source", "Ligne") == [
        ("A", 2, 170.0, "Ventes 2025", 2),
        ("B", 1, 50.0, "Ventes 2025", 3),
    ]
    book, _ = go("dashboard", TWO_YEARS)
    assert months(book) == {"12/2025": 50.0, "05/2026": 70.0}


def test_the_option_restricts_and_so_does_the_sheet_and_the_rest_is_told():
    book, _ = go("score", TWO_YEARS, achats="Ventes 2026")
    assert scores(book, "N° client", "CA net") == [("b", 50.0), ("A", 70.0)]
    book = MemoryBook(TWO_YEARS)
    report = run(find_command("score"), book, as_of=AS_OF, sheet="Ventes 2025")
    assert scores(book, "N° client", "CA net") == [("A", 100.0), ("B", 50.0)]
    assert report.messages[0] == (
        "Achats lus : feuille « Ventes 2025 » seulement. Non lues : Ventes 2026. Pour tout "
        "compter : option achats=Ventes 2025; Ventes 2026."
    )


def test_where_the_user_merely_stands_restricts_nothing():
    book = MemoryBook(TWO_YEARS)
    run(find_command("score"), book, as_of=AS_OF, sheet="Ventes 2025", standing=True)
    assert scores(book, "N° client", "CA net") == [("A", 170.0), ("B", 50.0)]
    base = MemoryBook(TWO_YEARS | {"Base": [["N° client", "Nom"], ["A", "Durand"]]})
    report = run(find_command("clean"), base, sheet="Ventes 2025", standing=True)
    assert report.counts["rows"] == 1


def test_a_file_for_each_year(tmp_path):
    path = tmp_path / "ventes-2025.csv"
    path.write_text(
        "N° facture;Date facture;N° client;Montant\nF1;03/03/2025;A;100,50\n;hier;A;1\n"
    )
    book, report = go("score", {"2026": TWO_YEARS["Ventes 2026"]}, fichiers=str(path))
    assert scores(book, "N° client", "CA net") == [("b", 50.0), ("A", 170.5)]
    assert report.messages[0] == "Achats lus : « 2026 » (3 lignes), « ventes-2025.csv » (2 lignes)."
    assert anomalies(report)[-1][:2] == ("ventes-2025.csv", 3)
    path.write_text("Nom;Ville\nDurand;Nantes\n")
    with pytest.raises(SourceError, match=r"Le fichier ventes-2025.csv n'a pas d'achats"):
        go("score", TWO_YEARS, fichiers=str(path))


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


def test_expenses_payments_and_suppliers_are_no_sales_and_that_is_told():
    head = ["N° facture", "Date", "Client", "Montant"]
    book, report = go("score", {
        "Factures": [head, ["1", day(3), "Dupont", 100.0]],
        "Règlements": [head, ["1", day(4), "Dupont", 100.0]],
        "Achats 2026": [["Date", "Fournisseur", "Société", "Montant"], [day(3), "x", "EDF", 80.0]],
    })  # fmt: skip
    assert scores(book, "Nom complet", "CA net") == [("Dupont", 100.0)]
    assert report.messages == [
        "Feuilles non lues (sans client ou date d'achat, ou bien dépenses, règlements, devis) : "
        "Règlements, Achats 2026. Pour les lire : option achats."
    ]


BASE = [
    ["N° client", "Nom", "E-mail", "Opposition"],
    ["A", "Durand", "a@exemple.fr", None],
    ["A", "Durant", "d@exemple.fr", "oui"],
    [None, "Sans", "s@exemple.fr", None],
    ["B", "Petit", "p@exemple.fr", None],
]
LINES = [HEAD, ["1", day(3), "A", 100.0], ["2", day(3), "B", 30.0]]
SAME = (
    "Base",
    3,
    "Même n° client que la ligne 2 (« Base ») : les achats sont attribués à ce contact-là.",
)


def test_two_contacts_with_one_number_and_one_without_are_scored_or_told():
    book, report = go("score", {"Base": BASE, "Ventes": LINES})
    assert scores(book, "Nom", "CA net", "Classe RFM", "Ligne") == [
        ("Durand", 100.0, "Bons clients", 2),
        ("Petit", 30.0, "Bons clients", 5),
        ("Durant", None, None, 3),
        ("Sans", None, None, 4),
    ]
    assert [why for (why,) in scores(book, "Pourquoi")[2:]] == [
        SAME[2],
        "Non noté : sans n° client, ni e-mail ou nom qui le désigne seul dans les achats.",
    ]
    assert anomalies(report) == [SAME]
    assert (report.counts["customers"], report.counts["unknowable"]) == (2, 1)


def test_the_opposition_of_one_counts_for_both_and_sales_are_counted_once():
    book, _ = go("score", {"Base": BASE, "Ventes": LINES})
    _, report = go("target", book)
    kept = book.results["target"].tables[0].rows
    assert [row[1] for row in kept] == ["Petit"]
    reasons = [row[0] for row in book.results["excluded"].tables[1].rows]
    assert reasons[:2] == [
        "Même n° client qu'un contact qui a refusé",
        "Opposition du contact",
    ]
    assert anomalies(report) == [SAME]
    go("segment", book)
    (table,) = book.results["segments"].tables
    assert [(row[1], row[3]) for row in table.rows] == [(3, 130.0), (1, 0)]


def test_the_refusal_of_a_later_one_counts_for_the_first_on_its_channel_only():
    base = [
        ["N° client", "Nom", "E-mail", "Accord e-mail", "Téléphone", "Accord téléphone"],
        ["A", "Durand", "a@exemple.fr", "oui", "0639980001", "oui"],
        ["A", "Durant", "d@exemple.fr", "non", "0639980002", "oui"],
    ]
    assert go("target", {"Base": base}, canal="e-mail")[1].counts["kept"] == 0
    assert go("target", {"Base": base}, canal="téléphone")[1].counts["kept"] == 2


def test_the_dashboard_names_the_lines_it_cannot_count():
    lines = [HEAD, ["1", 0, "A", 100.0], ["2", datetime(1899, 12, 30), "A", 50.0],
             ["3", day(3), "A", "x"], ["4", "hier", "A", 9.0], ["5", day(3), None, 10.0],
             ["6", day(3, year=2099), "A", 10.0], ["Total", None, None, 179.0]]  # fmt: skip
    book, report = go("dashboard", {"Ventes": lines})
    assert [(row, problem.split(" :")[0]) for _, row, problem in anomalies(report)] == [
        (8, "Ligne de total"),
        (2, "Achat sans date lisible (ou d'avant 1950)"),
        (3, "Achat sans date lisible (ou d'avant 1950)"),
        (4, "Achat sans montant lisible"),
        (5, "Achat sans date lisible (ou d'avant 1950)"),
        (6, "Achat sans client"),
        (7, "Date d'achat après la date d'arrêté"),
    ]
    assert months(book) == {"03/2026": 10.0}


def test_an_empty_date_is_no_last_purchase_either():
    ready = [["N° client", "Dernier achat", "Fréquence", "Panier moyen"],
             ["A", datetime(1899, 12, 31), 2.0, 30.0]]  # fmt: skip
    book, report = go("score", {"Clients": ready})
    assert scores(book, "Score RFM") == [(None,)]
    assert anomalies(report) == [
        ("Clients", 2, "Récence absente ou illisible : client non noté."),
    ]


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
    assert report.messages[0] == "Montants TTC et HT mêlés : 2025 HT, 2026 TTC."


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


PEOPLE = [
    ["Nom", "Prénom", "E-mail", "CA", "N° commande"],
    ["Durand", "Léa", "lea@exemple.fr", 100.0, "C1"],
    ["Petit", "Paul", "paul@exemple.fr", 50.0, "C2"],
]


def test_a_line_for_each_person_is_a_list_of_contacts_with_what_they_bought():
    book = MemoryBook({"Clients": PEOPLE, "Ventes": LINES})
    assert (list(contact_sheets(book)), list(purchase_sheets(book))) == (["Clients"], ["Ventes"])
    assert go("unify", {"Clients": PEOPLE})[1].counts["rows"] == 2
    with pytest.raises(RequestError, match="Pas de colonne « Date d'achat »"):
        go("score", {"Clients": PEOPLE})


def test_purchases_with_names_are_contacts_where_there_is_nothing_else():
    orders = [["N° commande", "Date", "Nom", "E-mail", "Total"],
              ["1", day(3), "Durand", "lea@exemple.fr", 10.0],
              ["2", day(4), "Durand", "lea@exemple.fr", 10.0]]  # fmt: skip
    report = go("clean", {"Export": orders})[1]
    assert report.messages[0].startswith("« Export » contient des achats : chaque ligne est lue")
    assert list(contact_sheets(MemoryBook({"Export": orders, "Clients": PEOPLE}))) == ["Clients"]


def test_a_list_of_people_with_their_one_purchase_can_be_scored():
    people = [["N° client", "Nom", "E-mail", "Montant", "Date d'achat"],
              ["A", "Durand", "a@exemple.fr", 100.0, day(3)]]  # fmt: skip
    book, _ = go("score", {"Clients": people})
    assert scores(book, "Nom", "CA net") == [("Durand", 100.0)]
    both = MemoryBook({"Clients": people, "Ventes": LINES})
    assert list(purchase_sheets(both)) == ["Ventes"]


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
    assert months(book) == {"03/2026": 4200.0}


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


def test_customers_by_name_or_email_find_their_contact_and_keep_their_class():
    base = [["Prénom", "Nom", "E-mail"], ["Léa", "Durand", "lea@exemple.fr"],
            ["Paul", "Petit", "paul@exemple.fr"], ["Paul", "Petit", "pp@exemple.fr"],
            ["Zoé", "Noir", None]]  # fmt: skip
    lines = [["Date", "Client", "E-mail", "Montant"], [day(3), "Mme DURAND Léa", None, 100.0],
             [day(4), None, "PAUL@exemple.fr", 30.0], [day(4), "Paul Petit", None, 10.0]]  # fmt: skip
    book, report = go("score", {"Base": base, "Ventes": lines})
    assert scores(book, "Nom", "CA net", "Ligne") == [
        ("Durand", 100.0, 2), ("Petit", 30.0, 3), ("Petit", 0.0, 4), ("Noir", 0.0, 5),
    ]  # fmt: skip
    assert anomalies(report) == [
        ("Ventes", 4, "Achat d'un client absent de la base, ou dont le nom y est plusieurs fois : "
         "ligne laissée de côté."),
    ]  # fmt: skip
    go("target", book, classes="Bons clients")
    assert [row[1] for row in book.results["target"].tables[0].rows] == ["Durand", "Petit"]


def test_beside_numbers_a_name_links_but_its_absence_says_nothing():
    base = [["N° client", "Nom"], ["A", "Durand"], [None, "Petit"], [None, "Noir"]]
    lines = [["N° client", "Client", "Date", "Montant"], ["A", "Durand", day(3), 10.0],
             ["X7", "Petit", day(3), 20.0], [None, "Durand", day(4), 30.0]]  # fmt: skip
    book, report = go("score", {"Base": base, "Ventes": lines})
    assert scores(book, "Nom", "CA net") == [("Durand", 40.0), ("Petit", 20.0), ("Noir", None)]
    assert report.counts["unknowable"] == 1


@pytest.mark.parametrize(
    ("client", "company"),
    [("CL001 - Dupont", "x"), ("2 Dupont", "Dupont 2"), ("DUPONT", "SARL Dupont"), ("Petit et Fils", "PETIT & FILS"),
     ("Dupont SARL", "S.A.R.L. DUPONT")],
)  # fmt: skip
def test_a_company_is_found_as_people_shorten_it(client, company):
    base = [["Code client", "Raison sociale"], ["CL001", company], ["CL002", "Autre"]]
    lines = [["Date", "Client", "Montant"], [day(3), client, 10.0], [day(3), "Autre", 5.0]]
    book, _ = go("score", {"Base": base, "Ventes": lines})
    assert scores(book, "N° client", "CA net") == [("CL001", 10.0), ("CL002", 5.0)]


def test_a_base_that_knows_nobody_who_bought_is_left_aside():
    book, report = go("score", {"Prospects": [["N° client", "Nom"], ["X", "Z"]], "Ventes": LINES})
    assert scores(book, "N° client", "CA net") == [("A", 100.0), ("B", 30.0)]
    assert report.messages == [
        "Aucun achat ne correspond à un contact de « Prospects » : clients notés sans cette feuille."
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


def test_the_export_of_an_accounting_program():
    lines = [["Type", "N° pièce", "Date pièce", "Code tiers", "Nom", "Total HT", "Total TTC"],
             ["Facture", "FA012", "01/10/2026", "CL1", "SARL DUPONT", "1000,00", "1200,00"],
             ["Avoir", "AV003", "05/10/2026", "CL1", "SARL DUPONT", "100,00", "120,00"],
             ["Devis", "DE009", "06/10/2026", "CL2", "PETIT", "500,00", "600,00"]]  # fmt: skip
    book, _ = go("score", {"Export": lines})
    assert scores(book, "N° client", "Commandes", "CA net") == [("CL1", 1, 1080.0)]


def test_a_sheet_for_each_month():
    sheets = {
        name: [[f"Ventes de {name}"], ["Jour", "Cliente", "Client", "Prestation", "Prix"],
               [f"0{n}/0{n}/2026", None, "Mme Durand", "coupe", 35.0],
               ["Total", None, None, None, 35.0]]
        for n, name in enumerate(("janvier", "février", "mars"), 1)
    }  # fmt: skip
    book, report = go("score", sheets)
    assert scores(book, "Nom complet", "Commandes", "CA net") == [("Mme Durand", 3, 105.0)]
    assert [row[:2] for row in anomalies(report)] == [("janvier", 4), ("février", 4), ("mars", 4)]


@pytest.mark.parametrize(
    ("who", "purchases"),
    [
        (["Client"], True),  # a register of sales
        (["Client", "E-mail"], False),  # a line for each person
    ],
)
def test_a_bare_number_is_that_of_the_sale_or_of_the_contact(who, purchases):
    lines = [["N°", "Date", *who, "Montant"],
             ["1", day(3), *["Durand", "lea@exemple.fr"][: len(who)], 10.0],
             ["2", day(4), *["Petit", "paul@exemple.fr"][: len(who)], 10.0]]  # fmt: skip
    source = read_source(MemoryBook({"V": lines}), "V")
    assert source.holds_purchases() is purchases
    assert source.has("order_id") is purchases
    again = read_source(MemoryBook({"V": [*lines, ["3", *lines[1][1:]]]}), "V")
    assert again.has("order_id")


def test_joined_files_of_one_name_and_a_sheet_of_that_name_are_all_read(tmp_path):
    paths = [tmp_path / folder / "ventes.csv" for folder in "ab"]
    for n, path in enumerate(paths):
        path.parent.mkdir()
        path.write_text(f"Date;N° client;Montant\n0{n + 1}/03/2025;A;{n + 1}0,50\n")
    sheets = {"ventes.csv": [["Date", "N° client", "Montant"], [day(3), "A", 100.0]]}
    book, report = go("score", sheets, fichiers=";".join(map(str, paths)))
    assert scores(book, "Commandes", "CA net") == [(3, 131.0)]
    assert report.messages == [
        "Achats lus : « ventes.csv » (1 ligne), « ventes.csv (2) » (1 ligne), "
        "« ventes.csv (3) » (1 ligne)."
    ]


def test_what_is_told_of_a_joined_file_names_the_file(tmp_path):
    path = tmp_path / "ventes.csv"
    path.write_text(
        "Date;N° client;Montant\n01/03/2025;A;12.500\n02/03/2025;A;15,50\nTotal;;12515,50\n"
    )
    _, report = go("score", {"Feuil1": [HEAD, ["1", day(3), "A", 5.0]]}, fichiers=str(path))
    assert anomalies(report) == [("ventes.csv", 4, "Ligne de total : laissée de côté.")]
    assert report.messages[0] == (
        "Montants de « ventes.csv » : « 12.500 » lu comme 12500, d'après les autres montants."
    )


def test_how_an_amount_was_read_is_told_of_the_column_taken():
    without = [["Date", "N° client", "Montant HT"], [day(3, year=2025), "A", 100.0]]
    both = [["Date", "N° client", "Total HT", "Total TTC"],
            [day(3), "A", "1.000", "1.200"], [day(4), "A", "10,50 net", "12,60 TTC"]]  # fmt: skip
    _, report = go("score", {"2025": without, "2026": both})
    assert report.messages[:2] == [
        "Montants de « 2026 » : « Total HT » (pas « Total TTC »).",
        "Montants de « 2026 » : « 1.000 » lu comme 1000, d'après les autres montants.",
    ]


def test_the_option_takes_a_sheet_by_its_letters_alone():
    book, _ = go("score", TWO_YEARS, achats="ventes 2026")
    assert scores(book, "N° client", "CA net") == [("b", 50.0), ("A", 70.0)]
    with pytest.raises(RequestError, match="ventes 2027"):
        go("score", TWO_YEARS, achats="ventes 2027")


def test_lines_without_a_number_that_stand_more_often_on_a_sheet_all_count_and_are_told():
    head = ["Date", "N° client", "Produit", "Montant"]
    line = [day(3), "A", "thé", 10.0]
    book, report = go("score", {"Mars": [head, line, line], "Copie": [head, line]})
    assert scores(book, "CA net") == [(30.0,)]
    assert anomalies(report) == [
        ("Copie", 2, "Même achat que « Mars », ligne 2, mais pas autant de fois : tous comptent."),
    ]


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


def test_a_namesake_without_a_number_is_strictly_another_contact():
    known = Known(pd.DataFrame({"customer_id": ["A", None], "last_name": ["Durand", "Petit"]}))
    asked = pd.DataFrame({
        "customer_id": ["A", None, None, "X", "X"],
        "last_name": ["Autre", "Durand", "Petit", "Durand", "Petit"],
    })  # fmt: skip
    assert known.find(asked) == [0, 0, 1, None, 1]
    assert known.find(asked, strictly=True) == [0, None, 1, None, 1]

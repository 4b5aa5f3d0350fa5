"""Whose a purchase is: contacts found by number, e-mail or name."""

import pandas as pd
import pytest
from purchase_lines import LINES, anomalies, day, go, scores

from xlcrm.commands.customers import Known

BASE = [
    ["N° client", "Nom", "E-mail", "Opposition"],
    ["A", "Durand", "a@exemple.fr", None],
    ["A", "Durant", "d@exemple.fr", "oui"],
    [None, "Sans", "s@exemple.fr", None],
    ["B", "Petit", "p@exemple.fr", None],
]

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


def test_a_namesake_without_a_number_is_strictly_another_contact():
    known = Known(pd.DataFrame({"customer_id": ["A", None], "last_name": ["Durand", "Petit"]}))
    asked = pd.DataFrame({
        "customer_id": ["A", None, None, "X", "X"],
        "last_name": ["Autre", "Durand", "Petit", "Durand", "Petit"],
    })  # fmt: skip
    assert known.find(asked) == [0, 0, 1, None, 1]
    assert known.find(asked, strictly=True) == [0, None, 1, None, 1]

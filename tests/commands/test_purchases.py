"""The sheets and files of purchases that are read, and what they are told from."""

from datetime import datetime

import pytest
from purchase_lines import AS_OF, HEAD, LINES, anomalies, day, go, months, scores

from xlcrm.books.memory import MemoryBook
from xlcrm.catalogue import find_command
from xlcrm.commands.job import run
from xlcrm.commands.purchases import purchase_sheets
from xlcrm.commands.source import contact_sheets, read_source
from xlcrm.errors import RequestError, SourceError

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


def test_months_and_groups_of_a_joined_file_are_told_by_the_file(tmp_path):
    path = tmp_path / "ventes.csv"
    path.write_text("Mois;N° client;Produit;Montant\n01/2025;A;thé;1\n;;lait;2\n")
    _, report = go("score", {"Feuil1": [HEAD, ["1", day(3), "A", 5.0]]}, fichiers=str(path))
    assert [m.split(" : ")[0] for m in report.messages] == [
        "« ventes.csv »", "« ventes.csv »", "Achats lus",
    ]  # fmt: skip


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


def test_the_option_takes_a_sheet_by_its_letters_alone():
    book, _ = go("score", TWO_YEARS, achats="ventes 2026")
    assert scores(book, "N° client", "CA net") == [("b", 50.0), ("A", 70.0)]
    with pytest.raises(RequestError, match="ventes 2027"):
        go("score", TWO_YEARS, achats="ventes 2027")

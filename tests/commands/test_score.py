"""Score: from purchases, from ready-made columns, by the sheet that the user edits."""

from datetime import date, datetime

import pytest

from xlcrm.books.memory import MemoryBook
from xlcrm.catalogue import find_command
from xlcrm.commands.job import run
from xlcrm.errors import ArgumentError, RequestError, SourceError

AS_OF = date(2026, 11, 21)
LINES = [
    ["N° commande", "Date d'achat", "N° client", "Montant"],
    ["1", datetime(2026, 10, 1), "A", 150.0],
    ["2", datetime(2026, 9, 1), "A", "110,00 €"],
    ["3", "01/08/2026", "A", 130.0],
    ["4", datetime(2026, 6, 1), "A", 120.0],
    ["5", datetime(2026, 5, 1), "A", 140.0],
    ["6", datetime(2026, 3, 1), "B", 30.0],
    ["7", datetime(2024, 3, 1), "C", 20.0],
    ["8", None, "B", 10.0],
    ["9", datetime(2099, 1, 1), "B", 10.0],
    ["10", datetime(2026, 3, 1), None, 10.0],
    ["11", datetime(2026, 3, 1), "B", "offert"],
]
READY = [
    ["N° client", "Récence (mois)", "Fréquence", "Panier moyen"],
    ["A", 2.0, 5.0, 112.4],
    ["B", 3.0, 4.0, 100.0],
    ["C", 12.0, 1.0, 25.0],
    ["D", 12.5, 0.5, 24.99],
    ["E", None, 2.0, 50.0],
]


def score(sheets, **options):
    book = MemoryBook(sheets)
    report = run(find_command("score"), book, as_of=AS_OF, options=options)
    return book, report


def test_sales_of_a_class_are_added_to_the_cent():
    lines = [[n, datetime(2026, 10, 1), who, amount] for n, who, amount in
             (("1", "A", 0.1), ("2", "B", 0.2), ("3", "C", 0.15))]  # fmt: skip
    book, _ = score({"Achats": [LINES[0], *lines]})
    classes = book.results["rfm_classes"].tables[0].rows
    assert ["Clients tièdes", 3, 1, 0.45, 0.15, 20] in [list(row) for row in classes]


def column(book, role, label, table=0):
    shown = book.results[role].tables[table]
    at = [c.label for c in shown.columns].index(label)
    return [row[at] for row in shown.rows]


def test_from_purchase_lines():
    book, report = score({"Achats": LINES})
    assert column(book, "scores", "N° client") == ["A", "B", "C"]
    assert column(book, "scores", "Score RFM") == [50, 25, 0]
    assert column(book, "scores", "Classe RFM") == [
        "Très bons clients",
        "Bons clients",
        "Clients inactifs",
    ]
    assert column(book, "scores", "Panier moyen") == [130.0, 30.0, 20.0]
    assert report.counts["customers"] == 3
    assert [(a["row"], a["problem"].split(" :")[0]) for a in report.anomalies] == [
        (9, "Achat sans date lisible (ou d'avant 1950)"),
        (10, "Date d'achat après la date d'arrêté"),
        (11, "Achat sans n° client"),
        (12, "Achat sans montant lisible"),
    ]


def test_from_ready_made_columns_with_the_edges_of_the_grid():
    book, _ = score({"Clients": READY})
    assert column(book, "scores", "Score RFM") == [50, 25, 25, 0, None]
    assert column(book, "scores", "Note R") == [10, 5, 5, 0, None]
    assert column(book, "scores", "Ligne") == [2, 3, 4, 5, 6]


def test_the_reason_is_a_sentence():
    book, _ = score({"Clients": READY})
    why = column(book, "scores", "Pourquoi")[0]
    assert why.startswith("Dernier achat il y a 2 mois")
    assert why.endswith("Total 50 : Très bons clients.")


def test_the_other_grid():
    book, _ = score({"Clients": READY}, grid="Boissons (professionnels)")
    assert column(book, "scores", "Score RFM") == [15, 12, 4, 4, None]


@pytest.mark.parametrize("name", ["boissons", "professionnels", "DRINKS", "Boissons"])
def test_a_part_of_the_name_is_enough_for_a_grid(name):
    book, _ = score({"Clients": READY}, grid=name)
    assert column(book, "scores", "Score RFM") == [15, 12, 4, 4, None]


def test_a_name_of_several_grids_or_of_none_lists_them():
    for name in ("i", "luxe"):
        with pytest.raises(RequestError, match="il y a : Marielle Nature, Boissons"):
            score({"Clients": READY}, grid=name)


def test_an_unknown_criterion_is_named_with_its_row_and_the_choices():
    book, _ = score({"Clients": READY})
    line = row_of(book, "Marielle Nature", "Récence (mois)", ">=", 3.0)
    edited(book, line, 1, "Récense")
    with pytest.raises(ArgumentError) as caught:
        run(find_command("score"), book, as_of=AS_OF)
    assert caught.value.in_("fr").startswith(
        f"Feuille « Grille RFM » : Grille, ligne {line} : critère « Récense » inconnu (colonne "
        "Critère) ; choix : Récence (mois), "
    )


def edited(book, row, cell, value):
    """Type a value into the sheet Grille RFM; rows count from 1, cells from 0."""
    book.read("Grille RFM").rows[row - 1][cell] = value


def row_of(book, *start):
    rows = book.read("Grille RFM").rows
    return next(i for i, row in enumerate(rows, 1) if tuple(row[: len(start)]) == start)


def test_an_edited_grid_is_read_and_kept():
    book, _ = score({"Clients": READY})
    line = row_of(book, "Marielle Nature", "Récence (mois)", ">", 12.0)
    edited(book, line, 4, 1)
    run(find_command("score"), book, as_of=AS_OF)
    assert column(book, "scores", "Note R") == [10, 5, 5, 1, None]
    assert book.read("Grille RFM").rows[line - 1][4] == 1


def test_bands_that_overlap_are_refused_with_their_row():
    book, _ = score({"Clients": READY})
    line = row_of(book, "Marielle Nature", "Récence (mois)", ">", 12.0)
    edited(book, line, 3, 2)  # the bound before it is 3
    with pytest.raises(ArgumentError, match="se chevauchent") as caught:
        run(find_command("score"), book, as_of=AS_OF)
    assert f"igne {line}" in str(caught.value)


def test_a_parameter_that_is_no_choice_names_the_row_and_the_choices():
    book, _ = score({"Clients": READY})
    line = row_of(book, "Compte des mois")
    edited(book, line, 1, "lunaison")
    with pytest.raises(ArgumentError) as caught:
        run(find_command("score"), book, as_of=AS_OF)
    assert "« Grille RFM », ligne 8, « Compte des mois » : « lunaison » inconnu" in str(
        caught.value
    )


def test_the_date_of_the_sheet_wins_over_today_but_not_over_one_asked_for():
    book, _ = score({"Achats": LINES})
    run(find_command("score"), book)
    assert column(book, "scores", "Score RFM") == [50, 25, 0]
    run(find_command("score"), book, as_of=date(2028, 11, 21))
    assert column(book, "scores", "Score RFM") == [20, 10, 0]


def test_no_purchases_says_what_is_needed():
    with pytest.raises(
        RequestError, match=r"N° client \(ou Nom, Société, E-mail\), Date d'achat et Montant"
    ):
        score({"Contacts": [["Nom", "E-mail"], ["Durand", "a@b.fr"]]})


def test_an_empty_purchase_sheet():
    with pytest.raises((RequestError, SourceError), match="Achats"):
        score({"Achats": [LINES[0]]}, purchases="Achats")


def test_an_old_customer_with_a_big_basket_and_the_option_that_changes_it():
    old = [LINES[0], ["1", datetime(2023, 7, 21), "Z", 150.0]]
    book, _ = score({"Achats": old})
    assert column(book, "scores", "Score RFM") == [20]
    edited(book, row_of(book, "Sans achat sur la période = 0"), 1, "oui")
    run(find_command("score"), book, as_of=AS_OF)
    assert column(book, "scores", "Score RFM") == [0]


def test_a_negative_recency_is_said_of_its_own_column():
    _, report = score({"Clients": [READY[0], ["A", -1.0, 2.0, 30.0], ["B", 1.0, 2.0, 30.0]]})
    assert [(a["row"], a["column"], a["value"], a["problem"]) for a in report.anomalies] == [
        (2, "Récence (mois)", "-1", "Récence négative : client non noté.")
    ]


def test_ready_made_recency_has_no_empty_date_column():
    book, _ = score({"Clients": READY})
    labels = [c.label for c in book.results["scores"].tables[0].columns]
    assert "Dernier achat" not in labels
    assert "Récence (mois)" in labels


def test_a_bad_grid_names_its_sheet():
    book, _ = score({"Clients": READY})
    edited(book, row_of(book, "Marielle Nature", "Récence (mois)", ">", 12.0), 3, "douze")
    with pytest.raises(ArgumentError, match=r"^Feuille « Grille RFM » : "):
        run(find_command("score"), book, as_of=AS_OF)


def test_a_blank_row_inside_the_grid_is_refused_with_its_number():
    book, _ = score({"Clients": READY})
    line = row_of(book, "Marielle Nature", "Récence (mois)", ">", 12.0)
    book.read("Grille RFM").rows.insert(line - 1, [None] * 6)
    with pytest.raises(ArgumentError) as caught:
        run(find_command("score"), book, as_of=AS_OF)
    assert caught.value.in_("fr") == (
        f"Feuille « Grille RFM » : la ligne vide {line} coupe le tableau avant la ligne "
        f"{line + 1}. Supprimez-la."
    )


def test_a_remark_below_the_grid_is_left_alone():
    book, _ = score({"Clients": READY})
    book.read("Grille RFM").rows.extend([[], ["Grille validée en mai", None]])
    run(find_command("score"), book, as_of=AS_OF)
    assert column(book, "scores", "Score RFM")[0] == 50


def test_numbers_that_lost_their_zeros_or_capitals_find_their_customer():
    base = [["N° client", "Nom"], ["00123", "Durand"], ["C-9 ", "Petit"], ["7", "A"], ["07", "B"]]
    lines = [
        ["N° client", "Date d'achat", "Montant"],
        [123.0, "2026-10-01", 30.0],
        ["c-9", "2026-10-01", 30.0],
        [7.0, "2026-10-01", 30.0],
        ["007", "2026-10-01", 30.0],
    ]
    book, report = score({"Base": base, "Achats": lines})
    assert column(book, "scores", "Commandes") == [1, 1, 1, 0]
    assert report.counts["unknown_customer"] == 1  # 007 may be 7 or 07


def test_what_reading_the_purchases_left_out_is_told_once():
    lines = [*LINES[:6], ["Total", None, None, 650.0]]
    base = [["N° client", "Nom"], ["A", "Durand"], ["B", "#REF!"]]
    _, report = score({"Base": base, "Achats": lines})
    assert [(a["sheet"], a["row"]) for a in report.anomalies] == [("Base", 3), ("Achats", 7)]


@pytest.mark.parametrize("where", ["Vide", "Contacts", "Prêt"])
@pytest.mark.parametrize("sheets", [{"Prêt": READY}, {"Prêt": [["Note"]], "Achats": LINES}])
def test_where_the_user_merely_stands_refuses_nothing(where, sheets):
    others = {"Vide": [], "Contacts": [["N° client", "Nom"], ["A", "Durand"], ["B", "Petit"]]}
    book = MemoryBook(others | sheets)
    report = run(find_command("score"), book, as_of=AS_OF, sheet=where, standing=True)
    without = run(find_command("score"), MemoryBook(others | sheets), as_of=AS_OF)
    assert report.counts == without.counts


def test_the_ready_made_sheet_where_the_user_stands_comes_first():
    book = MemoryBook({"2025": READY, "2026": READY[:2]})
    report = run(find_command("score"), book, as_of=AS_OF, sheet="2026", standing=True)
    assert report.counts["customers"] == 1

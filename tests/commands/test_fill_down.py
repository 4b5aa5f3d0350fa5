"""Purchases laid out as reports: what stands on the first line of a group is read for the others."""

import openpyxl
import pytest
from purchase_lines import AS_OF, anomalies, day, go, scores

from xlcrm.books.file import FileBook
from xlcrm.catalogue import find_command
from xlcrm.commands.job import run
from xlcrm.commands.source import read_source

HEAD = ["N° client", "Date", "N° commande", "Produit", "Montant"]


def lines(book):
    """Who, when and which order, as read."""
    frame = read_source(book, "V").frame
    return frame[
        [c for c in ("customer_id", "order_date", "order_id") if c in frame]
    ].values.tolist()


def test_lines_below_the_first_of_an_order_are_its_own():
    rows = [HEAD, ["A", day(3), "1", "thé", 10.0], [None, None, None, "café", 20.0],
            ["B", day(4), "2", "thé", 10.0], ["A", day(5), "3", "thé", 10.0],
            [None, None, None, "lait", 5.0], [None, None, None, "pain", 2.0]]  # fmt: skip
    book, report = go("score", {"V": rows})
    assert scores(book, "N° client", "Commandes", "CA net") == [("A", 2, 47.0), ("B", 1, 10.0)]
    assert report.messages == [
        "« V » : « N° client », « Date », « N° commande » en tête de groupe seulement, repris sur 3 "
        "lignes en dessous."
    ]
    assert anomalies(report) == []


@pytest.mark.parametrize(
    "broken",
    [
        ["B", None, "9", "thé", 1.0],  # a forgotten day: not blank together
        [None, day(9), "9", "thé", 1.0],  # an unknown buyer
    ],
)
def test_where_blanks_do_not_go_together_nothing_is_guessed(broken):
    rows = [HEAD, ["A", day(3), "1", "thé", 10.0], [None, None, None, "café", 20.0], broken]
    book, report = go("score", {"V": rows})
    assert scores(book, "CA net")[0] == (10.0,)
    assert [row for _, row, _ in anomalies(report)] == [3, 4]


def test_a_mere_amount_below_may_be_a_total():
    head = ["N° client", "Date", "Montant"]
    total = [head, ["A", day(3), 10.0], ["B", day(4), 20.0], [None, None, 30.0]]
    assert scores(go("score", {"V": total})[0], "CA net") == [(10.0,), (20.0,)]
    groups = [head, ["A", day(3), 10.0], [None, None, 5.0], [None, None, 7.0], ["B", day(4), 20.0],
              [None, None, 4.0]]  # fmt: skip
    assert scores(go("score", {"V": groups})[0], "CA net") == [(22.0,), (24.0,)]
    pieces = [["N° client", "Date", "Qté", "Montant"], ["A", day(3), 1, 10.0],
              [None, None, 2, 20.0], [None, None, 3, 30.0]]  # fmt: skip
    assert scores(go("score", {"V": pieces})[0], "CA net") == [(10.0,)]
    subtotals = [*groups[:5], [None, None, 20.0]]
    assert scores(go("score", {"V": subtotals})[0], "CA net") == [(10.0,), (20.0,)]


def test_a_blank_line_that_does_not_follow_directly_stays_blank():
    rows = [HEAD, ["A", day(3), "1", "thé", 10.0], [None] * 5, [None, None, None, "café", 20.0]]
    assert scores(go("score", {"V": rows})[0], "CA net") == [(10.0,)]


def test_lines_of_one_number_share_their_customer_and_day():
    rows = [HEAD, ["A", day(3), "1", "thé", 10.0], ["B", day(3), "2", "thé", 5.0],
            [None, None, "1", "café", 20.0], ["A", None, "1", "lait", 1.0],
            [None, day(7), "1", "pain", 3.0], [None, day(7), "4", "pain", 3.0]]  # fmt: skip
    book, report = go("score", {"V": rows})
    assert scores(book, "N° client", "Commandes", "CA net") == [("A", 1, 31.0), ("B", 1, 5.0)]
    assert [row for _, row, _ in anomalies(report)] == [6, 7]  # other days: other sales


def test_a_number_of_two_customers_names_neither():
    rows = [HEAD, ["A", day(3), "1", "thé", 10.0], ["B", day(3), "1", "thé", 5.0],
            [None, None, "1", "café", 20.0]]  # fmt: skip
    assert scores(go("score", {"V": rows})[0], "CA net") == [(10.0,), (5.0,)]


REGISTER = [["Date", "Client", "Montant"], [day(3, 1), "Durand", 1.0], [None, "Petit", 2.0],
            [day(3, 2), "Durand", 4.0], [None, "Roux", 8.0], [day(3, 5), "Petit", 16.0],
            [None, "Noir", 32.0]]  # fmt: skip


def test_days_that_stand_once_in_order_are_those_of_the_lines_below():
    book, report = go("score", {"V": REGISTER})
    assert scores(book, "Nom complet", "CA net", "Dernier achat") == [
        ("Durand", 5.0, day(3, 2)), ("Petit", 18.0, day(3, 5)), ("Roux", 8.0, day(3, 2)),
        ("Noir", 32.0, day(3, 5)),
    ]  # fmt: skip
    assert report.messages == [
        "« V » : « Date » en tête de groupe seulement, repris sur 3 lignes en dessous."
    ]


def test_days_out_of_order_or_repeated_or_rarely_blank_are_forgotten_ones():
    for at, value in ((3, day(3, 9)), (3, day(3, 1))):
        rows = [list(row) for row in REGISTER]
        rows[at][0] = value
        assert len(anomalies(go("score", {"V": rows})[1])) == 3
    assert len(anomalies(go("score", {"V": REGISTER[:5]})[1])) == 2
    long = [*REGISTER, *([day(4, n + 1), "Roux", 1.0] for n in range(20))]
    assert len(anomalies(go("score", {"V": long})[1])) == 3


def test_a_pivot_table_names_each_customer_once():
    rows = [["Client", "Date", "Montant"], ["Durand", day(3), 1.0], [None, day(4), 2.0],
            ["Petit", day(3), 4.0], [None, day(5), 8.0], ["Roux", day(2), 16.0],
            [None, day(1), 32.0]]  # fmt: skip
    book, _ = go("score", {"V": rows})
    assert scores(book, "Nom complet", "CA net") == [
        ("Durand", 3.0),
        ("Petit", 12.0),
        ("Roux", 48.0),
    ]
    rows[3][0], rows[5][0] = "Roux", "Petit"  # anonymous sales stand between any others
    assert scores(go("score", {"V": rows})[0], "CA net") == [(1.0,), (4.0,), (16.0,)]


def test_merged_cells_stand_for_each_of_their_lines_but_an_amount_counts_once(tmp_path):
    path = tmp_path / "ventes.xlsx"
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "V"
    for row in (HEAD, ["A", day(3), "1", "thé", 30.0], [None, None, None, "café", None],
                ["B", day(4), "2", "thé", 10.0]):  # fmt: skip
        sheet.append(row)
    for column in "ABCE":
        sheet.merge_cells(f"{column}2:{column}3")
    book.save(path)
    found = FileBook.open(path)
    first, last = day(3).date(), day(4).date()
    assert lines(found) == [["A", first, "1"], ["A", first, "1"], ["B", last, "2"]]
    report = run(find_command("score"), found, as_of=AS_OF)
    assert report.messages[0] == (
        "« V » : « N° client », « Date », « N° commande » en tête de groupe seulement, repris sur 1 "
        "ligne en dessous."
    )
    assert report.counts["customers"] == 2
    assert report.anomalies == []


def test_a_text_file_laid_out_as_a_report(tmp_path):
    path = tmp_path / "V.csv"
    path.write_text(
        "N° client;Date;Produit;Montant\nA;03/03/2026;thé;10\n;;café;5\nB;04/03/2026;lait;1\n"
    )
    assert [row[0] for row in lines(FileBook.open(path))] == ["A", "A", "B"]


def test_contacts_read_from_such_a_sheet_are_told_too():
    rows = [["Nom", "E-mail", "Date", "Produit", "Montant"],
            ["Durand", "d@exemple.fr", day(3), "thé", 1.0], [None, None, None, "lait", 2.0],
            ["Petit", "p@exemple.fr", day(4), "thé", 1.0]]  # fmt: skip
    _, report = go("clean", {"V": rows})
    assert (
        "« V » : « Nom », « E-mail », « Date » en tête de groupe seulement, repris sur 1 ligne en dessous."
        in (report.messages)
    )


def test_numbers_that_are_failed_formulas_are_not_one_number():
    rows = [HEAD, ["A", day(3), "#N/A", "thé", 10.0], [None, day(3), "#N/A", "lait", 5.0],
            ["B", day(3), "2", "thé", 1.0]]  # fmt: skip
    assert scores(go("score", {"V": rows})[0], "CA net") == [(10.0,), (1.0,)]

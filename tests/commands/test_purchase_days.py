"""Purchases dated by the month: the last day of it, told once."""

from datetime import date

import pytest
from purchase_lines import AS_OF, anomalies, day, go, months, scores

from xlcrm.books.memory import MemoryBook
from xlcrm.catalogue import find_command
from xlcrm.commands.job import run


def told(label, value, last):
    return (
        f"« V » : « {label} » ne dit que le mois ; chaque achat compte au dernier jour ({value} : "
        f"{last}), ou à la date d'arrêté si elle tombe avant."
    )


@pytest.mark.parametrize(
    "written",
    ["janvier 2026", "01/2026", "2026-01", "janv. 26", "Janv-26", "1/26", "January 2026", 202601.0,
     "202601", day(1)],
)  # fmt: skip
def test_a_month_is_its_last_day(written):
    book, report = go("score", {"V": [["Mois", "N° client", "Montant"], [written, "A", 10.0]]})
    assert scores(book, "Dernier achat") == [(day(1, 31),)]
    shown = {202601.0: "202601", day(1): "01/01/2026"}.get(written, written)
    assert report.messages == [told("Mois", shown, "31/01/2026")]
    assert anomalies(report) == []


def test_the_month_of_the_as_of_date_counts_on_that_date():
    rows = [["Mois", "N° client", "Montant"], ["novembre 2026", "A", 10.0],
            ["octobre 2026", "A", 5.0], ["décembre 2026", "A", 9.0]]  # fmt: skip
    book, report = go("score", {"V": rows})
    assert scores(book, "Dernier achat", "CA net") == [(day(11, 21), 15.0)]
    assert [row for _, row, _ in anomalies(report)] == [4]
    book, _ = go("dashboard", {"V": rows})
    assert months(book) == {"10/2026": 5.0, "11/2026 (au 21/11)": 10.0}


def test_the_as_of_date_of_the_settings_is_the_one_that_counts():
    rows = [["Mois", "N° client", "Montant"], ["mars 2026", "A", 10.0]]
    book = MemoryBook({"V": rows})
    run(find_command("score"), book, as_of=date(2026, 3, 12))
    run(find_command("score"), book)  # the sheet keeps its date
    assert scores(book, "Dernier achat") == [(day(3, 12),)]


def test_a_whole_month_among_days_is_one_but_a_short_one_is_not():
    rows = [["Date", "N° client", "Montant"], ["12/03/2026", "A", 1.0], ["avril 2026", "A", 2.0],
            ["mars 26", "A", 4.0], [day(5), "A", 8.0]]  # fmt: skip
    book, report = go("score", {"V": rows})
    assert scores(book, "CA net", "Dernier achat") == [(11.0, day(5))]
    assert [row for _, row, _ in anomalies(report)] == [4]
    assert report.messages == [told("Date", "avril 2026", "30/04/2026")]


def test_real_days_in_a_column_called_month_stay():
    rows = [["Mois", "N° client", "Montant"], [day(3, 1), "A", 1.0], [day(3, 9), "B", 2.0]]
    book, report = go("score", {"V": rows})
    assert scores(book, "Dernier achat") == [(day(3, 1),), (day(3, 9),)]
    assert report.messages == []


def test_a_column_of_days_wins_over_one_of_months():
    rows = [["Mois", "Date", "N° client", "Montant"], ["mars 2026", day(3, 5), "A", 1.0]]
    report = run(find_command("score"), MemoryBook({"V": rows}), as_of=AS_OF)
    assert report.messages == []


@pytest.mark.parametrize("written", ["janvier", 1.0, "01", "janv."])
def test_a_month_and_its_year_in_two_columns(written):
    rows = [["Année", "Mois", "N° client", "Montant"], [2026, written, "A", 10.0]]
    book, report = go("score", {"V": rows})
    assert scores(book, "Dernier achat", "CA net") == [(day(1, 31), 10.0)]
    assert report.messages[0].startswith("« V » : « Mois + Année » ne dit que le mois")

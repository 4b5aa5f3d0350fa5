from datetime import date, timedelta

import pytest
from formula_engine import answers
from hypothesis import given
from hypothesis import strategies as st

from xlcrm.budget.days import easter, french_holidays, interest_days, working_day
from xlcrm.budget.terms import (
    Terms,
    due_date,
    due_date_issue,
    flow_time,
    months_later,
    read_terms,
    terms_issue,
)
from xlcrm.cells import from_serial, to_serial
from xlcrm.errors import ArgumentError

days = st.dates(date(2000, 1, 1), date(2060, 12, 31))


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("comptant", Terms()),
        ("Au comptant", Terms()),
        ("à réception", Terms()),
        ("0", Terms()),
        ("30", Terms(days=30)),
        ("30 j", Terms(days=30)),
        ("30j", Terms(days=30)),
        ("30 jours", Terms(days=30)),
        ("30 jours net", Terms(days=30)),
        ("30 jours nets", Terms(days=30)),
        ("net 30", Terms(days=30)),
        ("à 30 jours", Terms(days=30)),
        ("30 jours date de facture", Terms(days=30)),
        ("30 days", Terms(days=30)),
        ("30 j fin de mois", Terms(days=30, end="month")),
        ("30 JOURS FIN DE MOIS", Terms(days=30, end="month")),
        ("30 jours, fin de mois", Terms(days=30, end="month")),
        ("30j FDM", Terms(days=30, end="month")),
        ("30 days end of month", Terms(days=30, end="month")),
        ("45 j fin de mois A", Terms(days=45, end="month")),
        ("45 j fin de mois B", Terms(days=45, end="month", end_first=True)),
        ("45 j fin de mois (B)", Terms(days=45, end="month", end_first=True)),
        ("fin de mois 45 jours", Terms(days=45, end="month", end_first=True)),
        ("fin de mois + 45 j", Terms(days=45, end="month", end_first=True)),
        ("fin de mois", Terms(end="month")),
        ("30 j fin de mois le 10", Terms(days=30, end="month", day=10)),
        ("30 jours fin de mois le 15", Terms(days=30, end="month", day=15)),
        ("30 jours fin de décade", Terms(days=30, end="decade")),
        ("30 jours fin de mois le 10 du mois suivant", Terms(days=30, end="month", day=10)),
        ("30 j FDM 10", Terms(days=30, end="month", day=10)),
        ("30 jours le 10", Terms(days=30, end="month", day=10)),
        ("30 j le 10 du mois suivant", Terms(days=30, end="month", day=10)),
        ("1 mois le 5", Terms(months=1, end="month", day=5)),
        ("le 10 du mois suivant", Terms(end="month", day=10)),
        ("Paiement le 1er du mois suivant", Terms(end="month", day=1)),
        ("the 10th of the following month", Terms(end="month", day=10)),
        ("paiement à la commande", Terms()),
        ("Paiement comptant à la commande", Terms()),
        ("comptant à la livraison", Terms()),
        ("paiement à la livraison", Terms()),
        ("Règlement à réception de facture", Terms()),
        ("Règlement à 30 jours fin de mois", Terms(days=30, end="month")),
        ("cash on delivery", Terms()),
        ("30 jours + fin de mois", Terms(days=30, end="month")),
        ("fin de mois le 15", Terms(end="month", day=15)),
        ("Virement à 30 jours", Terms(days=30)),
        ("Traite 60 jours fin de mois", Terms(days=60, end="month")),
        ("Chèque comptant", Terms()),
        ("Par virement à réception de facture", Terms()),
        ("30 jours à réception de la facture", Terms(days=30)),
        ("30 jours réception facture", Terms(days=30)),
        ("2 mois", Terms(months=2)),
        ("1 month", Terms(months=1)),
    ],
)
def test_terms_as_people_write_them(text, terms):
    assert read_terms(text) == terms


@pytest.mark.parametrize(
    "text", ["bientôt", "30 semaines", "fin d'année", "j 30", "30 j 10", "le 10", "9999 j"]
)
def test_terms_that_cannot_be_read(text):
    with pytest.raises(ArgumentError, match="exemples : comptant, 30 j"):
        read_terms(text)
    assert terms_issue(text).startswith("Conditions de règlement")


@pytest.mark.parametrize(
    ("invoice", "terms", "due"),
    [
        # Readings of 45 days end of month: the example of 10 March gives 30 April (A: 24 April,
        # then the end of its month) or 15 May (B: 31 March, then 45 days).
        (date(2026, 3, 10), "45 j fin de mois", date(2026, 4, 30)),
        (date(2026, 3, 10), "45 j fin de mois B", date(2026, 5, 15)),
        (date(2026, 1, 15), "comptant", date(2026, 1, 15)),
        (date(2026, 1, 15), "30 j", date(2026, 2, 14)),
        (date(2026, 1, 15), "60 jours", date(2026, 3, 16)),
        (date(2026, 1, 15), "30 j fin de mois", date(2026, 2, 28)),
        (date(2026, 1, 15), "30 j fin de mois le 10", date(2026, 3, 10)),
        (date(2026, 1, 31), "1 mois", date(2026, 2, 28)),
        (date(2026, 1, 5), "10 j fin de décade", date(2026, 1, 20)),
        (date(2026, 1, 15), "10 j fin de décade", date(2026, 1, 31)),
        (date(2028, 1, 31), "30 j fin de mois", date(2028, 3, 31)),
    ],
)
def test_due_dates(invoice, terms, due):
    assert due_date(invoice, terms) == due


@given(days, st.integers(0, 120))
def test_end_of_month_equals_the_spreadsheet_functions(day, delay):
    serial = int(to_serial(day))
    a, b = answers([f"=EOMONTH({serial}+{delay},0)", f"=EOMONTH({serial},0)+{delay}"])
    assert due_date(day, f"{delay} j fin de mois") == from_serial(a).date()
    assert due_date(day, f"{delay} j fin de mois B") == from_serial(b).date()


@given(days, st.integers(-60, 60))
def test_months_later_equals_the_spreadsheet_function(day, months):
    (serial,) = answers([f"=EDATE({int(to_serial(day))},{months})"])
    assert months_later(day, months) == from_serial(serial).date()


@given(days, st.sampled_from(["comptant", "30 j", "45 j fin de mois", "30 j fin de mois le 10"]))
def test_a_due_date_never_comes_before_the_invoice(day, terms):
    assert due_date(day, terms) >= day
    assert due_date_issue(day, due_date(day, terms)) in (None, terms_issue("90 j"))


def test_legal_limits():
    for fine in (
        "comptant",
        "60 j",
        "45 j fin de mois",
        "45 j fin de mois B",
        "30 j fin de mois",
        "2 mois",
    ):
        assert terms_issue(fine) is None
    for long in ("61 j", "90 jours", "60 j fin de mois", "3 mois", "45 j fin de mois le 10"):
        assert (
            terms_issue(long) == "Au-delà de la limite légale : 60 jours, ou 45 jours fin de mois."
        )
    assert terms_issue(None) is None


def test_the_end_of_decade_counts_for_the_legal_limit():
    assert terms_issue("50 j fin de décade") is None
    told = "Peut dépasser la limite légale de 60 jours : la fin de décade ajoute jusqu'à 10 jours."
    for long in ("51 j fin de décade", "60 j fin de décade", "2 mois fin de décade"):
        assert terms_issue(long) == told
    assert terms_issue("61 j fin de décade").startswith("Au-delà")
    # 22/01 + 60 days is 23/03, paid on the 31st.
    assert terms_issue("60 j fin de décade", date(2026, 1, 22)).startswith("Au-delà")
    # 10/01 + 59 days is 10/03, an end of decade: on time.
    assert terms_issue("59 j fin de décade", date(2026, 1, 10)) is None


def test_the_help_points_to_the_end_of_next_month():
    assert due_date(date(2026, 1, 31), "30 j fin de mois") == date(2026, 3, 31)
    assert due_date(date(2026, 1, 31), "1 mois fin de mois") == date(2026, 2, 28)


def test_legal_limit_of_one_invoice():
    day = date(2026, 3, 10)
    assert due_date_issue(day, date(2026, 5, 15)) is None  # 45 days end of month, reading B
    assert due_date_issue(day, date(2026, 5, 16)).startswith("Au-delà")
    assert due_date_issue(day, date(2026, 3, 9)) == "L'échéance vient avant la facture."
    assert due_date_issue(day, None) is None


def test_average_time_to_payment():
    # 15 days on average until the end of the month, for invoices spread over it.
    assert [flow_time(t) for t in ("45 j fin de mois", "30 j fin de mois le 15", "2 mois")] == [
        60,
        60,
        60,
    ]


# Official calendar of the French government, metropolitan France (etalab, jours feries).
HOLIDAYS_2026 = [
    "01-01", "04-06", "05-01", "05-08", "05-14", "05-25", "07-14", "08-15", "11-01", "11-11",
    "12-25",
]  # fmt: skip
# Easter Sundays of the ecclesiastical tables.
EASTERS = {2000: "04-23", 2008: "03-23", 2011: "04-24", 2019: "04-21", 2024: "03-31", 2025: "04-20",
           2027: "03-28", 2030: "04-21", 2038: "04-25"}  # fmt: skip


def test_french_holidays():
    assert sorted(f"{day:%m-%d}" for day in french_holidays(2026)) == HOLIDAYS_2026


def test_easter():
    assert {year: f"{easter(year):%m-%d}" for year in EASTERS} == EASTERS


def test_working_days():
    assert working_day(date(2026, 12, 25)) == date(2026, 12, 28)  # Friday, then the weekend
    assert working_day(date(2026, 12, 25), "précédent") == date(2026, 12, 24)
    assert working_day(date(2026, 11, 23)) == date(2026, 11, 23)
    assert due_date(date(2026, 10, 15), "30 j", "suivant") == date(2026, 11, 16)
    with pytest.raises(ArgumentError, match="choix : non, suivant, précédent"):
        working_day(date(2026, 1, 1), "bientôt")


@given(days)
def test_a_working_day_stays(day):
    moved = working_day(day)
    assert working_day(moved) == moved
    assert moved - day <= timedelta(days=4)


@given(days, st.integers(0, 800))
def test_interest_days(start, length):
    end = start + timedelta(days=length)
    first, last = int(to_serial(start)), int(to_serial(end))
    assert interest_days(start, end) == length
    assert interest_days(start, end, "inclus") == length + 1
    assert answers([f"=DAYS360({first},{last},TRUE)"]) == [interest_days(start, end, "30/360")]


def test_interest_days_backwards():
    with pytest.raises(ArgumentError, match="vient avant le début"):
        interest_days(date(2026, 2, 1), date(2026, 1, 1))

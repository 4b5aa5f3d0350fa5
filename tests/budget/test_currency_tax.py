from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xlcrm.budget.corporate_tax import (
    balance_date,
    corporate_tax,
    instalments_table,
    tax_instalments,
)
from xlcrm.budget.currency import exchange_difference, from_euros, to_euros
from xlcrm.errors import ArgumentError


def test_the_ecb_quotes_units_for_one_euro():
    assert to_euros(5000, 1.0825) == 4618.94
    assert from_euros(4618.94, 1.0825) == 5000.0
    assert to_euros(5000, 0.9238, "1 devise") == 4619.0
    assert to_euros(-5000, 1.0825) == -4618.94


@given(st.integers(1, 10**9), st.integers(100, 10**6))
def test_there_and_back(cents, rate):
    amount, quote = cents / 100, rate / 1000
    assert from_euros(to_euros(amount, quote), quote) == pytest.approx(
        amount, abs=0.01 + quote / 100
    )


def test_gain_and_loss_of_change():
    # 10 000 dollars invoiced at 1.08 (9 259.26) and paid at 1.12 (8 928.57)
    assert exchange_difference(10000, 1.08, 1.12) == -330.69
    assert exchange_difference(10000, 1.08, 1.12, "fournisseur") == 330.69
    assert exchange_difference(10000, 0.92, 0.95, "client", "1 devise") == 300.0


@pytest.mark.parametrize("rate", [0, -1.1])
def test_a_rate_must_be_above_zero(rate):
    with pytest.raises(ArgumentError, match="supérieur à 0"):
        to_euros(100, rate)


def test_corporate_tax():
    assert corporate_tax(42500) == 6375.0
    assert corporate_tax(42502) == 6376.0  # 6 375.50 goes up
    assert corporate_tax(60000) == 10750.0
    assert corporate_tax(60000, 0.25, 0.15, 0) == 15000.0
    assert corporate_tax(-1) == 0


@pytest.mark.parametrize(
    ("closing", "first", "balance"),
    [
        # impots.gouv.fr: dates of the instalments by closing of the year
        (date(2026, 12, 31), date(2026, 3, 15), date(2027, 5, 15)),
        (date(2026, 3, 31), date(2025, 6, 15), date(2026, 7, 15)),
        (date(2026, 6, 30), date(2025, 9, 15), date(2026, 10, 15)),
        (date(2026, 9, 30), date(2025, 12, 15), date(2027, 1, 15)),
        (date(2026, 11, 30), date(2026, 3, 15), date(2027, 3, 15)),
        (date(2027, 1, 31), date(2026, 3, 15), date(2027, 5, 15)),
        (date(2027, 2, 28), date(2026, 6, 15), date(2027, 6, 15)),
    ],
)
def test_dates_of_instalments(closing, first, balance):
    dates = [day for day, _ in tax_instalments(40000, closing)]
    assert dates[0] == first
    assert [day.month for day in dates] == [(first.month - 1 + 3 * k) % 12 + 1 for k in range(4)]
    assert all(first <= day <= closing + timedelta(days=16) for day in dates)
    assert balance_date(closing) == balance


def test_no_instalment_up_to_3000():
    assert tax_instalments(3000, date(2026, 12, 31)) == []
    assert [amount for _, amount in tax_instalments(3001, date(2026, 12, 31))] == [750.0] * 4
    table = instalments_table(2500, date(2026, 12, 31), 4000, lang="en")
    assert table == [["Payment", "Date", "Amount"], ["Balance", date(2027, 5, 15), 4000.0]]


def test_instalments_and_balance_sum_to_the_tax():
    table = instalments_table(20750, date(2026, 12, 31), 18000)
    assert sum(row[2] for row in table[1:]) == 18000
    assert table[-1][2] == -2752.0  # 4 x 5 188 paid: a refund
    assert len(instalments_table(20750, date(2026, 12, 31))) == 5

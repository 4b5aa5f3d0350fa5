from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xlcrm.budget.penalties import FIXED_FEE, days_late, late_penalty, late_penalty_dated
from xlcrm.errors import ArgumentError

DUE = date(2026, 6, 15)
RATES = [[date(2026, 1, 1), 0.1215], [date(2026, 7, 1), "12,40 %"], [None, None]]


def test_days_late():
    assert [days_late(DUE, DUE + timedelta(days=n)) for n in (-3, 0, 1, 45)] == [0, 0, 1, 45]


def test_the_fee_comes_with_lateness_only():
    assert late_penalty(1000, 0, 0.12, fixed_fee=FIXED_FEE) == 0
    assert late_penalty(1000, 1, 0.12, fixed_fee=FIXED_FEE) == 40.33
    assert late_penalty(1000, 10, 0, fixed_fee=FIXED_FEE) == 40.0


def test_each_half_year_has_its_rate():
    # 15 days of June at 12.15 %, 20 days of July at 12.40 %
    first, second = late_penalty(8000, 15, 0.1215), late_penalty(8000, 20, 0.124)
    total = late_penalty_dated(8000, DUE, date(2026, 7, 20), RATES, fixed_fee=40)
    assert (first, second) == (39.95, 54.36)
    assert total == 134.31


@given(st.integers(0, 400), st.integers(1, 10**6))
def test_one_rate_throughout_is_the_plain_penalty(days, amount):
    paid = DUE + timedelta(days=days)
    rates = [[date(2020, 1, 1), 0.1]]
    assert late_penalty_dated(amount, DUE, paid, rates) == late_penalty(amount, days, 0.1)


def test_paid_in_time_needs_no_rate():
    assert late_penalty_dated(8000, DUE, DUE, []) == 0


def test_no_rate_on_that_day():
    with pytest.raises(ArgumentError, match="Aucun taux ne vaut au 16/06/2026"):
        late_penalty_dated(8000, DUE, date(2026, 7, 20), [[date(2026, 7, 1), 0.1]])


@pytest.mark.parametrize("arguments", [(-1, 10, 0.1), (100, -1, 0.1), (100, 10, 12)])
def test_requests_that_cannot_be_meant(arguments):
    with pytest.raises(ArgumentError):
        late_penalty(*arguments)

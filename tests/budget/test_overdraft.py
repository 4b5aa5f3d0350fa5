from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xlcrm.budget.overdraft import (
    debit_numbers,
    highest_overdraft_fee,
    interest_scale,
    overdraft_interest,
    overdraft_real_rate,
    scale_table,
)
from xlcrm.budget.rounding import add_cents
from xlcrm.errors import ArgumentError


@pytest.mark.parametrize(
    ("amount", "days", "rate", "base", "interest"),
    [(50000, 59, 0.12, 360, 983.33), (10000, 30, 0.12, 360, 100.0), (10000, 73, 0.1, 365, 200.0)],
)
def test_interest(amount, days, rate, base, interest):
    assert overdraft_interest(amount, days, rate, base) == interest
    assert debit_numbers(amount, days) == amount * days


def test_commission_on_the_highest_overdraft_and_its_cap():
    assert highest_overdraft_fee([20000, None, 40000], 0.0005) == 30.0
    assert highest_overdraft_fee([20000, None, 40000], 0.0005, interest=50) == 25.0
    assert highest_overdraft_fee([20000, None, 40000], 0.0005, interest=50, cap=0.8) == 30.0
    assert highest_overdraft_fee([], 0.0005) == 0


def test_an_interest_scale_by_hand():
    """Opening 1 000; -4 000 on 6 Jan; +5 000 on 16 Jan; closed on 31 Jan; 12 %, 360 days."""
    days = [date(2026, 1, 1), date(2026, 1, 6), date(2026, 1, 16)]
    table = scale_table(days, [0, -4000, 5000], 1000, date(2026, 1, 31), 0.12)
    assert table[1:] == [
        [date(2026, 1, 1), 0.0, 1000.0, 5, 0.0, 5000.0],
        [date(2026, 1, 6), -4000.0, -3000.0, 10, 30000.0, 0.0],
        [date(2026, 1, 16), 5000.0, 2000.0, 15, 0.0, 30000.0],
        ["Total", None, None, 30, 30000.0, 35000.0],
        ["Intérêts débiteurs", None, None, None, 10.0],
    ]


@given(
    st.lists(st.tuples(st.integers(0, 89), st.integers(-(10**6), 10**6)), min_size=1, max_size=20),
    st.integers(-(10**6), 10**6),
)
def test_a_scale_keeps_balance_and_days(movements, opening):
    start, end = date(2026, 1, 1), date(2026, 4, 1)
    moves = [(start, 0.0), *((start + timedelta(days=d), m / 100) for d, m in movements)]
    lines = interest_scale([d for d, _ in moves], [m for _, m in moves], opening / 100, end)
    assert lines[-1].balance == add_cents(opening / 100, *(m for _, m in moves))
    assert sum(line.days for line in lines) == 90
    numbers = sum(line.credit_numbers - line.debit_numbers for line in lines)
    assert numbers == pytest.approx(sum(line.balance * line.days for line in lines), abs=0.5)


def test_movements_come_in_any_order_and_by_day():
    day = date(2026, 1, 1)
    later = date(2026, 1, 11)
    one = interest_scale([later, day, later], [50, -100, 25], 0, date(2026, 1, 31))
    assert [(line.movement, line.balance) for line in one] == [(-100.0, -100.0), (75.0, -25.0)]


def interest_of(table):
    return table[-1][-1]


def test_an_opening_overdraft_bears_interest_from_the_start():
    days = [date(2026, 1, 10), date(2026, 2, 1), date(2026, 3, 1)]
    moves, end = [-5000, 2000, -1000], date(2026, 3, 31)
    assert interest_of(scale_table(days, moves, -1000, end, 0.12)) == 131.33
    table = scale_table(days, moves, -1000, end, 0.12, start=date(2026, 1, 1))
    assert table[1] == [date(2026, 1, 1), 0.0, -1000.0, 9, 9000.0, 0.0]
    assert interest_of(table) == 134.33
    same = scale_table(days, moves, -1000, end, 0.12, start=days[0])
    assert same == scale_table(days, moves, -1000, end, 0.12)


def test_a_period_without_movement():
    table = scale_table([], [], -1000, date(2026, 1, 31), 0.12, start=date(2026, 1, 1))
    assert table[1] == [date(2026, 1, 1), 0.0, -1000.0, 30, 30000.0, 0.0]
    assert interest_of(table) == 10.0


def test_a_start_outside_the_period_is_refused():
    days, end = [date(2026, 1, 10)], date(2026, 1, 31)
    with pytest.raises(ArgumentError, match=r"du 10/01/2026 vient avant le début \(11/01/2026\)"):
        scale_table(days, [5], 0, end, 0.1, start=date(2026, 1, 11))
    with pytest.raises(ArgumentError, match=r"Le début .* vient après l'arrêté"):
        scale_table([], [], 0, end, 0.1, start=date(2026, 2, 1))


def test_real_rate_of_nothing_is_blank():
    assert overdraft_real_rate(10, 0) is None


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda: overdraft_interest(-5000, 30, 0.12), "négatif"),
        (lambda: overdraft_interest(-5.5, 30, 0.12), ": -5,5 ; un nombre négatif"),
        (lambda: overdraft_interest(5000, 30, 12), "tapez 12 % ou 0,12"),
        (lambda: highest_overdraft_fee([50000], 0.0005, 60, 50), "tapez 50 % ou 0,5"),
        (lambda: overdraft_interest(5000, 30, 0.12, 0), "supérieur à 0"),
        (lambda: scale_table([date(2026, 3, 1)], [5], 0, date(2026, 2, 1), 0.1), "après l'arrêté"),
        (lambda: scale_table([date(2026, 3, 1)], [], 0, date(2026, 2, 1), 0.1), "même nombre"),
    ],
)
def test_requests_that_cannot_be_meant(call, words):
    with pytest.raises(ArgumentError, match=words):
        call()

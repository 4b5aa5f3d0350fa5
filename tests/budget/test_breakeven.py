from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xlcrm.budget.breakeven import (
    break_even,
    break_even_units,
    margin_rate,
    operating_leverage,
    safety_index,
    safety_margin,
)
from xlcrm.budget.dead_points import (
    break_even_date,
    break_even_days,
    break_even_seasonal,
    break_even_seasonal_date,
)
from xlcrm.errors import ArgumentError

SKI = [90, 110, 80, 20, 0, 0, 10, 15, 5, 10, 30, 130]  # thousand euros by month: 500


@given(st.integers(1, 10**7), st.integers(0, 99), st.integers(0, 10**6))
def test_at_the_break_even_the_profit_is_zero(sales, percent, fixed):
    variable = sales * percent / 100
    threshold = break_even(sales, variable, fixed)
    rate = margin_rate(sales, variable)
    assert threshold * rate - fixed == pytest.approx(0, abs=0.01)


def test_a_target_profit_is_one_more_fixed_cost():
    assert break_even(400000, 240000, 100000, 20000) == break_even(400000, 240000, 120000)


def test_no_break_even_without_margin():
    assert break_even(100000, 100000, 5000) is None
    assert break_even(100000, 120000, 5000) is None
    assert break_even(0, 0, 5000) is None
    assert break_even_units(5000, 10, 10) is None
    assert break_even_units(5000, 10, 12) is None


def test_units_are_whole_and_cover_the_costs():
    assert break_even_units(10000, 19.9, 12.4) == 1334  # 1 333.33
    assert break_even_units(7.5 * 1334, 19.9, 12.4) == 1334
    assert break_even_units(10000, 19.9, 12.4, 500) == 1400


def test_dead_point_of_even_sales():
    assert break_even_days(480000, 320000) == 240.0
    assert break_even_days(480000, 320000, 365) == 243.33
    assert break_even_days(480000, 480001) is None
    assert break_even_days(0, 100) is None
    start = date(2026, 1, 1)
    assert break_even_date(480000, 330000, start) == date(2026, 9, 8)  # 8 months, 7.5 days
    assert break_even_date(480000, 480000, start) == date(2026, 12, 30)
    assert break_even_date(480000, 480000, start, "civil") == date(2026, 12, 31)
    assert break_even_date(480000, 480001, start) is None
    assert break_even_date(480000, 0, start) == start


def test_the_year_may_start_in_any_month():
    start = date(2026, 7, 1)
    assert break_even_date(360000, 180000, start) == date(2026, 12, 30)
    assert break_even_date(360000, 180001, start) == date(2027, 1, 1)
    assert break_even_date(360000, 240000, start, "civil") == date(2027, 3, 1)


def test_seasonal_dead_point_by_cumulated_sales():
    # 280 by the end of March, 300 by the end of April; 310 in July; 320 is 10/15 into August.
    assert break_even_seasonal(SKI, 290) == 3.5
    assert break_even_seasonal(SKI, 300) == 4.0
    assert break_even_seasonal(SKI, 301) == 6.1
    assert break_even_seasonal(SKI, 320) == 7.6667
    assert break_even_seasonal(SKI, 500) == 12.0
    assert break_even_seasonal(SKI, 500.01) is None
    start = date(2026, 1, 1)
    assert break_even_seasonal_date(SKI, 290, start) == date(2026, 4, 15)
    assert break_even_seasonal_date(SKI, 300, start) == date(2026, 4, 30)
    assert break_even_seasonal_date(SKI, 301, start, "civil") == date(2026, 7, 4)
    assert break_even_seasonal_date(SKI, 20.0, date(2026, 2, 1), "civil") == date(2026, 2, 7)
    assert break_even_seasonal_date(SKI, 600, start) is None


@given(st.integers(1, 10**6), st.integers(0, 1000))
def test_even_sales_are_the_plain_case_of_the_seasonal_one(month, share):
    threshold = month * 12 * share / 1000
    seasonal = break_even_seasonal([month] * 12, threshold)
    assert seasonal == pytest.approx(break_even_days(month * 12, threshold) / 30, abs=1e-3)


def test_leverage_is_the_inverse_of_the_safety_index():
    sales, variable, fixed = 800000, 500000, 180000
    threshold = break_even(sales, variable, fixed)
    index = safety_index(sales, threshold)
    assert (threshold, index) == (480000.0, 0.4)
    assert operating_leverage(sales, variable, fixed) == 2.5 == 1 / index
    assert operating_leverage(sales, variable, 300000) is None
    assert safety_margin(sales, 900000) == -100000.0
    assert safety_index(0, 100) is None


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda: break_even(-100, 50, 20), "négatif"),
        (lambda: break_even(100, -50, 20), "négatif"),
        (lambda: break_even_days(100, 50, 400), "de 1 à 366 jours"),
        (lambda: break_even_days(100, 50, 0), "de 1 à 366 jours"),
        (lambda: break_even_seasonal([10, -5], 12), "négatif"),
        (lambda: break_even_date(100, 50, date(2026, 1, 1), "lunaire"), "choix : civil, 30"),
    ],
)
def test_requests_that_cannot_be_meant(call, words):
    with pytest.raises(ArgumentError, match=words):
        call()

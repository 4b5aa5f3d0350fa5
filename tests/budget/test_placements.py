from datetime import date

import pytest
from formula_engine import answers
from hypothesis import given
from hypothesis import strategies as st

from xlcrm.budget.placements import (
    equivalent_rate,
    fortnight_interest,
    fortnights,
    future_value,
    placement_gain,
    placement_result,
    placement_yield,
    present_value,
    simple_interest,
)
from xlcrm.errors import ArgumentError


def test_simple_and_compound_interest_as_in_a_spreadsheet():
    assert answers(
        [
            "=ROUND(15000*0.035*120/360,2)",
            "=ROUND(FV(0.035,2.5,0,-15000),2)",
            "=ROUND(PV(0.035,2.5,0,-15000),2)",
            "=ROUND((1+0.035/12)^12-1,8)",
        ]
    ) == [
        simple_interest(15000, 0.035, 120),
        future_value(15000, 0.035, 2.5),
        present_value(15000, 0.035, 2.5),
        equivalent_rate(0.035),
    ]


@given(st.integers(1, 10**6), st.integers(0, 20), st.integers(0, 20))
def test_present_value_undoes_future_value(amount, percent, years):
    for method in ("composé", "simple"):
        there = future_value(amount, percent / 100, years, method)
        assert present_value(there, percent / 100, years, method) == pytest.approx(amount, abs=0.01)


@pytest.mark.parametrize(
    ("deposit", "withdrawal", "count"),
    [
        # 20 February: value 1 March; kept to the end of the year: 20 fortnights.
        (date(2026, 2, 20), date(2027, 1, 1), 20),
        (date(2026, 8, 25), date(2027, 1, 1), 8),
        (date(2026, 1, 5), date(2026, 1, 20), 0),  # value 16 January, and left on the 15th
        (date(2026, 1, 5), date(2026, 2, 3), 1),
        (date(2026, 1, 16), date(2026, 3, 16), 3),
        (date(2026, 12, 31), date(2027, 12, 31), 23),
    ],
)
def test_fortnights_of_a_savings_account(deposit, withdrawal, count):
    assert fortnights(deposit, withdrawal) == count


def test_interest_by_fortnights():
    assert fortnight_interest(1000, 0.06, date(2026, 2, 20), date(2027, 1, 1)) == 50.0
    with pytest.raises(ArgumentError, match="vient avant le dépôt"):
        fortnight_interest(1000, 0.06, date(2026, 2, 20), date(2026, 2, 1))


def test_an_offer_by_hand():
    """20 000 for 18 months at 4 % simple, 1 % in, 0.5 % out, 30 of fixed fees, tax 25 %."""
    result = placement_result(20000, 0.04, 1.5, "simple", 0.01, 0.005, 30, 0.25)
    assert result.entry_fees == 200.0
    assert result.interest == 1188.0  # 19 800 x 6 %
    assert result.exit_fees == 104.94  # 20 988 x 0.5 %
    assert result.tax == 220.77  # (1 188 - 200 - 104.94) x 25 %, 220.765
    assert result.gain == 632.29
    assert result.value == 20632.29
    assert result.net_yield == 0.021076


def test_no_tax_on_a_loss():
    result = placement_result(1000, 0.01, 1, entry_fee=0.03, tax_rate=0.3)
    assert (result.tax, result.gain) == (0.0, -20.3)
    assert result.net_yield == -0.0203


@given(st.integers(1, 10**6), st.integers(0, 12), st.integers(1, 120))
def test_without_fees_or_tax_the_yield_is_the_rate(amount, percent, months):
    found = placement_yield(amount * 10000, percent / 100, months / 12)
    assert found == pytest.approx(percent / 100, abs=2e-5)
    assert placement_gain(amount, percent / 100, months / 12) >= 0


@pytest.mark.parametrize(
    "arguments", [(1000, 3, 1), (0, 0.03, 1), (1000, 0.03, 0), (1000, 0.03, 1, "autre")]
)
def test_requests_that_cannot_be_meant(arguments):
    with pytest.raises(ArgumentError):
        placement_gain(*arguments)

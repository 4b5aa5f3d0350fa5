"""Rounding against the written rule, and against a spreadsheet engine."""

import math
from decimal import ROUND_HALF_UP, Decimal

import ironcalc
import pytest
from hypothesis import given
from hypothesis import strategies as st

from xlcrm.budget.rounding import add_cents, round_cents, split_cents
from xlcrm.errors import ArgumentError

amounts = st.one_of(
    st.floats(-1e12, 1e12),
    st.floats(-1e5, 1e5),
    st.integers(-(10**9), 10**9).map(lambda n: n / 1000),  # ties at the cent
    st.integers(-(10**7), 10**7).map(lambda n: n / 100000),
)


def by_the_rule(value: float, digits: int) -> float:
    step = Decimal(1).scaleb(-digits)
    return float(Decimal(format(value, ".15g")).quantize(step, ROUND_HALF_UP)) + 0.0


@given(amounts, st.integers(0, 6))
def test_equals_the_rule_on_15_digits(value, digits):
    assert round_cents(value, digits) == by_the_rule(value, digits)


@pytest.mark.parametrize(
    ("value", "digits", "expected"),
    [
        (1.005, 2, 1.01),
        (2.675, 2, 2.68),
        (-2.675, 2, -2.68),
        (0.285, 2, 0.29),
        (1.00499999999999, 2, 1.0),
        (8.325, 2, 8.33),
        (-0.004, 2, 0.0),
        (1234567.885, 2, 1234567.89),
        (2.5, 0, 3.0),
        (-2.5, 0, -3.0),
        (1250.0, -2, 1300.0),
        (1e300, 2, 1e300),
    ],
)
def test_known_roundings(value, digits, expected):
    result = round_cents(value, digits)
    assert result == expected
    assert math.copysign(1, result) == math.copysign(1, expected)


def test_equals_the_round_function_of_a_spreadsheet():
    # LibreOffice gives the same 1.01, 2.68, 8.33... (see the tests of the templates)
    values = [n / 1000 for n in range(-5005, 5006, 70)] + [0.1 + 0.2, 1.1 * 1.15, 70.35 * 1.19]
    model = ironcalc.create("t", "en", "UTC", "en")
    for row, value in enumerate(values, 1):
        model.set_user_input(0, row, 1, f"=ROUND({value!r},2)")
    model.evaluate()
    assert [model.get_cell_value(0, r, 1) for r in range(1, len(values) + 1)] == [
        round_cents(v) for v in values
    ]


@pytest.mark.parametrize("value", [math.inf, -math.inf, math.nan])
def test_what_is_no_number_is_refused(value):
    with pytest.raises(ArgumentError, match="Incalculable"):
        round_cents(value)


@given(
    st.integers(-(10**9), 10**9).map(lambda n: n / 100),
    st.lists(st.integers(0, 1000), min_size=1, max_size=8).filter(any),
)
def test_a_split_loses_no_cent(total, weights):
    shares = [w / sum(weights) for w in weights]
    parts = split_cents(total, shares)
    assert add_cents(*parts) == total
    assert all(part == 0 for part, share in zip(parts, shares, strict=True) if share == 0)


@pytest.mark.parametrize("shares", [[], [0.5, 0.4], [1.2, -0.2], [30, 70]])
def test_shares_must_sum_to_one(shares):
    with pytest.raises(ArgumentError):
        split_cents(100, shares)

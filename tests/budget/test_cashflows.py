import pytest
from formula_engine import answers
from hypothesis import given
from hypothesis import strategies as st

from xlcrm.budget.cashflows import (
    internal_rate,
    irr,
    net_present_value,
    payback,
    present_value,
    profitability_index,
)
from xlcrm.errors import ArgumentError

PROJECT = [-250000, 60000, 75000, 90000, 80000, 40000]


def listed(flows):
    return "{" + ",".join(str(flow) for flow in flows) + "}"


def test_net_present_value_equals_the_spreadsheet_function():
    first, *rest = PROJECT
    formula = f"=ROUND({first}+NPV(0.085,{','.join(map(str, rest))}),2)"
    assert answers([formula]) == [net_present_value(PROJECT, 0.085)]


def test_internal_rate_equals_the_spreadsheet_function():
    for flows in (PROJECT, [-1000, 10, 10, 10, 1500], [-5000] + [450] * 12, [1000, -600, -600]):
        cells = " ".join(map(str, flows)).split()
        import ironcalc

        model = ironcalc.create("t", "en", "UTC", "en")
        for row, value in enumerate(cells, 1):
            model.set_user_input(0, row, 1, value)
        model.set_user_input(0, 1, 2, f"=IRR(A1:A{len(cells)})")
        model.evaluate()
        assert irr(flows) == pytest.approx(model.get_cell_value(0, 1, 2), abs=2e-8)


@given(
    st.integers(1, 10**6),
    st.lists(st.integers(0, 10**6), min_size=1, max_size=40).filter(any),
)
def test_an_investment_has_one_rate_and_it_is_the_root(outlay, inflows):
    flows = [-outlay, *inflows]
    rate = internal_rate(flows)
    if rate is None:  # beyond -99.99 % or 1,000,000 %
        assert present_value(flows, 9000) > 0 or present_value(flows, -0.9998) < 0
    else:
        scale = present_value([abs(flow) for flow in flows], rate)
        assert abs(present_value(flows, rate)) <= 1e-9 * scale


@pytest.mark.parametrize(
    "flows", [[], [100], [0, 0], [100, 200], [-100, -200], [-100, 230, -132], [1, -3, 3]]
)
def test_no_single_rate_is_a_blank(flows):
    assert irr(flows) is None


def test_one_rate_in_spite_of_several_changes_of_sign():
    # -1000 (1+r)^3 + 2000 (1+r)^2 - 500 (1+r) + 600 has one root above 0 in 1 + r
    rate = irr([-1000, 2000, -500, 600])
    assert present_value([-1000, 2000, -500, 600], rate) == pytest.approx(0, abs=1e-3)


def test_blanks_are_zero_between_and_nothing_at_the_end():
    assert irr([-100, None, 121, None]) == 0.1
    assert net_present_value([None, None], 0.1) is None
    assert net_present_value([-100, 110], None) is None


def test_payback():
    # cumulated: -250, -190, -115, -25, +55 thousand: 3 years and 25/80
    assert payback(PROJECT) == 3.3125
    assert payback([-100, 50, 50]) == 2.0
    assert payback([-100, 99]) is None
    assert payback([-100, 150, -80, 40]) == 2.75  # back below 0 in between
    assert payback([100, 50]) == 0.0
    assert payback([]) is None


def test_discounted_payback_is_later():
    assert payback(PROJECT, 0.085) > payback(PROJECT)
    assert payback([-100, 50, 50], 0.01) is None


def test_profitability_index_tells_the_same_as_npv():
    npv = net_present_value(PROJECT, 0.085)
    assert profitability_index(PROJECT, 0.085) == pytest.approx(1 + npv / 250000, abs=1e-4)
    assert profitability_index([100, 50], 0.1) is None


def test_a_rate_typed_as_a_number_of_percent_is_refused():
    with pytest.raises(ArgumentError, match=r"tapez 8 % ou 0,08"):
        net_present_value(PROJECT, 8)

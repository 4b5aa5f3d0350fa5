import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xlcrm.budget.rounding import add_cents
from xlcrm.budget.settlements import (
    cash_schedule,
    gross_amount,
    net_amount,
    split,
    vat_amount,
    vat_settlement,
)
from xlcrm.errors import ArgumentError

CASES = Path(__file__).parents[1] / "cases" / "treasury"
cents = st.integers(-(10**9), 10**9).map(lambda n: n / 100)
rates = st.sampled_from([0.2, 0.1, 0.055, 0.021, 0.0])


@given(cents, rates)
def test_net_and_vat_sum_to_gross(amount, rate):
    gross = gross_amount(amount, rate)
    assert add_cents(amount, vat_amount(amount, rate)) == gross
    assert add_cents(net_amount(gross, rate), vat_amount(gross, rate, True)) == gross
    assert net_amount(gross, rate) == pytest.approx(amount, abs=0.0101)


def test_french_rates():
    assert [gross_amount(100, r) for r in (0.2, 0.1, 0.055, 0.021, 0)] == [
        120,
        110,
        105.5,
        102.1,
        100,
    ]
    with pytest.raises(ArgumentError, match="tapez 20 % ou 0,2"):
        gross_amount(100, 20)
    assert gross_amount(None) is None


@given(
    st.lists(st.integers(0, 10**8).map(lambda n: n / 100), min_size=1, max_size=12),
    st.sampled_from([[1], [0.5, 0.5], [0.3, 0.5, 0.2], [0, 0, 1], [1 / 3, 1 / 3, 1 / 3]]),
)
def test_what_is_invoiced_is_paid_in_the_end(amounts, shares):
    (all_months,) = cash_schedule([amounts], shares, tail=True)
    (in_time,) = cash_schedule([amounts], shares)
    assert add_cents(*all_months) == add_cents(*amounts)
    assert all_months[: len(amounts)] == in_time
    assert (
        cash_schedule([[a] for a in amounts], shares) == [[v] for v in in_time] or len(amounts) == 1
    )


def test_published_case_01():
    case = json.loads((CASES / "01_budget_tva_credit_tunisie.json").read_text("utf-8"))
    given_, expected = case["input"], case["expected"]
    rate = given_["vat_rate"]
    collected = [vat_amount(ht, rate) for ht in given_["sales_ht"]]
    names = ("purchases_ht", "other_ht", "commissions_ht", "capex_ht")
    deductible = [add_cents(*(vat_amount(given_[n][m], rate) for n in names)) for m in range(4)]
    assert collected == expected["vat_collected"]
    assert deductible == expected["vat_deductible"]
    table = vat_settlement(collected, deductible, given_["vat_credit_before"])
    assert table[1][1:] == expected["vat_to_pay"]
    for series, key in (
        ("sales", "sales_cash_in_from_current_and_prev"),
        ("purchases", "purchases_cash_out"),
    ):
        gross = [gross_amount(ht, rate) for ht in given_[f"{series}_ht"]]
        shares = list(given_["terms"][series].values())
        paid = cash_schedule([gross], shares, tail=True)[0]
        assert paid[1:] == list(expected[key].values())


def test_published_case_03():
    case = json.loads((CASES / "03_budget_ventes_achats_maroc.json").read_text("utf-8"))
    given_, expected = case["input"], case["expected"]
    for series, opening, key, left in (
        ("sales", "opening_receivables", "cash_in", "receivables_end"),
        ("purchases", "opening_payables", "cash_out_purchases", "payables_end"),
    ):
        gross = [gross_amount(ht, given_["vat_rate"]) for ht in given_[f"{series}_ht"]]
        shares = list(given_["terms"][series].values())
        paid = cash_schedule([gross], shares, given_[opening])[0]
        assert paid == expected[key]
        carried = add_cents(*gross, *given_[opening], *(-p for p in paid))
        assert carried == expected[left]


def test_several_series_at_once():
    assert cash_schedule([[100, 100], [10, None]], [0.5, 0.5]) == [[50, 100], [5, 5]]
    with pytest.raises(ArgumentError, match="80 %"):
        cash_schedule([[100]], [0.5, 0.3])


def test_split_keeps_the_shape_of_the_shares():
    assert split(10, [[0.25], [None], [0.75]]) == [[2.5], [0.0], [7.5]]


def test_vat_settlement_in_english():
    table = vat_settlement([100, 100], [150, None], due_before=40, lang="en")
    assert table == [
        ["Net VAT", -50.0, 50.0],
        ["VAT due", 0.0, 50.0],
        ["Credit carried forward", 50.0, 0.0],
        ["VAT paid in the month", 40.0, 0.0],
    ]

import pytest

from xlcrm.budget.working_capital import (
    customer_days,
    need_days,
    net_cash,
    normative_table,
    stock_days,
    stock_turns,
    supplier_days,
    working_capital,
    working_capital_need,
)
from xlcrm.errors import ArgumentError


def test_a_balance_sheet_balances():
    """Stable 650 000, fixed 520 000; stock 90 000, receivables 140 000, payables 115 000: the cash
    in the bank is what is left, 15 000."""
    capital = working_capital(650000, 520000)
    need = working_capital_need(90000, 140000, 115000)
    assert (capital, need, net_cash(capital, need)) == (130000.0, 115000.0, 15000.0)


def test_discounted_bills_are_a_need_and_owed_to_the_bank():
    """25 000 of bills discounted and not yet due: the need is 25 000 higher, net cash lower; it is
    still cash in the bank (15 000) less what the bank has advanced."""
    need = working_capital_need(90000, 140000, 115000, 25000)
    assert (need, net_cash(130000, need)) == (140000.0, 15000.0 - 25000.0)


def test_rotations():
    assert customer_days(140000, 1080000) == 46.67
    assert customer_days(140000, 1080000, 365) == 47.31
    assert supplier_days(75000, 600000) == 45.0
    assert stock_days(90000, 540000) == 60.0
    assert stock_turns(540000, 80000, 100000) == 6.0
    # turns and days are two ways to say the same: 360 / 6 = 60
    assert 360 / stock_turns(540000, 80000, 100000) == stock_days(90000, 540000)


def test_nothing_to_divide_by_is_a_blank():
    assert customer_days(140000, 0) is None
    assert stock_turns(540000, 0, 0) is None
    assert need_days(30, 100, 0) is None
    assert customer_days(None, 100) is None


def test_normative_need_by_hand():
    """Customers 45 days x 1.2, suppliers 60 days x 0.6, stock 20 days x 0.5; sales 360 000."""
    table = normative_table([45, 60, 20, None], [432000, -216000, 180000, None], 360000)
    assert table == [
        ["Temps d'écoulement", "Coefficient de structure", "Besoins (jours)", "Ressources (jours)"],
        [45, 1.2, 54.0, None],
        [60, 0.6, None, 36.0],
        [20, 0.5, 10.0, None],
        [None, None, None, None],
        ["Total", None, 64.0, 36.0],
        ["BFR", "en jours", 28.0, None],
        ["BFR", "en euros", 28000.0, None],
    ]


@pytest.mark.parametrize(
    "call",
    [
        lambda: customer_days(-1, 100),
        lambda: need_days(-5, 100, 100),
        lambda: normative_table([30], [100, 200], 1000),
        lambda: normative_table([30], [100], 0),
    ],
)
def test_requests_that_cannot_be_meant(call):
    with pytest.raises(ArgumentError):
        call()

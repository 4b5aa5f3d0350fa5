import pytest

from xlcrm.budget.customer_risk import (
    conan_holder,
    credit_limit,
    credit_status,
    solvency_ratios,
    solvency_table,
)
from xlcrm.errors import ArgumentError

FIRM = {
    "equity": 80000,
    "total": 320000,
    "long_debt": 100000,
    "stocks": 60000,
    "receivables": 90000,
    "cash": 14000,
    "short_debt": 140000,
    "cash_flow": 20000,
}


def test_ratios_by_hand():
    table = solvency_table(*FIRM.values())
    assert [(row[0], row[1], row[3]) for row in table[1:]] == [
        ("Liquidité générale", 1.1714, "Correct"),  # 164 / 140
        ("Liquidité réduite", 0.7429, "À surveiller"),  # 104 / 140
        ("Liquidité immédiate", 0.1, None),
        ("Autonomie financière", 0.25, "Correct"),
        ("Indépendance financière", 0.4444, "À surveiller"),  # 80 / 180
        ("Endettement", 1.25, "À surveiller"),
        ("Capacité de remboursement (années)", 5.0, "À surveiller"),
        ("Solvabilité générale (actif / dettes)", 1.3333, "Correct"),  # 320 / 240
    ]


def test_a_missing_item_leaves_its_ratios_blank():
    table = solvency_table(**FIRM | {"stocks": None, "cash_flow": 0})
    assert table[1][1:] == [None, ">= 1", None]
    assert table[7][1] is None
    assert table[2][1] == 0.7429


def test_negative_equity_gives_no_gearing_but_a_warning():
    table = solvency_table(**FIRM | {"equity": -10000}, lang="en")
    assert table[6] == ["Gearing", None, "<= 1", "To watch"]
    assert table[4] == ["Financial autonomy", -0.0313, ">= 0.2", "To watch"]


def test_negative_equity_and_cash_flow_are_to_be_watched():
    table = solvency_table(-30000, 120000, 60000, 20000, 25000, 5000, 90000, -8000)
    assert table[6] == ["Endettement", None, "<= 1", "À surveiller"]
    assert table[7] == ["Capacité de remboursement (années)", None, "<= 4", "À surveiller"]
    assert table[4][2] == ">= 0,2"
    nothing_to_repay = solvency_table(**FIRM | {"long_debt": 0, "cash_flow": 0})
    assert nothing_to_repay[7][1:] == [None, "<= 4", None]
    no_short_debt = solvency_table(**FIRM | {"short_debt": 0})
    assert no_short_debt[1][3] is None


def test_every_ratio_has_two_labels_and_a_rule():
    for ratio in solvency_ratios():
        assert ratio.label.fr
        assert ratio.label.en
        assert (ratio.rule in ("min", "max")) == (ratio.reference is not None)
        assert set(ratio.numerator) | set(ratio.denominator) <= set(FIRM)


def test_conan_holder_by_hand():
    # 24 x 0.3 + 22 x 0.6 + 16 x 0.4 - 87 x 0.02 - 10 x 0.65
    assert conan_holder(30000, 100000, 120000, 200000, 80000, 8000, 400000, 130000, 200000) == 18.56
    assert conan_holder(30000, 0, 120000, 200000, 80000, 8000, 400000, 130000, 200000) is None


def test_credit_limit():
    assert credit_limit(36000, 45) == 4500.0
    assert credit_limit(36000, 45, 30000) == 3000.0
    assert credit_limit(36000, 45, 30000, 0.2) == 4500.0
    with pytest.raises(ArgumentError, match="tapez 10 % ou 0,1"):
        credit_limit(36000, 45, 30000, 10)


def test_credit_status():
    assert credit_status(0, 0) == "Accepter"
    assert credit_status(0, 0, 1) == "Plafond dépassé"
    assert credit_status(8000, 10000) == "À surveiller"
    assert credit_status(8000, 10000, alert=0.9) == "Accepter"
    assert credit_status(-200, 1000, lang="en") == "Accept"
    assert credit_status(None, 1000) is None
    assert credit_status(10000, 10000, alert=1) == "À surveiller"
    with pytest.raises(ArgumentError, match="80 veut dire 8000 % ; tapez 80 % ou 0,8"):
        credit_status(9900, 10000, 0, 80)

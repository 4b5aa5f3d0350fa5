import pytest

from xlcrm.budget.cash_balance import cash_balance
from xlcrm.calling import call
from xlcrm.catalogue import find_function
from xlcrm.errors import ArgumentError


def test_case_25_by_the_formula() -> None:
    # Published: 11,526 borrowed to keep 14,000 after payments of 220,026 (cases/treasury/25).
    table = call(find_function("CRM_EQUILIBRAGE"), [[[180000 - 220026]], 42500, 0, 14000, 1e9])
    assert table == [
        ["Agios", 0.0],
        ["Apport des associés", 11526.0],
        ["Trésorerie nette", 14000.0],
        ["Découvert", 0.0],
    ]


def test_opening_overdraft_bears_interest_in_the_first_month() -> None:
    assert cash_balance([0.0], -1200, 0.10)[0] == ["Agios", 10.0]


def test_rate_typed_as_ten_is_refused() -> None:
    with pytest.raises(ArgumentError, match="taux_decouvert"):
        cash_balance([0.0], 0, 10)


def test_labels_in_english() -> None:
    assert [row[0] for row in cash_balance([0.0], 0, lang="en")] == [
        "Bank charges",
        "Partners' contribution",
        "Net cash",
        "Overdraft",
    ]

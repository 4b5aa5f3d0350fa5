"""Activity by month: customers won and lost explain those who are active."""

from datetime import date, timedelta

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from xlcrm.scoring.activity import monthly_activity
from xlcrm.scoring.purchases import check_lines
from xlcrm.scoring.recency import shift_months

START = date(2026, 7, 1)
LINE = st.tuples(
    st.sampled_from(["A", "B", "C", "D", None]),
    st.integers(0, 1100).map(lambda n: date(2024, 6, 1) + timedelta(days=n)),
    st.sampled_from([50.0, 20.5, -10.0, 0.0]),
    st.sampled_from(["1", "2", "3", None]),
)


def _frame(rows):
    return pd.DataFrame(rows, columns=["customer_id", "order_date", "amount", "order_id"])


@settings(max_examples=100, deadline=None)
@given(st.lists(LINE, max_size=25))
def test_active_customers_are_those_won_and_not_lost(rows):
    found = monthly_activity(_frame(rows), START, 12, refunds="date")
    active = [_active(rows, shift_months(START, m) - timedelta(days=1)) for m in range(13)]
    for m, row in enumerate(found.to_dict("records")):
        assert row["active"] == len(active[m + 1])
        assert row["won"] == len(active[m + 1] - active[m])
        assert row["lost"] == len(active[m] - active[m + 1])
        inside = [r for r in rows if (r[1].year, r[1].month) == (row["month"].year,
                                                                 row["month"].month)]  # fmt: skip
        assert row["sales"] == round(sum(r[2] for r in inside), 2)


def _active(rows, day):
    """Customers with an order in the twelve months up to a day; an order has its first line's
    date."""
    orders = {}
    for who, when, amount, number in rows:
        if amount >= 0:
            orders.setdefault((who, number or when), when)
    since = shift_months(day, -12)
    return {who for (who, _), when in orders.items() if who and since < when <= day}


def test_nothing_after_the_as_of_date_counts():
    rows = [("A", date(2026, 7, 3), 50.0, "1"), ("A", date(2026, 7, 20), 30.0, "2")]
    found = monthly_activity(_frame(rows), START, 1, as_of=date(2026, 7, 10))
    assert found[["sales", "orders"]].values.tolist() == [[50.0, 1.0]]


def test_a_refund_typed_without_its_sign_lowers_the_sales_and_is_no_order():
    lines = pd.DataFrame(
        {
            "customer_id": ["A", "A"],
            "order_date": ["2026-07-01", "2026-07-20"],
            "amount": ["1.250,00 €", "50"],
            "order_id": ["1", "2"],
            "refund_of": [None, "1"],
        }
    )
    found = monthly_activity(lines, START, 1)
    assert found[["sales", "orders"]].values.tolist() == [[1200.0, 1.0]]


@pytest.mark.parametrize(
    ("refunds", "sales"),
    [("order", [30.0, 70.0]), ("date", [50.0, 50.0]), ("ignore", [50.0, 80.0])],
)
def test_a_refund_is_dated_as_asked(refunds, sales):
    rows = [("A", date(2026, 7, 3), 50.0, "1"), ("A", date(2026, 8, 20), -20.0, "1"),
            ("B", date(2026, 8, 2), 80.0, "2"), ("B", date(2026, 8, 9), -10.0, "9")]  # fmt: skip
    found = monthly_activity(_frame(rows), START, 2, refunds=refunds)
    assert found["sales"].tolist() == sales


def test_a_refund_of_nobodys_order_finds_it_by_number():
    rows = [(None, date(2026, 7, 3), 50.0, "1"), (None, date(2026, 8, 20), -20.0, "1")]
    assert monthly_activity(_frame(rows), START, 2)["sales"].tolist() == [30.0, 0.0]


def test_a_refund_of_nobody_finds_its_order_though_other_numbers_are_shared():
    rows = [("A", date(2026, 7, 3), 50.0, "1"), (None, date(2026, 8, 20), -20.0, "1"),
            ("A", date(2026, 7, 4), 5.0, "2"), ("B", date(2026, 7, 4), 7.0, "2")]  # fmt: skip
    assert monthly_activity(_frame(rows), START, 2)["sales"].tolist() == [42.0, 0.0]


def test_a_refund_without_a_date_counts_with_its_order_and_else_is_told():
    rows = [("A", date(2026, 7, 3), 50.0, "1"), ("A", None, -20.0, "1"), ("A", None, -5.0, "9")]
    assert monthly_activity(_frame(rows), START, 1)["sales"].tolist() == [30.0]
    told = check_lines(_frame(rows), date(2026, 8, 1))
    assert told[["line", "problem"]].values.tolist() == [[2, "no_date"]]
    told = check_lines(_frame(rows), date(2026, 8, 1), "date")
    assert told["line"].tolist() == [1, 2]


def test_a_refund_after_the_as_of_date_is_not_known_yet():
    rows = [("A", date(2026, 7, 3), 50.0, "1"), ("A", date(2026, 8, 20), -20.0, "1")]
    found = monthly_activity(_frame(rows), START, 1, as_of=date(2026, 7, 31))
    assert found["sales"].tolist() == [50.0]

from datetime import date, timedelta

import pytest
from formula_engine import answers
from hypothesis import given
from hypothesis import strategies as st

from xlcrm.budget.discount_slips import BankConditions, discount_slip, slip_table
from xlcrm.budget.discounting import (
    average_due_date,
    cash_discount_rate,
    discount,
    discount_real_rate,
    discounted_value,
    equivalent_bill,
    replacing_bill,
)
from xlcrm.budget.rounding import add_cents, round_cents
from xlcrm.errors import ArgumentError

TODAY = date(2026, 3, 2)
bills = st.lists(
    st.tuples(st.integers(1, 10**8).map(lambda n: n / 100), st.integers(0, 180)),
    min_size=1,
    max_size=12,
)


def test_the_three_discounts_as_written_in_a_spreadsheet():
    n, t, d = 25000, 0.07, 75
    assert answers(
        [
            f"=ROUND({n}*{t}*{d}/360,2)",
            f"=ROUND({n}*{t}*{d}/(360+{t}*{d}),2)",
            f"=ROUND({n}*(1-(1+{t})^(-{d}/360)),2)",
        ]
    ) == [discount(n, t, d, method) for method in ("commercial", "rationnel", "composé")]


@given(st.integers(1, 10**7), st.integers(0, 20).map(lambda n: n / 100), st.integers(0, 360))
def test_the_rational_discount_is_the_interest_of_the_present_value(nominal, rate, days):
    taken = discount(nominal, rate, days, "rationnel")
    value = nominal - taken
    assert value * (1 + rate * days / 360) == pytest.approx(nominal, abs=0.01)
    assert taken <= discount(nominal, rate, days)


def test_present_value_is_nominal_less_discount():
    assert discounted_value(8000, 0.09, 45) == 7910.0  # 8000 x 9 % x 45 / 360 = 90
    assert discounted_value(8000, 0, 45) == 8000.0


@given(st.integers(100, 10**6), st.integers(0, 170), st.integers(0, 170))
def test_equivalent_bills_have_the_same_present_value(nominal, days, new_days):
    other = equivalent_bill(nominal, 0.09, days, new_days)
    assert other * (1 - 0.09 * new_days / 360) == pytest.approx(
        nominal * (1 - 0.09 * days / 360), abs=0.01
    )


def test_real_rate():
    # 61 days: 150 / (10000 - 150) x 365 / 61
    assert answers(["=ROUND(150/9850*365/61,6)"]) == [discount_real_rate(10000, 150, 61)]
    nominal = discount_real_rate(10000, 150, 61, 360, on="nominal")
    assert answers(["=ROUND(150/10000*360/61,6)"]) == [nominal]
    # without commissions, on the nominal, the real rate is the rate of the discount
    assert discount_real_rate(36000, discount(36000, 0.08, 50), 50, 360, "nominal") == 0.08


@given(bills, st.integers(0, 15).map(lambda n: n / 100))
def test_a_slip_adds_up(bills, rate):
    bank = BankConditions(rate, 0.006, fee_by_bill=5.2, fee_by_slip=8)
    dues = [TODAY + timedelta(days=days) for _, days in bills]
    slip = discount_slip([n for n, _ in bills], dues, TODAY, bank)
    assert add_cents(slip.net, slip.charges_with_vat) == slip.nominal
    assert slip.charges == add_cents(slip.discount, slip.endorsement, slip.fees)
    assert slip.fees == add_cents(5.2 * len(bills), 8)
    assert slip.vat == round_cents(slip.fees * 0.2)
    assert slip.discount == add_cents(*(line.discount for line in slip.lines))
    assert [line.days for line in slip.lines] == [days + 1 for _, days in bills]


def test_fewest_days_and_exact_days():
    bank = BankConditions(0.09, day_rule="exact", least_days=10)
    dues = [TODAY + timedelta(days=4), TODAY + timedelta(days=40)]
    slip = discount_slip([1000, 1000], dues, TODAY, bank)
    assert [line.days for line in slip.lines] == [10, 40]


def test_average_due_date_by_hand():
    # 4 000 in 30 days, 6 000 in 60, 10 000 in 90: (120 + 360 + 900) / 20 = 69 days
    dues = [TODAY + timedelta(days=d) for d in (30, 60, 90)]
    assert average_due_date([4000, 6000, 10000], dues) == TODAY + timedelta(days=69)
    assert average_due_date([4000, None], [dues[0], None]) == dues[0]
    assert average_due_date([None], [None]) is None


@given(bills.filter(lambda bills: all(n >= 100 for n, _ in bills)))
def test_at_the_average_due_date_the_bills_sum_to_their_faces(bills):
    """One bill at the average due date has the sum of the face values, but for the rounded day."""
    dues = [TODAY + timedelta(days=d) for _, d in bills]
    nominals = [n for n, _ in bills]
    average = average_due_date(nominals, dues)
    single = replacing_bill(nominals, dues, 0.06, TODAY, average)
    day = sum(nominals) * 0.06 / 360
    assert abs(single - sum(nominals)) <= 0.6 * day + 0.01


def test_one_bill_for_one_bill_is_the_equivalent_bill():
    due, other = TODAY + timedelta(days=36), TODAY + timedelta(days=72)
    assert replacing_bill([9800], [due], 0.1, TODAY, other) == equivalent_bill(9800, 0.1, 36, 72)
    with pytest.raises(ArgumentError, match="vient avant"):
        replacing_bill([9800], [TODAY - timedelta(days=1)], 0.1, TODAY, other)


def test_cash_discount_as_in_a_spreadsheet():
    assert answers(["=ROUND(0.015/0.985*365/50,6)"]) == [cash_discount_rate(0.015, 50)]


def test_a_slip_as_a_table_leaves_out_unfinished_lines():
    table = slip_table([3000, None], [date(2026, 4, 1), date(2026, 5, 1)], TODAY, 0.09)
    assert [row[0] for row in table] == [
        "Effet", 1, "Total", "Agios HT", "TVA sur commissions", "Agios TTC", "Net porté en compte",
    ]  # fmt: skip
    english = slip_table([3000], [date(2026, 4, 1)], TODAY, 0.09, lang="en")
    assert english[-1][0] == "Net credited"


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda: discount(1000, 8, 30), "tapez 8 % ou 0,08"),
        (lambda: discount(-1000, 0.08, 30), "négatif"),
        (lambda: discount(1000, 0.08, -30), "négatif"),
        (lambda: discount(1000, 0.9, 500), "dépasse le nominal"),
        (lambda: discount(1000, 0.08, 30, "autre"), "choix : commercial, rationnel, composé"),
        (lambda: equivalent_bill(1000, 0.5, 30, 800), "dépasse le nominal"),
        (lambda: discount_real_rate(100, 100, 30), "il ne reste rien"),
        (lambda: discount_real_rate(1000, 1000.5, 30), "Agios de 1000,5 € pour un nominal de 1000"),
        (lambda: slip_table([100], [date(2026, 1, 1)], TODAY, 0.08), "vient avant"),
        (lambda: slip_table([100], [], TODAY, 0.08), "même nombre de cellules"),
    ],
)
def test_requests_that_cannot_be_meant(call, words):
    with pytest.raises(ArgumentError, match=words):
        call()


def test_blank_in_blank_out():
    assert discount(None, 0.08, 30) is None
    assert slip_table([3000], [TODAY], None, 0.08) is None

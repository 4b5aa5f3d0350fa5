from itertools import pairwise

import pytest
from formula_engine import answers
from hypothesis import given
from hypothesis import strategies as st

from xlcrm.budget.loan_costs import effective_rate, loan_cost
from xlcrm.budget.loans import loan_balance, loan_payment, loan_schedule, loan_table, period_rate
from xlcrm.budget.rounding import add_cents, round_cents
from xlcrm.errors import ArgumentError

# (amount, yearly rate, periods, frequency)
SAMPLE = [
    (20000, 0.05, 4, "an"),
    (150000, 0.0365, 180, "mois"),
    (35000, 0.041, 20, "trimestre"),
    (80000, 0.06, 10, "semestre"),
    (1234.56, 0.199, 36, "mois"),
]
PER_YEAR = {"an": 1, "semestre": 2, "trimestre": 4, "mois": 12}

loans = st.fixed_dictionaries(
    {
        "amount": st.integers(100, 10**8).map(lambda n: n / 100),
        "rate": st.one_of(st.just(0.0), st.integers(1, 3000).map(lambda n: n / 10000)),
        "periods": st.integers(1, 120),
        "frequency": st.sampled_from(list(PER_YEAR)),
        "mode": st.sampled_from(["échéance constante", "amortissement constant", "in fine"]),
        "conversion": st.sampled_from(["proportionnel", "actuariel"]),
    }
)


def test_instalments_equal_the_function_of_a_spreadsheet():
    formulas = [f"=ROUND(-PMT({r}/{PER_YEAR[f]},{n},{a}),2)" for a, r, n, f in SAMPLE]
    assert answers(formulas) == [loan_payment(*loan) for loan in SAMPLE]


def test_first_lines_equal_the_functions_of_a_spreadsheet():
    """Later lines differ by cents: a lender rounds each balance, IPMT does not."""
    for a, r, n, f in SAMPLE:
        i = f"{r}/{PER_YEAR[f]}"
        line = loan_schedule(a, r, n, f)[0]
        assert answers([f"=ROUND(-IPMT({i},1,{n},{a}),2)"]) == [line.interest]
        assert answers([f"=ROUND(-PPMT({i},1,{n},{a}),2)"]) == [
            pytest.approx(line.principal, abs=0.011)
        ]


def test_actuarial_rate_of_a_period():
    assert answers(["=(1+0.06)^(1/12)-1"]) == [
        pytest.approx(period_rate(0.06, "mois", "actuariel"))
    ]


@given(loans)
def test_a_schedule_repays_the_amount_to_the_cent(loan):
    lines = loan_schedule(**loan)
    assert add_cents(*(line.principal for line in lines)) == loan["amount"]
    assert lines[-1].closing == 0
    assert [line.number for line in lines] == list(range(1, loan["periods"] + 1))
    for before, after in pairwise(lines):
        assert after.opening == before.closing
    for line in lines:
        assert line.payment == add_cents(line.interest, line.principal)
        assert line.closing == add_cents(line.opening, -line.principal)
        assert line.interest >= 0
        assert line.principal >= 0


@given(loans)
def test_interest_is_the_balance_times_the_rate(loan):
    lines = loan_schedule(**loan)
    i = period_rate(loan["rate"], loan["frequency"], loan["conversion"])
    assert [line.interest for line in lines[:-1]] == [
        round_cents(line.opening * i) for line in lines[:-1]
    ]


@given(
    st.integers(1000, 10**6),
    st.integers(1, 1500).map(lambda n: n / 10000),
    st.integers(1, 60),
    st.sampled_from(["mois", "trimestre"]),
)
def test_constant_instalments_are_constant(amount, rate, periods, frequency):
    payments = [line.payment for line in loan_schedule(amount, rate, periods, frequency)]
    assert len(set(payments[:-1])) <= 1
    # Equal too, unless the roundings of 60 lines have drifted beyond the last interest.
    assert abs(payments[-1] - payments[0]) <= 2


def test_last_line_takes_the_rest_as_interest():
    lines = loan_schedule(21400, 0.0985, 4, "an")
    assert lines[-1].interest == 603.41  # 603.39 by the rate: 2 cents of the roundings before
    assert lines[-1].payment == lines[0].payment == 6729.17


def test_rate_zero_leaves_the_rest_to_the_last_instalment():
    lines = loan_schedule(1000, 0, 3)
    assert [line.payment for line in lines] == [333.33, 333.33, 333.34]
    assert [line.interest for line in lines] == [0, 0, 0]


def test_constant_principal_and_bullet():
    lines = loan_schedule(10000, 0.06, 3, "an", "amortissement constant")
    assert [(line.principal, line.interest) for line in lines] == [
        (3333.33, 600.0),
        (3333.33, 400.0),
        (3333.34, 200.0),
    ]
    lines = loan_schedule(10000, 0.06, 3, "an", "in fine")
    assert [line.payment for line in lines] == [600.0, 600.0, 10600.0]


def test_partial_and_total_deferral():
    partial = loan_schedule(12000, 0.12, 5, "mois", deferred=2)
    assert [line.payment for line in partial[:2]] == [120.0, 120.0]
    assert partial[2:] == [
        line._replace(number=line.number + 2) for line in loan_schedule(12000, 0.12, 3, "mois")
    ]
    total = loan_schedule(12000, 0.12, 5, "mois", deferred=2, deferral="total")
    assert [(line.payment, line.principal, line.closing) for line in total[:2]] == [
        (0.0, -120.0, 12120.0),
        (0.0, -121.2, 12241.2),
    ]
    assert add_cents(*(line.principal for line in total)) == 12000
    assert total[-1].closing == 0


@given(loans)
def test_deferral_keeps_the_sum(loan):
    deferred = min(3, loan["periods"] - 1)
    for kind in ("partiel", "total"):
        lines = loan_schedule(**loan, deferred=deferred, deferral=kind)
        assert add_cents(*(line.principal for line in lines)) == loan["amount"]


def test_effective_rate_equals_the_spreadsheet_function():
    payment = loan_payment(10000, 0.06, 48)
    formula = f"=ROUND((1+RATE(48,-{payment + 3},10000-150))^12-1,6)"
    assert answers([formula]) == [effective_rate(10000, 0.06, 48, fees=150, insurance=3)]
    proportional = f"=ROUND(12*RATE(48,-{payment + 3},10000-150),6)"
    assert answers([proportional]) == [
        effective_rate(10000, 0.06, 48, fees=150, insurance=3, method="proportionnel")
    ]


def test_effective_rate_without_fees_is_the_rate():
    assert effective_rate(100000, 0.06, 20, "an") == pytest.approx(0.06, abs=2e-6)
    assert effective_rate(100000, 0.06, 20, "an", "in fine") == 0.06
    assert effective_rate(100000, 0, 20, "an") == 0
    assert effective_rate(100000, 0, 12, fees=1000) > 0


@given(loans.filter(lambda loan: loan["amount"] > 1000), st.integers(1, 300))
def test_fees_make_a_loan_dearer(loan, fees):
    plain = {k: v for k, v in loan.items() if k != "conversion"}
    assert effective_rate(**plain, fees=fees) >= effective_rate(**plain)
    assert loan_cost(**plain, fees=fees) == add_cents(loan_cost(**plain), fees)


@given(loans)
def test_balance_is_that_of_the_schedule(loan):
    lines = loan_schedule(**loan)
    paid = loan["periods"] // 2
    expected = lines[paid - 1].closing if paid else loan["amount"]
    assert loan_balance(**loan, paid=paid) == expected


def test_headers_in_both_languages():
    assert loan_table(100, 0, 1)[0][-1] == "Capital restant dû"
    assert loan_table(100, 0, 1, lang="en")[0] == [
        "No.", "Opening balance", "Interest", "Principal", "Instalment", "Closing balance",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ((20000, 5, 48), "5 veut dire 500 % ; tapez 5 % ou 0,05"),
        ((20000, 0.05, 0), "un nombre entier de 1 à 1200"),
        ((20000, 0.05, 12.5), "un nombre entier"),
        ((0, 0.05, 12), "supérieur à 0"),
        ((-20000, 0.05, 12), "supérieur à 0"),
        ((20000, -0.05, 12), "en dessous de 0 %"),
        ((20000, 0.05, 12, "semaine"), "choix : mois, trimestre, semestre, an"),
    ],
)
def test_requests_that_cannot_be_meant(arguments, words):
    with pytest.raises(ArgumentError, match=words):
        loan_schedule(*arguments)


def test_fees_above_the_loan_are_refused():
    with pytest.raises(ArgumentError, match="il ne reste rien"):
        effective_rate(100, 0.05, 12, fees=100)


def test_blank_in_blank_out():
    assert loan_payment(None, 0.05, 12) is None
    assert loan_table(20000, None, 12) is None
    assert loan_payment(12000, 0.12, 12, None) == loan_payment(12000, 0.12, 12)

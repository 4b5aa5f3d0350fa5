import pytest
from formula_engine import answers

from xlcrm.budget.factoring import factoring_cost, factoring_table
from xlcrm.budget.leasing import lease_flows, lease_rate, lease_value
from xlcrm.errors import ArgumentError


def test_a_year_of_factoring_by_hand():
    """720 000 with VAT, 45 days of 360: 90 000 out; 10 % kept; 81 000 to draw, half of it drawn."""
    table = factoring_table(720000, 45, 0.008, 0.10, 0.05, 0.5, 300, 360)
    assert [value for _, value in table] == [
        90000.0, 9000.0, 81000.0, 40500.0, 5760.0, 2025.0, 300.0, 8085.0, 0.011229,
    ]  # fmt: skip
    assert factoring_cost(720000, 45, 0.008, 0.10, 0.05, 0.5, 300, 360) == 8085.0


def test_factoring_refuses_a_rate_of_9():
    with pytest.raises(ArgumentError, match="taux de commission"):
        factoring_cost(720000, 45, 9, 0.1, 0.05)
    assert factoring_cost(None, 45, 0.009, 0.1, 0.05) is None


def test_value_of_a_lease_equals_the_spreadsheet_functions():
    rate = "((1+0.09)^(1/12)-1)"
    in_advance = f"=ROUND(-PV({rate},36,420,0,1)+1500/(1+{rate})^36,2)"
    in_arrears = f"=ROUND(-PV({rate},36,420,0,0)+1500/(1+{rate})^36,2)"
    assert answers([in_advance, in_arrears]) == [
        lease_value(420, 36, 0.09, 1500),
        lease_value(420, 36, 0.09, 1500, in_advance=False),
    ]


def test_rate_of_a_lease_makes_it_worth_the_price():
    rate = lease_rate(15000, 420, 36, 1500)
    assert lease_value(420, 36, rate, 1500) == pytest.approx(15000, abs=0.05)
    raised = lease_rate(15000, 400, 36, 1500, first_rent=2000)
    assert lease_value(400, 36, raised, 1500, first_rent=2000) == pytest.approx(15000, abs=0.05)
    quarterly = lease_rate(15000, 1260, 12, 1500, frequency="trimestre", method="proportionnel")
    assert answers(["=ROUND(4*RATE(12,-1260,15000,-1500,1),6)"]) == [quarterly]


def test_the_first_rent_may_be_raised():
    assert lease_flows(100, 3, 50, first_rent=500) == [500, 100, 100, 50.0]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ((20000, 100, 36), "n'atteignent pas le prix"),
        ((0, 100, 36), "supérieur à 0"),
        ((15000, 0, 36), "supérieur à 0"),
        ((15000, 500, 0), "un nombre entier"),
    ],
)
def test_requests_that_cannot_be_meant(arguments, words):
    with pytest.raises(ArgumentError, match=words):
        lease_rate(*arguments)

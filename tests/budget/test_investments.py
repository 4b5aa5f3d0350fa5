from datetime import date
from itertools import pairwise

import pytest
from formula_engine import answers
from hypothesis import given
from hypothesis import strategies as st

from xlcrm.budget.cashflows import net_present_value
from xlcrm.budget.financing_plan import financing_plan, plan_table
from xlcrm.budget.investments import Project, depreciation_plan, depreciation_table, project_years
from xlcrm.budget.rounding import add_cents
from xlcrm.errors import ArgumentError

NEW_YEAR = date(2026, 1, 1)


@given(
    st.integers(100, 10**9).map(lambda n: n / 100),
    st.integers(1, 30),
    st.dates(date(2020, 1, 1), date(2030, 12, 31)),
    st.sampled_from(["linéaire", "dégressif"]),
    st.integers(1, 12),
)
def test_a_plan_writes_off_the_cost_to_the_cent(cost, years, start, method, closing):
    lines = depreciation_plan(cost, years, start, method, closing_month=closing)
    assert add_cents(*(line.charge for line in lines)) == cost
    assert lines[-1].closing == 0
    assert all(line.charge >= 0 for line in lines)
    assert [line.year for line in lines] == list(range(lines[0].year, lines[0].year + len(lines)))
    assert len(lines) in (years, years + 1)


def test_straight_line_equals_the_spreadsheet_function():
    assert answers(["=ROUND(SLN(45000,5000,8),2)"]) == [
        depreciation_plan(45000, 8, NEW_YEAR, residual=5000)[0].charge
    ]


def test_days_of_the_first_year():
    # In use from 15 September: 16 days of September and 3 months, 106 / 360.
    lines = depreciation_plan(36000, 5, date(2026, 9, 15))
    assert [line.charge for line in lines] == [2120.0, 7200, 7200, 7200, 7200, 5080.0]
    # A year that closes in June: bought in September 2026, it belongs to the year 2027.
    shifted = depreciation_plan(36000, 5, date(2026, 9, 15), closing_month=6)
    assert (shifted[0].year, shifted[0].charge) == (2027, 5720.0)  # 286 / 360


def test_declining_balance_by_hand():
    """100 000 over 5 years: 20 % x 1.75 = 35 %; from year 4 on half of what is left."""
    lines = depreciation_plan(100000, 5, NEW_YEAR, "dégressif")
    assert [line.charge for line in lines] == [35000.0, 22750.0, 14787.5, 13731.25, 13731.25]
    # Bought in May: 8 months of 12 in the first year, from the first day of the month.
    assert depreciation_plan(100000, 5, date(2026, 5, 20), "dégressif")[0].charge == 23333.33


def test_a_residual_value_above_the_cost_is_refused():
    with pytest.raises(ArgumentError, match="inférieure au coût"):
        depreciation_table(1000, 5, NEW_YEAR, residual=1000)
    with pytest.raises(ArgumentError, match="nombre entier"):
        depreciation_table(1000, 0, NEW_YEAR)


def test_a_project_by_hand():
    """120 000 over 4 years; sales 100 000 then 120 000; 50 % variable, 15 000 fixed, tax 25 %,
    30 days of need (8 333.33 then 10 000), sold for 12 000 at the end."""
    project = Project(120000, 4, [100000, 120000, 120000], 0.5, [15000] * 3, 0.25, 30, 12000)
    years = project_years(project)
    assert years[0].flow == -128333.33
    first, second, third = years[1:]
    assert (first.profit, first.tax, first.cash_flow) == (5000.0, 1250.0, 33750.0)
    assert (first.need_change, first.flow) == (-1666.67, 32083.33)
    assert (second.need_change, second.flow) == (0.0, 41250.0)
    # Book value 30 000, sold 12 000: a loss of 18 000 saves 4 500 of tax; the need comes back.
    assert third.recovery == 26500.0
    assert third.flow == 67750.0


@given(st.lists(st.integers(0, 10**6), min_size=1, max_size=7), st.integers(0, 120))
def test_the_need_given_back_is_what_was_financed(sales, days):
    years = project_years(Project(1000, 5, sales, 0.6, [0] * len(sales), 0.25, days))
    assert add_cents(*(year.need_change for year in years), years[-1].recovery) == 0


def test_npv_of_a_project_from_the_spreadsheet():
    flows = [year.flow for year in project_years(Project(60000, 5, [50000] * 5, 0.4, [10000] * 5))]
    assert answers(["=ROUND(-60000+NPV(0.1,18000,18000,18000,18000,18000),2)"]) == [
        net_present_value(flows, 0.1)
    ]


@given(
    st.integers(1, 5).flatmap(
        lambda years: st.tuples(
            *[
                st.lists(
                    st.lists(st.integers(0, 10**7), min_size=years, max_size=years),
                    min_size=1,
                    max_size=6,
                )
            ]
            * 2
        )
    ),
    st.integers(-(10**6), 10**6),
)
def test_a_financing_plan_explains_its_cash(items, opening):
    needs, resources = items
    years = financing_plan(needs, resources, opening)
    assert years[-1].closing == opening + sum(map(sum, resources)) - sum(map(sum, needs))
    for before, after in pairwise(years):
        assert after.opening == before.closing


def test_a_financing_plan_as_a_table():
    table = plan_table(
        [[100000, None], [5000, 3000]], [[60000, 20000], [50000, 0]], 2000, lang="en"
    )
    assert table == [
        ["Total needs", 105000.0, 3000.0],
        ["Total resources", 110000.0, 20000.0],
        ["Gap", 5000.0, 17000.0],
        ["Opening cash", 2000.0, 7000.0],
        ["Closing cash", 7000.0, 24000.0],
    ]
    with pytest.raises(ArgumentError, match="même nombre d'années"):
        plan_table([[1, 2]], [[1]])

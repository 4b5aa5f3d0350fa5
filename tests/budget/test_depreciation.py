from datetime import date
from itertools import pairwise

import pytest
from formula_engine import answers
from hypothesis import given
from hypothesis import strategies as st

from xlcrm.budget.depreciation import depreciation_plan, depreciation_table
from xlcrm.budget.financing_plan import financing_plan, plan_table
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
    years += 2 if method == "dégressif" else 0
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


def test_no_declining_balance_below_three_years():
    """Code général des impôts, annex II, article 22: a life of at least three years."""
    with pytest.raises(ArgumentError, match="au moins 3 ans"):
        depreciation_table(1000, 2, NEW_YEAR, "dégressif")
    assert depreciation_plan(1200, 3, NEW_YEAR, "dégressif")[0].charge == 500  # 1.25 / 3
    assert depreciation_plan(1200, 2, NEW_YEAR)[0].charge == 600


def test_a_residual_value_above_the_cost_is_refused():
    with pytest.raises(ArgumentError, match="inférieure au coût"):
        depreciation_table(1000, 5, NEW_YEAR, residual=1000)
    with pytest.raises(ArgumentError, match="nombre entier"):
        depreciation_table(1000, 0, NEW_YEAR)


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

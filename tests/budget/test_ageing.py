from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xlcrm.budget.ageing import age_bracket, ageing_table, bracket_labels
from xlcrm.budget.rounding import add_cents
from xlcrm.errors import ArgumentError

DAY = date(2026, 6, 30)


@pytest.mark.parametrize(
    ("late", "label"),
    [
        (-10, "Non échu"),
        (0, "Non échu"),
        (1, "1 à 30 j"),
        (30, "1 à 30 j"),
        (31, "31 à 60 j"),
        (60, "31 à 60 j"),
        (90, "61 à 90 j"),
        (91, "Plus de 90 j"),
    ],
)
def test_edges_of_the_brackets(late, label):
    assert age_bracket(DAY - timedelta(days=late), DAY) == label


def test_own_bounds():
    assert bracket_labels([15, 45], "en") == ["Not due", "1 to 15 d", "16 to 45 d", "Over 45 d"]
    for wrong in ([], [None], [60, 30], [0, 30], [30.5]):
        with pytest.raises(ArgumentError, match="croissants"):
            bracket_labels(wrong)


def test_by_customer():
    customers = ["Bio Sud", "Oasis", "Bio Sud", None, "Oasis", "Oasis"]
    dues = [DAY + timedelta(days=d) for d in (5, -10, -70, -200, -31, 0)]
    table = ageing_table(customers, dues, [100.1, 200, 50.2, 30, -20, None], DAY)
    assert table == [
        [
            "Client",
            "Non échu",
            "1 à 30 j",
            "31 à 60 j",
            "61 à 90 j",
            "Plus de 90 j",
            "Sans échéance",
            "Total",
        ],
        ["Bio Sud", 100.1, 0.0, 0.0, 50.2, 0.0, 0.0, 150.3],
        ["Oasis", 0.0, 200.0, -20.0, 0.0, 0.0, 0.0, 180.0],
        [None, 0.0, 0.0, 0.0, 0.0, 30.0, 0.0, 30.0],
        ["Total", 100.1, 200.0, -20.0, 50.2, 30.0, 0.0, 360.3],
    ]


def test_nothing_gives_totals_of_zero():
    assert ageing_table([], [], [], DAY)[1:] == [["Total", 0, 0, 0, 0, 0, 0, 0]]


def test_an_invoice_without_due_date_stays_in_the_total():
    table = ageing_table(["A", "B", "A"], [DAY, None, None], [100, 50, 7], DAY, [30], "en")
    assert table == [
        ["Customer", "Not due", "1 to 30 d", "Over 30 d", "No due date", "Total"],
        ["A", 100.0, 0.0, 0.0, 7.0, 107.0],
        ["B", 0.0, 0.0, 0.0, 50.0, 50.0],
        ["Total", 100.0, 0.0, 0.0, 57.0, 157.0],
    ]


def test_other_capitals_are_the_same_customer():
    table = ageing_table(["Lévy", "LEVY ", "lévy", "Levi"], [DAY] * 4, [1, 2, 4, 8], DAY)
    assert [(row[0], row[-1]) for row in table[1:]] == [("Lévy", 7), ("Levi", 8), ("Total", 15)]


@given(
    st.lists(
        st.tuples(st.sampled_from("ABC"), st.integers(-200, 100), st.integers(-(10**6), 10**6)),
        max_size=30,
    )
)
def test_no_cent_is_lost(lines):
    dues = [DAY + timedelta(days=d) for _, d, _ in lines]
    amounts = [a / 100 for _, _, a in lines]
    table = ageing_table([c for c, _, _ in lines], dues, amounts, DAY)
    assert table[-1][-1] == add_cents(*amounts)
    assert table[-1][-1] == add_cents(*(row[-1] for row in table[1:-1]))

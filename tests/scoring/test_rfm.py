"""RFM from purchase lines and from columns, against a plain computation line by line."""

from datetime import date, timedelta

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from xlcrm.errors import RequestError
from xlcrm.scoring.grid_reading import read_grids
from xlcrm.scoring.grids import grid_rows, shipped_grid
from xlcrm.scoring.migration import class_migration, grid_migration
from xlcrm.scoring.recency import months_since, shift_months
from xlcrm.scoring.rfm import COLUMNS, PROBLEMS, RfmOptions, rfm_from_columns, rfm_from_purchases

AS_OF = date(2026, 11, 21)
GRID = shipped_grid("Marielle Nature")
DRINKS = shipped_grid("Boissons (professionnels)")


def _lines(*rows):
    columns = ["customer_id", "order_id", "order_date", "amount", "refund_of"]
    return pd.DataFrame([list(r) + [None] * (5 - len(r)) for r in rows], columns=columns)


def _scores(lines, grid=GRID, customers=None, **options):
    return rfm_from_purchases(lines, AS_OF, grid, RfmOptions(**options), customers)


def _row(scores, customer="A"):
    table = scores.table.set_index("customer_id")
    return table.loc[customer].to_dict()


def test_a_very_good_customer_and_why():
    rows = [("A", str(n), "2026-10-01", 112.4) for n in range(5)]
    row = _row(_scores(_lines(*rows)))
    assert (row["frequency"], row["basket"], row["sales"], row["orders"]) == (5, 112.4, 562.0, 5)
    assert (row["score"], row["rfm_class"]) == (50, "Très bons clients")
    assert row["why"] == (
        "Dernier achat il y a 1 mois (moins de 3 : 10) ; 5 achats par an (plus de 4 : 20) ; "
        "panier 112,40 € (plus de 100 : 20). Total 50 : Très bons clients."
    )


def test_last_seen_40_months_ago_with_a_big_basket_is_lukewarm():
    lines = _lines(("A", "1", "2023-07-21", 150))
    row = _row(_scores(lines))
    assert [row[f"{k}_points"] for k in ("recency", "frequency", "basket")] == [0, 0, 20]
    assert row["rfm_class"] == "Clients tièdes"
    inactive = _row(_scores(lines, inactive_outside_window=True))
    assert (inactive["score"], inactive["rfm_class"]) == (0, "Clients inactifs")
    assert inactive["why"] == (
        "Aucun achat dans la période : toutes les notes à 0. Total 0 : Clients inactifs."
    )
    window = _row(_scores(lines, basket_over="window"))
    assert (window["score"], window["orders"]) == (0, 1)


def test_exactly_12_months_is_in_the_middle_band_and_in_the_window():
    on, before = "2025-11-21", "2025-11-20"
    assert _row(_scores(_lines(("A", "1", on, 30))))["score"] == 5 + 10 + 10
    row = _row(_scores(_lines(("A", "1", before, 30))))
    assert row["score"] == 0 + 0 + 10
    assert row["why"].startswith("Dernier achat il y a un peu plus de 12 mois (plus de 12 : 0)")
    assert _row(_scores(_lines(("A", "1", before, 30)), months="datedif"))["recency_points"] == 5


def test_a_basket_of_exactly_100_is_not_above_100():
    rows = [("A", "1", "2026-10-01", v) for v in (82.79, 8.06, 9.15)]
    assert sum((82.79, 8.06, 9.15)) > 100
    row = _row(_scores(_lines(*rows)))
    assert (row["basket"], row["basket_points"], row["orders"]) == (100, 10, 1)


def test_refunds_follow_their_order():
    lines = _lines(
        ("A", "1", "2025-06-01", 100),
        ("A", "2", "2026-10-01", 80),
        ("A", "3", "2026-11-01", -60, "1"),
        (None, "4", "2026-11-02", -10, "2"),  # the customer is that of the order
    )
    row = _row(_scores(lines))
    assert (row["sales"], row["orders"], row["basket"]) == (110, 2, 55)
    assert row["last_purchase"] == pd.Timestamp("2026-10-01")
    own_date = _row(_scores(lines, refunds="date", basket_over="window"))
    assert (own_date["sales"], own_date["basket"]) == (10, 10)
    order_date = _row(_scores(lines, basket_over="window"))
    assert (order_date["sales"], order_date["basket"]) == (70, 70)
    assert _row(_scores(lines, refunds="ignore"))["sales"] == 180


def test_a_negative_line_of_the_same_order_is_its_refund_and_a_positive_refund_is_turned():
    lines = _lines(
        ("A", "1", "2026-10-01", 100), ("A", "1", "2026-10-20", -30), ("A", "9", None, 20, "1")
    )
    scores = _scores(lines)
    assert (_row(scores)["sales"], _row(scores)["orders"]) == (50, 1)
    assert scores.counts() == {}


def test_a_refund_without_order_is_deducted_and_told():
    scores = _scores(_lines(("A", "1", "2026-10-01", 100), ("A", "2", "2026-10-20", -30, "77")))
    assert _row(scores)["sales"] == 70
    assert scores.anomalies.values.tolist() == [[1, "amount", -30.0, "refund_without_order"]]


def test_only_refunds():
    scores = _scores(_lines(("A", "1", "2026-10-01", -30)))
    row = _row(scores)
    assert (row["sales"], row["orders"], row["score"]) == (-30, 0, 0)
    assert pd.isna(row["last_purchase"])


def test_two_orders_on_one_day():
    lines = _lines(("A", "1", "2026-10-01", 30), ("A", "2", "2026-10-01", 50))
    separate = _row(_scores(lines))
    assert (separate["frequency"], separate["basket"]) == (2, 40)
    together = _row(_scores(lines, same_day="together"))
    assert (together["frequency"], together["basket"]) == (1, 80)
    unnumbered = _row(_scores(lines.drop(columns="order_id")))
    assert (unnumbered["frequency"], unnumbered["basket"]) == (1, 80)


def test_an_order_number_used_in_two_shops_is_two_orders():
    lines = _lines(
        ("A", "1", "2026-10-01", 30),
        ("B", "1", "2026-01-01", 50),
        ("B", "2", "2026-11-01", -5, "1"),
    )
    scores = _scores(lines)
    assert (_row(scores, "A")["sales"], _row(scores, "B")["sales"]) == (30, 45)
    assert [_row(scores, c)["orders"] for c in "AB"] == [1, 1]


def test_frequency_over_the_window_or_the_tenure():
    lines = _lines(*[("A", str(n), f"2026-{m:02}-21", 30) for n, m in enumerate((8, 9, 10))])
    assert _row(_scores(lines))["frequency"] == 3
    assert _row(_scores(lines, frequency_over="tenure"))["frequency"] == 12
    assert _row(_scores(lines, DRINKS))["frequency"] == 0.25
    assert _row(_scores(lines, DRINKS, frequency_over="tenure"))["frequency"] == 1
    assert _row(_scores(lines, window_months=6))["frequency"] == 6


def test_a_purchase_of_three_boxes_scores_15_on_grid_2():
    lines = _lines(*[("A", str(n), f"2026-11-{n + 10}", 76) for n in range(3)])
    row = _row(_scores(lines, DRINKS, window_months=1))
    assert (row["score"], row["rfm_class"]) == (15, "Très bons clients")


def test_those_who_never_bought_and_what_cannot_be_used():
    lines = _lines(
        ("A", "1", "2026-10-01", 100),
        (None, "2", "2026-10-01", 10),
        ("Z", "3", "2026-10-01", 10),
        ("A", "4", "31/02/2026", 10),
        ("A", "5", "2027-01-01", 10),
        ("A", "6", "2026-10-01", "dix"),
    )
    lines.index = range(10, 16)
    scores = _scores(lines, customers=["B", "A"])
    assert scores.table["customer_id"].tolist() == ["B", "A"]
    assert _row(scores, "B")["why"] == (
        "Aucun achat connu (plus de 12 : 0) ; 0 achat par an (moins de 1 : 0) ; panier 0,00 € "
        "(moins de 25 : 0). Total 0 : Clients inactifs."
    )
    assert scores.anomalies[["line", "problem"]].values.tolist() == [
        [15, "no_amount"],
        [13, "no_date"],
        [14, "future_date"],
        [11, "no_customer"],
        [12, "unknown_customer"],
    ]
    assert _row(scores, "A")["sales"] == 100
    assert set(scores.counts()) <= set(PROBLEMS)


def test_no_lines_at_all_and_a_missing_column():
    empty = _lines()
    assert list(_scores(empty, customers=["A"]).table["score"]) == [0]
    assert len(_scores(empty).table) == 0
    with pytest.raises(RequestError, match="Il manque la colonne « amount »"):
        _scores(empty.drop(columns="amount"))


def test_the_given_table_is_left_as_it_was():
    lines = _lines(("A", "1", "2026-10-01", 100), ("A", "9", "2026-10-02", 20, "1"))
    before = lines.copy(deep=True)
    _scores(lines)
    pd.testing.assert_frame_equal(lines, before)


def test_ready_made_columns():
    frame = pd.DataFrame(
        {
            "customer_id": list("ABCDE"),
            "recency": [2, "12,0", None, None, 1],
            "frequency": [5, 4, 0, 3, None],
            "basket": ["112,40 €", 100, None, 30, 40],
        },
        index=[5, 6, 7, 8, 9],
    )
    scores = rfm_from_columns(frame, AS_OF, GRID)
    assert scores.table["score"].tolist()[:3] == [50, 25, 0]
    assert scores.table["score"].isna().tolist() == [False, False, False, True, True]
    assert scores.table["rfm_class"].tolist()[:3] == [
        "Très bons clients",
        "Bons clients",
        "Clients inactifs",
    ]
    assert scores.anomalies[["line", "column", "problem"]].values.tolist() == [
        [8, "recency", "no_recency"],
        [9, "frequency", "no_frequency"],
    ]
    assert scores.table["why"][8].startswith("Non noté")
    assert list(scores.table.index) == [5, 6, 7, 8, 9]


def test_a_date_of_last_purchase_wins_over_the_months():
    frame = pd.DataFrame(
        {"last_purchase": ["21/08/2026", "01/12/2026"], "frequency": [4, 4], "basket": [100, 100]}
    )
    scores = rfm_from_columns(frame, AS_OF, GRID)
    assert scores.table["recency_points"].tolist()[0] == 5
    assert scores.anomalies["problem"].tolist() == ["future_recency"]


def test_columns_of_the_result():
    scores = _scores(_lines(("A", "1", "2026-10-01", 100)))
    assert list(scores.table.columns) == list(COLUMNS)
    english = rfm_from_purchases(
        _lines(("A", "1", "2026-10-01", 1234.5)), AS_OF, GRID, lang="en"
    ).table["why"][0]
    assert english == (
        "Last purchase 1 month ago (less than 3: 10); 1 purchase a year (from 1 to 4 inclusive: "
        "10); basket €1,234.50 (more than 100: 20). Total 40: Good customers."
    )


LINE = st.tuples(
    st.sampled_from(["A", "B", "C", None]),
    st.sampled_from(["1", "2", "3", "4", "5", None]),
    st.integers(0, 900).map(lambda n: AS_OF - timedelta(days=n)),
    st.integers(-500, 3000).map(lambda cents: cents / 100),
    st.sampled_from([None, None, None, "1", "2", "9"]),
)


@settings(max_examples=150, deadline=None)
@given(
    st.lists(LINE, min_size=1, max_size=25),
    st.sampled_from(["order", "date", "ignore"]),
    st.sampled_from(["separate", "together"]),
    st.sampled_from(["history", "window"]),
)
def test_the_columns_agree_with_a_plain_loop(rows, refunds, same_day, basket_over):
    lines = _lines(*rows)
    options = {"refunds": refunds, "same_day": same_day, "basket_over": basket_over}
    table = _scores(lines, **options).table.set_index("customer_id")
    plain = _plain(rows, refunds, same_day, basket_over)
    assert set(table.index) == {r[0] for r in rows if r[0]}
    for customer, expected in plain.items():
        row = table.loc[customer]
        got = (row["orders"], row["frequency"], row["sales"])
        assert got == pytest.approx(expected[:3], abs=1e-9)
        if expected[3] is None:
            assert pd.isna(row["recency"])
        else:
            assert row["recency"] == pytest.approx(months_since(expected[3], AS_OF))


def _plain(rows, refunds, same_day, basket_over):
    start = shift_months(AS_OF, -12)
    day_of, buyers = {}, {}
    for who, number, day, amount, of in rows:
        if who and amount >= 0 and of is None:
            key = (who, number or day)
            day_of[key] = min(day, day_of.get(key, day))
            buyers.setdefault(number, set()).add(who)
    out = {}
    for customer in {r[0] for r in rows if r[0]}:
        days = [d for (who, _), d in day_of.items() if who == customer]
        if same_day == "together":
            days = list(set(days))
        out[customer] = [len(days), sum(d >= start for d in days), 0.0,
                         max(days) if days else None]  # fmt: skip
    for who, number, day, amount, of in rows:
        if amount >= 0 and of is None:
            if who:
                moment = day_of[(who, number or day)]
                out[who][2] += amount if basket_over == "history" or moment >= start else 0
            continue
        if refunds == "ignore":
            continue
        target = of or number
        owner = who
        linked = None
        if target in buyers and target is not None:
            if len(buyers[target]) == 1:  # nobody else's number
                owner = next(iter(buyers[target]))
                linked = day_of[(owner, target)]
            elif who in buyers[target]:
                linked = day_of[(who, target)]
        if owner is None:
            continue
        moment = linked if linked and refunds == "order" else day
        if basket_over == "history" or moment >= start:
            out[owner][2] -= abs(amount)
    return out


def test_who_changes_class_when_a_bound_moves():
    rows = []
    for customer, basket in (("A", 95), ("B", 120), ("C", 80)):
        rows += [(customer, f"{customer}{n}", "2026-10-01", basket) for n in range(5)]
    table = _scores(_lines(*rows)).table
    moved = [[*r[:3], 90 if r[3] == 100 else r[3], *r[4:]] for r in grid_rows(GRID)]
    found = grid_migration(table, read_grids(moved)[0])
    assert str(found.sentence()) == "1 client change de classe : 1 monte, 0 descend."
    assert found.changed.values.tolist() == [["A", "Bons clients", "Très bons clients"]]
    assert found.moves.loc["Bons clients"].tolist() == [0, 0, 1, 1]


def test_migration_between_two_scorings():
    before = pd.Series({"A": "Bons", "B": "Tièdes", "C": "Bons"})
    after = pd.Series({"A": "Tièdes", "B": "Bons", "D": "Bons"})
    found = class_migration(before, after, ["Tièdes", "Bons"])
    assert (found.up, found.down, found.arrived, found.gone) == (1, 1, 1, 1)
    assert found.sentence().in_("en") == (
        "2 customers change class: 1 up, 1 down. New: 1, absent: 1."
    )

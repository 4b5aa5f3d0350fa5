"""RFM: recency, frequency and average basket of each customer, their notes, sum and class.

The measures come from purchase lines (`rfm_from_purchases`) or ready-made (`rfm_from_columns`).
Both give the same table, one row for each customer:

customer_id, last_purchase (date), recency (months), frequency (purchases by year or month, as
the grid says), basket (net sales / orders), orders, sales, the three notes recency_points,
frequency_points, basket_points, score (their sum), rfm_class, why (a sentence).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, Literal

from xlcrm.scoring.grids import FREQUENCIES, Grid, check_classes, check_rfm
from xlcrm.scoring.purchases import (
    BasketSpan,
    Refunds,
    SameDay,
    list_anomalies,
    read_numbers,
    read_purchase_days,
    read_purchases,
)
from xlcrm.scoring.reasons import rfm_reasons
from xlcrm.scoring.recency import MonthMethod, months_since_all, shift_months
from xlcrm.texts import Lang, Text

if TYPE_CHECKING:
    import pandas as pd

Span = Literal["window", "tenure"]


@dataclass(frozen=True, slots=True)
class RfmOptions:
    """The conventions of a scoring, each with its default.

    months: how recency counts months (see xlcrm.scoring.recency).
    window_months: the frequency counts the orders of these last months; the day that is exactly
        so many months back belongs to it, as in the middle band of the recency.
    frequency_over: divide by the whole window, or by the tenure (months since the first order,
        at least 1, at most the window).
    basket_over: all known orders, or those of the window.
    refunds: they follow their order; or count on their own date; or are ignored.
    same_day: orders of one day are separate orders, or together one purchase.
    inactive_outside_window: a customer without an order in the window scores 0 on everything.
    """

    months: MonthMethod = "anniversary"
    window_months: int = 12
    frequency_over: Span = "window"
    basket_over: BasketSpan = "history"
    refunds: Refunds = "order"
    same_day: SameDay = "separate"
    inactive_outside_window: bool = False


@dataclass(frozen=True, slots=True)
class RfmScores:
    """`table`: one row for each customer. `anomalies`: line, column, value, problem (a key of
    PROBLEMS), `line` being the index label of the row that was given."""

    table: pd.DataFrame
    anomalies: pd.DataFrame

    def counts(self) -> dict[str, int]:
        """How many anomalies of each kind."""
        found = self.anomalies["problem"].value_counts(sort=False)
        return {str(problem): int(n) for problem, n in found.items()}


PROBLEMS: dict[str, Text] = {
    "no_customer": Text(
        fr="Achat sans n° client : ligne laissée de côté.",
        en="Purchase without a customer ID: line left out.",
    ),
    "unknown_customer": Text(
        fr="Achat d'un client absent de la base, ou dont le nom y est plusieurs fois : ligne "
        "laissée de côté.",
        en="Purchase of a customer who is not in the base, or whose name is there several times: "
        "line left out.",
    ),
    "no_date": Text(
        fr="Achat sans date lisible (ou d'avant 1950) : ligne laissée de côté.",
        en="Purchase without a readable date (or before 1950): line left out.",
    ),
    "future_date": Text(
        fr="Date d'achat après la date d'arrêté : ligne laissée de côté.",
        en="Purchase date after the as-of date: line left out.",
    ),
    "no_amount": Text(
        fr="Achat sans montant lisible : ligne laissée de côté.",
        en="Purchase without a readable amount: line left out.",
    ),
    "ambiguous_amount": Text(
        fr="Montant qui peut se lire de deux façons (12.500 : douze et demi, ou douze mille cinq "
        "cents) : ligne laissée de côté.",
        en="Amount that can be read in two ways (12.500: twelve and a half, or twelve thousand "
        "five hundred): line left out.",
    ),
    "anonymous": Text(
        fr="Achat sans client : compté dans le CA, pas dans les clients actifs.",
        en="Purchase without a customer: counted in the sales, not in the active customers.",
    ),
    "refund_without_order": Text(
        fr="Avoir sans commande retrouvée : déduit des achats du client.",
        en="Refund whose order was not found: deducted from the customer's purchases.",
    ),
    "no_recency": Text(
        fr="Récence absente ou illisible : client non noté.",
        en="Recency missing or unreadable: customer not scored.",
    ),
    "negative_recency": Text(
        fr="Récence négative : client non noté.",
        en="Negative recency: customer not scored.",
    ),
    "future_recency": Text(
        fr="Dernier achat après la date d'arrêté : client non noté.",
        en="Last purchase after the as-of date: customer not scored.",
    ),
    "no_frequency": Text(
        fr="Fréquence absente ou illisible : client non noté.",
        en="Frequency missing or unreadable: customer not scored.",
    ),
    "no_basket": Text(
        fr="Panier moyen absent ou illisible : client non noté.",
        en="Average basket missing or unreadable: customer not scored.",
    ),
}
COLUMNS = (
    "customer_id",
    "last_purchase",
    "recency",
    "frequency",
    "basket",
    "orders",
    "sales",
    "recency_points",
    "frequency_points",
    "basket_points",
    "score",
    "rfm_class",
    "why",
)


def rfm_from_purchases(
    lines: pd.DataFrame,
    as_of: date,
    grid: Grid,
    options: RfmOptions | None = None,
    customers: Any = None,
    lang: Lang = "fr",
    why: bool = True,
) -> RfmScores:
    """Score customers from their purchase lines.

    `lines`: customer_id, order_date, amount (euros; a refund is negative), and where they exist
    order_id and refund_of (the order that a refund gives back). Without order_id, the lines of a
    customer on one day are one order. `customers`: the IDs of the base, for those who never
    bought (scored as an endless recency, no purchase, an empty basket) and for the order of the
    result; a purchase of anyone else is then an anomaly. Nothing is dropped silently: what could
    not be used stands in `anomalies`. Raises ArgumentError for a grid that cannot score.

    >>> import pandas as pd
    >>> from xlcrm.scoring.grids import shipped_grid
    >>> lines = pd.DataFrame({"customer_id": ["A"] * 5, "order_id": list("12345"),
    ...     "order_date": ["2026-09-21"] + ["2026-03-01"] * 4, "amount": [112.4] * 5})
    >>> scores = rfm_from_purchases(lines, date(2026, 11, 21), shipped_grid("Marielle Nature"))
    >>> print(scores.table["why"][0])
    Dernier achat il y a 2 mois (moins de 3 : 10) ; 5 achats par an (plus de 4 : 20) ; panier
    112,40 € (plus de 100 : 20). Total 50 : Très bons clients.
    """
    check_rfm(grid)
    options = options or RfmOptions()
    window_start = shift_months(as_of, -options.window_months)
    found = read_purchases(
        lines,
        as_of,
        window_start,
        refunds=options.refunds,
        same_day=options.same_day,
        basket_over=options.basket_over,
        customers=customers,
    )
    table = found.customers
    table["recency"] = months_since_all(table["last_purchase"], as_of, options.months)
    table["frequency"] = _frequency(table, as_of, grid, options)
    table["basket"] = table["sales"].round(4) / table["basket_orders"].where(
        table["basket_orders"] > 0
    )
    table["sales"] = table["sales"].round(2)
    outside = options.inactive_outside_window & (table["window_orders"] == 0)
    return RfmScores(_scored(table, grid, lang, why, outside), found.anomalies)


def rfm_from_columns(
    frame: pd.DataFrame,
    as_of: date,
    grid: Grid,
    options: RfmOptions | None = None,
    lang: Lang = "fr",
    why: bool = True,
) -> RfmScores:
    """Score customers whose recency, frequency and basket are already in columns.

    `frame`: recency (months) or last_purchase (a date, which wins), frequency (by year or month,
    as the grid says), basket (euros), and customer_id if there is one; its index is kept. A
    customer with frequency 0 and nothing else never bought, and is scored so. A missing value
    leaves the customer without score, and stands in `anomalies`.
    """
    import numpy as np

    check_rfm(grid)
    options = options or RfmOptions()
    table = frame.loc[:, [c for c in ("customer_id",) if c in frame]].copy()
    table["frequency"] = read_numbers(frame, "frequency")
    table["basket"] = read_numbers(frame, "basket")
    table["last_purchase"] = read_purchase_days(frame, "last_purchase")
    table["recency"] = read_numbers(frame, "recency")
    dated = table["last_purchase"].notna()
    months = months_since_all(table["last_purchase"], as_of, options.months)
    table["recency"] = table["recency"].where(~dated, months)
    never = (table["frequency"] == 0) & table["recency"].isna() & table["basket"].isna()
    problems = {
        "no_recency": ("recency", table["recency"].isna() & ~never),
        "future_recency": ("last_purchase", dated & (table["recency"] < 0)),
        "negative_recency": ("recency", ~dated & (table["recency"] < 0)),
        "no_frequency": ("frequency", table["frequency"].isna()),
        "no_basket": ("basket", table["basket"].isna() & (table["frequency"] != 0)),
    }
    table["recency"] = table["recency"].where(~(table["recency"] < 0))
    unscored = np.logical_or.reduce([mask for _, mask in problems.values()])
    anomalies = list_anomalies(frame, problems)
    scored = _scored(table, grid, lang, why, None, unscored)
    return RfmScores(scored, anomalies)


def score_measures(
    table: pd.DataFrame, grid: Grid, lang: Lang = "fr", why: bool = False
) -> pd.DataFrame:
    """Score a table of recency, frequency and basket that is complete, as another scoring left it.

    A missing recency or basket is that of a customer who never bought.
    """
    return _scored(table, check_rfm(grid), lang, why)


def _frequency(table: pd.DataFrame, as_of: date, grid: Grid, options: RfmOptions) -> Any:
    months: Any = options.window_months
    if options.frequency_over == "tenure":
        tenure = months_since_all(table["first_purchase"], as_of)
        months = tenure.clip(1, options.window_months)
    per = FREQUENCIES[grid.frequency]
    frequency = table["window_orders"] * per / months
    return frequency.fillna(0.0)


def _scored(
    table: pd.DataFrame,
    grid: Grid,
    lang: Lang,
    why: bool,
    outside: Any = None,
    unscored: Any = None,
) -> pd.DataFrame:
    """The notes, sum and class of measured customers, and the columns in their order."""
    import numpy as np
    import pandas as pd

    measures = {
        "recency": table["recency"].fillna(np.inf),  # never bought
        "frequency": table["frequency"].fillna(0.0),
        "basket": table["basket"].fillna(0.0),
    }
    keys = {"recency": "recency", "frequency": grid.frequency, "basket": "basket"}
    classes = check_classes(grid)
    out = table.copy()
    score = np.zeros(len(table))
    for name, values in measures.items():
        points = grid.criteria[keys[name]].points_of(values)
        if outside is not None:
            points = np.where(outside, 0.0, points)
        if unscored is not None:
            points = np.where(unscored, np.nan, points)
        out[f"{name}_points"] = points
        score = score + points
    out["score"] = score
    codes = classes.positions(score)
    out["rfm_class"] = pd.Categorical.from_codes(
        codes, pd.Index(classes.labels(lang)), ordered=True
    )
    if why:
        out["why"] = pd.Series(rfm_reasons(out, grid, lang), out.index, dtype=object)
    return out.loc[:, [c for c in COLUMNS if c in out]]

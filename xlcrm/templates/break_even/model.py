"""The workbook on break-even: its data, and what they lead to."""

from __future__ import annotations

import math
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from xlcrm.budget.dead_points import break_even_date, break_even_seasonal, break_even_seasonal_date
from xlcrm.budget.rounding import add_cents, round_cents
from xlcrm.budget.terms import months_later
from xlcrm.texts import Text

COSTS, MONTHS, CASES, POINTS = 12, 12, 4, 11
_DUST = 1e-9
Data = Mapping[str, Any]


def _filled(values: list[Any], size: int) -> list[Any]:
    return values + [None] * (size - len(values))


EXAMPLE: dict[str, Any] = {
    "sales": 420000,
    "costs.label": _filled(
        [
            Text("Achats consommés", "Goods used"),
            Text("Emballages et transport", "Packaging and transport"),
            Text("Salaires des vendeuses", "Shop wages"),
            Text("Commissions sur ventes", "Sales commissions"),
            Text("Loyers et charges", "Rents and charges"),
            Text("Publicité", "Advertising"),
            Text("Énergie", "Energy"),
            Text("Amortissements", "Depreciation"),
        ],
        COSTS,
    ),
    "costs.amount": _filled([168000, 21000, 96000, 12600, 42000, 15000, 8000, 11400], COSTS),
    "costs.variable": _filled([1, 1, 0, 1, 0, 0, 0.25, 0], COSTS),
    "days": 360,
    "start": date(2027, 1, 1),
    "target": 60000,
    "months.sales": [24000, 22000, 27000, 30000, 38000, 34000, 26000, 18000, 32000, 36000, 48000,
                     85000],
    "cases.label": [
        Text("Promotion - 5 %", "Promotion - 5%"),
        Text("Nouveau fournisseur", "New supplier"),
        Text("Ouverture d'un corner", "Opening of a corner"),
        None,
    ],
    "cases.price": [-0.05, 0, 0, None],
    "cases.volume": [0.12, 0, 0.15, None],
    "cases.unit_cost": [0, -0.06, 0, None],
    "cases.fixed": [0, 0, 14000, None],
}  # fmt: skip
# Situation of exercise 1 published by IUT en ligne (TD6), its costs split into lines.
EXERCISE: dict[str, Any] = EXAMPLE | {
    "sales": 375000,
    "costs.label": _filled(
        [
            Text("Achats consommés", "Goods used"),
            Text("Autres charges variables", "Other variable costs"),
            Text("Salaires", "Wages"),
            Text("Loyers", "Rents"),
        ],
        COSTS,
    ),
    "costs.amount": _filled([243750, 37500, 40500, 22000], COSTS),
    "costs.variable": _filled([1, 1, 0, 0], COSTS),
    "days": 365,
    "target": 50000,
    "months.sales": [20000, 18000, 24000, 28000, 36000, 42000, 45000, 30000, 32000, 34000, 30000,
                     36000],
    "cases.label": [
        Text("Hausse des prix de 4 %", "Prices up by 4%"),
        Text("Charges fixes + 12 500", "Fixed costs + 12,500"), None, None,
    ],
    "cases.price": [0.04, 0, None, None],
    "cases.volume": [0, 0, None, None],
    "cases.unit_cost": [0, 0, None, None],
    "cases.fixed": [0, 12500, None, None],
}  # fmt: skip
EMPTY: dict[str, Any] = {
    key: [None] * len(v) if isinstance(v, list) else None for key, v in EXAMPLE.items()
}


def compute_break_even(data: Data) -> dict[str, Any]:
    """Every computed cell of the workbook, by key; data must be sound.

    >>> compute_break_even(EXERCISE)["threshold"]
    250000.0
    """
    if data["sales"] is None:
        return {}
    variable, fixed = [], []
    for amount, share in zip(data["costs.amount"], data["costs.variable"], strict=True):
        part = None if amount is None else round_cents(amount * (share or 0))
        variable.append(part)
        fixed.append(None if part is None else add_cents(round_cents(amount), -part))
    total_variable = add_cents(*(v for v in variable if v is not None))
    total_fixed = add_cents(*(v for v in fixed if v is not None))
    values: dict[str, Any] = {
        "costs.part": variable,
        "costs.rest": fixed,
        "costs.part.total": total_variable,
        "costs.rest.total": total_fixed,
    }
    values |= _statement(data, round_cents(data["sales"]), total_variable, total_fixed)
    values |= _seasons(data, values["threshold"], total_fixed, values["margin_rate"])
    return values | _cases(data, total_variable, total_fixed)


def _threshold(sales: float, margin: float, fixed: float) -> float | None:
    return round_cents(fixed * sales / margin) if margin > 0 and fixed >= 0 else None


def _statement(data: Data, sales: float, variable: float, fixed: float) -> dict[str, Any]:
    margin = add_cents(sales, -variable)
    profit = add_cents(margin, -fixed)
    threshold = _threshold(sales, margin, fixed)
    reached = threshold if threshold is not None and threshold <= sales else None
    wanted = _threshold(sales, margin, add_cents(fixed, data["target"] or 0))
    return {
        "margin": margin,
        "margin_rate": margin / sales,
        "profit": profit,
        "threshold": threshold,
        "dead_point": None if reached is None else round_cents(reached / sales * data["days"]),
        "dead_date": None if reached is None else _dead_date(data, sales, reached),
        "safety": None if threshold is None else add_cents(sales, -threshold),
        "index": None if threshold is None else round_cents((sales - threshold) / sales, 6),
        "leverage": round_cents(margin / profit, 4) if profit else None,
        "fixed_index": round_cents(fixed / sales, 6),
        "target_sales": wanted,
    }


def _dead_date(data: Data, sales: float, reached: float) -> date:
    """On the calendar in a year of 365 days, as the dead point in days; else months of 30 days."""
    if data["days"] < 365:
        found = break_even_date(sales, reached, data["start"])
        assert found is not None
        return found
    day = math.ceil(reached / sales * data["days"] - _DUST)
    return data["start"] + timedelta(days=max(1, day) - 1)


def _seasons(data: Data, threshold: float | None, fixed: float, rate: float) -> dict[str, Any]:
    months = [round_cents(amount) for amount in data["months.sales"]]
    cumulated = [add_cents(*months[: k + 1]) for k in range(MONTHS)]
    profits = [round_cents(total * rate - fixed) for total in cumulated]
    crossed: tuple[float | None, date | None] = (None, None)
    if threshold is not None:
        crossed = (
            break_even_seasonal(months, threshold),
            break_even_seasonal_date(months, threshold, data["start"]),
        )
    return {
        "months.date": [months_later(data["start"], k) for k in range(MONTHS)],
        "months.total": cumulated,
        "months.profit": profits,
        "months.line": [threshold] * MONTHS,
        "season_months": crossed[0],
        "season_date": crossed[1],
    }


def _cases(data: Data, variable: float, fixed: float) -> dict[str, Any]:
    names = ("sales", "variable", "margin", "rate", "fixed_costs", "profit", "threshold", "safety")
    columns: dict[str, list[Any]] = {name: [] for name in names}
    for k in range(CASES):
        if data["cases.label"][k] is None:
            for column in columns.values():
                column.append(None)
            continue
        price, volume, cost = (
            1 + (data[f"cases.{n}"][k] or 0) for n in ("price", "volume", "unit_cost")
        )
        sales = round_cents(data["sales"] * price * volume)
        spent = round_cents(variable * cost * volume)
        margin = add_cents(sales, -spent)
        more = add_cents(fixed, data["cases.fixed"][k] or 0)
        threshold = _threshold(sales, margin, more)
        row = (
            sales,
            spent,
            margin,
            round_cents(margin / sales, 6),
            more,
            add_cents(margin, -more),
            threshold,
            None if threshold is None else add_cents(sales, -threshold),
        )
        for name, value in zip(names, row, strict=True):
            columns[name].append(value)
    return {f"cases.{name}": column for name, column in columns.items()} | {
        "cases.change": [
            None if p is None else add_cents(p, -_profit(data, variable, fixed))
            for p in columns["profit"]
        ]
    }


def _profit(data: Data, variable: float, fixed: float) -> float:
    return add_cents(data["sales"], -variable, -fixed)

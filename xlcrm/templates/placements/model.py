"""The workbook on placements: its data, and what they lead to."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from xlcrm.budget.placements import future_value, placement_result
from xlcrm.budget.rounding import add_cents, round_cents
from xlcrm.texts import Text

OFFERS, OPERATIONS, YEARS = 6, 12, 20
FORTNIGHTS = 24
Data = Mapping[str, Any]


def _filled(values: list[Any], size: int) -> list[Any]:
    return values + [None] * (size - len(values))


EXAMPLE: dict[str, Any] = {
    "amount": 30000,
    "offers.name": [
        Text("Compte à terme 12 mois", "Term deposit, 12 months"),
        Text("Livret d'entreprise", "Business savings"),
        Text("Fonds monétaire", "Money market fund"),
        Text("Compte progressif 3 ans", "Step-up, 3 years"),
        None,
        None,
    ],
    "offers.rate": [0.0285, 0.018, 0.0262, 0.031, None, None],
    "offers.months": [12, 12, 12, 36, None, None],
    "offers.method": ["simple", "simple", "compound", "compound", "simple", "simple"],
    "offers.entry": [None, None, 0.001, None, None, None],
    "offers.exit": [None] * OFFERS,
    "offers.fixed": [None, None, 30, None, None, None],
    "offers.tax": [0.25, 0.25, 0.25, 0.25, None, None],
    "offers.access": [
        Text("Bloqué, sauf pénalité", "Locked, or a penalty"),
        Text("Immédiat", "At once"),
        Text("En un jour", "Within a day"),
        Text("Sortie chaque trimestre", "Exit every quarter"),
        None,
        None,
    ],
    "offers.risk": [
        Text("Nul", "None"),
        Text("Nul", "None"),
        Text("Très faible", "Very low"),
        Text("Nul", "None"),
        None,
        None,
    ],
    "year": 2027,
    "savings_rate": 0.024,
    "balance": 4000,
    "operations.day": _filled(
        [date(2027, 2, 20), date(2027, 5, 3), date(2027, 8, 25), date(2027, 11, 29)], OPERATIONS
    ),
    "operations.deposit": _filled([1000, 2500, None, None], OPERATIONS),
    "operations.withdrawal": _filled([None, None, 1200, 600], OPERATIONS),
    "capital": 10000,
    "growth_rate": 0.03,
    "years": 10,
}
# The operations of 20 February, 25 August and 29 November at 6 % are those that cbanque.com counts.
EXERCISE: dict[str, Any] = EXAMPLE | {
    "offers.name": EXAMPLE["offers.name"][:3] + [None] * 3,
    "offers.rate": _filled([0.03, 0.02, 0.028], OFFERS),
    "offers.months": _filled([6, 6, 6], OFFERS),
    "offers.method": ["simple", "simple", "compound", "simple", "simple", "simple"],
    "offers.entry": _filled([None, None, 0.002], OFFERS),
    "offers.fixed": [None] * OFFERS,
    "offers.tax": _filled([0.25, 0.25, 0.25], OFFERS),
    "offers.access": EXAMPLE["offers.access"][:3] + [None] * 3,
    "offers.risk": EXAMPLE["offers.risk"][:3] + [None] * 3,
    "savings_rate": 0.06,
    "balance": 0,
    "operations.day": _filled(
        [date(2027, 2, 20), date(2027, 8, 25), date(2027, 11, 29)], OPERATIONS
    ),
    "operations.deposit": _filled([1000, 100], OPERATIONS),
    "operations.withdrawal": _filled([None, None, 100], OPERATIONS),
    "years": 5,
}
EMPTY: dict[str, Any] = {
    key: [None] * len(v) if isinstance(v, list) else None for key, v in EXAMPLE.items()
} | {"offers.method": ["simple"] * OFFERS}


def compute_placements(data: Data, rows: int = YEARS) -> dict[str, Any]:
    """Every computed cell of the workbook, by key; data must be sound.

    >>> compute_placements(EXERCISE)["operations.interest"][:3]
    [50.0, 2.0, -0.75]
    """
    if data["amount"] is None:
        return {}
    return _offers(data) | _savings(data) | _growth(data, rows)


def _offers(data: Data) -> dict[str, Any]:
    names = ("interest", "fees", "tax_paid", "gain", "value", "yield")
    columns: dict[str, list[Any]] = {name: [None] * OFFERS for name in names}
    for k, months in enumerate(data["offers.months"]):
        if months is None:
            continue
        fixed = data["offers.fixed"][k] or 0
        result = placement_result(
            data["amount"],
            data["offers.rate"][k],
            months / 12,
            data["offers.method"][k],
            data["offers.entry"][k] or 0,
            data["offers.exit"][k] or 0,
            fixed,
            data["offers.tax"][k] or 0,
        )
        row = (
            result.interest,
            add_cents(result.entry_fees, result.exit_fees, round_cents(fixed)),
            result.tax,
            result.gain,
            result.value,
            result.net_yield,
        )
        for name, value in zip(names, row, strict=True):
            columns[name][k] = value
    yields = [y for y in columns["yield"] if y is not None]
    columns["rank"] = [
        None if y is None else 1 + sum(other > y for other in yields) for y in columns["yield"]
    ]
    return {f"offers.{name}": column for name, column in columns.items()}


def _savings(data: Data) -> dict[str, Any]:
    names = ("fortnights", "interest")
    columns: dict[str, list[Any]] = {name: [None] * OPERATIONS for name in names}
    rate = data["savings_rate"]
    for k, day in enumerate(data["operations.day"]):
        if day is None:
            continue
        gone = 2 * (day.month - 1) + (day.day > 15)
        put, taken = (data[f"operations.{n}"][k] or 0 for n in ("deposit", "withdrawal"))
        left = FORTNIGHTS - gone - (1 if put else 0)
        columns["fortnights"][k] = left
        moved = add_cents(put, -taken)
        columns["interest"][k] = round_cents(moved * rate * left / FORTNIGHTS)
    opening = round_cents((data["balance"] or 0) * rate)
    earned = add_cents(opening, *(v for v in columns["interest"] if v is not None))
    totals = [
        add_cents(*(v for v in data[f"operations.{n}"] if v)) for n in ("deposit", "withdrawal")
    ]
    return {f"operations.{name}": column for name, column in columns.items()} | {
        "opening_interest": opening,
        "savings_interest": earned,
        "savings_closing": add_cents(
            round_cents(data["balance"] or 0), totals[0], -totals[1], earned
        ),
    }


def _growth(data: Data, rows: int) -> dict[str, Any]:
    capital, rate, years = data["capital"], data["growth_rate"], data["years"]

    def column(method: str) -> list[float]:
        return [future_value(capital, rate, k, method) for k in range(1, rows + 1)]

    simple, compound = column("simple"), column("compound")
    return {
        "growth.simple": simple,
        "growth.compound": compound,
        "growth.gap": [add_cents(c, -s) for s, c in zip(simple, compound, strict=True)],
        "final_simple": simple[years - 1],
        "final_compound": compound[years - 1],
    }

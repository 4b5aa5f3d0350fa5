"""The prospecting plan: its data by key, and what they lead to.

Expected counts and hours are not rounded: 45 contacts at 6 % are 2.7 appointments, not 3.
Only euros are, to the cent.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from datetime import date
from typing import Any

from xlcrm.budget.rounding import add_cents, round_cents
from xlcrm.texts import Text

SEGMENTS, WEEKS, CALLS = 8, 26, 60
Data = Mapping[str, Any]


def _filled(values: list[Any], size: int = SEGMENTS) -> list[Any]:
    return values + [None] * (size - len(values))


EXAMPLE: dict[str, Any] = {
    "company": "Marielle Nature",
    "campaign": Text("Instituts et entreprises, automne", "Parlours and firms, autumn"),
    "start": date(2027, 9, 6),
    "weeks": 14,
    "reps": 2,
    "hours_week": 35,
    "selling_share": 0.4,
    "hourly": 31,
    "call_minutes": 8,
    "visit_hours": 1.25,
    "travel_hours": 0.75,
    "km": 24,
    "km_cost": 0.55,
    "contact_cost": 0.85,
    "fixed_cost": 1900,
    "amber": 0.8,
    "green": 0.95,
    "targets.segment": _filled(
        [
            Text("Instituts de beauté", "Beauty parlours"),
            Text("Spas et hôtels", "Spas and hotels"),
            Text("Comités sociaux d'entreprise", "Works councils"),
            Text("Pharmacies indépendantes", "Independent pharmacies"),
        ]
    ),
    "targets.pool": _filled([620, 140, 310, 480]),
    "targets.contacts": _filled([260, 90, 150, 200]),
    "targets.calls": _filled([2.2, 2.5, 2.8, 2]),
    "targets.rdv": _filled([0.12, 0.14, 0.09, 0.08]),
    "targets.visits": _filled([1, 1.4, 1.2, 1]),
    "targets.sale": _filled([0.38, 0.3, 0.33, 0.25]),
    "targets.basket": _filled([1450, 5200, 2400, 1300]),
    "targets.margin": _filled([0.42, 0.38, 0.4, 0.35]),
    "results.contacts": _filled([252, 85, 140, 150]),
    "results.rdv": _filled([32, 11, 12, 9]),
    "results.visits": _filled([32, 16, 14, 9]),
    "results.sales": _filled([12, 3, 4, 2]),
    "results.revenue": _filled([17900, 15400, 9350, 2480]),
}
_KEPT = ("weeks", "selling_share", "amber", "green")
EMPTY: dict[str, Any] = {key: EXAMPLE[key] for key in _KEPT}
EXERCISE = EXAMPLE

_INPUTS = ("contacts", "calls", "rdv", "visits", "sale", "basket", "margin")


_REQUIRED = (
    "weeks reps hours_week selling_share call_minutes visit_hours hourly amber green"
).split()


def compute_plan(data: Data) -> dict[str, Any]:
    """Every result by key, for data without faults; nothing while a hypothesis is missing.

    >>> values = compute_plan(EXAMPLE)
    >>> values["targets.revenue"][2], values["break_even"]
    (10692.0, 18.0)
    """
    if any(data.get(key) is None for key in _REQUIRED):
        return {}
    rows = [_row(data, k) for k in range(SEGMENTS)]
    keys = list(next(r for r in rows if r)) if any(rows) else []
    values: dict[str, Any] = {key: [row[key] if row else None for row in rows] for key in keys}
    for key in keys:
        group, name = key.split(".")
        if name in _SUMMED:
            total = add_cents if name in _EUROS else _add
            values[f"{group}.{name}.total"] = total(*(v or 0.0 for v in values[key]))
    if rows and any(rows):
        values |= _campaign(data, values)
        values |= _results(data, values)
    return values


_SUMMED = ("n_calls", "n_rdv", "n_visits", "n_sales", "revenue", "gain", "hours", "labour",
           "travel", "files", "cost")  # fmt: skip


_EUROS = ("revenue", "gain", "labour", "travel", "files", "cost")


def _add(*counts: float) -> float:
    return math.fsum(counts)


def _row(data: Data, k: int) -> dict[str, Any] | None:
    """One segment; None for an empty row."""
    given = {key: data.get(f"targets.{key}", _filled([]))[k] for key in _INPUTS}
    if any(value is None for value in given.values()):
        return None
    calls = given["contacts"] * given["calls"]
    rdv = given["contacts"] * given["rdv"]
    visits = rdv * given["visits"]
    sales = rdv * given["sale"]
    revenue = round_cents(sales * given["basket"])
    gain = round_cents(revenue * given["margin"])
    visit = data["visit_hours"] + (data.get("travel_hours") or 0)
    hours = calls * data["call_minutes"] / 60 + visits * visit
    labour = round_cents(hours * data["hourly"])
    travel = round_cents(visits * (data.get("km") or 0) * (data.get("km_cost") or 0))
    files = round_cents(given["contacts"] * (data.get("contact_cost") or 0))
    cost = add_cents(labour, travel, files)
    return {
        "targets.n_calls": calls,
        "targets.n_rdv": rdv,
        "targets.n_visits": visits,
        "targets.n_sales": sales,
        "targets.revenue": revenue,
        "targets.gain": gain,
        "costs.hours": hours,
        "costs.labour": labour,
        "costs.travel": travel,
        "costs.files": files,
        "costs.cost": cost,
        "costs.per_contact": _per(cost, given["contacts"]),
        "costs.per_rdv": _per(cost, rdv),
        "costs.per_sale": _per(cost, sales),
        "costs.roi": None if cost <= 0 else round_cents((gain - cost) / cost, 6),
        "costs.break_even": _break_even(cost, gain, sales),
    }


def _per(cost: float, count: float) -> float | None:
    return round_cents(cost / count) if count > 0 else None


def _break_even(cost: float, gain: float, sales: float) -> float | None:
    """Sales that pay a cost back, rounded up."""
    if sales <= 0 or gain <= 0:
        return None
    return float(math.ceil(round_cents(cost / (gain / sales), 6)))


def _campaign(data: Data, values: Data) -> dict[str, Any]:
    """The whole campaign: cost with the fixed part, capacity, break-even."""
    total = add_cents(values["costs.cost.total"], data.get("fixed_cost") or 0)
    gain, sales = values["targets.gain.total"], values["targets.n_sales.total"]
    contacts = sum(v or 0 for v in data["targets.contacts"])
    capacity = round_cents(
        data["reps"] * data["hours_week"] * data["weeks"] * data["selling_share"]
    )
    hours = values["costs.hours.total"]
    needed = _break_even(total, gain, sales)
    return {
        "total_cost": total,
        "total_gain": gain,
        "profit": add_cents(gain, -total),
        "roi": None if total <= 0 else round_cents((gain - total) / total, 6),
        "cost_per_contact": _per(total, contacts),
        "cost_per_rdv": _per(total, values["targets.n_rdv.total"]),
        "cost_per_sale": _per(total, sales),
        "capacity": capacity,
        "load": round_cents(hours / capacity, 6) if capacity > 0 else None,
        "spare": add_cents(capacity, -hours),
        "break_even": needed,
        "break_even_rate": None if not needed or contacts <= 0
        else round_cents(needed / contacts, 6),
        "safety": None if needed is None else add_cents(sales, -needed),
    }  # fmt: skip


def _results(data: Data, values: Data) -> dict[str, Any]:
    """Targets against results: the share reached of contacts, appointments, sales, revenue."""
    out: dict[str, Any] = {}
    planned = {
        "contacts": data["targets.contacts"],
        "rdv": values["targets.n_rdv"],
        "sales": values["targets.n_sales"],
        "revenue": values["targets.revenue"],
    }
    for key, plan in planned.items():
        done = data.get(f"results.{key}", _filled([]))
        out[f"results.{key}_rate"] = [
            round_cents(d / p, 6) if d is not None and p and p > 0 else None
            for d, p in zip(done, plan, strict=True)
        ]
    statuses: list[str | None] = []
    for share in out["results.sales_rate"]:
        if share is None:
            statuses.append(None)
        else:
            amber, green = data["amber"], data["green"]
            statuses.append("good" if share >= green else "red" if share < amber else "amber")
    out["results.status"] = statuses
    return out

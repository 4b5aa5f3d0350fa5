"""The workbook on customer risk: its data, and what they lead to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from xlcrm.budget.ageing import bracket_of
from xlcrm.budget.customer_risk import conan_holder, is_met, ratio_value, solvency_ratios
from xlcrm.budget.penalties import days_late
from xlcrm.budget.rounding import add_cents, round_cents

FIRMS, CUSTOMERS, INVOICES, BRACKETS = 4, 12, 40, 5
ITEMS = (
    "equity", "long_debt", "short_debt", "total", "stocks", "receivables", "cash", "cash_flow",
)  # fmt: skip
SCORED = ("ebitda", "interest", "sales", "wages", "added_value")
Data = Mapping[str, Any]


def _filled(values: list[Any], size: int) -> list[Any]:
    return values + [None] * (size - len(values))


_NAMES = ["Bio Sud", "Oasis Spa", "Nature & Co", "Les Halles"]
EXAMPLE: dict[str, Any] = {
    "firms.name": _filled(["Bio Sud", "Oasis Spa", "Nature & Co"], FIRMS),
    "firms.equity": _filled([82000, 24000, 15000], FIRMS),
    "firms.long_debt": _filled([60000, 41000, 52000], FIRMS),
    "firms.short_debt": _filled([98000, 76000, 118000], FIRMS),
    "firms.total": _filled([240000, 141000, 185000], FIRMS),
    "firms.stocks": _filled([54000, 22000, 61000], FIRMS),
    "firms.receivables": _filled([71000, 38000, 49000], FIRMS),
    "firms.cash": _filled([26000, 9000, 3000], FIRMS),
    "firms.cash_flow": _filled([31000, 12000, 4000], FIRMS),
    "firms.ebitda": _filled([44000, 17000, 9000], FIRMS),
    "firms.interest": _filled([3100, 2600, 5200], FIRMS),
    "firms.sales": _filled([520000, 310000, 402000], FIRMS),
    "firms.wages": _filled([96000, 70000, 88000], FIRMS),
    "firms.added_value": _filled([158000, 96000, 104000], FIRMS),
    "as_of": date(2027, 3, 31),
    "bounds": [30, 60, 90],
    "vat_rate": 0.2,
    "allowance": [0, 0.05, 0.2, 0.5, 0.8],
    "alert": 0.8,
    "customers.name": _filled(list(_NAMES), CUSTOMERS),
    "customers.limit": _filled([12000, 6000, 5000, 2500], CUSTOMERS),
    "customers.order": _filled([1500, None, 900, None], CUSTOMERS),
    "invoices.customer": _filled(
        ["Bio Sud", "Oasis Spa", "Nature & Co", "Bio Sud", "Oasis Spa", "Nature & Co",
         "Les Halles", "Bio Sud"], INVOICES),
    "invoices.number": _filled(
        ["F27-081", "F27-064", "F26-412", "F27-102", "F27-118", "F27-009", "F27-121", "F26-377"],
        INVOICES),
    "invoices.due": _filled(
        [date(2027, 4, 15), date(2027, 3, 10), date(2026, 12, 15), date(2027, 3, 31),
         date(2027, 4, 30), date(2027, 2, 10), date(2027, 3, 5), date(2026, 11, 30)], INVOICES),
    "invoices.amount": _filled(
        [4200, 3150.5, 2480, 3900, 1980, 1760.4, 640, 2100], INVOICES),
    "invoices.paid": _filled([None, 1000, None, None, None, None, None, 1500], INVOICES),
}  # fmt: skip
EXAMPLE |= {f"reference.{ratio.key}": ratio.reference for ratio in solvency_ratios() if ratio.rule}
EXERCISE: dict[str, Any] = EXAMPLE
EMPTY: dict[str, Any] = {
    key: [None] * len(v) if isinstance(v, list) else None for key, v in EXAMPLE.items()
} | {key: value for key, value in EXAMPLE.items() if key.startswith("reference.")}
EMPTY |= {"bounds": [30, 60, 90], "allowance": [0] * BRACKETS, "alert": 0.8, "vat_rate": 0.2}
STATES = ("ok", "watch", "over")


def compute_risk(data: Data) -> dict[str, Any]:
    """Every computed cell of the workbook, by key; data must be sound.

    >>> compute_risk(EXAMPLE)["customers.state"][:3]
    ['watch', 'ok', 'over']
    """
    if data["as_of"] is None:
        return {}
    return _firms(data) | _receivables(data)


def _firms(data: Data) -> dict[str, Any]:
    columns: dict[str, list[Any]] = {ratio.key: [] for ratio in solvency_ratios()}
    columns |= {"score": [], "met": []}
    for k in range(FIRMS):
        if data["firms.name"][k] is None:
            for column in columns.values():
                column.append(None)
            continue
        items = {name: data[f"firms.{name}"][k] for name in ITEMS}
        met = 0
        for ratio in solvency_ratios():
            value = ratio_value(ratio, items)
            columns[ratio.key].append(value)
            asked = data[f"reference.{ratio.key}"] if ratio.rule else None
            met += bool(is_met(replace(ratio, reference=asked), value))
        columns["met"].append(met)
        columns["score"].append(_score(data, k, items))
    return {f"firms.{name}": column for name, column in columns.items()}


def _score(data: Data, k: int, items: Mapping[str, float]) -> float | None:
    scored = {name: data[f"firms.{name}"][k] for name in SCORED}
    return conan_holder(
        scored["ebitda"],
        items["long_debt"] + items["short_debt"],
        items["equity"] + items["long_debt"],
        items["total"],
        items["receivables"] + items["cash"],
        scored["interest"],
        scored["sales"],
        scored["wages"],
        scored["added_value"],
    )


def _receivables(data: Data) -> dict[str, Any]:
    names = ("left", "late", "bracket")
    lines: dict[str, list[Any]] = {name: [None] * INVOICES for name in names}
    for k, amount in enumerate(data["invoices.amount"]):
        if amount is None:
            continue
        due = data["invoices.due"][k]
        lines["left"][k] = add_cents(amount, -(data["invoices.paid"][k] or 0))
        lines["late"][k] = days_late(due, data["as_of"])
        lines["bracket"][k] = 1 + bracket_of(due, data["as_of"], data["bounds"])
    values: dict[str, Any] = {f"invoices.{name}": column for name, column in lines.items()}
    ages: list[list[Any]] = [[None] * CUSTOMERS for _ in range(BRACKETS)]
    columns: dict[str, list[Any]] = {
        name: [None] * CUSTOMERS for name in ("owed", "after", "free", "used", "state")
    }
    for k, name in enumerate(data["customers.name"]):
        if name is None:
            continue
        mine = [i for i, customer in enumerate(data["invoices.customer"]) if customer == name]
        for b in range(BRACKETS):
            within = [lines["left"][i] for i in mine if lines["bracket"][i] == b + 1]
            ages[b][k] = add_cents(*within)
        _credit(data, k, add_cents(*(lines["left"][i] for i in mine)), columns)
    values |= {f"customers.{name}": column for name, column in columns.items()}
    values |= {f"ages.b{b + 1}": column for b, column in enumerate(ages)}
    totals = [add_cents(*(v for v in column if v is not None)) for column in ages]
    values |= {f"ages.b{b + 1}.total": total for b, total in enumerate(totals)}
    net = [round_cents(total / (1 + data["vat_rate"])) for total in totals]
    values["net"] = net
    values["written"] = [
        round_cents(max(0.0, amount) * rate)
        for amount, rate in zip(net, data["allowance"], strict=True)
    ]
    values["written_total"] = add_cents(*values["written"])
    late = add_cents(*totals[1:])
    owed = add_cents(*totals)
    values["late_share"] = round_cents(late / owed, 6) if owed else None
    return values


def _credit(data: Data, k: int, owed: float, columns: dict[str, list[Any]]) -> None:
    limit = round_cents(data["customers.limit"][k])
    after = add_cents(owed, data["customers.order"][k] or 0)
    state = "over" if after > limit else "ok"
    if state == "ok" and after > 0 and after >= round_cents(limit * data["alert"]):
        state = "watch"
    columns["owed"][k] = owed
    columns["after"][k] = after
    columns["free"][k] = add_cents(limit, -after)
    columns["used"][k] = round_cents(after / limit, 6) if limit else None
    columns["state"][k] = state

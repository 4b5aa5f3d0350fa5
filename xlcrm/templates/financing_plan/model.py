"""The workbook on investment and financing: its data, and what they lead to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any

from xlcrm.budget.cashflows import internal_rate, payback, present_value
from xlcrm.budget.financing_choice import straight_charges
from xlcrm.budget.financing_plan import financing_plan
from xlcrm.budget.loans import loan_schedule
from xlcrm.budget.rounding import add_cents, round_cents
from xlcrm.texts import Text

YEARS, ASSETS, LOANS = 5, 5, 3
Data = Mapping[str, Any]
Row = list[float]


def _filled(values: list[Any], size: int) -> list[Any]:
    return values + [None] * (size - len(values))


EXAMPLE: dict[str, Any] = {
    "horizon": 5,
    "tax_rate": 0.25,
    "need_days": 42,
    "sales_before": 320000,
    "ebitda_before": [20000] * YEARS,
    "opening_cash": 18000,
    "minimum_cash": 10000,
    "assets.label": _filled(
        [
            Text("Agencement de la boutique", "Shop fittings"),
            Text("Véhicule utilitaire", "Van"),
            Text("Logiciel de caisse", "Till software"),
        ],
        ASSETS,
    ),
    "assets.amount": _filled([72000, 28000, 9000], ASSETS),
    "assets.year": _filled([1, 1, 3], ASSETS),
    "assets.life": _filled([8, 5, 3], ASSETS),
    "sales": [380000, 415000, 440000, 455000, 470000],
    "variable": [0.54, 0.535, 0.53, 0.53, 0.53],
    "fixed": [138000, 146000, 152000, 156000, 160000],
    "loans.label": _filled(
        [Text("Prêt bancaire", "Bank loan"), Text("Prêt d'honneur", "Honour loan")], LOANS
    ),
    "loans.amount": _filled([70000, 10000], LOANS),
    "loans.year": _filled([1, 1], LOANS),
    "loans.rate": _filled([0.043, 0], LOANS),
    "loans.years": _filled([5, 4], LOANS),
    "loans.mode": ["level", "principal", "level"],
    "capital": [10000, 0, 0, 0, 0],
    "grants": [5000, 0, 0, 0, 0],
    "disposals": [0, 0, 0, 0, 0],
    "dividends": [0, 5000, 8000, 8000, 10000],
    "discount_rate": 0.08,
    "residual": 15000,
}
EXERCISE: dict[str, Any] = EXAMPLE | {
    "horizon": 5,
    "sales_before": 0,
    "ebitda_before": [0] * YEARS,
    "assets.label": _filled([Text("Machine", "Machine")], ASSETS),
    "assets.amount": _filled([120000], ASSETS),
    "assets.year": _filled([1], ASSETS),
    "assets.life": _filled([5], ASSETS),
    "sales": [150000, 180000, 180000, 175000, 160000],
    "variable": [0.45] * YEARS,
    "fixed": [30000, 32000, 32000, 32000, 32000],
    "loans.label": _filled([Text("Emprunt", "Loan")], LOANS),
    "loans.amount": _filled([80000], LOANS),
    "loans.year": _filled([1], LOANS),
    "loans.rate": _filled([0.05], LOANS),
    "loans.years": _filled([4], LOANS),
    "loans.mode": ["level"] * LOANS,
    "capital": [30000, 0, 0, 0, 0],
    "grants": [0] * YEARS,
    "dividends": [0, 0, 10000, 10000, 10000],
    "residual": 10000,
}
EMPTY: dict[str, Any] = {
    key: [None] * len(v) if isinstance(v, list) else None for key, v in EXAMPLE.items()
} | {"horizon": 5, "loans.mode": ["level"] * LOANS}


def compute_plan(data: Data) -> dict[str, Any]:
    """Every computed cell of the workbook, by key; data must be sound.

    >>> compute_plan(EXERCISE)["plan.closing"]
    [14314.05, 45271.09, 69484.51, 91962.98, 131712.98]
    """
    if data["tax_rate"] is None:
        return {}
    values = _assets(data) | _loans(data)
    values |= _operations(data, values)
    values |= _plan(data, values)
    return values | _yield(data, values)


def _within(data: Data, year: int) -> bool:
    return year <= data["horizon"]


def _years(data: Data, row: Sequence[float]) -> Row:
    """A row cut at the horizon: 0 beyond."""
    return [value if _within(data, k) else 0.0 for k, value in enumerate(row, 1)]


def _by_year(data: Data, name: str) -> Row:
    """The amounts of assets or loans, by the year in which they come."""
    found = list(zip(data[f"{name}.year"], data[f"{name}.amount"], strict=True))
    return _years(
        data, [add_cents(*(a for y, a in found if y == year)) for year in range(1, YEARS + 1)]
    )


def _assets(data: Data) -> dict[str, Any]:
    charged = [0.0] * YEARS
    for k, amount in enumerate(data["assets.amount"]):
        if amount is None:
            continue
        first = data["assets.year"][k]
        for offset, charge in enumerate(straight_charges(amount, data["assets.life"][k])):
            if first + offset <= YEARS:
                year = first + offset - 1
                charged[year] = add_cents(charged[year], charge)
    return {"op.invest": _by_year(data, "assets"), "op.charge": _years(data, charged)}


def _loans(data: Data) -> dict[str, Any]:
    interest, repaid = [0.0] * YEARS, [0.0] * YEARS
    for k, amount in enumerate(data["loans.amount"]):
        if amount is None:
            continue
        first = data["loans.year"][k]
        lines = loan_schedule(
            amount, data["loans.rate"][k], data["loans.years"][k], "1", data["loans.mode"][k]
        )
        for line in lines[: YEARS - first + 1]:
            year = first + line.number - 2
            interest[year] = add_cents(interest[year], line.interest)
            repaid[year] = add_cents(repaid[year], line.principal)
    return {
        "loans.received": _by_year(data, "loans"),
        "loans.interest": _years(data, interest),
        "loans.repaid": _years(data, repaid),
    }


def _operations(data: Data, values: Mapping[str, Any]) -> dict[str, Any]:
    names = ("sales", "variable", "ebitda", "profit", "tax", "caf", "need", "change")
    rows: dict[str, Row] = {name: [] for name in names}
    before = round_cents((data["sales_before"] or 0) * data["need_days"] / 360)
    for k in range(YEARS):
        inside = _within(data, k + 1)
        sales = round_cents(data["sales"][k]) if inside else 0.0
        variable = round_cents(sales * (data["variable"][k] or 0))
        fixed = round_cents(data["fixed"][k] or 0) if inside else 0.0
        ebitda = add_cents(sales, -variable, -fixed)
        profit = add_cents(ebitda, -values["op.charge"][k], -values["loans.interest"][k])
        tax = round_cents(max(0.0, profit) * data["tax_rate"])
        caf = add_cents(ebitda, -values["loans.interest"][k], -tax)
        need = round_cents(sales * data["need_days"] / 360)
        change = add_cents(need, -before) if inside else 0.0
        row = (sales, variable, ebitda, profit, tax, caf, need, change)
        for name, value in zip(names, row, strict=True):
            rows[name].append(value)
        before = need
    return {f"op.{name}": row for name, row in rows.items()}


def _plan(data: Data, values: Mapping[str, Any]) -> dict[str, Any]:
    given = {
        name: _years(data, [round_cents(v or 0) for v in data[name]])
        for name in ("capital", "grants", "disposals", "dividends")
    }
    needs = [values["op.invest"], values["op.change"], values["loans.repaid"], given["dividends"]]
    resources = [
        values["op.caf"], given["disposals"], given["capital"], given["grants"],
        values["loans.received"],
    ]  # fmt: skip
    years = financing_plan(needs, resources, data["opening_cash"] or 0)
    rows = list(zip(*years, strict=True))
    names = ("needs", "resources", "gap", "opening", "closing")
    plan = {f"plan.{name}": _years(data, list(row)) for name, row in zip(names, rows, strict=True)}
    low = min(plan["plan.closing"][: data["horizon"]])
    return plan | {"low": low, "short": max(0.0, add_cents(data["minimum_cash"] or 0, -low))}


def _yield(data: Data, values: Mapping[str, Any]) -> dict[str, Any]:
    last = data["horizon"]
    start = round_cents((data["sales_before"] or 0) * data["need_days"] / 360)
    caf, out, back = ([0.0] * (YEARS + 1) for _ in range(3))
    for year in range(last + 1):
        if year:
            ebitda, charge = values["op.ebitda"][year - 1], values["op.charge"][year - 1]
            before = round_cents(data["ebitda_before"][year - 1] or 0)
            tax_before = round_cents(max(0.0, before) * data["tax_rate"])
            tax = round_cents(max(0.0, add_cents(ebitda, -charge)) * data["tax_rate"])
            caf[year] = add_cents(ebitda, -tax, -before, tax_before)
        if year < last:
            out[year] = -add_cents(values["op.invest"][year], values["op.change"][year]) + 0.0
    residual = round_cents(data["residual"] or 0)
    book = add_cents(*values["op.invest"], *(-c for c in values["op.charge"]))
    tax = round_cents(add_cents(residual, -book) * data["tax_rate"]) if residual else 0.0
    back[last] = add_cents(residual, -tax, values["op.need"][last - 1], -start)
    flow = [add_cents(*parts) for parts in zip(caf, out, back, strict=True)]
    total = [add_cents(*flow[: k + 1]) for k in range(YEARS + 1)]
    rate = internal_rate(flow) if _changes(flow) == 1 else None
    npv = round_cents(present_value(flow, data["discount_rate"]))
    return {
        "yield.caf": caf,
        "yield.out": out,
        "yield.back": back,
        "yield.flow": flow,
        "yield.total": total,
        "npv": npv,
        "irr": None if rate is None else round_cents(rate, 6),
        "payback": payback(flow) if flow[0] < 0 else None,
        "index": round_cents(1 - npv / flow[0], 4) if flow[0] < 0 else None,
    }


def _changes(flow: Sequence[float]) -> int:
    signs = [0]
    for value in flow:
        signs.append((value > 0) - (value < 0) or signs[-1])
    return sum(a != b for a, b in pairwise(signs[1:]))

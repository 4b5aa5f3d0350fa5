"""The workbook on working capital: its data, and what they lead to."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from xlcrm.budget.rounding import add_cents, round_cents
from xlcrm.budget.working_capital import customer_days, stock_days, stock_turns, supplier_days
from xlcrm.texts import Text

ITEMS, YEARS = 12, 2
Data = Mapping[str, Any]
STABLE = ("equity", "depreciation", "long_debt")
NEEDS = ("stocks", "receivables", "other_receivables")
OFF_SHEET = "discounted"  # bills that the bank has paid already: a need, and owed to the bank
PAYABLES = ("suppliers", "tax_social", "other_payables")


def _filled(values: list[Any], size: int) -> list[Any]:
    return values + [None] * (size - len(values))


EXAMPLE: dict[str, Any] = {
    "sheet.equity": [180000, 205000],
    "sheet.depreciation": [60000, 78000],
    "sheet.long_debt": [90000, 120000],
    "sheet.fixed_assets": [240000, 310000],
    "sheet.stocks": [62000, 71000],
    "sheet.receivables": [84000, 102000],
    "sheet.other_receivables": [9000, 11000],
    "sheet.suppliers": [58000, 66000],
    "sheet.tax_social": [27000, 31000],
    "sheet.other_payables": [4000, 6000],
    "sheet.cash": [24000, 20000],
    "sheet.overdraft": [0, 8000],
    "sheet.discounted": [6000, 8000],
    "base": "360",
    "flows.sales": [610000, 690000],
    "flows.sales_vat": [732000, 828000],
    "flows.purchases": [360000, 414000],
    "flows.cost": [305000, 352000],
    "flows.opening_stock": [58000, 62000],
    "flows.closing_stock": [62000, 71000],
    "turnover": 690000,
    "expected": 760000,
    "items.label": _filled(
        [
            Text("Stock de marchandises", "Stock of goods"),
            Text("Clients", "Customers"),
            Text("TVA déductible", "Deductible VAT"),
            Text("Fournisseurs", "Suppliers"),
            Text("TVA collectée", "Collected VAT"),
            Text("Personnel", "Wages"),
            Text("Organismes sociaux", "Social charges"),
            Text("Loyers d'avance", "Rents in advance"),
        ],
        ITEMS,
    ),
    "items.side": _filled(
        ["need", "need", "need", "resource", "resource", "resource", "resource", "need"], ITEMS
    ),
    "items.nature": _filled(
        ["variable", "variable", "variable", "variable", "variable", "fixed", "fixed", "fixed"],
        ITEMS,
    ),
    "items.time": _filled([66, 45, 40, 52, 40, 15, 30, 45], ITEMS),
    "items.amount": _filled([352000, 828000, 69000, 414000, 138000, 96000, 62000, 36000], ITEMS),
}
# Application Pentrez (published on scribd.com, 633146067): 47.77 days of sales.
EXERCISE: dict[str, Any] = EXAMPLE | {
    "turnover": 450000,
    "expected": 500000,
    "items.label": _filled(
        [
            Text("Stock de matières premières", "Stock of raw materials"),
            Text("Stock de produits finis", "Stock of finished goods"),
            Text("En-cours de production", "Work in progress"),
            Text("TVA déductible", "Deductible VAT"),
            Text("Clients", "Customers"),
            Text("Fournisseurs de matières", "Suppliers of materials"),
            Text("Fournisseurs d'autres charges", "Other suppliers"),
            Text("TVA collectée", "Collected VAT"),
        ],
        ITEMS,
    ),
    "items.side": _filled(["need"] * 5 + ["resource"] * 3, ITEMS),
    "items.nature": _filled(["variable"] * 8, ITEMS),
    "items.time": _filled([45, 30, 15, 40, 30, 45, 30, 40], ITEMS),
    "items.amount": _filled([150000, 302000, 151000, 42000, 540000, 180000, 92000, 90000], ITEMS),
}
EMPTY: dict[str, Any] = {
    key: [None] * len(v) if isinstance(v, list) else None for key, v in EXAMPLE.items()
} | {"base": "360"}


def compute_working_capital(data: Data) -> dict[str, Any]:
    """Every computed cell of the workbook, by key; data must be sound.

    >>> round(compute_working_capital(EXERCISE)["need_in_days"], 2)
    47.77
    """
    if data["turnover"] is None:
        return {}
    base = float(data["base"])
    return _sheet(data, base) | _rotations(data, base) | _normative(data, base)


def _sheet(data: Data, base: float) -> dict[str, Any]:
    rows: dict[str, list[Any]] = {
        name: [] for name in ("stable", "capital", "gross", "owed", "need", "cash_net", "check")
    }
    for year in range(YEARS):

        def total(names: tuple[str, ...], year: int = year) -> float:
            return add_cents(*(data[f"sheet.{name}"][year] or 0 for name in names))

        stable, gross, owed = total(STABLE), total((*NEEDS, OFF_SHEET)), total(PAYABLES)
        capital = add_cents(stable, -(data["sheet.fixed_assets"][year] or 0))
        need = add_cents(gross, -owed)
        for name, value in zip(
            rows,
            (
                stable,
                capital,
                gross,
                owed,
                need,
                add_cents(capital, -need),
                add_cents(total(("cash",)), -total(("overdraft", OFF_SHEET))),
            ),
            strict=True,
        ):
            rows[name].append(value)
    values: dict[str, Any] = {f"sheet.{name}": row for name, row in rows.items()}
    for name in ("capital", "need", "cash_net"):
        before, after = rows[name]
        values[f"change.{name}"] = add_cents(after, -before)
    return values


def _rotations(data: Data, base: float) -> dict[str, Any]:
    names = ("dso", "dpo", "dio", "turns", "cycle", "need_days")
    rows: dict[str, list[Any]] = {name: [] for name in names}
    for year in range(YEARS):
        stocks = [data[f"flows.{n}"][year] or 0 for n in ("opening_stock", "closing_stock")]
        owed = add_cents(data["sheet.receivables"][year] or 0, data["sheet.discounted"][year] or 0)
        dso = customer_days(owed, data["flows.sales_vat"][year], base)
        dpo = supplier_days(data["sheet.suppliers"][year] or 0, data["flows.purchases"][year], base)
        cost = data["flows.cost"][year]
        average = add_cents(*stocks) / 2
        dio = stock_days(average, cost, base)
        turns = stock_turns(cost, average, average)
        days = [dio, dso, dpo]
        cycle = None if None in days else round_cents((dio or 0) + (dso or 0) - (dpo or 0))
        need = _sheet(data, base)["sheet.need"][year]
        sales = data["flows.sales"][year]
        row = (dso, dpo, dio, turns, cycle, round_cents(need * base / sales))
        for name, value in zip(names, row, strict=True):
            rows[name].append(value)
    return {f"rotations.{name}": row for name, row in rows.items()}


def _normative(data: Data, base: float) -> dict[str, Any]:
    turnover = data["turnover"]
    columns: dict[str, list[Any]] = {
        name: [None] * ITEMS for name in ("coefficient", "need", "resource")
    }
    variable = fixed = 0.0
    for k, time in enumerate(data["items.time"]):
        if time is None:
            continue
        coefficient = data["items.amount"][k] / turnover
        days = time * coefficient
        is_need = data["items.side"][k] == "need"
        columns["coefficient"][k] = coefficient
        columns["need"][k] = days if is_need else 0.0
        columns["resource"][k] = 0.0 if is_need else days
        if data["items.nature"][k] == "variable":
            variable += days if is_need else -days
        else:
            fixed += days if is_need else -days
    needs = sum(v for v in columns["need"] if v is not None)
    resources = sum(v for v in columns["resource"] if v is not None)
    fixed_euros = round_cents(fixed * turnover / base)
    euros = round_cents((needs - resources) * turnover / base)
    expected = add_cents(round_cents(variable * data["expected"] / base), fixed_euros)
    return {f"items.{name}": column for name, column in columns.items()} | {
        "needs": needs,
        "resources": resources,
        "need_in_days": needs - resources,
        "need_in_euros": euros,
        "variable_days": variable,
        "fixed_euros": fixed_euros,
        "expected_need": expected,
        "expected_change": add_cents(expected, -euros),
    }

"""The small workbooks, and random data for each: the same for the same seed."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from types import ModuleType
from typing import Any

from test_loans_book import random_loans

from xlcrm.templates.break_even import book as break_even_book
from xlcrm.templates.break_even import model as break_even
from xlcrm.templates.customer_risk import book as risk_book
from xlcrm.templates.customer_risk import model as risk
from xlcrm.templates.financing_plan import book as plan_book
from xlcrm.templates.financing_plan import model as plan
from xlcrm.templates.loans import book as loans_book
from xlcrm.templates.loans import model as loans
from xlcrm.templates.placements import book as placements_book
from xlcrm.templates.placements import model as placements
from xlcrm.templates.short_credit import book as credit_book
from xlcrm.templates.short_credit import model as credit
from xlcrm.templates.working_capital import book as capital_book
from xlcrm.templates.working_capital import model as capital


@dataclass(frozen=True)
class SmallBook:
    """How to build a workbook, its model, and random data for it."""

    name: str
    build: Callable[..., Any]
    model: ModuleType
    compute: Callable[..., dict[str, Any]]
    random: Callable[[int], dict[str, Any]]


def _amount(rng: random.Random, most: int) -> float:
    """Round figures, cents, and halves of a cent."""
    kind = rng.random()
    if kind < 0.3:
        return float(rng.randrange(1, most))
    if kind < 0.5:
        return rng.randrange(200, most * 20) / 20 + 0.025
    return rng.randrange(100, most * 100) / 100


def _rate(rng: random.Random, most: float = 0.15) -> float:
    return rng.choice([0.0, 0.01, 0.05, round(rng.uniform(0, most), 4)])


def _column(size: int, used: int, draw: Callable[[int], Any]) -> list[Any]:
    return [draw(k) if k < used else None for k in range(size)]


def _day(rng: random.Random, first: date, days: int) -> date:
    return first + timedelta(days=rng.randrange(days))


def random_credit(seed: int) -> dict[str, Any]:
    rng = random.Random(seed)
    start = _day(rng, date(2026, 1, 1), 700)
    bills, invoices = rng.randrange(1, 13), rng.randrange(17)
    closing = date(2027, rng.choice([3, 6, 9, 12]), 30)
    moves = sorted(
        _day(rng, closing - timedelta(days=110), 111) for _ in range(rng.randrange(1, 17))
    )
    rates = rng.randrange(1, 5)
    before = rng.choice([None, moves[0], moves[0] - timedelta(days=rng.randrange(1, 60))])
    return {
        "slip_date": start,
        "discount_rate": _rate(rng),
        "endorsement_rate": rng.choice([None, 0, 0.006]),
        "bill_fee": rng.choice([None, 0, 4.8, 3.455]),
        "slip_fee": rng.choice([None, 0, 8.5]),
        "vat_rate": rng.choice([0.2, 0.196, 0.055, 0]),
        "bank_days": rng.choice([0, 1, 2]),
        "least_days": rng.choice([None, 0, 5, 10]),
        "discount_base": rng.choice(["360", "365"]),
        "bills.drawee": _column(credit.BILLS, bills, lambda k: f"T{k}"),
        "bills.nominal": _column(credit.BILLS, bills, lambda k: _amount(rng, 60000)),
        "bills.due": _column(credit.BILLS, bills, lambda k: _day(rng, start, 120)),
        "opening": rng.choice([0, -_amount(rng, 9000), _amount(rng, 9000)]),
        "start_date": before,
        "closing_date": closing,
        "overdraft_rate": _rate(rng, 0.2),
        "overdraft_base": rng.choice(["360", "365"]),
        "fee_rate": rng.choice([None, 0, 0.0005]),
        "fee_cap": rng.choice([None, 0.5, 1]),
        "movement_rate": rng.choice([None, 0, 0.00025]),
        "account_fee": rng.choice([None, 0, 25.5]),
        "account_vat": rng.choice([None, 0.2, 0.055]),
        "scale.day": _column(credit.MOVEMENTS, len(moves), lambda k: moves[k]),
        "scale.label": [None] * credit.MOVEMENTS,
        "scale.debit": _column(
            credit.MOVEMENTS, len(moves), lambda k: rng.choice([None, _amount(rng, 20000)])
        ),
        "scale.credit": _column(
            credit.MOVEMENTS, len(moves), lambda k: rng.choice([None, _amount(rng, 20000)])
        ),
        "turnover": _amount(rng, 900000),
        "customer_days": rng.randrange(0, 120),
        "commission_rate": _rate(rng, 0.02),
        "guarantee": rng.choice([0, 0.1, 0.15]),
        "financing_rate": _rate(rng, 0.08),
        "usage": rng.choice([0, 0.7, 1]),
        "factoring_fees": rng.choice([None, 600]),
        "factoring_base": rng.choice(["360", "365"]),
        "need": _amount(rng, 90000),
        "need_days": rng.randrange(1, 300),
        "need_bills": rng.randrange(1, 9),
        "partners_rate": _rate(rng),
        "until": _day(rng, date(2027, 1, 1), 300),
        "indemnity": rng.choice([None, 0, 40]),
        "penalty_base": rng.choice(["360", "365"]),
        "rates.start": _column(
            credit.RATES, rates, lambda k: date(2024, 1, 1) + timedelta(days=320 * k)
        ),
        "rates.rate": _column(credit.RATES, rates, lambda k: _rate(rng)),
        "invoices.customer": [None] * credit.INVOICES,
        "invoices.amount": _column(credit.INVOICES, invoices, lambda k: _amount(rng, 30000)),
        "invoices.due": _column(
            credit.INVOICES, invoices, lambda k: _day(rng, date(2025, 1, 1), 900)
        ),
        "invoices.paid": _column(
            credit.INVOICES,
            invoices,
            lambda k: rng.choice([None, _day(rng, date(2025, 1, 1), 1200)]),
        ),
    }


def random_placements(seed: int) -> dict[str, Any]:
    rng = random.Random(seed)
    offers, used = rng.randrange(1, 7), rng.randrange(13)
    deposits = [rng.random() < 0.6 for _ in range(placements.OPERATIONS)]
    year = rng.randrange(2024, 2031)
    return {
        "amount": _amount(rng, 200000),
        "offers.name": _column(placements.OFFERS, offers, lambda k: f"P{k}x"),
        "offers.rate": _column(placements.OFFERS, offers, lambda k: _rate(rng)),
        "offers.months": _column(placements.OFFERS, offers, lambda k: rng.randrange(1, 121)),
        "offers.method": [rng.choice(["simple", "compound"]) for _ in range(placements.OFFERS)],
        "offers.entry": _column(
            placements.OFFERS, offers, lambda k: rng.choice([None, 0, 0.01, 0.0245])
        ),
        "offers.exit": _column(placements.OFFERS, offers, lambda k: rng.choice([None, 0, 0.005])),
        "offers.fixed": _column(placements.OFFERS, offers, lambda k: rng.choice([None, 0, 33.3])),
        "offers.tax": _column(
            placements.OFFERS, offers, lambda k: rng.choice([None, 0.25, 0.3, 0.172])
        ),
        "year": year,
        "savings_rate": _rate(rng, 0.06),
        "balance": rng.choice([None, 0, _amount(rng, 20000)]),
        "operations.day": _column(
            placements.OPERATIONS, used, lambda k: _day(rng, date(year, 1, 1), 365)
        ),
        "operations.deposit": _column(
            placements.OPERATIONS, used, lambda k: _amount(rng, 9000) if deposits[k] else None
        ),
        "operations.withdrawal": _column(
            placements.OPERATIONS, used, lambda k: None if deposits[k] else _amount(rng, 9000)
        ),
        "capital": _amount(rng, 90000),
        "growth_rate": _rate(rng),
        "years": rng.randrange(1, 21),
    }


def random_break_even(seed: int) -> dict[str, Any]:
    rng = random.Random(seed)
    costs, cases = rng.randrange(1, 13), rng.randrange(5)
    months = [rng.choice([0.0, _amount(rng, 60000), _amount(rng, 60000)]) for _ in range(12)]
    months[rng.randrange(12)] += 1000
    sales = round(sum(round(month + 1e-9, 2) for month in months), 2)
    most = max(2, int(sales * rng.choice([0.5, 1, 2]) / costs))

    def change() -> float | None:
        return rng.choice([None, 0.0, 0.1, -0.05, round(rng.uniform(-0.4, 0.6), 3)])

    return {
        "sales": sales,
        "costs.label": _column(break_even.COSTS, costs, lambda k: f"C{k}x"),
        "costs.amount": _column(break_even.COSTS, costs, lambda k: _amount(rng, most)),
        "costs.variable": _column(
            break_even.COSTS, costs, lambda k: rng.choice([0, 1, 1, 0.25, 0.333])
        ),
        "days": rng.choice([360, 365, 330, 300]),
        "start": date(2027, rng.randrange(1, 13), rng.choice([1, 1, 1, 15, 28])),
        "target": rng.choice([None, 0, _amount(rng, 50000)]),
        "months.sales": months,
        "cases.label": _column(break_even.CASES, cases, lambda k: f"D{k}x"),
        "cases.price": _column(break_even.CASES, cases, lambda k: change()),
        "cases.volume": _column(break_even.CASES, cases, lambda k: change()),
        "cases.unit_cost": _column(break_even.CASES, cases, lambda k: change()),
        "cases.fixed": _column(
            break_even.CASES, cases, lambda k: rng.choice([None, 0, 2500, -1200.5])
        ),
    }


def random_capital(seed: int) -> dict[str, Any]:
    rng = random.Random(seed)
    names = ("depreciation", "long_debt", "fixed_assets", "stocks", "receivables", "suppliers",
             "other_receivables", "tax_social", "other_payables", "cash", "overdraft")  # fmt: skip
    data: dict[str, Any] = {
        f"sheet.{n}": [round(_amount(rng, 200000) + 1e-9, 2) for _ in range(2)] for n in names
    }
    owns = ("fixed_assets", "stocks", "receivables", "other_receivables", "cash")
    owes = ("depreciation", "long_debt", "suppliers", "tax_social", "other_payables", "overdraft")
    data["sheet.equity"] = [
        round(
            sum(data[f"sheet.{n}"][k] for n in owns) - sum(data[f"sheet.{n}"][k] for n in owes), 2
        )
        for k in range(2)
    ]
    for name in ("sales", "sales_vat", "purchases", "cost", "opening_stock", "closing_stock"):
        data[f"flows.{name}"] = [_amount(rng, 900000) for _ in range(2)]
    used = rng.randrange(1, 13)
    return data | {
        "sheet.discounted": [rng.choice([None, 0, 5000]) for _ in range(2)],
        "base": rng.choice(["360", "365"]),
        "turnover": _amount(rng, 900000),
        "expected": _amount(rng, 900000),
        "items.label": _column(capital.ITEMS, used, lambda k: f"P{k}x"),
        "items.side": [rng.choice(["need", "resource"]) for _ in range(capital.ITEMS)],
        "items.nature": [rng.choice(["variable", "fixed"]) for _ in range(capital.ITEMS)],
        "items.time": _column(capital.ITEMS, used, lambda k: rng.randrange(120)),
        "items.amount": _column(capital.ITEMS, used, lambda k: _amount(rng, 900000)),
    }


def random_plan(seed: int) -> dict[str, Any]:
    rng = random.Random(seed)
    horizon = rng.randrange(3, 6)
    assets, borrowed = rng.randrange(1, 6), rng.randrange(4)
    first = rng.choice([30000, 90000])
    before = rng.choice([None, 0, _amount(rng, 300000)])

    def years(draw: Callable[[], Any]) -> list[Any]:
        return [draw() for _ in range(plan.YEARS)]

    return {
        "horizon": horizon,
        "tax_rate": rng.choice([0, 0.15, 0.25]),
        "need_days": rng.choice([0, 30, 42, 61.5]),
        "sales_before": before,
        "ebitda_before": [
            rng.choice([0, _amount(rng, 60000), -_amount(rng, 9000)]) for _ in range(5)
        ],
        "opening_cash": rng.choice([None, 0, -1500.5, _amount(rng, 30000)]),
        "minimum_cash": rng.choice([None, 0, 10000]),
        "assets.label": _column(plan.ASSETS, assets, lambda k: f"I{k}x"),
        "assets.amount": _column(plan.ASSETS, assets, lambda k: _amount(rng, first) + 5000),
        "assets.year": _column(
            plan.ASSETS, assets, lambda k: rng.choice([1, 1, rng.randrange(1, horizon + 1)])
        ),
        "assets.life": _column(plan.ASSETS, assets, lambda k: rng.randrange(1, 11)),
        "sales": [(before or 0) + _amount(rng, 400000), *years(lambda: _amount(rng, 400000))[1:]],
        "variable": years(lambda: rng.choice([None, 0.4, 0.535, round(rng.random(), 3)])),
        "fixed": years(lambda: rng.choice([None, _amount(rng, 120000)])),
        "loans.label": _column(plan.LOANS, borrowed, lambda k: f"E{k}x"),
        "loans.amount": _column(plan.LOANS, borrowed, lambda k: _amount(rng, 80000) + 100),
        "loans.year": _column(plan.LOANS, borrowed, lambda k: rng.randrange(1, horizon + 1)),
        "loans.rate": _column(plan.LOANS, borrowed, lambda k: _rate(rng)),
        "loans.years": _column(plan.LOANS, borrowed, lambda k: rng.randrange(1, 9)),
        "loans.mode": [rng.choice(["level", "principal", "bullet"]) for _ in range(plan.LOANS)],
        "capital": years(lambda: rng.choice([None, 0, 20000])),
        "grants": years(lambda: rng.choice([None, 0, 5000.55])),
        "disposals": years(lambda: rng.choice([None, 0, 1234.5])),
        "dividends": years(lambda: rng.choice([None, 0, 8000])),
        "discount_rate": rng.choice([0, 0.05, 0.08, 0.12]),
        "residual": rng.choice([None, 0, 15000]),
    }


def random_risk(seed: int) -> dict[str, Any]:
    rng = random.Random(seed)
    firms, customers, invoices = rng.randrange(5), rng.randrange(1, 13), rng.randrange(41)
    data: dict[str, Any] = {"firms.name": _column(risk.FIRMS, firms, lambda k: f"F{k}x")}
    for name in (*risk.ITEMS, *risk.SCORED):
        data[f"firms.{name}"] = _column(
            risk.FIRMS, firms, lambda k: round(_amount(rng, 300000) + 1e-9, 2)
        )
    for k in range(firms):
        data["firms.equity"][k] = rng.choice([1, 1, -1]) * data["firms.equity"][k]
        data["firms.total"][k] = max(
            1.0, sum(data[f"firms.{n}"][k] for n in ("equity", "long_debt", "short_debt"))
        )
        gap = data["firms.total"][k] - sum(
            data[f"firms.{n}"][k] for n in ("equity", "long_debt", "short_debt")
        )
        data["firms.long_debt"][k] = round(data["firms.long_debt"][k] + gap, 2)
        data["firms.cash_flow"][k] *= rng.choice([1, 1, -1, 0])
    names = [f"Client {k}" for k in range(customers)]
    data |= {key: value for key, value in risk.EXAMPLE.items() if key.startswith("reference.")}
    return data | {
        "as_of": date(2027, 3, 31),
        "bounds": rng.choice([[30, 60, 90], [15, 45, 75], [1, 2, 3]]),
        "vat_rate": rng.choice([0.2, 0.1, 0]),
        "allowance": [rng.choice([0, 0.05, 0.5, 1]) for _ in range(risk.BRACKETS)],
        "alert": rng.choice([0.8, 0.9, 1]),
        "customers.name": _column(risk.CUSTOMERS, customers, lambda k: names[k]),
        "customers.limit": _column(
            risk.CUSTOMERS, customers, lambda k: rng.choice([0, _amount(rng, 30000)])
        ),
        "customers.order": _column(
            risk.CUSTOMERS, customers, lambda k: rng.choice([None, 0, _amount(rng, 5000)])
        ),
        "invoices.customer": _column(risk.INVOICES, invoices, lambda k: rng.choice(names)),
        "invoices.number": [None] * risk.INVOICES,
        "invoices.due": _column(
            risk.INVOICES, invoices, lambda k: _day(rng, date(2026, 9, 1), 300)
        ),
        "invoices.amount": _column(
            risk.INVOICES, invoices, lambda k: rng.choice([1, 1, 1, -1]) * _amount(rng, 9000)
        ),
        "invoices.paid": _column(
            risk.INVOICES, invoices, lambda k: rng.choice([None, 0, _amount(rng, 1000)])
        ),
    }


BOOKS = {
    book.name: book
    for book in (
        SmallBook("loans", loans_book.build_loans, loans, loans.compute_loans, random_loans),
        SmallBook("credit", credit_book.build_credit, credit, credit.compute_credit, random_credit),
        SmallBook(
            "placements", placements_book.build_placements, placements,
            placements.compute_placements, random_placements,
        ),
        SmallBook(
            "break_even", break_even_book.build_break_even, break_even,
            break_even.compute_break_even, random_break_even,
        ),
        SmallBook(
            "working_capital", capital_book.build_working_capital, capital,
            capital.compute_working_capital, random_capital,
        ),
        SmallBook("financing_plan", plan_book.build_plan, plan, plan.compute_plan, random_plan),
        SmallBook("customer_risk", risk_book.build_risk, risk, risk.compute_risk, random_risk),
    )
}  # fmt: skip

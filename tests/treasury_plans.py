"""Random treasury budgets, the same for the same seed."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date

from xlcrm.budget.months import Row
from xlcrm.budget.plan import CurrencyFlow, Due, Funding, Line, NewLoan, Opening, Plan
from xlcrm.budget.scenarios import DELAYS, Scenario

RATES = (0.2, 0.1, 0.055, 0.021, 0.0)
SPLITS = (
    (1.0, 0.0, 0.0, 0.0, 0.0),
    (0.3, 0.5, 0.2, 0.0, 0.0),
    (0.4, 0.6, 0.0, 0.0, 0.0),
    (0.0, 1.0, 0.0, 0.0, 0.0),
    (0.0, 0.0, 1.0, 0.0, 0.0),
    (0.25, 0.25, 0.25, 0.125, 0.125),
    (0.3333, 0.3333, 0.3334, 0.0, 0.0),
    (0.0, 0.15, 0.35, 0.35, 0.15),
)


def amount(rng: random.Random, most: float) -> float:
    """Round figures, cents, and amounts whose VAT falls on half a cent."""
    kind = rng.random()
    if kind < 0.15:
        return 0.0
    if kind < 0.4:
        return float(rng.randrange(int(most)))
    if kind < 0.6:
        return rng.randrange(int(most * 20)) / 20 + 0.025
    return round(rng.uniform(0, most), 2)


def row(rng: random.Random, n: int, most: float, likely: float = 1.0) -> Row:
    return tuple(amount(rng, most) if rng.random() < likely else 0.0 for _ in range(n))


def line(rng: random.Random, n: int, label: str, most: float) -> Line:
    return Line(
        label=label,
        vat_rate=rng.choice(RATES),
        on_payment=rng.random() < 0.4,
        shares=rng.choice(SPLITS),
        amounts=row(rng, n, most),
    )


def due(rng: random.Random, n: int, most: float, likely: float = 0.6) -> Due:
    months = row(rng, n, most, likely)
    months = tuple(round(amount + 1e-9, 2) for amount in months)
    later = amount(rng, most) if rng.random() < 0.3 else 0.0
    later = round(later + 1e-9, 2)
    return Due(round(sum(months) + later, 2), months, later)


def opening(rng: random.Random, n: int) -> Opening:
    on_credit = rng.random() < 0.4
    drawn = rng.random() < 0.3
    items = {
        "fixed_assets": amount(rng, 90000),
        "stock": amount(rng, 30000),
        "receivables": due(rng, n, 15000),
        "other_receivables": due(rng, n, 900, 0.2),
        "vat_credit": amount(rng, 4000) if on_credit else 0.0,
        "cash": 0.0 if drawn else amount(rng, 30000),
        "loans": amount(rng, 30000),
        "partners": amount(rng, 9000),
        "payables": due(rng, n, 12000),
        "asset_payables": due(rng, n, 3000, 0.2),
        "social": due(rng, n, 5000, 0.3),
        "taxes": due(rng, n, 1500, 0.2),
        "other_debts": due(rng, n, 900, 0.2),
        "vat_due": 0.0 if on_credit else amount(rng, 5000),
        "overdraft": amount(rng, 15000) if drawn else 0.0,
        "receivables_vat_rate": rng.choice((0.0, 0.2)),
        "payables_vat_rate": rng.choice((0.0, 0.2, 0.055)),
    }
    items = {k: round(v + 1e-9, 2) if isinstance(v, float) and "rate" not in k else v
             for k, v in items.items()}  # fmt: skip
    balances = {k: v.balance if isinstance(v, Due) else v for k, v in items.items()}
    owned = ("fixed_assets", "stock", "receivables", "other_receivables", "vat_credit", "cash")
    owed = ("loans", "partners", "payables", "asset_payables", "social", "taxes", "other_debts",
            "vat_due", "overdraft")  # fmt: skip
    equity = sum(balances[k] for k in owned) - sum(balances[k] for k in owed)
    return Opening(**items, equity=round(equity, 2))


def funding(rng: random.Random, n: int) -> Funding:
    repay = rng.choice(("none", "none", "asap", "month"))
    return Funding(
        minimum=rng.choice((0.0, 0.0, 1000.0, 5000.0)),
        limit=rng.choice((0.0, 5000.0, 20000.0)),
        order=rng.choice(("partners", "overdraft", "capped")),
        partners_most=rng.choice((0.0, 8000.0, 1e9)),
        partners_step=rng.choice((0.0, 0.0, 1000.0, 250.0)),
        partners_rate=rng.choice((0.0, 0.0512, 0.24)),
        partners_interest=rng.choice(("next", "next", "repaid")),
        partners_repay=repay,
        partners_month=rng.randrange(1, n + 1),
        overdraft_rate=rng.choice((0.0, 0.09, 0.1155, 0.18)),
        overdraft_days=rng.random() < 0.5,
        overdraft_timing=rng.choice(("next", "next", "next", "same")),
        commission_rate=rng.choice((0.0, 0.0005, 0.0125)),
        commission_cap=rng.choice((0.0, 0.5, 1.0)),
    )


def loan(rng: random.Random, n: int) -> NewLoan:
    if rng.random() < 0.5:
        return NewLoan()
    return NewLoan(
        amount=round(rng.uniform(100, 40000), 2),
        month=rng.randrange(1, n + 1),
        rate=rng.choice((0.0, 0.042, 0.15466, 0.05)),
        count=rng.choice((1, 2, 3, 5, 24, 60)),
        mode=rng.choice(("level", "principal", "bullet")),
        conversion=rng.choice(("proportional", "actuarial")),
        fees=rng.choice((0.0, 150.0)),
    )


def currency(rng: random.Random, n: int, label: str) -> CurrencyFlow:
    return CurrencyFlow(
        label=label,
        inflow=rng.random() < 0.5,
        per_euro=rng.random() < 0.5,
        booked_rate=round(rng.uniform(0.5, 1.5), 4),
        amounts=row(rng, n, 5000, 0.5),
        rates=tuple(round(rng.uniform(0.5, 1.5), 4) for _ in range(n)),
    )


def random_plan(seed: int, width: int = 6) -> Plan:
    """A budget of 1 to `width` months whose opening balance sheet balances."""
    rng = random.Random(seed)
    n = rng.choice((width, width, rng.randrange(1, width + 1)))
    quarterly = rng.random() < 0.25
    plan_opening = opening(rng, n)
    return Plan(
        company="Essai",
        start=date(rng.choice((2026, 2027, 2028)), rng.randrange(1, 13), 1),
        months=n,
        sales=tuple(line(rng, n, f"V{k}", 40000) for k in range(rng.randrange(1, 5))),
        purchases=tuple(line(rng, n, f"A{k}", 12000) for k in range(rng.randrange(1, 6))),
        investments=tuple(
            Line(f"I{k}", rng.choice(RATES), False, rng.choice(SPLITS), row(rng, n, 9000, 0.3))
            for k in range(rng.randrange(0, 3))
        ),
        opening=plan_opening,
        funding=funding(rng, n),
        wages=row(rng, n, 15000),
        social_charges=row(rng, n, 7000),
        social_delay=rng.choice((0, 1, 1, 1, 2, 3)),
        tax_computed=rng.random() < 0.5,
        tax_reference=rng.choice((0.0, 3000.0, 3001.0, 12345.67)),
        tax_balance=amount(rng, 2000),
        corporate_tax=row(rng, n, 2000, 0.3),
        other_taxes=row(rng, n, 600, 0.3),
        tax_expense=amount(rng, 3000),
        quarterly=quarterly,
        vat_refunds=row(rng, n, 3000, 0.15),
        other_deductible_vat=row(rng, n, 200, 0.3),
        other_collected_vat=row(rng, n, 200, 0.3),
        loans=(loan(rng, n), loan(rng, n)),
        loan_principal=row(rng, n, 800, 0.5),
        loan_interest=row(rng, n, 90, 0.5),
        capital=row(rng, n, 20000, 0.1),
        partners_in=row(rng, n, 5000, 0.1),
        partners_out=row(rng, n, 2000, 0.1),
        dividends=row(rng, n, 4000, 0.1),
        placements_in=row(rng, n, 3000, 0.1),
        placements_out=row(rng, n, 3000, 0.1),
        disposals=row(rng, n, 3000, 0.1),
        other_receipts=row(rng, n, 1500, 0.3),
        other_payments=row(rng, n, 1500, 0.3),
        currencies=tuple(currency(rng, n, f"D{k}") for k in range(rng.randrange(0, 3))),
        depreciation=row(rng, n, 900),
        closing_stock=rng.choice((None, 0.0, 12345.67)),
    )


def random_scenario(seed: int, n: int) -> Scenario:
    rng = random.Random(seed + 7_000_000)
    return Scenario(
        label=f"S{seed}",
        loss=rng.choice((0.0, 0.0, 5000.0, 1e6)),
        loss_month=rng.randrange(0, n + 1),
        loss_share=rng.choice((0.0, 0.0, 0.1, 0.333)),
        delay=rng.choice(list(DELAYS)),
        touch_opening=rng.random() < 0.3,
        recover_vat=rng.random() < 0.3,
        order=rng.choice(("", "", "partners", "overdraft", "capped")),
        partners_most=rng.choice((None, None, 0.0, 10000.0)),
        loan=replace(loan(rng, n), mode="level", conversion="proportional"),
        discount=rng.choice((0.0, 0.0, 9000.0)),
        discount_month=rng.randrange(0, n + 1),
        discount_months=rng.randrange(0, 4),
        discount_rate=rng.choice((0.0, 0.08)),
        discount_fees=rng.choice((0.0, 25.4)),
        factor_share=rng.choice((0.0, 0.0, 0.8, 1.0)),
        factor_advance=rng.choice((0.9, 0.85)),
        factor_commission=rng.choice((0.0, 0.015)),
        factor_rate=rng.choice((0.0, 0.06)),
        partners_amount=rng.choice((0.0, 0.0, 7500.0)),
        partners_month=rng.randrange(0, n + 1),
    )

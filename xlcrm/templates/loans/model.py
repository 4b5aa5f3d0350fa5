"""The workbook on borrowing: its data, and what they lead to."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from xlcrm.budget.cashflows import internal_rate
from xlcrm.budget.financing_choice import (
    Lease,
    Purchase,
    cheaper,
    lease_rows,
    purchase_rows,
)
from xlcrm.budget.leasing import lease_rate
from xlcrm.budget.loans import loan_schedule, period_rate, periods_a_year, yearly_rate
from xlcrm.budget.rounding import add_cents, round_cents
from xlcrm.budget.terms import months_later
from xlcrm.errors import ArgumentError
from xlcrm.texts import Text

LINES, OFFERS, POINTS = 240, 4, 12
Data = Mapping[str, Any]

EXAMPLE: dict[str, Any] = {
    "amount": 48000,
    "rate": 0.042,
    "periods": 60,
    "frequency": "12",
    "mode": "level",
    "conversion": "proportional",
    "deferred": 0,
    "deferral": "partial",
    "fees": 350,
    "insurance": 14.4,
    "first_date": date(2027, 2, 5),
    "offers.bank": [
        Text("Banque de l'Ouest", "West Bank"),
        Text("Crédit du Port", "Harbour Credit"),
        Text("Caisse solidaire", "Mutual Fund"),
        None,
    ],
    "offers.rate": [0.042, 0.0395, 0.0445, None],
    "offers.periods": [60, 20, 60, None],
    "offers.frequency": ["12", "4", "12", "12"],
    "offers.mode": ["level", "level", "principal", "level"],
    "offers.fees": [350, 680, 150, None],
    "offers.insurance": [0.0036, 0.003, 0.0036, None],
    "price": 48000,
    "life": 5,
    "tax_rate": 0.25,
    "discount_rate": 0.04,
    "buy_loan": 48000,
    "buy_rate": 0.042,
    "buy_years": 5,
    "buy_mode": "level",
    "rent": 890,
    "rents": 60,
    "rent_frequency": "12",
    "in_advance": "yes",
    "deposit": 0,
    "option": 2400,
    "option_life": 2,
}
# Case published by experts-univers.com (20 000 over 4 years at 5 %), offers and lease added.
EXERCISE: dict[str, Any] = EXAMPLE | {
    "amount": 20000,
    "rate": 0.05,
    "periods": 4,
    "frequency": "1",
    "fees": 200,
    "insurance": 0,
    "first_date": date(2027, 1, 15),
    "offers.rate": [0.05, 0.047, None, None],
    "offers.bank": [
        Text("Banque de l'Ouest", "West Bank"),
        Text("Crédit du Port", "Harbour Credit"),
        None,
        None,
    ],
    "offers.periods": [4, 4, None, None],
    "offers.frequency": ["1", "1", "1", "1"],
    "offers.mode": ["level", "principal", "level", "level"],
    "offers.fees": [0, 400, None, None],
    "offers.insurance": [0, 0, None, None],
    "price": 20000,
    "life": 4,
    "buy_loan": 20000,
    "buy_rate": 0.05,
    "buy_years": 4,
    "rent": 5200,
    "rents": 4,
    "rent_frequency": "1",
    "in_advance": "no",
    "option": 1000,
    "option_life": 1,
}
EMPTY: dict[str, Any] = {
    key: [None] * len(value) if isinstance(value, list) else None for key, value in EXAMPLE.items()
} | {
    "frequency": "12",
    "mode": "level",
    "conversion": "proportional",
    "deferral": "partial",
    "offers.frequency": ["12"] * OFFERS,
    "offers.mode": ["level"] * OFFERS,
    "buy_mode": "level",
    "rent_frequency": "12",
    "in_advance": "yes",
}


def compute_loans(data: Data, rows: int = LINES) -> dict[str, Any]:
    """Every computed cell of the workbook, by key; data must be sound.

    >>> compute_loans(EXERCISE, 4)["lines.interest"]
    [1000.0, 767.99, 524.38, 268.59]
    """
    if data["amount"] is None:
        return {}
    return _loan(data, rows) | _offers(data) | _choice(data)


def _loan(data: Data, rows: int) -> dict[str, Any]:
    terms = (data["periods"], data["frequency"], data["mode"], data["conversion"])
    lines = loan_schedule(
        data["amount"], data["rate"], *terms, data["deferred"] or 0, data["deferral"]
    )
    insurance = round_cents(data["insurance"] or 0)
    fees = round_cents(data["fees"] or 0)
    totals = [add_cents(line.payment, insurance) for line in lines]
    step = 12 // periods_a_year(data["frequency"])
    dates = [months_later(data["first_date"], step * k) for k in range(len(lines))]
    interest = add_cents(*(line.interest for line in lines))
    insured = add_cents(*[insurance] * len(lines))
    rate = internal_rate(
        [add_cents(round_cents(data["amount"]), -fees), *(-total for total in totals)]
    )
    per_year = periods_a_year(data["frequency"])
    i = 0.0 if rate is None else rate

    def column(values: list[Any]) -> list[Any]:
        return values + [None] * (rows - len(values))

    return {
        "per_year": per_year,
        "exact_rate": period_rate(data["rate"], data["frequency"], data["conversion"]),
        "first_total": totals[0],
        "last_total": totals[-1],
        "interest": interest,
        "insured": insured,
        "cost": add_cents(interest, insured, fees),
        "effective": yearly_rate(i, per_year, "actuarial"),
        "proportional": yearly_rate(i, per_year, "proportional"),
        "lines.date": column(dates),
        "lines.opening": column([line.opening for line in lines]),
        "lines.interest": column([line.interest for line in lines]),
        "lines.principal": column([line.principal for line in lines]),
        "lines.payment": column([line.payment for line in lines]),
        "lines.total": column(totals),
        "lines.closing": column([line.closing for line in lines]),
    }


def _offers(data: Data) -> dict[str, Any]:
    found = [_offer(data, k) for k in range(OFFERS)]
    names = ("first", "interest", "insured", "cost", "effective")
    values: dict[str, Any] = {
        f"offers.{name}": [None if offer is None else offer[k] for offer in found]
        for k, name in enumerate(names)
    }
    for name, by in (("rank_cost", "cost"), ("rank_rate", "effective")):
        numbers = [n for n in values[f"offers.{by}"] if n is not None]
        values[f"offers.{name}"] = [
            None if n is None else 1 + sum(other < n for other in numbers)
            for n in values[f"offers.{by}"]
        ]
    return values


def _offer(data: Data, k: int) -> tuple[float, ...] | None:
    terms = [data[f"offers.{name}"][k] for name in ("rate", "periods", "frequency", "mode")]
    if data["offers.periods"][k] is None:
        return None
    amount = round_cents(data["amount"])
    lines = loan_schedule(amount, *terms)
    per_year = periods_a_year(terms[2])
    fees = round_cents(data["offers.fees"][k] or 0)
    insurance = round_cents(amount * (data["offers.insurance"][k] or 0) / per_year)
    interest = add_cents(*(line.interest for line in lines))
    insured = round_cents(insurance * len(lines))
    paid = [-add_cents(line.payment, insurance) for line in lines]
    rate = internal_rate([amount - fees, *paid])
    effective = yearly_rate(0.0 if rate is None else rate, per_year, "actuarial")
    cost = add_cents(interest, insured, fees)
    return add_cents(lines[0].payment, insurance), interest, insured, cost, effective


def _choice(data: Data) -> dict[str, Any]:
    tax, discount = data["tax_rate"], data["discount_rate"]
    asset = Purchase(
        data["price"],
        data["life"],
        data["buy_loan"] or 0,
        data["buy_rate"],
        data["buy_years"],
        data["buy_mode"],
    )
    lease = Lease(
        data["rent"],
        data["rents"],
        data["rent_frequency"],
        data["in_advance"] == "yes",
        data["deposit"] or 0,
        data["option"] or 0,
        data["option_life"],
    )
    bought, leased = purchase_rows(asset, tax, discount), lease_rows(lease, tax, discount)
    values: dict[str, Any] = {f"buy.{name}": row for name, row in bought.lines.items()}
    values |= {f"lease.{name}": row for name, row in leased.lines.items()}
    values |= {"buy.flow": bought.flow, "lease.flow": leased.flow}
    values |= {"buy.value": bought.value, "lease.value": leased.value}
    values["better"] = cheaper(bought, leased)
    values["lease_rate"] = _lease_rate(data, lease)
    return values


def _lease_rate(data: Data, lease: Lease) -> float | None:
    try:
        return lease_rate(
            data["price"], lease.rent, lease.rents, lease.option, lease.in_advance, lease.frequency
        )
    except ArgumentError:
        return None

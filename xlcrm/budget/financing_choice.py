"""Buying with a loan or leasing: what each takes out of the cash year by year, after tax."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal

from xlcrm.budget.cashflows import present_value
from xlcrm.budget.loans import loan_schedule, periods_a_year
from xlcrm.budget.rounding import add_cents, round_cents

YEARS = 8  # the longest comparison


@dataclass(frozen=True, slots=True)
class Purchase:
    """An asset bought with a loan; amounts before VAT, yearly instalments."""

    price: float
    life: int  # years of straight-line depreciation
    loan: float
    rate: float
    years: int
    mode: str = "level"


@dataclass(frozen=True, slots=True)
class Lease:
    """The same asset leased; rents before VAT, the option paid after the last rent."""

    rent: float
    rents: int
    frequency: str = "12"
    in_advance: bool = False
    deposit: float = 0.0
    option: float = 0.0
    option_life: int = 1  # years over which the price of the option is depreciated


@dataclass(frozen=True, slots=True)
class Rows:
    """What happens in each year, from year 0 (now) on; outflows negative."""

    lines: dict[str, list[float]]
    flow: list[float]
    value: float  # present value of the flows


def purchase_rows(asset: Purchase, tax_rate: float, discount_rate: float) -> Rows:
    """Price, loan, instalments, and the tax saved by interest and depreciation.

    >>> rows = purchase_rows(Purchase(9000, 3, 9000, 0.05, 3), 0.25, 0.04)
    >>> rows.flow[:4], rows.value
    ([0.0, -2442.38, -2478.06, -2515.53], -6875.85)
    """
    lines = {name: [0.0] * (YEARS + 1) for name in ("price", "loan", "instalment")}
    lines |= {name: [0.0] * (YEARS + 1) for name in ("interest_tax", "depreciation_tax")}
    lines["price"][0] = 0.0 - round_cents(asset.price)
    lines["loan"][0] = round_cents(asset.loan)
    if asset.loan:
        for line in loan_schedule(asset.loan, asset.rate, asset.years, "1", asset.mode):
            lines["instalment"][line.number] = 0.0 - line.payment
            lines["interest_tax"][line.number] = round_cents(line.interest * tax_rate)
    for year, charge in enumerate(straight_charges(asset.price, asset.life), 1):
        lines["depreciation_tax"][year] = round_cents(charge * tax_rate)
    return _summed(lines, discount_rate)


def lease_rows(lease: Lease, tax_rate: float, discount_rate: float) -> Rows:
    """Deposit, rents, option, and the tax they save, at the end of the year in which they count.

    The rents of a year stand at its end, but yearly rents in advance at its start. The line
    `now` is what they are worth today, not rounded: each rent counts at its own date, the option
    and the deposit given back one period after the last rent in advance, or with the last one in
    arrears.

    >>> rows = lease_rows(Lease(250, 36, option=500), 0.25, 0.04)
    >>> rows.flow[:5], rows.value
    ([0.0, -2250.0, -2250.0, -2750.0, 125.0], -6733.15)
    """
    per_year = periods_a_year(lease.frequency)
    last = math.ceil(lease.rents / per_year)
    lines = {name: [0.0] * (YEARS + 1) for name in ("deposit", "rent", "option")}
    lines |= {name: [0.0] * (YEARS + 1) for name in ("rent_tax", "option_tax")}
    lines["deposit"][0] = 0.0 - round_cents(lease.deposit)
    lines["deposit"][last] = add_cents(lines["deposit"][last], lease.deposit)
    lines["option"][last] = 0.0 - round_cents(lease.option)
    early = per_year == 1 and lease.in_advance
    for year in range(1, last + 1):
        count = min(per_year, lease.rents - per_year * (year - 1))
        paid = round_cents(lease.rent * count)
        lines["rent"][year - early] = 0.0 - paid
        lines["rent_tax"][year] = round_cents(paid * tax_rate)
    for year, charge in enumerate(straight_charges(lease.option, lease.option_life), last + 1):
        if year <= YEARS:
            lines["option_tax"][year] = round_cents(charge * tax_rate)
    rows = _summed(lines, discount_rate)
    now = _rents_now(lease, early, discount_rate)
    now[0] += lines["deposit"][0]
    given_back = round_cents(lease.deposit) - round_cents(lease.option)
    now[last] += given_back / (1 + discount_rate) ** (lease.rents / per_year)
    saved = [present_value(lines[name], discount_rate) for name in ("rent_tax", "option_tax")]
    return Rows(rows.lines | {"now": now}, rows.flow, round_cents(sum(now) + sum(saved)))


def _rents_now(lease: Lease, early: bool, discount_rate: float) -> list[float]:
    """What the rents of each year are worth today, where they stand among the flows: negative."""
    per_year = periods_a_year(lease.frequency)
    period = (1 + discount_rate) ** (1 / per_year)
    worth = [0.0] * (YEARS + 1)
    for first in range(0, lease.rents, per_year):
        dates = range(first, min(first + per_year, lease.rents))
        factors = sum(period ** -(date + (not lease.in_advance)) for date in dates)
        worth[first // per_year + 1 - early] = -lease.rent * factors
    return worth


def cheaper(purchase: Rows, lease: Rows) -> Literal["loan", "lease"]:
    """The one that costs less now; the loan when both cost the same."""
    return "lease" if lease.value > purchase.value else "loan"


def straight_charges(cost: float, life: int) -> list[float]:
    """The straight-line charge of each year, the last one taking the rest.

    >>> straight_charges(1000, 3)
    [333.33, 333.33, 333.34]
    """
    charge = round_cents(cost / life)
    return [*[charge] * (life - 1), add_cents(cost, -charge * (life - 1))]


def _summed(lines: dict[str, list[float]], discount_rate: float) -> Rows:
    flow = [add_cents(*amounts) for amounts in zip(*lines.values(), strict=True)]
    return Rows(lines, flow, round_cents(present_value(flow, discount_rate)))

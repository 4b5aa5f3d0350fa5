"""Balancing the cash of each month: partners' current account, overdraft, and what they cost.

Nothing is circular: the interest of a month rests on the balance of the month before.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from xlcrm.budget.months import days_in_month, month_after
from xlcrm.budget.plan import Funding
from xlcrm.budget.rounding import add_cents, round_cents


@dataclass(slots=True)
class Balance:
    """The balancing, one value a month.

    `before` is the cash before balancing, `cash` the net cash after it (below 0: an overdraft).
    `interest` is the overdraft's, `commission` that on the highest overdraft; `same_interest` is
    the overdraft's interest of the month itself, where a text asks for that.
    """

    opening: list[float] = field(default_factory=list)
    interest: list[float] = field(default_factory=list)
    commission: list[float] = field(default_factory=list)
    charges: list[float] = field(default_factory=list)
    partners_interest: list[float] = field(default_factory=list)
    accrued: list[float] = field(default_factory=list)
    before: list[float] = field(default_factory=list)
    need: list[float] = field(default_factory=list)
    partners: list[float] = field(default_factory=list)
    repaid: list[float] = field(default_factory=list)
    partners_balance: list[float] = field(default_factory=list)
    same_interest: list[float] = field(default_factory=list)
    cash: list[float] = field(default_factory=list)
    overdraft: list[float] = field(default_factory=list)

    @property
    def cost(self) -> float:
        """All interest and commissions paid."""
        return add_cents(*self.charges, *self.partners_interest, *self.same_interest)


def balance_cash(flows: Sequence[float], opening: float, start: date, funding: Funding) -> Balance:
    """Balance each month's net flow (receipts less payments) from the opening cash on.

    The opening is cash less overdraft. An opening overdraft bears interest in the first month, on
    the days of the month before the budget.

    >>> rules = Funding(14000, order="partners", partners_most=1e9, partners_rate=0.24)
    >>> table = balance_cash([-40026, -790], 42500, date(2027, 7, 1), rules)
    >>> table.partners, table.partners_interest, table.cash
    ([11526.0, 1020.52], [0.0, 230.52], [14000.0, 14000.0])
    """
    table = Balance()
    cash = round_cents(opening)
    lent = 0.0
    for m, flow in enumerate(flows):
        overdraft = max(0.0, -cash)
        interest, commission = overdraft_charges(overdraft, month_after(start, m - 1), funding)
        charges = add_cents(interest, commission)
        partners_interest = _partners_interest(m, lent, table.accrued, funding)
        before = add_cents(cash, flow, -charges, -partners_interest)
        need = _need(before, m, funding)
        partners = min(
            _stepped(need, funding.partners_step), max(0.0, funding.partners_most - lent)
        )
        partners = round_cents(partners)
        repaid = _repaid(m, lent, before, funding)
        table.opening.append(cash)
        table.accrued.append(round_cents((lent + partners) * funding.partners_rate / 12))
        lent = add_cents(lent, partners, -repaid)
        after = add_cents(before, partners, -repaid)
        same = _same_interest(after, month_after(start, m), funding)
        cash = add_cents(after, -same)
        for row, value in (
            (table.interest, interest),
            (table.commission, commission),
            (table.charges, charges),
            (table.partners_interest, partners_interest),
            (table.before, before),
            (table.need, need),
            (table.partners, partners),
            (table.repaid, repaid),
            (table.partners_balance, lent),
            (table.same_interest, same),
            (table.cash, cash),
            (table.overdraft, max(0.0, -cash)),
        ):
            row.append(value)
    return table


def overdraft_charges(overdraft: float, ran_in: date, funding: Funding) -> tuple[float, float]:
    """Interest and commission, paid in the month after the one in which the overdraft ran.

    >>> rules = Funding(overdraft_rate=0.12, overdraft_days=True, commission_rate=0.0005)
    >>> overdraft_charges(50000, date(2027, 3, 1), rules)
    (516.67, 25.0)
    """
    if funding.overdraft_timing == "same":
        return 0.0, 0.0
    interest = round_cents(overdraft * _month_rate(ran_in, funding))
    commission = overdraft * funding.commission_rate
    if funding.commission_cap:
        commission = min(commission, interest * funding.commission_cap)
    return interest, round_cents(commission)


def _month_rate(month: date, funding: Funding) -> float:
    if funding.overdraft_days:
        return funding.overdraft_rate * days_in_month(month) / 360
    return funding.overdraft_rate / 12


def _same_interest(after: float, month: date, funding: Funding) -> float:
    """D = lack / (1 - i): the overdraft that covers the lack and its own interest."""
    if funding.overdraft_timing != "same" or after >= 0:
        return 0.0
    drawn = round_cents(-after / (1 - _month_rate(month, funding)))
    return add_cents(drawn, after)


def _partners_interest(m: int, lent: float, accrued: Sequence[float], funding: Funding) -> float:
    month = round_cents(lent * funding.partners_rate / 12)
    if funding.partners_interest == "next":
        return month
    if m + 1 != funding.partners_month:
        return 0.0
    return add_cents(*accrued, month)


def _need(before: float, m: int, funding: Funding) -> float:
    if funding.order == "overdraft" or _falls_due(m, funding):
        return 0.0
    floor = funding.minimum if funding.order == "partners" else -funding.limit
    return max(0.0, add_cents(floor, -before))


def _stepped(need: float, step: float) -> float:
    if step <= 0:
        return need
    return math.ceil(round_cents(need / step, 6)) * step


def _repaid(m: int, lent: float, before: float, funding: Funding) -> float:
    if funding.partners_repay == "asap":
        return round_cents(min(lent, max(0.0, before - funding.minimum)))
    return lent if _falls_due(m, funding) else 0.0


def _falls_due(m: int, funding: Funding) -> bool:
    return funding.partners_repay == "month" and m + 1 == funding.partners_month

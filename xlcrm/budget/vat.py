"""VAT: amounts with and without it, what counts in a month, the monthly or quarterly settlement."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from xlcrm.budget.months import later, month_starts
from xlcrm.budget.rounding import add_cents, round_cents


def with_vat(amount: float, rate: float) -> float:
    """The amount with VAT, to the cent.

    >>> with_vat(1000, 0.2), with_vat(0.05, 0.055)
    (1200.0, 0.05)
    """
    return round_cents(amount * (1 + rate))


def vat_inside(paid: float, rate: float) -> float:
    """The VAT inside an amount that includes it, to the cent.

    >>> vat_inside(1200, 0.2), vat_inside(100, 0.055)
    (200.0, 5.21)
    """
    return round_cents(paid * rate / (1 + rate))


@dataclass(frozen=True, slots=True)
class VatTable:
    """A settlement, one value a month. `carried` is what passes on: below 0, a credit."""

    net: list[float]
    due: list[float]
    credit: list[float]
    carried: list[float]
    paid: list[float]
    refunded: list[float]


def declaring_months(start: date, count: int, quarterly: bool) -> list[bool]:
    """The months at the end of which VAT is declared: all, or March, June, September, December.

    >>> declaring_months(date(2027, 2, 1), 3, True)
    [False, True, False]
    """
    return [not quarterly or day.month % 3 == 0 for day in month_starts(start, count)]


def settle_vat(
    collected: Sequence[float],
    deductible: Sequence[float],
    *,
    declares: Sequence[bool] | None = None,
    credit: float = 0.0,
    pending: float = 0.0,
    due_before: float = 0.0,
    refunds: Sequence[float] = (),
) -> VatTable:
    """What is due, carried and paid each month.

    net = collected - deductible + what was carried + refund; due = what exceeds 0, paid the month
    after; a credit is carried on. In a month without declaration all of net is carried. `credit`
    and `pending` open the first month; `due_before` is paid in it. A refund is cut to the credit
    that there is. Amounts in euros, positive. Source: form CA3, article 287 of the Code général
    des impôts.

    >>> table = settle_vat([15200, 17100, 19000, 20900], [6840, 29070, 12920, 13775], credit=7500)
    >>> table.due, table.credit
    ([860.0, 0.0, 0.0, 1235.0], [0.0, 11970.0, 5890.0, 0.0])
    """
    count = len(collected)
    declares = [True] * count if declares is None else declares
    asked = [*refunds, *[0.0] * count][:count]
    table = VatTable([], [], [], [], [], [])
    carried = add_cents(pending, -credit)
    for m in range(count):
        back = min(round_cents(asked[m]), max(0.0, -carried))
        net = add_cents(collected[m], -deductible[m], carried, back)
        over = max(0.0, -net) if declares[m] else 0.0
        carried = -over + 0.0 if declares[m] else net
        table.net.append(net)
        table.due.append(max(0.0, net) if declares[m] else 0.0)
        table.credit.append(over)
        table.carried.append(carried)
        table.refunded.append(back)
    table.paid.extend(later(table.due, 1))
    if count:
        table.paid[0] = round_cents(due_before)
    return table

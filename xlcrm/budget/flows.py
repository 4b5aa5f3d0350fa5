"""From invoices to cash: what a line of a budget brings in or costs, and when."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from xlcrm.budget.months import later, row_of, sum_rows
from xlcrm.budget.plan import CurrencyFlow, Line
from xlcrm.budget.rounding import add_cents, round_cents
from xlcrm.budget.vat import vat_inside, with_vat


@dataclass(frozen=True, slots=True)
class LineFlows:
    """One line, month by month. `parts[k]` is paid in that month for invoices k months older."""

    net: list[float]
    gross: list[float]
    invoiced_vat: list[float]
    parts: list[list[float]]
    paid: list[float]
    vat: list[float]  # that counts in the month
    vat_at_once: list[float]  # the part of it that goes with parts[0]
    left: float  # not paid at the end


def spread(total: float, shares: Sequence[float]) -> list[float]:
    """An amount by payment share: each rounded, the last that is not 0 takes the rest.

    Shares that do not sum to 1 are not refused here: the last one still takes the rest.

    >>> spread(100.01, [0.3, 0.5, 0.2]), spread(50, [0, 0])
    ([30.0, 50.01, 20.0], [0.0, 0.0])
    """
    amounts = [round_cents(total * share) for share in shares]
    last = max((k for k, share in enumerate(shares) if share), default=None)
    if last is not None:
        amounts[last] = add_cents(total, *(-amount for amount in amounts[:last]))
    return amounts


def line_flows(line: Line, count: int) -> LineFlows:
    """Invoices, payments and VAT of a line over `count` months.

    VAT on payment is that inside what is paid in the month.

    >>> flows = line_flows(Line("A", 0.2, True, (0.3, 0.7), (100, 200)), 2)
    >>> flows.gross, flows.paid, flows.vat, flows.left
    ([120.0, 240.0], [36.0, 156.0], [6.0, 26.0], 168.0)
    """
    net = row_of(line.amounts, count)
    gross = [with_vat(amount, line.vat_rate) for amount in net]
    invoiced = [add_cents(g, -n) for g, n in zip(gross, net, strict=True)]
    spreads = [spread(amount, line.shares) for amount in gross]
    parts = [later([amounts[k] for amounts in spreads], k) for k in range(len(line.shares))]
    paid = sum_rows(*parts)
    if line.on_payment:
        vat = [vat_inside(amount, line.vat_rate) for amount in paid]
        at_once = [vat_inside(amount, line.vat_rate) for amount in parts[0]]
    else:
        vat, at_once = invoiced, [0.0] * count
    left = add_cents(*gross, *(-amount for amount in paid))
    return LineFlows(net, gross, invoiced, parts, paid, vat, at_once, left)


@dataclass(frozen=True, slots=True)
class CurrencyRows:
    """Euros at the rate of the invoice, and what the settlement adds to or takes from them."""

    booked: list[float]
    difference: list[float]


def currency_rows(flow: CurrencyFlow, count: int) -> CurrencyRows:
    """Receipts or payments in a currency as euros. A rate of 0 gives 0 euros.

    The difference is settled less booked: a gain on a receipt, a loss on a payment.

    >>> flow = CurrencyFlow("USD", True, True, 1.25, (1000.0,), (1.0,))
    >>> currency_rows(flow, 1)
    CurrencyRows(booked=[800.0], difference=[200.0])
    """
    amounts = row_of(flow.amounts, count)
    rates = [*flow.rates, *[0.0] * count][:count]
    booked = [_in_euros(amount, flow.booked_rate, flow.per_euro) for amount in amounts]
    settled = [_in_euros(a, rate, flow.per_euro) for a, rate in zip(amounts, rates, strict=True)]
    return CurrencyRows(booked, [add_cents(s, -b) for s, b in zip(settled, booked, strict=True)])


def _in_euros(amount: float, rate: float, per_euro: bool) -> float:
    if not rate:
        return 0.0
    return round_cents(amount / rate if per_euro else amount * rate)

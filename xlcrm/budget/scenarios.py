"""What if: a customer fails, payments come later, money comes from elsewhere.

A scenario changes the cash of a treasury budget; sales, purchases and all else stay as given. The
results stand side by side: the low point of cash, the cost, the difference.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from xlcrm.budget.flows import LineFlows
from xlcrm.budget.funding import Balance, balance_cash
from xlcrm.budget.months import later, row_of, sum_rows
from xlcrm.budget.plan import NewLoan
from xlcrm.budget.rounding import add_cents, round_cents
from xlcrm.budget.treasury import LoanRows, Treasury, loan_rows
from xlcrm.budget.vat import VatTable, declaring_months, settle_vat, vat_inside
from xlcrm.texts import Text

Delay = Literal["none", "15", "30", "45", "60", "eom"]
# The part of a month's credit receipts that comes 1 and 2 months later. Sales are taken as spread
# evenly over the month, so 15 days move one half. Going to the end of the month in which an
# invoice falls due leaves it in that month.
DELAYS: dict[Delay, tuple[float, float]] = {
    "none": (0.0, 0.0),
    "15": (0.5, 0.0),
    "30": (1.0, 0.0),
    "45": (0.5, 0.5),
    "60": (0.0, 1.0),
    "eom": (0.0, 0.0),
}
DELAY_LABELS: dict[Delay, Text] = {
    "none": Text(fr="Aucun", en="None"),
    "15": Text(fr="+ 15 jours", en="+ 15 days"),
    "30": Text(fr="+ 30 jours", en="+ 30 days"),
    "45": Text(fr="+ 45 jours", en="+ 45 days"),
    "60": Text(fr="+ 60 jours", en="+ 60 days"),
    "eom": Text(fr="Fin de mois", en="End of month"),
}

_NO_LOAN = NewLoan()


@dataclass(frozen=True, slots=True)
class Scenario:
    """What changes. Amounts include VAT; months are positions, 0 for never.

    A failing customer: `loss` euros that were expected in `loss_month`, and `loss_share` of all
    credit receipts from that month on. A `delay` moves credit receipts, never cash sales.
    `touch_opening` lets both act on the opening receivables too; `recover_vat` takes the VAT of
    what is lost off the VAT collected (bad debt proved, article 272 of the Code général des
    impôts).

    Financing: `order` and `partners_most` replace those of the budget; a loan; a discount of
    `discount` euros of bills for some months, at a yearly rate on 30-day months, plus fees; a
    factor who advances `factor_advance` of `factor_share` of credit invoices when they are issued
    and takes a commission on them and interest on what he has advanced; what partners bring.
    """

    label: str = ""
    loss: float = 0.0
    loss_month: int = 0
    loss_share: float = 0.0
    delay: Delay = "none"
    touch_opening: bool = False
    recover_vat: bool = False
    order: Literal["", "partners", "overdraft", "capped"] = ""
    partners_most: float | None = None
    loan: NewLoan = _NO_LOAN
    discount: float = 0.0
    discount_month: int = 0
    discount_months: int = 2
    discount_rate: float = 0.0
    discount_fees: float = 0.0
    factor_share: float = 0.0
    factor_advance: float = 0.9
    factor_commission: float = 0.0
    factor_rate: float = 0.0
    partners_amount: float = 0.0
    partners_month: int = 0


@dataclass(frozen=True, slots=True)
class Pool:
    """Credit receipts (or the VAT in them) under a scenario."""

    before: list[float]
    lost: list[float]
    after: list[float]


@dataclass(frozen=True, slots=True)
class Factoring:
    """What a factor advances, gets back from customers, has outstanding, and costs."""

    advanced: list[float]
    settled: list[float]
    outstanding: list[float]
    commission: list[float]
    interest: list[float]


@dataclass(frozen=True, slots=True)
class Outcome:
    """A scenario's cash. `cost` sums interest, commissions, fees and what customers never paid."""

    scenario: Scenario
    pool: Pool
    vat_pool: Pool
    recovered: list[float]
    vat: VatTable
    loan: LoanRows
    discount: list[float]
    discount_cost: float
    factoring: Factoring
    partners: list[float]
    flow: list[float]
    balance: Balance

    @property
    def low_point(self) -> tuple[float, int]:
        lowest = min(self.balance.cash)
        return lowest, self.balance.cash.index(lowest) + 1

    @property
    def highest_overdraft(self) -> float:
        return max(self.balance.overdraft)

    @property
    def months_overdrawn(self) -> int:
        return sum(amount > 0 for amount in self.balance.overdraft)

    @property
    def lost(self) -> float:
        return add_cents(*self.pool.lost)

    @property
    def financing_cost(self) -> float:
        return add_cents(
            self.balance.cost,
            *self.loan.interest,
            *self.loan.fees,
            self.discount_cost,
            *self.factoring.commission,
            *self.factoring.interest,
        )

    @property
    def cost(self) -> float:
        return add_cents(self.financing_cost, self.lost)


def simulate(budget: Treasury, scenario: Scenario) -> Outcome:
    """The cash of a budget under a scenario. A scenario that changes nothing gives the budget.

    >>> from xlcrm.budget.plan import Line, Opening, Plan
    >>> from xlcrm.budget.treasury import treasury_budget
    >>> sale = Line("Ventes", shares=(0.0, 1.0), amounts=(1000, 1000))
    >>> budget = treasury_budget(Plan(months=3, sales=(sale,), opening=Opening(cash=500)))
    >>> budget.balance.cash
    [500.0, 1500.0, 2500.0]
    >>> simulate(budget, Scenario(loss=1200, loss_month=3)).balance.cash
    [500.0, 1500.0, 1300.0]
    """
    plan, n = budget.plan, budget.plan.months
    pool = _receipts_pool(budget, scenario)
    vat_pool = _vat_pool(budget, scenario, pool)
    rate = plan.sales[0].vat_rate if plan.sales else 0.0
    recovered = [
        max(0.0, add_cents(vat_inside(lost, rate), -vat)) if scenario.recover_vat else 0.0
        for lost, vat in zip(pool.lost, vat_pool.lost, strict=True)
    ]
    vat = _settled(budget, vat_pool, recovered)
    loan = loan_rows(scenario.loan, n)
    discount, discount_cost = _discount(scenario, n)
    factoring = _factoring(budget, scenario)
    partners = [
        round_cents(scenario.partners_amount) if m + 1 == scenario.partners_month else 0.0
        for m in range(n)
    ]
    flow = sum_rows(
        budget.flow,
        pool.after,
        _minus(pool.before),
        budget.vat.paid,
        _minus(vat.paid),
        _minus(budget.vat.refunded),
        vat.refunded,
        loan.received,
        _minus(loan.payment),
        _minus(loan.fees),
        discount,
        factoring.advanced,
        _minus(factoring.settled),
        _minus(factoring.commission),
        _minus(factoring.interest),
        partners,
    )
    funding = replace(
        plan.funding,
        order=scenario.order or plan.funding.order,
        partners_most=(
            plan.funding.partners_most if scenario.partners_most is None else scenario.partners_most
        ),
    )
    opening = add_cents(plan.opening.cash, -plan.opening.overdraft)
    return Outcome(
        scenario, pool, vat_pool, recovered, vat, loan, discount, discount_cost, factoring,
        partners, flow, balance_cash(flow, opening, plan.start, funding),
    )  # fmt: skip


def _minus(row: Sequence[float]) -> list[float]:
    return [-amount + 0.0 for amount in row]


def _receipts_pool(budget: Treasury, scenario: Scenario) -> Pool:
    n = budget.plan.months
    rows = [part for line in budget.sales for part in line.parts[1:]]
    if scenario.touch_opening:
        rows.append(row_of(budget.plan.opening.receivables.months, n))
    before = sum_rows([0.0] * n, *rows)
    lost = []
    for m, amount in enumerate(before, 1):
        wanted = scenario.loss if m == scenario.loss_month else 0.0
        if scenario.loss_month and m >= scenario.loss_month:
            wanted += round_cents(amount * scenario.loss_share)
        lost.append(round_cents(min(amount, wanted)))
    return Pool(before, lost, delayed(before, lost, scenario.delay))


def delayed(amounts: Sequence[float], lost: Sequence[float], delay: Delay) -> list[float]:
    """Amounts less what is lost, part of them one or two months later; no cent is lost.

    >>> delayed([100.01, 0, 0], [0, 0, 0], "15")
    [50.0, 50.01, 0.0]
    """
    one, two = DELAYS[delay]
    kept = [add_cents(amount, -gone) for amount, gone in zip(amounts, lost, strict=True)]
    first = [round_cents(amount * one) for amount in kept]
    second = [round_cents(amount * two) for amount in kept]
    rest = [add_cents(k, -a, -b) for k, a, b in zip(kept, first, second, strict=True)]
    return sum_rows(rest, later(first, 1), later(second, 2))


def _vat_pool(budget: Treasury, scenario: Scenario, pool: Pool) -> Pool:
    """VAT that counts when customers pay follows what they pay."""
    n, opening = budget.plan.months, budget.plan.opening
    lines = [(line.vat, line.vat_at_once) for line in _on_payment(budget)]
    rows = [[add_cents(v, -o) for v, o in zip(vat, once, strict=True)] for vat, once in lines]
    if scenario.touch_opening:
        months = row_of(opening.receivables.months, n)
        rows.append([vat_inside(amount, opening.receivables_vat_rate) for amount in months])
    before = sum_rows([0.0] * n, *rows)
    lost = [
        round_cents(vat * gone / amount) if amount else 0.0
        for vat, gone, amount in zip(before, pool.lost, pool.before, strict=True)
    ]
    return Pool(before, lost, delayed(before, lost, scenario.delay))


def _on_payment(budget: Treasury) -> list[LineFlows]:
    pairs = zip(budget.plan.sales, budget.sales, strict=True)
    return [flows for line, flows in pairs if line.on_payment]


def _settled(budget: Treasury, vat_pool: Pool, recovered: Sequence[float]) -> VatTable:
    plan, opening = budget.plan, budget.plan.opening
    collected = sum_rows(
        budget.collected, vat_pool.after, _minus(vat_pool.before), _minus(recovered)
    )
    return settle_vat(
        collected,
        sum_rows(budget.deductible, budget.deductible_assets),
        declares=declaring_months(plan.start, plan.months, plan.quarterly),
        credit=opening.vat_credit,
        pending=opening.vat_pending,
        due_before=opening.vat_due,
        refunds=plan.vat_refunds,
    )


def _discount(scenario: Scenario, n: int) -> tuple[list[float], float]:
    """Cash from a discount, less what customers then pay to the bank; and its cost."""
    row = [0.0] * n
    month, amount = scenario.discount_month, round_cents(scenario.discount)
    if not 1 <= month <= n or amount <= 0:
        return row, 0.0
    interest = round_cents(amount * scenario.discount_rate * 30 * scenario.discount_months / 360)
    cost = add_cents(interest, scenario.discount_fees)
    row[month - 1] = add_cents(amount, -cost)
    back = month - 1 + scenario.discount_months
    if back < n:
        row[back] = add_cents(row[back], -amount)
    return row, cost


def _factoring(budget: Treasury, scenario: Scenario) -> Factoring:
    """The factor is repaid when the base budget has the customers pay, whatever they do here."""
    n, part = budget.plan.months, scenario.factor_share * scenario.factor_advance
    rows = Factoring([], [], [], [], [])
    gross = sum_rows([0.0] * n, *(line.gross for line in budget.sales))
    at_once = sum_rows([0.0] * n, *(line.parts[0] for line in budget.sales))
    credit_paid = sum_rows([0.0] * n, *(p for line in budget.sales for p in line.parts[1:]))
    owed = 0.0
    for total, cash, paid in zip(gross, at_once, credit_paid, strict=True):
        invoiced = add_cents(total, -cash)
        rows.interest.append(round_cents(owed * scenario.factor_rate / 12))
        rows.advanced.append(round_cents(invoiced * part))
        rows.settled.append(round_cents(paid * part))
        rows.commission.append(
            round_cents(invoiced * scenario.factor_share * scenario.factor_commission)
        )
        owed = add_cents(owed, rows.advanced[-1], -rows.settled[-1])
        rows.outstanding.append(owed)
    return rows

"""The treasury budget: from the given budgets to the cash of each month and the closing balance.

Every amount is rounded to the cent at every subtotal, as the template's formulas do, so that both
agree to the cent. Receipts and payments are positive amounts.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from xlcrm.budget.flows import CurrencyRows, LineFlows, currency_rows, line_flows
from xlcrm.budget.funding import Balance, balance_cash
from xlcrm.budget.loans import loan_schedule
from xlcrm.budget.months import later, row_of, sum_rows
from xlcrm.budget.plan import Due, NewLoan, Plan
from xlcrm.budget.rounding import add_cents, round_cents
from xlcrm.budget.taxes import tax_instalments
from xlcrm.budget.vat import VatTable, declaring_months, settle_vat, vat_inside


@dataclass(frozen=True, slots=True)
class LoanRows:
    """A new loan, month by month."""

    received: list[float]
    interest: list[float]
    principal: list[float]
    payment: list[float]
    outstanding: list[float]
    fees: list[float]


@dataclass(frozen=True, slots=True)
class Treasury:
    """A treasury budget. `receipts` and `payments` are the lines of the cash table, in order."""

    plan: Plan
    sales: list[LineFlows]
    purchases: list[LineFlows]
    investments: list[LineFlows]
    currencies: list[CurrencyRows]
    loans: list[LoanRows]
    collected: list[float]
    deductible: list[float]
    deductible_assets: list[float]
    vat: VatTable
    receipts: dict[str, list[float]]
    payments: dict[str, list[float]]
    total_receipts: list[float]
    total_payments: list[float]
    balance: Balance

    @property
    def flow(self) -> list[float]:
        """Receipts less payments, before interest and balancing."""
        return [
            add_cents(r, -p) for r, p in zip(self.total_receipts, self.total_payments, strict=True)
        ]

    @property
    def low_point(self) -> tuple[float, int]:
        """The lowest net cash at the end of a month, and which month (the first, from 1)."""
        lowest = min(self.balance.cash)
        return lowest, self.balance.cash.index(lowest) + 1


def treasury_budget(plan: Plan) -> Treasury:
    """Compute a treasury budget.

    >>> from xlcrm.budget.plan import Funding, Line, Opening
    >>> sales = Line("Ventes", shares=(0.5, 0.5), amounts=(1000, 2000))
    >>> plan = Plan(months=2, sales=(sales,), wages=(900, 900), opening=Opening(cash=100))
    >>> budget = treasury_budget(plan)
    >>> budget.total_receipts, budget.vat.paid, budget.balance.cash
    ([600.0, 1800.0], [0.0, 200.0], [-200.0, 500.0])
    """
    n = plan.months
    sales = [line_flows(line, n) for line in plan.sales]
    purchases = [line_flows(line, n) for line in plan.purchases]
    investments = [line_flows(line, n) for line in plan.investments]
    opening = plan.opening
    collected = sum_rows(
        _vat_of(sales, opening.receivables, opening.receivables_vat_rate, n),
        row_of(plan.other_collected_vat, n),
    )
    deductible = sum_rows(
        _vat_of(purchases, opening.payables, opening.payables_vat_rate, n),
        row_of(plan.other_deductible_vat, n),
    )
    deductible_assets = sum_rows([0.0] * n, *(line.vat for line in investments))
    vat = settle_vat(
        collected,
        sum_rows(deductible, deductible_assets),
        declares=declaring_months(plan.start, n, plan.quarterly),
        credit=opening.vat_credit,
        pending=opening.vat_pending,
        due_before=opening.vat_due,
        refunds=plan.vat_refunds,
    )
    currencies = [currency_rows(flow, n) for flow in plan.currencies]
    loans = [loan_rows(loan, n) for loan in plan.loans]
    receipts = _receipts(plan, sales, currencies, loans, vat)
    payments = _payments(plan, purchases, investments, currencies, loans, vat)
    total_receipts, total_payments = sum_rows(*receipts.values()), sum_rows(*payments.values())
    flows = [add_cents(r, -p) for r, p in zip(total_receipts, total_payments, strict=True)]
    start_cash = add_cents(opening.cash, -opening.overdraft)
    return Treasury(
        plan, sales, purchases, investments, currencies, loans,
        collected, deductible, deductible_assets, vat,
        receipts, payments, total_receipts, total_payments,
        balance_cash(flows, start_cash, plan.start, plan.funding),
    )  # fmt: skip


def loan_rows(loan: NewLoan, count: int) -> LoanRows:
    """A loan over the months of a budget; a loan without amount, month or instalments is none.

    >>> rows = loan_rows(NewLoan(1200, 2, 0.0, 12), 3)
    >>> rows.received, rows.payment, rows.outstanding
    ([0.0, 1200.0, 0.0], [0.0, 0.0, 100.0], [0.0, 1200.0, 1100.0])
    """
    zero = [0.0] * count
    rows = LoanRows(*(list(zero) for _ in range(6)))
    amount = round_cents(loan.amount)
    if amount <= 0 or loan.count < 1 or not 1 <= loan.month <= count:
        return rows
    received = loan.month - 1
    rows.received[received] = amount
    rows.fees[received] = round_cents(loan.fees)
    rows.outstanding[received:] = [amount] * (count - received)
    schedule = loan_schedule(amount, loan.rate, loan.count, "12", loan.mode, loan.conversion)
    for m in range(received + 1, count):
        at = m - received - 1
        if at < len(schedule):
            line = schedule[at]
            rows.interest[m], rows.principal[m] = line.interest, line.principal
            rows.payment[m], rows.outstanding[m] = line.payment, line.closing
        else:
            rows.outstanding[m] = 0.0
    return rows


def _vat_of(lines: Sequence[LineFlows], due: Due, rate: float, n: int) -> list[float]:
    opening = [vat_inside(amount, rate) for amount in row_of(due.months, n)]
    return sum_rows(opening, *(line.vat for line in lines))


def _receipts(
    plan: Plan,
    sales: Sequence[LineFlows],
    currencies: Sequence[CurrencyRows],
    loans: Sequence[LoanRows],
    vat: VatTable,
) -> dict[str, list[float]]:
    n, opening = plan.months, plan.opening
    zero = [0.0] * n
    rows = {f"sales.{k + 1}": line.paid for k, line in enumerate(sales)}
    rows["opening.receivables"] = row_of(opening.receivables.months, n)
    rows["opening.other_receivables"] = row_of(opening.other_receivables.months, n)
    pairs = list(zip(plan.currencies, currencies, strict=True))
    rows["currency.receipts"] = sum_rows(zero, *(c.booked for flow, c in pairs if flow.inflow))
    signs = [c.difference if flow.inflow else [-d for d in c.difference] for flow, c in pairs]
    rows["currency.difference"] = sum_rows(zero, *signs)
    rows["vat.refund"] = vat.refunded
    rows["loans.received"] = sum_rows(zero, *(loan.received for loan in loans))
    rows["capital"] = row_of(plan.capital, n)
    rows["partners.in"] = row_of(plan.partners_in, n)
    rows["placements.in"] = row_of(plan.placements_in, n)
    rows["disposals"] = row_of(plan.disposals, n)
    rows["other.receipts"] = row_of(plan.other_receipts, n)
    return rows


def _payments(
    plan: Plan,
    purchases: Sequence[LineFlows],
    investments: Sequence[LineFlows],
    currencies: Sequence[CurrencyRows],
    loans: Sequence[LoanRows],
    vat: VatTable,
) -> dict[str, list[float]]:
    n, opening = plan.months, plan.opening
    zero = [0.0] * n
    rows = {f"purchases.{k + 1}": line.paid for k, line in enumerate(purchases)}
    rows["opening.payables"] = row_of(opening.payables.months, n)
    rows["wages"] = row_of(plan.wages, n)
    charges = later(row_of(plan.social_charges, n), plan.social_delay)
    rows["social"] = sum_rows(row_of(opening.social.months, n), charges)
    rows["vat"] = vat.paid
    rows["corporate_tax"] = sum_rows(row_of(opening.taxes.months, n), corporate_tax_row(plan))
    rows["other_taxes"] = row_of(plan.other_taxes, n)
    rows["opening.asset_payables"] = row_of(opening.asset_payables.months, n)
    rows["investments"] = sum_rows(zero, *(line.paid for line in investments))
    rows["loans.existing"] = sum_rows(row_of(plan.loan_principal, n), row_of(plan.loan_interest, n))
    rows["loans.new"] = sum_rows(zero, *(loan.payment for loan in loans))
    rows["loans.fees"] = sum_rows(zero, *(loan.fees for loan in loans))
    pairs = list(zip(plan.currencies, currencies, strict=True))
    rows["currency.payments"] = sum_rows(zero, *(c.booked for flow, c in pairs if not flow.inflow))
    rows["dividends"] = row_of(plan.dividends, n)
    rows["partners.out"] = row_of(plan.partners_out, n)
    rows["placements.out"] = row_of(plan.placements_out, n)
    rows["opening.other_debts"] = row_of(opening.other_debts.months, n)
    rows["other.payments"] = row_of(plan.other_payments, n)
    return rows


def corporate_tax_row(plan: Plan) -> list[float]:
    """Corporate tax paid each month, without that of the opening schedule."""
    if plan.tax_computed:
        return tax_instalments(plan.start, plan.months, plan.tax_reference, plan.tax_balance)
    return row_of(plan.corporate_tax, plan.months)

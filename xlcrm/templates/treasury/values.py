"""The rows of a computed budget by the keys of the template, to compare and to check answers."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate

from xlcrm.budget.flows import LineFlows
from xlcrm.budget.funding import Balance
from xlcrm.budget.months import later, row_of, sum_rows
from xlcrm.budget.rounding import add_cents
from xlcrm.budget.scenarios import Outcome
from xlcrm.budget.treasury import Treasury, corporate_tax_row

Rows = dict[str, list[float]]


def values_of(budget: Treasury) -> Rows:
    """Every row of the budget: `sales.1.paid`, `vat.due`, `out.wages`, `cash.net`…

    >>> from xlcrm.budget.plan import Line, Plan
    >>> from xlcrm.budget.treasury import treasury_budget
    >>> plan = Plan(months=2, sales=(Line("A", amounts=(100, 200)),))
    >>> values_of(treasury_budget(plan))["cash.net"]
    [120.0, 340.0]
    """
    plan, n = budget.plan, budget.plan.months
    rows: Rows = {}
    for name, flows in (
        ("sales", budget.sales),
        ("purchases", budget.purchases),
        ("investments", budget.investments),
    ):
        rows |= _line_rows(name, flows, n)
    rows["social.paid"] = later(row_of(plan.social_charges, n), plan.social_delay)
    rows["tax.paid"] = corporate_tax_row(plan)
    for k, loan in enumerate(budget.loans):
        for field in ("received", "interest", "principal", "payment", "outstanding"):
            rows[f"loans.{k + 1}.{field}"] = getattr(loan, field)
    for k, flow in enumerate(budget.currencies):
        rows[f"currencies.{k + 1}.booked"] = flow.booked
        rows[f"currencies.{k + 1}.difference"] = flow.difference
        rows[f"currencies.{k + 1}.settled"] = sum_rows(flow.booked, flow.difference)
    rows |= {
        "vat.collected": budget.collected,
        "vat.deductible": budget.deductible,
        "vat.assets": budget.deductible_assets,
        "vat.net": budget.vat.net,
        "vat.due": budget.vat.due,
        "vat.credit": budget.vat.credit,
        "vat.carried": budget.vat.carried,
        "vat.paid": budget.vat.paid,
        "vat.refund": budget.vat.refunded,
        "cash.receipts": budget.total_receipts,
        "cash.payments": budget.total_payments,
        "cash.flow": budget.flow,
    }
    rows |= {f"in.{key}": row for key, row in budget.receipts.items()}
    rows |= {f"out.{key}": row for key, row in budget.payments.items()}
    return rows | balance_rows("cash", budget.balance)


def _line_rows(name: str, flows: Sequence[LineFlows], n: int) -> Rows:
    rows: Rows = {}
    for k, line in enumerate(flows):
        key = f"{name}.{k + 1}"
        rows |= {f"{key}.part.{j}": part for j, part in enumerate(line.parts)}
        rows |= {f"{key}.gross": line.gross, f"{key}.paid": line.paid, f"{key}.vat": line.vat}
    zero = [0.0] * n
    for field in ("net", "gross", "paid", "vat"):
        rows[f"{name}.{field}"] = sum_rows(zero, *(getattr(line, field) for line in flows))
    changes = zip(rows[f"{name}.gross"], rows[f"{name}.paid"], strict=True)
    rows[f"{name}.left"] = list(accumulate((add_cents(g, -p) for g, p in changes), add_cents))
    return rows


def balance_rows(key: str, balance: Balance) -> Rows:
    """The rows of a balancing, for the budget or a scenario."""
    named = {
        "interest": balance.interest,
        "commission": balance.commission,
        "charges": balance.charges,
        "partners_interest": balance.partners_interest,
        "before": balance.before,
        "need": balance.need,
        "partners": balance.partners,
        "repaid": balance.repaid,
        "accrued": balance.accrued,
        "lent": balance.partners_balance,
        "same": balance.same_interest,
        "net": balance.cash,
        "overdraft": balance.overdraft,
    }
    return {f"{key}.{name}": row for name, row in named.items()}


def outcome_rows(key: str, outcome: Outcome) -> Rows:
    """The rows of a scenario."""
    return {
        f"{key}.pool.before": outcome.pool.before,
        f"{key}.pool.lost": outcome.pool.lost,
        f"{key}.pool.after": outcome.pool.after,
        f"{key}.vat_pool.after": outcome.vat_pool.after,
        f"{key}.recovered": outcome.recovered,
        f"{key}.vat.due": outcome.vat.due,
        f"{key}.vat.paid": outcome.vat.paid,
        f"{key}.loan.payment": outcome.loan.payment,
        f"{key}.loan.outstanding": outcome.loan.outstanding,
        f"{key}.discount": outcome.discount,
        f"{key}.factor.advanced": outcome.factoring.advanced,
        f"{key}.factor.settled": outcome.factoring.settled,
        f"{key}.factor.commission": outcome.factoring.commission,
        f"{key}.factor.interest": outcome.factoring.interest,
        f"{key}.partners_in": outcome.partners,
        f"{key}.flow": outcome.flow,
        **balance_rows(key, outcome.balance),
    }

"""The inputs of the treasury template: a Plan as cells by key, and cells back as a Plan.

Keys are stable words (`sales.2.rate`, `opening.cash`); rows of months end with the month's number.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from xlcrm.budget.plan import (
    SHARES,
    CurrencyFlow,
    Due,
    Funding,
    Line,
    NewLoan,
    Opening,
    Plan,
)
from xlcrm.budget.scenarios import Scenario
from xlcrm.templates.treasury.choices import COUNTS, SCENARIOS

# Rows of one amount a month: the key of the template is the name in Plan.
ROWS = (
    "wages social_charges corporate_tax other_taxes vat_refunds other_deductible_vat "
    "other_collected_vat "
    "loan_principal loan_interest capital partners_in partners_out dividends placements_in "
    "placements_out disposals other_receipts other_payments depreciation"
).split()
DUES = "receivables other_receivables payables asset_payables social taxes other_debts".split()
ASSETS = (
    "fixed_assets stock receivables other_receivables vat_credit vat_waiting_deductible "
    "placements cash"
).split()
LIABILITIES = (
    "equity loans partners payables asset_payables social taxes vat_due vat_pending "
    "vat_waiting_collected other_debts overdraft"
).split()


def used_counts(plan: Plan) -> dict[str, int]:
    """The lines that a plan uses, for an exercise that shows no more than those."""
    return {name: len(getattr(plan, name)) for name in COUNTS}


def cells_of(
    plan: Plan, width: int, counts: Mapping[str, int] = COUNTS, blank: bool = False
) -> dict[str, Any]:
    """Every input of the template for a plan; `blank` leaves amounts of 0 empty.

    >>> cells_of(Plan(wages=(900.0,)), 6)["wages.1"]
    900.0
    """
    cells: dict[str, Any] = {
        "company": plan.company or None,
        "start": plan.start,
        "months": plan.months,
        "periodicity": "quarter" if plan.quarterly else "month",
        "social_delay": plan.social_delay,
        "tax_mode": "computed" if plan.tax_computed else "given",
        "tax_reference": plan.tax_reference,
        "tax_balance": plan.tax_balance,
        "tax_expense": plan.tax_expense,
        "closing_stock": plan.closing_stock,
    }
    for name in ("sales", "purchases", "investments"):
        lines: Sequence[Line] = getattr(plan, name)
        for k in range(counts[name]):
            line = lines[k] if k < len(lines) else Line(label="")
            cells |= _line_cells(f"{name}.{k + 1}", line, width, plan.months)
    for name in ROWS:
        cells |= _row_cells(name, getattr(plan, name), width, plan.months)
    cells |= _opening_cells(plan.opening, width, plan.months)
    cells |= _funding_cells(plan.funding)
    for k in range(counts["loans"]):
        loan = plan.loans[k] if k < len(plan.loans) else NewLoan()
        cells |= _loan_cells(f"loans.{k + 1}", loan)
    for k in range(counts["currencies"]):
        flow = plan.currencies[k] if k < len(plan.currencies) else CurrencyFlow()
        cells |= _currency_cells(f"currencies.{k + 1}", flow, width, plan.months)
    if blank:
        return {key: None if _is_amount(key, value) else value for key, value in cells.items()}
    return cells


_SHOWN_AT_ZERO = ("months", "_delay", "rate", "count", "cap", "limit", ".month")


def _is_amount(key: str, value: Any) -> bool:
    """A single 0 that a person would leave empty; rates, counts and rows of months are shown."""
    return value == 0 and not key[-1].isdigit() and not key.endswith(_SHOWN_AT_ZERO)


def _line_cells(key: str, line: Line, width: int, months: int) -> dict[str, Any]:
    shares = [*line.shares, *[0.0] * SHARES][:SHARES]
    timing = {f"{key}.timing": "payment" if line.on_payment else "invoice"}
    return {
        f"{key}.label": line.label or None,
        f"{key}.rate": line.vat_rate,
        **({} if key.startswith("investments") else timing),
        **{f"{key}.share.{k + 1}": share for k, share in enumerate(shares)},
        **_row_cells(f"{key}.amount", line.amounts, width, months),
    }


def _row_cells(key: str, row: Sequence[float], width: int, months: int) -> dict[str, Any]:
    """A row without any amount stays empty; one with amounts has a 0 where there is none."""
    if not any(row):
        return {f"{key}.{m + 1}": None for m in range(width)}
    full = [*row, *[0.0] * months][:months]
    return {f"{key}.{m + 1}": full[m] if m < months else None for m in range(width)}


def _opening_cells(opening: Opening, width: int, months: int) -> dict[str, Any]:
    cells: dict[str, Any] = {"opening.source": "months"}
    for name in (*ASSETS, *LIABILITIES):
        item = getattr(opening, name)
        cells[f"opening.{name}"] = item.balance if isinstance(item, Due) else item
    for name in DUES:
        due: Due = getattr(opening, name)
        cells |= _row_cells(f"schedule.{name}", due.months, width, months)
        cells[f"schedule.{name}.later"] = due.later
    for name in ("receivables_vat_rate", "payables_vat_rate"):
        cells[f"opening.{name}"] = getattr(opening, name)
    return cells


def _funding_cells(funding: Funding) -> dict[str, Any]:
    return {
        "funding.minimum": funding.minimum,
        "funding.limit": funding.limit,
        "funding.order": funding.order,
        "funding.partners_most": funding.partners_most,
        "funding.partners_step": funding.partners_step,
        "funding.partners_rate": funding.partners_rate,
        "funding.partners_interest": funding.partners_interest,
        "funding.partners_repay": funding.partners_repay,
        "funding.partners_month": funding.partners_month,
        "funding.overdraft_rate": funding.overdraft_rate,
        "funding.overdraft_basis": "days" if funding.overdraft_days else "twelfth",
        "funding.overdraft_timing": funding.overdraft_timing,
        "funding.commission_rate": funding.commission_rate,
        "funding.commission_cap": funding.commission_cap,
    }


def _loan_cells(key: str, loan: NewLoan) -> dict[str, Any]:
    return {
        f"{key}.amount": loan.amount,
        f"{key}.month": loan.month,
        f"{key}.rate": loan.rate,
        f"{key}.count": loan.count,
        f"{key}.mode": loan.mode,
        f"{key}.conversion": loan.conversion,
        f"{key}.fees": loan.fees,
    }


def _currency_cells(key: str, flow: CurrencyFlow, width: int, months: int) -> dict[str, Any]:
    return {
        f"{key}.label": flow.label or None,
        f"{key}.direction": "in" if flow.inflow else "out",
        f"{key}.quote": "euro" if flow.per_euro else "unit",
        f"{key}.booked_rate": flow.booked_rate,
        **_row_cells(f"{key}.amount", flow.amounts, width, months),
        **_row_cells(f"{key}.rate", flow.rates, width, months),
    }


def scenario_cells(scenarios: Sequence[Scenario]) -> dict[str, Any]:
    """The scenario table: `scenario.3.delay`; what is missing changes nothing.

    Column 1 of the table is the budget itself: the scenarios given stand from column 2 on.
    """
    cells: dict[str, Any] = {}
    for k in range(SCENARIOS - 1):
        s = scenarios[k] if k < len(scenarios) else Scenario()
        key = f"scenario.{k + 2}"
        cells |= {
            f"{key}.label": s.label or None,
            f"{key}.loss": s.loss or None,
            f"{key}.loss_month": s.loss_month or None,
            f"{key}.loss_share": s.loss_share or None,
            f"{key}.delay": s.delay,
            f"{key}.touch_opening": "yes" if s.touch_opening else "no",
            f"{key}.recover_vat": "yes" if s.recover_vat else "no",
            f"{key}.order": s.order,
            f"{key}.partners_most": s.partners_most,
            f"{key}.loan_amount": s.loan.amount or None,
            f"{key}.loan_month": s.loan.month or None,
            f"{key}.loan_rate": s.loan.rate,
            f"{key}.loan_count": s.loan.count,
            f"{key}.loan_fees": s.loan.fees or None,
            f"{key}.discount": s.discount or None,
            f"{key}.discount_month": s.discount_month or None,
            f"{key}.discount_months": s.discount_months,
            f"{key}.discount_rate": s.discount_rate,
            f"{key}.discount_fees": s.discount_fees or None,
            f"{key}.factor_share": s.factor_share,
            f"{key}.factor_advance": s.factor_advance,
            f"{key}.factor_commission": s.factor_commission,
            f"{key}.factor_rate": s.factor_rate,
            f"{key}.partners_amount": s.partners_amount or None,
            f"{key}.partners_month": s.partners_month or None,
        }
    return cells

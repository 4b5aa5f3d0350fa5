"""Cells of the treasury workbook read as a plan, as its formulas read them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from xlcrm.budget.days import working_day
from xlcrm.budget.months import month_after, month_index
from xlcrm.budget.plan import SHARES, CurrencyFlow, Due, Funding, Line, NewLoan, Opening, Plan
from xlcrm.budget.rounding import round_cents
from xlcrm.budget.scenarios import Scenario
from xlcrm.budget.terms import due_date
from xlcrm.templates.builder import YES_NO
from xlcrm.templates.treasury.choices import (
    CONVERSION,
    COUNTS,
    DELAY,
    DIRECTION,
    INTEREST_BASIS,
    INTEREST_TIMING,
    ITEMS,
    LOAN_MODE,
    ORDER,
    PARTNERS_INTEREST,
    PARTNERS_REPAY,
    QUOTE,
    SCENARIO_ORDER,
    SCENARIOS,
    TERMS_READ,
    TIMING,
)
from xlcrm.templates.treasury.inputs import ASSETS, DUES, LIABILITIES, ROWS
from xlcrm.texts import Text


def plan_of(cells: Mapping[str, Any], width: int) -> Plan:
    """The plan that cells hold, read as the formulas read them: a text in a number cell is 0.

    >>> from xlcrm.templates.treasury.inputs import cells_of
    >>> plan = Plan(company="A", months=2, wages=(1.0, 2.0), loans=(NewLoan(),) * 2)
    >>> plan_of(cells_of(plan, 6), 6).wages
    (1.0, 2.0, 0.0, 0.0, 0.0, 0.0)
    """
    read = _Reader(cells, width)
    start = read.day("start")
    first = month_after(start, 0) if start else date(2027, 1, 1)
    months = min(width, max(1, int(read.number("months") or width)))
    return Plan(
        company=str(cells.get("company") or ""),
        start=first,
        months=months,
        sales=read.lines("sales"),
        purchases=read.lines("purchases"),
        investments=read.lines("investments"),
        opening=read.opening(first, months),
        funding=read.funding(),
        social_delay=min(3, max(0, int(read.number("social_delay")))),
        tax_computed=cells.get("tax_mode") == "computed",
        tax_reference=read.number("tax_reference"),
        tax_balance=read.number("tax_balance"),
        tax_expense=read.number("tax_expense"),
        quarterly=cells.get("periodicity") == "quarter",
        loans=read.loans(),
        currencies=read.currencies(),
        closing_stock=read.number("closing_stock")
        if _is_number(cells.get("closing_stock"))
        else None,
        **{name: read.row(name) for name in ROWS},
    )


def scenarios_of(cells: Mapping[str, Any]) -> list[Scenario]:
    """The scenarios that cells hold, the budget itself left out."""
    read = _Reader(cells, 0)
    return [read.scenario(f"scenario.{k + 2}") for k in range(SCENARIOS - 1)]


def _is_number(value: Any) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)


class _Reader:
    """Reads cells as the template's formulas do."""

    def __init__(self, cells: Mapping[str, Any], width: int) -> None:
        self.cells, self.width = cells, width

    def number(self, key: str) -> float:
        value = self.cells.get(key)
        return float(value) if _is_number(value) else 0.0  # type: ignore[arg-type]

    def day(self, key: str) -> date | None:
        value = self.cells.get(key)
        return (
            value.date()
            if isinstance(value, datetime)
            else value
            if isinstance(value, date)
            else None
        )

    def text(self, key: str) -> str:
        return str(self.cells.get(key) or "")

    def choice(self, key: str, choices: Mapping[str, Text]) -> Any:
        value = self.cells.get(key)
        return value if value in choices else next(iter(choices))

    def row(self, key: str) -> tuple[float, ...]:
        return tuple(self.number(f"{key}.{m + 1}") for m in range(self.width))

    def line(self, key: str) -> Line:
        return Line(
            self.text(f"{key}.label"),
            self.number(f"{key}.rate"),
            self.choice(f"{key}.timing", TIMING) == "payment",
            tuple(self.number(f"{key}.share.{k + 1}") for k in range(SHARES)),
            self.row(f"{key}.amount"),
        )

    def lines(self, name: str) -> tuple[Line, ...]:
        """The lines that are used; empty ones at the end are left out."""
        found = [self.line(f"{name}.{k + 1}") for k in range(COUNTS[name])]
        while found and not found[-1].label and not any(found[-1].amounts):
            found.pop()
        return tuple(found)

    def loans(self) -> tuple[NewLoan, ...]:
        found = [self.loan(f"loans.{k + 1}") for k in range(COUNTS["loans"])]
        while found and not found[-1].amount:
            found.pop()
        return tuple(found)

    def currencies(self) -> tuple[CurrencyFlow, ...]:
        found = [self.currency(f"currencies.{k + 1}") for k in range(COUNTS["currencies"])]
        while found and not found[-1].label and not any(found[-1].amounts):
            found.pop()
        return tuple(found)

    def loan(self, key: str) -> NewLoan:
        return NewLoan(
            self.number(f"{key}.amount"),
            int(self.number(f"{key}.month")),
            self.number(f"{key}.rate"),
            int(self.number(f"{key}.count")),
            self.choice(f"{key}.mode", LOAN_MODE),
            self.choice(f"{key}.conversion", CONVERSION),
            self.number(f"{key}.fees"),
        )

    def currency(self, key: str) -> CurrencyFlow:
        return CurrencyFlow(
            self.text(f"{key}.label"),
            self.choice(f"{key}.direction", DIRECTION) == "in",
            self.choice(f"{key}.quote", QUOTE) == "euro",
            self.number(f"{key}.booked_rate"),
            self.row(f"{key}.amount"),
            self.row(f"{key}.rate"),
        )

    def opening(self, start: date, months: int) -> Opening:
        items: dict[str, Any] = {}
        listed = self.cells.get("opening.source") == "list"
        for name in (*ASSETS, *LIABILITIES):
            balance = self.number(f"opening.{name}")
            if listed and name in ("receivables", "payables"):
                side = "in" if name == "receivables" else "out"
                items[name] = Due(balance, *self.listed(side, start, months))
            elif name in DUES:
                later = self.number(f"schedule.{name}.later")
                items[name] = Due(balance, self.row(f"schedule.{name}"), later)
            else:
                items[name] = balance
        for name in ("receivables_vat_rate", "payables_vat_rate"):
            items[name] = self.number(f"opening.{name}")
        return Opening(**items)

    def listed(self, side: str, start: date, months: int) -> tuple[tuple[float, ...], float]:
        """Open invoices of one side by month; what is overdue falls in the first month."""
        row, later = [0.0] * months, 0.0
        for k in range(ITEMS):
            key = f"items.{k + 1}"
            due, amount = self.due(key), self.cells.get(f"{key}.amount")
            if self.cells.get(f"{key}.side") != side or due is None or not _is_number(amount):
                continue
            month = max(1, month_index(start, due))
            if month > months:
                later += self.number(f"{key}.amount")
            else:
                row[month - 1] += self.number(f"{key}.amount")
        return tuple(round_cents(amount) for amount in row), round_cents(later)

    def due(self, key: str) -> date | None:
        """The due date of an open invoice: as given, else by its terms, else none."""
        given, issued = self.day(f"{key}.due"), self.day(f"{key}.issued")
        shift = "next" if self.cells.get("working_days") == "yes" else "none"
        terms = TERMS_READ.get(self.text(f"{key}.terms"))
        day = given or (due_date(issued, terms) if issued and terms else None)
        return working_day(day, shift) if day else None

    def funding(self) -> Funding:
        number, choice = self.number, self.choice
        return Funding(
            minimum=number("funding.minimum"),
            limit=number("funding.limit"),
            order=choice("funding.order", ORDER),
            partners_most=number("funding.partners_most"),
            partners_step=number("funding.partners_step"),
            partners_rate=number("funding.partners_rate"),
            partners_interest=choice("funding.partners_interest", PARTNERS_INTEREST),
            partners_repay=choice("funding.partners_repay", PARTNERS_REPAY),
            partners_month=int(number("funding.partners_month")),
            overdraft_rate=number("funding.overdraft_rate"),
            overdraft_days=choice("funding.overdraft_basis", INTEREST_BASIS) == "days",
            overdraft_timing=choice("funding.overdraft_timing", INTEREST_TIMING),
            commission_rate=number("funding.commission_rate"),
            commission_cap=number("funding.commission_cap"),
        )

    def scenario(self, key: str) -> Scenario:
        number = self.number
        most = self.cells.get(f"{key}.partners_most")
        return Scenario(
            label=self.text(f"{key}.label"),
            loss=number(f"{key}.loss"),
            loss_month=int(number(f"{key}.loss_month")),
            loss_share=number(f"{key}.loss_share"),
            delay=self.choice(f"{key}.delay", DELAY),
            touch_opening=self.choice(f"{key}.touch_opening", YES_NO) == "yes",
            recover_vat=self.choice(f"{key}.recover_vat", YES_NO) == "yes",
            order=self.choice(f"{key}.order", SCENARIO_ORDER),
            partners_most=float(most) if _is_number(most) else None,  # type: ignore[arg-type]
            loan=NewLoan(
                number(f"{key}.loan_amount"),
                int(number(f"{key}.loan_month")),
                number(f"{key}.loan_rate"),
                int(number(f"{key}.loan_count")),
                fees=number(f"{key}.loan_fees"),
            ),
            discount=number(f"{key}.discount"),
            discount_month=int(number(f"{key}.discount_month")),
            discount_months=int(number(f"{key}.discount_months")),
            discount_rate=number(f"{key}.discount_rate"),
            discount_fees=number(f"{key}.discount_fees"),
            factor_share=number(f"{key}.factor_share"),
            factor_advance=number(f"{key}.factor_advance"),
            factor_commission=number(f"{key}.factor_commission"),
            factor_rate=number(f"{key}.factor_rate"),
            partners_amount=number(f"{key}.partners_amount"),
            partners_month=int(number(f"{key}.partners_month")),
        )

"""The inputs of the treasury template: a Plan as cells by key, and cells back as a Plan.

Keys are stable words (`sales.2.rate`, `opening.cash`); rows of months end with the month's number.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from xlcrm.budget.days import working_day
from xlcrm.budget.months import month_after, month_index
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
from xlcrm.budget.rounding import round_cents
from xlcrm.budget.scenarios import DELAY_LABELS, Scenario
from xlcrm.budget.terms import due_date
from xlcrm.templates.builder import YES_NO
from xlcrm.texts import Text

SCENARIOS, ITEMS = 8, 40
# How many lines of each kind a workbook has room for.
COUNTS = {"sales": 4, "purchases": 5, "investments": 2, "loans": 2, "currencies": 2}
WIDTHS = (6, 12)

TIMING = {
    "invoice": Text("Débits", "On invoice"),
    "payment": Text("Encaissements", "On payment"),
}
PERIODICITY = {"month": Text("Mensuelle", "Monthly"), "quarter": Text("Trimestrielle", "Quarterly")}
TAX_MODE = {
    "given": Text("Montants donnés", "Given amounts"),
    "computed": Text("Acomptes calculés", "Computed instalments"),
}
ORDER = {
    "partners": Text("Associés d'abord", "Partners first"),
    "overdraft": Text("Découvert seul", "Overdraft only"),
    "capped": Text("Découvert plafonné", "Capped overdraft"),
}
PARTNERS_INTEREST = {
    "next": Text("Le mois suivant", "The month after"),
    "repaid": Text("Au remboursement", "With the repayment"),
}
PARTNERS_REPAY = {
    "none": Text("Non", "No"),
    "asap": Text("Dès que possible", "As soon as possible"),
    "month": Text("Au mois indiqué", "In the month given"),
}
INTEREST_BASIS = {
    "twelfth": Text("Taux / 12", "Rate / 12"),
    "days": Text("Jours / 360", "Days / 360"),
}
INTEREST_TIMING = {
    "next": Text("Le mois suivant", "The month after"),
    "same": Text("Le mois même", "The same month"),
}
LOAN_MODE = {
    "level": Text("Échéance constante", "Constant instalment"),
    "principal": Text("Capital constant", "Constant principal"),
    "bullet": Text("In fine", "Bullet"),
}
CONVERSION = {
    "proportional": Text("Proportionnel", "Proportional"),
    "actuarial": Text("Actuariel", "Actuarial"),
}
DIRECTION = {"in": Text("Encaissement", "Receipt"), "out": Text("Décaissement", "Payment")}
QUOTE = {
    "unit": Text("1 devise = x €", "1 unit = x €"),
    "euro": Text("1 € = x devise", "1 € = x units"),
}
SOURCE = {
    "months": Text("Saisie par mois", "Typed by month"),
    "list": Text("Liste des factures", "List of invoices"),
}
SIDE = {"in": Text("À encaisser", "To receive"), "out": Text("À payer", "To pay")}
TERMS = {
    "cash": Text("Comptant", "Cash"),
    "30": Text("30 jours", "30 days"),
    "60": Text("60 jours", "60 days"),
    "30e": Text("30 j fin de mois", "30 d end of month"),
    "45a": Text("45 j fin de mois A", "45 d end of month A"),
    "45b": Text("45 j fin de mois B", "45 d end of month B"),
}
# The same terms as the functions read them.
TERMS_READ = {
    "cash": "comptant",
    "30": "30 j",
    "60": "60 j",
    "30e": "30 j fin de mois",
    "45a": "45 j fin de mois A",
    "45b": "45 j fin de mois B",
}
DELAY: dict[str, Text] = {str(key): label for key, label in DELAY_LABELS.items()}
SCENARIO_ORDER = {"": Text("Comme le budget", "As the budget"), **ORDER}
# By the last word of an input's key.
CHOICES: dict[str, Mapping[str, Text]] = {
    "periodicity": PERIODICITY,
    "tax_mode": TAX_MODE,
    "timing": TIMING,
    "order": ORDER,
    "partners_interest": PARTNERS_INTEREST,
    "partners_repay": PARTNERS_REPAY,
    "overdraft_basis": INTEREST_BASIS,
    "overdraft_timing": INTEREST_TIMING,
    "mode": LOAN_MODE,
    "conversion": CONVERSION,
    "direction": DIRECTION,
    "quote": QUOTE,
    "source": SOURCE,
    "textbook": YES_NO,
}

# Rows of one amount a month: the key of the template is the name in Plan.
ROWS = (
    "wages social_charges corporate_tax other_taxes vat_refunds other_deductible_vat "
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


def plan_of(cells: Mapping[str, Any], width: int) -> Plan:
    """The plan that cells hold, read as the formulas read them: a text in a number cell is 0.

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
        """The due date of an open invoice: as given, else by its terms."""
        given, issued = self.day(f"{key}.due"), self.day(f"{key}.issued")
        if given is None and issued is None:
            return None
        shift = "next" if self.cells.get("working_days") == "yes" else "none"
        terms = TERMS_READ.get(self.text(f"{key}.terms"), "30 j")
        day = given or (due_date(issued, terms) if issued else None)
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

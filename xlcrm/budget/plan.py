"""What goes into a treasury budget: the data of the given budgets, month by month.

Amounts are euros without VAT unless said; rates are parts of one, 0.2 for 20 %; a month is its
position, 1 for the first. All rows may be shorter than the budget: the rest is 0.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from xlcrm.budget.months import Row

SHARES = 5  # an invoice is paid at once, or 1 to 4 months later


@dataclass(frozen=True, slots=True)
class Line:
    """Sales, purchases or investments that share a VAT rate and payment terms.

    `shares[k]` is the part that is paid k months after the invoice. `on_payment`: VAT counts when
    the invoice is paid (encaissements), else when it is issued (débits).
    """

    label: str = ""
    vat_rate: float = 0.2
    on_payment: bool = False
    shares: Row = (1.0, 0.0, 0.0, 0.0, 0.0)
    amounts: Row = ()


@dataclass(frozen=True, slots=True)
class NewLoan:
    """A loan received in a month; its first instalment falls in the month after."""

    amount: float = 0.0
    month: int = 0
    rate: float = 0.0
    count: int = 12  # monthly instalments
    mode: Literal["level", "principal", "bullet"] = "level"
    conversion: Literal["proportional", "actuarial"] = "proportional"
    fees: float = 0.0


@dataclass(frozen=True, slots=True)
class CurrencyFlow:
    """Receipts or payments in a currency, by month of settlement.

    Rates are euros for one unit, or units for one euro (`per_euro`, as the ECB quotes).
    `booked_rate` is that of the invoice; the difference at settlement stands on its own line.
    """

    label: str = ""
    inflow: bool = True
    per_euro: bool = False
    booked_rate: float = 1.0
    amounts: Row = ()
    rates: Row = ()


@dataclass(frozen=True, slots=True)
class Due:
    """An item of the opening balance sheet and when it is settled: by month, and later."""

    balance: float = 0.0
    months: Row = ()
    later: float = 0.0


@dataclass(frozen=True, slots=True)
class Opening:
    """The opening balance sheet, with the schedule of what it owes and is owed."""

    # assets
    fixed_assets: float = 0.0
    stock: float = 0.0
    receivables: Due = Due()
    other_receivables: Due = Due()
    vat_credit: float = 0.0
    vat_waiting_deductible: float = 0.0
    placements: float = 0.0
    cash: float = 0.0
    # equity and liabilities
    equity: float = 0.0
    loans: float = 0.0
    partners: float = 0.0
    payables: Due = Due()
    asset_payables: Due = Due()
    social: Due = Due()
    taxes: Due = Due()
    other_debts: Due = Due()
    vat_due: float = 0.0
    vat_pending: float = 0.0  # of the quarter under way, when VAT is declared by quarter
    vat_waiting_collected: float = 0.0
    overdraft: float = 0.0
    # VAT that still counts when the opening items are paid (encaissements); 0: already declared
    receivables_vat_rate: float = 0.0
    payables_vat_rate: float = 0.0


@dataclass(frozen=True, slots=True)
class Funding:
    """How a lack of cash is met, and what that costs.

    order: "partners" first (up to `partners_most`, so that cash reaches `minimum`), "overdraft"
    only, or "capped": overdraft up to `limit`, partners beyond. A `partners_step` above 0 rounds
    what they bring up to a multiple.

    partners_interest: "next" is paid each month on the balance of the month before; "repaid" runs
    from the month of the loan itself and is paid with the repayment, not compounded.
    partners_repay: "none", "asap" (what exceeds the minimum), "month" (all of it in
    `partners_month`).

    Overdraft interest is paid the month after ("next"), or in the same month ("same", where the
    overdraft grows by its own interest). `overdraft_days`: days of the month / 360 instead of a
    twelfth. The commission on the highest overdraft is a share of the month-end overdraft, capped
    at `commission_cap` times the month's interest (0: no cap).
    """

    minimum: float = 0.0
    limit: float = 0.0
    order: Literal["partners", "overdraft", "capped"] = "partners"
    partners_most: float = 0.0
    partners_step: float = 0.0
    partners_rate: float = 0.0
    partners_interest: Literal["next", "repaid"] = "next"
    partners_repay: Literal["none", "asap", "month"] = "none"
    partners_month: int = 0
    overdraft_rate: float = 0.0
    overdraft_days: bool = False
    overdraft_timing: Literal["next", "same"] = "next"
    commission_rate: float = 0.0
    commission_cap: float = 0.5


@dataclass(frozen=True, slots=True)
class Plan:
    """Everything given for a treasury budget of 1 to 12 months."""

    company: str = ""
    start: date = date(2027, 1, 1)
    months: int = 6
    sales: tuple[Line, ...] = ()
    purchases: tuple[Line, ...] = ()
    investments: tuple[Line, ...] = ()
    opening: Opening = Opening()
    funding: Funding = Funding()
    # staff
    wages: Row = ()
    social_charges: Row = ()
    social_delay: int = 1
    # taxes
    tax_computed: bool = False  # instalments from last year's tax, else the given row
    tax_reference: float = 0.0
    tax_balance: float = 0.0
    corporate_tax: Row = ()
    other_taxes: Row = ()
    tax_expense: float = 0.0
    # VAT
    quarterly: bool = False
    vat_refunds: Row = ()
    other_deductible_vat: Row = ()
    other_collected_vat: Row = ()  # within disposals and other receipts
    # financing and the rest
    loans: tuple[NewLoan, ...] = ()
    loan_principal: Row = ()  # of loans that exist already
    loan_interest: Row = ()
    capital: Row = ()
    partners_in: Row = ()
    partners_out: Row = ()
    dividends: Row = ()
    placements_in: Row = ()  # sold
    placements_out: Row = ()  # bought
    disposals: Row = ()  # the price received, VAT included
    other_receipts: Row = ()
    other_payments: Row = ()
    currencies: tuple[CurrencyFlow, ...] = ()
    # closing balance sheet
    depreciation: Row = ()
    closing_stock: float | None = None  # None: as at the opening

"""Corporate tax: the instalments of a firm that closes its accounts on 31 December."""

from __future__ import annotations

from datetime import date

from xlcrm.budget.corporate_tax import NO_INSTALMENT_UP_TO
from xlcrm.budget.months import month_starts
from xlcrm.budget.rounding import round_cents

# Articles 1668 of the Code général des impôts and 358 to 366 of its annexe III.
INSTALMENT_MONTHS = (3, 6, 9, 12)
BALANCE_MONTH = 5


def tax_instalments(
    start: date, months: int, reference: float, balance: float = 0.0
) -> list[float]:
    """What is paid each month: a quarter of last year's tax on 15/3, 15/6, 15/9 and 15/12.

    Each instalment is a quarter of `reference`, to the euro; none if the reference is 3,000 euros
    or less. `balance`, the rest of last year's tax, is paid in May. The same reference serves for
    March, as if last year's tax were known already; the data of an exercise win over this.

    >>> tax_instalments(date(2027, 1, 1), 6, 8000, 500)
    [0.0, 0.0, 2000.0, 0.0, 500.0, 2000.0]
    >>> tax_instalments(date(2027, 3, 1), 1, 3000)
    [0.0]
    """
    part = round_cents(reference / 4, 0) if reference > NO_INSTALMENT_UP_TO else 0.0
    row = []
    for day in month_starts(start, months):
        amount = part if day.month in INSTALMENT_MONTHS else 0.0
        row.append(amount + (round_cents(balance) if day.month == BALANCE_MONTH else 0.0))
    return row

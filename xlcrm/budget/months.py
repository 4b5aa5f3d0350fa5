"""Months of a budget: their first days, their lengths, rows of one amount a month.

A row has one amount for each month of the budget, the first month first.
"""

from __future__ import annotations

import calendar
from collections.abc import Iterable, Sequence
from datetime import MAXYEAR, MINYEAR, date

from xlcrm.budget.rounding import add_cents, round_cents

Row = tuple[float, ...]


def month_after(start: date, months: int) -> date:
    """The first day of the month that lies `months` later (or earlier, below 0).

    >>> month_after(date(2026, 11, 15), 2), month_after(date(2026, 1, 1), -1)
    (datetime.date(2027, 1, 1), datetime.date(2025, 12, 1))
    """
    years, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    if not MINYEAR <= years <= MAXYEAR:
        raise OverflowError("date value out of range")  # as timedelta does
    return date(years, month + 1, 1)


def month_starts(start: date, count: int) -> list[date]:
    """The first day of each month of a budget.

    >>> [f"{day:%m/%y}" for day in month_starts(date(2026, 11, 1), 3)]
    ['11/26', '12/26', '01/27']
    """
    return [month_after(start, k) for k in range(count)]


def days_in_month(day: date) -> int:
    """The number of days of the month of a date.

    >>> days_in_month(date(2028, 2, 10))
    29
    """
    return calendar.monthrange(day.year, day.month)[1]


def month_index(start: date, day: date) -> int:
    """The position of a date's month, 1 for the month of `start`; 0 and below lie before.

    >>> start = date(2026, 11, 1)
    >>> month_index(start, date(2027, 1, 31)), month_index(start, date(2026, 10, 2))
    (3, 0)
    """
    return (day.year - start.year) * 12 + day.month - start.month + 1


def row_of(amounts: Iterable[float | None], count: int) -> list[float]:
    """Amounts to the cent for `count` months: cut there, or filled with 0; blanks are 0.

    >>> row_of([10.005, None, 3], 2), row_of([1], 3)
    ([10.01, 0.0], [1.0, 0.0, 0.0])
    """
    rounded = [round_cents(amount or 0.0) for amount in amounts][:count]
    return rounded + [0.0] * (count - len(rounded))


def sum_rows(*rows: Sequence[float]) -> list[float]:
    """Rows added month by month, each sum rounded to the cent.

    >>> sum_rows([0.1, 1], [0.2, 2])
    [0.3, 3.0]
    """
    return [add_cents(*amounts) for amounts in zip(*rows, strict=True)]


def later(row: Sequence[float], months: int) -> list[float]:
    """The same amounts, so many months later; what falls after the last month is gone.

    >>> later([1, 2, 3], 1)
    [0.0, 1, 2]
    """
    return ([0.0] * months + list(row))[: len(row)]

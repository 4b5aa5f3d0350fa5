"""The payments of a marketing budget, found again by whoever budgets the treasury."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from xlcrm.books.book import Book, Grid
from xlcrm.budget.marketing_results import PAYMENT_MONTHS, payments
from xlcrm.budget.months import month_index, month_starts
from xlcrm.budget.rounding import add_cents
from xlcrm.templates.marketing.cash import HEAD_LABEL, ROWS

_MONTH = re.compile(r"(\d{2})/(\d{4})")
# The rows of the treasury budget that take them: paid with VAT, VAT inside, received.
_TREASURY = {
    "gross": "other_payments",
    "vat": "other_deductible_vat",
    "receipts": "other_receipts",
}


@dataclass(frozen=True, slots=True)
class Cash:
    """Amounts by month: `rows["gross"][date(2027, 2, 1)]`."""

    rows: dict[str, dict[date, float]]

    def inputs(self, start: date, months: int) -> dict[str, Any]:
        """The same as inputs of the treasury template, cut to its months; `other_payments.1`…

        A month without any payment is 0, so that no month is missing.
        """
        given: dict[str, Any] = {}
        for key, name in _TREASURY.items():
            amounts = [0.0] * months
            for day, amount in self.rows.get(key, {}).items():
                at = month_index(start, day)
                if 1 <= at <= months:
                    amounts[at - 1] = add_cents(amounts[at - 1], amount)
            if any(amounts):
                given |= {f"{name}.{m + 1}": amount for m, amount in enumerate(amounts)}
        return given


def find_payments(book: Book) -> Cash | None:
    """The payments that a book holds: on the sheet of a marketing workbook, or on the result of
    the command; None where there are none."""
    for name in (*book.sheets(), *book.made().values()):
        found = _read(book.read(name))
        if found is not None:
            return found
    return _computed(book)


def _computed(book: Book) -> Cash | None:
    """The payments of a marketing workbook whose formulas no spreadsheet has computed yet."""
    from xlcrm.templates.marketing.reading import holds_marketing, read_marketing

    if not holds_marketing(book):
        return None
    plan = read_marketing(book).plan
    paid = payments(plan)
    months = month_starts(plan.start, PAYMENT_MONTHS)
    rows = {"gross": paid.gross, "vat": paid.vat, "receipts": paid.receipts}
    return Cash({key: dict(zip(months, row, strict=True)) for key, row in rows.items()})


def _read(grid: Grid) -> Cash | None:
    heads = (HEAD_LABEL.fr, HEAD_LABEL.en)
    for at, line in enumerate(grid.rows):
        cols = [c for c, value in enumerate(line) if value in heads]
        if cols:
            months = {c: day for c, value in enumerate(line) if (day := _month(value))}
            if months:
                return _below(grid, at, cols[0], months)
    return None


def _below(grid: Grid, at: int, label: int, months: dict[int, date]) -> Cash:
    words = {word: key for key, text in ROWS.items() for word in (text.fr, text.en)}
    rows: dict[str, dict[date, float]] = {}
    for line in grid.rows[at + 1 : at + 1 + len(ROWS)]:
        key = words.get(str(line[label] if label < len(line) else ""))
        if key:
            rows[key] = {
                day: float(line[c])
                for c, day in months.items()
                if c < len(line) and isinstance(line[c], (int, float))
            }
    return Cash(rows)


def _month(value: Any) -> date | None:
    """A month as a date, or as the text `02/2027`."""
    if isinstance(value, datetime):
        return value.date().replace(day=1)
    if isinstance(value, date):
        return value.replace(day=1)
    if isinstance(value, str) and (match := _MONTH.fullmatch(value.strip())):
        return date(int(match[2]), int(match[1]), 1)
    return None

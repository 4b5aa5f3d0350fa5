"""Purchases in memory, and what a command made of them: shared by the tests of purchases."""

from datetime import date, datetime

from xlcrm.books.memory import MemoryBook
from xlcrm.catalogue import find_command
from xlcrm.commands.job import run

AS_OF = date(2026, 11, 21)

HEAD = ["N° facture", "Date facture", "N° client", "Montant"]


def day(month, of_month=1, year=2026):
    return datetime(year, month, of_month)


def go(command, sheets, **options):
    book = sheets if isinstance(sheets, MemoryBook) else MemoryBook(sheets)
    return book, run(find_command(command), book, as_of=AS_OF, options=options)


def scores(book, *labels):
    table = book.results["scores"].tables[0]
    shown = [column.label for column in table.columns]
    return [tuple(row[shown.index(label)] for label in labels) for row in table.rows]


def months(book):
    """Sales of the months that have some, by month."""
    rows = book.results["dashboard"].tables[1].rows
    return {row[0]: row[1] for row in rows if row[1]}


def anomalies(report):
    return [(a["sheet"], a["row"], a["problem"]) for a in report.anomalies]


LINES = [HEAD, ["1", day(3), "A", 100.0], ["2", day(3), "B", 30.0]]

"""Paiements marketing en trésorerie: the payments of the actions in a treasury workbook."""

from __future__ import annotations

from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

from xlcrm.books.book import Book
from xlcrm.books.file import FileBook
from xlcrm.books.results import Chart, Column, ResultSheet, Table
from xlcrm.budget.months import month_after, month_starts
from xlcrm.budget.rounding import add_cents
from xlcrm.catalogue import Kind, Option, command
from xlcrm.commands.companions import companion_name
from xlcrm.commands.job import Job
from xlcrm.errors import RequestError, SourceError
from xlcrm.templates.marketing.cash import ROWS
from xlcrm.templates.marketing.payments import Cash, find_payments
from xlcrm.templates.treasury.costs import CARRIED
from xlcrm.texts import Text, listed


@command(
    "marketing-treasury",
    "marketing-tresorerie",
    group="marketing",
    label=Text("Paiements en trésorerie", "Payments to treasury"),
    summary=Text(
        "Reporte les paiements des actions marketing (TTC, TVA, délais) dans le budget de "
        "trésorerie : celui de ce classeur, ou un nouveau.",
        "Carries the payments of the marketing actions (VAT, delays) into the treasury budget: "
        "that of this workbook, or a new one.",
    ),
    icon="AccountingFormat",
    order=25,
    options=[
        Option("marketing", "marketing",
               Text("Le fichier du budget marketing, s'il est à part.",
                    "The file of the marketing budget, where it is another one.")),
        Option("start", "debut",
               Text("Premier mois d'un nouveau budget (celui du budget marketing).",
                    "First month of a new budget (that of the marketing budget)."),
               kind=Kind.DATE),
        Option("months", "mois", Text("Mois d'un nouveau budget (12).", "Months of a new budget."),
               12, kind=Kind.INTEGER),
    ],
)  # fmt: skip
def marketing_treasury(job: Job) -> None:
    """Find the payments; write them by month, and the treasury workbook that holds them."""
    cash = _payments(job)
    cells = _treasury_cells(job.book) if job.options["marketing"] else None
    first = min(day for row in cash.rows.values() for day in row)
    start = month_after((cells or {}).get("start") or job.options["start"] or first, 0)
    months = int((cells or {}).get("months") or min(12, max(1, job.options["months"])))
    given = cash.inputs(start, months)
    job.results.append(_sheet(job, cash, start, months))
    job.count("payments", Text("paiements TTC reportés (€)", "payments carried over (€)"),
              _sum(given, "other_payments"))  # fmt: skip
    job.count("receipts", Text("contributions reportées (€)", "contributions carried over (€)"),
              _sum(given, "other_receipts"))  # fmt: skip
    late = add_cents(*cash.rows["gross"].values(), -_sum(given, "other_payments"))
    if late:
        job.say(
            "{late} € de paiements tombent hors des mois du budget de trésorerie.",
            "€{late} of payments fall outside the months of the treasury budget.",
            late=_money(job, late),
        )
    amounts = _merged(job, cells or {}, given, months)
    job.documents[companion_name(job, "treasury")] = _workbook(job, cells, amounts, start, months)


def _payments(job: Job) -> Cash:
    path = job.options["marketing"]
    if path and not Path(path).is_file():
        raise RequestError(fr=f"Pas de fichier « {path} ».", en=f'There is no file "{path}".')
    book: Book = FileBook.open(path, lang=job.lang) if path else job.book
    cash = find_payments(book)
    if cash is None or not any(any(row.values()) for row in cash.rows.values()):
        raise SourceError(
            fr=f"Pas de paiements marketing dans {book.name} (feuilles : {listed(book.sheets())}) "
            ": lancez « Budget marketing » d'abord.",
            en=f"No marketing payments in {book.name} (sheets: {listed(book.sheets())}): run "
            '"Marketing budget" first.',
        )
    return cash


def _treasury_cells(book: Book) -> dict[str, Any]:
    from xlcrm.templates.treasury.reading import read_treasury

    return dict(read_treasury(book).cells)


def _merged(
    job: Job, cells: dict[str, Any], given: dict[str, Any], months: int
) -> dict[str, float]:
    """The rows with what is carried over now in place of what was at an earlier run.

    The workbook notes what came from the marketing budget (`carried.…`), so that a run again
    replaces it and leaves what the user typed.
    """
    names = [f"{row}.{m + 1}" for row in CARRIED for m in range(months)]
    there, before = ({n: _number(cells, prefix + n) for n in names} for prefix in ("", "carried."))
    if not any(before.values()) and _holds(there, given):
        before = {name: given.get(name, 0.0) for name in names}  # carried before it was noted
    out: dict[str, float] = {}
    for row in CARRIED:
        own = {n: add_cents(there[n], -before[n]) for n in names if n.rpartition(".")[0] == row}
        rest = {name: max(0.0, amount) for name, amount in own.items()}
        new = {name: add_cents(rest[name], given.get(name, 0.0)) for name in own}
        if any(new.values()) or any(there[name] for name in own):
            out |= new | {f"carried.{name}": given.get(name, 0.0) for name in own}
    _say_what_changed(job, there, before, given)
    return out


def _number(cells: dict[str, Any], key: str) -> float:
    value = cells.get(key)
    return float(value) if isinstance(value, (int, float)) else 0.0


def _holds(there: dict[str, float], given: dict[str, Any]) -> bool:
    """Whether the rows are exactly the payments: an earlier run, which left no note, put them."""
    return bool(given) and all(amount == given.get(name, 0.0) for name, amount in there.items())


def _say_what_changed(
    job: Job, there: dict[str, float], before: dict[str, float], given: dict[str, Any]
) -> None:
    if any(before.values()):
        if all(amount == given.get(name, 0.0) for name, amount in before.items()):
            job.say(
                "Ces paiements sont déjà dans le budget de trésorerie : rien n'est ajouté.",
                "These payments are in the treasury budget already: nothing is added.",
            )
            return
        job.say(
            "Le report précédent ({before} €) est remplacé.",
            "What was carried over before (€{before}) is replaced.",
            before=_money(job, _sum(before, "other_payments")),
        )
    own = add_cents(_sum(there, "other_payments"), -_sum(before, "other_payments"))
    if own > 0:
        job.say(
            "Ajoutés aux {own} € déjà dans « Autres décaissements ».",
            'Added to the €{own} already in "Other payments".',
            own=_money(job, own),
        )


def _money(job: Job, amount: float) -> str:
    return job.text(f"{amount:,.2f}".translate({44: "\u202f", 46: ","}), f"{amount:,.2f}")


def _workbook(
    job: Job, cells: dict[str, Any] | None, amounts: dict[str, Any], start: date, months: int
) -> bytes:
    """A treasury workbook with the amounts in its rows."""
    from xlcrm.templates.treasury import build_treasury

    kept = {key: value for key, value in (cells or {}).items() if value is not None}
    values = {"start": start, "months": months} | kept | amounts
    content = BytesIO()
    variant = "year" if months > 6 else "empty"
    build_treasury(content, job.lang, variant=variant, given=values)
    return content.getvalue()


def _sum(given: dict[str, Any], name: str) -> float:
    return add_cents(*(v for key, v in given.items() if key.rsplit(".", 1)[0] == name))


def _sheet(job: Job, cash: Cash, start: date, months: int) -> ResultSheet:
    t = job.text
    columns = [Column(t("Mois", "Month"))]
    columns += [Column(text.in_(job.lang), "money") for text in ROWS.values()]
    rows = [
        [f"{day:%m/%Y}", *(cash.rows.get(key, {}).get(day, 0.0) for key in ROWS)]
        for day in month_starts(start, months)
    ]
    title = t("Paiements reportés", "Payments carried over")
    return ResultSheet(
        title, "marketing_treasury", title, [Table(columns, rows)],
        charts=[Chart("column", title, 0, (1, 3))],
    )  # fmt: skip

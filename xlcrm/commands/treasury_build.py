"""Budget de trésorerie: from exports of open invoices to a schedule, a forecast and a workbook."""

from __future__ import annotations

from datetime import date
from io import BytesIO
from itertools import accumulate
from typing import Any

from xlcrm.books.results import Chart, Column, ResultSheet, Table
from xlcrm.budget.months import month_after, month_starts
from xlcrm.budget.rounding import add_cents, round_cents
from xlcrm.catalogue import Kind, Option, command
from xlcrm.commands.companions import companion_name
from xlcrm.commands.job import Job
from xlcrm.commands.treasury_columns import nothing_left, sheets_with_lines
from xlcrm.commands.treasury_invoices import OpenItem, mark_doubles, open_items
from xlcrm.errors import ArgumentError
from xlcrm.texts import Text


@command(
    "treasury",
    "tresorerie",
    group="budgets",
    label=Text("Budget de trésorerie", "Treasury budget"),
    summary=Text(
        fr="À partir des factures à encaisser et à payer (export comptable), dresse l'échéancier "
        "par mois, la trésorerie prévue, et remplit le modèle de budget de trésorerie.",
        en="From invoices to be received and paid (an accounting export), draws up the schedule by "
        "month and the cash forecast, and fills in the treasury budget template.",
    ),
    icon="AccountingFormat",
    order=10,
    options=[
        Option(
            "start",
            "debut",
            Text(
                "Premier mois du budget (par défaut le mois d'arrêté).",
                "First month of the budget (by default the month of the as-of date).",
            ),
            kind=Kind.DATE,
        ),
        Option(
            "months",
            "mois",
            Text("Nombre de mois, de 1 à 12.", "Number of months, from 1 to 12."),
            6,
            kind=Kind.INTEGER,
        ),
        Option(
            "cash",
            "tresorerie",
            Text("Trésorerie de départ, en euros.", "Opening cash, in euros."),
            0.0,
            kind=Kind.NUMBER,
        ),
        Option(
            "working_days",
            "jours_ouvres",
            Text(
                "Reporter les échéances au jour ouvré suivant.",
                "Move due dates to the next working day.",
            ),
            False,
            kind=Kind.FLAG,
        ),
    ],
)
def treasury(job: Job) -> None:
    """Read open invoices; write the schedule, the forecast, and the filled-in workbook.

    What is overdue counts in the first month; what falls after the last month counts as later.
    """
    months = _months(job)
    start = month_after(job.options["start"] or job.as_of, 0)
    items = [item for lines in sheets_with_lines(job) for item in open_items(job, lines, start)]
    if not items:
        raise nothing_left(
            job, Text("Aucune facture à encaisser ou à payer", "No invoice to receive or pay")
        )
    items = mark_doubles(job, items)
    items.sort(key=lambda item: (item.due, item.side, item.party))
    job.count("receivable", Text("facture(s) à encaisser", "invoice(s) to receive"),
              sum(item.side == "in" for item in items))  # fmt: skip
    job.count("payable", Text("facture(s) à payer", "invoice(s) to pay"),
              sum(item.side == "out" for item in items))  # fmt: skip
    job.results.append(_schedule_sheet(job, items))
    job.results.append(_forecast_sheet(job, items, start, months))
    job.documents[companion_name(job, "treasury")] = _workbook(job, items, start, months)


def _months(job: Job) -> int:
    months = job.options["months"]
    if not 1 <= months <= 12:
        raise ArgumentError(
            fr=f"Option « mois » : {months} ; il faut un nombre de 1 à 12.",
            en=f'Option "months": {months}; a number from 1 to 12 is needed.',
        )
    return int(months)


def _schedule_sheet(job: Job, items: list[OpenItem]) -> ResultSheet:
    t = job.text
    sides = {"in": t("À encaisser", "To receive"), "out": t("À payer", "To pay")}
    columns = [
        Column(t("Sens", "Side")), Column(t("Tiers", "Party")), Column(t("Pièce", "Document")),
        Column(t("Facturé le", "Issued"), "date"), Column(t("Échéance", "Due date"), "date"),
        Column(t("Mois n°", "Month no."), "integer"), Column(t("Montant TTC", "Amount"), "money"),
        Column(t("Alerte", "Alert"), width=36), Column("Source"),
        Column(t("Ligne", "Row"), "integer"),
    ]  # fmt: skip
    rows = [
        [sides[i.side], i.party, i.document, i.issued, i.due, i.month, i.amount,
         i.alert.in_(job.lang) if i.alert else None, i.sheet, i.row]
        for i in items
    ]  # fmt: skip
    marks: dict[tuple[int, int], Any] = {
        (r, 7): "doubt" for r, item in enumerate(items) if item.alert
    }
    title = t("Échéancier des factures", "Schedule of invoices")
    labels = [column.label for column in columns]
    side, party, document, issued, due, _, amount = labels[:7]
    keys = ((side, party, document, issued, due, amount), (side, party, document),
            (side, party, issued, amount))  # fmt: skip
    table = Table(columns, rows, marks=marks, keys=keys)
    return ResultSheet(title, "treasury_schedule", title, [table])


def _forecast_sheet(job: Job, items: list[OpenItem], start: date, months: int) -> ResultSheet:
    t = job.text
    received, paid = (_by_month(items, side, months) for side in ("in", "out"))
    balance = [add_cents(r, -p) for r, p in zip(received, paid, strict=True)]
    opening = round_cents(job.options["cash"])
    cash = list(accumulate(balance, add_cents, initial=opening))[1:]
    dates = month_starts(start, months)
    rows: list[list[Any]] = [
        list(row) for row in zip(dates, received, paid, balance, cash, strict=True)
    ]
    columns = [
        Column(t("Mois", "Month"), "date"),
        Column(t("Encaissements", "Receipts"), "money"),
        Column(t("Décaissements", "Payments"), "money"),
        Column(t("Solde", "Balance"), "money"),
        Column(t("Trésorerie", "Cash"), "money"),
    ]
    marks: dict[tuple[int, int], Any] = {(m, 4): "alert" for m in range(months) if cash[m] < 0}
    title = t("Trésorerie prévue", "Cash forecast")
    note = t("Factures connues seulement ; le classeur joint sert à ajouter le reste.",
             "Known invoices only; the attached workbook takes the rest.")  # fmt: skip
    chart = Chart("line", title, 0, (4,))
    flows = Chart("column", t("Encaissements et décaissements", "Receipts and payments"), 0, (1, 2))
    later = [_later(items, side, months) for side in ("in", "out")]
    tables = [Table(columns, rows, marks=marks)]
    if any(later):  # apart, so that no chart takes it for a month
        row = [t("Plus tard", "Later"), *later, add_cents(later[0], -later[1])]
        tables.append(Table(columns[:4], [row], t("Après ces mois", "After these months")))
    return ResultSheet(title, "treasury_forecast", title, tables, [note], [chart, flows])


def _by_month(items: list[OpenItem], side: str, months: int) -> list[float]:
    return [
        add_cents(*(i.amount for i in items if i.side == side and i.month == m + 1))
        for m in range(months)
    ]


def _later(items: list[OpenItem], side: str, months: int) -> float:
    return add_cents(*(i.amount for i in items if i.side == side and i.month > months))


def _workbook(job: Job, items: list[OpenItem], start: date, months: int) -> bytes:
    """The treasury template with the opening items in it, one by one where they fit."""
    from xlcrm.templates.treasury import build_treasury
    from xlcrm.templates.treasury.choices import ITEMS

    given: dict[str, Any] = {"start": start, "months": months}
    opening = round_cents(job.options["cash"])
    given["opening.cash" if opening >= 0 else "opening.overdraft"] = abs(opening)
    totals = {}
    for side, name in (("in", "receivables"), ("out", "payables")):
        totals[name] = add_cents(*(item.amount for item in items if item.side == side))
        given[f"opening.{name}"] = totals[name]
    equity = add_cents(opening, totals["receivables"], -totals["payables"])
    given["opening.equity"] = equity
    if len(items) <= ITEMS and all(item.amount > 0 for item in items):
        given |= _listed(items) | {"opening.source": "list"}
        given["working_days"] = "yes" if job.options["working_days"] else "no"
    else:
        for side, name in (("in", "receivables"), ("out", "payables")):
            row = _by_month(items, side, months)
            given |= {f"schedule.{name}.{m + 1}": amount for m, amount in enumerate(row)}
            given[f"schedule.{name}.later"] = _later(items, side, months)
        if len(items) > ITEMS:
            job.say(
                fr="Plus de {n} factures : le classeur les reprend par mois, le détail est dans "
                "l'échéancier.",
                en="More than {n} invoices: the workbook takes them by month, the detail is in the "
                "schedule.",
                n=ITEMS,
            )
    content = BytesIO()
    variant = "year" if months > 6 else "empty"
    build_treasury(content, job.lang, variant=variant, given=given)
    return content.getvalue()


def _listed(items: list[OpenItem]) -> dict[str, Any]:
    given: dict[str, Any] = {}
    for k, item in enumerate(items, 1):
        given |= {
            f"items.{k}.side": item.side,
            f"items.{k}.party": item.party or None,
            f"items.{k}.document": item.document or None,
            f"items.{k}.due": item.due,
            f"items.{k}.amount": item.amount,
        }
        if item.issued and item.issued <= item.due:
            given[f"items.{k}.issued"] = item.issued
    return given

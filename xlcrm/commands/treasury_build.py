"""Budget de trésorerie: from exports of open invoices to a schedule, a forecast and a workbook."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from io import BytesIO
from itertools import accumulate
from pathlib import PurePath
from typing import Any

from xlcrm import cells
from xlcrm.books.results import Chart, Column, ResultSheet, Table
from xlcrm.budget.days import working_day
from xlcrm.budget.months import month_after, month_index, month_starts
from xlcrm.budget.rounding import add_cents, round_cents
from xlcrm.budget.terms import due_date
from xlcrm.catalogue import Kind, Option, command
from xlcrm.columns import fold
from xlcrm.commands.job import Job
from xlcrm.commands.treasury_columns import (
    REMAINING,
    Line,
    day_in,
    note_line,
    number_in,
    sheets_with_lines,
)
from xlcrm.errors import ArgumentError
from xlcrm.texts import Text

_IN = ("client", "vente", "encaisser", "creance", "recette", "receive", "customer", "sale", "411")
_OUT = ("fournisseur", "achat", "payer", "dette", "depense", "pay", "supplier", "purchase", "401")
# Ways to pay, which say nothing of when.
_MEANS = frozenset(
    "|virement|virement bancaire|virement sepa|cheque|cheque bancaire|prelevement|"
    "prelevement automatique|prelevement sepa|traite|lcr|effet|carte|carte bancaire|cb|especes|"
    "transfer|bank transfer|check|direct debit|card".split("|")
)


@dataclass(frozen=True, slots=True)
class OpenItem:
    """An invoice still to be received ("in") or paid ("out"), and where it stands."""

    side: str
    party: str
    document: str
    issued: date | None
    due: date
    month: int
    amount: float
    alert: Text | None
    sheet: str
    row: int


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
    items = [item for lines in sheets_with_lines(job) for item in _items(job, lines, start)]
    items.sort(key=lambda item: (item.due, item.side, item.party))
    job.count("receivable", Text("Factures à encaisser", "Invoices to receive"),
              sum(item.side == "in" for item in items))  # fmt: skip
    job.count("payable", Text("Factures à payer", "Invoices to pay"),
              sum(item.side == "out" for item in items))  # fmt: skip
    job.results.append(_schedule_sheet(job, items))
    job.results.append(_forecast_sheet(job, items, start, months))
    name = f"{PurePath(job.book.name).stem}-{job.text('tresorerie', 'treasury')}.xlsx"
    job.documents[name] = _workbook(job, items, start, months)


def _months(job: Job) -> int:
    months = job.options["months"]
    if not 1 <= months <= 12:
        raise ArgumentError(
            fr=f"Option « mois » : {months} ; il faut un nombre de 1 à 12.",
            en=f'Option "months": {months}; a number from 1 to 12 is needed.',
        )
    return int(months)


def _items(job: Job, lines: list[Line], start: date) -> list[OpenItem]:
    found = []
    for line in lines:
        amount = number_in(job, line, "amount")
        side = _side(line)
        if amount is None and (debit := number_in(job, line, "debit")):
            amount = debit
        elif amount is None and (credit := number_in(job, line, "credit")):
            amount = credit
        if amount and fold(line.labels.get("amount", "")) not in REMAINING:
            amount = add_cents(amount, -(number_in(job, line, "paid") or 0))
        due = _due(job, line)
        if not amount or due is None:
            _note_gap(job, line, amount, due)
            continue
        if side is None:
            note_line(job, line, "side", "Client ou fournisseur ? Facture laissée de côté.",
                      "Customer or supplier? Invoice left out.")  # fmt: skip
            continue
        found.append(_item(job, line, side, amount, due, start))
    return found


def _note_gap(job: Job, line: Line, amount: float | None, due: date | None) -> None:
    """A row with only an amount or only a due date; what is unreadable is noted already."""
    if amount and due is None and not any(line.cells.get(k) for k in ("due", "terms", "issued")):
        note_line(
            job,
            line,
            "amount",
            "Ni échéance ni date de facture : facture laissée de côté.",
            "Neither due date nor invoice date: invoice left out.",
        )
    elif due and amount is None and cells.is_blank(line.cells.get("amount")):
        note_line(
            job,
            line,
            "due",
            "Montant manquant : facture laissée de côté.",
            "Amount missing: invoice left out.",
        )


def _item(job: Job, line: Line, side: str, amount: float, due: date, start: date) -> OpenItem:
    issued = day_in(job, line, "issued")
    alert = None
    if cells.is_blank(line.cells.get("due")) and not _when(line):
        alert = Text("Ni échéance ni délai : 30 jours comptés.",
                     "Neither due date nor terms: 30 days counted.")  # fmt: skip
    if issued and due < issued:
        alert = Text("L'échéance précède la facture.", "The due date is before the invoice.")
        note_line(job, line, "due", alert.fr, alert.en)
    elif due < start:
        alert = Text("Échue avant le premier mois.", "Due before the first month.")
    elif issued and (due - issued).days > 75:  # 60 days, or 45 days end of month at the longest
        alert = Text("Délai supérieur au maximum légal.", "Beyond the longest legal term.")
    if amount < 0:
        alert = Text("Avoir : vient en déduction.", "Credit note: taken off.")
    return OpenItem(
        side,
        str(line.cells.get("party") or ""),
        str(line.cells.get("document") or ""),
        issued,
        due,
        max(1, month_index(start, due)),
        round_cents(amount),
        alert,
        line.sheet,
        line.row,
    )


def _side(line: Line) -> str | None:
    """Receivable or payable: by its own column, its account, the label of the party, the sheet."""
    told = [str(line.cells.get(key) or "") for key in ("side", "account")]
    told += [line.labels.get("party", ""), line.sheet]
    for text in told:
        plain = fold(text)
        if any(word in plain for word in _IN):
            return "in"
        if any(word in plain for word in _OUT):
            return "out"
    return None


def _due(job: Job, line: Line) -> date | None:
    """The due date, given or by the terms; moved to a working day if asked."""
    due = day_in(job, line, "due")
    if due is None and (issued := day_in(job, line, "issued")):
        try:
            due = due_date(issued, _when(line) or "30 j")
        except ArgumentError as error:
            note_line(job, line, "terms", error.in_("fr"), error.in_("en"))
    if due is None:
        return None
    return working_day(due, "next") if job.options["working_days"] else due


def _when(line: Line) -> str:
    """The terms of a line; nothing where they say how it is paid and not when."""
    terms = str(line.cells.get("terms") or "").strip()
    return "" if fold(terms) in _MEANS else terms


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
    return ResultSheet(title, "treasury_schedule", title, [Table(columns, rows, marks=marks)])


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
    later = [_later(items, side, months) for side in ("in", "out")]
    rows.append([t("Plus tard", "Later"), *later, add_cents(later[0], -later[1]), None])
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
    table = Table(columns, rows, marks=marks)
    return ResultSheet(title, "treasury_forecast", title, [table], [note], [chart, flows])


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

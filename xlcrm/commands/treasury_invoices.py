"""Open invoices out of the lines of an export: who owes whom, how much, and when it falls due."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from xlcrm import cells
from xlcrm.budget.days import working_day
from xlcrm.budget.months import month_index
from xlcrm.budget.rounding import add_cents, round_cents
from xlcrm.budget.terms import due_date, read_terms
from xlcrm.columns import fold
from xlcrm.commands.job import Anomaly, Job
from xlcrm.commands.treasury_columns import REMAINING, Line, day_in, note_line, number_in
from xlcrm.commands.treasury_settled import Settled, name_unread, settlement
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


def open_items(job: Job, lines: Iterable[Line], start: date) -> list[OpenItem]:
    """The invoices of an export; what cannot be used, and what comes twice, is noted."""
    found, done = [], 0
    lines = list(lines)
    for line, settled in zip(lines, settlement(job, lines), strict=True):
        amount = _open_amount(job, line, settled)
        if settled.full and not amount:
            done += 1
            continue
        due, doubt = _due(job, line)
        if not amount or due is None:
            _note_gap(job, line, amount, due)
            continue
        side = _side(line)
        if side is None:
            note_line(job, line, "side", "Client ou fournisseur ? Facture laissée de côté.",
                      "Customer or supplier? Invoice left out.")  # fmt: skip
            continue
        found.append(_item(job, line, side, amount, due, doubt, start))
    name_unread(job, lines)
    if done:
        job.say(
            "{sheet} : {n} facture(s) déjà réglée(s), laissée(s) de côté.",
            "{sheet}: {n} invoice(s) settled already, left out.",
            sheet=lines[0].sheet,
            n=done,
        )
    return found


def _open_amount(job: Job, line: Line, settled: Settled) -> float | None:
    """What is still owed: a remainder as it stands, else the amount less what is paid."""
    rest = fold(line.labels.get("amount", "")) in REMAINING
    if settled.full and not (rest and not cells.is_blank(line.cells.get("amount"))):
        return 0.0
    amount = number_in(job, line, "amount")
    if amount is None:
        amount = number_in(job, line, "debit") or number_in(job, line, "credit")
    if rest:
        if amount and settled.full:
            note_line(job, line, "amount", "Dite réglée, mais avec un reste dû : comptée.",
                      "Said to be settled, but with an amount due: it counts.")  # fmt: skip
    elif amount:
        amount = add_cents(amount, -settled.part)
    return amount


def _note_gap(job: Job, line: Line, amount: float | None, due: date | None) -> None:
    """A row with only an amount or only a due date; what is unreadable is noted already."""
    if amount and due is None and cells.is_blank(line.cells.get("issued")):
        note_line(
            job,
            line,
            "issued",
            "Ni date d'échéance ni date de facture : facture laissée de côté.",
            "Neither due date nor invoice date: invoice left out.",
        )
    elif due and amount is None and cells.is_blank(line.cells.get("amount")):
        note_line(
            job,
            line,
            "amount",
            "Montant manquant : facture laissée de côté.",
            "Amount missing: invoice left out.",
        )


def _item(
    job: Job,
    line: Line,
    side: str,
    amount: float,
    due: date,
    doubt: Text | None,
    start: date,
) -> OpenItem:
    issued = day_in(job, line, "issued")
    alert = doubt
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
        cells.to_label(line.cells.get("document")) or "",
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


def _due(job: Job, line: Line) -> tuple[date | None, Text | None]:
    """The due date, and what was assumed for it.

    A date as it stands; terms, in the column of due dates or in one of their own, count from the
    date of the invoice; without either, 30 days.
    """
    due, terms = _told(job, line)
    doubt = None
    if due is None and (issued := day_in(job, line, "issued")):
        if not terms:
            terms = "30 j"
            doubt = Text("Ni échéance ni délai : 30 jours comptés.",
                         "Neither due date nor terms: 30 days counted.")  # fmt: skip
        due = due_date(issued, terms)
    if due and job.options["working_days"]:
        due = working_day(due, "next")
    return due, doubt


def _told(job: Job, line: Line) -> tuple[date | None, str]:
    """The due date of a line, or else its terms; what is neither is noted."""
    for key in ("due", "terms"):
        text = cells.to_label(line.cells.get(key)) or ""
        if fold(text) in _MEANS:
            continue
        try:
            read_terms(text)  # a number below 731 is days, above it is a date
            return None, text
        except ArgumentError as unread:
            problem = unread.text
        if key == "due":
            try:
                return cells.to_date(line.cells[key]), ""
            except ArgumentError:
                problem = _NO_DATE
        note_line(job, line, key, problem.fr, problem.en)
    return None, ""


_NO_DATE = Text(
    fr="Ni une date ni un délai de règlement : par exemple 31/12/2026 ou 45 jours fin de mois.",
    en="Neither a date nor payment terms: such as 31/12/2026 or 45 days end of month.",
)


def mark_doubles(job: Job, items: list[OpenItem]) -> list[OpenItem]:
    """The same, each with an alert where its number, party and amount came before.

    They all count: one number may be due in several instalments, and only the user knows.
    """
    first: dict[tuple[Any, ...], OpenItem] = {}
    marked = []
    for item in items:
        key = (item.side, fold(item.party), fold(item.document), item.amount)
        before = first.setdefault(key, item)
        if before is not item and item.document:
            alert = _SAME_DAY if before.due == item.due else _OTHER_DAY
            alert = alert.format(sheet=before.sheet, row=before.row)
            column = Text("Pièce", "Document").in_(job.lang)
            job.anomalies.append(Anomaly(item.sheet, item.row, column, item.document, alert))
            item = replace(item, alert=alert)
        marked.append(item)
    return marked


_SAME_DAY = Text(
    fr="Même facture que {sheet} ligne {row} (n°, tiers, montant, échéance) : comptée deux fois.",
    en="Same invoice as {sheet} row {row} (number, party, amount, due date): counted twice.",
)
_OTHER_DAY = Text(
    fr="Même n°, tiers et montant que {sheet} ligne {row}, autre échéance : comptée en plus.",
    en="Same number, party and amount as {sheet} row {row}, other due date: counted as well.",
)

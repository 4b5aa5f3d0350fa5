"""Réalisé: what came in and went out at the bank, against the treasury budget."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from itertools import accumulate
from typing import Any

from xlcrm.books.results import Chart, Column, ResultSheet, Table
from xlcrm.budget.months import month_index, month_starts
from xlcrm.budget.plan import Plan
from xlcrm.budget.rounding import add_cents, round_cents
from xlcrm.budget.treasury import Treasury, treasury_budget
from xlcrm.catalogue import command
from xlcrm.columns import fold
from xlcrm.commands.job import Job
from xlcrm.commands.treasury_columns import (
    Line,
    day_in,
    note_line,
    nothing_left,
    number_in,
    sheets_with_lines,
)
from xlcrm.texts import Text

# Words of bank labels that tell a line of the budget, folded.
_WORDS: dict[str, tuple[str, ...]] = {
    "out.wages": ("salaire", "paie", "remuneration", "wage", "salary"),
    "out.social": ("urssaf", "charges sociales", "retraite", "mutuelle", "prevoyance"),
    "out.vat": ("tva", "vat"),
    "out.corporate_tax": ("impot societe", "impot sur les societes", "corporate tax"),
    "out.other_taxes": ("cfe", "taxe", "impot"),
    "out.loans.existing": ("emprunt", "pret", "echeance de pret", "loan"),
    "charges": ("agios", "frais bancaires", "interets debiteurs", "commission", "bank charge"),
}


@dataclass(frozen=True, slots=True)
class Movement:
    """A line of the bank: above 0 received, below 0 paid."""

    month: int
    amount: float
    line: str  # key of the budget's line, or ""


@command(
    "actual",
    "realise",
    group="budgets",
    label=Text("Budget et réalisé", "Budget and actual"),
    summary=Text(
        fr="Compare le budget de trésorerie aux mouvements de banque du même classeur : par mois "
        "et par ligne, prévu, réalisé, écart. À relancer quand de nouveaux mouvements arrivent.",
        en="Compares the treasury budget with the bank movements of the same workbook: by month "
        "and "
        "by line, budget, actual, difference. Run it again when new movements come in.",
    ),
    icon="CompareAndMergeWorkbooks",
    order=30,
)
def actual(job: Job) -> None:
    """Read the budget and a sheet of movements (date, label, amount or debit and credit)."""
    from xlcrm.templates.treasury.reading import read_treasury

    filled = read_treasury(job.book)
    budget = treasury_budget(filled.plan)
    names = _line_names(budget, filled.cells, job)
    movements = [
        movement
        for lines in sheets_with_lines(job, leave_out=filled.sheets)
        for movement in _movements(job, lines, filled.plan, names)
    ]
    if not movements:
        raise nothing_left(
            job,
            Text("Aucun mouvement des mois du budget", "No movement in the months of the budget"),
        )
    known = max(m.month for m in movements)
    job.count("movements", Text("mouvement(s) lu(s)", "movement(s) read"), len(movements))
    job.count("unmatched", Text("sans ligne de budget", "without a budget line"),
              sum(not m.line for m in movements))  # fmt: skip
    job.results.append(_sheet(job, budget, movements, known, names))


def _line_names(budget: Treasury, cells: Mapping[str, Any], job: Job) -> dict[str, str]:
    """The label of each line of the cash table, by key."""
    from xlcrm.templates.treasury.cash import PAYMENTS, RECEIPTS

    names: dict[str, str] = {}
    for side, rows, labels in (
        ("in", budget.receipts, RECEIPTS),
        ("out", budget.payments, PAYMENTS),
    ):
        for key in rows:
            told = labels[key].in_(job.lang) if key in labels else cells.get(f"{key}.label")
            names[f"{side}.{key}"] = str(told or key)
    names["charges"] = job.text("Agios payés", "Bank charges paid")
    return names


def _movements(job: Job, lines: list[Line], plan: Plan, names: Mapping[str, str]) -> list[Movement]:
    found = []
    for line in lines:
        amount = _amount(job, line)
        day = day_in(job, line, "issued") or day_in(job, line, "due")
        if amount is None or day is None:
            continue
        month = month_index(plan.start, day)
        if not 1 <= month <= plan.months:
            note_line(job, line, "issued", "Date hors du budget : mouvement laissé de côté.",
                      "Date outside the budget: movement left out.")  # fmt: skip
            continue
        found.append(Movement(month, amount, _line_of(line, amount, names)))
    return found


def _amount(job: Job, line: Line) -> float | None:
    """Received above 0, paid below: one column, or a bank's debit and credit."""
    if {"debit", "credit"} & line.labels.keys():
        debit, credit = number_in(job, line, "debit"), number_in(job, line, "credit")
        if debit is None and credit is None:
            return None
        return add_cents(credit or 0.0, -abs(debit or 0.0))
    amount = number_in(job, line, "amount")
    return None if amount is None else round_cents(amount)


def _line_of(line: Line, amount: float, names: Mapping[str, str]) -> str:
    """The budget line of a movement: its category, else a word of its label."""
    side = "in." if amount >= 0 else "out."
    wanted = fold(str(line.cells.get("category") or ""))
    for key, name in names.items():
        if wanted and fold(name) == wanted:
            return key
    words = fold(f"{line.cells.get('category') or ''} {line.cells.get('label') or ''}")
    for key, name in names.items():
        if key.startswith(side) and fold(name) and fold(name) in words:
            return key
    for key, signs in _WORDS.items():
        here = key.startswith(side) or key == "charges"
        if here and any(re.search(rf"\b{sign}s?\b", words) for sign in signs):
            return key
    return ""


def _sheet(
    job: Job, budget: Treasury, movements: list[Movement], known: int, names: Mapping[str, str]
) -> ResultSheet:
    t = job.text
    title = t("Budget et réalisé", "Budget and actual")
    months = _months_table(job, budget, movements, known)
    lines = _lines_table(job, budget, movements, known, names)
    note = t(
        f"Mois comparés : {known} sur {budget.plan.months}. Écart = réalisé − prévu.",
        f"Months compared: {known} of {budget.plan.months}. Difference = actual − budget.",
    )
    chart = Chart("line", t("Trésorerie prévue et réalisée", "Cash: budget and actual"), 0, (7, 8))
    return ResultSheet(title, "treasury_actual", title, [months, lines], [note], [chart])


def _months_table(job: Job, budget: Treasury, movements: list[Movement], known: int) -> Table:
    t, plan, balance = job.text, budget.plan, budget.balance
    dates: list[date] = month_starts(plan.start, plan.months)
    got = [add_cents(*(m.amount for m in movements if m.month == k and m.amount > 0))
           for k in range(1, plan.months + 1)]  # fmt: skip
    paid = [-add_cents(*(m.amount for m in movements if m.month == k and m.amount < 0)) + 0.0
            for k in range(1, plan.months + 1)]  # fmt: skip
    received = [
        add_cents(r, p) for r, p in zip(budget.total_receipts, balance.partners, strict=True)
    ]
    spent = [
        add_cents(*amounts)
        for amounts in zip(budget.total_payments, balance.charges, balance.partners_interest,
                           balance.same_interest, balance.repaid, strict=True)
    ]  # fmt: skip
    flows = [add_cents(g, -p) for g, p in zip(got, paid, strict=True)]
    cash = list(accumulate(flows, add_cents, initial=balance.opening[0]))[1:]
    rows: list[list[Any]] = []
    for m, day in enumerate(dates):
        row: list[Any] = [day]
        for planned, done in ((received, got), (spent, paid), (balance.cash, cash)):
            real = done[m] if m < known else None
            gap = None if real is None else add_cents(real, -planned[m])
            row += [planned[m], real, gap]
        rows.append(row)
    heads = [Column(t("Mois", "Month"), "date")]
    for fr, en in (("Encaissements", "Receipts"), ("Décaissements", "Payments"),
                   ("Trésorerie", "Cash")):  # fmt: skip
        what = t(fr, en)
        heads += [Column(f"{what} : {t('prévu', 'budget')}", "money"),
                  Column(f"{what} : {t('réalisé', 'actual')}", "money"),
                  Column(f"{what} : {t('écart', 'difference')}", "money")]  # fmt: skip
    marks: dict[tuple[int, int], Any] = {
        (r, 9): "alert" for r, row in enumerate(rows) if row[9] is not None and row[9] < 0
    }
    return Table(heads, rows, t("Par mois", "By month"), marks=marks)


def _lines_table(
    job: Job, budget: Treasury, movements: list[Movement], known: int, names: Mapping[str, str]
) -> Table:
    t = job.text
    planned = {f"in.{key}": row for key, row in budget.receipts.items()}
    planned |= {f"out.{key}": row for key, row in budget.payments.items()}
    planned["charges"] = budget.balance.charges
    rows: list[list[Any]] = []
    for key, row in planned.items():
        sign = 1.0 if key.startswith("in.") else -1.0
        wanted = add_cents(*row[:known])
        done = round_cents(sign * add_cents(*(m.amount for m in movements if m.line == key)))
        if wanted or done:
            side = t("Encaissement", "Receipt") if sign > 0 else t("Décaissement", "Payment")
            share = add_cents(done, -wanted) / wanted if wanted else None
            rows.append([names[key], side, wanted, done, add_cents(done, -wanted), share])
    for sign, side in (
        (1.0, t("Encaissement", "Receipt")),
        (-1.0, t("Décaissement", "Payment")),
    ):
        open_amounts = (sign * m.amount for m in movements if not m.line)
        rest = add_cents(*(amount for amount in open_amounts if amount > 0))
        if rest:
            label = t("Sans ligne de budget", "Without a budget line")
            rows.append([label, side, 0.0, rest, rest, None])
    columns = [Column(t("Ligne", "Line")), Column(t("Sens", "Side")),
               Column(t("Prévu", "Budget"), "money"), Column(t("Réalisé", "Actual"), "money"),
               Column(t("Écart", "Difference"), "money"),
               Column(t("Écart en %", "Difference in %"), "percent")]  # fmt: skip
    return Table(columns, rows, t("Par ligne, sur les mois comparés", "By line, over those months"))

"""Réalisé marketing: an accounting export placed on the actions, by code or by label."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from xlcrm import cells
from xlcrm.books.file import FileBook
from xlcrm.books.results import Chart, Column, ResultSheet, Table
from xlcrm.budget.marketing import Action, MarketingPlan
from xlcrm.budget.rounding import add_cents, round_cents
from xlcrm.catalogue import Option, command
from xlcrm.columns import fold
from xlcrm.commands.job import Job
from xlcrm.commands.marketing_build import document_name, tracked_rows, workbook_bytes
from xlcrm.commands.marketing_columns import ENTRY_LABELS, Row, note, read_day, read_number, rows_of
from xlcrm.commands.marketing_plan import planned_actions
from xlcrm.errors import RequestError, SourceError
from xlcrm.texts import Text, listed

_AMOUNTS = frozenset({"amount", "debit", "credit"})
_KEYS = frozenset({"code", "label"})
_SHORTEST = 4  # letters of a code or a name that may be looked for inside a label


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the export: its cost before VAT, and the action it belongs to (or why none)."""

    row: Row
    amount: float
    action: int | None
    reason: Text | None


@command(
    "marketing-actual",
    "realise-marketing",
    group="marketing",
    label=Text("Réalisé marketing", "Marketing actuals"),
    summary=Text(
        "Place un export comptable (feuille ou fichier CSV) sur les actions, par code ou par "
        "libellé, calcule les écarts et leur statut, et liste ce qui n'a pas pu être placé.",
        "Places an accounting export (a sheet or a CSV file) on the actions, by code or by label, "
        "computes the variances and their status, and lists what could not be placed.",
    ),
    icon="CompareAndMergeWorkbooks",
    order=20,
    options=[
        Option("export", "export",
               Text("La feuille de l'export, ou le chemin d'un fichier CSV ou Excel.",
                    "The sheet of the export, or the path of a CSV or Excel file.")),
    ],
)  # fmt: skip
def marketing_actual(job: Job) -> None:
    """Read actions and entries; write the tracking, what was placed where, and the workbook."""
    planned = planned_actions(job)
    entries = _entries(job, planned.plan, planned.sheets)
    placed = [entry for entry in entries if entry.action is not None]
    plan = _with_actuals(planned.plan, placed)
    job.results.append(_tracking_sheet(job, plan))
    job.results.append(_entries_sheet(job, plan, entries))
    job.count("entries", Text("écritures lues", "entries read"), len(entries))
    job.count("placed", Text("écritures placées", "entries placed"), len(placed))
    rest = [entry for entry in entries if entry.action is None]
    job.count("unplaced", Text("écritures à placer", "entries to place"), len(rest))
    job.count("unplaced_amount", Text("montant à placer (€)", "amount to place (€)"),
              add_cents(*(entry.amount for entry in rest)))  # fmt: skip
    for entry in rest:
        key = "label" if "label" in entry.row.cells else "code"
        note(job, entry.row, key, entry.reason or Text("", ""))
    job.documents[document_name(job)] = workbook_bytes(job, replace(planned, plan=plan))


def _entries(job: Job, plan: MarketingPlan, taken: list[str]) -> list[Entry]:
    rows = _export_rows(job, taken)
    amounts = [(row, _amount(job, row)) for row in rows]
    known = [(row, amount) for row, amount in amounts if amount is not None]
    sign = 1.0
    # Some programs show costs as negative amounts; credit notes alone never outweigh them.
    if add_cents(*(amount for _, amount in known)) < 0:
        sign = -1.0
        job.say(
            "L'export montre les charges en négatif : les signes ont été retournés.",
            "The export shows costs as negative amounts: the signs were turned.",
        )
    finder = _Finder(plan.actions)
    entries = []
    for row, amount in known:
        action, reason = finder.find(row)
        entries.append(Entry(row, round_cents(sign * amount), action, reason))
    return entries


def _export_rows(job: Job, taken: list[str]) -> list[Row]:
    needed = (_KEYS, _AMOUNTS)
    asked = job.options["export"]
    if asked and asked not in job.book.sheets():
        return _file_rows(job, asked)
    names = [asked] if asked else [name for name in job.book.sheets() if name not in taken]
    for name in names:
        rows = rows_of(job.book.read(name), ENTRY_LABELS, needed)
        if rows:
            return rows
    raise SourceError(
        fr=f"Aucun export comptable dans {job.book.name} : il faut un en-tête avec Code ou "
        f"Libellé, et Montant (ou Débit, Crédit). Feuilles regardées : {listed(names)}. Pour un "
        "fichier à part : --set export=CHEMIN.",
        en=f"No accounting export in {job.book.name}: a header with Code or Label, and Amount (or "
        f"Debit, Credit) is needed. Sheets looked at: {listed(names)}. For a file of its own: "
        "--set export=PATH.",
    )


def _file_rows(job: Job, path: str) -> list[Row]:
    if not Path(path).is_file():
        raise RequestError(
            fr=f"« {path} » n'est ni une feuille de {job.book.name} ni un fichier ; feuilles : "
            f"{listed(job.book.sheets())}.",
            en=f'"{path}" is neither a sheet of {job.book.name} nor a file; sheets: '
            f"{listed(job.book.sheets())}.",
        )
    book = FileBook.open(path, lang=job.lang)
    for name in book.sheets():
        rows = rows_of(book.read(name), ENTRY_LABELS, (_KEYS, _AMOUNTS))
        if rows:
            return rows
    raise SourceError(
        fr=f"{path} n'a pas d'en-tête d'export : Code ou Libellé, et Montant (ou Débit, Crédit).",
        en=f"{path} has no header of an export: Code or Label, and Amount (or Debit, Credit).",
    )


def _amount(job: Job, row: Row) -> float | None:
    """The cost of a line: debit less credit where there are two columns."""
    if {"debit", "credit"} & row.cells.keys():
        debit, credit = read_number(job, row, "debit"), read_number(job, row, "credit")
        if debit is not None or credit is not None:
            return add_cents(abs(debit or 0.0), -abs(credit or 0.0))
    return read_number(job, row, "amount")


class _Finder:
    """The action that an entry belongs to: by its code, else by what its label says."""

    def __init__(self, actions: tuple[Action, ...]) -> None:
        self.codes: dict[str, list[int]] = defaultdict(list)
        self.names: dict[str, list[int]] = defaultdict(list)
        for number, action in enumerate(actions):
            if fold(action.code):
                self.codes[fold(action.code)].append(number)
            if fold(action.name):
                self.names[fold(action.name)].append(number)

    def find(self, row: Row) -> tuple[int | None, Text | None]:
        code = fold(cells.to_label(row.cells.get("code")) or "")
        label = fold(cells.to_text(row.cells.get("label")) or "")
        found = self.codes.get(code, []) if code else []
        found = found or self.names.get(label, []) or self.names.get(code, [])
        found = found or self._inside(label)
        if len(set(found)) == 1:
            return found[0], None
        if found:
            return None, Text("Plusieurs actions possibles.", "Several actions possible.")
        if not code and not label:
            return None, Text("Ni code ni libellé.", "Neither code nor label.")
        return None, Text(
            "Aucune action de ce code ni de ce libellé.", "No action of that code or label."
        )

    def _inside(self, label: str) -> list[int]:
        """Actions whose code is a word of the label, else whose name stands in it."""
        words = label.split()
        by_code = [n for code, numbers in self.codes.items() if code in words for n in numbers]
        if by_code:
            return by_code
        return [
            n
            for name, numbers in self.names.items()
            if len(name) >= _SHORTEST and f" {name} " in f" {label} "
            for n in numbers
        ]


def _with_actuals(plan: MarketingPlan, placed: list[Entry]) -> MarketingPlan:
    """The plan with the external cost of each action that has entries; others keep theirs."""
    sums: dict[int, list[float]] = defaultdict(list)
    for entry in placed:
        if entry.action is not None:
            sums[entry.action].append(entry.amount)
    actions = tuple(
        replace(action, actual=add_cents(*sums[n])) if n in sums else action
        for n, action in enumerate(plan.actions)
    )
    return replace(plan, actions=actions)


def _tracking_sheet(job: Job, plan: MarketingPlan) -> ResultSheet:
    t = job.text
    rows, marks = tracked_rows(job, plan)
    columns = [
        Column(t("Code", "Code")), Column(t("Action", "Action"), width=34),
        Column(t("Prévu", "Planned"), "money"), Column(t("Engagé", "Committed"), "money"),
        Column(t("Prévu comparé", "Plan compared"), "money"),
        Column(t("Réalisé", "Actual"), "money"), Column(t("Écart", "Variance"), "money"),
        Column(t("Écart %", "Variance %"), "percent"), Column(t("Statut", "Status")),
    ]  # fmt: skip
    title = t("Suivi marketing", "Marketing tracking")
    return ResultSheet(
        title, "marketing_tracking", title,
        [Table(columns, rows, name="xlcrm_marketing_tracking", marks=marks, totals=True)],
        notes=[
            t(f"À surveiller au-delà de {plan.amber:.0%} de dépassement, alerte au-delà de "
              f"{plan.red:.0%}. Seul ce qui a un réalisé se compare.",
              f"Watch above an overrun of {plan.amber:.0%}, alert above {plan.red:.0%}. Only what "
              "has an actual is compared.")
        ],
        charts=[Chart("bar", t("Prévu comparé et réalisé", "Plan and actual"), 1, (4, 5))],
    )  # fmt: skip


def _entries_sheet(job: Job, plan: MarketingPlan, entries: list[Entry]) -> ResultSheet:
    """Every entry with its action; those to place come first, in their order."""
    t = job.text
    columns = [
        Column(t("Date", "Date"), "date"), Column(t("Code", "Code")),
        Column(t("Libellé", "Label"), width=44), Column(t("Montant", "Amount"), "money"),
        Column(t("Action", "Action"), width=34), Column(t("Pourquoi", "Why"), width=40),
        Column("Source"), Column(t("Ligne", "Row"), "integer"),
    ]  # fmt: skip
    rows: list[list[Any]] = []
    marks: dict[tuple[int, int], Any] = {}
    for entry in sorted(entries, key=lambda e: e.action is not None):
        name = None if entry.action is None else plan.actions[entry.action].name
        if entry.action is None:
            marks[len(rows), 4] = "missing"
        rows.append(
            [read_day(job, entry.row, "day"), cells.to_label(entry.row.cells.get("code")),
             cells.to_text(entry.row.cells.get("label")), entry.amount, name,
             entry.reason.in_(job.lang) if entry.reason else None, entry.row.sheet,
             entry.row.number]
        )  # fmt: skip
    title = t("Écritures marketing", "Marketing entries")
    return ResultSheet(title, "marketing_entries", title, [Table(columns, rows, marks=marks)])

"""Réalisé marketing: an accounting export placed on the actions, by code or by label."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from typing import Any

from xlcrm import cells
from xlcrm.books.results import Chart, Column, ResultSheet, Table
from xlcrm.budget.marketing import Action, MarketingPlan
from xlcrm.budget.rounding import add_cents, round_cents
from xlcrm.catalogue import Option, command
from xlcrm.columns import fold
from xlcrm.commands.companions import companion_name
from xlcrm.commands.job import Job
from xlcrm.commands.marketing_build import tracked_rows, workbook_bytes
from xlcrm.commands.marketing_columns import Row, note, read_day
from xlcrm.commands.marketing_entries import Cost, read_costs
from xlcrm.commands.marketing_plan import planned_actions
from xlcrm.texts import Text

_SHORTEST = 4  # letters of a name, or digits of a code, that may be looked for inside a label


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
    job.count("entries", Text("écriture(s) lue(s)", "entr(y|ies) read"), len(entries))
    job.count("placed", Text("écriture(s) placée(s)", "entr(y|ies) placed"), len(placed))
    rest = [entry for entry in entries if entry.action is None]
    job.count("unplaced", Text("écriture(s) à placer", "entr(y|ies) to place"), len(rest))
    job.count("unplaced_amount", Text("montant à placer (€)", "amount to place (€)"),
              add_cents(*(entry.amount for entry in rest)))  # fmt: skip
    for entry in rest:
        key = "label" if "label" in entry.row.cells else "code"
        note(job, entry.row, key, entry.reason or Text("", ""))
    job.documents[companion_name(job, "marketing")] = workbook_bytes(
        job, replace(planned, plan=plan)
    )


def _entries(job: Job, plan: MarketingPlan, taken: list[str]) -> list[Entry]:
    export = read_costs(job, taken)
    finder = _Finder(plan.actions)
    found = [finder.find(cost.row) for cost in export.costs]
    sign = 1.0 if export.sure else _sign(job, export.costs, [action for action, _ in found])
    entries, aside = [], export.aside
    for cost, (action, reason) in zip(export.costs, found, strict=True):
        amount = round_cents(sign * cost.amount)
        if cost.refused is None:
            entries.append(Entry(cost.row, amount, action, reason))
        elif action is None:  # an asset that concerns no action
            aside += 1
        else:
            entries.append(Entry(cost.row, amount, None, cost.refused))
    if aside:
        job.say(
            "{n} ligne(s) hors des comptes de charges (classe 6) laissée(s) de côté : TVA, "
            "fournisseurs, banque, produits, immobilisations.",
            "{n} line(s) outside the accounts of charges (class 6) left aside: VAT, suppliers, "
            "bank, income, assets.",
            n=aside,
        )
    return entries


def _sign(job: Job, costs: list[Cost], actions: list[int | None]) -> float:
    """-1 where a column of signed amounts shows costs as negative: credit notes alone never
    outweigh the costs of the actions."""
    placed = [cost.amount for cost, n in zip(costs, actions, strict=True) if n is not None]
    if add_cents(*(placed or [cost.amount for cost in costs])) >= 0:
        return 1.0
    job.say(
        "L'export montre les charges en négatif : les signes ont été retournés.",
        "The export shows costs as negative amounts: the signs were turned.",
    )
    return -1.0


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
        """Actions whose code stands in the label, else whose name does: the longest of names
        that hold each other ("Salon" in "Salon de printemps")."""
        for known in (self.codes, self.names):
            keys = [
                key
                for key in known
                if (len(key) >= _SHORTEST or (known is self.codes and not key.isdigit()))
                and f" {key} " in f" {label} "
            ]
            longest = [key for key in keys if not any(key != k and key in k for k in keys)]
            if longest:
                return [n for key in longest for n in known[key]]
        return []


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

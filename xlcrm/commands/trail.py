"""The trail of a run: the Journal of corrections and the Anomalies, as sheets.

Both collect what every command of the workbook said: a new run of a command replaces its own
lines and keeps those of the others.
"""

from __future__ import annotations

from typing import Any

from xlcrm.books.book import Grid
from xlcrm.books.results import Column, ResultSheet, Table
from xlcrm.catalogue import CommandEntry
from xlcrm.commands.job import Job
from xlcrm.commands.kept_notes import GONE, keep_beside_lines
from xlcrm.commands.target_list import GONE as GONE_FROM_LIST
from xlcrm.texts import LANGUAGES

_KEPT = tuple(text.in_(lang) for text in (GONE, GONE_FROM_LIST) for lang in LANGUAGES)
_KEPT_LINES = 200_000  # a sheet that a person can still open; the counts stay complete


def trail_sheets(job: Job, entry: CommandEntry) -> list[ResultSheet]:
    """The Journal and Anomalies sheets that a run leaves, after those of earlier runs."""
    label = entry.label.in_(job.lang)
    sheets = []
    changes = [
        [label, c.sheet, c.row, c.column, c.before, c.after, c.rule.in_(job.lang)]
        for c in job.changes[:_KEPT_LINES]
    ]
    kept = _joined(job, "journal", entry, changes)
    if kept or "journal" in job.book.made():  # an old Journal that is empty now must say so
        sheets.append(_journal(job, kept))
    anomalies = [
        [label, a.sheet, a.row, a.column, a.value, a.problem.in_(job.lang)]
        for a in job.anomalies[:_KEPT_LINES]
    ]
    kept = _joined(job, "anomalies", entry, anomalies)
    if kept or "anomalies" in job.book.made():
        sheets.append(_anomalies(job, kept))
    for sheet in sheets:
        keep_beside_lines(job, sheet)
    return sheets


def _joined(job: Job, role: str, entry: CommandEntry, lines: list[list[Any]]) -> list[list[Any]]:
    """The lines of other commands that stand on the sheet already, then the new ones.

    Notes whose row is gone stand nowhere else, and stay until the user deletes the line. Where
    they are too many, those of this run stay.
    """
    name = job.book.made().get(role)
    old = _lines(job.book.read(name), 7 if role == "journal" else 6) if name else []
    own = {entry.label.in_(lang) for lang in LANGUAGES}
    others = [line for line in old if line[0] not in own or str(line[5]).startswith(_KEPT)]
    lines = lines[:_KEPT_LINES]
    return others[: _KEPT_LINES - len(lines)] + lines


def _lines(grid: Grid, width: int) -> list[list[Any]]:
    """The rows under the header, the first row with every cell filled; not what a user put beside."""
    for position, row in enumerate(grid.rows):
        if len(row) >= width and all(isinstance(v, str) and v for v in row[:width]):
            return [list(r[:width]) for r in grid.rows[position + 1 :] if r and r[0]]
    return []


def _journal(job: Job, lines: list[list[Any]]) -> ResultSheet:
    t = job.text
    columns = [
        Column(t("Commande", "Command")),
        Column(t("Source", "Source")),
        Column(t("Ligne", "Row"), "integer"),
        Column(t("Colonne", "Column")),
        Column(t("Avant", "Before")),
        Column(t("Après", "After")),
        Column(t("Règle", "Rule")),
    ]
    return ResultSheet(
        name=t("Journal", "Journal"),
        role="journal",
        title=t("Journal des corrections", "Journal of corrections"),
        notes=[
            t(
                "Chaque ligne dit quelle cellule a été corrigée, et selon quelle règle. Vos "
                "feuilles, elles, n'ont pas changé.",
                "Each line says which cell was corrected, and by which rule. Your own sheets "
                "have not changed.",
            )
        ]
        + _cut_note(job, lines),
        tables=[Table(columns, lines)],
    )


def _anomalies(job: Job, lines: list[list[Any]]) -> ResultSheet:
    t = job.text
    columns = [
        Column(t("Commande", "Command")),
        Column(t("Source", "Source")),
        Column(t("Ligne", "Row"), "integer"),
        Column(t("Colonne", "Column")),
        Column(t("Valeur", "Value")),
        Column(t("Ce qui ne va pas", "What is wrong"), width=60),
    ]
    return ResultSheet(
        name=t("Anomalies", "Anomalies"),
        role="anomalies",
        title=t("Anomalies à traiter", "Anomalies to look at"),
        notes=[
            t(
                "Ce que xlcrm n'a pas pu corriger seul : à vérifier à la ligne indiquée.",
                "What xlcrm could not correct by itself: check at the row given.",
            )
        ]
        + _cut_note(job, lines),
        tables=[Table(columns, lines)],
    )


def _cut_note(job: Job, lines: list[list[Any]]) -> list[str]:
    if len(lines) < _KEPT_LINES:
        return []
    return [
        job.text(
            f"Seules les {_KEPT_LINES:,} premières lignes sont gardées.".replace(",", " "),
            f"Only the first {_KEPT_LINES:,} lines are kept.",
        )
    ]

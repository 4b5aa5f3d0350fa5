"""Settings sheets: tables that a command writes once, the user edits, and the command reads."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from xlcrm import cells
from xlcrm.books.results import Column, ResultSheet, Table
from xlcrm.columns import fold
from xlcrm.commands.job import Job
from xlcrm.errors import ArgumentError


@dataclass(frozen=True, slots=True)
class Setting:
    """A table of a settings sheet as it stands: its rows, and the row number of the first."""

    rows: list[list[Any]]
    first_row: int


def settings_tables(job: Job, role: str, headers: list[list[str]]) -> list[Setting] | None:
    """The tables of a settings sheet under each of `headers`; None where there is no sheet yet.

    A table ends at the first blank row. Raises ArgumentError naming the header that is gone.
    """
    sheet = job.book.made().get(role)
    if sheet is None:
        return None
    grid = job.book.read(sheet)
    found = []
    for labels in headers:
        start = next((i for i, row in enumerate(grid.rows) if _is(row, labels)), None)
        if start is None:
            raise ArgumentError(
                fr=f"Feuille « {sheet} » : la ligne d'en-tête {' | '.join(labels)} a disparu. "
                "Remettez-la, ou supprimez la feuille : elle sera refaite.",
                en=f'Sheet "{sheet}": the header row {" | ".join(labels)} is gone. Put it back, '
                "or delete the sheet: it will be made anew.",
            )
        rows = []
        for row in grid.rows[start + 1 :]:
            if all(cells.is_blank(v) for v in row):
                break
            rows.append([None if cells.is_blank(v) else v for v in row[: len(labels)]])
        found.append(Setting(rows, grid.top + start + 1))
    return found


def _is(row: list[Any], labels: list[str]) -> bool:
    return [fold(str(v or "")) for v in row[: len(labels)]] == [fold(label) for label in labels]


def settings_sheet(
    job: Job, role: str, name: str, title: str, notes: list[str], tables: list[Table]
) -> None:
    """Write a settings sheet, the first time only; later runs keep what the user has made of it."""
    for table in tables:
        for r in range(len(table.rows)):
            for c in range(len(table.columns)):
                table.marks.setdefault((r, c), "input")
    job.results.append(
        ResultSheet(
            name=name,
            role=role,
            title=title,
            notes=[
                job.text(
                    "Changez les cellules jaunes, puis relancez la commande.",
                    "Change the yellow cells, then run the command again.",
                ),
                *notes,
            ],
            tables=tables,
            settings=True,
        )
    )


def parameter_table(job: Job, rows: list[tuple[str, Any, str]], *, name: str = "") -> Table:
    """A table of parameter, value, meaning; only the values are for the user to change."""
    columns = [
        Column(job.text("Paramètre", "Parameter"), width=34),
        Column(job.text("Valeur", "Value"), "flag", width=22),
        Column(job.text("Signification", "Meaning"), width=70),
    ]
    table = Table(columns, [list(row) for row in rows], name=name)
    return table


def parameter_headers(job: Job) -> list[str]:
    return [
        job.text("Paramètre", "Parameter"),
        job.text("Valeur", "Value"),
        job.text("Signification", "Meaning"),
    ]

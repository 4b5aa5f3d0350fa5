"""What a user typed beside a result: columns of their own, kept when the sheet is made again."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any

from xlcrm import cells
from xlcrm.books.results import Column, Table
from xlcrm.columns import fold
from xlcrm.commands.job import Anomaly, Job
from xlcrm.texts import Lang, Text

GONE = Text(
    fr="noté à côté d'une ligne qui n'est plus sur cette feuille",
    en="noted beside a row that is no more on this sheet",
)
_NOTE = Text(fr="Note", en="Note")
_TRAILS = {"journal", "anomalies"}  # every run adds to them
_PROVENANCE = [("Source", "Ligne"), ("Source", "Row")]


@dataclass(slots=True)
class _Row:
    """A row of the sheet as it stands: its number, its values by label, what is noted beside."""

    number: int
    values: dict[str, str]
    notes: list[Any]
    is_taken: bool = False

    @property
    def is_noted(self) -> bool:
        return not all(map(cells.is_blank, self.notes))


def keep_notes(job: Job) -> None:
    """Carry the user's columns, at the right of a table, over to the same rows of the new one.

    Rows are the same by one of the `keys` of the table, else by its first column where that
    tells them apart. A note whose row is gone, or cannot be told, goes to the anomalies.
    """
    made = job.book.made()
    kept = lost = 0
    for result in job.results:
        sheet = made.get(result.role)
        if sheet is None or result.settings or result.role in _TRAILS:
            continue
        grid, after = job.book.read(sheet), 0
        for place, table in enumerate(result.tables):
            start = _header(grid.rows, table, after)
            if start is None:
                continue
            after = start + 1
            labels, rows = _noted(grid.rows, start, table, job.lang)
            if not labels:
                continue
            notes = _carried(rows, table)
            result.tables[place] = _with_notes(table, labels, notes)
            left = [row for row in rows if row.is_noted and not row.is_taken]
            kept, lost = kept + sum(row.is_taken for row in rows), lost + len(left)
            for row in left:
                for label, value in zip(labels, row.notes, strict=True):
                    if not cells.is_blank(value):
                        job.anomalies.append(
                            Anomaly(sheet, grid.top + row.number, label, value, GONE)
                        )
    if kept or lost:
        _tell(job, kept, lost)


def _tell(job: Job, kept: int, lost: int) -> None:
    gone = Text(
        fr=" ; celles de {n} ligne(s) qui n'y (est|sont) plus, dans « Anomalies »",
        en='; those of {n} row(s) that (is|are) no more there, in "Anomalies"',
    )
    job.say(
        "Vos colonnes à côté des résultats sont gardées : notes de {kept} ligne(s){gone}.",
        "Your columns beside the results are kept: notes of {kept} row(s){gone}.",
        kept=kept,
        gone=gone.format(n=lost) if lost else "",
    )


def _header(rows: list[list[Any]], table: Table, after: int) -> int | None:
    """Where the header of a table stands on the sheet."""
    for at in range(after, len(rows)):
        under_title = not table.title or (at and rows[at - 1][:1] == [table.title])
        if under_title and _width(rows[at], table) is not None:
            return at
    return None


def _width(row: Sequence[Any], table: Table) -> int | None:
    """How many columns of a header are the table's: all of its labels, or up to Source | Ligne,
    whatever the language."""
    labels = [column.label for column in table.columns]
    if list(row[: len(labels)]) == labels:
        return len(labels)
    if tuple(labels[-2:]) not in _PROVENANCE:
        return None
    return next((i + 2 for i, pair in enumerate(pairwise(row)) if pair in _PROVENANCE), None)


def _noted(
    rows: list[list[Any]], start: int, table: Table, lang: Lang
) -> tuple[list[str], list[_Row]]:
    """The labels of the user's columns, and the rows of the table with what stands there."""
    header = rows[start]
    width = _width(header, table) or 0
    end = start + 1
    while end < len(rows) and not all(map(cells.is_blank, rows[end][:width])):
        end += 1
    body = rows[start:end]
    own = [c for c in range(width, len(header)) if any(not cells.is_blank(row[c]) for row in body)]
    labels: list[str] = []
    taken = {column.label for column in table.columns}
    for column in own:
        label = cells.to_text(header[column]) or _NOTE.in_(lang)
        name, number = label, 2
        while name in taken:
            name, number = f"{label} ({number})", number + 1
        taken.add(name)
        labels.append(name)
    if not own:
        return [], []
    now = [column.label for column in table.columns]
    names = now if len(now) == width else [str(label) for label in header[:width]]
    return labels, [
        _Row(at, dict(zip(names, map(_text, row), strict=False)), [row[c] for c in own])
        for at, row in enumerate(rows[start + 1 : end], start + 1)
    ]


def _carried(rows: list[_Row], table: Table) -> list[list[Any] | None]:
    """What goes beside each row of the new table."""
    labels = [column.label for column in table.columns]
    fresh = [dict(zip(labels, map(_text, row), strict=False)) for row in table.rows]
    notes: list[list[Any] | None] = [None] * len(fresh)
    for number, key in enumerate(table.keys or _first_column(rows, fresh, labels[0])):
        partly = number == 0  # all that is known of a row may leave cells blank
        free: dict[tuple[str, ...], list[_Row]] = {}
        for row in rows:
            if row.is_noted and not row.is_taken and (known := _known(row.values, key, partly)):
                free.setdefault(known, []).append(row)
        for at, values in enumerate(fresh if free else ()):
            if notes[at] is None and (found := free.get(_known(values, key, partly))):
                row = found.pop(0)
                row.is_taken = True
                notes[at] = row.notes
    return notes


def _first_column(
    rows: list[_Row], fresh: list[dict[str, str]], label: str
) -> Iterator[tuple[str, ...]]:
    """The first column as a key, where no two rows have the same there."""
    for values in ([row.values.get(label, "") for row in rows], [row[label] for row in fresh]):
        if len(set(values)) < len(values):
            return
    yield (label,)


def _known(values: dict[str, str], key: tuple[str, ...], partly: bool) -> tuple[str, ...]:
    """What a row is known by; nothing where a column is blank that must not be."""
    found = tuple(values.get(label, "") for label in key)
    return found if (any if partly else all)(found) else ()


def _text(value: Any) -> str:
    if isinstance(value, float) and not value.is_integer():
        return f"{value:.2f}"
    return fold(cells.to_label(value) or "")


def _with_notes(table: Table, labels: list[str], notes: list[list[Any] | None]) -> Table:
    width, blank = len(table.columns), [None] * len(labels)
    rows = [
        [*row, *[None] * (width - len(row)), *(noted or blank)]
        for row, noted in zip(table.rows, notes, strict=True)
    ]
    return replace(table, columns=[*table.columns, *(Column(n, "flag") for n in labels)], rows=rows)

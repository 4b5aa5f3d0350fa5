"""What a user typed beside a result: columns of their own, kept when the sheet is made again."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any

from xlcrm import cells
from xlcrm.books.book import Grid
from xlcrm.books.results import Column, ResultSheet, Table
from xlcrm.columns import fold
from xlcrm.commands.job import Anomaly, Job
from xlcrm.texts import Lang, Text

# How what is told of such a note begins: those lines of the anomalies stay, for it stands nowhere else.
GONE = Text(fr="noté à côté de « ", en='noted beside "')
_GONE = Text(
    fr=GONE.fr + "{who} », qui n'est plus sur cette feuille",
    en=GONE.en + '{who}", which is no more on this sheet',
)
_NOTE = Text(fr="Note", en="Note")
_TRAILS = {"journal", "anomalies"}  # every run adds to them
_PROVENANCE = [("Source", "Ligne"), ("Source", "Row")]


@dataclass(slots=True)
class _Row:
    """A row of the sheet as it stands: where it came from, or its number; its cells and values by
    label; what is noted beside."""

    place: tuple[str, int]
    cells: dict[str, Any]
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
            labels, rows = _noted(grid, start, table, job.lang)
            if not labels:
                continue
            notes = _carried(rows, table)
            result.tables[place] = _with_notes(table, labels, notes)
            left = [row for row in rows if row.is_noted and not row.is_taken]
            kept += sum(row.is_noted and row.is_taken for row in rows)
            lost += len(left)
            for row in left:
                job.anomalies.extend(_lost(row, labels, table))
    if kept:
        job.say(
            "Vos colonnes à côté des résultats sont gardées : notes de {n} ligne(s).",
            "Your columns beside the results are kept: notes of {n} row(s).",
            n=kept,
        )
    if lost:
        job.say(
            "Vos notes de {n} ligne(s) qui n'(est|sont) plus dans les résultats sont dans « Anomalies ».",
            'Your notes of {n} row(s) that (is|are) no more in the results are in "Anomalies".',
            n=lost,
        )


def keep_beside_lines(job: Job, sheet: ResultSheet) -> None:
    """Carry the user's columns over to the same lines of a trail; those of no line go with it."""
    name, table = job.book.made().get(sheet.role), sheet.tables[0]
    grid = job.book.read(name) if name else None
    start = _header(grid.rows, table, 0) if grid else None
    if grid is None or start is None:
        return
    labels, rows = _noted(grid, start, table, job.lang)
    if labels:
        whole = replace(table, keys=(tuple(column.label for column in table.columns),))
        sheet.tables[0] = _with_notes(table, labels, _carried(rows, whole))


def _lost(row: _Row, labels: list[str], table: Table) -> Iterator[Anomaly]:
    known = table.keys[0] if table.keys else list(row.cells)[:1]
    texts = (cells.to_text(row.cells.get(label)) for label in known)
    problem = _GONE.format(who=", ".join(text for text in texts if text))
    for label, value in zip(labels, row.notes, strict=True):
        if not cells.is_blank(value):
            yield Anomaly(*row.place, label, value, problem)


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


def _noted(grid: Grid, start: int, table: Table, lang: Lang) -> tuple[list[str], list[_Row]]:
    """The labels of the user's columns, and the rows of the table with what stands there."""
    rows, header = grid.rows, grid.rows[start]
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
    names = [str(label) for label in header[:width]]
    now = [column.label for column in table.columns]
    if len(now) == width and names[-1] != now[-1]:  # Ligne, Row: the language has changed
        names = now
    found = []
    for at, line in enumerate(body[1:], grid.top + start + 1):
        row = dict(zip(names, line[:width], strict=True))
        place = (grid.sheet, at)
        if tuple(names[-2:]) in _PROVENANCE and isinstance(line[width - 1], (int, float)):
            place = str(line[width - 2]), int(line[width - 1])
        values = {name: _text(value) for name, value in row.items()}
        found.append(_Row(place, row, values, [line[c] for c in own]))
    return labels, found


def _carried(rows: list[_Row], table: Table) -> list[list[Any] | None]:
    """What goes beside each row of the new table."""
    labels = [column.label for column in table.columns]
    fresh = [dict(zip(labels, map(_text, row), strict=False)) for row in table.rows]
    notes: list[list[Any] | None] = [None] * len(fresh)
    is_found = [False] * len(fresh)  # also by a row without a note: it is no other one's
    for number, key in enumerate(table.keys or _first_column(rows, fresh, table.columns[0])):
        partly = number == 0  # all that is known of a row may leave cells blank
        free: dict[tuple[str, ...], list[_Row]] = {}
        wanted: dict[tuple[str, ...], list[int]] = {}
        for row in rows:
            if not row.is_taken and (known := _known(row.values, key, partly)):
                free.setdefault(known, []).append(row)
        for at, values in enumerate(fresh if free else ()):
            if not is_found[at] and (known := _known(values, key, partly)) in free:
                wanted.setdefault(known, []).append(at)
        for known, places in wanted.items():
            found = free[known]
            if len(found) > len(places):  # a row without a note leaves its place to one with
                found.sort(key=lambda row: not row.is_noted)
            for at, row in zip(places, found, strict=False):
                row.is_taken = is_found[at] = True
                notes[at] = row.notes if row.is_noted else None
    return notes


def _first_column(
    rows: list[_Row], fresh: list[dict[str, str]], column: Column
) -> Iterator[tuple[str, ...]]:
    """The first column as a key, where no two rows have the same there, nor running numbers."""
    of_both = [[row.values.get(column.label, "") for row in rows], [r[column.label] for r in fresh]]
    if column.kind != "integer" and all(len(set(one)) == len(one) for one in of_both):
        yield (column.label,)


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

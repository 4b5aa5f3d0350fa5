"""Settings sheets: tables that a command writes once, the user edits, and the command reads."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from typing import Any

from xlcrm import cells
from xlcrm.books.book import Book, Grid
from xlcrm.books.results import Column, ResultSheet, Table
from xlcrm.catalogue import Kind
from xlcrm.columns import fold
from xlcrm.commands.job import Job
from xlcrm.errors import ArgumentError
from xlcrm.texts import LANGUAGES, Lang, Text, listed


@dataclass(frozen=True, slots=True)
class Setting:
    """A table of a settings sheet as it stands: its rows, the row number of the first, and whether
    the user has written outside the tables of the sheet."""

    sheet: str
    rows: list[list[Any]]
    first_row: int
    is_noted: bool = False


@dataclass(frozen=True, slots=True)
class Parameter:
    """One named value of a settings sheet; `choices` are what may stand there."""

    key: str
    label: Text
    default: Any
    meaning: Text
    choices: tuple[Text, ...] = ()
    kind: Kind = Kind.TEXT


# The first note of a settings sheet, by which it is told from a result.
EDIT_NOTE = Text(
    fr="Changez les cellules jaunes, puis relancez la commande.",
    en="Change the yellow cells, then run the command again.",
)
PARAMETER_HEADERS = [
    Text(fr="Paramètre", en="Parameter"),
    Text(fr="Valeur", en="Value"),
    Text(fr="Signification", en="Meaning"),
]


def settings_tables(job: Job, role: str, headers: Sequence[Sequence[Text]]) -> list[Setting] | None:
    """The tables of a settings sheet under each of `headers`; None where there is no sheet yet.

    The headers may be in either language. A table ends at the first blank row. Raises
    ArgumentError naming the header that is gone.
    """
    sheet = job.book.made().get(role)
    if sheet is None:
        return None
    grid = job.book.read(sheet)
    found: list[tuple[list[list[Any]], int]] = []
    for labels in headers:
        start = next((i for i, row in enumerate(grid.rows) if _is(row, labels)), None)
        if start is None:
            fr, en = (" | ".join(t.in_(lang) for t in labels) for lang in LANGUAGES)
            raise ArgumentError(
                fr=f"Feuille « {sheet} » : la ligne d'en-tête {fr} a disparu. "
                "Remettez-la, ou supprimez la feuille : elle sera refaite.",
                en=f'Sheet "{sheet}": the header row {en} is gone. Put it back, '
                "or delete the sheet: it will be made anew.",
            )
        rows = []
        for row in grid.rows[start + 1 :]:
            if all(cells.is_blank(v) for v in row):
                break
            rows.append([None if cells.is_blank(v) else v for v in row[: len(labels)]])
        found.append((rows, start + 1))
    rows, first = found[-1]
    _check_end(grid, first + len(rows), len(headers[-1]))
    is_noted = _has_notes(grid, [(at, len(rows)) for rows, at in found], list(map(len, headers)))
    return [Setting(sheet, rows, grid.top + at, is_noted) for rows, at in found]


def _has_notes(grid: Grid, tables: Sequence[tuple[int, int]], wide: Sequence[int]) -> bool:
    """Whether something stands around these tables (first row, rows) that would not be kept.

    Beside the parameters, each with its own name, a user's columns are.
    """
    (first, count), *others = tables
    widths = dict.fromkeys(range(first - 1), 1)  # the title and the notes
    for (start, size), width in zip(others, wide[1:], strict=True):
        widths |= dict.fromkeys(range(start - 1, start + size), width)
    rows = [(at, row) for at, row in enumerate(grid.rows) if not -1 <= at - first < count]
    return any(not cells.is_blank(v) for at, row in rows for v in row[widths.get(at, 0) :])


def _check_end(grid: Grid, end: int, width: int) -> None:
    """A blank row in the middle of the last table would drop what follows without a word."""
    for position, row in enumerate(grid.rows[end + 1 :], end + 1):
        if sum(not cells.is_blank(v) for v in row[:width]) > 2:
            raise ArgumentError(
                fr=f"Feuille « {grid.sheet} » : la ligne vide {grid.top + end} coupe le tableau "
                f"avant la ligne {grid.top + position}. Supprimez-la.",
                en=f'Sheet "{grid.sheet}": the blank row {grid.top + end} cuts the table before '
                f"row {grid.top + position}. Delete it.",
            )


def _is(row: Sequence[Any], labels: Sequence[Text]) -> bool:
    seen = [fold(str(v or "")) for v in row[: len(labels)]]
    return any(seen == [fold(label.in_(lang)) for label in labels] for lang in LANGUAGES)


@contextmanager
def naming(setting: Setting, row: int | None = None) -> Iterator[None]:
    """Say in which sheet, and which of its rows (from 0), a value is wrong."""
    try:
        yield
    except ArgumentError as error:
        at = row if row is None else setting.first_row + row
        raise ArgumentError(
            fr=f"Feuille « {setting.sheet} »{'' if at is None else f', ligne {at}'} : "
            f"{error.in_('fr')}",
            en=f'Sheet "{setting.sheet}"{"" if at is None else f", row {at}"}: {error.in_("en")}',
        ) from None


def settings_sheet(
    job: Job,
    role: str,
    name: str,
    title: str,
    notes: list[str],
    tables: list[Table],
    *,
    anew: bool = False,
) -> None:
    """Write a settings sheet, the first time only: later runs keep what the user has made of it,
    unless it is written anew, to show what an option changed."""
    for table in tables:
        if not table.marks:
            cells_of = [(r, c) for r in range(len(table.rows)) for c in range(len(table.columns))]
            table.marks = dict.fromkeys(cells_of, "input")
    job.results.append(
        ResultSheet(
            name=name,
            role=role,
            title=title,
            notes=[
                EDIT_NOTE.in_(job.lang),
                *notes,
            ],
            tables=tables,
            settings=not anew,
        )
    )


def settings_roles(book: Book) -> set[str]:
    """The roles of a workbook's sheets that the user edits, and that no undo removes."""
    notes = {EDIT_NOTE.in_(lang) for lang in LANGUAGES}
    return {
        role
        for role, sheet in book.made().items()
        if any(row and row[0] in notes for row in book.read(sheet).rows[:3])
    }


def parameter_table(
    job: Job,
    parameters: Sequence[Parameter],
    used: Mapping[str, Any],
    before: Setting | None = None,
) -> Table:
    """The table of parameters with the values of a run; only these are for the user to change.

    Where it stands already, its rows stay, but for the values that options changed.
    """
    columns = [
        Column(PARAMETER_HEADERS[0].in_(job.lang), width=34),
        Column(PARAMETER_HEADERS[1].in_(job.lang), "flag", width=22),
        Column(PARAMETER_HEADERS[2].in_(job.lang), width=70),
    ]
    rows = []
    read = {} if before is None else read_parameters(before, parameters)
    by_label = {fold(p.label.in_(lang)): p.key for p in parameters for lang in LANGUAGES}
    stand: dict[str, list[Any]] = {}
    own: list[list[Any]] = []  # of the user, whatever their labels
    for row in [] if before is None else before.rows:
        key = by_label.get(fold(str(row[0] or "")))
        if key is None:
            own.append(row)
        elif row[1] is not None or key not in stand:
            stand[key] = row
    for p in parameters:
        value = _shown(job, used[p.key])
        if p.key in stand and read[p.key] == used[p.key]:
            value = stand[p.key][1]
        rows.append([p.label.in_(job.lang), value, p.meaning.in_(job.lang)])
    rows += own
    table = Table(columns, rows, keys=((columns[0].label,),))
    table.marks = {(r, 1): "input" for r in range(len(rows))}
    return table


def tell_changed(
    job: Job,
    setting: Setting,
    parameters: Sequence[Parameter],
    read: Mapping[str, Any],
    used: Mapping[str, Any],
) -> bool:
    """Whether options changed what a settings sheet says, and the sheet will show it; it is told.

    A sheet with the user's own notes is not written again: these would be lost.
    """
    changed = [p for p in parameters if read[p.key] != used[p.key]]
    if not changed:
        return False
    told = Text(
        fr="Feuille « {sheet} » mise à jour d'après les options : {what}.",
        en='Sheet "{sheet}" updated after the options: {what}.',
    )
    if setting.is_noted:
        told = Text(
            fr="Feuille « {sheet} » laissée telle quelle, car vous y avez noté autre chose ; ce "
            "lancement suit les options : {what}.",
            en='Sheet "{sheet}" left as it is, for you have noted something else on it; this run '
            "follows the options: {what}.",
        )
    what = Text(
        fr=listed(f"{p.label.fr} = {_told(used[p.key], 'fr')}" for p in changed),
        en=listed((f"{p.label.en} = {_told(used[p.key], 'en')}" for p in changed), "en"),
    )
    job.messages.append(told.format(sheet=setting.sheet, what=what))
    return not setting.is_noted


def _told(value: Any, lang: Lang) -> str:
    if isinstance(value, date):
        return f"{value:%d/%m/%Y}"
    return value.in_(lang) if isinstance(value, Text) else str(value)


def _shown(job: Job, value: Any) -> Any:
    return value.in_(job.lang) if isinstance(value, Text) else value


def read_parameters(setting: Setting, parameters: Sequence[Parameter]) -> dict[str, Any]:
    """The values a user left, by key; a blank one is the default.

    Raises ArgumentError naming the sheet, the row and what may stand there.
    """
    values: dict[str, Any] = {p.key: p.default for p in parameters}
    by_label = {fold(p.label.in_(lang)): p for p in parameters for lang in LANGUAGES}
    for number, row in enumerate(setting.rows, setting.first_row):
        parameter = by_label.get(fold(str(row[0] or "")))
        if parameter is None or len(row) < 2 or row[1] is None:
            continue
        try:
            values[parameter.key] = _read_parameter(parameter, row[1])
        except ArgumentError as error:
            raise ArgumentError(
                fr=f"Feuille « {setting.sheet} », ligne {number}, « {parameter.label.fr} » : "
                f"{error.in_('fr')}",
                en=f'Sheet "{setting.sheet}", row {number}, "{parameter.label.en}": '
                f"{error.in_('en')}",
            ) from None
    return values


def _read_parameter(parameter: Parameter, value: Any) -> Any:
    if parameter.choices:
        for choice in parameter.choices:
            if fold(str(value)) in (fold(choice.fr), fold(choice.en)):
                return choice
        raise ArgumentError(
            fr=f"« {value} » inconnu ; choix : {listed(c.fr for c in parameter.choices)}.",
            en=f'unknown "{value}"; choices: {listed(c.en for c in parameter.choices)}.',
        )
    if parameter.kind is Kind.DATE:
        return cells.to_date(value)
    if parameter.kind is Kind.NUMBER:
        return cells.to_number(value)
    if parameter.kind is Kind.FLAG:
        return cells.to_flag(value)
    return cells.to_text(value)

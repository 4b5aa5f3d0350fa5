"""What a command writes: result sheets described as data, drawn alike by every kind of book."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

ColumnKind = Literal[
    "text", "label", "integer", "number", "money", "percent", "date", "points", "flag"
]
# What a coloured cell says. "input" is for the user to change; the others mark data.
Mark = Literal[
    "changed", "missing", "invalid", "doubt", "alert", "watch", "good", "input", "total"
]  # fmt: skip
Rule = Literal["bar", "scale", "icons"]
ChartKind = Literal["column", "bar", "line", "pie", "stacked", "area"]

NUMBER_FORMATS: dict[str, str] = {
    "text": "@",
    "label": "@",
    "integer": "#,##0",
    "number": "#,##0.00",
    "money": '#,##0.00\\ "€"',
    "percent": "0.0%",
    "date": "dd/mm/yyyy",
    "points": "0",
    "flag": "General",
}


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a result table. Width in characters; None fits the content, up to 45."""

    label: str
    kind: ColumnKind = "text"
    width: float | None = None
    choices: tuple[str, ...] = ()  # a drop-down list
    rule: Rule | None = None  # a conditional format over the column
    note: str = ""  # shown as a comment on the header


@dataclass(slots=True)
class Table:
    """Rows under a header. A value is None, str, bool, int, float, date or datetime.

    A str is always written as text, also when it starts with `=`. `marks` colours cells by
    (row, column) from 0 within `rows`. `name` becomes a defined name over header and rows.
    """

    columns: list[Column]
    rows: Sequence[Sequence[Any]]
    title: str = ""
    name: str = ""
    marks: dict[tuple[int, int], Mark] = field(default_factory=dict)
    totals: bool = False  # the last row is a total
    keys: tuple[tuple[str, ...], ...] = ()  # labels that tell its rows apart, the surest first


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart over columns of one table of the same sheet, by their positions from 0."""

    kind: ChartKind
    title: str
    categories: int
    values: tuple[int, ...]
    table: int = 0
    percent: bool = False
    colors: tuple[str, ...] = ()  # one for each series, or each slice of a pie: "#1F6F8B"


@dataclass(slots=True)
class ResultSheet:
    """A sheet of xlcrm's own in the user's workbook.

    `role` says what it is, independent of its name and language ("contacts", "journal",
    "rfm_grid"): writing again a role replaces its sheet, and only sheets that xlcrm made.
    Tables stand one under the other, each after one blank row; charts at the right of the first.
    """

    name: str
    role: str
    title: str
    tables: list[Table]
    notes: list[str] = field(default_factory=list)  # lines under the title
    charts: list[Chart] = field(default_factory=list)
    settings: bool = False  # made for the user to edit; never replaced once it exists
    landscape: bool = True

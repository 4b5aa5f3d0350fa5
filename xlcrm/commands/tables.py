"""Result tables of contacts: canonical columns first, the user's own ones, then the provenance."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

import pandas as pd

from xlcrm.books.results import Column, ColumnKind, Mark, Table
from xlcrm.catalogue import Kind
from xlcrm.columns import COLUMNS
from xlcrm.commands.source import Source
from xlcrm.texts import Lang, Text

MARKED_ROWS = 20_000  # above this, colours cost more than they help; the Journal has it all
_KINDS: dict[Kind, ColumnKind] = {
    Kind.LABEL: "label",
    Kind.NUMBER: "number",
    Kind.DATE: "date",
    Kind.INTEGER: "integer",
    Kind.FLAG: "flag",
}
_MONEY = {"amount", "basket", "unit_price"}
_WHOLE = {"age", "headcount", "quantity"}
KNOWN_BY = ("customer_id", "email", "last_name", "first_name", "company", "phone", "postcode")
SOURCE = Text(fr="Source", en="Source")
ROW = Text(fr="Ligne", en="Row")


def ordered(columns: Sequence[str]) -> list[str]:
    """Canonical columns in their canonical order, then the others in theirs."""
    known = [key for key in COLUMNS if key in set(columns)]
    return known + [c for c in columns if c not in COLUMNS]


def label_of(column: str, source: Source | None, lang: Lang) -> str:
    if column in COLUMNS:
        return COLUMNS[column].label.in_(lang)
    return source.labels.get(column, column) if source is not None else column


def column_of(column: str, source: Source | None, lang: Lang) -> Column:
    """How a column of contacts is shown."""
    label = label_of(column, source, lang)
    if column not in COLUMNS:
        return Column(label, "flag")
    if column in _MONEY or column in _WHOLE:
        return Column(label, "money" if column in _MONEY else "integer")
    return Column(label, _KINDS.get(COLUMNS[column].kind, "text"))


def provenance_columns(lang: Lang) -> list[Column]:
    return [Column(SOURCE.in_(lang)), Column(ROW.in_(lang), "integer")]


def contact_table(
    source: Source,
    frame: pd.DataFrame,
    lang: Lang,
    *,
    before: Sequence[tuple[Column, Sequence[Any]]] = (),
    after: Sequence[tuple[Column, Sequence[Any]]] = (),
    marks: dict[tuple[int, str], Mark] | None = None,
    positions: Sequence[int] | None = None,
    name: str = "",
) -> Table:
    """A table of contacts with its provenance at the end.

    `before` and `after` are further columns, around those of the frame; `marks` are by
    (position in the frame, column); `positions` picks and orders rows.
    """
    keys = ordered(list(frame.columns))
    picked = list(range(len(frame))) if positions is None else list(positions)
    values: list[Sequence[Any]] = [v for _, v in before]
    body = frame if positions is None else frame.iloc[picked]
    values += [_plain(body[key]) for key in keys]
    values += [v for _, v in after]
    values += [[source.sheets[i] for i in picked], [source.rows[i] for i in picked]]
    columns = [c for c, _ in before] + [
        _own(column_of(key, source, lang), body[key]) for key in keys
    ]
    columns += [c for c, _ in after] + provenance_columns(lang)
    table = Table(columns, list(zip(*values, strict=True)), name=name)
    known = {key: label_of(key, source, lang) for key in KNOWN_BY if key in frame}
    table.keys = (tuple(known.values()), *((known[key],) for key in KNOWN_BY[:2] if key in known))
    if marks and len(picked) <= MARKED_ROWS:
        line = {position: r for r, position in enumerate(picked)}
        place = {key: len(before) + c for c, key in enumerate(keys)}
        table.marks = {
            (line[position], place[key]): mark
            for (position, key), mark in marks.items()
            if position in line and key in place
        }
    return table


def _own(column: Column, values: pd.Series) -> Column:
    """A column of the user's: as amounts where it holds some with cents, else as it stands."""
    if column.kind != "flag" or pd.api.types.infer_dtype(values, skipna=True) != "floating":
        return column
    numbers = values.dropna().astype(float)
    in_cents = bool((numbers.round(2) == numbers).all() and (numbers % 1 != 0).any())
    return replace(column, kind="number") if in_cents else column


def records(frame: pd.DataFrame) -> Iterator[Any]:
    """The rows of a table as named tuples."""
    return frame.itertuples()


def _plain(column: pd.Series) -> list[Any]:
    """Python values; every missing one is None."""
    values = column.astype(object)
    return values.where(values.notna(), None).tolist()

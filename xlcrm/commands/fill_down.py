"""Purchases laid out as a report: who, when and the order number on the first line of a group."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from functools import partial
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import pandas as pd

from xlcrm import cells
from xlcrm.books.book import Grid
from xlcrm.columns import fold
from xlcrm.commands.headers import Header
from xlcrm.errors import ArgumentError
from xlcrm.scoring.purchases import read_amount
from xlcrm.texts import Text, listed

if TYPE_CHECKING:
    from xlcrm.commands.source import Source

_WHO = ("customer_id", "email", "full_name", "last_name", "company")
_OF_WHO = (*_WHO, "civility", "first_name", "phone", "mobile", "address", "postcode", "town")
_FIGURES = frozenset({"amount", "quantity", "unit_price"})
_ENOUGH = 3  # groups, and lines below their first, that make a layout of it
_SHARE = 0.2  # of the lines; fewer blanks are slips
_TOLD = Text(
    fr="« {sheet} » : {columns} en tête de groupe seulement, repris sur {n} ligne(s) en dessous.",
    en='"{sheet}": {columns} on the first line of each group alone, read for {n} line(s) below.',
)
Merged = dict[int, dict[int, Any]]  # position of a row in the grid -> column -> value


def merged_down(grid: Grid, header: Header) -> Merged:
    """What the cells below the first of a merge stand for, beside purchases.

    Not for figures: an amount merged over the lines of an order is its total, and counts once.
    """
    found: Merged = {}
    if not _FIGURES & set(header.keys):
        return found
    for first, left, last, right in grid.merged:
        row, column = first - grid.top, left - grid.left
        inside = header.position < row < len(grid.rows) and 0 <= column < len(header.keys)
        if left < right or not inside or header.keys[column] in _FIGURES:
            continue
        if not cells.is_blank(value := grid.rows[row][column]):
            for below in range(row + 1, last - grid.top + 1):
                found.setdefault(below, {})[column] = value
    return found


def fill_down(source: Source, merged: Mapping[int, list[str]]) -> None:
    """Give the lines of a group what stands on its first one, where the layout is clear.

    It is on lines of one order number; where customer, day and number are blank together or not
    at all; where one of the two is blank on many lines, and stands once a group, in order.
    Anything else stays blank, and is told as missing. `merged`: the labels filled already, by row.
    """
    if not source.has_purchases() or not source.has_customers():
        return
    labels = {label for row in merged.values() for label in row}
    rows = merged.keys() & set(source.rows)
    for fill in (_by_number, _by_layout):
        for columns, heads in fill(source):
            for column in columns if heads else ():
                values = source.frame[column].tolist()
                for at, head in heads.items():
                    if cells.is_blank(values[at]) and not cells.is_blank(values[head]):
                        values[at] = values[head]
                        labels.add(source.labels[column])
                        rows.add(source.rows[at])
                source.frame[column] = pd.Series(values, dtype=object)
    if rows:
        named = [n for c in source.frame.columns if (n := source.labels[c]) in labels]
        quoted = Text(listed(f"« {n} »" for n in named), listed((f'"{n}"' for n in named), "en"))
        source.readings.append(partial(_TOLD.format, columns=quoted, n=len(rows)))


Fills = Iterator[tuple[list[str], dict[int, int]]]  # columns, and line -> its head


def _by_number(source: Source) -> Fills:
    """Lines whose order number another line has: with one customer on that day, with one day."""
    who, day = _blank_who(source), _blank(source)
    if not any(who) and not any(day):
        return
    numbers = [None if cells.is_blank(n) else n for n in _column(source, "order_id")]
    people = list(zip(*(_column(source, c) for c in _WHO), strict=True))
    days = _column(source, "order_date")
    for columns, blank, said, other, unless in (
        (_who(source), who, people, days, day),
        (["order_date"], day, days, people, who),
    ):
        wanted = {n for n, b in zip(numbers, blank, strict=True) if b} - {None}
        heads: dict[Any, list[int]] = {}
        for at, number in enumerate(numbers if wanted else ()):
            if number in wanted and not (blank[at] or unless[at]):
                heads.setdefault(number, []).append(at)
        clear = {n: lines[0] for n, lines in heads.items() if len({said[at] for at in lines}) == 1}
        yield (
            columns,
            {
                at: clear[n]
                for at, n in enumerate(numbers)
                if blank[at] and n in clear and (unless[at] or other[at] == other[clear[n]])
            },
        )


def _by_layout(source: Source) -> Fills:
    """Lines below the first of their group."""
    who, day = _blank_who(source), _blank(source)
    number = _blank(source, "order_id")
    number = day if all(number) else number
    together = [a and b and c for a, b, c in zip(who, day, number, strict=True)]
    if who == day == number == together:
        heads = _heads(source, together)
        plain = [at for at in heads if not _says_more(source, at)]
        if plain and (len(plain) < _ENOUGH or _has_total(source, heads, plain)):
            heads = {at: head for at, head in heads.items() if at not in plain}
        numbered = ["order_id"] if "order_id" in source.frame else []
        yield [*_who(source), "order_date", *numbered], heads
    elif any(day) and not any(who):
        yield ["order_date"], _ordered(source, day, ["order_date"])
    elif any(who) and not any(day):
        yield _who(source), _ordered(source, who, [c for c in _WHO if c in source.frame][:1])


def _heads(source: Source, blank: list[bool]) -> dict[int, int]:
    """The first line of the group of each blank line that directly follows it."""
    found: dict[int, int] = {}
    for at in range(1, len(blank)):
        follows = source.rows[at] == source.rows[at - 1] + 1
        if blank[at] and follows and (not blank[at - 1] or at - 1 in found):
            found[at] = found.get(at - 1, at - 1)
    return found


def _ordered(source: Source, blank: list[bool], columns: list[str]) -> dict[int, int]:
    """The heads where they are many, each another, one after the other as a report sorts them."""
    values = [source.frame[columns[0]].iloc[at] for at, b in enumerate(blank) if not b]
    keys = [_rank(value) for value in values]
    kinds = {type(key) for key in keys}
    enough = len(keys) >= _ENOUGH and sum(blank) >= max(_ENOUGH, _SHARE * len(blank))
    if not enough or len(kinds) > 1 or None in keys:
        return {}
    in_order = all(a < b for a, b in pairwise(keys)) or all(a > b for a, b in pairwise(keys))
    return _heads(source, blank) if in_order else {}


def _rank(value: Any) -> Any:
    if isinstance(value, (date, int, float)):
        return value
    text = cells.to_text(value) or ""
    return int(text) if text.isdigit() else fold(text)


def _says_more(source: Source, at: int) -> bool:
    """Whether a line names a product, a price, anything that a line of totals has not."""
    row = source.frame.iloc[at].drop(["amount", "quantity"], errors="ignore")
    return not all(map(cells.is_blank, row))


def _has_total(source: Source, heads: Mapping[int, int], plain: list[int]) -> bool:
    """Whether a line with a mere amount is the sum of those above, of its group or of all."""
    amounts = [_amount(value) for value in source.frame["amount"]]
    sums = ((amounts[at], sum(amounts[s:at])) for at in plain for s in (heads[at], 0))
    return any(abs(amount - total) < 0.005 for amount, total in sums)


def _amount(value: Any) -> float:
    try:
        return read_amount(value) or 0.0
    except ArgumentError:
        return 0.0


def _column(source: Source, column: str) -> list[Any]:
    blank = [None] * len(source.frame)
    return source.frame[column].tolist() if column in source.frame else blank


def _who(source: Source) -> list[str]:
    return [c for c in _OF_WHO if c in source.frame]


def _blank_who(source: Source) -> list[bool]:
    columns = [c for c in _WHO if c in source.frame]
    return source.frame[columns].isna().all(axis=1).tolist()


def _blank(source: Source, column: str = "order_date") -> list[bool]:
    return [value is None or value == "" or value != value for value in _column(source, column)]

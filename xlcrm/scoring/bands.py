"""Bands: a value finds its row in a table of lower bounds.

A row begins at its lower bound (`>=` the bound counts, `>` it does not) and ends where the next
one begins. There are no upper bounds, so that bands can neither overlap nor leave a hole.
"""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from xlcrm.scoring.wording import NO_UNIT, Unit
from xlcrm.texts import Lang, Text

if TYPE_CHECKING:
    import numpy as np

OPERATORS = (">=", ">")


@dataclass(frozen=True, slots=True)
class Band:
    """One row: it holds what is above `bound`; `strict` leaves the bound itself to the row before.

    `label` None is made from the bounds.
    """

    bound: float
    strict: bool
    points: float
    label: Text | None = None

    @property
    def operator(self) -> str:
        return ">" if self.strict else ">="


@dataclass(frozen=True, slots=True)
class Bands:
    """The rows of one criterion, in increasing order; the first begins at minus infinity.

    >>> months = Bands((Band(-math.inf, False, 10), Band(3, False, 5), Band(12, True, 0)))
    >>> [months.points(x) for x in (2.9, 3, 12, 12.1)]
    [10, 5, 5, 0]
    >>> months.label(1)
    'de 3 à 12 inclus'
    """

    rows: tuple[Band, ...]
    unit: Unit = NO_UNIT

    def position(self, value: float) -> int:
        """The position of the row that holds a value."""
        position = bisect_right(self.rows, value, key=_bound) - 1
        row = self.rows[position]
        return position - 1 if row.strict and row.bound == value else position

    def points(self, value: float) -> float:
        """The points of a value."""
        return self.rows[self.position(value)].points

    def positions(self, values: Any) -> np.ndarray:
        """The positions of many values at once; -1 for a missing one (NaN)."""
        import numpy as np

        numbers = np.asarray(values, dtype="float64")
        bounds = np.array([row.bound for row in self.rows])
        found = np.searchsorted(bounds, numbers, side="right") - 1
        strict = np.array([row.strict for row in self.rows])[found]
        found = found - (strict & (bounds[found] == numbers))
        return np.where(np.isnan(numbers), -1, found)

    def points_of(self, values: Any) -> np.ndarray:
        """The points of many values at once; NaN for a missing one."""
        import numpy as np

        points = np.array([row.points for row in self.rows] + [np.nan], dtype="float64")
        return points[self.positions(values)]

    def label(self, position: int, lang: Lang = "fr") -> str:
        """The name of a row: its own, or what its bounds say."""
        own = self.rows[position].label
        return own.in_(lang) if own else self.bounds_text(position, lang)

    def labels(self, lang: Lang = "fr") -> list[str]:
        """The names of all rows, in order."""
        return [self.label(position, lang) for position in range(len(self.rows))]

    def bounds_text(self, position: int, lang: Lang = "fr") -> str:
        """What a row holds, in words: `de 3 à 12 mois inclus`."""
        row = self.rows[position]
        after = self.rows[position + 1] if position + 1 < len(self.rows) else None
        key = (
            None if math.isinf(row.bound) else row.operator,
            None if after is None else after.operator,
        )
        return (
            _SENTENCES[key]
            .in_(lang)
            .format(
                low=self.unit.say(row.bound, lang) if key[0] else "",
                low_bare=self.unit.bare(row.bound, lang) if key[0] else "",
                high=self.unit.say(after.bound, lang) if after else "",
            )
        )

    def is_monotone(self) -> bool:
        """True where the points only rise, or only fall."""
        points = [row.points for row in self.rows]
        return points == sorted(points) or points == sorted(points, reverse=True)

    @property
    def top(self) -> float:
        """The most points that the criterion gives."""
        return max(row.points for row in self.rows)


def _bound(row: Band) -> float:
    return row.bound


def bands(*rows: Sequence[Any], unit: Unit = NO_UNIT) -> Bands:
    """Bands written as (operator, lower bound, points); the first as (None, None, points).

    >>> bands((None, None, 0), (">", 4, 20)).labels()
    ['jusqu’à 4 inclus', 'plus de 4']
    """
    return Bands(
        tuple(
            Band(-math.inf if bound is None else bound, operator == ">", points)
            for operator, bound, points in rows
        ),
        unit,
    )


# By the operator of the row and of the row after it; None where the band has no end.
_SENTENCES = {
    (None, None): Text(fr="toutes les valeurs", en="any value"),
    (None, ">="): Text(fr="moins de {high}", en="less than {high}"),
    (None, ">"): Text(fr="jusqu’à {high} inclus", en="up to {high} inclusive"),
    (">=", ">"): Text(fr="de {low_bare} à {high} inclus", en="from {low_bare} to {high} inclusive"),
    (">=", ">="): Text(fr="de {low_bare} à moins de {high}", en="from {low_bare} to under {high}"),
    (">", ">"): Text(
        fr="plus de {low_bare}, jusqu’à {high} inclus", en="over {low_bare}, up to {high} inclusive"
    ),
    (">", ">="): Text(
        fr="plus de {low_bare} et moins de {high}", en="over {low_bare} and under {high}"
    ),
    (">=", None): Text(fr="{low} ou plus", en="{low} or more"),
    (">", None): Text(fr="plus de {low}", en="more than {low}"),
}

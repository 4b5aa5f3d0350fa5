"""Trends: Mayer, least squares, growth, correlation. Forecasts from the ranks 1, 2, 3…"""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise

from xlcrm.catalogue import Kind, Param, Shape, function
from xlcrm.errors import ArgumentError
from xlcrm.scoring.ratios import ratio
from xlcrm.texts import Text

Numbers = Sequence[float | None]
_VALUES = Param(
    "values",
    "valeurs",
    Text(
        fr="Les valeurs observées, dans l'ordre du temps ; une cellule vide garde son rang mais ne "
        "compte pas.",
        en="The observed values, in the order of time; a blank cell keeps its rank but does not "
        "count.",
    ),
    Shape.LIST,
    Kind.NUMBER,
)
_RANKS = Param(
    "ranks",
    "rangs",
    Text(
        fr="Les rangs (ou valeurs de x) ; par défaut 1, 2, 3…",
        en="The ranks (or values of x); 1, 2, 3… by default.",
    ),
    Shape.LIST,
    Kind.NUMBER,
)
_RANK = Param(
    "rank",
    "rang",
    Text(fr="Le rang à prévoir, ou plusieurs.", en="The rank to forecast, or several."),
    kind=Kind.NUMBER,
)


@function(
    "CRM_MAYER",
    "CRM_MAYER",
    group="marketing",
    summary=Text(
        fr="Droite de Mayer y = a x + b, sur deux cellules (a, b) : elle joint les points moyens "
        "des deux demi-nuages. Nombre impair : le point de plus va au premier.",
        en="Mayer's line y = a x + b, in two cells (a, b): it joins the mean points of the two "
        "halves. Odd number: the extra point goes to the first half.",
    ),
    params=[_VALUES, _RANKS],
    returns=Kind.NUMBER,
)
def mayer(values: Numbers, ranks: Numbers = ()) -> list[float | None]:
    """[a, b]; both blank for fewer than 2 points.

    >>> mayer([42050, 43320, 45250, 46500, 48360])
    [1556.0, 40428.0]
    """
    points = sorted(_points(values, ranks))
    half = (len(points) + 1) // 2
    if len(points) < 2:
        return [None, None]
    x1, y1 = _mean_point(points[:half])
    x2, y2 = _mean_point(points[half:])
    if x1 == x2:
        return [None, None]
    slope = (y2 - y1) / (x2 - x1)
    return [slope, y1 - slope * x1]


@function(
    "CRM_MAYER_FORECAST",
    "CRM_PREVISION_MAYER",
    group="marketing",
    summary=Text(
        fr="Prévision par la droite de Mayer : a x rang + b.",
        en="Forecast by Mayer's line: a x rank + b.",
    ),
    params=[_RANK, _VALUES, _RANKS],
    returns=Kind.NUMBER,
)
def mayer_forecast(rank: float | None, values: Numbers, ranks: Numbers = ()) -> float | None:
    """The value of the line at a rank; nothing is rounded on the way.

    >>> mayer_forecast(6, [42050, 43320, 45250, 46500, 48360])
    49764.0
    """
    slope, constant = mayer(values, ranks)
    return _on_line(rank, slope, constant)


@function(
    "CRM_LEAST_SQUARES",
    "CRM_MOINDRES_CARRES",
    group="marketing",
    summary=Text(
        fr="Droite des moindres carrés y = a x + b, sur trois cellules : a, b et le coefficient de "
        "corrélation r. Vide pour moins de 3 points ou des x tous égaux.",
        en="Least-squares line y = a x + b, in three cells: a, b and the correlation coefficient "
        "r. Blank for fewer than 3 points or equal x.",
    ),
    params=[_VALUES, _RANKS],
    returns=Kind.NUMBER,
)
def least_squares(values: Numbers, ranks: Numbers = ()) -> list[float | None]:
    """[a, b, r]; r alone is blank where all values are equal. A blank value (the year to
    forecast) enters no sum.

    >>> [round(v, 4) for v in least_squares([842, 1095, 922, 1154, 1058, 1298])]
    [68.6, 821.4, 0.7861]
    """
    points = _points(values, ranks)
    if len(points) < 3:
        return [None, None, None]
    mean_x, mean_y = _mean_point(points)
    xx = math.fsum((x - mean_x) ** 2 for x, _ in points)
    yy = math.fsum((y - mean_y) ** 2 for _, y in points)
    xy = math.fsum((x - mean_x) * (y - mean_y) for x, y in points)
    if not xx:
        return [None, None, None]
    slope = xy / xx
    return [slope, mean_y - slope * mean_x, xy / math.sqrt(xx * yy) if yy else None]


@function(
    "CRM_LEAST_SQUARES_FORECAST",
    "CRM_PREVISION_MOINDRES_CARRES",
    group="marketing",
    summary=Text(
        fr="Prévision par la droite des moindres carrés : a x rang + b.",
        en="Forecast by the least-squares line: a x rank + b.",
    ),
    params=[_RANK, _VALUES, _RANKS],
    returns=Kind.NUMBER,
)
def least_squares_forecast(
    rank: float | None, values: Numbers, ranks: Numbers = ()
) -> float | None:
    """The value of the line at a rank.

    >>> round(least_squares_forecast(7, [842, 1095, 922, 1154, 1058, 1298]), 1)
    1301.6
    """
    slope, constant, _ = least_squares(values, ranks)
    return _on_line(rank, slope, constant)


@function(
    "CRM_CORRELATION",
    "CRM_CORRELATION",
    group="marketing",
    summary=Text(
        fr="Coefficient de corrélation linéaire r de deux séries, de -1 à 1. Vide pour moins de 3 "
        "couples ou une série constante.",
        en="Linear correlation coefficient r of two series, from -1 to 1. Blank for fewer than 3 "
        "pairs or a constant series.",
    ),
    params=[
        Param("x", "x", Text(fr="Première série.", en="First series."), Shape.LIST, Kind.NUMBER),
        Param("y", "y", Text(fr="Seconde série.", en="Second series."), Shape.LIST, Kind.NUMBER),
    ],
    returns=Kind.NUMBER,
)
def correlation(x: Numbers, y: Numbers) -> float | None:
    """Pairs with a blank are left out. Raises ArgumentError for series of different lengths.

    >>> correlation([1, 2, 3], [2, 4, 6])
    1.0
    """
    return least_squares(y, x)[2]


@function(
    "CRM_GROWTH",
    "CRM_TAUX_EVOLUTION",
    group="marketing",
    summary=Text(
        fr="Taux d'évolution : (après - avant) / avant. Vide si « avant » est vide, nul ou "
        "négatif.",
        en='Growth rate: (after - before) / before. Blank where "before" is blank, zero or '
        "negative.",
    ),
    params=[
        Param("before", "avant", Text(fr="Valeur de départ.", en="First value."), kind=Kind.NUMBER),
        Param("after", "après", Text(fr="Valeur d'arrivée.", en="Last value."), kind=Kind.NUMBER),
    ],
    returns=Kind.NUMBER,
)
def growth(before: float | None, after: float | None) -> float | None:
    """A share: 0.145 means 14.5 %.

    >>> round(growth(614, 703), 4), growth(0, 5)
    (0.145, None)
    """
    return None if after is None or before is None else ratio(after - before, before)


@function(
    "CRM_MEAN_GROWTH",
    "CRM_TAUX_EVOLUTION_MOYEN",
    group="marketing",
    summary=Text(
        fr="Taux d'évolution moyen par période : (dernière / première) puissance (1 / nombre de "
        "périodes) - 1. Vide si une extrémité n'est pas positive.",
        en="Mean growth rate by period: (last / first) to the power (1 / number of periods) - 1. "
        "Blank where an end is not positive.",
    ),
    params=[_VALUES],
    returns=Kind.NUMBER,
)
def mean_growth(values: Numbers) -> float | None:
    """The geometric mean of the growth between the first and the last value of the list.

    >>> round(mean_growth([100, 150, 121]), 4)
    0.1
    """
    if len(values) < 2:
        return None
    first, last = values[0], values[-1]
    if first is None or last is None or first <= 0 or last <= 0:
        return None
    return float((last / first) ** (1 / (len(values) - 1)) - 1)


@function(
    "CRM_GROWTH_RATES",
    "CRM_TAUX_EVOLUTIONS",
    group="marketing",
    summary=Text(
        fr="Taux d'évolution de chaque période sur la précédente, sur une ligne ; le premier est "
        "vide.",
        en="Growth rate of each period on the one before, in one row; the first is blank.",
    ),
    params=[_VALUES],
    returns=Kind.NUMBER,
)
def growth_rates(values: Numbers) -> list[float | None]:
    """As many rates as values.

    >>> [r and round(r, 4) for r in growth_rates([614, 703, 865])]
    [None, 0.145, 0.2304]
    """
    return [None, *(growth(before, after) for before, after in pairwise(values))]


def _points(values: Numbers, ranks: Numbers) -> list[tuple[float, float]]:
    if ranks and len(ranks) != len(values):
        raise ArgumentError(
            fr="{x} rang(s) pour {y} valeur(s).",
            en="{x} rank(s) for {y} value(s).",
            x=len(ranks),
            y=len(values),
        )
    xs = ranks or [float(rank) for rank in range(1, len(values) + 1)]
    pairs = zip(xs, values, strict=True)
    return [(x, y) for x, y in pairs if x is not None and y is not None]


def _mean_point(points: Sequence[tuple[float, float]]) -> tuple[float, float]:
    n = len(points)
    return math.fsum(x for x, _ in points) / n, math.fsum(y for _, y in points) / n


def _on_line(rank: float | None, slope: float | None, constant: float | None) -> float | None:
    if rank is None or slope is None or constant is None:
        return None
    return slope * rank + constant

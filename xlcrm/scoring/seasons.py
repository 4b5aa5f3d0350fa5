"""Moving averages and seasonal coefficients."""

from __future__ import annotations

import math
from collections.abc import Sequence

from xlcrm.catalogue import Kind, Param, Shape, function
from xlcrm.errors import ArgumentError
from xlcrm.scoring.forecast import least_squares
from xlcrm.texts import Text

_METHODS = ("moyennes mobiles", "tendance", "moving averages", "trend")
_VALUES = Param(
    "values",
    "valeurs",
    Text(
        fr="Les valeurs observées, dans l'ordre du temps.",
        en="The observed values, in the order of time.",
    ),
    Shape.LIST,
    Kind.NUMBER,
)
_PERIODS = Param(
    "periods",
    "périodes",
    Text(
        fr="Périodes dans un cycle : 12 pour des mois, 4 pour des trimestres.",
        en="Periods in a cycle: 12 for months, 4 for quarters.",
    ),
    Shape.ONE,
    Kind.INTEGER,
)


@function(
    "CRM_MOVING_AVERAGE",
    "CRM_MOYENNE_MOBILE",
    group="marketing",
    summary=Text(
        fr="Moyennes mobiles centrées. Longueur paire : demi-poids aux deux bouts, pour rester "
        "centré. Vide là où la fenêtre sort de la série.",
        en="Centred moving averages. Even length: half weights at both ends, to stay centred. "
        "Blank where the window leaves the series.",
    ),
    params=[
        Param(
            "values",
            "valeurs",
            Text(
                fr="Les valeurs, en colonne ou en ligne, dans l'ordre du temps.",
                en="The values, in a column or a row, in the order of time.",
            ),
            Shape.TABLE,
            Kind.NUMBER,
        ),
        Param(
            "length",
            "longueur",
            Text(
                fr="Nombre de périodes (4 pour des trimestres).",
                en="Number of periods (4 for quarters).",
            ),
            Shape.ONE,
            Kind.INTEGER,
        ),
    ],
    returns=Kind.NUMBER,
)
def moving_average(
    values: Sequence[Sequence[float | None]], length: int
) -> list[list[float | None]]:
    """One average for each value, in the shape of the range.

    >>> moving_average([[524], [378], [354], [636], [532]], 4)
    [[None], [None], [474.0], [None], [None]]
    """
    series = [value for row in values for value in row]
    flat = centred_averages(series, length)
    if len(values) == 1:
        return [flat]
    width = len(values[0])
    return [flat[start : start + width] for start in range(0, len(flat), width)]


def centred_averages(series: Sequence[float | None], length: int) -> list[float | None]:
    """The centred averages of a list; a window with a blank in it is blank.

    >>> centred_averages([1, 2, 6], 3)
    [None, 3.0, None]
    """
    if not length or length < 1:
        raise ArgumentError(
            fr="La longueur d'une moyenne mobile est d'au moins 1 (ici {length}).",
            en="The length of a moving average is at least 1 (here {length}).",
            length=length,
        )
    half = length // 2
    averages: list[float | None] = []
    for place in range(len(series)):
        if place < half or place + half >= len(series):
            averages.append(None)
            continue
        window = [v for v in series[place - half : place + half + 1] if v is not None]
        if len(window) < 2 * half + 1:
            averages.append(None)
            continue
        total = math.fsum(window)
        if length % 2 == 0:
            total -= (window[0] + window[-1]) / 2
        averages.append(total / length)
    return averages


@function(
    "CRM_SEASONAL_COEFFICIENTS",
    "CRM_COEFFICIENTS_SAISONNIERS",
    group="marketing",
    summary=Text(
        fr="Coefficients saisonniers, un par période : moyenne des rapports valeur / moyenne "
        "mobile centrée (ou valeur / tendance). Il faut au moins deux cycles.",
        en="Seasonal coefficients, one for each period: mean of the ratios value / centred moving "
        "average (or value / trend). At least two cycles are needed.",
    ),
    params=[
        _VALUES,
        _PERIODS,
        Param(
            "method",
            "méthode",
            Text(
                fr="moyennes mobiles (par défaut) ou tendance (droite des moindres carrés).",
                en="moving averages (default) or trend (least-squares line).",
            ),
            Shape.ONE,
            choices=_METHODS,
        ),
        Param(
            "normalise",
            "normaliser",
            Text(
                fr="OUI : la somme des coefficients est ramenée au nombre de périodes ; NON par "
                "défaut.",
                en="YES: the coefficients are made to sum to the number of periods; NO by default.",
            ),
            Shape.ONE,
            Kind.FLAG,
        ),
    ],
    returns=Kind.NUMBER,
)
def seasonal_coefficients(
    values: Sequence[float | None],
    periods: int,
    method: str = "moyennes mobiles",
    normalise: bool = False,
) -> list[float | None]:
    """One coefficient for each period of the cycle, in one row; the first value is of period 1.

    Raises ArgumentError for fewer than two whole cycles or fewer than 2 periods.

    >>> quarters = [52, 36, 69, 89, 65, 45, 86, 111, 81, 56, 108, 139, 102, 70, 135, 174]
    >>> [round(c, 3) for c in seasonal_coefficients(quarters, 4, normalise=True)]
    [0.943, 0.607, 1.096, 1.354]
    """
    if not periods or periods < 2 or sum(v is not None for v in values) < 2 * periods:
        raise ArgumentError(
            fr="Il faut au moins deux cycles complets de {periods} périodes ; il y a {n} valeur(s).",
            en="At least two whole cycles of {periods} periods are needed; there (is|are) {n} value(s).",
            periods=periods,
            n=sum(v is not None for v in values),
        )
    trend = _trend(values, periods, method)
    ratios: list[list[float]] = [[] for _ in range(periods)]
    for place, (value, level) in enumerate(zip(values, trend, strict=True)):
        if value is not None and level:
            ratios[place % periods].append(value / level)
    means = [math.fsum(found) / len(found) if found else None for found in ratios]
    if normalise and all(mean is not None for mean in means):
        total = math.fsum(mean or 0.0 for mean in means)
        means = [None if mean is None else mean * periods / total for mean in means]
    return means


def _trend(values: Sequence[float | None], periods: int, method: str) -> list[float | None]:
    if method in ("moyennes mobiles", "moving averages"):
        return centred_averages(values, periods)
    slope, constant, _ = least_squares(values)
    assert slope is not None
    assert constant is not None
    return [slope * rank + constant for rank in range(1, len(values) + 1)]

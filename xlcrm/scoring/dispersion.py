"""Spread and oddities: standard deviation, coefficient of variation, outliers."""

from __future__ import annotations

import math
from collections.abc import Sequence

from xlcrm.catalogue import Kind, Param, Shape, function
from xlcrm.errors import ArgumentError
from xlcrm.scoring.portfolio import percentile
from xlcrm.texts import Lang, Text

_VALUES = Param(
    "values", "valeurs", Text(fr="Les valeurs.", en="The values."), Shape.LIST, Kind.NUMBER
)
_POPULATION = ("population",)
_KINDS = ("population", "échantillon", "echantillon", "sample")
_KIND = Param(
    "kind",
    "nature",
    Text(
        fr="population (on divise par n) ou échantillon (par n - 1) : il faut choisir.",
        en="population (divide by n) or sample (by n - 1): choose.",
    ),
    Shape.ONE,
    choices=_KINDS,
)
_IQR_FENCE = 1.5
_ROBUST_LIMIT = 3.5
_TO_SIGMA = 0.6745  # the median absolute deviation of a normal law, in standard deviations


@function(
    "CRM_SIGMA",
    "CRM_ECART_TYPE",
    group="marketing",
    summary=Text(
        fr="Écart-type : racine de (somme des carrés des écarts à la moyenne / n, ou / (n - 1) "
        "pour un échantillon).",
        en="Standard deviation: root of (sum of squared deviations from the mean / n, or / (n - 1) "
        "for a sample).",
    ),
    params=[_VALUES, _KIND],
    returns=Kind.NUMBER,
)
def sigma(values: Sequence[float | None], kind: str | None) -> float | None:
    """Blank for no value, or one value of a sample.

    >>> sigma([2, 4, 4, 4, 5, 5, 7, 9], "population")
    2.0
    """
    if kind is None:
        raise ArgumentError(
            fr="Dites si les valeurs sont une population ou un échantillon.",
            en="Say whether the values are a population or a sample.",
        )
    known = [v for v in values if v is not None]
    divisor = len(known) - (kind not in _POPULATION)
    if divisor < 1:
        return None
    mean = math.fsum(known) / len(known)
    return math.sqrt(math.fsum((v - mean) ** 2 for v in known) / divisor)


@function(
    "CRM_VARIATION_COEFFICIENT",
    "CRM_COEFFICIENT_VARIATION",
    group="marketing",
    summary=Text(
        fr="Coefficient de variation : écart-type / moyenne. Vide si la moyenne n'est pas "
        "positive.",
        en="Coefficient of variation: standard deviation / mean. Blank where the mean is not "
        "positive.",
    ),
    params=[_VALUES, _KIND],
    returns=Kind.NUMBER,
)
def variation_coefficient(values: Sequence[float | None], kind: str | None) -> float | None:
    """A share: 0.4 means 40 % of the mean.

    >>> variation_coefficient([2, 4, 4, 4, 5, 5, 7, 9], "population")
    0.4
    """
    spread = sigma(values, kind)
    known = [v for v in values if v is not None]
    mean = math.fsum(known) / len(known) if known else 0.0
    return None if spread is None or mean <= 0 else spread / mean


@function(
    "CRM_OUTLIER",
    "CRM_VALEUR_ABERRANTE",
    group="marketing",
    summary=Text(
        fr="Signale les valeurs atypiques : hors de [Q1 - 1,5 EIQ ; Q3 + 1,5 EIQ], ou z robuste "
        "(écart à la médiane / écart absolu médian) au-dessus de 3,5. Rien n'est supprimé.",
        en="Marks odd values: outside [Q1 - 1.5 IQR; Q3 + 1.5 IQR], or robust z (distance to the "
        "median / median absolute deviation) above 3.5. Nothing is dropped.",
    ),
    params=[
        Param(
            "values",
            "valeurs",
            Text(fr="La plage des valeurs.", en="The range of values."),
            Shape.TABLE,
            Kind.NUMBER,
        ),
        Param(
            "method",
            "méthode",
            Text(fr="quartiles (par défaut) ou z.", en="quartiles (default) or z."),
            Shape.ONE,
            choices=("quartiles", "z"),
        ),
    ],
)
def outliers(
    values: Sequence[Sequence[float | None]], method: str = "quartiles", lang: Lang = "fr"
) -> list[list[str | None]]:
    """`Trop bas`, `Trop haut` or blank, in the shape of the range; blank for fewer than 4 values.

    >>> outliers([[10], [12], [11], [13], [90]])
    [[None], [None], [None], [None], ['Trop haut']]
    """
    known = sorted(v for row in values for v in row if v is not None)
    if len(known) < 4:
        return [[None] * len(row) for row in values]
    low, high = _fences(known) if method == "quartiles" else _robust_fences(known)
    words = (Text(fr="Trop bas", en="Too low"), Text(fr="Trop haut", en="Too high"))

    def mark(value: float | None) -> str | None:
        if value is None or low <= value <= high:
            return None
        return words[value > high].in_(lang)

    return [[mark(value) for value in row] for row in values]


def _fences(known: Sequence[float]) -> tuple[float, float]:
    q1, q3 = percentile(known, 0.25), percentile(known, 0.75)
    return q1 - _IQR_FENCE * (q3 - q1), q3 + _IQR_FENCE * (q3 - q1)


def _robust_fences(known: Sequence[float]) -> tuple[float, float]:
    middle = percentile(known, 0.5)
    deviation = percentile(sorted(abs(v - middle) for v in known), 0.5)
    reach = _ROBUST_LIMIT * deviation / _TO_SIGMA
    return middle - reach, middle + reach

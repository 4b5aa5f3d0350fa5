"""The portfolio: ABC classes, concentration (Gini, Lorenz), notes by quantiles."""

from __future__ import annotations

import math
from collections.abc import Sequence

from xlcrm.catalogue import Kind, Param, Shape, function
from xlcrm.errors import ArgumentError, percent_meant
from xlcrm.texts import Lang, Text, shown

Numbers = Sequence[Sequence[float | None]]
NO_SALES = Text(fr="Sans CA", en="No revenue")
_GAP = 1e-12  # a sum of decimals that should be exactly 80 % may miss it in the last digit
_AMOUNTS = Param(
    "amounts",
    "montants",
    Text(
        fr="La plage des chiffres d'affaires, un par client.",
        en="The range of revenues, one for each customer.",
    ),
    Shape.TABLE,
    Kind.NUMBER,
)

_MOST_GROUPS = 100  # percentiles


@function(
    "CRM_ABC_CLASS",
    "CRM_CLASSE_ABC",
    group="customers",
    summary=Text(
        fr="Classe ABC de chaque client : CA décroissant cumulé divisé par la somme des CA "
        "positifs ; A jusqu'à 80 %, B jusqu'à 95 %, C ensuite. Le premier client est toujours A.",
        en="ABC class of each customer: decreasing revenue, cumulated, over the sum of positive "
        "revenue; A up to 80 %, B up to 95 %, then C. The first customer is always A.",
    ),
    params=[
        _AMOUNTS,
        Param(
            "a_share",
            "part_a",
            Text(fr="Part cumulée de A (0,8).", en="Cumulated share of A (0.8)."),
            Shape.ONE,
            Kind.NUMBER,
        ),
        Param(
            "b_share",
            "part_b",
            Text(fr="Part cumulée de A et B (0,95).", en="Cumulated share of A and B (0.95)."),
            Shape.ONE,
            Kind.NUMBER,
        ),
        Param(
            "crossing",
            "franchissant",
            Text(
                fr="OUI : le client qui franchit un seuil reste dans la classe d'avant ; NON par "
                "défaut.",
                en="YES: the customer who crosses a threshold stays in the class before; NO by "
                "default.",
            ),
            Shape.ONE,
            Kind.FLAG,
        ),
    ],
)
def abc_classes(
    amounts: Numbers,
    a_share: float = 0.8,
    b_share: float = 0.95,
    crossing: bool = False,
    lang: Lang = "fr",
) -> list[list[str | None]]:
    """The class of each amount, in the shape of the range; blank for a blank.

    Shares are compared unrounded; equal amounts keep the order of the range. An amount of 0 or
    less is outside the classes and does not count in the total. Raises ArgumentError unless
    0 < a_share < b_share <= 1.

    >>> abc_classes([[50], [None], [800], [100], [50], [-3]])
    [['B'], [None], ['A'], ['B'], ['C'], ['Sans CA']]
    >>> abc_classes([[85], [15]]), abc_classes([[60], [30], [10]], crossing=True)
    ([['A'], ['C']], [['A'], ['A'], ['B']])
    """
    for share, fr, en in ((a_share, "part_a", "a_share"), (b_share, "part_b", "b_share")):
        if share > 1:
            raise percent_meant(share, fr, en)
    if not 0 < a_share < b_share <= 1:
        raise ArgumentError(
            fr="Les parts de A et de B doivent vérifier 0 < A < B <= 1 (ici {a} et {b}).",
            en="The shares of A and B must satisfy 0 < A < B <= 1 (here {a} and {b}).",
            a=shown(a_share),
            b=shown(b_share),
        )
    cells = [(r, c, v) for r, row in enumerate(amounts) for c, v in enumerate(row)]
    out: list[list[str | None]] = [[None] * len(row) for row in amounts]
    for r, c, value in cells:
        if value is not None and value <= 0:
            out[r][c] = NO_SALES.in_(lang)
    ranked = sorted(((v, r, c) for r, c, v in cells if v is not None and v > 0), key=_by_amount)
    total = math.fsum(v for v, _, _ in ranked)
    before = 0.0
    for rank, (value, r, c) in enumerate(ranked):
        share = (before if crossing else before + value) / total
        if rank == 0 or _within(share, a_share, crossing):
            out[r][c] = "A"
        else:
            out[r][c] = "B" if _within(share, b_share, crossing) else "C"
        before += value
    return out


def _by_amount(ranked: tuple[float, int, int]) -> float:
    return -ranked[0]


def _within(share: float, limit: float, strict: bool) -> bool:
    return share < limit - _GAP if strict else share <= limit + _GAP


@function(
    "CRM_GINI",
    "CRM_GINI",
    group="customers",
    summary=Text(
        fr="Indice de Gini : concentration du CA sur peu de clients. 0 : tous pareils ; proche de "
        "1 : un seul fait tout. Vide s'il y a moins de deux clients.",
        en="Gini index: concentration of revenue on few customers. 0: all alike; near 1: one makes "
        "it all. Blank for fewer than two customers.",
    ),
    params=[_AMOUNTS],
    returns=Kind.NUMBER,
)
def gini(amounts: Numbers) -> float | None:
    """2 * sum(i * x) / (n * sum x) - (n + 1) / n, x ascending, over all amounts given.

    The divisor is n, not n - 1. Blank for fewer than 2 amounts, a negative one or a sum of 0.

    >>> round(gini([[9000, 8125, 900, 900, 800, 600, 500, 375, 200, 10]]), 4)
    0.6558
    """
    values = sorted(v for row in amounts for v in row if v is not None)
    total = math.fsum(values)
    n = len(values)
    if n < 2 or total <= 0 or values[0] < 0:
        return None
    weighted = math.fsum(rank * value for rank, value in enumerate(values, start=1))
    return 2 * weighted / (n * total) - (n + 1) / n


@function(
    "CRM_LORENZ",
    "CRM_LORENZ",
    group="customers",
    summary=Text(
        fr="Courbe de Lorenz, sur deux colonnes : part cumulée des clients (du plus petit au plus "
        "gros) et part cumulée du CA.",
        en="Lorenz curve, in two columns: cumulated share of customers (from the smallest) and "
        "cumulated share of revenue.",
    ),
    params=[_AMOUNTS],
    returns=Kind.NUMBER,
)
def lorenz(amounts: Numbers) -> list[list[float]] | None:
    """The points of the curve, from (0, 0) to (1, 1); blank where gini is.

    >>> lorenz([[1], [3]])
    [[0.0, 0.0], [0.5, 0.25], [1.0, 1.0]]
    """
    if gini(amounts) is None:
        return None
    values = sorted(v for row in amounts for v in row if v is not None)
    total = math.fsum(values)
    points = [[0.0, 0.0]]
    reached = 0.0
    for rank, value in enumerate(values, start=1):
        reached += value
        points.append([rank / len(values), reached / total])
    points[-1] = [1.0, 1.0]
    return points


@function(
    "CRM_QUANTILE_POINTS",
    "CRM_NOTE_QUANTILE",
    group="customers",
    summary=Text(
        fr="Note de chaque valeur par quantiles : 1 pour le groupe le plus bas, 5 (par défaut) "
        "pour le plus haut. Les seuils sont ceux de QUARTILE/CENTILE.INCLURE.",
        en="Note of each value by quantiles: 1 for the lowest group, 5 (by default) for the "
        "highest. The thresholds are those of PERCENTILE.INC.",
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
            "groups",
            "groupes",
            Text(fr="Nombre de groupes (5).", en="Number of groups (5)."),
            Shape.ONE,
            Kind.INTEGER,
        ),
        Param(
            "lowest_best",
            "petit_meilleur",
            Text(
                fr="OUI si une petite valeur est la meilleure (récence) ; NON par défaut.",
                en="YES where a small value is the best (recency); NO by default.",
            ),
            Shape.ONE,
            Kind.FLAG,
        ),
    ],
    returns=Kind.INTEGER,
)
def quantile_points(
    values: Numbers, groups: int = 5, lowest_best: bool = False
) -> list[list[int | None]]:
    """Notes from 1 to `groups`, in the shape of the range; blank for a blank.

    A value equal to a threshold belongs to the group below it; equal values get equal notes, so
    that groups may be of unequal size. Raises ArgumentError for fewer than 2 groups or more
    than 100.

    >>> quantile_points([[10, 20, 30, 40, 50, None]])
    [[1, 2, 3, 4, 5, None]]
    """
    if not 2 <= groups <= _MOST_GROUPS:
        raise ArgumentError(
            fr="Le nombre de groupes va de 2 à 100 (ici {groups}).",
            en="The number of groups goes from 2 to 100 (here {groups}).",
            groups=groups,
        )
    ordered = sorted(v for row in values for v in row if v is not None)
    limits = [percentile(ordered, g / groups) for g in range(1, groups)] if ordered else []
    out: list[list[int | None]] = []
    for row in values:
        notes: list[int | None] = []
        for value in row:
            if value is None:
                notes.append(None)
                continue
            note = 1 + sum(value > limit for limit in limits)
            notes.append(groups + 1 - note if lowest_best else note)
        out.append(notes)
    return out


def percentile(ordered: Sequence[float], share: float) -> float:
    """The percentile of ascending values, interpolated as PERCENTILE.INC does.

    >>> percentile([1, 2, 3, 4], 0.5)
    2.5
    """
    place = share * (len(ordered) - 1)
    low = math.floor(place)
    high = min(low + 1, len(ordered) - 1)
    return ordered[low] + (ordered[high] - ordered[low]) * (place - low)

"""Bands and RFM scores as formulas: one value against a grid, given as a range or by its name."""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from xlcrm import cells
from xlcrm.catalogue import Kind, Param, Shape, function
from xlcrm.errors import ArgumentError, RequestError
from xlcrm.scoring.bands import Band, Bands
from xlcrm.scoring.grid_reading import check_order, read_bound, read_grids, read_operator, row_error
from xlcrm.scoring.grids import (
    Grid,
    check_rfm,
    criterion_key,
    criterion_label,
    find_grid,
    shipped_grids,
)
from xlcrm.texts import Lang, Text, listed, shown

Rows = Sequence[Sequence[Any]]
DEFAULT_GRID = "Marielle Nature"
_GRID = Param(
    "grid",
    "grille",
    Text(
        fr="La plage d'une grille (grille, critère, opérateur, borne basse, points, libellé) ou le "
        "nom d'une grille fournie ; par défaut « Marielle Nature ».",
        en="The range of a grid (grid, criterion, operator, lower bound, points, label), or the "
        'name of a supplied grid; "Marielle Nature" by default.',
    ),
    Shape.TABLE,
    Kind.ANY,
)
_MEASURES = (
    Param(
        "recency",
        "récence",
        Text(
            fr="Mois depuis le dernier achat (voir CRM_MOIS_DEPUIS) ; vide si jamais acheté.",
            en="Months since the last purchase (see CRM_MONTHS_SINCE); blank if never bought.",
        ),
        kind=Kind.NUMBER,
    ),
    Param(
        "frequency",
        "fréquence",
        Text(
            fr="Nombre d'achats, par an ou par mois selon la grille.",
            en="Number of purchases, by year or by month as the grid says.",
        ),
        kind=Kind.NUMBER,
    ),
    Param(
        "basket",
        "panier",
        Text(fr="Panier moyen en euros.", en="Average basket in euros."),
        kind=Kind.NUMBER,
    ),
)


@function(
    "CRM_BAND",
    "CRM_TRANCHE",
    group="customers",
    summary=Text(
        fr="Les points (ou le libellé) de la tranche où tombe une valeur. Bornes basses seules : "
        "une tranche finit où la suivante commence.",
        en="The points (or the label) of the band that holds a value. Lower bounds only: a band "
        "ends where the next one begins.",
    ),
    params=[
        Param(
            "value",
            "valeur",
            Text(fr="La valeur, ou une plage de valeurs.", en="The value, or a range of values."),
            kind=Kind.NUMBER,
        ),
        Param(
            "bands",
            "tranches",
            Text(
                fr="Plage de 2 colonnes (borne basse, points), 3 (opérateur, borne basse, points), "
                "4 (et libellé), une grille complète, ou le nom d'une grille fournie.",
                en="Range of 2 columns (lower bound, points), 3 (operator, lower bound, points), "
                "4 (and label), a whole grid, or the name of a supplied grid.",
            ),
            Shape.TABLE,
            Kind.ANY,
        ),
        Param(
            "criterion",
            "critère",
            Text(
                fr="Le critère, quand la grille en a plusieurs : récence, fréquence, panier, "
                "classe…",
                en="The criterion, where the grid has several: recency, frequency, basket, class…",
            ),
            Shape.ONE,
        ),
        Param(
            "result",
            "résultat",
            Text(fr="points (par défaut) ou libellé.", en="points (default) or label."),
            Shape.ONE,
            choices=("points", "libellé", "libelle", "label"),
        ),
    ],
    returns=Kind.ANY,
)
def find_band(
    value: float | None,
    bands: Rows,
    criterion: str = "",
    result: str = "points",
    lang: Lang = "fr",
) -> float | str | None:
    """The points or the label of the band that holds a value; blank for a blank.

    A lower bound without operator counts (`>=`), except the blank one of the first row, which is
    minus infinity. The criterion `class` gives its label. Raises ArgumentError for bands that do
    not begin at minus infinity or do not rise.

    >>> find_band(12, [[None, 10], [3, 5], [12, 0]])
    0.0
    >>> find_band(12, [[None, None, 10], [">=", 3, 5], [">", 12, 0]], result="libellé")
    'de 3 à 12 inclus'
    >>> find_band(40, [["Marielle Nature"]], "classe")
    'Bons clients'
    """
    if value is None:
        return None
    found = _bands_of(_key(bands), criterion)
    position = found.position(value)
    if result != "points" or criterion_key(criterion) == "class":
        return found.label(position, lang)
    return found.rows[position].points


@function(
    "CRM_RFM_SCORE",
    "CRM_SCORE_RFM",
    group="customers",
    summary=Text(
        fr="Score RFM d'un client : somme des points de sa récence, de sa fréquence et de son "
        "panier moyen dans une grille.",
        en="RFM score of a customer: sum of the points of recency, frequency and average basket in "
        "a grid.",
    ),
    params=[*_MEASURES, _GRID],
    returns=Kind.NUMBER,
)
def rfm_score(
    recency: float | None,
    frequency: float | None,
    basket: float | None,
    grid: Rows = ((DEFAULT_GRID,),),
) -> float | None:
    """The sum of the three notes. A blank recency with no purchase (frequency 0) is a customer
    who never bought; any other blank gives a blank.

    >>> rfm_score(2, 5, 112.4), rfm_score(None, 0, None), rfm_score(2, None, 50)
    (50.0, 0.0, None)
    """
    points = rfm_points(recency, frequency, basket, grid)
    return None if points is None else sum(points)


@function(
    "CRM_RFM_POINTS",
    "CRM_NOTES_RFM",
    group="customers",
    summary=Text(
        fr="Les trois notes RFM d'un client, sur trois cellules : récence, fréquence, panier "
        "moyen.",
        en="The three RFM notes of a customer, in three cells: recency, frequency, average basket.",
    ),
    params=[*_MEASURES, _GRID],
    returns=Kind.NUMBER,
)
def rfm_points(
    recency: float | None,
    frequency: float | None,
    basket: float | None,
    grid: Rows = ((DEFAULT_GRID,),),
) -> list[float] | None:
    """The notes of recency, frequency and basket, in this order.

    >>> rfm_points(3, 4, 100)
    [5.0, 10.0, 10.0]
    """
    never = frequency == 0 and recency is None and basket is None
    if not never and (recency is None or frequency is None or basket is None):
        return None
    if recency is not None and recency < 0:
        raise ArgumentError(
            fr="Récence négative ({value}) : un achat est daté après la date d'arrêté. Corrigez "
            "l'une des deux dates.",
            en="Negative recency ({value}): a purchase is dated after the closing date. Correct "
            "one of the two dates.",
            value=shown(recency),
        )
    if frequency is not None and frequency < 0:
        raise ArgumentError(
            fr="La fréquence ({value}) est un nombre d'achats : elle ne peut pas être négative.",
            en="The frequency ({value}) is a number of purchases: it cannot be negative.",
            value=shown(frequency),
        )
    found = _rfm_grid(_key(grid))
    return [
        found.criteria["recency"].points(math.inf if recency is None else recency),
        found.criteria[found.frequency].points(frequency or 0.0),
        found.criteria["basket"].points(basket or 0.0),
    ]


@function(
    "CRM_RFM_CLASS",
    "CRM_CLASSE_RFM",
    group="customers",
    summary=Text(
        fr="Classe RFM d'un client, d'après sa récence, sa fréquence et son panier moyen : les "
        "classes sont celles de la grille.",
        en="RFM class of a customer from recency, frequency and average basket: the classes are "
        "those of the grid.",
    ),
    params=[*_MEASURES, _GRID],
)
def rfm_class(
    recency: float | None,
    frequency: float | None,
    basket: float | None,
    grid: Rows = ((DEFAULT_GRID,),),
    lang: Lang = "fr",
) -> str | None:
    """The class of the sum of the three notes; blank where rfm_score is.

    >>> rfm_class(2, 1, 80, [["Chaussures"]])
    Traceback (most recent call last):
    xlcrm.errors.ArgumentError: Pas de grille « Chaussures » ; il y a : ...
    >>> rfm_class(3, 4, 100), rfm_class(40, 0, 150)
    ('Bons clients', 'Clients tièdes')
    """
    score = rfm_score(recency, frequency, basket, grid)
    return None if score is None else _rfm_grid(_key(grid)).class_of(score, lang)


@function(
    "CRM_RFM_WHY",
    "CRM_EXPLICATION_RFM",
    group="customers",
    summary=Text(
        fr="Pourquoi ce score RFM : une phrase avec les trois mesures, leurs tranches, leurs "
        "points, le total et la classe.",
        en="Why this RFM score: a sentence with the three measures, their bands, their points, the "
        "sum and the class.",
    ),
    params=[*_MEASURES, _GRID],
)
def rfm_why(
    recency: float | None,
    frequency: float | None,
    basket: float | None,
    grid: Rows = ((DEFAULT_GRID,),),
    lang: Lang = "fr",
) -> str | None:
    """The sentence that explains a score; blank where rfm_score is.

    >>> print(rfm_why(2, 5, 112.4))
    Dernier achat il y a 2 mois (moins de 3 : 10) ; 5 achats par an (plus de 4 : 20) ; panier
    112,40 € (plus de 100 : 20). Total 50 : Très bons clients.
    """
    score = rfm_score(recency, frequency, basket, grid)
    if score is None:
        return None
    from xlcrm.scoring.reasons import rfm_reason

    return rfm_reason(
        math.inf if recency is None else recency,
        frequency or 0.0,
        basket or 0.0,
        score,
        _rfm_grid(_key(grid)),
        lang,
    )


def _key(rows: Rows) -> tuple[tuple[Any, ...], ...]:
    return tuple(tuple(row) for row in rows)


@lru_cache(maxsize=64)
def _rfm_grid(rows: tuple[tuple[Any, ...], ...]) -> Grid:
    return check_rfm(_grid_of(rows))


def _grid_of(rows: tuple[tuple[Any, ...], ...]) -> Grid:
    name = _single(rows)
    if name is not None:
        try:
            return find_grid(shipped_grids().values(), name)
        except RequestError as error:
            raise ArgumentError(fr=error.in_("fr"), en=error.in_("en")) from None
    grids = read_grids(rows)
    if len(grids) > 1:
        raise ArgumentError(
            fr="La plage contient plusieurs grilles : {names} ; ne gardez que les lignes d'une.",
            en="The range holds several grids: {names}; keep the rows of one.",
            names=listed(grid.name.fr for grid in grids),
        )
    return grids[0]


def _single(rows: tuple[tuple[Any, ...], ...]) -> str | None:
    filled = [value for row in rows for value in row if not cells.is_blank(value)]
    return cells.to_text(filled[0]) if len(filled) == 1 else None


@lru_cache(maxsize=64)
def _bands_of(rows: tuple[tuple[Any, ...], ...], criterion: str) -> Bands:
    width = max((len(row) for row in rows), default=0)
    if _single(rows) is None and width <= 4:
        return _plain_bands(rows, width)
    grid = _grid_of(rows)
    parts = dict(grid.criteria) | ({"class": grid.classes} if grid.classes else {})
    if not criterion and len(parts) == 1:
        return next(iter(parts.values()))
    key = criterion_key(criterion) if criterion else ""
    if key.startswith("frequency"):
        key = next((k for k in parts if k.startswith("frequency")), key)
    if key not in parts:
        raise ArgumentError(
            fr="Grille « {grid} » : pas de critère « {name} » ; il y a : {there}.",
            en='Grid "{grid}": no criterion "{name}"; there are: {there}.',
            grid=grid.name,
            name=criterion,
            there=Text(
                fr=listed(criterion_label(k).fr for k in parts),
                en=listed(criterion_label(k).en for k in parts),
            ),
        )
    return parts[key]


def _plain_bands(rows: tuple[tuple[Any, ...], ...], width: int) -> Bands:
    found: list[tuple[int, Band]] = []
    for number, row in enumerate(rows, start=1):
        filled = [None if cells.is_blank(v) else v for v in row] + [None] * (4 - len(row))
        if all(v is None for v in filled):
            continue
        if width == 2:
            filled = [None, *filled[:2], None]
        if number == 1 and isinstance(filled[2], str) and not _is_number(filled[2]):
            continue  # a header
        bound = read_bound(filled[1], number)
        operator = ">=" if width == 2 else read_operator(filled[0], bound, number)
        points = cells.to_number(filled[2])
        if points is None:
            raise row_error(number, "pas de points.", "no points.")
        label = cells.to_text(filled[3])
        text = Text(fr=label, en=label) if label else None
        found.append((number, Band(bound, operator == ">", points, text)))
    if not found:
        raise ArgumentError(fr="Les tranches sont vides.", en="The bands are empty.")
    check_order(found, Text(fr="tranches", en="bands"))
    return Bands(tuple(band for _, band in found))


def _is_number(text: str) -> bool:
    try:
        return cells.to_number(text) is not None
    except ArgumentError:
        return False

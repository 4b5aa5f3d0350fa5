"""Scoring grids: the editable table of criteria, bands, points and classes.

One table holds everything: grid, criterion, operator (`>=` or `>`), lower bound, points, label.
The criterion `class` cuts the sum of the points into classes, which belong to the grid.
"""

from __future__ import annotations

import csv
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from xlcrm.columns import fold
from xlcrm.errors import ArgumentError, RequestError
from xlcrm.scoring.bands import Band, Bands
from xlcrm.scoring.wording import (
    EUROS,
    MONTHS,
    NO_UNIT,
    POINTS,
    PURCHASES_A_MONTH,
    PURCHASES_A_YEAR,
    Unit,
    number_text,
)
from xlcrm.texts import Lang, Text, listed

CLASS = "class"
FREQUENCIES = {"frequency_year": 12, "frequency_month": 1}  # months that the frequency is per
CRITERIA: dict[str, tuple[Text, Unit, tuple[str, ...]]] = {
    "recency": (
        Text(fr="Récence (mois)", en="Recency (months)"),
        MONTHS,
        ("r", "recence", "recency", "mois depuis le dernier achat"),
    ),
    "frequency_year": (
        Text(fr="Fréquence (achats par an)", en="Frequency (purchases a year)"),
        PURCHASES_A_YEAR,
        ("f", "frequence", "frequency", "achats par an", "frequence annuelle", "purchases a year"),
    ),
    "frequency_month": (
        Text(fr="Fréquence (achats par mois)", en="Frequency (purchases a month)"),
        PURCHASES_A_MONTH,
        ("achats par mois", "frequence mensuelle", "purchases a month"),
    ),
    "basket": (
        Text(fr="Panier moyen (€)", en="Average basket (€)"),
        EUROS,
        ("m", "montant", "panier", "panier moyen", "basket", "average basket", "amount"),
    ),
    CLASS: (
        Text(fr="Classe (total des points)", en="Class (sum of points)"),
        POINTS,
        ("classe", "class", "classes", "total", "score"),
    ),
}
HEADERS = (
    Text(fr="Grille", en="Grid"),
    Text(fr="Critère", en="Criterion"),
    Text(fr="Opérateur", en="Operator"),
    Text(fr="Borne basse", en="Lower bound"),
    Text(fr="Points", en="Points"),
    Text(fr="Libellé", en="Label"),
)
_KEY_BY_NAME = {
    fold(name): key
    for key, (label, _, synonyms) in CRITERIA.items()
    for name in (key, label.fr, label.en, *synonyms)
}


@dataclass(frozen=True, slots=True)
class Grid:
    """A named grid: the bands of each criterion, and the classes of the sum (or None)."""

    name: Text
    criteria: Mapping[str, Bands]
    classes: Bands | None = None

    @property
    def top(self) -> float:
        """The most points that a customer can get."""
        return sum(bands.top for bands in self.criteria.values())

    @property
    def frequency(self) -> str:
        """The frequency criterion of an RFM grid: `frequency_year` or `frequency_month`."""
        return next(key for key in FREQUENCIES if key in self.criteria)

    def class_of(self, score: float, lang: Lang = "fr") -> str:
        """The class of a sum of points.

        >>> [shipped_grid("Marielle Nature").class_of(s) for s in (50, 40, 24, 0)]
        ['Très bons clients', 'Bons clients', 'Clients tièdes', 'Clients inactifs']
        """
        classes = check_classes(self)
        return classes.label(classes.position(score), lang)

    def warnings(self) -> list[Text]:
        """What is strange in the grid without being wrong."""
        found = []
        for key, bands in self.criteria.items():
            if not bands.is_monotone():
                found.append(
                    Text(
                        fr="Grille « {grid} », {criterion} : les points montent puis descendent.",
                        en='Grid "{grid}", {criterion}: the points go up, then down.',
                    ).format(grid=self.name, criterion=criterion_label(key))
                )
        for position, row in enumerate(self.classes.rows if self.classes else ()):
            if row.bound > self.top or (row.strict and row.bound == self.top):
                found.append(
                    Text(
                        fr="Grille « {grid} » : personne ne peut atteindre la classe « {label} », "
                        "le total va jusqu'à {top}.",
                        en='Grid "{grid}": nobody can reach class "{label}", the sum goes up to '
                        "{top}.",
                    ).format(
                        grid=self.name,
                        label=_class_text(self.classes, position),
                        top=Text(fr=number_text(self.top), en=number_text(self.top, "en")),
                    )
                )
        return found


def criterion_label(key: str) -> Text:
    """The name of a criterion that a user reads."""
    return CRITERIA[key][0] if key in CRITERIA else Text(fr=key, en=key)


def criterion_key(written: str) -> str:
    """The criterion meant by a label in either language; another label stands for itself.

    >>> criterion_key("Récence"), criterion_key("Average basket"), criterion_key("Remise")
    ('recency', 'basket', 'Remise')
    """
    return _KEY_BY_NAME.get(fold(written), written.strip())


@cache
def shipped_grids() -> dict[str, Grid]:
    """The grids that come with xlcrm, by their French name."""
    lines = files("xlcrm.data").joinpath("rfm_grids.csv").read_text("utf-8").splitlines()
    by_grid: dict[str, list[dict[str, str]]] = {}
    for line in csv.DictReader(row for row in lines if not row.startswith("#")):
        by_grid.setdefault(line["grid_fr"], []).append(line)
    return {name: _shipped(rows) for name, rows in by_grid.items()}


def _shipped(rows: list[dict[str, str]]) -> Grid:
    criteria: dict[str, list[Band]] = {}
    for row in rows:
        label = Text(fr=row["label_fr"], en=row["label_en"]) if row["label_fr"] else None
        bound = float(row["lower_bound"] or "-inf")
        band = Band(bound, row["operator"] == ">", float(row["points"] or 0), label)
        criteria.setdefault(row["criterion"], []).append(band)
    return make_grid(Text(fr=rows[0]["grid_fr"], en=rows[0]["grid_en"]), criteria)


def make_grid(name: Text, criteria: Mapping[str, Sequence[Band]]) -> Grid:
    bands = {
        key: Bands(tuple(rows), CRITERIA[key][1] if key in CRITERIA else NO_UNIT)
        for key, rows in criteria.items()
    }
    classes = bands.pop(CLASS, None)
    return Grid(name, bands, classes)


def shipped_grid(name: str) -> Grid:
    """A grid that comes with xlcrm, by its name in either language."""
    return find_grid(shipped_grids().values(), name)


def find_grid(grids: Iterable[Grid], name: str) -> Grid:
    """The grid of that name among several; a part of the name will do where one grid has it.

    Raises RequestError naming the grids that exist.

    >>> find_grid(shipped_grids().values(), "boissons").name.fr
    'Boissons (professionnels)'
    """
    grids = list(grids)
    sought = fold(name)
    named = {id(grid): (fold(grid.name.fr), fold(grid.name.en)) for grid in grids}
    exact = [grid for grid in grids if sought in named[id(grid)]]
    alike = [grid for grid in grids if sought and any(sought in n for n in named[id(grid)])]
    for found in (exact[:1], alike):
        if len(found) == 1:
            return found[0]
    raise RequestError(
        fr="Pas de grille « {name} » ; il y a : {there}.",
        en='No grid "{name}"; there are: {there}.',
        name=name,
        there=listed_texts(grid.name for grid in grids),
    )


def grid_rows(grid: Grid, lang: Lang = "fr") -> list[list[Any]]:
    """The rows of the editable sheet (columns HEADERS), with generated labels filled in.

    A lower bound of None is minus infinity.

    >>> grid_rows(shipped_grid("Marielle Nature"))[1]
    ['Marielle Nature', 'Récence (mois)', '>=', 3.0, 5.0, 'de 3 à 12 mois inclus']
    """
    rows: list[list[Any]] = []
    parts = dict(grid.criteria) | ({CLASS: grid.classes} if grid.classes else {})
    for key, bands in parts.items():
        for position, band in enumerate(bands.rows):
            first = math.isinf(band.bound)
            rows.append(
                [
                    grid.name.in_(lang),
                    criterion_label(key).in_(lang),
                    None if first else band.operator,
                    None if first else band.bound,
                    None if key == CLASS else band.points,
                    bands.label(position, lang),
                ]
            )
    return rows


def check_rfm(grid: Grid) -> Grid:
    """The grid, if it can score recency, frequency and basket. Raises ArgumentError otherwise."""
    missing = [k for k in ("recency", "basket") if k not in grid.criteria]
    frequencies = [k for k in FREQUENCIES if k in grid.criteria]
    if len(frequencies) != 1:
        missing.append("frequency_year")
    if missing and len(frequencies) < 2:
        raise ArgumentError(
            fr="Grille « {grid} » : il manque {missing} ; elle a : {there}.",
            en='Grid "{grid}": {missing} is missing; it has: {there}.',
            grid=grid.name,
            missing=criterion_label(missing[0]),
            there=listed_texts(criterion_label(key) for key in grid.criteria),
        )
    if len(frequencies) == 2:
        raise ArgumentError(
            fr="Grille « {grid} » : la fréquence y est par an et par mois ; gardez l'une des deux.",
            en='Grid "{grid}" has a frequency by year and by month; keep one of them.',
            grid=grid.name,
        )
    check_classes(grid)
    return grid


def check_classes(grid: Grid) -> Bands:
    """The classes of a grid. Raises ArgumentError if it has none."""
    if grid.classes is None:
        raise ArgumentError(
            fr="Grille « {grid} » : il manque les lignes du critère « {label} ».",
            en='Grid "{grid}": the rows of criterion "{label}" are missing.',
            grid=grid.name,
            label=criterion_label(CLASS),
        )
    return grid.classes


def _class_text(classes: Bands | None, position: int) -> Text:
    assert classes is not None
    return Text(fr=classes.label(position, "fr"), en=classes.label(position, "en"))


def listed_texts(names: Iterable[Text]) -> Text:
    """Labels one after the other, for the end of a sentence.

    >>> listed_texts([Text("Récence", "Recency"), Text("Panier", "Basket")]).in_("en")
    'Recency, Basket'
    """
    names = list(names)
    return Text(fr=listed(n.fr for n in names), en=listed((n.en for n in names), "en"))

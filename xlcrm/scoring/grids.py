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
from itertools import pairwise
from typing import Any

from xlcrm import cells
from xlcrm.columns import fold
from xlcrm.errors import ArgumentError, RequestError
from xlcrm.scoring.bands import OPERATORS, Band, Bands
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
_INFINITE = frozenset({"-∞", "−∞", "-inf", "- inf", "-infini", "moins l'infini"})
_OPERATOR_SIGNS = {">=": ">=", "≥": ">=", "=>": ">=", ">": ">"}


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


def check_criteria(rows: Sequence[Sequence[Any]], first_row: int = 1) -> None:
    """Raise ArgumentError for the first row whose criterion is none of an RFM grid."""
    for number, row in enumerate(rows, start=first_row):
        written = cells.to_text(row[1]) if len(row) > 1 else None
        if written is None or criterion_key(written) in CRITERIA:
            continue
        there = [label for label, _, _ in CRITERIA.values()]
        raise row_error(
            number,
            "critère « {written} » inconnu (colonne Critère) ; choix : {there}.",
            'unknown criterion "{written}" (column Criterion); choices: {there}.',
            written=written,
            there=_listed(there),
        )


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
    return _grid(Text(fr=rows[0]["grid_fr"], en=rows[0]["grid_en"]), criteria)


def _grid(name: Text, criteria: Mapping[str, Sequence[Band]]) -> Grid:
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
        there=_listed(grid.name for grid in grids),
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


def read_grids(rows: Sequence[Sequence[Any]], first_row: int = 1) -> list[Grid]:
    """The grids of an edited sheet, in order; a header row and blank rows are skipped.

    `first_row` is the row number that a person sees for `rows[0]`; errors name rows with it. A
    label that only repeats the bounds of a shipped or moved row is made anew from the bounds.
    Raises ArgumentError for a bad row.
    """
    parts: dict[str, dict[str, list[tuple[int, Band]]]] = {}
    for number, row in enumerate(rows, start=first_row):
        filled = [None if cells.is_blank(value) else value for value in row][:6]
        filled += [None] * (6 - len(filled))
        if all(value is None for value in filled) or _is_header(filled):
            continue
        name, key, band = _read_row(filled, number)
        parts.setdefault(name, {}).setdefault(key, []).append((number, band))
    if not parts:
        raise ArgumentError(
            fr="La grille est vide : il faut des lignes grille, critère, opérateur, borne basse, "
            "points, libellé.",
            en="The grid is empty: it needs rows of grid, criterion, operator, lower bound, "
            "points, label.",
        )
    return [_checked(name, criteria) for name, criteria in parts.items()]


def _is_header(row: Sequence[Any]) -> bool:
    return fold(str(row[1] or "")) in (fold(HEADERS[1].fr), fold(HEADERS[1].en))


def _read_row(row: Sequence[Any], number: int) -> tuple[str, str, Band]:
    name = cells.to_text(row[0]) or ""
    written = cells.to_text(row[1])
    if written is None:
        raise row_error(number, "pas de critère.", "no criterion.")
    key = criterion_key(written)
    bound = read_bound(row[3], number)
    operator = read_operator(row[2], bound, number)
    points = _read_number(row[4], number, "points", "points")
    label = cells.to_text(row[5])
    if key == CLASS and label is None:
        raise row_error(number, "une classe a besoin d'un libellé.", "a class needs a label.")
    if key != CLASS and points is None:
        raise row_error(number, "pas de points.", "no points.")
    text = Text(fr=label, en=label) if label else None
    return name, key, Band(bound, operator == ">", points or 0.0, text)


def read_bound(value: Any, number: int) -> float:
    """A lower bound; blank or -∞ is minus infinity."""
    if isinstance(value, str) and value.strip().casefold() in _INFINITE:
        return -math.inf
    bound = _read_number(value, number, "borne basse", "lower bound")
    return -math.inf if bound is None else bound


def read_operator(value: Any, bound: float, number: int) -> str:
    """The operator of a row: `>=` or `>`; the row that begins at minus infinity needs none."""
    written = cells.to_text(value)
    if math.isinf(bound) and (written is None or written in _OPERATOR_SIGNS):
        return ">="
    if written not in _OPERATOR_SIGNS:
        raise row_error(
            number,
            "opérateur « {value} » inconnu ; choix : {choices} (la borne est une borne basse).",
            'unknown operator "{value}"; choices: {choices} (the bound is a lower bound).',
            value=written or "",
            choices=listed(OPERATORS),
        )
    return _OPERATOR_SIGNS[written]


def _read_number(value: Any, number: int, fr: str, en: str) -> float | None:
    try:
        return cells.to_number(value)
    except ArgumentError as error:
        raise row_error(number, f"{fr} : {error.in_('fr')}", f"{en}: {error.in_('en')}") from None


def row_error(number: int, fr: str, en: str, **values: object) -> ArgumentError:
    """An error about one row of a grid."""
    return ArgumentError(
        fr=f"Grille, ligne {number} : {fr}", en=f"Grid, row {number}: {en}", **values
    )


def check_order(rows: Sequence[tuple[int, Band]], what: Text) -> None:
    """Raise ArgumentError unless the first row covers minus infinity and the bounds rise."""
    number, first = rows[0]
    if not math.isinf(first.bound):
        raise row_error(
            number,
            "{what} : aucune tranche en dessous de {bound} ; la première borne basse reste vide.",
            "{what}: no band below {bound}; the first lower bound stays empty.",
            what=what,
            bound=_numbers(first.bound),
        )
    for (_, before), (number, band) in pairwise(rows):
        if math.isinf(band.bound):
            raise row_error(
                number,
                "{what} : la borne basse est vide ; seule la première tranche la laisse vide.",
                "{what}: the lower bound is empty; only the first band leaves it empty.",
                what=what,
            )
        if band.bound <= before.bound:
            raise row_error(
                number,
                "{what} : la borne {bound} ne dépasse pas celle de la ligne d'avant ({before}) ; "
                "les tranches se chevauchent.",
                "{what}: bound {bound} is not above that of the row before ({before}); the bands "
                "overlap.",
                what=what,
                bound=_numbers(band.bound),
                before=_numbers(before.bound),
            )


def _numbers(bound: float) -> Text:
    if math.isinf(bound):
        return Text(fr="vide", en="empty")
    return Text(fr=number_text(bound), en=number_text(bound, "en"))


def _checked(name: str, criteria: dict[str, list[tuple[int, Band]]]) -> Grid:
    for key, rows in criteria.items():
        check_order(rows, criterion_label(key))
    _check_class_names(criteria.get(CLASS, []))
    bands = {key: [band for _, band in rows] for key, rows in criteria.items()}
    return _without_stale_labels(_grid(_name_text(name), bands))


def _check_class_names(rows: Sequence[tuple[int, Band]]) -> None:
    known: set[str] = set()
    for number, band in rows:
        label = str(band.label)
        if label in known:
            raise row_error(
                number,
                "la classe « {label} » est déjà définie plus haut.",
                'class "{label}" is already defined above.',
                label=label,
            )
        known.add(label)


def _name_text(name: str) -> Text:
    for grid in shipped_grids().values():
        if name in (grid.name.fr, grid.name.en):
            return grid.name
    return Text(fr=name, en=name)


def _without_stale_labels(grid: Grid) -> Grid:
    """Generated labels are dropped, so that they follow a bound that the user has moved."""
    criteria = {key: _generated_dropped(bands) for key, bands in grid.criteria.items()}
    return Grid(grid.name, criteria, grid.classes)


def _generated_dropped(bands: Bands) -> Bands:
    rows = tuple(
        Band(row.bound, row.strict, row.points, None if _looks_generated(row.label) else row.label)
        for row in bands.rows
    )
    return Bands(rows, bands.unit)


_OPENINGS = tuple(
    fold(opening)
    for opening in (
        "moins de", "jusqu’à", "de", "plus de", "toutes les valeurs",
        "less than", "up to", "from", "over", "more than", "any value",
    )
)  # fmt: skip


def _looks_generated(label: Text | None) -> bool:
    if label is None:
        return True
    words = fold(label.fr)
    opened = any(words == o or words.startswith(o + " ") for o in _OPENINGS)
    return (opened or words.endswith((" ou plus", " or more"))) and any(c.isdigit() for c in words)


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
            there=_listed(criterion_label(key) for key in grid.criteria),
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


def _listed(names: Iterable[Text]) -> Text:
    names = list(names)
    return Text(fr=listed(n.fr for n in names), en=listed((n.en for n in names), "en"))

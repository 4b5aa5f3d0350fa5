"""Reading grids as a user has edited them on a sheet, row by row."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise
from typing import Any

from xlcrm import cells
from xlcrm.columns import fold
from xlcrm.errors import ArgumentError
from xlcrm.scoring.bands import OPERATORS, Band, Bands
from xlcrm.scoring.grids import (
    CLASS,
    CRITERIA,
    HEADERS,
    Grid,
    criterion_key,
    criterion_label,
    listed_texts,
    make_grid,
    shipped_grids,
)
from xlcrm.scoring.wording import number_text
from xlcrm.texts import Text, listed

_INFINITE = frozenset({"-∞", "−∞", "-inf", "- inf", "-infini", "moins l'infini"})
_OPERATOR_SIGNS = {">=": ">=", "≥": ">=", "=>": ">=", ">": ">"}


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
            there=listed_texts(there),
        )


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
    return _without_stale_labels(make_grid(_name_text(name), bands))


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

"""Segmentation criteria: the editable table that says how customers are cut into segments.

Criterion, family, column, operator, lower bound, label: a criterion is cut into bands, by lower
bounds only, or (operator `values`) has one segment for each value of the column.
"""

from __future__ import annotations

import csv
import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from xlcrm import cells
from xlcrm.columns import fold
from xlcrm.errors import ArgumentError
from xlcrm.scoring.bands import Band, Bands
from xlcrm.scoring.grid_reading import check_order, read_bound, read_operator, row_error
from xlcrm.scoring.wording import EMPLOYEES, NO_UNIT, YEARS_OLD, Unit
from xlcrm.texts import Lang, Text, listed

FAMILIES: dict[str, Text] = {
    "person": Text(fr="Sociodémographique", en="Socio-demographic"),
    "place": Text(fr="Géographique", en="Geographic"),
    "company": Text(fr="Entreprise", en="Company"),
    "behaviour": Text(fr="Comportement", en="Behaviour"),
}
# Columns that a criterion may use besides those of the sheet.
COLUMNS: dict[str, Text] = {
    "age": Text(fr="Âge", en="Age"),
    "gender": Text(fr="Genre", en="Gender"),
    "department": Text(fr="Département", en="Department"),
    "region": Text(fr="Région", en="Region"),
    "sector": Text(fr="Secteur", en="Sector"),
    "headcount": Text(fr="Effectif", en="Headcount"),
    "rfm_class": Text(fr="Classe RFM", en="RFM class"),
    "town": Text(fr="Ville", en="Town"),
    "kind": Text(fr="Type", en="Type"),
    "source": Text(fr="Origine", en="Origin"),
    "job": Text(fr="Fonction", en="Job title"),
}
VALUES = Text(fr="valeurs", en="values")
HEADERS = (
    Text(fr="Critère", en="Criterion"),
    Text(fr="Famille", en="Family"),
    Text(fr="Colonne", en="Column"),
    Text(fr="Opérateur", en="Operator"),
    Text(fr="Borne basse", en="Lower bound"),
    Text(fr="Segment", en="Segment"),
)
_UNITS: dict[str, Unit] = {"age": YEARS_OLD, "headcount": EMPLOYEES}


@dataclass(frozen=True, slots=True)
class Criterion:
    """One way to cut the customers; without `bands`, one segment for each value."""

    name: Text
    family: str
    column: str
    bands: Bands | None = None


@cache
def shipped_criteria() -> tuple[Criterion, ...]:
    """The criteria that come with xlcrm.

    >>> [criterion.name.fr for criterion in shipped_criteria()][:3]
    ['Âge', 'Genre', 'Département']
    """
    lines = files("xlcrm.data").joinpath("segment_criteria.csv").read_text("utf-8").splitlines()
    found: dict[str, list[dict[str, str]]] = {}
    for row in csv.DictReader(line for line in lines if not line.startswith("#")):
        found.setdefault(row["criterion_fr"], []).append(row)
    return tuple(_shipped(rows) for rows in found.values())


def _shipped(rows: list[dict[str, str]]) -> Criterion:
    first = rows[0]
    name = Text(fr=first["criterion_fr"], en=first["criterion_en"])
    if first["operator"] == VALUES.en:
        return Criterion(name, first["family"], first["column"])
    bands = [
        Band(
            float(row["lower_bound"] or "-inf"),
            row["operator"] == ">",
            0.0,
            Text(fr=row["label_fr"], en=row["label_en"]),
        )
        for row in rows
    ]
    unit = _UNITS.get(first["column"], NO_UNIT)
    return Criterion(name, first["family"], first["column"], Bands(tuple(bands), unit))


def criteria_rows(criteria: Sequence[Criterion], lang: Lang = "fr") -> list[list[Any]]:
    """The rows of the editable sheet, under HEADERS.

    >>> criteria_rows(shipped_criteria())[1]
    ['Âge', 'Sociodémographique', 'Âge', '>=', 18.0, '18 à 24 ans']
    """
    rows: list[list[Any]] = []
    for criterion in criteria:
        column = COLUMNS.get(criterion.column, Text(fr=criterion.column, en=criterion.column))
        start = [criterion.name.in_(lang), FAMILIES[criterion.family].in_(lang), column.in_(lang)]
        if criterion.bands is None:
            rows.append([*start, VALUES.in_(lang), None, None])
            continue
        for position, band in enumerate(criterion.bands.rows):
            first = math.isinf(band.bound)
            rows.append(
                [
                    *start,
                    None if first else band.operator,
                    None if first else band.bound,
                    criterion.bands.label(position, lang),
                ]
            )
    return rows


def read_criteria(rows: Sequence[Sequence[Any]], first_row: int = 1) -> list[Criterion]:
    """The criteria of an edited sheet; a header row and blank rows are skipped.

    `first_row` is the row number that a person sees for `rows[0]`. A band without label is named
    by its bounds. Raises ArgumentError for a bad row.

    >>> [c.name.fr for c in read_criteria(criteria_rows(shipped_criteria(), "en"))][:2]
    ['Âge', 'Genre']
    """
    parts: dict[str, list[tuple[int, list[Any]]]] = {}
    for number, row in enumerate(rows, start=first_row):
        filled = [None if cells.is_blank(value) else value for value in row][:6]
        filled += [None] * (6 - len(filled))
        if all(value is None for value in filled) or _is_header(filled):
            continue
        name = cells.to_text(filled[0])
        if name is None:
            raise row_error(number, "pas de critère.", "no criterion.")
        parts.setdefault(name, []).append((number, filled))
    if not parts:
        raise ArgumentError(
            fr="La feuille des critères est vide.", en="The sheet of criteria is empty."
        )
    return [_read_criterion(name, numbered) for name, numbered in parts.items()]


def _is_header(row: Sequence[Any]) -> bool:
    return fold(str(row[2] or "")) in (fold(HEADERS[2].fr), fold(HEADERS[2].en))


def _read_criterion(name: str, rows: list[tuple[int, list[Any]]]) -> Criterion:
    number, first = rows[0]
    family = _read_choice(first[1], FAMILIES, "behaviour", number)
    written = cells.to_text(first[2])
    if written is None:
        raise row_error(number, "pas de colonne.", "no column.")
    column = _key_of(written, COLUMNS) or written
    text = next((c.name for c in shipped_criteria() if name in (c.name.fr, c.name.en)), None)
    title = text or Text(fr=name, en=name)
    operator = fold(str(first[3] or ""))
    if operator in (VALUES.fr, VALUES.en) or (len(rows) == 1 and first[3] is None):
        return Criterion(title, family, column)
    bands: list[tuple[int, Band]] = []
    for number, row in rows:
        bound = read_bound(row[4], number)
        sign = read_operator(row[3], bound, number)
        label = cells.to_text(row[5])
        own = Text(fr=label, en=label) if label else None
        bands.append((number, Band(bound, sign == ">", 0.0, own)))
    check_order(bands, title)
    unit = _UNITS.get(column, NO_UNIT)
    return Criterion(title, family, column, Bands(tuple(band for _, band in bands), unit))


def _read_choice(value: Any, choices: dict[str, Text], default: str, number: int) -> str:
    written = cells.to_text(value)
    if written is None:
        return default
    key = _key_of(written, choices)
    if key is None:
        raise row_error(
            number,
            "famille « {value} » inconnue ; choix : {choices}.",
            'unknown family "{value}"; choices: {choices}.',
            value=written,
            choices=Text(
                fr=listed(text.fr for text in choices.values()),
                en=listed((text.en for text in choices.values()), "en"),
            ),
        )
    return key


def _key_of(written: str, choices: dict[str, Text]) -> str | None:
    folded = fold(written)
    for key, text in choices.items():
        if folded in (fold(key), fold(text.fr), fold(text.en)):
            return key
    return None

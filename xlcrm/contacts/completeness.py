"""How complete one row is: the share of its filled cells."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from xlcrm.catalogue import Kind, Param, Shape, function
from xlcrm.cells import is_blank
from xlcrm.contacts.blanks import is_filler
from xlcrm.errors import ArgumentError
from xlcrm.texts import Text


@function(
    "CRM_COMPLETENESS",
    "CRM_COMPLETUDE",
    group="contacts",
    summary=Text(
        fr="Part des cellules remplies d'une ligne, de 0 à 1 ; avec des poids, part pondérée. Une "
        "valeur de remplissage (NC, néant, -) compte comme vide.",
        en="Share of the filled cells of a row, from 0 to 1; with weights, the weighted share. A "
        "filler (NC, none, -) counts as blank.",
    ),
    params=[
        Param(
            "cells",
            "cellules",
            Text(
                fr="La ligne, ou un tableau : une part par ligne.",
                en="The row, or a table: one share for each row.",
            ),
            shape=Shape.TABLE,
            kind=Kind.ANY,
        ),
        Param(
            "weights",
            "poids",
            Text(
                fr="Le poids de chaque colonne ; 1 par défaut.",
                en="The weight of each column; 1 by default.",
            ),
            shape=Shape.LIST,
            kind=Kind.NUMBER,
        ),
    ],
    returns=Kind.NUMBER,
)
def completeness(
    cells: Sequence[Sequence[Any]], weights: Sequence[float | None] | None = None
) -> list[list[float | None]]:
    """The share of filled cells of each row, between 0 and 1.

    Raises ArgumentError unless there is one weight of 0 or more for each column, one above 0.

    >>> completeness([["Petit", None, "NC", 44000]])
    [[0.5]]
    >>> completeness([["Petit", None], ["Roux", "a@free.fr"]], [3, 1])
    [[0.75], [1.0]]
    """
    width = max((len(row) for row in cells), default=0)
    known = [1.0] * width if weights is None else [weight or 0.0 for weight in weights]
    if len(known) != width or min(known, default=0) < 0 or not sum(known):
        raise ArgumentError(
            fr="Il faut un poids de 0 ou plus par colonne ({width}), pas tous nuls.",
            en="One weight of 0 or more is needed for each column ({width}), not all zero.",
            width=width,
        )
    return [
        [sum(w for value, w in zip(row, known, strict=True) if not _is_empty(value)) / sum(known)]
        for row in cells
    ]


def _is_empty(value: Any) -> bool:
    return is_blank(value) or (isinstance(value, str) and is_filler(value))

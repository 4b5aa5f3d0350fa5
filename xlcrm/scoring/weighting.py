"""Weighted grids: comparing offers (a CRM, a supplier, an agency) by criteria with weights."""

from __future__ import annotations

import math
from collections.abc import Sequence

from xlcrm.catalogue import Kind, Param, Shape, function
from xlcrm.errors import ArgumentError
from xlcrm.scoring.wording import number_text
from xlcrm.texts import Lang, Text

Notes = Sequence[Sequence[float | None]]
_NOTES = Param(
    "notes",
    "notes",
    Text(
        fr="Les notes : une ligne par critère, une colonne par offre.",
        en="The notes: one row for each criterion, one column for each offer.",
    ),
    Shape.TABLE,
    Kind.NUMBER,
)
_WEIGHTS = Param(
    "weights",
    "poids",
    Text(fr="Les poids des critères.", en="The weights of the criteria."),
    Shape.LIST,
    Kind.NUMBER,
)


@function(
    "CRM_WEIGHTED_SCORE",
    "CRM_NOTE_PONDEREE",
    group="marketing",
    summary=Text(
        fr="Note pondérée de chaque offre : somme des (note x poids) / somme des poids. Vide si "
        "une note manque.",
        en="Weighted score of each offer: sum of (note x weight) / sum of the weights. Blank where "
        "a note is missing.",
    ),
    params=[_NOTES, _WEIGHTS],
    returns=Kind.NUMBER,
)
def weighted_score(notes: Notes, weights: Sequence[float | None]) -> list[float | None]:
    """One score for each column, in one row, on the scale of the notes.

    A criterion of weight 0 or blank is left out. Notes in one row count as one offer. Blank for
    an offer with a note missing, and everywhere where the weights sum to 0. Raises ArgumentError
    where notes and weights do not match, or a weight is negative.

    >>> weighted_score([[8, 6], [5, 9]], [3, 1])
    [7.25, 6.75]
    """
    if len(notes) == 1 and len(weights) > 1:
        notes = [[note] for note in notes[0]]
    if len(notes) != len(weights):
        raise ArgumentError(
            fr="{n} critère(s) noté(s) pour {w} poids.",
            en="{n} criteri(on|a) with notes for {w} weight(s).",
            n=len(notes),
            w=len(weights),
        )
    if any(weight is not None and weight < 0 for weight in weights):
        raise ArgumentError(fr="Un poids est négatif.", en="A weight is negative.")
    kept = [(row, weight) for row, weight in zip(notes, weights, strict=True) if weight]
    total = math.fsum(weight for _, weight in kept)
    scores: list[float | None] = []
    for offer in range(len(notes[0])):
        given = [(row[offer], weight) for row, weight in kept]
        products = [note * weight for note, weight in given if note is not None]
        complete = total > 0 and len(products) == len(given)
        scores.append(math.fsum(products) / total if complete else None)
    return scores


@function(
    "CRM_WEIGHTED_ISSUE",
    "CRM_ALERTE_PONDERATION",
    group="marketing",
    summary=Text(
        fr="Ce qui cloche dans une grille pondérée : notes absentes ou hors de l'échelle, poids "
        "dont la somme n'est pas celle attendue. Vide si tout va bien.",
        en="What is wrong with a weighted grid: notes missing or outside the scale, weights that "
        "do not sum to what is expected. Blank if nothing is.",
    ),
    params=[
        _NOTES,
        _WEIGHTS,
        Param(
            "top",
            "maximum",
            Text(fr="La plus haute note (10).", en="The highest note (10)."),
            Shape.ONE,
            Kind.NUMBER,
        ),
        Param(
            "expected",
            "somme_poids",
            Text(fr="La somme attendue des poids (1).", en="The expected sum of weights (1)."),
            Shape.ONE,
            Kind.NUMBER,
        ),
    ],
)
def weighted_issue(
    notes: Notes,
    weights: Sequence[float | None],
    top: float = 10,
    expected: float = 1,
    lang: Lang = "fr",
) -> str | None:
    """One sentence with each problem, or blank.

    >>> weighted_issue([[8, None], [12, 9]], [0.6, 0.3])
    '1 note absente ; 1 note hors de 0 à 10 ; les poids font 0,9 au lieu de 1.'
    """
    found = [note for row in notes for note in row]
    missing = sum(note is None for note in found)
    outside = sum(note is not None and not 0 <= note <= top for note in found)
    total = math.fsum(weight or 0.0 for weight in weights)
    parts = []
    scale = number_text(top, lang)
    if missing:
        s = "s" if missing > 1 else ""
        parts.append(Text(fr=f"{missing} note{s} absente{s}", en=f"{missing} note{s} missing"))
    if outside:
        s = "s" if outside > 1 else ""
        parts.append(
            Text(fr=f"{outside} note{s} hors de 0 à {scale}", en=f"{outside} note{s} off 0-{scale}")
        )
    if abs(total - expected) > 1e-9:
        there, wanted = number_text(total, lang), number_text(expected, lang)
        parts.append(
            Text(
                fr=f"les poids font {there} au lieu de {wanted}",
                en=f"the weights sum to {there} instead of {wanted}",
            )
        )
    joint = "; " if lang == "en" else " ; "
    return joint.join(part.in_(lang) for part in parts) + "." if parts else None

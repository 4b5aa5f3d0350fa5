"""Satisfaction: NPS, CSAT, CES from the answers of a survey, and what is wrong with them."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

from xlcrm import cells
from xlcrm.catalogue import Kind, Param, Shape, function
from xlcrm.errors import ArgumentError
from xlcrm.texts import Lang, Text, listed, shown

NPS_SCALE = (0, 10)
_NOTES = Param(
    "notes",
    "notes",
    Text(
        fr="Les notes, une par réponse ; ce qui est vide, du texte ou hors de l'échelle ne compte "
        "pas (voir CRM_ALERTE_NOTES).",
        en="The notes, one for each answer; what is blank, text or outside the scale does not "
        "count (see CRM_NOTES_ISSUE).",
    ),
    Shape.LIST,
    Kind.ANY,
)


def _top(default: int) -> Param:
    return Param(
        "top",
        "maximum",
        Text(
            fr=f"La plus haute note de l'échelle ({default} si rien n'est dit : une note plus "
            "haute est alors refusée).",
            en=f"The highest note of the scale ({default} where nothing is said: a higher note is "
            "then refused).",
        ),
        Shape.ONE,
        Kind.NUMBER,
    )


_BOTTOM = Param(
    "bottom",
    "minimum",
    Text(fr="La plus basse note de l'échelle (1).", en="The lowest note of the scale (1)."),
    Shape.ONE,
    Kind.NUMBER,
)
_EASY_WORDS = ("haut", "bas", "high", "low")
_METHODS = ("moyenne", "écart", "ecart", "mean", "difference")


@function(
    "CRM_NPS",
    "CRM_NPS",
    group="marketing",
    summary=Text(
        fr="Net Promoter Score, en points : % de notes 9 et 10 moins % de notes 0 à 6, sur toutes "
        "les réponses (7 et 8 comprises). Vide sans réponse.",
        en="Net Promoter Score, in points: % of notes 9 and 10 less % of notes 0 to 6, over all "
        "answers (7 and 8 included). Blank without answers.",
    ),
    params=[_NOTES],
    returns=Kind.NUMBER,
)
def nps(notes: Sequence[Any]) -> float | None:
    """Points from -100 to 100, not a percentage.

    >>> nps([10, 9, 9, 8, 7, 3]), nps(["", "NSP"])
    (33.33333333333333, None)
    """
    valid = valid_notes(notes, *NPS_SCALE)
    promoters = sum(note >= 9 for note in valid)
    detractors = sum(note <= 6 for note in valid)
    return nps_of_counts(promoters, len(valid) - promoters - detractors, detractors)


@function(
    "CRM_NPS_COUNTS",
    "CRM_NPS_EFFECTIFS",
    group="marketing",
    summary=Text(
        fr="Net Promoter Score depuis les effectifs : (promoteurs - détracteurs) / (promoteurs + "
        "passifs + détracteurs) x 100, en points.",
        en="Net Promoter Score from counts: (promoters - detractors) / (promoters + passives + "
        "detractors) x 100, in points.",
    ),
    params=[
        Param(
            "promoters",
            "promoteurs",
            Text(fr="Nombre (ou %) de notes 9 et 10.", en="Number (or %) of notes 9 and 10."),
            kind=Kind.NUMBER,
        ),
        Param(
            "passives",
            "passifs",
            Text(fr="Nombre (ou %) de notes 7 et 8.", en="Number (or %) of notes 7 and 8."),
            kind=Kind.NUMBER,
        ),
        Param(
            "detractors",
            "détracteurs",
            Text(fr="Nombre (ou %) de notes 0 à 6.", en="Number (or %) of notes 0 to 6."),
            kind=Kind.NUMBER,
        ),
    ],
    returns=Kind.NUMBER,
)
def nps_of_counts(
    promoters: float | None, passives: float | None, detractors: float | None
) -> float | None:
    """Points; blank where a count is missing or all are 0.

    >>> nps_of_counts(60, 30, 10), nps_of_counts(0, 0, 0)
    (50.0, None)
    """
    if promoters is None or passives is None or detractors is None:
        return None
    total = promoters + passives + detractors
    return (promoters - detractors) / total * 100 if total > 0 else None


@function(
    "CRM_CSAT",
    "CRM_CSAT",
    group="marketing",
    summary=Text(
        fr="Taux de satisfaction (CSAT) : réponses satisfaites (4 et 5 sur 5) / réponses valables. "
        "Vide sans réponse.",
        en="Customer satisfaction (CSAT): satisfied answers (4 and 5 of 5) / valid answers. Blank "
        "without answers.",
    ),
    params=[
        _NOTES,
        _top(5),
        Param(
            "satisfied_from",
            "satisfait_des",
            Text(
                fr="La note à partir de laquelle on est satisfait : par défaut les deux plus "
                "hautes.",
                en="The note from which one is satisfied: by default the two highest.",
            ),
            Shape.ONE,
            Kind.NUMBER,
        ),
        _BOTTOM,
    ],
    returns=Kind.NUMBER,
)
def csat(
    notes: Sequence[Any],
    top: float | None = None,
    satisfied_from: float | None = None,
    bottom: float = 1,
) -> float | None:
    """A share: 0.75 means 75 % satisfied. Raises ArgumentError for a threshold off the scale, and
    for a note above 5 where `top` is not given: the scale is then another one.

    >>> csat([5, 4, 3, 5]), csat([7, 6, 5], top=7)
    (0.75, 0.6666666666666666)
    """
    top = _known_top(notes, 5) if top is None else top
    threshold = top - 1 if satisfied_from is None else satisfied_from
    if not bottom < threshold <= top:
        raise ArgumentError(
            fr="Le seuil de satisfaction {threshold} n'est pas dans l'échelle {bottom} à {top}.",
            en="The satisfaction threshold {threshold} is not in the scale {bottom} to {top}.",
            threshold=shown(threshold),
            bottom=shown(bottom),
            top=shown(top),
        )
    valid = valid_notes(notes, bottom, top)
    return sum(note >= threshold for note in valid) / len(valid) if valid else None


@function(
    "CRM_CES",
    "CRM_CES",
    group="marketing",
    summary=Text(
        fr="Customer Effort Score : moyenne des notes, ou (% faciles - % difficiles) en points. Il "
        "faut dire si une note haute ou basse veut dire « facile ».",
        en="Customer Effort Score: mean of the notes, or (% easy - % hard) in points. Say whether "
        'a high or a low note means "easy".',
    ),
    params=[
        _NOTES,
        Param(
            "easy",
            "facile",
            Text(
                fr="« haut » si une note haute veut dire facile, « bas » sinon : les "
                "questionnaires diffèrent.",
                en='"high" where a high note means easy, else "low": surveys differ.',
            ),
            Shape.ONE,
            choices=_EASY_WORDS,
        ),
        Param(
            "method",
            "méthode",
            Text(
                fr="moyenne (par défaut), ou écart : % au-dessus du milieu de l'échelle moins % en "
                "dessous.",
                en="mean (default), or difference: % above the middle of the scale less % below.",
            ),
            Shape.ONE,
            choices=_METHODS,
        ),
        _top(7),
        _BOTTOM,
    ],
    returns=Kind.NUMBER,
)
def ces(
    notes: Sequence[Any],
    easy: str | None,
    method: str = "moyenne",
    top: float | None = None,
    bottom: float = 1,
) -> float | None:
    """The mean on the scale, turned so that high means easy; or points from -100 to 100.

    >>> ces([7, 6, 2], "haut"), ces([1, 2, 6], "low"), ces([7, 6, 4, 2], "high", "difference")
    (5.0, 5.0, 25.0)
    """
    if easy is None:
        raise ArgumentError(
            fr="Dites si « facile » est une note haute ou basse.",
            en='Say whether "easy" is a high or a low note.',
        )
    top = _known_top(notes, 7) if top is None else top
    valid = valid_notes(notes, bottom, top)
    if not valid:
        return None
    if easy in ("bas", "low"):
        valid = [bottom + top - note for note in valid]
    if method in ("moyenne", "mean"):
        return sum(valid) / len(valid)
    middle = (bottom + top) / 2
    net = sum(note > middle for note in valid) - sum(note < middle for note in valid)
    return net / len(valid) * 100


@function(
    "CRM_NOTES_ISSUE",
    "CRM_ALERTE_NOTES",
    group="marketing",
    summary=Text(
        fr="Les notes d'une enquête qui ne comptent pas : combien, et lesquelles sont hors de "
        "l'échelle ou illisibles. Vide si toutes comptent.",
        en="The notes of a survey that do not count: how many, and which are outside the scale or "
        "unreadable. Blank if all count.",
    ),
    params=[
        _NOTES,
        Param(
            "bottom",
            "minimum",
            Text(fr="La plus basse note (0).", en="The lowest note (0)."),
            Shape.ONE,
            Kind.NUMBER,
        ),
        Param(
            "top",
            "maximum",
            Text(fr="La plus haute note (10).", en="The highest note (10)."),
            Shape.ONE,
            Kind.NUMBER,
        ),
    ],
)
def notes_issue(
    notes: Sequence[Any], bottom: float = 0, top: float = 10, lang: Lang = "fr"
) -> str | None:
    """A sentence, or blank; blank answers are not an issue.

    >>> notes_issue([9, 11, "NSP", None])
    '2 notes ne comptent pas (échelle 0 à 10) : 11, NSP.'
    """
    bad = [
        cells.to_text(value) or ""
        for value in notes
        if not cells.is_blank(value)
        and not isinstance(value, bool)
        and not valid_notes([value], bottom, top)
    ]
    if not bad:
        return None
    text = Text(
        fr="{n} note{s} ne compte{nt} pas (échelle {bottom} à {top}) : {bad}.",
        en="{n} note{s} not counted (scale {bottom} to {top}): {bad}.",
    )
    return text.in_(lang).format(
        n=len(bad),
        s="s" if len(bad) > 1 else "",
        nt="nt" if len(bad) > 1 else "",
        bottom=shown(bottom).in_(lang),
        top=shown(top).in_(lang),
        bad=listed(bad, lang),
    )


def _known_top(notes: Sequence[Any], usual: int) -> float:
    """The highest note of the usual scale, unless the notes are of another one."""
    higher = valid_notes(notes, usual, math.inf)
    highest = max(higher, default=usual)
    if highest > usual:
        raise ArgumentError(
            fr="Une note vaut {note}, au-dessus de {usual} : dites la plus haute note de "
            "l'échelle (argument « maximum »).",
            en='A note is {note}, above {usual}: say the highest note of the scale (argument "top").',
            note=shown(highest),
            usual=str(usual),
        )
    return usual


def valid_notes(notes: Sequence[Any], bottom: float, top: float) -> list[float]:
    """The notes that are numbers of the scale. FAUX is none: it is what `SI(segment="A";notes)`
    gives for the other segments.

    >>> valid_notes([5, "4", None, 6, "bof"], 1, 5)
    [5.0, 4.0]
    """
    valid = []
    for value in notes:
        if isinstance(value, bool):
            continue
        try:
            note = cells.to_number(value)
        except ArgumentError:
            continue
        if note is not None and bottom <= note <= top:
            valid.append(note)
    return valid

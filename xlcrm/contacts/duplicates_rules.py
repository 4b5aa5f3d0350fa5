"""The points that each agreement or disagreement of two contacts gives: a table one may edit."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from xlcrm import cells
from xlcrm.data import read_rows
from xlcrm.errors import ArgumentError
from xlcrm.texts import Lang, Text, listed

HEADER = (
    Text(fr="Critère", en="Criterion"),
    Text(fr="Constat", en="Finding"),
    Text(fr="Points", en="Points"),
)
VETO = Text(fr="refus", en="refuse")

CRITERIA: dict[str, Text] = {
    "threshold": Text(fr="Seuil", en="Threshold"),
    "last_name": Text(fr="Nom", en="Last name"),
    "first_name": Text(fr="Prénom", en="First name"),
    "order": Text(fr="Ordre", en="Order"),
    "civility": Text(fr="Civilité", en="Title"),
    "birth_date": Text(fr="Date de naissance", en="Birth date"),
    "email": Text(fr="E-mail", en="E-mail"),
    "phone": Text(fr="Téléphone", en="Phone"),
    "address": Text(fr="Adresse", en="Address"),
    "town": Text(fr="Ville", en="Town"),
    "company": Text(fr="Société", en="Company"),
    "company_name": Text(fr="Raison sociale", en="Company name"),
    "legal_form": Text(fr="Forme juridique", en="Legal form"),
    "company_email": Text(fr="E-mail de société", en="Company e-mail"),
    "company_place": Text(fr="Lieu de société", en="Company place"),
    "siret": Text(fr="SIRET", en="SIRET"),
    "chance": Text(fr="Hasard", en="Chance"),
}


@dataclass(frozen=True)
class MatchingRules:
    """Points by (criterion, finding), and the two thresholds of the score.

    points: a number, or None for a refusal: two rows of that finding are never one contact.
    duplicate: from this score on, two rows are one contact. review: from this score on, a person
    should look.
    """

    points: Mapping[tuple[str, str], float | None]
    texts: Mapping[tuple[str, str], Text]
    duplicate: float
    review: float

    def rows(self, lang: Lang = "fr") -> list[list[Any]]:
        """The rules as the rows of an editable sheet, under HEADER.

        >>> DEFAULT_RULES.rows()[0]
        ['Seuil', 'doublon à partir de ce score', 55.0]
        """
        limits = {"duplicate": self.duplicate, "review": self.review}
        out: list[list[Any]] = []
        for (criterion, finding), text in self.texts.items():
            points: Any = limits.get(finding) if criterion == "threshold" else None
            if criterion != "threshold":
                points = self.points[criterion, finding]
                points = VETO.in_(lang) if points is None else points
            out.append([CRITERIA[criterion].in_(lang), text.in_(lang), points])
        return out


def read_rules(rows: Iterable[Sequence[Any]]) -> MatchingRules:
    """The rules that a user edited, from rows of criterion, finding, points (no header).

    A row that is missing keeps its default; blank points are 0; "refus" or "refuse" is a
    refusal. Raises ArgumentError for an unknown criterion or finding, points that are not a
    number, or a threshold to check above that of a duplicate.

    >>> read_rules([["Seuil", "doublon à partir de ce score", 70]]).duplicate
    70.0
    """
    points = dict(DEFAULT_RULES.points)
    limits = {"duplicate": DEFAULT_RULES.duplicate, "review": DEFAULT_RULES.review}
    known = {
        (CRITERIA[key[0]].in_(lang).casefold(), text.in_(lang).casefold()): key
        for key, text in DEFAULT_RULES.texts.items()
        for lang in ("fr", "en")
    }
    for row in rows:
        labels = [cells.to_text(value) or "" for value in row[:2]]
        if not any(labels):
            continue
        key = known.get((labels[0].casefold(), labels[-1].casefold()))
        if key is None:
            raise _unknown(labels)
        value = _read_points(row[2] if len(row) > 2 else None, DEFAULT_RULES.texts[key])
        if key[0] == "threshold":
            limits[key[1]] = value or 0.0
        else:
            points[key] = value
    return _checked(
        MatchingRules(points, DEFAULT_RULES.texts, limits["duplicate"], limits["review"])
    )


def _read_points(value: Any, rule: Text) -> float | None:
    text = (cells.to_text(value) or "0").casefold()
    try:
        return None if text in (VETO.fr, VETO.en, "veto") else cells.to_number(text)
    except ArgumentError:
        raise ArgumentError(
            fr="« {rule} » : un nombre de points ou « refus », pas « {text} ».",
            en='"{rule}": a number of points or "refuse", not "{text}".',
            rule=rule,
            text=text,
        ) from None


def _checked(rules: MatchingRules) -> MatchingRules:
    if rules.review > rules.duplicate:
        raise ArgumentError(
            fr="Le seuil « à vérifier » ({review}) dépasse celui des doublons ({duplicate}).",
            en="The threshold to check ({review}) is above that of duplicates ({duplicate}).",
            review=f"{rules.review:g}",
            duplicate=f"{rules.duplicate:g}",
        )
    return rules


def _unknown(labels: list[str]) -> ArgumentError:
    texts = [
        text
        for key, text in DEFAULT_RULES.texts.items()
        if labels[0].casefold() in (CRITERIA[key[0]].fr.casefold(), CRITERIA[key[0]].en.casefold())
    ]
    texts = texts or list(CRITERIA.values())
    return ArgumentError(
        fr="Règle inconnue « {rule} » ; il y a : " + listed(t.fr for t in texts) + ".",
        en='Unknown rule "{rule}"; there are: ' + listed((t.en for t in texts), "en") + ".",
        rule=" / ".join(labels),
    )


@cache
def _load() -> MatchingRules:
    points: dict[tuple[str, str], float | None] = {}
    texts: dict[tuple[str, str], Text] = {}
    limits: dict[str, float] = {}
    for row in read_rows("duplicate_rules"):
        key = (row["criterion"], row["level"])
        texts[key] = Text(fr=row["fr"], en=row["en"])
        if key[0] == "threshold":
            limits[key[1]] = float(row["points"])
        else:
            points[key] = None if row["points"] == "veto" else float(row["points"])
    return MatchingRules(points, texts, limits["duplicate"], limits["review"])


DEFAULT_RULES = _load()

"""What the name of a sheet says of it: "Désabonnés", "STOP SMS", "Bloctel" are no base."""

from __future__ import annotations

from functools import cache

from xlcrm.columns import COLUMNS, fold

# "Clients sans opposition" are those who may be contacted.
_NOT = frozenset({"sans", "hors", "non", "not", "no", "without", "except", "sauf"})
# Addresses that do not work any more: what newsletter programs export beside the others.
_BOUNCED = ("cleaned", "bounce", "bounced", "hard bounce", "rebond", "e mail invalide")
_REFUSALS = ("opposition", "deceased", "returned")


def refusal_of(sheet: str) -> str | None:
    """The column that a list of people stands for by its name, such as opposition; or None.

    >>> refusal_of("Désabonnés 2026"), refusal_of("Liste STOP SMS"), refusal_of("Clients")
    ('opposition', 'opposition_sms', None)
    """
    name = f" {' '.join(map(_stem, fold(sheet).split()))} "
    label = max((label for label in _labels() if f" {label} " in name), key=len, default="")
    is_negated = set(map(_stem, _NOT)) & set(name.replace(label, "").split())
    return None if is_negated else _labels().get(label)


@cache
def _labels() -> dict[str, str]:
    """The labels of the columns of refusal, in the singular."""
    bounced = {" ".join(map(_stem, fold(name).split())): "opposition_email" for name in _BOUNCED}
    return bounced | {
        " ".join(_stem(word) for word in fold(label).split()): key
        for key, column in COLUMNS.items()
        if key.startswith(_REFUSALS)
        for label in (column.label.fr, column.label.en, *column.synonyms)
    }


def _stem(word: str) -> str:
    """A word without its plural and feminine; "déc" is December, not "décès"."""
    word = word.removesuffix("s") if len(word) > 3 else word
    return word.rstrip("e") if len(word) > 6 else word

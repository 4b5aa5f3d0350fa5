"""What the name of a sheet says of it: "Désabonnés", "STOP SMS", "Bloctel" are no base."""

from __future__ import annotations

import re
from functools import cache

from xlcrm.columns import COLUMNS, fold

# "Clients sans opposition" are those who may be contacted.
_NOT = frozenset({"sans", "hors", "non", "not", "no", "without", "except", "sauf"})
# Addresses that do not work any more: what newsletter programs export beside the others.
_BOUNCED = ("bounce", "bounced", "hard bounce", "rebond", "e mail invalide")
# "Contacts cleaned" and "Cleaned data" are a base that somebody cleaned.
_CLEANED = re.compile(r"cleaned( (members?|emails?|e mails?|segment|audience|list|export)\b.*)?")
_REFUSALS = ("opposition", "deceased", "returned")
_NO_LABELS = frozenset({"dead"})  # stock is, too
# "Refus devis" and "Opposition chèque" are no refusals to be contacted.
_THINGS = frozenset(
    ("devis", "commande", "paiement", "facture", "cheque", "prelevement", "livraison")
    + ("quote", "order", "payment", "invoice", "delivery")
)
_LINKS = frozenset({"de", "du", "des", "d", "la", "le", "les", "l", "sur", "aux", "au", "of", "on"})


def refusal_of(sheet: str) -> str | None:
    """The column that a list of people stands for by its name, such as opposition; or None.

    >>> refusal_of("Désabonnés 2026"), refusal_of("Liste STOP SMS"), refusal_of("Clients")
    ('opposition', 'opposition_sms', None)
    """
    if _CLEANED.fullmatch(fold(sheet)):
        return "opposition_email"
    name = f" {' '.join(map(_stem, fold(sheet).split()))} "
    label = max((label for label in _labels() if f" {label} " in name), key=len, default="")
    is_negated = set(map(_stem, _NOT)) & set(name.replace(label, "").split())
    after = [word for word in name.partition(f" {label} ")[2].split() if word not in _LINKS]
    is_of_a_thing = after and after[0] in set(map(_stem, _THINGS))
    return None if is_negated or is_of_a_thing else _labels().get(label)


@cache
def _labels() -> dict[str, str]:
    """The labels of the columns of refusal, in the singular."""
    bounced = {" ".join(map(_stem, fold(name).split())): "opposition_email" for name in _BOUNCED}
    return bounced | {
        " ".join(_stem(word) for word in fold(label).split()): key
        for key, column in COLUMNS.items()
        if key.startswith(_REFUSALS)
        for label in (column.label.fr, column.label.en, *column.synonyms)
        if label not in _NO_LABELS
    }


def _stem(word: str) -> str:
    """A word without its plural and feminine; "déc" is December, not "décès"."""
    word = word.removesuffix("s") if len(word) > 3 else word
    return word.rstrip("e") if len(word) > 6 else word

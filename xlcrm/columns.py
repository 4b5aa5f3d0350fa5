"""The canonical columns: how xlcrm names what a contact or purchase sheet holds.

Labels as people type them (French, English, abbreviations, accents or not) lead to one canonical
key; domains work on DataFrames with these keys. Everything else is carried along unchanged.

>>> recognise("Tél. portable"), recognise("Code Postal :"), recognise("E-mail address")
('mobile', 'postcode', 'email')
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from xlcrm.catalogue import Kind
from xlcrm.data import read_rows
from xlcrm.texts import Text


@dataclass(frozen=True, slots=True)
class Column:
    """A canonical column: key, how its values are read, its label, and labels people use."""

    key: str
    kind: Kind
    label: Text
    synonyms: tuple[str, ...]


def _read_columns() -> dict[str, Column]:
    """The table of columns, as data/columns.csv has it."""
    return {row["key"]: _column(row) for row in read_rows("columns")}


def _column(row: dict[str, str]) -> Column:
    label = Text(fr=row["fr"], en=row["en"])
    synonyms = (label.fr, label.en, *row["synonyms"].split("|"))
    return Column(row["key"], Kind(row["kind"]), label, synonyms)


COLUMNS: dict[str, Column] = _read_columns()
_NOT_WORD = re.compile(r"[^a-z0-9]+")


def fold(label: str) -> str:
    """A label without case, accents, punctuation: `Tél. (fixe)` -> `tel fixe`.

    >>> fold("  N° de\\nTéléphone : ")
    'n de telephone'
    """
    plain = unicodedata.normalize("NFKD", label.replace("°", " ").replace("œ", "oe"))
    plain = "".join(c for c in plain if not unicodedata.combining(c)).casefold()
    return _NOT_WORD.sub(" ", plain).strip()


_BY_LABEL: dict[str, str] = {}
for _known in COLUMNS.values():
    for _synonym in (*_known.synonyms, _known.key):
        _BY_LABEL.setdefault(fold(_synonym), _known.key)

_FILLERS = re.compile(r"\b(de|du|des|d|la|le|l|the|of|your|votre|client|contact|obligatoire)\b")


def recognise(label: object) -> str | None:
    """The canonical key of a label, or None.

    >>> recognise("Raison sociale *"), recognise("Couleur préférée")
    ('company', None)
    """
    folded = fold(str(label or ""))
    if not folded:
        return None
    if folded in _BY_LABEL:
        return _BY_LABEL[folded]
    short = " ".join(_FILLERS.sub(" ", folded).split())
    return _BY_LABEL.get(short) if short else None


def recognise_all(labels: Iterable[object]) -> list[str | None]:
    """The canonical key of each label; the first of several with the same key keeps it.

    >>> recognise_all(["Nom", "NOM", "Tel"])
    ['last_name', None, 'phone']
    """
    keys: list[str | None] = []
    for label in labels:
        key = recognise(label)
        keys.append(None if key in keys else key)
    return keys

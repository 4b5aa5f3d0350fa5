"""The canonical columns: how xlcrm names what a contact or purchase sheet holds.

Labels as people type them (French, English, abbreviations, accents or not) lead to one canonical
key; domains work on DataFrames with these keys. Everything else is carried along unchanged.

>>> recognise("Tél. portable"), recognise("Code Postal :"), recognise("E-mail address")
('mobile', 'postcode', 'email')
"""

from __future__ import annotations

import re
import unicodedata
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
_IN_BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
_NOT_WORD = re.compile(r"[^a-z0-9]+")


def fold(label: str) -> str:
    """A label without case, accents, punctuation: `Tél. (fixe)` -> `tel fixe`.

    >>> fold("  N° de\\nTéléphone : ")
    'n de telephone'
    """
    plain = unicodedata.normalize("NFKD", label.replace("°", " ").replace("œ", "oe"))
    plain = "".join(c for c in plain if not unicodedata.combining(c)).casefold()
    return _NOT_WORD.sub(" ", plain).strip()


# Words as people shorten them in a header, and what they stand for.
_SHORT = {
    "adr": "adresse", "dt": "date", "naiss": "naissance", "num": "numero", "nro": "numero",
    "tel": "telephone", "port": "portable", "soc": "societe", "dern": "dernier", "nb": "nombre",
    "nbre": "nombre", "qte": "quantite", "mt": "montant", "cde": "commande", "cdes": "commandes",
    "fact": "facture", "cpl": "complement", "compl": "complement", "etab": "etablissement",
    "intracom": "intracommunautaire",
}  # fmt: skip
# Little words, and what is left of "prénom(s)" and "né(e)".
_LITTLE = frozenset(
    {
        *("de", "du", "des", "d", "la", "le", "l", "the", "of", "your", "votre", "en", "et"),
        *("s", "e", "euro", "euros"),
    }
)
# Words that do not change what a column holds: "Mail pro", "Tél. 1", "Nom (obligatoire)", "CA HT".
_ABOUT = frozenset(
    {
        *("client", "contact", "obligatoire", "required", "1", "pro", "perso", "personnel"),
        *("professionnel", "professionnelle", "personnelle", "dom", "domicile"),
        *("ht", "ttc", "acheteur", "payeur"),
        *("bureau", "business", "home", "stagiaire", "apprenant", "eleve", "etudiant"),
        *("participant", "adherent", "membre", "donateur", "benevole", "prospect"),
    }
)
_NUMBER_WORDS = frozenset({"numero", "n", "no"})


def _spelled(folded: str) -> list[str]:
    """The words of a folded label, written out, without the little ones."""
    return [_SHORT.get(word, word) for word in folded.split() if word not in _LITTLE]


_BY_LABEL: dict[str, str] = {}
for _known in COLUMNS.values():
    for _synonym in (*_known.synonyms, _known.key):
        _BY_LABEL.setdefault(fold(_synonym), _known.key)
_BY_WORDS: dict[str, str] = {}
for _label, _key in _BY_LABEL.items():
    _BY_WORDS.setdefault(" ".join(_spelled(_label)), _key)


def recognise(label: object) -> str | None:
    """The canonical key of a label, or None.

    >>> recognise("Raison sociale *"), recognise("Couleur préférée")
    ('company', None)
    >>> recognise("Prénom(s)"), recognise("N° de tél. portable"), recognise("Dt naiss.")
    ('first_name', 'mobile', 'birth_date')
    """
    folded = fold(str(label or ""))
    if not folded:
        return None
    if folded in _BY_LABEL:
        return _BY_LABEL[folded]
    words = _spelled(folded)
    core = [word for word in words if word not in _ABOUT]
    for tried in (words, core):
        if tried and (key := _BY_WORDS.get(" ".join(tried))):
            return key
    # "N° de tél. portable" is the phone, but "N° rue" is not the street: only labels are numbers
    bare = [word for word in core if word not in _NUMBER_WORDS]
    key = _BY_WORDS.get(" ".join(bare)) if bare else None
    if key and COLUMNS[key].kind is Kind.LABEL:
        return key
    shorter = _IN_BRACKETS.sub(" ", str(label))  # "Date de naissance (JJ/MM/AAAA)"
    return recognise(shorter) if shorter != label else None

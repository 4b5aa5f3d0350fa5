"""Clean a table of contacts: every column by the rules of its noun, in one pass by column."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from xlcrm.bulk import collector_paused
from xlcrm.contacts import cleaning_rows as rows
from xlcrm.contacts.cleaning_columns import Columns
from xlcrm.contacts.cleaning_readers import readers_of
from xlcrm.texts import Text

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True, slots=True)
class Cleaned:
    """A cleaned table, what was changed and what could not be used.

    frame: the table, same index and order; cleaned columns hold objects, None for a blank.
    Columns that a full name or a full address was cut into stand after it.
    changes: row (position from 0), column (canonical key), before, after, rule (a key of RULES).
    issues: row, column, value (as given), problem (a Text); the value may have been kept.
    """

    frame: pd.DataFrame
    changes: pd.DataFrame
    issues: pd.DataFrame


# Why a value changed, by the id that stands in `Cleaned.changes`.
RULES: dict[str, Text] = {
    "spaces": Text(fr="espaces ou signes parasites retirés", en="stray spaces or signs removed"),
    "filler": Text(fr="valeur de remplissage vidée", en="filler emptied"),
    "unusable": Text(
        fr="valeur inutilisable vidée (voir Anomalies)", en="unusable value emptied (see Anomalies)"
    ),
    "accents": Text(fr="accents réparés", en="accents repaired"),
    "civility": Text(fr="civilité écrite M. ou Mme", en="civility written M. or Mme"),
    "name": Text(
        fr="majuscules, accents et traits d'union du nom", en="capitals, accents, hyphens of a name"
    ),
    "company": Text(fr="raison sociale mise en forme", en="company name put in form"),
    "phone": Text(fr="numéro de téléphone mis en forme", en="phone number put in form"),
    "email": Text(fr="adresse e-mail mise en forme", en="e-mail address put in form"),
    "address": Text(fr="adresse mise en forme", en="address put in form"),
    "postcode": Text(fr="code postal à cinq chiffres", en="postcode in five digits"),
    "town": Text(fr="orthographe officielle de la commune", en="official spelling of the commune"),
    "country": Text(fr="nom usuel du pays", en="usual name of the country"),
    "identifier": Text(fr="identifiant mis en forme", en="identifier put in form"),
    "date": Text(fr="texte lu comme une date", en="text read as a date"),
    "split": Text(
        fr="repris d'une cellule qui contenait plusieurs champs",
        en="taken from a cell that held several fields",
    ),
    "swap": Text(fr="prénom et nom remis dans l'ordre", en="first and last name put in order"),
}


def clean_table(frame: pd.DataFrame, *, country: str = "FR") -> Cleaned:
    """Clean the canonical columns of a table of contacts; the other columns stay as they are.

    `frame` has canonical keys (xlcrm.columns) among its columns. `country` is that of rows which
    name none. Nothing is guessed: a misspelt e-mail or a missing civility is only reported.

    >>> import pandas as pd
    >>> base = pd.DataFrame({"full_name": ["Mme DUPONT marie"], "phone": [612345678.0]})
    >>> clean_table(base).frame.iloc[0].tolist()
    ['Mme DUPONT marie', 'Mme', 'Marie', 'Dupont', '06 12 34 56 78']
    """
    with collector_paused():
        return _clean(Columns(frame), country)


def _clean(columns: Columns, country: str) -> Cleaned:
    abroad = rows.countries(columns, country)
    for key, (reader, foreign, rule) in readers_of(country).items():
        if key in columns:
            columns.clean(key, reader, rule, foreign, abroad)
    rows.full_names(columns)
    rows.last_names(columns)
    rows.namesakes(columns)
    rows.name_order(columns)
    rows.genders(columns)
    rows.full_addresses(columns)
    rows.towns(columns, abroad)
    return Cleaned(columns.frame(), columns.changes(), columns.issues())

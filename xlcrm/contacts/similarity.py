"""Duplicates as formulas: how alike two contacts are and why, a key, the groups of a list."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache, lru_cache
from typing import Any

from xlcrm.catalogue import Kind, Param, Shape, function
from xlcrm.contacts.duplicates_rules import DEFAULT_RULES
from xlcrm.contacts.first_names import is_first_name
from xlcrm.contacts.full_names import split_full_name
from xlcrm.contacts.phonetics import sound
from xlcrm.errors import ArgumentError
from xlcrm.texts import Lang, Text


def _name(number: int, text: Text) -> Param:
    return Param(
        f"name{number}",
        f"nom{number}",
        Text(
            fr=f"{text.fr} : nom complet ou raison sociale.",
            en=f"{text.en}: full name or company name.",
        ),
    )


_ONE, _TWO = Text(fr="Contact 1", en="Contact 1"), Text(fr="Contact 2", en="Contact 2")
_PAIR = [
    _name(1, _ONE),
    _name(2, _TWO),
    *(
        Param(
            f"{key}{number}",
            f"{fr}{number}",
            Text(fr=f"Contact {number} : {help.fr}", en=f"Contact {number}: {help.en}"),
            kind=kind,
        )
        for key, fr, kind, help in (
            ("email", "email", Kind.TEXT, Text(fr="e-mail.", en="e-mail.")),
            ("phone", "téléphone", Kind.LABEL, Text(fr="téléphone.", en="phone.")),
            ("postcode", "code_postal", Kind.LABEL, Text(fr="code postal.", en="postcode.")),
        )
        for number in (1, 2)
    ),
]


@function(
    "CRM_SIMILARITY",
    "CRM_SIMILARITE",
    group="contacts",
    summary=Text(
        fr="Ressemblance de deux contacts, de 0 à 1 (1 : tout ce que les deux ont de rempli "
        "concorde). 0 si un prénom, une civilité ou la nature (société) les sépare.",
        en="How alike two contacts are, from 0 to 1 (1: all that both have filled agrees). 0 if a "
        "first name, a title or the nature (a company) tells them apart.",
    ),
    params=_PAIR,
    returns=Kind.NUMBER,
)
def similarity(
    name1: str | None,
    name2: str | None,
    email1: str | None = None,
    email2: str | None = None,
    phone1: str | None = None,
    phone2: str | None = None,
    postcode1: str | None = None,
    postcode2: str | None = None,
) -> float | None:
    """The part of the points of the matching rules on which two contacts agree, from 0 to 1.

    Both values of a pair are compared only where both are filled; an e-mail, a phone or a town
    that differs weighs less than one that agrees, because people change them. None if a name is
    blank. Whether it is a duplicate also depends on the base: see CRM_DUPLICATE_GROUP.

    >>> similarity("Marie Dupont", "DUPONT Marie"), similarity("Marie Dupont", "M. Durand")
    (1.0, 0.0)
    >>> similarity("Marie Dupont", "Dupond Marie", postcode1="44000", postcode2="44000")
    0.86
    >>> similarity("Marie Dupont", "Jean Dupont", "dupont@free.fr", "dupont@free.fr")
    0.0
    """
    if not name1 or not name2:
        return None
    found = _compare((name1, email1, phone1, postcode1), (name2, email2, phone2, postcode2))
    agreed = compared = 0.0
    for criterion, finding in found.items():
        points = DEFAULT_RULES.points.get((criterion, finding), 0.0)
        if points is None:
            return 0.0
        if finding and criterion not in _NOT_ALIKE:
            agreed += max(points, 0.0)
            compared += _weight(criterion, points)
    return round(agreed / compared, 2) if compared else 0.0


_NOT_ALIKE = ("order", "chance")  # how names stand and how rare they are: no likeness


def _weight(criterion: str, points: float) -> float:
    """What a comparison counts: its best points; a disagreement but on names, its own."""
    if points < 0 and criterion not in ("last_name", "company_name"):
        return -points
    return _best(criterion)


@cache
def _best(criterion: str) -> float:
    return max(p or 0.0 for (c, _), p in DEFAULT_RULES.points.items() if c == criterion)


@function(
    "CRM_SIMILARITY_REASON",
    "CRM_SIMILARITE_RAISON",
    group="contacts",
    summary=Text(
        fr="Dit en clair ce qui rapproche deux contacts et ce qui les sépare : même e-mail, prénom "
        "à une lettre près, villes différentes…",
        en="Says in words what two contacts share and what tells them apart: same e-mail, first "
        "name but for a letter, different towns…",
    ),
    params=_PAIR,
)
def similarity_reason(
    name1: str | None,
    name2: str | None,
    email1: str | None = None,
    email2: str | None = None,
    phone1: str | None = None,
    phone2: str | None = None,
    postcode1: str | None = None,
    postcode2: str | None = None,
    lang: Lang = "fr",
) -> str | None:
    """What speaks for one contact, the strongest first, then what speaks against it.

    >>> similarity_reason("Marie Dupont", "Jean Dupont", "dupont@free.fr", "dupont@free.fr")
    'même e-mail, même nom ; mais prénoms différents'
    """
    from xlcrm.contacts.duplicates_reasons import sentence

    if not name1 or not name2:
        return None
    found = _compare((name1, email1, phone1, postcode1), (name2, email2, phone2, postcode2))
    if not found:
        text = Text(
            fr="une société et une personne, ou rien à comparer",
            en="a company and a person, or nothing to compare",
        )
        return text.in_(lang)
    told = [(c, f) for c, f in found.items() if f and c != "chance"]
    return sentence(told, DEFAULT_RULES, lang)


Contact = tuple[str | None, str | None, str | None, str | None]


def _compare(one: Contact, two: Contact) -> dict[str, str]:
    """The findings of two contacts; none for a company and a person."""
    from xlcrm.contacts.duplicates_pair import compare_rows

    a, b = _keys(*one), _keys(*two)
    if {a["kind"], b["kind"]} == {"p", "c"}:  # PETIT FRERES beside SARL Petit Frères
        a, b = (
            keys if keys["kind"] == "c" or is_first_name(keys["first"]) else _keys(*who, True)
            for keys, who in ((a, one), (b, two))
        )
    return compare_rows(a, b)


@lru_cache(maxsize=4096)
def _keys(
    name: str | None,
    email: str | None,
    phone: str | None,
    postcode: str | None,
    company: bool = False,
) -> dict[str, str]:
    from xlcrm.contacts.duplicates_rows import row_keys

    row: dict[str, Any] = {"email": email, "phone": phone, "postcode": postcode}
    return row_keys({**({"company": name} if company else _name_columns(name)), **row})


def _name_columns(name: str | None) -> dict[str, str | None]:
    parts = split_full_name(name or "")
    return {
        "civility": parts.civility,
        "first_name": parts.first_name,
        "last_name": parts.last_name,
        "birth_name": parts.birth_name,
        "company": parts.company,
    }


# The capitals of a sound stand for what two letters say; a formula does not tell case apart.
_PLAIN = str.maketrans("AIOEUQXNG", "123450876")


@function(
    "CRM_MATCH_KEY",
    "CRM_CLE_DOUBLON",
    group="contacts",
    summary=Text(
        fr="Clé d'un contact, la même malgré les accents, la casse, l'ordre et l'orthographe du "
        "nom : pour compter ou trier les doublons probables (NB.SI).",
        en="Key of a contact, the same whatever the accents, case, order and spelling of the name: "
        "to count or sort likely duplicates (COUNTIF).",
    ),
    params=[
        Param(
            "name",
            "nom",
            Text(fr="Nom complet ou raison sociale.", en="Full name or company name."),
        ),
        Param(
            "postcode",
            "code_postal",
            Text(fr="Code postal, pour séparer les homonymes.", en="Postcode, to part homonyms."),
            kind=Kind.LABEL,
        ),
    ],
)
def match_key(name: str | None, postcode: str | None = None) -> str | None:
    """The sound of the last and first name, and the postcode; None without a name.

    >>> match_key("M. Jean-Pierre LEFÈVRE", "01000"), match_key("Lefebvre Jean Pierre", "01000")
    ('L4F4VR J1PI4R 01000', 'L4F4VR J1PI4R 01000')
    >>> match_key("SARL Boulangerie Petit", "44000") == match_key("Boulangerie Petit SARL", "44000")
    True
    """
    if not name:
        return None
    keys = _keys(name, None, None, postcode)
    if keys["kind"] == "c":
        said = "".join(sound(word) for word in sorted(keys["company"].split()))
        parts = [said.translate(_PLAIN)]
    else:
        parts = [sound(keys[part]).translate(_PLAIN) for part in ("last", "first") if keys[part]]
    if not parts:
        return None
    return " ".join([*parts, keys["zip"]]).strip().upper()


def _list(name: str, fr: str, text: Text, kind: Kind = Kind.TEXT) -> Param:
    return Param(name, fr, text, shape=Shape.LIST, kind=kind)


@function(
    "CRM_DUPLICATE_GROUP",
    "CRM_GROUPE_DOUBLON",
    group="contacts",
    summary=Text(
        fr="Numéro du groupe de doublons de chaque ligne d'une liste, vide pour une ligne seule. "
        "Ménages et homonymes restent séparés.",
        en="Number of the group of duplicates of each row of a list, blank for a row alone. "
        "Households and homonyms stay apart.",
    ),
    params=[
        _list("names", "noms", Text(fr="Noms complets ou sociétés.", en="Full names, companies.")),
        _list("emails", "emails", Text(fr="E-mails.", en="E-mails.")),
        _list("phones", "téléphones", Text(fr="Téléphones.", en="Phones."), Kind.LABEL),
        _list("postcodes", "codes_postaux", Text(fr="Codes postaux.", en="Postcodes."), Kind.LABEL),
        _list("addresses", "adresses", Text(fr="Numéro et voie.", en="Number and street.")),
    ],
    returns=Kind.INTEGER,
)
def duplicate_group(
    names: Sequence[str | None],
    emails: Sequence[str | None] | None = None,
    phones: Sequence[str | None] | None = None,
    postcodes: Sequence[str | None] | None = None,
    addresses: Sequence[str | None] | None = None,
) -> list[list[int | None]]:
    """The group of each row, numbered from 1 in the order of the list; a column of results.

    Raises ArgumentError for lists of different lengths.

    >>> duplicate_group(["Anne Petit", "Paul Roux", "PETIT Anne"], ["a@free.fr", None, "A@free.fr"])
    [[1], [None], [1]]
    """
    import pandas as pd

    from xlcrm.contacts.duplicates import find_duplicates

    given = {"email": emails, "phone": phones, "postcode": postcodes, "address": addresses}
    for column, values in given.items():
        if values is not None and len(values) != len(names):
            raise ArgumentError(
                fr="Les listes n'ont pas la même longueur : {n} nom(s), {m} valeur(s) ({column}).",
                en="The lists differ in length: {n} name(s), {m} value(s) ({column}).",
                n=len(names),
                m=len(values),
                column=column,
            )
    frame = pd.DataFrame([_name_columns(name) for name in names], dtype=object)
    for column, values in given.items():
        if values is not None:
            frame[column] = pd.Series(list(values), dtype=object)
    groups = find_duplicates(frame).rows["group"]
    return [[None if pd.isna(group) else int(group)] for group in groups]

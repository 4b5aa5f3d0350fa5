"""The six lines of an envelope, NF Z 10-011: at most 38 characters each, no blank line."""

from __future__ import annotations

import re
from functools import cache

from xlcrm.catalogue import Kind, Param, function
from xlcrm.contacts.addresses import read_address, street_types
from xlcrm.contacts.blanks import fold
from xlcrm.contacts.civility import format_civility
from xlcrm.contacts.companies import format_company
from xlcrm.contacts.first_names import is_first_name
from xlcrm.contacts.names import format_first_name, format_last_name
from xlcrm.contacts.postcodes import format_postcode
from xlcrm.contacts.towns import format_town, postal_town
from xlcrm.data import read_rows
from xlcrm.texts import Lang, Text

LINES = 6
WIDTH = 38
STREET_WIDTH = 32

_REPEATS = {"bis": "B", "ter": "T", "quater": "Q", "quinquies": "C"}
_NUMBER = re.compile(
    r"(\d{1,4})(?:[/-]\d+)?(?:\s+(bis|ter|quater|quinquies|[a-z])(?=\s))?\s*", re.I
)
_SMALL = frozenset({"DE", "DU", "DES", "D", "LA", "LE", "LES", "L"})
_BOX = re.compile(r"\b(?:BP|B\.P\.|CS|TSA|CIDEX)\s*\d[\d ]*", re.I)
_INSIDE = re.compile(
    r"\b(?:app\w*|apt|étage|etage|etg|esc\w*|porte|chez|bo[iî]te|chambre|studio|couloir|\d+\s?(?:er|e|ème)\b)",
    re.I,
)
_HAMLET = re.compile(r"\b(?:lieu[- ]?dit|ld|hameau|le bourg)\b", re.I)

NO_NAME = Text(fr="ligne 1 : pas de nom", en="line 1: no name")
NO_STREET = Text(fr="ligne 4 : ni voie ni boîte postale", en="line 4: neither street nor box")
NO_TOWN = Text(fr="ligne 6 : code postal ou ville manquant", en="line 6: postcode or town missing")


@cache
def _abbreviations() -> tuple[dict[str, str], dict[str, str]]:
    """Postal words of street types, and of titles: RUE -> R, GENERAL -> GAL."""
    types = {_capitals(row["word"]): row["postal"] for row in read_rows("street_types")}
    titles = {_capitals(row["word"]): row["postal"] for row in read_rows("street_titles")}
    return types, titles


def _capitals(text: str) -> str:
    return fold(text).upper()


def street_line(address: str) -> str:
    """Line 4: one number, B for bis, capitals, no accents; shortened only beyond 32 characters.

    >>> street_line("12/14 bis, avenue du Général Leclerc")
    '12 B AVENUE DU GENERAL LECLERC'
    >>> street_line("3 boulevard du Maréchal Alexandre de Lattre de Tassigny")
    '3 BD MAL A DE LATTRE DE TASSIGNY'
    """
    clean = read_address(address).value or ""
    clean = _BOX.sub("", clean)
    match = _NUMBER.match(clean)
    number = ""
    if match:
        repeat = (match[2] or "").lower()
        number = " ".join(filter(None, (match[1], _REPEATS.get(repeat, repeat.upper()))))
        clean = clean[match.end() :]
    return f"{number} {_shorten(_capitals(clean))}".strip()


def _shorten(street: str) -> str:
    """A street label in at most 32 characters: type, then titles, then first names to initials."""
    if len(street) <= STREET_WIDTH:
        return street
    types, titles = _abbreviations()
    for long in sorted(types, key=len, reverse=True):
        if street.startswith(long + " "):
            street = f"{types[long]}{street[len(long) :]}"
            break
    words = street.split(" ")
    for replace in (
        lambda word: titles.get(word, word),
        lambda word: word[:1] if is_first_name(word.lower()) else word,
        lambda word: "" if word in _SMALL else word,
        lambda word: word[0] if len(word) > 3 else word,
    ):
        for i in range(1, len(words) - 1):
            if len(" ".join(filter(None, words))) <= STREET_WIDTH:
                break
            words[i] = str(replace(words[i]))
    return " ".join(filter(None, words))


def _fit(text: str) -> str:
    """A line of at most 38 characters, cut after a word where it can be."""
    if len(text) <= WIDTH:
        return text
    cut = text[: WIDTH + 1].rfind(" ")
    return text[: cut if cut > 0 else WIDTH].rstrip()


def _person(civility: str | None, first: str | None, last: str | None) -> str:
    """Line 1; a first name that makes it too long becomes its initials."""
    parts = [format_civility(civility), format_first_name(first), format_last_name(last)]
    line = " ".join(filter(None, parts))
    if len(line) > WIDTH and parts[1]:
        parts[1] = "-".join(f"{name[0]}." for name in re.split(r"[- ]", parts[1]) if name)
        line = " ".join(filter(None, parts))
    return _fit(line)


def _places(address: str | None, more: str | None) -> tuple[list[str], list[str], str, str]:
    """(inside the building, building, street, box or hamlet) of an address and its complement."""
    inside: list[str] = []
    outside: list[str] = []
    street, box = address or "", ""
    for part in filter(None, re.split(r"\s*[,;\n]\s*", more or "")):
        if _BOX.search(part) or _HAMLET.search(part):
            box = box or part
        elif _INSIDE.search(part):
            inside.append(part)
        else:
            outside.append(part)
    if found := _BOX.search(street):
        box = found[0]
    return inside, outside, street_line(street) if street else "", _capitals(box)


def _last_line(postcode: str | None, town: str | None) -> str:
    clean = format_town(town, postcode)
    return _fit(" ".join(filter(None, (format_postcode(postcode), clean and postal_town(clean)))))


def _fill(lines: list[str]) -> list[str | None]:
    kept: list[str | None] = [_fit(line) for line in lines if line]
    return kept[:LINES] + [None] * (LINES - len(kept))


def _p(name: str, fr: str, help_fr: str, help_en: str, kind: Kind = Kind.TEXT) -> Param:
    return Param(name, fr, Text(fr=help_fr, en=help_en), kind=kind)


_ADDRESS = _p("address", "adresse", "N° et voie.", "Number and street.")
_POSTCODE = _p("postcode", "code_postal", "Code postal.", "Postcode.", Kind.LABEL)
_TOWN = _p("town", "ville", "Ville.", "Town.")
_MORE = _p(
    "address_more",
    "complément",
    "Étage, bâtiment, résidence, BP ; des virgules entre eux.",
    "Floor, building, residence, box; commas between them.",
)
_PERSON = [
    _p("civility", "civilité", "Civilité.", "Civility."),
    _p("first_name", "prénom", "Prénom.", "First name."),
    _p("last_name", "nom", "Nom.", "Last name."),
    _ADDRESS,
    _POSTCODE,
    _TOWN,
    _MORE,
]


@function(
    "CRM_POSTAL_LINES",
    "CRM_LIGNES_POSTALES",
    group="contacts",
    summary=Text(
        fr="Écrit l'adresse d'une personne en six lignes postales (NF Z 10-011) : 38 caractères au "
        "plus, capitales sans accent aux lignes de voie et de ville, aucune ligne vide au milieu.",
        en="Writes a person's address as six postal lines (NF Z 10-011): at most 38 characters, "
        "capitals without accents for street and town, no blank line in between.",
    ),
    params=_PERSON,
)
def postal_lines(
    civility: str | None,
    first_name: str | None,
    last_name: str | None,
    address: str | None,
    postcode: str | None,
    town: str | None,
    address_more: str | None = None,
) -> list[str | None]:
    """A row of six cells, those left over blank at the end.

    >>> postal_lines("Mr", "jean", "DUPONT", "12 bis, r. de l'Église", "44000", "nantes", "Bât. B")
    ['M. Jean Dupont', 'BAT B', '12 B RUE DE L EGLISE', '44000 NANTES', None, None]
    """
    inside, outside, street, box = _places(address, address_more)
    return _fill(
        [
            _person(civility, first_name, last_name),
            _capitals(" ".join(inside)),
            _building(outside),
            street,
            box,
            _last_line(postcode, town),
        ]
    )


def _building(parts: list[str]) -> str:
    """Line 3, its first word shortened where it is too long."""
    line = _capitals(" ".join(parts))
    types = _abbreviations()[0]
    first = line.partition(" ")[0]
    known = street_types().get(first.lower())
    if known and (len(line) > WIDTH or len(first) < len(known)):
        return types.get(_capitals(known), first) + line[len(first) :]
    return line


@function(
    "CRM_COMPANY_POSTAL_LINES",
    "CRM_LIGNES_POSTALES_SOCIETE",
    group="contacts",
    summary=Text(
        fr="Écrit l'adresse d'une société en six lignes postales (NF Z 10-011) : raison sociale, "
        "destinataire ou service, bâtiment ou zone, voie, BP, code postal et ville.",
        en="Writes a company's address as six postal lines (NF Z 10-011): name, recipient or "
        "service, building or zone, street, box, postcode and town.",
    ),
    params=[
        _p("company", "société", "Raison sociale.", "Company name."),
        _p("recipient", "destinataire", "Personne ou service.", "Person or service."),
        _ADDRESS,
        _POSTCODE,
        _TOWN,
        _MORE,
    ],
)
def company_postal_lines(
    company: str | None,
    recipient: str | None,
    address: str | None,
    postcode: str | None,
    town: str | None,
    address_more: str | None = None,
) -> list[str | None]:
    """A row of six cells, those left over blank at the end.

    >>> company_postal_lines("sarl dupont", "M. Petit", "3 pl. du Marché BP 12", "44000", "Nantes")
    ['SARL Dupont', 'M. Petit', '3 PLACE DU MARCHE', 'BP 12', '44000 NANTES', None]
    """
    inside, outside, street, box = _places(address, address_more)
    return _fill(
        [
            format_company(company) or "",
            recipient or "",
            _building(inside + outside),
            street,
            box,
            _last_line(postcode, town),
        ]
    )


@function(
    "CRM_POSTAL_ISSUE",
    "CRM_LIGNES_POSTALES_ANOMALIE",
    group="contacts",
    summary=Text(
        fr="Dit ce qui manque pour que le courrier arrive : nom, voie ou boîte postale, code postal, "
        "ville. Vide si l'adresse est complète.",
        en="Says what is missing for a letter to arrive: name, street or box, postcode, town. Blank "
        "if the address is complete.",
    ),
    params=[
        _p("name", "nom", "Nom de la personne ou de la société.", "Name of person or company."),
        _ADDRESS,
        _POSTCODE,
        _TOWN,
        _MORE,
    ],
)
def postal_issue(
    name: str | None,
    address: str | None,
    postcode: str | None,
    town: str | None,
    address_more: str | None = None,
    lang: Lang = "fr",
) -> str | None:
    """What is missing from an address, in one sentence; None if nothing is.

    >>> postal_issue("Dupont", None, "44000", "Nantes")
    'ligne 4 : ni voie ni boîte postale'
    """
    _, _, street, box = _places(address, address_more)
    problems = [
        problem
        for problem, missing in (
            (NO_NAME, not name),
            (NO_STREET, not street and not box),
            (NO_TOWN, not format_postcode(postcode) or not format_town(town)),
        )
        if missing
    ]
    return " ; ".join(p.in_(lang) for p in problems) or None

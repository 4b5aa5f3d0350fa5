"""Numbers of companies: SIREN, SIRET, VAT number, NAF code; and the IBAN."""

from __future__ import annotations

import re
from functools import cache

from xlcrm.catalogue import Kind, Param, function
from xlcrm.contacts.blanks import is_filler, tidy
from xlcrm.contacts.reading import NOTHING, Reading
from xlcrm.data import read_rows
from xlcrm.texts import Lang, Text

LENGTH = Text(
    fr="{name} de {given} chiffre(s) : {wanted} attendus",
    en="{name} of {given} digit(s): {wanted} expected",
)
KEY = Text(
    fr="{name} dont la clé de contrôle est fausse : un chiffre est faux",
    en="{name} whose check digit is wrong: a digit is wrong",
)
ROUNDED = Text(
    fr="{name} arrondi par le tableur : chiffres perdus", en="{name} rounded by the spreadsheet"
)
SIREN_GIVEN = Text(
    fr="SIRET attendu (14 chiffres), un SIREN est donné",
    en="SIRET expected (14 digits), a SIREN is given",
)
VAT_KEY = Text(
    fr="n° de TVA dont la clé ne va pas avec le SIREN : {expected} attendu",
    en="VAT number whose key does not go with the SIREN: {expected} expected",
)
VAT_FORM = Text(fr="n° de TVA illisible", en="unreadable VAT number")
NAF_FORM = Text(
    fr="code NAF illisible : quatre chiffres et une lettre attendus, comme 47.75Z",
    en="unreadable NAF code: four digits and a letter expected, such as 47.75Z",
)
IBAN_KEY = Text(fr="IBAN dont la clé est fausse", en="IBAN whose key is wrong")
IBAN_FORM = Text(fr="IBAN illisible", en="unreadable IBAN")

_SIREN_TEXTS = {"key": KEY.format(name="SIREN"), "rounded": ROUNDED.format(name="SIREN")}
_SIRET_TEXTS = {"key": KEY.format(name="SIRET"), "rounded": ROUNDED.format(name="SIRET")}
_LA_POSTE = "356000000"
_AS_NUMBERS = bytes.maketrans(b"0123456789", bytes(range(10)))
_DOUBLED = bytes.maketrans(b"0123456789", bytes(2 * d - 9 * (d > 4) for d in range(10)))
_NOT_DIGIT = re.compile(r"\D+")
_ROUNDED = re.compile(r"\d[.,]\d+E\+?\d+", re.I)
_FLOAT = re.compile(r"(\d+)[.,]0+")
_IBAN_FORM = re.compile(r"[A-Z]{2}\d{2}[A-Z0-9]{8,30}")
_NAF = re.compile(r"(\d{2})[. ]?(\d)[. ]?(\d)[. ]?([A-Z])")
_VAT = re.compile(r"FR([0-9A-HJ-NP-Z]{2})(\d{9})")
_LABEL = re.compile(r"^(?:N°\s*)?(?:SIRENE?|SIRET|RCS|TVA|IBAN|NAF|APE|RIB)\b[\s:.°n-]*", re.I)


def luhn(digits: str) -> bool:
    """True if the digits pass Luhn's check (ISO/IEC 7812-1).

    >>> luhn("732829320"), luhn("732829321")
    (True, False)
    """
    signs = digits.encode()
    total = sum(signs[-1::-2].translate(_AS_NUMBERS)) + sum(signs[-2::-2].translate(_DOUBLED))
    return total % 10 == 0


def _digits(text: str) -> str:
    text = _LABEL.sub("", tidy(text))
    match = _FLOAT.fullmatch(text)
    return _NOT_DIGIT.sub("", match[1] if match else text)


def read_siren(text: str) -> Reading:
    """Nine digits that pass the check; that of a SIRET or a VAT number too."""
    if (
        len(text) == 9
        and text.isdecimal()
        and text.isascii()
        and text != "000000000"
        and luhn(text)
    ):
        return Reading(text)
    if is_filler(tidy(text)):
        return NOTHING
    if _ROUNDED.fullmatch(tidy(text)):
        return Reading(None, _SIREN_TEXTS["rounded"])
    digits = _digits(text)
    if len(digits) in (7, 8) and luhn(digits.zfill(9)):  # zeros that a spreadsheet dropped
        digits = digits.zfill(9)
    elif len(digits) == 14 and _siret_holds(digits):
        digits = digits[:9]
    elif len(digits) == 11 and tidy(text).upper().startswith("FR"):
        digits = digits[2:]
    if not digits:
        return NOTHING
    if len(digits) != 9:
        return Reading(None, LENGTH.format(name="SIREN", given=len(digits), wanted=9))
    if not luhn(digits):
        return Reading(None, _SIREN_TEXTS["key"])
    return Reading(digits)


def _siret_holds(digits: str) -> bool:
    if not digits.strip("0"):
        return False
    if digits[:9] == _LA_POSTE and sum(map(int, digits)) % 5 == 0:
        return True
    return luhn(digits) and luhn(digits[:9])


def read_siret(text: str) -> Reading:
    """Fourteen digits that pass the check; La Poste has its own."""
    if len(text) == 14 and text.isdecimal() and text.isascii() and text.strip("0"):
        return Reading(text) if _siret_holds(text) else Reading(None, _SIRET_TEXTS["key"])
    if is_filler(tidy(text)):
        return NOTHING
    if _ROUNDED.fullmatch(tidy(text)):
        return Reading(None, _SIRET_TEXTS["rounded"])
    digits = _digits(text)
    if len(digits) in (12, 13) and _siret_holds(digits.zfill(14)):
        digits = digits.zfill(14)
    if not digits:
        return NOTHING
    if len(digits) == 9 and luhn(digits):
        return Reading(None, SIREN_GIVEN)
    if len(digits) != 14:
        return Reading(None, LENGTH.format(name="SIRET", given=len(digits), wanted=14))
    if not _siret_holds(digits):
        return Reading(None, _SIRET_TEXTS["key"])
    return Reading(digits)


def vat_key(siren: str) -> str:
    """The two digits of a French VAT number: (12 + 3 x (SIREN mod 97)) mod 97.

    >>> vat_key("732829320")
    '44'
    """
    return f"{(12 + 3 * (int(siren) % 97)) % 97:02d}"


def read_vat(text: str) -> Reading:
    """A VAT number without spaces; a French one with its key checked."""
    text = tidy(text)
    if is_filler(text):
        return NOTHING
    compact = re.sub(r"[\W_]+", "", _LABEL.sub("", text)).upper()
    if compact.isdecimal() and len(compact) == 11 and compact[:2] == vat_key(compact[2:]):
        compact = "FR" + compact
    if match := _VAT.fullmatch(compact):
        siren = match[2]
        # Other keys than two digits exist for companies without a SIREN of the usual kind.
        if match[1].isdecimal() and luhn(siren) and match[1] != vat_key(siren):
            return Reading(None, VAT_KEY.format(expected=f"FR{vat_key(siren)}{siren}"))
        return Reading(compact) if luhn(siren) else Reading(None, _SIREN_TEXTS["key"])
    if compact.startswith("FR") or not compact[:2].isalpha():
        return Reading(None, VAT_FORM)
    from stdnum.eu import vat
    from stdnum.exceptions import ValidationError

    try:
        return Reading(vat.validate(compact))
    except ValidationError:
        return Reading(None, VAT_FORM)


def read_naf(text: str) -> Reading:
    """A NAF (APE) code as 47.75Z."""
    text = tidy(text)
    if is_filler(text):
        return NOTHING
    match = _NAF.match(_LABEL.sub("", text).upper())
    if match is None:
        return Reading(None, NAF_FORM)
    return Reading(f"{match[1]}.{match[2]}{match[3]}{match[4]}")


def read_iban(text: str) -> Reading:
    """An IBAN in groups of four, its key and the length of its country checked."""
    text = tidy(text)
    if is_filler(text):
        return NOTHING
    compact = re.sub(r"[\W_]+", "", _LABEL.sub("", text)).upper()
    if not _IBAN_FORM.fullmatch(compact):
        return Reading(None, IBAN_FORM)
    from stdnum import iban
    from stdnum.exceptions import InvalidChecksum, ValidationError

    try:
        return Reading(iban.format(iban.validate(compact, check_country=False)))
    except InvalidChecksum:
        return Reading(None, IBAN_KEY)
    except ValidationError:
        return Reading(None, IBAN_FORM)


@cache
def _sections() -> dict[str, dict[str, str]]:
    return {
        f"{division:02d}": row
        for row in read_rows("naf_sections")
        for division in range(int(row["first_division"]), int(row["last_division"]) + 1)
    }


_SIREN = Param(
    "siren",
    "siren",
    Text(
        fr="SIREN, ou SIRET ou n° de TVA qui le contient ; texte ou nombre.",
        en="SIREN, or a SIRET or VAT number that holds it; text or number.",
    ),
    kind=Kind.LABEL,
)
_SIRET = Param(
    "siret",
    "siret",
    Text(fr="SIRET, texte ou nombre.", en="SIRET, text or number."),
    kind=Kind.LABEL,
)
_VAT_NUMBER = Param(
    "vat", "tva", Text(fr="N° de TVA tel que saisi.", en="VAT number as typed."), kind=Kind.LABEL
)
_IBAN = Param("iban", "iban", Text(fr="IBAN tel que saisi.", en="IBAN as typed."), kind=Kind.LABEL)
_NAF_CODE = Param(
    "naf",
    "naf",
    Text(fr="Code NAF (APE) tel que saisi.", en="NAF (APE) code as typed."),
    kind=Kind.LABEL,
)


def _issue(reading: Reading | None, lang: Lang) -> str | None:
    return reading.problem.in_(lang) if reading and reading.problem else None


@function(
    "CRM_SIREN_NUMBER",
    "CRM_SIREN",
    group="contacts",
    summary=Text(
        fr="Met un SIREN en forme : 9 chiffres, clé vérifiée, zéros de tête rendus. Accepte un SIRET "
        "ou un n° de TVA. Faux : vide.",
        en="Puts a SIREN in form: 9 digits, check digit verified, leading zeros restored. Takes a "
        "SIRET or VAT number too. Wrong: blank.",
    ),
    params=[_SIREN],
)
def format_siren(siren: str | None) -> str | None:
    """The SIREN in nine digits; None if it is wrong.

    >>> format_siren("732 829 320"), format_siren("73282932000074"), format_siren("732829321")
    ('732829320', '732829320', None)
    """
    return read_siren(siren).value if siren else None


@function(
    "CRM_SIREN_ISSUE",
    "CRM_SIREN_ANOMALIE",
    group="contacts",
    summary=Text(
        fr="Dit ce qui ne va pas dans un SIREN. Vide si tout va bien.",
        en="Says what is wrong with a SIREN. Blank if all is well.",
    ),
    params=[_SIREN],
)
def siren_issue(siren: str | None, lang: Lang = "fr") -> str | None:
    """What is wrong with a SIREN, in one sentence; None if nothing is.

    >>> siren_issue("732829321")
    'SIREN dont la clé de contrôle est fausse : un chiffre est faux'
    """
    return _issue(read_siren(siren) if siren else None, lang)


@function(
    "CRM_SIRET_NUMBER",
    "CRM_SIRET",
    group="contacts",
    summary=Text(
        fr="Met un SIRET en forme : 14 chiffres, clé vérifiée (La Poste comprise). Faux : vide.",
        en="Puts a SIRET in form: 14 digits, check digit verified (La Poste too). Wrong: blank.",
    ),
    params=[_SIRET],
)
def format_siret(siret: str | None) -> str | None:
    """The SIRET in fourteen digits; None if it is wrong.

    >>> format_siret("732 829 320 00074"), format_siret("35600000000048"), format_siret("123")
    ('73282932000074', '35600000000048', None)
    """
    return read_siret(siret).value if siret else None


@function(
    "CRM_SIRET_ISSUE",
    "CRM_SIRET_ANOMALIE",
    group="contacts",
    summary=Text(
        fr="Dit ce qui ne va pas dans un SIRET. Vide si tout va bien.",
        en="Says what is wrong with a SIRET. Blank if all is well.",
    ),
    params=[_SIRET],
)
def siret_issue(siret: str | None, lang: Lang = "fr") -> str | None:
    """What is wrong with a SIRET, in one sentence; None if nothing is.

    >>> siret_issue("732829320")
    'SIRET attendu (14 chiffres), un SIREN est donné'
    """
    return _issue(read_siret(siret) if siret else None, lang)


@function(
    "CRM_VAT_NUMBER",
    "CRM_TVA_NUMERO",
    group="contacts",
    summary=Text(
        fr="Donne le n° de TVA d'une société française à partir de son SIREN ou SIRET, ou vérifie et "
        "met en forme un n° de TVA européen. Faux : vide.",
        en="Gives the VAT number of a French company from its SIREN or SIRET, or checks and formats "
        "a European VAT number. Wrong: blank.",
    ),
    params=[_VAT_NUMBER],
)
def format_vat(vat: str | None) -> str | None:
    """A VAT number, computed from a SIREN or SIRET, or checked; None if it is wrong.

    >>> format_vat("732829320"), format_vat("FR 44 732 829 320"), format_vat("FR45732829320")
    ('FR44732829320', 'FR44732829320', None)
    """
    if not vat:
        return None
    if len(_digits(vat)) in (9, 14) and not tidy(vat)[:2].isalpha():
        siren = read_siren(vat).value
        return f"FR{vat_key(siren)}{siren}" if siren else None
    return read_vat(vat).value


@function(
    "CRM_VAT_ISSUE",
    "CRM_TVA_ANOMALIE",
    group="contacts",
    summary=Text(
        fr="Dit ce qui ne va pas dans un n° de TVA. Vide si tout va bien.",
        en="Says what is wrong with a VAT number. Blank if all is well.",
    ),
    params=[_VAT_NUMBER],
)
def vat_issue(vat: str | None, lang: Lang = "fr") -> str | None:
    """What is wrong with a VAT number, in one sentence; None if nothing is.

    >>> vat_issue("FR45732829320")
    'n° de TVA dont la clé ne va pas avec le SIREN : FR44732829320 attendu'
    """
    return _issue(read_vat(vat) if vat else None, lang)


@function(
    "CRM_IBAN_NUMBER",
    "CRM_IBAN",
    group="contacts",
    summary=Text(
        fr="Met un IBAN en forme, par groupes de quatre, clé et longueur vérifiées. Faux : vide.",
        en="Puts an IBAN in form, in groups of four, key and length verified. Wrong: blank.",
    ),
    params=[_IBAN],
)
def format_iban(iban: str | None) -> str | None:
    """An IBAN in groups of four; None if it is wrong.

    >>> format_iban("fr1420041010050500013m02606")
    'FR14 2004 1010 0505 0001 3M02 606'
    """
    return read_iban(iban).value if iban else None


@function(
    "CRM_IBAN_ISSUE",
    "CRM_IBAN_ANOMALIE",
    group="contacts",
    summary=Text(
        fr="Dit ce qui ne va pas dans un IBAN. Vide si tout va bien.",
        en="Says what is wrong with an IBAN. Blank if all is well.",
    ),
    params=[_IBAN],
)
def iban_issue(iban: str | None, lang: Lang = "fr") -> str | None:
    """What is wrong with an IBAN, in one sentence; None if nothing is.

    >>> iban_issue("FR1520041010050500013M02606")
    'IBAN dont la clé est fausse'
    """
    return _issue(read_iban(iban) if iban else None, lang)


@function(
    "CRM_NAF_CODE",
    "CRM_CODE_NAF",
    group="contacts",
    summary=Text(
        fr="Met un code NAF (APE) en forme : 4775z donne 47.75Z. Faux : vide.",
        en="Puts a NAF (APE) code in form: 4775z gives 47.75Z. Wrong: blank.",
    ),
    params=[_NAF_CODE],
)
def format_naf(naf: str | None) -> str | None:
    """A NAF code as 47.75Z; None if it is wrong.

    >>> format_naf("4775z"), format_naf("APE 62.01 Z"), format_naf("Commerce")
    ('47.75Z', '62.01Z', None)
    """
    return read_naf(naf).value if naf else None


@function(
    "CRM_NAF_SECTOR",
    "CRM_NAF_SECTEUR",
    group="contacts",
    summary=Text(
        fr="Donne le secteur d'activité d'un code NAF (section de la NAF rév. 2).",
        en="Gives the sector of activity of a NAF code (section of NAF rév. 2).",
    ),
    params=[_NAF_CODE],
)
def naf_sector(naf: str | None, lang: Lang = "fr") -> str | None:
    """The section of the nomenclature that a NAF code belongs to; None if it is wrong.

    >>> naf_sector("56.10A"), naf_sector("56.10A", "en")
    ('Hébergement et restauration', 'Accommodation and food service')
    """
    code = read_naf(naf).value if naf else None
    row = _sections().get(code[:2]) if code else None
    return row["en" if lang == "en" else "fr"] if row else None

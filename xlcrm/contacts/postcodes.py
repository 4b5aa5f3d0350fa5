"""Postcodes: lost zeros restored, CEDEX left alone, department and region."""

from __future__ import annotations

import re
from functools import cache

from xlcrm.catalogue import Kind, Param, function
from xlcrm.contacts.blanks import is_filler, tidy
from xlcrm.contacts.reading import NOTHING, Reading
from xlcrm.data import read_rows
from xlcrm.texts import Lang, Text

WRONG = Text(
    fr="code postal français attendu : 5 chiffres, comme 75001",
    en="French postcode expected: 5 digits, such as 75001",
)
FOREIGN = Text(fr="code postal étranger", en="foreign postcode")
UNKNOWN = Text(
    fr="code postal d'aucune commune (CEDEX ou faux)",
    en="postcode of no commune (CEDEX or wrong)",
)
NO_SUCH_DEPARTMENT = Text(
    fr="aucun département ne commence par {start}", en="no department begins with {start}"
)

_VALID = re.compile(r"(?:0[1-9]|[1-8]\d|9[0-5])\d{3}|97[1-8]\d\d|98[046-9]\d\d")
_PREFIX = re.compile(r"^(?:F|FR|FRA|FRANCE)\s*[-–]?\s*(?=\d)", re.I)
_FOREIGN = re.compile(r"(?!FR?\b)[A-Z]{1,3}\s*-\s*\d[\dA-Z ]{2,7}")
_BRITISH = re.compile(r"[A-Z]{1,2}\d[A-Z\d]?\s*\d[A-Z]{2}|\d{4}\s?[A-Z]{2}")
_IN_TEXT = re.compile(r"(?<!\d)(\d{5}|\d{2}[ .]\d{3})(?!\d)")
_FLOAT = re.compile(r"(\d{4,5})[.,]0+")
_LETTERS = {ord("O"): "0", ord("o"): "0", ord("l"): "1", ord("I"): "1"}


@cache
def communes_by_postcode() -> dict[str, tuple[tuple[str, ...], tuple[str, ...]]]:
    """Postcode -> (communes, communes merged since)."""
    return {
        row["postcode"]: (
            tuple(name.partition("=")[0] for name in row["communes"].split("|")),
            tuple(filter(None, row["former"].split("|"))),
        )
        for row in read_rows("communes")
    }


def read_postcode(text: str) -> Reading:
    """Five digits, or the code of another country as typed."""
    if len(text) == 5 and text.isascii() and text.isdecimal() and _VALID.fullmatch(text):
        return Reading(text)
    return _read_slowly(text)


def _read_slowly(text: str) -> Reading:
    text = _PREFIX.sub("", tidy(text))
    if not text or is_filler(text) or not text.strip("0 ."):
        return NOTHING
    if match := _FLOAT.fullmatch(text):
        text = match[1]
    digits = text.replace(" ", "").replace(".", "").replace("-", "")
    if len(digits) in (4, 5) and not digits.isdecimal():
        digits = digits.translate(_LETTERS)
    if digits.isdecimal() and digits.isascii():
        return _judge(digits)
    if _FOREIGN.fullmatch(text.upper()) or _BRITISH.fullmatch(text.upper()):
        return Reading(text.upper(), FOREIGN)
    if match := _IN_TEXT.search(text):  # 75001 PARIS, 75008 CEDEX 08
        return _judge(match[1].replace(" ", "").replace(".", ""))
    return Reading(None, WRONG)


def _judge(digits: str) -> Reading:
    if len(digits) == 4 and digits[0] != "0":  # the zero that a spreadsheet dropped
        digits = "0" + digits
    if len(digits) != 5:
        return Reading(None, WRONG)
    if not _VALID.fullmatch(digits):
        return Reading(None, NO_SUCH_DEPARTMENT.format(start=digits[:2]))
    return Reading(digits)


def read_foreign_postcode(text: str) -> Reading:
    """The postcode of another country: spaces and capitals only."""
    text = tidy(text).upper()
    if not text or is_filler(text):
        return NOTHING
    match = _FLOAT.fullmatch(text)
    return Reading(match[1] if match else text)


def department_code(postcode: str) -> str | None:
    """The department of a French postcode: 75, 2A, 974; None if it has none.

    >>> department_code("20000"), department_code("97400"), department_code("48250")
    ('2A', '974', '48')
    """
    if not _VALID.fullmatch(postcode):
        return None
    if postcode[:2] == "20":
        return "2A" if postcode[2] in "01" else "2B"
    if postcode == "98000":
        return "MC"
    code = postcode[:3] if postcode[:2] in ("97", "98") else postcode[:2]
    return {"97133": "977", "97150": "978"}.get(postcode, code)


@cache
def _departments() -> dict[str, dict[str, str]]:
    return {row["code"]: row for row in read_rows("departments")}


_POSTCODE = Param(
    "postcode",
    "code_postal",
    Text(
        fr="Code postal tel que saisi, texte ou nombre : 6000, 75 001, F-75001…",
        en="Postcode as typed, text or number: 6000, 75 001, F-75001…",
    ),
    kind=Kind.LABEL,
)


@function(
    "CRM_POSTCODE",
    "CRM_CODE_POSTAL",
    group="contacts",
    summary=Text(
        fr="Met un code postal en forme : 5 chiffres, zéro de tête rendu (6000 donne 06000), sans "
        "F- ni espace. Faux : vide.",
        en="Puts a postcode in form: 5 digits, leading zero restored (6000 gives 06000), without F- "
        "or space. Wrong: blank.",
    ),
    params=[_POSTCODE],
)
def format_postcode(postcode: str | None) -> str | None:
    """A French postcode in five digits; that of another country as typed; None if wrong.

    >>> [format_postcode(p) for p in ("6000", "75 001", "F-75001", "750001", "75008 CEDEX 08")]
    ['06000', '75001', '75001', None, '75008']
    """
    return read_postcode(postcode).value if postcode else None


@function(
    "CRM_POSTCODE_ISSUE",
    "CRM_CODE_POSTAL_ANOMALIE",
    group="contacts",
    summary=Text(
        fr="Dit ce qui ne va pas dans un code postal. Vide si tout va bien.",
        en="Says what is wrong with a postcode. Blank if all is well.",
    ),
    params=[_POSTCODE],
)
def postcode_issue(postcode: str | None, lang: Lang = "fr") -> str | None:
    """What is wrong with a postcode, in one sentence; None if nothing is.

    >>> postcode_issue("750001"), postcode_issue("96100")
    ('code postal français attendu : 5 chiffres, comme 75001', 'aucun département ne commence par 96')
    """
    reading = read_postcode(postcode) if postcode else NOTHING
    problem = reading.problem
    if problem is None and reading.value and reading.value not in communes_by_postcode():
        problem = UNKNOWN
    return problem.in_(lang) if problem else None


@function(
    "CRM_DEPARTMENT",
    "CRM_DEPARTEMENT",
    group="contacts",
    summary=Text(
        fr="Donne le département d'un code postal : son nom, ou son numéro (2A, 974) sur demande.",
        en="Gives the department of a postcode: its name, or its number (2A, 974) on request.",
    ),
    params=[
        _POSTCODE,
        Param(
            "what",
            "quoi",
            Text(fr="nom (par défaut) ou numéro.", en="name (the default) or number."),
            choices=("name", "number", "nom", "numéro"),
        ),
    ],
)
def department(postcode: str | None, what: str = "name") -> str | None:
    """The department of a postcode, by name or number; None without a French postcode.

    >>> department("44000"), department("20200", "number")
    ('Loire-Atlantique', '2B')
    """
    row = _department_of(postcode)
    if row is None:
        return None
    return row["department"] if what in ("name", "nom") else row["code"]


@function(
    "CRM_FRENCH_REGION",
    "CRM_REGION",
    group="contacts",
    summary=Text(
        fr="Donne la région d'un code postal français.",
        en="Gives the region of a French postcode.",
    ),
    params=[_POSTCODE],
)
def region(postcode: str | None) -> str | None:
    """The region of a postcode; None without a French postcode.

    >>> region("44000"), region("97400")
    ('Pays de la Loire', 'La Réunion')
    """
    row = _department_of(postcode)
    return row["region"] if row else None


def _department_of(postcode: str | None) -> dict[str, str] | None:
    clean = read_postcode(postcode).value if postcode else None
    return _departments().get(department_code(clean) or "") if clean else None

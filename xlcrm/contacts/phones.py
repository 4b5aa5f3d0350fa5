"""Phone numbers: read as people type them, shown as the French write them."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import Any

from xlcrm.catalogue import Kind, Param, Shape, function
from xlcrm.contacts.blanks import is_filler, tidy
from xlcrm.contacts.reading import NOTHING, Reading, as_reading
from xlcrm.data import read_rows
from xlcrm.texts import Lang, Text

TOO_SHORT = Text(fr="numéro trop court : il manque des chiffres", en="number too short")
TOO_LONG = Text(fr="numéro trop long : trop de chiffres", en="number too long")
ROUNDED = Text(
    fr="numéro arrondi par le tableur (notation scientifique) : chiffres perdus",
    en="number rounded by the spreadsheet (scientific notation): digits lost",
)
NOT_A_NUMBER = Text(fr="ceci n'est pas un numéro de téléphone", en="this is not a phone number")
NOT_ATTRIBUTED = Text(
    fr="numéro {code} improbable : à vérifier", en="unlikely {code} number: to be checked"
)
EMERGENCY = Text(fr="numéro d'urgence", en="emergency number")

_PUNCTUATION = dict.fromkeys(map(ord, " .-/()_·•,:;'\u2013\u2014\u00a0\u202f"))
_LETTERS = {ord("O"): "0", ord("o"): "0", ord("l"): "1", ord("I"): "1", ord("|"): "1"}
_LETTER = re.compile("[OoIl|]")
_LOOKALIKE = re.compile(r"(?=[\d\s.\-/()+]*[OoIl|])[\d\s.\-/()+OoIl|]{9,}")
_OVERSEAS_CODES = frozenset({"262", "590", "594", "596"})
_WORDS = re.compile(r"\((?=[^\d)]*[^\W\d])[^)]*\)|[^\W\d_]+\.?°?")
_EXTENSION = re.compile(r"\s*(?:poste|post|ext(?:ension)?|extn|#|x)\.?\s*:?\s*(\d{1,5})\s*$", re.I)
_STRONG = re.compile(r"\s*(?:[;|]|\n|\bou\b|\bet\b|\bor\b|\band\b|&)\s*", re.I)
_WEAK = re.compile(r"\s*/\s*|\s*,\s*|\s+-\s+|\s{2,}|\s+(?=\+)|\s+(?=00\d)")
_OWN = re.compile(r"(?<=\S); ")  # as numbers are shown
_ZERO_IN_BRACKETS = re.compile(r"\(\s*0\s*\)")
_ROUNDED = re.compile(r"\d[.,]\d+E\+?\d+", re.I)
_FLOAT = re.compile(r"\d{6,}[.,]0")
_FRENCH_RUN = re.compile(
    r"((?:(?:\+|00)33[\s.\-]*\(?0?\)?[\s.\-]*|0)[1-9](?:[\s.\-]*[0-9]){8})(?![0-9])"
)
_DIGIT = re.compile("[0-9]")
_NOT_DIGIT = re.compile(r"[^0-9]+")
_SHORT = re.compile(r"3\d{3}|10\d\d|118\d{3}|116\d{3}|39\d\d")
_EMERGENCY = frozenset({"15", "17", "18", "112", "114", "115", "119", "196", "191"})
_FRENCH_ZONES = frozenset({"FR", "GP", "MQ", "GF", "RE", "YT", "BL", "MF"})
# Filler numbers: one pair of digits five times, one digit nine times, or a run.
_FILLER = re.compile(
    r"0(\d)(?:0\1){4}|0(\d)\2{8}|0\d0{8}|0?123456789|0?102030405|0?987654321\d?|(\d)\3{7,}"
)
FILLERS = frozenset(  # of ten digits
    number
    for digit in "0123456789"
    for number in (f"0{digit}" * 5, "0" + digit * 9, f"0{digit}" + "0" * 8)
) | {"0123456789", "0102030405", "0987654321"}
SHOWN_FILLERS = frozenset(" ".join(re.findall("..", number)) for number in FILLERS)


@cache
def _plan() -> dict[str, tuple[str, str, str, str]]:
    """Prefix -> (calling code, kind, zone in French, in English)."""
    return {
        r["prefix"]: (r["calling_code"], r["kind"], r["zone_fr"], r["zone_en"])
        for r in read_rows("phone_prefixes")
    }


@cache
def overseas() -> frozenset[str]:
    return frozenset(p[:4] for p, row in _plan().items() if row[0] != "33")


@cache
def _shown() -> re.Pattern[str]:
    """A number of mainland France as it is shown: it stays."""
    starts = "|".join(f"{p[:2]} {p[2:]}" for p in sorted(overseas()))
    return re.compile(rf"(?!{starts})0[1-9](?: [0-9]{{2}}){{4}}")


def _entry(national: str) -> tuple[str, str, str, str] | None:
    plan = _plan()
    for length in (6, 4, 2):
        if national[:length] in plan:
            return plan[national[:length]]
    return None


def shown_french(national: str) -> str:
    """Ten digits as shown: 06 12 34 56 78, or +262 692 12 34 56 overseas."""
    n = national
    if n[:4] in overseas():
        entry = _entry(n)
        if entry and entry[0] != "33":
            return f"+{entry[0]} {n[1:4]} {n[4:6]} {n[6:8]} {n[8:]}"
    return f"{n[:2]} {n[2:4]} {n[4:6]} {n[6:8]} {n[8:]}"


def read_phone(text: str, country: str = "FR") -> Reading:
    """The numbers of a cell, shown one after the other with "; ", and the first problem."""
    if country not in _FRENCH_ZONES:
        return _read_slowly(text, country)
    if _shown().fullmatch(text) and text not in SHOWN_FILLERS:
        return as_reading((text, None))
    digits = text.replace(" ", "").replace(".", "").replace("-", "")
    if not digits.isdecimal() and not (digits[:1] == "+" and digits[1:].isdecimal()):
        if _LETTER.search(text) and _LOOKALIKE.fullmatch(text):
            text = text.translate(_LETTERS)
        digits = text.translate(_PUNCTUATION)
    if national := _one_french(digits):
        return NOTHING if national in FILLERS else as_reading((shown_french(national), None))
    if digits[:1] == "0" != digits[1:2] and 3 < len(digits) < 9 and digits.isdecimal():
        return Reading(None, TOO_SHORT)
    if len(digits) > 10:
        between, runs = (parts := _FRENCH_RUN.split(text))[::2], parts[1::2]
        if runs and not _DIGIT.search("".join(between)):
            return _read_runs(runs)
    return _read_slowly(text, country)


def _read_runs(runs: list[str]) -> Reading:
    """Several French numbers, or one among words."""
    found = dict.fromkeys(["0" + _digits(run)[-9:] for run in runs])
    values = [shown_french(number) for number in found if number not in FILLERS]
    return Reading("; ".join(values)) if values else NOTHING


def _one_french(digits: str) -> str | None:
    """The common case: the ten digits of one French number, whatever stood between them."""
    length = len(digits)
    if length == 10 and digits[0] == "0":
        national = digits
    elif length == 9:  # the zero that a spreadsheet dropped
        national = "0" + digits
    elif length in (12, 13) and digits[:3] == "+33":
        national = digits[3:].rjust(10, "0")
    elif length in (13, 14) and digits[:4] == "0033":
        national = digits[4:].rjust(10, "0")
    elif length == 11 and digits[:2] == "33":
        national = "0" + digits[2:]
    elif length == 13 and digits[0] == "+" and digits[1:4] in _OVERSEAS_CODES:
        national = "0" + digits[4:]
    elif length == 14 and digits[:2] == "00" and digits[2:5] in _OVERSEAS_CODES:
        national = "0" + digits[5:]
    else:
        return None
    right = national.isdecimal() and national.isascii() and national[0] == "0" != national[1]
    return national if right else None


def _read_slowly(text: str, country: str) -> Reading:
    text = tidy(unicodedata.normalize("NFKC", text).replace("\n", " ; "))
    if not text or is_filler(text):
        return NOTHING
    if _ROUNDED.fullmatch(text):
        return Reading(None, ROUNDED)
    if _FLOAT.fullmatch(text):
        text = text[:-2]
    readings = [r for piece in _pieces(text) if (r := _read_one(piece, country)) != NOTHING]
    values = list(dict.fromkeys(r.value for r in readings if r.value))
    problem = next((r.problem for r in readings if r.problem), None)
    return Reading("; ".join(values) or None, problem)


def _digits(text: str) -> str:
    bare = text.replace(" ", "").replace(".", "").replace("-", "")
    return bare if bare.isdecimal() and bare.isascii() else _NOT_DIGIT.sub("", text)


def _pieces(text: str) -> list[str]:
    """The texts of the single numbers in a cell."""
    pieces: list[str] = []
    own = set(_OWN.split(text)[1:])
    for part in _STRONG.split(text):
        weak = _WEAK.split(part)
        if part in own and (part in _EMERGENCY or _SHORT.fullmatch(part)):
            pieces.append(part)
        elif _count(part) <= 4 and pieces and part.isdecimal():
            pieces.append(_same_but_end(pieces[-1], part))
        elif _count(part) <= 12:
            pieces.append(part)
        elif len(weak) > 1 and all(_count(p) >= 8 for p in weak):
            pieces.extend(weak)
        elif len(runs := [m[0] for m in _FRENCH_RUN.finditer(part)]) > 1:
            pieces.extend(runs)
        elif _count(part) == 20 and part.isdecimal():
            pieces.extend((part[:10], part[10:]))
        else:
            pieces.append(part)
        ends = len(weak) == 2 and _count(weak[1]) <= 4 and weak[1].isdecimal()
        if ends and _count(weak[0]) > 8 and weak[0][-1:].isdecimal():
            pieces[-1:] = [weak[0], _same_but_end(weak[0], weak[1])]
    return pieces


def _count(text: str) -> int:
    """How many digits a text has."""
    return len(_digits(text))


def _same_but_end(number: str, end: str) -> str:
    """01 42 33 44 55/56: the second number differs by its end only."""
    return number.rstrip()[: -len(end)] + end


def _read_one(text: str, country: str) -> Reading:
    extension = ""
    if match := _EXTENSION.search(text):
        text, extension = text[: match.start()], f" poste {match[1]}"
    if text.count("+") == 1:  # "(bureau) +33…"
        text = _WORDS.sub(" ", text[: text.index("+")]).strip() + text[text.index("+") :]
    text = _ZERO_IN_BRACKETS.sub("", _WORDS.sub(" ", text)).strip()
    number = _digits(text)
    if not number:
        return Reading(None, NOT_A_NUMBER)
    if not number.strip("0") or _FILLER.fullmatch(number):
        return NOTHING
    international = text.lstrip("( ").startswith("+") or number.startswith("00")
    if number.startswith("00"):
        number = number[2:]
        international = number[:1] != "0"
    reading = _read_digits(number, international, country)
    return Reading(reading.value + extension, reading.problem) if reading.value else reading


def _read_digits(number: str, international: bool, country: str) -> Reading:
    national = _as_french(number, international, country)
    if national:
        return NOTHING if national in FILLERS else Reading(shown_french(national))
    if not international and country in _FRENCH_ZONES:
        if number in _EMERGENCY:
            return Reading(number, EMERGENCY)
        if _SHORT.fullmatch(number):
            return Reading(_grouped(number))
        if len(number) < 10:
            return Reading(None, TOO_SHORT)
        if number[0] == "0":
            return Reading(None, TOO_LONG)
    return _foreign(number, international, country)


def _as_french(number: str, international: bool, country: str) -> str | None:
    """The ten digits of a number of the French plan, written in any way; else None."""
    if international or (len(number) in (11, 12) and number[0] != "0"):
        for code in ("33", "262", "590", "594", "596"):
            rest = number.removeprefix(code).lstrip("0")
            if number.startswith(code) and len(rest) == 9:
                return "0" + rest
    if international or country not in _FRENCH_ZONES:
        return None
    if len(number) == 10 and number[0] == "0" and number[1] != "0":
        return number
    if len(number) == 9 and number[0] != "0":  # the zero that a spreadsheet dropped
        return "0" + number
    return None


def _foreign(number: str, international: bool, country: str) -> Reading:
    """A number of another country, in the international form of that country."""
    import phonenumbers

    written_out = international or country in _FRENCH_ZONES
    try:
        parsed = _by_code(number) if written_out else None
        if parsed is None:
            typed, region = ("+" + number, None) if written_out else (number, country)
            parsed = phonenumbers.parse(typed, region)
    except phonenumbers.NumberParseException:
        return Reading(None, TOO_LONG if len(number) > 10 else TOO_SHORT)
    valid = phonenumbers.is_valid_number(parsed)
    if not valid:
        likely = (international or not written_out) and phonenumbers.is_possible_number(parsed)
        if not likely or parsed.country_code == 33:
            return Reading(None, TOO_LONG if len(number) > 10 else TOO_SHORT)
    shown = phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.INTERNATIONAL)
    problem = None if valid else NOT_ATTRIBUTED.format(code=f"+{parsed.country_code}")
    return Reading(shown.replace("-", " "), problem)


def _by_code(number: str) -> Any:
    """A number that begins with its calling code, if that is all there is to see; else None."""
    from phonenumbers import COUNTRY_CODE_TO_REGION_CODE, PhoneNumber

    for size in (2, 3, 1):
        code = int(number[:size])
        if code in COUNTRY_CODE_TO_REGION_CODE:
            # A zero may be a trunk prefix or, in Italy, part of the number: parsing tells.
            plain = number[size : size + 1] not in ("", "0")
            return PhoneNumber(code, int(number[size:])) if plain else None
    return None


def _grouped(number: str) -> str:
    return f"{number[:3]} {number[3:]}" if len(number) == 6 else number


def to_e164(shown: str) -> str:
    """One shown number as +33612345678; a short number stays.

    >>> to_e164("06 12 34 56 78"), to_e164("+262 692 12 34 56"), to_e164("3639")
    ('+33612345678', '+262692123456', '3639')
    """
    number = shown.split(" poste ")[0].replace(" ", "")
    return "+33" + number[1:] if len(number) == 10 and number[0] == "0" else number


_KINDS = {
    "landline": Text(fr="fixe", en="landline"),
    "mobile": Text(fr="mobile", en="mobile"),
    "voip": Text(fr="box (VoIP)", en="VoIP"),
    "special": Text(fr="spécial", en="special"),
    "marketing": Text(fr="démarchage", en="cold calls"),
    "fiction": Text(fr="fictif", en="fictional"),
    "short": Text(fr="court", en="short"),
    "foreign": Text(fr="étranger", en="foreign"),
}
PHONE_KINDS = tuple(_KINDS)


def phone_kind(shown: str) -> str:
    """The kind of one shown number: a key of PHONE_KINDS.

    >>> [phone_kind(n) for n in ("06 12 34 56 78", "01 62 00 00 01", "+262 692 12 34 56", "3639")]
    ['mobile', 'marketing', 'mobile', 'short']
    """
    number = to_e164(shown)
    if not number.startswith("+"):
        return "short"
    for code in ("33", "262", "590", "594", "596"):
        if number.startswith("+" + code) and len(number) == len(code) + 10:
            entry = _entry("0" + number[len(code) + 1 :])
            if entry and (entry[0] == code or entry[1] == "fiction"):
                return entry[1]
    return "foreign"


_PHONE = Param(
    "phone",
    "téléphone",
    Text(
        fr="Numéro, tel que saisi ; plusieurs numéros dans la cellule sont gardés.",
        en="Number as typed; several numbers in the cell are kept.",
    ),
    kind=Kind.LABEL,
)
_COUNTRY = Param(
    "country",
    "pays",
    Text(
        fr="Pays des numéros sans indicatif, code ISO à deux lettres : FR (par défaut), BE, CH…",
        en="Country of numbers without a calling code, ISO code of two letters: FR (default), BE…",
    ),
    Shape.ONE,
)


def _region(country: str) -> str:
    from xlcrm.contacts.countries import country_code_or_raise

    return country if country == "FR" else country_code_or_raise(country)


@function(
    "CRM_PHONE",
    "CRM_TELEPHONE",
    group="contacts",
    summary=Text(
        fr="Met un numéro en forme : 06 12 34 56 78 pour la France, +262 692 12 34 56 ailleurs. "
        "Rend le 0 perdu, garde plusieurs numéros (; entre eux). Illisible : vide.",
        en="Puts a phone number in form: 06 12 34 56 78 for France, +262 692 12 34 56 elsewhere. "
        "Restores a lost 0, keeps several numbers (; between). Unreadable: blank.",
    ),
    params=[
        _PHONE,
        Param(
            "style",
            "forme",
            Text(
                fr="affichage (par défaut) ou E164 : +33612345678.",
                en="display (the default) or E164: +33612345678.",
            ),
            Shape.ONE,
            choices=("display", "E164", "affichage"),
        ),
        _COUNTRY,
    ],
)
def format_phone(phone: str | None, style: str = "display", country: str = "FR") -> str | None:
    """Numbers as the French write them; None for a filler or what cannot be read.

    >>> format_phone("O6.12.34.56.78 / +44 20 7946 0958")
    '06 12 34 56 78; +44 20 7946 0958'
    >>> format_phone("692123456"), format_phone("+33 (0)6 12 34 56 78", "E164")
    ('+262 692 12 34 56', '+33612345678')
    """
    shown = read_phone(phone, _region(country)).value if phone else None
    if shown is None or style != "E164":
        return shown
    return "; ".join(to_e164(number) for number in shown.split("; "))


@function(
    "CRM_PHONE_ISSUE",
    "CRM_TELEPHONE_ANOMALIE",
    group="contacts",
    summary=Text(
        fr="Dit ce qui ne va pas dans un numéro de téléphone (trop court, arrondi…). Vide si tout "
        "va bien.",
        en="Says what is wrong with a phone number (too short, rounded…). Blank if all is well.",
    ),
    params=[_PHONE, _COUNTRY],
)
def phone_issue(phone: str | None, country: str = "FR", lang: Lang = "fr") -> str | None:
    """What is wrong with a number, in one sentence; None if nothing is.

    >>> phone_issue("06 12 34 56"), phone_issue("06 12 34 56 78")
    ('numéro trop court : il manque des chiffres', None)
    """
    problem = read_phone(phone, _region(country)).problem if phone else None
    return problem.in_(lang) if problem else None


@function(
    "CRM_PHONE_TYPE",
    "CRM_TELEPHONE_TYPE",
    group="contacts",
    summary=Text(
        fr="Dit le type d'un numéro : mobile, fixe, box (VoIP), spécial, démarchage, court, "
        "étranger. Plusieurs numéros : plusieurs types, dans le même ordre.",
        en="Tells the type of a number: mobile, landline, VoIP, special, cold calls, short, "
        "foreign. Several numbers: several types, in the same order.",
    ),
    params=[_PHONE, _COUNTRY],
)
def phone_type(phone: str | None, country: str = "FR", lang: Lang = "fr") -> str | None:
    """The type of each number of a cell; None where there is no number.

    >>> phone_type("06 12 34 56 78 ou 01 42 34 56 78"), phone_type("+32 2 123 45 67")
    ('mobile; fixe', 'étranger')
    """
    shown = read_phone(phone, _region(country)).value if phone else None
    if shown is None:
        return None
    return "; ".join(_KINDS[phone_kind(number)].in_(lang) for number in shown.split("; "))

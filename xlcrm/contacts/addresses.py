"""Street addresses: number, street type and name in their usual form; addresses in one cell."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import NamedTuple

from xlcrm.catalogue import Param, function
from xlcrm.cells import LONGEST
from xlcrm.contacts.blanks import fold, is_filler, tidy
from xlcrm.contacts.postcodes import read_postcode
from xlcrm.contacts.reading import NOTHING, Reading, as_reading, settle
from xlcrm.data import read_rows
from xlcrm.texts import Lang, Text

NOT_AN_ADDRESS = Text(fr="ceci n'est pas une adresse", en="this is not an address")

_NUMBER = re.compile(
    r"(?:n°|no|num\.?)?\s*(\d{1,4}(?:\s*(?:[/-]|et|à)\s*\d{1,4})?)"
    r"(?:\s*(bis|ter|quater|quinquies)\b|\s?([a-z])(?=[\s,]))?[\s,.;:–-]*(?=[^\d\s,.;:–-])",
    re.IGNORECASE,
)
# A number and words, with nothing to repair in them.
SIMPLE = (
    r"([0-9]{1,4}),? ((?!(?i:bis|ter|quater|quinquies|et)\b)[a-zA-ZÀÁÆ-ÖØ-ßà-âæ-öø-ÿŒœ]{2,}"
    r"(?:[ '-][a-zA-ZÀÁÆ-ÖØ-ßà-âæ-öø-ÿŒœ]+| [0-9]+)+)"
)
_SIMPLE = re.compile(SIMPLE)
_USUAL = re.compile(r"[^\W_]+(?:[ '-][^\W\d_]+)*")
_WORD = re.compile(r"[^\W_]+(?:\.(?=[^\W_]|\s|$))?|[\W_]+")
_SMALL = frozenset("de du des la le les sur sous en et aux au lès d l à bis ter quater".split())
_CODES = frozenset("bp cs tsa za zi zac zup zae za rn rd cd cidex ilot lot hlm b.p. c.s.".split())
_BETWEEN_NUMBERS = re.compile(r"\s*([/-])\s*")
_ROMAN = re.compile(r"[IVX]{2,5}", re.IGNORECASE)
_POSTCODE_TOWN = re.compile(
    r"(?:\b(?:F|FR)\s?-\s?)?\b(\d{5}|\d{2}\s\d{3})\b\s*[-–,]?\s*([^\W\d].*)$", re.IGNORECASE
)
_TOWN_POSTCODE = re.compile(r"([^\d,;]*[^\W\d])[\s,(–-]*\b(\d{5})\)?\s*$")
_LEADING_POSTCODE = re.compile(
    r"^(?:F|FR)?[\s-]*(\d{4,5}|\d{2}\s\d{3})(?:\s*[-–,]\s*|\s+)([^\W\d].*)$", re.I
)
# "Tél. 04 74 12 34 56 – contact@exemple.fr" in the cell of an address.
_SAYS = r"(?:\b(?:t[ée]l[ée]?(?:phone)?|port(?:able)?|mob(?:ile)?|(?:e-?)?mail|m[ée]l)\b[ .:]*)?"
_EMAIL = re.compile(_SAYS + r"([\w.+'-]+@[\w-]+\.[\w.-]*\w)", re.IGNORECASE)
_PHONE = re.compile(_SAYS + r"((?<![\d+])(?:\+33 ?(?:\(0\))?|0)[1-9](?:[ .-]?\d\d){4})(?!\d)", re.I)
_LINES = re.compile(r"\s*[\r\n]+\s*|\s*<br\s*/?>\s*", re.IGNORECASE)


class FullAddress(NamedTuple):
    """An address that stood in one cell."""

    address: str | None = None
    address_more: str | None = None
    postcode: str | None = None
    town: str | None = None
    email: str | None = None  # as typed, like the phone
    phone: str | None = None


@cache
def street_types() -> dict[str, str]:
    """Folded way to write it -> street type, as in the middle of a sentence."""
    found: dict[str, str] = {}
    for row in read_rows("street_types"):
        for written in (row["word"], *filter(None, row["others"].split("|"))):
            found.setdefault(fold(written), row["word"])
    return found


@cache
def _titles() -> dict[str, str]:
    """Lower-case abbreviation, with or without its dot -> title in a street name."""
    return {
        written: row["word"]
        for row in read_rows("street_titles")
        if row["word"] not in ("Grand", "Grande", "Petit", "Petite")
        for written in filter(None, row["others"].split("|"))
    }


@cache
def _accented() -> dict[str, str]:
    return {fold(word): word for word in read_rows("street_words")[0]["words"].split("|")}


def read_address(text: str) -> Reading:
    """A street address: "12 bis rue de la Paix"."""
    if (simple := _SIMPLE.fullmatch(text)) and (street := street_of(simple[2])):
        return as_reading((f"{simple[1]} {street}", None))
    if "\n" in text:
        text = _LINES.sub(", ", text)
    text = tidy(text)
    reading = _read_tidy(text)
    value = reading.value
    if value is None or (not value.isupper() and _USUAL.fullmatch(value) and tidy(value) == value):
        return reading
    return settle(_read, text)


def street_of(typed: str) -> str | None:
    """The usual form of a street that stood after a number; None if it needs a closer look."""
    if "â" in typed and tidy(typed) != typed:
        return None
    street = _street(typed, True)
    return None if street.isupper() else street


def _read(text: str) -> Reading:
    return _read_tidy(tidy(text))


def _read_tidy(text: str) -> Reading:
    match = _NUMBER.match(text)
    if match is None or not any(map(str.isalnum, text[match.end() :])):
        return _without_number(text)
    if "@" in text:
        return Reading(None, NOT_AN_ADDRESS)
    number, repeat, rest = match[1], match[2], text[match.end() :]
    if not number.isdecimal():
        number = _BETWEEN_NUMBERS.sub(r"\1", number)
    if match[3]:
        if street_type(rest, True)[0]:
            repeat = match[3].upper()
        else:  # 10 r Pasteur
            rest = text[match.start(3) :]
    elif repeat:
        repeat = repeat.lower()
    street = _street(rest, True)
    return Reading(f"{number} {repeat} {street}" if repeat else f"{number} {street}")


def _without_number(text: str) -> Reading:
    if not text or is_filler(text):
        return NOTHING
    if "@" in text or not any(map(str.isalpha, text)):
        return Reading(None if "@" in text else text, NOT_AN_ADDRESS)
    return Reading(_street(text, False))


@lru_cache(65536)
def _street(text: str, numbered: bool) -> str:
    """A street without its number: type in full and small, names with capitals."""
    kind, rest = street_type(text, numbered)
    words = rest.split(" ")
    capitals, small = rest.isupper(), rest.islower()
    last = len(words) - 1
    if capitals or small or not all(map(_stays, words)):
        for i, word in enumerate(words):
            following = i < last and words[i + 1][:1].isalpha()
            words[i] = _street_word(word, capitals, small, following, i == 0 and kind is None)
        rest = " ".join(words)
    name = rest
    if kind is None:
        return name if numbered else name[:1].upper() + name[1:]
    return f"{kind if numbered else kind[:1].upper() + kind[1:]} {name.strip(' ,.-')}".strip()


def street_type(text: str, numbered: bool) -> tuple[str | None, str]:
    """The street type at the beginning of a text, in full and small, and the rest.

    >>> street_type("Bd. Victor Hugo", True), street_type("Le Bourg", False)
    (('boulevard', 'Victor Hugo'), (None, 'Le Bourg'))
    """
    first, _, rest = text.partition(" ")
    kind, goes_on = _street_types(first, numbered)
    if goes_on:
        words = text.split(" ", 3)
        for size in range(min(3, len(words) - 1), 1, -1):
            longer = _street_types(" ".join(words[:size]), numbered)[0]
            if longer:
                return longer, " ".join(words[size:]).lstrip(" ,.-")
    rest = rest.lstrip(" ,.-")
    return (kind, rest) if kind and rest else (None, text)


@cache
def _long_types() -> frozenset[str]:
    """The first words of street types of several words."""
    return frozenset(key.partition(" ")[0] for key in street_types() if " " in key)


@lru_cache(65536)
def _street_types(written: str, numbered: bool) -> tuple[str | None, bool]:
    """(the street type, is it the beginning of one of several words?)."""
    key = fold(written)
    goes_on = key in _long_types()
    kind = street_types().get(key)
    if kind is None or not (numbered or len(key) > 2 or written.endswith(".")):
        return None, goes_on
    if kind.startswith("zone") and len(key.replace(" ", "")) <= 3:
        return key.replace(" ", "").upper(), goes_on
    return kind, goes_on


@lru_cache(32768)
def _stays(word: str) -> bool:
    """Is this word, in a street typed in large and small letters, as it should be anywhere?"""
    return all(
        _street_word(word, False, False, following, first) == word
        for following in (False, True)
        for first in (False, True)
    )


@lru_cache(32768)
def _street_word(word: str, capitals: bool, small: bool, following: bool, first: bool) -> str:
    """One word of a street name; `following`: another word, not a number, comes after it."""
    parts = _WORD.findall(word)
    titles, accented = _titles(), _accented()
    plain = capitals or small
    for i, part in enumerate(parts):
        low = part.lower()
        after = parts[i + 1] if i + 1 < len(parts) else ""
        if not part[0].isalpha():
            continue
        if low in _CODES:
            parts[i] = low.replace(".", "").upper()
        elif low in titles and (after == "-" or (not after and following)):
            parts[i] = titles[low]
        elif low in _SMALL and not (first and i == 0 and after != "'"):
            parts[i] = low if plain or part == low else part
        elif known := accented.get(fold(low)) if low.isascii() else None:
            parts[i] = known
        elif plain and not (capitals and _ROMAN.fullmatch(part)):
            parts[i] = part[:1].upper() + part[1:].lower()
    return "".join(parts)


def split_full_address(text: str) -> FullAddress:
    """An address in one cell, cut into street, more, postcode and town.

    >>> split_full_address("Rés. Les Lilas, 12 r. de la Paix, 75002 PARIS")[:3]
    ('12 r. de la Paix', 'Rés. Les Lilas', '75002')
    """
    text = tidy(_LINES.sub(", ", text)) if len(text) <= LONGEST else ""
    if not text or is_filler(text):
        return FullAddress()
    emails, phones = _EMAIL.findall(text), _PHONE.findall(text)
    if emails or phones:
        text = _PHONE.sub(", ", _EMAIL.sub(", ", text))
        reach = {"email": "; ".join(emails) or None, "phone": "; ".join(phones) or None}
        return split_full_address(text.strip(" ,;|/–-"))._replace(**reach)
    before, postcode, town = _cut_postcode(text)
    parts = [p.strip(" -–") for p in re.split(r"\s*[,;|]\s*|\s+[-–]\s+", before) if p.strip(" -–")]
    parts = _join_numbers(parts)
    street = next((p for p in parts if _looks_like_street(p)), None)
    if street is None and parts:
        street = parts[-1]
    more = ", ".join(p for p in parts if p is not street)
    return FullAddress(street, more or None, postcode, town)


def _cut_postcode(text: str) -> tuple[str, str | None, str | None]:
    matches = [m for m in _POSTCODE_TOWN.finditer(text) if read_postcode(m[1]).value]
    if matches:
        match = matches[-1]
        return text[: match.start()], read_postcode(match[1]).value, match[2].strip(" ,.-")
    if (turned := _TOWN_POSTCODE.search(text)) and read_postcode(turned[2]).value:
        return text[: turned.start()], turned[2], turned[1].strip(" ,.-") or None
    return text, None, None


def _join_numbers(parts: list[str]) -> list[str]:
    """12, rue de la Paix: the number belongs to the next part."""
    out: list[str] = []
    for part in parts:
        if out and re.fullmatch(r"\d{1,4}\s*(?:bis|ter|quater|[A-Za-z])?", out[-1], re.I):
            out[-1] = f"{out[-1]} {part}"
        else:
            out.append(part)
    return out


def _looks_like_street(part: str) -> bool:
    words = _WORD.findall(part)
    if _NUMBER.match(part) and len(words) > 2:
        return True
    kind = street_type(part, False)[0] if words else None
    return kind is not None and kind not in ("résidence", "bâtiment", "immeuble", "appartement",
                                            "escalier", "étage", "lotissement")  # fmt: skip


def split_postcode_town(text: str) -> tuple[str | None, str | None]:
    """The postcode and the town of a cell that holds both.

    >>> split_postcode_town("75002 PARIS"), split_postcode_town("Nice (06000)")
    (('75002', 'PARIS'), ('06000', 'Nice'))
    """
    text = tidy(text) if len(text) <= LONGEST else ""
    if not text or is_filler(text):
        return None, None
    if match := _LEADING_POSTCODE.match(text):
        return read_postcode(match[1]).value, match[2]
    if match := _TOWN_POSTCODE.fullmatch(text):
        return read_postcode(match[2]).value, match[1].strip(" ,.-")
    if text.replace(" ", "").isdecimal():
        return read_postcode(text).value, None
    return None, text


@function(
    "CRM_ADDRESS",
    "CRM_ADRESSE",
    group="contacts",
    summary=Text(
        fr="Met une adresse en forme : « 12,BIS AV. DU GAL LECLERC » donne « 12 bis avenue du "
        "Général Leclerc ».",
        en='Puts a street address in form: "12,BIS AV. DU GAL LECLERC" gives "12 bis avenue du '
        'Général Leclerc".',
    ),
    params=[
        Param(
            "address", "adresse", Text(fr="N° et voie, tels que saisis.", en="Number and street.")
        )
    ],
)
def format_address(address: str | None) -> str | None:
    """A street address with its type in full and its capitals; None for a filler.

    >>> format_address("140, bd st michel"), format_address("4 RUE DE L'EGLISE")
    ('140 boulevard Saint Michel', "4 rue de l'Église")
    """
    return read_address(address).value if address else None


@function(
    "CRM_ADDRESS_ISSUE",
    "CRM_ADRESSE_ANOMALIE",
    group="contacts",
    summary=Text(
        fr="Dit ce qui ne va pas dans une adresse (e-mail, nombre seul). Vide si tout va bien.",
        en="Says what is wrong with an address (e-mail, mere number). Blank if all is well.",
    ),
    params=[
        Param(
            "address", "adresse", Text(fr="N° et voie, tels que saisis.", en="Number and street.")
        )
    ],
)
def address_issue(address: str | None, lang: Lang = "fr") -> str | None:
    """What is wrong with an address, in one sentence; None if nothing is.

    >>> address_issue("jean@free.fr"), address_issue("12 rue de la Paix")
    ("ceci n'est pas une adresse", None)
    """
    problem = read_address(address).problem if address else None
    return problem.in_(lang) if problem else None


@function(
    "CRM_ADDRESS_PARTS",
    "CRM_ADRESSE_DECOUPEE",
    group="contacts",
    summary=Text(
        fr="Découpe une adresse écrite dans une seule cellule en quatre : voie, complément, code "
        "postal, ville.",
        en="Splits an address written in one cell into four: street, more, postcode, town.",
    ),
    params=[Param("address", "adresse", Text(fr="Adresse complète.", en="The whole address."))],
)
def address_parts(address: str | None) -> list[str | None]:
    """A row of street, more, postcode and town; None where there is none.

    >>> address_parts("3 place du Marché - 06000 NICE")
    ['3 place du Marché', None, '06000', 'Nice']
    """
    from xlcrm.contacts.towns import read_town

    parts = split_full_address(address) if address else FullAddress()
    street, more = (read_address(p).value if p else None for p in parts[:2])
    town = read_town(parts.town, parts.postcode).value if parts.town else None
    return [street, more, parts.postcode, town]

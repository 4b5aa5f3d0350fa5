"""Street addresses: number, street type and name in their usual form; addresses in one cell."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import NamedTuple

from xlcrm.catalogue import Param, function
from xlcrm.contacts.blanks import fold, is_filler, tidy
from xlcrm.contacts.postcodes import read_postcode
from xlcrm.contacts.reading import NOTHING, Reading
from xlcrm.data import read_rows
from xlcrm.texts import Lang, Text

NOT_AN_ADDRESS = Text(fr="ceci n'est pas une adresse", en="this is not an address")

_NUMBER = re.compile(
    r"(?:n°|no|num\.?)?\s*(\d{1,4}(?:\s*(?:[/-]|et|à)\s*\d{1,4})?)"
    r"(?:\s*(bis|ter|quater|quinquies)\b|\s?([a-z])(?=[\s,]))?\s*[,.;:]?\s*[-–]?\s*(?=\D)",
    re.IGNORECASE,
)
_WORD = re.compile(r"[^\W_]+(?:\.(?=[^\W_]|\s|$))?|[\W_]+")
_SMALL = frozenset("de du des la le les sur sous en et aux au lès d l à bis ter quater".split())
_CODES = frozenset("bp cs tsa za zi zac zup zae za rn rd cd cidex ilot lot hlm b.p. c.s.".split())
_ROMAN = re.compile(r"[IVX]{2,5}", re.IGNORECASE)
_POSTCODE_TOWN = re.compile(
    r"(?:\b(?:F|FR)\s?-\s?)?\b(\d{5}|\d{2}\s\d{3})\b\s*[-–,]?\s*([^\W\d].*)$", re.IGNORECASE
)
_TOWN_POSTCODE = re.compile(r"([^\d,;]*[^\W\d])[\s,(–-]*\b(\d{5})\)?\s*$")
_LEADING_POSTCODE = re.compile(
    r"^(?:F|FR)?[\s-]*(\d{4,5}|\d{2}\s\d{3})(?:\s*[-–,]\s*|\s+)([^\W\d].*)$", re.I
)
_LINES = re.compile(r"\s*[\r\n]+\s*|\s*<br\s*/?>\s*", re.IGNORECASE)


class FullAddress(NamedTuple):
    """An address that stood in one cell."""

    address: str | None = None
    address_more: str | None = None
    postcode: str | None = None
    town: str | None = None


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


@lru_cache(131072)
def read_address(text: str) -> Reading:
    """A street address: "12 bis rue de la Paix"."""
    text = tidy(_LINES.sub(", ", text) if "\n" in text else text)
    if not text or is_filler(text):
        return NOTHING
    if "@" in text or not any(map(str.isalpha, text)):
        return Reading(None if "@" in text else text, NOT_AN_ADDRESS)
    match = _NUMBER.match(text)
    if match is None:
        return Reading(_street(text, False))
    number = re.sub(r"\s*([/-])\s*", r"\1", match[1])
    repeat, rest = match[2].lower() if match[2] else "", text[match.end() :]
    if match[3]:
        if _take_type(_WORD.findall(rest), True)[1]:
            repeat = match[3].upper()
        else:  # 10 r Pasteur
            rest = text[match.start(3) :]
    street = _street(rest, True)
    return Reading(" ".join(filter(None, (number, repeat, street))))


def _street(text: str, numbered: bool) -> str:
    """A street without its number: type in full and small, names with capitals."""
    words = _WORD.findall(text)
    if not words:
        return text
    kind, taken = _take_type(words, numbered)
    rest = words[taken:]
    name = "".join(_name_words(rest, all(w.isupper() or not w[0].isalpha() for w in words)))
    if kind is None:
        return name if numbered else name[:1].upper() + name[1:]
    return f"{kind if numbered else kind[:1].upper() + kind[1:]} {name.strip(' ,.-')}".strip()


def _take_type(words: list[str], numbered: bool) -> tuple[str | None, int]:
    """The street type at the beginning, and how many words it took."""
    types = street_types()
    for size in (7, 5, 3, 1):
        if size >= len(words):
            continue
        key = fold("".join(words[:size]))
        if key in types and (numbered or len(key) > 2 or words[0].endswith(".")):
            kind = types[key]
            if kind.startswith("zone") and len(key) <= 3:
                return key.replace(" ", "").upper(), size
            return kind, size
    return None, 0


def _name_words(words: list[str], capitals: bool) -> list[str]:
    titles, accented = _titles(), _accented()
    small = not any(c.isupper() for w in words for c in w)
    out: list[str] = []
    last = max((i for i, w in enumerate(words) if w[0].isalpha()), default=-1)
    for i, word in enumerate(words):
        low = word.lower()
        if not word[0].isalpha():
            out.append(word)
        elif low in _CODES:
            out.append(low.replace(".", "").upper())
        elif i != last and low in titles and _before_name(words, i):
            out.append(titles[low])
        elif (capitals or small) and low in _SMALL and i:
            out.append(low)
        elif low in _SMALL and (capitals or small or word == low):
            out.append(low)
        elif known := accented.get(fold(low)) if low.isascii() else None:
            out.append(known)
        elif capitals and _ROMAN.fullmatch(word):
            out.append(word)
        elif capitals or small:
            out.append(word[:1].upper() + word[1:].lower())
        else:
            out.append(word)
    return out


def _before_name(words: list[str], i: int) -> bool:
    """St Michel, Gal. Leclerc: followed by a word, not by a number."""
    return i + 2 < len(words) and words[i + 2][0].isalpha() and words[i + 1] in (" ", "-", ". ")


@lru_cache(65536)
def split_full_address(text: str) -> FullAddress:
    """An address in one cell, cut into street, more, postcode and town.

    >>> split_full_address("Rés. Les Lilas, 12 r. de la Paix, 75002 PARIS")[:3]
    ('12 r. de la Paix', 'Rés. Les Lilas', '75002')
    """
    text = tidy(_LINES.sub(", ", text))
    if not text or is_filler(text):
        return FullAddress()
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
    if (match := _TOWN_POSTCODE.search(text)) and read_postcode(match[2]).value:
        return text[: match.start()], match[2], match[1].strip(" ,.-") or None
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
    kind = _take_type(words, False)[0] if words else None
    return kind is not None and kind not in ("résidence", "bâtiment", "immeuble", "appartement",
                                            "escalier", "étage", "lotissement")  # fmt: skip


@lru_cache(65536)
def split_postcode_town(text: str) -> tuple[str | None, str | None]:
    """The postcode and the town of a cell that holds both.

    >>> split_postcode_town("75002 PARIS"), split_postcode_town("Nice (06000)")
    (('75002', 'PARIS'), ('06000', 'Nice'))
    """
    text = tidy(text)
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

"""Countries: names in French and English, ISO codes."""

from __future__ import annotations

from functools import cache, lru_cache

from xlcrm.catalogue import Param, function
from xlcrm.contacts.blanks import fold, is_filler, tidy
from xlcrm.contacts.reading import NOTHING, Reading, settle
from xlcrm.data import read_rows
from xlcrm.errors import ArgumentError
from xlcrm.texts import Lang, Text

UNKNOWN = Text(fr="pays inconnu", en="unknown country")


@cache
def _codes() -> dict[str, str]:
    found: dict[str, str] = {}
    for row in read_rows("countries"):
        for name in (row["code"], row["fr"], row["en"], *filter(None, row["others"].split("|"))):
            found.setdefault(fold(name), row["code"])
    return found


@cache
def _names() -> dict[str, Text]:
    return {row["code"]: Text(fr=row["fr"], en=row["en"]) for row in read_rows("countries")}


def country_code(country: str) -> str | None:
    """The ISO code of a country named in French or English, or None.

    >>> country_code("BELGIQUE"), country_code("Germany"), country_code("Syldavie")
    ('BE', 'DE', None)
    """
    return _codes().get(fold(country))


def country_code_or_raise(country: str) -> str:
    """The ISO code of a country; ArgumentError if there is none of that name."""
    code = country_code(country)
    if code is None:
        raise ArgumentError(
            fr="Pays inconnu : « {country} ». Donner un code ISO (FR, BE, CH…) ou un nom.",
            en='Unknown country: "{country}". Give an ISO code (FR, BE, CH…) or a name.',
            country=country,
        )
    return code


@lru_cache(4096)
def read_country(text: str) -> Reading:
    """The French name of a country; an unknown one stays as typed, with the problem."""
    return settle(_read_country, text)


def _read_country(text: str) -> Reading:
    text = tidy(text)
    if not text or is_filler(text):
        return NOTHING
    code = country_code(text)
    return Reading(_names()[code].fr) if code else Reading(text, UNKNOWN)


@function(
    "CRM_COUNTRY",
    "CRM_PAYS",
    group="contacts",
    summary=Text(
        fr="Donne le nom usuel d'un pays écrit en français, en anglais ou en code : BE, Belgium et "
        "BELGIQUE donnent Belgique.",
        en="Gives the usual name of a country written in French, in English or as a code: BE, "
        "Belgique and BELGIUM give Belgium.",
    ),
    params=[Param("country", "pays", Text(fr="Pays tel que saisi.", en="Country as typed."))],
)
def format_country(country: str | None, lang: Lang = "fr") -> str | None:
    """The name of a country in one language; None if unknown.

    >>> format_country("germany"), format_country("allemagne", "en")
    ('Allemagne', 'Germany')
    """
    code = country_code(tidy(country)) if country else None
    return _names()[code].in_(lang) if code else None

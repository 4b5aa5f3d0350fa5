"""How each column of a base of contacts is read: one reader for every noun."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any, TypeAlias

import xlcrm.contacts.identifiers as identifiers
from xlcrm.cells import LONGEST
from xlcrm.contacts import common_forms, dates
from xlcrm.contacts.addresses import read_address
from xlcrm.contacts.blanks import is_filler, tidy
from xlcrm.contacts.civility import read_civility
from xlcrm.contacts.companies import read_company
from xlcrm.contacts.emails import read_email
from xlcrm.contacts.names import read_first_name, read_last_name
from xlcrm.contacts.phones import read_phone
from xlcrm.contacts.postcodes import read_foreign_postcode, read_postcode
from xlcrm.contacts.reading import NOTHING, UNREAD, Reading, as_reading
from xlcrm.contacts.towns import read_town, read_town_text
from xlcrm.texts import Text

Reader: TypeAlias = Callable[[Any], Reading]
Abroad: TypeAlias = Callable[..., Reading]  # takes the country too

# What reads the common forms of a whole column at once, by the reader of the others.
_COMMON: dict[Any, Callable[..., common_forms.Found]] = {
    read_phone: common_forms.find_phones,
    identifiers.read_siren: common_forms.find_sirens,
    identifiers.read_siret: common_forms.find_sirets,
    read_email: common_forms.find_emails,
    dates.read_date: common_forms.find_dates,
    read_address: common_forms.find_addresses,
    read_town_text: common_forms.find_town_texts,
}
_COMMON_PAIRS: dict[Any, Callable[..., common_forms.Found]] = {read_town: common_forms.find_towns}


def read_words(text: str) -> Reading:
    """A free text: stray spaces and fillers only."""
    text = tidy(text)
    return NOTHING if not text or is_filler(text) else Reading(text)


def read_kept(text: str) -> Reading:
    """A text that only loses stray spaces."""
    if text.isalnum() and text.isascii():
        return as_reading((text, None))
    return Reading(tidy(text) or None)


def readers_of(country: str) -> dict[str, tuple[Reader, Abroad | None, str]]:
    """Column -> (reader, reader for rows abroad that takes the country too, rule)."""
    phone = read_phone if country == "FR" else partial(read_phone, country=country)
    postcode = read_postcode if country == "FR" else read_foreign_postcode
    return {
        "civility": (read_civility, None, "civility"),
        "first_name": (read_first_name, None, "name"),
        "last_name": (read_last_name, None, "name"),
        "birth_name": (read_last_name, None, "name"),
        "company": (read_company, None, "company"),
        "legal_form": (read_words, None, "company"),
        "siren": (identifiers.read_siren, None, "identifier"),
        "siret": (identifiers.read_siret, None, "identifier"),
        "vat": (identifiers.read_vat, None, "identifier"),
        "naf": (identifiers.read_naf, None, "identifier"),
        "iban": (identifiers.read_iban, None, "identifier"),
        "email": (read_email, None, "email"),
        "phone": (phone, read_phone, "phone"),
        "mobile": (phone, read_phone, "phone"),
        "address": (read_address, _read_foreign_address, "address"),
        "address_more": (read_address, _read_foreign_address, "address"),
        "postcode": (postcode, _read_foreign_postcode, "postcode"),
        "town": (read_town_text, None, "town"),
        "birth_date": (dates.read_date, None, "date"),
        "consent_date": (dates.read_date, None, "date"),
        "created": (dates.read_date, None, "date"),
        "last_contact": (dates.read_date, None, "date"),
        "last_purchase": (dates.read_date, None, "date"),
        "customer_id": (read_kept, None, "spaces"),
        "kind": (read_kept, None, "spaces"),
        "source": (read_kept, None, "spaces"),
        "job": (read_words, None, "spaces"),
        "sector": (read_words, None, "spaces"),
    }


def _read_foreign_address(text: str, country: str) -> Reading:
    return read_words(text)


def _read_foreign_postcode(text: str, country: str) -> Reading:
    return read_foreign_postcode(text)


def read_all(
    reader: Callable[..., Reading], texts: list[Any], *others: list[Any]
) -> tuple[list[Any], dict[int, Text]]:
    """The values of texts, and the problems of some: the common forms at once, then one by one.

    `others` tells, for each text, how to read it.
    """
    common = (_COMMON_PAIRS if others else _COMMON).get(reader)
    values: list[Any] = common(texts, *others) if common and texts else [None] * len(texts)
    problems: dict[int, Text] = {}
    known: dict[Any, Reading] = {}
    for place in [place for place, value in enumerate(values) if value is None]:
        text = texts[place]
        if text is None:
            continue
        typed = (text, *[other[place] for other in others]) if others else text
        reading = known.get(typed)
        if reading is None:
            long = type(text) is str and len(text) > LONGEST
            reading = UNREAD if long else reader(*typed) if others else reader(text)
            known[typed] = reading
        values[place], problem = reading
        if problem is not None:
            problems[place] = problem
    return values, problems

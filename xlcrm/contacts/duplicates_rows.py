"""The matching keys of a row: what it is compared on, once its cells are read together."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import cache
from typing import TYPE_CHECKING, Any

from xlcrm.contacts.civility import lookup
from xlcrm.contacts.duplicates_keys import (
    SIDE_BY_SIDE,
    civility_key,
    company_key,
    date_key,
    email_key,
    fold,
    form_key,
    married,
    name_key,
    number_key,
    phone_keys,
    postcode_key,
    site_key,
    street_key,
    town_key,
    without_town,
)
from xlcrm.contacts.first_names import is_first_name
from xlcrm.contacts.names import is_last_name
from xlcrm.data import read_rows

if TYPE_CHECKING:
    import pandas as pd

# How each column is read, and what stands for a blank.
_READ: dict[str, tuple[Callable[[Any], Any], Any]] = {
    "civility": (civility_key, ""),
    "first_name": (name_key, ""),
    "last_name": (lambda value: married(name_key(value)), ("", "")),
    "birth_name": (name_key, ""),
    "email": (email_key, ""),
    "phone": (phone_keys, ()),
    "mobile": (phone_keys, ()),
    "postcode": (postcode_key, ""),
    "town": (town_key, ""),
    "address": (street_key, ("", "")),
    "birth_date": (date_key, ""),
    "siret": (number_key, ""),
    "siren": (number_key, ""),
    "company": (company_key, ("", "")),
    "legal_form": (form_key, ""),
}
KEYS = (
    *("kind", "civ", "first", "last", "birth", "hint", "mail", "zip", "town", "number", "street"),
    *("dob", "siret", "siren", "company", "form", "site"),
    *(f"phone{i}" for i in range(SIDE_BY_SIDE)),
)


def keys_of(frame: pd.DataFrame) -> pd.DataFrame:
    """The matching keys of a base: one row for each row, texts only, "" for a blank.

    Columns (KEYS): kind (p person, c company, "" nothing to match), civ, first, last, birth,
    hint (the first name, see hint_key), mail, zip, town, number, street, dob, siret, siren,
    company, form (legal), site (mail domain of a company), phone0 and so on.
    """
    import pandas as pd

    columns = []
    for column, (read, blank) in _READ.items():
        if column not in frame.columns:
            columns.append([blank] * len(frame))
            continue
        codes, values = pd.factorize(frame[column], use_na_sentinel=True)
        known = [*(read(value) for value in values), blank]
        columns.append([known[code] for code in codes.tolist()])
    lines = [_together(*cells) for cells in zip(*columns, strict=True)]
    return pd.DataFrame(lines, columns=list(KEYS), index=frame.index, dtype=object)


def row_keys(row: Mapping[str, Any]) -> dict[str, str]:
    """The matching keys of one row of canonical columns.

    >>> keys = row_keys({"last_name": "PETIT", "first_name": "A.", "email": "anne.petit@free.fr"})
    >>> keys["last"], keys["first"], keys["hint"]
    ('petit', 'a', 'anne')
    """
    found = [read(row[c]) if c in row else blank for c, (read, blank) in _READ.items()]
    return dict(zip(KEYS, _together(*found), strict=True))


def _together(
    civ: str,
    first: str,
    last_and_birth: tuple[str, str],
    birth: str,
    mail: str,
    phone: tuple[str, ...],
    mobile: tuple[str, ...],
    postcode: str,
    town: str,
    street: tuple[str, str],
    dob: str,
    siret: str,
    siren: str,
    company_and_form: tuple[str, str],
    form: str,
) -> tuple[str, ...]:
    last, own_birth = last_and_birth
    first, last = in_order(without_civility(first), without_civility(last))
    numbers = (*dict.fromkeys(phone + mobile), *[""] * SIDE_BY_SIDE)[:SIDE_BY_SIDE]
    siren = (siren or siret)[:9]
    siret = siret if len(siret) == 14 else ""
    company, own_form = company_and_form
    kind = _kind(first, last, company or siren, mail or numbers[0])
    if kind == "c" and not company:
        (company, own_form), last = company_key(last.upper()), ""
    company = without_town(company, town) if company else ""
    hint = hint_key(first, last, mail)
    names = (kind, civ, first, last, birth or own_birth, hint, mail)
    business = (siret, siren, company, form or own_form, site_key(mail))
    return (*names, postcode, town, *street, dob, *business, *numbers)


def without_civility(name: str) -> str:
    """A folded name without the civility typed before it.

    >>> without_civility("mad solene"), without_civility("mme"), without_civility("m petit")
    ('solene', 'mme', 'm petit')
    """
    word, _, rest = name.partition(" ")
    return rest if rest and len(word) > 1 and lookup(word) and not is_first_name(word) else name


def in_order(first: str, last: str) -> tuple[str, str]:
    """First and last name the right way round, where one look tells that they are not.

    >>> in_order("girard", "v"), in_order("lemaire", "alain"), in_order("marie", "martin")
    (('v', 'girard'), ('alain', 'lemaire'), ('marie', 'martin'))
    """
    if len(last) == 1 < len(first):
        return last, first
    if len(first) < 2 or not last or is_first_name(first) or not is_first_name(last):
        return first, last
    return (first, last) if is_last_name(last) and not is_last_name(first) else (last, first)


def hint_key(first: str, last: str, mail: str) -> str:
    """The first name, or the one that an e-mail tells when only its initial is known.

    >>> hint_key("v", "girard", "victor.girard@free.fr"), hint_key("v", "girard", "vgirard@free.fr")
    ('victor', '')
    """
    if len(first) > 1 or not first:
        return first
    words = [fold(word.strip("0123456789")) for word in re.split("[._]", mail.partition("@")[0])]
    told = [word for word in words if len(word) > 2 and word[0] == first and word != last]
    sure = len(words) > 1 and (
        last.replace(" ", "") in words or is_first_name(told[0] if told else "")
    )
    return told[0] if told and sure else ""


@cache
def _forms() -> frozenset[str]:
    rows = [row for row in read_rows("legal_forms") if row["kind"] == "company"]
    return frozenset(fold(row["form"]) for row in rows if len(row["form"]) > 2)


def _kind(first: str, last: str, company: str, reach: str) -> str:
    if first or (last and _forms().isdisjoint(last.split())):
        return "p"
    if last or company:
        return "c"
    return "p" if reach else ""

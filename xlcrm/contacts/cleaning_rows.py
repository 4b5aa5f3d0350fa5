"""Cleaning that looks at several columns of a row: names, civilities, towns, full addresses."""

from __future__ import annotations

import re
from collections import Counter
from typing import Any

from xlcrm.cells import LONGEST
from xlcrm.contacts.addresses import read_address, split_full_address, split_postcode_town
from xlcrm.contacts.blanks import fold, tidy
from xlcrm.contacts.civility import take_civility
from xlcrm.contacts.cleaning_columns import Columns, Rows, alike, unlike
from xlcrm.contacts.companies import read_company
from xlcrm.contacts.countries import country_code, read_country
from xlcrm.contacts.emails import read_email
from xlcrm.contacts.first_names import gender_of, is_first_name
from xlcrm.contacts.full_names import FullName, split_full_name
from xlcrm.contacts.names import (
    capitalise,
    is_last_name,
    read_first_name,
    read_last_name,
    take_birth_name,
)
from xlcrm.contacts.phones import read_phone
from xlcrm.contacts.postcodes import UNKNOWN, communes_by_postcode
from xlcrm.contacts.reading import UNREAD, Reading
from xlcrm.contacts.towns import read_foreign_town, read_town, read_town_text
from xlcrm.texts import Text

_FRANCE = frozenset({"FR", "GP", "MQ", "GF", "RE", "YT", "BL", "MF", "PM", "MC"})

_STEADY = 20  # names of one order: from here on, a base has a habit
_DIGIT = re.compile(r"\d")
GENDER = Text(
    fr="civilité {civility} avec le prénom {first_name} : à vérifier",
    en="civility {civility} with the first name {first_name}: to be checked",
)
SWAPPED = Text(
    fr="prénom et nom peut-être inversés", en="first and last name perhaps in the wrong order"
)
CONFLICT = Text(
    fr="le nom porte la civilité {found}, la colonne dit {given}",
    en="the name bears the civility {found}, the column says {given}",
)


# Names of people that are also what programs write for nothing.
_NAMESAKES = frozenset(
    spelling
    for word in ("na", "nan", "nil", "null", "none", "vide")
    for spelling in (word, word.upper(), word.capitalize())
)
_FEW = 0.05  # of the rows: above, it is no name
NAMESAKE = Text(
    fr="« {name} » : un nom, ou rien ? Gardé, à vérifier",
    en='"{name}": a name, or nothing? Kept, to be checked',
)


def countries(columns: Columns, country: str) -> Rows | None:
    """Clean the country column; the ISO code of each row abroad, or None if there is none."""
    import numpy as np

    if "country" not in columns:
        return None
    columns.clean("country", read_country, "country", None, None)
    names = columns.values("country")
    codes = {name: country_code(name) for name in set(names.tolist()) if name}
    away = {name: code for name, code in codes.items() if code and code not in _FRANCE | {country}}
    if not away:
        return None
    abroad = np.array([away.get(name) for name in names.tolist()], dtype=object)
    return abroad if unlike(abroad, None).any() else None


def _blank(columns: Columns, key: str) -> Rows:

    return alike(columns.values(key), None)


def full_names(columns: Columns) -> None:
    """Cut full names into their parts, where these are blank."""
    import numpy as np

    if "full_name" not in columns:
        return
    texts = columns.texts("full_name")
    free = _blank(columns, "last_name") & _blank(columns, "first_name")
    at = np.flatnonzero(free & unlike(texts, None))
    distinct = set(texts[at].tolist())
    last_first, steady = _usual_order(distinct)
    parts = {text: split_full_name(text, last_first, steady) for text in distinct}
    found = [parts[text] for text in texts[at].tolist()]
    for key in ("civility", "title", "first_name", "last_name", "birth_name"):
        _fill(columns, key, at, [getattr(name, key) for name in found], "full_name")
    companies = [name.company and read_company(name.company).value for name in found]
    _fill(columns, "company", at, companies, "full_name")
    _report(columns, "full_name", at, [_unless_company(columns, name) for name in found])


def _unless_company(columns: Columns, name: FullName) -> Text | None:
    return None if name.company else name.problem


def _usual_order(names: set[Any]) -> tuple[bool, bool]:
    """Whether the last name comes first in most names told by their words, not by capitals.

    And whether nearly all of them, and enough, keep to one order.
    """
    orders: Counter[bool] = Counter()
    for text in names:
        name = split_full_name(text)
        if name.evidence == "known" and name.first_name and name.last_name:
            orders[name.last_first] += 1
    most = max(orders.values(), default=0)
    return orders[True] > orders[False], most >= max(_STEADY, 0.95 * orders.total())


def _fill(columns: Columns, key: str, at: Rows, values: list[Any], origin: str) -> None:
    """Write values into a column where it is blank and they are not."""
    import numpy as np

    if not any(v is not None for v in values):
        return
    given = np.empty(len(values), dtype=object)
    given[:] = values
    wanted = unlike(given, None) & alike(columns.values(key)[at], None)
    columns.put(key, at[wanted], given[wanted], "split", origin)


def _report(columns: Columns, key: str, at: Rows, problems: list[Text | None]) -> None:
    found = [(row, p) for row, p in zip(at.tolist(), problems, strict=True) if p is not None]
    columns.report(key, [row for row, _ in found], [p for _, p in found])


def last_names(columns: Columns) -> None:
    """Move a civility, a birth name or a first name out of the column of last names."""
    import numpy as np

    if "last_name" not in columns:
        return
    texts = columns.texts("last_name")
    several = [t for t in columns.distinct("last_name") if not t.isalpha() and len(t) <= LONGEST]
    parts = {text: _hidden_parts(text) for text in several}
    parts = {text: found for text, found in parts.items() if any(found)}
    if parts:
        at = np.array([row for row, t in enumerate(texts.tolist()) if t in parts], dtype=np.int64)
        found = [parts[text] for text in texts[at].tolist()]
        _report_conflicts(columns, at, [f[0] for f in found])
        for place, key in enumerate(("civility", "title", "birth_name")):
            _fill(columns, key, at, [f[place] for f in found], "last_name")
    _move_first_names(columns)


def namesakes(columns: Columns) -> None:
    """Give back a name such as Na or Null, where its row has the other name.

    Not in a base that writes the same for nothing in another column, or on many rows.
    """
    import numpy as np

    for key, other in (("last_name", "first_name"), ("first_name", "last_name")):
        if key not in columns or other not in columns:
            continue
        found = _NAMESAKES.intersection(columns.distinct(key))
        for another in columns.cleaned() if found else ():
            if another != key:
                found = found.difference(columns.distinct(another))
        if not found:
            continue
        typed = np.array([text in found for text in columns.texts(key).tolist()])
        at = np.flatnonzero(typed & _blank(columns, key) & unlike(columns.values(other), None))
        if len(at) <= max(3, _FEW * len(columns)):
            names = [capitalise(text) for text in columns.texts(key)[at].tolist()]
            columns.put(key, at, names, "name", other)
            columns.report(key, at, [NAMESAKE.format(name=name) for name in names])


def _hidden_parts(text: str) -> tuple[str | None, str | None, str | None]:
    """(civility, title, birth name) typed with a last name."""
    civility, title, rest = take_civility(tidy(text))
    birth = take_birth_name(rest)[1]
    return civility, title, read_last_name(birth).value if birth else None


def _report_conflicts(columns: Columns, at: Rows, found: list[str | None]) -> None:
    given = columns.values("civility")[at].tolist()
    problems = [
        CONFLICT.format(found=f, given=g) if f and g and f != g else None
        for f, g in zip(found, given, strict=True)
    ]
    _report(columns, "last_name", at, problems)


def _move_first_names(columns: Columns) -> None:
    """A full name typed as a last name, where the first name is blank."""
    import numpy as np

    alone = "first_name" not in columns
    typed = columns.texts("last_name")
    free = np.flatnonzero(_blank(columns, "first_name") & unlike(typed, None))
    several = {t for t in typed[free].tolist() if not t.isalpha() and len(t) <= LONGEST}
    names = {text: name for text in several if (name := _whole_name(text, alone))}
    at = np.array([row for row in free.tolist() if typed[row] in names], dtype=np.int64)
    found = [names[text] for text in typed[at].tolist()]
    columns.put("first_name", at, [name.first_name for name in found], "split", "last_name")
    columns.put("last_name", at, [name.last_name for name in found], "split", "last_name")


def _whole_name(text: str, alone: bool) -> FullName | None:
    """The parts of a last name that holds a first name too; None if that is not sure."""
    name = split_full_name(text)
    if not name.sure or not name.first_name or not name.last_name:
        return None
    first, last = fold(name.first_name), fold(name.last_name)
    sure = is_first_name(first) and (alone or (is_last_name(last) and not is_last_name(first)))
    return name if sure else None


def name_order(columns: Columns) -> None:
    """Put first and last name in order, where one is a known first name and the other a last name."""
    import numpy as np

    if "first_name" not in columns or "last_name" not in columns:
        return
    firsts, lasts = columns.values("first_name"), columns.values("last_name")
    odd = {f for f in set(firsts.tolist()) if f and len(f) > 2 and not is_first_name(fold(f))}
    named = {n for n in set(lasts.tolist()) if n and is_first_name(fold(n))}
    if not odd or not named:
        return
    swapped, doubtful = [], []
    cut = columns.ruled("last_name", "split").tolist()
    for row, (first, last) in enumerate(zip(firsts.tolist(), lasts.tolist(), strict=True)):
        if first in odd and last in named and not cut[row]:
            if is_last_name(fold(first)):
                swapped.append(row)
            elif not is_last_name(fold(last)):
                doubtful.append(row)
    columns.report("first_name", doubtful, SWAPPED)
    at = np.array(swapped, dtype=np.int64)
    if len(at):
        given, family = firsts[at].tolist(), lasts[at].tolist()
        columns.put("first_name", at, [_first_name(t) for t in family], "swap", "last_name")
        columns.put("last_name", at, [_last_name(t) for t in given], "swap", "first_name")


def _first_name(text: str) -> str | None:
    return read_first_name(text).value


def _last_name(text: str) -> str | None:
    return read_last_name(text).value


def genders(columns: Columns) -> None:
    """Report a civility that does not go with the first name; it is never changed."""
    if "civility" not in columns or "first_name" not in columns:
        return
    given = columns.values("civility").tolist()
    names = columns.values("first_name").tolist()
    usual = {n: gender_of(n) for n in set(names) if n}
    unusual = {
        civility: {
            name: GENDER.format(civility=civility, first_name=name)
            for name, gender in usual.items()
            if gender == other
        }
        for civility, other in (("M.", "f"), ("Mme", "m"))
    }
    nothing: dict[str, Text] = {}
    rows = enumerate(zip(given, names, strict=True))
    found = [(row, p) for row, (c, n) in rows if (p := unusual.get(c, nothing).get(n))]
    columns.report("civility", [row for row, _ in found], [p for _, p in found])


def full_addresses(columns: Columns) -> None:
    """Cut cells that hold an address, or a postcode and a town, where these are blank."""
    import numpy as np

    if "postcode_town" in columns:
        texts = columns.texts("postcode_town")
        at = np.flatnonzero(unlike(texts, None))
        parts = [split_postcode_town(text) for text in texts[at].tolist()]
        _fill(columns, "postcode", at, [p[0] for p in parts], "postcode_town")
        _fill(columns, "town", at, [p[1] for p in parts], "postcode_town")
    if "full_address" in columns:
        texts = columns.texts("full_address")
        at = np.flatnonzero(unlike(texts, None) & _blank(columns, "address"))
        found = [split_full_address(text) for text in texts[at].tolist()]
        long = [len(text) > LONGEST for text in texts[at].tolist()]
        columns.report("full_address", at[np.array(long, bool)], UNREAD.problem)
        for key in ("address", "address_more"):
            values = [getattr(f, key) for f in found]
            clean = [read_address(v).value if v else None for v in values]
            _fill(columns, key, at, clean, "full_address")
        _fill(columns, "postcode", at, [f.postcode for f in found], "full_address")
        _fill(columns, "town", at, [f.town for f in found], "full_address")
        emails = [f.email and read_email(f.email).value for f in found]
        _fill(columns, "email", at, emails, "full_address")
        phones = [f.phone and read_phone(f.phone).value for f in found]
        _fill(columns, "phone", at, phones, "full_address")


def towns(columns: Columns, abroad: Rows | None) -> None:
    """Official spelling of each town with the help of its postcode; each completes the other."""
    import numpy as np

    if "town" not in columns and "postcode" not in columns:
        return
    _exchange(columns)
    if "town" not in columns:
        return
    columns.create("town", "postcode")
    split, postcodes = columns.ruled("town", "split"), columns.values("postcode")
    texts = np.where(split, columns.values("town"), columns.texts("town"))
    at = np.flatnonzero(unlike(columns.values("town"), None))
    if abroad is not None:
        home = alike(abroad, None)[at]
        away = at[~home]
        columns.pairs("town", away, texts[away], abroad[away], _read_foreign_town, "town")
        at = at[home]
    columns.pairs("town", at, texts[at], postcodes[at], read_town, "town")
    columns.mark("town", split, "split")
    _unknown_postcodes(columns, abroad)


def _read_foreign_town(text: str, country: str) -> Reading:
    return read_foreign_town(text)


def _exchange(columns: Columns) -> None:
    """A postcode typed with the town, or a town with the postcode, goes where it is missing."""
    import numpy as np

    for key, other, part in (("town", "postcode", 0), ("postcode", "town", 1)):
        if key not in columns:
            continue
        at = np.flatnonzero(_blank(columns, other) & unlike(columns.texts(key), None))
        texts = columns.texts(key)[at].tolist()
        both = {text for text in texts if isinstance(text, str) and _is_mixed(text, part == 1)}
        values = {text: split_postcode_town(text)[part] for text in both}
        values = {t: v for t, v in values.items() if v and (part == 0 or _may_be_town(v))}
        if values:
            _fill(columns, other, at, [values.get(text) for text in texts], key)


def _may_be_town(text: str) -> bool:
    return len(text) > 2 and read_town_text(text).value is not None


def _is_mixed(text: str, is_postcode: bool) -> bool:
    """A digit and a letter in one text."""
    if is_postcode:
        return not text.isdecimal() and any(map(str.isalpha, text))
    return _DIGIT.search(text) is not None


def _unknown_postcodes(columns: Columns, abroad: Rows | None) -> None:
    """Report a postcode that no commune has, unless the town says CEDEX."""
    postcodes = columns.values("postcode").tolist()
    known = communes_by_postcode()
    odd = {p for p in set(postcodes) if p and p.isdecimal() and p not in known}
    if not odd:
        return
    places = columns.values("town").tolist()
    columns.report(
        "postcode",
        [
            row
            for row, (postcode, town) in enumerate(zip(postcodes, places, strict=True))
            if postcode in odd
            and not (town and "Cedex" in town)
            and (abroad is None or abroad[row] is None)
        ],
        UNKNOWN,
    )

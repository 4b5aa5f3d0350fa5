"""The common forms of contact values, found in all the cells of a column at once.

Most cells are typed in one of a few ways. One regular expression over the whole column reads these
in less time than a call for each cell. Every function here gives the values that the reader of its
noun gives, or None for a cell of another form, which that reader must read.
"""

from __future__ import annotations

import re
from datetime import date
from functools import cache
from typing import Any, TypeAlias

from xlcrm.cells import LONGEST
from xlcrm.contacts import addresses, emails, phones, towns

Found: TypeAlias = list[str | None]

_BETWEEN_DIGITS = " .-/()\u00a0"
# "Tél. : 06 12 34 56 78 / 01 42 34 56 78 (bureau)"
_LABEL = "(?:t[ée]l(?:[ée]phone)?|mobile|portable|fixe|bureau|domicile|maison|travail|perso|pro)"
_NUMBER = "0([1-9](?:[ .-]?[0-9]{2}){4})"
_LABELLED = re.compile(
    rf"^(?:{_LABEL}\.? ?:? ?)?{_NUMBER}(?: ?(?:[;/,&-]|ou|et) ?{_NUMBER})?(?: \(?{_LABEL}\)?)?$"
    "|^.*$",
    re.MULTILINE | re.IGNORECASE,
)
_AT = (" @", "@ ", " (at) ", "(at)", " [at] ", "[at]")
_ADDRESS = re.compile(rf"^{addresses.SIMPLE}$|^.*$", re.MULTILINE)


def lines(texts: list[Any]) -> str:
    """Texts as the lines of one; a line is empty for what is no text, or a long or broken one.

    >>> lines(["a", None, "b\\nc", "d"])
    'a\\n\\n\\nd'
    """
    try:
        joined = "\n".join(texts)
    except TypeError:  # some are None
        return lines([text if type(text) is str else "" for text in texts])
    if joined.count("\n") < len(texts) and max(map(len, texts), default=0) <= LONGEST:
        return joined
    return "\n".join(["" if len(text) > LONGEST or "\n" in text else text for text in texts])


_PHONE = re.compile(
    r"^(?:0|(?:\+|00)(?:330?|262|590|594|596)|33)?([1-9][0-9]{8})$|^.*$", re.MULTILINE
)


def find_phones(texts: list[Any]) -> Found:
    """One or two numbers of ten digits, whatever stands between these."""
    typed = lines(texts)
    found = _single(typed)
    others = [place for place, number in enumerate(found) if number is None]
    cells = typed.split("\n")
    labelled = _labelled("\n".join([cells[place] for place in others]))
    for place, number in zip(others, labelled, strict=False):
        found[place] = number
    return found


def _labelled(typed: str) -> Found:
    """One or two numbers with a label before or behind."""
    pairs = _LABELLED.findall(typed)
    numbers = "\n".join([number for pair in pairs for number in pair])
    for sign in " .-":
        numbers = numbers.replace(sign, "")
    shown = iter(_shown(numbers.split("\n")))
    return [
        None
        if one is None or (other is None and typed)
        else one
        if other in (None, one)
        else f"{one}; {other}"
        for (_, typed), one, other in zip(pairs, shown, shown, strict=False)
    ]


def _single(typed: str) -> Found:
    """Numbers that stand alone."""
    for sign in _BETWEEN_DIGITS:
        typed = typed.replace(sign, "")
    return _shown(_PHONE.findall(typed))


def _shown(found: list[str]) -> Found:
    """Numbers of nine digits as the French write them; None for none and for a filler."""
    import numpy as np

    numbers = [digits for digits in found if digits]
    digits = np.frombuffer("".join(numbers).encode(), np.uint8).reshape(-1, 9)
    signs = np.full((len(numbers), len("06 12 34 56 78\n")), ord(" "), np.uint8)
    signs[:, 0], signs[:, -1] = ord("0"), ord("\n")
    signs[:, [1, 3, 4, 6, 7, 9, 10, 12, 13]] = digits
    shown: Found = [*signs.tobytes().decode().split("\n")]
    value = (digits - ord("0")) @ 10 ** np.arange(8, -1, -1)
    for place in np.flatnonzero(np.isin(value // 10**6, _overseas())).tolist():
        shown[place] = phones.shown_french("0" + numbers[place])
    for place in np.flatnonzero(np.isin(value, _fillers())).tolist():
        shown[place] = None
    each = iter(shown)
    return [next(each) if digits else None for digits in found]


@cache
def _overseas() -> list[int]:
    return [int(code) for code in phones.overseas()]


@cache
def _fillers() -> list[int]:
    return [int(number) for number in phones.FILLERS]


def find_sirens(texts: list[Any]) -> Found:
    """Nine digits that pass the check."""
    return _with_keys(lines(texts), (9,))


def find_sirets(texts: list[Any]) -> Found:
    """Fourteen digits that pass the check, and so do the first nine."""
    return _with_keys(lines(texts), (14, 9))


def _with_keys(typed: str, sizes: tuple[int, ...]) -> Found:
    """Numbers of so many digits that pass Luhn's check, also cut to the other sizes."""
    import numpy as np

    found = re.findall(rf"^([0-9]{{{sizes[0]}}})$|^.*$", typed, re.MULTILINE)
    digits = np.frombuffer("".join(found).encode(), np.uint8).reshape(-1, sizes[0]) - ord("0")
    holds = np.any(digits, axis=1)
    for size in sizes:
        doubled = np.where(np.arange(size) % 2 == size % 2, digits[:, :size] * 2, digits[:, :size])
        holds &= (doubled - 9 * (doubled > 9)).sum(axis=1) % 10 == 0
    right = iter(np.asarray(holds).tolist())
    return [number if number and next(right) else None for number in found]


@cache
def _email() -> re.Pattern[str]:
    ends = re.escape(emails.ENDS.replace("\n", ""))
    before = rf"(?:[{ends}]*(?:mailto:)?|[^@<\n]*(<))"  # "Jean <j@d.fr>", but not "je<an@d.fr"
    address = rf"({emails.COMMON_LOCAL}@([a-z0-9.\-]*[a-z]))"
    return re.compile(rf"^{before}{address}(?(1)>)[{ends}]*$|^.*$", re.MULTILINE)


def find_emails(texts: list[Any]) -> Found:
    """Addresses of a domain of which nothing is to be said."""
    typed = lines(texts).lower()
    for at in _AT:
        typed = typed.replace(at, "@")
    found = _email().findall(typed)
    plain = {domain for domain in {domain for *_, domain in found} if emails.is_plain(domain)}
    nobody = emails.no_mailboxes()
    return [
        address
        if domain in plain
        and (local := address[: -len(domain) - 1]) not in nobody
        and len(local) < 65
        else None
        for _, address, domain in found
    ]


def find_addresses(texts: list[Any]) -> Found:
    """A number and a street, with nothing to repair but the words of the street."""
    found = _ADDRESS.findall(lines(texts))
    streets = {typed: addresses.street_of(typed) for typed in {typed for _, typed in found}}
    return [f"{number} {street}" if (street := streets[typed]) else None for number, typed in found]


def find_dates(values: list[Any]) -> list[Any]:
    """Days of the calendar, as they are."""
    return [value if type(value) is date else None for value in values]


def find_town_texts(texts: list[Any]) -> Found:
    """The name of any commune, whatever its capitals, accents and hyphens."""
    known = towns.names_of_towns()
    return [
        text if key in known or key.lstrip(towns.DIGITS) in known else None
        for text, key in zip(texts, towns.keys(lines(texts).split("\n")), strict=True)
    ]


def find_towns(texts: list[Any], postcodes: list[str | None]) -> Found:
    """The communes of these names at these postcodes, which may stand before them."""
    known = {code: towns.written_of_postcode(code) if code else {} for code in set(postcodes)}
    return [
        known[code].get(key) or known[code].get(key.removeprefix(code or ""))
        for key, code in zip(towns.keys(lines(texts).split("\n")), postcodes, strict=True)
    ]

"""First names in use in France: their usual gender and their accents."""

from __future__ import annotations

from functools import cache

from xlcrm.contacts.blanks import fold
from xlcrm.data import read_rows


@cache
def _spellings() -> dict[str, tuple[str, ...]]:
    """Folded name -> its spellings, the most usual first."""
    found: dict[str, list[str]] = {}
    for row in read_rows("first_names"):
        found.setdefault(fold(row["first_name"]), []).append(row["first_name"])
    return {key: tuple(names) for key, names in found.items()}


@cache
def _genders() -> dict[str, str]:
    found: dict[str, str] = {}
    for row in read_rows("first_names"):
        key = fold(row["first_name"])
        found[key] = row["gender"] if found.get(key, row["gender"]) == row["gender"] else "x"
    return found


def spellings_of(folded: str) -> tuple[str, ...]:
    """The known spellings of a folded first name, the most usual first.

    >>> spellings_of("raphael"), spellings_of("jean pierre")
    (('Raphaël', 'Raphael'), ('Jean-Pierre',))
    """
    return _spellings().get(folded, ())


def is_first_name(folded: str) -> bool:
    """True for a known first name, compound or not.

    >>> is_first_name("jean pierre"), is_first_name("dupont")
    (True, False)
    """
    genders = _genders()
    if folded in genders:
        return True
    first, _, rest = folded.partition(" ")
    return bool(rest) and first in genders and rest in genders


@cache
def first_words() -> frozenset[str]:
    """The folded names that begin a known compound.

    >>> sorted({"jean", "thierry"} & first_words())
    ['jean']
    """
    return frozenset(key.partition(" ")[0] for key in _genders() if " " in key)


def gender_of(first_name: str) -> str | None:
    """m, f, or x for both; by the first of several names. None if unknown.

    >>> gender_of("Anne-Laure"), gender_of("Jean Marie"), gender_of("Zorglub")
    ('f', 'm', None)
    """
    genders, key = _genders(), fold(first_name)
    return genders.get(key) or genders.get(key.partition(" ")[0])

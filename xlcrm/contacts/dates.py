"""Dates in cells of contacts: real dates, serials, ISO and French text."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import Any

from xlcrm.cells import to_date
from xlcrm.contacts.blanks import fold, is_filler, tidy
from xlcrm.contacts.reading import NOTHING, Reading
from xlcrm.errors import ArgumentError
from xlcrm.texts import Text

NO_DAY = Text(fr="ce jour n'existe pas au calendrier", en="no such day in the calendar")
NOT_A_DATE = Text(fr="ceci n'est pas une date", en="this is not a date")

_MONTHS = {
    month: number
    for number, months in enumerate(
        (
            "janvier janv jan january",
            "fevrier fevr fev february feb",
            "mars mar march",
            "avril avr april apr",
            "mai may",
            "juin jun june",
            "juillet juil july jul",
            "aout august aug",
            "septembre sept sep september",
            "octobre oct october",
            "novembre nov november",
            "decembre dec december",
        ),
        1,
    )
    for month in months.split()
}
_IN_WORDS = re.compile(r"(?:[a-z]+ )?(\d{1,2})(?:er|st|nd|rd|th)? ([a-z]+) (\d{4}|\d{2})")
_DAY_FIRST = re.compile(
    r"\d{1,2}[-/. ]\d{1,2}[-/. ]\d{2,4}(?!\d)|\d{4}[-/.]\d{1,2}[-/.]\d{1,2}(?!\d)"
)
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})")


def read_date(value: Any) -> Reading:
    """A date; a moment keeps its time. A text is read day first, never as Americans write it.

    >>> read_date("3 mars 2026").value, read_date("31/02/2026").problem.fr
    (datetime.date(2026, 3, 3), "ce jour n'existe pas au calendrier")
    """
    if isinstance(value, datetime):
        midnight = value.hour == value.minute == value.second == value.microsecond == 0
        return Reading(value.date() if midnight else value)  # type: ignore[arg-type]
    if isinstance(value, date):
        return Reading(value)  # type: ignore[arg-type]
    if isinstance(value, str):
        text = tidy(value)
        if not text or is_filler(text):
            return NOTHING
        if match := _IN_WORDS.fullmatch(fold(text)):
            return _in_words(match)
        if match := _COMPACT.fullmatch(text):
            value = "-".join(match.groups())
        elif text.isdecimal() and len(text) == 5:
            value = float(text)
        elif not _DAY_FIRST.match(text):
            return Reading(None, NOT_A_DATE)
        else:
            value = text
    elif isinstance(value, bool):
        return Reading(None, NOT_A_DATE)
    try:
        return Reading(to_date(value))  # type: ignore[arg-type]
    except ArgumentError:
        return Reading(None, NO_DAY if isinstance(value, str) else NOT_A_DATE)


def _in_words(match: re.Match[str]) -> Reading:
    month = _MONTHS.get(match[2])
    if month is None:
        return Reading(None, NOT_A_DATE)
    try:
        return Reading(to_date(f"{match[1]}/{month}/{match[3]}"))  # type: ignore[arg-type]
    except ArgumentError:
        return Reading(None, NO_DAY)

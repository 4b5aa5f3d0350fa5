"""Dates in cells of contacts: real dates, serials, ISO and French text."""

from __future__ import annotations

import re
from calendar import monthrange
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
_MONTH_ALONE = re.compile(
    r"(?P<word>[a-z]+) (?P<year>\d{4}|\d{2})|(?P<number>\d{1,2}) (?P<year2>\d{4}|\d{2})"
    r"|(?P<year3>(?:19|20)\d\d)(?: (?P<number2>\d{1,2})|(?P<number3>\d\d))"
)
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


def month_end(text: str) -> date | None:
    """The last day of a month that is written alone; None for anything else.

    >>> month_end("janv. 26"), month_end("02/2026"), month_end("2026-13")
    (datetime.date(2026, 1, 31), datetime.date(2026, 2, 28), None)
    """
    found = _MONTH_ALONE.fullmatch(fold(text))
    if found is None:
        return None
    month = _MONTHS.get(found["word"] or "") or int(
        found["number"] or found["number2"] or found["number3"] or 0
    )
    if not 1 <= month <= 12:
        return None
    first = to_date(f"1/{month}/{found['year'] or found['year2'] or found['year3']}")
    return None if first is None else first.replace(day=monthrange(first.year, month)[1])


def _in_words(match: re.Match[str]) -> Reading:
    month = _MONTHS.get(match[2])
    if month is None:
        return Reading(None, NOT_A_DATE)
    try:
        return Reading(to_date(f"{match[1]}/{month}/{match[3]}"))  # type: ignore[arg-type]
    except ArgumentError:
        return Reading(None, NO_DAY)

"""French working days and the days that interest is counted on."""

from __future__ import annotations

import functools
from datetime import date, timedelta

from xlcrm.budget.arguments import Choices, blank_in_blank_out, choice_of, words_of
from xlcrm.catalogue import Kind, Param, function
from xlcrm.data import read_rows
from xlcrm.errors import ArgumentError
from xlcrm.texts import Text

SHIFTS: Choices = {
    "none": ("non", "no"),
    "next": ("suivant", "next"),
    "previous": ("précédent", "previous"),
}
DAY_RULES: Choices = {
    "exact": ("exact", "exact"),
    "inclusive": ("inclus", "inclusive"),
    "360": ("30/360", "30/360"),
}
# The argument of every formula that counts interest or delays by days.
BASE = Param(
    "base",
    "base",
    Text(
        fr="Jours de l'année : 360 (par défaut) ou 365.",
        en="Days of the year: 360 (the default) or 365.",
    ),
    kind=Kind.NUMBER,
)
# The same for a rate over a year of the calendar.
CALENDAR_BASE = Param(
    "base",
    "base",
    Text(
        fr="Jours de l'année : 365 (année civile, par défaut) ou 360.",
        en="Days of the year: 365 (calendar year, the default) or 360.",
    ),
    kind=Kind.NUMBER,
)


@functools.lru_cache(maxsize=256)
def french_holidays(year: int) -> frozenset[date]:
    """The legal holidays of the whole of France (article L3133-1 of the Code du travail).

    >>> sorted(french_holidays(2026))[1:4]
    [datetime.date(2026, 4, 6), datetime.date(2026, 5, 1), datetime.date(2026, 5, 8)]
    """
    days = []
    for row in read_rows("holidays"):
        if row["departments"] or year < int(row["since"]):
            continue
        if row["easter"]:
            days.append(easter(year) + timedelta(days=int(row["easter"])))
        else:
            days.append(date(year, int(row["month"]), int(row["day"])))
    return frozenset(days)


def easter(year: int) -> date:
    """Easter Sunday in the Gregorian calendar (the anonymous rule, in Butcher's form).

    >>> easter(2026), easter(2027)
    (datetime.date(2026, 4, 5), datetime.date(2027, 3, 28))
    """
    golden = year % 19
    century, in_century = divmod(year, 100)
    leap_centuries, rest = divmod(century, 4)
    shift = (century - (century + 8) // 25 + 1) // 3
    moon = (19 * golden + century - leap_centuries - shift + 15) % 30
    leaps, years = divmod(in_century, 4)
    weekday = (32 + 2 * rest + 2 * leaps - moon - years) % 7
    late = (golden + 11 * moon + 22 * weekday) // 451
    month, day = divmod(moon + weekday - 7 * late + 114, 31)
    return date(year, month, day + 1)


def is_working_day(day: date) -> bool:
    """Monday to Friday and no French holiday.

    >>> is_working_day(date(2026, 5, 14)), is_working_day(date(2026, 5, 15))
    (False, True)
    """
    return day.weekday() < 5 and day not in french_holidays(day.year)


@function(
    "CRM_WORKING_DAY",
    "CRM_JOUR_OUVRE",
    group="budgets",
    summary=Text(
        fr="La date, décalée au jour ouvré suivant (ou précédent) si elle tombe un samedi, un "
        "dimanche ou un jour férié français.",
        en="The date, moved to the next (or previous) working day when it falls on a Saturday, a "
        "Sunday or a French bank holiday.",
    ),
    params=[
        Param("day", "date", Text(fr="Date à décaler.", en="Date to move."), kind=Kind.DATE),
        Param(
            "direction",
            "sens",
            Text(fr="suivant (par défaut) ou précédent.", en="next (the default) or previous."),
        ),
    ],
    returns=Kind.DATE,
)
@blank_in_blank_out
def working_day(day: date, direction: str = "next") -> date:
    """The date, moved to the next (or previous) French working day.

    `direction` "none" leaves the date. Raises ArgumentError for an unknown direction.

    >>> working_day(date(2026, 5, 1)), working_day(date(2026, 5, 1), "précédent")
    (datetime.date(2026, 5, 4), datetime.date(2026, 4, 30))
    """
    key = choice_of(direction, SHIFTS, "sens", "direction")
    step = timedelta(days={"none": 0, "next": 1, "previous": -1}[key])
    while step and not is_working_day(day):
        day += step
    return day


@function(
    "CRM_INTEREST_DAYS",
    "CRM_JOURS_INTERETS",
    group="budgets",
    summary=Text(
        fr="Nombre de jours d'intérêts entre deux dates : exact, inclus (premier et dernier jour "
        "comptés) ou mois de 30 jours.",
        en="Number of days of interest between two dates: exact, inclusive (first and last day "
        "counted) or months of 30 days.",
    ),
    params=[
        Param("start", "début", Text(fr="Premier jour.", en="First day."), kind=Kind.DATE),
        Param("end", "fin", Text(fr="Dernier jour.", en="Last day."), kind=Kind.DATE),
        Param(
            "rule",
            "règle",
            Text(
                fr=f"Règle : {words_of(DAY_RULES).fr}. Par défaut : exact.",
                en=f"Rule: {words_of(DAY_RULES).en}. Default: exact.",
            ),
        ),
    ],
    returns=Kind.NUMBER,
)
@blank_in_blank_out
def interest_days(start: date, end: date, rule: str = "exact") -> int:
    """Days of interest: exact, inclusive (one more, as banks count) or 30/360.

    30/360 is the European rule: a 31st counts as a 30th. Raises ArgumentError when the end comes
    before the start.

    >>> first, last = date(2010, 1, 25), date(2010, 2, 5)
    >>> [interest_days(first, last, rule) for rule in ("exact", "inclus", "30/360")]
    [11, 12, 10]
    """
    if end < start:
        raise ArgumentError(
            fr=f"La fin ({end:%d/%m/%Y}) vient avant le début ({start:%d/%m/%Y}).",
            en=f"The end ({end.isoformat()}) comes before the start ({start.isoformat()}).",
        )
    key = choice_of(rule, DAY_RULES, "règle", "rule")
    if key == "360":
        months = (end.year - start.year) * 12 + end.month - start.month
        return months * 30 + min(end.day, 30) - min(start.day, 30)
    return (end - start).days + (key == "inclusive")

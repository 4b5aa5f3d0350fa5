"""Months between two dates, by five named methods."""

from __future__ import annotations

import math
from calendar import monthrange
from datetime import MAXYEAR, MINYEAR, date
from typing import TYPE_CHECKING, Any, Literal

from xlcrm.catalogue import Kind, Param, Shape, function
from xlcrm.errors import ArgumentError
from xlcrm.texts import Text, listed

if TYPE_CHECKING:
    import numpy as np

MonthMethod = Literal["anniversary", "datedif", "calendar", "days30", "days30.44"]
METHODS: dict[MonthMethod, Text] = {
    "anniversary": Text(fr="anniversaires", en="anniversary"),
    "datedif": Text(fr="DATEDIF", en="DATEDIF"),
    "calendar": Text(fr="mois civils", en="calendar"),
    "days30": Text(fr="jours / 30", en="days / 30"),
    "days30.44": Text(fr="jours / 30,44", en="days / 30.44"),
}
_WRITTEN = tuple(dict.fromkeys(w for key, text in METHODS.items() for w in (text.fr, text.en, key)))


def month_method(written: str) -> MonthMethod:
    """The method meant by its name in either language.

    >>> month_method("Mois civils"), month_method("anniversary")
    ('calendar', 'anniversary')
    """
    for key, text in METHODS.items():
        if written.casefold() in (key, text.fr.casefold(), text.en.casefold()):
            return key
    raise ArgumentError(
        fr="Méthode de mois « {written} » inconnue ; choix : {choices}.",
        en='Unknown month method "{written}"; choices: {choices}.',
        written=written,
        choices=Text(
            fr=listed(t.fr for t in METHODS.values()), en=listed(t.en for t in METHODS.values())
        ),
    )


def shift_months(day: date, months: int) -> date:
    """The same day some months later (or earlier), cut to the end of the month, like EDATE.

    >>> shift_months(date(2026, 3, 31), -1)
    datetime.date(2026, 2, 28)
    """
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if not MINYEAR <= year <= MAXYEAR:
        raise OverflowError("date value out of range")  # as timedelta does
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


@function(
    "CRM_MONTHS_SINCE",
    "CRM_MOIS_DEPUIS",
    group="customers",
    summary=Text(
        fr="Nombre de mois entre une date et la date d'arrêté. Par anniversaires, 3 veut dire que "
        "l'arrêté reculé de 3 mois tombe sur la date ; en fin de mois, le 31/05 reculé donne le "
        "28/02 (comme le 28, le 29 et le 30).",
        en="Months from a date to the as-of date. By anniversaries, 3 means that the as-of date "
        "moved back 3 months is that date; at the end of a month, 31/05 moved back gives 28/02 "
        "(as do the 28th, 29th and 30th).",
    ),
    params=[
        Param("day", "date", Text(fr="La date, ou une plage de dates.", en="The date, or dates."),
              kind=Kind.DATE),
        Param("as_of", "date_arrêté",
              Text(fr="La date d'arrêté : une cellule visible, pas AUJOURDHUI().",
                   en="The as-of date: a visible cell, not TODAY()."),
              Shape.ONE, Kind.DATE),
        Param("method", "méthode",
              Text(fr="anniversaires (par défaut), DATEDIF (mois entiers), mois civils, "
                      "jours / 30 ou jours / 30,44.",
                   en="anniversary (default), DATEDIF (whole months), calendar, days / 30 or "
                      "days / 30.44."),
              Shape.ONE, choices=_WRITTEN),
    ],
    returns=Kind.NUMBER,
)  # fmt: skip
def months_since(day: date | None, as_of: date | None, method: str = "anniversary") -> float | None:
    """Months from `day` to `as_of`; negative for a day after it. Missing stays missing.

    By anniversaries (counted backward from `as_of`, as EDATE does) the part of a month is the
    share of days since the last anniversary, so that only an exact anniversary is whole.

    >>> months_since(date(2026, 8, 21), date(2026, 11, 21))
    3.0
    >>> round(months_since(date(2026, 8, 20), date(2026, 11, 21)), 2)
    3.03
    >>> months_since(date(2026, 8, 22), date(2026, 11, 21), "DATEDIF")
    2.0
    """
    if day is None or as_of is None:
        return None
    key = month_method(method)
    if key == "days30":
        return (as_of - day).days / 30
    if key == "days30.44":
        return (as_of - day).days / 30.44
    calendar = (as_of.year - day.year) * 12 + as_of.month - day.month
    if key == "calendar":
        return float(calendar)
    if key == "datedif":
        if day > as_of:
            return -(months_since(as_of, day, key) or 0.0)
        return float(calendar - (as_of.day < day.day))
    whole = calendar if shift_months(as_of, -calendar) >= day else calendar - 1
    turn = shift_months(as_of, -whole)
    if turn == day:
        return float(whole)
    return whole + (turn - day).days / (turn - shift_months(as_of, -whole - 1)).days


def months_since_all(days: Any, as_of: date, method: MonthMethod = "anniversary") -> np.ndarray:
    """Months from many days (a datetime64 array) to `as_of`; NaN for a missing day (NaT)."""
    import numpy as np

    stamps = np.asarray(days).astype("datetime64[D]")
    unique, where = np.unique(stamps, return_inverse=True)
    months = [months_since(None if d is None else d, as_of, method) for d in unique.tolist()]
    return np.array([math.nan if m is None else m for m in months], dtype="float64")[where]

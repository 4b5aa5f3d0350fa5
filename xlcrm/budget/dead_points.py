"""The dead point: after how many days, or on which day, the sales of a year reach the break-even.

Evenly spread over the year, or by month for a seasonal activity.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import date, timedelta

from xlcrm.budget.arguments import (
    Choices,
    blank_in_blank_out,
    choice_of,
    not_negative,
    series_of,
)
from xlcrm.budget.breakeven import BREAK_EVEN, SALES
from xlcrm.budget.rounding import round_cents
from xlcrm.budget.terms import months_later
from xlcrm.catalogue import Kind, Param, Shape, function
from xlcrm.errors import ArgumentError
from xlcrm.texts import Text, shown

CALENDARS: Choices = {
    "civil": ("civil", "civil"),
    "30": ("30", "30", "mois de 30 jours", "months of 30 days"),
}
_DUST = 1e-9

_DAYS = Param(
    "days",
    "jours",
    Text(
        fr="Jours d'activité de l'année : 360 (par défaut), 365, ou moins en cas de fermeture.",
        en="Days of activity of the year: 360 (the default), 365, or fewer when closed.",
    ),
    kind=Kind.NUMBER,
)


@function(
    "CRM_BREAK_EVEN_DAYS",
    "CRM_POINT_MORT",
    group="budgets",
    summary=Text(
        fr="Point mort : nombre de jours d'activité pour atteindre le seuil de rentabilité, à "
        "ventes régulières. Vide s'il n'est pas atteint.",
        en="Dead point: days of activity to reach the break-even, with even sales. Blank when it "
        "is not reached.",
    ),
    params=[SALES, BREAK_EVEN, _DAYS],
    returns=Kind.NUMBER,
)
@blank_in_blank_out
def break_even_days(sales: float, break_even: float, days: float = 360) -> float | None:
    """Days of activity, rounded to the hundredth; None when the sales stay below the break-even.

    >>> break_even_days(375000, 250000, 365), break_even_days(2112760, 1238182, 330)
    (243.33, 193.4)
    """
    exact = _exact_days(sales, break_even, days)
    return None if exact is None else round_cents(exact)


def _exact_days(sales: float, threshold: float, days: float) -> float | None:
    not_negative(sales, "chiffre_affaires", "sales")
    not_negative(threshold, "seuil", "break_even")
    if not 0 < days <= 366:
        raise ArgumentError(
            fr="Argument « jours » : {days} ; une année a de 1 à 366 jours.",
            en='Argument "days": {days}; a year has 1 to 366 days.',
            days=shown(days),
        )
    if not sales or threshold > sales:
        return None
    return threshold / sales * days


@function(
    "CRM_BREAK_EVEN_DATE",
    "CRM_POINT_MORT_DATE",
    group="budgets",
    summary=Text(
        fr="Date à laquelle le seuil de rentabilité est atteint, à ventes régulières. Vide s'il ne "
        "l'est pas dans l'année.",
        en="Date on which the break-even is reached, with even sales. Blank when it is not within "
        "the year.",
    ),
    params=[
        SALES,
        BREAK_EVEN,
        Param(
            "start",
            "début",
            Text(fr="Premier jour de l'exercice.", en="First day of the year."),
            kind=Kind.DATE,
        ),
        Param(
            "calendar",
            "calendrier",
            Text(
                fr="30 : douze mois de 30 jours (par défaut) ; civil : jours réels du calendrier.",
                en="30: twelve months of 30 days (the default); civil: true calendar days.",
            ),
        ),
    ],
    returns=Kind.DATE,
)
@blank_in_blank_out
def break_even_date(
    sales: float, break_even: float, start: date, calendar: str = "30"
) -> date | None:
    """The day in the course of which the cumulated sales reach the break-even.

    Months of 30 days: 243.33 / 30 is 8 months and 3.33 days, so the 4th of the 9th month.

    >>> break_even_date(360000, 240000, date(2026, 1, 1))  # the 240th day ends in August
    datetime.date(2026, 8, 30)
    >>> break_even_date(360000, 240000, date(2026, 1, 1), "civil")
    datetime.date(2026, 9, 1)
    """
    if choice_of(calendar, CALENDARS, "calendrier", "calendar") == "30":
        exact = _exact_days(sales, break_even, 360)
        return None if exact is None else _day_of_months(start, exact)
    year = (months_later(start, 12) - start).days
    exact = _exact_days(sales, break_even, year)
    return None if exact is None else start + timedelta(days=_nth_day(exact) - 1)


def _nth_day(exact: float) -> int:
    """The day, from 1, in the course of which a number of days is over."""
    return max(1, math.ceil(exact - _DUST))


def _day_of_months(start: date, exact: float) -> date:
    months, day = divmod(_nth_day(exact) - 1, 30)
    first = months_later(start, months)
    return min(first + timedelta(days=day), months_later(start, months + 1) - timedelta(days=1))


@function(
    "CRM_BREAK_EVEN_SEASONAL",
    "CRM_POINT_MORT_SAISONNIER",
    group="budgets",
    summary=Text(
        fr="Point mort d'une activité saisonnière : nombre de périodes (mois) pour que les ventes "
        "cumulées atteignent le seuil.",
        en="Dead point of a seasonal activity: number of periods (months) for the cumulated sales "
        "to reach the break-even.",
    ),
    params=[
        Param(
            "sales",
            "ventes",
            Text(
                fr="Chiffre d'affaires de chaque période, dans l'ordre.",
                en="Sales of each period, in order.",
            ),
            Shape.LIST,
            Kind.NUMBER,
        ),
        Param("break_even", "seuil", BREAK_EVEN.help, Shape.ONE, Kind.NUMBER),
    ],
    returns=Kind.NUMBER,
)
@blank_in_blank_out
def break_even_seasonal(sales: Sequence[float | None], break_even: float) -> float | None:
    """Periods passed, rounded to 1e-4, sales spread evenly within a period; None if not reached.

    >>> break_even_seasonal([10, 20, 30, 40], 45)  # 2 periods and half of the third
    2.5
    """
    exact = _periods(series_of(sales), break_even)
    return None if exact is None else round_cents(exact, 4)


def _periods(sales: Sequence[float], threshold: float) -> float | None:
    not_negative(threshold, "seuil", "break_even")
    before = 0.0
    for period, amount in enumerate(sales):
        after = before + not_negative(amount, "ventes", "sales")
        if after >= threshold - _DUST and (amount or not threshold):
            return period + ((threshold - before) / amount if amount else 0.0)
        before = after
    return None


@function(
    "CRM_BREAK_EVEN_SEASONAL_DATE",
    "CRM_POINT_MORT_SAISONNIER_DATE",
    group="budgets",
    summary=Text(
        fr="Date du point mort d'une activité saisonnière, à partir des ventes de chaque mois.",
        en="Date of the dead point of a seasonal activity, from the sales of each month.",
    ),
    params=[
        Param(
            "sales",
            "ventes",
            Text(
                fr="Chiffre d'affaires de chaque mois, dans l'ordre.",
                en="Sales of each month, in order.",
            ),
            Shape.LIST,
            Kind.NUMBER,
        ),
        Param("break_even", "seuil", BREAK_EVEN.help, Shape.ONE, Kind.NUMBER),
        Param(
            "start",
            "début",
            Text(fr="Premier jour du premier mois.", en="First day of the first month."),
            Shape.ONE,
            Kind.DATE,
        ),
        Param(
            "calendar",
            "calendrier",
            Text(
                fr="30 : mois de 30 jours (par défaut) ; civil : jours réels du mois.",
                en="30: months of 30 days (the default); civil: true days of the month.",
            ),
            Shape.ONE,
        ),
    ],
    returns=Kind.DATE,
)
@blank_in_blank_out
def break_even_seasonal_date(
    sales: Sequence[float | None], break_even: float, start: date, calendar: str = "30"
) -> date | None:
    """The day on which the cumulated sales reach the break-even; None if they do not.

    >>> break_even_seasonal_date([10, 20, 30, 40], 45, date(2026, 1, 1))
    datetime.date(2026, 3, 15)
    """
    civil = choice_of(calendar, CALENDARS, "calendrier", "calendar") == "civil"
    exact = _periods(series_of(sales), break_even)
    if exact is None:
        return None
    months = max(0, math.ceil(exact - _DUST) - 1)
    first, following = months_later(start, months), months_later(start, months + 1)
    length = (following - first).days if civil else 30
    day = _nth_day((exact - months) * length)
    return min(first + timedelta(days=day - 1), following - timedelta(days=1))

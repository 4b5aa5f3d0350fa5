"""French public holidays, by year and department."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache

from xlcrm.catalogue import Kind, Param, function
from xlcrm.data import read_rows
from xlcrm.errors import ArgumentError
from xlcrm.texts import Lang, Text


def easter(year: int) -> date:
    """Easter Sunday of a year of the Gregorian calendar.

    Source: the anonymous Gregorian algorithm (Nature, 1876; Meeus, Astronomical Algorithms).

    >>> easter(2026), easter(2027)
    (datetime.date(2026, 4, 5), datetime.date(2027, 3, 28))
    """
    a, (b, c) = year % 19, divmod(year, 100)
    d, e = divmod(b, 4)
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    weekday = (32 + 2 * e + 2 * i - h - k) % 7
    m = (a + 11 * h + 22 * weekday) // 451
    month, day = divmod(h + weekday - 7 * m + 114, 31)
    return date(year, month, day + 1)


@cache
def holidays(year: int, department: str = "") -> dict[date, Text]:
    """The public holidays of a year: national ones, and those of a department (67, 974).

    A name for each day, in the order of the calendar.

    >>> len(holidays(2026)), holidays(2026, "67")[date(2026, 4, 3)].fr
    (11, 'Vendredi saint')
    """
    days: dict[date, Text] = {}
    for row in read_rows("holidays"):
        if year < int(row["since"]):
            continue
        if row["departments"] and department not in row["departments"].split():
            continue
        if row["easter"]:
            day = easter(year) + timedelta(days=int(row["easter"]))
        else:
            day = date(year, int(row["month"]), int(row["day"]))
        # Ascension met May Day in 2008 and Victory Day in 2024: one day, two names.
        name = Text(fr=row["fr"], en=row["en"])
        if day in days:
            name = Text(fr=f"{days[day].fr}, {name.fr}", en=f"{days[day].en}, {name.en}")
        days[day] = name
    return dict(sorted(days.items()))


@function(
    "CRM_PUBLIC_HOLIDAY",
    "CRM_JOUR_FERIE",
    group="contacts",
    summary=Text(
        fr="Nom du jour férié français, vide pour un autre jour. Alsace-Moselle et outre-mer par "
        "le département.",
        en="Name of the French public holiday, blank for another day. Alsace-Moselle and overseas "
        "by department.",
    ),
    params=[
        Param("day", "jour", Text(fr="La date.", en="The date."), kind=Kind.DATE),
        Param(
            "department",
            "département",
            Text(
                fr="Département, par exemple 67 ou 974 ; un code postal convient aussi.",
                en="Department, such as 67 or 974; a postcode will do.",
            ),
            kind=Kind.LABEL,
        ),
    ],
)
def public_holiday(day: date | None, department: str = "", lang: Lang = "fr") -> str | None:
    """The name of the public holiday on a day, or None.

    >>> public_holiday(date(2026, 12, 25)), public_holiday(date(2026, 12, 26))
    ('Noël', None)
    >>> public_holiday(date(2026, 12, 26), "67000", lang="en")
    'Second Day of Christmas'
    """
    if day is None:
        return None
    if not 1802 <= day.year <= 9999:
        raise ArgumentError(
            fr="Les jours fériés sont connus depuis 1802, pas pour {year}.",
            en="Public holidays are known since 1802, not for {year}.",
            year=day.year,
        )
    name = holidays(day.year, department_of(department)).get(day)
    return name.in_(lang) if name else None


def department_of(code: str | None) -> str:
    """The department of a postcode or department code, "" for none.

    >>> department_of("67000"), department_of("97410"), department_of("1000"), department_of(None)
    ('67', '974', '01', '')
    """
    text = (code or "").strip().upper()
    if len(text) == 4 and text.isdigit():
        text = text.zfill(5)
    return text[:3] if text.startswith(("97", "98")) else text[:2].zfill(2) if text else ""

"""Days of purchases: typed in words, or by the month, which counts as its last day.

A sale of January is one of at most so many months ago: on 31 January it is never too recent, and
in the month of the as-of date it counts on that date, not after it.
"""

from __future__ import annotations

from datetime import date, datetime
from functools import partial
from typing import TYPE_CHECKING, Any

import pandas as pd

from xlcrm import cells
from xlcrm.columns import fold
from xlcrm.commands.meanings import MONTHS
from xlcrm.contacts.dates import month_end, read_date
from xlcrm.texts import Text

if TYPE_CHECKING:
    from xlcrm.commands.source import Source

_TOLD = Text(
    fr="« {sheet} » : « {label} » ne dit que le mois ; chaque achat compte au dernier jour ({value} : "
    "{day:%d/%m/%Y}), ou à la date d'arrêté si elle tombe avant.",
    en='"{sheet}": "{label}" gives the month alone; a purchase counts on its last day ({value}: '
    "{day:%d/%m/%Y}), or on the as-of date if that is earlier.",
)


def read_days(source: Source) -> None:
    """Days of purchases in words, and months, as dates; what is no day stays as it is."""
    if "order_date" not in source.frame:
        return
    days = source.frame["order_date"]
    typed = {value for value in days.unique() if isinstance(value, str)}
    read: dict[Any, Any] = {t: day for t in typed if (day := read_date(t).value) is not None}
    months = _months(source, days)
    if months:
        source.by_month = True
        value = next(v for v in days if v in months)
        shown = value.strftime("%d/%m/%Y") if isinstance(value, date) else cells.to_label(value)
        label = source.labels["order_date"]
        source.readings.append(partial(_TOLD.format, label=label, value=shown, day=months[value]))
    if read := read | months:
        values = [v if cells.is_blank(v) else read.get(v, v) for v in days]
        source.frame["order_date"] = pd.Series(values, dtype=object)


def _months(source: Source, days: pd.Series) -> dict[Any, date]:
    """The values that are a month, with its last day.

    "mars 26" is one in a column of months alone, and so is the first of a month that a spreadsheet
    makes of it, where all of them are.
    """
    values = [v for v in days.unique() if not cells.is_blank(v)]
    of_months = fold(source.labels["order_date"].partition("(")[0]) in MONTHS
    dates = [v for v in values if isinstance(v, date)]
    found: dict[Any, date] = {}
    if of_months and all(day.day == 1 for day in dates):
        found |= {day: end for day in dates if (end := month_end(f"{day:%Y-%m}"))}
    for value in values:
        text = "" if isinstance(value, (date, bool)) else cells.to_label(value) or ""
        plain = of_months or any(len(word) == 4 and word.isdigit() for word in fold(text).split())
        if plain and (end := month_end(text)):
            found[value] = end
    return found


def keep_within(source: Source, as_of: date) -> None:
    """A month that is not over on the as-of date counts on that date."""
    if source.by_month:
        last = month_end(f"{as_of:%Y-%m}")
        days = source.frame["order_date"]
        source.frame["order_date"] = pd.Series(
            [as_of if _day(v) == last else v for v in days], dtype=object
        )


def _day(value: Any) -> Any:
    return value.date() if isinstance(value, datetime) else value

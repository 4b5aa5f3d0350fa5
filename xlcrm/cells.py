"""What a spreadsheet cell holds, read as the text, label, number or date that was meant.

Spreadsheets give every number as a float, a date as a datetime or a serial, an empty cell as
nothing, and an error as a text such as ``#N/A``. A blank is always None here.
"""

from __future__ import annotations

import math
import re
from datetime import date, datetime, timedelta
from typing import Any

from xlcrm.errors import ArgumentError
from xlcrm.texts import Text

# What Excel and Calc show for a failed formula, in French and in English.
ERROR_VALUES = frozenset(
    {
        *("#N/A", "#NA", "#VALUE!", "#VALEUR!", "#REF!", "#DIV/0!", "#NUM!", "#NOMBRE!"),
        *("#NAME?", "#NOM?", "#NULL!", "#NUL!", "#SPILL!", "#PROPAGATION!", "#CALC!", "#CALCUL!"),
        *("#GETTING_DATA", "#FIELD!", "#BLOCKED!", "#CONNECT!", "#UNKNOWN!"),
        *("Err:502", "Err:504", "Err:508", "Err:519", "Err:522"),
    }
)
# No name or address is so long: to read a page of text as one could take seconds.
LONGEST = 1000
_EPOCH = datetime(1899, 12, 30)
_SPACES = re.compile(r"[\s\u00a0\u202f\u2009\ufeff]+")
_NUMBER = re.compile(r"[+-]?(\d+([.,]\d*)?|[.,]\d+)(e[+-]?\d+)?", re.IGNORECASE)
_ISO = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?!\d)")
_FRENCH = re.compile(r"(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4}|\d{2})(?!\d)")
_TRUE = frozenset({"oui", "o", "yes", "y", "vrai", "true", "1", "x", "ok"})
_FALSE = frozenset({"non", "n", "no", "faux", "false", "0"})


def is_blank(value: Any) -> bool:
    """True for an empty cell, spaces, NaN, NaT and an error value.

    >>> [is_blank(v) for v in (None, "  ", float("nan"), "#N/A", 0, "x")]
    [True, True, True, True, False, False]
    """
    if value is None:
        return True
    if isinstance(value, str):
        return not value.strip() or value in ERROR_VALUES
    return bool(value != value)


def to_text(value: Any) -> str | None:
    """The text of a cell, trimmed; a whole number without its `.0`.

    >>> to_text(75001.0), to_text("  a "), to_text(True), to_text(None)
    ('75001', 'a', 'VRAI', None)
    """
    if is_blank(value):
        return None
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, bool):
        return "VRAI" if value else "FAUX"
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    if isinstance(value, datetime):
        day = value.date() if value.time() == datetime.min.time() else value
        return day.isoformat(sep=" ") if isinstance(day, datetime) else day.isoformat()
    return str(value)


def to_label(value: Any) -> str | None:
    """A number that is a name (postcode, phone, SIRET): its digits, never `7.5E+04`.

    >>> to_label(7.5e4), to_label("01 02")
    ('75000', '01 02')
    """
    if isinstance(value, float) and abs(value) < 1e22:  # neither NaN nor infinite
        return format(value, ".0f") if value.is_integer() else repr(value)
    return to_text(value)


def to_number(value: Any) -> float | None:
    """A number, also typed as text with a decimal comma, spaces, € or %.

    Raises ArgumentError for a text that is not a number, and for one beyond 1E308.

    >>> to_number("1 234,50 €"), to_number("20 %"), to_number(None)
    (1234.5, 0.2, None)
    """
    if is_blank(value):
        return None
    if isinstance(value, bool):
        return float(value)
    if isinstance(value, (int, float)):
        return _finite(value, value)
    text = _SPACES.sub("", str(value)).replace("\u2212", "-")
    percent = text.endswith("%")
    text = text.rstrip("%").strip("€")
    if "," in text and "." in text:  # the last of the two is the decimal sign
        thousands = "," if text.rindex(".") > text.rindex(",") else "."
        text = text.replace(thousands, "")
    if not _NUMBER.fullmatch(text):
        raise _not_a("number", value)
    number = _finite(text.replace(",", "."), value)
    return number / 100 if percent else number


def _finite(digits: float | str, value: Any) -> float:
    try:
        number = float(digits)
    except OverflowError:  # a whole number of more than 308 digits
        number = math.inf
    if math.isinf(number):
        raise _not_a("number", value)
    return number


def to_date(value: Any) -> date | None:
    """A date: a date, a spreadsheet serial, ISO or French day-first text.

    A serial below 61 shifts by one day, because Excel counts 29 February 1900. Raises
    ArgumentError for anything that is no day of the calendar, such as 31/02/2026.

    >>> to_date("21/11/2026"), to_date(46347), to_date("")
    (datetime.date(2026, 11, 21), datetime.date(2026, 11, 21), None)
    """
    if is_blank(value):
        return None
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    try:
        if isinstance(value, (int, float)) and not isinstance(value, bool):
            return from_serial(float(value)).date()
        text = str(value).strip()
        if match := _ISO.match(text):
            return date(int(match[1]), int(match[2]), int(match[3]))
        if match := _FRENCH.match(text):
            year = int(match[3])
            if year < 100:  # as Excel does: 00-29 is 2000-2029
                year += 2000 if year < 30 else 1900
            return date(year, int(match[2]), int(match[1]))
    except (ValueError, OverflowError):
        pass
    raise _not_a("date", value)


def from_serial(serial: float) -> datetime:
    """The moment that a spreadsheet serial stands for."""
    if serial < 61:
        serial += 1
    if not 1 <= serial < 2958466:
        raise ValueError(serial)
    return _EPOCH + timedelta(days=serial)


def to_serial(day: date) -> float:
    """The serial of a date or datetime, as a cell holds it.

    >>> to_serial(date(2026, 11, 21))
    46347.0
    """
    moment = day if isinstance(day, datetime) else datetime(day.year, day.month, day.day)
    serial = (moment - _EPOCH) / timedelta(days=1)
    return serial - 1 if serial < 61 else serial


def to_flag(value: Any) -> bool | None:
    """Yes or no: VRAI/FAUX, oui/non, yes/no, 1/0, x.

    >>> to_flag("Oui"), to_flag(0.0), to_flag("")
    (True, False, None)
    """
    if is_blank(value):
        return None
    if isinstance(value, bool):
        return value
    text = (to_text(value) or "").casefold()
    if text in _TRUE:
        return True
    if text in _FALSE:
        return False
    raise _not_a("flag", value)


_KINDS = {
    "number": Text(fr="un nombre", en="a number"),
    "date": Text(fr="une date", en="a date"),
    "flag": Text(fr="oui ou non", en="yes or no"),
}


def _not_a(kind: str, value: Any) -> ArgumentError:
    return ArgumentError(
        fr="« {value} » n'est pas {kind}.",
        en='"{value}" is not {kind}.',
        value=str(value)[:60],
        kind=_KINDS[kind],
    )

"""An example of every function as a formula, taken from the first call that its doctest makes."""

from __future__ import annotations

import contextlib
import doctest
import inspect
import io
import sys
from collections.abc import Mapping
from datetime import date, datetime
from functools import wraps
from typing import Any, NamedTuple

from xlcrm.calling import Rows, as_rows, call
from xlcrm.catalogue import LANG, FunctionEntry, Param, Shape
from xlcrm.errors import ArgumentError
from xlcrm.texts import LANGUAGES, Lang

_MOST_CELLS = 12  # of a result that is shown
_BLANK = {"fr": "(vide)", "en": "(blank)"}


class Example(NamedTuple):
    """A formula, the ranges it points at ("A2:A4" -> what they hold), and what it shows."""

    formula: str
    ranges: dict[str, str]
    shown: str


def example_of(entry: FunctionEntry, lang: Lang) -> Example | None:
    """The example of a function in one language; None if its docstring calls it nowhere.

    >>> from xlcrm.catalogue import find_function
    >>> example_of(find_function("CRM_ROI"), "fr")
    Example(formula='CRM_ROI(50000 ; 20000)', ranges={}, shown='1,5')
    """
    arguments = _first_call(entry)
    if arguments is None:
        return None
    params = [p for p in entry.params if p.name in arguments]
    last = entry.params.index(params[-1]) + 1 if params else 0
    values = [arguments.get(p.name) for p in entry.params[:last]]
    values = _in_words(entry, values, lang)
    ranges: dict[str, str] = {}
    written = [
        _written(param, value, lang, ranges)
        for param, value in zip(entry.params, values, strict=False)
    ]
    name, sign = (entry.fr, " ; ") if lang == "fr" else (entry.en, ", ")
    formula = f"{name}({sign.join(written)})"
    return Example(formula, ranges, _shown(call(entry, values, lang), lang))


def _first_call(entry: FunctionEntry) -> dict[str, Any] | None:
    """What the first call in the doctest of a function passes, by parameter."""
    func = entry.func
    seen: list[dict[str, Any]] = []

    @wraps(func)
    def recorded(*args: Any, **options: Any) -> Any:
        passed = inspect.signature(func).bind(*args, **options).arguments
        seen.append({name: value for name, value in passed.items() if name != LANG})
        return func(*args, **options)

    names = {**vars(sys.modules[func.__module__]), func.__name__: recorded}
    for part in doctest.DocTestParser().get_examples(func.__doc__ or ""):
        if part.exc_msg:  # shows an error
            continue
        with contextlib.redirect_stdout(io.StringIO()):
            exec(compile(part.source, "<doctest>", "single"), names)
        if seen:
            return seen[0]
    return None


def _in_words(entry: FunctionEntry, values: list[Any], lang: Lang) -> list[Any]:
    """The values with each choice in the word of the language, where the result stays the same."""
    before = call(entry, values, lang)
    for position, value in enumerate(values):
        word = _word(entry, value, lang) if isinstance(value, str) else None
        if word is None or word == value:
            continue
        changed = [*values[:position], word, *values[position + 1 :]]
        with contextlib.suppress(ArgumentError):
            if call(entry, changed, lang) == before:
                values = changed
    return values


def _word(entry: FunctionEntry, value: str, lang: Lang) -> str | None:
    """The word of a language for a choice, from the choices that the module knows."""
    for known in vars(sys.modules[entry.func.__module__]).values():
        if not isinstance(known, Mapping):
            continue
        for key, words in known.items():
            if isinstance(words, tuple) and len(words) >= 2 and value in (key, *words):
                return str(words[LANGUAGES.index(lang)])
    return None


def _written(param: Param, value: Any, lang: Lang, ranges: dict[str, str]) -> str:
    """An argument as it is typed; a range gets columns of its own, and what they hold is noted."""
    if param.shape in (Shape.LIST, Shape.TABLE) or isinstance(value, (list, tuple)):
        if value is None:
            return ""
        rows = as_rows(value)
        if param.shape is Shape.LIST and len(rows) == 1:
            rows = [[cell] for cell in rows[0]]
        place = _place(rows, sum(_width(name) for name in ranges))
        ranges[place] = _cells(rows, lang)
        return place
    if isinstance(value, str):
        return '"' + value.replace('"', '""') + '"'
    if isinstance(value, bool):
        return str(value).upper() if lang == "en" else ("VRAI" if value else "FAUX")
    if isinstance(value, date):
        sign, time = (";", "TEMPS") if lang == "fr" else (",", "TIME")
        day = f"DATE({value.year}{sign}{value.month}{sign}{value.day})"
        if not isinstance(value, datetime):
            return day
        return f"{day}+{time}({value.hour}{sign}{value.minute}{sign}{value.second})"
    return "" if value is None else _number(value, lang)


def _place(rows: Rows, taken: int) -> str:
    """The address of a range below a row of headers, behind the columns taken.

    >>> _place([[1, 2], [3, 4]], 0), _place([[1]], 2)
    ('A2:B3', 'C2')
    """
    first, last = chr(65 + taken), chr(65 + taken + len(rows[0]) - 1)
    if len(rows) == len(rows[0]) == 1:
        return f"{first}2"
    return f"{first}2:{last}{len(rows) + 1}"


def _width(place: str) -> int:
    return ord(place.rpartition(":")[2][0]) - ord(place[0]) + 1


def _cells(rows: Rows, lang: Lang) -> str:
    return " ; ".join(" | ".join(_value(cell, lang) for cell in row) for row in rows)


def _shown(result: Any, lang: Lang) -> str:
    rows = as_rows(result)
    width = max(len(row) for row in rows) if rows else 0
    most = max(1, _MOST_CELLS // max(width, 1))
    return _cells(rows[:most], lang) + (" ; …" if len(rows) > most else "")


def _value(value: Any, lang: Lang) -> str:
    if value is None or value == "":
        return _BLANK[lang]
    if isinstance(value, bool):
        return {"fr": ("FAUX", "VRAI"), "en": ("FALSE", "TRUE")}[lang][value]
    if isinstance(value, date):
        return f"{value:%d/%m/%Y}" if lang == "fr" else f"{value:%Y-%m-%d}"
    return value if isinstance(value, str) else _number(value, lang)


def _number(value: float, lang: Lang) -> str:
    """A number as it is typed, with at most six decimals.

    >>> _number(1234.5, "fr"), _number(0.1 + 0.2, "en"), _number(200.0, "en")
    ('1234,5', '0.3', '200')
    """
    text = f"{round(value, 6):.10g}"
    return text.replace(".", ",") if lang == "fr" else text

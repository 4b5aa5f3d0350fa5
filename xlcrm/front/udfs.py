"""The functions of the catalogue as xlwings serves them to cells, under both of their names.

The module is a loop: each name becomes a thin shim that reads what Excel gives (a cell, a range, a
literal, blanks, errors, dates), calls the function, and answers what Excel takes. A wrong argument
answers the sentinel of its error value, which the VBA wrapper turns into a real one, so that
IFERROR and SIERREUR work. The language of the answer is that of the name.
"""

from __future__ import annotations

import inspect
import sys
from collections.abc import Callable, Iterator
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import xlwings as xw
from xlwings.conversion import Accessor, Pipeline

import xlcrm  # noqa: F401  fills the catalogue
from xlcrm.calling import call
from xlcrm.catalogue import FUNCTIONS, FunctionEntry
from xlcrm.columns import fold
from xlcrm.errors import XlcrmError
from xlcrm.front.log import front_logger
from xlcrm.texts import Lang

logger = front_logger()
MARK = "\x01"  # begins a sentinel; no cell that a person filled begins so
VALUE_ERROR = f"{MARK}#VALUE!"
CATEGORY = "xlcrm"
_LONGEST_DOC = 255
_MANY = 200_000  # cells from which a reference is cut to what the sheet uses
# Reserved identifiers, [MS-VBAL] 3.3.5.2, words that are reserved in places (LibreOffice refuses
# them everywhere), then the names that a wrapper itself uses.
_RESERVED = frozenset(
    "abs addressof and any array as attribute boolean byref byte byval call case cbool cbyte ccur "
    "cdate cdbl cdec cdecl cint circle clng clnglng clngptr close const csng cstr currency cvar "
    "cverr date debug decimal declare defbool defbyte defcur defdate defdbl defdec defint deflng "
    "deflnglng deflngptr defobj defsng defstr defvar dim do doevents double each else elseif empty "
    "end endif enum eqv erase event exit false fix for friend function get global gosub goto if "
    "imp implements in input inputb int integer is lbound len lenb let like lineinput lock long "
    "longlong longptr loop lset me mod name new next not nothing null on open option optional or "
    "paramarray preserve print private property pset public put raiseevent redim rem resume return "
    "rset scale seek select set sgn shared single spc static stop string sub tab text then to true "
    "type typeof ubound unlock until variant wend while with withevents write xor "
    "access alias append base binary class compare explicit lib line load module object output "
    "random step time width "
    "activeworkbook application err failed range thisworkbook xlcrmfailure xlcrmresult xlpy".split()
)


class CellValues(Accessor):
    """What Excel gives for an argument, as plain Python values: one, or a list of rows."""

    @staticmethod
    def reader(options: Any) -> Pipeline:
        return Pipeline([_read])

    @staticmethod
    def writer(options: Any) -> Pipeline:
        return Pipeline([_write])


def _read(context: Any) -> None:
    value = context.value if context.range is None else _values(context.range)
    if not isinstance(value, (list, tuple)):
        context.value = _plain(value)
        return
    rows = value if value and isinstance(value[0], (list, tuple)) else [value]
    # Most ranges hold nothing that needs to be made plain; an empty text counts as blank anyway.
    if {type(v) for row in rows for v in row} <= _PLAIN:
        context.value = rows
    else:
        context.value = [[_plain(v) for v in row] for row in rows]


_PLAIN = {str, float, bool, type(None)}


def _values(area: xw.Range) -> Any:
    """The values of a reference, in few calls: each one goes to another process."""
    size = area.api.CountLarge
    if size == 1:
        return area.raw_value
    parts = area.api.Areas
    if parts.Count == 1:
        return (area if size < _MANY else _used_part(area)).raw_value
    tables = [_rows(part.Value) for part in parts]
    if len({len(table[0]) for table in tables}) == 1:
        return [row for table in tables for row in table]
    return [[value] for table in tables for row in table for value in row]


def _rows(value: Any) -> Any:
    return value if isinstance(value, tuple) else ((value,),)


def _used_part(area: xw.Range) -> xw.Range:
    """A reference to whole columns ends where the sheet does; its first row stays."""
    rows, columns = area.shape
    used = area.sheet.used_range
    last_row = used.row + used.shape[0] - 1
    last_column = used.column + used.shape[1] - 1
    rows = max(1, min(rows, last_row - area.row + 1))
    return area[:rows, : max(1, min(columns, last_column - area.column + 1))]


def _plain(value: Any) -> Any:
    kind = type(value)
    if kind is str:
        return value or None
    if kind is float or value is None or kind is bool:
        return value
    if kind is int:
        return _ERRORS.get(value, value)
    if isinstance(value, datetime):  # also the COM time, which carries a time zone
        return datetime(*value.timetuple()[:6])
    if isinstance(value, Decimal):  # cells in a currency format
        return float(value)
    return value


# The codes by which COM gives a cell in error.
_ERRORS = {
    -2146826288: "#NULL!",
    -2146826281: "#DIV/0!",
    -2146826273: "#VALUE!",
    -2146826265: "#REF!",
    -2146826259: "#NAME?",
    -2146826252: "#NUM!",
    -2146826246: "#N/A",
}


def _write(context: Any) -> None:
    value = context.value
    if not isinstance(value, (list, tuple)):
        context.value = [[_cell(value, context)]]
    elif not value or not value[0]:
        context.value = [[""]]
    elif {type(v) for row in value for v in row} <= {str, type(None)}:
        context.value = [["" if v is None else v for v in row] for row in value]
    else:
        context.value = [[_cell(v, context) for v in row] for row in value]


def _cell(value: Any, context: Any) -> Any:
    kind = type(value)
    if kind is str or kind is bool:
        return value
    if value is None or value != value:
        return ""
    if kind is float or kind is int:
        return float(value)
    if isinstance(value, datetime):
        return context.engine.impl.prepare_xl_data_element(value, None)
    if isinstance(value, date):
        day = datetime(value.year, value.month, value.day)
        return context.engine.impl.prepare_xl_data_element(day, None)
    return value.item() if hasattr(value, "item") else str(value)


def argument_names(entry: FunctionEntry, lang: Lang) -> list[str]:
    """The names of the arguments that the wizard shows; VBA's own words get a `_`."""
    names = [fold(p.fr).replace(" ", "_") if lang == "fr" else p.name for p in entry.params]
    return [f"{name}_" if name.lower() in _RESERVED else name for name in names]


def function_names() -> Iterator[tuple[str, FunctionEntry, Lang]]:
    """Every name that a cell may use: English, then French where it differs."""
    for entry in FUNCTIONS.values():
        yield entry.en, entry, "en"
        if entry.fr != entry.en:
            yield entry.fr, entry, "fr"


def make_shim(name: str, entry: FunctionEntry, lang: Lang) -> Callable[..., Any]:
    """The function that xlwings calls for a name, with its arguments by name."""

    def shim(*args: Any) -> Any:
        try:
            return call(entry, args, lang, on_error=_refused)
        except XlcrmError:
            return VALUE_ERROR
        except Exception:  # the outermost frame: Excel would show the traceback as text
            logger.exception("%s with %d argument(s)", name, len(args))
            return VALUE_ERROR

    arguments = argument_names(entry, lang)
    shim.__name__ = shim.__qualname__ = name
    shim.__doc__ = entry.summary.in_(lang)[:_LONGEST_DOC]
    shim.__signature__ = inspect.Signature(  # type: ignore[attr-defined]
        [
            inspect.Parameter(
                argument,
                inspect.Parameter.POSITIONAL_OR_KEYWORD,
                default=inspect.Parameter.empty if param.required else None,
            )
            for argument, param in zip(arguments, entry.params, strict=True)
        ]
    )
    decorated: Callable[..., Any] = xw.ret(CellValues)(shim)
    for argument, param in zip(arguments, entry.params, strict=True):
        doc = param.help.in_(lang)[:_LONGEST_DOC]
        decorated = xw.arg(argument, CellValues, doc=doc)(decorated)
    return xw.func(category=CATEGORY)(decorated)  # last: xw.arg puts the category back


def _refused(error: XlcrmError) -> str:
    return VALUE_ERROR


def load() -> None:
    """Put every name of the catalogue into this module."""
    module = sys.modules[__name__]
    for name, entry, lang in function_names():
        setattr(module, name, make_shim(name, entry, lang))


load()

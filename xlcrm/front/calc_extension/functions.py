"""A formula's arguments and result, between Calc and the worker.

Calc gives a number or a text for a cell, nothing for an argument left out, rows for a range. A
result is always rows. A cell in error is a number: the "not a number" whose last bits tell which.
"""

from __future__ import annotations

import struct
from collections.abc import Sequence
from typing import Any

Rows = tuple[tuple[Any, ...], ...]

MARK = "\x01"  # begins the text of an error in a result; no cell that a person filled begins so
_CODES = {"#VALUE!": 519, "#N/A": 32767, "#NAME?": 525, "#NUM!": 503, "#REF!": 524, "#DIV/0!": 532}
_WHOLE = 10000  # rows from which a range is taken for whole columns, and cut where it is blank


def error_number(text: str) -> float:
    """The number by which a cell shows an error."""
    bits = 0x7FF8000000000000 | _CODES.get(text, 519)
    return float(struct.unpack("<d", struct.pack("<Q", bits))[0])


def arguments(values: Sequence[Any]) -> list[Any]:
    """What Calc gives, as the worker takes it: None, a value, or rows."""
    shown = [_rows(value) if isinstance(value, tuple) else value for value in values]
    whole = [v for v in shown if isinstance(v, list) and len(v) >= _WHOLE]
    if whole:
        last = max(_last_filled(rows) for rows in whole)
        shown = [v[:last] if isinstance(v, list) and len(v) >= _WHOLE else v for v in shown]
    while shown and shown[-1] is None:
        shown.pop()
    return [None if value == "" else value for value in shown]


def _rows(rows: Rows) -> list[list[Any]]:
    return [[None if value == "" else value for value in row] for row in rows]


def _last_filled(rows: list[list[Any]]) -> int:
    last = len(rows)
    while last > 1 and not any(value is not None for value in rows[last - 1]):
        last -= 1
    return last


def result(reply: dict[str, Any]) -> Rows:
    """The answer of the worker, as Calc takes it."""
    value = reply.get("value")
    rows = value if isinstance(value, list) else [[value]]
    if reply.get("errors"):
        return tuple([tuple([_cell_or_error(v) for v in row]) for row in rows])
    return tuple([tuple([_cell(v) for v in row]) for row in rows])


def _cell(value: Any) -> Any:
    if value is None:
        return ""
    return float(value) if value is True or value is False else value


def _cell_or_error(value: Any) -> Any:
    if isinstance(value, str) and value[:1] == MARK:
        return error_number(value[1:])
    return _cell(value)


def error(text: str) -> Rows:
    """One cell in error."""
    return ((error_number(text),),)

"""A formula's arguments and result, between Calc and the worker.

Calc gives a number or a text for a cell, nothing for an argument left out, rows for a range. A
result is always rows. A cell in error is a number: the "not a number" whose last bits tell which.
"""

from __future__ import annotations

import struct
from collections.abc import Sequence
from itertools import chain
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
    """What Calc gives, as the worker takes it: None, a value, or the width and cells of a range."""
    shown = [_range(value) if isinstance(value, tuple) else value for value in values]
    whole = [v for v in shown if isinstance(v, dict) and len(v["cells"]) >= _WHOLE * v["width"]]
    if whole:
        last = max(_last_filled(given["cells"], given["width"]) for given in whole)
        for given in whole:
            del given["cells"][last * given["width"] :]
    while shown and shown[-1] is None:
        shown.pop()
    return [None if value == "" else value for value in shown]


def _range(rows: Rows) -> dict[str, Any]:
    """One list of cells is much faster to send than a list for each row."""
    return {"width": len(rows[0]), "cells": list(chain.from_iterable(rows))}


def _last_filled(cells: list[Any], width: int) -> int:
    """The number of rows up to the last that holds something, at least one."""
    last = len(cells)
    while last > 1 and (cells[last - 1] is None or cells[last - 1] == ""):
        last -= 1
    return (last + width - 1) // width


def result(reply: dict[str, Any]) -> Rows:
    """The answer of the worker, as Calc takes it."""
    value = reply.get("value")
    cells, width = (value["cells"], value["width"]) if isinstance(value, dict) else ([value], 1)
    if reply.get("errors"):
        cells = [_cell_or_error(v) for v in cells]
    elif not reply.get("plain"):
        cells = [_cell(v) for v in cells]
    return tuple(zip(*[iter(cells)] * width))  # noqa: B905  some offices bring Python 3.8


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

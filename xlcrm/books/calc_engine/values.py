"""Cell values, read and written by block.

Calc knows numbers and texts only: a date or a boolean is a number with a format, an error is
nothing. What xlwings hands over is written as Excel would take it, with one difference: a text
stays a text, unless it starts with `=`. A leading apostrophe is dropped, as in Excel.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, Any

from xlcrm.books.calc_engine.formulas import to_calc

if TYPE_CHECKING:
    from xlcrm.books.calc_engine.places import Place

_EPOCH = dt.datetime(1899, 12, 30)
_DAY = dt.timedelta(days=1)
_MICROSECONDS = 86_400_000_000
# com.sun.star.util.NumberFormat
_DATE, _TIME, _LOGICAL, _TEXT = 2, 4, 1024, 256
_DATETIME = _DATE | _TIME
# What Calc's error codes are called in Excel; the others are #VALUE!, as Calc exports them.
_ERRORS = {32767: "#N/A", 532: "#DIV/0!", 524: "#REF!", 525: "#NAME?", 521: "#NULL!"}
_NUMERIC_ERRORS = frozenset({502, 503, 523, 526, 527})
_LAST_SERIAL = 2958466.0  # 1 January 10000
_MOST_RUNS = 200  # beyond, the formats that were there are not looked at

Area = tuple[int, int, int, int]  # first row, first column, last row, last column, within a block


class CellError(str):
    """The text of an error value."""

    __slots__ = ()


def prepare(value: Any, options: Any = None) -> Any:
    """A value as the engine writes it; None, NaN and NaT are an empty cell."""
    kind = type(value)
    if kind is float:
        return value if value == value else None
    if value is None or kind is str or kind is bool:
        return value
    if kind is int:
        return float(value)
    return _prepare_other(value)


def _prepare_other(value: Any) -> Any:
    if value != value:  # NaN, NaT
        return None
    if hasattr(value, "to_pydatetime"):
        value = value.to_pydatetime()
    elif hasattr(value, "astype") and getattr(value, "dtype", None) is not None:
        value = value.astype("datetime64[us]").item() if value.dtype.kind == "M" else value.item()
        return prepare(value)
    if isinstance(value, dt.datetime):
        return value.replace(tzinfo=None)
    if isinstance(value, dt.date):
        return dt.datetime(value.year, value.month, value.day)
    if isinstance(value, dt.time):
        return float((dt.datetime.combine(_EPOCH.date(), value) - _EPOCH) / _DAY)
    if isinstance(value, (bool, str)):
        return value
    try:
        return float(value)
    except (TypeError, ValueError):
        return "" if str(value) == "<NA>" else str(value)


def clean(
    data: Any,
    datetime_builder: Callable[..., Any],
    empty_as: Any,
    number_builder: Callable[[float], Any] | None,
    err_to_str: bool,
) -> list[list[Any]]:
    """What was read, with the converters that xlwings' options ask for."""
    plain_dates = datetime_builder is dt.datetime

    def turn(value: Any) -> Any:
        kind = type(value)
        if kind is float:
            return number_builder(value) if number_builder else value
        if kind is CellError:
            return str(value) if err_to_str else None
        if kind is dt.datetime and not plain_dates:
            return datetime_builder(
                year=value.year,
                month=value.month,
                day=value.day,
                hour=value.hour,
                minute=value.minute,
                second=value.second,
                microsecond=value.microsecond,
                tzinfo=None,
            )
        return value

    if number_builder is None and plain_dates:
        return [
            [
                empty_as
                if value is None or value == ""
                else value
                if type(value) is not CellError
                else turn(value)
                for value in row
            ]
            for row in data
        ]
    return [[empty_as if value in (None, "") else turn(value) for value in row] for row in data]


def read(area: Place) -> list[list[Any]]:
    """The values of a range: None, str, float, bool, datetime or CellError, by rows."""
    data = area.xl.getDataArray()
    rows = [[None if value == "" else value for value in row] for row in data]
    _name_errors(area, data, rows)
    if any(type(value) is float for row in data for value in row):
        for type_, part in _typed_parts(area):
            turn = bool if type_ & _LOGICAL else _moment if type_ & _DATETIME else None
            if turn is not None:
                _apply(rows, part, turn)
    return rows


def _name_errors(area: Place, data: Any, rows: list[list[Any]]) -> None:
    for r, row in enumerate(data):
        if None in row:
            for c, value in enumerate(row):
                if value is None:
                    code = area.xl.getCellByPosition(c, r).getError()
                    rows[r][c] = CellError(_error_text(code))


def _error_text(code: int) -> str:
    return _ERRORS.get(code) or ("#NUM!" if code in _NUMERIC_ERRORS else "#VALUE!")


def _typed_parts(area: Place) -> Iterator[tuple[int, Area]]:
    """The parts of a range whose number format is not plain, with the type of the format."""
    formats = area.sheet.book.number_formats
    groups = area.xl.getUniqueCellFormatRanges()
    for position in range(groups.getCount()):
        group = groups.getByIndex(position)
        type_ = formats.type_of(group.NumberFormat)
        if type_ & (_LOGICAL | _DATETIME):
            for part in group.getRangeAddresses():
                yield type_, _within(area, part)


def _within(area: Place, part: Any) -> Area:
    top, left = area.row - 1, area.column - 1
    return part.StartRow - top, part.StartColumn - left, part.EndRow - top, part.EndColumn - left


def _apply(rows: list[list[Any]], part: Area, turn: Callable[[float], Any]) -> None:
    top, left, bottom, right = part
    for row in rows[top : bottom + 1]:
        for c in range(left, right + 1):
            if type(row[c]) is float:
                row[c] = turn(row[c])


def _moment(serial: float) -> Any:
    """A date; a serial that is none stays a number."""
    if not 0 <= serial < _LAST_SERIAL:
        return serial
    days = int(serial)
    seconds = round((serial - days) * 86400, 3)
    return _EPOCH + dt.timedelta(days=days, seconds=seconds)


def write(area: Place, data: Any) -> None:
    """Put rows of prepared values into a range of the same shape, in one block."""
    block: list[tuple[Any, ...]] = []
    dates: list[tuple[int, int]] = []
    times: list[tuple[int, int]] = []
    flags: list[tuple[int, int]] = []
    formulas: list[tuple[int, int, str]] = []
    for r, row in enumerate(data):
        line = list(row)
        for c, value in enumerate(line):
            kind = type(value)
            if kind is float:
                continue
            if kind is str:
                first = value[:1]
                if first == "'":
                    line[c] = value[1:]
                elif first == "=" and len(value) > 1:
                    formulas.append((r, c, value))
                    line[c] = ""
            elif value is None:
                line[c] = ""
            elif kind is bool:
                flags.append((r, c))
                line[c] = float(value)
            elif kind is dt.datetime:
                (times if value.time() != dt.time() else dates).append((r, c))
                line[c] = ((value - _EPOCH) // dt.timedelta(microseconds=1)) / _MICROSECONDS
        block.append(tuple(line))
    area.xl.setDataArray(tuple(block))
    for places, type_ in ((dates, _DATE), (times, _DATETIME), (flags, _LOGICAL)):
        if places:
            _show_as(area, places, type_)
    for r, c, text in formulas:
        area.xl.getCellByPosition(c, r).setFormula(to_calc(text))


def _show_as(area: Place, places: Iterable[tuple[int, int]], type_: int) -> None:
    """Give cells the usual format of a type, unless they have one of that type."""
    formats = area.sheet.book.number_formats
    parts = list(runs(places))
    if len(parts) > _MOST_RUNS:
        cells = [
            (area.row + t, area.column + c, area.row + b, area.column + c) for c, t, b in parts
        ]
        area.sheet.cell_ranges(cells).NumberFormat = formats.usual(type_)
        return
    for c, top, bottom in parts:
        groups = area.xl.getCellRangeByPosition(c, top, c, bottom).getUniqueCellFormatRanges()
        for position in range(groups.getCount()):
            group = groups.getByIndex(position)
            if not formats.type_of(group.NumberFormat) & type_:
                group.NumberFormat = formats.usual(type_)


def runs(places: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int, int]]:
    """(column, first row, last row) of the cells that touch, from (row, column) places.

    >>> list(runs([(0, 1), (1, 1), (3, 1), (0, 0)]))
    [(0, 0, 0), (1, 0, 1), (1, 3, 3)]
    """
    ordered = sorted((c, r) for r, c in places)
    start = 0
    for end in range(1, len(ordered) + 1):
        column, row = ordered[end - 1]
        if end == len(ordered) or ordered[end] != (column, row + 1):
            yield column, ordered[start][1], row
            start = end

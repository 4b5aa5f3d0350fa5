"""What looks through cells or moves them about: end, find, replace, sort, fill, special cells."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from xlcrm.books.calc_engine.errors import missing
from xlcrm.books.calc_engine.link import properties

if TYPE_CHECKING:
    from xlcrm.books.calc_engine.ranges import Range

_SORT_FIELD = "com.sun.star.table.TableSortField"
# com.sun.star.sheet.CellFlags and FormulaResult
_CONSTANTS = {None: 1 | 2 | 4, "numbers": 1 | 2, "text": 4}
_FORMULAS = {None: 1 | 2 | 4, "numbers": 1, "text": 2, "errors": 4}


def end(area: Range, direction: str) -> Range:
    """Where Ctrl and an arrow key lead from the first cell."""
    sheet, row, column = area.sheet, area.row, area.column
    last = sheet.used_range.areas[0]
    down = direction in ("down", "up")
    forward = direction in ("down", "right")
    here = row if down else column
    used = last[2] if down else last[3]
    edge = (sheet.row_count if down else sheet.column_count) if forward else 1
    first, stop = (here, max(used, here)) if forward else (1, here)
    line = (first, column, stop, column) if down else (row, first, row, stop)
    filled = [bool(f) for cells in _formulas(area, line) for f in cells]
    if not forward:
        filled.reverse()
    steps = _steps(filled)
    found = edge if steps is None else here + (steps if forward else -steps)
    return sheet.range((found, column) if down else (row, found))


def _formulas(area: Range, where: tuple[int, int, int, int]) -> Any:
    # Formulas, not values: a formula that shows nothing still fills its cell.
    top, left, bottom, right = where
    return area.sheet.xl.getCellRangeByPosition(
        left - 1, top - 1, right - 1, bottom - 1
    ).getFormulaArray()


def _steps(filled: list[bool]) -> int | None:
    """How far to go from the first cell of a line; None to the edge of the sheet.

    >>> _steps([True, True, False]), _steps([True, False, True]), _steps([True, False])
    (1, 2, None)
    """
    position = 1
    if filled[0] and len(filled) > 1 and filled[1]:
        while position < len(filled) and filled[position]:
            position += 1
        return position - 1
    while position < len(filled):
        if filled[position]:
            return position
        position += 1
    return None


def special_cells(area: Range, cell_type: str, value_type: str | None) -> list[Range]:
    """The parts of a range with cells of a kind."""
    if cell_type == "blanks":
        found = area.xl.queryEmptyCells()
    elif cell_type == "visible":
        found = area.xl.queryVisibleCells()
    elif cell_type == "constants" and value_type in _CONSTANTS:
        found = area.xl.queryContentCells(_CONSTANTS[value_type])
    elif cell_type == "formulas" and value_type in _FORMULAS:
        found = area.xl.queryFormulaCells(_FORMULAS[value_type])
    else:
        raise missing(f"Range.get_special_cells({cell_type!r}, {value_type!r})")
    kind = type(area)
    return [kind.of_addresses(area.sheet, [address]) for address in found.getRangeAddresses()]


def find(
    area: Range, text: str, whole: bool, direction: str, order: str, match_case: bool
) -> Range | None:
    """The first cell that holds a text."""
    search = area.xl.createSearchDescriptor()
    search.SearchString = text
    search.SearchWords = whole
    search.SearchCaseSensitive = match_case
    search.SearchByRow = order == "rows"
    search.SearchBackwards = direction == "backward"
    search.SearchType = 1  # what the cells show, not their formulas
    found = area.xl.findFirst(search)
    return None if found is None else type(area).of(area.sheet, found)(1, 1)


def replace_all(area: Range, old: str, new: str, whole: bool, match_case: bool) -> None:
    """Replace a text within the cells of a range."""
    search = area.xl.createReplaceDescriptor()
    search.SearchString = old
    search.ReplaceString = new
    search.SearchWords = whole
    search.SearchCaseSensitive = match_case
    area.xl.replaceAll(search)


def sort(area: Range, keys: Sequence[int], ascending: Sequence[bool], has_headers: bool) -> None:
    """Sort the rows of a range by columns counted from 1."""
    if len(keys) > 3:
        raise missing("Range.sort() by more than three columns")
    fields = tuple(
        area.link.struct(_SORT_FIELD, Field=key - 1, IsAscending=up)
        for key, up in zip(keys, ascending, strict=True)
    )
    area.xl.sort(
        properties(
            area.link,
            SortFields=area.link.typed(f"[]{_SORT_FIELD}", fields),
            ContainsHeader=has_headers,
            IsSortColumns=False,
        )
    )


def remove_duplicates(area: Range, columns: Sequence[int], has_headers: bool) -> None:
    """Keep the first of the rows that are equal in those columns; the rest moves up."""
    rows = area.xl.getFormulaArray()
    shown = area.xl.getDataArray()
    kept = list(rows[:1]) if has_headers else []
    seen = set()
    for formulas, values in list(zip(rows, shown, strict=True))[len(kept) :]:
        key = tuple(_folded(values[column - 1]) for column in columns)
        if key not in seen:
            seen.add(key)
            kept.append(formulas)
    blank = ("",) * area.shape[1]
    area.xl.setFormulaArray(tuple(kept) + (blank,) * (len(rows) - len(kept)))


def _folded(value: Any) -> Any:
    return value.casefold() if isinstance(value, str) else value


def autofill(area: Range, destination: Range, copy: bool) -> None:
    """Continue the cells of a range over a destination that begins with them."""
    height, width = area.shape
    across = destination.shape[1] > width
    direction = area.link.enum(
        "com.sun.star.sheet.FillDirection", "TO_RIGHT" if across else "TO_BOTTOM"
    )
    if copy:
        simple = area.link.enum("com.sun.star.sheet.FillMode", "SIMPLE")
        day = area.link.enum("com.sun.star.sheet.FillDateMode", "FILL_DATE_DAY")
        destination.xl.fillSeries(direction, simple, day, 0.0, 0.0)
    else:
        destination.xl.fillAuto(direction, width if across else height)

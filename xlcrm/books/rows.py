"""Writes the cells of a table as sheet XML, column by column in chunks.

Texts stand in the cells themselves (`t="inlineStr"`), so that the shared strings of the user's
workbook stay as they are.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from types import NoneType
from typing import Any

from xlcrm.books.addresses import column_letters
from xlcrm.cells import to_serial

LONGEST_TEXT = 32_767  # UTF-16 units that a cell holds
_CHUNK = 4_000
_EPOCH_1904 = 1462  # days between the two date systems
_MOST_DIGITS = 10**15  # a longer whole number would lose digits in a cell
# What needs more than & < >, in the texts of a column joined by NUL: characters that XML has not,
# what looks like an escape, and spaces that XML would drop at either end.
_UNFIT = re.compile(r"[\x01-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]")
_DELICATE = ("_x", *(pair for s in " \t\n" for pair in (f"\x00{s}", f"{s}\x00")))
_ESCAPED = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)|[\x00-\x08\x0b-\x1f\ufffe\uffff]")
_SURROGATE = re.compile(r"[\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class CellStyles:
    """The numbers of the cell formats of a table.

    `columns` is that of each column, `marked` that of single cells as {column: {row: number}},
    `last` those of the last row, `dates` that of a date in a column that is not for dates.
    """

    columns: Sequence[int]
    marked: Mapping[int, Mapping[int, int]] = field(default_factory=dict)
    last: Sequence[int] | None = None
    dates: int | None = None

    def of(self, column: int, start: int, values: Sequence[Any], last: bool) -> list[int]:
        """The format of each of these cells of a column, from row `start` on."""
        usual = self.columns[column]
        styles = [usual] * len(values)
        if self.dates is not None and any(issubclass(k, date) for k in set(map(type, values))):
            styles = [self.dates if isinstance(v, date) else usual for v in values]
        if last and self.last is not None:
            styles[-1] = self.last[column]
        if marked := self.marked.get(column):
            for place in range(len(values)):
                if (style := marked.get(start + place)) is not None:
                    styles[place] = style
        return styles


def row_xml(
    rows: Sequence[Sequence[Any]], first_row: int, styles: CellStyles, is_1904: bool = False
) -> Iterator[str]:
    """The `<row>` elements of a table, some thousand rows at a time."""
    letters = [column_letters(c + 1) for c in range(len(styles.columns))]
    if not letters:
        return
    for start in range(0, len(rows), _CHUNK):
        chunk = rows[start : start + _CHUNK]
        numbers = [str(first_row + start + i) for i in range(len(chunk))]
        last = start + len(chunk) == len(rows)
        columns = []
        for c, letter in enumerate(letters):
            values = [row[c] if c < len(row) else None for row in chunk]
            cell_styles = styles.of(c, start, values, last)
            columns.append(_column(letter, numbers, cell_styles, values, is_1904))
        yield "".join(
            [
                f'<row r="{number}">{"".join(cells)}</row>'
                for number, cells in zip(numbers, zip(*columns, strict=True), strict=True)
            ]
        )


def _column(
    letters: str, numbers: list[str], styles: list[int], values: list[Any], is_1904: bool
) -> list[str]:
    kinds = set(map(type, values))
    heads = {style: f'" s="{style}' for style in set(styles)}
    starts = [f'<c r="{letters}{n}{heads[s]}' for n, s in zip(numbers, styles, strict=True)]
    if kinds <= {str, NoneType}:
        return [
            f'{start}" t="inlineStr"><is>{text}</is></c>' if text else f'{start}"/>'
            for start, text in zip(starts, _texts(values), strict=True)
        ]
    if kinds <= {int, float} and all(-_MOST_DIGITS < v < _MOST_DIGITS for v in values):
        return [f'{start}"><v>{v!r}</v></c>' for start, v in zip(starts, values, strict=True)]
    return [
        cell_xml(letters + n, s, v, is_1904)
        for n, s, v in zip(numbers, styles, values, strict=True)
    ]


def cell_xml(address: str, style: int, value: Any, is_1904: bool = False) -> str:
    """One cell; a number that a cell cannot hold becomes a text, NaN a blank.

    >>> cell_xml("A1", 3, "=1+1"), cell_xml("B1", 0, 2.5)
    ('<c r="A1" s="3" t="inlineStr"><is><t>=1+1</t></is></c>', '<c r="B1" s="0"><v>2.5</v></c>')
    """
    if value is None or value != value:
        return f'<c r="{address}" s="{style}"/>'
    if isinstance(value, bool):
        return f'<c r="{address}" s="{style}" t="b"><v>{value:d}</v></c>'
    if isinstance(value, date):
        serial = _serial(value, is_1904)
        if serial is not None:
            return f'<c r="{address}" s="{style}"><v>{serial!r}</v></c>'
        value = value.strftime("%d/%m/%Y")
    if hasattr(value, "item"):  # a numpy number
        value = value.item()
    elif isinstance(value, Decimal):
        value = float(value)
    if isinstance(value, (int, float)):
        if math.isinf(value):
            return f'<c r="{address}" s="{style}" t="e"><v>#NUM!</v></c>'
        if isinstance(value, float) or -_MOST_DIGITS < value < _MOST_DIGITS:
            return f'<c r="{address}" s="{style}"><v>{value!r}</v></c>'
    text = text_xml(str(value))
    if not text:
        return f'<c r="{address}" s="{style}"/>'
    return f'<c r="{address}" s="{style}" t="inlineStr"><is>{text}</is></c>'


def text_xml(text: str) -> str:
    """A text as a `<t>` element that a spreadsheet reads back the same; "" for no text.

    >>> text_xml(" a_x0041_\\x01")
    '<t xml:space="preserve"> a_x005F_x0041__x0001_</t>'
    """
    if len(text) * 2 > LONGEST_TEXT:
        text = cut_text(text)
    if _SURROGATE.search(text):
        text = _SURROGATE.sub("\ufffd", text)
    text = _markup(_ESCAPED.sub(lambda m: f"_x{ord(m[0]):04X}_", text))
    if not text:
        return ""
    if text[0] in " \t\n" or text[-1] in " \t\n":
        return f'<t xml:space="preserve">{text}</t>'
    return f"<t>{text}</t>"


def cut_text(text: str, most: int = LONGEST_TEXT) -> str:
    """A text that fits into a cell; where it was longer it ends with an ellipsis.

    >>> cut_text("abcdef", most=4)
    'abc…'
    """
    units = text.encode("utf-16-le", "surrogatepass")
    if len(units) <= 2 * most:
        return text
    return units[: 2 * (most - 1)].decode("utf-16-le", "ignore") + "…"


def _texts(values: list[str | None]) -> list[str]:
    """The `<t>` elements of a column; all at once where no text needs more care."""
    joined = "\x00".join(["", *[value or "" for value in values], ""])
    texts = joined.split("\x00")[1:-1]
    alone = len(texts) == len(values) and max(map(len, texts)) * 2 <= LONGEST_TEXT
    if alone and not any(part in joined for part in _DELICATE) and not _UNFIT.search(joined):
        marked = _markup(joined)
        texts = texts if marked is joined else marked.split("\x00")[1:-1]
        return [f"<t>{text}</t>" if text else "" for text in texts]
    return [text_xml(value) if value else "" for value in values]


def _markup(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _serial(day: date, is_1904: bool) -> float | None:
    """The serial of a day; None for one before the calendar of the workbook."""
    moment = day.replace(tzinfo=None) if isinstance(day, datetime) else day
    serial = to_serial(moment) - (_EPOCH_1904 if is_1904 else 0)
    return serial if serial >= (0 if is_1904 else 1) else None

"""Cells as XML: what is written is read back the same, by our reader and by another one."""

import io
import re
import zipfile
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import numpy
import openpyxl
import pandas
import pytest
from book_contract import BASE, column
from hypothesis import example, given, settings
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook
from rich_workbooks import minimal
from test_file import build

from xlcrm.books.file import FileBook
from xlcrm.books.results import Column, ResultSheet, Table
from xlcrm.books.rows import LONGEST_TEXT, CellStyles, cell_xml, cut_text, row_xml, text_xml

HEAD = '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """A workbook whose one sheet has no rows yet."""
    path = tmp_path_factory.mktemp("rows") / "vide.xlsx"
    minimal(path)
    return path.read_bytes()


def read_back(empty: bytes, rows: list[list[Any]], by_openpyxl: bool = False) -> list[Any]:
    """The first column of rows, written and read again."""
    xml = (
        HEAD
        + "".join(row_xml(rows, 1, CellStyles([0] * len(rows[0]))))
        + "</sheetData></worksheet>"
    )
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(empty)) as source, zipfile.ZipFile(stream, "w") as target:
        for name in source.namelist():
            sheet = name == "xl/worksheets/sheet.xml"
            target.writestr(name, xml.encode() if sheet else source.read(name))
    stream.seek(0)
    if by_openpyxl:
        return [row[0].value for row in openpyxl.load_workbook(stream).active.iter_rows()]
    rows = (
        CalamineWorkbook.from_filelike(stream)
        .get_sheet_by_index(0)
        .to_python(skip_empty_area=False)
    )
    return [row[0] for row in rows]


# A carriage return and the two codes that are no characters have tests of their own.
TEXTS = st.text(
    st.characters(codec="utf-8", exclude_characters="\r\ufffe\uffff"), min_size=1, max_size=60
)


@given(st.lists(TEXTS, min_size=1, max_size=8))
@example(["=cmd|' /C calc'!A0", "+1", "@x", "'apostrophe", " a", "a ", "\ta", "a\n", "  "])
@example(["_x000D_", "_x0041_b", "__x005F_", "\x00", "a\x01b\x1f", "😀" * 20])
@example(["a&b<c>d\"e'f", "]]>", "<t>", "&amp;", "\u2028", "\u00a0"])
@settings(deadline=None)
def test_any_text_comes_back(empty: bytes, texts: list[str]) -> None:
    assert read_back(empty, [[text] for text in texts]) == texts


@pytest.mark.parametrize(
    "text", ["=1+1", " a b ", "a\nb", "œ😀é", "a&b<c>", "a\tb", "'s Gravenhage"]
)
def test_openpyxl_reads_the_same_text(empty: bytes, text: str) -> None:
    assert read_back(empty, [[text]], by_openpyxl=True) == [text]


def test_what_is_no_character_is_written_as_excel_does() -> None:
    assert text_xml("\ufffe\uffff") == "<t>_xFFFE__xFFFF_</t>"


def test_a_carriage_return_stays(empty: bytes) -> None:
    """It would become a line feed, if it stood in the XML as it is."""
    assert "_x000D_" in text_xml("a\r\nb")
    assert read_back(empty, [["a\r\nb"]]) == ["a\r\nb"]


def test_half_a_character_becomes_a_sign_for_it(empty: bytes) -> None:
    assert read_back(empty, [["a\ud83d"], ["\udc00b"]]) == ["a\ufffd", "\ufffdb"]


@pytest.mark.parametrize("letter", ["a", "é", "&", "😀", "_x000D_"])
def test_a_text_too_long_for_a_cell_is_cut(empty: bytes, letter: str) -> None:
    long = letter * (LONGEST_TEXT + 1)
    [read] = read_back(empty, [[long]])
    assert len(read.encode("utf-16-le")) // 2 in (LONGEST_TEXT - 1, LONGEST_TEXT)
    assert read.endswith("…")
    assert long.startswith(read[:-1])


def test_a_text_that_just_fits_is_not_cut() -> None:
    assert cut_text("a" * LONGEST_TEXT) == "a" * LONGEST_TEXT


@given(
    st.lists(
        st.none()
        | st.booleans()
        | st.integers(-(10**15) + 1, 10**15 - 1)
        | st.floats(allow_nan=False, allow_infinity=False)
        | TEXTS,
        min_size=1,
        max_size=8,
    )
)
@settings(deadline=None)
def test_any_value_comes_back(empty: bytes, values: list[Any]) -> None:
    read = read_back(empty, [[value, "x"] for value in values])
    assert read == ["" if value is None else value for value in values]


@pytest.mark.parametrize(
    ("value", "cell"),
    [
        (None, '<c r="A1" s="2"/>'),
        ("", '<c r="A1" s="2"/>'),
        (float("nan"), '<c r="A1" s="2"/>'),
        (pandas.NaT, '<c r="A1" s="2"/>'),
        (True, '<c r="A1" s="2" t="b"><v>1</v></c>'),
        (numpy.int64(3), '<c r="A1" s="2"><v>3</v></c>'),
        (numpy.float64(2.5), '<c r="A1" s="2"><v>2.5</v></c>'),
        (Decimal("2.5"), '<c r="A1" s="2"><v>2.5</v></c>'),
        (3.0, '<c r="A1" s="2"><v>3.0</v></c>'),
        (1e300, '<c r="A1" s="2"><v>1e+300</v></c>'),
        (float("inf"), '<c r="A1" s="2" t="e"><v>#NUM!</v></c>'),
        (date(2026, 11, 21), '<c r="A1" s="2"><v>46347.0</v></c>'),
        (datetime(2026, 11, 21, 12), '<c r="A1" s="2"><v>46347.5</v></c>'),
        (pandas.Timestamp(2026, 11, 21), '<c r="A1" s="2"><v>46347.0</v></c>'),
        (date(1900, 1, 1), '<c r="A1" s="2"><v>1.0</v></c>'),
        (
            4970101234567890,
            '<c r="A1" s="2" t="inlineStr"><is><t>4970101234567890</t></is></c>',
        ),
    ],
)
def test_cells_of_every_kind(value: Any, cell: str) -> None:
    assert cell_xml("A1", 2, value) == cell


def test_a_column_is_written_as_its_cells_are() -> None:
    """The fast way for whole columns and the way for one cell give the same XML."""
    columns = [
        ["a", None, "b&c", " d", "", "_x0041_"],
        ["x", "y", "z", "x", "y", "z"],
        [1.0, 2.5, 3.0, -4.0, 0.0, 1e10],
        [1, None, "a", True, date(2026, 1, 2), 2.5],
    ]
    rows = list(zip(*columns, strict=True))
    [xml] = row_xml(rows, 7, CellStyles([1, 2, 3, 4]))
    cells = [cell_xml(f"{'ABCD'[c]}{7 + r}", c + 1, rows[r][c]) for r in range(6) for c in range(4)]
    assert re.findall(r"<c r=.*?(?:</c>|s=\"\d+\"/>)", xml) == cells


def test_styles_of_marked_cells_last_rows_and_dates() -> None:
    rows = [["a", date(2026, 1, 2)], ["b", 1], ["c", 2]]
    [xml] = row_xml(rows, 1, CellStyles([1, 2], {0: {1: 9}}, last=[7, 8], dates=5))
    assert re.findall(r's="(\d+)"', xml) == ["1", "5", "9", "2", "7", "8"]


def test_rows_come_in_pieces_with_their_marks() -> None:
    rows = [[str(i)] for i in range(9_000)]
    pieces = list(row_xml(rows, 11, CellStyles([1], {0: {0: 2, 3_999: 3, 4_000: 4, 8_999: 5}})))
    xml = "".join(pieces)
    assert len(pieces) == 3
    assert re.findall(r'r="A(\d+)" s="([2-9])"', xml) == [
        ("11", "2"),
        ("4010", "3"),
        ("4011", "4"),
        ("9010", "5"),
    ]
    assert re.findall(r'<row r="(\d+)"', xml) == [str(n) for n in range(11, 9_011)]


def test_texts_survive_the_whole_way(tmp_path: Path) -> None:
    path = tmp_path / "base.xlsx"
    build(path, {"Base": BASE})
    texts = ['=HYPERLINK("http://x")', "http://exemple.fr", "a\rb", "\x07cloche", "'0612"]
    book = FileBook.open(path)
    book.write([ResultSheet("R", "r", "=T", [Table([Column("=Nom")], [[t] for t in texts])])])
    assert column(book, "R", "=Nom") == texts

"""The file book loses nothing: parts that a command has no reason to touch keep their bytes."""

import posixpath
import zipfile
from functools import partial
from pathlib import Path

import openpyxl
import pytest
from book_contract import grid_settings, people
from open_xml_sdk import sdk_errors
from openxml_audit import OpenXmlValidator
from python_calamine import CalamineWorkbook
from rich_workbooks import by_openpyxl, by_xlsxwriter, minimal, with_everything

from xlcrm.books.file import FileBook
from xlcrm.books.package import TYPES, Package, rels_of
from xlcrm.books.results import Chart, Column, ResultSheet, Table
from xlcrm.books.workbook import Workbook

# What has to change when a sheet is added: the list of sheets, its links, types and formats.
TOUCHED = ("[Content_Types].xml", "workbook.xml", "workbook.xml.rels", "styles.xml")


def segments() -> ResultSheet:
    table = Table(
        [Column("Segment", note="Critère"), Column("CA", "money", rule="bar")],
        [["A", 10.0], ["B", 20.0], ["Total", 30.0]],
        name="Segments",
        marks={(0, 1): "good"},
        totals=True,
    )
    charts = [Chart("column", "CA", 0, (1,)), Chart("pie", "Parts", 0, (1,))]
    return ResultSheet("Segments", "segments", "Segments", [table], ["Note"], charts)


RESULTS = [people([["Durand"]]), segments(), grid_settings(10)]


def raw_entries(path: Path) -> dict[str, bytes]:
    """The compressed bytes of every entry."""
    content = path.read_bytes()
    entries = {}
    with zipfile.ZipFile(path) as archive:
        for info in archive.infolist():
            start = info.header_offset
            lengths = content[start + 26 : start + 30]
            name = int.from_bytes(lengths[:2], "little") + int.from_bytes(lengths[2:], "little")
            data = start + 30 + name
            entries[info.filename] = content[data : data + info.compress_size]
    return entries


def contents(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as archive:
        return {info.filename: archive.read(info) for info in archive.infolist()}


def findings(path: Path) -> list[str]:
    """What the validator says, but for its advice to share texts, which is no fault."""
    errors = [str(error) for error in OpenXmlValidator().validate(path).errors]
    return sorted(error for error in errors if "Emit shared strings" not in error)


def everything(path: Path) -> None:
    by_xlsxwriter(path)
    with_everything(path)


BUILDERS = {
    "xlsxwriter": by_xlsxwriter,
    "openpyxl": by_openpyxl,
    "everything": everything,
    "minimal": minimal,
    "prefixed": partial(minimal, prefix="x"),
    "strict": partial(minimal, strict=True),
    "dates of 1904": partial(minimal, properties='<workbookPr date1904="1"/>'),
    "at the root": partial(minimal, root=""),
}


@pytest.fixture(params=BUILDERS)
def source(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    path = tmp_path / "base.xlsx"
    BUILDERS[request.param](path)
    return path


def test_parts_of_the_user_keep_their_bytes(source: Path) -> None:
    book = FileBook.open(source)
    book.write(RESULTS)
    before, after = raw_entries(source), raw_entries(book.output)
    assert [name for name in before if before[name] != after.get(name)] == [
        name for name in before if name.endswith(TOUCHED)
    ]
    assert list(after)[: len(before)] == list(before)
    assert all("xlcrm" in name or "styles" in name for name in list(after)[len(before) :])


def test_writing_twice_leaves_the_same_parts(source: Path) -> None:
    book = FileBook.open(source)
    book.write(RESULTS)
    once = contents(book.output)
    again = FileBook.open(book.output, book.output)
    again.write(RESULTS)
    twice = contents(book.output)
    assert sorted(twice) == sorted(once)
    changed = [name for name in once if once[name] != twice[name]]
    assert {posixpath.basename(name) for name in changed} <= {"[Content_Types].xml", "workbook.xml"}


def test_drop_gives_the_first_parts_back(source: Path) -> None:
    book = FileBook.open(source)
    book.write(RESULTS)
    again = FileBook.open(book.output, book.output)
    again.write([people([["Petit"], ["Durand"]])])
    again.drop()
    assert contents(book.output) == contents(source)


def test_the_source_is_not_touched(source: Path) -> None:
    before = source.read_bytes()
    FileBook.open(source).write(RESULTS)
    assert source.read_bytes() == before


def test_nothing_becomes_invalid(source: Path) -> None:
    book = FileBook.open(source)
    book.write(RESULTS)
    assert set(findings(book.output)) <= set(findings(source))
    fast = CalamineWorkbook.from_path(str(book.output))
    assert fast.sheet_names[-3:] == ["Contacts", "Segments", "Grille RFM"]
    assert fast.get_sheet_by_name("Contacts").to_python()[-1] == ["Durand"]


def test_the_open_xml_sdk_finds_nothing_new(source: Path) -> None:
    book = FileBook.open(source)
    book.write(RESULTS)
    before = [error["description"] for error in sdk_errors(source)]
    assert [error["description"] for error in sdk_errors(book.output)] == before


@pytest.mark.filterwarnings("ignore::UserWarning")  # of what openpyxl would lose
@pytest.mark.parametrize("name", sorted(set(BUILDERS) - {"strict"}))  # which it does not read
def test_openpyxl_reads_the_result(tmp_path: Path, name: str) -> None:
    path = tmp_path / "base.xlsx"
    BUILDERS[name](path)
    book = FileBook.open(path)
    book.write(RESULTS)
    workbook = openpyxl.load_workbook(book.output)
    sheet = workbook["Segments"]
    assert [cell.value for cell in sheet[4]] == ["Segment", "CA"]
    assert sheet["B5"].number_format == '#,##0.00\\ "€"'
    assert sheet["B5"].fill.fgColor.rgb == "FFDDF0DD"
    assert sheet["A4"].comment.text == "Critère"
    assert sheet.freeze_panes == "A5"
    assert len(sheet._charts) == 2


def test_links_and_types_are_complete(source: Path) -> None:
    """Every part has a content type of its own, every link a part, every id is used once."""
    book = FileBook.open(source)
    book.write(RESULTS)
    book.write([segments()])
    assert_sound(book.output)
    book.drop(["segments"])
    assert_sound(book.output)


def assert_sound(path: Path) -> None:
    with zipfile.ZipFile(path) as archive:
        names = archive.namelist()
        assert len({name.casefold() for name in names}) == len(names)
        package = Package(archive, path.name)
        _, types = package.read_xml(TYPES)
        declared = [e.attributes["PartName"].lstrip("/") for e in types.all("Override")]
        assert sorted(declared) == sorted(set(declared) & set(names))
        assert all(package.content_type(name) for name in names if name != TYPES)
        for part in ["", *names]:
            links = package.relationships(part)
            assert len({link.id for link in links}) == len(links)
            assert [k for k in links if not k.external and package.find(k.target) is None] == []
        own = {rels_of(part) for part in ["", *names]} | {TYPES}
        assert {name for name in names if "xlcrm" in name} - own <= package.reachable()
        sheets = Workbook(package).sheets()
        assert len({sheet.name.casefold() for sheet in sheets}) == len(sheets)
        assert len({sheet.sheet_id for sheet in sheets}) == len(sheets)
        assert len({sheet.part for sheet in sheets}) == len(sheets)

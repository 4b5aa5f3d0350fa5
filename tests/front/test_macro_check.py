"""The linter of built files: each defect that Excel would refuse is put in, and must be seen."""

import re
import struct
from collections.abc import Callable

import pytest
from pyopenvba.cfb import CFB
from pyopenvba.vba import compress

import xlcrm.commands  # noqa: F401  fills the catalogue
from xlcrm.front import addin
from xlcrm.front.addin import addin_bytes
from xlcrm.front.macro_check import check_macros, decompress, read_project
from xlcrm.front.package import CONTENT_TYPES, RIBBON_PART, Parts, read_parts
from xlcrm.front.vba import Module

BIN, BOOK, SHEET = "xl/vbaProject.bin", "xl/workbook.xml", "xl/worksheets/sheet1.xml"
Break = Callable[[Parts], None]


def _swap(part: str, old: str, new: str) -> Break:
    def change(parts: Parts) -> None:
        text = parts[part].decode("utf-8")
        assert re.search(old, text), old
        parts[part] = re.sub(old, new, text, count=1).encode("utf-8")

    return change


def _stream(path: str, change: Callable[[bytes], bytes]) -> Break:
    """Change one stream of the project; of a module and of dir, what is compressed in it."""

    def edit(parts: Parts) -> None:
        project = read_project(parts[BIN])
        storage, _, name = path.rpartition("/")
        data = project.streams[path]
        offset = next((o for n, _, o in project.modules if n == name), 0)
        if storage and name != "_VBA_PROJECT":
            data = data[:offset] + compress(change(decompress(data[offset:])))
        else:
            data = change(data)
        cfb = CFB.from_bytes(parts[BIN])
        if storage:
            cfb.write_stream_in_storage(storage, name, data)
        else:
            cfb.write_stream(name, data)
        parts[BIN] = cfb.to_bytes()

    return edit


def _raw(path: str, change: Callable[[bytes], bytes]) -> Break:
    def edit(parts: Parts) -> None:
        storage, _, name = path.rpartition("/")
        cfb = CFB.from_bytes(parts[BIN])
        cfb.write_stream_in_storage(storage, name, change(read_project(parts[BIN]).streams[path]))
        parts[BIN] = cfb.to_bytes()

    return edit


def _container(change: Callable[[CFB], None]) -> Break:
    def edit(parts: Parts) -> None:
        cfb = CFB.from_bytes(parts[BIN])
        change(cfb)
        parts[BIN] = cfb.to_bytes()

    return edit


def _replace(old: bytes, new: bytes) -> Callable[[bytes], bytes]:
    def change(data: bytes) -> bytes:
        assert old in data, old
        return data.replace(old, new, 1)

    return change


def _drop_document(parts: Parts) -> None:
    """The module of the sheet goes from PROJECT, as if it had never been made."""
    _stream("PROJECT", _replace(b"Document=Sheet1/&H00000000\r\n", b""))(parts)


def _recount(data: bytes) -> bytes:
    place = data.index(struct.pack("<HI", 0x0F, 2)) + 6
    count = int.from_bytes(data[place : place + 2], "little")
    return data[:place] + (count + 1).to_bytes(2, "little") + data[place + 2 :]


def _corrupt(data: bytes) -> bytes:
    return data[:1] + bytes([data[1], data[2] ^ 0x70]) + data[3:]


CELLS = "VBA/XlcrmCells"
HEAD = b'Attribute VB_Name = "XlcrmCells"\r\n'
CALLBACK = b"Public Sub XlcrmOnAction(control As IRibbonControl)"
DEFECTS: dict[str, tuple[Break, str]] = {
    "no code name of the workbook": (_swap(BOOK, ' codeName="ThisWorkbook"', ""), "code names"),
    "another code name of a sheet": (_swap(SHEET, 'codeName="Sheet1"', 'codeName="S9"'), "code"),
    "no content type of the project": (
        _swap(CONTENT_TYPES, '<Default Extension="bin"[^>]*/>', ""),
        "no content type",
    ),
    "no relation to the project": (
        _swap("xl/_rels/workbook.xml.rels", '<Relationship [^>]*vbaProject"[^>]*/>', ""),
        "no relation",
    ),
    "the type of a plain workbook": (
        _swap(
            CONTENT_TYPES,
            r"application/vnd\.ms-excel\.addin\.macroEnabled\.main\+xml",
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml",
        ),
        "not the type of .xlam",
    ),
    "a wrong count of modules": (_stream("VBA/dir", _recount), "dir counts"),
    "a module without its name": (_stream(CELLS, _replace(HEAD, b"")), "does not name it, once"),
    "a module named twice": (_stream(CELLS, _replace(HEAD, HEAD * 2)), "does not name it, once"),
    "letters outside ASCII": (
        _stream(CELLS, _replace(b"braces", "braces œ".encode())),
        "letters outside ASCII",
    ),
    "lines that end in LF": (
        _stream(CELLS, lambda data: data.replace(b"\r\n", b"\n")),
        "lines must end in CR LF",
    ),
    "protection of another project": (
        _stream(
            "PROJECT", lambda d: re.sub(rb'CMG="[^"]*"', b'CMG="0705D8E3D8EDDBF1DBF1DBF1DBF1"', d)
        ),
        "CMG is not",
    ),
    "another identity": (
        _stream("PROJECT", lambda d: re.sub(rb'ID="\{.', b'ID="{0', d)),
        "is not that of an open project",
    ),
    "a broken chunk": (_raw(CELLS, _corrupt), "cannot be read"),
    "a sheet without its document": (_drop_document, "are not the documents"),
    "no PROJECTwm": (_container(lambda cfb: cfb.remove_stream("PROJECTwm")), "PROJECTwm"),
    "no reference to Office": (
        _stream("VBA/dir", _replace(b"{2DF8D04C-5BFA-101B", b"{3DF8D04C-5BFA-101B")),
        "no reference to Office",
    ),
    "stale compiled code": (
        _stream("VBA/_VBA_PROJECT", lambda data: data[:60] + b"\x01\x02" + data[62:]),
        "compiled code",
    ),
    "left-over compiled code": (
        _container(lambda cfb: cfb.add_stream_to_storage("VBA", "__SRP_0", b"x")),
        "__SRP_",
    ),
    "a module without its stream": (
        _container(lambda cfb: cfb.rename_stream_in_storage("VBA", "XlcrmCells", "Other")),
        "XlcrmCells: no stream",
    ),
    "a module name with an accent": (
        _stream("VBA/dir", _replace(b"XlcrmCells", b"XlcrmC\xe9lls")),
        "at most 31 letters, without accents",
    ),
    "a line too long": (
        _stream(CELLS, _replace(b"Option Explicit", b"Option Explicit '" + b"x" * 1100)),
        "more than 1023 characters",
    ),
    "a statement over too many lines": (
        _stream(CELLS, _replace(b"Option Explicit", b"Dim a As _\r\n" * 30)),
        "over more than 24 lines",
    ),
    "a name declared twice": (
        _stream(CELLS, _replace(b"Public Function XlcrmFailure(", b"Public Function XlcrmResult(")),
        "xlcrmresult is declared 2 times",
    ),
    "a callback that is not there": (
        _stream("VBA/XlcrmRibbon", _replace(b"XlcrmOnAction(", b"XlcrmOnActions(")),
        "no Sub XlcrmOnAction",
    ),
    "a callback with other arguments": (
        _stream("VBA/XlcrmRibbon", _replace(CALLBACK, CALLBACK[:-1] + b", pressed As Boolean)")),
        "XlcrmOnAction takes (IRibbonControl, Boolean)",
    ),
    "a label beside getLabel": (
        _swap(RIBBON_PART, ' getLabel="XlcrmGetLabel"', ' getLabel="XlcrmGetLabel" label="x"'),
        "label and getLabel",
    ),
    "an image beside imageMso": (
        _swap(RIBBON_PART, " imageMso=", ' image="x" imageMso='),
        "image and imageMso",
    ),
    "the same control twice": (
        _swap(RIBBON_PART, 'id="xlcrm_tool_help"', 'id="xlcrm_tool_why"'),
        "the same id 2 times",
    ),
    "a ribbon that is no XML": (_swap(RIBBON_PART, "</tab>", ""), "is no XML"),
    "a ribbon that nothing relates to": (
        _swap("_rels/.rels", "<Relationship [^>]*xlcrmRibbon[^>]*/>", ""),
        "nothing relates to it",
    ),
}


@pytest.fixture(scope="module")
def good() -> Parts:
    return read_parts(addin_bytes())


def test_a_good_file_has_none(good: Parts) -> None:
    assert check_macros(good, ".xlam") == []


@pytest.mark.parametrize("name", DEFECTS)
def test_a_defect_is_seen(name: str, good: Parts) -> None:
    break_it, seen = DEFECTS[name]
    parts = dict(good)
    break_it(parts)
    assert [p for p in check_macros(parts, ".xlam") if seen in p] != []


def test_a_letter_that_the_code_page_lacks_stops_the_build(monkeypatch: pytest.MonkeyPatch) -> None:
    wrong = [Module("ThisWorkbook", "workbook", ""), Module("A", "standard", "' été →\n")]
    monkeypatch.setattr(addin, "modules", lambda workbook: wrong)
    with pytest.raises(ValueError, match="A: VBA sources are ASCII"):
        addin_bytes()

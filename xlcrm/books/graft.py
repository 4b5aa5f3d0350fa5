"""Puts drawn result sheets into the package of the user's workbook, and takes them out again.

Only what must change changes: the list of sheets, the styles, the content types and the links of
the workbook part. Everything else of the user's keeps its bytes.
"""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from functools import partial

from xlcrm.books.addresses import column_letters, defined_name, quoted
from xlcrm.books.layout import Block, Layout
from xlcrm.books.package import RELATIONSHIPS, Package, Stream, rels_of
from xlcrm.books.render import Pen, marked_pen, pen_numbers, render
from xlcrm.books.rows import CellStyles, row_xml
from xlcrm.books.styles import EMPTY, Styles, restore
from xlcrm.books.workbook import OURS, TYPE, Name, Sheet, Workbook, role_name

SHEET_PART = "xl/worksheets/xlcrm{}.xml"
_WORKSHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"
_STYLES = "application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"
# What a user builds on a result sheet and that other parts of the workbook then lean on.
_BUILT_ON = frozenset({"pivotTable", "slicer", "timeline"})
_BIG = 8_000_000  # cells; their XML may pass 2 GB
_SHARED = re.compile(rb'(<c r="[A-Z]+\d+"(?: s="\d+")?) t="s"><v>(\d+)</v>')
_STYLED = re.compile(rb'(<c r="[A-Z]+\d+" s=")(\d+)"')
_ROW = re.compile(rb'<row r="(\d+)"[^>]*?(?:/>|>.*?</row>)', re.DOTALL)
_DIMENSION = re.compile(rb'<dimension ref="[^"]*"/>')
_STRICT_URIS = {
    f"http://schemas.openxmlformats.org/{old}".encode(): f"http://purl.oclc.org/ooxml/{new}".encode()
    for old, new in (
        ("spreadsheetml/2006/main", "spreadsheetml/main"),
        ("officeDocument/2006/relationships", "officeDocument/relationships"),
        ("drawingml/2006/main", "drawingml/main"),
        ("drawingml/2006/chart", "drawingml/chart"),
        ("drawingml/2006/spreadsheetDrawing", "drawingml/spreadsheetDrawing"),
    )
}


def replaceable(book: Workbook) -> dict[str, Sheet]:
    """role -> the sheet of xlcrm's own that a new result takes the place of.

    A sheet on which the user has built a pivot table is left to the user.
    """
    sheets = {sheet.name: sheet for sheet in book.sheets()}
    return {
        role: sheets[name]
        for role, name in book.made().items()
        if not any(k.kind in _BUILT_ON for k in book.package.relationships(sheets[name].part))
    }


def put_sheets(book: Workbook, named: Sequence[tuple[str, Layout]]) -> None:
    """Write result sheets of these names; one whose role is known replaces the old sheet."""
    rendered = render(named)
    with zipfile.ZipFile(io.BytesIO(rendered.content)) as archive:
        side = Package(archive, "xlcrm")
        drawn = Workbook(side)
        parts = [sheet.part for sheet in drawn.sheets()]
        pens = pen_numbers(rendered, side.read(parts[-1]))
        sheets = [_with_texts(side.read(part), _shared_texts(side)) for part in parts[:-1]]
        used = {int(m[2]) for xml in sheets for m in _STYLED.finditer(xml)}
        styles = _adopt_styles(book, side.read("xl/styles.xml"), used | set(pens.values()))
        pens = {pen: styles[number] for pen, number in pens.items()}
        names = drawn.names()
        for place, (name, layout) in enumerate(named):
            xml = _STYLED.sub(lambda m: m[1] + b'%d"' % styles[int(m[2])], sheets[place])
            xml = _spelled(book, xml)
            cells = sum(len(b.table.rows) * b.width for b in layout.blocks)
            pieces = partial(_sheet_xml, xml, layout, pens, book.is_1904)
            content = Stream(pieces, big=cells > _BIG)
            index = _put_sheet(book, name, layout, content)
            _bring_links(book, side, parts[place], book.sheets()[index].part)
            _put_names(book, name, layout, index, [n for n in names if n.local == place])


def remove_sheets(book: Workbook, gone: Sequence[Sheet]) -> None:
    """Take result sheets out, with everything that only they needed."""
    package = book.package
    book.drop_calculation_chain(sheet.sheet_id for sheet in gone)
    needed = set().union(*(package.reachable(sheet.part) for sheet in gone))
    book.remove_sheets(gone)
    package.remove_parts(needed - package.reachable())
    if not book.made():
        _restore_styles(book)


def _put_sheet(book: Workbook, name: str, layout: Layout, content: Stream) -> int:
    """Put a sheet in the place of the one of its role, or at the end; gives its index."""
    package = book.package
    role = layout.result.role
    old = replaceable(book).get(role)
    if old is not None:
        book.drop_calculation_chain([old.sheet_id])
        needed = package.reachable(old.part) - {old.part}
        package.remove_parts([rels_of(old.part)])
        package.remove_parts(needed - package.reachable())
        package.put(old.part, content)
        _hide_role_name(book, role, name)
        return old.index
    stale = role_name(role, name).name
    book.remove_names([n for n in book.names() if n.name == stale and n.local is None])
    part = package.free_name(SHEET_PART)
    package.put(part, content)
    package.declare({part: _WORKSHEET})
    index = book.add_sheet(name, part)
    book.add_names([role_name(role, name)])
    return index


def _hide_role_name(book: Workbook, role: str, name: str) -> None:
    """LibreOffice shows the names that it found hidden."""
    hidden = role_name(role, name)
    shown = [n for n in book.names() if n.name == hidden.name and n.local is None and not n.hidden]
    if shown:
        book.remove_names(shown)
        book.add_names([hidden])


def _bring_links(book: Workbook, side: Package, old: str, new: str) -> None:
    """Copy the drawings, charts and comments that a drawn part is linked to."""
    links = side.relationships(old)
    if not links:
        return
    package = book.package
    lines = []
    for link in links:
        part = _new_name(package, link.target)
        package.put(part, _spelled(book, side.read(link.target)))
        package.declare({part: side.content_type(link.target)})
        _bring_links(book, side, link.target, part)
        target = posixpath.relpath(part, posixpath.dirname(new))
        kind = link.type.replace(TYPE, book.types)
        lines.append(f'<Relationship Id="{link.id}" Type="{kind}" Target="{target}"/>')
    package.put(rels_of(new), RELATIONSHIPS.format("".join(lines)).encode())


def _new_name(package: Package, part: str) -> str:
    folder, name = posixpath.split(part)
    stem, dot, ending = name.partition(".")
    kind = stem.rstrip("0123456789")
    return package.free_name(f"{folder}/xlcrm{kind[:1].upper()}{kind[1:]}{{}}{dot}{ending}")


def _put_names(
    book: Workbook, name: str, layout: Layout, index: int, local: Sequence[Name]
) -> None:
    """Give a sheet its print titles and filter, and its tables their names."""
    tables = {defined_name(block.table.name) for block in layout.blocks}
    old = [
        n
        for n in book.names()
        if (n.local == index and n.name.startswith("_xlnm."))
        or (n.local is None and n.sheet == name and (n.comment == OURS or n.name in tables))
    ]
    book.remove_names(old)
    new = [Name(n.name, n.text, index, n.hidden) for n in local]
    taken = [n.name for n in book.names()]
    for block in layout.blocks:
        if block.table.name:
            table = defined_name(block.table.name, taken)
            taken.append(table)
            new.append(Name(table, _area(name, block), comment=OURS))
    book.add_names(new)


def _area(name: str, block: Block) -> str:
    last = f"${column_letters(block.width)}${block.last_row}"
    return f"{quoted(name)}!$A${block.header_row}:{last}"


def _adopt_styles(book: Workbook, side: bytes, wanted: Iterable[int]) -> dict[int, int]:
    package = book.package
    part = package.target(book.part, "styles")
    if part is not None:
        styles = Styles(package.read_xml(part)[0])
    else:
        styles = Styles(_spelled(book, EMPTY), new=True)
        part = package.free_name("xl/styles{}.xml", "")  # openpyxl looks nowhere else
        package.declare({part: _STYLES})
        package.put(part, b"")
        package.relate(book.part, f"{book.types}/styles", part)
    numbers = styles.adopt(side, wanted)
    package.put(part, styles.to_xml())
    return numbers


def _restore_styles(book: Workbook) -> None:
    package = book.package
    part = package.target(book.part, "styles")
    if part is None:
        return
    before = restore(package.read(part))
    if before is not None:
        package.put(part, before)
        return
    links = package.relationships(book.part)
    package.unrelate(book.part, [link.id for link in links if link.kind == "styles"])
    package.remove_parts([part])


def _sheet_xml(xml: bytes, layout: Layout, pens: dict[Pen, int], is_1904: bool) -> Iterator[bytes]:
    """A drawn sheet with the rows of its tables, piece by piece."""
    size = f"A1:{column_letters(layout.width)}{max(1, layout.height)}"
    xml = _DIMENSION.sub(f'<dimension ref="{size}"/>'.encode(), xml, count=1)
    head, _, rest = xml.partition(b"<sheetData>")
    body, _, tail = rest.partition(b"</sheetData>")
    yield head + b"<sheetData>"
    blocks = {block.header_row: block for block in layout.blocks}
    for match in _ROW.finditer(body):
        yield match[0]
        if block := blocks.get(int(match[1])):
            for piece in _block_xml(block, pens, is_1904):
                yield piece.encode()
    yield b"</sheetData>" + tail


def _block_xml(block: Block, pens: dict[Pen, int], is_1904: bool) -> Iterator[str]:
    kinds = [column.kind for column in block.table.columns]
    marked: dict[int, dict[int, int]] = {}
    for place, mark in block.table.marks.items():
        marked.setdefault(place[1], {})[place[0]] = pens[marked_pen(block, place, mark)]
    styles = CellStyles(
        [pens[kind, None, False] for kind in kinds],
        marked,
        [pens[kind, None, True] for kind in kinds] if block.table.totals else None,
        pens["date", None, False],
    )
    return row_xml(block.table.rows, block.first_row, styles, is_1904)


def _shared_texts(side: Package) -> list[bytes]:
    xml, root = side.read_xml("xl/sharedStrings.xml")
    return [xml[item.open_end : item.close_start] for item in root.children]


def _with_texts(xml: bytes, texts: list[bytes]) -> bytes:
    """A sheet whose texts stand in their cells."""
    return _SHARED.sub(lambda m: m[1] + b' t="inlineStr"><is>' + texts[int(m[2])] + b"</is>", xml)


def _spelled(book: Workbook, xml: bytes) -> bytes:
    """A part in the namespaces of the workbook: those of Strict files differ."""
    if book.strict:
        for old, new in _STRICT_URIS.items():
            xml = xml.replace(old + b'"', new + b'"')
    return xml

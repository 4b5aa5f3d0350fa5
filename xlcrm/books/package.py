"""A workbook as a package of parts: what is not changed is copied byte for byte."""

from __future__ import annotations

import copy
import itertools
import posixpath
import struct
import zipfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import IO
from urllib.parse import unquote

from xlcrm.books.markup import (
    Edit,
    Element,
    Malformed,
    append_to,
    apply,
    read_part,
    remove,
    unreadable,
)

TYPES = "[Content_Types].xml"
_FIXED_DATE = (1980, 1, 1, 0, 0, 0)  # the same bytes at every run
_LEVEL = 4
RELATIONSHIPS = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    "{}</Relationships>"
)

_LOCAL_HEADER = "<4s5H3L2H"
_SIZES_FOLLOW = 0x08  # flag: the sizes stand after the data


@dataclass(frozen=True, slots=True)
class Stream:
    """The content of a large part, made piece by piece while the package is written."""

    pieces: Callable[[], Iterable[bytes]]
    big: bool  # may exceed 2 GB


@dataclass(frozen=True, slots=True)
class Relationship:
    """A link from one part to another; `target` is a part name unless it is external."""

    id: str
    type: str
    target: str
    external: bool

    @property
    def kind(self) -> str:
        """The last word of the type: `worksheet`, `styles`; the same in Strict files."""
        return self.type.rpartition("/")[2]


class Package:
    """The parts of a workbook file, by their names without a leading slash."""

    def __init__(self, archive: zipfile.ZipFile, name: str) -> None:
        self.name = name
        self._archive = archive
        self._entries = {_part_name(info.filename): info for info in archive.infolist()}
        self._folded = {part.casefold(): part for part in self._entries}
        self._new: dict[str, bytes | Stream] = {}
        self._gone: set[str] = set()

    def parts(self) -> list[str]:
        kept = [part for part in self._entries if part not in self._gone]
        return kept + [part for part in self._new if part not in self._entries]

    def find(self, part: str) -> str | None:
        """The part of that name, whatever its case."""
        found = self._folded.get(part.casefold())
        return None if found in self._gone else found

    def read(self, part: str) -> bytes:
        content = self._new.get(part)
        if content is None and part not in self._entries:
            raise Malformed(part)
        if content is None:
            return self._archive.read(self._entries[part])
        return content if isinstance(content, bytes) else b"".join(content.pieces())

    def stream(self, part: str, size: int) -> Iterator[bytes]:
        """The XML of a part of the file, in pieces. Raises SourceError for a document type."""
        if part not in self._entries:
            raise Malformed(part)
        with self._archive.open(self._entries[part]) as entry:
            first = True
            while piece := entry.read(size):
                if first and b"<!DOCTYPE" in piece:
                    raise unreadable(part, self.name)
                first = False
                yield piece

    def read_xml(self, part: str) -> tuple[bytes, Element]:
        return read_part(self.read(part), part, self.name)

    def put(self, part: str, content: bytes | Stream) -> None:
        """Add a part or change it; a part whose bytes stay the same is not touched."""
        self._gone.discard(part)
        self._new.pop(part, None)
        if part not in self._entries or content != self.read(part):
            self._new[part] = content
        self._folded.setdefault(part.casefold(), part)

    def delete(self, part: str) -> None:
        self._new.pop(part, None)
        if part in self._entries:
            self._gone.add(part)
        else:
            self._folded.pop(part.casefold(), None)

    def free_name(self, pattern: str, *first: str) -> str:
        """The first part name of a pattern such as `xl/worksheets/xlcrm{}.xml` not in use."""
        candidates = itertools.chain(first, itertools.count(1))
        names = (pattern.format(candidate) for candidate in candidates)
        return next(name for name in names if not self.find(name))

    def relationships(self, part: str) -> list[Relationship]:
        """The links of a part; of the package itself for ""."""
        rels = self.find(rels_of(part))
        if rels is None:
            return []
        _, root = self.read_xml(rels)
        return [_relationship(part, element.attributes) for element in root.all("Relationship")]

    def target(self, part: str, kind: str) -> str | None:
        """The part that another is linked to by a kind of relationship."""
        for link in self.relationships(part):
            if link.kind == kind and not link.external:
                return self.find(link.target)
        return None

    def relate(self, part: str, kind_type: str, target: str) -> str:
        """Add a link from a part, and give its id."""
        rels = self.find(rels_of(part)) or rels_of(part)
        if self.find(rels) is None:
            self.put(rels, RELATIONSHIPS.format("").encode())
        xml, root = self.read_xml(rels)
        used = {element.attributes.get("Id") for element in root.children}
        number = 1
        while f"rIdXlcrm{number}" in used:
            number += 1
        folder = posixpath.dirname(part)
        written = posixpath.relpath(target, folder) if folder else target
        link = (
            f'<{root.prefix}Relationship Id="rIdXlcrm{number}" Type="{kind_type}" '
            f'Target="{written}"/>'
        )
        self.put(rels, apply(xml, [append_to(xml, root, link.encode())]))
        return f"rIdXlcrm{number}"

    def unrelate(self, part: str, ids: Iterable[str]) -> None:
        gone = set(ids)
        xml, root = self.read_xml(rels_of(part))
        edits = [remove(xml, e) for e in root.children if e.attributes.get("Id") in gone]
        self.put(self.find(rels_of(part)) or rels_of(part), apply(xml, edits))

    def declare(self, types: dict[str, str]) -> None:
        """Say the content type of new parts."""
        xml, root = self.read_xml(TYPES)
        lines = "".join(
            f'<{root.prefix}Override PartName="/{part}" ContentType="{kind}"/>'
            for part, kind in types.items()
        )
        self.put(TYPES, apply(xml, [append_to(xml, root, lines.encode())]))

    def content_type(self, part: str) -> str:
        _, root = self.read_xml(TYPES)
        for element in root.all("Override"):
            if element.attributes["PartName"].lstrip("/").casefold() == part.casefold():
                return element.attributes["ContentType"]
        ending = part.rpartition(".")[2].casefold()
        for element in root.all("Default"):
            if element.attributes["Extension"].casefold() == ending:
                return element.attributes["ContentType"]
        return ""

    def remove_parts(self, parts: Iterable[str]) -> None:
        """Take parts out, with their own links and their content types."""
        parts = list(parts)
        gone = {part.casefold() for part in [*parts, *map(rels_of, parts)]}
        if not gone:
            return
        for part in [p for p in self.parts() if p.casefold() in gone]:
            self.delete(part)
        xml, root = self.read_xml(TYPES)
        edits: list[Edit] = [
            remove(xml, element)
            for element in root.all("Override")
            if element.attributes["PartName"].lstrip("/").casefold() in gone
        ]
        self.put(TYPES, apply(xml, edits))

    def reachable(self, start: str = "") -> set[str]:
        """Every part that can be reached from a part through links, itself included."""
        seen: set[str] = set()
        todo = [start]
        while todo:
            part = todo.pop()
            if part in seen:
                continue
            seen.add(part)
            for link in self.relationships(part):
                found = None if link.external else self.find(link.target)
                if found:
                    todo.append(found)
        return seen

    def save(self, stream: IO[bytes]) -> None:
        """Write the package; entries that were not changed keep their bytes and their order."""
        with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED, allowZip64=True) as out:
            for part, info in self._entries.items():
                if part in self._gone:
                    continue
                if part in self._new:
                    _write(out, info.filename, self._new[part])
                else:
                    _copy_entry(self._archive, info, out)
            for part, content in self._new.items():
                if part not in self._entries:
                    _write(out, part, content)


def rels_of(part: str) -> str:
    """The part that holds the links of a part.

    >>> rels_of("xl/workbook.xml"), rels_of("")
    ('xl/_rels/workbook.xml.rels', '_rels/.rels')
    """
    folder, name = posixpath.split(part)
    return posixpath.join(folder, "_rels", f"{name}.rels")


def resolve(part: str, target: str) -> str:
    """The part name that a link of `part` means.

    >>> resolve("xl/worksheets/sheet1.xml", "../drawings/d.xml"), resolve("xl/a.xml", "/xl/b.xml")
    ('xl/drawings/d.xml', 'xl/b.xml')
    """
    path = unquote(target.replace("\\", "/").partition("#")[0])
    if not path.startswith("/"):
        path = posixpath.join(posixpath.dirname(part), path)
    return posixpath.normpath(path).lstrip("/")


def _relationship(part: str, attributes: dict[str, str]) -> Relationship:
    external = attributes.get("TargetMode") == "External"
    target = attributes.get("Target", "")
    return Relationship(
        attributes.get("Id", ""),
        attributes.get("Type", ""),
        target if external else resolve(part, target),
        external,
    )


def _part_name(entry: str) -> str:
    return entry.replace("\\", "/").lstrip("/")


def _write(out: zipfile.ZipFile, name: str, content: bytes | Stream) -> None:
    info = zipfile.ZipInfo(name, _FIXED_DATE)
    info.compress_type = zipfile.ZIP_DEFLATED
    info.external_attr = 0o600 << 16
    info._compresslevel = _LEVEL  # type: ignore[attr-defined]
    if isinstance(content, bytes):
        out.writestr(info, content)
        return
    with out.open(info, "w", force_zip64=content.big) as entry:
        for piece in content.pieces():
            entry.write(piece)


def _copy_entry(source: zipfile.ZipFile, info: zipfile.ZipInfo, out: zipfile.ZipFile) -> None:
    """Copy an entry as it is compressed, without reading what is in it."""
    assert source.fp is not None
    assert out.fp is not None
    source.fp.seek(info.header_offset)
    header = struct.unpack(_LOCAL_HEADER, source.fp.read(struct.calcsize(_LOCAL_HEADER)))
    source.fp.seek(header[-2] + header[-1], 1)
    copied = copy.copy(info)
    copied.header_offset = out.fp.tell()
    copied.flag_bits &= ~_SIZES_FOLLOW
    out.fp.write(copied.FileHeader())
    left = copied.compress_size
    while left:
        piece = source.fp.read(min(left, 1 << 20))
        if not piece:
            raise zipfile.BadZipFile(info.filename)
        out.fp.write(piece)
        left -= len(piece)
    out.filelist.append(copied)
    out.NameToInfo[copied.filename] = copied
    out.start_dir = out.fp.tell()

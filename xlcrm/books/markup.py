"""Small changes in an XML part that leave every other byte as it is.

A part is read into a tree of Elements that know where they stand in the bytes; edits are then
made on the bytes themselves.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from xml.parsers import expat
from xml.sax.saxutils import quoteattr

from xlcrm.errors import SourceError

_TAG = re.compile(rb"""<[^"'>]*(?:"[^"]*"[^"'>]*|'[^']*'[^"'>]*)*>""")
_WHOLE = re.compile(r"\d{1,10}")
_DECLARED = re.compile(rb"""^\s*<\?xml[^>]*encoding\s*=\s*["']([A-Za-z0-9._-]+)["'][^>]*\?>""")


class Malformed(ValueError):
    """A part, an attribute or a number that a workbook must have is not there."""


class Attributes(dict[str, str]):
    """The attributes of an element; one that must be there and is not makes it Malformed."""

    def __missing__(self, name: str) -> str:
        raise Malformed(name)

    def index(self, name: str) -> int:
        """A position from 0; 0 also where none or no whole number is given."""
        text = self.get(name, "0")
        return int(text) if _WHOLE.fullmatch(text) else 0

    def number(self, name: str, default: int | None = None) -> int:
        """A whole number."""
        text = self[name] if default is None else self.get(name, str(default))
        if not _WHOLE.fullmatch(text):
            raise Malformed(f"{name}={text}")
        return int(text)


@dataclass(slots=True)
class Element:
    """An element: its tag with its prefix, and its place in the bytes of the part."""

    tag: str
    attributes: Attributes
    start: int
    open_end: int  # just after the start tag
    close_start: int = 0  # where the end tag starts; equals `open_end` when self-closed
    end: int = 0
    children: list[Element] = field(default_factory=list)

    @property
    def name(self) -> str:
        """The tag without its prefix."""
        return self.tag.rpartition(":")[2]

    @property
    def prefix(self) -> str:
        """The prefix with its colon, or nothing."""
        return self.tag[: -len(self.name)]

    def all(self, name: str) -> list[Element]:
        return [child for child in self.children if child.name == name]

    def first(self, name: str) -> Element | None:
        return next((child for child in self.children if child.name == name), None)


def as_utf8(xml: bytes) -> bytes:
    """The part in UTF-8, as nearly all are already."""
    if xml[:2] in (b"\xff\xfe", b"\xfe\xff"):
        text = xml.decode("utf-16")
        return re.sub(r"(<\?xml[^>]*?)\s+encoding=[\"'][^\"']*[\"']", r"\1", text, count=1).encode()
    match = _DECLARED.match(xml)
    if match and match[1].lower() not in (b"utf-8", b"us-ascii", b"ascii"):
        text = xml.decode(match[1].decode("ascii"))
        return re.sub(r"(<\?xml[^>]*?)\s+encoding=[\"'][^\"']*[\"']", r"\1", text, count=1).encode()
    return xml


def parse(xml: bytes) -> Element:
    """The tree of a UTF-8 part. Raises ExpatError for bad XML.

    A document type, which no spreadsheet program writes, is Malformed.
    """
    root: list[Element] = []
    stack: list[Element] = []
    parser = expat.ParserCreate()
    parser.buffer_text = True

    def opened(tag: str, attributes: dict[str, str]) -> None:
        start = parser.CurrentByteIndex
        match = _TAG.match(xml, start)
        assert match is not None  # expat has just read it
        element = Element(tag, Attributes(attributes), start, match.end())
        (stack[-1].children if stack else root).append(element)
        stack.append(element)

    def closed(tag: str) -> None:
        element = stack.pop()
        if xml[element.open_end - 2 : element.open_end] == b"/>":
            element.close_start = element.end = element.open_end
            return
        element.close_start = parser.CurrentByteIndex
        element.end = xml.index(b">", element.close_start) + 1

    def doctype(*_: object) -> None:
        raise Malformed("<!DOCTYPE>")

    parser.StartElementHandler = opened
    parser.EndElementHandler = closed
    parser.StartDoctypeDeclHandler = doctype
    parser.Parse(xml, True)
    return root[0]


def read_part(xml: bytes, part: str, book: str) -> tuple[bytes, Element]:
    """A part in UTF-8 and its tree. Raises SourceError naming the workbook and the part."""
    try:
        xml = as_utf8(xml)
        return xml, parse(xml)
    except (expat.ExpatError, Malformed, UnicodeError, LookupError):
        raise unreadable(part, book) from None


def unreadable(part: str, book: str) -> SourceError:
    """The error for a part that is not the XML it should be."""
    return SourceError(
        fr=f"{book} est abîmé (partie « {part} » illisible). Ouvrez-le dans Excel ou "
        "LibreOffice, acceptez la réparation, enregistrez-le sous un autre nom, puis relancez.",
        en=f'{book} is damaged (part "{part}" cannot be read). Open it in Excel or '
        "LibreOffice, accept the repair, save it under another name, then try again.",
    )


@dataclass(frozen=True, slots=True)
class Edit:
    """Put `text` in the place of the bytes from `start` to `end`."""

    start: int
    end: int
    text: bytes


def apply(xml: bytes, edits: Iterable[Edit]) -> bytes:
    """Make edits that do not overlap; those at the same place in the order given."""
    parts, done = [], 0
    for edit in sorted(edits, key=lambda e: e.start):
        parts += [xml[done : edit.start], edit.text]
        done = edit.end
    return b"".join([*parts, xml[done:]])


def append_to(xml: bytes, element: Element, content: bytes) -> Edit:
    """Put content at the end of an element, which may be self-closed."""
    if xml[element.open_end - 2 : element.open_end] != b"/>":
        return Edit(element.close_start, element.close_start, content)
    tag = xml[element.start : element.open_end - 2].rstrip()
    return Edit(element.start, element.end, tag + b">" + content + f"</{element.tag}>".encode())


def remove(xml: bytes, element: Element) -> Edit:
    """Take an element out."""
    return Edit(element.start, element.end, b"")


def set_attribute(xml: bytes, element: Element, name: str, value: str) -> Edit:
    """Give an attribute another value, or add it at the end of the start tag."""
    tag = xml[element.start : element.open_end]
    found = re.search(rb"\s" + re.escape(name.encode()) + rb"""\s*=\s*("[^"]*"|'[^']*')""", tag)
    written = quoteattr(value).encode()
    if found:
        return Edit(element.start + found.start(1), element.start + found.end(1), written)
    place = element.open_end - (2 if tag.endswith(b"/>") else 1)
    return Edit(place, place, f" {name}=".encode() + written)

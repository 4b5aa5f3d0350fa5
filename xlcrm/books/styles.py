"""Adds cell formats to the styles of a user's workbook, and takes them out again.

What is already there is used again, so that the styles do not grow from run to run. A comment
after the root remembers how the part was; with it, `restore` gives the first bytes back.
"""

from __future__ import annotations

import json
import re
import zlib
from collections.abc import Iterable
from typing import Any

from xlcrm.books.markup import Edit, Element, append_to, apply, parse, set_attribute

_MEMO = re.compile(rb"<!--xlcrm ([0-9a-f]+)-->\s*\Z")
_ORDER = (
    "numFmts",
    "fonts",
    "fills",
    "borders",
    "cellStyleXfs",
    "cellXfs",
    "cellStyles",
    "dxfs",
    "tableStyles",
    "colors",
    "extLst",
)
_FIRST_FREE_FORMAT = 164  # smaller number format ids are Excel's own
_LINKS = {"fontId": "fonts", "fillId": "fills", "borderId": "borders"}
_NEW = "styleSheet"  # in the memo of a part that was not there before
EMPTY = (
    b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    b'<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
    b'<fonts count="1"><font><sz val="11"/><name val="Calibri"/><family val="2"/></font></fonts>'
    b'<fills count="2"><fill><patternFill patternType="none"/></fill>'
    b'<fill><patternFill patternType="gray125"/></fill></fills>'
    b'<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
    b'<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
    b'<cellXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/></cellXfs>'
    b'<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles>'
    b"</styleSheet>"
)


class Styles:
    """The styles part of a workbook, to which the formats of another are added."""

    def __init__(self, xml: bytes, new: bool = False) -> None:
        self._memo, self._xml = _split_memo(xml)
        if new:
            self._memo = {_NEW: None}
        self._root = parse(self._xml)
        self._known: dict[str, dict[Any, int]] = {}
        self._added: dict[str, list[bytes]] = {}
        for name in _ORDER[:6]:
            children = _children(self._root, name)
            keys = [_number_format(c) if name == "numFmts" else _key(c) for c in children]
            ids = (
                [c.attributes.number("numFmtId") for c in children]
                if name == "numFmts"
                else range(len(children))
            )
            # Of twins, the first counts.
            self._known[name] = dict(reversed(list(zip(keys, ids, strict=True))))

    def adopt(self, other: bytes, wanted: Iterable[int]) -> dict[int, int]:
        """Add cell formats of another styles part: their number there -> their number here."""
        root = parse(other)
        sections = {name: _children(root, name) for name in _ORDER}
        formats = {c.attributes["numFmtId"]: c for c in sections["numFmts"]}
        numbers = {}
        for i in sorted(wanted):
            cell = sections["cellXfs"][i]
            edits = [_moved(other, cell, "xfId", 0)]
            own = formats.get(cell.attributes.get("numFmtId", "0"))
            if own is not None:
                edits.append(_moved(other, cell, "numFmtId", self._format_id(own, other)))
            for link, name in _LINKS.items():
                element = sections[name][cell.attributes.number(link, 0)]
                edits.append(_moved(other, cell, link, self._add(name, element, other)))
            xml = apply(other[cell.start : cell.end], edits)
            numbers[i] = self._add("cellXfs", parse(xml), xml)
        return numbers

    def to_xml(self) -> bytes:
        """The part with what was added."""
        if not self._added:
            return self._xml + (self._memo_comment(self._memo) if self._memo else b"")
        memo = dict(self._memo or {})
        edits: list[Edit] = []
        for name in self._added:
            section = self._root.first(name)
            if name not in memo:
                memo[name] = _as_it_was(self._xml, section)
            edits += self._section_edits(name, section)
        # Edits at the same place keep their order: sections follow that of the schema.
        self._xml = apply(self._xml, edits)
        return self._xml + self._memo_comment(memo)

    def _section_edits(self, name: str, section: Element | None) -> list[Edit]:
        prefix = self._root.prefix
        content = b"".join(self._added[name])
        if section is None:
            before = _ORDER[: _ORDER.index(name)]
            places = [c.end for c in self._root.children if c.name in before]
            place = max(places, default=self._root.open_end)
            tag = f"{prefix}{name}"
            opened = f'<{tag} count="{len(self._added[name])}">'.encode()
            return [Edit(place, place, opened + content + f"</{tag}>".encode())]
        count = str(len(section.children) + len(self._added[name]))
        closed = section.close_start == section.open_end
        if closed:
            tag = section.tag
            opened = f'<{tag} count="{count}">'.encode()
            return [Edit(section.start, section.end, opened + content + f"</{tag}>".encode())]
        return [
            set_attribute(self._xml, section, "count", count),
            append_to(self._xml, section, content),
        ]

    def _memo_comment(self, memo: dict[str, Any]) -> bytes:
        text = json.dumps({"was": memo, "crc": zlib.crc32(self._xml)}).encode()
        return b"<!--xlcrm " + text.hex().encode() + b"-->"

    def _format_id(self, element: Element, other: bytes) -> int:
        known = self._known["numFmts"]
        key = _number_format(element)
        if key not in known:
            known[key] = max([_FIRST_FREE_FORMAT - 1, *known.values()]) + 1
            changed = apply(
                other[element.start : element.end],
                [_moved(other, element, "numFmtId", known[key])],
            )
            self._added.setdefault("numFmts", []).append(self._prefixed(changed))
        return known[key]

    def _add(self, name: str, element: Element, other: bytes) -> int:
        known = self._known[name]
        key = _key(element)
        if key not in known:
            there = len(_children(self._root, name))
            added = self._added.setdefault(name, [])
            known[key] = there + len(added)
            added.append(self._prefixed(other[element.start : element.end]))
        return known[key]

    def _prefixed(self, xml: bytes) -> bytes:
        if not self._root.prefix:
            return xml
        return re.sub(rb"<(/?)(?=\w)", rb"<\1" + self._root.prefix.encode(), xml)


def restore(xml: bytes) -> bytes | None:
    """The styles as they were before anything was added, where the part still knows.

    None where there were none.
    """
    memo, xml = _split_memo(xml)
    if not memo:
        return xml
    if _NEW in memo:
        return None
    edits = []
    for section in parse(xml).children:
        was = memo.get(section.name, "")
        if was is None:
            edits.append(Edit(section.start, section.end, b""))
        elif was and was["tag"].endswith("/>"):
            edits.append(Edit(section.start, section.end, was["tag"].encode()))
        elif was:
            edits.append(Edit(section.start, section.open_end, was["tag"].encode()))
            first = section.children[was["count"]]
            edits.append(Edit(first.start, section.close_start, b""))
    return apply(xml, edits)


def _as_it_was(xml: bytes, section: Element | None) -> dict[str, Any] | None:
    if section is None:
        return None
    tag = xml[section.start : section.open_end].decode()
    return {"tag": tag, "count": len(section.children)}


def _split_memo(xml: bytes) -> tuple[dict[str, Any] | None, bytes]:
    """What the part was, if it is still as xlcrm left it, and the part without that comment."""
    match = _MEMO.search(xml)
    if match is None:
        return None, xml
    bare = xml[: match.start()]
    memo = json.loads(bytes.fromhex(match[1].decode()))
    return (memo["was"] if memo["crc"] == zlib.crc32(bare) else None), bare


def _moved(other: bytes, element: Element, name: str, value: int) -> Edit:
    """The edit of an attribute, at its place within the bytes of the element alone."""
    edit = set_attribute(other, element, name, str(value))
    return Edit(edit.start - element.start, edit.end - element.start, edit.text)


def _children(root: Element, name: str) -> list[Element]:
    section = root.first(name)
    return section.children if section else []


def _number_format(element: Element) -> str:
    return element.attributes["formatCode"]


def _key(element: Element) -> tuple[Any, ...]:
    """What makes two style elements equal: names, attributes and children, not their spelling."""
    attributes = tuple(sorted(element.attributes.items()))
    return element.name, attributes, tuple(_key(child) for child in element.children)

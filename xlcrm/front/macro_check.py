"""Looks for what makes Excel refuse a file with macros, where common readers see nothing wrong.

Of the defects looked for, about half pass the usual tools that read VBA. Source: [MS-OVBA],
[MS-CFB] and the customUI14 schema; each rule has a test that breaks it.
"""

from __future__ import annotations

import io
import re
import struct
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from xml.etree import ElementTree

from xlcrm.front.package import CONTENT_TYPES, MAIN_TYPES, RIBBON_PART, RIBBON_RELATION, Parts

_BIN_TYPE = "application/vnd.ms-office.vbaProject"
_VBA_RELATION = "http://schemas.microsoft.com/office/2006/relationships/vbaProject"
_VBA_PART = "xl/vbaProject.bin"
_OFFICE = "{2DF8D04C-5BFA-101B-BDE5-00AA0044DE52}"
_LONGEST_NAME, _LONGEST_LINE, _MOST_CONTINUED = 31, 1023, 24
_CUSTOM_UI = "{http://schemas.microsoft.com/office/2009/07/customui}"
# The arguments that Excel passes, by the attribute that names the callback.
_SIGNATURES = {
    "onLoad": "IRibbonUI",
    "onAction": "IRibbonControl",
    "onAction gallery": "IRibbonControl, String, Integer",
    "get": "IRibbonControl, ByRef",
    "getItem": "IRibbonControl, Integer, ByRef",
}
_EXCLUSIVE = [("label", "getLabel"), ("image", "imageMso"), ("screentip", "getScreentip")]
_PROCEDURE = re.compile(
    r"^(?:(Public|Private|Friend)\s+)?(?:Static\s+)?(Sub|Function)\s+(\w+)\s*\(([^\n]*)$",
    re.IGNORECASE | re.MULTILINE,
)


@dataclass(slots=True)
class Project:
    """A VBA project as its streams say it is."""

    streams: dict[str, bytes]
    modules: list[tuple[str, bool, int]] = field(default_factory=list)  # name, document?, offset
    count: int = -1
    libraries: list[str] = field(default_factory=list)
    sources: dict[str, str] = field(default_factory=dict)


def check_macros(parts: Parts, suffix: str) -> list[str]:
    """What Excel would refuse in a built file, one line each."""
    problems = list(_check_package(parts, suffix))
    if _VBA_PART not in parts:
        return [*problems, f"{_VBA_PART} is missing"]
    try:
        project = read_project(parts[_VBA_PART])
    except (OSError, ValueError, struct.error, UnicodeDecodeError) as error:
        return [*problems, f"{_VBA_PART} cannot be read: {error}"]
    problems += _check_project(project)
    problems += _check_code_names(parts, project)
    problems += _check_sources(project)
    problems += _check_ribbon(parts, project)
    return problems


def _check_package(parts: Parts, suffix: str) -> Iterator[str]:
    types = parts[CONTENT_TYPES].decode("utf-8")
    if f'PartName="/xl/workbook.xml" ContentType="{MAIN_TYPES[suffix]}"' not in types:
        yield f"the main part has not the type of {suffix}"
    if not re.search(rf'Extension="bin" ContentType="{_BIN_TYPE}"', types):
        yield "vbaProject.bin has no content type"
    relations = parts.get("xl/_rels/workbook.xml.rels", b"").decode("utf-8")
    if not re.search(rf'<Relationship [^>]*"{_VBA_RELATION}"', relations):
        yield "the workbook has no relation to vbaProject.bin"
    top = parts.get("_rels/.rels", b"").decode("utf-8")
    if RIBBON_PART not in parts or RIBBON_RELATION not in top:
        yield "the ribbon is missing, or nothing relates to it"


def read_project(content: bytes) -> Project:
    """The streams of vbaProject.bin, and what the dir stream says of the modules."""
    import olefile  # type: ignore[import-untyped]

    with olefile.OleFileIO(io.BytesIO(content), raise_defects=olefile.DEFECT_UNSURE) as ole:
        names = ["/".join(entry) for entry in ole.listdir()]
        project = Project({name: ole.openstream(name).read() for name in names})
    _read_dir(project, decompress(project.streams["VBA/dir"]))
    for name, _, offset in project.modules:
        data = project.streams.get(f"VBA/{name}")
        if data is not None:
            project.sources[name] = decompress(data[offset:]).decode("latin-1")
    return project


def _read_dir(project: Project, data: bytes) -> None:
    name, offset, position = "", 0, 0
    while position + 6 <= len(data):
        kind, size = struct.unpack_from("<HI", data, position)
        if kind == 0x09:  # PROJECTVERSION says 4 and is followed by 6 bytes
            size = 6
        body = data[position + 6 : position + 6 + size]
        position += 6 + size
        if kind == 0x0F:
            project.count = int.from_bytes(body[:2], "little")
        elif kind == 0x0D:
            project.libraries.append(body.decode("latin-1"))
        elif kind == 0x19:
            name = body.decode("latin-1")
        elif kind == 0x31:
            offset = int.from_bytes(body[:4], "little")
        elif kind in (0x21, 0x22):
            project.modules.append((name, kind == 0x22, offset))


def decompress(data: bytes) -> bytes:
    """The text of a compressed container, [MS-OVBA] 2.4.1."""
    if not data or data[0] != 1:
        raise ValueError("a compressed container begins with 1")
    out = bytearray()
    position = 1
    while position < len(data):
        header = int.from_bytes(data[position : position + 2], "little")
        if (header >> 12) & 7 != 3:
            raise ValueError("a chunk has no signature")
        end = min(position + (header & 0xFFF) + 3, len(data))
        if header & 0x8000:
            _chunk(data, position + 2, end, out)
        else:
            out += data[position + 2 : end]
        position = end
    return bytes(out)


def _chunk(data: bytes, position: int, end: int, out: bytearray) -> None:
    start = len(out)
    while position < end:
        flags = data[position]
        position += 1
        for bit in range(8):
            if position >= end:
                return
            if not flags >> bit & 1:
                out.append(data[position])
                position += 1
                continue
            token = int.from_bytes(data[position : position + 2], "little")
            position += 2
            bits = max(4, (len(out) - start - 1).bit_length())
            length = (token & (0xFFFF >> bits)) + 3
            back = (token >> (16 - bits)) + 1
            if back > len(out) - start:
                raise ValueError("a copy reaches before its chunk")
            for _ in range(length):
                out.append(out[-back])


def _check_project(project: Project) -> Iterator[str]:
    named = [name for name, _, _ in project.modules]
    listed = _listed(project)
    wide = _listed_wide(project.streams.get("PROJECTwm", b""))
    if project.count != len(named):
        yield f"dir counts {project.count} modules and describes {len(named)}"
    if sorted(named) != sorted(name for name, _ in listed):
        yield "PROJECT and dir do not list the same modules"
    if sorted(named) != sorted(wide):
        yield "PROJECTwm and dir do not list the same modules"
    for name in named:
        if len(name) > _LONGEST_NAME or not name.isascii():
            yield f"{name}: a module has at most {_LONGEST_NAME} letters, without accents"
        if f"VBA/{name}" not in project.streams:
            yield f"{name}: no stream"
    if not any(_OFFICE in library for library in project.libraries):
        yield "no reference to Office, which IRibbonControl needs"
    cache = project.streams.get("VBA/_VBA_PROJECT", b"")
    if cache[:2] != b"\xcc\x61" or any(cache[7:]):
        yield "_VBA_PROJECT holds compiled code that may not be that of the sources"
    if any("__SRP_" in name for name in project.streams):
        yield "compiled code is left in __SRP_ streams"
    yield from _check_protection(_project_text(project))


def _project_text(project: Project) -> str:
    return project.streams.get("PROJECT", b"").decode("latin-1")


def _listed(project: Project) -> list[tuple[str, str]]:
    """(module, kind) as PROJECT lists them."""
    lines = re.findall(
        r"^(Document|Module|Class|BaseClass)=([^\r\n/]+)", _project_text(project), re.MULTILINE
    )
    return [(name, kind) for kind, name in lines]


def _listed_wide(data: bytes) -> list[str]:
    names, position = [], 0
    while position < len(data) and data[position]:
        end = data.index(0, position)
        names.append(data[position:end].decode("latin-1"))
        position = end + 1
        while data[position : position + 2] != b"\0\0":
            position += 2
        position += 2
    return names


def _check_protection(text: str) -> Iterator[str]:
    identity = re.search(r'^ID="([^"]*)"', text, re.MULTILINE)
    for key, expected in (("CMG", bytes(4)), ("DPB", b"\0"), ("GC", b"\xff")):
        coded = re.search(rf'^{key}="([0-9A-F]*)"', text, re.MULTILINE)
        if not identity or not coded or _decrypt(bytes.fromhex(coded[1]), identity[1]) != expected:
            yield f"{key} is not that of an open project with this ID"


def _decrypt(data: bytes, identity: str) -> bytes | None:
    """[MS-OVBA] 2.4.3.3; None where version or key are not right."""
    seed, version, key = data[0], data[1] ^ data[0], data[2] ^ data[0]
    if version != 2 or key != sum(identity.encode("ascii", "replace")) & 0xFF:
        return None
    plain, before, coded_1, coded_2 = bytearray(), key, data[2], data[1]
    for byte in data[3:]:
        value = byte ^ ((coded_2 + before) & 0xFF)
        plain.append(value)
        coded_2, coded_1, before = coded_1, byte, value
    ignored = (seed & 6) // 2
    length = int.from_bytes(plain[ignored : ignored + 4], "little")
    rest = bytes(plain[ignored + 4 :])
    return rest if len(rest) == length else None


def _check_code_names(parts: Parts, project: Project) -> Iterator[str]:
    workbook = parts["xl/workbook.xml"].decode("utf-8")
    found = re.search(r'<workbookPr [^>]*codeName="([^"]*)"', workbook)
    names = [found[1] if found else ""]
    for part in sorted(parts):
        if re.fullmatch(r"xl/(worksheets|chartsheets)/[^/]+\.xml", part):
            head = parts[part][:20_000].decode("utf-8", "replace")
            of_sheet = re.search(r'<sheetPr [^>]*codeName="([^"]*)"', head)
            names.append(of_sheet[1] if of_sheet else f"(none in {part})")
    documents = [name for name, kind in _listed(project) if kind == "Document"]
    if sorted(names) != sorted(documents):
        yield f"code names {sorted(names)} are not the documents {sorted(documents)} of PROJECT"
    others = {name for name, kind in _listed(project) if kind == "Module"}
    for name, is_document, _ in project.modules:
        if is_document == (name in others):
            yield f"{name} is not of the same kind in dir and in PROJECT"


def _check_sources(project: Project) -> Iterator[str]:
    for name, source in project.sources.items():
        if re.findall(r'^Attribute VB_Name = "([^"]*)"', source, re.MULTILINE) != [name]:
            yield f"{name}: its source does not name it, once"
        if not source.isascii():
            yield f"{name}: letters outside ASCII"
        if re.search(r"(?<!\r)\n|\r(?!\n)", source):
            yield f"{name}: lines must end in CR LF"
        lines = source.split("\r\n")
        if any(len(line) > _LONGEST_LINE for line in lines):
            yield f"{name}: a line has more than {_LONGEST_LINE} characters"
        if _most_continued(lines) > _MOST_CONTINUED:
            yield f"{name}: a statement goes over more than {_MOST_CONTINUED} lines"
    public = Counter(
        found[3].lower()
        for name, source in project.sources.items()
        if name not in ("ThisWorkbook", "Dictionary")
        for found in _PROCEDURE.finditer(_without_dead_branches(source))
        if (found[1] or "").lower() != "private"
    )
    for name, times in public.items():
        if times > 1:
            yield f"{name} is declared {times} times"


def _most_continued(lines: list[str]) -> int:
    most = now = 0
    for line in lines:
        now = now + 1 if line.endswith(" _") else 0
        most = max(most, now)
    return most


def _without_dead_branches(source: str) -> str:
    """Without what stands after #Else: both branches may declare the same name."""
    return re.sub(r"#Else\b.*?#End If", "#End If", source, flags=re.DOTALL)


def _check_ribbon(parts: Parts, project: Project) -> Iterator[str]:
    if RIBBON_PART not in parts:
        return
    try:
        root = ElementTree.fromstring(parts[RIBBON_PART])
    except ElementTree.ParseError as error:
        yield f"the ribbon is no XML: {error}"
        return
    procedures = {
        found[3]: _kinds(found[4])
        for source in project.sources.values()
        for found in _PROCEDURE.finditer(source)
        if found[2].lower() == "sub" and (found[1] or "").lower() != "private"
    }
    seen: Counter[str] = Counter()
    for element in root.iter():
        seen.update([element.get("id", "")] if element.get("id") else [])
        for one, other in _EXCLUSIVE:
            if element.get(one) is not None and element.get(other) is not None:
                yield f"{element.get('id')}: {one} and {other} exclude each other"
        yield from _check_callbacks(element, procedures)
    for control, times in seen.items():
        if times > 1:
            yield f"{control}: the same id {times} times"


def _check_callbacks(element: Any, procedures: dict[str, str]) -> Iterator[str]:
    tag = element.tag.removeprefix(_CUSTOM_UI)
    for attribute, callback in element.attrib.items():
        if not re.match(r"on[A-Z]|get[A-Z]", attribute):
            continue
        key = "getItem" if re.match(r"getItem(?!Count)", attribute) else attribute[:3]
        key = attribute if attribute.startswith("on") else key
        if tag == "gallery" and attribute == "onAction":
            key = "onAction gallery"
        wanted = _SIGNATURES[key]
        if callback not in procedures:
            yield f"{element.get('id')}: no Sub {callback} for {attribute}"
        elif procedures[callback] != wanted:
            yield f"{callback} takes ({procedures[callback]}), not ({wanted})"


def _kinds(declared: str) -> str:
    """The types of arguments; what the callback gives back is ByRef without a type."""
    arguments = declared.rstrip().rstrip(")").split(",")
    kinds = []
    for argument in filter(None, map(str.strip, arguments)):
        found = re.search(r"\bAs (\w+)", argument)
        kinds.append(found[1] if found else "ByRef")
    return ", ".join(kinds)

"""A workbook file as its parts: the few edits that turn one into an add-in or a macro workbook.

Written with fixed dates, in a fixed order, so that the same parts give the same bytes.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping

Parts = dict[str, bytes]

CONTENT_TYPES = "[Content_Types].xml"
RIBBON_PART = "customUI/customUI14.xml"
RIBBON_RELATION = "http://schemas.microsoft.com/office/2007/relationships/ui/extensibility"
MAIN_TYPES = {
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml",
    ".xlsm": "application/vnd.ms-excel.sheet.macroEnabled.main+xml",
    ".xlam": "application/vnd.ms-excel.addin.macroEnabled.main+xml",
}
_NO_DATE = (1980, 1, 1, 0, 0, 0)
_CORE = """<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<cp:coreProperties \
xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" \
xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" \
xmlns:dcmitype="http://purl.org/dc/dcmitype/" \
xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><dc:title>xlcrm</dc:title>\
<dc:creator>xlcrm</dc:creator><cp:lastModifiedBy>xlcrm</cp:lastModifiedBy>\
<dcterms:created xsi:type="dcterms:W3CDTF">2026-01-01T00:00:00Z</dcterms:created>\
<dcterms:modified xsi:type="dcterms:W3CDTF">2026-01-01T00:00:00Z</dcterms:modified>\
</cp:coreProperties>"""


def read_parts(content: bytes) -> Parts:
    """The parts of a file, in their order."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def write_parts(parts: Mapping[str, bytes], compressed: bool = True) -> bytes:
    """The bytes of a file. Uncompressed, they depend on no version of a compression library."""
    kind = zipfile.ZIP_DEFLATED if compressed else zipfile.ZIP_STORED
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name in sorted(parts, key=_rank):
            entry = zipfile.ZipInfo(name, _NO_DATE)
            entry.create_system = 0  # as on Windows, whatever the machine of the build
            entry.compress_type = kind
            archive.writestr(entry, parts[name])
    return out.getvalue()


def _rank(name: str) -> tuple[int, str]:
    """Readers that stream want the list of types and the relations first."""
    return (0 if name == CONTENT_TYPES else 1 if name == "_rels/.rels" else 2, name)


def set_main_type(parts: Parts, suffix: str) -> None:
    """Say what kind of workbook it is, as its file name will."""
    text = parts[CONTENT_TYPES].decode("utf-8")
    for known in MAIN_TYPES.values():
        text = text.replace(f'"{known}"', f'"{MAIN_TYPES[suffix]}"')
    parts[CONTENT_TYPES] = text.encode("utf-8")


def add_ribbon(parts: Parts, xml: str) -> None:
    """Put the ribbon in, in place of one that is there."""
    parts[RIBBON_PART] = xml.encode("utf-8")
    relations = parts["_rels/.rels"].decode("utf-8")
    relations = re.sub(rf'<Relationship [^>]*"{RIBBON_RELATION}"[^>]*/>', "", relations)
    ours = f'<Relationship Id="xlcrmRibbon" Type="{RIBBON_RELATION}" Target="{RIBBON_PART}"/>'
    parts["_rels/.rels"] = relations.replace("</Relationships>", ours + "</Relationships>").encode()


def sign(parts: Parts) -> None:
    """Our name and a fixed date as the author, in place of the template's."""
    parts["docProps/core.xml"] = _CORE.encode("utf-8")

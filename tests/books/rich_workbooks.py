"""Workbooks with everything that a user may have in one, built without Excel.

XlsxWriter and openpyxl make what they know; the parts that neither makes (pivot tables, slicers,
threaded comments, ribbon, external links…) are put in by hand, in the shape Excel gives them.
"""

import struct
import zipfile
import zlib
from collections.abc import Sequence
from datetime import date
from io import BytesIO
from pathlib import Path

import openpyxl
import xlsxwriter
from openpyxl.chart import BarChart, Reference
from openpyxl.comments import Comment
from openpyxl.formatting.rule import ColorScaleRule
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.table import Table, TableStyleInfo
from pyopenvba import ExcelFile

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
LINKS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
OFFICE_2013 = "http://schemas.microsoft.com/office/spreadsheetml/2010/11/main"
OFFICE_2010 = "http://schemas.microsoft.com/office/spreadsheetml/2009/9/main"
_RELATIONSHIPS = "http://schemas.openxmlformats.org/package/2006/relationships"
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_EXCEL = "application/vnd.ms-excel"
ROWS = [["Nom", "Ville", "CA"], ["Durand", "Nantes", 12.5], ["Petit", "Lille", 30]]


def png() -> bytes:
    """A picture of 4 × 4 points."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return (
            struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        )

    pixels = b"".join(b"\0" + b"\x1f\x6f\x8b" * 4 for _ in range(4))
    header = struct.pack(">IIBBBBB", 4, 4, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(pixels))
        + chunk(b"IEND", b"")
    )


def vba_project(folder: Path) -> Path:
    """A project of macros with one module, as a file that XlsxWriter takes."""
    path = folder / "vbaProject.bin"
    path.write_bytes(ExcelFile.create_new(folder / "macros.xlsm").vba_project_bytes())
    return path


def by_xlsxwriter(path: Path, vba: Path | None = None) -> None:
    """Charts, sparklines, pictures, notes, tables, lists, formats; hidden and chart sheets."""
    book = xlsxwriter.Workbook(str(path), {"default_date_format": "dd/mm/yyyy"})
    if vba is not None:
        book.add_vba_project(str(vba))
    sheet = book.add_worksheet("Base")
    for r, row in enumerate(ROWS):
        sheet.write_row(r, 0, row)
    sheet.write_datetime(4, 0, date(2026, 1, 2))
    sheet.write_formula("C6", "=SUM(C2:C3)", book.add_format({"bold": True}), 42.5)
    sheet.write_comment("A1", "ancienne note", {"author": "Zoé"})
    sheet.add_sparkline("D2", {"range": "Base!C2:C3"})
    sheet.insert_image("F2", "logo.png", {"image_data": BytesIO(png())})
    sheet.insert_textbox("F8", "Texte")
    sheet.conditional_format("C2:C3", {"type": "data_bar", "data_bar_2010": True})
    sheet.conditional_format(
        "A2:A3", {"type": "duplicate", "format": book.add_format({"bg_color": "#FFC7CE"})}
    )
    sheet.data_validation("B2:B9", {"validate": "list", "source": ["Nantes", "Lille"]})
    sheet.set_header("&L&G", {"image_left": "logo.png", "image_data_left": BytesIO(png())})
    sheet.protect("secret")
    table = book.add_worksheet("Ventes")
    columns = [{"header": "Mois"}, {"header": "CA"}]
    table.add_table("A1:B3", {"data": [["janv.", 1], ["févr.", 2]], "columns": columns})
    chart = book.add_chart({"type": "line"})
    chart.add_series({"values": "=Ventes!$B$2:$B$3"})
    table.insert_chart("D2", chart)
    table.autofilter("A10:B12")
    book.add_worksheet("Cachée").hide()
    book.add_worksheet("Très cachée").very_hidden()
    chart_sheet = book.add_chartsheet("Graphique")
    other = book.add_chart({"type": "pie"})
    other.add_series({"values": "=Ventes!$B$2:$B$3"})
    chart_sheet.set_chart(other)
    book.define_name("Taux", "=0.2")
    book.define_name("Ventes!Zone", "=Ventes!$A$1:$B$3")
    book.set_custom_property("Client", "Marielle Nature")
    table.activate()
    book.close()


def by_openpyxl(path: Path) -> None:
    """What openpyxl writes: its own styles, a table, a note, a chart, a list, a locked sheet."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Base"
    for row in ROWS:
        sheet.append(row)
    sheet["A1"].comment = Comment("note", "Zoé")
    style = TableStyleInfo("TableStyleMedium2", showRowStripes=True)
    sheet.add_table(Table(displayName="Clients", ref="A1:C3", tableStyleInfo=style))
    rule = ColorScaleRule("min", None, "F8696B", end_type="max", end_color="63BE7B")
    sheet.conditional_formatting.add("C2:C3", rule)
    towns = DataValidation("list", formula1='"Nantes,Lille"')
    sheet.add_data_validation(towns)
    towns.add("B2:B9")
    chart = BarChart()
    chart.add_data(Reference(sheet, min_col=3, min_row=1, max_row=3), titles_from_data=True)
    sheet.add_chart(chart, "E2")
    sheet.print_title_rows = "1:1"
    sheet.auto_filter.ref = "A1:C3"
    book.defined_names["Taux"] = DefinedName("Taux", attr_text="0.2")
    book.create_sheet("Ventes").append(["Mois", "CA"])
    book.active = 1
    book.save(path)


def minimal(
    path: Path, prefix: str = "", strict: bool = False, properties: str = "", root: str = "xl/"
) -> None:
    """The least that a workbook needs, as some web services write it.

    No styles, no shared texts, no theme; absolute link targets; where asked, every element with
    a prefix, the Strict namespaces, or the workbook part in another folder.
    """
    main = "http://purl.oclc.org/ooxml/spreadsheetml/main" if strict else MAIN
    links = "http://purl.oclc.org/ooxml/officeDocument/relationships" if strict else LINKS
    p = f"{prefix}:" if prefix else ""
    spaces = f'xmlns{":" + prefix if prefix else ""}="{main}" xmlns:rel="{links}"'
    cells = "".join(
        f'<{p}row r="{r}">'
        + "".join(
            f'<{p}c r="{"ABC"[c]}{r}" t="inlineStr"><{p}is><{p}t>{v}</{p}t></{p}is></{p}c>'
            if isinstance(v, str)
            else f'<{p}c r="{"ABC"[c]}{r}"><{p}v>{v}</{p}v></{p}c>'
            for c, v in enumerate(row)
        )
        + f"</{p}row>"
        for r, row in enumerate(ROWS, 1)
    )
    relations = f'{HEAD}<Relationships xmlns="{_RELATIONSHIPS}">{{}}</Relationships>'
    parts = {
        "[Content_Types].xml": (
            f'{HEAD}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
            '<Default Extension="xml" ContentType="application/xml"/><Default Extension="rels" '
            'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            f'<Override PartName="/{root}workbook.xml" ContentType="{TYPE}.sheet.main+xml"/>'
            f'<Override PartName="/{root}worksheets/sheet.xml" '
            f'ContentType="{TYPE}.worksheet+xml"/></Types>'
        ),
        "_rels/.rels": relations.format(
            f'<Relationship Id="a" Type="{links}/officeDocument" Target="/{root}workbook.xml"/>'
        ),
        f"{root}workbook.xml": (
            f"{HEAD}<{p}workbook {spaces}>{properties}<{p}sheets>"
            f'<{p}sheet name="Base" sheetId="7" rel:id="b"/></{p}sheets></{p}workbook>'
        ),
        f"{root}_rels/workbook.xml.rels": relations.format(
            f'<Relationship Id="b" Type="{links}/worksheet" Target="/{root}worksheets/sheet.xml"/>'
        ),
        f"{root}worksheets/sheet.xml": (
            f"{HEAD}<{p}worksheet {spaces}><{p}sheetData>{cells}</{p}sheetData></{p}worksheet>"
        ),
    }
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)


def with_parts(
    path: Path,
    parts: dict[str, str | bytes],
    links: dict[str, list[tuple[str, str, str]]],
    types: dict[str, str],
    changes: Sequence[tuple[str, str, str]] = (),
) -> None:
    """Put parts into a package: `links` are (id, type, target) by part.

    `changes` are (part, old text, new text).
    """
    with zipfile.ZipFile(path) as archive:
        contents = {info.filename: archive.read(info) for info in archive.infolist()}
    for name, content in parts.items():
        contents[name] = content.encode() if isinstance(content, str) else content
    for part, added in links.items():
        folder, _, name = part.rpartition("/")
        rels = f"{folder}/_rels/{name}.rels".lstrip("/")
        empty = f'{HEAD}<Relationships xmlns="{_RELATIONSHIPS}"></Relationships>'
        lines = "".join(
            f'<Relationship Id="{i}" Type="{kind}" Target="{target}"'
            + (' TargetMode="External"/>' if "://" in target else "/>")
            for i, kind, target in added
        )
        xml = contents.get(rels, empty.encode()).decode()
        contents[rels] = xml.replace("</Relationships>", f"{lines}</Relationships>").encode()
    overrides = "".join(
        f'<Override PartName="/{part}" ContentType="{kind}"/>' for part, kind in types.items()
    )
    xml = contents["[Content_Types].xml"].decode()
    contents["[Content_Types].xml"] = xml.replace("</Types>", f"{overrides}</Types>").encode()
    for part, old, new in changes:
        assert old in contents[part].decode()
        contents[part] = contents[part].decode().replace(old, new, 1).encode()
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in contents.items():
            archive.writestr(name, content)


def with_everything(path: Path) -> None:
    """Add to a workbook of `by_xlsxwriter` the parts that only Excel makes."""
    ours, ms = f"{LINKS}/", "http://schemas.microsoft.com/office/"
    with_parts(
        path,
        _PARTS,
        {
            "": [("rIdUI", f"{ms}2007/relationships/ui/extensibility", "customUI/customUI14.xml")],
            "xl/workbook.xml": [
                ("rIdCache", f"{ours}pivotCacheDefinition", "pivotCache/pivotCacheDefinition1.xml"),
                (
                    "rIdSlices",
                    f"{ms}2007/relationships/slicerCache",
                    "slicerCaches/slicerCache1.xml",
                ),
                ("rIdPerson", f"{ms}2017/10/relationships/person", "persons/person.xml"),
                ("rIdLink", f"{ours}externalLink", "externalLinks/externalLink1.xml"),
                ("rIdXml", f"{ours}customXml", "../customXml/item1.xml"),
                ("rIdCalc", f"{ours}calcChain", "calcChain.xml"),
            ],
            "xl/worksheets/sheet1.xml": [
                (
                    "rIdTalk",
                    f"{ms}2017/10/relationships/threadedComment",
                    "../threadedComments/threadedComment1.xml",
                ),
                ("rIdPrint", f"{ours}printerSettings", "../printerSettings/printerSettings1.bin"),
            ],
            "xl/worksheets/sheet2.xml": [
                ("rIdPivot", f"{ours}pivotTable", "../pivotTables/pivotTable1.xml"),
                ("rIdSlicer", f"{ms}2007/relationships/slicer", "../slicers/slicer1.xml"),
            ],
            "xl/pivotTables/pivotTable1.xml": [
                ("rId1", f"{ours}pivotCacheDefinition", "../pivotCache/pivotCacheDefinition1.xml")
            ],
            "xl/pivotCache/pivotCacheDefinition1.xml": [
                ("rId1", f"{ours}pivotCacheRecords", "pivotCacheRecords1.xml")
            ],
            "xl/externalLinks/externalLink1.xml": [
                ("rId1", f"{ours}externalLinkPath", "file:///C:/Tarifs/tarifs.xlsx")
            ],
        },
        {
            "xl/pivotTables/pivotTable1.xml": f"{TYPE}.pivotTable+xml",
            "xl/pivotCache/pivotCacheDefinition1.xml": f"{TYPE}.pivotCacheDefinition+xml",
            "xl/pivotCache/pivotCacheRecords1.xml": f"{TYPE}.pivotCacheRecords+xml",
            "xl/slicerCaches/slicerCache1.xml": f"{_EXCEL}.slicerCache+xml",
            "xl/slicers/slicer1.xml": f"{_EXCEL}.slicer+xml",
            "xl/persons/person.xml": f"{_EXCEL}.person+xml",
            "xl/threadedComments/threadedComment1.xml": f"{_EXCEL}.threadedcomments+xml",
            "xl/externalLinks/externalLink1.xml": f"{TYPE}.externalLink+xml",
            "xl/calcChain.xml": f"{TYPE}.calcChain+xml",
            "xl/printerSettings/printerSettings1.bin": f"{TYPE}.printerSettings",
        },
        [
            ("xl/workbook.xml", "<bookViews>", f"{_PATH}<bookViews>"),
            (
                "xl/workbook.xml",
                "</sheets>",
                '</sheets><externalReferences><externalReference r:id="rIdLink"/>'
                "</externalReferences>",
            ),
            ("xl/workbook.xml", "</workbook>", f"{_CACHES}</workbook>"),
            ("xl/worksheets/sheet2.xml", "</worksheet>", f"{_SLICERS}</worksheet>"),
        ],
    )


_PATH = (
    '<mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">'
    f'<mc:Choice Requires="x15" xmlns:x15="{OFFICE_2013}"><x15ac:absPath url="C:\\Données\\" '
    'xmlns:x15ac="http://schemas.microsoft.com/office/spreadsheetml/2010/11/ac"/></mc:Choice>'
    "</mc:AlternateContent>"
)
_CACHES = (
    '<pivotCaches><pivotCache cacheId="4" r:id="rIdCache"/></pivotCaches>'
    f'<extLst><ext uri="{{BBE1A952-AA13-448e-AADC-164F8A28A991}}" xmlns:x14="{OFFICE_2010}">'
    '<x14:slicerCaches><x14:slicerCache r:id="rIdSlices"/></x14:slicerCaches></ext></extLst>'
)
_SLICERS = (
    f'<extLst><ext uri="{{A8765BA9-456A-4dab-B4F3-ACF838C121DE}}" xmlns:x14="{OFFICE_2010}">'
    '<x14:slicerList><x14:slicer r:id="rIdSlicer"/></x14:slicerList></ext></extLst>'
)
_THREADS = "http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments"
_ZOE = "{11111111-2222-3333-4444-555555555555}"
_PARTS: dict[str, str | bytes] = {
    "xl/pivotCache/pivotCacheDefinition1.xml": (
        f'{HEAD}<pivotCacheDefinition xmlns="{MAIN}" xmlns:r="{LINKS}" r:id="rId1" '
        'refreshedBy="Zoé" refreshedDate="46000" createdVersion="6" refreshedVersion="6" '
        'minRefreshableVersion="3" recordCount="2"><cacheSource type="worksheet">'
        '<worksheetSource ref="A1:B3" sheet="Ventes"/></cacheSource><cacheFields count="2">'
        '<cacheField name="Mois" numFmtId="0"><sharedItems count="2"><s v="janv."/><s v="févr."/>'
        '</sharedItems></cacheField><cacheField name="CA" numFmtId="0"><sharedItems '
        'containsSemiMixedTypes="0" containsString="0" containsNumber="1" containsInteger="1" '
        'minValue="1" maxValue="2"/></cacheField></cacheFields></pivotCacheDefinition>'
    ),
    "xl/pivotCache/pivotCacheRecords1.xml": (
        f'{HEAD}<pivotCacheRecords xmlns="{MAIN}" xmlns:r="{LINKS}" count="2"><r><x v="0"/>'
        '<n v="1"/></r><r><x v="1"/><n v="2"/></r></pivotCacheRecords>'
    ),
    "xl/pivotTables/pivotTable1.xml": (
        f'{HEAD}<pivotTableDefinition xmlns="{MAIN}" name="TCD1" cacheId="4" '
        'applyNumberFormats="0" applyBorderFormats="0" applyFontFormats="0" '
        'applyPatternFormats="0" applyAlignmentFormats="0" applyWidthHeightFormats="1" '
        'dataCaption="Valeurs" updatedVersion="6" minRefreshableVersion="3" createdVersion="6" '
        'indent="0" outline="1" outlineData="1" multipleFieldFilters="0"><location ref="F1:G4" '
        'firstHeaderRow="1" firstDataRow="1" firstDataCol="1"/><pivotFields count="2"><pivotField '
        'axis="axisRow" showAll="0"><items count="3"><item x="0"/><item x="1"/><item t="default"/>'
        '</items></pivotField><pivotField dataField="1" showAll="0"/></pivotFields><rowFields '
        'count="1"><field x="0"/></rowFields><rowItems count="3"><i><x/></i><i><x v="1"/></i>'
        '<i t="grand"><x/></i></rowItems><colItems count="1"><i/></colItems><dataFields count="1">'
        '<dataField name="Somme de CA" fld="1" baseField="0" baseItem="0"/></dataFields>'
        "</pivotTableDefinition>"
    ),
    "xl/slicerCaches/slicerCache1.xml": (
        f'{HEAD}<slicerCacheDefinition xmlns="{OFFICE_2010}" name="Segment_Mois" '
        'sourceName="Mois"><pivotTables><pivotTable tabId="2" name="TCD1"/></pivotTables><data>'
        '<tabular pivotCacheId="4"><items count="2"><i x="0" s="1"/><i x="1" s="1"/></items>'
        "</tabular></data></slicerCacheDefinition>"
    ),
    "xl/slicers/slicer1.xml": (
        f'{HEAD}<slicers xmlns="{OFFICE_2010}"><slicer name="Mois" cache="Segment_Mois" '
        'caption="Mois" rowHeight="241300"/></slicers>'
    ),
    "xl/persons/person.xml": (
        f'{HEAD}<personList xmlns="{_THREADS}"><person displayName="Zoé" id="{_ZOE}" userId="zoe" '
        'providerId="None"/></personList>'
    ),
    "xl/threadedComments/threadedComment1.xml": (
        f'{HEAD}<ThreadedComments xmlns="{_THREADS}"><threadedComment ref="A1" '
        f'dT="2026-01-02T03:04:05.00" personId="{_ZOE}" '
        'id="{AAAAAAAA-2222-3333-4444-555555555555}"><text>À vérifier</text></threadedComment>'
        "</ThreadedComments>"
    ),
    "xl/externalLinks/externalLink1.xml": (
        f'{HEAD}<externalLink xmlns="{MAIN}"><externalBook xmlns:r="{LINKS}" r:id="rId1">'
        '<sheetNames><sheetName val="Tarifs"/></sheetNames></externalBook></externalLink>'
    ),
    "xl/calcChain.xml": f'{HEAD}<calcChain xmlns="{MAIN}"><c r="C6" i="1"/></calcChain>',
    "xl/printerSettings/printerSettings1.bin": bytes(range(256)),
    "customXml/item1.xml": '<client xmlns="urn:essai">Marielle Nature</client>',
    "customUI/customUI14.xml": (
        '<customUI xmlns="http://schemas.microsoft.com/office/2009/07/customui"><ribbon><tabs>'
        '<tab id="essai" label="Essai"/></tabs></ribbon></customUI>'
    ),
}

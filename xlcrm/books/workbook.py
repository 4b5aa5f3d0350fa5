"""The workbook part of a package: its sheets, its defined names and what depends on them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from xml.sax.saxutils import escape, quoteattr

from xlcrm.books.addresses import quoted, sheet_of
from xlcrm.books.layout import ROLE_PREFIX
from xlcrm.books.markup import Edit, Element, append_to, apply, remove, set_attribute
from xlcrm.books.package import Package
from xlcrm.errors import SourceError

STRICT = "http://purl.oclc.org/ooxml/spreadsheetml/main"
TYPE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
STRICT_TYPE = "http://purl.oclc.org/ooxml/officeDocument/relationships"
OURS = "xlcrm"  # the comment of the defined names of result tables
_YES = frozenset({"1", "true"})


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet of any kind; `part` holds it, `index` is its place among all sheets."""

    name: str
    sheet_id: int
    part: str
    kind: str  # worksheet, chartsheet, dialogsheet, macrosheet
    state: str  # visible, hidden, veryHidden
    index: int
    link: str


@dataclass(frozen=True, slots=True)
class Name:
    """A defined name; `local` is the index of the sheet that it belongs to."""

    name: str
    text: str
    local: int | None = None
    hidden: bool = False
    comment: str = ""

    @property
    def sheet(self) -> str | None:
        return sheet_of(self.text)


class Workbook:
    """The workbook part, read once; every change writes it again."""

    def __init__(self, package: Package) -> None:
        self.package = package
        part = package.target("", "officeDocument")
        if part is None:
            raise _no_workbook(package.name)
        self.part = part
        self._xml, self._root = package.read_xml(part)
        if self._root.name != "workbook":
            raise _no_workbook(package.name)

    @property
    def strict(self) -> bool:
        return STRICT in self._root.attributes.values()

    @property
    def types(self) -> str:
        """The start of the relationship types in this file."""
        return STRICT_TYPE if self.strict else TYPE

    @property
    def is_1904(self) -> bool:
        properties = self._root.first("workbookPr")
        return bool(properties and properties.attributes.get("date1904") in _YES)

    @property
    def structure_locked(self) -> bool:
        lock = self._root.first("workbookProtection")
        return bool(lock and lock.attributes.get("lockStructure") in _YES)

    @property
    def active(self) -> str | None:
        """The sheet that the workbook opens on."""
        place = views[0].attributes.index("activeTab") if (views := self._views()) else 0
        sheets = self.sheets()
        return sheets[place].name if place < len(sheets) else None

    def sheets(self) -> list[Sheet]:
        links = {link.id: link for link in self.package.relationships(self.part)}
        found = []
        for index, element in enumerate(self._sheet_elements()):
            link = links.get(_link_id(element))
            found.append(
                Sheet(
                    element.attributes["name"],
                    element.attributes.number("sheetId"),
                    (self.package.find(link.target) or link.target) if link else "",
                    link.kind if link else "",
                    element.attributes.get("state", "visible"),
                    index,
                    _link_id(element),
                )
            )
        return found

    def names(self) -> list[Name]:
        return [self._name(element) for element in self._name_elements()]

    def made(self) -> dict[str, str]:
        """role -> sheet, in the order of the sheets.

        Where a user copies a result sheet, Excel copies its name too, as one of the copy's own.
        """
        places = {sheet.name: sheet.index for sheet in self.sheets()}
        roles = {
            name.name.removeprefix(ROLE_PREFIX): name.sheet
            for name in self.names()
            if name.name.startswith(ROLE_PREFIX) and name.local is None and name.sheet in places
        }
        ordered = sorted(roles.items(), key=lambda item: places[item[1] or ""])
        return {role: sheet for role, sheet in ordered if sheet}

    def add_sheet(self, name: str, part: str) -> int:
        """Append a worksheet, and give its index."""
        link = self.package.relate(self.part, f"{self.types}/worksheet", part)
        sheets = self._root.first("sheets")
        assert sheets is not None
        ids = [e.attributes.number("sheetId") for e in sheets.children]
        attribute, declared = self._link_attribute(sheets)
        element = (
            f"<{sheets.prefix}sheet{declared} name={quoteattr(name)} "
            f'sheetId="{max(ids, default=0) + 1}" {attribute}="{link}"/>'
        )
        self._change([append_to(self._xml, sheets, element.encode())])
        return len(ids)

    def remove_sheets(self, gone: Iterable[Sheet]) -> None:
        """Take sheets out of the list; names and the active tab follow the others."""
        gone = list(gone)
        indexes = {sheet.index for sheet in gone}
        edits = [remove(self._xml, e) for i, e in enumerate(self._sheet_elements()) if i in indexes]
        names = {sheet.name for sheet in gone}
        for element in self._name_elements():
            name = self._name(element)
            if name.local in indexes or (name.local is None and name.sheet in names):
                edits.append(remove(self._xml, element))
            elif name.local is not None:
                edits += self._shifted(element, "localSheetId", indexes)
        shown = [s.index for s in self.sheets() if s.index not in indexes and s.state == "visible"]
        for view in self._views():
            first = view.attributes.index("firstSheet")
            first_now = min(
                first - sum(1 for index in indexes if index < first),
                len(self._sheet_elements()) - len(indexes) - 1,
            )
            if first_now != first:
                edits.append(set_attribute(self._xml, view, "firstSheet", str(first_now)))
            active = view.attributes.index("activeTab")
            if active in indexes:  # the nearest sheet that can be shown
                active = min(shown, key=lambda index: abs(index - active), default=0)
            active -= sum(1 for index in indexes if index < active)
            if str(active) != view.attributes.get("activeTab", "0"):
                edits.append(set_attribute(self._xml, view, "activeTab", str(active)))
        self._change(edits)
        self._drop_empty_names()
        self.package.unrelate(self.part, [sheet.link for sheet in gone])

    def add_names(self, names: Iterable[Name]) -> None:
        prefix = self._root.prefix
        lines = "".join(_name_xml(name, prefix) for name in names)
        if not lines:
            return
        section = self._root.first("definedNames")
        if section is not None:
            self._change([append_to(self._xml, section, lines.encode())])
            return
        places = [
            child.end
            for child in self._root.children
            if child.name in ("sheets", "functionGroups", "externalReferences")
        ]
        block = f"<{prefix}definedNames>{lines}</{prefix}definedNames>"
        self._change([Edit(max(places), max(places), block.encode())])

    def remove_names(self, gone: Iterable[Name]) -> None:
        wanted = set(gone)
        elements = [e for e in self._name_elements() if self._name(e) in wanted]
        self._change([remove(self._xml, element) for element in elements])
        self._drop_empty_names()

    def drop_calculation_chain(self, sheet_ids: Iterable[int]) -> None:
        """Remove the list of formula cells where it names a sheet that changes.

        Excel makes it again, but calls the file damaged when a cell of it holds no formula.
        """
        chain = self.package.target(self.part, "calcChain")
        if chain is None:
            return
        ids = "|".join(str(i) for i in sheet_ids).encode()
        if re.search(rb'\bi="(?:' + ids + rb')"', self.package.read(chain)):
            links = self.package.relationships(self.part)
            self.package.unrelate(self.part, [k.id for k in links if k.kind == "calcChain"])
            self.package.remove_parts([chain])

    def _change(self, edits: list[Edit]) -> None:
        if edits:
            self.package.put(self.part, apply(self._xml, edits))
            self._xml, self._root = self.package.read_xml(self.part)

    def _drop_empty_names(self) -> None:
        section = self._root.first("definedNames")
        if section is not None and not section.children:
            self._change([remove(self._xml, section)])

    def _shifted(self, element: Element, attribute: str, gone: set[int]) -> list[Edit]:
        old = element.attributes.number(attribute, 0)
        new = old - sum(1 for index in gone if index < old)
        if new == old:
            return []
        return [set_attribute(self._xml, element, attribute, str(new))]

    def _sheet_elements(self) -> list[Element]:
        sheets = self._root.first("sheets")
        return sheets.all("sheet") if sheets else []

    def _name_elements(self) -> list[Element]:
        names = self._root.first("definedNames")
        return names.all("definedName") if names else []

    def _views(self) -> list[Element]:
        views = self._root.first("bookViews")
        return views.all("workbookView") if views else []

    def _name(self, element: Element) -> Name:
        raw = self._xml[element.open_end : element.close_start].decode()
        is_local = "localSheetId" in element.attributes
        return Name(
            element.attributes.get("name", ""),
            _unescape(raw),
            element.attributes.number("localSheetId") if is_local else None,
            element.attributes.get("hidden") in _YES,
            element.attributes.get("comment", ""),
        )

    def _link_attribute(self, sheets: Element) -> tuple[str, str]:
        """The attribute that holds a sheet's link id, and its namespace where none is declared."""
        for name, value in {**self._root.attributes, **sheets.attributes}.items():
            if name.startswith("xmlns:") and value == self.types:
                return f"{name.removeprefix('xmlns:')}:id", ""
        return "r:id", f' xmlns:r="{self.types}"'


def _no_workbook(name: str) -> SourceError:
    return SourceError(
        fr=f"{name} n'est pas un classeur (aucune partie « workbook »). Ouvrez-le dans le "
        "programme qui l'a fait et enregistrez le tableau au format .xlsx.",
        en=f'{name} is not a workbook (it has no "workbook" part). Open it in the program that '
        "made it and save the table as .xlsx.",
    )


def role_name(role: str, sheet: str) -> Name:
    """The hidden name by which a result sheet is known again."""
    return Name(ROLE_PREFIX + role, f"{quoted(sheet)}!$A$1", hidden=True)


def _link_id(element: Element) -> str:
    return next((v for k, v in element.attributes.items() if k.endswith(":id")), "")


def _name_xml(name: Name, prefix: str) -> str:
    attributes = f" name={quoteattr(name.name)}"
    if name.comment:
        attributes += f" comment={quoteattr(name.comment)}"
    if name.local is not None:
        attributes += f' localSheetId="{name.local}"'
    if name.hidden:
        attributes += ' hidden="1"'
    return f"<{prefix}definedName{attributes}>{escape(name.text)}</{prefix}definedName>"


def _unescape(text: str) -> str:
    return (
        text.replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", '"')
        .replace("&apos;", "'")
        .replace("&amp;", "&")
    )

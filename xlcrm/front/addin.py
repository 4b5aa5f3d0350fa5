"""Makes the files that carry our macros: the add-in, and the twins of templates with macros.

pyOpenVBA writes the VBA project; it is needed to build, never to use, xlcrm.
"""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

from xlcrm.errors import SourceError
from xlcrm.front.package import (
    Parts,
    add_ribbon,
    read_parts,
    set_main_type,
    sign,
    write_parts,
)
from xlcrm.front.places import ADDIN, macros_folder
from xlcrm.front.ribbon_layout import ribbon_xml
from xlcrm.front.vba import Module, modules


def addin_bytes() -> bytes:
    """The add-in, the same bytes on every build."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / ADDIN
        with _excel_file().create_new(str(path)) as book:
            _fill(book, modules("ActiveWorkbook"))
            book.save()
        parts = read_parts(path.read_bytes())
    sign(parts)
    add_ribbon(parts, ribbon())
    return write_parts(parts, compressed=False)


def with_macros(content: bytes) -> bytes:
    """The .xlsm twin of an .xlsx: the same sheets, with our ribbon and functions."""
    parts = read_parts(content)
    set_main_type(parts, ".xlsm")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "twin.xlsm"
        path.write_bytes(write_parts(parts))
        with _excel_file()(str(path)) as book:
            book.add_vba_project()
            _fill(book, modules("ThisWorkbook"))
            book.save()
        parts = read_parts(path.read_bytes())
    add_ribbon(parts, ribbon())
    return write_parts(parts)


def ribbon() -> str:
    """The XML of the ribbon."""
    return ribbon_xml((macros_folder() / "customUI14.xml").read_text("utf-8"))


def parts_of(path: Path) -> Parts:
    """The parts of a built file, to compare with a fresh build; none where there is no file."""
    return read_parts(path.read_bytes()) if path.exists() else {}


def _fill(book: Any, wanted: list[Module]) -> None:
    """Put our modules in, in place of the example that a new project has."""
    from pyopenvba import VBAModuleKind

    kinds = {"standard": VBAModuleKind.standard, "class": VBAModuleKind.other}
    project = book.vba_project()
    for module in wanted:
        if not module.text.isascii():  # it would become ? without a word
            raise ValueError(f"{module.name}: VBA sources are ASCII")
        text = module.text.replace("\n", "\r\n")
        if module.kind == "workbook":
            book.set_module(module.name, text)
        else:
            project.add_module(module.name, text, kind=kinds[module.kind])
    ours = {module.name for module in wanted}
    for name in book.module_names():
        if name.startswith("Module") and name not in ours:
            project.delete_module(name)


def _excel_file() -> Any:
    try:
        from pyopenvba import ExcelFile
    except ImportError:
        raise SourceError(
            fr="La construction des macros demande pyOpenVBA : pip install xlcrm[build].",
            en="Building the macros needs pyOpenVBA: pip install xlcrm[build].",
        ) from None
    return ExcelFile

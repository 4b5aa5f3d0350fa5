"""Stands in for COM, so that xlwings' own Windows code for functions in cells runs anywhere.

Only in a process of its own: importing xlwings then takes its Windows half. `install()` comes
before any other import of xlwings.
"""

from __future__ import annotations

import asyncio  # noqa: F401  these must be imported while sys.platform tells the truth
import concurrent.futures  # noqa: F401
import ctypes
import datetime as dt
import subprocess  # noqa: F401
import sys
import types
from functools import cached_property
from typing import Any

import numpy  # noqa: F401
import pandas  # noqa: F401

MISSING = -2147352572  # what VBA passes for an argument that was left out
ERRORS = {
    "#NULL!": -2146826288,
    "#DIV/0!": -2146826281,
    "#VALUE!": -2146826273,
    "#REF!": -2146826265,
    "#NAME?": -2146826259,
    "#NUM!": -2146826252,
    "#N/A": -2146826246,
}


class ComError(Exception):
    hresult = 0


class TimeType(dt.datetime):
    """A date as COM gives it."""


class IID(str):
    __slots__ = ()


class CDispatch:
    pass


class CoClassBaseClass:
    pass


class DispatchBaseClass:
    pass


class _Anything:
    """A function of a DLL that is never really called."""

    restype = None

    def __call__(self, *args: Any, **kwargs: Any) -> int:
        return 0

    def __getattr__(self, name: str) -> _Anything:
        return _Anything()


def _module(name: str, **attributes: Any) -> None:
    module = types.ModuleType(name)
    module.__dict__.update(attributes)
    sys.modules[name] = module
    parent, _, child = name.rpartition(".")
    if parent:
        setattr(sys.modules[parent], child, module)


def _same(thing: Any, *args: Any, **kwargs: Any) -> Any:
    return thing


def _unwrap(thing: Any) -> Any:
    raise ComError


def install() -> None:
    """Put the stand-ins in place, and import xlwings as on Windows."""
    _module("pywintypes", TimeType=TimeType, com_error=ComError, error=OSError, IID=IID)
    for name in ("win32api", "win32con", "win32event", "win32gui"):
        _module(name)
    _module("win32process", GetWindowThreadProcessId=lambda handle: (1, 4242))
    zone = types.SimpleNamespace(utc=staticmethod(lambda: dt.UTC))
    _module("win32timezone", TimeZoneInfo=zone)
    _module(
        "pythoncom",
        __file__="pythoncom.dll",
        CoInitialize=lambda *args: None,
        IID_IDispatch="IDISPATCH",
        IID_IEnumVARIANT="IENUM",
        TypeIIDs={"IDISPATCH": CDispatch},
        ole_error=ComError,
        CoMarshalInterThreadInterfaceInStream=lambda iid, thing: thing,
        CoGetInterfaceAndReleaseStream=lambda stream, iid: stream,
    )
    _module("win32com")
    _module(
        "win32com.client",
        Dispatch=_same,
        DispatchEx=_same,
        CDispatch=CDispatch,
        CoClassBaseClass=CoClassBaseClass,
        DispatchBaseClass=DispatchBaseClass,
    )
    for name in ("win32com.server", "win32com.server.dispatcher", "win32com.server.policy"):
        _module(name)
    _module("win32com.server.util", wrap=_same, unwrap=_unwrap)
    loader = ctypes.PyDLL
    ctypes.oledll = ctypes.windll = _Anything()  # type: ignore[assignment]
    ctypes.PyDLL = lambda *args, **kwargs: _Anything()  # type: ignore[assignment,misc]
    platform, sys.platform = sys.platform, "win32"
    try:
        import xlwings  # noqa: F401
    finally:
        sys.platform, ctypes.PyDLL = platform, loader  # type: ignore[misc]


class Sheet(CDispatch):
    """A worksheet of Excel, of which only the used cells exist."""

    def __init__(self, name: str = "Feuil1") -> None:
        self.Name = name
        self.Application = types.SimpleNamespace(Hwnd=1)
        self.Parent = types.SimpleNamespace(Name="Classeur1", Application=self.Application)
        self.values: dict[tuple[int, int], Any] = {}

    def Range(self, first: Range, last: Range) -> Range:
        return Range(self, first.Row, first.Column, last.Row, last.Column)

    def Cells(self, row: int, column: int) -> Range:
        return Range(self, row, column, row, column)

    @property
    def UsedRange(self) -> Range:
        rows, columns = zip(*self.values, strict=True)
        return Range(self, min(rows), min(columns), max(rows), max(columns))


class Range(CDispatch):
    """A reference, as Excel passes it to a function."""

    CLSID = "range"
    _oleobj_ = types.SimpleNamespace(
        GetTypeInfo=lambda: types.SimpleNamespace(
            GetTypeAttr=lambda: types.SimpleNamespace(
                iid=IID("{00020846-0000-0000-C000-000000000046}")
            )
        )
    )

    def __init__(self, sheet: Sheet, top: int, left: int, bottom: int, right: int) -> None:
        self.Worksheet, self.Row, self.Column = sheet, top, left
        self.Rows = types.SimpleNamespace(Count=bottom - top + 1)
        self.Columns = types.SimpleNamespace(Count=right - left + 1)
        self.CountLarge = self.Rows.Count * self.Columns.Count
        self.Areas: Any = Areas([self])
        self.Address = f"R{top}C{left}:R{bottom}C{right}"

    @cached_property
    def Value(self) -> Any:
        if self.CountLarge > 1_000_000:
            raise ComError("not enough memory")
        get = self.Worksheet.values.get
        if self.CountLarge == 1:
            return get((self.Row, self.Column))
        return tuple(
            tuple(get((self.Row + r, self.Column + c)) for c in range(self.Columns.Count))
            for r in range(self.Rows.Count)
        )


class Areas(CDispatch):
    def __init__(self, parts: list[Range]) -> None:
        self.parts, self.Count = parts, len(parts)

    def __iter__(self) -> Any:
        return iter(self.parts)


def several_areas(tables: list[list[list[Any]]]) -> Range:
    """A reference to several areas; like Excel's, it passes for the first of them."""
    parts = [reference(rows) for rows in tables]
    first = parts[0]
    whole = Range(first.Worksheet, 1, 1, first.Rows.Count, first.Columns.Count)
    whole.CountLarge = sum(part.CountLarge for part in parts)
    whole.Areas = Areas(parts)
    return whole


def reference(rows: list[list[Any]], whole_columns: bool = False) -> Range:
    """A reference to cells that hold those values, from A1 of a sheet of its own."""
    sheet = Sheet()
    for r, row in enumerate(rows, 1):
        for c, value in enumerate(row, 1):
            if value is not None:
                sheet.values[r, c] = value
    return Range(sheet, 1, 1, 1_048_576 if whole_columns else len(rows), len(rows[0]))

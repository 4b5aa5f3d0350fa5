"""The way to a running office: what the engine needs beyond the office's own objects.

The engine works on UNO objects and asks a link for everything that is not one: services, structs,
enums. `LocalLink` is Python's UNO bridge; `xlcrm.books.calc_engine.pipe` is another link, for a
Python that cannot import `uno`.
"""

from __future__ import annotations

import glob
import importlib
import sys
from typing import Any, Protocol

from xlcrm.errors import SourceError

# Where `uno` lies when this Python is not the office's own.
_FOLDERS = (
    "/usr/lib/python3/dist-packages",
    "/usr/lib64/python3*/site-packages",
    "/usr/lib/libreoffice/program",
    "/usr/lib64/libreoffice/program",
    "/opt/libreoffice*/program",
    "/Applications/LibreOffice.app/Contents/Resources",
)


class Link(Protocol):
    """A way to a running office."""

    errors: tuple[type[BaseException], ...]  # what it raises when the office refuses

    @property
    def desktop(self) -> Any:
        """The office's desktop."""

    def service(self, name: str) -> Any:
        """A service of the office, made anew."""

    def struct(self, name: str, **fields: Any) -> Any:
        """A struct of that type."""

    def enum(self, name: str, value: str) -> Any:
        """A value of an enumeration."""

    def typed(self, name: str, value: Any) -> Any:
        """A value that must arrive with exactly that type, e.g. `[]com.sun.star...`."""


class LocalLink:
    """The office through Python's own UNO bridge."""

    def __init__(self, context: Any) -> None:
        self._context = context
        self._manager = context.ServiceManager
        self._uno = import_uno()
        self.errors: tuple[type[BaseException], ...] = (
            self._uno.getClass("com.sun.star.uno.Exception"),
        )
        self._desktop = self.service("com.sun.star.frame.Desktop")

    @property
    def desktop(self) -> Any:
        return self._desktop

    @property
    def context(self) -> Any:
        return self._context

    def service(self, name: str) -> Any:
        return self._manager.createInstanceWithContext(name, self._context)

    def struct(self, name: str, **fields: Any) -> Any:
        made = self._uno.createUnoStruct(name)
        for field, value in fields.items():
            setattr(made, field, value)
        return made

    def enum(self, name: str, value: str) -> Any:
        return self._uno.Enum(name, value)

    def typed(self, name: str, value: Any) -> Any:
        return self._uno.Any(name, value)


def connect(url: str) -> LocalLink:
    """The office that listens at a UNO address; raises the bridge's NoConnectException if none."""
    uno = import_uno()
    local = uno.getComponentContext()
    resolver = local.ServiceManager.createInstanceWithContext(
        "com.sun.star.bridge.UnoUrlResolver", local
    )
    return LocalLink(resolver.resolve(f"uno:{url};urp;StarOffice.ComponentContext"))


def import_uno() -> Any:
    """The `uno` module, also from the folders where distributions put it.

    Raises SourceError where there is none for this Python.
    """
    if module := sys.modules.get("uno"):
        return module
    folders = [""] + [folder for pattern in _FOLDERS for folder in sorted(glob.glob(pattern))]
    for folder in folders:
        if folder:
            sys.path.append(folder)
        try:
            found = importlib.import_module("uno")
            importlib.import_module("unohelper")  # lies beside it, for those who implement services
            _let_exceptions_pass(found)
            return found
        except ImportError:
            continue
        finally:
            if folder:
                sys.path.remove(folder)
    version = f"{sys.version_info.major}.{sys.version_info.minor}"
    raise SourceError(
        fr=f"Le pont UNO de LibreOffice n'existe pas pour Python {version} : installez python3-uno "
        "(Debian, Ubuntu) ou passez par l'extension xlcrm.",
        en=f"LibreOffice's UNO bridge is not there for Python {version}: install python3-uno "
        "(Debian, Ubuntu) or use the xlcrm extension.",
    )


def _let_exceptions_pass(uno: Any) -> None:
    """UNO's exceptions refuse the traceback that a context manager of Python gives them."""
    original = uno._uno_struct__setattr__

    def set_attribute(self: Any, name: str, value: Any) -> None:
        if name.startswith("__"):
            object.__setattr__(self, name, value)
        else:
            original(self, name, value)

    uno._uno_struct__setattr__ = set_attribute


def properties(link: Link, **values: Any) -> tuple[Any, ...]:
    """Named values, as the office takes them."""
    return tuple(
        link.struct("com.sun.star.beans.PropertyValue", Name=name, Value=value)
        for name, value in values.items()
    )

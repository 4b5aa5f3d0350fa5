"""What the engine says when Calc cannot do something."""

from __future__ import annotations

from typing import Any, NoReturn

from xlwings import XlwingsError

UNAVAILABLE = "{} is not available on LibreOffice Calc"
# A property that xlwings reads here and changes through a `set()` of its own.
read_only: Any = property


class CalcError(XlwingsError):
    """LibreOffice refused, or what was asked for is not there."""


def unsupported(feature: str) -> Any:
    """A property that raises NotImplementedError naming the feature, read or written."""

    def refuse(self: Any, value: Any = None) -> NoReturn:
        raise missing(feature)

    refuse.__doc__ = UNAVAILABLE.format(feature)
    return property(refuse, refuse)


def unsupported_method(feature: str) -> Any:
    """A method that raises NotImplementedError naming the feature."""

    def refuse(self: Any, *arguments: Any, **named: Any) -> NoReturn:
        raise missing(feature)

    refuse.__doc__ = UNAVAILABLE.format(feature)
    return refuse


def missing(feature: str) -> NotImplementedError:
    """The error for a method, or an argument, that Calc has nothing for."""
    return NotImplementedError(UNAVAILABLE.format(feature))

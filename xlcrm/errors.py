"""The errors of xlcrm. Each carries one sentence in both languages: what, where, what to do."""

from __future__ import annotations

from xlcrm.texts import Lang, Text, shown


class XlcrmError(Exception):
    """The data or the request cannot be served; the text is meant for the user."""

    def __init__(self, fr: str, en: str, **values: object) -> None:
        self.text = Text(fr=fr, en=en)
        if values:
            self.text = self.text.format(**values)
        super().__init__(self.text.fr)

    def __str__(self) -> str:
        return self.text.fr

    def in_(self, lang: Lang) -> str:
        """The sentence in one language."""
        return self.text.in_(lang)


class ArgumentError(XlcrmError, ValueError):
    """A function got an argument it cannot work with; in a cell, #VALUE!."""


class RequestError(XlcrmError, LookupError):
    """A sheet, column, command, function or option that is not there."""


class NothingFound(RequestError):
    """A workbook without anything that a command works on."""


class SourceError(XlcrmError, OSError):
    """A file or a sheet that cannot be read or written."""


def beyond_reach() -> ArgumentError:
    """The refusal of numbers that no computer works with: an overflow, a division by zero."""
    return ArgumentError(
        fr="Incalculable avec ces valeurs : l'une est bien trop grande, bien trop proche de zéro, "
        "ou un diviseur est nul.",
        en="Cannot be computed with these values: one is far too large, far too close to zero, or "
        "a divisor is zero.",
    )


def percent_meant(value: float, fr: str, en: str) -> ArgumentError:
    """The refusal of 20 typed for 20 %: what it means, and what to type.

    >>> str(percent_meant(11.5, "taux", "rate"))
    'Argument « taux » : 11,5 veut dire 1150 % ; tapez 11,5 % ou 0,115.'
    """
    return ArgumentError(
        fr="Argument « {name} » : {value} veut dire {share} % ; tapez {value} % ou {part}.",
        en='Argument "{name}": {value} means {share} %; type {value} % or {part}.',
        name=Text(fr=fr, en=en),
        value=shown(value),
        share=shown(value * 100),
        part=shown(value / 100),
    )

"""The errors of xlcrm. Each carries one sentence in both languages: what, where, what to do."""

from __future__ import annotations

from xlcrm.texts import Lang, Text


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


class SourceError(XlcrmError, OSError):
    """A file or a sheet that cannot be read or written."""

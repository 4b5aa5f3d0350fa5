"""Number formats: in English in xlwings, in the language of the office within Calc."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from xlcrm.books.calc_engine.book import Book

_LOCALE = "com.sun.star.lang.Locale"


class NumberFormats:
    """The number formats of a document, by their codes in English."""

    def __init__(self, book: Book) -> None:
        self._xl = book.xl.NumberFormats
        self._english = book.link.struct(_LOCALE, Language="en", Country="US")
        # An empty locale is the one that the user chose in the settings of the office.
        self._own = book.link.struct(_LOCALE)
        self._keys: dict[str, int] = {}
        self._types: dict[int, int] = {}

    def key_of(self, code: str) -> int:
        """The key of a format, added to the document when it is new."""
        if code not in self._keys:
            if code.casefold() == "general":
                self._keys[code] = self._xl.getStandardIndex(self._own)
            else:
                self._keys[code] = self._xl.addNewConverted(code, self._english, self._own)
        return self._keys[code]

    def code_of(self, key: int) -> str:
        """The English code of a format."""
        format_ = self._xl.getByKey(key)
        if key % 10_000 == 0:
            return "General"
        locale = format_.Locale
        if locale.Language == "en":
            return str(format_.FormatString)
        english = self._xl.addNewConverted(format_.FormatString, locale, self._english)
        return str(self._xl.getByKey(english).FormatString)

    def type_of(self, key: int) -> int:
        """What a format shows: flags of com.sun.star.util.NumberFormat."""
        if key not in self._types:
            self._types[key] = int(self._xl.getByKey(key).Type)
        return self._types[key]

    def usual(self, type_: int) -> int:
        """The key of the usual format of a type."""
        return int(self._xl.getStandardFormat(type_, self._own))


def common(area: Any, name: str) -> Any:
    """A property of cells; None when they do not agree."""
    if area.getPropertyState(name).value == "AMBIGUOUS_VALUE":
        return None
    return area.getPropertyValue(name)

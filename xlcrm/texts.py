"""What a user reads, in the two languages of xlcrm.

A text stands in the code where it is used, in both languages at once, so that one of them can
never be missing or stale.

>>> Text(fr="{n} lignes lues", en="{n} rows read").format(n=3).in_("en")
'3 rows read'
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal, get_args

Lang = Literal["fr", "en"]
LANGUAGES: tuple[Lang, ...] = get_args(Lang)


@dataclass(frozen=True, slots=True)
class Text:
    """One text in French (the default) and in English."""

    fr: str
    en: str

    def in_(self, lang: Lang) -> str:
        """The text in one language."""
        return self.en if lang == "en" else self.fr

    def format(self, **values: Any) -> Text:
        """Fill the `{name}` places; a value may itself be a Text."""
        return Text(
            fr=self.fr.format(**{k: _part(v, "fr") for k, v in values.items()}),
            en=self.en.format(**{k: _part(v, "en") for k, v in values.items()}),
        )

    def __str__(self) -> str:
        return self.fr


def _part(value: Any, lang: Lang) -> Any:
    return value.in_(lang) if isinstance(value, Text) else value


def shown(number: float, decimals: int | None = None) -> Text:
    """A number inside a sentence: decimal comma in French, point in English.

    >>> shown(-5.5), shown(1234567.0), shown(0.1 * 3)
    (Text(fr='-5,5', en='-5.5'), Text(fr='1234567', en='1234567'), Text(fr='0,3', en='0.3'))
    """
    text = f"{number:.12g}" if decimals is None else f"{number:.{decimals}f}"
    return Text(fr=text.replace(".", ","), en=text)


def listed(names: Any, lang: Lang = "fr", most: int = 12) -> str:
    """Names one after the other, for the end of a sentence; the rest is counted.

    >>> listed(["Nom", "CP"])
    'Nom, CP'
    >>> listed("abcd", "en", most=2)
    'a, b… (4)'
    """
    names = [str(n) for n in names]
    if len(names) <= most:
        return ", ".join(names)
    return f"{', '.join(names[:most])}… ({len(names)})"

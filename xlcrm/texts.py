"""What a user reads, in the two languages of xlcrm.

A text stands in the code where it is used, in both languages at once, so that one of them can
never be missing or stale.

>>> Text(fr="{n} lignes lues", en="{n} rows read").format(n=3).in_("en")
'3 rows read'
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Literal, get_args

Lang = Literal["fr", "en"]
LANGUAGES: tuple[Lang, ...] = get_args(Lang)
# A place to fill, or an ending that agrees with the number before it: "(s)", "(y|ies)".
_PARTS = re.compile(
    r"\{(?P<name>\w*)[^{}]*\}|\((?:(?P<ending>s|x|es)|(?P<one>[^(){}|]*)\|(?P<many>[^(){}|]*))\)"
)
_COUNT = re.compile(r"-?\d[\d\s]*(,\d+)?")


@dataclass(frozen=True, slots=True)
class Text:
    """One text in French (the default) and in English."""

    fr: str
    en: str

    def in_(self, lang: Lang) -> str:
        """The text in one language."""
        return self.en if lang == "en" else self.fr

    def format(self, **values: Any) -> Text:
        """Fill the `{name}` places; a value may itself be a Text. What follows a number agrees.

        >>> Text(fr="{n} ligne(s) lue(s)", en="{n} entr(y|ies) read").format(n=1)
        Text(fr='1 ligne lue', en='1 entry read')
        """
        if not values:  # what the text quotes may hold braces of its own
            return self
        agreed = self.agree(values) if "(" in self.fr or "(" in self.en else self
        if not any(isinstance(value, Text) for value in values.values()):
            return Text(agreed.fr.format_map(values), agreed.en.format_map(values))
        return Text(
            fr=agreed.fr.format(**{k: _part(v, "fr") for k, v in values.items()}),
            en=agreed.en.format(**{k: _part(v, "en") for k, v in values.items()}),
        )

    def agree(self, values: Mapping[str, Any], number: float | None = None) -> Text:
        """The text with its `(s)` and `(y|ies)` as the number wants that stands before each.

        >>> label = Text(fr="cellule(s) corrigée(s)", en="cell(s) corrected")
        >>> label.agree({}, 0), label.agree({}, 1).fr, label.agree({}, 2).fr
        (Text(fr='cellule corrigée', en='cells corrected'), 'cellule corrigée', 'cellules corrigées')
        """
        return Text(_agreed(self.fr, values, number, "fr"), _agreed(self.en, values, number, "en"))

    def __str__(self) -> str:
        return self.fr


def _part(value: Any, lang: Lang) -> Any:
    return value.in_(lang) if isinstance(value, Text) else value


def _agreed(template: str, values: Mapping[str, Any], number: float | None, lang: Lang) -> str:
    if "(" not in template:
        return template

    def agree(part: re.Match[str]) -> str:
        nonlocal number
        if part["name"] is not None:
            number = _number(values.get(part["name"]), number)
        if part["name"] is not None or number is None:
            return part[0]
        many = number != 1 if lang == "en" else abs(number) >= 2
        if part["ending"]:
            return part["ending"] if many else ""
        return str(part["many"] if many else part["one"])

    return _PARTS.sub(agree, template)


def _number(value: Any, before: float | None) -> float | None:
    """The number that a value is or shows ("12 345"), else the one before it in the sentence."""
    if isinstance(value, (int, float)):
        return value
    written = _part(value, "fr")
    if isinstance(written, str) and _COUNT.fullmatch(written):
        return float(re.sub(r"\s", "", written).replace(",", "."))
    return before


def shown(number: float, decimals: int | None = None) -> Text:
    """A number inside a sentence: decimal comma in French, point in English.

    >>> shown(-5.5), shown(1234567.0), shown(0.1 * 3)
    (Text(fr='-5,5', en='-5.5'), Text(fr='1234567', en='1234567'), Text(fr='0,3', en='0.3'))
    """
    text = f"{number:.12g}" if decimals is None else f"{number:.{decimals}f}"
    return Text(fr=text.replace(".", ","), en=text)


def bare(name: str) -> str:
    """A name as people confuse it: without case, accents or doubled spaces.

    >>> bare(" Clients  PRÉFÉRÉS")
    'clients preferes'
    """
    letters = unicodedata.normalize("NFKD", name)
    return " ".join("".join(c for c in letters if not unicodedata.combining(c)).casefold().split())


def meant(wanted: str, there: Iterable[str], lang: Lang = "fr") -> str:
    """A question that ends a refusal: the name that is most like the one typed; else nothing.

    >>> meant("client", ["Clients", "Ventes"]), meant("Base", ["Ventes"])
    (' Vouliez-vous dire « Clients » ?', '')
    """
    from difflib import get_close_matches

    names = {bare(name).lstrip("-"): name for name in there}  # the dashes of options say nothing
    near = get_close_matches(bare(wanted).lstrip("-"), names, n=1, cutoff=0.6)
    if not near:
        return ""
    question = Text(fr=" Vouliez-vous dire « {name} » ?", en=' Did you mean "{name}"?')
    return question.format(name=names[near[0]]).in_(lang)


def listed(names: Any, lang: Lang = "fr", most: int = 12) -> str:
    """Names one after the other, for the end of a sentence; the rest is counted.

    Semicolons stand between names that hold commas, such as numbers in French.

    >>> listed(["Nom", "CP"])
    'Nom, CP'
    >>> listed("abcd", "en", most=2)
    'a, b… (4)'
    >>> listed(["0,7", "12"]), listed(["Roux, Léa", "Petit, Luc"], "en")
    ('0,7 ; 12', 'Roux, Léa; Petit, Luc')
    """
    names = [str(n) for n in names]
    between = ", "
    if any("," in name for name in names):
        between = "; " if lang == "en" else " ; "
    if len(names) <= most:
        return between.join(names)
    return f"{between.join(names[:most])}… ({len(names)})"

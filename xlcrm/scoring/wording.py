"""Numbers and quantities as a sentence says them, in the two languages."""

from __future__ import annotations

from dataclasses import dataclass

from xlcrm.texts import Lang, Text


def number_text(value: float, lang: Lang = "fr", decimals: int | None = None) -> str:
    """A number as it is written: decimal comma and spaces in French, point and commas in English.

    `decimals` None keeps what is there, up to six, without trailing zeros.

    >>> number_text(1234.5), number_text(1234.5, "en", 2), number_text(3.0)
    ('1 234,5', '1,234.50', '3')
    """
    shown = f"{value:,.{6 if decimals is None else decimals}f}"
    if decimals is None:
        shown = shown.rstrip("0").rstrip(".")
    if float(value) == 0 or shown.strip("-0.,") == "":
        shown = shown.lstrip("-")
    if lang == "en":
        return shown
    return shown.replace(",", " ").replace(".", ",")


@dataclass(frozen=True, slots=True)
class Unit:
    """What is counted: `one` and `many` follow the number, `before` comes first (€ in English)."""

    one: Text
    many: Text
    before: Text

    def say(self, value: float, lang: Lang = "fr", decimals: int | None = None) -> str:
        """A quantity with its unit.

        >>> MONTHS.say(3), PURCHASES_A_YEAR.say(1), EUROS.say(25, "en")
        ('3 mois', '1 achat par an', '€25')
        """
        single = abs(value) < 2 if lang == "fr" else value == 1
        after = (self.one if single else self.many).in_(lang)
        return f"{self.bare(value, lang, decimals)} {after}".strip()

    def bare(self, value: float, lang: Lang = "fr", decimals: int | None = None) -> str:
        """A quantity whose unit comes later in the sentence."""
        return self.before.in_(lang) + number_text(value, lang, decimals)


def _unit(fr_one: str, fr_many: str, en_one: str, en_many: str) -> Unit:
    return Unit(Text(fr=fr_one, en=en_one), Text(fr=fr_many, en=en_many), Text(fr="", en=""))


NO_UNIT = _unit("", "", "", "")
MONTHS = _unit("mois", "mois", "month", "months")
POINTS = _unit("point", "points", "point", "points")
PURCHASES_A_YEAR = _unit("achat par an", "achats par an", "purchase a year", "purchases a year")
PURCHASES_A_MONTH = _unit(
    "achat par mois", "achats par mois", "purchase a month", "purchases a month"
)
YEARS_OLD = _unit("an", "ans", "year", "years")
EMPLOYEES = _unit("salarié", "salariés", "employee", "employees")
EUROS = Unit(Text(fr="€", en=""), Text(fr="€", en=""), Text(fr="", en="€"))

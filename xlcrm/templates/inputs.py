"""Cells that a user fills in: what they take, and the sentence when it is something else."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from xlcrm.templates.formulas import Ref
from xlcrm.templates.style import CellKind
from xlcrm.texts import Lang, Text, listed

Choices = Mapping[str, Text]
Words = Text | str

YES_NO: Choices = {"yes": Text(fr="Oui", en="Yes"), "no": Text(fr="Non", en="No")}
_SORTS = {"date": "date", "month": "date"} | dict.fromkeys(("integer", "days", "year"), "integer")


@dataclass(frozen=True, slots=True)
class Input:
    """A cell that the user fills in; `choices` maps the program's words to their labels."""

    key: str
    ref: Ref
    kind: CellKind
    choices: Choices | None = None


def entry_rule(
    lang: Lang, kind: CellKind, choices: Choices | None, minimum: Any, maximum: Any, help: str
) -> dict[str, Any]:
    """The validation of an input cell for xlsxwriter; empty where it takes anything.

    >>> entry_rule("fr", "percent", None, None, None, "")["error_message"]
    'Saisir un taux entre 0 % et 100 % (20 % se tape 20 % ou 0,2).'
    """
    rule: dict[str, Any] = {"ignore_blank": True, "error_type": "stop"}
    if choices:
        labels = [text.in_(lang) for text in choices.values()]
        rule |= {"validate": "list", "source": labels}
        wrong = Text(
            fr=f"Choisir dans la liste : {listed(labels)}.",
            en=f"Choose from the list: {listed(labels)}.",
        )
    elif kind in ("text", "general"):
        if not help:
            return {}
        rule |= {"validate": "any"}
        wrong = Text(fr="", en="")
    else:
        low, high, wrong = _limits(kind, minimum, maximum)
        rule |= {"validate": _SORTS.get(kind, "decimal"), "criteria": "between"}
        rule |= {"minimum": low, "maximum": high}
    rule |= {"error_title": "xlcrm", "error_message": wrong.in_(lang)[:255]}
    if help:
        rule |= {"input_title": "xlcrm", "input_message": help[:255]}
    return rule


def _limits(kind: CellKind, minimum: Any, maximum: Any) -> tuple[Any, Any, Text]:
    """The lowest and highest value of an input cell, and the sentence for anything else."""
    if kind in ("date", "month"):
        low, high = minimum or date(1990, 1, 1), maximum or date(2099, 12, 31)
        span = {"low": f"{low:%d/%m/%Y}", "high": f"{high:%d/%m/%Y}"}
        words = Text(
            fr="Saisir une date entre le {low} et le {high}.",
            en="Enter a date between {low} and {high}.",
        )
        return low, high, words.format(**span)
    if kind in ("percent", "rate"):
        low = 0 if minimum is None else minimum
        high = 1 if maximum is None else maximum
        words = Text(
            fr="Saisir un taux entre {low:g} % et {high:g} % (20 % se tape 20 % ou 0,2).",
            en="Enter a rate between {low:g}% and {high:g}% (type 20% or 0.2 for 20%).",
        )
        return low, high, words.format(low=low * 100, high=high * 100)
    low = -1e12 if minimum is None else minimum
    high = 1e12 if maximum is None else maximum
    if low == -1e12 and high == 1e12:
        return low, high, Text(fr="Saisir un nombre.", en="Enter a number.")
    if high == 1e12:
        words = Text(
            fr="Saisir un nombre supérieur ou égal à {low:g}.",
            en="Enter a number of at least {low:g}.",
        )
        return low, high, words.format(low=low)
    words = Text(
        fr="Saisir un nombre entre {low:g} et {high:g}.",
        en="Enter a number between {low:g} and {high:g}.",
    )
    return low, high, words.format(low=low, high=high)

"""Functions that show every shape and kind, for the tests of the front ends."""

from datetime import date
from typing import Any

from xlcrm.catalogue import Kind, Param, Shape, function
from xlcrm.errors import ArgumentError
from xlcrm.texts import Lang, Text

_HELP = Text(fr="Un numéro, « tel quel ».", en="A number, as it stands.")
_SAMPLES = Text(fr="Exemple pour les essais : été.", en="A sample for the tests.")


NAMES = ("CRM_TEST_LABEL", "CRM_TEST_TOTAL", "CRM_TEST_TABLE")


def declare() -> None:
    """Put the samples into the catalogue."""

    @function(
        "CRM_TEST_LABEL",
        "CRM_ESSAI_LIBELLE",
        group="contacts",
        summary=_SAMPLES,
        params=[Param("label", "libelle", _HELP, kind=Kind.LABEL), Param("text", "texte", _HELP)],
    )
    def label(label: str | None, text: str | None = "par défaut", lang: Lang = "fr") -> Any:
        if label is None:
            return None
        if label == "faux":
            raise ArgumentError(fr="faux", en="wrong")
        if label == "panne":
            raise ZeroDivisionError
        return f"{label}|{text}|{lang}"

    @function(
        "CRM_TEST_TOTAL",
        "CRM_ESSAI_TOTAL",
        group="budgets",
        summary=_SAMPLES,
        params=[
            Param("numbers", "nombres", _HELP, Shape.LIST, Kind.NUMBER),
            Param("date", "date", _HELP, Shape.ONE, Kind.DATE),
        ],
        returns=Kind.NUMBER,
    )
    def total(numbers: list[float | None], date: date | None = None) -> Any:
        return [sum(n for n in numbers if n is not None), date]

    @function(
        "CRM_TEST_TABLE",
        "CRM_ESSAI_TABLE",
        group="customers",
        summary=_SAMPLES,
        params=[Param("table", "table", _HELP, Shape.TABLE, Kind.ANY)],
    )
    def table(table: list[list[Any]]) -> Any:
        return [row[::-1] for row in table]

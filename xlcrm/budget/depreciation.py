"""The depreciation of an investment, straight-line or declining, by accounting year."""

from __future__ import annotations

from datetime import date
from typing import Any, NamedTuple

from xlcrm.budget.arguments import (
    Choices,
    blank_in_blank_out,
    choice_of,
    count_of,
    not_negative,
    positive,
    words_of,
)
from xlcrm.budget.rounding import add_cents, round_cents
from xlcrm.catalogue import Kind, Param, Shape, function
from xlcrm.errors import ArgumentError
from xlcrm.texts import Lang, Text, shown

METHODS: Choices = {
    "straight": ("linéaire", "straight-line"),
    "declining": ("dégressif", "declining"),
}
# Article 39 A of the Code général des impôts: coefficient by useful life in years.
_COEFFICIENTS = ((4, 1.25), (6, 1.75))
_LAST_COEFFICIENT = 2.25
_LEAST_DECLINING_YEARS = 3  # article 22 of annex II of the Code général des impôts
_MAX_YEARS = 50


class DepreciationLine(NamedTuple):
    """One year of a depreciation plan, in euros to the cent."""

    year: int  # in which the accounting year ends
    opening: float
    charge: float
    cumulated: float
    closing: float


def depreciation_plan(
    cost: float,
    years: float,
    start: date,
    method: str = "straight",
    residual: float = 0.0,
    closing_month: float = 12,
) -> list[DepreciationLine]:
    """The depreciation of an asset, by accounting year.

    Straight-line: base x days / 360 of the first year from the day of use (months of 30 days),
    the last year taking the rest. Declining: the tax coefficient (1.25 up to 4 years, 1.75 up to
    6, 2.25 beyond) on the book value, from the first day of the month of purchase, until the
    straight-line rate over what is left is higher. `residual` is kept out of the base. Raises
    ArgumentError for a declining plan over less than 3 years.

    >>> for line in depreciation_plan(10000, 5, date(2026, 4, 1)): print(*line)
    2026 10000.0 1500.0 1500.0 8500.0
    2027 8500.0 2000.0 3500.0 6500.0
    2028 6500.0 2000.0 5500.0 4500.0
    2029 4500.0 2000.0 7500.0 2500.0
    2030 2500.0 2000.0 9500.0 500.0
    2031 500.0 500.0 10000.0 0.0
    """
    positive(cost, "coût", "cost")
    life = count_of(years, "années", "years", most=_MAX_YEARS)
    month = count_of(closing_month, "mois_cloture", "closing_month", most=12)
    not_negative(residual, "valeur_residuelle", "residual")
    base = add_cents(round_cents(cost), -round_cents(residual))
    if base <= 0:
        raise ArgumentError(
            fr="La valeur résiduelle ({residual}) doit être inférieure au coût ({cost}).",
            en="The residual value ({residual}) must be below the cost ({cost}).",
            residual=shown(residual),
            cost=shown(cost),
        )
    declining = choice_of(method, METHODS, "méthode", "method") == "declining"
    if declining and life < _LEAST_DECLINING_YEARS:
        raise ArgumentError(
            fr="Pas de dégressif sur {life} an(s) : il faut une durée d'au moins {least} ans "
            "(CGI, annexe II, article 22).",
            en="No declining depreciation over {life} year(s): a life of at least {least} years is "
            "needed (French tax code, annex II, article 22).",
            life=life,
            least=_LEAST_DECLINING_YEARS,
        )
    first_end = start.year + (start.month > month)
    months_left = (first_end - start.year) * 12 + month - start.month
    if declining:
        charges = _declining_charges(base, life, (months_left + 1) / 12)
    else:
        charges = _straight_charges(base, life, (months_left * 30 + 31 - min(start.day, 30)) / 360)
    lines = []
    book, done = round_cents(cost), 0.0
    for offset, charge in enumerate(charges):
        done = add_cents(done, charge)
        lines.append(
            DepreciationLine(first_end + offset, book, charge, done, add_cents(book, -charge))
        )
        book = add_cents(book, -charge)
    return lines


def _straight_charges(base: float, life: int, first_year: float) -> list[float]:
    full = round_cents(base / life)
    count = life if first_year >= 1 else life + 1
    charges: list[float] = []
    left = base
    for year in range(count - 1):
        wanted = round_cents(base / life * first_year) if year == 0 else full
        charges.append(min(wanted, left))
        left = add_cents(left, -charges[-1])
    return [*charges, left]


def _declining_charges(base: float, life: int, first_year: float) -> list[float]:
    coefficient = next((c for most, c in _COEFFICIENTS if life <= most), _LAST_COEFFICIENT)
    book = base
    charges: list[float] = []
    for year in range(life):
        rate = max(coefficient / life, 1 / (life - year))
        share = first_year if year == 0 else 1.0
        charge = book if year == life - 1 else round_cents(book * rate * share)
        charges.append(charge)
        book = add_cents(book, -charge)
    return charges


_HEADERS = Text(
    fr="Exercice|Valeur au début|Annuité|Cumul|Valeur nette",
    en="Year|Opening value|Charge|Cumulated|Book value",
)


@function(
    "CRM_DEPRECIATION",
    "CRM_AMORTISSEMENT",
    group="budgets",
    summary=Text(
        fr="Plan d'amortissement d'une immobilisation, linéaire (prorata en jours) ou dégressif, "
        "par exercice.",
        en="Depreciation plan of an asset, straight-line (by days in the first year) or declining, "
        "by accounting year.",
    ),
    params=[
        Param("cost", "coût", Text(fr="Coût HT.", en="Cost before VAT."), Shape.ONE, Kind.NUMBER),
        Param(
            "years",
            "années",
            Text(fr="Durée d'utilisation en années.", en="Useful life in years."),
            Shape.ONE,
            Kind.NUMBER,
        ),
        Param(
            "start",
            "mise_en_service",
            Text(fr="Date de mise en service.", en="Date of first use."),
            Shape.ONE,
            Kind.DATE,
        ),
        Param(
            "method",
            "méthode",
            Text(
                fr=f"{words_of(METHODS).fr} (à partir de 3 ans). Par défaut : linéaire.",
                en=f"{words_of(METHODS).en} (from 3 years). Default: straight-line.",
            ),
            Shape.ONE,
        ),
        Param(
            "residual",
            "valeur_résiduelle",
            Text(fr="Valeur résiduelle. Par défaut : 0.", en="Residual value. Default: 0."),
            Shape.ONE,
            Kind.NUMBER,
        ),
        Param(
            "closing_month",
            "mois_clôture",
            Text(
                fr="Mois de clôture de l'exercice. Par défaut : 12.",
                en="Closing month of the accounting year. Default: 12.",
            ),
            Shape.ONE,
            Kind.NUMBER,
        ),
    ],
    returns=Kind.NUMBER,
)
@blank_in_blank_out
def depreciation_table(
    cost: float,
    years: float,
    start: date,
    method: str = "straight",
    residual: float = 0.0,
    closing_month: float = 12,
    lang: Lang = "fr",
) -> list[list[Any]]:
    """The plan as a table under a header row.

    >>> depreciation_table(10000, 5, date(2026, 1, 1), "dégressif")[1]
    [2026, 10000.0, 3500.0, 3500.0, 6500.0]
    """
    lines = depreciation_plan(cost, years, start, method, residual, closing_month)
    return [_HEADERS.in_(lang).split("|"), *(list(line) for line in lines)]

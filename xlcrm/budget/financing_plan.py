"""Financing plan over 3 to 5 years: needs, resources, gap and closing cash of each year."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from xlcrm.budget.arguments import blank_in_blank_out
from xlcrm.budget.rounding import add_cents, round_cents
from xlcrm.catalogue import Kind, Param, Shape, function
from xlcrm.errors import ArgumentError
from xlcrm.texts import Lang, Text


class PlanYear(NamedTuple):
    """One year of a financing plan, in euros to the cent."""

    needs: float
    resources: float
    gap: float  # resources less needs
    opening: float
    closing: float


def financing_plan(
    needs: Sequence[Sequence[float | None]],
    resources: Sequence[Sequence[float | None]],
    opening: float = 0.0,
) -> list[PlanYear]:
    """Each year's total needs and resources, their gap, opening and closing cash.

    `needs` and `resources` have a row for each item and a column for each year, amounts positive;
    a blank is 0. Raises ArgumentError when they do not have the same number of years.

    >>> for year in financing_plan([[100, 20]], [[90, 50]], 15): print(*year)
    100.0 90.0 -10.0 15.0 5.0
    20.0 50.0 30.0 5.0 35.0
    """
    widths = {len(row) for row in (*needs, *resources)}
    if len(widths) != 1:
        raise ArgumentError(
            fr="Emplois et ressources doivent avoir le même nombre d'années (de colonnes).",
            en="Needs and resources must have the same number of years (columns).",
        )
    years = []
    cash = round_cents(opening)
    for year in range(widths.pop()):
        need = add_cents(*(round_cents(row[year] or 0.0) for row in needs))
        resource = add_cents(*(round_cents(row[year] or 0.0) for row in resources))
        gap = add_cents(resource, -need)
        years.append(PlanYear(need, resource, gap, cash, add_cents(cash, gap)))
        cash = years[-1].closing
    return years


_LABELS = Text(
    fr="Total des emplois|Total des ressources|Écart|Trésorerie initiale|Trésorerie finale",
    en="Total needs|Total resources|Gap|Opening cash|Closing cash",
)


@function(
    "CRM_FINANCING_PLAN",
    "CRM_PLAN_FINANCEMENT",
    group="budgets",
    summary=Text(
        fr="Plan de financement : total des emplois et des ressources, écart et trésorerie de "
        "chaque année.",
        en="Financing plan: total needs and resources, gap and cash of each year.",
    ),
    params=[
        Param(
            "needs",
            "emplois",
            Text(
                fr="Emplois, positifs : une ligne par poste (investissements, hausse du BFR, "
                "remboursements, dividendes), une colonne par année.",
                en="Needs, positive: a row for each item (investments, rise of the working capital "
                "need, repayments, dividends), a column for each year.",
            ),
            Shape.TABLE,
            Kind.NUMBER,
        ),
        Param(
            "resources",
            "ressources",
            Text(
                fr="Ressources, positives : CAF, apports, emprunts, subventions, cessions.",
                en="Resources, positive: cash flow, capital, loans, grants, disposals.",
            ),
            Shape.TABLE,
            Kind.NUMBER,
        ),
        Param(
            "opening",
            "trésorerie_initiale",
            Text(fr="Trésorerie au début. Par défaut : 0.", en="Cash at the start. Default: 0."),
            Shape.ONE,
            Kind.NUMBER,
        ),
    ],
)
@blank_in_blank_out
def plan_table(
    needs: Sequence[Sequence[float | None]],
    resources: Sequence[Sequence[float | None]],
    opening: float = 0.0,
    lang: Lang = "fr",
) -> list[list[Any]]:
    """Five rows with their labels, one column a year.

    >>> plan_table([[100, 20]], [[90, 50]], 15)[-1]
    ['Trésorerie finale', 5.0, 35.0]
    """
    years = financing_plan(needs, resources, opening)
    labels = _LABELS.in_(lang).split("|")
    return [[label, *row] for label, row in zip(labels, zip(*years, strict=True), strict=True)]

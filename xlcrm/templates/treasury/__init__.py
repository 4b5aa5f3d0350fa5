"""The template Budget de trésorerie: from given budgets to the cash of each month."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from xlcrm.catalogue import Variant, template
from xlcrm.errors import RequestError
from xlcrm.texts import Lang, Text, listed

if TYPE_CHECKING:
    from xlcrm.templates.treasury.draft import Draft

VARIANTS = (
    Variant("empty", "vierge", Text("À remplir, six mois", "To fill in, six months")),
    Variant("year", "annee", Text("À remplir, douze mois", "To fill in, twelve months")),
    Variant("example", "exemple", Text("Exemple : Marielle Nature", "Example: Marielle Nature")),
    Variant("case", "cas", Text("Cas à résoudre : Marielle Nature", "Case: Marielle Nature")),
    Variant(
        "exercise", "exercice", Text("Exercice publié : TVA et règlements", "Published exercise")
    ),
)


@template(
    "treasury",
    "tresorerie",
    group="budgets",
    label=Text("Budget de trésorerie", "Treasury budget"),
    summary=Text(
        fr="Des budgets de ventes, d'achats, de charges et d'investissement à la trésorerie de "
        "chaque mois : TVA, délais, emprunts, devises, associés, découvert, scénarios, bilan.",
        en="From the budgets of sales, purchases, costs and investment to the cash of each month: "
        "VAT, delays, loans, currencies, partners, overdraft, scenarios, balance sheet.",
    ),
    icon="AccountingFormat",
    teacher=True,
    variants=VARIANTS,
)
def build_treasury(
    path: str | Path | IO[bytes],
    lang: Lang = "fr",
    teacher: bool = False,
    variant: str = "",
    given: Mapping[str, Any] | None = None,
) -> Draft:
    """Write the workbook. A teacher's copy of a tool is that of the case.

    `given` are values of input cells by key, for a workbook that is filled in already.
    """
    from xlcrm.templates.treasury import examples
    from xlcrm.templates.treasury.workbook import build_workbook

    name = _variant(variant or ("case" if teacher else "empty"))
    if teacher and name in ("empty", "year", "example"):
        name = "case"
    if name in ("empty", "year"):
        return build_workbook(
            path,
            lang,
            examples.empty_plan(),
            scenarios=examples.starting_scenarios(lang),
            given=({"months": 12} if name == "year" else {}) | dict(given or {}),
            width=12 if name == "year" else 6,
        )
    chosen = examples.published_exercise(lang) if name == "exercise" else examples.marielle(lang)
    if name == "example":
        return build_workbook(
            path, lang, chosen.plan, scenarios=chosen.scenarios, given=given, title=chosen.title
        )
    return build_workbook(
        path,
        lang,
        chosen.plan,
        mode="teacher" if teacher else "student",
        given=given,
        title=chosen.title,
        statement=chosen.statement,
    )


def _variant(name: str) -> str:
    for variant in VARIANTS:
        if name in (variant.name, variant.fr):
            return variant.name
    raise RequestError(
        fr=f"Pas de variante « {name} » ; il y a : {listed(v.fr for v in VARIANTS)}.",
        en=f'No variant "{name}"; there are: {listed(v.name for v in VARIANTS)}.',
    )

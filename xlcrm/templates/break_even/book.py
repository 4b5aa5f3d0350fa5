"""The workbook on break-even, put together."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import IO, Any

from xlcrm.catalogue import template
from xlcrm.templates.break_even.model import EMPTY, EXAMPLE, EXERCISE, compute_break_even
from xlcrm.templates.break_even.seasons import write_cases, write_seasons
from xlcrm.templates.break_even.threshold import write_threshold
from xlcrm.templates.form import Kit
from xlcrm.templates.handout import VARIANTS, mode_of, write_handout
from xlcrm.texts import Lang, Text

_STEPS = (
    Text(
        "Dans « Seuil », saisissez le chiffre d'affaires et les charges, avec la part variable de "
        "chacune (100 % : variable ; 0 % : fixe).",
        "In “Break-even”, type the sales and the costs, with the variable part of each (100%: "
        "variable; 0%: fixed).",
    ),
    Text(
        "« Saison » donne la date du point mort quand les ventes changent d'un mois à l'autre.",
        "“Seasons” gives the date of the dead point when sales change from month to month.",
    ),
    Text(
        "« Simulations » chiffre jusqu'à quatre décisions : prix, volume, coût, charges fixes.",
        "“Simulations” costs up to four decisions: price, volume, cost, fixed costs.",
    ),
    Text(
        "Convention : le taux de marge n'est pas arrondi ; la date compte des mois de 30 jours.",
        "Convention: the margin rate is not rounded; the date counts months of 30 days.",
    ),
)


@template(
    "break-even",
    "seuil-rentabilite",
    group="budgets",
    label=Text("Seuil de rentabilité", "Break-even"),
    summary=Text(
        "Seuil de rentabilité et point mort, ventes saisonnières, marge de sécurité, levier, "
        "simulations.",
        "Break-even and dead point, seasonal sales, margin of safety, leverage, simulations.",
    ),
    teacher=True,
    variants=VARIANTS,
)
def build_break_even(
    path: str | Path | IO[bytes],
    lang: Lang = "fr",
    teacher: bool = False,
    variant: str = "example",
    data: Mapping[str, Any] | None = None,
) -> Kit:
    """Write the workbook; `data` stands in for some of the data of the variant."""
    mode = mode_of(variant, teacher)
    source = EXERCISE if mode != "plain" else EMPTY if variant == "empty" else EXAMPLE
    known = {**source, **(data or {})}

    def write(kit: Kit) -> None:
        page = write_threshold(kit)
        write_seasons(kit, page)
        write_cases(kit, page)

    return write_handout(
        path,
        lang,
        mode,
        code="break-even",
        title=Text("Seuil de rentabilité et point mort", "Break-even and dead point"),
        purpose=Text(
            "Combien vendre pour ne rien perdre, quand, et avec quelle marge de sécurité.",
            "How much to sell to lose nothing, when, and with what margin of safety.",
        ),
        steps=_STEPS,
        data=known,
        values=compute_break_even(known),
        write=write,
    )

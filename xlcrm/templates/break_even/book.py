"""The workbook on break-even, put together."""

from __future__ import annotations

from xlcrm.templates.break_even.model import EMPTY, EXAMPLE, EXERCISE, compute_break_even
from xlcrm.templates.break_even.seasons import write_cases, write_seasons
from xlcrm.templates.break_even.threshold import write_threshold
from xlcrm.templates.form import Kit
from xlcrm.templates.handout import handout
from xlcrm.texts import Text

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


@handout(
    "break-even",
    "seuil-rentabilite",
    group="budgets",
    label=Text("Seuil de rentabilité", "Break-even"),
    summary=Text(
        "Seuil de rentabilité et point mort, ventes saisonnières, marge de sécurité, levier, "
        "simulations.",
        "Break-even and dead point, seasonal sales, margin of safety, leverage, simulations.",
    ),
    title=Text("Seuil de rentabilité et point mort", "Break-even and dead point"),
    purpose=Text(
        "Combien vendre pour ne rien perdre, quand, et avec quelle marge de sécurité.",
        "How much to sell to lose nothing, when, and with what margin of safety.",
    ),
    steps=_STEPS,
    data=(EXAMPLE, EMPTY, EXERCISE),
    compute=compute_break_even,
)
def build_break_even(kit: Kit) -> None:

    page = write_threshold(kit)
    write_seasons(kit, page)
    write_cases(kit, page)

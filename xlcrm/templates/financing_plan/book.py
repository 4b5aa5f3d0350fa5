"""The workbook on investment and financing, put together."""

from __future__ import annotations

from xlcrm.templates.financing_plan.inputs import write_inputs
from xlcrm.templates.financing_plan.model import EMPTY, EXAMPLE, EXERCISE, compute_plan
from xlcrm.templates.financing_plan.results import write_plan, write_working, write_yield
from xlcrm.templates.form import Kit
from xlcrm.templates.handout import handout
from xlcrm.texts import Text

_STEPS = (
    Text(
        "« Données » : investissements, activité prévue, emprunts, apports. De 3 à 5 ans.",
        "“Data”: investments, expected activity, loans, contributions. From 3 to 5 years.",
    ),
    Text(
        "« Plan » met face à face emplois et ressources : la trésorerie de fin d'année ne doit pas "
        "passer sous le minimum.",
        "“Plan” sets needs against resources: the cash at the end of each year should not fall "
        "under the minimum.",
    ),
    Text(
        "« Rentabilité » juge l'investissement lui-même, sans son financement : VAN, TRI, délai "
        "de récupération. Si le projet s'ajoute à une activité, saisir l'activité totale et, dans "
        "« Données », le chiffre d'affaires et l'excédent brut d'avant : seul l'écart compte.",
        "“Yield” judges the investment itself, without its financing: NPV, IRR, payback. If the "
        "project adds to a business, type the whole activity and, in “Data”, the sales and the "
        "operating surplus before it: only the difference counts.",
    ),
    Text(
        "Conventions : investissements et emprunts en début d'année, première annuité à la fin de "
        "la même année ; amortissement linéaire par année entière ; hausse du BFR financée au "
        "début de l'année ; une perte ne se reporte pas.",
        "Conventions: investments and loans at the start of the year, first instalment at its end; "
        "straight-line depreciation by whole years; rise of the working capital need financed at "
        "the start of the year; a loss is not carried forward.",
    ),
)


@handout(
    "financing-plan",
    "plan-financement",
    group="budgets",
    label=Text("Plan de financement", "Financing plan"),
    summary=Text(
        "Investissements, capacité d'autofinancement, plan de financement sur 3 à 5 ans, VAN, TRI "
        "et délai de récupération.",
        "Investments, cash flow, financing plan over 3 to 5 years, NPV, IRR and payback.",
    ),
    title=Text("Investissement et plan de financement", "Investment and financing plan"),
    purpose=Text(
        "Financer un projet sur 3 à 5 ans, et savoir s'il est rentable.",
        "Finance a project over 3 to 5 years, and know whether it pays.",
    ),
    steps=_STEPS,
    data=(EXAMPLE, EMPTY, EXERCISE),
    data_sheet=False,
    compute=compute_plan,
)
def build_plan(kit: Kit) -> None:

    page = write_inputs(kit)
    write_working(kit, page)
    write_plan(kit, page)
    write_yield(kit, page)

"""The prospecting plan, put together."""

from __future__ import annotations

from xlcrm.templates.form import Kit
from xlcrm.templates.handout import handout
from xlcrm.templates.prospecting.calls import call_count, write_calls
from xlcrm.templates.prospecting.campaign import write_campaign, write_results, write_weeks
from xlcrm.templates.prospecting.model import EMPTY, EXAMPLE, EXERCISE, compute_plan
from xlcrm.templates.prospecting.targets import write_costs, write_hypotheses, write_targets
from xlcrm.texts import Text

TITLE = Text("Plan de prospection", "Prospecting plan")
_STEPS = (
    Text("Saisissez l'équipe, les durées et les coûts dans « Hypothèses ».",
         "Type team, times and costs in “Hypotheses”."),
    Text("Dans « Cibles », fixez les contacts de chaque segment et ce que vous en attendez.",
         "In “Targets”, set the contacts of each segment and what you expect of them."),
    Text("« Campagne » dit si l'équipe y suffit, combien coûte un rendez-vous, et combien de "
         "ventes remboursent la campagne.",
         "“Campaign” says whether the team is enough, what an appointment costs, and how many "
         "sales pay the campaign back."),
    Text("La commande « Cibler » (canal téléphone) donne la liste d'appels : seulement les "
         "personnes qu'on a le droit d'appeler.",
         "The command “Target” (channel phone) gives the call list: only people who may be "
         "called."),
    Text("Notez les résultats dans « Liste d'appels » et « Suivi » : les écarts s'affichent.",
         "Note the results in “Call list” and “Tracking”: the gaps show."),
)  # fmt: skip


@handout(
    "prospecting-plan",
    "plan-prospection",
    group="marketing",
    label=TITLE,
    summary=Text(
        "Cibles par segment, charge contre capacité, coût par contact, rendez-vous et vente, seuil "
        "de la campagne, plan par semaine, liste d'appels, suivi.",
        "Targets by segment, workload against capacity, cost by contact, appointment and sale, "
        "break-even of the campaign, plan by week, call list, tracking.",
    ),
    icon="ContactUs",
    title=TITLE,
    purpose=Text(
        "Qui contacter, avec quels moyens, pour quel résultat.",
        "Whom to contact, with what means, for what result.",
    ),
    steps=_STEPS,
    data=(EXAMPLE, EMPTY, EXERCISE),
    compute=compute_plan,
)
def build_prospecting_plan(kit: Kit) -> None:

    hypotheses = write_hypotheses(kit)
    targets = write_targets(kit)
    needs = (hypotheses, targets)
    write_costs(kit, needs)
    write_campaign(kit, needs)
    write_weeks(kit, needs)
    write_results(kit, needs)
    write_calls(kit, call_count(kit.given))

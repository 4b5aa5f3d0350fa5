"""The dashboard workbook, put together."""

from __future__ import annotations

from xlcrm.templates.dashboard.board import make_board, write_board
from xlcrm.templates.dashboard.inputs import write_sales, write_survey
from xlcrm.templates.dashboard.kpis import write_indicators
from xlcrm.templates.dashboard.model import EMPTY, EXAMPLE, EXERCISE, compute_dashboard
from xlcrm.templates.form import Kit
from xlcrm.templates.handout import handout
from xlcrm.texts import Text

TITLE = Text("Tableau de bord de la relation client", "Customer-relations dashboard")
_STEPS = (
    Text("Saisissez les ventes et les clients de chaque mois, ou laissez la commande « Tableau de "
         "bord » les lire dans la base et les achats.",
         "Type sales and customers of each month, or let the command “Dashboard” read them from "
         "the base and the purchases."),
    Text("Comptez les réponses de l'enquête par segment dans « Satisfaction ».",
         "Count the answers of the survey by segment in “Satisfaction”."),
    Text("Dans « Indicateurs », fixez une cible et préparez la réponse à chaque alerte.",
         "In “Indicators”, set a target and prepare the answer to each alert."),
    Text("« Tableau de bord » s'imprime sur une page.", "“Dashboard” prints on one page."),
)  # fmt: skip


@handout(
    "dashboard",
    "tableau-de-bord",
    group="marketing",
    label=Text("Tableau de bord", "Dashboard"),
    summary=Text(
        "Indicateurs avec cible, statut, tendance et réponse prévue ; ventes, paniers, rétention, "
        "satisfaction par segment et motifs ; une page A4 avec graphiques.",
        "Indicators with target, status, trend and prepared answer; sales, baskets, retention, "
        "satisfaction by segment and reasons; one A4 page with charts.",
    ),
    icon="ChartInsert",
    title=TITLE,
    purpose=Text(
        "Ce qui va, ce qui ne va pas, et ce qu'on fait.",
        "What goes well, what does not, and what is done about it.",
    ),
    steps=_STEPS,
    data=(EXAMPLE, EMPTY, EXERCISE),
    compute=compute_dashboard,
)
def build_dashboard(kit: Kit) -> None:

    board = make_board(kit)
    sales = write_sales(kit)
    write_survey(kit)
    write_indicators(kit, (sales,))
    write_board(kit, board)

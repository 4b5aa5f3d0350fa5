"""Builds the marketing budget: empty, the worked example, or the two copies of an exercise."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import IO, Any

from xlcrm.budget.marketing import MarketingPlan
from xlcrm.catalogue import template
from xlcrm.templates.builder import Mode, TemplateBook
from xlcrm.templates.handout import VARIANTS, mode_of
from xlcrm.templates.marketing import (
    actions,
    breakdown,
    calendar,
    cash,
    funnel,
    home,
    monthly,
    offers,
    settings,
    summary,
    tracking,
    whatif,
    workings,
)
from xlcrm.templates.marketing.desk import FIRST, OVERALL, Desk
from xlcrm.templates.marketing.example import example_lists, example_plan
from xlcrm.templates.marketing.inputs import ROWS, Lists, cells_of, default_lists
from xlcrm.templates.style import SheetRole
from xlcrm.texts import Lang, Text

TITLE = Text("Budget marketing et relation client", "Marketing and customer-relation budget")
_CHECKS = [2, 62, 62]
# key: name, role, widths, title, subtitle, the first cell that scrolls.
_Sheet = tuple[Text, SheetRole, Sequence[float], Text, Text, tuple[int, int] | None]
_SHEETS: dict[str, _Sheet] = {
    "home": (
        home.HOME, "home", home.WIDTHS, TITLE,
        Text("Une table d'actions ; budget, suivi, rentabilité et trésorerie en découlent.",
             "One table of actions; budget, tracking, returns and cash follow."), None),
    "summary": (
        Text("Synthèse", "Summary"), "output", summary.WIDTHS,
        Text("Synthèse du budget marketing", "Summary of the marketing budget"),
        Text("Une page à imprimer.", "One page to print."), None),
    "settings": (
        Text("Paramètres", "Settings"), "input", settings.WIDTHS, Text("Paramètres", "Settings"),
        Text("Ce qui vaut pour toutes les actions.", "What holds for every action."), None),
    "actions": (
        Text("Actions", "Actions"), "input", actions.WIDTHS,
        Text("Table des actions", "Table of actions"),
        Text("Une ligne par action : qui, quoi, quand, combien.",
             "One row an action: who, what, when, how much."), (FIRST, 4)),
    "calendar": (
        Text("Calendrier", "Calendar"), "output", calendar.WIDTHS,
        Text("Calendrier des actions", "Calendar of the actions"),
        Text("Semaine par semaine, une couleur par thème.", "Week by week, one colour a theme."),
        (FIRST, 4)),
    "monthly": (
        Text("Budget mensuel", "Monthly budget"), "output", monthly.WIDTHS,
        Text("Budget mensuel", "Monthly budget"),
        Text("Coût total HT, étalé par parts égales du début à la fin de l'action.",
             "Total cost without VAT, in equal parts from the start to the end of the action."),
        (FIRST, 3)),
    "breakdown": (
        Text("Répartition", "Breakdown"), "output", breakdown.WIDTHS,
        Text("Répartition du budget", "Breakdown of the budget"),
        Text("Thèmes, canaux, segments, responsables.", "Themes, channels, segments, owners."),
        None),
    "tracking": (
        Text("Suivi", "Tracking"), "output", tracking.WIDTHS,
        Text("Suivi budgétaire et objectifs", "Budget tracking and targets"),
        Text("Écart = réalisé - prévu des mêmes éléments ; positif : dépassement.",
             "Variance = actual - plan of the same parts; positive: overrun."), (FIRST, 3)),
    "funnel": (
        Text("Entonnoir prévu", "Planned funnel"), "input", funnel.PLANNED_WIDTHS,
        Text("Entonnoir prévu", "Planned funnel"),
        Text("Contacts, prospects, ventes, marge ; le ROI est calculé sur la marge.",
             "Contacts, leads, sales, margin; the ROI is on margin."), (FIRST, 3)),
    "reached": (
        Text("Entonnoir réalisé", "Actual funnel"), "input", funnel.ACTUAL_WIDTHS,
        Text("Entonnoir réalisé", "Actual funnel"),
        Text("Un coût dont le réalisé manque compte comme prévu.",
             "A cost without an actual counts as planned."), (FIRST, 3)),
    "whatif": (
        Text("Simulation", "What-if"), "work", whatif.WIDTHS,
        Text("Simulation : couper par priorité", "What if we cut by priority"),
        Text("Ce que l'on économise, et la marge qui risque de partir avec.",
             "What is saved, and the margin that may go with it."), None),
    "offers": (
        Text("Choix d'offres", "Offers"), "input", offers.WIDTHS,
        Text("Comparer des offres", "Comparing offers"),
        Text("Grille pondérée : logiciel, agence, prestataire.",
             "Weighted grid: program, agency, supplier."), None),
    "cash": (
        Text("Trésorerie", "Cash"), "output", cash.WIDTHS,
        Text("Vers le budget de trésorerie", "To the treasury budget"),
        Text("Paiements TTC et délais.", "Payments with VAT and delays."), (6, 2)),
    "workings": (
        Text("Calculs", "Workings"), "work", workings.WIDTHS, Text("Calculs", "Workings"),
        Text("Les valeurs utilisées par toutes les feuilles.",
             "The values that every sheet uses."), (FIRST, 3)),
    "checks": (
        Text("Contrôles", "Checks"), "check", _CHECKS, Text("Contrôles", "Checks"),
        Text("Chaque contrôle dit OK, ou ce qu'il faut revoir.",
             "Each check says OK, or what to review."), None),
}  # fmt: skip
# A student's copy has no sheet that would give an answer away.
_ONE_PAGE = {"summary", "home", "calendar", "offers", "whatif", "breakdown"}
_UPRIGHT = {"home", "checks", "breakdown"}
_NOT_FOR_STUDENTS = {"summary", "workings"}


def write_budget(
    target: str | Path | IO[bytes],
    lang: Lang,
    plan: MarketingPlan,
    lists: Lists,
    mode: Mode = "plain",
    count: int = 0,
    more: Mapping[str, Any] | None = None,
) -> Desk:
    """Write the workbook of a plan; gives the desk, which knows where everything stands.

    `count` rows of actions, by default those of the plan and some more; `more` are inputs that
    are no part of the plan (the comparison of offers).
    """
    if not count:
        count = max(ROWS, len(plan.actions) + 5) if mode == "plain" else len(plan.actions)
    given = {"offer.top": 10, **cells_of(plan, lists), **(more or {})}
    with TemplateBook(target, lang, TITLE, mode=mode, given=given, code="marketing") as book:
        desk = Desk(book, plan, lists, count)
        _make_sheets(desk)
        for place in (workings.place_workings, tracking.place_tracking, funnel.place_funnel,
                      whatif.place_whatif):  # fmt: skip
            place(desk)
        for key, write in _WRITERS.items():
            if key in desk.sheets:
                write(desk)
        desk.sheets["checks"].check_list(3, 1, OVERALL)
        home.write_home(desk)
    return desk


def _make_sheets(desk: Desk) -> None:
    for key, (name, role, widths, title, subtitle, freeze) in _SHEETS.items():
        desk.tabs[key] = desk.book.t(name)
        if desk.student and key in _NOT_FOR_STUDENTS:
            continue
        desk.sheets[key] = desk.book.sheet(
            name, role, widths=widths, title=title, subtitle=subtitle, freeze=freeze,
            landscape=key not in _UPRIGHT, one_page=key in _ONE_PAGE,
        )  # fmt: skip


# In the order in which they need each other, not that of the tabs.
_WRITERS: dict[str, Callable[[Desk], None]] = {
    "settings": settings.write_settings,
    "actions": actions.write_actions,
    "funnel": funnel.write_funnel,
    "reached": funnel.write_reached,
    "tracking": tracking.write_tracking,
    "workings": workings.write_workings,
    "monthly": monthly.write_monthly,
    "breakdown": breakdown.write_breakdown,
    "whatif": whatif.write_whatif,
    "offers": offers.write_offers,
    "cash": cash.write_cash,
    "calendar": calendar.write_calendar,
    "summary": summary.write_summary,
}


@template(
    "marketing-budget",
    "budget-marketing",
    group="marketing",
    label=TITLE,
    summary=Text(
        "Une table d'actions dont tout découle : mois, canaux, thèmes, partenaires, entonnoir, "
        "ROI, écarts et alertes, calendrier, simulation, paiements pour la trésorerie.",
        "One table of actions from which all follows: months, channels, themes, partners, funnel, "
        "ROI, variances and alerts, calendar, what-if, payments for the treasury.",
    ),
    icon="ChartTypeColumnInsertGallery",
    teacher=True,
    variants=VARIANTS,
)  # fmt: skip
def build_marketing_budget(
    path: Path | str | IO[bytes], lang: Lang, teacher: bool = False, variant: str = "example"
) -> None:
    """The worked example, the empty workbook, or the exercise: student's copy or teacher's."""
    mode = mode_of(variant, teacher)
    if variant == "empty" and not teacher:
        write_budget(path, lang, MarketingPlan(date(2027, 1, 1)), default_lists(lang))
    else:
        more = offers.example_offers(lang)
        write_budget(path, lang, example_plan(lang), example_lists(lang), mode, more=more)

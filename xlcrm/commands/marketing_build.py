"""Budget marketing: from a list of actions to the budget, its breakdown, its payments."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO
from typing import Any

from xlcrm.books.results import Chart, Column, Mark, ResultSheet, Table
from xlcrm.budget.arguments import rate_of, share_of
from xlcrm.budget.marketing import MONTHS, Action, MarketingPlan, action_costs, total_spread
from xlcrm.budget.marketing_results import (
    PAYMENT_MONTHS,
    Dimension,
    Group,
    add_funnels,
    breakdown,
    csr_cost,
    monthly_budget,
    payments,
    planned_funnel,
    ratio,
    track_action,
)
from xlcrm.budget.months import month_after, month_starts
from xlcrm.budget.rounding import add_cents
from xlcrm.catalogue import Kind, Option, command
from xlcrm.commands.companions import companion_name
from xlcrm.commands.job import Job
from xlcrm.commands.marketing_plan import Planned, planned_actions
from xlcrm.templates.marketing.cash import EXPORT, HEAD_LABEL, ROWS
from xlcrm.templates.marketing.statuses import STATUS
from xlcrm.texts import Text

MARKS: dict[str, Mark] = {"good": "good", "amber": "watch", "red": "alert"}
_DIMENSIONS: tuple[tuple[Dimension, Text], ...] = (
    ("theme", Text("Thème", "Theme")),
    ("channel", Text("Canal", "Channel")),
    ("segment", Text("Segment", "Segment")),
    ("owner", Text("Responsable", "Owner")),
)
_OTHERS = Text("Autres ou non renseigné", "Others or blank")


@command(
    "marketing",
    "marketing",
    group="marketing",
    label=Text("Budget marketing", "Marketing budget"),
    summary=Text(
        "À partir d'une liste d'actions (coût, heures, dates, canal…), dresse le budget par mois, "
        "thème et canal, les paiements pour la trésorerie, et remplit le modèle de budget.",
        "From a list of actions (cost, hours, dates, channel…), draws up the budget by month, "
        "theme and channel, the payments for the treasury, and fills in the budget template.",
    ),
    icon="ChartTypeColumnInsertGallery",
    order=10,
    options=[
        Option("start", "debut",
               Text("Premier mois (janvier de la première action).",
                    "First month (January of the first action)."), kind=Kind.DATE),
        Option("hourly", "taux_horaire",
               Text("Coût d'une heure interne, où la liste n'en donne pas.",
                    "Cost of an internal hour, where the list gives none."), 25.0,
               kind=Kind.NUMBER),
        Option("vat", "tva", Text("Taux de TVA par défaut.", "VAT rate by default."), 0.2,
               kind=Kind.NUMBER),
        Option("delay", "delai",
               Text("Délai de paiement par défaut, en mois (0 à 4).",
                    "Payment delay by default, in months (0 to 4)."), 1, kind=Kind.INTEGER),
        Option("margin", "marge",
               Text("Taux de marge par défaut.", "Margin rate by default."), 0.5,
               kind=Kind.NUMBER),
    ],
)  # fmt: skip
def marketing(job: Job) -> None:
    """Read the actions; write the budget, the breakdown, the payments and the workbook."""
    planned = with_options(job, planned_actions(job, job.options["start"]))
    plan = planned.plan
    job.results.append(_budget_sheet(job, plan))
    job.results.append(_breakdown_sheet(job, planned))
    job.results.append(payments_sheet(job, plan))
    total = breakdown(plan, "theme", ())[-1]
    job.count("actions", Text("action(s) lue(s)", "action(s) read"), len(plan.actions))
    job.count("cost", Text("coût total (€)", "total cost (€)"), total.tracked.planned)
    job.count("net", Text("coût net des partenaires (€)", "cost net of partners (€)"), total.net)
    share = ratio(csr_cost(plan), total.tracked.planned)
    if share is not None:
        job.count("csr", Text("part RSE (%)", "CSR share (%)"), round(share * 100, 1))
    job.documents[companion_name(job, "marketing")] = workbook_bytes(job, planned)


def with_options(job: Job, planned: Planned) -> Planned:
    """A list takes the defaults of the options; a marketing workbook has its own."""
    if not planned.listed:
        return planned
    options = job.options
    delay = min(4, max(0, int(options["delay"])))
    plan = replace(
        planned.plan,
        hourly=float(options["hourly"]),
        vat_rate=rate_of(options["vat"], "tva", "vat"),
        delay=delay,
        margin_rate=share_of(options["margin"], "marge", "margin"),
    )
    return replace(planned, plan=plan)


def workbook_bytes(job: Job, planned: Planned) -> bytes:
    """The template with the actions in it, its formulas alive."""
    from xlcrm.templates.marketing.build import write_budget

    content = BytesIO()
    write_budget(content, job.lang, planned.plan, planned.lists, more=planned.more)
    return content.getvalue()


def _budget_sheet(job: Job, plan: MarketingPlan) -> ResultSheet:
    t = job.text
    months = monthly_budget(plan)
    heads = [f"{day:%m/%Y}" for day in month_starts(plan.start, MONTHS)]
    columns = [
        Column(t("Code", "Code")), Column(t("Action", "Action"), width=34),
        Column(t("Thème", "Theme")), Column(t("Canal", "Channel")),
        Column(t("Coût total", "Total cost"), "money"),
        Column(t("Partenaires", "Partners"), "money"), Column(t("Coût net", "Net cost"), "money"),
        *[Column(head, "money") for head in heads],
        Column(t("Hors des 12 mois", "Outside the 12 months"), "money"),
        Column(t("Sans date", "Without date"), "money"),
    ]  # fmt: skip
    rows: list[list[Any]] = []
    for action, spread in zip(plan.actions, months.total, strict=True):
        costs = action_costs(action, plan)
        rows.append(
            [action.code or None, action.name or None, action.theme or None,
             action.channel or None, costs.total, costs.partner, costs.net, *spread.months,
             spread.outside, spread.undated]
        )  # fmt: skip
    total = total_spread(months.total)
    sums = [add_cents(*(row[k] for row in rows)) for k in (4, 5, 6)]
    rows.append(["", t("Total", "Total"), None, None, *sums, *total.months, total.outside,
                 total.undated])  # fmt: skip
    by_month = _by_month(job, plan)
    return ResultSheet(
        name=t("Budget marketing", "Marketing budget"),
        role="marketing_budget",
        title=t("Budget marketing", "Marketing budget"),
        notes=[
            t("Coût total HT : externe + heures internes, étalé par parts égales du début à la "
              "fin de l'action.",
              "Total cost without VAT: external + internal hours, in equal parts from the start "
              "to the end of the action.")
        ],
        tables=[Table(columns, rows, name="xlcrm_marketing", totals=True), by_month],
        charts=[Chart("column", t("Coût par mois", "Cost by month"), 0, (1, 3), table=1)],
    )  # fmt: skip


def _by_month(job: Job, plan: MarketingPlan) -> Table:
    """Month by month, downwards: cost, partners, net, payments."""
    t = job.text
    months = monthly_budget(plan)
    cost, partner = total_spread(months.total).months, total_spread(months.partner).months
    paid = payments(plan)
    rows = [
        [f"{day:%m/%Y}", cost[m], partner[m], months.net[m], paid.gross[m], paid.receipts[m]]
        for m, day in enumerate(month_starts(plan.start, MONTHS))
    ]
    columns = [
        Column(t("Mois", "Month")), Column(t("Coût total", "Total cost"), "money"),
        Column(t("Partenaires", "Partners"), "money"), Column(t("Coût net", "Net cost"), "money"),
        Column(t("Paiements TTC", "Payments with VAT"), "money"),
        Column(t("Contributions reçues", "Contributions received"), "money"),
    ]  # fmt: skip
    return Table(columns, rows, t("Par mois", "By month"))


def _breakdown_sheet(job: Job, planned: Planned) -> ResultSheet:
    t = job.text
    tables = [
        breakdown_table(job, planned.plan, name, title, planned.lists.of(name))
        for name, title in _DIMENSIONS
    ]
    tables.append(_funnel_table(job, planned.plan))
    title = t("Répartition marketing", "Marketing breakdown")
    charts = [
        Chart("bar", t("Coût par canal", "Cost by channel"), 0, (2,), table=1),
        Chart("column", t("Coût par thème", "Cost by theme"), 0, (2,), table=0),
    ]
    return ResultSheet(title, "marketing_breakdown", title, tables, charts=charts)


def breakdown_table(
    job: Job, plan: MarketingPlan, name: Dimension, title: Text, words: tuple[str, ...]
) -> Table:
    """One dimension of the budget, without the words that no action has."""
    t = job.text
    columns = [
        Column(title.in_(job.lang), width=28), Column(t("Actions", "Actions"), "integer"),
        Column(t("Prévu", "Planned"), "money"), Column(t("Partenaires", "Partners"), "money"),
        Column(t("Net", "Net"), "money"), Column(t("Part", "Share"), "percent"),
        Column(t("Engagé", "Committed"), "money"), Column(t("Réalisé", "Actual"), "money"),
        Column(t("Écart", "Variance"), "money"), Column(t("Écart %", "Variance %"), "percent"),
        Column(t("Statut", "Status")),
    ]  # fmt: skip
    groups = breakdown(plan, name, words)
    total = groups[-1].tracked.planned
    rows: list[list[Any]] = []
    marks: dict[tuple[int, int], Mark] = {}
    for group in groups:
        if not group.count and group is not groups[-1]:
            continue
        if group.tracked.status:
            marks[len(rows), 10] = MARKS[group.tracked.status]
        rows.append(_group_row(job, group, total))
    return Table(columns, rows, title.in_(job.lang), marks=marks, totals=True)


def _group_row(job: Job, group: Group, total: float) -> list[Any]:
    tracked = group.tracked
    label = {"": _OTHERS.in_(job.lang), "total": job.text("Total", "Total")}.get(group.label)
    status = STATUS[tracked.status].in_(job.lang) if tracked.status else None
    return [
        label or group.label, group.count, tracked.planned, group.partner, group.net,
        ratio(tracked.planned, total), tracked.committed, tracked.actual, tracked.variance,
        tracked.rate, status,
    ]  # fmt: skip


def _funnel_table(job: Job, plan: MarketingPlan) -> Table:
    t = job.text
    funnels = [planned_funnel(action, plan) for action in plan.actions]
    columns = [
        Column(t("Action", "Action"), width=34), Column(t("Contacts", "Contacts"), "integer"),
        Column(t("Prospects", "Leads"), "integer"), Column(t("Ventes", "Sales"), "integer"),
        Column(t("CA HT", "Revenue"), "money"), Column(t("Marge", "Margin"), "money"),
        Column(t("Coût net", "Net cost"), "money"),
        Column(t("ROI sur marge", "ROI on margin"), "percent"),
        Column(t("Coût par prospect", "Cost per lead"), "money"),
        Column(t("Coût par nouveau client", "Cost per new customer"), "money"),
        Column(t("Ventes au seuil", "Break-even sales"), "integer"),
    ]  # fmt: skip
    names = [action.name for action in plan.actions]
    rows: list[list[Any]] = []
    for name, funnel in [*zip(names, funnels, strict=True), (t("Total", "Total"),
                                                             add_funnels(funnels))]:  # fmt: skip
        rows.append(
            [name or None, funnel.contacts, funnel.leads, funnel.sales, funnel.revenue,
             funnel.margin, funnel.cost, funnel.roi, funnel.cpl, funnel.cac, funnel.break_even]
        )  # fmt: skip
    return Table(columns, rows, t("Entonnoir prévu", "Planned funnel"), totals=True)


def payments_sheet(job: Job, plan: MarketingPlan) -> ResultSheet:
    """Payments, VAT and receipts of sixteen months, under the name that the treasury looks for."""
    t = job.text
    paid = payments(plan)
    heads = [f"{month_after(plan.start, m):%m/%Y}" for m in range(PAYMENT_MONTHS)]
    columns = [Column(HEAD_LABEL.in_(job.lang), width=44), *[Column(h, "money") for h in heads]]
    values = {"gross": paid.gross, "vat": paid.vat, "receipts": paid.receipts}
    rows = [[text.in_(job.lang), *values[key]] for key, text in ROWS.items()]
    return ResultSheet(
        name=t("Trésorerie marketing", "Marketing cash"),
        role="marketing_payments",
        title=t("Paiements des actions", "Payments of the actions"),
        notes=[
            t("Pour le budget de trésorerie : lancez la commande « Budget de trésorerie » sur ce "
              "classeur, ou recopiez les lignes. Les heures internes sont déjà dans les salaires.",
              'For the treasury budget: run the command "Treasury budget" on this workbook, or '
              "copy the rows. Internal hours are wages already.")
        ],
        tables=[Table(columns, rows, name=EXPORT)],
    )  # fmt: skip


def tracked_rows(
    job: Job, plan: MarketingPlan
) -> tuple[list[list[Any]], dict[tuple[int, int], Mark]]:
    """One row for each action: planned, committed, actual, variance, status; then the total."""
    rows: list[list[Any]] = []
    marks: dict[tuple[int, int], Mark] = {}
    total = breakdown(plan, "theme", ())[-1].tracked
    named: list[tuple[Action | None, Any]] = [(a, track_action(a, plan)) for a in plan.actions]
    for action, tracked in [*named, (None, total)]:
        if tracked.status:
            marks[len(rows), 8] = MARKS[tracked.status]
        status = STATUS[tracked.status].in_(job.lang) if tracked.status else None
        rows.append(
            [action.code or None if action else None,
             action.name or None if action else job.text("Total", "Total"),
             tracked.planned, tracked.committed, tracked.compared or None, tracked.actual,
             tracked.variance, tracked.rate, status]
        )  # fmt: skip
    return rows, marks

"""Simuler: what a failing customer, later payments or other funding do to the cash."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from xlcrm.books.results import Chart, Column, ResultSheet, Table
from xlcrm.budget.months import month_starts
from xlcrm.budget.rounding import add_cents
from xlcrm.budget.scenarios import DELAYS, Outcome, Scenario, simulate
from xlcrm.budget.treasury import treasury_budget
from xlcrm.catalogue import Kind, Option, command
from xlcrm.commands.job import Job
from xlcrm.errors import SourceError
from xlcrm.texts import Text


@command(
    "simulate",
    "simuler",
    group="budgets",
    label=Text("Simuler la trésorerie", "Simulate the cash"),
    summary=Text(
        fr="Compare les scénarios du budget de trésorerie (client défaillant, délais, emprunt, "
        "escompte, affacturage, associés) : point bas, coût, écart au budget.",
        en="Compares the scenarios of the treasury budget (failing customer, delays, loan, "
        "discount, factoring, partners): low point, cost, change from the budget.",
    ),
    icon="WhatIfAnalysisMenu",
    order=20,
    options=[
        Option(
            "loss",
            "perte",
            Text(
                "Montant TTC qu'un client ne paiera pas.",
                "Amount, VAT included, that a customer will not pay.",
            ),
            0.0,
            kind=Kind.NUMBER,
        ),
        Option(
            "loss_month",
            "mois_perte",
            Text("Mois où ce montant était attendu (n°).", "Month in which it was expected (no.)."),
            1,
            kind=Kind.INTEGER,
        ),
        Option(
            "delay",
            "delai",
            Text(
                "Retard des clients, en jours : none, 15, 30, 45, 60, eom (fin de mois).",
                "Customers' delay in days: none, 15, 30, 45, 60, eom (end of month).",
            ),
            "none",
            choices=tuple(DELAYS),
        ),
    ],
)
def simulate_treasury(job: Job) -> None:
    """Read a treasury workbook and compare its scenarios, and one asked for by the options."""
    from xlcrm.templates.treasury.plan_faults import plan_faults
    from xlcrm.templates.treasury.reading import read_treasury

    filled = read_treasury(job.book)
    if fault := next(plan_faults(filled.cells, filled.plan, filled.width), None):
        job.say("Budget à revoir : {fault}", "The budget needs a look: {fault}", fault=fault)
    budget = treasury_budget(filled.plan)
    if not any(any(row) for rows in (budget.receipts, budget.payments) for row in rows.values()):
        raise SourceError(
            fr=f"{job.book.name} n'a encore ni encaissement ni décaissement : remplissez d'abord ses "
            "cellules jaunes.",
            en=f"{job.book.name} has neither receipts nor payments yet: fill in its yellow cells "
            "first.",
        )
    scenarios = [Scenario(label=job.text("Budget", "Budget")), *_changed(filled.scenarios)]
    if job.options["loss"] or job.options["delay"] != "none":
        scenarios.append(_asked(job))
    outcomes = [simulate(budget, scenario) for scenario in scenarios]
    job.count("scenarios", Text("scénario(s) comparé(s)", "scenario(s) compared"), len(outcomes))
    worst = min(outcomes, key=lambda outcome: outcome.low_point[0])
    dates = month_starts(filled.plan.start, filled.plan.months)
    low, month = worst.low_point
    job.say(
        fr="Point bas le plus faible : {amount} € en {month:%m/%Y} ({label}).",
        en="Lowest low point: {amount} euros in {month:%m/%Y} ({label}).",
        amount=Text(f"{low:,.0f}".replace(",", "\u202f"), f"{low:,.0f}"),
        month=dates[month - 1],
        label=worst.scenario.label,
    )
    job.results.append(_sheet(job, outcomes, dates))


def _changed(scenarios: list[Scenario]) -> list[Scenario]:
    """The scenarios of the workbook that move cash, each with a label to tell it by."""
    return [
        scenario if scenario.label else replace(scenario, label=f"Scénario {number}")
        for number, scenario in enumerate(scenarios, 2)
        if _acts(scenario)
    ]


def _acts(scenario: Scenario) -> bool:
    """Whether anything in a scenario moves cash."""
    return bool(
        ((scenario.loss or scenario.loss_share) and scenario.loss_month)
        or scenario.delay not in ("none", "eom")
        or scenario.order
        or scenario.partners_most is not None
        or scenario.loan.amount
        or scenario.discount
        or scenario.factor_share
        or scenario.partners_amount
    )


def _asked(job: Job) -> Scenario:
    return Scenario(
        label=job.text("Scénario demandé", "Scenario asked for"),
        loss=job.options["loss"],
        loss_month=job.options["loss_month"],
        delay=job.options["delay"],
    )


def _sheet(job: Job, outcomes: list[Outcome], dates: list[Any]) -> ResultSheet:
    t, base = job.text, outcomes[0]
    columns = [
        Column(t("Scénario", "Scenario")), Column(t("Point bas", "Low point"), "money"),
        Column(t("Mois du point bas", "Month of the low point"), "date"),
        Column(t("Écart au budget", "Change from the budget"), "money"),
        Column(t("Découvert maximal", "Highest overdraft"), "money"),
        Column(t("Mois à découvert", "Months overdrawn"), "integer"),
        Column(t("Trésorerie finale", "Closing cash"), "money"),
        Column(t("Coût du financement", "Cost of funding"), "money"),
        Column(t("Pertes sur clients", "Lost on customers"), "money"),
        Column(t("Coût total", "Total cost"), "money"),
    ]  # fmt: skip
    rows = [
        [o.scenario.label, o.low_point[0], dates[o.low_point[1] - 1],
         add_cents(o.low_point[0], -base.low_point[0]), o.highest_overdraft, o.months_overdrawn,
         o.balance.cash[-1], o.financing_cost, o.lost, o.cost]
        for o in outcomes
    ]  # fmt: skip
    marks: dict[tuple[int, int], Any] = {
        (r, 1): "alert" for r, outcome in enumerate(outcomes) if outcome.low_point[0] < 0
    }
    by_month = Table(
        [
            Column(t("Mois", "Month"), "date"),
            *(Column(o.scenario.label, "money") for o in outcomes),
        ],
        [[day, *(o.balance.cash[m] for o in outcomes)] for m, day in enumerate(dates)],
        t("Trésorerie nette par mois", "Net cash by month"),
    )
    title = t("Scénarios comparés", "Scenarios compared")
    charts = [
        Chart("line", t("Trésorerie nette par mois", "Net cash by month"), 0,
              tuple(range(1, len(outcomes) + 1)), table=1),
        Chart("column", t("Point bas et coût total", "Low point and total cost"), 0, (1, 9)),
    ]  # fmt: skip
    summary = Table(columns, rows, marks=marks)
    return ResultSheet(title, "treasury_scenarios", title, [summary, by_month], charts=charts)

"""Tableau de bord: indicators of customer relations, from the base, the purchases, a survey."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from io import BytesIO
from typing import Any

import pandas as pd

from xlcrm import cells
from xlcrm.books.results import Chart, Column, Mark, ResultSheet, Table
from xlcrm.budget.rounding import round_cents
from xlcrm.catalogue import Kind, Option, command
from xlcrm.commands.companions import companion_name
from xlcrm.commands.customers import Known, base_of, buyers
from xlcrm.commands.dashboard_marketing import acquisition_spend, campaign_indicators
from xlcrm.commands.job import Job
from xlcrm.commands.marketing_build import MARKS
from xlcrm.commands.purchases import OPTIONS, note_problems, purchases
from xlcrm.commands.rfm_settings import refund_rule
from xlcrm.commands.settings import settings_sheet, settings_tables
from xlcrm.commands.source import Source
from xlcrm.commands.survey import Survey, read_survey
from xlcrm.errors import percent_meant
from xlcrm.scoring.activity import first_purchase, monthly_activity
from xlcrm.scoring.purchases import Refunds, check_lines
from xlcrm.scoring.recency import shift_months
from xlcrm.templates.dashboard.kpis import AUTO, STATUS, TREND
from xlcrm.templates.dashboard.model import (
    EXAMPLE,
    IN_POINTS,
    KPIS,
    MONTHS,
    REASONS,
    SEGMENTS,
    compute_dashboard,
    goals_of,
)
from xlcrm.texts import Text

_TARGET_HEADERS = [
    Text("Indicateur", "Indicator"),
    Text("Cible", "Target"),
    Text("Réponse prévue", "Prepared answer"),
]
_WON = Text("coûts / clients gagnés, retours compris", "spend / customers won or won back")
_SOON = timedelta(days=15)  # a period may begin with days without a sale


@dataclass(frozen=True, slots=True)
class _Settings:
    targets: list[float | None]
    answers: list[str | None]


@command(
    "dashboard",
    "tableau-de-bord",
    group="marketing",
    label=Text("Tableau de bord", "Dashboard"),
    summary=Text(
        "Lit la base, les achats et l'enquête de satisfaction, et dresse les indicateurs des douze "
        "derniers mois avec cible, statut et tendance. À relancer pour le mettre à jour.",
        "Reads the base, the purchases and the satisfaction survey, and draws up the indicators of "
        "the last twelve months with target, status and trend. Run it again to refresh.",
    ),
    icon="ChartInsert",
    order=40,
    options=[
        *OPTIONS,
        Option("survey", "enquete",
               Text("La feuille de l'enquête : une réponse par ligne, notes NPS, CSAT ou CES.",
                    "The sheet of the survey: one answer a row, notes NPS, CSAT or CES.")),
        Option("growth", "croissance",
               Text("Objectif de CA : le même mois de l'an dernier, plus ce taux (0,05 = 5 %).",
                    "Sales target: the same month of last year plus this rate (0.05 = 5 %)."),
               0.05, kind=Kind.NUMBER),
    ],
)  # fmt: skip
def dashboard(job: Job) -> None:
    """Twelve months up to the as-of date, the last one so far, against the same days a year before;
    targets stand on a sheet of their own."""
    source = _purchases(job)
    lines = source.frame
    start = shift_months(job.as_of.replace(day=1), 1 - MONTHS)
    refunds, _ = refund_rule(job)
    activity = monthly_activity(lines, start, MONTHS, as_of=job.as_of, refunds=refunds)
    earlier = _earlier(job, lines, shift_months(start, -MONTHS), refunds)
    survey = read_survey(job, job.options["survey"], source.names)
    settings = _settings(job)
    data = _data(job, activity, earlier, survey, settings) | campaign_indicators(job)
    values = compute_dashboard(data)
    job.results.append(_board_sheet(job, data, values, survey))
    job.count("sales", Text("CA des douze mois (€)", "sales of the twelve months (€)"),
              values["sales_to_date"] or 0.0)  # fmt: skip
    job.count("active", Text("client(s) actif(s)", "active customer(s)"),
              int(activity["active"].iloc[-1]))  # fmt: skip
    red = [*values["auto.status"], *values["free.status"]].count("red")
    job.count("alerts", Text("indicateur(s) en alerte", "indicator(s) in alert"), red)
    if survey is None:
        job.say(
            "Sans enquête : ajoutez une feuille avec Segment, NPS (0 à 10), CSAT (1 à 5), CES "
            "(1 à 7) et Motif pour la satisfaction.",
            "Without a survey: add a sheet with Segment, NPS (0 to 10), CSAT (1 to 5), CES "
            "(1 to 7) and Reason for the satisfaction.",
        )
    job.documents[companion_name(job, "dashboard")] = _workbook(job, data)


def _earlier(job: Job, lines: pd.DataFrame, start: date, refunds: Refunds) -> pd.DataFrame:
    """The months a year before; without a row where the purchases begin later, and without won
    and lost customers where those of the year before that are not known."""
    since = first_purchase(lines)
    day = _year_before(job.as_of)
    activity = monthly_activity(lines, start, MONTHS, as_of=day, refunds=refunds)
    if since is None or since > start + _SOON:
        if since is not None:
            job.say(
                "Les achats commencent le {day:%d/%m/%Y} : pas de comparaison avec un an avant, "
                "et des clients d'avant manquent à la rétention.",
                "The purchases begin on {day:%d/%m/%Y}: no comparison with a year before, and "
                "customers of before are missing in the retention.",
                day=since,
            )
        return activity.iloc[:0]
    if since > shift_months(start, -MONTHS) + _SOON:
        return activity.drop(columns=["won", "lost"])
    return activity


def _year_before(day: date) -> date:
    """The same day a year before; the end of a month is the end of it then too.

    >>> _year_before(date(2026, 11, 21)), _year_before(date(2025, 2, 28))
    (datetime.date(2025, 11, 21), datetime.date(2024, 2, 29))
    """
    if _ends_month(day):
        return shift_months(day.replace(day=1), 1 - MONTHS) - timedelta(days=1)
    return shift_months(day, -MONTHS)


def _ends_month(day: date) -> bool:
    return (day + timedelta(days=1)).day == 1


def _workbook(job: Job, data: dict[str, Any]) -> bytes:
    from xlcrm.templates.dashboard.book import build_dashboard

    content = BytesIO()
    build_dashboard(content, job.lang, variant="empty", data=data)
    return content.getvalue()


def _purchases(job: Job) -> Source:
    """The purchase lines, each with the one key of its customer."""
    source = purchases(job)
    job.anomalies.extend(source.anomalies)
    lines = _by_customer(source, buyers(source))
    note_problems(job, source, check_lines(lines, job.as_of, refund_rule(job)[0]))
    said = job.said()
    base = base_of(job)
    job.unsay(said)  # the dashboard reads no more of it
    keys = buyers(source)
    if base is not None:
        places = Known(base.frame).find(source.frame)
        keys = [k if p is None else f"={p}" for p, k in zip(places, keys, strict=True)]
    return replace(source, frame=_by_customer(source, keys))


def _by_customer(source: Source, keys: list[str | None]) -> pd.DataFrame:
    lines = source.frame.assign(customer_id=pd.Series(keys, dtype=object))
    if "order_id" in lines:
        lines["order_id"] = [cells.to_label(value) for value in lines["order_id"]]
    return lines


def _settings(job: Job) -> _Settings:
    """Targets and answers: from the user's sheet, else blank targets and the usual answers."""
    answers: list[str | None] = [text.in_(job.lang) for text in EXAMPLE["auto.answer"]]
    targets: list[float | None] = [None] * len(KPIS)
    tables = settings_tables(job, "dashboard_targets", [_TARGET_HEADERS])
    if tables is None:
        rows = [[AUTO[key][1].in_(job.lang), None, answers[k]] for k, key in enumerate(KPIS)]
        columns = [
            Column(_TARGET_HEADERS[0].in_(job.lang), width=34),
            Column(_TARGET_HEADERS[1].in_(job.lang), "number", width=14),
            Column(_TARGET_HEADERS[2].in_(job.lang), width=60),
        ]
        table = Table(columns, rows)
        table.marks = {(r, c): "input" for r in range(len(rows)) for c in (1, 2)}
        settings_sheet(
            job, "dashboard_targets",
            job.text("Cibles du tableau de bord", "Dashboard targets"),
            job.text("Cibles et réponses prévues", "Targets and prepared answers"),
            [job.text("Cible de CA : celle de douze mois, ramenée aux jours écoulés. Vide : le CA "
                      "des mêmes jours de l'an dernier, plus la croissance.",
                      "Sales target: that of twelve months, as far as their days have passed. "
                      "Blank: the sales of the same days of last year, plus growth.")],
            [table],
        )  # fmt: skip
        return _Settings(targets, answers)
    for row in tables[0].rows:
        for k, key in enumerate(KPIS):
            if cells.to_text(row[0]) in (AUTO[key][1].fr, AUTO[key][1].en):
                targets[k] = cells.to_number(row[1])
                answers[k] = cells.to_text(row[2])
    return _Settings(targets, answers)


def _data(
    job: Job,
    activity: pd.DataFrame,
    earlier: pd.DataFrame,
    survey: Survey | None,
    settings: _Settings,
) -> dict[str, Any]:
    """The inputs of the dashboard workbook, by key."""
    first = activity.iloc[0]
    if job.options["growth"] > 1:
        raise percent_meant(job.options["growth"], "croissance", "growth")
    growth = 1 + float(job.options["growth"])
    past = earlier["sales"].tolist()
    spend = acquisition_spend(job, activity["month"].tolist())
    data: dict[str, Any] = {
        "start": first["month"],
        "customers_start": int(first["active"] + first["lost"] - first["won"]),
        "green": 0.95,
        "amber": 0.85,
        "green_points": EXAMPLE["green_points"],
        "amber_points": EXAMPLE["amber_points"],
        "sales.target": _filled(
            [round_cents(value * growth) if value > 0 else None for value in past], MONTHS
        ),
        "sales.actual": activity["sales"].tolist(),
        "sales.orders": activity["orders"].tolist(),
        "sales.new": activity["won"].tolist(),
        "sales.lost": activity["lost"].tolist(),
        "sales.spend": spend,
        "auto.frequency": EXAMPLE["auto.frequency"],
        "auto.target": [_so_far(settings.targets[0], job.as_of), *settings.targets[1:]],
        "auto.previous": _previous(earlier),
        "auto.answer": settings.answers,
        "free.frequency": ["month"] * 8,
        "free.sense": ["up"] * 8,
    }
    if survey is not None:
        data["survey.segment"] = _filled(survey.segments, SEGMENTS)
        for key, counts in survey.counts.items():
            data[f"survey.{key}"] = _filled(counts, SEGMENTS)
        data["reasons.reason"] = _filled([reason for reason, _ in survey.reasons], REASONS)
        data["reasons.count"] = _filled([count for _, count in survey.reasons], REASONS)
    return data


def _so_far(target: float | None, day: date) -> float | None:
    """A target of the twelve months that end with the month of a day, up to that day.

    >>> _so_far(36500, date(2026, 11, 21)), _so_far(36500, date(2026, 11, 30))
    (35600.0, 36500.0)
    """
    if target is None:
        return None
    end = shift_months(day.replace(day=1), 1)
    left, whole = (end - day).days - 1, (end - shift_months(end, -MONTHS)).days
    return round(target * (whole - left) / whole, 2)


def _filled(values: list[Any], size: int) -> list[Any]:
    return [*values, *[None] * (size - len(values))]


def _previous(earlier: pd.DataFrame) -> list[float | None]:
    """The indicators of the twelve months before, as far as purchases give them."""
    sales, orders = float(earlier["sales"].sum()), int(earlier["orders"].sum())
    if not orders:
        return [None] * len(KPIS)
    basket = round(sales / orders, 2)
    if "lost" not in earlier:
        return [round(sales, 2), basket, *[None] * 6]
    first = earlier.iloc[0]
    at_start = int(first["active"] + first["lost"] - first["won"])
    lost = int(earlier["lost"].sum())
    attrition = round(100 * lost / at_start, 1) if at_start > 0 else None
    retention = None if attrition is None else round(100 - attrition, 1)
    return [round(sales, 2), basket, retention, attrition, *[None] * 4]


def _board_sheet(
    job: Job, data: dict[str, Any], values: dict[str, Any], survey: Survey | None
) -> ResultSheet:
    t = job.text
    tables = [_kpi_table(job, data, values), _month_table(job, data, values)]
    charts = [
        Chart("column", t("CA et objectif", "Sales and target"), 0, (1, 2), table=1),
        Chart("column", t("Clients à la fin du mois", "Customers at the month end"), 0, (7,),
              table=1),
    ]  # fmt: skip
    if survey is not None:
        tables.append(_survey_table(job, survey, values))
        charts.append(Chart("bar", t("NPS par segment", "NPS by segment"), 0, (2,), table=2))
        if survey.reasons:
            tables.append(_reason_table(job, survey))
            title = t("Motifs d'insatisfaction", "Reasons of dissatisfaction")
            charts.append(Chart("bar", title, 0, (1,), table=3))
    title = t("Tableau de bord", "Dashboard")
    refunds = refund_rule(job)[1]
    note = t(
        f"Du {data['start']:%d/%m/%Y} au {job.as_of:%d/%m/%Y} ; un an avant et objectif : mêmes "
        "dates. Un client est actif s'il a commandé dans les douze mois d'avant ; celui qui "
        f"revient compte comme perdu, puis gagné. Avoirs : {refunds.fr}, comme « Scorer ».",
        f"From {data['start']:%d/%m/%Y} to {job.as_of:%d/%m/%Y}; a year before and target: same "
        "days. A customer is active with an order in the twelve months before; one who comes "
        f'back counts as lost, then won. Refunds: {refunds.en}, as in "Score".',
    )
    return ResultSheet(title, "dashboard", title, tables, [note], charts)


def _kpi_table(job: Job, data: dict[str, Any], values: dict[str, Any]) -> Table:
    t = job.text
    columns = [
        Column(t("Indicateur", "Indicator")), Column(t("Formule", "Formula"), width=30),
        Column(t("Cible", "Target"), "number"), Column(t("Réalisé", "Actual"), "number"),
        Column(t("Un an avant", "A year before"), "number"),
        Column(t("Atteinte", "Achieved"), "percent"),
        Column(t("Écart (points)", "Gap (points)"), "number"), Column(t("Statut", "Status")),
        Column(t("Tendance", "Trend")), Column(t("À faire", "To do"), width=46),
    ]  # fmt: skip
    rows: list[list[Any]] = []
    marks: dict[tuple[int, int], Mark] = {}
    goals = goals_of(data, values)
    for k, key in enumerate(KPIS):
        status, trend = values["auto.status"][k], values["auto.trend"][k]
        share, points = values["auto.achieved"][k], None
        if key in IN_POINTS:
            share, points = None, share
        if status:
            marks[k, 7] = MARKS[status]
        rows.append(
            [AUTO[key][1].in_(job.lang), (_WON if key == "cac" else AUTO[key][2]).in_(job.lang),
             goals[k],
             values["auto.actual"][k], data["auto.previous"][k], share, points,
             STATUS[status].in_(job.lang) if status else None,
             TREND[trend].in_(job.lang) if trend else None,
             data["auto.answer"][k] if status in ("amber", "red") else None]
        )  # fmt: skip
    for k, name in enumerate(data.get("free.kpi", ())):
        if name is None:
            continue
        status = values["free.status"][k]
        if status:
            marks[len(rows), 7] = MARKS[status]
        rows.append(
            [name, data["free.how"][k], data["free.target"][k], data["free.actual"][k], None,
             values["free.achieved"][k], None, STATUS[status].in_(job.lang) if status else None, None,
             t("Réponse à prévoir", "Answer to prepare") if status in ("amber", "red") else None]
        )  # fmt: skip
    return Table(columns, rows, name="xlcrm_dashboard", marks=marks)


def _month_table(job: Job, data: dict[str, Any], values: dict[str, Any]) -> Table:
    t = job.text
    columns = [
        Column(t("Mois", "Month")), Column(t("CA réalisé", "Actual sales"), "money"),
        Column(t("Objectif", "Target"), "money"), Column(t("Écart", "Gap"), "money"),
        Column(t("Commandes", "Orders"), "integer"),
        Column(t("Panier moyen", "Average basket"), "money"),
        Column(t("Gagnés / perdus", "Won / lost")), Column(t("Clients actifs", "Active customers"),
                                                           "integer"),
        Column(t("Attrition", "Attrition"), "percent"),
        Column(t("Coût par client gagné", "Cost by customer won"), "money"),
    ]  # fmt: skip
    start: date = data["start"]
    rows = [
        [f"{shift_months(start, m):%m/%Y}", data["sales.actual"][m], data["sales.target"][m],
         values["sales.gap"][m], data["sales.orders"][m], values["sales.basket"][m],
         f"+{data['sales.new'][m]} / -{data['sales.lost'][m]}", values["sales.clients"][m],
         values["sales.attrition"][m], values["sales.cac"][m]]
        for m in range(MONTHS)
    ]  # fmt: skip
    if not _ends_month(job.as_of):
        rows[-1][0] += f" ({t('au', 'to')} {job.as_of:%d/%m})"
    return Table(columns, rows, t("Par mois", "By month"))


def _survey_table(job: Job, survey: Survey, values: dict[str, Any]) -> Table:
    t = job.text
    columns = [
        Column(t("Segment", "Segment"), width=28), Column(t("Réponses", "Answers"), "integer"),
        Column(t("NPS (points)", "NPS (points)"), "number"),
        Column(t("CSAT (%)", "CSAT (%)"), "number"),
        Column(t("CES (points)", "CES (points)"), "number"),
    ]  # fmt: skip
    rows: list[list[Any]] = [
        [name, survey.answers[k], values["survey.nps"][k], values["survey.csat"][k],
         values["survey.ces"][k]]
        for k, name in enumerate(survey.segments)
    ]  # fmt: skip
    total = sum(row[1] for row in rows)
    rows.append([t("Ensemble", "All together"), total, values["survey_nps"], values["survey_csat"],
                 values["survey_ces"]])  # fmt: skip
    return Table(columns, rows, t("Satisfaction", "Satisfaction"), totals=True)


def _reason_table(job: Job, survey: Survey) -> Table:
    t = job.text
    total = sum(count for _, count in survey.reasons)
    columns = [
        Column(t("Motif", "Reason"), width=36), Column(t("Citations", "Mentions"), "integer"),
        Column(t("Part", "Share"), "percent"),
    ]  # fmt: skip
    rows = [[reason, count, count / total] for reason, count in survey.reasons]
    return Table(columns, rows, t("Motifs d'insatisfaction", "Reasons of dissatisfaction"))

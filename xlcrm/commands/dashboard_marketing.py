"""What the marketing budget of the same workbook gives to the dashboard: spend and campaigns."""

from __future__ import annotations

from datetime import date
from typing import Any

from xlcrm import cells
from xlcrm.books.book import Grid
from xlcrm.budget.marketing import Action, MarketingPlan
from xlcrm.budget.marketing_results import track_action
from xlcrm.budget.rounding import add_cents, round_cents
from xlcrm.columns import fold
from xlcrm.commands.job import Job
from xlcrm.commands.marketing_plan import planned_actions
from xlcrm.errors import NothingFound, SourceError
from xlcrm.templates.dashboard.model import FREE
from xlcrm.texts import Text

# Themes whose cost is one of acquisition; loyalty and satisfaction win no new customers.
_ACQUISITION = ("conqu", "acqui", "prospec", "recrut", "recruit")
_SALES = Text("Ventes", "Sales")
_HOW = Text("résultat / objectif de l'action", "result / target of the action")


def acquisition_spend(job: Job, months: list[date]) -> list[float | None]:
    """The cost net of partners of each month, of the actions whose theme is acquisition (of all
    where no theme is): the actual cost, as far as the actions have one, else that planned. None
    without a marketing budget, and for the months it does not cover."""
    sheet = job.book.made().get("marketing_budget")
    if sheet is None:
        return [None] * len(months)
    lines = _lines(job.book.read(sheet))
    variances = _variances(job)
    for line in lines:
        line["net"] = add_cents(line["net"], variances.pop(line["key"], 0.0))
    winning = [line for line in lines if any(w in fold(str(line["theme"])) for w in _ACQUISITION)]
    return [_spent(winning or lines, f"{month:%m/%Y}") for month in months]


def _spent(lines: list[dict[str, Any]], month: str) -> float | None:
    known = [line for line in lines if month in line]
    if not known:
        return None
    return add_cents(*(round_cents(line[month] * line["net"] / line["total"]) for line in known))


def _lines(grid: Grid) -> list[dict[str, Any]]:
    """The actions of the sheet "Marketing budget": key, theme, total, net, and the cost by month."""
    head = next((i for i, row in enumerate(grid.rows) if len(row) > 7 and row[0] == "Code"), None)
    if head is None:
        return []
    labels = [cells.to_text(value) or "" for value in grid.rows[head]]
    found = []
    for row in grid.rows[head + 1 :]:
        if not isinstance(row[4], (int, float)) or row[1] == "Total":
            break
        if row[4] > 0:
            months = {m: v for m, v in zip(labels[7:], row[7:], strict=False) if m[2:3] == "/"}
            key = cells.to_label(row[0]) or "", cells.to_label(row[1]) or ""
            found.append({"key": key, "theme": row[2], "total": row[4], "net": row[6], **months})
    return found


def _variances(job: Job) -> dict[tuple[str, str], float]:
    """By code and name, what the actions cost more than planned, where they have actual costs."""
    found: dict[tuple[str, str], float] = {}
    plan = _plan(job)
    if plan is None:
        return found
    for action in plan.actions:
        key = action.code, action.name
        found[key] = add_cents(found.get(key, 0.0), track_action(action, plan).variance or 0.0)
    return found


def _plan(job: Job) -> MarketingPlan | None:
    """The plan of the workbook, read without a word; None where its list of actions is gone."""
    asked, said = job.sheet, job.said()
    job.sheet = None
    try:
        return planned_actions(job).plan
    except (NothingFound, SourceError):
        return None
    finally:
        job.sheet = asked
        job.unsay(said)


def campaign_indicators(job: Job) -> dict[str, Any]:
    """The indicator of each action as the user's own indicators: its KPI and target, else the
    sales that are planned. Empty without a marketing budget in the workbook."""
    if "marketing_budget" not in job.book.made():
        return {}
    plan = _plan(job)
    if plan is None:
        return {}
    rows = [row for action in plan.actions if (row := _indicator(job, action))][:FREE]
    columns: dict[str, list[Any]] = {
        f"free.{key}": [row[key] for row in rows] + [None] * (FREE - len(rows))
        for key in ("kpi", "target", "actual")
    }
    blank = [None] * (FREE - len(rows))
    how, source = _HOW.in_(job.lang), job.text("Budget marketing", "Marketing budget")
    return columns | {
        "free.how": [how] * len(rows) + blank,
        "free.source": [source] * len(rows) + blank,
    }


def _indicator(job: Job, action: Action) -> dict[str, Any] | None:
    name, goal, reached = action.kpi, action.target, action.result
    if not goal:
        name, goal, reached = _SALES.in_(job.lang), action.sales, action.actual_sales
    if not goal or not action.name:
        return None
    colon = job.text(" : ", ": ")
    return {"kpi": f"{action.name}{colon}{name}", "target": goal, "actual": reached}

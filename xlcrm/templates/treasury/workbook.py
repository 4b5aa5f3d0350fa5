"""Builds the treasury workbook: the order of its sheets, and what goes into each copy."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import IO, Any

from xlcrm.budget.plan import Plan
from xlcrm.budget.scenarios import Scenario
from xlcrm.budget.treasury import treasury_budget
from xlcrm.templates.builder import Mode, TemplateBook, Words
from xlcrm.templates.data_sheet import DataSheet
from xlcrm.templates.treasury import choices, inputs
from xlcrm.templates.treasury.assumptions import write_assumptions
from xlcrm.templates.treasury.calendar import write_calendar
from xlcrm.templates.treasury.cash import write_cash
from xlcrm.templates.treasury.checks import write_checks
from xlcrm.templates.treasury.conventions import write_conventions
from xlcrm.templates.treasury.costs import COST_ROWS, write_costs
from xlcrm.templates.treasury.draft import Draft
from xlcrm.templates.treasury.due_dates import write_due_dates
from xlcrm.templates.treasury.funding import write_funding
from xlcrm.templates.treasury.home import start_home, write_home
from xlcrm.templates.treasury.lines import write_purchases, write_sales
from xlcrm.templates.treasury.opening import write_opening
from xlcrm.templates.treasury.scenarios import write_scenarios
from xlcrm.templates.treasury.statements import write_statements
from xlcrm.templates.treasury.summary import write_summary
from xlcrm.templates.treasury.values import values_of
from xlcrm.templates.treasury.vat import write_vat
from xlcrm.texts import Lang, Text

TITLE = Text("Budget de trésorerie", "Treasury budget")


def build_workbook(
    path: str | Path | IO[bytes],
    lang: Lang,
    plan: Plan,
    *,
    mode: Mode = "plain",
    scenarios: Sequence[Scenario] = (),
    given: Mapping[str, Any] | None = None,
    width: int = 6,
    blank: bool = True,
    title: Text = TITLE,
    statement: Words = "",
) -> Draft:
    """Write the workbook of a plan; the Draft tells where everything stands.

    `width` is the number of month columns; an exercise has as many as the plan has months, and
    shows only the lines that the plan uses. `given` are further inputs by key, which win.
    """
    exercise = mode != "plain"
    width = plan.months if exercise else max(width, plan.months)
    counts = inputs.used_counts(plan) if exercise else choices.COUNTS
    cells = inputs.cells_of(plan, width, counts, blank and not exercise)
    if not exercise:
        cells |= inputs.scenario_cells(scenarios)
    cells |= given or {}
    book = TemplateBook(path, lang, title, mode, cells, code="treasury", has_status=not exercise)
    values = values_of(treasury_budget(plan)) if exercise else {}
    draft = Draft(book, plan, width, values, counts)
    home = start_home(draft)
    if mode == "teacher":
        book.data = DataSheet(book, "treasury")
    write_assumptions(draft)
    write_calendar(draft)
    if not exercise:
        write_due_dates(draft)
    write_opening(draft)
    write_sales(draft)
    write_purchases(draft)
    if any(draft.shows(name) for name in COST_ROWS):
        write_costs(draft)
    write_funding(draft)
    write_vat(draft)
    write_cash(draft)
    if not exercise:
        write_scenarios(draft)
        write_statements(draft)
    write_summary(draft)
    if not exercise:
        write_checks(draft)
    write_conventions(draft)
    if exercise:  # only what these sheets show
        book.given = {k: v for k, v in cells.items() if k in book.inputs}
    book.close(lambda: write_home(draft, home, statement))
    return draft

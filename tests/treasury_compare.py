"""A treasury workbook recalculated by an engine, held against the model, cell by cell."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from engines import Values

from xlcrm.budget.closing import closing_sheet
from xlcrm.budget.plan import Plan
from xlcrm.budget.scenarios import Scenario, simulate
from xlcrm.budget.treasury import treasury_budget
from xlcrm.templates.treasury.draft import Draft
from xlcrm.templates.treasury.values import outcome_rows, values_of
from xlcrm.templates.treasury.workbook import build_workbook


def build_and_compare(
    path: Path,
    plan: Plan,
    scenarios: Sequence[Scenario],
    engine: Callable[[Path], Values],
    width: int = 6,
) -> list[str]:
    """Build the workbook of a plan, recalculate it, and list what differs from the model."""
    draft = build_workbook(path, "fr", plan, scenarios=scenarios, blank=False, width=width)
    return disagreements(draft, plan, scenarios, engine(path))


def disagreements(
    draft: Draft, plan: Plan, scenarios: Sequence[Scenario], values: Values
) -> list[str]:
    """Errors, and every cell that is not the model's figure to the cent."""
    found = values.errors()
    budget = treasury_budget(plan)
    outcomes = [simulate(budget, scenario) for scenario in (Scenario(), *scenarios)]
    rows = values_of(budget)
    for number, outcome in enumerate(outcomes, 1):
        rows |= outcome_rows(f"scenario.{number}", outcome)
    for key, row in rows.items():
        cells = draft.rows[key].cells()[: plan.months]
        got = [values[cell] or 0.0 for cell in cells]
        if not same(got, row):
            found.append(f"{key}: {got}, model {row}")
    sheet = closing_sheet(budget)
    for name, amount in (sheet.assets | sheet.liabilities).items():
        got = values[draft.cells[f"closing.{name}"]] or 0.0
        if not same([got], [amount]):
            found.append(f"closing {name}: {got}, model {amount}")
    for number, outcome in enumerate(outcomes, 1):
        for name, amount in (
            ("low", outcome.low_point[0]),
            ("overdraft", outcome.highest_overdraft),
            ("overdrawn", outcome.months_overdrawn),
            ("closing", outcome.balance.cash[-1]),
            ("financing", outcome.financing_cost),
            ("lost", outcome.lost),
            ("cost", outcome.cost),
        ):
            got = values[draft.cells[f"scenario.{number}.result.{name}"]] or 0.0
            if not same([got], [amount]):
                found.append(f"scenario {number} {name}: {got}, model {amount}")
    return found


def same(left: Sequence[float], right: Sequence[float]) -> bool:
    """Equal to the cent: both sides are rounded already, so only binary dust may differ."""
    return len(left) == len(right) and all(
        isinstance(a, (int, float)) and abs(a - b) < 1e-6 for a, b in zip(left, right, strict=True)
    )

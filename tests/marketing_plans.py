"""Random marketing plans, and the comparison of a recalculated workbook with the model."""

from __future__ import annotations

import random
from datetime import date, timedelta
from typing import Any

from xlcrm.budget.marketing import (
    Action,
    MarketingPlan,
    action_costs,
    total_spread,
)
from xlcrm.budget.marketing_results import (
    actual_funnel,
    add_funnels,
    breakdown,
    csr_cost,
    kpi_status,
    monthly_budget,
    payments,
    planned_funnel,
    simulate_cuts,
    track_action,
)
from xlcrm.budget.rounding import add_cents
from xlcrm.templates.marketing.inputs import Lists
from xlcrm.templates.marketing.statuses import STATUS

LISTS = Lists(
    theme=("Conquête", "Fidélisation", "Satisfaction"),
    channel=("E-mail", "SMS", "Salon", "Téléphone"),
    segment=("Bons clients", "Inactifs"),
    owner=("Léa", "Hugo"),
)


def random_plan(seed: int, most: int = 12) -> MarketingPlan:
    """A plan with every kind of blank, odd date, zero and half cent."""
    rng = random.Random(seed)
    start = date(rng.choice([2026, 2027, 2028]), rng.randint(1, 12), 1)
    actions = tuple(_action(rng, start, n) for n in range(rng.randint(1, most)))
    return MarketingPlan(
        start=start,
        actions=actions,
        company="Essai",
        vat_rate=rng.choice([0.2, 0.1, 0.055, 0.0]),
        delay=rng.randint(0, 4),
        hourly=rng.choice([0.0, 25.0, 31.37]),
        margin_rate=rng.choice([0.5, 0.333, 0.0]),
        partner_delay=rng.randint(0, 4),
        amber=rng.choice([0.0, 0.05, 0.1]),
        red=rng.choice([0.1, 0.15]),
        csr_target=0.1,
        cuts=tuple(rng.choice([0.0, 0.1, 0.25, 1.0]) for _ in range(3)),  # type: ignore[arg-type]
    )


def _action(rng: random.Random, start: date, number: int) -> Action:
    def maybe(value: Any, blank: float = 0.25) -> Any:
        return None if rng.random() < blank else value

    def money(most: float) -> float:
        return rng.choice([round(rng.uniform(0, most), 2), round(rng.uniform(0, most)), 0.0, 0.005])

    begin = maybe(start + timedelta(days=rng.randint(-60, 400)), 0.1)
    end = maybe((begin or start) + timedelta(days=rng.randint(-20, 200)), 0.2)
    external = money(9000)
    return Action(
        name=f"Action {number}",
        code=f"A{number}",
        theme=rng.choice([*LISTS.theme, "", "Autre thème"]),
        segment=rng.choice([*LISTS.segment, ""]),
        channel=rng.choice([*LISTS.channel, "", "sms"]),
        start=begin,
        end=end,
        priority=rng.choice([1, 2, 3, None]),
        owner=rng.choice([*LISTS.owner, ""]),
        csr=rng.random() < 0.3,
        external=maybe(external, 0.1),
        vat_rate=maybe(rng.choice([0.2, 0.1, 0.055, 0.0]), 0.5),
        delay=maybe(rng.randint(0, 4), 0.4),
        hours=maybe(round(rng.uniform(0, 90), 2)),
        hourly=maybe(round(rng.uniform(15, 60), 2), 0.5),
        partner=maybe(money(2000), 0.5),
        kpi="Ventes",
        target=maybe(rng.choice([0.0, 10.0, 250.0]), 0.3),
        result=maybe(rng.choice([0.0, 9.5, 8.0, 300.0]), 0.3),
        committed=maybe(money(9000), 0.4),
        actual=maybe(rng.choice([round(external * 1.05, 2), external, money(9000)]), 0.4),
        actual_hours=maybe(round(rng.uniform(0, 90), 2), 0.5),
        contacts=maybe(float(rng.randint(0, 5000))),
        leads=maybe(float(rng.randint(0, 500))),
        sales=maybe(float(rng.randint(0, 90))),
        new_customers=maybe(float(rng.randint(0, 40))),
        basket=maybe(money(200)),
        margin_rate=maybe(rng.choice([0.4, 0.615, 0.0]), 0.5),
        actual_contacts=maybe(float(rng.randint(0, 5000)), 0.5),
        actual_leads=maybe(float(rng.randint(0, 500)), 0.5),
        actual_sales=maybe(float(rng.randint(0, 90)), 0.5),
        actual_new=maybe(float(rng.randint(0, 40)), 0.5),
        actual_revenue=maybe(money(9000), 0.5),
    )


def expected(plan: MarketingPlan, desk: Any) -> dict[str, tuple[Any, Any]]:
    """What the model says for cells of the workbook: name -> (where, value)."""
    book = desk.book
    months = monthly_budget(plan)
    cost = total_spread(months.total)
    partner = total_spread(months.partner)
    paid = payments(plan)
    wanted: dict[str, tuple[Any, Any]] = {
        "cost": (desk.rows["cost"], cost.months),
        "outside": (desk["cost.outside"], cost.outside),
        "undated": (desk["cost.undated"], cost.undated),
        "partner": (desk.rows["partner"], partner.months),
        "net": (desk.rows["net"], months.net),
        "gross": (desk.rows["gross"], paid.gross),
        "vat": (desk.rows["vat"], paid.vat),
        "receipts": (desk.rows["receipts"], paid.receipts),
        "csr": (desk["csr"], None),
    }
    total = breakdown(plan, "theme", ())[-1]
    green = csr_cost(plan)
    planned = total.tracked.planned
    wanted["csr"] = (desk["csr"], green / planned if planned > 0 else None)
    wanted["total"] = (desk["sum.total"], planned)
    wanted["all net"] = (desk["sum.net"], total.net)
    for number, action in enumerate(plan.actions):
        wanted |= _of_action(plan, action, desk, number)
    for name in ("theme", "channel", "segment", "owner"):
        wanted |= _of_groups(plan, desk, name)
    for name, funnel in (
        ("plan", add_funnels([planned_funnel(a, plan) for a in plan.actions])),
        ("reached", add_funnels([actual_funnel(a, plan) for a in plan.actions])),
    ):
        for key in ("roi", "revenue_roi", "roas", "cpl", "cpa", "cac", "break_even", "revenue",
                    "margin", "cost", "leads", "sales"):  # fmt: skip
            wanted[f"{name}.{key}"] = (desk[f"{name}.{key}"], getattr(funnel, key))
    tracked = total.tracked
    wanted["tracked actual"] = (desk["tracking.5"], tracked.actual or 0.0)
    wanted["tracked against"] = (desk["tracking.6"], tracked.compared)
    wanted["tracked variance"] = (desk["tracking.7"], tracked.variance)
    wanted["tracked rate"] = (desk["tracking.rate"], tracked.rate)
    wanted["committed"] = (desk["sum.committed"], tracked.committed)
    cuts = simulate_cuts(plan)
    wanted["saved"] = (desk["whatif.saved"], cuts[-1].saved)
    wanted["lost"] = (desk["whatif.lost"], cuts[-1].margin_lost)
    wanted["cut roi"] = (desk["whatif.roi"], cuts[-1].roi)
    wanted["cut roi after"] = (desk["whatif.roi_after"], cuts[-1].roi_after)
    status = total.tracked.status
    wanted["status"] = (desk["tracking.status"], book.t(STATUS[status]) if status else None)
    return wanted


def _of_action(plan: MarketingPlan, action: Action, desk: Any, number: int) -> dict[str, Any]:
    def at(key: str) -> Any:
        return desk.col(key).at(number)

    def word(status: str) -> Any:
        return desk.book.t(STATUS[status]) if status else None  # type: ignore[index]

    costs, tracked = action_costs(action, plan), track_action(action, plan)
    funnel, reached = planned_funnel(action, plan), actual_funnel(action, plan)
    ratios = {
        f"{number} {name} {key}": (at(f"{name}.{key}"), getattr(of, key))
        for name, of in (("plan", funnel), ("reached", reached))
        for key in ("roi", "revenue_roi", "roas", "cpl", "cpa", "cac", "break_even")
    }
    return ratios | {
        f"{number} reached cost": (at("r_cost"), reached.cost),
        f"{number} reached spend": (at("r_spend"), reached.spend),
        f"{number} reached margin": (at("r_margin"), reached.margin),
        f"{number} total": (at("total"), costs.total),
        f"{number} net": (at("net"), costs.net),
        f"{number} variance": (at("variance"), tracked.variance),
        f"{number} rate": (at("variance_rate"), tracked.rate),
        f"{number} status": (at("status"), word(tracked.status)),
        f"{number} kpi": (at("kpi_status"), word(kpi_status(action, plan))),
        f"{number} margin": (at("margin"), funnel.margin),
    }


def _of_groups(plan: MarketingPlan, desk: Any, name: str) -> dict[str, Any]:
    wanted: dict[str, Any] = {}
    words = desk.lists.of(name)
    groups = breakdown(plan, name, words)  # type: ignore[arg-type]
    planned = desk.rows[f"{name}.planned"].cells()
    actual = desk.rows[f"{name}.actual"].cells()
    for k, group in enumerate(groups[:-1]):
        at = k if group.label else len(planned) - 1
        wanted[f"{name} {group.label} planned"] = (planned[at], group.tracked.planned)
        wanted[f"{name} {group.label} actual"] = (actual[at], group.tracked.actual or 0.0)
    total = groups[-1]
    wanted[f"{name} total"] = (desk[f"{name}.total"], total.tracked.planned)
    months = monthly_budget(plan)
    if name in ("theme", "channel"):
        rows = desk.rows[f"{name}.months"]
        for k, label in enumerate(words):
            of = [s.months for a, s in zip(plan.actions, months.total, strict=True)
                  if getattr(a, name).casefold() == label.casefold()]  # fmt: skip
            sums = [add_cents(*(m[i] for m in of)) for i in range(12)]
            cells = rows.cells()[12 * k : 12 * k + 12]
            for i, cell in enumerate(cells):
                wanted[f"{name} {label} month {i + 1}"] = (cell, sums[i])
    return wanted


def disagreements(plan: MarketingPlan, desk: Any, values: Any) -> list[str]:
    """Cells in which the workbook and the model differ: money by half a cent, ratios by 1e-9."""
    wrong = []
    for name, (where, value) in expected(plan, desk).items():
        shown = values[where]
        pairs = zip(shown, value, strict=True) if isinstance(value, list) else [(shown, value)]
        for got, right in pairs:
            blank = got in (None, "")
            if isinstance(right, str) or right is None:
                same = (blank and right is None) or got == right
            else:
                same = abs((0.0 if blank else float(got)) - right) <= 1e-6 * max(
                    1.0, abs(right) / 1e3
                )
            if not same:
                wrong.append(f"{name} {getattr(where, 'a1', '')}: {got!r}, model {right!r}")
    return wrong

"""The marketing budget: one table of actions, from which everything else is computed.

Amounts are euros without VAT unless said; rates are parts of one. A blank is None. Amounts and
counts below 0 count as 0, a rate outside 0 to 1 as the default one: the template says so in its
checks, and computes what can be computed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from xlcrm.budget.months import month_index
from xlcrm.budget.rounding import add_cents, round_cents

MONTHS = 12
MOST_DELAY = 4
PRIORITIES = (1, 2, 3)  # high, medium, low


@dataclass(frozen=True, slots=True)
class Action:
    """One action. `external` is bought, `hours` are spent by the team, `partner` is contributed.

    `committed` and `actual` are external costs; `actual_hours` the hours really spent. `contacts`
    -> `leads` -> `sales` is the funnel; a sale brings `basket` euros of revenue, of which
    `margin_rate` is margin. `new_customers` are the sales to people who had never bought.
    """

    name: str = ""
    code: str = ""
    theme: str = ""
    segment: str = ""
    channel: str = ""
    start: date | None = None
    end: date | None = None
    priority: int | None = None
    owner: str = ""
    csr: bool = False
    external: float | None = None
    vat_rate: float | None = None
    delay: int | None = None
    hours: float | None = None
    hourly: float | None = None
    partner: float | None = None
    kpi: str = ""
    target: float | None = None
    result: float | None = None
    committed: float | None = None
    actual: float | None = None
    actual_hours: float | None = None
    contacts: float | None = None
    leads: float | None = None
    sales: float | None = None
    new_customers: float | None = None
    basket: float | None = None
    margin_rate: float | None = None
    actual_contacts: float | None = None
    actual_leads: float | None = None
    actual_sales: float | None = None
    actual_new: float | None = None
    actual_revenue: float | None = None
    cause: str = ""
    correction: str = ""


@dataclass(frozen=True, slots=True)
class MarketingPlan:
    """The actions of twelve months from `start`, and what holds for all of them.

    `amber` and `red` are the overruns from which a variance is watched, then an alert; `reached`
    and `missed` the shares of a target above which it is reached, below which it is missed.
    `cuts` are the what-if reductions by priority.
    """

    start: date
    actions: tuple[Action, ...] = ()
    company: str = ""
    vat_rate: float = 0.2
    delay: int = 1
    hourly: float = 25.0
    margin_rate: float = 0.5
    partner_delay: int = 1
    amber: float = 0.05
    red: float = 0.10
    reached: float = 0.95
    missed: float = 0.80
    csr_target: float = 0.10
    cuts: tuple[float, float, float] = (0.0, 0.10, 0.20)


@dataclass(frozen=True, slots=True)
class Costs:
    """What an action costs: external + internal = total; less the partner's part = net."""

    external: float
    internal: float
    total: float
    partner: float
    net: float


@dataclass(frozen=True, slots=True)
class Spread:
    """An amount over the months of the budget; `outside` falls before or after them, `undated`
    has no valid dates. The three parts sum to the amount."""

    months: list[float]
    outside: float
    undated: float


def amount_of(value: float | None) -> float:
    """An amount or a count as it is used: blank or negative is 0.

    >>> amount_of(None), amount_of(-3), amount_of(12.5)
    (0.0, 0.0, 12.5)
    """
    return max(0.0, value or 0.0)


def rate_used(value: float | None, default: float) -> float:
    """A rate as it is used: blank or outside 0 to 1 is the default.

    >>> rate_used(0.1, 0.2), rate_used(20, 0.2), rate_used(None, 0.2)
    (0.1, 0.2, 0.2)
    """
    return value if value is not None and 0 <= value <= 1 else default


def delay_used(value: float | None, default: int) -> int:
    """Months until payment as they are used: 0 to 4, else the default.

    >>> delay_used(2, 1), delay_used(7, 1), delay_used(None, 1)
    (2, 1, 1)
    """
    return int(value) if value is not None and 0 <= value <= MOST_DELAY else default


def hourly_used(action: Action, plan: MarketingPlan) -> float:
    """The price of an hour: the action's own, else that of the plan."""
    return amount_of(plan.hourly if action.hourly is None else action.hourly)


def action_costs(action: Action, plan: MarketingPlan) -> Costs:
    """The planned costs of an action, each to the cent.

    >>> plan = MarketingPlan(date(2027, 1, 1))
    >>> action_costs(Action(external=1000, hours=8, hourly=32.5, partner=300), plan)
    Costs(external=1000.0, internal=260.0, total=1260.0, partner=300.0, net=960.0)
    """
    external = round_cents(amount_of(action.external))
    internal = round_cents(amount_of(action.hours) * hourly_used(action, plan))
    total = add_cents(external, internal)
    partner = round_cents(amount_of(action.partner))
    return Costs(external, internal, total, partner, add_cents(total, -partner))


def action_span(action: Action, plan: MarketingPlan) -> tuple[int, int] | None:
    """First and last month of an action, 1 for the first of the budget; None without valid dates.

    Without an end it lasts one month; an end before the start is not valid.

    >>> plan = MarketingPlan(date(2027, 1, 1))
    >>> action_span(Action(start=date(2027, 2, 10), end=date(2027, 4, 1)), plan)
    (2, 4)
    >>> action_span(Action(start=date(2027, 2, 10), end=date(2027, 2, 9)), plan)
    """
    if action.start is None or (action.end is not None and action.end < action.start):
        return None
    return month_index(plan.start, action.start), month_index(
        plan.start, action.end or action.start
    )


def spread_amount(amount: float, span: tuple[int, int] | None) -> Spread:
    """An amount in equal parts over the months that an action touches; the last takes the rest.

    >>> spread_amount(100.0, (11, 13))
    Spread(months=[0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 33.33, 33.33], outside=33.34,
    undated=0.0)
    """
    if span is None:
        return Spread([0.0] * MONTHS, 0.0, amount)
    first, last = span
    count = last - first + 1
    part = round_cents(amount / count)
    rest = round_cents(amount - part * (count - 1))
    months = [
        0.0 if not first <= m <= last else rest if m == last else part for m in range(1, MONTHS + 1)
    ]
    return Spread(months, add_cents(amount, *(-m for m in months)), 0.0)


def total_spread(spreads: Sequence[Spread]) -> Spread:
    """Several spreads added, month by month."""
    months = [add_cents(*(s.months[m] for s in spreads)) for m in range(MONTHS)]
    outside = add_cents(*(s.outside for s in spreads))
    return Spread(months, outside, add_cents(*(s.undated for s in spreads)))

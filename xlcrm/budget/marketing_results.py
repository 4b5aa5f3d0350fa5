"""What follows from the table of actions: months, payments, tracking, funnel, what-if."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

from xlcrm.budget.marketing import (
    MONTHS,
    MOST_DELAY,
    PRIORITIES,
    Action,
    Costs,
    MarketingPlan,
    Spread,
    action_costs,
    action_span,
    amount_of,
    delay_used,
    hourly_used,
    rate_used,
    spread_amount,
    total_spread,
)
from xlcrm.budget.rounding import add_cents, round_cents
from xlcrm.budget.vat import with_vat

Status = Literal["", "good", "amber", "red"]
Dimension = Literal["theme", "channel", "segment", "owner"]
PAYMENT_MONTHS = MONTHS + MOST_DELAY


@dataclass(frozen=True, slots=True)
class Monthly:
    """By action: external, internal, total cost and partner's part over the months."""

    external: list[Spread]
    internal: list[Spread]
    total: list[Spread]
    partner: list[Spread]

    @property
    def net(self) -> list[float]:
        """Total cost less partners, month by month, all actions."""
        cost, partner = total_spread(self.total), total_spread(self.partner)
        return [add_cents(c, -p) for c, p in zip(cost.months, partner.months, strict=True)]


def monthly_budget(plan: MarketingPlan) -> Monthly:
    """The costs of every action, month by month.

    >>> from datetime import date
    >>> action = Action(start=date(2027, 1, 5), end=date(2027, 2, 5), external=100, hours=1)
    >>> monthly_budget(MarketingPlan(date(2027, 1, 1), (action,))).net[:3]
    [62.5, 62.5, 0.0]
    """
    costs = [action_costs(action, plan) for action in plan.actions]
    spans = [action_span(action, plan) for action in plan.actions]

    def of(part: Callable[[Costs], float]) -> list[Spread]:
        return [spread_amount(part(c), span) for c, span in zip(costs, spans, strict=True)]

    external, internal = of(lambda c: c.external), of(lambda c: c.internal)
    total = [total_spread(pair) for pair in zip(external, internal, strict=True)]
    return Monthly(external, internal, total, of(lambda c: c.partner))


@dataclass(frozen=True, slots=True)
class Payments:
    """Cash of the actions, over the 12 months and the 4 after: what goes into the treasury budget.

    `gross` is paid to suppliers with VAT, `vat` the VAT inside it (deductible when paid),
    `receipts` what partners pay, without VAT. Internal hours are wages, paid elsewhere.
    """

    gross: list[float]
    vat: list[float]
    receipts: list[float]


def payments(plan: MarketingPlan) -> Payments:
    """Payments with VAT and delays, month by month.

    >>> from datetime import date
    >>> action = Action(start=date(2027, 1, 5), external=100, delay=2, partner=40)
    >>> found = payments(MarketingPlan(date(2027, 1, 1), (action,)))
    >>> found.gross[:4], found.vat[2], found.receipts[:3]
    ([0.0, 0.0, 120.0, 0.0], 20.0, [0.0, 40.0, 0.0])
    """
    months = monthly_budget(plan)
    gross: list[list[float]] = [[] for _ in range(PAYMENT_MONTHS)]
    vat: list[list[float]] = [[] for _ in range(PAYMENT_MONTHS)]
    for action, spread in zip(plan.actions, months.external, strict=True):
        delay = delay_used(action.delay, plan.delay)
        rate = rate_used(action.vat_rate, plan.vat_rate)
        for m, net in enumerate(spread.months):
            invoice = with_vat(net, rate)
            gross[m + delay].append(invoice)
            vat[m + delay].append(add_cents(invoice, -net))
    partner = total_spread(months.partner).months
    receipts = [0.0] * plan.partner_delay + partner
    receipts += [0.0] * (PAYMENT_MONTHS - len(receipts))
    return Payments([add_cents(*g) for g in gross], [add_cents(*v) for v in vat], receipts)


@dataclass(frozen=True, slots=True)
class Tracked:
    """Actual against plan for one action, or for many together.

    Only what has an actual is compared: `compared` is the plan of those parts. `rate` is
    variance / compared, to 6 decimals, None without a plan; no actual at all is all None.
    """

    planned: float
    committed: float
    actual: float | None
    compared: float
    variance: float | None
    rate: float | None
    status: Status


def track_action(action: Action, plan: MarketingPlan) -> Tracked:
    """The variance of one action: positive where it costs more than planned.

    >>> from datetime import date
    >>> plan = MarketingPlan(date(2027, 1, 1))
    >>> found = track_action(Action(external=1000, hours=10, actual=1080), plan)
    >>> found.variance, found.rate, found.status
    (80.0, 0.08, 'amber')
    """
    costs = action_costs(action, plan)
    parts, compared = [], []
    if action.actual is not None:
        parts.append(round_cents(amount_of(action.actual)))
        compared.append(costs.external)
    if action.actual_hours is not None:
        hours = amount_of(action.actual_hours)
        parts.append(round_cents(hours * hourly_used(action, plan)))
        compared.append(costs.internal)
    committed = round_cents(amount_of(action.committed))
    actual = add_cents(*parts) if parts else None
    return _tracked(costs.total, committed, actual, add_cents(*compared), plan)


def _tracked(
    planned: float, committed: float, actual: float | None, compared: float, plan: MarketingPlan
) -> Tracked:
    if actual is None:
        return Tracked(planned, committed, None, 0.0, None, None, "")
    variance = add_cents(actual, -compared)
    rate = round_cents(variance / compared, 6) if compared else None
    return Tracked(
        planned, committed, actual, compared, variance, rate, _status(variance, rate, plan)
    )


def _status(variance: float, rate: float | None, plan: MarketingPlan) -> Status:
    if rate is None:
        return "red" if variance > 0 else "good"
    return "red" if rate > plan.red else "amber" if rate > plan.amber else "good"


@dataclass(frozen=True, slots=True)
class Group:
    """The actions of one theme, channel, segment or owner; `label` "" gathers the unknown."""

    label: str
    count: int
    partner: float
    net: float
    tracked: Tracked


def breakdown(plan: MarketingPlan, dimension: Dimension, labels: Sequence[str]) -> list[Group]:
    """The budget by the values of a dimension, then what has none of them, then the total.

    Words are compared without case, as a spreadsheet does.

    >>> from datetime import date
    >>> plan = MarketingPlan(date(2027, 1, 1), (Action(channel="SMS", external=9),))
    >>> [(g.label, g.net) for g in breakdown(plan, "channel", ["E-mail"])]
    [('E-mail', 0.0), ('', 9.0), ('total', 9.0)]
    """

    def of(action: Action) -> str:
        return str(getattr(action, dimension)).casefold()

    known = {label.casefold() for label in labels}
    groups = [
        _group(label, [a for a in plan.actions if of(a) == label.casefold()], plan)
        for label in labels
    ]
    groups.append(_group("", [a for a in plan.actions if of(a) not in known], plan))
    return [*groups, _group("total", plan.actions, plan)]


def _group(label: str, actions: Sequence[Action], plan: MarketingPlan) -> Group:
    costs = [action_costs(action, plan) for action in actions]
    tracked = [track_action(action, plan) for action in actions]
    known = [t for t in tracked if t.actual is not None]
    return Group(
        label,
        sum(bool(a.name or c.total) for a, c in zip(actions, costs, strict=True)),
        add_cents(*(c.partner for c in costs)),
        add_cents(*(c.net for c in costs)),
        _tracked(
            add_cents(*(c.total for c in costs)),
            add_cents(*(t.committed for t in tracked)),
            add_cents(*(t.actual or 0.0 for t in known)) if known else None,
            add_cents(*(t.compared for t in known)),
            plan,
        ),
    )


@dataclass(frozen=True, slots=True)
class Funnel:
    """Contacts -> leads -> sales -> margin, for one action or all. A ratio without a positive
    denominator is None. `spend` is the external cost, the base of ROAS."""

    contacts: float
    leads: float
    sales: float
    new_customers: float
    revenue: float
    margin: float
    cost: float
    spend: float

    @property
    def sells(self) -> bool:
        """False where nothing of the funnel is given: a survey has no return to compute."""
        return self.contacts + self.leads + self.sales + self.revenue > 0

    @property
    def roi(self) -> float | None:
        """(margin - net cost) / net cost: on margin, not on revenue."""
        return ratio(add_cents(self.margin, -self.cost), self.cost) if self.sells else None

    @property
    def revenue_roi(self) -> float | None:
        return ratio(add_cents(self.revenue, -self.cost), self.cost) if self.sells else None

    @property
    def roas(self) -> float | None:
        return ratio(self.revenue, self.spend) if self.sells else None

    @property
    def cpl(self) -> float | None:
        return ratio(self.cost, self.leads)

    @property
    def cpa(self) -> float | None:
        return ratio(self.cost, self.sales)

    @property
    def cac(self) -> float | None:
        return ratio(self.cost, self.new_customers)

    @property
    def break_even(self) -> float | None:
        """Sales that pay the cost back: cost / margin of a sale, rounded up; 0 for no cost."""
        needed = ratio(self.cost, ratio(self.margin, self.sales))
        return None if needed is None else max(0.0, float(math.ceil(round_cents(needed, 6))))


def ratio(above: float | None, below: float | None) -> float | None:
    """A quotient, None without a positive denominator.

    >>> ratio(1, 4), ratio(1, 0)
    (0.25, None)
    """
    return None if above is None or not below or below < 0 else above / below


def planned_funnel(action: Action, plan: MarketingPlan) -> Funnel:
    """The funnel that is planned: revenue = sales x basket, margin = revenue x margin rate.

    >>> from datetime import date
    >>> action = Action(external=300, hours=4, contacts=1000, leads=40, sales=10, basket=80)
    >>> found = planned_funnel(action, MarketingPlan(date(2027, 1, 1)))
    >>> found.margin, found.roi, found.cpl, found.break_even
    (400.0, 0.0, 10.0, 10.0)
    """
    costs = action_costs(action, plan)
    revenue = round_cents(amount_of(action.sales) * amount_of(action.basket))
    return Funnel(
        amount_of(action.contacts),
        amount_of(action.leads),
        amount_of(action.sales),
        amount_of(action.new_customers),
        revenue,
        _margin(revenue, action, plan),
        costs.net,
        costs.external,
    )


def actual_funnel(action: Action, plan: MarketingPlan) -> Funnel:
    """The funnel that was reached; a cost part without an actual counts as planned.

    An action without any actual has not begun: all of it is 0.
    """
    if all(getattr(action, name) is None for name in _ACTUALS):
        return add_funnels([])
    costs = action_costs(action, plan)
    spend = costs.external if action.actual is None else round_cents(amount_of(action.actual))
    internal = costs.internal
    if action.actual_hours is not None:
        internal = round_cents(amount_of(action.actual_hours) * hourly_used(action, plan))
    revenue = round_cents(amount_of(action.actual_revenue))
    return Funnel(
        amount_of(action.actual_contacts),
        amount_of(action.actual_leads),
        amount_of(action.actual_sales),
        amount_of(action.actual_new),
        revenue,
        _margin(revenue, action, plan),
        add_cents(spend, internal, -costs.partner),
        spend,
    )


_ACTUALS = (
    "actual actual_hours actual_contacts actual_leads actual_sales actual_new actual_revenue"
).split()


def _margin(revenue: float, action: Action, plan: MarketingPlan) -> float:
    return round_cents(revenue * rate_used(action.margin_rate, plan.margin_rate))


def add_funnels(funnels: Sequence[Funnel]) -> Funnel:
    """The funnel of several actions together."""
    fields = [
        [getattr(funnel, name) for funnel in funnels]
        for name in ("contacts", "leads", "sales", "new_customers")
    ]
    money = [
        add_cents(*(getattr(funnel, name) for funnel in funnels))
        for name in ("revenue", "margin", "cost", "spend")
    ]
    return Funnel(*(math.fsum(values) for values in fields), *money)


@dataclass(frozen=True, slots=True)
class Cut:
    """What-if for one priority (0: all): cost, margin and cost net of partners, before and after."""

    priority: int
    cost: float
    cost_after: float
    margin: float
    margin_after: float
    net: float
    net_after: float

    @property
    def roi(self) -> float | None:
        """(margin - net cost) / net cost, as of the plan."""
        return ratio(add_cents(self.margin, -self.net), self.net)

    @property
    def roi_after(self) -> float | None:
        return ratio(add_cents(self.margin_after, -self.net_after), self.net_after)

    @property
    def saved(self) -> float:
        return add_cents(self.cost, -self.cost_after)

    @property
    def margin_lost(self) -> float:
        return add_cents(self.margin, -self.margin_after)


def simulate_cuts(plan: MarketingPlan) -> list[Cut]:
    """Cost cut by priority; margin and partners' share are taken to fall in the same proportion.

    An action without a priority counts as low. Four results: high, medium, low, all.

    >>> from datetime import date
    >>> plan = MarketingPlan(date(2027, 1, 1), (Action(external=1000, priority=2),))
    >>> [(c.priority, c.saved) for c in simulate_cuts(plan)]
    [(1, 0.0), (2, 100.0), (3, 0.0), (0, 100.0)]
    """
    cuts = []
    for priority, cut in zip(PRIORITIES, plan.cuts, strict=True):
        share = 1 - rate_used(cut, 0.0)
        of = [a for a in plan.actions if priority_used(a) == priority]
        costs = [action_costs(a, plan).total for a in of]
        net = add_cents(*(action_costs(a, plan).net for a in of))
        margins = [planned_funnel(a, plan).margin for a in of]
        cuts.append(
            Cut(
                priority,
                add_cents(*costs),
                add_cents(*(round_cents(c * share) for c in costs)),
                add_cents(*margins),
                add_cents(*(round_cents(m * share) for m in margins)),
                net,
                round_cents(net * share),
            )
        )
    names = ("cost", "cost_after", "margin", "margin_after", "net", "net_after")
    total = [add_cents(*(getattr(cut, name) for cut in cuts)) for name in names]
    return [*cuts, Cut(0, *total)]


def priority_used(action: Action) -> int:
    """The priority of an action; without one it is low."""
    return action.priority if action.priority in PRIORITIES else PRIORITIES[-1]


def csr_cost(plan: MarketingPlan) -> float:
    """The total cost of the sustainable actions."""
    return add_cents(*(action_costs(a, plan).total for a in plan.actions if a.csr))


def kpi_status(action: Action, plan: MarketingPlan) -> Status:
    """How far a target is reached: result / target; blank without a result or a positive target.

    >>> from datetime import date
    >>> plan = MarketingPlan(date(2027, 1, 1))
    >>> [kpi_status(Action(target=100, result=r), plan) for r in (96, 90, 70, None)]
    ['good', 'amber', 'red', '']
    """
    share = None if action.result is None else ratio(action.result, action.target)
    if share is None:
        return ""
    share = round_cents(share, 6)
    return "good" if share >= plan.reached else "red" if share < plan.missed else "amber"

"""Cash flows in time: present value, internal rate of return, payback, profitability index.

Outflows are negative, inflows positive. The first flow happens now, the next ones a period later
each: unlike the spreadsheet's NPV, which discounts the first one too.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Sequence

from xlcrm.budget.arguments import blank_in_blank_out, rate_of, series_of
from xlcrm.budget.rounding import round_cents
from xlcrm.catalogue import Kind, Param, Shape, function
from xlcrm.texts import Text

# Rates looked at, as ln(1 + r): from -99.99 % to 1 000 000 % by period.
_LOWEST, _HIGHEST = math.log(1e-4), math.log(1e4)
_STEPS = 2000
_DUST = 1e-7  # binary residue of a sum of amounts in euros

Bracket = tuple[float, float]

_FLOWS = Param(
    "flows",
    "flux",
    Text(
        fr="Flux dans l'ordre : décaissements négatifs, encaissements positifs ; le premier est "
        "immédiat (l'investissement).",
        en="Flows in order: outflows negative, inflows positive; the first one is now (the "
        "investment).",
    ),
    Shape.LIST,
    Kind.NUMBER,
)
_RATE = Param(
    "rate",
    "taux",
    Text(
        fr="Taux d'actualisation par période : 8 % ou 0,08.",
        en="Discount rate by period: 8 % or 0.08.",
    ),
    Shape.ONE,
    Kind.NUMBER,
)


def present_value(flows: Sequence[float], rate: float) -> float:
    """The value now of flows, not rounded.

    >>> round(present_value([-100, 60, 60], 0.1), 4)
    4.1322
    """
    value = 0.0
    for flow in reversed(flows):
        value = value / (1 + rate) + flow
    return value


@function(
    "CRM_NPV",
    "CRM_VAN",
    group="budgets",
    summary=Text(
        fr="Valeur actuelle nette de flux : le premier est immédiat, les suivants sont actualisés "
        "d'une période de plus chacun.",
        en="Net present value of flows: the first one is now, each next one is discounted by one "
        "more period.",
    ),
    params=[_FLOWS, _RATE],
    returns=Kind.NUMBER,
)
@blank_in_blank_out
def net_present_value(flows: Sequence[float | None], rate: float) -> float | None:
    """The net present value, to the cent; None without flows. A blank between flows is 0.

    >>> net_present_value([-100000, 40000, 40000, 40000], 0.08)
    3083.88
    """
    series = series_of(flows)
    rate_of(rate, least=-0.99)
    return round_cents(present_value(series, rate)) if series else None


@function(
    "CRM_IRR",
    "CRM_TRI",
    group="budgets",
    summary=Text(
        fr="Taux de rentabilité interne de flux. Vide s'il n'y en a pas, ou s'il y en a plusieurs.",
        en="Internal rate of return of flows. Blank when there is none, or more than one.",
    ),
    params=[_FLOWS],
    returns=Kind.NUMBER,
)
@blank_in_blank_out
def irr(flows: Sequence[float | None]) -> float | None:
    """The internal rate of return by period, rounded to 1e-8; None when no single one exists.

    >>> irr([-100000, 40000, 40000, 40000])
    0.09701026
    >>> irr([100, 200]) is None, irr([-100, 230, -132]) is None  # 10 % and 20 %
    (True, True)
    """
    rate = internal_rate(series_of(flows))
    return None if rate is None else round_cents(rate, 8)


def internal_rate(flows: Sequence[float]) -> float | None:
    """The only rate by period at which flows are worth 0; None when none or several are.

    With one change of sign there is one rate at most (Descartes); otherwise every change of sign
    of the present value between -99.99 % and 1,000,000 % is looked for. No start guess.

    >>> round(internal_rate([-100, 110]), 12)
    0.1
    """
    changes = _sign_changes(flows)
    if changes == 0:
        return None
    brackets = [_widened(flows)] if changes == 1 else _all_brackets(flows)
    if len(brackets) != 1 or brackets[0] is None:
        return None
    return math.expm1(_root(flows, *brackets[0]))


def _sign_changes(flows: Sequence[float]) -> int:
    signs = [flow > 0 for flow in flows if flow]
    return sum(a != b for a, b in itertools.pairwise(signs))


def _worth(flows: Sequence[float], x: float) -> float:
    """The present value at the rate exp(x) - 1."""
    return present_value(flows, math.expm1(x))


def _widened(flows: Sequence[float]) -> Bracket | None:
    """Two points around the only root, found by going away from a rate of 0."""
    at_zero = _worth(flows, 0.0)
    if at_zero == 0:
        return 0.0, 0.0
    last = next(flow for flow in reversed(flows) if flow)
    side = 1 if (at_zero > 0) == (last > 0) else -1  # a late flow weighs less at a higher rate
    near, step = 0.0, 0.02
    while abs(near) < _HIGHEST:
        far = near + side * step
        if (_worth(flows, far) > 0) != (at_zero > 0):
            return min(near, far), max(near, far)
        near, step = far, step * 2
    return None


def _all_brackets(flows: Sequence[float]) -> list[Bracket]:
    grid = [_LOWEST + (_HIGHEST - _LOWEST) * k / _STEPS for k in range(_STEPS + 1)]
    positive = [_worth(flows, x) > 0 for x in grid]
    return [(grid[k], grid[k + 1]) for k in range(_STEPS) if positive[k] != positive[k + 1]]


def _root(flows: Sequence[float], low: float, high: float) -> float:
    """The root between two points, by false position in its Illinois form."""
    worth_low, worth_high = _worth(flows, low), _worth(flows, high)
    kept = 0
    for _ in range(200):
        if high - low < 1e-14 or worth_high == worth_low:
            break
        x = high - worth_high * (high - low) / (worth_high - worth_low)
        if not low < x < high:
            x = (low + high) / 2
        worth = _worth(flows, x)
        if worth == 0:
            return x
        if (worth > 0) == (worth_high > 0):
            high, worth_high = x, worth
            worth_low = worth_low / 2 if kept == 1 else worth_low
            kept = 1
        else:
            low, worth_low = x, worth
            worth_high = worth_high / 2 if kept == -1 else worth_high
            kept = -1
    return (low + high) / 2


@function(
    "CRM_PAYBACK",
    "CRM_DELAI_RECUPERATION",
    group="budgets",
    summary=Text(
        fr="Délai de récupération du capital investi, en périodes (2,75 = 2 ans et 9 mois) ; "
        "actualisé si un taux est donné.",
        en="Time to get the investment back, in periods (2.75 = 2 years and 9 months); discounted "
        "when a rate is given.",
    ),
    params=[_FLOWS, _RATE],
    returns=Kind.NUMBER,
)
@blank_in_blank_out
def payback(flows: Sequence[float | None], rate: float = 0) -> float | None:
    """Periods until the cumulated flows are back at 0, spread evenly within a period.

    Rounded to 1e-4; None when the flows never pay back. The last return to 0 counts, so that
    a later repair does not hide behind an early payback.

    >>> payback([-100, 40, 40, 40]), payback([-100, 40, 40, 40], 0.08), payback([-100, 40])
    (2.5, 2.9029, None)
    """
    rate_of(rate, least=-0.99)
    series = series_of(flows)
    total = 0.0
    answer: float | None = None if any(flow < 0 for flow in series) else 0.0
    for period, flow in enumerate(series):
        before, discounted = total, flow / (1 + rate) ** period
        total = before + discounted
        if total < -_DUST:
            answer = None
        elif answer is None and before < -_DUST:
            answer = round_cents(period - 1 - before / discounted, 4)
    return answer if series else None


@function(
    "CRM_PROFITABILITY_INDEX",
    "CRM_INDICE_PROFITABILITE",
    group="budgets",
    summary=Text(
        fr="Indice de profitabilité : valeur actuelle des flux futurs pour 1 € investi.",
        en="Profitability index: present value of the future flows for 1 euro invested.",
    ),
    params=[_FLOWS, _RATE],
    returns=Kind.NUMBER,
)
@blank_in_blank_out
def profitability_index(flows: Sequence[float | None], rate: float) -> float | None:
    """1 + NPV / investment, rounded to 1e-4; None unless the first flow is an investment.

    >>> profitability_index([-100000, 40000, 40000, 40000], 0.08)
    1.0308
    """
    series = series_of(flows)
    rate_of(rate, least=-0.99)
    if not series or series[0] >= 0:
        return None
    return round_cents(1 - present_value(series, rate) / series[0], 4)

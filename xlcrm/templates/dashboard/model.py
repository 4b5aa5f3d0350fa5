"""The dashboard: its data by key, and what they lead to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from xlcrm.budget.rounding import add_cents, round_cents
from xlcrm.texts import Text

MONTHS, SEGMENTS, REASONS, FREE = 12, 8, 8, 8
Data = Mapping[str, Any]
# The indicators that the other sheets give, in their order; a smaller value is better for some.
KPIS = ("sales", "basket", "retention", "attrition", "nps", "csat", "ces", "cac")
LOWER_IS_BETTER = frozenset({"attrition", "cac"})
# Rates and scores: a share of the target would tell two stories of retention and attrition.
IN_POINTS = frozenset({"retention", "attrition", "nps", "csat", "ces"})


def _filled(values: list[Any], size: int) -> list[Any]:
    return values + [None] * (size - len(values))


EXAMPLE: dict[str, Any] = {
    "company": "Marielle Nature",
    "start": date(2027, 1, 1),
    "customers_start": 1240,
    "green": 0.95,
    "amber": 0.85,
    "green_points": 1,
    "amber_points": 3,
    "sales.target": [21000, 22000, 26000, 25000, 28000, 27000, 22000, 19000, 27000, 30000,
                     36000, 44000],
    "sales.actual": _filled([20450, 23120, 24980, 25610, 29340, 25230], MONTHS),
    "sales.orders": _filled([412, 455, 498, 502, 561, 508], MONTHS),
    "sales.new": _filled([34, 61, 42, 39, 55, 31], MONTHS),
    "sales.lost": _filled([18, 15, 24, 17, 14, 26], MONTHS),
    "sales.spend": _filled([1450, 5200, 2100, 1500, 2650, 1300], MONTHS),
    "survey.segment": _filled(
        [
            Text("Très bons clients", "Very good customers"),
            Text("Bons clients", "Good customers"),
            Text("Clients tièdes", "Lukewarm customers"),
            Text("Entreprises", "Firms"),
        ], SEGMENTS),
    "survey.promoters": _filled([62, 71, 22, 14], SEGMENTS),
    "survey.passives": _filled([18, 46, 31, 9], SEGMENTS),
    "survey.detractors": _filled([6, 21, 27, 5], SEGMENTS),
    "survey.satisfied": _filled([79, 112, 51, 23], SEGMENTS),
    "survey.answers": _filled([86, 138, 80, 28], SEGMENTS),
    "survey.easy": _filled([68, 93, 41, 15], SEGMENTS),
    "survey.neutral": _filled([11, 23, 15, 5], SEGMENTS),
    "survey.hard": _filled([7, 22, 24, 8], SEGMENTS),
    "reasons.reason": _filled(
        [
            Text("Délai de livraison", "Delivery time"),
            Text("Rupture de stock", "Out of stock"),
            Text("Emballage abîmé", "Damaged parcel"),
            Text("Réponse du service client", "Answer of customer service"),
            Text("Prix", "Price"),
        ], REASONS),
    "reasons.count": _filled([21, 14, 9, 8, 7], REASONS),
    "auto.frequency": ["month"] * 4 + ["quarter"] * 3 + ["month"],
    "auto.target": [None, 52, 95, 5, 50, 85, 45, 50],
    "auto.previous": [140900, 49.1, 92.4, 7.6, 31, 78, 38, 56],
    "auto.answer": [
        Text("Avancer l'opération prévue le mois suivant", "Bring next month's action forward"),
        Text("Proposer un produit complémentaire en caisse", "Offer an add-on at the till"),
        Text("Rappeler les clients sans achat depuis 6 mois", "Call those silent for 6 months"),
        Text("Enquête de départ et offre de retour", "Exit survey and come-back offer"),
        Text("Rappeler chaque détracteur sous 48 h", "Call each detractor back within 48 h"),
        Text("Traiter les deux premiers motifs", "Treat the first two reasons"),
        Text("Simplifier le parcours de commande", "Simplify the order path"),
        Text("Réorienter le budget vers le parrainage", "Move the budget to referral"),
    ],
    "free.kpi": _filled(
        [Text("Taux d'ouverture des e-mails (%)", "E-mail open rate (%)"),
         Text("Délai de réponse (heures)", "Response time (hours)")], FREE),
    "free.how": _filled([Text("ouvertures / envois délivrés", "opens / delivered"),
                         Text("moyenne des tickets", "mean of the tickets")], FREE),
    "free.source": _filled([Text("Outil d'e-mailing", "E-mailing tool"),
                            Text("Service client", "Customer service")], FREE),
    "free.frequency": _filled(["month", "week"], FREE),
    "free.sense": _filled(["up", "down"], FREE),
    "free.target": _filled([28, 12], FREE),
    "free.previous": _filled([24.5, 15], FREE),
    "free.actual": _filled([27.1, 16.5], FREE),
    "free.answer": _filled([Text("Tester deux objets", "Test two subject lines"),
                            Text("Renfort le lundi matin", "Extra staff on Monday morning")], FREE),
}  # fmt: skip
EMPTY: dict[str, Any] = {
    "green": 0.95,
    "amber": 0.85,
    "green_points": 1,
    "amber_points": 3,
    "auto.frequency": EXAMPLE["auto.frequency"],
    "auto.answer": EXAMPLE["auto.answer"],
    "free.frequency": ["month"] * FREE,
    "free.sense": ["up"] * FREE,
}
EXERCISE = EXAMPLE


def ratio(above: float | None, below: float | None, digits: int = 6) -> float | None:
    """A quotient, None without a positive denominator.

    >>> ratio(1, 3), ratio(1, 0), ratio(None, 2)
    (0.333333, None, None)
    """
    return None if above is None or not below or below < 0 else round_cents(above / below, digits)


def compute_dashboard(data: Data) -> dict[str, Any]:
    """Every result by key, for data without faults.

    >>> values = compute_dashboard(EXAMPLE)
    >>> values["survey_nps"], values["sales_to_date"], values["auto.status"][3]
    (33.1, 148730.0, 'red')
    """
    values = _sales(data)
    values |= _survey(data)
    values |= _reasons(data)
    values |= _indicators(data, values)
    values |= _free(data)
    return values


def _column(data: Data, key: str, size: int) -> list[Any]:
    return list(data.get(key) or [None] * size)


def _sales(data: Data) -> dict[str, Any]:
    names = ("target", "actual", "orders", "new", "lost", "spend")
    target, actual, orders, new, lost, spend = (
        _column(data, f"sales.{name}", MONTHS) for name in names
    )
    at_start = data.get("customers_start") or 0
    starts = [at_start + sum(_known(new[:k])) - sum(_known(lost[:k])) for k in range(MONTHS)]
    filled = [any(v is not None for v in row) for row in
              zip(target, actual, orders, new, lost, spend, strict=True)]  # fmt: skip

    def known(k: int, *values: Any) -> bool:
        return filled[k] and all(v is not None for v in values)

    gap = [round_cents(a - t) if known(k, a, t) else None
           for k, (a, t) in enumerate(zip(actual, target, strict=True))]  # fmt: skip
    out: dict[str, Any] = {
        "sales.gap": gap,
        "sales.gap_rate": [ratio(g, t) for g, t in zip(gap, target, strict=True)],
        "sales.basket": [ratio(a, o, 2) for a, o in zip(actual, orders, strict=True)],
        "sales.clients": [
            starts[k] + (new[k] or 0) - (lost[k] or 0)
            if filled[k] and (new[k] is not None or lost[k] is not None) else None
            for k in range(MONTHS)
        ],
        "sales.attrition": [ratio(x, starts[k]) for k, x in enumerate(lost)],
        "sales.cac": [ratio(s, n, 2) for s, n in zip(spend, new, strict=True)],
    }  # fmt: skip
    total = add_cents(*_known(actual))
    billed = [(a, o) for a, o in zip(actual, orders, strict=True) if None not in (a, o)]
    spent = [(s, n) for s, n in zip(spend, new, strict=True) if None not in (s, n)]
    to_date = add_cents(*(t or 0.0 for t, a in zip(target, actual, strict=True) if a is not None))
    attrition = ratio(sum(_known(lost)), at_start) if _known(lost) else None
    out |= {
        "sales_to_date": total if _known(actual) else None,
        "target_to_date": to_date if to_date > 0 else None,
        "basket_to_date": _over(billed),
        "attrition_to_date": attrition,
        "retention_to_date": None if attrition is None else round_cents(1 - attrition, 6),
        "cac_to_date": _over(spent),
    }  # fmt: skip
    return out


def _over(pairs: Sequence[tuple[float, float]]) -> float | None:
    """The sum of the first over the sum of the second: only months that have both count."""
    return ratio(add_cents(*(above for above, _ in pairs)), sum(below for _, below in pairs), 2)


def _known(values: Sequence[Any]) -> list[Any]:
    return [v for v in values if v is not None]


def _survey(data: Data) -> dict[str, Any]:
    names = (
        "promoters", "passives", "detractors", "satisfied", "answers", "easy", "neutral", "hard",
    )  # fmt: skip
    rows = list(zip(*(_column(data, f"survey.{n}", SEGMENTS) for n in names), strict=True))
    per_row = [_scores(row) for row in rows]
    whole = _scores([sum(_known(column)) or None for column in zip(*rows, strict=True)])
    out: dict[str, Any] = {
        f"survey.{key}": [row[key] for row in per_row] for key in ("nps", "csat", "ces")
    }
    return out | {f"survey_{key}": whole[key] for key in ("nps", "csat", "ces")}


def _scores(row: Sequence[Any]) -> dict[str, float | None]:
    """NPS and CES in points with one decimal, CSAT in % with one."""
    promoters, passives, detractors, satisfied, answers, easy, neutral, hard = row
    csat = ratio((satisfied or 0) * 100, answers, 1)
    return {
        "nps": _balance(promoters, passives, detractors),
        "csat": csat,
        "ces": _balance(easy, neutral, hard),
    }


def _balance(good: float | None, middle: float | None, bad: float | None) -> float | None:
    """The share of the good less that of the bad, in points, those in the middle counted."""
    total = sum(_known([good, middle, bad]))
    return ratio(((good or 0) - (bad or 0)) * 100, total, 1)


def _reasons(data: Data) -> dict[str, Any]:
    counts = _column(data, "reasons.count", REASONS)
    total = sum(_known(counts))
    return {"reasons.share": [ratio(c, total) for c in counts]}


def _indicators(data: Data, values: Data) -> dict[str, Any]:
    def percent(key: str) -> float | None:
        return None if values[key] is None else round_cents(values[key] * 100, 1)

    actual = [
        values["sales_to_date"],
        values["basket_to_date"],
        percent("retention_to_date"),
        percent("attrition_to_date"),
        values["survey_nps"],
        values["survey_csat"],
        values["survey_ces"],
        values["cac_to_date"],
    ]
    goals = goals_of(data, values)
    previous = _column(data, "auto.previous", len(KPIS))
    senses = ["down" if key in LOWER_IS_BETTER else "up" for key in KPIS]
    rows = list(zip(actual, goals, senses, strict=True))
    points = [key in IN_POINTS for key in KPIS]
    return {
        "auto.actual": actual,
        "auto.achieved": [
            gap_of(*row) if p else _achieved(*row) for row, p in zip(rows, points, strict=True)
        ],
        "auto.status": [status_of(*row, data, p) for row, p in zip(rows, points, strict=True)],
        "auto.trend": [trend_of(a, p) for a, p in zip(actual, previous, strict=True)],
    }


def goals_of(data: Data, values: Data) -> list[float | None]:
    """The target of each indicator: that of sales is one of twelve months, as far as they passed;
    where it is blank, the sum of the months' targets."""
    sales, *others = _column(data, "auto.target", len(KPIS))
    passed = len(_known(_column(data, "sales.actual", MONTHS)))
    to_date = values["target_to_date"] if sales is None else round_cents(sales * passed / MONTHS)
    return [to_date, *others]


def _free(data: Data) -> dict[str, Any]:
    actual = _column(data, "free.actual", FREE)
    goals = _column(data, "free.target", FREE)
    senses = _column(data, "free.sense", FREE)
    rows = list(zip(actual, goals, senses, strict=True))
    return {
        "free.achieved": [_achieved(*row) for row in rows],
        "free.status": [status_of(*row, data) for row in rows],
        "free.trend": [
            trend_of(a, p)
            for a, p in zip(actual, _column(data, "free.previous", FREE), strict=True)
        ],
    }


def _achieved(actual: float | None, goal: float | None, sense: str | None) -> float | None:
    """Actual / target, or target / actual where smaller is better; None without a positive one."""
    if actual is None or goal is None or goal <= 0:
        return None
    return ratio(goal, actual) if sense == "down" else ratio(actual, goal)


def gap_of(actual: float | None, goal: float | None, sense: str | None) -> float | None:
    """Actual - target, the other way round where smaller is better: below 0 is behind.

    >>> gap_of(90.8, 95, "up"), gap_of(9.2, 5, "down"), gap_of(None, 5, "up")
    (-4.2, -4.2, None)
    """
    if actual is None or goal is None:
        return None
    return round_cents(goal - actual if sense == "down" else actual - goal, 2)


def status_of(
    actual: float | None, goal: float | None, sense: str | None, data: Data, points: bool = False
) -> str | None:
    """Reached once at the target; behind it, by the gap in points, or else by the share achieved.

    >>> [status_of(a, 5, "down", EXAMPLE, True) for a in (0, 5.9, 7, 9.2)]
    ['good', 'good', 'amber', 'red']
    >>> status_of(-61.2, -10, "up", EXAMPLE), status_of(0, 5, "down", EXAMPLE)
    ('red', 'good')
    """
    gap = gap_of(actual, goal, sense)
    if gap is None:
        return None
    share = _achieved(actual, goal, sense)
    if points:
        good, bad = gap >= -data["green_points"], gap < -data["amber_points"]
    else:
        good = share is not None and share >= data["green"]
        bad = share is None or share < data["amber"]
    return "good" if gap >= 0 or good else "red" if bad else "amber"


def trend_of(actual: float | None, previous: float | None) -> str | None:
    """Up, down or steady against the value before."""
    if actual is None or previous is None:
        return None
    return "up" if actual > previous else "down" if actual < previous else "same"

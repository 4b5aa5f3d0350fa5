"""What is wrong in the data of a treasury workbook, before copies are made of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from xlcrm.budget.plan import Due, Line, Plan
from xlcrm.budget.rounding import round_cents
from xlcrm.templates.treasury.choices import CHOICES
from xlcrm.templates.treasury.inputs import ASSETS, DUES, LIABILITIES
from xlcrm.texts import Text

_TEXTS = frozenset("company label party document title statement".split())
_DAYS = frozenset("start issued due".split())
_SIGNED = frozenset("opening.equity tax_balance tax_expense".split())


def plan_faults(cells: Mapping[str, Any], plan: Plan, width: int) -> Iterator[Text]:
    """A sentence for each fault, that names the cell by its key.

    >>> [str(fault.fr) for fault in plan_faults({"sales.1.rate": 20}, Plan(), 6)]
    ['sales.1.rate : 20 dépasse 100 % ; taper 20 % ou 0,2.', 'start : une date est attendue.']
    """
    for key, value in cells.items():
        if value is not None and value != "" and not key.startswith(("scenario.", "items.")):
            yield from _cell_faults(key, value)
    if not isinstance(cells.get("start"), date):
        yield Text("start : une date est attendue.", "start: a date is expected.")
    months = cells.get("months", width)
    if isinstance(months, (int, float)) and not 1 <= months <= width:
        yield Text(
            "months : un nombre de 1 à {n} est attendu.", "months: a number from 1 to {n}."
        ).format(n=width)
    for name in ("sales", "purchases", "investments"):
        for number, line in enumerate(getattr(plan, name), 1):
            key = f"{name}.{number}"
            gaps = [
                m for m in range(1, plan.months + 1) if cells.get(f"{key}.amount.{m}") in (None, "")
            ]
            yield from _line_faults(key, line, gaps)
    yield from _loan_faults(plan)
    yield from _opening_faults(plan)


def _cell_faults(key: str, value: Any) -> Iterator[Text]:
    words = [word for word in key.split(".") if not word.isdigit()]
    last = words[-1]
    shown = {"key": key, "value": value}
    if last in CHOICES:
        if value not in CHOICES[last]:
            yield Text(
                "{key} : « {value} » n'est pas dans la liste.", '{key}: "{value}" is not listed.'
            ).format(**shown)
    elif last in _TEXTS or last in _DAYS:
        return
    elif isinstance(value, bool) or not isinstance(value, (int, float)):
        yield Text("{key} : « {value} » n'est pas un nombre.", '{key}: "{value}" is no number.'
                   ).format(**shown)  # fmt: skip
    elif value < 0 and key not in _SIGNED:
        yield Text("{key} : {value:g} est négatif.", "{key}: {value:g} is negative.").format(
            **shown
        )
    elif value > 1 and _is_share(words):
        typed, part = f"{value:g}", f"{value / 100:g}"
        yield Text(
            f"{key} : {_comma(typed)} dépasse 100 % ; taper {_comma(typed)} % ou {_comma(part)}.",
            f"{key}: {typed} is above 100%; type {typed}% or {part}.",
        )


def _comma(number: str) -> str:
    return number.replace(".", ",")


def _is_share(words: list[str]) -> bool:
    """Whether a cell holds a part of one; the rates of currencies do not."""
    last = words[-1]
    share = last in ("rate", "share") or last.endswith(("_rate", "_cap"))
    return share and words[0] != "currencies"


def _line_faults(key: str, line: Line, gaps: list[int]) -> Iterator[Text]:
    if not any(line.amounts):
        return
    if gaps:
        yield Text(
            "{key} ({label}) : il manque le mois {n} ; saisir 0 si le montant est nul.",
            "{key} ({label}): month {n} is missing; type 0 if there is no amount.",
        ).format(key=key, label=line.label, n=gaps[0])
    total = sum(line.shares)
    if abs(total - 1) > 0.000001:
        yield Text(
            "{key} ({label}) : les parts font {total:g} %, il faut 100 %.",
            "{key} ({label}): the shares make {total:g}%, not 100%.",
        ).format(key=key, label=line.label, total=round(total * 100, 4))


def _loan_faults(plan: Plan) -> Iterator[Text]:
    for number, loan in enumerate(plan.loans, 1):
        if loan.amount and not (1 <= loan.month <= plan.months and loan.count >= 1):
            yield Text(
                "loans.{n} : il faut un mois du budget et au moins une mensualité.",
                "loans.{n}: it takes a month of the budget and at least one instalment.",
            ).format(n=number)
    for number, flow in enumerate(plan.currencies, 1):
        pairs = zip(flow.amounts, flow.rates, strict=False)
        if any(amount and not rate for amount, rate in pairs):
            yield Text(
                "currencies.{n} : un cours manque.", "currencies.{n}: a rate is missing."
            ).format(n=number)


def _opening_faults(plan: Plan) -> Iterator[Text]:
    def total(names: list[str]) -> float:
        items = (getattr(plan.opening, name) for name in names)
        return sum(item.balance if isinstance(item, Due) else item for item in items)

    assets, liabilities = round_cents(total(ASSETS)), round_cents(total(LIABILITIES))
    if assets != liabilities:
        yield Text(
            "Bilan d'ouverture : l'actif ({a:.2f}) et le passif ({b:.2f}) diffèrent.",
            "Opening balance sheet: assets ({a:.2f}) and liabilities ({b:.2f}) differ.",
        ).format(a=assets, b=liabilities)
    for name in DUES:
        due = getattr(plan.opening, name)
        if round_cents(sum(due.months) + due.later - due.balance) != 0:
            yield Text(
                "schedule.{name} : l'échéancier et le bilan d'ouverture diffèrent.",
                "schedule.{name}: the schedule and the opening balance sheet differ.",
            ).format(name=name)

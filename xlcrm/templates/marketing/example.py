"""The worked example: the actions of Marielle Nature for a year, actuals up to the summer."""

from __future__ import annotations

import csv
from datetime import date
from importlib.resources import files
from typing import Any

from xlcrm.budget.marketing import Action, MarketingPlan
from xlcrm.templates.marketing.inputs import FIELDS, Lists, default_lists
from xlcrm.texts import Lang

_OWNERS = ("Léa Morin", "Hugo Perrin", "Inès Caron")
_TRANSLATED = {"name", "kpi", "correction"}


def example_lists(lang: Lang) -> Lists:
    """The lists of the example."""
    lists = default_lists(lang)
    return Lists(lists.theme, lists.channel, lists.segment, _OWNERS)


def example_plan(lang: Lang) -> MarketingPlan:
    """Fourteen actions of a year, with their plan, their funnel and the first actuals.

    >>> plan = example_plan("fr")
    >>> len(plan.actions), plan.actions[0].name
    (14, 'Salon bien-être de Paris (stand)')
    """
    lists = example_lists(lang)
    lines = files("xlcrm.data").joinpath("marketing_example.csv").read_text("utf-8").splitlines()
    rows = csv.DictReader(line for line in lines if not line.startswith("#"))
    return MarketingPlan(
        start=date(2027, 1, 1),
        actions=tuple(_action(row, lists, lang) for row in rows),
        company="Marielle Nature",
        hourly=28.0,
        margin_rate=0.55,
        csr_target=0.10,
    )


def _action(row: dict[str, str], lists: Lists, lang: Lang) -> Action:
    values: dict[str, Any] = {}
    for field in FIELDS:
        text = row[f"{field.key}_{lang}" if field.key in _TRANSLATED else field.key]
        if not text:
            continue
        if field.listed:
            values[field.key] = lists.of(field.listed)[int(text)]
        elif field.kind == "date":
            values[field.key] = date.fromisoformat(text)
        elif field.key == "csr":
            values["csr"] = True
        elif field.key in ("priority", "delay"):
            values[field.key] = int(text)
        elif field.kind == "text":
            values[field.key] = text
        else:
            values[field.key] = float(text)
    return Action(**values)

"""The inputs of the marketing budget: a plan as cells by key, and cells back as a plan.

Keys are stable words: `csr_target`, `channel.3`, `action.external.12`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from xlcrm.budget.marketing import MOST_DELAY, Action, MarketingPlan
from xlcrm.budget.months import month_after
from xlcrm.templates.builder import YES_NO, Choices
from xlcrm.templates.style import CellKind
from xlcrm.texts import Lang, Text

ROWS = 30  # actions of an empty budget; a longer list makes a longer table
COUNTS = {"theme": 6, "channel": 10, "segment": 8, "owner": 6}
PRIORITY: Choices = {
    "1": Text("Haute", "High"),
    "2": Text("Moyenne", "Medium"),
    "3": Text("Basse", "Low"),
}
CAUSES: Choices = {
    "price": Text("Prix du fournisseur", "Supplier's price"),
    "volume": Text("Volume différent", "Other volume"),
    "late": Text("Retard ou report", "Late or postponed"),
    "scope": Text("Périmètre modifié", "Scope changed"),
    "cancelled": Text("Action annulée", "Action cancelled"),
    "posting": Text("Erreur d'imputation", "Posting error"),
    "other": Text("Autre", "Other"),
}
FIRST_DAY, LAST_DAY = date(1990, 1, 1), date(2099, 12, 31)


@dataclass(frozen=True, slots=True)
class Lists:
    """The words that actions choose from."""

    theme: tuple[str, ...] = ()
    channel: tuple[str, ...] = ()
    segment: tuple[str, ...] = ()
    owner: tuple[str, ...] = ()

    def of(self, name: str) -> tuple[str, ...]:
        """The words of a list, by its name: theme, channel, segment, owner."""
        return tuple(getattr(self, name))


@dataclass(frozen=True, slots=True)
class Field:
    """A column of inputs of the actions."""

    key: str
    label: Text
    width: float
    kind: CellKind = "text"
    choices: Choices | None = None
    listed: str = ""  # chosen from that list of the settings
    help: Text | None = None


IDENTITY = (
    Field("code", Text("Code", "Code"), 9, help=Text(
        "Code analytique ou comptable : il sert à placer le réalisé.",
        "Analytic or accounting code: it places the actuals.")),
    Field("name", Text("Action", "Action"), 30),
    Field("theme", Text("Thème", "Theme"), 14, listed="theme"),
    Field("segment", Text("Segment ou persona", "Segment or persona"), 21, listed="segment"),
    Field("channel", Text("Canal", "Channel"), 16, listed="channel"),
    Field("start", Text("Début", "Start"), 11, "date"),
    Field("end", Text("Fin", "End"), 11, "date", help=Text(
        "Vide : l'action dure un mois.", "Blank: the action lasts one month.")),
    Field("priority", Text("Priorité", "Priority"), 10, choices=PRIORITY),
    Field("owner", Text("Responsable", "Owner"), 14, listed="owner"),
    Field("csr", Text("RSE", "CSR"), 7, choices=YES_NO, help=Text(
        "Action responsable (environnement, social) : oui ou non.",
        "Sustainable action (environment, social): yes or no.")),
    Field("kpi", Text("Indicateur", "KPI"), 22),
    Field("target", Text("Objectif", "Target"), 10, "number"),
)  # fmt: skip
PLANNED = (
    Field("external", Text("Coût externe HT", "External cost"), 12, "amount", help=Text(
        "Achats et prestations, hors taxes.", "Purchases and services, without VAT.")),
    Field("vat_rate", Text("TVA", "VAT"), 8, "percent", help=Text(
        "Vide : le taux des paramètres.", "Blank: the rate of the settings.")),
    Field("delay", Text("Délai (mois)", "Delay (months)"), 8, "integer", help=Text(
        "Mois entre la facture et le paiement, de 0 à 4. Vide : celui des paramètres.",
        "Months from invoice to payment, 0 to 4. Blank: that of the settings.")),
    Field("hours", Text("Heures internes", "Internal hours"), 9, "number"),
    Field("hourly", Text("Taux horaire", "Hourly rate"), 9, "amount", help=Text(
        "Vide : le taux des paramètres.", "Blank: the rate of the settings.")),
    Field("partner", Text("Contribution partenaires", "Partners' part"), 12, "amount"),
)  # fmt: skip
ACTUAL = (
    Field("committed", Text("Engagé HT", "Committed"), 12, "amount", help=Text(
        "Commandes signées, hors taxes.", "Orders signed, without VAT.")),
    Field("actual", Text("Réalisé HT", "Actual"), 12, "amount", help=Text(
        "Coût externe facturé, hors taxes. Vide tant que rien n'est connu.",
        "External cost invoiced, without VAT. Blank while nothing is known.")),
    Field("actual_hours", Text("Heures réalisées", "Actual hours"), 9, "number"),
    Field("result", Text("Résultat", "Result"), 10, "number"),
)  # fmt: skip
FUNNEL = (
    Field("contacts", Text("Contacts", "Contacts"), 10, "integer"),
    Field("leads", Text("Prospects", "Leads"), 10, "integer"),
    Field("sales", Text("Ventes", "Sales"), 10, "integer"),
    Field("new_customers", Text("Nouveaux clients", "New customers"), 10, "integer"),
    Field("basket", Text("Panier HT", "Basket"), 10, "amount"),
    Field("margin_rate", Text("Taux de marge", "Margin rate"), 9, "percent", help=Text(
        "Vide : le taux des paramètres.", "Blank: the rate of the settings.")),
)  # fmt: skip
REACHED = (
    Field("actual_contacts", Text("Contacts", "Contacts"), 10, "integer"),
    Field("actual_leads", Text("Prospects", "Leads"), 10, "integer"),
    Field("actual_sales", Text("Ventes", "Sales"), 10, "integer"),
    Field("actual_new", Text("Nouveaux clients", "New customers"), 10, "integer"),
    Field("actual_revenue", Text("CA HT", "Revenue"), 12, "amount"),
)
REMARKS = (
    Field("cause", Text("Cause", "Cause"), 20, choices=CAUSES),
    Field("correction", Text("Action corrective", "Corrective action"), 56),
)
FIELDS = (*IDENTITY, *PLANNED, *ACTUAL, *FUNNEL, *REACHED, *REMARKS)
SETTINGS = (
    "vat_rate delay hourly margin_rate partner_delay amber red reached missed csr_target"
).split()


def cells_of(plan: MarketingPlan, lists: Lists) -> dict[str, Any]:
    """Every input of the workbook for a plan and its lists.

    >>> plan = MarketingPlan(date(2027, 1, 1), (Action("Salon", csr=True),))
    >>> cells = cells_of(plan, Lists(channel=("SMS",)))
    >>> cells["action.name.1"], cells["action.csr.1"], cells["channel.1"]
    ('Salon', 'yes', 'SMS')
    """
    cells: dict[str, Any] = {"company": plan.company or None, "start": plan.start}
    cells |= {name: getattr(plan, name) for name in SETTINGS}
    cells |= {f"cut.{k + 1}": cut for k, cut in enumerate(plan.cuts)}
    for name, count in list_counts(lists).items():
        words = [*lists.of(name), *[None] * count][:count]
        cells |= {f"{name}.{k + 1}": word for k, word in enumerate(words)}
    for number, action in enumerate(plan.actions, start=1):
        for field in FIELDS:
            cells[f"action.{field.key}.{number}"] = _cell_of(action, field.key)
    return cells


def list_counts(lists: Lists) -> dict[str, int]:
    """How many rows each list has: at least those of an empty budget."""
    return {name: max(count, len(lists.of(name))) for name, count in COUNTS.items()}


def _cell_of(action: Action, key: str) -> Any:
    value = getattr(action, key)
    if key == "csr":
        return "yes" if value else "no" if action.name else None
    if key == "priority":
        return None if value is None else str(value)
    return None if value == "" else value


def plan_of(cells: Mapping[str, Any], rows: int) -> MarketingPlan:
    """The plan that cells hold, read as the formulas read them: a text in a number cell is 0.

    >>> plan = MarketingPlan(date(2027, 1, 1), (Action("Salon", priority=1),))
    >>> plan_of(cells_of(plan, Lists()), 1) == plan
    True
    """
    read = _Reader(cells)
    start = read.day("start")
    default = MarketingPlan(date(2027, 1, 1))
    numbers = {name: read.number(name) for name in SETTINGS}
    given = {k: v for k, v in numbers.items() if v is not None}
    for name in ("delay", "partner_delay"):
        if name in given:
            given[name] = int(min(MOST_DELAY, max(0, given[name])))
    return MarketingPlan(
        start=month_after(start, 0) if start else default.start,
        actions=tuple(read.action(number) for number in range(1, rows + 1)),
        company=str(cells.get("company") or ""),
        cuts=tuple(read.number(f"cut.{k}") or 0.0 for k in (1, 2, 3)),  # type: ignore[arg-type]
        **given,  # type: ignore[arg-type]
    )


def lists_of(cells: Mapping[str, Any]) -> Lists:
    """The lists that cells hold."""
    found: dict[str, tuple[str, ...]] = {}
    for name in COUNTS:
        keys = sorted((k for k in cells if k.startswith(f"{name}.")), key=_number_of)
        found[name] = tuple(str(cells[k]) for k in keys if cells[k] not in (None, ""))
    return Lists(**found)


def _number_of(key: str) -> int:
    return int(key.rsplit(".", 1)[1])


class _Reader:
    """Reads cells as the formulas of the workbook do."""

    def __init__(self, cells: Mapping[str, Any]) -> None:
        self.cells = cells

    def number(self, key: str) -> float | None:
        value = self.cells.get(key)
        if value is None or value == "":
            return None
        return float(value) if _is_number(value) else 0.0

    def day(self, key: str) -> date | None:
        value = self.cells.get(key)
        day = value.date() if isinstance(value, datetime) else value
        return day if isinstance(day, date) and FIRST_DAY <= day <= LAST_DAY else None

    def text(self, key: str) -> str:
        value = self.cells.get(key)
        return "" if value is None else str(value)

    def action(self, number: int) -> Action:
        values: dict[str, Any] = {}
        for field in FIELDS:
            key = f"action.{field.key}.{number}"
            if field.kind == "date":
                values[field.key] = self.day(key)
            elif field.key == "csr":
                values["csr"] = self.cells.get(key) == "yes"
            elif field.key == "priority":
                values["priority"] = int(self.text(key)) if self.text(key) in PRIORITY else None
            elif field.kind == "text":
                values[field.key] = self.text(key)
            else:
                values[field.key] = self.number(key)
        if self.text(f"action.end.{number}") and values["end"] is None:
            values["start"] = None  # an unreadable end is no end
        if values["delay"] is not None:
            values["delay"] = int(values["delay"])
        return Action(**values)


def _is_number(value: Any) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def default_lists(lang: Lang) -> Lists:
    """The lists of an empty budget."""
    return Lists(
        theme=_split(
            Text("Conquête|Fidélisation|Satisfaction|Notoriété",
                 "Acquisition|Loyalty|Satisfaction|Awareness"), lang),
        channel=_split(
            Text("E-mail|SMS|Téléphone|Courrier|Réseaux sociaux|Publicité en ligne|Salon|Magasin|"
                 "Site web|Presse",
                 "E-mail|SMS|Phone|Post|Social media|Online ads|Trade fair|Shop|Web site|Press"),
            lang),
        segment=_split(
            Text("Très bons clients|Bons clients|Clients tièdes|Clients inactifs|"
                 "Prospects particuliers|Prospects professionnels",
                 "Very good customers|Good customers|Lukewarm customers|Inactive customers|"
                 "Private prospects|Business prospects"), lang),
        owner=(),
    )  # fmt: skip


def _split(words: Text, lang: Lang) -> tuple[str, ...]:
    return tuple(words.in_(lang).split("|"))

"""Reading lists of actions and accounting exports: which column is what."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from xlcrm import cells
from xlcrm.books.book import Grid
from xlcrm.budget.months import month_after
from xlcrm.columns import fold
from xlcrm.commands.job import Anomaly, Job
from xlcrm.errors import ArgumentError
from xlcrm.templates.marketing.inputs import FIELDS
from xlcrm.texts import Text

_DEEPEST_HEADER = 20
_MORE: dict[str, str] = {
    "name": "action|actions|campagne|operation|intitule|libelle|designation|nom de l action|nom|"
    "campaign|name|label",
    "code": "code|code analytique|code action|ref|reference|analytic code|section analytique",
    "theme": "theme|axe|thematique|topic",
    "segment": "segment|persona|cible|public|public vise|audience|target audience",
    "channel": "canal|channel|media|support",
    "start": "debut|date de debut|date debut|du|mois|start|start date|month|from",
    "end": "fin|date de fin|date fin|au|end|end date|until",
    "priority": "priorite|priority",
    "owner": "responsable|pilote|porteur|owner",
    "csr": "rse|durable|csr|sustainable",
    "kpi": "kpi|indicateur|indicator",
    "target": "objectif|cible chiffree|target|objective|goal",
    "external": "cout externe|cout externe ht|budget|budget ht|budget prevu|cout|cout ht|"
    "cout prevu|montant|montant ht|montant prevu|prevu|prevu ht|external cost|cost|planned|"
    "planned cost",
    "vat_rate": "tva|taux de tva|vat|vat rate",
    "delay": "delai|delai mois|delai de paiement|delay|payment delay",
    "hours": "heures|heures internes|temps|temps passe|hours|internal hours",
    "hourly": "taux horaire|cout horaire|cout de l heure|hourly rate",
    "partner": "partenaire|partenaires|contribution|contributions|contribution partenaires|"
    "contribution partenaire|participation|subvention|partner|partners|partners part|"
    "partner contribution|partner contributions|partners contribution",
    "committed": "engage|engage ht|commande|committed",
    "actual": "realise|realise ht|cout reel|depense|depenses|actual|actual cost|spent",
    "actual_hours": "heures realisees|heures reelles|actual hours",
    "result": "resultat|resultat kpi|result",
    "contacts": "contacts|contacts prevus|contacts vises|planned contacts",
    "leads": "prospects|prospects prevus|leads|planned leads",
    "sales": "ventes|ventes prevues|sales|planned sales",
    "new_customers": "nouveaux clients|new customers",
    "basket": "panier|panier ht|panier moyen|ca par vente|basket|average basket",
    "margin_rate": "taux de marge|marge|margin rate|margin",
    "actual_contacts": "contacts realises|contacts obtenus|actual contacts",
    "actual_leads": "prospects realises|prospects obtenus|actual leads",
    "actual_sales": "ventes realisees|ventes obtenues|actual sales",
    "actual_new": "nouveaux clients realises|actual new customers",
    "actual_revenue": "ca realise|ca obtenu|chiffre d affaires realise|actual revenue",
    "cause": "cause",
    "correction": "action corrective|correction|corrective action",
}
ACTION_LABELS: dict[str, tuple[str, ...]] = {
    field.key: (fold(field.label.fr), fold(field.label.en), *_MORE[field.key].split("|"))
    for field in FIELDS
}
_MONTH = re.compile(r"(\d{1,2})[/.-](\d{4})")
_NAMED = re.compile(r"((?:[12]?\d|3[01])(?:er)? )?([^\W\d]+)\.?[ -](\d{4})")
_MONTHS = (
    "janv jan|fev feb|mars mar|avr apr|mai may|juin jun|juil jul|aout aug|sept sep|oct|nov|dec"
).split("|")
_UNIT = re.compile(r"(?<=\d)\s*(h|heures?|hours?|mois|months?)$", re.IGNORECASE)
_COMPACT = re.compile(r"(19|20)\d{6}")  # 20270315, as ledgers write a day


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a list: its cells by meaning, and its place in the sheet."""

    sheet: str
    number: int
    cells: Mapping[str, Any]
    labels: Mapping[str, str]
    unread: tuple[str, ...] = ()  # labels that say what another column says already


def rows_of(
    grid: Grid, labels: Mapping[str, tuple[str, ...]], needed: tuple[frozenset[str], ...]
) -> list[Row]:
    """The rows under the header; none where no header has one of each of the `needed` groups."""
    found = _header(grid, labels, needed)
    if found is None:
        return []
    at, columns = found
    named = {key: str(grid.rows[at][col]) for key, col in columns.items()}
    known = {name for names in labels.values() for name in names}
    unread = tuple(
        label
        for col, label in enumerate(grid.rows[at])
        if isinstance(label, str) and fold(label) in known and col not in columns.values()
    )
    rows = []
    for offset, line in enumerate(grid.rows[at + 1 :], at + 1):
        values = {key: line[col] for key, col in columns.items() if col < len(line)}
        if any(not cells.is_blank(value) for value in values.values()):
            rows.append(Row(grid.sheet, grid.top + offset, values, named, unread))
    return rows


def _header(
    grid: Grid, labels: Mapping[str, tuple[str, ...]], needed: tuple[frozenset[str], ...]
) -> tuple[int, dict[str, int]] | None:
    best: tuple[int, dict[str, int]] | None = None
    for index, line in enumerate(grid.rows[:_DEEPEST_HEADER]):
        columns = _columns(line, labels)
        if any(not group & columns.keys() for group in needed):
            continue
        if best is None or len(columns) > len(best[1]):
            best = index, columns
    return best


def _columns(line: list[Any], labels: Mapping[str, tuple[str, ...]]) -> dict[str, int]:
    folded = [fold(value) if isinstance(value, str) else "" for value in line]
    columns: dict[str, int] = {}
    for key, names in labels.items():
        for name in names:
            free = [
                k for k, text in enumerate(folded) if text == name and k not in columns.values()
            ]
            if free:
                columns[key] = free[0]
                break
    return columns


def read_number(job: Job, row: Row, key: str) -> float | None:
    """The number of a cell, also with its unit (8 h); a text that is none is an anomaly, and
    counts as blank."""
    value = row.cells.get(key)
    if isinstance(value, str):
        value = _UNIT.sub("", value.strip())
    try:
        return cells.to_number(value)
    except ArgumentError:
        note(job, row, key, Text("Nombre illisible.", "Unreadable number."))
        return None


def read_day(job: Job, row: Row, key: str) -> date | None:
    """The date of a cell; a month (03/2027, mars 2027) is its first day, as an end its last;
    20270315 is a day."""
    value = row.cells.get(key)
    if isinstance(value, str):
        if month := _month(value):
            return month if key != "end" else month_after(month, 1) - timedelta(days=1)
        if (match := _NAMED.fullmatch(value.strip())) and (number := _named(match[2])):
            value = f"{match[3]}-{number}-{re.sub('[a-z ]', '', match[1] or '')}"
    if _COMPACT.fullmatch(compact := cells.to_label(value) or ""):
        value = f"{compact[:4]}-{compact[4:6]}-{compact[6:]}"
    try:
        return cells.to_date(value)
    except ArgumentError:
        note(job, row, key, Text("Date illisible.", "Unreadable date."))
        return None


def _month(text: str) -> date | None:
    """The first day of "03/2027", "mars 2027", "sept. 2027", "January 2027"."""
    if match := _MONTH.fullmatch(text.strip()):
        number, year = int(match[1]), int(match[2])
        return date(year, number, 1) if 1 <= number <= 12 else None
    match = _NAMED.fullmatch(text.strip())
    number = _named(match[2]) if match and not match[1] else 0
    return date(int(match[3]), number, 1) if match and number else None


def _named(word: str) -> int:
    """The number of a month by its name or the first letters of it; 0 for no month."""
    word = fold(word)
    for number, names in enumerate(_MONTHS, 1):
        if len(word) >= 3 and any(word.startswith(name) for name in names.split()):
            return number
    return 0


def note(job: Job, row: Row, key: str, problem: Text) -> None:
    """Keep what could not be used, with its place."""
    missing = next((field.label.in_(job.lang) for field in FIELDS if field.key == key), key)
    label = row.labels.get(key, missing)
    job.anomalies.append(Anomaly(row.sheet, row.number, label, row.cells.get(key), problem))

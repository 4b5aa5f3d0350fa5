"""The plan that a command works on: a marketing workbook, or a list of actions."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date
from difflib import get_close_matches
from typing import Any

from xlcrm import cells
from xlcrm.budget.marketing import Action, MarketingPlan
from xlcrm.columns import fold
from xlcrm.commands.job import Job
from xlcrm.commands.marketing_columns import (
    ACTION_LABELS,
    Row,
    note,
    read_day,
    read_number,
    rows_of,
)
from xlcrm.commands.target_list import target_list
from xlcrm.commands.template_books import sheets_to_search
from xlcrm.errors import ArgumentError, NothingFound, SourceError
from xlcrm.templates.marketing.inputs import CAUSES, COUNTS, FIELDS, PRIORITY, Lists, default_lists
from xlcrm.templates.marketing.reading import holds_marketing, read_marketing
from xlcrm.texts import Text, listed

_COSTS = frozenset({"external", "hours", "actual", "committed"})
_UNDATED = Text(
    "Sans date de début : coût compté, mais sans mois.",
    "No start date: the cost counts, but in no month.",
)
_BACKWARDS = Text(
    "L'action finit avant de commencer : coût compté, mais sans mois.",
    "The action ends before it starts: the cost counts, but in no month.",
)
_TOTALS = {"total", "totaux", "total general", "totals", "grand total"}
_PARTIAL = ("total ", "sous total", "subtotal")


@dataclass(frozen=True, slots=True)
class Planned:
    """The plan, its lists, and the sheets that hold it (which are no accounting export)."""

    plan: MarketingPlan
    lists: Lists
    sheets: list[str]
    listed: bool = True  # from a list, which has no defaults of its own
    more: dict[str, Any] = field(default_factory=dict)  # what else the workbook holds


def planned_actions(job: Job, start: date | None = None) -> Planned:
    """Read the marketing workbook that the book is, or the list of actions in one of its sheets.

    `start` is the first month of a list, by default January of its first action. Raises
    NothingFound where there is neither.
    """
    if holds_marketing(job.book):
        filled = read_marketing(job.book)
        if not filled.plan.actions:
            raise NothingFound(
                fr=f"{job.book.name} n'a pas encore d'action : remplissez ses cellules jaunes.",
                en=f"{job.book.name} has no action yet: fill in its yellow cells.",
            )
        return Planned(filled.plan, filled.lists, filled.sheets, False, filled.more)
    rows = _rows(job)
    actions = _with_target(job, tuple(_action(job, row) for row in rows))
    first = min((a.start for a in actions if a.start), default=job.as_of)
    plan = MarketingPlan(start=(start or first.replace(month=1)).replace(day=1), actions=actions)
    _tell_faults(job, rows, plan)
    _tell_channels(job, actions)
    return Planned(plan, _lists(job, actions), [rows[0].sheet])


def _rows(job: Job) -> list[Row]:
    needed = (frozenset({"name", "code"}), _COSTS)
    names = sorted(sheets_to_search(job), key=lambda name: name != job.book.active())
    best: list[Row] = []
    for name in names:
        rows = rows_of(job.book.read(name), ACTION_LABELS, needed)
        rows = [row for row in rows if not _is_total(row)]
        if rows and (not best or len(rows[0].cells) > len(best[0].cells)):
            best = rows
            if name == job.sheet:  # where the user stands
                break
    if not best:
        raise NothingFound(
            fr=f"Aucune liste d'actions dans {job.book.name} : il faut une ligne d'en-tête avec "
            f"Action et Coût externe (ou Budget, Heures). Feuilles : {listed(names)}.",
            en=f"No list of actions in {job.book.name}: a header row with Action and External "
            f"cost (or Budget, Hours) is needed. Sheets: {listed(names)}.",
        )
    return best


def _is_total(row: Row) -> bool:
    """A line of totals; "Total Conquête" is one too, where it has no date."""
    words = [fold(v) for v in row.cells.values() if isinstance(v, str)]
    undated = cells.is_blank(row.cells.get("start"))
    return any(w in _TOTALS or (undated and w.startswith(_PARTIAL)) for w in words)


def _action(job: Job, row: Row) -> Action:
    values: dict[str, Any] = {}
    for item in FIELDS:
        if item.key not in row.cells:
            continue
        if item.kind == "date":
            values[item.key] = read_day(job, row, item.key)
        elif item.key == "csr":
            values["csr"] = _flag(job, row)
        elif item.key == "priority":
            values["priority"] = _priority(job, row)
        elif item.key == "cause":
            values["cause"] = _cause(row)
        elif item.kind == "text":
            values[item.key] = cells.to_text(row.cells[item.key]) or ""
        else:
            values[item.key] = read_number(job, row, item.key)
    if values.get("delay") is not None:
        values["delay"] = int(values["delay"])
    for key in ("vat_rate", "margin_rate"):
        rate = values.get(key)
        if rate is not None and 1 < rate <= 100:  # 20 typed for 20 %
            values[key] = rate / 100
    return Action(**values)


def _with_target(job: Job, actions: tuple[Action, ...]) -> tuple[Action, ...]:
    """The action that the target list of the workbook was made for reaches its contacts."""
    try:
        found = target_list(job.book)
    except SourceError:  # it kept nobody
        return actions
    name = fold(found.action) if found else ""
    same = [n for n, action in enumerate(actions) if name and fold(action.name) == name]
    if found is None or len(same) != 1:
        return actions
    number = same[0]
    size, planned = len(found.source.frame), actions[number].contacts
    if planned is None:
        job.say(
            "« {name} » : {size} contact(s), (celui|ceux) de la cible.",
            '"{name}": {size} contact(s), (that|those) of the target list.',
            name=found.action, size=size,
        )  # fmt: skip
        filled = replace(actions[number], contacts=float(size))
        return (*actions[:number], filled, *actions[number + 1 :])
    if planned != size:
        job.say(
            "« {name} » : {planned} contact(s) prévu(s), mais {size} dans la cible.",
            '"{name}": {planned} contact(s) planned, but {size} in the target list.',
            name=found.action, size=size, planned=f"{planned:g}",
        )  # fmt: skip
    return actions


def _flag(job: Job, row: Row) -> bool:
    try:
        return bool(cells.to_flag(row.cells["csr"]))
    except ArgumentError:
        note(job, row, "csr", Text("Oui ou non attendu.", "Yes or no expected."))
        return False


def _priority(job: Job, row: Row) -> int | None:
    written = cells.to_text(row.cells["priority"])
    if written is None:
        return None
    for key, text in PRIORITY.items():
        if fold(written) in (key, f"p{key}", fold(text.fr), fold(text.en)):
            return int(key)
    note(job, row, "priority", Text("Priorité inconnue : comptée comme basse.",
                                    "Unknown priority: counted as low."))  # fmt: skip
    return None


def _cause(row: Row) -> str:
    written = cells.to_text(row.cells["cause"]) or ""
    for key, text in CAUSES.items():
        if fold(written) in (key, fold(text.fr), fold(text.en)):
            return key
    return written


def _lists(job: Job, actions: tuple[Action, ...]) -> Lists:
    """The words of the actions, then the usual ones while there is room."""
    usual = default_lists(job.lang)
    found: dict[str, tuple[str, ...]] = {}
    for name, count in COUNTS.items():
        words: dict[str, str] = {}
        for action in actions:
            word = getattr(action, name)
            if word:
                words.setdefault(word.casefold(), word)
        for word in usual.of(name):
            if len(words) < count:
                words.setdefault(word.casefold(), word)
        found[name] = tuple(words.values())
    return Lists(**found)


def _tell_channels(job: Job, actions: tuple[Action, ...]) -> None:
    """Channels that are not among the usual ones, which may be slips: "Emial"."""
    usual = {fold(word): word for word in default_lists(job.lang).channel}
    unknown = {fold(a.channel): a.channel for a in actions if a.channel}
    told = []
    for key in sorted(unknown.keys() - usual.keys()):
        close = get_close_matches(key, usual, 1, 0.7)
        told.append(f"{unknown[key]} ({usual[close[0]]} ?)" if close else unknown[key])
    if told:
        job.say(
            "Canaux hors de la liste habituelle, ajoutés aux paramètres du budget : {words}.",
            "Channels outside the usual list, added to the settings of the budget: {words}.",
            words=listed(told),
        )


def _tell_faults(job: Job, rows: list[Row], plan: MarketingPlan) -> None:
    """What is wrong in a list and would go unnoticed: each with its place."""
    for label in rows[0].unread:
        job.say(
            "Colonne « {label} » non lue : une autre colonne dit la même chose ({others}).",
            'Column "{label}" is not read: another column says the same ({others}).',
            label=label,
            others=listed(rows[0].labels.values(), job.lang),
        )
    names: dict[str, int] = {}
    codes: dict[str, int] = {}
    for row, action in zip(rows, plan.actions, strict=True):
        key = fold(action.name)
        if not key:
            note(job, row, "name", Text("Action sans nom.", "Action without a name."))
        elif key in names:
            note(job, row, "name", Text(f"Même nom qu'à la ligne {names[key]}.",
                                        f"Same name as row {names[key]}."))  # fmt: skip
        names.setdefault(key, row.number)
        code = fold(action.code)
        if code and codes.setdefault(code, row.number) != row.number:
            note(job, row, "code", Text(
                f"Même code qu'à la ligne {codes[code]} : le réalisé ne les distingue pas.",
                f"Same code as row {codes[code]}: actual costs cannot tell them apart."))  # fmt: skip
        if action.start is None:
            note(job, row, "start", _UNDATED)
        elif action.end and action.end < action.start:
            note(job, row, "end", _BACKWARDS)
        for key in ("external", "hours", "partner", "actual"):
            value = getattr(action, key)
            if value is not None and value < 0:
                note(job, row, key, Text("Valeur négative : comptée pour 0.",
                                         "Negative value: counted as 0."))  # fmt: skip
        if action.target == 0:
            note(job, row, "target", Text("Objectif nul : atteinte non calculée.",
                                          "Target of zero: no achievement computed."))  # fmt: skip

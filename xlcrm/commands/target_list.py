"""The target list that a workbook holds, and what was noted on it.

The commands that go on from it read it; the command that makes it again keeps the notes.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from xlcrm import cells
from xlcrm.books.book import Book
from xlcrm.columns import fold
from xlcrm.commands.job import Anomaly, Job
from xlcrm.commands.source import Source, read_source
from xlcrm.commands.tables import KNOWN_BY
from xlcrm.contacts.consent_rules import CHANNELS
from xlcrm.errors import RequestError, SourceError
from xlcrm.texts import Text

RESULT = Text(fr="Résultat", en="Result")
GONE = Text(
    fr="noté sur la cible d'avant, où ce contact n'est plus",
    en="noted on the list before, on which this contact is no more",
)

_Row = tuple[dict[str, str], Anomaly | None]  # who, and what was noted beside

_ACTION = re.compile(r"(?:Cible|Target) – (.+)")
_CHANNEL = re.compile(r"(?:Canal|Channel) ?: (.+?), (?:le|on) \d\d/\d\d/\d{4}")


@dataclass(frozen=True, slots=True)
class TargetList:
    """The contacts that the command "target" kept, its action, and its channel by key."""

    action: str
    channel: str | None
    source: Source


def target_list(book: Book) -> TargetList | None:
    """The list of the last run of "target"; None where it never ran.

    Raises SourceError where it kept nobody.
    """
    sheet = book.made().get("target")
    if sheet is None:
        return None
    heads = [str(value) for row in book.read(sheet).rows[:4] for value in row if value]
    action = next((found[1] for text in heads if (found := _ACTION.match(text))), "")
    channel = next((found[1] for text in heads if (found := _CHANNEL.match(text))), "")
    known = [key for key, text in CHANNELS.items() if fold(channel) in _words(key, text)]
    return TargetList(action, known[0] if known else None, read_source(book, sheet))


def _words(key: str, text: Text) -> tuple[str, ...]:
    return key, fold(text.fr), fold(text.en)


def noted_results(job: Job, action: str, frame: pd.DataFrame, kept: list[int]) -> list[Any]:
    """What the user noted beside each contact when the list is made again; None for nothing.

    What was noted beside a contact who is not on the list any more goes to the anomalies. Raises
    RequestError where the notes are those of another action.
    """
    noted = _noted(job, action)
    if not noted:
        return [None] * len(kept)
    known_by = frame[[key for key in KNOWN_BY if key in frame]]
    values = []
    for row in known_by.iloc[kept].to_dict("records"):
        texts = _texts(row)
        found = _take(noted.get(_key(texts), []), texts)
        values.append(found.value if found else None)
    job.anomalies.extend(a for rows in noted.values() for _, a in rows if a)
    return values


def _take(rows: list[_Row], texts: dict[str, str]) -> Anomaly | None:
    """What was noted on the row that says the same, else on the first that is left."""
    same = (place for place, (before, _) in enumerate(rows) if before == texts)
    return rows.pop(next(same, 0))[1] if rows else None


def _noted(job: Job, action: str) -> dict[tuple[str, ...], list[_Row]]:
    """The rows of the list before, by contact: several may share an e-mail."""
    try:
        before = target_list(job.book)
    except SourceError:
        return {}
    if before is None:
        return {}
    source = before.source
    label = next((name for name in (RESULT.fr, RESULT.en) if source.has(name)), None)
    values = [] if label is None else source.frame[label].tolist()
    found = {at: value for at, value in enumerate(values) if not cells.is_blank(value)}
    if not found:
        return {}
    if before.action and before.action != action:
        sheet = job.book.made()["target"]
        raise RequestError(
            fr="La feuille « {sheet} » porte {n} résultat(s) pour l'action « {action} ». Copiez-la "
            "(la copie est à vous), puis videz sa colonne {result} et relancez.",
            en='The sheet "{sheet}" bears {n} result(s) for the action "{action}". Copy it (the '
            "copy is yours), then empty its column {result} and run again.",
            sheet=sheet,
            n=len(found),
            action=before.action,
            result=RESULT,
        )
    rows: dict[tuple[str, ...], list[_Row]] = {}
    for at, row in enumerate(source.frame.to_dict("records")):
        texts = _texts(row)
        place = source.sheets[at], source.rows[at], RESULT.in_(job.lang)
        noted = Anomaly(*place, found[at], GONE) if at in found else None
        rows.setdefault(_key(texts), []).append((texts, noted))
    return rows


def _texts(row: Mapping[Any, Any]) -> dict[str, str]:
    return {key: fold(cells.to_label(row.get(key)) or "") for key in KNOWN_BY}


def _key(texts: dict[str, str]) -> tuple[str, ...]:
    """A contact by number, else by e-mail, else by name and place."""
    for key in KNOWN_BY[:2]:
        if texts[key]:
            return key, texts[key]
    return tuple(texts.values())

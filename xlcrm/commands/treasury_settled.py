"""What an export of invoices says of their settlement: a part paid, a date, a yes, a status."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from xlcrm import cells
from xlcrm.columns import fold
from xlcrm.commands.job import Anomaly, Job
from xlcrm.commands.treasury_columns import LABELS, Line, plain_label
from xlcrm.errors import ArgumentError
from xlcrm.texts import Text, listed

Meaning = Literal["part", "date", "state", "status"]

_PAID = r"(?:(?:paye|regle|encaisse|acquitte)e?s?|soldees?|paid|settled|received)"
_OF_PAYMENT = r"(?:paiement|reglement|encaissement|payment|settlement)"
_DEPOSIT = rf"(?:acomptes?|deposit)(?: (?:verses?|recus?|deja verses?|{_PAID}))?"
# Labels of columns, folded; a state may hold an amount or a date as well.
_LABELS: tuple[tuple[Meaning, re.Pattern[str]], ...] = (
    ("part", re.compile(
        rf"(?:montants?|total|somme|amount)(?: deja)? {_PAID}|(?:montant )?{_DEPOSIT}"
        rf"|montant (?:du |des )?(?:d |de l )?(?:{_OF_PAYMENT}|acompte)s?")),
    ("date", re.compile(
        rf"(?:date|jour) (?:du |de |d )?{_OF_PAYMENT}|(?:facture )?{_PAID} (?:le|on)"
        rf"|{_OF_PAYMENT} date|date {_PAID}|{_PAID} date")),
    ("state", re.compile(rf"(?:facture |deja )?{_PAID}")),
    ("status", re.compile(
        rf"(?:statut|etat|status)(?: (?:du |de )?(?:la )?(?:{_OF_PAYMENT}|facture))?"
        rf"|(?:{_OF_PAYMENT}|invoice) status")),
)  # fmt: skip
_CHOICES = re.compile(r"(?: (?:oui|non|o|n|x|yes|no|y|ttc|ht))+$")  # `Payée (oui/non)`
_SOUNDS = re.compile(
    r"\b(?:(?:paye|regle|encaisse)e?s?|acomptes?|soldee?s?|paid|settled)\b"
    r"|\b(?:date|montant)\b.*\b(?:paiement|reglement|encaissement|payment)\b"
)
_YES = re.compile(
    rf"(?:facture |deja |entierement )?(?:{_PAID}|solde)(?: (?:le \d|par ).*)?"
    "|vrai|true|oui|o|yes|y|x|ok|v"
)
_TICKS, _DASHES = frozenset("✓✔☑✅"), frozenset("-–—/")
_NO = re.compile(
    rf"(?:non|pas|not)(?: (?:encore )?(?:{_PAID}|solde|echue?))?|n|no|faux|false|impayee?s?|unpaid"
    r"|a (?:payer|regler|encaisser|echoir|relancer)|en (?:attente|cours|retard)|attente"
    r"|(?:du|emis|echu|envoye|ouvert|relance)e?s?|open|due|overdue|pending|sent|late"
)
_UNREADABLE = Text(
    fr="Règlement illisible (un montant, une date ou oui) : facture comptée en entier.",
    en="Unreadable settlement (an amount, a date or yes): the invoice counts in full.",
)
_SEVERAL = Text(
    fr="Deux montants réglés pour une facture : le plus grand est déduit.",
    en="Two amounts paid for one invoice: the larger is taken off.",
)


@dataclass(frozen=True, slots=True)
class Settled:
    """Whether an invoice is settled in full, else the part that is paid."""

    full: bool = False
    part: float = 0.0


def settlement(job: Job, lines: Sequence[Line]) -> list[Settled]:
    """What the columns of a sheet say of each line; what cannot be read is noted."""
    columns = {label: m for label in (lines[0].others if lines else ()) if (m := _meaning(label))}
    for label in [c for c, meaning in columns.items() if meaning == "status"]:
        words = [_word(line.others.get(label)) for line in lines]
        if not any(_YES.fullmatch(word) or _NO.fullmatch(word) for word in words):
            del columns[label]  # the status of something else
    return [_settled(job, line, columns) for line in lines]


def name_unread(job: Job, lines: Sequence[Line]) -> None:
    """Name the columns that sound like a payment and are not read."""
    known = {name for key in ("due", "terms") for name in LABELS[key]}
    unread = [
        label
        for label in (lines[0].others if lines else ())
        if not _meaning(label) and _SOUNDS.search(p := plain_label(label)) and p not in known
    ]
    if unread:
        job.say(
            "{sheet} : colonne qui ressemble à un règlement, non lue : {columns}.",
            "{sheet}: column that sounds like a payment, not read: {columns}.",
            sheet=lines[0].sheet,
            columns=listed(unread),
        )


def _meaning(label: str) -> Meaning | None:
    plain = _CHOICES.sub("", plain_label(label))
    return next((meaning for meaning, names in _LABELS if names.fullmatch(plain)), None)


def _settled(job: Job, line: Line, columns: dict[str, Meaning]) -> Settled:
    full, dated, parts = False, False, set()
    for label, meaning in columns.items():
        value = line.others.get(label)
        found = _read(value, meaning, job.as_of)
        if found is None:
            job.anomalies.append(Anomaly(line.sheet, line.row, label, value, _UNREADABLE))
        elif found is True and meaning == "date":
            dated = True
        elif found is True:
            full = True
        elif found:
            parts.add(float(found))
    full |= dated and not parts  # else the day on which a part was paid
    if len(parts) > 1 and not full:
        label = next(label for label, meaning in columns.items() if meaning != "date")
        job.anomalies.append(Anomaly(line.sheet, line.row, label, line.others[label], _SEVERAL))
    return Settled(full, max(parts, key=abs, default=0.0))


def _word(value: Any) -> str:
    """The words of a cell, folded: a tick is a yes, a dash is a no."""
    if not isinstance(value, str):
        return ""
    sign = value.strip()
    return "oui" if sign in _TICKS else "non" if sign in _DASHES else fold(sign)


def _read(value: Any, meaning: Meaning, as_of: date) -> float | bool | None:
    """True in full, False not, an amount in part; None for what cannot be read."""
    if cells.is_blank(value):
        return False
    word = _word(value)
    if meaning != "part":
        if isinstance(value, bool):
            return value
        if word and _YES.fullmatch(word):
            return True
        if not isinstance(value, str) and value == 1 and meaning != "date":
            return True
    if _NO.fullmatch(word):
        return False
    readers = {"part": "n", "date": "d", "state": "nd", "status": ""}[meaning]
    for reader in readers:
        try:
            if reader == "n" and not isinstance(value, date):
                return cells.to_number(value)
            if reader == "d" and (day := cells.to_date(value)):
                return day <= as_of
        except ArgumentError:
            continue
    return None

"""Reading exports of invoices and of bank movements: which column is what."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from xlcrm import cells
from xlcrm.books.book import Grid
from xlcrm.columns import fold
from xlcrm.commands.job import Anomaly, Job
from xlcrm.commands.template_books import sheets_to_search
from xlcrm.errors import ArgumentError, NothingFound, RequestError
from xlcrm.texts import Text, listed

_DEEPEST_HEADER = 20
_INVOICES = frozenset({"Factures", "Invoices"})  # of the template "Customer risk"
_SETTLED = re.compile("sold(?:é|e\u0301)(?=s?\\b)", re.IGNORECASE)
# Labels of what is still owed, after part payments.
REMAINING = (
    "reste du",
    "restant du",
    "reste a payer",
    "reste a encaisser",
    "reste a regler",
    "montant restant",
    "montant restant du",
    "reste",
    "solde du",
    "solde",
    "solde ttc",
    "amount due",
    "balance",
    "balance due",
    "outstanding",
    "open amount",
)
# Labels as accounting programs and people write them, folded; the first that is there wins.
LABELS: dict[str, tuple[str, ...]] = {
    "side": ("sens", "type", "nature", "client fournisseur", "side", "kind"),
    "account": ("compte", "n compte", "numero de compte", "compte general", "account"),
    "party": (
        "tiers",
        "client",
        "fournisseur",
        "nom",
        "raison sociale",
        "societe",
        "debiteur",
        "creancier",
        "nom du tiers",
        "nom client",
        "nom fournisseur",
        "intitule",
        "party",
        "customer",
        "supplier",
        "name",
        "company",
    ),
    "document": (
        "n facture",
        "numero facture",
        "numero de facture",
        "facture",
        "facture n",
        "piece",
        "n piece",
        "numero de piece",
        "reference",
        "ref",
        "document",
        "invoice",
        "invoice no",
        "invoice number",
    ),
    "issued": (
        "date facture",
        "date de facture",
        "date de la facture",
        "facture le",
        "emise le",
        "date piece",
        "date d emission",
        "invoice date",
        "issued",
        "date",
    ),
    "due": (
        "echeance",
        "date echeance",
        "date d echeance",
        "a payer le",
        "date limite de paiement",
        "date limite de reglement",
        "due date",
        "due",
    ),
    "terms": (
        "conditions",
        "conditions de reglement",
        "conditions de paiement",
        "condition de reglement",
        "condition de paiement",
        "modalites de reglement",
        "modalites de paiement",
        "modalites",
        "delai",
        "delai de reglement",
        "delai de paiement",
        "reglement",
        "mode de reglement",
        "mode reglement",
        "mode de paiement",
        "mode paiement",
        "terms",
        "payment terms",
    ),
    "amount": (
        *REMAINING,
        "net a payer",
        "a payer",
        "a encaisser",
        "montant ttc",
        "total ttc",
        "ttc",
        "montant",
        "montant du",
        "montant facture",
        "total facture",
        "montant net",
        "amount",
        "total",
        "valeur",
    ),
    "debit": ("debit", "debits", "debit eur", "montant debit", "withdrawal"),
    "credit": ("credit", "credits", "credit eur", "montant credit", "deposit"),
    "label": ("libelle", "description", "operation", "motif", "label", "details", "objet"),
    "category": (
        "categorie",
        "poste",
        "rubrique",
        "ligne",
        "ligne du budget",
        "category",
        "line",
        "budget line",
    ),
}


@dataclass(frozen=True, slots=True)
class Line:
    """A row of an export: its cells by meaning, the `others` by label, and its place."""

    sheet: str
    row: int
    cells: Mapping[str, Any]
    labels: Mapping[str, str]
    others: Mapping[str, Any]


def lines_of(grid: Grid) -> list[Line]:
    """The rows under the header of an export, by meaning; none where no header is found."""
    found = _header(grid)
    if found is None:
        return []
    at, columns = found
    filled = [
        label
        if any(not cells.is_blank(row[col]) for row in grid.rows[at + 1 :] if col < len(row))
        else None
        for col, label in enumerate(grid.rows[at])
    ]
    columns |= _columns(filled)  # an empty "Reste dû" leaves the word to "Montant TTC"
    labels = {key: str(grid.rows[at][col]) for key, col in columns.items()}
    others = {
        label: col
        for col, label in enumerate(grid.rows[at])
        if isinstance(label, str) and label.strip() and col not in columns.values()
    }
    lines = []
    for offset, row in enumerate(grid.rows[at + 1 :], at + 1):
        values = {key: row[col] for key, col in columns.items() if col < len(row)}
        if any(not cells.is_blank(value) for value in values.values()):
            rest = {label: row[col] if col < len(row) else None for label, col in others.items()}
            lines.append(Line(grid.sheet, grid.top + offset, values, labels, rest))
    return lines


def _header(grid: Grid) -> tuple[int, dict[str, int]] | None:
    """The row with the most known labels among the first ones, with an amount or debit/credit."""
    best: tuple[int, dict[str, int]] | None = None
    for index, row in enumerate(grid.rows[:_DEEPEST_HEADER]):
        columns = _columns(row)
        if not ({"amount", "debit", "credit"} & columns.keys()) or len(columns) < 2:
            continue
        if best is None or len(columns) > len(best[1]):
            best = index, columns
    return best


def _columns(row: list[Any]) -> dict[str, int]:
    folded = [plain_label(value) if isinstance(value, str) else "" for value in row]
    columns: dict[str, int] = {}
    for key, names in LABELS.items():
        for name in names:
            if name in folded and folded.index(name) not in columns.values():
                columns[key] = folded.index(name)
                break
    return columns


def plain_label(label: str) -> str:
    """A label folded, without the currency at its end: `Solde (€)` and `Solde en euros`.

    `Soldé`, said of an invoice, is no `Solde`.
    """
    label = _SETTLED.sub("soldee", label)
    return re.sub(r" (?:en )?(?:euros?|eur|e)$", "", fold(label.replace("€", " eur")))


def is_total(line: Line) -> bool:
    """Whether a row adds up those above it."""
    words = (fold(value) for value in line.cells.values() if isinstance(value, str))
    return any(
        re.match(r"(?:(?:sous|grand) )?totaux\b|(?:(?:sous|grand|sub) )?total\b", w) for w in words
    )


def number_in(job: Job, line: Line, key: str) -> float | None:
    """The number of a cell; a text that is none is an anomaly."""
    try:
        return cells.to_number(line.cells.get(key))
    except ArgumentError:
        _note(job, line, key, Text(fr="Montant illisible.", en="Unreadable amount."))
        return None


def day_in(job: Job, line: Line, key: str) -> date | None:
    """The date of a cell; a text that is none is an anomaly."""
    try:
        return cells.to_date(line.cells.get(key))
    except ArgumentError:
        _note(job, line, key, Text(fr="Date illisible.", en="Unreadable date."))
        return None


def _note(job: Job, line: Line, key: str, problem: Text) -> None:
    label = line.labels.get(key) or _MISSING[key].in_(job.lang)
    job.anomalies.append(Anomaly(line.sheet, line.row, label, line.cells.get(key), problem))


# What a column is called where the export has none.
_MISSING = {
    "side": Text("Sens", "Side"),
    "issued": Text("Date de facture", "Invoice date"),
    "due": Text("Échéance", "Due date"),
    "amount": Text("Montant TTC", "Amount"),
}


def note_line(job: Job, line: Line, key: str, fr: str, en: str) -> None:
    """Keep what could not be used, with its place."""
    _note(job, line, key, Text(fr=fr, en=en))


def sheets_with_lines(job: Job, leave_out: list[str] | None = None) -> Iterator[list[Line]]:
    """The lines of the sheet that is asked for, else of every sheet that holds such lines.

    Raises NothingFound where there is none.
    """
    others = frozenset(job.book.sheets()).difference(leave_out) if leave_out else _INVOICES
    names = sheets_to_search(job, others)
    grids = {name: job.book.read(name) for name in names}
    found = {name: lines for name, grid in grids.items() if (lines := lines_of(grid))}
    unread = [name for name, grid in grids.items() if name not in found and len(grid.rows) > 1]
    if job.standing and job.sheet in found:
        found, unread = {job.sheet: found[job.sheet]}, []
    for lines in found.values():
        yield [line for line in lines if not is_total(line)]
    if found and unread:
        job.say(
            "Sans en-tête reconnu (un montant, et une date ou un tiers), non lu : {sheets}.",
            "No header recognised (an amount, and a date or a party), not read: {sheets}.",
            sheets=listed(unread),
        )
    if not found:
        raise NothingFound(
            fr=f"Aucune feuille de {job.book.name} n'a d'en-tête avec un montant et une date : "
            "il faut par exemple Tiers, Date de facture, Échéance, Montant TTC.",
            en=f"No sheet of {job.book.name} has a header with an amount and a date: it takes for "
            "instance Party, Invoice date, Due date, Amount.",
        )


def nothing_left(job: Job, what: Text) -> RequestError:
    """The refusal of sheets that were read, and of which nothing could be used: why not."""
    reasons = list(job.messages)
    for sheet, row, column, _, problem in job.anomalies[:3]:
        place = Text(fr="{sheet} ligne {row}, {column}", en="{sheet} row {row}, {column}")
        place = place.format(sheet=sheet, row=row, column=column)
        reasons.append(Text(fr=f"{place.fr} : {problem.fr}", en=f"{place.en}: {problem.en}"))
    return RequestError(
        fr=" ".join([f"{what.fr} dans {job.book.name}.", *(r.fr for r in reasons)]),
        en=" ".join([f"{what.en} in {job.book.name}.", *(r.en for r in reasons)]),
    )

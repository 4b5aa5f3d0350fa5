"""Accounting exports: a list of costs, a ledger (the French FEC too) or a bank statement."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from xlcrm import cells
from xlcrm.books.book import Grid
from xlcrm.books.file import FileBook
from xlcrm.budget.rounding import add_cents
from xlcrm.columns import fold
from xlcrm.commands.job import Job
from xlcrm.commands.marketing_columns import Row, note, read_number, rows_of
from xlcrm.errors import ArgumentError, RequestError, SourceError
from xlcrm.texts import Text, listed

ENTRY_LABELS: dict[str, tuple[str, ...]] = {
    key: tuple(names.split("|"))
    for key, names in {
        "account": "comptenum|compte|n compte|n de compte|numero de compte|compte general|"
        "compte comptable|no compte|account|account number|account no|gl account",
        "code": "code|code analytique|code action|analytique|section|section analytique|axe|"
        "axe analytique|compte analytique|affaire|projet|analytic code|analytic|project|"
        "code projet",
        "label": "libelle|ecriturelib|libelle ecriture|libelle de l ecriture|libelle operation|"
        "libelle de l operation|designation|description|intitule|objet|operation|label|details|"
        "text",
        "amount": "montant ht|ht|montant|amount|net amount|valeur|total ht|montant eur|"
        "montant euros|montant en euros|montant ttc|ttc|total ttc|gross amount",
        "debit": "debit|montant debit|debit eur|debit euro|debit euros|depense|depenses|sorties",
        "credit": "credit|montant credit|credit eur|credit euro|credit euros|recette|recettes|"
        "entrees",
        "side": "sens|d c|dc|debit credit|side",
        "balance": "solde|solde eur|solde euros|balance",
        "day": "date|ecrituredate|date ecriture|date comptable|date operation|date de l operation|"
        "date piece|piecedate|date facture|posting date|invoice date",
    }.items()
}
_NEEDED = (frozenset({"code", "label"}), frozenset({"amount", "debit", "credit", "balance"}))
_ACCOUNT = re.compile(r"\d{3,10}")
_TOTALS = re.compile(
    r"(sous )?(total|totaux|totals)( (general|du |de la |compte|journal|section).*)?"
)
_CREDIT_SIDE = frozenset({"c", "cr", "credit", "crédit", "-1"})
_NO_AMOUNT = Text("Sans montant : ligne non comptée.", "No amount: row not counted.")
_ASSET = Text(
    "Compte d'immobilisation (classe 2) : ce n'est pas une charge de l'année.",
    "Fixed asset account (class 2): not a cost of the year.",
)


@dataclass(frozen=True, slots=True)
class Cost:
    """A line of the export with its cost; `refused` says why it cannot be one."""

    row: Row
    amount: float
    refused: Text | None = None


@dataclass(frozen=True, slots=True)
class Export:
    """The costs of an export; `sure` where its signs are (two columns, or debit and credit
    named); `aside` counts the lines of a ledger that are no costs."""

    costs: list[Cost]
    sure: bool
    aside: int


def read_costs(job: Job, taken: list[str]) -> Export:
    """Of a ledger only the accounts of charges (class 6) are costs, those of assets (class 2)
    come refused; a line without amount or a total is none."""
    rows = [row for row in _rows(job, taken) if not _is_total(row)]
    ledger = any(_account(row).startswith("6") for row in rows)
    turned = _turned(rows)
    costs: list[Cost] = []
    aside = 0
    for row in rows:
        kind = _account(row)[:1] if ledger else "6"
        if kind not in ("2", "6"):
            aside += 1
            continue
        amount = _amount(job, row, turned)
        if amount is not None:
            costs.append(Cost(row, amount, _ASSET if kind == "2" else None))
    _tell_vat(job, rows, ledger)
    sides = ({"debit", "credit"}, {"amount", "side"})
    sure = bool(rows) and any(side <= rows[0].cells.keys() for side in sides)
    return Export(costs, sure, aside)


def _rows(job: Job, taken: list[str]) -> list[Row]:
    asked = job.options["export"]
    if asked and asked not in job.book.sheets():
        return _file_rows(job, asked)
    names = [asked] if asked else [name for name in job.book.sheets() if name not in taken]
    found = {name: rows for name in names if (rows := _entries(job.book.read(name)))}
    if not found:
        none = Text(fr="aucune hors du plan d'actions", en="none beside the plan of actions")
        raise SourceError(
            fr=f"Aucun export comptable dans {job.book.name} : il faut un en-tête avec Code ou "
            f"Libellé, et Montant (ou Débit, Crédit). Feuilles regardées : {listed(names) or none.fr}. Pour "
            "un fichier à part : --set export=CHEMIN.",
            en=f"No accounting export in {job.book.name}: a header with Code or Label, and Amount "
            f"(or Debit, Credit) is needed. Sheets looked at: {listed(names) or none.en}. For a file of its "
            "own: --set export=PATH.",
        )
    first, *others = found
    if others:
        job.say(
            "Export lu : « {first} ». Pour une autre feuille ({others}) : option « export ».",
            'Export read: "{first}". For another sheet ({others}): option "export".',
            first=first,
            others=listed(others),
        )
    return found[first]


def _file_rows(job: Job, path: str) -> list[Row]:
    if not Path(path).is_file():
        raise RequestError(
            fr=f"« {path} » n'est ni une feuille de {job.book.name} ni un fichier ; feuilles : "
            f"{listed(job.book.sheets())}.",
            en=f'"{path}" is neither a sheet of {job.book.name} nor a file; sheets: '
            f"{listed(job.book.sheets())}.",
        )
    book = FileBook.open(path, lang=job.lang)
    for name in book.sheets():
        rows = _entries(book.read(name))
        if rows:
            return rows
    raise SourceError(
        fr=f"{path} n'a pas d'en-tête d'export : Code ou Libellé, et Montant (ou Débit, Crédit).",
        en=f"{path} has no header of an export: Code or Label, and Amount (or Debit, Credit).",
    )


def _entries(grid: Grid) -> list[Row]:
    return rows_of(grid, ENTRY_LABELS, _NEEDED)


def _is_total(row: Row) -> bool:
    texts = (row.cells.get(key) for key in ("label", "code", "account", "day"))
    return any(isinstance(text, str) and _TOTALS.fullmatch(fold(text)) for text in texts)


def _account(row: Row) -> str:
    """The account number of a line; a text that is none (an IBAN, a name) is blank."""
    account = cells.to_label(row.cells.get("account")) or ""
    return account if _ACCOUNT.fullmatch(account) else ""


def _turned(rows: list[Row]) -> frozenset[str]:
    """The columns whose amounts are all negative, as banks write their debits."""
    turned = []
    for key in ("debit", "credit"):
        known = [number for row in rows if (number := _quiet(row, key))]
        if known and max(known) < 0:
            turned.append(key)
    return frozenset(turned)


def _quiet(row: Row, key: str) -> float | None:
    try:
        return cells.to_number(row.cells.get(key))
    except ArgumentError:
        return None


def _amount(job: Job, row: Row, turned: frozenset[str]) -> float | None:
    """Debit less credit where there are two columns, else the one amount with its side."""
    if {"debit", "credit"} & row.cells.keys():
        problems = len(job.anomalies)
        debit, credit = (
            -number if number and key in turned else number
            for key, number in ((key, read_number(job, row, key)) for key in ("debit", "credit"))
        )
        if debit is not None or credit is not None:
            return add_cents(debit or 0.0, -(credit or 0.0))
        if len(job.anomalies) == problems:
            note(job, row, "label", _NO_AMOUNT)
        return None
    key = "amount" if "amount" in row.cells else "balance"
    amount = read_number(job, row, key)
    side = (cells.to_text(row.cells.get("side")) or "").casefold()
    return -amount if amount is not None and side in _CREDIT_SIDE else amount


def _tell_vat(job: Job, rows: list[Row], ledger: bool) -> None:
    """Actuals are without VAT; a bank statement and a column "TTC" are not."""
    if not rows or ledger:
        return
    labels = rows[0].labels
    bank = {"debit", "balance"} <= labels.keys() and "code" not in labels
    if bank or any("ttc" in fold(label).split() for label in labels.values()):
        job.say(
            "Ces montants semblent TTC (relevé de banque ou colonne TTC) : le réalisé se compte "
            "hors taxes, l'écart est donc surestimé de la TVA.",
            "These amounts seem to include VAT (bank statement or column with VAT): actuals are "
            "without VAT, so the variance is overstated by the VAT.",
        )

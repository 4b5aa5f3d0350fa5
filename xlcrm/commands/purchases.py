"""The purchases of a workbook: every sheet of them, and other files, joined into one table."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator
from datetime import date
from itertools import count
from pathlib import Path
from typing import Any

import pandas as pd

from xlcrm.books.file import FileBook
from xlcrm.catalogue import Option
from xlcrm.columns import fold
from xlcrm.commands.amounts import (
    WITH,
    WITHOUT,
    once_an_order,
    say_amount,
    say_reading,
    settle_amount,
    tax_bases,
    tax_basis,
)
from xlcrm.commands.job import Anomaly, Job, named_sheet
from xlcrm.commands.purchase_days import keep_within
from xlcrm.commands.purchase_kinds import settle_kinds
from xlcrm.commands.purchase_refunds import deduct_refunds
from xlcrm.commands.purchase_repeats import count_once, note_doubles
from xlcrm.commands.purchase_vat import add_vat, fill_amounts, leave_unpriced
from xlcrm.commands.source import Source, no_table, read_source, require, tables
from xlcrm.errors import NothingFound, RequestError, SourceError, XlcrmError
from xlcrm.scoring.rfm import PROBLEMS
from xlcrm.texts import Text, listed

OPTIONS = [
    Option(
        "purchases",
        "achats",
        Text(
            fr="Les feuilles des achats, séparées par « ; » (toutes, par défaut).",
            en='The sheets of purchases, separated by ";" (all of them by default).',
        ),
    ),
    Option(
        "files",
        "fichiers",
        Text(
            fr="D'autres fichiers d'achats à joindre, séparés par « ; ».",
            en='Further files of purchases to add, separated by ";".',
        ),
    ),
]
_NEEDED = Text(
    fr="N° client (ou Nom, Société, E-mail), Date d'achat et Montant",
    en="Customer ID (or Name, Company, E-mail), Order date and Amount",
)
_OTHER_BUSINESS = re.compile(
    r"\b(depense|charge|frais|fournisseur|reglement|paiement|encaissement|devis|banque|impaye|"
    r"expense|cost|supplier|payment|quote|bank|unpaid)s?\b"
)
_SUPPLIER = re.compile(r"(nom )?(du )?(fournisseur|supplier|vendor)\b")


def purchase_sheets(book: Any) -> dict[str, Source]:
    """Every sheet of the user's that holds purchase lines.

    A list with a line for each person counts only beside purchases of the same columns, or where
    there is nothing else.
    """
    read = {n: s for n, s in tables(book).items() if s.has_purchases()}
    sure = {n: s for n, s in read.items() if s.holds_purchases()}
    shapes = [set(s.frame.columns) for s in sure.values()]
    return {n: s for n, s in read.items() if not sure or n in sure or set(s.frame) in shapes}


def purchases(job: Job, otherwise: Text | None = None, as_of: date | None = None) -> Source:
    """The purchase lines that a command works on as of a day, ready to be counted.

    Those of the sheets that were asked for, else of every sheet that has them. What could not be
    used is in `anomalies`, what was decided is said. Raises RequestError naming what is missing;
    `otherwise` says what would do too.
    """
    found, left = _found(job, otherwise)
    _same_tax(job, found)
    for source in found.values():
        keep_within(source, as_of or job.as_of)
        _prepare(job, source)
    joined = _joined(list(found.values()))
    lines = len(joined.frame)
    if len(found) > 1:
        count_once(joined)
        _tell_joined(job, found, lines - len(joined.frame))
    elif left:
        job.say(
            "Achats lus : feuille « {name} » seulement. Non lues : {others}. Pour tout compter : option "
            "achats={all}.",
            'Purchases read: "{name}" alone. Not read: {others}. To count them all: option '
            "purchases={all}.",
            name=listed(found),
            others=listed(left),
            all="; ".join([*found, *left]),
        )
    return joined


def _found(job: Job, otherwise: Text | None) -> tuple[dict[str, Source], list[str]]:
    """The sheets of purchases to read, and the names of those that are not."""
    files = dict(_from_files(_parts(job.options["files"]), job.book.sheets()))
    asked = [named_sheet(job.book, name) for name in _parts(job.options["purchases"])]
    if not asked and job.sheet is not None and not job.standing:
        source = read_source(job.book, job.sheet)
        asked = [job.sheet] if source.has_purchases() else []
    if asked:
        found = {name: read_source(job.book, name) for name in asked}
        for source in found.values():
            require_purchases(source)
        others = [n for n in purchase_sheets(job.book) if n not in found]
        return found | files, [] if job.options["purchases"] else others
    found = purchase_sheets(job.book)
    complete = {n: s for n, s in found.items() if _is_complete(s)}
    if not complete and not files:
        raise _nothing(job, found, otherwise)
    sales = {n: s for n, s in complete.items() if not _is_other_business(s)} or complete
    if without := [n for n in found if n not in sales]:
        job.say(
            "Feuilles non lues (sans client ou date d'achat, ou bien dépenses, règlements, devis) : "
            "{names}. Pour les lire : option achats.",
            "Sheets not read (without customer or order date, or expenses, payments, quotes): "
            "{names}. To read them: option purchases.",
            names=listed(without),
        )
    return sales | files, []


def _is_other_business(source: Source) -> bool:
    """Whether a sheet is of expenses, payments or quotes by its name, or says from whom."""
    names = [fold(name) for name in source.names]
    labels = [fold(label) for label in source.labels.values()]
    return any(map(_OTHER_BUSINESS.search, names)) or any(map(_SUPPLIER.match, labels))


def _parts(text: str | None) -> list[str]:
    return [part.strip() for part in (text or "").split(";") if part.strip()]


def _from_files(paths: list[str], sheets: Collection[str]) -> Iterator[tuple[str, Source]]:
    """The purchases of other files, by names that no sheet and no earlier file has."""
    taken = set(sheets)
    for path in map(Path, paths):
        book = FileBook.open(path)
        found = {n: s for n, s in purchase_sheets(book).items() if _is_complete(s)}
        if not found:
            raise SourceError(
                fr="Le fichier {name} n'a pas d'achats : il faut {needed}. Feuilles : {sheets}.",
                en="File {name} has no purchases: {needed} are needed. Sheets: {sheets}.",
                name=path.name,
                needed=_NEEDED,
                sheets=listed(book.sheets()),
            )
        for sheet, source in found.items():
            name = path.name if len(found) == 1 else f"{path.name} – {sheet}"
            name = next(
                n for i in count(1) if (n := f"{name} ({i})" if i > 1 else name) not in taken
            )
            taken.add(name)
            source.sheets = [name] * len(source.sheets)
            source.anomalies = [a._replace(sheet=name) for a in source.anomalies]
            yield name, source


def _is_complete(source: Source) -> bool:
    return source.has("order_date") and source.has_customers()


def require_purchases(source: Source) -> None:
    """Raise RequestError naming the first column that a table of purchases lacks."""
    require(source, *() if source.has_customers() else ("customer_id",), "order_date", "amount")


def _nothing(job: Job, found: dict[str, Source], otherwise: Text | None) -> NothingFound:
    problem: XlcrmError | None = no_table(job.book, job.book.sheets())
    try:
        for source in found.values():
            require_purchases(source)
    except RequestError as error:
        problem = error
    if problem is not None:
        return NothingFound(problem.in_("fr"), problem.in_("en"))
    return NothingFound(
        fr="Pas d'achats dans ce classeur : il faut une feuille avec {needed}{otherwise}. "
        "Feuilles : {sheets}.",
        en="No purchases in this workbook: a sheet with {needed} is needed{otherwise}. "
        "Sheets: {sheets}.",
        needed=_NEEDED,
        otherwise=otherwise or "",
        sheets=listed(job.book.sheets()),
    )


def _same_tax(job: Job, found: dict[str, Source]) -> None:
    """Amounts of several sheets are all without VAT, where they can be, else all with it."""
    if not {WITH, WITHOUT} <= {tax_basis(s.labels["amount"]) for s in found.values()}:
        return
    if all(WITHOUT in tax_bases(source) for source in found.values()):
        for source in found.values():
            settle_amount(source, WITHOUT)
        return
    for name, source in found.items():
        if tax_basis(source.labels["amount"]) == WITHOUT and add_vat(source):
            label = source.labels["amount"]
            job.say("Montants de « {name} » : {label}.", 'Amounts of "{name}": {label}.',
                    name=name, label=label)  # fmt: skip
    bases = {n: tax_basis(s.labels["amount"]) for n, s in found.items()}
    if net := [n for n, basis in bases.items() if basis == WITHOUT]:
        job.say(
            "Montants TTC et HT mêlés : {bases}. Pour tout compter en TTC, ajoutez une colonne "
            "« TVA » (taux ou montant) à {net}.",
            "Amounts with VAT (TTC) and without (HT) are mixed: {bases}. To count them all with "
            'VAT, add a column "VAT" (rate or amount) to {net}.',
            bases=listed(f"{n} {b}".strip() for n, b in bases.items()),
            net=Text(listed(f"« {n} »" for n in net), listed((f'"{n}"' for n in net), "en")),
        )


def _prepare(job: Job, source: Source) -> None:
    """Amounts as numbers with their sign, and what was decided for that."""
    said = say_amount(source), say_reading(source), fill_amounts(source), once_an_order(source)
    leave_unpriced(source)
    note_doubles(source)
    told = (*source.told(), *said, deduct_refunds(source))
    job.messages.extend(text for text in told if text and text not in job.messages)
    settle_kinds(source)


def _joined(sources: list[Source]) -> Source:
    if len(sources) == 1:
        return sources[0]
    frame = pd.concat([s.frame for s in sources], ignore_index=True, sort=False)
    labels: dict[str, str] = {}
    for source in reversed(sources):
        labels |= source.labels
    return Source(
        frame.astype(object).where(frame.notna(), None),
        [name for s in sources for name in s.sheets],
        [row for s in sources for row in s.rows],
        labels,
        [a for s in sources for a in s.anomalies],
        {name: s.labels for s in sources for name in s.names},
    )


def note_problems(job: Job, source: Source, found: pd.DataFrame) -> None:
    """The anomalies that counting found (line, column, value, problem), by place and by number."""
    found = found.sort_values("line", kind="stable")
    for at, column, problem in zip(found["line"], found["column"], found["problem"], strict=True):
        column = column if column in source.frame else source.customer_column()
        value = source.frame[column].iloc[at] if column in source.frame else None
        label = source.label(column, job.lang, at)
        place = source.sheets[at], source.rows[at]
        job.anomalies.append(Anomaly(*place, label, value, PROBLEMS[problem]))
    for problem, number in Counter(found["problem"]).items():
        job.count(problem, PROBLEMS[problem], number)


def _lines(source: Source, word: str) -> str:
    number = len(source.frame)
    return f"{number} {word}{'s' if number > 1 else ''}"


def _tell_joined(job: Job, found: dict[str, Source], repeated: int) -> None:
    parts = Text(
        fr=listed((f"« {n} » ({_lines(s, 'ligne')})" for n, s in found.items()), most=40),
        en=listed((f'"{n}" ({_lines(s, "row")})' for n, s in found.items()), "en", most=40),
    )
    job.say("Achats lus : {parts}.", "Purchases read: {parts}.", parts=parts)
    if repeated:
        job.count(
            "repeated",
            Text(fr="ligne(s) en double entre feuilles", en="line(s) repeated across sheets"),
            repeated,
        )

"""Job: what a command is given, and what it gives back. One runner for every front end."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple

from xlcrm import cells
from xlcrm.books.book import Book
from xlcrm.books.results import ResultSheet
from xlcrm.bulk import collector_paused
from xlcrm.catalogue import CommandEntry, Kind, Option
from xlcrm.errors import ArgumentError, NothingFound, RequestError, SourceError
from xlcrm.texts import Lang, Text, bare, listed, meant


class Change(NamedTuple):  # hundreds of thousands in a run: a dataclass takes thrice the time
    """One cell that a command corrected in its result, for the Journal."""

    sheet: str
    row: int
    column: str
    before: Any
    after: Any
    rule: Text


class Anomaly(NamedTuple):
    """Something a command could not use, with its place: for the Anomalies sheet."""

    sheet: str
    row: int
    column: str
    value: Any
    problem: Text


@dataclass(slots=True)
class Job:
    """One run of a command: it reads from `book`, and appends to results, counts and the rest.

    `counts` maps a stable English key to (label, number), in the order they are told; the label
    agrees with its number: "contact(s) lu(s)".
    """

    book: Book
    lang: Lang
    as_of: date
    sheet: str | None = None
    standing: bool = False  # `sheet` is where the user stands, not one that was asked for
    as_of_given: bool = False  # else `as_of` is today, and a date on a settings sheet wins
    options: dict[str, Any] = field(default_factory=dict)
    results: list[ResultSheet] = field(default_factory=list)
    counts: dict[str, tuple[Text, float]] = field(default_factory=dict)
    changes: list[Change] = field(default_factory=list)
    anomalies: list[Anomaly] = field(default_factory=list)
    messages: list[Text] = field(default_factory=list)
    documents: dict[str, bytes] = field(default_factory=dict)  # files to save beside the book

    def count(self, key: str, label: Text, number: float) -> None:
        self.counts[key] = (label, number)

    def say(self, fr: str, en: str, **values: Any) -> None:
        self.messages.append(Text(fr=fr, en=en).format(**values))

    def said(self) -> tuple[int, int]:
        """How far it has told and noted, for `unsay`."""
        return len(self.messages), len(self.anomalies)

    def unsay(self, said: tuple[int, int]) -> None:
        """Drop what was told and noted since, of sheets that were read for something else."""
        del self.messages[said[0] :], self.anomalies[said[1] :]

    def text(self, fr: str, en: str) -> str:
        """One of two texts, in the language of the run."""
        return en if self.lang == "en" else fr


@dataclass(frozen=True, slots=True)
class Report:
    """What a finished command tells."""

    command: str
    sheets: list[str]
    counts: dict[str, float]
    labels: dict[str, str]
    anomalies: list[dict[str, Any]]
    messages: list[str]
    seconds: float

    def as_json(self) -> dict[str, Any]:
        return {
            "command": self.command,
            "sheets": self.sheets,
            "counts": self.counts,
            "anomalies": self.anomalies,
            "messages": self.messages,
            "seconds": round(self.seconds, 3),
        }


def run(
    entry: CommandEntry,
    book: Book,
    *,
    lang: Lang = "fr",
    as_of: date | None = None,
    sheet: str | None = None,
    standing: bool = False,
    options: Mapping[str, Any] | None = None,
) -> Report:
    """Run a command on a book and write its result sheets, all or none.

    Raises XlcrmError with the workbook as it was. `as_of` defaults to today here, at the edge.
    """
    from xlcrm.commands.kept_notes import keep_notes
    from xlcrm.commands.template_books import refused_on
    from xlcrm.commands.trail import trail_sheets

    start = time.perf_counter()
    if sheet is not None:
        sheet = named_sheet(book, sheet)
    else:
        _check_sheets(book)
    given = as_of is not None
    values = read_options(entry, options or {})
    job = Job(book, lang, as_of or date.today(), sheet, standing, given, values)
    with collector_paused():
        try:
            entry.func(job)
        except NothingFound as error:
            raise refused_on(book, entry.name) or error from None
        except OverflowError:
            raise _beyond_reach(job) from None
        keep_notes(job)
        job.results.extend(trail_sheets(job, entry))
        names = book.write(job.results) if job.results else []
    for name, content in job.documents.items():
        place = book.attach(name, content)
        job.say(fr="Fichier écrit : {place}", en="File written: {place}", place=place)
    return Report(
        command=entry.name,
        sheets=names,
        counts={key: number for key, (_, number) in job.counts.items()},
        labels={k: label.agree({}, n).in_(lang) for k, (label, n) in job.counts.items()},
        anomalies=[_as_json(anomaly, lang) for anomaly in job.anomalies],
        messages=[message.in_(lang) for message in job.messages],
        seconds=time.perf_counter() - start,
    )


def _beyond_reach(job: Job) -> RequestError:
    return RequestError(
        fr="{book} ne peut pas être calculé au {day:%d/%m/%Y} : une date ou un montant est "
        "démesuré. Cherchez dans les feuilles une année comme 9999, un montant comme 1E+300, ou "
        "changez la date d'arrêté.",
        en="{book} cannot be computed as of {day:%d/%m/%Y}: a date or an amount is out of "
        "proportion. Look in the sheets for a year such as 9999, an amount such as 1E+300, or "
        "change the as-of date.",
        book=job.book.name,
        day=job.as_of,
    )


def _check_sheets(book: Book) -> None:
    if not book.sheets() and not book.made():
        raise SourceError(
            fr=f"{book.name} n'a aucune feuille de calcul visible : ses feuilles sont masquées, ou "
            "ne portent que des graphiques. Affichez celle des données, enregistrez, puis "
            "relancez.",
            en=f"{book.name} has no visible worksheet: its sheets are hidden, or hold charts "
            "alone. Unhide the one with the data, save, then run again.",
        )


def named_sheet(book: Book, wanted: str) -> str:
    """The sheet of that name, or the only one whose name differs by case or accents alone.

    Raises RequestError naming the sheets that exist.
    """
    there = [*book.sheets(), *book.made().values()]
    alike = [name for name in there if bare(name) == bare(wanted)]
    if wanted in there:
        return wanted
    if len(alike) == 1:
        return alike[0]
    book.read(wanted)  # a hidden one may be asked for; the book says which sheets there are
    return wanted


def read_options(entry: CommandEntry, given: Mapping[str, Any]) -> dict[str, Any]:
    """The options of a command, in either language; one left out or blank has its default."""
    values = {option.name: option.default for option in entry.options}
    known = {bare(n): option for option in entry.options for n in (option.name, option.fr)}
    for name, raw in given.items():
        if bare(name) not in known:
            both = [n for option in entry.options for n in (option.fr, option.name)]
            raise RequestError(
                fr=f"La commande « {entry.fr} » n'a pas d'option « {name} » ; il y a : "
                f"{listed(o.fr for o in entry.options) or '(aucune)'}.{meant(name, both)}",
                en=f'Command "{entry.name}" has no option "{name}"; there are: '
                f"{listed(o.name for o in entry.options) or '(none)'}.{meant(name, both, 'en')}",
            )
        option = known[bare(name)]
        value = _read_option(option, raw)
        values[option.name] = option.default if value is None else value
    return values


def _read_option(option: Option, raw: Any) -> Any:
    readers: dict[Kind, Any] = {
        Kind.NUMBER: cells.to_number,
        Kind.DATE: cells.to_date,
        Kind.FLAG: cells.to_flag,
        Kind.LABEL: cells.to_label,
    }
    try:
        if option.kind is Kind.INTEGER:
            number = cells.to_number(raw)
            value: Any = None if number is None else int(number)
        else:
            value = readers.get(option.kind, cells.to_text)(raw)
    except ArgumentError as error:
        raise ArgumentError(
            fr=f"Option « {option.fr} » : {error.in_('fr')}",
            en=f'Option "{option.name}": {error.in_("en")}',
        ) from None
    if option.choices and value is not None and value not in option.choices:
        alike = [choice for choice in option.choices if bare(choice) == bare(str(value))]
        if alike:
            return alike[0]
        raise ArgumentError(
            fr=f"Option « {option.fr} » : « {value} » inconnu ; choix : {listed(option.choices)}.",
            en=f'Option "{option.name}": unknown "{value}"; choices: {listed(option.choices)}.',
        )
    return value


def _as_json(anomaly: Anomaly, lang: Lang) -> dict[str, Any]:
    return {
        "sheet": anomaly.sheet,
        "row": anomaly.row,
        "column": anomaly.column,
        "value": _shown(anomaly.value),
        "problem": anomaly.problem.in_(lang),
    }


def _shown(value: Any) -> str | None:
    """The text of a cell; a failed formula by its error, since that is what is to be found."""
    return value if value in cells.ERROR_VALUES else cells.to_text(value)

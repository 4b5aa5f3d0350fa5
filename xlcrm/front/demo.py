"""xlcrm demo: the main job on the sample base, from the messy sheets to the dashboard."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any, NamedTuple

import xlcrm.commands  # noqa: F401  fills the catalogue
from xlcrm.books.file import FileBook
from xlcrm.books.saving import building, free_result
from xlcrm.catalogue import find_command
from xlcrm.commands.job import Report, run
from xlcrm.errors import SourceError
from xlcrm.front.terminal import number, progress_bar
from xlcrm.templates.sample.base import build_sample
from xlcrm.templates.sample.world import AS_OF
from xlcrm.texts import Lang, Text

_NAMES = {
    "source": Text(fr="marielle-nature.xlsx", en="marielle-nature-en.xlsx"),
    "result": Text(fr="marielle-nature-resultat.xlsx", en="marielle-nature-en-result.xlsx"),
}


class Step(NamedTuple):
    """A command of the main job, and what its counts add to the line told."""

    command: str
    told: Text
    options: dict[str, Any]


def _step(command: str, fr: str, en: str, **options: Any) -> Step:
    return Step(command, Text(fr=fr, en=en), options)


# One line told for each row, under the name of its first command.
LINES: tuple[tuple[Step, ...], ...] = (
    (
        _step("unify", "{rows} contact(s) réuni(s) de {sheets} feuille(s) de {source}",
              "{rows} contact(s) united from {sheets} sheet(s) of {source}"),
    ),
    (
        _step("clean", "{changes} cellule(s) corrigée(s), {issues} à vérifier",
              "{changes} cell(s) corrected, {issues} to check"),
    ),
    (
        _step("quality", "remplissage {completeness} %, courriers à risque NPAI {npai} %",
              "completeness {completeness} %, letters at risk {npai} %"),
    ),
    (
        _step("dedupe",
              "{duplicates} doublon(s) ({groups} groupe(s)), {review} paire(s) à vérifier",
              "{duplicates} duplicate(s) in {groups} group(s), {review} pair(s) to check"),
        _step("merge", " : {contacts} contact(s)", ": {contacts} contact(s)"),
    ),
    (
        _step("score", "{customers} client(s) noté(s) sur {lines} ligne(s) d'achat",
              "{customers} customer(s) scored from {lines} purchase line(s)"),
    ),
    (
        _step("segment", "{segments} segment(s) par {criteria} critère(s)",
              "{segments} segment(s) by {criteria} criteri(on|a)"),
    ),
    (
        _step("target", "{kept} à appeler", "{kept} to call", channel="téléphone"),
        _step("prospecting", " (plan d'appels : {contacts})", " (call plan: {contacts})"),
        _step("target", ", {kept} par e-mail, sur {asked}", ", {kept} to e-mail, of {asked}",
              channel="e-mail"),
    ),
    (
        _step("marketing", "{actions} action(s), coût net {net} €",
              "{actions} action(s), net cost €{net}", start="2026-10-01"),
        _step("marketing-treasury", ", {payments} € portés en trésorerie",
              ", €{payments} put into treasury", start="2026-12-01"),
    ),
    (
        _step("dashboard",
              "{active} client(s) actif(s), CA de douze mois {sales} €, {alerts} alerte(s)",
              "{active} active customer(s), twelve months' sales €{sales}, {alerts} alert(s)"),
    ),
)  # fmt: skip
_LINE = "{label:<17}{told}"


def run_demo(folder: Path, lang: Lang) -> Path:
    """Build the sample base in a folder, run every step on it, tell it, and give the result."""
    start = time.perf_counter()
    source = folder / _NAMES["source"].in_(lang)
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError:
        raise SourceError(
            fr=f"Le dossier {folder} ne peut pas être créé ; choisissez : xlcrm demo DOSSIER.",
            en=f"Folder {folder} cannot be made; give another one: xlcrm demo FOLDER.",
        ) from None
    with building(source):
        build_sample(source, lang)
    result = free_result(folder / _NAMES["result"].in_(lang))
    book = FileBook.open(source, result, lang)
    book.on_progress = progress_bar()
    for steps in LINES:
        told = ""
        for name, sentence, options in steps:
            report = run(find_command(name), book, lang=lang, as_of=AS_OF, options=options)
            told += sentence.format(source=source.name, **_figures(report)).in_(lang)
        print(_LINE.format(label=find_command(steps[0].command).label.in_(lang), told=told))
    end = Text(fr="en {s:.0f} s : {path}", en="in {s:.0f} s: {path}")
    end = end.format(s=time.perf_counter() - start, path=result)
    print(_LINE.format(label=Text(fr="Résultat", en="Result").in_(lang), told=end.in_(lang)))
    return result


def _figures(report: Report) -> dict[str, Text]:
    """The counts as told: thousands of euros have no use for cents."""
    shown = {k: round(v) if abs(v) >= 1000 else v for k, v in report.counts.items()}
    return {k: Text(fr=number(v, "fr"), en=number(v, "en")) for k, v in shown.items()}

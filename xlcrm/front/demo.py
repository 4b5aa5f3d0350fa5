"""xlcrm demo: the main job on the sample base, from the messy sheets to the target list."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

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
# The steps in their order, what each is told with, and the counts that fill the sentence.
_STEPS: tuple[tuple[str, dict[str, Any], Text], ...] = (
    (
        "unify",
        {},
        Text(
            fr="{rows} contact(s) réuni(s) de {sheets} feuille(s)",
            en="{rows} contact(s) united from {sheets} sheet(s)",
        ),
    ),
    (
        "clean",
        {},
        Text(
            fr="{changes} cellule(s) corrigée(s), {issues} à vérifier",
            en="{changes} cell(s) corrected, {issues} to check",
        ),
    ),
    (
        "quality",
        {},
        Text(
            fr="remplissage {completeness} %, courriers à risque NPAI {npai} %",
            en="completeness {completeness} %, letters at risk {npai} %",
        ),
    ),
    (
        "dedupe",
        {},
        Text(
            fr="{duplicates} doublon(s) en {groups} groupe(s), {review} paire(s) à vérifier",
            en="{duplicates} duplicate(s) in {groups} group(s), {review} pair(s) to check",
        ),
    ),
    (
        "merge",
        {},
        Text(fr="{contacts} contact(s) unique(s)", en="{contacts} single contact(s)"),
    ),
    (
        "score",
        {},
        Text(
            fr="{customers} client(s) noté(s) sur {lines} ligne(s) d'achat",
            en="{customers} customer(s) scored from {lines} purchase line(s)",
        ),
    ),
    (
        "segment",
        {},
        Text(fr="{segments} segment(s) par {criteria} critère(s)", en="{segments} segment(s) by "
             "{criteria} criteri(on|a)"),
    ),
    (
        "target",
        {"channel": "téléphone"},
        Text(
            fr="{kept} contactable(s) par téléphone sur {asked} demandé(s)",
            en="{kept} may be called of {asked} asked for",
        ),
    ),
    (
        "prospecting",
        {},
        Text(
            fr="liste d'appels de {contacts} contact(s) dans le plan de prospection",
            en="call list of {contacts} contact(s) in the prospecting plan",
        ),
    ),
    (
        "target",
        {"channel": "e-mail"},
        Text(
            fr="{kept} contactable(s) par e-mail sur {asked} demandé(s)",
            en="{kept} may be e-mailed of {asked} asked for",
        ),
    ),
    (
        "marketing",
        {"start": "2026-10-01"},
        Text(
            fr="{actions} action(s), coût {cost} €, net des partenaires {net} €",
            en="{actions} action(s), cost €{cost}, net of partners €{net}",
        ),
    ),
    (
        "marketing-treasury",
        {"start": "2026-12-01"},
        Text(
            fr="{payments} € de paiements et {receipts} € de contributions",
            en="€{payments} of payments and €{receipts} of contributions",
        ),
    ),
    (
        "dashboard",
        {},
        Text(
            fr="{active} client(s) actif(s), CA de douze mois {sales} €, {alerts} alerte(s)",
            en="{active} active customer(s), twelve months' sales €{sales}, {alerts} alert(s)",
        ),
    ),
)  # fmt: skip


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
    _say(lang, "Base d'exemple : {path}", "Sample base: {path}", path=source)
    book = FileBook.open(source, result, lang)
    book.on_progress = progress_bar()
    for name, options, sentence in _STEPS:
        entry = find_command(name)
        report = run(entry, book, lang=lang, as_of=AS_OF, options=options)
        told = sentence.format(**_figures(report)).in_(lang)
        print(f"  {entry.label.in_(lang):<24} {told}  ({report.seconds:.1f} s)")
    seconds = time.perf_counter() - start
    _say(lang, "Résultat en {s:.0f} s : {path}", "Result in {s:.0f} s: {path}", s=seconds,
         path=result)  # fmt: skip
    return result


def _figures(report: Report) -> dict[str, Text]:
    """The counts as told: thousands of euros have no use for cents."""
    shown = {k: round(v) if abs(v) >= 1000 else v for k, v in report.counts.items()}
    return {k: Text(fr=number(v, "fr"), en=number(v, "en")) for k, v in shown.items()}


def _say(lang: Lang, fr: str, en: str, **values: Any) -> None:
    print(Text(fr=fr, en=en).format(**values).in_(lang))

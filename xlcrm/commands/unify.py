"""Vue unique: several sheets, or files, into one table, each row with where it came from."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from xlcrm.books.file import FileBook
from xlcrm.books.results import Column, ResultSheet, Table
from xlcrm.catalogue import Option, command
from xlcrm.columns import COLUMNS
from xlcrm.commands.job import Job
from xlcrm.commands.sheet_names import refusal_of
from xlcrm.commands.source import Source, contact_sheets, no_table, read_source
from xlcrm.commands.tables import contact_table
from xlcrm.commands.template_books import not_a_base, template_title
from xlcrm.errors import RequestError, SourceError
from xlcrm.texts import Text, listed


@command(
    "unify",
    "vue-unique",
    group="contacts",
    label=Text(fr="Vue unique", en="Single view"),
    summary=Text(
        fr="Réunit les contacts de plusieurs feuilles ou fichiers dans une seule table, chaque "
        "ligne avec sa feuille et son numéro de ligne d'origine.",
        en="Puts the contacts of several sheets or files into one table, each row with the sheet "
        "and the row number it came from.",
    ),
    icon="Consolidate",
    order=10,
    options=[
        Option(
            "sheets",
            "feuilles",
            Text(
                fr="Les feuilles à réunir, séparées par « ; » (toutes, par défaut).",
                en='The sheets to unite, separated by ";" (all those with contacts).',
            ),
        ),
        Option(
            "files",
            "fichiers",
            Text(
                fr="D'autres fichiers à joindre, séparés par « ; ».",
                en='Further files to add, separated by ";".',
            ),
        ),
    ],
)
def unify(job: Job) -> None:
    """Unite contact sheets; values stay as they were typed."""
    sources = _sources(job)
    for name, source in sources.items():
        _mark_refusals(name, source)
    frames = [source.frame for source in sources.values()]
    labels: dict[str, str] = {}
    for source in sources.values():
        job.anomalies.extend(source.anomalies)
        for column, label in source.labels.items():
            labels.setdefault(column, label)
    united = Source(
        pd.concat(frames, ignore_index=True, sort=False).astype(object),
        [s for source in sources.values() for s in source.sheets],
        [r for source in sources.values() for r in source.rows],
        labels,
    )
    job.results.append(
        ResultSheet(
            name=job.text("Vue unique", "Single view"),
            role="single_view",
            title=job.text("Vue unique des contacts", "Single view of the contacts"),
            notes=[
                Text(
                    fr="{n} ligne(s) réunie(s) de : {sources}. Les valeurs sont celles de la "
                    "source, sans correction.",
                    en="{n} row(s) united from: {sources}. The values are those of the source, "
                    "uncorrected.",
                )
                .format(n=len(united.frame), sources=listed(sources, job.lang, most=8))
                .in_(job.lang)
            ],
            tables=[contact_table(united, united.frame, job.lang, name="xlcrm_vue_unique")],
        )
    )
    job.results.append(_columns_sheet(job, sources))
    job.count("sheets", Text(fr="feuille(s) réunie(s)", en="sheet(s) united"), len(sources))
    job.count("rows", Text(fr="contact(s)", en="contact(s)"), len(united.frame))
    left = [s for s in job.book.sheets() if s not in sources]
    if lists := [s for s in left if refusal_of(s)]:
        job.say(
            "Listes de refus, pas mêlées aux contacts : {lists}. « Cibler » les applique.",
            'Lists of refusals, kept apart from the contacts: {lists}. "Target" applies them.',
            lists=listed(lists),
        )
    left = [s for s in left if s not in lists]
    if left and not job.options["sheets"]:
        job.say(
            "Feuilles laissées de côté (achats, ou pas de contacts) : {left}.",
            "Sheets left aside (purchases, or no contacts): {left}.",
            left=listed(left),
        )


def _sources(job: Job) -> dict[str, Source]:
    sources: dict[str, Source] = {}
    if job.sheet is not None:
        sources[job.sheet] = read_source(job.book, job.sheet)
    elif job.options["sheets"]:
        for name in _parts(job.options["sheets"]):
            sources[name] = read_source(job.book, name)
    else:
        sources.update(contact_sheets(job.book))
    for path in _parts(job.options["files"]):
        sources.update(_from_file(job, Path(path)))
    if not sources:
        if title := template_title(job.book):
            raise not_a_base(title)
        if problem := no_table(job.book, job.book.sheets()):
            raise problem
        raise RequestError(
            fr=f"Aucune feuille de {job.book.name} n'a de contacts (une colonne Nom, Nom complet, "
            f"Société, E-mail ou Téléphone) ; feuilles : {listed(job.book.sheets())}.",
            en=f"No sheet of {job.book.name} has contacts (a column Last name, Full name, "
            f"Company, E-mail or Phone); sheets: {listed(job.book.sheets())}.",
        )
    return sources


def _mark_refusals(name: str, source: Source) -> None:
    """People on a list of refusals that is united with others bear what it refuses."""
    if (refuses := refusal_of(name.rpartition(" – ")[2])) and refuses not in source.frame:
        source.frame[refuses] = pd.Series([name] * len(source.frame), dtype=object)
        source.labels[refuses] = COLUMNS[refuses].label.fr


def _parts(text: str | None) -> list[str]:
    return [part.strip() for part in (text or "").split(";") if part.strip()]


def _from_file(job: Job, path: Path) -> dict[str, Source]:
    other = FileBook.open(path)
    found = contact_sheets(other)
    if not found:
        raise SourceError(
            fr=f"Le fichier {path.name} n'a pas de contacts ; feuilles : {listed(other.sheets())}.",
            en=f"File {path.name} has no contacts; sheets: {listed(other.sheets())}.",
        )
    named = {}
    for sheet, source in found.items():
        name = path.name if len(found) == 1 else f"{path.name} – {sheet}"
        source.sheets = [name] * len(source.sheets)
        named[name] = source
    return named


def _columns_sheet(job: Job, sources: dict[str, Source]) -> ResultSheet:
    """How every column was understood: what a person checks first."""
    t = job.text
    rows = []
    for name, source in sources.items():
        for column in source.frame.columns:
            known = column in COLUMNS
            rows.append(
                [
                    name,
                    source.labels[column],
                    COLUMNS[column].label.in_(job.lang)
                    if known
                    else t("(gardée telle quelle)", "(kept as it is)"),
                    int(source.frame[column].notna().sum()),
                ]
            )
    columns = [
        Column(t("Feuille", "Sheet")),
        Column(t("Colonne de la feuille", "Column of the sheet")),
        Column(t("Comprise comme", "Understood as")),
        Column(t("Cellules remplies", "Filled cells"), "integer"),
    ]
    return ResultSheet(
        name=t("Colonnes reconnues", "Columns recognised"),
        role="columns",
        title=t("Ce que xlcrm a compris de vos colonnes", "How xlcrm understood your columns"),
        notes=[
            t(
                "Si une colonne est mal comprise, changez son titre dans la feuille et relancez.",
                "If a column is misunderstood, change its title in your sheet and run again.",
            )
        ],
        tables=[Table(columns, rows)],
    )

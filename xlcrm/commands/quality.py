"""Qualifier: how complete and usable the base is, what to complete, and the NPAI proxy."""

from __future__ import annotations

from typing import Any

from xlcrm import cells
from xlcrm.books.results import Chart, Column, Mark, ResultSheet, Table
from xlcrm.catalogue import command
from xlcrm.columns import COLUMNS, recognise
from xlcrm.commands.job import Anomaly, Job
from xlcrm.commands.settings import naming, settings_sheet, settings_tables
from xlcrm.commands.source import Source, contacts
from xlcrm.commands.tables import MARKED_ROWS, contact_table, label_of, records
from xlcrm.contacts.cleaning import clean_table
from xlcrm.contacts.duplicates import find_duplicates
from xlcrm.contacts.quality import NPAI_IDEAL, NPAI_LIMIT, Quality, assess, default_weights
from xlcrm.errors import ArgumentError
from xlcrm.texts import Text, listed

_WEIGHT_HEADERS = (Text(fr="Colonne", en="Column"), Text(fr="Poids", en="Weight"))


@command(
    "quality",
    "qualifier",
    group="contacts",
    label=Text(fr="Qualifier", en="Quality"),
    summary=Text(
        fr="Mesure la base : remplissage par colonne et par contact, cellules à compléter ou non "
        "valides surlignées, courriers qui reviendraient (NPAI/PND), doublons.",
        en="Measures the base: completeness by column and contact, cells to complete or invalid "
        "highlighted, letters that would come back (NPAI/PND), duplicates.",
    ),
    icon="DataValidation",
    order=30,
)
def quality(job: Job) -> None:
    """Assess the cleaned contacts, or those of the active sheet."""
    source = contacts(job, "clean", "single_view")
    cleaned = clean_table(source.frame)
    weights = _weights(job)
    job.book.progress(0.4, job.text("Recherche des doublons…", "Looking for duplicates…"))
    groups = find_duplicates(cleaned.frame, lang=job.lang).rows["group"]
    found = assess(cleaned.frame, weights, groups, cleaned.issues)
    for row, column, value, problem in found.invalid.itertuples(index=False, name=None):
        where = label_of(column, source, job.lang)
        job.anomalies.append(Anomaly(source.sheets[row], source.rows[row], where, value, problem))
    job.results.append(_summary(job, source, found))
    job.results.append(_base(job, source, cleaned.frame, found))
    job.count("rows", Text(fr="contact(s) lu(s)", en="contact(s) read"), len(cleaned.frame))
    share = Text(fr="remplissage pondéré (%)", en="weighted completeness (%)")
    job.count("completeness", share, round(100 * found.completeness, 1))
    job.count(
        "invalid", Text(fr="cellule(s) non valide(s)", en="invalid cell(s)"), len(found.invalid)
    )
    npai = Text(fr="courriers à risque NPAI/PND (%)", en="letters likely to come back (%)")
    job.count("npai", npai, round(100 * found.undeliverable_share, 1))


def _weights(job: Job) -> dict[str, float]:
    """The weight of each column: the user's sheet, or the default, then written to be edited."""
    t = job.text
    edited = settings_tables(job, "quality_weights", [_WEIGHT_HEADERS])
    default = default_weights()
    if edited is None:
        rows = [[COLUMNS[key].label.in_(job.lang), weight] for key, weight in default.items()]
        settings_sheet(
            job,
            "quality_weights",
            t("Poids de qualité", "Quality weights"),
            t("Ce qui compte dans la qualité d'un contact", "What counts in a contact's quality"),
            [t("Poids 0 : colonne non demandée.", "Weight 0: column not asked for.")],
            [
                Table(
                    [
                        Column(_WEIGHT_HEADERS[0].in_(job.lang), width=34),
                        Column(_WEIGHT_HEADERS[1].in_(job.lang), "number"),
                    ],
                    rows,
                    marks={(r, 1): "input" for r in range(len(rows))},
                )
            ],
        )
        return default
    weights: dict[str, float] = {}
    for number, row in enumerate(edited[0].rows):
        with naming(edited[0], number):
            key, weight = _weight(row)
            weights[key] = weight
    return weights


def _weight(row: list[Any]) -> tuple[str, float]:
    key = recognise(row[0])
    if key is None:
        known = [COLUMNS[k].label for k in default_weights()]
        raise ArgumentError(
            fr=f"colonne « {row[0] or ''} » inconnue ; par exemple : {listed(c.fr for c in known)}.",
            en=f'unknown column "{row[0] or ""}"; such as: {listed((c.en for c in known), "en")}.',
        )
    weight = cells.to_number(row[1]) or 0.0  # an emptied weight: not asked for
    if weight < 0:
        raise ArgumentError(
            fr=f"un poids est de 0 ou plus, pas {row[1]:g}.",
            en=f"a weight is 0 or more, not {row[1]:g}.",
        )
    return key, weight


def _summary(job: Job, source: Source, found: Quality) -> ResultSheet:
    t = job.text
    share = found.undeliverable_share
    verdict = (
        t("sous l'idéal de 2 %", "below the ideal 2 %")
        if share < NPAI_IDEAL
        else t("sous la limite de 5 %", "below the limit of 5 %")
        if share < NPAI_LIMIT
        else t("au-dessus de la limite de 5 %", "above the limit of 5 %")
    )
    key_rows: list[list[Any]] = [
        [t("Contacts", "Contacts"), len(found.contacts), ""],
        [
            t("Remplissage pondéré", "Weighted completeness"),
            f"{100 * found.completeness:.1f} %".replace(".", "," if job.lang == "fr" else "."),
            t("Poids dans la feuille « Poids de qualité ».", 'Weights: sheet "Quality weights".'),
        ],
        [
            t("Contacts joignables", "Reachable contacts"),
            int((found.contacts["reachable"] > 0).sum()),
            t("Au moins un canal utilisable.", "At least one usable channel."),
        ],
        [
            t("Courriers à risque (NPAI/PND)", "Letters likely to come back"),
            f"{100 * share:.1f} %".replace(".", "," if job.lang == "fr" else "."),
            t(
                f"{verdict.capitalize()}. Estimation sur l'adresse écrite : elle ne dit pas qui a "
                "déménagé.",
                f"{verdict.capitalize()}. An estimate from the address as written: it cannot "
                "tell who has moved.",
            ),
        ],
        [
            t("Lignes en trop (doublons)", "Surplus rows (duplicates)"),
            found.duplicates,
            t("Voir « Dédoublonner ».", 'See "Find duplicates".'),
        ],
    ]
    keys = Table(
        [
            Column(t("Indicateur", "Indicator"), width=32),
            Column(t("Valeur", "Value"), "flag"),
            Column(t("Lecture", "Reading"), width=60),
        ],
        key_rows,
    )
    rows = [
        [
            label_of(c.column, source, job.lang),
            int(c.asked),
            c.share if c.asked else None,
            int(c.filled),
            int(c.invalid),
            c.weight,
        ]
        for c in records(found.columns)
    ]
    by_column = Table(
        [
            Column(t("Colonne", "Column"), width=32),
            Column(t("Concernés", "Concerned"), "integer"),
            Column(t("Remplissage", "Completeness"), "percent", rule="bar"),
            Column(t("Remplies", "Filled"), "integer"),
            Column(t("Non valides", "Invalid"), "integer"),
            Column(t("Poids", "Weight"), "number"),
        ],
        rows,
        title=t("Par colonne", "By column"),
    )
    return ResultSheet(
        name=t("Qualité", "Quality"),
        role="quality",
        title=t("Qualité de la base", "Quality of the base"),
        tables=[keys, by_column],
        charts=[
            Chart(
                "bar",
                t("Remplissage par colonne", "Completeness by column"),
                0,
                (2,),
                table=1,
                percent=True,
            )
        ],
    )


def _base(job: Job, source: Source, frame: Any, found: Quality) -> ResultSheet:
    t = job.text
    lists = found.contacts["missing"].tolist()
    missing = [", ".join(label_of(k, source, job.lang) for k in keys) for keys in lists]
    problems = dict(
        zip(found.undeliverable["row"].tolist(), found.undeliverable["problem"], strict=True)
    )
    returned = [problems[i].in_(job.lang) if i in problems else None for i in range(len(frame))]
    shares = found.contacts["completeness"].tolist()
    before = [
        (Column(t("Remplissage", "Completeness"), "percent", rule="bar"), shares),
        (Column(t("À compléter", "To complete"), width=36), missing),
        (Column(t("Courrier", "Letter"), width=30), returned),
    ]
    marks: dict[tuple[int, str], Mark] = {}
    if len(frame) <= MARKED_ROWS:
        for position, keys in enumerate(lists):
            marks.update({(position, key): "missing" for key in keys})
        pairs = found.invalid[["row", "column"]].itertuples(index=False, name=None)
        marks.update(dict.fromkeys(pairs, "invalid"))
    return ResultSheet(
        name=t("Base qualifiée", "Qualified base"),
        role="quality_base",
        title=t("Base qualifiée", "Qualified base"),
        notes=[
            t(
                "La colonne « À compléter » nomme ce qui manque à chaque contact.",
                'Column "To complete" names what each contact lacks.',
            )
        ],
        tables=[contact_table(source, frame, job.lang, before=before, marks=marks)],
    )

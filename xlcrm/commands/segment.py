"""Segmenter: who the customers are, by criteria that stand on an editable sheet."""

from __future__ import annotations

from typing import Any

import pandas as pd

from xlcrm.books.results import Chart, Column, ResultSheet, Table
from xlcrm.catalogue import Option, command
from xlcrm.columns import fold
from xlcrm.commands.base import Base, customer_base
from xlcrm.commands.job import Job
from xlcrm.commands.settings import naming, settings_sheet, settings_tables
from xlcrm.commands.tables import contact_table
from xlcrm.data import read_rows
from xlcrm.errors import RequestError
from xlcrm.scoring.criteria import (
    HEADERS,
    Criterion,
    criteria_rows,
    read_criteria,
    shipped_criteria,
)
from xlcrm.scoring.segments import Segmentation, cross_table, segment_customers
from xlcrm.texts import Text, listed, meant

_SHOWN = ("customer_id", "civility", "first_name", "last_name", "company", "email", "postcode",
          "town")  # fmt: skip


@command(
    "segment",
    "segmenter",
    group="customers",
    label=Text(fr="Segmenter", en="Segment"),
    summary=Text(
        fr="Répartit les clients par âge, genre, lieu, secteur, taille d'entreprise et classe : "
        "effectif, chiffre d'affaires et moyenne de chaque segment, avec graphiques.",
        en="Cuts customers by age, gender, place, sector, company size and RFM class: size, "
        "revenue and average of each segment, with charts.",
    ),
    icon="PivotTableGroupSelection",
    order=20,
    options=[
        Option(
            "criteria",
            "criteres",
            Text(
                fr="Les critères voulus, séparés par « ; » (tous ceux de la feuille).",
                en='The criteria wanted, separated by ";" (all those of the sheet).',
            ),
        )
    ],
)
def segment(job: Job) -> None:
    """Segment the base by every criterion whose column it has."""
    criteria = _criteria(job)
    base = customer_base(job)
    frame = _by_key(base.frame)
    found = segment_customers(
        frame,
        criteria,
        job.as_of,
        departments=_places("department"),
        regions=_places("region"),
        lang=job.lang,
    )
    used = [c for c in criteria if c not in found.unused]
    if not used:
        raise RequestError(
            fr="Aucun critère ne peut servir : la base n'a pas de quoi les calculer "
            f"({listed(c.name.fr for c in criteria)}). Ajoutez une colonne comme Code postal, "
            "Date de naissance ou Secteur, ou lancez « Scorer (RFM) » d'abord.",
            en="No criterion can be used: the base has nothing to compute them from "
            f"({listed((c.name.en for c in criteria), 'en')}). Add a column such as Postcode, "
            'Birth date or Sector, or run "Score (RFM)" first.',
        )
    job.results.append(_summary(job, used, found))
    job.results.append(_members(job, base, used, found))
    if base.scored:
        job.results.append(_crossed(job, frame, used, found))
    else:
        job.say(
            "Sans chiffre d'affaires : lancez « Scorer (RFM) » d'abord pour l'avoir par segment.",
            'Without revenue: run "Score (RFM)" first to have it by segment.',
        )
    if found.unused:
        job.say(
            "Critères sans colonne dans la base : {names}.",
            "Criteria without a column in the base: {names}.",
            names=Text(
                fr=listed(c.name.fr for c in found.unused),
                en=listed((c.name.en for c in found.unused), "en"),
            ),
        )
    job.count("customers", Text(fr="client(s) réparti(s)", en="customer(s) cut"), len(frame))
    job.count("criteria", Text(fr="critère(s) utilisé(s)", en="criteri(on|a) used"), len(used))
    segments = sum(len(table) for table in found.tables.values())
    job.count("segments", Text(fr="segment(s)", en="segment(s)"), segments)


def _criteria(job: Job) -> list[Criterion]:
    tables = settings_tables(job, "segment_criteria", [HEADERS])
    if tables is None:
        criteria = list(shipped_criteria())
        _write_criteria(job, criteria)
    else:
        with naming(tables[0]):
            criteria = read_criteria(tables[0].rows, tables[0].first_row)
    asked = [part.strip() for part in (job.options["criteria"] or "").split(";") if part.strip()]
    return [_named(criteria, name) for name in asked] or criteria


def _named(criteria: list[Criterion], name: str) -> Criterion:
    for criterion in criteria:
        if fold(name) in (fold(criterion.name.fr), fold(criterion.name.en)):
            return criterion
    raise RequestError(
        fr=f"Pas de critère « {name} » ; il y a : {listed(c.name.fr for c in criteria)}."
        + meant(name, [c.name.fr for c in criteria]),
        en=f'No criterion "{name}"; there are: {listed(c.name.en for c in criteria)}.'
        + meant(name, [c.name.en for c in criteria], "en"),
    )


def _write_criteria(job: Job, criteria: list[Criterion]) -> None:
    t = job.text
    labels = [text.in_(job.lang) for text in HEADERS]
    columns = [
        Column(labels[0], width=24),
        Column(labels[1], width=22),
        Column(labels[2], width=18),
        Column(labels[3], "text"),
        Column(labels[4], "flag"),
        Column(labels[5], width=28),
    ]
    settings_sheet(
        job,
        "segment_criteria",
        t("Critères de segmentation", "Segmentation criteria"),
        t("Critères de segmentation", "Segmentation criteria"),
        [
            t(
                "Un segment commence à sa borne basse et finit où le suivant commence ; « valeurs »"
                " fait un segment par valeur de la colonne (toute colonne de la base convient).",
                'A segment begins at its lower bound and ends where the next begins; "values" '
                "makes one segment for each value of the column (any column of the base will do).",
            )
        ],
        [Table(columns, criteria_rows(criteria, job.lang))],
    )


def _places(what: str) -> dict[str, str]:
    """The department or region of each beginning of a postcode; Corsica's 20 is 2A and 2B."""
    places = {row["code"]: row[what] for row in read_rows("departments")}
    places |= dict.fromkeys(("200", "201"), places["2A"])
    return places | dict.fromkeys(("202", "206"), places["2B"])


def _by_key(frame: pd.DataFrame) -> pd.DataFrame:
    """The base with numbers as numbers, so that sales add up, and classes by their scores."""
    out = frame.copy()
    for key in ("sales", "orders"):
        if key in out:
            out[key] = pd.to_numeric(out[key], errors="coerce").fillna(0)
    if "rfm_class" in out and "score" in out:
        scores = pd.to_numeric(out["score"], errors="coerce")
        ranked = scores.groupby(out["rfm_class"].astype(object)).min().sort_values().index
        out["rfm_class"] = pd.Categorical(out["rfm_class"], categories=ranked, ordered=True)
    return out


def _summary(job: Job, used: list[Criterion], found: Segmentation) -> ResultSheet:
    t = job.text
    shown = [
        ("segment", Column(t("Segment", "Segment"), width=30)),
        ("customers", Column(t("Clients", "Customers"), "integer")),
        ("share", Column(t("Part des clients", "Share of customers"), "percent", rule="bar")),
        ("sales", Column(t("CA net", "Net sales"), "money")),
        ("sales_share", Column(t("Part du CA", "Share of sales"), "percent", rule="bar")),
        ("average_sales", Column(t("CA par client", "Sales per customer"), "money")),
        ("orders", Column(t("Commandes", "Orders"), "integer")),
        ("average_basket", Column(t("Panier moyen", "Average basket"), "money")),
    ]
    tables, charts = [], []
    for position, criterion in enumerate(used):
        table = found.tables[criterion.name.fr]
        keys = [(key, column) for key, column in shown if key in table]
        columns = [_plain(table[key]) for key, _ in keys]
        name = criterion.name.in_(job.lang)
        tables.append(Table([c for _, c in keys], list(zip(*columns, strict=True)), title=name))
        kind = "column" if criterion.bands is not None or len(table) <= 6 else "bar"
        title = t(f"Clients par {name.lower()}", f"Customers by {name.lower()}")
        if position < 6:
            charts.append(Chart(kind, title, 0, (1,), table=position))  # type: ignore[arg-type]
    return ResultSheet(
        name=t("Segments", "Segments"),
        role="segments",
        title=t("Segmentation des clients", "Customer segments"),
        notes=[
            t(
                f"Au {job.as_of:%d/%m/%Y}. Critères modifiables : « Critères de segmentation ».",
                f'As of {job.as_of:%d/%m/%Y}. Criteria to edit: sheet "Segmentation criteria".',
            )
        ],
        tables=tables,
        charts=charts,
    )


def _plain(column: pd.Series) -> list[Any]:
    values = column.astype(object)
    return [v if isinstance(v, (int, float)) else str(v) for v in values.where(values.notna(), "")]


def _members(job: Job, base: Base, used: list[Criterion], found: Segmentation) -> ResultSheet:
    """Each customer with its segment by every criterion, to filter on."""
    after = [
        (
            Column(job.text(f"Segment : {c.name.fr}", f"Segment: {c.name.en}")),
            [str(v) for v in found.labels[c.name.fr]],
        )
        for c in used
    ]
    shown = base.frame[[c for c in _SHOWN if c in base.frame]]
    return ResultSheet(
        name=job.text("Clients par segment", "Customers by segment"),
        role="segment_members",
        title=job.text("Le segment de chaque client", "The segment of each customer"),
        tables=[contact_table(base.source, shown, job.lang, after=after, name="xlcrm_segments")],
    )


def _crossed(
    job: Job, frame: pd.DataFrame, used: list[Criterion], found: Segmentation
) -> ResultSheet:
    """Every criterion against the RFM class: where the good customers are."""
    classes = next((c for c in used if c.column == "rfm_class"), None)
    tables = []
    for criterion in used:
        if classes is None or criterion is classes:
            continue
        crossed = cross_table(found.labels[criterion.name.fr], found.labels[classes.name.fr])
        columns = [Column(criterion.name.in_(job.lang), width=30)]
        columns += [Column(str(c), "integer", rule="scale") for c in crossed.columns]
        rows = [
            [str(name), *(int(n) for n in row)]
            for name, row in zip(crossed.index, crossed.to_numpy().tolist(), strict=True)
        ]
        tables.append(Table(columns, rows, title=criterion.name.in_(job.lang)))
    return ResultSheet(
        name=job.text("Segments et classes", "Segments and classes"),
        role="segments_crossed",
        title=job.text("Segments croisés avec la classe RFM", "Segments against the RFM class"),
        tables=tables,
    )

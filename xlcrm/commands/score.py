"""Scorer: recency, frequency and average basket by an editable grid, and why each score."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import pandas as pd

from xlcrm.books.results import Chart, Column, ResultSheet, Table
from xlcrm.budget.rounding import add_cents, round_cents
from xlcrm.catalogue import Option, command
from xlcrm.commands.base import SCORE_LABELS
from xlcrm.commands.customers import SAME_NUMBER, Known, base_of, buyers, note_same_numbers
from xlcrm.commands.job import Job
from xlcrm.commands.purchases import OPTIONS, note_problems, purchases
from xlcrm.commands.rfm_settings import REFUNDS, Settings, read_settings
from xlcrm.commands.source import Source, read_source
from xlcrm.commands.tables import contact_table
from xlcrm.contacts.cleaning import clean_table
from xlcrm.errors import SourceError
from xlcrm.scoring.recency import METHODS
from xlcrm.scoring.rfm import RfmScores, rfm_from_columns, rfm_from_purchases
from xlcrm.texts import Text, listed

_SHOWN = ("customer_id", "civility", "first_name", "last_name", "full_name", "company", "email",
          "postcode", "town")  # fmt: skip
_MEASURES = ("recency", "frequency", "basket", "last_purchase")
_OR_READY = Text(
    fr=", ou les colonnes Récence (mois), Fréquence et Panier moyen",
    en=", or the columns Recency (months), Frequency and Average basket",
)
_UNKNOWABLE = Text(
    fr="Non noté : sans n° client, ni e-mail ou nom qui le désigne seul dans les achats.",
    en="Not scored: no customer ID, nor an e-mail or name that tells it apart in the purchases.",
)


@command(
    "score",
    "scorer",
    group="customers",
    label=Text(fr="Scorer (RFM)", en="Score (RFM)"),
    summary=Text(
        fr="Note chaque client sur la récence, la fréquence et le panier moyen selon une grille "
        "modifiable, donne sa classe et dit pourquoi.",
        en="Scores each customer on recency, frequency and average basket by an editable grid, "
        "gives the class and says why.",
    ),
    icon="ConditionalFormattingDataBarsGallery",
    order=10,
    options=[
        *OPTIONS,
        Option(
            "grid",
            "grille",
            Text(
                fr="Le nom de la grille, si la feuille Grille RFM en a plusieurs.",
                en="The name of the grid, where the sheet RFM grid has several.",
            ),
        ),
        Option(
            "months",
            "mois",
            Text(
                fr="Comment compter les mois : anniversaires, DATEDIF, mois civils, jours / 30, "
                "jours / 30,44.",
                en="How months are counted: anniversary, DATEDIF, calendar, days / 30, "
                "days / 30.44.",
            ),
        ),
    ],
)
def score(job: Job) -> None:
    """Score customers from purchase lines, or from ready-made columns of the base."""
    settings = read_settings(job)
    scored = _scored(job, settings)
    _note_anomalies(job, scored)
    table = scored.scores.table
    job.results.append(_scores_sheet(job, settings, scored))
    job.results.append(_classes_sheet(job, settings, table))
    number = int(table["score"].notna().sum())
    job.count("customers", Text(fr="client(s) noté(s)", en="customer(s) scored"), number)
    for label, number in table["rfm_class"].value_counts(sort=False).items():
        job.count(f"class: {label}", Text(fr=str(label), en=str(label)), int(number))
    job.messages.extend(settings.grid.warnings())


@dataclass(frozen=True, slots=True)
class _Scored:
    """`lines`: the table whose rows the anomalies number; `who`: the customer of each score."""

    lines: Source
    scores: RfmScores
    who: Source


def _scored(job: Job, settings: Settings) -> _Scored:
    ready = _ready_made(job)
    if ready is not None:
        scores = rfm_from_columns(
            ready.frame, settings.as_of, settings.grid, settings.options, job.lang
        )
        keep = [c for c in ready.frame.columns if c not in _MEASURES]
        return _Scored(ready, scores, replace(ready, frame=ready.frame[keep]))
    lines = purchases(job, _OR_READY, settings.as_of)
    job.count(
        "lines", Text(fr="ligne(s) d'achat lue(s)", en="purchase line(s) read"), len(lines.frame)
    )
    job.book.progress(0.4, job.text("Calcul des scores…", "Computing scores…"))
    base = base_of(job)
    if base is not None and (scored := _by_contact(job, settings, lines, base)):
        return scored
    who = buyers(lines)
    scores = _rfm(job, settings, lines, who, None)
    first = {name: at for at, name in reversed(list(enumerate(who)))}
    places = [first[name] for name in scores.table["customer_id"]]
    return _Scored(lines, scores, _picked(lines, lines.frame, places))


def _rfm(
    job: Job, settings: Settings, lines: Source, who: list[str | None], customers: Any
) -> RfmScores:
    frame = lines.frame.assign(customer_id=pd.Series(who, dtype=object))
    return rfm_from_purchases(
        frame, settings.as_of, settings.grid, settings.options, customers, job.lang
    )


def _by_contact(job: Job, settings: Settings, lines: Source, base: Source) -> _Scored | None:
    """The scores of every contact of the base; None where it knows nobody who bought.

    Who has the number of an earlier contact, or nothing by which purchases know it, comes last,
    without a score.
    """
    known = Known(base.frame)
    places = known.find(lines.frame)
    if all(place is None for place in places):
        job.say(
            "Aucun achat ne correspond à un contact de « {name} » : clients notés sans cette feuille.",
            'No purchase is that of a contact of "{name}": customers scored without that sheet.',
            name=listed(base.names),
        )
        return None
    note_same_numbers(job, base, known)
    named = zip(places, buyers(lines), strict=True)
    who = [f"={p}" if p is not None else f"?{name}" if name else None for p, name in named]
    knowable = known.knowable(lines.frame) - known.same.keys()
    order = sorted(range(len(base.frame)), key=lambda at: at not in knowable)
    keys = [f"={at}" for at in order]
    scores = _rfm(job, settings, lines, who, keys[: len(knowable)])
    table = scores.table.set_index("customer_id").reindex(keys).reset_index()
    why = [SAME_NUMBER.format(**base.place(known.same[at])) if at in known.same else _UNKNOWABLE
           for at in order[len(knowable) :]]  # fmt: skip
    table.loc[len(knowable) :, "why"] = [text.in_(job.lang) for text in why]
    unknowable = len(why) - len(known.same)
    if unknowable:
        label = Text(
            fr="contact(s) sans n° client, non noté(s)", en="contact(s) without ID, not scored"
        )
        job.count("unknowable", label, unknowable)
    frame = clean_table(base.frame).frame
    return _Scored(lines, replace(scores, table=table), _picked(base, frame, order))


def _picked(source: Source, frame: pd.DataFrame, places: list[int]) -> Source:
    """Some rows of a table, in that order, with the columns that say who it is."""
    return Source(
        frame.iloc[places][[c for c in _SHOWN if c in frame]].reset_index(drop=True),
        [source.sheets[at] for at in places],
        [source.rows[at] for at in places],
        source.labels,
    )


def _ready_made(job: Job) -> Source | None:
    """A table with recency (or last purchase), frequency and basket of its own."""
    if job.sheet is not None and not job.standing:
        source = read_source(job.book, job.sheet)
        return source if _is_ready(source) else None
    if job.options["purchases"]:
        return None
    for sheet in _by_activity(job):
        try:
            source = read_source(job.book, sheet)
        except SourceError:
            continue  # a sheet without a table
        if _is_ready(source):
            return source
        if source.holds_purchases():
            return None
    return None


def _by_activity(job: Job) -> list[str]:
    """The user's sheets, the one where the user is first."""
    sheets, active = job.book.sheets(), job.sheet or job.book.active()
    return sorted(sheets, key=lambda s: s != active)


def _is_ready(source: Source) -> bool:
    dated = source.has("recency") or source.has("last_purchase")
    return dated and source.has("frequency", "basket")


def _note_anomalies(job: Job, scored: _Scored) -> None:
    source, found = scored.lines, scored.scores
    job.anomalies.extend(source.anomalies)
    note_problems(job, source, found.anomalies)


def _scores_sheet(job: Job, settings: Settings, scored: _Scored) -> ResultSheet:
    t, table, who = job.text, scored.scores.table, scored.who
    unit = t("par an", "a year")
    if settings.grid.frequency == "frequency_month":
        unit = t("par mois", "a month")
    shown: list[tuple[str, Column]] = [
        ("last_purchase", Column(SCORE_LABELS["last_purchase"].in_(job.lang), "date")),
        ("recency", Column(t("Récence (mois)", "Recency (months)"), "number")),
        ("frequency", Column(t(f"Fréquence ({unit})", f"Frequency ({unit})"), "number")),
        ("basket", Column(t("Panier moyen", "Average basket"), "money")),
        ("orders", Column(SCORE_LABELS["orders"].in_(job.lang), "integer")),
        ("sales", Column(SCORE_LABELS["sales"].in_(job.lang), "money")),
        ("recency_points", Column(t("Note R", "R points"), "points")),
        ("frequency_points", Column(t("Note F", "F points"), "points")),
        ("basket_points", Column(t("Note M", "M points"), "points")),
        ("score", Column(SCORE_LABELS["score"].in_(job.lang), "points", rule="bar")),
        ("rfm_class", Column(SCORE_LABELS["rfm_class"].in_(job.lang))),
        ("why", Column(t("Pourquoi", "Why"), width=80)),
    ]
    if "last_purchase" in table and table["last_purchase"].isna().all():
        table = table.drop(columns="last_purchase")  # ready-made recency comes without a date
    after = [(column, _values(table[key])) for key, column in shown if key in table]
    return ResultSheet(
        name=t("Scores RFM", "RFM scores"),
        role="scores",
        title=t("Scores RFM", "RFM scores"),
        notes=[
            t(
                f"Grille « {settings.grid.name.fr} » au {settings.as_of:%d/%m/%Y}, mois par "
                f"{METHODS[settings.options.months].fr}. Avoirs : "
                f"{REFUNDS[settings.options.refunds].fr}. Conventions : feuille « Grille RFM ».",
                f'Grid "{settings.grid.name.en}" as of {settings.as_of:%d/%m/%Y}, months by '
                f"{METHODS[settings.options.months].en}. Refunds: "
                f'{REFUNDS[settings.options.refunds].en}. Conventions: sheet "RFM grid".',
            )
        ],
        tables=[contact_table(who, who.frame, job.lang, after=after, name="xlcrm_scores")],
    )


def _values(column: pd.Series) -> list[Any]:
    values = column.astype(object)
    return values.where(values.notna(), None).tolist()


def _classes_sheet(job: Job, settings: Settings, table: pd.DataFrame) -> ResultSheet:
    t = job.text
    rows = []
    total = max(1, int(table["score"].notna().sum()))
    has_sales = "sales" in table
    for label in table["rfm_class"].cat.categories[::-1]:
        of_class = table[table["rfm_class"] == label]
        sales = add_cents(*of_class["sales"].dropna()) if has_sales else None
        rows.append(
            [
                str(label),
                len(of_class),
                len(of_class) / total,
                sales,
                None if sales is None or of_class.empty else round_cents(sales / len(of_class)),
                None if of_class.empty else round_cents(of_class["score"].mean(), 1),
            ]
        )
    columns = [
        Column(t("Classe RFM", "RFM class"), width=26),
        Column(t("Clients", "Customers"), "integer"),
        Column(t("Part des clients", "Share of customers"), "percent"),
        Column(t("CA net", "Net sales"), "money"),
        Column(t("CA par client", "Sales per customer"), "money"),
        Column(t("Score moyen", "Average score"), "number"),
    ]
    return ResultSheet(
        name=t("Classes RFM", "RFM classes"),
        role="rfm_classes",
        title=t("Les classes de clients", "Customer classes"),
        tables=[Table(columns, rows, name="xlcrm_classes")],
        charts=[Chart("column", t("Clients par classe", "Customers by class"), 0, (1,))],
    )

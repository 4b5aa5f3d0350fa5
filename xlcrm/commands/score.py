"""Scorer: recency, frequency and average basket by an editable grid, and why each score."""

from __future__ import annotations

from typing import Any

import pandas as pd

from xlcrm import cells
from xlcrm.books.results import Chart, Column, ResultSheet, Table
from xlcrm.catalogue import Option, command
from xlcrm.commands.base import SCORE_LABELS
from xlcrm.commands.job import Anomaly, Job
from xlcrm.commands.rfm_settings import Settings, read_settings
from xlcrm.commands.source import (
    Source,
    choose_purchases,
    contacts,
    no_table,
    purchase_sheets,
    read_source,
    require,
)
from xlcrm.commands.tables import contact_table
from xlcrm.contacts.cleaning import clean_table
from xlcrm.errors import RequestError, SourceError
from xlcrm.scoring.recency import METHODS
from xlcrm.scoring.rfm import PROBLEMS, RfmScores, rfm_from_columns, rfm_from_purchases
from xlcrm.texts import Text, listed

_SHOWN = ("civility", "first_name", "last_name", "company", "email", "postcode", "town")


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
        Option(
            "purchases",
            "achats",
            Text(
                fr="La feuille des achats (la première qui en contient).",
                en="The sheet of purchases (the first one that has them).",
            ),
        ),
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
    source, scores = _scored(job, settings)
    _note_anomalies(job, source, scores)
    table = scores.table
    job.results.append(_scores_sheet(job, settings, source, table))
    job.results.append(_classes_sheet(job, settings, table))
    scored = int(table["score"].notna().sum())
    job.count("customers", Text(fr="clients notés", en="customers scored"), scored)
    for label, number in table["rfm_class"].value_counts(sort=False).items():
        job.count(f"class: {label}", Text(fr=str(label), en=str(label)), int(number))
    job.messages.extend(settings.grid.warnings())


def _scored(job: Job, settings: Settings) -> tuple[Source, RfmScores]:
    """The scores, and the table whose rows the anomalies number."""
    ready = _ready_made(job)
    if ready is not None:
        scores = rfm_from_columns(
            ready.frame, settings.as_of, settings.grid, settings.options, job.lang
        )
        return ready, scores
    purchases = _purchases(job)
    base = _base(job)
    keys = _customer_keys(base) if base is not None else {}
    lines = purchases.frame.copy()
    names = [cells.to_label(v) for v in lines["customer_id"]]
    loose = _loose_keys(keys)
    lines["customer_id"] = [
        (keys.get(n) or loose.get(_loosened(n)) or n) if n else None for n in names
    ]
    customers = list(dict.fromkeys(keys.values())) if keys else None
    job.book.progress(0.4, job.text("Calcul des scores…", "Computing scores…"))
    scores = rfm_from_purchases(
        lines, settings.as_of, settings.grid, settings.options, customers, job.lang
    )
    job.count("lines", Text(fr="lignes d'achat lues", en="purchase lines read"), len(lines))
    return purchases, scores


def _ready_made(job: Job) -> Source | None:
    """A table with recency (or last purchase), frequency and basket of its own."""
    if job.sheet is not None:
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
    sheets, active = job.book.sheets(), job.book.active()
    return sorted(sheets, key=lambda s: s != active)


def _is_ready(source: Source) -> bool:
    dated = source.has("recency") or source.has("last_purchase")
    return dated and source.has("frequency", "basket")


def _purchases(job: Job) -> Source:
    name = job.options["purchases"] or job.sheet
    if name:
        source = read_source(job.book, name)
        if source.holds_purchases():
            require(source, "customer_id", "order_date")
            return source
        if job.options["purchases"]:
            require(source, "customer_id", "order_date", "amount")
    found = purchase_sheets(job.book)
    if not found:
        if problem := no_table(job.book, job.book.sheets()):
            raise problem
        raise RequestError(
            fr="Pas d'achats dans ce classeur : il faut une feuille avec N° client, Date d'achat "
            "et Montant, ou les colonnes Récence (mois), Fréquence et Panier moyen. Feuilles : "
            f"{listed(job.book.sheets())}.",
            en="No purchases in this workbook: a sheet with Customer ID, Order date and Amount is "
            "needed, or the columns Recency (months), Frequency and Average basket. Sheets: "
            f"{listed(job.book.sheets())}.",
        )
    source = choose_purchases(job, found)
    require(source, "customer_id", "order_date")
    return source


def _base(job: Job) -> Source | None:
    """The contacts that the customer numbers belong to, if the workbook has them."""
    asked, job.sheet = job.sheet, None
    try:
        base = contacts(job, "merged", "clean", "single_view")
    except (RequestError, SourceError):
        return None
    finally:
        job.sheet = asked
    return base if base.has("customer_id") else None


def _customer_keys(base: Source) -> dict[str, str]:
    """Every customer number of the base -> the first number of that contact.

    A merged contact has several (`MN-00012; W10023`): their purchases are one customer's.
    """
    keys: dict[str, str] = {}
    for value in base.frame["customer_id"]:
        numbers = [n.strip() for n in (cells.to_label(value) or "").split(";") if n.strip()]
        for number in numbers:
            keys.setdefault(number, numbers[0])
    return keys


def _loose_keys(keys: dict[str, str]) -> dict[str, str]:
    """The numbers as they come out of a sheet that lost their zeros or capitals.

    `00123` is 123 there; where two customers would then share a number, neither has it.
    """
    found: dict[str, set[str]] = {}
    for number, first in keys.items():
        found.setdefault(_loosened(number), set()).add(first)
    return {number: firsts.pop() for number, firsts in found.items() if len(firsts) == 1}


def _loosened(number: str) -> str:
    text = number.strip().casefold()
    return text.lstrip("0") if text.isdigit() else text


def _note_anomalies(job: Job, source: Source, scores: RfmScores) -> None:
    job.anomalies.extend(source.anomalies)
    anomalies = scores.anomalies.sort_values("line", kind="stable")
    for line, column, value, problem in anomalies.itertuples(index=False, name=None):
        position = int(line)
        label = source.label(column, job.lang)
        job.anomalies.append(
            Anomaly(source.sheets[position], source.rows[position], label, value, PROBLEMS[problem])
        )
    for problem, number in scores.counts().items():
        job.count(problem, PROBLEMS[problem], number)


def _scores_sheet(job: Job, settings: Settings, source: Source, table: pd.DataFrame) -> ResultSheet:
    t = job.text
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
    who = _who(job, source, table)
    return ResultSheet(
        name=t("Scores RFM", "RFM scores"),
        role="scores",
        title=t("Scores RFM", "RFM scores"),
        notes=[
            t(
                f"Grille « {settings.grid.name.fr} » au {settings.as_of:%d/%m/%Y}, mois par "
                f"{METHODS[settings.options.months].fr}. Conventions : feuille « Grille RFM ».",
                f'Grid "{settings.grid.name.en}" as of {settings.as_of:%d/%m/%Y}, months by '
                f'{METHODS[settings.options.months].en}. Conventions: sheet "RFM grid".',
            )
        ],
        tables=[contact_table(who, who.frame, job.lang, after=after, name="xlcrm_scores")],
    )


def _values(column: pd.Series) -> list[Any]:
    values = column.astype(object)
    return values.where(values.notna(), None).tolist()


def _who(job: Job, source: Source, table: pd.DataFrame) -> Source:
    """The customer beside each score: from the base, or from the table that was scored."""
    if _is_ready(source):
        keep = [c for c in source.frame.columns if c not in ("recency", "frequency", "basket")]
        keep = [c for c in keep if c != "last_purchase"]
        return Source(source.frame[keep], source.sheets, source.rows, source.labels)
    told = len(job.messages), len(job.anomalies)
    base = _base(job)
    del job.messages[told[0] :], job.anomalies[told[1] :]  # said when the scores were computed
    ids = table["customer_id"].tolist()
    if base is None:
        first = {n: i for i, n in reversed(list(enumerate(_ids(source))))}
        frame = pd.DataFrame({"customer_id": pd.Series(ids, dtype=object)})
        rows = [first.get(n, 0) for n in ids]
        return Source(
            frame, [source.sheets[i] for i in rows], [source.rows[i] for i in rows], source.labels
        )
    cleaned = clean_table(base.frame).frame
    place: dict[str, int] = {}
    for position, value in enumerate(base.frame["customer_id"]):
        for number in (cells.to_label(value) or "").split(";"):
            place.setdefault(number.strip(), position)
    rows = [place[n] for n in ids]
    frame = cleaned.iloc[rows][[c for c in ("customer_id", *_SHOWN) if c in cleaned]]
    return Source(
        frame.reset_index(drop=True),
        [base.sheets[i] for i in rows],
        [base.rows[i] for i in rows],
        base.labels,
    )


def _ids(source: Source) -> list[str | None]:
    return [cells.to_label(v) for v in source.frame["customer_id"]]


def _classes_sheet(job: Job, settings: Settings, table: pd.DataFrame) -> ResultSheet:
    t = job.text
    rows = []
    total = max(1, int(table["score"].notna().sum()))
    has_sales = "sales" in table
    for label in table["rfm_class"].cat.categories[::-1]:
        of_class = table[table["rfm_class"] == label]
        sales = float(of_class["sales"].sum()) if has_sales else None
        rows.append(
            [
                str(label),
                len(of_class),
                len(of_class) / total,
                sales,
                None if sales is None or not len(of_class) else round(sales / len(of_class), 2),
                None if not len(of_class) else round(float(of_class["score"].mean()), 1),
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

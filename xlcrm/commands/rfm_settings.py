"""The sheet Grille RFM: grids, as-of date and conventions of a scoring, for the user to edit."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from xlcrm.books.results import Column, Table
from xlcrm.catalogue import Kind
from xlcrm.commands.job import Job
from xlcrm.commands.settings import (
    PARAMETER_HEADERS,
    Parameter,
    Setting,
    naming,
    parameter_table,
    read_parameters,
    settings_sheet,
    settings_tables,
    tell_changed,
)
from xlcrm.errors import ArgumentError
from xlcrm.scoring.grid_reading import check_criteria, read_grids
from xlcrm.scoring.grids import HEADERS, Grid, find_grid, grid_rows, shipped_grids
from xlcrm.scoring.purchases import Refunds
from xlcrm.scoring.recency import METHODS, month_method
from xlcrm.scoring.rfm import RfmOptions
from xlcrm.texts import Text, listed

_YES, _NO = Text(fr="oui", en="yes"), Text(fr="non", en="no")
REFUNDS = {
    "order": Text(fr="suivent leur commande", en="follow their order"),
    "date": Text(fr="à leur propre date", en="on their own date"),
    "ignore": Text(fr="ignorés", en="ignored"),
}
_NOTHING = Text(fr="", en="")
_REFUNDED = Text(
    fr=" Une commande entièrement remboursée reste un achat, de 0 €.",
    en=" An order refunded in full stays a purchase, of 0 €.",
)
_SAME_DAY = {
    "separate": Text(fr="achats séparés", en="separate purchases"),
    "together": Text(fr="un seul achat", en="one purchase"),
}
_FREQUENCY_OVER = {
    "window": Text(fr="toute la période", en="the whole period"),
    "tenure": Text(fr="l'ancienneté du client", en="the customer's tenure"),
}
_BASKET_OVER = {
    "history": Text(fr="tous les achats", en="all purchases"),
    "window": Text(fr="les achats de la période", en="purchases of the period"),
}


@dataclass(frozen=True, slots=True)
class Settings:
    """What the sheet Grille RFM says."""

    grid: Grid
    as_of: date
    options: RfmOptions


def read_settings(job: Job) -> Settings:
    """The grid, the date and the conventions: from the user's sheet, else the default ones."""
    parameters = _parameters(job)
    tables = settings_tables(job, "rfm_grid", [PARAMETER_HEADERS, HEADERS])
    if tables is None:
        read = {p.key: p.default for p in parameters}
        grids = list(shipped_grids().values())
        rows = [row for grid in grids for row in grid_rows(grid, job.lang)]
    else:
        read = read_parameters(tables[0], parameters)
        grids = _read_grids(tables[1])
        rows = tables[1].rows
    values = dict(read)
    if job.as_of_given:
        values["as_of"] = job.as_of
    if job.options["months"]:
        values["months"] = METHODS[month_method(job.options["months"])]
    grid = find_grid(grids, job.options["grid"] or str(values["grid"]))
    if job.options["grid"]:
        values["grid"] = grid.name.in_(job.lang)
    if tables is None or tell_changed(job, tables[0], parameters, read, values):
        sheet = tables[0] if tables else None
        _write_settings(job, parameter_table(job, parameters, values, sheet), rows, sheet)
    return Settings(
        grid=grid,
        as_of=values["as_of"],
        options=RfmOptions(
            months=month_method(str(values["months"])),
            window_months=_window(values["window_months"]),
            refunds=_key(REFUNDS, values["refunds"]),
            same_day=_key(_SAME_DAY, values["same_day"]),
            frequency_over=_key(_FREQUENCY_OVER, values["frequency_over"]),
            basket_over=_key(_BASKET_OVER, values["basket_over"]),
            inactive_outside_window=values["inactive_outside_window"] == _YES,
        ),
    )


def refund_rule(job: Job) -> tuple[Refunds, Text]:
    """How refunds are dated, for every command alike: as the sheet Grille RFM says, or the default."""
    chosen = REFUNDS[RfmOptions().refunds]
    if tables := settings_tables(job, "rfm_grid", [PARAMETER_HEADERS, HEADERS]):
        chosen = read_parameters(tables[0], _parameters(job))["refunds"]
    return _key(REFUNDS, chosen), chosen


def _read_grids(setting: Setting) -> list[Grid]:
    with naming(setting):
        check_criteria(setting.rows, setting.first_row)
        return read_grids(setting.rows, setting.first_row)


def _window(value: float) -> int:
    if not 1 <= value <= 120 or value != int(value):
        raise ArgumentError(
            fr=f"Période d'observation : de 1 à 120 mois entiers, pas {value:g}.",
            en=f"Period observed: 1 to 120 whole months, not {value:g}.",
        )
    return int(value)


def _key(choices: dict[str, Text], chosen: Text) -> Any:
    return next(key for key, text in choices.items() if text == chosen)


def _parameters(job: Job) -> list[Parameter]:
    grids = tuple(grid.name for grid in shipped_grids().values())
    defaults = RfmOptions()
    return [
        Parameter(
            "grid",
            Text(fr="Grille utilisée", en="Grid used"),
            grids[0].in_(job.lang),
            Text(
                fr=f"L'une des grilles du tableau ci-dessous : {listed(g.fr for g in grids)}.",
                en=f"One of the grids of the table below: {listed(g.en for g in grids)}.",
            ),
        ),
        Parameter(
            "as_of",
            Text(fr="Date d'arrêté", en="As-of date"),
            job.as_of,
            Text(
                fr="Le jour auquel la récence est comptée ; elle ne change pas toute seule.",
                en="The day from which recency is counted; it does not change by itself.",
            ),
            kind=Kind.DATE,
        ),
        Parameter(
            "months",
            Text(fr="Compte des mois", en="Counting of months"),
            METHODS[defaults.months],
            Text(
                fr=f"Choix : {listed(m.fr for m in METHODS.values())}.",
                en=f"Choices: {listed(m.en for m in METHODS.values())}.",
            ),
            tuple(METHODS.values()),
        ),
        Parameter(
            "window_months",
            Text(fr="Période d'observation (mois)", en="Period observed (months)"),
            defaults.window_months,
            Text(
                fr="La fréquence compte les commandes de ces derniers mois.",
                en="The frequency counts the orders of these last months.",
            ),
            kind=Kind.NUMBER,
        ),
        _choice("frequency_over", "Fréquence rapportée à", "Frequency over", _FREQUENCY_OVER),
        _choice("basket_over", "Panier moyen sur", "Average basket over", _BASKET_OVER),
        _choice("refunds", "Avoirs et remboursements", "Refunds", REFUNDS, _REFUNDED),
        _choice("same_day", "Deux commandes le même jour", "Two orders on one day", _SAME_DAY),
        Parameter(
            "inactive_outside_window",
            Text(fr="Sans achat sur la période = 0", en="No purchase in the period = 0"),
            _NO,
            Text(
                fr="Oui : un client sans commande sur la période a 0 partout, même avec un gros "
                "panier ancien.",
                en="Yes: a customer without an order in the period gets 0 everywhere, even with a "
                "big old basket.",
            ),
            (_NO, _YES),
        ),
    ]


def _choice(
    key: str, fr: str, en: str, choices: dict[str, Text], more: Text = _NOTHING
) -> Parameter:
    default = choices[getattr(RfmOptions(), key)]
    meaning = Text(
        fr=f"Choix : {listed(c.fr for c in choices.values())}.{more.fr}",
        en=f"Choices: {listed(c.en for c in choices.values())}.{more.en}",
    )
    return Parameter(key, Text(fr=fr, en=en), default, meaning, tuple(choices.values()))


def _write_settings(
    job: Job, parameters: Table, rows: list[list[Any]], before: Setting | None
) -> None:
    t = job.text
    labels = [text.in_(job.lang) for text in HEADERS]
    columns = [
        Column(labels[0], width=34),
        Column(labels[1], width=28),
        Column(labels[2], "text", choices=(">=", ">")),
        Column(labels[3], "flag"),
        Column(labels[4], "points"),
        Column(labels[5], width=34),
    ]
    settings_sheet(
        job,
        "rfm_grid",
        t("Grille RFM", "RFM grid"),
        t("Grille RFM et conventions", "RFM grid and conventions"),
        [
            t(
                "Une tranche commence à sa borne basse (>= : la borne compte ; > : elle ne compte "
                "pas) et finit où la suivante commence. La première borne reste vide.",
                "A band begins at its lower bound (>= : the bound counts; > : it does not) and "
                "ends where the next one begins. The first bound stays empty.",
            )
        ],
        [parameters, Table(columns, rows)],
        anew=before is not None,
    )

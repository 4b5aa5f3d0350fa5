"""What a target is asked for: the sheet of its criteria, and the contacts that match them."""

from __future__ import annotations

from typing import Any

import pandas as pd

from xlcrm import cells
from xlcrm.catalogue import Kind
from xlcrm.columns import fold, recognise
from xlcrm.commands.base import SCORE_LABELS
from xlcrm.commands.job import Job
from xlcrm.commands.settings import (
    PARAMETER_HEADERS,
    Parameter,
    parameter_table,
    read_parameters,
    settings_sheet,
    settings_tables,
    tell_changed,
)
from xlcrm.commands.source import Source
from xlcrm.commands.tables import label_of
from xlcrm.contacts.consent_rules import CHANNELS
from xlcrm.errors import ArgumentError
from xlcrm.texts import LANGUAGES, Lang, Text, listed, meant

YES, _NO = Text(fr="oui", en="yes"), Text(fr="non", en="no")


def read_criteria(job: Job) -> dict[str, Any]:
    """The criteria by key, from their sheet and the options; the sheet shows what is used."""
    parameters = _parameters(job)
    tables = settings_tables(job, "target_criteria", [PARAMETER_HEADERS])
    sheet = tables[0] if tables else None
    read = read_parameters(sheet, parameters) if sheet else {p.key: p.default for p in parameters}
    if read["most"] is not None and read["most"] < 1:
        raise ArgumentError(
            fr=f"« Nombre maximal » : 1 ou plus, ou vide, pas {read['most']:g}.",
            en=f'"At most": 1 or more, or empty, not {read["most"]:g}.',
        )
    used = dict(read)
    if job.as_of_given:
        used["day"] = job.as_of
    for key in ("channel", "classes", "segment"):
        if job.options[key]:
            used[key] = job.options[key]
    used["channel"] = CHANNELS[channel_of(used["channel"])]
    if sheet is None or tell_changed(job, sheet, parameters, read, used):
        title = job.text("Critères de ciblage", "Target criteria")
        table = parameter_table(job, parameters, used, sheet)
        settings_sheet(job, "target_criteria", title, title, [], [table], anew=sheet is not None)
    return used


def _parameters(job: Job) -> list[Parameter]:
    yes_no = (YES, _NO)
    return [
        Parameter(
            "action",
            Text(fr="Action", en="Action"),
            job.text("Campagne de fidélisation", "Loyalty campaign"),
            Text(fr="Le nom de l'action, pour le titre.", en="The action's name, for the title."),
        ),
        Parameter(
            "channel",
            Text(fr="Canal", en="Channel"),
            CHANNELS["email"],
            Text(
                fr=f"Choix : {listed(c.fr for c in CHANNELS.values())}.",
                en=f"Choices: {listed(c.en for c in CHANNELS.values())}.",
            ),
            tuple(CHANNELS.values()),
        ),
        Parameter(
            "day",
            Text(fr="Date de l'action", en="Date of the action"),
            job.as_of,
            Text(
                fr="Les règles sont celles en vigueur ce jour-là.",
                en="The rules are those in force on that day.",
            ),
            kind=Kind.DATE,
        ),
        Parameter(
            "classes",
            Text(fr="Classes RFM", en="RFM classes"),
            None,
            Text(
                fr="Séparées par « ; » ; vide : toutes.", en='Separated by ";"; empty: all of them.'
            ),
        ),
        Parameter(
            "segment",
            Text(fr="Segment", en="Segment"),
            None,
            Text(
                fr="colonne=valeur, plusieurs séparés par « ; » : Ville=Nantes; Type=Particulier.",
                en='column=value, several separated by ";": Town=Nantes; Type=Individual.',
            ),
        ),
        Parameter(
            "similar",
            Text(fr="Produits déjà achetés ou similaires", en="Similar products"),
            YES,
            Text(
                fr="Oui : l'e-mail ou SMS à un client porte sur des produits semblables à ses "
                "achats.",
                en="Yes: the e-mail or SMS to a customer is about products like those bought.",
            ),
            yes_no,
        ),
        Parameter(
            "contract",
            Text(fr="Contrat en cours, appel en rapport", en="Ongoing contract, related call"),
            _NO,
            Text(
                fr="Oui : l'appel porte sur l'objet d'un contrat en cours avec chaque personne.",
                en="Yes: the call is about the object of an ongoing contract with each person.",
            ),
            yes_no,
        ),
        Parameter(
            "most",
            Text(fr="Nombre maximal", en="At most"),
            None,
            Text(
                fr="Vide : sans limite ; sinon les meilleurs scores d'abord.",
                en="Empty: no limit; else the best scores first.",
            ),
            kind=Kind.NUMBER,
        ),
    ]


def channel_of(chosen: Any) -> str:
    """The key of a channel, in whichever language it is written.

    >>> channel_of("Téléphone"), channel_of("phone")
    ('phone', 'phone')
    """
    written = chosen.fr if isinstance(chosen, Text) else str(chosen)
    for key, text in CHANNELS.items():
        if fold(written) in (key, fold(text.fr), fold(text.en), fold(key)):
            return key
    raise ArgumentError(
        fr=f"Canal « {written} » inconnu ; choix : {listed(c.fr for c in CHANNELS.values())}."
        + meant(written, [c.fr for c in CHANNELS.values()]),
        en=f'Unknown channel "{written}"; choices: {listed(c.en for c in CHANNELS.values())}.'
        + meant(written, [c.en for c in CHANNELS.values()], "en"),
    )


def classes_of(frame: pd.DataFrame) -> list[str | None]:
    """The RFM class of each contact; None before any score."""
    if "rfm_class" not in frame:
        return [None] * len(frame)
    return [cells.to_text(value) for value in frame["rfm_class"]]


def matching(
    job: Job,
    source: Source,
    frame: pd.DataFrame,
    classes: list[str | None],
    criteria: dict[str, Any],
) -> list[int]:
    """The positions of the contacts that the criteria ask for."""
    kept = list(range(len(frame)))
    wanted = [part.strip() for part in str(criteria["classes"] or "").split(";") if part.strip()]
    if wanted:
        there = {fold(c): c for c in classes if c}
        for name in wanted:
            if fold(name) not in there:
                raise ArgumentError(
                    fr=f"Pas de client de classe « {name} » ; classes : "
                    f"{listed(sorted(there.values())) or 'aucune (lancez Scorer)'}.",
                    en=f'No customer of class "{name}"; classes: '
                    f"{listed(sorted(there.values())) or 'none (run Score)'}.",
                )
        names = {fold(name) for name in wanted}
        kept = [i for i in kept if fold(classes[i] or "") in names]
    for part in str(criteria["segment"] or "").split(";"):
        if part.strip():
            kept = _of_segment(job, source, frame, kept, part)
    return kept


def _of_segment(
    job: Job, source: Source, frame: pd.DataFrame, kept: list[int], part: str
) -> list[int]:
    name, sign, value = (p.strip() for p in part.partition("="))
    names = {lang: [_label(c, source, lang) for c in frame.columns] for lang in LANGUAGES}
    by_label = {fold(label): c for n in names.values() for label, c in zip(n, frame, strict=True)}
    column = name if name in frame else by_label.get(fold(name)) or recognise(name)
    if not sign or column not in frame:
        raise ArgumentError(
            fr=f"Segment « {part.strip()} » : il faut colonne=valeur ; colonnes : "
            f"{listed(names['fr'], most=40)}.",
            en=f'Segment "{part.strip()}": column=value is needed, with a column of the base: '
            f"{listed(names['en'], 'en', most=40)}.",
        )
    values = frame[column].tolist()
    return [i for i in kept if fold(cells.to_text(values[i]) or "") == fold(value)]


def _label(column: str, source: Source, lang: Lang) -> str:
    if column in SCORE_LABELS:
        return SCORE_LABELS[column].in_(lang)
    return label_of(column, source, lang)

"""Nettoyer: every contact column by its rules, with a journal of what changed and why."""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime

from xlcrm.books.results import Column, Mark, ResultSheet, Table
from xlcrm.catalogue import command
from xlcrm.commands.job import Anomaly, Change, Job
from xlcrm.commands.source import Source, contacts
from xlcrm.commands.tables import MARKED_ROWS, contact_table, label_of
from xlcrm.contacts.answers import Answer, read_answer
from xlcrm.contacts.cleaning import RULES, Cleaned, clean_table
from xlcrm.texts import Text, listed

_PAST_DATES = ("birth_date", "created", "consent_date", "last_contact", "last_purchase")
_CONSENTS = ("consent_phone", "consent_email", "consent_sms", "consent_post")
# Spreadsheets show an empty or zero date as a day of 1899 or 1900; nobody alive was born before.
_OLDEST = date(1905, 1, 1)


@command(
    "clean",
    "nettoyer",
    group="contacts",
    label=Text(fr="Nettoyer", en="Clean"),
    summary=Text(
        fr="Corrige civilités, noms, téléphones, e-mails, adresses, codes postaux, villes, SIRET… "
        "dans une nouvelle feuille ; chaque correction est au Journal, le douteux en Anomalies.",
        en="Corrects titles, names, phones, e-mails, addresses, postcodes, towns, SIRET… on a new "
        "sheet; each correction is in the Journal, what is doubtful in Anomalies.",
    ),
    icon="ClearFormats",
    order=20,
)
def clean(job: Job) -> None:
    """Clean the contacts that stand on the active sheet, or on the single view."""
    source = contacts(job, "single_view")
    job.book.progress(0.2, job.text("Nettoyage…", "Cleaning…"))
    cleaned = clean_table(source.frame)
    trail(job, source, cleaned)
    if unknown := [source.label(c) for c in source.unknown()]:
        job.say(
            "Colonnes que xlcrm ne connaît pas, gardées telles quelles : {names}.",
            "Columns that xlcrm does not know, kept as they are: {names}.",
            names=listed(unknown),
        )
    odd = _odd_dates(job, source, cleaned)
    odd += _unclear_answers(job, source, cleaned)
    marks: dict[tuple[int, str], Mark] = {}
    if len(cleaned.frame) <= MARKED_ROWS:
        changed = cleaned.changes[["row", "column"]].itertuples(index=False, name=None)
        marks.update(dict.fromkeys(changed, "changed"))
        doubtful = cleaned.issues[["row", "column"]].itertuples(index=False, name=None)
        marks.update(dict.fromkeys(doubtful, "invalid"))
        marks.update(dict.fromkeys(odd, "invalid"))
    job.book.progress(0.6, job.text("Écriture…", "Writing…"))
    job.results.append(
        ResultSheet(
            name=job.text("Contacts nettoyés", "Clean contacts"),
            role="clean",
            title=job.text("Contacts nettoyés", "Clean contacts"),
            notes=[_legend(job, bool(marks))],
            tables=[
                contact_table(source, cleaned.frame, job.lang, marks=marks, name="xlcrm_contacts")
            ],
        )
    )
    job.results.append(_summary(job, source, cleaned))


def trail(job: Job, source: Source, cleaned: Cleaned) -> None:
    """Journal, Anomalies and counts of a cleaning."""
    columns = {c: label_of(c, source, job.lang) for c in cleaned.frame.columns}
    columns |= {c: source.label(c, job.lang) for c in source.frame.columns}
    for row, column, before, after, rule in cleaned.changes.itertuples(index=False, name=None):
        where = columns.get(column) or label_of(column, source, job.lang)
        job.changes.append(
            Change(source.sheets[row], source.rows[row], where, before, after, RULES[rule])
        )
    for row, column, value, problem in cleaned.issues.itertuples(index=False, name=None):
        where = columns.get(column) or label_of(column, source, job.lang)
        job.anomalies.append(Anomaly(source.sheets[row], source.rows[row], where, value, problem))
    job.count("rows", Text(fr="contact(s) lu(s)", en="contact(s) read"), len(cleaned.frame))
    job.count(
        "changes", Text(fr="cellule(s) corrigée(s)", en="cell(s) corrected"), len(cleaned.changes)
    )
    job.count(
        "issues", Text(fr="cellule(s) à vérifier", en="cell(s) to check"), len(cleaned.issues)
    )


def _odd_dates(job: Job, source: Source, cleaned: Cleaned) -> list[tuple[int, str]]:
    """Dates that a calendar has and a contact cannot: kept, and listed in Anomalies."""
    future = Text(fr="date dans le futur : à vérifier", en="date in the future: to check")
    ancient = Text(fr="date trop ancienne : à vérifier", en="date too long ago: to check")
    odd = []
    for column in _PAST_DATES:
        if column not in cleaned.frame:
            continue
        for row, value in enumerate(cleaned.frame[column]):
            if not isinstance(value, date):
                continue
            day = value.date() if isinstance(value, datetime) else value
            if _OLDEST <= day <= job.as_of:
                continue
            problem = ancient if day < _OLDEST else future
            where = source.label(column, job.lang)
            job.anomalies.append(
                Anomaly(source.sheets[row], source.rows[row], where, value, problem)
            )
            odd.append((row, column))
    if odd:
        job.count("odd_dates", Text(fr="date(s) improbable(s)", en="unlikely date(s)"), len(odd))
    return odd


def _unclear_answers(job: Job, source: Source, cleaned: Cleaned) -> list[tuple[int, str]]:
    """Consents that are neither yes nor no: kept, listed in Anomalies, and never taken for a yes."""
    problem = Text(
        fr="ni oui ni non : compté comme sans accord", en="neither yes nor no: counts as no consent"
    )
    unclear = []
    for column in _CONSENTS:
        for row, value in enumerate(cleaned.frame.get(column, ())):
            if read_answer(value) is Answer.UNCLEAR:
                source.note(row, column, value, problem)
                unclear.append((row, column))
    if unclear:
        job.anomalies.extend(source.anomalies[-len(unclear) :])
        label = Text(fr="accord(s) non compris", en="consent(s) not understood")
        job.count("unclear", label, len(unclear))
    return unclear


def _legend(job: Job, marked: bool) -> str:
    if not marked:
        return job.text(
            "Le détail de chaque correction est dans la feuille Journal.",
            "Every correction is listed on the sheet Journal.",
        )
    return job.text(
        "Ce qui est corrigé est au Journal, ce qui est invalide est en Anomalies.",
        "What is corrected is in the Journal, what is invalid in Anomalies.",
    )


def _summary(job: Job, source: Source, cleaned: Cleaned) -> ResultSheet:
    """How many corrections by column and by rule: what a teacher asks, and a manager reads."""
    t = job.text
    counted = Counter(
        zip(cleaned.changes["column"].tolist(), cleaned.changes["rule"].tolist(), strict=True)
    )
    rows = [
        [label_of(column, source, job.lang), RULES[rule].in_(job.lang), number]
        for (column, rule), number in counted.most_common()
    ]
    columns = [
        Column(t("Colonne", "Column")),
        Column(t("Règle", "Rule"), width=60),
        Column(t("Corrections", "Corrections"), "integer", rule="bar"),
    ]
    return ResultSheet(
        name=t("Bilan du nettoyage", "Cleaning summary"),
        role="clean_summary",
        title=t("Bilan du nettoyage", "Cleaning summary"),
        tables=[Table(columns, rows)],
        notes=[
            Text(
                fr="{rows} contact(s), {changes} cellule(s) corrigée(s), {issues} à vérifier.",
                en="{rows} contact(s), {changes} cell(s) corrected, {issues} to check.",
            )
            .format(
                rows=len(cleaned.frame), changes=len(cleaned.changes), issues=len(cleaned.issues)
            )
            .in_(job.lang)
        ],
    )

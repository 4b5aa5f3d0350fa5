"""Prospection: the target of a campaign as a call list, in the prospecting plan."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from io import BytesIO
from typing import Any

from xlcrm import cells
from xlcrm.books.results import Chart, Column, ResultSheet, Table
from xlcrm.catalogue import command
from xlcrm.columns import fold
from xlcrm.commands.companions import companion_name
from xlcrm.commands.job import Job
from xlcrm.commands.source import Source, read_source
from xlcrm.commands.target_list import target_list
from xlcrm.contacts.consent_rules import CHANNELS
from xlcrm.errors import RequestError
from xlcrm.texts import LANGUAGES, Text

_CLASS = Text("Classe RFM", "RFM class")
_ALLOWED = Text("Pourquoi contactable", "Why allowed")
_NONE = Text("Sans classe", "Without class")
_SEGMENTS = 8  # rows of the plan


@command(
    "prospecting",
    "prospection",
    group="marketing",
    label=Text("Plan de prospection", "Prospecting plan"),
    summary=Text(
        "Met la cible (commande « Cibler », de préférence par téléphone) en liste d'appels dans "
        "un plan de prospection, et en compte les contacts par classe.",
        "Puts the target (command “Target”, best by phone) as a call list into a prospecting plan, "
        "and counts its contacts by class.",
    ),
    icon="ContactUs",
    order=30,
)
def prospecting(job: Job) -> None:
    """Read the target list; write the counts and the plan with its call list."""
    source = _target(job)
    calls = _calls(job, source)
    if not calls:
        raise RequestError(
            fr="La cible est vide : la feuille « Exclus » en dit les raisons.",
            en='The target is empty: sheet "Left out" tells why.',
        )
    classes = Counter(call["segment"] or _NONE.in_(job.lang) for call in calls)
    job.results.append(_sheet(job, calls, classes))
    job.count("contacts", Text("contact(s) à appeler", "contact(s) to call"), len(calls))
    job.count("with_phone", Text("dont avec un téléphone", "of which with a phone"),
              sum(bool(call["phone"]) for call in calls))  # fmt: skip
    job.documents[companion_name(job, "prospecting")] = _workbook(job, calls, classes)


def _target(job: Job) -> Source:
    if job.sheet is not None and not job.standing:
        return read_source(job.book, job.sheet)
    found = target_list(job.book)
    if found is None:
        raise RequestError(
            fr="Pas encore de cible dans ce classeur : lancez « Cibler » (canal téléphone) "
            "d'abord ; elle ne garde que les personnes qu'on a le droit d'appeler.",
            en='No target in this workbook yet: run "Target" (channel phone) first; it keeps only '
            "people who may be called.",
        )
    if found.channel not in (None, "phone"):
        channel = CHANNELS[found.channel]
        raise RequestError(
            fr=f"La cible de ce classeur est pour le canal {channel.fr} : relancez « Cibler » avec "
            "le canal téléphone ; les règles ne sont pas les mêmes pour appeler.",
            en=f'The target of this workbook is for the channel {channel.en}: run "Target" again '
            "with the channel phone; the rules for calling are not the same.",
        )
    return found.source


def _calls(job: Job, source: Source) -> list[dict[str, Any]]:
    frame = source.frame
    named = {fold(label): key for key, label in source.labels.items()}

    def column(*labels: str) -> list[Any]:
        for label in labels:
            key = label if label in frame else named.get(fold(label))
            if key in frame:
                return [cells.to_label(value) for value in frame[key]]
        return [None] * len(frame)

    def either(text: Text) -> tuple[str, ...]:
        return tuple(text.in_(lang) for lang in LANGUAGES)

    first, last, full = column("first_name"), column("last_name"), column("full_name")
    phones, mobiles = column("phone"), column("mobile")
    company, town = column("company"), column("town")
    segment, allowed = column("rfm_class", *either(_CLASS)), column(*either(_ALLOWED))
    calls = []
    for k in range(len(frame)):
        name = full[k] or " ".join(part for part in (first[k], last[k]) if part)
        calls.append(
            {"name": name or company[k], "company": company[k], "phone": mobiles[k] or phones[k],
             "town": town[k], "segment": segment[k], "allowed": allowed[k]}
        )  # fmt: skip
    return calls


def _sheet(job: Job, calls: list[dict[str, Any]], classes: Counter[str]) -> ResultSheet:
    t = job.text
    counts = [[name, number, number / len(calls)] for name, number in classes.most_common()]
    columns = [Column(t("Classe ou segment", "Class or segment"), width=30),
               Column(t("Contacts", "Contacts"), "integer"),
               Column(t("Part", "Share"), "percent")]  # fmt: skip
    heads = [Column(t("Contact", "Contact"), width=28), Column(t("Société", "Company"), width=26),
             Column(t("Téléphone", "Phone"), "label", width=20),
             Column(t("Ville", "Town")), Column(t("Classe ou segment", "Class or segment")),
             Column(t("Pourquoi contactable", "Why allowed"), width=44)]  # fmt: skip
    keys = ("name", "company", "phone", "town", "segment", "allowed")
    rows = [[call[key] for key in keys] for call in calls]
    title = t("Prospection", "Prospecting")
    return ResultSheet(
        title, "prospecting", title,
        [Table(columns, counts), Table(heads, rows, t("Liste d'appels", "Call list"))],
        notes=[t("Le plan joint calcule la charge, les coûts et le seuil : complétez ses taux.",
                 "The attached plan computes workload, costs and break-even: fill in its rates.")],
        charts=[Chart("bar", t("Contacts par classe", "Contacts by class"), 0, (1,))],
    )  # fmt: skip


def _workbook(job: Job, calls: list[dict[str, Any]], classes: Counter[str]) -> bytes:
    from xlcrm.templates.prospecting.book import build_prospecting_plan
    from xlcrm.templates.prospecting.calls import call_count

    data: dict[str, Any] = {"start": _working_day(job.as_of)}
    keys = ("name", "company", "phone", "town", "segment", "allowed")
    data["calls.name"] = [call["name"] for call in calls]
    size = call_count(data)
    for key in keys:
        data[f"calls.{key}"] = [*[call[key] for call in calls], *[None] * (size - len(calls))]
    if len(classes) > _SEGMENTS:
        kept = dict(classes.most_common(_SEGMENTS - 1))
        other = job.text("Autres classes", "Other classes")
        classes = Counter({**kept, other: len(calls) - sum(kept.values())})
    names = [name for name, _ in classes.most_common()]
    blank = [None] * (_SEGMENTS - len(names))
    data["targets.segment"] = [*names, *blank]
    data["targets.contacts"] = [*[classes[name] for name in names], *blank]
    data["targets.pool"] = data["targets.contacts"]
    content = BytesIO()
    build_prospecting_plan(content, job.lang, variant="empty", data=data)
    return content.getvalue()


def _working_day(day: date) -> date:
    """The day itself, or the Monday after a week-end: nobody is called then.

    >>> _working_day(date(2026, 11, 20)), _working_day(date(2026, 11, 21))
    (datetime.date(2026, 11, 20), datetime.date(2026, 11, 23))
    """
    return day + timedelta(days=7 - day.weekday()) if day.weekday() > 4 else day

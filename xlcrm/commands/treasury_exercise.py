"""Sujet et corrigé: both copies of an exercise from the data that a trainer filled in."""

from __future__ import annotations

from io import BytesIO
from pathlib import PurePath

from xlcrm.catalogue import command
from xlcrm.commands.job import Job
from xlcrm.errors import SourceError
from xlcrm.templates.builder import Mode
from xlcrm.templates.exercise import Answer
from xlcrm.templates.handout_reading import FilledHandout, read_handout
from xlcrm.texts import Text

_MODES: tuple[Mode, ...] = ("student", "teacher")
_ENDINGS = ("-formateur", "-teacher", "-eleve", "-student")


@command(
    "exercise",
    "sujet",
    group="budgets",
    label=Text("Sujet et corrigé", "Exercise and solution"),
    summary=Text(
        fr="À partir d'un modèle rempli (trésorerie, emprunts, crédit, seuil, BFR…) ou de la "
        "feuille Données d'une copie du formateur, écrit la copie de l'élève (réponses vides, "
        "vérifiées) et le corrigé.",
        en="From a template that is filled in (treasury, loans, credit, break-even…) or from the "
        "sheet Data of a teacher's copy, writes the student's copy (blank answers, checked) and "
        "the solution.",
    ),
    icon="ReviewProtectWorkbook",
    order=40,
)
def exercise(job: Job) -> None:
    """Write both copies beside the workbook; the workbook itself stays as it is."""
    if handout := read_handout(job.book):
        _handout(job, handout)
    else:
        _treasury(job)


def _handout(job: Job, filled: FilledHandout) -> None:
    for mode in _MODES:
        content = BytesIO()
        kit = filled.entry.build(
            content, filled.lang, mode == "teacher", variant="exercise", data=filled.data
        )
        job.documents[_name(job, mode)] = content.getvalue()
    _count(job, kit.book.answers)


def _name(job: Job, mode: str) -> str:
    """The name of a copy: that of the workbook, without what an earlier copy added to it."""
    stem = PurePath(job.book.name).stem
    for ending in _ENDINGS:
        stem = stem.removesuffix(ending)
    words = {"student": ("eleve", "student"), "teacher": ("formateur", "teacher")}
    return f"{stem}-{job.text(*words[mode])}.xlsx"


def _count(job: Job, answers: list[Answer]) -> None:
    job.count("answers", Text("réponse(s) à trouver", "answer(s) to find"), len(answers))
    job.count("points", Text("point(s)", "point(s)"), sum(answer.points for answer in answers))


def _treasury(job: Job) -> None:
    from xlcrm.templates.treasury.plan_faults import plan_faults
    from xlcrm.templates.treasury.reading import read_treasury
    from xlcrm.templates.treasury.workbook import TITLE, build_workbook

    filled = read_treasury(job.book)
    plan = filled.plan
    if not any(any(line.amounts) for line in (*plan.sales, *plan.purchases)):
        raise SourceError(
            fr=f"{job.book.name} n'a ni ventes ni achats : remplissez les cellules jaunes d'abord.",
            en=f"{job.book.name} has neither sales nor purchases: fill in the yellow cells first.",
        )
    faults = list(plan_faults(filled.cells, plan, filled.width))
    if faults:
        raise SourceError(
            fr=f"Données à revoir dans {job.book.name} : {' '.join(f.fr for f in faults[:3])}",
            en=f"Data to review in {job.book.name}: {' '.join(f.en for f in faults[:3])}",
        )
    title = str(filled.cells.get("title") or TITLE.in_(filled.lang))
    statement = str(filled.cells.get("statement") or _statement(plan.company).in_(filled.lang))
    for mode in _MODES:
        content = BytesIO()
        draft = build_workbook(
            content,
            filled.lang,
            plan,
            mode=mode,
            title=Text(title, title),
            statement=statement,
        )
        job.documents[_name(job, mode)] = content.getvalue()
    _count(job, draft.book.answers)


def _statement(company: str) -> Text:
    return Text(
        "Établissez les budgets de TVA et de trésorerie de {firm} à partir des données des "
        "cellules "
        "jaunes, puis équilibrez la trésorerie de chaque mois.",
        "Draw up the VAT and treasury budgets of {firm} from the data in the yellow cells, then "
        "balance the cash of each month.",
    ).format(firm=company or Text("l'entreprise", "the firm"))

"""Sujet et corrigé: both copies of an exercise from the data that a trainer filled in."""

from __future__ import annotations

from io import BytesIO
from pathlib import PurePath

from xlcrm.catalogue import command
from xlcrm.commands.job import Job
from xlcrm.errors import SourceError
from xlcrm.templates.builder import Mode
from xlcrm.texts import Text

_ENDINGS = ("-formateur", "-teacher", "-eleve", "-student")


@command(
    "exercise",
    "sujet",
    group="budgets",
    label=Text("Sujet et corrigé", "Exercise and solution"),
    summary=Text(
        fr="À partir d'un budget de trésorerie rempli, ou de la feuille Données d'une copie de "
        "l'enseignant, écrit la copie de l'élève (réponses vides, vérifiées) et le corrigé.",
        en="From a treasury budget that is filled in, or from the sheet Data of a teacher's copy, "
        "writes the student's copy (blank answers, checked) and the solution.",
    ),
    icon="ReviewProtectWorkbook",
    order=40,
)
def exercise(job: Job) -> None:
    """Write both copies beside the workbook; the workbook itself stays as it is."""
    from xlcrm.templates.treasury.reading import read_treasury
    from xlcrm.templates.treasury.workbook import TITLE, build_workbook

    filled = read_treasury(job.book)
    plan = filled.plan
    if not any(any(line.amounts) for line in (*plan.sales, *plan.purchases)):
        raise SourceError(
            fr=f"{job.book.name} n'a ni ventes ni achats : remplissez les cellules jaunes d'abord.",
            en=f"{job.book.name} has neither sales nor purchases: fill in the yellow cells first.",
        )
    stem = PurePath(job.book.name).stem
    for ending in _ENDINGS:
        stem = stem.removesuffix(ending)
    title = str(filled.cells.get("title") or TITLE.in_(filled.lang))
    statement = str(filled.cells.get("statement") or _statement(plan.company).in_(filled.lang))
    modes: list[tuple[Mode, str]] = [
        ("student", job.text("eleve", "student")),
        ("teacher", job.text("formateur", "teacher")),
    ]
    for mode, ending in modes:
        content = BytesIO()
        draft = build_workbook(
            content,
            filled.lang,
            plan,
            mode=mode,
            title=Text(title, title),
            statement=statement,
        )
        job.documents[f"{stem}-{ending}.xlsx"] = content.getvalue()
    answers = draft.book.answers
    job.count("answers", Text("Réponses à trouver", "Answers to find"), len(answers))
    job.count("points", Text("Points", "Points"), sum(answer.points for answer in answers))


def _statement(company: str) -> Text:
    return Text(
        "Établissez les budgets de TVA et de trésorerie de {firm} à partir des données des "
        "cellules "
        "jaunes, puis équilibrez la trésorerie de chaque mois.",
        "Draw up the VAT and treasury budgets of {firm} from the data in the yellow cells, then "
        "balance the cash of each month.",
    ).format(firm=company or Text("l'entreprise", "the firm"))

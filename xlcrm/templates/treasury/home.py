"""The sheet Accueil: what the workbook is for, its colours, its sheets."""

from __future__ import annotations

from collections.abc import Sequence

from xlcrm.templates import style
from xlcrm.templates.builder import TemplateSheet, Words
from xlcrm.templates.formulas import Ref, quoted_sheet
from xlcrm.templates.treasury.checks import CHECKS
from xlcrm.templates.treasury.conventions import CONVENTIONS
from xlcrm.templates.treasury.draft import Draft
from xlcrm.templates.treasury.summary import SUMMARY
from xlcrm.texts import Text

HOME = Text("Accueil", "Home")


CODE = "xlcrm:treasury"


_TOOL_STEPS = [
    Text("Remplir la feuille Hypothèses : période, taux, délais, règles d'équilibrage.",
         "Fill in the sheet Assumptions: period, rates, terms, balancing rules."),
    Text("Saisir le bilan d'ouverture et l'échéancier des créances et des dettes.",
         "Type the opening balance sheet and the schedule of receivables and debts."),
    Text("Saisir les budgets : ventes, achats, charges, investissement et financement.",
         "Type the budgets: sales, purchases, costs, investment and funding."),
    Text("Lire la TVA, la trésorerie et la synthèse ; vérifier la feuille Contrôles.",
         "Read VAT, cash and the summary; look at the sheet Checks."),
    Text("Essayer des scénarios : client défaillant, délais, financements.",
         "Try scenarios: a failing customer, delays, funding."),
]  # fmt: skip


_STUDENT_STEPS = [
    Text(
        "Lire l'énoncé et les données (cellules jaunes).",
        "Read the case and the data (yellow cells).",
    ),
    Text(
        "Compléter les cellules violettes ; les cellules blanches servent de brouillon.",
        "Fill in the purple cells; the white cells are for your workings.",
    ),
    Text(
        "Chaque ligne est vérifiée à droite : À faire, À revoir ou OK.",
        "Each row is checked at its right: To do, Review or OK.",
    ),
]


_TEACHER_STEPS = [
    Text(
        "Copie du formateur : les cellules violettes montrent les résultats attendus.",
        "Teacher's copy: the purple cells show the expected results.",
    ),
    Text(
        "La feuille Corrigé donne formules, explications, barème et tolérances.",
        "The sheet Solution gives formulas, explanations, points and tolerances.",
    ),
    Text(
        "Changer une donnée dans la feuille Données : tout le classeur suit.",
        "Change a figure in the sheet Data: the whole workbook follows.",
    ),
    Text(
        "Enregistrer, puis « Sujet et corrigé » (xlcrm run sujet) refait les deux copies.",
        "Save, then “Exercise and solution” (xlcrm run exercise) makes both copies anew.",
    ),
]
_STEPS = {"plain": _TOOL_STEPS, "student": _STUDENT_STEPS, "teacher": _TEACHER_STEPS}


def write_home(draft: Draft, sheet: TemplateSheet, statement: Words) -> None:
    """What the workbook is for, how to use it, what the colours mean, where the sheets are."""
    book, exercise = draft.book, draft.book.mode != "plain"
    row = 3
    if "company" in draft.cells:
        company = draft.cells["company"]
        nobody = book.q(Text("Votre entreprise", "Your firm"))
        sheet.formula(
            row, 1, f'=IF({company}="",{nobody},{company})', "general", "strong", font_size=14
        )
        row += 1
    if statement:
        _statement(draft, sheet, row, book.t(statement))
        row += 1
    row = _steps(sheet, row + 1, _STEPS[book.mode])
    row = _legend(sheet, row + 1, exercise)
    _contents(draft, sheet, row + 1)


def _statement(draft: Draft, sheet: TemplateSheet, row: int, words: str) -> None:
    """What the exercise asks; in the teacher's copy it is data too."""
    sheet.note(row, 1, words, 4, role="label")
    data = draft.book.data
    if data:
        at = Ref(sheet.name, row, 1)
        data.add("title", Ref(sheet.name, 0, 1), draft.book.t(draft.book.title), "text", None)
        link = data.add("statement", at, words, "text", None)
        look = draft.book.format("label", "general", {"text_wrap": True})
        sheet.raw.write_formula(row, 1, f"={link}", look, "")


def start_home(draft: Draft) -> TemplateSheet:
    """The first sheet, written last: it lists the others."""
    return draft.book.sheet(
        HOME,
        "home",
        widths=[2, 8, 34, 60, 16],
        title=draft.book.title,
        subtitle=Text(
            "Du budget des ventes à la trésorerie de chaque mois, au centime.",
            "From the sales budget to the cash of each month, to the cent.",
        ),
        landscape=False,
        one_page=True,
    )


def _steps(sheet: TemplateSheet, row: int, steps: Sequence[Text]) -> int:
    sheet.section(row, Text("Mode d'emploi", "How to use it"))
    for k, step in enumerate(steps):
        sheet.value(row + 1 + k, 1, k + 1, "result", "integer", align="center")
        sheet.label(row + 1 + k, 2, step)
    return row + 1 + len(steps)


def _legend(sheet: TemplateSheet, row: int, exercise: bool) -> int:
    sheet.section(row, Text("Couleurs", "Colours"))
    data = Text("Données de l'exercice", "Data of the exercise") if exercise else Text(
        "À vous de saisir", "For you to fill in")  # fmt: skip
    shown = [("input", data)]
    if exercise:
        shown.append(("answer", Text("Votre réponse", "Your answer")))
    shown += [
        ("formula", Text("Calculé", "Computed")),
        ("result", Text("Résultat important", "Important result")),
        ("total", Text("Total", "Total")),
    ]
    for k, (role, words) in enumerate(shown):
        sheet.value(row + 1 + k, 1, None, role, "general", locked=True)  # type: ignore[arg-type]
        sheet.label(row + 1 + k, 2, words)
    return row + 1 + len(shown)


def _contents(draft: Draft, sheet: TemplateSheet, row: int) -> None:
    """Every sheet with a link and what it is for."""
    book = draft.book
    sheet.section(row, Text("Feuilles", "Sheets"))
    link = book.format("label", "general", {"font_color": style.PRIMARY, "underline": 1})
    at = row + 1
    for other in book.sheets:
        if other.name == sheet.name or other.name == book.t(Text("Vérification", "Verification")):
            continue
        color = {"bg_color": style.TAB_COLORS[other.role]}
        sheet.value(at, 1, None, "label", "general", **color)
        address = f"internal:{quoted_sheet(other.name)}A1"
        sheet.raw.write_url(at, 2, address, link, other.name)
        sheet.label(at, 3, _PURPOSE.get(other.name, ""))
        sheet._used(at, 3)
        at += 1
    sheet.label(at + 1, 2, f"{CODE}:{draft.width}:{book.mode}", "trace")


_PURPOSE = {
    name: purpose
    for text, purpose in (
        (
            Text("Données", "Data"),
            Text("Toutes les données de l'exercice, en une feuille", "All data, in one sheet"),
        ),
        (
            Text("Hypothèses", "Assumptions"),
            Text(
                "Période, taux, délais de règlement, règles d'équilibrage",
                "Period, rates, payment terms, balancing rules",
            ),
        ),
        (
            Text("Ouverture", "Opening"),
            Text(
                "Bilan d'ouverture et échéancier de ses créances et dettes",
                "Opening balance sheet, schedule of what it owes and is owed",
            ),
        ),
        (Text("Calendrier", "Calendar"), Text("Mois du budget", "Months of the budget")),
        (
            Text("Budget des ventes", "Sales budget"),
            Text(
                "Du HT à l'encaissement, TVA collectée, créances",
                "From sales to receipts, collected VAT, receivables",
            ),
        ),
        (
            Text("Budget des achats", "Purchases budget"),
            Text(
                "Du HT au décaissement, TVA déductible, dettes",
                "From purchases to payments, deductible VAT, payables",
            ),
        ),
        (
            Text("Budget des charges", "Costs budget"),
            Text("Personnel, impôts, autres flux", "Staff, taxes, other flows"),
        ),
        (
            Text("Investissement-financement", "Investment and funding"),
            Text(
                "Immobilisations, emprunts, associés, devises",
                "Assets, loans, partners, currencies",
            ),
        ),
        (
            Text("Budget de TVA", "VAT budget"),
            Text("TVA à décaisser, crédit reporté", "VAT due, credit carried"),
        ),
        (
            Text("Échéancier", "Due dates"),
            Text(
                "Factures ouvertes, dates d'échéance, alertes", "Open invoices, due dates, alerts"
            ),
        ),
        (
            Text("Trésorerie", "Cash"),
            Text("Encaissements, décaissements, équilibrage", "Receipts, payments, balancing"),
        ),
        (
            Text("Scénarios", "Scenarios"),
            Text(
                "Et si… : sept scénarios comparés au budget",
                "What if: seven scenarios against the budget",
            ),
        ),
        (
            Text("Calcul scénarios", "Scenario workings"),
            Text("Le détail de chaque scénario", "The detail of each scenario"),
        ),
        (
            Text("Résultat et bilan", "Income and balance"),
            Text("Résultat mensuel, bilan de clôture", "Monthly income, closing balance sheet"),
        ),
        (SUMMARY, Text("L'essentiel sur une page A4", "The essentials on one A4 page")),
        (CHECKS, Text("Tous les contrôles en une cellule", "All checks in one cell")),
        (CONVENTIONS, Text("Les règles de calcul retenues", "The rules of calculation")),
        (Text("Mon score", "My score"), Text("Vos points", "Your points")),
        (
            Text("Corrigé", "Solution"),
            Text("Résultats, explications, barème", "Results, explanations, points"),
        ),
    )
    for name in (text.fr, text.en)
}

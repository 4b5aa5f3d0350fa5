"""The first sheet: what the workbook does, how to use it, where things are."""

from __future__ import annotations

from xlcrm.templates.marketing.desk import OVERALL, Desk
from xlcrm.templates.marketing.inputs import COUNTS
from xlcrm.templates.style import CellRole
from xlcrm.texts import Text

HOME = Text("Accueil", "Home")
CODE = "xlcrm:marketing"  # says, on the home sheet, what the workbook is and how big its tables are
WIDTHS = [2, 28, 64, 30]
_STEPS = (
    Text("Remplir les paramètres : entreprise, premier mois, taux, seuils, listes.",
         "Fill in the settings: firm, first month, rates, thresholds, lists."),
    Text("Saisir les actions, une par ligne : tout le reste s'en déduit.",
         "Type the actions, one a row: everything else follows."),
    Text("Prévoir l'entonnoir : contacts, prospects, ventes, panier.",
         "Plan the funnel: contacts, leads, sales, basket."),
    Text("En cours d'année : saisir l'engagé, le réalisé et les résultats, puis lire les écarts.",
         "During the year: type committed, actual and results, then read the variances."),
    Text("Expliquer chaque alerte par une cause et une action corrective.",
         "Explain each alert with a cause and a corrective action."),
)  # fmt: skip
SHEETS: dict[str, Text] = {
    "summary": Text("Une page A4 : chiffres, alertes, graphiques.",
                    "One A4 page: figures, alerts, charts."),
    "settings": Text("Entreprise, année, valeurs par défaut, seuils, listes.",
                     "Firm, year, values by default, thresholds, lists."),
    "actions": Text("La table des actions : prévu, engagé, réalisé.",
                    "The table of actions: planned, committed, actual."),
    "calendar": Text("Les actions semaine par semaine.", "The actions week by week."),
    "monthly": Text("Action x mois, thème x mois, canal x mois, coût net.",
                    "Action x month, theme x month, channel x month, net cost."),
    "breakdown": Text("Thèmes, canaux, segments, responsables.",
                      "Themes, channels, segments, owners."),
    "tracking": Text("Écarts, statuts, objectifs, causes et corrections.",
                     "Variances, statuses, targets, causes and corrections."),
    "funnel": Text("Prospects, ventes, marge, ROI, coûts d'acquisition prévus.",
                   "Planned leads, sales, margin, ROI, acquisition costs."),
    "reached": Text("Les mêmes, réalisés.", "The same, actual."),
    "whatif": Text("Couper par priorité : économie et marge perdue.",
                   "Cutting by priority: what is saved, the margin lost."),
    "offers": Text("Comparer des offres par une grille pondérée.",
                   "Comparing offers by a weighted grid."),
    "cash": Text("Paiements TTC par mois, pour le budget de trésorerie.",
                 "Payments with VAT by month, for the treasury budget."),
    "workings": Text("Les valeurs utilisées, mois par mois.", "The values used, month by month."),
    "checks": Text("Tous les contrôles.", "Every check."),
}  # fmt: skip
_LEGEND: tuple[tuple[CellRole, Text], ...] = (
    ("input", Text("À saisir", "To fill in")),
    ("formula", Text("Calculé", "Computed")),
    ("result", Text("Résultat", "Result")),
)


def write_home(desk: Desk) -> None:
    """Steps, sheets with links, legend, and the one check."""
    sheet = desk.sheets["home"]
    sheet.section(3, Text("Mode d'emploi", "How to use it"))
    row = 4
    for number, step in enumerate(_STEPS, start=1):
        sheet.label(row, 1, f"{number}.", "strong", align="right")
        sheet.note(row, 2, step, 3, "label")
        row += 1
    if desk.book.mode != "plain":
        words = Text(
            "Exercice : remplir les cellules violettes. La feuille « Mon score » dit ce qui est "
            "juste ; les autres cellules blanches servent de brouillon.",
            'Exercise: fill in the purple cells. The sheet "My score" says what is right; the '
            "other white cells are for your workings.",
        )
        sheet.note(row, 2, words, 3, "strong")
        row += 1
    sheet.section(row + 1, Text("Feuilles", "Sheets"))
    row += 2
    link = desk.book.format("label", "general", {"font_color": "#1F6F8B", "underline": 1})
    for key, words in SHEETS.items():
        if key not in desk.sheets:
            continue
        name = desk.sheets[key].name
        quoted = name.replace("'", "''")
        sheet.raw.write_url(row, 1, f"internal:'{quoted}'!A1", link, name)
        sheet.label(row, 2, words)
        row += 1
    sheet.section(row + 1, Text("Couleurs des cellules", "Colours of the cells"))
    row += 2
    roles = [*_LEGEND]
    if desk.book.mode != "plain":
        roles.append(("answer", Text("Réponse de l'exercice", "Answer of the exercise")))
    for role, words in roles:
        sheet.label(row, 1, words, role)
        row += 1
    sheet.label(row + 1, 1, Text("Contrôle général", "Overall check"), "strong")
    check = sheet.formula(row + 1, 2, f"={desk.book.t(OVERALL)}", "general", "check", font_size=12)
    sheet.check_look(check)
    sizes = "-".join(str(len(desk[f"list.{name}"].cells())) for name in COUNTS)
    sheet.label(row + 3, 1, f"{CODE}:{desk.count}:{sizes}:{desk.book.mode}", "trace")

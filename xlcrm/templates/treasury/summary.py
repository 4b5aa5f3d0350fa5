"""The sheets Accueil, Synthèse (one A4 page), Contrôles and Conventions."""

from __future__ import annotations

from collections.abc import Sequence

from xlcrm.templates import style
from xlcrm.templates.builder import TemplateSheet, Words
from xlcrm.templates.formulas import Ref, quoted_sheet
from xlcrm.templates.style import CellKind
from xlcrm.templates.treasury.draft import OVERALL, Draft
from xlcrm.texts import Text

HOME = Text("Accueil", "Home")
SUMMARY = Text("Synthèse", "Summary")
CHECKS = Text("Contrôles", "Checks")
CONVENTIONS = Text("Conventions", "Conventions")
CODE = "xlcrm:treasury"

_STEPS = [
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
_EXERCISE_STEPS = [
    Text("Lire l'énoncé et les données (cellules jaunes).", "Read the case and the data (yellow cells)."),
    Text("Compléter les cellules violettes ; les cellules blanches servent de brouillon.",
         "Fill in the purple cells; the white cells are for your workings."),
    Text("Chaque ligne est vérifiée à droite : À faire, À revoir ou OK.",
         "Each row is checked at its right: To do, Review or OK."),
]  # fmt: skip


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
    row = _steps(sheet, row + 1, _EXERCISE_STEPS if exercise else _STEPS)
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
        (Text("Hypothèses", "Assumptions"),
         Text("Période, taux, délais de règlement, règles d'équilibrage",
              "Period, rates, payment terms, balancing rules")),
        (Text("Ouverture", "Opening"),
         Text("Bilan d'ouverture et échéancier de ses créances et dettes",
              "Opening balance sheet, schedule of what it owes and is owed")),
        (Text("Calendrier", "Calendar"), Text("Mois du budget", "Months of the budget")),
        (Text("Budget des ventes", "Sales budget"),
         Text("Du HT à l'encaissement, TVA collectée, créances",
              "From sales to receipts, collected VAT, receivables")),
        (Text("Budget des achats", "Purchases budget"),
         Text("Du HT au décaissement, TVA déductible, dettes",
              "From purchases to payments, deductible VAT, payables")),
        (Text("Budget des charges", "Costs budget"),
         Text("Personnel, impôts, autres flux", "Staff, taxes, other flows")),
        (Text("Investissement-financement", "Investment and funding"),
         Text("Immobilisations, emprunts, associés, devises", "Assets, loans, partners, currencies")),
        (Text("Budget de TVA", "VAT budget"),
         Text("TVA à décaisser, crédit reporté", "VAT due, credit carried")),
        (Text("Échéancier", "Due dates"),
         Text("Factures ouvertes, dates d'échéance, alertes", "Open invoices, due dates, alerts")),
        (Text("Trésorerie", "Cash"),
         Text("Encaissements, décaissements, équilibrage", "Receipts, payments, balancing")),
        (Text("Scénarios", "Scenarios"),
         Text("Et si… : sept scénarios comparés au budget", "What if: seven scenarios against the budget")),
        (Text("Calcul scénarios", "Scenario workings"),
         Text("Le détail de chaque scénario", "The detail of each scenario")),
        (Text("Résultat et bilan", "Income and balance"),
         Text("Résultat mensuel, bilan de clôture", "Monthly income, closing balance sheet")),
        (SUMMARY, Text("L'essentiel sur une page A4", "The essentials on one A4 page")),
        (CHECKS, Text("Tous les contrôles en une cellule", "All checks in one cell")),
        (CONVENTIONS, Text("Les règles de calcul retenues", "The rules of calculation")),
        (Text("Mon score", "My score"), Text("Vos points", "Your points")),
        (Text("Corrigé", "Solution"),
         Text("Résultats, explications, barème", "Results, explanations, points")),
    )
    for name in (text.fr, text.en)
}  # fmt: skip


def write_summary(draft: Draft) -> None:
    """Key figures, the months, two charts: one portrait A4 page."""
    book = draft.book
    sheet = book.sheet(
        SUMMARY,
        "output",
        widths=[2, 14, 14, 14, 13, 13, 14, 15],
        title=Text("Synthèse de la trésorerie", "Cash summary"),
        subtitle="",
        landscape=False,
        one_page=True,
    )
    if book.mode == "plain":
        sheet.status(book.t(OVERALL))
    company = draft.cells["company"]
    sheet.formula(1, 1, f'={company}&""', "general", "subtitle")
    row = _figures(draft, sheet, 3)
    first = row + 2
    last = _months(draft, sheet, row + 1)
    _charts(draft, sheet, first, last)


def _figures(draft: Draft, sheet: TemplateSheet, row: int) -> int:
    book = draft.book
    net, dates = draft.rows["cash.net"], draft.rows["calendar.date"]
    active = draft["months_used"]
    low = f"MIN({net})"
    shown: list[tuple[Text, str, CellKind]] = [
        (Text("Trésorerie initiale", "Opening cash"), draft.opening("cash.net"), "money"),
        (Text("Trésorerie finale", "Closing cash"), f"INDEX({net},{active})", "money"),
        (Text("Point bas", "Low point"), low, "money"),
        (Text("Mois du point bas", "Month of the low point"),
         f'IF(COUNT({net})=0,"",INDEX({dates},MATCH({low},{net},0)))', "month"),
        (Text("Découvert maximal", "Highest overdraft"), f"MAX({draft.rows['cash.overdraft']})", "money"),
        (Text("Agios et intérêts", "Charges and interest"),
         f"ROUND(SUM({draft.rows['cash.charges']})+SUM({draft.rows['cash.partners_interest']})"
         f"+SUM({draft.rows['cash.same']}),2)", "money"),
        (Text("Apports des associés", "Partners' contributions"), f"SUM({draft.rows['cash.partners']})",
         "money"),
        (Text("TVA décaissée", "VAT paid"), f"SUM({draft.rows['vat.paid']})", "money"),
    ]  # fmt: skip
    for k, (label, formula, kind) in enumerate(shown):
        at, col = row + 3 * (k // 4), 1 + 2 * (k % 4)
        last = col + 1 if col < 7 else col
        sheet.raw.set_row(at, 16)
        sheet.raw.set_row(at + 1, 24)
        sheet.raw.set_row(at + 2, 6)
        sheet.label(at, col, label, "header", font_size=8)
        sheet.formula(at + 1, col, f"={formula}", kind, "result", align="center", font_size=12)
        if last > col:
            head = book.format("header", "general", {"font_size": 8})
            look = book.format("result", kind, {"align": "center", "font_size": 12})
            sheet.raw.merge_range(at, col, at, last, book.t(label), head)
            sheet.raw.merge_range(at + 1, col, at + 1, last, None, look)
            sheet.raw.write_formula(at + 1, col, f"={formula}", look, "")
    return row + 6


def _months(draft: Draft, sheet: TemplateSheet, row: int) -> int:
    heads = [
        Text("Mois", "Month"), Text("Encaissements", "Receipts"), Text("Décaissements", "Payments"),
        Text("Agios et intérêts", "Charges"), Text("Apports nets", "Partners, net"),
        Text("Trésorerie nette", "Net cash"), Text("Plafond du découvert", "Overdraft limit"),
    ]  # fmt: skip
    sheet.header(row, 1, heads)
    number = draft.rows["calendar.number"]
    limit = draft["funding.limit"]
    for m in range(draft.width):
        at = row + 1 + m
        on = f"{number.at(m)}>0"

        def month(key: str, m: int = m) -> str:
            return str(draft.rows[key].at(m))

        cells = [
            month("cash.receipts"),
            month("cash.payments"),
            f"{month('cash.charges')}+{month('cash.partners_interest')}+{month('cash.same')}",
            f"{month('cash.partners')}-{month('cash.repaid')}",
            month("cash.net"),
            f"-N({limit})",
        ]
        sheet.formula(at, 1, f'=IF({on},{month("calendar.date")},"")', "month")
        for k, formula in enumerate(cells):
            role = "result" if k == 4 else "formula"
            sheet.formula(at, 2 + k, f'=IF({on},ROUND({formula},2),"")', "amount", role)  # type: ignore[arg-type]
    last = row + draft.width
    cash = Ref(sheet.name, row + 1, 6, last, 6)
    sheet.highlight(cash, f"=N({cash.at(0).a1})<0")
    return last


def _charts(draft: Draft, sheet: TemplateSheet, first: int, last: int) -> None:
    def series(col: int, color: str, line: bool = False) -> dict[str, object]:
        look = {"line": {"color": color, "width": 2, "dash_type": "dash"}} if line else {
            "fill": {"color": color}, "gap": 80}  # fmt: skip
        return {
            "name": [sheet.name, first - 1, col],
            "categories": [sheet.name, first, 1, last, 1],
            "values": [sheet.name, first, col, last, col],
            **look,
        }

    cash = draft.book.chart(
        "column", Text("Trésorerie nette et plafond du découvert", "Net cash and overdraft limit")
    )
    cash.add_series(series(6, style.PRIMARY))
    limit = draft.book.workbook.add_chart({"type": "line"})
    limit.add_series(series(7, "#B3261E", line=True))
    cash.combine(limit)
    sheet.place(last + 2, 1, cash, 700, 280)
    flows = draft.book.chart(
        "column", Text("Encaissements et décaissements", "Receipts and payments")
    )
    flows.add_series(series(2, "#2E9E5B"))
    flows.add_series(series(3, "#E08E2B"))
    sheet.place(last + 17, 1, flows, 700, 280)


def write_checks(draft: Draft) -> None:
    """The checks of the model, then every check in a list under one cell."""
    sheet = draft.book.sheet(
        CHECKS,
        "check",
        widths=[2, 76, 60, 2],
        title=Text("Contrôles", "Checks"),
        subtitle=Text(
            "Une seule cellule dit si tout va bien ; le premier point à revoir est nommé.",
            "One cell says whether all is well; the first point to review is named.",
        ),
        freeze=(6, 0),
    )
    _model_checks(draft, sheet)
    sheet.check_list(3, 1, OVERALL)


def _model_checks(draft: Draft, sheet: TemplateSheet) -> None:
    rows = draft.rows

    def total(key: str) -> str:
        return f"SUM({rows[key]})"

    paid = "+".join(total(f"cash.{k}") for k in ("charges", "partners_interest", "repaid", "same"))
    cash = (
        f"ROUND({draft.opening('cash.net')}+{total('cash.receipts')}-{total('cash.payments')}"
        f"+{total('cash.partners')}-({paid})-{draft.last('cash.net')},2)=0"
    )
    vat = (
        f"ROUND({total('vat.collected')}-{total('vat.deductible')}-{total('vat.assets')}"
        f"+{draft.opening('vat.carried')}+{total('vat.refund')}-{total('vat.due')}"
        f"-{draft.last('vat.carried')},2)=0"
    )
    base, q = rows["scenario.1.net"], draft.last("cash.net")
    checks: list[tuple[Text, str, Text]] = [
        (Text("Trésorerie finale = initiale + encaissements − décaissements − agios + apports",
              "Closing cash = opening + receipts − payments − charges + contributions"), cash,
         Text("La trésorerie finale n'est pas expliquée par les flux.",
              "The flows do not explain the closing cash.")),
        (Text("TVA : somme (collectée − déductible) = TVA due − crédit final + crédit initial",
              "VAT: sum (collected − deductible) = due − final credit + opening credit"), vat,
         Text("La TVA ne boucle pas.", "VAT does not close.")),
        (Text("Scénario 1 = budget de trésorerie", "Scenario 1 = treasury budget"),
         f"ROUND({base.at(draft.width - 1)}-{q},2)=0",
         Text("Le scénario 1 diffère du budget.", "Scenario 1 differs from the budget.")),
        (Text("Le bilan de clôture s'équilibre comme celui d'ouverture",
              "The closing balance sheet balances as the opening one"),
         f"ROUND({draft['closing.gap']},2)=0",
         Text("Le bilan de clôture n'est pas équilibré (voir le bilan d'ouverture).",
              "The closing balance sheet does not balance (see the opening one).")),
        (Text("Aucune cellule en erreur", "No cell in error"),
         f"NOT(ISERROR({total('cash.net')}+{total('vat.paid')}+{draft['closing.gap']}))",
         Text("Une cellule est en erreur.", "A cell is in error.")),
    ]  # fmt: skip
    for name in ("sales", "purchases", "investments"):
        closes = f"ROUND({total(f'{name}.gross')}-{total(f'{name}.paid')}-{draft.last(f'{name}.left')},2)=0"
        checks.append(
            (Text(f"Facturé TTC = réglé + reste dû ({_FAMILIES[name].fr})",
                  f"Invoiced = paid + left ({_FAMILIES[name].en})"), closes,
             Text("Les règlements ne correspondent pas aux factures.",
                  "Payments do not match invoices."))
        )  # fmt: skip
    first = 3 + 3 + len(draft.book.checks) + len(checks) + 2
    sheet.section(first, Text("Contrôles du modèle", "Checks of the model"))
    for k, (label, ok, words) in enumerate(checks):
        sheet.label(first + 1 + k, 1, label)
        sheet.checks(first + 1 + k, 2, [(f"NOT(IFERROR({ok},FALSE))", words)], label)


_FAMILIES = {
    "sales": Text("ventes", "sales"),
    "purchases": Text("achats", "purchases"),
    "investments": Text("investissements", "investments"),
}


def write_conventions(draft: Draft) -> None:
    """Each convention that textbooks leave open, and which one the workbook follows."""
    sheet = draft.book.sheet(
        CONVENTIONS,
        "home",
        widths=[2, 34, 100],
        one_page=True,
        title=Text("Conventions de calcul", "Rules of calculation"),
        subtitle=Text("Ce que les manuels laissent ouvert, et ce que ce classeur retient.",
                      "What textbooks leave open, and what this workbook does."),
    )  # fmt: skip
    for k, (topic, rule) in enumerate(RULES):
        sheet.label(3 + k, 1, topic, "strong", valign="top")
        sheet.note(3 + k, 2, rule, 2, role="label")


RULES: list[tuple[Text, Text]] = [
    (Text("Arrondi", "Rounding"),
     Text("Chaque montant et chaque sous-total est arrondi au centime (ARRONDI à 2 décimales).",
          "Every amount and every subtotal is rounded to the cent.")),
    (Text("Répartition des règlements", "Payment shares"),
     Text("Chaque facture mensuelle TTC est répartie selon les parts ; la dernière part non nulle "
          "prend le reste, si bien qu'aucun centime ne se perd.",
          "Each month's invoices are split by the shares; the last share that is not 0 takes the "
          "remainder, so that no cent is lost.")),
    (Text("30 jours et 30 jours fin de mois", "30 days and 30 days end of month"),
     Text("Tous deux se règlent le mois suivant (part « à 1 mois »). Les dates exactes se calculent "
          "dans l'échéancier.",
          "Both are paid in the following month. Exact dates are computed in the due dates sheet.")),
    (Text("45 jours fin de mois", "45 days end of month"),
     Text("Deux lectures légales. A : facture + 45 jours, puis fin du mois. B : fin du mois de la "
          "facture, puis 45 jours.",
          "Two lawful readings. A: invoice + 45 days, then end of month. B: end of the invoice's "
          "month, then 45 days.")),
    (Text("TVA sur les encaissements", "VAT on payment"),
     Text("Elle compte au règlement : réglé × t / (1 + t). La TVA des créances et dettes "
          "d'ouverture est supposée déjà déclarée (0 %), sauf taux indiqué dans Ouverture.",
          "It counts when paid: paid × t / (1 + t). VAT on opening items counts as declared "
          "already (0%), unless a rate is given in Opening.")),
    (Text("Paiement de la TVA", "Payment of VAT"),
     Text("Le mois qui suit la déclaration ; la TVA due à l'ouverture est payée le premier mois. "
          "Au trimestre : mars, juin, septembre, décembre ; un budget qui commence en cours de "
          "trimestre reprend la TVA du trimestre en cours dans Ouverture.",
          "In the month after the return; VAT due at the opening is paid in month 1. Quarterly: "
          "March, June, September, December; a budget that starts within a quarter takes the VAT "
          "of the quarter under way from Opening.")),
    (Text("Remboursement de crédit de TVA", "Refund of the VAT credit"),
     Text("Reçu le mois où il est saisi, au plus égal au crédit reporté.",
          "Received in the month it is typed in, at most the credit carried.")),
    (Text("Charges sociales", "Social charges"),
     Text("Payées le mois suivant (délai modifiable). Celles d'avant l'ouverture sont dans "
          "l'échéancier.",
          "Paid in the month after (the delay can be changed). Earlier ones are in the schedule.")),
    (Text("Impôt sur les sociétés", "Corporate tax"),
     Text("Les montants donnés l'emportent. Sinon : un quart de l'impôt de référence, à l'euro, "
          "en mars, juin, septembre et décembre, au-delà de 3 000 € ; le solde en mai. L'acompte "
          "de mars suit la même référence.",
          "Given amounts win. Otherwise a quarter of the reference tax, to the euro, in March, "
          "June, September and December above 3,000 euros; the balance in May. The instalment of "
          "March follows the same reference.")),
    (Text("Emprunts", "Loans"),
     Text("Première échéance le mois après le versement. Taux mensuel t / 12 (ou actuariel). La "
          "dernière échéance solde le capital ; ses intérêts sont l'échéance moins le capital dû.",
          "First instalment in the month after. Monthly rate t / 12 (or actuarial). The last "
          "instalment clears the principal; its interest is the instalment less the balance.")),
    (Text("Devises", "Currencies"),
     Text("Montant × cours (euros pour une unité), ou ÷ cours si 1 € = x devise. L'écart entre le "
          "cours du règlement et celui de la facture est sur sa propre ligne.",
          "Amount × rate (euros for one unit), or ÷ rate where 1 € = x units. The difference from "
          "the rate of the invoice stands on its own line.")),
    (Text("Intérêts du découvert", "Interest of the overdraft"),
     Text("Sur le découvert de fin de mois, payés le mois suivant : taux / 12, ou jours du mois où "
          "le découvert a couru / 360 (le mois d'avant le budget pour un découvert d'ouverture).",
          "On the overdraft at the end of the month, paid in the month after: rate / 12, or days of "
          "the month in which it ran / 360 (the month before the budget for an opening one).")),
    (Text("Commission de plus fort découvert", "Commission on the highest overdraft"),
     Text("Sur le découvert de fin de mois, plafonnée à une part des intérêts du mois.",
          "On the overdraft at the end of the month, capped at a part of the month's interest.")),
    (Text("Équilibrage", "Balancing"),
     Text("« Découvert seul » ne relève pas la trésorerie au minimum : une alerte le signale. Les "
          "intérêts des comptes courants portent sur les apports d'équilibrage seulement.",
          "“Overdraft only” does not lift cash to the minimum: an alert says so. Interest of "
          "current accounts bears on the balancing contributions only.")),
    (Text("Scénarios", "Scenarios"),
     Text("Pertes et retards touchent les ventes à crédit, pas les ventes au comptant ; les "
          "créances d'ouverture et la TVA sur option. Quinze jours de retard déplacent la moitié "
          "des règlements d'un mois ; passer à fin de mois ne change pas le mois du règlement.",
          "Losses and delays act on credit sales, not on cash sales; on opening receivables and "
          "VAT by option. Fifteen days move half of the receipts by a month; going to the end of "
          "the month does not change the month of payment.")),
    (Text("Affacturage, escompte", "Factoring, discount"),
     Text("Le factor est remboursé au calendrier du budget. L'escompte compte 30 jours par mois, "
          "base 360. Frais et commissions sont saisis TTC ou nets de TVA récupérable.",
          "The factor is repaid on the budget's calendar. A discount counts 30 days a month, on "
          "360. Fees and commissions are typed as they are paid.")),
    (Text("Présentation scolaire", "Textbook presentation"),
     Text("Le solde est ramené à zéro par un concours bancaire reçu dans le mois et remboursé le "
          "mois suivant : mêmes nombres, autre présentation.",
          "The balance is brought to zero by a bank advance received in the month and repaid in the "
          "next: the same numbers, shown another way.")),
]  # fmt: skip

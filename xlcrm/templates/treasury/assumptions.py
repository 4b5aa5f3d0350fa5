"""The sheet Hypothèses: who, when, terms, taxes, balancing."""

from __future__ import annotations

from typing import Any

from xlcrm.templates.builder import Choices, TemplateSheet, Words
from xlcrm.templates.formulas import Ref, column_letter
from xlcrm.templates.style import CellKind
from xlcrm.templates.treasury import choices
from xlcrm.templates.treasury.choices import NOT_LISTED, not_listed
from xlcrm.templates.treasury.draft import FIRST, LABEL, OVERALL, Draft
from xlcrm.texts import Text

NAME = Text("Hypothèses", "Assumptions")
# Columns of the tables of lines.
RATE, TIMING, SHARE, SUM, MESSAGE = 2, 3, 4, 9, 10
_UNIT, _CHECK = 3, 4  # columns of single assumptions
_PERCENT = Text(
    "Taux en pourcentage : 20 % se tape 20 % ou 0,2.", "A percentage: type 20% or 0.2 for 20%."
)
_TYPED_AS_20 = Text(
    "Taux supérieur à 100 % : taper 20 % ou 0,2, et non 20.",
    "Rate above 100%: type 20% or 0.2, not 20.",
)
_NOT_NUMBER = Text("Saisir un nombre.", "Enter a number.")


def write_assumptions(draft: Draft) -> None:
    """The sheet of assumptions; every cell is known by its key afterwards."""
    sheet = draft.book.sheet(
        NAME,
        "input",
        widths=[2, 42, 21, 16, 12, 12, 12, 12, 12, 11, 56],
        title=Text("Hypothèses", "Assumptions"),
        subtitle=Text(
            "Cellules jaunes : vos données. Chaque ligne dit à droite si sa saisie est correcte.",
            "Yellow cells: your data. Each row says at its right whether it is filled in well.",
        ),
        freeze=(3, 2),
        one_page=True,
    )
    sheet.status(draft.book.t(OVERALL), MESSAGE)
    row = _period(draft, sheet, 3)
    row = _lines(
        draft, sheet, row + 1, "sales",
        Text("Ventes : taux, exigibilité de la TVA, délais de règlement des clients",
             "Sales: rate, when VAT counts, customers' payment terms"),
        Text("Famille de ventes", "Sales family"),
    )  # fmt: skip
    row = _lines(
        draft, sheet, row + 1, "purchases",
        Text("Achats et charges externes : taux, TVA, délais de règlement aux fournisseurs",
             "Purchases and external costs: rate, VAT, payment terms to suppliers"),
        Text("Famille d'achats", "Purchase family"),
    )  # fmt: skip
    row = _lines(
        draft, sheet, row + 1, "investments",
        Text("Investissements : taux, délais de règlement",
             "Investments: rate, payment terms"),
        Text("Immobilisation", "Asset"),
    )  # fmt: skip
    row = _taxes(draft, sheet, row + 1)
    row = _partners(draft, sheet, row + 1)
    _overdraft(draft, sheet, row + 1)


def _single(
    draft: Draft,
    sheet: TemplateSheet,
    row: int,
    key: str,
    label: Text,
    kind: CellKind,
    note: Words = "",
    faults: list[tuple[str, Words]] | None = None,
    *,
    choices: Choices | None = None,
    minimum: Any = None,
    maximum: Any = None,
    name: Words = "",
) -> Ref:
    """One assumption: label, cell, what it means, and a check where something can be wrong."""
    sheet.label(row, LABEL, label)
    ref = sheet.input(
        row, FIRST, key, None, kind,
        choices=choices, minimum=minimum, maximum=maximum, help=note, name=name,
    )  # fmt: skip
    draft.cells[key] = ref
    if choices:
        faults = [(not_listed(ref.a1, choices, draft.book), NOT_LISTED), *(faults or [])]
    if faults:
        what = draft.book.t(label)
        sheet.checks(
            row, MESSAGE, faults, f"{what} ({sheet.name}, {ref.a1})", bold=False, font_size=9
        )
        sheet.highlight(ref, f"=OR({','.join(condition for condition, _ in faults)})")
    if note:
        sheet.label(row, _UNIT, note, "trace")
    return ref


def _cell(row: int) -> str:
    return f"{column_letter(FIRST)}{row + 1}"


def _number_faults(row: int, least: float = 0) -> list[tuple[str, Words]]:
    cell = _cell(row)
    return [
        (f'AND({cell}<>"",NOT(ISNUMBER({cell})))', _NOT_NUMBER),
        (f"N({cell})<{least:g}", Text("Montant négatif.", "Negative amount.")),
    ]


def _rate_faults(row: int) -> list[tuple[str, Words]]:
    cell = _cell(row)
    return [
        (f'AND({cell}<>"",NOT(ISNUMBER({cell})))', _NOT_NUMBER),
        (f"N({cell})<0", Text("Taux négatif.", "Negative rate.")),
        (f"N({cell})>1", _TYPED_AS_20),
    ]


def _period(draft: Draft, sheet: TemplateSheet, row: int) -> int:
    sheet.section(row, Text("Entreprise et période", "Firm and period"))
    _single(draft, sheet, row + 1, "company", Text("Entreprise", "Firm"), "text")
    cell = _cell(row + 2)
    _single(
        draft, sheet, row + 2, "start", Text("Premier mois", "First month"), "date",
        Text("Une date du premier mois, par exemple 01/01/2027.",
             "A date in the first month, such as 01/01/2027."),
        [
            (f"NOT(ISNUMBER({cell}))",
             Text("Date absente ou illisible : le budget part de janvier 2027.",
                  "Date missing or unreadable: the budget starts in January 2027.")),
            (f"OR(N({cell})<32874,N({cell})>73050)",
             Text("Date hors de la période 1990-2099 : le budget part de janvier 2027.",
                  "Date outside 1990-2099: the budget starts in January 2027.")),
        ],
    )  # fmt: skip
    cell = _cell(row + 3)
    _single(
        draft, sheet, row + 3, "months", Text("Nombre de mois", "Number of months"), "integer",
        Text(f"De 1 à {draft.width}.", f"From 1 to {draft.width}."),
        [
            (f"NOT(ISNUMBER({cell}))", _NOT_NUMBER),
            (f"OR(N({cell})<1,N({cell})>{draft.width},N({cell})<>INT(N({cell})))",
             Text(f"Saisir un nombre entier de 1 à {draft.width}.",
                  f"Enter a whole number from 1 to {draft.width}.")),
        ],
        minimum=1, maximum=draft.width,
    )  # fmt: skip
    start, months = draft.cells["start"], draft.cells["months"]
    sheet.label(row + 4, LABEL, Text("Début retenu", "Start used"))
    valid = f"AND(ISNUMBER({start.a1}),N({start.a1})>=32874,N({start.a1})<=73050)"
    draft.cells["start_used"] = sheet.formula(
        row + 4, FIRST,
        f"=IF({valid},DATE(YEAR(N({start.a1})),MONTH(N({start.a1})),1),DATE(2027,1,1))",
        "date", name=Text("Debut", "Start_date"),
    )  # fmt: skip
    sheet.label(row + 5, LABEL, Text("Nombre de mois retenu", "Months used"))
    draft.cells["months_used"] = sheet.formula(
        row + 5, FIRST,
        f"=IF(ISNUMBER({months.a1}),MIN({draft.width},MAX(1,INT({months.a1}))),{draft.width})",
        "integer", name=Text("Nb_mois", "Month_count"),
    )  # fmt: skip
    return row + 6


def _lines(draft: Draft, sheet: TemplateSheet, row: int, name: str, title: Text, head: Text) -> int:
    keys = draft.keys(name)
    if not keys:
        return row - 1
    sheet.section(row, title)
    shares = [Text("Au comptant", "At once")]
    shares += [Text(f"à {k} mois", f"{k} month{'s' * (k > 1)}") for k in range(1, 5)]
    sheet.header(
        row + 1, LABEL,
        [head, Text("Taux de TVA", "VAT rate"), Text("TVA exigible", "VAT counts"), *shares,
         Text("Total", "Total"), Text("Contrôle", "Check")],
    )  # fmt: skip
    for k, key in enumerate(keys):
        _line(draft, sheet, row + 2 + k, key)
    return row + 2 + len(keys)


def _line(draft: Draft, sheet: TemplateSheet, row: int, key: str) -> None:
    cells = draft.cells
    cells[f"{key}.label"] = sheet.input(row, LABEL, f"{key}.label", None, "text")
    cells[f"{key}.rate"] = sheet.input(row, RATE, f"{key}.rate", None, "percent", help=_PERCENT)
    if key.startswith("investments"):
        sheet.value(row, TIMING, choices.TIMING["invoice"], "formula", "text")
    else:
        cells[f"{key}.timing"] = sheet.input(
            row,
            TIMING,
            f"{key}.timing",
            None,
            "text",
            choices=choices.TIMING,
            help=Text(
                "Débits : TVA à la facture (biens). Encaissements : TVA au paiement (services).",
                "On invoice: VAT when invoiced (goods). On payment: when paid (services).",
            ),
        )
    shares = sheet.inputs(
        row, SHARE, f"{key}.share", [None] * 5, "percent",
        help=Text("Part réglée dans ce délai ; le total doit faire 100 %.",
                  "Part paid after that delay; the total must be 100%."),
    )  # fmt: skip
    for k, share in enumerate(shares.cells()):
        cells[f"{key}.share.{k + 1}"] = share
    total = sheet.formula(row, SUM, f"=SUM({shares.a1})", "percent", "total")
    rate = cells[f"{key}.rate"].a1
    faults: list[tuple[str, Words]] = [
        (
            f"NOT(ISNUMBER({rate}))",
            Text("Taux de TVA absent ou illisible.", "VAT rate missing or unreadable."),
        ),
        (f"N({rate})>1", _TYPED_AS_20),
        (f"N({rate})<0", Text("Taux négatif.", "Negative rate.")),
        (
            f"COUNTA({shares.a1})>COUNT({shares.a1})",
            Text(
                "Un texte se trouve à la place d'une part.", "A text stands where a share belongs."
            ),
        ),
        (f'COUNTIF({shares.a1},"<0")>0', Text("Une part est négative.", "A share is negative.")),
        (
            f"ABS({total.a1}-1)>0.000001",
            Text("Les parts ne font pas 100 %.", "The shares do not make 100%."),
        ),
    ]
    if f"{key}.timing" in cells:
        timing = cells[f"{key}.timing"]
        unlisted = not_listed(timing.a1, choices.TIMING, draft.book)
        faults.append(
            (unlisted, Text("TVA exigible : choisir dans la liste.",
                            "VAT counts: choose from the list."))
        )  # fmt: skip
        sheet.highlight(timing, f"={unlisted}")
    label = Text(
        f"Taux et délais ({sheet.name}, ligne {row + 1})",
        f"Rate and terms ({sheet.name}, row {row + 1})",
    )
    sheet.checks(row, MESSAGE, faults, label, bold=False, font_size=9)
    sheet.highlight(total, f"=ABS({total.a1}-1)>0.000001")
    sheet.highlight(cells[f"{key}.rate"], f"=OR(NOT(ISNUMBER({rate})),N({rate})>1,N({rate})<0)")


def _taxes(draft: Draft, sheet: TemplateSheet, row: int) -> int:
    sheet.section(row, Text("TVA, charges sociales, impôts", "VAT, social charges, taxes"))
    _single(
        draft, sheet, row + 1, "periodicity",
        Text("Déclaration de TVA", "VAT return"), "text",
        Text("Payée le mois qui suit la déclaration ; trimestres civils.",
             "Paid in the month after the return; calendar quarters."),
        choices=choices.PERIODICITY,
    )  # fmt: skip
    cell = _cell(row + 2)
    _single(
        draft,
        sheet,
        row + 2,
        "social_delay",
        Text("Charges sociales payées après (mois)", "Social charges paid after (months)"),
        "integer",
        Text("1 : celles de mars se paient en avril.", "1: those of March are paid in April."),
        [
            (
                f"OR(NOT(ISNUMBER({cell})),N({cell})<0,N({cell})>3,N({cell})<>INT(N({cell})))",
                Text("Saisir un nombre entier de 0 à 3.", "Enter a whole number from 0 to 3."),
            )
        ],
        minimum=0,
        maximum=3,
    )
    _single(
        draft, sheet, row + 3, "tax_mode",
        Text("Impôt sur les sociétés", "Corporate tax"), "text",
        Text("Les montants donnés par l'énoncé se saisissent dans le budget des charges.",
             "Amounts given by the exercise are typed in the budget of costs."),
        choices=choices.TAX_MODE,
    )  # fmt: skip
    _single(
        draft, sheet, row + 4, "tax_reference",
        Text("Impôt de référence (exercice précédent)", "Reference tax (year before)"), "money",
        Text("Acompte : le quart, à l'euro, en mars, juin, septembre et décembre.",
             "Instalment: a quarter, to the euro, in March, June, September and December."),
        _number_faults(row + 4), minimum=0,
    )  # fmt: skip
    _single(
        draft, sheet, row + 5, "tax_balance",
        Text("Solde de l'exercice précédent (mai)", "Balance of the year before (May)"), "money",
        "", _number_faults(row + 5, -1e12),
    )  # fmt: skip
    sheet.label(row + 6, LABEL, Text("Seuil des acomptes", "Threshold of instalments"))
    sheet.value(row + 6, FIRST, 3000, "formula", "money")
    draft.cells["tax_threshold"] = draft.book.define(
        Text("IS_seuil", "Tax_threshold"), Ref(sheet.name, row + 6, FIRST)
    )
    note = Text(
        "Pas d'acompte jusqu'à ce montant (article 1668 du CGI).",
        "No instalment up to that amount (article 1668 of the CGI).",
    )
    sheet.label(row + 6, _UNIT, note, "trace")
    return row + 7


def _partners(draft: Draft, sheet: TemplateSheet, row: int) -> int:
    sheet.section(row, Text("Équilibrage : associés", "Balancing: partners"))
    _single(
        draft, sheet, row + 1, "funding.order", Text("Ordre des financements", "Order of funding"),
        "text",
        Text("Associés d'abord ; découvert seul ; découvert jusqu'au plafond, puis associés.",
             "Partners first; overdraft only; overdraft up to its limit, then partners."),
        choices=choices.ORDER,
    )  # fmt: skip
    amounts: list[tuple[str, Text, Words]] = [
        ("funding.minimum", Text("Trésorerie minimale", "Minimum cash"), ""),
        ("funding.partners_most", Text("Apport maximal des associés", "Most that partners bring"),
         Text("En tout, en compte courant, pour l'équilibrage.", "In all, for the balancing.")),
        ("funding.partners_step", Text("Apport par tranches de", "In multiples of"),
         Text("Vide ou 0 : au centime.", "Blank or 0: to the cent.")),
    ]  # fmt: skip
    for k, (key, label, note) in enumerate(amounts):
        at = row + 2 + k
        _single(draft, sheet, at, key, label, "money", note, _number_faults(at), minimum=0)
    at = row + 5
    _single(
        draft, sheet, at, "funding.partners_rate",
        Text("Taux annuel du compte courant", "Yearly rate of the current account"), "rate",
        _PERCENT, _rate_faults(at),
    )  # fmt: skip
    _single(
        draft, sheet, at + 1, "funding.partners_interest",
        Text("Intérêts payés", "Interest paid"), "text",
        Text("Au remboursement : ils courent dès le mois de l'apport, sans capitalisation.",
             "With the repayment: from the month of the loan itself, not compounded."),
        choices=choices.PARTNERS_INTEREST,
    )  # fmt: skip
    _single(
        draft, sheet, at + 2, "funding.partners_repay",
        Text("Remboursement des apports", "Repayment"), "text",
        Text("Dès que possible : ce qui dépasse la trésorerie minimale.",
             "As soon as possible: what exceeds the minimum cash."),
        choices=choices.PARTNERS_REPAY,
    )  # fmt: skip
    cell, mode = _cell(at + 3), draft.cells["funding.partners_repay"].a1
    month = draft.book.q(choices.PARTNERS_REPAY["month"])
    _single(
        draft, sheet, at + 3, "funding.partners_month",
        Text("Mois du remboursement (n°)", "Month of the repayment (no.)"), "integer", "",
        [(f"AND({mode}={month},OR(N({cell})<1,N({cell})>{draft.width},N({cell})<>INT(N({cell}))))",
          Text("Indiquer le numéro du mois de remboursement.", "Give the number of the month."))],
        minimum=0, maximum=draft.width,
    )  # fmt: skip
    return at + 4


def _overdraft(draft: Draft, sheet: TemplateSheet, row: int) -> int:
    sheet.section(
        row, Text("Équilibrage : découvert (concours bancaires courants)", "Balancing: overdraft")
    )
    _single(
        draft, sheet, row + 1, "funding.limit", Text("Découvert autorisé", "Authorised overdraft"),
        "money", Text("Vide : pas de plafond, donc pas d'alerte.", "Blank: no limit, so no alert."),
        _number_faults(row + 1), minimum=0,
    )  # fmt: skip
    _single(
        draft, sheet, row + 2, "funding.overdraft_rate",
        Text("Taux annuel du découvert", "Yearly rate of the overdraft"), "rate", _PERCENT,
        _rate_faults(row + 2), name=Text("Taux_decouvert", "Overdraft_rate"),
    )  # fmt: skip
    _single(
        draft, sheet, row + 3, "funding.overdraft_basis",
        Text("Intérêts d'un mois", "Interest of a month"), "text",
        Text("Jours / 360 : ceux du mois où le découvert a couru.",
             "Days / 360: those of the month in which the overdraft ran."),
        choices=choices.INTEREST_BASIS,
    )  # fmt: skip
    _single(
        draft, sheet, row + 4, "funding.overdraft_timing",
        Text("Intérêts réglés", "Interest settled"), "text",
        Text("Le mois même : le découvert couvre aussi ses propres intérêts.",
             "The same month: the overdraft covers its own interest too."),
        choices=choices.INTEREST_TIMING,
    )  # fmt: skip
    _single(
        draft, sheet, row + 5, "funding.commission_rate",
        Text("Commission de plus fort découvert", "Commission on the highest overdraft"), "rate",
        Text("Sur le découvert de fin de mois.", "On the overdraft at the end of the month."),
        _rate_faults(row + 5),
    )  # fmt: skip
    _single(
        draft, sheet, row + 6, "funding.commission_cap",
        Text("Plafond de la commission (part des intérêts)", "Cap of the commission (of interest)"),
        "percent", Text("0 : pas de plafond.", "0: no cap."), _rate_faults(row + 6),
    )  # fmt: skip
    return row + 7

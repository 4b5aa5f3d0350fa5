"""The sheet Ouverture: the opening balance sheet, and when its debts and receivables fall due."""

from __future__ import annotations

from collections.abc import Sequence

from xlcrm.budget.plan import Due
from xlcrm.templates.builder import Words
from xlcrm.templates.formulas import Ref, column_letter
from xlcrm.templates.treasury import choices, inputs
from xlcrm.templates.treasury.choices import NOT_LISTED, not_listed
from xlcrm.templates.treasury.draft import FIRST, LABEL, MONTH, Draft, MonthSheet
from xlcrm.texts import Text

NAME = Text("Ouverture", "Opening")
LABELS = {
    "fixed_assets": Text("Immobilisations (nettes)", "Fixed assets (net)"),
    "stock": Text("Stocks", "Stock"),
    "receivables": Text("Créances clients", "Trade receivables"),
    "other_receivables": Text("Autres créances", "Other receivables"),
    "vat_credit": Text("Crédit de TVA", "VAT credit"),
    "vat_waiting_deductible": Text("TVA déductible en attente", "Deductible VAT, pending"),
    "placements": Text("Placements (VMP)", "Placements"),
    "cash": Text("Disponibilités", "Cash at bank"),
    "equity": Text("Capital, réserves, report", "Capital and reserves"),
    "result": Text("Résultat de la période", "Result of the period"),
    "loans": Text("Emprunts", "Loans"),
    "partners": Text("Comptes courants d'associés", "Partners' current accounts"),
    "payables": Text("Dettes fournisseurs", "Trade payables"),
    "asset_payables": Text("Fournisseurs d'immobilisations", "Payables on assets"),
    "social": Text("Dettes sociales", "Social debts"),
    "taxes": Text("Impôt sur les bénéfices et autres impôts", "Corporate and other taxes"),
    "vat_due": Text("TVA à décaisser (payée le 1er mois)", "VAT due (paid in month 1)"),
    "vat_pending": Text("TVA du trimestre en cours", "VAT of the quarter under way"),
    "vat_waiting_collected": Text("TVA collectée en attente", "Collected VAT, pending"),
    "other_debts": Text("Autres dettes", "Other debts"),
    "overdraft": Text("Concours bancaires courants", "Bank overdraft"),
}


def write_opening(draft: Draft) -> None:
    """The opening balance sheet, and when its receivables and debts are settled."""
    sheet = draft.month_sheet(
        NAME,
        "input",
        Text("Bilan d'ouverture et échéancier", "Opening balance sheet and schedule"),
        Text(
            "Ce que l'entreprise a, doit et attend au premier jour du budget.",
            "What the firm has, owes and expects on the first day of the budget.",
        ),
        Text("Montant", "Amount"),
        one_page=True,
    )
    _balance_sheet(draft, sheet)
    dues = _shown(draft, inputs.DUES)
    if not dues:
        return
    _typed(draft, sheet, dues)
    if draft.book.mode == "plain":
        _listed(draft, sheet)
    _used(draft, sheet, dues)


def _shown(draft: Draft, names: Sequence[str]) -> list[str]:
    """All items of a balance sheet in a tool; only those with an amount in an exercise."""
    if draft.book.mode == "plain":
        return list(names)
    items = {name: getattr(draft.plan.opening, name) for name in names}
    return [n for n, v in items.items() if (v.balance if isinstance(v, Due) else v)]


def _balance_sheet(draft: Draft, sheet: MonthSheet) -> None:
    totals = []
    for title, names in (
        (Text("Actif", "Assets"), inputs.ASSETS),
        (Text("Passif", "Equity and liabilities"), inputs.LIABILITIES),
    ):
        if shown := _shown(draft, names):
            totals.append(_side(draft, sheet, title, shown))
    if draft.book.mode == "plain":
        _balance_check(draft, sheet, *totals)


def _side(draft: Draft, sheet: MonthSheet, title: Text, names: Sequence[str]) -> Ref:
    """One side of the balance sheet, with its total."""
    raw = sheet.sheet
    sheet.section(title)
    first = sheet.at
    for name in names:
        raw.label(sheet.at, LABEL, LABELS[name])
        draft.cells[f"opening.{name}"] = raw.input(sheet.at, FIRST, f"opening.{name}")
        sheet.at += 1
    cells = Ref(raw.name, first, FIRST, sheet.at - 1, FIRST)
    raw.label(sheet.at, LABEL, Text("Total", "Total"), "total")
    total = raw.formula(sheet.at, FIRST, f"=SUM({cells.a1})", "amount", "total")
    text = Text(
        "Un texte se trouve à la place d'un nombre : il compte pour 0.",
        "A text stands where a number belongs: it counts as 0.",
    )
    raw.checks(
        sheet.at,
        draft.trace,
        [(f"COUNTA({cells.a1})>COUNT({cells.a1})", text)],
        Text("{t} ({s})", "{t} ({s})").format(t=title, s=raw.name),
        bold=False,
        font_size=9,
    )
    raw.highlight(cells, f"=ISTEXT({cells.at(0).a1})")
    sheet.at += 1
    return total


def _balance_check(draft: Draft, sheet: MonthSheet, assets: Ref, liabilities: Ref) -> None:
    credit, due, cash, overdraft = (
        f"N({draft.cells[f'opening.{name}'].a1})"
        for name in ("vat_credit", "vat_due", "cash", "overdraft")
    )
    faults: list[tuple[str, Words]] = [
        (
            f"ROUND({assets.a1}-{liabilities.a1},2)<>0",
            Text(
                "Le total de l'actif et le total du passif diffèrent.",
                "Total assets and total liabilities differ.",
            ),
        ),
        (
            f"AND({credit}>0,{due}>0)",
            Text("Crédit de TVA et TVA à décaisser à la fois.", "Both a VAT credit and VAT due."),
        ),
        (
            f"AND({cash}<0,{overdraft}>0)",
            Text(
                "Découvert saisi deux fois : disponibilités négatives et concours bancaires.",
                "Overdraft typed twice: negative cash and bank overdraft.",
            ),
        ),
        (
            f"{overdraft}<0",
            Text("Le découvert se saisit en positif.", "Type the overdraft as a positive amount."),
        ),
    ]
    sheet.sheet.label(sheet.at, LABEL, Text("Équilibre du bilan", "Balance"), "strong")
    label = Text("Bilan d'ouverture équilibré", "Opening balance sheet in balance")
    sheet.sheet.checks(sheet.at, draft.trace, faults, label, font_size=9)
    sheet.at += 1


def _typed(draft: Draft, sheet: MonthSheet, names: Sequence[str]) -> None:
    raw = sheet.sheet
    sheet.section(
        Text(
            "Échéancier saisi : règlement des créances et des dettes d'ouverture",
            "Typed schedule: when opening receivables and debts are settled",
        )
    )
    if draft.book.mode == "plain":
        both = Text("Créances clients et dettes fournisseurs", "Receivables and payables")
        raw.label(sheet.at, LABEL, both)
        draft.cells["opening.source"] = raw.input(
            sheet.at,
            FIRST,
            "opening.source",
            None,
            "text",
            choices=choices.SOURCE,
            help=Text(
                "Par mois ci-dessous, ou d'après la liste de la feuille Échéancier.",
                "By month below, or from the list of the sheet Due dates.",
            ),
            font_size=8,
        )
        source = draft.cells["opening.source"].a1
        wrong: list[tuple[str, Words]] = [
            (not_listed(source, choices.SOURCE, draft.book), NOT_LISTED)
        ]
        raw.checks(sheet.at, draft.trace, wrong, both, bold=False, font_size=9)
    raw.label(sheet.at, draft.total, Text("Plus tard", "Later"), "header")
    sheet.at += 1
    for name in names:
        line = sheet.inputs(f"schedule.{name}", LABELS[name], total=False, gaps=False, later=True)
        later = f"schedule.{name}.later"
        draft.cells[later] = raw.input(line.row, draft.total, later, None, "amount", minimum=0)
        raw.formula(line.row, FIRST, f"={draft[f'opening.{name}'].a1}", "amount")
    for name in ("receivables", "payables"):
        if name in names:
            _rate(draft, sheet, f"opening.{name}_vat_rate", _RATES[name])


_RATES = {
    "receivables": Text("TVA encore due sur ces créances", "VAT still due on these receivables"),
    "payables": Text("TVA encore à déduire sur ces dettes", "VAT still deductible on these debts"),
}


def _rate(draft: Draft, sheet: MonthSheet, key: str, label: Text) -> None:
    raw = sheet.sheet
    raw.label(sheet.at, LABEL, label)
    draft.cells[key] = raw.input(
        sheet.at,
        FIRST,
        key,
        None,
        "percent",
        help=Text(
            "0 % : déjà déclarée à la facture. Sinon la TVA compte au règlement.",
            "0%: declared when invoiced. Otherwise VAT counts when paid.",
        ),
    )
    cell = draft.cells[key].a1
    faults: list[tuple[str, Words]] = [
        (
            f'AND({cell}<>"",NOT(ISNUMBER({cell})))',
            Text("Saisir un nombre.", "Enter a number."),
        ),
        (
            f"OR(N({cell})>1,N({cell})<0)",
            Text("Taux hors de 0 % à 100 %.", "Rate outside 0% to 100%."),
        ),
    ]
    raw.checks(sheet.at, draft.trace, faults, label, bold=False, font_size=9)
    sheet.at += 1


def _listed(draft: Draft, sheet: MonthSheet) -> None:
    """What the list of invoices gives by month."""
    raw, book = sheet.sheet, draft.book
    sheet.section(Text("D'après la liste des factures", "From the list of invoices"))
    amounts, sides, months = (draft[f"items.{k}"] for k in ("amount", "side", "month"))
    for name, side in (("receivables", "in"), ("payables", "out")):
        chosen = f"{sides},{book.q(choices.SIDE[side])}"
        row = sheet.row(
            f"listed.{name}", LABELS[name],
            f"=IF({sheet.number}=0,0,ROUND(SUMIFS({amounts},{chosen},{months},{sheet.number}),2))",
            total=False, plain=True,
        )  # fmt: skip
        count = draft["months_used"]
        raw.formula(
            row.row, draft.total,
            f'=ROUND(SUMIFS({amounts},{chosen},{months},">"&{count}),2)', "amount",
        )  # fmt: skip


def _used(draft: Draft, sheet: MonthSheet, names: Sequence[str]) -> None:
    raw, book = sheet.sheet, draft.book
    sheet.section(Text("Échéancier retenu", "Schedule used"))
    total = column_letter(draft.total)
    for name in names:
        typed = draft[f"schedule.{name}"].line
        month, later = f"N({{c}}{typed})", f"N({total}{typed})"
        if f"listed.{name}" in draft.rows:
            from_list = f"{draft['opening.source'].fixed}={book.q(choices.SOURCE['list'])}"
            listed = draft[f"listed.{name}"].line
            month = f"IF({from_list},{{c}}{listed},{month})"
            later = f"IF({from_list},{total}{listed},{later})"
        row = sheet.row(
            f"opening.{name}", LABELS[name], f"=IF({sheet.number}=0,0,ROUND({month},2))",
            total=False, plain=True, opening=f"=N({draft.cells[f'opening.{name}'].a1})",
        )  # fmt: skip
        raw.formula(row.row, draft.total, f"=ROUND({later},2)", "amount")
        first, last = f"{column_letter(MONTH)}{row.line}", f"{total}{row.line}"
        gap = f"ROUND(SUM({first}:{last})-{column_letter(FIRST)}{row.line},2)<>0"
        words = Text(
            "L'échéancier et le bilan d'ouverture diffèrent.",
            "The schedule and the opening balance sheet differ.",
        )
        label = Text("Échéancier d'ouverture : {n}", "Opening schedule: {n}").format(n=LABELS[name])
        raw.checks(row.row, draft.trace, [(gap, words)], label, bold=False, font_size=9)

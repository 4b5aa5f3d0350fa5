"""The sheets Ouverture (balance sheet and schedule) and Échéancier (the list of open invoices)."""

from __future__ import annotations

from collections.abc import Sequence

from xlcrm.budget.days import french_holidays
from xlcrm.budget.plan import Due
from xlcrm.templates.builder import YES_NO, TemplateSheet, Words
from xlcrm.templates.formulas import Ref, column_letter
from xlcrm.templates.treasury import choices, inputs
from xlcrm.templates.treasury.choices import NOT_LISTED, not_listed
from xlcrm.templates.treasury.draft import FIRST, LABEL, MONTH, OVERALL, Draft, MonthSheet
from xlcrm.texts import Text

NAME = Text("Ouverture", "Opening")
DUE_DATES = Text("Échéancier", "Due dates")
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
LIST_FIRST, LIST_LAST = 6, 6 + choices.ITEMS - 1
# Columns of the list of open invoices.
SIDE, PARTY, DOCUMENT, ISSUED, TERMS, GIVEN, AMOUNT, DUE, WHEN, ALERT, CHECK = range(1, 12)
_HOLIDAYS = 13
_YEARS = range(2025, 2037)


def write_due_dates(draft: Draft) -> None:
    """The list of invoices due and payable, each with its due date and the month it falls in."""
    book = draft.book
    sheet = book.sheet(
        DUE_DATES, "input", widths=[2, 13, 28, 14, 12, 22, 12, 13, 12, 9, 30, 40, 2, 12],
        title=Text("Échéancier des factures ouvertes", "Schedule of open invoices"),
        subtitle=Text("Une ligne par facture à encaisser ou à payer à l'ouverture.",
                      "One row for each invoice to be received or paid at the opening."),
        freeze=(LIST_FIRST, 0),
    )  # fmt: skip
    sheet.status(book.t(OVERALL), CHECK)
    sheet.label(3, SIDE, Text("Reporter au jour ouvré suivant", "Move to the next working day"))
    move = sheet.input(3, TERMS, "working_days", "no", "text", choices=YES_NO)
    sheet.header(
        LIST_FIRST - 1, SIDE,
        [Text("Sens", "Side"), Text("Tiers", "Party"), Text("Pièce", "Document"),
         Text("Facturé le", "Issued"), Text("Conditions", "Terms"),
         Text("Échéance donnée", "Given due date"), Text("Montant TTC", "Amount incl. VAT"),
         Text("Échéance", "Due date"), Text("Mois n°", "Month no."), Text("Alerte", "Alert"),
         Text("Contrôle", "Check")],
    )  # fmt: skip
    _holidays(sheet)
    for k in range(choices.ITEMS):
        _item(draft, sheet, LIST_FIRST + k, k + 1, move)
    results = Ref(sheet.name, LIST_FIRST, CHECK, LIST_LAST, CHECK).fixed
    wrong = f'SUMPRODUCT(({results}<>"")*({results}<>"OK"))>0'
    words = Text("Une facture au moins est à revoir.", "At least one invoice needs a look.")
    unlisted = Text("Jour ouvré : choisir Oui ou Non.", "Working day: choose Yes or No.")
    sheet.checks(
        3, CHECK, [(not_listed(move.a1, YES_NO, book), unlisted), (wrong, words)],
        Text("Échéancier des factures", "Schedule of invoices"),
    )  # fmt: skip
    sheet.printed = (LIST_LAST, CHECK)
    for name, col in (("side", SIDE), ("amount", AMOUNT), ("month", WHEN)):
        draft.cells[f"items.{name}"] = Ref(sheet.name, LIST_FIRST, col, LIST_LAST, col)


def _holidays(sheet: TemplateSheet) -> None:
    sheet.label(LIST_FIRST - 1, _HOLIDAYS, Text("Jours fériés", "Holidays"), "header")
    days = [day for year in _YEARS for day in sorted(french_holidays(year))]
    for k, day in enumerate(days):
        sheet.value(LIST_FIRST + k, _HOLIDAYS, day, "formula", "date", font_size=8)


_TERMS_HELP = Text(
    "30 j fin de mois : 30 jours, puis la fin du mois (une facture du 31/01 va à fin mars). "
    "1 mois fin de mois : toujours la fin du mois suivant.",
    "30 d end of month: 30 days, then the end of the month (an invoice of 31/01 goes to the end of "
    "March). 1 month end of month: always the end of the next month.",
)


def _item(draft: Draft, sheet: TemplateSheet, row: int, number: int, move: Ref) -> None:
    book, key = draft.book, f"items.{number}"
    side = sheet.input(row, SIDE, f"{key}.side", None, "text", choices=choices.SIDE)
    sheet.input(row, PARTY, f"{key}.party", None, "text")
    sheet.input(row, DOCUMENT, f"{key}.document", None, "text")
    issued = sheet.input(row, ISSUED, f"{key}.issued", None, "date").a1
    terms = sheet.input(
        row, TERMS, f"{key}.terms", None, "text", choices=choices.TERMS, help=_TERMS_HELP
    ).a1
    given = sheet.input(row, GIVEN, f"{key}.due", None, "date").a1
    amount = sheet.input(row, AMOUNT, f"{key}.amount", None, "amount", minimum=0).a1
    start = f"N({issued})"
    due = '""'
    for name, formula in (
        ("cash", start),
        ("30", f"{start}+30"),
        ("1me", f"EOMONTH({start},1)"),
        ("60", f"{start}+60"),
        ("30e", f"EOMONTH({start}+30,0)"),
        ("30e10", f"EOMONTH({start}+30,0)+10"),
        ("45a", f"EOMONTH({start}+45,0)"),
        ("45b", f"EOMONTH({start},0)+45"),
    ):
        due = f"IF({terms}={book.q(choices.TERMS[name])},{formula},{due})"
    last = LIST_FIRST + len(_YEARS) * 11 - 1
    holidays = Ref(sheet.name, LIST_FIRST, _HOLIDAYS, last, _HOLIDAYS).fixed
    due = f"IF(ISNUMBER({given}),{given},{due})"
    yes = book.q(YES_NO["yes"])
    moved = f"IF({move.fixed}={yes},WORKDAY({due}-1,1,{holidays}),{due})"
    listed = f"NOT({not_listed(terms, choices.TERMS, book)})"
    known = f'AND({amount}<>"",OR(ISNUMBER({given}),AND(N({issued})>0,{listed})))'
    shown = sheet.formula(row, DUE, f'=IF({known},IFERROR({moved},0),"")', "date").a1
    first = draft["start_used"]
    months = f"(YEAR({shown})-YEAR({first}))*12+MONTH({shown})-MONTH({first})+1"
    sheet.formula(row, WHEN, f'=IF(N({shown})>0,MAX(1,{months}),"")', "integer", align="center")
    late = book.q(Text("Échue avant le 1er mois", "Due before month 1"))
    long = book.q(Text("Plus de 60 jours (L441-10)", "Over 60 days (L441-10)"))
    ends = ",".join(f"{terms}={book.q(choices.TERMS[k])}" for k in ("1me", "30e10", "45a", "45b"))
    sheet.formula(
        row,
        ALERT,
        f'=IF(N({shown})=0,"",IF({shown}<{draft["start_used"]},{late},'
        f'IF(AND(N({issued})>0,{shown}-N({issued})>60,NOT(OR({ends}))),{long},"")))',
        "general",
        "trace",
    )
    _item_check(sheet, row, side.a1, issued, terms, given, amount)


def _item_check(
    sheet: TemplateSheet, row: int, side: str, issued: str, terms: str, given: str, amount: str
) -> None:
    """What is wrong in a row, OK, or nothing for an empty row."""
    faults: list[tuple[str, Text]] = [
        (
            f"NOT(ISNUMBER({amount}))",
            Text("Montant absent ou illisible.", "Amount missing or unreadable."),
        ),
        (f"N({amount})<0", Text("Montant négatif.", "Negative amount.")),
        (
            not_listed(side, choices.SIDE, sheet.book),
            Text("Choisir : à encaisser ou à payer.", "Choose: to receive or to pay."),
        ),
        (
            not_listed(terms, choices.TERMS, sheet.book, blank=True),
            Text("Conditions : choisir dans la liste.", "Terms: choose from the list."),
        ),
        (f"OR(ISTEXT({issued}),ISTEXT({given}))", Text("Date illisible.", "Unreadable date.")),
        (
            f'AND({given}="",OR({issued}="",{terms}=""))',
            Text(
                "Donner l'échéance, ou la date et les conditions.",
                "Give the due date, or the date and the terms.",
            ),
        ),
        (
            f"AND(ISNUMBER({given}),ISNUMBER({issued}),N({given})<N({issued}))",
            Text("L'échéance précède la facture.", "The due date is before the invoice."),
        ),
    ]
    formula = '"OK"'
    for condition, words in reversed(faults):
        formula = f"IF({condition},{sheet.book.q(words)},{formula})"
    empty = f'AND({amount}="",{issued}="",{given}="")'
    cell = sheet.formula(row, CHECK, f'=IF({empty},"",{formula})', "general", "check", font_size=9)
    sheet.verdict_look(cell, blank=True)
    sheet.highlight(Ref(sheet.name, row, GIVEN), f"=AND(ISNUMBER({given}),N({given})<N({issued}))")
    sheet.highlight(Ref(sheet.name, row, AMOUNT), f"=OR(ISTEXT({amount}),N({amount})<0)")


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

"""The sheet Échéancier: open invoices one by one, their due dates by the terms, their month."""

from __future__ import annotations

from xlcrm.budget.days import french_holidays
from xlcrm.templates.builder import YES_NO, TemplateSheet
from xlcrm.templates.formulas import Ref
from xlcrm.templates.treasury import choices
from xlcrm.templates.treasury.choices import not_listed
from xlcrm.templates.treasury.draft import OVERALL, Draft
from xlcrm.texts import Text

NAME = Text("Échéancier", "Due dates")
LIST_FIRST, LIST_LAST = 6, 6 + choices.ITEMS - 1
# Columns of the list of open invoices.
SIDE, PARTY, DOCUMENT, ISSUED, TERMS, GIVEN, AMOUNT, DUE, WHEN, ALERT, CHECK = range(1, 12)
_HOLIDAYS = 13
_YEARS = range(2025, 2037)


def write_due_dates(draft: Draft) -> None:
    """The list of invoices due and payable, each with its due date and the month it falls in."""
    book = draft.book
    sheet = book.sheet(
        NAME, "input", widths=[2, 13, 28, 14, 12, 22, 12, 13, 12, 9, 30, 40, 2, 12],
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

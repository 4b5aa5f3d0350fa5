"""The sheet Trésorerie: receipts, payments, balancing, alerts, and the textbook's presentation."""

from __future__ import annotations

from xlcrm.templates.builder import YES_NO
from xlcrm.templates.treasury import choices
from xlcrm.templates.treasury.balancing import base_rules, write_balancing
from xlcrm.templates.treasury.choices import NOT_LISTED, not_listed
from xlcrm.templates.treasury.costs import ROW_LABELS, used
from xlcrm.templates.treasury.draft import FIRST, LABEL, MONTH, Asked, Draft, MonthSheet
from xlcrm.texts import Text

NAME = Text("Trésorerie", "Cash")
_FUNDING = Text("Investissement-financement", "Investment and funding")
# Where the lines of the cash table come from, by the start of their keys.
_SOURCES = {
    "sales": Text("Budget des ventes", "Sales budget"),
    "purchases": Text("Budget des achats", "Purchases budget"),
    "opening": Text("Ouverture : échéancier retenu", "Opening: schedule used"),
    "vat": Text("Budget de TVA", "VAT budget"),
    **dict.fromkeys(
        ("loans", "currency", "investments", "capital", "partners", "placements", "dividends"),
        _FUNDING,
    ),
}
_COSTS = Text("Budget des charges", "Costs budget")
RECEIPTS: dict[str, Text] = {
    "opening.receivables": Text("Créances clients d'ouverture", "Opening receivables"),
    "opening.other_receivables": Text("Autres créances d'ouverture", "Other opening receivables"),
    "currency.receipts": Text("Ventes en devises (cours de facture)", "Currency receipts (booked)"),
    "currency.difference": Text("Différences de change (+ / −)", "Exchange differences (+ / −)"),
    "vat.refund": Text("Remboursement de crédit de TVA", "Refund of the VAT credit"),
    "loans.received": Text("Nouveaux emprunts", "New loans"),
    "capital": ROW_LABELS["capital"],
    "partners.in": ROW_LABELS["partners_in"],
    "placements.in": ROW_LABELS["placements_in"],
    "disposals": ROW_LABELS["disposals"],
    "other.receipts": ROW_LABELS["other_receipts"],
}
PAYMENTS: dict[str, Text] = {
    "opening.payables": Text("Dettes fournisseurs d'ouverture", "Opening payables"),
    "wages": ROW_LABELS["wages"],
    "social": Text("Charges sociales", "Social charges"),
    "vat": Text("TVA décaissée", "VAT paid"),
    "corporate_tax": Text("Impôt sur les sociétés", "Corporate tax"),
    "other_taxes": ROW_LABELS["other_taxes"],
    "opening.asset_payables": Text(
        "Fournisseurs d'immo. d'ouverture", "Opening payables on assets"
    ),
    "investments": Text("Investissements", "Investments"),
    "loans.existing": Text("Emprunts en cours : échéances", "Existing loans: instalments"),
    "loans.new": Text("Nouveaux emprunts : échéances", "New loans: instalments"),
    "loans.fees": Text("Frais d'emprunt", "Loan fees"),
    "currency.payments": Text("Achats en devises (cours de facture)", "Currency payments (booked)"),
    "dividends": ROW_LABELS["dividends"],
    "partners.out": ROW_LABELS["partners_out"],
    "placements.out": ROW_LABELS["placements_out"],
    "opening.other_debts": Text("Autres dettes d'ouverture", "Other opening debts"),
    "other.payments": ROW_LABELS["other_payments"],
}


def write_cash(draft: Draft) -> None:
    """The cash of each month, before and after balancing."""
    sheet = draft.month_sheet(
        NAME,
        "output",
        Text("Budget de trésorerie", "Treasury budget"),
        Text(
            "Encaissements, décaissements, équilibrage par les associés ou le découvert.",
            "Receipts, payments, balancing by partners or overdraft.",
        ),
        Text("Ouverture", "Opening"),
    )
    sheet.section(Text("Encaissements", "Receipts"))
    _lines(sheet, "in", "sales", RECEIPTS, _receipts(draft, sheet))
    _sum(sheet, "in", "cash.receipts", Text("Total des encaissements", "Total receipts"))
    sheet.section(Text("Décaissements", "Payments"))
    _lines(sheet, "out", "purchases", PAYMENTS, _payments(draft, sheet))
    _sum(sheet, "out", "cash.payments", Text("Total des décaissements", "Total payments"))
    sheet.section(Text("Équilibrage", "Balancing"))
    got, paid = draft["cash.receipts"].line, draft["cash.payments"].line
    flow = Text("Flux du mois", "Flow of the month")
    explained = Text("Encaissements − décaissements", "Receipts − payments")
    sheet.row(
        "cash.flow",
        flow,
        f"=ROUND({{c}}{got}-{{c}}{paid},2)",
        role="result",
        trace=explained,
        asked=Asked(flow, explained, 1),
    )
    opening = f"=ROUND({draft.cell('opening.cash')}-{draft.cell('opening.overdraft')},2)"
    write_balancing(draft, sheet, "cash", base_rules(draft), opening)
    _alerts(draft, sheet)
    _textbook(draft, sheet)


def _receipts(draft: Draft, sheet: MonthSheet) -> dict[str, str]:
    """The formula of each line of receipts."""
    inward = draft.book.q(choices.DIRECTION["in"])
    booked, gained = [], []
    for key in draft.keys("currencies"):
        is_in = f"{draft[f'{key}.direction']}={inward}"
        booked.append(f"IF({is_in},{draft.month(f'{key}.booked')},0)")
        gained.append(f"IF({is_in},1,-1)*{draft.month(f'{key}.difference')}")
    rows = {key: draft.month(f"{key}.paid") for key in draft.keys("sales")}
    rows |= {key: draft.month(key) for key in RECEIPTS if key.startswith("opening.")}
    rows |= {
        "currency.receipts": _plus(booked),
        "currency.difference": _plus(gained),
        "vat.refund": draft.month("vat.refund"),
        "loans.received": _plus([draft.month(f"{k}.received") for k in draft.keys("loans")]),
    }
    for key in ("capital", "partners.in", "placements.in", "disposals", "other.receipts"):
        rows[key] = used(sheet, key.replace(".", "_"))
    return rows


def _payments(draft: Draft, sheet: MonthSheet) -> dict[str, str]:
    """The formula of each line of payments."""
    outward = draft.book.q(choices.DIRECTION["out"])
    booked = [
        f"IF({draft[f'{key}.direction']}={outward},{draft.month(f'{key}.booked')},0)"
        for key in draft.keys("currencies")
    ]
    loans = draft.keys("loans")
    rows = {key: draft.month(f"{key}.paid") for key in draft.keys("purchases")}
    rows |= {key: draft.month(key) for key in PAYMENTS if key.startswith("opening.")}
    rows |= {
        "social": _plus([draft.month("opening.social"), draft.month("social.paid")]),
        "vat": draft.month("vat.paid"),
        "corporate_tax": _plus([draft.month("opening.taxes"), draft.month("tax.paid")]),
        "investments": _plus([draft.month(f"{key}.paid") for key in draft.keys("investments")]),
        "loans.existing": _plus([used(sheet, "loan_principal"), used(sheet, "loan_interest")]),
        "loans.new": _plus([draft.month(f"{key}.payment") for key in loans]),
        "loans.fees": _plus([draft.month(f"{key}.paid_fees") for key in loans]),
        "currency.payments": _plus(booked),
    }
    given = (
        "wages",
        "other_taxes",
        "dividends",
        "partners.out",
        "placements.out",
        "other.payments",
    )
    for key in given:
        rows[key] = used(sheet, key.replace(".", "_"))
    return rows


def _plus(parts: list[str]) -> str:
    parts = [part for part in parts if part != "0"]
    return f"ROUND({'+'.join(parts)},2)" if parts else "0"


def _lines(
    sheet: MonthSheet, side: str, lines: str, labels: dict[str, Text], formulas: dict[str, str]
) -> None:
    """The lines of one side; an exercise shows only those that are used."""
    draft = sheet.draft
    for key in (*draft.keys(lines), *labels):
        if draft.book.mode != "plain" and not any(draft.values.get(f"{side}.{key}", ())):
            continue
        label = labels.get(key) or draft.cells[f"{key}.label"]
        trace = _SOURCES.get(key.split(".")[0], _COSTS)
        sheet.row(f"{side}.{key}", label, f"={formulas[key]}", plain=True, trace=trace)


def _sum(sheet: MonthSheet, side: str, key: str, label: Text) -> None:
    rows = [row for name, row in sheet.draft.rows.items() if name.startswith(f"{side}.")]
    cells = f"{{c}}{rows[0].line}:{{c}}{rows[-1].line}" if rows else "0"
    explained = Text("Somme des lignes du mois.", "Sum of the month's lines.")
    sheet.row(key, label, f"=ROUND(SUM({cells}),2)", role="total", asked=Asked(label, explained, 1))


def _alerts(draft: Draft, sheet: MonthSheet) -> None:
    """A few words for each month that needs a look; no mistake, so no check fails."""
    sheet.section(Text("Alertes", "Alerts"))
    q = draft.book.q
    net, overdraft = (f"{{c}}{draft[f'cash.{k}'].line}" for k in ("net", "overdraft"))
    limit = draft["funding.limit"]
    over = q(Text("Découvert > plafond", "Over the limit"))
    low = q(Text("Sous le minimum", "Under minimum"))
    within = q(Text("À découvert (dans le plafond)", "Overdrawn (within the limit)"))
    bare = q(Text("À découvert", "Overdrawn"))
    over_limit = f"AND(ISNUMBER({limit}),{overdraft}>N({limit}))"
    minimum = f"N({draft['funding.minimum']})"
    short = f'AND({net}<>"",{net}<MAX(0,{minimum}))'
    drawn = f"IF(ISNUMBER({limit}),{within},{bare})"
    words = f'IF({over_limit},{over},IF({short},IF({minimum}>0,{low},{drawn}),""))'
    _alert(sheet, "cash.alert", NAME, words)
    credit = q(Text("Crédit de TVA", "VAT credit"))
    words = f'IF({draft.month("vat.credit")}>0,{credit},"")'
    _alert(sheet, "cash.vat_alert", Text("TVA", "VAT"), words)
    cash = draft.rows["cash.net"]
    sheet.sheet.highlight(cash, f"={cash.at(0).a1}<0")


def _alert(sheet: MonthSheet, key: str, label: Text, words: str) -> None:
    raw = sheet.sheet
    raw.label(sheet.at, LABEL, label)
    row = raw.across(
        sheet.at,
        MONTH,
        sheet.draft.width,
        f'=IF({sheet.number}=0,"",{words})',
        "general",
        font_size=8,
        text_wrap=True,
        align="center",
    )
    raw.raw.set_row(sheet.at, 24)
    raw.highlight(row, f'={row.at(0).a1}<>""')
    sheet.draft.rows[key] = row
    sheet.at += 1


def _textbook(draft: Draft, sheet: MonthSheet) -> None:
    """The same numbers as textbooks show them: balance brought to zero by a bank advance."""
    raw = sheet.sheet
    sheet.section(Text("Présentation scolaire (solde ramené à zéro)", "Textbook presentation"))
    raw.label(sheet.at, LABEL, Text("Afficher cette présentation", "Show this presentation"))
    switch = raw.input(sheet.at, FIRST, "textbook", "yes", "text", choices=YES_NO)
    unlisted = not_listed(switch.a1, YES_NO, sheet.draft.book)
    label = Text("Présentation scolaire", "Textbook presentation")
    raw.checks(
        sheet.at, sheet.draft.trace, [(unlisted, NOT_LISTED)], label, bold=False, font_size=9
    )
    sheet.at += 1
    shown = f"AND({switch.fixed}={draft.book.q(YES_NO['yes'])},{sheet.number}>0)"
    net, overdraft = draft["cash.net"].line, draft["cash.overdraft"].line
    rows = {
        "start": (Text("Solde initial", "Balance brought forward"), f"MAX(0,{{p}}{net})"),
        "repaid": (
            Text("Remboursement du concours précédent", "Repayment of last month's advance"),
            f"{{p}}{overdraft}",
        ),
        "drawn": (Text("Concours bancaire obtenu", "Bank advance drawn"), f"{{c}}{overdraft}"),
        "end": (Text("Solde final (jamais négatif)", "Closing balance"), f"MAX(0,{{c}}{net})"),
    }
    for key, (label, formula) in rows.items():
        sheet.row(f"book.{key}", label, f"=IF({shown},{formula},0)", total=False, plain=True)

"""The sheets Bilan (working capital, need, net cash) and Rotations (delays in days)."""

from __future__ import annotations

from xlcrm.templates.form import OPTIONAL, REQUIRED, Asked, Kit, Page, Rule
from xlcrm.templates.style import CellKind, CellRole
from xlcrm.templates.working_capital.model import NEEDS, OFF_SHEET, PAYABLES, STABLE, YEARS
from xlcrm.templates.years import reserve_years, write_years, year_entries, year_row
from xlcrm.texts import Text

_RULES = {"equity": Rule(least=None), OFF_SHEET: OPTIONAL}
BASES = {"360": Text("360 jours", "360 days"), "365": Text("365 jours", "365 days")}
_HEADS = (Text("Année N-1", "Year N-1"), Text("Année N", "Year N"))
_WIDTHS = (2, 46, 18, 18, 18, 46)


def _sum(*names: str) -> str:
    return "+".join(f"[sheet.{name}]" for name in names)


def write_balance(kit: Kit) -> Page:
    """Two balance sheets and the three quantities."""
    page = kit.page(
        Text("Bilan", "Balance sheet"), "input",
        title=Text("Fonds de roulement, BFR, trésorerie nette",
                   "Working capital, need, net cash"),
        subtitle=Text("Bilan fonctionnel de deux années, en valeurs brutes.",
                      "Functional balance sheet of two years, before depreciation."),
        about=Text("Le bilan fonctionnel de deux années : FR, BFR, trésorerie nette.",
                   "The functional balance sheet of two years: capital, need, net cash."),
        widths=_WIDTHS, check=5,
    )  # fmt: skip
    blocks: list[tuple[Text, list[tuple[str, Text]]]] = [
        (Text("Ressources et emplois stables", "Stable resources and uses"), [
            ("equity", Text("Capitaux propres", "Equity")),
            ("depreciation", Text("Amortissements et provisions", "Depreciation, provisions")),
            ("long_debt", Text("Dettes financières", "Long-term debt")),
            ("fixed_assets", Text("Immobilisations brutes", "Fixed assets, gross")),
        ]),
        (Text("Cycle d'exploitation", "Operating cycle"), [
            ("stocks", Text("Stocks", "Stocks")),
            ("receivables", Text("Créances clients", "Receivables from customers")),
            ("other_receivables", Text("Autres créances", "Other receivables")),
            ("suppliers", Text("Dettes fournisseurs", "Payables to suppliers")),
            ("tax_social", Text("Dettes fiscales et sociales", "Tax and social debts")),
            ("other_payables", Text("Autres dettes", "Other payables")),
        ]),
        (Text("Trésorerie", "Cash"), [
            ("cash", Text("Disponibilités et placements", "Cash and placements")),
            ("overdraft", Text("Concours bancaires courants", "Bank overdrafts")),
        ]),
        (Text("Hors bilan", "Off the balance sheet"), [
            (OFF_SHEET, Text("Effets escomptés non échus", "Discounted bills not yet due")),
        ]),
    ]  # fmt: skip
    for title, rows in blocks:
        page.section(title)
        write_years(page, 2, _HEADS)
        for key, label in rows:
            rule = _RULES.get(key, REQUIRED)
            year_entries(page, f"sheet.{key}", label, YEARS, rule=rule)
    _balanced(page)
    page.section(Text("Résultats", "Results"))
    write_years(page, 2, [*_HEADS, Text("Variation", "Change")])
    _three(page)
    if not kit.student:
        _chart(kit, page)
    return page


def _balanced(page: Page) -> None:
    for year in range(YEARS):
        owns = ("fixed_assets", *NEEDS, "cash")
        owes = (*STABLE, *PAYABLES, "overdraft")
        gap = "-".join(
            "(" + "+".join(page.kit.cells[f"sheet.{n}"].at(year).fixed for n in names) + ")"
            for names in (owns, owes)
        )
        page.verify(
            f"ABS({gap})>0.005",
            Text("Le bilan n'est pas équilibré : actif et passif diffèrent.",
                 "The balance sheet does not balance: assets and liabilities differ."),
            Text("Équilibre du bilan, {n}", "Balance, {n}").format(n=_HEADS[year]),
        )  # fmt: skip


def _three(page: Page) -> None:
    rows: list[tuple[str, Text, str, CellRole]] = [
        ("stable", Text("Ressources stables", "Stable resources"), _sum(*STABLE), "formula"),
        ("capital", Text("Fonds de roulement net global", "Working capital (FRNG)"),
         "[sheet.stable]-[sheet.fixed_assets]", "result"),
        ("gross", Text("Besoins du cycle", "Needs of the cycle"), _sum(*NEEDS, OFF_SHEET),
         "formula"),
        ("owed", Text("Ressources du cycle", "Resources of the cycle"), _sum(*PAYABLES),
         "formula"),
        ("need", Text("Besoin en fonds de roulement", "Working capital need (BFR)"),
         "[sheet.gross]-[sheet.owed]", "result"),
        ("cash_net", Text("Trésorerie nette (FR - BFR)", "Net cash (capital - need)"),
         "[sheet.capital]-[sheet.need]", "result"),
        ("check", Text("Disponibilités - concours bancaires - effets escomptés",
                       "Cash - overdrafts - discounted bills"),
         f"[sheet.cash]-[sheet.overdraft]-[sheet.{OFF_SHEET}]", "formula"),
    ]  # fmt: skip
    reserve_years(page, [f"sheet.{key}" for key, *_ in rows], YEARS)
    for key, label, formula, role in rows:
        at = page.at
        year_row(page, f"sheet.{key}", label, f"ROUND({formula},2)", YEARS, role=role,
                 asked=_ASKED.get(key))  # fmt: skip
        if key in ("capital", "need", "cash_net") and not page.kit.student:
            row = page.kit.cells[f"sheet.{key}"]
            change = f"ROUND({row.at(1).fixed}-{row.at(0).fixed},2)"
            page.put(at, 4, f"change.{key}", change, "amount", role)


def _chart(kit: Kit, page: Page) -> None:
    chart = kit.book.chart("column", Text("FR, BFR et trésorerie nette",
                                          "Capital, need and net cash"))  # fmt: skip
    for key, label, color in (
        ("capital", Text("Fonds de roulement", "Working capital"), "#1F6F8B"),
        ("need", Text("BFR", "Need"), "#E08E2B"),
        ("cash_net", Text("Trésorerie nette", "Net cash"), "#2E9E5B"),
    ):
        row = kit.cells[f"sheet.{key}"]
        chart.add_series({
            "name": kit.book.t(label), "values": f"={row.address}",
            "categories": _heads(kit), "fill": {"color": color},
        })  # fmt: skip
    page.sheet.place(page.at + 1, 1, chart, 700, 250)


def _heads(kit: Kit) -> str:
    top = kit.cells["sheet.stable"]
    return f"='{top.sheet}'!$C${top.row}:$D${top.row}"


def write_rotations(kit: Kit, balance: Page) -> Page:
    """Delays of stocks, customers and suppliers, and the operating cycle."""
    page = kit.page(
        Text("Rotations", "Rotations"), "input",
        title=Text("Rotation des stocks, des clients et des fournisseurs",
                   "Rotation of stocks, customers and suppliers"),
        subtitle=Text("Délais moyens en jours.", "Average delays in days."),
        about=Text("Délais clients, fournisseurs, stocks ; cycle d'exploitation.",
                   "Delays of customers, suppliers, stocks; operating cycle."),
        widths=_WIDTHS, check=5, needs=[balance],
    )  # fmt: skip
    page.section(Text("Flux de l'année", "Flows of the year"))
    page.entry("base", Text("Année", "Year"), "text", Rule(choices=BASES))
    write_years(page, 2, _HEADS)
    above = Rule(above=True)
    for key, label, rule in (
        ("sales", Text("Chiffre d'affaires HT", "Sales before VAT"), above),
        ("sales_vat", Text("Chiffre d'affaires TTC", "Sales with VAT"), above),
        ("purchases", Text("Achats TTC", "Purchases with VAT"), above),
        ("cost", Text("Coût d'achat des marchandises vendues HT", "Cost of goods sold"), above),
        ("opening_stock", Text("Stock initial", "Opening stock"), REQUIRED),
        ("closing_stock", Text("Stock final", "Closing stock"), REQUIRED),
    ):  # fmt: skip
        year_entries(page, f"flows.{key}", label, YEARS, rule=rule)
    page.section(Text("Délais", "Delays"))
    write_years(page, 2, _HEADS)
    base = f"IF({kit.chosen('base', BASES, '360')},360,365)"
    stock = "(ROUND([flows.opening_stock]+[flows.closing_stock],2)/2)"
    rows: list[tuple[str, Text, str, CellKind, CellRole]] = [
        ("dso", Text("Délai clients (jours)", "Customers' delay (days)"),
         f"ROUND(([sheet.receivables]+[sheet.discounted])*{base}/[flows.sales_vat],2)", "number",
         "result"),
        ("dpo", Text("Délai fournisseurs (jours)", "Suppliers' delay (days)"),
         f"ROUND([sheet.suppliers]*{base}/[flows.purchases],2)", "number", "result"),
        ("dio", Text("Durée de stockage (jours)", "Time in stock (days)"),
         f"ROUND({stock}*{base}/[flows.cost],2)", "number", "result"),
        ("turns", Text("Rotation du stock (fois par an)", "Stock turns (times a year)"),
         f'IF({stock}=0,"",ROUND([flows.cost]/{stock},4))', "factor", "formula"),
        ("cycle", Text("Cycle d'exploitation (stock + clients - fournisseurs)",
                       "Operating cycle (stock + customers - suppliers)"),
         "ROUND([rotations.dio]+[rotations.dso]-[rotations.dpo],2)", "number", "total"),
        ("need_days", Text("BFR en jours de chiffre d'affaires HT", "Need in days of sales"),
         f"ROUND([sheet.need]*{base}/[flows.sales],2)", "number", "formula"),
    ]  # fmt: skip
    reserve_years(page, [f"rotations.{key}" for key, *_ in rows], YEARS)
    for key, label, formula, kind, role in rows:
        year_row(page, f"rotations.{key}", label, formula, YEARS, kind, role,
                 asked=_ASKED.get(key))  # fmt: skip
    return page


_ASKED = {
    "capital": Asked(
        Text("Fonds de roulement", "Working capital"),
        Text("Ressources stables - immobilisations brutes.",
             "Stable resources - gross fixed assets."), 2,
    ),
    "need": Asked(
        Text("Besoin en fonds de roulement", "Working capital need"),
        Text("Stocks + créances + effets escomptés non échus - dettes d'exploitation.",
             "Stocks + receivables + discounted bills - payables."), 2,
    ),
    "cash_net": Asked(
        Text("Trésorerie nette", "Net cash"),
        Text("FR - BFR, qui égale disponibilités - concours bancaires - effets escomptés.",
             "Capital - need, which equals cash - overdrafts - discounted bills."), 2,
    ),
    "dso": Asked(
        Text("Délai clients", "Customers' delay"),
        Text("(Créances + effets escomptés non échus) x 360 / chiffre d'affaires TTC.",
             "(Receivables + discounted bills) x 360 / sales with VAT."), 2, 0.1,
    ),
    "dpo": Asked(
        Text("Délai fournisseurs", "Suppliers' delay"),
        Text("Dettes fournisseurs x 360 / achats TTC.", "Payables x 360 / purchases with VAT."),
        2, 0.1,
    ),
    "dio": Asked(
        Text("Durée de stockage", "Time in stock"),
        Text("Stock moyen x 360 / coût d'achat des marchandises vendues.",
             "Average stock x 360 / cost of goods sold."), 2, 0.1,
    ),
}  # fmt: skip

"""The sheets Clients (limits), Factures (due dates) and Balance âgée (lateness, allowances)."""

from __future__ import annotations

from xlcrm.templates.customer_risk.model import BRACKETS, CUSTOMERS, INVOICES
from xlcrm.templates.form import OPTIONAL, REQUIRED, Asked, Kit, Page, Rule
from xlcrm.templates.formulas import Ref
from xlcrm.templates.grid import Col, write_grid
from xlcrm.templates.years import year_entries, year_row
from xlcrm.texts import Text

STATE = {
    "ok": Text("Accepter", "Accept"),
    "watch": Text("À surveiller", "Watch"),
    "over": Text("Plafond dépassé", "Over the limit"),
}


def write_receivables(kit: Kit) -> None:
    """The three sheets; the list of customers comes first, invoices refer to it."""
    clients = _clients(kit)
    invoices = _invoices(kit, clients)
    _limits(kit, clients, invoices)
    _ageing(kit, clients, invoices)


def _clients(kit: Kit) -> Page:
    page = kit.page(
        Text("Clients", "Customers"), "input",
        title=Text("Encours et plafonds de crédit", "Outstanding and credit limits"),
        subtitle=Text("L'encours vient de la feuille Factures.",
                      "The outstanding comes from the sheet Invoices."),
        about=Text("Plafond, encours, commande : accepter, surveiller ou bloquer.",
                   "Limit, outstanding, order: accept, watch or stop."),
        widths=[2, 36, 26, 15, 15, 15, 17, 15, 11, 18, 40], check=10,
    )  # fmt: skip
    page.section(Text("Règle", "Rule"))
    label = Text("Surveiller à partir de (part du plafond)", "Watch from (share of the limit)")
    page.entry("alert", label, "percent", Rule(most=1))
    page.section(Text("Clients", "Customers"))
    return page


def _limits(kit: Kit, page: Page, invoices: Page) -> None:
    words = {word: kit.book.q(text) for word, text in STATE.items()}
    top = page.at + 1
    watch = "AND([after]>0,[after]>=ROUND(ROUND([limit],2)*[alert],2))"
    write_grid(
        page, "customers",
        [
            Col("name", Text("Client", "Customer"), "text", rule=REQUIRED),
            Col("limit", Text("Plafond", "Limit"), "amount", rule=REQUIRED, total=True),
            Col("order", Text("Commande en cours", "Order under way"), "amount", rule=OPTIONAL,
                total=True),
            Col("owed", Text("Encours", "Outstanding"), "amount",
                "ROUND(SUMIF([invoices.customer],[name],[invoices.left]),2)",
                asked=_ASKED["owed"], total=True),
            Col("after", Text("Encours avec la commande", "Outstanding with order"), "amount",
                "ROUND([owed]+[order],2)", asked=_ASKED["after"], total=True),
            Col("free", Text("Disponible", "Left"), "amount", "ROUND(ROUND([limit],2)-[after],2)"),
            Col("used", Text("Utilisé", "Used"), "percent",
                'IF([limit]=0,"",ROUND([after]/ROUND([limit],2),6))'),
            Col("state", Text("Décision", "Decision"), "text",
                f"IF([after]>ROUND([limit],2),{words['over']},"
                f"IF({watch},{words['watch']},{words['ok']}))"),
        ],
        CUSTOMERS, what=Text("Clients", "Customers"), least_rows=1, totals=Text("Total", "Total"),
        faults=[("COUNTIF([name:],[name])>1", Text("Ce client est déjà dans la liste.",
                                                   "This customer is listed already."))],
    )  # fmt: skip
    kit.words["customers.state"] = STATE
    state = kit.cells["customers.state"]
    first = f"{state.column}{top + 1}"
    page.sheet.highlight(state, f"={first}={words['over']}")
    page.sheet.highlight(state, f"={first}={words['ok']}", good=True)


def _invoices(kit: Kit, clients: Page) -> Page:
    # The grid of customers stands under its heading: known before it is written.
    names = kit.cells["customers.name"] = _future(clients)
    page = kit.page(
        Text("Factures", "Invoices"), "input",
        title=Text("Factures non soldées", "Invoices not settled"),
        subtitle=Text("Le retard se compte à la date d'arrêté.",
                      "Lateness is counted on the date given."),
        about=Text("Les factures, leur échéance, ce qui reste dû et le retard.",
                   "The invoices, when they are due, what is left and how late."),
        widths=[2, 34, 26, 14, 13, 14, 14, 14, 10, 10, 44], check=10, one_page=False,
    )  # fmt: skip
    page.section(Text("Date et tranches", "Date and brackets"))
    page.entry("as_of", Text("Arrêté au", "As of"), "date")
    year_entries(page, "bounds", Text("Bornes des tranches (jours de retard)",
                                      "Bounds of the brackets (days late)"), 3, "integer",
                 Rule(least=1, most=999))  # fmt: skip
    cells = [cell.fixed for cell in kit.cells["bounds"].cells()]
    page.verify(
        f"NOT(AND({cells[0]}<{cells[1]},{cells[1]}<{cells[2]}))",
        Text("Les bornes doivent croître : 30, 60, 90.", "The bounds must rise: 30, 60, 90."),
        Text("Ordre des bornes", "Order of the bounds"),
    )  # fmt: skip
    page.section(Text("Factures", "Invoices"))
    late = "MAX(0,[as_of]-[due])"
    bracket = "IF([late]=0,1,2+" + "+".join(f"IF([late]>{cell},1,0)" for cell in cells) + ")"
    write_grid(
        page, "invoices",
        [
            Col("customer", Text("Client", "Customer"), "text", rule=REQUIRED),
            Col("number", Text("N° de facture", "Invoice no."), "text", rule=OPTIONAL),
            Col("due", Text("Échéance", "Due"), "date", rule=REQUIRED),
            Col("amount", Text("Montant TTC", "Amount with VAT"), "amount",
                rule=Rule(least=None)),
            Col("paid", Text("Déjà réglé", "Already paid"), "amount", rule=Rule(False, None)),
            Col("left", Text("Reste dû", "Left"), "amount", "ROUND([amount]-[paid],2)",
                asked=_ASKED["left"], total=True),
            Col("late", Text("Retard (jours)", "Days late"), "integer", late,
                asked=_ASKED["late"]),
            Col("bracket", Text("Tranche", "Bracket"), "integer", bracket,
                asked=_ASKED["bracket"]),
        ],
        INVOICES, what=Text("Factures", "Invoices"), totals=Text("Total", "Total"),
        faults=[
            ('[as_of]=""', Text("Saisir d'abord la date d'arrêté.", "First type the date.")),
            (f"COUNTIF({names.address},[customer])=0",
             Text("Client absent de la feuille Clients.", "Not in the sheet Customers.")),
        ],
    )  # fmt: skip
    return page


def _future(page: Page) -> Ref:
    top = page.at + 1
    return Ref(page.sheet.name, top, 2, top + CUSTOMERS - 1, 2)


def _ageing(kit: Kit, clients: Page, invoices: Page) -> None:
    page = kit.page(
        Text("Balance âgée", "Ageing"), "output",
        title=Text("Balance âgée et dépréciations", "Ageing and allowances"),
        subtitle=Text("Ce que doit chaque client, par retard.",
                      "What each customer owes, by lateness."),
        about=Text("Les créances par retard et les dépréciations à constater.",
                   "The receivables by lateness, and the allowances to make."),
        widths=[2, 36, 26, *[15] * BRACKETS, 40], check=8, needs=[clients, invoices],
    )  # fmt: skip
    page.section(Text("Créances par tranche de retard (TTC)", "Receivables by bracket (with VAT)"))
    names = kit.cells["customers.name"]
    row = "$B{r}"
    listed = f"INDEX({names.address},{row})"
    columns = [Col("name", Text("Client", "Customer"), "text", f'IF({listed}="","",{listed})',
                   plain=True)]  # fmt: skip
    for b in range(BRACKETS):
        formula = (
            f'IF({listed}="","",ROUND(SUMIFS([invoices.left],[invoices.customer],{listed},'
            f"[invoices.bracket],{b + 1}),2))"
        )
        columns.append(Col(f"b{b + 1}", _LABELS[b], "amount", formula, asked=_age(b), total=True))
    write_grid(page, "ages", columns, CUSTOMERS, what=Text("Balance âgée", "Ageing"),
               totals=Text("Total", "Total"))  # fmt: skip
    _heads(kit, page)
    _allowances(kit, page)
    if not kit.student:
        _chart(kit, page)


_LABELS = (
    Text("Non échu", "Not due"),
    Text("Tranche 1", "Bracket 1"),
    Text("Tranche 2", "Bracket 2"),
    Text("Tranche 3", "Bracket 3"),
    Text("Au-delà", "Beyond"),
)


def _heads(kit: Kit, page: Page) -> None:
    """Live headings: the brackets follow the bounds."""
    low = [cell.address for cell in kit.cells["bounds"].cells()]
    to, over = kit.book.q(Text(" à ", " to ")), kit.book.q(Text("Plus de ", "Over "))
    day = kit.book.q(Text(" j", " d"))
    heads = [
        f"=1&{to}&{low[0]}&{day}",
        f"={low[0]}+1&{to}&{low[1]}&{day}",
        f"={low[1]}+1&{to}&{low[2]}&{day}",
        f"={over}&{low[2]}&{day}",
    ]
    first = kit.cells["ages.b1"]
    for k, formula in enumerate(heads):
        page.sheet.formula(first.row - 1, first.col + 1 + k, formula, "general", "header")


def _allowances(kit: Kit, page: Page) -> None:
    page.section(Text("Dépréciations", "Allowances"))
    page.entry("vat_rate", Text("Taux de TVA des créances", "VAT rate of the receivables"),
               "percent")  # fmt: skip
    first = kit.cells["ages.b1"].col
    year_entries(page, "allowance", Text("Taux de dépréciation", "Rate of allowance"), BRACKETS,
                 "percent", Rule(most=1), first_col=first)  # fmt: skip
    totals = [f"[ages.b{b + 1}.total]" for b in range(BRACKETS)]
    row = page.at
    page.sheet.label(row, 1, Text("Créances hors taxes", "Receivables before VAT"))
    for b, total in enumerate(totals):
        page.put(row, first + b, f"net.{b}", f"ROUND({total}/(1+[vat_rate]),2)")
    cell = kit.cells["net.0"]
    kit.cells["net"] = type(cell)(cell.sheet, row, first, row, first + BRACKETS - 1)
    page.at += 1
    year_row(page, "written", Text("Dépréciation", "Allowance"),
             "ROUND(MAX(0,[net])*[allowance],2)", BRACKETS, first_col=first,
             asked=_ASKED["written"])  # fmt: skip
    page.result(
        "written_total", Text("Dépréciation totale", "Total allowance"),
        "ROUND(SUM([written:]),2)", role="result", asked=_ASKED["written_total"],
    )  # fmt: skip
    owed, late = "+".join(totals), "+".join(totals[1:])
    page.result("late_share", Text("Part des créances en retard", "Share that is late"),
                f'IF(ROUND({owed},2)=0,"",ROUND(ROUND({late},2)/ROUND({owed},2),6))', "percent",
                asked=_ASKED["late_share"])  # fmt: skip


def _chart(kit: Kit, page: Page) -> None:
    title = Text("Créances par client et par retard", "Receivables by customer and lateness")
    chart = kit.book.chart("column", title, "stacked")
    colors = ("#2E9E5B", "#E8C547", "#E08E2B", "#D0512F", "#8E1B1B")
    names = kit.cells["ages.name"].address
    for b, color in enumerate(colors):
        ref = kit.cells[f"ages.b{b + 1}"]
        head = f"='{ref.sheet}'!${ref.column}${ref.row}"
        chart.add_series({"name": head, "categories": f"={names}", "values": f"={ref.address}",
                          "fill": {"color": color}, "gap": 60})  # fmt: skip
    page.sheet.place(page.at + 1, 1, chart, 860, 280)


def _age(bracket: int) -> Asked:
    return Asked(
        Text("Créances de la tranche {n}", "Receivables of bracket {n}").format(n=bracket + 1),
        Text("Somme des restes dus du client dans cette tranche de retard.",
             "Sum of what the customer still owes in this bracket."), 1,
    )  # fmt: skip


_ASKED = {
    "owed": Asked(
        Text("Encours de chaque client", "Outstanding of each customer"),
        Text("Somme des restes dus de ses factures.", "Sum of what is left on its invoices."), 2,
    ),
    "after": Asked(
        Text("Encours avec la commande", "Outstanding with the order"),
        Text("Encours + commande en cours, à comparer au plafond.",
             "Outstanding + order under way, to compare with the limit."), 1,
    ),
    "left": Asked(
        Text("Restes dus", "What is left"), Text("Montant - déjà réglé.", "Amount - paid."), 1,
    ),
    "late": Asked(
        Text("Jours de retard", "Days late"),
        Text("Date d'arrêté - échéance ; 0 si la facture n'est pas échue.",
             "Date - due date; 0 when it is not due."), 1,
    ),
    "bracket": Asked(
        Text("Tranches de retard", "Brackets of lateness"),
        Text("1 : non échu ; 2 à 5 : selon les bornes.", "1: not due; 2 to 5: by the bounds."), 1,
    ),
    "written": Asked(
        Text("Dépréciations par tranche", "Allowances by bracket"),
        Text("Créances hors taxes x taux : la TVA se récupère.",
             "Receivables before VAT x rate: VAT is recovered."), 2,
    ),
    "written_total": Asked(
        Text("Dépréciation totale", "Total allowance"),
        Text("Somme des tranches.", "Sum of the brackets."), 1,
    ),
    "late_share": Asked(
        Text("Part en retard", "Share that is late"),
        Text("Créances échues / total des créances.", "Overdue receivables / all receivables."), 1,
    ),
}  # fmt: skip

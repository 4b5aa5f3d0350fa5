"""The sheets Calculs, Plan and Rentabilité."""

from __future__ import annotations

from xlcrm.templates.financing_plan.inputs import MODE, YEAR_HEADS
from xlcrm.templates.financing_plan.model import ASSETS, LOANS, YEARS
from xlcrm.templates.form import Asked, Kit, Page
from xlcrm.templates.style import CellRole
from xlcrm.templates.years import reserve_years, write_years, year_row
from xlcrm.texts import Text

_WIDTHS = (2, 46, *[15] * (YEARS + 1), 44)
_IN = "{i}<=[horizon]"


def _row(page: Page, key: str, label: Text, formula: str, role: CellRole = "formula") -> None:
    year_row(page, key, label, f"IF({_IN},{formula},0)", YEARS, role=role, asked=_ASKED.get(key))


def write_working(kit: Kit, needs: Page) -> None:
    """Depreciation, loans, cash flow, working capital need."""
    page = kit.page(
        Text("Calculs", "Working"), "work",
        title=Text("Amortissements, emprunts, autofinancement, BFR",
                   "Depreciation, loans, cash flow, working capital need"),
        subtitle=Text("Tout ce qui mène au plan.", "All that leads to the plan."),
        about=Text("Amortissements, annuités, capacité d'autofinancement, BFR.",
                   "Depreciation, instalments, cash flow, working capital need."),
        widths=_WIDTHS, needs=[needs],
    )  # fmt: skip
    page.section(Text("Investissements", "Investments"))
    write_years(page, 2, YEAR_HEADS)
    _assets(page)
    page.section(Text("Emprunts", "Loans"))
    write_years(page, 2, YEAR_HEADS)
    _loans(kit, page)
    page.section(Text("Capacité d'autofinancement", "Cash flow"))
    write_years(page, 2, YEAR_HEADS)
    _operations(page)


def _assets(page: Page) -> None:
    _row(page, "op.invest", Text("Investissements", "Investments"),
         "ROUND(SUMIF([assets.year],{i},[assets.amount]),2)", "total")  # fmt: skip
    parts = []
    for k in range(ASSETS):
        amount, year, life = (
            page.kit.cells[f"assets.{n}"].at(k).address for n in ("amount", "year", "life")
        )
        yearly = f"ROUND({amount}/{life},2)"
        age = f"({{i}}-{year}+1)"
        last = f"ROUND({amount}-{yearly}*({life}-1),2)"
        charge = f"IF(OR({age}<1,{age}>{life}),0,IF({age}={life},{last},{yearly}))"
        parts.append(f'IF({amount}="",0,{charge})')
    _row(page, "op.charge", Text("Dotations aux amortissements", "Depreciation"),
         f"ROUND({'+'.join(parts)},2)")  # fmt: skip


def _loans(kit: Kit, page: Page) -> None:
    _row(page, "loans.received", Text("Emprunts reçus", "Loans received"),
         "ROUND(SUMIF([loans.year],{i},[loans.amount]),2)", "total")  # fmt: skip
    if not kit.student:
        for k in range(LOANS):
            _one_loan(kit, page, k)
    interest = "+".join(f"[loan{k}.interest]" for k in range(LOANS))
    repaid = "+".join(f"[loan{k}.principal]" for k in range(LOANS))
    _row(page, "loans.interest", Text("Intérêts", "Interest"), f"ROUND({interest},2)")
    _row(page, "loans.repaid", Text("Capital remboursé", "Principal repaid"),
         f"ROUND({repaid},2)")  # fmt: skip


def _one_loan(kit: Kit, page: Page, k: int) -> None:
    amount, year, rate, years = (
        kit.cells[f"loans.{n}"].at(k).address for n in ("amount", "year", "rate", "years")
    )
    mode = kit.cells["loans.mode"].at(k).address
    level, even = (f"{mode}={kit.book.q(MODE[w])}" for w in ("level", "principal"))
    age = f"({{i}}-{year}+1)"
    runs = f'IF({amount}="",FALSE,AND({age}>=1,{age}<={years}))'
    whole = f"ROUND({amount},2)"
    part = f"ROUND({whole}/{years},2)"
    base = f"IF({rate}=0,{part},-ROUND(PMT({rate},{years},{whole}),2))"
    owed, paid = f"[loan{k}.owed]", f"[loan{k}.interest]"
    plug = f"AND({age}={years},{level},{rate}>0,{owed}>0,{owed}<={base})"
    reserve_years(page, [f"loan{k}.{n}" for n in ("owed", "interest", "principal")], YEARS)
    name = Text("Emprunt {n} : ", "Loan {n}: ").format(n=k + 1)
    rows = [
        ("owed", Text("capital dû au début", "opening balance"),
         f"IF({runs},IF({age}=1,{whole},ROUND([loan{k}.owed^]-[loan{k}.principal^],2)),"
         "0)"),
        ("interest", Text("intérêts", "interest"),
         f"IF({runs},IF({plug},ROUND({base}-{owed},2),ROUND({owed}*{rate},2)),0)"),
        ("principal", Text("amortissement", "principal"),
         f"IF({runs},IF({age}={years},{owed},IF({level},MIN(ROUND({base}-{paid},2),{owed}),"
         f"IF({even},MIN({part},{owed}),0))),0)"),
    ]  # fmt: skip
    for key, label, formula in rows:
        full = Text(name.fr + label.fr, name.en + label.en)
        year_row(page, f"loan{k}.{key}", full, formula, YEARS)


def _operations(page: Page) -> None:
    before = "ROUND([sales_before]*[need_days]/360,2)"
    rows: list[tuple[str, Text, str, CellRole]] = [
        ("sales", Text("Chiffre d'affaires", "Sales"), "ROUND([sales],2)", "formula"),
        ("variable", Text("Charges variables", "Variable costs"),
         "ROUND([op.sales]*[variable],2)", "formula"),
        ("ebitda", Text("Excédent brut d'exploitation", "Gross operating surplus"),
         "ROUND([op.sales]-[op.variable]-ROUND([fixed],2),2)", "total"),
        ("profit", Text("Résultat avant impôt", "Profit before tax"),
         "ROUND([op.ebitda]-[op.charge]-[loans.interest],2)", "formula"),
        ("tax", Text("Impôt", "Tax"), "ROUND(MAX(0,[op.profit])*[tax_rate],2)", "formula"),
        ("caf", Text("Capacité d'autofinancement", "Cash flow (CAF)"),
         "ROUND([op.ebitda]-[loans.interest]-[op.tax],2)", "result"),
        ("need", Text("Besoin en fonds de roulement", "Working capital need"),
         "ROUND([op.sales]*[need_days]/360,2)", "formula"),
        ("change", Text("Variation du BFR", "Change of the need"),
         f"ROUND([op.need]-IF({{i}}=1,{before},N([op.need^])),2)", "total"),
    ]  # fmt: skip
    reserve_years(page, [f"op.{key}" for key, *_ in rows], YEARS)
    for key, label, formula, role in rows:
        _row(page, f"op.{key}", label, formula, role)


def write_plan(kit: Kit, needs: Page) -> None:
    """Needs against resources, cash, chart."""
    page = kit.page(
        Text("Plan", "Plan"), "output",
        title=Text("Plan de financement", "Financing plan"),
        subtitle=Text("Emplois, ressources et trésorerie de chaque année.",
                      "Needs, resources and cash of each year."),
        about=Text("Le plan de financement sur 3 à 5 ans.",
                   "The financing plan over 3 to 5 years."),
        widths=_WIDTHS, needs=[needs],
    )  # fmt: skip
    page.section(Text("Emplois", "Needs"))
    write_years(page, 2, YEAR_HEADS)

    def mirror(key: str, label: Text, source: str) -> None:
        formula = f"IF({_IN},ROUND([{source}],2),0)"
        year_row(page, key, label, formula, YEARS, plain=source in _GIVEN)

    mirror("plan.invest", Text("Investissements", "Investments"), "op.invest")
    mirror("plan.change", Text("Hausse du BFR (baisse en négatif)",
                               "Rise of the need (fall negative)"), "op.change")  # fmt: skip
    mirror("plan.repaid", Text("Remboursement des emprunts", "Repayment of loans"),
           "loans.repaid")  # fmt: skip
    mirror("plan.dividends", Text("Dividendes", "Dividends"), "dividends")
    total = "ROUND([plan.invest]+[plan.change]+[plan.repaid]+[plan.dividends],2)"
    _row(page, "plan.needs", Text("Total des emplois", "Total needs"), total, "total")
    page.section(Text("Ressources", "Resources"))
    write_years(page, 2, YEAR_HEADS)
    mirror("plan.caf", Text("Capacité d'autofinancement", "Cash flow (CAF)"), "op.caf")
    mirror("plan.disposals", Text("Cessions", "Disposals"), "disposals")
    mirror("plan.capital", Text("Apports", "Capital and partners"), "capital")
    mirror("plan.grants", Text("Subventions", "Grants"), "grants")
    mirror("plan.loans", Text("Emprunts", "Loans"), "loans.received")
    _row(page, "plan.resources", Text("Total des ressources", "Total resources"),
         "ROUND([plan.caf]+[plan.disposals]+[plan.capital]+[plan.grants]+[plan.loans],2)",
         "total")  # fmt: skip
    page.section(Text("Trésorerie", "Cash"))
    write_years(page, 2, YEAR_HEADS)
    _cash(kit, page)


_GIVEN = ("dividends", "disposals", "capital", "grants")


def _cash(kit: Kit, page: Page) -> None:
    reserve_years(page, ["plan.gap", "plan.opening", "plan.closing"], YEARS)
    _row(page, "plan.gap", Text("Ressources - emplois", "Resources - needs"),
         "ROUND([plan.resources]-[plan.needs],2)")  # fmt: skip
    _row(page, "plan.opening", Text("Trésorerie initiale", "Opening cash"),
         "IF({i}=1,ROUND([opening_cash],2),N([plan.closing^]))")  # fmt: skip
    _row(page, "plan.closing", Text("Trésorerie finale", "Closing cash"),
         "ROUND([plan.opening]+[plan.gap],2)", "result")  # fmt: skip
    closing = kit.cells["plan.closing"]
    if not kit.student:
        first = f"{closing.column}{closing.line}"
        low = kit.cells["minimum_cash"].address
        page.sheet.highlight(closing, f'=AND({first}<>"",{first}<N({low}))')
    ends = [closing.at(k).fixed for k in range(YEARS)]
    beyond = ",".join(f"IF([horizon]>{k},{ends[k]},{ends[0]})" for k in range(3, YEARS))
    page.result(
        "low", Text("Trésorerie la plus basse", "Lowest cash"),
        f"MIN({','.join(ends[:3])},{beyond})", role="total", asked=_ASKED["low"],
    )  # fmt: skip
    page.result("short", Text("À financer en plus pour tenir le minimum",
                              "More to finance to keep the minimum"),
                "MAX(0,ROUND([minimum_cash]-[low],2))", role="result")  # fmt: skip
    words = [
        Text("Le plan est équilibré.", "The plan balances."),
        Text("La trésorerie passe sous le minimum.", "Cash falls under the minimum."),
    ]
    page.result(
        "balanced", Text("Conclusion", "Conclusion"),
        f"IF([short]=0,{kit.book.q(words[0])},{kit.book.q(words[1])})", "text",
    )  # fmt: skip
    if kit.student:
        return
    chart = kit.book.chart("column", Text("Emplois, ressources et trésorerie finale",
                                          "Needs, resources and closing cash"))  # fmt: skip
    heads = f"='{closing.sheet}'!$C${closing.row - 2}:$G${closing.row - 2}"
    for key, label, color in (
        ("needs", Text("Emplois", "Needs"), "#E08E2B"),
        ("resources", Text("Ressources", "Resources"), "#1F6F8B"),
        ("closing", Text("Trésorerie finale", "Closing cash"), "#2E9E5B"),
    ):
        chart.add_series({
            "name": kit.book.t(label), "categories": heads,
            "values": f"={kit.cells[f'plan.{key}'].address}", "fill": {"color": color},
        })  # fmt: skip
    page.sheet.place(page.at + 1, 1, chart, 860, 260)


def write_yield(kit: Kit, needs: Page) -> None:
    """The flows of the project without its financing, and what they are worth."""
    page = kit.page(
        Text("Rentabilité", "Yield"), "output",
        title=Text("Rentabilité du projet", "Yield of the project"),
        subtitle=Text("Flux que le projet ajoute à l'activité d'avant, sans son financement.",
                      "Flows the project adds to the activity before, without its financing."),
        about=Text("VAN, TRI, délai de récupération, indice de profitabilité.",
                   "NPV, IRR, payback, profitability index."),
        widths=_WIDTHS, needs=[needs],
    )  # fmt: skip
    page.section(Text("Flux de trésorerie", "Cash flows"))
    write_years(page, 2, [Text("Départ", "Start"), *YEAR_HEADS])
    _flows(kit, page)
    page.section(Text("Critères", "Criteria"))
    _criteria(kit, page)
    if not kit.student:
        chart = kit.book.chart("column", Text("Flux et cumul", "Flows and cumulated flows"))
        for key, label, color in (
            ("flow", Text("Flux", "Flow"), "#1F6F8B"),
            ("total", Text("Cumul", "Cumulated"), "#E08E2B"),
        ):
            row = kit.cells[f"yield.{key}"]
            chart.add_series({
                "name": kit.book.t(label), "values": f"={row.address}",
                "categories": f"='{row.sheet}'!$C$7:$H$7", "fill": {"color": color},
            })  # fmt: skip
        page.sheet.place(page.at + 1, 1, chart, 860, 260)


def _flows(kit: Kit, page: Page) -> None:
    count = YEARS + 1
    year = "({i}-1)"
    inside = f"AND({year}>=1,{year}<=[horizon])"
    end = f"{year}=[horizon]"
    sheet = "{p}", "{c}"

    def at(key: str, letter: str) -> str:
        """A row of the working, whose years stand one column before."""
        ref = kit.cells.get(key)
        return f"{ref.address.split('!')[0]}!{letter}${ref.row + 1}" if ref else "0"

    before, here = sheet
    tax = f"ROUND(MAX(0,ROUND({at('op.ebitda', before)}-{at('op.charge', before)},2))*[tax_rate],2)"
    was = f"ROUND(N({at('ebitda_before', before)}),2)"
    tax_was = f"ROUND(MAX(0,{was})*[tax_rate],2)"
    book = "ROUND(SUM([op.invest:])-SUM([op.charge:]),2)"
    gain = f"IF([residual]=0,0,ROUND(ROUND([residual]-{book},2)*[tax_rate],2))"
    start = "ROUND([sales_before]*[need_days]/360,2)"
    last_need = "INDEX([op.need:],[horizon])"
    rows: list[tuple[str, Text, str, CellRole]] = [
        ("caf", Text("Autofinancement d'exploitation en plus", "Operating cash flow added"),
         f"IF({inside},ROUND({at('op.ebitda', before)}-{tax}-{was}+{tax_was},2),0)", "formula"),
        ("out", Text("Investissements et hausse du BFR", "Investments and rise of the need"),
         f"IF({year}<[horizon],-ROUND({at('op.invest', here)}+{at('op.change', here)},2),0)",
         "formula"),
        ("back", Text("Revente nette d'impôt et BFR récupéré",
                      "Resale after tax, and need given back"),
         f"IF({end},ROUND(ROUND([residual],2)-{gain}+{last_need}-{start},2),0)", "formula"),
        ("flow", Text("Flux net", "Net flow"),
         "ROUND([yield.caf]+[yield.out]+[yield.back],2)", "result"),
        ("total", Text("Flux cumulés", "Cumulated flows"),
         "ROUND(IF({i}=1,0,N([yield.total^]))+[yield.flow],2)", "formula"),
        ("sign", Text("Sens du flux (pour le TRI)", "Sign of the flow (for the IRR)"),
         "IF([yield.flow]=0,IF({i}=1,0,N([yield.sign^])),SIGN([yield.flow]))", "formula"),
        ("when", Text("Retour à zéro du cumul", "Cumulated flow back to 0"),
         f"IF({{i}}=1,0,IF(AND([yield.total]>=0,N([yield.total^])<0),"
         f"{year}-1-N([yield.total^])/[yield.flow],0))", "formula"),
    ]  # fmt: skip
    if kit.student:
        rows = rows[:5]
    reserve_years(page, [f"yield.{key}" for key, *_ in rows], count)
    for key, label, formula, role in rows:
        year_row(page, f"yield.{key}", label, formula, count, role=role,
                 asked=_ASKED.get(f"yield.{key}"))  # fmt: skip


def _criteria(kit: Kit, page: Page) -> None:
    flow = kit.cells["yield.flow"]
    first, rest = flow.at(0).fixed, f"{flow.at(1).fixed}:{flow.at(YEARS).fixed}"
    sign = kit.cells.get("yield.sign", flow)
    left = f"{sign.at(0).fixed}:{sign.at(YEARS - 1).fixed}"
    right = f"{sign.at(1).fixed}:{sign.at(YEARS).fixed}"
    changes = f"SUMPRODUCT(({left}<>{right})*1)"
    total = kit.cells["yield.total"]
    page.result(
        "npv", Text("Valeur actuelle nette (VAN)", "Net present value (NPV)"),
        f"ROUND({first}+NPV([discount_rate],{rest}),2)", role="result", asked=_ASKED["npv"],
    )  # fmt: skip
    page.result(
        "irr", Text("Taux de rentabilité interne (TRI)", "Internal rate of return (IRR)"),
        f'IF({changes}<>1,"",IFERROR(ROUND(IRR({flow.fixed}),6),""))', "rate", "result",
        trace=Text("vide s'il n'y en a pas un seul", "blank unless there is just one"),
        asked=_ASKED["irr"] if kit.values.get("irr") is not None else None,
    )  # fmt: skip
    page.result(
        "payback", Text("Délai de récupération (années)", "Payback (years)"),
        f'IF(OR({first}>=0,{total.at(YEARS).fixed}<0),"",ROUND(MAX([yield.when:]),4))', "factor",
        asked=_ASKED["payback"] if kit.values.get("payback") is not None else None,
    )  # fmt: skip
    page.result(
        "index", Text("Indice de profitabilité", "Profitability index"),
        f'IF({first}>=0,"",ROUND(1-[npv]/{first},4))', "factor", asked=_ASKED["index"],
    )  # fmt: skip
    pays, loses = (
        Text("Le projet rapporte plus que le taux demandé.", "It yields more than asked."),
        Text("Le projet rapporte moins que le taux demandé.", "It yields less than asked."),
    )
    page.result(
        "worth", Text("Conclusion", "Conclusion"),
        f"IF([npv]>=0,{kit.book.q(pays)},{kit.book.q(loses)})", "text",
    )  # fmt: skip


_ASKED = {
    "op.charge": Asked(
        Text("Dotations aux amortissements", "Depreciation"),
        Text("Montant / durée, de l'année d'achat à la fin de la durée.",
             "Amount / life, from the year it is bought."), 2,
    ),
    "loans.interest": Asked(
        Text("Intérêts des emprunts", "Interest of the loans"),
        Text("Capital dû au début de l'année x taux.", "Opening balance x rate."), 2, 0.05,
    ),
    "loans.repaid": Asked(
        Text("Capital remboursé", "Principal repaid"),
        Text("Annuité - intérêts.", "Instalment - interest."), 2, 0.05,
    ),
    "op.caf": Asked(
        Text("Capacité d'autofinancement", "Cash flow"),
        Text("Excédent brut - intérêts - impôt (ou résultat net + dotations).",
             "Operating surplus - interest - tax (or net profit + depreciation)."), 3, 0.05,
    ),
    "op.change": Asked(
        Text("Variation du BFR", "Change of the need"),
        Text("BFR de l'année - BFR de l'année d'avant.", "Need of the year - need before."),
        2, 0.05,
    ),
    "plan.needs": Asked(
        Text("Total des emplois", "Total needs"), Text("Somme des emplois.", "Sum of the needs."),
        1, 0.1,
    ),
    "plan.resources": Asked(
        Text("Total des ressources", "Total resources"),
        Text("Somme des ressources.", "Sum of the resources."), 1, 0.1,
    ),
    "plan.closing": Asked(
        Text("Trésorerie finale", "Closing cash"),
        Text("Trésorerie initiale + ressources - emplois.", "Opening + resources - needs."), 2, 0.2,
    ),
    "low": Asked(
        Text("Trésorerie la plus basse", "Lowest cash"),
        Text("Le minimum des trésoreries de fin d'année.", "The least of the closing cash."),
        1, 0.2,
    ),
    "yield.caf": Asked(
        Text("Autofinancement d'exploitation", "Operating cash flow"),
        Text("Excédent brut - impôt sur (excédent - dotations), sans les intérêts ; moins ce que "
             "l'activité d'avant donnait.",
             "Operating surplus - tax on (surplus - depreciation), without interest; less what "
             "the activity before gave."), 2, 0.05,
    ),
    "yield.flow": Asked(
        Text("Flux nets", "Net flows"), Text("Somme des lignes de l'année.",
                                             "Sum of the lines of the year."), 2, 0.1,
    ),
    "npv": Asked(
        Text("VAN", "NPV"), Text("Flux de départ + VAN des suivants au taux demandé.",
                                 "First flow + NPV of the next ones at the rate asked."), 2, 0.5,
    ),
    "irr": Asked(
        Text("TRI", "IRR"), Text("Le taux qui annule la VAN : fonction TRI.",
                                 "The rate that brings the NPV to 0: function IRR."), 1,
    ),
    "payback": Asked(
        Text("Délai de récupération", "Payback"),
        Text("Années entières + reste / flux de l'année suivante.",
             "Whole years + what is left / flow of the next year."), 1, 0.01,
    ),
    "index": Asked(
        Text("Indice de profitabilité", "Profitability index"),
        Text("1 + VAN / investissement.", "1 + NPV / investment."), 1, 0.001,
    ),
}  # fmt: skip

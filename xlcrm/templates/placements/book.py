"""The workbook on placements, put together."""

from __future__ import annotations

from xlcrm.templates.form import ABOVE, OPTIONAL, REQUIRED, Asked, Kit, Page, Rule
from xlcrm.templates.formulas import Ref
from xlcrm.templates.grid import Col, write_grid
from xlcrm.templates.handout import handout
from xlcrm.templates.placements.model import (
    EMPTY,
    EXAMPLE,
    EXERCISE,
    FORTNIGHTS,
    OFFERS,
    OPERATIONS,
    YEARS,
    compute_placements,
)
from xlcrm.templates.style import PALE, CellKind, CellRole
from xlcrm.templates.years import reserve_years, year_entries, year_row
from xlcrm.texts import Text

METHOD = {"simple": Text("Simples", "Simple"), "compound": Text("Composés", "Compound")}
_STEPS = (
    Text(
        "Dans « Offres », saisissez le montant et jusqu'à six placements : le rendement net tient "
        "compte des frais et de l'impôt.",
        "In “Offers”, type the amount and up to six placements: the net yield counts fees and tax.",
    ),
    Text(
        "Ne comparez pas le seul rendement : la colonne Disponibilité dit quand l'argent revient, "
        "la colonne Risque ce qu'on peut perdre.",
        "Do not compare the yield alone: the column Access tells when the money comes back, the "
        "column Risk what may be lost.",
    ),
    Text(
        "« Livret » compte les intérêts par quinzaines ; « Capitalisation » compare intérêts "
        "simples et composés.",
        "“Savings” counts interest by fortnights; “Growth” compares simple and compound interest.",
    ),
)


@handout(
    "cash-placements",
    "placements",
    group="budgets",
    label=Text("Placements", "Placements"),
    summary=Text(
        "Placements comparés après frais et impôt, livret par quinzaines, intérêts simples et "
        "composés.",
        "Placements compared after fees and tax, savings by fortnights, simple and compound "
        "interest.",
    ),
    title=Text("Placer un excédent de trésorerie", "Placing spare cash"),
    purpose=Text(
        "Comparer des placements : rendement net, disponibilité, risque.",
        "Compare placements: net yield, access, risk.",
    ),
    steps=_STEPS,
    data=(EXAMPLE, EMPTY, EXERCISE),
    compute=lambda data: compute_placements(data, int(data["years"] or YEARS)),
)
def build_placements(kit: Kit) -> None:
    rows = YEARS if kit.book.mode == "plain" else int(kit.given["years"])
    _write_offers(kit)
    _write_savings(kit)
    _write_growth(kit, rows)


def _write_offers(kit: Kit) -> None:
    page = kit.page(
        Text("Offres", "Offers"), "input",
        title=Text("Placements comparés", "Placements compared"),
        subtitle=Text("Gain et rendement nets de frais et d'impôt.",
                      "Gain and yield after fees and tax."),
        about=Text("Jusqu'à six placements comparés.", "Up to six placements compared."),
        widths=[2, 34, *[20] * OFFERS, 46], check=2 + OFFERS,
    )  # fmt: skip
    page.section(Text("Les offres", "The offers"))
    page.entry("amount", Text("Montant à placer", "Amount to place"), "money", ABOVE)
    _entries(page)
    page.section(Text("Ce qu'elles rapportent", "What they bring"))
    _results(kit, page)
    if kit.student:
        return
    chart = kit.book.chart("column", Text("Rendement net par an", "Net yield per year"))
    chart.add_series({
        "name": kit.book.t(Text("Rendement net", "Net yield")),
        "categories": f"={kit.cells['offers.name'].address}",
        "values": f"={kit.cells['offers.yield'].address}", "fill": {"color": "#2E9E5B"}, "gap": 80,
        "data_labels": {"value": True, "num_format": "0.00%"},
    })  # fmt: skip
    chart.set_legend({"none": True})
    chart.set_y_axis({
        "num_format": "0.0%", "line": {"none": True},
        "major_gridlines": {"visible": True, "line": {"color": PALE}},
    })  # fmt: skip
    page.sheet.place(page.at + 1, 1, chart, 1000, 270)


def _entries(page: Page) -> None:
    rows: list[tuple[str, Text, CellKind, Rule]] = [
        ("name", Text("Placement", "Placement"), "text", OPTIONAL),
        ("rate", Text("Taux annuel", "Rate per year"), "rate", REQUIRED),
        ("months", Text("Durée (mois)", "Months"), "integer", Rule(least=1, most=600)),
        ("method", Text("Intérêts", "Interest"), "text", Rule(choices=METHOD)),
        ("entry", Text("Frais d'entrée (% du montant)", "Entry fee (% of the amount)"), "percent",
         OPTIONAL),
        ("exit", Text("Frais de sortie (% de la valeur)", "Exit fee (% of the value)"), "percent",
         OPTIONAL),
        ("fixed", Text("Frais fixes", "Fixed fees"), "amount", OPTIONAL),
        ("tax", Text("Impôt sur le gain", "Tax on the gain"), "percent", OPTIONAL),
        ("access", Text("Disponibilité", "Access"), "text", OPTIONAL),
        ("risk", Text("Risque", "Risk"), "text", OPTIONAL),
    ]  # fmt: skip
    for key, label, kind, rule in rows:
        used = "" if key == "name" else "offers.name"
        year_entries(page, f"offers.{key}", label, OFFERS, kind, rule, used=used)
    names = page.kit.cells["offers.name"]
    page.verify(
        f"COUNTA({names.fixed})=0", Text("Nommer au moins un placement.", "Name a placement."),
        Text("Placements", "Placements"),
    )  # fmt: skip


def _results(kit: Kit, page: Page) -> None:
    simple = f"[offers.method]={kit.book.q(METHOD['simple'])}"
    years = "([offers.months]/12)"
    entry = "ROUND([amount]*[offers.entry],2)"
    placed = f"ROUND(ROUND([amount],2)-{entry},2)"
    leaving = f"ROUND(ROUND({placed}+[offers.interest],2)*[offers.exit],2)"
    growth = f"IF({simple},1+[offers.rate]*{years},(1+[offers.rate])^{years})"
    share = "MAX(0,[offers.value]/[amount])"
    rank = 'IF([offers.yield]="","",RANK([offers.yield],[offers.yield:]))'
    rows: list[tuple[str, Text, str, CellKind, CellRole]] = [
        ("interest", Text("Intérêts bruts", "Gross interest"),
         f"ROUND({placed}*({growth}-1),2)", "amount", "formula"),
        ("fees", Text("Frais", "Fees"), f"ROUND({entry}+{leaving}+ROUND([offers.fixed],2),2)",
         "amount", "formula"),
        ("tax_paid", Text("Impôt", "Tax"),
         f"ROUND(MAX(0,ROUND([offers.interest]-{entry}-{leaving},2))*[offers.tax],2)", "amount",
         "formula"),
        ("gain", Text("Gain net", "Net gain"),
         "ROUND([offers.interest]-[offers.fees]-[offers.tax_paid],2)", "amount", "total"),
        ("value", Text("Valeur finale", "Final value"), "ROUND([amount]+[offers.gain],2)", "amount",
         "formula"),
        ("yield", Text("Rendement net par an", "Net yield per year"),
         f"ROUND(IF({simple},({share}-1)/{years},{share}^(1/{years})-1),6)", "rate", "result"),
        ("rank", Text("Rang", "Rank"), rank, "integer", "formula"),
    ]  # fmt: skip
    reserve_years(page, [f"offers.{key}" for key, *_ in rows], OFFERS)
    for key, label, formula, kind, role in rows:
        year_row(page, f"offers.{key}", label, formula, OFFERS, kind, role,
                 asked=_ASKED.get(key), used="offers.name")  # fmt: skip


_ASKED = {
    "interest": Asked(
        Text("Intérêts bruts", "Gross interest"),
        Text("Somme placée (frais d'entrée déduits) x taux x durée, ou à intérêts composés.",
             "Amount placed (entry fee deducted) x rate x time, or at compound interest."), 2,
    ),
    "fees": Asked(
        Text("Frais", "Fees"),
        Text("Entrée sur le montant, sortie sur la valeur acquise, et frais fixes.",
             "Entry on the amount, exit on the value reached, and fixed fees."), 1,
    ),
    "tax_paid": Asked(
        Text("Impôt", "Tax"),
        Text("(Intérêts - frais d'entrée et de sortie) x taux d'imposition, si c'est positif.",
             "(Interest - entry and exit fees) x tax rate, when positive."), 1,
    ),
    "gain": Asked(
        Text("Gain net", "Net gain"),
        Text("Intérêts - frais - impôt.", "Interest - fees - tax."), 2,
    ),
    "yield": Asked(
        Text("Rendement net par an", "Net yield per year"),
        Text("Intérêts simples : gain / montant / années. Composés : (valeur finale / montant)"
             "^(1/années) - 1.",
             "Simple: gain / amount / years. Compound: (final value / amount)^(1/years) - 1."), 2,
    ),
    "fortnights": Asked(
        Text("Quinzaines", "Fortnights"),
        Text("Quinzaines entières jusqu'au 31 décembre : un dépôt compte à partir de la quinzaine "
             "suivante, un retrait dès la quinzaine en cours.",
             "Whole fortnights until 31 December: a deposit counts from the next fortnight, a "
             "withdrawal from the present one."), 2,
    ),
    "operation": Asked(
        Text("Intérêts de chaque opération", "Interest of each operation"),
        Text("Montant x taux x quinzaines / 24 ; en négatif pour un retrait.",
             "Amount x rate x fortnights / 24; negative for a withdrawal."), 2,
    ),
    "earned": Asked(
        Text("Intérêts de l'année", "Interest of the year"),
        Text("Intérêts du solde initial + somme des opérations.",
             "Interest of the opening balance + sum of the operations."), 2,
    ),
    "simple": Asked(
        Text("Valeur à intérêts simples", "Value at simple interest"),
        Text("Capital x (1 + taux x années).", "Capital x (1 + rate x years)."), 2,
    ),
    "compound": Asked(
        Text("Valeur à intérêts composés", "Value at compound interest"),
        Text("Capital x (1 + taux)^années.", "Capital x (1 + rate)^years."), 2,
    ),
}  # fmt: skip


def _write_savings(kit: Kit) -> None:
    page = kit.page(
        Text("Livret", "Savings"), "input",
        title=Text("Livret : intérêts par quinzaines", "Savings account: interest by fortnights"),
        subtitle=Text("Dépôts comptés à partir du 1er ou du 16 qui suit.",
                      "Deposits count from the 1st or the 16th that follows."),
        about=Text("Les intérêts d'un livret sur une année, opération par opération.",
                   "The interest of a savings account over a year, operation by operation."),
        widths=[2, 40, 17, 15, 15, 14, 15, 46], check=7,
    )  # fmt: skip
    page.section(Text("Le livret", "The account"))
    page.entry("year", Text("Année", "Year"), "year", Rule(least=1990, most=2099))
    page.entry("savings_rate", Text("Taux annuel", "Rate per year"), "rate")
    page.entry("balance", Text("Solde au 1er janvier", "Balance on 1 January"), "money", OPTIONAL)
    page.section(Text("Opérations de l'année", "Operations of the year"))
    half = "(2*(MONTH([day])-1)+IF(DAY([day])>15,1,0))"
    write_grid(
        page, "operations",
        [
            Col("day", Text("Date", "Date"), "date", rule=REQUIRED),
            Col("deposit", Text("Dépôt", "Deposit"), "amount", rule=OPTIONAL, total=True),
            Col("withdrawal", Text("Retrait", "Withdrawal"), "amount", rule=OPTIONAL, total=True),
            Col("fortnights", Text("Quinzaines", "Fortnights"), "integer",
                f"{FORTNIGHTS}-{half}-IF(ROUND([deposit],2)>0,1,0)", asked=_ASKED["fortnights"]),
            Col("interest", Text("Intérêts", "Interest"), "amount",
                f"ROUND(ROUND([deposit]-[withdrawal],2)*[savings_rate]*[fortnights]/{FORTNIGHTS},2)",
                asked=_ASKED["operation"]),
        ],
        OPERATIONS, what=Text("Opérations", "Operations"), totals=Text("Total", "Total"),
        faults=[
            ("(N([deposit])>0)+(N([withdrawal])>0)<>1",
             Text("Saisir un dépôt ou un retrait.", "Type a deposit or a withdrawal.")),
            ("YEAR([day])<>[year]", Text("Date hors de l'année.", "Date outside the year.")),
        ],
    )  # fmt: skip
    page.section(Text("Au 31 décembre", "On 31 December"))
    page.result("opening_interest", Text("Intérêts du solde initial",
                                         "Interest of the opening balance"),
                "ROUND([balance]*[savings_rate],2)")  # fmt: skip
    page.result("savings_interest", Text("Intérêts de l'année", "Interest of the year"),
                "ROUND([opening_interest]+SUM([operations.interest]),2)", role="result",
                asked=_ASKED["earned"])  # fmt: skip
    page.result("savings_closing", Text("Solde, intérêts compris", "Balance, interest included"),
                "ROUND(ROUND([balance],2)+[operations.deposit.total]-[operations.withdrawal.total]"
                "+[savings_interest],2)", role="result")  # fmt: skip


def place_growth(kit: Kit, page: Page, rows: int) -> None:
    """Where the table of the years will stand: two results, a gap, a bar and heads below."""
    top = page.at + 5
    for k, method in enumerate(("simple", "compound")):
        col = 2 + k
        kit.cells[f"growth.{method}"] = Ref(page.sheet.name, top, col, top + rows - 1, col)


def _write_growth(kit: Kit, rows: int) -> None:
    page = kit.page(
        Text("Capitalisation", "Growth"), "input",
        title=Text("Intérêts simples et composés", "Simple and compound interest"),
        subtitle=Text("La valeur d'un capital, année après année.",
                      "The value of a capital, year after year."),
        about=Text("Un capital à intérêts simples et composés, année par année.",
                   "A capital at simple and compound interest, year by year."),
        widths=[2, 34, 18, 18, 16, 14, 14, 14, 14, 14], check=3,
    )  # fmt: skip
    page.section(Text("Le placement", "The placement"))
    page.entry("capital", Text("Capital", "Capital"), "money", ABOVE)
    page.entry("growth_rate", Text("Taux annuel", "Rate per year"), "rate")
    page.entry("years", Text("Durée (années)", "Years"), "integer", Rule(least=1, most=YEARS))
    place_growth(kit, page, rows)
    for method, label in (
        ("simple", Text("Valeur finale, intérêts simples", "Final value, simple interest")),
        ("compound", Text("Valeur finale, intérêts composés", "Final value, compound interest")),
    ):
        page.result(f"final_{method}", label, f"INDEX([growth.{method}],[years])", role="result")
    page.section(Text("Valeur à la fin de chaque année", "Value at the end of each year"))
    top = page.at
    write_grid(
        page, "growth",
        [
            Col("simple", Text("Intérêts simples", "Simple interest"), "amount",
                "ROUND([capital]*(1+[growth_rate]*$B{r}),2)", asked=_ASKED["simple"]),
            Col("compound", Text("Intérêts composés", "Compound interest"), "amount",
                "ROUND([capital]*(1+[growth_rate])^$B{r},2)", asked=_ASKED["compound"]),
            Col("gap", Text("Différence", "Difference"), "amount",
                "ROUND([compound]-[simple],2)"),
        ],
        rows, what=Text("Capitalisation", "Growth"),
    )  # fmt: skip
    if kit.student:
        return
    chart = kit.book.chart("line", Text("Valeur du capital", "Value of the capital"))
    for key, label, color in (
        ("simple", Text("Simples", "Simple"), "#E08E2B"),
        ("compound", Text("Composés", "Compound"), "#1F6F8B"),
    ):
        ref = kit.cells[f"growth.{key}"]
        chart.add_series({
            "name": kit.book.t(label), "values": f"={ref.address}",
            "line": {"color": color, "width": 2.25},
        })  # fmt: skip
    page.sheet.place(top, 5, chart, 520, 320)

"""The sheets Emprunt (terms, cost, effective rate) and Tableau (the schedule)."""

from __future__ import annotations

from xlcrm.templates.form import ABOVE, OPTIONAL, Asked, Kit, Page, Rule
from xlcrm.templates.grid import Col, write_grid
from xlcrm.templates.loans.model import LINES
from xlcrm.texts import Text

FREQUENCY = {
    "12": Text("Mois", "Month"),
    "4": Text("Trimestre", "Quarter"),
    "2": Text("Semestre", "Half-year"),
    "1": Text("An", "Year"),
}
MODE = {
    "level": Text("Échéance constante", "Constant instalment"),
    "principal": Text("Capital constant", "Constant principal"),
    "bullet": Text("In fine", "Bullet"),
}
CONVERSION = {
    "proportional": Text("Proportionnel", "Proportional"),
    "actuarial": Text("Actuariel", "Actuarial"),
}
DEFERRAL = {"partial": Text("Partiel", "Partial"), "total": Text("Total", "Total")}
COUNT = Rule(least=1, most=LINES)


def write_loan(kit: Kit) -> Page:
    """The entries of the loan; its results follow once the schedule stands."""
    page = kit.page(
        Text("Emprunt", "Loan"), "input",
        title=Text("L'emprunt", "The loan"),
        subtitle=Text("Conditions, coût et taux effectif.", "Terms, cost and effective rate."),
        about=Text("Les conditions de l'emprunt, son coût et son taux effectif.",
                   "The terms of the loan, its cost and its effective rate."),
    )  # fmt: skip
    page.section(Text("Conditions de l'emprunt", "Terms of the loan"))
    page.entry("amount", Text("Montant emprunté", "Amount borrowed"), "money", ABOVE)
    page.entry("rate", Text("Taux annuel", "Rate per year"), "rate")
    page.entry(
        "periods", Text("Nombre d'échéances, différé compris",
                        "Number of instalments, deferral included"),
        "integer", COUNT, unit=Text("48 pour 4 ans par mois", "48 for 4 years by month"),
    )  # fmt: skip
    page.entry("frequency", Text("Périodicité", "Frequency"), "text", Rule(choices=FREQUENCY))
    page.entry("mode", Text("Mode de remboursement", "Repayment"), "text", Rule(choices=MODE))
    page.entry(
        "conversion", Text("Taux de la période", "Rate of a period"), "text",
        Rule(choices=CONVERSION),
        unit=Text("t / 12, ou (1 + t)^(1/12) - 1", "t / 12, or (1 + t)^(1/12) - 1"),
    )  # fmt: skip
    page.entry(
        "deferred", Text("Échéances de différé", "Deferred instalments"), "integer",
        Rule(required=False, most=LINES - 1),
        unit=Text("au début, sans remboursement", "at the start, without repayment"),
    )  # fmt: skip
    page.entry(
        "deferral", Text("Type de différé", "Kind of deferral"), "text", Rule(choices=DEFERRAL),
        unit=Text("partiel : intérêts payés ; total : ajoutés",
                  "partial: interest paid; total: added"),
    )  # fmt: skip
    page.entry("fees", Text("Frais de dossier et de garantie", "File and guarantee fees"),
               "money", OPTIONAL)  # fmt: skip
    page.entry("insurance", Text("Assurance par échéance", "Insurance with each instalment"),
               "money", OPTIONAL)  # fmt: skip
    page.entry("first_date", Text("Date de la première échéance", "Date of the first instalment"),
               "date")  # fmt: skip
    page.verify(
        "[deferred]>=[periods]",
        Text("Le différé doit être plus court que l'emprunt.",
             "The deferral must be shorter than the loan."),
        Text("Différé et durée", "Deferral and length"),
    )  # fmt: skip
    page.verify(
        "[fees]>=[amount]",
        Text("Les frais dépassent le montant emprunté.", "The fees exceed the amount borrowed."),
        Text("Frais et montant", "Fees and amount"),
    )  # fmt: skip
    page.section(Text("Résultats", "Results"))
    page.result("per_year", Text("Échéances par an", "Instalments a year"),
                per_year(kit, "frequency"), "integer", plain=True)  # fmt: skip
    actuarial = kit.chosen("conversion", CONVERSION, "actuarial")
    page.result(
        "exact_rate", Text("Taux de la période", "Rate of a period"),
        f"IF({actuarial},(1+[rate])^(1/[per_year])-1,[rate]/[per_year])", "rate", plain=True,
    )  # fmt: skip
    return page


def per_year(kit: Kit, key: str) -> str:
    """How many instalments a year the choice in a cell means."""
    words = [kit.chosen(key, FREQUENCY, word) for word in ("12", "4", "2")]
    return f"IF({words[0]},12,IF({words[1]},4,IF({words[2]},2,1)))"


def write_schedule(kit: Kit, loan: Page, lines: int) -> None:
    """The schedule, one row for each instalment."""
    page = kit.page(
        Text("Tableau", "Schedule"), "work",
        title=Text("Tableau d'amortissement", "Loan schedule"),
        subtitle=Text("Une ligne par échéance, arrondie au centime.",
                      "One line for each instalment, rounded to the cent."),
        about=Text("Le tableau d'amortissement, ligne par ligne.", "The schedule, line by line."),
        widths=[2, 7, 12, 15, 14, 14, 14, 14, 14, 15], check=10, needs=[loan],
        landscape=False, freeze=(6, 2), one_page=False,
    )  # fmt: skip
    columns = [column for column in _columns(kit) if not (kit.student and column.key in _HIDDEN)]
    when = kit.resolve(f"AND({page.sound()},$B{{r}}<=[periods])", page.sheet.name)
    refs = write_grid(page, "lines", columns, lines, what=Text("Tableau", "Schedule"), when=when)
    closing = refs["closing"]
    unused = {"font_color": "#FFFFFF", "border": 0, "bg_color": "#FFFFFF"}
    page.sheet.raw.conditional_format(
        closing.row, 1, closing.last_row, closing.col,
        {"type": "formula", "criteria": f"=$B{closing.row + 1}>N({kit.cells['periods'].address})",
         "format": kit.book.workbook.add_format(unused)},
    )  # fmt: skip


_HIDDEN = ("base", "total")


def _columns(kit: Kit) -> list[Col]:
    level, principal = kit.chosen("mode", MODE, "level"), kit.chosen("mode", MODE, "principal")
    added = kit.chosen("deferral", DEFERRAL, "total")
    k, count = "$B{r}", "([periods]-[deferred])"
    last = f"{k}=[periods]"
    even = f"ROUND([opening]/{count},2)"
    return [
        Col("date", Text("Date", "Date"), "date",
            f"EDATE([first_date],({k}-1)*12/[per_year])", plain=True),
        Col("opening", Text("Capital dû au début", "Opening balance"), "amount",
            f"IF({k}=1,ROUND([amount],2),[closing^])", asked=_ask("opening")),
        Col("base", Text("Échéance ou capital constant", "Constant instalment or principal"),
            "amount",
            f"IF({k}<=[deferred],0,IF({k}>[deferred]+1,[base^],IF({level},IF([exact_rate]=0,"
            f"{even},-ROUND(PMT([exact_rate],{count},[opening]),2)),IF({principal},{even},0))))"),
        Col("interest", Text("Intérêts", "Interest"), "amount",
            f"IF(AND({last},{level},[exact_rate]>0,[opening]>0,[opening]<=[base]),"
            "ROUND([base]-[opening],2),ROUND([opening]*[exact_rate],2))", asked=_ask("interest")),
        Col("principal", Text("Amortissement", "Principal"), "amount",
            f"IF({k}<=[deferred],IF({added},-[interest],0),IF({last},[opening],"
            f"IF({level},MIN(ROUND([base]-[interest],2),[opening]),MIN([base],[opening]))))",
            asked=_ask("principal")),
        Col("payment", Text("Échéance", "Instalment"), "amount",
            "ROUND([interest]+[principal],2)", asked=_ask("payment")),
        Col("total", Text("Avec assurance", "With insurance"), "amount",
            "ROUND([payment]+ROUND([insurance],2),2)"),
        Col("closing", Text("Capital restant dû", "Closing balance"), "amount",
            "ROUND([opening]-[principal],2)", asked=_ask("closing")),
    ]  # fmt: skip


_NAMED = {
    "opening": Text("Capital dû au début", "Opening balance"),
    "interest": Text("Intérêts", "Interest"),
    "principal": Text("Amortissements", "Principals"),
    "payment": Text("Échéances", "Instalments"),
    "closing": Text("Capital restant dû", "Closing balance"),
}
_EXPLAINED = {
    "opening": Text(
        "Capital restant dû à la fin de la ligne d'avant ; le montant emprunté pour la première.",
        "Closing balance of the line before; the amount borrowed for the first.",
    ),
    "interest": Text(
        "Capital dû au début x taux de la période, au centime ; la dernière ligne prend le reste "
        "de l'échéance constante.",
        "Opening balance x rate of the period, to the cent; the last line takes what is left of "
        "the constant instalment.",
    ),
    "principal": Text(
        "Échéance - intérêts ; la dernière ligne solde la dette.",
        "Instalment - interest; the last line clears the debt.",
    ),
    "payment": Text(
        "Échéance constante : montant x i / (1 - (1 + i)^-n), la fonction VPM. Sinon : intérêts + "
        "amortissement.",
        "Constant instalment: amount x i / (1 - (1 + i)^-n), the function PMT. Else: interest + "
        "principal.",
    ),
    "closing": Text("Capital dû au début - amortissement.", "Opening balance - principal."),
}


def _ask(key: str) -> Asked:
    return Asked(_NAMED[key], _EXPLAINED[key], points=2, tolerance=0.02)


def write_results(kit: Kit, page: Page) -> None:
    """What the loan costs, under its terms, and two charts."""
    page.result("first_total", Text("Première échéance, assurance comprise",
                                    "First instalment, insurance included"),
                "INDEX([lines.total],1)")  # fmt: skip
    page.result("last_total", Text("Dernière échéance, assurance comprise",
                                   "Last instalment, insurance included"),
                "INDEX([lines.total],[periods])")  # fmt: skip
    page.result(
        "interest", Text("Total des intérêts", "Total interest"), "ROUND(SUM([lines.interest]),2)",
        asked=Asked(Text("Total des intérêts", "Total interest"),
                    Text("Somme de la colonne Intérêts du tableau.",
                         "Sum of the column Interest of the schedule."), 1, 0.05),
    )  # fmt: skip
    page.result("insured", Text("Total de l'assurance", "Total insurance"),
                "ROUND([periods]*ROUND([insurance],2),2)")  # fmt: skip
    page.result(
        "cost", Text("Coût total du crédit", "Total cost of the loan"),
        "ROUND([interest]+[insured]+[fees],2)", role="result",
        trace=Text("intérêts + assurance + frais", "interest + insurance + fees"),
        asked=Asked(Text("Coût total du crédit", "Total cost of the loan"),
                    Text("Intérêts + assurance + frais.", "Interest + insurance + fees."), 1, 0.05),
    )  # fmt: skip
    page.result(
        "effective", Text("Taux effectif (TAEG)", "Effective rate (APR)"),
        "ROUND((1+IRR([working.loan],[exact_rate]))^[per_year]-1,6)", "rate", "result",
        trace=Text("actuariel, frais et assurance compris", "actuarial, fees, insurance included"),
        asked=Asked(
            Text("Taux effectif annuel (TAEG)", "Effective rate per year (APR)"),
            Text("Taux de rentabilité interne des flux (montant - frais, puis - échéances), "
                 "ramené à l'année : (1 + i)^p - 1. Fonction TRI, ou TAUX si les échéances sont "
                 "constantes.",
                 "Internal rate of return of the flows (amount - fees, then - instalments), per "
                 "year: (1 + i)^p - 1. Function IRR, or RATE for constant instalments."), 2,
        ),
    )  # fmt: skip
    page.result(
        "proportional", Text("Taux effectif proportionnel (TEG)", "Proportional effective rate"),
        "ROUND(IRR([working.loan],[exact_rate])*[per_year],6)", "rate",
        trace=Text("pour un crédit aux entreprises", "for a loan to a firm"),
    )  # fmt: skip
    if not kit.student:
        _charts(kit, page)


def _charts(kit: Kit, page: Page) -> None:
    at = page.at + 1
    columns = [kit.cells[f"working.{name}"] for name in ("point", "owed", "part", "share")]
    point, owed, part, share = (column.address for column in columns)
    debt = kit.book.chart("scatter", Text("Capital restant dû", "Closing balance"), "straight")
    debt.add_series({"categories": f"={point}", "values": f"={owed}",
                     "line": {"color": "#1F6F8B", "width": 2.25}})  # fmt: skip
    debt.set_legend({"none": True})
    split = kit.book.chart(
        "scatter", Text("Intérêts et amortissement de chaque échéance",
                        "Interest and principal of each instalment"), "straight",
    )  # fmt: skip
    for values, name, color in (
        (part, Text("Intérêts", "Interest"), "#E08E2B"),
        (share, Text("Amortissement", "Principal"), "#2E9E5B"),
    ):
        split.add_series(
            {
                "categories": f"={point}",
                "values": f"={values}",
                "name": kit.book.t(name),
                "line": {"color": color, "width": 2.25},
            }
        )
    for chart, col, width in ((debt, 1, 440), (split, 3, 560)):
        chart.set_x_axis({"name": kit.book.t(Text("Échéance n°", "Instalment no.")), "min": 0})
        page.sheet.place(at, col, chart, width, 260)

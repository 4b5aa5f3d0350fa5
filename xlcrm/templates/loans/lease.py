"""The sheet Crédit-bail: buying with a loan, or leasing, year by year after tax."""

from __future__ import annotations

from xlcrm.budget.financing_choice import YEARS
from xlcrm.templates.builder import YES_NO
from xlcrm.templates.form import ABOVE, OPTIONAL, Asked, Kit, Page, Rule
from xlcrm.templates.loans.loan import FREQUENCY, MODE, per_year
from xlcrm.templates.loans.model import LINES
from xlcrm.templates.years import reserve_years, write_years, year_row
from xlcrm.texts import Text

BETTER = {"loan": Text("Acheter à crédit", "Buy on credit"), "lease": Text("Louer", "Lease")}
_FEW = Rule(least=1, most=YEARS)
_COLUMNS = YEARS + 1
_CHECK = 3  # the sentences run on over the blank cells at their right


def write_lease(kit: Kit) -> None:
    """Entries, the flows of both ways, and which one is better."""
    page = kit.page(
        Text("Crédit-bail", "Lease"), "output",
        title=Text("Emprunt ou crédit-bail", "Loan or lease"),
        subtitle=Text("Flux de trésorerie après impôt, actualisés.",
                      "Cash flows after tax, discounted."),
        about=Text("L'achat à crédit comparé au crédit-bail, après impôt.",
                   "Buying on credit compared with leasing, after tax."),
        widths=[2, 42, 18, *[12.5] * (_COLUMNS - 1), 13], check=_CHECK,
    )  # fmt: skip
    kit.cells["lease.state"] = page.state
    _entries(kit, page)
    page.section(Text("Acheter à crédit (flux par année)", "Buying on credit (flows by year)"))
    _buy_rows(kit, page)
    page.section(Text("Louer (flux par année)", "Leasing (flows by year)"))
    _lease_rows(kit, page)
    _verdict(kit, page)


def _entries(kit: Kit, page: Page) -> None:
    page.section(Text("Le bien et l'impôt", "The asset and tax"))
    page.entry("price", Text("Prix d'achat HT", "Price before VAT"), "money", ABOVE)
    page.entry("life", Text("Durée d'amortissement (années)", "Years of depreciation"),
               "integer", _FEW)  # fmt: skip
    page.entry("tax_rate", Text("Taux d'impôt sur les bénéfices", "Tax rate on profits"), "percent")
    page.entry("discount_rate", Text("Taux d'actualisation", "Discount rate"), "percent")
    page.section(Text("L'emprunt (échéances annuelles)", "The loan (yearly instalments)"))
    page.entry("buy_loan", Text("Montant emprunté", "Amount borrowed"), "money", OPTIONAL)
    page.entry("buy_rate", Text("Taux annuel", "Rate per year"), "rate")
    page.entry("buy_years", Text("Durée (années)", "Years"), "integer", _FEW)
    page.entry("buy_mode", Text("Remboursement", "Repayment"), "text", Rule(choices=MODE))
    page.section(Text("Le crédit-bail", "The lease"))
    page.entry("rent", Text("Loyer HT", "Rent before VAT"), "money", ABOVE)
    page.entry("rents", Text("Nombre de loyers", "Number of rents"), "integer",
               Rule(least=1, most=LINES))  # fmt: skip
    page.entry("rent_frequency", Text("Périodicité", "Frequency"), "text",
               Rule(choices=FREQUENCY))  # fmt: skip
    page.entry("in_advance", Text("Loyer payé d'avance", "Rent paid in advance"), "text",
               Rule(choices=YES_NO))  # fmt: skip
    page.entry("deposit", Text("Dépôt de garantie (rendu à la fin)", "Deposit (given back)"),
               "money", OPTIONAL)  # fmt: skip
    page.entry("option", Text("Option d'achat", "Option to buy"), "money", OPTIONAL)
    page.entry(
        "option_life", Text("Amortissement de l'option (années)",
                            "Years of depreciation of the option"), "integer", _FEW,
    )  # fmt: skip
    page.result("rents_a_year", Text("Loyers par an", "Rents a year"),
                per_year(kit, "rent_frequency"), "integer", plain=True)  # fmt: skip
    page.result("lease_years", Text("Durée du crédit-bail (années)", "Years of the lease"),
                "ROUNDUP([rents]/[rents_a_year],0)", "integer", plain=True)  # fmt: skip
    page.verify(
        f"ROUNDUP([rents]/({per_year(kit, 'rent_frequency')}),0)>{YEARS}",
        Text("Le crédit-bail dépasse {n} ans.", "The lease is longer than {n} years.").format(
            n=YEARS),
        Text("Durée du crédit-bail", "Length of the lease"),
    )  # fmt: skip
    page.verify(
        "[buy_loan]>[price]",
        Text("L'emprunt dépasse le prix du bien.", "The loan exceeds the price of the asset."),
        Text("Emprunt et prix", "Loan and price"),
    )  # fmt: skip


def _buy_rows(kit: Kit, page: Page) -> None:
    level, even = kit.chosen("buy_mode", MODE, "level"), kit.chosen("buy_mode", MODE, "principal")
    write_years(page, 2, [Text("Année {n}", "Year {n}").format(n=n) for n in range(_COLUMNS)])
    hidden = () if kit.student else ("owed", "interest", "paid")
    names = ("price", "loan", *hidden, "instalment", "interest_tax", "depreciation_tax", "flow")
    reserve_years(page, [f"buy.{name}" for name in names], _COLUMNS)
    year = "({i}-1)"
    within = f"AND({year}>=1,{year}<=[buy_years])"
    last = f"{year}=[buy_years]"
    even_part = "ROUND(ROUND([buy_loan],2)/[buy_years],2)"
    level_part = "-ROUND(PMT([buy_rate],[buy_years],ROUND([buy_loan],2)),2)"
    payment = f"IF([buy_rate]=0,{even_part},{level_part})"

    def row(key: str, label: Text, formula: str, **more: object) -> None:
        year_row(page, f"buy.{key}", label, formula, _COLUMNS, **more)  # type: ignore[arg-type]

    row("price", Text("Achat", "Purchase"), f"IF({year}=0,-ROUND([price],2),0)", plain=True)
    row("loan", Text("Emprunt reçu", "Loan received"), f"IF({year}=0,ROUND([buy_loan],2),0)",
        plain=True)  # fmt: skip
    if not kit.student:
        row("owed", Text("Capital dû au début de l'année", "Balance at the start of the year"),
            f"IF({within},IF({year}=1,ROUND([buy_loan],2),ROUND([buy.owed^]-[buy.paid^],2)),0)",
            role="formula")  # fmt: skip
        owed, base = "[buy.owed]", payment
        row("interest", Text("dont intérêts", "of which interest"),
            f"IF({within},IF(AND({last},{level},[buy_rate]>0,{owed}>0,{owed}<={base}),"
            f"ROUND({base}-{owed},2),ROUND({owed}*[buy_rate],2)),0)")  # fmt: skip
        row("paid", Text("dont amortissement", "of which principal"),
            f"IF({within},IF({last},{owed},IF({level},MIN(ROUND({base}-[buy.interest],2),{owed}),"
            f"IF({even},MIN({even_part},{owed}),0))),0)")  # fmt: skip
    row("instalment", Text("Annuité", "Instalment"), "-ROUND([buy.interest]+[buy.paid],2)",
        asked=_asked("instalment"))  # fmt: skip
    row("interest_tax", Text("Économie d'impôt sur intérêts", "Tax saved on interest"),
        "ROUND([buy.interest]*[tax_rate],2)", asked=_asked("interest_tax"))  # fmt: skip
    charge = "ROUND([price]/[life],2)"
    row("depreciation_tax",
        Text("Économie d'impôt sur amortissements", "Tax saved on depreciation"),
        f"IF(OR({year}<1,{year}>[life]),0,ROUND(IF({year}=[life],ROUND([price]-{charge}*"
        f"([life]-1),2),{charge})*[tax_rate],2))", asked=_asked("depreciation_tax"))  # fmt: skip
    row("flow", Text("Flux net", "Net flow"),
        "ROUND([buy.price]+[buy.loan]+[buy.instalment]+[buy.interest_tax]"
        "+[buy.depreciation_tax],2)", role="total", asked=_asked("flow"))  # fmt: skip


def _lease_rows(kit: Kit, page: Page) -> None:
    write_years(page, 2, [Text("Année {n}", "Year {n}").format(n=n) for n in range(_COLUMNS)])
    year = "({i}-1)"
    end = f"{year}=[lease_years]"
    early = f"AND([rents_a_year]=1,{kit.chosen('in_advance', YES_NO, 'yes')})"

    def rents(of: str) -> str:
        return f"IF({of}<1,0,ROUND([rent]*{_count(of)},2))"

    def row(key: str, label: Text, formula: str, **more: object) -> None:
        year_row(page, f"lease.{key}", label, formula, _COLUMNS, **more)  # type: ignore[arg-type]

    row(
        "deposit", Text("Dépôt de garantie", "Deposit"),
        f"IF({year}=0,-ROUND([deposit],2),0)+IF({end},ROUND([deposit],2),0)", plain=True,
    )  # fmt: skip
    row("rent", Text("Loyers", "Rents"), f"-IF({early},{rents('{i}')},{rents(year)})",
        asked=_asked("rent"))  # fmt: skip
    row("option", Text("Option d'achat", "Option to buy"), f"IF({end},-ROUND([option],2),0)",
        plain=True)  # fmt: skip
    row("rent_tax", Text("Économie d'impôt sur loyers", "Tax saved on rents"),
        f"ROUND({rents(year)}*[tax_rate],2)", asked=_asked("rent_tax"))  # fmt: skip
    charge, age = "ROUND([option]/[option_life],2)", f"({year}-[lease_years])"
    row(
        "option_tax", Text("Économie d'impôt sur l'option", "Tax saved on the option"),
        f"IF(OR({age}<1,{age}>[option_life]),0,ROUND(IF({age}=[option_life],ROUND([option]-"
        f"{charge}*([option_life]-1),2),{charge})*[tax_rate],2))", asked=_asked("option_tax"),
    )  # fmt: skip
    row("flow", Text("Flux net", "Net flow"),
        "ROUND([lease.deposit]+[lease.rent]+[lease.option]+[lease.rent_tax]"
        "+[lease.option_tax],2)", role="total", asked=_asked("flow"))  # fmt: skip
    of, back = f"({{i}}-1+IF({early},1,0))", "(ROUND([deposit],2)-ROUND([option],2))"
    period = "((1+[discount_rate])^(1/[rents_a_year])-1)"
    worth = f"PV({period},{_count(of)},-[rent],0,IF({kit.chosen('in_advance', YES_NO, 'yes')},1,0))"
    row("now", Text("Valeur actuelle, avant impôt", "Present value, before tax"),
        f"IF({year}=0,-ROUND([deposit],2),0)-IF({of}<1,0,{worth}/(1+[discount_rate])^({of}-1))"
        f"+IF({end},{back}/(1+[discount_rate])^([rents]/[rents_a_year]),0)",
        asked=_asked("now"))  # fmt: skip
    page.note(Text("Chaque loyer est actualisé à sa date, d'avance ou à terme échu, au taux de la "
                   "période (1 + taux)^(1 / loyers par an) - 1 ; l'option et le dépôt rendu, à la "
                   "fin du contrat ; l'impôt économisé, à la fin de l'année.",
                   "Each rent is discounted at its own date, in advance or in arrears, at the rate "
                   "of the period (1 + rate)^(1 / rents a year) - 1; the option and the deposit "
                   "given back, at the end of the lease; the tax saved, at the end of the year."),
              10)  # fmt: skip


def _count(of: str) -> str:
    """How many rents are paid in that year of the lease."""
    return f"MAX(0,MIN([rents_a_year],[rents]-[rents_a_year]*({of}-1)))"


def _verdict(kit: Kit, page: Page) -> None:
    page.section(Text("Décision", "Decision"))
    for side, label in (
        ("buy", Text("Valeur actuelle nette, achat à crédit", "Net present value, buying")),
        ("lease", Text("Valeur actuelle nette, crédit-bail", "Net present value, leasing")),
    ):
        dated, *yearly = ("buy.flow", "buy.flow") if side == "buy" else _LEASE_VALUE
        ref = kit.cells[dated]
        first = ref.at(0).fixed if side == "buy" else f"SUM({ref.fixed})"
        rest = "".join(
            f"+NPV([discount_rate],{row.at(1).fixed}:{row.at(YEARS).fixed})"
            for row in (kit.cells[key] for key in yearly)
        )
        page.result(f"{side}.value", label, f"ROUND({first}{rest},2)", role="result",
                    asked=_asked(f"{side}_value"))  # fmt: skip
    words = ",".join(kit.book.q(BETTER[word]) for word in ("lease", "loan"))
    page.result(
        "better", Text("Le moins coûteux", "The cheaper"),
        f"IF([lease.value]>[buy.value],{words})", "text", "result", choices=BETTER,
        asked=_asked("better"),
    )  # fmt: skip
    paid = "([rent]*[rents]+[option])"
    rate = (
        f"IRR([working.lease],0.0001+({paid}-[price])/[price]/[rents])"  # a guess below the answer
    )
    page.result(
        "lease_rate", Text("Taux annuel équivalent du crédit-bail", "Equivalent rate of the lease"),
        f'IF({paid}<[price],"",IFERROR(ROUND((1+{rate})^[rents_a_year]-1,6),""))',
        "rate", trace=Text("avant impôt, hors dépôt", "before tax, without the deposit"),
        asked=_asked("lease_rate") if kit.values.get("lease_rate") is not None else None,
    )  # fmt: skip
    if not kit.student:
        _chart(kit, page)


def _chart(kit: Kit, page: Page) -> None:
    chart = kit.book.chart("column", Text("Flux nets de chaque année", "Net flows of each year"))
    heads = kit.cells["buy.price"]
    categories = f"'{heads.sheet}'!$C${heads.row}:$K${heads.row}"
    for key, label, color in (
        ("buy.flow", Text("Acheter à crédit", "Buying on credit"), "#1F6F8B"),
        ("lease.flow", Text("Louer", "Leasing"), "#E08E2B"),
    ):
        chart.add_series(
            {
                "name": kit.book.t(label),
                "categories": f"={categories}",
                "values": f"={kit.cells[key].address}",
                "fill": {"color": color},
            }
        )
    page.sheet.place(5, 7, chart, 470, 330)


_LEASE_VALUE = ("lease.now", "lease.rent_tax", "lease.option_tax")
_TWO_POINTS = ("flow", "now", "buy_value", "lease_value")
_TEXTS: dict[str, tuple[Text, Text]] = {
    "instalment": (Text("Annuités", "Instalments"),
                   Text("Intérêts + amortissement de l'année, en négatif : c'est une sortie.",
                        "Interest + principal of the year, negative: an outflow.")),
    "interest_tax": (Text("Économie d'impôt sur intérêts", "Tax saved on interest"),
                     Text("Intérêts de l'année x taux d'impôt : ils réduisent le bénéfice.",
                          "Interest of the year x tax rate: it reduces the profit.")),
    "depreciation_tax": (Text("Économie d'impôt sur amortissements", "Tax saved on depreciation"),
                         Text("Dotation (prix / durée) x taux d'impôt.",
                              "Charge (price / life) x tax rate.")),
    "flow": (Text("Flux nets", "Net flows"), Text("Somme des lignes de l'année.",
                                                  "Sum of the lines of the year.")),
    "rent": (Text("Loyers", "Rents"), Text("Loyer x nombre de loyers de l'année, en négatif.",
                                           "Rent x number of rents of the year, negative.")),
    "rent_tax": (Text("Économie d'impôt sur loyers", "Tax saved on rents"),
                 Text("Loyers de l'année x taux d'impôt.", "Rents of the year x tax rate.")),
    "option_tax": (Text("Économie d'impôt sur l'option", "Tax saved on the option"),
                   Text("Prix de l'option / durée x taux d'impôt, après la levée.",
                        "Price of the option / life x tax rate, once it is exercised.")),
    "now": (Text("Valeurs actuelles avant impôt", "Present values before tax"),
            Text("Chaque loyer actualisé à sa date ; l'option et le dépôt à la fin du contrat.",
                 "Each rent discounted at its own date; option and deposit at the end.")),
    "buy_value": (Text("Valeur actuelle nette de l'achat", "Net present value of buying"),
                  Text("Flux de l'année 0 + VAN des suivants au taux d'actualisation.",
                       "Flow of year 0 + NPV of the next ones at the discount rate.")),
    "lease_value": (Text("Valeur actuelle nette du crédit-bail", "Net present value of leasing"),
                    Text("Somme des valeurs actuelles avant impôt + VAN des économies d'impôt.",
                         "Sum of the present values before tax + NPV of the tax saved.")),
    "better": (Text("Choix", "Choice"), Text("La valeur actuelle nette la plus élevée.",
                                             "The highest net present value.")),
    "lease_rate": (Text("Taux équivalent du crédit-bail", "Equivalent rate of the lease"),
                   Text("Taux de l'emprunt qui coûterait autant : fonction TAUX, ramené à l'année.",
                        "Rate of the loan that would cost as much: function RATE, per year.")),
}  # fmt: skip


def _asked(key: str) -> Asked:
    return Asked(*_TEXTS[key], points=2 if key in _TWO_POINTS else 1, tolerance=0.05)

"""The sheets Affacturage (a year of factoring) and Comparaison (one need, four ways)."""

from __future__ import annotations

from xlcrm.templates.form import ABOVE, OPTIONAL, Asked, Kit, Page, Rule
from xlcrm.templates.grid import Col, write_grid
from xlcrm.templates.short_credit.discount import BASES, base_of
from xlcrm.templates.short_credit.model import WAYS
from xlcrm.templates.style import PALE
from xlcrm.texts import Text


def write_factoring(kit: Kit) -> Page:
    """A year of factoring."""
    page = kit.page(
        Text("Affacturage", "Factoring"), "input",
        title=Text("Coût de l'affacturage", "Cost of factoring"),
        subtitle=Text("Une année de factures cédées à un factor.",
                      "A year of invoices handed to a factor."),
        about=Text("Le coût d'une année d'affacturage.", "The cost of a year of factoring."),
    )  # fmt: skip
    page.section(Text("Données", "Data"))
    page.entry("turnover", Text("Chiffre d'affaires TTC cédé", "Turnover with VAT handed over"),
               "money", ABOVE)  # fmt: skip
    page.entry("customer_days", Text("Délai moyen des clients (jours)",
                                     "Average delay of customers (days)"), "integer")  # fmt: skip
    page.entry("commission_rate", Text("Commission d'affacturage", "Factoring commission"), "rate")
    page.entry("guarantee", Text("Fonds de garantie", "Guarantee fund"), "percent")
    page.entry("financing_rate", Text("Taux annuel de financement", "Rate of the advance"), "rate")
    page.entry("usage", Text("Part du disponible utilisée", "Share of the available drawn"),
               "percent", Rule(most=1))  # fmt: skip
    page.entry("factoring_fees", Text("Frais fixes de l'année", "Fixed fees of the year"), "money",
               OPTIONAL)  # fmt: skip
    page.entry("factoring_base", Text("Année", "Year"), "text", Rule(choices=BASES))
    page.section(Text("Coût annuel", "Yearly cost"))
    base = base_of(kit, "factoring_base")
    rows: list[tuple[str, Text, str, str]] = [
        ("outstanding", Text("Encours moyen des factures", "Average invoices outstanding"),
         f"ROUND([turnover]*[customer_days]/{base},2)", "formula"),
        ("kept", Text("Fonds de garantie retenu", "Guarantee kept"),
         "ROUND([factoring.outstanding]*[guarantee],2)", "formula"),
        ("available", Text("Disponible", "Available"),
         "ROUND([factoring.outstanding]-[factoring.kept],2)", "total"),
        ("drawn", Text("Financement utilisé", "Advance drawn"),
         "ROUND([factoring.available]*[usage],2)", "formula"),
        ("commission", Text("Commission d'affacturage", "Commission"),
         "ROUND([turnover]*[commission_rate],2)", "formula"),
        ("interest", Text("Intérêts de financement", "Interest on the advance"),
         "ROUND([factoring.drawn]*[financing_rate],2)", "formula"),
        ("fees", Text("Frais fixes", "Fixed fees"), "ROUND([factoring_fees],2)", "formula"),
        ("total", Text("Coût total", "Total cost"),
         "ROUND([factoring.commission]+[factoring.interest]+[factoring.fees],2)", "result"),
    ]  # fmt: skip
    for key, label, formula, role in rows:
        asked = Asked(*_EXPLAINED[key], points=1) if key in _EXPLAINED else None
        page.result(f"factoring.{key}", label, formula, "money", role, asked=asked)  # type: ignore[arg-type]
    page.result("factoring.share", Text("Coût en % du chiffre d'affaires", "Cost in % of turnover"),
                "ROUND([factoring.total]/[turnover],6)", "rate")  # fmt: skip
    return page


_EXPLAINED = {
    "outstanding": (
        Text("Encours moyen", "Average outstanding"),
        Text("Chiffre d'affaires TTC x délai / nombre de jours de l'année.",
             "Turnover with VAT x delay / days of the year."),
    ),
    "available": (
        Text("Disponible", "Available"),
        Text("Encours - fonds de garantie.", "Outstanding - guarantee fund."),
    ),
    "total": (
        Text("Coût de l'affacturage", "Cost of factoring"),
        Text("Commission sur le chiffre d'affaires + intérêts sur le financement utilisé.",
             "Commission on turnover + interest on the advance drawn."),
    ),
}  # fmt: skip
_NAMES = {
    "overdraft": Text("Découvert bancaire", "Bank overdraft"),
    "discount": Text("Escompte d'effets", "Discount of bills"),
    "factoring": Text("Affacturage", "Factoring"),
    "partners": Text("Compte courant d'associés", "Partners' current account"),
}
_FOR = {
    "overdraft": Text("Souple, sans justificatif.", "Flexible, no document needed."),
    "discount": Text("Moins cher que le découvert, adossé à un effet.",
                     "Cheaper than an overdraft, backed by a bill."),
    "factoring": Text("Recouvrement et garantie des impayés compris.",
                      "Collection and bad debts included."),
    "partners": Text("Sans banque ni garantie.", "No bank, no security."),
}  # fmt: skip
_AGAINST = {
    "overdraft": Text("Cher, plafonné, révocable.", "Dear, limited, revocable."),
    "discount": Text("L'impayé revient à l'entreprise.", "The unpaid bill comes back."),
    "factoring": Text("Contrat d'un an, image auprès des clients.",
                      "A year's contract, image with customers."),
    "partners": Text("Dépend des associés, remboursable.", "Depends on partners, repayable."),
}  # fmt: skip


def write_comparison(kit: Kit, needs: tuple[Page, ...]) -> None:
    """What the same need costs by each way."""
    page = kit.page(
        Text("Comparaison", "Comparison"), "output",
        title=Text("Financer un besoin à court terme", "Financing a short-term need"),
        subtitle=Text("Le même besoin, quatre solutions : coût, taux, atouts et risques.",
                      "The same need, four ways: cost, rate, strengths and risks."),
        about=Text("Quatre financements du même besoin comparés.",
                   "Four ways to finance the same need, compared."),
        widths=[2, 34, 30, 16, 16, 14, 10, 46, 42], check=4, needs=needs,
    )  # fmt: skip
    page.section(Text("Le besoin", "The need"))
    page.entry("need", Text("Montant à financer", "Amount to finance"), "money", ABOVE)
    page.entry(
        "need_days", Text("Durée (jours)", "Time (days)"), "integer", Rule(least=1, most=366)
    )
    page.entry("need_bills", Text("Nombre d'effets à escompter", "Bills to discount"), "integer",
               Rule(least=1, most=99))  # fmt: skip
    page.entry("partners_rate", Text("Taux du compte courant d'associés",
                                     "Rate of the partners' account"), "rate")  # fmt: skip
    page.note(
        Text("Les conditions sont celles des feuilles Escompte, Découvert et Affacturage, hors "
             "TVA ; les frais fixes du compte (trimestre) et du factor (année) comptent au prorata "
             "des jours.",
             "Conditions are those of the sheets Discount, Overdraft and Factoring, before VAT; "
             "the fixed fees of the account (a quarter) and of the factor (a year) count by days."),
    )  # fmt: skip
    page.note(
        Text("Chaque solution apporte le même argent, le besoin : agios d'escompte et commission "
             "d'affacturage étant retenus d'avance, il faut mobiliser plus.",
             "Each way brings the same cash, the need: discount charges and factoring commission "
             "are kept at once, so that more has to be raised."),
    )  # fmt: skip
    page.verify(
        f"OR(([discount_rate]+[endorsement_rate])*{_share(kit)}>=1,"
        "[guarantee]+[commission_rate]>=1)",
        Text("Ce qui est retenu d'avance dépasse ce qui est cédé.",
             "What is kept at once exceeds what is handed over."),
        Text("Retenues et besoin", "What is kept, and the need"),
    )  # fmt: skip
    page.section(Text("Coût par solution", "Cost of each way"))
    _table(kit, page)


_BILLS_FEES = "ROUND([need_bills]*[bill_fee]+[slip_fee],2)"


def _share(kit: Kit) -> str:
    """The part of a year for which the bank counts its discount."""
    return f"MAX([need_days]+[bank_days],[least_days])/{base_of(kit, 'discount_base')}"


def _factor_fees(kit: Kit) -> str:
    return f"ROUND([factoring_fees]*[need_days]/{base_of(kit, 'factoring_base')},2)"


def _raised(kit: Kit) -> list[str]:
    """What brings the need once the charges kept at once are taken off."""
    return [
        "ROUND([need],2)",
        f"ROUND(([need]+{_BILLS_FEES})/(1-([discount_rate]+[endorsement_rate])*{_share(kit)}),2)",
        f"ROUND(([need]+{_factor_fees(kit)})/(1-[guarantee]-[commission_rate]),2)",
        "ROUND([need],2)",
    ]


def _costs(kit: Kit) -> list[str]:
    share = _share(kit)
    interest = f"ROUND([need]*[need_days]*[overdraft_rate]/{base_of(kit, 'overdraft_base')},2)"
    fee = "ROUND([need]*[fee_rate]*ROUNDUP([need_days]/30,0),2)"
    capped = f'IF([fee_cap]="",{fee},MIN({fee},ROUND({interest}*[fee_cap],2)))'
    fixed = f"ROUND([account_fee]*4*[need_days]/{base_of(kit, 'overdraft_base')},2)"
    return [
        f"ROUND({interest}+{capped}+ROUND([need]*[movement_rate],2)+{fixed},2)",
        f"ROUND(ROUND([raised]*[discount_rate]*{share},2)+ROUND([raised]*[endorsement_rate]*{share}"
        f",2)+{_BILLS_FEES},2)",
        "ROUND(ROUND(ROUND([raised]*(1-[guarantee]),2)*[financing_rate]*[need_days]"
        f"/{base_of(kit, 'factoring_base')},2)+ROUND([raised]*[commission_rate],2)"
        f"+{_factor_fees(kit)},2)",
        "ROUND([need]*[partners_rate]*[need_days]/365,2)",
    ]


def _table(kit: Kit, page: Page) -> None:
    sheet, book = page.sheet, kit.book
    raised, cost = (f"CHOOSE($B{{r}},{','.join(rows(kit))})" for rows in (_raised, _costs))
    top = page.at + 1
    refs = write_grid(
        page, "ways",
        [
            Col("name", Text("Solution", "Way"), "text", "0", plain=True),
            Col("raised", Text("Montant mobilisé", "Amount raised"), "amount", raised,
                asked=Asked(Text("Montant mobilisé par solution", "Amount raised by each way"),
                            Text("Le besoin, plus ce qui est retenu d'avance : (besoin + frais) / "
                                 "(1 - parts retenues).",
                                 "The need, plus what is kept at once: (need + fees) / (1 - shares "
                                 "kept)."), 2)),
            Col("cost", Text("Coût", "Cost"), "amount", cost,
                asked=Asked(Text("Coût de chaque solution", "Cost of each way"),
                            Text("Intérêts, commissions et frais du montant mobilisé, sur la durée "
                                 "du besoin.",
                                 "Interest, commissions and fees on the amount raised, for the "
                                 "time of the need."), 3)),
            Col("rate", Text("Taux annuel", "Rate per year"), "rate",
                "ROUND([cost]*365/([need]*[need_days]),6)",
                asked=Asked(Text("Taux annuel de chaque solution", "Rate per year of each way"),
                            Text("Coût x 365 / (besoin x jours).", "Cost x 365 / (need x days)."),
                            2)),
            Col("rank", Text("Rang", "Rank"), "integer",
                '1+SUMPRODUCT(([cost:]<>"")*([cost:]<[cost]))'),
        ],
        len(WAYS), what=Text("Solutions", "Ways"),
    )  # fmt: skip
    sheet.label(top - 1, 7, Text("Atouts", "Strengths"), "header")
    sheet.label(top - 1, 8, Text("Risques", "Risks"), "header")
    for k, way in enumerate(WAYS):
        sheet.value(top + k, refs["name"].col, _NAMES[way], "formula", "text", indent=1)
        sheet.value(top + k, 7, _FOR[way], "formula", "text", indent=1)
        sheet.value(top + k, 8, _AGAINST[way], "formula", "text", indent=1)
    if kit.student:
        return
    chart = book.chart("bar", Text("Coût de chaque solution", "Cost of each way"))
    chart.add_series({
        "categories": f"={refs['name'].address}", "values": f"={refs['cost'].address}",
        "name": book.t(Text("Coût", "Cost")), "fill": {"color": "#1F6F8B"}, "gap": 60,
        "data_labels": {"value": True, "num_format": "#,##0"},
    })  # fmt: skip
    chart.set_legend({"none": True})
    chart.set_y_axis({"reverse": True})
    chart.set_x_axis({"major_gridlines": {"visible": True, "line": {"color": PALE}}})
    sheet.place(page.at + 1, 1, chart, 660, 260)

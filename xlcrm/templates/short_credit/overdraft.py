"""The sheet Découvert: the interest scale of an account and what its overdraft costs."""

from __future__ import annotations

from xlcrm.templates.form import OPTIONAL, REQUIRED, Asked, Kit, Page, Rule
from xlcrm.templates.grid import Col, write_grid
from xlcrm.templates.short_credit.discount import BASES, base_of
from xlcrm.templates.short_credit.model import MONTHS, MOVEMENTS
from xlcrm.texts import Text

_ANY = Rule(least=None)


def write_overdraft(kit: Kit) -> None:
    """Conditions, movements by value date, charges."""
    page = kit.page(
        Text("Découvert", "Overdraft"), "input",
        title=Text("Échelle d'intérêts d'un découvert", "Interest scale of an overdraft"),
        subtitle=Text("Soldes en date de valeur, nombres débiteurs, agios du trimestre.",
                      "Balances by value date, debit numbers, charges of the quarter."),
        about=Text("L'échelle d'intérêts : agios, commission du plus fort découvert, taux réel.",
                   "The interest scale: charges, commission on the highest overdraft, real rate."),
        widths=[2, 43, 18, 26, 13, 13, 14, 8, 13, 15, 13, 13, 13, 44], check=13,
    )  # fmt: skip
    page.section(Text("Conditions du compte", "Conditions of the account"))
    page.entry(
        "opening", Text("Solde avant la première ligne", "Balance before the first row"),
        "money", _ANY, unit=Text("négatif si découvert", "negative when overdrawn"),
    )  # fmt: skip
    page.entry("start_date", Text("Début de la période", "Start of the period"), "date", OPTIONAL,
               unit=Text("vide : la première ligne", "blank: the first row"))  # fmt: skip
    page.entry("closing_date", Text("Date d'arrêté", "Closing date"), "date", REQUIRED,
               unit=Text("fin du trimestre", "end of the quarter"))  # fmt: skip
    page.entry("overdraft_rate", Text("Taux débiteur annuel", "Overdraft rate per year"), "rate")
    page.entry("overdraft_base", Text("Année bancaire", "Bank year"), "text", Rule(choices=BASES))
    page.entry(
        "fee_rate",
        Text("Commission du plus fort découvert (par mois)",
             "Commission on the highest overdraft (a month)"),
        "rate", OPTIONAL,
    )  # fmt: skip
    page.entry("fee_cap", Text("Plafond : part des intérêts", "Cap: share of the interest"),
               "percent", Rule(required=False, most=1),
               unit=Text("vide : sans plafond", "blank: no cap"))  # fmt: skip
    page.entry("movement_rate", Text("Commission de mouvement (sur les débits)",
                                     "Turnover commission (on debits)"), "rate",
               OPTIONAL)  # fmt: skip
    page.entry("account_fee", Text("Frais fixes HT", "Fixed fees before VAT"), "money", OPTIONAL)
    page.entry("account_vat", Text("TVA sur commission de mouvement et frais",
                                   "VAT on turnover commission and fees"), "percent", OPTIONAL,
               unit=Text("intérêts et plus fort découvert : exonérés",
                         "interest and highest overdraft: exempt"))  # fmt: skip
    page.section(Text("Mouvements en date de valeur, dans l'ordre",
                      "Movements by value date, in order"))  # fmt: skip
    _movements(kit, page)
    page.verify(
        f"AND([start_date]<>\"\",{_first_day(kit)}>0,[start_date]>{_first_day(kit)})",
        Text("La période commence après la première ligne.",
             "The period starts after the first row."),
        Text("Début de la période et mouvements", "Start of the period and movements"),
    )  # fmt: skip
    page.section(Text("Coût du découvert", "Cost of the overdraft"))
    _charges(kit, page)


def _first_day(kit: Kit) -> str:
    return f"N({kit.cells['scale.day'].at(0).fixed})"


def _bounds() -> list[str]:
    """The last day before each month of the quarter, then that of the quarter."""
    return [f"EOMONTH([closing_date],{m - MONTHS})" for m in range(MONTHS + 1)]


def _movements(kit: Kit, page: Page) -> None:
    # The date of the next row, or the closing date after the last one.
    stop = f'IF(AND($B{{r}}<{MOVEMENTS},N{{d}}="OK"),C{{d}},[closing_date])'
    bounds = _bounds()
    months = [
        Col(f"month{m + 1}", Text("Découvert du mois {n}", "Overdraft, month {n}").format(n=m + 1),
            "amount",
            f"IF(AND([day]<={bounds[m + 1]},{stop}>{bounds[m]}+1,[days]>0),[over],0)")
        for m in range(MONTHS)
    ]  # fmt: skip
    write_grid(
        page, "scale",
        [
            Col("day", Text("Date de valeur", "Value date"), "date", rule=REQUIRED),
            Col("label", Text("Libellé", "Label"), "text", rule=OPTIONAL),
            Col("debit", Text("Débit", "Debit"), "amount", rule=OPTIONAL, total=True),
            Col("credit", Text("Crédit", "Credit"), "amount", rule=OPTIONAL),
            Col("balance", Text("Solde", "Balance"), "amount",
                "ROUND(IF($B{r}=1,[opening],[balance^])+[credit]-[debit],2)",
                asked=_ASKED["balance"]),
            Col("days", Text("Jours", "Days"), "integer", f"{stop}-[day]", asked=_ASKED["days"]),
            Col("over", Text("Découvert", "Overdraft"), "amount", "MAX(0,-[balance])"),
            Col("numbers", Text("Nombres débiteurs", "Debit numbers"), "amount",
                "ROUND([over]*[days],2)", asked=_ASKED["numbers"], total=True),
            *months,
        ],
        MOVEMENTS, what=Text("Mouvements", "Movements"), least_rows=1,
        totals=Text("Total", "Total"), chained=True,
        faults=[
            ('[closing_date]=""', Text("Saisir d'abord la date d'arrêté.",
                                       "First type the closing date.")),
            ("AND($B{r}>1,N([day^])>[day])", Text("Dates à ranger dans l'ordre.",
                                                  "Put the dates in order.")),
            ("[day]>[closing_date]", Text("Date après l'arrêté.", "Date after the closing.")),
        ],
    )  # fmt: skip


def _charges(kit: Kit, page: Page) -> None:
    if not kit.student:
        page.sheet.label(page.at, 1, Text("Plus fort découvert de chaque mois",
                                          "Highest overdraft of each month"))  # fmt: skip
        columns = [f"[scale.month{m + 1}]" for m in range(MONTHS)]
        bounds, first = _bounds(), _first_day(kit)
        for m, column in enumerate(columns):
            inside = (
                f'[start_date]<>"",[start_date]<{first},[start_date]<={bounds[m + 1]},'
                f"{first}>{bounds[m]}+1"
            )
            highest = f"MAX({column},IF(AND({inside}),ROUND(-[opening],2),0))"
            page.put(page.at, 2 + m, f"highest.{m}", highest)
        ref = kit.cells["highest.0"]
        kit.cells["highest"] = type(ref)(ref.sheet, ref.row, 2, ref.row, 1 + MONTHS)
        page.at += 1
    days = f'IF([start_date]="",0,{_first_day(kit)}-[start_date])'
    page.result(
        "over_numbers", Text("Nombres débiteurs, solde de départ compris",
                             "Debit numbers, opening balance included"),
        f"ROUND([scale.numbers.total]+ROUND(MAX(0,-[opening])*{days},2),2)", "amount",
        trace=Text("avant la première ligne : découvert x jours depuis le début",
                   "before the first row: overdraft x days from the start"),
        asked=_ASKED["over_numbers"],
    )  # fmt: skip
    page.result(
        "over_interest", Text("Intérêts débiteurs", "Debit interest"),
        f"ROUND([over_numbers]*[overdraft_rate]/{base_of(kit, 'overdraft_base')},2)",
        trace=Text("nombres x taux / 360", "numbers x rate / 360"), asked=_ASKED["over_interest"],
    )  # fmt: skip
    each = "+".join(f"ROUND([highest.{m}]*[fee_rate],2)" for m in range(MONTHS))
    page.result(
        "over_fee", Text("Commission du plus fort découvert", "Commission on highest overdraft"),
        f'IF([fee_cap]="",ROUND({each},2),MIN(ROUND({each},2),ROUND([over_interest]*[fee_cap],2)))',
        asked=_ASKED["over_fee"],
    )  # fmt: skip
    page.result(
        "over_movement", Text("Commission de mouvement", "Turnover commission"),
        "ROUND([scale.debit.total]*[movement_rate],2)",
        trace=Text("total des débits x taux", "sum of the debits x rate"),
        asked=_ASKED["over_movement"],
    )  # fmt: skip
    page.result(
        "over_charges", Text("Agios HT", "Charges before VAT"),
        "ROUND([over_interest]+[over_fee]+[over_movement]+ROUND([account_fee],2),2)",
        role="result", asked=_ASKED["over_charges"],
    )  # fmt: skip
    page.result(
        "over_vat", Text("TVA", "VAT"),
        "ROUND(ROUND([over_movement]+ROUND([account_fee],2),2)*[account_vat],2)",
        trace=Text("sur la commission de mouvement et les frais",
                   "on the turnover commission and the fees"),
        asked=_ASKED["over_vat"],
    )  # fmt: skip
    page.result(
        "over_with_vat", Text("Agios TTC, débités du compte", "Charges with VAT, debited"),
        "ROUND([over_charges]+[over_vat],2)", role="total", asked=_ASKED["over_with_vat"],
    )  # fmt: skip
    page.result(
        "over_rate", Text("Taux réel annuel (365 jours)", "Real rate per year (365 days)"),
        'IF([over_numbers]=0,"",ROUND([over_charges]*365/[over_numbers],6))',
        "rate", "result", trace=Text("agios HT x 365 / nombres", "charges before VAT x 365 / numbers"),
        asked=_ASKED["over_rate"],
    )  # fmt: skip


_ASKED = {
    "balance": Asked(
        Text("Soldes en date de valeur", "Balances by value date"),
        Text("Solde précédent + crédit - débit.", "Balance before + credit - debit."), 2,
    ),
    "days": Asked(
        Text("Jours de chaque solde", "Days of each balance"),
        Text("Jusqu'à la date suivante ; le dernier jusqu'à l'arrêté.",
             "To the next date; the last one to the closing date."), 2,
    ),
    "numbers": Asked(
        Text("Nombres débiteurs", "Debit numbers"),
        Text("Découvert x jours ; 0 pour un solde créditeur.",
             "Overdraft x days; 0 for a credit balance."), 2,
    ),
    "over_numbers": Asked(
        Text("Total des nombres débiteurs", "Sum of the debit numbers"),
        Text("Somme des nombres, plus ceux d'un découvert de départ jusqu'à la première ligne.",
             "Sum of the numbers, plus those of an opening overdraft until the first row."), 1,
    ),
    "over_interest": Asked(
        Text("Intérêts débiteurs", "Debit interest"),
        Text("Total des nombres x taux / 360.", "Sum of the numbers x rate / 360."), 2,
    ),
    "over_fee": Asked(
        Text("Commission du plus fort découvert", "Commission on the highest overdraft"),
        Text("Plus fort découvert de chaque mois x taux, dans la limite du plafond.",
             "Highest overdraft of each month x rate, within the cap."), 2,
    ),
    "over_movement": Asked(
        Text("Commission de mouvement", "Turnover commission"),
        Text("Total des débits x taux de la commission.",
             "Sum of the debits x rate of the commission."), 1,
    ),
    "over_charges": Asked(
        Text("Agios HT", "Charges before VAT"),
        Text("Intérêts + commissions + frais.", "Interest + commissions + fees."), 1,
    ),
    "over_vat": Asked(
        Text("TVA sur les agios", "VAT on the charges"),
        Text("Sur la commission de mouvement et les frais ; les intérêts et la commission du plus "
             "fort découvert sont exonérés.",
             "On the turnover commission and the fees; interest and the commission on the highest "
             "overdraft are exempt."), 1,
    ),
    "over_with_vat": Asked(
        Text("Agios TTC", "Charges with VAT"),
        Text("Agios HT + TVA.", "Charges before VAT + VAT."), 1,
    ),
    "over_rate": Asked(
        Text("Taux réel du découvert", "Real rate of the overdraft"),
        Text("Agios HT x 365 / nombres débiteurs : ce que coûte 1 € à découvert pendant un an.",
             "Charges before VAT x 365 / debit numbers: what 1 euro overdrawn costs in a year."), 2,
    ),
}  # fmt: skip

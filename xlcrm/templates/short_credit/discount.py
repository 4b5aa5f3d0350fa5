"""The sheet Escompte: bills handed to the bank, the slip it returns, its real rate."""

from __future__ import annotations

from xlcrm.templates.form import ABOVE, OPTIONAL, REQUIRED, Asked, Kit, Page, Rule
from xlcrm.templates.grid import Col, write_grid
from xlcrm.templates.short_credit.model import BILLS
from xlcrm.templates.style import CellRole
from xlcrm.texts import Text

BASES = {"360": Text("360 jours", "360 days"), "365": Text("365 jours", "365 days")}


def base_of(kit: Kit, key: str) -> str:
    """360 or 365, as chosen in a cell."""
    return f"IF({kit.chosen(key, BASES, '360')},360,365)"


def write_discount(kit: Kit) -> None:
    """Conditions, bills, and what is left of them."""
    page = kit.page(
        Text("Escompte", "Discount"), "input",
        title=Text("Bordereau d'escompte", "Discounting slip"),
        subtitle=Text("Effets remis à la banque, agios et net porté en compte.",
                      "Bills handed to the bank, its charges, and the net credited."),
        about=Text("Le bordereau d'escompte : jours, agios, TVA, net et taux réel.",
                   "The discounting slip: days, charges, VAT, net and real rate."),
        widths=[2, 41, 22, 16, 14, 9, 13, 13, 14, 44], check=9, landscape=True,
    )  # fmt: skip
    page.section(Text("Conditions de la banque", "Conditions of the bank"))
    page.entry("slip_date", Text("Date de remise", "Date of negotiation"), "date")
    page.entry("discount_rate", Text("Taux d'escompte annuel", "Discount rate per year"), "rate")
    page.entry(
        "endorsement_rate",
        Text("Commission d'endos (taux annuel)", "Endorsement commission (per year)"),
        "rate",
        OPTIONAL,
    )
    page.entry("bill_fee", Text("Commission HT par effet", "Fee by bill, before VAT"), "money",
               OPTIONAL)  # fmt: skip
    page.entry("slip_fee", Text("Commission HT par bordereau", "Fee by slip, before VAT"), "money",
               OPTIONAL)  # fmt: skip
    page.entry("vat_rate", Text("TVA sur les commissions", "VAT on fees"), "percent")
    page.entry("bank_days", Text("Jours de banque en plus", "Bank days on top"), "integer",
               Rule(most=10), unit=Text("1 : premier et dernier jour comptés",
                                        "1: first and last day counted"))  # fmt: skip
    page.entry("least_days", Text("Minimum de jours", "Least days"), "integer", OPTIONAL)
    page.entry("discount_base", Text("Année bancaire", "Bank year"), "text", Rule(choices=BASES))
    page.section(Text("Effets remis", "Bills"))
    base = base_of(kit, "discount_base")
    write_grid(
        page, "bills",
        [
            Col("drawee", Text("Tiré", "Drawee"), "text", rule=OPTIONAL),
            Col("nominal", Text("Nominal", "Face value"), "amount", rule=ABOVE, total=True),
            Col("due", Text("Échéance", "Due"), "date", rule=REQUIRED),
            Col("days", Text("Jours", "Days"), "integer",
                "MAX([due]-[slip_date]+[bank_days],[least_days])", asked=_ASKED["days"]),
            Col("discount", Text("Escompte", "Discount"), "amount",
                f"ROUND([nominal]*[discount_rate]*[days]/{base},2)", asked=_ASKED["discount"],
                total=True),
            Col("endorsement", Text("Endos", "Endorsement"), "amount",
                f"ROUND([nominal]*[endorsement_rate]*[days]/{base},2)",
                asked=_ASKED["endorsement"], total=True),
            Col("fees", Text("Commission HT", "Fee before VAT"), "amount", "ROUND([bill_fee],2)",
                total=False),
        ],
        BILLS, what=Text("Effets", "Bills"), least_rows=1, totals=Text("Total", "Total"),
        faults=[
            ('[slip_date]=""', Text("Saisir d'abord la date de remise.",
                                    "First type the date of negotiation.")),
            ("[due]<[slip_date]", Text("L'échéance vient avant la remise.",
                                       "The bill falls due before the negotiation.")),
        ],
    )  # fmt: skip
    page.section(Text("Décompte", "Settlement"))
    _settlement(page)


def _settlement(page: Page) -> None:
    rows: list[tuple[str, Text, str, CellRole, Text]] = [
        ("slip_fees", Text("Commissions HT", "Fees before VAT"),
         "ROUND(SUM([bills.fees])+ROUND([slip_fee],2),2)", "formula", Text("", "")),
        ("slip_charges", Text("Agios HT", "Charges before VAT"),
         "ROUND([bills.discount.total]+[bills.endorsement.total]+[slip_fees],2)", "formula",
         Text("escompte + endos + commissions", "discount + endorsement + fees")),
        ("slip_vat", Text("TVA sur les commissions", "VAT on fees"),
         "ROUND([slip_fees]*[vat_rate],2)", "formula",
         Text("sur le total des commissions seulement", "on the sum of the fees only")),
        ("slip_with_vat", Text("Agios TTC", "Charges with VAT"),
         "ROUND([slip_charges]+[slip_vat],2)", "total", Text("", "")),
        ("slip_net", Text("Net porté en compte", "Net credited"),
         "ROUND([bills.nominal.total]-[slip_with_vat],2)", "result",
         Text("nominaux - agios TTC", "face values - charges")),
    ]  # fmt: skip
    for key, label, formula, role, trace in rows:
        page.result(key, label, formula, "money", role, trace=trace, asked=_ASKED.get(key))
    used = 'SUMPRODUCT(([bills.check]="OK")*[bills.nominal]*([bills.due]-[slip_date]))'
    page.result(
        "slip_rate", Text("Taux réel annuel (sur le net, 365 jours)",
                          "Real rate per year (on the net, 365 days)"),
        f'IF({used}=0,"",ROUND([slip_charges]*365/({used}*(1-[slip_charges]/'
        "[bills.nominal.total])),6))", "rate", "result",
        trace=Text("agios HT x 365 / (nombres x part du net)",
                   "charges x 365 / (numbers x share of the net)"),
        asked=_ASKED["slip_rate"],
    )  # fmt: skip


_ASKED = {
    "days": Asked(
        Text("Jours d'agios", "Days of charges"),
        Text("Échéance - date de remise, plus les jours de banque ; au moins le minimum.",
             "Due date - date of negotiation, plus the bank days; at least the minimum."), 2,
    ),
    "discount": Asked(
        Text("Escompte de chaque effet", "Discount of each bill"),
        Text("Nominal x taux x jours / 360, au centime.",
             "Face value x rate x days / 360, to the cent."), 2,
    ),
    "endorsement": Asked(
        Text("Endos de chaque effet", "Endorsement of each bill"),
        Text("Nominal x taux d'endos x jours / 360.", "Face value x rate x days / 360."), 2,
    ),
    "slip_charges": Asked(
        Text("Agios HT", "Charges before VAT"),
        Text("Escompte + endos + commissions de la banque.",
             "Discount + endorsement + fees of the bank."), 2,
    ),
    "slip_vat": Asked(
        Text("TVA sur les commissions", "VAT on fees"),
        Text("L'escompte et l'endos sont exonérés : la TVA porte sur la somme des commissions.",
             "Discount and endorsement bear no VAT: it is counted on the sum of the fees."), 1,
    ),
    "slip_net": Asked(
        Text("Net porté en compte", "Net credited"),
        Text("Total des nominaux - agios TTC.", "Face values - charges with VAT."), 2,
    ),
    "slip_rate": Asked(
        Text("Taux réel de l'escompte", "Real rate of the discount"),
        Text("Agios HT x 365 / somme des (nominal x jours réels), ramené au net reçu : la TVA se "
             "récupère.",
             "Charges x 365 / sum of (face value x real days), over the net received: VAT is "
             "recovered."), 2,
    ),
}  # fmt: skip

"""The sheet Pénalités: late payments, penalties at dated rates, the fixed fee for recovery."""

from __future__ import annotations

from xlcrm.templates.form import ABOVE, OPTIONAL, REQUIRED, Asked, Kit, Page, Rule
from xlcrm.templates.formulas import Ref
from xlcrm.templates.grid import Col, write_grid
from xlcrm.templates.short_credit.discount import BASES, base_of
from xlcrm.templates.short_credit.model import INVOICES, RATES
from xlcrm.texts import Text


def write_late(kit: Kit) -> None:
    """Rates by date, invoices, what may be claimed."""
    page = kit.page(
        Text("Pénalités", "Penalties"), "input",
        title=Text("Pénalités de retard", "Late payment penalties"),
        subtitle=Text("Article L441-10 du Code de commerce ; indemnité : article D441-5.",
                      "Article L441-10 of the French Code de commerce; fixed fee: D441-5."),
        about=Text("Jours de retard, pénalités au taux de chaque période, indemnité de 40 €.",
                   "Days late, penalties at the rate of each period, fixed fee of 40 euros."),
        widths=[2, 32, 22, 14, 13, 13, 8, *[9] * RATES, 13, 12, 14, 44], check=14,
    )  # fmt: skip
    page.section(Text("Conditions", "Conditions"))
    page.entry("until", Text("Arrêté au (factures encore impayées)",
                             "Counted until (invoices still unpaid)"), "date")  # fmt: skip
    page.entry("indemnity", Text("Indemnité forfaitaire par facture", "Fixed fee by invoice"),
               "money", OPTIONAL)  # fmt: skip
    page.entry("penalty_base", Text("Année", "Year"), "text", Rule(choices=BASES))
    page.section(Text("Taux des pénalités (au moins 3 fois le taux légal ; par défaut, taux de la "
                      "BCE + 10 points)",
                      "Rate of penalties (at least 3 times the legal rate; by default, the ECB's "
                      "rate + 10 points)"))  # fmt: skip
    write_grid(
        page, "rates",
        [
            Col("start", Text("À partir du", "From"), "date", rule=REQUIRED),
            Col("rate", Text("Taux annuel", "Rate per year"), "rate"),
        ],
        RATES, what=Text("Taux", "Rates"), least_rows=1,
        faults=[('AND($B{r}>1,OR([start^]="",N([start^])>=[start]))',
                 Text("Dates à ranger dans l'ordre, sans ligne vide.",
                      "Put the dates in order, without a blank row."))],
    )  # fmt: skip
    page.at += 1
    page.section(Text("Factures", "Invoices"))
    _invoices(kit, page)


def _invoices(kit: Kit, page: Page) -> None:
    starts, rates = kit.cells["rates.start"], kit.cells["rates.rate"]
    check = kit.cells["rates.check"]

    def at(column: Ref, k: int) -> str:
        return column.at(k).fixed

    stop = 'IF([paid]="",[until],[paid])'
    parts, terms = [], []
    for k in range(RATES):
        end = "73051"
        if k + 1 < RATES:
            end = f'IF({at(check, k + 1)}="OK",{at(starts, k + 1)},73051)'
        formula = (
            f'IF({at(check, k)}<>"OK",0,MAX(0,MIN({end},{stop}+1)-MAX({at(starts, k)},[due]+1)))'
        )
        parts.append(
            Col(f"part{k + 1}", Text("Jours au taux {n}", "Days at rate {n}").format(n=k + 1),
                "integer", formula)
        )  # fmt: skip
        terms.append(f"ROUND([amount]*N({at(rates, k)})*[part{k + 1}]/{{base}},2)")
    penalty = "ROUND(" + "+".join(terms).replace("{base}", base_of(kit, "penalty_base")) + ",2)"
    write_grid(
        page, "invoices",
        [
            Col("customer", Text("Client", "Customer"), "text", rule=OPTIONAL),
            Col("amount", Text("Montant TTC", "Amount with VAT"), "amount", rule=ABOVE),
            Col("due", Text("Échéance", "Due"), "date", rule=REQUIRED),
            Col("paid", Text("Payée le", "Paid on"), "date", rule=OPTIONAL),
            Col("late", Text("Retard", "Late"), "integer", f"MAX(0,{stop}-[due])",
                asked=_ASKED["late"]),
            *parts,
            Col("penalty", Text("Pénalités", "Penalties"), "amount", penalty,
                asked=_ASKED["penalty"], total=True),
            Col("fee", Text("Indemnité", "Fixed fee"), "amount",
                "IF([late]>0,ROUND([indemnity],2),0)", total=True),
            Col("claim", Text("À réclamer", "To claim"), "amount", "ROUND([penalty]+[fee],2)",
                asked=_ASKED["claim"], total=True),
        ],
        INVOICES, what=Text("Factures", "Invoices"), totals=Text("Total", "Total"),
        faults=[
            ('[until]=""', Text("Saisir d'abord la date d'arrêté.", "First type the date.")),
            (f'AND({stop}>[due],OR({at(check, 0)}<>"OK",N({at(starts, 0)})>[due]+1))',
             Text("Aucun taux ne vaut au début du retard.",
                  "No rate holds when the lateness starts.")),
        ],
    )  # fmt: skip


_ASKED = {
    "late": Asked(
        Text("Jours de retard", "Days late"),
        Text("Date de paiement (ou d'arrêté) - échéance ; 0 si la facture est payée à temps.",
             "Date of payment (or until) - due date; 0 when it was paid in time."), 1,
    ),
    "penalty": Asked(
        Text("Pénalités", "Penalties"),
        Text("Montant TTC x taux x jours / 365, période par période.",
             "Amount with VAT x rate x days / 365, period by period."), 2,
    ),
    "claim": Asked(
        Text("Somme à réclamer", "Amount to claim"),
        Text("Pénalités + indemnité forfaitaire de 40 € par facture en retard.",
             "Penalties + fixed fee of 40 euros by late invoice."), 1,
    ),
}  # fmt: skip

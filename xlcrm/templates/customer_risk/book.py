"""The workbook on customer risk, put together."""

from __future__ import annotations

from xlcrm.templates.customer_risk.model import EMPTY, EXAMPLE, EXERCISE, compute_risk
from xlcrm.templates.customer_risk.receivables import write_receivables
from xlcrm.templates.customer_risk.solvency import write_solvency
from xlcrm.templates.form import Kit
from xlcrm.templates.handout import handout
from xlcrm.texts import Text

_STEPS = (
    Text(
        "« Solvabilité » : saisissez le bilan de vos clients (une colonne par client), comparez "
        "leurs ratios aux références d'usage.",
        "“Solvency”: type the balance sheet of your customers (a column each) and compare their "
        "ratios with the usual references.",
    ),
    Text(
        "« Factures » : les factures non soldées, avec leur échéance. Le nom du client doit être "
        "celui de la feuille « Clients ».",
        "“Invoices”: those not settled, with their due date. The customer's name must be that of "
        "the sheet “Customers”.",
    ),
    Text(
        "« Clients » compare l'encours au plafond, commande comprise ; « Balance âgée » range les "
        "créances par retard et calcule les dépréciations.",
        "“Customers” compares the outstanding with the limit, order included; “Ageing” sorts the "
        "receivables by lateness and computes allowances.",
    ),
    Text(
        "Les références et les taux de dépréciation sont des usages : changez-les selon votre "
        "métier.",
        "References and allowance rates are habits: change them for your trade.",
    ),
)


@handout(
    "customer-risk",
    "risque-client",
    group="budgets",
    label=Text("Risque client", "Customer risk"),
    summary=Text(
        "Ratios de solvabilité, encours et plafonds de crédit, balance âgée et dépréciations.",
        "Solvency ratios, outstanding and credit limits, ageing of receivables and allowances.",
    ),
    title=Text("Risque client", "Customer risk"),
    purpose=Text(
        "À qui faire crédit, jusqu'où, et que faire des retards.",
        "Whom to grant credit, how much, and what to do about late payments.",
    ),
    steps=_STEPS,
    data=(EXAMPLE, EMPTY, EXERCISE),
    compute=compute_risk,
)
def build_risk(kit: Kit) -> None:

    write_solvency(kit)
    write_receivables(kit)

"""The workbook on working capital, put together."""

from __future__ import annotations

from xlcrm.templates.form import Kit
from xlcrm.templates.handout import handout
from xlcrm.templates.working_capital.balance import write_balance, write_rotations
from xlcrm.templates.working_capital.model import (
    EMPTY,
    EXAMPLE,
    EXERCISE,
    compute_working_capital,
)
from xlcrm.templates.working_capital.normative import write_normative
from xlcrm.texts import Text

_STEPS = (
    Text(
        "Saisissez deux bilans dans « Bilan » : fonds de roulement, BFR et trésorerie nette "
        "suivent ; le bilan doit être équilibré.",
        "Type two balance sheets in “Balance sheet”: working capital, need and net cash follow; "
        "it must balance.",
    ),
    Text(
        "« Rotations » donne les délais en jours : stocks, clients, fournisseurs.",
        "“Rotations” gives the delays in days: stocks, customers, suppliers.",
    ),
    Text(
        "« BFR normatif » : pour chaque poste, le temps d'écoulement et le montant annuel "
        "(TTC pour les clients et les fournisseurs). Temps moyen d'un règlement à 30 jours fin de "
        "mois le 10 : 30 + 15 + 10 = 55 jours.",
        "“Normative need”: for each item, the flow time and the yearly amount (with VAT for "
        "customers and suppliers). Average time of 30 days end of month the 10: 30 + 15 + 10 = 55 "
        "days.",
    ),
)


@handout(
    "working-capital",
    "bfr",
    group="budgets",
    label=Text("BFR et rotations", "Working capital"),
    summary=Text(
        "Fonds de roulement, BFR et trésorerie nette, rotations des stocks, clients et "
        "fournisseurs, BFR normatif en jours.",
        "Working capital, need and net cash, rotation of stocks, customers and suppliers, "
        "normative need in days.",
    ),
    title=Text("Besoin en fonds de roulement", "Working capital need"),
    purpose=Text(
        "Ce que le cycle d'exploitation demande de trésorerie, en euros et en jours.",
        "What the operating cycle asks of cash, in euros and in days.",
    ),
    steps=_STEPS,
    data=(EXAMPLE, EMPTY, EXERCISE),
    compute=compute_working_capital,
)
def build_working_capital(kit: Kit) -> None:

    balance = write_balance(kit)
    rotations = write_rotations(kit, balance)
    write_normative(kit, rotations)

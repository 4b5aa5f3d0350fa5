"""The balancing of a treasury budget as a formula: partners first, then overdraft."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from xlcrm.budget.arguments import blank_in_blank_out, not_negative, rate_of, series_of
from xlcrm.budget.funding import balance_cash
from xlcrm.budget.plan import Funding
from xlcrm.catalogue import Kind, Param, Shape, function
from xlcrm.texts import Lang, Text

_ROWS = Text(
    fr="Agios|Apport des associés|Trésorerie nette|Découvert",
    en="Bank charges|Partners' contribution|Net cash|Overdraft",
)


@function(
    "CRM_CASH_BALANCE",
    "CRM_EQUILIBRAGE",
    group="budgets",
    summary=Text(
        fr="Équilibre la trésorerie de chaque mois : apport des associés jusqu'à leur limite, puis "
        "découvert dont les agios se paient le mois suivant. Quatre lignes, un mois par colonne.",
        en="Balances the cash of each month: partners' contribution up to their limit, then an "
        "overdraft whose charges are paid in the month after. Four rows, one column a month.",
    ),
    params=[
        Param(
            "flows",
            "flux",
            Text(
                fr="Encaissements moins décaissements de chaque mois.",
                en="Receipts less payments of each month.",
            ),
            Shape.LIST,
            Kind.NUMBER,
        ),
        Param(
            "opening",
            "initiale",
            Text(
                fr="Trésorerie initiale ; négative si c'est un découvert.",
                en="Opening cash; below 0 for an overdraft.",
            ),
            Shape.ONE,
            Kind.NUMBER,
        ),
        Param(
            "overdraft_rate",
            "taux_decouvert",
            Text(fr="Taux annuel du découvert : 10 % ou 0,1.", en="Yearly rate: 10 % or 0.1."),
            Shape.ONE,
            Kind.NUMBER,
        ),
        Param(
            "minimum",
            "minimum",
            Text(
                fr="Trésorerie que les associés garantissent. Par défaut : 0.",
                en="Cash that partners keep up. Default: 0.",
            ),
            Shape.ONE,
            Kind.NUMBER,
        ),
        Param(
            "partners_most",
            "apport_maximal",
            Text(
                fr="Apport maximal des associés, en tout. Par défaut : 0 (découvert seul).",
                en="Most that partners bring, in all. Default: 0 (overdraft only).",
            ),
            Shape.ONE,
            Kind.NUMBER,
        ),
    ],
    returns=Kind.NUMBER,
)
@blank_in_blank_out
def cash_balance(
    flows: Sequence[float | None],
    opening: float,
    overdraft_rate: float = 0.0,
    minimum: float = 0.0,
    partners_most: float = 0.0,
    lang: Lang = "fr",
) -> list[list[Any]]:
    """Four labelled rows; interest is ROUND(overdraft of the month before x rate / 12, 2).

    Blank months between are 0. Raises ArgumentError for a rate typed as 10 for 10 %, or a
    negative minimum or limit.

    >>> for row in cash_balance([-4000, -3000, 6000], 1000, 0.12, 0, 2000): print(row)
    ['Agios', 0.0, 10.0, 40.1]
    ['Apport des associés', 2000.0, 0.0, 0.0]
    ['Trésorerie nette', -1000.0, -4010.0, 1949.9]
    ['Découvert', 1000.0, 4010.0, 0.0]
    """
    rules = Funding(
        minimum=not_negative(minimum, "minimum", "minimum"),
        partners_most=not_negative(partners_most, "apport_maximal", "partners_most"),
        overdraft_rate=rate_of(overdraft_rate, "taux_decouvert", "overdraft_rate"),
    )
    table = balance_cash(series_of(flows), opening, date(2027, 1, 1), rules)
    rows = (table.charges, table.partners, table.cash, table.overdraft)
    labels = _ROWS.in_(lang).split("|")
    return [[label, *row] for label, row in zip(labels, rows, strict=True)]

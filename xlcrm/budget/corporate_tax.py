"""French corporate tax (impôt sur les sociétés): the tax of a profit, its instalments, the balance.

Articles 219 and 1668 of the Code général des impôts: 15 % up to 42,500 euros of profit for small
firms, 25 % beyond; four instalments of a quarter of the last tax known, none when it is 3,000
euros or less; amounts rounded to the euro. A law changes rates: they are arguments.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from xlcrm.budget.arguments import blank_in_blank_out, not_negative, rate_of
from xlcrm.budget.rounding import round_cents
from xlcrm.budget.terms import months_later
from xlcrm.catalogue import Kind, Param, Shape, function
from xlcrm.texts import Lang, Text

NO_INSTALMENT_UP_TO = 3000
# (first month and day, last month and day of the closing, month of the first instalment),
# article 358 of annexe III: instalments fall on 15 March, June, September and December.
_FIRST_INSTALMENT = (
    ((2, 20), (5, 19), 6),
    ((5, 20), (8, 19), 9),
    ((8, 20), (11, 19), 12),
)
_DUE_DAY = 15


@function(
    "CRM_CORPORATE_TAX",
    "CRM_IMPOT_SOCIETES",
    group="budgets",
    summary=Text(
        fr="Impôt sur les sociétés d'un bénéfice : taux réduit jusqu'au plafond, taux normal "
        "au-delà, à l'euro.",
        en="French corporate tax of a profit: reduced rate up to the ceiling, normal rate beyond, "
        "to the euro.",
    ),
    params=[
        Param(
            "profit",
            "bénéfice",
            Text(fr="Bénéfice imposable ; 0 d'impôt s'il est négatif.", en="Taxable profit."),
            kind=Kind.NUMBER,
        ),
        Param(
            "rate",
            "taux",
            Text(fr="Taux normal. Par défaut : 25 %.", en="Normal rate. Default: 25 %."),
            kind=Kind.NUMBER,
        ),
        Param(
            "reduced_rate",
            "taux_réduit",
            Text(
                fr="Taux réduit des PME. Par défaut : 15 %.",
                en="Reduced rate of small firms. Default: 15 %.",
            ),
            kind=Kind.NUMBER,
        ),
        Param(
            "ceiling",
            "plafond",
            Text(
                fr="Bénéfice au taux réduit. Par défaut : 42 500 € ; 0 si l'entreprise n'y a pas "
                "droit.",
                en="Profit taxed at the reduced rate. Default: 42,500; 0 when not eligible.",
            ),
            kind=Kind.NUMBER,
        ),
    ],
    returns=Kind.NUMBER,
)
@blank_in_blank_out
def corporate_tax(
    profit: float, rate: float = 0.25, reduced_rate: float = 0.15, ceiling: float = 42500
) -> float:
    """The tax to the euro; 0 for a loss.

    >>> corporate_tax(100000), corporate_tax(100000, ceiling=0), corporate_tax(-5000)
    (20750.0, 25000.0, 0.0)
    """
    rate_of(rate)
    rate_of(reduced_rate, "taux_reduit", "reduced_rate")
    taxed = max(0.0, profit)
    reduced = min(taxed, not_negative(ceiling, "plafond", "ceiling"))
    return round_cents(reduced * reduced_rate + (taxed - reduced) * rate, 0)


_LABELS = Text(
    fr="Acompte|Solde|Date|Montant|Échéance",
    en="Instalment|Balance|Date|Amount|Payment",
)


@function(
    "CRM_TAX_INSTALMENTS",
    "CRM_ACOMPTES_IS",
    group="budgets",
    summary=Text(
        fr="Acomptes d'impôt sur les sociétés d'un exercice et solde : dates et montants, aucun "
        "acompte jusqu'à 3 000 € d'impôt.",
        en="Instalments of French corporate tax of a year and the balance: dates and amounts, no "
        "instalment up to 3,000 euros of tax.",
    ),
    params=[
        Param(
            "last_tax",
            "impôt_précédent",
            Text(
                fr="Impôt de l'exercice précédent, base des acomptes.",
                en="Tax of the year before, the base of the instalments.",
            ),
            Shape.ONE,
            Kind.NUMBER,
        ),
        Param(
            "closing",
            "clôture",
            Text(
                fr="Date de clôture de l'exercice dont on paie l'impôt.",
                en="Closing date of the year whose tax is paid.",
            ),
            Shape.ONE,
            Kind.DATE,
        ),
        Param(
            "tax",
            "impôt",
            Text(
                fr="Impôt de l'exercice, pour le solde. Facultatif.",
                en="Tax of the year, for the balance. Optional.",
            ),
            Shape.ONE,
            Kind.NUMBER,
        ),
    ],
)
@blank_in_blank_out
def instalments_table(
    last_tax: float, closing: date, tax: float | None = None, lang: Lang = "fr"
) -> list[list[Any]]:
    """Dates and amounts under a header; a negative balance is a refund.

    >>> for line in instalments_table(20750, date(2026, 12, 31), 24000)[1:]: print(*line)
    Acompte 1 2026-03-15 5188.0
    Acompte 2 2026-06-15 5188.0
    Acompte 3 2026-09-15 5188.0
    Acompte 4 2026-12-15 5188.0
    Solde 2027-05-15 3248.0
    """
    instalment, balance, day, amount, payment = _LABELS.in_(lang).split("|")
    paid = tax_instalments(last_tax, closing)
    rows: list[list[Any]] = [[payment, day, amount]]
    rows += [[f"{instalment} {k}", on, value] for k, (on, value) in enumerate(paid, 1)]
    if tax is not None:
        left = round_cents(tax - sum(value for _, value in paid), 0)
        rows.append([balance, balance_date(closing), left])
    return rows


def tax_instalments(last_tax: float, closing: date) -> list[tuple[date, float]]:
    """The four instalments of the year that closes on a date; none up to 3,000 euros of tax.

    >>> tax_instalments(8000, date(2026, 6, 30))[0], tax_instalments(3000, date(2026, 12, 31))
    ((datetime.date(2025, 9, 15), 2000.0), [])
    """
    if not_negative(last_tax, "impot_precedent", "last_tax") <= NO_INSTALMENT_UP_TO:
        return []
    spot = (closing.month, closing.day)
    month = next((m for low, high, m in _FIRST_INSTALMENT if low <= spot <= high), 3)
    # The first instalment is the first such date after the close of the year before.
    start = months_later(closing, -12)
    first = date(start.year, month, _DUE_DAY)
    if first <= start:
        first = months_later(first, 12)
    quarter = round_cents(last_tax / 4, 0)
    return [(months_later(first, 3 * k), quarter) for k in range(4)]


def balance_date(closing: date) -> date:
    """When the balance is due: 15 May for a closing on 31 December, else the 15th of the fourth
    month after the closing.

    >>> balance_date(date(2026, 12, 31)), balance_date(date(2026, 6, 30))
    (datetime.date(2027, 5, 15), datetime.date(2026, 10, 15))
    """
    months = 5 if (closing.month, closing.day) == (12, 31) else 4
    return months_later(closing, months).replace(day=_DUE_DAY)

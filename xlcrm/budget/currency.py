"""Amounts in foreign currency: into euros and back, and the exchange difference at payment."""

from __future__ import annotations

from xlcrm.budget.arguments import Choices, blank_in_blank_out, choice_of, positive
from xlcrm.budget.rounding import add_cents, round_cents
from xlcrm.catalogue import Kind, Param, function
from xlcrm.texts import Text

QUOTES: Choices = {
    "euro": ("1 EUR", "1 EUR", "certain", "au certain", "bce", "ecb"),
    "currency": ("1 devise", "1 unit", "incertain", "à l'incertain"),
}
SIDES: Choices = {
    "customer": ("client", "customer", "vente", "créance"),
    "supplier": ("fournisseur", "supplier", "achat", "dette"),
}

_AMOUNT = Param(
    "amount",
    "montant",
    Text(fr="Montant en devise.", en="Amount in the foreign currency."),
    kind=Kind.NUMBER,
)
_RATE = Param(
    "rate",
    "cours",
    Text(
        fr="Cours. Par défaut celui de la BCE : devises pour 1 euro.",
        en="Exchange rate. By default as the ECB quotes it: units for 1 euro.",
    ),
    kind=Kind.NUMBER,
)
_QUOTE = Param(
    "quote",
    "cotation",
    Text(
        fr="1 EUR (par défaut) : 1 euro = x devises, on divise ; 1 devise : 1 devise = x euros, "
        "on multiplie.",
        en="1 EUR (the default): 1 euro = x units, so divide; 1 unit: 1 unit = x euros, multiply.",
    ),
)


@function(
    "CRM_TO_EUROS",
    "CRM_EN_EUROS",
    group="budgets",
    summary=Text(
        fr="Convertit un montant en devise en euros ; au cours de la BCE (1 euro = x), on divise.",
        en="Converts an amount in foreign currency into euros; at the ECB's rate (1 euro = x), "
        "by division.",
    ),
    params=[_AMOUNT, _RATE, _QUOTE],
    returns=Kind.NUMBER,
)
@blank_in_blank_out
def to_euros(amount: float, rate: float, quote: str = "euro") -> float:
    """Euros to the cent; the sign stays. Raises ArgumentError for a rate that is not above 0.

    >>> to_euros(1085, 1.085), to_euros(1000, 0.92, "1 devise")
    (1000.0, 920.0)
    """
    positive(rate, "cours", "rate")
    if choice_of(quote, QUOTES, "cotation", "quote") == "euro":
        return round_cents(amount / rate)
    return round_cents(amount * rate)


@function(
    "CRM_FROM_EUROS",
    "CRM_EN_DEVISE",
    group="budgets",
    summary=Text(
        fr="Convertit un montant en euros dans une devise ; au cours de la BCE, on multiplie.",
        en="Converts an amount in euros into a foreign currency; at the ECB's rate, by "
        "multiplication.",
    ),
    params=[
        Param(
            "amount",
            "montant",
            Text(fr="Montant en euros.", en="Amount in euros."),
            kind=Kind.NUMBER,
        ),
        _RATE,
        _QUOTE,
    ],
    returns=Kind.NUMBER,
)
@blank_in_blank_out
def from_euros(amount: float, rate: float, quote: str = "euro") -> float:
    """Units of the currency, rounded to two decimals.

    >>> from_euros(1000, 1.085)
    1085.0
    """
    positive(rate, "cours", "rate")
    if choice_of(quote, QUOTES, "cotation", "quote") == "euro":
        return round_cents(amount * rate)
    return round_cents(amount / rate)


@function(
    "CRM_EXCHANGE_DIFFERENCE",
    "CRM_ECART_CHANGE",
    group="budgets",
    summary=Text(
        fr="Gain (+) ou perte (-) de change entre la facture et le règlement d'une créance ou "
        "d'une dette en devise.",
        en="Exchange gain (+) or loss (-) between invoice and payment of a receivable or a debt in "
        "foreign currency.",
    ),
    params=[
        _AMOUNT,
        Param(
            "invoice_rate",
            "cours_facture",
            Text(fr="Cours du jour de la facture.", en="Rate on the day of the invoice."),
            kind=Kind.NUMBER,
        ),
        Param(
            "payment_rate",
            "cours_règlement",
            Text(fr="Cours du jour du règlement.", en="Rate on the day of the payment."),
            kind=Kind.NUMBER,
        ),
        Param(
            "side",
            "tiers",
            Text(
                fr="client (par défaut) ou fournisseur.", en="customer (the default) or supplier."
            ),
        ),
        _QUOTE,
    ],
    returns=Kind.NUMBER,
)
@blank_in_blank_out
def exchange_difference(
    amount: float,
    invoice_rate: float,
    payment_rate: float,
    side: str = "customer",
    quote: str = "euro",
) -> float:
    """Euros at payment less euros at invoice for a customer, the reverse for a supplier.

    >>> [exchange_difference(10000, 1.10, 1.05, side) for side in ("client", "fournisseur")]
    [432.9, -432.9]
    """
    gain = add_cents(to_euros(amount, payment_rate, quote), -to_euros(amount, invoice_rate, quote))
    return gain if choice_of(side, SIDES, "tiers", "side") == "customer" else 0.0 - gain

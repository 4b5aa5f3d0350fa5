"""The slip that a bank returns for bills handed to it: days, discount, endorsement, fees, VAT, net.

Interest and endorsement bear no VAT; handling commissions do.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from xlcrm.budget.arguments import (
    blank_in_blank_out,
    not_negative,
    positive,
    rate_of,
    same_length,
    words_of,
)
from xlcrm.budget.days import BASE, DAY_RULES, interest_days
from xlcrm.budget.discounting import discount
from xlcrm.budget.rounding import add_cents, round_cents
from xlcrm.catalogue import Kind, Param, Shape, function
from xlcrm.texts import Lang, Text

_RATE = Text(fr="Taux d'escompte annuel : 8,5 % ou 0,085.", en="Rate per year: 8.5 % or 0.085.")


@dataclass(frozen=True, slots=True)
class SlipLine:
    """One bill of a slip; amounts to the cent."""

    nominal: float
    due: date
    days: int
    discount: float
    endorsement: float
    fees: float


@dataclass(frozen=True, slots=True)
class Slip:
    """A discounting slip: its bills, then the totals of the whole."""

    lines: list[SlipLine]
    nominal: float
    discount: float
    endorsement: float
    fees: float
    charges: float  # before VAT
    vat: float
    charges_with_vat: float
    net: float


@dataclass(frozen=True, slots=True)
class BankConditions:
    """What a bank charges for discounting; rates per year, fees in euros before VAT."""

    rate: float
    endorsement_rate: float = 0.0
    fee_by_bill: float = 0.0
    fee_by_slip: float = 0.0
    vat_rate: float = 0.20
    day_rule: str = "inclusive"
    least_days: int = 0
    base: float = 360
    bank_days: int = 0  # more than the day rule gives


def discount_slip(
    nominals: Sequence[float], dues: Sequence[date], on: date, bank: BankConditions
) -> Slip:
    """The slip for bills handed to the bank on a date.

    Discount and endorsement: ROUND(nominal x rate x days / base, 2) for each bill. VAT on the sum
    of the fees, once: the lines' own VAT need not sum to it. Raises ArgumentError for a bill due
    before the date, a negative nominal.

    >>> slip = discount_slip([3000], [date(2010, 3, 30)], date(2010, 1, 25), BankConditions(0.085))
    >>> slip.lines[0].days, slip.discount, slip.net
    (65, 46.04, 2953.96)
    """
    rate_of(bank.endorsement_rate, "taux d'endos", "endorsement rate")
    rate_of(bank.vat_rate, "taux de TVA", "VAT rate")
    lines = [_slip_line(n, due, on, bank) for n, due in zip(nominals, dues, strict=True)]
    fees = add_cents(*(line.fees for line in lines), round_cents(bank.fee_by_slip))
    discounts = add_cents(*(line.discount for line in lines))
    endorsement = add_cents(*(line.endorsement for line in lines))
    nominal = add_cents(*(line.nominal for line in lines))
    charges = add_cents(discounts, endorsement, fees)
    vat = round_cents(fees * bank.vat_rate)
    with_vat = add_cents(charges, vat)
    net = add_cents(nominal, -with_vat)
    return Slip(lines, nominal, discounts, endorsement, fees, charges, vat, with_vat, net)


def _slip_line(nominal: float, due: date, on: date, bank: BankConditions) -> SlipLine:
    days = max(interest_days(on, due, bank.day_rule) + bank.bank_days, bank.least_days)
    return SlipLine(
        round_cents(positive(nominal, "nominaux", "nominals")),
        due,
        days,
        discount(nominal, bank.rate, days, base=bank.base),
        discount(nominal, bank.endorsement_rate, days, base=bank.base),
        round_cents(not_negative(bank.fee_by_bill, "frais_par_effet", "fee_by_bill")),
    )


_SLIP_HEADERS = Text(
    fr="Effet|Nominal|Échéance|Jours|Escompte|Endos|Commissions HT",
    en="Bill|Face value|Due|Days|Discount|Endorsement|Fees before VAT",
)
_SLIP_TOTALS = Text(
    fr="Total|Agios HT|TVA sur commissions|Agios TTC|Net porté en compte",
    en="Total|Charges before VAT|VAT on fees|Charges with VAT|Net credited",
)


@function(
    "CRM_DISCOUNT_SLIP",
    "CRM_BORDEREAU_ESCOMPTE",
    group="budgets",
    summary=Text(
        fr="Bordereau d'escompte : jours, escompte, endos et commissions de chaque effet, agios, "
        "TVA et net porté en compte.",
        en="Discounting slip: days, discount, endorsement and fees of each bill, charges, VAT and "
        "net credited.",
    ),
    params=[
        Param(
            "nominals",
            "nominaux",
            Text(fr="Nominaux des effets.", en="Face values of the bills."),
            Shape.LIST,
            Kind.NUMBER,
        ),
        Param(
            "dues",
            "échéances",
            Text(fr="Échéances, dans le même ordre.", en="Due dates, in the same order."),
            Shape.LIST,
            Kind.DATE,
        ),
        Param(
            "on",
            "date_remise",
            Text(fr="Date de la remise à la banque.", en="Date of the negotiation."),
            Shape.ONE,
            Kind.DATE,
        ),
        Param("rate", "taux", _RATE, Shape.ONE, Kind.NUMBER),
        Param(
            "endorsement_rate",
            "taux_endos",
            Text(
                fr="Taux annuel de la commission d'endos. Par défaut : 0.",
                en="Yearly rate of the endorsement commission. Default: 0.",
            ),
            Shape.ONE,
            Kind.NUMBER,
        ),
        Param(
            "fee_by_bill",
            "frais_par_effet",
            Text(
                fr="Commission fixe HT par effet. Par défaut : 0.",
                en="Fixed fee by bill, before VAT. Default: 0.",
            ),
            Shape.ONE,
            Kind.NUMBER,
        ),
        Param(
            "vat_rate",
            "taux_tva",
            Text(
                fr="TVA sur les commissions. Par défaut : 20 %.", en="VAT on fees. Default: 20 %."
            ),
            Shape.ONE,
            Kind.NUMBER,
        ),
        Param(
            "day_rule",
            "règle_jours",
            Text(
                fr=f"Jours : {words_of(DAY_RULES).fr}. Par défaut : inclus (un jour de banque).",
                en=f"Days: {words_of(DAY_RULES).en}. Default: inclusive (one bank day).",
            ),
            Shape.ONE,
        ),
        replace(BASE, shape=Shape.ONE),
        Param(
            "bank_days",
            "jours_banque",
            Text(
                fr="Jours de banque en plus de la règle. Par défaut : 0 ; deux jours de banque : "
                "règle exact et 2.",
                en="Bank days on top of the rule. Default: 0; two bank days: rule exact, and 2.",
            ),
            Shape.ONE,
            Kind.NUMBER,
        ),
        Param(
            "least_days",
            "minimum_jours",
            Text(
                fr="Nombre minimal de jours d'agios par effet. Par défaut : 0.",
                en="Least number of days charged for a bill. Default: 0.",
            ),
            Shape.ONE,
            Kind.NUMBER,
        ),
    ],
)
@blank_in_blank_out
def slip_table(
    nominals: Sequence[float | None],
    dues: Sequence[date | None],
    on: date,
    rate: float,
    endorsement_rate: float = 0,
    fee_by_bill: float = 0,
    vat_rate: float = 0.20,
    day_rule: str = "inclusive",
    base: float = 360,
    bank_days: float = 0,
    least_days: float = 0,
    lang: Lang = "fr",
) -> list[list[Any]]:
    """The slip as a table: bills, total, charges, VAT, net.

    A bill without amount or date is left out.

    >>> slip_table([3000], [date(2010, 3, 30)], date(2010, 1, 25), 0.085)[-1]
    ['Net porté en compte', 2953.96]
    >>> slip_table([3000], [date(2010, 3, 30)], date(2010, 1, 25), 0.085, day_rule="exact",
    ...            bank_days=2)[1][3]
    66
    """
    same_length({"nominaux/nominals": nominals, "échéances/dues": dues})
    bills = [(n, d) for n, d in zip(nominals, dues, strict=True) if n is not None and d is not None]
    bank = BankConditions(
        rate=rate,
        endorsement_rate=endorsement_rate,
        fee_by_bill=fee_by_bill,
        vat_rate=vat_rate,
        day_rule=day_rule,
        least_days=int(not_negative(least_days, "minimum_jours", "least_days")),
        base=base,
        bank_days=int(not_negative(bank_days, "jours_banque", "bank_days")),
    )
    slip = discount_slip([n for n, _ in bills], [d for _, d in bills], on, bank)
    total, charges, vat, with_vat, net = _SLIP_TOTALS.in_(lang).split("|")
    return [
        _SLIP_HEADERS.in_(lang).split("|"),
        *(
            [k, line.nominal, line.due, line.days, line.discount, line.endorsement, line.fees]
            for k, line in enumerate(slip.lines, 1)
        ),
        [total, slip.nominal, None, None, slip.discount, slip.endorsement, slip.fees],
        [charges, slip.charges],
        [vat, slip.vat],
        [with_vat, slip.charges_with_vat],
        [net, slip.net],
    ]

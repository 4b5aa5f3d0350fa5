"""Discounting of bills: the discount, the present value, bills that are worth one another, rates.

Commercial discount is counted on the nominal (N x t x n / 360), rational discount on the present
value.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from xlcrm.budget.arguments import (
    Choices,
    blank_in_blank_out,
    choice_of,
    not_negative,
    positive,
    rate_of,
    same_length,
    words_of,
)
from xlcrm.budget.days import BASE, CALENDAR_BASE, interest_days
from xlcrm.budget.rounding import add_cents, round_cents
from xlcrm.catalogue import Kind, Param, Shape, function
from xlcrm.errors import ArgumentError
from xlcrm.texts import Text, shown

METHODS: Choices = {
    "commercial": ("commercial", "commercial"),
    "rational": ("rationnel", "rational"),
    "compound": ("composé", "compound", "intérêts composés"),
}
BASES: Choices = {"net": ("net", "net"), "nominal": ("nominal", "nominal")}

_NOMINAL = Param(
    "nominal",
    "nominal",
    Text(fr="Valeur nominale de l'effet, en euros.", en="Face value of the bill, in euros."),
    kind=Kind.NUMBER,
)
_RATE = Param(
    "rate",
    "taux",
    Text(fr="Taux d'escompte annuel : 8,5 % ou 0,085.", en="Rate per year: 8.5 % or 0.085."),
    kind=Kind.NUMBER,
)
_DAYS = Param(
    "days",
    "jours",
    Text(
        fr="Jours entre la négociation et l'échéance (règle de la banque comprise).",
        en="Days between the negotiation and the due date, as the bank counts them.",
    ),
    kind=Kind.NUMBER,
)
_METHOD = Param(
    "method",
    "méthode",
    Text(
        fr=f"Escompte : {words_of(METHODS).fr}. Par défaut : commercial.",
        en=f"Discount: {words_of(METHODS).en}. Default: commercial.",
    ),
)


@function(
    "CRM_DISCOUNT",
    "CRM_ESCOMPTE",
    group="budgets",
    summary=Text(
        fr="Escompte d'un effet de commerce : commercial (sur le nominal), rationnel (sur la "
        "valeur actuelle) ou à intérêts composés.",
        en="Discount of a bill: commercial (on the face value), rational (on the present value) or "
        "at compound interest.",
    ),
    params=[_NOMINAL, _RATE, _DAYS, _METHOD, BASE],
    returns=Kind.NUMBER,
)
@blank_in_blank_out
def discount(
    nominal: float, rate: float, days: float, method: str = "commercial", base: float = 360
) -> float:
    """The discount, a positive amount to the cent.

    Commercial: N t n / base. Rational: N t n / (base + t n). Compound: N (1 - (1 + t)^(-n/base)).
    Raises ArgumentError for negative days or amount, a rate typed as 8 for 8 %.

    >>> [discount(40000, 0.085, 12, method) for method in ("commercial", "rationnel", "composé")]
    [113.33, 113.01, 108.63]
    """
    not_negative(nominal, "nominal", "nominal")
    not_negative(days, "jours", "days")
    share = rate_of(rate) * days / positive(base, "base", "base")
    key = choice_of(method, METHODS, "méthode", "method")
    if key == "compound":
        return round_cents(nominal * (1 - (1 + rate) ** (-days / base)))
    if key == "rational":
        return round_cents(nominal * share / (1 + share))
    value = nominal * share
    if value > nominal:
        raise ArgumentError(
            fr="L'escompte ({value}) dépasse le nominal ({nominal}).",
            en="The discount ({value}) is more than the face value ({nominal}).",
            value=shown(value, 2),
            nominal=shown(nominal, 2),
        )
    return round_cents(value)


@function(
    "CRM_DISCOUNT_VALUE",
    "CRM_ESCOMPTE_VALEUR",
    group="budgets",
    summary=Text(
        fr="Valeur actuelle d'un effet : son nominal moins l'escompte.",
        en="Present value of a bill: its face value less the discount.",
    ),
    params=[_NOMINAL, _RATE, _DAYS, _METHOD, BASE],
    returns=Kind.NUMBER,
)
@blank_in_blank_out
def discounted_value(
    nominal: float, rate: float, days: float, method: str = "commercial", base: float = 360
) -> float:
    """The face value less the discount, to the cent.

    >>> discounted_value(40000, 0.085, 12)
    39886.67
    """
    return add_cents(round_cents(nominal), -discount(nominal, rate, days, method, base))


@function(
    "CRM_EQUIVALENT_BILL",
    "CRM_EFFET_EQUIVALENT",
    group="budgets",
    summary=Text(
        fr="Nominal de l'effet qui remplace un autre à une nouvelle échéance, à valeur actuelle "
        "égale (escompte commercial).",
        en="Face value of the bill that replaces another at a new due date, for the same present "
        "value (commercial discount).",
    ),
    params=[
        _NOMINAL,
        _RATE,
        _DAYS,
        Param(
            "new_days",
            "nouveaux_jours",
            Text(fr="Jours jusqu'à la nouvelle échéance.", en="Days to the new due date."),
            kind=Kind.NUMBER,
        ),
        BASE,
    ],
    returns=Kind.NUMBER,
)
@blank_in_blank_out
def equivalent_bill(
    nominal: float, rate: float, days: float, new_days: float, base: float = 360
) -> float:
    """N' such that N (1 - t n / base) = N' (1 - t n' / base), to the cent.

    >>> equivalent_bill(9800, 0.10, 36, 72)
    9900.0
    """
    rate_of(rate)
    not_negative(days, "jours", "days")
    not_negative(new_days, "nouveaux_jours", "new_days")
    left = 1 - rate * new_days / positive(base, "base", "base")
    if left <= 0:
        raise ArgumentError(
            fr="À {days} jour(s), l'escompte dépasse le nominal.",
            en="At {days} day(s), the discount is more than the face value.",
            days=shown(new_days),
        )
    return round_cents(nominal * (1 - rate * days / base) / left)


@function(
    "CRM_DISCOUNT_REAL_RATE",
    "CRM_ESCOMPTE_TAUX_REEL",
    group="budgets",
    summary=Text(
        fr="Taux réel annuel d'un escompte : agios rapportés au net reçu (taux de revient) ou au "
        "nominal, sur la durée.",
        en="Real rate per year of a discount: charges over the net received or over the face "
        "value, for the time it ran.",
    ),
    params=[
        _NOMINAL,
        Param(
            "charges",
            "agios",
            Text(
                fr="Agios retenus par la banque, en euros.",
                en="Charges kept by the bank, in euros.",
            ),
            kind=Kind.NUMBER,
        ),
        _DAYS,
        CALENDAR_BASE,
        Param(
            "on",
            "rapporté_à",
            Text(
                fr="net (par défaut) ou nominal.",
                en="net (the default) or nominal.",
            ),
        ),
    ],
    returns=Kind.NUMBER,
)
@blank_in_blank_out
def discount_real_rate(
    nominal: float, charges: float, days: float, base: float = 365, on: str = "net"
) -> float:
    """charges / (net or nominal) x base / days, rounded to 1e-6; not compounded.

    Raises ArgumentError for 0 days, or charges that eat up the bill.

    >>> discount_real_rate(10000, 150, 60), discount_real_rate(10000, 150, 60, on="nominal")
    (0.09264, 0.09125)
    """
    positive(nominal, "nominal", "nominal")
    positive(days, "jours", "days")
    not_negative(charges, "agios", "charges")
    if charges >= nominal:
        raise ArgumentError(
            fr="Agios de {charges} € pour un nominal de {nominal} € : il ne reste rien.",
            en="Charges of {charges} euros on a bill of {nominal}: nothing is left.",
            charges=shown(charges),
            nominal=shown(nominal),
        )
    held = nominal if choice_of(on, BASES, "rapporté_à", "on") == "nominal" else nominal - charges
    return round_cents(charges / held * base / days, 6)


@function(
    "CRM_AVERAGE_DUE_DATE",
    "CRM_ECHEANCE_MOYENNE",
    group="budgets",
    summary=Text(
        fr="Échéance moyenne : la date à laquelle un seul effet, de la somme des nominaux, "
        "les vaut tous.",
        en="Average due date of bills: the date on which one bill, of the sum of the face values, "
        "is worth them all.",
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
            "echeances",
            Text(fr="Échéances, dans le même ordre.", en="Due dates, in the same order."),
            Shape.LIST,
            Kind.DATE,
        ),
    ],
    returns=Kind.DATE,
)
@blank_in_blank_out
def average_due_date(nominals: Sequence[float | None], dues: Sequence[date | None]) -> date | None:
    """The due dates weighted by the face values, to the nearest day; blanks are left out.

    >>> average_due_date([1000, 3000], [date(2026, 3, 1), date(2026, 3, 9)])
    datetime.date(2026, 3, 7)
    """
    same_length({"nominaux/nominals": nominals, "échéances/dues": dues})
    bills = [(n, d) for n, d in zip(nominals, dues, strict=True) if n is not None and d is not None]
    total = sum(positive(n, "nominaux", "nominals") for n, _ in bills)
    if not bills:
        return None
    days = sum(n * d.toordinal() for n, d in bills) / total
    return date.fromordinal(int(round_cents(days, 0)))


@function(
    "CRM_REPLACING_BILL",
    "CRM_EFFET_UNIQUE",
    group="budgets",
    summary=Text(
        fr="Nominal de l'effet unique qui remplace plusieurs effets à une échéance choisie, à "
        "valeur actuelle égale (escompte commercial).",
        en="Face value of the one bill that replaces several at a chosen due date, for the same "
        "present value (commercial discount).",
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
            "echeances",
            Text(fr="Échéances, dans le même ordre.", en="Due dates, in the same order."),
            Shape.LIST,
            Kind.DATE,
        ),
        Param("rate", "taux", _RATE.help, Shape.ONE, Kind.NUMBER),
        Param(
            "on",
            "date_equivalence",
            Text(fr="Date de l'équivalence.", en="Date of the equivalence."),
            Shape.ONE,
            Kind.DATE,
        ),
        Param(
            "due",
            "nouvelle_echeance",
            Text(fr="Échéance de l'effet unique.", en="Due date of the one bill."),
            Shape.ONE,
            Kind.DATE,
        ),
        replace(BASE, shape=Shape.ONE),
    ],
    returns=Kind.NUMBER,
)
@blank_in_blank_out
def replacing_bill(
    nominals: Sequence[float | None],
    dues: Sequence[date | None],
    rate: float,
    on: date,
    due: date,
    base: float = 360,
) -> float | None:
    """The sum of N (1 - t n / base), over 1 - t n' / base, to the cent; exact days.

    Raises ArgumentError for a bill due before the date of the equivalence.

    >>> replacing_bill([1000], [date(2026, 2, 1)], 0.12, date(2026, 1, 1), date(2026, 3, 2))
    1009.86
    """
    same_length({"nominaux/nominals": nominals, "échéances/dues": dues})
    bills = [(n, d) for n, d in zip(nominals, dues, strict=True) if n is not None and d is not None]
    if not bills:
        return None
    year = positive(base, "base", "base")
    worth = sum(n * (1 - rate_of(rate) * interest_days(on, d) / year) for n, d in bills)
    left = 1 - rate * interest_days(on, due) / year
    if left <= 0:
        raise ArgumentError(
            fr="À la nouvelle échéance, l'escompte dépasse le nominal.",
            en="At the new due date, the discount is more than the face value.",
        )
    return round_cents(worth / left)


@function(
    "CRM_CASH_DISCOUNT_RATE",
    "CRM_ESCOMPTE_REGLEMENT_TAUX",
    group="budgets",
    summary=Text(
        fr="Taux annuel d'un escompte de règlement : ce que rapporte de payer plus tôt (2 % pour "
        "30 jours : 24,8 %).",
        en="Yearly rate of a cash discount: what paying earlier brings (2 % for 30 days: 24.8 %).",
    ),
    params=[
        Param(
            "discount",
            "escompte",
            Text(fr="Escompte accordé : 2 %.", en="Discount granted: 2 %."),
            kind=Kind.NUMBER,
        ),
        Param(
            "days",
            "jours",
            Text(fr="Jours de paiement gagnés.", en="Days by which payment comes earlier."),
            kind=Kind.NUMBER,
        ),
        CALENDAR_BASE,
    ],
    returns=Kind.NUMBER,
)
@blank_in_blank_out
def cash_discount_rate(discount: float, days: float, base: float = 365) -> float:
    """discount / (1 - discount) x base / days, rounded to 1e-6; not compounded.

    >>> cash_discount_rate(0.02, 30)
    0.248299
    """
    share = rate_of(discount, "escompte", "discount")
    length = positive(days, "jours", "days")
    return round_cents(share / (1 - share) * positive(base, "base", "base") / length, 6)

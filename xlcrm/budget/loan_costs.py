"""What a loan costs: interest, fees and insurance in euros, and as one effective rate."""

from __future__ import annotations

from xlcrm.budget.arguments import blank_in_blank_out, not_negative
from xlcrm.budget.cashflows import internal_rate
from xlcrm.budget.loans import (
    AMOUNT,
    FREQUENCY,
    MODE,
    PERIODS,
    RATE,
    loan_schedule,
    periods_a_year,
    yearly_rate,
)
from xlcrm.budget.rounding import add_cents, round_cents
from xlcrm.catalogue import Kind, Param, function
from xlcrm.errors import ArgumentError
from xlcrm.texts import Text, shown

_FEES = Param(
    "fees",
    "frais",
    Text(
        fr="Frais payés au départ (dossier, garantie), en euros. Par défaut : 0.",
        en="Fees paid at the start (file, guarantee), in euros. Default: 0.",
    ),
    kind=Kind.NUMBER,
)
_INSURANCE = Param(
    "insurance",
    "assurance",
    Text(
        fr="Assurance payée à chaque échéance, en euros. Par défaut : 0.",
        en="Insurance paid with each instalment, in euros. Default: 0.",
    ),
    kind=Kind.NUMBER,
)


@function(
    "CRM_LOAN_COST",
    "CRM_EMPRUNT_COUT",
    group="budgets",
    summary=Text(
        fr="Coût total d'un emprunt : intérêts, frais et assurance.",
        en="Total cost of a loan: interest, fees and insurance.",
    ),
    params=[AMOUNT, RATE, PERIODS, FREQUENCY, MODE, _FEES, _INSURANCE],
    returns=Kind.NUMBER,
)
@blank_in_blank_out
def loan_cost(
    amount: float,
    rate: float,
    periods: float,
    frequency: str = "12",
    mode: str = "level",
    fees: float = 0,
    insurance: float = 0,
) -> float:
    """What a loan costs over its life, beyond the amount borrowed.

    >>> loan_cost(21400, 0.0985, 4, "an"), loan_cost(21400, 0.0985, 4, "an", fees=150)
    (5516.68, 5666.68)
    """
    not_negative(fees, "frais", "fees")
    not_negative(insurance, "assurance", "insurance")
    lines = loan_schedule(amount, rate, periods, frequency, mode)
    interest = add_cents(*(line.interest for line in lines))
    return add_cents(interest, round_cents(fees), len(lines) * round_cents(insurance))


@function(
    "CRM_LOAN_EFFECTIVE_RATE",
    "CRM_EMPRUNT_TAUX_EFFECTIF",
    group="budgets",
    summary=Text(
        fr="Taux effectif global d'un crédit, frais et assurance compris (TAEG, ou TEG "
        "proportionnel).",
        en="Effective rate of a loan, fees and insurance included (APR, or proportional rate).",
    ),
    params=[
        AMOUNT,
        RATE,
        PERIODS,
        FREQUENCY,
        MODE,
        _FEES,
        _INSURANCE,
        Param(
            "method",
            "méthode",
            Text(
                fr="actuariel (TAEG, par défaut) ou proportionnel (TEG des professionnels).",
                en="actuarial (APR, the default) or proportional (for firms).",
            ),
        ),
    ],
    returns=Kind.NUMBER,
)
@blank_in_blank_out
def effective_rate(
    amount: float,
    rate: float,
    periods: float,
    frequency: str = "12",
    mode: str = "level",
    fees: float = 0,
    insurance: float = 0,
    method: str = "actuarial",
) -> float:
    """The yearly rate at which all that is paid is worth all that is received, rounded to 1e-6.

    Actuarial: (1 + i)^periods a year - 1, as the consumer's TAEG (directive 2008/48/EC).
    Proportional: i x periods a year, as the TEG of loans to firms (article R314-2 of the Code de
    la consommation). Raises ArgumentError when the fees eat up the loan.

    >>> effective_rate(10000, 0.06, 48), effective_rate(10000, 0.06, 48, fees=150, insurance=3)
    (0.061677, 0.076905)
    """
    not_negative(fees, "frais", "fees")
    not_negative(insurance, "assurance", "insurance")
    if fees >= amount:
        raise ArgumentError(
            fr="Frais de {fees} € pour {amount} € empruntés : il ne reste rien du crédit.",
            en="Fees of {fees} euros for {amount} borrowed: nothing of the loan is left.",
            fees=shown(fees),
            amount=shown(amount),
        )
    lines = loan_schedule(amount, rate, periods, frequency, mode)
    paid = [-add_cents(line.payment, round_cents(insurance)) for line in lines]
    i = internal_rate([amount - round_cents(fees), *paid])
    return yearly_rate(0.0 if i is None else i, periods_a_year(frequency), method)

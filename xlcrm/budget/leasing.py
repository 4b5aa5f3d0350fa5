"""Leasing with an option to buy: what it is worth now, its rate, and a loan compared with it."""

from __future__ import annotations

from xlcrm.budget.arguments import blank_in_blank_out, count_of, not_negative, positive
from xlcrm.budget.cashflows import internal_rate, present_value
from xlcrm.budget.loans import period_rate, periods_a_year, yearly_rate
from xlcrm.budget.rounding import round_cents
from xlcrm.catalogue import Kind, Param, function
from xlcrm.errors import ArgumentError
from xlcrm.texts import Text, shown

_RENT = Param(
    "rent",
    "loyer",
    Text(fr="Loyer d'une période, en euros.", en="Rent of one period, in euros."),
    kind=Kind.NUMBER,
)
_PERIODS = Param(
    "periods",
    "loyers",
    Text(fr="Nombre de loyers.", en="Number of rents."),
    kind=Kind.NUMBER,
)
_OPTION = Param(
    "option",
    "option_achat",
    Text(
        fr="Option d'achat payée à la fin. Par défaut : 0.",
        en="Price of the option to buy, paid at the end. Default: 0.",
    ),
    kind=Kind.NUMBER,
)
_ADVANCE = Param(
    "in_advance",
    "terme_à_échoir",
    Text(
        fr="VRAI si le loyer se paie en début de période (par défaut), FAUX à la fin.",
        en="TRUE when the rent is paid at the start of the period (the default), FALSE at its end.",
    ),
    kind=Kind.FLAG,
)
_FREQUENCY = Param(
    "frequency",
    "périodicité",
    Text(
        fr="Périodicité des loyers : mois (par défaut), trimestre, semestre, an.",
        en="Frequency of the rents: month (the default), quarter, half-year, year.",
    ),
)
_FIRST = Param(
    "first_rent",
    "premier_loyer",
    Text(
        fr="Premier loyer majoré, s'il diffère. Par défaut : comme les autres.",
        en="First rent when it is raised. Default: as the others.",
    ),
    kind=Kind.NUMBER,
)


def lease_flows(
    rent: float,
    periods: float,
    option: float = 0.0,
    in_advance: bool = True,
    first_rent: float | None = None,
) -> list[float]:
    """What is paid at each period from now on, as positive amounts; the option at the very end.

    >>> lease_flows(100, 3, 50), lease_flows(100, 3, 50, in_advance=False)
    ([100, 100, 100, 50.0], [0.0, 100, 100, 150])
    """
    count = count_of(periods, "loyers", "periods")
    positive(rent, "loyer", "rent")
    rents = [rent] * count
    if first_rent is not None:
        rents[0] = not_negative(first_rent, "premier loyer", "first rent")
    flows = [*rents, 0.0] if in_advance else [0.0, *rents]
    flows[-1] += not_negative(option, "option d'achat", "option")
    return flows


@function(
    "CRM_LEASE_VALUE",
    "CRM_CREDITBAIL_VALEUR",
    group="budgets",
    summary=Text(
        fr="Valeur actuelle d'un crédit-bail ou d'une location avec option d'achat : loyers et "
        "option, au taux annuel actuariel donné.",
        en="Present value of a lease with an option to buy: rents and option, at a given actuarial "
        "rate per year.",
    ),
    params=[
        _RENT,
        _PERIODS,
        Param(
            "rate",
            "taux",
            Text(fr="Taux annuel actuariel : 15 %.", en="Actuarial rate per year: 15 %."),
            kind=Kind.NUMBER,
        ),
        _OPTION,
        _ADVANCE,
        _FREQUENCY,
        _FIRST,
    ],
    returns=Kind.NUMBER,
)
@blank_in_blank_out
def lease_value(
    rent: float,
    periods: float,
    rate: float,
    option: float = 0.0,
    in_advance: bool = True,
    frequency: str = "12",
    first_rent: float | None = None,
) -> float:
    """The value now of all that is paid, to the cent.

    >>> lease_value(550, 48, 0.15466, 2140)
    21399.97
    """
    flows = lease_flows(rent, periods, option, in_advance, first_rent)
    return round_cents(present_value(flows, period_rate(rate, frequency, "actuarial")))


@function(
    "CRM_LEASE_RATE",
    "CRM_CREDITBAIL_TAUX",
    group="budgets",
    summary=Text(
        fr="Taux annuel équivalent d'un crédit-bail : celui d'un emprunt du même prix qui "
        "coûterait autant.",
        en="Equivalent rate per year of a lease: that of a loan of the same price that would cost "
        "as much.",
    ),
    params=[
        Param(
            "price",
            "prix",
            Text(fr="Prix comptant du bien.", en="Cash price of the asset."),
            kind=Kind.NUMBER,
        ),
        _RENT,
        _PERIODS,
        _OPTION,
        _ADVANCE,
        _FREQUENCY,
        _FIRST,
        Param(
            "method",
            "méthode",
            Text(
                fr="actuariel (par défaut) ou proportionnel.",
                en="actuarial (the default) or proportional.",
            ),
        ),
    ],
    returns=Kind.NUMBER,
)
@blank_in_blank_out
def lease_rate(
    price: float,
    rent: float,
    periods: float,
    option: float = 0.0,
    in_advance: bool = True,
    frequency: str = "12",
    first_rent: float | None = None,
    method: str = "actuarial",
) -> float | None:
    """The yearly rate at which rents and option are worth the price, rounded to 1e-6.

    None where there is no such rate (all is paid on the first day). Raises ArgumentError when what
    is paid does not reach the price.

    >>> lease_rate(21400, 550, 48, 2140)
    0.154659
    """
    flows = lease_flows(rent, periods, option, in_advance, first_rent)
    if sum(flows) < positive(price, "prix", "price"):
        raise ArgumentError(
            fr="Loyers et option ({paid} €) n'atteignent pas le prix ({price} €).",
            en="Rents and option ({paid} euros) do not reach the price ({price}).",
            paid=shown(sum(flows), 2),
            price=shown(price, 2),
        )
    i = internal_rate([price - flows[0], *(-flow for flow in flows[1:])])
    return None if i is None else yearly_rate(i, periods_a_year(frequency), method)

"""Lifetime models: BG/NBD (how often, and still a customer?), Gamma-Gamma (how much), sBG
(how many stay). Fitted by maximum likelihood.

Time has one unit of the user's choice (weeks, say). A customer's frequency is the number of
*repeat* purchases, the recency is the time from the first purchase to the last one, the age is
the time from the first purchase to the end of the observation.

Sources: Fader, Hardie, Lee 2005, Marketing Science 24(2), for BG/NBD, and note 004 of the same
for the conditional expectation; Fader, Hardie 2013, note 025, for Gamma-Gamma; Fader, Hardie
2007, Journal of Interactive Marketing 21(1), for sBG.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from xlcrm.catalogue import Kind, Param, Shape, function
from xlcrm.errors import ArgumentError
from xlcrm.texts import Text, listed, shown

if TYPE_CHECKING:
    import numpy as np

Numbers = Sequence[float | None]


def _list(name: str, fr_name: str, fr: str, en: str) -> Param:
    return Param(name, fr_name, Text(fr=fr, en=en), Shape.LIST, Kind.NUMBER)


def _each(name: str, fr_name: str, fr: str, en: str) -> Param:
    return Param(name, fr_name, Text(fr=fr, en=en), kind=Kind.NUMBER)


_FREQUENCY = ("Nombre de réachats (achats - 1).", "Number of repeat purchases (purchases - 1).")
_RECENCY = (
    "Temps du premier au dernier achat (0 sans réachat).",
    "Time from the first to the last purchase (0 without repeat).",
)
_AGE = (
    "Temps du premier achat à la fin de l'observation.",
    "Time from the first purchase to the end of the observation.",
)
_BGNBD = _list(
    "parameters",
    "paramètres",
    "Les quatre cellules de CRM_BGNBD : r, alpha, a, b.",
    "The four cells of CRM_BGNBD: r, alpha, a, b.",
)
_CUSTOMER = (
    _each("frequency", "fréquence", *_FREQUENCY),
    _each("recency", "récence", *_RECENCY),
    _each("age", "ancienneté", *_AGE),
)


@function(
    "CRM_BGNBD",
    "CRM_BGNBD",
    group="customers",
    summary=Text(
        fr="Ajuste le modèle BG/NBD aux clients et donne r, alpha, a, b sur quatre cellules : il "
        "dit combien chacun rachètera et s'il est encore client.",
        en="Fits the BG/NBD model to the customers and gives r, alpha, a, b in four cells: it "
        "tells how much each will buy again, and who is still a customer.",
    ),
    params=[
        _list("frequency", "fréquence", *_FREQUENCY),
        _list("recency", "récence", *_RECENCY),
        _list("age", "ancienneté", *_AGE),
    ],
    returns=Kind.NUMBER,
)
def fit_bgnbd(frequency: Numbers, recency: Numbers, age: Numbers) -> list[float]:
    """[r, alpha, a, b]. Customers with a blank are left out. Raises ArgumentError for lists of
    different lengths, fewer than 10 customers, or times that contradict each other.

    >>> customers = [(2, 12.43, 36.29), (0, 0, 35.29), (2, 25.14, 30.0), (6, 26.14, 31.0),
    ...     (0, 0, 37.86), (7, 28.57, 29.43), (0, 0, 29.0), (0, 0, 32.43), (1, 6.0, 35.0),
    ...     (1, 8.29, 31.0), (0, 0, 34.0), (1, 0.14, 27.86), (1, 34.29, 35.29), (3, 8.57, 32.86)]
    >>> [round(v, 1) for v in fit_bgnbd(*zip(*customers))]
    [0.6, 6.0, 0.5, 1.3]
    """
    import numpy as np

    x, t_x, end = _complete([frequency, recency, age], 10)
    if ((x < 0) | (t_x < 0) | (t_x > end) | ((x == 0) & (t_x > 0)) | (end <= 0)).any():
        raise ArgumentError(
            fr="Chaque client doit vérifier 0 <= récence <= ancienneté, et récence 0 sans réachat.",
            en="Each customer must satisfy 0 <= recency <= age, and recency 0 without repeat.",
        )
    scale = float(np.max(end))
    r, alpha, a, b = _maximise(lambda p: _bgnbd_loss(p, x, t_x / scale, end / scale), 4)
    return [r, alpha * scale, a, b]


def _bgnbd_loss(p: np.ndarray, x: np.ndarray, t_x: np.ndarray, end: np.ndarray) -> float:
    import numpy as np
    from scipy.special import betaln, gammaln

    r, alpha, a, b = p
    common = gammaln(r + x) - gammaln(r) + r * np.log(alpha)
    alive = betaln(a, b + x) - betaln(a, b) - (r + x) * np.log(alpha + end)
    later = np.maximum(x, 1) - 1
    lost = betaln(a + 1, b + later) - betaln(a, b) - (r + x) * np.log(alpha + t_x)
    return -float(np.mean(common + np.where(x > 0, np.logaddexp(alive, lost), alive)))


@function(
    "CRM_EXPECTED_PURCHASES",
    "CRM_ACHATS_PREVUS",
    group="customers",
    summary=Text(
        fr="Nombre d'achats attendus d'un client sur une durée à venir, par le modèle BG/NBD.",
        en="Number of purchases expected of a customer over a time to come, by the BG/NBD model.",
    ),
    params=[
        _BGNBD,
        _each("horizon", "durée", "Durée à venir, dans la même unité.", "Time to come."),
        *_CUSTOMER,
    ],
    returns=Kind.NUMBER,
)
def expected_purchases(
    parameters: Numbers,
    horizon: float | None,
    frequency: float | None,
    recency: float | None,
    age: float | None,
) -> float | None:
    """The conditional expectation; blank where the customer has a blank.

    >>> round(expected_purchases([0.243, 4.414, 0.793, 2.426], 39, 2, 30.43, 38.86), 2)
    1.23
    """
    if horizon is None or frequency is None or recency is None or age is None:
        return None
    from scipy.special import hyp2f1

    r, alpha, a, b = _four(parameters)
    x, t_x, end, t = frequency, recency, age, horizon
    power = ((alpha + end) / (alpha + end + t)) ** (r + x)
    series = float(hyp2f1(r + x, b + x, a + b + x - 1, t / (alpha + end + t)))
    bought = (a + b + x - 1) / (a - 1) * (1 - power * series)
    return bought * _alive(r, alpha, a, b, x, t_x, end)


@function(
    "CRM_STILL_CUSTOMER",
    "CRM_PROBA_CLIENT_ACTIF",
    group="customers",
    summary=Text(
        fr="Probabilité qu'un client soit encore actif, par le modèle BG/NBD.",
        en="Probability that a customer is still active, by the BG/NBD model.",
    ),
    params=[_BGNBD, *_CUSTOMER],
    returns=Kind.NUMBER,
)
def still_customer(
    parameters: Numbers, frequency: float | None, recency: float | None, age: float | None
) -> float | None:
    """A share; 1 for a customer without repeat, whom the model cannot lose yet.

    >>> round(still_customer([0.243, 4.414, 0.793, 2.426], 2, 30.43, 38.86), 3)
    0.727
    """
    if frequency is None or recency is None or age is None:
        return None
    r, alpha, a, b = _four(parameters)
    return _alive(r, alpha, a, b, frequency, recency, age)


def _alive(r: float, alpha: float, a: float, b: float, x: float, t_x: float, end: float) -> float:
    if x == 0:
        return 1.0
    return 1 / (1 + a / (b + x - 1) * ((alpha + end) / (alpha + t_x)) ** (r + x))


def expected_repeat(parameters: Numbers, time: float) -> float:
    """Repeat purchases expected of a new customer over a time.

    >>> round(expected_repeat([0.243, 4.414, 0.793, 2.426], 78), 3)
    1.861
    """
    from scipy.special import hyp2f1

    r, alpha, a, b = _four(parameters)
    power = (alpha / (alpha + time)) ** r
    series = float(hyp2f1(r, b, a + b - 1, time / (alpha + time)))
    return (a + b - 1) / (a - 1) * (1 - power * series)


def purchase_probability(parameters: Numbers, time: float, count: int) -> float:
    """The probability that a new customer makes exactly `count` repeat purchases in a time.

    >>> round(purchase_probability([0.243, 4.414, 0.793, 2.426], 39, 0), 4)
    0.5738
    """
    from scipy.special import betaln, gammaln

    r, alpha, a, b = _four(parameters)

    def arrivals(j: int) -> float:
        log = gammaln(r + j) - gammaln(r) - gammaln(j + 1) + r * math.log(alpha / (alpha + time))
        return float(math.exp(log + j * math.log(time / (alpha + time))))

    alive = math.exp(betaln(a, b + count) - betaln(a, b)) * arrivals(count)
    if count == 0:
        return alive
    lost = math.exp(betaln(a + 1, b + count - 1) - betaln(a, b))
    return alive + lost * (1 - sum(arrivals(j) for j in range(count)))


@function(
    "CRM_GAMMA_GAMMA",
    "CRM_GAMMA_GAMMA",
    group="customers",
    summary=Text(
        fr="Ajuste le modèle Gamma-Gamma aux clients qui ont racheté et donne p, q, v sur trois "
        "cellules : il dit le panier à attendre de chacun.",
        en="Fits the Gamma-Gamma model to the customers who bought again and gives p, q, v in "
        "three cells: it tells the basket to expect of each.",
    ),
    params=[
        _list("frequency", "fréquence", *_FREQUENCY),
        _list(
            "average",
            "panier",
            "Panier moyen des réachats.",
            "Average basket of the repeat purchases.",
        ),
    ],
    returns=Kind.NUMBER,
)
def fit_gamma_gamma(frequency: Numbers, average: Numbers) -> list[float]:
    """[p, q, v]; only customers with a repeat purchase and a positive basket count. Raises
    ArgumentError for lists of different lengths or fewer than 10 such customers.

    >>> repeats = [2, 1, 7, 1, 2, 5, 10, 1, 3, 3, 2, 1]
    >>> baskets = [22.35, 11.77, 73.74, 11.77, 25.55, 14.2, 45.1, 30.0, 18.9, 26.4, 60.2, 9.9]
    >>> [round(v) for v in fit_gamma_gamma(repeats, baskets)]
    [10, 4, 8]
    """
    if len(frequency) != len(average):
        raise _lengths(len(frequency), len(average))
    again = [(x, m) for x, m in zip(frequency, average, strict=True) if x and m and x > 0 and m > 0]
    x, m = _complete([[x for x, _ in again], [m for _, m in again]], 10)
    scale = math.fsum(m) / len(m)
    p, q, v = _maximise(lambda params: _gamma_gamma_loss(params, x, m / scale), 3)
    return [p, q, v * scale]


def _gamma_gamma_loss(params: np.ndarray, x: np.ndarray, m: np.ndarray) -> float:
    import numpy as np
    from scipy.special import gammaln

    p, q, v = params
    log = gammaln(p * x + q) - gammaln(p * x) - gammaln(q) + q * np.log(v)
    log = log + (p * x - 1) * np.log(m) + p * x * np.log(x)
    return -float(np.mean(log - (p * x + q) * np.log(x * m + v)))


@function(
    "CRM_EXPECTED_BASKET",
    "CRM_PANIER_PREVU",
    group="customers",
    summary=Text(
        fr="Panier à attendre d'un client, par le modèle Gamma-Gamma : entre le sien et celui de "
        "tous, d'autant plus le sien qu'il a souvent racheté.",
        en="Basket to expect of a customer, by the Gamma-Gamma model: between his own and that of "
        "all, the more his own the more often he bought.",
    ),
    params=[
        _list(
            "parameters",
            "paramètres",
            "Les trois cellules de CRM_GAMMA_GAMMA : p, q, v.",
            "The three cells of CRM_GAMMA_GAMMA: p, q, v.",
        ),
        _each("frequency", "fréquence", *_FREQUENCY),
        _each("average", "panier", "Panier moyen du client.", "Average basket of the customer."),
    ],
    returns=Kind.NUMBER,
)
def expected_basket(
    parameters: Numbers, frequency: float | None, average: float | None
) -> float | None:
    """Euros; a customer without repeat is worth the mean of all. Blank for a blank frequency, or
    where q <= 1, whose mean is infinite.

    >>> round(expected_basket([6.25, 3.74, 15.44], 2, 22.35), 1)
    24.7
    """
    p, q, v = _parameters(parameters, "CRM_GAMMA_GAMMA", 3)
    if frequency is None or (frequency > 0 and average is None) or p * frequency + q <= 1:
        return None
    return p * (v + frequency * (average or 0.0)) / (p * frequency + q - 1)


@function(
    "CRM_SBG",
    "CRM_SBG",
    group="customers",
    summary=Text(
        fr="Ajuste le modèle sBG aux clients restants période après période (abonnements) et donne "
        "alpha, bêta sur deux cellules.",
        en="Fits the sBG model to the customers who stay period after period (subscriptions) and "
        "gives alpha, beta in two cells.",
    ),
    params=[
        _list(
            "survivors",
            "restants",
            "Clients au départ, puis restants à chaque période.",
            "Customers at the start, then those left at each period.",
        )
    ],
    returns=Kind.NUMBER,
)
def fit_sbg(survivors: Numbers) -> list[float]:
    """[alpha, beta]. Raises ArgumentError for fewer than 3 counts, or counts that rise, are
    negative or nothing from the start.

    >>> highend = [1000, 869, 743, 653, 593, 551, 517, 491]
    >>> [round(v, 3) for v in fit_sbg(highend)]
    [0.668, 3.806]
    """
    import numpy as np
    from scipy.special import betaln

    counts = np.array([value for value in survivors if value is not None], dtype="float64")
    if len(counts) < 3 or (np.diff(counts) > 0).any() or not counts[0] > 0 <= counts[-1]:
        raise ArgumentError(
            fr="Il faut au moins 3 effectifs, le premier positif, qui ne remontent jamais.",
            en="At least 3 counts are needed, the first above 0, and they never rise.",
        )
    lost = -np.diff(counts)
    t = np.arange(1, len(counts))

    def loss(p: np.ndarray) -> float:
        alpha, beta = p
        gone = betaln(alpha + 1, beta + t - 1) - betaln(alpha, beta)
        left = betaln(alpha, beta + t[-1]) - betaln(alpha, beta)
        return -float(lost @ gone + counts[-1] * left) / float(counts[0])

    return _maximise(loss, 2)


@function(
    "CRM_SBG_SURVIVAL",
    "CRM_SBG_SURVIE",
    group="customers",
    summary=Text(
        fr="Part des clients encore là après un nombre de périodes, par le modèle sBG.",
        en="Share of the customers still there after a number of periods, by the sBG model.",
    ),
    params=[
        _list(
            "parameters",
            "paramètres",
            "Les deux cellules de CRM_SBG : alpha, bêta.",
            "The two cells of CRM_SBG: alpha, beta.",
        ),
        _each("periods", "périodes", "Nombre de périodes.", "Number of periods."),
    ],
    returns=Kind.NUMBER,
)
def sbg_survival(parameters: Numbers, periods: float | None) -> float | None:
    """A share: beta(alpha, beta + t) / beta(alpha, beta).

    >>> round(sbg_survival([0.668, 3.806], 12), 3)
    0.378
    """
    alpha, beta = _parameters(parameters, "CRM_SBG", 2)
    if periods is None or periods < 0:
        return None
    log = math.lgamma(beta + periods) + math.lgamma(alpha + beta)
    return math.exp(log - math.lgamma(alpha + beta + periods) - math.lgamma(beta))


def _maximise(loss: Callable[[Any], float], count: int) -> list[float]:
    """The positive parameters of the least loss: a search without derivatives, then with."""
    import numpy as np
    from scipy.optimize import minimize

    def of_logs(logs: Any) -> float:
        return loss(np.exp(np.clip(logs, -20, 20)))

    within = {"maxfev": 4000, "fatol": 1e-10}  # five times what customers have ever taken
    with np.errstate(all="ignore"):
        rough = minimize(of_logs, np.zeros(count), method="Nelder-Mead", options=within)
        fine = minimize(of_logs, rough.x, method="BFGS")
    best = fine if fine.fun <= rough.fun else rough
    if np.abs(best.x).max() > 15 or not np.isfinite(best.fun):
        raise ArgumentError(
            fr="Le modèle ne converge pas sur ces clients : ils sont trop peu ou trop semblables.",
            en="The model does not converge on these customers: too few, or too alike.",
        )
    return [float(value) for value in np.exp(best.x)]


def _complete(columns: Sequence[Numbers], least: int) -> list[np.ndarray]:
    """The columns as arrays, without the customers who have a blank."""
    import numpy as np

    if len({len(column) for column in columns}) > 1:
        raise _lengths(*(len(column) for column in columns))
    rows = [row for row in zip(*columns, strict=True) if all(v is not None for v in row)]
    if len(rows) < least:
        raise ArgumentError(
            fr="Il faut au moins {least} clients pour ce modèle ; il y en a {n}.",
            en="This model needs at least {least} customers; there are {n}.",
            least=least,
            n=len(rows),
        )
    return list(np.array(rows, dtype="float64").T)


def _four(parameters: Numbers) -> list[float]:
    return _parameters(parameters, "CRM_BGNBD", 4)


def _parameters(parameters: Numbers, name: str, wanted: int) -> list[float]:
    known = [value for value in parameters if value is not None]
    if len(known) == wanted and min(known) > 0:
        return known
    raise ArgumentError(
        fr="Les paramètres sont les {wanted} cellules de {name}, positives ; il y a : {given}.",
        en="The parameters are the {wanted} cells of {name}, above 0; there are: {given}.",
        wanted=wanted,
        name=name,
        given=Text(
            fr=listed([shown(v) for v in known]),
            en=listed([shown(v).en for v in known], "en"),
        ),
    )


def _lengths(*lengths: int) -> ArgumentError:
    return ArgumentError(
        fr="Les plages n'ont pas la même longueur : {lengths}.",
        en="The ranges do not have the same length: {lengths}.",
        lengths=", ".join(map(str, lengths)),
    )

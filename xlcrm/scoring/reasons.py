"""Why a customer has this score: one sentence with the three measures, bands and notes."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from xlcrm.scoring.bands import Bands
from xlcrm.scoring.grids import Grid, check_classes
from xlcrm.scoring.wording import MONTHS, NO_UNIT, number_text
from xlcrm.texts import Lang

if TYPE_CHECKING:
    import pandas as pd

_WORDS = {
    "fr": {
        "never": "Aucun achat connu",
        "new": "Dernier achat il y a moins d’un mois",
        "last": "Dernier achat il y a {months}",
        "over": "Dernier achat il y a un peu plus de {months}",
        "total": "Total {score} : {label}.",
        "band": " ({band} : {points})",
        "none": "Non noté : il manque la récence, la fréquence ou le panier.",
        "outside": "Aucun achat dans la période : toutes les notes à 0.",
    },
    "en": {
        "never": "No known purchase",
        "new": "Last purchase less than a month ago",
        "last": "Last purchase {months} ago",
        "over": "Last purchase just over {months} ago",
        "total": "Total {score}: {label}.",
        "band": " ({band}: {points})",
        "none": "Not scored: recency, frequency or basket is missing.",
        "outside": "No purchase in the period: every note is 0.",
    },
}


def rfm_reasons(scores: pd.DataFrame, grid: Grid, lang: Lang = "fr") -> list[str]:
    """The sentence of each row of an RFM table (see xlcrm.scoring.rfm).

    Equal parts are worded once: a base has few recencies, frequencies and totals.
    """
    import numpy as np

    words = _Words(grid, lang)
    recency = _worded(scores["recency"].fillna(np.inf), words.recency)
    frequency = _worded(scores["frequency"], words.frequency)
    baskets = scores["basket"].fillna(0.0)
    bands = _worded(words.bands["basket"].positions(baskets), words.basket_band)
    totals = _worded(scores["score"], words.total)
    amounts = words.amounts(baskets.tolist())
    parts = zip(recency, frequency, amounts, bands, totals, strict=True)
    then = "; " if lang == "en" else " ; "
    said = [f"{r}{then}{f}{then}{money}{band}. {total}" for r, f, money, band, total in parts]
    for position in np.flatnonzero(scores["score"].isna()):
        said[position] = words.texts["none"]
    given = grid.criteria["basket"].points_of(baskets)
    for position in np.flatnonzero((scores["score"] == 0) & (given != 0)):
        said[position] = f"{words.texts['outside']} {totals[position]}"
    return said


def rfm_reason(
    recency: float, frequency: float, basket: float, score: float, grid: Grid, lang: Lang = "fr"
) -> str:
    """The sentence of one scored customer; an endless recency is one who never bought."""
    words = _Words(grid, lang)
    band = words.basket_band(words.bands["basket"].position(basket))
    parts = [words.recency(recency), words.frequency(frequency), words.amounts([basket])[0] + band]
    then = "; " if lang == "en" else " ; "
    return f"{then.join(parts)}. {words.total(score)}"


def _worded(values: Any, word: Callable[[float], str]) -> list[str]:
    import numpy as np
    import pandas as pd

    codes, unique = pd.factorize(np.asarray(values, dtype="float64"))
    texts = np.array([word(value) for value in unique.tolist()] + [""], dtype=object)
    return texts[codes].tolist()


class _Words:
    """The parts of the sentence for one grid and language."""

    def __init__(self, grid: Grid, lang: Lang) -> None:
        self.lang = lang
        self.texts = _WORDS[lang]
        self.unit = grid.criteria[grid.frequency].unit
        self.classes = check_classes(grid)
        # Next to the measure, a band needs no unit of its own.
        self.bands = {
            name: Bands(grid.criteria[criterion].rows, NO_UNIT)
            for name, criterion in (
                ("recency", "recency"),
                ("frequency", grid.frequency),
                ("basket", "basket"),
            )
        }
        self.edges = {row.bound for row in self.bands["recency"].rows}

    def recency(self, value: float) -> str:
        band = self.band("recency", self.bands["recency"].position(value))
        if math.isinf(value):
            return self.texts["never"] + band
        if value < 1:
            return self.texts["new"] + band
        whole = math.floor(value + 1e-9)
        key = "over" if value != whole and whole in self.edges else "last"
        return self.texts[key].format(months=MONTHS.say(whole, self.lang)) + band

    def frequency(self, value: float) -> str:
        band = self.band("frequency", self.bands["frequency"].position(value))
        return self.unit.say(round(value, 2), self.lang) + band

    def amounts(self, values: list[float]) -> list[str]:
        if self.lang == "en":
            return [f"basket €{value:,.2f}" for value in values]
        return [f"panier {value:,.2f} €".replace(",", " ").replace(".", ",") for value in values]

    def basket_band(self, position: float) -> str:
        return self.band("basket", int(position))

    def band(self, name: str, position: int) -> str:
        bands = self.bands[name]
        return self.texts["band"].format(
            band=bands.label(position, self.lang),
            points=number_text(bands.rows[position].points, self.lang),
        )

    def total(self, score: float) -> str:
        return self.texts["total"].format(
            score=number_text(score, self.lang),
            label=self.classes.label(self.classes.position(score), self.lang),
        )

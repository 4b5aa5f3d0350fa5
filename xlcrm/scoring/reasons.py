"""Why a customer has this score: one sentence with the three measures, bands and notes."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from xlcrm.scoring.bands import Bands
from xlcrm.scoring.grids import Grid, check_classes
from xlcrm.scoring.wording import EUROS, MONTHS, NO_UNIT, number_text
from xlcrm.texts import Lang

if TYPE_CHECKING:
    import pandas as pd

_WORDS = {
    "fr": {
        "never": "Aucun achat connu",
        "new": "Dernier achat il y a moins d’un mois",
        "last": "Dernier achat il y a {months}",
        "over": "Dernier achat il y a un peu plus de {months}",
        "basket": "panier {amount}",
        "total": "Total {score} : {label}.",
        "band": " ({band} : {points})",
        "none": "Non noté : il manque la récence, la fréquence ou le panier.",
        "outside": " Aucun achat dans la période : notes à 0.",
    },
    "en": {
        "never": "No known purchase",
        "new": "Last purchase less than a month ago",
        "last": "Last purchase {months} ago",
        "over": "Last purchase just over {months} ago",
        "basket": "basket {amount}",
        "total": "Total {score}: {label}.",
        "band": " ({band}: {points})",
        "none": "Not scored: recency, frequency or basket is missing.",
        "outside": " No purchase in the period: notes set to 0.",
    },
}


def rfm_reasons(scores: pd.DataFrame, grid: Grid, lang: Lang = "fr") -> list[str]:
    """The sentence of each row of an RFM table (see xlcrm.scoring.rfm)."""
    columns = ["recency", "frequency", "basket", "recency_points", "frequency_points"]
    columns += ["basket_points", "score"]
    say = _Reasons(grid, lang)
    return [say(*row) for row in zip(*(scores[c].tolist() for c in columns), strict=True)]


class _Reasons:
    """Equal parts are worded once: a base has few recencies, frequencies and totals."""

    def __init__(self, grid: Grid, lang: Lang) -> None:
        self.lang = lang
        self.words = _WORDS[lang]
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
        self.parts: dict[tuple[str, float, float], str] = {}
        self.joint = "; " if lang == "en" else " ; "

    def __call__(
        self, months: float, count: float, basket: float, r: float, f: float, m: float, total: float
    ) -> str:
        if math.isnan(total):
            return self.words["none"]
        months = math.inf if math.isnan(months) else months
        basket = 0.0 if math.isnan(basket) else basket
        money = self.words["basket"].format(amount=EUROS.say(basket, self.lang, 2))
        sentence = (
            f"{self.part('recency', months, r)}{self.joint}{self.part('frequency', count, f)}"
            f"{self.joint}{money}{self.band('basket', basket, m)}. {self.total(total)}"
        )
        forced = not total and self.bands["basket"].points(basket) != m
        return sentence + self.words["outside"] if forced else sentence

    def part(self, name: str, value: float, points: float) -> str:
        key = (name, value, points)
        if key not in self.parts:
            said = self.frequency(value) if name == "frequency" else self.recency(value)
            self.parts[key] = said + self.band(name, value, points)
        return self.parts[key]

    def frequency(self, value: float) -> str:
        return self.unit.say(round(value, 2), self.lang)

    def recency(self, value: float) -> str:
        if math.isinf(value):
            return self.words["never"]
        if value < 1:
            return self.words["new"]
        whole = math.floor(value + 1e-9)
        at_edge = value != whole and any(row.bound == whole for row in self.bands["recency"].rows)
        key = "over" if at_edge else "last"
        return self.words[key].format(months=MONTHS.say(whole, self.lang))

    def band(self, name: str, value: float, points: float) -> str:
        bands = self.bands[name]
        position = bands.position(value)
        key = (f"{name} band", position, points)
        if key not in self.parts:
            self.parts[key] = self.words["band"].format(
                band=bands.label(position, self.lang), points=number_text(points, self.lang)
            )
        return self.parts[key]

    def total(self, score: float) -> str:
        key = ("total", score, 0.0)
        if key not in self.parts:
            self.parts[key] = self.words["total"].format(
                score=number_text(score, self.lang),
                label=self.classes.label(self.classes.position(score), self.lang),
            )
        return self.parts[key]

"""The base as customers: cleaned contacts with what scoring knows about each of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pandas as pd

from xlcrm import cells
from xlcrm.commands.job import Job
from xlcrm.commands.source import Source, contacts, read_source
from xlcrm.contacts.cleaning import clean_table
from xlcrm.texts import LANGUAGES, Text

# The columns of the scores sheet that other commands use, by the key they have there.
SCORE_LABELS: dict[str, Text] = {
    "last_purchase": Text(fr="Dernier achat", en="Last purchase"),
    "orders": Text(fr="Commandes", en="Orders"),
    "sales": Text(fr="CA net", en="Net sales"),
    "score": Text(fr="Score RFM", en="RFM score"),
    "rfm_class": Text(fr="Classe RFM", en="RFM class"),
}


@dataclass(slots=True)
class Base:
    """`frame`: cleaned contacts, plus last_purchase, orders, sales, score and rfm_class where
    the workbook has scores; `source` gives the provenance of each row."""

    source: Source
    frame: pd.DataFrame

    @property
    def scored(self) -> bool:
        return "rfm_class" in self.frame


def customer_base(job: Job) -> Base:
    """The most advanced base of the workbook, with the scores of each contact."""
    source = contacts(job, "merged", "clean", "single_view")
    frame = clean_table(source.frame).frame
    sheet = job.book.made().get("scores")
    if sheet is None or "customer_id" not in frame:
        return Base(source, frame)
    scores = _read_scores(job, sheet)
    place = {cells.to_label(v): i for i, v in enumerate(scores["customer_id"])}
    found = [_place(place, value) for value in frame["customer_id"]]
    out = frame.copy()
    for key in SCORE_LABELS:
        if key in scores and key not in out:
            values = scores[key].tolist()
            column = [None if i is None else values[i] for i in found]
            out[key] = pd.Series(column, dtype=object, index=out.index)
    return Base(source, out)


def _read_scores(job: Job, sheet: str) -> pd.DataFrame:
    """The scores sheet, its columns under their keys whatever the language of the sheet."""
    frame = read_source(job.book, sheet).frame
    names = {label.in_(lang): key for key, label in SCORE_LABELS.items() for lang in LANGUAGES}
    return frame.rename(columns={c: names[c] for c in frame.columns if c in names})


def _place(place: dict[Any, int], value: Any) -> int | None:
    """A merged contact has several numbers; the first one that was scored counts."""
    for number in (cells.to_label(value) or "").split(";"):
        if number.strip() in place:
            return place[number.strip()]
    return None

"""The base as customers: cleaned contacts with what scoring knows about each of them."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from xlcrm import cells
from xlcrm.commands.customers import Known, note_same_numbers
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
_ADDED_UP = ("orders", "sales")


@dataclass(slots=True)
class Base:
    """`frame`: cleaned contacts, plus last_purchase, orders, sales, score and rfm_class where
    the workbook has scores; `source` gives the provenance of each row. `same`: the rows with the
    customer ID of an earlier one, and that one; its sales are counted there."""

    source: Source
    frame: pd.DataFrame
    same: dict[int, int]

    @property
    def scored(self) -> bool:
        return "rfm_class" in self.frame


def customer_base(job: Job) -> Base:
    """The most advanced base of the workbook, with the scores of each contact."""
    source = contacts(job, "merged", "clean", "single_view")
    frame = clean_table(source.frame).frame
    known = Known(source.frame)
    note_same_numbers(job, source, known)
    base = Base(source, frame, known.same)
    sheet = job.book.made().get("scores")
    if sheet is None:
        return base
    scores = _read_scores(job, sheet)
    scores = scores[~scores["score"].map(cells.is_blank)].reset_index(drop=True)
    found = Known(scores).find(source.frame, strictly=True)
    out = frame.copy()
    for key in SCORE_LABELS:
        if key in scores and key not in out:
            values = scores[key].tolist()
            once = known.same if key in _ADDED_UP else {}
            column = [None if p is None or at in once else values[p] for at, p in enumerate(found)]
            out[key] = pd.Series(column, dtype=object, index=out.index)
    return Base(source, out, known.same)


def _read_scores(job: Job, sheet: str) -> pd.DataFrame:
    """The scores sheet, its columns under their keys whatever the language of the sheet."""
    frame = read_source(job.book, sheet).frame
    names = {label.in_(lang): key for key, label in SCORE_LABELS.items() for lang in LANGUAGES}
    return frame.rename(columns={c: names[c] for c in frame.columns if c in names})

"""Merge the rows of each group into one, field by field, so that it can be undone."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from xlcrm.texts import Lang, Text

if TYPE_CHECKING:
    import pandas as pd

# How the surviving value is chosen among those of a group; blanks never win over a value.
STRATEGIES: dict[str, Text] = {
    "complete": Text(
        fr="la plus complète, puis la plus fréquente", en="the most complete, then most frequent"
    ),
    "recent": Text(fr="la plus récente", en="the most recent"),
    "frequent": Text(fr="la plus fréquente, puis récente", en="the most frequent, then recent"),
    "address": Text(
        fr="l'adresse entière d'une seule fiche, la plus complète",
        en="the whole address of one row, the most complete",
    ),
    "strictest": Text(fr="un refus l'emporte sur un accord", en="a refusal wins over a consent"),
    "consent": Text(
        fr="de la fiche dont l'accord ou le refus est retenu",
        en="from the row whose consent or refusal is kept",
    ),
    "any": Text(fr="oui dès qu'une fiche dit oui", en="yes as soon as one row says yes"),
    "first": Text(fr="la première", en="the first"),
    "longest": Text(fr="la plus longue", en="the longest"),
    "earliest": Text(fr="la plus ancienne date", en="the earliest date"),
    "latest": Text(fr="la date la plus récente", en="the latest date"),
    "least": Text(fr="la plus petite", en="the smallest"),
    "greatest": Text(fr="la plus grande", en="the greatest"),
    "sum": Text(fr="la somme", en="the sum"),
    "average": Text(
        fr="la moyenne, pondérée par la fréquence", en="the mean, weighted by frequency"
    ),
    "all": Text(fr="toutes, l'une après l'autre", en="all of them, one after the other"),
}


@dataclass(frozen=True, slots=True)
class Merged:
    """A base in which every group became one row, with what is needed to undo it.

    frame: the merged base, in the order of the first row of each group; its index is that of the
    row a merged row starts from. Two columns are added at the end: `others` (values that did not
    survive: other phones, e-mails, addresses, as one text) and `merged_from` (number of rows).
    provenance: one row for each filled cell of a merged row: row (position in `frame`), column,
    value, source (position in the base; the first one when a value comes from several), strategy,
    others (the other values, as a list).
    archive: the rows of the base that were merged, as they were; their index is that of the base;
    `merged_into` (position in `frame`) and `position` (in the base) are added in front.
    """

    frame: pd.DataFrame
    provenance: pd.DataFrame
    archive: pd.DataFrame


def merge_groups(
    frame: pd.DataFrame,
    groups: Sequence[Any] | pd.Series,
    rules: Mapping[str, str] | None = None,
    lang: Lang = "fr",
) -> Merged:
    """One row for each group; the most complete, recent or frequent value survives, by column.

    `groups` gives each row its group; blank is a row alone (as `Duplicates.rows["group"]`).
    `rules` maps a column to a strategy, `*` to that of the columns not named (default_rules()).
    The strictest consent and any opposition win.
    """
    raise RuntimeError


def unmerge(merged: Merged, rows: Collection[int] | None = None) -> pd.DataFrame:
    """The base as it was before the merge; with `rows` only these merged rows are undone."""
    raise RuntimeError

"""How complete and how usable a base of contacts is, and what to complete first."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from xlcrm.texts import Lang

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True, slots=True)
class Quality:
    """What `assess` found. Positions count from 0; shares are between 0 and 1.

    columns: one row per assessed column: column (canonical key), weight, filled (count), share,
    invalid (count), present (False: the base has no such column).
    contacts: one row per row of the base, same index: completeness (weighted share), missing (a
    list of canonical keys, the heaviest first), invalid (list of keys), reachable (number of
    channels with a usable address), undeliverable (True: fails the NPAI proxy).
    invalid: row, column, value, problem (a Text): every value that cannot be used.
    undeliverable: row, problem (a Text): why a letter would probably come back.
    completeness: the mean of the contacts. duplicates: rows beyond the first of each group of
    certain duplicates, when `groups` was given.
    """

    columns: pd.DataFrame
    contacts: pd.DataFrame
    invalid: pd.DataFrame
    undeliverable: pd.DataFrame
    completeness: float
    undeliverable_share: float
    duplicates: int | None


def assess(
    frame: pd.DataFrame,
    weights: Mapping[str, float] | None = None,
    groups: pd.Series | None = None,
    lang: Lang = "fr",
) -> Quality:
    """The quality of a base: completeness by column and by contact, invalid values, NPAI proxy.

    `weights` maps a canonical column to its weight (default_weights()); a column of weight 0 is
    not asked for.
    """
    raise RuntimeError

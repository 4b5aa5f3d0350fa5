"""Who may be contacted, by which channel, on which day: the French rules, as dated data."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from xlcrm.texts import Lang

if TYPE_CHECKING:
    import pandas as pd

CHANNELS = ("phone", "email", "sms", "post")


def may_contact(
    frame: pd.DataFrame,
    channel: str,
    on: date,
    *,
    contract: bool | pd.Series = False,
    similar_products: bool = True,
    customer: pd.Series | None = None,
    rule_set: str | None = None,
    lang: Lang = "fr",
) -> pd.DataFrame:
    """Whether each contact may be approached by a channel on a day, and why.

    A table with the index of `frame`: allowed (bool), code (a stable English key, to count by),
    reason (a sentence).

    contract: the call belongs to the object of an ongoing contract (a flag, or one per row).
    similar_products: the offer is for products similar to what a customer bought.
    customer: whether each row is a customer; by default one whose last purchase is less than
    three years old. rule_set: the code of a rule set to use in place of the one in force on that
    day, for an exercise.
    """
    raise RuntimeError
